use std::fmt::Write;
use std::path::PathBuf;

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;

fn expected() -> Expected {
    Expected {
        payees: Payees {
            bankgiros: vec!["9912346".to_owned()],
            plusgiros: Vec::new(),
            ibans: vec!["SE3550000000054910000003".to_owned()],
        },
        today: NaiveDate::from_ymd_opt(2026, 3, 31).expect("a day"),
    }
}

/// Reads a file to its end and tells what it holds, a line an item.
fn told(bytes: &[u8]) -> String {
    told_to(bytes, expected())
}

fn told_to(bytes: &[u8], expected: Expected) -> String {
    let mut words = String::new();
    let mut reader = match Reader::open(bytes, expected) {
        Ok(reader) => reader,
        Err(error) => return format!("error: {error}\n"),
    };
    loop {
        let item = match reader.next_item() {
            Ok(Some(item)) => item,
            Ok(None) => break,
            Err(error) => {
                writeln!(words, "error: {error}").expect("a string");
                return words;
            }
        };
        match item {
            Item::Payment(it) => {
                let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
                let parts: Vec<String> = it
                    .parts
                    .iter()
                    .map(|part| format!("{}={}", part.reference, part.amount.plain()))
                    .collect();
                writeln!(
                    words,
                    "{}: {} [{}] {} | {} {} {} | {}{}{}",
                    it.line,
                    it.amount.plain(),
                    text(&it.bank_reference),
                    text(&it.reference),
                    text(&it.payer_name),
                    text(&it.payer_account),
                    text(&it.payer_org_number),
                    text(&it.message),
                    if parts.is_empty() { String::new() } else { format!(" {}", parts.join(" ")) },
                    if it.is_unclear { " (unclear)" } else { "" },
                )
            }
            Item::Deposit(Ok(day)) => writeln!(words, "deposit of {day}"),
            Item::Deposit(Err(problem)) => writeln!(words, "refused: {problem}"),
            Item::Section(Ok(())) => writeln!(words, "section"),
            Item::Section(Err(problem)) => writeln!(words, "section refused: {problem}"),
        }
        .expect("a string");
    }
    let passed = reader.passed_over();
    if passed != PassedOver::default() {
        writeln!(words, "{passed:?}").expect("a string");
    }
    words
}

/// Returns a record of BgMax: texts at positions, counted from 1.
fn record(kind: &str, fields: &[(usize, &str)]) -> String {
    let mut characters = vec![' '; 80];
    for (position, text) in [(1, kind)].iter().chain(fields) {
        for (offset, character) in text.chars().enumerate() {
            characters[position - 1 + offset] = character;
        }
    }
    characters.into_iter().collect::<String>() + "\r\n"
}

fn start() -> String {
    record("01", &[(3, "BGMAX"), (23, "01"), (25, "20260302173035010331P")])
}

fn section(bankgiro: &str) -> String {
    record("05", &[(3, &format!("{bankgiro:0>10}")), (23, "SEK")])
}

fn payment(kind: &str, payer: &str, reference: &str, ore: i64, serial: &str) -> String {
    record(
        kind,
        &[
            (3, &format!("{payer:0>10}")),
            (13, &format!("{reference:>25}")),
            (38, &format!("{ore:018}")),
            (56, "22"),
            (58, &format!("{serial:0>12}")),
            (70, "0"),
        ],
    )
}

fn deposit(day: &str, serial: &str, ore: i64, count: i64) -> String {
    record(
        "15",
        &[
            (3, &"0".repeat(35)),
            (38, day),
            (46, &format!("{serial:0>5}")),
            (51, &format!("{ore:018}")),
            (69, "SEK"),
            (72, &format!("{count:08}")),
        ],
    )
}

fn end(payments: i64, deductions: i64, extras: i64, deposits: i64) -> String {
    format!("70{payments:08}{deductions:08}{extras:08}{deposits:08}\r\n")
}

/// A file with two sections: 100.00 and 40.00 less 10.00; 25.50.
fn two_sections() -> Vec<String> {
    vec![
        start(),
        section("9912346"),
        payment("20", "3783511", "100164", 10_000, "1"),
        payment("20", "1609908", "100263", 4_000, "2"),
        payment("21", "3783511", "100164", 1_000, "3"),
        deposit("20260302", "1", 13_000, 3),
        section("9912346"),
        payment("20", "0", "Faktura 1003", 2_550, "4"),
        record("25", &[(3, "Tack för mars")]),
        record("26", &[(3, "Åkes bageri"), (38, "och konditori")]),
        record("27", &[(3, "Storgatan 1"), (38, "11122")]),
        record("29", &[(3, "005560360793")]),
        deposit("20260303", "2", 2_550, 1),
        end(3, 1, 0, 2),
    ]
}

fn latin(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).expect("ISO 8859-1")).collect()
}

#[test]
fn bgmax_is_read_with_what_belongs_to_each_payment() {
    let text = two_sections().concat();
    let read = told(&latin(&text));
    insta::assert_snapshot!(read, @"
    3: 100.00 [000000000001] 100164 | - 3783511 - | -
    4: 40.00 [000000000002] 100263 | - 1609908 - | -
    5: -10.00 [000000000003] 100164 | - 3783511 - | -
    deposit of 2026-03-02
    8: 25.50 [000000000004] Faktura 1003 | Åkes bageri och konditori - 5560360793 | Tack för mars
    deposit of 2026-03-03
    ");
    assert_eq!(told(text.as_bytes()), read, "a copy in UTF-8");
    let unix = text.replace("\r\n", "\n");
    assert_eq!(told(format!("\u{feff}{unix}\n \n\n").as_bytes()), read, "a copy from an editor");
    let cut: Vec<&str> = text.lines().map(str::trim_end).collect();
    assert_eq!(told(cut.join("\r\n").as_bytes()), read, "blanks lost at the ends of lines");
}

#[test]
fn a_section_of_bgmax_that_is_wrong_is_refused_and_the_others_stand() {
    let change = |at: usize, line: String| {
        let mut lines = two_sections();
        lines[at] = line;
        told(&latin(&lines.concat()))
    };
    let without = |at: usize| {
        let mut lines = two_sections();
        lines.remove(at);
        told(&latin(&lines.concat()))
    };
    let cases = [
        ("sum", change(5, deposit("20260302", "1", 13_001, 3))),
        ("count", change(5, deposit("20260302", "1", 13_000, 2))),
        ("other bankgiro", change(1, section("1609908"))),
        ("euro", change(1, section("9912346").replace("SEK", "EUR"))),
        (
            "amount",
            change(2, payment("20", "3783511", "100164", 10_000, "1").replace("10000", "1000A")),
        ),
        ("deductions", {
            let mut lines = two_sections();
            lines[4] = payment("21", "1609908", "100164", 4_001, "3");
            lines[5] = deposit("20260302", "1", 9_999, 3);
            told(&latin(&lines.concat()))
        }),
        ("year", change(5, deposit("10100302", "1", 13_000, 3))),
        ("tomorrow", change(5, deposit("20260401", "1", 13_000, 3))),
        ("no day", change(5, deposit("20260231", "1", 13_000, 3))),
        ("extra of another", change(3, payment("22", "1609908", "100263", 0, "2"))),
        ("detail of nothing", change(2, record("26", &[(3, "Saab AB")]))),
        ("payment lost", without(3)),
        ("deposit lost", without(5)),
        ("opening lost", without(1)),
    ];
    let mut words = String::new();
    for (what, told) in cases {
        assert!(
            told.contains("7 2003") || told.contains("deposit of 2026-03-03"),
            "{what}: {told}"
        );
        let kept: Vec<&str> = told
            .lines()
            .filter(|line| line.contains("refused") || line.contains("error"))
            .collect();
        writeln!(words, "{what}: {}", kept.join(" / ")).expect("a string");
    }
    insta::assert_snapshot!(words, @"
    sum: refused: line 6, section 1 (bankgiro 991-2346, deposit 00001): the deposit (15) is 130,01 kronor, and its payments less deductions make 130,00
    count: refused: line 6, section 1 (bankgiro 991-2346, deposit 00001): the deposit (15) tells of 2 payments and deductions, and 3 stand here
    other bankgiro: refused: line 2, section 1 (bankgiro 160-9908, deposit 00001): it is not paid to the seller
    euro: refused: line 2, section 1 (bankgiro 991-2346, deposit 00001): it is in EUR, and the shop's money is SEK
    amount: refused: line 3, section 1 (bankgiro 991-2346, deposit 00001): `00000000000001000A` is no amount in öre
    deductions: refused: line 5, section 1 (bankgiro 991-2346, deposit 00001): the payer's deductions are more than that payer paid
    year: refused: line 6, section 1 (bankgiro 991-2346, deposit 00001): the day of payment, 1010-03-02, cannot be right
    tomorrow: refused: line 6, section 1 (bankgiro 991-2346, deposit 00001): the day of payment, 2026-04-01, is later than today, 2026-03-31
    no day: refused: line 6, section 1 (bankgiro 991-2346, deposit 00001): `20260231` is no day of payment
    extra of another: refused: line 4, section 1 (bankgiro 991-2346, deposit 00001): a record 22 has another payer or serial number than the payment before it
    detail of nothing: refused: line 3, section 1 (bankgiro 991-2346, deposit 00001): a record 26 follows no payment
    payment lost: refused: line 5, section 1 (bankgiro 991-2346, deposit 00001): the deposit (15) is 130,00 kronor, and its payments less deductions make 90,00
    deposit lost: refused: line 2, section 1 (bankgiro 991-2346): it has no deposit record (15), against which it is checked
    opening lost: refused: line 2, section 1 (deposit 00001): a record 20 stands outside a section (05 to 15)
    ");
}

#[test]
fn a_file_of_bgmax_that_is_not_whole_is_refused_whole() {
    let lines = two_sections();
    let upto = |count: usize| lines[..count].concat();
    let cases = [
        ("cut in a section", upto(9)),
        ("cut before its end", upto(13)),
        ("counts of the end", upto(13) + &end(4, 1, 0, 2)),
        ("deposits of the end", upto(13) + &end(3, 1, 0, 3)),
        ("no counts", upto(13) + "70\r\n"),
        ("twice", lines.concat() + &lines.concat()),
        ("two starts", start() + &lines.concat()),
        ("a test file", lines.concat().replace("331P", "331T")),
        ("another version", lines.concat().replacen("  012026", "  022026", 1)),
        ("words between", upto(3) + "Hej!\r\n" + &lines[3..].concat()),
        ("a long line", upto(3) + &"2".repeat(500) + "\r\n"),
        ("without start", lines[1..].concat()),
        ("empty", String::new()),
        ("blank", "\r\n \r\n".to_owned()),
        ("words", "Kära bank,\n".to_owned()),
        ("a workbook", "PK\u{3}\u{4}\u{14}".to_owned()),
        ("a text in UTF-16", String::new()),
    ];
    let mut words = String::new();
    for (what, text) in cases {
        let bytes = match what {
            "a text in UTF-16" => b"\xff\xfe0\x001\0B\0G\0".to_vec(),
            _ => text.into_bytes(),
        };
        let told = told(&bytes);
        let last = told.lines().last().unwrap_or_default();
        writeln!(words, "{what}: {last}").expect("a string");
    }
    insta::assert_snapshot!(words, @"
    cut in a section: error: the file is cut off after line 9: its end record (70) is missing
    cut before its end: error: the file is cut off after line 13: its end record (70) is missing
    counts of the end: error: line 14: the end record (70) tells of 4 payments (20), and the file holds 3
    deposits of the end: error: line 14: the end record (70) tells of 3 deposits (15), and the file holds 2
    no counts: error: line 14: the end record (70) has no count of payments
    twice: error: line 15: a record 01 stands after the end record (70)
    two starts: error: line 2: a second start record (01)
    a test file: error: line 1: this is a test file, and no money stands behind it
    another version: error: line 1: version `02` of BgMax; only 01 is known
    words between: error: line 4: a line that begins with `He` is no record of BgMax
    a long line: error: line 4: the line is longer than 400 bytes, and a record of BgMax has 80 characters
    without start: error: this is neither BgMax nor camt.054, but a BgMax file without its start record (01)
    empty: error: the file is empty
    blank: error: the file is empty
    words: error: this is neither BgMax nor camt.054
    a workbook: error: this is neither BgMax nor camt.054, but a workbook or another zip file
    a text in UTF-16: error: this is neither BgMax nor camt.054, but a text in UTF-16
    ");
}

#[test]
fn extra_references_and_their_parts_come_with_their_payment() {
    let file = [
        start(),
        section("9912346"),
        payment("20", "3783511", "657866 658765", 14_000, "140"),
        payment("22", "3783511", "657866", 0, "140"),
        payment("22", "3783511", "658765", 0, "140"),
        payment("22", "3783511", "657965", 0, "140"),
        payment("20", "3783511", "", 9_000, "141"),
        payment("22", "3783511", "657866", 10_000, "141"),
        payment("23", "3783511", "900018", 1_000, "141"),
        record("99", &[(3, "later types are passed over")]),
        payment("20", "3783511", "100164", 0, "142"),
        deposit("20260302", "1", 23_000, 3),
        end(3, 0, 5, 1),
    ];
    insta::assert_snapshot!(told(file.concat().as_bytes()), @"
    3: 140.00 [000000000140] 657866 658765 657965 | - 3783511 - | -
    7: 90.00 [000000000141] 657866 900018 | - 3783511 - | - 657866=100.00 900018=-10.00
    deposit of 2026-03-02
    PassedOver { pending: 0, outgoing: 0, empty: 1 }
    ");
}

/// Returns a message with one notification that holds `entries`.
fn message(version: &str, entries: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.{version}">
<BkToCstmrDbtCdtNtfctn>
<GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-03-02T18:00:00+01:00</CreDtTm></GrpHdr>
<Ntfctn><Id>N1</Id><CreDtTm>2026-03-02T18:00:00+01:00</CreDtTm>
<Acct><Id><IBAN>SE3550000000054910000003</IBAN></Id><Ccy>SEK</Ccy></Acct>
{entries}
</Ntfctn>
</BkToCstmrDbtCdtNtfctn>
</Document>
"#
    )
}

fn entry(version: &str, amount: &str, reference: &str, details: &str) -> String {
    let status = if version == "02" { "BOOK" } else { "<Cd>BOOK</Cd>" };
    format!(
        "<Ntry><Amt Ccy=\"SEK\">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>{status}</Sts>\
         <BookgDt><Dt>2026-03-02</Dt></BookgDt><ValDt><Dt>2026-03-03</Dt></ValDt>\
         <AcctSvcrRef>{reference}</AcctSvcrRef><NtryDtls>{details}</NtryDtls></Ntry>\n"
    )
}

/// Returns a transaction as version 08 tells it.
fn transaction(amount: &str, reference: &str, remittance: &str) -> String {
    format!(
        "<TxDtls><Refs><AcctSvcrRef>{reference}</AcctSvcrRef><EndToEndId>NOTPROVIDED</EndToEndId></Refs>\
         <Amt Ccy=\"SEK\">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd>\
         <RltdPties><Dbtr><Pty><Nm>Åkes &amp; söner</Nm><Id><OrgId><Othr><Id>5560360793</Id></Othr></OrgId></Id>\
         </Pty></Dbtr><DbtrAcct><Id><Othr><Id>378-3511</Id></Othr></Id></DbtrAcct>\
         <CdtrAcct><Id><Othr><Id>9912346</Id><SchmeNm><Prtry>BGNR</Prtry></SchmeNm></Othr></Id></CdtrAcct>\
         </RltdPties><RmtInf>{remittance}</RmtInf></TxDtls>"
    )
}

fn strd(reference: &str, amount: &str) -> String {
    let amount = match amount {
        "" => String::new(),
        amount if amount.starts_with('-') => {
            let amount = &amount[1..];
            format!("<RfrdDocAmt><CdtNoteAmt Ccy=\"SEK\">{amount}</CdtNoteAmt></RfrdDocAmt>")
        }
        amount => format!("<RfrdDocAmt><RmtdAmt Ccy=\"SEK\">{amount}</RmtdAmt></RfrdDocAmt>"),
    };
    format!(
        "<Strd>{amount}<CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp><Ref>{reference}</Ref>\
         </CdtrRefInf></Strd>"
    )
}

fn sample_08() -> String {
    let batch = format!(
        "<Btch><NbOfTxs>3</NbOfTxs><TtlAmt Ccy=\"SEK\">90.00</TtlAmt></Btch>{}{}{}",
        transaction("40", "B1", "<Ustrd>Faktura</Ustrd><Ustrd>1001</Ustrd>"),
        transaction(
            "60.00",
            "B2",
            &(strd("100164", "50.00") + &strd("900018", "-5") + &strd("100263", "15"))
        ),
        transaction("10.00", "B3", "").replacen("CRDT", "DBIT", 1),
    );
    message(
        "08",
        &[
            entry("08", "100.50", "E1", &transaction("100.5", "T1", &strd("100164", ""))),
            entry("08", "90.00", "E2", &batch),
            entry("08", "25", "E3", ""),
            entry("08", "70", "E4", &transaction("70", "T4", "")).replace("BOOK", "PDNG"),
            entry("08", "80", "E5", &transaction("80", "T5", "")).replace("CRDT", "DBIT"),
            entry("08", "5", "E6", &transaction("5", "T6", &strd("100164", "")))
                .replace("CRDT", "DBIT")
                .replace("<Sts>", "<RvslInd>true</RvslInd><Sts>"),
        ]
        .concat(),
    )
}

#[test]
fn camt_is_read_with_what_belongs_to_each_payment() {
    let read = told(sample_08().as_bytes());
    insta::assert_snapshot!(read, @"
    7: 100.50 [T1] 100164 | Åkes & söner 3783511 5560360793 | -
    deposit of 2026-03-02
    8: 40.00 [B1] - | Åkes & söner 3783511 5560360793 | Faktura 1001
    8: 60.00 [B2] 100164 900018 100263 | Åkes & söner 3783511 5560360793 | - 100164=50.00 900018=-5.00 100263=15.00
    8: -10.00 [B3] - | Åkes & söner 3783511 5560360793 | -
    deposit of 2026-03-02
    9: 25.00 [E3] - | - - - | - (unclear)
    deposit of 2026-03-02
    12: -5.00 [T6] 100164 | Åkes & söner 3783511 5560360793 | -
    deposit of 2026-03-02
    section
    PassedOver { pending: 1, outgoing: 1, empty: 0 }
    ");
    let prefixed = sample_08()
        .replace("</", "</b:")
        .replace("xmlns=", "xmlns:b=")
        .replace('<', "<b:")
        .replace("<b:/b:", "</b:")
        .replace("<b:?xml", "<?xml");
    assert_eq!(told(prefixed.as_bytes()), read, "with a prefix");
    let enveloped =
        sample_08().replace("<Document", "<E xmlns=\"urn:x\"><H>1</H><Document") + "</E>";
    assert_eq!(told(enveloped.as_bytes()), read, "in an envelope");
    let one_line = sample_08().replace('\n', "");
    let numbers = |text: &str| text.replace(|c: char| c.is_ascii_digit(), "");
    assert_eq!(numbers(&told(one_line.as_bytes())), numbers(&read), "on one line");
}

#[test]
fn camt_is_read_in_the_encoding_it_declares() {
    let read = told(sample_08().as_bytes());
    let latin_1 = latin(&sample_08().replace("UTF-8", "ISO-8859-1"));
    assert_eq!(told(&latin_1), read);
    let utf_16: Vec<u8> = [0xfeff]
        .into_iter()
        .chain(sample_08().replace("UTF-8", "UTF-16").encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(told(&utf_16), read);
    let wrong = told(&latin(&sample_08()));
    assert!(wrong.ends_with("in which the file says it is written\n"), "{wrong}");
    let unknown = told(sample_08().replace("UTF-8", "EBCDIC-7").as_bytes());
    assert_eq!(unknown, "error: line 1: the encoding `EBCDIC-7` is not known\n");
}

#[test]
fn parts_that_are_too_large_are_none() {
    let strds = strd("100164", "92233720368547758.07") + &strd("100263", "92233720368547758.07");
    let file = message("08", &entry("08", "1", "E1", &transaction("1", "T1", &strds)));
    assert!(
        told(file.as_bytes()).contains("100164 100263 | Åkes & söner 3783511 5560360793 | -\n")
    );
}

#[test]
fn version_02_tells_a_single_transaction_by_its_entry() {
    let details = "<TxDtls><Refs><EndToEndId>X</EndToEndId></Refs><AmtDtls><TxAmt><Amt Ccy=\"SEK\">100.00</Amt>\
        </TxAmt></AmtDtls><RltdPties><Dbtr><Nm>Saab AB</Nm></Dbtr></RltdPties><RmtInf><Strd><RfrdDocInf>\
        <Nb>1001</Nb></RfrdDocInf></Strd></RmtInf><AddtlTxInf>bankgiro</AddtlTxInf></TxDtls>";
    let lumped = "<TxDtls><RmtInf><Ustrd>1002</Ustrd></RmtInf></TxDtls>\
        <TxDtls><RmtInf><Ustrd>1003</Ustrd></RmtInf></TxDtls>";
    let file = message(
        "02",
        &(entry("02", "100", "000000000120", details) + &entry("02", "7", "E2", lumped)),
    );
    insta::assert_snapshot!(told(file.as_bytes()), @"
    7: 100.00 [000000000120] 1001 | Saab AB - - | bankgiro
    deposit of 2026-03-02
    8: 7.00 [E2] 1002 1003 | - - - | - (unclear)
    deposit of 2026-03-02
    section
    ");
}

#[test]
fn an_entry_of_camt_that_is_wrong_is_refused_and_the_others_stand() {
    let good = entry("08", "100.50", "E1", &transaction("100.5", "T1", &strd("100164", "")));
    let two = transaction("40", "B1", "") + &transaction("60", "B2", "");
    let batch = |batch: &str| entry("08", "100", "E2", &format!("<Btch>{batch}</Btch>{two}"));
    let bad = entry("08", "100", "E2", &two);
    let cases = [
        ("sum", entry("08", "100.01", "E2", &two)),
        ("single", entry("08", "100.01", "E2", &transaction("100", "T", ""))),
        ("count of batch", batch("<NbOfTxs>3</NbOfTxs>")),
        ("sum of batch", batch("<TtlAmt Ccy=\"SEK\">99</TtlAmt>")),
        ("euro", bad.replacen("SEK", "EUR", 1)),
        ("decimals", bad.replacen(">100<", ">100.000<", 1)),
        ("no amount", bad.replacen("<Amt Ccy=\"SEK\">100</Amt>", "", 1)),
        ("no currency", bad.replacen(" Ccy=\"SEK\"", "", 1)),
        ("no direction", bad.replace("<CdtDbtInd>CRDT</CdtDbtInd>", "")),
        ("no status", bad.replace("<Sts><Cd>BOOK</Cd></Sts>", "")),
        ("no day", bad.replace("<Dt>2026-03-02</Dt>", "").replace("<Dt>2026-03-03</Dt>", "")),
        ("not a day", bad.replace("2026-03-02", "2026-02-30")),
        ("tomorrow", bad.replace("2026-03-02", "2026-04-01")),
        ("other bankgiro", bad.replacen("9912346", "1609908", 1)),
        ("some without amount", bad.replacen("<Amt Ccy=\"SEK\">60</Amt>", "", 1)),
        ("too much", entry("08", "9000000000", "E2", &transaction("9000000000", "T", ""))),
        ("sums too large", {
            let most = "92233720368547758.07";
            entry("08", most, "E2", &(transaction(most, "B1", "") + &transaction(most, "B2", "")))
        }),
    ];
    let mut words = String::new();
    for (what, entry) in cases {
        let told = told(message("08", &format!("{good}{entry}")).as_bytes());
        assert!(told.contains("deposit of 2026-03-02\n"), "{what}: {told}");
        let kept: Vec<&str> = told.lines().filter(|line| line.contains("refused")).collect();
        writeln!(words, "{what}: {}", kept.join(" / ")).expect("a string");
    }
    insta::assert_snapshot!(words, @"
    sum: refused: line 8, entry 2 (`E2`): it is of 100,01 kronor, and its transactions make 100,00
    single: refused: line 8, entry 2 (`E2`): it is of 100,01 kronor, and its transaction makes 100,00
    count of batch: refused: line 8, entry 2 (`E2`): its batch tells of 3 transactions, and 2 stand here
    sum of batch: refused: line 8, entry 2 (`E2`): its batch is of 99,00 kronor, and its transactions make 100,00
    euro: refused: line 8, entry 2 (`E2`): it is in EUR, and the shop's money is SEK
    decimals: refused: line 8, entry 2 (`E2`): `100.000` has more than two decimals
    no amount: refused: line 8, entry 2 (`E2`): it has no amount
    no currency: refused: line 8, entry 2 (`E2`): `100` has no currency
    no direction: refused: line 8, entry 2 (`E2`): it does not say whether money came in or went out
    no status: refused: line 8, entry 2 (`E2`): it does not say whether it is booked
    no day: refused: line 8, entry 2 (`E2`): it has no day of booking
    not a day: refused: line 8, entry 2 (`E2`): `2026-02-30` is no day
    tomorrow: refused: line 8, entry 2 (`E2`): its day, 2026-04-01, is later than today, 2026-03-31
    other bankgiro: refused: line 8, entry 2 (`E2`): it is paid to bankgiro 1609908, which is not the seller's
    some without amount: refused: line 8, entry 2 (`E2`): a transaction has no amount, and others have
    too much: refused: line 8, entry 2 (`E2`): 9 000 000 000,00 kronor is more than the most an amount can be
    sums too large: refused: line 8, entry 2 (`E2`): 92 233 720 368 547 758,07 kronor is more than the most an amount can be
    ");
}

#[test]
fn a_notification_that_is_wrong_is_refused_whole() {
    let good = entry("08", "100.50", "E1", &transaction("100.5", "T1", &strd("100164", "")));
    let summary = |words: &str| {
        let words = format!("</Acct><TxsSummry>{words}</TxsSummry>");
        message("08", &good).replacen("</Acct>", &words, 1)
    };
    let cases = [
        ("right", summary("<TtlNtries><NbOfNtries>1</NbOfNtries><Sum>100.5</Sum></TtlNtries>")),
        ("count", summary("<TtlNtries><NbOfNtries>2</NbOfNtries></TtlNtries>")),
        ("sum", summary("<TtlCdtNtries><Sum>100.49</Sum></TtlCdtNtries>")),
        ("debits", summary("<TtlDbtNtries><NbOfNtries>1</NbOfNtries></TtlDbtNtries>")),
        (
            "other iban",
            message("08", &good).replace("SE3550000000054910000003", "SE4550000000058398257466"),
        ),
        ("euro", message("08", &good).replace("<Ccy>SEK", "<Ccy>EUR")),
        (
            "a number of the bank's",
            message("08", &good).replace(
                "<IBAN>SE3550000000054910000003</IBAN>",
                "<Othr><Id>54910000003</Id></Othr>",
            ),
        ),
        (
            "told by its transactions",
            message("08", &good)
                .replace("<IBAN>SE3550000000054910000003</IBAN>", "<Othr><Id>4711</Id></Othr>"),
        ),
        (
            "not told",
            message("08", &entry("08", "1", "E1", ""))
                .replace("<IBAN>SE3550000000054910000003</IBAN>", "<Othr><Id>4711</Id></Othr>"),
        ),
        ("no entries", message("08", "")),
    ];
    let mut words = String::new();
    for (what, file) in cases {
        let told = told(file.as_bytes());
        writeln!(words, "{what}: {}", told.trim_end().replace('\n', " / ")).expect("a string");
    }
    insta::assert_snapshot!(words, @"
    right: 7: 100.50 [T1] 100164 | Åkes & söner 3783511 5560360793 | - / deposit of 2026-03-02 / section
    count: 7: 100.50 [T1] 100164 | Åkes & söner 3783511 5560360793 | - / deposit of 2026-03-02 / section refused: line 6, notification `N1` (account SE3550000000054910000003): its summary tells of 2 entries, and 1 stand here
    sum: 7: 100.50 [T1] 100164 | Åkes & söner 3783511 5560360793 | - / deposit of 2026-03-02 / section refused: line 6, notification `N1` (account SE3550000000054910000003): its summary says that credit entries make 100,49, and they make 100,50
    debits: 7: 100.50 [T1] 100164 | Åkes & söner 3783511 5560360793 | - / deposit of 2026-03-02 / section refused: line 6, notification `N1` (account SE3550000000054910000003): its summary tells of 1 debit entries, and 0 stand here
    other iban: section refused: line 5, notification `N1` (account SE4550000000058398257466): it is not the seller's account
    euro: section refused: line 5, notification `N1` (account SE3550000000054910000003): it is in EUR, and the shop's money is SEK
    a number of the bank's: 7: 100.50 [T1] 100164 | Åkes & söner 3783511 5560360793 | - / deposit of 2026-03-02 / section
    told by its transactions: 7: 100.50 [T1] 100164 | Åkes & söner 3783511 5560360793 | - / deposit of 2026-03-02 / section
    not told: refused: line 7, entry 1 (`E1`): it does not say to whom it was paid / section
    no entries: section
    ");
}

#[test]
fn a_document_that_is_hostile_or_broken_is_refused_whole() {
    let good = sample_08();
    let body = good.split_once("?>\n").expect("a declaration").1;
    let external = "<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>";
    let laughs: String = (1..10).fold("<!ENTITY l0 \"ha\">".to_owned(), |text, n| {
        format!("{text}<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))
    });
    let deep = format!("{}{}", "<Strd>".repeat(10_000), "</Strd>".repeat(10_000));
    let cases = [
        ("a foreign file", format!("{external}{}", body.replace("E1", "&x;"))),
        ("billion laughs", format!("<!DOCTYPE d [{laughs}]>{}", body.replace("E1", "&l9;"))),
        ("an entity of nobody", body.replace("E1", "&x;")),
        ("deep", message("08", &entry("08", "1", "E", &deep))),
        ("long text", body.replace("E1", &"x".repeat(400_000))),
        ("long tag", body.replace("<Ntry>", &format!("<Ntry a=\"{}\">", "x".repeat(400_000)))),
        ("many references", body.replace("E1", &"&amp;".repeat(300_000))),
        ("cut off", good[..good.len() / 2].to_owned()),
        ("cut in a tag", good[..good.find("<BookgDt>").expect("it") + 4].to_owned()),
        ("cut in the head", good[..100].to_owned()),
        ("mixed up", good.replacen("</Ntry>", "</Ntfctn>", 1)),
        ("two documents", format!("{good}{body}")),
        ("words after", format!("{good}Hej")),
        ("another version", good.replace("001.08", "001.04")),
        ("a statement", good.replace("camt.054.001.08", "camt.053.001.08")),
        ("no namespace", good.replace("xmlns=", "name=")),
        ("a web page", "<html><body>Logga in</body></html>".to_owned()),
        ("not XML", "<".to_owned()),
    ];
    let mut words = String::new();
    for (what, file) in cases {
        let told = told(file.as_bytes());
        let last = told.lines().last().unwrap_or_default();
        assert!(last.starts_with("error: ") && last.len() < 200, "{what}: {last}");
        writeln!(words, "{what}: {last}").expect("a string");
    }
    insta::assert_snapshot!(words, @"
    a foreign file: error: line 1: it declares a document type (DTD), which no bank's file does
    billion laughs: error: line 1: it declares a document type (DTD), which no bank's file does
    an entity of nobody: error: line 6: the entity `x` is not one of XML's own
    deep: error: line 7: elements lie more than 100 deep
    long text: error: line 6: a text or tag is longer than 256 kB
    long tag: error: line 6: a text or tag is longer than 256 kB
    many references: error: line 6: a text or tag is longer than 256 kB
    cut off: error: the file is cut off after line 8: a tag is not closed
    cut in a tag: error: the file is cut off after line 7: a tag is not closed
    cut in the head: error: the file is cut off after line 2: a tag is not closed
    mixed up: error: line 7: `Ntfctn` is closed where `Ntry` is open
    two documents: error: line 17: a second document begins
    words after: error: line 17: text stands outside the document
    another version: error: line 2: this is no camt.054 of version 02 or 08, but `camt.054.001.04`
    a statement: error: line 2: this is no camt.054 of version 02 or 08, but `camt.053.001.08`
    no namespace: error: line 2: this is no camt.054 of version 02 or 08, but a document that does not say which message it is
    a web page: error: line 1: this is no camt.054 of version 02 or 08, but an XML document that begins with `html`
    not XML: error: the file is cut off after line 1: a tag is not closed
    ");
}

#[test]
fn what_banks_put_into_other_namespaces_is_passed_over() {
    let foreign = "<SplmtryData><Envlp><Ntry xmlns=\"urn:x\"><Amt Ccy=\"SEK\">1</Amt></Ntry></Envlp></SplmtryData>";
    let file = sample_08().replacen("</Ntry>", &format!("{foreign}</Ntry>"), 1);
    assert_eq!(told(file.as_bytes()), told(sample_08().as_bytes()));
}

fn shared(path: &str) -> Option<Vec<u8>> {
    let folder = std::env::var_os("SHOPCTL_TEST_DATA")?;
    std::fs::read(PathBuf::from(folder).join(path)).ok()
}

#[test]
fn files_that_others_wrote_are_read_as_they_mean_them() {
    let Some(table) = shared("bgmax/expected.tsv") else { return };
    let table = String::from_utf8(table).expect("UTF-8");
    for row in table.lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let bytes = shared(&format!("bgmax/{}", cells[0])).expect(cells[0]);
        let payees = Payees {
            bankgiros: vec!["9912346".to_owned(), "2407617".to_owned()],
            ..Payees::default()
        };
        let today = expected().today;
        let mut reader = Reader::open(bytes.as_slice(), Expected { payees, today }).expect("BgMax");
        let (mut sum, mut sums, mut refused) = (0, Vec::new(), Vec::new());
        while let Some(item) = reader.next_item().expect(cells[0]) {
            match item {
                Item::Payment(payment) => sum += payment.amount.ore(),
                Item::Deposit(Ok(_)) => sums.push(std::mem::take(&mut sum)),
                Item::Deposit(Err(problem)) => refused.push(problem.to_string()),
                Item::Section(_) => {}
            }
        }
        if cells[0] == "notima-sample1.txt" {
            assert_eq!(refused.len(), 2);
            assert!(refused[0].ends_with("the day of payment, 1010-03-24, cannot be right"));
            continue;
        }
        assert_eq!(refused, [""; 0], "{}", cells[0]);
        let expected: Vec<String> = sums.iter().map(|sum| format!("{sum} SEK")).collect();
        assert_eq!(expected.join(","), cells[2], "{}", cells[0]);
    }
}

#[test]
fn bankgirots_own_example_is_read_whole() {
    let name = "bgmax/bgc-example-ocr-checkdigit-length";
    let Some(bytes) = shared(&format!("{name}.txt")) else { return };
    let read = told(&bytes);
    insta::assert_snapshot!(read, @"
    3: 1000.00 [000000000010] 655969 | Kalles Plåt AB 3783511 5500001234 | -
    8: -500.00 [000230000111] 89853 | Kalles Plåt AB 3783511 5500001234 | -
    13: 1400.00 [000000000014] 657866 658765 657767 657965 | Kalles Plåt AB 3783511 5500001234 | Betalning med extra refnr 657965
    deposit of 2004-05-25
    25: 1100.00 [000000000012] 650861 | Olles färg AB 9701233 5500004322 | -
    30: 1200.00 [000000000013] - | Berits Garn 1234567 5500002222 | -
    35: 700.00 [000000000016] 659763 | Berits Garn 1234567 5500002222 | -
    40: 5000.00 [000000000016] 658260 658369 658468 | Kalles Plåt AB 3783511 5500001234 | Faktura 658369 Faktura 658468
    deposit of 2004-05-25
    ");
    assert_eq!(told(&shared(&format!("{name}.utf8.txt")).expect("the copy")), read);
}

#[test]
fn messages_of_foreign_accounts_are_refused_by_their_account() {
    for version in ["v2", "v8"] {
        let Some(bytes) = shared(&format!("camt054/camt054.{version}.xml")) else { return };
        let read = told(&bytes);
        assert!(!read.contains("deposit of"), "{read}");
        let payees =
            Payees { ibans: vec!["CH2801234000123456789".to_owned()], ..Payees::default() };
        let own = Expected { payees, today: expected().today };
        let outgoing = told_to(&bytes, own);
        assert_eq!(outgoing, "section\nPassedOver { pending: 0, outgoing: 1, empty: 0 }\n");
    }
}

/// Says of a file only that reading it ends, one way or the other.
fn survive(bytes: &[u8]) {
    told(bytes);
}

proptest! {
    #[test]
    fn no_bytes_whatever_break_a_reader(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        survive(&bytes);
        survive(&[b"01BGMAX               01", bytes.as_slice()].concat());
        survive(&[b"<?xml version=\"1.0\"?>", bytes.as_slice()].concat());
    }

    #[test]
    fn no_change_to_a_file_breaks_a_reader(
        is_camt in any::<bool>(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4u8), 1..8),
    ) {
        let mut bytes = if is_camt { sample_08().into_bytes() } else { latin(&two_sections().concat()) };
        for (at, byte, how) in changes {
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 if bytes.len() > 1 => { bytes.remove(at); }
                _ => bytes.truncate(at.max(1)),
            }
        }
        survive(&bytes);
    }

    #[test]
    fn no_order_of_records_or_elements_breaks_a_reader(
        is_camt in any::<bool>(),
        order in proptest::collection::vec(any::<prop::sample::Index>(), 0..40),
    ) {
        let pieces: Vec<String> = match is_camt {
            true => sample_08().split_inclusive('>').map(str::to_owned).collect(),
            false => two_sections(),
        };
        let mut mixed: String = pieces[..1].concat();
        if is_camt {
            mixed += &pieces[1..12].concat();
        }
        mixed.extend(order.iter().map(|at| at.get(&pieces).as_str()));
        survive(mixed.as_bytes());
    }
}
