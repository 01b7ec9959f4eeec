//! E-invoices: their bytes, fixed the first time they leave the shop, and how they came to the buyer.

use chrono::NaiveDate;
use serde_json::{Value as Json, json};

use super::document::{self, Kept};
use super::driver::values;
use super::invoice::{about, subject};
use super::{StoreError, Tx};
use crate::domain::event::EventKind;
use crate::domain::invoice::{Invoice, InvoiceId, InvoiceNumber};

/// How an invoice came to its buyer, apart from mails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    pub delivered_on: NaiveDate,
    pub how: String,
}

/// The invoices `i` that are to go out as e-invoices and have not.
macro_rules! waits_for_delivery {
    () => {
        "i.deliver = 'e-invoice' \
         AND NOT EXISTS (SELECT d.invoice_id FROM delivery d WHERE d.invoice_id = i.id)"
    };
}
pub(super) use waits_for_delivery;

impl Tx<'_> {
    /// Returns the fixed bytes of an invoice's e-invoice and their SHA-256, if it ever left the shop.
    pub fn e_invoice(&self, id: InvoiceId) -> Result<Option<Kept>, StoreError> {
        self.kept(&document::E_INVOICES, id.0)
    }

    /// Fixes the bytes of an invoice's e-invoice, unless they are fixed already; returns the fixed ones.
    pub fn keep_e_invoice(&self, invoice: &Invoice, bytes: Vec<u8>) -> Result<Kept, StoreError> {
        self.keep(&document::E_INVOICES, invoice.id.0, bytes, || Ok(about(invoice)))
    }

    /// Returns how an invoice came to its buyer, once that is known.
    pub fn delivery(&self, id: InvoiceId) -> Result<Option<Delivery>, StoreError> {
        self.find(
            "SELECT delivered_on, how FROM delivery WHERE invoice_id = $1",
            values![id.0],
            |row| Ok(Delivery { delivered_on: row.get(0)?, how: row.get(1)? }),
        )
    }

    /// Records how an invoice came to its buyer.
    ///
    /// Errors when that is known already.
    pub fn deliver_invoice(
        &self,
        invoice: &Invoice,
        delivery: &Delivery,
    ) -> Result<(), StoreError> {
        let Delivery { delivered_on, how } = delivery;
        if let Some(known) = self.delivery(invoice.id)? {
            let words = format!(
                "{} {} was delivered on {} already: {}",
                invoice.draft.kind(),
                invoice.number,
                known.delivered_on,
                known.how
            );
            return Err(StoreError::InUse(words));
        }
        self.execute(
            "INSERT INTO delivery (invoice_id, delivered_on, how) VALUES ($1, $2, $3)",
            values![invoice.id.0, *delivered_on, *how],
        )?;
        self.record(
            EventKind::InvoiceDelivered,
            subject(invoice.id),
            &invoice.number.to_string(),
            Json::Null,
            json!({ "delivered_on": delivered_on.to_string(), "how": how }),
        )
    }

    /// Takes back that an invoice came to its buyer: it waits to go out again.
    pub(super) fn take_back_delivery(&self, invoice: &Invoice) -> Result<(), StoreError> {
        let Some(known) = self.delivery(invoice.id)? else {
            let number = invoice.number;
            return Err(StoreError::Changed { noun: "invoice", key: number.to_string() });
        };
        self.execute("DELETE FROM delivery WHERE invoice_id = $1", values![invoice.id.0])?;
        self.record(
            EventKind::DeliveryTakenBack,
            subject(invoice.id),
            &invoice.number.to_string(),
            json!({ "delivered_on": known.delivered_on.to_string(), "how": known.how }),
            Json::Null,
        )
    }

    /// Returns the invoices and credit notes that wait to go out as e-invoices, the oldest first.
    pub fn invoices_to_deliver(&self) -> Result<Vec<InvoiceNumber>, StoreError> {
        self.rows(
            concat!(
                "SELECT i.number FROM invoice i WHERE ",
                waits_for_delivery!(),
                " ORDER BY i.number"
            ),
            values![],
            |row| row.get(0).map(InvoiceNumber),
        )
    }

    /// Returns how many wait to go out as e-invoices.
    pub fn count_to_deliver(&self) -> Result<i64, StoreError> {
        self.integer(
            concat!("SELECT count(*) FROM invoice i WHERE ", waits_for_delivery!()),
            values![],
        )
    }
}
