//! Imports: what a row of a spreadsheet says of an account.

pub mod member;
pub mod subscription;

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

use super::account::{Account, AccountError, Field, NewAccount, Profile};
use super::email::{Email, EmailError};
use super::org_number::{OrgNumber, OrgNumberError};
use super::term::parse_date;
use super::text;

/// What a file is a list of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportKind {
    Accounts,
    /// The members, by number only: whose membership begins or ends.
    Members,
    /// Running subscriptions of another shop.
    Subscriptions,
}

impl ImportKind {
    const ALL: [ImportKind; 3] =
        [ImportKind::Accounts, ImportKind::Members, ImportKind::Subscriptions];

    pub const fn as_str(self) -> &'static str {
        match self {
            ImportKind::Accounts => "accounts",
            ImportKind::Members => "members",
            ImportKind::Subscriptions => "subscriptions",
        }
    }

    /// Returns the noun whose commands list and undo such imports.
    pub const fn noun(self) -> &'static str {
        match self {
            ImportKind::Accounts | ImportKind::Members => "account",
            ImportKind::Subscriptions => "subscription",
        }
    }
}

impl fmt::Display for ImportKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for ImportKind {
    type Err = String;

    fn from_str(text: &str) -> Result<ImportKind, String> {
        let found = ImportKind::ALL.into_iter().find(|kind| kind.as_str() == text);
        found.ok_or_else(|| format!("`{text}` is nothing that is imported"))
    }
}

/// Reads a day as spreadsheets write it in Sweden: `2026-03-01`, `20260301`, either with midnight.
pub fn parse_day(text: &str) -> Result<NaiveDate, String> {
    let text = text.trim();
    let day = text
        .split_once([' ', 'T'])
        .filter(|(_, time)| time.chars().all(|character| matches!(character, '0' | ':' | '.')));
    let day = day.map_or(text, |(day, _)| day);
    let compact = day.len() == 8 && day.bytes().all(|byte| byte.is_ascii_digit());
    let spelt = match compact {
        true => format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..]),
        false => day.to_owned(),
    };
    parse_date(&spelt).map_err(|reason| reason.replace(&spelt, text))
}

/// A row of an import: for each field the text of a cell that was not empty.
///
/// An empty cell changes nothing, and neither does a column that is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub org_number: OrgNumber,
    pub login: Option<Email>,
    pub is_member: Option<bool>,
    /// The checked values of the profile's fields; one not given is as in an empty profile.
    pub profile: Profile,
    /// The fields of the profile that were given.
    pub given: Vec<Field>,
}

impl Row {
    /// Returns the row made of the cells given, empty ones left out.
    ///
    /// Errors with every cell that is no value of its field.
    pub fn read<'a>(
        cells: impl IntoIterator<Item = (Field, &'a str)>,
    ) -> Result<Row, Vec<(Field, AccountError)>> {
        let (mut org_number, mut login, mut is_member) = (None, None, None);
        let mut profile = Profile::default();
        let mut given = Vec::new();
        let mut errors: Vec<(Field, AccountError)> = Vec::new();
        for (field, cell) in cells {
            let cell = cell.trim();
            let checked: Result<(), AccountError> = match field {
                Field::OrgNumber => cell
                    .parse()
                    .map(|number| org_number = Some(number))
                    .map_err(|error: OrgNumberError| error.into()),
                _ if cell.is_empty() => Ok(()),
                Field::Email => cell
                    .parse()
                    .map(|email| login = Some(email))
                    .map_err(|error: EmailError| error.into()),
                Field::Member => text::parse_yes_no(cell)
                    .map(|truth| is_member = Some(truth))
                    .map_err(AccountError::Value),
                _ => profile.set(field, cell).map(|()| given.push(field)),
            };
            errors.extend(checked.err().map(|error| (field, error)));
        }
        if let (Some(org_number), Some(vat_number)) = (&org_number, &profile.vat_number) {
            let checked = vat_number.check_for(org_number);
            errors.extend(checked.err().map(|error| (Field::VatNumber, error.into())));
        }
        match org_number {
            Some(org_number) if errors.is_empty() => {
                Ok(Row { org_number, login, is_member, profile, given })
            }
            None if errors.is_empty() => {
                Err(vec![(Field::OrgNumber, AccountError::OrgNumber(OrgNumberError::Empty))])
            }
            _ => Err(errors),
        }
    }

    /// Errors with the field that the row lacks to make an account, when its number has none yet.
    pub fn check_new(&self) -> Result<(), (Field, AccountError)> {
        if self.login.is_none() {
            return Err((Field::Email, AccountError::LoginMissing));
        }
        if self.profile.name.is_empty() {
            return Err((Field::Name, AccountError::NameMissing));
        }
        Ok(())
    }

    /// Returns the account that the row makes when its number has none yet.
    pub fn into_new_account(self) -> Result<NewAccount, (Field, AccountError)> {
        self.check_new()?;
        Ok(NewAccount {
            org_number: self.org_number,
            login: self.login.expect("a row without a login was just refused"),
            profile: self.profile,
            is_member: self.is_member.unwrap_or(false),
        })
    }

    /// Writes the row's cells over a profile.
    pub fn write_to(&self, profile: &mut Profile) {
        for field in &self.given {
            let text = self.profile.get(*field);
            profile.set(*field, text).expect("a checked cell is a value of its field");
        }
    }

    /// Returns the first field in which the row says something else than the account.
    pub fn differs_in(&self, account: &Account, today: NaiveDate) -> Option<Field> {
        let differs = |field: &&Field| self.profile.get(**field) != account.profile.get(**field);
        self.given
            .iter()
            .find(differs)
            .copied()
            .or_else(|| self.other_login(account).then_some(Field::Email))
            .or_else(|| {
                let other =
                    self.is_member.is_some_and(|member| member != account.is_member_on(today));
                other.then_some(Field::Member)
            })
    }

    /// Returns the first invoice detail that the row would change.
    pub fn rebills(&self, account: &Account) -> Option<Field> {
        let changed = |field: &&Field| self.profile.get(**field) != account.profile.get(**field);
        self.given.iter().filter(|field| Field::BILLING.contains(field)).find(changed).copied()
    }

    /// Says whether the row gives a login that is none of the account's.
    pub fn other_login(&self, account: &Account) -> bool {
        self.login
            .as_ref()
            .is_some_and(|login| !account.logins.iter().any(|own| own.key() == login.key()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_spreadsheets_write_them() {
        let day = parse_date("2026-03-01");
        for text in ["2026-03-01", " 20260301 ", "2026-03-01 00:00:00", "2026-03-01T00:00:00.000"] {
            assert_eq!(parse_day(text), day, "{text}");
        }
        for text in ["01/03/2026", "2026-03-01 12:00", "26-03-01", "20261301", "2026", "snart", ""]
        {
            let refused = parse_day(text).expect_err(text);
            assert!(refused.starts_with(&format!("`{text}` is not")), "{refused}");
        }
    }
}
