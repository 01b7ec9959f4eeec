//! Terms of a subscription: half-open ranges of days, counted from an anchor.
//!
//! Every date is a day in the shop's own time zone. A term is never computed from the end of the one
//! before it, which would let 31 January drift to the 28th for good. Source: `domain` facts of the
//! shop, lag (1930:173) 1 § for months that lack the day.

use std::fmt;

use chrono::{Datelike, Days, Months, NaiveDate};

use super::calendar::next_working_day;

/// The days from `start` up to, but not including, `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Term {
    pub start: NaiveDate,
    pub end: NaiveDate,
}

impl Term {
    /// Returns the last day of the term, as people are told it.
    pub fn last_day(&self) -> NaiveDate {
        self.end.pred_opt().expect("a term ends after it starts")
    }
}

/// Shows the first and the last day, `2026-03-01 – 2027-02-28`.
impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} – {}", self.start, self.last_day())
    }
}

/// Why a term could not be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermError {
    /// The date lies past the year 9999.
    OutOfRange,
    /// The date is no boundary between two terms of the anchor.
    NotABoundary(NaiveDate),
}

impl fmt::Display for TermError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TermError::OutOfRange => f.write_str("the date lies past the year 9999"),
            TermError::NotABoundary(date) => {
                write!(f, "{date} is not the day on which a term of this subscription begins")
            }
        }
    }
}

impl std::error::Error for TermError {}

/// The rhythm of a subscription: its first day and the length of its terms in months.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rhythm {
    pub anchor: NaiveDate,
    pub term_months: u32,
}

impl Rhythm {
    /// Returns the `n`th term, counted from 0 at the anchor.
    ///
    /// An anchor on 29 February begins on the 28th in common years. Errors with
    /// [`TermError::OutOfRange`] past the year 9999.
    pub fn term(&self, n: u32) -> Result<Term, TermError> {
        Ok(Term { start: self.boundary(n)?, end: self.boundary(n.saturating_add(1))? })
    }

    /// Returns the term that begins on `start`.
    ///
    /// Errors with [`TermError::NotABoundary`] when no term of this rhythm begins that day.
    pub fn term_from(&self, start: NaiveDate) -> Result<Term, TermError> {
        let months = (start.year() - self.anchor.year()) * 12 + start.month0() as i32
            - self.anchor.month0() as i32;
        let n =
            u32::try_from(months).map_err(|_| TermError::NotABoundary(start))? / self.term_months;
        let term = self.term(n)?;
        if term.start == start { Ok(term) } else { Err(TermError::NotABoundary(start)) }
    }

    /// Returns how many terms have begun by `day`.
    pub fn terms_begun(&self, day: NaiveDate) -> u32 {
        (0..).take_while(|n| self.boundary(*n).is_ok_and(|start| start <= day)).count() as u32
    }

    /// Returns the last days of the terms that end nearest to `day`: before it or on it, and after it.
    ///
    /// The first is absent before the end of the first term, the second past the year 9999.
    pub fn last_days_around(&self, day: NaiveDate) -> (Option<NaiveDate>, Option<NaiveDate>) {
        let last_day = |n: u32| self.boundary(n).ok().and_then(|end| end.pred_opt());
        let begun = day.succ_opt().map_or(0, |end| self.terms_begun(end));
        let before = begun.checked_sub(1).filter(|n| *n > 0).and_then(last_day);
        (before, last_day(begun.max(1)))
    }

    fn boundary(&self, n: u32) -> Result<NaiveDate, TermError> {
        let months = self.term_months.checked_mul(n).ok_or(TermError::OutOfRange)?;
        self.anchor
            .checked_add_months(Months::new(months))
            .filter(|date| date.year() <= 9999)
            .ok_or(TermError::OutOfRange)
    }
}

/// The day that months of notice are counted back from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CountedFrom {
    #[default]
    RenewalDate,
    /// The last day of the term, the day before the renewal date.
    LastDay,
}

impl CountedFrom {
    pub const ALL: [CountedFrom; 2] = [CountedFrom::RenewalDate, CountedFrom::LastDay];

    pub const fn as_str(self) -> &'static str {
        match self {
            CountedFrom::RenewalDate => "renewal_date",
            CountedFrom::LastDay => "last_day",
        }
    }
}

/// How the last day for notice is found (R8).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NoticeRule {
    pub counted_from: CountedFrom,
    /// Whether a last day that is no working day moves to the next that is.
    pub moves: bool,
}

impl NoticeRule {
    /// Returns the last day on which notice is in time for `renewal_date`, that day included.
    ///
    /// Whole months back, clamped to the month's last day; never after the renewal date.
    pub fn deadline(&self, renewal_date: NaiveDate, notice_months: u32) -> NaiveDate {
        let counted_from = match self.counted_from {
            CountedFrom::RenewalDate => Some(renewal_date),
            CountedFrom::LastDay => renewal_date.pred_opt(),
        };
        let deadline =
            counted_from.and_then(|day| day.checked_sub_months(Months::new(notice_months)));
        let deadline = deadline.unwrap_or(NaiveDate::MIN);
        if self.moves { next_working_day(deadline).min(renewal_date) } else { deadline }
    }
}

/// Returns the day `days` after `date`.
pub fn days_after(date: NaiveDate, days: u32) -> Result<NaiveDate, TermError> {
    date.checked_add_days(Days::new(u64::from(days)))
        .filter(|date| date.year() <= 9999)
        .ok_or(TermError::OutOfRange)
}

/// Reads a date written `2026-03-01`, in the years 1900 to 9999.
pub fn parse_date(text: &str) -> Result<NaiveDate, String> {
    let well_formed = text.len() == 10
        && text.bytes().enumerate().all(|(position, byte)| match position {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if !well_formed {
        return Err(format!("`{text}` is not a date written YYYY-MM-DD"));
    }
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .ok()
        .filter(|date| date.year() >= 1900)
        .ok_or_else(|| format!("`{text}` is not a day of the calendar from 1900 on"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn date(text: &str) -> NaiveDate {
        parse_date(text).expect("a date")
    }

    fn yearly(anchor: &str) -> Rhythm {
        Rhythm { anchor: date(anchor), term_months: 12 }
    }

    #[test]
    fn a_year_ends_the_day_before_the_renewal_date() {
        let term = yearly("2026-03-01").term(0).expect("in range");
        assert_eq!(term.to_string(), "2026-03-01 – 2027-02-28");
        assert_eq!(term.end, date("2027-03-01"));
    }

    #[test]
    fn a_leap_day_is_found_again_in_leap_years() {
        let starts: Vec<String> = (0..5)
            .map(|n| yearly("2024-02-29").term(n).expect("in range").start.to_string())
            .collect();
        assert_eq!(starts, ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]);
    }

    #[test]
    fn notice_is_counted_back_from_the_renewal_date() {
        let cases = [
            ("2027-01-01", "2026-10-01"),
            ("2026-05-31", "2026-02-28"),
            ("2028-05-31", "2028-02-29"),
            ("2026-11-30", "2026-08-30"),
            ("2028-02-29", "2027-11-29"),
            ("2027-02-28", "2026-11-28"),
            ("2026-07-31", "2026-04-30"),
            ("2026-12-31", "2026-09-30"),
        ];
        for (renewal_date, deadline) in cases {
            let counted = NoticeRule::default().deadline(date(renewal_date), 3);
            assert_eq!(counted, date(deadline), "{renewal_date}");
        }
    }

    #[test]
    fn notice_counted_from_the_last_day_is_a_day_shorter() {
        let rule = NoticeRule { counted_from: CountedFrom::LastDay, moves: false };
        let cases = [
            ("2027-01-01", "2026-09-30"),
            ("2027-03-01", "2026-11-28"),
            ("2028-03-01", "2027-11-29"),
            ("2026-06-01", "2026-02-28"),
        ];
        for (renewal_date, deadline) in cases {
            assert_eq!(rule.deadline(date(renewal_date), 3), date(deadline), "{renewal_date}");
        }
    }

    #[test]
    fn a_deadline_moves_to_a_working_day_only_where_that_is_chosen() {
        let rule = NoticeRule { moves: true, ..NoticeRule::default() };
        // 2026-08-30 is a Sunday, 2026-12-25 and the days after it are Christmas and a weekend.
        let cases = [("2026-11-30", 3, "2026-08-31"), ("2027-03-25", 3, "2026-12-28")];
        for (renewal_date, months, deadline) in cases {
            assert_eq!(rule.deadline(date(renewal_date), months), date(deadline));
        }
        assert_eq!(rule.deadline(date("2026-12-25"), 0), date("2026-12-25"));
    }

    #[test]
    fn the_ends_of_terms_around_a_day_are_found() {
        let cases = [
            ("2024-02-29", "2025-02-27", Some("2025-02-27"), Some("2026-02-27")),
            ("2024-02-29", "2025-02-28", Some("2025-02-27"), Some("2026-02-27")),
            ("2024-02-29", "2028-02-28", Some("2028-02-28"), Some("2029-02-27")),
            ("2025-05-31", "2026-05-31", Some("2026-05-30"), Some("2027-05-30")),
            ("2025-05-31", "2025-05-30", None, Some("2026-05-30")),
            ("2025-05-31", "2020-01-01", None, Some("2026-05-30")),
            ("2025-05-31", "9999-12-31", Some("9999-05-30"), None),
        ];
        for (anchor, day, before, after) in cases {
            let found = yearly(anchor).last_days_around(date(day));
            assert_eq!(found, (before.map(date), after.map(date)), "{anchor} {day}");
        }
    }

    #[test]
    fn dates_that_do_not_exist_are_refused() {
        for text in ["2026-02-29", "2026-13-01", "2026-1-1", "20260101", "0001-01-01", "", "idag"] {
            assert!(parse_date(text).is_err(), "{text}");
        }
        assert!(parse_date("2028-02-29").is_ok());
    }

    #[test]
    fn a_term_past_the_year_9999_is_refused() {
        assert_eq!(yearly("9998-06-01").term(1), Err(TermError::OutOfRange));
        assert_eq!(yearly("2026-01-01").term(u32::MAX), Err(TermError::OutOfRange));
    }

    proptest! {
        #[test]
        fn terms_tile_the_calendar(days in 0_u64..60_000, term_months in 1_u32..37) {
            let anchor = date("1950-01-01") + Days::new(days);
            let rhythm = Rhythm { anchor, term_months };
            for n in 0..40 {
                let term = rhythm.term(n).expect("in range");
                prop_assert!(term.start < term.end);
                prop_assert_eq!(term.end, rhythm.term(n + 1).expect("in range").start);
                prop_assert_eq!(rhythm.term_from(term.start), Ok(term));
                for counted_from in CountedFrom::ALL {
                    for moves in [false, true] {
                        let rule = NoticeRule { counted_from, moves };
                        prop_assert!(rule.deadline(term.end, 3) <= term.end);
                    }
                }
            }
        }
    }
}
