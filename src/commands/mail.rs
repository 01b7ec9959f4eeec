//! `mail`: the outbox, one mail at a time, and a test of the way out.

pub mod announce;
pub mod release;

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;

use crate::app::{App, BatchArgs, ChangeArgs, Done, Format, parse_line, parse_number};
use crate::commands::send::Writer;
use crate::commands::{time, wall_time, write_file};
use crate::domain::email::Email;
use crate::domain::language::Language;
use crate::domain::mail::{Mail, MailId, MailKind, MailStatus};
use crate::effects::mailer::message::{Letter, compose};
use crate::effects::mailer::{Mailer, Receipt};
use crate::effects::random;
use crate::error::{Failure, Status};
use crate::render::mail::TestFacts;
use crate::render::sheet::{Cell, Sheet, column, spare};
use crate::store::StoreError;

/// List mails, newest first
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  shopctl mail list --status failed\n  shopctl mail list --kind payment_reminder --limit 20 --json"
)]
pub struct ListArgs {
    /// Only those waiting, claimed, sent, failed, held or bounced
    #[arg(long, value_name = "STATUS")]
    status: Option<MailStatus>,
    /// Only those of this kind, such as payment_reminder
    #[arg(long, value_name = "KIND")]
    kind: Option<MailKind>,
    /// At most this many
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = parse_number)]
    limit: i64,
}

/// Show a mail and what became of it
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  shopctl mail show 1\n  shopctl mail show 1 --json")]
pub struct ShowArgs {
    /// The number of the mail
    #[arg(value_parser = parse_number)]
    number: i64,
}

/// Write a mail to a file as it is or will be sent
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  shopctl mail preview 1 -o 1.eml\n  shopctl mail preview 1 -o - | less"
)]
pub struct PreviewArgs {
    /// The number of the mail
    #[arg(value_parser = parse_number)]
    number: i64,
    /// Where to; - is stdout
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

/// Send what waits in the outbox
///
/// A temporary failure is tried again later, with growing waits; what the server refuses for good is
/// marked failed. Only one sender works at a time.
#[derive(Debug, Default, Args)]
#[command(
    after_help = "Examples:\n  shopctl mail send -q\n  shopctl mail send --from-folder --limit 10"
)]
pub struct SendArgs {
    #[command(flatten)]
    pub batch: BatchArgs,
    /// Also send what a folder took before, which reached nobody
    #[arg(long)]
    pub from_folder: bool,
    /// Say what would be sent and send nothing
    #[arg(short = 'n', long)]
    pub dry_run: bool,
}

/// Try a mail again that failed, bounced or was held
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  shopctl mail retry 1\n  shopctl mail retry 1 --note 'the address works again'\n  shopctl mail retry --restored"
)]
pub struct RetryArgs {
    /// The number of the mail
    #[arg(value_parser = parse_number, required_unless_present = "restored")]
    number: Option<i64>,
    /// Every mail that a restore of the store held
    #[arg(long, conflicts_with = "number")]
    restored: bool,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Hold a mail back until it is tried again
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  shopctl mail hold 1\n  shopctl mail hold 1 --reason 'the address is being checked'"
)]
pub struct HoldArgs {
    /// The number of the mail
    #[arg(value_parser = parse_number)]
    number: i64,
    /// Why
    #[arg(long, value_name = "TEXT", value_parser = parse_line)]
    reason: Option<String>,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Record that a mail came back
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  shopctl mail bounced 1 --reason 'mailbox full'\n  shopctl mail bounced 7 --reason '550 5.1.1 no such user' -n"
)]
pub struct BouncedArgs {
    /// The number of the mail
    #[arg(value_parser = parse_number)]
    number: i64,
    /// What the returned mail said
    #[arg(long, value_name = "TEXT", value_parser = parse_line)]
    reason: String,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Send one test message and show how it went
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  shopctl mail test anna@forening.example\n  shopctl mail test anna@forening.example --config test.toml"
)]
pub struct TestArgs {
    /// Where the test message goes
    address: Email,
}

pub fn list(app: &mut App, args: &ListArgs) -> Result<()> {
    let mut list = app.list(&[
        column("number", "Mail"),
        column("kind", "Kind"),
        column("recipient", "To"),
        column("invoice", "Invoice"),
        column("status", "Status"),
        spare("attempts", "Tries"),
        column("queued_at", "Queued"),
        column("sent_at", "Sent"),
        column("detail", "Detail"),
    ])?;
    // What a server said to a mail it took, or where its file lies, would only widen the table.
    let is_table = app.format()? == Format::Table;
    for listing in app.read(|tx| Ok(tx.mails(args.status, args.kind, args.limit)?))? {
        let mail = listing.mail;
        let detail = mail.detail.clone().filter(|_| !is_table || mail.status != MailStatus::Sent);
        list.row(vec![
            Cell::Integer(mail.id.0),
            kind(&mail),
            Cell::text(mail.recipient.as_str()),
            Cell::maybe(listing.invoice_number),
            Cell::text(mail.status.as_str()),
            Cell::Integer(mail.attempts),
            time(mail.queued_at),
            Cell::maybe(mail.sent_at.map(time)),
            Cell::maybe(detail),
        ])?;
    }
    match (args.status, args.kind) {
        (Some(status), None) => list.finish(&format!("no mail is {status}")),
        (_, Some(_)) => list.finish("no mail is like that"),
        (None, None) => list.finish("no mails"),
    }
}

pub fn show(app: &mut App, args: &ShowArgs) -> Result<()> {
    let mail = app.read(|tx| Ok(tx.mail(MailId(args.number))?))?;
    app.show(&sheet(&mail))
}

/// Returns the kind of a mail as a cell.
pub fn kind(mail: &Mail) -> Cell {
    Cell::Word { stored: mail.kind.as_str(), shown: mail.kind.to_string() }
}

fn sheet(mail: &Mail) -> Sheet {
    Sheet::default()
        .fact("number", "Mail", mail.id.0)
        .fact("kind", "Kind", kind(mail))
        .fact("recipient", "To", mail.recipient.as_str())
        .fact("language", "Language", mail.language.code())
        .fact("status", "Status", mail.status.as_str())
        .fact("attempts", "Tries", mail.attempts)
        .fact("queued_at", "Queued", time(mail.queued_at.clone()))
        .fact("due_at", "Next try", Cell::maybe(mail.due_at.clone().map(time)))
        .fact("sent_at", "Sent", Cell::maybe(mail.sent_at.clone().map(time)))
        .fact("transport", "By", Cell::maybe(mail.transport.clone()))
        .fact("detail", "Detail", Cell::maybe(mail.detail.clone()))
        .fact("message_id", "Message-ID", mail.message_id.as_str())
}

pub fn preview(app: &mut App, args: &PreviewArgs) -> Result<()> {
    let mut writer = Writer::new(app)?;
    let bytes = app.read(|tx| {
        let mail = tx.mail(MailId(args.number))?;
        match tx.message(mail.id)? {
            Some(bytes) => Ok(bytes),
            None => Ok(writer.write(writer.load(tx, mail)?, None)?.message),
        }
    })?;
    write_file(&args.output, &bytes)
}

pub fn retry(app: &mut App, args: &RetryArgs) -> Result<()> {
    let Some(number) = args.number else { return retry_restored(app, args) };
    app.change(&args.change, |tx| {
        let mail = tx.mail(MailId(number))?;
        match mail.status {
            MailStatus::Sent => {
                let words = format!("mail {number} was sent at {}", told(&mail.sent_at));
                let hint = if mail.content.carries_token() {
                    "`shopctl password forgot EMAIL` mails a new link"
                } else {
                    "`shopctl invoice send N --again --reason TEXT` sends a further copy"
                };
                return Err(Failure::refused("already_sent", words).hint(hint).into());
            }
            MailStatus::Claimed => {
                return Err(Failure::refused("claimed", "it is being sent right now").into());
            }
            MailStatus::Waiting | MailStatus::Failed | MailStatus::Held | MailStatus::Bounced => {
                tx.requeue_mail(&mail)?;
            }
        }
        Ok(Done::with(sheet(&tx.mail(mail.id)?)))
    })
}

/// Queues again what a restore held, save what will never go.
fn retry_restored(app: &mut App, args: &RetryArgs) -> Result<()> {
    app.change(&args.change, |tx| {
        for mail in tx.mails_held_by_restore()? {
            match tx.requeue_mail(&mail) {
                Err(StoreError::InUse(_)) => {}
                queued => queued?,
            }
        }
        Ok(Done::default())
    })
}

pub fn hold(app: &mut App, args: &HoldArgs) -> Result<()> {
    app.change(&args.change, |tx| {
        let mail = tx.mail(MailId(args.number))?;
        match mail.status {
            MailStatus::Held => {}
            MailStatus::Waiting => tx.hold_mail(&mail, args.reason.as_deref())?,
            status => {
                let words =
                    format!("mail {} is {status}; only one that waits can be held", args.number);
                return Err(Failure::refused("not_waiting", words).into());
            }
        }
        Ok(Done::with(sheet(&tx.mail(mail.id)?)))
    })
}

pub fn bounced(app: &mut App, args: &BouncedArgs) -> Result<()> {
    app.change(&args.change, |tx| {
        let mail = tx.mail(MailId(args.number))?;
        match mail.status {
            MailStatus::Bounced => {}
            MailStatus::Sent => tx.mark_bounced(&mail, &args.reason)?,
            status => {
                let words =
                    format!("mail {} is {status}; only one that was sent can bounce", args.number);
                return Err(Failure::refused("not_sent", words).into());
            }
        }
        Ok(Done::with(sheet(&tx.mail(mail.id)?)))
    })
}

fn told(time: &Option<String>) -> String {
    time.as_deref().map_or_else(|| "an unknown time".to_owned(), wall_time)
}

pub fn test(app: &mut App, args: &TestArgs) -> Result<()> {
    let writer = Writer::new(app)?;
    let (_, seller) = app.read(|tx| Ok(tx.seller()?))?;
    let now = app.clock.now();
    let facts = TestFacts {
        shop_name: seller.shop_name.clone(),
        office_email: seller.office_email.to_string(),
        sent_at: now.format("%Y-%m-%d %H.%M UTC").to_string(),
    };
    let rendered = writer.templates.test(Language::Swedish, &facts)?;
    let key = random::key();
    let tag: String = key[..16].iter().map(|byte| format!("{byte:02x}")).collect();
    let message_id = format!("{tag}@{}", seller.office_email.domain());
    let from = writer.from(&seller);
    let letter = Letter {
        message_id: message_id.clone(),
        date: now,
        from_name: seller.shop_name.clone(),
        from: from.clone(),
        reply_to: writer.reply_to(&seller),
        to: args.address.clone(),
        subject: rendered.subject,
        text: rendered.text,
        html: rendered.html,
        attachments: Vec::new(),
    };
    let bytes = compose(&letter).context("the test mail cannot be made")?;

    let mut mailer = open_mailer(&writer)?;
    let (transport, detail) = match mailer.send(&from, &args.address, &message_id, &bytes) {
        Ok(Receipt::Accepted { reply }) => {
            app.say(&format!("the server took it for {}: {reply}", args.address));
            ("smtp", reply)
        }
        Ok(Receipt::Written { path }) => {
            app.say(&format!("written to `{}`; nothing reached {}", path.display(), args.address));
            ("folder", path.display().to_string())
        }
        Err(error) => {
            let failure = Failure::new(Status::Outside, "mail_failed", error.to_string());
            return Err(match error.hint() {
                Some(hint) => failure.hint(hint),
                None => failure,
            }
            .into());
        }
    };
    if app.wants_json()? {
        let sheet = Sheet::default()
            .fact("recipient", "To", args.address.as_str())
            .fact("transport", "By", transport)
            .fact("detail", "Detail", detail);
        app.show(&sheet)?;
    }
    Ok(())
}

/// Opens the way out, or says what must be put right first.
pub fn open_mailer(writer: &Writer) -> Result<Mailer> {
    Mailer::open(&writer.settings).map_err(|error| {
        Failure::new(Status::Outside, "mail_settings", error.to_string()).hint(error.hint()).into()
    })
}
