//! Money comes in, settles an invoice and is taken back.

use super::Story;
use crate::domain::account::Account;
use crate::domain::event::EventKind as Kind;
use crate::domain::invoice::Invoice;
use crate::domain::ledger::EntryKind;
use crate::domain::matching::Verdict;
use crate::domain::money::Money;
use crate::domain::payment::{NewPayment, Payer, Payment, Source};
use crate::store::fixture::date;
use crate::store::{PaymentFilter, StoreError, Tx, What};

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
    money_is_matched(story, &account, &invoice);
}

/// Payments are matched, covered, paid back and taken back.
fn money_is_matched(story: &Story, account: &Account, invoice: &Invoice) {
    let names = |identity: &str, amount: Money| NewPayment {
        amount,
        reference: Some(invoice.number.ocr().to_string()),
        ..told(identity)
    };
    let take_in = |tx: &Tx<'_>, told: &NewPayment| {
        let payment = tx.record_payment(told)?;
        let matched = tx.match_payment(&payment)?;
        Ok((tx.payment(payment.number)?, matched))
    };
    let total = invoice.draft.totals().total;
    let kinds = [Kind::PaymentRecorded, Kind::PaymentMatched];
    let by_hand = |tx: &Tx<'_>| take_in(tx, &names(&tx.manual_identity()?, total));
    let (payment, matched) = story.tells(&kinds, by_hand);
    assert_eq!(matched.left, Money::ZERO);
    let (more, _) = story.tells(&kinds, |tx| take_in(tx, &names("more", total)));
    let offset = [Kind::PaymentRecorded, Kind::PaymentMatched, Kind::PaymentOffset];
    let (deduction, matched) = story.tells(&offset, |tx| take_in(tx, &names("minus", -total)));
    assert_eq!(matched.left, Money::ZERO);
    let open = NewPayment { reference: None, ..told("open") };
    let (open, matched) = story.tells(&[Kind::PaymentRecorded], |tx| take_in(tx, &open));
    assert!(matches!(matched.verdict, Verdict::Open(_)));
    story.read(|tx| {
        assert_eq!(tx.invoice_account(invoice)?, account.id);
        assert_eq!(tx.likely_invoices(&open, matched.left, 3)?, []);
        assert_eq!(tx.unsettled_payments()?.unmatched, (1, matched.left));
        let mut listed = 0;
        let unmatched = PaymentFilter { what: What::Unmatched, ..PaymentFilter::default() };
        tx.each_payment(&unmatched, &mut |listing| {
            listed += 1;
            assert_eq!((listing.payment.number, listing.left), (open.number, matched.left));
            Ok(())
        })?;
        assert_eq!(listed, 1);
        Ok(())
    });

    let unmatch = |tx: &Tx<'_>| tx.unmatch_payment(&deduction, None, "another's");
    assert_eq!(story.tells(&[Kind::PaymentOffset], unmatch), -total);
    story.tells(&[Kind::PaymentMatched], |tx| {
        tx.put_on_balance(&deduction_of(tx)?, account.id, "found")
    });
    let cover = |tx: &Tx<'_>| tx.cover_deductions(account.id, None);
    assert_eq!(story.tells(&[Kind::PaymentOffset], cover), total);
    let today = story.shop.today();
    let part = Money::from_ore(100);
    let refund = |tx: &Tx<'_>| tx.refund_payment(&open, part, today, "too much");
    story.tells(&[Kind::PaymentRefunded], refund);
    let back = |tx: &Tx<'_>| tx.take_back_refunds(&open, "it came back");
    assert_eq!(story.tells(&[Kind::PaymentRefunded], back), part);
    let reverse = |tx: &Tx<'_>| tx.reverse_payment(&payment, "withdrawn");
    story.tells(&[Kind::PaymentUnmatched, Kind::PaymentReversed], reverse);
    assert_eq!(story.read(|tx| tx.payment_left(&more)), total);
}

/// Returns the deduction of the story as it is now.
fn deduction_of(tx: &Tx<'_>) -> Result<Payment, StoreError> {
    let number = tx.find_payment_by_identity("minus")?.expect("the deduction");
    tx.payment(number)
}
