//! `report`: sums over months, as a table, as bars or for programs.

pub mod fetches;
pub mod receivables;
pub mod series;
pub mod vat;

use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::Arc;

use anyhow::Result;
use chrono::{Datelike, Months, NaiveDate};
use clap::Args;

use crate::app::{App, Format};
use crate::domain::product::{Product, ProductId, Sku};
use crate::domain::report::{Movement, RecurringReport, RenewalReport, Renewals, Span};
use crate::domain::term::parse_date;
use crate::error::Failure;
use crate::render::chart::{Bar, bars};
use crate::render::sheet::{Cell, Column, column};
use crate::store::{DueBy, DueCursor, Tx};

/// Show the renewals of each month, billed and to come, with their sums
///
/// A renewal counts in the month in which its term begins: with what was billed, or else with the
/// price expected as things stand today, excluding VAT. A subscription with notice given counts as
/// ending in the month in which it would have renewed.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl report renewals --chart
  shopctl report renewals --from 2027-01-01 --to 2027-12-31 --by-product --json")]
pub struct RenewalsArgs {
    /// The first day; today unless given
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    from: Option<NaiveDate>,
    /// The last day; a year after the first unless given
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    to: Option<NaiveDate>,
    /// Only renewals of this product
    #[arg(long, value_name = "SKU")]
    product: Option<Sku>,
    /// A row for each product of a month
    #[arg(long)]
    by_product: bool,
    /// Draw bars in place of the table, on a terminal or with --format table: what is billed solid,
    /// what is to come light
    #[arg(long)]
    chart: bool,
}

/// Show what running subscriptions are worth a year, and how that moved by month
///
/// Each counts with the price of its term times 12 over the term's months, excluding VAT, on the last
/// day of each month. What opened a month, plus what is new and the expansion, minus the contraction and
/// what ended (churn), plus the price effect, is what closes it. Expansion is what a licence put on a bigger
/// product is worth more, from the day on which it is in force; the renewal adds only what changed since.
/// Contraction is what one put on a smaller product is worth less, from its next term on. Cancelled is what
/// notices received in the month will end, when their day comes. A term that another shop billed counts at the agreed price, or else at the price list's.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl report recurring --chart
  shopctl report recurring --from 2026-01-01 --to 2026-12-31 --format csv")]
pub struct RecurringArgs {
    /// The first day; the first of the month eleven months ago unless given, or of the first month
    /// since then in which anything ran
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    from: Option<NaiveDate>,
    /// The last day; today unless given, and never later
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    to: Option<NaiveDate>,
    /// Draw a bar for each month in place of the table, on a terminal or with --format table
    #[arg(long)]
    chart: bool,
}

/// How many subscriptions are looked at together.
const PAGE: i64 = 1000;

const RENEWAL_COLUMNS: [Column; 7] = [
    column("month", "Month"),
    column("sku", "Product"),
    column("billed", "Billed"),
    column("billed_net", "Sum billed"),
    column("coming", "To come"),
    column("coming_net", "Sum expected"),
    column("ending", "Ending"),
];

const RECURRING_COLUMNS: [Column; 11] = [
    column("month", "Month"),
    column("opening", "Opening"),
    column("new", "New"),
    column("expansion", "Expansion"),
    column("contraction", "Contraction"),
    column("ended", "Ended"),
    column("price_effect", "Price effect"),
    column("closing", "Closing"),
    column("running", "Running"),
    column("notices", "Notices"),
    column("cancelled", "Cancelled"),
];

pub fn renewals(app: &mut App, args: &RenewalsArgs) -> Result<()> {
    let from = args.from.unwrap_or(app.today());
    let year_on = from.checked_add_months(Months::new(12)).and_then(|day| day.pred_opt());
    let mut report = RenewalReport::new(from, args.to.or(year_on).unwrap_or(from))?;
    let parked = app.read(|tx| {
        if let Some(sku) = &args.product {
            tx.product(sku)?;
        }
        gather_renewals(tx, args.product.as_ref(), &mut report)?;
        Ok(tx.refused_renewals()?.iter().filter(|one| one.is_parked()).count())
    })?;
    if report.unpriced > 0 {
        let words = "renewals to come have no price on their first day, and count without one";
        app.warn(format!("{} {words}", report.unpriced));
    }
    if parked > 0 {
        let words = "subscriptions whose renewal is parked are not counted as to come";
        app.warn(format!("{parked} {words}; `shopctl status` names them"));
    }

    let rows: Vec<(Span, Option<&Sku>, Renewals)> = match args.by_product {
        true => report.by_product().map(|(span, sku, sums)| (span, Some(sku), sums)).collect(),
        false => report.by_month().map(|(span, sums)| (span, None, sums)).collect(),
    };
    if args.chart && app.format()? == Format::Table {
        let drawn: Vec<Bar> = rows.iter().map(renewal_bar).collect();
        return draw(app, &drawn, "█ billed  ░ to come");
    }
    let mut list = app.list(&columns_of(args.by_product))?;
    for (span, sku, sums) in rows {
        let mut row = vec![Cell::Text(span.to_string())];
        row.extend(sku.map(|sku| Cell::text(sku.as_str())));
        row.extend(renewal_cells(&sums));
        list.row(row)?;
    }
    list.finish("no renewals in these months")?;
    if app.format()? == Format::Table {
        let total: Renewals = report.by_month().map(|(_, sums)| sums).sum();
        app.say(&format!(
            "from {} to {}: {} billed, {} kronor; {} to come, {} kronor; {} ending",
            report.from(),
            report.to(),
            total.billed,
            total.billed_net,
            total.coming,
            total.coming_net,
            total.ending
        ));
    }
    Ok(())
}

fn gather_renewals(tx: &Tx<'_>, wanted: Option<&Sku>, report: &mut RenewalReport) -> Result<()> {
    let (from, to) = (report.from(), report.to());
    let is_wanted = |sku: &Sku| wanted.is_none_or(|wanted| wanted == sku);
    tx.each_billed_renewal(from, to, &mut |sku, day, net| {
        if is_wanted(sku) {
            report.add_billed(sku, day, net);
        }
    })?;
    for (sku, day, count) in tx.endings(from, to)? {
        if is_wanted(&sku) {
            report.add_ending(&sku, day, count);
        }
    }
    let (settings, catalogue) = (tx.shop_settings()?, catalogue(tx)?);
    let by = DueBy { as_of: to, settings: &settings, catalogue: &catalogue };
    let mut cursor = None;
    loop {
        let page = tx.subscriptions_due(&by, cursor, PAGE)?;
        let Some(last) = page.last() else { return Ok(()) };
        let (billed_through, id) = (last.subscription.billed_through, last.subscription.id);
        cursor = Some(DueCursor { billed_through, id });
        for due in page.into_iter().filter(|due| is_wanted(&due.product.sku)) {
            report.add_coming(due, &settings);
        }
    }
}

fn catalogue(tx: &Tx<'_>) -> Result<HashMap<ProductId, Arc<Product>>> {
    let products = tx.products()?.into_iter();
    Ok(products.map(|product| (product.id, Arc::new(product))).collect())
}

fn columns_of(by_product: bool) -> Vec<Column> {
    let columns = RENEWAL_COLUMNS.into_iter();
    columns.filter(|column| by_product || column.key != "sku").collect()
}

fn renewal_cells(sums: &Renewals) -> [Cell; 5] {
    [
        Cell::Integer(sums.billed),
        Cell::Money(sums.billed_net),
        Cell::Integer(sums.coming),
        Cell::Money(sums.coming_net),
        Cell::Integer(sums.ending),
    ]
}

fn renewal_bar((span, sku, sums): &(Span, Option<&Sku>, Renewals)) -> Bar {
    let net = sums.billed_net + sums.coming_net;
    Bar {
        label: sku.map_or_else(|| span.to_string(), |sku| format!("{span}  {sku}")),
        solid: sums.billed_net.ore(),
        light: sums.coming_net.ore(),
        shown: format!("{net}  ({})", sums.billed + sums.coming),
    }
}

pub fn recurring(app: &mut App, args: &RecurringArgs) -> Result<()> {
    let today = app.today();
    let to = args.to.unwrap_or(today);
    if to > today {
        let words =
            format!("{to} lies ahead, and what the subscriptions will be worth then is not known");
        let hint = "`shopctl report renewals` shows what is to come";
        return Err(Failure::refused("not_yet", words).hint(hint).into());
    }
    let year_back = to.with_day(1).and_then(|day| day.checked_sub_months(Months::new(11)));
    let mut report = RecurringReport::new(args.from.or(year_back).unwrap_or(to), to)?;
    let taken_over = app.read(|tx| {
        let (eve, catalogue) = (report.eve(), catalogue(tx)?);
        let mut taken_over: i64 = 0;
        tx.each_course(eve, &catalogue, &mut |course, is_taken_over| {
            taken_over += i64::from(is_taken_over);
            report.add(course);
        })?;
        Ok(taken_over)
    })?;

    if args.from.is_none() {
        let first = report.months.iter().position(|movement| !movement.is_empty());
        report.months.drain(..first.unwrap_or(report.months.len().saturating_sub(1)));
    }
    if args.chart && app.format()? == Format::Table {
        let drawn: Vec<Bar> = report.months.iter().map(recurring_bar).collect();
        draw(app, &drawn, "")?;
    } else {
        let mut list = app.list(&RECURRING_COLUMNS)?;
        for movement in &report.months {
            list.row(recurring_row(movement))?;
        }
        list.finish("")?;
    }
    if taken_over > 0 {
        app.say(&format!(
            "another shop billed the first terms of {taken_over}: those count from the day each began, \
             at the agreed price or else the price list's"
        ));
    }
    Ok(())
}

fn recurring_row(movement: &Movement) -> Vec<Cell> {
    vec![
        Cell::Text(movement.span.to_string()),
        Cell::Money(movement.opening),
        Cell::Money(movement.new),
        Cell::Money(movement.expansion),
        Cell::Money(movement.contraction),
        Cell::Money(movement.ended),
        Cell::Money(movement.price_effect),
        Cell::Money(movement.closing),
        Cell::Integer(movement.running),
        Cell::Integer(movement.notices),
        Cell::Money(movement.cancelled),
    ]
}

fn recurring_bar(movement: &Movement) -> Bar {
    Bar {
        label: movement.span.to_string(),
        solid: movement.closing.ore(),
        light: 0,
        shown: format!("{}  ({})", movement.closing, movement.running),
    }
}

/// Draws bars as wide as the screen, with what they mean below them.
fn draw(app: &App, drawn: &[Bar], legend: &str) -> Result<()> {
    let is_painted = app.terminal.has_colour && app.terminal.shows_tables;
    let mut text = bars(drawn, app.terminal.width, is_painted);
    if !legend.is_empty() {
        text.push_str(legend);
        text.push('\n');
    }
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}
