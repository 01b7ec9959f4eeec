use crate::support::{Shop, header, text_of};
use insta::assert_snapshot;

const SAAB: &str = "556036-0793";
const STOCKHOLM: &str = "212000-0142";

/// Returns a shop in which both accounts have AB04: Saab's is 1001, Stockholm's 1002.
fn with_two_subscribers() -> Shop {
    let shop = Shop::with_an_order();
    shop.ok("order create --account 212000-0142 --item AB04");
    shop
}

#[test]
fn a_merger_moves_what_runs_and_leaves_what_was_invoiced() {
    let shop = with_two_subscribers();
    let invoice = shop.ok("invoice show 1001 --json");
    let line =
        "account merge 556036-0793 212000-0142 --keep-login avtal@saab.example --note fusion";
    assert_snapshot!(shop.run(line), @"
    --- stderr
    error: this needs your agreement: Saab AB (556036-0793) is closed for good and merged into Stockholms stad (212000-0142): 1 subscription moves, and `avtal@saab.example` is its login.
    hint: add `--yes` to agree, or `--dry-run` to see what it would do
    --- status 5
    ");
    assert_eq!(shop.count("SELECT count(*) FROM account WHERE closed_on IS NOT NULL"), 0);
    assert_snapshot!(shop.run(&format!("{line} --yes")), @"
    transferred            1001  org number: 556036-0793 → 212000-0142
    login removed          212000-0142  login: inkop@stockholm.example → nothing
    login removed          556036-0793  login: avtal@saab.example → nothing
    login added            212000-0142  login avtal@saab.example
    membership changed     556036-0793  member: yes → no, from 2026-03-01, periods: 2026-03-01/ → nothing
    account merged         556036-0793  into 212000-0142, name Stockholms stad, subscriptions 1001, login avtal@saab.example, closed on 2026-03-01
    account merged         212000-0142  merged 556036-0793, name Saab AB, subscriptions 1001, login avtal@saab.example
    --- stderr
    warning: both have a running subscription to AB04: 1001 moves and 1002 stays, and both are renewed until notice is given for one
    warning: what moves keeps its invoice e-mail and reference, and its renewals are made out to Stockholms stad at its address: 1001 (faktura@saab.example)
    warning: the membership of Saab AB ends today, and Stockholms stad is no member: renewals are at the regular price
    warning: invoice 1001, due 2026-03-31, is not paid; it stays with 556036-0793
    ");

    // What was invoiced is as it was, and stays with the closed account.
    assert_eq!(shop.ok("invoice show 1001 --json"), invoice);
    assert_snapshot!(shop.table("account show 556036-0793"), @"
    Organisation number  556036-0793
    Name                 Saab AB
    Invoice e-mail       faktura@saab.example
    Street               Bröderna Ugglas gata
    Postal code          582 54
    Town                 Linköping
    Country              SE
    Language             sv
    Member               no
    Closed               2026-03-01
    Owes                 3 625,00
    Balance              0,00
    Merged into          212000-0142

    Unpaid invoices
    Invoice   Date         Due             Total       Left   State
    ───────────────────────────────────────────────────────────────
       1001   2026-03-01   2026-03-31   3 625,00   3 625,00

    Account 556036-0793 was merged into 212000-0142, Stockholms stad, on 2026-03-01;
    its subscriptions are there, and its orders and invoices stayed here.
    ");
    assert_snapshot!(shop.table("account show avtal@saab.example"), @"
    Organisation number  212000-0142
    Name                 Stockholms stad
    Invoice e-mail       ekonomi@stockholm.example
    Street               Hantverkargatan 1
    Postal code          105 35
    Town                 Stockholm
    Country              SE
    Language             sv
    Member               no
    Owes                 4 875,00
    Balance              0,00

    Logins
    E-mail               Password       Seat
    ────────────────────────────────────────
    avtal@saab.example   never chosen

    Unpaid invoices
    Invoice   Date         Due             Total       Left   State
    ───────────────────────────────────────────────────────────────
       1002   2026-03-01   2026-03-31   4 875,00   4 875,00

    Subscriptions
    Number  Product  Account      Name             Since       Renews      Notice by   Ends  Status
    ────────────────────────────────────────────────────────────────────────────────────────────────
      1001  AB04     212000-0142  Stockholms stad  2026-03-01  2027-03-01  2026-12-01        running
      1002  AB04     212000-0142  Stockholms stad  2026-03-01  2027-03-01  2026-12-01        running

    Invoice details of what runs
    Subscription  Invoice e-mail        Address                Reference  VAT number  Unlike the account
    ────────────────────────────────────────────────────────────────────────────────────────────────────
            1001  faktura@saab.example  Hantverkargatan 1,                            invoice e-mail
                                        105 35 Stockholm
            1002  ekonomi@stockholm.ex  Hantverkargatan 1,
                  ample                 105 35 Stockholm

    Accounts merged into it
    Number        Name      When
    ──────────────────────────────────
    556036-0793   Saab AB   2026-03-01
    ");
    assert_snapshot!(shop.run("invoice list --account 556036-0793 --columns number,org_number"), @"
    1001	556036-0793
    --- stderr
    warning: account 556036-0793 was merged into 212000-0142, Stockholms stad, on 2026-03-01
    ");
    assert_snapshot!(shop.run("find 556036-0793"), @"account	556036-0793	Saab AB: account 556036-0793 was merged into 212000-0142, Stockholms stad, on 2026-03-01	shopctl account show 556036-0793");
    assert_snapshot!(shop.run("account history 212000-0142 --columns kind,number,change"), @"
    account_merged	212000-0142	merged 556036-0793, name Saab AB, subscriptions 1001, login avtal@saab.example
    login_added	212000-0142	login avtal@saab.example
    login_removed	212000-0142	login: inkop@stockholm.example → nothing
    subscription_transferred	1001	org number: 556036-0793 → 212000-0142
    mail_queued	2	kind order_invoice, recipient ekonomi@stockholm.example, cause invoice 1002
    invoice_issued	1002	org number 212000-0142, issued on 2026-03-01, due on 2026-03-31, net 3 900,00, vat 975,00, total 4 875,00, invoice email ekonomi@stockholm.example
    subscription_started	1002	org number 212000-0142, start 2026-03-01, renewal date 2027-03-01, invoice email ekonomi@stockholm.example
    order_placed	1002	org number 212000-0142, items AB04=1, conditions 1
    subscription_started	1001	org number 556036-0793, start 2026-03-01, renewal date 2027-03-01, invoice email faktura@saab.example
    account_created	212000-0142	name Stockholms stad, invoice email ekonomi@stockholm.example, street Hantverkargatan 1, postal code 105 35, city Stockholm, country SE, language sv, login inkop@stockholm.example
    ");
    assert_snapshot!(shop.run("account history 556036-0793 --columns kind,number,change"), @"
    account_merged	556036-0793	into 212000-0142, name Stockholms stad, subscriptions 1001, login avtal@saab.example, closed on 2026-03-01
    membership_changed	556036-0793	member: yes → no, from 2026-03-01, periods: 2026-03-01/ → nothing
    login_removed	556036-0793	login: avtal@saab.example → nothing
    mail_queued	1	kind order_invoice, recipient faktura@saab.example, cause invoice 1001
    invoice_issued	1001	org number 556036-0793, issued on 2026-03-01, due on 2026-03-31, net 2 900,00, vat 725,00, total 3 625,00, invoice email faktura@saab.example
    order_placed	1001	org number 556036-0793, items AB04=1, conditions 1
    account_created	556036-0793	name Saab AB, invoice email faktura@saab.example, street Bröderna Ugglas gata, postal code 582 54, city Linköping, country SE, language sv, login avtal@saab.example, member from 2026-03-01
    --- stderr
    warning: account 556036-0793 was merged into 212000-0142, Stockholms stad, on 2026-03-01
    ");

    // The login that was removed is free.
    let create = "account create 802005-1952 --name Ny --email inkop@stockholm.example";
    shop.ok(create);

    // Renewals are made out to the account that goes on, to the invoice e-mail that moved along.
    shop.at("2027-03-02T08:00:00Z");
    shop.ok("subscription renew");
    assert_snapshot!(shop.run("invoice list --columns number,org_number,name,total"), @"
    1004	212000-0142	Stockholms stad	4875.00
    1003	212000-0142	Stockholms stad	4875.00
    1002	212000-0142	Stockholms stad	4875.00
    1001	556036-0793	Saab AB	3625.00
    ");
    shop.ok("audit verify");
}

#[test]
fn r2_a_merger_asks_which_login_remains() {
    let shop = Shop::open();
    let head = shop.head();
    assert_snapshot!(shop.run("account merge 556036-0793 212000-0142 --yes"), @"
    --- stderr
    error: an account has one login, and these two have `avtal@saab.example` and `inkop@stockholm.example`: which remains?
    hint: `--keep-login ADDRESS` says which one remains
    --- status 5
    ");
    assert_snapshot!(shop.run("account merge 556036-0793 212000-0142 --yes --keep-login a@b.example"), @"
    --- stderr
    error: `a@b.example` is a login of neither account; theirs are `avtal@saab.example` and `inkop@stockholm.example`
    hint: `--keep-login ADDRESS` says which one remains
    --- status 5
    ");
    assert_eq!(shop.head(), head);
    shop.rehearse_and_run(
        "account merge 556036-0793 212000-0142 --keep-login inkop@stockholm.example --yes",
    );
    assert_eq!(shop.count("SELECT count(*) FROM login"), 1);
    let (status, error) = shop.error("account show avtal@saab.example");
    assert_eq!((status, &error["code"]), (4, &"unknown_account".into()));
    assert!(shop.ok("account show inkop@stockholm.example").contains(STOCKHOLM));
}

#[test]
fn accounts_that_cannot_be_merged_are_refused() {
    let shop = Shop::with_an_order();
    shop.ok("account create 802005-1952 --name 'Föreningen' --email info@forening.example");
    let refused = |from: &str, into: &str| {
        let line = format!("account merge {from} {into} --keep-login avtal@saab.example --yes");
        let (status, error) = shop.error(&line);
        assert_eq!(status, 5, "{error}");
        (error["code"].as_str().expect("a code").to_owned(), error["message"].to_string())
    };
    assert_eq!(refused(SAAB, "avtal@saab.example").0, "same_account");
    let (code, words) = refused(SAAB, "802005-1952");
    assert_eq!(code, "incomplete");
    assert!(words.contains("street, postal_code, city"), "{words}");
    shop.ok("account close 212000-0142");
    assert_eq!(refused(SAAB, STOCKHOLM).0, "closed");
    assert_eq!(refused(STOCKHOLM, SAAB).0, "closed");
    shop.ok("account reopen 212000-0142");
    shop.ok("account merge 212000-0142 556036-0793 --keep-login avtal@saab.example --yes");
    assert_eq!(refused(STOCKHOLM, SAAB).0, "superseded");
    assert_eq!(refused(SAAB, STOCKHOLM).0, "superseded");
    let (status, error) = shop.error("account merge 111111-1111 556036-0793");
    assert_eq!((status, &error["code"]), (5, &"value".into()));
    let (status, error) = shop.error("account merge 802002-8711 556036-0793");
    assert_eq!((status, &error["code"]), (4, &"unknown_account".into()), "{error}");
}

#[test]
fn a_merged_account_is_shown_and_no_longer_changed() {
    let shop = Shop::open();
    shop.ok("account merge 556036-0793 212000-0142 --keep-login avtal@saab.example --yes");
    assert_snapshot!(shop.run("order create --account 556036-0793 --item AB04"), @"
    --- stderr
    error: account 556036-0793 was merged into 212000-0142, Stockholms stad, on 2026-03-01
    hint: use 212000-0142 instead; `shopctl account show 212000-0142` shows it
    --- status 5
    ");
    for line in ["account reopen", "account close", "account edit --city Täby", "account note"] {
        let (noun, verb) = line.split_once(' ').expect("a verb");
        let text = if verb == "note" { "hej" } else { "" };
        let (verb, flags) = verb.split_once(' ').unwrap_or((verb, ""));
        let (status, error) = shop.error(&format!("{noun} {verb} {SAAB} {text} {flags}"));
        assert_eq!((status, &error["code"]), (5, &"superseded".into()), "{line}");
    }
    let file =
        shop.file("saab.csv", "orgnr,namn,e-post\n556036-0793,Saab Nya AB,avtal@saab.example\n");
    assert_snapshot!(shop.run(&format!("account import {file} --update")), @"
    --- stderr
    ~/saab.csv: UTF-8, comma; `orgnr` is org_number, `namn` is name, `e-post` is email
    ~/saab.csv, line 2, column `orgnr`, value `556036-0793`: the account was merged into 212000-0142, Stockholms stad
    error: 1 row was refused, and nothing was imported
    hint: correct the file, or take the good rows with `--partial --rejects bad.csv`
    --- status 5
    ");
}

#[test]
fn a_former_number_leads_to_its_account_and_is_nobodys() {
    let shop = Shop::with_an_order();
    let line = "account renumber 556036-0793 802005-1952 --reason mistyped";
    assert_snapshot!(shop.run(line), @"
    --- stderr
    error: this needs your agreement: Saab AB (556036-0793) gets the organisation number 802005-1952.
    hint: add `--yes` to agree, or `--dry-run` to see what it would do
    --- status 5
    ");
    assert_snapshot!(shop.run(&format!("{line} --yes")), @"
    account renumbered     802005-1952  org number: 556036-0793 → 802005-1952, reason mistyped
    --- stderr
    warning: invoices issued until now keep 556036-0793; the next ones state 802005-1952
    ");
    let words = shop.ok("account show 556036-0793 --json");
    assert_snapshot!(words, @r#"
    {
      "org_number": "802005-1952",
      "name": "Saab AB",
      "contact": null,
      "invoice_email": "faktura@saab.example",
      "care_of": null,
      "street": "Bröderna Ugglas gata",
      "postal_code": "582 54",
      "city": "Linköping",
      "country": "SE",
      "language": "sv",
      "reference": null,
      "vat_number": null,
      "deliver": "email",
      "participant": null,
      "member": true,
      "closed_on": null,
      "hold": null,
      "hold_reason": null,
      "hold_since": null,
      "owes_ore": 362500,
      "currency": "SEK",
      "balance_ore": 0,
      "successor": null,
      "logins": [
        {
          "email": "avtal@saab.example",
          "password": "never chosen",
          "seat": null
        }
      ],
      "memberships": [
        {
          "from": "2026-03-01",
          "to": null
        }
      ],
      "unpaid_invoices": [
        {
          "number": 1001,
          "issued_on": "2026-03-01",
          "due_on": "2026-03-31",
          "total_ore": 362500,
          "currency": "SEK",
          "left_ore": 362500,
          "state": "issued"
        }
      ],
      "subscriptions": [
        {
          "number": 1001,
          "sku": "AB04",
          "org_number": "802005-1952",
          "name": "Saab AB",
          "start": "2026-03-01",
          "renewal_date": "2027-03-01",
          "notice_deadline": "2026-12-01",
          "ends": null,
          "status": "running"
        }
      ],
      "invoice_details": [
        {
          "number": 1001,
          "invoice_email": "faktura@saab.example",
          "address": "Bröderna Ugglas gata, 582 54 Linköping",
          "reference": null,
          "vat_number": null,
          "own": []
        }
      ],
      "fetches": [],
      "notes": [],
      "former_numbers": [
        {
          "org_number": "556036-0793",
          "left_on": "2026-03-01"
        }
      ],
      "merged_accounts": [],
      "explanation": [
        "556036-0793 is a former number of Saab AB, given up on 2026-03-01; its number is 802005-1952 now."
      ]
    }
    "#);
    assert_snapshot!(shop.run("find 556036-0793"), @"account	802005-1952	Saab AB: 556036-0793 is a former number of Saab AB, given up on 2026-03-01; its number is 802005-1952 now	shopctl account show 802005-1952");
    assert_snapshot!(shop.run("account edit 556036-0793 --city Täby"), @"
    --- stderr
    error: 556036-0793 is a former number of Saab AB, given up on 2026-03-01; its number is 802005-1952 now
    hint: use 802005-1952 instead; `shopctl account show 802005-1952` shows it
    --- status 5
    ");
    assert_snapshot!(shop.run("account create 556036-0793 --name Saab --email ny@saab.example"), @"
    --- stderr
    error: 556036-0793 is a former number of Saab AB, given up on 2026-03-01; its number is 802005-1952 now
    hint: use 802005-1952 instead; `shopctl account show 802005-1952` shows it
    --- status 5
    ");
    let file = shop.file(
        "saab.csv",
        "orgnr,namn,e-post\n556036-0793,Saab,ny@saab.example\n\
        556012-5790,Volvo,inkop@volvo.example\n",
    );
    assert_snapshot!(shop.run(&format!("account import {file}")), @"
    --- stderr
    ~/saab.csv: UTF-8, comma; `orgnr` is org_number, `namn` is name, `e-post` is email
    ~/saab.csv, line 2, column `orgnr`, value `556036-0793`: it is the former number of 802005-1952, Saab AB
    error: 1 row was refused, and nothing was imported
    hint: correct the file, or take the good rows with `--partial --rejects bad.csv`
    --- status 5
    ");
    assert_snapshot!(shop.run(&format!("account import {file} --partial")), @"
    import begun           1  file ~/saab.csv, kind accounts
    account created        556012-5790  name Volvo, country SE, language sv, login inkop@volvo.example
    import finished        1  file ~/saab.csv, created 1, updated 0, unchanged 0, refused 1
    ~/saab.csv: 1 created, 0 updated, 0 unchanged, 1 refused
    --- stderr
    ~/saab.csv: UTF-8, comma; `orgnr` is org_number, `namn` is name, `e-post` is email
    ~/saab.csv, line 2, column `orgnr`, value `556036-0793`: it is the former number of 802005-1952, Saab AB
    error: 1 row was refused, the others are imported
    --- status 7
    ");
    let taken = shop.run("account renumber 212000-0142 556036-0793 --reason wrong");
    assert_snapshot!(taken, @"
    --- stderr
    error: 556036-0793 is a former number of Saab AB, given up on 2026-03-01; its number is 802005-1952 now
    hint: use 802005-1952 instead; `shopctl account show 802005-1952` shows it
    --- status 5
    ");

    // Issued invoices keep the former number, and the next ones state the new one.
    shop.at("2027-03-02T08:00:00Z");
    shop.ok("subscription renew");
    assert_snapshot!(shop.run("invoice list --columns number,org_number"), @"
    1002	802005-1952
    1001	556036-0793
    ");
    shop.ok("account renumber 802005-1952 556036-0793 --reason 'it was right' --yes");
    assert_eq!(
        shop.json("account show 556036-0793")["former_numbers"][0]["org_number"],
        "802005-1952"
    );
    assert_snapshot!(shop.run("account history 556036-0793 --columns kind,change"), @"
    account_renumbered	org number: 802005-1952 → 556036-0793, reason it was right
    mail_queued	kind renewal_invoice, recipient faktura@saab.example, cause invoice 1002
    subscription_renewed	start 2027-03-01, renewal date: 2027-03-01 → 2028-03-01, invoice 1002
    invoice_issued	org number 802005-1952, issued on 2027-03-02, due on 2027-04-01, net 2 900,00, vat 725,00, total 3 625,00, invoice email faktura@saab.example
    account_renumbered	org number: 556036-0793 → 802005-1952, reason mistyped
    mail_queued	kind order_invoice, recipient faktura@saab.example, cause invoice 1001
    invoice_issued	org number 556036-0793, issued on 2026-03-01, due on 2026-03-31, net 2 900,00, vat 725,00, total 3 625,00, invoice email faktura@saab.example
    subscription_started	org number 556036-0793, start 2026-03-01, renewal date 2027-03-01, invoice email faktura@saab.example
    order_placed	org number 556036-0793, items AB04=1, conditions 1
    account_created	name Saab AB, invoice email faktura@saab.example, street Bröderna Ugglas gata, postal code 582 54, city Linköping, country SE, language sv, login avtal@saab.example, member from 2026-03-01
    ");
    shop.ok("audit verify");
}

#[test]
fn a_renumbering_that_cannot_be_is_refused() {
    let shop = Shop::open();
    assert_snapshot!(shop.run("account renumber 556036-0793 212000-0142 --reason wrong"), @"
    --- stderr
    error: the organisation number 212000-0142 is taken by Stockholms stad
    hint: if it is the same organisation, `shopctl account merge 556036-0793 212000-0142` makes one account of the two
    --- status 5
    ");
    let status = |line: &str| shop.run(line).status;
    assert_eq!(status("account renumber 556036-0793 802005-1952"), 2);
    assert_eq!(status("account renumber 556036-0793 802005-1952 --reason '' --yes"), 5);
    assert_eq!(status("account renumber 556036-0793 802005-1953 --reason typo --yes"), 5);
    assert_eq!(status("account renumber 802005-1952 556036-0793 --reason typo --yes"), 4);
    shop.ok("account close 556036-0793");
    assert_eq!(status("account renumber 556036-0793 802005-1952 --reason typo --yes"), 5);
}

#[test]
fn a_transferred_subscription_is_renewed_for_its_new_holder() {
    let shop = Shop::with_an_order();
    shop.ok("account edit 212000-0142 --reference 'ZZ 12'");
    assert_snapshot!(shop.run("subscription transfer 1001 --to 212000-0142"), @"
    transferred            1001  org number: 556036-0793 → 212000-0142, invoice email: faktura@saab.example → ekonomi@stockholm.example, reference: nothing → ZZ 12
    transferred            556036-0793  subscription 1001, to 212000-0142
    mail queued            2  kind subscription_transfer, recipient ekonomi@stockholm.example, cause transfer 8
    mail queued            3  kind subscription_transfer, recipient faktura@saab.example, cause transfer 8
    --- stderr
    warning: renewals are at the regular price from now on
    ");
    assert_snapshot!(shop.run("account history 556036-0793 --columns kind,number,change"), @"
    mail_queued	3	kind subscription_transfer, recipient faktura@saab.example, cause transfer 8
    subscription_transferred	556036-0793	subscription 1001, to 212000-0142
    mail_queued	1	kind order_invoice, recipient faktura@saab.example, cause invoice 1001
    invoice_issued	1001	org number 556036-0793, issued on 2026-03-01, due on 2026-03-31, net 2 900,00, vat 725,00, total 3 625,00, invoice email faktura@saab.example
    order_placed	1001	org number 556036-0793, items AB04=1, conditions 1
    account_created	556036-0793	name Saab AB, invoice email faktura@saab.example, street Bröderna Ugglas gata, postal code 582 54, city Linköping, country SE, language sv, login avtal@saab.example, member from 2026-03-01
    ");
    assert_snapshot!(shop.run("subscription list --account 212000-0142 --columns number,org_number"), @"1001	212000-0142");
    shop.at("2027-03-02T08:00:00Z");
    shop.ok("subscription renew");
    assert_snapshot!(shop.run("invoice list --columns number,org_number,name,total"), @"
    1002	212000-0142	Stockholms stad	4875.00
    1001	556036-0793	Saab AB	3625.00
    ");
    assert_snapshot!(shop.run("mail list --columns recipient,kind"), @"
    ekonomi@stockholm.example	renewal_invoice
    faktura@saab.example	subscription_transfer
    ekonomi@stockholm.example	subscription_transfer
    faktura@saab.example	order_invoice
    ");
}

#[test]
fn a_transfer_that_cannot_be_is_refused() {
    let shop = with_two_subscribers();
    shop.ok("account create 802005-1952 --name 'Föreningen' --email info@forening.example");
    assert_snapshot!(shop.run("subscription transfer 1001 --to 556036-0793"), @"
    --- stderr
    error: subscription 1001 is held by Saab AB (556036-0793) already
    hint: `shopctl subscription show 1001` shows it
    --- status 5
    ");
    assert_snapshot!(shop.run("subscription transfer 1001 --to 802005-1952"), @"
    --- stderr
    error: account 802005-1952: the account lacks what an invoice must state: street, postal_code, city
    hint: `shopctl account edit ORG --street … --postal-code … --city …` completes the address
    --- status 5
    ");
    assert_snapshot!(shop.run("subscription transfer 1001 --to 212000-0142"), @"
    --- stderr
    error: this needs your agreement: Stockholms stad (212000-0142) has subscription 1002 to AB04 already.
    hint: add `--yes` to agree, or `--dry-run` to see what it would do
    --- status 5
    ");
    shop.ok("account edit 802005-1952 --street Gatan --postal-code 11122 --city Solna");
    assert_snapshot!(shop.run("subscription transfer 1001 --to 802005-1952"), @"
    --- stderr
    error: the new account has no invoice e-mail
    hint: give `--invoice-email ADDRESS`
    --- status 5
    ");
    let code = |line: &str| {
        let (status, error) = shop.error(line);
        (status, error["code"].as_str().expect("a code").to_owned())
    };
    let unknown = code("subscription transfer 9 --to 802005-1952");
    assert_eq!(unknown, (4, "unknown_subscription".to_owned()));
    shop.ok("account close 802005-1952");
    assert_eq!(code("subscription transfer 1001 --to 802005-1952"), (5, "refused".to_owned()));
    let sql = "UPDATE subscription SET ends_on = '2026-02-01' WHERE number = 1001";
    shop.sqlite().execute(sql, []).expect("an end");
    assert_eq!(code("subscription transfer 1001 --to 212000-0142"), (5, "ended".to_owned()));
}

#[test]
fn an_account_that_took_a_subscription_over_is_not_taken_back() {
    let shop = Shop::with_an_order();
    let created = shop.change(
        "account create 802005-1952 --name Ny --email info@ny.example \
        --invoice-email faktura@ny.example --street Gatan --postal-code 11122 --city Solna",
    );
    shop.ok("subscription transfer 1001 --to 802005-1952");
    let (status, error) = shop.error(&format!("undo {} --yes", created["op"]));
    assert_eq!((status, &error["code"]), (5, &"in_use".into()), "{error}");
}

#[test]
fn an_account_whose_login_went_with_a_merger_is_found_by_its_invoice_email() {
    let shop = with_two_subscribers();
    shop.ok("account merge 556036-0793 212000-0142 --keep-login inkop@stockholm.example --yes");
    let found = shop.ok("find faktura@saab.example");
    assert!(found.contains("556036-0793"), "{found}");
}

/// What was invoiced to the former holder is the former holder's, and so is what takes it back.
#[test]
fn r13_a_credit_note_goes_to_whoever_was_invoiced_and_not_to_a_new_holder() {
    let shop = Shop::with_an_order();
    shop.at("2027-03-08T08:00:00Z");
    shop.ok("subscription renew");
    shop.ok(
        "subscription transfer 1001 --to 212000-0142 --invoice-email faktura@stockholm.example \
        --yes",
    );
    shop.ok("subscription cancel 1001 --received 2026-11-28 --yes");
    assert_snapshot!(shop.run("mail list --columns recipient,kind"), @"
    inkop@stockholm.example	notice_confirmation
    faktura@saab.example	credit_note
    faktura@saab.example	subscription_transfer
    faktura@stockholm.example	subscription_transfer
    faktura@saab.example	renewal_invoice
    faktura@saab.example	order_invoice
    ");
}

#[test]
fn a_renumbered_account_is_told_that_its_vat_number_is_the_former_ones() {
    let shop = Shop::open();
    shop.ok("account edit 556036-0793 --vat-number SE556036079301");
    let told = shop.run("account renumber 556036-0793 802005-1952 --reason 'an association' --yes");
    assert_snapshot!(told, @"
    account renumbered     802005-1952  org number: 556036-0793 → 802005-1952, reason an association
    --- stderr
    warning: invoices issued until now keep 556036-0793; the next ones state 802005-1952
    warning: `SE556036079301` does not hold the account's own number 802005-1952; that is right only in a VAT group
    ");
}

#[test]
fn a_price_that_a_reminder_stated_holds_for_the_new_holder_too() {
    let shop = Shop::with_an_order();
    shop.ok("setting set renewal_reminders on");
    shop.at("2026-11-02T09:00:00Z");
    shop.ok("subscription remind");
    shop.at("2026-11-03T09:00:00Z");
    assert_snapshot!(shop.run("subscription transfer 1001 --to 212000-0142"), @"
    transferred            1001  org number: 556036-0793 → 212000-0142, invoice email: faktura@saab.example → ekonomi@stockholm.example
    transferred            556036-0793  subscription 1001, to 212000-0142
    mail queued            3  kind subscription_transfer, recipient ekonomi@stockholm.example, cause transfer 9
    mail queued            4  kind subscription_transfer, recipient faktura@saab.example, cause transfer 9
    --- stderr
    warning: the renewal on 2027-03-01 costs 2 900,00 kronor, as its reminder said; those after it are at the regular price
    ");
    shop.at("2027-03-02T09:00:00Z");
    shop.ok("subscription renew");
    assert_snapshot!(shop.run("invoice list --columns number,name,total"), @"
    1002	Stockholms stad	3625.00
    1001	Saab AB	3625.00
    ");
}

#[test]
fn r10_a_transfer_changes_invoice_details_for_whoever_has_the_grant_and_tells_both_holders() {
    let shop = Shop::with_an_order();
    shop.ok("staff add bertil --role staff");
    let as_bertil = |line: &str| shop.finish(shop.command(line).env("SUDO_USER", "bertil"));
    let line = "subscription transfer 1001 --to 212000-0142";
    assert_snapshot!(as_bertil(&format!("{line} --invoice-email bertil@elsewhere.example")), @"
    --- stderr
    error: `--invoice-email` and `--reference`: this needs the grant billing, which `bertil` does not have
    hint: ask an administrator to run it; `shopctl staff edit bertil --grant billing` would let you
    --- status 3
    ");
    assert_eq!(as_bertil(&format!("{line} --reference 'X 1' -n")).status, 3);
    assert_eq!(as_bertil(&format!("{line} -n")).status, 0, "the new holder's own details");
    shop.ok("staff edit bertil --grant billing");
    shop.ok("account edit 212000-0142 --language en");
    assert_eq!(as_bertil(&format!("{line} --reference 'X 1'")).status, 0);
    assert_snapshot!(shop.run("mail list --columns kind,recipient,status"), @"
    subscription_transfer	faktura@saab.example	waiting
    subscription_transfer	ekonomi@stockholm.example	waiting
    order_invoice	faktura@saab.example	waiting
    ");
    shop.ok("mail send");
    let letters = shop.letters();
    let letter = |to: &str| {
        let letter = letters
            .iter()
            .find(|letter| header(letter, "To") == to && !letter.contains("application/pdf"));
        text_of(letter.expect(to))
    };
    assert_snapshot!(letter("faktura@saab.example"), @"
    Hej!

    Abonnemang 1001, AB 04 digitalt, har gått över från Saab AB till Stockholms
    stad.

    E-post för fakturor
      Förut:  faktura@saab.example
      Nu:     ekonomi@stockholm.example

    Er referens
      Förut:  ingen uppgift
      Nu:     X 1

    Från och med förnyelsen 2027-03-01 faktureras Stockholms stad.

    Fakturor som redan är utställda ändras inte.

    Stämmer något inte? Svara på det här mejlet eller skriv till
    kontoret@forening.example, så rättar vi det.

    Med vänlig hälsning

    Avtalsbutiken
    https://butik.forening.example
    ");
    assert_snapshot!(letter("ekonomi@stockholm.example"), @"
    Hello,

    Subscription 1001, AB 04 digital, has passed from Saab AB to Stockholms stad.

    E-mail for invoices
      Before:  faktura@saab.example
      Now:     ekonomi@stockholm.example

    Your reference
      Before:  none
      Now:     X 1

    From its renewal on 2027-03-01, Stockholms stad is invoiced.

    Invoices that have already been issued stay as they are.

    Is something wrong? Reply to this e-mail or write to
    kontoret@forening.example, and we will put it right.

    Kind regards

    Avtalsbutiken
    https://butik.forening.example
    ");
}
