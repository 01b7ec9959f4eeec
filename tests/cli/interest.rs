use crate::support::Shop;
use insta::assert_snapshot;
use serde_json::Value as Json;

#[test]
fn reference_rates_are_listed_with_where_they_stand() {
    let shop = Shop::open();
    let rates = shop.json("seller rate list");
    let rates = rates.as_array().expect("a list");
    let (newest, oldest) = (&rates[0], &rates[rates.len() - 1]);
    assert_snapshot!(newest, @r#"{"from":"2026-07-01","to":"2026-12-31","rate":"2.00","late_interest":"10.00","origin":"unconfirmed","source":"quoted from riksbank.se by two sites"}"#);
    assert_snapshot!(oldest, @r#"{"from":"2002-07-01","to":"2002-12-31","rate":"4.50","late_interest":"12.50","origin":"carried","source":"riksbank.se, table of 2023-07-03"}"#);
    let below_zero = rates.iter().filter(|rate| rate["rate"] == "-0.50").count();
    assert_eq!(below_zero, 6);
    let list = shop.ok("seller rate list --columns from,rate,late_interest,source");
    assert_snapshot!(list.lines().take(4).collect::<Vec<_>>().join("\n"), @"
    2026-07-01	2.00	10.00	quoted from riksbank.se by two sites
    2026-01-01	2.00	10.00	quoted by one site
    2025-07-01	2.00	10.00	SFS 2025:809
    2025-01-01	3.00	11.00	SFS 2024:1373
    ");
}

#[test]
fn a_coming_half_year_is_entered_once_and_can_be_set_right_until_it_is_used() {
    let shop = Shop::open();
    let add =
        |rate: &str| format!("seller rate add 2027-01-01 --rate {rate} --source 'SFS 2026:9'");
    let change = shop.rehearse_and_run(&add("20.00"));
    assert_eq!(change["changed"], true);
    assert_snapshot!(shop.run(&add("2")), @"reference rate added   2027-01-01  rate: 20.00 → 2.00");
    assert_eq!(shop.change(&add("2.00"))["changed"], false, "it is as it was");
    let rates = shop.json("seller rate list");
    assert_snapshot!(rates[0], @r#"{"from":"2027-01-01","to":"2027-06-30","rate":"2.00","late_interest":"10.00","origin":"added","source":"SFS 2026:9"}"#);
    shop.ok("seller rate add 2027-07-01 --rate=-0,5 --source riksbank.se");
    assert_eq!(shop.json("seller rate list")[0]["late_interest"], "7.50");
}

#[test]
fn a_rate_that_is_certain_stays_and_one_that_is_only_quoted_gets_its_source() {
    let shop = Shop::open();
    assert_snapshot!(shop.run("seller rate add 2025-07-01 --rate 3 --source x"), @"
    --- stderr
    error: the reference rate for 2025-07-01 to 2025-12-31 is known: 2,00 %, SFS 2025:809
    hint: `shopctl seller rate list` lists them
    --- status 5
    ");
    shop.ok("seller rate add 2026-01-01 --rate 2 --source 'SFS 2025:1500'");
    let rates = shop.json("seller rate list");
    assert_eq!(
        (&rates[1]["origin"], &rates[1]["source"]),
        (&"added".into(), &"SFS 2025:1500".into())
    );
    assert_eq!(rates[0]["origin"], "unconfirmed");
}

#[test]
fn what_is_no_reference_rate_is_refused() {
    let shop = Shop::open();
    assert_snapshot!(shop.run("seller rate add 2027-02-01 --rate 2 --source x"), @"
    --- stderr
    error: <FROM>: 2027-02-01 is no day on which the reference rate changes, which is 2027-01-01 for it
    --- status 5
    ");
    assert_snapshot!(shop.run("seller rate add 2027-01-01 --rate 2,3 --source x"), @"
    --- stderr
    error: --rate <P>: `2,3` is no reference rate, which is a whole or half per cent such as 2.50
    --- status 5
    ");
    for line in ["--rate 51 --source x", "--rate two --source x", "--rate 2 --source ''"] {
        let (status, error) = shop.error(&format!("seller rate add 2027-01-01 {line}"));
        assert_eq!((status, &error["code"]), (5, &Json::from("value")), "{line}");
    }
    assert_eq!(shop.json("seller rate list")[0]["from"], "2026-07-01");
}
