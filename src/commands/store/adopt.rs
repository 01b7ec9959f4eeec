//! `store adopt`: this copy is the shop's store from now on.

use anyhow::Result;
use clap::Args;

use crate::app::{App, ChangeArgs, Done};
use crate::render::sheet::{Cell, Sheet};

/// Make this place the store's home, so that mail is sent from it
///
/// A store that was copied or moved sends no mail where it does not live, so that no customer hears from
/// two. Adopt it only where it goes on, and when no other copy does: both would number their own
/// invoices, and renew and mail the same subscriptions.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl store adopt -n
  shopctl store adopt --note 'the new server'
  shopctl store adopt --take-back --note 'the move was called off'")]
pub struct AdoptArgs {
    /// Go on with a store that was handed over, when the one made of it will never be used
    #[arg(long)]
    take_back: bool,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn adopt(app: &mut App, args: &AdoptArgs) -> Result<()> {
    let here = app.here();
    // The lock is on the place that was left: the copy that was made once more after it bears it too.
    let is_elsewhere = app.elsewhere()?.is_some();
    app.unlocking(args.take_back || is_elsewhere);
    app.change(&args.change, |tx| {
        tx.adopt(&here)?;
        let sheet = Sheet::default().fact("path", "Path", Cell::text(here.path.clone())).fact(
            "machine",
            "Machine",
            Cell::text(here.host_name.clone()),
        );
        Ok(Done::with(sheet))
    })
}
