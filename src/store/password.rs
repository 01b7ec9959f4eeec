//! Passwords as they are kept: their hashes, and how attempts to log in went.
//!
//! No event holds a password, a hash or a token.

use chrono::Duration;
use serde_json::{Value as Json, json};

use super::driver::{Row, values};
use super::login::subject;
use super::{DriverError, StoreError, Tx, timestamp};
use crate::domain::email::Email;
use crate::domain::event::{EventKind, Noun, Subject};
use crate::domain::login::{Chosen, Ended, Login, LoginId, PasswordStanding};
use crate::domain::password::{PasswordHash, wait_seconds};

impl Tx<'_> {
    /// Returns how a login stands with its password.
    pub fn password_standing(&self, login: LoginId) -> Result<PasswordStanding, StoreError> {
        let found = self.find(
            "SELECT hash, former_hash, chosen_at, voided_at, failures, refusals, failed_at,
                 retry_at, logged_in_at, version, passed_over_at
             FROM password WHERE login_id = $1",
            values![login.0],
            read_standing,
        )?;
        Ok(found.unwrap_or_default())
    }

    /// Gives a login a password in the place of the one it had; the mails asked for to choose one are
    /// no longer good, and whoever had to wait need not.
    ///
    /// Errors when somebody chose or voided it since `standing` was read.
    pub fn choose_password(
        &self,
        login: &Login,
        standing: &PasswordStanding,
        hash: &PasswordHash,
        how: Chosen,
    ) -> Result<(), StoreError> {
        self.begin_password(login.id)?;
        self.change(
            "the password of",
            &login.email,
            "UPDATE password SET hash = $2, former_hash = coalesce(hash, former_hash), chosen_at = $3,
                 version = version + 1, voided_at = NULL, failures = 0, refusals = 0,
                 failed_at = NULL, retry_at = NULL
             WHERE login_id = $1 AND version = $4",
            values![login.id.0, hash.phc(), self.now(), standing.version],
        )?;
        self.record(
            EventKind::PasswordChosen,
            subject(login.id),
            login.email.as_str(),
            Json::Null,
            json!({ "by": how.as_str() }),
        )?;
        self.end_password_requests(login, Ended::Changed)
    }

    /// Puts a costlier hash of the same password in the place of `from`.
    ///
    /// Errors when the password was changed meanwhile.
    pub fn rehash_password(
        &self,
        login: &Login,
        from: &PasswordHash,
        to: &PasswordHash,
    ) -> Result<(), StoreError> {
        self.change(
            "the password of",
            &login.email,
            "UPDATE password SET hash = $2 WHERE login_id = $1 AND hash = $3",
            values![login.id.0, to.phc(), from.phc()],
        )?;
        self.record(
            EventKind::PasswordRehashed,
            subject(login.id),
            login.email.as_str(),
            Json::Null,
            Json::Null,
        )
    }

    /// Voids a login's password and the mails by which a new one could be chosen. The old one is known
    /// as the former from then on.
    pub fn void_password(&self, login: &Login, reason: &str) -> Result<(), StoreError> {
        self.begin_password(login.id)?;
        self.execute(
            "UPDATE password SET former_hash = coalesce(hash, former_hash), hash = NULL,
                 voided_at = $2, version = version + 1
             WHERE login_id = $1",
            values![login.id.0, self.now()],
        )?;
        self.record(
            EventKind::PasswordVoided,
            subject(login.id),
            login.email.as_str(),
            Json::Null,
            json!({ "reason": reason }),
        )?;
        self.end_password_requests(login, Ended::Changed)
    }

    /// Records that somebody logged in; failed attempts before that are forgotten.
    pub fn record_login(&self, login: &Login) -> Result<(), StoreError> {
        self.change(
            "the password of",
            &login.email,
            "UPDATE password SET failures = 0, refusals = 0, failed_at = NULL, retry_at = NULL,
                 logged_in_at = $2
             WHERE login_id = $1 AND hash IS NOT NULL",
            values![login.id.0, self.now()],
        )?;
        self.record(
            EventKind::LoginSucceeded,
            subject(login.id),
            login.email.as_str(),
            Json::Null,
            Json::Null,
        )
    }

    /// Records a failed attempt; returns the seconds that the next one must wait, if it must.
    pub fn record_failed_login(&self, login: &Login) -> Result<Option<i64>, StoreError> {
        self.begin_password(login.id)?;
        let failures = self.password_standing(login.id)?.failures + 1;
        let wait = wait_seconds(failures);
        let retry_at = wait.map(|wait| timestamp(self.moment.now + Duration::seconds(wait)));
        self.execute(
            "UPDATE password SET failures = $2, failed_at = $3, retry_at = $4 WHERE login_id = $1",
            values![login.id.0, failures, self.now(), retry_at],
        )?;
        self.record(
            EventKind::LoginFailed,
            subject(login.id),
            login.email.as_str(),
            Json::Null,
            json!({ "failures": failures, "retry_at": retry_at }),
        )?;
        Ok(wait)
    }

    /// Records an attempt that was not looked at, or whose outcome was not told, because the login must
    /// wait.
    pub fn record_refused_login(&self, login: &Login) -> Result<(), StoreError> {
        self.execute(
            "UPDATE password SET refusals = refusals + 1 WHERE login_id = $1",
            values![login.id.0],
        )?;
        self.record(
            EventKind::LoginRefused,
            subject(login.id),
            login.email.as_str(),
            Json::Null,
            Json::Null,
        )
    }

    /// Records an attempt with the password before the present one: a co-worker whom nobody told.
    pub fn record_former_password(&self, login: &Login) -> Result<(), StoreError> {
        self.record(
            EventKind::FormerPasswordTried,
            subject(login.id),
            login.email.as_str(),
            Json::Null,
            json!({ "hint": "somebody who shares the login has not been told of the new password" }),
        )
    }

    /// Records an attempt that no login could pass, and why: `unknown` or `closed`.
    pub fn record_hopeless_login(&self, email: &Email, why: &str) -> Result<(), StoreError> {
        self.record(
            EventKind::LoginFailed,
            Subject { noun: Noun::Shop, id: 0 },
            email.as_str(),
            Json::Null,
            json!({ "reason": why }),
        )
    }

    /// Removes what was kept of a login's password and of the mails about it.
    pub(super) fn forget_password(&self, login: LoginId) -> Result<(), StoreError> {
        self.execute(
            "DELETE FROM token
             WHERE request_id IN (SELECT id FROM password_request WHERE login_id = $1)",
            values![login.0],
        )?;
        self.execute("DELETE FROM password_request WHERE login_id = $1", values![login.0])?;
        self.execute("DELETE FROM password WHERE login_id = $1", values![login.0])?;
        Ok(())
    }

    pub(super) fn begin_password(&self, login: LoginId) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO password (login_id, failures, refusals) VALUES ($1, 0, 0)
             ON CONFLICT (login_id) DO NOTHING",
            values![login.0],
        )?;
        Ok(())
    }
}

fn read_standing(row: &Row<'_>) -> Result<PasswordStanding, DriverError> {
    Ok(PasswordStanding {
        hash: row.parse_optional(0)?,
        former_hash: row.parse_optional(1)?,
        chosen_at: row.get(2)?,
        voided_at: row.get(3)?,
        failures: row.get(4)?,
        refusals: row.get(5)?,
        failed_at: row.get(6)?,
        retry_at: row.get(7)?,
        logged_in_at: row.get(8)?,
        version: row.get(9)?,
        passed_over_at: row.get(10)?,
    })
}

#[cfg(test)]
mod tests;
