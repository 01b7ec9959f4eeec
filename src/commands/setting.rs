//! `setting`: the few rules of the shop that the office may choose.

use anyhow::Result;
use clap::Args;

use crate::app::{App, ChangeArgs, Done, parse_line};
use crate::domain::setting::{Setting, ShopSettings};
use crate::error::Failure;
use crate::render::sheet::{Cell, Sheet, column};

/// List what the office has chosen
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  shopctl setting list\n  shopctl setting list --json")]
pub struct ListArgs {}

/// Choose a value
///
/// What has been decided by the former value stays: a notice keeps the last day it was measured
/// against.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl setting set renewal_reminders on
  shopctl setting set renewal_invoice_days 14")]
pub struct SetArgs {
    /// The setting's name, as `shopctl setting list` shows it
    #[arg(value_name = "NAME")]
    pub setting: Setting,
    /// One of its choices, as `shopctl setting list` shows them
    #[arg(value_parser = parse_line)]
    value: String,
    #[command(flatten)]
    change: ChangeArgs,
}

/// What is said when the last day for notice of everything that runs is found in another way.
const DEADLINES_MOVE: &str = "the last day for notice of every running subscription is counted so \
                              from now on; the conditions that customers accepted should say the same";

pub fn list(app: &mut App, _args: &ListArgs) -> Result<()> {
    list_of(app, Setting::all())
}

/// Lists some of the settings.
pub fn list_of(app: &mut App, wanted: impl IntoIterator<Item = Setting>) -> Result<()> {
    let mut list = app.list(&[
        column("name", "Setting"),
        column("value", "Value"),
        column("choices", "Choices"),
        column("meaning", "What it decides"),
    ])?;
    let settings = app.read(|tx| Ok(tx.shop_settings()?))?;
    for setting in wanted {
        list.row(vec![
            Cell::text(setting.as_str()),
            Cell::Text(settings.value(setting)),
            Cell::text(setting.choices()),
            Cell::text(setting.meaning()),
        ])?;
    }
    list.finish("no settings")
}

pub fn set(app: &mut App, args: &SetArgs) -> Result<()> {
    app.change(&args.change, |tx| {
        let wanted = tx.shop_settings()?.with(args.setting, &args.value);
        let settings = wanted.map_err(|words| {
            Failure::refused("bad_value", words)
                .hint("`shopctl setting list` shows the choices of each")
        })?;
        let is_changed = tx.choose(args.setting, &settings.value(args.setting))?;
        let mut done = Done::with(sheet(args.setting, &settings));
        if is_changed && args.setting.moves_deadlines() {
            done.warnings.push(DEADLINES_MOVE.to_owned());
        }
        Ok(done)
    })
}

fn sheet(setting: Setting, settings: &ShopSettings) -> Sheet {
    Sheet::default()
        .fact("name", "Setting", setting.as_str())
        .fact("value", "Value", settings.value(setting))
        .fact("meaning", "What it decides", setting.meaning())
}
