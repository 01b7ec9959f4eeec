//! Invoices issued anew: credited, and put in their own place with the terms and payments they had.

use serde_json::json;

use super::driver::values;
use super::invoice::{InvoiceLinks, subject};
use super::{StoreError, Tx};
use crate::domain::account::{Account, AccountId, AccountKey};
use crate::domain::event::EventKind;
use crate::domain::invoice::{Draft, Invoice, InvoiceId, InvoiceNumber, Replaces};
use crate::domain::ledger::{EntryKind, NewEntry, Standing};
use crate::domain::money::Money;
use crate::domain::payment::PaymentNumber;

impl Tx<'_> {
    /// Returns whose an invoice is today: its buyer's account, or the one that was merged into.
    pub fn debtor(&self, invoice: &Invoice) -> Result<Account, StoreError> {
        let (account_id, _) = self.holders(invoice.id)?;
        let buyer = self.account_by_id(account_id)?;
        match self.merger_of(&buyer)? {
            Some(succession) => self.account(&AccountKey::OrgNumber(succession.successor)),
            None => Ok(buyer),
        }
    }

    /// Returns the invoice that was issued anew in the place of another, if one was.
    pub fn reissued_as(&self, id: InvoiceId) -> Result<Option<InvoiceNumber>, StoreError> {
        self.find("SELECT number FROM invoice WHERE reissues_id = $1", values![id.0], |row| {
            row.get(0).map(InvoiceNumber)
        })
    }

    /// Returns which of the numbers from `first` to `last` are those of invoices, in their order.
    pub fn invoice_numbers(
        &self,
        first: InvoiceNumber,
        last: InvoiceNumber,
    ) -> Result<Vec<InvoiceNumber>, StoreError> {
        self.rows(
            "SELECT number FROM invoice
             WHERE kind = 'invoice' AND number >= $1 AND number <= $2 ORDER BY number",
            values![first.0, last.0],
            |row| row.get(0).map(InvoiceNumber),
        )
    }

    /// Credits `original` by `note` and issues `anew` to `account` in its place: its terms are billed
    /// by the new invoice, what was paid on it settles that one, and a hold moves over (R14). Returns
    /// both.
    ///
    /// Errors as [`Tx::credit_invoice`] does, and when somebody paid or took payment back since `anew`
    /// was drafted.
    pub fn reissue_invoice(
        &self,
        original: &Invoice,
        note: &Draft,
        anew: &Draft,
        account: AccountId,
    ) -> Result<(Invoice, Invoice), StoreError> {
        let standing = self.standing(original)?;
        let total = original.draft.totals().total;
        let paid = standing.paid().min(total);
        let replaces =
            Replaces { number: original.number, issued_on: original.draft.issued_on, paid };
        if anew.replaces != Some(replaces) {
            let key = original.number.to_string();
            return Err(StoreError::Changed { noun: "invoice", key });
        }

        let note = self.credit_invoice(original, note)?;
        let (_, order_id) = self.holders(original.id)?;
        let (seller_version, _) = self.seller()?;
        let links = InvoiceLinks {
            account_id: account,
            order_id,
            credits_id: None,
            reissues_id: Some(original.id),
            seller_version,
            lines: &self.line_links(original.id)?,
        };
        let invoice = self.issue_invoice(anew, &links)?;
        match self.growths_on(original)?.is_empty() {
            true => self.move_terms(original, &note, &invoice)?,
            false => self.bill_growths_anew(original, &invoice)?,
        }
        self.record(
            EventKind::InvoiceReissued,
            subject(original.id),
            &original.number.to_string(),
            json!({ "invoice": original.number.0 }),
            json!({ "invoice": invoice.number.0, "credit_note": note.number.0 }),
        )?;
        self.move_payments(&standing, original.number, &invoice)?;
        self.move_hold(original, &invoice)?;
        Ok((self.invoice_by_id(note.id)?, invoice))
    }

    /// Writes that the terms `original` billed were taken back by `note`, and are billed by `invoice`.
    fn move_terms(
        &self,
        original: &Invoice,
        note: &Invoice,
        invoice: &Invoice,
    ) -> Result<(), StoreError> {
        for line in &original.draft.lines {
            let (Some(number), Some(term)) = (line.subscription_number, line.period) else {
                continue;
            };
            let subscription = self.subscription(number)?;
            self.change(
                "subscription",
                number,
                "UPDATE term SET invoice_id = $5
                 WHERE subscription_id = $1 AND start_on = $2 AND end_on = $3 AND invoice_id = $4",
                values![subscription.id.0, term.start, term.end, original.id.0, invoice.id.0],
            )?;
            self.execute(
                "INSERT INTO withdrawn_term (subscription_id, start_on, end_on, invoice_id,
                     credit_note_id)
                 VALUES ($1, $2, $3, $4, $5)",
                values![subscription.id.0, term.start, term.end, original.id.0, note.id.0],
            )?;
        }
        Ok(())
    }

    /// Holds `invoice` if the one it replaces is held: what keeps that from being reminded of, such as a
    /// dispute, is no less true of this one.
    fn move_hold(&self, original: &Invoice, invoice: &Invoice) -> Result<(), StoreError> {
        let Some(hold) = self.invoice_hold(original.id)? else { return Ok(()) };
        self.release_invoice(original, &hold, &format!("issued anew as {}", invoice.number))?;
        self.hold_invoice(invoice, &hold.reason, hold.is_disputed).map(drop)
    }

    /// Settles `invoice` with the money that settled the one it replaces, the first in first.
    fn move_payments(
        &self,
        former: &Standing,
        number: InvoiceNumber,
        invoice: &Invoice,
    ) -> Result<(), StoreError> {
        let reason = format!("moved from invoice {number}");
        let mut left = invoice.draft.totals().total;
        let mut settled: Vec<(PaymentNumber, Money)> = Vec::new();
        let entries = former.entries.iter().filter(|entry| entry.kind == EntryKind::Payment);
        for entry in entries {
            let Some(payment) = entry.payment else { continue };
            match settled.iter_mut().find(|(known, _)| *known == payment) {
                Some((_, amount)) => *amount += -entry.amount,
                None => settled.push((payment, -entry.amount)),
            }
        }
        for (payment, amount) in settled {
            let moved = amount.min(left);
            if moved > Money::ZERO {
                // Booked today, as the invoice is: by the day it came in it would be there before it.
                self.enter(&NewEntry {
                    kind: EntryKind::Payment,
                    invoice: Some(invoice.id),
                    payment: Some(self.payment(payment)?.id),
                    reminder: None,
                    reverses: None,
                    value_on: invoice.draft.issued_on,
                    amount: -moved,
                    reason: Some(reason.clone()),
                })?;
                left = left - moved;
            }
        }
        self.round_off_rest(invoice).map(drop)
    }
}
