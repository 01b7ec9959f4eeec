//! `report series`: which numbers are used, and whether one is missing.

use anyhow::Result;
use clap::Args;

use crate::app::App;
use crate::render::sheet::{Cell, column, spare};

/// Show the series of numbers and whether any is missing
///
/// Credit notes are numbered among the invoices. A number is given in the change that uses it, so that
/// none can be missing; a missing one means that the file was altered from outside. What a restore left
/// out, because customers may hold those numbers, is told apart.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  shopctl report series\n  shopctl report series --json")]
pub struct SeriesArgs {}

pub fn series(app: &mut App, _args: &SeriesArgs) -> Result<()> {
    let all = app.read(|tx| Ok(tx.series()?))?;

    let mut list = app.list(&[
        column("series", "Series"),
        column("first", "First"),
        column("last", "Last"),
        column("used", "Used"),
        column("missing", "Missing"),
        column("missing_numbers", "Which"),
        spare("left_out", "Left out by a restore"),
    ])?;
    let mut missing = 0;
    for (name, series) in all {
        missing += series.missing();
        list.row(vec![
            Cell::text(name),
            Cell::maybe(series.first),
            Cell::maybe(series.last),
            Cell::Integer(series.used),
            Cell::Integer(series.missing()),
            Cell::maybe(series.missing_words()),
            Cell::maybe(series.left_out_words()),
        ])?;
    }
    list.finish("")?;
    if missing > 0 {
        app.warn(format!(
            "{missing} numbers are missing, so the store was altered by something else than shopctl; \
             `shopctl store check` looks for what"
        ));
    }
    Ok(())
}
