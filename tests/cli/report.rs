use crate::support::Shop;
use insta::assert_snapshot;

/// Returns a shop in the autumn after some orders: Saab buys by the year since March 2026, Stockholm
/// since May and by the month, and a notice was received from one of them.
fn shop() -> Shop {
    let shop = Shop::with_an_order();
    shop.ok("product create MONTH --kind licence --term-months 1 --notice-months 0 --price 100 \
         --member-price 80 --vat 25 --name-sv Månad --name-en Month");
    shop.at("2026-05-20T09:00:00Z");
    shop.ok("order create --account 212000-0142 --item AB04");
    shop.at("2026-06-30T09:00:00Z");
    shop.ok("order create --account 212000-0142 --item MONTH");
    shop.ok("product price AB04 --price 4100 --member-price 3100 --from 2027-01-01");
    for day in ["2026-07-30", "2026-08-30", "2026-09-30"] {
        shop.at(&format!("{day}T09:00:00Z"));
        shop.ok("daily");
    }
    shop
}

#[test]
fn renewals_are_told_by_month_as_billed_and_as_to_come() {
    let shop = shop();
    let range = "report renewals --from 2026-08-01 --to 2026-12-31";
    assert_snapshot!(shop.table(range), @"
    Month     Billed   Sum billed   To come   Sum expected   Ending
    ───────────────────────────────────────────────────────────────
    2026-08        1       100,00         0           0,00        0
    2026-09        1       100,00         0           0,00        0
    2026-10        0         0,00         1         100,00        0
    2026-11        0         0,00         1         100,00        0
    2026-12        0         0,00         1         100,00        0
    --- stderr
    from 2026-08-01 to 2026-12-31: 2 billed, 200,00 kronor; 3 to come, 300,00 kronor; 0 ending
    ");
    assert_snapshot!(shop.run("report renewals --from 2027-03-01 --to 2027-05-31 --by-product"), @"
    2027-03	AB04	0	0.00	1	3100.00	0
    2027-03	MONTH	0	0.00	1	100.00	0
    2027-04	MONTH	0	0.00	1	100.00	0
    2027-05	AB04	0	0.00	1	4100.00	0
    2027-05	MONTH	0	0.00	1	100.00	0
    ");
    let coming = |line: &str| shop.json(&format!("report renewals {line}"));
    let march = coming("--from 2027-03-01 --to 2027-03-01 --product AB04");
    assert_eq!((&march[0]["coming"], &march[0]["coming_net_ore"]), (&1.into(), &310_000.into()));
    assert_eq!(coming("--from 2027-02-28 --to 2027-02-28 --product AB04")[0]["coming"], 0);
    let year = coming("--product AB04");
    let all: i64 =
        year.as_array().expect("rows").iter().filter_map(|row| row["coming"].as_i64()).sum();
    assert_eq!(all, 2, "each once in the year from today: {year}");
}

#[test]
fn a_renewal_counts_with_what_was_billed_once_it_is() {
    let shop = shop();
    let march = "report renewals --from 2027-03-01 --to 2027-03-31 --product AB04";
    let sums = |shop: &Shop| {
        let row = &shop.json(march)[0];
        ["billed", "billed_net_ore", "coming", "coming_net_ore"].map(|key| row[key].clone())
    };
    assert_eq!(sums(&shop)[..2], [0, 0]);
    let expected = sums(&shop)[3].clone();
    shop.at("2027-03-01T09:00:00Z");
    shop.ok("daily");
    assert_eq!(sums(&shop), [1.into(), expected, 0.into(), 0.into()]);
}

#[test]
fn a_subscription_that_ends_is_ending_and_not_renewing() {
    let shop = shop();
    let end = "UPDATE subscription SET ends_on = billed_through WHERE number = 1001";
    shop.sqlite().execute(end, []).expect("an end");
    let march = &shop.json("report renewals --from 2027-03-01 --to 2027-03-31 --product AB04")[0];
    assert_eq!((&march["coming"], &march["ending"]), (&0.into(), &1.into()));
    let list = |line: &str| {
        shop.ok(&format!(
            "subscription list --columns number,renewal_date,notice_deadline,ends,status {line}"
        ))
    };
    assert_snapshot!(list("--product AB04"), @"
    1001			2027-03-01	notice given
    1002	2027-05-20	2027-02-20		running
    ");
    assert_eq!(list("--renews-before 2028-01-01 --account 556036-0793"), "");
    assert_eq!(list("--notice-before 2028-01-01 --account 556036-0793"), "");
    assert_eq!(shop.json("subscription list --status notice-given")[0]["ends"], "2027-03-01");
    shop.at("2027-03-01T09:00:00Z");
    assert_eq!(
        shop.json("subscription list --status ended")[0]["renewal_date"],
        serde_json::Value::Null
    );
}

#[test]
fn recurring_revenue_is_told_with_its_movement() {
    let shop = shop();
    shop.at("2027-04-15T09:00:00Z");
    shop.ok("daily");
    let end = "UPDATE subscription SET ends_on = '2027-04-10' WHERE number = 1003";
    shop.sqlite().execute(end, []).expect("an end");
    assert_snapshot!(shop.table("report recurring --from 2026-02-01"), @"
    Month    Opening      New Expansion Contraction    Ended    Price  Closing Running Notices Cancelled
                                                               effect
    ────────────────────────────────────────────────────────────────────────────────────────────────────
    2026-02     0,00     0,00      0,00        0,00     0,00     0,00     0,00       0       0      0,00
    2026-03     0,00 2 900,00      0,00        0,00     0,00     0,00 2 900,00       1       0      0,00
    2026-04 2 900,00     0,00      0,00        0,00     0,00     0,00 2 900,00       1       0      0,00
    2026-05 2 900,00 3 900,00      0,00        0,00     0,00     0,00 6 800,00       2       0      0,00
    2026-06 6 800,00 1 200,00      0,00        0,00     0,00     0,00 8 000,00       3       0      0,00
    2026-07 8 000,00     0,00      0,00        0,00     0,00     0,00 8 000,00       3       0      0,00
    2026-08 8 000,00     0,00      0,00        0,00     0,00     0,00 8 000,00       3       0      0,00
    2026-09 8 000,00     0,00      0,00        0,00     0,00     0,00 8 000,00       3       0      0,00
    2026-10 8 000,00     0,00      0,00        0,00     0,00     0,00 8 000,00       3       0      0,00
    2026-11 8 000,00     0,00      0,00        0,00     0,00     0,00 8 000,00       3       0      0,00
    2026-12 8 000,00     0,00      0,00        0,00     0,00     0,00 8 000,00       3       0      0,00
    2027-01 8 000,00     0,00      0,00        0,00     0,00     0,00 8 000,00       3       0      0,00
    2027-02 8 000,00     0,00      0,00        0,00     0,00     0,00 8 000,00       3       0      0,00
    2027-03 8 000,00     0,00      0,00        0,00     0,00   200,00 8 200,00       3       0      0,00
    2027-04 8 200,00     0,00      0,00        0,00 1 200,00     0,00 7 000,00       2       0      0,00
    ");
    let rows = shop.json("report recurring --from 2026-02-01");
    for row in rows.as_array().expect("rows") {
        let ore = |key: &str| row[key].as_i64().expect(key);
        let grown = ore("expansion_ore") - ore("contraction_ore") + ore("price_effect_ore");
        let moved = ore("opening_ore") + ore("new_ore") - ore("ended_ore") + grown;
        assert_eq!(moved, ore("closing_ore"), "{row}");
    }
    assert_snapshot!(shop.run("report recurring --to 2027-04-16"), @"
    --- stderr
    error: 2027-04-16 lies ahead, and what the subscriptions will be worth then is not known
    hint: `shopctl report renewals` shows what is to come
    --- status 5
    ");
    assert_snapshot!(shop.run("report recurring --from 2027-02-01 --to 2027-01-01"), @"
    --- stderr
    error: the report would begin on 2027-02-01 and end before that, on 2027-01-01
    hint: give `--from 2027-01-01 --to 2027-02-01`
    --- status 5
    ");
}

#[test]
fn a_term_billed_by_another_shop_counts_at_the_agreed_price_or_the_lists() {
    let shop = shop();
    // As if another shop had billed the first year of both, one at a price of its own.
    let store = shop.sqlite();
    store
        .execute_batch(
            "DELETE FROM term WHERE subscription_id IN
                 (SELECT id FROM subscription WHERE number IN (1001, 1002));
             UPDATE subscription SET agreed_ore = 250000, agreed_reason = 'moved' WHERE number = 1001",
        )
        .expect("a store as it is after taking over");
    assert_snapshot!(shop.run("report recurring --from 2026-05-01 --to 2026-05-31"), @"
    2026-05	2500.00	3900.00	0.00	0.00	0.00	0.00	6400.00	2	0	0.00
    --- stderr
    another shop billed the first terms of 2: those count from the day each began, at the agreed price or else the price list's
    ");
}

#[test]
fn bars_are_drawn_on_a_screen_and_nothing_is_drawn_in_a_pipe() {
    let shop = shop();
    assert_snapshot!(shop.table("report recurring --from 2026-02-01 --chart"), @"
    2026-02  0,00  (0)
    2026-03  ███████████████████████████▉ 2 900,00  (1)
    2026-04  ███████████████████████████▉ 2 900,00  (1)
    2026-05  █████████████████████████████████████████████████████████████████▍ 6 800,00  (2)
    2026-06  █████████████████████████████████████████████████████████████████████████████ 8 000,00  (3)
    2026-07  █████████████████████████████████████████████████████████████████████████████ 8 000,00  (3)
    2026-08  █████████████████████████████████████████████████████████████████████████████ 8 000,00  (3)
    2026-09  █████████████████████████████████████████████████████████████████████████████ 8 000,00  (3)
    ");
    assert_snapshot!(shop.table("report renewals --from 2026-08-01 --to 2027-05-31 --chart"), @"
    2026-08  █▊ 100,00  (1)
    2026-09  █▊ 100,00  (1)
    2026-10  ░ 100,00  (1)
    2026-11  ░ 100,00  (1)
    2026-12  ░ 100,00  (1)
    2027-01  ░ 100,00  (1)
    2027-02  ░ 100,00  (1)
    2027-03  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 3 200,00  (2)
    2027-04  ░ 100,00  (1)
    2027-05  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 4 200,00  (2)
    █ billed  ░ to come
    ");
    let line = "report recurring --from 2026-02-01";
    assert_eq!(shop.ok(&format!("{line} --chart")), shop.ok(line));
    assert_eq!(shop.json(&format!("{line} --chart")), shop.json(line));
}

#[test]
fn recurring_revenue_is_told_from_the_first_month_in_which_anything_ran() {
    let shop = Shop::with_an_order();
    shop.at("2026-05-01T08:00:00Z");
    let months = shop.ok("report recurring --columns month");
    assert_eq!(months, "2026-03\n2026-04\n2026-05\n");
    let asked = shop.ok("report recurring --from 2026-01-01 --columns month");
    assert!(asked.starts_with("2026-01\n"), "{asked}");
}
