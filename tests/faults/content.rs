//! What a shop holds, in a form in which two shops can be compared.
//!
//! Left out is what each run has of its own: salts and hashes, the machine's time, random keys, and how
//! many operations it took. Everything else must be the same, down to the numbers of rows.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};

use crate::disk::watch;
use crate::support::Shop;

/// Tables of which nothing is compared as it lies; events are read apart.
const OWN_TABLES: &[&str] = &["operation", "event", "event_payload", "seal_secret"];

/// Columns that each run has of its own. The key of a row is the number of the event that was to come,
/// and moves on where a run was interrupted: what people call the row stands in its place.
const OWN_COLUMNS: &[(&str, &str)] = &[
    ("outbox", "message_id"),
    // A mail taken up once more was tried once more.
    ("outbox", "attempts"),
    ("message", "bytes"),
    ("booked_voucher", "subject_id"),
    ("home", "path"),
    ("seal_key", "name"),
    ("seal_key", "certificate"),
    // Of one entered by hand, it is made of the row's key.
    ("payment", "identity"),
    ("import", "operation_id"),
    ("payment_file", "operation_id"),
];

/// What people call the rows of a table.
const CALLED: &[(&str, &str)] = &[
    ("account", "org_number"),
    ("agreement", "code"),
    ("invoice", "number"),
    ("login", "email_key"),
    ("orders", "number"),
    ("outbox", "id"),
    ("payment", "number"),
    ("product", "sku"),
    ("seller", "version"),
    ("conditions", "version"),
    ("subscription", "number"),
];

/// The rows of each table, the events, and the files beside the store, as lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content(BTreeMap<String, Vec<String>>);

impl Content {
    /// Reads a shop, and of the files in its home those that are named.
    pub fn of(shop: &Shop, files: &[&str]) -> Content {
        let mut content = BTreeMap::new();
        if shop.store().exists() {
            let store = Connection::open_with_flags(shop.store(), OpenFlags::default());
            let store = store.expect("the store opens");
            for table in tables(&store) {
                if OWN_TABLES.contains(&table.as_str()) {
                    continue;
                }
                let rows = rows(&store, &table, shop.home());
                content.insert(table, rows);
            }
            if !content.is_empty() {
                content.insert("events".to_owned(), events(&store, shop.home()));
            }
        }
        for name in files {
            let state = match fs::read(shop.home().join(name)) {
                // A backup knows the home of its shop, which is another each time.
                Ok(_) if name.ends_with(".db") => "a store".to_owned(),
                Ok(bytes) => format!("{} bytes, {:016x}", bytes.len(), hash(&bytes)),
                Err(_) => "missing".to_owned(),
            };
            content.insert(format!("file {name}"), vec![state]);
        }
        Content(content)
    }

    /// Forgets columns that a scenario cannot promise.
    pub fn without(mut self, tables: &[&str]) -> Content {
        self.0.retain(|table, _| !tables.contains(&table.as_str()));
        self
    }

    /// Returns what differs, a few lines for each table: `-` missing here, `+` only here.
    pub fn differences(&self, expected: &Content) -> Vec<String> {
        let mut told = Vec::new();
        let none = Vec::new();
        let tables = self.0.keys().chain(expected.0.keys());
        let tables: BTreeSet<&String> = tables.collect();
        for table in tables {
            let here = self.0.get(table).unwrap_or(&none);
            let there = expected.0.get(table).unwrap_or(&none);
            if here == there {
                continue;
            }
            told.push(format!("{table}: {} rows, not {}", here.len(), there.len()));
            let missing = there.iter().filter(|row| !here.contains(row)).take(3);
            told.extend(missing.map(|row| format!("  - {row}")));
            let added = here.iter().filter(|row| !there.contains(row)).take(3);
            told.extend(added.map(|row| format!("  + {row}")));
        }
        told
    }
}

fn tables(store: &Connection) -> Vec<String> {
    let sql = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name";
    let mut statement = store.prepare(sql).expect("the list of tables");
    let names = statement.query_map([], |row| row.get(0)).expect("tables");
    names.map(|name| name.expect("a name")).collect()
}

fn rows(store: &Connection, table: &str, home: &Path) -> Vec<String> {
    let columns = columns(store, table);
    let chosen: Vec<&str> = columns.iter().map(|(_, expression)| expression.as_str()).collect();
    let sql = format!("SELECT {} FROM {table} t", chosen.join(", "));
    let mut statement = store.prepare(&sql).expect(&sql);
    let mut rows = Vec::new();
    let mut found = statement.query([]).expect(table);
    while let Some(row) = found.next().expect(table) {
        let cells = columns.iter().enumerate().map(|(index, (name, _))| {
            format!("{name}={}", text(row.get_ref(index).expect("a column"), home))
        });
        rows.push(cells.collect::<Vec<_>>().join(" "));
    }
    rows.sort();
    rows
}

/// Returns the columns that are compared, each with how it is read.
fn columns(store: &Connection, table: &str) -> Vec<(String, String)> {
    let pairs = |sql: &str| -> Vec<(String, String)> {
        let mut statement = store.prepare(sql).expect(sql);
        let rows = statement.query_map([table], |row| Ok((row.get(0)?, row.get(1)?)));
        rows.expect(sql).map(|row| row.expect("a column")).collect()
    };
    let refers = pairs("SELECT \"from\", \"table\" FROM pragma_foreign_key_list(?1)");
    let called =
        |of: &str| CALLED.iter().find(|(table, _)| *table == of).map(|(_, column)| *column);
    let mut columns = Vec::new();
    for (name, _) in pairs("SELECT name, type FROM pragma_table_info(?1)") {
        // Times are left out: whoever goes on does it later.
        let is_own = OWN_COLUMNS.contains(&(table, name.as_str()))
            || name.ends_with("_at")
            || (name == "id" && called(table) != Some("id"));
        let expression = match refers.iter().find(|(column, _)| *column == name) {
            _ if is_own => continue,
            None => format!("t.{name}"),
            Some((_, of)) => match called(of) {
                None => continue,
                Some("version") => format!("t.{name}"),
                Some(column) => format!("(SELECT o.{column} FROM {of} o WHERE o.id = t.{name})"),
            },
        };
        columns.push((name, expression));
    }
    columns
}

/// Events of which an interrupted run has more: beginnings of operations, and mails taken up again.
const OWN_EVENTS: &[&str] =
    &["operation_begun", "mail_claimed", "mail_released", "mail_deferred", "seal_key_added"];

/// Returns the events, whatever their order.
fn events(store: &Connection, home: &Path) -> Vec<String> {
    let sql = "SELECT e.kind, e.noun, p.payload FROM event e
               LEFT JOIN event_payload p ON p.seq = e.seq";
    let mut statement = store.prepare(sql).expect("events");
    let told = statement.query_map([], |row| {
        let (kind, noun): (String, String) = (row.get(0)?, row.get(1)?);
        let payload: Option<String> = row.get(2)?;
        Ok((kind, format!("{noun} {}", payload.unwrap_or_default())))
    });
    let home = home.display().to_string();
    let told = told.expect("events").map(|event| event.expect("an event"));
    let told = told.filter(|(kind, _)| !OWN_EVENTS.contains(&kind.as_str()));
    let mut told: Vec<String> = told
        .map(|(kind, words)| without_keys(&format!("{kind} {}", words.replace(&home, "~"))))
        .collect();
    told.sort();
    told
}

/// Returns words without the random name of the file that a mail became, and the home it lies in.
fn without_keys(words: &str) -> String {
    let Some(folder) = words.find("/shop/mail/") else { return words.to_owned() };
    let begins = words[..folder].rfind(['"', '`', ' ']).map_or(0, |before| before + 1);
    let ends = words[folder..].find(".eml").map_or(words.len(), |length| folder + length);
    format!("{}~/shop/mail/…{}", &words[..begins], &words[ends..])
}

fn text(value: ValueRef<'_>, home: &Path) -> String {
    match value {
        ValueRef::Null => "null".to_owned(),
        ValueRef::Integer(integer) => integer.to_string(),
        ValueRef::Real(real) => real.to_string(),
        ValueRef::Text(bytes) => {
            let text = String::from_utf8_lossy(bytes).replace(&home.display().to_string(), "~");
            without_keys(&text)
        }
        ValueRef::Blob(bytes) => format!("{} bytes {:016x}", bytes.len(), hash(bytes)),
    }
}

fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}

/// Returns what is wrong with a shop, whatever it should hold: nothing, where all is well.
///
/// The program looks first, so that it is the one that recovers what was left behind.
pub fn findings(shop: &Shop) -> Vec<String> {
    findings_by(shop, "store check")
}

/// As [`findings`], by what the command `line` says.
pub fn findings_by(shop: &Shop, line: &str) -> Vec<String> {
    let mut findings = Vec::new();
    if !shop.store().exists() {
        return findings;
    }
    let outcome = shop.finish(watch(&mut shop.command(line), shop));
    if outcome.status != 0 {
        findings.push(format!("`{line}` says\n{outcome}"));
    }
    let store = shop.sqlite();
    let one = |sql: &str| store.query_row(sql, [], |row| row.get::<_, String>(0));
    match one("PRAGMA integrity_check") {
        Ok(verdict) if verdict == "ok" => {}
        verdict => findings.push(format!("integrity_check: {verdict:?}")),
    }
    for (what, sql) in [
        ("rows without what they refer to", "SELECT count(*) FROM pragma_foreign_key_check"),
        (
            "gaps among invoices",
            "SELECT coalesce(max(number) - min(number) + 1 - count(*), 0) FROM invoice",
        ),
        (
            "invoice numbers taken and not used",
            "SELECT coalesce((SELECT value FROM counters WHERE name = 'invoice')
                 - (SELECT max(number) FROM invoice), 0)",
        ),
        (
            "terms billed twice",
            "SELECT count(*) FROM term a JOIN term b ON a.subscription_id = b.subscription_id
             AND a.start_on < b.start_on AND b.start_on < a.end_on",
        ),
    ] {
        match store.query_row(sql, [], |row| row.get::<_, i64>(0)) {
            Ok(0) => {}
            Ok(count) => findings.push(format!("{count} {what}")),
            Err(error) => findings.push(format!("{what}: {error}")),
        }
    }
    findings.extend(mails_amiss(shop, &store));
    findings
}

/// Tells of mails that a folder took by the store's word, and that do not lie there byte for byte.
fn mails_amiss(shop: &Shop, store: &Connection) -> Vec<String> {
    let sql =
        "SELECT o.id, o.detail, m.bytes FROM outbox o LEFT JOIN message m ON m.outbox_id = o.id
               WHERE o.transport = 'folder' AND o.status = 'sent'";
    let Ok(mut statement) = store.prepare(sql) else { return Vec::new() };
    let taken = statement.query_map([], |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, Option<Vec<u8>>>(2)?))
    });
    let Ok(taken) = taken else { return Vec::new() };
    let mut amiss = Vec::new();
    for (number, path, bytes) in taken.flatten() {
        // Samples of earlier versions hold mails that were cut short, and no folder.
        if bytes.as_ref().is_none_or(|bytes| bytes.len() < 100) {
            continue;
        }
        // The home of a shop that was copied is another; the name within it is the same.
        let Some(name) = Path::new(&path).file_name() else { continue };
        let path = shop.home().join("shop/mail").join(name);
        if fs::read(&path).ok() != bytes {
            amiss.push(format!("mail {number} is sent, and {} is not it", path.display()));
        }
    }
    amiss
}
