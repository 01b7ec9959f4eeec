//! How the office edits what customers accept with an order.

use insta::assert_snapshot;

use crate::support::{Shop, text_of};

const EDIT: &str = "seller conditions edit --printed-sv 'Får inte kopieras.' \
                    --printed-en 'Not to be copied.'";

#[test]
fn r5_conditions_are_edited_in_versions_that_invoices_keep() {
    let shop = Shop::open();
    shop.ok("order create --account 556036-0793 --item AB04-PRINT");
    assert_snapshot!(shop.run(EDIT), @"conditions adopted     version 2  version: 1 → 2, printed sv: Tryckta exemplar får inte kopieras, skannas, skrivas ut, mångfaldigas eller på något annat sätt hanteras elektroniskt, till exempel skickas med e-post. → Får inte kopieras., printed en: Printed copies may not be copied, scanned, printed, duplicated or handled electronically in any way, for instance sent by e-mail. → Not to be copied.");
    assert_eq!(shop.json("seller conditions show")["version"], 2);
    let first = shop.json("seller conditions show --version 1");
    assert!(first["printed_sv"].as_str().is_some_and(|text| text.starts_with("Tryckta exemplar")));
    shop.ok("order create --account 556036-0793 --item AB04-PRINT");
    assert_eq!(shop.json("order show 1001")["conditions_version"], 1);
    assert_eq!(shop.json("order show 1002")["conditions_version"], 2);
    shop.ok("mail send");
    let letters: Vec<String> =
        shop.letters().iter().map(|letter| text_of(letter).replace('\n', " ")).collect();
    assert!(letters.iter().any(|text| text.contains("Tryckta exemplar får inte kopieras,")));
    assert!(letters.iter().any(|text| text.contains("Får inte kopieras.")));
    // The same again is no new version.
    assert_snapshot!(shop.run(EDIT), @"
    --- stderr
    nothing needed doing
    ");
}

#[test]
fn r6_a_text_of_the_conditions_is_given_in_both_languages() {
    let shop = Shop::open();
    assert_snapshot!(shop.run("seller conditions edit --subscription-sv Kort."), @"
    --- stderr
    error: missing: --subscription-en <T>
    hint: `shopctl seller conditions edit --subscription-sv <T> --subscription-en <T>`
    --- status 2
    ");
    assert_snapshot!(shop.run("seller conditions edit"), @"
    --- stderr
    error: neither text was given
    hint: give `--subscription-sv` and `--subscription-en`, or `--printed-sv` and `--printed-en`
    --- status 5
    ");
    assert_snapshot!(shop.run("seller conditions edit --printed-sv '' --printed-en a"), @"
    --- stderr
    error: --printed-sv <T>: it is empty
    --- status 5
    ");
    let long = "x".repeat(2001);
    let outcome = shop.run(&format!("seller conditions edit --printed-sv {long} --printed-en a"));
    assert_eq!(outcome.status, 5, "{outcome}");
    assert_snapshot!(shop.run("seller conditions show --version 2"), @"
    --- stderr
    error: there is no version 2 of the conditions
    hint: the newest is version 1
    --- status 5
    ");
}

#[test]
fn conditions_are_looked_at_on_an_invoice_and_taken_back() {
    let shop = Shop::open();
    let head = shop.head();
    shop.ok(&format!("{EDIT} -n --preview draft.pdf --language en"));
    assert_eq!(shop.head(), head);
    let pdf = std::fs::read(shop.path("draft.pdf")).expect("a draft");
    assert!(pdf.starts_with(b"%PDF-1.7"));
    shop.ok("seller conditions show --version 1 --preview first.pdf");

    let changed = shop.change(EDIT);
    shop.ok(&format!("undo {} --yes", changed["op"]));
    let now = shop.json("seller conditions show");
    assert_eq!(now["version"], 3);
    assert!(now["printed_en"].as_str().is_some_and(|text| text.starts_with("Printed copies")));
}
