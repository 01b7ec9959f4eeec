//! Documents whose bytes are fixed the first time they leave the shop, whatever they are about.

use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use super::driver::values;
use super::invoice::hexadecimal;
use super::{StoreError, Tx};
use crate::domain::event::{EventKind, Subject};

/// The fixed bytes of a document and their SHA-256.
pub type Kept = (Vec<u8>, String);

/// Where documents of one kind are kept: by the key of what they are about.
pub(super) struct Shelf {
    find: &'static str,
    insert: &'static str,
    event: EventKind,
}

/// What the event of a kept document is about, and what it says beside hash and size.
pub(super) struct About {
    pub subject: Subject,
    pub name: String,
    /// A JSON object.
    pub facts: Json,
}

pub(super) const INVOICES: Shelf = Shelf {
    find: "SELECT bytes, sha256 FROM document WHERE invoice_id = $1",
    insert: "INSERT INTO document (invoice_id, sha256, bytes) VALUES ($1, $2, $3)",
    event: EventKind::DocumentKept,
};
pub(super) const E_INVOICES: Shelf = Shelf {
    find: "SELECT bytes, sha256 FROM e_invoice WHERE invoice_id = $1",
    insert: "INSERT INTO e_invoice (invoice_id, sha256, bytes) VALUES ($1, $2, $3)",
    event: EventKind::EInvoiceKept,
};
pub(super) const REMINDERS: Shelf = Shelf {
    find: "SELECT bytes, sha256 FROM reminder_document WHERE reminder_id = $1",
    insert: "INSERT INTO reminder_document (reminder_id, sha256, bytes) VALUES ($1, $2, $3)",
    event: EventKind::DocumentKept,
};
pub(super) const CONFIRMATIONS: Shelf = Shelf {
    find: "SELECT bytes, sha256 FROM confirmation WHERE notice_id = $1",
    insert: "INSERT INTO confirmation (notice_id, sha256, bytes) VALUES ($1, $2, $3)",
    event: EventKind::DocumentKept,
};

impl Tx<'_> {
    /// Returns a document, if it ever left the shop.
    pub(super) fn kept(&self, shelf: &Shelf, id: i64) -> Result<Option<Kept>, StoreError> {
        self.find(shelf.find, values![id], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// Fixes the bytes of a document, unless they are fixed already; returns the fixed ones.
    pub(super) fn keep(
        &self,
        shelf: &Shelf,
        id: i64,
        bytes: Vec<u8>,
        about: impl FnOnce() -> Result<About, StoreError>,
    ) -> Result<Kept, StoreError> {
        if let Some(kept) = self.kept(shelf, id)? {
            return Ok(kept);
        }
        let sha256 = hexadecimal(&Sha256::digest(&bytes));
        self.execute(shelf.insert, values![id, sha256, bytes[..]])?;
        let About { subject, name, mut facts } = about()?;
        facts["sha256"] = json!(sha256);
        facts["size"] = json!(bytes.len());
        self.record(shelf.event, subject, &name, Json::Null, facts)?;
        if let Some(operation) = self.operation {
            operation.keeps_document.set(true);
        }
        Ok((bytes, sha256))
    }
}
