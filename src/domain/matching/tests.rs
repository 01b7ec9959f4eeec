use proptest::prelude::*;

use super::*;
use crate::domain::ocr::Ocr;

const SAAB: AccountId = AccountId(1);
const STOCKHOLM: AccountId = AccountId(2);

/// What the shop has issued: open invoices of Saab's over 1 000, 500 and 70 kronor, one that is paid,
/// a credit note, one of Stockholm's, and numbers that read as a year, a day and another's reference.
fn shop() -> Vec<Known> {
    let known = |number, kind, account, kronor: i64| Known {
        number: InvoiceNumber(number),
        kind,
        account,
        left: Money::from_ore(kronor * 100),
        is_payers: false,
    };
    let invoice = |number, account, kronor| known(number, InvoiceKind::Invoice, account, kronor);
    vec![
        invoice(1001, SAAB, 1000),
        invoice(1002, SAAB, 500),
        invoice(1003, SAAB, 0),
        known(1004, InvoiceKind::CreditNote, SAAB, 0),
        invoice(1005, STOCKHOLM, 300),
        invoice(12, SAAB, 70),
        invoice(2026, STOCKHOLM, 250),
        invoice(260_301, STOCKHOLM, 260),
        invoice(20_260_301, STOCKHOLM, 270),
        invoice(100_164, STOCKHOLM, 280),
    ]
}

fn verdict(reference: &str, message: &str, kronor: i64) -> Verdict {
    verdict_on(&shop(), reference, message, kronor)
}

fn verdict_on(shop: &[Known], reference: &str, message: &str, kronor: i64) -> Verdict {
    let named = mentions(Some(reference), Some(message));
    let wanted = numbers_to_look_up(&named);
    let known: Vec<Known> =
        shop.iter().filter(|known| wanted.contains(&known.number)).copied().collect();
    decide(Money::from_ore(kronor * 100), &named, &known)
}

/// Writes a verdict in short: what is settled with how many kronor, and what becomes of the rest.
fn told(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Settles { parts, .. } => {
            let parts = parts.iter().map(|(number, part)| format!("{number}={}", part.ore() / 100));
            parts.collect::<Vec<_>>().join(" ")
        }
        Verdict::Balance { account, .. } => format!("balance {}", account.0),
        Verdict::Open(doubt) => format!("{doubt:?}"),
    }
}

#[test]
fn a_payment_finds_its_invoice_by_reference_and_by_number() {
    let cases = [
        // The OCR reference, however it is spaced and filled.
        ("100164", "", 1000, "1001=1000"),
        ("  1001 64 ", "", 1000, "1001=1000"),
        ("0000000000000000000100164", "", 1000, "1001=1000"),
        ("10 01 64", "", 400, "1001=400"),
        ("OCR 100164", "", 1000, "1001=1000"),
        ("", "ocr: 100164", 1000, "1001=1000"),
        // More than is left: the rest stands on the account's balance.
        ("100164", "", 1200, "1001=1000"),
        // The number of the invoice, as people write it.
        ("1001", "", 1000, "1001=1000"),
        ("0001001", "", 1000, "1001=1000"),
        ("faktura 1001", "", 1000, "1001=1000"),
        ("FAKT NR 1001", "", 400, "1001=400"),
        ("Fakturanr: 1001", "", 1000, "1001=1000"),
        ("fakt.nr.1001", "", 1000, "1001=1000"),
        ("K12345 f1001", "", 1000, "1001=1000"),
        ("FAKTURA1001", "", 1000, "1001=1000"),
        ("inv no 1001", "", 1000, "1001=1000"),
        ("faktura nr 1001 kund nr 12", "", 1000, "1001=1000"),
        ("kund 12, faktura 1001", "", 1000, "1001=1000"),
        ("faktura 1001 2026-03-01", "", 1000, "1001=1000"),
        ("faktura 1001 dat. 20260301", "", 1000, "1001=1000"),
        ("faktura 1001 belopp 1 000,00 kr", "", 1000, "1001=1000"),
        ("", "Avser faktura 1001.", 1000, "1001=1000"),
        ("faktura 2026", "", 250, "2026=250"),
        // What is called an invoice's number is that, though it reads as a reference too.
        ("faktura 100164", "", 280, "100164=280"),
        ("100164", "", 280, "1001=280"),
        // Nothing left to pay of it: the money stands on the account's balance.
        ("faktura 1003", "", 500, "balance 1"),
        ("100362", "", 500, "balance 1"),
    ];
    for (reference, message, kronor, wanted) in cases {
        let verdict = verdict(reference, message, kronor);
        assert_eq!(told(&verdict), wanted, "{reference:?} {message:?} {kronor}: {verdict:?}");
    }
}

#[test]
fn a_number_that_does_not_stand_alone_names_nothing() {
    for text in [
        "5560360793",
        "556036-0793",
        "556036 0793",
        "SE556036079301",
        "71001",
        "10010",
        "2026-03-01",
        "2026/03/01",
        "01/03/2026",
        "26 03 01",
        "2026 03 01",
        "1001.50",
        "1001,50",
        "1 001",
        "1001-1002",
        "070-1001",
        "08-12 10 01",
        "1001A",
        "x1001",
        "kund 1001",
        "Kundnr 1001",
        "kund nr. 1001",
        "order 1001",
        "Avtal 1001",
        "tel 1001",
        "1001 kr",
        "faktura mars 2026",
        "Årsavgift 2026",
        "1001:-",
        "9001",
        "faktura 9001",
        "100165",
        "",
        " ",
        "tack",
        "-",
        "1/12",
        "12 mars",
        "v 12",
        "00",
        "99999999999999999999999999",
    ] {
        let found = verdict(text, "", 1000);
        assert_eq!(found, Verdict::Open(Doubt::Unknown), "{text:?}");
    }
}

#[test]
fn a_number_in_passing_counts_only_where_the_amount_or_the_payer_confirms_it() {
    let cases = [
        ("Betalning 1001 Saab", 1000, "1001=1000"),
        ("Betalning 1001 Saab", 999, "Unconfirmed"),
        ("2026", 250, "2026=250"),
        ("2026", 1000, "Unconfirmed"),
        ("260301", 260, "260301=260"),
        ("20260301", 1000, "Unconfirmed"),
        ("Tack 100164", 1000, "1001=1000"),
        ("Tack 100164", 10, "Unconfirmed"),
    ];
    for (text, kronor, wanted) in cases {
        assert_eq!(told(&verdict(text, "", kronor)), wanted, "{text} {kronor}");
    }
    let mut shop = shop();
    shop[0].is_payers = true;
    assert_eq!(told(&verdict_on(&shop, "Betalning 1001 Saab", "", 400)), "1001=400");
}

#[test]
fn several_invoices_are_settled_only_where_their_open_amounts_add_up() {
    let cases = [
        ("100164 100263", "", 1500, "1001=1000 1002=500"),
        ("FAKT NR 1001/1002", "", 1500, "1001=1000 1002=500"),
        ("fakturor 1001, 1002 och 1005", "", 1800, "1001=1000 1002=500 1005=300"),
        ("1001+1002", "", 1500, "1001=1000 1002=500"),
        ("1001,1002", "", 1500, "1001=1000 1002=500"),
        ("faktura 1001", "faktura 1002", 1500, "1001=1000 1002=500"),
        ("FAKT NR 1001/1002", "", 1400, "Several"),
        ("FAKT NR 1001/1002", "", 1000, "Several"),
        ("FAKT NR 1001/1002", "", 1600, "Several"),
        ("faktura 1001/1005", "", 1000, "Several"),
        // One of them is paid already, and leaves no choice.
        ("faktura 1002/1003", "", 500, "1002=500"),
        ("faktura 1002/1003", "", 700, "1002=500"),
        // One of them is none of ours.
        ("faktura 1002/9001", "", 500, "1002=500"),
        // A credit note is taken off already; what is then left must be the amount.
        ("faktura 1002, 1004", "", 500, "1002=500"),
        ("faktura 1002, 1004", "", 400, "Several"),
        ("faktura 1004", "", 400, "CreditNote"),
        // The reference is exact, whatever else is told.
        ("100164", "1002", 1000, "1001=1000"),
        ("100164", "avser faktura 1002", 1000, "Several"),
        // A further number in passing, open as well: no guess.
        ("faktura 1001 för Saab 1002", "", 400, "Unconfirmed"),
        ("faktura 1001 för Saab 1002", "", 1000, "1001=1000"),
    ];
    for (reference, message, kronor, wanted) in cases {
        let verdict = verdict(reference, message, kronor);
        assert_eq!(told(&verdict), wanted, "{reference:?} {message:?} {kronor}: {verdict:?}");
    }
}

#[test]
fn a_deduction_is_set_against_the_balance_of_the_account_it_names() {
    for text in ["faktura 1004", "1004", "100164", "faktura 1003"] {
        assert_eq!(told(&verdict(text, "", -200)), "balance 1", "{text}");
    }
    assert_eq!(told(&verdict("faktura 1004/1005", "", -200)), "Several");
    assert_eq!(told(&verdict("tack", "", -200)), "Unknown");
}

#[test]
fn a_number_that_the_bank_may_have_cut_needs_the_amount_to_confirm_it() {
    // 25 characters, as wide as a reference of BgMax.
    let cut = "betalning av faktura nr 1";
    assert_eq!(cut.chars().count(), 25);
    assert_eq!(told(&verdict(cut, "2", 70)), "12=70");
    assert_eq!(told(&verdict(cut, "2", 60)), "Unconfirmed");
    assert_eq!(told(&verdict(cut, "001 tack", 1000)), "1001=1000");
    let cut = "saab ab betalar fakt. 12";
    assert_eq!(told(&verdict(cut, "", 30)), "12=30", "24 characters are not cut");
    let cut = "saab ab betalar fakt.  12";
    assert_eq!(told(&verdict(cut, "", 30)), "Unconfirmed");
    assert_eq!(told(&verdict(cut, "", 70)), "12=70");
    assert_eq!(told(&verdict("betalning av faktura nr  ", "1001", 900)), "1001=900");
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(reference in ".{0,60}", message in "[0-9 /,.:a-zåäö-]{0,80}", ore in any::<i32>()) {
        let named = mentions(Some(&reference), Some(&message));
        let _ = numbers_to_look_up(&named);
        let _ = decide(Money::from_ore(i64::from(ore)), &named, &shop());
    }

    #[test]
    fn what_is_settled_never_exceeds_the_payment_or_an_invoice(
        numbers in prop::collection::vec(prop::sample::select(vec![1001_i64, 1002, 1003, 1004, 1005, 12]), 0..4),
        kronor in 1_i64..2500,
    ) {
        let texts: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        let amount = Money::from_ore(kronor * 100);
        if let Verdict::Settles { parts, .. } = verdict("", &format!("fakturor {}", texts.join(", ")), kronor) {
            let sum: Money = parts.iter().map(|(_, part)| *part).sum();
            prop_assert!(sum <= amount && !parts.is_empty());
            for (number, part) in &parts {
                let known = shop().into_iter().find(|known| known.number == *number).expect("ours");
                prop_assert!(*part > Money::ZERO && *part <= known.left);
                prop_assert!(numbers.contains(&number.0));
            }
            // More than one invoice is settled only in full, and with nothing left over.
            if parts.len() > 1 {
                prop_assert_eq!(sum, amount);
            }
        }
    }

    #[test]
    fn every_reference_finds_its_invoice_however_it_is_spaced(number in 1_i64..100_000_000, zeros in 0_usize..8, at in 1_usize..6) {
        let ocr = format!("{}{}", "0".repeat(zeros), Ocr::of_invoice(number));
        let (head, tail) = ocr.split_at(at.min(ocr.len()));
        let known = Known { number: InvoiceNumber(number), left: Money::from_ore(100), ..shop()[0] };
        prop_assert_eq!(told(&verdict_on(&[known], &format!("{head} {tail}"), "", 1)), format!("{number}=1"));
    }
}
