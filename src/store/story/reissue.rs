//! An invoice that is paid in part is issued anew, and its order cancelled.

use std::sync::Arc;

use super::Story;
use super::payments::told;
use crate::domain::credit::{Addressee, check_reissue, in_full, reissued};
use crate::domain::event::EventKind as Kind;
use crate::domain::invoice::InvoiceNumber;
use crate::domain::money::Money;
use crate::domain::payment::NewPayment;
use crate::store::{StoreError, Tx};

pub(super) fn an_invoice_is_issued_anew(story: &Story) {
    let account = story.shop.account(80);
    let product = story.read(|tx| tx.product(&"AB04".parse().expect("a SKU")));
    let (order, original) = story.shop.order(&account, &[&product]);
    let number = original.draft.lines[0].subscription_number.expect("a subscription");
    let term = original.draft.lines[0].period.expect("a term");
    let paid = Money::from_ore(100_000);
    let money = NewPayment { amount: paid, ..told("part") };
    let settle = |tx: &Tx<'_>| {
        let payment = tx.record_payment(&money)?;
        tx.settle(&payment, &original, paid, None)?;
        Ok(payment)
    };
    let payment = story.tells(&[Kind::PaymentRecorded, Kind::PaymentMatched], settle);

    assert_eq!(story.read(|tx| tx.debtor(&original)).id, account.id);
    let anew = |tx: &Tx<'_>, paid: Money| {
        let (credited, (_, seller)) = (tx.credited(&original)?, tx.seller()?);
        check_reissue(&original, &credited)?;
        let (seller, today) = (Arc::new(seller), tx.today());
        let subscription = tx.subscription(number)?;
        let mut to =
            Addressee::of(&account, Some(&subscription), &original.draft).expect("a buyer");
        to.reference = Some("PO 4711".to_owned());
        let note = in_full(&original, &credited, "fel referens", &seller, today)?;
        let draft = reissued(&original, to, &seller, (today, today), paid);
        tx.reissue_invoice(&original, &note, &draft, account.id)
    };
    let stale = story.refused(|tx| anew(tx, Money::ZERO));
    assert!(matches!(stale, StoreError::Changed { noun: "invoice", .. }), "{stale}");
    let kinds = [
        Kind::PaymentUnmatched,
        Kind::InvoiceIssued,
        Kind::InvoiceCredited,
        Kind::InvoiceReissued,
        Kind::PaymentMatched,
    ];
    let (note, invoice) = story.tells(&kinds, |tx| anew(tx, paid));
    let again = story.refused(|tx| anew(tx, paid));
    assert!(matches!(again, StoreError::Credit(_)), "{again}");

    let subscription = story.read(|tx| tx.subscription(number));
    story.read(|tx| {
        assert_eq!(tx.reissued_as(original.id)?, Some(invoice.number));
        assert_eq!(tx.reissued_as(invoice.id)?, None);
        assert_eq!(tx.invoice_by_id(invoice.id)?, invoice);
        assert_eq!(tx.invoice_by_id(note.id)?, note);
        let credits = note.draft.credits.as_ref().expect("it credits");
        assert_eq!(credits.replaced_by, Some(invoice.number));
        assert_eq!(invoice.draft.lines, original.draft.lines);
        assert_eq!(invoice.draft.to_pay(), original.draft.totals().total + -paid);
        assert_eq!(tx.standing(&original)?.left(), Money::ZERO);
        assert_eq!(tx.standing(&invoice)?.left(), invoice.draft.to_pay());
        assert_eq!(tx.payment_left(&payment)?, Money::ZERO);
        assert_eq!(tx.terms(subscription.id)?, [(term, invoice.number.0)]);
        let withdrawn = tx.withdrawn_terms(subscription.id)?;
        assert_eq!((withdrawn.len(), withdrawn[0].invoice), (1, original.number));
        let numbers = tx.invoice_numbers(original.number, InvoiceNumber(i64::MAX))?;
        assert_eq!(numbers, [original.number, invoice.number], "a credit note is no invoice");
        assert_eq!(tx.order(order.number)?.invoice, invoice.number);
        Ok(())
    });

    story.tells(&[Kind::OrderCancelled], |tx| tx.cancel_order(&order, "ordered by mistake"));
    let again = story.refused(|tx| tx.cancel_order(&order, "ordered by mistake"));
    assert!(matches!(again, StoreError::Changed { noun: "order", .. }), "{again}");
    let cancelled = story.read(|tx| tx.order(order.number));
    assert_eq!(cancelled.cancel_reason.as_deref(), Some("ordered by mistake"));
}
