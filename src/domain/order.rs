//! Orders: what is bought, at which price, and what starts with it.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use chrono::NaiveDate;

use super::account::{Account, AccountError};
use super::conditions::Conditions;
use super::email::Email;
use super::invoice::{Draft, Line};
use super::licence::{Holder, Licensee};
use super::product::{Product, ProductError, ProductId, ProductKind, ProductRenewal, Sku};
use super::seller::Seller;
use super::shipment::{GivenShipTo, PartOfAnAddress, ShipTo};
use super::subscription::{AgreedPrice, first_line, priced_line};
use super::term::{Rhythm, Term, TermError, days_after};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OrderId(pub i64);

/// The most copies of one product that an order can be for.
const QUANTITY_MAX: i64 = 10_000;

/// What is asked for on one line: `AB04-PRINT=3`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub sku: Sku,
    pub quantity: i64,
}

impl FromStr for Item {
    type Err = String;

    fn from_str(text: &str) -> Result<Item, String> {
        let (sku, quantity) = match text.split_once('=') {
            Some((sku, quantity)) => (sku, quantity.trim()),
            None => (text, "1"),
        };
        let quantity = quantity
            .parse()
            .ok()
            .filter(|quantity| (1..=QUANTITY_MAX).contains(quantity))
            .ok_or_else(|| format!("`{quantity}` is not a quantity from 1 to {QUANTITY_MAX}"))?;
        Ok(Item { sku: sku.parse()?, quantity })
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.sku, self.quantity)
    }
}

/// An order as the office enters it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub ordered_on: NaiveDate,
    /// The first day of the subscriptions it starts; the day of the order unless given.
    pub start: Option<NaiveDate>,
    /// Where its invoices go; the account's invoice e-mail unless given (R9).
    pub invoice_email: Option<Email>,
    pub reference: Option<String>,
    /// What its one subscription costs a term until another price is agreed.
    pub agreed_price: Option<AgreedPrice>,
    /// Whom its licences are for; the account's name unless given.
    pub holder: Option<Holder>,
    /// Where its printed copies go; the buyer's own address unless given.
    pub ship_to: GivenShipTo,
}

/// An order, decided: its invoice, and what each line starts.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    pub draft: Draft,
    /// One an invoice line, in the same order.
    pub lines: Vec<PlannedLine>,
    pub agreed_price: Option<AgreedPrice>,
    /// Whom its licences are for, where there are any.
    pub holder: Option<Holder>,
    /// There if a line is for printed copies.
    pub ship_to: Option<ShipTo>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedLine {
    pub product_id: ProductId,
    pub starts: Option<Start>,
}

/// A subscription that an order line starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Start {
    pub rhythm: Rhythm,
    pub notice_months: u32,
    pub first_term: Term,
    /// Where it ends, if it is sold for one term.
    pub ends_on: Option<NaiveDate>,
}

/// Why an order was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrderError {
    Account(AccountError),
    Product(ProductError),
    Term(TermError),
    NoItems,
    SameProductTwice(Sku),
    Retired(Sku, NaiveDate),
    SubscriptionQuantity(Sku),
    InvoiceEmailMissing,
    StartWithoutSubscription,
    /// A holder in an order of no licence.
    HolderWithoutLicence,
    /// The account's name cannot stand on a licence, and no other was given.
    Holder(String),
    ShipToWithoutPrinted,
    ShipTo(PartOfAnAddress),
    /// An agreed price in an order of this many subscriptions.
    AgreedPriceFor(usize),
}

impl fmt::Display for OrderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OrderError::Account(error) => error.fmt(f),
            OrderError::Product(error) => error.fmt(f),
            OrderError::Term(error) => error.fmt(f),
            OrderError::NoItems => f.write_str("the order has no items"),
            OrderError::SameProductTwice(sku) => {
                write!(f, "`{sku}` stands twice in the order; give it once, with its quantity")
            }
            OrderError::Retired(sku, day) => {
                write!(f, "`{sku}` was retired on {day} and takes no new orders")
            }
            OrderError::SubscriptionQuantity(sku) => {
                write!(f, "`{sku}` runs by terms and is ordered one at a time")
            }
            OrderError::InvoiceEmailMissing => {
                f.write_str("neither the order nor the account has an invoice e-mail")
            }
            OrderError::StartWithoutSubscription => {
                f.write_str("a start date needs an item that runs by terms")
            }
            OrderError::HolderWithoutLicence => {
                f.write_str("a holder needs an item that is a licence")
            }
            OrderError::Holder(reason) => f.write_str(reason),
            OrderError::ShipToWithoutPrinted => {
                f.write_str("an address to post to needs an item of printed copies")
            }
            OrderError::ShipTo(error) => error.fmt(f),
            OrderError::AgreedPriceFor(count) => write!(
                f,
                "an agreed price is that of the order's one item that runs by terms, and there are \
                 {count}"
            ),
        }
    }
}

impl std::error::Error for OrderError {}

impl From<AccountError> for OrderError {
    fn from(error: AccountError) -> OrderError {
        OrderError::Account(error)
    }
}

impl From<ProductError> for OrderError {
    fn from(error: ProductError) -> OrderError {
        OrderError::Product(error)
    }
}

impl From<PartOfAnAddress> for OrderError {
    fn from(error: PartOfAnAddress) -> OrderError {
        OrderError::ShipTo(error)
    }
}

impl From<TermError> for OrderError {
    fn from(error: TermError) -> OrderError {
        OrderError::Term(error)
    }
}

/// Decides an order of `items` by `account`.
///
/// A line that runs by terms is billed for its first term only; terms that have begun since are left
/// to renewal, which bills them one by one.
pub fn plan(
    account: &Account,
    items: &[(Arc<Product>, i64)],
    request: &Request,
    seller: &Arc<Seller>,
    conditions: &Arc<Conditions>,
) -> Result<Plan, OrderError> {
    if items.is_empty() {
        return Err(OrderError::NoItems);
    }
    if request.start.is_some() && !items.iter().any(|(product, _)| product.kind.renews()) {
        return Err(OrderError::StartWithoutSubscription);
    }
    let renewing = items.iter().filter(|(product, _)| product.kind.renews()).count();
    if request.agreed_price.is_some() && renewing != 1 {
        return Err(OrderError::AgreedPriceFor(renewing));
    }
    let licences = items.iter().filter(|(product, _)| product.kind == ProductKind::Licence).count();
    let holder = match (&request.holder, licences) {
        (None, 0) => None,
        (Some(_), 0) => return Err(OrderError::HolderWithoutLicence),
        (Some(holder), _) => Some(holder.clone()),
        (None, _) => Some(account.profile.name.parse().map_err(OrderError::Holder)?),
    };
    let invoice_email = request
        .invoice_email
        .clone()
        .or_else(|| account.profile.invoice_email.clone())
        .ok_or(OrderError::InvoiceEmailMissing)?;
    let buyer = account.buyer(invoice_email)?;
    let mut lines = Vec::with_capacity(items.len());
    let mut planned = Vec::with_capacity(items.len());
    for (position, (product, quantity)) in items.iter().enumerate() {
        if items[..position].iter().any(|(earlier, _)| earlier.id == product.id) {
            return Err(OrderError::SameProductTwice(product.sku.clone()));
        }
        let (mut line, starts) = plan_line(account, product, *quantity, request)?;
        line.licensee = holder
            .clone()
            .filter(|_| product.kind == ProductKind::Licence)
            .map(|holder| Licensee { holder, seats: i64::from(product.seats) });
        lines.push(line);
        planned.push(PlannedLine { product_id: product.id, starts });
    }
    let draft = Draft {
        issued_on: request.ordered_on,
        due_on: days_after(request.ordered_on, seller.payment_terms_days)?,
        language: account.profile.language,
        seller: Arc::clone(seller),
        buyer,
        reference: request.reference.clone().or_else(|| account.profile.reference.clone()),
        order_number: None,
        conditions: Arc::clone(conditions),
        lines,
        credits: None,
        replaces: None,
    };
    let ship_to = match draft.has_printed_copies() {
        true => Some(request.ship_to.over(&ShipTo::of_buyer(&draft.buyer))?),
        false if request.ship_to.is_empty() => None,
        false => return Err(OrderError::ShipToWithoutPrinted),
    };
    let agreed_price = request.agreed_price.clone();
    Ok(Plan { draft, lines: planned, agreed_price, holder, ship_to })
}

fn plan_line(
    account: &Account,
    product: &Product,
    quantity: i64,
    request: &Request,
) -> Result<(Line, Option<Start>), OrderError> {
    if let Some(day) = product.retired_on {
        return Err(OrderError::Retired(product.sku.clone(), day));
    }
    if !product.kind.renews() {
        return Ok((priced_line(product, account, quantity, request.ordered_on)?, None));
    }
    if quantity != 1 {
        return Err(OrderError::SubscriptionQuantity(product.sku.clone()));
    }
    let anchor = request.start.unwrap_or(request.ordered_on);
    let rhythm = Rhythm { anchor, term_months: product.term_months };
    let first_term = rhythm.term(0)?;
    let ends_on = (product.renewal == ProductRenewal::None).then_some(first_term.end);
    let start = Start { rhythm, notice_months: product.notice_months, first_term, ends_on };
    let agreed = request.agreed_price.as_ref().map(|agreed| agreed.price);
    Ok((first_line(product, account, first_term, agreed)?, Some(start)))
}
