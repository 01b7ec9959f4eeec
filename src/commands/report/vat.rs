//! `report vat`: what VAT was charged, given back and written off, by rate.

use anyhow::Result;
use chrono::{Datelike, Months, NaiveDate};
use clap::Args;

use crate::app::{App, Format};
use crate::domain::books::BookPeriod;
use crate::domain::report::SpanError;
use crate::domain::term::parse_date;
use crate::render::sheet::{Cell, Column, column, spare};

/// Show the VAT of some days by rate, as it stands in the books
///
/// What invoices charge, and what credit notes and write-offs give back. It agrees to the öre with the SIE files of the same days: what is in a file counts on the day it has
/// there, all else on the day it would have today. Amounts given back stand below zero. A write-off
/// counts as far as it takes back VAT, which is a setting. Fees and late interest bear no VAT.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl report vat
  shopctl report vat --from 2026-01-01 --to 2026-03-31 --format csv")]
pub struct VatArgs {
    /// The first day; that of last month unless given
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    from: Option<NaiveDate>,
    /// The last day; that of the first day's month unless given
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    to: Option<NaiveDate>,
}

const COLUMNS: [Column; 9] = [
    column("vat_rate", "VAT %"),
    spare("invoiced", "Invoiced"),
    column("invoiced_vat", "VAT of it"),
    spare("credited", "Credited"),
    column("credited_vat", "VAT of it"),
    spare("written_off", "Written off"),
    column("written_off_vat", "VAT of it"),
    column("net", "Net"),
    column("vat", "VAT"),
];

pub fn vat(app: &mut App, args: &VatArgs) -> Result<()> {
    let from = args.from.unwrap_or_else(|| last_month(app.today()));
    let to = args.to.unwrap_or_else(|| month_end(from));
    if to < from {
        return Err(SpanError::Backwards { from, to }.into());
    }
    let period = BookPeriod { from, to };
    let (report, is_exporting) =
        app.read(|tx| Ok((tx.vat_report(period)?, tx.books()?.first_day().is_some())))?;

    let mut list = app.list(&COLUMNS)?;
    for (rate, sums) in report.by_rate() {
        let all = sums.all();
        list.row(vec![
            Cell::Integer(i64::from(rate.percent())),
            Cell::Money(sums.invoiced.net),
            Cell::Money(sums.invoiced.vat),
            Cell::Money(sums.credited.net),
            Cell::Money(sums.credited.vat),
            Cell::Money(sums.written_off.net),
            Cell::Money(sums.written_off.vat),
            Cell::Money(all.net),
            Cell::Money(all.vat),
        ])?;
    }
    list.finish("nothing with VAT in these days")?;
    if app.format()? == Format::Table && report.counted > 0 {
        let all = report.total().all();
        app.say(&format!("from {from} to {to}: VAT {} kronor, on {} kronor net", all.vat, all.net));
    }
    if is_exporting && report.unexported > 0 {
        let words = format!(
            "in no SIE file yet: {} of the {} vouchers counted here",
            report.unexported, report.counted
        );
        app.warn(words);
    }
    Ok(())
}

/// Returns the first day of the month before that of `day`.
fn last_month(day: NaiveDate) -> NaiveDate {
    let first = day.with_day(1).expect("every month has a first day");
    first.checked_sub_months(Months::new(1)).unwrap_or(first)
}

fn month_end(day: NaiveDate) -> NaiveDate {
    let first = day.with_day(1).expect("every month has a first day");
    let next = first.checked_add_months(Months::new(1)).and_then(|next| next.pred_opt());
    next.unwrap_or(day)
}
