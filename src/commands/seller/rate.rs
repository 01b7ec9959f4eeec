//! `seller rate`: the reference rates that late interest is counted by.

use anyhow::Result;
use clap::Args;

use crate::app::{App, ChangeArgs, Done, parse_reason};
use crate::domain::interest::POINTS_ABOVE;
use crate::domain::reference_rate::{HalfYear, Origin, Rate, ReferenceRate};
use crate::error::Failure;
use crate::render::sheet::{Cell, Sheet, column};
use crate::store::Tx;

/// List the reference rates that are known, newest first
///
/// The Riksbank sets one for each half-year. Late interest is 8 points above it.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  shopctl seller rate list\n  shopctl seller rate list --json")]
pub struct ListArgs {}

/// Enter the reference rate of a half-year
///
/// The Riksbank publishes it in the days before the half-year begins. A rate that the program carries
/// from an official source stays as it is, and so does one that interest has been charged by; a rate
/// that the program carries as unconfirmed can be entered with its source.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl seller rate add 2027-01-01 --rate 2.00 --source 'SFS 2026:1402'
  shopctl seller rate add 2027-07-01 --rate=-0.50 --source riksbank.se -n")]
pub struct AddArgs {
    /// The first day of the half-year, 1 January or 1 July
    #[arg(value_name = "FROM")]
    from: HalfYear,
    /// The reference rate in per cent, without the 8 points
    #[arg(long, value_name = "P", allow_negative_numbers = true)]
    rate: Rate,
    /// Where it was published
    #[arg(long, value_name = "TEXT", value_parser = parse_reason)]
    source: String,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn list(app: &mut App, _args: &ListArgs) -> Result<()> {
    let mut list = app.list(&[
        column("from", "From"),
        column("to", "To"),
        column("rate", "Reference rate"),
        column("late_interest", "Late interest"),
        column("origin", "Origin"),
        column("source", "Source"),
    ])?;
    let rates = app.read(|tx| Ok(tx.rates()?))?;
    for known in rates.iter().rev() {
        list.row(vec![
            Cell::Date(known.half_year.first_day()),
            Cell::Date(known.half_year.last_day()),
            Cell::Rate(known.rate),
            Cell::Rate(known.rate.raised_by(POINTS_ABOVE)),
            Cell::text(known.origin.as_str()),
            Cell::text(&*known.source),
        ])?;
    }
    list.finish("no reference rates")
}

pub fn add(app: &mut App, args: &AddArgs) -> Result<()> {
    app.change(&args.change, |tx| {
        let rates = tx.rates()?;
        let known = rates.find(args.from);
        if !known.is_some_and(|known| is_same(known, args)) {
            refuse_known(tx, known)?;
            tx.add_rate(args.from, args.rate, &args.source, known)?;
        }
        Ok(Done::with(
            Sheet::default()
                .fact("from", "From", args.from.first_day())
                .fact("to", "To", args.from.last_day())
                .fact("rate", "Reference rate", Cell::Rate(args.rate))
                .fact(
                    "late_interest",
                    "Late interest",
                    Cell::Rate(args.rate.raised_by(POINTS_ABOVE)),
                )
                .fact("source", "Source", args.source.as_str()),
        ))
    })
}

fn is_same(known: &ReferenceRate, args: &AddArgs) -> bool {
    known.origin == Origin::Added && known.rate == args.rate && known.source == args.source
}

/// Refuses to put another rate in the place of one that is certain or has been used.
fn refuse_known(tx: &Tx<'_>, known: Option<&ReferenceRate>) -> Result<()> {
    let Some(ReferenceRate { half_year, rate, source, origin }) = known else { return Ok(()) };
    if *origin == Origin::Carried {
        let words = format!("the reference rate for {half_year} is known: {rate}, {source}");
        return Err(Failure::refused("rate_known", words)
            .hint("`shopctl seller rate list` lists them")
            .into());
    }
    if let Some(invoice) = tx.interest_charged_in(*half_year)? {
        let words = format!(
            "the reference rate for {half_year}, {rate}, stays: interest on invoice {invoice} was \
             charged by it"
        );
        return Err(Failure::refused("rate_used", words)
            .hint(format!("`shopctl invoice show {invoice}` shows the interest"))
            .into());
    }
    Ok(())
}
