//! The seller: who the shop is on its invoices and in its mails.

use std::fmt;

use super::email::Email;
use super::ocr::is_luhn;
use super::org_number::OrgNumber;

/// The seller as of one version; an edit makes the next version and never alters one.
#[derive(Clone, Debug, PartialEq)]
pub struct Seller {
    pub legal_name: String,
    pub shop_name: String,
    pub org_number: OrgNumber,
    pub vat_number: String,
    pub f_tax: bool,
    /// The registered office, "säte". Source: aktiebolagslagen 28:5.
    pub registered_office: String,
    pub street: String,
    pub postal_code: String,
    pub city: String,
    /// Where notice is given and replies to the shop's mails go.
    pub office_email: Email,
    pub phone: Option<String>,
    pub web: String,
    pub bankgiro: Option<Bankgiro>,
    pub plusgiro: Option<Plusgiro>,
    pub iban: Option<Iban>,
    pub bic: Option<String>,
    pub payment_terms_days: u32,
    pub accent_colour: Colour,
    pub logo: Option<Logo>,
}

/// A bankgiro number, shown `991-2346`. Source: Bankgirot; 7 or 8 digits, the last a Luhn digit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bankgiro(String);

impl Bankgiro {
    pub fn parse(text: &str) -> Result<Bankgiro, String> {
        let digits = digits_without(text, "- ");
        if (7..=8).contains(&digits.len()) && is_luhn(&digits) {
            Ok(Bankgiro(digits))
        } else {
            Err(format!("`{text}` is not a bankgiro number: 7 or 8 digits, the last a check digit"))
        }
    }

    pub fn digits(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Bankgiro {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (head, tail) = self.0.split_at(self.0.len() - 4);
        write!(f, "{head}-{tail}")
    }
}

/// A plusgiro number, shown `28 65 43-4`: 2 to 8 digits, the last a Luhn digit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plusgiro(String);

impl Plusgiro {
    pub fn parse(text: &str) -> Result<Plusgiro, String> {
        let digits = digits_without(text, "- ");
        if (2..=8).contains(&digits.len()) && is_luhn(&digits) {
            Ok(Plusgiro(digits))
        } else {
            Err(format!("`{text}` is not a plusgiro number: 2 to 8 digits, the last a check digit"))
        }
    }

    pub fn digits(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Plusgiro {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (body, check) = self.0.split_at(self.0.len() - 1);
        for (position, digit) in body.chars().enumerate() {
            if position > 0 && (body.len() - position).is_multiple_of(2) {
                f.write_str(" ")?;
            }
            write!(f, "{digit}")?;
        }
        write!(f, "-{check}")
    }
}

/// A Swedish IBAN: `SE`, two check digits, 20 digits; modulo 97 is 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Iban(String);

impl Iban {
    pub fn parse(text: &str) -> Result<Iban, String> {
        let compact = digits_without(text, " ").to_uppercase();
        let well_formed = compact.len() == 24
            && compact.starts_with("SE")
            && compact[2..].bytes().all(|byte| byte.is_ascii_digit());
        if well_formed && mod_97(&compact) == 1 {
            Ok(Iban(compact))
        } else {
            Err(format!("`{text}` is not a Swedish IBAN: SE and 22 digits with right check digits"))
        }
    }

    pub fn compact(&self) -> &str {
        &self.0
    }
}

/// Shows the number in groups of four.
impl fmt::Display for Iban {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, character) in self.0.chars().enumerate() {
            if position > 0 && position % 4 == 0 {
                f.write_str(" ")?;
            }
            write!(f, "{character}")?;
        }
        Ok(())
    }
}

/// The remainder of an IBAN, its first four characters moved last and letters read as 10 to 35.
fn mod_97(compact: &str) -> u32 {
    let (head, tail) = compact.split_at(4);
    tail.chars().chain(head.chars()).fold(0, |remainder, character| {
        let value = character.to_digit(36).unwrap_or_default();
        let shift = if value > 9 { 100 } else { 10 };
        (remainder * shift + value) % 97
    })
}

fn digits_without(text: &str, separators: &str) -> String {
    text.trim().chars().filter(|character| !separators.contains(*character)).collect()
}

/// A colour for headings and rules, written `#005a8c`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    pub red: u8,
    pub green: u8,
    pub blue: u8,
}

impl Colour {
    pub fn parse(text: &str) -> Result<Colour, String> {
        let refuse = || format!("`{text}` is not a colour written #rrggbb");
        let hex = text.trim().strip_prefix('#').ok_or_else(refuse)?;
        if hex.len() != 6 || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(refuse());
        }
        let part = |from: usize| u8::from_str_radix(&hex[from..from + 2], 16).map_err(|_| refuse());
        Ok(Colour { red: part(0)?, green: part(2)?, blue: part(4)? })
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

/// A picture for the head of documents, PNG or JPEG, at most 1 MiB.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    pub bytes: Vec<u8>,
}

impl Logo {
    pub const BYTES_MAX: usize = 1 << 20;

    pub fn new(bytes: Vec<u8>) -> Result<Logo, String> {
        if bytes.len() > Logo::BYTES_MAX {
            return Err("the logo is larger than 1 MiB".to_owned());
        }
        let logo = Logo { bytes };
        if logo.is_png() || logo.is_jpeg() {
            Ok(logo)
        } else {
            Err("the logo is neither PNG nor JPEG".to_owned())
        }
    }

    pub fn is_png(&self) -> bool {
        self.bytes.starts_with(b"\x89PNG\r\n\x1a\n")
    }

    pub fn is_jpeg(&self) -> bool {
        self.bytes.starts_with(&[0xff, 0xd8, 0xff])
    }
}

/// Reads a Swedish VAT number: `SE`, 12 digits. Source: Peppol rules SE-R-001 and SE-R-002.
pub fn parse_vat_number(text: &str) -> Result<String, String> {
    let compact = digits_without(text, " -").to_uppercase();
    let well_formed = compact.len() == 14
        && compact.starts_with("SE")
        && compact[2..].bytes().all(|byte| byte.is_ascii_digit());
    if well_formed {
        Ok(compact)
    } else {
        Err(format!("`{text}` is not a Swedish VAT number: SE and 12 digits"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn account_numbers_with_a_wrong_check_digit_are_refused() {
        assert_eq!(Bankgiro::parse("991-2346").expect("valid").to_string(), "991-2346");
        assert_eq!(Bankgiro::parse("54029681").expect("valid").to_string(), "5402-9681");
        assert!(Bankgiro::parse("991-2345").is_err());
        assert_eq!(Plusgiro::parse("28 65 43-4").expect("valid").to_string(), "28 65 43-4");
        assert_eq!(Plusgiro::parse("9020033").expect("valid").to_string(), "90 20 03-3");
        assert_eq!(
            Iban::parse("se3550000000054910000003").expect("valid").to_string(),
            "SE35 5000 0000 0549 1000 0003"
        );
        assert!(Iban::parse("SE1250000000058398257466").is_err());
        assert!(Iban::parse("SE35åååååååååååååååååååå").is_err());
    }

    #[test]
    fn colours_are_six_hexadecimal_digits() {
        assert_eq!(Colour::parse("#005A8c").expect("valid").to_string(), "#005a8c");
        for text in ["005a8c", "#05a", "#00000g", "#ååå"] {
            assert!(Colour::parse(text).is_err(), "{text}");
        }
    }
}
