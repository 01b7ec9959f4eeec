//! What is charged of an invoice beyond itself, set right by what is known today.
//!
//! A reminder charges by the payments that the shop knows of. What comes to be known later, or is
//! credited, takes back at once what was never owed: interest beyond what the Interest Act gives by the
//! days on which money came in, and the charge of a reminder before which the invoice had been paid.
//! What was paid of that stays on its payments.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::driver::values;
use super::{StoreError, Tx};
use crate::domain::interest;
use crate::domain::invoice::{Draft, Invoice, InvoiceId};
use crate::domain::ledger::{Entry, EntryId, EntryKind, Standing};
use crate::domain::money::{Money, VatRate};

/// Why a claim is taken back that payments show not to be owed.
const NOT_OWED: &str = "not owed by the days of its payments";

/// What an invoice charges for at each rate of VAT that is credited of it.
type CreditedByRate = BTreeMap<VatRate, Money>;

impl Tx<'_> {
    /// Takes back the claims on an invoice that are not owed by what is known of its payments; says
    /// whether there were any.
    pub fn set_claims_right(&self, invoice: &Invoice) -> Result<bool, StoreError> {
        if !self.has_claims(invoice.id)? {
            return Ok(false);
        }
        let standing = self.standing(invoice)?;
        let claims = self.claims_fallen(invoice, &standing)?;
        if claims.is_empty() {
            return Ok(false);
        }
        let credited = self.credited(invoice)?.by_rate();
        self.take_back_claims(invoice, &standing, &claims, &credited, NOT_OWED)?;
        Ok(true)
    }

    /// Takes back the claims on an invoice that are not owed once `amount` of it is paid as of `value_on`;
    /// returns how much of that it then has left to be paid with.
    pub(super) fn claims_right_with(
        &self,
        id: InvoiceId,
        value_on: NaiveDate,
        amount: Money,
    ) -> Result<Money, StoreError> {
        if !self.has_claims(id)? {
            return Ok(amount);
        }
        let invoice = self.invoice_by_id(id)?;
        let mut standing = self.standing(&invoice)?;
        let left = standing.left();
        standing.entries.push(Entry {
            id: EntryId(0),
            kind: EntryKind::Payment,
            invoice: Some(invoice.number),
            payment: None,
            reverses: None,
            booked_on: value_on,
            value_on,
            amount: -amount,
            reason: None,
        });
        let claims = self.claims_fallen(&invoice, &standing)?;
        let fallen: Money = claims.iter().map(|(_, amount)| *amount).sum();
        // Where that leaves nothing to pay, the claims were paid by what came in later than this.
        if amount > left || fallen >= left {
            return Ok(amount);
        }
        for (claim, amount) in claims {
            self.reverse_entry(&invoice, claim, -amount, NOT_OWED)?;
        }
        Ok(amount.min(left - fallen))
    }

    /// Sets the claims on an invoice right as [`Tx::set_claims_right`] does, one that need not be read where
    /// there are none.
    pub(super) fn claims_right_after(&self, id: InvoiceId) -> Result<(), StoreError> {
        if self.has_claims(id)? {
            self.set_claims_right(&self.invoice_by_id(id)?)?;
        }
        Ok(())
    }

    /// Makes room on an invoice for the credit note `note`, so that it leaves nothing below zero. The
    /// claims that fall away with what is credited go too.
    pub(super) fn make_room(
        &self,
        invoice: &Invoice,
        note: &Draft,
        reason: &str,
    ) -> Result<(), StoreError> {
        let mut standing = self.standing(invoice)?;
        standing.credited += note.totals().total;
        let claims = self.claims_fallen(invoice, &standing)?;
        let mut credited = note.credits.as_ref().map(|it| it.before.clone()).unwrap_or_default();
        for sum in note.totals().by_rate {
            *credited.entry(sum.rate).or_default() += sum.net;
        }
        self.take_back_claims(invoice, &standing, &claims, &credited, reason)
    }

    /// Takes claims back, and first what settled them, so that nothing is left below zero: what was given
    /// up of the invoice, then the money that came in last, which stays on its payments.
    fn take_back_claims(
        &self,
        invoice: &Invoice,
        standing: &Standing,
        claims: &[(&Entry, Money)],
        credited: &CreditedByRate,
        reason: &str,
    ) -> Result<(), StoreError> {
        let fallen: Money = claims.iter().map(|(_, amount)| *amount).sum();
        let mut surplus = fallen - standing.left();
        let mut settling: Vec<&Entry> =
            standing.entries.iter().filter(|entry| !entry.kind.is_claim()).collect();
        settling.sort_by_key(|entry| (entry.kind.is_given_up(), entry.value_on, entry.id));
        for entry in settling.into_iter().rev() {
            let back = standing.left_of_entry(entry).max(-surplus);
            if back < Money::ZERO && surplus > Money::ZERO {
                match entry.kind.is_given_up() {
                    true => self.reverse_given_up(invoice, entry, -back, credited, reason)?,
                    false => self.reverse_entry(invoice, entry, -back, reason)?,
                };
                surplus += back;
            }
        }
        for (claim, amount) in claims {
            self.reverse_entry(invoice, claim, -*amount, reason)?;
        }
        Ok(())
    }

    /// Returns the claims that are not owed on an invoice that stands so, and how much of each: all of
    /// them where it is credited in full; else the charges of reminders before which it had been paid,
    /// and the interest that it does not bear through the last day to which some was charged.
    fn claims_fallen<'s>(
        &self,
        invoice: &Invoice,
        standing: &'s Standing,
    ) -> Result<Vec<(&'s Entry, Money)>, StoreError> {
        let made = standing.entries.iter();
        let made = made.filter(|entry| entry.kind.is_claim() && entry.reverses.is_none());
        let of_interest = |entry: &&Entry| entry.kind == EntryKind::LateInterest;
        let charged_to = made.clone().filter(of_interest).map(|entry| entry.value_on).max();
        let mut claims: Vec<_> = made.map(|entry| (entry, standing.left_of_entry(entry))).collect();
        claims.retain(|(_, left)| *left > Money::ZERO);
        if standing.credited == standing.total {
            return Ok(claims);
        }

        let mut surplus = Money::ZERO;
        if let Some(charged_to) = charged_to {
            let due_on = invoice.draft.due_on;
            let accrued = interest::on_invoice(standing, due_on, charged_to, &self.rates()?)?;
            surplus = standing.sum_of(EntryKind::LateInterest) - accrued.sum;
        }
        let rest = self.shop_settings()?.rest_written_off;
        for (entry, amount) in claims.iter_mut().rev() {
            if entry.kind == EntryKind::LateInterest {
                *amount = (*amount).min(surplus).max(Money::ZERO);
                surplus = surplus - *amount;
            } else if !standing.was_paid_before(entry.value_on, rest) {
                *amount = Money::ZERO;
            }
        }
        claims.retain(|(_, amount)| *amount > Money::ZERO);
        Ok(claims)
    }

    fn has_claims(&self, id: InvoiceId) -> Result<bool, StoreError> {
        let claim: Option<i64> = self.find(
            "SELECT id FROM ledger_entry
             WHERE invoice_id = $1 AND kind IN ('reminder_fee', 'compensation', 'late_interest')
             LIMIT 1",
            values![id.0],
            |row| row.get(0),
        )?;
        Ok(claim.is_some())
    }
}

#[cfg(test)]
mod tests;
