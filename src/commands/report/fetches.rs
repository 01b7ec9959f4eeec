//! `report fetches`: how often each agreement was fetched, month by month, and by which right.

use std::collections::BTreeMap;

use anyhow::Result;
use chrono::{Datelike, Days, NaiveDate};
use clap::Args;

use crate::app::App;
use crate::commands::daily::day_of_instant;
use crate::domain::report::SpanError;
use crate::domain::term::parse_date;
use crate::render::sheet::{Cell, column};

/// Show how often agreements were fetched, by agreement and month
///
/// A fetch is by a login that proved its password, or by staff for a reason; of the logins' it is told how
/// many were under a licence.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl report fetches
  shopctl report fetches --from 2026-01-01 --to 2026-03-31 --format csv")]
pub struct FetchesArgs {
    /// The first day; that of the year unless given
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    from: Option<NaiveDate>,
    /// The last day; today unless given
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    to: Option<NaiveDate>,
}

/// How many fetches there were, of one agreement in one month.
#[derive(Default)]
struct Count {
    all: i64,
    by_login: i64,
    under_licence: i64,
}

pub fn fetches(app: &mut App, args: &FetchesArgs) -> Result<()> {
    let to = args.to.unwrap_or(app.today());
    let from = args.from.unwrap_or_else(|| to.with_ordinal(1).unwrap_or(to));
    if to < from {
        return Err(SpanError::Backwards { from, to }.into());
    }
    let mut counts: BTreeMap<(String, String), Count> = BTreeMap::new();
    app.read(|tx| {
        // The store keeps instants of UTC, whose day may be the day before or after the shop's.
        let (after, before) = (from - Days::new(1), to + Days::new(2));
        tx.each_fetch(after, before, &mut |fetch| {
            let day = day_of_instant(&fetch.fetched_at).filter(|day| (from..=to).contains(day));
            if let Some(day) = day {
                let key = (day.format("%Y-%m").to_string(), fetch.code.to_string());
                let count = counts.entry(key).or_default();
                count.all += 1;
                count.by_login += i64::from(fetch.by_login);
                count.under_licence += i64::from(fetch.by_login && fetch.under_licence);
            }
            Ok(())
        })?;
        Ok(())
    })?;

    let mut list = app.list(&[
        column("month", "Month"),
        column("agreement", "Agreement"),
        column("fetches", "Fetches"),
        column("by_login", "By login"),
        column("under_licence", "Under licence"),
        column("by_staff", "By staff"),
    ])?;
    for ((month, agreement), count) in counts {
        list.row(vec![
            Cell::Text(month),
            Cell::Text(agreement),
            Cell::Integer(count.all),
            Cell::Integer(count.by_login),
            Cell::Integer(count.under_licence),
            Cell::Integer(count.all - count.by_login),
        ])?;
    }
    list.finish("nothing was fetched in these days")
}
