//! Accounts that give way to others: merged into one, or known by another number.
//!
//! An account that was merged is closed for good, and only an open one is merged into: so what
//! follows on what never leads back to where it began.

use std::fmt;

use chrono::NaiveDate;

use super::account::{Account, AccountError};
use super::email::Email;
use super::org_number::OrgNumber;
use super::product::Sku;
use super::subscription::Subscription;

/// By which number an account is to be called now, and why no longer by the one that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Succession {
    /// What was given: a number, or a login.
    pub called: String,
    pub successor: OrgNumber,
    /// The successor's name.
    pub name: String,
    /// The day of the merger, or the day on which the number was given up.
    pub since: NaiveDate,
    pub cause: Cause,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    Merged,
    Renumbered,
}

/// Says where the number leads; one that is a person's is masked, as in lists.
impl fmt::Display for Succession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Succession { called, name, since, cause, .. } = self;
        let successor = self.successor.masked();
        match cause {
            Cause::Merged => {
                write!(f, "account {called} was merged into {successor}, {name}, on {since}")
            }
            Cause::Renumbered => {
                write!(
                    f,
                    "{called} is a former number of {name}, given up on {since}; its number is \
                     {successor} now"
                )
            }
        }
    }
}

/// A number that an account had before, and the day on which it left it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerNumber {
    pub org_number: OrgNumber,
    pub left_on: NaiveDate,
}

/// Why two accounts are not merged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MergeError {
    Itself,
    Closed(OrgNumber, NaiveDate),
    /// The account that is merged into lacks what the invoices of moving subscriptions must state.
    Incomplete(OrgNumber, AccountError),
    /// Both have logins, and one remains (R2).
    LoginsOpen(Vec<Email>),
    ForeignLogin(Email, Vec<Email>),
}

impl fmt::Display for MergeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MergeError::Itself => f.write_str("an account cannot be merged into itself"),
            MergeError::Closed(number, day) => write!(f, "account {number} was closed on {day}"),
            MergeError::Incomplete(number, error) => write!(f, "account {number}: {error}"),
            MergeError::LoginsOpen(logins) => {
                let logins = listed(logins);
                write!(f, "an account has one login, and these two have {logins}: which remains?")
            }
            MergeError::ForeignLogin(email, logins) => {
                write!(f, "`{email}` is a login of neither account; theirs are {}", listed(logins))
            }
        }
    }
}

impl std::error::Error for MergeError {}

fn listed(logins: &[Email]) -> String {
    logins.iter().map(|login| format!("`{login}`")).collect::<Vec<String>>().join(" and ")
}

/// Errors when `from` cannot be merged into `into`, where `moving` goes along.
pub fn check_merger(
    from: &Account,
    into: &Account,
    moving: &[Subscription],
    today: NaiveDate,
) -> Result<(), MergeError> {
    if from.id == into.id {
        return Err(MergeError::Itself);
    }
    for account in [from, into] {
        if let Some(day) = account.closed_on {
            return Err(MergeError::Closed(account.org_number.clone(), day));
        }
    }
    let is_billed_there = |one: &Subscription| one.runs_on(today) && one.address.is_none();
    match into.check_buyer() {
        Err(error) if moving.iter().any(is_billed_there) => {
            Err(MergeError::Incomplete(into.org_number.clone(), error))
        }
        _ => Ok(()),
    }
}

/// Returns the login that remains of two accounts' (R2) beside those that were made for a seat, `seated`;
/// `None` where neither has one.
///
/// Errors when there are several and none was chosen, and when the chosen one is not theirs.
pub fn remaining_login(
    from: &Account,
    into: &Account,
    seated: &[Email],
    chosen: Option<&Email>,
) -> Result<Option<Email>, MergeError> {
    let all = || from.logins.iter().chain(&into.logins);
    let logins: Vec<Email> = all().filter(|login| !seated.contains(login)).cloned().collect();
    match chosen {
        Some(email) => match all().find(|login| login.key() == email.key()) {
            Some(login) => Ok(Some(login.clone())),
            None => Err(MergeError::ForeignLogin(email.clone(), logins)),
        },
        None if logins.len() > 1 => Err(MergeError::LoginsOpen(logins)),
        None => Ok(logins.into_iter().next()),
    }
}

/// Returns the pairs of subscriptions to one product that run on both sides of a merger.
pub fn doubled<'a>(
    moving: &'a [Subscription],
    staying: &'a [Subscription],
    today: NaiveDate,
) -> Vec<(&'a Sku, i64, i64)> {
    let runs = |one: &&Subscription| one.runs_on(today);
    let mut pairs = Vec::new();
    for one in moving.iter().filter(runs) {
        let same = |other: &&Subscription| other.product_id == one.product_id;
        for other in staying.iter().filter(runs).filter(same) {
            pairs.push((&one.sku, one.number, other.number));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::account::{AccountId, Field, Profile};
    use crate::domain::term::parse_date;

    fn account(id: i64, number: &str, logins: &[&str]) -> Account {
        Account {
            id: AccountId(id),
            org_number: number.parse().expect("a number"),
            profile: Profile::default(),
            logins: logins.iter().map(|login| login.parse().expect("an address")).collect(),
            memberships: Vec::new(),
            closed_on: None,
        }
    }

    fn accounts() -> (Account, Account) {
        let from = account(1, "556036-0793", &["a@a.example"]);
        (from, account(2, "212000-0142", &["b@b.example"]))
    }

    #[test]
    fn r2_of_two_logins_the_chosen_one_remains() {
        let (from, into) = accounts();
        let email = |text: &str| text.parse::<Email>().expect("an address");
        let both = vec![email("a@a.example"), email("b@b.example")];
        let remains = |from, into, chosen: Option<&str>| {
            remaining_login(from, into, &[], chosen.map(email).as_ref())
        };
        assert_eq!(remains(&from, &into, None), Err(MergeError::LoginsOpen(both.clone())));
        assert_eq!(remains(&from, &into, Some("B@b.example")), Ok(Some(both[1].clone())));
        let foreign = MergeError::ForeignLogin(email("c@c.example"), both.clone());
        assert_eq!(remains(&from, &into, Some("c@c.example")), Err(foreign));
        let without = account(3, "802005-1952", &[]);
        assert_eq!(remains(&from, &without, None), Ok(Some(both[0].clone())));
        assert_eq!(remains(&without, &without, None), Ok(None));
    }

    #[test]
    fn only_two_open_accounts_are_merged() {
        let (from, into) = accounts();
        let today = parse_date("2026-03-01").expect("a date");
        assert_eq!(check_merger(&from, &into, &[], today), Ok(()));
        assert_eq!(check_merger(&from, &from, &[], today), Err(MergeError::Itself));
        let closed = Account { closed_on: Some(today), ..into.clone() };
        let number = closed.org_number.clone();
        let refusal = Err(MergeError::Closed(number, today));
        assert_eq!(check_merger(&from, &closed, &[], today), refusal);
        assert_eq!(check_merger(&closed, &from, &[], today), refusal);
        let missing = MergeError::Incomplete(
            into.org_number.clone(),
            AccountError::Incomplete(vec![Field::Street]),
        );
        assert_eq!(
            missing.to_string(),
            "account 212000-0142: the account lacks what an invoice must state: street"
        );
    }
}
