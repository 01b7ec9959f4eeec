//! What is given up of an invoice: written off as a loss, or rounded off as too small to ask for.

use std::collections::BTreeMap;

use super::driver::values;
use super::ledger::left_of_invoice;
use super::{StoreError, Tx};
use crate::domain::invoice::{Invoice, InvoiceId, RateSum};
use crate::domain::ledger::{Entry, EntryId, EntryKind, NewEntry};
use crate::domain::money::{Money, VatRate};
use crate::domain::payment::Payment;
use crate::domain::write_off::{Left, by_rate};

/// A write-off as it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenOff {
    pub left: Left,
    /// The VAT that it takes back, by rate; empty where the shop takes none back.
    pub vat: Vec<RateSum>,
}

impl Tx<'_> {
    /// Writes off all that is left of an invoice; takes back the VAT in it if the shop does so.
    ///
    /// Errors when nothing is left.
    pub fn write_off(&self, invoice: &Invoice, reason: &str) -> Result<WrittenOff, StoreError> {
        let left = Left::of(&self.standing(invoice)?);
        let entry = self.give_up(invoice, EntryKind::WriteOff, left.sum(), Some(reason))?;
        let mut vat = Vec::new();
        if self.shop_settings()?.write_off_takes_vat {
            let credited = self.credited(invoice)?.by_rate();
            vat = by_rate(left.capital, &charged_by_rate(invoice, &credited));
            self.insert_vat(entry.id, vat.iter().map(|sum| (sum, -sum.net, -sum.vat)))?;
        }
        Ok(WrittenOff { left, vat })
    }

    /// Takes back all that was written off or rounded off of an invoice, and returns how much that was.
    pub fn reverse_write_offs(&self, invoice: &Invoice, reason: &str) -> Result<Money, StoreError> {
        self.take_back_given_up(invoice, EntryKind::is_given_up, reason)
    }

    /// Rounds off what payments leave of an invoice, where that is less than the shop asks for.
    ///
    /// Called once all that an operation settles of the invoice is settled. An invoice that nobody has
    /// paid on is owed whole, however small.
    pub(super) fn round_off_rest(&self, invoice: &Invoice) -> Result<Option<Entry>, StoreError> {
        let standing = self.standing(invoice)?;
        let left = standing.left();
        let is_rest = Money::ZERO < left && left < self.shop_settings()?.rest_written_off;
        if !is_rest || standing.paid() <= Money::ZERO {
            return Ok(None);
        }
        self.give_up(invoice, EntryKind::Rounding, left, None).map(Some)
    }

    /// Rounds off what a payment leaves of the invoices that it settles.
    pub fn round_off_rests(&self, payment: &Payment) -> Result<(), StoreError> {
        let invoices: Vec<i64> = self.rows(
            concat!(
                "SELECT i.id FROM invoice i
                 WHERE i.id IN (SELECT s.invoice_id FROM ledger_entry s WHERE s.payment_id = $1)
                     AND ",
                left_of_invoice!(),
                " > 0 ORDER BY i.id"
            ),
            values![payment.id.0],
            |row| row.get(0),
        )?;
        for id in invoices {
            self.round_off_rest(&self.invoice_by_id(InvoiceId(id))?)?;
        }
        Ok(())
    }

    /// Takes back what was rounded off of an invoice, once the payment that left it is gone from it.
    pub(super) fn take_back_rounding(
        &self,
        invoice: &Invoice,
        reason: &str,
    ) -> Result<(), StoreError> {
        let is_rounding = |kind| kind == EntryKind::Rounding;
        self.take_back_given_up(invoice, is_rounding, reason).map(drop)
    }

    fn take_back_given_up(
        &self,
        invoice: &Invoice,
        is_meant: impl Fn(EntryKind) -> bool,
        reason: &str,
    ) -> Result<Money, StoreError> {
        let (standing, credited) = (self.standing(invoice)?, self.credited(invoice)?.by_rate());
        let mut taken_back = Money::ZERO;
        for entry in standing.entries.iter().filter(|entry| is_meant(entry.kind)) {
            let amount = -standing.left_of_entry(entry);
            if entry.reverses.is_none() && amount > Money::ZERO {
                self.reverse_given_up(invoice, entry, amount, &credited, reason)?;
                taken_back += amount;
            }
        }
        Ok(taken_back)
    }

    fn give_up(
        &self,
        invoice: &Invoice,
        kind: EntryKind,
        amount: Money,
        reason: Option<&str>,
    ) -> Result<Entry, StoreError> {
        self.enter(&NewEntry {
            kind,
            invoice: Some(invoice.id),
            payment: None,
            reminder: None,
            reverses: None,
            value_on: self.today(),
            amount: -amount,
            reason: reason.map(str::to_owned),
        })
    }

    /// Takes back `amount` of what `entry` gave up of an invoice of which so much is credited by rate, and
    /// gives back the VAT that it took.
    pub(super) fn reverse_given_up(
        &self,
        invoice: &Invoice,
        entry: &Entry,
        amount: Money,
        credited: &BTreeMap<VatRate, Money>,
        reason: &str,
    ) -> Result<Entry, StoreError> {
        let reversal = self.reverse_entry(invoice, entry, amount, reason)?;
        if entry.kind == EntryKind::WriteOff {
            self.reverse_vat(entry, &reversal, &charged_by_rate(invoice, credited))?;
        }
        Ok(reversal)
    }

    /// Gives back the VAT that `entry` took, as far as `reversal` takes back the invoice itself: what
    /// stays is divided by what the invoice charges by now, since a credit note takes of some rates only.
    fn reverse_vat(
        &self,
        entry: &Entry,
        reversal: &Entry,
        charged: &[RateSum],
    ) -> Result<(), StoreError> {
        let taken = self.rows(
            "SELECT v.vat_rate, sum(v.net_ore), sum(v.vat_ore)
             FROM ledger_vat v JOIN ledger_entry e ON e.id = v.entry_id
             WHERE e.id = $1 OR e.reverses_id = $1
             GROUP BY v.vat_rate ORDER BY v.vat_rate DESC",
            values![entry.id.0],
            |row| {
                let (net, vat): (Money, Money) = (row.get(1)?, row.get(2)?);
                Ok(RateSum { rate: row.get(0)?, net: -net, vat: -vat })
            },
        )?;
        let capital: Money = taken.iter().map(|sum| sum.net + sum.vat).sum();
        let stays = capital - reversal.amount.min(capital);
        let mut given_back = taken;
        for stays in by_rate(stays, charged) {
            match given_back.iter_mut().find(|sum| sum.rate == stays.rate) {
                Some(sum) => (sum.net, sum.vat) = (sum.net - stays.net, sum.vat - stays.vat),
                None => given_back.push(RateSum { net: -stays.net, vat: -stays.vat, ..stays }),
            }
        }
        given_back.retain(|sum| sum.net != Money::ZERO || sum.vat != Money::ZERO);
        self.insert_vat(reversal.id, given_back.iter().map(|sum| (sum, sum.net, sum.vat)))
    }

    fn insert_vat<'s>(
        &self,
        entry: EntryId,
        sums: impl Iterator<Item = (&'s RateSum, Money, Money)>,
    ) -> Result<(), StoreError> {
        for (sum, net, vat) in sums {
            self.execute(
                "INSERT INTO ledger_vat (entry_id, vat_rate, net_ore, vat_ore)
                 VALUES ($1, $2, $3, $4)",
                values![entry.0, i64::from(sum.rate.percent()), net, vat],
            )?;
        }
        Ok(())
    }
}

/// Returns what an invoice charged by rate, less what is credited of it.
fn charged_by_rate(invoice: &Invoice, credited: &BTreeMap<VatRate, Money>) -> Vec<RateSum> {
    let mut sums = invoice.draft.totals().by_rate;
    for sum in &mut sums {
        let net = credited.get(&sum.rate).copied().unwrap_or_default();
        // The credit notes of an invoice give back VAT as if they were one.
        (sum.net, sum.vat) = (sum.net - net, sum.vat - sum.rate.of(net));
    }
    sums
}

#[cfg(test)]
mod tests;
