use crate::support::Shop;
use insta::assert_snapshot;

#[test]
fn an_account_is_created_shown_and_listed() {
    let shop = Shop::new();
    assert_snapshot!(shop.run("account create 212000-0142 --name 'Stockholms stad' \
        --email inkop@stockholm.example --invoice-email faktura@stockholm.example \
        --street 'Hantverkargatan 1' --postal-code 10535 --city Stockholm --member \
        --note 'by telephone'"), @"account created        212000-0142  name Stockholms stad, invoice email faktura@stockholm.example, street Hantverkargatan 1, postal code 105 35, city Stockholm, country SE, language sv, login inkop@stockholm.example, member from 2026-03-01");
    assert_snapshot!(shop.table("account show 16212000-0142"), @"
    Organisation number  212000-0142
    Name                 Stockholms stad
    Invoice e-mail       faktura@stockholm.example
    Street               Hantverkargatan 1
    Postal code          105 35
    Town                 Stockholm
    Country              SE
    Language             sv
    Member               yes
    Owes                 0,00
    Balance              0,00

    Logins
    E-mail                    Password       Seat
    ─────────────────────────────────────────────
    inkop@stockholm.example   never chosen

    Memberships
    From         Until
    ──────────────────
    2026-03-01
    ");
    assert_snapshot!(shop.run("account show 2120000142"), @"
    org_number	212000-0142
    name	Stockholms stad
    contact	
    invoice_email	faktura@stockholm.example
    care_of	
    street	Hantverkargatan 1
    postal_code	105 35
    city	Stockholm
    country	SE
    language	sv
    reference	
    vat_number	
    deliver	email
    participant	
    member	yes
    closed_on	
    hold	
    hold_reason	
    hold_since	
    owes	0.00
    balance	0.00
    successor	
    logins	inkop@stockholm.example	never chosen	
    memberships	2026-03-01
    ");
    assert_snapshot!(shop.run("account show SE212000014201 --json"), @r#"
    {
      "org_number": "212000-0142",
      "name": "Stockholms stad",
      "contact": null,
      "invoice_email": "faktura@stockholm.example",
      "care_of": null,
      "street": "Hantverkargatan 1",
      "postal_code": "105 35",
      "city": "Stockholm",
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
      "owes_ore": 0,
      "currency": "SEK",
      "balance_ore": 0,
      "successor": null,
      "logins": [
        {
          "email": "inkop@stockholm.example",
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
      "unpaid_invoices": [],
      "subscriptions": [],
      "invoice_details": [],
      "fetches": [],
      "notes": [],
      "former_numbers": [],
      "merged_accounts": []
    }
    "#);
    assert_snapshot!(shop.table("account list"), @"
    Number       Name             Town       Login                 Invoice e-mail         Member  Closed
    ────────────────────────────────────────────────────────────────────────────────────────────────────
    212000-0142  Stockholms stad  Stockholm  inkop@stockholm.exam  faktura@stockholm.exa  yes
                                             ple                   mple
    ");
    assert_snapshot!(shop.run("account list"), @"212000-0142	Stockholms stad	Stockholm	inkop@stockholm.example	faktura@stockholm.example	yes");
    assert_snapshot!(shop.run("account list --json"), @r#"[{"org_number":"212000-0142","name":"Stockholms stad","city":"Stockholm","login":"inkop@stockholm.example","invoice_email":"faktura@stockholm.example","member":true,"closed_on":null}]"#);
}

#[test]
fn r1_one_organisation_number_has_one_account() {
    let shop = Shop::open();
    let head = shop.head();
    assert_snapshot!(shop.run("account create 165560360793 --name 'Saab Aktiebolag' --email a@b.example"), @r"
    --- stderr
    error: the organisation number `556036-0793` is taken by Saab AB
    hint: `shopctl find 556036-0793` shows it
    --- status 5
    ");
    let (status, error) = shop.error("account create 5560360793 --name Saab --email a@b.example");
    assert_eq!((status, &error["code"]), (5, &"taken".into()));
    let file = shop.file("twice.csv", "orgnr,namn,e-post\n556036-0793,Saab,a@b.example\n");
    assert_eq!(shop.run(&format!("account import {file}")).status, 5);
    assert_eq!(shop.head(), head);
    let row = "INSERT INTO account (org_number, name, name_key, country, language)
        VALUES ('5560360793', 'Saab', 'saab', 'SE', 'sv')";
    let error = shop.sqlite().execute(row, []).expect_err("the schema guards it as well");
    assert!(error.to_string().contains("UNIQUE"), "{error}");
}

#[test]
fn r9_an_invoice_address_that_looks_like_a_persons_gets_a_warning() {
    let shop = Shop::open();
    assert_snapshot!(shop.run("account edit 556036-0793 --invoice-email anna.berg@saab.example"), @r"
    account edited         556036-0793  invoice email: faktura@saab.example → anna.berg@saab.example
    --- stderr
    warning: `anna.berg@saab.example` looks like a person's address, and invoices to persons are often missed; an address such as faktura@ or ekonomi@ is safer
    ");
    let change = shop.change("order create --account 556036-0793 --item AB04-PRINT");
    assert_eq!(change["warnings"].as_array().map(Vec::len), Some(1), "{change}");
    for function in ["faktura@saab.example", "ekonomi@saab.example", "invoice@saab.example"] {
        let line = format!("account edit 556036-0793 --invoice-email {function}");
        assert_eq!(shop.change(&line)["warnings"].as_array().map(Vec::len), Some(0), "{function}");
    }
}

#[test]
fn an_account_shows_what_it_owes_and_on_which_invoices() {
    let shop = Shop::with_an_order();
    shop.ok("payment record 1001 --amount 1000 --date 2026-03-01");
    let shown = shop.json("account show 556036-0793");
    assert_eq!(shown["owes_ore"], 262_500);
    assert_eq!(shown["unpaid_invoices"][0]["number"], 1001);
    assert_eq!(shown["unpaid_invoices"][0]["left_ore"], 262_500);
    shop.ok("payment record 1001 --amount 2625 --date 2026-03-01");
    let shown = shop.json("account show 556036-0793");
    assert_eq!(shown["owes_ore"], 0);
    assert_eq!(shown["unpaid_invoices"], serde_json::json!([]));
}

#[test]
fn a_name_in_the_place_of_a_number_leads_to_find() {
    let shop = Shop::open();
    assert_snapshot!(shop.run("order create --account 'Saab AB' --item AB04"), @"
    --- stderr
    error: --account <ORG>: `Saab AB` is neither an organisation number nor an e-mail address; `shopctl find 'Saab AB'` looks for a name
    --- status 5
    ");
}

#[test]
fn an_export_says_what_it_wrote() {
    let shop = Shop::open();
    assert_snapshot!(shop.run("account export -o accounts.csv"), @"
    --- stderr
    2 accounts written to `accounts.csv`
    ");
    assert!(!shop.run("account export").stderr.contains("written"));
}

#[test]
fn a_postal_code_that_no_place_in_sweden_has_gets_a_warning() {
    let shop = Shop::open();
    assert_snapshot!(shop.run("account edit 556036-0793 --postal-code 'S-211 43'"), @"account edited         556036-0793  postal code: 582 54 → 211 43");
    assert_snapshot!(shop.run("account edit 556036-0793 --postal-code abc"), @"
    account edited         556036-0793  postal code: 211 43 → abc
    --- stderr
    warning: `abc` is not a Swedish postal code of five digits, such as 111 22; --country says where an address abroad lies
    ");
    let abroad = shop.change("account edit 556036-0793 --postal-code 0150 --country NO");
    assert_eq!(abroad["warnings"].as_array().map(Vec::len), Some(0), "{abroad}");
    let billed = "account billing 212000-0142 --postal-code 12 --reason 'has moved'";
    let billed = shop.change(billed);
    assert_eq!(billed["warnings"].as_array().map(Vec::len), Some(1), "{billed}");
    let new = "account create 202100-3625 --name ARN --email a@b.example --postal-code 1";
    assert_eq!(shop.change(new)["warnings"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_login_belongs_to_one_account() {
    let shop = Shop::open();
    assert_snapshot!(shop.run("account create 202100-3625 --name Annan --email AVTAL@saab.example"), @r"
    --- stderr
    error: the login `AVTAL@saab.example` is taken by 556036-0793
    hint: `shopctl find AVTAL@saab.example` shows it
    --- status 5
    ");
}

#[test]
fn numbers_that_are_nobodys_are_refused_with_the_reason() {
    let shop = Shop::new();
    for (number, reason) in [
        ("556036-0794", "its check digit is wrong"),
        ("55603607", "10 digits, or 12 with the prefix 16"),
        ("551399-1231", "does not begin with a date"),
        ("DE123456789", "organisations registered in Sweden only"),
        ("''", "the organisation number is empty"),
        ("SE556036079302", "is not an organisation number"),
    ] {
        let outcome = shop.run(&format!("account create {number} --name N --email a@b.example"));
        assert_eq!(outcome.status, 5, "{number}\n{outcome}");
        assert!(outcome.stderr.contains(reason), "{number}\n{outcome}");
    }
    assert_snapshot!(shop.run("account create 556036-0794 --name N --email a@b.example"), @"
    --- stderr
    error: <ORG>: `556036-0794` is not an organisation number: its check digit is wrong
    --- status 5
    ");
    assert_snapshot!(shop.run("account create 556036-0794 --name N --email a@b.example --json"), @r#"
    --- stderr
    {"code":"value","message":"<ORG>: `556036-0794` is not an organisation number: its check digit is wrong","details":{"hint":null,"status":5}}
    --- status 5
    "#);
    assert_snapshot!(shop.run("account show 202100-3625"), @r"
    --- stderr
    error: there is no account `202100-3625`
    hint: `shopctl account list --search NAME` finds it by name
    --- status 4
    ");
}

#[test]
fn malformed_addresses_are_refused() {
    let shop = Shop::new();
    for address in
        ["anna", "anna@", "@saab.example", "a b@saab.example", "a@b@c.example", "a@.example"]
    {
        let line = format!("account create 556036-0793 --name N --email '{address}'");
        let (status, error) = shop.error(&line);
        assert_eq!((status, &error["code"]), (5, &"value".into()), "{address}");
    }
    assert_snapshot!(shop.run("account create 556036-0793 --name N --email anna@"), @"
    --- stderr
    error: --email <ADDRESS>: `anna@` is not an e-mail address: the part after @ is not a domain such as example.se
    --- status 5
    ");
}

#[test]
fn control_characters_are_refused_in_every_field() {
    let shop = Shop::open();
    let head = shop.head();
    let smuggled = ["a\r\nBcc: thief@b.example", "a\u{1b}[2J", "a\u{202e}b", "a\u{2028}b"];
    for flag in [
        "name",
        "contact",
        "street",
        "postal-code",
        "city",
        "care-of",
        "reference",
        "note",
        "country",
        "language",
        "invoice-email",
    ] {
        for text in smuggled {
            let outcome = shop.run(&format!("account edit 556036-0793 --{flag} '{text}'"));
            assert_eq!(outcome.status, 5, "--{flag}\n{outcome}");
            assert!(!outcome.stderr.contains('\u{1b}'), "--{flag}\n{outcome}");
        }
    }
    for line in [
        "account note 556036-0793 'a\u{7}b'",
        "account create 202100-3625 --name 'a\nb' --email a@b.example",
        "account create 202100-3625 --name N --email 'a\r\n@b.example'",
        "seller edit --shop-name 'a\nb'",
        "seller edit --office-email 'a@b.example\r\nBcc: x@y.example'",
        "product edit AB04 --name-sv 'a\u{1b}b'",
        "product create 'A\nB' --kind printed --name-sv a --name-en b --price 1 --member-price 1 --vat 25",
        "order create --account 556036-0793 --item AB04 --reference 'a\nb'",
        "order create --account 556036-0793 --item AB04 --invoice-email 'a@b.example\nx'",
    ] {
        let outcome = shop.run(line);
        assert_eq!(outcome.status, 5, "{line:?}\n{outcome}");
        assert!(!outcome.stderr.contains('\u{1b}'), "{line:?}\n{outcome}");
    }
    assert_snapshot!(shop.run("account edit 556036-0793 --name 'a\u{1b}[2Jb'"), @"
    --- stderr
    error: --name <NAME>: it holds the control character U+001B
    --- status 5
    ");
    let nowhere = shop.run("account show 'a\u{1b}[31mb' --color always");
    assert!(!nowhere.stderr.contains("\u{1b}[31mb"), "{nowhere}");
    assert_eq!(shop.head(), head);
}

#[test]
fn an_account_is_edited_field_by_field() {
    let shop = Shop::open();
    assert_snapshot!(shop.run("account edit 556036-0793 --street 'Nya gatan 2' --postal-code 58255 \
        --reference 'PO 7' --language en"), @"account edited         556036-0793  street: Bröderna Ugglas gata → Nya gatan 2, postal code: 582 54 → 582 55, language: sv → en, reference PO 7");
    assert_snapshot!(shop.run("account edit 556036-0793 --reference ''"), @"account edited         556036-0793  reference: PO 7 → nothing");
    assert_snapshot!(shop.run("account edit 556036-0793 --city Linköping"), @r"
    --- stderr
    nothing needed doing
    ");
    assert_snapshot!(shop.run("account edit 556036-0793 --name ''"), @r"
    --- stderr
    error: the name is missing
    --- status 5
    ");
    assert_snapshot!(shop.run("account edit 556036-0793 --from 2027-01-01"), @"
    --- stderr
    error: missing: --member [<yes|no>]
    hint: `shopctl account edit --member [<yes|no>] --from <DATE> <ORG>`
    --- status 2
    ");
}

#[test]
fn membership_is_dated_and_decides_the_price() {
    let shop = Shop::open();
    assert_snapshot!(shop.run("account edit 556036-0793 --member no --from 2026-06-01"), @"membership changed     556036-0793  member: yes → no, from 2026-06-01");
    shop.at("2026-07-01T08:00:00Z");
    assert_eq!(shop.json("account show 556036-0793")["member"], false);
    let order = shop.change("order create --account 556036-0793 --item AB04-PRINT");
    assert_eq!(order["objects"][0]["total_ore"], 12_720);
    assert_snapshot!(shop.run("account list --member yes"), @"");
    assert_eq!(shop.json("account list --member no").as_array().map(Vec::len), Some(2));
    shop.ok("account edit 556036-0793 --member yes --from 2026-08-01");
    shop.ok("account edit 556036-0793 --member no --from 2027-08-01");
    shop.ok("account edit 556036-0793 --member no --from 2027-02-01");
    let memberships = shop.json("account show 556036-0793")["memberships"].clone();
    assert_eq!(memberships[1]["to"], "2027-02-01", "an end is moved forward: {memberships}");
    assert_snapshot!(shop.run("account edit 556036-0793 --member yes --from 2026-02-30"), @"
    --- stderr
    error: --from <DATE>: `2026-02-30` is not a day of the calendar from 1900 on
    --- status 5
    ");
}

#[test]
fn an_account_with_business_is_not_closed_and_a_closed_one_orders_nothing() {
    let shop = Shop::with_an_order();
    assert_snapshot!(shop.run("account close 556036-0793"), @r"
    --- stderr
    error: account 556036-0793 cannot be closed: subscription 1001 to AB04 is running; invoice 1001, due 2026-03-31, is not paid
    --- status 5
    ");
    assert_snapshot!(shop.run("account close 212000-0142 --note 'moved out'"), @"account closed         212000-0142  closed on 2026-03-01");
    assert_snapshot!(shop.run("account close 212000-0142"), @r"
    --- stderr
    nothing needed doing
    ");
    assert_snapshot!(shop.run("order create --account 212000-0142 --item AB04"), @r"
    --- stderr
    error: the account was closed on 2026-03-01
    hint: `shopctl account reopen ORG` opens it again
    --- status 5
    ");
    assert_snapshot!(shop.run("account reopen 212000-0142"), @"account reopened       212000-0142  closed on: 2026-03-01 → nothing");
    assert_snapshot!(shop.run("account reopen 212000-0142"), @r"
    --- stderr
    nothing needed doing
    ");
    shop.ok("order create --account 212000-0142 --item AB04");
}

#[test]
fn notes_are_kept_with_their_author() {
    let shop = Shop::open();
    assert_snapshot!(shop.run("account note 556036-0793 'Called about the reference; will write'"), @"note added             556036-0793  note Called about the reference; will write");
    assert_eq!(shop.json("account show 556036-0793")["notes"][0]["author"], "anna");
    assert_snapshot!(shop.run("account note 556036-0793 ''"), @r"
    --- stderr
    error: the note is empty
    --- status 5
    ");
    assert_snapshot!(shop.run("account history 556036-0793"), @"
    2026-03-01T08:00:00Z	anna	account_noted	556036-0793	note Called about the reference; will write	6
    2026-03-01T08:00:00Z	anna	account_created	556036-0793	name Saab AB, invoice email faktura@saab.example, street Bröderna Ugglas gata, postal code 582 54, city Linköping, country SE, language sv, login avtal@saab.example, member from 2026-03-01	4
    ");
    let history = shop.json("account history 556036-0793");
    assert_eq!(
        (&history[0]["actor"], &history[0]["kind"]),
        (&"anna".into(), &"account_noted".into())
    );
}

#[test]
fn accounts_are_searched_as_swedes_spell() {
    let shop = Shop::new();
    for (number, name) in [
        ("556036-0793", "Åkeri Öst AB"),
        ("212000-0142", "Zeta AB"),
        ("202100-3625", "Ängens Åkeri"),
    ] {
        let login = format!("a@x{}.example", &number[..6]);
        shop.ok(&format!("account create {number} --name '{name}' --email {login}"));
    }
    assert_snapshot!(shop.run("account list --columns name"), @r"
    Zeta AB
    Åkeri Öst AB
    Ängens Åkeri
    ");
    assert_snapshot!(shop.run("account list --search ÅKERI --columns name"), @r"
    Åkeri Öst AB
    Ängens Åkeri
    ");
    assert_snapshot!(shop.run("account list --search åkeri* --columns name"), @"Åkeri Öst AB");
    assert_snapshot!(shop.run("account list --search zebra"), @"");
    assert_snapshot!(shop.table("account list --search zebra"), @r"
    --- stderr
    no account is like that
    ");
}

#[test]
fn a_sole_traders_number_is_masked_in_listings() {
    let shop = Shop::open();
    shop.ok("account create 570428-9999 --name 'Firma Svensson' --email s@svensson.example \
        --invoice-email faktura@svensson.example --street 'Gatan 1' --postal-code 11122 --city Solna");
    shop.ok("order create --account 570428-9999 --item AB04");
    for list in ["account", "order", "subscription", "invoice"] {
        let listed = shop.ok(&format!("{list} list"));
        assert!(listed.contains("570428-****") && !listed.contains("9999"), "{list}: {listed}");
    }
    assert!(shop.ok("account show 19570428-9999").contains("570428-9999"));
}

#[test]
fn every_change_to_an_account_is_rehearsed_by_a_dry_run() {
    let shop = Shop::open();
    for line in [
        "account create 202100-3625 --name Annan --email a@annan.example",
        "account edit 202100-3625 --name Någon --member yes",
        "account note 202100-3625 'a note'",
        "account close 202100-3625",
        "account reopen 202100-3625",
    ] {
        shop.rehearse_and_run(line);
    }
    assert_snapshot!(shop.run("account edit 556036-0793 --city Norrköping -n"), @r"
    account edited         556036-0793  city: Linköping → Norrköping
    --- stderr
    this is what would happen; nothing was changed
    ");
}

/// The run of the night stood still, and a closed account cannot be invoiced.
#[test]
fn an_account_is_not_closed_while_a_term_is_to_be_billed() {
    let shop = Shop::with_an_order();
    shop.at("2027-01-15T08:00:00Z");
    shop.ok("subscription cancel 1001 --yes");
    shop.at("2028-03-02T08:00:00Z");
    assert_snapshot!(shop.run("account close 556036-0793"), @"
    --- stderr
    error: account 556036-0793 cannot be closed: subscription 1001 to AB04 has a term to be billed; invoice 1001, due 2026-03-31, is not paid
    --- status 5
    ");
    let line = "account edit 556036-0793 --city Lund";
    assert_eq!(shop.run(line).status, 5, "the coming invoice states the address (R10)");
}

#[test]
fn a_customer_who_has_paid_is_closed_and_one_with_money_left_is_not() {
    let shop = Shop::open();
    shop.ok("order create --account 212000-0142 --item AB04-PRINT");
    shop.ok("payment record 1001 --amount 1000 --date 2026-03-01");
    assert_snapshot!(shop.run("account close 212000-0142"), @"
    --- stderr
    error: account 212000-0142 cannot be closed: 872,80 kronor of what it paid stands on its balance
    hint: `shopctl payment list --balance --account 212000-0142` lists what is left of its payments, and `shopctl payment refund PAYMENT --date DATE --reason TEXT` enters that one was paid back
    --- status 5
    ");
    let left = shop.json("payment show 1")["left_ore"].as_i64().expect("an amount");
    assert!(left > 0);
    shop.ok("payment refund 1 --date 2026-03-01 --reason 'för mycket betalt'");
    shop.ok("account close 212000-0142");
}

#[test]
fn a_persons_number_stands_in_no_sentence() {
    let shop = Shop::open();
    shop.ok("account create 811228-9874 --name 'Karin Ek Konsult' --email karin@ek.example \
        --invoice-email faktura@ek.example --street 'Storgatan 1' --postal-code 11122 --city Lund");
    shop.ok("order create --account 811228-9874 --item AB04-PRINT");
    shop.ok("order create --account 212000-0142 --item AB04");
    for line in [
        "payment record 1001 --amount 6000 --date 2026-03-01",
        "payment match 1 1002 --yes",
        "payment list --json",
        "payment show 1 --json",
        "payment unmatch 1 --reason fel",
        "account renumber karin@ek.example 802005-1952 --reason bolag --yes",
        "audit list --limit 40 --json",
    ] {
        let said = shop.run(line);
        assert!(said.status == 0 && !said.to_string().contains("9874"), "{line}\n{said}");
    }
}
