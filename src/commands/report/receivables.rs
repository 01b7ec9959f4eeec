//! `report receivables`: what customers owe, and for how long.

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;

use super::draw;
use crate::app::{App, Format};
use crate::domain::receivable::{Age, Aged, Receivables};
use crate::domain::term::parse_date;
use crate::error::Failure;
use crate::render::chart::Bar;
use crate::render::sheet::{Cell, column};

/// Show what each account owes, by how long ago it was due
///
/// It counts what invoices, credit notes and everything booked up to the end of the day leave to pay,
/// fees and interest that were charged included. On its due date an invoice is not late yet. What was
/// paid in and settles nothing is no part of it.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl report receivables --chart
  shopctl report receivables --as-of 2026-12-31 --format csv")]
pub struct ReceivablesArgs {
    /// At the end of this day; today unless given, and never later
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    as_of: Option<NaiveDate>,
    /// A row for each age in place of one for each account
    #[arg(long)]
    by_age: bool,
    /// Draw a bar for each age in place of the table, on a terminal or with --format table
    #[arg(long)]
    chart: bool,
}

pub fn receivables(app: &mut App, args: &ReceivablesArgs) -> Result<()> {
    let today = app.today();
    let as_of = args.as_of.unwrap_or(today);
    if as_of > today {
        let words = format!("{as_of} lies ahead, and what will be paid until then is not known");
        let hint = "`shopctl invoice list --unpaid` shows when each is due";
        return Err(Failure::refused("not_yet", words).hint(hint).into());
    }
    let owed = app.read(|tx| Ok(tx.receivables(as_of)?))?;

    if args.chart && app.format()? == Format::Table {
        let bars: Vec<Bar> = Age::ALL.iter().map(|age| bar(*age, owed.total())).collect();
        return draw(app, &bars, "");
    }
    match args.by_age {
        true => list_ages(app, owed.total()),
        false => list_accounts(app, &owed),
    }
}

fn list_accounts(app: &App, owed: &Receivables) -> Result<()> {
    let mut list = app.list(&[
        column("org_number", "Account"),
        column("name", "Name"),
        column("not_due", "Not due"),
        column("days_1_30", "1–30 days"),
        column("days_31_60", "31–60"),
        column("days_61_90", "61–90"),
        column("days_over_90", "Over 90"),
        column("sum", "Sum"),
    ])?;
    for (debtor, aged) in owed.accounts() {
        let mut row = vec![Cell::Text(debtor.org_number.masked()), Cell::text(&*debtor.name)];
        row.extend(Age::ALL.iter().map(|age| Cell::Money(aged.sum_of(*age))));
        row.push(Cell::Money(aged.sum()));
        list.row(row)?;
    }
    list.finish("nobody owes anything")?;
    let total = owed.total();
    if app.format()? == Format::Table && total.count() > 0 {
        let invoices = match total.count() {
            1 => "1 invoice".to_owned(),
            count => format!("{count} invoices"),
        };
        let (as_of, sum, late) = (owed.as_of, total.sum(), total.late());
        app.say(&format!(
            "at the end of {as_of}: {sum} kronor on {invoices}, {late} kronor of it late"
        ));
    }
    Ok(())
}

fn list_ages(app: &App, total: &Aged) -> Result<()> {
    let mut list =
        app.list(&[column("age", "Age"), column("invoices", "Invoices"), column("sum", "Sum")])?;
    for age in Age::ALL {
        list.row(vec![
            Cell::Word { stored: age.as_str(), shown: age.shown().to_owned() },
            Cell::Integer(total.count_of(age)),
            Cell::Money(total.sum_of(age)),
        ])?;
    }
    list.finish("")
}

fn bar(age: Age, total: &Aged) -> Bar {
    let sum = total.sum_of(age);
    Bar {
        label: age.shown().to_owned(),
        solid: sum.ore(),
        light: 0,
        shown: format!("{sum}  ({})", total.count_of(age)),
    }
}
