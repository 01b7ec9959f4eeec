//! A shop to test with: a temporary home, a cleared environment, a clock that stands still, and a mail
//! folder. Every test runs the real program and looks at what a person or a script would see.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, OnceLock};
use std::thread;

use rusqlite::Connection;
use serde_json::Value as Json;
use tempfile::TempDir;

/// The morning on which every test begins, unless it says another.
pub const MORNING: &str = "2026-03-01T08:00:00Z";

/// The line every command of a practice shop says; left out of snapshots.
pub const PRACTICE: &str =
    "PRACTICE: this shop is for practice, and its mail reaches nobody outside\n";

/// The login of Saab, and the password it has chosen where it has one.
pub const LOGIN: &str = "avtal@saab.example";
pub const PASSWORD: &str = "en kopp kaffe till tack";

pub struct Shop {
    home: TempDir,
    now: RefCell<String>,
}

/// What a command did: its answer, its talk and its exit status.
pub struct Outcome {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
    home: String,
}

impl Shop {
    /// Returns a home in which there is no store yet.
    pub fn empty() -> Shop {
        Shop::empty_in(&std::env::temp_dir())
    }

    /// Returns a home in `folder`, in which there is no store yet.
    pub fn empty_in(folder: &Path) -> Shop {
        let home = TempDir::new_in(folder).expect("a temporary folder");
        Shop { home, now: RefCell::new(MORNING.to_owned()) }
    }

    /// Returns a practice shop with nothing in it but the seller.
    pub fn new() -> Shop {
        static MADE: OnceLock<Vec<u8>> = OnceLock::new();
        Shop::from_copy(&MADE, |shop| {
            shop.ok(&format!("init --practice --seller {}", example("seller.toml")));
        })
    }

    /// Returns a practice shop that sells AB04 by the year and in print, to two accounts: Saab, a
    /// member, and Stockholm, which is none.
    pub fn open() -> Shop {
        static MADE: OnceLock<Vec<u8>> = OnceLock::new();
        Shop::from_copy(&MADE, |shop| {
            shop.ok(&format!("init --practice --seller {}", example("seller.toml")));
            shop.ok("product create AB04 --kind subscription --name-sv 'AB 04 digitalt' \
                 --name-en 'AB 04 digital' --price 3900 --member-price 2900 --vat 25");
            shop.ok("product create AB04-PRINT --kind printed --name-sv 'AB 04 tryckt' \
                 --name-en 'AB 04 printed' --price 120 --member-price 90 --vat 6");
            shop.ok("account create 556036-0793 --name 'Saab AB' --email avtal@saab.example \
                 --invoice-email faktura@saab.example --street 'Bröderna Ugglas gata' \
                 --postal-code 58254 --city Linköping --member");
            shop.ok("account create 212000-0142 --name 'Stockholms stad' \
                 --email inkop@stockholm.example --invoice-email ekonomi@stockholm.example \
                 --street 'Hantverkargatan 1' --postal-code '105 35' --city Stockholm");
        })
    }

    /// Returns an open shop in which Saab's login has chosen [`PASSWORD`].
    pub fn with_a_password() -> Shop {
        static MADE: OnceLock<Vec<u8>> = OnceLock::new();
        let open = Shop::open();
        Shop::from_copy(&MADE, |shop| {
            fs::create_dir_all(shop.home().join("shop")).expect("a folder for the store");
            fs::copy(open.store(), shop.store()).expect("a copy of the store");
            shop.move_in();
            shop.ok("account login invite 556036-0793");
            shop.ok("mail send");
            let chosen = shop.redeem(&shop.token(LOGIN), PASSWORD);
            assert_eq!(chosen.status, 0, "{chosen}");
            shop.ok("mail send");
        })
    }

    /// Returns the token of the last mail about a login's password, as it stands in the mail folder.
    pub fn token(&self, login: &str) -> String {
        let mail = self.json(&format!("password status {login}"))["mail"].clone();
        let file = self.json(&format!("mail show {mail}"))["detail"].clone();
        token_of(&fs::read_to_string(file.as_str().expect("a file")).expect("a mail"))
    }

    /// Asks for a mail about a login's password, sends it, and returns its token.
    pub fn forgotten(&self, login: &str) -> String {
        self.ok(&format!("password forgot {login}"));
        self.ok("mail send");
        self.token(login)
    }

    /// Checks a login's password.
    pub fn check(&self, login: &str, password: &str) -> Outcome {
        let line = format!("password check {login} --password-stdin");
        self.feed(&line, format!("{password}\n").as_bytes())
    }

    /// Chooses a password by a token.
    pub fn redeem(&self, token: &str, password: &str) -> Outcome {
        let line = "password redeem --token-file - --password-stdin";
        self.feed(line, format!("{token}\n{password}\n").as_bytes())
    }

    /// Changes a login's password.
    pub fn change_password(&self, login: &str, old: &str, new: &str) -> Outcome {
        let line = format!("password change {login} --password-stdin");
        self.feed(&line, format!("{old}\n{new}\n").as_bytes())
    }

    /// Returns a shop whose store is a copy of the one that `make` made for the first test.
    fn from_copy(made: &OnceLock<Vec<u8>>, make: impl FnOnce(&Shop)) -> Shop {
        let bytes = made.get_or_init(|| {
            let shop = Shop::empty();
            make(&shop);
            fs::read(shop.store()).expect("the store was made")
        });
        let shop = Shop::empty();
        fs::create_dir_all(shop.store().parent().expect("a folder"))
            .expect("a folder for the store");
        shop.write_private(&shop.store(), bytes);
        shop.move_in();
        shop
    }

    /// Makes the store's place its home, as if it had been made here.
    pub fn move_in(&self) {
        let path = fs::canonicalize(self.store()).expect("the store");
        let path = path.to_str().expect("a path in UTF-8");
        self.sqlite().execute("UPDATE home SET path = ?1", [path]).expect("a home");
    }

    /// Returns an open shop in which Saab has ordered AB04: order, subscription and invoice 1001.
    pub fn with_an_order() -> Shop {
        let shop = Shop::open();
        shop.ok("order create --account 556036-0793 --item AB04");
        shop
    }

    /// Sets the clock.
    pub fn at(&self, now: &str) {
        *self.now.borrow_mut() = now.to_owned();
    }

    pub fn home(&self) -> &Path {
        self.home.path()
    }

    pub fn store(&self) -> PathBuf {
        self.home().join("shop/shop.db")
    }

    /// Returns the path of a file in the home, whether it is there or not.
    pub fn path(&self, name: &str) -> String {
        self.home().join(name).display().to_string()
    }

    /// Writes a file into the home and returns its path.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        fs::write(self.home().join(name), content).expect("the home is writable");
        self.path(name)
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.home().join(name)).expect(name)
    }

    fn write_private(&self, path: &Path, bytes: &[u8]) {
        use std::os::unix::fs::OpenOptionsExt;
        let mut file = fs::OpenOptions::new();
        let file = file.write(true).create(true).truncate(true).mode(0o600).open(path);
        file.and_then(|mut file| file.write_all(bytes)).expect("the store is written");
    }

    /// Writes `shopctl.toml`.
    pub fn configure(&self, settings: &str) {
        fs::create_dir_all(self.home().join("config/shopctl")).expect("a folder for settings");
        self.file("config/shopctl/shopctl.toml", settings);
    }

    /// Returns the program in this home, its environment cleared.
    pub fn command(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_shopctl"));
        command
            .args(words(line))
            .env_clear()
            .env("HOME", self.home())
            .env("XDG_CONFIG_HOME", self.home().join("config"))
            .env("XDG_DATA_HOME", self.home().join("data"))
            .env("SHOPCTL_STORE", self.store())
            .env("SHOPCTL_NOW", &*self.now.borrow())
            .env("SUDO_USER", "anna")
            .current_dir(self.home())
            .stdin(Stdio::null());
        command
    }

    /// Runs a command as it is typed after `shopctl`, text with spaces in single quotes.
    pub fn run(&self, line: &str) -> Outcome {
        self.finish(&mut self.command(line))
    }

    /// Runs a command that has been prepared further.
    pub fn finish(&self, command: &mut Command) -> Outcome {
        self.outcome(command.output().expect("the program runs"))
    }

    fn outcome(&self, output: std::process::Output) -> Outcome {
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Outcome {
            status: output.status.code().unwrap_or(-1),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
            home: self.home().display().to_string(),
        }
    }

    /// Runs as `run` does, with `input` on stdin.
    pub fn feed(&self, line: &str, input: &[u8]) -> Outcome {
        self.feed_to(&mut self.command(line), input)
    }

    /// As [`Shop::feed`], to a command that is made ready.
    pub fn feed_to(&self, command: &mut Command, input: &[u8]) -> Outcome {
        let mut child = self.start(command.stdin(Stdio::piped()));
        let mut stdin = child.stdin.take().expect("stdin is a pipe");
        // A program that refuses early reads no more, and that is its business.
        let _ = stdin.write_all(input);
        drop(stdin);
        self.wait(child)
    }

    /// Starts a command, to run beside others.
    pub fn start(&self, command: &mut Command) -> Child {
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts")
    }

    pub fn wait(&self, child: Child) -> Outcome {
        self.outcome(child.wait_with_output().expect("the program ends"))
    }

    /// Runs, with the answer laid out as on a terminal.
    pub fn table(&self, line: &str) -> Outcome {
        self.run(&format!("{line} --format table"))
    }

    /// Runs what must succeed, and returns its answer.
    pub fn ok(&self, line: &str) -> String {
        let outcome = self.run(line);
        assert_eq!(outcome.status, 0, "shopctl {line}\n{outcome}");
        outcome.stdout
    }

    /// Runs with `--json` what must succeed, and returns the answer.
    pub fn json(&self, line: &str) -> Json {
        let outcome = self.run(&format!("{line} --json"));
        assert_eq!(outcome.status, 0, "shopctl {line} --json\n{outcome}");
        serde_json::from_str(&outcome.stdout).expect("the answer is JSON")
    }

    /// Runs a change with `--json`, and returns it: always of the same shape.
    pub fn change(&self, line: &str) -> Json {
        let change = self.json(line);
        let keys: BTreeSet<&str> =
            change.as_object().expect("one object").keys().map(String::as_str).collect();
        let wanted = ["changed", "dry_run", "events", "objects", "op", "warnings"];
        assert_eq!(keys, BTreeSet::from(wanted), "shopctl {line} --json");
        change
    }

    /// Runs with `--json` what must fail, and returns the status and the error.
    pub fn error(&self, line: &str) -> (i32, Json) {
        let outcome = self.run(&format!("{line} --json"));
        assert_ne!(outcome.status, 0, "shopctl {line} --json\n{outcome}");
        let last = outcome.stderr.lines().last().unwrap_or_default();
        let error: Json = serde_json::from_str(last).expect(last);
        let keys: BTreeSet<&str> =
            error.as_object().expect("one object").keys().map(String::as_str).collect();
        assert_eq!(keys, BTreeSet::from(["code", "details", "message"]), "shopctl {line}");
        (outcome.status, error)
    }

    /// Rehearses a change and makes it: the rehearsal alters nothing and tells the same events.
    pub fn rehearse_and_run(&self, line: &str) -> Json {
        let head = self.head();
        let rehearsal = self.change(&format!("{line} --dry-run"));
        assert_eq!(self.head(), head, "the rehearsal of {line} left something");
        assert_eq!((&rehearsal["dry_run"], &rehearsal["op"]), (&Json::Bool(true), &Json::Null));
        let change = self.change(line);
        assert_eq!(change["dry_run"], false);
        assert_eq!(told(&rehearsal), told(&change), "shopctl {line}");
        assert_eq!(rehearsal["objects"], change["objects"], "shopctl {line}");
        change
    }

    /// Returns the end of the chain of events, which no two states of a store share.
    pub fn head(&self) -> String {
        self.ok("audit head")
    }

    /// Returns a connection past the program, as a curious person might make one.
    pub fn sqlite(&self) -> Connection {
        Connection::open(self.store()).expect("the store is an SQLite file")
    }

    /// Empties a part of Saab's address, without which it cannot be invoiced.
    pub fn lose(&self, column: &str) {
        let sql = format!("UPDATE account SET {column} = NULL WHERE org_number = '5560360793'");
        assert_eq!(self.sqlite().execute(&sql, []).expect("an account"), 1);
    }

    /// Returns one number from the store.
    pub fn count(&self, sql: &str) -> i64 {
        self.sqlite().query_row(sql, [], |row| row.get(0)).expect(sql)
    }

    /// Returns the mails in the folder, those of earlier invoices first.
    pub fn letters(&self) -> Vec<String> {
        let folder = self.home().join("shop/mail");
        let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
        let mut letters: Vec<String> = entries
            .map(|entry| fs::read_to_string(entry.expect("an entry").path()).expect("a mail"))
            .collect();
        letters.sort_by_key(|letter| header(letter, "Subject").to_owned());
        letters
    }
}

/// Returns the events of a change, without what each run has of its own.
fn told(change: &Json) -> Vec<Json> {
    let mut events = change["events"].as_array().expect("events").clone();
    for event in &mut events {
        event.as_object_mut().expect("an event").remove("op");
    }
    events
}

/// Returns the words of a line as a shell would, with single quotes only.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut is_quoted) = (Vec::new(), None::<String>, false);
    for character in line.chars() {
        match character {
            '\'' => {
                is_quoted = !is_quoted;
                word.get_or_insert_default();
            }
            ' ' if !is_quoted => words.extend(word.take()),
            other => word.get_or_insert_default().push(other),
        }
    }
    words.extend(word);
    words
}

/// Returns a PDF whose pages each say one word.
pub fn pdf(words: &[&str]) -> Vec<u8> {
    let kids: Vec<String> = (0..words.len()).map(|n| format!("{} 0 R", 4 + 2 * n)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Count {} /Kids [{}] >>", words.len(), kids.join(" ")),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    for (n, word) in words.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R \
             /Resources << /Font << /F1 3 0 R >> >> >>",
            5 + 2 * n
        ));
        let drawn = format!("BT /F1 24 Tf 72 700 Td ({word}) Tj ET");
        objects.push(format!("<< /Length {} >>\nstream\n{drawn}\nendstream", drawn.len()));
    }
    let mut file = "%PDF-1.7\n".to_owned();
    let mut offsets = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        offsets.push(format!("{:010} 00000 n \n", file.len()));
        file += &format!("{} 0 obj\n{object}\nendobj\n", n + 1);
    }
    let (start, count) = (file.len(), objects.len() + 1);
    file += &format!("xref\n0 {count}\n0000000000 65535 f \n{}", offsets.concat());
    file += &format!("trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
    file.into_bytes()
}

/// Returns the text of a PDF's pages, as Poppler reads it; `None` where that is not installed.
pub fn text_of_pages(path: &str) -> Option<Vec<String>> {
    let output = Command::new("pdftotext").args([path, "-"]).output().ok()?;
    let text = String::from_utf8(output.stdout).expect("text");
    Some(text.split_terminator('\u{c}').map(str::to_owned).collect())
}

/// Returns the first line of a header of a mail.
pub fn header<'a>(letter: &'a str, name: &str) -> &'a str {
    let lead = format!("{name}: ");
    letter.lines().find_map(|line| line.strip_prefix(lead.as_str())).unwrap_or_default()
}

/// Returns the text part of a mail, its quoted-printable undone.
pub fn text_of(letter: &str) -> String {
    let part = letter.split("text/plain; charset=utf-8").nth(1).expect("a text part");
    let part = part.split("\n--=_").next().expect("a boundary");
    let body = part.replace("\r\n", "\n").replace("=\n", "");
    let body = body.split_once("\n\n").expect("a body").1;
    let mut bytes = Vec::new();
    let mut rest = body.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        if *first == b'=' && tail.len() >= 2 {
            let hex = std::str::from_utf8(&tail[..2]).expect("two digits");
            bytes.push(u8::from_str_radix(hex, 16).expect("quoted-printable"));
            rest = &tail[2..];
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).expect("UTF-8").trim().replace('\u{a0}', " ")
}

/// Returns the token that a mail carries.
pub fn token_of(letter: &str) -> String {
    let text = text_of(letter);
    let (_, token) = text.split_once("/password?token=").expect("a link");
    token.chars().take_while(char::is_ascii_hexdigit).collect()
}

/// Returns the path of one of the examples.
pub fn example(name: &str) -> String {
    format!("{}/examples/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// Returns a company's number made of `serial`, its check digit right.
pub fn org_number(serial: u32) -> String {
    let body = format!("556{serial:06}");
    let sum: u32 = body
        .bytes()
        .enumerate()
        .map(|(position, digit)| {
            let doubled = u32::from(digit - b'0') * if position % 2 == 0 { 2 } else { 1 };
            doubled / 10 + doubled % 10
        })
        .sum();
    format!("{}-{}{}", &body[..6], &body[6..], (10 - sum % 10) % 10)
}

/// Shows everything a person would see, with what differs from run to run made the same.
impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&redacted(&self.stdout, &self.home))?;
        let stderr = redacted(&self.stderr.replace(PRACTICE, ""), &self.home);
        if !stderr.is_empty() {
            write!(f, "--- stderr\n{stderr}")?;
        }
        if self.status != 0 {
            writeln!(f, "--- status {}", self.status)?;
        }
        Ok(())
    }
}

fn redacted(text: &str, home: &str) -> String {
    let text = text.replace(home, "~");
    let mut shown = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let is_machines = line.contains("machine_time") || line.contains("Machine's time");
        match line.find("202").filter(|_| is_machines) {
            Some(position) => shown.push_str(&format!("{}<now>\n", &line[..position])),
            None => shown.push_str(&without_keys(line)),
        }
    }
    shown
}

/// Replaces runs of 16, 32 and 64 hexadecimal digits.
fn without_keys(line: &str) -> String {
    let mut shown = String::new();
    let mut run = String::new();
    for character in line.chars().chain(['\0']) {
        if character.is_ascii_digit() || ('a'..='f').contains(&character) {
            run.push(character);
            continue;
        }
        match run.len() {
            16 => shown.push_str("<name of key>"),
            32 => shown.push_str("<key>"),
            64 => shown.push_str("<hash>"),
            _ => shown.push_str(&run),
        }
        run.clear();
        shown.push(character);
    }
    shown.pop();
    shown
}

/// A mail server on this machine that takes what its rules do not refuse.
pub struct Sink {
    pub port: u16,
    state: Arc<Mutex<SinkState>>,
}

#[derive(Default)]
struct SinkState {
    /// What the client says, by a part of its line, and the answer to it; `DROP` hangs up, `HANG` never
    /// answers.
    rules: Vec<(String, String)>,
    taken: Vec<Taken>,
    quoted: Vec<String>,
    connections: usize,
}

/// A mail that the server took.
#[derive(Clone)]
pub struct Taken {
    pub recipient: String,
    pub message: String,
}

impl Sink {
    pub fn start() -> Sink {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port on this machine");
        let port = listener.local_addr().expect("an address").port();
        let state = Arc::new(Mutex::new(SinkState::default()));
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let state = Arc::clone(&shared);
                // A client that hangs up ends its conversation and no test.
                thread::spawn(move || drop(converse(stream, &state)));
            }
        });
        Sink { port, state }
    }

    /// Answers lines that hold `said` with `answer`, until told otherwise; `TOKEN` in it is the one of the
    /// message.
    pub fn rule(&self, said: &str, answer: &str) {
        self.state.lock().expect("no panic").rules.push((said.to_owned(), answer.to_owned()));
    }

    pub fn relent(&self) {
        self.state.lock().expect("no panic").rules.clear();
    }

    pub fn taken(&self) -> Vec<Taken> {
        self.state.lock().expect("no panic").taken.clone()
    }

    /// Returns the tokens that stood in answers.
    pub fn quoted(&self) -> Vec<String> {
        self.state.lock().expect("no panic").quoted.clone()
    }

    pub fn connections(&self) -> usize {
        self.state.lock().expect("no panic").connections
    }

    /// Returns the settings that send a shop's mail here.
    pub fn settings(&self) -> String {
        format!("[mail]\nurl = \"smtp+plain://127.0.0.1:{}\"\n", self.port)
    }
}

fn converse(stream: TcpStream, state: &Mutex<SinkState>) -> std::io::Result<()> {
    state.lock().expect("no panic").connections += 1;
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut writer = stream;
    let (mut recipient, mut message, mut in_data) = (String::new(), String::new(), false);
    writer.write_all(b"220 sink ready\r\n")?;
    let mut line = String::new();
    loop {
        line.clear();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let said = line.trim_end().to_owned();
        if in_data && said != "." {
            message.push_str(said.strip_prefix('.').unwrap_or(&said));
            message.push('\n');
            continue;
        }
        let verb = said.split([' ', ':']).next().unwrap_or_default().to_uppercase();
        let answer = {
            let state = state.lock().expect("no panic");
            let rule = state.rules.iter().find(|(part, _)| match part.as_str() {
                "." => said == ".",
                part => said.contains(part),
            });
            rule.map(|(_, answer)| answer.clone())
        };
        match answer.as_deref() {
            Some("DROP") => return Ok(()),
            Some("HANG") => loop {
                thread::park();
            },
            _ => {}
        }
        let reply = match (&answer, verb.as_str()) {
            (Some(answer), _) if answer.contains("TOKEN") => {
                let token = token_of(&message);
                state.lock().expect("no panic").quoted.push(token.clone());
                answer.replace("TOKEN", &token)
            }
            (Some(answer), _) => answer.clone(),
            (None, "DATA") => "354 go on".to_owned(),
            (None, "QUIT") => "221 bye".to_owned(),
            (None, "EHLO") => "250-sink\r\n250 8BITMIME".to_owned(),
            (None, ".") => "250 taken".to_owned(),
            (None, _) => "250 ok".to_owned(),
        };
        let is_refused = answer.is_some();
        match verb.as_str() {
            "RCPT" => {
                recipient = said.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
            }
            "DATA" => {
                in_data = !is_refused;
                message.clear();
            }
            "." => {
                in_data = false;
                if !is_refused {
                    let taken = Taken { recipient: recipient.clone(), message: message.clone() };
                    state.lock().expect("no panic").taken.push(taken);
                }
            }
            _ => {}
        }
        writer.write_all(format!("{reply}\r\n").as_bytes())?;
        if verb == "QUIT" {
            return Ok(());
        }
    }
}
