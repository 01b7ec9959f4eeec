//! `audit`: what happened, by whom, and proof that nothing was altered since.

use anyhow::Result;
use clap::Args;

use crate::app::{App, events, parse_number};
use crate::commands::time;
use crate::domain::personal_data::ERASED;
use crate::error::{Failure, Status};
use crate::render::sheet::{Cell, Grid, Sheet, column};

/// List events, newest first
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  shopctl audit list --limit 20\n  shopctl audit list --format csv"
)]
pub struct ListArgs {
    /// At most this many
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = parse_number)]
    limit: i64,
}

/// Show one operation: who, when, with which command, and all it did
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  shopctl audit show 3\n  shopctl audit show 3 --json")]
pub struct ShowArgs {
    /// The operation's number, as `shopctl audit list` shows it
    #[arg(value_name = "OP", value_parser = parse_number)]
    operation: i64,
}

/// Check the whole chain of events
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  shopctl audit verify\n  shopctl audit verify --json")]
pub struct VerifyArgs {}

/// Show the end of the chain, to be kept elsewhere
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  shopctl audit head\n  shopctl audit head --json")]
pub struct HeadArgs {}

pub fn list(app: &mut App, args: &ListArgs) -> Result<()> {
    let mut list = app.list(&[
        column("seq", "Event"),
        column("at", "When"),
        column("actor", "Who"),
        column("kind", "What"),
        column("number", "Of"),
        column("change", "Change"),
        column("op", "Operation"),
    ])?;
    for (event, head) in app.read(|tx| Ok(tx.recent_events(args.limit)?))? {
        let payload = event.payload.as_ref();
        list.row(vec![
            Cell::Integer(event.seq),
            time(head.shop_time),
            Cell::Text(head.actor),
            events::kind(&event),
            Cell::maybe(payload.map(|payload| payload.about.clone())),
            events::told(&event),
            Cell::Integer(event.operation),
        ])?;
    }
    list.finish("nothing has happened yet")
}

pub fn show(app: &mut App, args: &ShowArgs) -> Result<()> {
    let mut grid = Grid::new(&[
        column("seq", "Event"),
        column("kind", "What"),
        column("number", "Of"),
        column("change", "Change"),
    ]);
    let (head, begun) = app.read(|tx| {
        let found = tx.operation_head(args.operation)?;
        tx.each_event_of(args.operation, &mut |event| {
            let payload = event.payload.as_ref();
            grid.rows.push(vec![
                Cell::Integer(event.seq),
                events::kind(&event),
                Cell::maybe(payload.map(|payload| payload.about.clone())),
                events::told(&event),
            ]);
            Ok(())
        })?;
        Ok(found)
    })?;
    let note = begun.as_ref().and_then(|begun| begun.after.get("note"));
    let note = note.and_then(|note| note.as_str()).map(str::to_owned);
    let command = begun.map_or_else(|| ERASED.to_owned(), |begun| begun.about);
    let sheet = Sheet::default()
        .fact("op", "Operation", args.operation)
        .fact("actor", "Who", head.actor)
        .fact("shop_time", "When", time(head.shop_time))
        .fact("machine_time", "Machine's time", time(head.machine_time))
        .fact("program", "Program", head.program)
        .fact("command", "Command", command)
        .fact("note", "Note", Cell::maybe(note))
        .list("events", "Events", grid);
    app.show(&sheet)
}

pub fn verify(app: &mut App, _args: &VerifyArgs) -> Result<()> {
    let (count, findings) = app.read(|tx| Ok(tx.verify_chain()?))?;
    let mut grid = Grid::new(&[column("seq", "Event"), column("what", "Finding")]);
    grid.rows = findings
        .iter()
        .map(|finding| vec![Cell::Integer(finding.seq), Cell::text(finding.what)])
        .collect();
    let verdict = if findings.is_empty() { "the chain is whole" } else { "the chain is broken" };
    let sheet = Sheet::default()
        .fact("events", "Events", count)
        .fact("verdict", "Verdict", verdict)
        .list("findings", "Findings", grid);
    app.show(&sheet)?;
    if findings.is_empty() {
        return Ok(());
    }
    let words = match findings.len() {
        1 => "1 event is not as it was written".to_owned(),
        count => format!("{count} events are not as they were written"),
    };
    Err(Failure::new(Status::Refused, "chain_broken", words)
        .hint("keep this file, and compare it with a backup")
        .into())
}

pub fn head(app: &mut App, _args: &HeadArgs) -> Result<()> {
    let head = app.read(|tx| Ok(tx.head()?))?;
    let hash: String = head.hash.iter().map(|byte| format!("{byte:02x}")).collect();
    app.show(&Sheet::default().fact("seq", "Event", head.seq).fact("hash", "Hash", hash))
}
