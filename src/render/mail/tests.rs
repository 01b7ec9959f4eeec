use std::sync::Arc;

use chrono::NaiveDate;

use super::*;
use crate::domain::address::Country;
use crate::domain::conditions::Conditions;
use crate::domain::credit::{Credited, Part, of_parts};
use crate::domain::invoice::{
    Buyer, Draft, Invoice, InvoiceId, InvoiceNumber, Line, PriceBasis, PriceRule,
};
use crate::domain::money::{Money, VatRate};
use crate::domain::participant::Deliver;
use crate::domain::product::{PriceGroup, ProductKind};
use crate::domain::seller::{Bankgiro, Colour, Iban, Plusgiro, Seller};
use crate::domain::term::Term;

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn line(kind: ProductKind, description: &str, quantity: i64, ore: i64) -> Line {
    let unit_price = Money::from_ore(ore);
    let period = Term { start: date("2026-03-01"), end: date("2027-03-01") };
    Line {
        sku: "AVTAL".to_owned(),
        kind,
        description: description.to_owned(),
        quantity,
        unit_price,
        net: unit_price.times(quantity).expect("in range"),
        vat_rate: VatRate::new(25).expect("a rate"),
        vat_exemption: None,
        period: kind.renews().then_some(period),
        subscription_number: None,
        licensee: None,
        basis: PriceBasis {
            decided_on: date("2026-03-01"),
            price_from: date("2026-01-01"),
            vat_from: date("2026-01-01"),
            group: PriceGroup::Regular,
            rule: PriceRule::List,
        },
    }
}

fn invoice(language: Language, buyer: &str, lines: Vec<Line>) -> Invoice {
    let seller = Seller {
        legal_name: "Föreningen Byggavtal".to_owned(),
        shop_name: "Avtalsbutiken".to_owned(),
        org_number: "556036-0793".parse().expect("a number"),
        vat_number: "SE556036079301".to_owned(),
        f_tax: true,
        registered_office: "Stockholm".to_owned(),
        street: "Storgatan 1".to_owned(),
        postal_code: "111 22".to_owned(),
        city: "Stockholm".to_owned(),
        office_email: "kansli@example.se".parse().expect("an address"),
        phone: None,
        web: "https://butik.example.se".to_owned(),
        bankgiro: Some(Bankgiro::parse("991-2346").expect("a number")),
        plusgiro: Some(Plusgiro::parse("28 65 43-4").expect("a number")),
        iban: Some(Iban::parse("SE3550000000054910000003").expect("a number")),
        bic: Some("ESSESESS".to_owned()),
        payment_terms_days: 30,
        accent_colour: Colour::parse("#005a8c").expect("a colour"),
        logo: None,
    };
    Invoice {
        id: InvoiceId(1),
        number: InvoiceNumber(1001),
        draft: Draft {
            issued_on: date("2026-03-01"),
            due_on: date("2026-03-31"),
            language,
            seller: Arc::new(seller),
            buyer: Buyer {
                name: buyer.to_owned(),
                org_number: "556016-0680".parse().expect("a number"),
                vat_number: None,
                care_of: None,
                street: "Hamngatan 2".to_owned(),
                postal_code: "222 33".to_owned(),
                city: "Lund".to_owned(),
                country: Country::default(),
                invoice_email: "faktura@example.se".parse().expect("an address"),
                deliver: Deliver::Email,
                participant: None,
            },
            reference: Some("Inköp 12".to_owned()),
            order_number: Some(2001),
            conditions: Arc::new(Conditions::first()),
            lines,
            credits: None,
            replaces: None,
        },
    }
}

fn both_lines(language: Language) -> Invoice {
    let lines = vec![
        line(ProductKind::Subscription, "AB-avtalen, abonnemang", 1, 390_000),
        line(ProductKind::Printed, "AB 04, tryckt exemplar", 2, 9_500),
    ];
    invoice(language, "Åkesson & Söner <Bygg> AB", lines)
}

fn rendered(invoice: &Invoice, renewal: bool, copy: bool) -> Rendered {
    let facts = InvoiceFacts::new(invoice, renewal, copy);
    Templates::carried().invoice(invoice.draft.language, &facts).expect("rendered")
}

#[test]
fn the_first_invoice_of_an_order_confirms_it() {
    let mail = rendered(&both_lines(Language::Swedish), false, false);
    assert_eq!(mail.subject, "Orderbekräftelse och faktura 1001 från Avtalsbutiken");
    insta::assert_snapshot!(mail.text.replace('\u{a0}', "~"), @r#"
    Hej!

    Tack för er beställning. Det här mejlet är både orderbekräftelse och faktura.

    Fakturan är ställd till Åkesson & Söner <Bygg> AB och bifogas som pdf.

    Fakturanummer:    1001
    Fakturadatum:     2026-03-01
    Ordernummer:      2001
    Er referens:      Inköp 12

    Ni har beställt:

    - AB-avtalen, abonnemang
      2026-03-01 till och med 2027-02-28
    - 2 st AB 04, tryckt exemplar

    Att betala:       5~112,50~kr
    Förfallodag:      2026-03-31
    OCR-nummer:       100164
    Bankgiro:         991-2346
    Plusgiro:         28 65 43-4
    IBAN:             SE35 5000 0000 0549 1000 0003
    BIC:              ESSESESS

    Ange OCR-numret när ni betalar.

    Villkor för abonnemang

    Abonnemanget ger tillgång till gällande utgåva, som hämtas på nytt vid varje
    tillfälle. Elektronisk lagring är inte tillåten annat än tillfälligt, till
    exempel som bilaga till en offert som skickas med e-post. Abonnemanget
    förlängs med en ny period om det inte sägs upp senast tre månader före
    förnyelsedagen, den dagen inräknad. Avgörande är den dag då uppsägningen
    kommer in till oss. Uppsägning görs inloggad eller skriftligen till kontoret.

    Villkor för tryckta exemplar

    Tryckta exemplar får inte kopieras, skannas, skrivas ut, mångfaldigas eller på
    något annat sätt hanteras elektroniskt, till exempel skickas med e-post.

    Har ni frågor är ni välkomna att svara på det här mejlet eller skriva till
    kansli@example.se.

    Med vänlig hälsning

    Avtalsbutiken
    https://butik.example.se
    "#);

    let mail = rendered(&both_lines(Language::English), false, false);
    assert_eq!(mail.subject, "Order confirmation and invoice 1001 from Avtalsbutiken");
    insta::assert_snapshot!(mail.text.replace('\u{a0}', "~"), @r#"
    Hello,

    Thank you for your order. This e-mail is both the order confirmation and the
    invoice.

    The invoice is made out to Åkesson & Söner <Bygg> AB and attached as a PDF.

    Invoice number:   1001
    Invoice date:     2026-03-01
    Order number:     2001
    Your reference:   Inköp 12

    You have ordered:

    - AB-avtalen, abonnemang
      2026-03-01 to 2027-02-28, both days included
    - 2 × AB 04, tryckt exemplar

    Amount to pay:    5~112.50~SEK
    Due date:         2026-03-31
    OCR reference:    100164
    Bankgiro:         991-2346
    Plusgiro:         28 65 43-4
    IBAN:             SE35 5000 0000 0549 1000 0003
    BIC:              ESSESESS

    Please state the OCR reference when you pay.

    Conditions for subscriptions

    The subscription gives access to the current edition, fetched anew each time.
    Electronic storage is not allowed except temporarily, for instance as an
    attachment to an offer sent by e-mail. The subscription is renewed for a new
    term unless notice is given at the latest three months before the renewal
    date, that day included. What counts is the day on which the notice reaches
    us. Notice is given when logged in, or in writing to the office.

    Conditions for printed copies

    Printed copies may not be copied, scanned, printed, duplicated or handled
    electronically in any way, for instance sent by e-mail.

    If you have any questions, please reply to this e-mail or write to
    kansli@example.se.

    Kind regards

    Avtalsbutiken
    https://butik.example.se
    "#);
}

#[test]
fn a_renewal_says_so_and_has_no_word_of_printed_copies() {
    let lines = vec![line(ProductKind::Subscription, "AB-avtalen, abonnemang", 1, 390_000)];
    let mut renewal = invoice(Language::Swedish, "Exempelbolaget AB", lines);
    let draft = &mut renewal.draft;
    draft.order_number = None;
    draft.reference = None;
    let seller = Arc::make_mut(&mut draft.seller);
    (seller.plusgiro, seller.iban, seller.bic) = (None, None, None);
    let mail = rendered(&renewal, true, false);
    assert_eq!(mail.subject, "Faktura 1001 från Avtalsbutiken");
    insta::assert_snapshot!(mail.text.replace('\u{a0}', "~"), @r#"
    Hej!

    Ert abonnemang har förnyats. Här kommer fakturan för den nya perioden.

    Fakturan är ställd till Exempelbolaget AB och bifogas som pdf.

    Fakturanummer:    1001
    Fakturadatum:     2026-03-01

    Fakturan gäller:

    - AB-avtalen, abonnemang
      2026-03-01 till och med 2027-02-28

    Att betala:       4~875,00~kr
    Förfallodag:      2026-03-31
    OCR-nummer:       100164
    Bankgiro:         991-2346

    Ange OCR-numret när ni betalar.

    Villkor för abonnemang

    Abonnemanget ger tillgång till gällande utgåva, som hämtas på nytt vid varje
    tillfälle. Elektronisk lagring är inte tillåten annat än tillfälligt, till
    exempel som bilaga till en offert som skickas med e-post. Abonnemanget
    förlängs med en ny period om det inte sägs upp senast tre månader före
    förnyelsedagen, den dagen inräknad. Avgörande är den dag då uppsägningen
    kommer in till oss. Uppsägning görs inloggad eller skriftligen till kontoret.

    Har ni frågor är ni välkomna att svara på det här mejlet eller skriva till
    kansli@example.se.

    Med vänlig hälsning

    Avtalsbutiken
    https://butik.example.se
    "#);

    renewal.draft.language = Language::English;
    let english = rendered(&renewal, true, false);
    assert_eq!(english.subject, "Invoice 1001 from Avtalsbutiken");
    assert!(english.text.contains("Your subscription has been renewed."));
}

#[test]
fn a_further_copy_does_not_pass_for_a_new_invoice() {
    let mail = rendered(&both_lines(Language::Swedish), false, true);
    assert_eq!(mail.subject, "Kopia av faktura 1001 från Avtalsbutiken");
    assert!(mail.text.contains("Det är ingen ny faktura."));
    assert!(!mail.text.contains("rderbekräftelse"));
    let mail = rendered(&both_lines(Language::English), true, true);
    assert_eq!(mail.subject, "Copy of invoice 1001 from Avtalsbutiken");
    assert!(mail.text.contains("It is\nnot a new invoice."), "{}", mail.text);
}

/// Returns the credit note of an invoice: of all, or of a part of its first line.
fn credit_note(invoice: &Invoice, part: Option<i64>) -> Invoice {
    let net = part.map(Money::from_ore).unwrap_or(invoice.draft.lines[0].net);
    let positions = if part.is_some() { 1 } else { invoice.draft.lines.len() };
    let parts: Vec<Part> = (1..=positions)
        .map(|position| {
            let line = &invoice.draft.lines[position - 1];
            let net = if position == 1 { net } else { line.net };
            Part { position, net, period: line.period, quantity: None }
        })
        .collect();
    let (reason, day) = ("Uppsägningen kom in i tid.", date("2026-03-05"));
    let credited = Credited::of(invoice, &[]);
    let seller = &invoice.draft.seller;
    let draft = of_parts(invoice, &credited, &parts, reason, seller, day).expect("a draft");
    Invoice { id: InvoiceId(2), number: InvoiceNumber(1002), draft }
}

fn rendered_note(note: &Invoice, copy: bool) -> Rendered {
    let credits = note.draft.credits.as_ref().expect("it credits");
    let facts = CreditNoteFacts::new(note, credits, copy);
    Templates::carried().credit_note(note.draft.language, &facts).expect("rendered")
}

#[test]
fn a_credit_note_names_its_invoice_and_says_that_it_need_not_be_paid() {
    let mail = rendered_note(&credit_note(&both_lines(Language::Swedish), None), false);
    assert_eq!(mail.subject, "Kreditfaktura 1002 från Avtalsbutiken");
    insta::assert_snapshot!(mail.text.replace('\u{a0}', "~"), @"
    Hej!

    Här kommer kreditfaktura 1002, som avser faktura 1001 av den 2026-03-01.

    Orsak till krediteringen: Uppsägningen kom in i tid.

    Kreditfakturan är ställd till Åkesson & Söner <Bygg> AB och bifogas som pdf.
    Den ska inte betalas.

    Kreditfakturanummer:   1002
    Kreditfakturadatum:    2026-03-05
    Avser faktura:         1001
    Ordernummer:           2001
    Er referens:           Inköp 12
    Krediterat belopp:     5~112,50~kr
    Återstår att betala:   0,00~kr

    Krediteringen gäller:

    - AB-avtalen, abonnemang
      2026-03-01 till och med 2027-02-28
    - 2 st AB 04, tryckt exemplar

    Faktura 1001 är därmed krediterad i sin helhet. Har ni inte betalat den,
    behöver ni inte göra det. Har ni redan betalat den, betalar vi tillbaka det ni
    har betalat eller räknar av det mot en annan faktura. Berätta gärna hur ni
    vill ha det.

    Har ni frågor är ni välkomna att svara på det här mejlet eller skriva till
    kansli@example.se.

    Med vänlig hälsning

    Avtalsbutiken
    https://butik.example.se
    ");
}

#[test]
fn a_credit_note_in_part_says_what_is_left_to_pay() {
    let note = credit_note(&both_lines(Language::English), Some(100_000));
    let mail = rendered_note(&note, true);
    assert_eq!(mail.subject, "Copy of credit note 1002 from Avtalsbutiken");
    insta::assert_snapshot!(mail.text.replace('\u{a0}', "~"), @"
    Hello,

    Here is a further copy of credit note 1002, which we have sent you before. It
    is not a new credit. The credit note refers to invoice 1001 of 2026-03-01.

    Reason for the credit: Uppsägningen kom in i tid.

    The credit note is made out to Åkesson & Söner <Bygg> AB and attached as a
    PDF. It is not to be paid.

    Credit note number:    1002
    Credit note date:      2026-03-05
    Refers to invoice:     1001
    Order number:          2001
    Your reference:        Inköp 12
    Amount credited:       1~250.00~SEK
    Left to pay:           3~862.50~SEK

    The credit is for:

    - AB-avtalen, abonnemang
      2026-03-01 to 2027-02-28, both days included

    Of invoice 1001, 3~862.50~SEK is left. If you have not paid it, please pay
    only what is left, stating its OCR reference 100164. If you have already paid
    more than that, we will repay the difference or set it against another
    invoice. Please let us know which you prefer.

    If you have any questions, please reply to this e-mail or write to
    kansli@example.se.

    Kind regards

    Avtalsbutiken
    https://butik.example.se
    ");
    for fact in ["1001", "1002", "3\u{a0}862.50\u{a0}SEK", "100164", "Uppsägningen kom in i tid."]
    {
        assert!(mail.html.contains(fact) && mail.text.contains(fact), "{fact}");
    }
    for loads in ["src=", "href=", "url(", "<link", "<script", "@import"] {
        assert!(!mail.html.contains(loads), "{loads}");
    }
}

#[test]
fn an_invoice_over_nothing_asks_for_no_payment() {
    let lines = vec![line(ProductKind::Subscription, "AB-avtalen", 1, 0)];
    let free = invoice(Language::Swedish, "Exempelbolaget AB", lines);
    let mail = rendered(&free, false, false);
    assert!(mail.text.contains("Fakturan är på 0,00\u{a0}kr. Det finns inget att betala."));
    assert!(!mail.text.contains("OCR") && !mail.html.contains("OCR"));
}

#[test]
fn the_html_says_what_the_text_says_and_loads_nothing() {
    let totals = ["5\u{a0}112,50\u{a0}kr", "5\u{a0}112.50\u{a0}SEK"];
    for (language, total) in [Language::Swedish, Language::English].into_iter().zip(totals) {
        let mail = rendered(&both_lines(language), false, false);
        assert!(mail.html.contains("Åkesson &amp; Söner &lt;Bygg&gt; AB"), "{}", mail.html);
        for fact in ["1001", "2001", "Inköp 12", "2027-02-28", total] {
            assert!(mail.html.contains(fact) && mail.text.contains(fact), "{fact}");
        }
        for fact in ["2026-03-31", "100164", "991-2346", "28 65 43-4", "ESSESESS"] {
            assert!(mail.html.contains(fact) && mail.text.contains(fact), "{fact}");
        }
        for loads in ["src=", "href=", "url(", "<link", "<script", "@import"] {
            assert!(!mail.html.contains(loads), "{loads}");
        }
    }
}

#[test]
fn no_line_of_text_is_longer_than_78_characters() {
    for language in [Language::Swedish, Language::English] {
        let templates = Templates::carried();
        let mut facts = InvoiceFacts::samples();
        facts.push(InvoiceFacts {
            buyer_name: "Mycket långt namn ".repeat(11),
            ..InvoiceFacts::new(&both_lines(language), false, false)
        });
        for facts in facts {
            let mail = templates.invoice(language, &facts).expect("rendered");
            assert!(mail.text.lines().all(|line| line.chars().count() <= 78), "{}", mail.text);
        }
    }
}

#[test]
fn a_test_mail_says_what_it_is_for() {
    let templates = Templates::carried();
    let facts = TestFacts::sample();
    let mail = templates.test(Language::Swedish, &facts).expect("rendered");
    assert_eq!(mail.subject, "Provmejl från Exempelbutiken");
    insta::assert_snapshot!(mail.text, @r#"
    Hej!

    Det här är ett provmejl från Exempelbutiken, skickat 2026-03-01 09.30. Har det
    kommit fram, och ser bokstäverna å, ä och ö rätt ut, så fungerar e-posten. Ni
    behöver inte svara.

    Svarar ni ändå går svaret till kansli@example.se.

    Med vänlig hälsning

    Exempelbutiken
    "#);
    let mail = templates.test(Language::English, &facts).expect("rendered");
    assert!(mail.html.contains("<p>Hello,</p>"));
}

fn folder_with(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, content) in files {
        fs::write(folder.path().join(name), content).expect("written");
    }
    folder
}

#[test]
fn a_folder_overrides_the_templates_it_holds() {
    let folder = folder_with(&[
        ("invoice.sv.txt", "Subject: Räkning {{ number }}\n\nBetala {{ total }}.\n"),
        ("README.md", "not a template"),
    ]);
    let templates = Templates::with_folder(folder.path()).expect("good templates");
    let facts = InvoiceFacts::new(&both_lines(Language::Swedish), false, false);
    let mail = templates.invoice(Language::Swedish, &facts).expect("rendered");
    assert_eq!(mail.subject, "Räkning 1001");
    assert_eq!(mail.text, "Betala 5\u{a0}112,50\u{a0}kr.\n");
    assert!(mail.html.contains("Orderbekräftelse"));
    let english = templates.invoice(Language::English, &facts).expect("rendered");
    assert_eq!(english.subject, "Order confirmation and invoice 1001 from Avtalsbutiken");
}

#[test]
fn a_mistake_in_a_template_is_found_when_it_is_loaded() {
    let cases = [
        (
            "invoice.sv.txt",
            "Subject: x\n\n{{ nummber }}\n",
            "invoice.sv.txt`, line 3: there is no fact of a name that is used in `{{ nummber }}`",
        ),
        ("invoice.en.html", "<p>\n{% if %}\n", "invoice.en.html`, line 2: "),
        ("invoice.en.txt", "Subject: x\n{% if copy %}\n{{ oops }}{% endif %}", "line 3: "),
        ("invoice.sv.txt", "Hej!\n", "line 1: the first line does not make a subject"),
        ("invoice.sv.txt", "Subject: \n", "line 1: the first line does not make a subject"),
        ("test.sv.txt", "", "line 1: the first line does not make a subject"),
        ("invoce.sv.txt", "Subject: x\n", "invoce.sv.txt` overrides no template"),
    ];
    for (name, content, expected) in cases {
        let folder = folder_with(&[(name, content)]);
        let error = Templates::with_folder(folder.path()).err().expect(name).to_string();
        assert!(error.contains(expected), "{error}");
        assert!(error.contains(&folder.path().display().to_string()), "{error}");
    }
    assert!(matches!(
        Templates::with_folder(Path::new("/nowhere")),
        Err(TemplateError::Folder { .. })
    ));
    let folder = folder_with(&[]);
    fs::write(folder.path().join("test.sv.txt"), b"Subject: \xe5\n").expect("written");
    let error = Templates::with_folder(folder.path()).err().expect("not UTF-8");
    assert!(matches!(error, TemplateError::Unreadable { .. }), "{error}");
}
