//! Money in öre, VAT rates, and the one way each is rounded.
//!
//! No binary floats anywhere: amounts are `i64` öre, and arithmetic that would leave that range says
//! so. The largest amount people may type is a billion kronor, far inside it.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub};
use std::str::FromStr;

/// An amount in öre, positive or negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(i64);

/// The largest amount that can be typed: one billion kronor.
const TYPED_MAX_ORE: i64 = 100_000_000_000;

impl Money {
    pub const ZERO: Money = Money(0);

    pub const fn from_ore(ore: i64) -> Money {
        Money(ore)
    }

    pub const fn ore(self) -> i64 {
        self.0
    }

    /// Returns the amount times a whole quantity, or `None` outside the range of öre.
    pub fn times(self, quantity: i64) -> Option<Money> {
        self.0.checked_mul(quantity).map(Money)
    }

    /// Returns kronor and öre with a point and no grouping, `3900.50`: for files and scripts.
    pub fn plain(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let ore = self.0.unsigned_abs();
        format!("{sign}{}.{:02}", ore / 100, ore % 100)
    }
}

/// Writes the amount as Swedes do, `3 900,50`, with no-break spaces between thousands.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ore = self.0.unsigned_abs();
        let kronor = (ore / 100).to_string();
        let mut text = String::with_capacity(kronor.len() + 8);
        if self.0 < 0 {
            text.push('−');
        }
        for (position, digit) in kronor.chars().enumerate() {
            if position > 0 && (kronor.len() - position).is_multiple_of(3) {
                text.push('\u{a0}');
            }
            text.push(digit);
        }
        text.push_str(&format!(",{:02}", ore % 100));
        f.pad(&text)
    }
}

impl Add for Money {
    type Output = Money;
    fn add(self, other: Money) -> Money {
        Money(self.0 + other.0)
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Money) {
        *self = *self + other;
    }
}

impl Sub for Money {
    type Output = Money;
    fn sub(self, other: Money) -> Money {
        Money(self.0 - other.0)
    }
}

impl Neg for Money {
    type Output = Money;
    fn neg(self) -> Money {
        Money(-self.0)
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Money>>(amounts: I) -> Money {
        amounts.fold(Money::ZERO, Add::add)
    }
}

/// Why a typed amount was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MoneyError {
    Form(String),
    Ambiguous(String),
    Negative(String),
    TooLarge(String),
}

impl fmt::Display for MoneyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MoneyError::Form(text) => {
                write!(f, "`{text}` is not an amount in kronor, such as 3900 or 3900.50")
            }
            MoneyError::Ambiguous(text) => {
                write!(f, "`{text}` could mean thousands or öre; write 1000 or 1000.00")
            }
            MoneyError::Negative(text) => {
                write!(f, "`{text}` is negative; amounts are zero or more")
            }
            MoneyError::TooLarge(text) => {
                write!(f, "`{text}` is more than 1 000 000 000 kronor, the most an amount can be")
            }
        }
    }
}

impl std::error::Error for MoneyError {}

/// Reads kronor as people type them: `3900`, `3900.50`, `3900,5`, `3 900,00`.
///
/// Spaces (also no-break) may stand between groups of three. One mark, point or comma, followed by
/// one or two digits separates the öre. A mark followed by three digits is refused as ambiguous.
impl FromStr for Money {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Money, MoneyError> {
        let form = || MoneyError::Form(text.to_owned());
        let trimmed = text.trim();
        if trimmed.starts_with(['-', '−']) {
            return Err(MoneyError::Negative(text.to_owned()));
        }
        let trimmed = without_unit(trimmed);
        let (whole, fraction) = match trimmed.split_once(['.', ',']) {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (trimmed, None),
        };
        let kronor = ungrouped(whole).ok_or_else(form)?;
        let ore = match fraction {
            None => 0,
            Some(digits) if !digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                return Err(form());
            }
            Some(digits) => match digits.len() {
                1 => digits.parse::<i64>().map_err(|_| form())? * 10,
                2 => digits.parse::<i64>().map_err(|_| form())?,
                3 => return Err(MoneyError::Ambiguous(text.to_owned())),
                _ => return Err(form()),
            },
        };
        let too_large = || MoneyError::TooLarge(text.to_owned());
        let kronor: i64 = kronor.parse().map_err(|_| too_large())?;
        let total =
            kronor.checked_mul(100).and_then(|n| n.checked_add(ore)).ok_or_else(too_large)?;
        if total > TYPED_MAX_ORE { Err(too_large()) } else { Ok(Money(total)) }
    }
}

/// Returns an amount without the `kr`, `kronor` or `SEK` after it.
fn without_unit(text: &str) -> &str {
    let cut = ["kronor", "kr.", "kr", "SEK"].into_iter().find_map(|unit| text.strip_suffix(unit));
    cut.map_or(text, str::trim_end)
}

/// Returns the digits of `whole` without the spaces between its groups of three.
fn ungrouped(whole: &str) -> Option<String> {
    let groups: Vec<&str> = whole.split([' ', '\u{a0}', '\u{202f}']).collect();
    let digits_only = groups
        .iter()
        .all(|group| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit()));
    let grouped_by_three = groups.len() == 1
        || (groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3));
    (digits_only && grouped_by_three).then(|| groups.concat())
}

/// A Swedish VAT rate in whole per cent. Source: mervärdesskattelagen 9 kap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VatRate(u8);

impl VatRate {
    pub const ALL: [u8; 4] = [25, 12, 6, 0];

    pub fn new(percent: i64) -> Option<VatRate> {
        VatRate::ALL.into_iter().find(|rate| i64::from(*rate) == percent).map(VatRate)
    }

    pub const fn percent(self) -> u8 {
        self.0
    }

    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Returns the VAT on `net`, rounded half away from zero to whole öre.
    ///
    /// Taken once per rate on the sum of the lines, never line by line. Source: Skatteverket,
    /// Rättslig vägledning 321578: two decimals, a third decimal of 5 or more upward.
    pub fn of(self, net: Money) -> Money {
        let hundredfold = i128::from(net.ore()) * i128::from(self.0);
        let rounded = (hundredfold.abs() + 50) / 100 * hundredfold.signum();
        Money(i64::try_from(rounded).expect("a quarter of an i64 fits an i64"))
    }
}

impl fmt::Display for VatRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} %", self.0)
    }
}

impl FromStr for VatRate {
    type Err = String;

    fn from_str(text: &str) -> Result<VatRate, String> {
        let percent = text.trim().trim_end_matches('%').trim_end();
        percent.parse().ok().and_then(VatRate::new).ok_or_else(|| {
            format!("`{text}` is not a Swedish VAT rate; the rates are 25, 12, 6 and 0")
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn amounts_are_read_as_people_type_them() {
        let cases = [
            ("3900", 390_000),
            ("3900.50", 390_050),
            ("3900,5", 390_050),
            ("3 900,00", 390_000),
            ("3\u{a0}900", 390_000),
            ("1 234 567,89", 123_456_789),
            ("0", 0),
            (" 12 ", 1_200),
            ("1000000000", 100_000_000_000),
            ("2900kr", 290_000),
            ("3 900,50 kronor", 390_050),
            ("100 SEK", 10_000),
        ];
        for (text, ore) in cases {
            assert_eq!(text.parse(), Ok(Money::from_ore(ore)), "{text}");
        }
    }

    #[test]
    fn amounts_that_could_mean_two_things_are_refused() {
        assert_eq!("1.000".parse::<Money>(), Err(MoneyError::Ambiguous("1.000".into())));
        assert_eq!("1,000".parse::<Money>(), Err(MoneyError::Ambiguous("1,000".into())));
        assert_eq!("-5".parse::<Money>(), Err(MoneyError::Negative("-5".into())));
        for text in ["", "kr", "1.2.3", "12 34", "1 2345", "1.", ".5", "1e3", "٣", "1.2345", "+5"]
        {
            assert_eq!(text.parse::<Money>(), Err(MoneyError::Form(text.into())), "{text}");
        }
        for text in ["1000000000.01", "99999999999999999999"] {
            assert_eq!(text.parse::<Money>(), Err(MoneyError::TooLarge(text.into())), "{text}");
        }
    }

    #[test]
    fn amounts_are_shown_as_swedes_write_them() {
        assert_eq!(Money::from_ore(390_050).to_string(), "3\u{a0}900,50");
        assert_eq!(Money::from_ore(-123_456_789).to_string(), "−1\u{a0}234\u{a0}567,89");
        assert_eq!(Money::from_ore(5).to_string(), "0,05");
        assert_eq!(Money::from_ore(-5).plain(), "-0.05");
    }

    #[test]
    fn vat_is_rounded_half_away_from_zero() {
        let rate = |percent| VatRate::new(percent).expect("a Swedish rate");
        assert_eq!(rate(25).of(Money::from_ore(2)), Money::from_ore(1));
        assert_eq!(rate(25).of(Money::from_ore(29_997)), Money::from_ore(7_499));
        assert_eq!(rate(6).of(Money::from_ore(25)), Money::from_ore(2));
        assert_eq!(rate(6).of(Money::from_ore(-25)), Money::from_ore(-2));
        assert_eq!(rate(0).of(Money::from_ore(10_000)), Money::ZERO);
        assert_eq!(VatRate::new(24), None);
    }

    proptest! {
        #[test]
        fn parsing_undoes_printing(ore in 0..=TYPED_MAX_ORE) {
            let money = Money::from_ore(ore);
            prop_assert_eq!(money.to_string().parse(), Ok(money));
            prop_assert_eq!(money.plain().parse(), Ok(money));
        }

        #[test]
        fn a_credit_carries_the_vat_of_what_it_credits(ore in 0..TYPED_MAX_ORE, index in 0..4_usize) {
            let rate = VatRate::new(i64::from(VatRate::ALL[index])).expect("one of the rates");
            prop_assert_eq!(rate.of(-Money::from_ore(ore)), -rate.of(Money::from_ore(ore)));
        }
    }
}
