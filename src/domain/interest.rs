//! Late interest by the Interest Act, counted exactly and rounded once.
//!
//! Simple interest on the capital that is left, at the reference rate of the half-year and eight
//! points, by actual days over 365. It runs from the day after the due date through the day of
//! payment. Fees and interest bear none. Source: räntelagen (1975:635) 3, 6 and 9 §§; the divisor is
//! the shop's own, since the act names none.

use std::fmt;

use chrono::NaiveDate;

use super::ledger::Standing;
use super::money::Money;
use super::reference_rate::{HalfYear, Rate, Rates};

/// What late interest is above the reference rate. Source: räntelagen 6 §.
pub const POINTS_ABOVE: Rate = Rate::from_hundredths(800);

/// Divides capital × days × hundredths of a per cent into öre.
const DENOMINATOR: i128 = 365 * 10_000;

/// Days in a row on which the same capital bore interest at the same rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    pub from: NaiveDate,
    /// The last day, itself counted.
    pub to: NaiveDate,
    pub days: i64,
    pub capital: Money,
    /// The rate of late interest, the points above the reference rate in it.
    pub rate: Rate,
    /// Its part of the sum; parts are cut so that they sum to the whole, which is rounded once.
    pub amount: Money,
}

impl Segment {
    /// Says whether the day after it, with this capital at this rate, is one more of it: money that came
    /// and was taken back again leaves no mark.
    fn continues(&self, from: NaiveDate, capital: Money, rate: Rate) -> bool {
        self.to.succ_opt() == Some(from) && self.capital == capital && self.rate == rate
    }
}

/// The interest on one claim, and how it came about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accrued {
    pub segments: Vec<Segment>,
    pub sum: Money,
}

/// Why interest could not be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InterestError {
    MissingRate(HalfYear),
    TooLarge,
}

impl fmt::Display for InterestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            InterestError::MissingRate(half_year) => {
                write!(
                    f,
                    "there is no reference rate for {half_year}, so interest can't be counted"
                )
            }
            InterestError::TooLarge => f.write_str("the interest is more than amounts can be"),
        }
    }
}

impl std::error::Error for InterestError {}

/// Returns the interest on an invoice due on `due_on` that stands so, through `as_of`.
pub fn on_invoice(
    standing: &Standing,
    due_on: NaiveDate,
    as_of: NaiveDate,
    rates: &Rates,
) -> Result<Accrued, InterestError> {
    let settling = standing.entries.iter().filter(|entry| !entry.kind.is_claim());
    let changes: Vec<_> = settling.map(|entry| (entry.value_on, entry.amount)).collect();
    accrued(standing.total - standing.credited, &changes, due_on, as_of, rates)
}

/// Returns the interest on `capital` from the day after `due_on` through `as_of`.
///
/// `capital` is what was to be paid on the due date, without what has since been credited: that bears
/// none from the start. Each of `changes` is added to it from the day after its own, so that the day of
/// a payment still counts; their order doesn't matter, and what goes below zero bears no interest.
/// Errors when a half-year with capital in it has no rate.
pub fn accrued(
    capital: Money,
    changes: &[(NaiveDate, Money)],
    due_on: NaiveDate,
    as_of: NaiveDate,
    rates: &Rates,
) -> Result<Accrued, InterestError> {
    let mut segments: Vec<Segment> = Vec::new();
    let (mut exact, mut sum) = (0_i128, Money::ZERO);
    let mut day_before = due_on;
    while day_before < as_of {
        let Some(from) = day_before.succ_opt() else { break };
        let half_year = HalfYear::of(from);
        let next_change = changes.iter().map(|(day, _)| *day).filter(|day| *day >= from).min();
        let to = as_of.min(half_year.last_day()).min(next_change.unwrap_or(as_of));
        let left = left_on(capital, changes, day_before);
        day_before = to;
        if left <= Money::ZERO {
            continue;
        }
        let reference = rates.find(half_year).ok_or(InterestError::MissingRate(half_year))?;
        let rate = reference.rate.raised_by(POINTS_ABOVE);
        let days = to.signed_duration_since(from).num_days() + 1;
        exact += i128::from(left.ore()) * i128::from(days) * i128::from(rate.hundredths());
        let through = rounded(exact)?;
        let amount = through - sum;
        sum = through;
        match segments.last_mut() {
            Some(last) if last.continues(from, left, rate) => {
                (last.to, last.days) = (to, last.days + days);
                last.amount += amount;
            }
            _ => segments.push(Segment { from, to, days, capital: left, rate, amount }),
        }
    }
    Ok(Accrued { segments, sum })
}

fn left_on(capital: Money, changes: &[(NaiveDate, Money)], day: NaiveDate) -> Money {
    capital + changes.iter().filter(|(value_on, _)| *value_on <= day).map(|(_, by)| *by).sum()
}

/// Returns whole öre, half an öre upward.
fn rounded(exact: i128) -> Result<Money, InterestError> {
    let ore = (2 * exact + DENOMINATOR) / (2 * DENOMINATOR);
    i64::try_from(ore).map(Money::from_ore).map_err(|_| InterestError::TooLarge)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::term::parse_date;

    fn date(text: &str) -> NaiveDate {
        parse_date(text).expect("a date")
    }

    fn kronor(kronor: i64) -> Money {
        Money::from_ore(kronor * 100)
    }

    fn interest(capital: Money, changes: &[(&str, i64)], due_on: &str, as_of: &str) -> Accrued {
        let changes: Vec<(NaiveDate, Money)> =
            changes.iter().map(|(day, by)| (date(day), kronor(*by))).collect();
        accrued(capital, &changes, date(due_on), date(as_of), &Rates::carried()).expect("rates")
    }

    fn lines(accrued: &Accrued) -> Vec<String> {
        let line = |part: &Segment| {
            let (from, to, days, rate) = (part.from, part.to, part.days, part.rate.plain());
            format!("{from} {to} {days} {} {rate} {}", part.capital.plain(), part.amount.plain())
        };
        accrued.segments.iter().map(line).collect()
    }

    #[test]
    fn interest_over_a_half_year_border_is_rounded_once() {
        let accrued = interest(kronor(10_000), &[], "2025-06-15", "2025-07-15");
        assert_eq!(accrued.sum, Money::from_ore(8_630));
        assert_eq!(
            lines(&accrued),
            [
                "2025-06-16 2025-06-30 15 10000.00 11.00 45.21",
                "2025-07-01 2025-07-15 15 10000.00 10.00 41.09",
            ]
        );
    }

    #[test]
    fn the_day_of_a_part_payment_still_bears_interest_on_the_whole() {
        let accrued =
            interest(kronor(10_000), &[("2025-08-10", -4_000)], "2025-07-31", "2025-08-20");
        assert_eq!(
            lines(&accrued),
            [
                "2025-08-01 2025-08-10 10 10000.00 10.00 27.40",
                "2025-08-11 2025-08-20 10 6000.00 10.00 16.44",
            ]
        );
        assert_eq!(accrued.sum, Money::from_ore(4_384));
    }

    #[test]
    fn what_is_paid_in_time_bears_none() {
        for paid_on in ["2025-07-20", "2025-07-31"] {
            let accrued =
                interest(kronor(10_000), &[(paid_on, -10_000)], "2025-07-31", "2026-03-01");
            assert_eq!(accrued, Accrued::default(), "{paid_on}");
        }
        let due_day = interest(kronor(10_000), &[], "2025-07-31", "2025-07-31");
        assert_eq!(due_day, Accrued::default());
        let first_day = interest(kronor(10_000), &[], "2025-07-31", "2025-08-01");
        assert_eq!(first_day.sum, Money::from_ore(274));
    }

    #[test]
    fn money_that_settled_fees_makes_no_capital_below_zero() {
        let changes = [("2025-08-10", -10_060), ("2025-08-15", 10_060)];
        let accrued = interest(kronor(10_000), &changes, "2025-07-31", "2025-08-20");
        assert_eq!(
            lines(&accrued),
            [
                "2025-08-01 2025-08-10 10 10000.00 10.00 27.40",
                "2025-08-16 2025-08-20 5 10000.00 10.00 13.70",
            ]
        );
    }

    #[test]
    fn a_reference_rate_below_zero_lowers_the_interest() {
        let accrued = interest(kronor(10_000), &[], "2018-02-28", "2018-03-10");
        assert_eq!(lines(&accrued), ["2018-03-01 2018-03-10 10 10000.00 7.50 20.55"]);
        let deep = Rates::carried().with_added([(
            HalfYear::of(date("2018-03-01")),
            Rate::from_hundredths(-900),
            "a lesson".to_owned(),
        )]);
        let none = accrued_on(&deep, "2018-02-28", "2018-03-10").expect("rates");
        assert_eq!(none.sum, Money::ZERO);
    }

    fn accrued_on(rates: &Rates, due_on: &str, as_of: &str) -> Result<Accrued, InterestError> {
        accrued(kronor(10_000), &[], date(due_on), date(as_of), rates)
    }

    #[test]
    fn a_half_year_without_a_rate_is_refused_by_name() {
        let refused = accrued_on(&Rates::carried(), "2026-12-20", "2027-01-10");
        let error = refused.expect_err("2027 has no rate yet");
        assert_eq!(
            error.to_string(),
            "there is no reference rate for 2027-01-01 to 2027-06-30, so interest can't be counted"
        );
        let until_then = accrued_on(&Rates::carried(), "2026-12-20", "2026-12-31");
        assert_eq!(until_then.map(|accrued| accrued.sum), Ok(Money::from_ore(3_014)));
        // Nothing was left when the unknown half-year began.
        let paid = [(date("2026-12-31"), kronor(-10_000))];
        let rates = Rates::carried();
        let accrued =
            accrued(kronor(10_000), &paid, date("2026-12-20"), date("2027-06-01"), &rates);
        assert_eq!(accrued.map(|accrued| accrued.sum), Ok(Money::from_ore(3_014)));
    }

    #[test]
    fn a_leap_day_counts_as_any_other() {
        let accrued = interest(kronor(3_650), &[], "2023-12-31", "2024-12-31");
        assert_eq!(accrued.segments.iter().map(|part| part.days).sum::<i64>(), 366);
        assert_eq!(accrued.sum, Money::from_ore(43_920));
    }

    #[test]
    fn a_payment_that_was_taken_back_leaves_no_mark_on_the_days() {
        let changes = [("2026-03-04", -6_000), ("2026-03-04", 6_000), ("2026-03-05", -100)];
        let accrued = interest(kronor(6_000), &changes, "2026-03-01", "2026-03-10");
        let days: Vec<_> = accrued.segments.iter().map(|part| (part.days, part.capital)).collect();
        assert_eq!(days, [(4, kronor(6_000)), (5, kronor(5_900))]);
    }

    proptest! {
        #[test]
        fn interest_is_the_same_as_day_by_day(
            capital in 0..10_000_000_i64,
            due in 0..2_000_i64,
            length in 0..1_500_i64,
            changes in prop::collection::vec((0..4_000_i64, -3_000_000..1_000_000_i64), 0..5),
        ) {
            let day = |n: i64| date("2016-07-01") + chrono::Duration::days(n);
            let changes: Vec<(NaiveDate, Money)> =
                changes.into_iter().map(|(n, by)| (day(n), Money::from_ore(by))).collect();
            let (rates, capital) = (Rates::carried(), Money::from_ore(capital));
            let accrued =
                accrued(capital, &changes, day(due), day(due + length), &rates).expect("rates");

            let mut exact = 0_i128;
            for n in due + 1..=due + length {
                let left = left_on(capital, &changes, day(n - 1)).ore().max(0);
                let reference = rates.find(HalfYear::of(day(n))).expect("a rate").rate;
                exact += i128::from(left) * i128::from(reference.hundredths() + 800);
            }
            prop_assert_eq!(Ok(accrued.sum), rounded(exact));
            let parts: Money = accrued.segments.iter().map(|part| part.amount).sum();
            prop_assert_eq!(parts, accrued.sum);
            for part in &accrued.segments {
                let rate_on = |day| rates.find(HalfYear::of(day)).map(|known| known.rate);
                prop_assert_eq!(rate_on(part.from), rate_on(part.to));
                prop_assert!(part.capital > Money::ZERO);
            }
        }
    }
}
