use insta::assert_snapshot;

use crate::support::Shop;

/// Returns a shop that has sold to Saab and, a month later, to Stockholm: invoices 1001 and 1002.
fn shop() -> Shop {
    let shop = Shop::with_an_order();
    shop.at("2026-04-02T09:00:00Z");
    shop.ok("order create --account 212000-0142 --item AB04 -q");
    shop
}

fn pay(shop: &Shop, invoice: i64, day: &str, kronor: i64) {
    shop.ok(&format!("payment record {invoice} --amount {kronor} --date {day} -q"));
}

#[test]
fn the_list_says_what_is_left_and_finds_what_is_late() {
    let shop = shop();
    let columns = "--format tsv --columns number,due_on,total,left,state";
    let list = |filter: &str| shop.run(&format!("invoice list {filter} {columns}"));
    assert_snapshot!(list(""), @"
    number	due_on	total	left	state
    1002	2026-05-02	4875.00	4875.00	issued
    1001	2026-03-31	3625.00	3625.00	overdue
    ");
    pay(&shop, 1001, "2026-04-02", 1000);
    assert_snapshot!(list("--overdue"), @"
    number	due_on	total	left	state
    1001	2026-03-31	3625.00	2625.00	overdue
    ");
    pay(&shop, 1001, "2026-04-02", 3000);
    assert_snapshot!(list("--unpaid"), @"
    number	due_on	total	left	state
    1002	2026-05-02	4875.00	4875.00	issued
    ");
    assert_snapshot!(list("--overdue"), @"number	due_on	total	left	state");
    assert_snapshot!(list("--due-before 2026-05-03"), @"
    number	due_on	total	left	state
    1002	2026-05-02	4875.00	4875.00	issued
    ");
    let all = shop.json("invoice list");
    assert_eq!((&all[1]["left_ore"], &all[1]["state"]), (&0.into(), &"paid".into()));
    shop.at("2026-06-01T09:00:00Z");
    assert_snapshot!(list("--overdue"), @"
    number	due_on	total	left	state
    1002	2026-05-02	4875.00	4875.00	overdue
    ");
    shop.ok("invoice write-off 1002 --reason bankruptcy -y");
    assert_eq!(shop.json("invoice list")[0]["state"], "written_off");
    assert_eq!(shop.json("invoice list --unpaid"), serde_json::json!([]));
}

#[test]
fn an_invoice_explains_what_was_paid_what_is_left_and_its_interest() {
    let shop = shop();
    shop.at("2026-07-15T09:00:00Z");
    pay(&shop, 1001, "2026-05-15", 1000);
    let shown = shop.table("invoice show 1001").to_string();
    let settled = shown.split("Paid, charged").nth(1).expect("what settled it");
    let settled = settled.split("AB04: ").next().expect("as far as the explanation of its lines");
    assert_snapshot!(settled, @"
     and given up
    Date         Kind      Payment      Amount   Reason
    ───────────────────────────────────────────────────
    2026-05-15   payment         1   −1 000,00

    Late interest
    From         Through      Days         On   Yearly rate   Interest
    ──────────────────────────────────────────────────────────────────
    2026-04-01   2026-05-15     45   3 625,00       10,00 %      44,69
    2026-05-16   2026-07-15     61   2 625,00       10,00 %      43,87

    Mails
    Mail   Kind            To                     Status    Sent
    ────────────────────────────────────────────────────────────
       1   order invoice   faktura@saab.example   waiting
    ");
    let explained = shop.json("invoice show 1001");
    assert_eq!(
        (&explained["paid_ore"], &explained["left_ore"]),
        (&100_000.into(), &262_500.into())
    );
    let segments = explained["interest"].as_array().expect("segments");
    let sum: i64 = segments.iter().filter_map(|segment| segment["amount_ore"].as_i64()).sum();
    let sentences = explained["explanation"].to_string();
    let told = format!("comes to {},{:02} kronor", sum / 100, sum % 100);
    assert!(sentences.contains(&told), "{told}: {sentences}");
}

#[test]
fn receivables_are_told_by_account_and_age_as_they_were_on_a_day() {
    let shop = shop();
    assert_snapshot!(shop.table("report receivables"), @"
    Account       Name               Not due   1–30 days   31–60   61–90   Over 90        Sum
    ─────────────────────────────────────────────────────────────────────────────────────────
    556036-0793   Saab AB               0,00    3 625,00    0,00    0,00      0,00   3 625,00
    212000-0142   Stockholms stad   4 875,00        0,00    0,00    0,00      0,00   4 875,00
    --- stderr
    at the end of 2026-04-02: 8 500,00 kronor on 2 invoices, 3 625,00 kronor of it late
    ");
    pay(&shop, 1001, "2026-04-02", 1000);
    shop.at("2026-07-15T09:00:00Z");
    assert_snapshot!(shop.table("report receivables"), @"
    Account       Name              Not due   1–30 days   31–60      61–90    Over 90        Sum
    ────────────────────────────────────────────────────────────────────────────────────────────
    556036-0793   Saab AB              0,00        0,00    0,00       0,00   2 625,00   2 625,00
    212000-0142   Stockholms stad      0,00        0,00    0,00   4 875,00       0,00   4 875,00
    --- stderr
    at the end of 2026-07-15: 7 500,00 kronor on 2 invoices, 7 500,00 kronor of it late
    ");
    assert_snapshot!(shop.table("report receivables --as-of 2026-04-01"), @"
    Account       Name      Not due   1–30 days   31–60   61–90   Over 90        Sum
    ────────────────────────────────────────────────────────────────────────────────
    556036-0793   Saab AB      0,00    3 625,00    0,00    0,00      0,00   3 625,00
    --- stderr
    at the end of 2026-04-01: 3 625,00 kronor on 1 invoice, 3 625,00 kronor of it late
    ");
    assert_snapshot!(shop.run("report receivables --by-age --format csv"), @"
    age,invoices,sum
    not_due,0,0.00
    1_30,0,0.00
    31_60,0,0.00
    61_90,1,4875.00
    over_90,1,2625.00
    ");
    assert_snapshot!(shop.table("report receivables --chart"), @"
    not due       0,00  (0)
    1–30 days     0,00  (0)
    31–60 days    0,00  (0)
    61–90 days    ████████████████████████████████████████████████████████████████████████ 4 875,00  (1)
    over 90 days  ██████████████████████████████████████▊ 2 625,00  (1)
    ");
    let json = shop.json("report receivables");
    assert_eq!(json[0]["sum_ore"], 262_500);
    assert_eq!(shop.json("report receivables --as-of 2026-01-01"), serde_json::json!([]));
    assert_snapshot!(shop.run("report receivables --as-of 2026-07-16"), @"
    --- stderr
    error: 2026-07-16 lies ahead, and what will be paid until then is not known
    hint: `shopctl invoice list --unpaid` shows when each is due
    --- status 5
    ");
    let status = shop.run("status").to_string();
    let late = status.lines().find(|line| line.contains("overdue"));
    assert_snapshot!(late.expect("a line"), @"invoices overdue	2	7 500,00 kronor is left of them	shopctl invoice list --overdue");
}

#[test]
fn the_series_have_no_gaps_and_one_made_from_outside_is_seen() {
    let shop = shop();
    pay(&shop, 1001, "2026-04-02", 1000);
    assert_snapshot!(shop.table("report series"), @"
    Series    First   Last   Used   Missing   Which   Left out by a restore
    ───────────────────────────────────────────────────────────────────────
    invoice    1001   1002      2         0
    order      1001   1002      2         0
    payment       1      1      1         0
    ");
    shop.sqlite()
        .execute_batch("UPDATE counters SET value = 1004 WHERE name = 'invoice'")
        .expect("an intruder");
    assert_snapshot!(shop.run("report series --format csv"), @"
    series,first,last,used,missing,missing_numbers,left_out
    invoice,1001,1002,2,2,1003–1004,
    order,1001,1002,2,0,,
    payment,1,1,1,0,,
    --- stderr
    warning: 2 numbers are missing, so the store was altered by something else than shopctl; `shopctl store check` looks for what
    ");
}
