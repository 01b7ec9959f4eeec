use std::sync::Arc;

use super::super::fixture::{Shop, catalogue, date, renewal};
use super::super::{DueBy, InvoiceFilter};
use super::*;
use crate::domain::credit::{Part, in_full, of_parts};
use crate::domain::product::{Product, ProductKind};
use crate::domain::receivable::InvoiceState;

const REASON: &str = "Uppsägningen kom in i tid.";

fn whole(tx: &Tx<'_>, original: &Invoice) -> Result<Draft, StoreError> {
    let (_, seller) = tx.seller()?;
    Ok(in_full(original, &tx.credited(original)?, REASON, &Arc::new(seller), tx.today())?)
}

fn part(tx: &Tx<'_>, original: &Invoice, part: Part) -> Result<Draft, StoreError> {
    let (_, seller) = tx.seller()?;
    let credited = tx.credited(original)?;
    Ok(of_parts(original, &credited, &[part], REASON, &Arc::new(seller), tx.today())?)
}

fn credit(shop: &Shop, original: &Invoice) -> Invoice {
    shop.change(|tx| tx.credit_invoice(original, &whole(tx, original)?)).expect("a credit note")
}

fn renew(tx: &Tx<'_>) -> Result<Option<Invoice>, StoreError> {
    let (settings, catalogue) = (tx.shop_settings()?, catalogue(tx)?);
    let by = DueBy { as_of: tx.today(), settings: &settings, catalogue: &catalogue };
    let Some(due) = tx.subscriptions_due(&by, None, 1)?.pop() else {
        return Ok(None);
    };
    let (seller_version, _) = tx.seller()?;
    tx.renew_subscription(&renewal(tx, &due)?, due.product.id, seller_version).map(Some)
}

/// Returns a shop with an invoice for a subscription and for a printed copy.
fn shop() -> (Shop, Invoice) {
    let shop = Shop::new();
    let account = shop.account(1);
    let products: Vec<Product> = vec![
        shop.product("AB04", ProductKind::Subscription),
        shop.product("PRINT", ProductKind::Printed),
    ];
    let (_, invoice) = shop.order(&account, &[&products[0], &products[1]]);
    (shop, invoice)
}

fn stored(shop: &Shop, invoice: &Invoice) -> Vec<String> {
    let intruder = shop.intruder();
    let mut rows = Vec::new();
    for (table, key) in [("invoice", "id"), ("invoice_line", "invoice_id"), ("term", "invoice_id")]
    {
        let columns: Vec<String> = {
            let sql = format!("SELECT name FROM pragma_table_info('{table}')");
            let mut statement = intruder.prepare(&sql).expect("a statement");
            let names = statement.query_map([], |row| row.get(0)).expect("columns");
            names.collect::<Result<_, _>>().expect("names")
        };
        let quoted: Vec<String> = columns.iter().map(|name| format!("quote({name})")).collect();
        let sql = format!("SELECT {} FROM {table} WHERE {key} = ?1", quoted.join(" || '|' || "));
        let mut statement = intruder.prepare(&sql).expect("a statement");
        let found = statement.query_map([invoice.id.0], |row| row.get(0)).expect("rows");
        rows.extend(found.collect::<Result<Vec<String>, _>>().expect("texts"));
    }
    rows
}

#[test]
fn r13_crediting_alters_nothing_of_the_original_and_takes_the_next_number() {
    let (shop, invoice) = shop();
    let before = stored(&shop, &invoice);
    assert_eq!(before.len(), 4);
    let refused: Result<(), StoreError> = shop.change(|tx| {
        tx.credit_invoice(&invoice, &whole(tx, &invoice)?)?;
        Err(StoreError::InUse("refused after all".to_owned()))
    });
    assert!(refused.is_err());

    shop.set_today(date("2026-03-10"));
    let note = credit(&shop, &invoice);
    assert_eq!((invoice.number.0, note.number.0), (1001, 1002));
    assert_eq!(stored(&shop, &invoice), before);
    shop.read(|tx| {
        assert_eq!(tx.next_invoice()?, 1003);
        assert_eq!(tx.invoice(invoice.number)?, invoice);
        assert_eq!(tx.invoice(note.number)?, note);
        assert_eq!(tx.verify_chain()?.1, []);
        Ok(())
    })
    .expect("both");

    shop.set_today(date("2026-03-09"));
    let behind = shop.change(|tx| {
        let account = tx.account(&super::super::fixture::account_key(1))?;
        let product = tx.product(&"PRINT".parse().expect("a SKU"))?;
        tx.place_order(&account, &super::super::fixture::plan(tx, &account, &[&product])?)
    });
    assert!(matches!(behind, Err(StoreError::ClockBehind { .. })), "a series runs forward");
}

#[test]
fn a_full_credit_note_gives_back_exactly_what_was_charged() {
    let (shop, invoice) = shop();
    let moved = {
        let (_, mut seller) = shop.read(|tx| tx.seller()).expect("a seller");
        seller.city = "Uppsala".to_owned();
        seller
    };
    shop.change(|tx| tx.change_seller(&moved)).expect("a seller that moved");
    shop.set_today(date("2026-03-10"));
    let note = credit(&shop, &invoice);
    let (charged, given_back) = (invoice.draft.totals(), note.draft.totals());
    assert_eq!(given_back, charged);
    let (original, draft) = (&invoice.draft, &note.draft);
    assert_eq!((draft.issued_on, draft.due_on), (date("2026-03-10"), date("2026-03-10")));
    assert_eq!(draft.buyer, original.buyer);
    assert_eq!((&draft.lines, draft.order_number), (&original.lines, original.order_number));
    assert_eq!(*draft.seller, moved);
    let credits = draft.credits.as_ref().expect("it credits");
    assert_eq!((credits.number, credits.issued_on), (invoice.number, original.issued_on));
    assert_eq!((credits.reason.as_str(), &credits.positions[..]), (REASON, &[1, 2][..]));
    assert_eq!(credits.left(given_back.total), Money::ZERO);
    shop.read(|tx| {
        assert!(tx.credited(&invoice)?.is_closed());
        let listed = CreditNote {
            number: note.number,
            issued_on: draft.issued_on,
            total: given_back.total,
            reason: REASON.to_owned(),
        };
        assert_eq!(tx.credit_notes(invoice.id)?, [listed]);
        Ok(())
    })
    .expect("what is credited");
}

#[test]
fn no_more_is_credited_than_is_left_and_no_credit_note_is() {
    let (shop, invoice) = shop();
    let kronor = |kronor: i64| Money::from_ore(kronor * 100);
    let of_line_1 =
        |net| Part { position: 1, net, period: invoice.draft.lines[0].period, quantity: None };
    let try_part =
        |net| shop.change(|tx| tx.credit_invoice(&invoice, &part(tx, &invoice, of_line_1(net))?));
    let note = try_part(kronor(900)).expect("a part");
    let number = invoice.number;
    let more = CreditError::MoreThanLeft {
        number,
        position: 1,
        asked: Money::from_ore(300_001),
        left: kronor(3000),
    };
    assert_eq!(try_part(Money::from_ore(300_001)), Err(StoreError::Credit(more)));
    let nothing = CreditError::NotPositive { number, position: 1 };
    assert_eq!(try_part(Money::ZERO), Err(StoreError::Credit(nothing)));
    let no_line = shop.change(|tx| {
        let beyond = Part { position: 3, net: kronor(1), period: None, quantity: None };
        tx.credit_invoice(&invoice, &part(tx, &invoice, beyond)?)
    });
    assert_eq!(no_line, Err(StoreError::Credit(CreditError::NoLine { number, position: 3 })));

    let again = shop.change(|tx| tx.credit_invoice(&note, &whole(tx, &note)?));
    assert_eq!(again, Err(StoreError::Credit(CreditError::CreditNote(note.number))));

    // A draft made before somebody else credited something is refused, though enough is left.
    let stale = shop.read(|tx| part(tx, &invoice, of_line_1(kronor(10)))).expect("a draft");
    try_part(kronor(20)).expect("another part");
    let conflict = shop.change(|tx| tx.credit_invoice(&invoice, &stale));
    assert!(matches!(conflict, Err(StoreError::Changed { noun: "invoice", .. })), "{conflict:?}");

    credit(&shop, &invoice);
    let closed = shop.change(|tx| tx.credit_invoice(&invoice, &whole(tx, &invoice)?));
    assert_eq!(closed, Err(StoreError::Credit(CreditError::Closed(number))));
}

#[test]
fn credit_notes_in_parts_give_back_to_the_ore_what_was_charged() {
    let (shop, invoice) = shop();
    for ore in [1, 1, 2, 7, 100_001] {
        let net = Money::from_ore(ore);
        let of_line = Part { position: 2, net, period: None, quantity: None };
        let note = shop
            .change(|tx| tx.credit_invoice(&invoice, &part(tx, &invoice, of_line)?))
            .expect("a part");
        assert_eq!(shop.read(|tx| tx.invoice_by_id(note.id)), Ok(note));
    }
    let last = credit(&shop, &invoice);
    let notes = shop.read(|tx| tx.credit_notes(invoice.id)).expect("notes");
    let given_back: Money = notes.iter().map(|note| note.total).sum();
    assert_eq!((notes.len(), given_back), (6, invoice.draft.totals().total));
    let credits = last.draft.credits.as_ref().expect("it credits");
    assert_eq!(credits.left(last.draft.totals().total), Money::ZERO);
    assert_eq!(shop.read(|tx| tx.invoice_by_id(last.id)), Ok(last));
}

#[test]
fn r14_a_withdrawn_term_can_be_billed_again_once() {
    let (shop, _) = shop();
    shop.set_today(date("2027-03-01"));
    let renewed = shop.change(renew).expect("a renewal").expect("it was due");
    let subscription = shop.read(|tx| tx.subscription(1001)).expect("a subscription");
    let term = subscription.billed_term().expect("a term");
    let withdraw = |note: &Invoice| {
        shop.change(|tx| tx.withdraw_term(&tx.subscription(1001)?, term, &renewed, note))
    };

    let stands = CreditError::TermStands { number: renewed.number, term };
    assert_eq!(withdraw(&renewed), Err(StoreError::Credit(stands)));
    let note = credit(&shop, &renewed);
    withdraw(&note).expect("a withdrawn term");
    assert!(withdraw(&note).is_err(), "it was withdrawn");
    let withdrawn = WithdrawnTerm { term, invoice: renewed.number, credit_note: note.number };
    shop.read(|tx| {
        assert_eq!(tx.subscription(1001)?.billed_through, term.start);
        assert_eq!(tx.terms(subscription.id)?.len(), 1);
        assert_eq!(tx.withdrawn_terms(subscription.id)?, [withdrawn]);
        Ok(())
    })
    .expect("the subscription");

    let again = shop.change(renew).expect("a renewal").expect("it is due again");
    assert_eq!(again.number.0, note.number.0 + 1);
    assert_eq!(again.draft.lines, renewed.draft.lines);
    assert_eq!(shop.change(renew), Ok(None));
    let terms = shop.read(|tx| tx.terms(subscription.id)).expect("terms");
    assert_eq!(terms[1..], [(term, again.number.0)]);
    // Taken back a second time, it is told apart by its invoice.
    let note = credit(&shop, &again);
    shop.change(|tx| tx.withdraw_term(&tx.subscription(1001)?, term, &again, &note))
        .expect("a withdrawn term");
    let withdrawn = shop.read(|tx| tx.withdrawn_terms(subscription.id)).expect("terms");
    assert_eq!(withdrawn.len(), 2);
}

#[test]
fn an_order_whose_invoice_is_credited_stays_one_order() {
    let (shop, invoice) = shop();
    let note = credit(&shop, &invoice);
    shop.read(|tx| {
        let mut orders = Vec::new();
        tx.each_order(None, false, &mut |order| {
            orders.push((order.number, order.invoice_number, order.total));
            Ok(())
        })?;
        let total = invoice.draft.totals().total;
        assert_eq!(orders, [(1001, invoice.number.0, total)]);
        assert_eq!(tx.order(1001)?.invoice, invoice.number);

        let mut listed = Vec::new();
        tx.each_invoice(&InvoiceFilter::default(), &mut |listing| {
            listed.push((listing.number, listing.total, listing.state, listing.credits));
            Ok(())
        })?;
        let credited = (invoice.number.0, total, InvoiceState::Credited, None);
        let crediting = (note.number.0, -total, InvoiceState::Issued, Some(invoice.number.0));
        assert_eq!(listed, [crediting, credited], "what is listed adds up to nothing");
        Ok(())
    })
    .expect("the lists");
}
