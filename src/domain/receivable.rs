//! What customers owe: how far an invoice is settled, and how old a debt is.

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;

use super::ledger::{EntryKind, Standing};
use super::money::Money;
use super::org_number::OrgNumber;

/// The sums that decide how an invoice stands, all above zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    pub total: Money,
    /// `None` without a credit note, which tells an invoice of 0 kronor that is credited apart.
    pub credited: Option<Money>,
    pub paid: Money,
    pub given_up: Money,
    pub left: Money,
}

impl Sums {
    /// Returns the sums of an invoice that stands so; `is_credited` says whether it has credit notes.
    pub fn of(standing: &Standing, is_credited: bool) -> Sums {
        Sums {
            total: standing.total,
            credited: is_credited.then_some(standing.credited),
            paid: standing.paid(),
            given_up: standing.given_up(),
            left: standing.left(),
        }
    }
}

/// How far an invoice is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvoiceState {
    /// Nothing has settled any of it, and it is not late.
    Issued,
    PartlyCredited,
    PartlyPaid,
    /// Something is left, and its due date has passed.
    Overdue,
    /// Nothing is left, and nobody paid any of it.
    Credited,
    Paid,
    /// Nothing is left because the rest was given up.
    WrittenOff,
}

impl InvoiceState {
    /// Returns the state of an invoice that was due on `due_on`, when it is `today`.
    pub fn of(sums: Sums, due_on: NaiveDate, today: NaiveDate) -> InvoiceState {
        let Sums { total, credited, paid, given_up, left } = sums;
        if left > Money::ZERO {
            return match credited {
                _ if due_on < today => InvoiceState::Overdue,
                _ if paid > Money::ZERO => InvoiceState::PartlyPaid,
                Some(_) => InvoiceState::PartlyCredited,
                None => InvoiceState::Issued,
            };
        }
        match credited {
            Some(credited) if credited == total => InvoiceState::Credited,
            _ if given_up > paid => InvoiceState::WrittenOff,
            _ if paid > Money::ZERO => InvoiceState::Paid,
            Some(_) => InvoiceState::PartlyCredited,
            None => InvoiceState::Issued,
        }
    }

    pub const fn as_str(self) -> &'static str {
        match self {
            InvoiceState::Issued => "issued",
            InvoiceState::PartlyCredited => "partly_credited",
            InvoiceState::PartlyPaid => "partly_paid",
            InvoiceState::Overdue => "overdue",
            InvoiceState::Credited => "credited",
            InvoiceState::Paid => "paid",
            InvoiceState::WrittenOff => "written_off",
        }
    }
}

impl fmt::Display for InvoiceState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.as_str().replace('_', " "))
    }
}

/// How long ago a debt was due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Age {
    NotDue,
    Days1To30,
    Days31To60,
    Days61To90,
    Over90Days,
}

impl Age {
    pub const ALL: [Age; 5] =
        [Age::NotDue, Age::Days1To30, Age::Days31To60, Age::Days61To90, Age::Over90Days];

    /// Returns how old a debt due on `due_on` is when `day` ends: on the due date itself it is not late.
    pub fn of(due_on: NaiveDate, day: NaiveDate) -> Age {
        match day.signed_duration_since(due_on).num_days() {
            ..=0 => Age::NotDue,
            1..=30 => Age::Days1To30,
            31..=60 => Age::Days31To60,
            61..=90 => Age::Days61To90,
            _ => Age::Over90Days,
        }
    }

    pub const fn as_str(self) -> &'static str {
        match self {
            Age::NotDue => "not_due",
            Age::Days1To30 => "1_30",
            Age::Days31To60 => "31_60",
            Age::Days61To90 => "61_90",
            Age::Over90Days => "over_90",
        }
    }

    /// Returns the age as people read it.
    pub const fn shown(self) -> &'static str {
        match self {
            Age::NotDue => "not due",
            Age::Days1To30 => "1–30 days",
            Age::Days31To60 => "31–60 days",
            Age::Days61To90 => "61–90 days",
            Age::Over90Days => "over 90 days",
        }
    }
}

/// What is owed by age, and on how many invoices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Aged {
    sums: [Money; 5],
    counts: [i64; 5],
}

impl Aged {
    pub fn sum_of(&self, age: Age) -> Money {
        self.sums[age as usize]
    }

    pub fn count_of(&self, age: Age) -> i64 {
        self.counts[age as usize]
    }

    pub fn sum(&self) -> Money {
        self.sums.iter().copied().sum()
    }

    pub fn count(&self) -> i64 {
        self.counts.iter().sum()
    }

    /// Returns what is late.
    pub fn late(&self) -> Money {
        self.sum() - self.sum_of(Age::NotDue)
    }

    fn add(&mut self, age: Age, left: Money) {
        self.sums[age as usize] += left;
        self.counts[age as usize] += 1;
    }
}

/// Who owes something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Debtor {
    /// By which names are sorted.
    pub name_key: String,
    pub org_number: OrgNumber,
    pub name: String,
}

/// What is owed at the end of a day, by account and by age.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receivables {
    pub as_of: NaiveDate,
    accounts: BTreeMap<Debtor, Aged>,
    total: Aged,
}

impl Receivables {
    pub fn new(as_of: NaiveDate) -> Receivables {
        Receivables { as_of, accounts: BTreeMap::new(), total: Aged::default() }
    }

    /// Adds what is left of one invoice; one that is settled is not counted.
    pub fn add(&mut self, debtor: Debtor, due_on: NaiveDate, left: Money) {
        if left != Money::ZERO {
            let age = Age::of(due_on, self.as_of);
            self.accounts.entry(debtor).or_default().add(age, left);
            self.total.add(age, left);
        }
    }

    /// Returns the accounts that owe something, by name.
    pub fn accounts(&self) -> impl Iterator<Item = (&Debtor, &Aged)> {
        self.accounts.iter()
    }

    pub fn total(&self) -> &Aged {
        &self.total
    }
}

/// A series of numbers: what was used of it, and what is missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Series {
    pub first: Option<i64>,
    pub last: Option<i64>,
    pub used: i64,
    /// The number that was given out last.
    pub last_given: i64,
    /// Runs of numbers that nothing bears and nothing explains, the first and the last of each.
    pub gaps: Vec<(i64, i64)>,
    /// Runs of numbers that were left out on purpose, in their order.
    pub left_out: Vec<(i64, i64)>,
}

impl Series {
    /// Returns a series of which no number is used, and of which these runs are left out.
    pub fn leaving_out(left_out: Vec<(i64, i64)>) -> Series {
        Series { left_out, ..Series::default() }
    }

    /// Adds the next number that is used.
    pub fn take(&mut self, number: i64) {
        let expected = self.last.map_or(number, |last| last + 1);
        if number > expected {
            self.miss(expected, number - 1);
        }
        self.first = self.first.or(Some(number));
        self.last = Some(number);
        self.used += 1;
    }

    /// Ends a series of which `last_given` was given out last.
    pub fn end(mut self, last_given: i64) -> Series {
        self.last_given = last_given;
        if let Some(last) = self.last.filter(|last| *last < last_given) {
            self.miss(last + 1, last_given);
        }
        self
    }

    /// Notes as missing what of a run was not left out on purpose.
    fn miss(&mut self, from: i64, to: i64) {
        let mut from = from;
        for (first, last) in &self.left_out {
            if *first > to || *last < from {
                continue;
            }
            if from < *first {
                self.gaps.push((from, first - 1));
            }
            from = last + 1;
        }
        if from <= to {
            self.gaps.push((from, to));
        }
    }

    /// Returns how many numbers are missing.
    pub fn missing(&self) -> i64 {
        self.gaps.iter().map(|(from, to)| to - from + 1).sum()
    }

    /// Returns the missing numbers in words, `1003, 1005–1007`; nothing where there are none.
    pub fn missing_words(&self) -> Option<String> {
        words_of(&self.gaps)
    }

    /// Returns the numbers that were left out on purpose, in words.
    pub fn left_out_words(&self) -> Option<String> {
        words_of(&self.left_out)
    }
}

fn words_of(runs: &[(i64, i64)]) -> Option<String> {
    let run = |(from, to): &(i64, i64)| match from == to {
        true => from.to_string(),
        false => format!("{from}–{to}"),
    };
    let words: Vec<String> = runs.iter().map(run).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// Returns the kind of an entry as the office reads it: one that takes another back says so.
pub fn entry_words(kind: EntryKind, takes_back: bool) -> String {
    match takes_back {
        true => format!("{kind} taken back"),
        false => kind.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::term::parse_date;

    fn date(text: &str) -> NaiveDate {
        parse_date(text).expect("a date")
    }

    fn sums(total: i64, credited: Option<i64>, paid: i64, given_up: i64) -> Sums {
        let ore = Money::from_ore;
        let left = ore(total - credited.unwrap_or(0) - paid - given_up);
        Sums {
            total: ore(total),
            credited: credited.map(ore),
            paid: ore(paid),
            given_up: ore(given_up),
            left,
        }
    }

    #[test]
    fn an_invoice_is_what_settled_it_and_late_only_while_something_is_left() {
        let cases = [
            (sums(100, None, 0, 0), "issued", "overdue"),
            (sums(100, None, 60, 0), "partly paid", "overdue"),
            (sums(100, Some(40), 0, 0), "partly credited", "overdue"),
            (sums(100, Some(40), 10, 0), "partly paid", "overdue"),
            (sums(100, None, 100, 0), "paid", "paid"),
            (sums(100, None, 98, 2), "paid", "paid"),
            (sums(100, Some(40), 60, 0), "paid", "paid"),
            (sums(100, Some(100), 0, 0), "credited", "credited"),
            (sums(100, None, 20, 80), "written off", "written off"),
            (sums(0, None, 0, 0), "issued", "issued"),
            (sums(0, Some(0), 0, 0), "credited", "credited"),
        ];
        let due_on = date("2026-03-31");
        for (sums, in_time, late) in cases {
            let on = |day| InvoiceState::of(sums, due_on, date(day)).to_string();
            assert_eq!((on("2026-03-31").as_str(), on("2026-04-01").as_str()), (in_time, late));
        }
    }

    #[test]
    fn a_debt_is_not_late_on_its_due_date_and_ages_by_thirty_days() {
        let cases = [
            ("2026-03-30", Age::NotDue),
            ("2026-03-31", Age::NotDue),
            ("2026-04-01", Age::Days1To30),
            ("2026-04-30", Age::Days1To30),
            ("2026-05-01", Age::Days31To60),
            ("2026-05-30", Age::Days31To60),
            ("2026-05-31", Age::Days61To90),
            ("2026-06-29", Age::Days61To90),
            ("2026-06-30", Age::Over90Days),
        ];
        for (day, age) in cases {
            assert_eq!(Age::of(date("2026-03-31"), date(day)), age, "{day}");
        }
    }

    #[test]
    fn numbers_that_nothing_bears_are_named() {
        let of = |left_out: &[(i64, i64)], numbers: &[i64], last_given| {
            let mut series = Series::leaving_out(left_out.to_vec());
            numbers.iter().for_each(|number| series.take(*number));
            series.end(last_given)
        };
        let numbers = [1001, 1002, 1004, 1008];
        let series = of(&[], &numbers, 1009);
        assert_eq!((series.used, series.missing()), (4, 5));
        assert_eq!(series.missing_words().as_deref(), Some("1003, 1005–1007, 1009"));
        let explained = of(&[(1003, 1003), (1006, 1006), (1009, 1009)], &numbers, 1009);
        assert_eq!(explained.missing_words().as_deref(), Some("1005, 1007"));
        assert_eq!(explained.left_out_words().as_deref(), Some("1003, 1006, 1009"));
        let whole = of(&[], &[1001, 1002, 1003], 1003);
        assert_eq!((whole.first, whole.last), (Some(1001), Some(1003)));
        assert_eq!(whole.missing_words(), None);
        assert_eq!(of(&[], &[], 1000).missing(), 0);
    }
}
