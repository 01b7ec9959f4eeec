//! Credit notes: what is credited of an invoice, and the terms that were taken back with it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::json;

use super::driver::values;
use super::invoice::{InvoiceLinks, subject};
use super::{DriverError, StoreError, Tx};
use crate::domain::account::AccountId;
use crate::domain::credit::{CreditError, Credited, Credits, Settled, position_of_term};
use crate::domain::email::Email;
use crate::domain::event::{EventKind, Noun, Subject};
use crate::domain::invoice::{Draft, Invoice, InvoiceId, InvoiceNumber};
use crate::domain::money::{Money, VatRate};
use crate::domain::order::OrderId;
use crate::domain::product::ProductId;
use crate::domain::subscription::{Subscription, SubscriptionId};
use crate::domain::term::Term;

/// A credit note as its invoice lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreditNote {
    pub number: InvoiceNumber,
    pub issued_on: NaiveDate,
    /// Including VAT, above zero.
    pub total: Money,
    pub reason: String,
}

/// A term that was billed and taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WithdrawnTerm {
    pub term: Term,
    pub invoice: InvoiceNumber,
    pub credit_note: InvoiceNumber,
}

impl Tx<'_> {
    /// Returns how much of an invoice is credited, line by line.
    pub fn credited(&self, invoice: &Invoice) -> Result<Credited, StoreError> {
        let taken = self.rows(
            "SELECT l.credited_position, l.net_ore
             FROM invoice i JOIN invoice_line l ON l.invoice_id = i.id
             WHERE i.credits_id = $1 ORDER BY i.number, l.position",
            values![invoice.id.0],
            |row| Ok((position(row.get(0)?)?, row.get(1)?)),
        )?;
        Ok(Credited::of(invoice, &taken))
    }

    /// Returns the credit notes of an invoice, oldest first.
    pub fn credit_notes(&self, id: InvoiceId) -> Result<Vec<CreditNote>, StoreError> {
        self.rows(
            "SELECT number, issued_on, total_ore, credit_reason FROM invoice
             WHERE credits_id = $1 ORDER BY number",
            values![id.0],
            |row| {
                Ok(CreditNote {
                    number: InvoiceNumber(row.get(0)?),
                    issued_on: row.get(1)?,
                    total: row.get(2)?,
                    reason: row.get(3)?,
                })
            },
        )
    }

    /// Issues the credit note `draft` of `original`, with the next number of the invoices' series.
    ///
    /// Errors when more would be credited than is left, when `original` is a credit note itself, and
    /// when somebody else has credited it since the draft was made.
    pub fn credit_invoice(&self, original: &Invoice, draft: &Draft) -> Result<Invoice, StoreError> {
        let credited = self.credited(original)?;
        let changed = || StoreError::Changed { noun: "invoice", key: original.number.to_string() };
        let credits = draft.credits.as_ref().filter(|credits| credits.number == original.number);
        let credits = credits.ok_or_else(changed)?;
        let parts = credits.positions.iter().zip(&draft.lines);
        credited.check(original, parts.map(|(position, line)| (*position, line.net)))?;
        if credits.before != credited.by_rate() {
            return Err(changed());
        }

        let number = InvoiceNumber(self.coming_number("invoice")?);
        self.make_room(original, draft, &format!("credited by credit note {number}"))?;
        let (account_id, order_id) = self.holders(original.id)?;
        let products = self.line_links(original.id)?;
        let lines: Vec<_> = credits.positions.iter().map(|at| products[at - 1]).collect();
        let (seller_version, _) = self.seller()?;
        let note = self.issue_invoice(
            draft,
            &InvoiceLinks {
                account_id,
                order_id,
                credits_id: Some(original.id),
                reissues_id: None,
                seller_version,
                lines: &lines,
            },
        )?;
        let total = draft.totals().total;
        let left = credits.left(total);
        self.record(
            EventKind::InvoiceCredited,
            subject(original.id),
            &original.number.to_string(),
            json!({ "left_ore": (left + total).ore() }),
            json!({
                "left_ore": left.ore(),
                "credit_note": note.number.0,
                "reason": credits.reason,
            }),
        )?;
        // As it stands in the store it says how far its invoice is settled.
        self.invoice_by_id(note.id)
    }

    /// Returns where a credit note for `subscription` of `original` goes: where the subscription's
    /// invoices go now, or where the former holder's go if it was transferred since.
    pub fn credit_recipient(
        &self,
        original: &Invoice,
        subscription: &Subscription,
    ) -> Result<Email, StoreError> {
        let (account_id, _) = self.holders(original.id)?;
        if account_id == subscription.account_id {
            return Ok(subscription.invoice_email.clone());
        }
        let buyer = self.account_by_id(account_id)?;
        let holder = self.account_by_id(subscription.account_id)?;
        let successor = self.merger_of(&buyer)?.map(|succession| succession.successor);
        if successor.is_some_and(|successor| successor == holder.org_number) {
            return Ok(subscription.invoice_email.clone());
        }
        let former = buyer.profile.invoice_email;
        Ok(former.unwrap_or_else(|| original.draft.buyer.invoice_email.clone()))
    }

    /// Returns whose an invoice is, and of which order.
    pub(super) fn holders(
        &self,
        id: InvoiceId,
    ) -> Result<(AccountId, Option<OrderId>), StoreError> {
        self.find("SELECT account_id, order_id FROM invoice WHERE id = $1", values![id.0], |row| {
            let order_id: Option<i64> = row.get(1)?;
            Ok((AccountId(row.get(0)?), order_id.map(OrderId)))
        })?
        .ok_or_else(|| StoreError::Unknown { noun: "invoice", key: format!("row {}", id.0) })
    }

    /// Returns the product and the subscription of each line of an invoice, in the lines' order.
    pub(super) fn line_links(
        &self,
        id: InvoiceId,
    ) -> Result<Vec<(ProductId, Option<SubscriptionId>)>, StoreError> {
        self.rows(
            "SELECT product_id, subscription_id FROM invoice_line
             WHERE invoice_id = $1 ORDER BY position",
            values![id.0],
            |row| {
                let subscription_id: Option<i64> = row.get(1)?;
                Ok((ProductId(row.get(0)?), subscription_id.map(SubscriptionId)))
            },
        )
    }

    /// Returns what a credit note says of the invoice that it credits.
    pub(super) fn credits(&self, note: InvoiceId) -> Result<Credits, StoreError> {
        let found = self.find(
            "SELECT i.number, i.issued_on, i.total_ore, n.credit_reason, r.number
             FROM invoice n
             JOIN invoice i ON i.id = n.credits_id
             LEFT JOIN invoice r ON r.reissues_id = i.id
             WHERE n.id = $1",
            values![note.0],
            |row| {
                Ok(Credits {
                    number: InvoiceNumber(row.get(0)?),
                    issued_on: row.get(1)?,
                    total: row.get(2)?,
                    settled: Settled::default(),
                    reason: row.get(3)?,
                    positions: Vec::new(),
                    before: BTreeMap::new(),
                    replaced_by: row.get::<Option<i64>>(4)?.map(InvoiceNumber),
                })
            },
        )?;
        let credits = found.ok_or_else(no_position)?;
        let positions = self.rows(
            "SELECT credited_position FROM invoice_line WHERE invoice_id = $1 ORDER BY position",
            values![note.0],
            |row| position(row.get(0)?),
        )?;
        let before: Vec<(VatRate, Money)> = self.rows(
            "SELECT l.vat_rate, sum(l.net_ore)
             FROM invoice n
             JOIN invoice e ON e.credits_id = n.credits_id AND e.number < n.number
             JOIN invoice_line l ON l.invoice_id = e.id
             WHERE n.id = $1 GROUP BY l.vat_rate ORDER BY l.vat_rate",
            values![note.0],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let before = before.into_iter().collect();
        Ok(Credits { positions, before, settled: self.settled_before(note)?, ..credits })
    }

    /// Returns how far the invoice that a credit note credits was settled when that was issued, whatever
    /// has been entered since.
    fn settled_before(&self, note: InvoiceId) -> Result<Settled, StoreError> {
        let found = self.find(
            "SELECT coalesce(sum(CASE WHEN e.kind = 'payment' THEN -e.amount_ore ELSE 0 END), 0),
                 coalesce(sum(CASE WHEN e.kind = 'payment' THEN 0 ELSE e.amount_ore END), 0),
                 coalesce(sum(CASE WHEN e.kind = 'payment' AND e.reverses_id IS NOT NULL
                     AND made.operation_id = issued.operation_id THEN e.amount_ore ELSE 0 END), 0)
             FROM invoice n
             JOIN ledger_entry e ON e.invoice_id = n.credits_id AND e.id < n.id
             LEFT JOIN event made ON made.seq = e.id
             LEFT JOIN event issued ON issued.seq = n.id
             WHERE n.id = $1",
            values![note.0],
            |row| Ok(Settled { paid: row.get(0)?, claimed: row.get(1)?, released: row.get(2)? }),
        )?;
        Ok(found.unwrap_or_default())
    }

    /// Takes back the last billed term of a subscription, which may then be billed again (R14).
    ///
    /// Errors when `credit_note` and those before it have not credited the term in full on `invoice`,
    /// and when it is not the term that the subscription is billed through.
    pub fn withdraw_term(
        &self,
        subscription: &Subscription,
        term: Term,
        invoice: &Invoice,
        credit_note: &Invoice,
    ) -> Result<(), StoreError> {
        let position = position_of_term(invoice, subscription.number, term);
        let credited = self.credited(invoice)?;
        if !position.is_some_and(|position| credited.is_line_closed(position)) {
            return Err(CreditError::TermStands { number: invoice.number, term }.into());
        }
        self.change(
            "subscription",
            subscription.number,
            "DELETE FROM term
             WHERE subscription_id = $1 AND start_on = $2 AND end_on = $3 AND invoice_id = $4",
            values![subscription.id.0, term.start, term.end, invoice.id.0],
        )?;
        self.change(
            "subscription",
            subscription.number,
            "UPDATE subscription SET billed_through = $2 WHERE id = $1 AND billed_through = $3",
            values![subscription.id.0, term.start, term.end],
        )?;
        self.execute(
            "INSERT INTO withdrawn_term (subscription_id, start_on, end_on, invoice_id,
                 credit_note_id)
             VALUES ($1, $2, $3, $4, $5)",
            values![subscription.id.0, term.start, term.end, invoice.id.0, credit_note.id.0],
        )?;
        self.record(
            EventKind::TermWithdrawn,
            Subject { noun: Noun::Subscription, id: subscription.id.0 },
            &subscription.number.to_string(),
            json!({ "renewal_date": term.end.to_string() }),
            json!({
                "renewal_date": term.start.to_string(),
                "invoice": invoice.number.0,
                "credit_note": credit_note.number.0,
            }),
        )?;
        self.refresh_licence(subscription.number)
    }

    /// Returns the terms of a subscription that were billed and taken back, oldest first.
    pub fn withdrawn_terms(&self, id: SubscriptionId) -> Result<Vec<WithdrawnTerm>, StoreError> {
        self.rows(
            "SELECT w.start_on, w.end_on, i.number, n.number
             FROM withdrawn_term w
             JOIN invoice i ON i.id = w.invoice_id
             JOIN invoice n ON n.id = w.credit_note_id
             WHERE w.subscription_id = $1 ORDER BY w.start_on, i.number",
            values![id.0],
            |row| {
                Ok(WithdrawnTerm {
                    term: Term { start: row.get(0)?, end: row.get(1)? },
                    invoice: InvoiceNumber(row.get(2)?),
                    credit_note: InvoiceNumber(row.get(3)?),
                })
            },
        )
    }
}

/// Reads the position of a credited line.
fn position(stored: Option<i64>) -> Result<usize, DriverError> {
    stored.and_then(|stored| usize::try_from(stored).ok()).ok_or_else(no_position)
}

fn no_position() -> DriverError {
    DriverError::Corrupt("a credit note does not say what it credits".to_owned())
}

#[cfg(test)]
mod tests;
