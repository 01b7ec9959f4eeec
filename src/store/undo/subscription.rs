//! What was settled about a subscription put back: notices, an end by the office, an agreed price.

use chrono::NaiveDate;
use serde_json::json;

use super::{Priced, built_upon, integer, refuse_billed, text};
use crate::domain::event::EventKind;
use crate::domain::money::Money;
use crate::domain::notice::Notice;
use crate::domain::subscription::{AgreedPrice, Subscription};
use crate::domain::term::parse_date;
use crate::store::driver::values;
use crate::store::subscription::subject;
use crate::store::{DriverError, Event, Payload, StoreError, Tx};

impl Tx<'_> {
    pub(super) fn reverse_subscription(
        &self,
        event: &Event,
        payload: &Payload,
    ) -> Result<(), StoreError> {
        let number = payload.about.parse().map_err(|_| {
            DriverError::Corrupt(format!("`{}` is not a subscription's number", payload.about))
        })?;
        let subscription = self.subscription(number)?;
        if self.find_licence(number)?.is_some_and(|licence| licence.revoked.is_some()) {
            return Err(built_upon(format!("licence {number} was revoked")));
        }
        match event.kind {
            EventKind::NoticeGiven => {
                let notice = self.notice_of(&subscription, payload)?;
                refuse_ended(&subscription, self.today())?;
                if notice.withdrawn_on.is_some() {
                    return Err(built_upon(format!(
                        "that notice of subscription {number} was taken back since"
                    )));
                }
                self.withdraw_notice(&subscription, &notice)
            }
            EventKind::NoticeWithdrawn => {
                let notice = self.notice_of(&subscription, payload)?;
                self.restore_notice(&subscription, &notice)
            }
            EventKind::SubscriptionEnded => {
                self.take_back_end(&subscription, payload)?;
                self.refresh_licence(number)
            }
            _ => self.reverse_agreed_price(&subscription, event, payload),
        }
    }

    /// Returns the notice that an event tells of, by its place among the subscription's.
    fn notice_of(
        &self,
        subscription: &Subscription,
        payload: &Payload,
    ) -> Result<Notice, StoreError> {
        let ordinal = integer(&payload.after, "notice");
        let notices = self.notices_of(subscription.id)?;
        notices.into_iter().find(|notice| Some(notice.ordinal) == ordinal).ok_or_else(|| {
            let number = subscription.number;
            DriverError::Corrupt(format!("a notice of subscription {number} is missing")).into()
        })
    }

    /// Puts a notice in force again that was taken back.
    fn restore_notice(
        &self,
        subscription: &Subscription,
        notice: &Notice,
    ) -> Result<(), StoreError> {
        let (number, ends_on) = (subscription.number, notice.counted.ends_on);
        if subscription.ends_on.is_some() {
            return Err(built_upon(format!("the end of subscription {number} was settled since")));
        }
        if subscription.billed_through > ends_on {
            return Err(built_upon(format!("subscription {number} was renewed since")));
        }
        self.change(
            "subscription",
            number,
            "UPDATE notice SET withdrawn_on = NULL WHERE id = $1 AND withdrawn_on IS NOT NULL",
            values![notice.id.0],
        )?;
        self.change(
            "subscription",
            number,
            "UPDATE subscription SET ends_on = $2 WHERE id = $1 AND ends_on IS NULL",
            values![subscription.id.0, ends_on],
        )?;
        self.record(
            EventKind::NoticeGiven,
            subject(subscription.id),
            &number.to_string(),
            json!({ "ends_on": null }),
            json!({
                "received_on": notice.received_on.to_string(),
                "ends_on": ends_on.to_string(),
                "notice": notice.ordinal,
            }),
        )
    }

    /// Gives a subscription back the end it had, or none, before the office ended it.
    fn take_back_end(
        &self,
        subscription: &Subscription,
        payload: &Payload,
    ) -> Result<(), StoreError> {
        let number = subscription.number;
        let (ends_on, reason) = (text(&payload.after, "ends_on"), text(&payload.after, "reason"));
        let former = match text(&payload.before, "ends_on") {
            "" => None,
            day => Some(parse_date(day).map_err(DriverError::Corrupt)?),
        };
        let is_as_left = subscription.ends_on.map(|day| day.to_string()).as_deref()
            == Some(ends_on)
            && subscription.end_reason.as_deref() == Some(reason);
        if !is_as_left {
            return Err(built_upon(format!("the end of subscription {number} was settled anew")));
        }
        let cancelled = self.find(
            "SELECT o.number FROM invoice_line l JOIN invoice i ON i.id = l.invoice_id
             JOIN orders o ON o.id = i.order_id
             WHERE l.subscription_id = $1 AND i.kind = 'invoice' AND o.cancelled_on IS NOT NULL
             ORDER BY o.number LIMIT 1",
            values![subscription.id.0],
            |row| row.get::<i64>(0),
        )?;
        if let Some(order) = cancelled {
            return Err(built_upon(format!(
                "order {order}, which subscription {number} began with, was cancelled since"
            )));
        }
        self.change(
            "subscription",
            number,
            "UPDATE subscription SET ends_on = $2, end_reason = NULL
             WHERE id = $1 AND ends_on = $3 AND end_reason = $4",
            values![subscription.id.0, former, *ends_on, *reason],
        )?;
        self.record(
            EventKind::SubscriptionEnded,
            subject(subscription.id),
            &number.to_string(),
            json!({ "ends_on": ends_on, "reason": reason }),
            json!({ "ends_on": former.map(|day| day.to_string()), "reason": null }),
        )
    }

    fn reverse_agreed_price(
        &self,
        subscription: &Subscription,
        event: &Event,
        payload: &Payload,
    ) -> Result<(), StoreError> {
        let number = subscription.number;
        let billed = self.rows(
            "SELECT i.number FROM invoice_line l JOIN invoice i ON i.id = l.invoice_id
             WHERE l.subscription_id = $1 AND i.account_id = $2 AND i.id > $3
             ORDER BY i.number LIMIT 1",
            values![subscription.id.0, subscription.account_id.0, event.seq],
            |row| row.get::<i64>(0),
        )?;
        let what = format!("the price of subscription {number}");
        refuse_billed(&billed, &what, Priced::Agreed(number))?;
        let price = |fields| integer(fields, "agreed_price_ore").map(Money::from_ore);
        let agreed = subscription.agreed_price.as_ref();
        if agreed.map(|agreed| agreed.price) != price(&payload.after) {
            return Err(built_upon(format!(
                "another price of subscription {number} was agreed since"
            )));
        }
        let reason = text(&payload.before, "reason").to_owned();
        let former = price(&payload.before).map(|price| AgreedPrice { price, reason });
        self.agree_price(subscription, former.as_ref(), "what was agreed was undone").map(|_| ())
    }
}

/// Errors when a subscription has come to its end.
fn refuse_ended(subscription: &Subscription, today: NaiveDate) -> Result<(), StoreError> {
    match subscription.ends_on.filter(|day| *day <= today) {
        Some(day) => {
            Err(built_upon(format!("subscription {} ended on {day}", subscription.number)))
        }
        None => Ok(()),
    }
}
