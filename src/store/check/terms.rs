//! Each term is billed once (R14).

use chrono::NaiveDate;

use super::Found;
use crate::domain::check::{Area, Finding};
use crate::store::driver::Row;
use crate::store::{DriverError, StoreError, Tx};

/// A line by which a term is billed and that is not credited in full. What a licence that grew costs more
/// for the rest of its term is none.
struct Billed {
    subscription: i64,
    start: NaiveDate,
    end: NaiveDate,
    invoice: i64,
    has_term: bool,
}

impl Tx<'_> {
    pub(super) fn check_terms(&self, each: Found<'_>) -> Result<(), StoreError> {
        let mut before: Option<Billed> = None;
        self.each(
            "SELECT s.number, l.period_start, l.period_end, i.number,
                 CASE WHEN t.invoice_id IS NULL THEN 0 ELSE 1 END
             FROM invoice_line l
             JOIN invoice i ON i.id = l.invoice_id AND i.kind = 'invoice'
             JOIN subscription s ON s.id = l.subscription_id
             LEFT JOIN term t ON t.subscription_id = l.subscription_id
                 AND t.start_on = l.period_start AND t.invoice_id = l.invoice_id
             WHERE l.period_start IS NOT NULL
                 AND l.invoice_id NOT IN (SELECT g.invoice_id FROM licence_enlargement g)
                 AND (l.net_ore = 0 OR l.net_ore > (SELECT coalesce(sum(c.net_ore), 0)
                     FROM invoice n JOIN invoice_line c ON c.invoice_id = n.id
                     WHERE n.credits_id = l.invoice_id AND c.credited_position = l.position))
                 AND (l.net_ore <> 0 OR t.invoice_id IS NOT NULL)
             ORDER BY s.number, l.period_start, i.number",
            &[],
            &mut |row| {
                let billed = read_billed(row)?;
                let Billed { subscription, start, invoice, .. } = billed;
                let about = format!("subscription {subscription}");
                if let Some(before) = before.as_ref().filter(|before| before.meets(&billed)) {
                    let what = format!(
                        "the term from {start} is billed twice, by invoices {} and {invoice}",
                        before.invoice
                    );
                    each(Finding::new(Area::Term, about.clone(), what));
                }
                if !billed.has_term {
                    let what =
                        format!("invoice {invoice} bills a term from {start} that is not there");
                    each(Finding::new(Area::Term, about, what));
                }
                before = Some(billed);
                Ok(())
            },
        )?;
        self.check_terms_are_billed(each)
    }

    fn check_terms_are_billed(&self, each: Found<'_>) -> Result<(), StoreError> {
        self.each(
            "SELECT s.number, t.start_on
             FROM term t
             JOIN subscription s ON s.id = t.subscription_id
             LEFT JOIN invoice_line l ON l.invoice_id = t.invoice_id
                 AND l.subscription_id = t.subscription_id AND l.period_start = t.start_on
             WHERE l.invoice_id IS NULL ORDER BY t.subscription_id, t.start_on",
            &[],
            &mut |row| {
                let (number, start): (i64, NaiveDate) = (row.get(0)?, row.get(1)?);
                let what = format!("the term from {start} stands on no invoice");
                each(Finding::new(Area::Term, format!("subscription {number}"), what));
                Ok(())
            },
        )?;
        self.each(
            "SELECT s.number, s.billed_through, max(t.end_on)
             FROM subscription s JOIN term t ON t.subscription_id = s.id
             GROUP BY s.id, s.number, s.billed_through
             HAVING max(t.end_on) > s.billed_through ORDER BY s.id",
            &[],
            &mut |row| {
                let (through, end): (NaiveDate, NaiveDate) = (row.get(1)?, row.get(2)?);
                let what = format!("it is billed through {end}, and says {through}");
                each(Finding::new(
                    Area::Term,
                    format!("subscription {}", row.get::<i64>(0)?),
                    what,
                ));
                Ok(())
            },
        )
    }
}

impl Billed {
    /// Says whether the next line bills some of the same days.
    fn meets(&self, next: &Billed) -> bool {
        self.subscription == next.subscription && next.start < self.end
    }
}

fn read_billed(row: &Row<'_>) -> Result<Billed, DriverError> {
    Ok(Billed {
        subscription: row.get(0)?,
        start: row.get(1)?,
        end: row.get(2)?,
        invoice: row.get(3)?,
        has_term: row.get(4)?,
    })
}
