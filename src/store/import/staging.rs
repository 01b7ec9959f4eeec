//! The temporary tables that a file is read into: its rows, and what is wrong with them.

use super::super::driver::values;
use super::super::{DriverError, StoreError, Tx};
use crate::domain::account::{Account, AccountKey};
use crate::domain::import::ImportKind;
use crate::domain::org_number::OrgNumber;
use crate::domain::succession::Succession;

/// Why a row of a file is not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowProblem {
    /// The physical line on which the row begins.
    pub line: i64,
    /// The field at fault, or `None` where it is the row as a whole.
    pub field: Option<String>,
    pub value: String,
    pub reason: String,
    /// Whether the row is refused, or only passed over.
    pub is_refused: bool,
}

impl RowProblem {
    /// Returns a problem for which a row is refused.
    pub fn new(line: i64, field: &str, value: String, reason: String) -> RowProblem {
        RowProblem { line, field: Some(field.to_owned()), value, reason, is_refused: true }
    }

    /// Returns why a row is passed over, which is no fault of the file.
    pub fn passed_over(line: i64, field: &str, value: String, reason: String) -> RowProblem {
        RowProblem { is_refused: false, ..RowProblem::new(line, field, value, reason) }
    }
}

impl Tx<'_> {
    /// Makes the temporary tables ready for a file.
    pub fn begin_staging(&self, kind: ImportKind) -> Result<(), StoreError> {
        self.execute("DROP TABLE IF EXISTS import_row", &[])?;
        self.execute("DROP TABLE IF EXISTS import_problem", &[])?;
        self.execute(
            "CREATE TEMPORARY TABLE import_problem (
                 line INTEGER NOT NULL, field TEXT, value TEXT NOT NULL, reason TEXT NOT NULL,
                 refused INTEGER NOT NULL)",
            &[],
        )?;
        self.execute(
            match kind {
                ImportKind::Accounts => {
                    "CREATE TEMPORARY TABLE import_row (
                         line INTEGER PRIMARY KEY, org_number TEXT NOT NULL, email TEXT,
                         email_key TEXT, member INTEGER, name TEXT, contact TEXT,
                         invoice_email TEXT, care_of TEXT, street TEXT, postal_code TEXT,
                         city TEXT, country TEXT, language TEXT, reference TEXT,
                         vat_number TEXT)"
                }
                ImportKind::Members => {
                    "CREATE TEMPORARY TABLE import_row (
                         line INTEGER PRIMARY KEY, account_id INTEGER NOT NULL,
                         member INTEGER NOT NULL, from_on TEXT NOT NULL)"
                }
                ImportKind::Subscriptions => {
                    "CREATE TEMPORARY TABLE import_row (
                         line INTEGER PRIMARY KEY, account_id INTEGER NOT NULL,
                         is_new INTEGER NOT NULL, org_number TEXT NOT NULL, sku TEXT NOT NULL,
                         anchor TEXT NOT NULL, last_day TEXT NOT NULL, invoice_email TEXT,
                         reference TEXT, agreed_ore INTEGER, notice_on TEXT)"
                }
            },
            &[],
        )?;
        Ok(())
    }

    /// Returns the account that a number in a file leads to, and how, if it is a former one's.
    pub(super) fn account_led_to(
        &self,
        number: &OrgNumber,
    ) -> Result<Option<(Account, Option<Succession>)>, StoreError> {
        match self.account_or_former(&AccountKey::OrgNumber(number.clone())) {
            Err(StoreError::Unknown { .. }) => Ok(None),
            found => found.map(Some),
        }
    }

    /// Keeps a problem with a row of the file, however many there are.
    pub fn stage_problem(&self, problem: &RowProblem) -> Result<(), DriverError> {
        self.driver.execute(
            "INSERT INTO import_problem (line, field, value, reason, refused)
             VALUES ($1, $2, $3, $4, $5)",
            values![problem.line, problem.field, problem.value, problem.reason, problem.is_refused],
        )?;
        Ok(())
    }

    /// Hands the problems over by line, at most `limit`.
    pub fn each_problem(
        &self,
        limit: i64,
        each: &mut dyn FnMut(RowProblem) -> Result<(), DriverError>,
    ) -> Result<(), StoreError> {
        self.each(
            "SELECT line, field, value, reason, refused FROM import_problem
             ORDER BY line, reason LIMIT $1",
            values![limit],
            &mut |row| {
                each(RowProblem {
                    line: row.get(0)?,
                    field: row.get(1)?,
                    value: row.get(2)?,
                    reason: row.get(3)?,
                    is_refused: row.get(4)?,
                })
            },
        )
    }

    /// Returns how many rows of the file are refused.
    pub fn count_refused(&self) -> Result<i64, StoreError> {
        self.integer("SELECT count(DISTINCT line) FROM import_problem WHERE refused = 1", &[])
    }

    /// Returns how many problems there are, of which a row may have several.
    pub fn count_all_problems(&self) -> Result<i64, StoreError> {
        self.integer("SELECT count(*) FROM import_problem", &[])
    }

    /// Drops the staged rows that were found bad.
    pub fn unstage_problems(&self) -> Result<(), StoreError> {
        self.execute(
            "DELETE FROM import_row WHERE line IN (SELECT line FROM import_problem)",
            &[],
        )?;
        Ok(())
    }
}
