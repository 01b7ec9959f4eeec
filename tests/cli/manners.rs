//! What holds for every command: statuses, formats, colours, pipes, help.

use std::fs;
use std::io::Read;
use std::process::Stdio;

use crate::support::{PRACTICE, Shop, org_number};
use insta::assert_snapshot;

#[test]
fn wrong_usage_ends_with_2() {
    let shop = Shop::new();
    assert_snapshot!(shop.run("frobnicate"), @"
    --- stderr
    error: unrecognized subcommand 'frobnicate'
    hint: `shopctl [OPTIONS] <COMMAND>`
    --- status 2
    ");
    assert_snapshot!(shop.run("account lst"), @"
    --- stderr
    error: unrecognized subcommand 'lst'
    hint: a similar subcommand exists: 'list'
    --- status 2
    ");
    assert_snapshot!(shop.run("account list --colour"), @"
    --- stderr
    error: unexpected argument '--colour' found
    hint: a similar argument exists: '--color'
    --- status 2
    ");
    assert_snapshot!(shop.run("order create --account 556036-0793 --from 2026-04-01"), @"
    --- stderr
    error: unexpected argument '--from' found
    hint: `shopctl order create --account <ORG>`
    --- status 2
    ");
    assert_snapshot!(shop.run("account reopen 556036-0793 --undelete"), @"
    --- stderr
    error: unexpected argument '--undelete' found
    hint: `shopctl account reopen <ORG>`
    --- status 2
    ");
    assert_snapshot!(shop.run("account show"), @"
    --- stderr
    error: missing: <ORG>
    hint: `shopctl account show <ORG>`
    --- status 2
    ");
    assert_snapshot!(shop.run("account show --json"), @r#"
    --- stderr
    {"code":"usage","message":"missing: <ORG>","details":{"hint":"`shopctl account show --json <ORG>`","status":2}}
    --- status 2
    "#);
    for line in ["", "account", "account show 556036-0793 556036-0793", "order create --wait"] {
        assert_eq!(shop.run(line).status, 2, "{line}");
    }
    for format in ["--json", "--format json", "--format=ndjson"] {
        let outcome = shop.run(&format!("account show {format}"));
        assert!(outcome.stderr.starts_with('{'), "{format}\n{outcome}");
        let outcome = shop.run(&format!("account show 556036-0793 {format}"));
        assert!(outcome.stderr.ends_with("}\n"), "{format}\n{outcome}");
    }
}

#[test]
fn a_value_of_the_wrong_form_ends_with_5_wherever_it_is_found() {
    let shop = Shop::open();
    for line in [
        "account show 556036-0794",
        "account list --format xml",
        "account list --color sometimes",
        "account list --member maybe",
        "account list --wait soon",
        "account list --columns shoe_size",
        "order create --account 556036-0793 --item AB04=0",
        "order show x",
        "completions powershell",
        "audit list --limit 0",
        "mail list --limit 0",
    ] {
        let (status, error) = shop.error(line);
        assert_eq!(status, 5, "{line}: {error}");
    }
    assert_snapshot!(shop.run("account list --columns shoe_size"), @r"
    --- stderr
    error: `shoe_size` is not a column of this list
    hint: its columns are org_number, name, city, login, invoice_email, member, closed_on
    --- status 5
    ");
    assert_snapshot!(shop.run("account list --json --format csv"), @r#"
    --- stderr
    {"code":"format","message":"`--json` and another `--format` were both given","details":{"hint":null,"status":5}}
    --- status 5
    "#);
    assert_snapshot!(shop.run("account list --format xml"), @"
    --- stderr
    error: invalid value 'xml' for '--format <FORMAT>'
    hint: possible values: table, tsv, csv, json, ndjson
    --- status 5
    ");
}

#[test]
fn one_list_has_many_formats() {
    let shop = Shop::open();
    let list = "account list --columns name,org_number,member";
    assert_snapshot!(shop.run(list), @r"
    Saab AB	556036-0793	yes
    Stockholms stad	212000-0142	no
    ");
    assert_snapshot!(shop.run(&format!("{list} --format table")), @"
    Name              Number        Member
    ──────────────────────────────────────
    Saab AB           556036-0793   yes
    Stockholms stad   212000-0142   no
    ");
    assert_snapshot!(shop.run(&format!("{list} --format tsv")), @r"
    name	org_number	member
    Saab AB	556036-0793	yes
    Stockholms stad	212000-0142	no
    ");
    assert_snapshot!(shop.run(&format!("{list} --format csv")), @r"
    name,org_number,member
    Saab AB,556036-0793,yes
    Stockholms stad,212000-0142,no
    ");
    assert_snapshot!(shop.run(&format!("{list} --format json")), @r#"
    [{"name":"Saab AB","org_number":"556036-0793","member":true},
    {"name":"Stockholms stad","org_number":"212000-0142","member":false}]
    "#);
    assert_snapshot!(shop.run(&format!("{list} --format ndjson")), @r#"
    {"name":"Saab AB","org_number":"556036-0793","member":true}
    {"name":"Stockholms stad","org_number":"212000-0142","member":false}
    "#);
}

#[test]
fn an_empty_list_is_an_empty_list_in_every_format() {
    let shop = Shop::new();
    let list = "account list --columns name,org_number";
    assert_eq!(shop.ok(list), "");
    assert_eq!(shop.ok(&format!("{list} --format tsv")), "name\torg_number\n");
    assert_eq!(shop.ok(&format!("{list} --format csv")), "name,org_number\n");
    assert_eq!(shop.ok(&format!("{list} --format json")), "[]\n");
    assert_eq!(shop.ok(&format!("{list} --format ndjson")), "");
    assert_snapshot!(shop.table(list), @r"
    --- stderr
    no accounts; `shopctl account import FILE` brings them in
    ");
}

#[test]
fn one_thing_has_many_formats() {
    let shop = Shop::open();
    for format in ["tsv", "csv", "json", "ndjson", "table"] {
        let shown = shop.ok(&format!("product show AB04 --format {format}"));
        assert!(shown.contains("AB 04 digitalt"), "{format}: {shown}");
    }
    assert_snapshot!(shop.run("product show AB04"), @"
    sku	AB04
    kind	subscription
    name_sv	AB 04 digitalt
    name_en	AB 04 digital
    term_months	12
    notice_months	3
    seats	
    renewal	
    retired_on	
    prices	2026-03-01	3900.00	2900.00	2026-03-01
    vat_rules	2026-03-01	25
    ");
    assert_snapshot!(shop.run("product show AB04 --format csv"), @"
    sku,AB04
    kind,subscription
    name_sv,AB 04 digitalt
    name_en,AB 04 digital
    term_months,12
    notice_months,3
    seats,
    renewal,
    retired_on,
    prices,2026-03-01,3900.00,2900.00,2026-03-01
    vat_rules,2026-03-01,25,
    ");
    assert_snapshot!(shop.run("product show AB04 --format ndjson"), @r#"{"sku":"AB04","kind":"subscription","name_sv":"AB 04 digitalt","name_en":"AB 04 digital","term_months":12,"notice_months":3,"seats":null,"renewal":null,"retired_on":null,"prices":[{"from":"2026-03-01","price_ore":390000,"currency":"SEK","member_price_ore":290000,"entered_on":"2026-03-01"}],"vat_rules":[{"from":"2026-03-01","vat":25,"vat_exemption":null}],"agreements":[]}"#);
}

#[test]
fn text_from_outside_cannot_steer_a_spreadsheet_or_split_a_line() {
    let shop = Shop::new();
    shop.ok("account create 556036-0793 --name '=HYPERLINK(1)' --email a@b.example");
    assert_snapshot!(shop.run("account list --columns name --format csv"), @r"
    name
    '=HYPERLINK(1)
    ");
    assert_eq!(shop.json("account list")[0]["name"], "=HYPERLINK(1)");
}

#[test]
fn a_closed_pipe_is_no_error() {
    let shop = Shop::new();
    let mut rows = String::from("orgnr,namn,e-post\n");
    for serial in 1..=3000 {
        let number = org_number(serial);
        rows.push_str(&format!(
            "{number},Kund nummer {serial} med ett långt namn,k{serial}@kund.example\n"
        ));
    }
    shop.file("many.csv", rows);
    shop.ok("account import many.csv -q");
    for line in [
        "account list",
        "account list --json",
        "account list --format table",
        "account export",
        "audit list --limit 5000",
    ] {
        let mut child = shop
            .command(line)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut first = [0; 16];
        child.stdout.take().expect("a pipe").read_exact(&mut first).expect("a first line");
        let outcome = shop.wait(child);
        assert_eq!(
            (outcome.status, outcome.stderr.as_str()),
            (0, crate::support::PRACTICE),
            "{line}"
        );
    }
}

#[test]
fn a_disk_without_room_is_told() {
    let shop = Shop::open();
    for line in ["account list", "account list --json", "account export", "product show AB04"] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full");
        let Ok(full) = full else {
            eprintln!("skipped: there is no /dev/full");
            return;
        };
        let outcome = shop.finish(shop.command(line).stdout(full));
        assert_eq!(outcome.status, 8, "{line}\n{outcome}");
        assert!(outcome.stderr.contains("No space left"), "{line}\n{outcome}");
    }
}

#[test]
fn messages_are_coloured_when_asked_for_only() {
    let shop = Shop::new();
    let coloured = |line: &str, no_color: &str| {
        let outcome = shop.finish(shop.command(line).env("NO_COLOR", no_color));
        assert_eq!(outcome.status, 4, "{outcome}");
        outcome.stderr.contains('\u{1b}')
    };
    let line = "account show 556036-0793";
    assert!(!coloured(line, ""), "no terminal, no colour");
    assert!(coloured(&format!("{line} --color always"), ""));
    assert!(coloured(&format!("{line} --color always"), "1"), "the flag is the last word");
    assert!(!coloured(&format!("{line} --color never"), ""));
    assert!(!coloured(&format!("{line} --color auto"), "1"));
    shop.configure("[output]\ncolor = \"always\"\n");
    assert!(coloured(line, ""));
    assert!(!coloured(line, "1"), "NO_COLOR goes before the setting");
    shop.configure("[output]\ncolor = \"mauve\"\n");
    assert_snapshot!(shop.run(line), @r"
    --- stderr
    error: `mauve` is no setting of `color`; it is auto, always or never
    --- status 5
    ");
}

#[test]
fn the_configuration_is_checked() {
    let shop = Shop::new();
    shop.configure("stroe = \"/tmp/x\"\n");
    assert_snapshot!(shop.run("account list"), @"
    --- stderr
    error: the configuration `~/config/shopctl/shopctl.toml`, line 1: unknown field `stroe`, expected one of `store`, `mail`, `output`, `templates`, `archive_dir`
    hint: examples/shopctl.toml shows every setting
    --- status 5
    ");
    assert_snapshot!(shop.run("account list --config missing.toml"), @r"
    --- stderr
    error: the configuration `missing.toml` cannot be read: No such file or directory (os error 2)
    hint: see that the path is right
    --- status 8
    ");
    shop.configure("[mail]\nurl = \"smtp+plain://mail.example.com\"\n");
    assert_snapshot!(shop.run("mail send"), @r"
    --- stderr
    error: the [mail] settings were refused: a practice shop sends to a folder or a server on this machine, and `mail.example.com` is elsewhere
    --- status 5
    ");
    shop.configure("[mail]\ntransport = \"pigeon\"\n");
    assert_snapshot!(shop.run("mail send"), @r"
    --- stderr
    error: the [mail] settings were refused: `pigeon` is not a mail transport; transports are folder, smtp
    --- status 5
    ");
}

#[test]
fn the_store_is_named_by_flag_then_environment_then_file() {
    let shop = Shop::new();
    let elsewhere = shop.path("elsewhere.db");
    let outcome = shop.run(&format!("account list --store {elsewhere}"));
    assert!(outcome.stderr.contains("elsewhere.db"), "{outcome}");
    shop.configure("store = \"in-file.db\"\n");
    let outcome = shop.finish(shop.command("account list").env_remove("SHOPCTL_STORE"));
    assert!(outcome.stderr.contains("config/shopctl/in-file.db"), "{outcome}");
    shop.configure("");
    let outcome = shop.finish(shop.command("account list").env_remove("SHOPCTL_STORE"));
    assert!(outcome.stderr.contains("data/shopctl/shop.db"), "{outcome}");
}

#[test]
fn quiet_says_only_what_went_wrong_and_verbose_says_more() {
    let shop = Shop::open();
    let quiet = shop.run("account edit 556036-0793 --invoice-email anna.berg@saab.example -q");
    assert_eq!((quiet.status, quiet.stderr.as_str()), (0, ""));
    assert_eq!(shop.run("account show 202100-3625 -q").stderr.lines().count(), 2);
    assert!(shop.run("account list -v").stderr.contains("shop.db, 0."));
}

#[test]
fn every_command_is_documented_with_two_examples() {
    let shop = Shop::empty();
    let mut commands = 0;
    let mut waiting = vec![String::new()];
    while let Some(line) = waiting.pop() {
        let help = shop.ok(&format!("{line} --help"));
        let listed: Vec<&str> = help
            .lines()
            .skip_while(|line| *line != "Commands:")
            .skip(1)
            .take_while(|line| line.starts_with("  "))
            .filter_map(|line| line.split_whitespace().next())
            .collect();
        if !listed.is_empty() {
            waiting.extend(listed.iter().map(|verb| format!("{line} {verb}")));
            continue;
        }
        commands += 1;
        let examples = help.split("Examples:\n").nth(1).unwrap_or_default();
        let starts =
            examples.lines().filter(|line| line.starts_with("  ") && !line.starts_with("    "));
        let (mut own, mut all) = (0, 0);
        for example in starts {
            all += 1;
            own += usize::from(example.trim().starts_with(&format!("shopctl{line}")));
        }
        assert!(all >= 2 && own >= 1, "shopctl{line} --help shows {all} examples, {own} its own");
    }
    assert!(commands > 40, "{commands} commands were found");
}

#[test]
fn completions_are_current() {
    let shop = Shop::empty();
    for (shell, file) in [("bash", "shopctl.bash"), ("zsh", "_shopctl"), ("fish", "shopctl.fish")] {
        let path = format!("{}/completions/{file}", env!("CARGO_MANIFEST_DIR"));
        let kept = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            shop.ok(&format!("completions {shell}")) == kept,
            "completions/{file} is not current; run `cargo run -- completions {shell} > completions/{file}`"
        );
    }
}

#[test]
fn every_command_has_a_manual_page() {
    let shop = Shop::empty();
    shop.ok("man pages");
    for page in ["shopctl.1", "shopctl-order-create.1", "shopctl-account-imports-undo.1"] {
        let page = shop.read(&format!("pages/{page}"));
        assert!(page.contains(".TH"), "{page}");
    }
    shop.file("plain", "");
    assert_snapshot!(shop.run("man plain/pages"), @r"
    --- stderr
    error: the folder `plain/pages`: Not a directory (os error 20)
    hint: see that the path is right
    --- status 8
    ");
}

#[test]
fn a_command_that_asks_names_the_flag_where_nobody_can_answer() {
    let shop = Shop::with_an_order();
    let head = shop.head();
    let order = "order create --account 556036-0793 --item AB04";
    for flags in ["", "--no-input", "-q"] {
        let outcome = shop.run(&format!("{order} {flags}"));
        assert_eq!(outcome.status, 5, "{flags}\n{outcome}");
        assert!(outcome.stderr.contains("add `--yes`"), "{flags}\n{outcome}");
    }
    assert_eq!(shop.head(), head);
}

#[test]
fn a_filter_that_fits_nothing_says_so() {
    let shop = Shop::with_an_order();
    let talk = |line: &str| shop.table(line).stderr.replace(PRACTICE, "");
    let lines = [
        "subscription list --product AB04-PRINT",
        "subscription list --status ended",
        "invoice list --account 212000-0142",
        "order list --account 212000-0142",
        "mail list --status failed",
        "account list --search Volvo",
    ]
    .map(talk);
    assert_snapshot!(lines.concat(), @"
    no subscription is like that
    no subscription is like that
    this account has no invoices
    this account has no orders
    no mail is failed
    no account is like that
    ");
}
