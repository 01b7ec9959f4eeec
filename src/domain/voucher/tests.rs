use proptest::prelude::*;

use super::*;
use crate::domain::term::parse_date;

fn day(text: &str) -> NaiveDate {
    parse_date(text).expect("a date")
}

fn ore(ore: i64) -> Money {
    Money::from_ore(ore)
}

fn rate(percent: i64) -> VatRate {
    VatRate::new(percent).expect("a Swedish rate")
}

fn year(start: &str, end: &str) -> Term {
    Term { start: day(start), end: day(end) }
}

/// Returns an invoice of a year at 3 900 kronor and 25 %, and a book at 1 000 kronor and 6 %.
fn invoice() -> Document {
    let period = year("2026-03-15", "2027-03-15");
    Document {
        kind: InvoiceKind::Invoice,
        number: InvoiceNumber(1001),
        issued_on: day("2026-03-01"),
        buyer: "Saab AB".to_owned(),
        credits: None,
        credited_before: BTreeMap::new(),
        lines: vec![
            Income {
                rate: rate(25),
                net: ore(390_000),
                period: Some(period),
                months_from: Some(period.start),
            },
            Income { rate: rate(6), net: ore(100_000), period: None, months_from: None },
        ],
    }
}

fn rows(voucher: &Voucher) -> Vec<(u32, i64)> {
    let number = |row: &VoucherRow| (row.account.bas_number(), row.amount.ore());
    voucher.rows.iter().map(number).collect()
}

#[test]
fn an_invoice_is_owed_and_sold_and_taxed() {
    let voucher = invoice().voucher(false);
    assert_eq!(voucher.text, "Faktura 1001, Saab AB");
    let expected =
        [(1510, 593_500), (3001, -390_000), (3003, -100_000), (2611, -97_500), (2631, -6_000)];
    assert_eq!(rows(&voucher), expected);
}

#[test]
fn a_credit_note_gives_back_the_very_vat_that_is_left() {
    let mut note = invoice();
    note.kind = InvoiceKind::CreditNote;
    note.credits = Some(InvoiceNumber(1001));
    note.number = InvoiceNumber(1002);
    // 3 × 9,99 are charged 7,49 in VAT, of which two thirds gave back 5,00.
    note.credited_before = BTreeMap::from([(rate(25), ore(1_998))]);
    note.lines = vec![Income { rate: rate(25), net: ore(999), period: None, months_from: None }];
    let voucher = note.voucher(true);
    assert_eq!(voucher.text, "Kreditfaktura 1002 till faktura 1001, Saab AB");
    assert_eq!(rows(&voucher), [(1510, -1_248), (3001, 999), (2611, 249)]);
}

#[test]
fn a_month_on_which_nothing_falls_has_no_voucher() {
    let mut invoice = invoice();
    let year = invoice.lines[0];
    invoice.lines = vec![Income { net: ore(3), ..year }, Income { net: ore(0), ..year }];
    let portions: Vec<_> = invoice.portions().iter().map(|(_, voucher)| rows(voucher)).collect();
    assert_eq!(portions, vec![vec![(2970, 1), (3001, -1)]; 3]);
}

#[test]
fn prepaid_income_comes_by_the_months_of_the_term() {
    let invoice = invoice();
    let voucher = invoice.voucher(true);
    let expected =
        [(1510, 593_500), (2970, -390_000), (3003, -100_000), (2611, -97_500), (2631, -6_000)];
    assert_eq!(rows(&voucher), expected);
    let portions = invoice.portions();
    assert_eq!(portions.len(), 12);
    let (first_day, first) = &portions[0];
    assert_eq!((*first_day, first.dated_on), (day("2026-03-15"), day("2026-03-15")));
    assert_eq!(first.text, "Periodisering 2026-03: Faktura 1001, Saab AB");
    assert_eq!(rows(first), [(2970, 32_500), (3001, -32_500)]);
    assert_eq!(portions[11].0, day("2027-02-15"));
}

#[test]
fn months_that_had_begun_are_booked_on_the_day_of_the_invoice() {
    let mut invoice = invoice();
    invoice.issued_on = day("2026-05-20");
    let days: Vec<NaiveDate> =
        invoice.portions().iter().take(4).map(|(_, voucher)| voucher.dated_on).collect();
    let issued = day("2026-05-20");
    assert_eq!(days, [issued, issued, issued, day("2026-06-15")]);
}

#[test]
fn a_credited_rest_is_taken_back_in_the_months_it_was_prepaid_for() {
    let mut note = invoice();
    note.kind = InvoiceKind::CreditNote;
    note.credits = Some(InvoiceNumber(1001));
    note.lines.truncate(1);
    note.lines[0].period = Some(year("2026-12-15", "2027-03-15"));
    note.lines[0].net = ore(97_500);
    note.issued_on = day("2026-12-01");
    let portions = note.portions();
    let days: Vec<NaiveDate> = portions.iter().map(|(first_day, _)| *first_day).collect();
    assert_eq!(days, [day("2026-12-15"), day("2027-01-15"), day("2027-02-15")]);
    assert_eq!(rows(&portions[0].1), [(2970, -32_500), (3001, 32_500)]);
}

#[test]
fn months_from_a_31st_are_counted_from_the_first_day_of_the_term() {
    let from = day("2026-01-31");
    let period = Term { start: from, end: day("2027-01-31") };
    let days: Vec<String> = portions(ore(120_000), period, Some(from))
        .iter()
        .take(4)
        .map(|(first_day, _)| first_day.to_string())
        .collect();
    assert_eq!(days, ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]);
}

#[test]
fn a_payment_settles_and_its_rest_is_an_advance() {
    let payment = Received {
        number: PaymentNumber(7),
        booked_on: day("2026-04-01"),
        amount: ore(500_000),
        payer: Some("SAAB".to_owned()),
    };
    let voucher = payment.voucher(&[(InvoiceNumber(1001), ore(487_500))]);
    assert_eq!(voucher.text, "Inbetalning 7, faktura 1001, SAAB");
    assert_eq!(rows(&voucher), [(1930, 500_000), (1510, -487_500), (2420, -12_500)]);
    let deduction = Received { amount: ore(-5_000), ..payment };
    assert_eq!(rows(&deduction.voucher(&[])), [(1930, -5_000), (2420, 5_000)]);
}

fn entry(kind: EntryKind, amount: i64) -> Booked {
    Booked {
        kind,
        invoice: Some(InvoiceNumber(1001)),
        payment: None,
        party: Some("Saab AB".to_owned()),
        takes_back: false,
        booked_on: day("2026-04-01"),
        amount: ore(amount),
        vat: Vec::new(),
    }
}

#[test]
fn each_kind_of_entry_has_its_accounts() {
    let cases = [
        (EntryKind::Payment, -100, [(1510, -100), (2420, 100)]),
        (EntryKind::Payment, 100, [(1510, 100), (2420, -100)]),
        (EntryKind::Refund, -100, [(1930, -100), (2420, 100)]),
        (EntryKind::Reversal, -100, [(1930, -100), (2420, 100)]),
        (EntryKind::ReminderFee, 6_000, [(1510, 6_000), (3540, -6_000)]),
        (EntryKind::Compensation, 45_000, [(1510, 45_000), (3590, -45_000)]),
        (EntryKind::LateInterest, 8_630, [(1510, 8_630), (8313, -8_630)]),
        (EntryKind::Rounding, -40, [(1510, -40), (3740, 40)]),
        (EntryKind::WriteOff, -12_500, [(1510, -12_500), (6351, 12_500)]),
    ];
    for (kind, amount, expected) in cases {
        let voucher = entry(kind, amount).voucher().expect("a voucher");
        assert_eq!(rows(&voucher), expected, "{kind}");
    }
    assert_eq!(entry(EntryKind::Offset, 100).voucher(), None);
}

#[test]
fn a_write_off_may_take_back_the_vat_in_it() {
    let mut loss = entry(EntryKind::WriteOff, -12_500);
    loss.vat = vec![(rate(25), ore(-2_500))];
    let voucher = loss.voucher().expect("a voucher");
    assert_eq!(voucher.text, "Kundförlust, faktura 1001, Saab AB");
    assert_eq!(rows(&voucher), [(1510, -12_500), (6351, 10_000), (2611, 2_500)]);
    loss.takes_back = true;
    (loss.amount, loss.vat) = (ore(12_500), vec![(rate(25), ore(2_500))]);
    let back = loss.voucher().expect("a voucher");
    assert_eq!(rows(&back), [(1510, 12_500), (6351, -10_000), (2611, -2_500)]);
}

#[test]
fn what_comes_after_the_lock_says_when_it_happened() {
    let voucher = invoice().voucher(false);
    assert_eq!(voucher.clone().moved_to(day("2026-03-01")), voucher);
    let moved = voucher.moved_to(day("2026-04-01"));
    assert_eq!(moved.text, "Faktura 1001, Saab AB, hände 2026-03-01");
    assert_eq!(moved.dated_on, day("2026-04-01"));
}

fn balance(voucher: &Voucher) -> Money {
    voucher.rows.iter().map(|row| row.amount).sum()
}

prop_compose! {
    fn any_line()(
        percent in prop::sample::select(vec![0_i64, 6, 12, 25]),
        net in 0..100_000_000_i64,
        start in 0_u64..2000,
        days in prop::option::of(1_u64..1200),
        before in 0_u64..400,
    ) -> Income {
        let start = day("2024-01-31") + chrono::Days::new(start);
        Income {
            rate: rate(percent),
            net: ore(net),
            period: days.map(|days| Term { start, end: start + chrono::Days::new(days) }),
            months_from: Some(start - chrono::Days::new(before)),
        }
    }
}

proptest! {
    #[test]
    fn every_document_balances_and_its_portions_come_to_the_whole(
        lines in prop::collection::vec(any_line(), 1..6),
        is_credit in any::<bool>(),
        before in 0..100_000_i64,
        issued in 0_u64..3000,
    ) {
        let document = Document {
            kind: if is_credit { InvoiceKind::CreditNote } else { InvoiceKind::Invoice },
            issued_on: day("2024-01-01") + chrono::Days::new(issued),
            credits: is_credit.then_some(InvoiceNumber(1)),
            credited_before: BTreeMap::from([(rate(25), ore(before))]),
            lines,
            ..invoice()
        };
        for is_spread in [false, true] {
            prop_assert_eq!(balance(&document.voucher(is_spread)), Money::ZERO);
        }
        let at_once = document.voucher(false);
        let mut spread = vec![document.voucher(true)];
        for (first_day, voucher) in document.portions() {
            prop_assert_eq!(balance(&voucher), Money::ZERO);
            prop_assert!(voucher.dated_on >= first_day && voucher.dated_on >= document.issued_on);
            spread.push(voucher);
        }
        for account in BookAccount::ALL {
            let of = |voucher: &Voucher| -> Money {
                voucher.rows.iter().filter(|row| row.account == account).map(|row| row.amount).sum()
            };
            prop_assert_eq!(spread.iter().map(of).sum::<Money>(), of(&at_once), "{:?}", account);
        }
    }

    #[test]
    fn every_payment_and_every_entry_balances(
        amount in -100_000_000..100_000_000_i64,
        settled in prop::collection::vec(1..1_000_000_i64, 0..4),
        index in 0..EntryKind::ALL.len(),
        vat in 0..1_000_000_i64,
    ) {
        let payment = Received {
            number: PaymentNumber(1),
            booked_on: day("2026-04-01"),
            amount: ore(amount),
            payer: None,
        };
        let settled: Vec<_> = settled.iter().map(|part| (InvoiceNumber(1), ore(*part))).collect();
        prop_assert_eq!(balance(&payment.voucher(&settled)), Money::ZERO);
        let mut booked = entry(EntryKind::ALL[index], amount);
        booked.vat = vec![(rate(25), ore(vat)), (rate(6), ore(-vat))];
        if let Some(voucher) = booked.voucher() {
            prop_assert_eq!(balance(&voucher), Money::ZERO);
        }
    }
}
