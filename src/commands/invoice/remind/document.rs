//! The document of a payment reminder: from what it is drawn, and what it is called.

use anyhow::{Context, Result};

use crate::domain::invoice::{Invoice, InvoiceNumber};
use crate::domain::language::Language;
use crate::domain::letter::Letter;
use crate::domain::mail::Content;
use crate::domain::payment_reminder::ReminderId;
use crate::domain::seller::Seller;
use crate::error::Failure;
use crate::render::pdf::Press;
use crate::store::{StoreError, Tx};

/// What the document of a reminder depends on beside the facts of its letter.
pub struct Reminded {
    pub invoice: Invoice,
    /// As it was on the day of the reminder.
    pub seller: Seller,
}

/// Reads what the document of a reminder is drawn from.
pub fn reminded(tx: &Tx<'_>, id: ReminderId) -> Result<Reminded, StoreError> {
    let reminder = tx.payment_reminder(id)?;
    Ok(Reminded {
        invoice: tx.invoice_by_id(reminder.invoice)?,
        seller: tx.seller_version(reminder.seller_version)?,
    })
}

/// Returns what a reminder's document is called as a file.
pub fn document_name(number: &str, level: i64, language: Language) -> String {
    match language {
        Language::Swedish => format!("betalningspaminnelse-{number}-{level}.pdf"),
        Language::English => format!("payment-reminder-{number}-{level}.pdf"),
    }
}

/// Returns the document of a reminder of an invoice, its fixed bytes where it left the shop before.
pub fn document(tx: &Tx<'_>, number: InvoiceNumber, level: i64) -> Result<(ReminderId, Vec<u8>)> {
    let invoice = tx.invoice(number)?;
    let reminders = tx.reminders_of(invoice.id)?;
    let Some(reminder) = reminders.iter().find(|reminder| reminder.level == level) else {
        let words = format!("invoice {number} was not reminded of at level {level}");
        return Err(Failure::refused("no_reminder", words)
            .hint(format!("`shopctl invoice show {number}` shows its reminders"))
            .into());
    };
    if let Some((bytes, _)) = tx.reminder_document(reminder.id)? {
        return Ok((reminder.id, bytes));
    }
    let mail = tx.mail_of_reminder(reminder.id)?;
    let letter = mail.as_ref().map(|mail| (&mail.content, mail.language));
    let Some((Content::Letter { letter, .. }, language)) = letter else {
        return Err(StoreError::Unknown { noun: "mail", key: format!("reminder {level}") }.into());
    };
    let Letter::PaymentReminder(facts) = &**letter else {
        return Err(StoreError::Unknown { noun: "mail", key: format!("reminder {level}") }.into());
    };
    let seller = tx.seller_version(reminder.seller_version)?;
    let bytes = Press::new()
        .reminder(facts, &invoice, &seller, language)
        .context("the payment reminder cannot be drawn")?;
    Ok((reminder.id, bytes))
}
