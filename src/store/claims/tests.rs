use chrono::Days;

use super::super::fixture::{Shop, date};
use super::*;
use crate::domain::ledger::NewEntry;
use crate::domain::payment::{NewPayment, Payer, Payment, Source};
use crate::domain::product::ProductKind;

/// An invoice of 4 875 kronor that was due on 2026-03-31 and reminded of on 10 April, with interest, and
/// on 20 April, with interest and a fee of 60 kronor.
fn reminded() -> (Shop, Invoice) {
    let shop = Shop::new();
    let account = shop.account(1);
    let product = shop.product("AB04", ProductKind::Subscription);
    let (_, invoice) = shop.order(&account, &[&product]);
    assert_eq!(invoice.draft.due_on, date("2026-03-31"));
    for (day, fee) in [("2026-04-10", 0), ("2026-04-20", 6_000)] {
        shop.set_today(date(day));
        shop.change(|tx| {
            let accrued = interest::on_invoice(
                &tx.standing(&invoice)?,
                invoice.draft.due_on,
                tx.today(),
                &tx.rates()?,
            )?;
            let charged = tx.standing(&invoice)?.sum_of(EntryKind::LateInterest);
            charge(tx, &invoice, EntryKind::LateInterest, accrued.sum - charged)?;
            charge(tx, &invoice, EntryKind::ReminderFee, Money::from_ore(fee))
        })
        .expect("a reminder");
    }
    assert_eq!(claims(&shop, &invoice), (2_671, 6_000));
    shop.set_today(date("2026-04-24"));
    (shop, invoice)
}

fn charge(
    tx: &Tx<'_>,
    invoice: &Invoice,
    kind: EntryKind,
    amount: Money,
) -> Result<(), StoreError> {
    if amount == Money::ZERO {
        return Ok(());
    }
    let (payment, reminder, reverses) = (None, None, None);
    let (invoice, value_on, reason) = (Some(invoice.id), tx.today(), None);
    let new = NewEntry { kind, invoice, payment, reminder, reverses, value_on, amount, reason };
    tx.enter(&new).map(drop)
}

/// Takes in a payment of an invoice that the bank had on `day`; returns it.
fn pay(shop: &Shop, invoice: &Invoice, ore: i64, day: &str) -> Payment {
    shop.change(|tx| {
        let payment = tx.record_payment(&NewPayment {
            source: Source::Manual,
            file: None,
            identity: tx.manual_identity()?,
            received_on: date(day),
            amount: Money::from_ore(ore),
            bank_reference: None,
            payer: Payer::default(),
            reference: Some(invoice.number.ocr().to_string()),
            message: None,
        })?;
        tx.match_payment(&payment)?;
        tx.round_off_rests(&payment)?;
        tx.payment(payment.number)
    })
    .expect("a payment")
}

/// Returns what is charged in interest and in fees, in öre.
fn claims(shop: &Shop, invoice: &Invoice) -> (i64, i64) {
    let standing = shop.read(|tx| tx.standing(invoice)).expect("a standing");
    let sum = |kind| standing.sum_of(kind).ore();
    (sum(EntryKind::LateInterest), sum(EntryKind::ReminderFee))
}

/// Returns what is left of an invoice and of a payment, in öre.
fn left(shop: &Shop, invoice: &Invoice, payment: &Payment) -> (i64, i64) {
    let left =
        |tx: &Tx<'_>| Ok((tx.standing(invoice)?.left().ore(), tx.payment_left(payment)?.ore()));
    shop.read(left).expect("what is left")
}

#[test]
fn what_reminders_charged_of_an_invoice_that_was_paid_in_time_is_taken_back_at_once() {
    let (shop, invoice) = reminded();
    let payment = pay(&shop, &invoice, 487_500, "2026-03-31");
    assert_eq!(claims(&shop, &invoice), (0, 0));
    assert_eq!(left(&shop, &invoice, &payment), (0, 0));
    let entries = shop.read(|tx| tx.entries_of_payment(payment.id)).expect("entries");
    assert_eq!(entries[0].booked_on, date("2026-03-31"), "and is paid in the books since that day");
}

#[test]
fn money_that_came_in_time_is_not_kept_for_what_was_never_owed() {
    let (shop, invoice) = reminded();
    let payment = pay(&shop, &invoice, 487_500 + 2_671 + 6_000, "2026-03-31");
    assert_eq!(claims(&shop, &invoice), (0, 0));
    assert_eq!(left(&shop, &invoice, &payment), (0, 8_671));

    let (shop, invoice) = reminded();
    let payment = pay(&shop, &invoice, 487_600, "2026-03-31");
    assert_eq!(claims(&shop, &invoice), (0, 0));
    assert_eq!(left(&shop, &invoice, &payment), (0, 100));
}

#[test]
fn interest_through_the_day_of_a_late_payment_stays_and_so_does_the_fee_of_an_earlier_reminder() {
    // Paid after the first reminder and before the second one.
    let (shop, invoice) = reminded();
    let payment = pay(&shop, &invoice, 487_500, "2026-04-12");
    assert_eq!(claims(&shop, &invoice), (1_603, 0));
    assert_eq!(left(&shop, &invoice, &payment), (1_603, 0));

    // On the day of the second reminder it was not paid before it.
    let (shop, invoice) = reminded();
    let payment = pay(&shop, &invoice, 487_500, "2026-04-20");
    assert_eq!(claims(&shop, &invoice), (2_671, 6_000));
    assert_eq!(left(&shop, &invoice, &payment), (8_671, 0));
}

#[test]
fn a_part_that_came_in_time_bears_no_interest() {
    let (shop, invoice) = reminded();
    let payment = pay(&shop, &invoice, 243_750, "2026-03-30");
    assert_eq!(claims(&shop, &invoice), (1_336, 6_000));
    assert_eq!(left(&shop, &invoice, &payment), (243_750 + 1_336 + 6_000, 0));
}

#[test]
fn claims_that_were_paid_and_fall_away_stay_on_the_payment_that_paid_them() {
    let (shop, invoice) = reminded();
    let late = pay(&shop, &invoice, 490_000, "2026-04-22");
    assert_eq!(left(&shop, &invoice, &late), (6_171, 0));
    // A transfer of the last day to pay, which was found only now.
    let in_time = pay(&shop, &invoice, 487_500, "2026-03-31");
    let (interest, fees) = claims(&shop, &invoice);
    assert!(interest < 2_671, "{interest}");
    let (of_invoice, of_payment) = left(&shop, &invoice, &in_time);
    assert_eq!(of_payment, 487_500 - 6_171 + (2_671 - interest) + (6_000 - fees));
    assert_eq!(of_invoice, 0);
}

#[test]
fn a_rest_that_is_rounded_off_was_no_reason_to_remind() {
    let (shop, invoice) = reminded();
    let payment = pay(&shop, &invoice, 487_300, "2026-03-31");
    assert_eq!(claims(&shop, &invoice), (1, 0), "two kronor bear an öre");
    assert_eq!(left(&shop, &invoice, &payment), (0, 0));
}

#[test]
fn interest_that_is_rounded_off_is_no_more_than_was_owed() {
    let (shop, invoice) = reminded();
    pay(&shop, &invoice, 487_500, "2026-04-01");
    let standing = shop.read(|tx| tx.standing(&invoice)).expect("a standing");
    let interest = standing.sum_of(EntryKind::LateInterest);
    assert_eq!((interest.ore(), standing.given_up()), (134, interest));
}

#[test]
fn what_was_matched_wrongly_bears_interest_again_at_the_next_reminder() {
    let (shop, invoice) = reminded();
    let payment = pay(&shop, &invoice, 487_500, "2026-03-31");
    shop.change(|tx| tx.unmatch_payment(&payment, None, "meant for another")).expect("unmatched");
    assert_eq!(claims(&shop, &invoice), (0, 0));
    shop.set_today(shop.today() + Days::new(6));
    let accrued = shop.read(|tx| {
        let standing = tx.standing(&invoice)?;
        Ok(interest::on_invoice(&standing, invoice.draft.due_on, tx.today(), &tx.rates()?)?.sum)
    });
    assert_eq!(accrued.expect("interest").ore(), 4_007);
}
