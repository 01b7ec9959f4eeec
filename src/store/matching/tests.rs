use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::super::fixture::{Shop, date};
use super::*;
use crate::domain::credit::{Addressee, in_full, reissued};
use crate::domain::invoice::{Draft, Invoice};
use crate::domain::ledger::Entry;
use crate::domain::matching::{By, Doubt};
use crate::domain::payment::{NewPayment, Payer, Source};
use crate::domain::product::ProductKind;

fn told(identity: &str, kronor: i64, reference: &str) -> NewPayment {
    NewPayment {
        source: Source::BgMax,
        file: None,
        identity: identity.to_owned(),
        received_on: date("2026-03-01"),
        amount: Money::from_ore(kronor * 100),
        bank_reference: None,
        payer: Payer::default(),
        reference: Some(reference.to_owned()),
        message: None,
    }
}

/// Takes a payment in as an import does: recorded, then matched.
fn came_in(shop: &Shop, told: &NewPayment) -> (Payment, Matched) {
    let take_in = |tx: &Tx<'_>| {
        let payment = tx.record_payment(told)?;
        let matched = tx.match_payment(&payment)?;
        Ok((tx.payment(payment.number)?, matched))
    };
    shop.change(take_in).expect("a payment")
}

/// Says whether a person must decide.
fn is_open(matched: &Matched) -> bool {
    matches!(matched.verdict, Verdict::Open(_))
}

/// Returns a shop with two accounts; the first has two invoices, the second one, of 4 875 kronor each.
fn shop() -> (Shop, [Invoice; 3]) {
    let shop = Shop::new();
    let (first, second) = (shop.account(1), shop.account(2));
    let product = shop.product("AB04", ProductKind::Licence);
    let invoices = [&first, &first, &second].map(|account| shop.order(account, &[&product]).1);
    (shop, invoices)
}

fn kronor(amount: Money) -> i64 {
    amount.ore() / 100
}

fn left(shop: &Shop, invoice: &Invoice) -> i64 {
    kronor(shop.read(|tx| tx.standing(invoice)).expect("a standing").left())
}

/// Credits what is left of an invoice, if anything is.
fn credit(shop: &Shop, invoice: &Invoice) -> Option<Invoice> {
    let today = shop.today();
    let note = |tx: &Tx<'_>| {
        let (_, seller) = tx.seller()?;
        let draft = in_full(invoice, &tx.credited(invoice)?, "wrong", &seller.into(), today)?;
        tx.credit_invoice(invoice, &draft)
    };
    shop.change(note).ok()
}

#[test]
fn an_ocr_reference_settles_its_invoice_and_the_rest_is_the_accounts_balance() {
    let (shop, [first, ..]) = shop();
    let ocr = first.number.ocr().to_string();
    let (payment, matched) = came_in(&shop, &told("a", 875, &ocr));
    assert_eq!((matched.left, left(&shop, &first)), (Money::ZERO, 4000));
    assert!(matches!(matched.verdict, Verdict::Settles { by: By::Ocr, .. }));
    let (over, matched) = came_in(&shop, &told("b", 4100, &ocr));
    assert_eq!((kronor(matched.left), left(&shop, &first)), (100, 0));
    let (_, matched) = came_in(&shop, &told("c", 50, &ocr));
    assert!(matches!(matched.verdict, Verdict::Balance { .. }) && !is_open(&matched));
    assert_eq!(payment.account, over.account);
    let account = payment.account.expect("the invoice's");
    assert_eq!(kronor(shop.read(|tx| tx.balance(account)).expect("a balance")), 150);
}

/// Issues an invoice anew as it was.
fn issue_anew(shop: &Shop, original: &Invoice) -> Invoice {
    let today = shop.today();
    let anew = |tx: &Tx<'_>| {
        let seller = tx.seller()?.1.into();
        let note = in_full(original, &tx.credited(original)?, "wrong", &seller, today)?;
        let Draft { buyer, reference, language, .. } = original.draft.clone();
        let to = Addressee { buyer, reference, language };
        let draft = reissued(original, to, &seller, (today, today), Money::ZERO);
        let account = tx.invoice_account(original)?;
        Ok(tx.reissue_invoice(original, &note, &draft, account)?.1)
    };
    shop.change(anew).expect("an invoice")
}

#[test]
fn money_that_names_an_invoice_issued_anew_settles_the_new_one() {
    let (shop, [first, second, _]) = shop();
    let anew = issue_anew(&shop, &issue_anew(&shop, &first));
    let (_, matched) = came_in(&shop, &told("a", 1000, first.number.ocr().as_str()));
    assert!(matches!(matched.verdict, Verdict::Settles { by: By::Ocr, .. }));
    assert_eq!(left(&shop, &anew), 3875);

    // Named beside another, and beside its own former number.
    let all = [&first, &anew, &second].map(|invoice| invoice.number.to_string()).join(", ");
    came_in(&shop, &told("b", 3875 + 4875, &format!("faktura {all}")));
    assert_eq!((left(&shop, &anew), left(&shop, &second)), (0, 0));
}

#[test]
fn a_number_of_another_shop_is_left_for_a_person() {
    let (shop, [first, ..]) = shop();
    let (payment, matched) = came_in(&shop, &told("a", 4875, "faktura 77001"));
    assert_eq!(matched.verdict, Verdict::Open(Doubt::Unknown));
    assert_eq!((payment.account, kronor(matched.left)), (None, 4875));
    assert_eq!(left(&shop, &first), 4875);
}

#[test]
fn a_payer_who_was_seen_before_confirms_a_number_in_passing() {
    let (shop, [first, second, _]) = shop();
    let from_bank = |identity: &str, kronor, reference: &str| NewPayment {
        payer: Payer { account: Some("54029681".to_owned()), ..Payer::default() },
        ..told(identity, kronor, reference)
    };
    let passing = format!("Betalning {} Bygg", second.number);
    assert!(is_open(&came_in(&shop, &from_bank("a", 10, &passing)).1));
    came_in(&shop, &from_bank("b", 10, &format!("faktura {}", first.number)));
    assert!(!is_open(&came_in(&shop, &from_bank("c", 10, &passing)).1));
    assert_eq!((left(&shop, &first), left(&shop, &second)), (4865, 4865));
}

#[test]
fn money_for_a_credited_invoice_covers_the_deduction_that_names_its_credit_note() {
    let (shop, [first, ..]) = shop();
    let note = credit(&shop, &first).expect("a credit note");
    let names = |invoice: &Invoice| format!("faktura {}", invoice.number);
    // The deduction may stand before the payment in the bank's file, and after it.
    for (round, is_before) in [true, false].into_iter().enumerate() {
        let plus = told(&format!("plus {round}"), 4875, &names(&first));
        let minus = told(&format!("minus {round}"), -4875, &names(&note));
        let order = if is_before { [&minus, &plus] } else { [&plus, &minus] };
        let payments = order.map(|told| came_in(&shop, told).0);
        for payment in payments {
            let left = shop.read(|tx| tx.payment_left(&payment)).expect("what is left");
            assert_eq!(left, Money::ZERO, "{is_before}");
        }
    }
}

#[test]
fn a_payment_is_unmatched_refunded_and_reversed_by_further_entries() {
    let (shop, [first, second, _]) = shop();
    let (payment, _) = came_in(&shop, &told("a", 5000, &first.number.to_string()));
    let entries = || shop.read(|tx| tx.entries_of_payment(payment.id)).expect("entries").len();
    let read = |number| shop.read(|tx| tx.payment(number)).expect("a payment");
    let left_of = || kronor(shop.read(|tx| tx.payment_left(&payment)).expect("what is left"));

    shop.change(|tx| tx.settle(&payment, &second, Money::from_ore(10_000), None)).expect("more");
    let one = |tx: &Tx<'_>| tx.unmatch_payment(&payment, Some(second.number), "typed wrongly");
    assert_eq!(kronor(shop.change(one).expect("taken back")), 100);
    assert_eq!((left(&shop, &second), left_of(), entries()), (4875, 125, 3));
    assert!(read(payment.number).account.is_some());

    let refund = |tx: &Tx<'_>| {
        tx.refund_payment(&payment, Money::from_ore(12_500), shop.today(), "paid too much")
    };
    shop.change(refund).expect("a refund");
    assert!(shop.change(refund).is_err());
    assert!(shop.change(|tx| tx.reverse_payment(&payment, "withdrawn")).is_err());
    let back = shop.change(|tx| tx.take_back_refunds(&payment, "it came back"));
    assert_eq!((kronor(back.expect("a refund")), left_of()), (125, 125));

    let now = read(payment.number);
    shop.change(|tx| tx.reverse_payment(&now, "withdrawn")).expect("a reversal");
    assert_eq!((left_of(), left(&shop, &first), entries()), (0, 4875, 7));
    assert_eq!(read(payment.number).account, None);
}

#[test]
fn the_likeliest_invoices_of_a_payment_are_found_by_index() {
    let (shop, [first, second, third]) = shop();
    let likely = |told: &NewPayment| -> Vec<i64> {
        let (payment, _) = came_in(&shop, told);
        let left = payment.told.amount;
        let likely = shop.read(|tx| tx.likely_invoices(&payment, left, 3)).expect("a list");
        likely.into_iter().map(|it| it.open.number.0).collect()
    };
    let number = |invoice: &Invoice| invoice.number.0;
    let name = third.draft.buyer.name.to_uppercase();
    let payer = |payer: Payer| NewPayment { payer, ..told("", 123, "tack") };
    let by_name = Payer { name: Some(name), ..Payer::default() };
    let by_name = NewPayment { identity: "name".to_owned(), ..payer(by_name) };
    assert_eq!(likely(&by_name), [number(&third)]);
    let org_number = Some(format!("00{}", first.draft.buyer.org_number.digits()));
    let by_number = Payer { org_number, ..Payer::default() };
    let by_number = NewPayment { identity: "number".to_owned(), ..payer(by_number) };
    assert_eq!(likely(&by_number), [number(&first), number(&second)]);
    assert_eq!(likely(&told("amount", 4875, "tack")).len(), 3);
    assert_eq!(likely(&told("nothing", 17, "tack")), [0; 0]);

    let plan = |sql: &str| -> Vec<String> {
        let intruder = shop.intruder();
        let mut plan = intruder.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).expect(sql);
        let rows = plan.query_map([], |row| row.get(3)).expect("a plan");
        rows.map(|row| row.expect("a line")).collect()
    };
    for sql in [
        "SELECT min(p.account_id) FROM payment p WHERE p.payer_account = '1' AND p.account_id > 2",
        "SELECT p.id FROM payment p WHERE p.payer_account = '1' AND p.account_id = 2 LIMIT 1",
        "SELECT p.id FROM payment p WHERE p.account_id = 1 AND p.amount_ore < 0",
        "SELECT i.id FROM invoice i WHERE i.total_ore = 1 ORDER BY i.id DESC LIMIT 500",
    ] {
        let plan = plan(sql);
        assert!(plan.iter().all(|line| line.starts_with("SEARCH")), "{sql} {plan:?}");
    }
}

/// What may happen to payments, with what it happens to chosen by numbers.
#[derive(Clone, Copy, Debug)]
enum Step {
    ComesIn { kronor: i64, names: usize },
    Match { payment: usize, invoice: usize, kronor: i64 },
    Unmatch { payment: usize, invoice: Option<usize> },
    Refund { payment: usize, kronor: i64 },
    TakeBack { payment: usize },
    Reverse { payment: usize },
    Credit { invoice: usize },
}

fn step() -> impl Strategy<Value = Step> {
    let (payment, invoice) = (0..6_usize, 0..3_usize);
    prop_oneof![
        3 => (-3000..9000_i64, 0..6_usize)
            .prop_map(|(kronor, names)| Step::ComesIn { kronor, names }),
        3 => (payment.clone(), invoice.clone(), 1..6000_i64)
            .prop_map(|(payment, invoice, kronor)| Step::Match { payment, invoice, kronor }),
        2 => (payment.clone(), prop::option::of(invoice.clone()))
            .prop_map(|(payment, invoice)| Step::Unmatch { payment, invoice }),
        1 => (payment.clone(), 1..3000_i64)
            .prop_map(|(payment, kronor)| Step::Refund { payment, kronor }),
        1 => payment.clone().prop_map(|payment| Step::TakeBack { payment }),
        1 => payment.prop_map(|payment| Step::Reverse { payment }),
        1 => invoice.prop_map(|invoice| Step::Credit { invoice }),
    ]
}

#[test]
fn every_krona_is_settled_refunded_reversed_or_left_and_no_invoice_goes_below_zero() {
    let mut runner = TestRunner::new(Config { cases: 24, ..Config::default() });
    let steps = prop::collection::vec(step(), 1..25);
    runner
        .run(&steps, |steps| {
            let (shop, invoices) = shop();
            let mut payments = Vec::new();
            for (index, step) in steps.iter().enumerate() {
                take(&shop, &invoices, &mut payments, index, *step);
                check(&shop, &invoices, &payments)?;
            }
            Ok(())
        })
        .expect("the sums agree after every step");
}

/// Takes one step; what the store refuses is not taken.
fn take(
    shop: &Shop,
    invoices: &[Invoice; 3],
    payments: &mut Vec<Payment>,
    index: usize,
    step: Step,
) {
    let ore = |kronor: i64| Money::from_ore(kronor * 100);
    let at = |payments: &[Payment], payment: usize| {
        let number = payments.get(payment)?.number;
        Some(shop.read(|tx| tx.payment(number)).expect("a payment"))
    };
    let reason = "a test";
    match step {
        Step::ComesIn { kronor: 0, .. } => {}
        Step::ComesIn { kronor, names } => {
            let reference = match names {
                0..3 => invoices[names].number.ocr().to_string(),
                3 => format!("fakturor {}/{}", invoices[0].number, invoices[1].number),
                _ => "tack".to_owned(),
            };
            payments.push(came_in(shop, &told(&format!("{index}"), kronor, &reference)).0);
        }
        Step::Match { payment, invoice, kronor } => {
            if let Some(payment) = at(payments, payment) {
                let amount = ore(kronor);
                let _ = shop.change(|tx| tx.settle(&payment, &invoices[invoice], amount, None));
            }
        }
        Step::Unmatch { payment, invoice } => {
            if let Some(payment) = at(payments, payment) {
                let invoice = invoice.map(|invoice| invoices[invoice].number);
                let unmatch = |tx: &Tx<'_>| tx.unmatch_payment(&payment, invoice, reason);
                shop.change(unmatch).expect("anything can be unmatched");
            }
        }
        Step::Refund { payment, kronor } => {
            if let Some(payment) = at(payments, payment) {
                let today = shop.today();
                let _ = shop.change(|tx| tx.refund_payment(&payment, ore(kronor), today, reason));
            }
        }
        Step::TakeBack { payment } => {
            if let Some(payment) = at(payments, payment) {
                shop.change(|tx| tx.take_back_refunds(&payment, reason)).expect("a way back");
            }
        }
        Step::Reverse { payment } => {
            if let Some(payment) = at(payments, payment) {
                let _ = shop.change(|tx| tx.reverse_payment(&payment, reason));
            }
        }
        Step::Credit { invoice } => {
            credit(shop, &invoices[invoice]);
        }
    }
}

fn check(shop: &Shop, invoices: &[Invoice], payments: &[Payment]) -> Result<(), TestCaseError> {
    let mut offsets = Money::ZERO;
    for payment in payments {
        let entries = shop.read(|tx| tx.entries_of_payment(payment.id)).expect("entries");
        let left = shop.read(|tx| tx.payment_left(payment)).expect("what is left");
        let sum = |kind: EntryKind| -> Money {
            let of_kind = entries.iter().filter(|entry: &&Entry| entry.kind == kind);
            -of_kind.map(|entry| entry.amount).sum::<Money>()
        };
        let used = [EntryKind::Payment, EntryKind::Refund, EntryKind::Reversal, EntryKind::Offset]
            .map(sum)
            .into_iter()
            .sum::<Money>();
        prop_assert_eq!(payment.told.amount, used + left);
        let whole = payment.told.amount;
        prop_assert!(left.min(Money::ZERO) >= whole.min(Money::ZERO));
        prop_assert!(left.max(Money::ZERO) <= whole.max(Money::ZERO));
        offsets += sum(EntryKind::Offset);
    }
    // What one payment gives up for a deduction is what the deduction gains.
    prop_assert_eq!(offsets, Money::ZERO);
    for invoice in invoices {
        let standing = shop.read(|tx| tx.standing(invoice)).expect("a standing");
        prop_assert!(standing.left() >= Money::ZERO);
        prop_assert_eq!(standing.left(), standing.total - standing.credited - standing.paid());
    }
    Ok(())
}
