//! A mail server that misbehaves on request, for the tests of the mailer.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// What the server does in place of its usual answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Answers with these lines; 421 also closes.
    Reply(&'static str),
    Close,
    /// Answers nothing and keeps the connection open.
    Silence,
    /// Asks for the message and closes in the middle of it.
    CloseInContent,
}

/// What happened, in order, over all connections.
#[derive(Default)]
struct Log {
    lines: Vec<String>,
    messages: Vec<Vec<u8>>,
}

/// A server on a port of its own. Its threads end with the test program.
pub struct FakeServer {
    address: SocketAddr,
    log: Arc<Mutex<Log>>,
}

impl FakeServer {
    /// Starts a server that does each scripted action once, at the first event of its name.
    ///
    /// Events are `connect`, the verbs of commands, and `content`, the end of a message; a number
    /// after a verb, as in `MAIL2`, waits for that many of them.
    pub fn start(script: Vec<(&'static str, Action)>) -> FakeServer {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let log = Arc::new(Mutex::new(Log::default()));
        let shared = Arc::clone(&log);
        thread::spawn(move || {
            let script = Arc::new(Mutex::new(script));
            for stream in listener.incoming().map_while(Result::ok) {
                let session = Session {
                    script: Arc::clone(&script),
                    log: Arc::clone(&shared),
                    reader: BufReader::new(stream),
                };
                thread::spawn(move || session.run());
            }
        });
        FakeServer { address, log }
    }

    pub fn url(&self, scheme: &str) -> String {
        format!("{scheme}://{}", self.address)
    }

    pub fn log(&self) -> Vec<String> {
        self.log.lock().expect("a whole log").lines.clone()
    }

    /// Returns the messages received whole, with dots undoubled, whether acknowledged or not.
    pub fn messages(&self) -> Vec<Vec<u8>> {
        self.log.lock().expect("a whole log").messages.clone()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    Usual,
    Scripted,
    Closed,
}

struct Session {
    script: Arc<Mutex<Vec<(&'static str, Action)>>>,
    log: Arc<Mutex<Log>>,
    reader: BufReader<TcpStream>,
}

impl Session {
    fn run(mut self) {
        if self.answer("connect", "connect", "220 fake ESMTP") == Answer::Closed {
            return;
        }
        while let Some(line) = self.line() {
            let command = String::from_utf8_lossy(&line).trim_end().to_owned();
            let verb = command.split(' ').next().unwrap_or_default().to_uppercase();
            let usual = match verb.as_str() {
                "EHLO" => "250-fake\r\n250 8BITMIME",
                "AUTH" => "235 welcome",
                "DATA" => "354 go on",
                "QUIT" => "221 bye",
                _ => "250 fine",
            };
            let goes_on = match self.answer(&command, &verb, usual) {
                Answer::Closed => false,
                Answer::Usual if verb == "DATA" => self.content(),
                Answer::Usual | Answer::Scripted => verb != "QUIT",
            };
            if !goes_on {
                return;
            }
        }
    }

    /// Records an event and answers it.
    fn answer(&mut self, entry: &str, event: &str, usual: &str) -> Answer {
        let action = {
            let mut log = self.log.lock().expect("a whole log");
            log.lines.push(entry.to_owned());
            let count = log.lines.iter().filter(|line| line.starts_with(event)).count();
            let mut script = self.script.lock().expect("a whole script");
            let numbered = format!("{event}{count}");
            let due = script.iter().position(|(name, _)| *name == event || *name == numbered);
            due.map(|position| script.remove(position).1)
        };
        match action {
            None => {
                self.say(usual);
                Answer::Usual
            }
            Some(Action::Reply(lines)) => {
                self.say(lines);
                if lines.starts_with("421") { Answer::Closed } else { Answer::Scripted }
            }
            Some(Action::Close) => Answer::Closed,
            Some(Action::Silence) => {
                thread::sleep(Duration::from_secs(3));
                Answer::Closed
            }
            Some(Action::CloseInContent) => {
                self.say(usual);
                let _ = self.line();
                Answer::Closed
            }
        }
    }

    fn content(&mut self) -> bool {
        let mut message = Vec::new();
        while let Some(line) = self.line() {
            if line == b".\r\n" {
                let count = {
                    let mut log = self.log.lock().expect("a whole log");
                    log.messages.push(message);
                    log.messages.len()
                };
                let usual = format!("250 accepted {count}");
                return self.answer("content", "content", &usual) != Answer::Closed;
            }
            message.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
        }
        false
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
