//! What a bigger licence was billed for the rest of a term, and how that came about.

use chrono::NaiveDate;

use crate::domain::credit::{days, share};
use crate::domain::invoice::{InvoiceNumber, Line};
use crate::domain::language::Language;
use crate::domain::money::Money;
use crate::domain::product::Sku;
use crate::domain::term::Term;

/// What an invoice bills of a term for more seats, kept so that every öre of it can be explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Growth {
    pub invoice: InvoiceNumber,
    pub subscription_number: i64,
    /// The product that the licence was of before.
    pub former: Sku,
    pub former_seats: i64,
    pub seats: i64,
    /// The two products' prices of a whole term, excluding VAT.
    pub former_price: Money,
    pub price: Money,
    /// The days that are billed.
    pub period: Term,
    /// The whole term that they are of.
    pub term: Term,
}

impl Growth {
    /// Says whether `line` of its invoice is the one that bills it.
    pub fn is_billed_by(&self, line: &Line) -> bool {
        line.period == Some(self.period)
            && line.subscription_number == Some(self.subscription_number)
    }

    /// Says whether its seats are there from `today` on, or for some days of it.
    pub fn lasts(&self, today: NaiveDate) -> bool {
        self.period.end > today
    }

    /// Returns what its line says in another language, where the product is called `name`.
    pub fn described(&self, name: &str, language: Language) -> String {
        let seats = (self.former_seats, self.seats);
        described(name, seats, (days(self.period), days(self.term)), language)
    }

    /// Says how its line came by its price, which is `None` where that is not the products' difference by
    /// days.
    pub fn told(&self, line: &Line) -> Option<String> {
        let Growth { former_price, price, former_seats, seats, .. } = self;
        let (billed, whole) = (days(self.period), days(self.term));
        let net = share(*price - *former_price, billed, whole);
        (net == line.net).then(|| {
            format!(
                "{seats} seats instead of {former_seats} for {billed} of the {whole} days of the term {}: \
                 ({price} - {former_price}) × {billed}/{whole} = {net} kronor",
                self.term,
            )
        })
    }
}

/// Returns what an invoice's line says that bills a licence for growing `from` so many seats `to` more, for
/// the days that are left of a whole term.
pub fn described(
    name: &str,
    (from, to): (i64, i64),
    (left, whole): (i64, i64),
    language: Language,
) -> String {
    match language {
        Language::Swedish => {
            format!("{name}: från {from} till {to} platser, {left} av {whole} dagar")
        }
        Language::English => format!("{name}: from {from} to {to} seats, {left} of {whole} days"),
    }
}
