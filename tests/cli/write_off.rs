use crate::support::Shop;
use insta::assert_snapshot;
use serde_json::Value as Json;

#[test]
fn a_write_off_says_what_is_given_up_and_asks() {
    let shop = Shop::with_an_order();
    let (status, error) = shop.error("invoice write-off 1001 --reason bankrupt");
    assert_eq!((status, &error["code"]), (5, &Json::from("agreement_needed")));
    assert_snapshot!(shop.run("invoice write-off 1001 --reason bankrupt --yes"), @"
    written off            1001  amount −3 625,00, booked on 2026-03-01, invoice left: 3 625,00 → 0,00, invoice 1001, reason bankrupt
    What is left of invoice 1001, 3 625,00 kronor, is given up as a loss. The VAT in it stays as it was declared.
    ");
    let (status, error) = shop.error("invoice write-off 1001 --reason bankrupt --yes");
    assert_eq!((status, &error["code"]), (5, &Json::from("nothing_left")));
    assert_eq!(shop.count("SELECT count(*) FROM ledger_vat"), 0);

    assert_snapshot!(shop.run("invoice write-off 1001 --undo --reason 'paid after all'"), @"
    write-off reversed     1001  amount 3 625,00, booked on 2026-03-01, invoice left: 0,00 → 3 625,00, invoice 1001, reason paid after all
    3 625,00 kronor of invoice 1001 are owed again.
    ");
    let (status, error) = shop.error("invoice write-off 1001 --undo --reason 'paid after all'");
    assert_eq!((status, &error["code"]), (5, &Json::from("not_written_off")));
    shop.rehearse_and_run("invoice write-off 1001 --reason 'bankrupt after all' --yes");
}

#[test]
fn the_vat_of_a_write_off_is_taken_back_where_the_shop_does_so() {
    let shop = Shop::open();
    shop.ok("setting set write_off_takes_vat yes");
    shop.ok("order create --account 212000-0142 --item AB04 --item AB04-PRINT=3");
    assert_snapshot!(shop.run("invoice write-off 1001 --reason bankrupt --yes"), @"
    written off            1001  amount −5 256,60, booked on 2026-03-01, invoice left: 5 256,60 → 0,00, invoice 1001, reason bankrupt
    What is left of invoice 1001, 5 256,60 kronor, is given up as a loss. 996,60 kronor of VAT are taken back with it.
    ");
    let sums = "SELECT -sum(net_ore) * 1000000 - sum(vat_ore) FROM ledger_vat";
    assert_eq!(shop.count(sums), 426_000 * 1_000_000 + 99_660);
    shop.ok("invoice write-off 1001 --undo --reason 'paid after all'");
    assert_eq!(shop.count("SELECT sum(net_ore) + sum(vat_ore) FROM ledger_vat"), 0);
    assert_eq!(shop.count("SELECT count(*) FROM ledger_vat"), 4);
}

#[test]
fn a_long_overdue_invoice_stops_fetching_until_nothing_is_left_of_it() {
    let shop = Shop::with_an_order();
    let status = || shop.json("subscription show 1001")["status"].clone();
    shop.at("2026-05-01T08:00:00Z");
    assert_eq!(status(), "running", "the shop has not chosen so");
    shop.ok("setting set fetch_stops_days 30");
    // The invoice is due on 2026-03-31, and 30 days after it is 2026-04-30.
    shop.at("2026-04-29T08:00:00Z");
    assert_eq!(status(), "running");
    shop.at("2026-04-30T08:00:00Z");
    assert_eq!(status(), "blocked");
    assert_snapshot!(shop.table("subscription show 1001"), @"
    Subscription         1001
    Status               blocked
    Stopped by invoice   1001
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
    Nothing can be fetched under it, since invoice 1001 was due on 2026-03-31 and is
    not paid. Paying it opens the subscription again.
    ");
    let list = "subscription list --status blocked --columns number,status";
    assert_eq!(shop.ok(list), "1001\tblocked\n");
    assert_eq!(shop.json("subscription show 1001")["fetch_stopped_by"], 1001);
    let shown = shop.json("account show 556036-0793");
    assert_eq!(shown["subscriptions"][0]["status"], "blocked");

    shop.ok("invoice hold 1001 --disputed --reason 'never ordered'");
    assert_eq!(status(), "running", "what is on hold stops nothing");
    shop.ok("invoice release 1001 --reason 'they agree now'");
    assert_eq!(status(), "blocked");
    shop.ok("invoice write-off 1001 --reason bankrupt --yes");
    assert_eq!(status(), "running");
    shop.ok("invoice write-off 1001 --undo --reason 'paid after all'");
    shop.ok("setting set fetch_stops_days off");
    assert_eq!(status(), "running");
}

#[test]
fn on_its_due_date_an_invoice_stops_nothing() {
    let shop = Shop::with_an_order();
    shop.ok("setting set fetch_stops_days 0");
    let status = || shop.json("subscription show 1001")["status"].clone();
    shop.at("2026-03-31T08:00:00Z");
    assert_eq!(status(), "running");
    shop.at("2026-04-01T08:00:00Z");
    assert_eq!(status(), "blocked");
    shop.ok("subscription cancel 1001 --received 2026-04-01 --channel letter -y");
    assert_eq!(status(), "blocked", "notice opens nothing");
}
