//! Billed terms that are taken back, and their invoices credited, in the same operation.

use std::sync::Arc;

use anyhow::Result;
use chrono::NaiveDate;

use crate::domain::credit::{self, Credited, Part};
use crate::domain::email::Email;
use crate::domain::invoice::{Invoice, InvoiceNumber};
use crate::domain::language::Language;
use crate::domain::licence::growth::Growth;
use crate::domain::mail::NewMail;
use crate::domain::money::Money;
use crate::domain::notice::Notice;
use crate::domain::subscription::Subscription;
use crate::domain::term::Term;
use crate::store::Tx;

use super::notice::days;

/// Of what something was given back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// A whole term, which is billed no longer.
    Term,
    /// All that a licence was billed for growing in the middle of a term.
    Growth,
    /// The rest of either, by days.
    Rest,
}

/// What was given back of what was billed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawn {
    /// The days given back.
    pub period: Term,
    pub given: Given,
    pub invoice: InvoiceNumber,
    pub credit_note: InvoiceNumber,
    /// What the credit note comes to, including VAT.
    pub total: Money,
}

impl Withdrawn {
    /// Says what is withdrawn and credited.
    pub fn told(&self) -> String {
        let (period, invoice, note) = (days(self.period), self.invoice, self.credit_note);
        match self.given {
            Given::Term => format!(
                "The term {period} was billed already and is withdrawn: invoice {invoice} is \
                 credited for it in full by credit note {note}, {} kronor including VAT.",
                self.total
            ),
            Given::Growth => format!(
                "What more seats cost for the days {period} is given back: invoice {invoice} is credited \
                 for it in full by credit note {note}, {} kronor including VAT.",
                self.total
            ),
            Given::Rest => format!(
                "Of invoice {invoice} the days {period} are credited by credit note {note}, {} \
                 kronor including VAT.",
                self.total
            ),
        }
    }
}

/// Takes back the billed terms that a notice leaves no room for.
pub fn for_notice(
    tx: &Tx<'_>,
    subscription: &Subscription,
    notice: &Notice,
) -> Result<Vec<Withdrawn>> {
    let (received_on, ends_on) = (notice.received_on, notice.counted.ends_on);
    whole_terms(tx, subscription, ends_on, &|language| match language {
        Language::Swedish => {
            format!("Uppsägning mottagen {received_on}. Abonnemanget upphör {ends_on}.")
        }
        Language::English => {
            format!("Notice received on {received_on}. The subscription ends on {ends_on}.")
        }
    })
}

/// Takes back all that is billed, the order that began the subscription being cancelled for `reason`.
pub fn for_order(tx: &Tx<'_>, subscription: &Subscription, reason: &str) -> Result<Vec<Withdrawn>> {
    whole_terms(tx, subscription, subscription.rhythm.anchor, &|_| reason.to_owned())
}

/// Takes back all that is billed for the days from `ends_on` on, by days where a term has begun.
pub fn rest(
    tx: &Tx<'_>,
    subscription: &Subscription,
    ends_on: NaiveDate,
) -> Result<Vec<Withdrawn>> {
    let reason = |language| match language {
        Language::Swedish => format!("Abonnemanget upphör {ends_on}."),
        Language::English => format!("The subscription ends on {ends_on}."),
    };
    let mut withdrawn = whole_terms(tx, subscription, ends_on, &reason)?;
    let mut billed = tx.terms(subscription.id)?;
    let growths = tx.growths_of(subscription)?;
    billed.extend(growths.iter().map(|growth| (growth.period, growth.invoice.0)));
    let is_running = |term: Term| term.start < ends_on && ends_on < term.end;
    for (term, number) in billed.into_iter().filter(|(term, _)| is_running(*term)) {
        let billed = Billed::read(tx, subscription, term, number)?;
        let part = billed.position.and_then(|position| {
            credit::rest_of_line(&billed.invoice, &billed.credited, position, ends_on)
        });
        if let Some(part) = part {
            let note = billed.credit(tx, part, &reason(billed.invoice.draft.language))?;
            let period = Term { start: ends_on, end: term.end };
            withdrawn.push(told(period, Given::Rest, &billed.invoice, &note));
        }
    }
    Ok(withdrawn)
}

/// Takes back what a licence was billed for growing within `term`, which is taken back for `reason`.
pub fn growths(
    tx: &Tx<'_>,
    subscription: &Subscription,
    term: Term,
    reason: &str,
) -> Result<Vec<Withdrawn>> {
    let is_within = |growth: Term| term.start <= growth.start && growth.end <= term.end;
    whole_growths(tx, subscription, &is_within, &|_| reason.to_owned())
}

fn whole_growths(
    tx: &Tx<'_>,
    subscription: &Subscription,
    is_taken: &dyn Fn(Term) -> bool,
    reason: &dyn Fn(Language) -> String,
) -> Result<Vec<Withdrawn>> {
    let mut withdrawn = Vec::new();
    for Growth { period, invoice, .. } in tx.growths_of(subscription)? {
        let billed = Billed::read(tx, subscription, period, invoice.0)?;
        if let Some(part) = billed.left().filter(|_| is_taken(period)) {
            let note = billed.credit(tx, part, &reason(billed.invoice.draft.language))?;
            withdrawn.push(told(period, Given::Growth, &billed.invoice, &note));
        }
    }
    Ok(withdrawn)
}

/// Takes back the billed terms that begin on `from` or later, the last first, and what a licence was
/// billed for growing from then on.
fn whole_terms(
    tx: &Tx<'_>,
    subscription: &Subscription,
    from: NaiveDate,
    reason: &dyn Fn(Language) -> String,
) -> Result<Vec<Withdrawn>> {
    let mut withdrawn = Vec::new();
    for (term, number) in tx.terms(subscription.id)?.into_iter().rev() {
        if term.start < from {
            break;
        }
        let billed = Billed::read(tx, subscription, term, number)?;
        let note = match billed.left() {
            Some(part) => billed.credit(tx, part, &reason(billed.invoice.draft.language))?,
            None => billed.last_note(tx)?,
        };
        tx.withdraw_term(subscription, term, &billed.invoice, &note)?;
        withdrawn.push(told(term, Given::Term, &billed.invoice, &note));
    }
    withdrawn.reverse();
    withdrawn.extend(whole_growths(tx, subscription, &|growth| growth.start >= from, reason)?);
    Ok(withdrawn)
}

fn told(period: Term, given: Given, invoice: &Invoice, note: &Invoice) -> Withdrawn {
    let total = note.draft.totals().total;
    Withdrawn { period, given, invoice: invoice.number, credit_note: note.number, total }
}

/// A billed term with its invoice, and what of that is credited before.
struct Billed {
    invoice: Invoice,
    credited: Credited,
    /// Where the term stands among the lines, counted from 1.
    position: Option<usize>,
    term: Term,
    /// Where its credit note goes.
    recipient: Email,
}

impl Billed {
    fn read(tx: &Tx<'_>, subscription: &Subscription, term: Term, number: i64) -> Result<Billed> {
        let invoice = tx.invoice(InvoiceNumber(number))?;
        let credited = tx.credited(&invoice)?;
        let position = credit::position_of_term(&invoice, subscription.number, term);
        let recipient = tx.credit_recipient(&invoice, subscription)?;
        Ok(Billed { invoice, credited, position, term, recipient })
    }

    /// Returns what is still to be credited of the term; `None` where earlier notes left nothing.
    fn left(&self) -> Option<Part> {
        let position = self.position.filter(|at| !self.credited.is_line_closed(*at))?;
        let net = self.credited.left(position)?;
        Some(Part { position, net, period: Some(self.term), quantity: None })
    }

    fn credit(&self, tx: &Tx<'_>, part: Part, reason: &str) -> Result<Invoice> {
        let (_, seller) = tx.seller()?;
        let seller = Arc::new(seller);
        let draft =
            credit::of_parts(&self.invoice, &self.credited, &[part], reason, &seller, tx.today())?;
        let note = tx.credit_invoice(&self.invoice, &draft)?;
        if let Some(mail) = NewMail::of_credit_note(&note, self.recipient.clone()) {
            tx.enqueue_mail(&mail, seller.office_email.domain())?;
        }
        Ok(note)
    }

    /// Returns the credit note that closed the term.
    fn last_note(&self, tx: &Tx<'_>) -> Result<Invoice> {
        let notes = tx.credit_notes(self.invoice.id)?;
        let number = notes.last().map_or(self.invoice.number, |note| note.number);
        Ok(tx.invoice(number)?)
    }
}
