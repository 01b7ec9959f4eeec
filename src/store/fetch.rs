//! What was fetched: which edition left the shop, for whom, when and by which right (R6).

use chrono::NaiveDate;
use serde_json::{Value as Json, json};

use super::agreement::subject;
use super::driver::{Row, values};
use super::{DriverError, StoreError, Tx};
use crate::domain::account::Account;
use crate::domain::agreement::{Agreement, AgreementCode, Edition, EditionName};
use crate::domain::email::Email;
use crate::domain::event::EventKind;
use crate::domain::language::Language;
use crate::domain::licence::LicenceEdition;
use crate::domain::subscription::{Subscription, SubscriptionId};

/// By which right an edition leaves the shop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FetchRight<'a> {
    /// A login that proved its password, under a running subscription of its account.
    Login {
        login: &'a Email,
        subscription: &'a Subscription,
        /// The edition of the licence that stands on the copy, where it is one.
        licence_edition: Option<&'a LicenceEdition>,
    },
    /// Somebody of the shop, for a reason, whatever the account holds.
    Staff { reason: &'a str },
}

/// A fetch as lists tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FetchListing {
    pub fetched_at: String,
    pub code: AgreementCode,
    pub edition: EditionName,
    pub language: Language,
    /// None where it was fetched by staff.
    pub login: Option<String>,
    pub reason: Option<String>,
}

/// A fetch as it is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountedFetch {
    pub code: AgreementCode,
    pub fetched_at: String,
    /// And not by staff.
    pub by_login: bool,
    pub under_licence: bool,
}

impl Tx<'_> {
    /// Hands over what was fetched on the days of UTC from `from` to before `before`, oldest first.
    pub fn each_fetch(
        &self,
        from: NaiveDate,
        before: NaiveDate,
        each: &mut dyn FnMut(CountedFetch) -> Result<(), DriverError>,
    ) -> Result<(), StoreError> {
        self.each(
            "SELECT a.code, f.fetched_at, CASE WHEN f.login IS NULL THEN 0 ELSE 1 END,
                 CASE WHEN p.kind = 'licence' THEN 1 ELSE 0 END
             FROM fetch f JOIN edition e ON e.id = f.edition_id
                 JOIN agreement a ON a.id = e.agreement_id
                 LEFT JOIN subscription s ON s.id = f.subscription_id
                 LEFT JOIN product p ON p.id = s.product_id
             WHERE f.fetched_at >= $1 AND f.fetched_at < $2 ORDER BY f.id",
            values![from, before],
            &mut |row| {
                each(CountedFetch {
                    code: row.parse(0)?,
                    fetched_at: row.get(1)?,
                    by_login: row.get(2)?,
                    under_licence: row.get(3)?,
                })
            },
        )
    }

    /// Records that an edition was fetched.
    pub fn record_fetch(
        &self,
        account: &Account,
        agreement: &Agreement,
        edition: &Edition,
        right: &FetchRight<'_>,
    ) -> Result<(), StoreError> {
        let (login, reason, subscription, licence_edition) = match right {
            FetchRight::Login { login, subscription, licence_edition } => {
                (Some(login.as_str()), None, Some(*subscription), *licence_edition)
            }
            FetchRight::Staff { reason } => (None, Some(*reason), None, None),
        };
        let id = self.next_id()?;
        self.execute(
            "INSERT INTO fetch (id, edition_id, account_id, subscription_id, login, fetched_at, reason,
                 licence_edition_id)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            values![
                id,
                edition.id.0,
                account.id.0,
                subscription.map(|subscription| subscription.id.0),
                login,
                self.now(),
                reason,
                licence_edition.map(|edition| edition.id.0)
            ],
        )?;
        self.record(
            EventKind::AgreementFetched,
            subject(agreement.id),
            agreement.code.as_str(),
            Json::Null,
            json!({
                "edition": edition.name.as_str(),
                "language": edition.language.code(),
                "account": account.org_number.masked(),
                "subscription": subscription.map(|subscription| subscription.number),
                "licence_edition": licence_edition.map(|edition| edition.number),
                "login": login,
                "reason": reason,
            }),
        )
    }

    /// Returns what was fetched for an account, the last first, at most `limit`.
    pub fn fetches_of(
        &self,
        account: &Account,
        limit: i64,
    ) -> Result<Vec<FetchListing>, StoreError> {
        self.rows(
            "SELECT f.fetched_at, a.code, e.name, e.language, f.login, f.reason
             FROM fetch f JOIN edition e ON e.id = f.edition_id
                 JOIN agreement a ON a.id = e.agreement_id
             WHERE f.account_id = $1 ORDER BY f.id DESC LIMIT $2",
            values![account.id.0, limit],
            read_fetch,
        )
    }

    /// Returns what was fetched under a subscription, the last first.
    pub fn fetches_under(&self, id: SubscriptionId) -> Result<Vec<FetchListing>, StoreError> {
        self.rows(
            "SELECT f.fetched_at, a.code, e.name, e.language, f.login, f.reason
             FROM fetch f JOIN edition e ON e.id = f.edition_id
                 JOIN agreement a ON a.id = e.agreement_id
             WHERE f.subscription_id = $1 ORDER BY f.id DESC",
            values![id.0],
            read_fetch,
        )
    }
}

fn read_fetch(row: &Row<'_>) -> Result<FetchListing, DriverError> {
    Ok(FetchListing {
        fetched_at: row.get(0)?,
        code: row.parse(1)?,
        edition: row.parse(2)?,
        language: row.parse(3)?,
        login: row.get(4)?,
        reason: row.get(5)?,
    })
}
