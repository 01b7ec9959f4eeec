//! `subscription`: what runs, its dates, and all that can happen to it.

mod cancel;
mod confirmation;
mod end;
mod goodwill;
mod import;
mod notice;
mod price;
mod reinstate;
mod remind;
mod renew;
mod show;
mod transfer;
mod withdraw;

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;

use crate::app::App;
use crate::commands::account::account_looked_at;
use crate::domain::account::{Account, AccountKey};
use crate::domain::product::Sku;
use crate::domain::subscription::{Status, Subscription};
use crate::domain::term::{NoticeRule, parse_date};
use crate::render::sheet::{Cell, Column, Grid, column, spare};
use crate::store::{SubscriptionFilter, Tx};

pub use self::cancel::{CancelArgs, cancel};
pub use self::confirmation::{ConfirmationArgs, EvidenceArgs, confirmation, evidence};
pub use self::end::{EndArgs, end};
pub use self::import::{ImportArgs, import};
pub use self::price::{PriceArgs, price};
pub use self::reinstate::{ReinstateArgs, reinstate};
pub use self::remind::{
    RemindArgs, ReminderBatch, count as count_reminders, prepare as prepare_reminders, remind,
};
pub use self::renew::{RenewArgs, RenewalBatch, far_ahead, prepare, refusal_today, renew};
pub use self::show::{ShowArgs, show};
pub use self::transfer::{TransferArgs, transfer};
pub use self::withdraw::{Withdrawn, for_order as withdraw_for_order, growths as withdraw_growths};

/// List subscriptions
///
/// One is blocked when its renewal was refused twice, and while an invoice for it has been overdue for
/// as long as the setting `fetch_stops_days` says.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl subscription list --renews-before 2027-02-01
  shopctl subscription list --status running --product AB04 --notice-before 2026-12-01
  shopctl subscription list --status blocked --json")]
pub struct ListArgs {
    /// Only those running, with notice given, ended or blocked
    #[arg(long, value_name = "STATUS", value_parser = parse_status)]
    status: Option<Status>,
    /// Only those that renew before this day
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    renews_before: Option<NaiveDate>,
    /// Only those without notice whose last day for it lies before this day
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    notice_before: Option<NaiveDate>,
    /// Only those to this product
    #[arg(long, value_name = "SKU")]
    product: Option<Sku>,
    /// Only those of this account
    #[arg(long, value_name = "ORG")]
    account: Option<AccountKey>,
}

impl ListArgs {
    fn is_filtered(&self) -> bool {
        self.status.is_some()
            || self.renews_before.is_some()
            || self.notice_before.is_some()
            || self.product.is_some()
            || self.account.is_some()
    }
}

fn parse_status(text: &str) -> Result<Status, String> {
    let wanted = text.trim().replace('-', " ");
    Status::ALL.into_iter().find(|status| status.as_str() == wanted).ok_or_else(|| {
        let words: Vec<&str> = Status::ALL.iter().map(|status| status.as_str()).collect();
        format!("`{text}` is not a status; a subscription is {}", words.join(", "))
    })
}

const COLUMNS: [Column; 9] = [
    column("number", "Number"),
    column("sku", "Product"),
    column("org_number", "Account"),
    column("name", "Name"),
    spare("start", "Since"),
    column("renewal_date", "Renews"),
    column("notice_deadline", "Notice by"),
    column("ends", "Ends"),
    column("status", "Status"),
];

pub fn list(app: &mut App, args: &ListArgs) -> Result<()> {
    let mut list = app.list(&COLUMNS)?;
    let account = account_looked_at(app, args.account.as_ref())?;
    let mut failed = None;
    app.read(|tx| {
        let product = args.product.as_ref().map(|sku| tx.product(sku)).transpose()?;
        let settings = tx.shop_settings()?;
        let rule = settings.notice;
        let filter = SubscriptionFilter {
            account: account.as_ref().map(|account| account.id),
            sku: product.map(|product| product.sku.to_string()),
            renews_before: args.renews_before,
        };
        tx.each_subscription(&filter, &settings, &mut |listing| {
            let subscription = &listing.subscription;
            let status = subscription.status_with(listing.fetch_stopped_by, tx.today());
            let renews = subscription.next_renewal().is_some();
            let in_time = |day| renews && subscription.notice_deadline(rule) < day;
            if args.status.is_none_or(|wanted| wanted == status)
                && args.notice_before.is_none_or(in_time)
                && (renews || args.renews_before.is_none())
            {
                let number = listing.org_number.masked();
                let row = row(subscription, rule, number, listing.name, status);
                failed = failed.take().or_else(|| list.row(row).err());
            }
            Ok(())
        })?;
        Ok(())
    })?;
    match failed {
        Some(error) => Err(error.into()),
        None if args.is_filtered() => list.finish("no subscription is like that"),
        None => list.finish("no subscriptions; `shopctl order create` starts one"),
    }
}

fn row(
    subscription: &Subscription,
    rule: NoticeRule,
    org_number: String,
    name: String,
    status: Status,
) -> Vec<Cell> {
    let renews = subscription.next_renewal();
    vec![
        Cell::Integer(subscription.number),
        Cell::text(subscription.sku.as_str()),
        Cell::Text(org_number),
        Cell::Text(name),
        Cell::Date(subscription.rhythm.anchor),
        Cell::maybe(renews),
        Cell::maybe(renews.map(|_| subscription.notice_deadline(rule))),
        Cell::maybe(subscription.ends_on),
        Cell::text(status.as_str()),
    ]
}

/// Returns the subscriptions of an account as rows.
pub fn grid_of(tx: &Tx<'_>, account: &Account) -> Result<Grid> {
    let mut grid = Grid::new(&COLUMNS);
    let settings = tx.shop_settings()?;
    for subscription in tx.subscriptions_of(account.id)? {
        let (number, name) = (account.org_number.to_string(), account.profile.name.clone());
        let stopped_by = tx.fetch_stopped_by(&subscription, &settings)?;
        let status = subscription.status_with(stopped_by, tx.today());
        grid.rows.push(row(&subscription, settings.notice, number, name, status));
    }
    Ok(grid)
}
