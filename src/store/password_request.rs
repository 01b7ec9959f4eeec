//! The mails by which a password may be chosen, and the hashes of the tokens they carried.

use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use super::driver::values;
use super::login::{read_login, subject};
use super::{StoreError, Tx};
use crate::domain::email::Email;
use crate::domain::event::{EventKind, Noun, Subject};
use crate::domain::login::{Ended, Login, LoginId, Origin, Unsent};
use crate::domain::mail::{Mail, MailId, MailStatus, NewMail};
use crate::domain::token::Token;

/// A mail about a password that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasswordRequest {
    pub origin: Origin,
    pub asked_at: String,
    pub mail: MailId,
    pub mail_status: MailStatus,
    /// `used`, `newer` or `changed` when it is no longer good for that reason.
    pub ended_by: Option<String>,
}

/// An address typed at "forgotten password" that waits for an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forgotten {
    pub email: Email,
    pub asked_at: String,
}

/// A token that still opens its login, until `use_token`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoodToken {
    pub login: Login,
    request: i64,
}

const SHOP: Subject = Subject { noun: Noun::Shop, id: 0 };

impl Tx<'_> {
    /// Queues the mail by which a login may choose a password; the mails asked for before are no longer
    /// good, and what waits to be answered is answered by this one.
    ///
    /// Errors when the operation has queued such a mail already: the one before stays good then.
    pub fn ask_for_password(
        &self,
        login: &Login,
        origin: Origin,
        mail: &NewMail,
        domain: &str,
        ticket: Option<&str>,
    ) -> Result<(), StoreError> {
        let id = self.next_id()?;
        self.record(
            EventKind::PasswordAsked,
            subject(login.id),
            login.email.as_str(),
            Json::Null,
            json!({ "origin": origin.as_str(), "ticket": ticket }),
        )?;
        let Some(mail) = self.queue_mail(mail, domain)? else {
            let words = format!("a mail about the password of {} is queued already", login.email);
            return Err(StoreError::InUse(words));
        };
        self.end_password_requests(login, Ended::Newer)?;
        self.execute(
            "INSERT INTO password_request (id, login_id, outbox_id, origin, asked_at)
             VALUES ($1, $2, $3, $4, $5)",
            values![id, login.id.0, mail.0, *origin.as_str(), self.now()],
        )?;
        self.execute(
            "UPDATE password SET passed_over_at = NULL WHERE login_id = $1",
            values![login.id.0],
        )?;
        Ok(())
    }

    /// Notes that an address was typed at "forgotten password". It is not looked up: the same is done for
    /// every address (R12).
    pub fn note_forgotten(&self, email: &Email) -> Result<(), StoreError> {
        let id = self.next_id()?;
        self.execute(
            "INSERT INTO forgotten (id, email, email_key, asked_at) VALUES ($1, $2, $3, $4)",
            values![id, *email.as_str(), email.key(), self.now()],
        )?;
        self.record(EventKind::PasswordForgotten, SHOP, email.as_str(), Json::Null, Json::Null)
    }

    /// Returns the addresses that wait for an answer, each once however often it was typed, the first
    /// one first.
    pub fn forgotten(&self) -> Result<Vec<Forgotten>, StoreError> {
        self.rows(
            "SELECT email, asked_at FROM forgotten f
             WHERE id = (SELECT min(id) FROM forgotten o WHERE o.email_key = f.email_key)
             ORDER BY id",
            &[],
            |row| Ok(Forgotten { email: row.parse(0)?, asked_at: row.get(1)? }),
        )
    }

    pub fn count_forgotten(&self) -> Result<i64, StoreError> {
        self.integer("SELECT count(DISTINCT email_key) FROM forgotten", &[])
    }

    /// Takes an address off the list: its answer follows in the same transaction.
    pub fn take_forgotten(&self, forgotten: &Forgotten) -> Result<(), StoreError> {
        match self.drop_forgotten(&forgotten.email)? {
            true => Ok(()),
            false => Err(StoreError::Changed {
                noun: "the request of",
                key: forgotten.email.to_string(),
            }),
        }
    }

    /// Takes an address off the list, however often it is there; says whether it was.
    fn drop_forgotten(&self, email: &Email) -> Result<bool, StoreError> {
        let dropped =
            self.execute("DELETE FROM forgotten WHERE email_key = $1", values![email.key()])?;
        Ok(dropped > 0)
    }

    /// Records that a request leads to no mail, and why: `unknown`, `closed` or `overtaken`.
    pub fn record_passed_over(&self, email: &Email, why: &str) -> Result<(), StoreError> {
        self.record(
            EventKind::PasswordPassedOver,
            SHOP,
            email.as_str(),
            Json::Null,
            json!({ "reason": why }),
        )
    }

    /// Records that a login is sent no mail, since it was sent so many.
    pub fn record_asked_too_often(&self, login: &Login) -> Result<(), StoreError> {
        self.begin_password(login.id)?;
        self.execute(
            "UPDATE password SET passed_over_at = $2 WHERE login_id = $1",
            values![login.id.0, self.now()],
        )?;
        self.record(
            EventKind::PasswordPassedOver,
            subject(login.id),
            login.email.as_str(),
            Json::Null,
            json!({ "reason": "too many" }),
        )
    }

    /// Counts the mails about its password that went to a login since a time, without invitations.
    pub fn count_password_mails(&self, login: LoginId, since: &str) -> Result<i64, StoreError> {
        self.integer(
            "SELECT count(*) FROM password_request r JOIN outbox m ON m.id = r.outbox_id
             WHERE r.login_id = $1 AND m.sent_at > $2 AND r.origin <> 'invitation'",
            values![login.0, *since],
        )
    }

    /// Returns the mail about its password that was asked for last.
    pub fn last_password_request(
        &self,
        login: LoginId,
    ) -> Result<Option<PasswordRequest>, StoreError> {
        self.find(
            "SELECT r.origin, r.asked_at, m.id, m.status, r.ended_by
             FROM password_request r JOIN outbox m ON m.id = r.outbox_id
             WHERE r.login_id = $1 ORDER BY r.id DESC LIMIT 1",
            values![login.0],
            |row| {
                Ok(PasswordRequest {
                    origin: row.parse(0)?,
                    asked_at: row.get(1)?,
                    mail: MailId(row.get(2)?),
                    mail_status: row.parse(3)?,
                    ended_by: row.get(4)?,
                })
            },
        )
    }

    /// Keeps the hash of the token that a message carries, or says why its mail is no longer good.
    pub fn make_token(
        &self,
        mail: &Mail,
        token: &Token,
        expires_at: &str,
    ) -> Result<Result<(), Unsent>, StoreError> {
        let found = self.find(
            "SELECT r.id, r.login_id, r.ended_by, a.closed_on
             FROM password_request r JOIN login l ON l.id = r.login_id
                 JOIN account a ON a.id = l.account_id
             WHERE r.outbox_id = $1",
            values![mail.id.0],
            |row| {
                let closed_on: Option<String> = row.get(3)?;
                let unsent = match row.parse_optional(2)? {
                    Some(ended) => Some(Unsent::Ended(ended)),
                    None => closed_on.map(|_| Unsent::Closed),
                };
                Ok((row.get::<i64>(0)?, LoginId(row.get(1)?), unsent))
            },
        )?;
        let Some((request, login, unsent)) = found else { return Ok(Err(Unsent::Gone)) };
        if let Some(unsent) = unsent {
            return Ok(Err(unsent));
        }
        self.execute(
            "INSERT INTO token (hash, request_id, expires_at) VALUES ($1, $2, $3)",
            values![hash(token)[..], request, *expires_at],
        )?;
        self.record(
            EventKind::TokenMade,
            subject(login),
            mail.recipient.as_str(),
            Json::Null,
            json!({ "mail": mail.id.0, "expires_at": expires_at }),
        )?;
        Ok(Ok(()))
    }

    /// Removes what was kept of tokens whose time has passed.
    pub fn remove_expired_tokens(&self) -> Result<(), StoreError> {
        self.execute("DELETE FROM token WHERE expires_at <= $1", values![self.now()])?;
        Ok(())
    }

    /// Voids the tokens of a mail that brought them to nobody; sent again, it carries one of its own.
    pub fn void_tokens(&self, mail: MailId) -> Result<(), StoreError> {
        self.execute(
            "DELETE FROM token
             WHERE request_id IN (SELECT id FROM password_request WHERE outbox_id = $1)",
            values![mail.0],
        )?;
        Ok(())
    }

    /// Returns the login that a token opens, if it does: it was made for a mail that is still good, and
    /// its time has not passed.
    pub fn find_token(&self, token: &Token) -> Result<Option<GoodToken>, StoreError> {
        self.find(
            "SELECT l.id, l.account_id, l.email, r.id
             FROM token t JOIN password_request r ON r.id = t.request_id
                 JOIN login l ON l.id = r.login_id
             WHERE t.hash = $1 AND t.expires_at > $2 AND r.ended_at IS NULL",
            values![hash(token)[..], self.now()],
            |row| Ok(GoodToken { login: read_login(row)?, request: row.get(3)? }),
        )
    }

    /// Uses a token up, and with it every other of the same mail.
    ///
    /// Errors when somebody else has used it, or what made it void came in between.
    pub fn use_token(&self, token: &GoodToken) -> Result<(), StoreError> {
        self.change(
            "the token of",
            &token.login.email,
            "UPDATE password_request SET ended_at = $2, ended_by = $3
             WHERE id = $1 AND ended_at IS NULL",
            values![token.request, self.now(), *Ended::Used.as_str()],
        )
    }

    /// Ends what was asked for before: mails that are out or wait, and requests that wait for an answer.
    pub(super) fn end_password_requests(
        &self,
        login: &Login,
        why: Ended,
    ) -> Result<(), StoreError> {
        if self.drop_forgotten(&login.email)? {
            self.record_passed_over(&login.email, "overtaken")?;
        }
        self.execute(
            "UPDATE password_request SET ended_at = $2, ended_by = $3
             WHERE login_id = $1 AND ended_at IS NULL",
            values![login.id.0, self.now(), *why.as_str()],
        )?;
        Ok(())
    }
}

fn hash(token: &Token) -> Vec<u8> {
    Sha256::digest(token.bytes()).to_vec()
}

#[cfg(test)]
mod tests;
