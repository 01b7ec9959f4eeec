//! Money comes in: days in the shop with payments that are right, wrong, too small, too large and lost.

use insta::assert_snapshot;
use rusqlite::params;

use crate::support::Shop;

/// Returns a shop in which Saab has the invoices 1001 (3 625,00) and 1002 (286,20), and Stockholm 1003
/// (4 875,00), on 10 March.
fn shop_with_invoices() -> Shop {
    let shop = Shop::with_an_order();
    shop.ok("order create --account 556036-0793 --item AB04-PRINT=3");
    shop.ok("order create --account 212000-0142 --item AB04");
    shop.at("2026-03-10T08:00:00Z");
    shop
}

/// A payment as a file of the bank's tells of it.
#[derive(Clone, Copy, Default)]
struct Told<'t> {
    kronor: i64,
    payer: Option<&'t str>,
    account: Option<&'t str>,
    org_number: Option<&'t str>,
    reference: Option<&'t str>,
}

/// Puts a payment into the store that nobody has matched, as one that came in with a file.
fn came_in(shop: &Shop, told: Told<'_>) -> i64 {
    let store = shop.sqlite();
    let number: i64 = store
        .query_row(
            "UPDATE counters SET value = value + 1 WHERE name = 'payment' RETURNING value",
            [],
            |row| row.get(0),
        )
        .expect("a number");
    store
        .execute(
            "INSERT INTO payment (id, number, source, identity, received_on, entered_on, booked_on,
                 amount_ore, payer_name, payer_account, payer_org_number, reference)
             VALUES (1000000 + ?1, ?1, 'bgmax', 'file ' || ?1, '2026-03-09', '2026-03-10',
                 '2026-03-09', ?2 * 100, ?3, ?4, ?5, ?6)",
            params![number, told.kronor, told.payer, told.account, told.org_number, told.reference],
        )
        .expect("a payment");
    number
}

#[test]
fn an_invoice_is_paid_in_parts_and_too_much_stands_on_the_balance() {
    let shop = shop_with_invoices();
    shop.rehearse_and_run("payment record 1001 --amount 1000 --date 2026-03-09 --payer 'Saab AB'");
    assert_snapshot!(shop.run("payment record 1001 --amount 3000 --date 2026-03-10"), @"
    payment recorded       2  source manual, received on 2026-03-10, booked on 2026-03-10, amount 3 000,00
    payment matched        2  amount −2 625,00, booked on 2026-03-10, left: 3 000,00 → 375,00, invoice left: 2 625,00 → 0,00, invoice 1001
    --- stderr
    warning: 375,00 kronor is more than invoice 1001 had left; 375,00 kronor stands on the balance of Saab AB (556036-0793): `shopctl payment refund 2` pays it back, `shopctl payment match 2 INVOICE` sets it against another invoice
    ");
    assert_snapshot!(shop.table("payment list"), @"
    Payment  Received      Amount  Payer    Reference  Settles    Left  Account  Number       Source
    ────────────────────────────────────────────────────────────────────────────────────────────────
          2  2026-03-10  3 000,00                      1001     375,00  Saab AB  556036-0793  manual
          1  2026-03-09  1 000,00  Saab AB             1001       0,00  Saab AB  556036-0793  manual
    ");
    assert_eq!(shop.json("account show 556036-0793")["balance_ore"], 37_500);
    assert_snapshot!(shop.run("status"), @"
    orders to post	1		shopctl order list --to-post
    payments not used up	1	375,00 kronor	shopctl payment list --balance
    mails waiting	3		shopctl mail send
    mail goes to a folder		nobody gets it: ~/shop/mail	set `url` under [mail] in shopctl.toml
    PRACTICE		this shop is for practice; SHOPCTL_NOW may set its clock	
    daily		has never run; let cron run it	shopctl daily -q
    ");
    // The balance is set against the next invoice, and the rest of it is paid back.
    shop.rehearse_and_run("payment match 2 1002");
    assert_snapshot!(shop.run("payment refund 2 --date 2026-03-10 --reason 'paid too much'"), @"payment refunded       2  amount −88,80, booked on 2026-03-10, left: 88,80 → 0,00, reason paid too much");
    assert_snapshot!(shop.table("payment show 2"), @"
    Payment           2
    Source            manual
    Received          2026-03-10
    Entered           2026-03-10
    Booked            2026-03-10
    Account           556036-0793
    Name              Saab AB
    Amount            3 000,00
    Settled           2 911,20
    Set against       0,00
    Refunded          88,80
    Reversed          0,00
    Left              0,00

    Entries
    Booked       Entry     Invoice      Amount   Why
    ──────────────────────────────────────────────────────────
    2026-03-10   settles      1001   −2 625,00
    2026-03-10   settles      1002     −286,20   by hand
    2026-03-10   refund                 −88,80   paid too much
    ");
    assert_snapshot!(shop.run("payment list --balance"), @"");
    shop.ok("audit verify");
}

#[test]
fn a_payment_that_was_typed_twice_is_asked_about() {
    let shop = shop_with_invoices();
    shop.ok("payment record 1001 --amount 1000 --date 2026-03-09");
    assert_snapshot!(shop.run("payment record 1001 --amount 1000 --date 2026-03-09"), @"
    --- stderr
    error: this needs your agreement: Payment 1 of 1 000,00 kronor, received on 2026-03-09, settles invoice 1001 already: this one would be counted beside it.
    hint: add `--yes` to agree, or `--dry-run` to see what it would do
    --- status 5
    ");
    shop.ok("payment record 1001 --amount 1000 --date 2026-03-08");
    shop.ok("payment record 1001 --amount 1000 --date 2026-03-09 --yes");
    assert_eq!(shop.json("payment list").as_array().expect("a list").len(), 3);
    // One that was taken back is no twin.
    shop.ok("payment reverse 2 --reason 'typed twice'");
    shop.ok("payment record 1001 --amount 1000 --date 2026-03-08");
}

#[test]
fn money_that_points_to_one_customer_settles_anothers_invoice_only_when_that_is_agreed() {
    let shop = shop_with_invoices();
    let told = Told { kronor: 100, ..Told::default() };
    for told in [
        Told { payer: Some("SAAB AKTIEBOLAG"), ..told },
        Told { org_number: Some("5560360793"), ..told },
        Told { reference: Some("100164"), ..told },
    ] {
        came_in(&shop, told);
    }
    assert_snapshot!(shop.run("payment match 1 1003"), @"
    --- stderr
    error: this needs your agreement: Payment 1 points to Saab AB (556036-0793), by the payer's name, and invoice 1003 is of Stockholms stad (212000-0142).
    hint: add `--yes` to agree, or `--dry-run` to see what it would do
    --- status 5
    ");
    assert_eq!(shop.error("payment match 2 1003").1["code"], "agreement_needed");
    assert_eq!(shop.error("payment match 3 1003").1["code"], "agreement_needed");
    shop.ok("payment match 1 1003 --yes");
    shop.ok("payment match 2 1002");
    shop.ok("payment match 3 1001");
}

#[test]
fn a_payment_that_is_matched_into_exported_days_says_so() {
    let shop = shop_with_invoices();
    came_in(&shop, Told { kronor: 100, ..Told::default() });
    shop.at("2026-04-02T08:00:00Z");
    let file = shop.path("march.si");
    shop.ok(&format!("export sie --from 2026-03-01 --to 2026-03-31 -o {file}"));
    assert_snapshot!(shop.run("payment match 1 1001"), @"
    payment matched        1  amount −100,00, booked on 2026-03-09, left: 100,00 → 0,00, invoice left: 3 625,00 → 3 525,00, invoice 1001, reason by hand
    --- stderr
    warning: this is booked on 2026-03-09, which was exported already; the next export takes it up
    ");
    assert_snapshot!(shop.run("payment record 1001 --amount 100 --date 2026-03-31 -n"), @"
    payment recorded       2  source manual, received on 2026-03-31, booked on 2026-03-31, amount 100,00
    payment matched        2  amount −100,00, booked on 2026-03-31, left: 100,00 → 0,00, invoice left: 3 525,00 → 3 425,00, invoice 1001
    --- stderr
    warning: this is booked on 2026-03-31, which was exported already; the next export takes it up
    this is what would happen; nothing was changed
    ");
}

#[test]
fn what_nobody_could_match_is_listed_with_the_likeliest_invoices() {
    let shop = shop_with_invoices();
    assert_snapshot!(shop.table("payment list --unmatched"), @"
    --- stderr
    every payment has found its invoice
    ");
    let told = Told::default();
    came_in(
        &shop,
        Told { kronor: 3625, payer: Some("SAAB AB"), reference: Some("avtal 2026"), ..told },
    );
    came_in(&shop, Told { kronor: 4875, org_number: Some("002120001420"), ..told });
    came_in(&shop, Told { kronor: 17, account: Some("54029681"), ..told });
    came_in(&shop, Told { kronor: 100, reference: Some("faktura 1002"), ..told });
    assert_snapshot!(shop.table("payment list --unmatched"), @"
    Payment Received       Left Payer    Text         Invoice Buyer               Owed Alike
    ───────────────────────────────────────────────────────────────────────────────────────────────
          1 2026-03-09 3 625,00 SAAB AB  avtal 2026      1001 Saab AB         3 625,00 amount, name
          2 2026-03-09 4 875,00                          1003 Stockholms stad 4 875,00 amount
          3 2026-03-09    17,00 54029681
          4 2026-03-09   100,00          faktura 1002    1002 Saab AB           286,20 number
    --- stderr
    4 payments, 8 617,00 kronor: `shopctl payment match PAYMENT INVOICE`
    ");
    assert_snapshot!(shop.run("payment list --unmatched --json --columns number,left,invoice,alike"), @r#"
    [{"number":1,"left_ore":362500,"currency":"SEK","invoice":1001,"alike":["amount","name"]},
    {"number":2,"left_ore":487500,"currency":"SEK","invoice":1003,"alike":["amount"]},
    {"number":3,"left_ore":1700,"currency":"SEK","invoice":null,"alike":null},
    {"number":4,"left_ore":10000,"currency":"SEK","invoice":1002,"alike":["number"]}]
    "#);
    assert_snapshot!(shop.run("status"), @"
    orders to post	1		shopctl order list --to-post
    payments unmatched	4	8 617,00 kronor	shopctl payment list --unmatched
    mails waiting	3		shopctl mail send
    mail goes to a folder		nobody gets it: ~/shop/mail	set `url` under [mail] in shopctl.toml
    PRACTICE		this shop is for practice; SHOPCTL_NOW may set its clock	
    daily		has never run; let cron run it	shopctl daily -q
    ");

    // Once more by what it names: one finds its invoice, another does not.
    shop.rehearse_and_run("payment match 4");
    assert_snapshot!(shop.run("payment match 3"), @"
    --- stderr
    error: payment 3 must be matched by hand: it names no invoice of this shop
    hint: `shopctl payment show 3` shows the likeliest invoices, `shopctl payment match 3 INVOICE` settles one
    --- status 5
    ");
    shop.ok("payment match 1 1001");
    // From here on, the payer's bank account leads to Saab.
    shop.ok("payment match 3 1002");
    came_in(&shop, Told { kronor: 40, account: Some("54029681"), ..told });
    assert_snapshot!(shop.run("payment list --unmatched"), @"
    2	2026-03-09	4875.00			1003	Stockholms stad	4875.00	amount
    5	2026-03-09	40.00	54029681		1002	Saab AB	169.20	payer's account
    ");
    assert_snapshot!(shop.run("payment list --account 556036-0793 --columns number,invoices,left"), @"
    4	1002	0.00
    3	1002	0.00
    1	1001	0.00
    ");
    assert_snapshot!(shop.run("payment list --from 2026-03-10 --columns number"), @"");
    assert_snapshot!(shop.run("payment list --from 2026-03-10 --to 2026-03-09"), @"
    --- stderr
    error: there is no day from 2026-03-10 to 2026-03-09
    hint: `--from` is the first day and `--to` the last
    --- status 5
    ");
}

#[test]
fn one_payment_is_spread_over_several_invoices() {
    let shop = shop_with_invoices();
    let told = Told { kronor: 8000, reference: Some("fakturor 1001 1003"), ..Told::default() };
    came_in(&shop, told);
    assert_snapshot!(shop.run("payment match 1"), @"
    --- stderr
    error: payment 1 must be matched by hand: the open amounts of what it names do not add up to it
    hint: `shopctl payment show 1` shows the likeliest invoices, `shopctl payment match 1 INVOICE` settles one
    --- status 5
    ");
    shop.ok("payment match 1 1001");
    assert_snapshot!(shop.run("payment match 1 1003 --amount 4400"), @"
    --- stderr
    error: 4 400,00 kronor is more than payment 1 has left, 4 375,00 kronor
    hint: `shopctl payment show 1` shows what is left
    --- status 5
    ");
    // Another account's invoice is settled with it, and that is said.
    assert_snapshot!(shop.run("payment match 1 1003"), @"payment matched        1  amount −4 375,00, booked on 2026-03-09, left: 4 375,00 → 0,00, invoice left: 4 875,00 → 500,00, invoice 1003, reason by hand");
    assert_snapshot!(shop.run("payment match 1 1002"), @"
    --- stderr
    error: nothing is left of payment 1
    hint: `shopctl payment show 1` shows what it settles
    --- status 5
    ");
    assert_snapshot!(shop.run("payment list"), @"1	2026-03-09	8000.00		fakturor 1001 1003	1001 1003	0.00	Saab AB	556036-0793	bgmax");
}

#[test]
fn a_mistake_is_corrected_by_further_entries_and_never_overwritten() {
    let shop = shop_with_invoices();
    let change = shop.change("payment record 1001 --amount 3625 --date 2026-03-09");
    assert_snapshot!(shop.run(&format!("undo {}", change["op"])), @"
    --- stderr
    error: operation 9 cannot be undone: nothing reverses `payment recorded`
    hint: `shopctl payment reverse 1 --reason TEXT` takes it back
    --- status 5
    ");
    shop.rehearse_and_run("payment unmatch 1 --reason 'meant for another'");
    assert_snapshot!(shop.run("payment list --unmatched --columns number,left,invoice"), @"1	3625.00	1001");
    assert_snapshot!(shop.run("payment unmatch 1 --reason again"), @"
    --- stderr
    error: payment 1 does not settle anything
    hint: `shopctl payment show 1` shows what it settles
    --- status 5
    ");
    shop.ok("payment match 1 1003");
    shop.rehearse_and_run("payment reverse 1 --reason 'the bank withdrew it'");
    assert_snapshot!(shop.table("payment show 1"), @"
    Payment           1
    Source            manual
    Received          2026-03-09
    Entered           2026-03-10
    Booked            2026-03-09
    Amount            3 625,00
    Settled           0,00
    Set against       0,00
    Refunded          0,00
    Reversed          3 625,00
    Left              0,00

    Entries
    Booked       Entry             Invoice      Amount   Why
    ─────────────────────────────────────────────────────────────────────────
    2026-03-09   settles              1001   −3 625,00
    2026-03-10   settles no more      1001    3 625,00   meant for another
    2026-03-10   settles              1003   −3 625,00   by hand
    2026-03-10   settles no more      1003    3 625,00   the bank withdrew it
    2026-03-10   reversal                    −3 625,00   the bank withdrew it
    ");
    assert_snapshot!(shop.run("payment reverse 1 --reason again"), @"
    --- stderr
    error: payment 1 was taken back already
    hint: `shopctl payment show 1` shows when
    --- status 5
    ");
    assert_snapshot!(shop.run("payment match 1 1001"), @"
    --- stderr
    error: nothing is left of payment 1
    hint: `shopctl payment show 1` shows what it settles
    --- status 5
    ");
    assert_eq!(shop.count("SELECT count(*) FROM ledger_entry"), 5);
    shop.ok("audit verify");
}

#[test]
fn a_refund_that_came_back_is_left_on_the_payment_again() {
    let shop = shop_with_invoices();
    shop.ok("payment record 1002 --amount 300 --date 2026-03-09");
    let refund = "payment refund 1 --date 2026-03-10 --reason 'paid too much'";
    assert_snapshot!(shop.run(&format!("{refund} --amount 20")), @"
    --- stderr
    error: 20,00 kronor is more than payment 1 has left, 13,80 kronor
    hint: `shopctl payment show 1` shows what is left
    --- status 5
    ");
    shop.rehearse_and_run(refund);
    assert_snapshot!(shop.run(refund), @"
    --- stderr
    error: nothing is left of payment 1 to pay back
    hint: `shopctl payment unmatch 1 --reason TEXT` takes back what it settles
    --- status 5
    ");
    assert_snapshot!(shop.run("payment reverse 1 --reason 'never came'"), @"
    --- stderr
    error: 13,80 kronor of payment 1 was paid back, and that money has left
    hint: if it was not, `shopctl payment refund 1 --take-back --reason TEXT` takes that back first
    --- status 5
    ");
    shop.rehearse_and_run("payment refund 1 --take-back --reason 'account closed'");
    assert_snapshot!(shop.run("payment refund 1 --take-back --reason again"), @"
    --- stderr
    error: nothing of payment 1 was refunded
    hint: `shopctl payment show 1` shows why
    --- status 5
    ");
    shop.ok("payment reverse 1 --reason 'never came'");
    assert_eq!(shop.json("payment show 1")["left_ore"], 0);
}

#[test]
fn money_for_an_invoice_credited_in_full_stands_on_the_balance_and_covers_a_deduction() {
    let shop = shop_with_invoices();
    shop.ok("payment record 1001 --amount 3625 --date 2026-03-09");
    // The credit note, 1004, leaves the money on the payment.
    shop.ok("subscription end 1001 --on 2026-03-01 --credit rest --reason bankruptcy --yes");
    assert_eq!(shop.json("account show 556036-0793")["balance_ore"], 362_500);
    let told = Told { reference: Some("kredit 1004"), ..Told::default() };
    came_in(&shop, Told { kronor: -3000, ..told });
    shop.rehearse_and_run("payment match 2 1004 --amount 1000");
    shop.ok("payment match 2 1004");
    assert_snapshot!(shop.table("payment show 2"), @"
    Payment           2
    Source            bgmax
    Received          2026-03-09
    Entered           2026-03-10
    Booked            2026-03-09
    Reference         kredit 1004
    Account           556036-0793
    Name              Saab AB
    Amount            −3 000,00
    Settled           0,00
    Set against       −3 000,00
    Refunded          0,00
    Reversed          0,00
    Left              0,00

    Entries
    Booked       Entry         Invoice     Amount   Why
    ────────────────────────────────────────────────────────────────────
    2026-03-10   set against             1 000,00   covered by payment 1
    2026-03-10   set against             2 000,00   covered by payment 1
    ");
    assert_eq!(shop.json("account show 556036-0793")["balance_ore"], 62_500);
    assert_snapshot!(shop.run("payment match 1 1001"), @"
    --- stderr
    error: invoice 1001 is credited in full, and nothing is left to pay of it
    hint: `shopctl payment list --unmatched` shows likelier ones; `shopctl payment refund 1` pays the money back
    --- status 5
    ");
    assert_snapshot!(shop.run("payment record 1001 --amount 5 --date 2026-03-10"), @"
    payment recorded       3  source manual, received on 2026-03-10, booked on 2026-03-10, amount 5,00
    payment matched        3  account: nothing → 556036-0793, reason nothing is left of invoice 1001
    --- stderr
    warning: nothing is left to pay of invoice 1001; 5,00 kronor stands on the balance of Saab AB (556036-0793): `shopctl payment refund 3` pays it back, `shopctl payment match 3 INVOICE` sets it against another invoice
    ");
    // What covers a deduction can be taken back, too.
    shop.rehearse_and_run("payment unmatch 2 --reason 'not this account'");
    assert_eq!(shop.json("account show 556036-0793")["balance_ore"], 363_000);
    came_in(&shop, Told { kronor: -10, ..told });
    assert_snapshot!(shop.run("payment match 4 1003"), @"
    --- stderr
    error: Stockholms stad (212000-0142) has no balance that could cover the deduction
    hint: a credit note on a paid invoice leaves the money on the balance; `shopctl account show` shows it
    --- status 5
    ");
}

#[test]
fn what_cannot_be_is_refused_and_leaves_nothing() {
    let shop = shop_with_invoices();
    shop.ok("payment record 1001 --amount 3000 --date 2026-03-09");
    shop.ok("subscription end 1002 --on 2026-03-01 --credit rest --reason bankruptcy --yes");
    let head = shop.head();
    let day = "--date 2026-03-10";
    for (line, status, code) in [
        ("payment record 7001 --amount 1 --date 2026-03-10".to_owned(), 4, "unknown_invoice"),
        (format!("payment record 1004 --amount 1 {day}"), 5, "credit_note"),
        (format!("payment record 1001 --amount 0 {day}"), 5, "bad_value"),
        (format!("payment record 1001 --amount=-5 {day}"), 5, "value"),
        (format!("payment record 1001 --amount 1.000 {day}"), 5, "value"),
        ("payment record 1001 --amount 1 --date 2026-03-11".to_owned(), 5, "future_date"),
        ("payment record 1001 --amount 1 --date 2026-02-30".to_owned(), 5, "value"),
        ("payment record 1001 --amount 1".to_owned(), 2, "usage"),
        ("payment show 9".to_owned(), 4, "unknown_payment"),
        ("payment match 9 1001".to_owned(), 4, "unknown_payment"),
        ("payment match 1 7001".to_owned(), 4, "unknown_invoice"),
        ("payment match 1 1002".to_owned(), 5, "used_up"),
        ("payment unmatch 1 1002 --reason x".to_owned(), 5, "not_matched"),
        ("payment unmatch 1".to_owned(), 2, "usage"),
        ("payment reverse 9 --reason x".to_owned(), 4, "unknown_payment"),
        ("payment reverse 1 --reason ' '".to_owned(), 5, "value"),
        (format!("payment refund 1 {day} --reason x"), 5, "used_up"),
        ("payment refund 1 --reason x".to_owned(), 2, "usage"),
        ("payment refund 1 --take-back --reason x".to_owned(), 5, "not_refunded"),
    ] {
        let (found, error) = shop.error(&line);
        assert_eq!((found, error["code"].as_str()), (status, Some(code)), "{line}");
    }
    assert_eq!(shop.head(), head);

    shop.ok("payment unmatch 1 --reason 'to be spread'");
    let head = shop.head();
    for (line, code) in [
        ("payment match 1 1001 --amount 3000.01", "more_than_paid"),
        ("payment match 1 1002 --amount 286.21", "more_than_owed"),
        ("payment match 1 1004", "credit_note"),
        ("payment match 1 1001 --amount 0", "bad_value"),
        ("payment refund 1 --amount 3000.01 --date 2026-03-10 --reason x", "more_than_paid"),
        ("payment refund 1 --amount 0 --date 2026-03-10 --reason x", "bad_value"),
        ("payment refund 1 --date 2026-03-08 --reason x", "early_date"),
        ("payment refund 1 --date 2026-03-11 --reason x", "future_date"),
    ] {
        let (found, error) = shop.error(line);
        assert_eq!((found, error["code"].as_str()), (5, Some(code)), "{line}");
    }
    assert_eq!(shop.head(), head);
}
