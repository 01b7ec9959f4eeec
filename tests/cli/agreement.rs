//! How agreements are published, given by products, and fetched.

use std::fs;
use std::process::Command;

use insta::assert_snapshot;
use serde_json::Value as Json;

use crate::support::{LOGIN, Outcome, PASSWORD, PRACTICE, Shop, pdf, text_of_pages};

/// Publishes an edition in Swedish whose pages say these words.
fn publish(shop: &Shop, edition: &str, words: &[&str], more: &str) -> Outcome {
    let file = shop.file(&format!("{}.pdf", words[0]), pdf(words));
    shop.run(&format!("agreement publish AB04 {file} --edition {edition} --language sv {more}"))
}

/// Returns a shop with the agreement AB04 in a Swedish edition, given by the product AB04, which Saab
/// has not ordered. Its login has a password.
fn shop_with_an_agreement() -> Shop {
    let shop = Shop::with_a_password();
    shop.ok("agreement create AB04 --name-sv 'AB 04' --name-en 'AB 04 in English'");
    let published = publish(&shop, "2026:1", &["forsta", "andra"], "");
    assert_eq!(published.status, 0, "{published}");
    shop.ok("product edit AB04 --agreement AB04");
    shop
}

fn shop_with_a_subscription() -> Shop {
    let shop = shop_with_an_agreement();
    shop.ok("order create --account 556036-0793 --item AB04");
    shop
}

/// Returns a shop in which Saab holds a licence that gives AB04, and nothing else.
fn shop_with_a_licence() -> Shop {
    let shop = shop_with_an_agreement();
    shop.ok("product create AB04-LIC --kind licence --name-sv 'AB 04, licens' --name-en 'AB 04, \
         licence' --price 9000 --member-price 8000 --vat 25 --agreement AB04");
    shop.ok("order create --account 556036-0793 --item AB04-LIC");
    shop
}

fn fetch_by(shop: &Shop, password: &str, more: &str) -> Outcome {
    let line = format!("agreement fetch AB04 --login {LOGIN} --password-stdin {more}");
    shop.feed(&line, format!("{password}\n").as_bytes())
}

/// Fetches into the file `name` by the login's password.
fn fetch(shop: &Shop, name: &str) -> Outcome {
    fetch_by(shop, PASSWORD, &format!("-o {}", shop.path(name)))
}

fn run_as(shop: &Shop, user: &str, line: &str) -> Outcome {
    shop.finish(shop.command(line).env("SUDO_USER", user))
}

/// Returns what the trail tells of each fetch, oldest first.
fn fetches(shop: &Shop) -> Vec<String> {
    let all = shop.json("audit list --limit 1000");
    let all = all.as_array().expect("a list").iter().rev();
    all.filter(|event| event["kind"] == "agreement_fetched")
        .map(|event| event["change"].as_str().expect("what was fetched").to_owned())
        .collect()
}

#[test]
fn r3_a_licences_copy_bears_its_period_and_its_holder_on_every_page() {
    let shop = shop_with_a_licence();
    let line = format!("-o {} --format table", shop.path("copy.pdf"));
    assert_snapshot!(fetch_by(&shop, PASSWORD, &line), @"
    Agreement     AB04
    Edition       2026:1
    Language      sv
    Pages         2
    Subscription  1001
    File          ~/copy.pdf
    ");
    let bytes = |name: &str| fs::read(shop.path(name)).expect("a copy");
    let Some(pages) = text_of_pages(&shop.path("copy.pdf")) else {
        let copy = bytes("copy.pdf");
        let marks = |mark: &str| {
            copy.windows(mark.len()).filter(|window| *window == mark.as_bytes()).count()
        };
        assert_eq!((marks("/LicenceHeader Do"), marks("/LicenceFooter Do")), (2, 2));
        return;
    };
    assert_eq!(pages.len(), 2);
    for (page, own) in pages.iter().zip(["forsta", "andra"]) {
        let header = "Licensen gäller 2026-03-01 – 2027-02-28 · Licens 1001 utgåva 1";
        assert!(page.starts_with(header) && page.contains(own), "{page}");
        assert_eq!(page.trim_end().lines().last(), Some("Saab AB"), "{page}");
    }
    assert_eq!(fetch(&shop, "again.pdf").status, 0);
    assert_eq!(bytes("again.pdf"), bytes("copy.pdf"), "the same bytes for the same copy");
    assert_eq!(fetches(&shop).len(), 2);

    // Next year's copy bears next year's period, once that is billed.
    shop.at("2027-03-01T08:00:00Z");
    assert_snapshot!(fetch(&shop, "early.pdf"), @"
    --- stderr
    error: no term of licence 1001 is billed for today
    hint: the office can tell what to do
    --- status 5
    ");
    shop.ok("subscription renew");
    assert_eq!(fetch(&shop, "next.pdf").status, 0);
    let pages = text_of_pages(&shop.path("next.pdf")).expect("Poppler, as before");
    assert!(pages.iter().all(|page| page.contains("2027-03-01 – 2028-02-29")), "{pages:?}");
}

#[test]
fn r3_a_holder_whose_name_cannot_be_written_gets_no_copy_and_no_bare_agreement() {
    let shop = shop_with_a_licence();
    assert_snapshot!(shop.run("licence edit 1001 --holder 'صعب'"), @"
    --- stderr
    error: the holder: the font has no `ص` (U+0635), which stands in `صعب`; write it in Latin, Greek or Cyrillic letters
    hint: write the holder's name in Latin, Greek or Cyrillic letters
    --- status 5
    ");
    let line = "order create --account 556036-0793 --item AB04-LIC --holder 'صعب' -y";
    assert_eq!(shop.run(line).status, 5);
    // In a store of before, such a name may stand.
    shop.sqlite()
        .execute_batch(
            "DROP TRIGGER licence_edition_is_frozen; \
         UPDATE licence_edition SET holder = 'صعب'",
        )
        .expect("a holder");
    assert_snapshot!(fetch(&shop, "copy.pdf"), @"
    --- stderr
    error: the copy for licence 1001 cannot be made: the font has no `ص` (U+0635), which stands in `صعب`; write it in Latin, Greek or Cyrillic letters
    hint: write the holder's name in Latin, Greek or Cyrillic letters
    --- status 5
    ");
    assert!(!fs::exists(shop.path("copy.pdf")).expect("an answer"));
    assert_eq!(fetches(&shop).len(), 0);
    // The longest name that a holder may have is set in lines.
    let name = "Bolaget och ".repeat(15) + "Söner AB";
    shop.ok(&format!("licence edit 1001 --holder '{name}'"));
    assert_eq!(fetch(&shop, "copy.pdf").status, 0);
    let pages = text_of_pages(&shop.path("copy.pdf")).unwrap_or_default();
    assert!(pages.iter().all(|page| page.replace('\n', " ").contains(&name)), "{pages:?}");
}

#[test]
fn r4_nothing_that_is_done_with_an_agreement_makes_a_mail() {
    let shop = shop_with_a_subscription();
    shop.ok("mail send");
    let (mails, letters) = (shop.count("SELECT count(*) FROM outbox"), shop.letters().len());
    assert_eq!(publish(&shop, "2026:2", &["ny"], "--from 2026-09-01").status, 0);
    assert_eq!(fetch(&shop, "copy.pdf").status, 0);
    shop.ok("agreement fetch AB04 --account 556036-0793 --reason tvist -o -");
    shop.ok("agreement withdraw AB04 --edition 2026:2 --reason x");
    shop.ok("agreement withdraw AB04 --reason x");
    shop.ok("mail send");
    assert_eq!(shop.count("SELECT count(*) FROM outbox"), mails);
    assert_eq!(shop.letters().len(), letters);
    // What was mailed before carries the invoice and nothing else.
    let carried = |letter: &String| letter.matches("application/pdf").count();
    assert!(shop.letters().iter().all(|letter| carried(letter) <= 1));
}

#[test]
fn r6_what_is_fetched_is_always_todays_edition_and_the_conditions_go_with_it() {
    let shop = shop_with_a_subscription();
    let next = publish(&shop, "2026:2", &["hosten"], "--from 2026-09-01");
    assert_eq!(next.status, 0, "{next}");
    let line = format!("-o {} --format table", shop.path("copy.pdf"));
    assert_snapshot!(fetch_by(&shop, PASSWORD, &line), @"
    Agreement     AB04
    Edition       2026:1
    Language      sv
    Pages         2
    Subscription  1001
    File          ~/copy.pdf
    Conditions    Abonnemanget ger tillgång till gällande utgåva, som hämtas på nytt vid varje tillfälle. Elektronisk lagring är inte tillåten annat än tillfälligt, till exempel som bilaga till en offert som skickas med e-post. Abonnemanget förlängs med en ny period om det inte sägs upp senast tre månader före förnyelsedagen, den dagen inräknad. Avgörande är den dag då uppsägningen kommer in till oss. Uppsägning görs inloggad eller skriftligen till kontoret.
    ");
    let is = |name: &str, words: &[&str]| {
        assert_eq!(fs::read(shop.path(name)).expect("a file"), pdf(words), "{name}");
    };
    is("copy.pdf", &["forsta", "andra"]);

    shop.at("2026-09-01T08:00:00Z");
    let stdout = fetch_by(&shop, PASSWORD, "-o -");
    assert_eq!((stdout.status, stdout.stdout.as_bytes()), (0, &pdf(&["hosten"])[..]));
    assert!(stdout.stderr.contains("Elektronisk lagring är inte tillåten"), "{stdout}");

    shop.ok("agreement withdraw AB04 --edition 2026:2 --reason 'page 2 was missing'");
    let json = fetch_by(&shop, PASSWORD, &format!("-o {} --json", shop.path("before.pdf")));
    is("before.pdf", &["forsta", "andra"]);
    let json: Json = serde_json::from_str(&json.stdout).expect("JSON");
    assert_eq!((&json["edition"], &json["subscription"]), (&"2026:1".into(), &1001.into()));
    assert!(json["conditions"].as_str().is_some_and(|text| text.contains("lagring")), "{json}");
}

#[test]
fn r6_a_licences_copy_may_be_stored_and_no_condition_says_otherwise() {
    let shop = shop_with_a_licence();
    let fetched = fetch_by(&shop, PASSWORD, "-o -");
    assert_eq!(fetched.status, 0);
    assert_eq!(fetched.stderr, PRACTICE);
    // Who has both reads under the subscription.
    shop.ok("order create --account 556036-0793 --item AB04");
    let fetched = fetch_by(&shop, PASSWORD, "-o -");
    assert_eq!(fetched.stdout.as_bytes(), &pdf(&["forsta", "andra"])[..]);
    assert!(fetched.stderr.contains("lagring"), "{fetched}");
}

#[test]
fn r6_every_fetch_is_recorded() {
    let shop = shop_with_a_subscription();
    assert_eq!(fetch(&shop, "one.pdf").status, 0);
    shop.at("2026-03-02T08:00:00Z");
    assert_eq!(fetch(&shop, "two.pdf").status, 0);
    let staff = "agreement fetch AB04 --account 556036-0793 --reason 'asked by phone' -o";
    shop.ok(&format!("{staff} {}", shop.path("three.pdf")));
    assert_eq!(fetches(&shop).len(), 3);
    assert_snapshot!(fetches(&shop).join("\n"), @"
    edition 2026:1, language sv, account 556036-0793, subscription 1001, login avtal@saab.example
    edition 2026:1, language sv, account 556036-0793, subscription 1001, login avtal@saab.example
    edition 2026:1, language sv, account 556036-0793, reason asked by phone
    ");
    let shown = shop.table("account show 556036-0793").stdout;
    assert_snapshot!(shown.split("Last fetches").nth(1).expect("the fetches"), @"

    When               Agreement   Edition   Language   Login                Staff, because
    ───────────────────────────────────────────────────────────────────────────────────────
    2026-03-02 09:00   AB04        2026:1    sv                              asked by phone
    2026-03-02 09:00   AB04        2026:1    sv         avtal@saab.example
    2026-03-01 09:00   AB04        2026:1    sv         avtal@saab.example
    ");
    for _ in 0..4 {
        assert_eq!(fetch(&shop, "one.pdf").status, 0);
    }
    let shown = shop.json("account show 556036-0793")["fetches"].clone();
    assert_eq!(shown.as_array().map(Vec::len), Some(5), "the last ones only");
    assert_eq!(shop.count("SELECT count(*) FROM fetch"), 7);

    // What could not be written was not fetched.
    let nowhere = format!("-o {}/none/copy.pdf", shop.path("folder"));
    assert_ne!(fetch_by(&shop, PASSWORD, &nowhere).status, 0);
    assert_eq!(shop.count("SELECT count(*) FROM fetch"), 7);
}

#[test]
fn r6_a_former_edition_is_for_staff_only_and_for_a_reason() {
    let shop = shop_with_a_licence();
    shop.at("2026-06-01T08:00:00Z");
    assert_eq!(publish(&shop, "2026:2", &["sommaren"], "").status, 0);
    let path = shop.path("former.pdf");
    let by_login = fetch_by(&shop, PASSWORD, &format!("--edition 2026:1 -o {path}"));
    assert_snapshot!(by_login, @"
    --- stderr
    error: missing: --reason <TEXT>, --account <ORG>
    hint: `shopctl agreement fetch --output <FILE> --reason <TEXT> --account <ORG> --login <EMAIL> --password-stdin --edition <TEXT> <CODE>`
    --- status 2
    ");
    let line = format!("agreement fetch AB04 --account 556036-0793 --edition 2026:1 -o {path}");
    assert_snapshot!(shop.run(&line), @"
    --- stderr
    error: missing: --reason <TEXT>
    hint: `shopctl agreement fetch --output <FILE> --account <ORG> --reason <TEXT> --edition <TEXT> <CODE>`
    --- status 2
    ");
    let line = format!("{line} --reason 'dispute, case 4711'");
    assert_snapshot!(shop.table(&line), @"
    Agreement     AB04
    Edition       2026:1
    Language      sv
    Pages         2
    File          ~/former.pdf
    ");
    // In a dispute it is the agreement as published that counts, whoever holds what.
    assert_eq!(fs::read(&path).expect("a file"), pdf(&["forsta", "andra"]));
    let recorded = fetches(&shop).pop().expect("a fetch");
    assert_snapshot!(recorded, @"edition 2026:1, language sv, account 556036-0793, reason dispute, case 4711");
    assert_snapshot!(shop.run(&line.replace("2026:1", "2025:9")), @"
    --- stderr
    error: agreement AB04 has no edition 2025:9
    hint: `shopctl agreement show AB04` lists them
    --- status 4
    ");
}

#[test]
fn who_may_look_fetches_by_password_and_only_staff_for_a_reason() {
    let shop = shop_with_a_subscription();
    shop.ok("staff add rut --role reader");
    shop.ok("staff add stina --role support");
    shop.ok("staff add stig --role staff");
    let by_password = |user: &str| {
        let line = format!("agreement fetch AB04 --login {LOGIN} --password-stdin -o -");
        let mut command = shop.command(&line);
        shop.feed_to(command.env("SUDO_USER", user), format!("{PASSWORD}\n").as_bytes())
    };
    for user in ["rut", "stina", "stig"] {
        assert_eq!(by_password(user).status, 0, "{user}");
    }
    assert_eq!(by_password("olle").status, 3);
    let line = "agreement fetch AB04 --account 556036-0793 --reason tvist -o -";
    assert_eq!(run_as(&shop, "stig", line).status, 0);
    assert_eq!(run_as(&shop, "rut", line).status, 3);
    assert_snapshot!(run_as(&shop, "stina", line), @"
    --- stderr
    error: this needs the role staff, and `stina` is support
    hint: an administrator can run `shopctl staff edit stina --role staff`
    --- status 3
    ");
    let file = shop.file("ny.pdf", pdf(&["ny"]));
    for line in [
        "agreement create ABT06 --name-sv 'ABT 06' --name-en 'ABT 06'",
        &format!("agreement publish AB04 {file} --edition 2026:2 --language sv"),
        "agreement withdraw AB04 --reason x",
    ] {
        assert_eq!(run_as(&shop, "stig", line).status, 3, "{line}");
    }
}

#[test]
fn a_wrong_password_opens_nothing() {
    let shop = shop_with_a_subscription();
    let path = shop.path("copy.pdf");
    let fetched = fetch_by(&shop, "inte det alls här", &format!("-o {path}"));
    assert_snapshot!(fetched, @"
    --- stderr
    error: this is not the login's password
    hint: `shopctl password forgot EMAIL` mails a way to choose a new one
    --- status 3
    ");
    let line =
        format!("agreement fetch AB04 --login ingen@saab.example --password-stdin -o {path}");
    assert_eq!(shop.feed(&line, format!("{PASSWORD}\n").as_bytes()).status, 3);
    assert_snapshot!(shop.run(&format!("agreement fetch AB04 --login {LOGIN} -o {path}")), @"
    --- stderr
    error: there is no terminal to ask on: password
    hint: `--password-stdin` reads it without one
    --- status 2
    ");
    assert_snapshot!(shop.run(&format!("agreement fetch AB04 -o {path}")), @"
    --- stderr
    error: missing: --login <EMAIL>
    hint: `shopctl agreement fetch --output <FILE> --login <EMAIL> <CODE>`
    --- status 2
    ");
    assert!(!fs::exists(&path).expect("an answer"));
    assert_eq!(fetches(&shop).len(), 0);
}

#[test]
fn nothing_is_fetched_without_a_subscription_that_runs() {
    let shop = shop_with_an_agreement();
    assert_snapshot!(fetch(&shop, "copy.pdf"), @"
    --- stderr
    error: Saab AB has no subscription to AB04
    hint: an order of a product that gives the agreement opens it
    --- status 5
    ");
    shop.ok("order create --account 556036-0793 --item AB04 --start 2026-04-01");
    assert_snapshot!(fetch(&shop, "copy.pdf"), @"
    --- stderr
    error: subscription 1001 begins on 2026-04-01
    hint: it can be fetched from that day on
    --- status 5
    ");
    shop.at("2026-04-01T08:00:00Z");
    assert_eq!(fetch(&shop, "copy.pdf").status, 0);

    // Given notice, it still runs until its last day.
    shop.ok("subscription cancel 1001 --channel letter --yes");
    assert_eq!(fetch(&shop, "copy.pdf").status, 0);
    shop.at("2027-03-31T08:00:00Z");
    assert_eq!(fetch(&shop, "copy.pdf").status, 0);
    shop.at("2027-04-01T08:00:00Z");
    assert_snapshot!(fetch(&shop, "late.pdf"), @"
    --- stderr
    error: subscription 1001 has ended
    hint: an order of a product that gives the agreement opens it
    --- status 5
    ");
    assert!(!fs::exists(shop.path("late.pdf")).expect("an answer"));
    assert_eq!(fetches(&shop).len(), 3);
}

#[test]
fn an_invoice_long_overdue_stops_fetching_until_it_is_paid() {
    let shop = shop_with_a_subscription();
    shop.ok("setting set fetch_stops_days 30");
    shop.at("2026-06-01T08:00:00Z");
    assert_snapshot!(fetch(&shop, "copy.pdf"), @"
    --- stderr
    error: subscription 1001 is stopped by invoice 1001, long overdue
    hint: it can be fetched when invoice 1001 is paid
    --- status 5
    ");
    shop.ok("payment record 1001 --amount 3625 --date 2026-06-01");
    assert_eq!(fetch(&shop, "copy.pdf").status, 0);
}

#[test]
fn an_agreement_is_fetched_in_a_language_that_it_has() {
    let shop = shop_with_a_subscription();
    let line = format!("--language en -o {}", shop.path("copy.pdf"));
    assert_snapshot!(fetch_by(&shop, PASSWORD, &line), @"
    --- stderr
    error: agreement AB04 has no edition in the language en today
    hint: there is one in sv: `--language sv` fetches it
    --- status 5
    ");
    let file = shop.file("english.pdf", pdf(&["first"]));
    shop.ok(&format!("agreement publish AB04 {file} --edition 2026:1 --language en"));
    let fetched = fetch_by(&shop, PASSWORD, "--language en -o -");
    assert_eq!(fetched.stdout.as_bytes(), &pdf(&["first"])[..]);
    assert!(fetched.stderr.contains("Electronic storage is not allowed"), "{fetched}");
    assert_snapshot!(shop.run("agreement withdraw AB04 --edition 2026:1 --reason x"), @"
    --- stderr
    error: edition 2026:1 of AB04 is there in Swedish and in English
    hint: `--language sv` or `--language en` says which
    --- status 5
    ");
    shop.ok("agreement withdraw AB04 --edition 2026:1 --language sv --reason x");
    assert_snapshot!(fetch(&shop, "copy.pdf"), @"
    --- stderr
    error: agreement AB04 has no edition in the language sv today
    hint: there is one in en: `--language en` fetches it
    --- status 5
    ");
    assert_snapshot!(shop.table("agreement show AB04"), @"
    Agreement      AB04
    Name, Swedish  AB 04
    Name, English  AB 04 in English

    Editions
    Edition   Language   From         State       Pages   Bytes   SHA-256                     Withdrawn
    ────────────────────────────────────────────────────────────────────────────────────────────────────
    2026:1    en         2026-03-01   current         1     580   16097c2f71d92759d37c9ec83
                                                                  998db769677d54b4d5ac90487
                                                                  d4b94eeacf144a
    2026:1    sv         2026-03-01   withdrawn       2     839   15991b94e0b40ab46adc6de6a   2026-03-01
                                                                  732e309f78b8b6b34daac5658
                                                                  eb28b61c834b30
    ");
}

#[test]
fn a_withdrawn_agreement_is_given_to_nobody() {
    let shop = shop_with_a_subscription();
    assert_snapshot!(shop.run("agreement withdraw AB04 --reason 'replaced by AB 26'"), @"agreement withdrawn    AB04  reason replaced by AB 26");
    assert_snapshot!(fetch(&shop, "copy.pdf"), @"
    --- stderr
    error: agreement AB04 is withdrawn, and given to nobody any more
    hint: `shopctl agreement list` shows what is there
    --- status 5
    ");
    assert_snapshot!(publish(&shop, "2026:2", &["ny"], ""), @"
    --- stderr
    error: agreement AB04 is withdrawn
    hint: `shopctl agreement create CODE …` makes a new one
    --- status 5
    ");
    assert_snapshot!(shop.run("agreement withdraw AB04 --reason again"), @"
    --- stderr
    nothing needed doing
    ");
    let line = "agreement fetch AB04 --account 556036-0793 --edition 2026:1 --reason tvist -o -";
    assert_eq!(shop.run(line).status, 0, "staff still read what was published");
    assert_snapshot!(shop.table("agreement list"), @"
    Agreement   Name    In English         Swedish   English   Withdrawn
    ─────────────────────────────────────────────────────────────────────
    AB04        AB 04   AB 04 in English                       2026-03-01
    ");
}

#[test]
fn an_edition_is_published_and_given_by_a_product() {
    let shop = Shop::open();
    assert_snapshot!(shop.table("agreement list"), @"
    --- stderr
    no agreements; `shopctl agreement create CODE …` makes one
    ");
    shop.rehearse_and_run("agreement create AB04 --name-sv 'AB 04' --name-en 'AB 04'");
    let file = shop.file("ab04.pdf", pdf(&["forsta", "andra"]));
    let line = format!("agreement publish AB04 {file} --edition 2026:1 --language sv");
    shop.rehearse_and_run(&line);
    shop.ok("product edit AB04 --agreement ab04");
    assert_snapshot!(shop.table("agreement show AB04"), @"
    Agreement      AB04
    Name, Swedish  AB 04
    Name, English  AB 04

    Editions
    Edition   Language   From         State     Pages   Bytes   SHA-256                        Withdrawn
    ────────────────────────────────────────────────────────────────────────────────────────────────────
    2026:1    sv         2026-03-01   current       2     839   15991b94e0b40ab46adc6de6a732
                                                                e309f78b8b6b34daac5658eb28b6
                                                                1c834b30
    ");
    assert_eq!(shop.json("product show AB04")["agreements"][0]["code"], "AB04");
    assert_snapshot!(shop.run("product edit AB04 --agreement ABT06"), @"
    --- stderr
    error: there is no agreement `ABT06`
    hint: `shopctl agreement list` lists them
    --- status 4
    ");
    assert_snapshot!(shop.run("product edit AB04 --no-agreement"), @"agreements given       AB04  agreements: AB04 → nothing");
    let from_stdin = "agreement publish AB04 - --edition 2026:2 --language en";
    assert_eq!(shop.feed(from_stdin, &pdf(&["first"])).status, 0);
}

#[test]
fn a_file_that_is_no_agreement_is_refused_in_clear_words() {
    let shop = shop_with_an_agreement();
    let said = |name: &str, bytes: &[u8]| {
        let file = shop.file(name, bytes);
        let line = format!("agreement publish AB04 {file} --edition 2026:2 --language sv");
        let outcome = shop.run(&line);
        assert_eq!(outcome.status, 5, "{outcome}");
        outcome.stderr.replace(&shop.path(""), "")
    };
    let whole = pdf(&["forsta"]);
    assert_snapshot!(said("text.pdf", b"Allm\xc3\xa4nna best\xc3\xa4mmelser"), @"
    error: `text.pdf` cannot be published: this is no PDF
    hint: export the agreement as PDF, and publish that
    ");
    assert_snapshot!(said("empty.pdf", b""), @"
    error: `empty.pdf` cannot be published: the file is empty
    hint: fetch or export the file anew, and publish that
    ");
    assert_snapshot!(said("cut.pdf", &whole[..whole.len() - 40]), @"
    error: `cut.pdf` cannot be published: the file is cut off: it does not end as a PDF does
    hint: fetch or export the file anew, and publish that
    ");
    assert_snapshot!(said("pageless.pdf", &pdf(&[])), @"
    error: `pageless.pdf` cannot be published: the PDF has no pages
    hint: export the agreement anew, with its pages
    ");
    let plain = shop.file("plain.pdf", &whole);
    let secret = shop.path("secret.pdf");
    let arguments = ["--encrypt", "user", "owner", "256", "--", &plain, &secret];
    if Command::new("qpdf").args(arguments).status().is_ok_and(|status| status.success()) {
        let bytes = fs::read(&secret).expect("an encrypted file");
        assert_snapshot!(said("secret.pdf", &bytes), @"
        error: `secret.pdf` cannot be published: the PDF is encrypted
        hint: save it without password and without restrictions
        ");
    }
    assert_eq!(shop.json("agreement show AB04")["editions"].as_array().map(Vec::len), Some(1));
    let nowhere = "agreement publish AB04 none.pdf --edition 2026:2 --language sv";
    assert_ne!(shop.run(nowhere).status, 0);
}

#[test]
fn the_name_and_the_day_of_an_edition_are_its_own() {
    let shop = shop_with_an_agreement();
    assert_snapshot!(publish(&shop, "2026:1", &["ny"], "--from 2026-09-01"), @"
    --- stderr
    error: edition 2026:1 of AB04 in the language sv is there, from 2026-03-01
    hint: give the new one another name, and another day by --from
    --- status 5
    ");
    assert_snapshot!(publish(&shop, "2026:2", &["ny"], ""), @"
    --- stderr
    error: edition 2026:1 of AB04 in the language sv is there, from 2026-03-01
    hint: give the new one another name, and another day by --from
    --- status 5
    ");
    assert_snapshot!(publish(&shop, "2026:2", &["ny"], "--from 2026-02-28"), @"
    --- stderr
    error: 2026-02-28 has passed, and what was read since then was another edition
    hint: give today or a later day
    --- status 5
    ");
    assert_snapshot!(publish(&shop, "''", &["ny"], ""), @"
    --- stderr
    error: --edition <TEXT>: it is empty
    --- status 5
    ");
    assert_snapshot!(shop.run("agreement create ab04 --name-sv x --name-en x"), @"
    --- stderr
    error: the agreement's code `AB04` is taken by `AB 04`
    hint: `shopctl agreement show AB04` shows it
    --- status 5
    ");
    assert_snapshot!(shop.run("agreement show ABT06"), @"
    --- stderr
    error: there is no agreement `ABT06`
    hint: `shopctl agreement list` lists them
    --- status 4
    ");
    assert_eq!(publish(&shop, "2026:2", &["ny"], "--from 2026-09-01").status, 0);
    let states = |shop: &Shop| -> Vec<String> {
        let shown = shop.json("agreement show AB04");
        let editions = shown["editions"].as_array().expect("editions").iter();
        editions.map(|edition| edition["state"].as_str().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(states(&shop), ["current", "to come"]);
    shop.at("2026-09-01T08:00:00Z");
    assert_eq!(states(&shop), ["former", "current"]);
}

#[test]
fn what_was_fetched_is_shown_before_its_order_is_cancelled() {
    let shop = shop_with_a_subscription();
    let line = "order cancel 1001 --reason 'ordered by mistake' -n";
    assert!(!shop.ok(line).contains("fetched"));
    assert_eq!(fetch(&shop, "once.pdf").status, 0);
    assert_snapshot!(shop.ok(line).lines().last().unwrap_or_default(), @"Order 1001 is cancelled. Invoice 1001 is credited in full by credit note 1002, 3 625,00 kronor including VAT. Subscription 1001 to AB04 ends on 2026-03-01, its first day, and nothing stays billed of it. Agreement AB04, edition 2026:1, was fetched under it on 2026-03-01.");
    assert_eq!(fetch(&shop, "twice.pdf").status, 0);
    assert_snapshot!(shop.ok(line).lines().last().unwrap_or_default(), @"Order 1001 is cancelled. Invoice 1001 is credited in full by credit note 1002, 3 625,00 kronor including VAT. Subscription 1001 to AB04 ends on 2026-03-01, its first day, and nothing stays billed of it. Agreements were fetched 2 times under subscription 1001, the last one AB04, edition 2026:1, on 2026-03-01.");
}

#[test]
fn fetches_are_counted_by_month_and_by_right() {
    let shop = shop_with_a_licence();
    assert_eq!(fetch(&shop, "first.pdf").status, 0);
    // Half an hour before midnight in UTC is the next month in the shop.
    shop.at("2026-03-31T23:30:00Z");
    assert_eq!(fetch(&shop, "second.pdf").status, 0);
    shop.ok("agreement fetch AB04 --account 556036-0793 --reason tvist -o third.pdf");
    assert_snapshot!(shop.table("report fetches"), @"
    Month     Agreement   Fetches   By login   Under licence   By staff
    ───────────────────────────────────────────────────────────────────
    2026-03   AB04              1          1               1          0
    2026-04   AB04              2          1               1          1
    ");
    assert_snapshot!(shop.run("report fetches --from 2026-04-01 --to 2026-04-30 --json"), @r#"[{"month":"2026-04","agreement":"AB04","fetches":2,"by_login":1,"under_licence":1,"by_staff":1}]"#);
    assert_snapshot!(shop.run("report fetches --to 2026-02-28"), @"");
    assert_snapshot!(shop.run("report fetches --from 2026-05-01 --to 2026-04-30"), @"
    --- stderr
    error: the report would begin on 2026-05-01 and end before that, on 2026-04-30
    hint: give `--from 2026-04-30 --to 2026-05-01`
    --- status 5
    ");
}

#[test]
fn a_page_without_room_for_a_licences_marks_is_told_when_it_is_published() {
    let shop = shop_with_an_agreement();
    let mut bytes = pdf(&["ett", "tva", "tre", "fyra"]);
    let size = b"/MediaBox [0 0 595 842]";
    let places: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at..].starts_with(size)).collect();
    for page in [1, 2] {
        let at = places[page];
        bytes[at..at + size.len()].copy_from_slice(b"/MediaBox [0 0 095 842]");
    }
    let file = shop.file("narrow.pdf", bytes);
    let line = format!("agreement publish AB04 {file} --language sv --from 2026-07-01 -n");
    assert_snapshot!(shop.run(&format!("{line} --edition 2026:2")).stderr, @"
    PRACTICE: this shop is for practice, and its mail reaches nobody outside
    warning: pages 2-3 have no room for the header and footer of a licence's copy, and no licence could give this agreement; `shopctl setting list` shows the margins and sizes
    this is what would happen; nothing was changed
    ");
    shop.ok("product create L5 --kind licence --seats 5 --name-sv L5 --name-en L5 --price 1 \
         --member-price 1 --vat 25 --agreement AB04");
    assert_snapshot!(shop.run(&format!("{line} --edition 2026:2 --announce")).stderr, @"
    PRACTICE: this shop is for practice, and its mail reaches nobody outside
    this is what would happen; nothing was changed
    warning: pages 2-3 have no room for the header and footer of a licence's copy, and no copy of this agreement can be made for L5; `shopctl setting list` shows the margins and sizes
    ");
}

#[test]
fn an_agreement_without_an_edition_in_the_buyers_language_is_sold_with_a_warning() {
    let shop = shop_with_an_agreement();
    shop.ok("account edit 556036-0793 --language en");
    let line = "order create --account 556036-0793 --item AB04 --item AB04-PRINT";
    assert_snapshot!(shop.run(&format!("{line} -n")).stderr, @"
    PRACTICE: this shop is for practice, and its mail reaches nobody outside
    warning: AB04 gives the agreement AB04, which has no edition in the buyer's language en on 2026-03-01, only in sv; `shopctl agreement publish AB04 FILE --language en` publishes one
    this is what would happen; nothing was changed
    ");
    let file = shop.file("en.pdf", pdf(&["first"]));
    let publish = format!("agreement publish AB04 {file} --edition 2026:1 --language en");
    shop.ok(&format!("{publish} --from 2026-06-01"));
    let later = shop.change(&format!("{line} --start 2026-06-01 -n"));
    assert_eq!(later["warnings"].as_array().map(Vec::len), Some(0));
    shop.ok(line);
    assert_snapshot!(fetch(&shop, "ab04.pdf"), @"
    --- stderr
    error: agreement AB04 has no edition in the language en today
    hint: there is one in sv: `--language sv` fetches it
    --- status 5
    ");
    shop.ok("agreement create ABT06 --name-sv ABT --name-en ABT");
    shop.ok("product edit AB04 --agreement ABT06");
    let none = shop.run("order create --account 212000-0142 --item AB04 -n").stderr;
    assert!(none.contains("language sv on 2026-03-01, nor in any other;"), "{none}");
}
