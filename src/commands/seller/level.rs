//! `seller level`: the steps by which customers are reminded of unpaid invoices.

use anyhow::Result;
use clap::Args;

use crate::app::{App, ChangeArgs, Done, parse_number};
use crate::domain::conditions::Wording;
use crate::domain::money::Money;
use crate::domain::payment_reminder::{Charge, FEE_MAX, Level, parse_text};
use crate::error::Failure;
use crate::render::sheet::{Cell, Sheet, column, spare};
use crate::store::Tx;

/// List the levels of payment reminders
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  shopctl seller level list\n  shopctl seller level list --json"
)]
pub struct ListArgs {}

/// Add a level of payment reminders, or change one
///
/// What is not given stays as it is; a new level needs its days and both texts. A fee is at most 60
/// kronor, and may be asked for only where it was agreed before the debt arose. The compensation of 450
/// kronor between traders needs no agreement, is asked for once an invoice, and stands in for fees:
/// those asked for before are counted off it, and none are asked for after it. A reminder gives eight days
/// to pay, or through the day before the next level has its own where that comes sooner; a last day on
/// which banks are closed moves to the next banking day.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl seller level set 2 --days 14 --fee 60
  shopctl seller level set 3 --compensation
  shopctl seller level set 4 --days 10 --text-sv 'Hör av er till oss.' --text-en 'Please call us.'")]
pub struct SetArgs {
    /// The number of the level; levels are sent in their order
    #[arg(value_name = "LEVEL", value_parser = parse_number)]
    level: i64,
    /// Days from the due date, or from the sending of the level before
    #[arg(long, value_name = "D", value_parser = clap::value_parser!(u32).range(1..=365))]
    days: Option<u32>,
    /// The reminder fee, at most 60 kronor; 0 for none
    #[arg(long, value_name = "A", allow_negative_numbers = true, conflicts_with = "compensation")]
    fee: Option<Money>,
    /// Ask for the compensation for late payment, 450 kronor less the fees before
    #[arg(long)]
    compensation: bool,
    /// What it says in Swedish, a paragraph a line
    #[arg(long, value_name = "T", value_parser = parse_text)]
    text_sv: Option<String>,
    /// What it says in English, a paragraph a line
    #[arg(long, value_name = "T", value_parser = parse_text)]
    text_en: Option<String>,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Remove a level of payment reminders
///
/// Reminders that were sent at it stay. Without any level nobody is reminded.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  shopctl seller level remove 3\n  shopctl seller level remove 3 -n"
)]
pub struct RemoveArgs {
    /// The number of the level
    #[arg(value_name = "LEVEL", value_parser = parse_number)]
    level: i64,
    #[command(flatten)]
    change: ChangeArgs,
}

/// What is said where a fee is put on a level.
const AGREED: &str = "a reminder fee may be asked for only where it was agreed before the debt arose; \
                      the conditions that customers accept should name it";

pub fn list(app: &mut App, _args: &ListArgs) -> Result<()> {
    let mut list = app.list(&[
        column("level", "Level"),
        column("days", "Days"),
        column("fee", "Fee"),
        column("compensation", "Compensation"),
        column("text_sv", "Swedish"),
        spare("text_en", "English"),
    ])?;
    for level in app.read(|tx| Ok(tx.reminder_levels()?))? {
        list.row(vec![
            Cell::Integer(level.number),
            Cell::Integer(i64::from(level.days)),
            fee(&level),
            Cell::Truth(level.charge == Charge::Compensation),
            Cell::Text(level.text.sv),
            Cell::Text(level.text.en),
        ])?;
    }
    list.finish("no levels, so nobody is reminded of unpaid invoices")
}

pub fn set(app: &mut App, args: &SetArgs) -> Result<()> {
    app.change(&args.change, |tx| {
        let level = wanted(args, find(tx, args.level)?)?;
        let is_changed = tx.set_reminder_level(&level)?;
        let mut done = Done::with(sheet(&level));
        if is_changed && args.fee.is_some() && matches!(level.charge, Charge::Fee(_)) {
            done.warnings.push(AGREED.to_owned());
        }
        Ok(done)
    })
}

pub fn remove(app: &mut App, args: &RemoveArgs) -> Result<()> {
    app.change(&args.change, |tx| {
        let Some(level) = find(tx, args.level)? else {
            let words = format!("there is no reminder level {}", args.level);
            return Err(Failure::refused("unknown_level", words)
                .hint("`shopctl seller level list` lists them")
                .into());
        };
        tx.remove_reminder_level(&level)?;
        Ok(Done::with(sheet(&level)))
    })
}

fn find(tx: &Tx<'_>, number: i64) -> Result<Option<Level>> {
    Ok(tx.reminder_levels()?.into_iter().find(|level| level.number == number))
}

/// Returns the level that the arguments ask for, made from the one there is.
fn wanted(args: &SetArgs, known: Option<Level>) -> Result<Level> {
    let charge = match args.fee {
        Some(fee) if fee > FEE_MAX => {
            let words = format!("a reminder fee is at most {FEE_MAX} kronor, and {fee} were given");
            return Err(Failure::refused("fee_too_high", words)
                .hint("lag (1981:739) 4 § sets the most; `--compensation` asks for 450 once")
                .into());
        }
        Some(Money::ZERO) => Some(Charge::Nothing),
        Some(fee) => Some(Charge::Fee(fee)),
        None => args.compensation.then_some(Charge::Compensation),
    };
    let (sv, en) = (args.text_sv.clone(), args.text_en.clone());
    if let Some(known) = known {
        return Ok(Level {
            number: known.number,
            days: args.days.unwrap_or(known.days),
            charge: charge.unwrap_or(known.charge),
            text: Wording { sv: sv.unwrap_or(known.text.sv), en: en.unwrap_or(known.text.en) },
        });
    }
    let (Some(days), Some(sv), Some(en)) = (args.days, sv, en) else {
        let words = format!("there is no reminder level {}, and a new one needs more", args.level);
        return Err(Failure::refused("level_incomplete", words)
            .hint("give `--days`, `--text-sv` and `--text-en`")
            .into());
    };
    let charge = charge.unwrap_or(Charge::Nothing);
    Ok(Level { number: args.level, days, charge, text: Wording { sv, en } })
}

fn fee(level: &Level) -> Cell {
    match level.charge {
        Charge::Fee(fee) => Cell::Money(fee),
        Charge::Nothing | Charge::Compensation => Cell::Empty,
    }
}

fn sheet(level: &Level) -> Sheet {
    Sheet::default()
        .fact("level", "Level", level.number)
        .fact("days", "Days", i64::from(level.days))
        .fact("fee", "Fee", fee(level))
        .fact("compensation", "Compensation", Cell::Truth(level.charge == Charge::Compensation))
        .fact("text_sv", "Swedish", level.text.sv.as_str())
        .fact("text_en", "English", level.text.en.as_str())
}
