//! What was fetched: which edition left the shop, for whom, when and by which right (R6).

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

impl Tx<'_> {
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
