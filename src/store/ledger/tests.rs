use std::sync::Arc;

use super::super::fixture::{Shop, date};
use super::*;
use crate::domain::credit::{Part, in_full, of_parts};
use crate::domain::interest;
use crate::domain::payment::{NewPayment, Payer, Source};
use crate::domain::product::ProductKind;
use crate::domain::reference_rate::Rates;

/// Returns a shop with one invoice, of 3 900 kronor and VAT.
fn shop() -> (Shop, Invoice) {
    let shop = Shop::new();
    let account = shop.account(1);
    let product = shop.product("AB04", ProductKind::Subscription);
    let (_, invoice) = shop.order(&account, &[&product]);
    (shop, invoice)
}

fn told(identity: &str, ore: i64) -> NewPayment {
    NewPayment {
        source: Source::Manual,
        file: None,
        identity: identity.to_owned(),
        received_on: date("2026-03-01"),
        amount: Money::from_ore(ore),
        bank_reference: None,
        payer: Payer::default(),
        reference: None,
        message: None,
    }
}

fn paid(shop: &Shop, invoice: &Invoice, ore: i64, settled: i64) -> Payment {
    let change = |tx: &Tx<'_>| {
        let payment = tx.record_payment(&told("a", ore))?;
        tx.settle(&payment, invoice, Money::from_ore(settled), None)?;
        tx.payment(payment.number)
    };
    shop.change(change).expect("a payment")
}

fn total(invoice: &Invoice) -> i64 {
    invoice.draft.totals().total.ore()
}

fn left(shop: &Shop, invoice: &Invoice) -> i64 {
    shop.read(|tx| tx.standing(invoice)).expect("a standing").left().ore()
}

fn charge(tx: &Tx<'_>, invoice: &Invoice, kind: EntryKind, ore: i64) -> Result<Entry, StoreError> {
    tx.enter(&NewEntry {
        kind,
        invoice: Some(invoice.id),
        payment: None,
        reminder: None,
        reverses: None,
        value_on: tx.today(),
        amount: Money::from_ore(ore),
        reason: None,
    })
}

/// Credits a part of the first line, excluding VAT.
fn credit_part(shop: &Shop, invoice: &Invoice, ore: i64) {
    let credit = |tx: &Tx<'_>| -> Result<Invoice, StoreError> {
        let (_, seller) = tx.seller()?;
        let net = Money::from_ore(ore);
        let part = Part { position: 1, net, period: None, quantity: None };
        let credited = tx.credited(invoice)?;
        let seller = Arc::new(seller);
        let draft = of_parts(invoice, &credited, &[part], "wrong", &seller, tx.today())?;
        tx.credit_invoice(invoice, &draft)
    };
    shop.change(credit).expect("a credit note");
}

fn credit_in_full(shop: &Shop, invoice: &Invoice) {
    let credit = |tx: &Tx<'_>| -> Result<Invoice, StoreError> {
        let (_, seller) = tx.seller()?;
        let credited = tx.credited(invoice)?;
        let draft = in_full(invoice, &credited, "wrong", &Arc::new(seller), tx.today())?;
        tx.credit_invoice(invoice, &draft)
    };
    shop.change(credit).expect("a credit note");
}

#[test]
fn a_payment_settles_no_more_than_is_owed_and_than_was_paid() {
    let (shop, invoice) = shop();
    let payment = paid(&shop, &invoice, total(&invoice) + 500, 1000);
    let settle = |ore| shop.change(|tx| tx.settle(&payment, &invoice, Money::from_ore(ore), None));
    let refused = settle(total(&invoice));
    assert!(matches!(refused, Err(StoreError::Ledger(LedgerError::MoreThanOwed { .. }))));
    settle(total(&invoice) - 1000).expect("the rest");
    assert_eq!(left(&shop, &invoice), 0);
    let account = payment.account.expect("the invoice's account");
    let balance = shop.read(|tx| tx.balance(account)).expect("a balance");
    assert_eq!(balance, Money::from_ore(500));
}

#[test]
fn the_same_payment_is_not_booked_twice() {
    let (shop, invoice) = shop();
    paid(&shop, &invoice, 500, 500);
    let again = shop.change(|tx| tx.record_payment(&told("a", 500)));
    assert!(matches!(again, Err(StoreError::Taken { .. })), "{again:?}");
}

#[test]
fn what_is_taken_back_stays_on_the_payment_and_goes_back_once() {
    let (shop, invoice) = shop();
    let payment = paid(&shop, &invoice, 1000, 1000);
    let entry = shop.read(|tx| tx.entries_of_payment(payment.id)).expect("entries").remove(0);
    let back = |ore| shop.change(|tx| tx.unsettle(&invoice, &entry, Money::from_ore(ore), "wrong"));
    back(400).expect("a part");
    let twice = back(700);
    assert!(matches!(twice, Err(StoreError::Ledger(LedgerError::MoreThanEntered { .. }))));
    assert_eq!(left(&shop, &invoice), total(&invoice) - 600);
    let rest = shop.read(|tx| tx.payment_left(&payment)).expect("a rest");
    assert_eq!(rest, Money::from_ore(400));
}

#[test]
fn interest_runs_as_if_what_was_taken_back_had_never_been_settled() {
    let (shop, invoice) = shop();
    let payment = paid(&shop, &invoice, 1000, 1000);
    let entry = shop.read(|tx| tx.entries_of_payment(payment.id)).expect("entries").remove(0);
    shop.set_today(date("2026-05-04"));
    let back = |tx: &Tx<'_>| tx.unsettle(&invoice, &entry, Money::from_ore(1000), "wrong");
    let back = shop.change(back).expect("taken back");
    assert_eq!((back.value_on, back.booked_on), (date("2026-03-01"), date("2026-05-04")));
}

#[test]
fn crediting_a_paid_invoice_leaves_the_money_on_its_payment() {
    let (shop, invoice) = shop();
    let payment = paid(&shop, &invoice, total(&invoice), total(&invoice));
    credit_part(&shop, &invoice, 10_000);
    assert_eq!(left(&shop, &invoice), 0);
    let rest = shop.read(|tx| tx.payment_left(&payment)).expect("a rest");
    assert_eq!(rest, Money::from_ore(12500));

    credit_in_full(&shop, &invoice);
    assert_eq!(left(&shop, &invoice), 0);
    let rest = shop.read(|tx| tx.payment_left(&payment)).expect("a rest");
    assert_eq!(rest.ore(), total(&invoice));
}

#[test]
fn nothing_is_dated_on_or_before_the_day_that_the_books_are_locked_through() {
    let (shop, invoice) = shop();
    shop.set_today(date("2026-04-02"));
    shop.change(|tx| tx.set_setting(BOOKS_LOCKED, "2026-03-31")).expect("a lock");
    let payment = paid(&shop, &invoice, 1000, 1000);
    let entry = shop.read(|tx| tx.entries_of_payment(payment.id)).expect("entries").remove(0);
    assert_eq!(payment.booked_on, date("2026-04-02"));
    assert_eq!((entry.booked_on, entry.value_on), (date("2026-04-02"), date("2026-03-01")));

    shop.change(|tx| tx.set_setting(BOOKS_LOCKED, "2026-04-30")).expect("a lock");
    let late = shop.change(|tx| tx.record_payment(&told("b", 1000)));
    assert!(matches!(late, Err(StoreError::Ledger(LedgerError::Locked { .. }))), "{late:?}");
}

#[test]
fn money_that_settled_another_invoice_settles_this_one_from_the_day_it_was_free() {
    let (shop, first) = shop();
    let account = shop.account(2);
    let product = shop.product("AB05", ProductKind::Subscription);
    let (_, second) = shop.order(&account, &[&product]);
    let payment = paid(&shop, &first, total(&first), total(&first));
    shop.set_today(date("2026-05-04"));
    credit_in_full(&shop, &first);
    let entry = shop.change(|tx| tx.settle(&payment, &second, Money::from_ore(1000), None));
    let entry = entry.expect("a balance");
    assert_eq!((entry.booked_on, entry.value_on), (date("2026-05-04"), date("2026-03-01")));
}

#[test]
fn an_invoice_is_settled_twice_on_no_day() {
    let (shop, invoice) = shop();
    let wrong = paid(&shop, &invoice, total(&invoice), total(&invoice));
    shop.set_today(date("2026-05-04"));
    let entries = shop.read(|tx| tx.entries_of_payment(wrong.id)).expect("entries");
    let right = shop.change(|tx| {
        tx.unsettle(&invoice, &entries[0], Money::from_ore(total(&invoice)), "another's")?;
        let right = tx.record_payment(&told("b", total(&invoice)))?;
        tx.settle(&right, &invoice, Money::from_ore(total(&invoice)), None)
    });
    assert_eq!(right.expect("it is owed again").booked_on, date("2026-05-04"));
    let owed = shop.read(|tx| tx.receivables(date("2026-03-31"))).expect("a report");
    assert_eq!(owed.total().sum(), Money::ZERO);
}

#[test]
fn a_payment_under_way_settles_the_invoice_on_its_own_day_though_interest_was_charged_after() {
    let (shop, invoice) = shop();
    shop.set_today(date("2026-04-20"));
    let settled = shop.change(|tx| {
        charge(tx, &invoice, EntryKind::LateInterest, 2_671)?;
        let told =
            NewPayment { received_on: date("2026-04-10"), ..told("a", total(&invoice) + 1_336) };
        let payment = tx.record_payment(&told)?;
        let itself = tx.settle(&payment, &invoice, Money::from_ore(total(&invoice)), None)?;
        let interest = tx.settle(&payment, &invoice, Money::from_ore(1_336), None)?;
        Ok([itself.booked_on, interest.booked_on])
    });
    assert_eq!(settled, Ok([date("2026-04-10"), date("2026-04-20")]));
    assert_eq!(left(&shop, &invoice), 0);
}

#[test]
fn what_is_credited_of_an_invoice_takes_the_interest_on_it_along() {
    let (shop, invoice) = shop();
    shop.set_today(date("2026-05-30"));
    let interest = |shop: &Shop| {
        let standing = shop.read(|tx| tx.standing(&invoice)).expect("a standing");
        let (due_on, today) = (invoice.draft.due_on, date("2026-05-30"));
        let accrued = interest::on_invoice(&standing, due_on, today, &Rates::carried());
        (standing.sum_of(EntryKind::LateInterest), accrued.expect("rates").sum)
    };
    let whole = interest(&shop).1.ore();
    let told = NewPayment { received_on: date("2026-05-30"), ..told("a", total(&invoice) + whole) };
    let payment = shop.change(|tx| {
        charge(tx, &invoice, EntryKind::LateInterest, whole)?;
        let payment = tx.record_payment(&told)?;
        tx.settle(&payment, &invoice, told.amount, None)?;
        Ok(payment)
    });

    shop.set_today(date("2026-06-20"));
    credit_part(&shop, &invoice, invoice.draft.lines[0].net.ore() / 2);
    let (charged, accrued) = interest(&shop);
    assert_eq!((charged, left(&shop, &invoice)), (accrued, 0));
    assert!(Money::ZERO < charged && charged.ore() < whole);
    let standing = shop.read(|tx| tx.standing(&invoice)).expect("a standing");
    let back = shop.read(|tx| tx.payment_left(&payment.expect("a payment")));
    assert_eq!(back.expect("a balance").ore(), standing.credited.ore() + whole - charged.ore());
}
