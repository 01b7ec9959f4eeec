//! How invoices come to a buyer, and under which name a buyer is found in Peppol.
//!
//! A participant is a scheme and an identifier, `0007:2120000142`: an organisation is its Swedish
//! number unless it told another. Of the schemes in Peppol's list those are taken that buyers
//! registered in Sweden use, so that each identifier can be checked before an invoice is issued.

use std::fmt;
use std::str::FromStr;

use super::org_number::{OrgNumber, OrgNumberError};

/// How invoices come to an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Deliver {
    /// As a PDF by mail.
    #[default]
    Email,
    /// As an e-invoice by way of an access point, and not by mail too.
    EInvoice,
}

impl Deliver {
    const ALL: [Deliver; 2] = [Deliver::Email, Deliver::EInvoice];

    pub const fn as_str(self) -> &'static str {
        match self {
            Deliver::Email => "email",
            Deliver::EInvoice => "e-invoice",
        }
    }
}

impl fmt::Display for Deliver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Deliver {
    type Err = String;

    fn from_str(text: &str) -> Result<Deliver, String> {
        let named = |deliver: &Deliver| deliver.as_str() == text.trim();
        Deliver::ALL.into_iter().find(named).ok_or_else(|| {
            format!("`{text}` is no way to deliver an invoice; give email or e-invoice")
        })
    }
}

/// The schemes that are taken, each with its name and the Peppol rule of its identifiers.
const SCHEMES: [(&str, &str, &str); 5] = [
    ("0007", "the Swedish organisation number", "PEPPOL-COMMON-R049"),
    ("0088", "GLN", "PEPPOL-COMMON-R040"),
    ("0184", "the Danish CVR number", "PEPPOL-COMMON-R042"),
    ("0192", "the Norwegian organisation number", "PEPPOL-COMMON-R041"),
    ("0216", "the Finnish OVT code", "PEPPOL-EN16931-CL008"),
];

/// A name in Peppol, `0007:2120000142`: a scheme of the list and an identifier that is right by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participant(String);

/// Why a text was refused as a participant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParticipantError {
    Form(String),
    Scheme(String),
    OrgNumber(OrgNumberError),
    Identifier {
        text: String,
        scheme: &'static str,
        rule: &'static str,
    },
    /// It is another person's number.
    OtherPerson,
}

impl Participant {
    /// Returns the name that an organisation has unless it told another.
    pub fn of(org_number: &OrgNumber) -> Participant {
        Participant(format!("0007:{}", org_number.digits()))
    }

    /// Returns the four digits of the scheme.
    pub fn scheme(&self) -> &str {
        &self.0[..4]
    }

    pub fn identifier(&self) -> &str {
        &self.0[5..]
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the name as listings and events show it: a person's last four digits are masked.
    pub fn masked(&self) -> String {
        match self.org_number() {
            Some(number) if number.is_personal() => format!("0007:{}", number.masked()),
            _ => self.0.clone(),
        }
    }

    /// Reads what [`Participant::masked`] wrote of an account: a masked number is the account's own.
    pub fn unmasked(text: &str, owner: &OrgNumber) -> Result<Participant, ParticipantError> {
        let own = Participant::of(owner);
        if text == own.masked() { Ok(own) } else { text.parse() }
    }

    /// Errors when this cannot be the name of an account: it is another person's number.
    pub fn check_for(&self, owner: &OrgNumber) -> Result<(), ParticipantError> {
        match self.org_number() {
            Some(holder) if holder.is_personal() && holder != *owner => {
                Err(ParticipantError::OtherPerson)
            }
            _ => Ok(()),
        }
    }

    fn org_number(&self) -> Option<OrgNumber> {
        self.0.strip_prefix("0007:")?.parse().ok()
    }
}

impl fmt::Display for Participant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Display for ParticipantError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ParticipantError::Form(text) => write!(
                f,
                "`{text}` is not a participant: a scheme of four digits, a colon and an identifier, \
                 such as 0007:2120000142"
            ),
            ParticipantError::Scheme(text) => {
                let known: Vec<String> =
                    SCHEMES.iter().map(|(code, name, _)| format!("{code} ({name})")).collect();
                write!(f, "`{text}` is not a scheme of Swedish buyers: {}", known.join(", "))
            }
            ParticipantError::OrgNumber(error) => write!(f, "PEPPOL-COMMON-R049: {error}"),
            ParticipantError::Identifier { text, scheme, rule } => {
                let name = SCHEMES.iter().find(|(code, _, _)| code == scheme);
                let name = name.map_or("", |(_, name, _)| name);
                write!(f, "{rule}: `{text}` is not one of scheme {scheme}, {name}")
            }
            ParticipantError::OtherPerson => {
                f.write_str("the participant is a person's number, and not this account's")
            }
        }
    }
}

impl std::error::Error for ParticipantError {}

/// Reads `0007:2120000142`, also with Peppol's long prefix and with a hyphen or blanks in the number.
impl FromStr for Participant {
    type Err = ParticipantError;

    fn from_str(text: &str) -> Result<Participant, ParticipantError> {
        let shown = text.trim();
        let short = shown.strip_prefix("iso6523-actorid-upis::").unwrap_or(shown);
        let (code, identifier) =
            short.split_once(':').ok_or_else(|| ParticipantError::Form(shown.to_owned()))?;
        let (scheme, _, rule) = SCHEMES
            .into_iter()
            .find(|(scheme, _, _)| *scheme == code)
            .ok_or_else(|| ParticipantError::Scheme(code.to_owned()))?;
        if scheme == "0007" {
            let number: OrgNumber = identifier.parse().map_err(ParticipantError::OrgNumber)?;
            return Ok(Participant::of(&number));
        }
        let compact: String = identifier.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
        let digits = |count| compact.len() == count && compact.bytes().all(|b| b.is_ascii_digit());
        let is_right = match scheme {
            "0088" => digits(13) && is_gln(&compact),
            "0184" => digits(8),
            "0192" => digits(9) && is_mod_11(&compact),
            _ => {
                (12..=17).contains(&compact.len())
                    && compact.starts_with("0037")
                    && compact.bytes().all(|byte| byte.is_ascii_alphanumeric())
            }
        };
        if is_right {
            Ok(Participant(format!("{scheme}:{compact}")))
        } else {
            Err(ParticipantError::Identifier { text: shown.to_owned(), scheme, rule })
        }
    }
}

/// Says whether the last digit is right by GS1: weights 1, 3, 1, … from the right, check included.
fn is_gln(digits: &str) -> bool {
    let weighted = digits.bytes().rev().enumerate();
    let sum: u32 = weighted
        .map(|(place, byte)| u32::from(byte - b'0') * if place % 2 == 0 { 1 } else { 3 })
        .sum();
    sum.is_multiple_of(10)
}

/// Says whether the last digit is right by the Norwegian modulo 11: weights 2 to 7 from the right.
fn is_mod_11(digits: &str) -> bool {
    let (body, check) = digits.split_at(digits.len() - 1);
    let weighted = body.bytes().rev().zip([2, 3, 4, 5, 6, 7].into_iter().cycle());
    let sum: u32 = weighted.map(|(byte, weight)| u32::from(byte - b'0') * weight).sum();
    check.parse() == Ok((11 - sum % 11) % 11)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_participant_is_read_in_its_usual_spellings() {
        let cases = [
            ("0007:2120000142", "0007:2120000142"),
            (" 0007:212000-0142 ", "0007:2120000142"),
            ("iso6523-actorid-upis::0007:2120000142", "0007:2120000142"),
            ("0088:7300010000001", "0088:7300010000001"),
            ("0192:991825827", "0192:991825827"),
            ("0184:12345678", "0184:12345678"),
            ("0216:003712345678", "0216:003712345678"),
        ];
        for (given, kept) in cases {
            assert_eq!(given.parse::<Participant>().expect(given).to_string(), kept);
        }
    }

    #[test]
    fn what_peppol_would_not_take_is_refused_with_its_rule() {
        let cases = [
            ("2120000142", "scheme of four digits"),
            ("", "scheme of four digits"),
            ("0007:2120000143", "PEPPOL-COMMON-R049"),
            ("0007:", "PEPPOL-COMMON-R049"),
            ("0088:7300010000002", "PEPPOL-COMMON-R040"),
            ("0088:73000100000", "PEPPOL-COMMON-R040"),
            ("0192:991825828", "PEPPOL-COMMON-R041"),
            ("0184:DK12", "PEPPOL-COMMON-R042"),
            ("0216:0037", "PEPPOL-EN16931-CL008"),
            ("9999:1", "not a scheme"),
            ("0088:åäö", "PEPPOL-COMMON-R040"),
        ];
        for (text, words) in cases {
            let error = text.parse::<Participant>().expect_err(text).to_string();
            assert!(error.contains(words), "{text}: {error}");
        }
    }

    #[test]
    fn a_persons_number_is_masked_and_no_one_elses() {
        let anna: OrgNumber = "850709-9805".parse().expect("a person's number");
        let saab: OrgNumber = "556036-0793".parse().expect("a number");
        let own = Participant::of(&anna);
        assert_eq!(own.masked(), "0007:850709-****");
        assert_eq!(Participant::unmasked(&own.masked(), &anna), Ok(own.clone()));
        assert_eq!(own.check_for(&anna), Ok(()));
        assert_eq!(own.check_for(&saab), Err(ParticipantError::OtherPerson));
        assert_eq!(Participant::of(&saab).check_for(&anna), Ok(()));
    }
}
