//! What a login has access to.

use anyhow::Result;

use crate::domain::account::Account;
use crate::render::sheet::{Cell, Grid, column};
use crate::store::{SubscriptionFilter, Tx};

/// Returns the subscriptions that give an account access today, one a row.
pub fn access(tx: &Tx<'_>, account: &Account) -> Result<Grid> {
    let mut grid = Grid::new(&[
        column("number", "Subscription"),
        column("sku", "Product"),
        column("status", "Status"),
        column("last_day", "Last day"),
    ]);
    let settings = tx.shop_settings()?;
    let filter = SubscriptionFilter { account: Some(account.id), ..SubscriptionFilter::default() };
    tx.each_subscription(&filter, &settings, &mut |listing| {
        let subscription = &listing.subscription;
        if subscription.access(listing.fetch_stopped_by, tx.today()).is_ok() {
            grid.rows.push(vec![
                Cell::Integer(subscription.number),
                Cell::text(subscription.sku.to_string()),
                Cell::text(subscription.status(tx.today()).as_str()),
                Cell::maybe(subscription.last_day()),
            ]);
        }
        Ok(())
    })?;
    Ok(grid)
}
