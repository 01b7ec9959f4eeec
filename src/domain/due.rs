//! When a coming term falls due: from which day its invoice may go out.
//!
//! Everything that renews, counts or warns asks here, so that all of it agrees on what is due.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::term::NoticeRule;

/// What the office has chosen about the day on which a term falls due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DueRule {
    pub notice: NoticeRule,
    /// How many days before its term a renewal invoice goes out.
    pub invoice_days: u32,
}

impl DueRule {
    /// Returns the first day on which the term that begins on `start` may be invoiced: the chosen days
    /// before it, but not before the last day for notice has passed, and its first day at the latest.
    pub fn due_on(self, start: NaiveDate, notice_months: u32) -> NaiveDate {
        let early = start.checked_sub_days(Days::new(u64::from(self.invoice_days)));
        let after_notice = self.notice.deadline(start, notice_months).succ_opt();
        early.unwrap_or(start).max(after_notice.unwrap_or(start)).min(start)
    }

    /// Returns the latest first day of a term that is due by `as_of`.
    pub fn latest_start(self, as_of: NaiveDate, notice_months: u32) -> NaiveDate {
        let ahead = as_of.checked_add_days(Days::new(u64::from(self.invoice_days)));
        let mut start = ahead.filter(|day| day.year() <= 9999).unwrap_or(as_of);
        // A later start never falls due earlier, so stepping back meets the latest first.
        while self.due_on(start, notice_months) > as_of {
            let Some(earlier) = start.pred_opt() else { return start };
            start = earlier;
        }
        start
    }

    /// Returns the latest starts for 0, 1, 2 and 3 months of notice, and for more of them.
    ///
    /// Invoices go out at most 90 days ahead, and four months are always longer than that.
    pub fn latest_starts(self, as_of: NaiveDate) -> [NaiveDate; 5] {
        [0, 1, 2, 3, 4].map(|months| self.latest_start(as_of, months))
    }
}

/// Returns the earliest start of a term whose last day for notice is `deadline` or later.
pub fn first_start(rule: NoticeRule, deadline: NaiveDate, notice_months: u32) -> NaiveDate {
    let months = Months::new(notice_months);
    let mut start = deadline.checked_add_months(months).unwrap_or(NaiveDate::MAX);
    while rule.deadline(start, notice_months) < deadline {
        let Some(later) = start.succ_opt() else { return start };
        start = later;
    }
    while let Some(earlier) = start.pred_opt() {
        if rule.deadline(earlier, notice_months) < deadline {
            break;
        }
        start = earlier;
    }
    start
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::term::{CountedFrom, parse_date};

    fn date(text: &str) -> NaiveDate {
        parse_date(text).expect("a date")
    }

    fn rule(invoice_days: u32) -> DueRule {
        DueRule { invoice_days, ..DueRule::default() }
    }

    #[test]
    fn an_invoice_goes_out_days_ahead_but_never_while_notice_can_be_given() {
        let cases = [
            (0, "2027-03-01", 3, "2027-03-01"),
            (14, "2027-03-01", 3, "2027-02-15"),
            (90, "2027-03-01", 3, "2026-12-02"),
            (90, "2027-05-01", 3, "2027-02-02"),
            (30, "2027-03-01", 1, "2027-02-02"),
            (0, "2027-03-01", 0, "2027-03-01"),
            (30, "2027-03-01", 0, "2027-03-01"),
        ];
        for (days, start, months, due) in cases {
            assert_eq!(rule(days).due_on(date(start), months), date(due), "{days} {start}");
        }
    }

    proptest! {
        #[test]
        fn the_latest_start_is_due_and_the_day_after_it_is_not(
            days in 0_u64..40_000,
            invoice_days in 0_u32..=90,
            months in 0_u32..=13,
            moves: bool,
            from_last_day: bool,
        ) {
            let counted_from =
                if from_last_day { CountedFrom::LastDay } else { CountedFrom::RenewalDate };
            let rule = DueRule { notice: NoticeRule { counted_from, moves }, invoice_days };
            let as_of = date("1990-01-01") + Days::new(days);
            let latest = rule.latest_start(as_of, months);
            prop_assert!(rule.due_on(latest, months) <= as_of);
            prop_assert!(rule.due_on(latest + Days::new(1), months) > as_of);
            let listed = rule.latest_starts(as_of)[months.min(4) as usize];
            prop_assert_eq!(listed, latest);

            let first = first_start(rule.notice, as_of, months);
            prop_assert!(rule.notice.deadline(first, months) >= as_of);
            prop_assert!(rule.notice.deadline(first - Days::new(1), months) < as_of);
        }
    }
}
