//! `find`: whatever the caller on the telephone says first.

use anyhow::Result;
use clap::Args;

use crate::app::App;
use crate::error::{Failure, Status};
use crate::render::sheet::{Cell, column};

/// How many of each kind are shown.
const FOUND_MAX: usize = 50;

/// Find by name, number, e-mail, OCR, invoice, order, payment or amount
///
/// A payment is also found by the payer's whole name or bank account, and by the bank's own reference.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  shopctl find stockholms stad\n  shopctl find 100164")]
pub struct FindArgs {
    /// What to look for; several words are one text
    #[arg(required = true)]
    words: Vec<String>,
}

pub fn find(app: &mut App, args: &FindArgs) -> Result<()> {
    let words = args.words.join(" ");
    let found = app.read(|tx| Ok(tx.find_anything(&words, FOUND_MAX)?))?;
    let mut list = app.list(&[
        column("kind", "Kind"),
        column("key", "Number"),
        column("text", "What"),
        column("command", "Command"),
    ])?;
    let is_empty = found.is_empty();
    for hit in found {
        let command = format!("shopctl {} show {}", hit.noun, hit.key);
        list.row(vec![
            Cell::text(hit.noun),
            Cell::Text(hit.key),
            Cell::Text(hit.text),
            Cell::Text(command),
        ])?;
    }
    list.finish("")?;
    if is_empty {
        let words = format!("nothing is called `{words}`");
        return Err(Failure::new(Status::NotFound, "not_found", words)
            .hint("try part of the name, the number alone, or the whole e-mail address")
            .into());
    }
    Ok(())
}
