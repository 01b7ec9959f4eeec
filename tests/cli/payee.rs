use crate::support::{Shop, text_of};
use insta::assert_snapshot;
use serde_json::Value as Json;

/// Returns a shop that has sent invoice 1001 and has a new bankgiro since.
fn moved() -> Shop {
    let shop = Shop::with_an_order();
    shop.ok("mail send");
    shop.ok("seller edit --bankgiro 160-9908 --replaces 991-2346");
    shop
}

fn copy(shop: &Shop, number: i64) -> String {
    shop.ok(&format!("invoice send {number} --again --reason 'asked for'"));
    shop.ok("mail send");
    let copy = shop.letters().into_iter().find(|it| it.contains("ingen ny faktura"));
    text_of(&copy.expect("a copy"))
}

#[test]
fn a_replaced_account_is_named_with_the_unpaid_invoices_that_still_name_it() {
    let shop = Shop::with_an_order();
    shop.ok("order create --account 212000-0142 --item AB04");
    shop.ok("invoice write-off 1002 --reason bankrupt --yes");
    assert_snapshot!(shop.run("seller edit --bankgiro 160-9908 --replaces 9912346"), @"
    seller changed         Avtalsbutiken  bankgiro: 991-2346 → 160-9908
    payee withdrawn        bankgiro 991-2346  kind bankgiro, number 9912346
    --- stderr
    warning: 1 unpaid invoice names bankgiro 991-2346; `shopctl invoice list --with-account 9912346` shows it
    ");
    shop.ok("order create --account 212000-0142 --item AB04-PRINT");
    assert_snapshot!(shop.ok("invoice list --with-account 991-2346 --columns number,name"), @"1001	Saab AB");
    assert_eq!(shop.ok("invoice list --with-account 160-9908 --columns number"), "1003\n");
    assert_eq!(shop.ok("invoice list --with-account 5402-9681"), "");
    let again = shop.change("seller edit --replaces 991-2346");
    assert_eq!(again["changed"], false);
}

#[test]
fn a_copy_of_an_old_invoice_says_where_to_pay_now() {
    let shop = moved();
    assert_snapshot!(copy(&shop, 1001), @"
    Hej!

    Här kommer ännu ett exemplar av faktura 1001, som vi har skickat till er
    tidigare. Det är ingen ny faktura. Om ni redan har betalat behöver ni inte
    göra något.

    Fakturan är ställd till Saab AB och bifogas som pdf.

    Fakturanummer:    1001
    Fakturadatum:     2026-03-01
    Ordernummer:      1001

    Fakturan gäller:

    - AB 04 digitalt
      2026-03-01 till och med 2027-02-28

    Bankgiro 991-2346, som står på fakturan, används inte längre. Betala i stället
    till bankgiro 160-9908 eller IBAN SE35 5000 0000 0549 1000 0003.

    Att betala:       3 625,00 kr
    Förfallodag:      2026-03-31
    OCR-nummer:       100164
    Bankgiro:         160-9908
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
}

#[test]
fn a_copy_of_an_invoice_paid_as_it_says_says_nothing_of_accounts() {
    let shop = Shop::with_an_order();
    shop.ok("mail send");
    // The account changes, and the old one still takes money.
    shop.ok("seller edit --bankgiro 160-9908");
    let text = copy(&shop, 1001);
    assert!(text.contains("Bankgiro:         991-2346") && !text.contains("160-9908"), "{text}");
}

#[test]
fn an_invoice_that_waited_goes_out_with_the_new_account() {
    let shop = Shop::with_an_order();
    shop.ok("seller edit --bankgiro 160-9908 --replaces 991-2346");
    shop.ok("mail send");
    let text = text_of(&shop.letters()[0]);
    assert!(text.contains("Bankgiro:         160-9908"), "{text}");
}

#[test]
fn only_a_former_account_of_the_sellers_is_withdrawn_and_for_good() {
    let shop = Shop::with_an_order();
    assert_snapshot!(shop.run("seller edit --replaces 991-2346"), @"
    --- stderr
    error: the seller is still paid to `991-2346`
    hint: give the new account in the same command, or empty, as in `--bankgiro ''`
    --- status 5
    ");
    assert_snapshot!(shop.run("seller edit --replaces 5402-9681"), @"
    --- stderr
    error: `5402-9681` has never been an account of the seller's
    hint: `shopctl seller show` shows those of today
    --- status 5
    ");
    assert_snapshot!(shop.run("seller edit --replaces 991-2345"), @"
    --- stderr
    error: `991-2345` is no bankgiro, plusgiro or IBAN
    --- status 5
    ");
    let shop = moved();
    assert_snapshot!(shop.run("seller edit --bankgiro 991-2346"), @"
    --- stderr
    error: bankgiro 991-2346 was withdrawn, and customers are told not to pay to it
    hint: give another account
    --- status 5
    ");
    assert_eq!(shop.json("seller show")["bankgiro"], "160-9908");
    let (status, error) = shop.error("invoice list --with-account 991-2345");
    assert_eq!((status, &error["code"]), (5, &Json::from("value")));
}

#[test]
fn a_number_that_was_of_two_kinds_is_withdrawn_only_where_it_is_not_used() {
    let shop = Shop::with_an_order();
    shop.ok("seller edit --plusgiro 9912346");
    shop.ok("seller edit --bankgiro 160-9908 --replaces 991-2346");
    assert_eq!(shop.count("SELECT count(*) FROM withdrawn_payee WHERE kind = 'bankgiro'"), 1);
    assert_eq!(shop.count("SELECT count(*) FROM withdrawn_payee"), 1);
}
