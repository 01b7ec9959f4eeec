use std::sync::Arc;

use super::super::fixture::{Shop, date};
use super::*;
use crate::domain::credit::{Part, of_parts};
use crate::domain::ledger::Standing;
use crate::domain::payment::{NewPayment, Payer, Payment, Source};
use crate::domain::product::ProductKind;
use crate::domain::setting::Setting;

/// Returns a shop with one invoice of 4 875 kronor, 975 of them VAT.
fn shop() -> (Shop, Invoice) {
    let shop = Shop::new();
    let account = shop.account(1);
    let product = shop.product("AB04", ProductKind::Subscription);
    let (_, invoice) = shop.order(&account, &[&product]);
    (shop, invoice)
}

fn choose(shop: &Shop, setting: Setting, value: &str) {
    shop.change(|tx| tx.choose(setting, value)).expect("a choice");
}

fn pay(shop: &Shop, invoice: &Invoice, identity: &str, ore: i64) -> (Payment, Entry) {
    let told = NewPayment {
        source: Source::Manual,
        file: None,
        identity: identity.to_owned(),
        received_on: shop.today(),
        amount: Money::from_ore(ore),
        bank_reference: None,
        payer: Payer::default(),
        reference: None,
        message: None,
    };
    let change = |tx: &Tx<'_>| {
        let payment = tx.record_payment(&told)?;
        let entry = tx.settle(&payment, invoice, Money::from_ore(ore), None)?;
        tx.round_off_rest(invoice)?;
        Ok((payment, entry))
    };
    shop.change(change).expect("a payment")
}

fn standing(shop: &Shop, invoice: &Invoice) -> Standing {
    shop.read(|tx| tx.standing(invoice)).expect("a standing")
}

/// Returns what is taken back of net and VAT, summed over all entries of the shop.
fn vat_taken(shop: &Shop) -> (i64, i64) {
    let sums = shop.read(|tx| {
        tx.rows(
            "SELECT coalesce(sum(net_ore), 0), coalesce(sum(vat_ore), 0) FROM ledger_vat",
            &[],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    });
    sums.expect("sums")[0]
}

fn credit(shop: &Shop, invoice: &Invoice, ore: i64) {
    let change = |tx: &Tx<'_>| {
        let (_, seller) = tx.seller()?;
        let part = Part { position: 1, net: Money::from_ore(ore), period: None, quantity: None };
        let (credited, day) = (tx.credited(invoice)?, tx.today());
        let draft = of_parts(invoice, &credited, &[part], "x", &Arc::new(seller), day)?;
        tx.credit_invoice(invoice, &draft)
    };
    shop.change(change).expect("a credit note");
}

#[test]
fn a_write_off_gives_up_all_that_is_left_and_can_be_taken_back() {
    let (shop, invoice) = shop();
    let total = invoice.draft.totals().total;
    let written = shop.change(|tx| tx.write_off(&invoice, "bankrupt")).expect("a write-off");
    assert_eq!(
        (written.left.capital, written.left.fees, written.vat),
        (total, Money::ZERO, vec![])
    );
    assert_eq!(standing(&shop, &invoice).left(), Money::ZERO);
    assert_eq!(vat_taken(&shop), (0, 0));
    let again = shop.change(|tx| tx.write_off(&invoice, "bankrupt"));
    assert!(again.is_err(), "nothing is left");

    let back = shop.change(|tx| tx.reverse_write_offs(&invoice, "paid after all"));
    assert_eq!(back, Ok(total));
    assert_eq!(standing(&shop, &invoice).left(), total);
    let twice = shop.change(|tx| tx.reverse_write_offs(&invoice, "paid after all"));
    assert_eq!(twice, Ok(Money::ZERO));
}

#[test]
fn vat_is_taken_back_in_proportion_to_what_is_unpaid_and_given_back_with_it() {
    let (shop, invoice) = shop();
    choose(&shop, Setting::WriteOffTakesVat, "yes");
    credit(&shop, &invoice, 90_000);
    // 3 000 kronor and 750 of VAT are left; two fifths are paid.
    pay(&shop, &invoice, "a", 150_000);
    let written = shop.change(|tx| tx.write_off(&invoice, "bankrupt")).expect("a write-off");
    assert_eq!(written.left.capital, Money::from_ore(225_000));
    assert_eq!(vat_taken(&shop), (-180_000, -45_000));

    // A further credit note makes a part of the write-off needless, and no payment yet.
    credit(&shop, &invoice, 120_000);
    let after = standing(&shop, &invoice);
    assert_eq!(
        (after.left(), after.paid().ore(), after.given_up().ore()),
        (Money::ZERO, 150_000, 75_000)
    );
    assert_eq!(vat_taken(&shop), (-60_000, -15_000));
    shop.change(|tx| tx.reverse_write_offs(&invoice, "paid after all")).expect("taken back");
    assert_eq!(vat_taken(&shop), (0, 0));
}

#[test]
fn fees_and_interest_are_written_off_without_vat() {
    let (shop, invoice) = shop();
    shop.set_today(date("2026-04-20"));
    choose(&shop, Setting::WriteOffTakesVat, "yes");
    let claim = |kind, ore| NewEntry {
        kind,
        invoice: Some(invoice.id),
        payment: None,
        reminder: None,
        reverses: None,
        value_on: shop.today(),
        amount: Money::from_ore(ore),
        reason: None,
    };
    shop.change(|tx| tx.enter(&claim(EntryKind::ReminderFee, 6_000))).expect("a fee");
    shop.change(|tx| tx.enter(&claim(EntryKind::LateInterest, 1_234))).expect("interest");
    let total = invoice.draft.totals().total;
    pay(&shop, &invoice, "a", total.ore() + 2_000);
    let left = Left::of(&standing(&shop, &invoice));
    assert_eq!((left.capital, left.fees, left.interest), parts(0, 4_000, 1_234));
    let written = shop.change(|tx| tx.write_off(&invoice, "not worth it")).expect("a write-off");
    assert_eq!((written.left, vat_taken(&shop)), (left, (0, 0)));
}

fn parts(capital: i64, fees: i64, interest: i64) -> (Money, Money, Money) {
    (Money::from_ore(capital), Money::from_ore(fees), Money::from_ore(interest))
}

#[test]
fn a_rest_is_rounded_off_only_below_the_limit_and_after_a_payment() {
    let (shop, invoice) = shop();
    let total = invoice.draft.totals().total.ore();
    let round = || shop.change(|tx| tx.round_off_rest(&invoice)).expect("no failure");
    choose(&shop, Setting::RestWrittenOff, "100");
    assert_eq!(round(), None, "nobody has paid on it");
    choose(&shop, Setting::RestWrittenOff, "5");
    pay(&shop, &invoice, "a", total - 500);
    assert_eq!(standing(&shop, &invoice).left(), Money::from_ore(500), "5 kronor are asked for");
    pay(&shop, &invoice, "b", 1);
    let rounded = standing(&shop, &invoice).sum_of(EntryKind::Rounding);
    assert_eq!(rounded, Money::from_ore(-499));
    assert_eq!(standing(&shop, &invoice).left(), Money::ZERO);
    assert_eq!(round(), None);
}

#[test]
fn a_rest_is_owed_again_when_its_payment_goes() {
    let (shop, invoice) = shop();
    let total = invoice.draft.totals().total;
    let (_, entry) = pay(&shop, &invoice, "a", total.ore() - 499);
    assert_eq!(standing(&shop, &invoice).left(), Money::ZERO);
    let back = |tx: &Tx<'_>| tx.unsettle(&invoice, &entry, -entry.amount, "meant for another");
    shop.change(back).expect("taken back");
    assert_eq!(standing(&shop, &invoice).left(), total);
}

#[test]
fn crediting_an_invoice_with_a_rounded_rest_leaves_it_at_nothing() {
    let (shop, invoice) = shop();
    let (payment, _) = pay(&shop, &invoice, "a", invoice.draft.totals().total.ore() - 499);
    credit(&shop, &invoice, 390_000);
    assert_eq!(standing(&shop, &invoice).left(), Money::ZERO);
    assert_eq!(standing(&shop, &invoice).given_up(), Money::ZERO);
    let left = shop.read(|tx| tx.payment_left(&payment)).expect("a rest");
    assert_eq!(left, payment.told.amount);
}

#[test]
fn money_goes_back_only_after_what_was_given_up_is_taken_back() {
    let (shop, invoice) = shop();
    let (payment, _) = pay(&shop, &invoice, "a", 150_000);
    shop.change(|tx| tx.write_off(&invoice, "bankrupt")).expect("a write-off");
    // 1 000 kronor of it are owed after this, and 1 500 are paid.
    credit(&shop, &invoice, 310_000);
    let after = standing(&shop, &invoice);
    assert_eq!(
        (after.left(), after.paid().ore(), after.given_up().ore()),
        (Money::ZERO, 100_000, 0)
    );
    let left = shop.read(|tx| tx.payment_left(&payment)).expect("a rest");
    assert_eq!(left, Money::from_ore(50_000));
}

#[test]
fn crediting_a_line_gives_back_the_vat_of_its_own_rate_that_a_write_off_took() {
    let shop = Shop::new();
    let account = shop.account(1);
    let products = [("AB04", ProductKind::Subscription), ("PRINT", ProductKind::Printed)]
        .map(|(sku, kind)| shop.product(sku, kind));
    let (_, invoice) = shop.order(&account, &products.each_ref());
    choose(&shop, Setting::WriteOffTakesVat, "yes");
    shop.change(|tx| tx.write_off(&invoice, "bankrupt")).expect("a write-off");
    credit(&shop, &invoice, invoice.draft.lines[0].net.ore());

    let stays = shop.read(|tx| {
        tx.rows(
            "SELECT vat_rate, sum(net_ore), sum(vat_ore) FROM ledger_vat
             GROUP BY vat_rate HAVING sum(net_ore) <> 0 OR sum(vat_ore) <> 0",
            &[],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
    });
    let printed = &invoice.draft.lines[1];
    let (rate, net) = (printed.vat_rate, printed.net);
    assert_ne!(rate, invoice.draft.lines[0].vat_rate);
    assert_eq!(stays, Ok(vec![(i64::from(rate.percent()), -net.ore(), -rate.of(net).ore())]));
}
