//! What becomes of a login's password when its account is merged, closed, taken back or forgotten.

use std::collections::BTreeSet;

use insta::assert_snapshot;
use serde_json::Value as Json;

use crate::support::{LOGIN, PASSWORD, Shop};

const OTHER: &str = "inkop@stockholm.example";

/// Returns the account that a login's password opens.
fn opens(shop: &Shop, login: &str) -> Json {
    let checked = shop.feed(
        &format!("password check {login} --password-stdin --json"),
        format!("{PASSWORD}\n").as_bytes(),
    );
    assert_eq!(checked.status, 0, "{checked}");
    let checked: Json = serde_json::from_str(&checked.stdout).expect("JSON");
    checked["org_number"].clone()
}

#[test]
fn r2_the_login_that_remains_of_a_merger_opens_the_other_account_with_its_password() {
    let shop = Shop::with_a_password();
    let other = shop.forgotten(OTHER);
    assert_eq!(opens(&shop, LOGIN), "556036-0793");
    shop.ok(&format!("account merge 556036-0793 212000-0142 --keep-login {LOGIN} --yes"));
    assert_eq!(opens(&shop, LOGIN), "212000-0142");
    assert_snapshot!(shop.redeem(&other, "lyktstolpe hallon sextant"), @"
    --- stderr
    error: the token is not good: it was used, is too old, or is not whole
    hint: `shopctl password forgot EMAIL` mails a new one
    --- status 3
    ");
    assert_eq!(shop.check(OTHER, PASSWORD).status, 3);
    assert_snapshot!(shop.run("account login list 212000-0142"), @"avtal@saab.example	chosen		2026-03-01T08:00:00Z");
}

#[test]
fn a_closed_account_is_opened_by_no_token_and_no_password_until_it_is_reopened() {
    let shop = Shop::with_a_password();
    let token = shop.forgotten(LOGIN);
    shop.ok("account close 556036-0793");
    assert_snapshot!(shop.redeem(&token, "lyktstolpe hallon sextant"), @"
    --- stderr
    error: the token is not good: it was used, is too old, or is not whole
    hint: `shopctl password forgot EMAIL` mails a new one
    --- status 3
    ");
    assert_eq!(shop.check(LOGIN, PASSWORD).status, 3);
    assert_snapshot!(shop.run("account login invite 556036-0793"), @"
    --- stderr
    error: account 556036-0793 is closed
    hint: `shopctl account reopen ORG` opens it
    --- status 5
    ");
    shop.ok("account reopen 556036-0793");
    assert_eq!(shop.check(LOGIN, PASSWORD).status, 0);
    assert_eq!(shop.redeem(&token, "lyktstolpe hallon sextant").status, 0);
}

#[test]
fn a_mail_that_waited_when_its_account_was_closed_is_held_and_goes_once_it_is_open_again() {
    let shop = Shop::with_a_password();
    shop.ok(&format!("password reset {LOGIN} --ticket 4711"));
    let mail = shop.json(&format!("password status {LOGIN}"))["mail"].clone();
    shop.ok("account close 556036-0793");
    assert_eq!(shop.letters().len(), 0);
    shop.ok("mail send");
    assert_eq!(shop.letters().len(), 0);
    assert_snapshot!(shop.ok("mail list --columns number,kind,status"), @"
    3	password_reset	held
    2	password_change	sent
    1	login_invitation	sent
    ");
    shop.ok("account reopen 556036-0793");
    shop.ok(&format!("mail retry {mail}"));
    shop.ok("mail send");
    assert_eq!(shop.redeem(&shop.token(LOGIN), "lyktstolpe hallon sextant").status, 0);
}

#[test]
fn a_mail_that_waited_for_a_login_that_is_gone_is_held() {
    let shop = Shop::with_a_password();
    shop.ok(&format!("password reset {LOGIN} --ticket 4711"));
    shop.ok(&format!("account merge 556036-0793 212000-0142 --keep-login {OTHER} --yes"));
    shop.ok("mail send");
    assert_eq!(shop.letters().len(), 0);
    assert_snapshot!(shop.ok("mail list --status held --columns number,kind,recipient"), @"3	password_reset	avtal@saab.example");
}

#[test]
fn an_import_is_kept_once_its_logins_are_invited() {
    let shop = Shop::new();
    let file =
        shop.file("a.csv", "org_number,name,email\n556036-0793,Saab AB,avtal@saab.example\n");
    shop.ok(&format!("account import {file}"));
    shop.ok("account login invite --all-new");
    assert_snapshot!(shop.run("account imports undo 1 --yes"), @"
    --- stderr
    error: something was built on import 1 since: account 556036-0793 was asked to choose a password
    hint: it stays; `shopctl account close ORG` closes an account that is not to be used, `account edit ORG` corrects it
    --- status 5
    ");
}

#[test]
fn an_account_is_kept_once_its_login_is_invited() {
    let shop = Shop::new();
    shop.ok("account create 556036-0793 --name 'Saab AB' --email avtal@saab.example");
    shop.ok("account login invite 556036-0793");
    assert_snapshot!(shop.run("undo 2 --yes"), @"
    --- stderr
    error: account 556036-0793 was changed, has orders or was asked to choose a password since
    hint: undo first what was done since; `shopctl audit list` shows it
    --- status 5
    ");
}

#[test]
fn a_login_is_found_in_letters_and_in_punycode() {
    let shop = Shop::new();
    shop.ok("account create 556036-0793 --name 'Saab AB' --email Avtal@räksmörgås.example");
    for spelling in ["avtal@RÄKSMÖRGÅS.example", "avtal@xn--rksmrgs-5wao1o.example"] {
        assert_eq!(shop.json(&format!("find {spelling}"))[0]["kind"], "account", "{spelling}");
        let account = shop.json(&format!("account show {spelling}"));
        assert_eq!(account["logins"][0]["password"], "never chosen");
    }
}

#[test]
fn what_happened_to_a_login_is_told_in_words() {
    let shop = Shop::with_a_password();
    shop.check(LOGIN, PASSWORD);
    for _ in 0..6 {
        shop.check(LOGIN, "inte rätt lösenord");
    }
    shop.check("ingen@saab.example", PASSWORD);
    shop.ok("password forgot ingen@saab.example");
    let token = shop.forgotten(LOGIN);
    shop.redeem(&token, "lyktstolpe hallon sextant");
    shop.check(LOGIN, PASSWORD);
    shop.ok(&format!("password reset {LOGIN} --ticket 4711"));
    shop.ok(&format!(
        "account login rename 556036-0793 {LOGIN} ny@saab.example --ticket 4712 --proof 'ringde upp'"
    ));
    let told = |line: &str, about: &[&str]| {
        let lines = shop.ok(&format!("{line} --columns kind,number,change"));
        let is_about = |line: &&str| about.iter().any(|kind| line.starts_with(kind));
        lines.lines().filter(is_about).map(|line| format!("{line}\n")).collect::<String>()
    };
    let of_logins = ["password", "login", "former", "token"];
    assert_snapshot!(told("account history 556036-0793", &of_logins), @"
    password_asked	ny@saab.example	origin support, ticket 4712
    password_voided	ny@saab.example	reason the login has another address
    login_renamed	556036-0793	login: avtal@saab.example → ny@saab.example, ticket 4712, proof ringde upp
    password_asked	avtal@saab.example	origin support, ticket 4711
    password_voided	avtal@saab.example	reason ticket 4711
    former_password_tried	avtal@saab.example	hint somebody who shares the login has not been told of the new password
    password_chosen	avtal@saab.example	by token
    token_made	avtal@saab.example	mail 3, expires at 2026-03-01T09:00:00Z
    password_asked	avtal@saab.example	origin forgotten
    login_refused	avtal@saab.example	
    login_failed	avtal@saab.example	failures 5, retry at 2026-03-01T08:00:30Z
    login_failed	avtal@saab.example	failures 4
    login_failed	avtal@saab.example	failures 3
    login_failed	avtal@saab.example	failures 2
    login_failed	avtal@saab.example	failures 1
    login_succeeded	avtal@saab.example	
    password_chosen	avtal@saab.example	by token
    token_made	avtal@saab.example	mail 1, expires at 2026-03-15T08:00:00Z
    password_asked	avtal@saab.example	origin invitation
    ");
    assert_snapshot!(told("audit list --limit 24", &["password_f", "password_p"]), @"
    password_passed_over	ingen@saab.example	reason unknown
    password_forgotten	avtal@saab.example	
    password_forgotten	ingen@saab.example
    ");
}

#[test]
fn a_persons_number_is_masked_in_what_is_told_of_a_login() {
    let shop = Shop::new();
    shop.ok("account create 850709-9805 --name 'Anna Berg' --email anna@berg.example");
    shop.ok("account login rename anna@berg.example anna@berg.example ny@berg.example --ticket 1 \
        --proof 'ringde upp'");
    shop.ok("account login invite ny@berg.example");
    assert_eq!(
        shop.count(
            "SELECT count(*) FROM event_payload p JOIN event e ON e.seq = p.seq
         WHERE e.kind <> 'operation_begun' AND instr(p.payload, '9805') > 0"
        ),
        0
    );
}

#[test]
fn no_event_holds_a_password_a_hash_or_a_token() {
    let shop = Shop::with_a_password();
    let mut secrets = vec![PASSWORD.to_owned(), "argon2".to_owned()];
    let mut tokens = BTreeSet::new();
    shop.check(LOGIN, "inte rätt lösenord");
    secrets.push("inte rätt".to_owned());
    shop.ok("password policy set password_memory_mib 47");
    shop.check(LOGIN, PASSWORD);
    tokens.insert(shop.forgotten(LOGIN));
    shop.ok("mail send");
    let token = shop.forgotten(LOGIN);
    shop.redeem(&token, "lyktstolpe hallon sextant");
    shop.redeem(&token, "lyktstolpe hallon kikare");
    shop.check(LOGIN, PASSWORD);
    shop.change_password(LOGIN, "lyktstolpe hallon sextant", "en annan lyktstolpe idag");
    shop.ok("password forgot ingen@saab.example");
    shop.ok(&format!("password reset {LOGIN} --ticket 4711"));
    shop.ok("mail send");
    tokens.extend([token, shop.token(LOGIN)]);
    for _ in 0..8 {
        shop.check(LOGIN, "inte rätt lösenord");
    }
    shop.ok(&format!(
        "account login rename 556036-0793 {LOGIN} ny@saab.example --ticket 4712 --proof 'ringde upp'"
    ));
    secrets.push("lyktstolpe".to_owned());
    for column in ["hash", "former_hash"] {
        let sql = format!("SELECT {column} FROM password WHERE {column} IS NOT NULL");
        let sqlite = shop.sqlite();
        let mut hashes = sqlite.prepare(&sql).expect("the hashes");
        let hashes = hashes.query_map([], |row| row.get::<_, String>(0)).expect("the hashes");
        secrets.extend(hashes.map(|hash| hash.expect("a hash")));
    }
    secrets.extend(tokens);

    let kinds: BTreeSet<String> = {
        let sqlite = shop.sqlite();
        let mut kinds = sqlite.prepare("SELECT DISTINCT kind FROM event").expect("the kinds");
        let kinds = kinds.query_map([], |row| row.get(0)).expect("the kinds");
        kinds.map(|kind| kind.expect("a kind")).collect()
    };
    for kind in [
        "former_password_tried",
        "login_failed",
        "login_refused",
        "login_renamed",
        "login_succeeded",
        "password_asked",
        "password_chosen",
        "password_forgotten",
        "password_passed_over",
        "password_rehashed",
        "password_voided",
        "token_made",
    ] {
        assert!(kinds.contains(kind), "{kind}");
    }
    let sqlite = shop.sqlite();
    let mut payloads = sqlite.prepare("SELECT payload FROM event_payload").expect("the payloads");
    let payloads = payloads.query_map([], |row| row.get::<_, String>(0)).expect("the payloads");
    for payload in payloads {
        let payload = payload.expect("a payload").to_lowercase();
        for secret in &secrets {
            assert!(!payload.contains(&secret.to_lowercase()), "{secret} in {payload}");
        }
    }
}
