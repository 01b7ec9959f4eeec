//! The chain: whole after honest work, broken by anything else.

use rusqlite::Connection;

use super::super::fixture::{Shop, new_account};
use super::super::{Fate, StoreError};
use super::*;
use crate::domain::account::Account;

/// Returns a shop with a few operations behind it.
fn shop() -> Shop {
    let shop = Shop::new();
    shop.account(1);
    shop.account(2);
    shop.change(|tx| tx.set_setting("greeting", "hej")).expect("a setting");
    shop
}

fn verify(shop: &Shop) -> (i64, Vec<Finding>) {
    shop.read(|tx| tx.verify_chain()).expect("a chain that can be read")
}

/// Runs statements that no guard of the schema stops.
fn tamper(connection: &Connection, sql: &str) {
    let guards: Vec<String> = connection
        .prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        .and_then(|mut statement| statement.query_map([], |row| row.get(0))?.collect())
        .expect("the triggers");
    for guard in guards {
        connection.execute_batch(&format!("DROP TRIGGER {guard}")).expect("a dropped trigger");
    }
    connection.pragma_update(None, "foreign_keys", "OFF").expect("a setting");
    connection.execute_batch(sql).expect(sql);
}

#[test]
fn emptying_a_payload_leaves_the_chain_whole() {
    let shop = shop();
    let (count, findings) = verify(&shop);
    assert_eq!(findings, []);
    shop.intruder()
        .execute("UPDATE event_payload SET salt = NULL, payload = NULL WHERE seq = ?1", [count - 2])
        .expect("emptying is allowed");
    assert_eq!(verify(&shop), (count, Vec::new()));
    let recent = shop.read(|tx| tx.recent_events(100)).expect("events");
    let erased: Vec<i64> = recent
        .iter()
        .filter(|(event, _)| event.payload.is_none())
        .map(|(event, _)| event.seq)
        .collect();
    assert_eq!(erased, [count - 2]);
}

#[test]
fn whatever_is_altered_in_the_trail_is_found() {
    let alterations = [
        "UPDATE event SET operation_id = 1 WHERE seq = 7",
        "UPDATE event SET kind = 'account_closed' WHERE seq = 7",
        "UPDATE event SET noun = 'invoice' WHERE seq = 7",
        "UPDATE event SET subject_id = 99 WHERE seq = 7",
        "UPDATE event SET payload_hash = zeroblob(32) WHERE seq = 7",
        "UPDATE event SET hash = zeroblob(32) WHERE seq = 7",
        "UPDATE event SET hash = x'' WHERE seq = 7",
        "UPDATE event SET seq = 70 WHERE seq = 7",
        "UPDATE operation SET id = 70 WHERE id = 2",
        "UPDATE operation SET actor = 'eve' WHERE id = 2",
        "UPDATE operation SET program = 'another' WHERE id = 2",
        "UPDATE operation SET shop_time = '2025-01-01T00:00:00Z' WHERE id = 2",
        "UPDATE operation SET machine_time = '2025-01-01T00:00:00Z' WHERE id = 2",
        "UPDATE event_payload SET payload = payload || ' ' WHERE seq = 7",
        "UPDATE event_payload SET payload = CAST(x'ff' AS TEXT) WHERE seq = 7",
        "UPDATE event_payload SET salt = zeroblob(32) WHERE seq = 7",
        "UPDATE event_payload SET salt = NULL WHERE seq = 7",
        "UPDATE event_payload SET payload = NULL WHERE seq = 7",
        "UPDATE event_payload SET seq = 70 WHERE seq = 7",
        "DELETE FROM event_payload WHERE seq = 7",
        "DELETE FROM event WHERE seq = 7",
        "DELETE FROM event WHERE seq = 1",
        "DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)",
        "DELETE FROM operation WHERE id = 2",
        "DELETE FROM operation WHERE id = (SELECT max(id) FROM operation)",
        "UPDATE event SET seq = 70 WHERE seq = 7;
         UPDATE event SET seq = 7 WHERE seq = 8;
         UPDATE event SET seq = 8 WHERE seq = 70",
        "UPDATE event_payload SET seq = 70 WHERE seq = 7;
         UPDATE event_payload SET seq = 7 WHERE seq = 8;
         UPDATE event_payload SET seq = 8 WHERE seq = 70",
        "INSERT INTO event
         SELECT max(seq) + 1, 1, 'account_closed', 'account', 1, zeroblob(32), zeroblob(32)
         FROM event",
        "INSERT INTO operation VALUES (70, 'eve', 'shopctl 0', 'now', 'now')",
    ];
    let shop = shop();
    for sql in alterations {
        let copy = shop.path.with_extension("copy");
        shop.intruder()
            .execute("VACUUM INTO ?1", [copy.to_str().expect("a path in UTF-8")])
            .expect("a copy");
        tamper(&Connection::open(&copy).expect("the copy"), sql);
        let wait = std::time::Duration::from_secs(1);
        let store = super::super::Store::open(&copy, wait).expect("the copy opens");
        let (_, findings) = store.read(shop.moment(), |tx| tx.verify_chain()).unwrap_or_else(
            |error: StoreError| {
                panic!("{sql}: {error}");
            },
        );
        assert!(!findings.is_empty(), "not found: {sql}");
        drop(store);
        std::fs::remove_file(copy).expect("the copy");
    }
    assert_eq!(verify(&shop).1, []);
}

#[test]
fn what_is_rolled_back_takes_its_links_along() {
    let shop = shop();
    let head = shop.read(|tx| tx.head()).expect("a head");
    shop.rehearse(|tx| tx.create_account(&new_account(3))).expect("a rehearsal");
    let failed: Result<(), StoreError> = shop.change(|tx| {
        tx.create_account(&new_account(3))?;
        Err(StoreError::InUse("refused after the first write".to_owned()))
    });
    assert!(failed.is_err());
    assert_eq!(shop.read(|tx| tx.head()), Ok(head.clone()));

    shop.account(3);
    let (count, findings) = verify(&shop);
    assert_eq!((count, findings), (head.seq + 2, Vec::new()));
}

#[test]
fn the_rehearsal_is_the_performance() {
    let shop = shop();
    let change = |tx: &Tx<'_>| tx.create_account(&new_account(3));
    let (rehearsed, foreseen) = shop.run(Fate::RollBack, change).expect("a rehearsal");
    assert_eq!(shop.read(|tx| tx.find_account(&rehearsed.org_number)), Ok(None));
    let (performed, happened) = shop.run(Fate::Commit, change).expect("a performance");
    assert_eq!((rehearsed, foreseen), (performed, happened));
}

#[test]
fn a_write_outside_an_operation_is_refused() {
    let shop = shop();
    let written = shop.read(|tx| tx.set_setting("greeting", "hej då"));
    assert!(matches!(written, Err(StoreError::Driver(DriverError::Unexpected(_)))), "{written:?}");
    let greeting = shop.read(|tx| tx.setting("greeting"));
    assert_eq!(greeting, Ok(Some("hej".to_owned())));
}

#[test]
fn the_events_of_one_operation_run_over_its_transactions() {
    let shop = shop();
    let operation = shop.operation();
    for n in [3, 4] {
        let kept = |_: &Account, _: &()| Fate::Commit;
        let change = |tx: &Tx<'_>| tx.create_account(&new_account(n));
        shop.store
            .transaction(&operation, kept, change, |_, _| Ok::<_, StoreError>(()))
            .expect("a part of the operation");
    }
    let id = operation.id().expect("an operation that has begun");
    let written = shop.read(|tx| tx.written_by(id)).expect("what it wrote");
    assert_eq!(written.by_kind, [(EventKind::AccountCreated, 2)]);
    assert_eq!(written.count(), 2);
}
