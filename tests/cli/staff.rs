use crate::support::{Outcome, Shop, example};
use insta::assert_snapshot;

/// Runs a command as another user, as sudo would name them.
fn run_as(shop: &Shop, user: &str, line: &str) -> Outcome {
    shop.finish(shop.command(line).env("SUDO_USER", user))
}

#[test]
fn whoever_makes_the_shop_is_its_first_administrator() {
    let shop = Shop::empty();
    let init = format!("init --practice --seller {}", example("seller.toml"));
    assert_eq!(run_as(&shop, "eva", &init).status, 0);
    let staff = run_as(&shop, "eva", "staff list --format table");
    assert_snapshot!(staff, @"
    Name   Role    Billing
    ──────────────────────
    eva    admin   yes
    ");
    assert_eq!(run_as(&shop, "eva", "staff add anna --role staff").status, 0);
    assert_eq!(shop.run("account list").status, 0);
}

#[test]
fn an_unknown_user_is_refused_and_told_who_can_help() {
    let shop = Shop::open();
    let head = shop.head();
    assert_snapshot!(run_as(&shop, "bertil", "account list"), @"
    --- stderr
    error: `bertil` does not work in this shop
    hint: an administrator can run `shopctl staff add bertil --role reader`
    --- status 3
    ");
    assert_snapshot!(run_as(&shop, "uid:65534", "mail send"), @"
    --- stderr
    error: `uid:65534` does not work in this shop
    hint: an administrator can run `shopctl staff add uid:65534 --role staff`
    --- status 3
    ");
    assert_eq!(shop.head(), head);
}

#[test]
fn a_reader_may_look_and_not_change() {
    let shop = Shop::open();
    shop.ok("staff add bertil --role reader");
    assert_eq!(run_as(&shop, "bertil", "account list").status, 0);
    assert_eq!(run_as(&shop, "bertil", "status").status, 0);
    let head = shop.head();
    let close = "account close 556036-0793";
    assert_snapshot!(run_as(&shop, "bertil", close), @"
    --- stderr
    error: this needs the role staff, and `bertil` is reader
    hint: an administrator can run `shopctl staff edit bertil --role staff`
    --- status 3
    ");
    assert_snapshot!(run_as(&shop, "bertil", &format!("{close} --json")), @r#"
    --- stderr
    {"code":"role_missing","message":"this needs the role staff, and `bertil` is reader","details":{"hint":"an administrator can run `shopctl staff edit bertil --role staff`","status":3}}
    --- status 3
    "#);
    assert_eq!(run_as(&shop, "bertil", &format!("{close} --dry-run")).status, 3);
    assert_eq!(run_as(&shop, "bertil", "staff edit bertil --role admin").status, 3);
    assert_eq!(shop.head(), head);
}

#[test]
fn a_role_that_was_given_lets_the_command_through() {
    let shop = Shop::open();
    shop.rehearse_and_run("staff add bertil --role reader");
    let order = "order create --account 556036-0793 --item AB04";
    assert_eq!(run_as(&shop, "bertil", order).status, 3);
    assert_snapshot!(shop.run("staff edit bertil --role staff --grant billing"), @"staff edited           bertil  role: reader → staff, billing: no → yes");
    assert_eq!(run_as(&shop, "bertil", order).status, 0);
    assert_snapshot!(shop.run("staff edit bertil --withdraw billing"), @"staff edited           bertil  billing: yes → no");
    assert_snapshot!(shop.run("staff edit bertil --role staff"), @"
    --- stderr
    nothing needed doing
    ");
    assert_snapshot!(shop.run("staff add bertil --role admin"), @"
    --- stderr
    error: the name `bertil` is taken by somebody with the role staff
    hint: `shopctl staff edit bertil --role ROLE` changes the role
    --- status 5
    ");
    assert_snapshot!(shop.run("staff add cecilia --role chief"), @"
    --- stderr
    error: --role <ROLE>: `chief` is not a role; roles are reader, support, staff, admin
    --- status 5
    ");
    shop.rehearse_and_run("staff remove bertil");
    assert_eq!(run_as(&shop, "bertil", "order list").status, 3);
    assert_snapshot!(shop.run("staff remove bertil"), @"
    --- stderr
    error: there is no staff `bertil`
    hint: `shopctl staff list` shows who works here
    --- status 4
    ");
}

#[test]
fn the_last_administrator_stays() {
    let shop = Shop::open();
    assert_snapshot!(shop.run("staff remove anna"), @"
    --- stderr
    error: `anna` is the last administrator
    hint: `shopctl staff edit NAME --role admin` gives the shop another one first
    --- status 5
    ");
    assert_snapshot!(shop.run("staff edit anna --role staff"), @"
    --- stderr
    error: `anna` is the last administrator
    hint: `shopctl staff edit NAME --role admin` gives the shop another one first
    --- status 5
    ");
    shop.ok("staff add bertil --role admin");
    shop.ok("staff remove anna");
    assert_eq!(shop.run("account list").status, 3);
    assert_eq!(run_as(&shop, "bertil", "staff remove bertil").status, 5);
}

#[test]
fn an_order_of_the_day_is_cancelled_by_staff_and_one_whose_subscription_runs_by_an_administrator() {
    let shop = Shop::with_an_order();
    shop.ok("staff add bertil --role staff");
    shop.at("2026-03-02T08:00:00Z");
    let as_bertil = |line: &str| run_as(&shop, "bertil", line);
    assert_snapshot!(as_bertil("order cancel 1001 --reason ångrat -y"), @"
    --- stderr
    error: subscription 1001 has begun, and ends sooner than notice would end it: this needs the role admin, and `bertil` is staff
    hint: ask an administrator to run it; `shopctl staff edit bertil --role admin` would let you
    --- status 3
    ");
    shop.ok("order create --account 212000-0142 --item AB04");
    assert_eq!(as_bertil("order cancel 1002 --reason misstag -y").status, 0);
    shop.ok("order cancel 1001 --reason ångrat -y");
}
