//! `order cancel`: an order is taken back, with its invoice and what it started.

use anyhow::{Context, Result};
use clap::Args;

use crate::app::{App, ChangeArgs, Done, Question, parse_number, parse_reason};
use crate::commands::{invoice, subscription};
use crate::domain::credit::Asked;
use crate::domain::invoice::Invoice;
use crate::domain::staff::Role;
use crate::domain::subscription::{Status, Subscription};
use crate::error::Failure;
use crate::render::sheet::Sheet;
use crate::store::{FetchListing, Order, Tx};

use super::sheet;
use super::ship::told_of_copies;

/// Cancel an order: credits its invoice and ends what it started
///
/// What is left of its invoice is credited, by a credit note that goes out by mail. The subscriptions
/// that it started end on their first day, as if they had not begun; a term that was billed ahead for
/// one of them is credited too. Where such a term has begun the order is refused: `subscription end`
/// ends the subscription. One that has ended already stays as it is. Printed copies that wait to be
/// posted wait no more; that they were posted is said. To end one that has run since an
/// earlier day takes an administrator, as `subscription end` does.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl order cancel 1001 --reason 'Beställningen återtogs.' -n
  shopctl order cancel 1001 --reason 'Beställningen gjordes av misstag.' --yes")]
pub struct CancelArgs {
    /// The number of the order
    #[arg(value_parser = parse_number)]
    number: i64,
    /// Why, in words for the customer
    #[arg(long, value_name = "TEXT", value_parser = parse_reason)]
    reason: String,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn cancel(app: &mut App, args: &CancelArgs) -> Result<()> {
    if let Some(number) = app.read(|tx| begun_before_today(tx, args.number))? {
        app.require(Role::Admin).with_context(|| {
            format!("subscription {number} has begun, and ends sooner than notice would end it")
        })?;
    }
    app.change(&args.change, |tx| {
        let order = tx.order(args.number)?;
        if let Some(day) = order.cancelled_on {
            let words = format!("order {} was cancelled on {day}", order.number);
            return Err(Failure::refused("cancelled", words)
                .hint(format!("`shopctl order show {}` shows why", order.number))
                .into());
        }
        let original = tx.invoice(order.invoice)?;
        let started = started(tx, &original)?;
        let waits = tx.waits_for_post(&order)?;

        tx.cancel_order(&order, &args.reason)?;
        let mut sentences = vec![format!("Order {} is cancelled.", order.number)];
        sentences.extend(take_invoice_back(tx, &original, &args.reason)?);
        for subscription in &started {
            sentences.extend(take_back(tx, subscription, &original, args)?);
        }
        sentences.extend(told_of_copies(tx, &order, waits)?);

        let because = sentences.join(" ");
        let mut done = Done::with(sheet_again(tx, &order, &original)?);
        done.summary = (args.change.yes || args.change.dry_run).then(|| because.clone());
        done.questions.push(Question { because, ask: "Cancel this order?" });
        Ok(done)
    })
}

/// Returns a subscription that has run since an earlier day and that cancelling an order would end.
fn begun_before_today(tx: &Tx<'_>, order: i64) -> Result<Option<i64>> {
    let order = tx.order(order)?;
    if order.cancelled_on.is_some() || order.ordered_on == tx.today() {
        return Ok(None);
    }
    let started = started(tx, &tx.invoice(order.invoice)?)?;
    let begun = started.iter().find(|subscription| subscription.rhythm.anchor < tx.today());
    Ok(begun.map(|subscription| subscription.number))
}

fn sheet_again(tx: &Tx<'_>, order: &Order, invoice: &Invoice) -> Result<Sheet> {
    let account = tx.account_by_id(order.account_id)?;
    sheet(tx, &tx.order(order.number)?, &account, invoice)
}

/// Returns the subscriptions that an order started and that run or are to run.
///
/// Errors when one is another's by now, and when a term of it has begun that another invoice bills.
fn started(tx: &Tx<'_>, original: &Invoice) -> Result<Vec<Subscription>> {
    let debtor = tx.debtor(original)?;
    let mut started = Vec::new();
    for number in original.draft.lines.iter().filter_map(|line| line.subscription_number) {
        let subscription = tx.subscription(number)?;
        if subscription.status(tx.today()) == Status::Ended {
            continue;
        }
        if subscription.account_id != debtor.id {
            let words = format!("subscription {number} was transferred to another account since");
            return Err(Failure::refused("transferred", words)
                .hint(format!(
                    "`shopctl invoice credit {} --reason TEXT` credits the invoice alone",
                    original.number
                ))
                .into());
        }
        let terms = tx.terms(subscription.id)?;
        let begun = terms
            .iter()
            .find(|(term, invoice)| *invoice != original.number.0 && term.start <= tx.today());
        if let Some((term, invoice)) = begun {
            let words = format!(
                "the term {term} of subscription {number} has begun, and is billed by invoice \
                 {invoice} and not by the order's"
            );
            return Err(Failure::refused("term_begun", words)
                .hint(format!(
                    "`shopctl subscription end {number} --on DATE --credit rest --reason TEXT` ends it"
                ))
                .into());
        }
        started.push(subscription);
    }
    Ok(started)
}

/// Credits what is left of the order's invoice, and says so.
fn take_invoice_back(tx: &Tx<'_>, original: &Invoice, reason: &str) -> Result<Vec<String>> {
    let number = original.number;
    if tx.credited(original)?.is_closed() {
        return Ok(vec![format!("Invoice {number} is credited in full already.")]);
    }
    let before = tx.standing(original)?;
    let note = invoice::issue_credit_note(tx, original, &Asked::default(), reason)?;
    let credited = format!(
        "Invoice {number} is credited in full by credit note {}, {} kronor including VAT.",
        note.number,
        note.draft.totals().total
    );
    let released = invoice::released(&before, &tx.standing(original)?);
    Ok([credited].into_iter().chain(released).collect())
}

/// Ends a subscription on its first day with nothing billed of it, and says so.
fn take_back(
    tx: &Tx<'_>,
    started: &Subscription,
    original: &Invoice,
    args: &CancelArgs,
) -> Result<Vec<String>> {
    let (number, anchor) = (started.number, started.rhythm.anchor);
    if started.ends_on != Some(anchor) {
        tx.end_subscription(started, anchor, &args.reason)?;
    }
    let withdrawn = subscription::withdraw_for_order(tx, &tx.subscription(number)?, &args.reason)?;
    let ends = format!(
        "Subscription {number} to {} ends on {anchor}, its first day, and nothing stays billed of it.",
        started.sku
    );
    let others = withdrawn.iter().filter(|it| it.invoice != original.number);
    let fetched = fetched(&tx.fetches_under(started.id)?, number);
    Ok([ends].into_iter().chain(others.map(subscription::Withdrawn::told)).chain(fetched).collect())
}

/// Tells what a customer has read under a subscription, whoever decides about taking it back.
fn fetched(fetches: &[FetchListing], number: i64) -> Option<String> {
    let last = fetches.first()?;
    let (code, edition, day) = (&last.code, &last.edition, &last.fetched_at[..10]);
    Some(match fetches.len() {
        1 => format!("Agreement {code}, edition {edition}, was fetched under it on {day}."),
        count => format!(
            "Agreements were fetched {count} times under subscription {number}, the last one {code}, \
             edition {edition}, on {day}."
        ),
    })
}
