//! `invoice write-off`: what will never be paid is a loss, until it is paid after all.

use anyhow::Result;
use clap::Args;

use crate::app::{App, ChangeArgs, Done, Question, parse_number, parse_reason};
use crate::domain::invoice::{Invoice, RateSum};
use crate::domain::money::Money;
use crate::error::Failure;
use crate::store::{Tx, WrittenOff};

use super::hold::owed;
use super::sheet;

/// Write off what is left of an invoice as a loss
///
/// All that is left goes: of the invoice itself, of fees and of interest. The setting
/// `write_off_takes_vat` decides whether the VAT in it is taken back. Should it be paid after all,
/// --undo takes the write-off back, and the payment settles the invoice as any other.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl invoice write-off 1001 --reason 'bankruptcy, no assets' -n
  shopctl invoice write-off 1001 --undo --reason 'paid by the receiver after all'")]
pub struct WriteOffArgs {
    /// The number of the invoice
    #[arg(value_parser = parse_number)]
    number: i64,
    /// Why it is written off, or why it is not any more
    #[arg(long, value_name = "TEXT", value_parser = parse_reason)]
    reason: String,
    /// Take back all that was written off or rounded off of it
    #[arg(long)]
    undo: bool,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn write_off(app: &mut App, args: &WriteOffArgs) -> Result<()> {
    app.change(&args.change, |tx| {
        let invoice = owed(tx, args.number)?;
        match args.undo {
            true => take_back(tx, &invoice, args),
            false => give_up(tx, &invoice, args),
        }
    })
}

fn give_up(tx: &Tx<'_>, invoice: &Invoice, args: &WriteOffArgs) -> Result<Done> {
    if tx.standing(invoice)?.left() == Money::ZERO {
        let words = format!("nothing is left to pay of invoice {}", invoice.number);
        let hint = format!("`shopctl invoice show {}` shows why", invoice.number);
        return Err(Failure::refused("nothing_left", words).hint(hint).into());
    }
    let written_off = tx.write_off(invoice, &args.reason)?;

    let because = told(invoice, &written_off);
    let mut done = Done::with(sheet(tx, invoice)?);
    done.summary = (args.change.yes || args.change.dry_run).then(|| because.clone());
    done.questions.push(Question { because, ask: "Write it off?" });
    Ok(done)
}

fn take_back(tx: &Tx<'_>, invoice: &Invoice, args: &WriteOffArgs) -> Result<Done> {
    let taken_back = tx.reverse_write_offs(invoice, &args.reason)?;
    let number = invoice.number;
    if taken_back == Money::ZERO {
        let words = format!("nothing of invoice {number} is written off");
        return Err(Failure::refused("not_written_off", words)
            .hint(format!("`shopctl invoice show {number}` shows what is left"))
            .into());
    }
    let mut done = Done::with(sheet(tx, invoice)?);
    done.summary = Some(format!("{taken_back} kronor of invoice {number} are owed again."));
    Ok(done)
}

fn told(invoice: &Invoice, written_off: &WrittenOff) -> String {
    let left = written_off.left;
    let parts: Vec<String> = [(left.fees, "fees"), (left.interest, "interest")]
        .into_iter()
        .filter(|(amount, _)| *amount > Money::ZERO)
        .map(|(amount, what)| format!("{amount} {what}"))
        .collect();
    let of_it = match parts.as_slice() {
        [] => String::new(),
        parts => format!(", {} of it", parts.join(" and ")),
    };
    let (number, sum) = (invoice.number, left.sum());
    let mut sentences = vec![format!(
        "What is left of invoice {number}, {sum} kronor{of_it}, is given up as a loss."
    )];
    sentences.push(match vat(&written_off.vat) {
        Money::ZERO => "The VAT in it stays as it was declared.".to_owned(),
        vat => format!("{vat} kronor of VAT are taken back with it."),
    });
    sentences.join(" ")
}

fn vat(sums: &[RateSum]) -> Money {
    sums.iter().map(|sum| sum.vat).sum()
}
