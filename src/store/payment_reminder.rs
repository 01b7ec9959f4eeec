//! Payment reminders: the levels there are, what was sent at each of an invoice, and its document.

use chrono::NaiveDate;
use serde_json::{Value as Json, json};

use super::document::{self, About, Kept};
use super::driver::{Row, values};
use super::invoice::{about, subject};
use super::ledger::left_of_invoice;
use super::mail::{mail_columns, read_mail};
use super::seller::SHOP;
use super::{DriverError, StoreError, Tx};
use crate::domain::account::AccountId;
use crate::domain::conditions::Wording;
use crate::domain::email::Email;
use crate::domain::event::EventKind;
use crate::domain::invoice::{Invoice, InvoiceId, InvoiceNumber};
use crate::domain::ledger::{Entry, EntryKind, NewEntry};
use crate::domain::mail::Mail;
use crate::domain::money::Money;
use crate::domain::payment_reminder::{Charge, Level, ReminderId};

/// A reminder that was made of an invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentReminder {
    pub id: ReminderId,
    pub invoice: InvoiceId,
    pub level: i64,
    pub reminded_on: NaiveDate,
    /// The last day to pay that it named.
    pub pay_by: NaiveDate,
    /// The seller that made it.
    pub seller_version: i64,
    pub text: String,
    /// What was left of the invoice itself, of fees and compensation, and of interest.
    pub capital: Money,
    pub fees: Money,
    pub interest: Money,
}

/// A reminder as it is to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPaymentReminder {
    pub level: i64,
    pub pay_by: NaiveDate,
    pub seller_version: i64,
    pub text: String,
    pub capital: Money,
    pub fees: Money,
    pub interest: Money,
}

/// An invoice of which something is left after its due date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overdue {
    pub id: InvoiceId,
    pub number: InvoiceNumber,
    pub due_on: NaiveDate,
    pub left: Money,
    /// Of that, what is left of the invoice itself.
    pub capital: Money,
    pub account: AccountId,
    /// There if it goes as an e-invoice.
    pub e_invoice: Option<EInvoice>,
}

/// How far an e-invoice has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EInvoice {
    pub delivered_on: Option<NaiveDate>,
}

/// The invoice up to which a batch has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OverdueCursor {
    pub due_on: NaiveDate,
    pub id: InvoiceId,
}

const COLUMNS: &str =
    "r.id, r.invoice_id, r.level, r.reminded_on, r.pay_by, r.seller_version, r.text,
     r.capital_ore, r.fees_ore, r.interest_ore";

/// The columns of the invoice `i`, as [`read_overdue`] reads them.
macro_rules! overdue_columns {
    () => {
        concat!(
            "i.id, i.number, i.due_on, ",
            left_of_invoice!(),
            ", i.account_id, i.deliver, (SELECT d.delivered_on FROM delivery d
                 WHERE d.invoice_id = i.id),
             (SELECT coalesce(sum(c.amount_ore), 0) FROM ledger_entry c WHERE c.invoice_id = i.id
                 AND c.kind IN ('reminder_fee', 'compensation', 'late_interest'))
             FROM invoice i"
        )
    };
}

impl Tx<'_> {
    /// Returns the levels of reminding, in the order of their numbers.
    pub fn reminder_levels(&self) -> Result<Vec<Level>, StoreError> {
        self.rows(
            "SELECT level, days, fee_ore, compensation, text_sv, text_en FROM reminder_level
             ORDER BY level",
            &[],
            read_level,
        )
    }

    /// Adds a level, or changes the one of its number; says whether that changed anything.
    pub fn set_reminder_level(&self, level: &Level) -> Result<bool, StoreError> {
        let levels = self.reminder_levels()?;
        let before = levels.iter().find(|known| known.number == level.number);
        if before == Some(level) {
            return Ok(false);
        }
        let (fee, compensation) = match level.charge {
            Charge::Nothing => (Money::ZERO, false),
            Charge::Fee(fee) => (fee, false),
            Charge::Compensation => (Money::ZERO, true),
        };
        let Wording { sv, en } = &level.text;
        self.execute(
            "INSERT INTO reminder_level (level, days, fee_ore, compensation, text_sv, text_en)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (level) DO UPDATE SET days = excluded.days, fee_ore = excluded.fee_ore,
                 compensation = excluded.compensation, text_sv = excluded.text_sv,
                 text_en = excluded.text_en",
            values![level.number, level.days, fee, compensation, *sv, *en],
        )?;
        let before = before.map_or(Json::Null, told);
        let about = level.number.to_string();
        self.record(EventKind::ReminderLevelSet, SHOP, &about, before, told(level))?;
        Ok(true)
    }

    /// Removes a level; reminders that were made at it stay.
    pub fn remove_reminder_level(&self, level: &Level) -> Result<(), StoreError> {
        self.change(
            "reminder level",
            level.number,
            "DELETE FROM reminder_level WHERE level = $1",
            values![level.number],
        )?;
        let about = level.number.to_string();
        self.record(EventKind::ReminderLevelSet, SHOP, &about, told(level), Json::Null)
    }

    /// Returns the newest day of which a file of the bank told, if one was ever read; a file without
    /// payments counts for the day it was read.
    pub fn newest_bank_day(&self) -> Result<Option<NaiveDate>, StoreError> {
        let newest = self.find(
            "SELECT max(coalesce(latest_on, substr(imported_at, 1, 10))) FROM payment_file",
            &[],
            |row| row.get(0),
        )?;
        Ok(newest.flatten())
    }

    /// Returns the invoices that were due before `day`, of which `rest` or more is left and whose last
    /// reminder was of a level below `last_level`: those after `cursor`, the longest due first.
    pub fn invoices_to_chase(
        &self,
        (day, rest): (NaiveDate, Money),
        last_level: i64,
        cursor: Option<OverdueCursor>,
        limit: i64,
    ) -> Result<Vec<Overdue>, StoreError> {
        let (after_day, after_id) = match cursor {
            Some(cursor) => (cursor.due_on.to_string(), cursor.id.0),
            None => (String::new(), 0),
        };
        self.rows(
            concat!(
                "SELECT ",
                overdue_columns!(),
                " WHERE i.kind = 'invoice' AND i.due_on < $1
                     AND (i.due_on > $4 OR (i.due_on = $4 AND i.id > $5))
                     AND NOT EXISTS (SELECT 1 FROM payment_reminder r
                         WHERE r.invoice_id = i.id AND r.level >= $3)
                     AND ",
                left_of_invoice!(),
                " >= $2 ORDER BY i.due_on, i.id LIMIT $6"
            ),
            values![day, rest.max(Money::from_ore(1)), last_level, after_day, after_id, limit],
            read_overdue,
        )
    }

    /// Returns an invoice as far as reminding is concerned, paid or not.
    pub fn invoice_to_chase(&self, invoice: &Invoice) -> Result<Overdue, StoreError> {
        self.find(
            concat!("SELECT ", overdue_columns!(), " WHERE i.id = $1"),
            values![invoice.id.0],
            read_overdue,
        )?
        .ok_or_else(|| StoreError::Unknown { noun: "invoice", key: invoice.number.to_string() })
    }

    /// Returns where a reminder of an invoice goes: where the invoices of its one subscription go now,
    /// while that is still with the same customer, or else where the invoice went.
    pub fn reminder_recipient(&self, invoice: &Invoice) -> Result<Email, StoreError> {
        let now: Vec<Email> = self.rows(
            "SELECT DISTINCT s.invoice_email FROM invoice i
             JOIN account a ON a.id = i.account_id
             JOIN invoice_line l ON l.invoice_id = i.id
             JOIN subscription s ON s.id = l.subscription_id
             WHERE i.id = $1 AND (s.account_id = a.id OR s.account_id = a.successor_id)
             ORDER BY s.invoice_email",
            values![invoice.id.0],
            |row| row.parse(0),
        )?;
        Ok(match <[Email; 1]>::try_from(now) {
            Ok([email]) => email,
            Err(_) => invoice.draft.buyer.invoice_email.clone(),
        })
    }

    /// Writes that an invoice is reminded of today; the same level a second time is refused by the
    /// schema.
    pub fn remind_of_payment(
        &self,
        invoice: &Invoice,
        new: &NewPaymentReminder,
    ) -> Result<ReminderId, StoreError> {
        let id = ReminderId(self.next_id()?);
        self.execute(
            "INSERT INTO payment_reminder (id, invoice_id, level, reminded_on, pay_by,
                 seller_version, text, capital_ore, fees_ore, interest_ore)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            values![
                id.0,
                invoice.id.0,
                new.level,
                self.today(),
                new.pay_by,
                new.seller_version,
                new.text,
                new.capital,
                new.fees,
                new.interest,
            ],
        )?;
        self.record(
            EventKind::InvoiceReminded,
            subject(invoice.id),
            &invoice.number.to_string(),
            Json::Null,
            json!({
                "level": new.level,
                "pay_by": new.pay_by.to_string(),
                "capital_ore": new.capital.ore(),
                "fees_ore": new.fees.ore(),
                "interest_ore": new.interest.ore(),
            }),
        )?;
        Ok(id)
    }

    /// Claims a fee, the compensation or interest by a reminder, from today.
    pub fn charge_by_reminder(
        &self,
        invoice: &Invoice,
        reminder: ReminderId,
        kind: EntryKind,
        amount: Money,
    ) -> Result<Entry, StoreError> {
        self.enter(&NewEntry {
            kind,
            invoice: Some(invoice.id),
            payment: None,
            reminder: Some(reminder.0),
            reverses: None,
            value_on: self.today(),
            amount,
            reason: None,
        })
    }

    /// Returns the reminders of an invoice, the first level first.
    pub fn reminders_of(&self, id: InvoiceId) -> Result<Vec<PaymentReminder>, StoreError> {
        self.rows(
            &format!(
                "SELECT {COLUMNS} FROM payment_reminder r WHERE r.invoice_id = $1 ORDER BY r.level"
            ),
            values![id.0],
            read_reminder,
        )
    }

    pub fn payment_reminder(&self, id: ReminderId) -> Result<PaymentReminder, StoreError> {
        self.find(
            &format!("SELECT {COLUMNS} FROM payment_reminder r WHERE r.id = $1"),
            values![id.0],
            read_reminder,
        )?
        .ok_or_else(|| StoreError::Unknown { noun: "payment reminder", key: id.0.to_string() })
    }

    /// Returns the mail that brings a reminder.
    pub fn mail_of_reminder(&self, id: ReminderId) -> Result<Option<Mail>, StoreError> {
        self.find(
            concat!("SELECT ", mail_columns!(), " FROM outbox m WHERE reminder_id = $1"),
            values![id.0],
            read_mail,
        )
    }

    /// Returns the fixed bytes of a reminder's document and their SHA-256, if it ever left the shop.
    pub fn reminder_document(&self, id: ReminderId) -> Result<Option<Kept>, StoreError> {
        self.kept(&document::REMINDERS, id.0)
    }

    /// Fixes the bytes of a reminder's document, unless they are fixed already; returns the fixed ones.
    pub fn keep_reminder_document(
        &self,
        id: ReminderId,
        bytes: Vec<u8>,
    ) -> Result<Kept, StoreError> {
        self.keep(&document::REMINDERS, id.0, bytes, || {
            let reminder = self.payment_reminder(id)?;
            let facts = json!({ "reminder": reminder.level });
            Ok(About { facts, ..about(&self.invoice_by_id(reminder.invoice)?) })
        })
    }
}

fn told(level: &Level) -> Json {
    let (fee, compensation) = match level.charge {
        Charge::Nothing => (0, false),
        Charge::Fee(fee) => (fee.ore(), false),
        Charge::Compensation => (0, true),
    };
    json!({
        "days": level.days,
        "fee_ore": fee,
        "compensation": compensation,
        "text_sv": level.text.sv,
        "text_en": level.text.en,
    })
}

fn read_level(row: &Row<'_>) -> Result<Level, DriverError> {
    let (fee, compensation): (Money, bool) = (row.get(2)?, row.get(3)?);
    Ok(Level {
        number: row.get(0)?,
        days: row.get(1)?,
        charge: match (fee, compensation) {
            (_, true) => Charge::Compensation,
            (Money::ZERO, false) => Charge::Nothing,
            (fee, false) => Charge::Fee(fee),
        },
        text: Wording { sv: row.get(4)?, en: row.get(5)? },
    })
}

fn read_reminder(row: &Row<'_>) -> Result<PaymentReminder, DriverError> {
    Ok(PaymentReminder {
        id: ReminderId(row.get(0)?),
        invoice: InvoiceId(row.get(1)?),
        level: row.get(2)?,
        reminded_on: row.get(3)?,
        pay_by: row.get(4)?,
        seller_version: row.get(5)?,
        text: row.get(6)?,
        capital: row.get(7)?,
        fees: row.get(8)?,
        interest: row.get(9)?,
    })
}

fn read_overdue(row: &Row<'_>) -> Result<Overdue, DriverError> {
    let (deliver, delivered_on): (String, Option<NaiveDate>) = (row.get(5)?, row.get(6)?);
    let (left, claimed): (Money, Money) = (row.get(3)?, row.get(7)?);
    Ok(Overdue {
        id: InvoiceId(row.get(0)?),
        number: InvoiceNumber(row.get(1)?),
        due_on: row.get(2)?,
        left,
        // Money settles the invoice itself first.
        capital: (left - claimed).max(Money::ZERO),
        account: AccountId(row.get(4)?),
        e_invoice: (deliver == "e-invoice").then_some(EInvoice { delivered_on }),
    })
}
