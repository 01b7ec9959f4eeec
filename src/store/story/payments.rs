//! Money comes in, settles an invoice and is taken back.

use super::Story;
use crate::domain::account::Account;
use crate::domain::bank::{Incoming, Part};
use crate::domain::event::EventKind as Kind;
use crate::domain::invoice::Invoice;
use crate::domain::ledger::EntryKind;
use crate::domain::matching::Verdict;
use crate::domain::money::Money;
use crate::domain::payment::{NewPayment, Payer, Payment, PaymentFileId, Source};
use crate::store::fixture::date;
use crate::store::{BankFile, PaymentFilter, StoreError, Tx, What};

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
        assert_eq!(tx.entries_of_invoice(invoice.id)?, std::slice::from_ref(&entry));
        assert_eq!(tx.entries_of_payment(payment.id)?, std::slice::from_ref(&entry));
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
        assert_eq!(tx.accounts_pointed_to(&open)?, []);
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

pub(super) fn a_bank_tells_of_money(story: &Story) {
    let payees = story.read(|tx| tx.payees());
    assert_eq!(payees.bankgiros, ["9912346"]);

    let day = date("2026-03-01");
    let alike = Incoming {
        line: 3,
        amount: Money::from_ore(10_000),
        payer_name: Some("Saab AB".to_owned()),
        tally: Some(0),
        parts: vec![Part { reference: "1001 x".to_owned(), amount: Money::from_ore(10_000) }],
        ..Incoming::default()
    };
    let known = Incoming { bank_reference: Some("007".to_owned()), ..alike.clone() };
    story.stage(|tx| {
        tx.begin_payment_staging()?;
        for (position, incoming) in [&alike, &alike, &known, &known].into_iter().enumerate() {
            tx.stage_payment(position as i64 + 1, incoming)?;
        }
        tx.date_staged_payments(1, day)?;
        tx.unstage_payments(4)?;
        assert_eq!(tx.number_staged_payments()?, Some(day));
        Ok(())
    });
    let staged = story.read(|tx| tx.staged_payments(0, 10));
    let told: Vec<_> = staged.iter().map(|staged| (staged.position, staged.occurrence)).collect();
    assert_eq!(told, [(1, 1), (2, 2), (3, 1)]);
    assert_eq!(staged[0].incoming, Incoming { day: Some(day), ..alike });
    let file = BankFile {
        id: PaymentFileId(0),
        name: "bg.txt".to_owned(),
        format: "BgMax".to_owned(),
        source: Source::BgMax,
        sha256: "0".repeat(64),
        latest_on: Some(day),
        booked: 0,
        known: 0,
        refused: 0,
    };
    let book = |tx: &Tx<'_>| {
        let mut file = file.clone();
        for staged in &staged {
            tx.book_staged(&mut file, staged)?;
        }
        tx.finish_payment_file(&mut file)?;
        Ok((file.booked, file.known, file.id))
    };
    assert_eq!(story.read(|tx| tx.find_payment_file(&file.sha256)), None);
    let told = [Kind::PaymentRecorded, Kind::PaymentFileImported];
    let (booked, known, id) = story.tells(&told, book);
    assert_eq!((booked, known), (3, 0));
    assert_eq!(story.read(|tx| tx.payment_file_name(id)), file.name);
    assert_eq!(story.tells(&[], book), (0, 3, PaymentFileId(0)));
    assert!(story.read(|tx| tx.find_payment_file(&file.sha256)).is_some());
}
