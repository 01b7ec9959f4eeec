//! The outbox: mails queued with what called for them, claimed, sent, and never sent twice by us.

use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use super::driver::{Row, Value, values};
use super::invoice::hexadecimal;
use super::lists::Wanted;
use super::{DriverError, StoreError, Tx};
use crate::domain::account::AccountId;
use crate::domain::event::{EventKind, Noun, Subject};
use crate::domain::invoice::InvoiceId;
use crate::domain::letter::Letter;
use crate::domain::mail::{Attachment, Content, Mail, MailId, MailKind, MailStatus, NewMail};
use crate::domain::personal_data::is_marker;

/// A row of `mail list`.
#[derive(Clone, Debug, PartialEq)]
pub struct MailListing {
    pub mail: Mail,
    pub invoice_number: Option<i64>,
}

/// How many mails are in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutboxCount {
    pub waiting: i64,
    /// Of those waiting, how many have been tried before.
    pub retried: i64,
    pub claimed: i64,
    pub failed: i64,
    pub held: i64,
    pub bounced: i64,
}

/// The columns that [`read_mail`] reads, of a mail `m`.
macro_rules! mail_columns {
    () => {
        "m.id, m.kind, m.recipient, m.language, m.invoice_id, m.message_id, m.status, m.attempts,
             m.queued_at, m.due_at, m.sent_at, m.transport, m.detail, m.account_id, m.facts"
    };
}

pub(super) use mail_columns;

/// Says in SQL that the recipient of a mail `m` was not erased.
macro_rules! has_recipient {
    () => {
        "m.recipient <> 'erased-' || CAST(m.id AS TEXT) || '@erased.invalid'"
    };
}
pub(super) use has_recipient;

/// Says in SQL that what called for a mail `m` was not undone.
macro_rules! is_called_for {
    () => {
        "NOT EXISTS (SELECT 1 FROM event q
                 JOIN event u ON u.noun = 'operation' AND u.subject_id = q.operation_id
                     AND u.kind = 'operation_undone'
                 WHERE q.noun = 'mail' AND q.subject_id = m.id AND q.kind = 'mail_queued')"
    };
}
pub(super) use is_called_for;

impl Tx<'_> {
    /// Queues a mail, unless one of the same kind, cause and recipient is there.
    pub fn enqueue_mail(&self, new: &NewMail, domain: &str) -> Result<(), StoreError> {
        self.queue_mail(new, domain).map(drop)
    }

    /// As [`Tx::enqueue_mail`]; returns the mail's key if it was queued.
    pub(super) fn queue_mail(
        &self,
        new: &NewMail,
        domain: &str,
    ) -> Result<Option<MailId>, StoreError> {
        let (invoice_id, account_id, facts) = match &new.content {
            Content::Invoice(id) => (Some(id.0), None, None),
            Content::Letter { account_id, letter } => {
                (None, Some(account_id.0), Some(written_facts(letter)?))
            }
        };
        let (notice_id, reminder_id) = match new.content.attachment() {
            Some(Attachment::Confirmation(id)) => (Some(id.0), None),
            Some(Attachment::Reminder(id)) => (None, Some(id.0)),
            Some(Attachment::Invoice(_)) | None => (None, None),
        };
        let announcement = match &new.content {
            Content::Letter { letter, .. } => letter.announcement(),
            Content::Invoice(_) => None,
        };
        // What goes to many waits for somebody who has looked at it.
        let (status, due_at) = match announcement {
            Some(_) => (MailStatus::Held, None),
            None => (MailStatus::Waiting, Some(self.now())),
        };
        let message_id = self.message_id(new, domain)?;
        let inserted: Option<i64> = self.find(
            "INSERT INTO outbox (kind, cause, recipient, language, invoice_id, account_id, facts,
                 message_id, queued_at, notice_id, reminder_id, announcement_id, status, due_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
             ON CONFLICT (cause, kind, recipient) DO NOTHING RETURNING id",
            values![
                *new.kind.as_str(),
                new.cause,
                *new.recipient.as_str(),
                *new.language.code(),
                invoice_id,
                account_id,
                facts,
                message_id,
                self.now(),
                notice_id,
                reminder_id,
                announcement.map(|id| id.0),
                *status.as_str(),
                due_at,
            ],
            |row| row.get(0),
        )?;
        let Some(id) = inserted.map(MailId) else { return Ok(None) };
        self.record(
            EventKind::MailQueued,
            subject(id),
            &id.0.to_string(),
            Json::Null,
            json!({
                "kind": new.kind.as_str(),
                "recipient": new.recipient.as_str(),
                "cause": new.cause,
                "held": announcement.map(|_| true),
            }),
        )?;
        Ok(Some(id))
    }

    /// Returns an identifier that no other message has, of this shop or any other, and that tells
    /// nothing.
    fn message_id(&self, new: &NewMail, domain: &str) -> Result<String, StoreError> {
        let operation = self
            .operation
            .ok_or_else(|| DriverError::Unexpected("a write outside an operation".to_owned()))?;
        let digest = Sha256::new()
            .chain_update(operation.salt_key)
            .chain_update([new.kind as u8])
            .chain_update(&new.cause)
            .chain_update([0])
            .chain_update(new.recipient.key())
            .finalize();
        Ok(format!("<{}@{domain}>", hexadecimal(&digest[..16])))
    }

    /// Frees the mails that a sender claimed and did not finish; the caller holds the senders' lock,
    /// so no such sender is alive.
    pub fn release_void_claims(&self) -> Result<i64, StoreError> {
        let claimed = self.mails_with_status(MailStatus::Claimed)?;
        for mail in &claimed {
            self.change(
                "mail",
                mail.id.0,
                "UPDATE outbox SET status = 'waiting' WHERE id = $1 AND status = 'claimed'",
                values![mail.id.0],
            )?;
            self.record(
                EventKind::MailReleased,
                subject(mail.id),
                &mail.id.0.to_string(),
                json!({ "status": "claimed" }),
                json!({ "status": "waiting", "reason": "its sender stopped before it was done" }),
            )?;
        }
        Ok(claimed.len() as i64)
    }

    fn mails_with_status(&self, status: MailStatus) -> Result<Vec<Mail>, StoreError> {
        self.rows(
            concat!("SELECT ", mail_columns!(), " FROM outbox m WHERE status = $1 ORDER BY id"),
            values![*status.as_str()],
            read_mail,
        )
    }

    /// Returns the mails after the one of key `after` that are due, oldest first, at most `limit`.
    pub fn mails_due(&self, after: i64, limit: i64) -> Result<Vec<Mail>, StoreError> {
        self.rows(
            concat!("SELECT ", mail_columns!(), " FROM outbox m WHERE status = 'waiting' AND due_at <= $1 AND id > $2 ORDER BY id LIMIT $3"),
            values![self.now(), after, limit],
            read_mail,
        )
    }

    /// Returns the mails that a sender would take, oldest first, at most `limit`: those due, those that a
    /// sender claimed and did not finish, and, if `from_folder`, those that a folder took.
    pub fn mails_to_send(&self, from_folder: bool, limit: i64) -> Result<Vec<Mail>, StoreError> {
        self.rows(
            concat!(
                "SELECT ",
                mail_columns!(),
                " FROM outbox m
             WHERE (status IN ('waiting', 'claimed') AND due_at <= $1)
                 OR ($2 = 1 AND status = 'sent' AND transport = 'folder' AND ",
                has_recipient!(),
                " AND ",
                is_called_for!(),
                ")
             ORDER BY id LIMIT $3"
            ),
            values![self.now(), i64::from(from_folder), limit],
            read_mail,
        )
    }

    /// Counts the mails of [`Tx::mails_to_send`], whatever the limit, without those by which a forgotten
    /// password is replaced: anybody can ask for these.
    pub fn count_mails_to_send(&self, from_folder: bool) -> Result<i64, StoreError> {
        self.integer(
            concat!(
                "SELECT count(*) FROM outbox m
             WHERE ((status IN ('waiting', 'claimed') AND due_at <= $1)
                 OR ($2 = 1 AND status = 'sent' AND transport = 'folder' AND ",
                has_recipient!(),
                " AND ",
                is_called_for!(),
                ")) AND NOT EXISTS (SELECT 1 FROM password_request r
                     WHERE r.outbox_id = m.id AND r.origin = 'forgotten')"
            ),
            values![self.now(), i64::from(from_folder)],
        )
    }

    /// Claims a mail for sending and stores its finished bytes, unless an earlier claim did, or it
    /// carries a token, which is kept nowhere.
    ///
    /// Errors when somebody else has claimed, held or sent it meanwhile.
    pub fn claim_mail(&self, mail: &Mail, bytes: &[u8]) -> Result<(), StoreError> {
        self.change(
            "mail",
            mail.id.0,
            "UPDATE outbox SET status = 'claimed', attempts = $2
             WHERE id = $1 AND status = 'waiting' AND attempts = $3",
            values![mail.id.0, mail.attempts + 1, mail.attempts],
        )?;
        if !mail.content.carries_token() {
            self.execute(
                "INSERT INTO message (outbox_id, bytes) VALUES ($1, $2)
                 ON CONFLICT (outbox_id) DO NOTHING",
                values![mail.id.0, *bytes],
            )?;
        }
        self.record(
            EventKind::MailClaimed,
            subject(mail.id),
            &mail.id.0.to_string(),
            json!({ "attempts": mail.attempts }),
            json!({ "attempts": mail.attempts + 1 }),
        )
    }

    /// Returns the finished bytes of a mail, if it was ever claimed.
    pub fn message(&self, id: MailId) -> Result<Option<Vec<u8>>, StoreError> {
        self.find("SELECT bytes FROM message WHERE outbox_id = $1", values![id.0], |row| row.get(0))
    }

    /// Records that a claimed mail was sent.
    pub fn mark_sent(&self, mail: &Mail, transport: &str, reply: &str) -> Result<(), StoreError> {
        self.change(
            "mail",
            mail.id.0,
            "UPDATE outbox SET status = 'sent', sent_at = $2, due_at = NULL, transport = $3,
                 detail = $4
             WHERE id = $1 AND status = 'claimed'",
            values![mail.id.0, self.now(), *transport, *reply],
        )?;
        self.record(
            EventKind::MailSent,
            subject(mail.id),
            &mail.id.0.to_string(),
            Json::Null,
            json!({
                "recipient": mail.recipient.as_str(),
                "transport": transport,
                "reply": reply,
            }),
        )
    }

    /// Puts a claimed mail back that could not be delivered now, to be tried again at `due_at`.
    pub fn defer_mail(&self, mail: &Mail, due_at: &str, reason: &str) -> Result<(), StoreError> {
        self.change(
            "mail",
            mail.id.0,
            "UPDATE outbox SET status = 'waiting', due_at = $2, detail = $3
             WHERE id = $1 AND status = 'claimed'",
            values![mail.id.0, *due_at, *reason],
        )?;
        self.record(
            EventKind::MailDeferred,
            subject(mail.id),
            &mail.id.0.to_string(),
            Json::Null,
            json!({ "due_at": due_at, "reason": reason }),
        )
    }

    /// Marks a mail that will not be tried again by itself.
    pub fn mark_failed(&self, mail: &Mail, reason: &str) -> Result<(), StoreError> {
        self.set_status(mail, MailStatus::Failed, EventKind::MailFailed, Some(reason))
    }

    pub fn mark_bounced(&self, mail: &Mail, reason: &str) -> Result<(), StoreError> {
        self.set_status(mail, MailStatus::Bounced, EventKind::MailBounced, Some(reason))
    }

    pub fn hold_mail(&self, mail: &Mail, reason: Option<&str>) -> Result<(), StoreError> {
        self.set_status(mail, MailStatus::Held, EventKind::MailHeld, reason)
    }

    fn set_status(
        &self,
        mail: &Mail,
        status: MailStatus,
        kind: EventKind,
        reason: Option<&str>,
    ) -> Result<(), StoreError> {
        self.change(
            "mail",
            mail.id.0,
            "UPDATE outbox SET status = $2, detail = coalesce($3, detail), due_at = NULL
             WHERE id = $1 AND status = $4",
            values![mail.id.0, *status.as_str(), reason, *mail.status.as_str()],
        )?;
        self.record(
            kind,
            subject(mail.id),
            &mail.id.0.to_string(),
            json!({ "status": mail.status.as_str() }),
            json!({ "status": status.as_str(), "reason": reason }),
        )
    }

    /// Puts a mail back in the queue, to be sent at once and with a fresh count of attempts.
    ///
    /// Errors when its recipient was erased, or what called for it was undone.
    pub fn requeue_mail(&self, mail: &Mail) -> Result<(), StoreError> {
        if is_marker(&mail.recipient) {
            let words = format!("the recipient of mail {} was erased", mail.id.0);
            return Err(StoreError::InUse(words));
        }
        if let Some(operation) = self.undone_caller(mail.id)? {
            let words = format!(
                "mail {} will not go: operation {operation}, which called for it, was undone",
                mail.id.0
            );
            return Err(StoreError::InUse(words));
        }
        self.change(
            "mail",
            mail.id.0,
            "UPDATE outbox SET status = 'waiting', due_at = $2, attempts = 0, sent_at = NULL,
                 transport = NULL
             WHERE id = $1 AND status = $3",
            values![mail.id.0, self.now(), *mail.status.as_str()],
        )?;
        self.record(
            EventKind::MailReleased,
            subject(mail.id),
            &mail.id.0.to_string(),
            json!({ "status": mail.status.as_str() }),
            json!({ "status": MailStatus::Waiting.as_str() }),
        )
    }

    /// Returns the operation that called for a mail, if it was undone.
    fn undone_caller(&self, id: MailId) -> Result<Option<i64>, StoreError> {
        self.find(
            concat!(
                "SELECT e.operation_id FROM outbox m
             JOIN event e ON e.noun = 'mail' AND e.subject_id = m.id AND e.kind = 'mail_queued'
             WHERE m.id = $1 AND NOT ",
                is_called_for!()
            ),
            values![id.0],
            |row| row.get(0),
        )
    }

    pub fn mail(&self, id: MailId) -> Result<Mail, StoreError> {
        self.find(
            concat!("SELECT ", mail_columns!(), " FROM outbox m WHERE id = $1"),
            values![id.0],
            read_mail,
        )?
        .ok_or_else(|| StoreError::Unknown { noun: "mail", key: id.0.to_string() })
    }

    /// Counts the mails that a folder took, which reached nobody.
    pub fn count_mails_in_folder(&self) -> Result<i64, StoreError> {
        self.integer(
            concat!(
                "SELECT count(*) FROM outbox m WHERE status = 'sent' AND transport = 'folder' AND ",
                has_recipient!(),
                " AND ",
                is_called_for!()
            ),
            &[],
        )
    }

    /// Returns the mails of a status and of a kind, or all, newest first.
    pub fn mails(
        &self,
        status: Option<MailStatus>,
        kind: Option<MailKind>,
        limit: i64,
    ) -> Result<Vec<MailListing>, StoreError> {
        let mut wanted = Wanted::default()
            .and("m.status =", status.map(MailStatus::as_str))
            .and("m.kind =", kind.map(MailKind::as_str));
        wanted.values.push(Value::Integer(limit));
        self.rows(
            &format!(
                "SELECT {columns}, i.number
                 FROM outbox m
                 LEFT JOIN payment_reminder r ON r.id = m.reminder_id
                 LEFT JOIN invoice i ON i.id = coalesce(m.invoice_id, r.invoice_id)
                 {wanted} ORDER BY m.id DESC LIMIT ${}",
                wanted.values.len(),
                columns = mail_columns!(),
            ),
            &wanted.values,
            |row| Ok(MailListing { mail: read_mail(row)?, invoice_number: row.get(15)? }),
        )
    }

    /// Returns the mails of a kind that one cause called for, oldest first.
    pub fn mails_called_for(&self, kind: MailKind, cause: &str) -> Result<Vec<Mail>, StoreError> {
        self.rows(
            concat!(
                "SELECT ",
                mail_columns!(),
                " FROM outbox m WHERE cause = $1 AND kind = $2 ORDER BY id"
            ),
            values![*cause, *kind.as_str()],
            read_mail,
        )
    }

    /// Returns the mails that carried an invoice, oldest first.
    pub fn mails_of_invoice(&self, id: InvoiceId) -> Result<Vec<Mail>, StoreError> {
        self.rows(
            concat!("SELECT ", mail_columns!(), " FROM outbox m WHERE invoice_id = $1 ORDER BY id"),
            values![id.0],
            read_mail,
        )
    }

    /// Counts the mails in each state, without those that will never go: their recipient was erased, or
    /// what called for them was undone.
    pub fn outbox_count(&self) -> Result<OutboxCount, StoreError> {
        let mut count = OutboxCount::default();
        self.each(
            concat!(
                "SELECT status, count(*), coalesce(sum(CASE WHEN attempts > 0 THEN 1 ELSE 0 END), 0)
             FROM outbox m WHERE status NOT IN ('sent') AND ",
                has_recipient!(),
                " AND ",
                is_called_for!(),
                " GROUP BY status"
            ),
            &[],
            &mut |row| {
                let number: i64 = row.get(1)?;
                match row.parse::<MailStatus>(0)? {
                    MailStatus::Waiting => {
                        count.waiting = number;
                        count.retried = row.get(2)?;
                    }
                    MailStatus::Claimed => count.claimed = number,
                    MailStatus::Failed => count.failed = number,
                    MailStatus::Held => count.held = number,
                    MailStatus::Bounced => count.bounced = number,
                    MailStatus::Sent => {}
                }
                Ok(())
            },
        )?;
        Ok(count)
    }
}

fn subject(id: MailId) -> Subject {
    Subject { noun: Noun::Mail, id: id.0 }
}

pub(super) fn read_mail(row: &Row<'_>) -> Result<Mail, DriverError> {
    Ok(Mail {
        id: MailId(row.get(0)?),
        kind: row.parse(1)?,
        recipient: row.parse(2)?,
        language: row.parse(3)?,
        content: read_content(row)?,
        message_id: row.get(5)?,
        status: row.parse(6)?,
        attempts: row.get(7)?,
        queued_at: row.get(8)?,
        due_at: row.get(9)?,
        sent_at: row.get(10)?,
        transport: row.get(11)?,
        detail: row.get(12)?,
    })
}

fn read_content(row: &Row<'_>) -> Result<Content, DriverError> {
    let invoice_id: Option<i64> = row.get(4)?;
    if let Some(id) = invoice_id {
        return Ok(Content::Invoice(InvoiceId(id)));
    }
    let facts: String = row.get(14)?;
    let letter = serde_json::from_str(&facts)
        .map_err(|error| DriverError::Corrupt(format!("the outbox holds no letter: {error}")))?;
    Ok(Content::Letter { account_id: AccountId(row.get(13)?), letter })
}

fn written_facts(letter: &Letter) -> Result<String, DriverError> {
    serde_json::to_string(letter)
        .map_err(|error| DriverError::Unexpected(format!("a letter is no JSON: {error}")))
}

#[cfg(test)]
mod tests;
