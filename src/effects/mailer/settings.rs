//! Where mail goes, as the `[mail]` table of the configuration says, checked once.
//!
//! Deliberately absent: a way to switch certificate checks off. A server with a certificate of its
//! own is trusted by naming that certificate's authority in `ca_file`.

use std::fmt;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;

use crate::domain::email::{Email, EmailError};

/// The `[mail]` table as it is written, before anything is checked.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct RawMailSettings {
    /// `folder` or `smtp`; when absent, `smtp` if there is a `url`, otherwise `folder`.
    pub transport: Option<String>,
    pub folder: Option<PathBuf>,
    pub url: Option<String>,
    pub user: Option<String>,
    pub password_file: Option<PathBuf>,
    pub password_command: Option<String>,
    pub password_credential: Option<String>,
    pub ca_file: Option<PathBuf>,
    pub from: Option<String>,
    pub reply_to: Option<String>,
}

/// Where mail goes and whom it is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailSettings {
    pub transport: Transport,
    /// The sender's address; without one the seller's office address serves.
    pub from: Option<Email>,
    pub reply_to: Option<Email>,
    /// Set for a practice shop: mail goes to a folder or a server on this machine, nowhere else.
    pub loopback_only: bool,
    pub timeouts: Timeouts,
}

/// The way that mail takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Transport {
    /// A folder of `.eml` files: nothing reaches anybody.
    Folder(PathBuf),
    Smtp(SmtpSettings),
}

/// How a server is reached and trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SmtpSettings {
    pub server: Server,
    pub login: Option<Login>,
    /// PEM certificates trusted in place of the system's.
    pub ca_file: Option<PathBuf>,
}

/// An SMTP server, written `smtp://host:587`, `smtps://host:465` or `smtp+plain://host:25`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// A host name or an address; an IPv6 address stands without its brackets.
    pub host: String,
    pub port: u16,
    pub security: Security,
}

/// How the connection is encrypted. There is no "if the server offers it".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// Encrypted by STARTTLS before anything is said; refused where the server does not offer it.
    StartTls,
    /// Encrypted from the first byte.
    Tls,
    /// Not encrypted.
    Plain,
}

/// Who logs in at the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    pub user: String,
    pub password: PasswordSource,
}

/// Where the password is read from; never an argument or the environment, which others can see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PasswordSource {
    File(PathBuf),
    Command(String),
    /// What systemd hands to a unit under this name (`LoadCredential=`).
    Credential(String),
}

/// How long to wait for a server. Source: RFC 5321 4.5.3.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// For the connection, the greeting and the first EHLO.
    pub connect: Duration,
    /// For the reply to any later command.
    pub reply: Duration,
    /// For the reply to a whole message, which the server may check for viruses first.
    pub final_reply: Duration,
    /// For the command that prints the password.
    pub password_command: Duration,
}

impl Default for Timeouts {
    fn default() -> Timeouts {
        Timeouts {
            connect: Duration::from_secs(30),
            reply: Duration::from_secs(5 * 60),
            final_reply: Duration::from_secs(10 * 60),
            password_command: Duration::from_secs(30),
        }
    }
}

/// Why the settings were refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingsError {
    UnknownTransport(String),
    UrlMissing,
    Url { url: String, reason: &'static str },
    UserWithoutPassword,
    PasswordWithoutUser,
    TwoPasswords,
    Credential,
    User,
    Address { key: &'static str, error: EmailError },
    LoginInClear { host: String },
    NotLoopback { host: String },
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SettingsError::UnknownTransport(name) => {
                write!(f, "`{name}` is not a mail transport; transports are folder, smtp")
            }
            SettingsError::UrlMissing => f.write_str(
                "the mail transport is smtp, but no `url` is set, such as smtp://mail.example.se:587",
            ),
            SettingsError::Url { url, reason } => {
                write!(f, "`{url}` is not the URL of a mail server: {reason}")
            }
            SettingsError::UserWithoutPassword => f.write_str(
                "a mail `user` is set, but no `password_file`, `password_command` or \
                 `password_credential`",
            ),
            SettingsError::PasswordWithoutUser => {
                f.write_str("a password for the mail server is set, but no `user`")
            }
            SettingsError::TwoPasswords => f.write_str(
                "of `password_file`, `password_command` and `password_credential` more than one is \
                 set; keep one",
            ),
            SettingsError::Credential => f.write_str(
                "`password_credential` is no name of a credential: letters, digits, `-`, `_`, `.`",
            ),
            SettingsError::User => {
                f.write_str("the mail `user` is empty or holds a control character")
            }
            SettingsError::Address { key, error } => write!(f, "`{key}` was refused: {error}"),
            SettingsError::LoginInClear { host } => write!(
                f,
                "logging in at `{host}` without encryption would show the password to the network; \
                 use smtp:// or smtps://"
            ),
            SettingsError::NotLoopback { host } => write!(
                f,
                "a practice shop sends to a folder or a server on this machine, and `{host}` is \
                 elsewhere"
            ),
        }
    }
}

impl std::error::Error for SettingsError {}

impl RawMailSettings {
    /// Returns the settings if they are whole and agree with one another.
    ///
    /// Relative paths are taken from `base`, the folder of the configuration file; `default_folder`
    /// is where mail goes when nothing is set. Nothing is opened and no password is read yet.
    pub fn checked(
        self,
        base: &Path,
        default_folder: &Path,
        loopback_only: bool,
    ) -> Result<MailSettings, SettingsError> {
        let has_url = self.url.is_some();
        let transport = match self.transport.as_deref() {
            Some("folder") => self.folder_transport(base, default_folder),
            Some("smtp") => Transport::Smtp(self.smtp(base)?),
            None if has_url => Transport::Smtp(self.smtp(base)?),
            None => self.folder_transport(base, default_folder),
            Some(other) => return Err(SettingsError::UnknownTransport(other.to_owned())),
        };
        let settings = MailSettings {
            transport,
            from: address("from", self.from.as_deref())?,
            reply_to: address("reply_to", self.reply_to.as_deref())?,
            loopback_only,
            timeouts: Timeouts::default(),
        };
        settings.check()?;
        Ok(settings)
    }

    fn folder_transport(&self, base: &Path, default_folder: &Path) -> Transport {
        let folder = self.folder.as_ref();
        Transport::Folder(folder.map_or(default_folder.to_owned(), |folder| base.join(folder)))
    }

    fn smtp(&self, base: &Path) -> Result<SmtpSettings, SettingsError> {
        let url = self.url.as_deref().ok_or(SettingsError::UrlMissing)?;
        let file = self.password_file.as_ref().map(|file| PasswordSource::File(base.join(file)));
        let command = self.password_command.clone().map(PasswordSource::Command);
        let credential = self.password_credential.as_deref().map(credential).transpose()?;
        let mut passwords = [file, command, credential].into_iter().flatten();
        let password = passwords.next();
        if passwords.next().is_some() {
            return Err(SettingsError::TwoPasswords);
        }
        let login = match (self.user.clone(), password) {
            (Some(user), Some(password)) => Some(Login { user, password }),
            (Some(_), None) => return Err(SettingsError::UserWithoutPassword),
            (None, Some(_)) => return Err(SettingsError::PasswordWithoutUser),
            (None, None) => None,
        };
        Ok(SmtpSettings {
            server: Server::parse(url)?,
            login,
            ca_file: self.ca_file.as_ref().map(|file| base.join(file)),
        })
    }
}

/// Reads the name of a credential, which is that of a file and of no other folder's.
fn credential(name: &str) -> Result<PasswordSource, SettingsError> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    if name.is_empty() || name.starts_with('.') || !name.chars().all(is_plain) {
        return Err(SettingsError::Credential);
    }
    Ok(PasswordSource::Credential(name.to_owned()))
}

fn address(key: &'static str, text: Option<&str>) -> Result<Option<Email>, SettingsError> {
    text.map(str::parse).transpose().map_err(|error| SettingsError::Address { key, error })
}

impl MailSettings {
    /// Returns settings that write to `folder`.
    #[cfg(test)]
    pub fn folder(folder: PathBuf) -> MailSettings {
        MailSettings {
            transport: Transport::Folder(folder),
            from: None,
            reply_to: None,
            loopback_only: false,
            timeouts: Timeouts::default(),
        }
    }

    /// Refuses settings that would show a password or send a practice shop's mail to the world.
    pub fn check(&self) -> Result<(), SettingsError> {
        let Transport::Smtp(smtp) = &self.transport else { return Ok(()) };
        let host = &smtp.server.host;
        if self.loopback_only && !smtp.server.is_loopback() {
            return Err(SettingsError::NotLoopback { host: host.clone() });
        }
        let Some(login) = &smtp.login else { return Ok(()) };
        if login.user.is_empty() || login.user.chars().any(char::is_control) {
            return Err(SettingsError::User);
        }
        if smtp.server.security == Security::Plain && !smtp.server.is_loopback() {
            return Err(SettingsError::LoginInClear { host: host.clone() });
        }
        Ok(())
    }
}

impl Server {
    /// Reads a URL of scheme `smtp`, `smtps` or `smtp+plain`, a host, and a port unless the usual.
    pub fn parse(url: &str) -> Result<Server, SettingsError> {
        let refuse = |reason| SettingsError::Url { url: url.to_owned(), reason };
        let (scheme, rest) = url
            .split_once("://")
            .ok_or_else(|| refuse("it does not begin with smtp://, smtps:// or smtp+plain://"))?;
        let (security, usual_port) = match scheme {
            "smtp" => (Security::StartTls, 587),
            "smtps" => (Security::Tls, 465),
            "smtp+plain" => (Security::Plain, 25),
            _ => return Err(refuse("its scheme is not smtp, smtps or smtp+plain")),
        };
        if rest.contains('@') {
            return Err(SettingsError::Url {
                // What stands before the @ may be a password, and messages end up in logs.
                url: format!("{scheme}://…"),
                reason: "user and password do not belong in it; set `user` and `password_file`",
            });
        }
        let authority = rest.strip_suffix('/').unwrap_or(rest);
        let (host, port) = match authority.strip_prefix('[') {
            Some(bracketed) => {
                let (host, after) = bracketed
                    .split_once(']')
                    .ok_or_else(|| refuse("the address in brackets does not end"))?;
                (host, after.strip_prefix(':').or((!after.is_empty()).then_some("")))
            }
            None => match authority.split_once(':') {
                Some((host, port)) => (host, Some(port)),
                None => (authority, None),
            },
        };
        let port = match port {
            None => usual_port,
            Some(digits) => digits
                .parse()
                .ok()
                .filter(|port| *port != 0)
                .ok_or_else(|| refuse("its port is not a number from 1 to 65535"))?,
        };
        let is_name = !host.is_empty()
            && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte));
        if is_name || host.parse::<IpAddr>().is_ok() {
            Ok(Server { host: host.to_owned(), port, security })
        } else {
            Err(refuse("its host is neither a name nor an address"))
        }
    }

    /// Says whether the server is on this machine: `localhost`, 127.0.0.0/8 or ::1.
    pub fn is_loopback(&self) -> bool {
        self.host.eq_ignore_ascii_case("localhost")
            || self.host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    }
}

impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.host.contains(':') {
            write!(f, "[{}]:{}", self.host, self.port)
        } else {
            write!(f, "{}:{}", self.host, self.port)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(raw: RawMailSettings) -> Result<MailSettings, SettingsError> {
        raw.checked(Path::new("/etc/shop"), Path::new("/var/shop/mail"), false)
    }

    fn raw(text: &str) -> RawMailSettings {
        toml::from_str(text).expect("a table of settings")
    }

    #[test]
    fn nothing_set_means_the_folder_beside_the_store() {
        let settings = checked(raw("")).expect("nothing to refuse");
        assert_eq!(settings.transport, Transport::Folder("/var/shop/mail".into()));
        let settings = checked(raw("folder = 'out'")).expect("nothing to refuse");
        assert_eq!(settings.transport, Transport::Folder("/etc/shop/out".into()));
    }

    #[test]
    fn a_misspelt_setting_is_refused() {
        assert!(toml::from_str::<RawMailSettings>("pasword_file = 'x'").is_err());
    }

    #[test]
    fn encryption_is_the_default_and_plain_text_is_asked_for_by_name() {
        let cases = [
            ("smtp://mail.example.se", "mail.example.se", 587, Security::StartTls),
            ("smtp://mail.example.se:2525/", "mail.example.se", 2525, Security::StartTls),
            ("smtps://mail.example.se", "mail.example.se", 465, Security::Tls),
            ("smtp+plain://127.0.0.1:1025", "127.0.0.1", 1025, Security::Plain),
            ("smtps://[::1]:4465", "::1", 4465, Security::Tls),
        ];
        for (url, host, port, security) in cases {
            let server = Server { host: host.to_owned(), port, security };
            assert_eq!(Server::parse(url), Ok(server), "{url}");
        }
        for url in [
            "mail.example.se:587",
            "http://mail.example.se",
            "smtp://",
            "smtp://:25",
            "smtp://host:0",
            "smtp://host:99999",
            "smtp://host/path",
            "smtp://ho st",
            "smtp://[::1",
            "smtp://[::1]x",
            "smtp://räksmörgås.se",
        ] {
            assert!(Server::parse(url).is_err(), "{url}");
        }
        let error = Server::parse("smtp://shop:hemligt@mail.example.se").expect_err("a password");
        assert!(!error.to_string().contains("hemligt"), "{error}");
    }

    #[test]
    fn a_login_is_not_shown_to_the_network() {
        let with = |url: &str| {
            checked(raw(&format!("url = '{url}'\nuser = 'shop'\npassword_file = 'secret'")))
        };
        assert!(with("smtp://mail.example.se").is_ok());
        assert!(with("smtp+plain://localhost:25").is_ok());
        assert!(matches!(
            with("smtp+plain://mail.example.se"),
            Err(SettingsError::LoginInClear { .. })
        ));
    }

    #[test]
    fn a_practice_shop_reaches_only_its_own_machine() {
        let practice = |url: &str| {
            let raw = raw(&format!("url = '{url}'"));
            raw.checked(Path::new("/"), Path::new("/mail"), true)
        };
        for url in ["smtp://localhost", "smtp+plain://127.9.9.9:25", "smtps://[::1]"] {
            assert!(practice(url).is_ok(), "{url}");
        }
        for url in
            ["smtp://mail.example.se", "smtp://localhost.example.se", "smtp://[::ffff:7f00:1]"]
        {
            assert!(matches!(practice(url), Err(SettingsError::NotLoopback { .. })), "{url}");
        }
        assert!(RawMailSettings::default().checked(Path::new("/"), Path::new("/m"), true).is_ok());
    }

    #[test]
    fn half_a_login_is_refused() {
        let cases = [
            ("user = 'a'", SettingsError::UserWithoutPassword),
            ("password_command = 'pass shop'", SettingsError::PasswordWithoutUser),
            (
                "user = 'a'\npassword_file = 'b'\npassword_command = 'c'",
                SettingsError::TwoPasswords,
            ),
            (
                "user = 'a'\npassword_file = 'b'\npassword_credential = 'c'",
                SettingsError::TwoPasswords,
            ),
        ];
        let folders = ["../secret", "a/b", "", ".", ".."];
        for name in folders {
            let text =
                format!("url = 'smtp://localhost'\nuser = 'a'\npassword_credential = '{name}'");
            assert_eq!(checked(raw(&text)), Err(SettingsError::Credential), "{name}");
        }
        for (lines, error) in cases {
            let text = format!("url = 'smtp://mail.example.se'\n{lines}");
            assert_eq!(checked(raw(&text)), Err(error), "{lines}");
        }
        assert_eq!(checked(raw("transport = 'smtp'")), Err(SettingsError::UrlMissing));
        assert!(matches!(
            checked(raw("transport = 'pigeon'")),
            Err(SettingsError::UnknownTransport(_))
        ));
        assert!(matches!(checked(raw("from = 'x'")), Err(SettingsError::Address { .. })));
    }
}
