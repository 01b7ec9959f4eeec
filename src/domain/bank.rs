//! What the bank's files tell of payments: whose accounts they are about, and what makes a payment
//! the same one in whichever file it stands.

use chrono::NaiveDate;

use super::money::Money;

/// The largest amount of one payment: one billion kronor, so that no sum of them leaves the range.
pub const AMOUNT_MAX: Money = Money::from_ore(100_000_000_000);

/// The first day that a payment can be of; what is older is a mistake in the file.
pub const FIRST_DAY: NaiveDate = NaiveDate::from_ymd_opt(2000, 1, 1).expect("a day");

/// The accounts on which the seller is paid: today's, and those withdrawn, where money may still come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Payees {
    pub bankgiros: Vec<String>,
    pub plusgiros: Vec<String>,
    pub ibans: Vec<String>,
}

/// A number in a file under which somebody is paid, by its kind as far as that is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PayeeNumber {
    Bankgiro(String),
    Plusgiro(String),
    Iban(String),
    /// A number of the bank's own, or one of unknown kind.
    Other(String),
}

impl Payees {
    /// Says whether the number is one of the seller's.
    ///
    /// A bank's own number is the seller's if it is the end of an IBAN, or ends with it after a clearing
    /// number: the last 17 characters of a Swedish one are the account with leading zeros. Source:
    /// `domain.md` section c.
    pub fn include(&self, number: &PayeeNumber) -> bool {
        let held = |numbers: &[String], number: &str| {
            let number = significant(number);
            !number.is_empty() && numbers.iter().any(|held| significant(held) == number)
        };
        match number {
            PayeeNumber::Bankgiro(number) => held(&self.bankgiros, number),
            PayeeNumber::Plusgiro(number) => held(&self.plusgiros, number),
            PayeeNumber::Iban(number) => {
                let number = compact(number);
                self.ibans.contains(&number)
            }
            PayeeNumber::Other(number) => {
                let number = significant(number);
                let is_end = |iban: &String| {
                    let end = iban.get(7..).map(significant).unwrap_or_default();
                    number == end || (end.len() >= 7 && number.ends_with(&end))
                };
                !number.is_empty()
                    && (held(&self.bankgiros, &number)
                        || held(&self.plusgiros, &number)
                        || self.ibans.iter().any(|iban| *iban == number || is_end(iban)))
            }
        }
    }
}

/// Returns a number without separators, in capitals.
pub fn compact(number: &str) -> String {
    let kept = number.chars().filter(|character| character.is_ascii_alphanumeric());
    kept.map(|character| character.to_ascii_uppercase()).collect()
}

/// Returns a number without separators and leading zeros.
pub fn significant(number: &str) -> String {
    compact(number).trim_start_matches('0').to_owned()
}

/// A payment as a file tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Incoming {
    /// The line on which it begins.
    pub line: u64,
    /// Below zero for a deduction.
    pub amount: Money,
    /// The day of payment, unless the end of the deposit tells it.
    pub day: Option<NaiveDate>,
    pub bank_reference: Option<String>,
    pub payer_name: Option<String>,
    /// Digits of a bankgiro, or an IBAN.
    pub payer_account: Option<String>,
    pub payer_org_number: Option<String>,
    /// The reference as it was given; several are separated by one blank.
    pub reference: Option<String>,
    pub message: Option<String>,
    /// What the payer divided the amount into, where the bank says so.
    pub parts: Vec<Part>,
    /// Whether the bank tells too little of it to match it with anything: it is left to a person.
    pub is_unclear: bool,
    /// Payments that are told alike are several if they share this, and one if they do not. Nothing where
    /// no other can be.
    pub tally: Option<i64>,
}

/// A part of a payment, for one invoice or credit note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub reference: String,
    pub amount: Money,
}

/// What makes a payment the same one in whichever file it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Identity {
    /// The bank's own reference, with day and amount: the same in files of every format.
    Reference(String),
    /// All that was told, where the bank gave no reference. It holds personal data.
    Told(String),
}

impl Incoming {
    /// Returns what is told of the payment as far as it makes it the same as another of its day.
    ///
    /// A reference of the bank's counts without leading zeros, since formats pad it differently, and with
    /// the amount, since banks use theirs again (BGC after two years). Source: `domain.md` section d.
    pub fn told_alike(&self) -> String {
        let ore = self.amount.ore();
        if let Some(reference) = self.significant_reference() {
            return format!("{reference} {ore}");
        }
        let told = [
            &self.payer_account,
            &self.payer_name,
            &self.payer_org_number,
            &self.reference,
            &self.message,
        ];
        let told = told.map(|text| text.as_deref().unwrap_or_default());
        format!("{ore}\n{}", told.join("\n"))
    }

    /// Returns the identity of the payment, received on `day`.
    ///
    /// The `occurrence`th of several payments that are told alike, from 1, is told from the others by
    /// that number: in the same file, or one that tells the same, it is always the same.
    pub fn identity(&self, day: NaiveDate, occurrence: i64) -> Identity {
        let number = if occurrence > 1 { format!("#{occurrence} ") } else { String::new() };
        let told = format!("{day} {number}{}", self.told_alike());
        match self.significant_reference() {
            Some(_) => Identity::Reference(told),
            None => Identity::Told(told),
        }
    }

    fn significant_reference(&self) -> Option<String> {
        self.bank_reference.as_deref().map(significant).filter(|reference| !reference.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn payees() -> Payees {
        Payees {
            bankgiros: vec!["9912346".to_owned()],
            plusgiros: vec!["9020033".to_owned()],
            ibans: vec!["SE4550000000058398257466".to_owned()],
        }
    }

    #[test]
    fn a_payee_is_known_by_whatever_number_the_bank_calls_it() {
        let own = [
            PayeeNumber::Bankgiro("0009912346".to_owned()),
            PayeeNumber::Bankgiro("991-2346".to_owned()),
            PayeeNumber::Plusgiro("90 20 03-3".to_owned()),
            PayeeNumber::Iban("se45 5000 0000 0583 9825 7466".to_owned()),
            PayeeNumber::Other("58398257466".to_owned()),
            PayeeNumber::Other("5839-8257466".to_owned()),
        ];
        for number in own {
            assert!(payees().include(&number), "{number:?}");
        }
        let others = [
            PayeeNumber::Bankgiro("9020033".to_owned()),
            PayeeNumber::Bankgiro("0000000000".to_owned()),
            PayeeNumber::Plusgiro("9912346".to_owned()),
            PayeeNumber::Iban("SE3550000000054910000003".to_owned()),
            PayeeNumber::Other(String::new()),
            PayeeNumber::Other("7466".to_owned()),
        ];
        for number in others {
            assert!(!payees().include(&number), "{number:?}");
        }
    }

    #[test]
    fn a_payment_is_the_same_by_reference_day_and_amount_in_files_of_every_format() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 2).expect("a day");
        let bgmax = Incoming {
            amount: Money::from_ore(390_000),
            bank_reference: Some("000000000120".to_owned()),
            message: Some("Faktura 1001".to_owned()),
            ..Incoming::default()
        };
        let camt =
            Incoming { bank_reference: Some("120".to_owned()), message: None, ..bgmax.clone() };
        assert_eq!(bgmax.identity(day, 1), camt.identity(day, 1));
        assert_eq!(bgmax.identity(day, 1), Identity::Reference("2026-03-02 120 390000".to_owned()));
        assert_ne!(bgmax.identity(day, 1), bgmax.identity(day, 2));
        let other = Incoming { amount: Money::from_ore(390_001), ..camt };
        assert_ne!(bgmax.identity(day, 1), other.identity(day, 1));
    }

    #[test]
    fn a_payment_without_reference_is_the_same_by_all_that_is_told() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 2).expect("a day");
        let told = Incoming { payer_name: Some("Saab AB".to_owned()), ..Incoming::default() };
        let zeros = Incoming { bank_reference: Some("000000000000".to_owned()), ..told.clone() };
        assert_eq!(told.identity(day, 1), zeros.identity(day, 1));
        let shifted = Incoming {
            payer_name: None,
            payer_org_number: told.payer_name.clone(),
            ..told.clone()
        };
        assert_ne!(told.identity(day, 1), shifted.identity(day, 1));
    }
}
