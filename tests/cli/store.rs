//! Files that are no store of this shop, or one that cannot be used now.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use rusqlite::Connection;

use crate::support::Shop;
use insta::assert_snapshot;

#[test]
fn a_store_that_is_missing_is_told_with_the_command_that_makes_one() {
    let shop = Shop::empty();
    assert_snapshot!(shop.run("account list"), @r"
    --- stderr
    error: the store `~/shop/shop.db`: there is no store here
    hint: `shopctl init` creates one, `--store PATH` names another
    --- status 4
    ");
    assert_snapshot!(shop.run("account list --json"), @r#"
    --- stderr
    {"code":"no_store","message":"the store `~/shop/shop.db`: there is no store here","details":{"hint":"`shopctl init` creates one, `--store PATH` names another","status":4}}
    --- status 4
    "#);
    assert!(!fs::exists(shop.store()).expect("a path"), "looking makes nothing");
}

#[test]
fn files_of_others_are_refused_untouched() {
    let shop = Shop::empty();
    let text = shop.file("letter.txt", "Dear shop,\nthis is a letter and no store.\n".repeat(200));
    assert_snapshot!(shop.run("account list --store letter.txt"), @r"
    --- stderr
    error: the store `letter.txt`: this file was not made by shopctl
    hint: `--store PATH` names the shop's file
    --- status 5
    ");
    let empty = shop.file("empty.db", "");
    assert_snapshot!(shop.run("account list --store empty.db"), @r"
    --- stderr
    error: the store `empty.db`: this file was not made by shopctl
    hint: `--store PATH` names the shop's file
    --- status 5
    ");
    let foreign = shop.path("foreign.db");
    let connection = Connection::open(&foreign).expect("a file");
    connection.execute("CREATE TABLE account (id INTEGER)", []).expect("a table");
    drop(connection);
    let before = fs::read(&foreign).expect("the file");
    assert_snapshot!(shop.run("account list --store foreign.db"), @r"
    --- stderr
    error: the store `foreign.db`: this file was not made by shopctl
    hint: `--store PATH` names the shop's file
    --- status 5
    ");
    assert_snapshot!(shop.run("account list --store ."), @r"
    --- stderr
    error: the store `.`: this is not a file
    hint: `--store PATH` names the shop's file
    --- status 5
    ");
    assert_eq!(fs::read(&foreign).expect("the file"), before);
    for (file, status) in [(&text, 5), (&empty, 5), (&foreign, 5)] {
        let (told, error) = shop.error(&format!("seller show --store {file}"));
        assert_eq!((told, &error["code"]), (status, &"foreign_store".into()), "{file}");
    }
}

#[test]
fn a_store_of_a_newer_version_is_refused() {
    let shop = Shop::new();
    shop.sqlite().pragma_update(None, "user_version", 9999).expect("a pragma");
    let told = shop.run("account list").to_string();
    let (before, after) = told.split_once("versions up to ").expect("the newest version");
    let after = after.trim_start_matches(|c: char| c.is_ascii_digit());
    assert_snapshot!(format!("{before}versions up to N{after}"), @"
    --- stderr
    error: the store `~/shop/shop.db`: this store has schema version 9999; this program knows versions up to N
    hint: use the version of shopctl that wrote it, or a newer one
    --- status 5
    ");
}

#[test]
fn a_damaged_store_is_told_as_such() {
    let shop = Shop::with_an_order();
    let mut bytes = fs::read(shop.store()).expect("the store");
    for page in 1..bytes.len() / 4096 {
        bytes[page * 4096..page * 4096 + 64].fill(0xa5);
    }
    fs::write(shop.store(), bytes).expect("the store is writable");
    let outcome = shop.run("account list");
    assert_eq!(outcome.status, 8, "{outcome}");
    assert!(outcome.stderr.contains("damaged"), "{outcome}");
}

#[test]
fn a_store_that_others_can_use_is_warned_of() {
    let shop = Shop::new();
    fs::set_permissions(shop.store(), fs::Permissions::from_mode(0o644)).expect("its owner");
    assert_snapshot!(shop.run("account list"), @r"
    --- stderr
    warning: others can use `~/shop/shop.db` (mode 644); run `chmod 600` on it
    ");
}

#[test]
fn a_store_that_cannot_be_written_is_read_and_not_changed() {
    let shop = Shop::open();
    let folder = shop.store().parent().expect("a folder").to_owned();
    fs::set_permissions(shop.store(), fs::Permissions::from_mode(0o400)).expect("its owner");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o500)).expect("its owner");
    let is_root = fs::File::create(folder.join("probe")).is_ok();
    let outcome = shop.run("account note 556036-0793 text");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).expect("its owner");
    if is_root {
        eprintln!("skipped: root writes whatever the mode of a file");
        return;
    }
    assert_eq!(outcome.status, 8, "{outcome}");
}

#[test]
fn a_store_in_use_beyond_the_wait_is_busy() {
    let shop = Shop::open();
    let connection = shop.sqlite();
    connection.execute_batch("BEGIN IMMEDIATE").expect("the write lock");
    let started = std::time::Instant::now();
    assert_snapshot!(shop.run("account note 556036-0793 text --wait 1"), @r"
    --- stderr
    error: the store is in use by another command
    hint: another command is writing; try again, or wait longer with `--wait SECONDS`
    --- status 9
    ");
    assert!(started.elapsed().as_secs_f64() >= 1.0);
    assert_eq!(shop.error("account note 556036-0793 text --wait 0").1["code"], "busy");
    assert_eq!(shop.run("account list --wait 0").status, 0, "reading waits for nobody");
    let waiting = shop.start(&mut shop.command("account note 556036-0793 text --wait 20"));
    std::thread::sleep(std::time::Duration::from_millis(200));
    connection.execute_batch("COMMIT").expect("it is given back");
    assert_eq!(shop.wait(waiting).status, 0);
}

#[test]
fn a_folder_in_which_nothing_can_be_made_is_told() {
    let shop = Shop::empty();
    shop.file("plain", "a file and no folder");
    let seller = crate::support::example("seller.toml");
    let outcome = shop.run(&format!("init --practice --seller {seller} --store plain/shop.db"));
    assert_snapshot!(outcome, @r"
    --- stderr
    error: the folder `plain` cannot be made: File exists (os error 17)
    hint: see that the path is right
    --- status 8
    ");
}
