//! How logins prove, change, forget and choose their passwords.

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use insta::assert_snapshot;
use serde_json::Value as Json;

use crate::support::{LOGIN, Outcome, PASSWORD, Shop, Sink, header, text_of, token_of};

const NEW: &str = "lyktstolpe hallon sextant";
const ANSWER: &str =
    "if this address is a login here, a mail to it tells how to choose a new password";

fn status(shop: &Shop) -> Json {
    shop.json(&format!("password status {LOGIN}"))
}

/// Returns what the trail tells of events of a kind, newest first.
fn trail(shop: &Shop, kind: &str) -> Vec<Json> {
    let all = shop.json("audit list --limit 1000");
    all.as_array().expect("a list").iter().filter(|event| event["kind"] == kind).cloned().collect()
}

/// Something that is done in a shop.
type Deed<'a> = &'a dyn Fn(&Shop) -> Outcome;

fn run_as(shop: &Shop, user: &str, line: &str) -> Outcome {
    shop.finish(shop.command(line).env("SUDO_USER", user))
}

#[test]
fn r11_a_login_changes_its_own_password_by_giving_the_old_one() {
    let shop = Shop::with_a_password();
    assert_snapshot!(shop.change_password(LOGIN, "inte det gamla alls", NEW), @"
    --- stderr
    error: this is not the login's password
    hint: `shopctl password forgot EMAIL` mails a way to choose a new one
    --- status 3
    ");
    assert_eq!(shop.check(LOGIN, PASSWORD).status, 0);
    assert_snapshot!(shop.change_password(LOGIN, PASSWORD, NEW), @"
    password chosen        avtal@saab.example  by change
    mail queued            3  kind password_change, recipient avtal@saab.example, cause operation 13
    the password of avtal@saab.example is changed
    ");
    assert_eq!(shop.check(LOGIN, NEW).status, 0);
    assert_eq!(shop.check(LOGIN, PASSWORD).status, 3);

    shop.ok("mail send");
    let letter = shop.letters().pop().expect("a confirmation");
    assert_eq!(header(&letter, "To"), LOGIN);
    assert_snapshot!(text_of(&letter), @"
    Hej!

    Lösenordet för inloggningen avtal@saab.example hos Avtalsbutiken byttes den 1
    mars 2026.

    Det gamla lösenordet gäller inte längre. Om ni är flera som delar
    inloggningen, meddela de andra.

    Om det inte var ni, be genast om ett nytt lösenord på inloggningssidan, och
    svara på det här mejlet eller skriv till kontoret@forening.example.

    Med vänlig hälsning

    Avtalsbutiken
    https://butik.forening.example
    ");
}

#[test]
fn r11_the_new_password_is_judged_and_is_not_the_old_one() {
    let shop = Shop::with_a_password();
    assert_snapshot!(shop.change_password(LOGIN, PASSWORD, PASSWORD), @"
    --- stderr
    error: the new password is the old one
    hint: a few words that nobody would put together make a good one
    --- status 5
    ");
    assert_snapshot!(shop.change_password(LOGIN, PASSWORD, "kort"), @"
    --- stderr
    error: the password has 4 characters; it needs at least 15
    hint: a few words that nobody would put together make a good one
    --- status 5
    ");
    let line = format!("password change {LOGIN} --password-stdin");
    assert_snapshot!(shop.feed(&line, format!("{PASSWORD}\n").as_bytes()), @"
    --- stderr
    error: stdin ended where a password was to come
    --- status 5
    ");
    assert_eq!(shop.check(LOGIN, PASSWORD).status, 0);
}

#[test]
fn r12_a_forgotten_password_is_replaced_by_a_mail_to_the_login() {
    let shop = Shop::with_a_password();
    assert_snapshot!(shop.run("password forgot AVTAL@Saab.example"), @"explanation	if this address is a login here, a mail to it tells how to choose a new password");
    assert_eq!(status(&shop)["forgotten_at"], "2026-03-01T08:00:00Z");
    shop.ok("mail send");
    assert_eq!(shop.check(LOGIN, PASSWORD).status, 0, "forgetting locks nothing");
    let shown = status(&shop);
    assert_eq!(
        (&shown["mail_reason"], &shown["mail_status"]),
        (&"forgotten".into(), &"sent".into())
    );
    let letter = shop.letters().pop().expect("a mail");
    assert_eq!(header(&letter, "To"), LOGIN);
    assert_snapshot!(text_of(&letter).replace(&token_of(&letter), "<token>"), @"
    Hej!

    Någon har bett om ett nytt lösenord för inloggningen avtal@saab.example.

    Välj ett nytt lösenord här:

    https://butik.forening.example/password?token=<token>

    Länken kan användas en gång och gäller i 60 minuter från det att mejlet
    skickades. Har den slutat gälla ber ni om en ny på inloggningssidan.

    Om ni inte har bett om ett nytt lösenord behöver ni inte göra något. Det gamla
    gäller som förut.

    Vi frågar aldrig efter ert lösenord, vare sig per telefon eller e-post.

    Med vänlig hälsning

    Avtalsbutiken
    https://butik.forening.example
    ");

    assert_snapshot!(shop.redeem(&token_of(&letter), NEW), @"
    password chosen        avtal@saab.example  by token
    mail queued            4  kind password_change, recipient avtal@saab.example, cause operation 13
    the password of avtal@saab.example is chosen
    ");
    assert_eq!(shop.check(LOGIN, NEW).status, 0);
    assert_eq!(status(&shop)["mail_ended"], "used");
}

#[test]
fn r12_known_or_unknown_the_answer_is_the_same() {
    let shop = Shop::with_a_password();
    shop.ok("account close 212000-0142");
    for _ in 0..5 {
        shop.forgotten(LOGIN);
    }
    let addresses =
        [LOGIN, "ingen@saab.example", "inkop@stockholm.example", "ingen@räksmörgås.example"];
    for format in ["", " --json", " --format table", " -n"] {
        for address in addresses {
            let said = shop.run(&format!("password forgot {address}{format}"));
            assert_eq!((said.status, said.stdout.contains(ANSWER)), (0, true), "{said}");
            let first = shop.run(&format!("password forgot {LOGIN}{format}"));
            assert_eq!((&said.stdout, &said.stderr), (&first.stdout, &first.stderr), "{address}");
        }
    }
    shop.ok("mail send");
    assert_eq!(trail(&shop, "password_asked").len(), 6, "the invitation, and five within the hour");
    let mut reasons: Vec<String> = trail(&shop, "password_passed_over")
        .iter()
        .map(|event| format!("{} {}", event["number"], event["change"]).replace('"', ""))
        .collect();
    reasons.sort();
    reasons.dedup();
    assert_snapshot!(reasons.join("\n"), @"
    avtal@saab.example reason too many
    ingen@räksmörgås.example reason unknown
    ingen@saab.example reason unknown
    inkop@stockholm.example reason closed
    ");
    let op = shop.json("audit list --limit 1")[0]["op"].to_string();
    assert_eq!(shop.json(&format!("audit show {op}"))["note"], Json::Null);
    shop.ok("password forgot ingen@saab.example --note 'by telephone'");
    let op = shop.json("audit list --limit 1")[0]["op"].to_string();
    assert_eq!(shop.json(&format!("audit show {op}"))["note"], "by telephone");
    assert_snapshot!(shop.run("password forgot nobody"), @"
    --- stderr
    error: <EMAIL>: this is not an e-mail address: it has no @
    --- status 5
    ");
}

#[test]
fn five_mails_an_hour_are_sent_to_a_login_and_requests_lock_nobody_out() {
    let shop = Shop::with_a_password();
    for minute in 0..7 {
        shop.at(&format!("2026-03-01T08:0{minute}:00Z"));
        shop.ok(&format!("password forgot {LOGIN}"));
        shop.ok("mail send");
    }
    let sent = || {
        let mails = shop.json("mail list --status sent");
        let mails = mails.as_array().expect("a list");
        mails.iter().filter(|mail| mail["kind"] == "password_reset").count()
    };
    assert_eq!(sent(), 5);
    assert_eq!(shop.check(LOGIN, PASSWORD).status, 0);
    assert_eq!(status(&shop)["passed_over_at"], "2026-03-01T08:06:00Z");
    shop.ok(&format!("password reset {LOGIN} --ticket 4711"));
    assert_eq!(status(&shop)["passed_over_at"], Json::Null);
    shop.ok("mail send");
    assert_eq!(sent(), 6, "whom the office helps is helped");
    assert_eq!(shop.redeem(&shop.token(LOGIN), NEW).status, 0);
    shop.at("2026-03-01T09:06:01Z");
    shop.forgotten(LOGIN);
    assert_eq!(sent(), 7);
}

#[test]
fn mails_that_reached_no_server_use_up_no_mail_of_a_login() {
    let shop = Shop::with_a_password();
    let sink = Sink::start();
    shop.configure(&sink.settings());
    sink.rule(".", "451 4.7.1 try again later");
    for minute in 0..7 {
        shop.at(&format!("2026-03-01T08:0{minute}:00Z"));
        shop.ok(&format!("password forgot {LOGIN}"));
        shop.run("mail send");
    }
    sink.relent();
    shop.at("2026-03-01T08:10:00Z");
    shop.ok(&format!("password forgot {LOGIN}"));
    shop.run("mail send");
    let taken = sink.taken().pop().expect("a mail");
    assert_eq!(shop.redeem(&token_of(&taken.message), NEW).status, 0);
}

#[test]
fn a_login_is_mailed_once_however_often_it_was_asked_for() {
    let shop = Shop::with_a_password();
    let old = shop.forgotten(LOGIN);
    for address in [LOGIN, "AVTAL@saab.example", LOGIN] {
        shop.ok(&format!("password forgot {address}"));
    }
    shop.ok("mail send");
    let new = shop.token(LOGIN);
    assert_ne!(new, old);
    assert_eq!(shop.redeem(&old, NEW).status, 3, "the newer mail came");
    assert_eq!(shop.redeem(&new, NEW).status, 0);
    assert_eq!(trail(&shop, "password_asked").len(), 3, "the invitation, and two mails");
}

#[test]
fn a_request_is_answered_by_the_password_that_was_chosen_after_it() {
    let shop = Shop::with_a_password();
    let token = shop.forgotten(LOGIN);
    shop.ok(&format!("password forgot {LOGIN}"));
    assert_eq!(shop.redeem(&token, NEW).status, 0);
    shop.ok("mail send");
    assert_eq!(status(&shop)["mail_ended"], "used", "there is no later mail");
    assert_eq!(trail(&shop, "password_passed_over")[0]["change"], "reason overtaken");
}

#[test]
fn a_request_does_not_overtake_the_mail_of_the_office_that_came_after_it() {
    let shop = Shop::with_a_password();
    shop.ok(&format!("password forgot {LOGIN}"));
    shop.ok(&format!("password reset {LOGIN} --ticket 4711"));
    shop.ok("mail send");
    let shown = status(&shop);
    assert_eq!((&shown["mail_reason"], &shown["mail_status"]), (&"support".into(), &"sent".into()));
    assert_eq!(shop.redeem(&shop.token(LOGIN), NEW).status, 0);
}

#[test]
fn a_mail_to_a_login_without_a_password_does_not_speak_of_an_old_one() {
    let shop = Shop::with_a_password();
    let other = "inkop@stockholm.example";
    let mail_to = |login: &str| {
        let mut letters = shop.letters().into_iter().rev();
        text_of(&letters.find(|letter| header(letter, "To") == login).expect("a mail"))
    };
    let token = shop.forgotten(other);
    let asked = mail_to(other);
    assert!(!asked.contains("Det gamla"), "{asked}");
    assert_eq!(shop.redeem(&token, NEW).status, 0);
    shop.ok("mail send");
    let letters = shop.letters();
    let chosen = letters.iter().find(|letter| text_of(letter).contains("valdes"));
    let chosen = chosen.expect("a confirmation");
    assert!(header(chosen, "Subject").starts_with("Ett "));
    assert_snapshot!(text_of(chosen), @"
    Hej!

    Ett lösenord för inloggningen inkop@stockholm.example hos Avtalsbutiken valdes
    den 1 mars 2026.

    Om det inte var ni, be genast om ett nytt lösenord på inloggningssidan, och
    svara på det här mejlet eller skriv till kontoret@forening.example.

    Med vänlig hälsning

    Avtalsbutiken
    https://butik.forening.example
    ");
}

#[test]
fn a_link_lives_as_long_as_its_mail_says() {
    let shop = Shop::with_a_password();
    shop.ok(&format!("password reset {LOGIN} --ticket 4711"));
    shop.ok("password policy set reset_minutes 30");
    shop.ok("mail send");
    let token = shop.token(LOGIN);
    shop.at("2026-03-01T08:59:59Z");
    assert_eq!(shop.redeem(&token, NEW).status, 0);
}

#[test]
fn what_a_run_would_mail_to_those_who_forgot_is_foretold() {
    let shop = Shop::with_a_password();
    shop.ok(&format!("password forgot {LOGIN}"));
    shop.ok("password forgot ingen@saab.example");
    let head = shop.head();
    assert_snapshot!(shop.run("mail send -n"), @"3	password_reset	avtal@saab.example	0");
    assert_eq!(shop.head(), head);
    assert!(!status(&shop)["forgotten_at"].is_null());
}

#[test]
fn requests_of_strangers_do_not_stop_the_mail_of_the_shop() {
    let shop = Shop::with_a_password();
    shop.ok(&format!("password forgot {LOGIN}"));
    shop.ok("password forgot inkop@stockholm.example");
    shop.ok("account create 556016-0680 --name 'Ericsson AB' --email avtal@ericsson.example");
    shop.ok("account login invite 556016-0680");
    shop.ok("mail send --max 1");
    assert_eq!(shop.json("mail list --status waiting"), Json::Array(Vec::new()));
    for _ in 0..2 {
        shop.ok(&format!("password reset {LOGIN} --ticket 4711"));
    }
    assert_eq!(shop.run("mail send --max 1").status, 5, "what the office asks for is counted");
}

#[test]
fn an_account_that_is_closed_while_a_password_is_looked_at_is_opened_by_none() {
    let shop = Shop::open();
    shop.ok("password policy set password_memory_mib 128");
    shop.ok("password policy set password_passes 10");
    shop.ok("account login invite 556036-0793");
    shop.ok("mail send");
    assert_eq!(shop.redeem(&shop.token(LOGIN), PASSWORD).status, 0);
    let line = format!("password check {LOGIN} --password-stdin");
    let mut check = shop.start(shop.command(&line).stdin(Stdio::piped()));
    let mut stdin = check.stdin.take().expect("a pipe");
    writeln!(stdin, "{PASSWORD}").expect("it reads");
    drop(stdin);
    thread::sleep(Duration::from_millis(200));
    shop.ok("account close 556036-0793");
    assert_eq!(shop.wait(check).status, 3);
    assert_eq!(trail(&shop, "login_succeeded"), Vec::<Json>::new());
}

#[test]
fn a_login_that_is_merged_away_while_its_password_is_looked_at_is_unknown() {
    let shop = Shop::with_a_password();
    shop.ok("password policy set password_memory_mib 128");
    shop.ok("password policy set password_passes 10");
    let line = "password check inkop@stockholm.example --password-stdin";
    let mut check = shop.start(shop.command(line).stdin(Stdio::piped()));
    let mut stdin = check.stdin.take().expect("a pipe");
    writeln!(stdin, "{PASSWORD}").expect("it reads");
    drop(stdin);
    thread::sleep(Duration::from_millis(200));
    shop.ok(&format!("account merge 212000-0142 556036-0793 --keep-login {LOGIN} --yes"));
    assert_snapshot!(shop.wait(check), @"
    --- stderr
    error: this is not the login's password
    hint: `shopctl password forgot EMAIL` mails a way to choose a new one
    --- status 3
    ");
}

#[test]
fn a_token_runs_from_when_its_mail_is_sent_and_works_once() {
    let shop = Shop::with_a_password();
    shop.ok("password policy set reset_minutes 30");
    shop.ok(&format!("password forgot {LOGIN}"));
    shop.at("2026-03-01T08:45:00Z");
    shop.ok("mail send");
    let token = shop.token(LOGIN);
    let too_late = ["2026-03-01T09:15:00Z", "2027-03-01T09:15:00Z"];
    for now in too_late {
        shop.at(now);
        assert_eq!(shop.redeem(&token, NEW).status, 3, "{now}");
    }
    shop.at("2026-03-01T09:14:59Z");
    let link = format!("https://butik.forening.example/password?token={token}");
    assert_eq!(shop.redeem(&link, NEW).status, 0);
    assert_snapshot!(shop.redeem(&token, "sju sorters kakor i burken"), @"
    --- stderr
    error: the token is not good: it was used, is too old, or is not whole
    hint: `shopctl password forgot EMAIL` mails a new one
    --- status 3
    ");
    assert_eq!(shop.check(LOGIN, NEW).status, 0);
}

#[test]
fn an_invitation_lives_for_days() {
    let shop = Shop::open();
    shop.ok("account login invite 556036-0793");
    shop.ok("mail send");
    let token = shop.token(LOGIN);
    shop.at("2026-03-15T08:00:00Z");
    assert_eq!(shop.redeem(&token, NEW).status, 3);
    shop.at("2026-03-15T07:59:59Z");
    assert_eq!(shop.redeem(&token, NEW).status, 0);
}

#[test]
fn tokens_that_are_mangled_or_of_another_shop_open_nothing() {
    let (shop, other) = (Shop::with_a_password(), Shop::with_a_password());
    let token = shop.forgotten(LOGIN);
    let foreign = other.forgotten(LOGIN);
    let changed = match token.strip_prefix('0') {
        Some(rest) => format!("1{rest}"),
        None => format!("0{}", &token[1..]),
    };
    for bad in [
        "",
        "x",
        "-",
        &token[1..],
        &format!("{token}0"),
        &changed,
        &foreign,
        &"0".repeat(64),
        &"å".repeat(32),
        "https://butik.forening.example/password?token=",
        "a\0b",
    ] {
        let refused = shop.redeem(bad, NEW);
        assert_eq!(refused.status, 3, "{bad}\n{refused}");
        assert!(refused.stderr.contains("the token is not good"), "{bad}\n{refused}");
        assert!(bad.len() < 3 || !refused.stderr.contains(bad), "{bad}\n{refused}");
    }
    assert_eq!(shop.redeem(&format!(" {} ", token.to_uppercase()), NEW).status, 0);
}

#[test]
fn what_comes_in_between_voids_a_token() {
    let rename = "account login rename 556036-0793 avtal@saab.example ny@saab.example \
         --ticket 4711 --proof 'called back'";
    let change = |shop: &Shop| shop.change_password(LOGIN, PASSWORD, "sju sorters kakor i burken");
    let meanwhile: [(&str, Deed); 5] = [
        ("a newer mail", &|shop| {
            shop.forgotten(LOGIN);
            shop.run("mail send")
        }),
        ("a changed password", &change),
        ("a reset", &|shop| shop.run(&format!("password reset {LOGIN} --ticket 1"))),
        ("another address", &|shop| shop.run(rename)),
        ("a closed account", &|shop| shop.run("account close 556036-0793")),
    ];
    for (what, do_it) in meanwhile {
        let shop = Shop::with_a_password();
        let token = shop.forgotten(LOGIN);
        let done = do_it(&shop);
        assert_eq!(done.status, 0, "{what}\n{done}");
        let refused = shop.redeem(&token, NEW);
        assert_eq!(refused.status, 3, "{what}\n{refused}");
        assert!(refused.stderr.contains("the token is not good"), "{what}\n{refused}");
    }
}

#[test]
fn a_mail_that_is_tried_again_carries_a_token_beside_the_earlier_ones() {
    let shop = Shop::with_a_password();
    let first = shop.forgotten(LOGIN);
    let mail = status(&shop)["mail"].to_string();
    let again = |shop: &Shop| {
        shop.ok(&format!("mail bounced {mail} --reason 'the mailbox was full'"));
        shop.ok(&format!("mail retry {mail}"));
        shop.ok("mail send");
        shop.token(LOGIN)
    };
    let (second, third) = (again(&shop), again(&shop));
    assert!(first != second && second != third);
    assert_eq!(
        shop.count(
            "SELECT count(*) FROM token t JOIN password_request r
        ON r.id = t.request_id WHERE r.ended_at IS NULL"
        ),
        3
    );
    let rehearsal = "password redeem --token-file - --password-stdin -n";
    for token in [&first, &second, &third] {
        let input = format!("{token}\n{NEW}\n");
        assert_eq!(shop.feed(rehearsal, input.as_bytes()).status, 0);
    }
    assert_eq!(shop.redeem(&first, NEW).status, 0);
    for token in [&first, &second, &third] {
        assert_eq!(shop.redeem(token, "sju sorters kakor i burken").status, 3);
    }
    assert_snapshot!(shop.run(&format!("mail retry {mail}")), @"
    --- stderr
    error: mail 3 was sent at 2026-03-01 09:00
    hint: `shopctl password forgot EMAIL` mails a new link
    --- status 5
    ");
}

#[test]
fn a_mail_that_a_server_took_late_carries_a_token_of_its_own() {
    let shop = Shop::with_a_password();
    let sink = Sink::start();
    shop.configure(&sink.settings());
    shop.ok(&format!("password forgot {LOGIN}"));
    sink.rule(".", "451 4.7.1 try again later");
    shop.ok("mail send");
    assert_eq!(status(&shop)["mail_status"], "waiting");
    sink.relent();
    shop.at("2026-03-01T08:50:00Z");
    shop.ok("mail send");
    let taken = sink.taken().pop().expect("a mail");
    let good = "SELECT count(*) FROM token t JOIN password_request r ON r.id = t.request_id
         WHERE r.ended_at IS NULL";
    assert_eq!(shop.count(good), 2, "the server may have taken the first one after all");
    shop.at("2026-03-01T09:49:59Z");
    assert_eq!(shop.redeem(&token_of(&taken.message), NEW).status, 0, "its hour began anew");
    assert_eq!(shop.count(good), 0);
}

#[test]
fn a_mail_that_a_newer_one_overtook_is_not_sent() {
    let shop = Shop::with_a_password();
    shop.ok(&format!("password reset {LOGIN} --ticket 1"));
    shop.ok(&format!("password reset {LOGIN} --ticket 2"));
    shop.ok("mail send");
    let letters = shop.letters();
    let tokens = letters.iter().filter(|letter| letter.contains("password?token"));
    assert_eq!(tokens.count(), 1);
    assert_snapshot!(shop.run("mail list --status held --columns number,kind,detail"), @"3	password_reset	the password was changed or locked since");
}

#[test]
fn passwords_that_are_easily_guessed_are_refused_with_the_reason() {
    let shop = Shop::with_a_password();
    let token = shop.forgotten(LOGIN);
    let long = "å".repeat(257);
    let mut reasons = String::new();
    for password in [
        "",
        "fjorton tecken",
        &long,
        "123456789012345",
        "QWERTYUIOP12345",
        "hejhejhejhejhej",
        "Lösenord12345678",
        "cdefghijklmnopq",
        "avtal@saab.example",
        "Saab AB 556036-0793",
        "Avtalsbutiken 2026",
        "en kopp\tkaffe till tack",
        "en kopp\0kaffe till tack",
    ] {
        let refused = shop.redeem(&token, password);
        assert_eq!(refused.status, 5, "{password}\n{refused}");
        reasons.push_str(refused.stderr.lines().find(|line| line.contains("error")).expect("one"));
        reasons.push('\n');
    }
    assert_snapshot!(reasons, @"
    error: the password is empty
    error: the password has 14 characters; it needs at least 15
    error: the password has 257 characters; at most 256 are taken
    error: the password is one of the common ones, which are tried first
    error: the password is one of the common ones, which are tried first
    error: the password is the same 3 characters over and over
    error: the password is little more than common ones, which are tried first, with digits too
    error: the password is little more than letters or digits in a row, such as abcd or 1234
    error: the password is little more than `avtal@saab.example`, which everybody knows of you
    error: the password is little more than `556036-0793`, which everybody knows of you
    error: the password is little more than `avtalsbutiken`, which everybody knows of you
    error: the password holds a control character, which no keyboard types
    error: the password holds a control character, which no keyboard types
    ");
    let line = "password redeem --token-file - --password-stdin --json";
    let refused = shop.feed(line, format!("{token}\nkort\n").as_bytes());
    assert_snapshot!(refused, @r#"
    --- stderr
    {"code":"password_refused","message":"the password has 4 characters; it needs at least 15","details":{"hint":"a few words that nobody would put together make a good one","status":5}}
    --- status 5
    "#);
    assert_eq!(shop.redeem(&token, &"å".repeat(256)).status, 5, "one character over and over");
    let longest = "åtta små grisar ".repeat(15) + "och en till hej!";
    assert_eq!(longest.chars().count(), 256);
    let chosen = shop.redeem(&token, &longest);
    assert_eq!(chosen.status, 0, "{chosen}");
    assert_eq!(shop.check(LOGIN, &longest).status, 0);
}

#[test]
fn a_password_is_the_same_from_every_keyboard() {
    let shop = Shop::with_a_password();
    let composed = "r\u{e4}ksm\u{f6}rg\u{e5}sar \u{1f989}\u{1f41d} \u{fb01}n";
    let decomposed = "ra\u{308}ksmo\u{308}rga\u{30a}sar \u{1f989}\u{1f41d} fin";
    let chosen = shop.change_password(LOGIN, PASSWORD, composed);
    assert_eq!(chosen.status, 0, "{chosen}");
    for typed in [composed, decomposed] {
        assert_eq!(shop.check(LOGIN, typed).status, 0, "{typed}");
    }
    let same = shop.change_password(LOGIN, composed, decomposed);
    assert!(same.stderr.contains("the new password is the old one"), "{same}");
    for typed in ["raksmorgasar \u{1f989}\u{1f41d} fin", &composed.to_uppercase(), "\0", ""] {
        assert_eq!(shop.check(LOGIN, typed).status, 3, "{typed:?}");
    }
    let line = format!("password check {LOGIN} --password-stdin");
    assert_eq!(
        shop.feed(&line, format!("{composed}\r\n").as_bytes()).status,
        0,
        "typed on Windows"
    );
    assert_eq!(shop.feed(&line, composed.as_bytes()).status, 0, "without a line end");
}

#[test]
fn what_is_no_text_is_no_password() {
    let shop = Shop::with_a_password();
    let line = format!("password check {LOGIN} --password-stdin");
    assert_snapshot!(shop.feed(&line, b""), @"
    --- stderr
    error: stdin ended where a password was to come
    --- status 5
    ");
    assert_snapshot!(shop.feed(&line, b"\xff\xfe\n"), @"
    --- stderr
    error: the password is not UTF-8
    --- status 5
    ");
    assert_snapshot!(shop.feed(&line, &[b'a'; 5000]), @"
    --- stderr
    error: the password is longer than 4096 bytes
    --- status 5
    ");
}

#[test]
fn addresses_are_found_in_any_case_and_others_are_answered_like_a_wrong_password() {
    let shop = Shop::with_a_password();
    for login in ["AVTAL@SAAB.EXAMPLE", "Avtal@Saab.Example"] {
        assert_eq!(shop.check(login, PASSWORD).status, 0, "{login}");
    }
    shop.ok("account close 212000-0142");
    let wrong = shop.check(LOGIN, "inte mitt lösenord");
    assert_snapshot!(wrong, @"
    --- stderr
    error: this is not the login's password
    hint: `shopctl password forgot EMAIL` mails a way to choose a new one
    --- status 3
    ");
    for address in ["ingen@saab.example", "inkop@stockholm.example", "ingen@räksmörgås.example"]
    {
        let said = shop.check(address, PASSWORD);
        assert_eq!((said.status, &said.stdout, &said.stderr), (3, &wrong.stdout, &wrong.stderr));
        let change = shop.change_password(address, PASSWORD, NEW);
        assert_eq!((change.status, &change.stderr), (3, &wrong.stderr));
    }
    assert_snapshot!(shop.check("avtal", PASSWORD), @"
    --- stderr
    error: <EMAIL>: this is not an e-mail address: it has no @
    --- status 5
    ");
    assert_snapshot!(shop.run("password status ingen@saab.example"), @"
    --- stderr
    error: there is no login `ingen@saab.example`
    --- status 4
    ");
    assert_snapshot!(shop.run("password reset ingen@saab.example --ticket 1"), @"
    --- stderr
    error: there is no login `ingen@saab.example`
    --- status 4
    ");
    assert_snapshot!(shop.run("password status avtal"), @"
    --- stderr
    error: <EMAIL>: this is not an e-mail address: it has no @
    --- status 5
    ");
}

#[test]
fn a_web_shop_is_told_who_it_is_and_what_they_have_access_to() {
    let shop = Shop::with_a_password();
    shop.ok("order create --account 556036-0793 --item AB04");
    shop.ok("order create --account 556036-0793 --item AB04 --start 2026-06-01 -y");
    let line = format!("password check {LOGIN} --password-stdin --json");
    assert_snapshot!(shop.feed(&line, format!("{PASSWORD}\n").as_bytes()), @r#"
    {
      "login": "avtal@saab.example",
      "org_number": "556036-0793",
      "name": "Saab AB",
      "access": [
        {
          "number": 1001,
          "sku": "AB04",
          "status": "running",
          "last_day": null
        }
      ]
    }
    "#);
    let wrong = shop.feed(&line, b"fel\n");
    assert_snapshot!(wrong, @r#"
    --- stderr
    {"code":"login_failed","message":"this is not the login's password","details":{"hint":"`shopctl password forgot EMAIL` mails a way to choose a new one","status":3}}
    --- status 3
    "#);
}

#[test]
fn without_a_terminal_the_flag_to_use_is_named() {
    let shop = Shop::with_a_password();
    assert_snapshot!(shop.run(&format!("password check {LOGIN}")), @"
    --- stderr
    error: there is no terminal to ask on: password
    hint: `--password-stdin` reads it without one
    --- status 2
    ");
    assert_snapshot!(shop.run(&format!("password change {LOGIN}")), @"
    --- stderr
    error: there is no terminal to ask on: old password
    hint: `--password-stdin` reads it without one
    --- status 2
    ");
    assert_snapshot!(shop.run("password redeem"), @"
    --- stderr
    error: there is no terminal to ask on: token or link of the mail
    hint: `--token-file` reads it without one
    --- status 2
    ");
    let token = shop.forgotten(LOGIN);
    let file = shop.file("token.txt", &token);
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).expect("a file");
    assert_snapshot!(shop.run(&format!("password redeem --token-file {file}")), @"
    --- stderr
    error: there is no terminal to ask on: new password
    hint: `--password-stdin` reads it without one
    --- status 2
    ");
    assert_snapshot!(shop.run(&format!("password check {LOGIN} --password-stdin --password-file x")), @"
    --- stderr
    error: the argument '--password-stdin' cannot be used with '--password-file <FILE>'
    hint: `shopctl password check --password-stdin <EMAIL>`
    --- status 2
    ");
}

#[test]
fn a_secret_in_a_file_that_others_may_read_is_refused() {
    let shop = Shop::with_a_password();
    let file = shop.file("hemligt.txt", format!("{PASSWORD}\n"));
    let line = format!("password check {LOGIN} --password-file {file}");
    for mode in [0o644, 0o640, 0o604, 0o660] {
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).expect("a file");
        let refused = shop.run(&line);
        assert_eq!(refused.status, 5, "{mode:o}\n{refused}");
        assert!(refused.stderr.contains(&format!("chmod 600 {file}")), "{refused}");
    }
    assert_snapshot!(shop.run(&line), @"
    --- stderr
    error: others than its owner may open the file `~/hemligt.txt`
    hint: chmod 600 ~/hemligt.txt
    --- status 5
    ");
    let redeem = format!("password redeem --token-file {file} --password-stdin");
    assert_eq!(shop.run(&redeem).status, 5);
    for mode in [0o600, 0o400] {
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).expect("a file");
        assert_eq!(shop.run(&line).status, 0, "{mode:o}");
    }
    for content in ["{}", "{}\n\n", "\u{feff}{}\r\n", "{}\r\n\r\n"] {
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).expect("a file");
        shop.file("hemligt.txt", content.replace("{}", PASSWORD));
        assert_eq!(shop.run(&line).status, 0, "{content:?}");
    }
    let stdin = format!("password check {LOGIN} --password-file -");
    assert_eq!(shop.feed(&stdin, PASSWORD.as_bytes()).status, 0);
    assert_snapshot!(shop.run(&format!("password check {LOGIN} --password-file nowhere.txt")), @"
    --- stderr
    error: the file `nowhere.txt` cannot be read: No such file or directory (os error 2)
    --- status 8
    ");
    assert_snapshot!(shop.run(&format!("password check {LOGIN} --password-file {}", shop.path(""))), @"
    --- stderr
    error: the file `~/` cannot be read: is a directory
    --- status 8
    ");
}

#[test]
fn whoever_guesses_must_wait_longer_each_time() {
    let shop = Shop::with_a_password();
    for _ in 0..4 {
        assert_eq!(shop.check(LOGIN, "gissning").status, 3);
    }
    assert_eq!(status(&shop)["wait_seconds"], Json::Null, "people mistype");
    shop.check(LOGIN, "gissning");
    assert_snapshot!(shop.check(LOGIN, PASSWORD), @"
    --- stderr
    error: too many wrong passwords; this login is looked at again in 30 s
    hint: choosing a new password by `shopctl password forgot EMAIL` ends the wait
    --- status 3
    ");
    let line = format!("password check {LOGIN} --password-stdin --json");
    assert_snapshot!(shop.feed(&line, format!("{PASSWORD}\n").as_bytes()), @r#"
    --- stderr
    {"code":"locked_for","message":"too many wrong passwords; this login is looked at again in 30 s","details":{"hint":"choosing a new password by `shopctl password forgot EMAIL` ends the wait","status":3,"seconds":30}}
    --- status 3
    "#);
    let shown = status(&shop);
    assert_eq!((&shown["failed_attempts"], &shown["refused_attempts"]), (&7.into(), &2.into()));

    shop.at("2026-03-01T08:00:30Z");
    assert_eq!(shop.check(LOGIN, "gissning").status, 3);
    assert_eq!(status(&shop)["wait_seconds"], 60);
    shop.at("2026-03-01T08:01:29Z");
    assert!(shop.check(LOGIN, PASSWORD).stderr.contains("again in 1 s"));
    shop.at("2026-03-01T08:01:30Z");
    assert_eq!(shop.check(LOGIN, PASSWORD).status, 0);
    let shown = status(&shop);
    assert_eq!((&shown["failed_attempts"], &shown["wait_seconds"]), (&0.into(), &Json::Null));
}

#[test]
fn a_new_password_ends_the_wait_of_a_login() {
    let shop = Shop::with_a_password();
    for _ in 0..5 {
        shop.check(LOGIN, "gissning");
    }
    assert!(shop.check(LOGIN, PASSWORD).stderr.contains("too many wrong passwords"));
    let refused = shop.change_password(LOGIN, PASSWORD, NEW);
    assert!(refused.stderr.contains("too many wrong passwords"), "{refused}");
    let token = shop.forgotten(LOGIN);
    assert_eq!(shop.redeem(&token, NEW).status, 0);
    assert_eq!(shop.check(LOGIN, NEW).status, 0);
}

#[test]
fn the_former_password_of_a_co_worker_is_no_guess_and_leaves_a_hint() {
    let shop = Shop::with_a_password();
    assert_eq!(shop.change_password(LOGIN, PASSWORD, NEW).status, 0);
    let wrong = shop.check(LOGIN, "något helt annat");
    for _ in 0..8 {
        let former = shop.check(LOGIN, PASSWORD);
        assert_eq!((former.status, &former.stderr), (3, &wrong.stderr));
    }
    let shown = status(&shop);
    assert_eq!((&shown["failed_attempts"], &shown["wait_seconds"]), (&1.into(), &Json::Null));
    assert_eq!(trail(&shop, "former_password_tried").len(), 8);
    let history = shop.ok("account history 556036-0793 --columns kind,change");
    assert_snapshot!(history.lines().next().expect("a line"), @"former_password_tried	hint somebody who shares the login has not been told of the new password");
}

#[test]
fn support_locks_a_password_and_sees_nothing_secret() {
    let shop = Shop::with_a_password();
    shop.rehearse_and_run(&format!("password reset {LOGIN} --ticket 'call at 10:20'"));
    assert_eq!(status(&shop)["password"], "locked");
    assert_eq!(shop.check(LOGIN, PASSWORD).status, 3);
    assert_eq!(status(&shop)["failed_attempts"], 0, "it is the former one");
    shop.ok("mail send");
    let token = shop.token(LOGIN);
    let letter = shop.letters().into_iter().find(|letter| letter.contains("token=")).expect("one");
    assert_snapshot!(text_of(&letter).replace(&token, "<token>"), @"
    Hej!

    Kansliet har på begäran låst lösenordet för inloggningen avtal@saab.example.
    Det gamla lösenordet gäller inte längre.

    Välj ett nytt lösenord här:

    https://butik.forening.example/password?token=<token>

    Länken kan användas en gång och gäller i 60 minuter från det att mejlet
    skickades. Har den slutat gälla ber ni om en ny på inloggningssidan.

    Om ni inte har bett om detta, svara på det här mejlet eller skriv till
    kontoret@forening.example.

    Vi frågar aldrig efter ert lösenord, vare sig per telefon eller e-post.

    Med vänlig hälsning

    Avtalsbutiken
    https://butik.forening.example
    ");
    let shown = shop.run(&format!("password status {LOGIN} --format table"));
    assert_snapshot!(shown, @"
    Login                  avtal@saab.example
    Account                556036-0793
    Name                   Saab AB
    Password               locked
    Chosen                 2026-03-01 09:00
    Locked                 2026-03-01 09:00
    Failed attempts        0
    Refused while waiting  0
    Last mail about it     3
    Its reason             support
    Asked for at           2026-03-01 09:00
    Its fate               sent
    ");
    let same = shop.redeem(&token, PASSWORD);
    assert!(same.stderr.contains("the new password is the old one"), "{same}");
    assert_eq!(shop.redeem(&token, NEW).status, 0);
    assert_eq!(status(&shop)["password"], "chosen");
    assert_snapshot!(shop.run(&format!("password reset {LOGIN}")), @"
    --- stderr
    error: missing: --ticket <TEXT>
    hint: `shopctl password reset --ticket <TEXT> <EMAIL>`
    --- status 2
    ");
    assert_snapshot!(shop.run(&format!("password reset {LOGIN} --ticket ''")), @"
    --- stderr
    error: --ticket <TEXT>: it is empty
    --- status 5
    ");
    shop.ok("account close 556036-0793");
    assert_snapshot!(shop.run(&format!("password reset {LOGIN} --ticket 1")), @"
    --- stderr
    error: account 556036-0793 is closed
    hint: `shopctl account reopen ORG` opens it
    --- status 5
    ");
}

#[test]
fn what_is_asked_of_passwords_is_never_less_than_the_floor() {
    let shop = Shop::with_a_password();
    assert_snapshot!(shop.table("password policy show"), @"
    Setting                   Value   Choices               What it decides
    ────────────────────────────────────────────────────────────────────────────────────────────────────
    password_memory_mib       46      46 to 1024 MiB        mebibytes of memory that hashing a password
                                                            takes
    password_passes           1       1 to 10               passes over that memory
    password_lanes            1       1 to 16               lanes of that memory
    password_characters_min   15      15 to 64 characters   characters that a new password has at least
    reset_minutes             60      5 to 1440 minutes     minutes that the link to choose a new
                                                            password is good
    invitation_days           14      1 to 60 days          days that the link in an invitation is good
    ");
    for set in [
        "password_memory_mib 45",
        "password_memory_mib 0",
        "password_memory_mib 99999999999",
        "password_passes 0",
        "password_lanes 0",
        "password_characters_min 14",
        "reset_minutes 0",
        "invitation_days 0",
        "renewal_reminders on",
    ] {
        let refused = shop.run(&format!("password policy set {set}"));
        assert_eq!(refused.status, 5, "{set}\n{refused}");
    }
    assert_snapshot!(shop.run("password policy set password_memory_mib 45"), @"
    --- stderr
    error: `45` is no value of `password_memory_mib`, which is 46 to 1024 MiB
    hint: `shopctl setting list` shows the choices of each
    --- status 5
    ");
    assert_snapshot!(shop.run("password policy set renewal_reminders on"), @"
    --- stderr
    error: `renewal_reminders` has nothing to do with passwords
    hint: `shopctl password policy show` lists what has; `shopctl setting set` sets the rest
    --- status 5
    ");
    shop.rehearse_and_run("password policy set password_characters_min 20");
    assert_snapshot!(shop.change_password(LOGIN, PASSWORD, "sexton tecken ok"), @"
    --- stderr
    error: the password has 16 characters; it needs at least 20
    hint: a few words that nobody would put together make a good one
    --- status 5
    ");
    assert_eq!(shop.check(LOGIN, PASSWORD).status, 0);
}

#[test]
fn a_password_is_hashed_anew_at_its_next_good_login_after_the_cost_rose() {
    let shop = Shop::with_a_password();
    let cost = || {
        let sql = "SELECT hash FROM password";
        let hash: String = shop.sqlite().query_row(sql, [], |row| row.get(0)).expect(sql);
        hash.split('$').nth(3).expect("a PHC string").to_owned()
    };
    assert_eq!(cost(), "m=47104,t=1,p=1");
    shop.ok("password policy set password_memory_mib 47");
    shop.check(LOGIN, "gissning");
    assert_eq!(cost(), "m=47104,t=1,p=1");
    assert_eq!(shop.check(LOGIN, PASSWORD).status, 0);
    assert_eq!(cost(), "m=48128,t=1,p=1");
    assert_eq!(shop.check(LOGIN, PASSWORD).status, 0);
    assert_eq!(trail(&shop, "password_rehashed").len(), 1);
    shop.ok("password policy set password_memory_mib 46");
    assert_eq!(shop.check(LOGIN, PASSWORD).status, 0);
    assert_eq!(cost(), "m=48128,t=1,p=1", "a costlier hash stays");
}

#[test]
fn each_role_may_help_as_far_as_it_reaches() {
    let shop = Shop::with_a_password();
    for (user, role) in [("rut", "reader"), ("siv", "support"), ("stig", "staff")] {
        shop.ok(&format!("staff add {user} --role {role}"));
    }
    let invite = "account login invite --all-new";
    let commands = [
        (format!("password check {LOGIN} --password-stdin"), "rut"),
        (format!("password change {LOGIN} --password-stdin"), "rut"),
        (format!("password forgot {LOGIN}"), "rut"),
        ("password redeem --token-file - --password-stdin".to_owned(), "rut"),
        ("password policy show".to_owned(), "rut"),
        ("account login list 556036-0793".to_owned(), "rut"),
        (format!("password status {LOGIN}"), "siv"),
        (format!("password reset {LOGIN} --ticket 1 -n"), "siv"),
        (format!("{invite} -n"), "siv"),
        ("password policy set reset_minutes 30 -n".to_owned(), "anna"),
    ];
    let order = ["uid:65534", "rut", "siv", "stig", "anna"];
    for (line, least) in &commands {
        let least = order.iter().position(|user| user == least).expect("a user");
        for (place, user) in order.iter().enumerate() {
            let said = run_as(&shop, user, line);
            let is_refused = said.stderr.contains("needs the role")
                || said.stderr.contains("not work in this shop");
            assert_eq!(is_refused, place < least, "{user}: {line}\n{said}");
            assert!(!is_refused || said.status == 3, "{user}: {line}\n{said}");
        }
    }
}

#[test]
fn r7_a_login_gives_notice_by_its_password_and_for_its_own_account_alone() {
    let shop = Shop::with_a_password();
    shop.ok("staff add butik --role reader");
    shop.ok("order create --account 556036-0793 --item AB04");
    shop.ok("order create --account 212000-0142 --item AB04");
    let cancel = |number: i64, more: &str, password: &str| {
        let line = format!("subscription cancel {number} --login {LOGIN} --password-stdin {more}");
        let mut command = shop.command(&line);
        shop.feed_to(command.env("SUDO_USER", "butik"), format!("{password}\n").as_bytes())
    };
    assert_snapshot!(cancel(1001, "--yes", "inte det gamla alls"), @"
    --- stderr
    error: this is not the login's password
    hint: `shopctl password forgot EMAIL` mails a way to choose a new one
    --- status 3
    ");
    assert_snapshot!(cancel(1002, "--yes", PASSWORD), @"
    --- stderr
    error: this is not the login's password
    hint: `shopctl password forgot EMAIL` mails a way to choose a new one
    --- status 3
    ");
    assert_snapshot!(cancel(1001, "--received 2026-02-01 --yes", PASSWORD), @"
    --- stderr
    error: a password goes with `--login` alone: who gives it, gives notice today
    hint: what came by letter or e-mail is entered without a password
    --- status 5
    ");
    assert_snapshot!(cancel(1001, "--yes", PASSWORD), @"
    notice given           1001  received on 2026-03-01, channel login, login avtal@saab.example, given by avtal@saab.example, notice for 2027-03-01, deadline 2026-12-01, in time yes, ends on: nothing → 2027-03-01, notice 1
    mail queued            5  kind notice_confirmation, recipient avtal@saab.example, cause notice 1 of subscription 1001
    Notice was received on 2026-03-01 by the login avtal@saab.example. It was given for the renewal on 2027-03-01. The last day for notice was 2026-12-01: 3 months before 2027-03-01, that day included. It came in time, so the subscription ends on 2027-03-01, and the last day of access is 2027-02-28. It is invoiced up to that day; nothing is credited.
    ");
    assert_eq!(run_as(&shop, "butik", "subscription cancel 1001 --yes").status, 3);
}
