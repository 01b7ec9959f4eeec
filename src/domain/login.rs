//! Logins: the user names of an account, and how each stands with its password.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};

use super::account::AccountId;
use super::email::Email;
use super::password::PasswordHash;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LoginId(pub i64);

/// A user name, which is an address that mail about the password goes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    pub id: LoginId,
    pub account_id: AccountId,
    pub email: Email,
}

/// How a login stands with its password. Times are UTC, as they are stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PasswordStanding {
    /// How often a password was chosen or voided.
    pub version: i64,
    /// None before one is chosen, and after it was voided.
    pub hash: Option<PasswordHash>,
    pub former_hash: Option<PasswordHash>,
    pub chosen_at: Option<String>,
    pub voided_at: Option<String>,
    /// Attempts in a row with a wrong password.
    pub failures: i64,
    /// Attempts since the last good one that were not looked at, because the login had to wait.
    pub refusals: i64,
    pub failed_at: Option<String>,
    /// No attempt is looked at before that.
    pub retry_at: Option<String>,
    pub logged_in_at: Option<String>,
    /// When a mail was last asked for in vain, because so many had been sent.
    pub passed_over_at: Option<String>,
}

impl PasswordStanding {
    /// Returns whether there is a password, in words: `chosen`, `locked` or `never chosen`.
    pub fn state(&self) -> &'static str {
        match (&self.hash, &self.voided_at) {
            (Some(_), _) => "chosen",
            (None, Some(_)) => "locked",
            (None, None) => "never chosen",
        }
    }

    /// Returns the seconds until an attempt is looked at again, if the login must wait.
    pub fn wait_seconds(&self, now: DateTime<Utc>) -> Option<i64> {
        let retry_at = DateTime::parse_from_rfc3339(self.retry_at.as_deref()?).ok()?.to_utc();
        let seconds = ((retry_at - now).num_milliseconds() + 999).div_euclid(1000);
        (seconds > 0).then_some(seconds)
    }
}

/// After how many mails within an hour a login is sent no more by "forgotten password". What the office
/// sends counts, but is always sent: requests of strangers lock nobody out.
pub const MAILS_AN_HOUR: i64 = 5;

/// Who asked for a mail by which a password may be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Whoever typed the address at "forgotten password".
    Forgotten,
    /// The office, which locked the password.
    Support,
    /// The office, for a login that has none.
    Invitation,
}

impl Origin {
    const ALL: [Origin; 3] = [Origin::Forgotten, Origin::Support, Origin::Invitation];

    pub const fn as_str(self) -> &'static str {
        match self {
            Origin::Forgotten => "forgotten",
            Origin::Support => "support",
            Origin::Invitation => "invitation",
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Origin {
    type Err = String;

    fn from_str(text: &str) -> Result<Origin, String> {
        Origin::ALL
            .into_iter()
            .find(|origin| origin.as_str() == text)
            .ok_or_else(|| format!("`{text}` is not a way to ask for a password"))
    }
}

/// Why a mail about a password is no longer good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// A password was chosen by it.
    Used,
    /// A newer mail was asked for.
    Newer,
    /// The password was changed or voided otherwise.
    Changed,
}

impl Ended {
    const ALL: [Ended; 3] = [Ended::Used, Ended::Newer, Ended::Changed];

    pub const fn as_str(self) -> &'static str {
        match self {
            Ended::Used => "used",
            Ended::Newer => "newer",
            Ended::Changed => "changed",
        }
    }
}

impl FromStr for Ended {
    type Err = String;

    fn from_str(text: &str) -> Result<Ended, String> {
        Ended::ALL
            .into_iter()
            .find(|ended| ended.as_str() == text)
            .ok_or_else(|| format!("`{text}` does not end a mail about a password"))
    }
}

/// Why a mail about a password is not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsent {
    /// Its login was removed.
    Gone,
    /// Its account is closed.
    Closed,
    Ended(Ended),
}

impl fmt::Display for Unsent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Unsent::Gone => "its login was removed",
            Unsent::Closed => "its account is closed",
            Unsent::Ended(Ended::Newer) => "a newer mail was asked for",
            Unsent::Ended(Ended::Used) => "a password was chosen by it",
            Unsent::Ended(Ended::Changed) => "the password was changed or locked since",
        })
    }
}

/// How a login came by a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// By giving the old one (R11).
    Change,
    /// By the token of a mail (R12).
    Token,
}

impl Chosen {
    pub const fn as_str(self) -> &'static str {
        match self {
            Chosen::Change => "change",
            Chosen::Token => "token",
        }
    }
}
