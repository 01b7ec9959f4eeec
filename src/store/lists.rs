//! Lists: what is shown in rows, handed over one by one so that a million of them need no memory.

use std::fmt;

use chrono::NaiveDate;

use super::driver::{Row, Value, values};
use super::e_invoice::waits_for_delivery;
use super::hold::is_held;
use super::ledger::left_of_invoice;
use super::shipment::waits_for_post;
use super::subscription::{SUBSCRIPTION_COLUMNS, subscription_columns};
use super::{DriverError, StoreError, Tx};
use crate::domain::account::{Account, AccountId};
use crate::domain::invoice::{InvoiceKind, InvoiceNumber};
use crate::domain::money::Money;
use crate::domain::org_number::OrgNumber;
use crate::domain::participant::Deliver;
use crate::domain::receivable::{InvoiceState, Sums};
use crate::domain::setting::ShopSettings;
use crate::domain::subscription::{FAILURES_MAX, Subscription};
use crate::domain::text::name_key;

/// Which names a search lets through; compared as [`name_key`] compares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Search {
    BeginsWith(String),
    Contains(String),
}

impl Search {
    /// Reads what people type: a trailing `*` asks for the beginning of the name.
    pub fn new(text: &str) -> Search {
        match text.strip_suffix('*') {
            Some(beginning) => Search::BeginsWith(name_key(beginning)),
            None => Search::Contains(name_key(text)),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountListing {
    pub org_number: OrgNumber,
    pub name: String,
    pub city: Option<String>,
    pub login: Option<String>,
    pub invoice_email: Option<String>,
    pub is_member: bool,
    pub closed_on: Option<NaiveDate>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderListing {
    pub number: i64,
    pub ordered_on: NaiveDate,
    pub org_number: OrgNumber,
    pub name: String,
    pub items: String,
    /// The one in force: the last, where it was issued anew.
    pub invoice_number: i64,
    pub total: Money,
    pub cancelled_on: Option<NaiveDate>,
    /// The day on which its printed copies were posted, the last time.
    pub shipped_on: Option<NaiveDate>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubscriptionListing {
    pub subscription: Subscription,
    /// The unpaid invoice that stops documents from being fetched.
    pub fetch_stopped_by: Option<InvoiceNumber>,
    pub org_number: OrgNumber,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvoiceListing {
    pub number: i64,
    pub kind: InvoiceKind,
    pub ocr: String,
    pub issued_on: NaiveDate,
    pub due_on: NaiveDate,
    pub org_number: OrgNumber,
    pub name: String,
    /// As it weighs on what the customer owes: below zero on a credit note.
    pub total: Money,
    pub state: InvoiceState,
    /// What is left to pay, fees and interest included; nothing on a credit note.
    pub left: Money,
    /// The number of the invoice that a credit note credits.
    pub credits: Option<i64>,
    pub order_number: Option<i64>,
    pub mail_status: Option<String>,
    pub deliver: Deliver,
    pub delivered_on: Option<NaiveDate>,
}

impl Tx<'_> {
    /// Hands over the accounts by name, as a Swedish telephone book sorts them.
    pub fn each_account(
        &self,
        search: Option<&Search>,
        member: Option<bool>,
        each: &mut dyn FnMut(AccountListing) -> Result<(), DriverError>,
    ) -> Result<(), StoreError> {
        let (from, to) = match search {
            Some(Search::Contains(part)) => {
                return self.each_account_containing(part, member, each);
            }
            Some(Search::BeginsWith(beginning)) => {
                (beginning.clone(), format!("{beginning}{}", char::MAX))
            }
            None => (String::new(), char::MAX.to_string()),
        };
        self.each(
            "SELECT a.org_number, a.name, a.city,
                 (SELECT l.email FROM login l WHERE l.account_id = a.id ORDER BY EXISTS (SELECT 1 FROM seat t WHERE t.login_id = l.id), l.id
                     LIMIT 1),
                 a.invoice_email,
                 CASE WHEN EXISTS (SELECT 1 FROM membership m WHERE m.account_id = a.id
                     AND m.from_on <= $3 AND (m.to_on IS NULL OR m.to_on > $3)) THEN 1 ELSE 0 END,
                 a.closed_on
             FROM account a WHERE a.name_key >= $1 AND a.name_key <= $2 ORDER BY a.name_key, a.id",
            values![from, to, self.today()],
            &mut |row| match read_account_listing(row)? {
                listing if member.is_none_or(|wanted| listing.is_member == wanted) => each(listing),
                _ => Ok(()),
            },
        )
    }

    /// Scans the index of names and fetches what contains `part`: no index that imports would pay for.
    fn each_account_containing(
        &self,
        part: &str,
        member: Option<bool>,
        each: &mut dyn FnMut(AccountListing) -> Result<(), DriverError>,
    ) -> Result<(), StoreError> {
        self.each_name(&mut |id, key| {
            if !key.contains(part) {
                return Ok(());
            }
            let listing = self.account_listing(id)?;
            match member {
                Some(wanted) if listing.is_member != wanted => Ok(()),
                _ => each(listing),
            }
        })
    }

    /// Hands over the keys of all names, in their order.
    pub(super) fn each_name(
        &self,
        each: &mut dyn FnMut(AccountId, &str) -> Result<(), DriverError>,
    ) -> Result<(), StoreError> {
        self.each("SELECT id, name_key FROM account ORDER BY name_key, id", &[], &mut |row| {
            match row.column(1) {
                Value::Text(key) => each(AccountId(row.get(0)?), &key),
                _ => Ok(()),
            }
        })
    }

    pub(super) fn account_listing(&self, id: AccountId) -> Result<AccountListing, DriverError> {
        let mut found = None;
        self.driver.query(
            "SELECT a.org_number, a.name, a.city,
                 (SELECT l.email FROM login l WHERE l.account_id = a.id ORDER BY EXISTS (SELECT 1 FROM seat t WHERE t.login_id = l.id), l.id
                     LIMIT 1),
                 a.invoice_email,
                 CASE WHEN EXISTS (SELECT 1 FROM membership m WHERE m.account_id = a.id
                     AND m.from_on <= $2 AND (m.to_on IS NULL OR m.to_on > $2)) THEN 1 ELSE 0 END,
                 a.closed_on
             FROM account a WHERE a.id = $1",
            values![id.0, self.today()],
            &mut |row| {
                found = Some(read_account_listing(row)?);
                Ok(())
            },
        )?;
        found.ok_or_else(|| DriverError::Corrupt("an index names a row that is gone".to_owned()))
    }

    /// Hands over every account whole, by organisation number, for export.
    pub fn each_whole_account(
        &self,
        each: &mut dyn FnMut(Account) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut after = String::new();
        loop {
            let page = self.rows(
                "SELECT id, org_number, name, contact, invoice_email, care_of, street, postal_code,
                     city, country, language, reference, vat_number, deliver, participant,
                     closed_on
                 FROM account WHERE org_number > $1 ORDER BY org_number LIMIT 1000",
                values![after],
                super::account::read_account,
            )?;
            let Some(last) = page.last() else { return Ok(()) };
            after = last.org_number.digits().to_owned();
            for account in page {
                each(self.with_logins_and_memberships(account)?)?;
            }
        }
    }

    /// Hands over the orders, newest first; of one account when given, and if `to_post` only those whose
    /// printed copies wait to be posted.
    pub fn each_order(
        &self,
        account: Option<AccountId>,
        to_post: bool,
        each: &mut dyn FnMut(OrderListing) -> Result<(), DriverError>,
    ) -> Result<(), StoreError> {
        let wanted = Wanted::default()
            .and("o.account_id =", account.map(|id| id.0))
            .when(to_post, waits_for_post!());
        self.each(
            &format!(
                "SELECT o.number, o.ordered_on, a.org_number, i.buyer_name, i.number, i.total_ore,
                     i.id, o.cancelled_on,
                     (SELECT max(p.shipped_on) FROM shipment p
                      WHERE p.order_id = o.id AND p.taken_back_at IS NULL)
                 FROM orders o
                 JOIN account a ON a.id = o.account_id
                 JOIN invoice i ON i.order_id = o.id AND i.kind = 'invoice'
                     AND NOT EXISTS (SELECT 1 FROM invoice r WHERE r.reissues_id = i.id)
                 {wanted}
                 ORDER BY o.number DESC"
            ),
            &wanted.values,
            &mut |row| {
                each(OrderListing {
                    number: row.get(0)?,
                    ordered_on: row.get(1)?,
                    org_number: row.parse(2)?,
                    name: row.get(3)?,
                    items: self.items(row.get(6)?)?,
                    invoice_number: row.get(4)?,
                    total: row.get(5)?,
                    cancelled_on: row.get(7)?,
                    shipped_on: row.get(8)?,
                })
            },
        )
    }

    fn items(&self, invoice: i64) -> Result<String, DriverError> {
        let mut items = Vec::new();
        self.driver.query(
            "SELECT sku, quantity FROM invoice_line WHERE invoice_id = $1 ORDER BY position",
            values![invoice],
            &mut |row| {
                let (sku, quantity): (String, i64) = (row.get(0)?, row.get(1)?);
                items.push(if quantity == 1 { sku } else { format!("{sku}={quantity}") });
                Ok(())
            },
        )?;
        Ok(items.join(" "))
    }

    /// Hands over the subscriptions by number that match every filter given.
    pub fn each_subscription(
        &self,
        filter: &SubscriptionFilter,
        settings: &ShopSettings,
        each: &mut dyn FnMut(SubscriptionListing) -> Result<(), DriverError>,
    ) -> Result<(), StoreError> {
        let wanted = Wanted::default()
            .and("s.account_id =", filter.account.map(|id| id.0))
            .and("p.sku =", filter.sku.as_deref())
            .and(
                "(s.ends_on IS NULL OR s.ends_on > s.billed_through) AND s.billed_through <",
                filter.renews_before,
            );
        self.each(
            &format!(
                "SELECT {columns}, a.org_number, a.name
                 FROM subscription s
                 JOIN product p ON p.id = s.product_id
                 JOIN account a ON a.id = s.account_id
                 {wanted}
                 ORDER BY s.number",
                columns = subscription_columns!(),
            ),
            &wanted.values,
            &mut |row| {
                let subscription = super::subscription::read_subscription(row)?;
                each(SubscriptionListing {
                    fetch_stopped_by: self.overdue_invoice(&subscription, settings)?,
                    subscription,
                    org_number: row.parse(SUBSCRIPTION_COLUMNS)?,
                    name: row.get(SUBSCRIPTION_COLUMNS + 1)?,
                })
            },
        )
    }

    /// Hands over the invoices that match every filter given, newest first.
    pub fn each_invoice(
        &self,
        filter: &InvoiceFilter,
        each: &mut dyn FnMut(InvoiceListing) -> Result<(), DriverError>,
    ) -> Result<(), StoreError> {
        let unpaid = concat!("i.kind = 'invoice' AND ", left_of_invoice!(), " > 0");
        let payee = filter.unpaid_with.as_deref();
        let mut wanted = Wanted::default()
            .and("i.account_id =", filter.account.map(|id| id.0))
            .when(filter.is_unpaid || filter.is_held || payee.is_some(), unpaid)
            .and("i.due_on <", filter.due_before)
            .when(filter.is_held, is_held!())
            .when(filter.to_deliver, waits_for_delivery!())
            .and(
                "i.seller_version IN (SELECT version FROM seller WHERE bankgiro = {0} \
                  OR plusgiro = {0} OR iban = {0})",
                payee,
            );
        let limit = match filter.limit {
            None => String::new(),
            Some(limit) => {
                wanted.values.push(Value::Integer(limit));
                format!(" LIMIT ${}", wanted.values.len())
            }
        };
        self.each(
            &format!(
                "SELECT i.number, i.ocr, i.issued_on, i.due_on, i.buyer_org_number, i.buyer_name,
                     i.total_ore, o.number,
                     (SELECT m.status FROM outbox m WHERE m.invoice_id = i.id
                         ORDER BY m.id DESC LIMIT 1),
                     i.kind, c.number,
                     (SELECT sum(n.total_ore) FROM invoice n WHERE n.credits_id = i.id),
                     (SELECT coalesce(-sum(e.amount_ore), 0) FROM ledger_entry e
                         WHERE e.invoice_id = i.id AND e.kind = 'payment'),
                     (SELECT coalesce(-sum(e.amount_ore), 0) FROM ledger_entry e
                         WHERE e.invoice_id = i.id AND e.kind IN ('write_off', 'rounding')),
                     {left},
                     i.deliver,
                     (SELECT d.delivered_on FROM delivery d WHERE d.invoice_id = i.id)
                 FROM invoice i
                 LEFT JOIN orders o ON o.id = i.order_id
                 LEFT JOIN invoice c ON c.id = i.credits_id
                 {wanted}
                 ORDER BY i.number DESC{limit}",
                left = left_of_invoice!(),
            ),
            &wanted.values,
            &mut |row| each(read_invoice_listing(row, self.today())?),
        )
    }

    /// Returns how many subscriptions renew before a day, overdue ones included, parked ones not.
    pub fn renewals_before(&self, day: NaiveDate) -> Result<i64, StoreError> {
        self.integer(
            "SELECT count(*) FROM subscription
             WHERE billed_through < $1 AND failures < $2
                 AND (ends_on IS NULL OR ends_on > billed_through)",
            values![day, FAILURES_MAX],
        )
    }
}

/// Which invoices to list; `None` and `false` let all through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InvoiceFilter {
    pub account: Option<AccountId>,
    /// Those of which something is left to pay.
    pub is_unpaid: bool,
    /// Those due before this day.
    pub due_before: Option<NaiveDate>,
    /// Unpaid ones that name this account to pay to, by its number without blanks and hyphens.
    pub unpaid_with: Option<String>,
    /// Unpaid ones that nobody is reminded of.
    pub is_held: bool,
    /// Those that wait to go out as e-invoices.
    pub to_deliver: bool,
    /// At most this many.
    pub limit: Option<i64>,
}

/// Which subscriptions to list; `None` lets all through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SubscriptionFilter {
    pub account: Option<AccountId>,
    pub sku: Option<String>,
    pub renews_before: Option<NaiveDate>,
}

/// The conditions of a query that were given, each with its value.
///
/// Written out only where given: an engine can tell what type a value has, and which index helps.
#[derive(Default)]
pub(super) struct Wanted<'v> {
    conditions: Vec<String>,
    pub(super) values: Vec<Value<'v>>,
}

impl<'v> Wanted<'v> {
    /// Adds a condition that ends before its value, such as `i.account_id =`, or has `{0}` in its places.
    pub(super) fn and(mut self, condition: &str, value: Option<impl Into<Value<'v>>>) -> Self {
        if let Some(value) = value {
            self.values.push(value.into());
            let place = format!("${}", self.values.len());
            self.conditions.push(match condition.contains("{0}") {
                true => condition.replace("{0}", &place),
                false => format!("{condition} {place}"),
            });
        }
        self
    }

    /// Adds a condition that has no value of its own.
    pub(super) fn when(mut self, is_wanted: bool, condition: &str) -> Self {
        if is_wanted {
            self.conditions.push(condition.to_owned());
        }
        self
    }
}

impl fmt::Display for Wanted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.conditions.is_empty() {
            true => Ok(()),
            false => write!(f, "WHERE {}", self.conditions.join(" AND ")),
        }
    }
}

fn read_account_listing(row: &Row<'_>) -> Result<AccountListing, DriverError> {
    Ok(AccountListing {
        org_number: row.parse(0)?,
        name: row.get(1)?,
        city: row.get(2)?,
        login: row.get(3)?,
        invoice_email: row.get(4)?,
        is_member: row.get(5)?,
        closed_on: row.get(6)?,
    })
}

fn read_invoice_listing(row: &Row<'_>, today: NaiveDate) -> Result<InvoiceListing, DriverError> {
    let (kind, total): (InvoiceKind, Money) = (row.parse(9)?, row.get(6)?);
    let due_on = row.get(3)?;
    let (credited, paid, given_up) = (row.get(11)?, row.get(12)?, row.get(13)?);
    let left = if kind == InvoiceKind::Invoice { row.get(14)? } else { Money::ZERO };
    let state = match kind {
        InvoiceKind::Invoice => {
            InvoiceState::of(Sums { total, credited, paid, given_up, left }, due_on, today)
        }
        InvoiceKind::CreditNote => InvoiceState::Issued,
    };
    Ok(InvoiceListing {
        number: row.get(0)?,
        kind,
        ocr: row.get(1)?,
        issued_on: row.get(2)?,
        due_on,
        org_number: row.parse(4)?,
        name: row.get(5)?,
        total: kind.owed(total),
        state,
        left,
        credits: row.get(10)?,
        order_number: row.get(7)?,
        mail_status: row.get(8)?,
        deliver: row.parse(15)?,
        delivered_on: row.get(16)?,
    })
}
