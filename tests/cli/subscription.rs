use crate::support::Shop;
use insta::assert_snapshot;

#[test]
fn a_subscription_explains_its_dates() {
    let shop = Shop::with_an_order();
    assert_snapshot!(shop.table("subscription show 1001"), @"
    Subscription         1001
    Status               running
    Product              AB04
    Name                 AB 04 digitalt
    Account              556036-0793
    Customer             Saab AB
    Since                2026-03-01
    Billed term          2026-03-01 – 2027-02-28
    Renewal date         2027-03-01
    Last day for notice  2026-12-01
    Next price           2 900,00
    Price rule           list
    Invoice e-mail       faktura@saab.example
    Invoice address      Bröderna Ugglas gata, 582 54 Linköping
    Address of           the account

    Billed terms
    Term                      Invoice
    ─────────────────────────────────
    2026-03-01 – 2027-02-28      1001

    The subscription to AB 04 digitalt (AB04) began on 2026-03-01 and is paid or
    invoiced for the term 2026-03-01 up to and including 2027-02-28.
    It renews itself on 2027-03-01 unless notice reaches us on 2026-12-01 at the
    latest, which is 3 months before, that day included.
    The next term costs 2 900,00 kronor excluding VAT: the members' price in force
    from 2026-03-01, as the price list stands today.
    ");
    assert_snapshot!(shop.run("subscription show 1001 --json"), @r#"
    {
      "number": 1001,
      "status": "running",
      "fetch_stopped_by": null,
      "sku": "AB04",
      "product_name": "AB 04 digitalt",
      "org_number": "556036-0793",
      "name": "Saab AB",
      "holder": null,
      "start": "2026-03-01",
      "term": {
        "start": "2026-03-01",
        "end": "2027-03-01",
        "last_day": "2027-02-28"
      },
      "renewal_date": "2027-03-01",
      "notice_deadline": "2026-12-01",
      "notice": null,
      "ends": null,
      "last_day": null,
      "next_price_ore": 290000,
      "currency": "SEK",
      "price_rule": "list",
      "agreed_price_ore": null,
      "reminded_on": null,
      "invoice_email": "faktura@saab.example",
      "reference": null,
      "address": "Bröderna Ugglas gata, 582 54 Linköping",
      "address_of": "account",
      "vat_number": null,
      "vat_number_of": null,
      "failure": null,
      "terms": [
        {
          "term": {
            "start": "2026-03-01",
            "end": "2027-03-01",
            "last_day": "2027-02-28"
          },
          "invoice": 1001
        }
      ],
      "withdrawn_terms": [],
      "notices": [],
      "notice_dates": [],
      "explanation": [
        "The subscription to AB 04 digitalt (AB04) began on 2026-03-01 and is paid or invoiced for the term 2026-03-01 up to and including 2027-02-28.",
        "It renews itself on 2027-03-01 unless notice reaches us on 2026-12-01 at the latest, which is 3 months before, that day included.",
        "The next term costs 2 900,00 kronor excluding VAT: the members' price in force from 2026-03-01, as the price list stands today."
      ]
    }
    "#);
    assert_snapshot!(shop.run("subscription list"), @"1001	AB04	556036-0793	Saab AB	2026-03-01	2027-03-01	2026-12-01		running");
    shop.at("2026-12-02T08:00:00Z");
    let explained = shop.json("subscription show 1001")["explanation"].to_string();
    assert!(explained.contains("the last day for notice was 2026-12-01"), "{explained}");
    assert!(explained.contains("reaches us today ends it on 2028-03-01"), "{explained}");
    shop.at("2027-03-01T08:00:00Z");
    let explained = shop.json("subscription show 1001")["explanation"].to_string();
    assert!(explained.contains("to be renewed today, 2027-03-01, and is not"), "{explained}");
    shop.at("2029-12-20T08:00:00Z");
    let explained = shop.json("subscription show 1001")["explanation"].to_string();
    assert!(explained.contains("should have been renewed on 2027-03-01"), "{explained}");
    assert!(explained.contains("reaches us today ends it on 2031-03-01"), "{explained}");
    assert_snapshot!(shop.run("subscription show 7"), @r"
    --- stderr
    error: there is no subscription `7`
    hint: `shopctl subscription list` lists them
    --- status 4
    ");
}

#[test]
fn subscriptions_are_listed_by_what_is_coming() {
    let shop = Shop::with_an_order();
    shop.ok("order create --account 212000-0142 --item AB04 --start 2026-06-15");
    let numbers = |line: &str| shop.ok(&format!("subscription list --columns number {line}"));
    assert_eq!(numbers("--renews-before 2027-03-01"), "");
    assert_eq!(numbers("--renews-before 2027-03-02"), "1001\n");
    assert_eq!(numbers("--notice-before 2026-12-02"), "1001\n");
    assert_eq!(numbers("--account 212000-0142"), "1002\n");
    assert_eq!(numbers("--product AB04 --status running"), "1001\n1002\n");
    assert_eq!(numbers("--status ended"), "");
    assert_snapshot!(shop.run("subscription list --status asleep"), @"
    --- stderr
    error: --status <STATUS>: `asleep` is not a status; a subscription is running, notice given, ended, blocked
    --- status 5
    ");
    assert_snapshot!(shop.run("subscription list --account 202100-3625"), @r"
    --- stderr
    error: there is no account `202100-3625`
    hint: `shopctl account list --search NAME` finds it by name
    --- status 4
    ");
}

#[test]
fn a_year_goes_round() {
    let shop = Shop::with_an_order();
    shop.ok("mail send");
    shop.at("2027-02-28T22:59:00Z");
    assert_snapshot!(shop.run("subscription renew"), @r"
    --- stderr
    nothing needed doing
    ");
    shop.at("2027-02-28T23:00:00Z");
    assert_snapshot!(shop.run("subscription renew"), @"
    invoice issued         1002  org number 556036-0793, issued on 2027-03-01, due on 2027-03-31, net 2 900,00, vat 725,00, total 3 625,00, invoice email faktura@saab.example
    subscription renewed   1001  start 2027-03-01, renewal date: 2027-03-01 → 2028-03-01, invoice 1002
    mail queued            2  kind renewal_invoice, recipient faktura@saab.example, cause invoice 1002
    renewals finished      renewals  renewed through 2027-03-01
    ");
    assert_snapshot!(shop.table("subscription show 1001"), @"
    Subscription         1001
    Status               running
    Product              AB04
    Name                 AB 04 digitalt
    Account              556036-0793
    Customer             Saab AB
    Since                2026-03-01
    Billed term          2027-03-01 – 2028-02-29
    Renewal date         2028-03-01
    Last day for notice  2027-12-01
    Next price           2 900,00
    Price rule           list
    Invoice e-mail       faktura@saab.example
    Invoice address      Bröderna Ugglas gata, 582 54 Linköping
    Address of           the account

    Billed terms
    Term                      Invoice
    ─────────────────────────────────
    2026-03-01 – 2027-02-28      1001
    2027-03-01 – 2028-02-29      1002

    The subscription to AB 04 digitalt (AB04) began on 2026-03-01 and is paid or
    invoiced for the term 2027-03-01 up to and including 2028-02-29.
    It renews itself on 2028-03-01 unless notice reaches us on 2027-12-01 at the
    latest, which is 3 months before, that day included.
    The next term costs 2 900,00 kronor excluding VAT: the members' price in force
    from 2026-03-01, as the price list stands today.
    ");
    shop.ok("mail send");
    let letters = shop.letters();
    assert_eq!(letters.len(), 2);
    assert_snapshot!(crate::support::text_of(&letters[0]), @r"
    Hej!

    Tack för er beställning. Det här mejlet är både orderbekräftelse och faktura.

    Fakturan är ställd till Saab AB och bifogas som pdf.

    Fakturanummer:    1001
    Fakturadatum:     2026-03-01
    Ordernummer:      1001

    Ni har beställt:

    - AB 04 digitalt
      2026-03-01 till och med 2027-02-28

    Att betala:       3 625,00 kr
    Förfallodag:      2026-03-31
    OCR-nummer:       100164
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
    assert_snapshot!(crate::support::text_of(&letters[1]), @r"
    Hej!

    Ert abonnemang har förnyats. Här kommer fakturan för den nya perioden.

    Fakturan är ställd till Saab AB och bifogas som pdf.

    Fakturanummer:    1002
    Fakturadatum:     2027-03-01

    Fakturan gäller:

    - AB 04 digitalt
      2027-03-01 till och med 2028-02-29

    Att betala:       3 625,00 kr
    Förfallodag:      2027-03-31
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
}

#[test]
fn renewing_twice_bills_once() {
    let shop = Shop::with_an_order();
    shop.at("2027-03-01T08:00:00Z");
    shop.ok("subscription renew");
    let head = shop.head();
    assert_snapshot!(shop.run("subscription renew"), @r"
    --- stderr
    nothing needed doing
    ");
    assert_snapshot!(shop.run("subscription renew --json"), @r#"{"op":null,"dry_run":false,"changed":false,"objects":[{"as_of":"2027-03-01","renewed":0,"refused":0}],"warnings":[],"events":[]}"#);
    assert_eq!(shop.head(), head);
    assert_eq!(shop.count("SELECT count(*) FROM invoice"), 2);
}

/// Renewal was silent for three years; what it then does is what three yearly runs had done, the
/// dates of issue apart.
#[test]
fn r14_an_outage_of_three_years_bills_each_term_once() {
    let (punctual, late) = (Shop::with_an_order(), Shop::with_an_order());
    for year in [2027, 2028, 2029] {
        punctual.at(&format!("{year}-03-01T03:00:00Z"));
        for _ in 0..2 {
            punctual.ok("daily");
        }
    }
    late.at("2029-03-20T03:00:00Z");
    late.ok("daily");
    let state = |shop: &Shop| -> Vec<String> {
        let connection = shop.sqlite();
        let mut rows = connection
            .prepare(
                "SELECT t.start_on || ' ' || t.end_on || ' ' || i.number || ' ' || l.sku || ' '
                     || l.quantity || ' ' || l.unit_price_ore || ' ' || l.vat_rate || ' ' || i.total_ore
                 FROM term t JOIN invoice i ON i.id = t.invoice_id
                 JOIN invoice_line l ON l.invoice_id = i.id ORDER BY t.start_on",
            )
            .expect("the schema");
        let found = rows.query_map([], |row| row.get(0)).expect("rows");
        found.collect::<Result<_, _>>().expect("texts")
    };
    assert_eq!(state(&punctual), state(&late));
    assert_eq!(state(&late).len(), 4);
    assert_snapshot!(late.run("invoice list --columns number,issued_on,total"), @r"
    1004	2029-03-20	3625.00
    1003	2029-03-20	3625.00
    1002	2029-03-20	3625.00
    1001	2026-03-01	3625.00
    ");
    let head = late.head();
    assert_snapshot!(late.run("subscription renew"), @r"
    --- stderr
    nothing needed doing
    ");
    assert_eq!(late.head(), head);
}

#[test]
fn a_renewal_that_is_refused_twice_is_parked_and_stops_nobody() {
    let shop = Shop::with_an_order();
    shop.ok("order create --account 212000-0142 --item AB04");
    shop.lose("street");
    shop.at("2027-03-01T08:00:00Z");
    assert_snapshot!(shop.run("subscription renew"), @"
    renewal failed         1001  failures: 0 → 1, reason the account lacks what an invoice must state: street
    invoice issued         1003  org number 212000-0142, issued on 2027-03-01, due on 2027-03-31, net 3 900,00, vat 975,00, total 4 875,00, invoice email ekonomi@stockholm.example
    subscription renewed   1002  start 2027-03-01, renewal date: 2027-03-01 → 2028-03-01, invoice 1003
    mail queued            3  kind renewal_invoice, recipient ekonomi@stockholm.example, cause invoice 1003
    renewals finished      renewals  renewed through 2027-03-01
    --- stderr
    warning: subscription 1001: the account lacks what an invoice must state: street
    error: 1 of 2 renewals were refused
    hint: each is told above; one refused twice is parked and shown by `shopctl status`
    --- status 7
    ");
    let refused = shop.ok("status --columns what,detail");
    let reason = "subscription 1001: the account lacks what an invoice must state: street";
    assert!(refused.contains(&format!("renewal refused\t{reason}\n")), "{refused}");
    assert_snapshot!(shop.run("daily"), @r"
    renewed	0
    refused	1
    sent	3
    deferred	0
    failed	0
    to_folder	yes
    outage	
    --- stderr
    warning: subscription 1001 was not renewed: the account lacks what an invoice must state: street
    warning: mail goes to the folder `~/shop/mail`, and nothing reached a customer
    error: 1 of 1 renewals were refused
    hint: each is told above; one refused twice is parked and shown by `shopctl status`
    --- status 7
    ");
    assert_eq!(shop.ok("subscription list --status blocked --columns number"), "1001\n");
    assert_eq!(shop.run("daily -q").status, 0, "what is parked fails the night no more");
    assert_snapshot!(shop.run("status --columns what,count,command"), @"
    invoices overdue	2	shopctl invoice list --overdue
    renewal parked		shopctl subscription renew --only 1001
    mail goes to a folder		set `url` under [mail] in shopctl.toml
    PRACTICE		
    daily
    ");
    assert_snapshot!(shop.run("subscription renew --only 1001"), @r"
    renewal failed         1001  failures: 2 → 3, reason the account lacks what an invoice must state: street
    --- stderr
    warning: subscription 1001: the account lacks what an invoice must state: street
    error: 1 of 1 renewals were refused
    hint: each is told above; one refused twice is parked and shown by `shopctl status`
    --- status 7
    ");
    assert_snapshot!(shop.run("subscription renew"), @"
    --- stderr
    nothing needed doing
    subscription 1001 is due and parked; `shopctl status` says why
    ");
    shop.ok("account billing 556036-0793 --street 'Bröderna Ugglas gata' --reason 'it was lost'");
    let mended = "renewal parked\tsubscription 1001: nothing stands in its way any more\n";
    assert!(shop.ok("status --columns what,detail").contains(mended));
    assert_snapshot!(shop.run("subscription renew --only 1001"), @"
    invoice issued         1004  org number 556036-0793, issued on 2027-03-01, due on 2027-03-31, net 2 900,00, vat 725,00, total 3 625,00, invoice email faktura@saab.example
    subscription renewed   1001  start 2027-03-01, renewal date: 2027-03-01 → 2028-03-01, invoice 1004
    mail queued            5  kind renewal_invoice, recipient faktura@saab.example, cause invoice 1004
    ");
    assert_eq!(shop.ok("subscription list --status running --columns number"), "1001\n1002\n");
}

#[test]
fn a_batch_that_is_unusually_large_is_stopped() {
    let shop = Shop::with_an_order();
    shop.ok("order create --account 212000-0142 --item AB04");
    shop.at("2027-03-01T08:00:00Z");
    assert_snapshot!(shop.run("subscription renew --max 1"), @"
    --- stderr
    error: 2 terms are due, and at most 1 were expected
    hint: look with `-n`; `--max 2` lets them through
    --- status 5
    ");
    assert_eq!(shop.change("subscription renew --only 1001 --max 1")["objects"][0]["renewed"], 1);
    shop.at("2029-03-01T08:00:00Z");
    assert_snapshot!(shop.run("subscription renew --only 1002 --max 2"), @"
    --- stderr
    error: 3 terms are due, and at most 2 were expected
    hint: look with `-n`; `--max 3` lets them through
    --- status 5
    ");
    assert_eq!(shop.change("subscription renew --limit 1 --max 1")["objects"][0]["renewed"], 1);
    assert_eq!(shop.change("subscription renew --max 4")["objects"][0]["renewed"], 4);
}

#[test]
fn renewing_ahead_dates_the_invoice_today() {
    let shop = Shop::with_an_order();
    shop.at("2027-02-20T08:00:00Z");
    let change = shop.rehearse_and_run("subscription renew --as-of 2027-03-01");
    assert_eq!(change["objects"][0]["renewed"], 1);
    assert_eq!(shop.json("invoice show 1002")["issued_on"], "2027-02-20");
    let head = shop.head();
    assert_snapshot!(shop.run("subscription renew --as-of 2028-03-01"), @"
    --- stderr
    error: this needs your agreement: 2028-03-01 is more than 31 days ahead.
    hint: add `--yes` to agree, or `--dry-run` to see what it would do
    --- status 5
    ");
    assert_eq!(shop.head(), head);
    assert_eq!(
        shop.change("subscription renew --as-of 2028-03-01 --yes")["objects"][0]["renewed"],
        1
    );
}

#[test]
fn a_leap_days_subscription_finds_its_day_again() {
    let shop = Shop::open();
    shop.ok("product price AB04 --price 3000 --member-price 2000 --from 2020-01-01");
    shop.ok("product vat AB04 --vat 25 --from 2020-01-01");
    shop.ok("order create --account 556036-0793 --item AB04 --start 2024-02-29 --yes");
    shop.at("2028-02-29T08:00:00Z");
    shop.ok("subscription renew");
    let terms = shop.json("subscription show 1001")["terms"].clone();
    let starts: Vec<&str> = terms
        .as_array()
        .expect("terms")
        .iter()
        .filter_map(|t| t["term"]["start"].as_str())
        .collect();
    assert_eq!(starts, ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]);
}

#[test]
fn a_list_of_a_product_that_is_none_is_refused() {
    let shop = Shop::with_an_order();
    let (status, error) = shop.error("subscription list --product NOTHING");
    assert_eq!((status, &error["code"]), (4, &"unknown_product".into()));
}
