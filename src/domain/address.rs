//! Parts of postal addresses.

use std::fmt;
use std::str::FromStr;

/// The country of a postal address, as two capital letters of ISO 3166-1.
///
/// It says where letters go and nothing of VAT, which the organisation number decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Country(String);

impl Country {
    /// Says whether a postal code is known to be none of the country: of Sweden, that is, the only one
    /// whose codes are known here.
    pub fn has_not(&self, code: &str) -> bool {
        *self == Country::default() && !is_swedish_code(code)
    }

    /// Returns the two letters.
    pub fn code(&self) -> &str {
        &self.0
    }
}

impl Default for Country {
    fn default() -> Country {
        Country("SE".to_owned())
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl FromStr for Country {
    type Err = String;

    fn from_str(text: &str) -> Result<Country, String> {
        let upper = text.trim().to_uppercase();
        match upper.as_str() {
            "" | "SVERIGE" | "SWEDEN" => Ok(Country::default()),
            _ if upper.len() == 2 && upper.bytes().all(|byte| byte.is_ascii_uppercase()) => {
                Ok(Country(upper))
            }
            _ => Err(format!("`{text}` is not a country; give its two letters, such as SE")),
        }
    }
}

/// Writes a Swedish postal code of five digits as `123 45`, without the `S-` or `SE-` that some put
/// before it; leaves any other as it is.
pub fn grouped_code(code: &str) -> String {
    let packed: String = code.chars().filter(|c| *c != ' ' && *c != '\u{a0}').collect();
    let upper = packed.to_ascii_uppercase();
    let digits = upper.strip_prefix("SE-").or(upper.strip_prefix("S-")).unwrap_or(&packed);
    if digits.len() == 5 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        format!("{} {}", &digits[..3], &digits[3..])
    } else {
        code.to_owned()
    }
}

/// Says whether a postal code is one of Sweden, as [`grouped_code`] writes it.
pub fn is_swedish_code(code: &str) -> bool {
    code.len() == 6
        && code.bytes().enumerate().all(|(place, byte)| match place {
            3 => byte == b' ',
            _ => byte.is_ascii_digit(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swedish_postal_codes_are_written_in_two_groups() {
        for (given, written) in [
            ("58188", "581 88"),
            ("581 88", "581 88"),
            ("S-211 43", "211 43"),
            ("se-21143", "211 43"),
            ("SW1A 1AA", "SW1A 1AA"),
            ("S-12", "S-12"),
        ] {
            assert_eq!(grouped_code(given), written);
            assert_eq!(is_swedish_code(written), !written.starts_with('S'));
        }
    }

    #[test]
    fn a_country_is_sweden_unless_said_otherwise() {
        for (given, code) in [("", "SE"), ("Sverige", "SE"), ("no", "NO")] {
            assert_eq!(given.parse::<Country>().expect(given).code(), code);
        }
        assert!("Norge".parse::<Country>().is_err());
    }
}
