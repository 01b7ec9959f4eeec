//! A mail server that misbehaves by chance, and remembers what it was given.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use crate::chance::Chance;
use crate::support::header;

/// Where a dialogue goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Greeting,
    Hello,
    StartTls,
    Sender,
    Recipient,
    Data,
    /// In the middle of the message.
    Content,
    /// When the whole message has come.
    End,
}

/// How it goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Misdeed {
    Says(&'static str),
    Drops,
    Silence,
    Garbage,
}

const MISDEEDS: [Misdeed; 6] = [
    Misdeed::Says("421 4.3.2 closing"),
    Misdeed::Says("451 4.7.1 come back later"),
    Misdeed::Says("550 5.7.1 not wanted"),
    Misdeed::Drops,
    Misdeed::Silence,
    Misdeed::Garbage,
];

/// One message as it came, with its dots undoubled, and whether the server said that it took it.
#[derive(Clone, Debug)]
pub struct Given {
    pub bytes: Vec<u8>,
    pub fate: Fate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Acknowledged,
    /// Taken, and the client was never told.
    Unacknowledged,
    Refused,
}

#[derive(Default)]
struct State {
    /// By Message-ID.
    given: BTreeMap<String, Vec<Given>>,
    faults: BTreeMap<String, usize>,
    offers_tls: bool,
}

pub struct Server {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

impl Server {
    /// Starts a server that misbehaves in `percent` of a hundred conversations and messages.
    pub fn start(percent: usize, chance: &Chance) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        let mut chance = chance.clone();
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let chance = Chance::new(chance.below(usize::MAX) as u64);
                let state = Arc::clone(&shared);
                let reader = BufReader::new(stream);
                let talk = Talk { percent, chance, state, reader, id: String::new() };
                thread::spawn(move || talk.run());
            }
        });
        Server { address, state }
    }

    pub fn url(&self, scheme: &str) -> String {
        format!("{scheme}://{}", self.address)
    }

    /// Offers encryption from now on, and breaks off wherever it is asked for.
    pub fn offer_tls(&self, offers_tls: bool) {
        self.state.lock().expect("no panic").offers_tls = offers_tls;
    }

    /// Returns all that was given, by Message-ID.
    pub fn given(&self) -> BTreeMap<String, Vec<Given>> {
        self.state.lock().expect("no panic").given.clone()
    }

    /// Returns how often each misdeed was done.
    pub fn faults(&self) -> BTreeMap<String, usize> {
        self.state.lock().expect("no panic").faults.clone()
    }
}

struct Talk {
    percent: usize,
    chance: Chance,
    state: Arc<Mutex<State>>,
    reader: BufReader<TcpStream>,
    /// Of the message at hand.
    id: String,
}

impl Talk {
    /// Chooses whether, and where, something goes wrong.
    fn plan(&mut self, steps: &[Step]) -> Option<(Step, Misdeed)> {
        let is_due = self.chance.percent(self.percent);
        is_due.then(|| (*self.chance.one(steps), *self.chance.one(&MISDEEDS)))
    }

    fn run(mut self) {
        // Of ten conversations with misdeeds, a few misbehave before any message.
        let early = self.plan(&[Step::Greeting, Step::Hello, Step::Sender, Step::Sender]);
        if self.answer(Step::Greeting, early, "220 chance ESMTP").is_none() {
            return;
        }
        let mut plan = early;
        let mut is_new = true;
        while let Some(line) = self.line() {
            let said = String::from_utf8_lossy(&line).trim_end().to_owned();
            let verb = said.split(' ').next().unwrap_or_default().to_uppercase();
            let step = match verb.as_str() {
                "EHLO" => Step::Hello,
                "STARTTLS" => Step::StartTls,
                "MAIL" => Step::Sender,
                "RCPT" => Step::Recipient,
                "DATA" => Step::Data,
                "QUIT" => {
                    self.say("221 bye");
                    return;
                }
                _ => {
                    self.say("250 fine");
                    continue;
                }
            };
            if step == Step::Sender && !std::mem::take(&mut is_new) {
                plan = None;
            }
            if step == Step::Sender && plan.is_none() {
                let steps = [Step::Sender, Step::Recipient, Step::Data, Step::Content, Step::End];
                plan = self.plan(&steps);
            }
            let offers_tls = self.state.lock().expect("no panic").offers_tls;
            if step == Step::StartTls {
                // Encryption is refused in whatever way.
                plan = Some((Step::StartTls, *self.chance.one(&MISDEEDS)));
            }
            let usual = match step {
                Step::Hello if offers_tls => "250-chance\r\n250-STARTTLS\r\n250 8BITMIME",
                Step::Hello => "250-chance\r\n250 8BITMIME",
                Step::Data => "354 go on",
                _ => "250 fine",
            };
            let Some(is_usual) = self.answer(step, plan, usual) else { return };
            if step == Step::Data && is_usual && !self.content(plan) {
                return;
            }
        }
    }

    /// Takes a message; says whether the conversation goes on.
    fn content(&mut self, plan: Option<(Step, Misdeed)>) -> bool {
        let mut bytes = Vec::new();
        let breaks_off = matches!(plan, Some((Step::Content, _)));
        while let Some(line) = self.line() {
            if line == b".\r\n" {
                return self.end(&bytes, plan);
            }
            bytes.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
            if breaks_off && bytes.len() > 1000 {
                self.count("Content Drops");
                return false;
            }
        }
        false
    }

    fn end(&mut self, bytes: &[u8], plan: Option<(Step, Misdeed)>) -> bool {
        let text = String::from_utf8_lossy(bytes);
        self.id = header(&text, "Message-ID").trim().to_owned();
        let fate = match plan {
            Some((Step::End, Misdeed::Says(_))) => Fate::Refused,
            Some((Step::End, _)) => Fate::Unacknowledged,
            _ => Fate::Acknowledged,
        };
        let given = Given { bytes: bytes.to_vec(), fate };
        self.state.lock().expect("no panic").given.entry(self.id.clone()).or_default().push(given);
        self.answer(Step::End, plan, "250 taken").is_some()
    }

    /// Answers, as usual or not; says which, `None` where the conversation is over.
    fn answer(&mut self, step: Step, plan: Option<(Step, Misdeed)>, usual: &str) -> Option<bool> {
        let Some((_, misdeed)) = plan.filter(|(at, _)| *at == step) else {
            self.say(usual);
            return Some(true);
        };
        self.count(&format!("{step:?} {misdeed:?}"));
        match misdeed {
            Misdeed::Says(words) => {
                self.say(words);
                (!words.starts_with("421")).then_some(false)
            }
            Misdeed::Drops => None,
            Misdeed::Silence => {
                thread::sleep(Duration::from_millis(600));
                None
            }
            Misdeed::Garbage => {
                self.say("\u{1b}[2Jhello? \0\u{7f} 250");
                Some(false)
            }
        }
    }

    fn count(&self, what: &str) {
        let mut state = self.state.lock().expect("no panic");
        *state.faults.entry(what.to_owned()).or_default() += 1;
    }

    fn line(&mut self) -> Option<Vec<u8>> {
        let mut line = Vec::new();
        let read = self.reader.read_until(b'\n', &mut line).ok()?;
        (read > 0).then_some(line)
    }

    fn say(&mut self, lines: &str) {
        let _ = self.reader.get_mut().write_all(format!("{lines}\r\n").as_bytes());
    }
}
