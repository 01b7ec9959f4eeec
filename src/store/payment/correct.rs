//! What is done about a payment after it was matched: every correction is a further entry.

use chrono::NaiveDate;
use serde_json::json;

use super::super::driver::values;
use super::super::{DriverError, StoreError, Tx};
use super::subject;
use crate::domain::event::EventKind;
use crate::domain::invoice::InvoiceNumber;
use crate::domain::ledger::{Entry, EntryId, EntryKind, LedgerError, NewEntry};
use crate::domain::money::Money;
use crate::domain::payment::{Payment, PaymentId};

impl Tx<'_> {
    /// Takes back what a payment settles, or only what it settles of `invoice`, and the deductions it
    /// covers or is covered by; returns how much that was.
    ///
    /// A payment that then settles nothing is nobody's again: it was perhaps not this account's.
    pub fn unmatch_payment(
        &self,
        payment: &Payment,
        invoice: Option<InvoiceNumber>,
        reason: &str,
    ) -> Result<Money, StoreError> {
        let entries = self.entries_of_payment(payment.id)?;
        let standing = |entry: &Entry| -> Money {
            let taken = entries.iter().filter(|other| other.reverses == Some(entry.id));
            entry.amount + taken.map(|other| other.amount).sum()
        };
        let mut taken_back = Money::ZERO;
        for entry in entries.iter().filter(|entry| entry.reverses.is_none()) {
            let left = standing(entry);
            let is_wanted = invoice.is_none_or(|number| entry.invoice == Some(number));
            if left == Money::ZERO || !is_wanted {
                continue;
            }
            match (entry.kind, entry.invoice) {
                (EntryKind::Payment, Some(number)) => {
                    self.unsettle(&self.invoice(number)?, entry, -left, reason)?;
                }
                (EntryKind::Offset, _) => self.take_back_offset(payment, entry, reason)?,
                _ => continue,
            }
            taken_back = taken_back - left;
        }
        let is_used =
            self.entries_of_payment(payment.id)?.iter().map(|it| it.amount).sum::<Money>()
                != Money::ZERO;
        if payment.account.is_some() && !is_used {
            self.make_nobodys(payment, taken_back == Money::ZERO, reason)?;
        }
        Ok(taken_back)
    }

    /// Makes a payment nobody's; tells of it where no entry has.
    fn make_nobodys(
        &self,
        payment: &Payment,
        is_untold: bool,
        reason: &str,
    ) -> Result<(), StoreError> {
        self.change(
            "payment",
            payment.number,
            "UPDATE payment SET account_id = NULL WHERE id = $1 AND account_id IS NOT NULL",
            values![payment.id.0],
        )?;
        let Some(account) = payment.account.filter(|_| is_untold) else { return Ok(()) };
        let holder = self.account_by_id(account)?;
        self.record(
            EventKind::PaymentUnmatched,
            subject(payment.id),
            &payment.number.to_string(),
            json!({ "account": holder.org_number.masked() }),
            json!({ "account": null, "reason": reason }),
        )
    }

    /// Takes back that a payment covers a deduction: in both, that of the payment first.
    fn take_back_offset(
        &self,
        payment: &Payment,
        entry: &Entry,
        reason: &str,
    ) -> Result<(), StoreError> {
        let is_deduction = payment.told.amount < Money::ZERO;
        let other = self.other_side(entry.id, is_deduction)?;
        let mut sides = [(entry.id, payment.id, -entry.amount), (other.0, other.1, entry.amount)];
        if is_deduction {
            sides.reverse();
        }
        for (reverses, payment, amount) in sides {
            self.enter(&NewEntry {
                kind: EntryKind::Offset,
                invoice: None,
                payment: Some(payment),
                reminder: None,
                reverses: Some(reverses),
                value_on: self.today(),
                amount,
                reason: Some(reason.to_owned()),
            })?;
        }
        Ok(())
    }

    /// Returns the other entry of an offset: the next one of the ledger to that of a payment, the one
    /// before that of a deduction, since the two are entered together.
    fn other_side(
        &self,
        id: EntryId,
        is_deduction: bool,
    ) -> Result<(EntryId, PaymentId), StoreError> {
        let sql = match is_deduction {
            true => {
                "SELECT id, payment_id FROM ledger_entry WHERE id < $1 ORDER BY id DESC LIMIT 1"
            }
            false => "SELECT id, payment_id FROM ledger_entry WHERE id > $1 ORDER BY id LIMIT 1",
        };
        let found = self
            .find(sql, values![id.0], |row| Ok((EntryId(row.get(0)?), PaymentId(row.get(1)?))))?;
        let missing = || DriverError::Corrupt(format!("entry {} stands alone", id.0));
        found.ok_or_else(|| missing().into())
    }

    /// Enters that `amount` of what is left of a payment was paid back on `day`.
    pub fn refund_payment(
        &self,
        payment: &Payment,
        amount: Money,
        day: NaiveDate,
        reason: &str,
    ) -> Result<Entry, StoreError> {
        let left = self.payment_left(payment)?;
        if amount > left.max(Money::ZERO) {
            let payment = payment.number;
            return Err(LedgerError::MoreThanPaid { payment, asked: amount, left }.into());
        }
        self.enter(&NewEntry {
            value_on: day,
            ..entry(EntryKind::Refund, payment, -amount, reason)
        })
    }

    /// Takes back the refunds of a payment: they came back, or were never made. Returns how much.
    pub fn take_back_refunds(&self, payment: &Payment, reason: &str) -> Result<Money, StoreError> {
        let entries = self.entries_of_payment(payment.id)?;
        let is_taken_back = |id| entries.iter().any(|other| other.reverses == Some(id));
        let mut sum = Money::ZERO;
        for refund in entries.iter().filter(|entry| entry.kind == EntryKind::Refund) {
            if refund.reverses.is_none() && !is_taken_back(refund.id) {
                self.enter(&NewEntry {
                    reverses: Some(refund.id),
                    value_on: self.today(),
                    ..entry(EntryKind::Refund, payment, -refund.amount, reason)
                })?;
                sum = sum - refund.amount;
            }
        }
        Ok(sum)
    }

    /// Takes back a payment that was wrong or that the bank took back, with all that it settles.
    ///
    /// Errors when a part of it was paid back, since that money has left.
    pub fn reverse_payment(&self, payment: &Payment, reason: &str) -> Result<(), StoreError> {
        self.unmatch_payment(payment, None, reason)?;
        let left = self.payment_left(payment)?;
        if left != payment.told.amount {
            let asked = payment.told.amount;
            return Err(LedgerError::MoreThanPaid { payment: payment.number, asked, left }.into());
        }
        let whole = entry(EntryKind::Reversal, payment, -left, reason);
        self.enter(&NewEntry { value_on: self.today(), ..whole }).map(drop)
    }
}

/// Returns an entry of a payment alone, counted from the day it was received.
fn entry(kind: EntryKind, payment: &Payment, amount: Money, reason: &str) -> NewEntry {
    NewEntry {
        kind,
        invoice: None,
        payment: Some(payment.id),
        reminder: None,
        reverses: None,
        value_on: payment.told.received_on,
        amount,
        reason: Some(reason.to_owned()),
    }
}
