//! `payment import`: files of the bank's, right and wrong, once and again.

use std::fmt::Write;

use insta::assert_snapshot;
use serde_json::Value as Json;

use crate::support::Shop;

/// A shop in which Saab owes invoice 1001, 3 625.00, and Stockholm invoice 1002, 4 875.00.
fn shop() -> Shop {
    let shop = Shop::with_an_order();
    shop.ok("order create --account 212000-0142 --item AB04");
    shop.at("2026-03-20T08:00:00Z");
    shop
}

fn record(kind: &str, fields: &[(usize, &str)]) -> String {
    let mut characters = vec![' '; 80];
    for (position, text) in [(1, kind)].iter().chain(fields) {
        for (offset, character) in text.chars().enumerate() {
            characters[position - 1 + offset] = character;
        }
    }
    characters.into_iter().collect::<String>() + "\r\n"
}

fn payment(reference: &str, ore: i64, serial: i64) -> String {
    let fields = [
        (3, "0003783511".to_owned()),
        (13, format!("{reference:>25}")),
        (38, format!("{ore:018}")),
        (56, "22".to_owned()),
        (58, format!("{serial:012}0")),
    ];
    record("20", &fields.each_ref().map(|(at, text)| (*at, text.as_str())))
        + &record("26", &[(3, "Kalles Plåt AB")])
}

/// Returns a section paid to `bankgiro` on a day, with the sum that it says it has.
fn section(bankgiro: &str, day: &str, payments: &[String], ore: i64) -> String {
    let count = payments.len();
    let deposit = [
        (38, day.to_owned()),
        (46, "00007".to_owned()),
        (51, format!("{ore:018}")),
        (69, "SEK".to_owned()),
        (72, format!("{count:08}")),
    ];
    record("05", &[(3, bankgiro), (23, "SEK")])
        + &payments.concat()
        + &record("15", &deposit.each_ref().map(|(at, text)| (*at, text.as_str())))
}

fn bgmax(sections: &[String]) -> Vec<u8> {
    let text = sections.concat();
    let payments = text.lines().filter(|line| line.starts_with("20")).count();
    let deposits = text.lines().filter(|line| line.starts_with("15")).count();
    let start = record("01", &[(3, "BGMAX"), (23, "01"), (25, "20260319173035010331P")]);
    let whole = format!("{start}{text}70{payments:08}{:08}{:08}{deposits:08}\r\n", 0, 0);
    whole.chars().map(|c| u8::try_from(u32::from(c)).expect("ISO 8859-1")).collect()
}

/// Two sections: Saab's invoice in full and a message; a part of Stockholm's.
fn two_sections() -> Vec<u8> {
    bgmax(&[
        section(
            "0009912346",
            "20260318",
            &[payment("100164", 362_500, 11), payment("Tack", 10_000, 12)],
            372_500,
        ),
        section("0009912346", "20260319", &[payment("100263", 400_000, 13)], 400_000),
    ])
}

fn camt(entries: &[(&str, &str, &str)]) -> String {
    let mut text = r#"<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><BkToCstmrDbtCdtNtfctn>
<GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-03-19T18:00:00+01:00</CreDtTm></GrpHdr>
<Ntfctn><Id>N1</Id><Acct><Id><IBAN>SE3550000000054910000003</IBAN></Id></Acct>
"#
    .to_owned();
    for (amount, reference, told) in entries {
        writeln!(
            text,
            "<Ntry><Amt Ccy=\"SEK\">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>\
             <BookgDt><Dt>2026-03-18</Dt></BookgDt><NtryDtls><TxDtls><Refs>\
             <AcctSvcrRef>{reference}</AcctSvcrRef></Refs><RmtInf><Strd><CdtrRefInf><Ref>{told}</Ref>\
             </CdtrRefInf></Strd></RmtInf></TxDtls></NtryDtls></Ntry>"
        )
        .expect("a string");
    }
    text + "</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>\n"
}

fn counted(shop: &Shop) -> (i64, i64) {
    let count = |sql: &str| shop.sqlite().query_row(sql, [], |row| row.get(0)).expect("a count");
    (
        count("SELECT count(*) FROM payment"),
        count("SELECT coalesce(sum(amount_ore), 0) FROM payment"),
    )
}

#[test]
fn a_file_settles_what_its_payments_name_and_leaves_the_rest_to_a_person() {
    let shop = shop();
    shop.file("bg.txt", two_sections());
    assert_snapshot!(shop.run("payment import bg.txt"), @"
    payment recorded       1  source bgmax, received on 2026-03-18, booked on 2026-03-18, amount 3 625,00, payer Kalles Plåt AB, reference 100164
    payment matched        1  amount −3 625,00, booked on 2026-03-18, left: 3 625,00 → 0,00, invoice left: 3 625,00 → 0,00, invoice 1001, reason by its OCR reference
    payment recorded       2  source bgmax, received on 2026-03-18, booked on 2026-03-18, amount 100,00, payer Kalles Plåt AB, reference Tack
    payment recorded       3  source bgmax, received on 2026-03-19, booked on 2026-03-19, amount 4 000,00, payer Kalles Plåt AB, reference 100263
    payment matched        3  amount −4 000,00, booked on 2026-03-19, left: 4 000,00 → 0,00, invoice left: 4 875,00 → 875,00, invoice 1002, reason by its OCR reference
    bank file imported     bg.txt  format BgMax, sha256 <hash>, latest on 2026-03-19, booked 3, known 0, refused 0
    bg.txt: 3 payments booked, 7 725,00 kronor; 2 matched, 7 625,00 kronor; 1 left to a person, 100,00 kronor: `shopctl payment list --unmatched`
    ");
    assert_eq!(counted(&shop), (3, 772_500));
}

#[test]
fn a_payment_of_what_is_paid_or_credited_is_told_and_stands_on_the_balance() {
    let shop = shop();
    shop.ok("payment record 1001 --amount 3625 --date 2026-03-19");
    shop.ok("invoice credit 1002 --reason 'ordered twice' --yes");
    shop.file("bg.txt", two_sections());
    let imported = shop.run("payment import bg.txt");
    let told: Vec<&str> = imported.stdout.lines().chain(imported.stderr.lines()).collect();
    let told =
        told.into_iter().filter(|line| line.starts_with("warning") || line.starts_with("bg"));
    assert_snapshot!(told.collect::<Vec<_>>().join("\n"), @"
    bg.txt: 3 payments booked, 7 725,00 kronor; 0 matched, 0,00 kronor; 7 625,00 kronor more than was owed: `shopctl payment list --balance`; 1 left to a person, 100,00 kronor: `shopctl payment list --unmatched`
    warning: payment 2 of 3 625,00 kronor settles nothing, since nothing is left to pay of what it names, `100164`
    warning: payment 4 of 4 000,00 kronor settles nothing, since nothing is left to pay of what it names, `100263`
    ");
    assert_eq!(shop.json("payment list --balance").as_array().map(Vec::len), Some(2));
}

#[test]
fn a_file_is_booked_once_and_says_so_the_second_time() {
    let shop = shop();
    shop.file("bg.txt", two_sections());
    let first = shop.rehearse_and_run("payment import bg.txt");
    assert_eq!(first["objects"][0]["booked"], 3);
    let head = shop.head();
    assert_snapshot!(shop.run("payment import bg.txt"), @"
    bg.txt: this file was imported 2026-03-20T08:00:00Z; all 3 payments are in the books already, and nothing is new
    --- stderr
    nothing needed doing
    ");
    let again = shop.change("payment import bg.txt");
    assert_eq!(
        (&again["changed"], &again["objects"][0]["known"]),
        (&Json::Bool(false), &Json::from(3))
    );
    assert_eq!(shop.head(), head);
    let copy =
        String::from_utf8_lossy(&two_sections()).replace('\u{fffd}', "å").replace("\r\n", "\n");
    assert_snapshot!(shop.feed("payment import -", copy.as_bytes()), @"
    bank file imported     stdin  format BgMax, sha256 <hash>, latest on 2026-03-19, booked 0, known 3, refused 0
    stdin: all 3 payments are in the books already, and nothing is new
    ");
    assert_eq!(counted(&shop), (3, 772_500));
}

#[test]
fn the_same_payment_in_the_other_format_s_file_is_booked_once() {
    let shop = shop();
    shop.file("bg.txt", two_sections());
    shop.ok("payment import bg.txt");
    shop.file("camt.xml", camt(&[("3625.00", "11", "100164"), ("5", "14", "100263")]));
    assert_snapshot!(shop.run("payment import camt.xml"), @"
    payment recorded       4  source camt.054, received on 2026-03-18, booked on 2026-03-18, amount 5,00, reference 100263
    payment matched        4  amount −5,00, booked on 2026-03-18, left: 5,00 → 0,00, invoice left: 875,00 → 870,00, invoice 1002, reason by its OCR reference
    bank file imported     camt.xml  format camt.054.001.08, sha256 <hash>, latest on 2026-03-18, booked 1, known 1, refused 0
    camt.xml: 1 payment booked, 5,00 kronor; 1 in the books already; 1 matched, 5,00 kronor
    ");
    assert_eq!(counted(&shop), (4, 773_000));
}

#[test]
fn payments_without_a_reference_of_the_bank_are_counted() {
    let shop = shop();
    let alike = [("5", "", "1"), ("5", "", "1"), ("6", "", "1")];
    shop.file("two.xml", camt(&alike[1..]));
    shop.file("three.xml", camt(&alike));
    let booked =
        |name: &str| shop.change(&format!("payment import {name}"))["objects"][0]["booked"].clone();
    assert_eq!(booked("two.xml"), 2);
    assert_eq!(booked("three.xml"), 1, "the second of two that are alike is new");
    assert_eq!(booked("three.xml"), 0);
    assert_eq!(counted(&shop), (3, 1_600));
}

#[test]
fn a_section_that_is_wrong_is_refused_and_the_others_are_booked() {
    let shop = shop();
    let right = || section("0009912346", "20260318", &[payment("100164", 362_500, 11)], 362_500);
    let wrong = section("0009912346", "20260319", &[payment("100263", 400_000, 13)], 400_001);
    shop.file("bg.txt", bgmax(&[right(), wrong]));
    assert_snapshot!(shop.run("payment import bg.txt"), @"
    payment recorded       1  source bgmax, received on 2026-03-18, booked on 2026-03-18, amount 3 625,00, payer Kalles Plåt AB, reference 100164
    payment matched        1  amount −3 625,00, booked on 2026-03-18, left: 3 625,00 → 0,00, invoice left: 3 625,00 → 0,00, invoice 1001, reason by its OCR reference
    bank file imported     bg.txt  format BgMax, sha256 <hash>, latest on 2026-03-18, booked 1, known 0, refused 1
    bg.txt: 1 payment booked, 3 625,00 kronor; 1 matched, 3 625,00 kronor
    --- stderr
    warning: bg.txt, line 9, section 2 (bankgiro 991-2346, deposit 00007): the deposit (15) is 4 000,01 kronor, and its payments less deductions make 4 000,00
    error: 1 deposit was refused, the others are booked
    hint: ask the bank for a right file, and import it: what is booked is booked once
    --- status 7
    ");
    assert_eq!(counted(&shop), (1, 362_500));
    let mended = section("0009912346", "20260319", &[payment("100263", 400_000, 13)], 400_000);
    shop.file("mended.txt", bgmax(&[right(), mended]));
    assert_eq!(shop.change("payment import mended.txt")["objects"][0]["booked"], 1);
    assert_eq!(counted(&shop), (2, 762_500));
}

#[test]
fn a_file_of_which_nothing_can_be_booked_is_refused() {
    let shop = shop();
    let of = |bankgiro: &str, day: &str, ore: i64| {
        bgmax(&[section(bankgiro, day, &[payment("100164", 362_500, 11)], ore)])
    };
    let good = camt(&[("3625.00", "11", "100164")]);
    let dtd =
        good.replacen("<Document", "<!DOCTYPE d [<!ENTITY x SYSTEM \"/etc/passwd\">]><Document", 1);
    let deep = good.replacen("<Strd>", &"<Strd>".repeat(10_000), 1);
    let euro =
        String::from_utf8_lossy(&of("0009912346", "20260318", 362_500)).replace("SEK", "EUR");
    let files: [(&str, Vec<u8>); 12] = [
        ("sum", of("0009912346", "20260318", 1)),
        ("other-bankgiro", of("0016099080", "20260318", 362_500)),
        ("old", of("0009912346", "10100318", 362_500)),
        ("tomorrow", of("0009912346", "20260321", 362_500)),
        ("euro", euro.into_bytes()),
        ("cut-off", two_sections()[..500].to_vec()),
        ("empty", Vec::new()),
        ("other-iban", good.replace("SE35500", "SE36500").into_bytes()),
        ("dtd", dtd.into_bytes()),
        ("deep", deep.into_bytes()),
        ("cut-off.xml", good.as_bytes()[..good.len() - 40].to_vec()),
        ("statement", good.replace("camt.054", "camt.053").into_bytes()),
    ];
    let head = shop.head();
    let mut words = String::new();
    for (name, bytes) in files {
        shop.file(name, bytes);
        let outcome = shop.run(&format!("payment import {name}"));
        assert_eq!((outcome.status, outcome.stdout.as_str()), (5, ""), "{name}\n{outcome}");
        words.push_str(&outcome.stderr.replace(crate::support::PRACTICE, ""));
    }
    assert_snapshot!(words, @"
    error: sum, line 5, section 1 (bankgiro 991-2346, deposit 00007): the deposit (15) is 0,01 kronor, and its payments less deductions make 3 625,00; nothing was booked
    hint: ask the bank for a right file, and import it: what is booked is booked once
    error: other-bankgiro, line 2, section 1 (bankgiro 1609-9080, deposit 00007): it is not paid to the seller; nothing was booked
    hint: `shopctl seller show` names the seller's accounts; ask the bank for a right file, and import it: what is booked is booked once
    error: old, line 5, section 1 (bankgiro 991-2346, deposit 00007): the day of payment, 1010-03-18, cannot be right; nothing was booked
    hint: ask the bank for a right file, and import it: what is booked is booked once
    error: tomorrow, line 5, section 1 (bankgiro 991-2346, deposit 00007): the day of payment, 2026-03-21, is later than today, 2026-03-20; nothing was booked
    hint: ask the bank for a right file, and import it: what is booked is booked once
    error: euro, line 2, section 1 (bankgiro 991-2346, deposit 00007): it is in EUR, and the shop's money is SEK; nothing was booked
    hint: ask the bank for a right file, and import it: what is booked is booked once
    error: `cut-off`: the file is cut off after line 7: its end record (70) is missing
    hint: fetch the file anew from the bank, and import it as it came
    error: `empty`: the file is empty
    hint: the bank's files that can be read are BgMax and camt.054 (versions 02 and 08)
    error: other-iban, line 4, notification `N1` (account SE3650000000054910000003): it is not the seller's account; nothing was booked
    hint: `shopctl seller show` names the seller's accounts; ask the bank for a right file, and import it: what is booked is booked once
    error: `dtd`: line 2: it declares a document type (DTD), which no bank's file does
    hint: fetch the file anew from the bank, and import it as it came
    error: `deep`: line 5: elements lie more than 100 deep
    hint: fetch the file anew from the bank, and import it as it came
    error: `cut-off.xml`: the file is cut off after line 6: a tag is not closed
    hint: fetch the file anew from the bank, and import it as it came
    error: `statement`: line 2: this is no camt.054 of version 02 or 08, but `camt.053.001.08`
    hint: the bank's files that can be read are BgMax and camt.054 (versions 02 and 08)
    ");
    assert_eq!((shop.head(), counted(&shop)), (head, (0, 0)));
    assert_snapshot!(shop.run("payment import missing.txt"), @"
    --- stderr
    error: `missing.txt` cannot be read: No such file or directory (os error 2)
    hint: see that the path is right
    --- status 8
    ");
}

#[test]
fn parts_that_the_bank_tells_settle_their_invoices() {
    let shop = shop();
    shop.file("camt.xml", camt(&[("8000", "21", "")]).replacen(
        "<Strd><CdtrRefInf><Ref></Ref></CdtrRefInf></Strd>",
        "<Strd><RfrdDocInf><Nb>1001</Nb></RfrdDocInf><RfrdDocAmt><RmtdAmt Ccy=\"SEK\">3625</RmtdAmt>\
         </RfrdDocAmt></Strd><Strd><RfrdDocAmt><RmtdAmt Ccy=\"SEK\">4375.00</RmtdAmt></RfrdDocAmt>\
         <CdtrRefInf><Ref>100263</Ref></CdtrRefInf></Strd>",
        1,
    ));
    assert_snapshot!(shop.run("payment import camt.xml"), @"
    payment recorded       1  source camt.054, received on 2026-03-18, booked on 2026-03-18, amount 8 000,00, reference 1001 100263
    payment matched        1  amount −3 625,00, booked on 2026-03-18, left: 8 000,00 → 4 375,00, invoice left: 3 625,00 → 0,00, invoice 1001
    payment matched        1  amount −4 375,00, booked on 2026-03-18, left: 4 375,00 → 0,00, invoice left: 4 875,00 → 500,00, invoice 1002
    bank file imported     camt.xml  format camt.054.001.08, sha256 <hash>, latest on 2026-03-18, booked 1, known 0, refused 0
    camt.xml: 1 payment booked, 8 000,00 kronor; 1 matched, 8 000,00 kronor
    ");
}

#[test]
fn a_payment_that_names_a_credit_note_is_left_to_a_person() {
    let shop = shop();
    shop.ok("subscription end 1001 --on 2026-06-01 --credit rest --reason Konkurs --yes");
    let part = "<RfrdDocAmt><RmtdAmt Ccy=\"SEK\">100</RmtdAmt></RfrdDocAmt>";
    let file = camt(&[("100", "31", "100362"), ("100", "32", "1003"), ("100", "33", "9999")]);
    shop.file("camt.xml", file.replace("<CdtrRefInf>", &format!("{part}<CdtrRefInf>")));
    let change = shop.change("payment import camt.xml");
    let counts = ["booked", "matched", "waiting"].map(|key| change["objects"][0][key].clone());
    assert_eq!(counts, [3, 0, 3].map(Json::from));
}

#[test]
fn money_on_an_account_that_was_withdrawn_is_booked() {
    let shop = shop();
    shop.file("bg.txt", two_sections());
    shop.ok(
        "seller edit --bankgiro 160-9908 --iban SE4550000000058398257466 --replaces 991-2346 --yes",
    );
    assert_eq!(shop.change("payment import bg.txt")["objects"][0]["booked"], 3);
    shop.file("camt.xml", camt(&[("5", "41", "1")]));
    assert_eq!(shop.error("payment import camt.xml").0, 5, "the old IBAN was not withdrawn");
}

#[test]
fn an_entry_without_transactions_is_left_to_a_person() {
    let shop = shop();
    let file = camt(&[("3625.00", "11", "100164")]);
    let (before, rest) = file.split_once("<NtryDtls>").expect("details");
    let after = rest.split_once("</NtryDtls>").expect("details").1;
    shop.file("camt.xml", format!("{before}{after}"));
    let change = shop.change("payment import camt.xml");
    assert_eq!(
        (&change["objects"][0]["matched"], &change["objects"][0]["waiting"]),
        (&Json::from(0), &Json::from(1))
    );
}

#[test]
fn a_day_without_payments_counts_as_told() {
    let shop = shop();
    shop.file("bg.txt", bgmax(&[]));
    assert_snapshot!(shop.run("payment import bg.txt"), @"
    bank file imported     bg.txt  format BgMax, sha256 <hash>, latest on 2026-03-19, booked 0, known 0, refused 0
    bg.txt: there is no payment in it
    ");
    assert_snapshot!(shop.run("payment import bg.txt"), @"
    bg.txt: this file was imported 2026-03-20T08:00:00Z; there is no payment in it
    --- stderr
    nothing needed doing
    ");
}
