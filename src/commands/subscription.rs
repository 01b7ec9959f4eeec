//! `subscription`: what runs, when it renews, and the renewal itself.

use std::collections::HashMap;
use std::sync::Arc;

use anyhow::Result;
use chrono::{Days, NaiveDate};
use clap::Args;

use crate::app::{
    App, Batch, BatchArgs, ChangeArgs, Done, Question, Step, changed_meanwhile, parse_number,
};
use crate::domain::account::{Account, AccountKey};
use crate::domain::conditions::Conditions;
use crate::domain::mail::{MailKind, NewMail};
use crate::domain::product::{PriceGroup, Product, ProductId, Sku};
use crate::domain::seller::Seller;
use crate::domain::subscription::{Due, Status, Subscription, plan_renewal, term_line};
use crate::domain::term::parse_date;
use crate::error::{self, Failure};
use crate::render::sheet::{Cell, Column, Grid, Sheet, column};
use crate::store::{DueCursor, SubscriptionFilter, Tx};

/// List subscriptions
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl subscription list --renews-before 2027-02-01
  shopctl subscription list --status blocked --json")]
pub struct ListArgs {
    /// Only those running, with notice given, ended or blocked
    #[arg(long, value_name = "STATUS", value_parser = parse_status)]
    status: Option<Status>,
    /// Only those whose renewal date lies before this day
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    renews_before: Option<NaiveDate>,
    /// Only those whose last day for notice lies before this day
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    notice_before: Option<NaiveDate>,
    /// Only those to this product
    #[arg(long, value_name = "SKU")]
    product: Option<Sku>,
    /// Only those of this account
    #[arg(long, value_name = "ORG")]
    account: Option<AccountKey>,
}

/// Show a subscription and explain its dates
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  shopctl subscription show 1001\n  shopctl subscription show 1001 --json"
)]
pub struct ShowArgs {
    /// The number of the subscription
    #[arg(value_parser = parse_number)]
    number: i64,
}

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

fn parse_status(text: &str) -> Result<Status, String> {
    let wanted = text.trim().replace('-', " ");
    Status::ALL.into_iter().find(|status| status.as_str() == wanted).ok_or_else(|| {
        let words: Vec<&str> = Status::ALL.iter().map(|status| status.as_str()).collect();
        format!("`{text}` is not a status; a subscription is {}", words.join(", "))
    })
}

const COLUMNS: [Column; 8] = [
    column("number", "Number"),
    column("sku", "Product"),
    column("org_number", "Account"),
    column("name", "Name"),
    column("start", "Since"),
    column("renewal_date", "Renews"),
    column("notice_deadline", "Notice by"),
    column("status", "Status"),
];

pub fn list(app: &mut App, args: &ListArgs) -> Result<()> {
    let mut list = app.list(&COLUMNS)?;
    let mut failed = None;
    app.read(|tx| {
        let account = args.account.as_ref().map(|org| tx.account(org)).transpose()?;
        let filter = SubscriptionFilter {
            account: account.map(|account| account.id),
            sku: args.product.as_ref().map(ToString::to_string),
            renews_before: args.renews_before,
        };
        tx.each_subscription(&filter, &mut |listing| {
            let subscription = &listing.subscription;
            let status = subscription.status(tx.today());
            let in_time = |day| subscription.notice_deadline() < day;
            if args.status.is_none_or(|wanted| wanted == status)
                && args.notice_before.is_none_or(in_time)
            {
                let number = listing.org_number.masked();
                let row = row(subscription, number, listing.name, tx.today());
                failed = failed.take().or_else(|| list.row(row).err());
            }
            Ok(())
        })?;
        Ok(())
    })?;
    match failed {
        Some(error) => Err(error.into()),
        None => list.finish("no subscriptions; `shopctl order create` starts one"),
    }
}

fn row(
    subscription: &Subscription,
    org_number: String,
    name: String,
    today: NaiveDate,
) -> Vec<Cell> {
    let is_ended = subscription.status(today) == Status::Ended;
    let unless_ended = |day| if is_ended { Cell::Empty } else { Cell::Date(day) };
    vec![
        Cell::Integer(subscription.number),
        Cell::text(subscription.sku.as_str()),
        Cell::Text(org_number),
        Cell::Text(name),
        Cell::Date(subscription.rhythm.anchor),
        unless_ended(subscription.renewal_date()),
        unless_ended(subscription.notice_deadline()),
        Cell::text(subscription.status(today).as_str()),
    ]
}

/// Returns the subscriptions of an account as rows.
pub fn grid_of(tx: &Tx<'_>, account: &Account) -> Result<Grid> {
    let mut grid = Grid::new(&COLUMNS);
    for subscription in tx.subscriptions_of(account.id)? {
        let (number, name) = (account.org_number.to_string(), account.profile.name.clone());
        grid.rows.push(row(&subscription, number, name, tx.today()));
    }
    Ok(grid)
}

pub fn show(app: &mut App, args: &ShowArgs) -> Result<()> {
    let sheet = app.read(|tx| {
        let subscription = tx.subscription(args.number)?;
        let account = tx.account_by_id(subscription.account_id)?;
        let product = tx.product(&subscription.sku)?;
        let mut terms = Grid::new(&[column("term", "Term"), column("invoice", "Invoice")]);
        for (term, invoice) in tx.terms(subscription.id)? {
            terms.rows.push(vec![Cell::Term(term), Cell::Integer(invoice)]);
        }
        Ok(sheet(&subscription, &account, &product, tx.today()).list(
            "terms",
            "Billed terms",
            terms,
        ))
    })?;
    app.show(&sheet)
}

fn sheet(
    subscription: &Subscription,
    account: &Account,
    product: &Product,
    today: NaiveDate,
) -> Sheet {
    let status = subscription.status(today);
    let next_term = subscription.next_term().ok();
    let next_line = next_term.and_then(|term| term_line(product, account, term, None).ok());
    let mut sheet = Sheet::default()
        .fact("number", "Subscription", subscription.number)
        .fact("status", "Status", status.as_str())
        .fact("sku", "Product", subscription.sku.as_str())
        .fact("product_name", "Name", product.name_sv.as_str())
        .fact("org_number", "Account", account.org_number.to_string())
        .fact("name", "Holder", account.profile.name.as_str())
        .fact("start", "Since", subscription.rhythm.anchor)
        .fact("term", "Billed term", Cell::maybe(subscription.billed_term()))
        .fact("renewal_date", "Renewal date", subscription.renewal_date())
        .fact("notice_deadline", "Last day for notice", subscription.notice_deadline())
        .fact("ends", "Ends", Cell::maybe(subscription.ends_on))
        .fact("next_price", "Next price", Cell::maybe(next_line.as_ref().map(|line| line.net)))
        .fact("invoice_email", "Invoice e-mail", subscription.invoice_email.as_str())
        .fact("reference", "Reference", Cell::maybe(subscription.reference.clone()))
        .fact("failure", "Renewal refused", Cell::maybe(subscription.failure.clone()));
    for sentence in
        explanation(subscription, product, next_line.map(|line| line.basis.group), today)
    {
        sheet = sheet.sentence(sentence);
    }
    sheet
}

/// Explains the dates in sentences that one can read out on the telephone.
fn explanation(
    subscription: &Subscription,
    product: &Product,
    group: Option<PriceGroup>,
    today: NaiveDate,
) -> Vec<String> {
    let mut sentences = Vec::new();
    let anchor = subscription.rhythm.anchor;
    let began = if anchor <= today { "began" } else { "begins" };
    if let Some(term) = subscription.billed_term() {
        sentences.push(format!(
            "The subscription to {} ({}) {began} on {anchor} and is paid or invoiced for the term {} \
             up to and including {}.",
            product.name_sv,
            product.sku,
            term.start,
            term.last_day()
        ));
    }
    if let Some(day) = subscription.ends_on {
        let verb = if day <= today { "ended" } else { "ends" };
        sentences.push(format!("It {verb} on {day} and will not be renewed."));
        return sentences;
    }
    let (renewal, deadline) = (subscription.renewal_date(), subscription.notice_deadline());
    if renewal == today {
        sentences.push(format!("It is to be renewed today, {renewal}, and is not billed yet."));
    } else if renewal < today {
        sentences.push(format!("It should have been renewed on {renewal} and is not billed yet."));
    } else if today <= deadline {
        sentences.push(format!(
            "It renews itself on {renewal} unless notice reaches us on {deadline} at the latest, \
             which is {} before, that day included.",
            months(subscription.notice_months)
        ));
    } else {
        sentences.push(format!(
            "It renews itself on {renewal}, because the last day for notice was {deadline}."
        ));
    }
    if let Some(end) = subscription.end_on_notice(today).ok().filter(|_| deadline < today) {
        sentences.push(format!("A notice that reaches us today ends it on {end}."));
    }
    let price = product.price_on(renewal).ok().zip(group);
    if let Some((price, group)) = price {
        let kind = if group == PriceGroup::Member { "the members' price" } else { "the price" };
        sentences.push(format!(
            "The next term costs {} kronor excluding VAT: {kind} in force from {}, as the price list \
             stands today.",
            price.of(group),
            price.from
        ));
    }
    if let Some(failure) = subscription.failure.as_ref().filter(|_| subscription.is_parked()) {
        sentences.push(format!(
            "Its renewal was refused {} times and is parked: {failure}. When that is mended, \
             `shopctl subscription renew --only {}` renews it.",
            subscription.failures, subscription.number
        ));
    }
    sentences
}

fn months(count: u32) -> String {
    match count {
        1 => "1 month".to_owned(),
        _ => format!("{count} months"),
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
        Err(Failure::new(error::Status::Partial, "some_refused", words)
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
