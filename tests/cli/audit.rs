use crate::support::Shop;
use insta::assert_snapshot;

#[test]
fn an_operation_is_shown_with_who_when_and_what() {
    let shop = Shop::with_an_order();
    assert_snapshot!(shop.table("audit show 6"), @"
    Operation       6
    Who             anna
    When            2026-03-01 09:00
    Machine's time  <now>
    Program         shopctl 0.1.0
    Command         shopctl order create --account 556036-0793 --item AB04

    Events
    Event   What                   Of     Change
    ────────────────────────────────────────────────────────────────────────────────────────────────────
       17   order placed           1001   org number 556036-0793, items AB04=1, conditions 1
       18   subscription started   1001   org number 556036-0793, start 2026-03-01, renewal date
                                          2027-03-01, invoice email faktura@saab.example
       19   invoice issued         1001   org number 556036-0793, issued on 2026-03-01, due on
                                          2026-03-31, net 2 900,00, vat 725,00, total 3 625,00, invoice
                                          email faktura@saab.example
       20   mail queued            1      kind order_invoice, recipient faktura@saab.example, cause
                                          invoice 1001
    ");
    assert_snapshot!(shop.run("audit list --limit 5"), @"
    20	2026-03-01T08:00:00Z	anna	mail_queued	1	kind order_invoice, recipient faktura@saab.example, cause invoice 1001	6
    19	2026-03-01T08:00:00Z	anna	invoice_issued	1001	org number 556036-0793, issued on 2026-03-01, due on 2026-03-31, net 2 900,00, vat 725,00, total 3 625,00, invoice email faktura@saab.example	6
    18	2026-03-01T08:00:00Z	anna	subscription_started	1001	org number 556036-0793, start 2026-03-01, renewal date 2027-03-01, invoice email faktura@saab.example	6
    17	2026-03-01T08:00:00Z	anna	order_placed	1001	org number 556036-0793, items AB04=1, conditions 1	6
    15	2026-03-01T08:00:00Z	anna	account_created	212000-0142	name Stockholms stad, invoice email ekonomi@stockholm.example, street Hantverkargatan 1, postal code 105 35, city Stockholm, country SE, language sv, login inkop@stockholm.example	5
    ");
    assert_snapshot!(shop.run("audit list --limit 1 --json"), @r#"[{"seq":20,"at":"2026-03-01T08:00:00Z","actor":"anna","kind":"mail_queued","number":"1","change":"kind order_invoice, recipient faktura@saab.example, cause invoice 1001","op":6}]"#);
    assert_snapshot!(shop.run("audit show 99"), @r"
    --- stderr
    error: there is no operation `99`
    hint: `shopctl audit list` lists them
    --- status 4
    ");
    assert_snapshot!(shop.run("audit show nought"), @"
    --- stderr
    error: <OP>: `nought` is not a number such as 1001
    --- status 5
    ");
    assert_snapshot!(shop.run("audit list --limit -1"), @"
    --- stderr
    error: unexpected argument '-1' found
    hint: `shopctl audit list [OPTIONS]`
    --- status 2
    ");
    shop.ok("account note 556036-0793 'a note' --note 'because'");
    assert_eq!(shop.json("audit show 7")["note"], "because");
    assert_eq!(shop.json("audit show 7")["actor"], "anna");
}

#[test]
fn a_whole_chain_verifies_and_its_head_moves_with_every_change() {
    let shop = Shop::with_an_order();
    assert_snapshot!(shop.table("audit verify"), @"
    Events   20
    Verdict  the chain is whole
    ");
    let head = shop.json("audit head");
    assert_eq!(head["hash"].as_str().map(str::len), Some(64));
    shop.ok("account note 556036-0793 'a note'");
    assert_ne!(shop.json("audit head")["hash"], head["hash"]);
}

#[test]
fn an_erased_payload_leaves_the_chain_whole() {
    let shop = Shop::with_an_order();
    let erase = "UPDATE event_payload SET salt = NULL, payload = NULL WHERE seq = 7";
    shop.sqlite().execute(erase, []).expect("a payload may be emptied");
    assert_snapshot!(shop.run("audit verify"), @"
    events	20
    verdict	the chain is whole
    ");
    assert!(shop.ok("audit list").contains('7'));
}

#[test]
fn tampering_is_found() {
    let shop = Shop::with_an_order();
    let connection = shop.sqlite();
    let alter = "UPDATE event_payload SET payload = '{}' WHERE seq = 7";
    assert!(connection.execute(alter, []).is_err(), "the schema guards it");
    connection.execute("DROP TRIGGER event_payload_is_emptied_only", []).expect("by force");
    connection.execute(alter, []).expect("by force");
    assert_snapshot!(shop.table("audit verify"), @"
    Events   20
    Verdict  the chain is broken

    Findings
    Event   Finding
    ───────────────────────────────
        7   the payload was altered
    --- stderr
    error: 1 event is not as it was written
    hint: keep this file, and compare it with a backup
    --- status 5
    ");
    assert_eq!(shop.error("audit verify").1["code"], "chain_broken");
}

#[test]
fn a_missing_end_of_the_chain_is_found() {
    let shop = Shop::with_an_order();
    let connection = shop.sqlite();
    for statement in [
        "DROP TRIGGER event_is_kept",
        "DROP TRIGGER event_payload_is_kept",
        "DELETE FROM event_payload WHERE seq = 9",
        "DELETE FROM event WHERE seq = 9",
    ] {
        connection.execute(statement, []).expect(statement);
    }
    assert_eq!(shop.run("audit verify").status, 5);
}
