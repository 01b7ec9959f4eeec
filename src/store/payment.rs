//! Payments: written once as they were told, and what they settle.

mod correct;
mod list;

pub use self::list::{PaymentFilter, PaymentListing, What};

use chrono::NaiveDate;
use serde_json::{Value as Json, json};

use super::driver::{Row, values};
use super::{DriverError, StoreError, Tx};
use crate::domain::account::AccountId;
use crate::domain::event::{EventKind, Noun, Subject};
use crate::domain::invoice::{Invoice, InvoiceId};
use crate::domain::ledger::{Entry, EntryKind, LedgerError, NewEntry};
use crate::domain::money::Money;
use crate::domain::payment::{NewPayment, Payer, Payment, PaymentFileId, PaymentId, PaymentNumber};
use crate::domain::text::name_key;

/// The columns of the payment `p`, as [`read_payment`] reads them.
macro_rules! payment_columns {
    () => {
        "p.id, p.number, p.source, p.file_id, p.identity, p.received_on, p.amount_ore,
         p.bank_reference, p.payer_name, p.payer_account, p.payer_org_number, p.reference, p.message,
         p.entered_on, p.booked_on, p.account_id"
    };
}
pub(super) use payment_columns;

impl Tx<'_> {
    /// Writes a payment into the books; it settles nothing yet.
    ///
    /// Errors when it is in the books already, in whichever file it stood.
    pub fn record_payment(&self, told: &NewPayment) -> Result<Payment, StoreError> {
        if let Some(known) = self.find_payment_by_identity(&told.identity)? {
            return Err(StoreError::Taken {
                what: "the payment",
                key: told.identity.clone(),
                holder: format!("payment {known}"),
            });
        }
        self.insert_payment(told)
    }

    /// Writes a payment that is known not to be in the books.
    pub(super) fn insert_payment(&self, told: &NewPayment) -> Result<Payment, StoreError> {
        if told.amount == Money::ZERO {
            return Err(LedgerError::Nothing.into());
        }
        let booked_on = self.booking_day(told.received_on)?;
        let number = PaymentNumber(self.next_number("payment")?);
        let id = PaymentId(self.next_id()?);
        self.execute(
            "INSERT INTO payment (id, number, source, file_id, identity, received_on, entered_on,
                 booked_on, amount_ore, bank_reference, payer_name, payer_key, payer_account,
                 payer_org_number, reference, message)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
            values![
                id.0,
                number.0,
                *told.source.as_str(),
                told.file.map(|file| file.0),
                told.identity,
                told.received_on,
                self.today(),
                booked_on,
                told.amount,
                told.bank_reference,
                told.payer.name,
                told.payer.name.as_deref().map(name_key),
                told.payer.account,
                told.payer.org_number,
                told.reference,
                told.message,
            ],
        )?;
        self.record(
            EventKind::PaymentRecorded,
            subject(id),
            &number.to_string(),
            Json::Null,
            json!({
                "source": told.source.as_str(),
                "received_on": told.received_on.to_string(),
                "booked_on": booked_on.to_string(),
                "amount_ore": told.amount.ore(),
                "payer": told.payer.name,
                "reference": told.reference,
            }),
        )?;
        let entered_on = self.today();
        Ok(Payment { id, number, told: told.clone(), entered_on, booked_on, account: None })
    }

    /// Returns the number of the payment of this identity, if it is in the books.
    pub fn find_payment_by_identity(
        &self,
        identity: &str,
    ) -> Result<Option<PaymentNumber>, StoreError> {
        self.find("SELECT number FROM payment WHERE identity = $1", values![*identity], |row| {
            row.get(0).map(PaymentNumber)
        })
    }

    pub fn payment(&self, number: PaymentNumber) -> Result<Payment, StoreError> {
        self.find(
            concat!("SELECT ", payment_columns!(), " FROM payment p WHERE p.number = $1"),
            values![number.0],
            read_payment,
        )?
        .ok_or_else(|| StoreError::Unknown { noun: "payment", key: number.to_string() })
    }

    /// Settles `amount` of an invoice with money of a payment, which becomes its account's if it was
    /// nobody's. What was charged of the invoice and is not owed, now that this is known, is taken back;
    /// where less is left of it than `amount`, that alone is settled.
    ///
    /// Errors when it is more than is left of either.
    pub fn settle(
        &self,
        payment: &Payment,
        invoice: &Invoice,
        amount: Money,
        reason: Option<&str>,
    ) -> Result<Entry, StoreError> {
        self.settle_by_id(payment, invoice.id, amount, reason)
    }

    /// Settles as [`Tx::settle`] does, an invoice that is not read unless something was charged of it.
    pub(super) fn settle_by_id(
        &self,
        payment: &Payment,
        invoice: InvoiceId,
        amount: Money,
        reason: Option<&str>,
    ) -> Result<Entry, StoreError> {
        let (account, issued_on) = self.invoice_holder(invoice)?;
        if payment.account.is_none() {
            self.attribute(payment.id, account)?;
        }
        // A balance settles what was invoiced after it came in.
        let value_on = payment.told.received_on.max(issued_on);
        let amount = self.claims_right_with(invoice, value_on, amount)?;
        let entry = self.enter(&NewEntry {
            kind: EntryKind::Payment,
            invoice: Some(invoice),
            payment: Some(payment.id),
            reminder: None,
            reverses: None,
            value_on,
            amount: -amount,
            reason: reason.map(str::to_owned),
        })?;
        self.claims_right_after(invoice)?;
        Ok(entry)
    }

    /// Takes `amount` of what a payment settled back from the invoice; it stays on the payment. A rest
    /// that was rounded off is owed again.
    ///
    /// Errors when the entry does not hold as much any more.
    pub fn unsettle(
        &self,
        invoice: &Invoice,
        entry: &Entry,
        amount: Money,
        reason: &str,
    ) -> Result<Entry, StoreError> {
        let reversal = self.reverse_entry(invoice, entry, amount, reason)?;
        self.take_back_rounding(invoice, reason)?;
        Ok(reversal)
    }

    /// Makes a payment that was nobody's an account's; no event of its own tells of it, since what
    /// follows does.
    pub(super) fn attribute(
        &self,
        payment: PaymentId,
        account: AccountId,
    ) -> Result<(), StoreError> {
        self.execute(
            "UPDATE payment SET account_id = $2 WHERE id = $1 AND account_id IS NULL",
            values![payment.0, account.0],
        )?;
        Ok(())
    }

    /// Returns what tells a payment entered by hand from every other.
    pub fn manual_identity(&self) -> Result<String, StoreError> {
        Ok(format!("manual {}", self.next_id()?))
    }

    /// Returns whose an invoice is today, also where its account was merged into another.
    pub fn invoice_account(&self, invoice: &Invoice) -> Result<AccountId, StoreError> {
        Ok(self.invoice_holder(invoice.id)?.0)
    }

    /// Returns whose an invoice is today, and when it was issued.
    fn invoice_holder(&self, invoice: InvoiceId) -> Result<(AccountId, NaiveDate), StoreError> {
        let found = self.find(
            "SELECT account_id, issued_on FROM invoice WHERE id = $1",
            values![invoice.0],
            |row| Ok((AccountId(row.get(0)?), row.get(1)?)),
        )?;
        let (account, issued_on) = found.ok_or_else(|| StoreError::Unknown {
            noun: "invoice",
            key: format!("row {}", invoice.0),
        })?;
        Ok((self.heir(account)?, issued_on))
    }
}

pub(super) fn subject(id: PaymentId) -> Subject {
    Subject { noun: Noun::Payment, id: id.0 }
}

pub(super) fn read_payment(row: &Row<'_>) -> Result<Payment, DriverError> {
    let file: Option<i64> = row.get(3)?;
    let account: Option<i64> = row.get(15)?;
    Ok(Payment {
        id: PaymentId(row.get(0)?),
        number: PaymentNumber(row.get(1)?),
        told: NewPayment {
            source: row.parse(2)?,
            file: file.map(PaymentFileId),
            identity: row.get(4)?,
            received_on: row.get(5)?,
            amount: row.get(6)?,
            bank_reference: row.get(7)?,
            payer: Payer { name: row.get(8)?, account: row.get(9)?, org_number: row.get(10)? },
            reference: row.get(11)?,
            message: row.get(12)?,
        },
        entered_on: row.get(13)?,
        booked_on: row.get(14)?,
        account: account.map(AccountId),
    })
}
