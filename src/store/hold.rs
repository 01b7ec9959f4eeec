//! Holds: invoices, and accounts with all of theirs, that nobody is reminded of.

use chrono::NaiveDate;
use serde_json::{Value as Json, json};

use super::account::subject as account_subject;
use super::driver::{Row, values};
use super::invoice::subject as invoice_subject;
use super::{DriverError, StoreError, Tx};
use crate::domain::account::{Account, AccountId};
use crate::domain::event::EventKind;
use crate::domain::invoice::{Invoice, InvoiceId};
use crate::domain::org_number::OrgNumber;

/// Why nobody is reminded, and since when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    pub reason: String,
    /// The customer denies owing it.
    pub is_disputed: bool,
    pub since: NaiveDate,
    /// Whether it holds the account and with it all its invoices.
    pub is_of_account: bool,
}

/// An account on hold as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldAccount {
    pub org_number: OrgNumber,
    pub name: String,
    pub hold: Hold,
}

/// Says that the invoice `i` is on hold, by itself, with its account, or with the account that its
/// account was merged into.
macro_rules! is_held {
    () => {
        "EXISTS (SELECT 1 FROM hold h WHERE h.released_on IS NULL
             AND (h.invoice_id = i.id OR h.account_id = i.account_id
                 OR h.account_id = (SELECT a.successor_id FROM account a WHERE a.id = i.account_id)))"
    };
}
pub(super) use is_held;

const COLUMNS: &str = "h.reason, h.disputed, h.since, h.account_id";

impl Tx<'_> {
    /// Returns what keeps an invoice from being reminded of: its own hold, or else its account's.
    pub fn hold_of(&self, id: InvoiceId) -> Result<Option<Hold>, StoreError> {
        self.find(
            &format!(
                "SELECT {COLUMNS} FROM invoice i
                 JOIN account a ON a.id = i.account_id
                 JOIN hold h ON h.invoice_id = i.id OR h.account_id = a.id
                     OR h.account_id = a.successor_id
                 WHERE i.id = $1 AND h.released_on IS NULL
                 ORDER BY CASE WHEN h.invoice_id IS NULL THEN 1 ELSE 0 END, h.id LIMIT 1"
            ),
            values![id.0],
            read_hold,
        )
    }

    /// Returns an invoice's own hold.
    pub fn invoice_hold(&self, id: InvoiceId) -> Result<Option<Hold>, StoreError> {
        self.find(
            &format!(
                "SELECT {COLUMNS} FROM hold h WHERE h.invoice_id = $1 AND h.released_on IS NULL"
            ),
            values![id.0],
            read_hold,
        )
    }

    pub fn account_hold(&self, id: AccountId) -> Result<Option<Hold>, StoreError> {
        self.find(
            &format!(
                "SELECT {COLUMNS} FROM hold h WHERE h.account_id = $1 AND h.released_on IS NULL"
            ),
            values![id.0],
            read_hold,
        )
    }

    /// Puts an invoice on hold, or gives its hold another reason, and says whether that changed
    /// anything.
    pub fn hold_invoice(
        &self,
        invoice: &Invoice,
        reason: &str,
        is_disputed: bool,
    ) -> Result<bool, StoreError> {
        let before = self.invoice_hold(invoice.id)?;
        if before.as_ref().is_some_and(|it| it.reason == reason && it.is_disputed == is_disputed) {
            return Ok(false);
        }
        match &before {
            Some(_) => self.change(
                "invoice",
                invoice.number,
                "UPDATE hold SET reason = $2, disputed = $3
                 WHERE invoice_id = $1 AND released_on IS NULL",
                values![invoice.id.0, *reason, is_disputed],
            )?,
            None => {
                let id = self.next_id()?;
                self.execute(
                    "INSERT INTO hold (id, invoice_id, reason, disputed, since)
                     VALUES ($1, $2, $3, $4, $5)",
                    values![id, invoice.id.0, *reason, is_disputed, self.today()],
                )?;
            }
        }
        let before = before.map_or(Json::Null, |hold| told(&hold.reason, hold.is_disputed));
        self.record(
            EventKind::InvoiceHeld,
            invoice_subject(invoice.id),
            &invoice.number.to_string(),
            before,
            told(reason, is_disputed),
        )?;
        Ok(true)
    }

    /// Ends an invoice's own hold.
    pub fn release_invoice(
        &self,
        invoice: &Invoice,
        hold: &Hold,
        reason: &str,
    ) -> Result<(), StoreError> {
        self.change(
            "invoice",
            invoice.number,
            "UPDATE hold SET released_on = $2 WHERE invoice_id = $1 AND released_on IS NULL",
            values![invoice.id.0, self.today()],
        )?;
        self.record(
            EventKind::InvoiceReleased,
            invoice_subject(invoice.id),
            &invoice.number.to_string(),
            if hold.is_disputed {
                told(&hold.reason, true)
            } else {
                json!({ "reason": hold.reason })
            },
            json!({ "reason": reason }),
        )
    }

    /// Puts an account on hold, or gives its hold another reason, and says whether that changed
    /// anything.
    pub fn hold_account(&self, account: &Account, reason: &str) -> Result<bool, StoreError> {
        let before = self.account_hold(account.id)?;
        if before.as_ref().is_some_and(|hold| hold.reason == reason) {
            return Ok(false);
        }
        let about = account.org_number.masked();
        match &before {
            Some(_) => self.change(
                "account",
                &about,
                "UPDATE hold SET reason = $2 WHERE account_id = $1 AND released_on IS NULL",
                values![account.id.0, *reason],
            )?,
            None => {
                let id = self.next_id()?;
                self.execute(
                    "INSERT INTO hold (id, account_id, reason, disputed, since)
                     VALUES ($1, $2, $3, $4, $5)",
                    values![id, account.id.0, *reason, false, self.today()],
                )?;
            }
        }
        let before = before.map_or(Json::Null, |hold| json!({ "reason": hold.reason }));
        let after = json!({ "reason": reason });
        self.record(EventKind::AccountHeld, account_subject(account.id), &about, before, after)?;
        Ok(true)
    }

    /// Ends an account's hold; invoices that are held by themselves stay so.
    pub fn release_account(
        &self,
        account: &Account,
        hold: &Hold,
        reason: &str,
    ) -> Result<(), StoreError> {
        let about = account.org_number.masked();
        self.change(
            "account",
            &about,
            "UPDATE hold SET released_on = $2 WHERE account_id = $1 AND released_on IS NULL",
            values![account.id.0, self.today()],
        )?;
        let (before, after) = (json!({ "reason": hold.reason }), json!({ "reason": reason }));
        self.record(EventKind::AccountReleased, account_subject(account.id), &about, before, after)
    }

    /// Returns how many invoices are held by themselves, and how many of those are disputed.
    pub fn count_held_invoices(&self) -> Result<(i64, i64), StoreError> {
        let found = self.find(
            "SELECT count(*), coalesce(sum(disputed), 0) FROM hold
             WHERE released_on IS NULL AND invoice_id IS NOT NULL",
            &[],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        Ok(found.unwrap_or_default())
    }

    /// Returns the accounts on hold, the longest held first.
    pub fn held_accounts(&self) -> Result<Vec<HeldAccount>, StoreError> {
        self.rows(
            &format!(
                "SELECT {COLUMNS}, a.org_number, a.name FROM hold h
                 JOIN account a ON a.id = h.account_id
                 WHERE h.released_on IS NULL ORDER BY h.since, h.id"
            ),
            &[],
            |row| {
                let hold = read_hold(row)?;
                Ok(HeldAccount { org_number: row.parse(4)?, name: row.get(5)?, hold })
            },
        )
    }
}

fn told(reason: &str, is_disputed: bool) -> Json {
    json!({ "reason": reason, "disputed": is_disputed })
}

fn read_hold(row: &Row<'_>) -> Result<Hold, DriverError> {
    let account: Option<i64> = row.get(3)?;
    Ok(Hold {
        reason: row.get(0)?,
        is_disputed: row.get(1)?,
        since: row.get(2)?,
        is_of_account: account.is_some(),
    })
}
