//! The VAT of some days by rate: what was charged, given back and written off.

use std::collections::BTreeMap;
use std::iter::Sum;
use std::ops::{Add, AddAssign};

use super::money::{Money, VatRate};

/// An amount excluding VAT, and the VAT on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taxed {
    pub net: Money,
    pub vat: Money,
}

impl Add for Taxed {
    type Output = Taxed;
    fn add(self, other: Taxed) -> Taxed {
        Taxed { net: self.net + other.net, vat: self.vat + other.vat }
    }
}

impl AddAssign for Taxed {
    fn add_assign(&mut self, other: Taxed) {
        *self = *self + other;
    }
}

impl Sum for Taxed {
    fn sum<I: Iterator<Item = Taxed>>(amounts: I) -> Taxed {
        amounts.fold(Taxed::default(), Add::add)
    }
}

/// What an amount in the report comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VatSource {
    Invoice,
    CreditNote,
    WriteOff,
}

/// The sums of one rate, each with the sign it has in the books of VAT: what is charged above zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VatSums {
    pub invoiced: Taxed,
    pub credited: Taxed,
    /// Only what takes back VAT.
    pub written_off: Taxed,
}

impl VatSums {
    pub fn all(&self) -> Taxed {
        self.invoiced + self.credited + self.written_off
    }
}

/// The VAT of some days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VatReport {
    by_rate: BTreeMap<VatRate, VatSums>,
    /// How many invoices, credit notes and write-offs there are, and how many of them are in no export.
    pub counted: i64,
    pub unexported: i64,
}

impl VatReport {
    pub fn add(&mut self, source: VatSource, rate: VatRate, amount: Taxed) {
        let sums = self.by_rate.entry(rate).or_default();
        match source {
            VatSource::Invoice => sums.invoiced += amount,
            VatSource::CreditNote => sums.credited += amount,
            VatSource::WriteOff => sums.written_off += amount,
        }
    }

    /// Returns the sums by rate, highest first.
    pub fn by_rate(&self) -> impl Iterator<Item = (VatRate, &VatSums)> {
        self.by_rate.iter().rev().map(|(rate, sums)| (*rate, sums))
    }

    /// Returns the sums of all rates.
    pub fn total(&self) -> VatSums {
        let sum = |of: fn(&VatSums) -> Taxed| self.by_rate.values().map(of).sum();
        VatSums {
            invoiced: sum(|sums| sums.invoiced),
            credited: sum(|sums| sums.credited),
            written_off: sum(|sums| sums.written_off),
        }
    }
}
