//! The Riksbank's reference rates, one a half-year, each with its source.
//!
//! Those known when the program was made are carried in it; the office adds the ones that come
//! after. A half-year that is missing is never guessed. Source: räntelagen (1975:635) 9 §.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};

/// A rate of interest a year, in hundredths of a per cent; a reference rate can be below zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate(i32);

/// The highest rate that can be typed, in either direction: far outside what has been seen.
const TYPED_MAX: i32 = 5_000;

impl Rate {
    pub const fn from_hundredths(hundredths: i32) -> Rate {
        Rate(hundredths)
    }

    pub const fn hundredths(self) -> i32 {
        self.0
    }

    /// Returns the rate this many points higher, and none at all where that is below zero.
    pub fn raised_by(self, points: Rate) -> Rate {
        Rate((self.0 + points.0).max(0))
    }

    /// Returns the per cent with a point, `-0.50`: for files and scripts.
    pub fn plain(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        format!("{sign}{}.{:02}", self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100)
    }
}

/// Writes the rate as Swedes do, `−0,50 %`.
impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "−" } else { "" };
        let (whole, part) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        f.pad(&format!("{sign}{whole},{part:02}\u{a0}%"))
    }
}

/// Reads a reference rate as people type it: `2`, `2.00`, `-0,5`, `2,5 %`.
///
/// The Riksbank's reference rate is a whole or half per cent, so that anything else is a slip.
impl FromStr for Rate {
    type Err = String;

    fn from_str(text: &str) -> Result<Rate, String> {
        let refused = || {
            format!("`{text}` is no reference rate, which is a whole or half per cent such as 2.50")
        };
        let typed = text.trim().trim_end_matches('%').trim_end();
        let (negative, digits) = match typed.strip_prefix(['-', '−']) {
            Some(digits) => (true, digits),
            None => (false, typed),
        };
        let (whole, part) = digits.split_once(['.', ',']).unwrap_or((digits, "0"));
        let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || whole.len() > 3 || !all_digits(whole) {
            return Err(refused());
        }
        let half = match part {
            "0" | "00" => 0,
            "5" | "50" => 50,
            _ => return Err(refused()),
        };
        let hundredths = whole.parse::<i32>().map_err(|_| refused())? * 100 + half;
        if hundredths > TYPED_MAX {
            return Err(format!("`{text}` is more than {} % either way", TYPED_MAX / 100));
        }
        Ok(Rate(if negative { -hundredths } else { hundredths }))
    }
}

/// A calendar half-year, for which one reference rate holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HalfYear {
    year: i32,
    is_second: bool,
}

impl HalfYear {
    pub fn of(day: NaiveDate) -> HalfYear {
        HalfYear { year: day.year(), is_second: day.month() > 6 }
    }

    pub fn first_day(self) -> NaiveDate {
        let month = if self.is_second { 7 } else { 1 };
        NaiveDate::from_ymd_opt(self.year, month, 1).expect("the year was a day's")
    }

    pub fn last_day(self) -> NaiveDate {
        let (month, day) = if self.is_second { (12, 31) } else { (6, 30) };
        NaiveDate::from_ymd_opt(self.year, month, day).expect("the year was a day's")
    }
}

/// Names the half-year by its days, `2026-01-01 to 2026-06-30`.
impl fmt::Display for HalfYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to {}", self.first_day(), self.last_day())
    }
}

/// Reads the half-year by its first day.
impl FromStr for HalfYear {
    type Err = String;

    fn from_str(text: &str) -> Result<HalfYear, String> {
        let day = super::term::parse_date(text).map_err(|error| error.to_string())?;
        let half_year = HalfYear::of(day);
        if half_year.first_day() != day {
            let first = half_year.first_day();
            return Err(format!(
                "{text} is no day on which the reference rate changes, which is {first} for it"
            ));
        }
        Ok(half_year)
    }
}

/// What holds for one half-year, and where that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReferenceRate {
    pub half_year: HalfYear,
    pub rate: Rate,
    pub source: Cow<'static, str>,
    pub origin: Origin,
}

/// How a reference rate came to be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Carried in the program, from a publication of the state or the Riksbank.
    Carried,
    /// Carried in the program, but only as others have quoted it.
    CarriedUnconfirmed,
    /// Entered by the office.
    Added,
}

impl Origin {
    pub const fn as_str(self) -> &'static str {
        match self {
            Origin::Carried => "carried",
            Origin::CarriedUnconfirmed => "unconfirmed",
            Origin::Added => "added",
        }
    }
}

/// The reference rates that are known, by half-year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rates(BTreeMap<HalfYear, ReferenceRate>);

impl Rates {
    /// Returns the rates carried in the program.
    pub fn carried() -> Rates {
        let rate = |(year, half, hundredths, source): (i32, u8, i32, &'static str)| {
            let half_year = HalfYear { year, is_second: half == 2 };
            let origin = match source.starts_with(QUOTED) {
                true => Origin::CarriedUnconfirmed,
                false => Origin::Carried,
            };
            let source = Cow::Borrowed(source);
            (half_year, ReferenceRate { half_year, rate: Rate(hundredths), source, origin })
        };
        Rates(CARRIED.into_iter().map(rate).collect())
    }

    /// Returns these rates with those that the office has entered, which come first.
    pub fn with_added(
        mut self,
        added: impl IntoIterator<Item = (HalfYear, Rate, String)>,
    ) -> Rates {
        for (half_year, rate, source) in added {
            let source = Cow::Owned(source);
            let added = ReferenceRate { half_year, rate, source, origin: Origin::Added };
            self.0.insert(half_year, added);
        }
        self
    }

    pub fn find(&self, half_year: HalfYear) -> Option<&ReferenceRate> {
        self.0.get(&half_year)
    }

    /// Returns all of them, the oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &ReferenceRate> {
        self.0.values()
    }
}

/// How the source of a rate begins that only others have quoted.
const QUOTED: &str = "quoted";

const TABLE: &str = "riksbank.se, table of 2023-07-03";

/// Year, half, hundredths of a per cent, source.
const CARRIED: [(i32, u8, i32, &str); 49] = [
    (2002, 2, 450, TABLE),
    (2003, 1, 400, TABLE),
    (2003, 2, 300, TABLE),
    (2004, 1, 300, TABLE),
    (2004, 2, 200, TABLE),
    (2005, 1, 200, TABLE),
    (2005, 2, 150, TABLE),
    (2006, 1, 150, TABLE),
    (2006, 2, 250, TABLE),
    (2007, 1, 300, TABLE),
    (2007, 2, 350, TABLE),
    (2008, 1, 400, TABLE),
    (2008, 2, 450, TABLE),
    (2009, 1, 200, TABLE),
    (2009, 2, 50, TABLE),
    (2010, 1, 50, "SFS 2010:1"),
    (2010, 2, 50, TABLE),
    (2011, 1, 150, TABLE),
    (2011, 2, 200, TABLE),
    (2012, 1, 200, TABLE),
    (2012, 2, 150, TABLE),
    (2013, 1, 100, TABLE),
    (2013, 2, 100, TABLE),
    (2014, 1, 100, TABLE),
    (2014, 2, 100, TABLE),
    (2015, 1, 0, TABLE),
    (2015, 2, 0, TABLE),
    (2016, 1, 0, TABLE),
    (2016, 2, -50, TABLE),
    (2017, 1, -50, TABLE),
    (2017, 2, -50, TABLE),
    (2018, 1, -50, TABLE),
    (2018, 2, -50, TABLE),
    (2019, 1, -50, TABLE),
    (2019, 2, 0, "SFS 2019:550"),
    (2020, 1, 0, "SFS 2020:1"),
    (2020, 2, 0, TABLE),
    (2021, 1, 0, TABLE),
    (2021, 2, 0, "SFS 2021:773"),
    (2022, 1, 0, "SFS 2022:1"),
    (2022, 2, 50, "SFS 2022:1339"),
    (2023, 1, 250, "SFS 2023:1"),
    (2023, 2, 350, "SFS 2023:509"),
    (2024, 1, 400, "SFS 2023:954"),
    (2024, 2, 400, "SFS 2024:613"),
    (2025, 1, 300, "SFS 2024:1373"),
    (2025, 2, 200, "SFS 2025:809"),
    (2026, 1, 200, "quoted by one site"),
    (2026, 2, 200, "quoted from riksbank.se by two sites"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_half_year_since_the_reference_rate_began_has_one() {
        let rates = Rates::carried();
        let mut expected: HalfYear = "2002-07-01".parse().expect("a half-year");
        for rate in rates.iter() {
            assert_eq!(rate.half_year, expected);
            let next = expected.last_day().succ_opt().expect("a day");
            expected = HalfYear::of(next);
        }
        assert_eq!(expected.first_day().to_string(), "2027-01-01");
        assert_eq!(rates.iter().count(), CARRIED.len());
    }

    #[test]
    fn a_rate_that_is_only_quoted_says_so() {
        let unconfirmed: Vec<String> = Rates::carried()
            .iter()
            .filter(|rate| rate.origin == Origin::CarriedUnconfirmed)
            .map(|rate| rate.half_year.first_day().to_string())
            .collect();
        assert_eq!(unconfirmed, ["2026-01-01", "2026-07-01"]);
    }

    #[test]
    fn a_rate_is_read_as_people_type_it() {
        let cases = [("2", 200), ("2.00", 200), ("-0,5", -50), ("−0,50 %", -50), ("2.5%", 250)];
        for (text, hundredths) in cases {
            assert_eq!(text.parse(), Ok(Rate(hundredths)), "{text}");
        }
        for text in ["", "-", "%", "2.25", "2.", ".5", "1e1", "51", "-51", "+2", "2 5", "0002"] {
            assert!(text.parse::<Rate>().is_err(), "{text}");
        }
        for rate in [Rate(-50), Rate(0), Rate(1050)] {
            assert_eq!(rate.plain().parse(), Ok(rate));
            assert_eq!(rate.to_string().parse(), Ok(rate));
        }
    }

    #[test]
    fn a_half_year_is_named_by_its_first_day() {
        let half_year: HalfYear = "2027-07-01".parse().expect("a half-year");
        assert_eq!(half_year.to_string(), "2027-07-01 to 2027-12-31");
        assert!("2027-07-02".parse::<HalfYear>().is_err());
        assert!("2027".parse::<HalfYear>().is_err());
    }
}
