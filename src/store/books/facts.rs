//! What a voucher is made of, read for one invoice, payment or entry at a time.

use super::super::driver::values;
use super::super::{DriverError, StoreError, Tx};
use crate::domain::invoice::{InvoiceId, InvoiceKind, InvoiceNumber};
use crate::domain::ledger::EntryKind;
use crate::domain::money::Money;
use crate::domain::payment::PaymentNumber;
use crate::domain::term::Term;
use crate::domain::voucher::{Booked, Document, Income, Received, Voucher};

impl Tx<'_> {
    /// Returns what the books need of an invoice or a credit note.
    pub(super) fn document_facts(&self, id: i64) -> Result<Document, StoreError> {
        let found = self.find(
            "SELECT i.kind, i.number, i.issued_on, i.buyer_name, o.number
             FROM invoice i LEFT JOIN invoice o ON o.id = i.credits_id WHERE i.id = $1",
            values![id],
            |row| {
                let credits: Option<i64> = row.get(4)?;
                Ok(Document {
                    kind: row.parse::<InvoiceKind>(0)?,
                    number: InvoiceNumber(row.get(1)?),
                    issued_on: row.get(2)?,
                    buyer: row.get(3)?,
                    credits: credits.map(InvoiceNumber),
                    credited_before: Default::default(),
                    lines: Vec::new(),
                })
            },
        )?;
        let mut document = found.ok_or_else(missing)?;
        if document.credits.is_some() {
            document.credited_before = self.credits(InvoiceId(id))?.before;
        }
        document.lines = self.rows(
            "SELECT l.vat_rate, l.net_ore, l.period_start, l.period_end, o.period_start
             FROM invoice_line l
             JOIN invoice i ON i.id = l.invoice_id
             LEFT JOIN invoice_line o ON o.invoice_id = i.credits_id
                 AND o.position = l.credited_position
             WHERE l.invoice_id = $1 ORDER BY l.position",
            values![id],
            |row| {
                let period = match (row.get(2)?, row.get(3)?) {
                    (Some(start), Some(end)) => Some(Term { start, end }),
                    _ => None,
                };
                let (rate, net, months_from) = (row.get(0)?, row.get(1)?, row.get(4)?);
                Ok(Income { rate, net, period, months_from })
            },
        )?;
        Ok(document)
    }

    /// Returns the voucher of a payment with what it settled on its day, as far as that is not booked,
    /// and the entries that tell so.
    pub(super) fn payment_voucher(&self, id: i64) -> Result<(Voucher, Vec<i64>), StoreError> {
        let payment = self.find(
            "SELECT p.number, p.booked_on, p.amount_ore, coalesce(p.payer_name, a.name)
             FROM payment p LEFT JOIN account a ON a.id = p.account_id WHERE p.id = $1",
            values![id],
            |row| {
                Ok(Received {
                    number: PaymentNumber(row.get(0)?),
                    booked_on: row.get(1)?,
                    amount: row.get(2)?,
                    payer: row.get(3)?,
                })
            },
        )?;
        let entries: Vec<(i64, InvoiceNumber, Money)> = self.rows(
            "SELECT e.id, i.number, e.amount_ore
             FROM payment p
             JOIN ledger_entry e ON e.payment_id = p.id AND e.booked_on = p.booked_on
             JOIN invoice i ON i.id = e.invoice_id
             LEFT JOIN booked_voucher b ON b.subject_id = e.id AND b.part = 0
             WHERE p.id = $1 AND e.kind = 'payment' AND e.reverses_id IS NULL
                 AND b.subject_id IS NULL
             ORDER BY e.id",
            values![id],
            |row| Ok((row.get(0)?, InvoiceNumber(row.get(1)?), row.get(2)?)),
        )?;
        let settled: Vec<(InvoiceNumber, Money)> =
            entries.iter().map(|(_, invoice, amount)| (*invoice, -*amount)).collect();
        let voucher = payment.ok_or_else(missing)?.voucher(&settled);
        Ok((voucher, entries.into_iter().map(|(id, ..)| id).collect()))
    }

    /// Returns the voucher of an entry that has one of its own.
    pub(super) fn entry_voucher(&self, id: i64) -> Result<Voucher, StoreError> {
        let found = self.find(
            "SELECT e.kind, i.number, p.number, coalesce(i.buyer_name, p.payer_name, a.name),
                 e.reverses_id, e.booked_on, e.amount_ore
             FROM ledger_entry e
             LEFT JOIN invoice i ON i.id = e.invoice_id
             LEFT JOIN payment p ON p.id = e.payment_id
             LEFT JOIN account a ON a.id = p.account_id
             WHERE e.id = $1",
            values![id],
            |row| {
                let number = |index| -> Result<Option<i64>, DriverError> { row.get(index) };
                Ok(Booked {
                    kind: row.parse::<EntryKind>(0)?,
                    invoice: number(1)?.map(InvoiceNumber),
                    payment: number(2)?.map(PaymentNumber),
                    party: row.get(3)?,
                    takes_back: number(4)?.is_some(),
                    booked_on: row.get(5)?,
                    amount: row.get(6)?,
                    vat: Vec::new(),
                })
            },
        )?;
        let mut booked = found.ok_or_else(missing)?;
        booked.vat = self.rows(
            "SELECT vat_rate, vat_ore FROM ledger_vat WHERE entry_id = $1 ORDER BY vat_rate",
            values![id],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        booked.voucher().ok_or_else(missing)
    }
}

fn missing() -> StoreError {
    DriverError::Corrupt("what a voucher tells of is missing".to_owned()).into()
}
