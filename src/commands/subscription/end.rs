//! `subscription end`: the office ends a subscription, as after a bankruptcy.

use anyhow::Result;
use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use crate::app::{App, ChangeArgs, Done, Question, parse_number, parse_reason};
use crate::domain::notice;
use crate::domain::subscription::Subscription;
use crate::domain::term::parse_date;
use crate::store::Tx;

use super::notice::{refusal, tense};
use super::show;
use super::withdraw::{self, Withdrawn};

/// End a subscription sooner than notice would, as after a bankruptcy
///
/// The day given is the first without access: with --on 2026-10-01 the last day of access is
/// 2026-09-30. It may lie in the past, not before the first day of the subscription, nor after what is
/// billed. No notice is needed for it, and it cannot be reinstated.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl subscription end 1001 --on 2026-10-01 --credit none --reason bankruptcy -n
  shopctl subscription end 1001 --on 2026-10-01 --credit rest --reason 'merged into 556016-0680'")]
pub struct EndArgs {
    /// The number of the subscription
    #[arg(value_parser = parse_number)]
    number: i64,
    /// The first day on which it no longer runs
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    on: NaiveDate,
    /// What is given back of what is billed from that day on
    #[arg(long, value_name = "WHAT")]
    credit: Credit,
    /// Why it ends
    #[arg(long, value_name = "TEXT", value_parser = parse_reason)]
    reason: String,
    #[command(flatten)]
    change: ChangeArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Credit {
    /// Nothing: all that is billed stays to be paid
    None,
    /// The rest of the running term by days, and terms not begun in full
    Rest,
}

pub fn end(app: &mut App, args: &EndArgs) -> Result<()> {
    app.change(&args.change, |tx| {
        let subscription = tx.subscription(args.number)?;
        notice::end(&subscription, args.on, tx.today())
            .map_err(|error| refusal(args.number, "ended", error))?;

        tx.end_subscription(&subscription, args.on, &args.reason)?;
        let withdrawn = match args.credit {
            Credit::None => Vec::new(),
            Credit::Rest => withdraw::rest(tx, &subscription, args.on)?,
        };

        let because = explanation(tx, args, &subscription, &withdrawn);
        let mut done = Done::with(show::sheet_of(tx, &tx.subscription(args.number)?)?);
        done.summary = (args.change.yes || args.change.dry_run).then(|| because.clone());
        done.questions.push(Question { because, ask: "End this subscription?" });
        Ok(done)
    })
}

fn explanation(
    tx: &Tx<'_>,
    args: &EndArgs,
    subscription: &Subscription,
    withdrawn: &[Withdrawn],
) -> String {
    let (number, on) = (args.number, args.on);
    let (ends, is) = tense(on, tx.today());
    let mut sentences = vec![match on.pred_opt().filter(|_| on > subscription.rhythm.anchor) {
        Some(last_day) => format!(
            "Subscription {number} {ends} on {on}, and the last day of access {is} {last_day}."
        ),
        None => format!("Subscription {number} {ends} on {on}, its first day, and gave no access."),
    }];
    sentences.extend(withdrawn.iter().map(Withdrawn::told));
    if withdrawn.is_empty() {
        let through = subscription.billed_through.pred_opt().unwrap_or(on);
        sentences
            .push(format!("Nothing is credited; it stays billed up to and including {through}."));
    }
    sentences.join(" ")
}
