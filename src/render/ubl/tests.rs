//! E-invoices as files: what they say, and many of them for the rules to be run on.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::{Days, NaiveDate};

use crate::domain::address::Country;
use crate::domain::conditions::Conditions;
use crate::domain::credit::{Credited, Part, of_parts};
use crate::domain::e_invoice::check;
use crate::domain::invoice::{
    Buyer, Draft, Invoice, InvoiceId, InvoiceNumber, Line, PriceBasis, PriceRule, Replaces,
};
use crate::domain::language::Language;
use crate::domain::licence::Licensee;
use crate::domain::money::{Money, VatRate};
use crate::domain::ocr::check_digit;
use crate::domain::org_number::OrgNumber;
use crate::domain::participant::Deliver;
use crate::domain::product::{PriceGroup, ProductKind};
use crate::domain::seller::{Bankgiro, Colour, Iban, Plusgiro, Seller};
use crate::domain::term::{Rhythm, Term, parse_date};

use super::e_invoice;

/// Numbers that look like chance and are the same each time (xorshift64*).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % end
    }

    fn one_of<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        let index = self.below(of.len() as u64);
        &of[usize::try_from(index).expect("an index")]
    }

    fn one_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }
}

fn date(text: &str) -> NaiveDate {
    parse_date(text).expect("a date")
}

fn rate(percent: u8) -> VatRate {
    VatRate::new(i64::from(percent)).expect("a Swedish rate")
}

fn organisation(dice: &mut Dice) -> OrgNumber {
    let body = match dice.below(6) {
        0 => format!("8507{:02}{:03}", 1 + dice.below(28), 1 + dice.below(998)),
        1 => format!("2120{:05}", dice.below(100_000)),
        _ => format!("55{}{:06}", 2 + dice.below(8), dice.below(1_000_000)),
    };
    format!("{body}{}", check_digit(&body)).parse().expect("an organisation number")
}

fn seller(dice: &mut Dice) -> Seller {
    let mut seller = Seller {
        legal_name: "Bygg & Anläggning <Service> i Sverige AB".into(),
        shop_name: "Avtalsbutiken".into(),
        org_number: "556677-8899".parse().expect("valid"),
        vat_number: "SE556677889901".into(),
        f_tax: !dice.one_in(4),
        registered_office: "Stockholm".into(),
        street: "Storgatan 19".into(),
        postal_code: "114 51".into(),
        city: "Stockholm".into(),
        office_email: "kontoret@byggavtal.example".parse().expect("valid"),
        phone: (!dice.one_in(3)).then(|| "08-123 456 00".into()),
        web: "https://www.byggavtal.example".into(),
        bankgiro: Some(
            Bankgiro::parse(dice.one_of::<&str>(&["991-2346", "5402-9681"])).expect("valid"),
        ),
        plusgiro: dice.one_in(3).then(|| Plusgiro::parse("28 65 43-4").expect("valid")),
        iban: dice.one_in(2).then(|| Iban::parse("SE3550000000054910000003").expect("valid")),
        bic: dice.one_in(2).then(|| "ESSESESS".into()),
        payment_terms_days: 30,
        accent_colour: Colour::parse("#005a8c").expect("valid"),
        logo: None,
    };
    if dice.one_in(5) && (seller.plusgiro.is_some() || seller.iban.is_some()) {
        seller.bankgiro = None;
    }
    seller
}

fn buyer(dice: &mut Dice) -> Buyer {
    let long = format!("{} & Söner Entreprenad Aktiebolag (publ)", "Åkeri ".repeat(26).trim_end());
    let names = [
        "Åkes Bygg & Måleri i Örebro AB".to_owned(),
        "<script>alert(\"&amp;\")</script> AB".to_owned(),
        "Trä > Betong 'n' Stål ]]> AB".to_owned(),
        "Łódź Ελλάς Жилстрой \u{1f3d7} AB".to_owned(),
        long,
        "A".to_owned(),
    ];
    let org_number = organisation(dice);
    let vat_number = match dice.below(4) {
        0 => Some(org_number.vat_number()),
        1 => Some("SE212000014201".to_owned()),
        2 => Some(dice.one_of(&["DK12345678", "EL123456789", "NL123456789B12"]).to_string()),
        _ => None,
    };
    let participants =
        ["0088:7300010000001", "0192:991825827", "0184:12345678", "0216:003712345678"];
    Buyer {
        name: dice.one_of(&names).clone(),
        vat_number: vat_number.map(|number| number.parse().expect("a VAT number")),
        care_of: dice.one_in(3).then(|| "Fakturaservice & Co".to_owned()),
        street: dice.one_of(&["Box 1", "Industrivägen 4 \"Norra\"", "Gatan 2 < 3"]).to_string(),
        postal_code: "702 27".to_owned(),
        city: "Örebro".to_owned(),
        country: dice.one_of(&["SE", "SE", "SE", "NO", "FI"]).parse::<Country>().expect("one"),
        invoice_email: "faktura@akesbygg.example".parse().expect("valid"),
        deliver: Deliver::EInvoice,
        participant: dice.one_in(4).then(|| dice.one_of(&participants).parse().expect("one")),
        org_number,
    }
}

fn line(dice: &mut Dice, day: NaiveDate) -> Line {
    let percent = *dice.one_of(&[25, 25, 12, 6, 0]);
    let kinds = [ProductKind::Subscription, ProductKind::Licence, ProductKind::Printed];
    let kind = *dice.one_of(&kinds);
    let quantity = if dice.one_in(3) { 1 + dice.below(4000) as i64 } else { 1 };
    let unit_price = Money::from_ore(match dice.below(5) {
        0 => 9_999,
        1 => dice.below(10) as i64,
        2 => 1 + dice.below(100_000_000) as i64,
        _ => dice.below(500_000) as i64,
    });
    let names = ["AB 04, digital utgåva", "Låneavtal <A> & \"B\"", "Häfte, 10 > 5 st"];
    let exemptions = ["Undantag enligt 10 kap. 35 § ML", "Export & annat < 2026"];
    let rhythm = Rhythm { anchor: day, term_months: *dice.one_of(&[1, 12, 36]) };
    let runs = kind != ProductKind::Printed;
    Line {
        sku: "ABB-DIGITAL".into(),
        kind,
        description: dice.one_of(&names).to_string(),
        quantity,
        unit_price,
        net: unit_price.times(quantity).expect("in range"),
        vat_rate: rate(percent),
        vat_exemption: (percent == 0).then(|| dice.one_of(&exemptions).to_string()),
        period: runs.then(|| rhythm.term(dice.below(3) as u32).expect("in range")),
        subscription_number: runs.then(|| 1000 + dice.below(9000) as i64),
        licensee: (kind == ProductKind::Licence).then(|| Licensee {
            holder: "Koncernen <A> & \"B\"".parse().expect("a holder"),
            seats: 5,
        }),
        basis: PriceBasis {
            decided_on: day,
            price_from: day,
            vat_from: day,
            group: PriceGroup::Regular,
            rule: PriceRule::List,
        },
    }
}

/// Returns an invoice of some lines, or of three at 99.99 and 25 %, whose VAT is 74.99.
fn invoice(dice: &mut Dice, number: i64) -> Invoice {
    let issued_on = date("2026-01-01") + Days::new(dice.below(900));
    let mut lines: Vec<Line> = (0..1 + dice.below(7)).map(|_| line(dice, issued_on)).collect();
    if dice.one_in(8) {
        lines.truncate(1);
        lines[0].vat_rate = rate(25);
        lines[0].vat_exemption = None;
        (lines[0].quantity, lines[0].unit_price) = (1, Money::from_ore(9_999));
        lines[0].net = lines[0].unit_price;
        lines = vec![lines[0].clone(), lines[0].clone(), lines[0].clone()];
    }
    let references = ["Kst 4711 Anna Öberg", "1", "R&D <7>"];
    let mut draft = Draft {
        issued_on,
        due_on: issued_on + Days::new(dice.below(60)),
        language: *dice.one_of(&[Language::Swedish, Language::English]),
        seller: Arc::new(seller(dice)),
        buyer: buyer(dice),
        reference: Some(dice.one_of(&references).to_string()),
        order_number: Some(1207),
        conditions: Arc::new(Conditions::first()),
        lines,
        credits: None,
        replaces: None,
    };
    let total = draft.totals().total.ore();
    draft.replaces = dice.one_in(5).then(|| Replaces {
        number: InvoiceNumber(number - 1),
        issued_on,
        paid: Money::from_ore(dice.below(total.unsigned_abs() + 1) as i64),
    });
    Invoice { id: InvoiceId(number), number: InvoiceNumber(number), draft }
}

/// Returns one or more credit notes of parts of an invoice, whose VAT is what each changes.
fn credit_notes(dice: &mut Dice, original: &Invoice, first: i64) -> Vec<Invoice> {
    let mut taken: Vec<(usize, Money)> = Vec::new();
    let mut notes: Vec<Invoice> = Vec::new();
    for _ in 0..3 {
        let credited = Credited::of(original, &taken);
        if credited.is_closed() {
            break;
        }
        let mut parts = Vec::new();
        for (index, line) in original.draft.lines.iter().enumerate() {
            let left = credited.left(index + 1).expect("a line").ore();
            if left == 0 || dice.one_in(3) {
                continue;
            }
            let some = Money::from_ore(match dice.below(3) {
                0 => left,
                1 => left.min(1 + dice.below(9) as i64),
                _ => 1 + dice.below(left as u64) as i64,
            });
            let period = line.period.map(|period| Term { start: period.start, ..period });
            parts.push(Part { position: index + 1, net: some, period, quantity: None });
        }
        if parts.is_empty() {
            continue;
        }
        let day = original.draft.issued_on + Days::new(5);
        let seller = &original.draft.seller;
        let reason = "Fel pris & fel antal <rad 1>";
        let draft = of_parts(original, &credited, &parts, reason, seller, day).expect("a draft");
        let number = first + notes.len() as i64;
        taken.extend(parts.iter().map(|part| (part.position, part.net)));
        notes.push(Invoice { id: InvoiceId(number), number: InvoiceNumber(number), draft });
    }
    notes
}

/// Returns five hundred and more invoices and credit notes.
fn many() -> Vec<Invoice> {
    let mut dice = Dice(0x5eed_2026);
    let mut all: Vec<Invoice> = Vec::new();
    while all.len() < 520 {
        let number = 1001 + all.len() as i64;
        let original = invoice(&mut dice, number);
        let notes = match dice.one_in(2) {
            true => credit_notes(&mut dice, &original, number + 1),
            false => Vec::new(),
        };
        all.push(original);
        all.extend(notes);
    }
    all
}

/// Says which rules a spoilt draft breaks.
fn broken(spoil: impl FnOnce(&mut Draft)) -> Vec<(&'static str, &'static str)> {
    let mut dice = Dice(17);
    let mut draft = invoice(&mut dice, 1001).draft;
    draft.buyer.vat_number = None;
    assert_eq!(check(&draft), Ok(()));
    spoil(&mut draft);
    let refusal = check(&draft).expect_err("a draft that is spoilt");
    assert!(refusal.command().is_some(), "{refusal}");
    refusal.faults.iter().map(|fault| (fault.rule, fault.mend.field())).collect()
}

#[test]
fn the_fast_rules_name_the_rule_and_the_field_to_mend() {
    let vat_number = |text: &str| Some(text.parse().expect("a VAT number"));
    assert_eq!(broken(|draft| draft.reference = None), [("PEPPOL-EN16931-R003", "reference")]);
    let blank = Some(" \t".to_owned());
    assert_eq!(broken(|draft| draft.reference = blank), [("PEPPOL-EN16931-R003", "reference")]);
    assert_eq!(
        broken(|draft| draft.buyer.country = "XX".parse().expect("two letters")),
        [("BR-CL-14", "country")]
    );
    assert_eq!(
        broken(|draft| draft.buyer.vat_number = vat_number("XX123456")),
        [("BR-CO-09", "vat_number")]
    );
    assert_eq!(
        broken(|draft| draft.buyer.vat_number = vat_number("NL123456789")),
        [("PEPPOL-COMMON-R056-2", "vat_number")]
    );
    let exempt = |draft: &mut Draft| {
        draft.lines.truncate(1);
        (draft.lines[0].vat_rate, draft.lines[0].vat_exemption) = (rate(0), None);
    };
    assert_eq!(broken(exempt), [("BR-E-10", "vat_exemption")]);
    let xml = "XML 1.0, section 2.2";
    assert_eq!(broken(|draft| draft.buyer.name.push('\u{ffff}')), [(xml, "name")]);
    assert_eq!(
        broken(|draft| Arc::make_mut(&mut draft.seller).street.push('\u{7}')),
        [(xml, "street")]
    );
    assert_eq!(broken(|draft| draft.buyer.city.clear()), [("PEPPOL-EN16931-R008", "city")]);
    let by_mail =
        |draft: &mut Draft| (draft.buyer.deliver, draft.reference) = (Deliver::Email, None);
    let mut draft = invoice(&mut Dice(17), 1001).draft;
    by_mail(&mut draft);
    assert_eq!(check(&draft), Ok(()));
}

fn xml(invoice: &Invoice) -> String {
    String::from_utf8(e_invoice(invoice)).expect("UTF-8")
}

/// Returns the texts of the elements of one name.
fn texts<'a>(xml: &'a str, name: &str) -> Vec<&'a str> {
    let open = format!("<{name}");
    xml.match_indices(&open)
        .filter_map(|(at, _)| {
            let rest = &xml[at + open.len()..];
            let (attributes, rest) = rest.split_once('>')?;
            let is_name = attributes.is_empty() || attributes.starts_with(' ');
            is_name.then(|| rest.split_once('<').map(|(text, _)| text)).flatten()
        })
        .collect()
}

#[test]
fn the_same_invoice_gives_the_same_bytes_and_breaks_none_of_the_fast_rules() {
    for (one, other) in many().iter().zip(&many()) {
        assert_eq!(check(&one.draft), Ok(()), "{}", one.number);
        assert_eq!(e_invoice(one), e_invoice(other));
        assert!(!xml(one).contains('\u{fffd}'));
    }
}

#[test]
fn three_at_99_99_bear_the_vat_that_the_invoice_says() {
    let mut dice = Dice(7);
    let mut invoice = invoice(&mut dice, 1001);
    let mut line = line(&mut dice, invoice.draft.issued_on);
    line.vat_rate = rate(25);
    line.vat_exemption = None;
    (line.quantity, line.unit_price, line.net) =
        (1, Money::from_ore(9_999), Money::from_ore(9_999));
    invoice.draft.lines = vec![line.clone(), line.clone(), line];
    let xml = xml(&invoice);
    assert_eq!(texts(&xml, "cbc:TaxAmount"), ["74.99", "74.99"]);
    assert_eq!(texts(&xml, "cbc:PayableAmount"), ["374.96"]);
    let ocr = invoice.number.ocr();
    assert!(texts(&xml, "cbc:PaymentID").iter().all(|text| *text == ocr.as_str()));
}

#[test]
fn a_credit_note_refers_to_its_invoice_and_stands_above_zero() {
    let mut dice = Dice(11);
    let original = invoice(&mut dice, 1001);
    for note in credit_notes(&mut dice, &original, 1002) {
        let xml = xml(&note);
        assert_eq!(texts(&xml, "cbc:CreditNoteTypeCode"), ["381"]);
        assert_eq!(texts(&xml, "cbc:ID")[..2], [note.number.to_string().as_str(), "1001"]);
        assert_eq!(texts(&xml, "cbc:PayableAmount"), [note.draft.totals().total.plain()]);
        assert!(!xml.contains(">-") && !xml.contains("cac:PaymentMeans"));
    }
}

#[test]
fn exemptions_are_one_entry_with_all_their_reasons() {
    let mut dice = Dice(13);
    let mut invoice = invoice(&mut dice, 1001);
    let mut exempt = line(&mut dice, invoice.draft.issued_on);
    exempt.vat_rate = rate(0);
    invoice.draft.lines = ["Skäl 1", "Skäl & 2", "Skäl 1"]
        .map(|reason| Line { vat_exemption: Some(reason.to_owned()), ..exempt.clone() })
        .to_vec();
    let xml = xml(&invoice);
    assert_eq!(texts(&xml, "cbc:TaxExemptionReason"), ["Skäl 1; Skäl &amp; 2"]);
    assert_eq!(texts(&xml, "cbc:TaxableAmount").len(), 1);
}

/// Writes the files that `tests/ubl/run` has the rules of EN 16931 and Peppol run on.
#[test]
#[ignore = "run by tests/ubl/run, with SHOPCTL_E_INVOICES naming a folder"]
fn e_invoices_for_the_rules_are_written() {
    let folder = PathBuf::from(std::env::var("SHOPCTL_E_INVOICES").expect("a folder is named"));
    let all = many();
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for invoice in &all {
        *kinds.entry(invoice.draft.kind().as_str()).or_default() += 1;
        let path = folder.join(format!("faktura-{}.xml", invoice.number));
        std::fs::write(path, e_invoice(invoice)).expect("the folder can be written to");
    }
    assert!(all.len() >= 500 && kinds.values().all(|count| *count >= 150), "{kinds:?}");
}
