//! The books over time: what was exported, what is locked, and the day that a voucher is dated.
//!
//! A voucher bears the day of its event. What came in after its day had been exported is taken up by
//! the next export, under its own day as long as that is open, and on the first open day once the
//! books are locked. The days before the first export are the business of other books.

use chrono::{Datelike, Months, NaiveDate};

/// The days of one export, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BookPeriod {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

impl BookPeriod {
    fn holds(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to
    }
}

/// What has been exported, and the day through which the books are locked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Books {
    pub exported: Vec<BookPeriod>,
    pub locked_through: Option<NaiveDate>,
}

impl Books {
    /// Returns the day that the voucher of an event is dated, while it is in no export.
    pub fn dated_on(&self, happened_on: NaiveDate) -> NaiveDate {
        match self.locked_through {
            Some(through) if self.has_exported(happened_on) && happened_on <= through => {
                through.succ_opt().expect("dates end with the year 9999, far inside the calendar")
            }
            _ => happened_on,
        }
    }

    /// Says whether a day was exported, so that what is dated on it from now on is for the next export.
    pub fn has_exported(&self, day: NaiveDate) -> bool {
        self.exported.iter().any(|period| period.holds(day))
    }

    /// Returns the first day that belongs to the books when `from` is exported.
    pub fn reach_back_to(&self, from: NaiveDate) -> NaiveDate {
        self.first_day().map_or(from, |first| first.min(from))
    }

    /// Returns the first day that was ever exported.
    pub fn first_day(&self) -> Option<NaiveDate> {
        self.exported.iter().map(|period| period.from).min()
    }
}

/// Returns the financial years from that of `last` back to that of `first`, each with its first and
/// last day; a year begins with the month of this number.
pub fn financial_years(
    first: NaiveDate,
    last: NaiveDate,
    begins_in: u32,
) -> Vec<(NaiveDate, NaiveDate)> {
    let mut years = Vec::new();
    let mut start = last.with_day(1).expect("every month has a first day");
    while start.month() != begins_in {
        start = months_before(start, 1);
    }
    loop {
        let end = start + Months::new(12) - chrono::Days::new(1);
        years.push((start, end));
        if start <= first {
            return years;
        }
        start = months_before(start, 12);
    }
}

fn months_before(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_sub_months(Months::new(months)).expect("dates begin with 1900")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::term::parse_date;

    fn day(text: &str) -> NaiveDate {
        parse_date(text).expect("a date")
    }

    fn books(exported: &[(&str, &str)], locked: Option<&str>) -> Books {
        let period = |(from, to): &(&str, &str)| BookPeriod { from: day(from), to: day(to) };
        Books { exported: exported.iter().map(period).collect(), locked_through: locked.map(day) }
    }

    #[test]
    fn what_comes_late_is_dated_after_the_lock_and_all_else_on_its_day() {
        let march = [("2026-03-01", "2026-03-31")];
        let cases = [
            (&march[..], Some("2026-03-31"), "2026-03-30", "2026-04-01"),
            (&march, Some("2026-03-31"), "2026-04-01", "2026-04-01"),
            // Not locked: the bookkeeper still takes it in March.
            (&march, None, "2026-03-30", "2026-03-30"),
            // Locked before anything of March was exported: its own day, in the export to come.
            (&[], Some("2026-03-31"), "2026-03-30", "2026-03-30"),
            (&march, Some("2026-04-30"), "2026-04-10", "2026-04-10"),
        ];
        for (exported, locked, happened, dated) in cases {
            let books = books(exported, locked);
            assert_eq!(books.dated_on(day(happened)), day(dated), "{happened} {locked:?}");
        }
    }

    #[test]
    fn an_export_reaches_back_to_the_first_of_all() {
        let books = books(&[("2026-03-01", "2026-03-31"), ("2026-05-01", "2026-05-31")], None);
        assert_eq!(books.reach_back_to(day("2026-06-01")), day("2026-03-01"));
        assert_eq!(books.reach_back_to(day("2026-01-01")), day("2026-01-01"));
        assert_eq!(Books::default().reach_back_to(day("2026-06-01")), day("2026-06-01"));
    }

    #[test]
    fn financial_years_are_told_from_the_latest_back() {
        let years = |first, last, begins_in| {
            let years = financial_years(day(first), day(last), begins_in);
            let shown = years.iter().map(|(start, end)| format!("{start}/{end}"));
            shown.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(years("2026-03-01", "2026-03-31", 1), "2026-01-01/2026-12-31");
        let both = "2026-07-01/2027-06-30 2025-07-01/2026-06-30";
        assert_eq!(years("2026-06-30", "2026-07-31", 7), both);
        assert_eq!(years("2028-02-29", "2028-02-29", 3), "2027-03-01/2028-02-29");
    }
}
