//! Imports: what a row of a spreadsheet says of an account.

use chrono::NaiveDate;

use super::account::{Account, AccountError, Field, NewAccount, Profile};
use super::email::{Email, EmailError};
use super::org_number::{OrgNumber, OrgNumberError};
use super::text;

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
    /// Errors with the first cell that is no value of its field, naming the field.
    pub fn read<'a>(
        cells: impl IntoIterator<Item = (Field, &'a str)>,
    ) -> Result<Row, (Field, AccountError)> {
        let (mut org_number, mut login, mut is_member) = (None, None, None);
        let mut profile = Profile::default();
        let mut given = Vec::new();
        for (field, cell) in cells {
            let cell = cell.trim();
            let of_field = |error: AccountError| (field, error);
            match field {
                Field::OrgNumber => {
                    let number =
                        cell.parse().map_err(|error: OrgNumberError| of_field(error.into()));
                    org_number = Some(number?);
                }
                _ if cell.is_empty() => {}
                Field::Email => {
                    let email = cell.parse().map_err(|error: EmailError| of_field(error.into()));
                    login = Some(email?);
                }
                Field::Member => {
                    is_member = Some(
                        text::parse_yes_no(cell).map_err(AccountError::Value).map_err(of_field)?,
                    )
                }
                _ => {
                    profile.set(field, cell).map_err(of_field)?;
                    given.push(field);
                }
            }
        }
        let missing = (Field::OrgNumber, AccountError::OrgNumber(OrgNumberError::Empty));
        let org_number = org_number.ok_or(missing)?;
        Ok(Row { org_number, login, is_member, profile, given })
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

    /// Says whether the row gives a login that is none of the account's.
    pub fn other_login(&self, account: &Account) -> bool {
        self.login
            .as_ref()
            .is_some_and(|login| !account.logins.iter().any(|own| own.key() == login.key()))
    }
}
