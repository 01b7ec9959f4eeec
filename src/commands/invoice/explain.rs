//! How an invoice was settled, entry by entry, and how its late interest is counted.

use anyhow::Result;

use crate::domain::interest::{Segment, on_invoice};
use crate::domain::invoice::Invoice;
use crate::domain::ledger::{Entry, EntryKind, Standing};
use crate::domain::money::Money;
use crate::domain::receivable::{InvoiceState, entry_words};
use crate::render::sheet::{Cell, Grid, Sheet, column};
use crate::store::Tx;

/// Returns how far an invoice is settled as a cell.
pub fn state(state: InvoiceState) -> Cell {
    Cell::Word { stored: state.as_str(), shown: state.to_string() }
}

/// Adds what has settled an invoice, what is left of it and why, and its interest by segment.
pub fn settlement(
    tx: &Tx<'_>,
    invoice: &Invoice,
    standing: &Standing,
    sheet: Sheet,
) -> Result<Sheet> {
    let mut sheet = sheet.list("entries", "Paid, charged and given up", entries(standing));
    let (due_on, today) = (invoice.draft.due_on, tx.today());
    let accrued = on_invoice(standing, due_on, today, &tx.rates()?);
    let segments = accrued.as_ref().map_or(&[][..], |accrued| &accrued.segments);
    sheet = sheet.list("interest", "Late interest", interest(segments));
    sheet = sheet.list("reminders", "Payment reminders", reminders(tx, invoice)?);
    if !standing.entries.is_empty() {
        sheet = sheet.sentence(sum_told(standing));
    }
    if standing.left() > Money::ZERO && due_on < today {
        let days = today.signed_duration_since(due_on).num_days();
        let days = if days == 1 { "1 day".to_owned() } else { format!("{days} days") };
        let left = standing.left();
        sheet = sheet.sentence(format!("{left} kronor was due on {due_on}, {days} ago."));
    }
    let charged = standing.sum_of(EntryKind::LateInterest);
    match accrued {
        Ok(accrued) if accrued.sum > Money::ZERO => {
            let sum = accrued.sum;
            sheet = sheet.sentence(format!(
                "Late interest through {today} comes to {sum} kronor, of which {charged} kronor is \
                 charged: on what was left of the invoice itself each day, by actual days over 365, \
                 rounded once."
            ));
        }
        Ok(_) => {}
        Err(error) => {
            sheet = sheet.sentence(format!(
                "Late interest is not told: {error}; `shopctl seller rate add` enters one."
            ));
        }
    }
    Ok(sheet)
}

/// Returns the reminders of an invoice as rows: what each asked for, and how far its mail has come.
fn reminders(tx: &Tx<'_>, invoice: &Invoice) -> Result<Grid> {
    let mut grid = Grid::new(&[
        column("level", "Level"),
        column("reminded_on", "Date"),
        column("pay_by", "Pay by"),
        column("capital", "Capital"),
        column("fees", "Fees"),
        column("interest", "Interest"),
        column("mail", "Mail"),
        column("status", "Status"),
    ]);
    for reminder in tx.reminders_of(invoice.id)? {
        let mail = tx.mail_of_reminder(reminder.id)?;
        grid.rows.push(vec![
            Cell::Integer(reminder.level),
            Cell::Date(reminder.reminded_on),
            Cell::Date(reminder.pay_by),
            Cell::Money(reminder.capital),
            Cell::Money(reminder.fees),
            Cell::Money(reminder.interest),
            Cell::maybe(mail.as_ref().map(|mail| mail.id.0)),
            Cell::maybe(mail.as_ref().map(|mail| mail.status.as_str())),
        ]);
    }
    Ok(grid)
}

fn entries(standing: &Standing) -> Grid {
    let mut grid = Grid::new(&[
        column("booked_on", "Date"),
        column("kind", "Kind"),
        column("payment", "Payment"),
        column("amount", "Amount"),
        column("reason", "Reason"),
    ]);
    let mut by_day: Vec<&Entry> = standing.entries.iter().collect();
    by_day.sort_by_key(|entry| entry.booked_on);
    for entry in by_day {
        let shown = entry_words(entry.kind, entry.reverses.is_some());
        grid.rows.push(vec![
            Cell::Date(entry.booked_on),
            Cell::Word { stored: entry.kind.as_str(), shown },
            Cell::maybe(entry.payment.map(|payment| payment.0)),
            Cell::Money(entry.amount),
            Cell::maybe(entry.reason.clone()),
        ]);
    }
    grid
}

fn interest(segments: &[Segment]) -> Grid {
    let mut grid = Grid::new(&[
        column("from", "From"),
        column("to", "Through"),
        column("days", "Days"),
        column("capital", "On"),
        column("rate", "Yearly rate"),
        column("amount", "Interest"),
    ]);
    for segment in segments {
        grid.rows.push(vec![
            Cell::Date(segment.from),
            Cell::Date(segment.to),
            Cell::Integer(segment.days),
            Cell::Money(segment.capital),
            Cell::Rate(segment.rate),
            Cell::Money(segment.amount),
        ]);
    }
    grid
}

/// Says in one sentence how what is left came about.
fn sum_told(standing: &Standing) -> String {
    let parts = [
        (standing.credited, "credited"),
        (standing.paid(), "paid"),
        (standing.given_up(), "given up"),
    ];
    let mut sum = format!("{} kronor", standing.total);
    if standing.claimed() != Money::ZERO {
        sum.push_str(&format!(" and {} kronor in fees and interest", standing.claimed()));
    }
    for (amount, what) in parts.into_iter().filter(|(amount, _)| *amount != Money::ZERO) {
        sum.push_str(&format!(", less {amount} kronor {what}"));
    }
    if sum == format!("{} kronor", standing.left()) {
        return format!("{sum} is left.");
    }
    format!("{sum}: {} kronor is left.", standing.left())
}
