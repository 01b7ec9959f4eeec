//! Reports: what renews when, and what the running subscriptions are worth a year.
//!
//! A report goes over days that are cut into months. Nothing here asks for a store: subscriptions are
//! handed in one by one, and only the sums are kept.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{Datelike, Months, NaiveDate};

use super::money::Money;
use super::product::{ProductError, ProductId, Sku};
use super::setting::ShopSettings;
use super::subscription::Due;

/// How many months one report may cover.
pub const MONTHS_MAX: usize = 240;

/// The days of one month that a report covers, mostly all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub first_day: NaiveDate,
    pub last_day: NaiveDate,
}

/// Shows the month, `2027-03`.
impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.first_day.format("%Y-%m").to_string())
    }
}

/// Why the days of a report were refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpanError {
    Backwards { from: NaiveDate, to: NaiveDate },
    TooLong,
}

impl fmt::Display for SpanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SpanError::Backwards { from, to } => {
                write!(f, "the report would begin on {from} and end before that, on {to}")
            }
            SpanError::TooLong => write!(f, "a report covers at most {MONTHS_MAX} months"),
        }
    }
}

impl std::error::Error for SpanError {}

/// Returns the days from `from` to `to`, both included, cut where months begin.
pub fn spans(from: NaiveDate, to: NaiveDate) -> Result<Vec<Span>, SpanError> {
    if to < from {
        return Err(SpanError::Backwards { from, to });
    }
    let mut spans = Vec::new();
    let mut first_day = from;
    while first_day <= to {
        if spans.len() == MONTHS_MAX {
            return Err(SpanError::TooLong);
        }
        let next = first_day.with_day(1).and_then(|day| day.checked_add_months(Months::new(1)));
        let next = next.expect("dates end with the year 9999, far inside the calendar");
        let month_end = next.pred_opt().expect("a month has a last day");
        spans.push(Span { first_day, last_day: month_end.min(to) });
        first_day = next;
    }
    Ok(spans)
}

/// The renewals of one month, or of one product in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Renewals {
    /// Those that are billed, at what was billed, excluding VAT.
    pub billed: i64,
    pub billed_net: Money,
    /// Those to come unless notice is given, at the price expected today, excluding VAT.
    pub coming: i64,
    pub coming_net: Money,
    /// Subscriptions whose last day is the day before one of the month's.
    pub ending: i64,
}

/// The renewals of a report's days, by month and product.
#[derive(Debug)]
pub struct RenewalReport {
    spans: Vec<Span>,
    months: Vec<BTreeMap<Sku, Renewals>>,
    /// How many renewals to come have no price yet, and count without one.
    pub unpriced: i64,
}

impl RenewalReport {
    pub fn new(from: NaiveDate, to: NaiveDate) -> Result<RenewalReport, SpanError> {
        let spans = spans(from, to)?;
        let months = vec![BTreeMap::new(); spans.len()];
        Ok(RenewalReport { spans, months, unpriced: 0 })
    }

    pub fn from(&self) -> NaiveDate {
        self.spans[0].first_day
    }

    pub fn to(&self) -> NaiveDate {
        self.spans[self.spans.len() - 1].last_day
    }

    pub fn add_billed(&mut self, sku: &Sku, day: NaiveDate, net: Money) {
        if let Some(renewals) = self.of(sku, day) {
            renewals.billed += 1;
            renewals.billed_net += net;
        }
    }

    pub fn add_ending(&mut self, sku: &Sku, day: NaiveDate, count: i64) {
        if let Some(renewals) = self.of(sku, day) {
            renewals.ending += count;
        }
    }

    /// Adds the renewals that `due` still has before it within the report's days.
    pub fn add_coming(&mut self, due: Due, settings: &ShopSettings) {
        let sku = due.product.sku.clone();
        for (day, price) in coming(due, settings, self.to()) {
            let Some(renewals) = self.of(&sku, day) else { continue };
            renewals.coming += 1;
            match price {
                Ok(price) => renewals.coming_net += price,
                Err(_) => self.unpriced += 1,
            }
        }
    }

    fn of(&mut self, sku: &Sku, day: NaiveDate) -> Option<&mut Renewals> {
        let index =
            self.spans.iter().position(|span| span.first_day <= day && day <= span.last_day);
        Some(self.months[index?].entry(sku.clone()).or_default())
    }

    /// Returns each month with its renewals.
    pub fn by_month(&self) -> impl Iterator<Item = (Span, Renewals)> {
        let sums = self.months.iter().map(|products| products.values().copied().sum());
        self.spans.iter().copied().zip(sums)
    }

    /// Returns each month's products with their renewals; a month without any is left out.
    pub fn by_product(&self) -> impl Iterator<Item = (Span, &Sku, Renewals)> {
        self.spans.iter().zip(&self.months).flat_map(|(span, products)| {
            products.iter().map(|(sku, renewals)| (*span, sku, *renewals))
        })
    }
}

impl std::iter::Sum for Renewals {
    fn sum<I: Iterator<Item = Renewals>>(parts: I) -> Renewals {
        parts.fold(Renewals::default(), |sum, part| Renewals {
            billed: sum.billed + part.billed,
            billed_net: sum.billed_net + part.billed_net,
            coming: sum.coming + part.coming,
            coming_net: sum.coming_net + part.coming_net,
            ending: sum.ending + part.ending,
        })
    }
}

/// Returns the first day of each term that is not billed, up to `to`, with the price it would be billed
/// at as things stand today.
fn coming(
    due: Due,
    settings: &ShopSettings,
    to: NaiveDate,
) -> impl Iterator<Item = (NaiveDate, Result<Money, ProductError>)> {
    let mut next = Some(due);
    std::iter::from_fn(move || {
        let due = next.take()?;
        let start = due.subscription.next_renewal().filter(|start| *start <= to)?;
        let price = due.price(settings).map(|price| price.price);
        next = due.once_renewed(settings).ok();
        Some((start, price))
    })
}

/// Returns what a term's price is a year, to the nearest öre, halves upwards.
pub fn yearly(price: Money, term_months: u32) -> Money {
    let months = i128::from(term_months.max(1));
    let doubled = 2 * 12 * i128::from(price.ore()) + months;
    let ore = doubled.div_euclid(2 * months);
    Money::from_ore(i64::try_from(ore).expect("prices are bounded far inside an i64"))
}

/// What a subscription is worth a year from a day on, and the product that it is to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Worth {
    pub from: NaiveDate,
    pub value: Money,
    pub product: ProductId,
}

/// A bigger licence that was invoiced for the rest of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Growth {
    pub from: NaiveDate,
    /// What the bigger one costs more a year, by the price lists that its invoice went by.
    pub more: Money,
    pub former: ProductId,
    pub product: ProductId,
}

/// What one subscription is worth a year, from its first day to its last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    pub began: NaiveDate,
    /// The day on which it ends, exclusive, when that is settled.
    pub ends_on: Option<NaiveDate>,
    /// In order. The last holds until the next term is billed.
    pub values: Vec<Worth>,
    /// The day on which the notice in force was received.
    pub notice_on: Option<NaiveDate>,
}

impl Course {
    /// Returns what it is worth a year on `day`; `None` when it does not run that day.
    pub fn value_on(&self, day: NaiveDate) -> Option<Money> {
        if day < self.began || self.ends_on.is_some_and(|end| end <= day) {
            return None;
        }
        self.worth_on(day).map(|worth| worth.value)
    }

    fn worth_on(&self, day: NaiveDate) -> Option<&Worth> {
        self.values.iter().rev().find(|worth| worth.from <= day).or(self.values.first())
    }

    /// Returns each change of value while it runs, after `eve` and up to `last_day`, in order.
    fn steps(&self, eve: NaiveDate, last_day: NaiveDate) -> impl Iterator<Item = (Step, Money)> {
        let runs = move |day: NaiveDate| {
            eve.max(self.began) < day
                && day <= last_day
                && self.ends_on.is_none_or(|ends_on| day < ends_on)
        };
        let pairs = self.values.windows(2).filter(move |pair| runs(pair[1].from));
        pairs.map(|pair| {
            let moved = pair[1].value - pair[0].value;
            let step = match pair[0].product == pair[1].product {
                true => Step::Price,
                false if moved < Money::ZERO => Step::Contraction,
                false => Step::Expansion,
            };
            (step, moved)
        })
    }
}

/// Puts what a licence grew by within its terms upon what those cost: a term that begins has it in its
/// own price, or has a growth of its own.
///
/// Both in order; a growth before the first term counts in no term that is here.
pub fn with_growths(terms: &[Worth], growths: &[Growth]) -> Vec<Worth> {
    let mut values = Vec::with_capacity(terms.len() + growths.len());
    for (n, term) in terms.iter().enumerate() {
        let next = terms.get(n + 1).map(|next| next.from);
        let within = |growth: &&Growth| {
            term.from <= growth.from && next.is_none_or(|next| growth.from < next)
        };
        let mut worth = *term;
        values.push(worth);
        for growth in growths.iter().filter(within) {
            // What is worth more from its first day on was never worth less.
            if worth.from == growth.from {
                values.pop();
            }
            worth = Worth {
                from: growth.from,
                value: worth.value + growth.more,
                product: growth.product,
            };
            values.push(worth);
        }
    }
    values
}

/// Why a subscription is worth more or less than before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// It is to another product, and worth more.
    Expansion,
    /// It is to another product, and worth less.
    Contraction,
    /// The same product costs more or less.
    Price,
}

/// How the yearly recurring revenue moved in one month, all excluding VAT.
///
/// `opening + new + expansion - contraction - ended + price_effect = closing`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Movement {
    pub span: Span,
    pub opening: Money,
    /// Of subscriptions that began, at what they were worth on their first day.
    pub new: Money,
    /// What licences put on another product are worth more, from the day on which that is in force.
    pub expansion: Money,
    /// What those put on another product are worth less.
    pub contraction: Money,
    /// Of subscriptions whose last day has passed, at what they were worth then.
    pub ended: Money,
    /// What terms that renewed to the same product are worth more, or less, than those before them.
    pub price_effect: Money,
    pub closing: Money,
    /// How many run on the last day.
    pub running: i64,
    /// How many notices in force were received, and what those subscriptions are worth: they run on
    /// until they end, and are counted in `ended` only then.
    pub notices: i64,
    pub cancelled: Money,
}

impl Movement {
    fn take_steps(&mut self, course: &Course, eve: NaiveDate) {
        for (step, moved) in course.steps(eve, self.span.last_day) {
            match step {
                Step::Expansion => self.expansion += moved,
                Step::Contraction => self.contraction += -moved,
                Step::Price => self.price_effect += moved,
            }
        }
    }

    /// Says whether nothing ran, began or ended.
    pub fn is_empty(&self) -> bool {
        let sums = [self.opening, self.new, self.ended, self.closing];
        sums == [Money::ZERO; 4] && self.running == 0
    }
}

/// The yearly recurring revenue over a report's days.
#[derive(Debug)]
pub struct RecurringReport {
    pub months: Vec<Movement>,
}

impl RecurringReport {
    pub fn new(from: NaiveDate, to: NaiveDate) -> Result<RecurringReport, SpanError> {
        let movement = |span| Movement {
            span,
            opening: Money::ZERO,
            new: Money::ZERO,
            expansion: Money::ZERO,
            contraction: Money::ZERO,
            ended: Money::ZERO,
            price_effect: Money::ZERO,
            closing: Money::ZERO,
            running: 0,
            notices: 0,
            cancelled: Money::ZERO,
        };
        Ok(RecurringReport { months: spans(from, to)?.into_iter().map(movement).collect() })
    }

    /// Returns the day before the report's first, at whose end its first month opens.
    pub fn eve(&self) -> NaiveDate {
        self.months[0].span.first_day.pred_opt().expect("no report begins with the calendar")
    }

    pub fn add(&mut self, course: &Course) {
        let mut eve = self.eve();
        let mut before = course.value_on(eve);
        for movement in &mut self.months {
            let Span { first_day, last_day } = movement.span;
            let after = course.value_on(last_day);
            movement.opening += before.unwrap_or_default();
            movement.closing += after.unwrap_or_default();
            // What began and ended within the month is seen at neither end of it.
            if before.is_some() || after.is_some() {
                movement.take_steps(course, eve);
            }
            if before.is_none() && after.is_some() {
                movement.new += course.value_on(course.began).unwrap_or_default();
            }
            if before.is_some() && after.is_none() {
                let last = course.ends_on.and_then(|ends_on| ends_on.pred_opt());
                movement.ended += last.and_then(|day| course.value_on(day)).unwrap_or_default();
            }
            movement.running += i64::from(after.is_some());
            if let Some(day) = course.notice_on.filter(|day| (first_day..=last_day).contains(day)) {
                movement.notices += 1;
                movement.cancelled += course.value_on(day).unwrap_or_default();
            }
            (before, eve) = (after, last_day);
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::*;
    use crate::domain::term::parse_date;

    fn date(text: &str) -> NaiveDate {
        parse_date(text).expect("a date")
    }

    fn kronor(kronor: i64) -> Money {
        Money::from_ore(kronor * 100)
    }

    fn worth(from: &str, value: i64, product: i64) -> Worth {
        Worth { from: date(from), value: kronor(value), product: ProductId(product) }
    }

    fn course(began: &str, ends_on: Option<&str>, values: &[(&str, i64)]) -> Course {
        let values = values.iter().map(|(from, value)| worth(from, *value, 1));
        Course {
            began: date(began),
            ends_on: ends_on.map(date),
            values: values.collect(),
            notice_on: None,
        }
    }

    #[test]
    fn days_are_cut_where_months_begin() {
        let spans = |from, to| spans(date(from), date(to));
        let shown = |from, to| -> Vec<String> {
            let spans = spans(from, to).expect("a short report").into_iter();
            spans.map(|span| format!("{span} {} {}", span.first_day, span.last_day)).collect()
        };
        assert_eq!(
            shown("2028-01-15", "2028-03-01"),
            [
                "2028-01 2028-01-15 2028-01-31",
                "2028-02 2028-02-01 2028-02-29",
                "2028-03 2028-03-01 2028-03-01"
            ]
        );
        assert_eq!(shown("2028-02-29", "2028-02-29"), ["2028-02 2028-02-29 2028-02-29"]);
        assert_eq!(shown("9999-12-31", "9999-12-31"), ["9999-12 9999-12-31 9999-12-31"]);
        assert!(matches!(spans("2028-02-02", "2028-02-01"), Err(SpanError::Backwards { .. })));
        assert_eq!(spans("2000-01-01", "2020-01-01"), Err(SpanError::TooLong));
        assert_eq!(spans("2000-01-01", "2019-12-31").expect("just").len(), MONTHS_MAX);
    }

    #[test]
    fn a_price_is_made_yearly_to_the_nearest_ore() {
        let cases =
            [(390_000, 12, 390_000), (100, 1, 1200), (100, 36, 33), (100, 24, 50), (1, 24, 1)];
        for (price, months, value) in cases {
            assert_eq!(yearly(Money::from_ore(price), months), Money::from_ore(value), "{months}");
        }
    }

    #[test]
    fn revenue_moves_by_what_began_ended_and_cost_more() {
        let mut report =
            RecurringReport::new(date("2027-01-01"), date("2027-03-31")).expect("a quarter");
        for course in [
            course("2026-02-10", None, &[("2026-02-10", 3900), ("2027-02-10", 4100)]),
            course("2026-03-01", Some("2027-03-01"), &[("2026-03-01", 2900)]),
            course("2027-03-31", None, &[("2027-03-31", 1000)]),
            // It ran for less than a month, and no month's end saw it.
            course("2027-01-05", Some("2027-01-20"), &[("2027-01-05", 700)]),
            Course {
                notice_on: Some(date("2027-02-12")),
                ..course("2026-01-31", Some("2028-01-31"), &[("2026-01-31", 500)])
            },
        ] {
            report.add(&course);
        }
        let rows: Vec<_> = report
            .months
            .iter()
            .map(|m| {
                let moved = [m.opening, m.new, m.ended, m.price_effect, m.closing, m.cancelled];
                (moved.map(|money| money.ore() / 100), m.running, m.notices)
            })
            .collect();
        assert_eq!(
            rows,
            [
                ([7300, 0, 0, 0, 7300, 0], 3, 0),
                ([7300, 0, 0, 200, 7500, 500], 3, 1),
                ([7500, 1000, 2900, 0, 5600, 0], 3, 0),
            ]
        );
    }

    #[test]
    fn a_bigger_licence_is_expansion_from_its_day_and_no_second_time_when_it_renews() {
        let terms = [
            worth("2026-03-01", 9000, 2),
            worth("2027-03-01", 15_500, 5),
            worth("2028-03-01", 9000, 2),
        ];
        let grown = |from, product, more| Growth {
            from: date(from),
            more: kronor(more),
            former: ProductId(2),
            product: ProductId(product),
        };
        let growths = [grown("2025-04-01", 9, 1), grown("2026-09-01", 5, 6000)];
        let course = Course {
            values: with_growths(&terms, &growths),
            ..course("2026-03-01", Some("2028-04-01"), &[])
        };
        let mut report =
            RecurringReport::new(date("2026-03-01"), date("2028-04-30")).expect("two years");
        report.add(&course);
        let moved = |m: &Movement| [m.new, m.expansion, m.contraction, m.ended, m.price_effect];
        let moves: Vec<_> = report
            .months
            .iter()
            .filter(|month| moved(month) != [Money::ZERO; 5])
            .map(|month| (month.span.to_string(), moved(month).map(|money| money.ore() / 100)))
            .collect();
        let month = |month: &str, moved| (month.to_owned(), moved);
        assert_eq!(
            moves,
            [
                month("2026-03", [9000, 0, 0, 0, 0]),
                month("2026-09", [0, 6000, 0, 0, 0]),
                month("2027-03", [0, 0, 0, 0, 500]),
                month("2028-03", [0, 0, 6500, 0, 0]),
                month("2028-04", [0, 0, 0, 9000, 0]),
            ]
        );
    }

    #[test]
    fn a_licence_that_grows_in_its_first_month_is_new_as_it_was_sold() {
        let terms = [worth("2026-03-01", 9000, 2)];
        let day = Growth {
            from: date("2026-03-01"),
            more: kronor(6000),
            former: ProductId(2),
            product: ProductId(5),
        };
        let later = Growth { from: date("2026-03-20"), ..day };
        for (growth, new, expansion) in [(day, 15_000, 0), (later, 9000, 6000)] {
            let values = with_growths(&terms, &[growth]);
            let mut report =
                RecurringReport::new(date("2026-03-01"), date("2026-03-31")).expect("a month");
            report.add(&Course { values, ..course("2026-03-01", None, &[]) });
            let month = report.months[0];
            assert_eq!(
                [month.new, month.expansion, month.closing],
                [kronor(new), kronor(expansion), kronor(15_000)]
            );
        }
    }

    #[test]
    fn a_term_that_is_not_billed_yet_counts_with_the_one_before() {
        let late = course("2026-03-01", None, &[("2026-03-01", 3900)]);
        assert_eq!(late.value_on(date("2027-06-01")), Some(kronor(3900)));
        assert_eq!(late.value_on(date("2026-02-28")), None);
    }

    prop_compose! {
        fn courses()(
            began in 0_u64..1500,
            length in proptest::option::of(1_u64..1500),
            prices in proptest::collection::vec(0_i64..1_000_000, 1..6),
        ) -> Course {
            let day = |days: u64| date("2025-01-01") + Days::new(days);
            let values = prices.iter().zip(0..);
            Course {
                began: day(began),
                ends_on: length.map(|length| day(began + length)),
                values: values
                    .map(|(ore, n)| Worth {
                        from: day(began + 200 * n),
                        value: Money::from_ore(*ore),
                        product: ProductId(ore % 3),
                    })
                    .collect(),
                notice_on: None,
            }
        }
    }

    proptest! {
        #[test]
        fn the_months_of_a_report_add_up(
            courses in proptest::collection::vec(courses(), 0..20),
            from in 0_u64..1500,
            length in 0_u64..900,
        ) {
            let from = date("2025-01-01") + Days::new(from);
            let to = from + Days::new(length);
            let mut report = RecurringReport::new(from, to).expect("a few years");
            for course in &courses {
                report.add(course);
            }
            let worth = |day| -> Money {
                courses.iter().filter_map(|course| course.value_on(day)).sum()
            };
            let mut opening = worth(report.eve());
            for month in &report.months {
                prop_assert_eq!(month.opening, opening);
                let grown = month.expansion - month.contraction + month.price_effect;
                let moved = month.opening + month.new + grown - month.ended;
                prop_assert_eq!(moved, month.closing);
                prop_assert!(month.expansion >= Money::ZERO && month.contraction >= Money::ZERO);
                prop_assert_eq!(month.closing, worth(month.span.last_day));
                opening = month.closing;
            }
            prop_assert_eq!(opening, worth(to));
        }
    }
}
