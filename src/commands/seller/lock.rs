//! `seller lock-books`: the day through which nothing is dated any more.

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;

use crate::app::{App, ChangeArgs, Done, Question, parse_reason};
use crate::domain::term::parse_date;
use crate::error::Failure;
use crate::render::sheet::Sheet;

/// Lock the books: nothing is dated on or before the day any more
///
/// A payment of an earlier day is booked on the day it is entered. What is in no SIE file yet keeps its
/// day in a file of days that were never exported; what came in after its day had been exported is
/// dated the day after the lock. Opening days again takes a reason.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl seller lock-books 2026-03-31
  shopctl seller lock-books 2026-02-28 --reason 'the auditor corrects March'")]
pub struct LockArgs {
    /// The last day that is locked
    #[arg(value_name = "DATE", value_parser = parse_date)]
    day: NaiveDate,
    /// Why days that were locked are opened again
    #[arg(long, value_name = "TEXT", value_parser = parse_reason)]
    reason: Option<String>,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn lock(app: &mut App, args: &LockArgs) -> Result<()> {
    let (day, today) = (args.day, app.today());
    if day >= today {
        let words = format!("{day} is not over, and what happens on it must be dated some day");
        let eve = today.pred_opt().unwrap_or(today);
        let hint = format!("the books can be locked through {eve} at the latest");
        return Err(Failure::refused("not_over", words).hint(hint).into());
    }
    app.change(&args.change, |tx| {
        let before = tx.books_locked_through()?;
        let reopened = before.filter(|before| day < *before);
        if let (Some(before), None) = (reopened, &args.reason) {
            let words = format!("the books are locked through {before}, and {day} is before that");
            let hint = "`--reason TEXT` says why days are opened again";
            return Err(Failure::refused("reason_missing", words).hint(hint).into());
        }

        let unexported = tx.count_unexported(day)?;
        let is_changed = tx.lock_books(day, args.reason.as_deref())?;
        let mut done =
            Done::with(Sheet::default().fact("books_locked_through", "Books locked through", day));
        if is_changed {
            done.questions.push(question(day, reopened, unexported));
        }
        Ok(done)
    })
}

fn question(day: NaiveDate, reopened: Option<NaiveDate>, unexported: i64) -> Question {
    if let Some(before) = reopened {
        let because = format!("the days after {day}, up to {before}, would be open again");
        return Question { because, ask: "Open them again?" };
    }
    let mut because = format!("nothing can be dated on or before {day} after this");
    if unexported > 0 {
        because.push_str(&format!(
            "; in no SIE file yet up to that day: {unexported} vouchers, of which those of days that \
             were exported before will be dated after it"
        ));
    }
    Question { because, ask: "Lock the books?" }
}
