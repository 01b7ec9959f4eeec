//! What a login has access to.

use anyhow::Result;

use crate::domain::account::Account;
use crate::domain::invoice::InvoiceNumber;
use crate::domain::login::Login;
use crate::domain::subscription::Subscription;
use crate::render::sheet::{Cell, Grid, column};
use crate::store::{StoreError, SubscriptionFilter, Tx};

/// A subscription that a login reads under, and the unpaid invoice that stops it, if one does.
pub struct Held {
    pub subscription: Subscription,
    pub stopped_by: Option<InvoiceNumber>,
}

/// Returns the subscriptions that a login may read under, whether they give access today or not: for the
/// first one of its account all the account has, and for each the licences in which it has a seat (R2).
///
/// Without a login it is what the account has.
pub fn held(
    tx: &Tx<'_>,
    login: Option<&Login>,
    account: &Account,
) -> Result<Vec<Held>, StoreError> {
    let settings = tx.shop_settings()?;
    let mut held = Vec::new();
    let has_all = match login {
        Some(login) => !tx.is_seated_only(login)?,
        None => true,
    };
    if has_all {
        let filter =
            SubscriptionFilter { account: Some(account.id), ..SubscriptionFilter::default() };
        tx.each_subscription(&filter, &settings, &mut |listing| {
            let stopped_by = listing.fetch_stopped_by;
            held.push(Held { subscription: listing.subscription, stopped_by });
            Ok(())
        })?;
    }
    let seating = login.map(|login| tx.licences_seating(login.id)).transpose()?;
    for number in seating.unwrap_or_default() {
        if held.iter().all(|held| held.subscription.number != number) {
            let subscription = tx.subscription(number)?;
            let stopped_by = tx.fetch_stopped_by(&subscription, &settings)?;
            held.push(Held { subscription, stopped_by });
        }
    }
    Ok(held)
}

/// Returns the subscriptions that give a login access today, one a row.
pub fn access(tx: &Tx<'_>, login: &Login, account: &Account) -> Result<Grid> {
    let mut grid = Grid::new(&[
        column("number", "Subscription"),
        column("sku", "Product"),
        column("status", "Status"),
        column("last_day", "Last day"),
    ]);
    for Held { subscription, stopped_by } in held(tx, Some(login), account)? {
        let licence = tx.find_licence(subscription.number)?;
        let is_revoked = licence.is_some_and(|licence| licence.revoked.is_some());
        if !is_revoked && subscription.access(stopped_by, tx.today()).is_ok() {
            grid.rows.push(vec![
                Cell::Integer(subscription.number),
                Cell::text(subscription.sku.to_string()),
                Cell::text(subscription.status(tx.today()).as_str()),
                Cell::maybe(subscription.last_day()),
            ]);
        }
    }
    Ok(grid)
}
