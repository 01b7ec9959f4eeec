//! The commands that are disturbed, each in a shop where it has something to do.
//!
//! A new writing command gets a line here, and is killed, starved of disk and cut off with the others.

use std::fs;
use std::path::Path;

use rusqlite::Connection;

use crate::content::{Content, findings_by};
use crate::disk::watch;
use crate::support::{Outcome, Shop, example, org_number, pdf};

/// One command in one shop.
pub struct Scenario {
    pub name: &'static str,
    /// Makes the shop as it is before the command.
    pub prepare: fn(&Shop),
    /// The shop's time at the command.
    pub at: &'static str,
    pub line: &'static str,
    /// The shop's time when it is run again, where that matters: a mail waits for its next attempt.
    pub later: Option<&'static str>,
    /// What is typed after an interruption: usually the same.
    pub again: Again,
    /// The status of an undisturbed run.
    pub status: i32,
    /// Files in the home that the command writes.
    pub files: &'static [&'static str],
    /// Tables in which an interrupted run may leave something else.
    pub besides: &'static [&'static str],
    /// What says that the store is whole.
    pub check: &'static str,
}

/// What an operator does after an interruption.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// Runs the same command; it does what is left, and nothing twice.
    Same,
    /// Runs the same command, and where that says that it is done, this one.
    Then(&'static str),
    /// Looks, and runs the command unless it is done: it is one that does the same thing twice.
    UnlessDone,
}

const MARCH: &str = "2026-03-01T09:00:00Z";

const PLAIN: Scenario = Scenario {
    name: "",
    prepare: open,
    at: MARCH,
    line: "",
    later: None,
    again: Again::Same,
    status: 0,
    files: &[],
    besides: &[],
    check: "store check",
};

const ALL: &[Scenario] = &[
    Scenario {
        name: "init",
        prepare: |_| {},
        line: "init --practice --seller seller.toml",
        again: Again::UnlessDone,
        ..PLAIN
    },
    Scenario {
        name: "account import",
        line: "account import organisations.csv",
        again: Again::UnlessDone,
        ..PLAIN
    },
    Scenario {
        name: "subscription import",
        prepare: with_companies,
        line: "subscription import subscriptions.csv",
        ..PLAIN
    },
    Scenario {
        name: "subscription renew",
        prepare: with_subscriptions,
        at: "2028-06-01T09:00:00Z",
        line: "subscription renew --max 500",
        // The day of the last run that had something to renew.
        besides: &["setting", "events"],
        ..PLAIN
    },
    Scenario {
        name: "subscription renew, one refused",
        prepare: with_one_lost,
        at: "2028-06-01T09:00:00Z",
        line: "subscription renew --max 500",
        status: 7,
        // Each run counts a refusal, and the second is passed over: so many runs, so many counted.
        besides: &["subscription", "events", "setting"],
        ..PLAIN
    },
    Scenario {
        name: "payment import",
        prepare: with_invoices,
        at: "2026-10-06T09:00:00Z",
        line: "payment import bank.txt",
        ..PLAIN
    },
    Scenario {
        name: "mail send",
        prepare: with_mail,
        line: "mail send",
        later: Some("2026-03-01T12:00:00Z"),
        ..PLAIN
    },
    Scenario {
        name: "daily",
        prepare: with_a_night,
        at: "2026-06-01T09:00:00Z",
        line: "daily",
        later: Some("2026-06-01T12:00:00Z"),
        // When the night's work was finished.
        besides: &["setting", "events"],
        ..PLAIN
    },
    Scenario {
        name: "order create",
        prepare: with_accounts,
        line: "order create --account 202100-3054 --item AB04 --item AB04-PRINT=3",
        again: Again::UnlessDone,
        ..PLAIN
    },
    Scenario {
        name: "invoice credit",
        prepare: with_invoices,
        at: "2026-10-06T09:00:00Z",
        line: "invoice credit 1003 --reason wrong --yes",
        again: Again::UnlessDone,
        ..PLAIN
    },
    Scenario {
        name: "invoice pdf -o",
        prepare: with_invoices,
        at: "2026-10-06T09:00:00Z",
        line: "invoice pdf 1001 -o out.pdf",
        files: &["out.pdf"],
        ..PLAIN
    },
    Scenario {
        name: "export sie -o",
        prepare: with_invoices,
        at: "2026-10-06T09:00:00Z",
        line: "export sie --from 2026-09-01 --to 2026-09-30 -o books.se",
        // What is in the books by an export whose file was lost on the way is written anew.
        again: Again::Then("export sie --from 2026-09-01 --to 2026-09-30 --again -o books.se"),
        files: &["books.se"],
        besides: &["book_export", "events"],
        ..PLAIN
    },
    Scenario {
        name: "licence render --all",
        prepare: with_licences,
        line: "licence render --all -o copies",
        files: &[
            "copies/licence-1001-1-AB04-2026_1-sv.pdf",
            "copies/licence-1002-1-AB04-2026_1-sv.pdf",
            "copies/licence-1003-1-AB04-2026_1-sv.pdf",
        ],
        ..PLAIN
    },
    Scenario {
        name: "store backup",
        prepare: with_accounts,
        line: "store backup -o backup.db",
        again: Again::UnlessDone,
        // A backup that was there whole, and was not yet recorded, is made and recorded once more.
        besides: &["events", "setting"],
        files: &["backup.db"],
        ..PLAIN
    },
    Scenario {
        name: "migration from version 1",
        prepare: |shop| earlier(shop, 1, include_str!("../../src/store/sqlite/version_1.sql")),
        at: "2028-06-01T09:00:00Z",
        line: "account list",
        // The documents of the samples are cut short.
        check: "audit verify",
        ..PLAIN
    },
    Scenario {
        name: "migration from version 2",
        prepare: |shop| earlier(shop, 2, include_str!("../../src/store/sqlite/version_2.sql")),
        at: "2028-06-01T09:00:00Z",
        line: "account list",
        // The documents of the samples are cut short.
        check: "audit verify",
        ..PLAIN
    },
    Scenario {
        name: "migration from version 5",
        prepare: |shop| earlier(shop, 5, include_str!("../../src/store/sqlite/version_5.sql")),
        at: "2028-06-01T09:00:00Z",
        line: "account list",
        // The documents of the samples are cut short.
        check: "audit verify",
        ..PLAIN
    },
    Scenario {
        name: "migration from version 3",
        prepare: |shop| earlier(shop, 3, include_str!("../../src/store/sqlite/version_3.sql")),
        at: "2028-06-01T09:00:00Z",
        line: "account list",
        // The documents of the samples are cut short.
        check: "audit verify",
        ..PLAIN
    },
];

/// Returns the scenarios that are tried: all, unless `SHOPCTL_FAULTS_ONLY` says what their names contain.
pub fn chosen() -> impl Iterator<Item = &'static Scenario> {
    let only = std::env::var("SHOPCTL_FAULTS_ONLY").unwrap_or_default();
    ALL.iter().filter(move |scenario| scenario.name.contains(&only))
}

/// A scenario made ready: the shop before the command, and what an undisturbed run leads to.
pub struct Ready {
    pub scenario: &'static Scenario,
    base: Shop,
    pub before: Content,
    pub after: Content,
}

impl Ready {
    pub fn new(scenario: &'static Scenario) -> Ready {
        let base = home();
        for file in ["organisations.csv", "bank.txt", "seller.toml"] {
            fs::copy(example(file), base.home().join(file)).expect(file);
        }
        let (companies, subscriptions) = companies(25);
        base.file("companies.csv", companies);
        base.file("subscriptions.csv", &subscriptions);
        let few: Vec<&str> = subscriptions.lines().take(7).collect();
        base.file("few.csv", few.join("\n"));
        fs::create_dir(base.home().join("tmp")).expect("a folder for temporary files");
        (scenario.prepare)(&base);
        base.at(scenario.at);
        let before = Content::of(&base, scenario.files).without(scenario.besides);
        let mut ready = Ready { scenario, base, after: before.clone(), before };
        let shop = ready.shop();
        let outcome = shop.finish(&mut ready.command(&shop));
        assert_eq!(outcome.status, scenario.status, "{}\n{outcome}", scenario.name);
        ready.after = ready.content(&shop);
        assert_ne!(ready.before, ready.after, "{} does nothing", scenario.name);
        ready
    }

    /// Returns a fresh copy of the shop before the command.
    pub fn shop(&self) -> Shop {
        let shop = home();
        copy(self.base.home(), shop.home());
        move_in(&shop);
        shop.at(self.scenario.at);
        shop
    }

    pub fn command(&self, shop: &Shop) -> std::process::Command {
        let mut command = shop.command(self.scenario.line);
        command.env("TMPDIR", shop.home().join("tmp"));
        watch(&mut command, shop);
        command
    }

    pub fn content(&self, shop: &Shop) -> Content {
        Content::of(shop, self.scenario.files).without(self.scenario.besides)
    }

    /// Says whether a shop is as an undisturbed run leaves it.
    pub fn is_done(&self, shop: &Shop) -> bool {
        self.content(shop) == self.after
    }

    /// Does what an operator does after an interruption, and returns what is amiss then.
    pub fn go_on(&self, shop: &Shop) -> Vec<String> {
        if self.scenario.again == Again::UnlessDone && self.is_done(shop) {
            return findings_by(shop, self.scenario.check);
        }
        shop.at(self.scenario.later.unwrap_or(self.scenario.at));
        let mut outcome = shop.finish(&mut self.command(shop));
        if let Again::Then(line) = self.scenario.again
            && !self.is_done(shop)
        {
            outcome = shop.run(line);
        }
        let mut amiss = Vec::new();
        // A second run may find less to refuse than the first.
        if outcome.status != self.scenario.status && outcome.status != 0 {
            amiss.push(format!("run again, it ends with\n{outcome}"));
        }
        amiss.extend(findings_by(shop, self.scenario.check));
        let differences = self.content(shop).differences(&self.after);
        if !differences.is_empty() {
            amiss.push(format!("not as undisturbed:\n{}", differences.join("\n")));
        }
        amiss
    }
}

/// Says whether a failure reads as one: an `error:` line, and a `hint:` line that says what to do.
pub fn reads_well(outcome: &Outcome) -> Result<(), String> {
    let lines = |label: &str| outcome.stderr.lines().filter(|line| line.starts_with(label)).count();
    if outcome.stderr.contains("panicked") {
        return Err(format!("it panics\n{outcome}"));
    }
    match (lines("error:"), lines("hint:")) {
        (1, 1) => Ok(()),
        (errors, hints) => Err(format!("{errors} errors and {hints} hints\n{outcome}")),
    }
}

/// Returns an empty home, in memory where there is a file system for that: what a cut of the power would
/// leave is played from a log, and a real disk would only make everybody wait.
pub fn home() -> Shop {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { Shop::empty_in(memory) } else { Shop::empty() }
}

/// Makes the place of a shop its store's home, where it has a store that knows of homes: what was copied
/// here is meant to be the shop itself.
pub fn move_in(shop: &Shop) {
    if shop.store().exists()
        && let Ok(store) = Connection::open(shop.store())
        && let Ok(path) = fs::canonicalize(shop.store())
    {
        let path = path.to_string_lossy();
        // What is damaged is found by what the test looks for.
        let _ = store.execute("UPDATE home SET path = ?1", [path.as_ref()]);
    }
}

pub fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a type").is_dir() {
            fs::create_dir_all(&target).expect("a folder");
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), &target).expect("a copy");
        }
    }
}

pub fn open(shop: &Shop) {
    shop.at(MARCH);
    shop.ok("init --practice --seller seller.toml");
    shop.ok("product create AB04 --kind subscription --name-sv 'AB 04, digital' \
         --name-en 'AB 04, digital edition' --price 3900 --member-price 2900 --vat 25");
    shop.ok("product create AB04-PRINT --kind printed --name-sv 'AB 04, tryckt' \
         --name-en 'AB 04, printed' --price 120 --member-price 90 --vat 6");
}

fn with_accounts(shop: &Shop) {
    open(shop);
    shop.ok("account import organisations.csv");
}

/// Three licences to an agreement of two pages.
fn with_licences(shop: &Shop) {
    with_accounts(shop);
    shop.ok("agreement create AB04 --name-sv 'AB 04' --name-en 'AB 04'");
    shop.file("ab04.pdf", pdf(&["forsta", "andra"]));
    shop.ok("agreement publish AB04 ab04.pdf --edition 2026:1 --language sv");
    shop.ok("product create L5 --kind licence --seats 5 --name-sv 'AB 04, licens' \
         --name-en 'AB 04, licence' --price 9000 --member-price 8000 --vat 25 --agreement AB04");
    for holder in ["Koncernen", "Bolaget", "Kommunen"] {
        let account = "--account 202100-3054 --item L5";
        shop.ok(&format!("order create {account} --holder {holder} -y"));
    }
}

fn with_companies(shop: &Shop) {
    open(shop);
    shop.ok("account import companies.csv");
}

fn with_subscriptions(shop: &Shop) {
    with_companies(shop);
    shop.ok("subscription import subscriptions.csv");
}

fn with_one_lost(shop: &Shop) {
    with_subscriptions(shop);
    let sql = "UPDATE account SET street = NULL WHERE id = (SELECT account_id FROM subscription
               WHERE ends_on IS NULL ORDER BY billed_through, id LIMIT 1)";
    assert_eq!(shop.sqlite().execute(sql, []).expect("an account"), 1);
}

/// Five invoices of 1 September, as the bank's file of the examples pays them.
fn with_invoices(shop: &Shop) {
    with_accounts(shop);
    shop.at("2026-09-01T09:00:00Z");
    for order in [
        "--account 202100-3054 --item AB04 --reference 'Inköp 4711'",
        "--account 202100-4789 --item AB04",
        "--account 202100-2528 --item AB04 --item AB04-PRINT=3",
        "--account 202100-3690 --item AB04-PRINT=2",
        "--account 202100-2122 --item AB04",
    ] {
        shop.ok(&format!("order create {order}"));
    }
}

fn with_mail(shop: &Shop) {
    with_accounts(shop);
    let listed = shop.ok("account list --columns org_number");
    for number in listed.lines().take(6) {
        shop.ok(&format!("order create --account {number} --item AB04"));
    }
}

/// Renewals, reminders and mails in one night.
fn with_a_night(shop: &Shop) {
    with_companies(shop);
    shop.ok("subscription import few.csv");
    shop.ok("setting set renewal_reminders on");
    shop.ok(&format!("order create --account {} --item AB04-PRINT=2", org_number(3)));
}

/// A store that an earlier version of the program made.
fn earlier(shop: &Shop, version: usize, held: &str) {
    const STEPS: [&str; 5] = [
        include_str!("../../src/store/schema/sqlite/0001_shop.sql"),
        include_str!("../../src/store/schema/sqlite/0002_subscription_life.sql"),
        include_str!("../../src/store/schema/sqlite/0003_invoice_life.sql"),
        include_str!("../../src/store/schema/sqlite/0004_passwords.sql"),
        include_str!("../../src/store/schema/sqlite/0005_agreements.sql"),
    ];
    fs::create_dir_all(shop.store().parent().expect("a folder")).expect("a folder");
    let store = Connection::open(shop.store()).expect("a file");
    store.pragma_update(None, "journal_mode", "WAL").expect("a log");
    for step in &STEPS[..version] {
        store.execute_batch(step).expect("that version of the schema");
    }
    store.execute_batch(held).expect("what a shop of its time held");
    store.pragma_update(None, "application_id", 0x5348_4f50).expect("its mark");
    store.pragma_update(None, "user_version", version as i64).expect("its version");
    drop(store);
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::Permissions::from_mode(0o600);
    fs::set_permissions(shop.store(), mode).expect("its permissions");
}

/// Returns a file of `count` companies to import, and one of a subscription for each.
pub fn companies(count: u32) -> (String, String) {
    let mut accounts = "org_number;name;email;invoice_email;street;postal_code;city\n".to_owned();
    let mut subscriptions = "org_number;sku;start;billed_through\n".to_owned();
    for n in 0..count {
        let number = org_number(n);
        accounts.push_str(&format!(
            "{number};Bolaget {n} AB;inkop@bolag{n}.example;faktura@bolag{n}.example;\
             Storgatan {n};11122;Stockholm\n"
        ));
        subscriptions.push_str(&format!("{number};AB04;2025-03-01;2026-02-28\n"));
    }
    (accounts, subscriptions)
}
