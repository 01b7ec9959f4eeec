//! R14 over the years: one shop lived through again and again, each time with another cron, and in the
//! end the same terms, lines, prices and number of invoices.
//!
//! As it stands this takes four and a half months of the shop's time, and passes over hours and days in
//! which nothing can fall due. `SHOPCTL_LONG=1` takes three years and leaves nothing out: every hour
//! means every hour.

#[allow(dead_code, reason = "shared with the tests of the commands, which use all of it")]
#[path = "../cli/support.rs"]
mod support;

use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use support::{Shop, example, org_number};

/// What people do in the shop, each at noon of its day.
///
/// Cron lags: a week where it runs once a week, and three weeks in a standstill. What follows of a deed
/// must not depend on which terms were billed before it, unless all of them were or none. Hence
///
/// - prices and memberships concern days on which no term has fallen due yet: what is entered for a day
///   gone by tells on whatever cron has not billed, as it should;
/// - a letter that was on the desk while a renewal ran undoes that renewal, and is entered more than a
///   week after the term fell due and outside a standstill, when every cron has renewed: where one has
///   not, there is nothing to withdraw, and two invoices fewer are right. So are a late notice that is
///   taken as if in time once its renewal ran, and an end that gives back what is billed;
/// - agreed prices and invoice details are changed while no term of theirs is due: the next invoice has
///   them, whichever it is;
/// - notice for a product without months of notice comes before the renewal date, on which it would be
///   in time still, and the term billed or not;
/// - reminders are switched on a week before the next last day for notice, and a price falls when every
///   cron has reminded of the renewals that it touches or none: what was promised binds;
/// - the days ahead of an invoice are changed when no price was entered shortly before.
///
/// A notice that is in time, or late, may come in a standstill, as may what takes it back.
const DEEDS: &[(&str, &str)] = &[
    ("2028-02-10", "product price YEAR --price 4200 --member-price 3300 --from 2028-04-01"),
    ("2028-02-20", "account edit 3 --member no --from 2028-03-31"),
    ("2028-02-20", "account edit 4 --member yes --from 2028-02-29"),
    // On the last day for notice, and the day after it, both in a standstill.
    ("2028-02-29", "subscription cancel 1006 --channel letter --yes"),
    ("2028-03-02", "subscription cancel 1009 --channel email --by Eva --yes"),
    // A rise too late for whoever renews in March.
    ("2028-03-05", "product price MONTH --price 130 --member-price 95 --from 2028-03-15"),
    ("2028-03-20", "product price HALF --price 1700 --member-price 1400 --from 2028-05-31"),
    ("2028-03-25", "subscription price 1016 --agreed-price 1500 --reason agreed"),
    ("2028-04-02", "setting set renewal_reminders on"),
    // Late for the renewal of 25 March, which ran, and taken as if in time.
    (
        "2028-04-05",
        "subscription cancel 1012 --received 2028-01-10 --as-if-in-time --reason strike --yes",
    ),
    ("2028-04-10", "order create --account 5 --item QUARTER"),
    // In time for the renewal of 31 March, and entered when it has run.
    ("2028-04-12", "subscription cancel 1003 --received 2027-12-30 --yes"),
    ("2028-04-12", "order create --account 11 --item QUARTER --agreed-price 250 --reason agreed"),
    ("2028-04-14", "account billing 8 --invoice-email ekonomi@bolaget8.example --reason asked"),
    ("2028-04-18", "subscription cancel 1018 --as-if-in-time --reason goodwill --yes"),
    ("2028-04-20", "subscription end 1002 --on 2028-04-15 --credit rest --reason bankruptcy --yes"),
    ("2028-04-25", "subscription end 1030 --on 2028-05-01 --credit none --reason closing --yes"),
    // A fall after every cron has reminded of the renewal on 20 May.
    ("2028-04-29", "product price MONTH --price 125 --member-price 92 --from 2028-05-15"),
    ("2028-05-02", "account edit 1 --member no --from 2028-05-31"),
    ("2028-05-02", "subscription cancel 1027 --yes"),
    ("2028-05-03", "setting set renewal_invoice_days 14"),
    (
        "2028-05-08",
        "account billing 10 --subscription 1029 --invoice-email ekonomi@bolaget10.example \
         --reason asked",
    ),
    ("2028-05-10", "subscription reinstate 1006"),
    // Billed ahead on 6 May, withdrawn, and billed again.
    ("2028-05-14", "subscription cancel 1016 --received 2028-02-15 --yes"),
    ("2028-05-17", "subscription reinstate 1016"),
    ("2028-05-20", "subscription cancel 1025 --yes"),
    ("2028-05-31", "subscription cancel 1013 --yes"),
    ("2028-08-25", "subscription cancel 1014 --yes"),
    ("2028-10-15", "subscription cancel 1001 --yes"),
    ("2028-11-05", "subscription reinstate 1014"),
    ("2028-12-01", "subscription cancel 1010 --received 2028-11-29 --yes"),
    ("2028-12-15", "product price YEAR --price 4500 --member-price 3500 --from 2029-03-31"),
    ("2029-01-10", "subscription price 1016 --list-price --reason over"),
    ("2029-01-25", "subscription reinstate 1001"),
    ("2029-01-31", "order create --account 6 --item MONTH"),
    ("2029-02-01", "account edit 3 --member yes --from 2029-02-28"),
    ("2029-03-01", "account billing 9 --reference Ref12 --reason asked"),
    ("2029-03-25", "subscription cancel 1004 --received 2028-12-01 --yes"),
    ("2029-04-10", "subscription end 1011 --on 2029-06-01 --credit rest --reason merged --yes"),
    ("2029-04-20", "product price QUARTER --price 350 --member-price 300 --from 2029-05-01"),
    ("2029-05-02", "setting set renewal_invoice_days 0"),
    ("2029-06-30", "order create --account 7 --item HALF --yes"),
    ("2029-08-10", "subscription cancel 1017 --as-if-in-time --reason goodwill --yes"),
    ("2029-08-31", "order create --account 8 --item YEAR --yes"),
    ("2029-09-12", "setting set renewal_invoice_days 30"),
    ("2029-10-01", "account edit 5 --member yes --from 2029-10-31"),
    ("2029-10-05", "subscription cancel 1033 --yes"),
    ("2029-11-11", "product price MONTH --price 120 --member-price 90 --from 2030-02-28"),
    ("2029-11-20", "subscription cancel 1022 --received 2029-08-01 --yes"),
    ("2029-12-31", "account edit 4 --member no --from 2030-02-28"),
    ("2030-01-20", "subscription cancel 1007 --received 2029-10-30 --yes"),
    ("2030-01-25", "subscription reinstate 1007"),
    ("2030-02-15", "subscription price 1005 --agreed-price 3333 --reason agreed"),
    ("2030-03-01", "product retire HALF"),
    ("2030-04-15", "product price YEAR --price 3900 --member-price 2900 --from 2030-05-31"),
    ("2030-06-01", "subscription cancel 1008 --yes"),
    ("2030-06-05", "subscription cancel 1032 --yes"),
    ("2030-07-31", "order create --account 9 --item TWO --yes"),
    ("2030-08-08", "account edit 9 --member yes --from 2030-08-31"),
    ("2030-09-01", "subscription end 1035 --on 2030-09-01 --credit rest --reason bankruptcy --yes"),
];

/// When the machine stands still, where it does.
const STANDSTILLS: [(&str, &str); 4] = [
    ("2028-02-18", "2028-03-11"),
    ("2028-08-20", "2028-09-10"),
    ("2029-02-20", "2029-03-13"),
    ("2030-05-25", "2030-06-15"),
];

/// How cron behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cron {
    EveryHour,
    OnceADay,
    OnceAWeek,
    /// Once a day, and not at all for three weeks.
    StandingStill,
    /// Eight processes start at the same moment.
    EightAtOnce,
    /// Killed at random moments, and run again.
    Killed,
}

impl Cron {
    const ALL: [Cron; 6] = [
        Cron::EveryHour,
        Cron::OnceADay,
        Cron::OnceAWeek,
        Cron::StandingStill,
        Cron::EightAtOnce,
        Cron::Killed,
    ];

    /// Returns the process's time zone and locale, on which nothing depends.
    fn place(self) -> (&'static str, &'static str) {
        match self {
            Cron::EveryHour => ("Pacific/Kiritimati", "tr_TR.UTF-8"),
            Cron::OnceADay => ("Europe/Stockholm", "sv_SE.UTF-8"),
            Cron::OnceAWeek => ("America/Los_Angeles", "C"),
            Cron::StandingStill => ("UTC", "de_DE.ISO-8859-1"),
            Cron::EightAtOnce => ("Pacific/Pago_Pago", "ar_EG.UTF-8"),
            Cron::Killed => ("Asia/Kathmandu", "POSIX"),
        }
    }

    /// Returns the next times at which it runs after `now`; `next_day` is the next on which something
    /// can fall due or somebody does something.
    fn next(self, now: Instants, next_day: NaiveDate, is_long: bool) -> Vec<Instants> {
        let midnight = next_day.and_hms_opt(0, 0, 0).expect("midnight").and_utc();
        let hours = |hours: i64| midnight + TimeDelta::minutes(60 * hours + 30);
        match self {
            Cron::EveryHour if is_long => vec![now + TimeDelta::hours(1)],
            // Around midnight of the shop, which is 22 or 23 o'clock.
            Cron::EveryHour => {
                [-3, -2, -1, 1].map(hours).into_iter().filter(|at| *at > now).collect()
            }
            Cron::OnceADay | Cron::StandingStill if is_long => vec![now + TimeDelta::days(1)],
            Cron::OnceADay | Cron::StandingStill => vec![hours(1)],
            Cron::EightAtOnce | Cron::Killed if is_long => vec![now + TimeDelta::days(1)],
            Cron::EightAtOnce => vec![now + TimeDelta::days(5)],
            Cron::OnceAWeek | Cron::Killed => vec![now + TimeDelta::weeks(1)],
        }
    }

    fn rests_at(self, at: Instants) -> bool {
        let day = at.date_naive();
        self == Cron::StandingStill
            && STANDSTILLS.iter().any(|(from, to)| date(from) <= day && day < date(to))
    }
}

type Instants = DateTime<Utc>;

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// Returns the number of the `n`th account, as the deeds call it.
fn account(n: u32) -> String {
    org_number(100 + n)
}

/// Returns a shop with twelve accounts and five products, on the eve of all that happens.
///
/// Subscriptions have begun on month ends, on a leap day and on ordinary days, for terms of a month to
/// two years.
fn base() -> Shop {
    let shop = Shop::empty();
    shop.at("2027-11-20T09:00:00Z");
    shop.ok(&format!("init --practice --seller {}", example("seller.toml")));
    for (sku, kind, months, notice, price) in [
        ("YEAR", "subscription", 12, 3, 3900),
        ("HALF", "subscription", 6, 3, 2100),
        ("TWO", "subscription", 24, 3, 7000),
        ("MONTH", "licence", 1, 0, 100),
        ("QUARTER", "licence", 3, 1, 300),
    ] {
        shop.ok(&format!(
            "product create {sku} --kind {kind} --term-months {months} --notice-months {notice} \
             --price {price} --member-price {} --vat 25 --name-sv {sku} --name-en {sku} \
             --from 2020-01-01",
            price * 3 / 4
        ));
    }
    for n in 1..=12 {
        let member = if n % 3 == 0 { "--member" } else { "" };
        shop.ok(&format!(
            "account create {} --name 'Bolaget {n} AB' --email inkop@bolaget{n}.example \
             --invoice-email faktura@bolaget{n}.example --street 'Storgatan {n}' \
             --postal-code 11122 --city Stockholm {member}",
            account(n)
        ));
    }
    for (n, sku, start) in [
        (1, "YEAR", "2027-01-31"),
        (2, "YEAR", "2027-02-28"),
        (3, "YEAR", "2027-03-31"),
        (4, "YEAR", "2027-03-01"),
        (5, "YEAR", "2027-04-30"),
        (6, "YEAR", "2027-05-31"),
        (7, "YEAR", "2027-01-30"),
        (8, "YEAR", "2027-02-14"),
        (9, "YEAR", "2026-06-01"),
        (10, "YEAR", "2024-02-29"),
        (11, "YEAR", "2027-02-01"),
        (12, "YEAR", "2027-03-25"),
        (1, "HALF", "2027-08-31"),
        (2, "HALF", "2027-09-30"),
        (3, "HALF", "2027-08-29"),
        (4, "HALF", "2027-11-20"),
        (10, "HALF", "2024-02-29"),
        (11, "HALF", "2027-10-31"),
        (5, "TWO", "2026-02-28"),
        (6, "TWO", "2024-02-29"),
        (7, "TWO", "2026-03-31"),
        (8, "TWO", "2027-11-01"),
        (1, "MONTH", "2027-10-31"),
        (3, "MONTH", "2027-11-20"),
        (12, "MONTH", "2027-10-30"),
        (2, "QUARTER", "2027-11-30"),
        (6, "QUARTER", "2027-08-31"),
        (9, "QUARTER", "2027-10-29"),
        (10, "QUARTER", "2027-02-28"),
        (12, "QUARTER", "2027-11-15"),
    ] {
        shop.ok(&format!(
            "order create --account {} --item {sku} --start {start} --yes",
            account(n)
        ));
    }
    shop
}

/// One life of the shop.
struct Life {
    shop: Shop,
    cron: Cron,
    is_long: bool,
    end: Instants,
    /// How many deeds are done.
    deeds: usize,
    chance: Chance,
    /// How long a run took that nobody killed.
    usual: Duration,
    killed: u32,
}

impl Life {
    fn of(base: &Path, cron: Cron, is_long: bool) -> Life {
        let shop = Shop::empty();
        fs::create_dir_all(shop.store().parent().expect("a folder")).expect("a folder");
        fs::copy(base, shop.store()).expect("the store is copied, its mode too");
        shop.move_in();
        let end = if is_long { "2031-01-20" } else { "2028-06-05" };
        Life {
            shop,
            cron,
            is_long,
            end: noon(date(end)),
            deeds: 0,
            chance: Chance::new(),
            usual: Duration::from_millis(50),
            killed: 0,
        }
    }

    /// Lives to the end and returns what the store then holds.
    fn live(mut self) -> Vec<String> {
        let mut now = noon(date("2028-01-20"));
        while now < self.end {
            let next_day = self.next_day(now.date_naive());
            for at in self.cron.next(now, next_day, self.is_long) {
                if at < self.end {
                    self.do_deeds(at);
                    self.run(at);
                }
                now = at;
            }
        }
        self.do_deeds(self.end);
        self.set(self.end);
        self.done("daily -q");
        if self.cron == Cron::Killed {
            assert!(self.killed > 0, "no run was killed");
        }
        held(&self.shop)
    }

    /// Returns the next day on which a term begins or somebody does something.
    fn next_day(&self, today: NaiveDate) -> NaiveDate {
        let next = format!(
            "SELECT coalesce(min(billed_through), '9999-12-31') FROM subscription
             WHERE billed_through > '{today}'"
        );
        let due: String = self.shop.sqlite().query_row(&next, [], |row| row.get(0)).expect("a day");
        let deed = DEEDS.iter().map(|(day, _)| date(day)).find(|day| *day > today);
        let tomorrow = today + Days::new(1);
        [Some(date(&due)), deed].into_iter().flatten().min().unwrap_or(tomorrow).max(tomorrow)
    }

    fn set(&self, at: Instants) {
        self.shop.at(&at.to_rfc3339());
    }

    fn do_deeds(&mut self, until: Instants) {
        while let Some((day, line)) =
            DEEDS.get(self.deeds).filter(|(day, _)| noon(date(day)) <= until)
        {
            self.set(noon(date(day)));
            let words = line.split(' ').collect::<Vec<_>>();
            let line = match words[..] {
                ["account", "edit" | "billing", n, ..] => line.replacen(n, &account(number(n)), 1),
                ["order", "create", "--account", n, ..] => line.replacen(n, &account(number(n)), 1),
                _ => (*line).to_owned(),
            };
            self.shop.ok(&line);
            self.deeds += 1;
        }
    }

    fn run(&mut self, at: Instants) {
        if self.cron.rests_at(at) {
            return;
        }
        self.set(at);
        match self.cron {
            Cron::EightAtOnce => self.run_together(),
            Cron::Killed => self.run_killed(),
            _ => self.done("daily -q"),
        }
    }

    fn command(&self, line: &str) -> Command {
        let (zone, locale) = self.cron.place();
        let mut command = self.shop.command(line);
        command.env("TZ", zone).env("LC_ALL", locale);
        command
    }

    fn done(&self, line: &str) {
        let outcome = self.shop.finish(&mut self.command(line));
        assert_eq!(outcome.status, 0, "{:?} {line}\n{outcome}", self.cron);
    }

    /// Starts eight at the same time, of which half would renew or remind beside the nightly run.
    fn run_together(&self) {
        let start = |line| self.shop.start(&mut self.command(line));
        let (renew, remind) =
            ("subscription renew -q --wait 600", "subscription remind -q --wait 600");
        let lines = ["daily -q", renew, "daily -q", remind];
        let children: Vec<_> = (0..8).map(|n| start(lines[n % 4])).collect();
        for child in children {
            let outcome = self.shop.wait(child);
            assert_eq!(outcome.status, 0, "{outcome}");
        }
    }

    /// Kills runs at random moments, then lets one come to its end.
    fn run_killed(&mut self) {
        for _ in 0..3 {
            let mut child = self.shop.start(&mut self.command("daily -q"));
            thread::sleep(self.usual.mul_f64(self.chance.part()));
            // One that is done already cannot be killed, and need not be.
            let _ = child.kill();
            let status = child.wait().expect("it has ended");
            self.killed += u32::from(status.signal() == Some(9));
        }
        let started = Instant::now();
        self.done("daily -q");
        self.usual = started.elapsed();
    }
}

fn noon(day: NaiveDate) -> Instants {
    day.and_hms_opt(12, 0, 0).expect("noon").and_utc()
}

fn number(text: &str) -> u32 {
    text.parse().expect("the number of an account")
}

/// Random moments. Where a kill hits depends on the machine as well, so none comes back.
struct Chance(u64);

impl Chance {
    fn new() -> Chance {
        let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock after 1970");
        Chance(elapsed.as_nanos() as u64 | 1)
    }

    /// Returns a number from 0 to 1.
    fn part(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % 1000) as f64 / 1000.0
    }
}

/// Returns the terms, lines, prices and number of invoices of a shop, whatever their order.
fn held(shop: &Shop) -> Vec<String> {
    assert_eq!(shop.ok("store check"), "");
    assert_eq!(shop.count("SELECT count(*) - max(number) + min(number) - 1 FROM invoice"), 0);
    let mut held = Vec::new();
    for (what, rows) in [
        (
            "subscription",
            "SELECT number || ' ' || billed_through || ' ' || coalesce(ends_on, '')
             FROM subscription",
        ),
        (
            "term",
            "SELECT s.number || ' ' || t.start_on || ' ' || t.end_on
             FROM term t JOIN subscription s ON s.id = t.subscription_id",
        ),
        (
            "withdrawn",
            "SELECT s.number || ' ' || t.start_on || ' ' || t.end_on
             FROM withdrawn_term t JOIN subscription s ON s.id = t.subscription_id",
        ),
        (
            "notice",
            "SELECT s.number || ' ' || n.received_on || ' ' || n.deadline || ' ' || n.in_time || ' '
                 || n.ends_on || ' ' || coalesce(n.withdrawn_on, '')
             FROM notice n JOIN subscription s ON s.id = n.subscription_id",
        ),
        (
            "reminder",
            "SELECT s.number || ' ' || r.start_on || ' ' || r.deadline || ' ' || r.price_ore
             FROM renewal_reminder r JOIN subscription s ON s.id = r.subscription_id",
        ),
        (
            "line",
            "SELECT i.kind || ' ' || i.buyer_org_number || ' ' || coalesce(s.number, '') || ' '
                 || l.sku || ' ' || l.quantity || ' ' || l.unit_price_ore || ' ' || l.net_ore || ' '
                 || l.vat_rate || ' ' || coalesce(l.period_start, '') || ' '
                 || coalesce(l.period_end, '') || ' ' || l.decided_on || ' ' || l.price_from || ' '
                 || l.price_group || ' ' || l.price_rule
             FROM invoice_line l JOIN invoice i ON i.id = l.invoice_id
             LEFT JOIN subscription s ON s.id = l.subscription_id",
        ),
        (
            "invoices",
            "SELECT kind || ' ' || count(*) || ' ' || sum(total_ore) FROM invoice GROUP BY kind",
        ),
        ("refused", "SELECT count(*) FROM event WHERE kind = 'renewal_failed'"),
        (
            "mail",
            "SELECT kind || ' ' || recipient || ' ' || count(*) FROM outbox GROUP BY kind, recipient",
        ),
    ] {
        let store = shop.sqlite();
        let mut statement = store.prepare(rows).expect(rows);
        let found = statement
            .query_map([], |row| row.get::<_, rusqlite::types::Value>(0))
            .expect(rows)
            .map(|row| format!("{what} {:?}", row.expect("a row")));
        let mut found: Vec<String> = found.collect();
        found.sort();
        held.extend(found);
    }
    held
}

/// Sees to it that the deeds told: each rule by which a term is priced, terms withdrawn, one of them
/// billed again, and credit notes in full and in part.
fn everything_happened(held: &[String], is_long: bool) {
    let count = |starts: &str, ends: &str| {
        held.iter().filter(|line| line.starts_with(starts) && line.ends_with(ends)).count()
    };
    for rule in ["list", "held", "promised", "agreed"] {
        assert!(count("line Text(\"invoice ", &format!(" {rule}\")")) > 0, "{rule}: {held:#?}");
    }
    let withdrawn = || held.iter().filter_map(|line| line.strip_prefix("withdrawn "));
    let billed_again = withdrawn().filter(|term| held.contains(&format!("term {term}"))).count();
    let credited = count("line Text(\"credit_note ", "");
    let reminded = count("reminder ", "");
    let given_twice = count("notice ", "") - count("notice ", " \")");
    let counts = (withdrawn().count(), billed_again, credited, given_twice);
    let expected = if is_long { (6, 2, 9, 5) } else { (3, 1, 4, 2) };
    assert_eq!(counts, expected, "{held:#?}");
    assert!(reminded > 10, "{held:#?}");
}

#[test]
fn r14_whatever_cron_does_a_term_is_billed_once() {
    let is_long = std::env::var_os("SHOPCTL_LONG").is_some_and(|value| value == "1");
    let base = base();
    let store: PathBuf = base.store();
    let lives: Vec<(Cron, Vec<String>)> = thread::scope(|scope| {
        let live = |cron| {
            let store = &store;
            (cron, scope.spawn(move || Life::of(store, cron, is_long).live()))
        };
        let threads: Vec<_> = Cron::ALL.map(live).into_iter().collect();
        let ended = threads.into_iter();
        ended.map(|(cron, thread)| (cron, thread.join().expect("a whole life"))).collect()
    });
    let (_, first) = &lives[0];
    let terms = first.iter().filter(|line| line.starts_with("term ")).count();
    assert!(terms > if is_long { 250 } else { 90 }, "only {terms} terms were billed");
    everything_happened(first, is_long);
    for (cron, held) in &lives[1..] {
        let only = |one: &[String], other: &[String]| -> Vec<String> {
            one.iter().filter(|line| !other.contains(line)).cloned().collect()
        };
        let (missing, added) = (only(first, held), only(held, first));
        assert!(missing.is_empty() && added.is_empty(), "{cron:?}: {missing:#?} {added:#?}");
        assert_eq!(first, held, "{cron:?}: the same, but not as often");
    }
}

/// Returns what a shop holds after some commands, each at its time.
fn lived(base: &Shop, steps: &[(&str, &str)]) -> Vec<String> {
    let life = Life::of(&base.store(), Cron::OnceADay, false);
    for (at, line) in steps {
        life.shop.at(&format!("{at}T09:00:00Z"));
        life.done(line);
    }
    held(&life.shop)
}

#[test]
fn r14_one_run_after_months_of_silence_bills_every_term() {
    let base = base();
    let nights = ["2027-12-24", "2028-01-20", "2028-02-19", "2028-03-31"];
    let once = lived(&base, &[("2028-03-31", "daily -q")]);
    let often = lived(&base, &nights.map(|day| (day, "daily -q")));
    assert_eq!(once, often);
}

#[test]
fn r14_renewing_ahead_or_for_a_day_gone_by_bills_no_term_twice() {
    let base = base();
    let ahead = lived(
        &base,
        &[
            ("2028-01-20", "daily -q"),
            ("2028-01-20", "subscription renew -q --as-of 2027-06-01"),
            ("2028-01-20", "subscription renew -q --as-of 2031-01-20 --max 500 --yes"),
            ("2028-01-21", "subscription renew -q --as-of 2031-01-20 --yes"),
            ("2028-02-19", "daily -q"),
            ("2028-02-20", "subscription renew -q --as-of 2028-02-01"),
            ("2031-01-20", "daily -q"),
        ],
    );
    let silent = lived(
        &base,
        &[("2031-01-20", "subscription renew -q --max 500"), ("2031-01-20", "daily -q")],
    );
    assert_eq!(ahead, silent);
    assert!(ahead.iter().filter(|line| line.starts_with("term ")).count() > 250);
}

#[test]
fn r14_eight_nights_at_once_renew_and_remind_once() {
    let base = base();
    let [one, eight] = [1, 8].map(|count| {
        let life = Life::of(&base.store(), Cron::EightAtOnce, false);
        life.done("setting set renewal_reminders on");
        for day in ["2028-01-20", "2028-02-29", "2028-03-31"] {
            life.shop.at(&format!("{day}T00:30:00Z"));
            let start = |_| life.shop.start(&mut life.command("daily -q"));
            for child in (0..count).map(start).collect::<Vec<_>>() {
                let outcome = life.shop.wait(child);
                assert_eq!(outcome.status, 0, "{outcome}");
            }
        }
        held(&life.shop)
    });
    assert!(one.iter().any(|line| line.starts_with("reminder ")), "{one:#?}");
    assert_eq!(one, eight);
}

#[test]
fn r14_a_missed_reminder_leaves_terms_lines_and_prices_the_same() {
    let base = base();
    let rise = "product price YEAR --price 4200 --member-price 3300 --from 2028-04-01";
    let fixed = [
        ("2028-01-20", "daily -q"),
        ("2028-01-20", "setting set renewal_reminders on"),
        ("2028-01-20", "setting set renewal_reminder_days 5"),
    ];
    let last = [("2028-02-26", rise), ("2028-06-02", "daily -q")];
    let reminding = ["2028-02-25", "2028-03-31", "2028-04-30"].map(|day| (day, "daily -q"));
    let [reminded, missed] = [&reminding[..], &[]].map(|nights| {
        let mut steps = [&fixed[..], nights, &last[..]].concat();
        steps.sort_by_key(|(day, _)| *day);
        lived(&base, &steps)
    });
    let promised = |held: &[String]| held.iter().any(|line| line.ends_with(" promised\")"));
    assert!(promised(&reminded) && !promised(&missed), "{reminded:#?}");
    let books = |held: &[String]| -> Vec<String> {
        let is_reminder = |line: &str| {
            line.starts_with("reminder ") || line.starts_with("mail Text(\"renewal_reminder ")
        };
        let kept = held.iter().filter(|line| !is_reminder(line));
        // The last word of a line is the rule, which a promise is.
        let mut kept: Vec<String> = kept
            .map(|line| match line.starts_with("line ") {
                true => line.rsplit_once(' ').expect("words").0.to_owned(),
                false => line.clone(),
            })
            .collect();
        kept.sort();
        kept
    };
    assert_eq!(books(&reminded), books(&missed));
}
