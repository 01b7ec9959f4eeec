use crate::support::Shop;
use insta::assert_snapshot;

#[test]
fn a_product_is_created_shown_and_listed() {
    let shop = Shop::new();
    assert_snapshot!(shop.run("product list"), @"");
    assert_snapshot!(shop.table("product list"), @r"
    --- stderr
    no products; `shopctl product create SKU …` makes one
    ");
    assert_snapshot!(shop.run("product create AB04 --kind subscription --name-sv 'AB 04 digitalt' \
        --name-en 'AB 04 digital' --price '3 900,50' --member-price 2900 --vat 25"), @"product created        AB04  kind subscription, name sv AB 04 digitalt, name en AB 04 digital, term months 12, notice months 3, from 2026-03-01, price 3 900,50, member price 2 900,00, vat 25");
    assert_snapshot!(shop.run("product create KURS --kind printed --name-sv Kursbok \
        --name-en Textbook --price 100 --member-price 100 --vat 0 \
        --vat-exemption 'Undantag enligt 10 kap. 20 § ML'"), @"product created        KURS  kind printed, name sv Kursbok, name en Textbook, term months 0, notice months 0, from 2026-03-01, price 100,00, member price 100,00, vat 0, vat exemption Undantag enligt 10 kap. 20 § ML");
    assert_snapshot!(shop.table("product show AB04"), @"
    SKU               AB04
    Kind              subscription
    Name, Swedish     AB 04 digitalt
    Name, English     AB 04 digital
    Months of a term  12
    Months of notice  3

    Prices excluding VAT
    From            Price    Members   Entered
    ─────────────────────────────────────────────
    2026-03-01   3 900,50   2 900,00   2026-03-01

    VAT
    From         VAT %   Exemption
    ──────────────────────────────
    2026-03-01      25
    ");
    assert_snapshot!(shop.table("product list"), @"
    SKU    Kind           Name                Price    Members   VAT %   Retired
    ────────────────────────────────────────────────────────────────────────────
    AB04   subscription   AB 04 digitalt   3 900,50   2 900,00      25
    KURS   printed        Kursbok            100,00     100,00       0
    ");
    assert_snapshot!(shop.run("product list --json --columns sku,price"), @r#"
    [{"sku":"AB04","price_ore":390050,"currency":"SEK"},
    {"sku":"KURS","price_ore":10000,"currency":"SEK"}]
    "#);
}

#[test]
fn prices_and_rates_hold_from_their_day() {
    let shop = Shop::open();
    assert_snapshot!(shop.run("product price AB04 --price 4100 --member-price 3100 --from 2027-01-01"), @"
    price set              AB04  from: 2026-03-01 → 2027-01-01, price: 3 900,00 → 4 100,00, member price: 2 900,00 → 3 100,00
    the rise reaches running subscriptions that renew from 2027-01-01 on, except at a price that was agreed or that a reminder stated
    ");
    assert_snapshot!(shop.run("product vat AB04 --vat 12 --from 2027-01-01"), @"VAT set                AB04  from: 2026-03-01 → 2027-01-01, vat: 25 → 12");
    assert_snapshot!(shop.table("product show AB04"), @"
    SKU               AB04
    Kind              subscription
    Name, Swedish     AB 04 digitalt
    Name, English     AB 04 digital
    Months of a term  12
    Months of notice  3

    Prices excluding VAT
    From            Price    Members   Entered
    ─────────────────────────────────────────────
    2026-03-01   3 900,00   2 900,00   2026-03-01
    2027-01-01   4 100,00   3 100,00   2026-03-01

    VAT
    From         VAT %   Exemption
    ──────────────────────────────
    2026-03-01      25
    2027-01-01      12
    ");
    assert_snapshot!(shop.run("product list --columns sku,price,vat"), @r"
    AB04	3900.00	25
    AB04-PRINT	120.00	6
    ");
    shop.at("2027-01-01T08:00:00Z");
    assert_snapshot!(shop.run("product list --columns sku,price,vat"), @r"
    AB04	4100.00	12
    AB04-PRINT	120.00	6
    ");
    let order = shop.change("order create --account 212000-0142 --item AB04");
    assert_eq!(order["objects"][0]["total_ore"], 459_200);
}

#[test]
fn amounts_that_are_negative_absurd_or_ambiguous_are_refused() {
    let shop = Shop::new();
    let create =
        "product create X --kind printed --name-sv x --name-en x --member-price 1 --vat 25";
    for (amount, reason) in [
        ("-5", "is negative"),
        ("1.000", "could mean thousands or öre"),
        ("1,000", "could mean thousands or öre"),
        ("99999999999999999999", "the most an amount can be"),
        ("1000000000,01", "the most an amount can be"),
        ("12 34", "is not an amount in kronor"),
        ("gratis", "is not an amount in kronor"),
        ("", "is not an amount in kronor"),
        ("1e3", "is not an amount in kronor"),
    ] {
        let outcome = shop.run(&format!("{create} --price='{amount}'"));
        assert_eq!(outcome.status, 5, "{amount}\n{outcome}");
        assert!(outcome.stderr.contains(reason), "{amount}\n{outcome}");
    }
    assert_snapshot!(shop.run(&format!("{create} --price -5")), @"
    --- stderr
    error: --price <KRONOR>: `-5` is negative; amounts are zero or more
    --- status 5
    ");
    assert_snapshot!(shop.run(&format!("{create} --price 1.000")), @"
    --- stderr
    error: --price <KRONOR>: `1.000` could mean thousands or öre; write 1000 or 1000.00
    --- status 5
    ");
    assert_snapshot!(shop.run(&format!("{create} --price 1 --from 2026-02-29")), @"
    --- stderr
    error: --from <DATE>: `2026-02-29` is not a day of the calendar from 1900 on
    --- status 5
    ");
}

#[test]
fn a_product_needs_a_rate_a_kind_and_terms_that_exist() {
    let shop = Shop::open();
    let create = "product create X --name-sv x --name-en x --price 1 --member-price 1";
    assert_snapshot!(shop.run(&format!("{create} --kind printed --vat 19")), @"
    --- stderr
    error: --vat <RATE>: `19` is not a Swedish VAT rate; the rates are 25, 12, 6 and 0
    --- status 5
    ");
    assert_snapshot!(shop.run(&format!("{create} --kind printed --vat 0")), @"
    --- stderr
    error: a VAT rate of 0 needs the reason that goes on the invoice
    hint: give it with `--vat-exemption TEXT`
    --- status 5
    ");
    assert_snapshot!(shop.run(&format!("{create} --kind printed --vat 25 --vat-exemption därför")), @r"
    --- stderr
    error: an exemption from VAT does not go with a rate of 25 %
    --- status 5
    ");
    assert_snapshot!(shop.run(&format!("{create} --kind rental --vat 25")), @"
    --- stderr
    error: --kind <KIND>: `rental` is not a kind; kinds are subscription, licence, printed
    --- status 5
    ");
    assert_snapshot!(shop.run(&format!("{create} --kind subscription --vat 25 --term-months 0")), @r"
    --- stderr
    error: a term of 0 months is not possible; it is 1 to 120 months
    --- status 5
    ");
    assert_snapshot!(shop.run(&format!("{create} --kind subscription --vat 25 --notice-months 1")), @"
    --- stderr
    error: a subscription with 1 months' notice is not possible; the conditions promise 3
    --- status 5
    ");
    assert_snapshot!(shop.run(&format!("{create} --kind subscription --vat 25 --notice-months 12")), @r"
    --- stderr
    error: a notice of 12 months is not possible; it is shorter than the term
    --- status 5
    ");
    assert_snapshot!(shop.run("product create 'A B' --kind printed --name-sv x --name-en x --price 1 \
        --member-price 1 --vat 25"), @"
    --- stderr
    error: <SKU>: `A B` is not a SKU: at most 40 letters a–z, digits, - . or _
    --- status 5
    ");
    assert_snapshot!(shop.run("product create AB04 --kind printed --name-sv x --name-en x --price 1 \
        --member-price 1 --vat 25"), @r"
    --- stderr
    error: the SKU `AB04` is taken by `AB 04 digitalt`
    hint: `shopctl find AB04` shows it
    --- status 5
    ");
    assert_snapshot!(shop.run("product show NOPE"), @r"
    --- stderr
    error: there is no product `NOPE`
    hint: `shopctl product list` lists them
    --- status 4
    ");
    assert_snapshot!(shop.run("product edit AB04 --name-sv ''"), @r"
    --- stderr
    error: the product's name was refused: it is empty
    --- status 5
    ");
}

#[test]
fn a_retired_product_takes_no_new_orders_and_renews_on() {
    let shop = Shop::with_an_order();
    assert_snapshot!(shop.run("product retire AB04 --note 'replaced by AB25'"), @"product retired        AB04  retired on 2026-03-01");
    assert_snapshot!(shop.run("order create --account 212000-0142 --item AB04"), @r"
    --- stderr
    error: `AB04` was retired on 2026-03-01 and takes no new orders
    --- status 5
    ");
    shop.at("2027-03-01T08:00:00Z");
    assert_eq!(shop.change("subscription renew")["objects"][0]["renewed"], 1);
}

#[test]
fn every_change_to_a_product_is_rehearsed_by_a_dry_run() {
    let shop = Shop::open();
    for line in [
        "product create AMA --kind licence --name-sv a --name-en b --price 9 --member-price 8 --vat 25",
        "product edit AMA --name-sv 'AMA, företagsanpassad'",
        "product price AMA --price 10 --member-price 9 --from 2026-05-01",
        "product vat AMA --vat 0 --vat-exemption undantag --from 2026-05-01",
        "product retire AMA",
    ] {
        shop.rehearse_and_run(line);
    }
}

#[test]
fn a_members_price_above_the_price_gets_a_warning() {
    let shop = Shop::open();
    let line = "product price AB04 --price 2900kr --member-price 3900 --from 2027-01-01";
    let change = shop.change(line);
    let warning = change["warnings"][0].as_str().expect("a warning");
    assert!(warning.starts_with("members would pay 3\u{a0}900,00, which is more"), "{warning}");
    let line = "product price AB04 --price 2900 --member-price 2900 --from 2027-02-01";
    assert_eq!(shop.change(line)["warnings"], serde_json::json!([]));
}
