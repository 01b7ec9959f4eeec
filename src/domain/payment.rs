//! Payments: money that came in, as the bank or the office told it.
//!
//! A payment is never altered. What it settles, and what is taken back of that, stands in the ledger.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

use super::account::AccountId;
use super::money::Money;
use super::org_number::OrgNumber;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PaymentId(pub i64);

/// The number people see, from a series of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PaymentNumber(pub i64);

impl fmt::Display for PaymentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PaymentFileId(pub i64);

/// Who told of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The office.
    Manual,
    BgMax,
    Camt,
}

impl Source {
    const ALL: [Source; 3] = [Source::Manual, Source::BgMax, Source::Camt];

    pub const fn as_str(self) -> &'static str {
        match self {
            Source::Manual => "manual",
            Source::BgMax => "bgmax",
            Source::Camt => "camt.054",
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Source {
    type Err = String;

    fn from_str(text: &str) -> Result<Source, String> {
        Source::ALL
            .into_iter()
            .find(|source| source.as_str() == text)
            .ok_or_else(|| format!("`{text}` is not a source of payments"))
    }
}

/// Who paid, as far as it was told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Payer {
    pub name: Option<String>,
    /// A bankgiro number, an IBAN or an account number, in digits and letters only.
    pub account: Option<String>,
    /// As it was told, which need not be a right one.
    pub org_number: Option<String>,
}

impl Payer {
    /// Returns the payer's organisation number where the one that was told is right; BgMax fills it
    /// with zeros to twelve digits.
    pub fn organisation(&self) -> Option<OrgNumber> {
        let told = self.org_number.as_deref()?.trim();
        told.strip_prefix("00").unwrap_or(told).parse().ok()
    }

    /// Returns the number for the screen: as it was told, unless it is a person's, which is masked.
    pub fn shown_org_number(&self) -> Option<String> {
        match self.organisation() {
            Some(number) if number.is_personal() => Some(number.masked()),
            _ => self.org_number.clone(),
        }
    }
}

/// A payment as it was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPayment {
    pub source: Source,
    pub file: Option<PaymentFileId>,
    /// What makes it the same payment in whichever file it stands.
    pub identity: String,
    /// The day on which the bank had it.
    pub received_on: NaiveDate,
    /// Below zero for a deduction.
    pub amount: Money,
    /// The bank's own reference.
    pub bank_reference: Option<String>,
    pub payer: Payer,
    /// The payment reference as the payer gave it.
    pub reference: Option<String>,
    /// Further text of the payer's.
    pub message: Option<String>,
}

/// A payment in the shop's books.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    pub id: PaymentId,
    pub number: PaymentNumber,
    pub told: NewPayment,
    /// The day on which it was entered, and the day it is booked on: the bank's, unless the books were
    /// locked by then.
    pub entered_on: NaiveDate,
    pub booked_on: NaiveDate,
    /// Whose it is, once that is known; what it does not settle is that account's balance.
    pub account: Option<AccountId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_payers_number_is_read_however_the_bank_filled_it() {
        let read = |told: &str| {
            let payer = Payer { org_number: Some(told.to_owned()), ..Payer::default() };
            payer.organisation().map(|number| number.to_string())
        };
        for told in ["005560360793", "5560360793", "556036-0793", "165560360793"] {
            assert_eq!(read(told).as_deref(), Some("556036-0793"), "{told}");
        }
        for told in ["000000000000", "", "5560360794", "DE123456789"] {
            assert_eq!(read(told), None, "{told}");
        }
        assert_eq!(Payer::default().organisation(), None);
    }

    #[test]
    fn a_persons_number_is_masked_however_the_bank_told_it() {
        let shown = |told: &str| {
            Payer { org_number: Some(told.to_owned()), ..Payer::default() }.shown_org_number()
        };
        for told in ["811228-9874", "008112289874", "198112289874"] {
            assert_eq!(shown(told).as_deref(), Some("811228-****"), "{told}");
        }
        assert_eq!(shown("005560360793").as_deref(), Some("005560360793"));
    }
}
