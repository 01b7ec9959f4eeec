use std::time::{Duration, Instant};

use crate::support::{Shop, Sink};
use insta::assert_snapshot;
use serde_json::Value as Json;

#[test]
fn the_night_renews_and_sends() {
    let shop = Shop::with_an_order();
    let sink = Sink::start();
    shop.configure(&sink.settings());
    shop.at("2027-03-01T03:00:00Z");
    assert_snapshot!(shop.run("daily -n"), @"
    invoice issued         1002  org number 556036-0793, issued on 2027-03-01, due on 2027-03-31, net 2 900,00, vat 725,00, total 3 625,00, invoice email faktura@saab.example
    subscription renewed   1001  start 2027-03-01, renewal date: 2027-03-01 → 2028-03-01, invoice 1002
    mail queued            2  kind renewal_invoice, recipient faktura@saab.example, cause invoice 1002
    renewals finished      renewals  renewed through 2027-03-01
    1	order_invoice	faktura@saab.example	0
    --- stderr
    this is what would happen; nothing was changed
    ");
    assert_eq!(shop.count("SELECT count(*) FROM invoice"), 1);
    assert_snapshot!(shop.run("daily"), @r"
    renewed	1
    refused	0
    sent	2
    deferred	0
    failed	0
    to_folder	no
    outage
    ");
    assert_eq!(sink.taken().len(), 2);
    let change = shop.change("daily --note 'by hand'");
    assert_eq!(
        (&change["objects"][0]["renewed"], &change["objects"][0]["sent"]),
        (&0.into(), &0.into())
    );
    assert_eq!(change["events"][0]["kind"], "daily_finished");
    assert!(shop.ok(&format!("audit show {}", change["op"])).contains("by hand"));
    shop.at("2028-03-01T03:00:00Z");
    let rehearsal = shop.change("daily -n");
    assert_eq!((&rehearsal["objects"][0]["renewed"], &rehearsal["op"]), (&1.into(), &Json::Null));
    assert_eq!(rehearsal["events"].as_array().map(Vec::len), Some(4));
}

#[test]
fn a_quiet_night_says_nothing_to_cron() {
    let shop = Shop::with_an_order();
    shop.at("2027-03-01T03:00:00Z");
    let outcome = shop.run("daily -q");
    assert_eq!((outcome.status, outcome.stdout.as_str(), outcome.stderr.as_str()), (0, "", ""));
    assert_eq!(shop.count("SELECT count(*) FROM invoice"), 2);
}

#[test]
fn r14_eight_nights_at_once_bill_once() {
    let shop = Shop::with_an_order();
    for serial in 1..=20 {
        let number = crate::support::org_number(serial);
        shop.ok(&format!(
            "account create {number} --name 'Kund {serial}' --email k{serial}@kund.example \
             --invoice-email faktura{serial}@kund.example --street 'Gatan {serial}' \
             --postal-code 11122 --city Solna"
        ));
        shop.ok(&format!("order create --account {number} --item AB04"));
    }
    shop.at("2027-03-01T03:00:00Z");
    let running: Vec<_> = (0..8).map(|_| shop.start(&mut shop.command("daily -q"))).collect();
    for child in running {
        let outcome = shop.wait(child);
        assert_eq!(outcome.status, 0, "{outcome}");
        assert_eq!(outcome.stderr, "");
    }
    assert_eq!(shop.count("SELECT count(*) FROM term"), 42);
    assert_eq!(shop.count("SELECT count(*) FROM invoice"), 42);
    assert_eq!(shop.letters().len(), 42);
    assert_eq!(shop.run("audit verify").status, 0);
}

#[test]
fn a_second_night_waits_and_does_nothing_only_if_the_first_came_to_its_end() {
    let shop = Shop::with_an_order();
    shop.ok("daily");
    let path = shop.home().join("shop/shop.db.daily.lock");
    let lock = std::fs::OpenOptions::new().write(true).open(path).expect("the lock");
    lock.lock().expect("it is free");
    assert_snapshot!(shop.run("daily --wait 0"), @r"
    --- stderr
    error: another `shopctl daily` is still at work
    hint: wait longer with `--wait SECONDS`
    --- status 9
    ");
    let waiting = || {
        let second = shop.start(&mut shop.command("daily -q --json"));
        let started = Instant::now();
        while !has_open(second.id(), ".daily.lock") && started.elapsed() < Duration::from_secs(20) {
            std::thread::sleep(Duration::from_millis(10));
        }
        std::thread::sleep(Duration::from_millis(200));
        second
    };
    let second = waiting();
    let finish = "UPDATE setting SET value = '2026-03-01T08:00:01Z' WHERE name = 'daily_finished'";
    assert_eq!(shop.sqlite().execute(finish, []), Ok(1));
    lock.unlock().expect("it is held");
    let outcome = shop.wait(second);
    assert!(outcome.stdout.contains("\"changed\":false"), "{outcome}");

    shop.at("2026-03-01T09:00:00Z");
    lock.lock().expect("it is free");
    let second = waiting();
    lock.unlock().expect("it is held");
    let outcome = shop.wait(second);
    assert!(outcome.stdout.contains("daily_finished"), "{outcome}");
}

#[test]
fn a_night_that_could_not_do_its_work_is_not_finished() {
    let shop = Shop::with_an_order();
    shop.configure("[mail]\nurl = \"smtp://mail.saab.example:587\"\n");
    assert_snapshot!(shop.run("daily -q"), @"
    --- stderr
    error: the [mail] settings were refused: a practice shop sends to a folder or a server on this machine, and `mail.saab.example` is elsewhere
    --- status 5
    ");
    assert_eq!(shop.count("SELECT count(*) FROM event WHERE kind = 'daily_finished'"), 0);
    shop.configure("[mail]\nurl = \"smtp+plain://127.0.0.1:1\"\n");
    assert_snapshot!(shop.run("daily -q"), @"
    --- stderr
    warning: the mail server 127.0.0.1:1 cannot be reached: Connection refused (os error 111)
    ");
}

#[test]
fn a_night_with_a_refused_item_ends_with_7_and_cron_hears_of_it() {
    let shop = Shop::with_an_order();
    shop.lose("city");
    shop.at("2027-03-01T03:00:00Z");
    assert_snapshot!(shop.run("daily -q"), @r"
    --- stderr
    warning: subscription 1001 was not renewed: the account lacks what an invoice must state: city
    error: 1 of 1 renewals were refused
    hint: each is told above; one refused twice is parked and shown by `shopctl status`
    --- status 7
    ");
}

#[test]
fn a_night_in_which_the_server_is_down_ends_with_8_once_patience_is_over() {
    let shop = Shop::with_an_order();
    shop.configure("[mail]\nurl = \"smtp+plain://127.0.0.1:1\"\n");
    let statuses: Vec<i32> = (0..4)
        .map(|night| {
            shop.at(&format!("2026-03-{:02}T03:00:00Z", night + 2));
            shop.run("daily -q").status
        })
        .collect();
    assert_eq!(statuses, [0, 0, 8, 8]);
    assert_snapshot!(shop.run("daily -q"), @"");
    assert_eq!(shop.ok("mail list --status waiting --columns number"), "1\n");
}

#[test]
fn a_shop_whose_nights_have_stopped_says_so() {
    let shop = Shop::with_an_order();
    assert_eq!(shop.run("account list").stderr, crate::support::PRACTICE, "it has never run");
    shop.ok("daily");
    shop.at("2026-03-03T08:00:00Z");
    assert_eq!(
        shop.run("account list").stderr,
        crate::support::PRACTICE,
        "two days are no more than two"
    );
    shop.at("2026-03-03T08:00:01Z");
    assert_snapshot!(shop.run("account list --columns name"), @r"
    Saab AB
    Stockholms stad
    --- stderr
    warning: `shopctl daily` last finished at 2026-03-01T08:00:00Z; is cron running it?
    ");
    assert_snapshot!(shop.run("status --columns what,count,command"), @"
    mail goes to a folder		set `url` under [mail] in shopctl.toml
    PRACTICE		
    daily		
    --- stderr
    warning: `shopctl daily` last finished at 2026-03-01T08:00:00Z; is cron running it?
    ");
}

/// Says whether a process has a file of that name open.
fn has_open(process: u32, name: &str) -> bool {
    let Ok(files) = std::fs::read_dir(format!("/proc/{process}/fd")) else { return false };
    let targets = files.flatten().filter_map(|file| std::fs::read_link(file.path()).ok());
    targets.into_iter().any(|target| target.to_string_lossy().ends_with(name))
}
