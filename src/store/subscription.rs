//! Subscriptions: what runs, what was agreed, and the terms that were billed.

use serde_json::{Value as Json, json};

use super::driver::{Row, values};
use super::invoice::InvoiceLinks;
use super::{DriverError, StoreError, Tx};
use crate::domain::account::{Account, AccountId};
use crate::domain::event::{EventKind, Noun, Subject};
use crate::domain::invoice::{Invoice, InvoiceId};
use crate::domain::money::Money;
use crate::domain::order::{Plan, PlannedLine, Start};
use crate::domain::product::{ProductId, ProductKind};
use crate::domain::subscription::{
    AgreedPrice, BillingAddress, Renewal, Subscription, SubscriptionId,
};
use crate::domain::term::{Rhythm, Term};

/// The columns that [`read_subscription`] reads, of a subscription `s` and its product `p`.
macro_rules! subscription_columns {
    () => {
        "s.id, s.number, s.account_id, s.product_id, p.sku, s.anchor, s.term_months,
             s.notice_months, s.billed_through, s.invoice_email, s.reference, s.ends_on, s.failures,
             s.failure, s.end_reason, s.agreed_ore, s.agreed_reason, s.care_of, s.street,
             s.postal_code, s.city, s.country, s.vat_number, p.renewal"
    };
}
pub(super) use subscription_columns;

/// How many columns those are: where another thing's columns begin.
pub(super) const SUBSCRIPTION_COLUMNS: usize = 24;

/// Which subscriptions `s` may bring invoices yet, on the day `$2`: those that run, and those that have
/// ended with a term that no run has billed.
macro_rules! is_invoiced_yet {
    () => {
        "(s.ends_on IS NULL OR s.ends_on > $2 OR s.ends_on > s.billed_through)"
    };
}
pub(super) use is_invoiced_yet;

impl Tx<'_> {
    /// Starts the subscription of an order line, billed for its first term.
    pub(super) fn start_subscription(
        &self,
        account: &Account,
        line: &PlannedLine,
        start: &Start,
        plan: &Plan,
    ) -> Result<(SubscriptionId, i64), StoreError> {
        let (draft, agreed) = (&plan.draft, &plan.agreed_price);
        let number = self.next_number("subscription")?;
        let id = SubscriptionId(self.next_id()?);
        self.execute(
            "INSERT INTO subscription (id, number, account_id, product_id, anchor, term_months,
                 notice_months, billed_through, invoice_email, reference, agreed_ore, agreed_reason,
                 ends_on)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
            values![
                id.0,
                number,
                account.id.0,
                line.product_id.0,
                start.rhythm.anchor,
                start.rhythm.term_months,
                start.notice_months,
                start.first_term.end,
                *draft.buyer.invoice_email.as_str(),
                draft.reference,
                agreed.as_ref().map(|agreed| agreed.price),
                agreed.as_ref().map(|agreed| agreed.reason.clone()),
                start.ends_on,
            ],
        )?;
        let mut after = json!({
            "org_number": account.org_number.masked(),
            "start": start.rhythm.anchor.to_string(),
            "renewal_date": start.first_term.end.to_string(),
            "invoice_email": draft.buyer.invoice_email.as_str(),
        });
        if let Some(agreed) = agreed {
            after["agreed_price_ore"] = agreed.price.ore().into();
            after["reason"] = agreed.reason.as_str().into();
        }
        self.record(
            EventKind::SubscriptionStarted,
            subject(id),
            &number.to_string(),
            Json::Null,
            after,
        )?;
        Ok((id, number))
    }

    /// Writes that a term is billed. R14: a second time is refused by the schema.
    pub(super) fn insert_term(
        &self,
        subscription: SubscriptionId,
        term: Term,
        invoice: InvoiceId,
    ) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO term (subscription_id, start_on, end_on, invoice_id)
             VALUES ($1, $2, $3, $4)",
            values![subscription.0, term.start, term.end, invoice.0],
        )?;
        Ok(())
    }

    /// Carries out a renewal: issues its invoice, writes its term and moves the subscription on.
    ///
    /// Errors when somebody else has renewed or ended it since the renewal was planned.
    pub fn renew_subscription(
        &self,
        renewal: &Renewal,
        product_id: ProductId,
        seller_version: i64,
    ) -> Result<Invoice, StoreError> {
        let id = renewal.subscription_id;
        self.change(
            "subscription",
            renewal.number,
            "UPDATE subscription SET billed_through = $3, failures = 0, failure = NULL
             WHERE id = $1 AND billed_through = $2
                 AND (ends_on IS NULL OR ends_on > billed_through)",
            values![id.0, renewal.term.start, renewal.term.end],
        )?;
        let invoice = self.issue_invoice(
            &renewal.draft,
            &InvoiceLinks {
                account_id: renewal.account_id,
                order_id: None,
                credits_id: None,
                reissues_id: None,
                seller_version,
                lines: &[(product_id, Some(id))],
            },
        )?;
        self.insert_term(id, renewal.term, invoice.id)?;
        self.record(
            EventKind::SubscriptionRenewed,
            subject(id),
            &renewal.number.to_string(),
            json!({ "renewal_date": renewal.term.start.to_string() }),
            json!({
                "start": renewal.term.start.to_string(),
                "renewal_date": renewal.term.end.to_string(),
                "invoice": invoice.number.0,
            }),
        )?;
        if renewal.draft.lines.iter().any(|line| line.kind == ProductKind::Licence) {
            self.refresh_licence(renewal.number)?;
        }
        Ok(invoice)
    }

    /// Agrees a price with the customer, or goes back to the list; says whether that changed anything.
    pub fn agree_price(
        &self,
        subscription: &Subscription,
        agreed: Option<&AgreedPrice>,
        reason: &str,
    ) -> Result<bool, StoreError> {
        let before = subscription.agreed_price.as_ref();
        if before == agreed {
            return Ok(false);
        }
        self.change(
            "subscription",
            subscription.number,
            "UPDATE subscription SET agreed_ore = $2, agreed_reason = $3
             WHERE id = $1 AND coalesce(agreed_ore, -1) = $4",
            values![
                subscription.id.0,
                agreed.map(|agreed| agreed.price),
                agreed.map(|agreed| agreed.reason.clone()),
                before.map_or(-1, |before| before.price.ore()),
            ],
        )?;
        self.record(
            EventKind::PriceAgreed,
            subject(subscription.id),
            &subscription.number.to_string(),
            json!({
                "agreed_price_ore": before.map(|before| before.price.ore()),
                "reason": before.map(|before| before.reason.as_str()),
            }),
            json!({
                "agreed_price_ore": agreed.map(|agreed| agreed.price.ore()),
                "reason": reason,
            }),
        )?;
        Ok(true)
    }

    /// Records that a renewal was refused, and why; the second time parks it.
    pub fn record_renewal_failure(
        &self,
        subscription: &Subscription,
        reason: &str,
    ) -> Result<(), StoreError> {
        self.change(
            "subscription",
            subscription.number,
            "UPDATE subscription SET failures = failures + 1, failure = $2
             WHERE id = $1 AND failures = $3 AND billed_through = $4",
            values![subscription.id.0, *reason, subscription.failures, subscription.billed_through],
        )?;
        self.record(
            EventKind::RenewalFailed,
            subject(subscription.id),
            &subscription.number.to_string(),
            json!({ "failures": subscription.failures }),
            json!({ "failures": subscription.failures + 1, "reason": reason }),
        )
    }

    /// Returns a subscription by the number people see.
    pub fn subscription(&self, number: i64) -> Result<Subscription, StoreError> {
        self.find(
            concat!(
                "SELECT ",
                subscription_columns!(),
                "
             FROM subscription s JOIN product p ON p.id = s.product_id WHERE s.number = $1"
            ),
            values![number],
            read_subscription,
        )?
        .ok_or_else(|| StoreError::Unknown { noun: "subscription", key: number.to_string() })
    }

    /// Returns the subscriptions of an account by number.
    pub fn subscriptions_of(&self, account: AccountId) -> Result<Vec<Subscription>, StoreError> {
        self.rows(
            concat!(
                "SELECT ",
                subscription_columns!(),
                "
             FROM subscription s JOIN product p ON p.id = s.product_id
             WHERE s.account_id = $1 ORDER BY s.number"
            ),
            values![account.0],
            read_subscription,
        )
    }

    /// Returns the billed terms of a subscription, oldest first, each with its invoice's number.
    pub fn terms(&self, id: SubscriptionId) -> Result<Vec<(Term, i64)>, StoreError> {
        self.rows(
            "SELECT t.start_on, t.end_on, i.number FROM term t JOIN invoice i ON i.id = t.invoice_id
             WHERE t.subscription_id = $1 ORDER BY t.start_on",
            values![id.0],
            |row| Ok((Term { start: row.get(0)?, end: row.get(1)? }, row.get(2)?)),
        )
    }

    /// Returns the subscriptions that have not ended and whose renewal was refused, parked or not.
    pub fn refused_renewals(&self) -> Result<Vec<Subscription>, StoreError> {
        self.rows(
            concat!(
                "SELECT ",
                subscription_columns!(),
                "
             FROM subscription s JOIN product p ON p.id = s.product_id
             WHERE s.failures > 0 AND (s.ends_on IS NULL OR s.ends_on > s.billed_through)
             ORDER BY s.number"
            ),
            &[],
            read_subscription,
        )
    }
}

pub(super) fn subject(id: SubscriptionId) -> Subject {
    Subject { noun: Noun::Subscription, id: id.0 }
}

pub(super) fn read_subscription(row: &Row<'_>) -> Result<Subscription, DriverError> {
    Ok(Subscription {
        id: SubscriptionId(row.get(0)?),
        number: row.get(1)?,
        account_id: AccountId(row.get(2)?),
        product_id: ProductId(row.get(3)?),
        sku: row.parse(4)?,
        rhythm: Rhythm { anchor: row.get(5)?, term_months: row.get(6)? },
        notice_months: row.get(7)?,
        billed_through: row.get(8)?,
        invoice_email: row.parse(9)?,
        reference: row.get(10)?,
        ends_on: row.get(11)?,
        failures: row.get(12)?,
        failure: row.get(13)?,
        end_reason: row.get(14)?,
        agreed_price: read_agreed_price(row)?,
        address: read_billing_address(row)?,
        vat_number: row.parse_optional(22)?,
        renewal: row.parse(23)?,
    })
}

fn read_agreed_price(row: &Row<'_>) -> Result<Option<AgreedPrice>, DriverError> {
    let (price, reason): (Option<Money>, Option<String>) = (row.get(15)?, row.get(16)?);
    Ok(price.zip(reason).map(|(price, reason)| AgreedPrice { price, reason }))
}

fn read_billing_address(row: &Row<'_>) -> Result<Option<BillingAddress>, DriverError> {
    let street: Option<String> = row.get(18)?;
    let Some(street) = street else { return Ok(None) };
    Ok(Some(BillingAddress {
        care_of: row.get(17)?,
        street,
        postal_code: row.get(19)?,
        city: row.get(20)?,
        country: row.parse(21)?,
    }))
}

#[cfg(test)]
mod tests;
