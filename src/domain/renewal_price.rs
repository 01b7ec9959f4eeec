//! The price of a renewal: what the list may ask of a customer who could no longer leave.
//!
//! An agreed price holds until it is changed, and the price that a reminder stated binds for its term.
//! Otherwise the versions of the list are gone through in order from the one by which the last term
//! was billed: a rise is taken only if it was entered some days before the last day for notice, else
//! the former price holds once more. Nothing that is entered once the term has fallen due counts, so
//! that a run that comes late finds the price that a punctual one found (R14).

use chrono::{Days, NaiveDate};

use super::invoice::PriceRule;
use super::money::Money;
use super::product::{Price, PriceGroup};

/// A coming term, as far as its price is concerned.
#[derive(Clone, Copy, Debug)]
pub struct PriceCase<'a> {
    /// The versions of the list, in the order in which they were entered.
    pub prices: &'a [Price],
    pub group: PriceGroup,
    /// The first day of the term.
    pub start: NaiveDate,
    /// The first day of the term before it.
    pub former_start: NaiveDate,
    /// The last day for notice.
    pub deadline: NaiveDate,
    /// The day on which the term falls due.
    pub due_on: NaiveDate,
    /// How many days before the last day for notice a rise must be entered.
    pub notice_days: u32,
}

/// How the line of the term before came by its price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastBilled {
    pub issued_on: NaiveDate,
    pub price_from: NaiveDate,
    pub group: PriceGroup,
    pub unit_price: Money,
    pub rule: PriceRule,
}

/// The price of a coming term, and why it is that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RenewalPrice {
    /// For the whole term, excluding VAT.
    pub price: Money,
    pub rule: PriceRule,
    /// The first day of the list's version that holds for this customer.
    pub price_from: NaiveDate,
    /// The version in force on the first day, where it was passed over.
    pub passed_over: Option<Price>,
}

impl PriceCase<'_> {
    /// Says whether the price depends on how the last term was billed: the version in force on the
    /// first day came too late to be taken from any other.
    pub fn needs_last_billed(&self) -> bool {
        let in_force = self.in_force(|_| true);
        let versions = self.prices.iter().filter(|price| price.from <= self.start).count();
        versions > 1 && in_force.is_some_and(|(_, price)| !self.is_timely(price))
    }

    /// Returns the price that the list asks of this customer; `None` where it has none by the first
    /// day of the term.
    pub fn listed(&self, last: Option<&LastBilled>) -> Option<RenewalPrice> {
        let base = last.and_then(|last| self.billed_by(last)).or_else(|| self.first_known())?;
        let in_force = self.in_force(|price| self.is_known(price)).unwrap_or(base);
        let held = if self.is_timely(in_force.1) { in_force } else { self.last_taken(base) };
        let passes = held.0 != in_force.0 && self.asks(held.1) != self.asks(in_force.1);
        Some(RenewalPrice {
            price: self.asks(held.1),
            rule: if passes { PriceRule::Held } else { PriceRule::List },
            price_from: held.1.from,
            passed_over: passes.then_some(*in_force.1),
        })
    }

    fn asks(&self, price: &Price) -> Money {
        price.of(self.group)
    }

    /// Says whether whoever heard of `price` on the day it was entered could still leave in good time.
    fn is_timely(&self, price: &Price) -> bool {
        let heard = price.entered_on.checked_add_days(Days::new(u64::from(self.notice_days)));
        heard.is_some_and(|day| day <= self.deadline)
    }

    /// Says whether `price` was entered before the term fell due.
    fn is_known(&self, price: &Price) -> bool {
        price.entered_on < self.due_on
    }

    /// Returns the version in force on the first day, of those that `counts`, with its place in the
    /// order of entry.
    fn in_force(&self, counts: impl Fn(&Price) -> bool) -> Option<(usize, &Price)> {
        let entered = self.prices.iter().enumerate();
        entered
            .filter(|(_, price)| price.from <= self.start && counts(price))
            .max_by_key(|(place, price)| (price.from, *place))
    }

    /// Returns the version by which the last term was billed. Where a version was entered again for
    /// the same day it is the one that asked what was paid, or else the last one entered by then.
    fn billed_by(&self, last: &LastBilled) -> Option<(usize, &Price)> {
        let same_day = |price: &Price| price.from == last.price_from;
        let entered = |price: &Price| same_day(price) && price.entered_on <= last.issued_on;
        let is_of_the_list = matches!(last.rule, PriceRule::List | PriceRule::Held);
        let paid = |price: &Price| is_of_the_list && price.of(last.group) == last.unit_price;
        self.in_force(|price| entered(price) && paid(price))
            .or_else(|| self.in_force(entered))
            .or_else(|| self.in_force(same_day))
    }

    /// Returns the version to start from where no line was billed: the first one entered for the day
    /// whose version was in force when the last term began, or for the first day of all.
    fn first_known(&self) -> Option<(usize, &Price)> {
        let from = |counts: &dyn Fn(&Price) -> bool| {
            let days = || self.prices.iter().filter(|price| counts(price)).map(|price| price.from);
            days().filter(|day| *day <= self.former_start).max().or_else(|| days().min())
        };
        let known = |price: &Price| price.from <= self.start && self.is_known(price);
        let day = from(&known).or_else(|| from(&|price| price.from <= self.start))?;
        self.prices.iter().enumerate().find(|(_, price)| price.from == day)
    }

    /// Returns the version that is arrived at from `base`. Of several for the same day the last timely
    /// one is taken, and after it the last of all only if that asks no more.
    fn last_taken<'a>(&'a self, base: (usize, &'a Price)) -> (usize, &'a Price) {
        let place = |(index, price): &(usize, &Price)| (price.from, *index);
        let mut later: Vec<(usize, &Price)> = self
            .prices
            .iter()
            .enumerate()
            .filter(|(_, price)| price.from <= self.start && self.is_known(price))
            .filter(|version| place(version) > place(&base))
            .collect();
        later.sort_by_key(place);
        let mut taken = base;
        for same_day in later.chunk_by(|one, other| one.1.from == other.1.from) {
            if let Some(timely) = same_day.iter().rev().find(|(_, price)| self.is_timely(price)) {
                taken = *timely;
            }
            if let Some(last) = same_day.last().filter(|it| self.asks(it.1) <= self.asks(taken.1)) {
                taken = *last;
            }
        }
        taken
    }
}

impl RenewalPrice {
    /// Returns the price with another rule in force, which asks `price` whatever the list says.
    pub fn overruled(self, rule: PriceRule, price: Money) -> RenewalPrice {
        RenewalPrice { price, rule, passed_over: None, ..self }
    }
}

#[cfg(test)]
mod tests;
