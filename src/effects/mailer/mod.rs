//! Mail: a letter is composed once, and its bytes are handed over, however often that takes.
//!
//! What is promised: a message goes to one recipient; it is sent exactly as composed; nothing is sent
//! twice by the mailer itself. Whether to try again, and when, is the outbox's to decide, from what a
//! [`SendError`] says. Queueing is deliberately absent.

mod folder;
pub mod message;
pub mod password;
pub mod settings;
mod smtp;
pub mod wire;

#[cfg(test)]
mod fake_server;

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::domain::email::Email;

use folder::Folder;
use message::AddressError;
use password::PasswordError;
use settings::{MailSettings, SettingsError, Transport};
use smtp::Smtp;
use wire::{WireError, check_wire};

/// The way out for mail. It connects when the first message is sent and says QUIT when dropped.
pub enum Mailer {
    Smtp(Box<Smtp>),
    Folder(Folder),
    #[cfg(test)]
    Memory(Vec<Sent>),
}

/// A message that a mailer in memory was given.
#[cfg(test)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    pub from: Email,
    pub to: Email,
    pub message_id: String,
    pub bytes: Vec<u8>,
}

/// What there is to show for a message that was handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Receipt {
    /// The server's reply, code and words: from then on the message is its responsibility.
    Accepted {
        reply: String,
    },
    Written {
        path: PathBuf,
    },
}

/// Why there is no mailer: something on this machine has to be put right first.
#[derive(Debug)]
pub enum MailerError {
    Settings(SettingsError),
    Password(PasswordError),
    CaFile { file: PathBuf, reason: String },
    Folder { folder: PathBuf, error: io::Error },
    Tls(String),
}

impl fmt::Display for MailerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MailerError::Settings(error) => error.fmt(f),
            MailerError::Password(error) => error.fmt(f),
            MailerError::CaFile { file, reason } => {
                write!(f, "the certificates in `{}` cannot be used: {reason}", file.display())
            }
            MailerError::Folder { folder, error } => {
                write!(f, "the mail folder `{}` cannot be used: {error}", folder.display())
            }
            MailerError::Tls(reason) => write!(f, "TLS cannot be set up: {reason}"),
        }
    }
}

impl std::error::Error for MailerError {}

impl MailerError {
    /// Returns what to do about it; every mail is kept meanwhile.
    pub fn hint(&self) -> String {
        let settings = "the table `[mail]` in `shopctl.toml` says how mail goes out";
        match self {
            MailerError::Settings(_) => settings.to_owned(),
            MailerError::Password(error) => error.hint().unwrap_or_else(|| settings.to_owned()),
            MailerError::CaFile { .. } => {
                "`ca_file` in `shopctl.toml` names a file of certificates in PEM form".to_owned()
            }
            MailerError::Folder { error, .. } => match error.kind() {
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                    "make room on the disk and run the command again"
                }
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                    "the folder must be open to you; `folder` in `shopctl.toml` names another"
                }
                _ => "see that it is a folder and that its disk works, then run the command again",
            }
            .to_owned(),
            MailerError::Tls(_) => "run the command again; `shopctl mail test` tries it".to_owned(),
        }
    }
}

/// Why a message was not handed over.
#[derive(Debug)]
pub struct SendError {
    pub outlook: Outlook,
    pub scope: Scope,
    /// The whole message was sent and the reply never came: it may or may not arrive, and sending it
    /// again may make two of it.
    pub acknowledgement_lost: bool,
    pub cause: Cause,
}

/// Whether the same attempt can succeed later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outlook {
    Temporary,
    Permanent,
}

/// What a failure is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// This message or its recipient; the next one may be tried at once.
    Message,
    /// The server, the login or the sender's address: it says nothing about the message, and the
    /// next one would fare no better.
    Session,
}

/// What happened, with the server's own words where it said any.
///
/// Those words are as the server sent them; whoever shows them makes control characters visible.
#[derive(Debug)]
pub enum Cause {
    Refused { stage: Stage, code: u16, words: String },
    Unreachable { server: String, reason: String },
    TimedOut { stage: Stage },
    Lost { stage: Stage, reason: String },
    NotSmtp { stage: Stage, reason: String },
    Tls { server: String, reason: String },
    NoStartTls { server: String },
    NoLogin { server: String },
    Address(AddressError),
    Settings(SettingsError),
    Wire(WireError),
    MessageId(String),
    NotWritten { path: PathBuf, error: io::Error },
}

/// How far a conversation with the server had come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Greeting,
    StartTls,
    Login,
    Sender,
    Recipient,
    Data,
    Message,
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Stage::Greeting => "the greeting",
            Stage::StartTls => "STARTTLS",
            Stage::Login => "the login",
            Stage::Sender => "the sender",
            Stage::Recipient => "the recipient",
            Stage::Data => "DATA",
            Stage::Message => "the message",
        })
    }
}

impl fmt::Display for SendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.cause.fmt(f)?;
        if self.acknowledgement_lost {
            f.write_str("; the message may have been accepted all the same")?;
        }
        Ok(())
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cause::Refused { stage: Stage::Greeting, code, words } => {
                write!(f, "the server greeted with `{code} {words}`")
            }
            Cause::Refused { stage, code, words } => {
                write!(f, "the server's answer to {stage} was `{code} {words}`")
            }
            Cause::Unreachable { server, reason } => {
                write!(f, "the mail server {server} cannot be reached: {reason}")
            }
            Cause::TimedOut { stage: Stage::Greeting } => {
                f.write_str("the server did not answer in time")
            }
            Cause::TimedOut { stage } => {
                write!(f, "the server did not answer to {stage} in time")
            }
            Cause::Lost { stage, reason } => {
                write!(f, "the connection was lost at {stage}: {reason}")
            }
            Cause::NotSmtp { stage: Stage::Greeting, reason } => {
                write!(f, "the server's greeting is not SMTP: {reason}")
            }
            Cause::NotSmtp { stage, reason } => {
                write!(f, "the server's answer to {stage} is not SMTP: {reason}")
            }
            Cause::Tls { server, reason } => {
                write!(f, "no encrypted connection to {server}: {reason}")
            }
            Cause::NoStartTls { server } => write!(
                f,
                "{server} does not offer STARTTLS, and nothing is sent without encryption"
            ),
            Cause::NoLogin { server } => {
                write!(f, "{server} offers no login by PLAIN or LOGIN, and a `user` is set")
            }
            Cause::Address(error) => error.fmt(f),
            Cause::Settings(error) => error.fmt(f),
            Cause::Wire(error) => error.fmt(f),
            Cause::MessageId(id) => write!(f, "`{id}` is not a Message-ID"),
            Cause::NotWritten { path, error } => {
                write!(f, "`{}` could not be written: {error}", path.display())
            }
        }
    }
}

impl std::error::Error for SendError {}

impl SendError {
    /// Returns what to do about it, where that is known.
    pub fn hint(&self) -> Option<&'static str> {
        match &self.cause {
            Cause::NoStartTls { .. } => Some(
                "smtps:// if the server encrypts from the first byte; smtp+plain:// to do without",
            ),
            Cause::TimedOut { stage: Stage::Greeting } => {
                Some("see that host and port fit the scheme: smtps:// is usually 465, smtp:// 587")
            }
            Cause::Tls { reason, .. } if reason.contains("InvalidContentType") => {
                Some("smtp:// if the server encrypts by STARTTLS, as servers do on port 587")
            }
            Cause::Tls { reason, .. } if reason.contains("UnknownIssuer") => Some(
                "set `ca_file` to the certificate of the authority that vouches for the server",
            ),
            Cause::Tls { reason, .. } if reason.contains("CaUsedAsEndEntity") => {
                Some("the server shows an authority's own certificate; it needs one with CA:FALSE")
            }
            Cause::Refused { code: 530, .. } => {
                Some("set `user` and `password_file`; the server wants a login")
            }
            _ => None,
        }
    }

    /// Returns the error without the server's words, for a message that holds a secret: a server may
    /// quote it.
    pub fn without_words(self) -> SendError {
        let cause = match self.cause {
            Cause::Refused { stage, code, words } => {
                let reply = format!("{code} {words}");
                Cause::Refused { stage, code, words: codes(&reply).1 }
            }
            Cause::NotSmtp { stage, .. } => {
                Cause::NotSmtp { stage, reason: WORDS_LEFT_OUT.to_owned() }
            }
            cause => cause,
        };
        SendError { cause, ..self }
    }

    /// Returns a failure that lies in the message itself and will be the same next time.
    fn of_message(cause: Cause) -> SendError {
        SendError {
            outlook: Outlook::Permanent,
            scope: Scope::Message,
            acknowledgement_lost: false,
            cause,
        }
    }

    fn of_session(outlook: Outlook, cause: Cause) -> SendError {
        SendError { outlook, scope: Scope::Session, acknowledgement_lost: false, cause }
    }
}

/// What is said in place of the server's words.
const WORDS_LEFT_OUT: &str = "its words are not kept: they could quote the link";

impl Receipt {
    /// Returns the receipt without the server's words, for a message that holds a secret.
    pub fn without_words(self) -> Receipt {
        match self {
            Receipt::Accepted { reply } => {
                let (code, rest) = codes(&reply);
                Receipt::Accepted { reply: format!("{code} {rest}") }
            }
            written @ Receipt::Written { .. } => written,
        }
    }
}

/// Returns the code of a reply, and in place of what follows it the enhanced status alone, where it
/// begins with one. Source: RFC 3463 section 2.
fn codes(reply: &str) -> (&str, String) {
    let (code, words) = reply.split_once(' ').unwrap_or((reply, ""));
    let is_status = |word: &&str| {
        let parts: Vec<&str> = word.split('.').collect();
        parts.len() == 3
            && ["2", "4", "5"].contains(&parts[0])
            && parts.iter().all(|part| {
                (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
            })
    };
    let rest = match words.split_whitespace().next().filter(is_status) {
        Some(status) => format!("{status} ({WORDS_LEFT_OUT})"),
        None => format!("({WORDS_LEFT_OUT})"),
    };
    (code, rest)
}

impl Mailer {
    /// Returns the mailer that the settings describe.
    ///
    /// Reads the password and the certificates and makes the folder, so that what is wrong on this
    /// machine is known before the first message; connects to nothing.
    pub fn open(settings: &MailSettings) -> Result<Mailer, MailerError> {
        settings.check().map_err(MailerError::Settings)?;
        match &settings.transport {
            Transport::Folder(folder) => Folder::open(folder).map(Mailer::Folder),
            Transport::Smtp(smtp) => Smtp::open(smtp, settings.timeouts, settings.loopback_only)
                .map(|smtp| Mailer::Smtp(Box::new(smtp))),
        }
    }

    /// Hands over one message, byte for byte, after checking that it may go onto the wire.
    ///
    /// A failure leaves the mailer fit for the next message.
    pub fn send(
        &mut self,
        from: &Email,
        to: &Email,
        message_id: &str,
        bytes: &[u8],
    ) -> Result<Receipt, SendError> {
        check_wire(bytes).map_err(|error| SendError::of_message(Cause::Wire(error)))?;
        match self {
            Mailer::Smtp(smtp) => {
                let reply = smtp.send(from, to, bytes)?;
                Ok(Receipt::Accepted { reply })
            }
            Mailer::Folder(folder) => {
                let path = folder.write(message_id, bytes)?;
                Ok(Receipt::Written { path })
            }
            #[cfg(test)]
            Mailer::Memory(sent) => {
                sent.push(Sent {
                    from: from.clone(),
                    to: to.clone(),
                    message_id: message_id.to_owned(),
                    bytes: bytes.to_vec(),
                });
                Ok(Receipt::Accepted { reply: "250 kept in memory".to_owned() })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mailer_in_memory_keeps_what_it_was_given() {
        let bytes = b"From: a@example.se\r\nTo: b@example.se\r\nSubject: x\r\nDate: today\r\n\
                      Message-ID: <1@example.se>\r\n\r\nbody\r\n";
        let from: Email = "a@example.se".parse().expect("an address");
        let to: Email = "b@example.se".parse().expect("an address");
        let mut mailer = Mailer::Memory(Vec::new());
        assert!(mailer.send(&from, &to, "1@example.se", bytes).is_ok());
        assert!(mailer.send(&from, &to, "1@example.se", b"bare\n").is_err());
        let Mailer::Memory(sent) = mailer else { panic!("in memory") };
        let message_id = "1@example.se".to_owned();
        assert_eq!(sent, [Sent { from, to, message_id, bytes: bytes.to_vec() }]);
    }
}
