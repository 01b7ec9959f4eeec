//! A person at a terminal, played by `script` of util-linux: questions and their answers.

use std::io::{Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::support::{LOGIN, PASSWORD, Shop};

/// How long a screen may stand still.
const PATIENCE: Duration = Duration::from_secs(20);

/// A command on a terminal of its own.
struct Session {
    child: Child,
    keyboard: ChildStdin,
    screen: Receiver<Vec<u8>>,
    /// What was not waited for yet.
    seen: String,
    /// All that the screen showed.
    shown: String,
}

impl Session {
    /// Starts a command, or returns `None` where there is no `script` to play the terminal.
    fn start(shop: &Shop, line: &str) -> Option<Session> {
        Session::start_shell(shop, &format!("{} {line}", env!("CARGO_BIN_EXE_shopctl")))
    }

    /// Starts a line of shell.
    fn start_shell(shop: &Shop, line: &str) -> Option<Session> {
        let plain = shop.command("");
        let mut command = Command::new("script");
        command.args(["-qefc", &format!("stty cols 100; {line}"), "/dev/null"]);
        let environment = plain.get_envs().filter_map(|(key, value)| Some((key, value?)));
        command.env_clear().envs(environment).env("PATH", std::env::var_os("PATH")?);
        command.env("TERM", "xterm").env("SHELL", "/bin/sh").current_dir(shop.home());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let Ok(mut child) = command.spawn() else {
            eprintln!("skipped: there is no `script` to play a terminal");
            return None;
        };
        let mut output = child.stdout.take().expect("a pipe");
        let keyboard = child.stdin.take().expect("a pipe");
        let (sender, screen) = channel();
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = output.read(&mut buffer) {
                if sender.send(buffer[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        Some(Session { child, keyboard, screen, seen: String::new(), shown: String::new() })
    }

    /// Waits until the screen shows `words`, and then types.
    fn answer(&mut self, words: &str, keys: &str) {
        self.wait_for(words);
        self.keyboard.write_all(keys.as_bytes()).expect("somebody reads");
    }

    fn wait_for(&mut self, words: &str) {
        let started = Instant::now();
        while !self.seen.contains(words) {
            match self.screen.recv_timeout(Duration::from_millis(200)) {
                Ok(bytes) => {
                    let text = String::from_utf8_lossy(&bytes);
                    self.seen.push_str(&text);
                    self.shown.push_str(&text);
                }
                Err(_) if started.elapsed() < PATIENCE => {}
                Err(_) => panic!("the screen never showed `{words}`:\n{}", self.seen),
            }
        }
        let after = self.seen.find(words).expect("it was found") + words.len();
        self.seen.drain(..after);
    }

    /// Returns the exit status of a command that asks nothing more.
    fn finish(mut self) -> i32 {
        let started = Instant::now();
        while started.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait().expect("a child") {
                return status.code().unwrap_or(-1);
            }
            thread::sleep(Duration::from_millis(10));
        }
        self.seen.extend(self.screen.try_iter().map(|b| String::from_utf8_lossy(&b).into_owned()));
        panic!("it does not end:\n{}", self.seen);
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // It has ended already, unless the test failed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const SECOND: &str = "order create --account 556036-0793 --item AB04";

#[test]
fn a_person_agrees_after_seeing_what_would_happen() {
    let shop = Shop::with_an_order();
    let Some(mut session) = Session::start(&shop, SECOND) else { return };
    session.wait_for("This would happen:");
    session.wait_for("subscription started");
    session.answer("Start a second one?", "y\r");
    session.wait_for("order placed");
    assert_eq!(session.finish(), 0);
    assert_eq!(shop.count("SELECT count(*) FROM subscription"), 2);
}

#[test]
fn a_person_who_declines_changes_nothing() {
    let shop = Shop::with_an_order();
    let head = shop.head();
    let Some(mut session) = Session::start(&shop, SECOND) else { return };
    session.answer("Start a second one?", "n\r");
    session.wait_for("nothing was done");
    assert_eq!(session.finish(), 5);
    assert_eq!(shop.head(), head);
}

#[test]
fn what_changed_while_one_was_asked_is_not_done_unseen() {
    let shop = Shop::with_an_order();
    let Some(mut session) = Session::start(&shop, SECOND) else { return };
    session.wait_for("Start a second one?");
    shop.ok("account note 556036-0793 'no lock is held meanwhile'");
    shop.ok("product price AB04 --price 9000 --member-price 8000 --from 2026-03-01");
    session.answer("", "y\r");
    session.wait_for("the shop changed while you were asked");
    assert_eq!(session.finish(), 6);
    assert_eq!(shop.count("SELECT count(*) FROM subscription"), 1);
}

/// What is rehearsed is talk: the answer on stdout is the one JSON document of what was done.
#[test]
fn a_renewal_far_ahead_is_rehearsed_beside_its_answer() {
    let shop = Shop::with_an_order();
    let line = "subscription renew --as-of 2028-03-01 --json > answer.json";
    let Some(mut session) = Session::start(&shop, line) else { return };
    session.wait_for("This would happen:");
    session.wait_for("subscription renewed");
    session.answer("Renew all this?", "y\r");
    assert_eq!(session.finish(), 0);
    let answer: serde_json::Value =
        serde_json::from_str(&shop.read("answer.json")).expect("one document");
    assert_eq!((&answer["objects"][0]["renewed"], &answer["dry_run"]), (&2.into(), &false.into()));
}

#[test]
fn terms_that_fell_due_while_one_was_asked_are_not_renewed_unseen() {
    let shop = Shop::with_an_order();
    let line = "subscription renew --as-of 2027-03-01";
    let Some(mut session) = Session::start(&shop, line) else { return };
    session.wait_for("Renew all this?");
    shop.ok("order create --account 212000-0142 --item AB04");
    session.answer("", "y\r");
    session.wait_for("the shop changed while you were asked");
    assert_eq!(session.finish(), 6);
    assert_eq!(shop.count("SELECT count(*) FROM term"), 2);
}

#[test]
fn prices_that_changed_while_one_was_asked_are_not_billed_unseen() {
    let shop = Shop::with_an_order();
    let line = "subscription renew --as-of 2027-03-01";
    let Some(mut session) = Session::start(&shop, line) else { return };
    session.wait_for("subscription renewed");
    session.wait_for("Renew all this?");
    shop.ok("product price AB04 --price 3000 --member-price 2000 --from 2027-01-01");
    session.answer("", "y\r");
    session.wait_for("the shop changed while you were asked");
    assert_eq!(session.finish(), 6);
    assert_eq!(shop.count("SELECT count(*) FROM term"), 1);
}

#[test]
fn an_order_is_asked_for_step_by_step() {
    let shop = Shop::open();
    let Some(mut session) = Session::start(&shop, "order create") else { return };
    session.answer("Who buys?", "stockholm\r");
    session.answer("Which one?", "\r");
    session.answer("What?", "\r");
    session.answer("What more?", "\r");
    session.answer("From which day?", "\r");
    session.answer("Where does the invoice go?", "\r");
    session.answer("Er referens", "PO 4711\r");
    session.answer("Place this order?", "y\r");
    session.wait_for("order placed");
    assert_eq!(session.finish(), 0);
    let order = shop.json("order show 1001");
    assert_eq!(
        (&order["reference"], &order["org_number"]),
        (&"PO 4711".into(), &"212000-0142".into())
    );
}

#[test]
fn what_the_flags_say_is_not_asked_again() {
    let shop = Shop::open();
    let line = "order create --item AB04-PRINT=3 --reference 'PO 4711' \
         --invoice-email anna.berg@saab.example";
    let Some(mut session) = Session::start(&shop, line) else { return };
    session.answer("Who buys?", "556036-0793\r");
    session.answer("Who are the printed copies posted to?", "\r");
    session.answer("Street", "\r");
    session.wait_for("This would happen:");
    session.wait_for("looks like a person's address");
    session.answer("Place this order?", "y\r");
    session.wait_for("order placed");
    assert_eq!(session.finish(), 0);
    let order = shop.json("order show 1001");
    assert_eq!(
        (&order["reference"], &order["invoice_email"]),
        (&"PO 4711".into(), &"anna.berg@saab.example".into())
    );
    assert_eq!(order["ship_to"], "Saab AB, Bröderna Ugglas gata, 582 54 Linköping");
}

#[test]
fn printed_copies_may_be_posted_elsewhere_than_the_buyer_is() {
    let shop = Shop::open();
    let line = "order create --account 556036-0793 --reference PO1 \
         --invoice-email faktura@saab.example";
    let Some(mut session) = Session::start(&shop, line) else { return };
    session.answer("What?", "tryckt\r");
    session.answer("How many?", "\r");
    session.answer("What more?", "\r");
    session.answer("Who are the printed copies posted to?", "\u{15}Anna Berg\r");
    session.answer("Street", "\u{15}Lagervägen 4\r");
    session.answer("Postal code", "60223\r");
    session.answer("Town", "Norrköping\r");
    session.answer("Place this order?", "y\r");
    session.wait_for("order placed");
    assert_eq!(session.finish(), 0);
    let to_anna = "Anna Berg, Lagervägen 4, 602 23 Norrköping";
    assert_eq!(shop.json("order show 1001")["ship_to"], to_anna);
}

#[test]
fn an_order_of_a_licence_is_asked_whom_it_is_for() {
    let shop = Shop::open();
    shop.ok("product create L5 --kind licence --seats 5 --name-sv 'Licens' --name-en 'Licence' \
         --price 9000 --member-price 9000 --vat 25");
    let line = "order create --account 556036-0793 --reference PO1 --start 2026-03-01 \
         --invoice-email faktura@saab.example";
    for (answer, holder) in [("\r", "Saab AB"), ("\u{15}Koncernen\r", "Koncernen")] {
        let Some(mut session) = Session::start(&shop, line) else { return };
        session.answer("What?", "licens\r");
        session.answer("What more?", "\r");
        session.wait_for("Whom is the licence for");
        session.answer("Saab AB", answer);
        session.answer("Place this order?", "y\r");
        session.wait_for("order placed");
        assert_eq!(session.finish(), 0);
        let orders = shop.json("order list --columns number");
        let number = &orders[0]["number"];
        assert_eq!(shop.json(&format!("order show {number}"))["licences"][0]["holder"], holder);
        shop.ok(&format!("order cancel {number} --reason test -y"));
    }
    let Some(mut session) = Session::start(&shop, line) else { return };
    session.answer("What?", "licens\r");
    session.answer("What more?", "\r");
    session.answer("Whom is the licence for", "\u{15}株式会社\r");
    session.wait_for("the font has no");
    session.answer("Whom is the licence for", "\u{3}");
    assert_eq!(session.finish(), 130);
}

#[test]
fn a_buyer_who_cannot_be_invoiced_is_told_of_at_once() {
    let shop = Shop::open();
    shop.ok("account edit 556036-0793 --street '' --postal-code ''");
    let Some(mut session) = Session::start(&shop, "order create") else { return };
    session.answer("Who buys?", "556036-0794\r");
    session.answer("its check digit is wrong", "\u{15}556036-0793\r");
    session.wait_for("lacks what an invoice must state: street, postal_code");
    session.wait_for("`shopctl account edit 556036-0793 --street … --postal-code …`");
    session.answer("Who buys?", "stockholm\r");
    session.answer("Which one?", "\r");
    session.answer("What?", "\u{3}");
    assert_eq!(session.finish(), 130);
}

#[test]
fn a_given_account_that_is_closed_is_asked_nothing() {
    let shop = Shop::open();
    shop.ok("account close 556036-0793");
    let Some(mut session) = Session::start(&shop, "order create --account 556036-0793") else {
        return;
    };
    session.wait_for("the account was closed on 2026-03-01");
    assert_eq!(session.finish(), 5);
}

#[test]
fn an_erasing_asks_which_address_takes_the_place() {
    let shop = Shop::with_an_order();
    let line = "account personal-data erase avtal@saab.example";
    let Some(mut session) = Session::start(&shop, line) else { return };
    session.wait_for("the only login of account 556036-0793");
    session.answer("Which address takes its place?", "avtal@saab.example\r");
    session.answer("it is the one to be erased", "\u{15}ny@saab.example\r");
    session.wait_for("This would happen:");
    session.wait_for("cannot be brought back: events (2), logins (1); nothing");
    session.answer("Erase it?", "y\r");
    session.wait_for("personal data erased");
    assert_eq!(session.finish(), 0);
    assert_eq!(shop.json("account show 556036-0793")["logins"][0]["email"], "ny@saab.example");
}

#[test]
fn a_list_on_a_terminal_is_a_table() {
    let shop = Shop::open();
    let Some(mut session) = Session::start(&shop, "account list") else { return };
    session.wait_for("Number");
    session.wait_for("Stockholms stad");
    assert_eq!(session.finish(), 0);
}

#[test]
fn a_new_shop_asks_who_sells() {
    let shop = Shop::empty();
    let Some(mut session) = Session::start(&shop, "init --practice") else { return };
    for (question, answer) in [
        ("Legal name", "Branschföreningen Exempel"),
        ("Shop name", "Avtalsbutiken"),
        ("Organisation number", "802005-1953"),
        ("check digit is wrong", ""),
        ("Organisation number", "\u{15}802005-1952"),
        ("VAT number", ""),
        ("F-tax", ""),
        ("Registered office", "Stockholm"),
        ("Street", "Storgatan 1"),
        ("Postal code", "111 22"),
        ("Town", "Stockholm"),
        ("Office e-mail", "kontoret@forening.example"),
        ("Telephone", ""),
        ("Web address", "https://butik.forening.example"),
        ("Bankgiro", "991-2346"),
        ("Plusgiro", ""),
        ("IBAN", ""),
        ("BIC", ""),
        ("Days to pay", ""),
        ("Accent colour", ""),
    ] {
        match question {
            "check digit is wrong" => session.wait_for(question),
            _ => session.answer(question, &format!("{answer}\r")),
        }
    }
    session.wait_for("the store is");
    assert_eq!(session.finish(), 0);
    let seller = shop.json("seller show");
    assert_eq!(seller["vat_number"], "SE802005195201");
}

#[test]
fn r2_a_person_who_merges_chooses_the_login_that_remains() {
    let shop = Shop::open();
    let line = "account merge 556036-0793 212000-0142";
    let Some(mut session) = Session::start(&shop, line) else { return };
    session.answer("Which remains?", "stockholm\r");
    session.wait_for("This would happen:");
    session.wait_for("account merged");
    session.answer("Merge them?", "y\r");
    assert_eq!(session.finish(), 0);
    let logins = shop.ok("account list --columns login,closed_on");
    assert_eq!(logins, "\t2026-03-01\ninkop@stockholm.example\t\n");
}

#[test]
fn r12_a_password_is_chosen_at_prompts_that_show_nothing() {
    let shop = Shop::open();
    shop.ok("account login invite 556036-0793");
    shop.ok("mail send");
    let token = shop.token(LOGIN);
    let Some(mut session) = Session::start(&shop, "password redeem") else { return };
    session.answer("Token or link of the mail", &format!("{token}\r"));
    session.wait_for("a new password for avtal@saab.example: at least 15 characters");
    session.answer("New password", "kort\r");
    session.wait_for("it needs at least 15; please choose another");
    session.answer("New password", &format!("{PASSWORD}\r"));
    session.wait_for("strength  ■■■■■  strong");
    session.answer("The same again", "en kopp kaffe till\r");
    session.wait_for("the two differ");
    session.answer("New password", &format!("{PASSWORD}\r"));
    session.answer("The same again", &format!("{PASSWORD}\r"));
    session.wait_for("the password of avtal@saab.example is chosen");
    let shown = session.shown.clone();
    assert_eq!(session.finish(), 0);
    for secret in [token.as_str(), "kopp kaffe", "kort"] {
        assert!(!shown.contains(secret), "{secret}:\n{shown}");
    }
    assert_eq!(shop.check(LOGIN, PASSWORD).status, 0);
}

#[test]
fn r11_a_password_is_changed_at_prompts_once_the_old_one_is_right() {
    let shop = Shop::with_a_password();
    let line = "password change avtal@saab.example";
    let Some(mut session) = Session::start(&shop, line) else { return };
    session.answer("Old password", "inte det gamla\r");
    session.wait_for("this is not the login's password");
    assert_eq!(session.finish(), 3);

    let Some(mut session) = Session::start(&shop, line) else { return };
    session.answer("Old password", &format!("{PASSWORD}\r"));
    session.answer("New password", &format!("{PASSWORD}\r"));
    session.wait_for("the new password is the old one; please choose another");
    session.answer("New password", "lyktstolpe hallon sextant\r");
    session.answer("The same again", "lyktstolpe hallon sextant\r");
    session.wait_for("is changed");
    assert_eq!(session.finish(), 0);
    assert_eq!(shop.check(LOGIN, "lyktstolpe hallon sextant").status, 0);
}

#[test]
fn an_account_that_is_closed_while_a_new_password_is_typed_gets_none() {
    let shop = Shop::with_a_password();
    let line = "password change avtal@saab.example";
    let Some(mut session) = Session::start(&shop, line) else { return };
    session.answer("Old password", &format!("{PASSWORD}\r"));
    session.answer("New password", "lyktstolpe hallon sextant\r");
    session.wait_for("The same again");
    shop.ok("account close 556036-0793");
    session.answer("", "lyktstolpe hallon sextant\r");
    session.wait_for("this is not the login's password");
    assert_eq!(session.finish(), 3);
}

#[test]
fn a_question_for_a_secret_that_is_broken_off_leaves_the_terminal_as_it_was() {
    let shop = Shop::with_a_password();
    let head = shop.head();
    let line = format!(
        "trap : INT; {} password check {LOGIN}; echo status $?; stty -a",
        env!("CARGO_BIN_EXE_shopctl")
    );
    for keys in ["\u{3}", "hemligt\u{3}"] {
        let Some(mut session) = Session::start_shell(&shop, &line) else { return };
        session.answer("Password", keys);
        session.wait_for("\u{1b}[?25h");
        session.wait_for("interrupted; what was not finished is as before");
        session.wait_for("status 130");
        session.wait_for(" echo ");
        session.finish();
    }
    assert_eq!(shop.head(), head);
}

#[test]
fn whoever_types_before_they_are_asked_is_heard() {
    let shop = Shop::with_a_password();
    let line = "password change avtal@saab.example";
    let Some(mut session) = Session::start(&shop, line) else { return };
    let new = "lyktstolpe hallon sextant";
    session.answer("", &format!("{PASSWORD}\n{new}\n{new}\n"));
    session.wait_for("is changed");
    assert_eq!(session.finish(), 0);
    assert_eq!(shop.check(LOGIN, new).status, 0);
}

/// Returns a line of shell that runs a command and writes its number to the file `pid`. Signals do what
/// they do by themselves, also where whoever runs the tests ignores them, as `nohup` does.
fn known_by_number(line: &str) -> String {
    let program = env!("CARGO_BIN_EXE_shopctl");
    format!("sh -c 'echo $$ > pid; exec env --default-signal=TERM,HUP,QUIT {program} {line}'")
}

#[test]
fn a_question_for_a_secret_that_is_ended_from_outside_leaves_the_terminal_as_it_was() {
    let shop = Shop::with_a_password();
    for (signal, status) in [("TERM", 143), ("HUP", 129), ("QUIT", 131)] {
        let command = known_by_number(&format!("password check {LOGIN}"));
        let line = format!("trap : {signal}; {command}; echo status $?; stty -a");
        let Some(mut session) = Session::start_shell(&shop, &line) else { return };
        session.wait_for("Password");
        let number = shop.read("pid");
        let sent = Command::new("kill").args(["-s", signal, number.trim()]).status();
        assert!(sent.expect("kill runs").success());
        session.wait_for(&format!("status {status}"));
        session.wait_for(" echo ");
        session.finish();
    }
}

#[test]
fn a_question_for_a_secret_that_is_stopped_shows_what_is_typed_meanwhile_and_goes_on() {
    let shop = Shop::with_a_password();
    let command = known_by_number(&format!("password check {LOGIN}"));
    let line = format!("set -m; {command}; stty -a; echo now on; fg; echo status $?; stty -a");
    let Some(mut session) = Session::start_shell(&shop, &line) else { return };
    session.answer("Password", "\u{1a}");
    session.wait_for(" echo ");
    session.wait_for("now on");
    session.answer("Password", &format!("{PASSWORD}\r"));
    session.wait_for("status 0");
    session.wait_for(" echo ");
    let shown = session.shown.clone();
    session.finish();
    assert!(!shown.contains(PASSWORD), "{shown}");
}

#[test]
fn what_is_no_text_is_asked_for_again() {
    let shop = Shop::with_a_password();
    let line = format!("password check {LOGIN}");
    let Some(mut session) = Session::start(&shop, &line) else { return };
    session.wait_for("Password");
    session.keyboard.write_all(b"l\xf6senord\r").expect("somebody reads");
    session.wait_for("what was typed is not UTF-8; please type it again");
    session.answer("Password", &format!("{PASSWORD}\r"));
    session.wait_for("Saab AB");
    assert_eq!(session.finish(), 0);
}

#[test]
fn a_password_typed_into_stdin_is_not_shown() {
    let shop = Shop::with_a_password();
    let new = "lyktstolpe hallon sextant";
    let line = format!("password change {LOGIN} --password-stdin");
    // The shell says when the program is there to read.
    let line = format!("{} -v {line}; stty -a", env!("CARGO_BIN_EXE_shopctl"));
    let Some(mut session) = Session::start_shell(&shop, &line) else { return };
    thread::sleep(Duration::from_secs(1));
    session.answer("", &format!("{PASSWORD}\r"));
    session.answer("", &format!("{new}\r"));
    session.wait_for("is changed");
    session.wait_for(" echo ");
    let shown = session.shown.clone();
    session.finish();
    assert!(!shown.contains("kopp kaffe") && !shown.contains(new), "{shown}");
    assert_eq!(shop.check(LOGIN, new).status, 0);
}
