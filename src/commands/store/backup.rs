//! `store backup`: a copy of the whole store, whole or not there at all.

use std::fs;
use std::io::{self, IsTerminal, Seek, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;

use super::partial::Partial;
use crate::app::{App, ChangeArgs};
use crate::commands::{cannot_write, send};
use crate::error::{Failure, Status};
use crate::render::sheet::{Cell, Sheet};
use crate::store::{CopyFacts, CopyFault, Moment, check_copy, companions, is_anothers, is_store};

/// Copy the whole store to a file, while others go on working
///
/// The copy is what the store held at one moment. It is made under the name FILE.partial, readable to you
/// alone, looked through, and only then given its name; an older backup of that name stays until then.
/// It holds everything that lies in the store: keep it as safe as the store itself. `shopctl store info`
/// lists what it does not hold.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl store backup -o /backup/shop-2026-03-01.db
  shopctl store backup -o - | age -r age1… > /backup/shop.db.age
  shopctl store backup -q -o /backup/shop.db")]
pub struct BackupArgs {
    /// Where to; - is stdout, which must not be a terminal
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Say what would be copied and write nothing
    #[arg(short = 'n', long)]
    dry_run: bool,
    /// A remark for the audit trail
    #[arg(long, value_name = "TEXT", value_parser = crate::app::parse_line)]
    note: Option<String>,
}

pub fn backup(app: &mut App, args: &BackupArgs) -> Result<()> {
    let change = ChangeArgs { dry_run: args.dry_run, note: args.note.clone(), yes: false };
    let operation = send::begin(app, &change)?;
    let is_stdout = args.output == Path::new("-");
    if is_stdout {
        refuse_terminal()?;
    } else {
        refuse_target(app, &args.output)?;
    }
    if args.dry_run {
        let (head, size) = (app.read(|tx| Ok(tx.head()?))?, app.file_facts()?.bytes);
        let bytes = u64::try_from(size).unwrap_or_default();
        let facts = CopyFacts { events: head.seq, head: head.hash, bytes };
        let sheet = facts_sheet(&args.output, &facts);
        app.say("this is what would be copied; nothing was written");
        return app.show(&sheet);
    }

    let beside = if is_stdout { beside_store(app) } else { args.output.clone() };
    let mut partial = Partial::begin(&beside, ".partial")?;
    let facts = app.copy_store(partial.path()).with_context(|| cannot_write(&args.output))?;
    partial.sync().with_context(|| cannot_write(&args.output))?;
    look_through(partial.path(), &facts, app.moment())?;
    let words = || cannot_write(&args.output);
    if is_stdout {
        let mut out = io::stdout().lock();
        partial.file().rewind().with_context(words)?;
        io::copy(partial.file(), &mut out).and_then(|_| out.flush()).with_context(words)?;
    } else {
        partial.put(&args.output).with_context(words)?;
    }

    let name = args.output.display().to_string();
    // A store that was handed over is changed no more, not even by a note.
    if app.read(|tx| Ok(tx.handed_over()?))?.is_none() {
        let noted = app.record_as(&operation, |tx| Ok(tx.record_backup(&name, &facts)?));
        noted.with_context(|| {
            format!("the backup `{name}` is made and whole, but the store could not note it")
        })?;
    }
    let sheet = facts_sheet(&args.output, &facts);
    if is_stdout {
        app.say(&format!("{} bytes, {} events", facts.bytes, facts.events));
    } else if app.wants_json()? {
        app.show_work(&[&operation], &[sheet])?;
    } else if !app.global.quiet {
        app.show(&sheet)?;
    }
    Ok(())
}

/// Looks through a copy that was just made.
pub fn look_through(path: &Path, facts: &CopyFacts, moment: Moment) -> Result<()> {
    check_copy(path, facts, moment).map_err(not_whole)
}

/// Says that a copy is no backup: that of a damaged store is damaged too.
fn not_whole(fault: CopyFault) -> anyhow::Error {
    let words =
        format!("the copy was looked through and is not whole, so it was not kept: {fault}");
    let hint =
        "`shopctl store check` says whether the store is damaged; older backups are untouched";
    Failure::new(Status::Outside, "backup_damaged", words).hint(hint).into()
}

fn refuse_terminal() -> Result<()> {
    if !io::stdout().is_terminal() {
        return Ok(());
    }
    let words = "a backup is nothing to read on a terminal";
    Err(Failure::refused("terminal", words).hint("name a file: `-o FILE`").into())
}

/// Refuses a target that is the store itself, a store in use, or anything that is no backup: what a
/// slip of the hand would destroy.
pub fn refuse_target(app: &App, target: &Path) -> Result<()> {
    let Ok(metadata) = fs::metadata(target) else { return Ok(()) };
    let refused = |code, words: String| {
        let hint = "name a file that is not there yet, or an older backup";
        Err(Failure::refused(code, words).hint(hint).into())
    };
    let name = target.display();
    if metadata.is_dir() {
        return refused("not_a_file", format!("`{name}` is a folder"));
    }
    let store = fs::metadata(&app.settings.store).ok();
    let is_store_itself =
        store.is_some_and(|store| (store.dev(), store.ino()) == (metadata.dev(), metadata.ino()));
    if is_store_itself {
        return refused("store_itself", format!("`{name}` is the store itself"));
    }
    let [log, ..] = companions(target);
    if fs::metadata(log).is_ok_and(|log| log.len() > 0) {
        return refused("store_in_use", format!("`{name}` is a store in use, and no backup"));
    }
    let is_replaceable = metadata.len() == 0 || (is_store(target) && !is_anothers(target));
    if !metadata.is_file() || !is_replaceable {
        return refused("not_a_backup", format!("`{name}` is there already, and no backup"));
    }
    Ok(())
}

/// Returns a name beside the store, where only its owner can read what is made.
fn beside_store(app: &App) -> PathBuf {
    let mut name = app.settings.store.clone().into_os_string();
    name.push(".backup");
    PathBuf::from(name)
}

/// Tells of a copy: where it is, and where its chain ends.
pub fn facts_sheet(target: &Path, facts: &CopyFacts) -> Sheet {
    let head: String = facts.head.iter().map(|byte| format!("{byte:02x}")).collect();
    Sheet::default()
        .fact("file", "File", Cell::text(target.display().to_string()))
        .fact("events", "Events", facts.events)
        .fact("size", "Bytes", i64::try_from(facts.bytes).unwrap_or(i64::MAX))
        .fact("head", "Head", head)
}
