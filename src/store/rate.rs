//! Reference rates that the office has entered beside those carried in the program.

use chrono::NaiveDate;
use serde_json::{Value as Json, json};

use super::driver::values;
use super::seller::SHOP;
use super::{DriverError, StoreError, Tx};
use crate::domain::event::EventKind;
use crate::domain::invoice::InvoiceNumber;
use crate::domain::reference_rate::{HalfYear, Rate, Rates, ReferenceRate};

impl Tx<'_> {
    /// Returns the reference rates that are known: those carried in the program and those entered.
    pub fn rates(&self) -> Result<Rates, StoreError> {
        let added = self.rows(
            "SELECT from_on, rate, source FROM reference_rate ORDER BY from_on",
            &[],
            |row| {
                let (from, hundredths): (NaiveDate, i64) = (row.get(0)?, row.get(1)?);
                let rate = i32::try_from(hundredths).map(Rate::from_hundredths);
                let damaged = |_| DriverError::Corrupt(format!("{hundredths} is no rate"));
                Ok((HalfYear::of(from), rate.map_err(damaged)?, row.get(2)?))
            },
        )?;
        Ok(Rates::carried().with_added(added))
    }

    /// Enters the reference rate of a half-year, in place of `before` if that is known.
    pub fn add_rate(
        &self,
        half_year: HalfYear,
        rate: Rate,
        source: &str,
        before: Option<&ReferenceRate>,
    ) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO reference_rate (from_on, rate, source) VALUES ($1, $2, $3)
             ON CONFLICT (from_on) DO UPDATE SET rate = excluded.rate, source = excluded.source",
            values![half_year.first_day(), i64::from(rate.hundredths()), *source],
        )?;
        let fields = |rate: Rate, source: &str| json!({ "rate": rate.plain(), "source": source });
        let before = before.map_or(Json::Null, |known| fields(known.rate, &known.source));
        let about = half_year.first_day().to_string();
        self.record(EventKind::RateAdded, SHOP, &about, before, fields(rate, source))
    }

    /// Returns an invoice on which interest was charged for days of a half-year, if there is one.
    pub fn interest_charged_in(
        &self,
        half_year: HalfYear,
    ) -> Result<Option<InvoiceNumber>, StoreError> {
        self.find(
            "SELECT i.number FROM ledger_entry e JOIN invoice i ON i.id = e.invoice_id
             WHERE e.kind = 'late_interest' AND e.reverses_id IS NULL
                 AND e.value_on >= $1 AND i.due_on < $2
             ORDER BY i.number LIMIT 1",
            values![half_year.first_day(), half_year.last_day()],
            |row| row.get(0).map(InvoiceNumber),
        )
    }
}
