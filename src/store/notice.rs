//! Notices, the letters kept with them, and their confirmations (R7).

use chrono::NaiveDate;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use super::document::{self, About, Kept};
use super::driver::{Row, values};
use super::invoice::hexadecimal;
use super::subscription::subject;
use super::{DriverError, StoreError, Tx};
use crate::domain::event::EventKind;
use crate::domain::notice::{Counted, Evidence, NewNotice, Notice, NoticeId, Timeliness};
use crate::domain::subscription::{Subscription, SubscriptionId};

impl Tx<'_> {
    /// Writes a notice, and from which day the subscription therefore ends.
    ///
    /// Errors when its end was settled or it was renewed since `subscription` was read.
    pub fn give_notice(
        &self,
        subscription: &Subscription,
        new: &NewNotice,
    ) -> Result<Notice, StoreError> {
        let Counted { renewal_date, deadline, timeliness, ends_on } = new.counted;
        self.change(
            "subscription",
            subscription.number,
            "UPDATE subscription SET ends_on = $3
             WHERE id = $1 AND billed_through = $2 AND ends_on IS NULL",
            values![subscription.id.0, subscription.billed_through, ends_on],
        )?;
        let evidence = new.evidence.as_ref().map(|(name, bytes)| Evidence {
            name: name.clone(),
            sha256: hexadecimal(&Sha256::digest(bytes)),
        });
        let before = self.integer(
            "SELECT count(*) FROM notice WHERE subscription_id = $1",
            values![subscription.id.0],
        )?;
        let ordinal = before + 1;
        let id = NoticeId(self.next_id()?);
        self.execute(
            "INSERT INTO notice (id, subscription_id, sent_on, received_on, entered_on, channel,
                 login, given_by, reason, renewal_date, deadline, in_time, goodwill, ends_on,
                 evidence_name, evidence_sha256, evidence)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
            values![
                id.0,
                subscription.id.0,
                new.sent_on,
                new.received_on,
                self.today(),
                new.channel.map(|channel| channel.as_str()),
                new.login.as_ref().map(|login| login.as_str()),
                new.given_by,
                new.reason,
                renewal_date,
                deadline,
                timeliness == Timeliness::InTime,
                timeliness == Timeliness::AsIfInTime,
                ends_on,
                evidence.as_ref().map(|evidence| &evidence.name),
                evidence.as_ref().map(|evidence| &evidence.sha256),
                new.evidence.as_ref().map(|(_, bytes)| &bytes[..]),
            ],
        )?;
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
        let after = json!({
            "received_on": new.received_on.to_string(),
            "sent_on": day(new.sent_on),
            "channel": new.channel.map(|channel| channel.as_str()),
            "login": new.login.as_ref().map(|login| login.as_str()),
            "given_by": new.given_by,
            "reason": new.reason,
            "notice_for": renewal_date.to_string(),
            "deadline": deadline.to_string(),
            "in_time": timeliness == Timeliness::InTime,
            "exception": (timeliness == Timeliness::AsIfInTime).then_some(true),
            "evidence": evidence.as_ref().map(|evidence| &evidence.name),
            "evidence_sha256": evidence.as_ref().map(|evidence| &evidence.sha256),
            "ends_on": ends_on.to_string(),
            "notice": ordinal,
        });
        let about = subscription.number.to_string();
        let before = json!({ "ends_on": Json::Null });
        self.record(EventKind::NoticeGiven, subject(subscription.id), &about, before, after)?;
        Ok(Notice {
            id,
            subscription_id: subscription.id,
            ordinal,
            sent_on: new.sent_on,
            received_on: new.received_on,
            entered_on: self.today(),
            channel: new.channel,
            login: new.login.clone(),
            given_by: new.given_by.clone(),
            reason: new.reason.clone(),
            counted: new.counted,
            evidence,
            withdrawn_on: None,
        })
    }

    /// Takes a notice back, so that the subscription has no end.
    ///
    /// Errors when the notice is no longer in force.
    pub fn withdraw_notice(
        &self,
        subscription: &Subscription,
        notice: &Notice,
    ) -> Result<(), StoreError> {
        let licence = self.find_licence(subscription.number)?;
        if licence.is_some_and(|licence| licence.revoked.is_some()) {
            return Err(StoreError::InUse(format!("licence {} was revoked", subscription.number)));
        }
        self.change(
            "subscription",
            subscription.number,
            "UPDATE notice SET withdrawn_on = $2 WHERE id = $1 AND withdrawn_on IS NULL",
            values![notice.id.0, self.today()],
        )?;
        self.change(
            "subscription",
            subscription.number,
            "UPDATE subscription SET ends_on = NULL
             WHERE id = $1 AND ends_on = $2 AND end_reason IS NULL",
            values![subscription.id.0, notice.counted.ends_on],
        )?;
        self.record(
            EventKind::NoticeWithdrawn,
            subject(subscription.id),
            &subscription.number.to_string(),
            json!({ "ends_on": notice.counted.ends_on.to_string() }),
            json!({
                "ends_on": Json::Null,
                "received_on": notice.received_on.to_string(),
                "notice": notice.ordinal,
            }),
        )
    }

    /// Ends a subscription for a reason of the office's, sooner than it would.
    ///
    /// Errors when its end or what is billed changed since `subscription` was read.
    pub fn end_subscription(
        &self,
        subscription: &Subscription,
        ends_on: NaiveDate,
        reason: &str,
    ) -> Result<(), StoreError> {
        self.change(
            "subscription",
            subscription.number,
            "UPDATE subscription SET ends_on = $3, end_reason = $4
             WHERE id = $1 AND billed_through = $2 AND coalesce(ends_on, '') = $5",
            values![
                subscription.id.0,
                subscription.billed_through,
                ends_on,
                *reason,
                subscription.ends_on.map(|day| day.to_string()).unwrap_or_default(),
            ],
        )?;
        self.record(
            EventKind::SubscriptionEnded,
            subject(subscription.id),
            &subscription.number.to_string(),
            json!({ "ends_on": subscription.ends_on.map(|day| day.to_string()) }),
            json!({ "ends_on": ends_on.to_string(), "reason": reason }),
        )?;
        self.refresh_licence(subscription.number)
    }

    /// Returns the notices of a subscription, those withdrawn too, the first entered first.
    pub fn notices_of(&self, id: SubscriptionId) -> Result<Vec<Notice>, StoreError> {
        self.rows(
            "SELECT id, subscription_id, sent_on, received_on, entered_on, channel, login,
                 given_by, reason, renewal_date, deadline, in_time, goodwill, ends_on,
                 evidence_name, evidence_sha256, withdrawn_on, row_number() OVER (ORDER BY id)
             FROM notice WHERE subscription_id = $1 ORDER BY id",
            values![id.0],
            read_notice,
        )
    }

    /// Returns the letter that was kept with a notice, if one was.
    pub fn evidence(&self, id: NoticeId) -> Result<Option<Vec<u8>>, StoreError> {
        let bytes: Option<Option<Vec<u8>>> =
            self.find("SELECT evidence FROM notice WHERE id = $1", values![id.0], |row| {
                row.get(0)
            })?;
        Ok(bytes.flatten())
    }

    /// Returns the fixed bytes of a notice's confirmation and their SHA-256, if it ever left the shop.
    pub fn confirmation(&self, id: NoticeId) -> Result<Option<Kept>, StoreError> {
        self.kept(&document::CONFIRMATIONS, id.0)
    }

    /// Fixes the bytes of a notice's confirmation, unless they are fixed already; returns the fixed
    /// ones.
    pub fn keep_confirmation(&self, id: NoticeId, bytes: Vec<u8>) -> Result<Kept, StoreError> {
        self.keep(&document::CONFIRMATIONS, id.0, bytes, || {
            let (subscription, number, ordinal): (i64, i64, i64) = self
                .find(
                    "SELECT s.id, s.number,
                         (SELECT count(*) FROM notice o
                          WHERE o.subscription_id = s.id AND o.id <= n.id)
                     FROM notice n JOIN subscription s ON s.id = n.subscription_id WHERE n.id = $1",
                    values![id.0],
                    |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
                )?
                .ok_or_else(|| StoreError::Unknown { noun: "notice", key: id.0.to_string() })?;
            Ok(About {
                subject: subject(SubscriptionId(subscription)),
                name: number.to_string(),
                facts: json!({ "notice": ordinal }),
            })
        })
    }
}

fn read_notice(row: &Row<'_>) -> Result<Notice, DriverError> {
    let (in_time, goodwill): (bool, bool) = (row.get(11)?, row.get(12)?);
    let (name, sha256): (Option<String>, Option<String>) = (row.get(14)?, row.get(15)?);
    Ok(Notice {
        id: NoticeId(row.get(0)?),
        subscription_id: SubscriptionId(row.get(1)?),
        ordinal: row.get(17)?,
        sent_on: row.get(2)?,
        received_on: row.get(3)?,
        entered_on: row.get(4)?,
        channel: row.parse_optional(5)?,
        login: row.parse_optional(6)?,
        given_by: row.get(7)?,
        reason: row.get(8)?,
        counted: Counted {
            renewal_date: row.get(9)?,
            deadline: row.get(10)?,
            timeliness: match (in_time, goodwill) {
                (true, _) => Timeliness::InTime,
                (_, true) => Timeliness::AsIfInTime,
                (false, false) => Timeliness::Late,
            },
            ends_on: row.get(13)?,
        },
        evidence: name.zip(sha256).map(|(name, sha256)| Evidence { name, sha256 }),
        withdrawn_on: row.get(16)?,
    })
}
