use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::support::{PRACTICE, Shop, example};
use insta::assert_snapshot;

#[test]
fn a_practice_shop_is_made_from_a_file_and_says_so_ever_after() {
    let shop = Shop::empty();
    let init = format!("init --practice --seller {}", example("seller.toml"));
    let mut outcome = shop.run(&init);
    outcome.stdout.truncate(outcome.stdout.find("seller changed").expect("the seller"));
    assert_snapshot!(outcome, @r"
    shop created           Avtalsbutiken  practice yes
    setting changed        practice  value 1
    --- stderr
    the store is `~/shop/shop.db`
    ");
    let mode = fs::metadata(shop.store()).expect("the store").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(shop.run("account list").stderr, PRACTICE);
    assert_eq!(shop.run("account list -q").stderr, "");
    assert!(shop.ok("status").contains("PRACTICE"));
    let head = shop.head();
    assert_snapshot!(shop.run(&init), @r"
    --- stderr
    error: there is a file at `~/shop/shop.db` already
    hint: `--store PATH` puts the store elsewhere
    --- status 5
    ");
    assert_eq!(shop.head(), head);
}

#[test]
fn a_store_may_lie_in_the_folder_one_is_in() {
    let shop = Shop::empty();
    let seller = example("seller.toml");
    shop.ok(&format!("init --practice --seller {seller} --store shop.db"));
    shop.ok("account list --store shop.db");
}

#[test]
fn a_shop_for_good_refuses_a_clock_that_is_set() {
    let shop = Shop::empty();
    let init = format!("init --seller {}", example("seller.toml"));
    assert_snapshot!(shop.run(&init), @r"
    --- stderr
    error: SHOPCTL_NOW changes nothing but a practice shop
    hint: `shopctl init --practice` makes one; unset the variable for this shop
    --- status 5
    ");
    assert!(!fs::exists(shop.store()).expect("a path"), "a refused init leaves no store");
    let outcome = shop.finish(shop.command(&init).env_remove("SHOPCTL_NOW"));
    assert_eq!(outcome.status, 0, "{outcome}");
    assert_eq!(shop.run("account list").stderr, "", "the clock may be set for reading");
    assert_snapshot!(shop.run("seller edit --phone ''"), @r"
    --- stderr
    error: SHOPCTL_NOW changes nothing but a practice shop
    hint: `shopctl init --practice` makes one; unset the variable for this shop
    --- status 5
    ");
    let edit = shop.finish(shop.command("seller edit --phone ''").env_remove("SHOPCTL_NOW"));
    assert_eq!(edit.status, 0, "{edit}");
}

#[test]
fn a_clock_that_is_none_is_refused() {
    let shop = Shop::new();
    shop.at("tomorrow");
    assert_snapshot!(shop.run("account list"), @r"
    --- stderr
    error: SHOPCTL_NOW holds `tomorrow`, which is no time like 2027-03-01T06:00:00Z
    --- status 5
    ");
}

#[test]
fn a_seller_that_is_none_makes_no_shop() {
    let shop = Shop::empty();
    assert_snapshot!(shop.run("init --practice"), @r"
    --- stderr
    error: there is no seller to make a shop for
    hint: `--seller FILE.toml` names one; examples/seller.toml shows the form
    --- status 5
    ");
    assert_snapshot!(shop.run("init --practice --no-input"), @r"
    --- stderr
    error: there is no seller to make a shop for
    hint: `--seller FILE.toml` names one; examples/seller.toml shows the form
    --- status 5
    ");
    assert_snapshot!(shop.run("init --practice --seller missing.toml"), @r"
    --- stderr
    error: the seller's file `missing.toml`: No such file or directory (os error 2)
    hint: see that the path is right
    --- status 8
    ");
    shop.file("text.toml", "this is no seller");
    assert_snapshot!(shop.run("init --practice --seller text.toml"), @r"
    --- stderr
    error: the seller's file `text.toml`: line 1: key with no value, expected `=`
    --- status 5
    ");
    let whole = fs::read_to_string(example("seller.toml")).expect("the example");
    shop.file("short.toml", whole.replace("city = \"Stockholm\"\n", ""));
    assert_snapshot!(shop.run("init --practice --seller short.toml"), @r"
    --- stderr
    error: the seller's file `short.toml`: missing field `city`
    --- status 5
    ");
    shop.file("giro.toml", whole.replace("991-2346", "991-2347"));
    assert_snapshot!(shop.run("init --practice --seller giro.toml"), @r"
    --- stderr
    error: the seller's file `giro.toml`: bankgiro: `991-2347` is not a bankgiro number: 7 or 8 digits, the last a check digit
    --- status 5
    ");
    shop.file("long.toml", format!("favourite_food = \"sill\"\n{whole}"));
    assert_snapshot!(shop.run("init --practice --seller long.toml"), @r"
    --- stderr
    error: the seller's file `long.toml`: line 1: unknown field `favourite_food`, expected one of `legal_name`, `shop_name`, `org_number`, `vat_number`, `f_tax`, `registered_office`, `street`, `postal_code`, `city`, `office_email`, `phone`, `web`, `bankgiro`, `plusgiro`, `iban`, `bic`, `payment_terms_days`, `accent_colour`, `logo`
    --- status 5
    ");
    assert!(!fs::exists(shop.store()).expect("a path"));
}

#[test]
fn the_seller_is_shown_and_edited() {
    let shop = Shop::new();
    assert_snapshot!(shop.table("seller show"), @"
    Legal name            Branschföreningen Exempel
    Shop name             Avtalsbutiken
    Organisation number   802005-1952
    VAT number            SE802005195201
    Approved for F-tax    yes
    Registered office     Stockholm
    Street                Storgatan 1
    Postal code           111 22
    Town                  Stockholm
    Office e-mail         kontoret@forening.example
    Telephone             08-123 45 67
    Web address           https://butik.forening.example
    Bankgiro              991-2346
    IBAN                  SE35 5000 0000 0549 1000 0003
    BIC                   ESSESESS
    Days to pay           30
    Accent colour         #005a8c
    Logo                  no
    Next invoice          1001
    ");
    assert_snapshot!(shop.run("seller edit --payment-terms-days 20 --phone ''"), @"seller changed         Avtalsbutiken  payment terms days: 30 → 20, phone: 08-123 45 67 → nothing");
    assert_snapshot!(shop.run("seller edit --payment-terms-days 20"), @r"
    --- stderr
    nothing needed doing
    ");
    for (line, reason) in [
        ("--bankgiro 991-2347", "bankgiro"),
        ("--iban 'SE35 5000 0000 0549 1000 0004'", "iban"),
        ("--org-number 802005-1953", "check digit"),
        ("--vat-number SE123", "vat"),
        ("--payment-terms-days 400", "days"),
        ("--payment-terms-days -1", "days"),
        ("--accent-colour blue", "colour"),
        ("--web butik.example", "web"),
        ("--office-email kontoret", "kontoret"),
        ("--f-tax kanske", "yes nor no"),
        ("--legal-name ''", "legal"),
        ("--logo missing.png", "missing.png"),
    ] {
        let outcome = shop.run(&format!("seller edit {line}"));
        assert_eq!(
            outcome.status,
            if line.contains("missing") { 8 } else { 5 },
            "{line}\n{outcome}"
        );
        assert!(outcome.stderr.to_lowercase().contains(reason), "{line}\n{outcome}");
    }
    shop.file("logo.png", "no picture");
    assert_snapshot!(shop.run("seller edit --logo logo.png"), @r"
    --- stderr
    error: the logo `logo.png`: the logo is neither PNG nor JPEG
    --- status 5
    ");
    shop.rehearse_and_run("seller edit --shop-name 'Nya butiken'");
}
