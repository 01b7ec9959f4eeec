//! `store handover`: the store moves to another machine, and this one is locked.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;

use super::backup::{facts_sheet, look_through, refuse_target};
use super::partial::Partial;
use crate::app::{App, ChangeArgs, Done};
use crate::commands::cannot_write;
use crate::store::CopyFacts;

/// Copy the store to go on elsewhere, and lock this one
///
/// The copy holds all that was ever done here, and from then on nothing can be changed in this store any
/// more; it can still be read. Bring the file to its new place, and run `shopctl store adopt` there.
/// Others wait while it is copied. An interrupted handover is finished by running it again.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl store handover -o /media/stick/shop.db -n
  shopctl store handover -o /media/stick/shop.db --note 'to the new server'")]
pub struct HandoverArgs {
    /// Where to
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn handover(app: &mut App, args: &HandoverArgs) -> Result<()> {
    // Run again on a store that is locked already, it makes the same copy once more.
    app.unlocking(true);
    app.read(|_| Ok(()))?;
    refuse_target(app, &args.output)?;
    let mut partial = match args.change.dry_run {
        true => None,
        false => Some(Partial::begin(&args.output, ".partial")?),
    };
    let path = partial.as_ref().map(|partial| partial.path().to_owned());
    let beside = app.second_store()?;
    let moment = app.moment();
    let name = args.output.display().to_string();
    let moved = |tx: &crate::store::Tx<'_>| {
        // Under the lock that this change holds nobody can add anything to what is copied.
        let facts = match &path {
            Some(path) => {
                let facts = beside
                    .copy_to(path, moment, &mut |_, _| {})
                    .with_context(|| cannot_write(&args.output))?;
                look_through(path, &facts, moment)?;
                facts
            }
            None => {
                let head = tx.head()?;
                CopyFacts { events: head.seq, head: head.hash, bytes: 0 }
            }
        };
        tx.hand_over(&name, &facts)?;
        Ok(Done::with(facts_sheet(&args.output, &facts)))
    };
    app.change_then(&args.change, moved, |_| match partial.take() {
        Some(partial) => partial.put(&args.output).with_context(|| cannot_write(&args.output)),
        None => Ok(()),
    })?;
    if !args.change.dry_run {
        app.say("this store is locked; `shopctl store adopt` on the other machine lets that one send mail");
    }
    Ok(())
}
