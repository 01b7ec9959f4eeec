//! The e-invoice inside the document of the same invoice, so that one file is both.

use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};

use crate::domain::invoice::Invoice;

use super::invoice::midnight;
use super::words::Words;

/// Returns an e-invoice as a file of the document: an alternative to its pages.
pub fn e_invoice(invoice: &Invoice, bytes: &[u8]) -> EmbeddedFile {
    let draft = &invoice.draft;
    let title = Words::of(draft.language, draft.kind()).title;
    EmbeddedFile {
        path: format!("faktura-{}.xml", invoice.number),
        mime_type: MimeType::new("text/xml"),
        description: Some(format!("{title} {} (Peppol BIS Billing 3, UBL 2.1)", invoice.number)),
        association_kind: AssociationKind::Alternative,
        data: bytes.to_vec().into(),
        modification_date: Some(midnight(draft.issued_on)),
        compress: None,
        location: None,
    }
}
