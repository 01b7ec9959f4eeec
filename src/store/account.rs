//! Accounts, their logins, memberships and notes.

use chrono::NaiveDate;
use serde_json::{Map, Value as Json, json};

use super::driver::{Row, values};
use super::ledger::left_of_invoice;
use super::seller::difference;
use super::subscription::is_invoiced_yet;
use super::{DriverError, StoreError, Tx};
use crate::domain::account::{
    Account, AccountId, AccountKey, Field, Membership, NewAccount, Profile,
};
use crate::domain::email::Email;
use crate::domain::event::{EventKind, Noun, Subject};
use crate::domain::import::ImportKind;
use crate::domain::money::Money;
use crate::domain::org_number::OrgNumber;
use crate::domain::participant::Participant;
use crate::domain::text::name_key;
use crate::domain::vat_number::VatNumber;

/// What hangs on an account, in words that follow its number, or NULL: any of it keeps the account.
macro_rules! use_of_account {
    ($account:literal) => {
        concat!(
            "CASE
                 WHEN EXISTS (SELECT 1 FROM orders o WHERE o.account_id = ",
            $account,
            ") THEN 'has orders'
                 WHEN EXISTS (SELECT 1 FROM subscription s WHERE s.account_id = ",
            $account,
            ") THEN 'has subscriptions'
                 WHEN EXISTS (SELECT 1 FROM fetch f WHERE f.account_id = ",
            $account,
            ") THEN 'has fetched agreements'
                 WHEN ",
            crate::store::login::has_asked_login!($account),
            " THEN 'was asked to choose a password'
                 WHEN EXISTS (SELECT 1 FROM outbox m WHERE m.account_id = ",
            $account,
            ") THEN 'has mails, sent or waiting'
                 WHEN EXISTS (SELECT 1 FROM payment y WHERE y.account_id = ",
            $account,
            ") THEN 'has payments'
                 WHEN EXISTS (SELECT 1 FROM login l JOIN seat t ON t.login_id = l.id
                     WHERE l.account_id = ",
            $account,
            ") THEN 'has logins that had seats of a licence'
             END"
        )
    };
}
pub(super) use use_of_account;

impl Tx<'_> {
    /// Creates an account with its first login.
    ///
    /// R1: refused when the organisation number has an account, or is a former number of one; refused
    /// when the login is taken.
    pub fn create_account(&self, new: &NewAccount) -> Result<Account, StoreError> {
        if let Some(holder) = self.find_account(&new.org_number)? {
            return Err(StoreError::Taken {
                what: "the organisation number",
                key: new.org_number.to_string(),
                holder: holder.profile.name,
            });
        }
        self.refuse_former_number(&new.org_number)?;
        self.refuse_taken_login(&new.login)?;
        let id = self.insert_account(new)?;
        self.account_by_id(id)
    }

    /// Writes a checked account: its row, its login, its membership and its one event.
    pub(super) fn insert_account(&self, new: &NewAccount) -> Result<AccountId, StoreError> {
        let profile = &new.profile;
        let id = self.next_id()?;
        self.execute(
            "INSERT INTO account (id, org_number, name, name_key, contact, invoice_email, care_of,
                 street, postal_code, city, country, language, reference, vat_number)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
            values![
                id,
                *new.org_number.digits(),
                profile.name,
                name_key(&profile.name),
                profile.contact,
                profile.invoice_email.as_ref().map(|email| email.as_str().to_owned()),
                profile.care_of,
                profile.street,
                profile.postal_code,
                profile.city,
                profile.country.to_string(),
                *profile.language.code(),
                profile.reference,
                profile.vat_number.as_ref().map(|number| number.as_str().to_owned()),
            ],
        )?;
        // The account's key serves its first login too: no event before told of it, and none of another
        // login's ever will.
        self.execute(
            "INSERT INTO login (id, account_id, email, email_key) VALUES ($1, $1, $2, $3)",
            values![id, *new.login.as_str(), new.login.key()],
        )?;
        if new.is_member {
            self.execute(
                "INSERT INTO membership (account_id, from_on) VALUES ($1, $2)",
                values![id, self.today()],
            )?;
        }
        let mut after = profile_fields(profile);
        after.insert("login".to_owned(), Json::from(new.login.as_str()));
        if new.is_member {
            after.insert("member_from".to_owned(), Json::from(self.today().to_string()));
        }
        self.record(
            EventKind::AccountCreated,
            subject(AccountId(id)),
            &new.org_number.masked(),
            Json::Null,
            Json::Object(after),
        )?;
        Ok(AccountId(id))
    }

    /// Returns the account that an organisation number or a login calls today; its absence is an error.
    ///
    /// Errors too, with the number to use instead, for an account that was merged into another and for
    /// a former number: [`Tx::account_or_former`] finds those for whoever only looks.
    pub fn account(&self, key: &AccountKey) -> Result<Account, StoreError> {
        match self.account_or_former(key)? {
            (account, None) => Ok(account),
            (_, Some(succession)) => Err(StoreError::Superseded(Box::new(succession))),
        }
    }

    pub fn find_account(&self, org_number: &OrgNumber) -> Result<Option<Account>, StoreError> {
        let found = self.find(
            "SELECT id, org_number, name, contact, invoice_email, care_of, street, postal_code,
                 city, country, language, reference, vat_number, deliver,
                 participant, closed_on
             FROM account WHERE org_number = $1",
            values![*org_number.digits()],
            read_account,
        )?;
        found.map(|account| self.with_logins_and_memberships(account)).transpose()
    }

    pub fn account_by_id(&self, id: AccountId) -> Result<Account, StoreError> {
        let found = self.find(
            "SELECT id, org_number, name, contact, invoice_email, care_of, street, postal_code,
                 city, country, language, reference, vat_number, deliver,
                 participant, closed_on
             FROM account WHERE id = $1",
            values![id.0],
            read_account,
        )?;
        let account = found
            .ok_or_else(|| StoreError::Unknown { noun: "account", key: format!("row {}", id.0) })?;
        self.with_logins_and_memberships(account)
    }

    pub(super) fn with_logins_and_memberships(
        &self,
        mut account: Account,
    ) -> Result<Account, StoreError> {
        account.logins = self.rows(
            "SELECT l.email FROM login l WHERE l.account_id = $1
             ORDER BY EXISTS (SELECT 1 FROM seat t WHERE t.login_id = l.id), l.id",
            values![account.id.0],
            |row| row.parse(0),
        )?;
        account.memberships = self.memberships(account.id)?;
        Ok(account)
    }

    pub(super) fn memberships(&self, id: AccountId) -> Result<Vec<Membership>, StoreError> {
        self.rows(
            "SELECT from_on, to_on FROM membership WHERE account_id = $1 ORDER BY from_on, id",
            values![id.0],
            |row| Ok(Membership { from: row.get(0)?, to: row.get(1)? }),
        )
    }

    /// Returns whose login an address is.
    pub fn login_holder(&self, email: &Email) -> Result<Option<OrgNumber>, StoreError> {
        self.find(
            "SELECT a.org_number FROM login l JOIN account a ON a.id = l.account_id
             WHERE l.email_key = $1",
            values![email.key()],
            |row| row.parse(0),
        )
    }

    /// Makes `profile` the account's, and says whether that changed anything.
    pub fn edit_account(&self, account: &Account, profile: &Profile) -> Result<bool, StoreError> {
        if account.profile == *profile {
            return Ok(false);
        }
        self.change(
            "account",
            account.org_number.masked(),
            "UPDATE account SET name = $2, name_key = $3, contact = $4, invoice_email = $5,
                 care_of = $6, street = $7, postal_code = $8, city = $9, country = $10,
                 language = $11, reference = $12, vat_number = $13
             WHERE id = $1",
            values![
                account.id.0,
                profile.name,
                name_key(&profile.name),
                profile.contact,
                profile.invoice_email.as_ref().map(|email| email.as_str().to_owned()),
                profile.care_of,
                profile.street,
                profile.postal_code,
                profile.city,
                profile.country.to_string(),
                *profile.language.code(),
                profile.reference,
                profile.vat_number.as_ref().map(|number| number.as_str().to_owned()),
            ],
        )?;
        let (before, after) = difference(profile_fields(&account.profile), profile_fields(profile));
        self.record(
            EventKind::AccountEdited,
            subject(account.id),
            &account.org_number.masked(),
            before,
            after,
        )?;
        Ok(true)
    }

    /// Makes the account a member, or no longer one, from a day on; says whether that changed it.
    ///
    /// Errors when a later membership is recorded, which the change would overlap.
    pub fn set_membership(
        &self,
        account: &Account,
        is_member: bool,
        from: NaiveDate,
    ) -> Result<bool, StoreError> {
        if let Some(later) = account.memberships.iter().find(|membership| membership.from > from) {
            let words = format!(
                "a membership from {} is recorded; a change before that day would overlap it",
                later.from
            );
            return Err(StoreError::InUse(words));
        }
        let current = account.memberships.iter().find(|membership| membership.covers(from));
        let until = current.and_then(|membership| membership.to);
        let (id, number) = (account.id.0, &account.org_number);
        match (is_member, current) {
            (false, None) => return Ok(false),
            (true, Some(_)) if until.is_none() => return Ok(false),
            (true, None) => {
                self.execute(
                    "INSERT INTO membership (account_id, from_on) VALUES ($1, $2)",
                    values![id, from],
                )?;
            }
            (true, Some(membership)) => self.change(
                "account",
                number.masked(),
                "UPDATE membership SET to_on = NULL
                 WHERE account_id = $1 AND from_on = $2 AND to_on IS NOT NULL",
                values![id, membership.from],
            )?,
            // A membership that would end on its first day never was one.
            (false, Some(membership)) if membership.from == from => self.change(
                "account",
                number.masked(),
                "DELETE FROM membership WHERE account_id = $1 AND from_on = $2",
                values![id, from],
            )?,
            (false, Some(membership)) => self.change(
                "account",
                number.masked(),
                "UPDATE membership SET to_on = $3 WHERE account_id = $1 AND from_on = $2",
                values![id, membership.from, from],
            )?,
        }
        let mut before = json!({ "member": current.is_some() });
        if let Some(until) = until {
            before["until"] = Json::from(until.to_string());
        }
        self.record(
            EventKind::MembershipChanged,
            subject(account.id),
            &number.masked(),
            before,
            json!({ "member": is_member, "from": from.to_string() }),
        )?;
        Ok(true)
    }

    /// Returns what keeps an account from being closed, in words for the operator.
    pub fn open_business(&self, account: &Account) -> Result<Vec<String>, StoreError> {
        self.rows(
            concat!(
                "SELECT s.number, p.sku, s.ends_on
             FROM subscription s JOIN product p ON p.id = s.product_id
             WHERE s.account_id = $1 AND ",
                is_invoiced_yet!(),
                " ORDER BY s.number"
            ),
            values![account.id.0, self.today()],
            |row| {
                let (number, sku): (i64, String) = (row.get(0)?, row.get(1)?);
                let ends_on: Option<NaiveDate> = row.get(2)?;
                let has_ended = ends_on.is_some_and(|day| day <= self.today());
                let is = if has_ended { "has a term to be billed" } else { "is running" };
                Ok(format!("subscription {number} to {sku} {is}"))
            },
        )
        .and_then(|mut business| {
            business.extend(self.unpaid_invoices(account.id)?);
            business.extend(self.balance_in_words(account.id)?);
            Ok(business)
        })
    }

    /// Returns what an account has paid in that settles nothing, in words for the operator.
    fn balance_in_words(&self, id: AccountId) -> Result<Option<String>, StoreError> {
        let balance = self.balance(id)?;
        Ok((balance != Money::ZERO)
            .then(|| format!("{balance} kronor of what it paid stands on its balance")))
    }

    /// Returns the account's invoices that are not paid, in words for the operator.
    pub fn unpaid_invoices(&self, id: AccountId) -> Result<Vec<String>, StoreError> {
        self.rows(
            concat!(
                "SELECT i.number, i.due_on FROM invoice i
             WHERE i.account_id = $1 AND i.kind = 'invoice' AND ",
                left_of_invoice!(),
                " > 0 ORDER BY i.number"
            ),
            values![id.0],
            |row| {
                let (number, due): (i64, String) = (row.get(0)?, row.get(1)?);
                Ok(format!("invoice {number}, due {due}, is not paid"))
            },
        )
    }

    /// Closes an account from today on; the caller has seen that nothing is open.
    ///
    /// Errors when it was closed in the meantime.
    pub fn close_account(&self, account: &Account) -> Result<(), StoreError> {
        self.change(
            "account",
            account.org_number.masked(),
            "UPDATE account SET closed_on = $2 WHERE id = $1 AND closed_on IS NULL",
            values![account.id.0, self.today()],
        )?;
        self.record(
            EventKind::AccountClosed,
            subject(account.id),
            &account.org_number.masked(),
            Json::Null,
            json!({ "closed_on": self.today().to_string() }),
        )
    }

    /// Opens a closed account again; one that was merged stays closed for good.
    pub fn reopen_account(&self, account: &Account) -> Result<(), StoreError> {
        let before = account.closed_on.map(|day| day.to_string());
        self.change(
            "account",
            account.org_number.masked(),
            "UPDATE account SET closed_on = NULL
             WHERE id = $1 AND closed_on IS NOT NULL AND successor_id IS NULL",
            values![account.id.0],
        )?;
        self.record(
            EventKind::AccountReopened,
            subject(account.id),
            &account.org_number.masked(),
            json!({ "closed_on": before }),
            Json::Null,
        )
    }

    pub fn add_note(&self, account: &Account, author: &str, body: &str) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO note (account_id, written_at, author, body) VALUES ($1, $2, $3, $4)",
            values![account.id.0, self.now(), *author, *body],
        )?;
        self.record(
            EventKind::AccountNoted,
            subject(account.id),
            &account.org_number.masked(),
            Json::Null,
            json!({ "note": body }),
        )
    }

    /// Returns the notes on an account, oldest first: when, by whom, what.
    pub fn notes(&self, account: AccountId) -> Result<Vec<(String, String, String)>, StoreError> {
        self.rows(
            "SELECT written_at, author, body FROM note WHERE account_id = $1 ORDER BY id",
            values![account.0],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
    }

    /// Removes an account that nothing was built on.
    ///
    /// Errors, saying what hangs on it, when something does: it need not have been ordered for it.
    pub(super) fn remove_account(&self, account: &Account) -> Result<(), StoreError> {
        let id = account.id.0;
        let used = self.find(
            concat!("SELECT ", use_of_account!("a.id"), " FROM account a WHERE a.id = $1"),
            values![id],
            |row| row.get::<Option<String>>(0),
        )?;
        if let Some(used) = used.flatten() {
            let words = format!("account {} {used}", account.org_number.masked());
            return Err(StoreError::BuiltOn { kind: ImportKind::Accounts, words });
        }
        self.execute("DELETE FROM membership WHERE account_id = $1", values![id])?;
        for login in self.logins_of(account.id)? {
            self.forget_password(login.id)?;
        }
        self.execute("DELETE FROM login WHERE account_id = $1", values![id])?;
        let sql = "DELETE FROM account WHERE id = $1";
        self.change("account", account.org_number.masked(), sql, values![id])?;
        let mut before = profile_fields(&account.profile);
        let logins: Vec<&str> = account.logins.iter().map(Email::as_str).collect();
        before.insert("login".to_owned(), Json::from(logins.join(" ")));
        self.record(
            EventKind::AccountRemoved,
            subject(account.id),
            &account.org_number.masked(),
            Json::Object(before),
            Json::Null,
        )
    }
}

pub(super) fn subject(id: AccountId) -> Subject {
    Subject { noun: Noun::Account, id: id.0 }
}

/// Returns the profile's fields that hold something, a person's number masked.
pub(super) fn profile_fields(profile: &Profile) -> Map<String, Json> {
    let masked = |field: Field, text: &str| match field {
        Field::VatNumber => profile.vat_number.as_ref().map(VatNumber::masked),
        Field::Participant => profile.participant.as_ref().map(Participant::masked),
        _ => Some(text.to_owned()),
    };
    Field::ALL
        .into_iter()
        .chain(Field::DELIVERY)
        .map(|field| (field, profile.get(field)))
        .filter(|(_, text)| !text.is_empty())
        .filter_map(|(field, text)| {
            Some((field.as_str().to_owned(), Json::from(masked(field, text)?)))
        })
        .collect()
}

/// Reads the columns that every query for an account selects, in their order.
pub(super) fn read_account(row: &Row<'_>) -> Result<Account, DriverError> {
    read_account_from(row, 0)
}

/// Reads an account whose columns begin at `from`; logins and memberships are left empty.
pub(super) fn read_account_from(row: &Row<'_>, from: usize) -> Result<Account, DriverError> {
    Ok(Account {
        id: AccountId(row.get(from)?),
        org_number: row.parse(from + 1)?,
        profile: Profile {
            name: row.get(from + 2)?,
            contact: row.get(from + 3)?,
            invoice_email: row.parse_optional(from + 4)?,
            care_of: row.get(from + 5)?,
            street: row.get(from + 6)?,
            postal_code: row.get(from + 7)?,
            city: row.get(from + 8)?,
            country: row.parse(from + 9)?,
            language: row.parse(from + 10)?,
            reference: row.get(from + 11)?,
            vat_number: row.parse_optional(from + 12)?,
            deliver: row.parse(from + 13)?,
            participant: row.parse_optional(from + 14)?,
        },
        logins: Vec::new(),
        memberships: Vec::new(),
        closed_on: row.get(from + 15)?,
    })
}

#[cfg(test)]
mod tests;
