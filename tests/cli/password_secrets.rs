//! What must hold of passwords and tokens: every guess is counted, a token opens once, and a secret is
//! found nowhere but in the mail that carries it.

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use insta::assert_snapshot;
use sha2::{Digest, Sha256};

use crate::support::{LOGIN, Outcome, PASSWORD, Shop, Sink, token_of};

/// How many processes there are at once.
const CROWD: usize = 32;

/// Starts a crowd of the same command, gives each its input once all have started, and returns how each
/// ended.
fn crowd(shop: &Shop, line: &str, input: impl Fn(usize) -> String) -> Vec<Outcome> {
    let mut children: Vec<Child> =
        (0..CROWD).map(|_| shop.start(shop.command(line).stdin(Stdio::piped()))).collect();
    for (number, child) in children.iter_mut().enumerate() {
        let mut stdin = child.stdin.take().expect("stdin is a pipe");
        stdin.write_all(input(number).as_bytes()).expect("it reads");
    }
    children.into_iter().map(|child| shop.wait(child)).collect()
}

fn ended(outcomes: &[Outcome], status: i32) -> usize {
    outcomes.iter().filter(|outcome| outcome.status == status).count()
}

#[test]
fn thirty_two_guesses_at_once_are_counted_exactly() {
    let shop = Shop::with_a_password();
    let line = format!("password check {LOGIN} --password-stdin --wait 120");
    let outcomes = crowd(&shop, &line, |number| format!("gissning nummer {number}\n"));
    assert_eq!(ended(&outcomes, 3), CROWD, "{}", outcomes[0]);
    // From the fifth on the login had to wait, and none was told what its guess was worth.
    let told = |outcome: &&Outcome| outcome.stderr.contains("this is not the login's password");
    assert_eq!(outcomes.iter().filter(told).count(), 5);
    let status = shop.json(&format!("password status {LOGIN}"));
    assert_eq!(status["failed_attempts"], CROWD, "{status}");
    assert_eq!(shop.check(LOGIN, PASSWORD).status, 3, "the login must wait");
}

#[test]
fn thirty_two_co_workers_log_in_at_once() {
    let shop = Shop::with_a_password();
    let line = format!("password check {LOGIN} --password-stdin --wait 120");
    let outcomes = crowd(&shop, &line, |_| format!("{PASSWORD}\n"));
    assert_eq!(ended(&outcomes, 0), CROWD, "{}", outcomes[0]);
    let status = shop.json(&format!("password status {LOGIN}"));
    assert_eq!(status["failed_attempts"], 0, "{status}");
}

#[test]
fn co_workers_who_log_in_at_once_after_the_cost_was_raised_are_all_let_in() {
    let shop = Shop::with_a_password();
    shop.ok("password policy set password_memory_mib 47");
    let line = format!("password check {LOGIN} --password-stdin --wait 120");
    let outcomes = crowd(&shop, &line, |_| format!("{PASSWORD}\n"));
    assert_eq!(ended(&outcomes, 0), CROWD, "{}", outcomes[0]);
    let status = shop.json(&format!("password status {LOGIN}"));
    assert_eq!(status["failed_attempts"], 0, "{status}");
    let sql = "SELECT count(*) FROM event WHERE kind = 'password_rehashed'";
    assert_eq!(shop.count(sql), 1);
}

#[test]
fn of_thirty_two_redemptions_of_a_token_one_succeeds() {
    let shop = Shop::with_a_password();
    let token = shop.forgotten(LOGIN);
    let password = |number: usize| format!("lyktstolpe hallon nummer {number}");
    let line = "password redeem --token-file - --password-stdin --wait 120";
    let outcomes = crowd(&shop, line, |number| format!("{token}\n{}\n", password(number)));
    assert_eq!(ended(&outcomes, 0), 1);
    assert_eq!(ended(&outcomes, 3), CROWD - 1);
    let lost = outcomes.iter().filter(|outcome| outcome.stderr.contains("token is not good"));
    assert_eq!(lost.count(), CROWD - 1);
    let won = outcomes.iter().position(|outcome| outcome.status == 0).expect("one");
    assert_eq!(shop.check(LOGIN, &password(won)).status, 0);
    assert_eq!(shop.check(LOGIN, PASSWORD).status, 3);
}

/// Everything that could betray a secret, looked at while it is used and afterwards.
struct Watch<'a> {
    shop: &'a Shop,
    /// What the commands said.
    said: Vec<u8>,
    looks: usize,
}

impl Watch<'_> {
    /// Runs a command, looking at every process of the machine until it ends.
    fn run(&mut self, line: &str, input: &str, secrets: &[&str]) -> Outcome {
        let mut child = self.shop.start(self.shop.command(line).stdin(Stdio::piped()));
        self.look(&child, line, secrets);
        let mut stdin = child.stdin.take().expect("stdin is a pipe");
        let _ = stdin.write_all(input.as_bytes());
        drop(stdin);
        while child.try_wait().expect("a child").is_none() {
            self.look(&child, line, secrets);
        }
        let outcome = self.shop.wait(child);
        self.said.extend_from_slice(outcome.stdout.as_bytes());
        self.said.extend_from_slice(outcome.stderr.as_bytes());
        outcome
    }

    fn look(&mut self, child: &Child, line: &str, secrets: &[&str]) {
        let own = format!("/proc/{}/cmdline", child.id());
        self.looks += usize::from(fs::read(own).is_ok_and(|read| !read.is_empty()));
        for process in fs::read_dir("/proc").expect("/proc").flatten() {
            for name in ["cmdline", "environ"] {
                // What has ended meanwhile, or is another user's, shows nothing.
                let Ok(bytes) = fs::read(process.path().join(name)) else { continue };
                for secret in secrets {
                    assert!(!holds(&bytes, secret), "{} of {line}", process.path().display());
                }
            }
        }
    }
}

/// Says whether bytes hold a secret: as it was typed, or as the bytes that its digits stand for.
fn holds(bytes: &[u8], secret: &str) -> bool {
    let found = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    found(secret.as_bytes()) || raw(secret).is_some_and(|raw| found(&raw))
}

/// Returns the bytes that hexadecimal digits stand for.
fn raw(digits: &str) -> Option<Vec<u8>> {
    let pair = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    (0..digits.len()).step_by(2).map(pair).collect()
}

/// Returns the files of a folder and of those in it, but not those of the mail folder.
fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        match entry.path() {
            path if path.ends_with("mail") => {}
            path if path.is_dir() => found.extend(files(&path)),
            path => found.push(path),
        }
    }
    found
}

#[test]
fn a_secret_is_found_nowhere_but_in_its_mail() {
    let shop = Shop::with_a_password();
    // A second reader keeps the store open, and with it all that was written since.
    let reader = shop.sqlite();
    reader.execute_batch("BEGIN; SELECT count(*) FROM login").expect("a reader");
    let markers: Vec<String> = (0..5).map(|_| marker()).collect();
    let mut watch = Watch { shop: &shop, said: Vec::new(), looks: 0 };

    let [redeemed, filed, changed, guess, old] = &markers[..] else { unreachable!() };
    shop.ok(&format!("password forgot {LOGIN}"));
    shop.ok("mail send");
    let first = shop.token(LOGIN);
    let outcome = watch.run(
        "password redeem --token-file - --password-stdin -v",
        &format!("{first}\n{redeemed}\n"),
        &[&first, redeemed],
    );
    assert_eq!(outcome.status, 0, "{outcome}");
    shop.ok(&format!("password reset {LOGIN} --ticket 1"));
    shop.ok("mail send");
    let second = shop.token(LOGIN);
    let private = |name: &str, text: &str| {
        let path = shop.file(name, text);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("a file");
        path
    };
    let (token_file, password_file) = (private("t", &second), private("p", filed));
    let line =
        format!("password redeem --token-file {token_file} --password-file {password_file} --json");
    let outcome = watch.run(&line, "", &[&second, filed]);
    assert_eq!(outcome.status, 0, "{outcome}");
    let check = format!("password check {LOGIN} --password-file {password_file} --json");
    assert_eq!(watch.run(&check, "", &[filed]).status, 0);
    let check = format!("password check {LOGIN} --password-stdin");
    assert_eq!(watch.run(&check, &format!("{guess}\n"), &[guess]).status, 3);
    let change = format!("password change {LOGIN} --password-stdin -v");
    let both = format!("{filed}\n{changed}\n");
    assert_eq!(watch.run(&change, &both, &[filed, changed]).status, 0);
    assert_eq!(watch.run(&change, &format!("{old}\n{old}\n"), &[old]).status, 3);
    let third = shop.forgotten(LOGIN);
    let refused = "password redeem --token-file - --password-stdin";
    assert_eq!(watch.run(refused, &format!("{third}\nkort\n"), &[&third]).status, 5);
    assert!(watch.looks >= 7, "each command was looked at: {}", watch.looks);

    // What the shop tells afterwards, and what it is stored in.
    let mut told = std::mem::take(&mut watch.said);
    let mut tell = |line: &str| told.extend_from_slice(shop.ok(line).as_bytes());
    tell("audit list --limit 1000 --json");
    tell("account history 556036-0793 --json");
    tell(&format!("password status {LOGIN} --json"));
    tell("account login list 556036-0793 --json");
    let operations = shop.count("SELECT max(id) FROM operation");
    for operation in 1..=operations {
        tell(&format!("audit show {operation} --json"));
    }
    for mail in 1..=shop.count("SELECT max(id) FROM outbox") {
        tell(&format!("mail show {mail} --json"));
        tell(&format!("mail preview {mail} -o -"));
    }
    let secrets: Vec<&str> =
        markers.iter().map(String::as_str).chain([first.as_str(), &second, &third]).collect();
    for secret in &secrets {
        assert!(!holds(&told, secret), "it was told");
    }
    let stored = files(shop.store().parent().expect("a folder"));
    let wal = stored.iter().find(|file| file.to_string_lossy().ends_with("-wal"));
    assert!(fs::metadata(wal.expect("a reader keeps it")).expect("a file").len() > 0);
    for file in &stored {
        let bytes = fs::read(file).expect("a file");
        for secret in &secrets {
            assert!(!holds(&bytes, secret), "{}", file.display());
        }
    }
    reader.execute_batch("COMMIT").expect("a reader");

    // Their hashes are there.
    for token in [&first, &second, &third] {
        let hash = Sha256::digest(raw(token).expect("digits")).to_vec();
        let sql = "SELECT count(*) FROM token WHERE hash = $1";
        let count: i64 = shop.sqlite().query_row(sql, [hash], |row| row.get(0)).expect(sql);
        assert_eq!(count, 1);
    }
    assert_eq!(
        shop.count(
            "SELECT count(*) FROM password WHERE hash LIKE '$argon2id$v=19$m=47104,t=1,p=1$%'
            AND former_hash LIKE '$argon2id$%'"
        ),
        1
    );
    assert_eq!(shop.check(LOGIN, changed).status, 0);
}

/// Some servers repeat the address for which they refuse a message, or write it into their answer.
#[test]
fn a_server_that_quotes_the_link_leaves_it_nowhere() {
    let shop = Shop::with_a_password();
    let sink = Sink::start();
    shop.configure(&sink.settings());
    let link = "http://butik.forening.example/password?token=TOKEN";
    let answers = [
        (format!("250 2.0.0 taken with {link}"), "sent", "250 2.0.0"),
        (format!("250 TOKEN {link}"), "sent", "250"),
        (format!("451 4.7.1 {link} is being looked at"), "waiting", "`451 4.7.1 ("),
        (format!("421 4.7.0 {link} too often"), "waiting", "`421 4.7.0 ("),
        (format!("354 {link}"), "waiting", "not SMTP"),
        (format!("TOKEN {link}"), "waiting", "not SMTP"),
        (format!("550-5.7.1 refused\r\n550 5.7.1 {link}"), "failed", "`550 5.7.1 ("),
        (format!("554 {link}"), "failed", "`554 ("),
    ];
    let mut told = String::new();
    for (number, (answer, fate, kept)) in answers.iter().enumerate() {
        shop.at(&format!("2026-03-0{}T08:00:00Z", number + 2));
        shop.ok(&format!("password forgot {LOGIN}"));
        sink.rule(".", answer);
        let sent = shop.run("mail send --json");
        sink.relent();
        told.push_str(&format!("{sent}"));
        let status = shop.json(&format!("password status {LOGIN}"));
        assert_eq!(status["mail_status"], *fate, "{answer}\n{sent}");
        let mail = shop.json(&format!("mail show {}", status["mail"]));
        let detail = mail["detail"].as_str().expect("what came of it");
        assert!(detail.contains(kept), "{answer}: {detail}");
        assert!(detail.contains("its words are not kept"), "{answer}: {detail}");
        told.push_str(&mail.to_string());
        let token = sink.quoted().pop().expect("it was quoted");
        let rehearsal = "password redeem --token-file - --password-stdin -n";
        let good = shop.feed(rehearsal, format!("{token}\n{}\n", marker()).as_bytes());
        let opens = if *fate == "failed" { 3 } else { 0 };
        assert_eq!(good.status, opens, "what no mail brought opens nothing: {answer}\n{good}");
    }
    let tokens = sink.quoted();
    assert!(tokens.len() >= answers.len());
    told.push_str(&shop.ok("audit list --limit 1000 --json"));
    for file in files(shop.store().parent().expect("a folder")) {
        let bytes = fs::read(&file).expect("a file");
        assert!(!tokens.iter().any(|token| holds(&bytes, token)), "{}", file.display());
    }
    assert!(!tokens.iter().any(|token| holds(told.as_bytes(), token)), "{told}");

    // A mail that failed can be tried again, and brings a link of its own.
    let mail = shop.json(&format!("password status {LOGIN}"))["mail"].clone();
    shop.ok(&format!("mail retry {mail}"));
    shop.ok("mail send");
    let token = token_of(&sink.taken().pop().expect("a mail").message);
    assert_eq!(shop.redeem(&token, &marker()).status, 0);
}

/// A secret in the wrong place stands in the history of the shell; the answer does not repeat it, since
/// whoever calls the program may keep what it says.
#[test]
fn a_secret_typed_where_none_belongs_is_not_repeated() {
    let shop = Shop::with_a_password();
    let token = shop.forgotten(LOGIN);
    assert_snapshot!(shop.run(&format!("password check {LOGIN} hemligt")), @"
    --- stderr
    error: a word too many, or a wrong one; it is not repeated here, as it may be secret
    hint: passwords and tokens are not taken from the command line: `shopctl password check [OPTIONS] <EMAIL>`
    --- status 2
    ");
    assert_snapshot!(shop.run(&format!("password redeem {token}")), @"
    --- stderr
    error: a word too many, or a wrong one; it is not repeated here, as it may be secret
    hint: passwords and tokens are not taken from the command line: `shopctl password redeem [OPTIONS]`
    --- status 2
    ");
    assert_snapshot!(shop.run(&format!("password redeem --token-file {token}")), @"
    --- stderr
    error: `--token-file` takes the name of a file, and this is a token
    hint: tokens are not taken from the command line: `--token-file -` reads stdin
    --- status 2
    ");
    assert_snapshot!(shop.run("password check hemligt --password-stdin"), @"
    --- stderr
    error: <EMAIL>: this is not an e-mail address: it has no @
    --- status 5
    ");
    assert_snapshot!(shop.run(&format!("password check {LOGIN} --password-stdim")), @"
    --- stderr
    error: unexpected argument '--password-stdim' found
    hint: a similar argument exists: '--password-stdin'
    --- status 2
    ");
    let misspelt = shop.run("password forgott");
    assert!(misspelt.stderr.contains("'forgot'"), "{misspelt}");
    for line in [
        format!("password check {LOGIN} --password-stdin=hemligt"),
        format!("password check {LOGIN} --password=hemligt"),
        format!("password change {LOGIN} hemligt nytt"),
        "password hemligt".to_owned(),
        "password hemligt@".to_owned(),
        "password reset hemligt --ticket 1".to_owned(),
        format!("password redeem --token-file https://butik.example/password?token={token}"),
        format!("password redeem --token-file - --password-stdin {token} --json"),
        "subscription cancel --subscription 1 --password-stdin=hemligt".to_owned(),
    ] {
        let refused = shop.run(&line);
        assert!([2, 5].contains(&refused.status), "{line}\n{refused}");
        for secret in ["hemligt", &token] {
            assert!(!format!("{refused}").contains(secret), "{line}\n{refused}");
        }
    }
}

/// Returns a password that nothing else on the machine holds.
fn marker() -> String {
    let output = Command::new("od").args(["-An", "-N12", "-tx1", "/dev/urandom"]).output();
    let digits = String::from_utf8(output.expect("od runs").stdout).expect("digits");
    format!("mq{}", digits.split_whitespace().collect::<String>())
}
