//! `payment match` and `payment unmatch`: what a person decides a payment is for.

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;

use super::record::refuse_what_nobody_pays;
use super::sheet_of;
use crate::app::{App, ChangeArgs, Done, Question, parse_number, parse_reason};
use crate::commands::account::called;
use crate::domain::invoice::{Invoice, InvoiceNumber};
use crate::domain::matching::Verdict;
use crate::domain::money::Money;
use crate::domain::payment::{Payment, PaymentNumber};
use crate::error::Failure;
use crate::store::{Matched, Tx};

/// Settle an invoice with a payment, or with what is left of one
///
/// As much as there is, unless --amount says how much; called several times it spreads a payment over
/// several invoices. A balance, which is what is left of an earlier payment, is set against the next
/// invoice this way. A deduction is covered by the balance of the account that the invoice or credit
/// note is for. Without an invoice the payment is matched by what it names, as when it came in.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl payment match 12 1001
  shopctl payment match 12 1002 --amount 500 -n
  shopctl payment match 12")]
pub struct MatchArgs {
    /// The number of the payment
    #[arg(value_name = "ID", value_parser = parse_number)]
    number: i64,
    /// The number of the invoice; for a deduction also that of a credit note
    #[arg(value_parser = parse_number)]
    invoice: Option<i64>,
    /// How much of it, in kronor; all that is left unless given
    #[arg(long, value_name = "KRONOR", allow_negative_numbers = true, requires = "invoice")]
    amount: Option<Money>,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Take back what a payment settles
///
/// The money is left on the payment, to be matched anew. Without an invoice everything that it settles
/// is taken back, and it is nobody's again.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl payment unmatch 12 --reason 'meant for invoice 1002'
  shopctl payment unmatch 12 1001 --reason 'typed wrongly' -n")]
pub struct UnmatchArgs {
    /// The number of the payment
    #[arg(value_name = "ID", value_parser = parse_number)]
    number: i64,
    /// Only what it settles of this invoice
    #[arg(value_parser = parse_number)]
    invoice: Option<i64>,
    /// Why it is taken back
    #[arg(long, value_name = "TEXT", value_parser = parse_reason)]
    reason: String,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn match_payment(app: &mut App, args: &MatchArgs) -> Result<()> {
    app.change(&args.change, |tx| {
        let payment = tx.payment(PaymentNumber(args.number))?;
        let invoice = args.invoice.map(|number| tx.invoice(InvoiceNumber(number))).transpose()?;
        refuse_nothing(args.amount)?;
        let left = tx.payment_left(&payment)?;
        if left == Money::ZERO {
            return Err(used_up(&payment).into());
        }

        let entered = tx.entries_of_payment(payment.id)?.len();
        match &invoice {
            None => by_what_it_names(tx, &payment)?,
            Some(invoice) if left < Money::ZERO => {
                cover(tx, &payment, invoice, args.amount.unwrap_or(-left))?;
            }
            Some(invoice) => settle(tx, &payment, invoice, args.amount, left)?,
        }
        tx.round_off_rests(&payment)?;

        let mut done = Done::with(sheet_of(tx, &tx.payment(payment.number)?)?);
        let entries = tx.entries_of_payment(payment.id)?;
        let days = entries.iter().skip(entered).map(|entry| entry.booked_on);
        done.warnings.extend(exported_before(tx, days.min())?);
        if let Some(invoice) = invoice.filter(|_| left > Money::ZERO) {
            done.questions.extend(another_accounts(tx, &payment, &invoice)?);
        }
        Ok(done)
    })
}

/// Matches a payment as an import does.
fn by_what_it_names(tx: &Tx<'_>, payment: &Payment) -> Result<()> {
    let number = payment.number;
    let Matched { verdict, .. } = tx.match_payment(payment)?;
    match verdict {
        Verdict::Open(doubt) => {
            let words = format!("payment {number} must be matched by hand: {doubt}");
            let hint = format!(
                "`shopctl payment show {number}` shows the likeliest invoices, \
                 `shopctl payment match {number} INVOICE` settles one"
            );
            Err(Failure::refused("not_matched", words).hint(hint).into())
        }
        Verdict::Balance { .. } if payment.account.is_some() => {
            let words = format!("nothing is left to pay of what payment {number} names");
            Err(Failure::refused("nothing_owed", words)
                .hint(format!("`shopctl payment match {number} INVOICE` settles another with it"))
                .into())
        }
        Verdict::Settles { .. } | Verdict::Balance { .. } => Ok(()),
    }
}

fn settle(
    tx: &Tx<'_>,
    payment: &Payment,
    invoice: &Invoice,
    amount: Option<Money>,
    left: Money,
) -> Result<()> {
    refuse_what_nobody_pays(invoice)?;
    let standing = tx.standing(invoice)?;
    if standing.left() == Money::ZERO {
        let is = match standing.credited == standing.total {
            true => "is credited in full",
            false => "is paid",
        };
        let words = format!("invoice {} {is}, and nothing is left to pay of it", invoice.number);
        let hint = format!(
            "`shopctl payment list --unmatched` shows likelier ones; `shopctl payment refund {}` \
             pays the money back",
            payment.number
        );
        return Err(Failure::refused("nothing_owed", words).hint(hint).into());
    }
    let amount = amount.unwrap_or_else(|| left.min(standing.left()));
    tx.settle(payment, invoice, amount, Some("by hand"))?;
    Ok(())
}

/// Covers a deduction by what stands on the balance of the account that a document is for.
fn cover(tx: &Tx<'_>, deduction: &Payment, invoice: &Invoice, amount: Money) -> Result<()> {
    let account = tx.invoice_account(invoice)?;
    if let Some(owner) = deduction.account.filter(|owner| *owner != account) {
        let owner = called(&tx.account_by_id(owner)?);
        let words = format!("the deduction is {owner}'s, and {} is not", invoice.number);
        return Err(Failure::refused("another_account", words)
            .hint(format!("`shopctl payment show {}` shows whose it is", deduction.number))
            .into());
    }
    let words = format!("names {}", invoice.number);
    tx.put_on_balance(deduction, account, &words)?;
    let covered = tx.cover_deductions(account, Some((deduction.id, amount)))?;
    if covered == Money::ZERO {
        let owner = called(&tx.account_by_id(account)?);
        let words = format!("{owner} has no balance that could cover the deduction");
        let hint = "a credit note on a paid invoice leaves the money on the balance; \
                    `shopctl account show` shows it";
        return Err(Failure::refused("no_balance", words).hint(hint).into());
    }
    Ok(())
}

fn used_up(payment: &Payment) -> Failure {
    Failure::refused("used_up", format!("nothing is left of payment {}", payment.number))
        .hint(format!("`shopctl payment show {}` shows what it settles", payment.number))
}

/// Refuses an amount of nothing before it is looked at further.
pub fn refuse_nothing(amount: Option<Money>) -> Result<()> {
    match amount {
        Some(Money::ZERO) => {
            let words = "an amount of 0 kronor settles nothing";
            Err(Failure::refused("bad_value", words).hint("give an amount above 0").into())
        }
        _ => Ok(()),
    }
}

/// Asks before money settles an invoice of another account than the payment points to.
fn another_accounts(tx: &Tx<'_>, payment: &Payment, invoice: &Invoice) -> Result<Option<Question>> {
    let account = tx.invoice_account(invoice)?;
    let pointed = tx.accounts_pointed_to(payment)?;
    if pointed.iter().any(|(pointed, _)| *pointed == account) {
        return Ok(None);
    }
    let Some((owner, by)) = pointed.first() else { return Ok(None) };
    let because = format!(
        "Payment {} points to {}, by {by}, and invoice {} is of {}.",
        payment.number,
        called(&tx.account_by_id(*owner)?),
        invoice.number,
        called(&tx.account_by_id(account)?)
    );
    Ok(Some(Question { because, ask: "Settle it all the same?" }))
}

/// Warns where something is booked on a day that bookkeeping has been given already.
pub fn exported_before(tx: &Tx<'_>, day: Option<NaiveDate>) -> Result<Option<String>> {
    let books = tx.books()?;
    Ok(day.filter(|day| books.has_exported(*day)).map(|day| {
        format!("this is booked on {day}, which was exported already; the next export takes it up")
    }))
}

pub fn unmatch(app: &mut App, args: &UnmatchArgs) -> Result<()> {
    app.change(&args.change, |tx| {
        let payment = tx.payment(PaymentNumber(args.number))?;
        let invoice = args.invoice.map(InvoiceNumber);
        if let Some(number) = invoice {
            tx.invoice(number)?;
        }

        let taken_back = tx.unmatch_payment(&payment, invoice, &args.reason)?;
        if taken_back == Money::ZERO && (invoice.is_some() || payment.account.is_none()) {
            let what = invoice.map_or("anything".to_owned(), |number| format!("invoice {number}"));
            let words = format!("payment {} does not settle {what}", payment.number);
            let hint = format!("`shopctl payment show {}` shows what it settles", payment.number);
            return Err(Failure::refused("not_matched", words).hint(hint).into());
        }
        Ok(Done::with(sheet_of(tx, &tx.payment(payment.number)?)?))
    })
}
