//! The books: which vouchers an export is made of, and the log of those that were.
//!
//! A voucher is written into the log as it goes out, with its number, its day and its rows, and never
//! again: an export that is made again reads the log. What an export takes is therefore what happened
//! up to its last day and is not in the log.

mod due;
mod facts;
mod vat;

use chrono::NaiveDate;
use serde_json::{Value as Json, json};

use super::driver::{Row, values};
use super::ledger::BOOKS_LOCKED;
use super::{DriverError, StoreError, Tx};
use crate::domain::book_account::BookAccounts;
use crate::domain::books::{BookPeriod, Books};
use crate::domain::event::{EventKind, Noun, Subject};
use crate::domain::money::Money;
use crate::domain::voucher::Voucher;

const SHOP: Subject = Subject { noun: Noun::Shop, id: 0 };

/// One file that bookkeeping was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookExport {
    pub id: i64,
    pub period: BookPeriod,
    pub exported_at: String,
    pub vouchers: i64,
    pub first_number: Option<i64>,
    pub last_number: Option<i64>,
    /// Whether it held what other exports had held.
    pub is_again: bool,
}

/// A voucher as it stands in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookedVoucher {
    pub number: i64,
    pub dated_on: NaiveDate,
    pub text: String,
    pub rows: Vec<(u32, Money)>,
}

/// An account of the books with what was debited and credited on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookedAccount {
    pub number: u32,
    /// The setting that chose it.
    pub purpose: String,
    pub debit: Money,
    pub credit: Money,
}

/// What an export that was just made has taken up beyond its own days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TakenUp {
    /// Vouchers of days before its first.
    pub earlier: i64,
    /// Those among all that happened on locked days, and are dated after them.
    pub moved: i64,
}

impl Tx<'_> {
    /// Returns what was exported and through which day the books are locked.
    pub fn books(&self) -> Result<Books, StoreError> {
        let exported = self.rows(
            "SELECT from_on, to_on FROM book_export WHERE again = 0 ORDER BY id",
            &[],
            |row| Ok(BookPeriod { from: row.get(0)?, to: row.get(1)? }),
        )?;
        Ok(Books { exported, locked_through: self.books_locked_through()? })
    }

    /// Locks the books: nothing is dated on or before `day` from now on.
    pub fn lock_books(&self, day: NaiveDate, reason: Option<&str>) -> Result<bool, StoreError> {
        let before = self.books_locked_through()?;
        if before == Some(day) {
            return Ok(false);
        }
        self.put_setting(BOOKS_LOCKED, &day.to_string())?;
        let mut after = json!({ "locked_through": day.to_string() });
        if let Some(reason) = reason {
            after["reason"] = json!(reason);
        }
        let before = before.map_or(Json::Null, |day| json!({ "locked_through": day.to_string() }));
        self.record(EventKind::BooksLocked, SHOP, &day.to_string(), before, after)?;
        Ok(true)
    }

    /// Returns how many vouchers dated up to `day` belong to the books and are in no export.
    pub fn count_unexported(&self, day: NaiveDate) -> Result<i64, StoreError> {
        let books = self.books()?;
        let Some(first) = books.first_day() else { return Ok(0) };
        Ok(self.vouchers_due(&books, first, day)?.len() as i64)
    }

    /// Returns how many vouchers happened before `day` and would be left to other books if that were the
    /// first day of the first export.
    pub fn count_before_books(&self, day: NaiveDate) -> Result<i64, StoreError> {
        let (Some(eve), books) = (day.pred_opt(), self.books()?) else { return Ok(0) };
        match books.first_day() {
            Some(_) => Ok(0),
            None => Ok(self.vouchers_due(&books, NaiveDate::MIN, eve)?.len() as i64),
        }
    }

    /// Writes all vouchers into the log that `period` and what came in late call for, numbered by their
    /// days; `None` when there are none.
    ///
    /// The export is finished by [`Tx::finish_export`], once its file is made.
    pub fn export_books(
        &self,
        period: BookPeriod,
    ) -> Result<Option<(BookExport, TakenUp)>, StoreError> {
        let books = self.books()?;
        let due = self.vouchers_due(&books, books.reach_back_to(period.from), period.to)?;
        if due.is_empty() {
            return Ok(None);
        }
        let settings = self.shop_settings()?;
        let mut export = self.begin_export(period, false)?;
        let mut number =
            self.integer("SELECT coalesce(max(number), 0) FROM booked_voucher", &[])?;
        export.first_number = Some(number + 1);
        let mut taken_up = TakenUp::default();
        for due in &due {
            let (voucher, parts, also) = self.voucher(due)?;
            number += 1;
            let key = (due.subject, due.part);
            self.log_voucher(&export, number, key, parts, &voucher, &settings.accounts)?;
            for entry in also {
                self.log_head(&export, number, (entry, 0), 0, &voucher)?;
            }
            taken_up.earlier += i64::from(due.dated_on < period.from);
            taken_up.moved += i64::from(due.dated_on != due.happened_on);
        }
        export.vouchers = due.len() as i64;
        export.last_number = Some(number);
        Ok(Some((export, taken_up)))
    }

    /// Begins an export of what exports within `period` held before; `None` when there are none.
    pub fn export_again(
        &self,
        period: BookPeriod,
    ) -> Result<Option<(BookExport, Vec<i64>)>, StoreError> {
        let within = |export: &BookExport| {
            !export.is_again && period.from <= export.period.from && export.period.to <= period.to
        };
        let before: Vec<BookExport> = self.book_exports()?.into_iter().filter(within).collect();
        if before.is_empty() {
            return Ok(None);
        }
        let mut export = self.begin_export(period, true)?;
        export.vouchers = before.iter().map(|export| export.vouchers).sum();
        export.first_number = before.iter().filter_map(|export| export.first_number).min();
        export.last_number = before.iter().filter_map(|export| export.last_number).max();
        Ok(Some((export, before.iter().map(|export| export.id).collect())))
    }

    fn begin_export(&self, period: BookPeriod, is_again: bool) -> Result<BookExport, StoreError> {
        let id = self.next_id()?;
        let exported_at = self.now();
        self.execute(
            "INSERT INTO book_export (id, from_on, to_on, exported_at, sha256, vouchers, again)
             VALUES ($1, $2, $3, $4, '', 0, $5)",
            values![id, period.from, period.to, exported_at, is_again],
        )?;
        Ok(BookExport {
            id,
            period,
            exported_at,
            vouchers: 0,
            first_number: None,
            last_number: None,
            is_again,
        })
    }

    /// Ends an export: its file is made, and has this SHA-256.
    pub fn finish_export(&self, export: &BookExport, sha256: &str) -> Result<(), StoreError> {
        self.change(
            "export",
            export.id,
            "UPDATE book_export SET sha256 = $2, vouchers = $3 WHERE id = $1 AND sha256 = ''",
            values![export.id, *sha256, export.vouchers],
        )?;
        let BookPeriod { from, to } = export.period;
        let mut after = json!({
            "vouchers": export.vouchers,
            "first_number": export.first_number,
            "last_number": export.last_number,
            "sha256": sha256,
        });
        if export.is_again {
            after["again"] = json!(true);
        }
        let about = format!("{from} – {to}");
        self.record(EventKind::BooksExported, SHOP, &about, Json::Null, after)
    }

    fn log_voucher(
        &self,
        export: &BookExport,
        number: i64,
        (subject, part): (i64, i64),
        parts: i64,
        voucher: &Voucher,
        accounts: &BookAccounts,
    ) -> Result<(), StoreError> {
        self.log_head(export, number, (subject, part), parts, voucher)?;
        for (position, row) in (1_i64..).zip(&voucher.rows) {
            self.execute(
                "INSERT INTO booked_row (subject_id, part, position, purpose, account, amount_ore)
                 VALUES ($1, $2, $3, $4, $5, $6)",
                values![
                    subject,
                    part,
                    position,
                    *row.account.setting(),
                    accounts.number(row.account),
                    row.amount
                ],
            )?;
        }
        Ok(())
    }

    fn log_head(
        &self,
        export: &BookExport,
        number: i64,
        (subject, part): (i64, i64),
        parts: i64,
        voucher: &Voucher,
    ) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO booked_voucher
                 (subject_id, part, parts, export_id, number, dated_on, text)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            values![subject, part, parts, export.id, number, voucher.dated_on, voucher.text],
        )?;
        Ok(())
    }

    /// Returns all exports, oldest first.
    pub fn book_exports(&self) -> Result<Vec<BookExport>, StoreError> {
        self.rows(
            "SELECT x.id, x.from_on, x.to_on, x.exported_at, x.vouchers,
                 (SELECT min(v.number) FROM booked_voucher v WHERE v.export_id = x.id),
                 (SELECT max(v.number) FROM booked_voucher v WHERE v.export_id = x.id),
                 x.again
             FROM book_export x ORDER BY x.id",
            &[],
            read_export,
        )
    }

    /// Returns the accounts used in some exports with what was booked on them, by number.
    pub fn booked_accounts(&self, exports: &[i64]) -> Result<Vec<BookedAccount>, StoreError> {
        let mut accounts: Vec<BookedAccount> = Vec::new();
        for export in exports {
            self.each(
                "SELECT r.account, min(r.purpose),
                     sum(CASE WHEN r.amount_ore > 0 THEN r.amount_ore ELSE 0 END),
                     sum(CASE WHEN r.amount_ore < 0 THEN -r.amount_ore ELSE 0 END)
                 FROM booked_voucher v
                 JOIN booked_row r ON r.subject_id = v.subject_id AND r.part = v.part
                 WHERE v.export_id = $1 GROUP BY r.account ORDER BY r.account",
                values![*export],
                &mut |row| {
                    let (number, debit, credit) = (row.get(0)?, row.get(2)?, row.get(3)?);
                    match accounts.iter_mut().find(|account| account.number == number) {
                        Some(account) => {
                            account.debit += debit;
                            account.credit += credit;
                        }
                        None => {
                            let purpose = row.get(1)?;
                            accounts.push(BookedAccount { number, purpose, debit, credit });
                        }
                    }
                    Ok(())
                },
            )?;
        }
        accounts.sort_by_key(|account| account.number);
        Ok(accounts)
    }

    /// Returns the first and the last day of the vouchers of some exports.
    pub fn booked_days(
        &self,
        exports: &[i64],
    ) -> Result<Option<(NaiveDate, NaiveDate)>, StoreError> {
        let mut days: Option<(NaiveDate, NaiveDate)> = None;
        for export in exports {
            let found = self.find(
                "SELECT min(dated_on), max(dated_on) FROM booked_voucher WHERE export_id = $1",
                values![*export],
                |row| {
                    let (first, last): (Option<NaiveDate>, Option<NaiveDate>) =
                        (row.get(0)?, row.get(1)?);
                    Ok(first.zip(last))
                },
            )?;
            days = match (days, found.flatten()) {
                (Some((first, last)), Some(other)) => Some((first.min(other.0), last.max(other.1))),
                (days, found) => days.or(found),
            };
        }
        Ok(days)
    }

    /// Hands over the vouchers of one export in the order of their numbers.
    pub fn each_booked_voucher(
        &self,
        export: i64,
        each: &mut dyn FnMut(&BookedVoucher),
    ) -> Result<(), StoreError> {
        let mut open: Option<BookedVoucher> = None;
        self.each(
            "SELECT v.number, v.dated_on, v.text, r.account, r.amount_ore
             FROM booked_voucher v
             JOIN booked_row r ON r.subject_id = v.subject_id AND r.part = v.part
             WHERE v.export_id = $1 ORDER BY v.number, r.position",
            values![export],
            &mut |row| {
                let number = row.get(0)?;
                if open.as_ref().is_none_or(|voucher| voucher.number != number) {
                    let (dated_on, text) = (row.get(1)?, row.get(2)?);
                    let next = BookedVoucher { number, dated_on, text, rows: Vec::new() };
                    if let Some(voucher) = open.replace(next) {
                        each(&voucher);
                    }
                }
                if let Some(voucher) = &mut open {
                    voucher.rows.push((row.get(3)?, row.get(4)?));
                }
                Ok(())
            },
        )?;
        if let Some(voucher) = open {
            each(&voucher);
        }
        Ok(())
    }
}

fn read_export(row: &Row<'_>) -> Result<BookExport, DriverError> {
    Ok(BookExport {
        id: row.get(0)?,
        period: BookPeriod { from: row.get(1)?, to: row.get(2)? },
        exported_at: row.get(3)?,
        vouchers: row.get(4)?,
        first_number: row.get(5)?,
        last_number: row.get(6)?,
        is_again: row.get(7)?,
    })
}

#[cfg(test)]
mod tests;
