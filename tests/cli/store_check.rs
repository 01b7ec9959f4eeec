//! A look through the whole store finds what something else than the program did to it.

use std::fs;

use rusqlite::Connection;

use crate::support::Shop;

/// Returns a shop in which a bit of everything has happened.
fn lively_shop() -> Shop {
    let shop = Shop::with_an_order();
    shop.ok("order create --account 212000-0142 --item AB04");
    shop.ok("mail send");
    shop.ok("payment record 1001 --amount 3625 --date 2026-03-01");
    shop.ok("invoice credit 1002 --reason 'ordered twice' --yes");
    shop.ok(
        "subscription cancel 1001 --received 2026-03-01 --channel letter --by 'Anna Berg' --yes",
    );
    shop.ok("mail send");
    shop.ok("export sie --from 2026-03-01 --to 2026-03-01 -o march.si");
    shop.ok("agreement create AB04 --name-sv 'AB 04' --name-en 'AB 04 in English'");
    let pdf = shop.file("ab04.pdf", crate::support::pdf(&["forsta"]));
    shop.ok(&format!("agreement publish AB04 {pdf} --edition 2026:1 --language sv"));
    shop
}

/// Alters a copy of the shop's store past its guards, and returns what a look through it finds.
fn found_after(shop: &Shop, sql: &str) -> String {
    let copy = shop.path("altered.db");
    fs::copy(shop.store(), &copy).expect("a copy");
    let connection = Connection::open(&copy).expect("the copy");
    connection
        .execute_batch("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON")
        .expect("no guards");
    let mut triggers = connection
        .prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        .expect("the triggers");
    let names: Vec<String> =
        triggers.query_map([], |row| row.get(0)).and_then(Iterator::collect).expect("their names");
    drop(triggers);
    for name in names {
        connection.execute_batch(&format!("DROP TRIGGER {name}")).expect("a trigger");
    }
    connection.execute_batch(sql).expect(sql);
    drop(connection);
    let outcome = shop.run(&format!("store check --store {copy}"));
    for companion in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(format!("{copy}{companion}"));
    }
    assert_eq!(outcome.status, 5, "{sql}\n{outcome}");
    let findings: Vec<String> = outcome
        .stdout
        .lines()
        .map(|line| line.split('\t').take(3).collect::<Vec<_>>().join(" | "))
        .collect();
    findings.join("\n").replace(&copy, "COPY")
}

#[test]
fn a_shop_in_which_much_has_happened_is_well_and_nothing_is_said() {
    let shop = lively_shop();
    let outcome = shop.run("store check -q");
    assert_eq!((outcome.status, outcome.stdout.as_str(), outcome.stderr.as_str()), (0, "", ""));
    assert_eq!(shop.json("store check"), serde_json::json!([]));
}

#[test]
fn every_promise_that_is_broken_is_found_with_what_it_is_about() {
    let shop = lively_shop();
    for (sql, finding) in [
        (
            "DELETE FROM invoice_line WHERE invoice_id = (SELECT id FROM invoice WHERE number = 1001)",
            "sum | invoice 1001 | it has no lines",
        ),
        (
            "UPDATE orders SET number = 1005 WHERE number = 1002",
            "series | order | numbers 1002 to 1004 are missing",
        ),
        (
            "UPDATE counters SET value = 1001 WHERE name = 'order'",
            "series | order | 1002 is used, and the series stands at 1001",
        ),
        (
            "UPDATE counters SET value = 1009 WHERE name = 'invoice'",
            "series | invoice | numbers 1004 to 1009 are missing",
        ),
        (
            "INSERT INTO invoice_line SELECT invoice_id, 2, product_id, subscription_id, sku, kind,
                 description, quantity, unit_price_ore, net_ore, vat_rate, vat_exemption, period_start,
                 period_end, decided_on, price_from, vat_from, price_group, price_rule, NULL,
                 holder, seats
             FROM invoice_line WHERE invoice_id = (SELECT id FROM invoice WHERE number = 1001)",
            "term | subscription 1001 | the term from 2026-03-01 is billed twice, by invoices 1001 and 1001",
        ),
        (
            "DELETE FROM term WHERE subscription_id = (SELECT id FROM subscription WHERE number = 1001)",
            "term | subscription 1001 | invoice 1001 bills a term from 2026-03-01 that is not there",
        ),
        (
            "UPDATE invoice_line SET period_start = '2026-02-01'
             WHERE invoice_id = (SELECT id FROM invoice WHERE number = 1001)",
            "term | subscription 1001 | the term from 2026-03-01 stands on no invoice",
        ),
        (
            "UPDATE subscription SET billed_through = '2026-06-01' WHERE number = 1001",
            "term | subscription 1001 | it is billed through 2027-03-01, and says 2026-06-01",
        ),
        (
            "UPDATE invoice SET vat_ore = vat_ore + 1, total_ore = total_ore + 1 WHERE number = 1001",
            "sum | invoice 1001 | its VAT is 725,01, and its lines make 725,00",
        ),
        (
            "UPDATE invoice SET net_ore = net_ore - 100, total_ore = total_ore - 100 WHERE number = 1001",
            "sum | invoice 1001 | its net is 2 899,00, and its lines make 2 900,00",
        ),
        (
            "UPDATE invoice SET vat_ore = 0, total_ore = net_ore WHERE number = 1003",
            "sum | invoice 1003 | the lines of invoice 1003 do not add up to its sum",
        ),
        (
            "UPDATE invoice_line SET quantity = 2
             WHERE invoice_id = (SELECT id FROM invoice WHERE number = 1001)",
            "sum | invoice 1001 | line 1 is not 2 times 2 900,00",
        ),
        (
            "UPDATE invoice SET ocr = '99' WHERE number = 1001",
            "sum | invoice 1001 | its payment reference is 99 and should not be",
        ),
        (
            "UPDATE event SET kind = 'mail_sent' WHERE seq = 9",
            "chain | event 9 | the event does not follow from the one before",
        ),
        (
            "UPDATE document SET bytes = x'00' WHERE invoice_id =
                 (SELECT id FROM invoice WHERE number = 1001)",
            "document | the document of invoice 1001 | its bytes were altered",
        ),
        (
            "UPDATE document SET bytes = x'', sha256 =
                 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
             WHERE invoice_id = (SELECT id FROM invoice WHERE number = 1001)",
            "document | the document of invoice 1001 | it is not the one that was kept when it left the shop",
        ),
        (
            "UPDATE confirmation SET bytes = x'00'",
            "document | a confirmation about subscription 1001 | its bytes were altered",
        ),
        (
            "UPDATE edition_file SET bytes = x'00'",
            "edition | edition 2026:1 (sv) of AB04 | its file was altered",
        ),
        (
            "DELETE FROM edition_file",
            "edition | edition 2026:1 (sv) of AB04 | its file is missing",
        ),
        (
            "INSERT INTO outbox (id, kind, cause, recipient, language, invoice_id, message_id, status,
                 queued_at)
             SELECT 900, kind, 'invoice 1', recipient, language, invoice_id, 'x', 'waiting', queued_at
             FROM outbox WHERE id = 1",
            "mail | mail 900 | no event tells what called for it",
        ),
        (
            "UPDATE outbox SET cause = 'invoice 4711' WHERE id = 1",
            "mail | mail 1 | it says `invoice 4711` called for it, and its event says another",
        ),
        (
            "UPDATE invoice SET number = 2001 WHERE number = 1001",
            "mail | mail 1 | what called for it is not there: invoice 1001",
        ),
        (
            "UPDATE ledger_entry SET amount_ore = amount_ore - 100",
            "ledger | invoice 1001 | 1,00 kronor more have settled it than it asked for",
        ),
        (
            "UPDATE payment SET amount_ore = 100",
            "ledger | payment 1 | -3 624,00 kronor are left of its 1,00",
        ),
        (
            "UPDATE invoice SET total_ore = total_ore + 100, net_ore = net_ore + 100 WHERE number = 1003",
            "ledger | invoice 1002 | 1,00 kronor more are credited than it asked for",
        ),
        (
            "UPDATE booked_row SET amount_ore = amount_ore + 1 WHERE position = 1 AND subject_id =
                 (SELECT id FROM invoice WHERE number = 1001)",
            "books | voucher 1 | debit and credit differ by 0,01",
        ),
        (
            "UPDATE booked_voucher SET number = number + 1 WHERE number > 1",
            "books | voucher 3 | vouchers 2 to 2 are missing",
        ),
        (
            "DELETE FROM operation WHERE id = 2",
            "file | COPY | row 8 of event refers to a row of operation that is missing",
        ),
    ] {
        let found = found_after(&shop, sql).replace('\u{a0}', " ").replace('−', "-");
        assert!(found.lines().any(|line| line == finding), "{sql}\nnot `{finding}`, but\n{found}");
    }
}

#[test]
fn a_finding_is_told_with_what_to_do() {
    let shop = Shop::with_an_order();
    shop.sqlite()
        .execute_batch(
            "DROP TRIGGER event_payload_is_emptied_only;
             UPDATE event_payload SET payload = '{}' WHERE seq = 3",
        )
        .expect("a change past the program");
    insta::assert_snapshot!(shop.run("store check"), @"
    chain	event 3	the payload was altered	something else than shopctl altered the store: keep a copy of it, and compare it with a backup
    --- stderr
    error: 1 thing is not as it should be
    hint: change nothing until it is understood, and keep the backups that you have
    --- status 5
    ");
    let found = shop.run("store check --json");
    let found: serde_json::Value = serde_json::from_str(&found.stdout).expect("JSON");
    assert_eq!(found[0]["area"], "chain");
}

#[test]
fn a_store_that_cannot_be_read_is_a_finding_of_whoever_owns_it() {
    let shop = Shop::open();
    let whole = fs::read(shop.store()).expect("the store");
    for (damage, words) in [
        (vec![0x5a; 9000], "this file was not made by shopctl"),
        (whole[..whole.len() / 2].to_vec(), "malformed"),
    ] {
        fs::write(shop.store(), damage).expect("the store");
        let outcome = shop.run("store check");
        assert_eq!(outcome.status, 5, "{outcome}");
        assert!(outcome.stdout.contains(words), "{outcome}");
        assert!(outcome.stdout.contains("store restore"), "{outcome}");
    }
    let empty = Shop::empty();
    assert_eq!(empty.error("store check").0, 4);
}
