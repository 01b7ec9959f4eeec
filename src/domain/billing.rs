//! Invoice details: where invoices go, and how they name the buyer beside its name (R10).
//!
//! An account has them, and a subscription has its own: always an invoice e-mail and a reference, which
//! its order gave it, and an address and a VAT number where they are not the account's. What an edit
//! says is said of all it is given for: a detail of a subscription's own gives way to it.

use std::fmt;

use super::account::{Account, AccountError, Field, Profile};
use super::email::Email;
use super::participant::{Deliver, Participant};
use super::subscription::{BillingAddress, Subscription};
use super::vat_number::VatNumber;

/// The invoice details given, checked; an empty text empties one that may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BillingEdit {
    values: Profile,
    given: Vec<Field>,
}

/// The details that the next invoice uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Details {
    pub invoice_email: Option<Email>,
    /// `None` while something is missing that an invoice must state.
    pub address: Option<BillingAddress>,
    pub reference: Option<String>,
    pub vat_number: Option<VatNumber>,
    pub deliver: Deliver,
    /// The name in Peppol, where that is not the account's organisation number.
    pub participant: Option<Participant>,
}

/// What an edit makes of one account and its running subscriptions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BillingPlan {
    /// The account's profile; as it was where the edit is for one subscription.
    pub profile: Profile,
    /// Each subscription whose next invoice uses other details than before.
    pub subscriptions: Vec<Rebilled>,
}

/// A subscription before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rebilled {
    pub before: Subscription,
    pub after: Subscription,
    pub was: Details,
    pub is: Details,
}

/// Why invoice details could not be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BillingError {
    /// An invoice cannot do without it.
    Emptied(Field),
    /// One subscription has none of its own.
    OfAccount(Field),
    Account(AccountError),
}

impl fmt::Display for BillingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BillingError::Emptied(field) => {
                write!(f, "{} cannot be emptied: an invoice needs it", field.flag())
            }
            BillingError::OfAccount(field) => write!(
                f,
                "{} is the same for all invoices of an account; leave out --subscription",
                field.flag()
            ),
            BillingError::Account(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for BillingError {}

impl From<AccountError> for BillingError {
    fn from(error: AccountError) -> BillingError {
        BillingError::Account(error)
    }
}

impl BillingEdit {
    /// Adds the text given for one detail.
    ///
    /// Errors when it is no value of its field, or is empty where an invoice needs one.
    pub fn give(&mut self, field: Field, text: &str) -> Result<(), BillingError> {
        self.values.set(field, text)?;
        let needed = [Field::InvoiceEmail, Field::Street, Field::PostalCode, Field::City];
        if needed.contains(&field) && self.values.get(field).is_empty() {
            return Err(BillingError::Emptied(field));
        }
        self.given.push(field);
        Ok(())
    }

    pub fn is_empty(&self) -> bool {
        self.given.is_empty()
    }

    pub fn vat_number(&self) -> Option<&VatNumber> {
        self.values.vat_number.as_ref()
    }

    pub fn participant(&self) -> Option<&Participant> {
        self.values.participant.as_ref()
    }

    pub fn invoice_email(&self) -> Option<&Email> {
        self.values.invoice_email.as_ref()
    }

    /// Returns what the edit makes of an account and all of `running`.
    pub fn for_all(
        &self,
        account: &Account,
        running: &[Subscription],
    ) -> Result<BillingPlan, BillingError> {
        let mut profile = account.profile.clone();
        self.write_to(&mut profile);
        let own = Participant::of(&account.org_number);
        profile.participant = profile.participant.filter(|given| *given != own);
        let subscriptions = self.rebilled(account, &profile, running)?;
        Ok(BillingPlan { profile, subscriptions })
    }

    /// Returns what the edit makes of one subscription, its account staying as it is.
    pub fn for_one(
        &self,
        account: &Account,
        subscription: &Subscription,
    ) -> Result<BillingPlan, BillingError> {
        if let Some(field) = self.given.iter().find(|field| Field::DELIVERY.contains(field)) {
            return Err(BillingError::OfAccount(*field));
        }
        let profile = account.profile.clone();
        let one = std::slice::from_ref(subscription);
        Ok(BillingPlan { subscriptions: self.rebilled(account, &profile, one)?, profile })
    }

    fn rebilled(
        &self,
        account: &Account,
        profile: &Profile,
        subscriptions: &[Subscription],
    ) -> Result<Vec<Rebilled>, BillingError> {
        let mut rebilled = Vec::new();
        for before in subscriptions {
            let after = self.applied(before, &account.profile, profile)?;
            let was = Details::of_subscription(before, &account.profile);
            let is = Details::of_subscription(&after, profile);
            if was != is || *before != after {
                rebilled.push(Rebilled { before: before.clone(), after, was, is });
            }
        }
        Ok(rebilled)
    }

    /// Returns a subscription under the details given; what is then the account's is not its own.
    fn applied(
        &self,
        subscription: &Subscription,
        was: &Profile,
        is: &Profile,
    ) -> Result<Subscription, BillingError> {
        let mut details = profile_in_force(subscription, was);
        self.write_to(&mut details);
        let mut after = subscription.clone();
        if let Some(email) = self.invoice_email() {
            after.invoice_email = email.clone();
        }
        if self.given.contains(&Field::Reference) {
            after.reference = details.reference.clone();
        }
        if self.given.contains(&Field::VatNumber) {
            after.vat_number =
                details.vat_number.clone().filter(|own| Some(own) != is.vat_number.as_ref());
        }
        let address =
            [Field::CareOf, Field::Street, Field::PostalCode, Field::City, Field::Country];
        if address.iter().any(|field| self.given.contains(field)) {
            let own = details.address();
            if own.is_none() {
                return Err(AccountError::Incomplete(details.missing_for_invoice()).into());
            }
            after.address = own.filter(|own| Some(own) != is.address().as_ref());
        }
        Ok(after)
    }

    fn write_to(&self, profile: &mut Profile) {
        for field in &self.given {
            let text = self.values.get(*field);
            profile.set(*field, text).expect("a checked text is a value of its field");
        }
    }
}

impl Details {
    pub fn of_account(profile: &Profile) -> Details {
        Details {
            invoice_email: profile.invoice_email.clone(),
            address: profile.address(),
            reference: profile.reference.clone(),
            vat_number: profile.vat_number.clone(),
            deliver: profile.deliver,
            participant: profile.participant.clone(),
        }
    }

    pub fn of_subscription(subscription: &Subscription, profile: &Profile) -> Details {
        Details::of_account(&profile_in_force(subscription, profile))
    }
}

/// Returns the account's profile with the subscription's own details over it.
fn profile_in_force(subscription: &Subscription, profile: &Profile) -> Profile {
    let mut details = Profile {
        invoice_email: Some(subscription.invoice_email.clone()),
        reference: subscription.reference.clone(),
        ..profile.clone()
    };
    if let Some(number) = &subscription.vat_number {
        details.vat_number = Some(number.clone());
    }
    if let Some(address) = subscription.address.clone() {
        details.care_of = address.care_of;
        details.street = Some(address.street);
        details.postal_code = Some(address.postal_code);
        details.city = Some(address.city);
        details.country = address.country;
    }
    details
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::domain::account::AccountId;
    use crate::domain::product::{ProductId, ProductRenewal};
    use crate::domain::subscription::SubscriptionId;
    use crate::domain::term::{Rhythm, parse_date};

    fn account() -> Account {
        let mut profile = Profile { name: "Saab AB".to_owned(), ..Profile::default() };
        for (field, text) in [
            (Field::InvoiceEmail, "faktura@saab.example"),
            (Field::Street, "Storgatan 1"),
            (Field::PostalCode, "58254"),
            (Field::City, "Linköping"),
            (Field::VatNumber, "SE556036079301"),
        ] {
            profile.set(field, text).expect(text);
        }
        Account {
            id: AccountId(1),
            org_number: "556036-0793".parse().expect("Saab"),
            profile,
            logins: Vec::new(),
            memberships: Vec::new(),
            closed_on: None,
        }
    }

    fn subscription() -> Subscription {
        let day = |text| -> NaiveDate { parse_date(text).expect("a date") };
        Subscription {
            id: SubscriptionId(1),
            number: 1001,
            account_id: AccountId(1),
            product_id: ProductId(1),
            sku: "AB04".parse().expect("a SKU"),
            rhythm: Rhythm { anchor: day("2026-03-01"), term_months: 12 },
            notice_months: 3,
            renewal: ProductRenewal::Automatic,
            billed_through: day("2027-03-01"),
            invoice_email: "faktura@saab.example".parse().expect("an address"),
            reference: None,
            address: None,
            vat_number: None,
            agreed_price: None,
            ends_on: None,
            end_reason: None,
            failures: 0,
            failure: None,
        }
    }

    fn edit(given: &[(Field, &str)]) -> BillingEdit {
        let mut edit = BillingEdit::default();
        for (field, text) in given {
            edit.give(*field, text).expect(text);
        }
        edit
    }

    fn one(edit: &BillingEdit, account: &Account, subscription: &Subscription) -> Subscription {
        let plan = edit.for_one(account, subscription).expect("a plan");
        assert_eq!(plan.profile, account.profile);
        plan.subscriptions.into_iter().next().map_or_else(|| subscription.clone(), |one| one.after)
    }

    #[test]
    fn what_is_given_for_one_is_its_own_until_it_equals_the_accounts() {
        let account = account();
        let moved = one(&edit(&[(Field::Street, "Torget 1")]), &account, &subscription());
        let address = moved.address.as_ref().map(ToString::to_string);
        assert_eq!(address.as_deref(), Some("Torget 1, 582 54 Linköping"));
        let buyer = moved.buyer(&account).expect("a buyer");
        assert_eq!((buyer.street.as_str(), buyer.city.as_str()), ("Torget 1", "Linköping"));
        assert_eq!(buyer.vat_number, account.profile.vat_number);

        let back = one(&edit(&[(Field::Street, "Storgatan 1")]), &account, &moved);
        assert_eq!(back, subscription());
        let group = edit(&[(Field::VatNumber, "SE212000014201")]);
        let grouped = one(&group, &account, &subscription());
        assert!(grouped.vat_number.is_some());
        assert_eq!(one(&edit(&[(Field::VatNumber, "")]), &account, &grouped), subscription());
    }

    #[test]
    fn what_is_given_for_all_is_said_of_all() {
        let account = account();
        let own = one(
            &edit(&[(Field::Street, "Torget 1"), (Field::InvoiceEmail, "abt@saab.example")]),
            &account,
            &subscription(),
        );
        let all = edit(&[(Field::Street, "Gatan 2"), (Field::InvoiceEmail, "ny@saab.example")]);
        let plan = all.for_all(&account, &[subscription(), own]).expect("a plan");
        assert_eq!(plan.profile.street.as_deref(), Some("Gatan 2"));
        assert_eq!(plan.subscriptions.len(), 2);
        for rebilled in &plan.subscriptions {
            assert_eq!(rebilled.after.address, None);
            assert_eq!(rebilled.is, Details::of_account(&plan.profile));
        }
        let again = Account { profile: plan.profile.clone(), ..account };
        let running: Vec<Subscription> =
            plan.subscriptions.iter().map(|rebilled| rebilled.after.clone()).collect();
        let plan = all.for_all(&again, &running).expect("a plan");
        assert_eq!((plan.profile, plan.subscriptions), (again.profile, Vec::new()));
    }

    #[test]
    fn what_an_invoice_needs_is_not_emptied() {
        for field in [Field::InvoiceEmail, Field::Street, Field::PostalCode, Field::City] {
            let emptied = BillingEdit::default().give(field, " ");
            assert_eq!(emptied, Err(BillingError::Emptied(field)));
        }
        let mut bare = account();
        bare.profile.city = None;
        let street = edit(&[(Field::Street, "Torget 1")]);
        assert!(street.for_one(&bare, &subscription()).is_err());
        assert!(edit(&[(Field::Reference, "12")]).for_one(&bare, &subscription()).is_ok());
    }
}
