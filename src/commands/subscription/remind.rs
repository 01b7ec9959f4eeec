//! `subscription remind`: a letter before the last day for notice, whose price binds.

use anyhow::Result;
use chrono::{Days, Months, NaiveDate};
use clap::Args;

use super::renew::{Standing, far_ahead};
use crate::app::{App, Batch, BatchArgs, ChangeArgs, Done, Question, Step};
use crate::domain::account::Account;
use crate::domain::language::Language;
use crate::domain::letter::{Letter, Office, RenewalReminder};
use crate::domain::mail::NewMail;
use crate::domain::money::Money;
use crate::domain::setting::ShopSettings;
use crate::domain::subscription::{Due, RenewalError, Subscription};
use crate::domain::term::parse_date;
use crate::error::{Failure, Status};
use crate::render::mail::amount;
use crate::render::sheet::{Cell, Grid, Sheet, column};
use crate::store::{DueCursor, ReminderWindow, Tx};

/// Remind customers before the last day for notice
///
/// Each is told once a term what the new term costs, and that price binds. Off until
/// `shopctl setting set renewal_reminders on`; from then on those whose day was missed are listed.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl subscription remind -n
  shopctl subscription remind --limit 50")]
pub struct RemindArgs {
    /// Take those to be reminded by this day; today unless given
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    as_of: Option<NaiveDate>,
    #[command(flatten)]
    batch: BatchArgs,
    #[command(flatten)]
    change: ChangeArgs,
}

impl RemindArgs {
    /// Returns the arguments of the nightly reminders.
    pub fn nightly(change: ChangeArgs) -> RemindArgs {
        RemindArgs { as_of: None, batch: BatchArgs::default(), change }
    }
}

pub fn remind(app: &mut App, args: &RemindArgs) -> Result<()> {
    let Some(batch) = prepare(app, args)? else {
        app.say(
            "renewal reminders are off; `shopctl setting set renewal_reminders on` begins them",
        );
        return if app.wants_json()? { app.show_work(&[], &[]) } else { Ok(()) };
    };
    if let Some(because) = far_ahead(app, args.as_of, &args.change) {
        app.agree_each(&batch, Question { because, ask: "Remind of all this?" })?;
    }
    let batch = app.change_each(&args.change, batch)?;
    batch.verdict()
}

/// Looks at what is to be reminded of, and at what was missed; `None` while reminders are off.
pub fn prepare(app: &mut App, args: &RemindArgs) -> Result<Option<ReminderBatch>> {
    let as_of = args.as_of.unwrap_or(app.today());
    let today = app.today();
    let batch = app.read(|tx| {
        let Some(since) = tx.reminding_since()? else { return Ok(None) };
        let settings = tx.shop_settings()?;
        Ok(Some(ReminderBatch {
            as_of,
            windows: due_windows(tx, &settings, as_of, today)?,
            cursor: None,
            left: args.batch.limit,
            reminded: 0,
            missed: missed(tx, &settings, since)?,
            failures: Vec::new(),
        }))
    })?;
    if let Some(batch) = &batch {
        let due = app.read(|tx| Ok(tx.count_reminders_due(&batch.windows)?))?;
        let due = args.batch.limit.map_or(due, |limit| due.min(limit));
        args.batch.refuse_unusual(due, "renewals are to be reminded of")?;
    }
    Ok(batch)
}

/// Returns the renewals whose last day for notice is `as_of` or one of the days chosen after it. It is
/// never one that has passed today.
fn due_windows(
    tx: &Tx<'_>,
    settings: &ShopSettings,
    as_of: NaiveDate,
    today: NaiveDate,
) -> Result<Vec<ReminderWindow>> {
    let last = as_of.checked_add_days(Days::new(u64::from(settings.renewal_reminder_days)));
    let days = (as_of.max(today), last.unwrap_or(as_of));
    Ok(tx.reminder_windows(days, settings.notice)?)
}

/// Returns the renewals whose last day for notice passed, since reminders were switched on, without
/// one: those still to come, and those billed in the last month.
fn missed(tx: &Tx<'_>, settings: &ShopSettings, since: NaiveDate) -> Result<Vec<Missed>> {
    let Some(yesterday) = tx.today().pred_opt() else { return Ok(Vec::new()) };
    let windows = tx.reminder_windows((since, yesterday), settings.notice)?;
    let month_ago = tx.today().checked_sub_months(Months::new(1)).unwrap_or(yesterday);
    let missed = tx.reminders_missed(&windows, month_ago)?;
    let told = |subscription: Subscription| Missed {
        number: subscription.number,
        renewal_date: subscription.renewal_date(),
        deadline: subscription.notice_deadline(settings.notice),
    };
    Ok(missed.into_iter().map(told).collect())
}

/// Returns how many reminders are due and how many were missed; `None` while they are off.
pub fn count(tx: &Tx<'_>) -> Result<Option<(i64, i64)>> {
    let Some(since) = tx.reminding_since()? else { return Ok(None) };
    let settings = tx.shop_settings()?;
    let due = due_windows(tx, &settings, tx.today(), tx.today())?;
    let missed = missed(tx, &settings, since)?.len();
    Ok(Some((tx.count_reminders_due(&due)?, missed as i64)))
}

/// A renewal that nobody was reminded of in time.
#[derive(Clone, Debug)]
pub struct Missed {
    number: i64,
    renewal_date: NaiveDate,
    /// The last day for notice, which has passed.
    pub deadline: NaiveDate,
}

impl Missed {
    pub fn words(&self) -> String {
        format!(
            "subscription {}: no reminder of the renewal on {} went out by {}, the last day for notice",
            self.number, self.renewal_date, self.deadline
        )
    }
}

/// The reminders of all coming renewals whose time for one has come.
#[derive(Clone)]
pub struct ReminderBatch {
    as_of: NaiveDate,
    windows: Vec<ReminderWindow>,
    cursor: Option<DueCursor>,
    left: Option<i64>,
    pub reminded: i64,
    pub missed: Vec<Missed>,
    /// The subscriptions that nobody could be reminded of, each with the cause.
    pub failures: Vec<(i64, String)>,
}

impl ReminderBatch {
    /// Returns the failure that some refusals make of a finished batch.
    pub fn verdict(&self) -> Result<()> {
        if self.failures.is_empty() {
            return Ok(());
        }
        let count = self.failures.len();
        let words = format!("{count} of {} reminders were refused", count as i64 + self.reminded);
        Err(Failure::new(Status::Partial, "some_refused", words)
            .hint("each is told above; `shopctl subscription remind` tries them again")
            .into())
    }

    /// Returns the next page of those to be reminded, going on to the next window where one is empty.
    fn page(&mut self, tx: &Tx<'_>, limit: i64, standing: &Standing) -> Result<Vec<Due>> {
        while let Some(window) = self.windows.first() {
            let shop = (&standing.settings, &standing.catalogue);
            let page = tx.reminders_due(window, self.cursor, limit, shop)?;
            if !page.is_empty() {
                return Ok(page);
            }
            self.windows.remove(0);
            self.cursor = None;
        }
        Ok(Vec::new())
    }

    fn remind(&mut self, tx: &Tx<'_>, due: &Due, standing: &Standing) -> Result<()> {
        let subscription = &due.subscription;
        let account = tx.account_by_id(due.account.id)?;
        match letter(due, &account, standing) {
            Ok((letter, price)) => {
                let deadline = subscription.notice_deadline(standing.settings.notice);
                tx.remind(subscription, deadline, price)?;
                let cause = format!(
                    "renewal of subscription {} on {}",
                    subscription.number,
                    subscription.renewal_date()
                );
                // Whoever decides about the subscription is behind the login; the invoice e-mail
                // leads to those who pay, who could do nothing but pass it on.
                let recipient = account.logins.first().unwrap_or(&subscription.invoice_email);
                let mail = NewMail::of_letter(letter, cause, &account, recipient.clone());
                tx.enqueue_mail(&mail, standing.seller.office_email.domain())?;
                self.reminded += 1;
            }
            Err(refusal) => self.failures.push((subscription.number, refusal.to_string())),
        }
        Ok(())
    }

    fn pass(&mut self, subscription: &Subscription) {
        self.cursor =
            Some(DueCursor { billed_through: subscription.billed_through, id: subscription.id });
    }
}

/// Returns the reminder of a renewal and the price that it states.
fn letter(
    due: &Due,
    account: &Account,
    standing: &Standing,
) -> Result<(Letter, Money), RenewalError> {
    let subscription = &due.subscription;
    let language: Language = account.profile.language;
    let term = subscription.next_term()?;
    let price = due.line(&standing.settings)?.net;
    let facts = RenewalReminder {
        office: Office::of(&standing.seller),
        number: subscription.number.to_string(),
        product: due.product.name(language).to_owned(),
        holder: account.profile.name.clone(),
        renewal_date: term.start.to_string(),
        last_day: term.last_day().to_string(),
        deadline: subscription.notice_deadline(standing.settings.notice).to_string(),
        price: amount(price, language),
        invoice_email: subscription.invoice_email.to_string(),
        reference: subscription.reference.clone(),
    };
    Ok((Letter::RenewalReminder(facts), price))
}

impl Batch for ReminderBatch {
    fn step(&mut self, tx: &Tx<'_>, limit: i64) -> Result<Step> {
        let standing = Standing::load(tx)?;
        let page = self.page(tx, limit.min(self.left.unwrap_or(limit)), &standing)?;
        if page.is_empty() {
            return Ok(Step::Finished);
        }
        for due in &page {
            self.remind(tx, due, &standing)?;
            self.pass(&due.subscription);
            self.left = self.left.map(|left| left - 1);
        }
        Ok(if self.left == Some(0) { Step::Finished } else { Step::More })
    }

    fn pass_over(&mut self, tx: &Tx<'_>, error: &anyhow::Error) -> Result<()> {
        if let Some(due) = self.page(tx, 1, &Standing::load(tx)?)?.first() {
            self.failures.push((due.subscription.number, format!("{error:#}")));
            self.pass(&due.subscription);
        }
        Ok(())
    }

    fn done(&self) -> Done {
        let mut missed = Grid::new(&[
            column("number", "Subscription"),
            column("renewal_date", "Renews"),
            column("notice_deadline", "Notice by"),
        ]);
        missed.rows = self
            .missed
            .iter()
            .map(|one| {
                let (renewal, deadline) = (one.renewal_date, one.deadline);
                vec![Cell::Integer(one.number), Cell::Date(renewal), Cell::Date(deadline)]
            })
            .collect();
        let sheet = Sheet::default()
            .fact("as_of", "As of", self.as_of)
            .fact("reminded", "Reminded", self.reminded)
            .fact("refused", "Refused", self.failures.len() as i64)
            .list("missed", "Missed", missed);
        let refused =
            self.failures.iter().map(|(number, why)| format!("subscription {number}: {why}"));
        let warnings = refused.chain(self.missed.iter().map(Missed::words)).collect();
        Done { warnings, ..Done::with(sheet) }
    }
}
