//! `daily`: what cron calls at night, under one lock, with one summary.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::Result;
use clap::Args;

use crate::app::{App, ChangeArgs, Lock};
use crate::commands::mail::SendArgs;
use crate::commands::send::{self, Outcome};
use crate::commands::subscription::{self, RenewArgs, RenewalBatch};
use crate::error::{Failure, Status, tell};
use crate::render::sheet::{Cell, Sheet};

/// How long a second run waits for the first, unless `--wait` says otherwise.
const WAIT_SECONDS: u32 = 600;

/// Do the night's work: renew what is due, then send what waits
///
/// Made for cron: with -q it says nothing when all is well. A second run at the same time waits for
/// the first and then does nothing.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  shopctl daily -q\n  shopctl daily -n")]
pub struct DailyArgs {
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn daily(app: &mut App, args: &DailyArgs) -> Result<()> {
    app.global.wait.get_or_insert(WAIT_SECONDS);
    let renewal_args = RenewArgs::nightly(args.change.clone());
    if args.change.dry_run {
        subscription::renew(app, &renewal_args)?;
        return if app.wants_json()? { Ok(()) } else { send::foretell(app, &SendArgs::default()) };
    }
    app.read(|_| Ok(()))?;
    let Some(_lock) = wait_for_lock(app)? else {
        app.say("another `shopctl daily` was at work and has finished; this one did nothing");
        return Ok(());
    };

    let renewed = renew(app, &renewal_args);
    let sent = send::run(app, &SendArgs::default());
    app.record(|tx| Ok(tx.finish_daily()?))?;

    summarise(app, &renewed, &sent)?;
    verdict(renewed, sent)
}

fn renew(app: &mut App, args: &RenewArgs) -> Result<RenewalBatch> {
    let batch = subscription::prepare(app, args)?;
    app.record_each(batch)
}

/// Takes the lock of the nightly run; `None` when another run held it and has ended meanwhile.
fn wait_for_lock(app: &App) -> Result<Option<Lock>> {
    let lock = app.lock("daily")?;
    if lock.take()? {
        return Ok(Some(lock));
    }
    let started = Instant::now();
    let patience = Duration::from_secs(u64::from(app.global.wait.unwrap_or(WAIT_SECONDS)));
    while started.elapsed() < patience {
        thread::sleep(Duration::from_millis(100));
        if lock.take()? {
            return Ok(None);
        }
    }
    let words = "another `shopctl daily` is still at work";
    Err(Failure::new(Status::Busy, "busy", words).hint("wait longer with `--wait SECONDS`").into())
}

fn summarise(app: &mut App, renewed: &Result<RenewalBatch>, sent: &Result<Outcome>) -> Result<()> {
    for part in [renewed.as_ref().err(), sent.as_ref().err()].into_iter().flatten() {
        if let Some(told) = tell(part) {
            app.warn(told.message);
        }
    }
    if let Ok(batch) = renewed {
        for (number, reason) in &batch.failures {
            app.warn_always(format!("subscription {number} was not renewed: {reason}"));
        }
    }
    let (renewals, refused) = match renewed {
        Ok(batch) => (Cell::Integer(batch.renewed), Cell::Integer(batch.failures.len() as i64)),
        Err(_) => (Cell::Empty, Cell::Empty),
    };
    let mut sheet =
        Sheet::default().fact("renewed", "Renewed", renewals).fact("refused", "Refused", refused);
    if let Ok(outcome) = sent {
        sheet.facts.extend(outcome.sheet().facts);
        if let Some(folder) = send::mail_folder(app)? {
            app.warn(send::folder_words(&folder));
        }
        if let Some(words) = outcome.passing_outage() {
            app.warn(words);
        }
    }
    if !app.global.quiet || app.wants_json()? {
        app.show(&sheet)?;
    }
    Ok(())
}

/// Returns the failure of the night: of an item first, of the outside world after that.
fn verdict(renewed: Result<RenewalBatch>, sent: Result<Outcome>) -> Result<()> {
    let renewed = renewed.and_then(|batch| batch.verdict());
    let sent = sent.and_then(|outcome| outcome.verdict());
    let is_partial = |result: &Result<()>| {
        let told = result.as_ref().err().and_then(tell);
        told.is_some_and(|told| told.status == Status::Partial)
    };
    if renewed.is_err() && (is_partial(&renewed) || !is_partial(&sent)) { renewed } else { sent }
}
