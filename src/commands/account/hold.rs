//! `account hold` and `account release`: an account that nobody is reminded in.

use anyhow::Result;
use clap::Args;

use crate::app::{App, ChangeArgs, Done, parse_reason};
use crate::domain::account::{Account, AccountKey};
use crate::render::sheet::{Cell, Sheet};
use crate::store::Tx;

use super::sheet;

/// Put an account on hold, so that it is reminded of none of its invoices
///
/// They stay owed, and late interest goes on. Renewals go out as before. Holding it once more changes
/// the reason. `invoice hold` holds a single invoice.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl account hold 556036-0793 --reason 'pays by instalments until May'
  shopctl account hold ekonomi@saab.example --reason 'in reconstruction' -n")]
pub struct HoldArgs {
    /// The organisation number, or the e-mail address of a login
    #[arg(value_name = "ORG")]
    org: AccountKey,
    /// Why nobody is reminded
    #[arg(long, value_name = "TEXT", value_parser = parse_reason)]
    reason: String,
    #[command(flatten)]
    change: ChangeArgs,
}

/// End the hold of an account
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl account release 556036-0793 --reason 'the instalments are paid'
  shopctl account release 556036-0793 --reason 'reconstruction ended' -n")]
pub struct ReleaseArgs {
    /// The organisation number, or the e-mail address of a login
    #[arg(value_name = "ORG")]
    org: AccountKey,
    /// Why it is reminded again
    #[arg(long, value_name = "TEXT", value_parser = parse_reason)]
    reason: String,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn hold(app: &mut App, args: &HoldArgs) -> Result<()> {
    app.change(&args.change, |tx| {
        let account = tx.account(&args.org)?;
        tx.hold_account(&account, &args.reason)?;
        Ok(Done::with(with_hold(tx, sheet(&account, tx.today()), &account)?))
    })
}

pub fn release(app: &mut App, args: &ReleaseArgs) -> Result<()> {
    app.change(&args.change, |tx| {
        let account = tx.account(&args.org)?;
        let hold = tx.account_hold(account.id)?;
        if let Some(hold) = &hold {
            tx.release_account(&account, hold, &args.reason)?;
        }
        let mut done = Done::with(with_hold(tx, sheet(&account, tx.today()), &account)?);
        if hold.is_none() {
            done.warnings.push(format!("account {} was not on hold", account.org_number));
        }
        Ok(done)
    })
}

/// Adds why an account is reminded of nothing.
pub fn with_hold(tx: &Tx<'_>, sheet: Sheet, account: &Account) -> Result<Sheet> {
    let hold = tx.account_hold(account.id)?;
    let state = hold.as_ref().map(|_| Cell::Word { stored: "held", shown: "on hold".to_owned() });
    Ok(sheet
        .fact("hold", "Reminders", state.unwrap_or(Cell::Empty))
        .fact("hold_reason", "Held because", Cell::maybe(hold.as_ref().map(|it| it.reason.clone())))
        .fact("hold_since", "Held since", Cell::maybe(hold.map(|hold| hold.since))))
}
