//! The mail server misbehaves at every step of the dialogue, and in the end each mail has arrived or is
//! reported as failed; a copy arises only where the acknowledgement was lost, and is the same to the byte.

use std::collections::BTreeMap;
use std::os::unix::process::ExitStatusExt;
use std::thread;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use crate::chance::Chance;
use crate::content::findings;
use crate::disk::watch;
use crate::scenario::{companies, home, open, reads_well};
use crate::server::{Fate, Server};
use crate::support::Shop;
use crate::{figure, nothing_amiss, rounds};

/// How many mails there are in the short form.
const SHORT: usize = 60;

/// In how many of a hundred conversations and messages something goes wrong.
const PERCENT: usize = 30;

/// Makes a shop with so many mails waiting.
fn shop_with_mails(count: usize) -> Shop {
    let shop = home();
    std::fs::copy(crate::support::example("seller.toml"), shop.home().join("seller.toml"))
        .expect("the seller");
    let (companies, subscriptions) = companies(count as u32);
    shop.file("companies.csv", companies);
    shop.file("subscriptions.csv", subscriptions);
    open(&shop);
    shop.ok("account import companies.csv -q");
    shop.ok("subscription import subscriptions.csv -q");
    shop.ok("subscription renew -q --max 2000");
    assert_eq!(shop.count("SELECT count(*) FROM outbox") as usize, count);
    shop
}

fn settings(shop: &Shop, url: &str) {
    shop.configure(&format!("[mail]\nurl = \"{url}\"\n"));
}

/// Returns the command that sends, which waits for a silent server no longer than a test can.
fn sending(shop: &Shop) -> std::process::Command {
    let mut command = shop.command("mail send");
    watch(&mut command, shop).env("FAULT_REPLY_MS", "250");
    command
}

/// Sets the shop's clock to when the next mail is due, or on by a minute.
fn wait(shop: &Shop, now: &mut DateTime<Utc>) {
    let store = shop.sqlite();
    let sql = "SELECT min(coalesce(due_at, '')) FROM outbox WHERE status = 'waiting'";
    let due: Option<String> = store.query_row(sql, [], |row| row.get(0)).expect(sql);
    let due = due.and_then(|due| DateTime::parse_from_rfc3339(&due).ok()).map(|due| due.to_utc());
    *now = (*now + TimeDelta::minutes(1)).max(due.unwrap_or(*now));
    shop.at(&now.to_rfc3339());
}

/// What came of each mail: its Message-ID, status and stored bytes.
fn outbox(shop: &Shop) -> Vec<(String, String, Option<Vec<u8>>)> {
    let store = shop.sqlite();
    let sql = "SELECT o.message_id, o.status, m.bytes FROM outbox o
               LEFT JOIN message m ON m.outbox_id = o.id ORDER BY o.id";
    let mut statement = store.prepare(sql).expect(sql);
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
    rows.expect(sql).map(|row| row.expect("a mail")).collect()
}

/// What the server's memory and the store's say of each other.
#[derive(Debug, Default)]
struct Tally {
    sent: usize,
    failed: usize,
    lost: usize,
    copies: usize,
    unacknowledged: usize,
    amiss: Vec<String>,
}

/// Compares what the server was given with what the store believes.
fn tally(shop: &Shop, server: &Server, deaths: usize) -> Tally {
    let given = server.given();
    let mut tally = Tally::default();
    let mut known = BTreeMap::new();
    let mut by_death = 0;
    for (id, status, bytes) in outbox(shop) {
        let all = given.get(&id).cloned().unwrap_or_default();
        let count = |fate| all.iter().filter(|one| one.fate == fate).count();
        let (told, untold) = (count(Fate::Acknowledged), count(Fate::Unacknowledged));
        tally.unacknowledged += untold;
        tally.copies += (told + untold).saturating_sub(1);
        match status.as_str() {
            "sent" => {
                tally.sent += 1;
                if told == 0 {
                    tally.lost += 1;
                    tally.amiss.push(format!("{id} is sent, and was never acknowledged"));
                }
                by_death += told.saturating_sub(1);
            }
            "failed" => {
                tally.failed += 1;
                if told > 0 {
                    tally.amiss.push(format!("{id} is failed, and was acknowledged"));
                }
            }
            other => tally.amiss.push(format!("{id} is {other} in the end")),
        }
        if all.iter().any(|one| Some(&one.bytes) != bytes.as_ref()) {
            tally.amiss.push(format!("{id} was offered with other bytes than are stored"));
        }
        known.insert(id, ());
    }
    if by_death > deaths {
        tally.amiss.push(format!("{by_death} copies of what was acknowledged, {deaths} deaths"));
    }
    let strangers = given.keys().filter(|id| !known.contains_key(*id));
    tally.amiss.extend(strangers.map(|id| format!("{id} is in no outbox")));
    tally.amiss.extend(findings(shop));
    tally
}

#[test]
fn a_server_that_misbehaves_gets_each_mail_or_it_is_reported_as_failed() {
    let mut chance = Chance::of("letters");
    let count = rounds().unwrap_or(SHORT);
    let shop = shop_with_mails(count);
    let server = Server::start(PERCENT, &chance);
    let mut now = DateTime::parse_from_rfc3339("2026-03-01T09:00:00Z").expect("a time").to_utc();
    let (mut runs, mut told, mut reported) = (0, Vec::new(), 0);
    while shop.count("SELECT count(*) FROM outbox WHERE status IN ('waiting', 'claimed')") > 0 {
        runs += 1;
        assert!(runs < 30 * count, "it never ends: {:?}", server.faults());
        wait(&shop, &mut now);
        let is_encrypted = chance.percent(5);
        server.offer_tls(is_encrypted);
        settings(&shop, &server.url(if is_encrypted { "smtp" } else { "smtp+plain" }));
        let outcome = shop.finish(&mut sending(&shop));
        match outcome.status {
            0 => {}
            7 | 8 => told.extend(reads_well(&outcome).err()),
            status => told.push(format!("it ends with {status}\n{outcome}")),
        }
        let failed = outcome.stderr.lines().find_map(|line| line.strip_suffix(" failed"));
        let failed = failed.and_then(|line| line.rsplit(' ').next()?.parse::<usize>().ok());
        reported += failed.unwrap_or(0);
    }
    let tally = tally(&shop, &server, 0);
    if reported != tally.failed {
        told.push(format!("{reported} were reported as failed, and {} are", tally.failed));
    }
    if tally.copies > tally.unacknowledged {
        told.push(format!(
            "{} copies, {} lost acknowledgements",
            tally.copies, tally.unacknowledged
        ));
    }
    told.extend(tally.amiss);
    let faults: usize = server.faults().values().sum();
    println!("{:?}", server.faults());
    figure(&format!(
        "{count} mails at {PERCENT} % faults, {faults} faults of {} kinds, {runs} runs: {} sent, {} \
         reported as failed, {} lost, {} copies where {} acknowledgements were lost, {} amiss",
        server.faults().len(),
        tally.sent,
        tally.failed,
        tally.lost,
        tally.copies,
        tally.unacknowledged,
        told.len()
    ));
    nothing_amiss(&told);
}

#[test]
fn a_sender_that_is_killed_sends_each_mail_and_a_copy_at_most_of_the_one_it_died_over() {
    let mut chance = Chance::of("killed sender");
    let count = rounds().unwrap_or(SHORT);
    let shop = shop_with_mails(count.min(1000));
    let server = Server::start(0, &chance);
    settings(&shop, &server.url("smtp+plain"));
    let (mut kills, mut runs) = (0, 0);
    while shop.count("SELECT count(*) FROM outbox WHERE status IN ('waiting', 'claimed')") > 0 {
        runs += 1;
        let mut child = shop.start(&mut sending(&shop));
        // As far as a mail or a few, however fast the machine is.
        thread::sleep(Duration::from_millis(20 + chance.below(120) as u64));
        let _ = child.kill();
        kills += usize::from(child.wait().expect("it ends").signal() == Some(9));
    }
    let tally = tally(&shop, &server, kills);
    figure(&format!(
        "{kills} kills in `mail send` to a server, {runs} runs: {} mails sent, {} lost, {} copies, {} amiss",
        tally.sent,
        tally.lost,
        tally.copies,
        tally.amiss.len()
    ));
    nothing_amiss(&tally.amiss);
}
