//! The words of the shop's mails, in text and in HTML.
//!
//! A kind of mail is two templates a language, carried in the binary; a folder may put others in
//! their place. A template is given facts and nothing else: it cannot ask for what it is not given,
//! and a word it misspells is an error and not a gap. The first line of a text template is the
//! subject. Attachments are deliberately absent: they are the business of whoever sends.

pub mod announcement;
mod facts;
mod layout;

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{Datelike, NaiveDate};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, ErrorKind, UndefinedBehavior};
use serde::Serialize;

use crate::domain::language::Language;
use crate::domain::letter::Letter;
use crate::domain::secret::Secret;
use crate::domain::text::steers;

use facts::letter_samples;
pub use facts::{CreditNoteFacts, InvoiceFacts, TestFacts, amount};

/// The templates carried in the binary, by the file name that overrides each.
const CARRIED: [(&str, &str); 56] = [
    ("announcement.en.html", include_str!("templates/announcement.en.html")),
    ("announcement.en.txt", include_str!("templates/announcement.en.txt")),
    ("announcement.sv.html", include_str!("templates/announcement.sv.html")),
    ("announcement.sv.txt", include_str!("templates/announcement.sv.txt")),
    ("billing_change.en.html", include_str!("templates/billing_change.en.html")),
    ("billing_change.en.txt", include_str!("templates/billing_change.en.txt")),
    ("billing_change.sv.html", include_str!("templates/billing_change.sv.html")),
    ("billing_change.sv.txt", include_str!("templates/billing_change.sv.txt")),
    ("credit_note.en.html", include_str!("templates/credit_note.en.html")),
    ("credit_note.en.txt", include_str!("templates/credit_note.en.txt")),
    ("credit_note.sv.html", include_str!("templates/credit_note.sv.html")),
    ("credit_note.sv.txt", include_str!("templates/credit_note.sv.txt")),
    ("invoice.en.html", include_str!("templates/invoice.en.html")),
    ("invoice.en.txt", include_str!("templates/invoice.en.txt")),
    ("invoice.sv.html", include_str!("templates/invoice.sv.html")),
    ("invoice.sv.txt", include_str!("templates/invoice.sv.txt")),
    ("login_invitation.en.html", include_str!("templates/login_invitation.en.html")),
    ("login_invitation.en.txt", include_str!("templates/login_invitation.en.txt")),
    ("login_invitation.sv.html", include_str!("templates/login_invitation.sv.html")),
    ("login_invitation.sv.txt", include_str!("templates/login_invitation.sv.txt")),
    ("login_rename.en.html", include_str!("templates/login_rename.en.html")),
    ("login_rename.en.txt", include_str!("templates/login_rename.en.txt")),
    ("login_rename.sv.html", include_str!("templates/login_rename.sv.html")),
    ("login_rename.sv.txt", include_str!("templates/login_rename.sv.txt")),
    ("notice_confirmation.en.html", include_str!("templates/notice_confirmation.en.html")),
    ("notice_confirmation.en.txt", include_str!("templates/notice_confirmation.en.txt")),
    ("notice_confirmation.sv.html", include_str!("templates/notice_confirmation.sv.html")),
    ("notice_confirmation.sv.txt", include_str!("templates/notice_confirmation.sv.txt")),
    ("notice_withdrawal.en.html", include_str!("templates/notice_withdrawal.en.html")),
    ("notice_withdrawal.en.txt", include_str!("templates/notice_withdrawal.en.txt")),
    ("notice_withdrawal.sv.html", include_str!("templates/notice_withdrawal.sv.html")),
    ("notice_withdrawal.sv.txt", include_str!("templates/notice_withdrawal.sv.txt")),
    ("password_change.en.html", include_str!("templates/password_change.en.html")),
    ("password_change.en.txt", include_str!("templates/password_change.en.txt")),
    ("password_change.sv.html", include_str!("templates/password_change.sv.html")),
    ("password_change.sv.txt", include_str!("templates/password_change.sv.txt")),
    ("password_reset.en.html", include_str!("templates/password_reset.en.html")),
    ("password_reset.en.txt", include_str!("templates/password_reset.en.txt")),
    ("password_reset.sv.html", include_str!("templates/password_reset.sv.html")),
    ("password_reset.sv.txt", include_str!("templates/password_reset.sv.txt")),
    ("payment_reminder.en.html", include_str!("templates/payment_reminder.en.html")),
    ("payment_reminder.en.txt", include_str!("templates/payment_reminder.en.txt")),
    ("payment_reminder.sv.html", include_str!("templates/payment_reminder.sv.html")),
    ("payment_reminder.sv.txt", include_str!("templates/payment_reminder.sv.txt")),
    ("renewal_reminder.en.html", include_str!("templates/renewal_reminder.en.html")),
    ("renewal_reminder.en.txt", include_str!("templates/renewal_reminder.en.txt")),
    ("renewal_reminder.sv.html", include_str!("templates/renewal_reminder.sv.html")),
    ("renewal_reminder.sv.txt", include_str!("templates/renewal_reminder.sv.txt")),
    ("subscription_transfer.en.html", include_str!("templates/subscription_transfer.en.html")),
    ("subscription_transfer.en.txt", include_str!("templates/subscription_transfer.en.txt")),
    ("subscription_transfer.sv.html", include_str!("templates/subscription_transfer.sv.html")),
    ("subscription_transfer.sv.txt", include_str!("templates/subscription_transfer.sv.txt")),
    ("test.en.html", include_str!("templates/test.en.html")),
    ("test.en.txt", include_str!("templates/test.en.txt")),
    ("test.sv.html", include_str!("templates/test.sv.html")),
    ("test.sv.txt", include_str!("templates/test.sv.txt")),
];

/// What the first line of a text template begins with.
const SUBJECT: &str = "Subject:";

/// A mail in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// One line.
    pub subject: String,
    /// Lines of at most 78 characters, save for a word that is longer by itself.
    pub text: String,
    pub html: String,
}

/// Facts with the link that is made for one message.
#[derive(Serialize)]
struct Linked<'a, T> {
    #[serde(flatten)]
    facts: &'a T,
    link: &'a str,
}

/// Returns what stands in place of a link that is not made yet.
fn placeholder(language: Language) -> &'static str {
    match language {
        Language::Swedish => "[länken skrivs in när mejlet skickas]",
        Language::English => "[the link is put in when the mail is sent]",
    }
}

/// Returns a day as people write it in a sentence, `1 mars 2026`; what is no day stays as it is.
fn in_words(day: &str, language: Language) -> String {
    let Ok(date) = day.parse::<NaiveDate>() else { return day.to_owned() };
    let months = match language {
        Language::Swedish => [
            "januari",
            "februari",
            "mars",
            "april",
            "maj",
            "juni",
            "juli",
            "augusti",
            "september",
            "oktober",
            "november",
            "december",
        ],
        Language::English => [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
    };
    format!("{} {} {}", date.day(), months[date.month0() as usize], date.year())
}

/// The templates in force.
pub struct Templates {
    environment: Environment<'static>,
    folder: Option<PathBuf>,
    overriding: Vec<&'static str>,
}

/// Why a template cannot be used.
#[derive(Debug)]
pub enum TemplateError {
    Folder {
        folder: PathBuf,
        error: io::Error,
    },
    Unreadable {
        file: PathBuf,
        error: io::Error,
    },
    /// A template that would override nothing, which is likely a misspelt name.
    UnknownName {
        file: PathBuf,
    },
    /// `file` is a path, or the bare name of a template carried in the binary.
    Wrong {
        file: PathBuf,
        line: Option<usize>,
        reason: String,
    },
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TemplateError::Folder { folder, error } => {
                write!(f, "the folder of templates `{}` cannot be read: {error}", folder.display())
            }
            TemplateError::Unreadable { file, error } => {
                write!(f, "the template `{}` cannot be read: {error}", file.display())
            }
            TemplateError::UnknownName { file } => {
                let names: Vec<&str> = CARRIED.iter().map(|(name, _)| *name).collect();
                write!(
                    f,
                    "`{}` overrides no template; there are {}",
                    file.display(),
                    names.join(", ")
                )
            }
            TemplateError::Wrong { file, line: Some(line), reason } => {
                write!(f, "`{}`, line {line}: {reason}", file.display())
            }
            TemplateError::Wrong { file, line: None, reason } => {
                write!(f, "`{}`: {reason}", file.display())
            }
        }
    }
}

impl std::error::Error for TemplateError {}

impl Templates {
    /// Returns the templates that the binary carries.
    pub fn carried() -> Templates {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_syntax(
            SyntaxConfig::builder()
                .trim_blocks(true)
                .lstrip_blocks(true)
                .build()
                .expect("the usual delimiters"),
        );
        environment.add_filter("swedish_day", |day: &str| in_words(day, Language::Swedish));
        environment.add_filter("english_day", |day: &str| in_words(day, Language::English));
        for (name, source) in CARRIED {
            environment.add_template(name, source).expect("carried templates are tested");
        }
        Templates { environment, folder: None, overriding: Vec::new() }
    }

    /// Returns the carried templates with those in `folder` in place of the ones of the same name.
    ///
    /// Each of those is tried on sample facts of every kind there is, so that a mistake is found now
    /// and not in the middle of a night's mail. Files not ending in `.txt` or `.html` are left alone.
    pub fn with_folder(folder: &Path) -> Result<Templates, TemplateError> {
        let mut templates = Templates::carried();
        templates.folder = Some(folder.to_owned());
        let failed = |error| TemplateError::Folder { folder: folder.to_owned(), error };
        let mut files = fs::read_dir(folder)
            .and_then(|entries| {
                entries.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<PathBuf>>>()
            })
            .map_err(failed)?;
        files.sort();
        for file in files {
            if file.extension().is_some_and(|extension| extension == "txt" || extension == "html") {
                templates.replace(file)?;
            }
        }
        templates.try_on_samples()?;
        Ok(templates)
    }

    /// Returns the mail that brings an invoice.
    pub fn invoice(
        &self,
        language: Language,
        facts: &InvoiceFacts,
    ) -> Result<Rendered, TemplateError> {
        self.rendered("invoice", language, facts)
    }

    /// Returns the mail that brings a credit note.
    pub fn credit_note(
        &self,
        language: Language,
        facts: &CreditNoteFacts,
    ) -> Result<Rendered, TemplateError> {
        self.rendered("credit_note", language, facts)
    }

    /// Returns a letter in words. One that holds a link shows, without one, where it will stand.
    pub fn letter(
        &self,
        language: Language,
        letter: &Letter,
        link: Option<&Secret>,
    ) -> Result<Rendered, TemplateError> {
        let link = link.map_or_else(|| placeholder(language), Secret::reveal);
        match letter {
            Letter::RenewalReminder(facts) => self.rendered("renewal_reminder", language, facts),
            Letter::NoticeConfirmation(facts) => {
                self.rendered("notice_confirmation", language, facts)
            }
            Letter::NoticeWithdrawal(facts) => self.rendered("notice_withdrawal", language, facts),
            Letter::BillingChange(facts) => self.rendered("billing_change", language, facts),
            Letter::SubscriptionTransfer(facts) => {
                self.rendered("subscription_transfer", language, facts)
            }
            Letter::PaymentReminder(facts) => self.rendered("payment_reminder", language, facts),
            Letter::LoginInvitation(facts) => {
                self.rendered("login_invitation", language, &Linked { facts, link })
            }
            Letter::PasswordReset(facts) => {
                self.rendered("password_reset", language, &Linked { facts, link })
            }
            Letter::PasswordChange(facts) => self.rendered("password_change", language, facts),
            Letter::LoginRename(facts) => self.rendered("login_rename", language, facts),
            Letter::Announcement(facts) => self.rendered("announcement", language, facts),
        }
    }

    /// Returns the mail by which the way to a mailbox is tried.
    pub fn test(&self, language: Language, facts: &TestFacts) -> Result<Rendered, TemplateError> {
        self.rendered("test", language, facts)
    }

    fn replace(&mut self, file: PathBuf) -> Result<(), TemplateError> {
        let known = CARRIED
            .iter()
            .map(|(name, _)| *name)
            .find(|name| file.file_name().is_some_and(|file_name| file_name == *name));
        let Some(name) = known else { return Err(TemplateError::UnknownName { file }) };
        let source = match fs::read_to_string(&file) {
            Ok(source) => source,
            Err(error) => return Err(TemplateError::Unreadable { file, error }),
        };
        self.overriding.push(name);
        self.environment.add_template_owned(name, source).map_err(|error| self.wrong(name, &error))
    }

    fn try_on_samples(&self) -> Result<(), TemplateError> {
        for language in [Language::Swedish, Language::English] {
            for facts in InvoiceFacts::samples() {
                self.invoice(language, &facts)?;
            }
            for facts in CreditNoteFacts::samples() {
                self.credit_note(language, &facts)?;
            }
            for letter in letter_samples() {
                self.letter(language, &letter, None)?;
            }
            self.test(language, &TestFacts::sample())?;
        }
        Ok(())
    }

    fn rendered(
        &self,
        kind: &str,
        language: Language,
        facts: &impl Serialize,
    ) -> Result<Rendered, TemplateError> {
        let text_name = format!("{kind}.{language}.txt");
        let text = self.filled(&text_name, facts)?;
        let html = self.filled(&format!("{kind}.{language}.html"), facts)?;
        let (first, body) = text.split_once('\n').unwrap_or((&text, ""));
        let subject = first.strip_prefix(SUBJECT).map(str::trim).unwrap_or_default();
        if subject.is_empty() || steers(subject) {
            return Err(TemplateError::Wrong {
                file: self.file(&text_name),
                line: Some(1),
                reason: format!("the first line does not make a subject, as in `{SUBJECT} Hello`"),
            });
        }
        Ok(Rendered { subject: subject.to_owned(), text: layout::wrapped(body), html })
    }

    fn filled(&self, name: &str, facts: &impl Serialize) -> Result<String, TemplateError> {
        self.environment
            .get_template(name)
            .and_then(|template| template.render(Serde(facts)))
            .map_err(|error| self.wrong(name, &error))
    }

    fn wrong(&self, name: &str, error: &minijinja::Error) -> TemplateError {
        let reason = match error.detail() {
            Some(detail) => format!("{}: {detail}", error.kind()),
            None if error.kind() == ErrorKind::UndefinedError => {
                let place = self.source_line(name, error.line()).unwrap_or_default();
                format!("there is no fact of a name that is used in `{place}`")
            }
            None => error.kind().to_string(),
        };
        TemplateError::Wrong { file: self.file(name), line: error.line(), reason }
    }

    fn source_line(&self, name: &str, line: Option<usize>) -> Option<String> {
        let template = self.environment.get_template(name).ok()?;
        let text = template.source().lines().nth(line?.checked_sub(1)?)?;
        Some(text.trim().to_owned())
    }

    fn file(&self, name: &str) -> PathBuf {
        match &self.folder {
            Some(folder) if self.overriding.contains(&name) => folder.join(name),
            _ => PathBuf::from(name),
        }
    }
}

#[cfg(test)]
mod tests;
