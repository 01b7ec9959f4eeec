//! Backups: of one moment, whole or not there.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use insta::assert_snapshot;

use crate::support::Shop;

/// Returns what lies in the home beside the usual, in order.
fn files(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"))
        .collect();
    names.sort();
    names
}

#[test]
fn a_backup_is_the_store_of_one_moment_and_says_where_it_ends() {
    let shop = Shop::with_an_order();
    let head = shop.json("audit head");
    let rehearsal = shop.run("store backup -o b.db -n");
    assert_eq!((rehearsal.status, fs::exists(shop.path("b.db")).expect("a path")), (0, false));
    let made = shop.change("store backup -o b.db");
    assert_eq!(made["objects"][0]["events"], head["seq"]);
    assert_eq!(made["objects"][0]["head"], head["hash"]);
    assert_eq!(made["events"][0]["kind"], "backup_made");
    assert_eq!(made["events"][0]["after"]["head"], head["hash"]);
    let copy = shop.json("audit head --store b.db");
    assert_eq!(copy, head, "the backup is what its event says");
    let mode = fs::metadata(shop.path("b.db")).expect("the backup").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    shop.ok("store check --store b.db");
}

#[test]
fn a_backup_goes_to_a_pipe_too() {
    let shop = Shop::with_an_order();
    let mut command = shop.command("store backup -o -");
    let output = command.output().expect("the program runs");
    assert!(output.status.success());
    fs::write(shop.path("piped.db"), &output.stdout).expect("a file");
    shop.ok("store check -q --store piped.db");
    assert_eq!(files(&shop.home().join("shop")), ["shop.db"]);
}

#[test]
fn a_backup_replaces_an_older_one_and_nothing_else() {
    let shop = Shop::with_an_order();
    shop.ok("store backup -o b.db");
    shop.ok("store backup -o b.db");
    shop.file("letter.txt", "Dear shop");
    fs::create_dir(shop.path("folder")).expect("a folder");
    let other = rusqlite::Connection::open(shop.path("other.db")).expect("another's file");
    other.execute_batch("CREATE TABLE t (x); PRAGMA application_id = 1").expect("a table");
    drop(other);
    for (target, code) in [
        ("letter.txt", "not_a_backup"),
        ("other.db", "not_a_backup"),
        ("folder", "not_a_file"),
        ("shop/shop.db", "store_itself"),
    ] {
        let (status, error) = shop.error(&format!("store backup -o {target}"));
        assert_eq!((status, error["code"].as_str()), (5, Some(code)), "{target}");
    }
    assert_eq!(shop.read("letter.txt"), "Dear shop");
    assert_eq!(shop.error("store backup -o nowhere/b.db").0, 8);
    let in_use = shop.path("in_use.db");
    shop.ok("store backup -o in_use.db");
    let connection = rusqlite::Connection::open(&in_use).expect("a store in use");
    connection.execute("UPDATE counters SET value = value + 1", []).expect("a write");
    assert_eq!(shop.error("store backup -o in_use.db").1["code"], "store_in_use");
}

#[test]
fn two_backups_to_one_file_do_not_meet() {
    let shop = Shop::with_an_order();
    let partial = fs::File::create(shop.path("b.db.partial")).expect("a file in the making");
    partial.lock().expect("it is free");
    assert_snapshot!(shop.run("store backup -o b.db"), @"
    --- stderr
    error: `b.db.partial` is being written by another command
    hint: wait for that one to end, or name another file
    --- status 9
    ");
}

#[test]
fn what_a_killed_backup_left_is_no_hindrance() {
    let shop = Shop::with_an_order();
    shop.file("b.db.partial", "half a file");
    shop.file("b.db.partial-wal", "its log");
    shop.ok("store backup -o b.db");
    shop.ok("store check --store b.db");
    assert!(!files(shop.home()).iter().any(|name| name.contains("partial")));
}

#[test]
fn a_damaged_store_never_becomes_a_backup() {
    let shop = Shop::with_an_order();
    shop.ok("store backup -o b.db");
    let good = fs::read(shop.path("b.db")).expect("the backup");
    let connection = shop.sqlite();
    // A row that its index knows nothing of.
    connection
        .execute_batch(
            "PRAGMA writable_schema = ON;
             UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master
                 WHERE name = 'login_by_account') WHERE name = 'account_by_name'",
        )
        .expect("a damage");
    drop(connection);
    let outcome = shop.run("store backup -o b.db");
    assert_eq!(outcome.status, 8, "{outcome}");
    assert!(outcome.stderr.contains("not whole"), "{outcome}");
    assert_eq!(fs::read(shop.path("b.db")).expect("the backup"), good, "the older one stays");
}

#[test]
fn backups_made_while_four_write_are_whole() {
    let shop = Shop::open();
    let writers: Vec<_> = (0..4)
        .map(|writer| {
            let mut command = Command::new("sh");
            let program = env!("CARGO_BIN_EXE_shopctl");
            let script = format!(
                "for n in 1 2 3 4 5 6 7 8 9 10; do {program} -q account note 556036-0793 \
                 \"writer {writer} $n\" || exit 1; done"
            );
            let like = shop.command("status");
            command.arg("-c").arg(script).env_clear().current_dir(shop.home());
            command.envs(like.get_envs().filter_map(|(key, value)| Some((key, value?))));
            shop.start(&mut command)
        })
        .collect();
    let mut made = 0;
    for n in 0..6 {
        shop.ok(&format!("store backup -q -o b{n}.db"));
        shop.ok(&format!("store check -q --store b{n}.db"));
        made += 1;
        sleep(Duration::from_millis(20));
    }
    for writer in writers {
        let outcome = shop.wait(writer);
        assert_eq!(outcome.status, 0, "{outcome}");
    }
    assert_eq!(made, 6);
    assert_eq!(shop.count("SELECT count(*) FROM note"), 40, "nobody's work was lost");
}

#[test]
fn a_backup_that_is_killed_leaves_nothing_under_its_name() {
    let shop = Shop::with_an_order();
    shop.ok("store backup -o b.db");
    for n in 0..12_u64 {
        let mut child = shop.start(&mut shop.command("store backup -q -o b.db"));
        sleep(Duration::from_millis(3 * n));
        // It may have come to its end by then.
        let _ = child.kill();
        let _ = child.wait();
        shop.ok("store check -q");
        shop.ok("store check -q --store b.db");
    }
    shop.ok("store backup -o b.db");
    assert!(!files(shop.home()).iter().any(|name| name.contains("partial")));
}

#[test]
fn a_full_disk_ends_a_backup_and_leaves_nothing() {
    let shop = Shop::with_an_order();
    let full = shop.home().join("full");
    fs::create_dir(&full).expect("a folder");
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=128k", "tmpfs"])
        .arg(&full)
        .output()
        .is_ok_and(|output| output.status.success());
    if !mounted {
        eprintln!("skipped: only root can mount a disk that is full");
        return;
    }
    let outcome = shop.run("store backup -o full/b.db");
    let left = files(&full);
    let unmounted = Command::new("umount").arg(&full).status();
    assert!(unmounted.is_ok_and(|status| status.success()));
    assert_eq!(outcome.status, 8, "{outcome}");
    assert!(outcome.stderr.contains("full"), "{outcome}");
    assert_eq!(left, [""; 0]);
    shop.ok("store check -q");
}

#[test]
fn status_asks_for_a_backup_of_a_real_shop() {
    let shop = Shop::empty();
    let seller = crate::support::example("seller.toml");
    let run = |line: &str| shop.finish(shop.command(line).env_remove("SHOPCTL_NOW"));
    assert_eq!(run(&format!("init --seller {seller}")).status, 0);
    let backup =
        |status: &str| status.lines().find(|line| line.starts_with("backup")).map(str::to_owned);
    let asked = backup(&run("status").stdout);
    assert_eq!(
        asked.as_deref(),
        Some("backup\t\tnone was ever made\tshopctl store backup -o FILE")
    );
    assert_eq!(run("store backup -o b.db").status, 0);
    assert_eq!(backup(&run("status").stdout), None);
    let sql = "UPDATE setting SET value = '2026-01-02T08:00:00Z' WHERE name = 'backup_made'";
    shop.sqlite().execute(sql, []).expect("an old backup");
    let asked = backup(&run("status").stdout).expect("a line");
    assert!(asked.contains("the last one is of 2026-01-02 09:00"), "{asked}");
    assert_eq!(run("setting set backup_days off").status, 0);
    assert_eq!(backup(&run("status").stdout), None);
    assert_eq!(run("setting set backup_days 0").status, 5);
}
