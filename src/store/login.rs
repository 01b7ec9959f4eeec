//! Logins, each of one account.

use serde_json::{Value as Json, json};

use super::driver::{Row, values};
use super::{DriverError, StoreError, Tx, account};
use crate::domain::account::{Account, AccountId};
use crate::domain::email::Email;
use crate::domain::event::{EventKind, Noun, Subject};
use crate::domain::login::{Login, LoginId};

/// Says in a query whether a login of an account has a password, had one, or was sent a mail about one.
macro_rules! has_asked_login {
    ($account:literal) => {
        concat!(
            "EXISTS (SELECT 1 FROM login l WHERE l.account_id = ",
            $account,
            " AND (EXISTS (SELECT 1 FROM password_request r WHERE r.login_id = l.id)
                 OR EXISTS (SELECT 1 FROM password p WHERE p.login_id = l.id
                     AND (p.hash IS NOT NULL OR p.voided_at IS NOT NULL))))"
        )
    };
}
pub(super) use has_asked_login;

impl Tx<'_> {
    /// Returns the login of an address, whatever its case.
    pub fn find_login(&self, email: &Email) -> Result<Option<Login>, StoreError> {
        self.find(
            "SELECT id, account_id, email FROM login WHERE email_key = $1",
            values![email.key()],
            read_login,
        )
    }

    /// Returns the login of an address; its absence is an error.
    pub fn login(&self, email: &Email) -> Result<Login, StoreError> {
        self.find_login(email)?
            .ok_or_else(|| StoreError::Unknown { noun: "login", key: email.to_string() })
    }

    /// Returns the logins of an account, the first one first: logins that were made for a seat come after
    /// one that was not, whichever is the older.
    pub fn logins_of(&self, account: AccountId) -> Result<Vec<Login>, StoreError> {
        self.rows(
            "SELECT l.id, l.account_id, l.email FROM login l WHERE l.account_id = $1
             ORDER BY EXISTS (SELECT 1 FROM seat t WHERE t.login_id = l.id), l.id",
            values![account.0],
            read_login,
        )
    }

    /// Returns the logins of open accounts that have no password and were sent no mail about one.
    pub fn logins_never_asked(&self) -> Result<Vec<Login>, StoreError> {
        self.rows(
            "SELECT l.id, l.account_id, l.email FROM login l JOIN account a ON a.id = l.account_id
             WHERE a.closed_on IS NULL
                 AND NOT EXISTS (SELECT 1 FROM password p
                     WHERE p.login_id = l.id AND p.hash IS NOT NULL)
                 AND NOT EXISTS (SELECT 1 FROM password_request r WHERE r.login_id = l.id)
             ORDER BY l.id",
            &[],
            read_login,
        )
    }

    /// Adds a login to an account.
    ///
    /// Errors when the address is a login already, of this account or another.
    pub fn add_login(&self, account: &Account, email: &Email) -> Result<Login, StoreError> {
        self.refuse_taken_login(email)?;
        let id = LoginId(self.next_id()?);
        self.execute(
            "INSERT INTO login (id, account_id, email, email_key) VALUES ($1, $2, $3, $4)",
            values![id.0, account.id.0, *email.as_str(), email.key()],
        )?;
        self.record(
            EventKind::LoginAdded,
            account::subject(account.id),
            &account.org_number.masked(),
            Json::Null,
            json!({ "login": email.as_str() }),
        )?;
        Ok(Login { id, account_id: account.id, email: email.clone() })
    }

    /// Removes a login with all that was kept of its password.
    pub fn remove_login(
        &self,
        account: &Account,
        login: &Login,
        reason: &str,
    ) -> Result<(), StoreError> {
        self.forget_password(login.id)?;
        self.execute("DELETE FROM seat WHERE login_id = $1", values![login.id.0])?;
        self.change(
            "login",
            &login.email,
            "DELETE FROM login WHERE id = $1 AND account_id = $2",
            values![login.id.0, login.account_id.0],
        )?;
        self.record(
            EventKind::LoginRemoved,
            account::subject(account.id),
            &account.org_number.masked(),
            json!({ "login": login.email.as_str() }),
            json!({ "reason": reason }),
        )?;
        self.free_seats_of_first(account.id)
    }

    /// Gives a login another address. What its password is, is the caller's business.
    ///
    /// Errors when the address is another login's.
    pub fn rename_login(
        &self,
        account: &Account,
        login: &Login,
        email: &Email,
        (ticket, proof): (&str, &str),
    ) -> Result<Login, StoreError> {
        if self.find_login(email)?.is_some_and(|holder| holder.id != login.id) {
            self.refuse_taken_login(email)?;
        }
        self.change(
            "login",
            &login.email,
            "UPDATE login SET email = $2, email_key = $3 WHERE id = $1 AND email = $4",
            values![login.id.0, *email.as_str(), email.key(), *login.email.as_str()],
        )?;
        self.record(
            EventKind::LoginRenamed,
            account::subject(account.id),
            &account.org_number.masked(),
            json!({ "login": login.email.as_str() }),
            json!({ "login": email.as_str(), "ticket": ticket, "proof": proof }),
        )?;
        Ok(Login { email: email.clone(), ..login.clone() })
    }

    /// Errors when an address is the login of some account.
    pub(super) fn refuse_taken_login(&self, email: &Email) -> Result<(), StoreError> {
        match self.login_holder(email)? {
            Some(holder) => Err(StoreError::Taken {
                what: "the login",
                key: email.to_string(),
                holder: holder.masked(),
            }),
            None => Ok(()),
        }
    }
}

pub(super) fn subject(id: LoginId) -> Subject {
    Subject { noun: Noun::Login, id: id.0 }
}

/// Reads a login's key, its account's and its address, in that order.
pub(super) fn read_login(row: &Row<'_>) -> Result<Login, DriverError> {
    Ok(Login { id: LoginId(row.get(0)?), account_id: AccountId(row.get(1)?), email: row.parse(2)? })
}

#[cfg(test)]
mod tests;
