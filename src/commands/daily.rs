//! `daily`: what cron calls at night, under one lock, with one summary.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::Result;
use clap::Args;

use chrono::{DateTime, NaiveDate};

use crate::app::{App, Batch, ChangeArgs, Done, Lock, Step};
use crate::commands::invoice::{self, PaymentReminderBatch, RemindArgs as PaymentRemindArgs};
use crate::commands::mail::SendArgs;
use crate::commands::send::{self, Outcome};
use crate::commands::subscription::{self, RemindArgs, ReminderBatch, RenewArgs, RenewalBatch};
use crate::effects::clock::day_of;
use crate::error::{Failure, Status, tell};
use crate::render::sheet::{Cell, Sheet};
use crate::store::{Tx, timestamp};

/// How long a second run waits for the first, unless `--wait` says otherwise.
const WAIT_SECONDS: u32 = 600;

/// Do the night's work: renew what is due, remind, send what waits
///
/// Made for cron: with -q it says nothing when all is well. A second run at the same time waits for
/// the first, and does nothing if that one came to its end.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  shopctl daily -q\n  shopctl daily -n")]
pub struct DailyArgs {
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn daily(app: &mut App, args: &DailyArgs) -> Result<()> {
    app.global.wait.get_or_insert(WAIT_SECONDS);
    if args.change.dry_run {
        return rehearse(app, args);
    }
    let renewing = send::begin(app, &args.change)?;
    let Some(_lock) = wait_for_lock(app)? else {
        app.say("another `shopctl daily` was at work and has finished; this one did nothing");
        return if app.wants_json()? { app.show_work(&[], &[]) } else { Ok(()) };
    };

    let last_night = app.read(|tx| Ok(tx.daily_finished()?))?;
    let renewed = subscription::prepare(app, &RenewArgs::nightly(args.change.clone()))
        .and_then(|batch| app.record_each(&renewing, batch));
    let reminding = app.operation_for(&args.change)?;
    let reminded = prepare_reminders(app, args).and_then(|batch| match batch {
        Some(batch) => app.record_each(&reminding, batch).map(Some),
        None => Ok(None),
    });
    let chasing = app.operation_for(&args.change)?;
    let chased = prepare_payment_reminders(app, args).and_then(|batch| match batch {
        Some(batch) => app.record_each(&chasing, batch).map(Some),
        None => Ok(None),
    });
    let sending = app.operation_for(&args.change)?;
    let sent = send::run(app, &SendArgs::default(), &sending);

    let finishing = app.operation_for(&args.change)?;
    let is_complete = renewed.is_ok()
        && reminded.is_ok()
        && chased.is_ok()
        && sent.as_ref().is_ok_and(|outcome| !outcome.another_sends);
    let finished = match is_complete {
        true => app.record_as(&finishing, |tx| Ok(tx.finish_daily()?)),
        false => Ok(()),
    };

    let last_night = last_night.as_deref().and_then(day_of_instant);
    let sheet = summarise(app, &renewed, (&reminded, last_night), &chased, &sent)?;
    let failures = [
        renewed.and_then(|batch| batch.verdict()),
        reminded.and_then(|batch| batch.map_or(Ok(()), |batch| batch.verdict())),
        chased.and_then(|batch| batch.map_or(Ok(()), |batch| batch.verdict())),
        sent.and_then(|outcome| outcome.verdict()),
        finished,
    ];
    let (failure, others) = gravest(failures.into_iter().filter_map(Result::err).collect());
    for told in others.iter().filter_map(tell) {
        app.warn_always(told.message);
    }
    if app.wants_json()? {
        app.show_work(&[&renewing, &reminding, &chasing, &sending, &finishing], &[sheet])?;
    } else if !app.global.quiet {
        app.show(&sheet)?;
    }
    failure.map_or(Ok(()), Err)
}

fn prepare_reminders(app: &mut App, args: &DailyArgs) -> Result<Option<ReminderBatch>> {
    subscription::prepare_reminders(app, &RemindArgs::nightly(args.change.clone()))
}

fn prepare_payment_reminders(
    app: &mut App,
    args: &DailyArgs,
) -> Result<Option<PaymentReminderBatch>> {
    invoice::prepare_payment_reminders(app, &PaymentRemindArgs::nightly(args.change.clone()))
}

/// Returns the shop's day of an instant as it is stored.
pub fn day_of_instant(instant: &str) -> Option<NaiveDate> {
    DateTime::parse_from_rfc3339(instant).ok().map(|instant| day_of(instant.to_utc()))
}

/// Shows what the night would do: the renewals and reminders, and the mails that wait already.
///
/// Where the renewals are refused as a whole it shows the rest, and ends with that failure.
fn rehearse(app: &mut App, args: &DailyArgs) -> Result<()> {
    let (renewals, refusal) =
        match subscription::prepare(app, &RenewArgs::nightly(args.change.clone())) {
            Ok(batch) => (Some(batch), Ok(())),
            Err(error) => (None, Err(error)),
        };
    let night = Night {
        renewals,
        reminders: prepare_reminders(app, args)?,
        payment_reminders: prepare_payment_reminders(app, args)?,
        stage: Stage::Renewing,
    };
    let mails = send::plan(app, &SendArgs::default())?;
    let sheets = mails.iter().map(send::plan_sheet).collect();
    let night = app.rehearse_each(&args.change, night, sheets)?;
    if !app.wants_json()? {
        send::foretell(app, &SendArgs::default())?;
    }
    refusal?;
    night.renewals.map_or(Ok(()), |batch| batch.verdict())?;
    night.reminders.map_or(Ok(()), |batch| batch.verdict())?;
    night.payment_reminders.map_or(Ok(()), |batch| batch.verdict())
}

/// What a night changes, one after the other, as its rehearsal runs it.
#[derive(Clone)]
struct Night {
    renewals: Option<RenewalBatch>,
    reminders: Option<ReminderBatch>,
    payment_reminders: Option<PaymentReminderBatch>,
    stage: Stage,
}

/// How far a night has come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Renewing,
    Reminding,
    Chasing,
}

impl Stage {
    fn next(self) -> Option<Stage> {
        match self {
            Stage::Renewing => Some(Stage::Reminding),
            Stage::Reminding => Some(Stage::Chasing),
            Stage::Chasing => None,
        }
    }
}

fn step_of(batch: Option<&mut impl Batch>, tx: &Tx<'_>, limit: i64) -> Result<Step> {
    batch.map_or(Ok(Step::Finished), |batch| batch.step(tx, limit))
}

fn pass_over_in(batch: Option<&mut impl Batch>, tx: &Tx<'_>, error: &anyhow::Error) -> Result<()> {
    batch.map_or(Ok(()), |batch| batch.pass_over(tx, error))
}

impl Batch for Night {
    fn step(&mut self, tx: &Tx<'_>, limit: i64) -> Result<Step> {
        let step = match self.stage {
            Stage::Renewing => step_of(self.renewals.as_mut(), tx, limit)?,
            Stage::Reminding => step_of(self.reminders.as_mut(), tx, limit)?,
            Stage::Chasing => step_of(self.payment_reminders.as_mut(), tx, limit)?,
        };
        if step == Step::More {
            return Ok(Step::More);
        }
        let Some(stage) = self.stage.next() else { return Ok(Step::Finished) };
        self.stage = stage;
        Ok(Step::More)
    }

    fn pass_over(&mut self, tx: &Tx<'_>, error: &anyhow::Error) -> Result<()> {
        match self.stage {
            Stage::Renewing => pass_over_in(self.renewals.as_mut(), tx, error),
            Stage::Reminding => pass_over_in(self.reminders.as_mut(), tx, error),
            Stage::Chasing => pass_over_in(self.payment_reminders.as_mut(), tx, error),
        }
    }

    fn done(&self) -> Done {
        let renewals = self.renewals.as_ref().map(RenewalBatch::done);
        let mut done = renewals.unwrap_or_default();
        let reminders = self.reminders.as_ref().map(ReminderBatch::done);
        let payment_reminders = self.payment_reminders.as_ref().map(PaymentReminderBatch::done);
        for more in reminders.into_iter().chain(payment_reminders) {
            done.objects.extend(more.objects);
            done.warnings.extend(more.warnings);
        }
        done
    }
}

/// Takes the lock of the nightly run; `None` when another run held it and came to its end meanwhile.
fn wait_for_lock(app: &mut App) -> Result<Option<Lock>> {
    let lock = app.lock("daily")?;
    if lock.take()? {
        return Ok(Some(lock));
    }
    let began_at = timestamp(app.clock.now());
    let started = Instant::now();
    let patience = Duration::from_secs(u64::from(app.global.wait.unwrap_or(WAIT_SECONDS)));
    while started.elapsed() < patience {
        thread::sleep(Duration::from_millis(100));
        if lock.take()? {
            let finished = app.read(|tx| Ok(tx.daily_finished()?))?;
            return Ok(finished.is_none_or(|at| at <= began_at).then_some(lock));
        }
    }
    let words = "another `shopctl daily` is still at work";
    Err(Failure::new(Status::Busy, "busy", words).hint("wait longer with `--wait SECONDS`").into())
}

/// Warns of what somebody must look at, and sums the night up.
fn summarise(
    app: &mut App,
    renewed: &Result<RenewalBatch>,
    (reminded, last_night): (&Result<Option<ReminderBatch>>, Option<NaiveDate>),
    chased: &Result<Option<PaymentReminderBatch>>,
    sent: &Result<Outcome>,
) -> Result<Sheet> {
    let (renewals, refused) = match renewed {
        Ok(batch) => {
            for (number, reason) in &batch.failures {
                app.warn_always(format!("subscription {number} was not renewed: {reason}"));
            }
            (Cell::Integer(batch.renewed), Cell::Integer(batch.failures.len() as i64))
        }
        Err(_) => (Cell::Empty, Cell::Empty),
    };
    let mut sheet =
        Sheet::default().fact("renewed", "Renewed", renewals).fact("refused", "Refused", refused);
    if let Ok(Some(batch)) = reminded {
        for (number, reason) in &batch.failures {
            app.warn_always(format!("subscription {number} was not reminded: {reason}"));
        }
        // What was missed before is told by `status`; cron hears of each once.
        for missed in &batch.missed {
            if last_night.is_none_or(|night| night <= missed.deadline) {
                app.warn_always(missed.words());
            }
        }
        sheet = sheet.fact("reminded", "Reminded", batch.reminded).fact(
            "reminders_missed",
            "Reminders missed",
            batch.missed.len() as i64,
        );
    }
    if let Ok(Some(batch)) = chased {
        for (number, reason) in &batch.failures {
            app.warn_always(format!("invoice {number} was not reminded of: {reason}"));
        }
        if let Some(words) = batch.waiting_for_bank() {
            app.warn_always(words);
        }
        sheet = sheet.fact("payments_reminded", "Payments reminded", batch.reminded).fact(
            "payment_reminders_kept_back",
            "Payment reminders kept back",
            batch.kept_back.len() as i64,
        );
        sheet = sheet.list("kept_back", "Kept back", batch.kept_back_grid());
    }
    if let Ok(outcome) = sent {
        sheet.facts.extend(outcome.sheet().facts);
        if outcome.another_sends {
            app.say(send::ANOTHER_SENDS);
        }
        send::warn_of_folder(app, outcome)?;
        if let Some(words) = outcome.passing_outage() {
            app.warn_always(words);
        }
    }
    Ok(sheet)
}

/// Returns the failure that the night ends with, of an item rather than of the outside world, and the
/// others.
fn gravest(mut failures: Vec<anyhow::Error>) -> (Option<anyhow::Error>, Vec<anyhow::Error>) {
    let is_partial =
        |error: &anyhow::Error| tell(error).is_some_and(|told| told.status == Status::Partial);
    if failures.is_empty() {
        return (None, failures);
    }
    let first = failures.iter().position(is_partial).unwrap_or_default();
    (Some(failures.remove(first)), failures)
}
