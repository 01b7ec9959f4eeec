//! Reminders of coming renewals: one a term, and the price that each stated.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use serde_json::{Value as Json, json};

use super::driver::values;
use super::due::{DueCursor, after, due_columns, due_tables, read_due};
use super::subscription::{SUBSCRIPTION_COLUMNS, read_subscription, subject, subscription_columns};
use super::{StoreError, Tx};
use crate::domain::due::first_start;
use crate::domain::event::EventKind;
use crate::domain::money::Money;
use crate::domain::product::{Product, ProductId};
use crate::domain::setting::ShopSettings;
use crate::domain::subscription::{Due, FAILURES_MAX, Subscription, SubscriptionId};
use crate::domain::term::NoticeRule;

/// A reminder that went out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reminder {
    pub reminded_on: NaiveDate,
    /// The last day for notice that it named.
    pub deadline: NaiveDate,
    /// What it said the term costs, excluding VAT.
    pub price: Money,
}

/// The renewal dates, first and last, whose last days for notice lie in a range of days; a window for
/// each number of months of notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReminderWindow {
    notice_months: u32,
    first: NaiveDate,
    last: NaiveDate,
}

/// Which subscriptions `s` run on into a term that no reminder was sent for: `$1` to `$3` are the
/// window, `$4` the failures that park one.
macro_rules! is_not_reminded {
    () => {
        "s.billed_through BETWEEN $2 AND $3 AND s.notice_months = $1
                 AND s.ends_on IS NULL AND s.failures < $4
                 AND NOT EXISTS (SELECT 1 FROM renewal_reminder w
                     WHERE w.subscription_id = s.id AND w.start_on = s.billed_through)"
    };
}

impl Tx<'_> {
    /// Returns the windows of the renewals whose last day for notice lies in `days`, both included.
    pub fn reminder_windows(
        &self,
        days: (NaiveDate, NaiveDate),
        rule: NoticeRule,
    ) -> Result<Vec<ReminderWindow>, StoreError> {
        let (Some(after_last), true) = (days.1.succ_opt(), days.0 <= days.1) else {
            return Ok(Vec::new());
        };
        let months = self.rows(
            "SELECT DISTINCT notice_months FROM product WHERE term_months > 0
             ORDER BY notice_months",
            &[],
            |row| row.get(0),
        )?;
        let window = |notice_months| ReminderWindow {
            notice_months,
            first: first_start(rule, days.0, notice_months),
            last: first_start(rule, after_last, notice_months).pred_opt().unwrap_or(NaiveDate::MAX),
        };
        Ok(months.into_iter().map(window).collect())
    }

    /// Returns the subscriptions of a window after `cursor` that were not reminded, at most `limit`.
    pub fn reminders_due(
        &self,
        window: &ReminderWindow,
        cursor: Option<DueCursor>,
        limit: i64,
        (settings, catalogue): (&ShopSettings, &HashMap<ProductId, Arc<Product>>),
    ) -> Result<Vec<Due>, StoreError> {
        let (after_day, after_id) = after(cursor);
        let found = self.rows(
            concat!(
                "SELECT ",
                due_columns!(),
                " ",
                due_tables!(),
                " WHERE ",
                is_not_reminded!(),
                " AND (s.billed_through, s.id) > ($5, $6)
             ORDER BY s.billed_through, s.id LIMIT $7"
            ),
            values![
                window.notice_months,
                window.first,
                window.last,
                FAILURES_MAX,
                after_day,
                after_id,
                limit
            ],
            read_due,
        )?;
        self.complete(found, settings, catalogue)
    }

    /// Returns how many subscriptions of some windows were not reminded.
    pub fn count_reminders_due(&self, windows: &[ReminderWindow]) -> Result<i64, StoreError> {
        let mut count = 0;
        for window in windows {
            count += self.integer(
                concat!("SELECT count(*) FROM subscription s WHERE ", is_not_reminded!()),
                values![window.notice_months, window.first, window.last, FAILURES_MAX],
            )?;
        }
        Ok(count)
    }

    /// Returns the subscriptions of some windows that were not reminded, by renewal date: those whose
    /// term is yet to be billed, and as they stood before it those renewed after `day`.
    pub fn reminders_missed(
        &self,
        windows: &[ReminderWindow],
        day: NaiveDate,
    ) -> Result<Vec<Subscription>, StoreError> {
        let mut missed = Vec::new();
        for window in windows {
            missed.extend(self.rows(
                concat!(
                    "SELECT ",
                    subscription_columns!(),
                    " FROM subscription s JOIN product p ON p.id = s.product_id WHERE ",
                    is_not_reminded!()
                ),
                values![window.notice_months, window.first, window.last, FAILURES_MAX],
                read_subscription,
            )?);
            missed.extend(self.renewed_unreminded(window, day)?);
        }
        missed.sort_by_key(|subscription| (subscription.billed_through, subscription.number));
        Ok(missed)
    }

    /// Returns the subscriptions of a window that a bill of after `day` renewed without a reminder, as
    /// they stood before it.
    fn renewed_unreminded(
        &self,
        window: &ReminderWindow,
        day: NaiveDate,
    ) -> Result<Vec<Subscription>, StoreError> {
        self.rows(
            concat!(
                "SELECT ",
                subscription_columns!(),
                ", t.start_on
             FROM invoice i
             JOIN invoice_line l ON l.invoice_id = i.id
             JOIN subscription s ON s.id = l.subscription_id
             JOIN product p ON p.id = s.product_id
             JOIN term t ON t.subscription_id = s.id AND t.start_on = l.period_start
                 AND t.invoice_id = i.id
             WHERE i.kind = 'invoice' AND i.due_on > $4 AND i.issued_on > $4
                 AND i.order_id IS NULL AND i.reissues_id IS NULL
                 AND t.start_on BETWEEN $2 AND $3 AND s.notice_months = $1 AND s.ends_on IS NULL
                 AND NOT EXISTS (SELECT 1 FROM renewal_reminder w
                     WHERE w.subscription_id = s.id AND w.start_on = t.start_on)"
            ),
            values![window.notice_months, window.first, window.last, day],
            |row| {
                let billed_through = row.get(SUBSCRIPTION_COLUMNS)?;
                Ok(Subscription { billed_through, ..read_subscription(row)? })
            },
        )
    }

    /// Returns the reminder of the term that begins on `start`.
    pub fn reminder(
        &self,
        id: SubscriptionId,
        start: NaiveDate,
    ) -> Result<Option<Reminder>, StoreError> {
        self.find(
            "SELECT reminded_on, deadline, price_ore FROM renewal_reminder
             WHERE subscription_id = $1 AND start_on = $2",
            values![id.0, start],
            |row| {
                Ok(Reminder { reminded_on: row.get(0)?, deadline: row.get(1)?, price: row.get(2)? })
            },
        )
    }

    /// Writes that a subscription's next renewal is reminded of today; a second time is refused by the
    /// schema.
    pub fn remind(
        &self,
        subscription: &Subscription,
        deadline: NaiveDate,
        price: Money,
    ) -> Result<(), StoreError> {
        let start = subscription.renewal_date();
        self.execute(
            "INSERT INTO renewal_reminder
                 (subscription_id, start_on, reminded_on, deadline, price_ore)
             VALUES ($1, $2, $3, $4, $5)",
            values![subscription.id.0, start, self.today(), deadline, price],
        )?;
        self.record(
            EventKind::RenewalReminded,
            subject(subscription.id),
            &subscription.number.to_string(),
            Json::Null,
            json!({
                "renewal_date": start.to_string(),
                "notice_deadline": deadline.to_string(),
                "price_ore": price.ore(),
            }),
        )
    }
}
