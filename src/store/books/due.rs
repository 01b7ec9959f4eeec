//! What is due to be booked: everything that happened and is in no export yet.

use chrono::NaiveDate;

use super::super::driver::values;
use super::super::{StoreError, Tx};
use crate::domain::books::Books;
use crate::domain::voucher::Voucher;

/// What a voucher tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    /// Whether its income is spread over the months that are paid for.
    Document {
        is_spread: bool,
    },
    Payment,
    Entry,
}

/// A voucher that is due, small enough to hold a million of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Due {
    pub dated_on: NaiveDate,
    pub happened_on: NaiveDate,
    pub subject: i64,
    pub part: i64,
    of: Of,
}

/// An invoice or a credit note of which nothing is booked, as far as its income is concerned.
struct NewDocument {
    id: i64,
    issued_on: NaiveDate,
    /// When the invoice that it credits was issued, and whether that one's income is spread in the books.
    original: Option<(NaiveDate, Option<bool>)>,
}

impl Tx<'_> {
    /// Returns the vouchers that happened from `first` on, are dated up to `to` and are in no export, by
    /// their day.
    pub(super) fn vouchers_due(
        &self,
        books: &Books,
        first: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<Due>, StoreError> {
        let mut due = Vec::new();
        let spreads = self.shop_settings()?.spreads_income;
        for document in self.new_documents(first, to)? {
            let is_spread = document.is_spread(spreads, first);
            due.push((document.issued_on, document.id, 0, Of::Document { is_spread }));
            if is_spread {
                self.add_portions(document.id, 0, &mut due)?;
            }
        }
        for (id, booked) in self.unfinished_spreads()? {
            self.add_portions(id, booked, &mut due)?;
        }
        let others = [
            (
                Of::Payment,
                "SELECT p.id, p.booked_on FROM payment p
                 LEFT JOIN booked_voucher b ON b.subject_id = p.id AND b.part = 0
                 WHERE b.subject_id IS NULL AND p.booked_on >= $1 AND p.booked_on <= $2",
            ),
            // What a payment settles on its own day stands in its own voucher, while that is not booked.
            (
                Of::Entry,
                "SELECT e.id, e.booked_on FROM ledger_entry e
                 LEFT JOIN booked_voucher b ON b.subject_id = e.id AND b.part = 0
                 LEFT JOIN payment p ON p.id = e.payment_id
                 LEFT JOIN booked_voucher q ON q.subject_id = p.id AND q.part = 0
                 WHERE b.subject_id IS NULL AND e.booked_on >= $1 AND e.booked_on <= $2
                     AND e.kind <> 'offset'
                     AND NOT (e.kind = 'payment' AND e.reverses_id IS NULL AND q.subject_id IS NULL
                         AND p.booked_on = e.booked_on)",
            ),
        ];
        for (of, sql) in others {
            self.each(sql, values![first, to], &mut |row| {
                due.push((row.get(1)?, row.get(0)?, 0, of));
                Ok(())
            })?;
        }
        let dated = due.into_iter().map(|(happened_on, subject, part, of)| {
            let dated_on = books.dated_on(happened_on);
            Due { dated_on, happened_on, subject, part, of }
        });
        let mut due: Vec<Due> = dated.filter(|due| due.dated_on <= to).collect();
        due.sort_by_key(|due| (due.dated_on, due.subject, due.part));
        Ok(due)
    }

    /// Returns the invoices and credit notes of which nothing is booked; what came to nothing has no
    /// voucher.
    fn new_documents(
        &self,
        first: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<NewDocument>, StoreError> {
        self.rows(
            "SELECT i.id, i.issued_on, o.issued_on, c.parts
             FROM invoice i
             LEFT JOIN booked_voucher b ON b.subject_id = i.id AND b.part = 0
             LEFT JOIN invoice o ON o.id = i.credits_id
             LEFT JOIN booked_voucher c ON c.subject_id = o.id AND c.part = 0
             WHERE b.subject_id IS NULL AND i.issued_on >= $1 AND i.issued_on <= $2
                 AND i.total_ore <> 0",
            values![first, to],
            |row| {
                let parts: Option<i64> = row.get(3)?;
                let original: Option<NaiveDate> = row.get(2)?;
                Ok(NewDocument {
                    id: row.get(0)?,
                    issued_on: row.get(1)?,
                    original: original.map(|day| (day, parts.map(|parts| parts > 0))),
                })
            },
        )
    }

    /// Returns what is booked as prepaid and has portions to come, and how many of those are booked: the
    /// first ones, since an export leaves none before its last day.
    fn unfinished_spreads(&self) -> Result<Vec<(i64, usize)>, StoreError> {
        self.rows(
            "SELECT v.subject_id, count(p.part)
             FROM booked_voucher v
             LEFT JOIN booked_voucher p ON p.subject_id = v.subject_id AND p.part > 0
             WHERE v.parts > 0 GROUP BY v.subject_id, v.parts HAVING count(p.part) < v.parts",
            &[],
            |row| Ok((row.get(0)?, row.get::<u32>(1)? as usize)),
        )
    }

    fn add_portions(
        &self,
        id: i64,
        booked: usize,
        due: &mut Vec<(NaiveDate, i64, i64, Of)>,
    ) -> Result<(), StoreError> {
        let portions = self.document_facts(id)?.portions();
        for (part, (_, voucher)) in (1..).zip(&portions).skip(booked) {
            due.push((voucher.dated_on, id, part, Of::Document { is_spread: true }));
        }
        Ok(())
    }

    /// Returns the voucher that is due, how many portions are to follow it, and the entries that it tells
    /// of beside its own subject.
    pub(super) fn voucher(&self, due: &Due) -> Result<(Voucher, i64, Vec<i64>), StoreError> {
        let (voucher, parts, also) = match due.of {
            Of::Document { is_spread } => {
                let document = self.document_facts(due.subject)?;
                let mut portions = if is_spread { document.portions() } else { Vec::new() };
                match usize::try_from(due.part - 1) {
                    Ok(index) => (portions.swap_remove(index).1, 0, Vec::new()),
                    Err(_) => (document.voucher(is_spread), portions.len() as i64, Vec::new()),
                }
            }
            Of::Payment => {
                let (voucher, entries) = self.payment_voucher(due.subject)?;
                (voucher, 0, entries)
            }
            Of::Entry => (self.entry_voucher(due.subject)?, 0, Vec::new()),
        };
        Ok((voucher.moved_to(due.dated_on), parts, also))
    }
}

impl NewDocument {
    /// Says whether its income is spread: as the setting says, or as that of the invoice it credits is or
    /// will be in the books; what was booked elsewhere before the `first` day is taken to be not.
    fn is_spread(&self, spreads: bool, first: NaiveDate) -> bool {
        match self.original {
            None => spreads,
            Some((_, Some(is_spread))) => is_spread,
            Some((issued_on, None)) => spreads && issued_on >= first,
        }
    }
}
