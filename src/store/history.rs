//! Random histories of the shop, and the laws that hold after each of them.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::fixture::{
    Shop, account_key, catalogue, date, new_account, new_product, plan, price, renewal,
};
use super::{DueBy, StoreError, Tx};
use crate::domain::account::NewAccount;
use crate::domain::credit::{
    Addressee, Part, check_reissue, in_full, of_parts, position_of_term, reissued,
};
use crate::domain::due::DueRule;
use crate::domain::invoice::{InvoiceNumber, Line};
use crate::domain::money::Money;
use crate::domain::product::{Price, Product, ProductKind};
use crate::domain::setting::Setting;
use crate::domain::subscription::Subscription;
use crate::domain::term::Rhythm;

const ACCOUNTS: u32 = 3;

/// Something that happens in the shop on one day.
#[derive(Clone, Debug)]
enum Deed {
    Order {
        account: u32,
        products: Vec<usize>,
    },
    /// Renews what is due, at most so many.
    Renew {
        limit: i64,
    },
    /// Credits the last billed term of the `n`th subscription, if there are so many, and takes it back.
    Withdraw {
        n: usize,
    },
    /// Credits half of what is left of the first line of the invoice of this number, if there is one.
    Credit {
        number: i64,
    },
    /// Credits the invoice of this number and issues it anew, if nothing of it is credited.
    Reissue {
        number: i64,
    },
    Membership {
        account: u32,
        is_member: bool,
    },
    Price {
        product: usize,
        kronor: i64,
    },
    /// Whatever it was, the transaction fails.
    Failure(Box<Deed>),
}

fn deed() -> impl Strategy<Value = Deed> {
    let products = proptest::sample::subsequence(vec![0_usize, 1, 2], 1..=3);
    let deed = prop_oneof![
        3 => (0..ACCOUNTS, products)
            .prop_map(|(account, products)| Deed::Order { account, products }),
        3 => (1_i64..8).prop_map(|limit| Deed::Renew { limit }),
        2 => (0_usize..6).prop_map(|n| Deed::Withdraw { n }),
        2 => (1_i64..30).prop_map(|number| Deed::Credit { number }),
        2 => (1_i64..30).prop_map(|number| Deed::Reissue { number }),
        1 => (0..ACCOUNTS, any::<bool>())
            .prop_map(|(account, is_member)| Deed::Membership { account, is_member }),
        1 => (0_usize..3, 0_i64..9999).prop_map(|(product, kronor)| Deed::Price { product, kronor }),
    ];
    deed.clone().boxed().prop_union(deed.prop_map(|deed| Deed::Failure(Box::new(deed))).boxed())
}

/// Returns a shop with accounts and products: terms of twelve months, of one, and none.
fn shop() -> (Shop, Vec<Product>) {
    let shop = Shop::new();
    shop.change(|tx| tx.set_next_invoice(1)).expect("the first number");
    for n in 0..ACCOUNTS {
        let is_member = n == 0;
        shop.change(|tx| tx.create_account(&NewAccount { is_member, ..new_account(n) }))
            .expect("an account");
    }
    let kinds = [
        ("YEARLY", ProductKind::Subscription, 12),
        ("MONTHLY", ProductKind::Licence, 1),
        ("PRINT", ProductKind::Printed, 12),
    ];
    let products = kinds.map(|(sku, kind, term_months)| {
        let mut new = new_product(sku, kind);
        new.term_months = term_months;
        new.notice_months = new.notice_months.min(term_months - 1);
        let new = new.checked().expect("a product whose parts agree");
        shop.change(|tx| tx.create_product(&new)).expect("a product")
    });
    (shop, products.to_vec())
}

fn happen(tx: &Tx<'_>, products: &[Product], deed: &Deed) -> Result<(), StoreError> {
    let account_of = |n: &u32| tx.account(&account_key(*n));
    match deed {
        Deed::Order { account, products: chosen } => {
            let account = account_of(account)?;
            let ordered: Vec<Product> =
                chosen.iter().map(|n| tx.product(&products[*n].sku)).collect::<Result<_, _>>()?;
            let ordered: Vec<&Product> = ordered.iter().collect();
            tx.place_order(&account, &plan(tx, &account, &ordered)?).map(|_| ())
        }
        Deed::Renew { limit } => renew(tx, *limit).map(|_| ()),
        Deed::Withdraw { n } => withdraw(tx, *n),
        Deed::Credit { number } => credit_half(tx, InvoiceNumber(*number)),
        Deed::Reissue { number } => reissue(tx, InvoiceNumber(*number)),
        Deed::Membership { account, is_member } => {
            tx.set_membership(&account_of(account)?, *is_member, tx.today()).map(|_| ())
        }
        Deed::Price { product, kronor } => {
            let product = tx.product(&products[*product].sku)?;
            let today = tx.today().to_string();
            tx.set_price(&product, &price(&today, *kronor, *kronor / 2)).map(|_| ())
        }
        Deed::Failure(deed) => {
            happen(tx, products, deed)?;
            Err(StoreError::InUse("it failed after all".to_owned()))
        }
    }
}

/// Renews what is due, term by term, and returns how many terms that were.
pub(super) fn renew(tx: &Tx<'_>, limit: i64) -> Result<i64, StoreError> {
    let catalogue = catalogue(tx)?;
    let (seller_version, _) = tx.seller()?;
    for renewed in 0..limit {
        let settings = tx.shop_settings()?;
        let by = DueBy { as_of: tx.today(), settings: &settings, catalogue: &catalogue };
        let page = tx.subscriptions_due(&by, None, 1)?;
        let Some(due) = page.first() else { return Ok(renewed) };
        tx.renew_subscription(&renewal(tx, due)?, due.product.id, seller_version)?;
    }
    Ok(limit)
}

/// Credits the last billed term of the `n`th subscription and takes it back.
fn withdraw(tx: &Tx<'_>, n: usize) -> Result<(), StoreError> {
    let Some(subscription) = subscriptions(tx)?.into_iter().nth(n) else { return Ok(()) };
    let Some((term, number)) = tx.terms(subscription.id)?.pop() else { return Ok(()) };
    let invoice = tx.invoice(InvoiceNumber(number))?;
    let position = position_of_term(&invoice, subscription.number, term).expect("its line");
    let (credited, (_, seller)) = (tx.credited(&invoice)?, tx.seller()?);
    let net = credited.left(position).expect("its line");
    let part = Part { position, net, period: Some(term), quantity: None };
    let draft = of_parts(&invoice, &credited, &[part], "x", &Arc::new(seller), tx.today())?;
    let note = tx.credit_invoice(&invoice, &draft)?;
    tx.withdraw_term(&subscription, term, &invoice, &note)
}

fn credit_half(tx: &Tx<'_>, number: InvoiceNumber) -> Result<(), StoreError> {
    let Some(invoice) = tx.invoice_numbers(number, number)?.first().copied() else { return Ok(()) };
    let invoice = tx.invoice(invoice)?;
    let credited = tx.credited(&invoice)?;
    let half = Money::from_ore(credited.left(1).expect("a line").ore() / 2);
    if half == Money::ZERO {
        return Ok(());
    }
    let part = Part { position: 1, net: half, period: None, quantity: None };
    let (_, seller) = tx.seller()?;
    let draft = of_parts(&invoice, &credited, &[part], "x", &Arc::new(seller), tx.today())?;
    tx.credit_invoice(&invoice, &draft).map(|_| ())
}

/// Issues the invoice of this number anew, if there is one and nothing of it is credited.
pub(super) fn reissue(tx: &Tx<'_>, number: InvoiceNumber) -> Result<(), StoreError> {
    let Some(original) = tx.invoice_numbers(number, number)?.first().copied() else {
        return Ok(());
    };
    let original = tx.invoice(original)?;
    let credited = tx.credited(&original)?;
    if check_reissue(&original, &credited).is_err() {
        return Ok(());
    }
    let account = tx.debtor(&original)?;
    let to = Addressee::of(&account, None, &original.draft).expect("a buyer");
    let (seller, today) = (Arc::new(tx.seller()?.1), tx.today());
    let note = in_full(&original, &credited, "x", &seller, today)?;
    let paid = tx.standing(&original)?.paid().min(original.draft.totals().total);
    let anew = reissued(&original, to, &seller, (today, today), paid);
    tx.reissue_invoice(&original, &note, &anew, account.id).map(|_| ())
}

pub(super) fn subscriptions(tx: &Tx<'_>) -> Result<Vec<Subscription>, StoreError> {
    let mut subscriptions = Vec::new();
    let settings = tx.shop_settings()?;
    tx.each_subscription(&super::SubscriptionFilter::default(), &settings, &mut |listing| {
        subscriptions.push(listing.subscription);
        Ok(())
    })?;
    Ok(subscriptions)
}

fn invoices_are_numbered_without_gaps_and_add_up(tx: &Tx<'_>) -> Result<i64, StoreError> {
    let count = tx.next_invoice()? - 1;
    let mut listed = Vec::new();
    tx.each_invoice(&super::InvoiceFilter::default(), &mut |listing| {
        listed.push((listing.number, listing.total));
        Ok(())
    })?;
    listed.reverse();
    assert_eq!(listed.len() as i64, count);
    let mut latest = NaiveDate::MIN;
    for (position, (number, total)) in listed.into_iter().enumerate() {
        assert_eq!(number, position as i64 + 1);
        let draft = tx.invoice(InvoiceNumber(number))?.draft;
        let net: Money = draft.lines.iter().map(|line| line.net).sum();
        let totals = draft.totals();
        assert_eq!((totals.net, draft.kind().owed(totals.net + totals.vat)), (net, total));
        assert!(draft.issued_on >= latest);
        latest = draft.issued_on;
    }
    Ok(count)
}

fn terms_tile_what_is_billed(tx: &Tx<'_>) -> Result<i64, StoreError> {
    let mut count = 0;
    for subscription in subscriptions(tx)? {
        let Rhythm { anchor, .. } = subscription.rhythm;
        let mut end = anchor;
        for (n, (term, number)) in tx.terms(subscription.id)?.into_iter().enumerate() {
            assert_eq!((term.start, Ok(term)), (end, subscription.rhythm.term(n as u32)));
            let invoice = tx.invoice(InvoiceNumber(number))?;
            let billed = |line: &&Line| {
                line.period == Some(term) && line.subscription_number == Some(subscription.number)
            };
            assert_eq!(invoice.draft.lines.iter().filter(billed).count(), 1);
            let position = position_of_term(&invoice, subscription.number, term).expect("its line");
            assert!(!tx.credited(&invoice)?.is_line_closed(position));
            end = term.end;
            count += 1;
        }
        assert_eq!(end, subscription.billed_through);
        for withdrawn in tx.withdrawn_terms(subscription.id)? {
            let invoice = tx.invoice(withdrawn.invoice)?;
            let position = position_of_term(&invoice, subscription.number, withdrawn.term);
            assert!(tx.credited(&invoice)?.is_line_closed(position.expect("its line")));
        }
    }
    Ok(count)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_the_books_are_in_order(
        history in proptest::collection::vec((0_u64..70, deed()), 1..40),
        silence in 0_u64..800,
    ) {
        let (shop, products) = shop();
        for (days, deed) in &history {
            shop.set_today(shop.today() + Days::new(*days));
            let done = shop.change(|tx| happen(tx, &products, deed));
            prop_assert_eq!(done.is_err(), matches!(deed, Deed::Failure(_)), "{:?}", done);
        }

        shop.set_today(shop.today() + Days::new(silence));
        shop.change(|tx| renew(tx, i64::MAX)).expect("the renewals");
        let counts = shop.read(|tx| {
            assert_eq!(tx.count_due(tx.today(), DueRule::default())?, 0);
            assert_eq!(tx.verify_chain()?.1, []);
            Ok((invoices_are_numbered_without_gaps_and_add_up(tx)?, terms_tile_what_is_billed(tx)?))
        });
        let again = shop.change(|tx| renew(tx, i64::MAX));
        prop_assert_eq!(again, Ok(0));
        let counts_again = shop.read(|tx| {
            Ok((invoices_are_numbered_without_gaps_and_add_up(tx)?, terms_tile_what_is_billed(tx)?))
        });
        prop_assert_eq!(counts, counts_again);
    }
}

#[test]
fn three_weeks_of_silence_and_a_run_every_day_bill_the_same_terms() {
    let terms = |days_between_runs: usize| {
        let (shop, products) = shop();
        let deed = Deed::Order { account: 1, products: vec![0, 1] };
        shop.change(|tx| happen(tx, &products, &deed)).expect("an order");
        for day in date("2026-03-02").iter_days().step_by(days_between_runs) {
            shop.set_today(day.min(date("2027-06-01")));
            shop.change(|tx| renew(tx, i64::MAX)).expect("the renewals");
            if day >= date("2027-06-01") {
                break;
            }
        }
        let mut terms = Vec::new();
        for number in [1001, 1002] {
            let billed = shop.read(|tx| tx.terms(tx.subscription(number)?.id)).expect("terms");
            terms.push(billed.into_iter().map(|(term, _)| term).collect::<Vec<_>>());
        }
        (terms, shop.read(|tx| tx.next_invoice()).expect("a number"))
    };
    let daily = terms(1);
    // The sixteenth month begins on the last day, on which notice could still be given.
    assert_eq!((daily.0[0].len(), daily.0[1].len()), (2, 16));
    assert_eq!(daily, terms(21));
}

#[test]
fn r14_prices_do_not_depend_on_when_renewal_ran() {
    let entries = [
        ("2026-10-20", ("2027-01-01", 4000)),
        ("2026-11-20", ("2027-01-01", 4500)),
        ("2027-02-25", ("2027-02-01", 3950)),
        ("2027-03-01", ("2027-02-15", 3000)),
        ("2027-03-09", ("2027-02-15", 2000)),
        ("2027-12-15", ("2028-03-01", 6000)),
    ];
    for (days_ahead, prices) in [("0", [3900, 3950, 2000]), ("14", [3900, 4000, 2000])] {
        let billed = |days| billed_every(days, &[("2026-03-02", days_ahead)], &entries);
        let daily = billed(1);
        assert_eq!(kronor(&daily), prices);
        for days in [7, 21, 400] {
            assert_eq!(daily, billed(days), "a run every {days} days");
        }
    }
}

#[test]
fn r14_prices_do_not_depend_on_it_where_the_days_ahead_of_an_invoice_are_changed() {
    // A fall that is entered nine days before the renewal on 2027-03-01.
    let fall = [("2027-02-20", ("2027-02-25", 3000))];
    let cases: [(&[(&str, &str)], i64); 4] = [
        // The term falls due on the day of the choice, when the fall is known.
        (&[("2027-02-24", "14")], 3000),
        // It had fallen due when the choice was made, the fall being known.
        (&[("2027-03-04", "14")], 3000),
        // It had fallen due before the fall was entered.
        (&[("2026-06-01", "14"), ("2027-02-22", "0")], 3900),
        // What is chosen and taken back on one day is as if it had not been.
        (&[("2027-02-18", "14"), ("2027-02-18", "0")], 3000),
    ];
    for (chosen, price) in cases {
        let daily = billed_every(1, chosen, &fall);
        assert_eq!(kronor(&daily)[1], price, "{chosen:?}");
        for days in [7, 21, 400] {
            let late = billed_every(days, chosen, &fall);
            assert_eq!(daily, late, "{chosen:?}, a run every {days} days");
        }
    }
}

/// Returns the lines of a yearly subscription of two years, where renewal runs every so many days.
/// `chosen` are days with the days ahead of an invoice chosen on them, `entries` days with the version
/// of the list entered on them.
fn billed_every(
    days_between_runs: usize,
    chosen: &[(&str, &str)],
    entries: &[(&str, (&str, i64))],
) -> Vec<Line> {
    let (shop, products) = shop();
    let deed = Deed::Order { account: 1, products: vec![0] };
    shop.change(|tx| happen(tx, &products, &deed)).expect("an order");
    let last = date("2028-04-01");
    for (number, day) in date("2026-03-02").iter_days().take_while(|day| *day <= last).enumerate() {
        shop.set_today(day);
        let runs = |shop: &Shop| shop.change(|tx| renew(tx, i64::MAX)).expect("the renewals");
        if days_between_runs == 1 {
            runs(&shop);
        }
        for (_, value) in chosen.iter().filter(|(chosen_on, _)| date(chosen_on) == day) {
            shop.change(|tx| tx.choose(Setting::RenewalInvoiceDays, value)).expect("a setting");
        }
        for (_, (from, kronor)) in entries.iter().filter(|(entered, _)| date(entered) == day) {
            let version = Price { entered_on: day, ..price(from, *kronor, *kronor) };
            let set = |tx: &Tx<'_>| tx.set_price(&tx.product(&products[0].sku)?, &version);
            shop.change(set).expect("a price");
        }
        if number % days_between_runs == days_between_runs - 1 || day == last {
            runs(&shop);
        }
    }
    let lines = |tx: &Tx<'_>| -> Result<Vec<_>, StoreError> {
        let terms = tx.terms(tx.subscription(1001)?.id)?;
        let line = |number| Ok(tx.invoice(InvoiceNumber(number))?.draft.lines.remove(0));
        terms.into_iter().map(|(_, number)| line(number)).collect()
    };
    shop.read(lines).expect("the lines")
}

fn kronor(lines: &[Line]) -> Vec<i64> {
    lines.iter().map(|line| line.unit_price.ore() / 100).collect()
}
