//! VAT numbers of buyers, as they stand on invoices.
//!
//! Source: `SE`, the ten digits of an organisation number and two more, always 01 in practice
//! (Skatteverket SKV 560); a VAT group has the number of its head (mervärdesskattelagen 17:3), so that
//! a buyer's VAT number need not hold the buyer's own organisation number.

use std::fmt;
use std::str::FromStr;

use super::org_number::OrgNumber;

/// A VAT number: two letters of a country, and digits or letters behind them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VatNumber(String);

/// Why a text was refused as a VAT number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VatNumberError {
    Form(String),
    Swedish(String),
    /// It holds the number of a person who is not the buyer.
    OtherPerson,
    /// It was masked under a number that the account has no longer, and cannot be known again.
    Masked,
}

impl VatNumber {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the number as listings and events show it: a person's last four digits are masked.
    pub fn masked(&self) -> String {
        match self.org_number() {
            Some(org_number) if org_number.is_personal() => format!("SE{}01", org_number.masked()),
            _ => self.0.clone(),
        }
    }

    /// Reads what [`VatNumber::masked`] wrote of an account: a masked number is the account's own,
    /// since no other person's is taken. Errors when the account has had another number since.
    pub fn unmasked(text: &str, owner: &OrgNumber) -> Result<VatNumber, VatNumberError> {
        let own = VatNumber(owner.vat_number());
        match text {
            _ if text == own.masked() => Ok(own),
            _ if text.contains('*') => Err(VatNumberError::Masked),
            _ => text.parse(),
        }
    }

    /// Errors when this cannot be the VAT number of an account: it is another person's number.
    pub fn check_for(&self, owner: &OrgNumber) -> Result<(), VatNumberError> {
        match self.org_number() {
            Some(holder) if holder.is_personal() && holder != *owner => {
                Err(VatNumberError::OtherPerson)
            }
            _ => Ok(()),
        }
    }

    /// Returns what makes the office look twice at this as the VAT number of an account.
    pub fn doubt_for(&self, owner: &OrgNumber) -> Option<String> {
        match self.org_number() {
            None => Some(format!(
                "`{self}` is not a Swedish VAT number, and the shop charges Swedish VAT"
            )),
            Some(holder) if holder != *owner => Some(format!(
                "`{}` does not hold the account's own number {}; that is right only in a VAT group",
                self.masked(),
                owner.masked()
            )),
            Some(_) => None,
        }
    }

    /// Returns the organisation number that a Swedish one holds.
    fn org_number(&self) -> Option<OrgNumber> {
        self.0.strip_prefix("SE")?.get(..10)?.parse().ok()
    }
}

impl fmt::Display for VatNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl FromStr for VatNumber {
    type Err = VatNumberError;

    fn from_str(text: &str) -> Result<VatNumber, VatNumberError> {
        let compact: String = text
            .chars()
            .filter(|character| !matches!(character, ' ' | '\u{a0}' | '-' | '–' | '.'))
            .flat_map(char::to_uppercase)
            .collect();
        let is_formed = compact.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && compact.bytes().take(2).all(|byte| byte.is_ascii_alphabetic())
            && (4..=14).contains(&compact.len());
        if !is_formed {
            return Err(VatNumberError::Form(text.trim().to_owned()));
        }
        if let Some(digits) = compact.strip_prefix("SE") {
            let is_swedish = digits.len() == 12
                && digits.bytes().all(|byte| byte.is_ascii_digit())
                && digits[..10].parse::<OrgNumber>().is_ok();
            if !is_swedish {
                return Err(VatNumberError::Swedish(text.trim().to_owned()));
            }
        }
        Ok(VatNumber(compact))
    }
}

impl fmt::Display for VatNumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            VatNumberError::Form(text) => write!(
                f,
                "`{text}` is not a VAT number: two letters and up to twelve digits or letters, such \
                 as SE556036079301"
            ),
            VatNumberError::Swedish(text) => write!(
                f,
                "`{text}` is not a Swedish VAT number: SE, an organisation number and two digits, \
                 such as SE556036079301"
            ),
            VatNumberError::OtherPerson => {
                f.write_str("the VAT number holds a person's number, and not this account's")
            }
            VatNumberError::Masked => f.write_str(
                "the VAT number was kept masked, and the account has another organisation number since",
            ),
        }
    }
}

impl std::error::Error for VatNumberError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> VatNumber {
        text.parse().expect(text)
    }

    #[test]
    fn a_vat_number_is_read_in_its_usual_spellings() {
        let cases = [
            ("SE556036079301", "SE556036079301"),
            (" se 556036-0793 01 ", "SE556036079301"),
            ("DK 12345678", "DK12345678"),
            ("ATU12345678", "ATU12345678"),
        ];
        for (given, kept) in cases {
            assert_eq!(number(given).as_str(), kept);
        }
    }

    #[test]
    fn what_is_no_vat_number_is_refused() {
        let refused = [
            "",
            "SE",
            "5560360793",
            "SE5560360793",
            "SE556036079401",
            "SEABCDEFGHIJ01",
            "D\u{1b}1",
        ];
        for text in refused {
            assert!(text.parse::<VatNumber>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_vat_group_has_the_number_of_its_head_and_no_person_has_anothers() {
        let saab: OrgNumber = "556036-0793".parse().expect("a number");
        let anna: OrgNumber = "850709-9805".parse().expect("a person's number");
        assert_eq!(number("SE556036079301").doubt_for(&saab), None);
        assert!(number("SE212000014201").doubt_for(&saab).is_some());
        assert!(number("DK12345678").doubt_for(&saab).is_some());
        assert_eq!(number("SE212000014201").check_for(&saab), Ok(()));
        assert_eq!(number("SE850709980501").check_for(&anna), Ok(()));
        assert_eq!(number("SE850709980501").check_for(&saab), Err(VatNumberError::OtherPerson));
    }

    #[test]
    fn a_persons_number_is_masked_and_known_again() {
        let anna: OrgNumber = "850709-9805".parse().expect("a person's number");
        let own = number("SE850709980501");
        assert_eq!(own.masked(), "SE850709-****01");
        assert_eq!(VatNumber::unmasked(&own.masked(), &anna), Ok(own));
        let group = number("SE212000014201");
        assert_eq!(VatNumber::unmasked(&group.masked(), &anna), Ok(group));
    }
}
