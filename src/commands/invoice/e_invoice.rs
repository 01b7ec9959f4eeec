//! `invoice e-invoice` and `invoice delivered`: e-invoices for the access point, and what came of them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;

use super::credit;
use crate::app::{App, ChangeArgs, Done, parse_line, parse_number};
use crate::commands::account::deliver;
use crate::commands::{check_writable, write_file};
use crate::domain::e_invoice::{self, participant};
use crate::domain::invoice::{Invoice, InvoiceNumber};
use crate::domain::participant::Deliver;
use crate::domain::term::parse_date;
use crate::error::Failure;
use crate::render::sheet::{Cell, Sheet, column};
use crate::render::ubl;
use crate::store::{Delivery, Tx};

/// Write the e-invoice of an invoice or a credit note, Peppol BIS Billing 3
///
/// With --to-deliver all that wait are written to a folder, as faktura-1001.xml and so on; again until
/// `invoice delivered` ends the waiting. The first time fixes the bytes; later calls give the same.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl invoice e-invoice 1001 -o faktura-1001.xml
  shopctl invoice e-invoice --to-deliver -o /srv/access-point/out")]
pub struct EInvoiceArgs {
    /// The number of the invoice
    #[arg(value_parser = parse_number, required_unless_present = "to_deliver")]
    number: Option<i64>,
    /// All that wait to be delivered
    #[arg(long, conflicts_with = "number")]
    to_deliver: bool,
    /// Where to: a file, or - for stdout; a folder with --to-deliver
    #[arg(short, long, value_name = "PATH")]
    output: PathBuf,
    /// Say what would be written and write nothing
    #[arg(short = 'n', long)]
    dry_run: bool,
}

/// Record that invoices have come to their buyers
///
/// Ends the waiting of an e-invoice once the access point has taken it.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl invoice delivered 1001 1002 --how 'access point, receipt 77812'
  shopctl invoice delivered 1003 --how \"typed into the buyer's portal\" --date 2026-03-02")]
pub struct DeliveredArgs {
    /// The numbers of the invoices
    #[arg(required = true, value_name = "N", value_parser = parse_number)]
    numbers: Vec<i64>,
    /// How they came to the buyers
    #[arg(long, value_name = "TEXT", value_parser = parse_how)]
    how: String,
    /// The day; today unless given
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    date: Option<NaiveDate>,
    #[command(flatten)]
    change: ChangeArgs,
}

fn parse_how(text: &str) -> Result<String, String> {
    let line = parse_line(text)?;
    if line.is_empty() { Err("it is empty".to_owned()) } else { Ok(line) }
}

/// Returns the e-invoice of an invoice: the fixed bytes, or what they would be.
pub fn bytes(tx: &Tx<'_>, invoice: &Invoice) -> Result<Vec<u8>> {
    Ok(match tx.e_invoice(invoice.id)? {
        Some((bytes, _)) => bytes,
        None => ubl::e_invoice(invoice),
    })
}

/// Returns the e-invoice that the document of an invoice carries: that of one that goes out so.
pub fn attached(tx: &Tx<'_>, invoice: &Invoice) -> Result<Option<Vec<u8>>> {
    match invoice.draft.buyer.deliver {
        Deliver::Email => Ok(None),
        Deliver::EInvoice => bytes(tx, invoice).map(Some),
    }
}

/// Returns what is shown of how an invoice comes to its buyer.
pub fn with_delivery(sheet: Sheet, invoice: &Invoice, delivery: Option<&Delivery>) -> Sheet {
    let way = invoice.draft.buyer.deliver;
    let named = (way == Deliver::EInvoice).then(|| participant(&invoice.draft).to_string());
    sheet
        .fact("deliver", "Delivery", deliver(way))
        .fact("participant", "Peppol ID", Cell::maybe(named))
        .fact("delivered_on", "Delivered", Cell::maybe(delivery.map(|it| it.delivered_on)))
        .fact("delivered_how", "How", Cell::maybe(delivery.map(|it| it.how.clone())))
}

pub fn e_invoice(app: &mut App, args: &EInvoiceArgs) -> Result<()> {
    match args.number {
        Some(number) => write_one(app, args, InvoiceNumber(number)),
        None => write_waiting(app, args),
    }
}

/// Reads an invoice with its e-invoice; refuses one that could not be valid.
fn load(tx: &Tx<'_>, number: InvoiceNumber) -> Result<(Invoice, Vec<u8>)> {
    let invoice = tx.invoice(number)?;
    e_invoice::check_as_e_invoice(&invoice.draft).map_err(|refusal| {
        let mended = refusal.command().map(|command| format!("`{command}`, then "));
        let hint = match invoice.draft.credits {
            // It has the buyer of its invoice, and is issued once.
            Some(_) => format!("`shopctl invoice pdf {number} -o FILE` gives it as a PDF"),
            None => format!(
                "{}`shopctl invoice reissue {number} --reason TEXT`",
                mended.unwrap_or_default()
            ),
        };
        Failure::refused("e_invoice", refusal.to_string()).hint(hint)
    })?;
    let bytes = bytes(tx, &invoice)?;
    Ok((invoice, bytes))
}

fn write_one(app: &mut App, args: &EInvoiceArgs, number: InvoiceNumber) -> Result<()> {
    let (invoice, bytes) = app.read(|tx| load(tx, number))?;
    if args.dry_run {
        app.say(&format!("`{}` would be written, {} bytes", args.output.display(), bytes.len()));
        return Ok(());
    }
    check_writable(&args.output)?;
    let (bytes, sha256) = app.record(|tx| Ok(tx.keep_e_invoice(&invoice, bytes.clone())?))?;

    write_file(&args.output, &bytes)?;
    app.say(&format!("e-invoice of {} {number}, SHA-256 {sha256}", invoice.draft.kind()));
    if app.wants_json()? && args.output != Path::new("-") {
        let sheet = Sheet::default()
            .fact("number", "Invoice", number.0)
            .fact("participant", "Peppol ID", participant(&invoice.draft).to_string())
            .fact("file", "File", args.output.display().to_string())
            .fact("size", "Bytes", bytes.len() as i64)
            .fact("sha256", "SHA-256", sha256);
        app.show(&sheet)?;
    }
    Ok(())
}

fn write_waiting(app: &mut App, args: &EInvoiceArgs) -> Result<()> {
    if !args.output.is_dir() {
        let words = format!("`{}` is not a folder", args.output.display());
        return Err(Failure::refused("not_a_folder", words)
            .hint("make it, or give another with -o; each e-invoice gets a file of its own there")
            .into());
    }
    let mut list = app.list(&[
        column("number", "Invoice"),
        column("kind", "Kind"),
        column("participant", "Peppol ID"),
        column("file", "File"),
        column("size", "Bytes"),
    ])?;
    let numbers = app.read(|tx| Ok(tx.invoices_to_deliver()?))?;
    for number in &numbers {
        let path = args.output.join(format!("faktura-{number}.xml"));
        let (invoice, mut bytes) = app.read(|tx| load(tx, *number))?;
        check_writable(&path)?;
        if !args.dry_run {
            (bytes, _) = app.record(|tx| Ok(tx.keep_e_invoice(&invoice, bytes.clone())?))?;
            write_file(&path, &bytes)?;
        }
        list.row(vec![
            Cell::Integer(number.0),
            credit::kind(invoice.draft.kind()),
            Cell::Text(participant(&invoice.draft).masked()),
            Cell::Text(path.display().to_string()),
            Cell::Integer(bytes.len() as i64),
        ])?;
    }
    list.finish("no e-invoice waits to be delivered")?;
    match (numbers.is_empty(), args.dry_run) {
        (true, _) => {}
        (false, true) => app.say("nothing is written: it was a dry run"),
        (false, false) => app.say("`shopctl invoice delivered N… --how TEXT` ends their waiting"),
    }
    Ok(())
}

pub fn delivered(app: &mut App, args: &DeliveredArgs) -> Result<()> {
    app.change(&args.change, |tx| {
        let delivered_on = args.date.unwrap_or(tx.today());
        let delivery = Delivery { delivered_on, how: args.how.clone() };
        let mut done = Done::default();
        let numbers: BTreeSet<i64> = args.numbers.iter().copied().collect();
        for number in &numbers {
            let invoice = tx.invoice(InvoiceNumber(*number))?;
            check_day(&invoice, delivered_on, tx.today())?;
            tx.deliver_invoice(&invoice, &delivery)?;
            let sheet = Sheet::default().fact("number", "Invoice", *number);
            done.objects.push(with_delivery(sheet, &invoice, Some(&delivery)));
        }
        Ok(done)
    })
}

/// Refuses a day on which an invoice cannot have come to its buyer.
fn check_day(invoice: &Invoice, day: NaiveDate, today: NaiveDate) -> Result<()> {
    let issued_on = invoice.draft.issued_on;
    if day > today {
        let words = format!("{day} has not come yet; today is {today}");
        return Err(Failure::refused("date", words)
            .hint("give the day on which it came to the buyer")
            .into());
    }
    if day < issued_on {
        let words = format!("invoice {} was issued on {issued_on}, after {day}", invoice.number);
        return Err(Failure::refused("date", words)
            .hint("give the day on which it came to the buyer")
            .into());
    }
    Ok(())
}
