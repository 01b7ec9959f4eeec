//! A backup takes the store's place, or nothing changes.

use std::fs;
use std::path::Path;
use std::thread::sleep;

use insta::assert_snapshot;
use rusqlite::Connection;

use crate::support::Shop;

/// Returns a shop with a backup `b.db`, after which invoice 1002 was issued.
fn shop_with_a_backup() -> Shop {
    let shop = Shop::with_an_order();
    shop.ok("store backup -q -o b.db");
    shop.ok("order create --account 212000-0142 --item AB04");
    shop
}

fn files(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"))
        .collect();
    names.sort();
    names
}

/// Returns the names under which former stores are kept.
fn kept(shop: &Shop) -> Vec<String> {
    let names = files(&shop.home().join("shop"));
    names.into_iter().filter(|name| name.contains(".before-")).collect()
}

const RESTORE: &str = "store restore b.db --next-invoice 1010 --yes";

#[test]
fn a_restore_tells_what_is_lost_and_asks() {
    let shop = shop_with_a_backup();
    let head = shop.head();
    assert_snapshot!(shop.run("store restore b.db"), @"
    --- stderr
    error: customers may hold invoices with numbers that the backup does not know
    hint: `--next-invoice N` says which is the first that nobody can hold, 1003 at the least; the mail server's log and the bank's files show the last ones
    --- status 5
    ");
    assert_snapshot!(shop.run("store restore b.db --next-invoice 1002"), @"
    --- stderr
    error: number 1002 is given out already
    hint: `--next-invoice 1003` is the least that can be right
    --- status 5
    ");
    assert_snapshot!(shop.run("store restore b.db --next-invoice 1010"), @"
    --- stderr
    error: this needs your agreement: what was done since 2026-03-01 09:00 will not be in the store, and stays in the former one; invoice numbers 1002 to 1009 are left out for good
    hint: add `--yes` to agree, or `--dry-run` to see what it would do
    --- status 5
    ");
    assert_snapshot!(shop.run("store restore b.db --next-invoice 1010 -n"), @"
    store restored         b.db  events 20, next invoice 1010, as of 2026-03-01T08:00:00Z
    numbers left out       invoice  first 1002, last 1009
    mail held              1  status: waiting → held, reason held by a restore: it may have been sent since the backup
    --- stderr
    warning: payments, notices and changes of after 2026-03-01 09:00 must be entered again, and terms invoiced since would be invoiced again by `shopctl daily`: stop cron until they are
    warning: 1 mail is held, since it may have been sent after the backup was made; `shopctl mail list --status held` shows it, `shopctl mail retry --restored` queues it again
    this is what would happen; nothing was changed
    ");
    assert_eq!(shop.head(), head, "nothing was done so far");
    assert_eq!(files(&shop.home().join("shop")), ["shop.db"]);
}

#[test]
fn a_restored_store_goes_on_where_nobody_can_hold_a_number() {
    let shop = shop_with_a_backup();
    let former = shop.head();
    let restored = shop.change(RESTORE);
    assert_eq!(restored["objects"][0]["left_out_from"], 1002);
    assert_eq!(restored["objects"][0]["held"], 1);
    let kept = kept(&shop);
    assert_eq!(kept.len(), 1);
    assert_eq!(shop.ok(&format!("audit head --store shop/{}", kept[0])), former);

    shop.ok("store check -q");
    shop.ok("order create --account 212000-0142 --item AB04");
    assert_eq!(shop.count("SELECT max(number) FROM invoice"), 1010);
    shop.ok("store check -q");
    assert_snapshot!(shop.table("report series"), @"
    Series    First   Last   Used   Missing   Which   Left out by a restore
    ───────────────────────────────────────────────────────────────────────
    invoice    1001   1010      2         0           1002–1009
    order      1001   1002      2         0
    payment                     0         0
    ");
    shop.ok("mail send");
    assert_eq!(shop.letters().len(), 1, "what waited is held, what is new goes out");
    shop.ok("mail retry --restored");
    shop.ok("mail send");
    assert_eq!(shop.letters().len(), 2);
}

#[test]
fn a_store_that_cannot_be_read_is_restored_by_whom_the_backup_knows() {
    for damage in ["garbage", "header", "half", "missing", "pages"] {
        let shop = shop_with_a_backup();
        let store = shop.store();
        let mut bytes = fs::read(&store).expect("the store");
        match damage {
            "garbage" => bytes = vec![0x5a; 5000],
            "header" => bytes[..100].fill(0),
            "half" => bytes.truncate(bytes.len() / 2),
            "pages" => bytes[4096..].fill(0xa5),
            _ => {}
        }
        fs::write(&store, &bytes).expect("the store");
        if damage == "missing" {
            fs::remove_file(&store).expect("the store");
        }
        let by = |name: &str| {
            let mut command = shop.command(RESTORE);
            shop.finish(command.env("SUDO_USER", name))
        };
        shop.file("wal", "");
        let done = by("anna");
        assert_eq!(done.status, 0, "{damage}: {done}");
        shop.ok("store check -q");
        let kept = kept(&shop);
        assert_eq!(kept.len(), usize::from(damage != "missing"), "{damage}");
        if let Some(kept) = kept.first() {
            let former = fs::read(store.with_file_name(kept)).expect("the former store");
            assert_eq!(former, bytes, "{damage}: kept as it was");
        }
    }
}

#[test]
fn only_an_administrator_restores() {
    let shop = shop_with_a_backup();
    shop.ok("staff add bertil --role staff");
    shop.ok("store backup -q -o b.db");
    let by = |name: &str| {
        let mut command = shop.command(RESTORE);
        shop.finish(command.env("SUDO_USER", name)).status
    };
    assert_eq!((by("bertil"), by("nobody")), (3, 3));
    fs::write(shop.store(), "garbage").expect("the store");
    assert_eq!(by("bertil"), 3, "the backup knows that he is none");
    assert_eq!(by("nobody"), 0, "whoever owns the file may");
}

#[test]
fn a_log_that_lies_beside_never_runs_into_the_restored_store() {
    let shop = shop_with_a_backup();
    // A log with what was written since, of a process that died.
    let log = shop.store().with_file_name("shop.db-wal");
    let index = shop.store().with_file_name("shop.db-shm");
    let connection = shop.sqlite();
    connection.execute("UPDATE account SET name = 'Not restored'", []).expect("a write");
    let (frames, shared) = (fs::read(&log).expect("a log"), fs::read(&index).expect("its index"));
    drop(connection);
    assert!(frames.len() > 4096);
    fs::write(shop.store(), "garbage").expect("the store");
    fs::write(&log, &frames).expect("the log");
    fs::write(&index, &shared).expect("its index");
    shop.ok(RESTORE);
    assert_eq!(shop.count("SELECT count(*) FROM account WHERE name = 'Not restored'"), 0);
    shop.ok("store check -q");
    let kept = kept(&shop);
    let kept_log = kept.iter().find(|name| name.ends_with("-wal")).expect("the log is kept too");
    assert_eq!(fs::read(shop.store().with_file_name(kept_log)).expect("the log"), frames);

    // And where the store itself is gone.
    fs::remove_file(shop.store()).expect("the store");
    fs::write(&log, &frames).expect("the log");
    shop.ok(RESTORE);
    assert_eq!(shop.count("SELECT count(*) FROM account WHERE name = 'Not restored'"), 0);
    shop.ok("store check -q");
}

#[test]
fn what_is_no_good_backup_replaces_nothing() {
    let shop = shop_with_a_backup();
    let head = shop.head();
    let good = fs::read(shop.path("b.db")).expect("the backup");
    let refused = |bytes: &[u8], code: &str| {
        fs::write(shop.path("b.db"), bytes).expect("a file");
        let (status, error) = shop.error(RESTORE);
        assert_eq!((status, error["code"].as_str()), (5, Some(code)), "{error}");
        assert_eq!(shop.head(), head);
        assert_eq!(files(&shop.home().join("shop")), ["shop.db"]);
    };
    refused(b"a letter", "backup_unusable");
    refused(&good[..good.len() / 2], "backup_unusable");
    let mut torn = good.clone();
    let middle = torn.len() / 2;
    torn[middle..].fill(0);
    refused(&torn, "backup_unusable");
    fs::write(shop.path("b.db"), &good).expect("a file");
    let connection = Connection::open(shop.path("b.db")).expect("the backup");
    connection.pragma_update(None, "user_version", 9999).expect("a newer version");
    drop(connection);
    refused(&fs::read(shop.path("b.db")).expect("a file"), "newer_store");
    fs::write(shop.path("b.db"), &good).expect("a file");
    let connection = Connection::open(shop.path("b.db")).expect("the backup");
    connection
        .execute_batch("DROP TRIGGER event_is_frozen; UPDATE event SET noun = 'mail' WHERE seq = 4")
        .expect("a broken chain");
    drop(connection);
    refused(&fs::read(shop.path("b.db")).expect("a file"), "backup_unusable");
    assert_eq!(shop.error("store restore missing.db --next-invoice 1010 --yes").0, 8);
    let (status, error) = shop.error("store restore shop/shop.db --next-invoice 1010 --yes");
    assert_eq!((status, error["code"].as_str()), (5, Some("store_itself")));
}

#[test]
fn a_store_in_use_is_no_backup() {
    let shop = shop_with_a_backup();
    let connection = Connection::open(shop.path("b.db")).expect("a store in use");
    connection.execute("UPDATE counters SET value = value + 1", []).expect("a write");
    let (status, error) = shop.error(RESTORE);
    assert_eq!((status, error["code"].as_str()), (5, Some("not_a_backup")));
}

#[test]
fn a_store_that_others_have_open_is_not_replaced() {
    let shop = shop_with_a_backup();
    let connection = shop.sqlite();
    connection.query_row("SELECT count(*) FROM account", [], |_| Ok(())).expect("a reader");
    assert_snapshot!(shop.run(&format!("{RESTORE} --wait 0")), @"
    --- stderr
    error: another command has the store open
    hint: nothing was replaced; run the command again when it has ended
    --- status 9
    ");
    assert_eq!(
        files(&shop.home().join("shop")).iter().filter(|name| name.contains("restoring")).count(),
        0
    );
    drop(connection);
    shop.ok(RESTORE);
}

#[test]
fn commands_that_run_while_the_store_is_replaced_lose_nothing_without_a_word() {
    let shop = shop_with_a_backup();
    let writers: Vec<_> = (0..6)
        .map(|n| shop.start(&mut shop.command(&format!("account note 556036-0793 'writer {n}'"))))
        .collect();
    let restored = shop.run(RESTORE);
    let said_done: usize =
        writers.into_iter().map(|writer| usize::from(shop.wait(writer).status == 0)).sum();
    let mut found = shop.count("SELECT count(*) FROM note");
    for name in kept(&shop) {
        let former = Connection::open(shop.store().with_file_name(name)).expect("the former store");
        let count = former.query_row("SELECT count(*) FROM note", [], |row| row.get::<_, i64>(0));
        found += count.expect("a count");
    }
    assert_eq!(found, said_done as i64, "{restored}");
    shop.ok("store check -q");
}

#[test]
fn a_restore_that_is_killed_leaves_one_store_or_the_other() {
    let shop = shop_with_a_backup();
    let started = std::time::Instant::now();
    shop.ok(RESTORE);
    let usual = started.elapsed();
    for n in 0..12_u32 {
        let head = shop.head();
        let mut child = shop.start(&mut shop.command(RESTORE));
        sleep(usual * n / 11);
        let _ = child.kill();
        let _ = child.wait();
        shop.ok("store check -q");
        let is_former = shop.head() == head;
        let is_restored =
            shop.count("SELECT count(*) FROM event WHERE kind = 'store_restored'") == 1;
        assert!(is_former || is_restored);
    }
    shop.ok(RESTORE);
    shop.ok("store check -q");
    assert!(files(&shop.home().join("shop")).iter().all(|name| !name.contains("restoring")));
}

#[test]
fn a_backup_that_is_tried_elsewhere_writes_to_nobody() {
    let shop = shop_with_a_backup();
    shop.ok("store restore b.db --next-invoice 1010 --yes --store drill.db");
    shop.ok("mail retry --restored --store drill.db");
    let (status, error) = shop.error("mail send --store drill.db");
    assert_eq!((status, error["code"].as_str()), (5, Some("copy")));
    shop.ok("store check -q --store drill.db");
}
