//! The mails by which a password may be chosen, and the hashes of the tokens they carried.

use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use super::driver::values;
use super::login::{read_login, subject};
use super::{StoreError, Tx};
use crate::domain::email::Email;
use crate::domain::event::{EventKind, Noun, Subject};
use crate::domain::login::{Ended, Login, LoginId, Origin};
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
    id: i64,
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
    /// good.
    pub fn ask_for_password(
        &self,
        login: &Login,
        origin: Origin,
        mail: &NewMail,
        domain: &str,
        ticket: Option<&str>,
    ) -> Result<(), StoreError> {
        self.end_password_requests(login, Ended::Newer)?;
        let id = self.next_id()?;
        self.record(
            EventKind::PasswordAsked,
            subject(login.id),
            login.email.as_str(),
            Json::Null,
            json!({ "origin": origin.as_str(), "ticket": ticket }),
        )?;
        let Some(mail) = self.queue_mail(mail, domain)? else { return Ok(()) };
        self.execute(
            "INSERT INTO password_request (id, login_id, outbox_id, origin, asked_at)
             VALUES ($1, $2, $3, $4, $5)",
            values![id, login.id.0, mail.0, *origin.as_str(), self.now()],
        )?;
        Ok(())
    }

    /// Notes that an address was typed at "forgotten password". It is not looked up: the same is done for
    /// every address (R12).
    pub fn note_forgotten(&self, email: &Email) -> Result<(), StoreError> {
        let id = self.next_id()?;
        self.execute(
            "INSERT INTO forgotten (id, email, asked_at) VALUES ($1, $2, $3)",
            values![id, *email.as_str(), self.now()],
        )?;
        self.record(EventKind::PasswordForgotten, SHOP, email.as_str(), Json::Null, Json::Null)
    }

    /// Returns the addresses that wait for an answer, the first one first.
    pub fn forgotten(&self) -> Result<Vec<Forgotten>, StoreError> {
        self.rows("SELECT id, email, asked_at FROM forgotten ORDER BY id", &[], |row| {
            Ok(Forgotten { id: row.get(0)?, email: row.parse(1)?, asked_at: row.get(2)? })
        })
    }

    pub fn count_forgotten(&self) -> Result<i64, StoreError> {
        self.integer("SELECT count(*) FROM forgotten", &[])
    }

    /// Takes an address off the list: its answer follows in the same transaction.
    pub fn take_forgotten(&self, forgotten: &Forgotten) -> Result<(), StoreError> {
        self.change(
            "the request of",
            &forgotten.email,
            "DELETE FROM forgotten WHERE id = $1",
            values![forgotten.id],
        )
    }

    /// Records that a request leads to no mail, and why: `unknown`, `closed` or `too many`.
    pub fn pass_over_forgotten(&self, email: &Email, why: &str) -> Result<(), StoreError> {
        self.record(
            EventKind::PasswordPassedOver,
            SHOP,
            email.as_str(),
            Json::Null,
            json!({ "reason": why }),
        )
    }

    /// Counts the mails asked for since a time, for whatever reason but an invitation.
    pub fn count_password_requests(&self, login: LoginId, since: &str) -> Result<i64, StoreError> {
        self.integer(
            "SELECT count(*) FROM password_request
             WHERE login_id = $1 AND asked_at > $2 AND origin <> 'invitation'",
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

    /// Keeps the hash of the token that a message carries; says whether its mail is still good, which
    /// none is while the account is closed.
    pub fn make_token(
        &self,
        mail: &Mail,
        token: &Token,
        expires_at: &str,
    ) -> Result<bool, StoreError> {
        let request: Option<(i64, i64)> = self.find(
            "SELECT r.id, r.login_id
             FROM password_request r JOIN login l ON l.id = r.login_id
                 JOIN account a ON a.id = l.account_id
             WHERE r.outbox_id = $1 AND r.ended_at IS NULL AND a.closed_on IS NULL",
            values![mail.id.0],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let Some((request, login)) = request else { return Ok(false) };
        self.execute(
            "INSERT INTO token (hash, request_id, expires_at) VALUES ($1, $2, $3)",
            values![hash(token)[..], request, *expires_at],
        )?;
        self.record(
            EventKind::TokenMade,
            subject(LoginId(login)),
            mail.recipient.as_str(),
            Json::Null,
            json!({ "mail": mail.id.0, "expires_at": expires_at }),
        )?;
        Ok(true)
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

    pub(super) fn end_password_requests(
        &self,
        login: &Login,
        why: Ended,
    ) -> Result<(), StoreError> {
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
