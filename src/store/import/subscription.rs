//! Running subscriptions of another shop: staged, judged and taken over.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use serde_json::{Map, Value as Json, json};

use super::super::driver::{Row as DriverRow, values};
use super::super::subscription::{
    SUBSCRIPTION_COLUMNS, read_subscription, subject, subscription_columns,
};
use super::super::{DriverError, StoreError, Tx};
use super::staging::RowProblem;
use crate::domain::account::AccountId;
use crate::domain::event::EventKind;
use crate::domain::import::subscription::{
    Circumstances, Fault, Field, Held, Row, TakeOver, Verdict, judge,
};
use crate::domain::notice::Timeliness;
use crate::domain::org_number::OrgNumber;
use crate::domain::product::{Product, ProductId, ProductKind, Sku};
use crate::domain::subscription::{Subscription, SubscriptionId};

/// A staged row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakeOverRow {
    pub line: i64,
    pub row: Row,
}

impl Tx<'_> {
    /// Returns what becomes of a row as the store now stands, or what keeps it from being taken over.
    pub fn judge_take_over(
        &self,
        row: &Row,
        catalogue: &HashMap<Sku, Arc<Product>>,
        circumstances: Circumstances,
    ) -> Result<Result<Verdict, Vec<Fault>>, StoreError> {
        let account = match self.account_led_to(&row.org_number)? {
            Some((_, Some(succession))) => {
                return Ok(Err(vec![(Field::OrgNumber, succession.to_string())]));
            }
            found => found.map(|(account, _)| account),
        };
        let product = catalogue.get(&row.sku).map(Arc::as_ref);
        let held = match (&account, product) {
            (Some(account), Some(product)) => self.held(account.id, product.id)?,
            _ => Vec::new(),
        };
        Ok(judge(row, account.as_ref(), product, &held, circumstances))
    }

    fn held(&self, account: AccountId, product: ProductId) -> Result<Vec<Held>, StoreError> {
        self.rows(
            concat!(
                "SELECT ",
                subscription_columns!(),
                ",
                 (SELECT n.received_on FROM notice n
                     WHERE n.subscription_id = s.id AND n.withdrawn_on IS NULL)
             FROM subscription s JOIN product p ON p.id = s.product_id
             WHERE s.account_id = $1 AND s.product_id = $2 ORDER BY s.number"
            ),
            values![account.0, product.0],
            |row| {
                Ok(Held {
                    subscription: read_subscription(row)?,
                    notice_received: row.get(SUBSCRIPTION_COLUMNS)?,
                })
            },
        )
    }

    /// Stages a row that is good by itself, for the account it is about.
    pub fn stage_take_over(
        &self,
        line: i64,
        row: &Row,
        verdict: &Verdict,
    ) -> Result<(), StoreError> {
        let account = match verdict {
            Verdict::TakeOver(taken) => taken.subscription.account_id,
            Verdict::Unchanged(account) => *account,
        };
        self.execute(
            "INSERT INTO import_row (line, account_id, is_new, org_number, sku, anchor, last_day,
                 invoice_email, reference, agreed_ore, notice_on)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            values![
                line,
                account.0,
                matches!(verdict, Verdict::TakeOver(_)),
                *row.org_number.digits(),
                *row.sku.as_str(),
                row.anchor,
                row.last_day,
                row.invoice_email.as_ref().map(|email| email.as_str().to_owned()),
                row.reference,
                row.agreed_price,
                row.notice_received,
            ],
        )?;
        Ok(())
    }

    /// Finds the rows that an earlier one is in the way of: the same subscription again, or, unless
    /// that is agreed to, a second one to the same product.
    pub fn judge_take_overs(&self, is_agreed: bool) -> Result<(), StoreError> {
        self.each(
            "SELECT r.line, r.sku, f.line FROM import_row r
             JOIN (SELECT account_id, sku, anchor, min(line) AS line FROM import_row
                 GROUP BY account_id, sku, anchor HAVING count(*) > 1) f
                 ON f.account_id = r.account_id AND f.sku = r.sku AND f.anchor = r.anchor
             WHERE r.line > f.line ORDER BY r.line",
            &[],
            &mut |row| {
                let reason = format!("it stands on line {} already", row.get::<i64>(2)?);
                let field = Field::Sku.as_str();
                self.stage_problem(&RowProblem::new(row.get(0)?, field, row.get(1)?, reason))
            },
        )?;
        if is_agreed {
            return Ok(());
        }
        self.each(
            "SELECT r.line, r.sku, f.line FROM import_row r
             JOIN (SELECT account_id, sku, min(line) AS line FROM import_row WHERE is_new = 1
                 GROUP BY account_id, sku HAVING count(*) > 1) f
                 ON f.account_id = r.account_id AND f.sku = r.sku
             WHERE r.line > f.line AND r.is_new = 1
                 AND r.line NOT IN (SELECT line FROM import_problem)
             ORDER BY r.line",
            &[],
            &mut |row| {
                let reason = format!(
                    "the account has one to it on line {} already; `--yes` takes both",
                    row.get::<i64>(2)?
                );
                let field = Field::Sku.as_str();
                self.stage_problem(&RowProblem::new(row.get(0)?, field, row.get(1)?, reason))
            },
        )
    }

    /// Returns staged rows in the order of the file, those after line `after`, at most `limit`.
    pub fn staged_take_overs(
        &self,
        after: i64,
        limit: i64,
    ) -> Result<Vec<TakeOverRow>, StoreError> {
        self.rows(
            "SELECT line, org_number, sku, anchor, last_day, invoice_email, reference, agreed_ore,
                 notice_on
             FROM import_row WHERE line > $1 ORDER BY line LIMIT $2",
            values![after, limit],
            read_staged,
        )
    }

    /// Takes one subscription over: it gets a number here and runs on from what is billed, with no
    /// invoice and no mail. A notice that the other shop received is kept with it.
    pub fn take_over(&self, taken: &TakeOver) -> Result<i64, StoreError> {
        let subscription = &taken.subscription;
        let number = self.next_number("subscription")?;
        let id = SubscriptionId(self.next_id()?);
        let agreed = subscription.agreed_price.as_ref();
        self.execute(
            "INSERT INTO subscription (id, number, account_id, product_id, anchor, term_months,
                 notice_months, billed_through, invoice_email, reference, ends_on, agreed_ore,
                 agreed_reason)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
            values![
                id.0,
                number,
                subscription.account_id.0,
                subscription.product_id.0,
                subscription.rhythm.anchor,
                subscription.rhythm.term_months,
                subscription.notice_months,
                subscription.billed_through,
                *subscription.invoice_email.as_str(),
                subscription.reference,
                subscription.ends_on,
                agreed.map(|agreed| agreed.price),
                agreed.map(|agreed| agreed.reason.clone()),
            ],
        )?;
        if let Some(notice) = taken.notice {
            self.execute(
                "INSERT INTO notice (id, subscription_id, received_on, entered_on, renewal_date,
                     deadline, in_time, goodwill, ends_on)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8)",
                values![
                    id.0,
                    id.0,
                    notice.received_on,
                    self.today(),
                    notice.counted.renewal_date,
                    notice.counted.deadline,
                    notice.counted.timeliness == Timeliness::InTime,
                    notice.counted.ends_on,
                ],
            )?;
        }
        let notice_received = taken.notice.map(|notice| notice.received_on);
        let after = taken_over_fields(subscription, &taken.org_number, notice_received);
        self.record(
            EventKind::SubscriptionImported,
            subject(id),
            &number.to_string(),
            Json::Null,
            Json::Object(after),
        )?;
        if self.product(&subscription.sku)?.kind == ProductKind::Licence {
            let account = self.account_by_id(subscription.account_id)?;
            let holder = account.profile.name.parse().map_err(DriverError::Unexpected)?;
            self.start_licence((id, number), &holder)?;
        }
        Ok(number)
    }

    /// Removes a subscription that was taken over and that nothing was built on.
    pub(super) fn remove_taken_over(&self, id: i64) -> Result<(), StoreError> {
        let found = self.find(
            concat!(
                "SELECT ",
                subscription_columns!(),
                ", a.org_number, n.received_on
             FROM subscription s JOIN product p ON p.id = s.product_id
             JOIN account a ON a.id = s.account_id
             LEFT JOIN notice n ON n.subscription_id = s.id WHERE s.id = $1"
            ),
            values![id],
            |row| {
                let org_number: OrgNumber = row.parse(SUBSCRIPTION_COLUMNS)?;
                Ok((read_subscription(row)?, org_number, row.get(SUBSCRIPTION_COLUMNS + 1)?))
            },
        )?;
        let (subscription, org_number, notice_received) = found.ok_or_else(|| {
            StoreError::Unknown { noun: "subscription", key: format!("row {id}") }
        })?;
        self.execute("DELETE FROM notice WHERE subscription_id = $1", values![id])?;
        self.remove_licence(subscription.id, subscription.number)?;
        self.change(
            "subscription",
            subscription.number,
            "DELETE FROM subscription WHERE id = $1 AND billed_through = $2",
            values![id, subscription.billed_through],
        )?;
        self.record(
            EventKind::SubscriptionRemoved,
            subject(subscription.id),
            &subscription.number.to_string(),
            Json::Object(taken_over_fields(&subscription, &org_number, notice_received)),
            Json::Null,
        )
    }
}

fn taken_over_fields(
    subscription: &Subscription,
    org_number: &OrgNumber,
    notice_received: Option<NaiveDate>,
) -> Map<String, Json> {
    let mut fields = Map::new();
    let mut put = |key: &str, value: Json| fields.insert(key.to_owned(), value);
    put("org_number", json!(org_number.masked()));
    put("sku", json!(subscription.sku.as_str()));
    put("start", json!(subscription.rhythm.anchor.to_string()));
    put("renewal_date", json!(subscription.billed_through.to_string()));
    put("invoice_email", json!(subscription.invoice_email.as_str()));
    if let Some(reference) = &subscription.reference {
        put("reference", json!(reference));
    }
    if let Some(agreed) = &subscription.agreed_price {
        put("agreed_price_ore", json!(agreed.price.ore()));
    }
    if let Some(day) = subscription.ends_on {
        put("ends", json!(day.to_string()));
    }
    if let Some(day) = notice_received {
        put("notice_received", json!(day.to_string()));
    }
    fields
}

fn read_staged(row: &DriverRow<'_>) -> Result<TakeOverRow, DriverError> {
    Ok(TakeOverRow {
        line: row.get(0)?,
        row: Row {
            org_number: row.parse(1)?,
            sku: row.parse(2)?,
            anchor: row.get(3)?,
            last_day: row.get(4)?,
            invoice_email: row.parse_optional(5)?,
            reference: row.get(6)?,
            agreed_price: row.get(7)?,
            notice_received: row.get(8)?,
        },
    })
}
