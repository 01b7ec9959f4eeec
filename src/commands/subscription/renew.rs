//! `subscription renew`: a term and an invoice for each subscription that is due.

use std::collections::HashMap;
use std::sync::Arc;

use anyhow::Result;
use chrono::{Days, NaiveDate};
use clap::Args;

use crate::app::{App, Batch, BatchArgs, ChangeArgs, Done, Question, Step, parse_number};
use crate::domain::conditions::Conditions;
use crate::domain::e_invoice::{self, NotValid};
use crate::domain::mail::{MailKind, NewMail};
use crate::domain::product::{Product, ProductId};
use crate::domain::seller::Seller;
use crate::domain::setting::ShopSettings;
use crate::domain::subscription::{Due, Renewal, Subscription, plan_renewal};
use crate::domain::term::parse_date;
use crate::error::{Failure, Status};
use crate::render::sheet::Sheet;
use crate::store::{DueBy, DueCursor, Tx};

/// Renew the subscriptions whose next term is due
///
/// Each is billed for the term after what is billed, the longest due first, term by term. Run again it
/// does nothing. One that is refused twice is parked, and shown by `status`. Without --max a run that
/// would bill far more than the renewal dates since the last run foretold is refused.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl subscription renew -n
  shopctl subscription renew --only 1001")]
pub struct RenewArgs {
    /// Take those due by this day; today unless given
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    as_of: Option<NaiveDate>,
    /// Only this subscription, also when it is parked
    #[arg(long, value_name = "N", value_parser = parse_number)]
    only: Option<i64>,
    #[command(flatten)]
    batch: BatchArgs,
    /// The run is that of the night, which is recorded also when nothing was due.
    #[arg(skip)]
    is_nightly: bool,
    #[command(flatten)]
    change: ChangeArgs,
}

impl RenewArgs {
    /// Returns the arguments of the nightly renewal.
    pub fn nightly(change: ChangeArgs) -> RenewArgs {
        let batch = BatchArgs::default();
        RenewArgs { as_of: None, only: None, batch, is_nightly: true, change }
    }
}

pub fn renew(app: &mut App, args: &RenewArgs) -> Result<()> {
    let batch = prepare(app, args)?;
    if let Some(because) = far_ahead(app, args.as_of, &args.change) {
        app.agree_each(&batch, Question { because, ask: "Renew all this?" })?;
    }
    let through = app.read(|tx| Ok(tx.renewed_through()?))?;
    let batch = app.change_each(&args.change, batch)?;
    if let Some(through) = through.filter(|day| *day > batch.as_of && batch.renewed == 0) {
        app.say(&format!("what was due by {through} has been renewed already"));
    }
    if args.only.is_none() {
        let parked = app.read(|tx| batch.parked(tx))?;
        let words = match parked.as_slice() {
            [] => None,
            [number] => Some(format!("subscription {number} is due and parked")),
            several => Some(format!("{} subscriptions are due and parked", several.len())),
        };
        if let Some(words) = words {
            app.say(&format!("{words}; `shopctl status` says why"));
        }
    }
    batch.verdict()
}

/// Returns why a renewal that was refused would be refused today; `None` if it would not.
pub fn refusal_today(tx: &Tx<'_>, subscription: &Subscription) -> Result<Option<String>> {
    let standing = Standing::load(tx)?;
    Ok(standing.plan(&tx.coming_renewal(subscription)?, tx.today()).err())
}

/// Returns why a day given with `--as-of` must be agreed to, if it must: it lies more than 31 days
/// ahead.
pub fn far_ahead(app: &App, as_of: Option<NaiveDate>, change: &ChangeArgs) -> Option<String> {
    let limit = app.today().checked_add_days(Days::new(31))?;
    let as_of = as_of.filter(|day| *day > limit && !change.yes && !change.dry_run)?;
    Some(format!("{as_of} is more than 31 days ahead."))
}

/// Looks at what is due and returns the batch that renews it.
pub fn prepare(app: &mut App, args: &RenewArgs) -> Result<RenewalBatch> {
    let batch = RenewalBatch {
        as_of: args.as_of.unwrap_or(app.today()),
        only: args.only,
        left: args.batch.limit,
        is_nightly: args.is_nightly,
        cursor: None,
        renewed: 0,
        failures: Vec::new(),
    };
    match args.batch.max {
        Some(_) => {
            let due = app.read(|tx| batch.count_terms(tx))?;
            args.batch.refuse_unusual(due, "terms are due")?;
        }
        None if args.only.is_none() => app.read(|tx| refuse_unforeseen(tx, &batch))?,
        None => {}
    }
    Ok(batch)
}

/// Refuses a run that would bill far more terms than the store foretold: more than twice as many as
/// subscriptions fell due since the last run, and a hundred.
///
/// In a shop where no run has finished yet nothing was foretold, and nothing is refused.
fn refuse_unforeseen(tx: &Tx<'_>, batch: &RenewalBatch) -> Result<()> {
    let Some(through) = tx.renewed_through()? else { return Ok(()) };
    let rule = tx.shop_settings()?.due_rule();
    let before = tx.count_due(through.min(batch.as_of), rule)?;
    let foretold = tx.count_due(batch.as_of, rule)? - before;
    let due = batch.count_terms(tx)?;
    if due <= foretold * 2 + 100 {
        return Ok(());
    }
    let words = format!(
        "{due} terms are due by {}, and the renewal dates since {through} foretold {foretold}",
        batch.as_of
    );
    let as_of = if batch.as_of == tx.today() { "" } else { &format!(" --as-of {}", batch.as_of) };
    let command = format!("shopctl subscription renew{as_of} --max {due}");
    Err(Failure::refused("unusual_amount", words)
        .hint(format!("look with `{command} -n`; `{command}` lets them through"))
        .into())
}

/// What every renewal of a page depends on, as it stands under the page's lock.
pub(super) struct Standing {
    seller_version: i64,
    pub(super) seller: Arc<Seller>,
    conditions: Arc<Conditions>,
    pub(super) settings: ShopSettings,
    pub(super) catalogue: HashMap<ProductId, Arc<Product>>,
}

impl Standing {
    pub(super) fn load(tx: &Tx<'_>) -> Result<Standing> {
        let (seller_version, seller) = tx.seller()?;
        let products = tx.products()?.into_iter();
        Ok(Standing {
            seller_version,
            seller: Arc::new(seller),
            conditions: Arc::new(tx.conditions()?),
            settings: tx.shop_settings()?,
            catalogue: products.map(|product| (product.id, Arc::new(product))).collect(),
        })
    }

    /// Returns the renewal that is due, or why it is refused.
    fn plan(&self, due: &Due, today: NaiveDate) -> Result<Renewal, String> {
        let Standing { seller, conditions, settings, .. } = self;
        let renewal = plan_renewal(due, seller, conditions, settings, today);
        let renewal = renewal.map_err(|refusal| refusal.to_string())?;
        e_invoice::check(&renewal.draft).map_err(|refusal| with_command(&refusal))?;
        Ok(renewal)
    }
}

/// The renewal of all that is due, the longest due first.
#[derive(Clone)]
pub struct RenewalBatch {
    as_of: NaiveDate,
    only: Option<i64>,
    left: Option<i64>,
    is_nightly: bool,
    cursor: Option<DueCursor>,
    pub renewed: i64,
    /// The subscriptions that were refused, each with its cause.
    pub failures: Vec<(i64, String)>,
}

impl RenewalBatch {
    /// Returns the failure that some refusals make of a finished batch.
    pub fn verdict(&self) -> Result<()> {
        if self.failures.is_empty() {
            return Ok(());
        }
        let words = format!(
            "{} of {} renewals were refused",
            self.failures.len(),
            self.failures.len() as i64 + self.renewed
        );
        Err(Failure::new(Status::Partial, "some_refused", words)
            .hint("each is told above; one refused twice is parked and shown by `shopctl status`")
            .into())
    }

    /// Returns how many terms the batch would bill, those to catch up with counted.
    fn count_terms(&self, tx: &Tx<'_>) -> Result<i64> {
        let rule = tx.shop_settings()?.due_rule();
        let count = match self.only {
            Some(number) => i64::from(tx.subscription(number)?.terms_due(self.as_of, rule)),
            None => tx.count_terms_due(self.as_of, rule)?,
        };
        Ok(self.left.map_or(count, |left| count.min(left)))
    }

    /// Returns the numbers of the subscriptions that are due and passed over, since they are parked.
    fn parked(&self, tx: &Tx<'_>) -> Result<Vec<i64>> {
        let rule = tx.shop_settings()?.due_rule();
        let is_due = |one: &Subscription| one.is_parked() && one.terms_due(self.as_of, rule) > 0;
        let refused = tx.refused_renewals()?.into_iter();
        Ok(refused.filter(is_due).map(|one| one.number).collect())
    }

    fn due(&self, tx: &Tx<'_>, limit: i64, standing: &Standing) -> Result<Vec<Due>> {
        let by = DueBy {
            as_of: self.as_of,
            settings: &standing.settings,
            catalogue: &standing.catalogue,
        };
        Ok(match self.only {
            Some(number) => tx.subscription_due(number, &by, self.cursor)?,
            None => tx.subscriptions_due(&by, self.cursor, limit)?,
        })
    }

    /// Records that the run came to its end, if that says anything.
    fn finish(&self, tx: &Tx<'_>) -> Result<()> {
        if self.only.is_none() && (self.is_nightly || self.renewed > 0) {
            // What is renewed ahead leaves the days between to be foretold.
            tx.finish_renewals(self.as_of.min(tx.today()))?;
        }
        Ok(())
    }

    fn renew(&mut self, tx: &Tx<'_>, due: &Due, standing: &Standing) -> Result<()> {
        let subscription = &due.subscription;
        match standing.plan(due, tx.today()) {
            Ok(renewal) => {
                let invoice =
                    tx.renew_subscription(&renewal, due.product.id, standing.seller_version)?;
                let domain = invoice.draft.seller.office_email.domain();
                if let Some(mail) = NewMail::first_of_invoice(MailKind::RenewalInvoice, &invoice) {
                    tx.enqueue_mail(&mail, domain)?;
                }
                self.renewed += 1;
            }
            Err(refusal) => self.refuse(tx, subscription, &refusal)?,
        }
        Ok(())
    }

    fn refuse(&mut self, tx: &Tx<'_>, subscription: &Subscription, reason: &str) -> Result<()> {
        tx.record_renewal_failure(subscription, reason)?;
        self.failures.push((subscription.number, reason.to_owned()));
        Ok(())
    }

    fn pass(&mut self, subscription: &Subscription) {
        self.cursor =
            Some(DueCursor { billed_through: subscription.billed_through, id: subscription.id });
    }
}

/// Returns why a renewal could not be an e-invoice, with the command that mends it.
fn with_command(refusal: &NotValid) -> String {
    match refusal.command() {
        Some(command) => format!("{refusal}; `{command}`"),
        None => refusal.to_string(),
    }
}

impl Batch for RenewalBatch {
    fn step(&mut self, tx: &Tx<'_>, limit: i64) -> Result<Step> {
        let standing = Standing::load(tx)?;
        let page = self.due(tx, limit.min(self.left.unwrap_or(limit)), &standing)?;
        if page.is_empty() {
            self.finish(tx)?;
            return Ok(Step::Finished);
        }
        let mut due_again = None;
        for due in &page {
            // Whoever was renewed here and is due once more comes before those due after that: the
            // next page begins with it, or the run would end with terms that have begun and no bill.
            if due_again.is_some_and(|day| day <= due.subscription.billed_through) {
                break;
            }
            let next = due.subscription.next_term().ok().map(|term| term.end);
            self.renew(tx, due, &standing)?;
            self.pass(&due.subscription);
            due_again = due_again.into_iter().chain(next).min();
            self.left = self.left.map(|left| left - 1);
        }
        Ok(if self.left == Some(0) { Step::Finished } else { Step::More })
    }

    fn pass_over(&mut self, tx: &Tx<'_>, error: &anyhow::Error) -> Result<()> {
        if let Some(due) = self.due(tx, 1, &Standing::load(tx)?)?.first() {
            self.refuse(tx, &due.subscription, &format!("{error:#}"))?;
            self.pass(&due.subscription);
        }
        Ok(())
    }

    fn done(&self) -> Done {
        let sheet = Sheet::default()
            .fact("as_of", "As of", self.as_of)
            .fact("renewed", "Renewed", self.renewed)
            .fact("refused", "Refused", self.failures.len() as i64);
        let told = |(number, reason): &(i64, String)| format!("subscription {number}: {reason}");
        Done { warnings: self.failures.iter().map(told).collect(), ..Done::with(sheet) }
    }
}
