//! Check digits by the 10-modul (Luhn), and the OCR references built on them.

use std::fmt;

use super::money::Money;
use super::seller::Bankgiro;

/// Returns the check digit that makes `digits` followed by it right by the 10-modul.
///
/// `digits` holds ASCII digits only. Weights 2, 1, 2, … from the right; the digits of a product of
/// two digits are added. Source: Bankgirot, "Så här beräknar du kontrollsiffran enligt
/// 10-modulmetoden".
pub fn check_digit(digits: &str) -> u8 {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(position, byte)| {
            let digit = u32::from(byte - b'0');
            let product = if position % 2 == 0 { digit * 2 } else { digit };
            product / 10 + product % 10
        })
        .sum();
    u8::try_from((10 - sum % 10) % 10).expect("a digit")
}

/// Says whether the last of `digits` is the check digit of those before it.
pub fn is_luhn(digits: &str) -> bool {
    let all_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
    match digits.split_at_checked(digits.len().saturating_sub(1)) {
        Some((body, last)) if all_digits && !body.is_empty() => {
            last.as_bytes()[0] - b'0' == check_digit(body)
        }
        _ => false,
    }
}

/// A payment reference with length digit and check digit.
///
/// The last digit is the Luhn of all before it, the second last the total length modulo 10, which
/// makes the reference valid under every variable-length level of Bankgirot's control.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ocr(String);

impl Ocr {
    /// Returns the reference of an invoice number.
    pub fn of_invoice(number: i64) -> Ocr {
        let body = number.to_string();
        let length_digit = (body.len() + 2) % 10;
        let with_length = format!("{body}{length_digit}");
        let check = check_digit(&with_length);
        Ocr(format!("{with_length}{check}"))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the invoice number that a reference stands for, with or without leading zeros; `None`
    /// where `digits` is no reference of this form.
    pub fn read(digits: &str) -> Option<i64> {
        let digits = digits.trim_start_matches('0');
        let body = digits.get(..digits.len().checked_sub(2)?)?;
        let number = body.parse().ok().filter(|number| *number > 0)?;
        (Ocr::of_invoice(number).0 == digits).then_some(number)
    }
}

/// Returns the line of signs that a bankgiro payment slip ends with:
/// `# 100164 # 4875 00 1 > 9912346#41#`.
///
/// Reference, kronor, öre, the check digit of the amount in öre, bankgiro and the slip's kind. `None`
/// for what has no room in its eight figures of kronor. Source: Bankgirot's user manual "Bankgiro
/// Inbetalningar" 5.3, which could not be opened, as two programs by others have understood it; the
/// blanks that fill each field to its width are left out here, since nobody prints slips.
pub fn payment_line(reference: &Ocr, amount: Money, bankgiro: &Bankgiro) -> Option<String> {
    let (kronor, ore) = (amount.ore() / 100, amount.ore() % 100);
    let fits = amount > Money::ZERO && kronor <= 99_999_999;
    fits.then(|| {
        let check = check_digit(&amount.ore().to_string());
        format!("# {reference} # {kronor} {ore:02} {check} > {}#41#", bankgiro.digits())
    })
}

impl fmt::Display for Ocr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_agree_with_bankgirots_examples() {
        assert_eq!(check_digit("991234"), 6);
        for valid in ["9912346", "1609908", "54029681", "2973675", "5560160680"] {
            assert!(is_luhn(valid), "{valid}");
        }
        for invalid in ["9912345", "54029682", "5560160681", "", "7", "12a4"] {
            assert!(!is_luhn(invalid), "{invalid}");
        }
    }

    #[test]
    fn the_line_of_signs_has_reference_amount_and_bankgiro() {
        let bankgiro = Bankgiro::parse("991-2346").expect("valid");
        let line = |ore| payment_line(&Ocr::of_invoice(1001), Money::from_ore(ore), &bankgiro);
        for (ore, text) in [
            (390_000, "# 100164 # 3900 00 8 > 9912346#41#"),
            (487_500, "# 100164 # 4875 00 1 > 9912346#41#"),
            (5, "# 100164 # 0 05 9 > 9912346#41#"),
        ] {
            assert_eq!(line(ore).as_deref(), Some(text));
        }
        assert_eq!(line(0), None);
        assert_eq!(line(10_000_000_000), None, "nine figures of kronor");
    }

    #[test]
    fn references_carry_their_length_and_a_check_digit() {
        let cases =
            [(123, "12351"), (1001, "100164"), (4711, "471169"), (20_260_001, "2026000105")];
        for (number, reference) in cases {
            assert_eq!(Ocr::of_invoice(number).as_str(), reference);
            assert_eq!(Ocr::read(reference), Some(number));
            assert_eq!(Ocr::read(&format!("{reference:0>25}")), Some(number));
        }
        for other in ["100165", "10017", "1001", "64", "0", "", "+100164", "1001 64", "å"] {
            assert_eq!(Ocr::read(other), None, "{other}");
        }
    }
}
