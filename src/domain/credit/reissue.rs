//! An invoice issued anew: the same lines to today's buyer, from today's seller.
//!
//! The one it takes the place of is credited in the same operation, so only an invoice of which
//! nothing is credited can be issued anew: another would not have the same lines.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{CreditError, Credited};
use crate::domain::account::{Account, AccountError};
use crate::domain::invoice::{Buyer, Draft, Invoice, InvoiceKind, Replaces};
use crate::domain::language::Language;
use crate::domain::money::Money;
use crate::domain::seller::Seller;
use crate::domain::subscription::{BillingAddress, Subscription};

/// Whom an invoice is issued anew to, as things stand today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addressee {
    pub buyer: Buyer,
    pub reference: Option<String>,
    pub language: Language,
}

impl Addressee {
    /// Returns whom an invoice of `account` is addressed to today: under the details of the
    /// subscription that it bills, or under the account's where it bills none. A reference that the
    /// order gave is kept then.
    ///
    /// Errors when the account cannot be invoiced.
    pub fn of(
        account: &Account,
        subscription: Option<&Subscription>,
        original: &Draft,
    ) -> Result<Addressee, AccountError> {
        let profile = &account.profile;
        let (buyer, reference) = match subscription {
            Some(own) => (own.buyer(account)?, own.reference.clone()),
            None => {
                let email = profile.invoice_email.as_ref();
                let email = email.unwrap_or(&original.buyer.invoice_email);
                let reference = original.reference.as_ref().or(profile.reference.as_ref());
                (account.buyer(email.clone())?, reference.cloned())
            }
        };
        Ok(Addressee { buyer, reference, language: profile.language })
    }

    /// Returns what an invoice to it says otherwise than `original` did: what, as it was, as it is.
    pub fn differences(&self, original: &Draft) -> Vec<(&'static str, String, String)> {
        let text = |text: Option<String>| text.unwrap_or_default();
        let address = |buyer: &Buyer| {
            let Buyer { care_of, street, postal_code, city, country, .. } = buyer.clone();
            BillingAddress { care_of, street, postal_code, city, country }.to_string()
        };
        let vat_number = |buyer: &Buyer| text(buyer.vat_number.as_ref().map(ToString::to_string));
        let (was, is) = (&original.buyer, &self.buyer);
        let details = [
            ("buyer", was.name.clone(), is.name.clone()),
            ("number", was.org_number.to_string(), is.org_number.to_string()),
            ("VAT number", vat_number(was), vat_number(is)),
            ("address", address(was), address(is)),
            ("invoice e-mail", was.invoice_email.to_string(), is.invoice_email.to_string()),
            ("reference", text(original.reference.clone()), text(self.reference.clone())),
            ("language", original.language.to_string(), self.language.to_string()),
        ];
        details.into_iter().filter(|(_, was, is)| was != is).collect()
    }
}

/// Checks that `original` can be issued anew.
pub fn check_reissue(original: &Invoice, credited: &Credited) -> Result<(), CreditError> {
    let number = original.number;
    if original.draft.kind() == InvoiceKind::CreditNote {
        return Err(CreditError::CreditNote(number));
    }
    if credited.is_closed() {
        return Err(CreditError::Closed(number));
    }
    match credited.is_touched() {
        true => Err(CreditError::CreditedInPart(number)),
        false => Ok(()),
    }
}

/// Returns the invoice that takes the place of `original`, of which `paid` is paid and moves over.
///
/// `terms` are the first and the last day to pay it. The lines, their prices and their VAT, the order
/// and the conditions are those that the buyer accepted.
pub fn reissued(
    original: &Invoice,
    to: Addressee,
    seller: &Arc<Seller>,
    (issued_on, due_on): (NaiveDate, NaiveDate),
    paid: Money,
) -> Draft {
    let Draft { order_number, conditions, lines, .. } = &original.draft;
    let (number, former) = (original.number, original.draft.issued_on);
    Draft {
        issued_on,
        due_on,
        language: to.language,
        seller: Arc::clone(seller),
        buyer: to.buyer,
        reference: to.reference,
        order_number: *order_number,
        conditions: Arc::clone(conditions),
        lines: lines.clone(),
        credits: None,
        replaces: Some(Replaces { number, issued_on: former, paid }),
    }
}
