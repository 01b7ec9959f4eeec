//! Invoice details of accounts and subscriptions, changed by the office with a reason (R10).

use serde_json::{Map, Value as Json};

use super::account::{profile_fields, subject as account_subject};
use super::driver::values;
use super::import::former_profile;
use super::seller::difference;
use super::subscription::{is_invoiced_yet, subject};
use super::undo::{built_upon, refuse_edited_since, text, unreadable};
use super::{DriverError, Event, Payload, StoreError, Tx};
use crate::domain::account::{Account, AccountError, AccountId, Field, Profile};
use crate::domain::address::Country;
use crate::domain::email::Email;
use crate::domain::event::{EventKind, Noun, Subject};
use crate::domain::participant::Participant;
use crate::domain::subscription::{BillingAddress, Subscription};
use crate::domain::vat_number::VatNumber;

impl Tx<'_> {
    /// Says whether an account has a subscription whose invoices are still to come.
    pub fn has_running_subscriptions(&self, account: AccountId) -> Result<bool, StoreError> {
        let found: Option<i64> = self.find(
            concat!(
                "SELECT s.id FROM subscription s WHERE s.account_id = $1 AND ",
                is_invoiced_yet!(),
                " ORDER BY s.id LIMIT 1"
            ),
            values![account.0, self.today()],
            |row| row.get(0),
        )?;
        Ok(found.is_some())
    }

    /// Makes the invoice details of `profile` the account's own, and says whether that changed them.
    pub fn change_account_billing(
        &self,
        account: &Account,
        profile: &Profile,
        reason: &str,
    ) -> Result<bool, StoreError> {
        let (before, after) = (account_fields(&account.profile), account_fields(profile));
        if before == after {
            return Ok(false);
        }
        self.change(
            "account",
            account.org_number.masked(),
            "UPDATE account SET invoice_email = $2, care_of = $3, street = $4, postal_code = $5,
                 city = $6, country = $7, reference = $8, vat_number = $9, deliver = $10,
                 participant = $11
             WHERE id = $1",
            values![
                account.id.0,
                profile.invoice_email.as_ref().map(Email::to_string),
                profile.care_of,
                profile.street,
                profile.postal_code,
                profile.city,
                *profile.country.code(),
                profile.reference,
                profile.vat_number.as_ref().map(VatNumber::to_string),
                *profile.deliver.as_str(),
                profile.participant.as_ref().map(Participant::to_string),
            ],
        )?;
        let about = account.org_number.masked();
        self.record_billing(account_subject(account.id), &about, (before, after), reason)?;
        Ok(true)
    }

    /// Gives a subscription the invoice details of `after`, and says whether that changed them.
    ///
    /// Errors when it has ended in the meantime.
    pub fn change_subscription_billing(
        &self,
        before: &Subscription,
        after: &Subscription,
        reason: &str,
    ) -> Result<bool, StoreError> {
        let fields = (subscription_fields(before), subscription_fields(after));
        if fields.0 == fields.1 {
            return Ok(false);
        }
        let address = after.address.as_ref();
        let part = |part: fn(&BillingAddress) -> &String| address.map(part).cloned();
        self.change(
            "subscription",
            after.number,
            "UPDATE subscription SET invoice_email = $2, reference = $3, care_of = $4, street = $5,
                 postal_code = $6, city = $7, country = $8, vat_number = $9
             WHERE id = $1
                 AND (ends_on IS NULL OR ends_on > $10 OR ends_on > billed_through)",
            values![
                after.id.0,
                *after.invoice_email.as_str(),
                after.reference,
                address.and_then(|address| address.care_of.clone()),
                part(|address| &address.street),
                part(|address| &address.postal_code),
                part(|address| &address.city),
                address.map(|address| address.country.to_string()),
                after.vat_number.as_ref().map(VatNumber::to_string),
                self.today(),
            ],
        )?;
        self.record_billing(subject(after.id), &after.number.to_string(), fields, reason)
            .map(|()| true)
    }

    /// Errors when taking an edit back would change invoice details of an account with anything running.
    pub(super) fn refuse_rebilling(
        &self,
        account: &Account,
        former: &Profile,
    ) -> Result<(), StoreError> {
        let changed = |field: &Field| former.get(*field) != account.profile.get(*field);
        match Field::BILLING.into_iter().find(changed) {
            Some(field) if self.has_running_subscriptions(account.id)? => {
                let words = format!(
                    "{field} of {} was changed, and a subscription runs there since; \
                     `shopctl account billing` changes it back",
                    account.org_number.masked()
                );
                Err(StoreError::InUse(words))
            }
            _ => Ok(()),
        }
    }

    /// Puts back the invoice details that a change replaced.
    ///
    /// Errors when they were changed again since, or an invoice has used them.
    pub(super) fn reverse_billing(
        &self,
        event: &Event,
        payload: &Payload,
    ) -> Result<(), StoreError> {
        let reason = format!("operation {} was undone", event.operation);
        if event.subject.noun == Noun::Account {
            let account = self.account_by_id(AccountId(event.subject.id))?;
            let number = account.org_number.masked();
            let used = self.rows(
                "SELECT number FROM invoice WHERE account_id = $1 AND id > $2
                 ORDER BY number LIMIT 1",
                values![account.id.0, event.seq],
                |row| row.get::<i64>(0),
            )?;
            refuse_used(&used, &format!("the new invoice details of account {number}"))?;
            refuse_edited_since(&account.profile, payload, &number)?;
            let former = former_profile(&account, &payload.before, &payload.after)?;
            return self.change_account_billing(&account, &former, &reason).map(|_| ());
        }
        let number = payload.about.parse().map_err(|_| {
            DriverError::Corrupt(format!("`{}` is no subscription's number", payload.about))
        })?;
        let subscription = self.subscription(number)?;
        let what = format!("the new invoice details of subscription {number}");
        let used = self.rows(
            "SELECT i.number FROM term t JOIN invoice i ON i.id = t.invoice_id
             WHERE t.subscription_id = $1 AND i.id > $2 ORDER BY i.number LIMIT 1",
            values![subscription.id.0, event.seq],
            |row| row.get::<i64>(0),
        )?;
        refuse_used(&used, &what)?;
        let now = subscription_fields(&subscription);
        let is_touched = |key: &&str| payload.before.contains_key(*key);
        let mut keys = Field::BILLING.iter().map(|field| field.as_str()).filter(is_touched);
        if keys.any(|key| now.get(key) != payload.after.get(key)) {
            return Err(built_upon(format!("{what} were changed since")));
        }
        let account = self.account_by_id(subscription.account_id)?;
        let fields = now
            .iter()
            .map(|(key, value)| (key.clone(), payload.before.get(key).unwrap_or(value).clone()));
        let former = with_fields(&subscription, &account, &fields.collect()).map_err(unreadable)?;
        self.change_subscription_billing(&subscription, &former, &reason).map(|_| ())
    }

    fn record_billing(
        &self,
        subject: Subject,
        about: &str,
        (before, after): (Map<String, Json>, Map<String, Json>),
        reason: &str,
    ) -> Result<(), StoreError> {
        let (before, mut after) = difference(before, after);
        after["reason"] = Json::from(reason);
        self.record(EventKind::BillingChanged, subject, about, before, after)
    }
}

fn refuse_used(invoices: &[i64], what: &str) -> Result<(), StoreError> {
    match invoices.first() {
        Some(number) => Err(built_upon(format!("invoice {number} has used {what}"))),
        None => Ok(()),
    }
}

fn account_fields(profile: &Profile) -> Map<String, Json> {
    let given = profile_fields(profile);
    let field = |field: Field| {
        let value = given.get(field.as_str()).cloned().unwrap_or_default();
        (field.as_str().to_owned(), value)
    };
    Field::BILLING.map(field).into_iter().collect()
}

/// Returns what a subscription has of its own; nothing where its account's detail is used.
fn subscription_fields(subscription: &Subscription) -> Map<String, Json> {
    let address = subscription.address.as_ref();
    let text = |part: fn(&BillingAddress) -> &str| address.map(part).map(str::to_owned);
    let value = |field: Field| match field {
        Field::InvoiceEmail => Some(subscription.invoice_email.to_string()),
        Field::Reference => subscription.reference.clone(),
        Field::CareOf => address.and_then(|address| address.care_of.clone()),
        Field::Street => text(|address| &address.street),
        Field::PostalCode => text(|address| &address.postal_code),
        Field::City => text(|address| &address.city),
        Field::Country => address.map(|address| &address.country).map(Country::to_string),
        Field::VatNumber => subscription.vat_number.as_ref().map(VatNumber::masked),
        _ => None,
    };
    Field::BILLING
        .map(|field| (field.as_str().to_owned(), Json::from(value(field))))
        .into_iter()
        .collect()
}

/// Returns the subscription with the details that [`subscription_fields`] wrote.
fn with_fields(
    subscription: &Subscription,
    account: &Account,
    fields: &Map<String, Json>,
) -> Result<Subscription, AccountError> {
    let given = |field: Field| Some(text(fields, field.as_str())).filter(|text| !text.is_empty());
    let owned = |field: Field| given(field).map(str::to_owned);
    let address = match (owned(Field::Street), owned(Field::PostalCode), owned(Field::City)) {
        (Some(street), Some(postal_code), Some(city)) => Some(BillingAddress {
            care_of: owned(Field::CareOf),
            street,
            postal_code,
            city,
            country: text(fields, Field::Country.as_str()).parse().map_err(AccountError::Value)?,
        }),
        _ => None,
    };
    let vat_number = given(Field::VatNumber)
        .map(|number| VatNumber::unmasked(number, &account.org_number))
        .transpose()?;
    Ok(Subscription {
        invoice_email: text(fields, Field::InvoiceEmail.as_str()).parse()?,
        reference: owned(Field::Reference),
        address,
        vat_number,
        ..subscription.clone()
    })
}
