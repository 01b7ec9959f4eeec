//! Money comes in, settles an invoice and is taken back.

use super::Story;
use crate::domain::event::EventKind as Kind;
use crate::domain::ledger::EntryKind;
use crate::domain::money::Money;
use crate::domain::payment::{NewPayment, Payer, Source};
use crate::store::fixture::date;
use crate::store::{StoreError, Tx};

/// Returns a payment of 5 000 kronor as somebody told of it.
pub fn told(identity: &str) -> NewPayment {
    NewPayment {
        source: Source::Manual,
        file: None,
        identity: identity.to_owned(),
        received_on: date("2026-03-01"),
        amount: Money::from_ore(500_000),
        bank_reference: None,
        payer: Payer::default(),
        reference: Some("1002".to_owned()),
        message: None,
    }
}

pub(super) fn money_comes_in(story: &Story) {
    let account = story.shop.account(77);
    let product = story.read(|tx| tx.product(&"PRINT".parse().expect("a SKU")));
    let (_, invoice) = story.shop.order(&account, &[&product]);
    let total = invoice.draft.totals().total;

    let payment = story.tells(&[Kind::PaymentRecorded], |tx| tx.record_payment(&told("first")));
    let again = story.refused(|tx| tx.record_payment(&told("first")));
    assert!(matches!(again, StoreError::Taken { what: "the payment", .. }), "{again}");
    let settle = |tx: &Tx<'_>| tx.settle(&payment, &invoice, total, None);
    let entry = story.tells(&[Kind::PaymentMatched], settle);
    assert_eq!((entry.kind, entry.amount), (EntryKind::Payment, -total));
    story.read(|tx| {
        assert_eq!(tx.find_payment_by_identity("first")?, Some(payment.number));
        assert_eq!(tx.payment(payment.number)?.account, Some(account.id));
        assert_eq!(tx.standing(&invoice)?.left(), Money::ZERO);
        assert_eq!(tx.entries_of_invoice(invoice.id)?, [entry.clone()]);
        assert_eq!(tx.entries_of_payment(payment.id)?, [entry.clone()]);
        assert_eq!(tx.payment_left(&payment)?, payment.told.amount - total);
        assert_eq!(tx.balance(account.id)?, payment.told.amount - total);
        assert_eq!(tx.books_locked_through()?, None);
        Ok(())
    });
    let back = |tx: &Tx<'_>| tx.unsettle(&invoice, &entry, total, "meant for another");
    story.tells(&[Kind::PaymentUnmatched], back);
    assert_eq!(story.read(|tx| tx.balance(account.id)), payment.told.amount);
}
