//! Subscriptions: an anchor, how far they are billed, and the renewals that follow from the two.
//!
//! Renewal decides from what has been billed, never from what day it is said to be: the next term is
//! the one that begins where billing ended, so running twice, or after weeks of silence, bills each
//! term once (R14).

use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;

use super::account::{Account, AccountError, AccountId};
use super::address::Country;
use super::conditions::Conditions;
use super::due::DueRule;
use super::email::Email;
use super::invoice::{Buyer, Draft, InvoiceNumber, Line, PriceBasis, PriceRule};
use super::licence::{Holder, Licensee};
use super::money::Money;
use super::notice;
use super::product::{PriceGroup, Product, ProductError, ProductId, ProductRenewal, Sku};
use super::renewal_price::{LastBilled, PriceCase, RenewalPrice};
use super::seller::Seller;
use super::setting::ShopSettings;
use super::term::{NoticeRule, Rhythm, Term, TermError, days_after};
use super::vat_number::VatNumber;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SubscriptionId(pub i64);

/// A renewal that has failed this often is parked: shown by `status`, and tried no more by itself.
pub const FAILURES_MAX: i64 = 2;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    pub id: SubscriptionId,
    pub number: i64,
    pub account_id: AccountId,
    pub product_id: ProductId,
    pub sku: Sku,
    pub rhythm: Rhythm,
    pub notice_months: u32,
    /// What follows its first term, as its product has it.
    pub renewal: ProductRenewal,
    /// The day up to which terms are invoiced, exclusive: the first day of the next term.
    pub billed_through: NaiveDate,
    pub invoice_email: Email,
    pub reference: Option<String>,
    /// Where its invoices are addressed to, if not to its account's address.
    pub address: Option<BillingAddress>,
    /// The buyer's VAT number on its invoices, if not its account's.
    pub vat_number: Option<VatNumber>,
    pub agreed_price: Option<AgreedPrice>,
    /// The day on which it ends, when that is settled.
    pub ends_on: Option<NaiveDate>,
    /// Why the office ended it, where no notice did.
    pub end_reason: Option<String>,
    /// How often its next renewal has been refused.
    pub failures: i64,
    pub failure: Option<String>,
}

/// A postal address that invoices are addressed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BillingAddress {
    pub care_of: Option<String>,
    pub street: String,
    pub postal_code: String,
    pub city: String,
    pub country: Country,
}

/// Shows the address on one line.
impl fmt::Display for BillingAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(name) = &self.care_of {
            write!(f, "c/o {name}, ")?;
        }
        write!(f, "{}, {} {}", self.street, self.postal_code, self.city)?;
        if self.country == Country::default() { Ok(()) } else { write!(f, ", {}", self.country) }
    }
}

/// A price agreed with the customer, which holds until another is agreed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgreedPrice {
    /// For a whole term, excluding VAT.
    pub price: Money,
    pub reason: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Running,
    NoticeGiven,
    Ended,
    Blocked,
}

impl Status {
    pub const ALL: [Status; 4] =
        [Status::Running, Status::NoticeGiven, Status::Ended, Status::Blocked];

    pub const fn as_str(self) -> &'static str {
        match self {
            Status::Running => "running",
            Status::NoticeGiven => "notice given",
            Status::Ended => "ended",
            Status::Blocked => "blocked",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Why nothing can be read under a subscription on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoAccess {
    /// It begins on this day.
    NotBegun(NaiveDate),
    Ended,
    /// An invoice for it is long overdue.
    Stopped(InvoiceNumber),
    /// Its renewal was refused twice.
    Parked,
}

impl Subscription {
    pub fn status(&self, today: NaiveDate) -> Status {
        match self.ends_on {
            Some(_) if !self.runs_on(today) => Status::Ended,
            Some(_) if self.renewal == ProductRenewal::None => Status::Running,
            Some(_) => Status::NoticeGiven,
            None if self.is_parked() => Status::Blocked,
            None => Status::Running,
        }
    }

    /// Says whether it runs on `today`, also where notice was given.
    pub fn runs_on(&self, today: NaiveDate) -> bool {
        self.ends_on.is_none_or(|day| today < day)
    }

    /// Says whether it may bring invoices yet: it runs, or no run has billed its last term.
    pub fn is_invoiced_yet(&self, today: NaiveDate) -> bool {
        self.runs_on(today) || self.ends_on.is_some_and(|day| self.billed_through < day)
    }

    /// Returns the status where `stopped_by` is the unpaid invoice that stops documents from being
    /// fetched, if one does.
    pub fn status_with(&self, stopped_by: Option<InvoiceNumber>, today: NaiveDate) -> Status {
        match (self.status(today), stopped_by) {
            (Status::Ended, _) => Status::Ended,
            (_, Some(_)) => Status::Blocked,
            (status, None) => status,
        }
    }

    /// Errors with why nothing can be read under it on `today`; `stopped_by` is as for
    /// [`Subscription::status_with`].
    pub fn access(
        &self,
        stopped_by: Option<InvoiceNumber>,
        today: NaiveDate,
    ) -> Result<(), NoAccess> {
        let begins = self.rhythm.anchor;
        if begins > today {
            return Err(NoAccess::NotBegun(begins));
        }
        match (self.status_with(stopped_by, today), stopped_by) {
            (Status::Running | Status::NoticeGiven, _) => Ok(()),
            (Status::Ended, _) => Err(NoAccess::Ended),
            (Status::Blocked, Some(invoice)) => Err(NoAccess::Stopped(invoice)),
            (Status::Blocked, None) => Err(NoAccess::Parked),
        }
    }

    /// Returns the buyer as the next invoice names it: under the subscription's own invoice details,
    /// and its account's where it has none. Errors when the account cannot be invoiced.
    pub fn buyer(&self, account: &Account) -> Result<Buyer, AccountError> {
        let address = match &self.address {
            Some(address) => address.clone(),
            None => account.address()?,
        };
        let vat_number = self.vat_number.clone().or_else(|| account.profile.vat_number.clone());
        account.buyer_at(address, self.invoice_email.clone(), vat_number)
    }

    pub fn is_parked(&self) -> bool {
        self.failures >= FAILURES_MAX
    }

    /// Returns the day on which the next term begins unless notice is given.
    pub fn renewal_date(&self) -> NaiveDate {
        self.billed_through
    }

    /// Returns the last day on which notice still ends the subscription at the renewal date (R8).
    pub fn notice_deadline(&self, rule: NoticeRule) -> NaiveDate {
        rule.deadline(self.renewal_date(), self.notice_months)
    }

    /// Returns the day on which a notice received on `day` ends the subscription, exclusive (R8).
    ///
    /// Errors past the year 9999.
    pub fn end_on_notice(&self, day: NaiveDate, rule: NoticeRule) -> Result<NaiveDate, TermError> {
        Ok(notice::count(self.rhythm, self.notice_months, rule, day)?.ends_on)
    }

    /// Returns the day of the next renewal, if there will be one.
    pub fn next_renewal(&self) -> Option<NaiveDate> {
        let day = self.billed_through;
        self.ends_on.is_none_or(|end| end > day).then_some(day)
    }

    /// Returns the last day on which it gives access, when its end is settled.
    pub fn last_day(&self) -> Option<NaiveDate> {
        self.ends_on.and_then(|day| day.pred_opt())
    }

    /// Returns how many terms are due by `as_of` and are not billed.
    pub fn terms_due(&self, as_of: NaiveDate, rule: DueRule) -> u32 {
        let first = self.rhythm.terms_begun(self.billed_through);
        let latest = rule.latest_start(as_of, self.notice_months);
        let last_day = match self.last_day() {
            Some(last_day) => latest.min(last_day),
            None => latest,
        };
        (self.rhythm.terms_begun(last_day) + 1).saturating_sub(first)
    }

    /// Returns the term that is invoiced next.
    pub fn next_term(&self) -> Result<Term, TermError> {
        self.rhythm.term_from(self.billed_through)
    }

    /// Returns the last term that was invoiced.
    pub fn billed_term(&self) -> Option<Term> {
        let before = self.rhythm.terms_begun(self.billed_through).checked_sub(2)?;
        self.rhythm.term(before).ok()
    }
}

/// A subscription with all that its next renewal depends on.
#[derive(Clone, Debug)]
pub struct Due {
    pub subscription: Subscription,
    pub account: Account,
    pub product: Arc<Product>,
    /// Whom it is for, where it is a licence.
    pub holder: Option<Holder>,
    /// The price that a reminder stated for the next term.
    pub promised: Option<Money>,
    /// How the last term was billed; read only where the price depends on it.
    pub last_billed: Option<LastBilled>,
}

impl Due {
    /// Returns the next term as far as its price is concerned.
    pub fn price_case(&self, settings: &ShopSettings) -> PriceCase<'_> {
        let subscription = &self.subscription;
        let start = subscription.renewal_date();
        PriceCase {
            prices: &self.product.prices,
            group: PriceGroup::of(self.account.is_member_on(start)),
            start,
            former_start: subscription.billed_term().map_or(start, |term| term.start),
            deadline: subscription.notice_deadline(settings.notice),
            due_on: settings.falls_due_on(start, subscription.notice_months),
            notice_days: settings.price_notice_days,
        }
    }

    /// Returns the price of the next term: the agreed one, the one a reminder stated, or the list's.
    pub fn price(&self, settings: &ShopSettings) -> Result<RenewalPrice, ProductError> {
        let listed = self.price_case(settings).listed(self.last_billed.as_ref());
        let listed = listed.ok_or_else(|| ProductError::NoPrice {
            sku: self.product.sku.clone(),
            day: self.subscription.renewal_date(),
        })?;
        let agreed = self.subscription.agreed_price.as_ref().map(|agreed| agreed.price);
        Ok(match (agreed, self.promised) {
            (Some(agreed), _) => listed.overruled(PriceRule::Agreed, agreed),
            (None, Some(promised)) => listed.overruled(PriceRule::Promised, promised),
            (None, None) => listed,
        })
    }

    /// Returns the invoice line of the next term: price, membership and VAT of its first day.
    pub fn line(&self, settings: &ShopSettings) -> Result<Line, RenewalError> {
        let term = self.subscription.next_term()?;
        let price = self.price(settings)?;
        let basis = (price.price_from, price.rule);
        let line = line(&self.product, &self.account, (1, price.price), term.start, basis)?;
        let subscription_number = Some(self.subscription.number);
        let seats = i64::from(self.product.seats);
        let licensee = self.holder.clone().map(|holder| Licensee { holder, seats });
        Ok(Line { period: Some(term), subscription_number, licensee, ..line })
    }
}

impl Due {
    /// Returns the subscription as it will be once its next term is billed, as things stand.
    ///
    /// Errors past the year 9999.
    pub fn once_renewed(mut self, settings: &ShopSettings) -> Result<Due, TermError> {
        let term = self.subscription.next_term()?;
        let case = self.price_case(settings);
        let (issued_on, group) = (case.due_on, case.group);
        self.last_billed = self.price(settings).ok().map(|price| LastBilled {
            issued_on,
            price_from: price.price_from,
            group,
            unit_price: price.price,
            rule: price.rule,
        });
        self.promised = None;
        self.subscription.billed_through = term.end;
        Ok(self)
    }
}

/// One renewal, decided: the term and the invoice for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Renewal {
    pub subscription_id: SubscriptionId,
    pub number: i64,
    pub account_id: AccountId,
    pub term: Term,
    pub draft: Draft,
}

/// Why a subscription could not be renewed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RenewalError {
    Account(AccountError),
    Product(ProductError),
    Term(TermError),
}

impl fmt::Display for RenewalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RenewalError::Account(error) => error.fmt(f),
            RenewalError::Product(error) => error.fmt(f),
            RenewalError::Term(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for RenewalError {}

impl From<AccountError> for RenewalError {
    fn from(error: AccountError) -> RenewalError {
        RenewalError::Account(error)
    }
}

impl From<ProductError> for RenewalError {
    fn from(error: ProductError) -> RenewalError {
        RenewalError::Product(error)
    }
}

impl From<TermError> for RenewalError {
    fn from(error: TermError) -> RenewalError {
        RenewalError::Term(error)
    }
}

/// Returns the renewal of `due` for the term after what is billed, invoiced on `today`.
pub fn plan_renewal(
    due: &Due,
    seller: &Arc<Seller>,
    conditions: &Arc<Conditions>,
    settings: &ShopSettings,
    today: NaiveDate,
) -> Result<Renewal, RenewalError> {
    let Due { subscription, account, .. } = due;
    let term = subscription.next_term()?;
    let buyer = subscription.buyer(account)?;
    let draft = Draft {
        issued_on: today,
        due_on: days_after(today, seller.payment_terms_days)?,
        language: account.profile.language,
        seller: Arc::clone(seller),
        buyer,
        reference: subscription.reference.clone(),
        order_number: None,
        conditions: Arc::clone(conditions),
        lines: vec![due.line(settings)?],
        credits: None,
        replaces: None,
    };
    Ok(Renewal {
        subscription_id: subscription.id,
        number: subscription.number,
        account_id: account.id,
        term,
        draft,
    })
}

/// Returns the invoice line for the first term of a subscription: at the agreed price, or at the one
/// in force on its first day, when the access it pays for begins.
pub fn first_line(
    product: &Product,
    account: &Account,
    term: Term,
    agreed: Option<Money>,
) -> Result<Line, ProductError> {
    let listed = priced_line(product, account, 1, term.start)?;
    let mut line = Line { period: Some(term), ..listed };
    if let Some(price) = agreed {
        (line.unit_price, line.net) = (price, price);
        line.basis.rule = PriceRule::Agreed;
    }
    Ok(line)
}

/// Returns a line for `quantity` of `product` at the price, membership and VAT of `day`.
pub fn priced_line(
    product: &Product,
    account: &Account,
    quantity: i64,
    day: NaiveDate,
) -> Result<Line, ProductError> {
    let price = product.price_on(day)?;
    let unit_price = price.of(PriceGroup::of(account.is_member_on(day)));
    line(product, account, (quantity, unit_price), day, (price.from, PriceRule::List))
}

fn line(
    product: &Product,
    account: &Account,
    (quantity, unit_price): (i64, Money),
    day: NaiveDate,
    (price_from, rule): (NaiveDate, PriceRule),
) -> Result<Line, ProductError> {
    let vat_rule = product.vat_on(day)?;
    Ok(Line {
        sku: product.sku.to_string(),
        kind: product.kind,
        description: product.name(account.profile.language).to_owned(),
        quantity,
        unit_price,
        net: net_of(unit_price, quantity),
        vat_rate: vat_rule.rate,
        vat_exemption: vat_rule.exemption.clone(),
        period: None,
        subscription_number: None,
        licensee: None,
        basis: PriceBasis {
            decided_on: day,
            price_from,
            vat_from: vat_rule.from,
            group: PriceGroup::of(account.is_member_on(day)),
            rule,
        },
    })
}

fn net_of(unit_price: Money, quantity: i64) -> Money {
    unit_price.times(quantity).expect("quantities and prices are bounded far inside an i64")
}

/// Returns a subscription to test with.
#[cfg(test)]
pub fn example(anchor: &str, term_months: u32, billed_through: &str) -> Subscription {
    let date = |text| super::term::parse_date(text).expect("a date");
    Subscription {
        id: SubscriptionId(1),
        number: 1001,
        account_id: AccountId(1),
        product_id: ProductId(1),
        sku: "AB04".parse().expect("a SKU"),
        rhythm: Rhythm { anchor: date(anchor), term_months },
        notice_months: 3,
        renewal: ProductRenewal::Automatic,
        billed_through: date(billed_through),
        invoice_email: "faktura@saab.example".parse().expect("an address"),
        reference: None,
        address: None,
        vat_number: None,
        agreed_price: None,
        ends_on: None,
        end_reason: None,
        failures: 0,
        failure: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::term::parse_date;

    fn date(text: &str) -> NaiveDate {
        parse_date(text).expect("a date")
    }

    #[test]
    fn r8_a_notice_ends_at_the_first_renewal_date_it_is_in_time_for() {
        let cases = [
            ("2026-03-01", 12, "2027-03-01", "2026-12-01", "2027-03-01"),
            ("2026-03-01", 12, "2027-03-01", "2026-12-02", "2028-03-01"),
            // The renewal is overdue, and its next last day for notice too.
            ("2026-03-01", 12, "2027-03-01", "2027-03-20", "2028-03-01"),
            ("2026-03-01", 12, "2027-03-01", "2027-12-02", "2029-03-01"),
            ("2026-03-01", 12, "2027-03-01", "2030-01-15", "2031-03-01"),
            // Month ends, and the leap day that comes back.
            ("2025-05-31", 12, "2026-05-31", "2026-02-28", "2026-05-31"),
            ("2025-05-31", 12, "2026-05-31", "2026-03-01", "2027-05-31"),
            ("2024-02-29", 12, "2027-02-28", "2026-11-29", "2028-02-29"),
            ("2024-02-29", 12, "2028-02-29", "2027-11-30", "2029-02-28"),
            ("2026-08-31", 6, "2027-02-28", "2026-11-29", "2027-08-31"),
            ("2026-08-31", 6, "2027-02-28", "2027-06-01", "2028-02-29"),
        ];
        for (anchor, term_months, billed_through, received, end) in cases {
            let subscription = example(anchor, term_months, billed_through);
            let found = subscription.end_on_notice(date(received), NoticeRule::default());
            assert_eq!(found, Ok(date(end)), "{anchor} notice {received}");
        }
    }

    #[test]
    fn every_term_whose_day_has_come_is_due_until_the_end() {
        let cases = [
            ("2027-02-28", None, 0),
            ("2027-03-01", None, 1),
            ("2028-02-29", None, 1),
            ("2029-03-20", None, 3),
            ("2029-03-20", Some("2027-03-01"), 0),
            ("2029-03-20", Some("2028-03-01"), 1),
            ("2026-01-01", None, 0),
        ];
        for (as_of, ends_on, count) in cases {
            let subscription = Subscription {
                ends_on: ends_on.map(date),
                ..example("2026-03-01", 12, "2027-03-01")
            };
            let due = subscription.terms_due(date(as_of), DueRule::default());
            assert_eq!(due, count, "{as_of} {ends_on:?}");
        }
    }

    #[test]
    fn without_months_of_notice_the_renewal_date_itself_is_in_time() {
        let subscription =
            Subscription { notice_months: 0, ..example("2026-03-01", 1, "2026-04-01") };
        let end = |day| subscription.end_on_notice(date(day), NoticeRule::default());
        assert_eq!(end("2026-04-01"), Ok(date("2026-04-01")));
        assert_eq!(end("2026-04-02"), Ok(date("2026-05-01")));
    }
}
