//! `undo`: an operation taken back, as far as nothing was built on it.

use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate};
use clap::Args;

use crate::app::{App, ChangeArgs, Done, Question, parse_number};
use crate::commands::wall_time;
use crate::domain::staff::Role;
use crate::effects::clock::day_of;
use crate::render::sheet::{Cell, Sheet};

/// Undo an operation: an import, an edit, a notice, a price, billing details
///
/// All of it is taken back or nothing. What was issued is credited and never undone; mails that have
/// left are beyond recall and are listed. Staff undo what they did themselves the same day, an
/// administrator anything.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  shopctl undo 12 -n\n  shopctl undo 12 --note 'the wrong file'"
)]
pub struct UndoArgs {
    /// The operation's number, as `shopctl audit list` shows it
    #[arg(value_name = "OP", value_parser = parse_number)]
    operation: i64,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn undo(app: &mut App, args: &UndoArgs) -> Result<()> {
    let (head, begun) = app.read(|tx| Ok(tx.operation_head(args.operation)?))?;
    let is_own = head.actor == app.actor && day(&head.shop_time) == Some(app.today());
    if !is_own {
        app.require(Role::Admin)
            .context("staff undo only what they did themselves, and only on the same day")?;
    }
    let command = begun.map(|begun| begun.about);
    app.change(&args.change, |tx| {
        let undone = tx.undo_operation(args.operation)?;
        let because = format!(
            "Operation {} by {} at {}: {}",
            args.operation,
            head.actor,
            wall_time(&head.shop_time),
            command.as_deref().unwrap_or("(erased)")
        );
        let beyond_recall = undone.beyond_recall.iter();
        let warnings = beyond_recall
            .map(|mail| format!("mail {} to {} is beyond recall", mail.id.0, mail.recipient))
            .collect();
        let sheet = Sheet::default()
            .fact("op", "Operation", args.operation)
            .fact("command", "Command", Cell::maybe(command.clone()))
            .fact("beyond_recall", "Mails beyond recall", undone.beyond_recall.len() as i64);
        let questions = vec![Question { because, ask: "Take it back?" }];
        Ok(Done { questions, warnings, ..Done::with(sheet) })
    })
}

/// Returns the day of the shop on which something was done.
fn day(shop_time: &str) -> Option<NaiveDate> {
    DateTime::parse_from_rfc3339(shop_time).ok().map(|time| day_of(time.to_utc()))
}
