//! `subscription renew`: a term and an invoice for each subscription that is due.

use std::collections::HashMap;
use std::sync::Arc;

use anyhow::Result;
use chrono::{Days, NaiveDate};
use clap::Args;

use crate::app::{
    App, Batch, BatchArgs, ChangeArgs, Done, Question, Step, changed_meanwhile, parse_number,
};
use crate::domain::conditions::Conditions;
use crate::domain::mail::{MailKind, NewMail};
use crate::domain::product::{Product, ProductId};
use crate::domain::seller::Seller;
use crate::domain::subscription::{Due, Subscription, plan_renewal};
use crate::domain::term::parse_date;
use crate::error::{Failure, Status};
use crate::render::sheet::Sheet;
use crate::store::{DueCursor, Tx};

/// Renew the subscriptions whose next term has begun
///
/// Each is billed for the term after what is billed, the longest due first, term by term. Run again it
/// does nothing. One that is refused twice is parked, and shown by `status`.
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
    #[command(flatten)]
    change: ChangeArgs,
}

impl RenewArgs {
    /// Returns the arguments of the nightly renewal.
    pub fn nightly(change: ChangeArgs) -> RenewArgs {
        RenewArgs { as_of: None, only: None, batch: BatchArgs::default(), change }
    }
}

pub fn renew(app: &mut App, args: &RenewArgs) -> Result<()> {
    let batch = prepare(app, args)?;
    if is_far_ahead(app, args) && !args.change.yes && !args.change.dry_run {
        agree_far_ahead(app, &batch)?;
    }
    let batch = app.change_each(&args.change, batch)?;
    batch.verdict()
}

fn is_far_ahead(app: &App, args: &RenewArgs) -> bool {
    let limit = app.today().checked_add_days(Days::new(31));
    args.as_of.zip(limit).is_some_and(|(as_of, limit)| as_of > limit)
}

/// Shows what renewing would do and asks; errors when something else is due after the answer.
fn agree_far_ahead(app: &mut App, batch: &RenewalBatch) -> Result<()> {
    let due = app.read(|tx| batch.count_terms(tx))?;
    app.show_beforehand(batch.clone())?;
    let because = format!("{} is more than 31 days ahead.", batch.as_of);
    app.agree(&[Question { because, ask: "Renew all this?" }])?;
    if app.read(|tx| batch.count_terms(tx))? != due {
        return Err(changed_meanwhile().into());
    }
    Ok(())
}

/// Looks at what is due and returns the batch that renews it.
pub fn prepare(app: &mut App, args: &RenewArgs) -> Result<RenewalBatch> {
    let batch = RenewalBatch {
        as_of: args.as_of.unwrap_or(app.today()),
        only: args.only,
        left: args.batch.limit,
        cursor: None,
        renewed: 0,
        failures: Vec::new(),
    };
    if args.batch.max.is_some() {
        let due = app.read(|tx| batch.count_terms(tx))?;
        args.batch.refuse_unusual(due, "terms are due")?;
    }
    Ok(batch)
}

/// How many subscriptions are looked at together when their terms are counted.
const COUNT_PAGE: i64 = 500;

/// What every renewal of a page depends on, as it stands under the page's lock.
struct Standing {
    seller_version: i64,
    seller: Arc<Seller>,
    conditions: Arc<Conditions>,
    catalogue: HashMap<ProductId, Arc<Product>>,
}

impl Standing {
    fn load(tx: &Tx<'_>) -> Result<Standing> {
        let (seller_version, seller) = tx.seller()?;
        let products = tx.products()?.into_iter();
        Ok(Standing {
            seller_version,
            seller: Arc::new(seller),
            conditions: Arc::new(tx.conditions()?),
            catalogue: products.map(|product| (product.id, Arc::new(product))).collect(),
        })
    }
}

/// The renewal of all that is due, the longest due first.
#[derive(Clone)]
pub struct RenewalBatch {
    as_of: NaiveDate,
    only: Option<i64>,
    left: Option<i64>,
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
        let standing = Standing::load(tx)?;
        let mut ahead = self.clone();
        let mut count = 0;
        loop {
            let page = ahead.due(tx, COUNT_PAGE, &standing)?;
            for due in &page {
                count += i64::from(due.subscription.terms_due(self.as_of));
                ahead.pass(&due.subscription);
            }
            if page.is_empty() {
                return Ok(self.left.map_or(count, |left| count.min(left)));
            }
        }
    }

    fn due(&self, tx: &Tx<'_>, limit: i64, standing: &Standing) -> Result<Vec<Due>> {
        let catalogue = &standing.catalogue;
        Ok(match self.only {
            Some(number) => tx.subscription_due(number, self.as_of, self.cursor, catalogue)?,
            None => tx.subscriptions_due(self.as_of, self.cursor, limit, catalogue)?,
        })
    }

    fn renew(&mut self, tx: &Tx<'_>, due: &Due, standing: &Standing) -> Result<()> {
        let subscription = &due.subscription;
        match plan_renewal(due, &standing.seller, &standing.conditions, tx.today()) {
            Ok(renewal) => {
                let invoice =
                    tx.renew_subscription(&renewal, due.product.id, standing.seller_version)?;
                let domain = invoice.draft.seller.office_email.domain();
                let mail = NewMail::first_of_invoice(MailKind::RenewalInvoice, &invoice);
                tx.enqueue_mail(&mail, domain)?;
                self.renewed += 1;
            }
            Err(refusal) => self.refuse(tx, subscription, &refusal.to_string())?,
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

impl Batch for RenewalBatch {
    fn step(&mut self, tx: &Tx<'_>, limit: i64) -> Result<Step> {
        let standing = Standing::load(tx)?;
        let page = self.due(tx, limit.min(self.left.unwrap_or(limit)), &standing)?;
        if page.is_empty() {
            return Ok(Step::Finished);
        }
        for due in &page {
            self.renew(tx, due, &standing)?;
            self.pass(&due.subscription);
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
