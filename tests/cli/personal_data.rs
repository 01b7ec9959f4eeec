use std::collections::BTreeMap;

use insta::assert_snapshot;

use crate::support::{PASSWORD, Shop, Sink};

const ANNA: &str = "anna.berg@saab.example";

/// A file of the bank's in which Anna Berg pays 100 kronor of the invoice with the OCR number 100164.
const FROM_ANNA: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><BkToCstmrDbtCdtNtfctn>
<GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-03-01T18:00:00+01:00</CreDtTm></GrpHdr>
<Ntfctn><Id>N1</Id><Acct><Id><IBAN>SE3550000000054910000003</IBAN></Id></Acct>
<Ntry><Amt Ccy="SEK">100</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
<BookgDt><Dt>2026-03-01</Dt></BookgDt><NtryDtls><TxDtls>
<RltdPties><Dbtr><Pty><Nm>ANNA BERG</Nm></Pty></Dbtr>
<DbtrAcct><Id><IBAN>SE4550000000058398257466</IBAN></Id></DbtrAcct></RltdPties>
<RmtInf><Strd><CdtrRefInf><Ref>100164</Ref></CdtrRefInf></Strd></RmtInf></TxDtls></NtryDtls></Ntry>
</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>
"#;

/// Returns a shop that knows Anna Berg as login, invoice e-mail and contact of Saab, has mailed her an
/// invoice, and has a further one waiting, with a sink that took the first.
fn shop_that_knows_anna() -> (Shop, Sink) {
    let shop = Shop::open();
    let sink = Sink::start();
    shop.configure(&sink.settings());
    shop.ok("account create 556016-0680 --name 'Ericsson AB' --email anna.berg@saab.example \
        --contact 'Anna Berg' --invoice-email Anna.Berg@saab.example --reference 'Anna Berg, 4 tr' \
        --street 'Torshamnsgatan 21' --postal-code 16483 --city Kista");
    shop.ok("order create --account 556016-0680 --item AB04");
    shop.ok("mail send");
    shop.ok("account note 556016-0680 'Anna Berg <anna.berg@saab.example> wants paper'");
    shop.ok("account note 556036-0793 'Anna Berg of another company called'");
    shop.ok("order create --account 556016-0680 --item AB04-PRINT");
    (shop, sink)
}

/// Puts in what other commands write: a letter to Anna, a notice that she gave, and what she fetched.
fn with_a_letter_and_a_notice(shop: &Shop) {
    let facts = r#"{"letter":"renewal_reminder","shop_name":"Shop","office_email":"a@b.example",
        "web":"https://b.example","number":"1001","product":"AB 04","holder":"Ericsson AB",
        "renewal_date":"2027-03-01","last_day":"2028-02-29","deadline":"2026-12-01",
        "price":"3 900,00 SEK","invoice_email":"anna.berg@saab.example","reference":"Anna Berg"}"#;
    shop.sqlite()
        .execute_batch(&format!(
            "INSERT INTO outbox (kind, cause, recipient, language, account_id, facts, message_id,
                 status, queued_at, due_at)
             SELECT 'renewal_reminder', 'term 2027', '{ANNA}', 'sv', id, '{facts}', '<1@b.example>',
                 'waiting', '2026-03-01T08:00:00Z', '2026-03-01T08:00:00Z'
             FROM account WHERE name = 'Ericsson AB';
             INSERT INTO message (outbox_id, bytes)
             SELECT id, CAST('To: {ANNA}' AS BLOB) FROM outbox WHERE kind = 'renewal_reminder';
             INSERT INTO notice (subscription_id, received_on, entered_on, channel, login, given_by,
                 renewal_date, deadline, in_time, goodwill, ends_on)
             SELECT id, '2026-03-01', '2026-03-01', 'login', '{ANNA}', 'Anna Berg', '2027-03-01',
                 '2026-12-01', 1, 0, '2027-03-01'
             FROM subscription WHERE invoice_email = 'Anna.Berg@saab.example';
             INSERT INTO agreement (id, code, name_sv, name_en)
             VALUES (1, 'AB04', 'AB 04', 'AB 04');
             INSERT INTO edition (id, agreement_id, name, language, from_on, published_at, sha256, size,
                 pages)
             VALUES (1, 1, '2026:1', 'sv', '2026-03-01', '2026-03-01T08:00:00Z', 'ab', 1, 1);
             INSERT INTO fetch (edition_id, account_id, login, fetched_at, reason)
             SELECT 1, id, '{ANNA}', '2026-03-01T08:00:00Z', NULL
             FROM account WHERE name = 'Ericsson AB';
             INSERT INTO fetch (edition_id, account_id, login, fetched_at, reason)
             SELECT 1, id, NULL, '2026-03-01T08:00:00Z', 'Anna Berg asked for it'
             FROM account WHERE name = 'Ericsson AB'",
        ))
        .expect("a letter, a notice and fetches");
}

/// Returns how many values of each column of each table hold `text`, whatever its case.
fn holds(shop: &Shop, text: &str) -> BTreeMap<String, i64> {
    let sqlite = shop.sqlite();
    let mut columns = sqlite
        .prepare(
            "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
             WHERE m.type = 'table' AND c.type IN ('TEXT', 'BLOB')",
        )
        .expect("the tables");
    let columns: Vec<(String, String)> = columns
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .and_then(Iterator::collect)
        .expect("the columns");
    assert!(columns.len() > 100, "only {} columns", columns.len());
    let mut found = BTreeMap::new();
    for (table, column) in columns {
        let count = shop.count(&format!(
            "SELECT count(*) FROM {table}
             WHERE instr(lower(CAST({column} AS TEXT)), lower('{text}')) > 0"
        ));
        if count > 0 {
            found.insert(format!("{table}.{column}"), count);
        }
    }
    found
}

#[test]
fn all_that_is_held_on_a_person_is_handed_over() {
    let (shop, _sink) = shop_that_knows_anna();
    with_a_letter_and_a_notice(&shop);
    let line = "account personal-data export anna.berg@saab.example -o";
    assert_eq!(shop.run(&format!("{line} {}", shop.path("anna.json"))).status, 0);
    let all: serde_json::Value = serde_json::from_str(&shop.read("anna.json")).expect("JSON");
    assert_eq!(
        (&all["email"], &all["controller"]["org_number"]),
        (&ANNA.into(), &"802005-1952".into())
    );
    let parts = all["parts"].as_array().expect("parts");
    let counts: Vec<String> = parts
        .iter()
        .map(|part| {
            assert!(part["legal_ground"].as_str().is_some_and(|ground| ground.contains("GDPR")));
            let items = part["items"].as_array().expect("items");
            format!("{} {}", part["part"].as_str().unwrap_or_default(), items.len())
        })
        .collect();
    assert_snapshot!(counts.join(", "), @"logins 3, accounts 1, orders 0, subscriptions 1, notices 1, notes 1, invoices 2, payments 0, mails 3, events 12, staff 0");
    let mails = parts[8]["items"].as_array().expect("mails");
    assert!(mails[0]["message"].as_str().is_some_and(|text| text.contains("To: Anna.Berg@")));
    assert!(!mails[0]["message"].as_str().unwrap_or_default().contains("JVBERi"), "a PDF");
    assert_eq!(mails[2]["facts"]["reference"], "Anna Berg");
    assert_eq!(parts[6]["items"][0]["kept_until"], "2033-12-31");

    assert_snapshot!(shop.table("audit list --limit 2"), @"
    Event  When              Who   What                  Of           Change                   Operation
    ────────────────────────────────────────────────────────────────────────────────────────────────────
       37  2026-03-01 09:00  anna  personal data export  556016-0680                                  12
       36  2026-03-01 09:00  anna  personal data export  shop         logins 3, accounts 1,           12
                                                                      subscriptions 1,
                                                                      notices 1, notes 1,
                                                                      invoices 2, mails 3,
                                                                      events 12
    ");
    assert_eq!(holds(&shop, "export anna"), BTreeMap::new());
    assert_snapshot!(shop.run(&format!("{line} - --format csv")), @"
    --- stderr
    error: this export is JSON, and no table
    --- status 5
    ");
}

#[test]
fn a_person_is_erased_as_far_as_the_law_allows() {
    let (shop, sink) = shop_that_knows_anna();
    with_a_letter_and_a_notice(&shop);
    let line = "account personal-data erase anna.berg@saab.example";
    assert_snapshot!(shop.run(&format!("{line} --yes")), @"
    --- stderr
    error: another address must take its place: it is the only login of account 556016-0680; the invoice e-mail of subscription 1001; the invoice e-mail of account 556016-0680, on which subscriptions run; invoice 1002, which is not sent yet
    hint: add `--successor EMAIL`, an address of the same organisation
    --- status 5
    ");
    assert_snapshot!(shop.run(&format!("{line} --successor faktura@ericsson.example")), @"
    --- stderr
    error: this needs your agreement: what is erased cannot be brought back: events (12), contacts (1), fetches (2), invoice e-mails (2), logins (1), mails (1), mails readdressed (1), notes (1), references (2); what the law keeps: invoices (2) until 2033-12-31, documents of invoices (1) until 2033-12-31, mails that carried an invoice (1) until 2033-12-31, notices and their confirmations (1) until 2034-12-31
    hint: add `--yes` to agree, or `--dry-run` to see what it would do
    --- status 5
    ");
    let personal = shop.change(&format!("{line} --successor bo.ek@ericsson.example --dry-run"));
    assert!(personal["warnings"][0].as_str().is_some_and(|words| words.contains("often missed")));
    let line =
        format!("{line} --successor faktura@ericsson.example --reason 'asked for by letter'");
    shop.rehearse_and_run(&format!("{line} --yes"));
    assert_eq!(
        holds(&shop, ANNA),
        BTreeMap::from([
            ("invoice.invoice_email".to_owned(), 2),
            ("message.bytes".to_owned(), 1),
            ("notice.login".to_owned(), 1),
            ("outbox.recipient".to_owned(), 1),
        ])
    );
    assert_eq!(
        holds(&shop, "anna berg"),
        BTreeMap::from([
            ("invoice.reference".to_owned(), 2),
            ("message.bytes".to_owned(), 1),
            ("notice.given_by".to_owned(), 1),
            ("note.body".to_owned(), 1),
            ("event_payload.payload".to_owned(), 2),
        ]),
        "the other company's Anna Berg is somebody else"
    );
    assert_snapshot!(shop.table("audit verify"), @"
    Events   37
    Verdict  the chain is whole
    ");
    assert_snapshot!(shop.run("find anna.berg@saab.example"), @"
    --- stderr
    error: nothing is called `anna.berg@saab.example`
    hint: try part of the name, the number alone, or the whole e-mail address
    --- status 4
    ");
    assert_snapshot!(shop.table("account show faktura@ericsson.example"), @"
    Organisation number  556016-0680
    Name                 Ericsson AB
    Invoice e-mail       faktura@ericsson.example
    Street               Torshamnsgatan 21
    Postal code          164 83
    Town                 Kista
    Country              SE
    Language             sv
    Member               no
    Owes                 5 002,20
    Balance              0,00

    Logins
    E-mail                     Password       Seat
    ──────────────────────────────────────────────
    faktura@ericsson.example   never chosen

    Unpaid invoices
    Invoice   Date         Due             Total       Left   State
    ───────────────────────────────────────────────────────────────
       1002   2026-03-01   2026-03-31     127,20     127,20
       1001   2026-03-01   2026-03-31   4 875,00   4 875,00

    Subscriptions
    Number   Product   Account       Name          Since        Renews       Notice by    Ends   Status
    ────────────────────────────────────────────────────────────────────────────────────────────────────
      1001   AB04      556016-0680   Ericsson AB   2026-03-01   2027-03-01   2026-12-01          running

    Invoice details of what runs
    Subscription  Invoice e-mail        Address                Reference  VAT number  Unlike the account
    ────────────────────────────────────────────────────────────────────────────────────────────────────
            1001  faktura@ericsson.exa  Torshamnsgatan 21,
                  mple                  164 83 Kista

    Last fetches
    When               Agreement   Edition   Language   Login                     Staff, because
    ────────────────────────────────────────────────────────────────────────────────────────────
    2026-03-01 09:00   AB04        2026:1    sv                                   (erased)
    2026-03-01 09:00   AB04        2026:1    sv         erased-1@erased.invalid

    Notes
    When               Who    Note
    ──────────────────────────────────
    2026-03-01 09:00   anna   (erased)
    ");
    assert_snapshot!(shop.table("audit show 6"), @"
    Operation       6
    Who             anna
    When            2026-03-01 09:00
    Machine's time  <now>
    Program         shopctl 0.1.0
    Command         (erased)

    Events
    Event   What              Of   Change
    ───────────────────────────────────────
       17   account created        (erased)
    ");
    assert_snapshot!(shop.table("account history 556016-0680"), @"
    When               Who    What                   Of            Change                      Operation
    ────────────────────────────────────────────────────────────────────────────────────────────────────
    2026-03-01 09:00   anna   personal data erased   556016-0680   contacts 1, fetches 2,             12
                                                                   invoice emails 2, logins
                                                                   1, mails 1, mails
                                                                   readdressed 1, notes 1,
                                                                   references 2, successor
                                                                   faktura@ericsson.example,
                                                                   reason asked for by
                                                                   letter
    2026-03-01 09:00   anna   mail queued                          (erased)                           11
    2026-03-01 09:00   anna   invoice issued                       (erased)                           11
    2026-03-01 09:00   anna   order placed                         (erased)                           11
    2026-03-01 09:00   anna   note added                           (erased)                            9
    2026-03-01 09:00   anna   mail sent                            (erased)                            8
    2026-03-01 09:00   anna   mail claimed           1             attempts: 0 → 1                     8
    2026-03-01 09:00   anna   document kept          1001          sha256 9edff241c9978c0c4e           8
                                                                   807ddebe5d3049369c9a50467
                                                                   9e88d5ed8e87cbe2412df,
                                                                   size 38186
    2026-03-01 09:00   anna   mail queued                          (erased)                            7
    2026-03-01 09:00   anna   invoice issued                       (erased)                            7
    2026-03-01 09:00   anna   subscription started                 (erased)                            7
    2026-03-01 09:00   anna   order placed                         (erased)                            7
    2026-03-01 09:00   anna   account created                      (erased)                            6
    ");
    assert_snapshot!(shop.run("mail list --columns number,kind,recipient,status"), @"
    3	renewal_reminder	erased-3@erased.invalid	failed
    2	order_invoice	faktura@ericsson.example	waiting
    1	order_invoice	Anna.Berg@saab.example	sent
    ");
    assert_snapshot!(shop.run("mail retry 3"), @"
    --- stderr
    error: the recipient of mail 3 was erased
    --- status 5
    ");
    shop.ok("account export -o -");

    let taken = sink.taken().len();
    shop.ok("mail send");
    let sent = sink.taken().split_off(taken);
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].recipient, "faktura@ericsson.example");

    let head = shop.head();
    assert_snapshot!(shop.table(&format!("{line} --yes")), @"

    Kept
    What                              Number   Until        Legal ground
    ────────────────────────────────────────────────────────────────────────────────────────────────────
    invoices                               2   2033-12-31   bookkeeping material: Bookkeeping Act ch. 7
                                                            s. 2, GDPR art. 6.1 c and 17.3 b
    documents of invoices                  2   2033-12-31   bookkeeping material: Bookkeeping Act ch. 7
                                                            s. 2, GDPR art. 6.1 c and 17.3 b
    mails that carried an invoice          1   2033-12-31   bookkeeping material: Bookkeeping Act ch. 7
                                                            s. 2, GDPR art. 6.1 c and 17.3 b
    notices and their confirmations        1   2034-12-31   record of an agreement: Bookkeeping Act ch.
                                                            1 s. 2 and ch. 7 s. 2, GDPR art. 6.1 c and
                                                            17.3 b and e
    --- stderr
    nothing needed doing
    ");
    assert_eq!(shop.head(), head);
}

/// Returns a shop in which Anna Berg paid, was written about when something was corrected, took an
/// e-invoice and was reminded, in April.
fn shop_that_was_paid_by_anna() -> (Shop, Sink) {
    let (shop, sink) = shop_that_knows_anna();
    shop.ok("mail send");
    shop.ok("payment record 1001 --amount 500 --date 2026-03-01 --payer 'Anna Berg' \
        --reference anna.berg@saab.example");
    shop.ok("payment unmatch 1 --reason 'Anna Berg ringde'");
    shop.ok("payment match 1 1001");
    shop.ok("invoice hold 1001 --reason 'Anna Berg ringer'");
    shop.ok("invoice release 1001 --reason 'Anna Berg har ringt'");
    shop.ok("order cancel 1002 --reason 'Anna Berg beställde fel' --yes");
    shop.ok("account billing 556016-0680 --deliver e-invoice --reason avtal");
    shop.ok("order create --account 556016-0680 --item AB04-PRINT");
    shop.ok("invoice e-invoice 1004 -o -");
    shop.ok("invoice delivered 1004 --how 'Anna Berg tog emot den'");
    let file = shop.file("fil (anna.berg@saab.example).xml", FROM_ANNA);
    shop.ok(&format!("payment import '{file}'"));
    shop.ok("setting set payment_reminders on");
    shop.ok("setting set bank_file_days off");
    shop.at("2026-04-10T08:00:00Z");
    shop.ok("invoice remind 1001");
    shop.ok("mail send");
    shop.ok("export sie --from 2026-03-01 --to 2026-03-31 -o -");
    (shop, sink)
}

#[test]
fn what_a_person_paid_is_kept_while_the_books_need_it_and_erased_after() {
    let (shop, _sink) = shop_that_was_paid_by_anna();
    let all = shop.ok("account personal-data export anna.berg@saab.example -o -");
    let all: serde_json::Value = serde_json::from_str(&all).expect("JSON");
    let mut counts = Vec::new();
    for part in all["parts"].as_array().expect("parts") {
        let items = part["items"].as_array().expect("items");
        counts.push(format!("{} {}", part["part"].as_str().unwrap_or_default(), items.len()));
    }
    assert_snapshot!(counts.join(", "), @"logins 1, accounts 1, orders 1, subscriptions 1, notices 0, notes 2, invoices 6, payments 3, mails 5, events 38, staff 0");
    let line = "account personal-data erase anna.berg@saab.example --successor \
        faktura@ericsson.example --reason 'asked for by letter' --yes";
    assert_snapshot!(shop.table(line), @"
    personal data erased   shop  events 38, file names 1, reason asked for by letter
    personal data erased   556016-0680  contacts 1, deliveries 1, holds 1, invoice emails 2, logins 1, mails 1, notes 1, orders 1, references 2, successor faktura@ericsson.example, reason asked for by letter

    Erased
    What              Number
    ────────────────────────
    events                38
    file names             1
    contacts               1
    deliveries             1
    holds                  1
    invoice e-mails        2
    logins                 1
    mails                  1
    notes                  1
    orders                 1
    references             2

    Kept
    What                                    Number   Until        Legal ground
    ────────────────────────────────────────────────────────────────────────────────────────────────────
    invoices                                     3   2033-12-31   bookkeeping material: Bookkeeping Act
                                                                  ch. 7 s. 2, GDPR art. 6.1 c and 17.3 b
    credit notes                                 1   2033-12-31   bookkeeping material: Bookkeeping Act
                                                                  ch. 7 s. 2, GDPR art. 6.1 c and 17.3 b
    documents of invoices                        3   2033-12-31   bookkeeping material: Bookkeeping Act
                                                                  ch. 7 s. 2, GDPR art. 6.1 c and 17.3 b
    e-invoices                                   1   2033-12-31   bookkeeping material: Bookkeeping Act
                                                                  ch. 7 s. 2, GDPR art. 6.1 c and 17.3 b
    payment reminders and their documents        1   2033-12-31   bookkeeping material: Bookkeeping Act
                                                                  ch. 7 s. 2, GDPR art. 6.1 c and 17.3 b
    payments                                     2   2033-12-31   bookkeeping material: Bookkeeping Act
                                                                  ch. 7 s. 2, GDPR art. 6.1 c and 17.3 b
    reasons of entries in the ledger             1   2033-12-31   bookkeeping material: Bookkeeping Act
                                                                  ch. 7 s. 2, GDPR art. 6.1 c and 17.3 b
    vouchers in the books                        5   2033-12-31   bookkeeping material: Bookkeeping Act
                                                                  ch. 7 s. 2, GDPR art. 6.1 c and 17.3 b
    mails that carried an invoice                4   2033-12-31   bookkeeping material: Bookkeeping Act
                                                                  ch. 7 s. 2, GDPR art. 6.1 c and 17.3 b
    ");
    let held = |text: &str| {
        let places = holds(&shop, text);
        places
            .iter()
            .map(|(place, count)| format!("{place} {count}"))
            .collect::<Vec<_>>()
            .join("\n")
    };
    assert_snapshot!(held(ANNA), @"
    invoice.invoice_email 4
    message.bytes 4
    outbox.recipient 4
    payment.reference 1
    ");
    assert_snapshot!(held("anna berg"), @"
    booked_voucher.text 5
    e_invoice.bytes 1
    event_payload.payload 2
    invoice.credit_reason 1
    invoice.reference 4
    ledger_entry.reason 1
    message.bytes 4
    note.body 1
    outbox.facts 1
    payment.payer_key 2
    payment.payer_name 2
    ");
    shop.ok("audit verify");

    shop.at("2034-01-01T08:00:00Z");
    // The name went with the contact, and must be told again.
    let line = &format!("{line} --name 'Anna Berg'");
    assert_snapshot!(shop.table(line), @"
    personal data erased   556016-0680  payments 2, reasons of entries in the ledger 1, vouchers in the books 5, reason asked for by letter

    Erased
    What                               Number
    ─────────────────────────────────────────
    payments                                2
    reasons of entries in the ledger        1
    vouchers in the books                   5

    Kept
    What                                    Number   Until        Legal ground
    ────────────────────────────────────────────────────────────────────────────────────────────────────
    invoices                                     3   2033-12-31   bookkeeping material: Bookkeeping Act
                                                                  ch. 7 s. 2, GDPR art. 6.1 c and 17.3 b
    credit notes                                 1   2033-12-31   bookkeeping material: Bookkeeping Act
                                                                  ch. 7 s. 2, GDPR art. 6.1 c and 17.3 b
    documents of invoices                        3   2033-12-31   bookkeeping material: Bookkeeping Act
                                                                  ch. 7 s. 2, GDPR art. 6.1 c and 17.3 b
    e-invoices                                   1   2033-12-31   bookkeeping material: Bookkeeping Act
                                                                  ch. 7 s. 2, GDPR art. 6.1 c and 17.3 b
    payment reminders and their documents        1   2033-12-31   bookkeeping material: Bookkeeping Act
                                                                  ch. 7 s. 2, GDPR art. 6.1 c and 17.3 b
    mails that carried an invoice                4   2033-12-31   bookkeeping material: Bookkeeping Act
                                                                  ch. 7 s. 2, GDPR art. 6.1 c and 17.3 b
    ");
    for table in ["payment", "ledger_entry", "booked_voucher"] {
        let places = holds(&shop, "anna berg").into_keys().chain(holds(&shop, ANNA).into_keys());
        assert!(places.into_iter().all(|place| !place.starts_with(table)), "{table}");
    }
    assert_eq!(shop.run("find 'Anna Berg'").status, 4);
    shop.ok("audit verify");
}

#[test]
fn an_erased_address_is_nowhere_in_the_file_but_in_what_is_kept() {
    let shop = Shop::open();
    shop.ok("account create 556016-0680 --name 'Ericsson AB' --email bo.ek@ericsson.example");
    shop.ok("account note bo.ek@ericsson.example 'bo.ek@ericsson.example is new'");
    let holds = |text: &str| {
        let bytes = std::fs::read(shop.store()).expect("the store");
        bytes.windows(text.len()).any(|window| window == text.as_bytes())
    };
    assert!(holds("bo.ek@"));
    shop.ok("account personal-data erase bo.ek@ericsson.example --successor inkop@ericsson.example --yes");
    shop.sqlite().execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").expect("a checkpoint");
    assert!(!holds("bo.ek@"));
    assert!(holds("inkop@ericsson.example"));
    assert_eq!(shop.json("audit verify")["verdict"], "the chain is whole");
}

#[test]
fn an_erasing_is_refused_where_it_would_leave_a_trace_or_a_hole() {
    let (shop, _sink) = shop_that_knows_anna();
    let head = shop.head();
    let line = "account personal-data erase anna.berg@saab.example --yes";
    assert_snapshot!(shop.run(&format!("{line} --successor avtal@saab.example")), @"
    --- stderr
    error: the login `avtal@saab.example` is taken by 556036-0793
    hint: `shopctl find avtal@saab.example` shows it
    --- status 5
    ");
    assert_snapshot!(shop.run(&format!("{line} --successor ANNA.berg@saab.example")), @"
    --- stderr
    error: the successor is the address that is to be erased
    --- status 5
    ");
    assert_snapshot!(shop.run(&format!("{line} --reason 'anna.berg@saab.example asked'")), @"
    --- stderr
    error: the reason names the person, and the audit trail would keep it
    hint: give a reason such as `--reason 'asked for by letter'`
    --- status 5
    ");
    assert_snapshot!(shop.run(&format!("{line} --name 'Anna Berg' --note 'Anna Berg asked'")), @"
    --- stderr
    error: the reason names the person, and the audit trail would keep it
    hint: give a reason such as `--reason 'asked for by letter'`
    --- status 5
    ");
    assert_snapshot!(shop.run(&format!("{line} --name A")), @"
    --- stderr
    error: --name <NAME>: `A` is too short to be looked for
    --- status 5
    ");
    assert_snapshot!(shop.run("account personal-data erase kontoret@forening.example --yes"), @"
    --- stderr
    error: this is the shop's own address, which every invoice names
    hint: `shopctl seller edit --office-email EMAIL` gives the shop another
    --- status 5
    ");
    assert_eq!(shop.head(), head);
    shop.ok("staff add bertil --role staff");
    let as_bertil = |line: &str| shop.finish(shop.command(line).env("SUDO_USER", "bertil"));
    assert_eq!(as_bertil(line).status, 3);
    assert_eq!(as_bertil("account personal-data export anna.berg@saab.example").status, 0);
}

#[test]
fn another_login_stays_and_a_sole_trader_is_told_what_is_kept() {
    let shop = Shop::open();
    shop.ok("account create 811228-9874 --name 'Karin Ek Konsult' --email karin@ek.example \
        --contact 'Karin Ek' --street 'Storgatan 1' --postal-code 11122 --city Stockholm");
    shop.ok(
        "order create --account 811228-9874 --item AB04-PRINT --invoice-email faktura@ek.example",
    );
    let id = shop.count("SELECT id FROM account WHERE org_number = '8112289874'");
    shop.sqlite()
        .execute("INSERT INTO login (account_id, email, email_key) VALUES (?1, 'b@ek.example', 'b@ek.example')", [id])
        .expect("a second login");
    assert_snapshot!(shop.table("account personal-data erase karin@ek.example --yes"), @"
    personal data erased   shop  events 2
    personal data erased   811228-****  logins 1

    Erased
    What     Number
    ───────────────
    events        2
    logins        1

    Kept
    What                               Number   Until        Legal ground
    ────────────────────────────────────────────────────────────────────────────────────────────────────
    name and number of a sole trader        1   2033-12-31   the account is not closed, or was invoiced:
                                                             GDPR art. 6.1 b and c; Bookkeeping Act ch.
                                                             7 s. 2
    --- stderr
    warning: the contact `Karin Ek` of account 811228-**** stays; if that is the person, add `--name 'Karin Ek'`
    ");
    assert_eq!(shop.json("account show b@ek.example")["logins"].as_array().map(Vec::len), Some(1));
    assert_snapshot!(shop.run("account personal-data erase nobody@ek.example --yes"), @"
    --- stderr
    nothing needed doing
    ");
}

#[test]
fn a_name_counts_where_the_address_does_and_nowhere_else() {
    let shop = Shop::open();
    shop.ok("account edit 556036-0793 --contact 'Eva Lind' --reference 'Eva Lind'");
    shop.ok("account edit 212000-0142 --contact 'Eva Lind'");
    let line = "account personal-data erase avtal@saab.example --successor ny@saab.example --yes";
    let rehearsal = shop.change(&format!("{line} --dry-run"));
    assert_snapshot!(rehearsal["warnings"][0].as_str().unwrap_or_default(), @"the contact `Eva Lind` of account 556036-0793 stays; if that is the person, add `--name 'Eva Lind'`");
    shop.ok(&format!("{line} --name 'Eva Lind'"));
    let saab = shop.json("account show 556036-0793");
    assert_eq!(
        (&saab["contact"], &saab["reference"]),
        (&serde_json::Value::Null, &serde_json::Value::Null)
    );
    assert_eq!(shop.json("account show 212000-0142")["contact"], "Eva Lind");
    assert_eq!(holds(&shop, "Eva Lind")["event_payload.payload"], 2, "told of the other account");
}

#[test]
fn a_notice_is_erased_when_it_need_be_kept_no_longer() {
    let (shop, _sink) = shop_that_knows_anna();
    with_a_letter_and_a_notice(&shop);
    let line =
        "account personal-data erase anna.berg@saab.example --yes -n --successor a@b.example";
    let notices = |change: &serde_json::Value, list: &str| {
        let rows = change["objects"][0][list].as_array().expect("rows").clone();
        rows.iter().any(|row| row["what"].as_str().is_some_and(|what| what.starts_with("notices")))
    };
    shop.at("2034-12-31T08:00:00Z");
    let change = shop.change(line);
    assert_eq!((notices(&change, "erased"), notices(&change, "kept")), (false, true));
    shop.at("2035-01-01T08:00:00Z");
    let change = shop.change(line);
    assert_eq!((notices(&change, "erased"), notices(&change, "kept")), (true, false));
}

#[test]
fn what_is_handed_over_has_addresses_and_numbers_too() {
    let (shop, _sink) = shop_that_knows_anna();
    shop.ok("account billing 556016-0680 --subscription 1001 --care-of 'Anna Berg' \
        --street 'Hemvägen 3' --postal-code 16440 --city Kista --vat-number SE556016068001 \
        --reason moved");
    shop.ok(
        "account billing 556016-0680 --vat-number SE556016068001 --reason 'for its bookkeeper'",
    );
    let all = shop.ok("account personal-data export anna.berg@saab.example -o -");
    let all: serde_json::Value = serde_json::from_str(&all).expect("JSON");
    assert_eq!(all["parts"][1]["items"][0]["vat_number"], "SE556016068001");
    let subscription = &all["parts"][3]["items"][0];
    let address = ["care_of", "street", "postal_code", "city", "country"];
    assert_eq!(
        address.map(|part| subscription[part].as_str().unwrap_or_default()),
        ["Anna Berg", "Hemvägen 3", "164 40", "Kista", "SE"]
    );
    let invoice = &all["parts"][6]["items"][0];
    assert_eq!(
        (&invoice["street"], &invoice["city"]),
        (&"Torshamnsgatan 21".into(), &"Kista".into())
    );
}

/// The run of the night stood still: the last term is billed after the end, to somebody.
#[test]
fn a_term_that_is_still_to_be_billed_needs_a_successor() {
    let (shop, _sink) = shop_that_knows_anna();
    shop.at("2027-01-15T08:00:00Z");
    shop.ok("subscription cancel 1001 --yes");
    shop.at("2028-03-02T08:00:00Z");
    shop.ok("mail send");
    let erase = "account personal-data erase anna.berg@saab.example --yes";
    assert_snapshot!(shop.run(erase), @"
    --- stderr
    error: another address must take its place: it is the only login of account 556016-0680; the invoice e-mail of subscription 1001; the invoice e-mail of account 556016-0680, on which subscriptions run
    hint: add `--successor EMAIL`, an address of the same organisation
    --- status 5
    ");
    shop.ok(&format!("{erase} --successor ekonomi@ericsson.example"));
    shop.ok("subscription renew");
    assert_eq!(shop.json("invoice list")[0]["number"], 1003);
    assert_eq!(shop.json("invoice show 1003")["invoice_email"], "ekonomi@ericsson.example");
}

#[test]
fn a_person_is_told_of_a_former_number_that_is_kept() {
    let shop = Shop::open();
    shop.ok("account create 811228-9874 --name 'Karin Ek Konsult' --email karin@ek.example");
    shop.ok("account renumber 811228-9874 802005-1952 --reason 'became a company' --yes");
    let change =
        shop.change("account personal-data erase karin@ek.example --successor b@ek.example --yes");
    assert_eq!(change["objects"][0]["kept"][0]["what"], "name and number of a sole trader");
}

#[test]
fn letters_that_were_sent_to_a_person_stay_sent_and_wait_for_nobody() {
    let shop = Shop::with_an_order();
    let billing = "account billing 556036-0793 --reason byte --invoice-email";
    shop.ok(&format!("{billing} eva.lind@saab.example"));
    shop.ok("mail send");
    shop.ok(&format!("{billing} faktura@saab.example"));
    assert_snapshot!(shop.run("account personal-data erase eva.lind@saab.example"), @"
    --- stderr
    error: this needs your agreement: what is erased cannot be brought back: events (8), mails (4); nothing of it need be kept
    hint: add `--yes` to agree, or `--dry-run` to see what it would do
    --- status 5
    ");
    shop.ok("account personal-data erase eva.lind@saab.example --yes");
    assert_snapshot!(shop.run("mail list --columns number,kind,recipient,status"), @"
    5	billing_change	faktura@saab.example	waiting
    4	billing_change	erased-4@erased.invalid	failed
    3	billing_change	erased-3@erased.invalid	sent
    2	billing_change	faktura@saab.example	sent
    1	order_invoice	faktura@saab.example	sent
    ");
    assert_snapshot!(shop.run("status --columns what,count"), @"
    mails waiting	1
    mail goes to a folder	
    PRACTICE	
    daily
    ");
    let sink = Sink::start();
    shop.configure(&sink.settings());
    shop.ok("mail send --from-folder");
    let recipients: Vec<String> = sink.taken().into_iter().map(|letter| letter.recipient).collect();
    assert_eq!(recipients, ["faktura@saab.example"; 3]);
}

#[test]
fn an_export_says_what_it_wrote_and_writes_nothing_where_nothing_is_held() {
    let shop = Shop::open();
    let file = shop.path("avtal.json");
    let outcome = shop.run(&format!("account personal-data export avtal@saab.example -o {file}"));
    assert_snapshot!(outcome.stderr.replace(&file, "avtal.json"), @"
    PRACTICE: this shop is for practice, and its mail reaches nobody outside
    `avtal.json` was written: logins (1), events (2)
    ");
    assert!(shop.read("avtal.json").contains("avtal@saab.example"));
    let head = shop.head();
    let none = shop.path("ingen.json");
    assert_snapshot!(shop.run(&format!("account personal-data export ingen@saab.example -o {none}")), @"
    --- stderr
    error: nothing is held on `ingen@saab.example`
    hint: `shopctl find WORDS` finds other addresses of the person
    --- status 4
    ");
    assert!(!std::path::Path::new(&none).exists());
    assert_eq!(shop.head(), head);
}

/// Returns a shop in which Anna Berg's login had a password that was guessed at, forgotten, reset by the
/// office and forgotten once more.
fn shop_with_annas_password() -> Shop {
    let shop = Shop::open();
    shop.ok("account create 556016-0680 --name 'Ericsson AB' --email Anna.Berg@saab.example");
    shop.ok("account login invite 556016-0680");
    shop.ok("mail send");
    assert_eq!(shop.redeem(&shop.token(ANNA), PASSWORD).status, 0);
    shop.ok("mail send");
    assert_eq!(shop.check(ANNA, "inte rätt lösenord").status, 3);
    assert_eq!(shop.check(ANNA, PASSWORD).status, 0);
    shop.forgotten(ANNA);
    shop.ok(&format!("password reset {ANNA} --ticket 'Anna Berg ringde'"));
    shop.ok(&format!("password forgot {ANNA}"));
    shop
}

#[test]
fn what_is_held_of_a_password_is_handed_over_without_its_hash() {
    let shop = shop_with_annas_password();
    shop.ok(&format!("account personal-data export {ANNA} -o {}", shop.path("anna.json")));
    let text = shop.read("anna.json");
    assert!(!text.contains("argon2"), "{text}");
    let all: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_snapshot!(serde_json::to_string_pretty(&all["parts"][0]["items"]).expect("JSON"), @r#"
    [
      {
        "email": "Anna.Berg@saab.example",
        "org_number": "556016-0680",
        "name": "Ericsson AB",
        "password_chosen_at": "2026-03-01T08:00:00Z",
        "password_locked_at": "2026-03-01T08:00:00Z",
        "logged_in_at": "2026-03-01T08:00:00Z",
        "failed_attempts": 0,
        "failed_at": null
      },
      {
        "password_forgotten": "anna.berg@saab.example",
        "asked_at": "2026-03-01T08:00:00Z"
      }
    ]
    "#);
    assert_eq!(all["parts"][8]["part"], "mails");
    assert_eq!(all["parts"][8]["items"].as_array().map(Vec::len), Some(4));
}

#[test]
fn whoever_takes_a_login_over_has_no_password_and_nothing_is_left_of_who_had_it() {
    let shop = shop_with_annas_password();
    let successor = "inkop@ericsson.example";
    let line =
        format!("account personal-data erase {ANNA} --successor {successor} --name 'Anna Berg'");
    shop.rehearse_and_run(&format!("{line} --yes"));
    for text in [ANNA, "anna berg", "argon2"] {
        assert_eq!(holds(&shop, text), BTreeMap::new(), "{text}");
    }
    for table in ["password", "password_request", "token", "forgotten"] {
        assert_eq!(shop.count(&format!("SELECT count(*) FROM {table}")), 0, "{table}");
    }
    assert_eq!(shop.json(&format!("password status {successor}"))["password"], "never chosen");
    assert_eq!(shop.check(successor, PASSWORD).status, 3);
    let taken = shop.letters().len();
    shop.ok("mail send");
    assert_eq!(shop.letters().len(), taken, "what waited for her goes to nobody");
    shop.ok("account login invite --all-new -n");
    assert_snapshot!(shop.table("audit verify"), @"
    Events   53
    Verdict  the chain is whole
    ");
}

#[test]
fn an_address_that_was_only_typed_is_erased_from_the_trail() {
    let shop = Shop::open();
    let typed = "bo.ek@nagon.example";
    assert_eq!(shop.check(typed, PASSWORD).status, 3);
    shop.ok(&format!("password forgot {typed}"));
    shop.ok("mail send");
    shop.ok(&format!("password forgot {typed}"));
    assert!(holds(&shop, typed).contains_key("forgotten.email"));
    shop.rehearse_and_run(&format!("account personal-data erase {typed} --yes"));
    assert_eq!(holds(&shop, typed), BTreeMap::new());
    assert_snapshot!(shop.table("audit verify"), @"
    Events   25
    Verdict  the chain is whole
    ");
}
