//! Payment reminders: one page that says what is owed, why, and where to pay it.

use super::*;
use crate::domain::letter::{InterestSegment, PaymentReminder};
use crate::domain::payment_reminder::ReminderId;
use crate::render::pdf::reminder::{self, Reminder};

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn segment(from: &str, to: &str, days: i64, capital: &str, amount: &str) -> InterestSegment {
    InterestSegment {
        from: from.into(),
        to: to.into(),
        days,
        rate: "10,00\u{a0}%".into(),
        capital: capital.into(),
        amount: amount.into(),
    }
}

/// Returns a reminder of the second level, of an invoice that was credited and paid in part.
fn second() -> PaymentReminder {
    PaymentReminder {
        office: Office::of(&example().draft.seller),
        reminder: ReminderId(7),
        level: 2,
        number: "20260001".into(),
        buyer: "Åkes Bygg & Måleri i Örebro AB".into(),
        reference: some("Kst 4711 Anna Öberg"),
        issued_on: "2026-02-16".into(),
        due_on: "2026-03-18".into(),
        reminded_on: "2026-04-07".into(),
        pay_by: "2026-04-15".into(),
        text: vec![
            "Trots vår tidigare påminnelse har vi inte fått betalt för fakturan nedan. Betala det \
             som återstår senast den dag som anges här."
                .into(),
            "Anser ni att fakturan är felaktig, eller kan ni inte betala i tid, så hör av er till \
             oss före den dagen."
                .into(),
        ],
        total: "4\u{a0}875,00\u{a0}kr".into(),
        credited: some("−875,00\u{a0}kr"),
        paid: some("−2\u{a0}000,00\u{a0}kr"),
        written_off: None,
        capital: "2\u{a0}000,00\u{a0}kr".into(),
        fees: some("60,00\u{a0}kr"),
        compensation: None,
        interest: some("17,53\u{a0}kr"),
        interest_segments: vec![
            segment("2026-03-19", "2026-03-30", 12, "4\u{a0}000,00", "13,15"),
            segment("2026-03-31", "2026-04-07", 8, "2\u{a0}000,00", "4,38"),
        ],
        claims_paid: None,
        to_pay: "2\u{a0}077,53\u{a0}kr".into(),
        to_pay_ore: 207_753,
        payments_through: "2026-04-02".into(),
        payee: "Byggavtal Service i Sverige AB".into(),
        ocr: "2026000105".into(),
        bankgiro: some("991-2346"),
        plusgiro: None,
        iban: some("SE35 5000 0000 0549 1000 0003"),
        bic: some("ESSESESS"),
        account_change: None,
    }
}

fn reminded(facts: &PaymentReminder, language: Language) -> Composition {
    let invoice = example();
    let draft = Draft { language, ..invoice.draft.clone() };
    let paper = Reminder { facts, draft: &draft, number: invoice.number };
    let composition = Press::new()
        .compose(None, |logo, setter| reminder::compose(&paper, logo, setter))
        .expect("composes");
    assert_tidy(&composition);
    let seller = &invoice.draft.seller;
    let draw = || Press::new().reminder(facts, &invoice, seller, language);
    let pdf = draw().expect("PDF/A-3a and PDF/UA-1");
    assert_eq!(pdf, draw().expect("draws"));
    composition
}

#[test]
fn a_reminder_is_one_page_that_accounts_for_what_is_owed() {
    let composition = reminded(&second(), Language::Swedish);
    assert_eq!(composition.pages.len(), 1);
    let said = read_aloud(&composition);
    for fact in [
        "Betalningspåminnelse\n",
        "Fakturanummer\n20260001\nFakturadatum\n2026-02-16\nFörfallodag\n2026-03-18",
        "Påminnelsedatum\n2026-04-07",
        "Åkes Bygg & Måleri i Örebro AB\nIndustrivägen 4\n702 27 Örebro",
        "Trots vår tidigare påminnelse",
        "Fakturans belopp inklusive moms\n4 875,00 kr\nKrediterat\n−875,00 kr\nBetalt\n−2 000,00 kr",
        "Kvar att betala av fakturan\n2 000,00 kr",
        "Dröjsmålsränta till och med 2026-04-07\n17,53 kr\nPåminnelseavgift\n60,00 kr",
        "Summa att betala (SEK)\n2 077,53 kr",
        "2026-03-19 – 2026-03-30\n12\n10,00 %\n4 000,00\n13,15",
        "2026-03-31 – 2026-04-07\n8\n10,00 %\n2 000,00\n4,38",
        "Att betala\n2 077,53 kr\nBetala senast\n2026-04-15\nOCR-nummer\n2026000105",
        "Bankgiro\n991-2346\nIBAN\nSE35 5000 0000 0549 1000 0003\nBIC\nESSESESS",
        "Betalningar som har kommit in till och med 2026-04-02 är avräknade.",
        "Godkänd för F-skatt",
    ] {
        assert!(said.contains(fact), "{fact:?} is missing in:\n{said}");
    }
    for absent in ["Avskrivet", "Förseningsersättning", "inkassokrav", "används inte längre"] {
        assert!(!said.contains(absent), "{absent:?} stands in:\n{said}");
    }
    assert!(texts(&composition.pages[0]).contains(&"Sida 1 (1)"));
}

#[test]
fn a_reminder_without_charges_speaks_of_none() {
    let facts = PaymentReminder {
        level: 1,
        reference: None,
        text: vec!["We have not yet received payment for the invoice below.".into()],
        credited: None,
        paid: None,
        fees: None,
        interest: None,
        interest_segments: Vec::new(),
        ..second()
    };
    let composition = reminded(&facts, Language::English);
    assert_eq!(composition.pages.len(), 1);
    let said = read_aloud(&composition);
    for fact in ["Payment reminder\n", "Amount due (SEK)", "Please pay by\n2026-04-15"] {
        assert!(said.contains(fact), "{fact:?} is missing in:\n{said}");
    }
    for absent in ["nterest", "fee", "Credited", "Your reference"] {
        assert!(!said.contains(absent), "{absent:?} stands in:\n{said}");
    }
}

#[test]
fn a_reminder_of_an_account_no_longer_paid_to_says_so_first() {
    let words = "Bankgiro 991-2346, som står på fakturan, används inte längre. Betala i stället till \
                 bankgiro 5402-9681.";
    let facts =
        PaymentReminder { bankgiro: some("5402-9681"), account_change: some(words), ..second() };
    let said = read_aloud(&reminded(&facts, Language::Swedish));
    assert!(said.contains(&format!("{words}\nBetalning\n")), "{said}");
    assert_eq!(said.matches("991-2346").count(), 1, "{said}");
}

/// Returns the line that bankgiro slips end with.
fn slip_line(composition: &Composition) -> Option<&str> {
    composition.pages.iter().flat_map(|page| texts(page)).find(|text| text.starts_with('#'))
}

#[test]
fn machines_read_what_is_left_and_the_accounts_that_the_reminder_names() {
    let composition = reminded(&second(), Language::Swedish);
    assert_eq!(codes(&composition), 1);
    assert_eq!(slip_line(&composition), Some("# 2026000105 # 2077 53 5 > 9912346#41#"));

    let moved = PaymentReminder { bankgiro: some("5402-9681"), ..second() };
    let composition = reminded(&moved, Language::Swedish);
    assert_eq!(slip_line(&composition), Some("# 2026000105 # 2077 53 5 > 54029681#41#"));

    let without = PaymentReminder { bankgiro: None, ..second() };
    let composition = reminded(&without, Language::Swedish);
    assert_eq!(codes(&composition), 1, "it pays to the IBAN");
    assert_eq!(slip_line(&composition), None);
}

#[test]
fn a_reminder_with_a_long_story_runs_on_to_further_pages() {
    let facts = PaymentReminder {
        text: vec!["Å ".repeat(300); 2],
        written_off: some("−1,00\u{a0}kr"),
        compensation: some("390,00\u{a0}kr"),
        claims_paid: some("−20,00\u{a0}kr"),
        interest_segments: vec![second().interest_segments[0].clone(); 60],
        ..second()
    };
    for language in [Language::Swedish, Language::English] {
        let composition = reminded(&facts, language);
        assert!(composition.pages.len() > 1);
        for (index, page) in composition.pages.iter().enumerate() {
            let name = match language {
                Language::Swedish => "Betalningspåminnelse 20260001",
                Language::English => "Payment reminder 20260001",
            };
            assert_eq!(texts(page).contains(&name), index > 0);
        }
    }
}
