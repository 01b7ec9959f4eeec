//! What stands in the books through the day to which they are locked.

use chrono::NaiveDate;

use super::sum;
use crate::domain::books::BookPeriod;
use crate::domain::money::{Money, VatRate};
use crate::domain::vat_report::VatSums;
use crate::store::ledger::property::play::all_days;
use crate::store::{StoreError, Tx};

/// What must not change while the books are locked.
#[derive(Debug, PartialEq, Eq)]
pub struct Locked {
    pub through: NaiveDate,
    /// What is issued, received and entered on those days.
    rows: [Money; 3],
    receivables: Money,
    vat: Vec<(VatRate, VatSums)>,
}

impl Locked {
    /// Returns what stands in the books now, if they are locked.
    pub fn of(tx: &Tx<'_>) -> Result<Option<Locked>, StoreError> {
        let Some(through) = tx.books_locked_through()? else { return Ok(None) };
        let counted = |columns: &str, day: &str| {
            sum(tx, &format!("SELECT {columns} WHERE {day} <= '{through}'"))
        };
        let report = tx.vat_report(BookPeriod { from: all_days().from, to: through })?;
        Ok(Some(Locked {
            through,
            rows: [
                counted("count(*) FROM invoice", "issued_on"),
                counted("count(*) FROM payment", "booked_on"),
                counted("count(*) FROM ledger_entry", "booked_on"),
            ],
            receivables: tx.receivables(through)?.total().sum(),
            vat: report.by_rate().map(|(rate, sums)| (rate, *sums)).collect(),
        }))
    }
}
