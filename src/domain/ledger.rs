//! The ledger of what customers owe: payments and what they settle, fees, interest, write-offs.
//!
//! An entry's amount is added to what is left of its invoice and to what is left of its payment: money
//! that settles an invoice stands below zero, a fee above it. Entries are never altered; what was
//! wrong is taken back by an entry of the opposite amount. Invoices and credit notes stand for
//! themselves and have no entries.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

use super::invoice::{InvoiceId, InvoiceNumber};
use super::money::Money;
use super::payment::{PaymentId, PaymentNumber};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub i64);

/// What an entry tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// A payment settles an invoice, or is taken back from it.
    Payment,
    /// What was left of a payment was paid back.
    Refund,
    /// The payment itself was taken back: the bank withdrew it, or it was never made.
    Reversal,
    /// What is left of one payment covers a deduction.
    Offset,
    ReminderFee,
    /// For being paid late, instead of fees. Source: lag (1981:739) 4 a §.
    Compensation,
    LateInterest,
    WriteOff,
    /// A rest too small to be asked for.
    Rounding,
}

impl EntryKind {
    pub const ALL: [EntryKind; 9] = [
        EntryKind::Payment,
        EntryKind::Refund,
        EntryKind::Reversal,
        EntryKind::Offset,
        EntryKind::ReminderFee,
        EntryKind::Compensation,
        EntryKind::LateInterest,
        EntryKind::WriteOff,
        EntryKind::Rounding,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            EntryKind::Payment => "payment",
            EntryKind::Refund => "refund",
            EntryKind::Reversal => "reversal",
            EntryKind::Offset => "offset",
            EntryKind::ReminderFee => "reminder_fee",
            EntryKind::Compensation => "compensation",
            EntryKind::LateInterest => "late_interest",
            EntryKind::WriteOff => "write_off",
            EntryKind::Rounding => "rounding",
        }
    }

    /// Says whether it claims something beyond the invoice itself.
    pub const fn is_claim(self) -> bool {
        matches!(self, EntryKind::ReminderFee | EntryKind::Compensation | EntryKind::LateInterest)
    }

    /// Says whether it gives up what is owed.
    pub const fn is_given_up(self) -> bool {
        matches!(self, EntryKind::WriteOff | EntryKind::Rounding)
    }
}

impl fmt::Display for EntryKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.as_str().replace('_', " "))
    }
}

impl FromStr for EntryKind {
    type Err = String;

    fn from_str(text: &str) -> Result<EntryKind, String> {
        EntryKind::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| format!("`{text}` is not a kind of ledger entry"))
    }
}

/// An entry as it is to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEntry {
    pub kind: EntryKind,
    pub invoice: Option<InvoiceId>,
    pub payment: Option<PaymentId>,
    /// The payment reminder that claims it.
    pub reminder: Option<i64>,
    /// The entry that it takes back, in full or in part.
    pub reverses: Option<EntryId>,
    /// The day from which it counts for interest; the day it is booked on follows from it.
    pub value_on: NaiveDate,
    pub amount: Money,
    pub reason: Option<String>,
}

/// An entry of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub id: EntryId,
    pub kind: EntryKind,
    pub invoice: Option<InvoiceNumber>,
    pub payment: Option<PaymentNumber>,
    pub reverses: Option<EntryId>,
    pub booked_on: NaiveDate,
    pub value_on: NaiveDate,
    pub amount: Money,
    pub reason: Option<String>,
}

/// How far an invoice is settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// What the invoice asked for, including VAT.
    pub total: Money,
    /// What its credit notes have taken back, above zero.
    pub credited: Money,
    /// Oldest first.
    pub entries: Vec<Entry>,
}

impl Standing {
    /// Returns what is left to pay: of the invoice, of fees and of interest.
    pub fn left(&self) -> Money {
        self.total - self.credited + self.sum(|_| true)
    }

    /// Returns what is left of the invoice itself, which alone bears interest.
    ///
    /// Money settles the invoice itself first, then fees and interest. What is credited counts as never
    /// owed, whenever it was credited.
    pub fn capital_left(&self) -> Money {
        let settled = self.sum(|entry| !entry.kind.is_claim());
        (self.total - self.credited + settled).max(Money::ZERO)
    }

    /// Says whether money that counts from before `day` had paid the invoice itself, but perhaps for a rest
    /// below `rest`, which nobody is asked for.
    pub fn was_paid_before(&self, day: NaiveDate, rest: Money) -> bool {
        let settled = self.sum(|entry| !entry.kind.is_claim() && entry.value_on < day);
        let left = self.total - self.credited + settled;
        left <= Money::ZERO || (left < rest && settled < Money::ZERO)
    }

    /// Returns what payments have settled, above zero.
    pub fn paid(&self) -> Money {
        -self.sum(|entry| entry.kind == EntryKind::Payment)
    }

    /// Returns what was given up, above zero.
    pub fn given_up(&self) -> Money {
        -self.sum(|entry| entry.kind.is_given_up())
    }

    /// Returns what is claimed beyond the invoice: fees and interest.
    pub fn claimed(&self) -> Money {
        self.sum(|entry| entry.kind.is_claim())
    }

    /// Returns the sum of the entries of one kind, with its sign.
    pub fn sum_of(&self, kind: EntryKind) -> Money {
        self.sum(|entry| entry.kind == kind)
    }

    /// Returns what is left of an entry after what was taken back of it, with its sign.
    pub fn left_of_entry(&self, entry: &Entry) -> Money {
        entry.amount + self.sum(|other| other.reverses == Some(entry.id))
    }

    fn sum(&self, counts: impl Fn(&Entry) -> bool) -> Money {
        self.entries.iter().filter(|entry| counts(entry)).map(|entry| entry.amount).sum()
    }
}

/// Why an entry is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LedgerError {
    /// It asks for more than is left of the invoice.
    MoreThanOwed { invoice: InvoiceNumber, asked: Money, left: Money },
    /// It asks for more than is left of the payment.
    MoreThanPaid { payment: PaymentNumber, asked: Money, left: Money },
    /// It takes back more than is left of an entry.
    MoreThanEntered { asked: Money, left: Money },
    /// It is dated on or before the day through which the books are locked.
    Locked { day: NaiveDate, through: NaiveDate },
    /// A credit note is owed to the customer, and nobody pays it in.
    CreditNote(InvoiceNumber),
    /// The amount is zero.
    Nothing,
}

impl fmt::Display for LedgerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LedgerError::MoreThanOwed { invoice, asked, left } => write!(
                f,
                "{asked} kronor is more than invoice {invoice} has left to pay, {left} kronor"
            ),
            LedgerError::MoreThanPaid { payment, asked, left } => {
                write!(f, "{asked} kronor is more than payment {payment} has left, {left} kronor")
            }
            LedgerError::MoreThanEntered { asked, left } => {
                write!(f, "{asked} kronor is more than is left to take back, {left} kronor")
            }
            LedgerError::Locked { day, through } => {
                write!(f, "nothing can be dated {day}: the books are locked through {through}")
            }
            LedgerError::CreditNote(number) => {
                write!(f, "{number} is a credit note, which nobody pays in")
            }
            LedgerError::Nothing => f.write_str("an amount of 0 kronor settles nothing"),
        }
    }
}

impl std::error::Error for LedgerError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::term::parse_date;

    fn entry(kind: EntryKind, value_on: &str, ore: i64) -> Entry {
        let day = parse_date(value_on).expect("a date");
        Entry {
            id: EntryId(1),
            kind,
            invoice: None,
            payment: None,
            reverses: None,
            booked_on: day,
            value_on: day,
            amount: Money::from_ore(ore),
            reason: None,
        }
    }

    #[test]
    fn money_settles_the_invoice_itself_first_then_fees_and_interest() {
        let standing = Standing {
            total: Money::from_ore(10000),
            credited: Money::from_ore(2000),
            entries: vec![
                entry(EntryKind::ReminderFee, "2027-02-01", 6000),
                entry(EntryKind::Payment, "2027-02-10", -7000),
                entry(EntryKind::Payment, "2027-03-10", -3000),
            ],
        };
        assert_eq!(standing.left(), Money::from_ore(4000));
        assert_eq!(standing.capital_left(), Money::ZERO);
        assert_eq!(standing.paid(), Money::from_ore(10000));
        assert_eq!(standing.claimed(), Money::from_ore(6000));
    }

    #[test]
    fn what_was_taken_back_is_owed_again() {
        let standing = Standing {
            total: Money::from_ore(10000),
            credited: Money::ZERO,
            entries: vec![
                entry(EntryKind::Payment, "2027-02-10", -10000),
                entry(EntryKind::Payment, "2027-02-12", 10000),
                entry(EntryKind::Rounding, "2027-02-13", -200),
            ],
        };
        assert_eq!(standing.left(), Money::from_ore(9800));
        assert_eq!(standing.paid(), Money::ZERO);
        assert_eq!(standing.given_up(), Money::from_ore(200));
    }

    #[test]
    fn every_kind_is_read_back_from_its_stored_word() {
        for kind in EntryKind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(kind));
        }
    }
}
