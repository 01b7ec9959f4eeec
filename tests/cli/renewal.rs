//! What a renewal costs and why, invoices ahead of the term, the bound on unusual runs, reminders.

use crate::support::{Shop, Sink, header, org_number, text_of};
use insta::assert_snapshot;
use serde_json::Value as Json;

/// Returns the sentence of `subscription show 1001` about the next price.
fn price_told(shop: &Shop) -> String {
    let shown = shop.json("subscription show 1001");
    let sentences = shown["explanation"].as_array().expect("sentences").clone();
    let told = sentences.iter().filter_map(Json::as_str).find(|text| text.contains("costs"));
    told.unwrap_or("nothing").to_owned()
}

/// Opens a shop in which a rise from 2027-01-01 was entered on `day`.
fn shop_with_a_rise(day: &str) -> Shop {
    let shop = Shop::with_an_order();
    shop.at(&format!("{day}T08:00:00Z"));
    shop.ok("product price AB04 --price 4500 --member-price 3500 --from 2027-01-01");
    shop
}

#[test]
fn a_rise_says_whom_it_reaches() {
    let shop = Shop::with_an_order();
    shop.at("2026-11-20T08:00:00Z");
    let price = "product price AB04 --from 2027-01-01 --price";
    assert_snapshot!(shop.run(&format!("{price} 4500 --member-price 3500")), @"
    price set              AB04  from: 2026-03-01 → 2027-01-01, price: 3 900,00 → 4 500,00, member price: 2 900,00 → 3 500,00
    the rise reaches running subscriptions that renew from 2027-03-20 on, except at a price that was agreed or that a reminder stated
    ");
    assert_snapshot!(shop.run(&format!("{price} 3900 --member-price 2900")), @"price set              AB04  price: 4 500,00 → 3 900,00, member price: 3 500,00 → 2 900,00");
}

#[test]
fn a_rise_reaches_a_running_subscription_only_if_the_customer_could_still_leave() {
    let timely = shop_with_a_rise("2026-11-01");
    assert_snapshot!(price_told(&timely), @"The next term costs 3 500,00 kronor excluding VAT: the members' price in force from 2027-01-01, as the price list stands today.");
    timely.at("2027-03-01T08:00:00Z");
    timely.ok("subscription renew");
    assert_eq!(timely.json("invoice show 1002")["net_ore"], 350_000);

    let late = shop_with_a_rise("2026-11-20");
    assert_snapshot!(price_told(&late), @"The next term costs 2 900,00 kronor excluding VAT: the members' price in force from 2026-03-01. The price from 2027-01-01 was entered on 2026-11-20, less than 30 days before the last day for notice, 2026-12-01: the former price holds once more.");
    late.at("2027-03-01T08:00:00Z");
    late.ok("subscription renew");
    let invoice = late.json("invoice show 1002");
    assert_eq!(invoice["net_ore"], 290_000);
    assert_snapshot!(invoice["explanation"][0].as_str().unwrap_or_default(), @"AB04: the first day of the period decides, 2027-03-01; the members' price, the buyer being a member that day, 2 900,00 kronor, in force from 2026-03-01, which holds once more; VAT 25 %, in force from 2026-03-01.");
    assert_snapshot!(invoice["explanation"][2].as_str().unwrap_or_default(), @"AB04: the price from 2027-01-01, 3 500,00 kronor, was entered on 2026-11-20, too late for the buyer to leave before this period.");
    assert_snapshot!(price_told(&late), @"The next term costs 3 500,00 kronor excluding VAT: the members' price in force from 2027-01-01, as the price list stands today.");

    let later = shop_with_a_rise("2026-12-02");
    assert_snapshot!(price_told(&later), @"The next term costs 2 900,00 kronor excluding VAT: the members' price in force from 2026-03-01. The price from 2027-01-01 was entered on 2026-12-02, after the last day for notice, 2026-12-01: the former price holds once more.");
    later.ok("setting set price_notice_days 0");
    assert!(price_told(&later).contains("holds once more"), "{}", price_told(&later));
}

#[test]
fn a_price_stated_in_a_reminder_binds_for_that_term() {
    let shop = Shop::with_an_order();
    shop.ok("setting set renewal_reminders on");
    shop.ok("setting set renewal_reminder_days 60");
    shop.at("2026-10-02T08:00:00Z");
    assert_eq!(shop.rehearse_and_run("subscription remind")["objects"][0]["reminded"], 1);
    shop.at("2026-10-20T08:00:00Z");
    shop.ok("product price AB04 --price 4500 --member-price 3500 --from 2027-01-01");
    assert_snapshot!(price_told(&shop), @"The next term costs 2 900,00 kronor excluding VAT: the price that the renewal reminder of 2026-10-02 stated, which binds.");
    shop.at("2027-03-01T08:00:00Z");
    shop.ok("subscription renew");
    let invoice = shop.json("invoice show 1002");
    assert_eq!(invoice["net_ore"], 290_000);
    assert_snapshot!(invoice["explanation"][0].as_str().unwrap_or_default(), @"AB04: the first day of the period decides, 2027-03-01; the price that the renewal reminder stated for it, 2 900,00 kronor; VAT 25 %, in force from 2026-03-01.");
    assert_snapshot!(price_told(&shop), @"The next term costs 3 500,00 kronor excluding VAT: the members' price in force from 2027-01-01, as the price list stands today.");
}

#[test]
fn an_agreed_price_holds_until_it_is_changed() {
    let shop = Shop::open();
    let order = "order create --account 556036-0793 --item AB04 --agreed-price 2500";
    assert_snapshot!(shop.run(order), @"
    --- stderr
    error: missing: --reason <TEXT>
    hint: `shopctl order create --agreed-price <P> --reason <TEXT> --account <ORG> --item <SKU[=QTY]>`
    --- status 2
    ");
    assert_snapshot!(shop.run(&format!("{order} --reason ' '")), @"
    --- stderr
    error: --reason <TEXT>: it is empty
    --- status 5
    ");
    assert_snapshot!(shop.run(&format!("{order} --item AB04-PRINT=2 --reason 'tre år'")), @"
    order placed           1001  org number 556036-0793, items AB04=1 AB04-PRINT=2, conditions 1, ship to Saab AB, Bröderna Ugglas gata, 582 54 Linköping
    subscription started   1001  org number 556036-0793, start 2026-03-01, renewal date 2027-03-01, invoice email faktura@saab.example, agreed price 2 500,00, reason tre år
    invoice issued         1001  org number 556036-0793, issued on 2026-03-01, due on 2026-03-31, net 2 680,00, vat 635,80, total 3 315,80, invoice email faktura@saab.example
    mail queued            1  kind order_invoice, recipient faktura@saab.example, cause invoice 1001
    ");
    assert_snapshot!(
        shop.run("order create --account 212000-0142 --item AB04-PRINT --agreed-price 5 --reason no"),
        @"
    --- stderr
    error: an agreed price is that of the order's one item that runs by terms, and there are 0
    --- status 5
    "
    );
    assert_snapshot!(price_told(&shop), @"The next term costs 2 500,00 kronor excluding VAT: the agreed price (tre år).");
    let invoice = shop.json("invoice show 1001");
    assert_eq!(invoice["net_ore"], 250_000 + 2 * 9_000);
    assert_snapshot!(invoice["explanation"][0].as_str().unwrap_or_default(), @"AB04: the first day of the period decides, 2026-03-01; the price agreed with the buyer, 2 500,00 kronor; VAT 25 %, in force from 2026-03-01.");
    shop.ok("product price AB04 --price 9900 --member-price 8900 --from 2026-06-01");
    for year in [2027, 2028] {
        shop.at(&format!("{year}-03-01T08:00:00Z"));
        shop.ok("subscription renew");
    }
    assert_eq!(shop.json("invoice show 1003")["net_ore"], 250_000);

    let change = shop.rehearse_and_run(
        "subscription price 1001 --agreed-price 2700 --reason 'ny överenskommelse'",
    );
    assert_eq!(change["events"][0]["kind"], "price_agreed");
    assert_eq!(change["objects"][0]["agreed_price_ore"], 270_000);
    assert_snapshot!(
        shop.run("subscription price 1001 --list-price --reason 'tiden är slut'").stdout, @"price agreed           1001  agreed price: 2 700,00 → nothing, reason: ny överenskommelse → tiden är slut"
    );
    assert_snapshot!(
        shop.run("subscription price 1001 --list-price --reason 'tiden är slut'"), @"
    --- stderr
    nothing needed doing
    "
    );
    assert_snapshot!(price_told(&shop), @"The next term costs 8 900,00 kronor excluding VAT: the members' price in force from 2026-06-01, as the price list stands today.");
    shop.ok("subscription price 1001 --agreed-price 2600 --reason igen");
    let operation = shop.json("audit list --limit 1")[0]["op"].clone();
    assert_snapshot!(shop.run(&format!("undo {operation} -y")), @"
    price agreed           1001  agreed price: 2 600,00 → nothing, reason: igen → what was agreed was undone
    operation undone       12
    ");
    shop.ok("subscription price 1001 --agreed-price 2600 --reason igen");
    let operation = shop.json("audit list --limit 1")[0]["op"].clone();
    shop.at("2029-03-01T08:00:00Z");
    shop.ok("subscription renew");
    assert_snapshot!(shop.run(&format!("undo {operation} -y")), @"
    --- stderr
    error: the price of subscription 1001 was billed by invoice 1004
    hint: `shopctl subscription price 1001` agrees on another, or on the price list again, from the next renewal on
    --- status 5
    ");
    assert_eq!(shop.run("subscription price 1001 --list-price").status, 2);
    assert_eq!(shop.run("subscription price 1001 --reason why").status, 2);
}

#[test]
fn an_invoice_goes_out_ahead_but_never_while_notice_can_be_given() {
    let shop = Shop::with_an_order();
    shop.ok("setting set renewal_invoice_days 90");
    shop.at("2026-12-01T08:00:00Z");
    assert_eq!(shop.change("subscription renew")["changed"], false);
    assert_eq!(shop.change("subscription renew --as-of 2026-12-01")["changed"], false);
    shop.at("2026-12-02T08:00:00Z");
    let status = shop.ok("status --columns what,count");
    assert!(status.contains("renewals due\t1\n"), "{status}");
    shop.ok("account edit 556036-0793 --member no --from 2027-01-15");
    let change = shop.rehearse_and_run("subscription renew --max 1");
    assert_eq!(change["objects"][0]["renewed"], 1);
    let invoice = shop.json("invoice show 1002");
    assert_eq!(
        (&invoice["issued_on"], &invoice["due_on"]),
        (&"2026-12-02".into(), &"2027-01-01".into())
    );
    assert_eq!(invoice["net_ore"], 390_000, "no member on the first day of the term");
    assert!(!shop.ok("status --columns what").contains("renewals due"));

    let shop = Shop::with_an_order();
    shop.ok("setting set renewal_invoice_days 14");
    assert!(shop.ok("subscription show 1001").contains("goes out from 2027-02-15"));
    shop.at("2027-02-14T08:00:00Z");
    assert_eq!(shop.change("subscription renew")["changed"], false);
    shop.at("2027-02-15T08:00:00Z");
    assert_eq!(shop.change("daily")["objects"][0]["renewed"], 1);
}

/// Opens a shop whose night of 2026-03-01 has run, with so many subscriptions that should have been
/// renewed long before.
fn shop_with_forgotten(count: u32) -> Shop {
    let shop = Shop::with_an_order();
    shop.ok("daily -q");
    shop.ok("product price AB04 --price 3000 --member-price 2000 --from 2020-01-01");
    shop.ok("product vat AB04 --vat 25 --from 2020-01-01");
    let number = org_number(1);
    shop.ok(&format!(
        "account create {number} --name Kund --email k@kund.example --invoice-email f@kund.example \
         --street 'Gatan 1' --postal-code 11122 --city Solna"
    ));
    shop.ok(&format!("order create --account {number} --item AB04 --start 2025-02-15 -y"));
    let copies = format!(
        "WITH n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {count})
         INSERT INTO subscription (id, number, account_id, product_id, anchor, term_months,
             notice_months, billed_through, invoice_email)
         SELECT 100000 + n, 5000 + n, account_id, product_id, anchor, term_months, notice_months,
             billed_through, invoice_email
         FROM n, subscription WHERE number = 1002"
    );
    shop.sqlite().execute(&copies, []).expect("further subscriptions");
    shop
}

#[test]
fn a_run_that_would_renew_far_more_than_was_foretold_is_stopped_before_it_writes() {
    let shop = shop_with_forgotten(101);
    shop.at("2026-03-02T03:00:00Z");
    let head = shop.head();
    assert_snapshot!(shop.run("subscription renew"), @"
    --- stderr
    error: 102 terms are due by 2026-03-02, and the renewal dates since 2026-03-01 foretold 0
    hint: look with `shopctl subscription renew --max 102 -n`; `shopctl subscription renew --max 102` lets them through
    --- status 5
    ");
    assert_eq!(shop.error("subscription renew").1["code"], "unusual_amount");
    assert_eq!(shop.head(), head);
    assert_eq!(shop.change("subscription renew --limit 50 -n")["objects"][0]["renewed"], 50);
    assert_eq!(shop.change("subscription renew --only 1002 -n")["objects"][0]["renewed"], 1);

    assert_snapshot!(shop.run("daily"), @"
    renewed	
    refused	
    sent	1
    deferred	0
    failed	0
    to_folder	yes
    outage	
    --- stderr
    warning: mail goes to the folder `~/shop/mail`, and nothing reached a customer
    error: 102 terms are due by 2026-03-02, and the renewal dates since 2026-03-01 foretold 0
    hint: look with `shopctl subscription renew --max 102 -n`; `shopctl subscription renew --max 102` lets them through
    --- status 5
    ");
    assert_eq!(shop.letters().len(), 2, "the rest of the night went on");
    assert_snapshot!(shop.run("daily -n"), @"
    --- stderr
    nothing needed doing
    error: 102 terms are due by 2026-03-02, and the renewal dates since 2026-03-01 foretold 0
    hint: look with `shopctl subscription renew --max 102 -n`; `shopctl subscription renew --max 102` lets them through
    --- status 5
    ");
    assert_eq!(shop.change("subscription renew --max 102")["objects"][0]["renewed"], 102);
    assert_eq!(shop.run("daily -q").status, 0);
}

#[test]
fn a_run_of_what_was_foretold_is_never_stopped() {
    let shop = shop_with_forgotten(99);
    shop.at("2026-03-02T03:00:00Z");
    assert_eq!(shop.change("daily -q")["objects"][0]["renewed"], 100, "a hundred are let through");
    // Nothing ran for years: all of them fall due, thrice each for some.
    shop.at("2027-03-20T03:00:00Z");
    assert_eq!(shop.change("daily -q")["objects"][0]["renewed"], 101);
    shop.at("2029-03-20T03:00:00Z");
    assert_eq!(shop.change("daily -q")["objects"][0]["renewed"], 202);
}

#[test]
fn a_day_before_the_last_run_has_nothing_left_to_renew() {
    let shop = Shop::with_an_order();
    shop.at("2027-03-01T08:00:00Z");
    shop.ok("daily -q");
    assert_snapshot!(shop.run("subscription renew --as-of 2027-02-01"), @"
    --- stderr
    nothing needed doing
    what was due by 2027-03-01 has been renewed already
    ");
    assert_snapshot!(shop.run("subscription renew --as-of 9999-12-31"), @"
    --- stderr
    error: 7972 terms are due by 9999-12-31, and the renewal dates since 2027-03-01 foretold 1
    hint: look with `shopctl subscription renew --as-of 9999-12-31 --max 7972 -n`; `shopctl subscription renew --as-of 9999-12-31 --max 7972` lets them through
    --- status 5
    ");
    assert_snapshot!(shop.run("subscription renew --as-of 9999-12-31 -y"), @"
    --- stderr
    error: 7972 terms are due by 9999-12-31, and the renewal dates since 2027-03-01 foretold 1
    hint: look with `shopctl subscription renew --as-of 9999-12-31 --max 7972 -n`; `shopctl subscription renew --as-of 9999-12-31 --max 7972` lets them through
    --- status 5
    ");
    assert_snapshot!(shop.run("subscription renew --as-of 10000-01-01"), @"
    --- stderr
    error: --as-of <DATE>: `10000-01-01` is not a date written YYYY-MM-DD
    --- status 5
    ");
}

#[test]
fn customers_are_reminded_once_and_never_after_the_last_day_for_notice() {
    let shop = Shop::with_an_order();
    assert_snapshot!(shop.run("subscription remind"), @"
    --- stderr
    renewal reminders are off; `shopctl setting set renewal_reminders on` begins them
    ");
    shop.ok("setting set renewal_reminders on");
    shop.at("2026-10-31T08:00:00Z");
    assert_eq!(shop.change("subscription remind")["changed"], false);
    shop.at("2026-11-01T08:00:00Z");
    let status = shop.ok("status --columns what,count,command");
    assert!(status.contains("renewal reminders due\t1\tshopctl subscription remind\n"), "{status}");
    assert_snapshot!(shop.run("daily -n"), @"
    renewals finished      renewals  renewed through 2026-11-01
    renewal reminded       1001  renewal date 2027-03-01, notice deadline 2026-12-01, price 2 900,00
    mail queued            2  kind renewal_reminder, recipient avtal@saab.example, cause renewal of subscription 1001 on 2027-03-01
    1	order_invoice	faktura@saab.example	0
    --- stderr
    this is what would happen; nothing was changed
    ");
    assert_snapshot!(shop.run("subscription remind"), @"
    renewal reminded       1001  renewal date 2027-03-01, notice deadline 2026-12-01, price 2 900,00
    mail queued            2  kind renewal_reminder, recipient avtal@saab.example, cause renewal of subscription 1001 on 2027-03-01
    ");
    assert_eq!(shop.change("subscription remind")["changed"], false);
    let sink = Sink::start();
    shop.configure(&sink.settings());
    shop.ok("mail send");
    let letter = &sink.taken()[1];
    assert_eq!(letter.recipient, "avtal@saab.example");
    assert_eq!(
        header(&letter.message, "Subject"),
        "Ert abonnemang =?utf-8?b?ZsO2cm55YXM=?= 2027-03-01"
    );
    assert_snapshot!(text_of(&letter.message), @"
    Hej!

    Saab AB har ett abonnemang hos oss som snart förnyas. Vi påminner er i god
    tid, så att ni hinner ta ställning.

    Abonnemang:       1001, AB 04 digitalt
    Förnyelsedag:     2027-03-01
    Ny period:        2027-03-01 till och med 2028-02-29
    Pris:             2 900,00 kr exklusive moms för hela perioden
    Sista dag för
    uppsägning:       2026-12-01

    Vill ni ha kvar abonnemanget behöver ni inte göra något.

    Vill ni säga upp det ska uppsägningen ha kommit in till oss senast 2026-12-01.
    Säg upp inloggad på vår webbplats, svara på det här mejlet eller skriv till
    kontoret@forening.example. Kommer uppsägningen in senare löper abonnemanget
    hela den nya perioden.

    Fakturan för den nya perioden skickas till:

    E-post:           faktura@saab.example

    Ska fakturan gå till en annan adress eller märkas med en annan referens? Hör
    då av er till oss i god tid före förnyelsedagen.

    Med vänlig hälsning

    Avtalsbutiken
    https://butik.forening.example
    ");
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
    Price rule           promised
    Reminded             2026-11-01
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
    The next term costs 2 900,00 kronor excluding VAT: the price that the renewal
    reminder of 2026-11-01 stated, which binds.
    ");
}

#[test]
fn reminders_that_were_missed_are_listed_and_not_sent() {
    let shop = Shop::with_an_order();
    shop.at("2026-10-01T08:00:00Z");
    shop.ok("setting set renewal_reminders on");
    shop.at("2026-12-02T08:00:00Z");
    assert_snapshot!(shop.run("subscription remind"), @"
    --- stderr
    warning: subscription 1001: no reminder of the renewal on 2027-03-01 went out by 2026-12-01, the last day for notice
    nothing needed doing
    ");
    let change = shop.change("subscription remind -n");
    assert_eq!(change["objects"][0]["missed"][0]["number"], 1001);
    assert_eq!(change["warnings"].as_array().map(Vec::len), Some(1));
    let status = shop.ok("status --columns what,count");
    assert!(status.contains("renewal reminders missed\t1\n"), "{status}");
    // Cron hears of it once, and the summary counts it until the term has been billed for a month.
    assert!(shop.run("daily -q").stderr.contains("subscription 1001: no reminder"));
    shop.at("2026-12-03T08:00:00Z");
    let night = shop.run("daily");
    assert!(!night.stderr.contains("no reminder"), "{night}");
    assert!(night.stdout.contains("reminders_missed\t1\n"), "{night}");
    shop.at("2027-03-01T08:00:00Z");
    let night = shop.run("daily");
    assert!(!night.stderr.contains("no reminder"), "{night}");
    assert!(night.stdout.contains("reminders_missed\t1\n"), "{night}");
    shop.at("2027-04-01T08:00:00Z");
    assert!(shop.ok("daily").contains("reminders_missed\t0\n"));
    assert_eq!(shop.count("SELECT count(*) FROM renewal_reminder"), 0);

    // What passed before reminders were switched on was not missed.
    let shop = Shop::with_an_order();
    shop.at("2026-12-02T08:00:00Z");
    shop.ok("setting set renewal_reminders on");
    assert_eq!(shop.change("subscription remind")["warnings"].as_array().map(Vec::len), Some(0));
}

#[test]
fn a_night_that_comes_after_the_renewal_date_tells_what_was_renewed_without_a_reminder() {
    let shop = Shop::with_an_order();
    shop.ok("setting set renewal_reminders on");
    shop.ok("daily");
    shop.at("2027-03-20T08:00:00Z");
    let foretold = shop.run("daily -n").stderr;
    let night = shop.run("daily");
    let words =
        "subscription 1001: no reminder of the renewal on 2027-03-01 went out by 2026-12-01";
    assert!(foretold.contains(words), "{foretold}");
    assert!(night.stderr.contains(words), "{night}");
    assert!(night.stdout.starts_with("renewed\t1\n"), "{night}");
    assert!(night.stdout.contains("reminders_missed\t1\n"), "{night}");
    let missed = "renewal reminders missed\t1\n";
    assert!(shop.ok("status --columns what,count").contains(missed));
    shop.at("2027-04-21T08:00:00Z");
    assert!(!shop.ok("status --columns what,count").contains(missed));
    assert!(!shop.run("daily").stderr.contains(words));
}

#[test]
fn the_night_reminds_between_renewing_and_sending() {
    let shop = Shop::with_an_order();
    let sink = Sink::start();
    shop.configure(&sink.settings());
    shop.ok("setting set renewal_reminders on");
    shop.ok("order create --account 212000-0142 --item AB04 --start 2026-06-15");
    shop.at("2026-11-05T03:00:00Z");
    assert_snapshot!(shop.run("daily"), @"
    renewed	0
    refused	0
    reminded	1
    reminders_missed	0
    sent	3
    deferred	0
    failed	0
    to_folder	no
    outage
    ");
    assert_eq!(sink.taken().len(), 3);
    assert_eq!(sink.taken()[2].recipient, "avtal@saab.example");
    assert_eq!(
        shop.change("subscription remind --as-of 2027-03-01 -y")["objects"][0]["reminded"],
        1
    );
    assert_snapshot!(shop.run("subscription remind --as-of 2027-03-02 --max 0 --yes"), @"
    --- stderr
    nothing needed doing
    ");
    assert_snapshot!(shop.run("subscription remind --as-of 2028-03-02"), @"
    --- stderr
    error: this needs your agreement: 2028-03-02 is more than 31 days ahead.
    hint: add `--yes` to agree, or `--dry-run` to see what it would do
    --- status 5
    ");
}

#[test]
fn eight_reminding_at_once_remind_once() {
    let shop = Shop::with_an_order();
    shop.ok("setting set renewal_reminders on");
    shop.ok("order create --account 212000-0142 --item AB04 --start 2026-03-05");
    shop.at("2026-11-10T03:00:00Z");
    let running: Vec<_> =
        (0..8).map(|_| shop.start(&mut shop.command("subscription remind -q"))).collect();
    for child in running {
        let outcome = shop.wait(child);
        assert_eq!(outcome.status, 0, "{outcome}");
    }
    assert_eq!(shop.count("SELECT count(*) FROM renewal_reminder"), 2);
    let queued = "SELECT count(*) FROM outbox WHERE kind = 'renewal_reminder'";
    assert_eq!(shop.count(queued), 2);
    shop.ok("audit verify");
}

#[test]
fn renewing_ahead_leaves_the_days_between_to_be_foretold() {
    let shop = shop_with_forgotten(1);
    shop.ok("subscription renew --as-of 2028-03-01 -y");
    let through = "SELECT count(*) FROM setting
         WHERE name = 'renewed_through' AND value = '2026-03-01'";
    assert_eq!(shop.count(through), 1);
    assert!(!shop.ok("setting list").contains("renewed_through"));
}
