//! Whole documents: what they say, where it stands, and that they are the same each time.

mod reminder;
mod slip;

use std::sync::Arc;

use chrono::NaiveDate;
use krilla::tagging::ArtifactType;

use crate::domain::address::Country;
use crate::domain::conditions::Conditions;
use crate::domain::credit::{Credited, in_full};
use crate::domain::invoice::{
    Buyer, Draft, Invoice, InvoiceId, InvoiceKind, InvoiceNumber, Line, PriceBasis, PriceRule,
};
use crate::domain::language::Language;
use crate::domain::letter::{NoticeConfirmation, NoticeCredit, Office};
use crate::domain::money::{Money, VatRate};
use crate::domain::notice::NoticeId;
use crate::domain::participant::Deliver;
use crate::domain::product::{PriceGroup, ProductKind};
use crate::domain::seller::{Bankgiro, Colour, Iban, Logo, Seller};
use crate::domain::term::{Rhythm, parse_date};
use crate::domain::text::LINE_MAX;

use super::confirmation::{self, Confirmation};
use super::fonts::{Cut, Measure, Typesetter};
use super::invoice::{LEFT, Paper, RIGHT, body, compose, ink, strong};
use super::page::{Composition, Mark, PAGE_HEIGHT, Placed, Role, mm};
use super::words::{Words, percent};
use super::{PdfError, Press};

/// A picture of 8 by 4 pixels, one of them transparent.
#[rustfmt::skip]
const PNG: &[u8] = &[
    137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 8,
    0, 0, 0, 4, 8, 6, 0, 0, 0, 179, 205, 126, 240, 0, 0, 0, 36, 73, 68, 65,
    84, 120, 218, 99, 252, 255, 255, 63, 3, 99, 116, 239, 127, 6, 28, 128, 185, 241, 54, 47,
    78, 73, 6, 6, 6, 6, 38, 6, 2, 128, 160, 2, 0, 93, 34, 7, 86, 229, 87, 83,
    179, 0, 0, 0, 0, 73, 69, 78, 68, 174, 66, 96, 130,
];

fn date(text: &str) -> NaiveDate {
    parse_date(text).expect("a date")
}

fn rate(percent: i64) -> VatRate {
    VatRate::new(percent).expect("a Swedish rate")
}

/// Returns an invoice as the shop sends them by the thousand: a year's subscription.
pub fn example() -> Invoice {
    let seller = Seller {
        legal_name: "Byggavtal Service i Sverige AB".into(),
        shop_name: "Byggavtal".into(),
        org_number: "556677-8899".parse().expect("valid"),
        vat_number: "SE556677889901".into(),
        f_tax: true,
        registered_office: "Stockholm".into(),
        street: "Storgatan 19".into(),
        postal_code: "114 51".into(),
        city: "Stockholm".into(),
        office_email: "kontoret@byggavtal.example".parse().expect("valid"),
        phone: Some("08-123 456 00".into()),
        web: "https://www.byggavtal.example".into(),
        bankgiro: Some(Bankgiro::parse("991-2346").expect("valid")),
        plusgiro: None,
        iban: Some(Iban::parse("SE3550000000054910000003").expect("valid")),
        bic: Some("ESSESESS".into()),
        payment_terms_days: 30,
        accent_colour: Colour::parse("#005a8c").expect("valid"),
        logo: None,
    };
    let buyer = Buyer {
        name: "Åkes Bygg & Måleri i Örebro AB".into(),
        org_number: "556036-0793".parse().expect("valid"),
        vat_number: None,
        care_of: None,
        street: "Industrivägen 4".into(),
        postal_code: "702 27".into(),
        city: "Örebro".into(),
        country: Country::default(),
        invoice_email: "faktura@akesbygg.example".parse().expect("valid"),
        deliver: Deliver::Email,
        participant: None,
    };
    let draft = Draft {
        issued_on: date("2026-02-16"),
        due_on: date("2026-03-18"),
        language: Language::Swedish,
        seller: Arc::new(seller),
        buyer,
        reference: Some("Kst 4711 Anna Öberg".into()),
        order_number: Some(1207),
        conditions: Arc::new(Conditions::first()),
        lines: vec![subscription("Entreprenadavtalen, samtliga digitala avtal", 1001, 390_000)],
        credits: None,
        replaces: None,
    };
    Invoice { id: InvoiceId(1), number: InvoiceNumber(20_260_001), draft }
}

fn subscription(description: &str, number: i64, ore: i64) -> Line {
    let rhythm = Rhythm { anchor: date("2026-03-01"), term_months: 12 };
    Line {
        sku: "ABB-DIGITAL".into(),
        kind: ProductKind::Subscription,
        period: Some(rhythm.term(0).expect("in range")),
        subscription_number: Some(number),
        ..line(description, 1, ore, 25)
    }
}

fn line(description: &str, quantity: i64, ore: i64, percent: i64) -> Line {
    let day = date("2026-01-01");
    let unit_price = Money::from_ore(ore);
    Line {
        sku: "TRYCK-AB04".into(),
        kind: ProductKind::Printed,
        description: description.into(),
        quantity,
        unit_price,
        net: unit_price.times(quantity).expect("in range"),
        vat_rate: rate(percent),
        vat_exemption: None,
        period: None,
        subscription_number: None,
        licensee: None,
        basis: PriceBasis {
            decided_on: day,
            price_from: day,
            vat_from: day,
            group: PriceGroup::Regular,
            rule: PriceRule::List,
        },
    }
}

/// Returns an order of everything there is: subscriptions, printed copies, three VAT rates.
fn mixed() -> Invoice {
    let mut invoice = example();
    let exempt = Line {
        vat_exemption: Some("undantag enligt 10 kap. 35 § mervärdesskattelagen (2023:200)".into()),
        ..line("Kurs i entreprenadjuridik, en dag", 2, 180_000, 0)
    };
    invoice.draft.lines.push(line("AB 04, tryckt häfte, 10-pack", 12, 24_550, 6));
    invoice.draft.lines.push(exempt);
    invoice
}

/// Returns an invoice long enough for three pages.
fn long() -> Invoice {
    let mut invoice = mixed();
    for number in 0..26 {
        let name = format!("Företagsanpassad licens {}, koncernen", number + 1);
        invoice.draft.lines.push(subscription(&name, 1002 + number, 125_050));
    }
    invoice
}

/// Returns the credit note of what is left of an invoice after notes of these positions and amounts.
fn credit_note(invoice: &Invoice, taken: &[(usize, Money)]) -> Invoice {
    let credited = Credited::of(invoice, taken);
    let reason = "Uppsägningen kom in i tid till den 2026-03-01.";
    let day = date("2026-03-05");
    let draft = in_full(invoice, &credited, reason, &invoice.draft.seller, day).expect("a draft");
    Invoice { id: InvoiceId(2), number: InvoiceNumber(20_260_044), draft }
}

fn edited(mut invoice: Invoice, change: impl FnOnce(&mut Draft)) -> Invoice {
    change(&mut invoice.draft);
    invoice
}

fn with_seller(invoice: Invoice, change: impl FnOnce(&mut Seller)) -> Invoice {
    edited(invoice, |draft| change(Arc::make_mut(&mut draft.seller)))
}

/// Composes an invoice as the press does, before a byte is written.
fn composed(invoice: &Invoice) -> Composition {
    let paper = Paper { draft: &invoice.draft, number: Some(invoice.number) };
    Press::new().compose(None, |logo, setter| compose(&paper, logo, setter)).expect("composes")
}

fn text_of(placed: &Placed) -> Option<&str> {
    match &placed.mark {
        Mark::Text { text, .. } | Mark::Diagonal { text } => Some(text.as_str()),
        Mark::Band { .. } | Mark::Picture { .. } | Mark::Code { .. } => None,
    }
}

/// Returns the texts of a page, artifacts included.
fn texts(page: &[Placed]) -> Vec<&str> {
    page.iter().filter_map(text_of).collect()
}

/// Returns all that is read aloud, with ordinary spaces.
fn read_aloud(composition: &Composition) -> String {
    let leaves = composition.pages.iter().flatten();
    let leaves = leaves.filter(|placed| matches!(placed.role, Role::Leaf(_)));
    let texts: Vec<&str> = leaves.filter_map(text_of).collect();
    texts.join("\n").replace('\u{a0}', " ")
}

/// Asserts that every mark lies within the margins and no text lies on another.
fn assert_tidy(composition: &Composition) {
    for (number, page) in composition.pages.iter().enumerate() {
        let boxes: Vec<(f32, f32, f32, f32, &str)> = page
            .iter()
            .filter_map(|placed| match &placed.mark {
                Mark::Text { text, lines } => {
                    let leading = text.height / text.lines() as f32;
                    let bottom = placed.y + leading * lines.len() as f32;
                    Some((placed.x, placed.y, placed.x + text.width, bottom, text.as_str()))
                }
                Mark::Code { side, .. } => {
                    Some((placed.x, placed.y, placed.x + side, placed.y + side, "code"))
                }
                _ => None,
            })
            .collect();
        for (index, (left, top, right, bottom, text)) in boxes.iter().enumerate() {
            assert!(*left >= LEFT - 0.1 && *right <= RIGHT + 0.1, "page {number}: {text}");
            assert!(*top >= 0.0 && *bottom <= PAGE_HEIGHT - mm(8.0), "page {number}: {text}");
            for (left_2, top_2, right_2, bottom_2, other) in &boxes[..index] {
                let apart = *left >= *right_2
                    || *left_2 >= *right
                    || *top + 0.1 >= *bottom_2
                    || *top_2 + 0.1 >= *bottom;
                assert!(apart, "page {number}: `{text}` lies on `{other}`");
            }
        }
    }
}

#[test]
fn an_ordinary_invoice_is_one_page_with_all_that_the_law_asks() {
    let invoice = example();
    let composition = composed(&invoice);
    let said = read_aloud(&composition);
    // Mervärdesskattelagen 17:24, in its order, then what payer and customer need.
    for fact in [
        "2026-02-16",
        "20260001",
        "SE556677889901",
        "Byggavtal Service i Sverige AB\nStorgatan 19\n114 51 Stockholm",
        "Åkes Bygg & Måleri i Örebro AB\nIndustrivägen 4\n702 27 Örebro",
        "Entreprenadavtalen, samtliga digitala avtal",
        "Avser perioden 2026-03-01 – 2027-02-28",
        "1\n3 900,00\n25 %\n3 900,00",
        "Moms 25 % på 3 900,00 kr\n975,00 kr",
        "Att betala\n4 875,00 kr\nFörfallodag\n2026-03-18\nOCR-nummer\n2026000105",
        "Bankgiro\n991-2346",
        "IBAN\nSE35 5000 0000 0549 1000 0003\nBIC\nESSESESS",
        "Er referens\nKst 4711 Anna Öberg",
        "Ordernummer\n1207",
        "556036-0793",
        "ABB-DIGITAL",
        "Abonnemang 1001",
        "räntelagen",
        "Abonnemanget ger tillgång till gällande utgåva",
        "Säte: Stockholm",
        "556677-8899",
        "Godkänd för F-skatt",
        "08-123 456 00",
        "kontoret@byggavtal.example",
        "https://www.byggavtal.example",
    ] {
        assert!(said.contains(fact), "{fact:?} is missing in:\n{said}");
    }
    assert!(!said.contains("Tryckta exemplar"));
    assert_eq!(composition.pages.len(), 1);
    assert!(texts(&composition.pages[0]).contains(&"Sida 1 (1)"));
    assert_tidy(&composition);
    assert!(Press::new().invoice(&invoice).expect("draws").starts_with(b"%PDF-1.7"));
}

/// Returns how many codes for a bank's app a document has.
fn codes(composition: &Composition) -> usize {
    let marks = composition.pages.iter().flatten();
    marks.filter(|placed| matches!(placed.mark, Mark::Code { .. })).count()
}

#[test]
fn machines_read_how_to_pay_an_invoice_and_nothing_of_what_is_not_to_be_paid() {
    let invoice = example();
    let composition = composed(&invoice);
    let line = "# 2026000105 # 4875 00 1 > 9912346#41#";
    assert_eq!(codes(&composition), 1);
    assert!(texts(&composition.pages[0]).contains(&line));
    assert!(!read_aloud(&composition).contains('#'), "signs are not read aloud");

    let without = with_seller(example(), |seller| seller.bankgiro = None);
    let composition = composed(&without);
    assert_eq!(codes(&composition), 1, "it pays to the IBAN");
    assert!(!texts(&composition.pages[0]).iter().any(|text| text.starts_with('#')));

    let free = edited(example(), |draft| {
        let line = &mut draft.lines[0];
        (line.unit_price, line.net) = (Money::ZERO, Money::ZERO);
    });
    let draft = Paper { draft: &invoice.draft, number: None };
    let draft =
        Press::new().compose(None, |logo, setter| compose(&draft, logo, setter)).expect("composes");
    for nothing in [composed(&credit_note(&invoice, &[])), composed(&free), draft] {
        assert_eq!(codes(&nothing), 0);
        let pages = nothing.pages.iter();
        assert!(!pages.flat_map(|page| texts(page)).any(|text| text.starts_with('#')));
    }
}

#[test]
fn the_code_is_told_to_whoever_cannot_see_it() {
    let invoice = edited(example(), |draft| draft.language = Language::English);
    let bytes = Press::new().invoice(&invoice).expect("PDF/A-3a and PDF/UA-1");
    let told = "OCR reference 2026000105, by 2026-03-18";
    let utf_16: String = told.bytes().map(|byte| format!("00{byte:02X}")).collect();
    assert!(bytes.windows(utf_16.len()).any(|window| window == utf_16.as_bytes()));
}

#[test]
fn a_credit_note_refers_to_its_invoice_and_asks_for_no_payment() {
    let note = credit_note(&example(), &[]);
    let composition = composed(&note);
    let said = read_aloud(&composition);
    // Mervärdesskattelagen 17:22 and 17:24: what the document is, and what it unambiguously changes.
    for fact in [
        "Kreditfaktura\n",
        "Kreditfakturanummer\n20260044",
        "Kreditfakturadatum\n2026-03-05",
        "Avser faktura\n20260001 av den 2026-02-16",
        "Orsak till krediteringen: Uppsägningen kom in i tid till den 2026-03-01.",
        "Ordernummer\n1207",
        "Er referens\nKst 4711 Anna Öberg",
        "Avser perioden 2026-03-01 – 2027-02-28",
        "Moms 25 % på 3 900,00 kr\n975,00 kr",
        "Krediterat belopp (SEK)\n4 875,00 kr",
        "Återstår att betala\n0,00 kr",
        "ska inte betalas",
        "som därmed är krediterad i sin helhet",
        "SE556677889901",
    ] {
        assert!(said.contains(fact), "{fact:?} is missing in:\n{said}");
    }
    for absent in ["OCR", "Bankgiro", "IBAN", "Förfallodag", "Att betala", "Abonnemanget ger"] {
        assert!(!said.contains(absent), "{absent:?} stands in:\n{said}");
    }
    assert_eq!(composition.pages.len(), 1);
    assert_tidy(&composition);
    let bytes = Press::new().invoice(&note).expect("draws");
    let title = "Kreditfaktura 20260044 – Byggavtal".as_bytes();
    assert!(bytes.windows(title.len()).any(|window| window == title), "in the metadata");
}

#[test]
fn a_credit_note_in_part_says_what_is_left_to_pay_and_by_which_reference() {
    let note = edited(credit_note(&example(), &[]), |draft| {
        draft.language = Language::English;
        let line = &mut draft.lines[0];
        (line.unit_price, line.net) = (Money::from_ore(100_000), Money::from_ore(100_000));
    });
    let composition = composed(&note);
    let said = read_aloud(&composition);
    for fact in [
        "Credit note number\n20260044",
        "Refers to invoice\n20260001 of 2026-02-16",
        "Amount credited (SEK)\n1 250.00 SEK",
        "Left to pay\n3 625.00 SEK",
        "of which 3 625.00 SEK is left",
        "stating its OCR reference 2026000105",
    ] {
        assert!(said.contains(fact), "{fact:?} is missing in:\n{said}");
    }
    assert_tidy(&composition);
    Press::new().invoice(&note).expect("draws");
}

#[test]
fn a_long_credit_note_is_named_on_every_page() {
    let note = credit_note(&long(), &[(1, Money::from_ore(390_000))]);
    let composition = composed(&note);
    assert!(composition.pages.len() > 1);
    for (index, page) in composition.pages.iter().enumerate() {
        assert_eq!(texts(page).contains(&"Kreditfaktura 20260044"), index > 0);
    }
    assert_tidy(&composition);
    Press::new().invoice(&note).expect("keeps to both standards");
}

#[test]
fn an_order_of_everything_still_is_one_page() {
    let invoice = mixed();
    let composition = composed(&invoice);
    let said = read_aloud(&composition);
    for fact in [
        "Summa exkl. moms\n10 446,00 kr",
        "Moms 25 % på 3 900,00 kr\n975,00 kr",
        "Moms 6 % på 2 946,00 kr\n176,76 kr",
        "Moms 0 % på 3 600,00 kr\n0,00 kr",
        "Att betala (SEK)\n11 597,76 kr",
        "Grund för 0 % moms: undantag enligt 10 kap. 35 § mervärdesskattelagen (2023:200)",
        "Tryckta exemplar får inte kopieras",
        "Abonnemanget ger tillgång",
    ] {
        assert!(said.contains(fact), "{fact:?} is missing in:\n{said}");
    }
    assert_eq!(composition.pages.len(), 1);
    assert_tidy(&composition);
}

#[test]
fn a_long_invoice_goes_on_with_its_head_repeated_and_its_pages_numbered() {
    let invoice = long();
    let composition = composed(&invoice);
    assert_eq!(composition.pages.len(), 3);
    for (index, page) in composition.pages.iter().enumerate() {
        let texts = texts(page);
        let page_number = format!("Sida {} (3)", index + 1);
        assert!(texts.contains(&page_number.as_str()));
        assert!(texts.contains(&"Benämning"));
        assert!(texts.contains(&"Organisationsnummer"));
        assert_eq!(texts.contains(&"Faktura 20260001"), index > 0);
    }
    let said = read_aloud(&composition);
    assert_eq!(said.matches("Benämning").count(), 1, "a repeated head is an artifact");
    assert_eq!(said.matches("Godkänd för F-skatt").count(), 1, "a repeated foot is an artifact");
    for line in &invoice.draft.lines {
        assert_eq!(said.matches(&format!("{}\n", line.description)).count(), 1);
    }
    assert_tidy(&composition);
    Press::new().invoice(&invoice).expect("keeps to both standards");
}

#[test]
fn the_same_invoice_gives_the_same_bytes() {
    let logo = Logo::new(PNG.to_vec()).expect("a logo");
    let invoice = with_seller(mixed(), |seller| seller.logo = Some(logo));
    let mut press = Press::new();
    let first = press.invoice(&invoice).expect("draws");
    press.invoice(&long()).expect("draws");
    assert!(press.invoice(&invoice).expect("draws") == first, "a press that has drawn others");
    assert!(Press::new().invoice(&invoice).expect("draws") == first, "a new press");
}

#[test]
fn english_customers_read_english() {
    let invoice = edited(mixed(), |draft| draft.language = Language::English);
    let composition = composed(&invoice);
    let said = read_aloud(&composition);
    for fact in [
        "Invoice number\n20260001",
        "For the period 2026-03-01 – 2027-02-28",
        "VAT 25 % on 3 900.00 SEK\n975.00 SEK",
        "Amount due (SEK)\n11 597.76 SEK",
        "OCR reference\n2026000105",
        "Swedish Interest Act",
        "Printed copies may not be copied",
        "Approved for F-tax",
    ] {
        assert!(said.contains(fact), "{fact:?} is missing in:\n{said}");
    }
    assert!(texts(&composition.pages[0]).contains(&"Page 1 of 1"));
    assert_tidy(&composition);
    Press::new().invoice(&invoice).expect("draws");
}

#[test]
fn a_draft_says_on_every_page_that_it_is_no_invoice() {
    let draft = long().draft;
    let paper = Paper { draft: &draft, number: None };
    let mut press = Press::new();
    let composition =
        press.compose(None, |logo, setter| compose(&paper, logo, setter)).expect("composes");
    for page in &composition.pages {
        let marked = |placed: &&Placed| text_of(placed) == Some("UTKAST – INTE EN FAKTURA");
        assert!(page.iter().filter(marked).count() >= 2, "a band and a watermark");
    }
    let said = read_aloud(&composition);
    assert!(said.starts_with("UTKAST – INTE EN FAKTURA\n"));
    assert!(!said.contains("OCR") && !said.contains("20260001"), "{said}");
    assert_tidy(&composition);
    let bytes = press.preview(&draft).expect("draws");
    assert!(press.preview(&draft).expect("draws") == bytes);
}

#[test]
fn a_customer_called_lukasz_is_drawn_in_the_whole_font() {
    let invoice = edited(example(), |draft| draft.buyer.name = "Łukasz Żółć Σ Бюро".into());
    let mut press = Press::new();
    press.invoice(&invoice).expect("draws");
    assert!(read_aloud(&composed(&invoice)).contains("Łukasz Żółć Σ Бюро"));
    // The next one is back in the small font, and no different for having come after.
    let after = press.invoice(&example()).expect("draws");
    assert!(after == Press::new().invoice(&example()).expect("draws"));
}

#[test]
fn a_character_that_no_font_has_is_refused_by_name() {
    let cases = [
        ('ش', edited(example(), |draft| draft.buyer.name = "شركة البناء".into())),
        ('株', edited(example(), |draft| draft.lines[0].description = "株式会社".into())),
        ('😀', edited(example(), |draft| draft.reference = Some("Hej 😀".into()))),
        ('\u{e000}', edited(example(), |draft| draft.buyer.city = "\u{e000}".into())),
        ('א', with_seller(example(), |seller| seller.web = "אבג".into())),
    ];
    for (refused, invoice) in cases {
        let error = Press::new().invoice(&invoice).expect_err("refused");
        match &error {
            PdfError::Character { character, .. } => assert_eq!(*character, refused),
            other => panic!("{other}"),
        }
        assert!(error.to_string().contains(&format!("U+{:04X}", u32::from(refused))));
    }
}

#[test]
fn characters_without_shape_leave_no_trace() {
    let hidden = "Å\u{ad}kes\u{200b} Bygg\u{feff} AB\u{fe0f}";
    let invoice = edited(example(), |draft| draft.buyer.name = hidden.into());
    assert!(read_aloud(&composed(&invoice)).contains("Åkes Bygg AB\n"));
    Press::new().invoice(&invoice).expect("draws");
}

#[test]
fn names_of_three_hundred_characters_run_neither_out_nor_into_each_other() {
    let words = "Mycket Långa Företagsnamnet i Norra Västerbotten med Omnejd ".repeat(5);
    let letters = "W".repeat(LINE_MAX);
    for name in [words.as_str(), letters.as_str()] {
        let long_buyer = edited(mixed(), |draft| {
            draft.buyer.name = name.to_owned();
            draft.buyer.street = name.to_owned();
            draft.reference = Some(name.to_owned());
            for line in &mut draft.lines {
                line.description = name.to_owned();
                line.sku = "X".repeat(40);
                line.unit_price = Money::from_ore(100_000_000_000);
                line.quantity = 80_000;
                line.net = line.unit_price.times(line.quantity).expect("in range");
            }
            draft.lines[2].vat_exemption = Some(name.to_owned());
        });
        let long_seller = with_seller(mixed(), |seller| {
            seller.legal_name = name.to_owned();
            seller.shop_name = name.to_owned();
            seller.street = name.to_owned();
            seller.web = name.to_owned();
            seller.bic = Some("X".repeat(60));
        });
        for invoice in [long_buyer, long_seller] {
            assert_tidy(&composed(&invoice));
            Press::new().invoice(&invoice).expect("draws");
        }
    }
}

#[test]
fn long_conditions_run_on_to_the_next_page_without_losing_a_line() {
    let paragraph = "Avtalen får användas av den som har abonnemanget. ".repeat(120);
    let invoice = edited(example(), |draft| {
        let mut conditions = Conditions::first();
        conditions.subscription.sv = format!("{paragraph}\n\n{paragraph}");
        draft.conditions = Arc::new(conditions);
    });
    let composition = composed(&invoice);
    assert!(composition.pages.len() > 1);
    assert_tidy(&composition);
    let mut next = 0;
    let mut paragraphs = 0;
    for placed in composition.pages.iter().flatten() {
        if let Mark::Text { text, lines } = &placed.mark
            && text.as_str() == paragraph.trim()
        {
            assert_eq!(lines.start, next);
            next = if lines.end == text.lines() { 0 } else { lines.end };
            paragraphs += usize::from(next == 0);
        }
    }
    assert_eq!((next, paragraphs), (0, 2));
    Press::new().invoice(&invoice).expect("draws");
}

#[test]
fn an_invoice_without_lines_asks_for_nothing() {
    let invoice = edited(example(), |draft| draft.lines.clear());
    let composition = composed(&invoice);
    assert!(read_aloud(&composition).contains("Att betala (SEK)\n0,00 kr"));
    assert_tidy(&composition);
    Press::new().invoice(&invoice).expect("draws");
}

#[test]
fn the_buyers_vat_number_is_stated_where_there_is_one() {
    for (language, label) in
        [(Language::Swedish, "Ert momsregistreringsnummer"), (Language::English, "Your VAT number")]
    {
        let without = edited(example(), |draft| draft.language = language);
        assert!(!read_aloud(&composed(&without)).contains(label));
        let with = edited(without, |draft| {
            draft.buyer.vat_number = Some("SE556036079301".parse().expect("a VAT number"));
        });
        let composition = composed(&with);
        let read = read_aloud(&composition);
        assert!(read.contains(label) && read.contains("SE556036079301"), "{read}");
        assert_tidy(&composition);
    }
}

#[test]
fn the_buyer_stands_in_the_window_of_the_envelope() {
    for invoice in [example(), with_seller(example(), |seller| seller.shop_name = "Å ".repeat(60))]
    {
        let composition = composed(&invoice);
        let name = composition.pages[0]
            .iter()
            .find(|placed| text_of(placed) == Some("Åkes Bygg & Måleri i Örebro AB"))
            .expect("the buyer's name");
        assert!(name.x >= mm(110.0) && name.y >= mm(44.0) && name.y <= mm(62.0), "{}", name.y);
    }
}

#[test]
fn a_logo_takes_the_place_of_the_shops_name_and_bears_it() {
    let logo = Logo::new(PNG.to_vec()).expect("a logo");
    let invoice = with_seller(example(), |seller| seller.logo = Some(logo));
    let mut press = Press::new();
    let image = press.logo(invoice.draft.seller.logo.as_ref()).expect("a picture");
    let paper = Paper { draft: &invoice.draft, number: Some(invoice.number) };
    let composition =
        press.compose(image, |logo, setter| compose(&paper, logo, setter)).expect("composes");
    let pictures = composition.pages[0]
        .iter()
        .filter(|placed| matches!(placed.mark, Mark::Picture { .. }))
        .count();
    assert_eq!(pictures, 1);
    assert!(!texts(&composition.pages[0]).contains(&"Byggavtal"));
    let bytes = press.invoice(&invoice).expect("draws");
    let alt = b"/Alt(Byggavtal)";
    assert!(bytes.windows(alt.len()).any(|window| window == alt));
}

#[test]
fn a_damaged_logo_is_refused() {
    for damaged in [&PNG[..20], &PNG[..60], &[0xff, 0xd8, 0xff, 0xe0, 1, 2, 3][..]] {
        let logo = Logo::new(damaged.to_vec()).expect("looks like a logo");
        let invoice = with_seller(example(), |seller| seller.logo = Some(logo));
        let error = Press::new().invoice(&invoice).expect_err("refused");
        assert!(matches!(error, PdfError::Logo(_)), "{error}");
    }
}

#[test]
fn a_pale_accent_colours_rules_but_not_letters() {
    let invoice = with_seller(example(), |seller| {
        seller.accent_colour = Colour::parse("#ffd200").expect("a colour");
    });
    let yellow = krilla::color::rgb::Color::new(0xff, 0xd2, 0x00);
    let composition = composed(&invoice);
    let bands = composition.pages[0].iter();
    let is_yellow =
        |placed: &&Placed| matches!(placed.mark, Mark::Band { ink, .. } if ink == yellow);
    assert!(bands.filter(is_yellow).count() >= 2);
    let title = composition.pages[0].iter().find_map(|placed| match &placed.mark {
        Mark::Text { text, .. } if text.as_str() == "Faktura" => Some(text.ink()),
        _ => None,
    });
    assert_eq!(title, Some(ink()));
}

#[test]
fn figures_are_as_wide_as_each_other_in_both_cuts() {
    let mut typesetter = Typesetter::new();
    for style in [body(ink()), strong()] {
        let mut widths = Vec::new();
        for cut in [Cut::Latin, Cut::Whole] {
            typesetter.begin(cut);
            for digit in '0'..='9' {
                let digits = format!("1{digit}7,{digit}4{digit}").repeat(4);
                widths.push(typesetter.set(&digits, style, Measure::Line).width);
            }
        }
        assert!(widths.iter().all(|width| (width - widths[0]).abs() < 0.001), "{widths:?}");
    }
}

#[test]
fn the_latin_cut_has_all_characters_of_the_shops_own_words_and_of_latin_1() {
    let mut typesetter = Typesetter::new();
    typesetter.begin(Cut::Latin);
    let latin: String = (' '..='~').chain('\u{a0}'..='ÿ').chain("–—‘’‚“”„•…€−".chars()).collect();
    typesetter.set(&latin, body(ink()), Measure::Column(200.0));
    for language in [Language::Swedish, Language::English] {
        for number in [None, Some(InvoiceNumber(1))] {
            for invoice in [mixed(), credit_note(&mixed(), &[])] {
                let invoice = edited(invoice, |draft| draft.language = language);
                compose(&Paper { draft: &invoice.draft, number }, None, &mut typesetter);
            }
        }
    }
    assert_eq!(typesetter.missing(), None);
}

#[test]
fn amounts_are_written_as_the_language_has_it() {
    let cases = [
        (Language::Swedish, 390_000, "3\u{a0}900,00\u{a0}kr"),
        (Language::Swedish, -5, "−0,05\u{a0}kr"),
        (Language::English, 390_000, "3\u{a0}900.00\u{a0}SEK"),
        (Language::English, 123_456_789, "1\u{a0}234\u{a0}567.89\u{a0}SEK"),
    ];
    for (language, ore, text) in cases {
        assert_eq!(Words::of(language, InvoiceKind::Invoice).money(Money::from_ore(ore)), text);
    }
    assert_eq!(percent(rate(25)), "25\u{a0}%");
}

#[test]
fn a_press_can_work_on_a_thread_of_its_own() {
    let mut press = Press::new();
    let drawn = std::thread::spawn(move || press.invoice(&example()).map(|bytes| bytes.len()));
    assert!(drawn.join().expect("no panic").expect("draws") > 10_000);
}

#[test]
fn page_numbers_are_no_part_of_what_is_read() {
    let composition = composed(&long());
    for page in &composition.pages {
        let number = page.iter().filter(|placed| {
            placed.role == Role::Artifact(ArtifactType::PageNumber)
                && text_of(placed).is_some_and(|text| text.starts_with("Sida "))
        });
        assert_eq!(number.count(), 1);
    }
}

/// Returns a confirmation with all that one can say.
fn confirmation() -> NoticeConfirmation {
    let some = |text: &str| Some(text.to_owned());
    NoticeConfirmation {
        office: Office::of(&example().draft.seller),
        notice: NoticeId(7),
        number: "1001".into(),
        product: "Entreprenadavtalen, samtliga digitala avtal".into(),
        holder: "Åkes Bygg & Måleri i Örebro AB".into(),
        org_number: "556036-0793".into(),
        entered_on: "2027-03-08".into(),
        received_on: "2026-11-28".into(),
        sent_on: some("2026-11-26"),
        given_by: some("Eva Ek"),
        channel: some("letter"),
        login: None,
        renewal_date: "2027-03-01".into(),
        deadline: "2026-12-01".into(),
        notice_months: 3,
        counted_from_last_day: None,
        moved_from: None,
        in_time: true,
        exception: false,
        ends_on: "2027-03-01".into(),
        last_day: "2027-02-28".into(),
        credits: vec![NoticeCredit {
            invoice: "20260044".into(),
            credit_note: "20260051".into(),
            total: "4\u{a0}875,00\u{a0}kr".into(),
            period_start: "2027-03-01".into(),
            period_last_day: "2028-02-29".into(),
        }],
    }
}

fn confirmed(facts: &NoticeConfirmation, language: Language) -> Composition {
    let seller = example().draft.seller;
    let paper = Confirmation { facts, seller: &seller, language };
    let composition = Press::new()
        .compose(None, |logo, setter| confirmation::compose(&paper, logo, setter))
        .expect("composes");
    assert_tidy(&composition);
    let pdf = Press::new().confirmation(facts, &seller, language).expect("PDF/A-3a and PDF/UA-1");
    let again = Press::new().confirmation(facts, &seller, language).expect("draws");
    assert_eq!(pdf, again);
    composition
}

#[test]
fn r7_a_confirmation_of_notice_is_one_page_with_all_that_was_counted() {
    let facts = confirmation();
    for language in [Language::Swedish, Language::English] {
        let composition = confirmed(&facts, language);
        assert_eq!(composition.pages.len(), 1);
        let said = read_aloud(&composition);
        for fact in ["1001", "556036-0793", "2026-11-26", "2026-11-28", "2027-03-08", "Eva Ek"] {
            assert!(said.contains(fact), "{fact}: {said}");
        }
        for fact in ["2026-12-01", "2027-03-01", "2027-02-28", "20260044", "20260051"] {
            assert!(said.contains(fact), "{fact}: {said}");
        }
    }
    let said = read_aloud(&confirmed(&facts, Language::Swedish));
    assert!(said.contains("Uppsägningen kom in i tid."), "{said}");
    assert!(said.contains("3 månader före förnyelsedagen 2027-03-01, den dagen inräknad"));
}

#[test]
fn a_confirmation_says_how_a_late_notice_was_taken_and_how_its_day_was_found() {
    let late = NoticeConfirmation {
        in_time: false,
        received_on: "2026-12-05".into(),
        ends_on: "2028-03-01".into(),
        last_day: "2028-02-29".into(),
        credits: Vec::new(),
        channel: None,
        given_by: None,
        ..confirmation()
    };
    let said = read_aloud(&confirmed(&late, Language::Swedish));
    assert!(said.contains("löper därför vidare från 2027-03-01 och upphör 2028-03-01"), "{said}");
    assert!(said.contains("Skriftligen") && !said.contains("krediteras"), "{said}");
    let goodwill = NoticeConfirmation { exception: true, ..late.clone() };
    let said = read_aloud(&confirmed(&goodwill, Language::English));
    assert!(said.contains("As an exception we accept it"), "{said}");
    let moved = NoticeConfirmation {
        counted_from_last_day: Some("2027-02-28".into()),
        moved_from: Some("2026-11-28".into()),
        deadline: "2026-11-30".into(),
        notice_months: 3,
        ..late.clone()
    };
    let said = read_aloud(&confirmed(&moved, Language::Swedish));
    assert!(said.contains("är 2026-11-28, som inte är en arbetsdag"), "{said}");
    let none = NoticeConfirmation { notice_months: 0, ..late };
    let said = read_aloud(&confirmed(&none, Language::English));
    assert!(said.contains("Up to and including the renewal date 2027-03-01"), "{said}");
}

#[test]
fn a_confirmation_keeps_its_margins_whatever_the_names() {
    let long = "Åsbo-Fågelviks ".repeat(13);
    let facts = NoticeConfirmation {
        product: long.trim().to_owned(),
        holder: "Ö".repeat(LINE_MAX),
        given_by: Some(long.trim().to_owned()),
        channel: Some("login".into()),
        login: Some(format!("{}@example.se", "a".repeat(60))),
        credits: vec![confirmation().credits[0].clone()],
        ..confirmation()
    };
    assert_eq!(confirmed(&facts, Language::Swedish).pages.len(), 1);
    let many = NoticeConfirmation { credits: vec![facts.credits[0].clone(); 60], ..facts };
    assert!(confirmed(&many, Language::English).pages.len() > 1);
}
