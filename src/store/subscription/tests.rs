use super::super::fixture::{Shop, catalogue, date, plan, renewal};
use super::*;
use crate::domain::due::DueRule;
use crate::domain::product::ProductKind;
use crate::domain::subscription::Due;
use crate::store::{DueBy, DueCursor};

/// Returns a shop whose one subscription is due today.
fn shop() -> (Shop, Subscription) {
    let shop = Shop::new();
    let account = shop.account(1);
    let product = shop.product("AB04", ProductKind::Subscription);
    shop.order(&account, &[&product]);
    shop.set_today(date("2027-03-01"));
    let subscription = shop.read(|tx| tx.subscription(1001)).expect("the subscription");
    (shop, subscription)
}

fn due(tx: &Tx<'_>) -> Result<Due, StoreError> {
    due_by(tx, |by| Ok(tx.subscription_due(1001, by, None)?.remove(0)))
}

/// Asks what is due today.
fn due_by<T>(
    tx: &Tx<'_>,
    ask: impl FnOnce(&DueBy<'_>) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let (settings, catalogue) = (tx.shop_settings()?, catalogue(tx)?);
    ask(&DueBy { as_of: tx.today(), settings: &settings, catalogue: &catalogue })
}

fn renew(tx: &Tx<'_>, due: &Due) -> Result<Invoice, StoreError> {
    let (seller_version, _) = tx.seller()?;
    tx.renew_subscription(&renewal(tx, due)?, due.product.id, seller_version)
}

#[test]
fn r14_a_renewal_planned_on_stale_facts_is_refused() {
    let (shop, _) = shop();
    let stale = shop.read(due).expect("what is due");
    shop.change(|tx| renew(tx, &stale)).expect("the first renewal");
    let again = shop.change(|tx| renew(tx, &stale));
    assert!(matches!(again, Err(StoreError::Changed { noun: "subscription", .. })), "{again:?}");
    assert_eq!(shop.read(|tx| tx.next_invoice()), Ok(1003));
    assert_eq!(shop.read(|tx| tx.terms(stale.subscription.id)).expect("terms").len(), 2);

    let late = shop.change(|tx| tx.record_renewal_failure(&stale.subscription, "late"));
    assert!(matches!(late, Err(StoreError::Changed { noun: "subscription", .. })), "{late:?}");
}

#[test]
fn r14_a_subscription_that_ended_in_the_meantime_is_not_renewed() {
    let (shop, subscription) = shop();
    let stale = shop.read(due).expect("what is due");
    shop.intruder()
        .execute("UPDATE subscription SET ends_on = billed_through", [])
        .expect("an end");
    let renewed = shop.change(|tx| renew(tx, &stale));
    assert!(matches!(renewed, Err(StoreError::Changed { .. })), "{renewed:?}");
    shop.read(|tx| {
        assert_eq!(tx.count_due(tx.today(), DueRule::default())?, 0);
        assert!(due_by(tx, |by| tx.subscriptions_due(by, None, 10))?.is_empty());
        assert!(due_by(tx, |by| tx.subscription_due(1001, by, None))?.is_empty());
        assert_eq!(tx.subscription(1001)?.billed_through, subscription.billed_through);
        Ok(())
    })
    .expect("answers");
}

#[test]
fn r14_the_schema_refuses_a_term_billed_twice() {
    let (shop, subscription) = shop();
    let (term, _) = shop.read(|tx| tx.terms(subscription.id)).expect("terms")[0];
    let twice = shop.change(|tx| tx.insert_term(subscription.id, term, InvoiceId(1)));
    assert!(matches!(twice, Err(StoreError::Driver(DriverError::Duplicate(_)))), "{twice:?}");
}

#[test]
fn what_is_due_is_paged_through_without_loss_or_repetition() {
    let shop = Shop::new();
    let product = shop.product("AB04", ProductKind::Subscription);
    for (n, day) in ["2026-03-01", "2026-03-01", "2026-03-02", "2026-03-02", "2026-03-02"]
        .into_iter()
        .enumerate()
    {
        shop.set_today(date(day));
        let account = shop.account(n as u32);
        shop.order(&account, &[&product]);
    }
    shop.set_today(date("2028-01-01"));
    for limit in 1..=6 {
        let numbers = shop.read(|tx| {
            let (mut cursor, mut numbers) = (None, Vec::new());
            loop {
                let page = due_by(tx, |by| tx.subscriptions_due(by, cursor, limit))?;
                let Some(last) = page.last() else { return Ok(numbers) };
                let (billed_through, id) = (last.subscription.billed_through, last.subscription.id);
                cursor = Some(DueCursor { billed_through, id });
                numbers.extend(page.iter().map(|due| due.subscription.number));
            }
        });
        assert_eq!(numbers, Ok(vec![1001, 1002, 1003, 1004, 1005]), "{limit} at a time");
    }
}

#[test]
fn an_account_that_moved_is_billed_at_its_new_address() {
    let (shop, _) = shop();
    let invoice = shop
        .change(|tx| {
            let account = due(tx)?.account;
            let mut profile = account.profile.clone();
            profile.city = Some("Täby".to_owned());
            tx.edit_account(&account, &profile)?;
            renew(tx, &due(tx)?)
        })
        .expect("a renewal");
    assert_eq!(invoice.draft.buyer.city, "Täby");
    let first = shop.read(|tx| tx.invoice(crate::domain::invoice::InvoiceNumber(1001)));
    assert_eq!(first.expect("the first invoice").draft.buyer.city, "Stockholm");
}

#[test]
fn a_second_order_starts_a_second_subscription() {
    let (shop, _) = shop();
    let account = shop.read(|tx| tx.account_by_id(due(tx)?.account.id)).expect("the account");
    let product = shop.read(due).expect("what is due").product;
    shop.change(|tx| tx.place_order(&account, &plan(tx, &account, &[&product])?))
        .expect("a second order");
    let running = shop.read(|tx| tx.subscriptions_of(account.id)).expect("subscriptions");
    let renewal_dates: Vec<String> =
        running.iter().map(|one| one.renewal_date().to_string()).collect();
    assert_eq!(renewal_dates, ["2027-03-01", "2028-03-01"]);
}
