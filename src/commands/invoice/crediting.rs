//! `invoice credit`: an invoice is credited, in full or in part.

use std::cmp::Reverse;
use std::sync::Arc;

use anyhow::Result;
use clap::Args;

use crate::app::{App, ChangeArgs, Done, Question, parse_number, parse_reason};
use crate::commands::subscription::{Withdrawn, withdraw_growths};
use crate::domain::credit::{self, Asked, AskedLine, CreditError};
use crate::domain::email::Email;
use crate::domain::invoice::{Invoice, InvoiceNumber};
use crate::domain::ledger::Standing;
use crate::domain::licence::growth::Growth;
use crate::domain::mail::NewMail;
use crate::domain::money::Money;
use crate::domain::subscription::{Status, Subscription};
use crate::domain::term::Term;
use crate::error::Failure;
use crate::render::sheet::Sheet;
use crate::store::Tx;

use super::sheet;

/// Credit an invoice, in full or in part
///
/// All that is left of it, unless lines, quantities of lines or an amount are named; never more than is
/// left. The credit note gets the next number of the invoices and goes out by mail, with the reason on
/// it. What was paid beyond what is then left stays on the account's balance.
///
/// A term whose line is credited in full stays billed: it is not invoiced again, and the subscription
/// runs on. With --bill-again it is taken back, and the next renewal bills it anew. `subscription end`
/// ends a subscription, `order cancel` takes a whole order back.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl invoice credit 1001 --reason 'Beställningen återtogs.'
  shopctl invoice credit 1001 --line 2=1 --reason 'Ett exemplar kom tillbaka.' -n
  shopctl invoice credit 1001 --amount 500 --reason 'Prisavdrag enligt överenskommelse.'
  shopctl invoice credit 1001 --line 1 --bill-again --reason 'Fel pris.'")]
pub struct CreditArgs {
    /// The number of the invoice
    #[arg(value_parser = parse_number)]
    number: i64,
    /// A line as `invoice show` lists it, counted from 1, or so many pieces of it; may be given several times
    #[arg(long = "line", value_name = "L[=QTY]")]
    lines: Vec<AskedLine>,
    /// So many kronor, including VAT, spread over the lines named or over all
    #[arg(long, value_name = "A", allow_negative_numbers = true)]
    amount: Option<Money>,
    /// Take back the terms credited in full, so that the next renewal bills them anew
    #[arg(long)]
    bill_again: bool,
    /// Why, in words for the customer
    #[arg(long, value_name = "TEXT", value_parser = parse_reason)]
    reason: String,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn credit(app: &mut App, args: &CreditArgs) -> Result<()> {
    let asked = Asked { lines: args.lines.clone(), amount: args.amount };
    app.change(&args.change, |tx| {
        let invoice = tx.invoice(InvoiceNumber(args.number))?;
        let before = tx.standing(&invoice)?;
        let note = issue(tx, &invoice, &asked, &args.reason)?;
        let terms = closed_terms(tx, &invoice, &note)?;
        let mut others = Vec::new();
        if args.bill_again {
            others.extend(take_back(tx, &invoice, &note, &terms, &args.reason)?);
        }
        others.extend(seats_that_stay(tx, &invoice)?);

        let mut because =
            explanation(args, &invoice, &note, (&before, &tx.standing(&invoice)?), &terms);
        for other in others {
            because.push(' ');
            because.push_str(&other);
        }
        let sheet = Sheet { sentences: Vec::new(), ..sheet(tx, &note)? };
        let mut done = Done::with(sheet);
        done.summary = (args.change.yes || args.change.dry_run).then(|| because.clone());
        done.questions.push(Question { because, ask: "Credit this?" });
        Ok(done)
    })
}

/// Issues the credit note of what is asked for, and queues its mail.
pub fn issue(tx: &Tx<'_>, invoice: &Invoice, asked: &Asked, reason: &str) -> Result<Invoice> {
    let credited = tx.credited(invoice)?;
    let parts = asked.parts(invoice, &credited)?;
    let (_, seller) = tx.seller()?;
    let seller = Arc::new(seller);
    let draft = credit::of_parts(invoice, &credited, &parts, reason, &seller, tx.today())?;
    let note = tx.credit_invoice(invoice, &draft)?;
    if let Some(mail) = NewMail::of_credit_note(&note, recipient(tx, invoice)?) {
        tx.enqueue_mail(&mail, seller.office_email.domain())?;
    }
    Ok(note)
}

/// Returns where a credit note goes: where the invoices of the subscription go now, or to the address
/// that the order gave where there is none.
fn recipient(tx: &Tx<'_>, invoice: &Invoice) -> Result<Email> {
    let number = invoice.draft.lines.iter().find_map(|line| line.subscription_number);
    Ok(match number {
        Some(number) => tx.credit_recipient(invoice, &tx.subscription(number)?)?,
        None => invoice.draft.buyer.invoice_email.clone(),
    })
}

/// Returns the terms that `invoice` bills and whose lines `note` has closed, the last first.
fn closed_terms(
    tx: &Tx<'_>,
    invoice: &Invoice,
    note: &Invoice,
) -> Result<Vec<(Subscription, Term)>> {
    let credited = tx.credited(invoice)?;
    let positions = note.draft.credits.iter().flat_map(|credits| &credits.positions);
    let mut terms = Vec::new();
    for position in positions.filter(|position| credited.is_line_closed(**position)) {
        let line = &invoice.draft.lines[position - 1];
        let (Some(number), Some(term)) = (line.subscription_number, line.period) else { continue };
        let subscription = tx.subscription(number)?;
        if tx.terms(subscription.id)?.contains(&(term, invoice.number.0)) {
            terms.push((subscription, term));
        }
    }
    terms.sort_by_key(|(_, term)| Reverse(term.start));
    Ok(terms)
}

/// Takes terms back, so that they can be billed anew; says what goes back with them: the next renewal
/// bills a licence's seats of today for the whole term, and so what it grew by since.
///
/// Errors when there are none, and when a later term is billed after one of them.
fn take_back(
    tx: &Tx<'_>,
    invoice: &Invoice,
    note: &Invoice,
    terms: &[(Subscription, Term)],
    reason: &str,
) -> Result<Vec<String>> {
    let mut told = Vec::new();
    if terms.is_empty() {
        return Err(CreditError::NoTerm(invoice.number).into());
    }
    for (subscription, term) in terms {
        let number = subscription.number;
        if subscription.billed_through != term.end {
            let words = format!(
                "the term {term} of subscription {number} cannot be billed anew, because a later one \
                 is billed"
            );
            return Err(Failure::refused("later_term", words)
                .hint(format!(
                    "`shopctl subscription show {number}` lists its terms; take back the last first"
                ))
                .into());
        }
        tx.withdraw_term(subscription, *term, invoice, note)?;
        let growths = withdraw_growths(tx, subscription, *term, reason)?;
        told.extend(growths.iter().map(Withdrawn::told));
    }
    Ok(told)
}

/// Says which seats a licence keeps though what they cost is credited in full.
fn seats_that_stay(tx: &Tx<'_>, invoice: &Invoice) -> Result<Vec<String>> {
    let credited = tx.credited(invoice)?;
    let mut told = Vec::new();
    for growth in tx.growths_on(invoice)? {
        let line = invoice.draft.lines.iter().position(|line| growth.is_billed_by(line));
        let is_closed = line.is_some_and(|index| credited.is_line_closed(index + 1));
        let number = growth.subscription_number;
        let subscription = tx.subscription(number)?;
        if !is_closed
            || !growth.lasts(tx.today())
            || subscription.status(tx.today()) == Status::Ended
        {
            continue;
        }
        let Growth { former, former_seats, seats, period, .. } = &growth;
        told.push(format!(
            "Licence {number} keeps its {seats} seats up to and including {}.",
            period.last_day()
        ));
        if line.is_some_and(|index| invoice.draft.lines[index].sku == subscription.sku.as_str()) {
            told.push(format!(
                "Its next term is billed for them; `shopctl licence edit {number} --item {former}` makes it \
                 {former_seats} seats from then on."
            ));
        }
    }
    Ok(told)
}

fn explanation(
    args: &CreditArgs,
    invoice: &Invoice,
    note: &Invoice,
    (before, after): (&Standing, &Standing),
    terms: &[(Subscription, Term)],
) -> String {
    let (number, credits) = (invoice.number, note.draft.totals().total);
    let by = format!("by credit note {}, {credits} kronor including VAT", note.number);
    let mut sentences = vec![match after.total - after.credited {
        Money::ZERO => format!("Invoice {number} is credited in full {by}."),
        _ => format!(
            "Invoice {number} is credited in part {by}; {} kronor of it is left to pay.",
            after.left()
        ),
    }];
    sentences.extend(released(before, after));
    for (subscription, term) in terms {
        let subscription = subscription.number;
        sentences.push(match args.bill_again {
            true => format!(
                "The term {term} of subscription {subscription} is taken back, and the next renewal \
                 bills it anew."
            ),
            false => format!(
                "The term {term} of subscription {subscription} stays billed: it is not invoiced again, \
                 and the subscription runs on."
            ),
        });
    }
    sentences.join(" ")
}

/// Says what becomes of money that a credited invoice no longer takes.
pub fn released(before: &Standing, after: &Standing) -> Option<String> {
    let released = before.paid() - after.paid();
    (released > Money::ZERO).then(|| {
        format!(
            "Of what was paid, {released} kronor is left over and stays on the account's balance, to be \
             paid back or set against another invoice."
        )
    })
}
