//! What lies in `examples/`.

use std::process::Command;

use crate::{Home, said, source, text_of};

/// Returns how often a part occurs in a text.
fn count(text: &str, part: &str) -> usize {
    text.matches(part).count()
}

/// Plays an example script to its end, and returns what it said.
fn played(home: &Home, script: &str) -> String {
    let output = Command::new(source().join("examples").join(script))
        .env_clear()
        .env("HOME", home.path(""))
        .env("TMPDIR", home.path(""))
        .env("PATH", "/usr/local/bin:/usr/bin:/bin")
        .env("LANG", "C.UTF-8")
        .env("SHOPCTL_BIN", env!("CARGO_BIN_EXE_shopctl"))
        .output()
        .expect("the script starts");
    let text = said(&output);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}\n{errors}");
    assert_eq!(errors, "", "{text}");
    text
}

#[test]
fn the_first_day_ends_with_every_term_billed_once() {
    let home = Home::new();
    let text = played(&home, "first-day.sh");
    assert!(text.contains("130 created, 0 updated, 0 unchanged, 0 refused"), "{text}");
    assert_eq!(count(&text, "order placed "), 3, "{text}");
    assert!(text.contains("5\u{a0}256,60"), "the sum of 3900 at 25 % and 360 at 6 %:\n{text}");
    // Three renewals foretold, the same three made, and none when it is run again.
    assert!(text.contains("this is what would happen; nothing was changed"), "{text}");
    assert_eq!(count(&text, "subscription renewed "), 6, "{text}");
    assert_eq!(count(&text, "nothing needed doing"), 1, "{text}");
    assert_eq!(count(&text, "3 sent, 0 to be tried again, 0 failed"), 2, "{text}");
    assert!(text.contains("the chain is whole"), "{text}");

    let folder = text.lines().find_map(|line| line.strip_prefix("A practice shop in "));
    let folder = std::path::Path::new(folder.expect("the folder is told"));
    let pdf = std::fs::read(folder.join("faktura-1003.pdf")).expect("the PDF is there");
    assert!(pdf.starts_with(b"%PDF-"));
    let mails = std::fs::read_dir(folder.join("mail")).expect("the mails are there").count();
    assert_eq!(mails, 6);
    let renewals = format!(". {}/env; shopctl invoice list --json", folder.display());
    let invoices = said(&home.run(&renewals));
    assert_eq!(count(&invoices, "\"number\":"), 6, "{invoices}");
}

#[test]
fn the_months_books_agree_with_the_shop_to_the_ore() {
    let text = played(&Home::new(), "month.sh");
    assert!(text.contains("6 payments booked, 17\u{a0}072,40 kronor; 5 matched"), "{text}");
    assert!(text.contains("all 6 payments are in the books already"), "{text}");
    assert!(text.contains("Invoice 1004 is credited in full by credit note 1006"), "{text}");
    assert!(text.contains("127,20 kronor is left over"), "{text}");
    assert!(text.contains("2026-10-20   reminder fee                  60,00"), "{text}");
    // 4 875 for 4 days, 1 875 for 14, 1 375 for 1, at 10 % a year: 12,9109 kronor.
    assert!(text.contains("comes to 12,91 kronor, of which 12,91 kronor is"), "{text}");

    let (_, sums) = text.split_once("SIE         shop\n").expect("the sums are told");
    let (sums, rest) = sums.split_once("$ shopctl audit verify").expect("the trail is verified");
    let sums: Vec<Vec<&str>> =
        sums.lines().map(|line| line.split_whitespace().rev().take(2).collect()).collect();
    assert_eq!(
        sums,
        [
            ["1272.00", "1272.00"],
            ["3747.20", "3747.20"],
            ["16220.00", "16220.00"],
            ["127.20", "127.20"],
        ]
    );
    assert!(rest.contains("the chain is whole"), "{text}");
}

#[test]
fn a_morning_in_support_helps_with_passwords_and_shows_none() {
    let text = played(&Home::new(), "support.sh");
    let answer = "if this address is a login here, a mail to it tells how to choose a new password";
    assert_eq!(count(&text, answer), 2, "known or unknown, it is the same:\n{text}");
    assert_eq!(count(&text, "is chosen"), 3, "{text}");
    assert_eq!(count(&text, "Name     Exempelverket AB"), 2, "two checks that were good:\n{text}");
    assert_eq!(count(&text, "the token is not good"), 1, "{text}");
    assert_eq!(count(&text, "this is not the login's password"), 2, "{text}");
    assert_eq!(count(&text, "exit status 3"), 3, "{text}");
    assert!(text.contains("somebody who shares the login has not been told"), "{text}");
    assert!(text.contains("Failed attempts        0"), "the password before is no guess:\n{text}");
    assert!(text.contains("recipient faktura@exempelverket.example, cause operation"), "{text}");
    assert!(text.contains("the chain is whole"), "{text}");
    for secret in ["kopp", "sextant", "plåtburk", "token=", "argon2"] {
        assert!(!text.contains(secret), "{secret}:\n{text}");
    }
}

#[test]
fn the_organisations_are_real_in_number_and_unreachable_by_mail() {
    let text = text_of("examples/organisations.csv");
    let rows: Vec<Vec<&str>> = text.lines().skip(1).map(|row| row.split(';').collect()).collect();
    assert!(rows.len() >= 100);
    for row in &rows {
        assert_eq!(row.len(), 8, "{row:?}");
        assert!(row[2].ends_with(".example") && row[3].ends_with(".example"), "{row:?}");
    }
    assert!(rows.iter().any(|row| row[7] == "ja"));

    let home = Home::with_shop();
    home.done("shopctl account import examples/organisations.csv");
    let again = home.done("shopctl account import examples/organisations.csv");
    assert!(again.contains(&format!("{} unchanged", rows.len())), "{again}");
}

#[test]
fn the_subscriptions_of_the_example_are_taken_over() {
    let home = Home::with_shop();
    home.done(
        "shopctl product create AB04 --kind subscription --price 3900 --member-price 2900 --vat 25 \
         --name-sv 'AB 04' --name-en 'AB 04'",
    );
    home.done("shopctl account import examples/organisations.csv");
    let rows = text_of("examples/subscriptions.csv").lines().count() - 1;
    let done = home.done("shopctl subscription import examples/subscriptions.csv");
    assert!(done.contains(&format!("{rows} taken over, 0 unchanged, 0 refused")), "{done}");
}

#[test]
fn the_example_settings_are_taken_and_name_every_setting() {
    let home = Home::new();
    let example = text_of("examples/shopctl.toml");
    let shop = "unset SHOPCTL_NOW; shopctl --store shop.db";
    home.done(&format!("{shop} init --seller examples/seller.toml"));
    // `status` looks at all of them, and reaches no server.
    home.done(&format!("{shop} --config examples/shopctl.toml status"));

    // Those that are commented out are settings too. (Not all of them go together, which is looked at
    // only when mail is sent.)
    let is_setting = |line: &str| {
        let name = line.split(" = ").next().unwrap_or_default();
        line.contains(" = ") && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
    };
    let line_of = |line: &str| {
        let bare = line.strip_prefix("# ").unwrap_or(line);
        if is_setting(bare) { format!("{bare}\n") } else { format!("{line}\n") }
    };
    let whole: String = example.lines().map(line_of).collect();
    std::fs::write(home.path("whole.toml"), &whole).expect("a file");
    home.done(&format!("{shop} --config whole.toml seller show"));

    let known = [
        "transport",
        "folder",
        "url",
        "user",
        "password_file",
        "password_command",
        "password_credential",
    ];
    for name in known.into_iter().chain(["ca_file", "from", "reply_to", "store", "templates"]) {
        assert!(whole.lines().any(|line| line.starts_with(&format!("{name} = "))), "{name}");
    }
    let typo = whole.replace("reply_to", "replyto");
    std::fs::write(home.path("typo.toml"), typo).expect("a file");
    let output = home.run(&format!("{shop} --config typo.toml seller show"));
    assert_eq!(output.status.code(), Some(5), "{}", said(&output));
}

#[test]
fn what_cron_runs_says_nothing_when_all_is_well() {
    let home = Home::with_shop();
    let timers = [
        text_of("examples/cron"),
        text_of("examples/shopctl-mail.service"),
        text_of("examples/shopctl-daily.service"),
    ];
    let commands: Vec<&str> = timers
        .iter()
        .flat_map(|text| text.lines())
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let command = line.split_once("   shopctl   ").or(line.split_once("  shopctl   "));
            command.or(line.split_once("ExecStart=/usr/local/bin/")).map(|(_, command)| command)
        })
        .collect();
    let rounds = ["shopctl mail send -q", "shopctl daily -q"];
    let backup = r"shopctl store backup -q -o /var/backups/shopctl/shop-$(date +\%a).db";
    assert_eq!(commands, [&rounds[..], &[backup], &rounds[..]].concat());
    assert!(text_of("README.md").contains(backup), "the README shows the line too");
    let folder = home.path("backups");
    std::fs::create_dir(&folder).expect("a folder");
    for command in commands {
        // What cron makes of a line, in a folder that anybody can make.
        let folder = folder.display().to_string();
        let command = command.replace(r"\%", "%").replace("/var/backups/shopctl", &folder);
        assert_eq!(home.done(&command), "", "{command}");
    }
    let made: Vec<_> = std::fs::read_dir(&folder).expect("the backups").flatten().collect();
    assert_eq!(made.len(), 1, "{made:?}");
    let check = format!("shopctl store check -q --store {}", made[0].path().display());
    assert_eq!(home.done(&check), "");
}

#[test]
fn systemd_takes_the_units() {
    let home = Home::new();
    let units = ["shopctl-mail.service", "shopctl-daily.service"];
    for unit in units {
        let text = text_of(&format!("examples/{unit}"));
        let text = text.replace("/usr/local/bin/shopctl", env!("CARGO_BIN_EXE_shopctl"));
        std::fs::write(home.path(unit), text).expect("a file");
        let timer = unit.replace("service", "timer");
        std::fs::copy(source().join("examples").join(&timer), home.path(&timer)).expect("a file");
    }
    let output = home.run(
        "command -v systemd-analyze >/dev/null || exit 77; systemd-analyze verify ./shopctl-*",
    );
    if output.status.code() == Some(77) {
        eprintln!("skipped: there is no systemd-analyze here");
        return;
    }
    assert!(output.status.success(), "{}", said(&output));
}

#[test]
fn a_licence_is_sold_rendered_verified_and_revoked() {
    let text = played(&Home::new(), "licences.sh");
    let findings: Vec<&str> =
        text.lines().filter_map(|line| line.strip_prefix("Finding            ")).collect();
    assert_eq!(findings, ["valid", "superseded", "valid", "altered", "revoked"], "{text}");
    assert_eq!(count(&text, "exit status 5"), 3, "{text}");
    assert!(text.contains("makes it 5 seats, for"), "what more seats cost is told:\n{text}");
    assert!(text.contains("Holder             KTH Holding"), "{text}");
    assert!(!text.contains("not as they should be"), "{text}");
}
