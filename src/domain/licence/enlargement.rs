//! A bigger licence in the middle of a term: what its rest costs, and the invoice for it.

use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::account::{Account, AccountError};
use crate::domain::conditions::Conditions;
use crate::domain::credit::rest;
use crate::domain::invoice::{Draft, Line, PriceRule};
use crate::domain::language::Language;
use crate::domain::money::Money;
use crate::domain::product::{PriceGroup, Product, ProductError, ProductKind, Sku};
use crate::domain::seller::Seller;
use crate::domain::subscription::{Subscription, priced_line};
use crate::domain::term::{Term, TermError, days_after};

/// Why a licence is not put on another product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EnlargementError {
    NotALicence(Sku),
    Retired(Sku, NaiveDate),
    /// Its terms are of another length, or it renews in another way.
    OtherTerms(Sku),
    /// The licence has a price of its own, which the price lists say nothing about.
    AgreedPrice,
    /// The licence has ended, or was revoked.
    Over,
    Product(ProductError),
    Account(AccountError),
    Term(TermError),
}

impl fmt::Display for EnlargementError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EnlargementError::NotALicence(sku) => write!(f, "`{sku}` is no licence"),
            EnlargementError::Retired(sku, day) => {
                write!(f, "`{sku}` was retired on {day} and takes no new holders")
            }
            EnlargementError::OtherTerms(sku) => {
                write!(f, "`{sku}` has terms of another length, or renews in another way")
            }
            EnlargementError::AgreedPrice => f.write_str(
                "the licence has an agreed price, and what a bigger one would cost is not in any list",
            ),
            EnlargementError::Over => f.write_str("the licence has ended or was revoked"),
            EnlargementError::Product(error) => error.fmt(f),
            EnlargementError::Account(error) => error.fmt(f),
            EnlargementError::Term(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for EnlargementError {}

impl From<ProductError> for EnlargementError {
    fn from(error: ProductError) -> EnlargementError {
        EnlargementError::Product(error)
    }
}

impl From<AccountError> for EnlargementError {
    fn from(error: AccountError) -> EnlargementError {
        EnlargementError::Account(error)
    }
}

impl From<TermError> for EnlargementError {
    fn from(error: TermError) -> EnlargementError {
        EnlargementError::Term(error)
    }
}

/// A change of a licence's product, as far as its running term is concerned.
#[derive(Clone, Copy)]
pub struct Enlargement<'a> {
    pub subscription: &'a Subscription,
    pub account: &'a Account,
    pub from: &'a Product,
    pub to: &'a Product,
    /// The period in force.
    pub period: Term,
    pub today: NaiveDate,
}

impl Enlargement<'_> {
    /// Errors when the licence cannot be put on that product.
    pub fn check(&self) -> Result<(), EnlargementError> {
        let (from, to) = (self.from, self.to);
        if to.kind != ProductKind::Licence {
            return Err(EnlargementError::NotALicence(to.sku.clone()));
        }
        if let Some(day) = to.retired_on {
            return Err(EnlargementError::Retired(to.sku.clone(), day));
        }
        if to.term_months != from.term_months
            || to.notice_months != from.notice_months
            || to.renewal != from.renewal
        {
            return Err(EnlargementError::OtherTerms(to.sku.clone()));
        }
        match &self.subscription.agreed_price {
            Some(_) => Err(EnlargementError::AgreedPrice),
            None => Ok(()),
        }
    }

    /// Says whether the licence has more seats at once; fewer come with the next term.
    pub fn is_at_once(&self) -> bool {
        self.to.seats > self.from.seats
    }

    /// Returns the invoice line for the rest of the term, by days: what the new product costs more today,
    /// at list price. `None` where that is nothing.
    pub fn line(&self) -> Result<Option<Line>, EnlargementError> {
        let group = PriceGroup::of(self.account.is_member_on(self.today));
        let price = |product: &Product| product.price_on(self.today).map(|price| price.of(group));
        let more = price(self.to)? - price(self.from)?;
        if !self.is_at_once() || more <= Money::ZERO {
            return Ok(None);
        }
        let Some((period, net)) = rest(more, self.period, self.today) else { return Ok(None) };
        let mut line = priced_line(self.to, self.account, 1, self.today)?;
        line.description = self.description(period);
        line.unit_price = net;
        line.net = net;
        line.period = Some(period);
        line.subscription_number = Some(self.subscription.number);
        line.basis.rule = PriceRule::Agreed;
        Ok((net > Money::ZERO).then_some(line))
    }

    fn description(&self, period: Term) -> String {
        let language = self.account.profile.language;
        let days = |term: Term| (term.end - term.start).num_days();
        let (name, from, to) = (self.to.name(language), self.from.seats, self.to.seats);
        let (left, whole) = (days(period), days(self.period));
        match language {
            Language::Swedish => {
                format!("{name}: från {from} till {to} platser, {left} av {whole} dagar")
            }
            Language::English => {
                format!("{name}: from {from} to {to} seats, {left} of {whole} days")
            }
        }
    }

    /// Returns the invoice for the rest of the term, dated today.
    pub fn draft(
        &self,
        line: Line,
        seller: &Arc<Seller>,
        conditions: &Arc<Conditions>,
    ) -> Result<Draft, EnlargementError> {
        Ok(Draft {
            issued_on: self.today,
            due_on: days_after(self.today, seller.payment_terms_days)?,
            language: self.account.profile.language,
            seller: Arc::clone(seller),
            buyer: self.subscription.buyer(self.account)?,
            reference: self.subscription.reference.clone(),
            order_number: None,
            conditions: Arc::clone(conditions),
            lines: vec![line],
            credits: None,
            replaces: None,
        })
    }
}

/// Returns the products that a licence could be put on for more seats, the smallest first: those on sale
/// that give all that `gives` names.
pub fn bigger<'p>(
    products: &'p [(Product, Vec<String>)],
    from: &Product,
    gives: &[String],
    today: NaiveDate,
) -> Vec<&'p Product> {
    let is_bigger = |(product, agreements): &&(Product, Vec<String>)| {
        product.kind == ProductKind::Licence
            && product.retired_on.is_none_or(|day| day > today)
            && product.seats > from.seats
            && product.term_months == from.term_months
            && product.notice_months == from.notice_months
            && product.renewal == from.renewal
            && gives.iter().all(|code| agreements.contains(code))
    };
    let mut found: Vec<&Product> =
        products.iter().filter(is_bigger).map(|(product, _)| product).collect();
    found.sort_by(|one, other| (one.seats, &one.sku).cmp(&(other.seats, &other.sku)));
    found
}
