//! Texts made to do harm, in every flag, argument and file, and in a store that holds them already: no
//! panic, nothing on the screen that steers it, no file but those asked for, no mail, PDF or XML broken.
//!
//! With `SHOPCTL_LONG` set ten thousand texts go through processes of their own. What takes any text is tried
//! further in `hostile_fields`.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::process::Command;

use crate::support::{Outcome, Shop, example};

/// Texts that are refused, escaped or left out wherever they come from.
pub const STEERING: [&str; 12] = [
    "a\u{1b}[2J\u{1b}]0;title\u{7}b",
    "a\r\nBcc: c@d.example\r\n\r\nbody",
    "a\u{202e}gpj.exe",
    "\u{2066}a\u{2069}",
    "a\u{9b}31mb",
    "a\u{85}b\u{2028}c\u{2029}d",
    "\u{7f}\u{8}\u{b}\u{c}",
    "a\u{200b}b\u{feff}c\u{200f}d",
    "a\u{e0041}\u{e0042}b",
    "a\tb\nc",
    "\u{fff9}a\u{fffa}b\u{fffb}",
    "a\u{61c}b\u{180e}c",
];

/// Texts that may be somebody's name, and must stay text in whatever is made of it.
pub const PLAIN: [&str; 10] = [
    "=cmd|' /C calc'!A0",
    "+46 8 123 45 67",
    "-2+3",
    "@SUM(A1:A9)",
    "../../shopctl-was-here",
    "'; DROP TABLE account; --",
    "<script>alert(1)</script> & ]]> \"Söner\"",
    "{{ 7 * 7 }}{% raw %}%s%n",
    "=?utf-8?q?=0D=0ABcc:_x?=",
    "$(id) `id` C:\\..\\",
];

/// Says whether a character has no place on a screen.
fn steers(character: char) -> bool {
    (character.is_control() && !matches!(character, '\n' | '\t'))
        || matches!(
            character,
            '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// Runs a command to an end that is one of those documented, with nothing raw in what it says.
pub fn tried(shop: &Shop, command: &mut Command) -> Outcome {
    let outcome = shop.finish(command);
    let told = format!("{command:?}\n{}\n{}", outcome.stdout, outcome.stderr);
    assert!([0, 2, 3, 4, 5, 6, 7, 8].contains(&outcome.status), "{} {told}", outcome.status);
    for text in [&outcome.stdout, &outcome.stderr] {
        let found = text.chars().find(|character| steers(*character));
        assert_eq!(found, None, "{}", told.escape_debug());
    }
    outcome
}

/// Returns the commands with the flags that have a value, as the program itself tells shells.
fn flags(shop: &Shop) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for line in shop.ok("completions fish").lines() {
        let Some((_, rest)) = line.split_once("using_subcommand ") else { continue };
        let (Some((condition, rest)), true) = (rest.split_once("\" "), rest.contains(" -r")) else {
            continue;
        };
        let Some((_, flag)) = rest.split_once("-l ") else { continue };
        let flag = flag.split(' ').next().unwrap_or_default();
        let (noun, seen) = condition.split_once("; and ").unwrap_or((condition, ""));
        let verbs = seen.strip_prefix("__fish_seen_subcommand_from ").unwrap_or_default();
        for verb in verbs.split(' ').take(1) {
            found.insert((format!("{noun} {verb}").trim().to_owned(), flag.to_owned()));
        }
    }
    found
}

#[test]
fn every_flag_of_every_command_survives_hostile_texts() {
    let shop = Shop::with_an_order();
    let flags = flags(&shop);
    assert!(flags.len() > 300, "only {} flags were found", flags.len());
    let is_long = std::env::var_os("SHOPCTL_LONG").is_some();
    let each = if is_long { 10_000 / flags.len() + 1 } else { 1 };
    let texts: Vec<&str> = STEERING.into_iter().chain(PLAIN).collect();
    // Where to write is the operator's word, and is done.
    let places = ["output", "preview", "rejects"];
    let global = ["store", "config", "format", "columns", "color", "wait"];
    for (index, (path, flag)) in flags.iter().enumerate() {
        // Those of every command are one and the same; they are tried at one.
        if places.contains(&flag.as_str())
            || global.contains(&flag.as_str()) && path != "account list"
        {
            continue;
        }
        for turn in 0..each {
            let text = texts[(index * 5 + turn) % texts.len()];
            let text = text.repeat(1 + turn / texts.len());
            let mut command = shop.command(&format!("{path} --no-input"));
            tried(&shop, command.arg(format!("--{flag}={text}")));
        }
    }
    nothing_but(&shop, &["shop"]);
}

#[test]
fn arguments_that_are_no_text_or_far_too_long_are_refused() {
    let shop = Shop::with_an_order();
    let long = "å".repeat(60_000);
    let broken = OsStr::from_bytes(b"a\xff\xfe\x1b[2J");
    for path in ["account show", "find", "invoice show", "order cancel", "account note 556036-0793"]
    {
        tried(&shop, shop.command(path).arg(broken));
        tried(&shop, shop.command(path).arg(&long));
        for text in STEERING {
            tried(&shop, shop.command(path).arg("--").arg(text));
        }
    }
    tried(&shop, shop.command("account edit 556036-0793 --name").arg(broken));
    tried(&shop, shop.command("account edit 556036-0793 --name").arg(&long));
    nothing_but(&shop, &["shop"]);
}

/// Asserts that the home holds nothing but these, whatever names were given.
pub fn nothing_but(shop: &Shop, expected: &[&str]) {
    let entries = fs::read_dir(shop.home()).expect("a home");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().display().to_string()).collect();
    names.sort();
    assert_eq!(names, expected);
}

/// Quotes a cell as a spreadsheet does.
pub fn cell(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// Returns what the commands that look at a shop are.
fn looks() -> Vec<&'static str> {
    vec![
        "account list",
        "account show 556036-0793",
        "account history 556036-0793",
        "account login list 556036-0793",
        "order list",
        "order show 1001",
        "subscription list",
        "subscription show 1001",
        "invoice list",
        "invoice show 1001",
        "payment list",
        "mail list",
        "audit list",
        "find example",
        "product list",
        "product show AB04",
        "seller show",
        "staff list",
        "status",
        "report receivables",
        "report renewals",
        "account imports list",
        "export list",
    ]
}

#[test]
fn hostile_cells_of_an_import_are_refused_or_kept_as_text() {
    let shop = Shop::open();
    let fields =
        ["name", "contact", "street", "city", "reference", "care_of", "email", "postal_code"];
    let mut table = format!("org_number,{}\n", fields.join(","));
    for (row, text) in STEERING.into_iter().chain(PLAIN).enumerate() {
        let number = crate::support::org_number(1000 + row as u32);
        let cells = fields.map(|field| match field {
            "email" if row % 3 > 0 => format!("a{row}@b.example"),
            "postal_code" if row % 2 > 0 => "11122".to_owned(),
            _ => cell(text),
        });
        table.push_str(&format!("{number},{}\n", cells.join(",")));
    }
    let file = shop.file("hostile.csv", table);
    tried(&shop, &mut shop.command(&format!("account import {file}")));
    let partial = format!("account import {file} --partial --rejects rejects.csv");
    let done = tried(&shop, &mut shop.command(&partial));
    assert_eq!(done.status, 7, "{done}");
    for format in ["table", "tsv", "csv", "json", "ndjson"] {
        for look in looks() {
            tried(&shop, &mut shop.command(&format!("{look} --format {format}")));
        }
    }
    let listed = shop.ok("account list --format csv");
    let is_formula = |cell: &str| cell.trim_start_matches('"').starts_with(['=', '+', '-', '@']);
    for line in listed.lines().skip(1) {
        assert!(!line.split(',').any(is_formula), "{line}");
    }
    assert!(listed.contains("'+46 8"), "kept as text: {listed}");
    nothing_but(&shop, &["hostile.csv", "rejects.csv", "shop"]);
}

#[test]
fn a_store_that_holds_hostile_texts_already_shows_them_and_obeys_none() {
    let shop = Shop::with_an_order();
    shop.ok("payment record 1001 --amount 100 --date 2026-03-01 --payer Saab --reference x");
    let all = STEERING.concat();
    let base = shop.sqlite();
    for sql in [
        "UPDATE account SET name = ?1, contact = ?1, reference = ?1, city = ?1, street = ?1",
        "UPDATE product SET name_sv = ?1, name_en = ?1",
        "UPDATE staff SET name = name || ?1 WHERE name <> 'anna'",
    ] {
        base.execute(sql, [&all]).expect(sql);
    }
    drop(base);
    for look in looks() {
        for format in ["table", "csv", "json"] {
            let mut command = shop.command(&format!("{look} --format {format}"));
            let outcome = tried(&shop, &mut command);
            assert_ne!(outcome.status, 2, "{look}: {outcome}");
            if format == "json" && outcome.status == 0 {
                serde_json::from_str::<serde_json::Value>(&outcome.stdout).expect(look);
            }
        }
    }
    let json = shop.json("account show 556036-0793");
    assert_eq!(json["name"], *all, "JSON spells it otherwise and says the same");
}

#[test]
fn a_name_like_a_formula_a_path_or_a_template_is_text_in_mail_pdf_xml_and_files() {
    let shop = Shop::open();
    shop.ok("account login list 556036-0793");
    for (turn, text) in PLAIN.into_iter().enumerate() {
        let number = crate::support::org_number(2000 + turn as u32);
        let mut create = shop.command(&format!(
            "account create {number} --email a{turn}@b.example --invoice-email f{turn}@b.example \
             --postal-code 11122 --member"
        ));
        for flag in ["--name", "--street", "--city", "--contact", "--reference"] {
            create.arg(format!("{flag}={text}"));
        }
        assert_eq!(tried(&shop, &mut create).status, 0, "{text}");
        let mut order = shop.command(&format!("order create --account {number} --item AB04"));
        assert_eq!(tried(&shop, order.arg(format!("--reference={text}"))).status, 0, "{text}");
    }
    shop.ok("mail send");
    let letters = shop.letters();
    assert_eq!(letters.len(), PLAIN.len());
    for letter in &letters {
        let (head, _) = letter.split_once("\r\n\r\n").expect("a head");
        let names = head.split("\r\n").filter(|line| !line.starts_with([' ', '\t']));
        for line in names {
            let (name, _) = line.split_once(": ").expect(line);
            assert!(
                name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'),
                "{line}"
            );
            assert_ne!(name.to_lowercase(), "bcc");
        }
        let lone = |byte: u8| letter.bytes().filter(|one| *one == byte).count();
        assert_eq!(lone(b'\r'), lone(b'\n'), "no line end by itself");
        assert!(letter.is_ascii() && !letter.contains('\0'));
    }
    for turn in 0..PLAIN.len() {
        let invoice = 1001 + turn;
        shop.ok(&format!("invoice pdf {invoice} -o {invoice}.pdf"));
        let path = shop.path(&format!("{invoice}.pdf"));
        if let Ok(checked) = Command::new("qpdf").args(["--check", &path]).output() {
            assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stdout));
        }
        fs::remove_file(&path).expect("the file asked for");
        let xml = shop.run(&format!("invoice e-invoice {invoice} -o -"));
        if xml.status == 0 {
            let mut reader = quick_xml::reader::Reader::from_str(&xml.stdout);
            reader.config_mut().check_end_names = true;
            loop {
                match reader.read_event() {
                    Ok(quick_xml::events::Event::Eof) => break,
                    Ok(_) => {}
                    Err(error) => panic!("invoice {invoice}: {error}"),
                }
            }
        }
    }
    let listed = shop.ok("invoice list --format csv");
    let amounts = |line: &str| line.split(',').filter(|cell| cell.ends_with(".00")).count();
    assert!(
        listed.lines().skip(1).all(|line| amounts(line) >= 1),
        "amounts stay numbers: {listed}"
    );
    nothing_but(&shop, &["shop"]);
    let above = shop.home().join("../../shopctl-was-here");
    assert!(!Path::new(&above).exists() && !above.with_extension("eml").exists());
}

#[test]
fn hostile_files_of_settings_of_the_seller_and_of_the_bank_are_refused_or_read() {
    let seller = fs::read_to_string(example("seller.toml")).expect("the example");
    let basic = |text: &str| {
        let escaped: String = text.chars().map(|c| format!("\\U{:08X}", u32::from(c))).collect();
        format!("\"{escaped}\"")
    };
    let keys: Vec<&str> = seller
        .lines()
        .filter_map(|line| line.split_once(" = ").map(|(key, _)| key))
        .filter(|key| !key.starts_with('#'))
        .collect();
    assert!(keys.len() > 12, "{keys:?}");
    for (turn, key) in keys.iter().enumerate() {
        let shop = Shop::empty();
        let text = STEERING[turn % STEERING.len()];
        let lines = seller.lines().map(|line| match line.split_once(" = ") {
            Some((found, _)) if found == *key => format!("{key} = {}", basic(text)),
            _ => line.to_owned(),
        });
        let file = shop.file("seller.toml", lines.collect::<Vec<String>>().join("\n"));
        tried(&shop, &mut shop.command(&format!("init --practice --seller {file}")));
    }
    let shop = Shop::with_an_order();
    let mail =
        ["transport", "folder", "url", "user", "password_file", "from", "reply_to", "ca_file"];
    for (turn, key) in mail.into_iter().enumerate() {
        let text = STEERING[turn % STEERING.len()];
        shop.configure(&format!("[mail]\n{key} = {}\n", basic(text)));
        tried(&shop, &mut shop.command("mail test a@b.example"));
        tried(&shop, &mut shop.command("status"));
    }
    shop.configure(&"# a setting\n".repeat(100_000));
    let refused = tried(&shop, &mut shop.command("status"));
    assert!(refused.stderr.contains("larger than 1 MiB"), "{refused}");
    for endless in ["--config=/dev/zero status", "--config=/dev/zero init --seller /dev/zero"] {
        tried(&shop, &mut shop.command(endless));
    }
    tried(&shop, &mut shop.command("seller edit --logo /dev/zero"));
    shop.configure("\u{1b}[2J = \u{202e}");
    tried(&shop, &mut shop.command("status"));
    shop.configure("");
    shop.at("2026-10-20T08:00:00Z");
    let bank = fs::read_to_string(example("bank.xml")).expect("the example");
    for (turn, text) in STEERING.into_iter().enumerate() {
        let words = bank.replace("</Nm>", &format!("{text}</Nm>"));
        let file = shop.file("bank.xml", words.replace("</Ustrd>", &format!("{text}</Ustrd>")));
        tried(&shop, &mut shop.command(&format!("payment import {file} -n --json")));
        if turn % 3 == 0 {
            tried(&shop, &mut shop.command(&format!("payment import {file}")));
        }
        for format in ["table", "json", "csv"] {
            tried(&shop, &mut shop.command(&format!("payment list --format {format}")));
        }
    }
}
