//! Documents that left the shop, and editions that were published: the bytes are those of that day.

use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use super::Found;
use crate::domain::check::{Area, Finding};
use crate::store::driver::values;
use crate::store::invoice::hexadecimal;
use crate::store::{DriverError, StoreError, Tx};

/// A kind of document: what it is called, the event that told of it, and its rows, each with the number
/// people see, the subject of that event, the hash and the bytes.
struct Kind {
    called: &'static str,
    noun: &'static str,
    event: &'static str,
    rows: &'static str,
}

const KINDS: [Kind; 4] = [
    Kind {
        called: "the document of invoice",
        noun: "invoice",
        event: "document_kept",
        rows: "SELECT i.number, d.invoice_id, d.sha256, d.bytes
             FROM document d JOIN invoice i ON i.id = d.invoice_id ORDER BY d.invoice_id",
    },
    Kind {
        called: "the e-invoice of invoice",
        noun: "invoice",
        event: "e_invoice_kept",
        rows: "SELECT i.number, d.invoice_id, d.sha256, d.bytes
             FROM e_invoice d JOIN invoice i ON i.id = d.invoice_id ORDER BY d.invoice_id",
    },
    Kind {
        called: "a reminder of invoice",
        noun: "invoice",
        event: "document_kept",
        rows: "SELECT i.number, r.invoice_id, d.sha256, d.bytes
             FROM reminder_document d
             JOIN payment_reminder r ON r.id = d.reminder_id
             JOIN invoice i ON i.id = r.invoice_id ORDER BY d.reminder_id",
    },
    Kind {
        called: "a confirmation about subscription",
        noun: "subscription",
        event: "document_kept",
        rows: "SELECT s.number, n.subscription_id, d.sha256, d.bytes
             FROM confirmation d
             JOIN notice n ON n.id = d.notice_id
             JOIN subscription s ON s.id = n.subscription_id ORDER BY d.notice_id",
    },
];

impl Tx<'_> {
    pub(super) fn check_documents(&self, each: Found<'_>) -> Result<(), StoreError> {
        for kind in &KINDS {
            self.each(kind.rows, &[], &mut |row| {
                let (number, subject): (i64, i64) = (row.get(0)?, row.get(1)?);
                let (sha256, bytes): (String, Vec<u8>) = (row.get(2)?, row.get(3)?);
                let about = || format!("{} {number}", kind.called);
                if hexadecimal(&Sha256::digest(&bytes)) != sha256 {
                    each(Finding::new(Area::Document, about(), "its bytes were altered"));
                } else if !self.is_told_of(kind, subject, &sha256)? {
                    let what = "it is not the one that was kept when it left the shop";
                    each(Finding::new(Area::Document, about(), what));
                }
                Ok(())
            })?;
        }
        self.each(
            "SELECT s.number, n.evidence_sha256, n.evidence
             FROM notice n JOIN subscription s ON s.id = n.subscription_id
             WHERE n.evidence_sha256 IS NOT NULL AND n.evidence IS NOT NULL ORDER BY n.id",
            &[],
            &mut |row| {
                let (sha256, bytes): (String, Vec<u8>) = (row.get(1)?, row.get(2)?);
                if hexadecimal(&Sha256::digest(&bytes)) != sha256 {
                    let about =
                        format!("the evidence of a notice to subscription {}", row.get::<i64>(0)?);
                    each(Finding::new(Area::Document, about, "its bytes were altered"));
                }
                Ok(())
            },
        )
    }

    /// Says whether an event tells of a document of this hash; one whose payload was erased may have.
    fn is_told_of(&self, kind: &Kind, subject: i64, sha256: &str) -> Result<bool, DriverError> {
        let mut is_told = false;
        self.driver.query(
            "SELECT p.payload FROM event e JOIN event_payload p ON p.seq = e.seq
             WHERE e.noun = $1 AND e.subject_id = $2 AND e.kind = $3",
            values![*kind.noun, subject, *kind.event],
            &mut |row| {
                let payload: Option<String> = row.get(0)?;
                let told = payload.map(|payload| serde_json::from_str::<Json>(&payload));
                is_told |= match told {
                    None => true,
                    Some(Ok(told)) => told["after"]["sha256"] == sha256,
                    Some(Err(_)) => false,
                };
                Ok(())
            },
        )?;
        Ok(is_told)
    }

    pub(super) fn check_editions(&self, each: Found<'_>) -> Result<(), StoreError> {
        self.each(
            "SELECT a.code, e.name, e.language, e.sha256, e.size, f.bytes
             FROM edition e JOIN agreement a ON a.id = e.agreement_id
             LEFT JOIN edition_file f ON f.edition_id = e.id ORDER BY e.id",
            &[],
            &mut |row| {
                let (code, name, language): (String, String, String) =
                    (row.get(0)?, row.get(1)?, row.get(2)?);
                let (sha256, size): (String, i64) = (row.get(3)?, row.get(4)?);
                let bytes: Option<Vec<u8>> = row.get(5)?;
                let what = match bytes {
                    None => "its file is missing",
                    Some(bytes) if hexadecimal(&Sha256::digest(&bytes)) != sha256 => {
                        "its file was altered"
                    }
                    Some(bytes) if bytes.len() as i64 != size => "its size is not that of its file",
                    Some(_) => return Ok(()),
                };
                let about = format!("edition {name} ({language}) of {code}");
                each(Finding::new(Area::Edition, about, what));
                Ok(())
            },
        )
    }
}
