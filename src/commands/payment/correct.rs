//! `payment refund` and `payment reverse`: money that goes back, or that never came.

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;

use super::matching::refuse_nothing;
use super::record::refuse_future;
use super::sheet_of;
use crate::app::{App, ChangeArgs, Done, parse_number, parse_reason};
use crate::domain::ledger::EntryKind;
use crate::domain::money::Money;
use crate::domain::payment::{Payment, PaymentNumber};
use crate::domain::term::parse_date;
use crate::error::Failure;
use crate::store::Tx;

/// Enter that what is left of a payment was paid back
///
/// The bank pays; this tells the books of it. With --take-back the refunds of the payment are taken
/// back, since they came back or were never made, and the money is left on it again.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl payment refund 12 --date 2026-03-12 --reason 'paid twice'
  shopctl payment refund 12 --amount 100 --date 2026-03-12 --reason 'paid 100 too much' -n
  shopctl payment refund 12 --take-back --reason 'the account was closed, and the money came back'")]
pub struct RefundArgs {
    /// The number of the payment
    #[arg(value_name = "ID", value_parser = parse_number)]
    number: i64,
    /// How much, in kronor; all that is left unless given
    #[arg(long, value_name = "KRONOR", allow_negative_numbers = true)]
    amount: Option<Money>,
    /// The day on which it was paid back
    #[arg(long, value_name = "DATE", value_parser = parse_date, required_unless_present = "take_back")]
    date: Option<NaiveDate>,
    /// Take back the refunds that were entered
    #[arg(long, conflicts_with_all = ["amount", "date"])]
    take_back: bool,
    /// Why it is paid back
    #[arg(long, value_name = "TEXT", value_parser = parse_reason)]
    reason: String,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Take a payment back that was wrong, or that the bank took back
///
/// All that it settles is owed again. The payment stays in the books with the entries that take it
/// back; what was wrong with it is recorded anew.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl payment reverse 12 --reason 'typed 36250 for 3625'
  shopctl payment reverse 12 --reason 'the bank withdrew it' -n")]
pub struct ReverseArgs {
    /// The number of the payment
    #[arg(value_name = "ID", value_parser = parse_number)]
    number: i64,
    /// Why it is taken back
    #[arg(long, value_name = "TEXT", value_parser = parse_reason)]
    reason: String,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn refund(app: &mut App, args: &RefundArgs) -> Result<()> {
    app.change(&args.change, |tx| {
        let payment = tx.payment(PaymentNumber(args.number))?;
        refuse_nothing(args.amount)?;

        match args.date {
            Some(day) => pay_back(tx, &payment, args.amount, day, &args.reason)?,
            None => {
                let back = tx.take_back_refunds(&payment, &args.reason)?;
                if back == Money::ZERO {
                    let words = format!("nothing of payment {} was refunded", payment.number);
                    return Err(Failure::refused("not_refunded", words)
                        .hint(format!("`shopctl payment show {}` shows why", payment.number))
                        .into());
                }
            }
        }
        Ok(Done::with(sheet_of(tx, &tx.payment(payment.number)?)?))
    })
}

fn pay_back(
    tx: &Tx<'_>,
    payment: &Payment,
    amount: Option<Money>,
    day: NaiveDate,
    reason: &str,
) -> Result<()> {
    refuse_future(day, tx.today())?;
    if day < payment.told.received_on {
        let words = format!(
            "payment {} came in on {}, after {day}",
            payment.number, payment.told.received_on
        );
        return Err(Failure::refused("early_date", words)
            .hint("`--date` is the day on which the bank paid it back")
            .into());
    }
    let left = tx.payment_left(payment)?;
    if left <= Money::ZERO {
        let words = format!("nothing is left of payment {} to pay back", payment.number);
        let hint = format!(
            "`shopctl payment unmatch {} --reason TEXT` takes back what it settles",
            payment.number
        );
        return Err(Failure::refused("used_up", words).hint(hint).into());
    }
    tx.refund_payment(payment, amount.unwrap_or(left), day, reason)?;
    Ok(())
}

pub fn reverse(app: &mut App, args: &ReverseArgs) -> Result<()> {
    app.change(&args.change, |tx| {
        let payment = tx.payment(PaymentNumber(args.number))?;
        let entries = tx.entries_of_payment(payment.id)?;
        let sum = |kind| -> Money {
            entries.iter().filter(|entry| entry.kind == kind).map(|entry| entry.amount).sum()
        };
        if sum(EntryKind::Reversal) != Money::ZERO {
            let words = format!("payment {} was taken back already", payment.number);
            return Err(Failure::refused("already_reversed", words)
                .hint(format!("`shopctl payment show {}` shows when", payment.number))
                .into());
        }
        if sum(EntryKind::Refund) != Money::ZERO {
            let words = format!(
                "{} kronor of payment {} was paid back, and that money has left",
                -sum(EntryKind::Refund),
                payment.number
            );
            let hint = format!(
                "if it was not, `shopctl payment refund {} --take-back --reason TEXT` takes that \
                 back first",
                payment.number
            );
            return Err(Failure::refused("refunded", words).hint(hint).into());
        }

        tx.reverse_payment(&payment, &args.reason)?;
        Ok(Done::with(sheet_of(tx, &tx.payment(payment.number)?)?))
    })
}
