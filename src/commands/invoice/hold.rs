//! `invoice hold` and `invoice release`: whom nobody reminds, and why.

use anyhow::Result;
use clap::Args;

use crate::app::{App, ChangeArgs, Done, parse_number, parse_reason};
use crate::domain::invoice::{Invoice, InvoiceKind, InvoiceNumber};
use crate::domain::ledger::LedgerError;
use crate::domain::money::Money;
use crate::render::sheet::{Cell, Sheet};
use crate::store::{Hold, StoreError, Tx};

use super::sheet;

/// Put an invoice on hold, so that nobody is reminded of it
///
/// It stays owed, and late interest goes on; an invoice on hold does not stop documents from being
/// fetched. Holding it once more changes the reason. `account hold` holds all invoices of an account.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl invoice hold 1001 --reason 'pays on the 20th, by telephone'
  shopctl invoice hold 1001 --disputed --reason 'says that AB 04 was never ordered'")]
pub struct HoldArgs {
    /// The number of the invoice
    #[arg(value_parser = parse_number)]
    number: i64,
    /// Why nobody is reminded
    #[arg(long, value_name = "TEXT", value_parser = parse_reason)]
    reason: String,
    /// The customer denies owing it
    #[arg(long)]
    disputed: bool,
    #[command(flatten)]
    change: ChangeArgs,
}

/// End the hold of an invoice
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl invoice release 1001 --reason 'the 20th has passed'
  shopctl invoice release 1001 --reason 'they agree now' -n")]
pub struct ReleaseArgs {
    /// The number of the invoice
    #[arg(value_parser = parse_number)]
    number: i64,
    /// Why customers are reminded again
    #[arg(long, value_name = "TEXT", value_parser = parse_reason)]
    reason: String,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn hold(app: &mut App, args: &HoldArgs) -> Result<()> {
    app.change(&args.change, |tx| {
        let invoice = owed(tx, args.number)?;
        let left = tx.standing(&invoice)?.left();

        tx.hold_invoice(&invoice, &args.reason, args.disputed)?;
        let mut done = Done::with(sheet(tx, &invoice)?);
        if left == Money::ZERO {
            done.warnings.push(format!("nothing is left to pay of invoice {}", invoice.number));
        }
        Ok(done)
    })
}

pub fn release(app: &mut App, args: &ReleaseArgs) -> Result<()> {
    app.change(&args.change, |tx| {
        let invoice = owed(tx, args.number)?;
        let hold = tx.invoice_hold(invoice.id)?;
        if let Some(hold) = &hold {
            tx.release_invoice(&invoice, hold, &args.reason)?;
        }
        let mut done = Done::with(sheet(tx, &invoice)?);
        if hold.is_none() {
            done.warnings.push(format!("invoice {} was not on hold by itself", invoice.number));
        }
        if tx.hold_of(invoice.id)?.is_some() {
            let words = "its account is on hold, so nobody is reminded of it yet";
            done.warnings.push(words.to_owned());
        }
        Ok(done)
    })
}

/// Returns an invoice that somebody owes; errors for a credit note.
pub fn owed(tx: &Tx<'_>, number: i64) -> Result<Invoice> {
    let invoice = tx.invoice(InvoiceNumber(number))?;
    if invoice.draft.kind() == InvoiceKind::CreditNote {
        return Err(StoreError::from(LedgerError::CreditNote(invoice.number)).into());
    }
    Ok(invoice)
}

/// Adds what keeps an invoice from being reminded of.
pub fn with_hold(sheet: Sheet, hold: Option<&Hold>) -> Sheet {
    let state = hold.map(|hold| match (hold.is_disputed, hold.is_of_account) {
        (true, _) => ("disputed", "disputed"),
        (false, true) => ("account_held", "its account is on hold"),
        (false, false) => ("held", "on hold"),
    });
    let cell =
        |(stored, shown): (&'static str, &str)| Cell::Word { stored, shown: shown.to_owned() };
    sheet
        .fact("hold", "Reminders", state.map_or(Cell::Empty, cell))
        .fact("hold_reason", "Held because", Cell::maybe(hold.map(|hold| hold.reason.clone())))
        .fact("hold_since", "Held since", Cell::maybe(hold.map(|hold| hold.since)))
}
