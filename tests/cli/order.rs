use crate::support::Shop;
use insta::assert_snapshot;

#[test]
fn an_order_starts_a_subscription_issues_an_invoice_and_queues_its_mail() {
    let shop = Shop::open();
    assert_snapshot!(shop.run("order create --account 556036-0793 --item AB04 --item AB04-PRINT=3 \
        --reference 'PO 4711'"), @"
    order placed           1001  org number 556036-0793, items AB04=1 AB04-PRINT=3, reference PO 4711, conditions 1, ship to Saab AB, Bröderna Ugglas gata, 582 54 Linköping
    subscription started   1001  org number 556036-0793, start 2026-03-01, renewal date 2027-03-01, invoice email faktura@saab.example
    invoice issued         1001  org number 556036-0793, issued on 2026-03-01, due on 2026-03-31, net 3 170,00, vat 741,20, total 3 911,20, invoice email faktura@saab.example
    mail queued            1  kind order_invoice, recipient faktura@saab.example, cause invoice 1001
    ");
    assert_snapshot!(shop.table("order show 1001"), @"
    Order                1001
    Date                 2026-03-01
    Account              556036-0793
    Name                 Saab AB
    Reference            PO 4711
    Conditions, version  1
    Invoice              1001
    Invoice e-mail       faktura@saab.example
    Total                3 911,20
    Ship to              Saab AB, Bröderna Ugglas gata, 582 54 Linköping
    Waits for post       yes

    Lines
    SKU        Description    Period                  Subscription Quantity    Price VAT %      Net
    ───────────────────────────────────────────────────────────────────────────────────────────────
    AB04       AB 04 digitalt 2026-03-01 – 2027-02-28         1001        1 2 900,00    25 2 900,00
    AB04-PRINT AB 04 tryckt                                               3    90,00     6   270,00
    ");
    assert_snapshot!(shop.run("order show 1001 --json"), @r#"
    {
      "number": 1001,
      "ordered_on": "2026-03-01",
      "org_number": "556036-0793",
      "name": "Saab AB",
      "reference": "PO 4711",
      "conditions_version": 1,
      "invoice": 1001,
      "invoice_email": "faktura@saab.example",
      "total_ore": 391120,
      "currency": "SEK",
      "cancelled_on": null,
      "cancel_reason": null,
      "ship_to": "Saab AB, Bröderna Ugglas gata, 582 54 Linköping",
      "to_post": true,
      "shipped_at": null,
      "tracking": null,
      "lines": [
        {
          "sku": "AB04",
          "description": "AB 04 digitalt",
          "period": {
            "start": "2026-03-01",
            "end": "2027-03-01",
            "last_day": "2027-02-28"
          },
          "subscription": 1001,
          "quantity": 1,
          "unit_price_ore": 290000,
          "currency": "SEK",
          "vat_rate": 25,
          "net_ore": 290000
        },
        {
          "sku": "AB04-PRINT",
          "description": "AB 04 tryckt",
          "period": null,
          "subscription": null,
          "quantity": 3,
          "unit_price_ore": 9000,
          "currency": "SEK",
          "vat_rate": 6,
          "net_ore": 27000
        }
      ],
      "licences": [],
      "parcels": []
    }
    "#);
    assert_snapshot!(shop.run("order list"), @"1001	2026-03-01	556036-0793	Saab AB	AB04 AB04-PRINT=3	1001	3911.20");
    assert_snapshot!(shop.run("order list --account 212000-0142 --json"), @"[]");
    assert_snapshot!(shop.table("order list --account 212000-0142"), @"
    --- stderr
    this account has no orders
    ");
    assert_snapshot!(shop.run("order show 9"), @r"
    --- stderr
    error: there is no order `9`
    hint: `shopctl order list` lists them
    --- status 4
    ");
}

#[test]
fn an_order_may_begin_later_and_be_invoiced_elsewhere() {
    let shop = Shop::open();
    assert_snapshot!(shop.run("order create --account 212000-0142 --item AB04 --start 2026-09-30 \
        --invoice-email inkop@stockholm.example"), @"
    order placed           1001  org number 212000-0142, items AB04=1, conditions 1
    subscription started   1001  org number 212000-0142, start 2026-09-30, renewal date 2027-09-30, invoice email inkop@stockholm.example
    invoice issued         1001  org number 212000-0142, issued on 2026-03-01, due on 2026-03-31, net 3 900,00, vat 975,00, total 4 875,00, invoice email inkop@stockholm.example
    mail queued            1  kind order_invoice, recipient inkop@stockholm.example, cause invoice 1001
    ");
    assert_eq!(shop.json("subscription show 1001")["notice_deadline"], "2027-06-30");
}

#[test]
fn an_order_that_cannot_be_is_refused_and_leaves_nothing() {
    let shop = Shop::open();
    shop.ok("account create 202100-3625 --name Halvfärdig --email a@halv.example");
    let head = shop.head();
    let order = "order create --account 556036-0793";
    assert_snapshot!(shop.run(&format!("{order} --item AB04=0")), @"
    --- stderr
    error: --item <SKU[=QTY]>: `0` is not a quantity from 1 to 10000
    --- status 5
    ");
    assert_snapshot!(shop.run(&format!("{order} --item AB04-PRINT=1000000")), @"
    --- stderr
    error: --item <SKU[=QTY]>: `1000000` is not a quantity from 1 to 10000
    --- status 5
    ");
    assert_snapshot!(shop.run(&format!("{order} --item AB04=2")), @r"
    --- stderr
    error: `AB04` runs by terms and is ordered one at a time
    --- status 5
    ");
    assert_snapshot!(shop.run(&format!("{order} --item AB04 --item AB04")), @r"
    --- stderr
    error: `AB04` stands twice in the order; give it once, with its quantity
    --- status 5
    ");
    assert_snapshot!(shop.run(&format!("{order} --item NOPE")), @r"
    --- stderr
    error: there is no product `NOPE`
    hint: `shopctl product list` lists them
    --- status 4
    ");
    assert_snapshot!(shop.run(order), @r"
    --- stderr
    error: the order has no items
    hint: give `--item SKU`, see `shopctl product list`
    --- status 5
    ");
    assert_snapshot!(shop.run("order create"), @r"
    --- stderr
    error: the buyer is missing
    hint: give `--account ORG` and `--item SKU`
    --- status 2
    ");
    assert_snapshot!(shop.run(&format!("{order} --item AB04-PRINT --start 2026-04-01")), @r"
    --- stderr
    error: a start date needs an item that runs by terms
    --- status 5
    ");
    assert_snapshot!(shop.run(&format!("{order} --item AB04 --start 2026-02-30")), @"
    --- stderr
    error: --start <DATE>: `2026-02-30` is not a day of the calendar from 1900 on
    --- status 5
    ");
    assert_snapshot!(shop.run(&format!("{order} --item AB04 --start 2020-01-01 --yes")), @"
    --- stderr
    error: `AB04` has no price on 2020-01-01
    hint: `shopctl product price AB04 --price P --member-price P --from 2020-01-01` sets one
    --- status 5
    ");
    assert_snapshot!(shop.run("order create --account 202100-3625 --item AB04"), @r"
    --- stderr
    error: neither the order nor the account has an invoice e-mail
    hint: give `--invoice-email`, or set it for all orders with `shopctl account edit ORG --invoice-email ADDRESS`
    --- status 5
    ");
    assert_snapshot!(shop.run("order create --account 202100-3625 --item AB04 --invoice-email faktura@halv.example"), @r"
    --- stderr
    error: the account lacks what an invoice must state: street, postal_code, city
    hint: `shopctl account edit ORG --street … --postal-code … --city …` completes the address
    --- status 5
    ");
    assert_snapshot!(shop.run("order create --account 202100-5489 --item AB04"), @r"
    --- stderr
    error: there is no account `202100-5489`
    hint: `shopctl account list --search NAME` finds it by name
    --- status 4
    ");
    assert_eq!(shop.head(), head);
}

#[test]
fn a_second_running_subscription_asks_first() {
    let shop = Shop::with_an_order();
    let head = shop.head();
    let order = "order create --account 556036-0793 --item AB04";
    assert_snapshot!(shop.run(order), @"
    --- stderr
    error: this needs your agreement: Saab AB has subscription 1001 to AB04 already.
    hint: add `--yes` to agree, or `--dry-run` to see what it would do
    --- status 5
    ");
    assert_eq!(shop.error(order).1["code"], "agreement_needed");
    assert_eq!(shop.head(), head);
    assert_eq!(shop.run(&format!("{order} --dry-run")).status, 0);
    assert_eq!(shop.head(), head);
    shop.ok(&format!("{order} --yes"));
    assert_eq!(shop.json("subscription list").as_array().map(Vec::len), Some(2));
}

#[test]
fn a_start_with_several_terms_due_asks_first_and_renewal_catches_up() {
    let shop = Shop::open();
    shop.ok("product price AB04 --price 3000 --member-price 2000 --from 2020-01-01");
    shop.ok("product vat AB04 --vat 25 --from 2020-01-01");
    let order = "order create --account 212000-0142 --item AB04 --start 2024-01-15";
    assert_snapshot!(shop.run(order), @"
    --- stderr
    error: this needs your agreement: AB04 from 2024-01-15 has 3 terms due already; this order bills the first, and the next renewal bills 2 more.
    hint: add `--yes` to agree, or `--dry-run` to see what it would do
    --- status 5
    ");
    assert_snapshot!(shop.run(&format!("{order} -y")), @"
    order placed           1001  org number 212000-0142, items AB04=1, conditions 1
    subscription started   1001  org number 212000-0142, start 2024-01-15, renewal date 2025-01-15, invoice email ekonomi@stockholm.example
    invoice issued         1001  org number 212000-0142, issued on 2026-03-01, due on 2026-03-31, net 3 000,00, vat 750,00, total 3 750,00, invoice email ekonomi@stockholm.example
    mail queued            1  kind order_invoice, recipient ekonomi@stockholm.example, cause invoice 1001
    ");
    assert_snapshot!(shop.run("subscription renew"), @"
    invoice issued         1002  org number 212000-0142, issued on 2026-03-01, due on 2026-03-31, net 3 000,00, vat 750,00, total 3 750,00, invoice email ekonomi@stockholm.example
    subscription renewed   1001  start 2025-01-15, renewal date: 2025-01-15 → 2026-01-15, invoice 1002
    mail queued            2  kind renewal_invoice, recipient ekonomi@stockholm.example, cause invoice 1002
    invoice issued         1003  org number 212000-0142, issued on 2026-03-01, due on 2026-03-31, net 3 000,00, vat 750,00, total 3 750,00, invoice email ekonomi@stockholm.example
    subscription renewed   1001  start 2026-01-15, renewal date: 2026-01-15 → 2027-01-15, invoice 1003
    mail queued            3  kind renewal_invoice, recipient ekonomi@stockholm.example, cause invoice 1003
    renewals finished      renewals  renewed through 2026-03-01
    ");
}

#[test]
fn a_draft_is_drawn_without_a_number() {
    let shop = Shop::open();
    let head = shop.head();
    let order = "order create --account 556036-0793 --item AB04";
    let outcome = shop.run(&format!("{order} -n --preview draft.pdf"));
    assert_snapshot!(outcome, @"
    order placed           1001  org number 556036-0793, items AB04=1, conditions 1
    subscription started   1001  org number 556036-0793, start 2026-03-01, renewal date 2027-03-01, invoice email faktura@saab.example
    invoice issued         1001  org number 556036-0793, issued on 2026-03-01, due on 2026-03-31, net 2 900,00, vat 725,00, total 3 625,00, invoice email faktura@saab.example
    mail queued            1  kind order_invoice, recipient faktura@saab.example, cause invoice 1001
    --- stderr
    the draft is `draft.pdf`
    this is what would happen; nothing was changed
    ");
    let bytes = std::fs::read(shop.path("draft.pdf")).expect("the draft was written");
    assert!(bytes.starts_with(b"%PDF-1.7"));
    assert_eq!(shop.head(), head);
    assert_snapshot!(shop.run(&format!("{order} --preview draft.pdf")), @"
    --- stderr
    error: missing: --dry-run
    hint: `shopctl order create --dry-run --account <ORG> --item <SKU[=QTY]> --preview <FILE>`
    --- status 2
    ");
}

#[test]
fn an_order_is_rehearsed_by_a_dry_run() {
    let shop = Shop::open();
    shop.rehearse_and_run("order create --account 556036-0793 --item AB04 --item AB04-PRINT=2");
}
