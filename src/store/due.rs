//! What is due: the coming terms whose day has come, each with all that its renewal depends on.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{Months, NaiveDate};
use serde_json::{Value as Json, json};

use super::account::read_account_from;
use super::driver::{Row, values};
use super::subscription::{SUBSCRIPTION_COLUMNS, read_subscription, subscription_columns};
use super::{DriverError, StoreError, Tx};
use crate::domain::account::Account;
use crate::domain::due::DueRule;
use crate::domain::event::{EventKind, Noun, Subject};
use crate::domain::licence::Holder;
use crate::domain::money::Money;
use crate::domain::product::{PriceGroup, Product, ProductId, ProductKind};
use crate::domain::renewal_price::LastBilled;
use crate::domain::setting::ShopSettings;
use crate::domain::subscription::{Due, FAILURES_MAX, Subscription, SubscriptionId};

/// The day through which the last finished run renewed.
const RENEWED_THROUGH: &str = "renewed_through";

/// How far a run through the due subscriptions has come: the last one's renewal date and key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueCursor {
    pub billed_through: NaiveDate,
    pub id: SubscriptionId,
}

/// What is asked for: what is due by a day, by the rules and the catalogue of the shop.
#[derive(Clone, Copy)]
pub struct DueBy<'a> {
    pub as_of: NaiveDate,
    pub settings: &'a ShopSettings,
    pub catalogue: &'a HashMap<ProductId, Arc<Product>>,
}

/// The columns that [`read_due`] reads, from [`due_tables`].
macro_rules! due_columns {
    () => {
        concat!(
            subscription_columns!(),
            ", r.price_ore,
             a.id, a.org_number, a.name, a.contact, a.invoice_email, a.care_of, a.street,
             a.postal_code, a.city, a.country, a.language, a.reference, a.vat_number,
             a.deliver, a.participant, a.closed_on"
        )
    };
}
pub(super) use due_columns;

/// The subscriptions with their products, accounts, and the reminders of their next terms.
macro_rules! due_tables {
    () => {
        "FROM subscription s
             JOIN product p ON p.id = s.product_id
             JOIN account a ON a.id = s.account_id
             LEFT JOIN renewal_reminder r
                 ON r.subscription_id = s.id AND r.start_on = s.billed_through"
    };
}
pub(super) use due_tables;

/// Which subscriptions `s` are due: `$1` to `$5` are the latest starts by months of notice, `$6` the
/// failures that park one. The index of renewal dates leads to them.
macro_rules! is_due {
    () => {
        "s.billed_through <= $5
                 AND s.billed_through <= CASE s.notice_months
                     WHEN 0 THEN $1 WHEN 1 THEN $2 WHEN 2 THEN $3 WHEN 3 THEN $4 ELSE $5 END
                 AND (s.ends_on IS NULL OR s.ends_on > s.billed_through)
                 AND s.failures < $6"
    };
}

impl Tx<'_> {
    /// Returns the subscriptions after `cursor` whose next term is due, the longest due first, at most
    /// `limit`. Parked ones and those that have ended are left out.
    pub fn subscriptions_due(
        &self,
        by: &DueBy<'_>,
        cursor: Option<DueCursor>,
        limit: i64,
    ) -> Result<Vec<Due>, StoreError> {
        let [none, one, two, three, more] = by.settings.due_rule().latest_starts(by.as_of);
        let (after_day, after_id) = after(cursor);
        let found = self.rows(
            concat!(
                "SELECT ",
                due_columns!(),
                " ",
                due_tables!(),
                " WHERE ",
                is_due!(),
                " AND (s.billed_through, s.id) > ($7, $8)
             ORDER BY s.billed_through, s.id LIMIT $9"
            ),
            values![none, one, two, three, more, FAILURES_MAX, after_day, after_id, limit],
            read_due,
        )?;
        self.complete(found, by.settings, by.catalogue)
    }

    /// Returns one subscription if it is due and lies after `cursor`, parked or not.
    pub fn subscription_due(
        &self,
        number: i64,
        by: &DueBy<'_>,
        cursor: Option<DueCursor>,
    ) -> Result<Vec<Due>, StoreError> {
        let subscription = self.subscription(number)?;
        let start = subscription.billed_through;
        let is_due = subscription.terms_due(by.as_of, by.settings.due_rule()) > 0
            && cursor.is_none_or(|cursor| cursor.billed_through < start);
        Ok(if is_due { vec![self.coming_renewal(&subscription)?] } else { Vec::new() })
    }

    /// Returns what the next renewal of a subscription depends on, due or not.
    pub fn coming_renewal(&self, subscription: &Subscription) -> Result<Due, StoreError> {
        let mut due = Due {
            subscription: subscription.clone(),
            account: self.account_by_id(subscription.account_id)?,
            product: Arc::new(self.product(&subscription.sku)?),
            holder: None,
            promised: self
                .reminder(subscription.id, subscription.billed_through)?
                .map(|it| it.price),
            last_billed: None,
        };
        due.holder = self.holder_of(&due)?;
        if due.price_case(&self.shop_settings()?).needs_last_billed() {
            due.last_billed = self.last_billed(subscription)?;
        }
        Ok(due)
    }

    /// Adds to rows of [`read_due`] what lies elsewhere.
    pub(super) fn complete(
        &self,
        found: Vec<(Subscription, Option<Money>, Account)>,
        settings: &ShopSettings,
        catalogue: &HashMap<ProductId, Arc<Product>>,
    ) -> Result<Vec<Due>, StoreError> {
        found
            .into_iter()
            .map(|(subscription, promised, mut account)| {
                account.memberships = self.memberships(account.id)?;
                let product = catalogue.get(&subscription.product_id).cloned();
                let product = product.ok_or_else(|| StoreError::Unknown {
                    noun: "product",
                    key: subscription.sku.to_string(),
                })?;
                let (holder, last_billed) = (None, None);
                let mut due = Due { subscription, account, product, holder, promised, last_billed };
                due.holder = self.holder_of(&due)?;
                if due.price_case(settings).needs_last_billed() {
                    due.last_billed = self.last_billed(&due.subscription)?;
                }
                Ok(due)
            })
            .collect()
    }

    /// Returns whom a licence is for; `None` for what is none, of which nothing is asked.
    fn holder_of(&self, due: &Due) -> Result<Option<Holder>, StoreError> {
        match due.product.kind {
            ProductKind::Licence => self.find(
                "SELECT holder FROM licence WHERE subscription_id = $1",
                values![due.subscription.id.0],
                |row| row.get(0).map(Holder::kept),
            ),
            ProductKind::Subscription | ProductKind::Printed => Ok(None),
        }
    }

    /// Returns how the last billed term came by its price; `None` where another shop billed it.
    fn last_billed(&self, subscription: &Subscription) -> Result<Option<LastBilled>, StoreError> {
        self.find(
            // An invoice that was issued anew was priced on the day of the first one.
            "WITH RECURSIVE former (id, issued_on, reissues_id) AS (
                 SELECT f.id, f.issued_on, f.reissues_id
                 FROM term t JOIN invoice f ON f.id = t.invoice_id
                 WHERE t.subscription_id = $1 AND t.end_on = $2
                 UNION ALL
                 SELECT f.id, f.issued_on, f.reissues_id
                 FROM former n JOIN invoice f ON f.id = n.reissues_id)
             SELECT (SELECT min(f.issued_on) FROM former f), l.price_from, l.price_group,
                 l.unit_price_ore, l.price_rule
             FROM term t
             JOIN invoice i ON i.id = t.invoice_id
             JOIN invoice_line l
                 ON l.invoice_id = t.invoice_id AND l.subscription_id = t.subscription_id
             WHERE t.subscription_id = $1 AND t.end_on = $2 AND l.period_start = t.start_on
             ORDER BY l.position",
            values![subscription.id.0, subscription.billed_through],
            |row| {
                let group: String = row.get(2)?;
                Ok(LastBilled {
                    issued_on: row.get(0)?,
                    price_from: row.get(1)?,
                    group: PriceGroup::of(group == PriceGroup::Member.as_str()),
                    unit_price: row.get(3)?,
                    rule: row.parse(4)?,
                })
            },
        )
    }

    /// Returns how many subscriptions [`Tx::subscriptions_due`] would go through.
    pub fn count_due(&self, as_of: NaiveDate, rule: DueRule) -> Result<i64, StoreError> {
        let [none, one, two, three, more] = rule.latest_starts(as_of);
        self.integer(
            concat!("SELECT count(*) FROM subscription s WHERE ", is_due!()),
            values![none, one, two, three, more, FAILURES_MAX],
        )
    }

    /// Returns how many terms are due, those to catch up with counted.
    pub fn count_terms_due(&self, as_of: NaiveDate, rule: DueRule) -> Result<i64, StoreError> {
        let [none, one, two, three, more] = rule.latest_starts(as_of);
        // Only one whose term begins a month before the latest start can owe another.
        let month_before = more.checked_sub_months(Months::new(1)).unwrap_or(more);
        let mut count = self.count_due(as_of, rule)?;
        self.each(
            concat!(
                "SELECT ",
                subscription_columns!(),
                " FROM subscription s JOIN product p ON p.id = s.product_id
             WHERE s.billed_through <= $7 AND ",
                is_due!()
            ),
            values![none, one, two, three, more, FAILURES_MAX, month_before],
            &mut |row| {
                let terms = read_subscription(row)?.terms_due(as_of, rule);
                count += i64::from(terms.saturating_sub(1));
                Ok(())
            },
        )?;
        Ok(count)
    }

    /// Returns the day through which the last finished run renewed, if one ever did.
    pub fn renewed_through(&self) -> Result<Option<NaiveDate>, StoreError> {
        self.setting_date(RENEWED_THROUGH)
    }

    /// Records that everything due by `day` was gone through, unless a later day was.
    pub fn finish_renewals(&self, day: NaiveDate) -> Result<(), StoreError> {
        let before = self.renewed_through()?;
        if before.is_some_and(|before| before >= day) {
            return Ok(());
        }
        self.put_setting(RENEWED_THROUGH, &day.to_string())?;
        self.record(
            EventKind::RenewalsFinished,
            Subject { noun: Noun::Shop, id: 0 },
            "renewals",
            before.map_or(Json::Null, |day| json!({ "renewed_through": day.to_string() })),
            json!({ "renewed_through": day.to_string() }),
        )
    }
}

/// Returns what rows are compared with to lie after `cursor`.
pub(super) fn after(cursor: Option<DueCursor>) -> (String, i64) {
    match cursor {
        Some(cursor) => (cursor.billed_through.to_string(), cursor.id.0),
        None => (String::new(), 0),
    }
}

/// Reads a subscription, the price its reminder stated, and its account without memberships.
pub(super) fn read_due(
    row: &Row<'_>,
) -> Result<(Subscription, Option<Money>, Account), DriverError> {
    let account = read_account_from(row, SUBSCRIPTION_COLUMNS + 1)?;
    Ok((read_subscription(row)?, row.get(SUBSCRIPTION_COLUMNS)?, account))
}
