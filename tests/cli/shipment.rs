//! How printed copies are posted, and what goes with them.

use std::fs;
use std::process::Command;

use insta::assert_snapshot;

use crate::support::{Shop, text_of};

const TO_ANNA: &str = "--ship-to-name 'Anna Berg' --ship-to-street 'Lagervägen 4' \
                       --ship-to-postal-code 60223 --ship-to-city Norrköping";

/// Returns a shop with two orders of printed copies: to Saab itself, and to Anna.
fn shop_with_copies_to_post() -> Shop {
    let shop = Shop::open();
    shop.ok("order create --account 556036-0793 --item AB04 --item AB04-PRINT=3 --reference PO1");
    shop.ok(&format!("order create --account 556036-0793 --item AB04-PRINT=2 {TO_ANNA}"));
    shop
}

/// Returns the text of a PDF, as Poppler reads it; `None` where that is not installed.
fn text_of_pdf(path: &str) -> Option<String> {
    let output = Command::new("pdftotext").args(["-layout", path, "-"]).output().ok()?;
    Some(String::from_utf8(output.stdout).expect("text"))
}

#[test]
fn printed_copies_wait_until_they_are_posted() {
    let shop = shop_with_copies_to_post();
    shop.ok("order create --account 212000-0142 --item AB04");
    assert_snapshot!(shop.table("order list --to-post"), @"
    Order  Date        Account      Name     Items              Invoice     Total  Cancelled  Posted
    ────────────────────────────────────────────────────────────────────────────────────────────────
     1002  2026-03-01  556036-0793  Saab AB  AB04-PRINT=2          1002    190,80
     1001  2026-03-01  556036-0793  Saab AB  AB04 AB04-PRINT=3     1001  3 911,20
    ");
    assert!(shop.ok("status").contains("orders to post\t2\t\tshopctl order list --to-post"));
    assert_snapshot!(shop.run("order ship 1001 --tracking 0037-12 -o slip.pdf"), @"order posted           1001  parcel 1, items AB04-PRINT=3, ship to Saab AB, Bröderna Ugglas gata, 582 54 Linköping, tracking 0037-12");
    assert_snapshot!(shop.table("order show 1001"), @"
    Order                1001
    Date                 2026-03-01
    Account              556036-0793
    Name                 Saab AB
    Reference            PO1
    Conditions, version  1
    Invoice              1001
    Invoice e-mail       faktura@saab.example
    Total                3 911,20
    Ship to              Saab AB, Bröderna Ugglas gata, 582 54 Linköping
    Waits for post       no
    Posted               2026-03-01 09:00
    Tracking             0037-12

    Lines
    SKU        Description    Period                  Subscription Quantity    Price VAT %      Net
    ───────────────────────────────────────────────────────────────────────────────────────────────
    AB04       AB 04 digitalt 2026-03-01 – 2027-02-28         1001        1 2 900,00    25 2 900,00
    AB04-PRINT AB 04 tryckt                                               3    90,00     6   270,00

    Parcels
    Parcel  Posted            By    Items         To                        Tracking  Reason  Taken back
    ────────────────────────────────────────────────────────────────────────────────────────────────────
         1  2026-03-01 09:00  anna  AB04-PRINT=3  Saab AB, Bröderna Ugglas  0037-12
                                                  gata, 582 54 Linköping
    ");
    let order = shop.json("order show 1002");
    assert_eq!(order["ship_to"], "Anna Berg, Lagervägen 4, 602 23 Norrköping");
    assert_eq!((&order["to_post"], &order["shipped_at"]), (&true.into(), &().into()));
    assert_eq!(shop.ok("order list --to-post --columns number").trim(), "1002");
    shop.rehearse_and_run("order ship 1002");
    assert_snapshot!(shop.table("order list --to-post"), @"
    --- stderr
    no order waits to be posted
    ");
    assert!(!shop.ok("status").contains("orders to post"));
    // That it goes by post is no reason for a mail.
    assert_eq!(shop.count("SELECT count(*) FROM outbox"), 3);
}

#[test]
fn r5_order_confirmation_invoice_and_packing_slip_forbid_copying_printed_copies() {
    let shop = shop_with_copies_to_post();
    let prohibition = "Tryckta exemplar får inte kopieras, skannas, skrivas ut";
    shop.ok("mail send");
    let letters = shop.letters();
    let confirmation = text_of(&letters[0]);
    assert!(confirmation.replace('\n', " ").contains(prohibition), "{confirmation}");
    shop.ok("order ship 1001 -o slip.pdf");
    shop.ok("invoice pdf 1001 -o invoice.pdf");
    for name in ["slip.pdf", "invoice.pdf"] {
        if let Some(text) = text_of_pdf(&shop.path(name)) {
            assert!(text.contains(prohibition), "{name}: {text}");
        }
    }
    // An order of nothing printed says nothing of it.
    shop.ok("order create --account 212000-0142 --item AB04");
    shop.ok("mail send");
    let letters = shop.letters();
    let other = letters.last().expect("a letter");
    assert!(!text_of(other).contains("Tryckta exemplar"));
}

#[test]
fn a_packing_slip_is_the_same_each_time_and_names_no_price() {
    let shop = shop_with_copies_to_post();
    shop.ok("order ship 1002 -o slip.pdf");
    shop.ok("account edit 556036-0793 --name 'Saab Group AB'");
    shop.ok("seller edit --shop-name Annat");
    shop.ok("order slip 1002 -o again.pdf");
    let read = |name: &str| fs::read(shop.path(name)).expect("a slip");
    assert_eq!(read("slip.pdf"), read("again.pdf"));
    if let Some(text) = text_of_pdf(&shop.path("slip.pdf")) {
        let words: Vec<&str> = text.split_whitespace().collect();
        let text = words.join(" ");
        for said in ["Följesedel", "Anna Berg", "602 23 Norrköping", "AB 04 tryckt AB04-PRINT 2"]
        {
            assert!(text.contains(said), "{said}: {text}");
        }
        for unsaid in ["90,00", "180,00", "moms ", "bankgiro", "Bankgiro"] {
            assert!(!text.contains(unsaid), "{unsaid}: {text}");
        }
    }
}

#[test]
fn a_parcel_is_posted_again_only_for_a_reason() {
    let shop = shop_with_copies_to_post();
    assert_snapshot!(shop.run("order ship 1001 --again --reason 'Kom bort.'"), @"
    --- stderr
    error: order 1001 was not posted before
    hint: `shopctl order ship 1001 -o FILE` posts it
    --- status 5
    ");
    shop.ok("order ship 1001");
    assert_snapshot!(shop.run("order ship 1001"), @"
    --- stderr
    error: order 1001 was posted on 2026-03-01
    hint: `shopctl order ship 1001 --again --reason TEXT` posts a further parcel, and `shopctl order slip 1001 -o FILE` writes the slip once more
    --- status 5
    ");
    assert_snapshot!(shop.run("order ship 1001 --again"), @"
    --- stderr
    error: missing: --reason <TEXT>
    hint: `shopctl order ship --again --reason <TEXT> <NUMBER>`
    --- status 2
    ");
    let again = "order ship 1001 --again --reason 'Kom bort.'";
    assert_snapshot!(shop.run(&format!("{again} --item AB04-PRINT=4")), @"
    --- stderr
    error: `AB04-PRINT=4` is not among the order's printed copies
    hint: it is for AB04-PRINT=3
    --- status 5
    ");
    assert_snapshot!(shop.run(&format!("{again} --item AB04-PRINT=1 {TO_ANNA}")), @"
    order posted           1001  parcel 2, items AB04-PRINT=1, ship to Anna Berg, Lagervägen 4, 602 23 Norrköping, reason Kom bort.
    `shopctl order slip 1001 -o FILE` writes the packing slip
    ");
    let parcels = shop.json("order show 1001")["parcels"].clone();
    assert_eq!(parcels.as_array().map(Vec::len), Some(2));
    assert_eq!(parcels[1]["items"][0], "AB04-PRINT=1");
    assert_snapshot!(shop.run("order slip 1001 --parcel 3 -o slip.pdf"), @"
    --- stderr
    error: order 1001 has no parcel 3
    hint: `shopctl order show 1001` lists its parcels
    --- status 5
    ");
    shop.ok("order slip 1001 --parcel 1 -o slip.pdf");
}

#[test]
fn what_is_cancelled_or_credited_waits_no_more() {
    let shop = shop_with_copies_to_post();
    let outcome = shop.ok("order cancel 1002 --reason 'Fel.' --yes");
    assert!(outcome.contains("credit note"), "{outcome}");
    assert_eq!(shop.ok("order list --to-post --columns number").trim(), "1001");
    assert_snapshot!(shop.run("order ship 1002"), @"
    --- stderr
    error: order 1002 was cancelled on 2026-03-01
    hint: `shopctl order show 1002` shows why
    --- status 5
    ");

    // A reduction of the price takes no copy; one copy credited takes one; the rest takes all.
    shop.ok("invoice credit 1001 --line 2=1 --reason 'Ett för mycket.' --yes");
    assert_eq!(shop.json("order show 1001")["to_post"], true);
    shop.ok("order ship 1001");
    assert_eq!(shop.json("order show 1001")["parcels"][0]["items"][0], "AB04-PRINT=2");

    // What was posted is said before the order is cancelled.
    let (_, asked) = shop.error("order cancel 1001 --reason 'Fel.'");
    let message = asked["message"].as_str().unwrap_or_default();
    assert!(message.ends_with("Its printed copies were posted on 2026-03-01."), "{message}");
}

#[test]
fn copies_credited_in_full_are_not_posted() {
    let shop = shop_with_copies_to_post();
    shop.ok("invoice credit 1002 --reason 'Ångrat.' --yes");
    assert_eq!(shop.ok("order list --to-post --columns number").trim(), "1001");
    assert_snapshot!(shop.run("order ship 1002"), @"
    --- stderr
    error: the printed copies of invoice 1002 are credited
    hint: `shopctl order list --to-post` lists the orders that wait
    --- status 5
    ");
    shop.ok("order create --account 212000-0142 --item AB04");
    assert_snapshot!(shop.run("order ship 1003"), @"
    --- stderr
    error: nothing of this order is printed
    hint: `shopctl order list --to-post` lists the orders that wait
    --- status 5
    ");
}

#[test]
fn a_parcel_that_was_never_posted_is_taken_back() {
    let shop = shop_with_copies_to_post();
    let shipped = shop.change("order ship 1001");
    let operation = shipped["op"].as_i64().expect("an operation");
    shop.ok(&format!("undo {operation} --yes"));
    assert_eq!(shop.json("order show 1001")["to_post"], true);
    shop.ok("order ship 1001");
    assert_eq!(shop.json("order show 1001")["parcels"][1]["parcel"], 2);
    shop.ok("audit verify");
}

#[test]
fn a_packing_slip_does_not_get_among_what_was_done() {
    let shop = shop_with_copies_to_post();
    assert_snapshot!(shop.run("order ship 1001 -o -"), @"
    --- stderr
    error: what was done goes to stdout, so the packing slip cannot
    hint: `shopctl order slip 1001 -o -` writes it afterwards
    --- status 2
    ");
    assert_eq!(shop.json("order show 1001")["to_post"], true);
    assert_eq!(shop.run("order ship 1001 -o no/such/folder.pdf").status, 8);
    assert_eq!(shop.json("order show 1001")["to_post"], true);
}

#[test]
fn who_a_parcel_went_to_is_told_and_erased_with_the_person() {
    let shop = Shop::open();
    let anna = "anna.berg@saab.example";
    shop.ok(&format!(
        "order create --account 556036-0793 --item AB04-PRINT --ship-to-name 'Anna {anna}'"
    ));
    shop.ok("order ship 1001 --tracking 0037-12");
    shop.ok(&format!("account personal-data export {anna} -o anna.json"));
    let all: serde_json::Value = serde_json::from_str(&shop.read("anna.json")).expect("JSON");
    let parts = all["parts"].as_array().expect("parts").iter();
    let orders = parts.filter(|part| part["part"] == "orders").collect::<Vec<_>>();
    assert_eq!(orders[0]["items"].as_array().map(Vec::len), Some(2), "{orders:?}");
    shop.ok(&format!("account personal-data erase {anna} --yes"));
    for table in ["ship_to", "shipment"] {
        let sql = format!("SELECT count(*) FROM {table} WHERE instr(name, '{anna}') > 0");
        assert_eq!(shop.count(&sql), 0, "{table}");
    }
    assert_eq!(shop.json("order show 1001")["tracking"], "0037-12");
    shop.ok("order slip 1001 -o slip.pdf");
}

#[test]
fn an_address_to_post_to_is_whole_and_goes_with_printed_copies() {
    let shop = Shop::open();
    let order = "order create --account 556036-0793";
    assert_snapshot!(shop.run(&format!("{order} --item AB04 {TO_ANNA}")), @"
    --- stderr
    error: an address to post to needs an item of printed copies
    hint: `shopctl product list` shows which products are printed
    --- status 5
    ");
    assert_snapshot!(shop.run(&format!("{order} --item AB04-PRINT --ship-to-city Oslo")), @"
    --- stderr
    error: another address has a street, a postal code and a town of its own
    hint: give `--ship-to-street`, `--ship-to-postal-code` and `--ship-to-city` together
    --- status 5
    ");
    let abroad = "--ship-to-street 'Storgata 1' --ship-to-postal-code 0155 --ship-to-city Oslo";
    assert_snapshot!(shop.run(&format!("{order} --item AB04-PRINT {abroad}")), @"
    order placed           1001  org number 556036-0793, items AB04-PRINT=1, conditions 1, ship to Saab AB, Storgata 1, 0155 Oslo
    invoice issued         1001  org number 556036-0793, issued on 2026-03-01, due on 2026-03-31, net 90,00, vat 5,40, total 95,40, invoice email faktura@saab.example
    mail queued            1  kind order_invoice, recipient faktura@saab.example, cause invoice 1001
    --- stderr
    warning: `0155` is not a Swedish postal code of five digits, such as 111 22; --ship-to-country says where an address abroad lies
    ");
    shop.ok(&format!("{order} --item AB04-PRINT {abroad} --ship-to-country NO"));
    assert_eq!(shop.json("order show 1002")["ship_to"], "Saab AB, Storgata 1, 0155 Oslo, NO");
}

#[test]
fn letters_that_no_font_has_are_refused_before_anything_is_posted() {
    let shop = Shop::open();
    let order = "order create --account 556036-0793 --item AB04-PRINT";
    shop.ok(order);
    assert_snapshot!(shop.run("order ship 1001 --tracking ᚱᚢ -o slip.pdf"), @"
    --- stderr
    error: the packing slip cannot be drawn: the font has no `ᚱ` (U+16B1), which stands in `ᚱᚢ`; write it in Latin, Greek or Cyrillic letters
    --- status 5
    ");
    let preview = format!("{order} --reference ᚱᚢ --preview x.pdf -n");
    assert_snapshot!(shop.run(&preview), @"
    --- stderr
    error: the invoice cannot be drawn: the font has no `ᚱ` (U+16B1), which stands in `ᚱᚢ`; write it in Latin, Greek or Cyrillic letters
    --- status 5
    ");
    assert_eq!(shop.json("order list --to-post").as_array().map(Vec::len), Some(1));
}
