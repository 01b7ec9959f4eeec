//! One SMTP connection, kept for as many messages as there are.
//!
//! lettre speaks the protocol line by line; the order of the conversation is kept here, because it
//! decides what a failure means. A message is offered again within one call only where nothing of it
//! has been sent: when a connection that had been idle turns out to be closed.

use std::error::Error;
use std::fmt;
use std::fs;
use std::io;
use std::str;
use std::time::Duration;

use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{
    Certificate, CertificateStore, SmtpConnection, TlsParameters,
};
use lettre::transport::smtp::commands::{Data, Mail, Noop, Rcpt, Rset};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::{Response, Severity};

use super::message::wire_address;
use super::password;
use super::settings::{Login, Security, Server, SettingsError, SmtpSettings, Timeouts};
use super::{Cause, MailerError, Outlook, Scope, SendError, Stage};
use crate::domain::email::Email;
use crate::domain::secret::Secret;

/// How long to wait for the goodbye of a server that has done its work.
const QUIT_TIMEOUT: Duration = Duration::from_secs(5);

/// How long to look for replies that came before the encryption they pretend to be under.
const LEFTOVER_TIMEOUT: Duration = Duration::from_millis(1);

/// A server, and the connection to it once there is one.
pub struct Smtp {
    server: Server,
    login: Option<(String, Secret)>,
    tls: Option<TlsParameters>,
    timeouts: Timeouts,
    loopback_only: bool,
    client: ClientId,
    connection: Option<SmtpConnection>,
}

impl Smtp {
    /// Reads the password and the certificates; connects to nothing.
    pub fn open(
        settings: &SmtpSettings,
        timeouts: Timeouts,
        loopback_only: bool,
    ) -> Result<Smtp, MailerError> {
        let login = match &settings.login {
            None => None,
            Some(Login { user, password }) => {
                let secret = password::read(password, timeouts.password_command)
                    .map_err(MailerError::Password)?;
                Some((user.clone(), secret))
            }
        };
        let tls = match settings.server.security {
            Security::Plain => None,
            Security::StartTls | Security::Tls => Some(tls_parameters(settings)?),
        };
        Ok(Smtp {
            server: settings.server.clone(),
            login,
            tls,
            timeouts,
            loopback_only,
            client: client_id(),
            connection: None,
        })
    }

    /// Sends one message and returns the server's last reply.
    pub fn send(&mut self, from: &Email, to: &Email, bytes: &[u8]) -> Result<String, SendError> {
        let from = wire_address(from)
            .map_err(|error| SendError::of_session(Outlook::Permanent, Cause::Address(error)))?;
        let to = wire_address(to).map_err(|error| SendError::of_message(Cause::Address(error)))?;
        let sender = Mail::new(Some(from), Vec::new());
        let recipient = Rcpt::new(to, Vec::new());
        let content = Content::new(bytes);

        let mut connection = self.with_sender(&sender)?;
        let result = self.transfer(&mut connection, &recipient, &content);
        match &result {
            Ok(_) => self.connection = Some(connection),
            Err(error) if error.scope == Scope::Message => self.keep_after_refusal(connection),
            Err(_) => {}
        }
        result
    }

    /// Returns a connection on which the server has taken the sender's address.
    fn with_sender(&mut self, sender: &Mail) -> Result<SmtpConnection, SendError> {
        if let Some(mut connection) = self.connection.take() {
            match self.command(&mut connection, Stage::Sender, sender) {
                Ok(_) => return Ok(connection),
                Err(error) if error.scope == Scope::Message => {
                    self.keep_after_refusal(connection);
                    return Err(error);
                }
                Err(error) if error.outlook == Outlook::Permanent => {
                    leave(connection, &error);
                    return Err(error);
                }
                // The server had closed the idle connection, and no message had been begun.
                Err(_) => {}
            }
        }
        let mut connection = self.connect()?;
        match self.command(&mut connection, Stage::Sender, sender) {
            Ok(_) => Ok(connection),
            Err(error) => {
                match error.scope {
                    Scope::Message => self.keep_after_refusal(connection),
                    Scope::Session => leave(connection, &error),
                }
                Err(error)
            }
        }
    }

    fn transfer(
        &self,
        connection: &mut SmtpConnection,
        recipient: &Rcpt,
        content: &Content,
    ) -> Result<String, SendError> {
        self.command(connection, Stage::Recipient, recipient)?;
        self.command(connection, Stage::Data, Data)?;
        self.set_timeout(connection, Stage::Message, self.timeouts.final_reply)?;
        let reply = self.command(connection, Stage::Message, content)?;
        // The message is accepted; if the connection is of no more use, the next one will find out.
        let _ = connection.set_timeout(Some(self.timeouts.reply));
        Ok(reply)
    }

    /// Keeps the connection for the next message if the server forgets this one.
    fn keep_after_refusal(&mut self, mut connection: SmtpConnection) {
        let forgotten = connection.set_timeout(Some(self.timeouts.reply)).is_ok()
            && connection.command(Rset).is_ok_and(|response| is_completion(&response));
        if forgotten {
            self.connection = Some(connection);
        }
    }

    fn connect(&self) -> Result<SmtpConnection, SendError> {
        if self.loopback_only && !self.server.is_loopback() {
            let host = self.server.host.clone();
            let cause = Cause::Settings(SettingsError::NotLoopback { host });
            return Err(SendError::of_session(Outlook::Permanent, cause));
        }
        let wrapper = self.tls.as_ref().filter(|_| self.server.security == Security::Tls);
        let mut connection = SmtpConnection::connect(
            (self.server.host.as_str(), self.server.port),
            Some(self.timeouts.connect),
            &self.client,
            wrapper,
            None,
        )
        .map_err(|error| self.failure(Stage::Greeting, wrapper.is_some(), &error))?;
        match self.prepare(&mut connection) {
            Ok(()) => Ok(connection),
            Err(error) => {
                leave(connection, &error);
                Err(error)
            }
        }
    }

    /// Encrypts and logs in, as far as asked for.
    fn prepare(&self, connection: &mut SmtpConnection) -> Result<(), SendError> {
        let permanent = |cause| Err(SendError::of_session(Outlook::Permanent, cause));
        let server = || self.server.to_string();
        if let (Security::StartTls, Some(tls)) = (self.server.security, &self.tls) {
            if !connection.can_starttls() {
                return permanent(Cause::NoStartTls { server: server() });
            }
            connection
                .starttls(tls, &self.client)
                .map_err(|error| self.failure(Stage::StartTls, true, &error))?;
            self.refuse_leftovers(connection)?;
        }
        self.set_timeout(connection, Stage::Greeting, self.timeouts.reply)?;
        if let Some((user, password)) = &self.login {
            if connection.server_info().get_auth_mechanism(DEFAULT_MECHANISMS).is_none() {
                return permanent(Cause::NoLogin { server: server() });
            }
            let credentials = Credentials::new(user.clone(), password.reveal().to_owned());
            connection
                .auth(DEFAULT_MECHANISMS, &credentials)
                .map_err(|error| self.failure(Stage::Login, false, &error))?;
        }
        Ok(())
    }

    /// Refuses a connection on which replies had been read before encryption began.
    ///
    /// lettre keeps what it has read when it starts TLS, so that somebody on the way could put
    /// replies there which would be taken for the server's, also for "your message is accepted".
    /// Two or more would still be waiting now; a single one has just been taken for the answer to
    /// EHLO, and the true one, of several lines, would come as the answer to NOOP.
    fn refuse_leftovers(&self, connection: &mut SmtpConnection) -> Result<(), SendError> {
        let refused = || {
            SendError::of_session(
                Outlook::Permanent,
                Cause::Tls {
                    server: self.server.to_string(),
                    reason: "replies had been sent ahead of the encryption".to_owned(),
                },
            )
        };
        self.set_timeout(connection, Stage::StartTls, LEFTOVER_TIMEOUT)?;
        match connection.read_response() {
            Err(error) if is_timeout(&error) => {}
            _ => return Err(refused()),
        }
        self.set_timeout(connection, Stage::StartTls, self.timeouts.connect)?;
        let response = connection
            .command(Noop)
            .map_err(|error| self.failure(Stage::StartTls, true, &error))?;
        if response.message().count() == 1 { Ok(()) } else { Err(refused()) }
    }

    /// Sends one command and returns the reply if it is the one that lets the conversation go on.
    fn command(
        &self,
        connection: &mut SmtpConnection,
        stage: Stage,
        command: impl fmt::Display,
    ) -> Result<String, SendError> {
        let response =
            connection.command(command).map_err(|error| self.failure(stage, false, &error))?;
        let expected = match stage {
            Stage::Data => response.has_code(354),
            _ => is_completion(&response),
        };
        let words: Vec<&str> = response.message().collect();
        let reply = format!("{} {}", response.code(), words.join(" "));
        if expected {
            return Ok(reply);
        }
        Err(SendError {
            outlook: Outlook::Temporary,
            scope: Scope::Session,
            acknowledgement_lost: stage == Stage::Message,
            cause: Cause::NotSmtp { stage, reason: format!("`{reply}` was not expected") },
        })
    }

    fn set_timeout(
        &self,
        connection: &mut SmtpConnection,
        stage: Stage,
        timeout: Duration,
    ) -> Result<(), SendError> {
        connection.set_timeout(Some(timeout)).map_err(|error| {
            let cause = Cause::Lost { stage, reason: error.to_string() };
            SendError::of_session(Outlook::Temporary, cause)
        })
    }

    /// Says what an error of lettre's means at this point of the conversation.
    ///
    /// `handshake` is set where the encrypted connection is being made.
    fn failure(
        &self,
        stage: Stage,
        handshake: bool,
        error: &lettre::transport::smtp::Error,
    ) -> SendError {
        let reason = || error.source().map_or_else(|| error.to_string(), ToString::to_string);
        if let Some(code) = error.status() {
            return refusal(stage, u16::from(code), reason());
        }
        let kind = io_kind(error);
        let refused_certificate = handshake && kind == Some(io::ErrorKind::InvalidData);
        if error.is_tls() || refused_certificate {
            let cause = Cause::Tls { server: self.server.to_string(), reason: reason() };
            return SendError::of_session(Outlook::Permanent, cause);
        }
        let cause = if is_timeout(error) {
            Cause::TimedOut { stage }
        } else if kind == Some(io::ErrorKind::InvalidData) {
            Cause::NotSmtp { stage, reason: reason() }
        } else if stage == Stage::Greeting && !error.is_response() {
            Cause::Unreachable { server: self.server.to_string(), reason: reason() }
        } else if kind.is_some() {
            Cause::Lost { stage, reason: reason() }
        } else if reason() == "incomplete response" {
            Cause::Lost { stage, reason: "the server closed it".to_owned() }
        } else {
            Cause::NotSmtp { stage, reason: reason() }
        };
        SendError {
            outlook: Outlook::Temporary,
            scope: Scope::Session,
            // A broken pipe comes from writing, and the end of the message is what is written last.
            // Any other failure may have come after it, and is taken to.
            acknowledgement_lost: stage == Stage::Message
                && kind != Some(io::ErrorKind::BrokenPipe),
            cause,
        }
    }
}

impl Drop for Smtp {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            quit(connection);
        }
    }
}

/// Says what a negative reply is about.
///
/// 421 announces the end of the connection whenever it comes, 530 wants a login first. A sender
/// refused for good would be refused with every message of the shop. Source: RFC 5321 3.8 and 4.2.
fn refusal(stage: Stage, code: u16, words: String) -> SendError {
    let outlook = if code < 500 { Outlook::Temporary } else { Outlook::Permanent };
    let scope = match stage {
        _ if code == 421 || code == 530 => Scope::Session,
        Stage::Greeting | Stage::StartTls | Stage::Login => Scope::Session,
        Stage::Sender if outlook == Outlook::Permanent => Scope::Session,
        Stage::Sender | Stage::Recipient | Stage::Data | Stage::Message => Scope::Message,
    };
    let cause = Cause::Refused { stage, code, words };
    SendError { outlook, scope, acknowledgement_lost: false, cause }
}

fn is_completion(response: &Response) -> bool {
    response.code().severity == Severity::PositiveCompletion
}

fn io_kind(error: &lettre::transport::smtp::Error) -> Option<io::ErrorKind> {
    error.source().and_then(|source| source.downcast_ref::<io::Error>()).map(io::Error::kind)
}

fn is_timeout(error: &lettre::transport::smtp::Error) -> bool {
    matches!(io_kind(error), Some(io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock))
}

/// Says goodbye to a server that is still listening; any other is left without a word.
fn leave(connection: SmtpConnection, error: &SendError) {
    match error.cause {
        Cause::Refused { code, .. } if code != 421 => quit(connection),
        Cause::NoStartTls { .. } | Cause::NoLogin { .. } => quit(connection),
        _ => {}
    }
}

fn quit(mut connection: SmtpConnection) {
    if !connection.has_broken() && connection.set_timeout(Some(QUIT_TIMEOUT)).is_ok() {
        let _ = connection.quit();
    }
}

fn tls_parameters(settings: &SmtpSettings) -> Result<TlsParameters, MailerError> {
    let mut builder = TlsParameters::builder(settings.server.host.clone());
    if let Some(file) = &settings.ca_file {
        let refused = |reason: String| MailerError::CaFile { file: file.clone(), reason };
        let pem = fs::read(file).map_err(|error| refused(error.to_string()))?;
        if !pem.windows(27).any(|window| window == b"-----BEGIN CERTIFICATE-----") {
            return Err(refused("it holds no certificate in PEM form".to_owned()));
        }
        let certificate =
            Certificate::from_pem(&pem).map_err(|error| refused(error.to_string()))?;
        builder =
            builder.certificate_store(CertificateStore::None).add_root_certificate(certificate);
    }
    builder.build().map_err(|error| match &settings.ca_file {
        Some(file) => MailerError::CaFile { file: file.clone(), reason: error.to_string() },
        None => MailerError::Tls(error.to_string()),
    })
}

/// Returns the name to introduce oneself by: the machine's if it is a full one, else an address
/// literal. Source: RFC 5321 4.1.4.
fn client_id() -> ClientId {
    nix::unistd::gethostname()
        .ok()
        .and_then(|name| name.into_string().ok())
        .filter(|name| {
            let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-.".contains(&byte);
            name.contains('.') && name.bytes().all(allowed)
        })
        .map_or_else(ClientId::default, ClientId::Domain)
}

/// A checked message as it stands between DATA and its reply: dots doubled, the last line a dot.
///
/// Written as one command, in one piece. lettre's own `message` writes the end separately, and the
/// network holds that back until the server has acknowledged the rest: 23 messages a second to a
/// server on the same machine, where one piece gives 1,300.
struct Content(String);

impl Content {
    fn new(bytes: &[u8]) -> Content {
        let text = str::from_utf8(bytes).expect("a checked message is ASCII");
        let mut stuffed = String::with_capacity(text.len() + 64);
        for line in text.split_inclusive("\r\n") {
            if line.starts_with('.') {
                stuffed.push('.');
            }
            stuffed.push_str(line);
        }
        stuffed.push_str(".\r\n");
        Content(stuffed)
    }
}

impl fmt::Display for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::super::fake_server::{Action, FakeServer};
    use super::super::settings::{MailSettings, PasswordSource, Transport};
    use super::super::{Mailer, Receipt};
    use super::*;

    const MESSAGE: &[u8] = b"From: shop@example.se\r\nTo: b@example.se\r\nSubject: x\r\n\
        Date: today\r\nMessage-ID: <1@example.se>\r\n\r\n.\r\n..\r\n.body\r\n\r\n.";

    fn message() -> Vec<u8> {
        [MESSAGE, b"end\r\n"].concat()
    }

    fn settings(url: &str) -> MailSettings {
        let long = Duration::from_secs(20);
        MailSettings {
            transport: Transport::Smtp(SmtpSettings {
                server: Server::parse(url).expect("a URL"),
                login: None,
                ca_file: None,
            }),
            from: None,
            reply_to: None,
            loopback_only: true,
            timeouts: Timeouts {
                connect: long,
                reply: long,
                final_reply: long,
                password_command: long,
            },
        }
    }

    fn mailer(server: &FakeServer) -> Mailer {
        Mailer::open(&settings(&server.url("smtp+plain"))).expect("opened")
    }

    fn send_to(mailer: &mut Mailer, to: &str) -> Result<String, SendError> {
        let from = "shop@example.se".parse().expect("an address");
        let to = to.parse().expect("an address");
        match mailer.send(&from, &to, "1@example.se", &message())? {
            Receipt::Accepted { reply } => Ok(reply),
            Receipt::Written { .. } => panic!("no folder is involved"),
        }
    }

    fn send(mailer: &mut Mailer) -> Result<String, SendError> {
        send_to(mailer, "b@example.se")
    }

    fn what(error: &SendError) -> (Outlook, Scope, bool) {
        (error.outlook, error.scope, error.acknowledgement_lost)
    }

    use Outlook::{Permanent, Temporary};
    use Scope::{Message, Session};

    #[test]
    fn a_message_arrives_byte_for_byte_with_its_dots() {
        let server = FakeServer::start(vec![]);
        let mut mailer = mailer(&server);
        assert_eq!(send(&mut mailer).expect("accepted"), "250 accepted 1");
        assert_eq!(server.messages(), [message()]);
    }

    #[test]
    fn one_connection_serves_many_messages_and_ends_with_quit() {
        let server = FakeServer::start(vec![]);
        let mut mailer = mailer(&server);
        for number in 1..=50 {
            let reply = send(&mut mailer).expect("accepted");
            assert_eq!(reply, format!("250 accepted {number}"));
        }
        drop(mailer);
        let log = server.log();
        assert_eq!(log.iter().filter(|line| *line == "connect").count(), 1);
        assert_eq!(log.last().map(String::as_str), Some("QUIT"));
        assert_eq!(server.messages().len(), 50);
    }

    #[test]
    fn a_server_that_is_closing_says_nothing_about_the_message() {
        let server = FakeServer::start(vec![("connect", Action::Reply("421 4.3.2 closing"))]);
        let mut mailer = mailer(&server);
        let error = send(&mut mailer).expect_err("refused");
        assert_eq!(what(&error), (Temporary, Session, false));
        assert_eq!(error.to_string(), "the server greeted with `421 4.3.2 closing`");
        assert!(send(&mut mailer).is_ok(), "the next attempt connects anew");
    }

    #[test]
    fn a_refusal_of_one_message_leaves_the_connection_to_the_next() {
        let cases = [
            ("MAIL", Action::Reply("451 4.3.0 later"), Temporary),
            ("RCPT", Action::Reply("550-5.1.1 no such\r\n550 5.1.1 user"), Permanent),
            ("RCPT", Action::Reply("450 4.2.0 greylisted"), Temporary),
            ("DATA", Action::Reply("554 5.5.1 no"), Permanent),
            ("content", Action::Reply("552 5.3.4 too big"), Permanent),
            ("content", Action::Reply("451 4.7.1 later"), Temporary),
        ];
        for (event, action, outlook) in cases {
            let server = FakeServer::start(vec![(event, action)]);
            let mut mailer = mailer(&server);
            let error = send_to(&mut mailer, "nobody@example.se").expect_err("refused");
            assert_eq!(what(&error), (outlook, Message, false), "{event}");
            assert!(send(&mut mailer).is_ok(), "{event}");
            let log = server.log();
            assert_eq!(log.iter().filter(|line| *line == "connect").count(), 1, "{event}");
            assert_eq!(log.iter().filter(|line| *line == "RSET").count(), 1, "{event}");
            assert_eq!(server.messages().last(), Some(&message()), "{event}");
        }
    }

    #[test]
    fn the_servers_words_are_kept() {
        let server = FakeServer::start(vec![(
            "RCPT",
            Action::Reply("550-5.1.1 no such\r\n550 5.1.1 user \u{1b}[2J"),
        )]);
        let error = send(&mut mailer(&server)).expect_err("refused");
        let Cause::Refused { stage, code, words } = &error.cause else { panic!("{error:?}") };
        assert_eq!((*stage, *code), (Stage::Recipient, 550));
        assert_eq!(words, "5.1.1 no such user \u{1b}[2J");
    }

    #[test]
    fn a_sender_refused_for_good_or_a_missing_login_concerns_every_message() {
        for reply in ["550 5.7.1 not your address", "530 5.7.0 log in first"] {
            let server = FakeServer::start(vec![("MAIL", Action::Reply(reply))]);
            let error = send(&mut mailer(&server)).expect_err("refused");
            assert_eq!(what(&error), (Permanent, Session, false), "{reply}");
        }
    }

    #[test]
    fn an_idle_connection_that_was_closed_is_replaced_once() {
        for closing in [Action::Close, Action::Reply("421 4.4.2 idle too long")] {
            let server = FakeServer::start(vec![("MAIL2", closing)]);
            let mut mailer = mailer(&server);
            assert!(send(&mut mailer).is_ok());
            assert!(send(&mut mailer).is_ok());
            assert_eq!(server.log().iter().filter(|line| *line == "connect").count(), 2);
            assert_eq!(server.messages().len(), 2);
        }
        let server = FakeServer::start(vec![("MAIL2", Action::Close), ("MAIL3", Action::Close)]);
        let mut mailer = mailer(&server);
        assert!(send(&mut mailer).is_ok());
        let error = send(&mut mailer).expect_err("closed twice");
        assert_eq!(what(&error), (Temporary, Session, false));
    }

    #[test]
    fn a_connection_lost_after_the_message_is_not_tried_again() {
        for action in [Action::Close, Action::Silence, Action::Reply("garbage")] {
            let server = FakeServer::start(vec![("content", action)]);
            let mut settings = settings(&server.url("smtp+plain"));
            settings.timeouts.final_reply = Duration::from_millis(200);
            let mut mailer = Mailer::open(&settings).expect("opened");
            let error = send(&mut mailer).expect_err("no acknowledgement");
            assert_eq!(what(&error), (Temporary, Session, true));
            assert_eq!(server.log().iter().filter(|line| *line == "connect").count(), 1);
            assert_eq!(server.messages().len(), 1);
        }
    }

    #[test]
    fn a_connection_lost_before_the_message_is_known_not_to_have_delivered_it() {
        for event in ["connect", "EHLO", "MAIL", "RCPT", "DATA"] {
            for action in [Action::Close, Action::Silence, Action::Reply("garbage")] {
                let server = FakeServer::start(vec![(event, action)]);
                let mut settings = settings(&server.url("smtp+plain"));
                settings.timeouts.connect = Duration::from_millis(100);
                settings.timeouts.reply = Duration::from_millis(100);
                let started = Instant::now();
                let error = send(&mut Mailer::open(&settings).expect("opened"))
                    .expect_err("no conversation");
                assert_eq!(what(&error), (Temporary, Session, false), "{event} {action:?}");
                assert!(started.elapsed() < Duration::from_secs(2), "{event} {action:?}");
                assert!(server.messages().is_empty());
            }
        }
    }

    #[test]
    fn a_connection_lost_within_the_message_may_count_as_lost_acknowledgement() {
        let server = FakeServer::start(vec![("DATA", Action::CloseInContent)]);
        let error = send(&mut mailer(&server)).expect_err("no acknowledgement");
        assert_eq!((error.outlook, error.scope), (Temporary, Session));
        assert!(server.messages().is_empty());
    }

    #[test]
    fn a_server_that_is_not_there_is_named() {
        let url = {
            let server = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
            format!("smtp+plain://{}", server.local_addr().expect("an address"))
        };
        let error = send(&mut Mailer::open(&settings(&url)).expect("opened")).expect_err("nobody");
        assert_eq!(what(&error), (Temporary, Session, false));
        assert!(matches!(error.cause, Cause::Unreachable { .. }), "{error}");
    }

    #[test]
    fn without_starttls_nothing_is_said_in_clear() {
        let server = FakeServer::start(vec![]);
        let mut settings = settings(&server.url("smtp"));
        if let Transport::Smtp(smtp) = &mut settings.transport {
            let password = PasswordSource::Command("echo hemligt".to_owned());
            smtp.login = Some(Login { user: "shop".to_owned(), password });
        }
        let error = send(&mut Mailer::open(&settings).expect("opened")).expect_err("in clear");
        assert_eq!(what(&error), (Permanent, Session, false));
        assert!(matches!(error.cause, Cause::NoStartTls { .. }), "{error}");
        let log = server.log();
        assert!(
            log.iter().all(
                |line| ["connect", "QUIT"].contains(&line.as_str()) || line.starts_with("EHLO")
            ),
            "{log:?}"
        );
    }

    #[test]
    fn a_server_that_breaks_off_the_handshake_gets_nothing() {
        let extra = "250-fake\r\n250 STARTTLS";
        for reply in ["220 go ahead", "454 4.7.0 not now", "220 go\r\n250-fake\r\n250 AUTH PLAIN"] {
            let server = FakeServer::start(vec![
                ("EHLO", Action::Reply(extra)),
                ("STARTTLS", Action::Reply(reply)),
            ]);
            let mut settings = settings(&server.url("smtp"));
            settings.timeouts.connect = Duration::from_millis(200);
            let error =
                send(&mut Mailer::open(&settings).expect("opened")).expect_err("no encryption");
            assert_eq!(error.scope, Session, "{reply}");
            assert!(!server.log().iter().any(|line| line.starts_with("MAIL")), "{reply}");
        }
    }

    #[test]
    fn a_login_on_this_machine_sends_user_and_password() {
        let server = FakeServer::start(vec![("EHLO", Action::Reply("250-fake\r\n250 AUTH PLAIN"))]);
        let mut settings = settings(&server.url("smtp+plain"));
        if let Transport::Smtp(smtp) = &mut settings.transport {
            let password = PasswordSource::Command("echo hemligt".to_owned());
            smtp.login = Some(Login { user: "shop".to_owned(), password });
        }
        assert!(send(&mut Mailer::open(&settings).expect("opened")).is_ok());
        assert!(server.log().contains(&"AUTH PLAIN AHNob3AAaGVtbGlndA==".to_owned()));

        let server = FakeServer::start(vec![
            ("EHLO", Action::Reply("250-fake\r\n250 AUTH PLAIN")),
            ("AUTH", Action::Reply("535 5.7.8 wrong")),
        ]);
        if let Transport::Smtp(smtp) = &mut settings.transport {
            smtp.server = Server::parse(&server.url("smtp+plain")).expect("a URL");
        }
        let error = send(&mut Mailer::open(&settings).expect("opened")).expect_err("refused");
        assert_eq!(what(&error), (Permanent, Session, false));
        assert!(!format!("{error:?}").contains("hemligt"));
    }

    #[test]
    fn a_practice_shop_connects_nowhere_else() {
        let mut settings = settings("smtp+plain://192.0.2.1:25");
        assert!(matches!(Mailer::open(&settings), Err(MailerError::Settings(_))));
        settings.loopback_only = false;
        let Transport::Smtp(smtp) = &settings.transport else { panic!("smtp") };
        let mut smtp = Smtp::open(smtp, settings.timeouts, true).expect("opened");
        let from = "a@example.se".parse().expect("an address");
        let error = smtp.send(&from, &from, MESSAGE).expect_err("not on this machine");
        assert!(matches!(error.cause, Cause::Settings(_)), "{error}");
    }

    #[test]
    fn certificates_that_cannot_be_used_are_named_at_once() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        for content in ["", "no certificate", "-----BEGIN CERTIFICATE-----\n%%\n"] {
            fs::write(file.path(), content).expect("written");
            let mut settings = settings("smtps://localhost");
            if let Transport::Smtp(smtp) = &mut settings.transport {
                smtp.ca_file = Some(file.path().to_owned());
            }
            let result = Mailer::open(&settings);
            assert!(matches!(result, Err(MailerError::CaFile { .. })), "{content}");
        }
    }

    #[test]
    fn domains_go_out_in_ascii() {
        let server = FakeServer::start(vec![]);
        let mut mailer = mailer(&server);
        assert!(send_to(&mut mailer, "faktura@räksmörgås.se").is_ok());
        let log = server.log();
        assert!(log.contains(&"RCPT TO:<faktura@xn--rksmrgs-5wao1o.se>".to_owned()), "{log:?}");
    }
}
