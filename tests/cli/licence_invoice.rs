//! What invoices and mails say of a licence: whose it is, and for how many.

use insta::assert_snapshot;

use crate::licence::{shop_with_a_grown_licence, shop_with_a_licence};
use crate::support::{Shop, header, text_of, text_of_pages};

/// Returns what a table shows under a heading.
fn under(shown: &str, heading: &str) -> String {
    let (_, below) = shown.split_once(&format!("\n{heading}\n")).expect("the heading");
    below.split("\n\n").next().unwrap_or_default().to_owned()
}

/// Says whether an invoice's PDF holds these words, where Poppler is at hand to read it.
fn pdf_tells(shop: &Shop, invoice: i64, words: &str) -> bool {
    let path = shop.path(&format!("{invoice}.pdf"));
    shop.ok(&format!("invoice pdf {invoice} -o {path}"));
    text_of_pages(&path).is_none_or(|pages| pages.join("\n").contains(words))
}

/// Returns the text of the mail that brings an invoice.
fn mail_of(shop: &Shop, invoice: i64) -> String {
    shop.ok("mail send");
    let letters = shop.letters();
    let number = invoice.to_string();
    let letter = letters.iter().find(|letter| header(letter, "Subject").contains(&number));
    text_of(letter.expect("a mail"))
}

#[test]
fn an_order_of_a_licence_is_confirmed_and_invoiced_with_its_holder_and_seats() {
    let shop = shop_with_a_licence();
    shop.ok("order create --account 556036-0793 --item L5 --item AB04 --holder Koncernen -y");
    let shown = shop.run("invoice show 1002 --format table").stdout;
    assert_snapshot!(under(&shown, "Licences"), @"
    Licence   SKU   Holder      Seats
    ─────────────────────────────────
       1002   L5    Koncernen       5
    ");
    let order = shop.run("order show 1002 --format table").stdout;
    assert_eq!(under(&order, "Licences").trim(), under(&shown, "Licences").trim());
    assert_snapshot!(mail_of(&shop, 1002), @"
    Hej!

    Tack för er beställning. Det här mejlet är både orderbekräftelse och faktura.

    Fakturan är ställd till Saab AB och bifogas som pdf.

    Fakturanummer:    1002
    Fakturadatum:     2026-03-01
    Ordernummer:      1002

    Ni har beställt:

    - AB 04, licens 5
      Licensinnehavare: Koncernen · 5 platser
      2026-03-01 till och med 2027-02-28
    - AB 04 digitalt
      2026-03-01 till och med 2027-02-28

    Att betala:       22 375,00 kr
    Förfallodag:      2026-03-31
    OCR-nummer:       100263
    Bankgiro:         991-2346
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

    Har ni frågor är ni välkomna att svara på det här mejlet eller skriva till
    kontoret@forening.example.

    Med vänlig hälsning

    Avtalsbutiken
    https://butik.forening.example
    ");
    assert!(pdf_tells(&shop, 1002, "Licensinnehavare: Koncernen · 5 platser"));
    shop.ok("order create --account 556036-0793 --item AB04-PRINT");
    assert_eq!(shop.json("invoice show 1003")["licences"].as_array().map(Vec::len), Some(0));
}

#[test]
fn r13_an_issued_invoice_keeps_the_holder_that_it_named() {
    let shop = shop_with_a_licence();
    let before = shop.json("invoice show 1001")["licences"].clone();
    shop.ok("licence edit 1001 --holder Koncernen");
    shop.ok("product edit L2 --seats 3");
    assert_eq!(shop.json("invoice show 1001")["licences"], before);
    assert!(pdf_tells(&shop, 1001, "Licensinnehavare: Saab AB · 2 platser"));
    shop.ok("invoice credit 1001 --amount 100 --reason Prisavdrag. -y");
    assert_eq!(shop.json("invoice show 1002")["licences"], before);
}

#[test]
fn a_renewal_is_invoiced_to_the_holder_of_that_day_in_the_language_of_the_account() {
    let shop = shop_with_a_licence();
    shop.ok("licence edit 1001 --holder Koncernen --item L5 -y");
    shop.ok("account edit 556036-0793 --language en");
    shop.ok("account billing 556036-0793 --reference 'PO 4711' --reason asked");
    shop.at("2027-03-01T08:00:00Z");
    shop.ok("subscription renew --yes");
    let words = "Licence holder: Koncernen · 5 seats";
    assert!(mail_of(&shop, 1003).contains(words));
    assert!(pdf_tells(&shop, 1003, words));
    shop.ok(&format!("invoice e-invoice 1003 -o {}", shop.path("1003.xml")));
    let xml = shop.read("1003.xml");
    assert!(xml.contains("<cbc:Value>Koncernen</cbc:Value>"), "{xml}");
}

#[test]
fn an_enlargement_is_invoiced_with_the_holder_and_the_seats_that_it_gives() {
    let shop = shop_with_a_grown_licence();
    let licences = shop.json("invoice show 1002")["licences"].clone();
    assert_eq!((&licences[0]["holder"], &licences[0]["seats"]), (&"Saab AB".into(), &5.into()));
    assert!(pdf_tells(&shop, 1002, "Licensinnehavare: Saab AB · 5 platser"));
}

#[test]
fn an_invoice_that_names_a_person_as_holder_is_among_what_is_held_on_that_person() {
    let shop = shop_with_a_licence();
    shop.ok("account login rename 556036-0793 avtal@saab.example anna.berg@saab.example --ticket 1 --proof x");
    shop.ok("account edit 556036-0793 --contact 'Anna Berg'");
    shop.ok("order create --account 556036-0793 --item L5 --holder 'Anna Berg' -y");
    let file = shop.path("anna.json");
    shop.ok(&format!("account personal-data export anna.berg@saab.example -o {file}"));
    let held: serde_json::Value = serde_json::from_str(&shop.read("anna.json")).expect("JSON");
    let parts = held["parts"].as_array().expect("parts");
    let items = parts.iter().filter(|part| part["part"] == "invoices").map(|part| &part["items"]);
    let invoices: Vec<_> = items.flat_map(|items| items.as_array().expect("items")).collect();
    let told: Vec<_> = invoices.iter().map(|it| (&it["number"], &it["holder"])).collect();
    assert_eq!(told, [(&1002.into(), &"Anna Berg".into())]);
}

#[test]
fn a_licences_holder_is_no_other_word_for_its_customer() {
    let shop = shop_with_a_licence();
    shop.ok("licence edit 1001 --holder Koncernen");
    let shown = shop.run("subscription show 1001 --format table").stdout;
    let facts: Vec<&str> = shown.lines().skip(4).take(3).collect();
    assert_snapshot!(facts.join("\n"), @"
    Account              556036-0793
    Customer             Saab AB
    Licence holder       Koncernen
    ");
    let line = "subscription cancel 1001 --received 2026-03-01 --channel letter --by Anna -y";
    shop.ok(line);
    shop.ok("mail send");
    let letters = shop.letters();
    let notice = letters.iter().map(|it| text_of(it)).find(|it| it.contains("uppsägning"));
    let notice = notice.expect("a confirmation");
    assert!(notice.contains("Kund:             Saab AB"), "{notice}");
    for (word, found) in [("innehavare", "holder"), ("plats", "seat"), ("sigill", "seal")] {
        let told = shop.run(&format!("help {word}")).stdout;
        assert!(told.contains(found), "{told}");
    }
}

#[test]
fn an_enlargement_issued_anew_in_another_language_still_says_from_how_many_seats_it_grew() {
    let shop = shop_with_a_grown_licence();
    shop.ok("account edit 556036-0793 --language en");
    shop.ok("licence edit 1001 --holder Koncernen");
    let change = "invoice reissue 1002 --reason 'Fel namn.' -y";
    assert_snapshot!(shop.run(change).stdout.lines().last().unwrap_or_default(), @"Invoice 1002 is credited in full by credit note 1003 and issued anew as invoice 1004, due 2026-10-01. What differs: language `en`, before `sv`; holder `Koncernen`, before `Saab AB`.");
    let line = shop.json("invoice show 1004")["lines"][0].clone();
    assert_eq!(line["description"], "AB 04, licence 5: from 2 to 5 seats, 181 of 365 days");
    assert!(pdf_tells(&shop, 1004, "Licence holder: Koncernen · 5 seats"));
    let term = shop.run("invoice reissue 1001 --reason 'Fel namn.' -y").stdout;
    assert!(term.contains("holder `Koncernen`, before `Saab AB`"), "{term}");
    let line = shop.json("invoice show 1006")["lines"][0].clone();
    assert_eq!(line["description"], "AB 04, licence 2");
    assert!(pdf_tells(&shop, 1006, "Licence holder: Koncernen · 2 seats"));
    assert_eq!(shop.run("store check").status, 0);
}
