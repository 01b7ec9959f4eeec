//! The imports of the past, of accounts and of subscriptions: listed, shown and taken back.

use anyhow::Result;
use clap::Args;

use super::file::sheet;
use crate::app::{App, ChangeArgs, Done, Question, parse_number};
use crate::commands::time;
use crate::domain::import::ImportKind;
use crate::error::Failure;
use crate::render::sheet::{Cell, column};
use crate::store::{ImportRecord, Tx};

/// List the imports
#[derive(Debug, Args)]
pub struct ListArgs {}

/// Show an import and how to take it back
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The number of the import
    #[arg(value_parser = parse_number)]
    number: i64,
}

/// Take an import back, unless something was built on it
#[derive(Debug, Args)]
pub struct UndoArgs {
    /// The number of the import
    #[arg(value_parser = parse_number)]
    number: i64,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Lists the imports that `noun` lists.
pub fn list(app: &mut App, noun: &str, _args: &ListArgs) -> Result<()> {
    let mut list = app.list(&[
        column("number", "Import"),
        column("imported_at", "When"),
        column("kind", "Of"),
        column("file", "File"),
        column("created", "Created"),
        column("updated", "Updated"),
        column("unchanged", "Unchanged"),
        column("refused", "Refused"),
        column("undone_at", "Undone"),
    ])?;
    let records = app.read(|tx| Ok(tx.imports()?))?;
    for record in records.into_iter().filter(|record| record.kind.noun() == noun) {
        list.row(vec![
            Cell::Integer(record.id),
            time(record.imported_at),
            Cell::text(record.kind.as_str()),
            Cell::Text(record.file_name),
            Cell::Integer(record.created),
            Cell::Integer(record.updated),
            Cell::Integer(record.unchanged),
            Cell::Integer(record.refused),
            Cell::maybe(record.undone_at.map(time)),
        ])?;
    }
    list.finish("no imports")
}

pub fn show(app: &mut App, noun: &str, args: &ShowArgs) -> Result<()> {
    let (record, head, written) = app.read(|tx| {
        let record = import_of(tx, noun, args.number)?;
        let (head, _) = tx.operation_head(record.operation)?;
        let written = tx.written_by(record.operation)?;
        Ok((record, head, written))
    })?;
    let mut sheet = sheet(&record)
        .fact("imported_at", "When", time(record.imported_at.clone()))
        .fact("actor", "Who", head.actor)
        .fact("op", "Operation", record.operation)
        .fact("undone_at", "Undone", Cell::maybe(record.undone_at.clone().map(time)));
    if record.undone_at.is_none() {
        sheet = sheet.sentence(format!(
            "`shopctl {noun} imports undo {}` takes it back, unless something was built on it.",
            record.id
        ));
    }
    let kinds: Vec<String> =
        written.by_kind.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
    sheet = sheet.sentence(kinds.join("; "));
    app.show(&sheet)
}

pub fn undo(app: &mut App, noun: &str, args: &UndoArgs) -> Result<()> {
    app.change(&args.change, |tx| {
        let record = import_of(tx, noun, args.number)?;
        tx.undo_import(&record)?;
        let mut done = Done::with(sheet(&tx.import(args.number)?));
        let because =
            format!("Import {} of {}: {}.", record.id, record.file_name, what_it_did(&record));
        done.questions.push(Question { because, ask: "Take it back?" });
        Ok(done)
    })
}

/// Returns an import if it is one that `noun` lists.
fn import_of(tx: &Tx<'_>, noun: &str, number: i64) -> Result<ImportRecord> {
    let record = tx.import(number)?;
    let owner = record.kind.noun();
    if owner != noun {
        let words = format!("import {number} is one of {}", record.kind);
        let hint = format!("`shopctl {owner} imports show {number}` shows it");
        return Err(Failure::refused("other_import", words).hint(hint).into());
    }
    Ok(record)
}

fn what_it_did(record: &ImportRecord) -> String {
    match record.kind {
        ImportKind::Accounts => {
            format!("accounts made {}, updated {}", record.created, record.updated)
        }
        ImportKind::Members => {
            format!("memberships begun {}, ended {}", record.created, record.updated)
        }
        ImportKind::Subscriptions => format!("subscriptions taken over {}", record.created),
    }
}
