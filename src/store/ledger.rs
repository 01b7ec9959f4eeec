//! The ledger of what customers owe: the one way an entry is made, and what is left after all of them.

use chrono::NaiveDate;
use serde_json::json;

use super::driver::{Row, values};
use super::{DriverError, StoreError, Tx, invoice, payment};
use crate::domain::account::AccountId;
use crate::domain::event::EventKind;
use crate::domain::invoice::{Invoice, InvoiceId, InvoiceKind, InvoiceNumber};
use crate::domain::ledger::{Entry, EntryId, EntryKind, LedgerError, NewEntry, Standing};
use crate::domain::money::Money;
use crate::domain::payment::{Payment, PaymentId, PaymentNumber};

/// The day through which the books are locked, as a setting.
pub(super) const BOOKS_LOCKED: &str = "books_locked_through";

/// What is left of the invoice `i` to pay, in öre: of itself, of fees and of interest.
macro_rules! left_of_invoice {
    () => {
        "(i.total_ore
             - (SELECT coalesce(sum(n.total_ore), 0) FROM invoice n WHERE n.credits_id = i.id)
             + (SELECT coalesce(sum(e.amount_ore), 0) FROM ledger_entry e WHERE e.invoice_id = i.id))"
    };
}
pub(super) use left_of_invoice;

/// What is left of the payment `p`, in öre; below zero of a deduction.
macro_rules! left_of_payment {
    () => {
        "(p.amount_ore
             + (SELECT coalesce(sum(e.amount_ore), 0) FROM ledger_entry e WHERE e.payment_id = p.id))"
    };
}
pub(super) use left_of_payment;

/// The columns of the entry `e`, as [`read_entry`] reads them.
macro_rules! entry_columns {
    () => {
        "e.id, e.kind, i.number, p.number, e.reverses_id, e.booked_on, e.value_on, e.amount_ore,
             e.reason
         FROM ledger_entry e
         LEFT JOIN invoice i ON i.id = e.invoice_id
         LEFT JOIN payment p ON p.id = e.payment_id"
    };
}

impl Tx<'_> {
    /// Returns how far an invoice is settled.
    pub fn standing(&self, invoice: &Invoice) -> Result<Standing, StoreError> {
        let credited = self.integer(
            "SELECT coalesce(sum(total_ore), 0) FROM invoice WHERE credits_id = $1",
            values![invoice.id.0],
        )?;
        Ok(Standing {
            total: invoice.draft.totals().total,
            credited: Money::from_ore(credited),
            entries: self.entries_of_invoice(invoice.id)?,
        })
    }

    /// Returns the entries of an invoice, oldest first.
    pub fn entries_of_invoice(&self, id: InvoiceId) -> Result<Vec<Entry>, StoreError> {
        self.rows(
            concat!("SELECT ", entry_columns!(), " WHERE e.invoice_id = $1 ORDER BY e.id"),
            values![id.0],
            read_entry,
        )
    }

    /// Returns the entries of a payment, oldest first.
    pub fn entries_of_payment(&self, id: PaymentId) -> Result<Vec<Entry>, StoreError> {
        self.rows(
            concat!("SELECT ", entry_columns!(), " WHERE e.payment_id = $1 ORDER BY e.id"),
            values![id.0],
            read_entry,
        )
    }

    /// Returns what is left of a payment, below zero of a deduction.
    pub fn payment_left(&self, payment: &Payment) -> Result<Money, StoreError> {
        let left = self.integer(
            concat!("SELECT ", left_of_payment!(), " FROM payment p WHERE p.id = $1"),
            values![payment.id.0],
        )?;
        Ok(Money::from_ore(left))
    }

    /// Returns what an account has paid in that settles nothing yet.
    pub fn balance(&self, account: AccountId) -> Result<Money, StoreError> {
        let balance = self.integer(
            concat!(
                "SELECT coalesce(sum(",
                left_of_payment!(),
                "), 0) FROM payment p WHERE p.account_id = $1"
            ),
            values![account.0],
        )?;
        Ok(Money::from_ore(balance))
    }

    /// Returns the day through which nothing is dated any more, if the books were ever locked.
    pub fn books_locked_through(&self) -> Result<Option<NaiveDate>, StoreError> {
        self.setting_date(BOOKS_LOCKED)
    }

    /// Returns the day in the books of what happened on `day`: that day, or today if it is locked.
    ///
    /// Errors when today is locked too.
    pub(super) fn booking_day(&self, day: NaiveDate) -> Result<NaiveDate, StoreError> {
        let Some(through) = self.books_locked_through()? else { return Ok(day) };
        let booked = if day > through { day } else { self.today() };
        match booked > through {
            true => Ok(booked),
            false => Err(LedgerError::Locked { day: booked, through }.into()),
        }
    }

    /// Makes an entry, the one way to do so.
    ///
    /// Errors when it would leave less than nothing of its invoice or of its payment, or more of the
    /// payment than there was, when it takes back more than an entry holds, and when the books are
    /// locked.
    pub(super) fn enter(&self, new: &NewEntry) -> Result<Entry, StoreError> {
        if new.amount == Money::ZERO {
            return Err(LedgerError::Nothing.into());
        }
        if let Some(reversed) = new.reverses {
            self.refuse_taking_back_more(reversed, new.amount)?;
        }
        let invoice = new.invoice.map(|id| self.room_of_invoice(id, new.amount)).transpose()?;
        let payment = new.payment.map(|id| self.room_of_payment(id, new.amount)).transpose()?;
        let happened_on = match (new.kind, new.reverses) {
            (_, Some(_)) => self.today(),
            (EntryKind::Payment, None) => self.settling_day(new, invoice, payment)?,
            _ => new.value_on,
        };
        let booked_on = self.booking_day(happened_on)?;
        let id = EntryId(self.next_id()?);
        self.execute(
            "INSERT INTO ledger_entry (id, kind, invoice_id, payment_id, reminder_id, reverses_id,
                 booked_on, value_on, amount_ore, reason)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            values![
                id.0,
                *new.kind.as_str(),
                new.invoice.map(|id| id.0),
                new.payment.map(|id| id.0),
                new.reminder,
                new.reverses.map(|id| id.0),
                booked_on,
                new.value_on,
                new.amount,
                new.reason,
            ],
        )?;
        let entry = Entry {
            id,
            kind: new.kind,
            invoice: invoice.map(|room| InvoiceNumber(room.number)),
            payment: payment.map(|room| PaymentNumber(room.number)),
            reverses: new.reverses,
            booked_on,
            value_on: new.value_on,
            amount: new.amount,
            reason: new.reason.clone(),
        };
        self.record_entry(&entry, new, invoice, payment)?;
        Ok(entry)
    }

    /// Returns the day on which a payment settles an invoice: the first one from its value on, since
    /// when that took no more than was left of either on any evening. Money that had settled another
    /// invoice was not free until it was taken back from that, and a fee not owed until it was claimed.
    fn settling_day(
        &self,
        new: &NewEntry,
        invoice: Option<Room>,
        payment: Option<Room>,
    ) -> Result<NaiveDate, StoreError> {
        let mut settled_on = new.value_on;
        for (id, room, changes) in [
            (
                new.invoice.map(|id| id.0),
                invoice,
                "SELECT booked_on AS day, amount_ore FROM ledger_entry WHERE invoice_id = $1
                 UNION ALL SELECT issued_on, -total_ore FROM invoice WHERE credits_id = $1",
            ),
            (
                new.payment.map(|id| id.0),
                payment,
                "SELECT booked_on AS day, amount_ore FROM ledger_entry WHERE payment_id = $1
                 UNION ALL SELECT booked_on, amount_ore FROM payment WHERE id = $1",
            ),
        ] {
            let (Some(id), Some(room)) = (id, room) else { continue };
            let sql = format!(
                "SELECT day, sum(amount_ore) FROM ({changes}) AS changed
                 WHERE day > $2 GROUP BY day ORDER BY day DESC"
            );
            let later: Vec<(NaiveDate, Money)> =
                self.rows(&sql, values![id, new.value_on], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let mut left = room.left;
            let lacks_room = |(_, change): &(NaiveDate, Money)| {
                left = left - *change;
                left + new.amount < Money::ZERO
            };
            if let Some((day, _)) = later.into_iter().find(lacks_room) {
                settled_on = settled_on.max(day);
            }
        }
        Ok(settled_on)
    }

    fn record_entry(
        &self,
        entry: &Entry,
        new: &NewEntry,
        invoice: Option<Room>,
        payment: Option<Room>,
    ) -> Result<(), StoreError> {
        let (about, subject) = match (new.payment, payment, new.invoice, invoice) {
            (Some(id), Some(room), _, _) => (room.number, payment::subject(id)),
            (_, _, Some(id), Some(room)) => (room.number, invoice::subject(id)),
            _ => return Err(DriverError::Unexpected("an entry about nothing".to_owned()).into()),
        };
        let mut before = json!({});
        let mut after = json!({
            "amount_ore": entry.amount.ore(),
            "booked_on": entry.booked_on.to_string(),
        });
        for (key, room) in [("left_ore", payment), ("invoice_left_ore", invoice)] {
            if let Some(room) = room {
                before[key] = json!(room.left.ore());
                after[key] = json!((room.left + entry.amount).ore());
            }
        }
        if let Some(number) = entry.invoice {
            after["invoice"] = json!(number.0);
        }
        if entry.value_on != entry.booked_on {
            after["value_on"] = json!(entry.value_on.to_string());
        }
        if let Some(reason) = &entry.reason {
            after["reason"] = json!(reason);
        }
        self.record(event_kind(entry), subject, &about.to_string(), before, after)
    }

    /// Returns what is left of an invoice to which `amount` is to be added.
    fn room_of_invoice(&self, id: InvoiceId, amount: Money) -> Result<Room, StoreError> {
        let found = self.find(
            concat!(
                "SELECT i.number, ",
                left_of_invoice!(),
                ", i.kind FROM invoice i WHERE i.id = $1"
            ),
            values![id.0],
            |row| {
                let kind: InvoiceKind = row.parse(2)?;
                Ok((Room { number: row.get(0)?, left: row.get(1)? }, kind))
            },
        )?;
        let (room, kind) = found
            .ok_or_else(|| StoreError::Unknown { noun: "invoice", key: format!("row {}", id.0) })?;
        let (invoice, left) = (InvoiceNumber(room.number), room.left);
        if kind == InvoiceKind::CreditNote {
            return Err(LedgerError::CreditNote(invoice).into());
        }
        if amount < Money::ZERO && left + amount < Money::ZERO {
            return Err(LedgerError::MoreThanOwed { invoice, asked: -amount, left }.into());
        }
        Ok(room)
    }

    /// Returns what is left of a payment to which `amount` is to be added.
    fn room_of_payment(&self, id: PaymentId, amount: Money) -> Result<Room, StoreError> {
        let found = self.find(
            concat!(
                "SELECT p.number, ",
                left_of_payment!(),
                ", p.amount_ore FROM payment p WHERE p.id = $1"
            ),
            values![id.0],
            |row| Ok((Room { number: row.get(0)?, left: row.get(1)? }, row.get::<Money>(2)?)),
        )?;
        let (room, whole) = found
            .ok_or_else(|| StoreError::Unknown { noun: "payment", key: format!("row {}", id.0) })?;
        let after = room.left + amount;
        let bounds = whole.min(Money::ZERO)..=whole.max(Money::ZERO);
        if !bounds.contains(&after) {
            let payment = PaymentNumber(room.number);
            return Err(
                LedgerError::MoreThanPaid { payment, asked: -amount, left: room.left }.into()
            );
        }
        Ok(room)
    }

    /// Errors when `amount` is more than is left of the entry that it takes back.
    fn refuse_taking_back_more(&self, id: EntryId, amount: Money) -> Result<(), StoreError> {
        let left = Money::from_ore(self.integer(
            "SELECT e.amount_ore + (SELECT coalesce(sum(r.amount_ore), 0) FROM ledger_entry r
                 WHERE r.reverses_id = e.id)
             FROM ledger_entry e WHERE e.id = $1",
            values![id.0],
        )?);
        let after = left + amount;
        match left.min(Money::ZERO) <= after && after <= left.max(Money::ZERO) {
            true => Ok(()),
            false => Err(LedgerError::MoreThanEntered { asked: amount, left: -left }.into()),
        }
    }

    /// Enters the opposite of an entry of `invoice`, or of a part of it: `amount` is added to what is
    /// left. It is booked today, and for interest it is as if that had never been settled.
    pub(super) fn reverse_entry(
        &self,
        invoice: &Invoice,
        entry: &Entry,
        amount: Money,
        reason: &str,
    ) -> Result<Entry, StoreError> {
        let payment = entry.payment.map(|number| self.payment(number)).transpose()?;
        self.enter(&NewEntry {
            kind: entry.kind,
            invoice: Some(invoice.id),
            payment: payment.map(|payment| payment.id),
            reminder: None,
            reverses: Some(entry.id),
            value_on: entry.value_on,
            amount,
            reason: Some(reason.to_owned()),
        })
    }
}

/// What an entry has room in: an invoice or a payment.
#[derive(Clone, Copy)]
struct Room {
    number: i64,
    left: Money,
}

fn event_kind(entry: &Entry) -> EventKind {
    let takes_back = entry.reverses.is_some();
    match entry.kind {
        EntryKind::Payment if takes_back => EventKind::PaymentUnmatched,
        EntryKind::Payment => EventKind::PaymentMatched,
        EntryKind::Refund => EventKind::PaymentRefunded,
        EntryKind::Reversal => EventKind::PaymentReversed,
        EntryKind::Offset => EventKind::PaymentOffset,
        EntryKind::WriteOff | EntryKind::Rounding if takes_back => EventKind::WriteOffReversed,
        EntryKind::WriteOff => EventKind::InvoiceWrittenOff,
        EntryKind::Rounding => EventKind::RestRoundedOff,
        _ if takes_back => EventKind::ClaimReversed,
        EntryKind::ReminderFee => EventKind::ReminderFeeCharged,
        EntryKind::Compensation => EventKind::CompensationCharged,
        EntryKind::LateInterest => EventKind::InterestCharged,
    }
}

fn read_entry(row: &Row<'_>) -> Result<Entry, DriverError> {
    let number = |index| -> Result<Option<i64>, DriverError> { row.get(index) };
    Ok(Entry {
        id: EntryId(row.get(0)?),
        kind: row.parse(1)?,
        invoice: number(2)?.map(InvoiceNumber),
        payment: number(3)?.map(PaymentNumber),
        reverses: number(4)?.map(EntryId),
        booked_on: row.get(5)?,
        value_on: row.get(6)?,
        amount: row.get(7)?,
        reason: row.get(8)?,
    })
}

#[cfg(test)]
mod property;
#[cfg(test)]
mod tests;
