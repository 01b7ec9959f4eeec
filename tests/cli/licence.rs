//! What licences say, whom they seat, and how they grow and end.

use insta::assert_snapshot;

use crate::support::{LOGIN, PASSWORD, Shop};

/// Returns a shop in which Saab holds a licence for two logins, and bigger ones are on sale.
pub fn shop_with_a_licence() -> Shop {
    let shop = Shop::with_a_password();
    shop.ok("agreement create AB04 --name-sv 'AB 04' --name-en 'AB 04'");
    for (sku, seats, price) in [("L2", 2, 9000), ("L5", 5, 15000), ("L10", 10, 25000)] {
        shop.ok(&format!(
            "product create {sku} --kind licence --seats {seats} --name-sv 'AB 04, licens {seats}' \
             --name-en 'AB 04, licence {seats}' --price {price} --member-price {price} --vat 25 \
             --agreement AB04"
        ));
    }
    shop.ok("order create --account 556036-0793 --item L2");
    shop
}

#[test]
fn an_order_of_a_licence_starts_one_with_a_first_edition() {
    let shop = shop_with_a_licence();
    assert_snapshot!(shop.run("licence list --format table"), @"
    Licence   Product   Account       Holder    Edition   Last day     Seats   Status
    ─────────────────────────────────────────────────────────────────────────────────
       1001   L2        556036-0793   Saab AB         1   2027-02-28       2   valid
    ");
    assert_snapshot!(shop.run("licence show 1001 --format table"), @"
    Licence           1001
    Status            valid
    Product           L2
    Account           556036-0793
    Name              Saab AB
    Holder            Saab AB
    Shows the number  no
    Period            2026-03-01 – 2027-02-28
    Renewal date      2027-03-01
    Agreements        AB04
    Seats             2
    Of them free      1

    Editions
    Edition   Period                    Holder    Number shown   Seats   Status   Voided   Key
    ──────────────────────────────────────────────────────────────────────────────────────────
          1   2026-03-01 – 2027-02-28   Saab AB                      2   valid

    Seats
    Login                Account       State
    ────────────────────────────────────────
    avtal@saab.example   556036-0793   first
    ");
    assert_snapshot!(shop.run("licence show 1002"), @"
    --- stderr
    error: there is no licence `1002`
    --- status 4
    ");
}

#[test]
fn a_licence_is_sold_to_a_group_under_its_own_name() {
    let shop = shop_with_a_licence();
    let line = "order create --account 556036-0793 --item L5 --holder 'Saab-koncernen' -y --json";
    shop.ok(line);
    assert_eq!(shop.json("licence show 1002")["holder"], "Saab-koncernen");
    assert_snapshot!(shop.run("order create --account 556036-0793 --item AB04 --holder X"), @"
    --- stderr
    error: a holder needs an item that is a licence
    --- status 5
    ");
    assert_snapshot!(shop.run("order create --account 556036-0793 --item L5 --holder 'a\nb'"), @"
    --- stderr
    error: --holder <TEXT>: the holder's name: it holds the control character U+000A
    --- status 5
    ");
}

#[test]
fn another_holder_makes_a_new_edition() {
    let shop = shop_with_a_licence();
    assert_snapshot!(
        shop.run("licence edit 1001 --holder 'Saab-koncernen' --org-number yes --covers 556016-0680 --format table"),
        @"
    licence edited         1001  holder: Saab AB → Saab-koncernen, shows org number: no → yes, covers:  → 556016-0680
    edition voided         1001  edition 1, cause superseded
    edition made           1001  edition 2, holder Saab-koncernen, org number 556036-0793, start 2026-03-01, last day 2027-02-28, seats 2
    "
    );
    assert_snapshot!(shop.run("licence edit 1001 --holder 'Saab-koncernen'"), @"
    --- stderr
    nothing needed doing
    ");
}

#[test]
fn r2_more_logins_than_seats_are_refused_with_what_a_bigger_licence_would_cost() {
    let shop = shop_with_a_licence();
    assert_snapshot!(shop.run("account login add 556036-0793 anna@saab.example"), @"
    --- stderr
    error: account 556036-0793 has the login avtal@saab.example, and one login is what it may have
    hint: a login may be shared; `shopctl account login rename` changes its address
    --- status 5
    ");
    assert_snapshot!(shop.run("licence seat add 1001 anna@saab.example --format table"), @"
    login added            556036-0793  login anna@saab.example
    seat taken             1001  login anna@saab.example
    `shopctl account login invite ORG` mails the login how to choose a password
    ");
    assert_snapshot!(shop.run("licence seat add 1001 bo@saab.example"), @"
    --- stderr
    error: licence 1001 is for 2 logins, and all have one
    hint: `shopctl licence edit 1001 --item L5` makes it 5 seats, for 6 000,00 kronor excluding VAT up to and including 2027-02-28
    --- status 5
    ");
    assert_snapshot!(shop.run(&format!("licence seat add 1001 {LOGIN}")), @"
    --- stderr
    error: `avtal@saab.example` is the account's first login, which needs no seat
    hint: it reads what the licence gives as it is
    --- status 5
    ");
    assert_snapshot!(shop.run("licence seat remove 1001 bo@saab.example --reason x"), @"
    --- stderr
    error: `bo@saab.example` has no seat of licence 1001
    hint: `shopctl licence seat list 1001` shows who has one
    --- status 4
    ");
}

#[test]
fn r2_a_bigger_licence_is_billed_for_the_rest_of_the_term() {
    let shop = shop_with_a_licence();
    shop.at("2026-09-01T08:00:00Z");
    assert_snapshot!(shop.run("licence edit 1001 --item L5"), @"
    --- stderr
    error: this needs your agreement: Saab AB pays 3 719,18 kronor for 5 seats up to and including 2027-02-28.
    hint: add `--yes` to agree, or `--dry-run` to see what it would do
    --- status 5
    ");
    assert_snapshot!(shop.run("licence edit 1001 --item L5 -y --format table"), @"
    licence resized        1001  sku: L2 → L5, seats 5, editions 1
    invoice issued         1002  org number 556036-0793, issued on 2026-09-01, due on 2026-10-01, net 2 975,34, vat 743,84, total 3 719,18, invoice email faktura@saab.example
    mail queued            4  kind order_invoice, recipient faktura@saab.example, cause invoice 1002
    ");
    assert_snapshot!(shop.run("invoice show 1002 --format table"), @"
    Invoice             1002
    Kind                invoice
    Date                2026-09-01
    Due                 2026-10-01
    OCR                 100263
    Buyer's number      556036-0793
    Buyer               Saab AB
    Address             Bröderna Ugglas gata, 582 54 Linköping
    Invoice e-mail      faktura@saab.example
    Seller              Branschföreningen Exempel
    Net                 2 975,34
    VAT                 743,84
    Total               3 719,18
    State               issued
    Paid                0,00
    Left                3 719,18

    Lines
    SKU Description                Period                  Subscription Quantity    Price VAT %      Net
    ────────────────────────────────────────────────────────────────────────────────────────────────────
    L5  AB 04, licens 5: från 2    2026-09-01 – 2027-02-28         1001        1 2 975,34    25 2 975,34
        till 5 platser, 181 av 365
        dagar

    Licences
    Licence   SKU   Holder    Seats
    ───────────────────────────────
       1001   L5    Saab AB       5

    VAT
    VAT %         On      VAT
    ─────────────────────────
       25   2 975,34   743,84

    Mails
    Mail   Kind            To                     Status    Sent
    ────────────────────────────────────────────────────────────
       4   order invoice   faktura@saab.example   waiting

    L5: the first day of the period decides, 2026-09-01; the members' price, the
    buyer being a member that day; 5 seats instead of 2 for 181 of the 365 days of
    the term 2026-03-01 – 2027-02-28: (15 000,00 - 9 000,00) × 181/365 = 2 975,34
    kronor; VAT 25 %, in force from 2026-03-01.
    VAT is taken once per rate on the sum of its lines and rounded half up to whole
    öre; nothing else is rounded.
    ");
    shop.ok("licence seat add 1001 anna@saab.example");
    shop.ok("licence seat add 1001 bo@saab.example");
    // The next term is the bigger one's whole, and a smaller one comes with the term after.
    shop.at("2027-03-01T08:00:00Z");
    shop.ok("daily");
    assert_eq!(shop.json("invoice show 1003")["lines"][0]["net_ore"], 1_500_000);
    shop.ok("licence edit 1001 --item L2 -y");
    assert_eq!(shop.json("licence show 1001")["seats"], 5);
    shop.at("2028-03-01T08:00:00Z");
    shop.ok("daily");
    assert_eq!(shop.json("licence show 1001")["seats"], 2);
    assert_eq!(shop.json("invoice show 1004")["lines"][0]["net_ore"], 900_000);
    assert_snapshot!(shop.run("licence seat list 1001 --format table"), @"
    Login                Account       State
    ────────────────────────────────────────────
    avtal@saab.example   556036-0793   first
    anna@saab.example    556036-0793   seated
    bo@saab.example      556036-0793   suspended
    ");
}

#[test]
fn r2_logins_beyond_the_seats_are_suspended_and_the_first_one_stays() {
    let shop = shop_with_a_licence();
    shop.ok("licence seat add 1001 anna@saab.example");
    let token = shop.forgotten("anna@saab.example");
    assert_eq!(shop.redeem(&token, PASSWORD).status, 0);
    assert_snapshot!(shop.check("anna@saab.example", PASSWORD), @"
    login	anna@saab.example
    org_number	556036-0793
    name	Saab AB
    access	1001	L2	running
    ");
    shop.ok("licence seat remove 1001 anna@saab.example --reason 'other work'");
    assert_snapshot!(shop.check("anna@saab.example", PASSWORD), @"
    --- stderr
    error: this login had a seat of licence 1001, which holds no longer
    hint: `shopctl licence show 1001` tells why; a seat that is free opens it again
    --- status 5
    ");
    shop.ok("licence seat add 1001 anna@saab.example");
    assert_eq!(shop.check("anna@saab.example", PASSWORD).status, 0);
    shop.ok("subscription cancel 1001 --received 2026-03-01 --channel letter --by Anna -y");
    shop.at("2027-03-01T08:00:00Z");
    assert_eq!(shop.check("anna@saab.example", PASSWORD).status, 5);
    assert_eq!(shop.check(LOGIN, PASSWORD).status, 0);
}

#[test]
fn a_revoked_licence_holds_no_more_and_is_billed_no_more() {
    let shop = shop_with_a_licence();
    assert_snapshot!(shop.run("licence revoke 1001 --reason 'given to others' -y --format table"), @"
    subscription ended     1001  ends on: nothing → 2027-03-01, reason given to others
    licence revoked        1001  reason given to others
    edition voided         1001  edition 1, cause revoked
    `shopctl licence revocations -o FILE` makes the list by which others see it
    ");
    assert_snapshot!(shop.run("licence revoke 1001 --reason 'once more'"), @"
    --- stderr
    error: licence 1001 was revoked on 2026-03-01
    hint: `shopctl licence show 1001` tells why
    --- status 5
    ");
    assert_snapshot!(shop.run("licence edit 1001 --holder X"), @"
    --- stderr
    error: licence 1001 was revoked on 2026-03-01
    hint: `shopctl order create` places an order for another
    --- status 5
    ");
    shop.at("2027-03-01T08:00:00Z");
    shop.ok("daily");
    assert_eq!(shop.json("invoice list").as_array().map(Vec::len), Some(1));
}

#[test]
fn a_licence_without_renewal_ends_with_its_term() {
    let shop = shop_with_a_licence();
    shop.ok(
        "product create L1 --kind licence --renewal none --name-sv 'Ett år' --name-en 'One year' \
         --price 5000 --member-price 5000 --vat 25 --agreement AB04",
    );
    shop.ok("order create --account 556036-0793 --item L1");
    let shown = shop.json("subscription show 1002");
    assert_eq!((&shown["status"], &shown["ends"]), (&"running".into(), &"2027-03-01".into()));
    assert_snapshot!(shop.run("subscription cancel 1002 --received 2026-03-01 --channel letter --by A"), @"
    --- stderr
    error: subscription 1002 cannot be cancelled: its end on 2027-03-01 is settled already
    hint: `shopctl subscription show 1002` says why
    --- status 5
    ");
    shop.at("2027-03-01T08:00:00Z");
    shop.ok("daily");
    assert_eq!(shop.json("subscription show 1002")["status"], "ended");
    assert_snapshot!(
        shop.run("product create P --kind printed --seats 2 --name-sv P --name-en P --price 1 --member-price 1 --vat 6"),
        @"
    --- stderr
    error: seats and terms that are not renewed are for licences, not for kind `printed`
    --- status 5
    "
    );
}

#[test]
fn an_ended_and_a_credited_term_change_what_copies_bear() {
    let shop = shop_with_a_licence();
    shop.ok("subscription end 1001 --on 2026-09-01 --credit rest --reason merged -y");
    assert_snapshot!(shop.run("licence show 1001 --format table --columns edition"), @"
    Licence           1001
    Status            valid
    Product           L2
    Account           556036-0793
    Name              Saab AB
    Holder            Saab AB
    Shows the number  no
    Period            2026-03-01 – 2026-08-31
    Ends              2026-09-01
    Agreements        AB04
    Seats             2
    Of them free      1

    Editions
    Edition   Period                    Holder    Number shown   Seats   Status       Voided       Key
    ──────────────────────────────────────────────────────────────────────────────────────────────────
          1   2026-03-01 – 2027-02-28   Saab AB                      2   superseded   2026-03-01
          2   2026-03-01 – 2026-08-31   Saab AB                      2   valid

    Seats
    Login                Account       State
    ────────────────────────────────────────
    avtal@saab.example   556036-0793   first
    ");
    shop.ok("order create --account 556036-0793 --item L5 -y");
    shop.ok("order cancel 1002 --reason mistake -y");
    assert_eq!(shop.json("licence show 1002")["status"], "revoked");
}

#[test]
fn a_changed_account_name_proposes_a_new_edition() {
    let shop = shop_with_a_licence();
    assert_snapshot!(shop.run("account edit 556036-0793 --name 'Saab Group AB' --format table"), @"
    account edited         556036-0793  name: Saab AB → Saab Group AB
    --- stderr
    warning: licence 1001 is held by Saab AB; `shopctl licence edit 1001 --holder 'Saab Group AB'` makes a new edition
    ");
}

#[test]
fn a_seat_may_be_a_login_of_an_organisation_that_the_licence_covers() {
    let shop = shop_with_a_licence();
    shop.ok("account create 556016-0680 --name 'Ericsson AB' --email avtal@ericsson.example");
    assert_snapshot!(shop.run("licence seat add 1001 avtal@ericsson.example"), @"
    --- stderr
    error: `avtal@ericsson.example` is a login of 556016-0680, which licence 1001 does not cover
    hint: `shopctl licence edit 1001 --covers ORG` covers it
    --- status 5
    ");
    shop.ok("licence edit 1001 --covers 556016-0680");
    shop.ok("licence seat add 1001 avtal@ericsson.example");
    let token = shop.forgotten("avtal@ericsson.example");
    assert_eq!(shop.redeem(&token, PASSWORD).status, 0);
    let checked = shop.feed(
        "password check avtal@ericsson.example --password-stdin --json",
        format!("{PASSWORD}\n").as_bytes(),
    );
    assert!(checked.to_string().contains("1001"), "{checked}");
    // The first login of an account is never suspended, though it reads no more.
    shop.ok("licence seat remove 1001 avtal@ericsson.example --reason 'sold'");
    assert_snapshot!(shop.check("avtal@ericsson.example", PASSWORD), @"
    login	avtal@ericsson.example
    org_number	556016-0680
    name	Ericsson AB
    ");
}

#[test]
fn a_licence_that_grew_is_billed_once_and_the_store_is_whole() {
    let shop = shop_with_a_licence();
    shop.ok("licence edit 1001 --item L5 -y");
    shop.ok("account create 556016-0680 --name 'Ericsson AB' --email avtal@ericsson.example");
    shop.ok("licence edit 1001 --covers 556016-0680");
    shop.ok("licence seat add 1001 avtal@ericsson.example");
    assert_eq!(shop.run("store check").status, 0);
    // Whoever is covered no longer has no seat either.
    shop.ok("licence edit 1001 --covers-only-itself");
    assert_eq!(shop.count("SELECT count(*) FROM seat WHERE given_up_on IS NULL"), 0);
    assert_eq!(shop.run("store check").status, 0);
    shop.sqlite().execute("UPDATE seat SET given_up_on = NULL", []).expect("a seat");
    assert_snapshot!(shop.run("store check"), @"
    seat	licence 1001	avtal@ericsson.example has a seat, and its organisation is not covered	`shopctl licence edit N --covers ORG` covers them, and `shopctl licence seat remove` takes the seat back
    --- stderr
    error: 1 thing is not as it should be
    hint: change nothing until it is understood, and keep the backups that you have
    --- status 5
    ");
}

#[test]
fn whoever_had_a_seat_is_forgotten_like_anybody() {
    let shop = shop_with_a_licence();
    shop.ok("licence seat add 1001 anna@saab.example");
    shop.ok("licence revoke 1001 --reason 'anna@saab.example gave copies away' -y");
    shop.ok("account personal-data erase anna@saab.example -y");
    assert_eq!(shop.count("SELECT count(*) FROM seat"), 0);
    let shown = shop.run("licence show 1001").stdout;
    assert!(!shown.contains("anna@saab.example"), "{shown}");
    assert_eq!(shop.run("store check").status, 0);
}

/// What an invoice's lines come to before VAT, in öre.
fn nets(shop: &Shop, invoice: i64) -> Vec<i64> {
    let lines = shop.json(&format!("invoice show {invoice}"))["lines"].clone();
    let lines = lines.as_array().expect("lines").iter();
    lines.map(|line| line["net_ore"].as_i64().expect("an amount")).collect()
}

#[test]
fn a_licence_that_is_billed_ahead_grows_in_both_terms() {
    let shop = shop_with_a_licence();
    shop.at("2027-02-10T08:00:00Z");
    shop.ok("subscription renew --only 1001 --as-of 2027-03-01 -y");
    shop.ok("licence edit 1001 --item L5 -y");
    // 6 000 more a year: 19 days of 365, and the whole of the term to come.
    assert_eq!(nets(&shop, 1003), [31_233, 600_000]);
    assert_eq!(shop.json("licence show 1001")["editions"][1]["seats"], 5);
    shop.ok("licence seat add 1001 anna@saab.example");
    shop.ok("licence seat add 1001 bo@saab.example");
    shop.at("2027-03-01T08:00:00Z");
    let seats = shop.run("licence seat list 1001").stdout;
    assert!(!seats.contains("suspended"), "{seats}");
    assert_eq!(shop.run("store check").status, 0);
}

#[test]
fn a_licence_that_ends_early_grows_by_the_days_of_the_whole_term() {
    let shop = shop_with_a_licence();
    shop.ok("subscription end 1001 --on 2026-09-01 --credit none --reason merged -y");
    shop.at("2026-06-01T08:00:00Z");
    shop.ok("licence edit 1001 --item L5 -y");
    // 92 of 365 days.
    assert_eq!(nets(&shop, 1002), [151_233]);
    let shown = shop.run("invoice show 1002").stdout;
    assert!(shown.contains("× 92/365"), "{shown}");
}

#[test]
fn paid_seats_stay_until_the_term_ends_whatever_makes_a_new_edition() {
    let shop = shop_with_a_licence();
    shop.ok("order create --account 556036-0793 --item L5 -y");
    shop.ok("licence edit 1002 --item L2 -y");
    shop.ok("licence edit 1002 --holder 'Saab-koncernen'");
    assert_eq!(shop.json("licence show 1002")["seats"], 5);
    // Going back up costs nothing: it is paid for.
    shop.ok("licence edit 1002 --item L5 -y");
    assert_eq!(shop.json("invoice list").as_array().map(Vec::len), Some(2));
    // Nor does a licence grow by what the product says today.
    shop.ok("product edit L5 --seats 7");
    shop.ok("licence edit 1002 --org-number yes");
    assert_eq!(shop.json("licence show 1002")["seats"], 5);
}

#[test]
fn a_revoked_licence_is_not_billed_again_and_its_notice_stands() {
    let shop = shop_with_a_licence();
    shop.ok("order create --account 556036-0793 --item L5 -y");
    shop.at("2027-01-15T08:00:00Z");
    // One notice is late, the other was in time.
    shop.ok("subscription cancel 1001 --received 2027-01-15 --channel letter --by Anna -y");
    shop.ok("subscription cancel 1002 --received 2026-11-01 --channel letter --by Anna -y");
    shop.ok("licence revoke 1001 --reason 'given to others' -y");
    shop.ok("licence revoke 1002 --reason 'given to others' -y");
    assert_eq!(shop.run("subscription reinstate 1002 -y").status, 5);
    shop.at("2027-03-01T08:00:00Z");
    shop.ok("daily");
    assert_eq!(shop.json("invoice list").as_array().map(Vec::len), Some(2));
}

#[test]
fn a_licence_gives_what_its_term_was_sold_as_and_another_licence_is_no_obstacle() {
    let shop = shop_with_a_licence();
    let pdf = shop.file("ama.pdf", crate::support::pdf(&["ama"]));
    shop.ok("agreement create AMA --name-sv AMA --name-en AMA");
    shop.ok(&format!("agreement publish AMA {pdf} --edition 1 --language sv"));
    let ab04 = shop.file("ab04.pdf", crate::support::pdf(&["ab04"]));
    shop.ok(&format!("agreement publish AB04 {ab04} --edition 1 --language sv"));
    shop.ok("product create BOTH --kind licence --seats 2 --name-sv B --name-en B --price 1 \
         --member-price 1 --vat 25 --agreement AB04 --agreement AMA");
    shop.ok("licence edit 1001 --item BOTH -y");
    let fetch = |code: &str| {
        let to = shop.path("copy.pdf");
        let line = format!("agreement fetch {code} --login {LOGIN} --password-stdin -o {to}");
        shop.feed(&line, format!("{PASSWORD}\n").as_bytes()).status
    };
    assert_eq!([fetch("AMA"), fetch("AB04")], [5, 0]);
    shop.ok("order create --account 556036-0793 --item L5 -y");
    shop.ok("licence revoke 1002 --reason 'given to others' -y");
    assert_eq!(fetch("AB04"), 0);
    // Staff get no bare agreement for an account whose right is a licence.
    let staff = shop.path("staff.pdf");
    let line = "agreement fetch AB04 --account 556036-0793 --reason 'on the telephone' -o";
    shop.ok(&format!("{line} {staff}"));
    assert_eq!(shop.run(&format!("licence verify {staff}")).status, 0);
}

#[test]
fn an_unpaid_licence_is_not_rendered_where_unpaid_stops_fetching() {
    let shop = shop_with_a_licence();
    let pdf = shop.file("ab04.pdf", crate::support::pdf(&["ab04"]));
    shop.ok(&format!("agreement publish AB04 {pdf} --edition 1 --language sv"));
    shop.ok("setting set fetch_stops_days 30");
    shop.at("2026-09-01T08:00:00Z");
    assert_snapshot!(shop.run(&format!("licence render 1001 -o {}", shop.path("c.pdf"))), @"
    --- stderr
    error: licence 1001 is stopped by invoice 1001, long overdue
    hint: copies are made when invoice 1001 is paid
    --- status 5
    ");
    let all = shop.run(&format!("licence render --all -o {} --json", shop.path("copies")));
    assert!(all.stdout.contains("\"copies\": 0"), "{all}");
    assert!(all.stderr.contains("licence 1001 is stopped by invoice 1001"), "{all}");
}

#[test]
fn before_the_night_has_renewed_it_a_licence_has_not_ended() {
    let shop = shop_with_a_licence();
    shop.ok("licence seat add 1001 anna@saab.example");
    let token = shop.forgotten("anna@saab.example");
    assert_eq!(shop.redeem(&token, PASSWORD).status, 0);
    shop.at("2027-03-01T00:30:00Z");
    assert_eq!(shop.check("anna@saab.example", PASSWORD).status, 0);
    assert_eq!(shop.json("licence show 1001")["status"], "not renewed yet");
    assert_snapshot!(shop.run("licence edit 1001 --item L5 -y"), @"
    --- stderr
    error: the licence is due for renewal, and its term is not billed yet
    hint: `shopctl subscription renew` bills it
    --- status 5
    ");
}

#[test]
fn a_licence_gets_another_holder_and_size_in_one_go() {
    let shop = shop_with_a_licence();
    shop.ok("licence edit 1001 --item L5 --holder 'Saab-koncernen' -y");
    let shown = shop.json("licence show 1001");
    assert_eq!((&shown["seats"], &shown["holder"]), (&5.into(), &"Saab-koncernen".into()));
    // A term that is billed anew stands in the place of the one that was taken back.
    shop.ok("invoice credit 1001 --bill-again --reason 'wrong address' -y");
    assert_eq!(shop.json("licence show 1001")["editions"][1]["status"], "revoked");
    shop.ok("subscription renew --only 1001 -y");
    assert_eq!(shop.json("licence show 1001")["editions"][1]["status"], "superseded");
}

/// Returns a shop whose licence grew from 2 to 5 seats in the middle of its term, by invoice 1002.
pub fn shop_with_a_grown_licence() -> Shop {
    let shop = shop_with_a_licence();
    shop.at("2026-09-01T08:00:00Z");
    shop.ok("licence edit 1001 --item L5 -y");
    shop
}

#[test]
fn every_ore_of_an_enlargement_is_explained() {
    let shop = shop_with_a_grown_licence();
    let shown = shop.run("invoice show 1002 --format table").stdout;
    let words = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    let formula = "(15 000,00 - 9 000,00) × 181/365 = 2 975,34 kronor";
    assert!(words.contains(formula), "{words}");
}

/// What `report recurring` tells of the months in which anything moved: new, expansion, contraction, ended,
/// price effect and closing, in kronor.
fn revenue(shop: &Shop) -> Vec<String> {
    let rows = shop.json("report recurring --from 2026-01-01");
    let keys = ["new", "expansion", "contraction", "ended", "price_effect", "closing"];
    let mut told = Vec::new();
    for row in rows.as_array().expect("rows") {
        let kronor = |key: &str| row[format!("{key}_ore")].as_i64().expect(key) / 100;
        let moved = keys.map(kronor);
        let grown = moved[0] + moved[1] - moved[2] - moved[3] + moved[4];
        assert_eq!(kronor("opening") + grown, moved[5], "{row}");
        if moved[..5] != [0; 5] {
            told.push(format!("{} {moved:?}", row["month"].as_str().expect("a month")));
        }
    }
    told
}

#[test]
fn a_licence_that_grew_is_worth_more_from_that_day_and_counts_once() {
    let shop = shop_with_a_grown_licence();
    shop.ok("product price L5 --price 15600 --member-price 15600 --from 2027-01-01");
    shop.at("2027-03-01T08:00:00Z");
    shop.ok("daily");
    shop.ok("licence edit 1001 --item L2 -y");
    shop.at("2028-03-01T08:00:00Z");
    shop.ok("daily");
    assert_eq!(
        revenue(&shop),
        [
            "2026-03 [9000, 0, 0, 0, 0, 9000]",
            "2026-09 [0, 6000, 0, 0, 0, 15000]",
            "2027-03 [0, 0, 0, 0, 600, 15600]",
            "2028-03 [0, 0, 6600, 0, 0, 9000]",
        ]
    );
    assert_eq!(shop.json("report recurring --from 2027-01-01")[0]["opening_ore"], 1_500_000);
}

#[test]
fn a_growth_issued_anew_counts_once_and_one_credited_in_full_with_the_renewal() {
    let shop = shop_with_a_grown_licence();
    shop.ok("invoice reissue 1002 --reference 'PO 4711' --reason 'Fel referens.' -y");
    let grown = ["2026-03 [9000, 0, 0, 0, 0, 9000]", "2026-09 [0, 6000, 0, 0, 0, 15000]"];
    assert_eq!(revenue(&shop), grown);
    shop.ok("invoice credit 1004 --amount 100 --reason 'Prisavdrag.' -y");
    assert_eq!(revenue(&shop), grown);
    shop.ok("invoice credit 1004 --reason 'Prisavdrag.' -y");
    assert_eq!(revenue(&shop), grown[..1]);
    shop.at("2027-03-01T08:00:00Z");
    shop.ok("daily");
    let renewed = "2027-03 [0, 6000, 0, 0, 0, 15000]";
    assert_eq!(revenue(&shop), [grown[0], renewed]);
}

#[test]
fn a_growth_in_two_terms_billed_and_an_end_are_counted_once() {
    let shop = shop_with_a_licence();
    shop.at("2027-02-10T08:00:00Z");
    shop.ok("subscription renew --only 1001 --as-of 2027-03-01 -y");
    shop.ok("licence edit 1001 --item L5 -y");
    shop.at("2027-04-10T08:00:00Z");
    shop.ok("subscription end 1001 --on 2027-04-20 --credit rest --reason merged -y");
    shop.at("2027-05-01T08:00:00Z");
    assert_eq!(
        revenue(&shop),
        [
            "2026-03 [9000, 0, 0, 0, 0, 9000]",
            "2027-02 [0, 6000, 0, 0, 0, 15000]",
            "2027-04 [0, 0, 0, 15000, 0, 0]",
        ]
    );
}

#[test]
fn a_cancelled_order_takes_back_what_its_licence_grew_by() {
    let shop = shop_with_a_grown_licence();
    assert_snapshot!(shop.run("order cancel 1001 --reason mistake -y"), @"
    order cancelled        1001  cancelled on 2026-09-01, reason mistake
    invoice issued         1003  org number 556036-0793, issued on 2026-09-01, net −9 000,00, vat −2 250,00, total −11 250,00, invoice email faktura@saab.example, kind credit_note, credits 1001
    invoice credited       1001  left: 11 250,00 → 0,00, credit note 1003, reason mistake
    mail queued            5  kind credit_note, recipient faktura@saab.example, cause invoice 1003
    subscription ended     1001  ends on: nothing → 2026-03-01, reason mistake
    edition voided         1001  edition 1, cause revoked
    term withdrawn         1001  renewal date: 2027-03-01 → 2026-03-01, invoice 1001, credit note 1003
    invoice issued         1004  org number 556036-0793, issued on 2026-09-01, net −2 975,34, vat −743,84, total −3 719,18, invoice email faktura@saab.example, kind credit_note, credits 1002
    invoice credited       1002  left: 3 719,18 → 0,00, credit note 1004, reason mistake
    mail queued            6  kind credit_note, recipient faktura@saab.example, cause invoice 1004
    Order 1001 is cancelled. Invoice 1001 is credited in full by credit note 1003, 11 250,00 kronor including VAT. Subscription 1001 to L5 ends on 2026-03-01, its first day, and nothing stays billed of it. What more seats cost for the days 2026-09-01 up to and including 2027-02-28 is given back: invoice 1002 is credited for it in full by credit note 1004, 3 719,18 kronor including VAT.
    ");
    assert_eq!(shop.json("invoice show 1002")["left_ore"], 0);
    assert_eq!(shop.run("store check").status, 0);
}

#[test]
fn a_licence_that_ends_gives_back_the_rest_of_what_it_grew_by() {
    let shop = shop_with_a_grown_licence();
    let line = "subscription end 1001 --on 2026-12-01 --credit rest --reason merged -y";
    assert_snapshot!(shop.run(line), @"
    subscription ended     1001  ends on: nothing → 2026-12-01, reason merged
    edition voided         1001  edition 1, cause superseded
    edition made           1001  edition 2, holder Saab AB, start 2026-03-01, last day 2026-11-30, seats 5
    invoice issued         1003  org number 556036-0793, issued on 2026-09-01, net −2 219,18, vat −554,80, total −2 773,98, invoice email faktura@saab.example, kind credit_note, credits 1001
    invoice credited       1001  left: 11 250,00 → 8 476,02, credit note 1003, reason Abonnemanget upphör 2026-12-01.
    mail queued            5  kind credit_note, recipient faktura@saab.example, cause invoice 1003
    invoice issued         1004  org number 556036-0793, issued on 2026-09-01, net −1 479,45, vat −369,86, total −1 849,31, invoice email faktura@saab.example, kind credit_note, credits 1002
    invoice credited       1002  left: 3 719,18 → 1 869,87, credit note 1004, reason Abonnemanget upphör 2026-12-01.
    mail queued            6  kind credit_note, recipient faktura@saab.example, cause invoice 1004
    Subscription 1001 ends on 2026-12-01, and the last day of access is 2026-11-30. Of invoice 1001 the days 2026-12-01 up to and including 2027-02-28 are credited by credit note 1003, 2 773,98 kronor including VAT. Of invoice 1002 the days 2026-12-01 up to and including 2027-02-28 are credited by credit note 1004, 1 849,31 kronor including VAT.
    ");
    assert_eq!(shop.run("store check").status, 0);
}

#[test]
fn a_term_billed_again_is_billed_for_its_seats_once() {
    let shop = shop_with_a_grown_licence();
    let line = "invoice credit 1001 --bill-again --reason 'Fel pris.' -y";
    assert_snapshot!(shop.run(line), @"
    invoice issued         1003  org number 556036-0793, issued on 2026-09-01, net −9 000,00, vat −2 250,00, total −11 250,00, invoice email faktura@saab.example, kind credit_note, credits 1001
    invoice credited       1001  left: 11 250,00 → 0,00, credit note 1003, reason Fel pris.
    mail queued            5  kind credit_note, recipient faktura@saab.example, cause invoice 1003
    term withdrawn         1001  renewal date: 2027-03-01 → 2026-03-01, invoice 1001, credit note 1003
    edition voided         1001  edition 1, cause revoked
    invoice issued         1004  org number 556036-0793, issued on 2026-09-01, net −2 975,34, vat −743,84, total −3 719,18, invoice email faktura@saab.example, kind credit_note, credits 1002
    invoice credited       1002  left: 3 719,18 → 0,00, credit note 1004, reason Fel pris.
    mail queued            6  kind credit_note, recipient faktura@saab.example, cause invoice 1004
    Invoice 1001 is credited in full by credit note 1003, 11 250,00 kronor including VAT. The term 2026-03-01 – 2027-02-28 of subscription 1001 is taken back, and the next renewal bills it anew. What more seats cost for the days 2026-09-01 up to and including 2027-02-28 is given back: invoice 1002 is credited for it in full by credit note 1004, 3 719,18 kronor including VAT.
    ");
    assert_eq!(shop.json("invoice show 1002")["left_ore"], 0);
    shop.ok("subscription renew");
    assert_eq!(shop.json("invoice show 1005")["lines"][0]["net_ore"], 1_500_000);
    assert_eq!(shop.json("licence show 1001")["seats"], 5);
    assert_eq!(shop.run("store check").status, 0);
}

#[test]
fn whoever_credits_an_enlargement_is_told_that_the_seats_stay() {
    let shop = shop_with_a_grown_licence();
    assert_snapshot!(shop.run("invoice credit 1002 --reason 'Prisavdrag.' -n"), @"
    invoice issued         1003  org number 556036-0793, issued on 2026-09-01, net −2 975,34, vat −743,84, total −3 719,18, invoice email faktura@saab.example, kind credit_note, credits 1002
    invoice credited       1002  left: 3 719,18 → 0,00, credit note 1003, reason Prisavdrag.
    mail queued            5  kind credit_note, recipient faktura@saab.example, cause invoice 1003
    Invoice 1002 is credited in full by credit note 1003, 3 719,18 kronor including VAT. Licence 1001 keeps its 5 seats up to and including 2027-02-28. Its next term is billed for them; `shopctl licence edit 1001 --item L2` makes it 2 seats from then on.
    --- stderr
    this is what would happen; nothing was changed
    ");
    assert_snapshot!(shop.run("invoice credit 1002 --bill-again --reason 'Prisavdrag.' -n"), @"
    --- stderr
    error: what is credited of invoice 1002 closes no line that bills a term
    hint: `shopctl invoice show 1002` says what is left of it
    --- status 5
    ");
    assert_snapshot!(shop.run("invoice credit 1002 --amount 100 --reason 'Prisavdrag.' -y"), @"
    invoice issued         1003  org number 556036-0793, issued on 2026-09-01, net −80,00, vat −20,00, total −100,00, invoice email faktura@saab.example, kind credit_note, credits 1002
    invoice credited       1002  left: 3 719,18 → 3 619,18, credit note 1003, reason Prisavdrag.
    mail queued            5  kind credit_note, recipient faktura@saab.example, cause invoice 1003
    Invoice 1002 is credited in part by credit note 1003, 100,00 kronor including VAT; 3 619,18 kronor of it is left to pay.
    ");
}

#[test]
fn an_enlargement_is_issued_anew_and_stays_one() {
    let shop = shop_with_a_grown_licence();
    let line = "invoice reissue 1002 --reference 'PO 4711' --reason 'Fel referens.' -y";
    assert_snapshot!(shop.run(line), @"
    invoice issued         1003  org number 556036-0793, issued on 2026-09-01, net −2 975,34, vat −743,84, total −3 719,18, invoice email faktura@saab.example, kind credit_note, credits 1002
    invoice credited       1002  left: 3 719,18 → 0,00, credit note 1003, reason Fel referens.
    invoice issued         1004  org number 556036-0793, issued on 2026-09-01, due on 2026-10-01, net 2 975,34, vat 743,84, total 3 719,18, invoice email faktura@saab.example, replaces 1002
    invoice reissued       1002  invoice: 1002 → 1004, credit note 1003
    mail queued            5  kind credit_note, recipient faktura@saab.example, cause invoice 1003
    mail queued            6  kind reissued_invoice, recipient faktura@saab.example, cause invoice 1004
    Invoice 1002 is credited in full by credit note 1003 and issued anew as invoice 1004, due 2026-10-01. What differs: reference `PO 4711`, none before.
    --- stderr
    warning: subscription 1001 keeps its own details for its next invoice; `shopctl account billing 556036-0793 --subscription 1001 --reference 'PO 4711' --reason TEXT` changes them
    ");
    assert_eq!(shop.run("store check").status, 0);
    let shown = shop.run("invoice show 1004").stdout;
    assert!(shown.contains("× 181/365"), "{shown}");
    shop.ok("order cancel 1001 --reason mistake -y");
    assert_eq!(shop.json("invoice show 1004")["left_ore"], 0);
}

#[test]
fn r2_a_merger_leaves_whoever_has_a_seat_with_it() {
    for kept in [LOGIN, "avtal@ericsson.example"] {
        for (from, into) in [("556016-0680", "556036-0793"), ("556036-0793", "556016-0680")] {
            let shop = shop_with_a_licence();
            shop.ok(
                "account create 556016-0680 --name 'Ericsson AB' --email avtal@ericsson.example \
                 --invoice-email faktura@ericsson.example --street 'Torshamnsgatan 21' \
                 --postal-code '164 83' --city Stockholm",
            );
            shop.ok("licence seat add 1001 bo@saab.example");
            let merge = format!("account merge {from} {into}");
            let (_, error) = shop.error(&merge);
            assert!(!error.to_string().contains("bo@saab.example"), "{error}");
            shop.ok(&format!("{merge} --keep-login {kept} -y"));
            let seats = shop.ok("licence seat list 1001 --columns login,state");
            assert_eq!(seats, format!("{kept}\tfirst\nbo@saab.example\tseated\n"));
            assert_eq!(shop.json("licence show 1001")["org_number"], into);
            assert_eq!(shop.run("store check").status, 0);
        }
    }
}

#[test]
fn r2_whoever_comes_first_needs_a_seat_no_longer() {
    let shop = shop_with_a_licence();
    shop.ok("licence seat add 1001 bo@saab.example");
    shop.ok(&format!("account login remove 556036-0793 {LOGIN} --reason 'left'"));
    assert_snapshot!(shop.run("licence seat list 1001 --columns login,state"), @"bo@saab.example	first");
    assert_eq!(shop.json("licence show 1001")["seats_free"], 1);
    shop.ok("licence seat add 1001 anna@saab.example");
    assert_eq!(shop.run("store check").status, 0);
}

#[test]
fn a_transferred_licence_covers_its_new_account_and_seats_nobody_of_the_former_one() {
    let shop = shop_with_a_licence();
    shop.ok(
        "account create 556016-0680 --name 'Ericsson AB' --email avtal@ericsson.example \
         --invoice-email faktura@ericsson.example --street 'Torshamnsgatan 21' --postal-code '164 83' \
         --city Stockholm",
    );
    shop.ok("licence edit 1001 --covers 556016-0680 --org-number yes");
    shop.ok("licence seat add 1001 bo@saab.example");
    assert_snapshot!(shop.run("subscription transfer 1001 --to 556016-0680 --format table"), @"
    transferred            1001  org number: 556036-0793 → 556016-0680, invoice email: faktura@saab.example → faktura@ericsson.example
    transferred            556036-0793  subscription 1001, to 556016-0680
    licence edited         1001  covers: 556016-0680 →
    seat given up          1001  reason the licence does not cover its organisation, login: bo@saab.example → nothing
    edition voided         1001  edition 2, cause superseded
    edition made           1001  edition 3, holder Saab AB, org number 556016-0680, start 2026-03-01, last day 2027-02-28, seats 2
    mail queued            4  kind subscription_transfer, recipient faktura@ericsson.example, cause transfer 18
    mail queued            5  kind subscription_transfer, recipient faktura@saab.example, cause transfer 18
    --- stderr
    warning: renewals are at the regular price from now on
    warning: licence 1001 is held by Saab AB; `shopctl licence edit 1001 --holder 'Ericsson AB'` makes a new edition
    ");
    assert_snapshot!(shop.run("licence seat list 1001 --columns login,state"), @"avtal@ericsson.example	first");
    assert_eq!(shop.run("store check").status, 0);
}

#[test]
fn a_licence_follows_the_numbers_of_its_account_and_of_those_that_it_covers() {
    let shop = shop_with_a_licence();
    shop.ok("account create 556016-0680 --name 'Ericsson AB' --email avtal@ericsson.example");
    shop.ok("licence edit 1001 --covers 556016-0680 --org-number yes");
    shop.ok("licence seat add 1001 avtal@ericsson.example");
    assert_snapshot!(
        shop.run("account renumber 556016-0680 802005-1952 --reason form -y --format table"),
        @"
    account renumbered     802005-1952  org number: 556016-0680 → 802005-1952, reason form
    licence edited         1001  covers: 556016-0680 → 802005-1952
    --- stderr
    warning: invoices issued until now keep 556016-0680; the next ones state 802005-1952
    "
    );
    assert_snapshot!(
        shop.run("account renumber 556036-0793 556677-8899 --reason form -y --format table"),
        @"
    account renumbered     556677-8899  org number: 556036-0793 → 556677-8899, reason form
    edition voided         1001  edition 2, cause superseded
    edition made           1001  edition 3, holder Saab AB, org number 556677-8899, start 2026-03-01, last day 2027-02-28, seats 2
    --- stderr
    warning: invoices issued until now keep 556036-0793; the next ones state 556677-8899
    "
    );
    assert_eq!(shop.run("store check").status, 0);
    // Whoever is merged into the account itself is covered as it is.
    assert_snapshot!(
        shop.run(&format!(
            "account merge 802005-1952 556677-8899 --keep-login {LOGIN} -y --format table"
        )),
        @"
    login removed          802005-1952  login: avtal@ericsson.example → nothing
    licence edited         1001  covers: 802005-1952 →
    account merged         802005-1952  into 556677-8899, name Saab AB, login avtal@saab.example, closed on 2026-03-01
    account merged         556677-8899  merged 802005-1952, name Ericsson AB, login avtal@saab.example
    "
    );
    assert_eq!(shop.count("SELECT count(*) FROM licence_cover"), 0);
    assert_eq!(shop.run("store check").status, 0);
}

const RUNNING: &str = "Organisationsnummer;Artikelnummer;Startdatum;Fakturerad t.o.m.\n\
    556036-0793;L5;2026-01-01;2026-12-31\n";

#[test]
fn a_licence_that_was_taken_over_can_be_given_back() {
    let shop = shop_with_a_licence();
    shop.file("running.csv", RUNNING);
    shop.ok("subscription import running.csv -y");
    assert_eq!(shop.json("licence show 1002")["holder"], "Saab AB");
    let operation = shop.count("SELECT max(operation_id) FROM event");
    shop.ok(&format!("undo {operation} -y"));
    assert_eq!(shop.run("licence show 1002").status, 4);
    assert_eq!(shop.run("store check").status, 0);
    shop.ok("subscription import running.csv -y");
    shop.ok("licence seat add 1003 bo@saab.example");
    let operation = shop.count("SELECT max(operation_id) FROM import");
    assert_snapshot!(shop.run(&format!("undo {operation} -y")), @"
    --- stderr
    error: something was built on import 2 since: subscription 1003 was renewed, cancelled or changed
    hint: the import stays; `shopctl subscription end N --on DATE --credit none --reason TEXT` ends one that is wrong
    --- status 5
    ");
}

#[test]
fn a_licence_is_not_taken_over_under_a_name_that_cannot_stand_on_it() {
    let shop = shop_with_a_licence();
    shop.file("running.csv", RUNNING);
    shop.ok("account edit 556036-0793 --name 'شركة'");
    assert_snapshot!(shop.run("subscription import running.csv -y"), @"
    --- stderr
    running.csv: UTF-8, semicolon; `Organisationsnummer` is org_number, `Artikelnummer` is sku, `Startdatum` is anchor, `Fakturerad t.o.m.` is billed_through
    running.csv, line 2, column `Artikelnummer`, value `L5`: it is a licence, which the account's name cannot stand on (the holder: the font has no `ش` (U+0634), which stands in `شركة`; write it in Latin, Greek or Cyrillic letters); `shopctl account edit ORG --name NAME` gives it one that can
    error: 1 row was refused, and nothing was imported
    hint: correct the file, or take the good rows with `--partial --rejects bad.csv`
    --- status 5
    ");
    shop.ok(&format!("account edit 556036-0793 --name '{}'", "ö".repeat(120)));
    assert_snapshot!(shop.run("subscription import running.csv -y"), @"
    --- stderr
    running.csv: UTF-8, semicolon; `Organisationsnummer` is org_number, `Artikelnummer` is sku, `Startdatum` is anchor, `Fakturerad t.o.m.` is billed_through
    running.csv, line 2, column `Artikelnummer`, value `L5`: it is a licence, which the account's name cannot stand on (the holder's name takes 240 bytes, and a page has room for 200); `shopctl account edit ORG --name NAME` gives it one that can
    error: 1 row was refused, and nothing was imported
    hint: correct the file, or take the good rows with `--partial --rejects bad.csv`
    --- status 5
    ");
    // What was kept before there was a limit is shown all the same.
    let long = "b".repeat(201);
    shop.sqlite().execute("UPDATE licence SET holder = ?1", [&long]).expect("a holder");
    assert_eq!(shop.json("licence show 1001")["holder"], long);
}

#[test]
fn whoever_has_a_seat_gives_no_notice_for_the_account() {
    let shop = shop_with_a_licence();
    shop.ok("order create --account 556036-0793 --item AB04");
    shop.ok("licence seat add 1001 bo@saab.example");
    assert_snapshot!(
        shop.run("subscription cancel 1002 --channel login --login bo@saab.example -n"),
        @"
    --- stderr
    error: `bo@saab.example` has its login for a seat of a licence, and notice is given by the first login of the account
    hint: a notice that came in writing is entered by `--channel letter` or `--channel email`
    --- status 5
    "
    );
    let token = shop.forgotten("bo@saab.example");
    assert_eq!(shop.redeem(&token, PASSWORD).status, 0);
    let by_itself = shop.feed(
        "subscription cancel 1002 --login bo@saab.example --password-stdin -y",
        format!("{PASSWORD}\n").as_bytes(),
    );
    assert_eq!(by_itself.status, 5);
    assert_eq!(shop.count("SELECT count(*) FROM notice"), 0);
}

#[test]
fn a_holder_in_letters_that_no_page_can_bear_is_refused_with_a_word_and_nothing_else() {
    let shop = shop_with_a_licence();
    let line = "order create --account 556036-0793 --item L5 -n --holder";
    assert_snapshot!(shop.run(&format!("{line} 株式会社トヨタ")), @"
    --- stderr
    error: the holder: the font has no `株` (U+682A), which stands in `株式会社トヨタ`; write it in Latin, Greek or Cyrillic letters
    hint: write the holder's name in Latin, Greek or Cyrillic letters
    --- status 5
    ");
    assert_snapshot!(shop.run(&format!("{line} 'บริษัท ไทย'")), @"
    --- stderr
    error: the holder: the font has no `บ` (U+0E1A), which stands in `บริษัท ไทย`; write it in Latin, Greek or Cyrillic letters
    hint: write the holder's name in Latin, Greek or Cyrillic letters
    --- status 5
    ");
    assert_eq!(shop.run(&format!("{line} 'Ελληνική Εταιρεία'")).status, 0);
}
