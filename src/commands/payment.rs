//! `payment`: money that came in, what it settles, and what is done about the rest.
//!
//! Nothing here is ever overwritten: what was wrong is taken back by a further entry, so that every
//! krona that came in is settled, paid back, taken back or left.

mod correct;
mod import;
mod matching;
mod record;

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;

use crate::app::{App, Format, parse_number};
use crate::commands::account::account_looked_at;
use crate::domain::account::AccountKey;
use crate::domain::ledger::{Entry, EntryKind};
use crate::domain::matching::Likely;
use crate::domain::money::Money;
use crate::domain::payment::{Payment, PaymentFileId, PaymentNumber};
use crate::domain::term::parse_date;
use crate::error::Failure;
use crate::render::sheet::{Cell, Column, Grid, Sheet, column, spare};
use crate::store::{PaymentFilter, PaymentListing, Tx, What};

pub use self::correct::{RefundArgs, ReverseArgs, refund, reverse};
pub use self::import::{ImportArgs, import};
pub use self::matching::{MatchArgs, UnmatchArgs, match_payment, unmatch};
pub use self::record::{RecordArgs, record};

/// How many of the likeliest invoices are shown for a payment.
const LIKELY_MAX: usize = 3;

/// List payments, newest first
///
/// --unmatched lists what nobody knows the invoice of yet, oldest first, each with the likeliest
/// invoices and what speaks for them. --balance lists what is left of payments whose account is known:
/// it can be refunded, or set against the next invoice with `payment match`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl payment list --unmatched
  shopctl payment list --account 556036-0793 --from 2026-01-01 --to 2026-03-31
  shopctl payment list --balance --json")]
pub struct ListArgs {
    /// Only what is still to be matched, with the likeliest invoices
    #[arg(long, conflicts_with_all = ["balance", "account"])]
    unmatched: bool,
    /// Only what stands on the balance of an account
    #[arg(long)]
    balance: bool,
    /// Only those of this account
    #[arg(long, value_name = "ORG")]
    account: Option<AccountKey>,
    /// Only those received on this day or later
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    from: Option<NaiveDate>,
    /// Only those received on this day or earlier
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    to: Option<NaiveDate>,
    /// Only those of this file of the bank's
    #[arg(long, value_name = "ID", value_parser = parse_number)]
    file: Option<i64>,
}

/// Show a payment: what was told of it, what it settles, and what is left
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  shopctl payment show 12\n  shopctl payment show 12 --json")]
pub struct ShowArgs {
    /// The number of the payment
    #[arg(value_name = "ID", value_parser = parse_number)]
    number: i64,
}

pub fn list(app: &mut App, args: &ListArgs) -> Result<()> {
    let account = account_looked_at(app, args.account.as_ref())?;
    if let (Some(from), Some(to)) = (args.from, args.to)
        && from > to
    {
        let words = format!("there is no day from {from} to {to}");
        return Err(Failure::refused("value", words)
            .hint("`--from` is the first day and `--to` the last")
            .into());
    }
    let what = match (args.unmatched, args.balance) {
        (true, _) => What::Unmatched,
        (_, true) => What::Balance,
        _ => What::All,
    };
    let filter = PaymentFilter {
        what,
        account: account.as_ref().map(|account| account.id),
        from: args.from,
        to: args.to,
        file: args.file.map(PaymentFileId),
    };
    if args.unmatched {
        return list_unmatched(app, &filter);
    }
    let mut list = app.list(&[
        column("number", "Payment"),
        column("received_on", "Received"),
        column("amount", "Amount"),
        column("payer", "Payer"),
        column("reference", "Reference"),
        column("invoices", "Settles"),
        column("left", "Left"),
        column("name", "Account"),
        spare("org_number", "Number"),
        spare("source", "Source"),
    ])?;
    let mut failed = None;
    app.read(|tx| {
        tx.each_payment(&filter, &mut |listing| {
            if failed.is_none() {
                failed = list.row(row(listing)).err();
            }
            Ok(())
        })?;
        Ok(())
    })?;
    match failed {
        Some(error) => Err(error.into()),
        None if filter == PaymentFilter::default() => {
            list.finish("no payments; `shopctl payment import FILE` reads the bank's")
        }
        None if filter == (PaymentFilter { what: What::Balance, ..PaymentFilter::default() }) => {
            list.finish("no account has money left")
        }
        None => list.finish("no payment is like that"),
    }
}

fn row(listing: PaymentListing) -> Vec<Cell> {
    let PaymentListing { payment, left, account, invoices } = listing;
    let (org_number, name) = account.unzip();
    let invoices = invoices.into_iter().map(Cell::Integer).collect();
    let told = payment.told;
    vec![
        Cell::Integer(payment.number.0),
        Cell::Date(told.received_on),
        Cell::Money(told.amount),
        Cell::maybe(told.payer.name.or(told.payer.account)),
        Cell::maybe(told.reference.or(told.message)),
        Cell::List(invoices),
        Cell::Money(left),
        Cell::maybe(name),
        Cell::maybe(org_number.map(|number| number.masked())),
        Cell::Word { stored: told.source.as_str(), shown: told.source.to_string() },
    ]
}

/// The columns of a likely invoice.
const LIKELY: [Column; 4] = [
    column("invoice", "Invoice"),
    column("name", "Buyer"),
    column("invoice_left", "Owed"),
    column("alike", "Alike"),
];

/// Lists what is to be matched: a row for each likely invoice, and one where there is none.
fn list_unmatched(app: &mut App, filter: &PaymentFilter) -> Result<()> {
    let [invoice, name, owed, alike] = LIKELY;
    let mut list = app.list(&[
        column("number", "Payment"),
        column("received_on", "Received"),
        column("left", "Left"),
        column("payer", "Payer"),
        column("text", "Text"),
        invoice,
        name,
        owed,
        alike,
    ])?;
    let is_table = app.format()? == Format::Table;
    let mut failed: Option<anyhow::Error> = None;
    let (mut sum, mut count) = (Money::ZERO, 0);
    app.read(|tx| {
        tx.each_payment(filter, &mut |PaymentListing { payment, left, .. }| {
            if failed.is_some() {
                return Ok(());
            }
            (sum, count) = (sum + left, count + 1);
            let mut write = || -> Result<()> {
                let likely = tx.likely_invoices(&payment, left, LIKELY_MAX)?;
                for row in unmatched_rows(&payment, left, &likely, is_table) {
                    list.row(row)?;
                }
                Ok(())
            };
            failed = write().err();
            Ok(())
        })?;
        Ok(())
    })?;
    if let Some(error) = failed {
        return Err(error);
    }
    list.finish("every payment has found its invoice")?;
    if is_table && count > 0 {
        let payments = if count == 1 { "1 payment" } else { &format!("{count} payments") };
        app.say(&format!("{payments}, {sum} kronor: `shopctl payment match PAYMENT INVOICE`"));
    }
    Ok(())
}

/// Returns the rows of a payment: people read it once, programs with each of its likely invoices.
fn unmatched_rows(
    payment: &Payment,
    left: Money,
    likely: &[Likely],
    is_table: bool,
) -> Vec<Vec<Cell>> {
    let told = &payment.told;
    let texts: Vec<&str> = told.reference.iter().chain(&told.message).map(String::as_str).collect();
    let head = [
        Cell::Integer(payment.number.0),
        Cell::Date(told.received_on),
        Cell::Money(left),
        Cell::maybe(told.payer.name.clone().or(told.payer.account.clone())),
        Cell::maybe(Some(texts.join(" ")).filter(|text| !text.is_empty())),
    ];
    let nothing = || [Cell::Empty, Cell::Empty, Cell::NoMoney, Cell::Empty];
    (0..likely.len().max(1))
        .map(|index| {
            let is_repeated = is_table && index > 0;
            let head = head.iter().map(|cell| if is_repeated { Cell::Empty } else { cell.clone() });
            head.chain(likely.get(index).map_or_else(nothing, likely_row)).collect()
        })
        .collect()
}

fn likely_row(likely: &Likely) -> [Cell; 4] {
    [
        Cell::Integer(likely.open.number.0),
        Cell::text(&*likely.open.name),
        Cell::Money(likely.open.left),
        Cell::list(&likely.reasons),
    ]
}

pub fn show(app: &mut App, args: &ShowArgs) -> Result<()> {
    let number = PaymentNumber(args.number);
    let sheet = app.read(|tx| sheet_of(tx, &tx.payment(number)?))?;
    app.show(&sheet)
}

/// Returns what is shown of a payment.
fn sheet_of(tx: &Tx<'_>, payment: &Payment) -> Result<Sheet> {
    let told = &payment.told;
    let left = tx.payment_left(payment)?;
    let account = payment.account.map(|id| tx.account_by_id(id)).transpose()?;
    let file = told.file.map(|id| tx.payment_file_name(id)).transpose()?;
    let entries = tx.entries_of_payment(payment.id)?;
    let sum = |kind: EntryKind| -> Money {
        entries.iter().filter(|entry| entry.kind == kind).map(|entry| entry.amount).sum()
    };
    let org_number = account.as_ref().map(|account| account.org_number.masked());
    let mut sheet = Sheet::default()
        .fact("number", "Payment", payment.number.0)
        .fact("source", "Source", told.source.as_str())
        .fact("file", "File", Cell::maybe(file))
        .fact("received_on", "Received", told.received_on)
        .fact("entered_on", "Entered", payment.entered_on)
        .fact("booked_on", "Booked", payment.booked_on)
        .fact("bank_reference", "Bank's reference", Cell::maybe(told.bank_reference.clone()))
        .fact("payer", "Payer", Cell::maybe(told.payer.name.clone()))
        .fact("payer_account", "Payer's account", Cell::maybe(told.payer.account.clone()))
        .fact("payer_org_number", "Payer's number", Cell::maybe(told.payer.shown_org_number()))
        .fact("reference", "Reference", Cell::maybe(told.reference.clone()))
        .fact("message", "Message", Cell::maybe(told.message.clone()))
        .fact("org_number", "Account", Cell::maybe(org_number))
        .fact("name", "Name", Cell::maybe(account.map(|account| account.profile.name)))
        .fact("amount", "Amount", told.amount)
        .fact("settled", "Settled", -sum(EntryKind::Payment))
        .fact("offset", "Set against", -sum(EntryKind::Offset))
        .fact("refunded", "Refunded", -sum(EntryKind::Refund))
        .fact("reversed", "Reversed", -sum(EntryKind::Reversal))
        .fact("left", "Left", left)
        .list("entries", "Entries", entries_grid(&entries));
    if payment.account.is_none() && left > Money::ZERO {
        let mut grid = Grid::new(&LIKELY);
        let likely = tx.likely_invoices(payment, left, LIKELY_MAX)?;
        grid.rows = likely.iter().map(|one| likely_row(one).to_vec()).collect();
        sheet = sheet.list("likely", "Likeliest invoices", grid);
    }
    Ok(sheet)
}

fn entries_grid(entries: &[Entry]) -> Grid {
    let mut grid = Grid::new(&[
        column("booked_on", "Booked"),
        column("kind", "Entry"),
        column("invoice", "Invoice"),
        column("amount", "Amount"),
        column("reason", "Why"),
    ]);
    grid.rows = entries
        .iter()
        .map(|entry| {
            vec![
                Cell::Date(entry.booked_on),
                kind_cell(entry),
                Cell::maybe(entry.invoice.map(|number| number.0)),
                Cell::Money(entry.amount),
                Cell::maybe(entry.reason.clone()),
            ]
        })
        .collect();
    grid
}

fn kind_cell(entry: &Entry) -> Cell {
    let shown = match (entry.kind, entry.reverses.is_some()) {
        (EntryKind::Payment, false) => "settles".to_owned(),
        (EntryKind::Payment, true) => "settles no more".to_owned(),
        (EntryKind::Offset, false) => "set against".to_owned(),
        (kind, true) => format!("{kind} taken back"),
        (kind, false) => kind.to_string(),
    };
    Cell::Word { stored: entry.kind.as_str(), shown }
}
