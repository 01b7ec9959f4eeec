//! Every field that takes a text, with texts made up to do harm, in commands that want for nothing else
//! and in files of thousands of rows.
//!
//! With `SHOPCTL_LONG` set, ten thousand texts go through every column of an import and of a bank's file,
//! and as many through the flags and arguments together.

use std::fs;

use crate::hostile::{PLAIN, STEERING, cell, nothing_but, tried};
use crate::support::{Shop, example, org_number, pdf};

/// Commands that lack one flag or argument, which takes any text. Where it is an argument, nothing is named.
const TEXTS: &[(&str, &str)] = &[
    ("account create ORG --email a@b.example -n", "--name"),
    ("account create ORG --email a@b.example --name A -n", "--contact"),
    ("account create ORG --email a@b.example --name A -n", "--reference"),
    ("account create ORG --email a@b.example --name A -n", "--street"),
    ("account create ORG --email a@b.example --name A -n", "--care-of"),
    ("account create ORG --email a@b.example --name A -n", "--city"),
    ("account create ORG --email a@b.example --name A -n", "--note"),
    ("account edit 556036-0793 -n", "--name"),
    ("account edit 556036-0793 -n", "--contact"),
    ("account edit 212000-0142 -n", "--street"),
    ("account edit 212000-0142 -n", "--care-of"),
    ("account edit 212000-0142 -n", "--city"),
    ("account edit 212000-0142 -n", "--reference"),
    ("account billing 556036-0793 --city Lund -n", "--reason"),
    ("account billing 556036-0793 --reason R -n", "--street"),
    ("account billing 556036-0793 --reason R -n", "--care-of"),
    ("account billing 556036-0793 --reason R -n", "--city"),
    ("account billing 556036-0793 --reason R -n", "--reference"),
    ("account note 556036-0793 -n", ""),
    ("account hold 556036-0793 -n", "--reason"),
    ("account renumber 556036-0793 ORG -n", "--reason"),
    ("account list", "--search"),
    ("agreement create X9 --name-en E -n", "--name-sv"),
    ("agreement create X9 --name-sv E -n", "--name-en"),
    ("agreement withdraw AB04 --edition 2026:1 --language sv -n", "--reason"),
    ("find", ""),
    ("invoice credit 1001 -n", "--reason"),
    ("invoice delivered 1001 -n", "--how"),
    ("invoice hold 1001 -n", "--reason"),
    ("invoice reissue 1001 --reference R2 -n", "--reason"),
    ("invoice reissue 1001 --reason R -n", "--reference"),
    ("invoice send 1001 --again -n", "--reason"),
    ("licence edit 1002 -n", "--holder"),
    ("licence revoke 1002 -n", "--reason"),
    ("order cancel 1001 -n", "--reason"),
    ("order create --account 556036-0793 --item L2 -n", "--holder"),
    ("order create --account 556036-0793 --item AB04-PRINT -n", "--reference"),
    ("order create --account 556036-0793 --item AB04-PRINT -n", "--ship-to-name"),
    (
        "order create --account 556036-0793 --item AB04-PRINT --ship-to-postal-code 22222 --ship-to-city Lund -n",
        "--ship-to-street",
    ),
    ("order create --account 556036-0793 --item AB04-PRINT -n", "--ship-to-care-of"),
    (
        "order create --account 556036-0793 --item AB04-PRINT --ship-to-postal-code 22222 --ship-to-street G -n",
        "--ship-to-city",
    ),
    ("order ship 1003 -n", "--tracking"),
    ("payment record 1001 --amount 100 --date 2026-03-01 -n", "--payer"),
    ("payment record 1001 --amount 100 --date 2026-03-01 -n", "--reference"),
    ("payment reverse 1 -n", "--reason"),
    (
        "product create X9 --kind subscription --price 1 --member-price 1 --vat 25 --name-en E -n",
        "--name-sv",
    ),
    (
        "product create X9 --kind subscription --price 1 --member-price 1 --vat 25 --name-sv E -n",
        "--name-en",
    ),
    ("product edit AB04 -n", "--name-sv"),
    ("product edit AB04 -n", "--name-en"),
    ("seller edit -n", "--city"),
    ("seller edit -n", "--legal-name"),
    ("seller edit -n", "--registered-office"),
    ("seller edit -n", "--shop-name"),
    ("seller edit -n", "--street"),
    ("subscription cancel 1001 --received 2026-03-01 --channel letter -n", "--by"),
    ("subscription cancel 1001 --received 2026-03-01 --channel letter --by A -n", "--reason"),
    ("subscription end 1001 --on 2026-05-01 --credit none -n", "--reason"),
    ("subscription price 1001 --agreed-price 100 -n", "--reason"),
    ("subscription transfer 1001 --to 212000-0142 -n", "--reference"),
];

/// Returns how many texts there are: `long` of them where the long form is asked for.
fn count(long: usize, short: usize) -> usize {
    if std::env::var_os("SHOPCTL_LONG").is_some() { long } else { short }
}

/// Returns texts made up of pieces that do harm, the plain pieces first, each text another.
fn texts(count: usize) -> impl Iterator<Item = String> {
    let mut state = 1u64;
    let mut below = move |bound: usize| {
        // A linear congruence. Source: Knuth, MMIX.
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % bound
    };
    let pieces: Vec<&str> = STEERING.into_iter().chain(PLAIN).collect();
    (0..count).map(move |index| match index {
        0..22 => pieces[index].to_owned(),
        _ => {
            let mut text = String::new();
            for _ in 0..=below(3) {
                // Two of three hold nothing that is refused outright, and go further.
                match below(9) {
                    0..2 => text.push_str(STEERING[below(STEERING.len())]),
                    2..6 => text.push_str(PLAIN[below(PLAIN.len())]),
                    6 => {
                        text.extend(char::from_u32(below(0x11_0000) as u32).filter(|c| *c != '\0'))
                    }
                    7 => text.push_str(&"ÅÄÖ".repeat(below(60))),
                    _ => text.push_str(&format!(" {index} ")),
                }
            }
            if index % 500 == 499 { text.repeat(2000) } else { text }
        }
    })
}

fn shop_with_one_of_each() -> Shop {
    let shop = Shop::with_an_order();
    let file = shop.file("ab04.pdf", pdf(&["Avtal"]));
    shop.ok("agreement create AB04 --name-sv 'AB 04' --name-en 'AB 04'");
    shop.ok(&format!("agreement publish AB04 {file} --edition 2026:1 --language sv"));
    shop.ok("product create L2 --kind licence --seats 2 --name-sv Licens --name-en Licence \
         --price 9000 --member-price 9000 --vat 25 --agreement AB04");
    shop.ok("order create --account 556036-0793 --item L2");
    shop.ok("order create --account 556036-0793 --item AB04-PRINT");
    shop.ok("payment record 1001 --amount 100 --date 2026-03-01");
    shop.ok("mail send");
    shop
}

#[test]
fn every_text_that_an_operator_types_is_kept_as_text_or_refused() {
    let shop = shop_with_one_of_each();
    let before = shop.head();
    let each = count(10_000 / TEXTS.len() + 1, 3);
    let known: Vec<String> = texts(each * TEXTS.len()).collect();
    for (index, (line, flag)) in TEXTS.iter().enumerate() {
        let typed = |text: &str| {
            let mut command = shop.command(&line.replace("ORG", &org_number(1)));
            match *flag {
                "" => command.arg("--").arg(text),
                flag => command.arg(format!("{flag}={text}")),
            };
            tried(&shop, &mut command)
        };
        let plain = typed("Ada");
        // Nothing is called that.
        let expected = if *line == "find" { 4 } else { 0 };
        assert_eq!(plain.status, expected, "{line} {flag}: {plain}");
        for turn in 0..each {
            let text = &known[(index * 7 + turn * TEXTS.len()) % known.len()];
            // No argument can hold more than 128 kB.
            if text.len() < 120_000 {
                typed(text);
            }
        }
    }
    assert_eq!(shop.head(), before, "nothing was changed");
    nothing_but(&shop, &["ab04.pdf", "shop"]);
}

#[test]
fn every_column_of_an_import_takes_hostile_texts_as_text_or_refuses_the_row() {
    let shop = Shop::new();
    let fields = ["name", "contact", "street", "city", "reference", "care_of", "email", "country"];
    let plain = ["A", "", "", "", "", "", "", ""];
    let mut table = format!("org_number,{}\n", fields.join(","));
    let mut row = 0;
    for text in texts(count(10_000, 100)) {
        // Longer than a cell may be, which ends the reading: it is tried by itself.
        let text: String = text.chars().take(20_000).collect();
        for column in 0..fields.len() {
            let mut cells = plain.map(str::to_owned);
            cells[6] = format!("a{row}@b.example");
            cells[column] = cell(&text);
            table.push_str(&format!("{},{}\n", org_number(row), cells.join(",")));
            row += 1;
        }
    }
    let file = shop.file("hostile.csv", table);
    let line = format!("account import {file} --partial --rejects rejects.csv");
    assert_eq!(tried(&shop, &mut shop.command(&line)).status, 7);
    let taken = shop.count("SELECT count(*) FROM account");
    assert!(taken > i64::from(row) / 4, "{taken} of {row} were taken");

    let listed = shop.json("account list");
    assert_eq!(listed.as_array().map(Vec::len), Some(taken as usize));
    for format in ["table", "tsv", "csv", "ndjson"] {
        tried(&shop, &mut shop.command(&format!("account list --format {format}")));
    }
    let exported = shop.ok("account export -o -");
    let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(exported.as_bytes());
    for record in reader.records() {
        let record = record.expect("a row as wide as the others");
        let is_formula = |cell: &str| cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
        assert!(!record.iter().any(is_formula), "{record:?}");
    }
    assert_eq!(tried(&shop, &mut shop.command("store check")).status, 0);
    nothing_but(&shop, &["hostile.csv", "rejects.csv", "shop"]);
}

#[test]
fn what_payers_write_is_kept_as_text() {
    let shop = Shop::with_an_order();
    shop.at("2026-10-20T08:00:00Z");
    let bank = fs::read_to_string(example("bank.xml")).expect("the example");
    let start = bank.find("      <Ntry>").expect("a payment");
    let end = bank.find("    </Ntfctn>").expect("the last payment");
    let mut file = bank[..start].to_owned();
    let all = texts(count(10_000, 100));
    for (index, text) in all.enumerate() {
        // XML itself has no place for most control characters.
        let text: String = text.chars().filter(|c| !c.is_control()).take(10_000).collect();
        let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let entry = bank[start..end]
            .replace("120000000071", &format!("{index}"))
            .replace("SIDA", &format!("Ada {text}"))
            .replace("<Ref>100263</Ref>", &format!("<Ref>1 {text}</Ref>"));
        file.push_str(&entry);
    }
    file.push_str(&bank[end..]);
    let path = shop.file("bank.xml", file);
    let line = format!("payment import {path}");
    let done = tried(&shop, &mut shop.command(&line));
    assert_eq!(done.status, 0, "{}", done.stderr);
    for format in ["table", "tsv", "csv", "json"] {
        let listed = tried(&shop, &mut shop.command(&format!("payment list --format {format}")));
        assert_eq!(listed.status, 0);
    }
    assert_eq!(tried(&shop, &mut shop.command("store check")).status, 0);
    nothing_but(&shop, &["bank.xml", "shop"]);
}
