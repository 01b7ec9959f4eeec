use crate::support::Shop;
use insta::assert_snapshot;
use serde_json::Value as Json;

fn hold(shop: &Shop, number: i64) -> (Json, Json, Json) {
    let shown = shop.json(&format!("invoice show {number}"));
    (shown["hold"].clone(), shown["hold_reason"].clone(), shown["hold_since"].clone())
}

#[test]
fn an_invoice_on_hold_says_why_and_since_when_until_it_is_released() {
    let shop = Shop::with_an_order();
    assert_eq!(hold(&shop, 1001), (Json::Null, Json::Null, Json::Null));
    shop.rehearse_and_run("invoice hold 1001 --reason 'pays on the 20th'");
    assert_eq!(hold(&shop, 1001), ("held".into(), "pays on the 20th".into(), "2026-03-01".into()));
    shop.at("2026-03-05T08:00:00Z");
    assert_snapshot!(shop.run("invoice hold 1001 --disputed --reason 'never ordered'"), @"invoice held           1001  reason: pays on the 20th → never ordered, disputed: no → yes");
    let since = Json::from("2026-03-01");
    assert_eq!(hold(&shop, 1001), ("disputed".into(), "never ordered".into(), since));
    let again = shop.change("invoice hold 1001 --disputed --reason 'never ordered'");
    assert_eq!(again["changed"], false);
    assert_snapshot!(shop.ok("invoice list --held"), @"1001	invoice	2026-03-01	2026-03-31	556036-0793	Saab AB	3625.00	3625.00	issued	1001	100164	waiting	email");
    let status = shop.ok("status --columns what,count,detail,command");
    let line = status.lines().find(|line| line.starts_with("invoices on hold"));
    assert_eq!(line, Some("invoices on hold\t1\t1 of them disputed\tshopctl invoice list --held"));

    assert_snapshot!(shop.run("invoice release 1001 --reason 'they agree now'"), @"invoice released       1001  reason: never ordered → they agree now, disputed: yes → nothing");
    assert_eq!(hold(&shop, 1001).0, Json::Null);
    let again = shop.change("invoice release 1001 --reason 'they agree now'");
    assert_eq!(again["changed"], false);
    assert_eq!(again["warnings"][0], "invoice 1001 was not on hold by itself");
    assert_eq!(shop.ok("invoice list --held"), "");
}

#[test]
fn an_account_on_hold_holds_its_invoices_with_it() {
    let shop = Shop::with_an_order();
    shop.ok("order create --account 212000-0142 --item AB04");
    shop.rehearse_and_run("account hold 556036-0793 --reason 'in reconstruction'");
    let held = ("account_held".into(), "in reconstruction".into(), "2026-03-01".into());
    assert_eq!(hold(&shop, 1001), held);
    assert_eq!(hold(&shop, 1002).0, Json::Null);
    assert_eq!(shop.ok("invoice list --held --columns number"), "1001\n");
    assert_eq!(shop.json("account show 556036-0793")["hold"], "held");
    let status = shop.ok("status --columns what,detail,command");
    assert_snapshot!(status.lines().find(|line| line.starts_with("account")).expect("a line"), @"account on hold	556036-0793 Saab AB: in reconstruction	shopctl account release 556036-0793 --reason TEXT");

    shop.ok("invoice hold 1001 --reason 'by itself too'");
    assert_snapshot!(shop.run("invoice release 1001 --reason 'settled'"), @"
    invoice released       1001  reason: by itself too → settled
    --- stderr
    warning: its account is on hold, so nobody is reminded of it yet
    ");
    assert_snapshot!(shop.run("account release 556036-0793 --reason 'reconstruction ended'"), @"account released       556036-0793  reason: in reconstruction → reconstruction ended");
    assert_eq!(hold(&shop, 1001).0, Json::Null);
}

#[test]
fn nobody_is_reminded_of_a_credit_note_anyway() {
    let shop = Shop::with_an_order();
    shop.at("2027-03-01T08:00:00Z");
    shop.ok("subscription renew");
    shop.at("2027-03-08T08:00:00Z");
    shop.ok("subscription cancel 1001 --received 2026-11-30 --channel letter -y");
    let (status, error) = shop.error("invoice hold 1003 --reason x");
    assert_eq!((status, &error["code"]), (5, &Json::from("credit_note")));
    // What is credited in full can be held, and there is nothing to hold.
    let change = shop.change("invoice hold 1002 --reason x");
    assert_eq!(change["warnings"][0], "nothing is left to pay of invoice 1002");
    assert_eq!(shop.ok("invoice list --held"), "");
    let (status, error) = shop.error("invoice hold 4711 --reason x");
    assert_eq!((status, &error["code"]), (4, &Json::from("unknown_invoice")));
}

#[test]
fn who_is_named_in_a_reason_can_be_erased_from_it() {
    let shop = Shop::with_an_order();
    shop.ok("invoice hold 1001 --reason 'call eva.ek@saab.example first'");
    let data = shop.ok("account personal-data export eva.ek@saab.example");
    let line = data.lines().find(|line| line.contains("call eva.ek")).expect("a hold");
    assert_snapshot!(line, @r#"{"since":"2026-03-01","hold":"call eva.ek@saab.example first","invoice":1001,"org_number":"556036-0793"}]},"#);
    shop.ok("account personal-data erase eva.ek@saab.example --reason 'asked for' --yes");
    assert_eq!(hold(&shop, 1001).1, "(erased)");
}

#[test]
fn a_hold_and_a_write_off_are_undone_by_commands_of_their_own() {
    let shop = Shop::with_an_order();
    let hint = |line: &str| {
        let op = shop.change(line)["op"].clone();
        let refused = shop.run(&format!("undo {op} --yes"));
        assert_eq!(refused.status, 5, "{refused}");
        refused.stderr.lines().last().unwrap_or_default().to_owned()
    };
    assert_snapshot!(hint("account hold 556036-0793 --reason x"), @"hint: `shopctl account release 556036-0793 --reason TEXT` takes it back");
    assert_snapshot!(hint("account release 556036-0793 --reason x"), @"hint: `shopctl account hold 556036-0793 --reason TEXT` holds it again");
    assert_snapshot!(hint("invoice hold 1001 --reason x"), @"hint: `shopctl invoice release 1001 --reason TEXT` takes it back");
    assert_snapshot!(hint("invoice write-off 1001 --reason x --yes"), @"hint: `shopctl invoice write-off 1001 --undo --reason TEXT` takes it back");
    assert_snapshot!(hint("invoice write-off 1001 --undo --reason x"), @"hint: `shopctl invoice write-off 1001 --reason TEXT` writes it off again");
    assert_snapshot!(hint("seller rate add 2027-01-01 --rate 2 --source x"), @"hint: `shopctl seller rate add 2027-01-01 --rate P --source TEXT` enters another");
}
