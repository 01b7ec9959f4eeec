//! Many at once: every change that somebody was told of is in the store, nobody is told of a lock, and
//! whoever reads slowly holds nobody up.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::chance::Chance;
use crate::content::findings;
use crate::scenario::{Ready, chosen, companies, open};
use crate::support::{Shop, example, org_number};
use crate::{figure, nothing_amiss, rounds};

/// How many work, and for how long.
const SHORT: (usize, Duration) = (8, Duration::from_secs(5));
const LONG: (usize, Duration) = (32, Duration::from_secs(60));

/// How many commands each has ready: more than there is time for.
const LINES: usize = 1000;

/// How many companies there are at first.
const COMPANIES: u32 = 40;

/// What is counted: each command's name, and the rows that it adds when it succeeds.
const COUNTED: &[(&str, &str)] = &[
    ("account create", "SELECT count(*) FROM account"),
    ("account note", "SELECT count(*) FROM note"),
    ("order create", "SELECT count(*) FROM orders"),
    ("payment record", "SELECT count(*) FROM payment"),
    ("invoice credit", "SELECT count(*) FROM invoice WHERE kind = 'credit_note'"),
    ("account edit", "SELECT count(*) FROM event WHERE kind = 'account_changed'"),
];

/// One command as somebody ran it.
struct Ran {
    name: &'static str,
    took: Duration,
    output: Output,
}

impl Ran {
    fn status(&self) -> i32 {
        self.output.status.code().unwrap_or(-1)
    }
}

/// Returns a shop on a real disk, where a sync takes its time.
fn shop(count: u32) -> Shop {
    let shop = Shop::empty();
    fs::copy(example("seller.toml"), shop.home().join("seller.toml")).expect("the seller");
    let (companies, subscriptions) = companies(count);
    shop.file("companies.csv", companies);
    shop.file("subscriptions.csv", subscriptions);
    open(&shop);
    shop.ok("account import companies.csv -q");
    shop
}

/// Returns the next thing that somebody does.
fn command(chance: &mut Chance, fresh: &AtomicU32) -> (&'static str, String) {
    let number = org_number(chance.below(COMPANIES as usize) as u32);
    let invoice = 1001 + chance.below(COMPANIES as usize);
    match chance.below(20) {
        0 | 1 => {
            let n = fresh.fetch_add(1, Ordering::Relaxed);
            let line = format!(
                "account create {} --name 'Nya {n} AB' --email inkop@nya{n}.example \
                 --invoice-email faktura@nya{n}.example --street 'Gatan {n}' --postal-code 11122 \
                 --city Stockholm",
                org_number(n)
            );
            ("account create", line)
        }
        2 | 3 => ("account note", format!("account note {number} 'ringde'")),
        4 | 5 => ("order create", format!("order create --account {number} --item AB04-PRINT=2")),
        6 => ("payment record", format!("payment record {invoice} --amount 1 --date 2026-03-01")),
        7 => ("invoice credit", format!("invoice credit {invoice} --reason fel --yes")),
        8 => {
            let n = fresh.fetch_add(1, Ordering::Relaxed);
            ("account edit", format!("account edit {number} --street 'Vägen {n}'"))
        }
        9 => ("subscription renew", "subscription renew --max 500".to_owned()),
        10 => ("mail send", "mail send --limit 3".to_owned()),
        11 => ("daily", "daily -q".to_owned()),
        12 => ("import", "account import companies.csv --update -q".to_owned()),
        13 => ("account show", format!("account show {number}")),
        14 => ("account list", "account list".to_owned()),
        15 => ("find", format!("find 'Bolaget {}'", chance.below(40))),
        16 => ("invoice list", "invoice list --unpaid".to_owned()),
        17 => ("report", "report receivables".to_owned()),
        18 => ("account export", "account export -o -".to_owned()),
        _ => ("status", "status".to_owned()),
    }
}

fn wal(shop: &Shop) -> PathBuf {
    PathBuf::from(format!("{}-wal", shop.store().display()))
}

fn wal_bytes(shop: &Shop) -> u64 {
    fs::metadata(wal(shop)).map_or(0, |metadata| metadata.len())
}

/// Returns what is wrong with what one was told, where something is.
fn complaint(ran: &Ran) -> Option<String> {
    let told = String::from_utf8_lossy(&ran.output.stderr);
    let is_refusal = [0, 5, 6].contains(&ran.status());
    // A night's work or a batch that lost a race for one item goes on with the next.
    let is_batch = ran.status() == 7 && ["daily", "subscription renew"].contains(&ran.name);
    if told.contains("locked") || told.contains("panicked") || !(is_refusal || is_batch) {
        return Some(format!("`{}` ends with {}\n{told}", ran.name, ran.status()));
    }
    None
}

#[test]
fn what_a_crowd_was_told_of_is_in_the_store_and_nobody_is_told_of_a_lock() {
    let mut chance = Chance::of("crowd");
    let (people, time) = if rounds().is_some() { LONG } else { SHORT };
    let shop = shop(COMPANIES);
    shop.ok("subscription import subscriptions.csv -q");
    shop.ok("subscription renew -q --max 500");
    let count = |sql: &str| shop.count(sql);
    let before: Vec<i64> = COUNTED.iter().map(|(_, sql)| count(sql)).collect();
    let fresh = AtomicU32::new(10_000);
    let is_over = AtomicBool::new(false);
    let most = AtomicU64::new(0);
    // A shop is one thread's; its commands may be anybody's.
    let prepared: Vec<Vec<(&'static str, Command)>> = (0..people)
        .map(|_| {
            let deeds = (0..LINES).map(|_| command(&mut chance, &fresh));
            deeds.map(|(name, line)| (name, shop.command(&line))).collect()
        })
        .collect();
    let began = Instant::now();
    let work = |commands: Vec<(&'static str, Command)>| {
        let mut ran = Vec::new();
        for (name, mut command) in commands {
            if began.elapsed() > time {
                break;
            }
            let started = Instant::now();
            let output = command.output().expect("the program runs");
            ran.push(Ran { name, took: started.elapsed(), output });
        }
        ran
    };
    let ran: Vec<Ran> = thread::scope(|scope| {
        let (wal, work) = (wal(&shop), &work);
        let (is_over, most) = (&is_over, &most);
        scope.spawn(move || {
            while !is_over.load(Ordering::Relaxed) {
                let bytes = fs::metadata(&wal).map_or(0, |metadata| metadata.len());
                most.fetch_max(bytes, Ordering::Relaxed);
                thread::sleep(Duration::from_millis(20));
            }
        });
        let people: Vec<_> =
            prepared.into_iter().map(|commands| scope.spawn(move || work(commands))).collect();
        let people = people.into_iter();
        let ran = people.flat_map(|person| person.join().expect("a day's work")).collect();
        is_over.store(true, Ordering::Relaxed);
        ran
    });
    let mut told: Vec<String> = ran.iter().filter_map(complaint).collect();
    for ((name, sql), before) in COUNTED.iter().zip(before) {
        let succeeded = ran.iter().filter(|ran| ran.name == *name && ran.status() == 0);
        let (succeeded, added) = (succeeded.count() as i64, count(sql) - before);
        // Others write events and credit notes as well, but nobody takes one away.
        let is_exact = *name != "account edit";
        if (is_exact && added != succeeded) || added < succeeded {
            told.push(format!("{succeeded} times `{name}` was done, and {added} are there"));
        }
    }
    told.extend(findings(&shop));
    // A night's work is a batch, and waits for the other nights.
    let single = ran.iter().filter(|ran| ran.name != "daily");
    let mut took: Vec<Duration> = single.map(|ran| ran.took).collect();
    took.sort_unstable();
    let at = |part: usize| took[(took.len() * part / 100).min(took.len() - 1)].as_secs_f64();
    let mut by_name: BTreeMap<&str, (usize, Duration)> = BTreeMap::new();
    for one in &ran {
        let entry = by_name.entry(one.name).or_default();
        *entry = (entry.0 + 1, entry.1.max(one.took));
    }
    println!("{by_name:?}");
    figure(&format!(
        "{people} at once for {} s: {} commands, median {:.2} s, p99 {:.2} s, longest {:.2} s, write-ahead \
         log at most {:.1} MB, {} amiss",
        time.as_secs(),
        ran.len(),
        at(50),
        at(99),
        at(100),
        most.load(Ordering::Relaxed) as f64 / 1e6,
        told.len()
    ));
    nothing_amiss(&told);
}

#[test]
fn eight_nights_at_once_do_the_work_of_one() {
    let Some(scenario) = chosen().find(|scenario| scenario.name == "daily") else { return };
    let ready = Ready::new(scenario);
    let shop = ready.shop();
    let children: Vec<_> = (0..8).map(|_| shop.start(&mut ready.command(&shop))).collect();
    let mut told = Vec::new();
    for child in children {
        let outcome = shop.wait(child);
        if outcome.status != 0 {
            told.push(format!("{outcome}"));
        }
    }
    told.extend(ready.content(&shop).differences(&ready.after));
    told.extend(findings(&shop));
    figure(&format!("8 `daily` at once: {} amiss", told.len()));
    nothing_amiss(&told);
}

#[test]
fn a_reader_who_goes_for_coffee_holds_nobody_up_and_lets_the_log_begin_anew() {
    let count = if rounds().is_some() { 20_000 } else { 2_000 };
    let shop = shop(count);
    let mut told = Vec::new();
    for line in ["account list", "account list --json", "account export -o -"] {
        let mut reader = shop.start(&mut shop.command(line));
        let mut pipe = reader.stdout.take().expect("a pipe");
        let mut first = [0; 1];
        pipe.read_exact(&mut first).expect("the first of the list");
        // All of it is read from the store while the pipe is full.
        let started = Instant::now();
        while !can_begin_anew(&shop) && started.elapsed() < Duration::from_secs(20) {
            thread::sleep(Duration::from_millis(50));
        }
        if !can_begin_anew(&shop) {
            told.push(format!("`{line}` holds the store for as long as its reader takes"));
        }
        let started = Instant::now();
        let outcome = shop.run(&format!("account note {} ringde", org_number(1)));
        let took = started.elapsed();
        if outcome.status != 0 || took > Duration::from_secs(20) {
            told.push(format!("a writer beside `{line}` took {took:?}\n{outcome}"));
        }
        let mut rest = Vec::new();
        pipe.read_to_end(&mut rest).expect("the rest of the list");
        let status = reader.wait().expect("it ends");
        let lines = rest.iter().filter(|byte| **byte == b'\n').count();
        if !status.success() || lines < count as usize - 1 {
            told.push(format!("`{line}` gave {lines} lines"));
        }
    }
    figure(&format!("3 slow readers of {count} accounts: {} amiss", told.len()));
    nothing_amiss(&told);
}

/// Says whether nobody reads an earlier state of the store, so that its log could begin anew.
fn can_begin_anew(shop: &Shop) -> bool {
    let store = shop.sqlite();
    store.busy_timeout(Duration::ZERO).expect("a setting");
    store.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0)) == Ok(0)
}

#[test]
fn the_log_does_not_grow_without_bound_beside_readers_who_never_stop() {
    let (people, imports) = if rounds().is_some() { (8, 80) } else { (2, 4) };
    let count = 3_000;
    let shop = shop(count);
    let is_over = AtomicBool::new(false);
    let written = AtomicU64::new(0);
    let mut most = 0;
    let readers: Vec<Command> = (0..people).map(|_| shop.command("account list")).collect();
    thread::scope(|scope| {
        for mut reader in readers {
            let is_over = &is_over;
            scope.spawn(move || {
                reader.stdout(Stdio::null()).stderr(Stdio::null());
                while !is_over.load(Ordering::Relaxed) {
                    let status = reader.status().expect("a reader");
                    assert!(status.success());
                }
            });
        }
        for round in 0..imports {
            let city = if round % 2 == 0 { "Malmö" } else { "Kiruna" };
            let file = shop.read("companies.csv").replace("Stockholm", city);
            shop.file("moved.csv", file);
            let before = wal_bytes(&shop);
            let outcome = shop.run("account import moved.csv --update -q");
            assert_eq!(outcome.status, 0, "{outcome}");
            let after = wal_bytes(&shop);
            written.fetch_add(after.saturating_sub(before), Ordering::Relaxed);
            most = most.max(after);
        }
        is_over.store(true, Ordering::Relaxed);
    });
    figure(&format!(
        "{people} readers without a pause beside {imports} imports of {count} rows: write-ahead log at most \
         {:.1} MB, of which {:.1} MB were grown by",
        most as f64 / 1e6,
        written.load(Ordering::Relaxed) as f64 / 1e6
    ));
    // It begins anew at 64 MiB, and an import or two may come before that.
    assert!(most < 80_000_000, "{most} bytes of write-ahead log");
    nothing_amiss(&findings(&shop));
}
