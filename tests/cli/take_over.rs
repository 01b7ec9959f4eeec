use crate::support::{Shop, org_number};
use insta::assert_snapshot;

const HEADING: &str = "Organisationsnummer;Artikelnummer;Startdatum;Fakturerad t.o.m.;\
    Faktura-e-post;Referens;Avtalat pris;Uppsägning inkommen";

/// Returns a shop with a file `running.csv` of these rows.
fn shop_with(rows: &[&str]) -> Shop {
    let shop = Shop::open();
    shop.file("running.csv", format!("{HEADING}\n{}\n", rows.join("\n")));
    shop
}

const SAAB: &str = "556036-0793;AB04;2019-05-31;2026-05-30;;PO 4711;2 500,00;";
const STOCKHOLM: &str = "212000-0142;ab04;2024-03-15;2027-03-14;ekonomi@sthlm.example;;;2026-02-14";

#[test]
fn running_subscriptions_are_taken_over_and_bill_the_term_after() {
    let shop = shop_with(&[SAAB, STOCKHOLM]);
    shop.rehearse_and_run("subscription import running.csv");
    assert_eq!(shop.count("SELECT count(*) FROM invoice"), 0);
    assert_eq!(shop.count("SELECT count(*) FROM outbox"), 0);
    assert_eq!(shop.count("SELECT count(*) FROM term"), 0);
    assert_snapshot!(shop.run("subscription list"), @"
    1001	AB04	556036-0793	Saab AB	2019-05-31	2026-05-31	2026-02-28		running
    1002	AB04	212000-0142	Stockholms stad	2024-03-15			2027-03-15	notice given
    ");
    assert_snapshot!(shop.table("subscription show 1001"), @"
    Subscription         1001
    Status               running
    Product              AB04
    Name                 AB 04 digitalt
    Account              556036-0793
    Customer             Saab AB
    Since                2019-05-31
    Billed term          2025-05-31 – 2026-05-30
    Renewal date         2026-05-31
    Last day for notice  2026-02-28
    Next price           2 500,00
    Price rule           agreed
    Agreed price         2 500,00
    Invoice e-mail       faktura@saab.example
    Reference            PO 4711
    Invoice address      Bröderna Ugglas gata, 582 54 Linköping
    Address of           the account

    The subscription to AB 04 digitalt (AB04) began on 2019-05-31 and is paid or
    invoiced for the term 2025-05-31 up to and including 2026-05-30.
    It renews itself on 2026-05-31, because the last day for notice was 2026-02-28.
    A notice that reaches us today ends it on 2027-05-31.
    The next term costs 2 500,00 kronor excluding VAT: the agreed price (taken over
    from another shop).
    ");
    assert_snapshot!(shop.run("account history 212000-0142"), @"
    2026-03-01T08:00:00Z	anna	subscription_imported	1002	org number 212000-0142, sku AB04, start 2024-03-15, renewal date 2027-03-15, invoice email ekonomi@sthlm.example, ends 2027-03-15, notice received 2026-02-14	6
    2026-03-01T08:00:00Z	anna	account_created	212000-0142	name Stockholms stad, invoice email ekonomi@stockholm.example, street Hantverkargatan 1, postal code 105 35, city Stockholm, country SE, language sv, login inkop@stockholm.example	5
    ");
    shop.at("2026-05-31T08:00:00Z");
    assert_snapshot!(shop.run("subscription renew"), @"
    invoice issued         1001  org number 556036-0793, issued on 2026-05-31, due on 2026-06-30, net 2 500,00, vat 625,00, total 3 125,00, invoice email faktura@saab.example
    subscription renewed   1001  start 2026-05-31, renewal date: 2026-05-31 → 2027-05-31, invoice 1001
    mail queued            1  kind renewal_invoice, recipient faktura@saab.example, cause invoice 1001
    renewals finished      renewals  renewed through 2026-05-31
    ");
    shop.ok("audit verify");
}

#[test]
fn r8_a_notice_that_the_other_shop_received_ends_it_by_the_rules_here() {
    let shop = shop_with(&[
        "556036-0793;AB04;2020-06-01;2026-05-31;;;;2026-03-01",
        "212000-0142;AB04;2020-05-31;2026-05-30;;;;2026-03-01",
    ]);
    shop.ok("subscription import running.csv");
    let ends = |number: i64| shop.json(&format!("subscription show {number}"))["ends"].clone();
    assert_eq!(ends(1001), "2026-06-01", "on the last day for notice it is in time");
    assert_eq!(ends(1002), "2027-05-31", "the last day was 28 February");
    assert_eq!(shop.count("SELECT count(*) FROM notice WHERE channel IS NULL"), 2);
    shop.at("2026-07-01T08:00:00Z");
    shop.ok("subscription renew");
    assert_eq!(shop.count("SELECT count(*) FROM invoice"), 1);
    shop.at("2027-07-01T08:00:00Z");
    shop.ok("subscription renew");
    assert_eq!(shop.count("SELECT count(*) FROM invoice"), 1);
}

#[test]
fn an_ugly_spreadsheet_is_read() {
    let shop = Shop::open();
    let table = "Org.nr;Produkt;Första dagen;Fakturerad till och med;Fakturamejl;Er referens;\
        Avtalspris;Uppsägning mottagen;;\r\n\
        \"556036-0793\";AB04;2019-05-31 00:00:00;20260530;;\"Åsa \"\"Ö\"\" Ärlig\";2 500,00 kr;;;\r\n\
        2120000142;AB04;2024-03-15;2027-03-14;;;;2026-02-14;;\r\n;;;;;;;;;\r\n\r\n;;;;;;;;;\r\n";
    let latin: Vec<u8> =
        table.chars().map(|c| u8::try_from(u32::from(c)).expect("Latin-1")).collect();
    shop.file("latin.csv", latin);
    assert_snapshot!(shop.run("subscription import latin.csv"), @r#"
    import begun           1  file latin.csv, kind subscriptions
    subscription imported  1001  org number 556036-0793, sku AB04, start 2019-05-31, renewal date 2026-05-31, invoice email faktura@saab.example, reference Åsa "Ö" Ärlig, agreed price 2 500,00
    subscription imported  1002  org number 212000-0142, sku AB04, start 2024-03-15, renewal date 2027-03-15, invoice email ekonomi@stockholm.example, ends 2027-03-15, notice received 2026-02-14
    import finished        1  file latin.csv, created 2, updated 0, unchanged 0, refused 0
    latin.csv: 2 taken over, 0 unchanged, 0 refused
    --- stderr
    latin.csv: Windows-1252, semicolon; `Org.nr` is org_number, `Produkt` is sku, `Första dagen` is anchor, `Fakturerad till och med` is billed_through, `Fakturamejl` is invoice_email, `Er referens` is reference, `Avtalspris` is agreed_price, `Uppsägning mottagen` is notice_received
    "#);
    shop.file("bom.csv", [b"\xef\xbb\xbf", table.as_bytes()].concat());
    assert_eq!(shop.change("subscription import bom.csv")["changed"], false);

    shop.file("twice.csv", format!("{HEADING};Start\n{SAAB};\n"));
    assert_snapshot!(shop.run("subscription import twice.csv"), @"
    --- stderr
    error: `twice.csv`: column 3 (C) and column 9 (I) are both `anchor`
    hint: rename one of them, or pass it over with `--column ignore=HEADER`
    --- status 5
    ");
    shop.file("broken.csv", format!("{HEADING}\n{}\n", SAAB.replace("PO 4711", "\"PO\n4711\"")));
    assert_snapshot!(shop.run("subscription import broken.csv"), @r"
    --- stderr
    broken.csv: UTF-8, semicolon; `Organisationsnummer` is org_number, `Artikelnummer` is sku, `Startdatum` is anchor, `Fakturerad t.o.m.` is billed_through, `Faktura-e-post` is invoice_email, `Referens` is reference, `Avtalat pris` is agreed_price, `Uppsägning inkommen` is notice_received
    broken.csv, line 2, column `Referens`, value `PO\u{a}4711`: the reference was refused: it holds the control character U+000A
    error: 1 row was refused, and nothing was imported
    hint: correct the file, or take the good rows with `--partial --rejects bad.csv`
    --- status 5
    ");
    shop.file("short.csv", "orgnr;produkt;startdatum\n556036-0793;AB04;2019-05-31\n");
    assert_snapshot!(shop.run("subscription import short.csv"), @"
    --- stderr
    error: `short.csv`: no column for `billed_through`
    hint: name the column in the file, or say which it is with `--column FIELD=HEADER`
    --- status 5
    ");
}

#[test]
fn every_bad_row_is_told_with_its_line_column_value_and_reason() {
    let shop = Shop::open();
    shop.ok("account create 202100-3625 --name Stängd --email s@a.example \
        --invoice-email faktura@a.example");
    shop.ok("account close 202100-3625");
    shop.ok("account create 202100-5489 --name Utan --email u@a.example");
    let rows = [
        SAAB,
        "202100-2114;AB04;2020-01-01;2026-12-31;;;;",
        "202100-3625;AB04;2020-01-01;2026-12-31;;;;",
        "202100-5489;AB04;2020-01-01;2026-12-31;;;;",
        "212000-0142;AB99;2020-01-01;2026-12-31;;;;",
        "212000-0142;AB04-PRINT;2020-01-01;2026-12-31;;;;",
        "212000-0142;AB04;2020-01-01;2026-06-30;;;;",
        "212000-0142;AB04;2020-01-01;2019-12-31;;;;",
        "212000-0142;AB04;2020-01-01;2024-12-31;;;;",
        "212000-0142;AB04;2020-01-01;2062-12-31;;;;",
        "212000-0142;AB04;2020-01-01;2026-12-31;;;;2026-03-02",
        "212000-0142;AB04;2020-01-01;2026-12-31;;;;2019-03-02",
        "212000-0142;AB04;2020-01-01;2025-12-31;;;;2025-06-01",
        "212000-0142;AB04;2020-01-01;2026-12-31;;;;2025-06-01",
        "212000-0142;;1 jan 2020;2026-12-32;x;;1.000;igår",
        "556036-0793;AB04;2019-05-31;2026-05-30;;;;",
        "556036-0793;AB04;2021-03-01;2027-02-28;;;;",
        "556036-0793;AB04",
    ];
    shop.file("bad.csv", format!("{HEADING}\n{}\n", rows.join("\n")));
    let head = shop.head();
    assert_snapshot!(shop.run("subscription import bad.csv"), @"
    --- stderr
    bad.csv: UTF-8, semicolon; `Organisationsnummer` is org_number, `Artikelnummer` is sku, `Startdatum` is anchor, `Fakturerad t.o.m.` is billed_through, `Faktura-e-post` is invoice_email, `Referens` is reference, `Avtalat pris` is agreed_price, `Uppsägning inkommen` is notice_received
    bad.csv, line 3, column `Organisationsnummer`, value `202100-2114`: there is no account with this number
    bad.csv, line 4, column `Organisationsnummer`, value `202100-3625`: the account was closed on 2026-03-01
    bad.csv, line 5, column `Faktura-e-post`: it is missing, and the account has none either
    bad.csv, line 6, column `Artikelnummer`, value `AB99`: there is no such product
    bad.csv, line 7, column `Artikelnummer`, value `AB04-PRINT`: a product of kind printed does not renew
    bad.csv, line 8, column `Fakturerad t.o.m.`: no term that is counted from 2020-01-01 ends on 2026-06-30; the nearest end on 2025-12-31 and 2026-12-31
    bad.csv, line 9, column `Fakturerad t.o.m.`: 2019-12-31 is before the first day, 2020-01-01; the first term ends on 2020-12-31
    bad.csv, line 10, column `Fakturerad t.o.m.`, value `2024-12-31`: 2 terms are due already; `--yes` takes it, and the next renewal bills them
    bad.csv, line 11, column `Fakturerad t.o.m.`, value `2062-12-31`: it would be billed 36 terms ahead; `--yes` takes it so
    bad.csv, line 12, column `Uppsägning inkommen`: 2026-03-02 is yet to come
    bad.csv, line 13, column `Uppsägning inkommen`: 2019-03-02 is before the first day, 2020-01-01
    bad.csv, line 14, column `Uppsägning inkommen`, value `2025-06-01`: by this notice it ended on 2026-01-01; nothing is left to take over
    bad.csv, line 15, column `Uppsägning inkommen`, value `2025-06-01`: by this notice it ended on 2026-01-01, and a later term is billed
    bad.csv, line 16, column `Startdatum`: `1 jan 2020` is not a date written YYYY-MM-DD
    bad.csv, line 16, column `Avtalat pris`: `1.000` could mean thousands or öre; write 1000 or 1000.00
    bad.csv, line 16, column `Fakturerad t.o.m.`: `2026-12-32` is not a day of the calendar from 1900 on
    bad.csv, line 16, column `Uppsägning inkommen`: `igår` is not a date written YYYY-MM-DD
    bad.csv, line 16, column `Faktura-e-post`: `x` is not an e-mail address: it has no @
    bad.csv, line 16, column `Artikelnummer`: the product is missing
    bad.csv, line 17, column `Artikelnummer`, value `AB04`: it stands on line 2 already
    bad.csv, line 18, column `Artikelnummer`, value `AB04`: the account has one to it on line 2 already; `--yes` takes both
    bad.csv, line 19: the row has 2 fields, the heading 8 (a cell that holds the delimiter must stand in double quotes)
    error: 17 rows were refused, and nothing was imported
    hint: correct the file, or take the good rows with `--partial --rejects bad.csv`
    --- status 5
    ");
    assert_eq!(shop.head(), head);
    let outcome = shop.run("subscription import bad.csv --partial --rejects rejected.csv -q");
    assert_eq!(outcome.status, 7, "{outcome}");
    assert_eq!(shop.read("rejected.csv").lines().count(), rows.len());
    assert_eq!(shop.count("SELECT count(*) FROM subscription"), 1);
    shop.file(
        "rejected.csv",
        shop.read("rejected.csv").lines().take(7).collect::<Vec<_>>().join("\n")
            + "\n9;x;212000-0142;AB04;2020-01-01;2026-12-31;;;;\n",
    );
    let outcome = shop.run("subscription import rejected.csv --partial");
    assert!(outcome.stdout.contains("1 taken over, 0 unchanged, 6 refused"), "{outcome}");
}

#[test]
fn the_same_file_again_changes_nothing_and_a_different_one_is_refused() {
    let shop = shop_with(&[SAAB, STOCKHOLM]);
    shop.ok("subscription import running.csv");
    let head = shop.head();
    assert_snapshot!(shop.run("subscription import running.csv"), @"
    running.csv: 0 taken over, 2 unchanged, 0 refused
    --- stderr
    running.csv: UTF-8, semicolon; `Organisationsnummer` is org_number, `Artikelnummer` is sku, `Startdatum` is anchor, `Fakturerad t.o.m.` is billed_through, `Faktura-e-post` is invoice_email, `Referens` is reference, `Avtalat pris` is agreed_price, `Uppsägning inkommen` is notice_received
    nothing needed doing
    ");
    assert_eq!(shop.head(), head);
    shop.file("other.csv", format!("{HEADING}\n{}\n", SAAB.replace("PO 4711", "PO 4712")));
    assert_snapshot!(shop.run("subscription import other.csv"), @"
    --- stderr
    other.csv: UTF-8, semicolon; `Organisationsnummer` is org_number, `Artikelnummer` is sku, `Startdatum` is anchor, `Fakturerad t.o.m.` is billed_through, `Faktura-e-post` is invoice_email, `Referens` is reference, `Avtalat pris` is agreed_price, `Uppsägning inkommen` is notice_received
    other.csv, line 2, column `Referens`, value `PO 4712`: subscription 1001 is here already, and has `PO 4711`
    error: 1 row was refused, and nothing was imported
    hint: correct the file, or take the good rows with `--partial --rejects bad.csv`
    --- status 5
    ");
}

#[test]
fn a_second_subscription_to_the_same_product_wants_agreement() {
    let shop = shop_with(&["556036-0793;AB04;2021-04-01;2026-03-31;;;;", SAAB]);
    assert_snapshot!(shop.run("subscription import running.csv"), @"
    --- stderr
    running.csv: UTF-8, semicolon; `Organisationsnummer` is org_number, `Artikelnummer` is sku, `Startdatum` is anchor, `Fakturerad t.o.m.` is billed_through, `Faktura-e-post` is invoice_email, `Referens` is reference, `Avtalat pris` is agreed_price, `Uppsägning inkommen` is notice_received
    running.csv, line 3, column `Artikelnummer`, value `AB04`: the account has one to it on line 2 already; `--yes` takes both
    error: 1 row was refused, and nothing was imported
    hint: correct the file, or take the good rows with `--partial --rejects bad.csv`
    --- status 5
    ");
    shop.ok("order create --account 556036-0793 --item AB04");
    assert_eq!(shop.run("subscription import running.csv").status, 5);
    let change = shop.rehearse_and_run("subscription import running.csv --yes");
    assert_eq!(change["objects"][0]["created"], 2);
    assert_eq!(shop.change("subscription import running.csv")["changed"], false);
}

#[test]
fn what_was_taken_over_is_given_back_unless_it_went_on() {
    let shop = shop_with(&[SAAB, STOCKHOLM]);
    shop.ok("subscription import running.csv");
    let head = shop.head();
    assert_snapshot!(shop.run("subscription imports undo 1"), @"
    --- stderr
    error: this needs your agreement: Import 1 of running.csv: subscriptions taken over 2.
    hint: add `--yes` to agree, or `--dry-run` to see what it would do
    --- status 5
    ");
    assert_eq!(shop.head(), head);
    assert_snapshot!(shop.run("account imports undo 1 --yes"), @"
    --- stderr
    error: import 1 is one of subscriptions
    hint: `shopctl subscription imports show 1` shows it
    --- status 5
    ");
    shop.rehearse_and_run("subscription imports undo 1 --yes");
    assert_eq!(shop.count("SELECT count(*) FROM subscription"), 0);
    assert_eq!(shop.count("SELECT count(*) FROM notice"), 0);
    assert_snapshot!(shop.run("subscription imports undo 1 --yes"), @"
    --- stderr
    error: import 1 was undone at 2026-03-01T08:00:00Z
    --- status 5
    ");
    assert_snapshot!(shop.run("subscription imports list"), @"1	2026-03-01T08:00:00Z	subscriptions	running.csv	2	0	0	0	2026-03-01T08:00:00Z");
    assert_snapshot!(shop.run("account imports list"), @"");

    let operation = shop.change("subscription import running.csv")["op"].to_string();
    shop.rehearse_and_run(&format!("undo {operation} --yes"));
    assert_eq!(shop.count("SELECT count(*) FROM subscription"), 0);
    shop.ok("subscription import running.csv");
    shop.at("2026-05-31T08:00:00Z");
    shop.ok("subscription renew");
    let head = shop.head();
    assert_snapshot!(shop.run("subscription imports undo 3 --yes"), @"
    --- stderr
    error: something was built on import 3 since: subscription 1005 was renewed, cancelled or changed
    hint: the import stays; `shopctl subscription end N --on DATE --credit none --reason TEXT` ends one that is wrong
    --- status 5
    ");
    assert_eq!(shop.head(), head);
    shop.ok("audit verify");
}

#[test]
fn what_was_fetched_from_is_not_given_back_and_the_refusal_says_so() {
    let shop = shop_with(&[SAAB]);
    shop.ok("subscription import running.csv");
    let head = shop.head();
    // As `agreement fetch` writes it; the trail tells it of the agreement, not of the subscription.
    shop.sqlite()
        .execute_batch(
            "PRAGMA foreign_keys = OFF;
             INSERT INTO fetch (id, edition_id, account_id, subscription_id, login, fetched_at)
             SELECT 1, 1, s.account_id, s.id, 'avtal@saab.example', '2026-03-01T08:00:00Z'
             FROM subscription s",
        )
        .expect("a fetch");
    for line in ["subscription imports undo 1 --yes", "undo 7 --yes"] {
        let line = line.replace("undo 7", &format!("undo {}", shop.json("audit list")[0]["op"]));
        let refused = shop.run(&line);
        assert!(refused.stderr.contains("subscription 1001 was fetched from"), "{refused}");
        assert!(
            refused.stderr.contains("hint: the import stays; `shopctl subscription end"),
            "{refused}"
        );
        assert_eq!(refused.status, 5, "{refused}");
    }
    assert_eq!(shop.head(), head);
}

#[test]
fn an_account_on_which_a_subscription_was_taken_over_stays() {
    let shop = Shop::open();
    shop.file("one.csv", "orgnr;namn;e-post\n202100-3625;Ett;a@b.example\n");
    shop.ok("account import one.csv");
    shop.file(
        "running.csv",
        format!("{HEADING}\n202100-3625;AB04;2020-01-01;2026-12-31;faktura@b.example;;;\n"),
    );
    let outcome = shop.run("subscription import running.csv");
    assert!(outcome.stderr.contains("cannot be renewed until their accounts have an address"));
    assert_snapshot!(shop.run("account imports undo 1 --yes"), @"
    --- stderr
    error: something was built on import 1 since: account 202100-3625 has subscriptions
    hint: it stays; `shopctl account close ORG` closes an account that is not to be used, `account edit ORG` corrects it
    --- status 5
    ");
    assert_eq!(shop.run("account close 202100-3625").status, 5);
}

#[test]
fn r9_the_addresses_that_look_like_persons_are_counted() {
    let shop = shop_with(&["556036-0793;AB04;2019-05-31;2026-05-30;anna.berg@saab.example;;;"]);
    let outcome = shop.run("subscription import running.csv");
    assert!(outcome.stderr.contains("line 2 looks like a person's"), "{outcome}");
}

#[test]
fn a_thousand_are_taken_over_page_by_page() {
    let shop = Shop::new();
    shop.ok("product create AB04 --kind subscription --name-sv A --name-en A --price 3900 \
        --member-price 2900 --vat 25");
    let (mut accounts, mut running) = (String::new(), format!("{HEADING}\n"));
    for serial in 1..=1500 {
        let number = org_number(serial);
        accounts.push_str(&format!("{number},Kund {serial},k{serial}@kund.example\n"));
        running.push_str(&format!("{number};AB04;2020-01-01;2026-12-31;f@kund.example;;;\n"));
    }
    shop.file("many.csv", format!("orgnr,namn,e-post\n{accounts}"));
    shop.file("running.csv", running);
    shop.ok("account import many.csv -q");
    let change = shop.rehearse_and_run("subscription import running.csv --partial");
    assert_eq!(change["objects"][0]["created"], 1500);
    assert_eq!(change["events"].as_array().map(Vec::len), Some(1502));
    shop.at("2027-01-01T08:00:00Z");
    assert_eq!(shop.run("subscription renew -q").status, 7, "they have no address");
}

#[test]
fn a_former_number_is_refused_with_the_one_of_today() {
    let shop = shop_with(&[SAAB]);
    shop.ok("account renumber 556036-0793 202100-3625 --reason Ombildning --yes");
    let outcome = shop.run("subscription import running.csv");
    assert_eq!(outcome.status, 5, "{outcome}");
    assert!(outcome.stderr.contains("its number is 202100-3625 now"), "{outcome}");
}
