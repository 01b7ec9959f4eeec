//! A bigger licence in the middle of a term: what its rest costs, and the invoice for it.

use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::account::{Account, AccountError};
use crate::domain::conditions::Conditions;
use crate::domain::credit::{days, share};
use crate::domain::invoice::{Draft, Line, PriceRule};
use crate::domain::licence::growth::described;
use crate::domain::licence::{LicenceEdition, Licensee};
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
    /// No term of the licence is billed for today or later, and it has ended.
    Over,
    /// It runs, and its term has not been billed yet.
    NotRenewed,
    Product(ProductError),
    Account(AccountError),
    Term(TermError),
}

impl EnlargementError {
    /// Returns why a licence of which no edition is in force or to come cannot grow.
    pub fn without_edition(subscription: &Subscription, today: NaiveDate) -> EnlargementError {
        match subscription.runs_on(today) {
            true => EnlargementError::NotRenewed,
            false => EnlargementError::Over,
        }
    }
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
            EnlargementError::Over => f.write_str("the licence has ended"),
            EnlargementError::NotRenewed => {
                f.write_str("the licence is due for renewal, and its term is not billed yet")
            }
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

/// A change of a licence's product, as far as one of its editions is concerned.
#[derive(Clone, Copy)]
pub struct Enlargement<'a> {
    pub subscription: &'a Subscription,
    pub account: &'a Account,
    /// What the edition was sold as.
    pub from: &'a Product,
    pub to: &'a Product,
    /// One in force, or to come.
    pub edition: &'a LicenceEdition,
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

    /// Says whether the edition has more seats at once; fewer come with the next term.
    pub fn is_at_once(&self) -> bool {
        i64::from(self.to.seats) > self.edition.seats
    }

    /// Returns the invoice line for the days of the edition that are left: what the new product costs more
    /// today for a whole term, at list price, by days. `None` where that is nothing.
    pub fn line(&self) -> Result<Option<Line>, EnlargementError> {
        let group = PriceGroup::of(self.account.is_member_on(self.today));
        let price = |product: &Product| product.price_on(self.today).map(|price| price.of(group));
        let more = price(self.to)? - price(self.from)?;
        let face = self.edition.face.period;
        let left = Term { start: face.start.max(self.today), end: face.end };
        if !self.is_at_once() || more <= Money::ZERO || left.start >= left.end {
            return Ok(None);
        }
        // A licence that ends early is paid for by the days of the whole term all the same.
        let whole = self.subscription.rhythm.term_from(face.start).unwrap_or(face);
        let net = share(more, days(left), days(whole));
        let mut line = priced_line(self.to, self.account, 1, self.today)?;
        let language = self.account.profile.language;
        let seats = (self.edition.seats, i64::from(self.to.seats));
        let of_days = (days(left), days(whole));
        line.description = described(self.to.name(language), seats, of_days, language);
        line.unit_price = net;
        line.net = net;
        line.period = Some(left);
        line.subscription_number = Some(self.subscription.number);
        let holder = self.edition.face.holder.clone();
        line.licensee = Some(Licensee { holder, seats: i64::from(self.to.seats) });
        line.basis.rule = PriceRule::Agreed;
        Ok((net > Money::ZERO).then_some(line))
    }
}

/// Returns the invoice of a licence that grows, dated today.
pub fn draft(
    subscription: &Subscription,
    account: &Account,
    lines: Vec<Line>,
    seller: &Arc<Seller>,
    conditions: &Arc<Conditions>,
    today: NaiveDate,
) -> Result<Draft, EnlargementError> {
    Ok(Draft {
        issued_on: today,
        due_on: days_after(today, seller.payment_terms_days)?,
        language: account.profile.language,
        seller: Arc::clone(seller),
        buyer: subscription.buyer(account)?,
        reference: subscription.reference.clone(),
        order_number: None,
        conditions: Arc::clone(conditions),
        lines,
        credits: None,
        replaces: None,
    })
}
