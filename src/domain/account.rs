//! Accounts: one for each organisation number (R1), with a profile the office can edit.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

use super::address::{Country, grouped_code};
use super::email::{Email, EmailError};
use super::invoice::Buyer;
use super::language::Language;
use super::org_number::{OrgNumber, OrgNumberError};
use super::participant::{Deliver, Participant, ParticipantError};
use super::subscription::BillingAddress;
use super::text::{self, TextError, shell_word, visible};
use super::vat_number::{VatNumber, VatNumberError};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AccountId(pub i64);

/// What an account is called by: its organisation number, or the e-mail address of a login.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountKey {
    OrgNumber(OrgNumber),
    Login(Email),
}

impl FromStr for AccountKey {
    type Err = AccountError;

    fn from_str(text: &str) -> Result<AccountKey, AccountError> {
        if text.contains('@') {
            return Ok(AccountKey::Login(text.parse()?));
        }
        if !text.trim().is_empty() && !text.chars().any(|letter| letter.is_ascii_digit()) {
            let (shown, typed) = (visible(text), shell_word(&visible(text)));
            return Err(AccountError::Value(format!(
                "`{shown}` is neither an organisation number nor an e-mail address; `shopctl find \
                 {typed}` looks for a name"
            )));
        }
        Ok(AccountKey::OrgNumber(text.parse()?))
    }
}

impl fmt::Display for AccountKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AccountKey::OrgNumber(org_number) => org_number.fmt(f),
            AccountKey::Login(email) => email.fmt(f),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub id: AccountId,
    pub org_number: OrgNumber,
    pub profile: Profile,
    /// The e-mail addresses that log in, first the one the account was registered with (R2).
    pub logins: Vec<Email>,
    pub memberships: Vec<Membership>,
    pub closed_on: Option<NaiveDate>,
}

/// What the office can edit about an account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    pub name: String,
    pub contact: Option<String>,
    pub invoice_email: Option<Email>,
    pub care_of: Option<String>,
    pub street: Option<String>,
    pub postal_code: Option<String>,
    pub city: Option<String>,
    pub country: Country,
    pub language: Language,
    /// "Er referens" on invoices, unless an order gives another.
    pub reference: Option<String>,
    /// Stands by the buyer on invoices.
    pub vat_number: Option<VatNumber>,
    /// How its invoices come to it.
    pub deliver: Deliver,
    /// Its name in Peppol, where that is not its organisation number.
    pub participant: Option<Participant>,
}

/// An account as it is entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAccount {
    pub org_number: OrgNumber,
    pub login: Email,
    pub profile: Profile,
    pub is_member: bool,
}

/// The days on which an account pays members' prices, `to` exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Membership {
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
}

/// One editable field of an account, by the name it has in flags, files and JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    OrgNumber,
    Name,
    Email,
    InvoiceEmail,
    Contact,
    CareOf,
    Street,
    PostalCode,
    City,
    Country,
    Language,
    Reference,
    VatNumber,
    Member,
    Deliver,
    Participant,
}

impl Field {
    /// The fields of an account in a file.
    pub const ALL: [Field; 14] = [
        Field::OrgNumber,
        Field::Name,
        Field::Email,
        Field::InvoiceEmail,
        Field::Contact,
        Field::CareOf,
        Field::Street,
        Field::PostalCode,
        Field::City,
        Field::Country,
        Field::Language,
        Field::Reference,
        Field::VatNumber,
        Field::Member,
    ];

    /// The invoice details, which the office alone changes while something runs (R10).
    pub const BILLING: [Field; 10] = [
        Field::InvoiceEmail,
        Field::CareOf,
        Field::Street,
        Field::PostalCode,
        Field::City,
        Field::Country,
        Field::Reference,
        Field::VatNumber,
        Field::Deliver,
        Field::Participant,
    ];

    /// How invoices come to an account: no file tells that, and no subscription has its own.
    pub const DELIVERY: [Field; 2] = [Field::Deliver, Field::Participant];

    pub const fn as_str(self) -> &'static str {
        match self {
            Field::OrgNumber => "org_number",
            Field::Name => "name",
            Field::Email => "email",
            Field::InvoiceEmail => "invoice_email",
            Field::Contact => "contact",
            Field::CareOf => "care_of",
            Field::Street => "street",
            Field::PostalCode => "postal_code",
            Field::City => "city",
            Field::Country => "country",
            Field::Language => "language",
            Field::Reference => "reference",
            Field::VatNumber => "vat_number",
            Field::Member => "member",
            Field::Deliver => "deliver",
            Field::Participant => "participant",
        }
    }

    /// Returns the flag that gives it, `--invoice-email`.
    pub fn flag(self) -> String {
        format!("--{}", self.as_str().replace('_', "-"))
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Why a value given for an account was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountError {
    OrgNumber(OrgNumberError),
    Email(EmailError),
    Text(Field, String, TextError),
    VatNumber(VatNumberError),
    Participant(ParticipantError),
    Value(String),
    NameMissing,
    LoginMissing,
    /// What the law wants on an invoice and the account lacks. Source: ML 17:24.
    Incomplete(Vec<Field>),
    Closed(NaiveDate),
}

impl fmt::Display for AccountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AccountError::OrgNumber(error) => error.fmt(f),
            AccountError::Email(error) => error.fmt(f),
            AccountError::Text(field, value, error) => {
                let start: String = value.chars().take(40).collect();
                let rest = if start.len() < value.len() { "…" } else { "" };
                write!(f, "{field} `{start}{rest}` was refused: {error}")
            }
            AccountError::VatNumber(error) => error.fmt(f),
            AccountError::Participant(error) => error.fmt(f),
            AccountError::Value(message) => f.write_str(message),
            AccountError::NameMissing => f.write_str("the name is missing"),
            AccountError::LoginMissing => f.write_str("the login's e-mail address is missing"),
            AccountError::Incomplete(fields) => {
                let names: Vec<&str> = fields.iter().map(|field| field.as_str()).collect();
                write!(f, "the account lacks what an invoice must state: {}", names.join(", "))
            }
            AccountError::Closed(day) => write!(f, "the account was closed on {day}"),
        }
    }
}

impl std::error::Error for AccountError {}

impl From<OrgNumberError> for AccountError {
    fn from(error: OrgNumberError) -> AccountError {
        AccountError::OrgNumber(error)
    }
}

impl From<EmailError> for AccountError {
    fn from(error: EmailError) -> AccountError {
        AccountError::Email(error)
    }
}

impl From<VatNumberError> for AccountError {
    fn from(error: VatNumberError) -> AccountError {
        AccountError::VatNumber(error)
    }
}

impl From<ParticipantError> for AccountError {
    fn from(error: ParticipantError) -> AccountError {
        AccountError::Participant(error)
    }
}

impl Profile {
    /// Sets one field from the text given for it; an empty text empties an optional field.
    ///
    /// Errors when the text is not a value of that field, and for fields that are no part of a
    /// profile.
    pub fn set(&mut self, field: Field, value: &str) -> Result<(), AccountError> {
        let optional = || -> Result<Option<String>, AccountError> {
            let line = text::line(value)
                .map_err(|error| AccountError::Text(field, value.to_owned(), error))?;
            Ok(Some(line).filter(|line| !line.is_empty()))
        };
        match field {
            Field::Name => self.name = optional()?.ok_or(AccountError::NameMissing)?,
            Field::Contact => self.contact = optional()?,
            Field::CareOf => self.care_of = optional()?,
            Field::Street => self.street = optional()?,
            Field::PostalCode => self.postal_code = optional()?.map(|code| grouped_code(&code)),
            Field::City => self.city = optional()?,
            Field::Reference => self.reference = optional()?,
            Field::InvoiceEmail => {
                self.invoice_email = optional()?.map(|address| address.parse()).transpose()?;
            }
            Field::VatNumber => {
                self.vat_number = optional()?.map(|number| number.parse()).transpose()?;
            }
            Field::Deliver => {
                let given = optional()?.map(|way| way.parse().map_err(AccountError::Value));
                self.deliver = given.transpose()?.unwrap_or_default();
            }
            Field::Participant => {
                self.participant = optional()?.map(|name| name.parse()).transpose()?;
            }
            Field::Country => self.country = value.parse().map_err(AccountError::Value)?,
            Field::Language => {
                self.language = match value.trim() {
                    "" => Language::default(),
                    given => given.parse().map_err(AccountError::Value)?,
                };
            }
            Field::OrgNumber | Field::Email | Field::Member => {
                let message = format!("{field} is not edited here");
                return Err(AccountError::Value(message));
            }
        }
        Ok(())
    }

    /// Returns the text of one field, as [`Profile::set`] would read it: empty where it says what is
    /// so unless told otherwise, that invoices come by mail.
    pub fn get(&self, field: Field) -> &str {
        fn text(value: &Option<String>) -> &str {
            value.as_deref().unwrap_or_default()
        }
        match field {
            Field::Name => &self.name,
            Field::Contact => text(&self.contact),
            Field::CareOf => text(&self.care_of),
            Field::Street => text(&self.street),
            Field::PostalCode => text(&self.postal_code),
            Field::City => text(&self.city),
            Field::Reference => text(&self.reference),
            Field::InvoiceEmail => self.invoice_email.as_ref().map_or("", Email::as_str),
            Field::VatNumber => self.vat_number.as_ref().map_or("", VatNumber::as_str),
            Field::Participant => self.participant.as_ref().map_or("", Participant::as_str),
            Field::Deliver if self.deliver == Deliver::Email => "",
            Field::Deliver => self.deliver.as_str(),
            Field::Country => self.country.code(),
            Field::Language => self.language.code(),
            Field::OrgNumber | Field::Email | Field::Member => "",
        }
    }
}

impl Profile {
    /// Returns the postal address, if nothing that an invoice must state is missing.
    pub fn address(&self) -> Option<BillingAddress> {
        Some(BillingAddress {
            care_of: self.care_of.clone(),
            street: self.street.clone()?,
            postal_code: self.postal_code.clone()?,
            city: self.city.clone()?,
            country: self.country.clone(),
        })
    }

    /// Returns the postal code of an address in Sweden that is none of Sweden's.
    pub fn odd_postal_code(&self) -> Option<&str> {
        let code = self.postal_code.as_deref()?;
        self.country.has_not(code).then_some(code)
    }

    /// Returns the fields that an invoice must state and that are empty.
    pub fn missing_for_invoice(&self) -> Vec<Field> {
        [Field::Street, Field::PostalCode, Field::City]
            .into_iter()
            .filter(|field| self.get(*field).is_empty())
            .collect()
    }
}

impl Account {
    pub fn is_member_on(&self, day: NaiveDate) -> bool {
        self.memberships.iter().any(|membership| membership.covers(day))
    }

    /// Errors when the account cannot be invoiced: it is closed, or lacks an address.
    pub fn check_buyer(&self) -> Result<(), AccountError> {
        if let Some(day) = self.closed_on {
            return Err(AccountError::Closed(day));
        }
        let missing = self.profile.missing_for_invoice();
        if missing.is_empty() { Ok(()) } else { Err(AccountError::Incomplete(missing)) }
    }

    /// Returns the address that its invoices state; errors as [`Account::check_buyer`] does.
    pub fn address(&self) -> Result<BillingAddress, AccountError> {
        self.check_buyer()?;
        let address = self.profile.address();
        address.ok_or_else(|| AccountError::Incomplete(self.profile.missing_for_invoice()))
    }

    /// Returns the buyer as an invoice to `invoice_email` names it; errors as
    /// [`Account::check_buyer`] does.
    pub fn buyer(&self, invoice_email: Email) -> Result<Buyer, AccountError> {
        self.buyer_at(self.address()?, invoice_email, self.profile.vat_number.clone())
    }

    /// Returns the buyer under other invoice details than the account's own.
    ///
    /// Errors when the account was closed.
    pub fn buyer_at(
        &self,
        address: BillingAddress,
        invoice_email: Email,
        vat_number: Option<VatNumber>,
    ) -> Result<Buyer, AccountError> {
        if let Some(day) = self.closed_on {
            return Err(AccountError::Closed(day));
        }
        Ok(Buyer {
            name: self.profile.name.clone(),
            org_number: self.org_number.clone(),
            vat_number,
            care_of: address.care_of,
            street: address.street,
            postal_code: address.postal_code,
            city: address.city,
            country: address.country,
            invoice_email,
            deliver: self.profile.deliver,
            participant: match self.profile.deliver {
                Deliver::Email => None,
                Deliver::EInvoice => self.profile.participant.clone(),
            },
        })
    }
}

impl Membership {
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day < to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::term::parse_date;

    fn account() -> Account {
        Account {
            id: AccountId(1),
            org_number: "556036-0793".parse().expect("Saab"),
            profile: Profile { name: "Saab AB".to_owned(), ..Profile::default() },
            logins: Vec::new(),
            memberships: Vec::new(),
            closed_on: None,
        }
    }

    #[test]
    fn an_account_without_address_gets_no_invoice() {
        let mut account = account();
        account.profile.set(Field::City, "Linköping").expect("a city");
        let email: Email = "faktura@saab.example".parse().expect("an address");
        assert_eq!(
            account.buyer(email.clone()),
            Err(AccountError::Incomplete(vec![Field::Street, Field::PostalCode]))
        );
        account.profile.set(Field::Street, "Bröderna Ugglas gata").expect("a street");
        account.profile.set(Field::PostalCode, "58188").expect("a postal code");
        assert_eq!(account.buyer(email).expect("complete").postal_code, "581 88");
    }

    #[test]
    fn an_emptied_name_is_refused_and_the_former_one_kept() {
        let mut profile = account().profile;
        assert_eq!(profile.set(Field::Name, " "), Err(AccountError::NameMissing));
        assert!(profile.set(Field::Name, "a\u{1b}[2J").is_err());
        assert_eq!(profile.name, "Saab AB");
    }

    #[test]
    fn membership_counts_from_its_first_day_until_its_last() {
        let day = |text| parse_date(text).expect("a date");
        let mut account = account();
        account.memberships =
            vec![Membership { from: day("2026-01-01"), to: Some(day("2026-07-01")) }];
        assert!(!account.is_member_on(day("2025-12-31")));
        assert!(account.is_member_on(day("2026-01-01")));
        assert!(account.is_member_on(day("2026-06-30")));
        assert!(!account.is_member_on(day("2026-07-01")));
    }
}
