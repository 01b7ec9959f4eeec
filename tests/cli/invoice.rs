use std::fs;

use crate::support::{Shop, header};
use insta::assert_snapshot;

#[test]
fn an_invoice_explains_every_ore() {
    let shop = Shop::open();
    shop.ok("order create --account 556036-0793 --item AB04 --item AB04-PRINT=3");
    assert_snapshot!(shop.table("invoice show 1001"), @"
    Invoice             1001
    Kind                invoice
    Date                2026-03-01
    Due                 2026-03-31
    OCR                 100164
    Buyer's number      556036-0793
    Buyer               Saab AB
    Address             Bröderna Ugglas gata, 582 54 Linköping
    Invoice e-mail      faktura@saab.example
    Order               1001
    Seller              Branschföreningen Exempel
    Net                 3 170,00
    VAT                 741,20
    Total               3 911,20
    State               issued
    Paid                0,00
    Left                3 911,20

    Lines
    SKU        Description    Period                  Subscription Quantity    Price VAT %      Net
    ───────────────────────────────────────────────────────────────────────────────────────────────
    AB04       AB 04 digitalt 2026-03-01 – 2027-02-28         1001        1 2 900,00    25 2 900,00
    AB04-PRINT AB 04 tryckt                                               3    90,00     6   270,00

    VAT
    VAT %         On      VAT
    ─────────────────────────
       25   2 900,00   725,00
        6     270,00    16,20

    Mails
    Mail   Kind            To                     Status    Sent
    ────────────────────────────────────────────────────────────
       1   order invoice   faktura@saab.example   waiting

    AB04: the first day of the period decides, 2026-03-01; the members' price, the
    buyer being a member that day, 2 900,00 kronor, in force from 2026-03-01; VAT 25
    %, in force from 2026-03-01.
    AB04-PRINT: the day of the order decides, 2026-03-01; the members' price, the
    buyer being a member that day, 90,00 kronor, in force from 2026-03-01; VAT 6 %,
    in force from 2026-03-01.
    VAT is taken once per rate on the sum of its lines and rounded half up to whole
    öre; nothing else is rounded.
    ");
    assert_snapshot!(shop.run("invoice show 1001 --json"), @r#"
    {
      "number": 1001,
      "kind": "invoice",
      "issued_on": "2026-03-01",
      "due_on": "2026-03-31",
      "ocr": "100164",
      "credits": null,
      "credit_reason": null,
      "replaces": null,
      "replaced_by": null,
      "org_number": "556036-0793",
      "vat_number": null,
      "name": "Saab AB",
      "address": "Bröderna Ugglas gata, 582 54 Linköping",
      "invoice_email": "faktura@saab.example",
      "reference": null,
      "order_number": 1001,
      "seller": "Branschföreningen Exempel",
      "net_ore": 317000,
      "currency": "SEK",
      "vat_ore": 74120,
      "total_ore": 391120,
      "state": "issued",
      "paid_ore": 0,
      "left_ore": 391120,
      "sha256": null,
      "deliver": "email",
      "participant": null,
      "delivered_on": null,
      "delivered_how": null,
      "hold": null,
      "hold_reason": null,
      "hold_since": null,
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
      "vat_by_rate": [
        {
          "vat_rate": 25,
          "net_ore": 290000,
          "currency": "SEK",
          "vat_ore": 72500
        },
        {
          "vat_rate": 6,
          "net_ore": 27000,
          "currency": "SEK",
          "vat_ore": 1620
        }
      ],
      "credit_notes": [],
      "entries": [],
      "interest": [],
      "reminders": [],
      "mails": [
        {
          "number": 1,
          "kind": "order_invoice",
          "recipient": "faktura@saab.example",
          "status": "waiting",
          "sent_at": null
        }
      ],
      "explanation": [
        "AB04: the first day of the period decides, 2026-03-01; the members' price, the buyer being a member that day, 2 900,00 kronor, in force from 2026-03-01; VAT 25 %, in force from 2026-03-01.",
        "AB04-PRINT: the day of the order decides, 2026-03-01; the members' price, the buyer being a member that day, 90,00 kronor, in force from 2026-03-01; VAT 6 %, in force from 2026-03-01.",
        "VAT is taken once per rate on the sum of its lines and rounded half up to whole öre; nothing else is rounded."
      ]
    }
    "#);
    assert_snapshot!(shop.run("invoice list"), @"1001	invoice	2026-03-01	2026-03-31	556036-0793	Saab AB	3911.20	3911.20	issued	1001	100164	waiting	email");
    assert_snapshot!(shop.run("invoice list --account 212000-0142 --json"), @"[]");
    assert_snapshot!(shop.run("invoice show 7"), @r"
    --- stderr
    error: there is no invoice `7`
    hint: `shopctl invoice list` lists them
    --- status 4
    ");
    assert_snapshot!(shop.run("invoice show F7"), @"
    --- stderr
    error: <NUMBER>: `F7` is not a number such as 1001
    --- status 5
    ");
}

#[test]
fn r13_an_issued_invoice_is_never_altered_or_deleted() {
    let shop = Shop::with_an_order();
    shop.ok("invoice pdf 1001 -o 1001.pdf");
    let connection = shop.sqlite();
    for statement in [
        "UPDATE invoice SET total_ore = 0, net_ore = 0, vat_ore = 0",
        "UPDATE invoice SET buyer_name = 'Another'",
        "DELETE FROM invoice",
        "UPDATE invoice_line SET description = 'x'",
        "DELETE FROM invoice_line",
        "UPDATE document SET bytes = x'00'",
        "DELETE FROM document",
    ] {
        let error = connection.execute(statement, []).expect_err(statement).to_string();
        assert!(error.contains("never"), "{statement}: {error}");
    }
    let before = shop.ok("invoice show 1001 --json");
    shop.ok("account edit 556036-0793 --name 'Saab Kockums AB' --member no");
    shop.ok("account billing 556036-0793 --street 'Nya gatan 2' --reason 'it moved'");
    shop.ok("seller edit --legal-name 'En annan förening' --payment-terms-days 10");
    shop.ok("product price AB04 --price 1 --member-price 1 --from 2026-03-01");
    shop.ok("product edit AB04 --name-sv 'Något annat'");
    assert_eq!(shop.ok("invoice show 1001 --json"), before);
}

#[test]
fn r13_invoice_numbers_have_no_gaps() {
    let shop = Shop::open();
    shop.ok("account create 202100-3625 --name Halvfärdig --email a@halv.example");
    let numbers = || {
        let list = shop.json("invoice list");
        let numbers = list.as_array().expect("a list").iter().map(|i| i["number"].as_i64());
        let mut numbers: Vec<i64> = numbers.map(|number| number.expect("a number")).collect();
        numbers.sort();
        numbers
    };
    for round in 0..4 {
        shop.ok("order create --account 556036-0793 --item AB04-PRINT");
        shop.ok("order create --account 556036-0793 --item AB04-PRINT --dry-run");
        assert_eq!(shop.run("order create --account 202100-3625 --item AB04-PRINT").status, 5);
        assert_eq!(
            shop.run("order create --account 556036-0793 --item AB04 --start 2020-01-01").status,
            5
        );
        assert_eq!(numbers(), (1001..=1001 + round).collect::<Vec<i64>>());
    }
    assert_snapshot!(shop.run("seller edit --next-invoice 2000"), @r"
    --- stderr
    error: invoice 1004 is issued, and its series goes on from there without a gap
    --- status 5
    ");
}

#[test]
fn eight_orders_at_once_take_eight_numbers() {
    let shop = Shop::open();
    let line = "order create --account 556036-0793 --item AB04-PRINT";
    let running: Vec<_> = (0..8).map(|_| shop.start(&mut shop.command(line))).collect();
    for child in running {
        let outcome = shop.wait(child);
        assert_eq!(outcome.status, 0, "{outcome}");
    }
    assert_eq!(shop.count("SELECT count(*) FROM invoice"), 8);
    assert_eq!(shop.count("SELECT max(number) - min(number) FROM invoice"), 7);
    assert_eq!(shop.run("audit verify").status, 0);
}

#[test]
fn the_first_number_is_chosen_until_one_is_issued() {
    let shop = Shop::open();
    shop.ok("seller edit --next-invoice 50000");
    shop.ok("order create --account 556036-0793 --item AB04-PRINT");
    assert_eq!(shop.json("invoice show 50000")["number"], 50_000);
    assert_snapshot!(shop.run("seller edit --next-invoice 0"), @"
    --- stderr
    error: --next-invoice <N>: `0` is not a number such as 1001
    --- status 5
    ");
}

#[test]
fn a_document_has_the_same_bytes_whenever_it_leaves() {
    let shop = Shop::with_an_order();
    let head = shop.head();
    assert!(shop.run("invoice pdf 1001 -o first.pdf -n").stderr.contains("would be written"));
    assert_snapshot!(shop.run("invoice pdf 1001 -o first.pdf -n -q"), @"");
    assert_eq!(shop.head(), head);
    assert!(!fs::exists(shop.path("first.pdf")).expect("a path"));
    shop.run("invoice pdf 1001 -o no/such/folder.pdf");
    assert!(shop.json("invoice show 1001")["sha256"].is_null(), "nothing has left the shop");
    assert_snapshot!(shop.run("invoice pdf 1001 -o first.pdf"), @r"
    --- stderr
    invoice 1001, SHA-256 <hash>
    ");
    shop.ok("account edit 556036-0793 --name 'Saab Kockums AB'");
    let told = shop.json("invoice pdf 1001 -o second.pdf");
    assert_eq!((&told["number"], &told["file"]), (&1001.into(), &"second.pdf".into()));
    let to_stdout =
        shop.command("invoice pdf 1001 -o -").output().expect("the program runs").stdout;
    let first = fs::read(shop.path("first.pdf")).expect("the first");
    assert!(first.starts_with(b"%PDF-1.7"));
    assert_eq!(first, fs::read(shop.path("second.pdf")).expect("the second"));
    assert_eq!(first, to_stdout);
    assert_snapshot!(shop.run("invoice pdf 1001 -o no/such/folder.pdf"), @r"
    --- stderr
    error: `no/such/folder.pdf` cannot be written: No such file or directory (os error 2)
    hint: see that the path is right
    --- status 8
    ");
    assert_snapshot!(shop.run("invoice pdf 1001"), @"
    --- stderr
    error: missing: --output <FILE>
    hint: `shopctl invoice pdf --output <FILE> <NUMBER>`
    --- status 2
    ");
}

#[test]
fn a_further_copy_carries_the_same_document() {
    let shop = Shop::with_an_order();
    assert_snapshot!(shop.run("invoice send 1001"), @r"
    --- stderr
    nothing needed doing
    ");
    shop.ok("mail send");
    assert_snapshot!(shop.run("invoice send 1001"), @r"
    --- stderr
    error: invoice 1001 was sent already
    hint: `--again --reason TEXT` sends a further copy
    --- status 5
    ");
    assert_snapshot!(shop.run("invoice send 1001 --again"), @"
    --- stderr
    error: missing: --reason <TEXT>
    hint: `shopctl invoice send --reason <TEXT> --again <NUMBER>`
    --- status 2
    ");
    shop.rehearse_and_run(
        "invoice send 1001 --again --to ekonomi@saab.example --reason 'asked for it'",
    );
    shop.ok("mail send");
    let letters = shop.letters();
    assert_eq!(letters.len(), 2);
    let pdf = |letter: &str| letter.split("application/pdf").nth(1).expect("a PDF").len();
    assert_eq!(pdf(&letters[0]), pdf(&letters[1]));
    let mut to: Vec<&str> = letters.iter().map(|letter| header(letter, "To")).collect();
    to.sort();
    assert_eq!(to, ["ekonomi@saab.example", "faktura@saab.example"]);
    let to_a_person = "invoice send 1001 --again --to anna.berg@saab.example --reason x -n";
    let warned = shop.run(to_a_person).to_string();
    assert!(warned.contains("`anna.berg@saab.example` looks like a person's address"), "{warned}");
    assert_snapshot!(shop.run("mail list --columns number,kind,recipient,status"), @"
    2	invoice_copy	ekonomi@saab.example	sent
    1	order_invoice	faktura@saab.example	sent
    ");
}

#[test]
fn an_english_account_gets_english_papers() {
    let shop = Shop::open();
    shop.ok("account edit 556036-0793 --language en");
    shop.ok("order create --account 556036-0793 --item AB04");
    shop.ok("mail send");
    let letter = &shop.letters()[0];
    assert!(letter.contains("invoice-1001.pdf"));
    assert_snapshot!(crate::support::text_of(letter), @"
    Hello,

    Thank you for your order. This e-mail is both the order confirmation and the
    invoice.

    The invoice is made out to Saab AB and attached as a PDF.

    Invoice number:   1001
    Invoice date:     2026-03-01
    Order number:     1001

    You have ordered:

    - AB 04 digital
      2026-03-01 to 2027-02-28, both days included

    Amount to pay:    3 625.00 SEK
    Due date:         2026-03-31
    OCR reference:    100164
    Bankgiro:         991-2346
    IBAN:             SE35 5000 0000 0549 1000 0003
    BIC:              ESSESESS

    Please state the OCR reference when you pay.

    Conditions for subscriptions

    The subscription gives access to the current edition, fetched anew each time.
    Electronic storage is not allowed except temporarily, for instance as an
    attachment to an offer sent by e-mail. The subscription is renewed for a new
    term unless notice is given at the latest three months before the renewal
    date, that day included. What counts is the day on which the notice reaches
    us. Notice is given when logged in, or in writing to the office.

    If you have any questions, please reply to this e-mail or write to
    kontoret@forening.example.

    Kind regards

    Avtalsbutiken
    https://butik.forening.example
    ");
}

#[test]
fn r6_a_licence_may_be_stored_and_its_invoice_does_not_forbid_it() {
    let shop = Shop::open();
    shop.ok("product create FIRMA --kind licence --name-sv Företagsanpassat --name-en Adapted \
        --price 900 --member-price 800 --vat 25");
    shop.ok("order create --account 556036-0793 --item FIRMA");
    shop.ok("order create --account 556036-0793 --item FIRMA --item AB04 --yes");
    shop.ok("mail send");
    let forbids: Vec<bool> = shop
        .letters()
        .iter()
        .map(|letter| crate::support::text_of(letter).contains("Elektronisk lagring"))
        .collect();
    assert_eq!(forbids, [false, true]);
}

#[test]
fn the_newest_invoices_are_listed_up_to_a_limit() {
    let shop = Shop::with_an_order();
    shop.ok("order create --account 212000-0142 --item AB04");
    assert_eq!(shop.ok("invoice list --limit 1 --columns number"), "1002\n");
    assert_eq!(shop.ok("invoice list --limit 1 --unpaid --columns number"), "1002\n");
}
