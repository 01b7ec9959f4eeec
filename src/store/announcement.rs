//! Announcements: whom they go to, the mails that are held for them, and their release.

use std::collections::HashSet;

use chrono::NaiveDate;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use super::driver::{Row, Value, values};
use super::invoice::hexadecimal;
use super::ledger::left_of_invoice;
use super::lists::Wanted;
use super::mail::{has_recipient, is_called_for, mail_columns, read_mail};
use super::{DriverError, StoreError, Tx};
use crate::domain::account::AccountId;
use crate::domain::announcement::{Announcement, AnnouncementId, Audience, NewAnnouncement};
use crate::domain::email::Email;
use crate::domain::event::{EventKind, Noun, Subject};
use crate::domain::invoice::InvoiceNumber;
use crate::domain::mail::{Mail, MailId, NewMail};
use crate::domain::money::Money;

/// Says in SQL that the subscription `s` of an account `a` runs, or is to begin, on the day `{0}`.
macro_rules! runs {
    () => {
        "s.account_id = a.id AND s.id NOT IN (SELECT v.subscription_id FROM licence v
                         WHERE v.revoked_on IS NOT NULL)
                     AND (s.ends_on IS NULL OR s.ends_on > "
    };
}

impl Tx<'_> {
    /// Returns the announcement of the same words to the same audience, made now if there is none.
    pub fn make_announcement(&self, new: &NewAnnouncement) -> Result<Announcement, StoreError> {
        let digest = digest(new);
        let known = self.find(
            "SELECT id, number, audience, queued_at FROM announcement WHERE digest = $1",
            values![digest],
            read_announcement,
        )?;
        if let Some(known) = known {
            return Ok(known);
        }
        let (id, number) = (self.next_id()?, self.next_number("announcement")?);
        let audience = new.audience.to_string();
        self.execute(
            "INSERT INTO announcement (id, number, audience, digest, queued_at)
             VALUES ($1, $2, $3, $4, $5)",
            values![id, number, audience, digest, self.now()],
        )?;
        let edition = new.edition.as_ref().map(|told| &told.edition);
        self.record(
            EventKind::AnnouncementMade,
            Subject { noun: Noun::Shop, id: 0 },
            &number.to_string(),
            Json::Null,
            json!({ "audience": audience, "edition": edition }),
        )?;
        Ok(Announcement { id: AnnouncementId(id), number, audience, queued_at: self.now() })
    }

    /// Returns an announcement by the number people see.
    pub fn announcement(&self, number: i64) -> Result<Announcement, StoreError> {
        self.find(
            "SELECT id, number, audience, queued_at FROM announcement WHERE number = $1",
            values![number],
            read_announcement,
        )?
        .ok_or_else(|| StoreError::Unknown { noun: "announcement", key: number.to_string() })
    }

    /// Returns the open accounts of an audience after the one of key `after`, at most `limit`.
    pub fn audience(
        &self,
        audience: &Audience,
        after: i64,
        limit: i64,
    ) -> Result<Vec<AccountId>, StoreError> {
        let mut wanted = self.wanted(audience)?.and("a.id >", Some(after));
        wanted.values.push(Value::Integer(limit));
        self.rows(
            &format!(
                "SELECT a.id FROM account a {wanted} ORDER BY a.id LIMIT ${}",
                wanted.values.len()
            ),
            &wanted.values,
            |row| row.get(0).map(AccountId),
        )
    }

    /// Counts the open accounts of an audience.
    pub fn count_audience(&self, audience: &Audience) -> Result<i64, StoreError> {
        let wanted = self.wanted(audience)?;
        self.integer(&format!("SELECT count(*) FROM account a {wanted}"), &wanted.values)
    }

    fn wanted(&self, audience: &Audience) -> Result<Wanted<'static>, StoreError> {
        let open = Wanted::default().when(true, "a.closed_on IS NULL");
        let today = self.today();
        Ok(match audience {
            Audience::Subscribers(sku) => {
                let product = self.product(sku)?;
                let of_product = concat!(
                    "EXISTS (SELECT 1 FROM subscription s WHERE ",
                    runs!(),
                    "{0}) AND s.product_id = "
                );
                open.and(&format!("{of_product}{})", product.id.0), Some(today))
            }
            Audience::Readers(code) => {
                let agreement = self.agreement(code)?;
                let of_agreement = concat!(
                    "EXISTS (SELECT 1 FROM subscription s
                         JOIN product_agreement g ON g.product_id = s.product_id
                         WHERE ",
                    runs!(),
                    "{0}) AND g.agreement_id = "
                );
                open.and(&format!("{of_agreement}{})", agreement.id.0), Some(today))
            }
            Audience::Licensees => open.and(
                concat!(
                    "EXISTS (SELECT 1 FROM subscription s JOIN product p ON p.id = s.product_id
                         WHERE ",
                    runs!(),
                    "{0}) AND p.kind = 'licence')"
                ),
                Some(today),
            ),
            Audience::Unpaid => open.when(
                true,
                concat!(
                    "EXISTS (SELECT 1 FROM invoice i
                         WHERE i.account_id = a.id AND i.kind = 'invoice' AND ",
                    left_of_invoice!(),
                    " > 0)"
                ),
            ),
        })
    }

    /// Returns the invoices of an account that are not paid, with what is left of each, oldest first.
    pub fn unpaid_of(
        &self,
        account: AccountId,
    ) -> Result<Vec<(InvoiceNumber, NaiveDate, Money)>, StoreError> {
        self.rows(
            concat!(
                "SELECT i.number, i.due_on, ",
                left_of_invoice!(),
                " FROM invoice i WHERE i.account_id = $1 AND i.kind = 'invoice' AND ",
                left_of_invoice!(),
                " > 0 ORDER BY i.number"
            ),
            values![account.0],
            |row| Ok((InvoiceNumber(row.get(0)?), row.get(1)?, row.get(2)?)),
        )
    }

    /// Returns the keys of the addresses from which the last mail came back.
    pub fn bounced_recipients(&self) -> Result<HashSet<String>, StoreError> {
        let bounced = self.rows(
            "SELECT DISTINCT recipient FROM outbox WHERE status = 'bounced'",
            &[],
            |row| row.parse::<Email>(0),
        )?;
        let mut keys = HashSet::new();
        for recipient in bounced {
            let last: Option<String> = self.find(
                "SELECT status FROM outbox
                 WHERE recipient = $1 AND status IN ('sent', 'bounced') ORDER BY id DESC LIMIT 1",
                values![*recipient.as_str()],
                |row| row.get(0),
            )?;
            if last.as_deref() == Some("bounced") {
                keys.insert(recipient.key());
            }
        }
        Ok(keys)
    }

    /// Queues a mail of an announcement, held; returns its key unless the recipient has one already.
    pub fn announce(&self, new: &NewMail, domain: &str) -> Result<Option<MailId>, StoreError> {
        self.queue_mail(new, domain)
    }

    /// Returns the mails of an announcement that are held and may go, after the one of key `after`.
    ///
    /// Those stay held whose recipient was erased, whose account was closed since, or that were undone.
    pub fn held_of_announcement(
        &self,
        id: AnnouncementId,
        after: i64,
        limit: i64,
    ) -> Result<Vec<Mail>, StoreError> {
        self.rows(
            concat!(
                "SELECT ",
                mail_columns!(),
                " FROM outbox m JOIN account a ON a.id = m.account_id
                 WHERE m.announcement_id = $1 AND m.status = 'held' AND m.id > $2
                     AND a.closed_on IS NULL AND ",
                has_recipient!(),
                " AND ",
                is_called_for!(),
                " ORDER BY m.id LIMIT $3"
            ),
            values![id.0, after, limit],
            read_mail,
        )
    }

    /// Counts the mails that each announcement holds and that may go, the oldest announcement first.
    pub fn held_announcements(&self) -> Result<Vec<(Announcement, i64)>, StoreError> {
        self.rows(
            concat!(
                "SELECT n.id, n.number, n.audience, n.queued_at, count(*)
                 FROM outbox m JOIN announcement n ON n.id = m.announcement_id
                 JOIN account a ON a.id = m.account_id
                 WHERE m.status = 'held' AND a.closed_on IS NULL AND ",
                has_recipient!(),
                " AND ",
                is_called_for!(),
                " GROUP BY n.id, n.number, n.audience, n.queued_at ORDER BY n.number"
            ),
            &[],
            |row| Ok((read_announcement(row)?, row.get(4)?)),
        )
    }
}

fn read_announcement(row: &Row<'_>) -> Result<Announcement, DriverError> {
    Ok(Announcement {
        id: AnnouncementId(row.get(0)?),
        number: row.get(1)?,
        audience: row.get(2)?,
        queued_at: row.get(3)?,
    })
}

/// Returns what is the same for the same words to the same audience about the same edition.
fn digest(new: &NewAnnouncement) -> String {
    let mut digest = Sha256::new();
    let mut add = |text: &str| {
        digest.update((text.len() as u64).to_be_bytes());
        digest.update(text);
    };
    add(&new.audience.to_string());
    for part in [&new.words.sv, &new.words.en] {
        add(&part.subject);
        add(&part.text);
    }
    if let Some(told) = &new.edition {
        add(&told.code);
        add(&told.edition);
        add(&told.edition_language);
    }
    hexadecimal(&digest.finalize())
}
