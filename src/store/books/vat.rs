//! VAT as it stands in the books: by the days of the vouchers that tell of it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::super::driver::{Row, values};
use super::super::{DriverError, StoreError, Tx};
use crate::domain::books::BookPeriod;
use crate::domain::invoice::{InvoiceId, InvoiceKind, InvoiceNumber};
use crate::domain::vat_report::{Taxed, VatReport, VatSource};
use crate::domain::voucher::{Document, Income};

/// What is being read of one invoice or credit note.
struct Gathered {
    id: i64,
    is_booked: bool,
    document: Document,
}

impl Tx<'_> {
    /// Returns the VAT of the invoices, credit notes and write-offs whose vouchers are dated in `period`:
    /// of those in an export by the day they have there, of all others by the day they would have today.
    pub fn vat_report(&self, period: BookPeriod) -> Result<VatReport, StoreError> {
        let books = self.books()?;
        let BookPeriod { from, to } = period;
        // What happened on locked days may be dated after them.
        let earliest = match books.locked_through {
            Some(through) if through.succ_opt().is_some_and(|day| day >= from) => {
                books.reach_back_to(from)
            }
            _ => from,
        };
        let is_within = |happened_on: NaiveDate, booked_on: Option<NaiveDate>| {
            let day = booked_on.unwrap_or_else(|| books.dated_on(happened_on));
            from <= day && day <= to
        };
        let mut report = VatReport::default();
        let mut notes = Vec::new();
        let mut open: Option<Gathered> = None;
        // The VAT of a credit note depends on those before it, which are asked for afterwards.
        let mut finish = |gathered: Gathered| match gathered.document.kind {
            InvoiceKind::Invoice => add(&mut report, &gathered),
            InvoiceKind::CreditNote => notes.push(gathered),
        };
        self.each(
            "SELECT i.id, i.kind, i.number, i.issued_on, b.dated_on, l.vat_rate, l.net_ore
             FROM invoice i
             JOIN invoice_line l ON l.invoice_id = i.id
             LEFT JOIN booked_voucher b ON b.subject_id = i.id AND b.part = 0
             WHERE (b.dated_on >= $1 AND b.dated_on <= $2)
                 OR (b.dated_on IS NULL AND i.issued_on >= $3 AND i.issued_on <= $2)
             ORDER BY i.id, l.position",
            values![from, to, earliest],
            &mut |row| {
                let id = row.get(0)?;
                let booked_on: Option<NaiveDate> = row.get(4)?;
                if !is_within(row.get(3)?, booked_on) {
                    return Ok(());
                }
                if open.as_ref().is_none_or(|gathered| gathered.id != id) {
                    let is_booked = booked_on.is_some();
                    let next = Gathered { id, is_booked, document: read_head(row)? };
                    open.replace(next).into_iter().for_each(&mut finish);
                }
                if let Some(gathered) = &mut open {
                    let (rate, net) = (row.get(5)?, row.get(6)?);
                    let line = Income { rate, net, period: None, months_from: None };
                    gathered.document.lines.push(line);
                }
                Ok(())
            },
        )?;
        open.into_iter().for_each(finish);
        for mut note in notes {
            note.document.credited_before = self.credits(InvoiceId(note.id))?.before;
            add(&mut report, &note);
        }

        let mut last = None;
        self.each(
            "SELECT e.id, e.booked_on, b.dated_on, v.vat_rate, v.net_ore, v.vat_ore
             FROM ledger_vat v
             JOIN ledger_entry e ON e.id = v.entry_id
             LEFT JOIN booked_voucher b ON b.subject_id = e.id AND b.part = 0
             WHERE (b.dated_on >= $1 AND b.dated_on <= $2)
                 OR (b.dated_on IS NULL AND e.booked_on >= $3 AND e.booked_on <= $2)
             ORDER BY e.id, v.vat_rate",
            values![from, to, earliest],
            &mut |row| {
                let id: i64 = row.get(0)?;
                let booked_on: Option<NaiveDate> = row.get(2)?;
                if !is_within(row.get(1)?, booked_on) {
                    return Ok(());
                }
                if last.replace(id) != Some(id) {
                    report.counted += 1;
                    report.unexported += i64::from(booked_on.is_none());
                }
                let taxed = Taxed { net: row.get(4)?, vat: row.get(5)? };
                report.add(VatSource::WriteOff, row.get(3)?, taxed);
                Ok(())
            },
        )?;
        Ok(report)
    }
}

fn read_head(row: &Row<'_>) -> Result<Document, DriverError> {
    Ok(Document {
        kind: row.parse(1)?,
        number: InvoiceNumber(row.get(2)?),
        issued_on: row.get(3)?,
        buyer: String::new(),
        credits: None,
        credited_before: BTreeMap::new(),
        lines: Vec::new(),
    })
}

fn add(report: &mut VatReport, gathered: &Gathered) {
    let document = &gathered.document;
    let source = match document.kind {
        InvoiceKind::Invoice => VatSource::Invoice,
        InvoiceKind::CreditNote => VatSource::CreditNote,
    };
    for sum in document.sums() {
        let owed = |amount| document.kind.owed(amount);
        report.add(source, sum.rate, Taxed { net: owed(sum.net), vat: owed(sum.vat) });
    }
    report.counted += 1;
    report.unexported += i64::from(!gathered.is_booked);
}
