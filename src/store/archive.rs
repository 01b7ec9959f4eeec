//! Which documents left the shop, in the order they did, and how far they are archived.

use serde_json::{Value as Json, json};

use super::document::{self, Shelf};
use super::driver::{Row, values};
use super::seller::SHOP;
use super::{DriverError, StoreError, Tx};
use crate::domain::archive::Document;
use crate::domain::event::EventKind;

/// The setting that holds the last event whose document is archived.
const ARCHIVED_THROUGH: &str = "archived_through";

/// A document, and the event by which it was fixed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptDocument {
    pub seq: i64,
    pub document: Document,
    /// The shop's time at which it left.
    pub at: String,
    /// The key of what it is about.
    subject: i64,
}

impl Tx<'_> {
    /// Returns the documents that were fixed by the events after `seq`, in their order, at most `limit`.
    ///
    /// What an erased event told of is passed over: it is not to be spread further.
    pub fn documents_kept_after(
        &self,
        seq: i64,
        limit: i64,
    ) -> Result<Vec<KeptDocument>, StoreError> {
        self.rows(
            "SELECT e.seq, e.kind, e.noun, e.subject_id, p.payload, o.shop_time
             FROM event e
             JOIN event_payload p ON p.seq = e.seq
             JOIN operation o ON o.id = e.operation_id
             WHERE e.seq > $1 AND e.kind IN ('document_kept', 'e_invoice_kept')
                 AND p.payload IS NOT NULL
             ORDER BY e.seq LIMIT $2",
            values![seq, limit],
            read_kept,
        )
    }

    /// Returns the bytes of a document, and their SHA-256.
    pub fn kept_bytes(&self, kept: &KeptDocument) -> Result<Option<document::Kept>, StoreError> {
        let (shelf, id): (&Shelf, Option<i64>) = match kept.document {
            Document::Invoice(_) => (&document::INVOICES, Some(kept.subject)),
            Document::EInvoice(_) => (&document::E_INVOICES, Some(kept.subject)),
            Document::Reminder(level, _) => {
                let id = self.find(
                    "SELECT id FROM payment_reminder WHERE invoice_id = $1 AND level = $2",
                    values![kept.subject, level],
                    |row| row.get(0),
                )?;
                (&document::REMINDERS, id)
            }
            Document::Confirmation(ordinal, _) => {
                let id = self.find(
                    "SELECT id FROM notice WHERE subscription_id = $1 ORDER BY id LIMIT 1 OFFSET $2",
                    values![kept.subject, ordinal - 1],
                    |row| row.get(0),
                )?;
                (&document::CONFIRMATIONS, id)
            }
        };
        id.map_or(Ok(None), |id| self.kept(shelf, id))
    }

    /// Returns the last event whose document is archived; 0 before the first.
    pub fn archived_through(&self) -> Result<i64, StoreError> {
        let through = self.setting(ARCHIVED_THROUGH)?;
        let through = through.map(|through| through.parse()).transpose();
        Ok(through
            .map_err(|_| DriverError::Corrupt(format!("`{ARCHIVED_THROUGH}` is no number")))?
            .unwrap_or_default())
    }

    /// Counts the documents that are not archived.
    pub fn count_unarchived(&self) -> Result<i64, StoreError> {
        self.integer(
            "SELECT count(*) FROM event e JOIN event_payload p ON p.seq = e.seq
             WHERE e.seq > $1 AND e.kind IN ('document_kept', 'e_invoice_kept')
                 AND p.payload IS NOT NULL",
            values![self.archived_through()?],
        )
    }

    /// Records that `count` documents more are archived, the last of them fixed by the event `through`.
    pub fn mark_archived(&self, through: i64, count: i64) -> Result<(), StoreError> {
        self.put_setting(ARCHIVED_THROUGH, &through.to_string())?;
        let after = json!({ "documents": count, "through": through });
        self.record(EventKind::DocumentsArchived, SHOP, "archive", Json::Null, after)
    }
}

fn read_kept(row: &Row<'_>) -> Result<KeptDocument, DriverError> {
    let (kind, noun, payload): (String, String, String) = (row.get(1)?, row.get(2)?, row.get(4)?);
    let damaged = || DriverError::Corrupt("the event of a document tells of none".to_owned());
    let payload: Json = serde_json::from_str(&payload).map_err(|_| damaged())?;
    let number = payload["about"].as_str().and_then(|number| number.parse().ok());
    let number: i64 = number.ok_or_else(damaged)?;
    let told = |key: &str| payload["after"][key].as_i64();
    let document = match (kind.as_str(), noun.as_str(), told("reminder"), told("notice")) {
        ("e_invoice_kept", ..) => Document::EInvoice(number),
        (_, "subscription", _, Some(ordinal)) => Document::Confirmation(ordinal, number),
        (_, "invoice", Some(level), _) => Document::Reminder(level, number),
        (_, "invoice", None, _) => Document::Invoice(number),
        _ => return Err(damaged()),
    };
    Ok(KeptDocument { seq: row.get(0)?, document, at: row.get(5)?, subject: row.get(3)? })
}
