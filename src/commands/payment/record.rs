//! `payment record`: money of which no file of the bank's tells.

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;

use super::matching::exported_before;
use super::sheet_of;
use crate::app::{App, ChangeArgs, Done, Question, parse_line, parse_number};
use crate::commands::account::called;
use crate::domain::invoice::{Invoice, InvoiceKind, InvoiceNumber};
use crate::domain::ledger::LedgerError;
use crate::domain::money::Money;
use crate::domain::payment::{NewPayment, Payer, Payment, Source};
use crate::domain::term::parse_date;
use crate::error::Failure;
use crate::store::Tx;

/// Record a payment of an invoice by hand
///
/// For money of which no file of the bank's tells, such as cash or a transfer seen in the bank's own
/// pages. What is more than the invoice has left stands on the account's balance.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl payment record 1001 --amount 3625 --date 2026-03-10
  shopctl payment record 1001 --amount 1000.50 --date 2026-03-10 --payer 'Saab AB' --reference 100164 -n")]
pub struct RecordArgs {
    /// The number of the invoice that is paid
    #[arg(value_parser = parse_number)]
    invoice: i64,
    /// How much came in, in kronor
    #[arg(long, value_name = "KRONOR", allow_negative_numbers = true)]
    amount: Money,
    /// The day on which the bank had it
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    date: NaiveDate,
    /// Who paid
    #[arg(long, value_name = "TEXT", value_parser = parse_line)]
    payer: Option<String>,
    /// The reference that came with it
    #[arg(long, value_name = "TEXT", value_parser = parse_line)]
    reference: Option<String>,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn record(app: &mut App, args: &RecordArgs) -> Result<()> {
    app.change(&args.change, |tx| {
        let invoice = tx.invoice(InvoiceNumber(args.invoice))?;
        refuse_what_nobody_pays(&invoice)?;
        refuse_future(args.date, tx.today())?;
        let same = payments_alike(tx, &invoice, args)?;

        let payment = tx.record_payment(&NewPayment {
            source: Source::Manual,
            file: None,
            identity: tx.manual_identity()?,
            received_on: args.date,
            amount: args.amount,
            bank_reference: None,
            payer: Payer { name: args.payer.clone(), ..Payer::default() },
            reference: args.reference.clone(),
            message: None,
        })?;
        let left = tx.standing(&invoice)?.left();
        let part = args.amount.min(left);
        if part > Money::ZERO {
            tx.settle(&payment, &invoice, part, None)?;
            tx.round_off_rests(&payment)?;
        } else {
            let words = format!("nothing is left of invoice {}", invoice.number);
            tx.put_on_balance(&payment, tx.invoice_account(&invoice)?, &words)?;
        }

        let payment = tx.payment(payment.number)?;
        let mut done = Done::with(sheet_of(tx, &payment)?);
        done.warnings.extend(rest_words(tx, &payment, &invoice)?);
        if payment.booked_on != args.date {
            let words = format!(
                "the books are locked through {}; this is booked on {}",
                tx.books_locked_through()?.unwrap_or(args.date),
                payment.booked_on
            );
            done.warnings.push(words);
        }
        done.warnings.extend(exported_before(tx, Some(payment.booked_on))?);
        if let Some(same) = same {
            let because = format!(
                "Payment {} of {} kronor, received on {}, settles invoice {} already: this one would \
                 be counted beside it.",
                same.number, same.told.amount, same.told.received_on, invoice.number
            );
            done.questions.push(Question { because, ask: "Record it all the same?" });
        }
        Ok(done)
    })
}

/// Refuses a credit note, which is owed to the customer.
pub fn refuse_what_nobody_pays(invoice: &Invoice) -> Result<()> {
    match invoice.draft.kind() {
        InvoiceKind::Invoice => Ok(()),
        InvoiceKind::CreditNote => {
            let error = LedgerError::CreditNote(invoice.number);
            let credits = invoice.draft.credits.as_ref().map(|credits| credits.number);
            let hint = credits.map(|number| format!("it credits invoice {number}"));
            Err(Failure::refused("credit_note", error.to_string())
                .hint(hint.unwrap_or_default())
                .into())
        }
    }
}

/// Refuses a day on which nothing can have happened yet.
pub fn refuse_future(day: NaiveDate, today: NaiveDate) -> Result<()> {
    if day <= today {
        return Ok(());
    }
    let words = format!("{day} is yet to come; today is {today}");
    Err(Failure::refused("future_date", words).hint("give the day on which the bank had it").into())
}

/// Returns a payment of the same amount and day that settles the same invoice already.
fn payments_alike(tx: &Tx<'_>, invoice: &Invoice, args: &RecordArgs) -> Result<Option<Payment>> {
    let standing = tx.standing(invoice)?;
    for entry in &standing.entries {
        let Some(number) = entry.payment else { continue };
        let is_settled = standing.left_of_entry(entry) < Money::ZERO && entry.reverses.is_none();
        let payment = tx.payment(number)?;
        let is_alike = payment.told.amount == args.amount && payment.told.received_on == args.date;
        if is_settled && is_alike {
            return Ok(Some(payment));
        }
    }
    Ok(None)
}

/// Says what becomes of what an invoice does not take.
fn rest_words(tx: &Tx<'_>, payment: &Payment, invoice: &Invoice) -> Result<Option<String>> {
    let rest = tx.payment_left(payment)?;
    if rest == Money::ZERO {
        return Ok(None);
    }
    let account = tx.account_by_id(tx.invoice_account(invoice)?)?;
    let why = match rest == payment.told.amount {
        true => format!("nothing is left to pay of invoice {}", invoice.number),
        false => format!("{rest} kronor is more than invoice {} had left", invoice.number),
    };
    Ok(Some(format!(
        "{why}; {rest} kronor stands on the balance of {}: `shopctl payment refund {number}` pays it \
         back, `shopctl payment match {number} INVOICE` sets it against another invoice",
        called(&account),
        number = payment.number
    )))
}
