//! Organisation numbers: the key of an account.
//!
//! Source: organisationsnummer and personnummer as described by Skatteverket; the last of ten digits
//! is a Luhn digit. A company's third digit is at least 2, so that no company's number can be read
//! as a date of birth; a sole trader's number is the owner's personnummer or samordningsnummer.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

use super::ocr::is_luhn;

/// A Swedish organisation number, held as its ten digits.
///
/// The key is text and not a number, which leaves room for keys of other countries behind a prefix.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OrgNumber(String);

impl OrgNumber {
    /// Returns the ten digits, without hyphen.
    pub fn digits(&self) -> &str {
        &self.0
    }

    /// Says whether this is a person's number, which makes it personal data.
    pub fn is_personal(&self) -> bool {
        self.0.as_bytes()[2] < b'2'
    }

    /// Returns the number as listings show it: a person's last four digits are masked.
    pub fn masked(&self) -> String {
        if self.is_personal() { format!("{}-****", &self.0[..6]) } else { self.to_string() }
    }

    /// Returns the VAT number that belongs to it, `SE556036079301`.
    pub fn vat_number(&self) -> String {
        format!("SE{}01", self.0)
    }
}

/// Shows the number with its hyphen, `556036-0793`.
impl fmt::Display for OrgNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}-{}", &self.0[..6], &self.0[6..]))
    }
}

/// Why a text was refused as an organisation number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrgNumberError {
    Empty,
    Foreign(String),
    Form(String),
    CheckDigit(String),
    NoDate(String),
    NoBirthNumber(String),
}

impl fmt::Display for OrgNumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OrgNumberError::Empty => f.write_str("the organisation number is empty"),
            OrgNumberError::Foreign(text) => write!(
                f,
                "`{text}` is not a Swedish number; the shop sells to organisations registered in \
                 Sweden only"
            ),
            OrgNumberError::Form(text) => write!(
                f,
                "`{text}` is not an organisation number: 10 digits, or 12 with the prefix 16, such \
                 as 556036-0793"
            ),
            OrgNumberError::CheckDigit(text) => {
                write!(f, "`{text}` is not an organisation number: its check digit is wrong")
            }
            OrgNumberError::NoBirthNumber(text) => write!(
                f,
                "`{text}` is not an organisation number: it begins with a date, as a sole trader's \
                 does, but no person has the birth number 000"
            ),
            OrgNumberError::NoDate(text) => write!(
                f,
                "`{text}` is not an organisation number: its third digit is 0 or 1, as in a sole \
                 trader's, but it does not begin with a date"
            ),
        }
    }
}

impl std::error::Error for OrgNumberError {}

/// Reads the usual spellings: ten digits, twelve with century or `16`, each with or without hyphen,
/// and the VAT number `SE…01`.
impl FromStr for OrgNumber {
    type Err = OrgNumberError;

    fn from_str(text: &str) -> Result<OrgNumber, OrgNumberError> {
        let shown = text.trim();
        let compact: String =
            shown.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '-' | '–' | '+')).collect();
        if compact.is_empty() {
            return Err(OrgNumberError::Empty);
        }
        let form = || OrgNumberError::Form(shown.to_owned());
        let country: String = compact.chars().take_while(char::is_ascii_alphabetic).collect();
        let digits = &compact[country.len()..];
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(form());
        }
        let (century, ten) = match (country.to_ascii_uppercase().as_str(), digits.len()) {
            ("", 10) => (None, digits),
            ("", 12) => (Some(&digits[..2]), &digits[2..]),
            ("SE", 12) => (None, digits.strip_suffix("01").ok_or_else(form)?),
            ("SE", _) | ("", _) => return Err(form()),
            (country, _) if country.len() == 2 => {
                return Err(OrgNumberError::Foreign(shown.to_owned()));
            }
            _ => return Err(form()),
        };
        let third_is_low = ten.as_bytes()[2] < b'2';
        match century {
            Some("16") if third_is_low => return Err(form()),
            Some("16") | None => {}
            Some("18" | "19" | "20") if third_is_low => {}
            Some(_) => return Err(form()),
        }
        if !is_luhn(ten) {
            return Err(OrgNumberError::CheckDigit(shown.to_owned()));
        }
        if third_is_low && !begins_with_a_birth_date(ten, century) {
            return Err(OrgNumberError::NoDate(shown.to_owned()));
        }
        if third_is_low && &ten[6..9] == "000" {
            return Err(OrgNumberError::NoBirthNumber(shown.to_owned()));
        }
        Ok(OrgNumber(ten.to_owned()))
    }
}

/// Says whether the first six digits are a date in the century given, or in any of three.
///
/// The day of a samordningsnummer is 60 higher.
fn begins_with_a_birth_date(ten: &str, century: Option<&str>) -> bool {
    let part = |from: usize| ten[from..from + 2].parse::<u32>().unwrap_or_default();
    let (year, month, day) = (part(0), part(2), part(4));
    let day = if day > 60 { day - 60 } else { day };
    let centuries = match century {
        Some(text) => vec![text.parse::<u32>().unwrap_or_default()],
        None => vec![18, 19, 20],
    };
    centuries.into_iter().any(|century| {
        let year = i32::try_from(century * 100 + year).unwrap_or_default();
        NaiveDate::from_ymd_opt(year, month, day).is_some()
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::ocr::check_digit;

    #[test]
    fn every_usual_spelling_names_the_same_organisation() {
        for text in [
            "5560360793",
            "556036-0793",
            " 556036-0793 ",
            "165560360793",
            "16556036-0793",
            "SE556036079301",
            "se 556036-0793 01",
            "556036–0793",
        ] {
            assert_eq!(text.parse::<OrgNumber>().expect(text).to_string(), "556036-0793");
        }
        let real = ["212000-0142", "202100-3625", "857209-0606", "802005-1952", "123456-7897"];
        for text in real {
            assert_eq!(text.parse::<OrgNumber>().expect(text).to_string(), text);
        }
    }

    #[test]
    fn numbers_that_are_nobodys_are_refused_with_the_reason() {
        let wrong = |text: &str| text.parse::<OrgNumber>().expect_err(text);
        for text in ["556016-0681", "212000-0143", "123456-7890"] {
            assert_eq!(wrong(text), OrgNumberError::CheckDigit(text.into()));
        }
        for text in
            ["5560160680X", "556016068", "17556036-0793", "SE5560360793", "٥٥٦٠٣٦٠٧٩٣", "åå", "16"]
        {
            assert_eq!(wrong(text), OrgNumberError::Form(text.into()), "{text}");
        }
        assert_eq!(wrong("DE123456789"), OrgNumberError::Foreign("DE123456789".into()));
        assert_eq!(wrong(" "), OrgNumberError::Empty);
        let dateless = format!("551399123{}", check_digit("551399123"));
        assert_eq!(wrong(&dateless), OrgNumberError::NoDate(dateless));
    }

    #[test]
    fn a_sole_traders_number_is_personal_and_masked() {
        for text in ["19570428-9999", "570428-9999", "570428+9999"] {
            let number: OrgNumber = text.parse().expect(text);
            assert!(number.is_personal());
            assert_eq!(number.masked(), "570428-****");
        }
        let coordination = format!("570488999{}", check_digit("570488999"));
        assert!(coordination.parse::<OrgNumber>().expect("a day of 88").is_personal());
    }

    proptest! {
        #[test]
        fn reading_undoes_showing(body in 200_000_000_u64..999_999_999) {
            let body = body.to_string();
            prop_assume!(body.as_bytes()[2] >= b'2');
            let digits = format!("{body}{}", check_digit(&body));
            let number: OrgNumber = digits.parse().expect("well formed");
            prop_assert_eq!(number.to_string().parse::<OrgNumber>().expect("shown"), number.clone());
            prop_assert_eq!(number.vat_number().parse::<OrgNumber>().expect("VAT"), number);
        }

        #[test]
        fn no_text_makes_it_panic(text in ".{0,20}") {
            let _ = text.parse::<OrgNumber>();
        }
    }
}
