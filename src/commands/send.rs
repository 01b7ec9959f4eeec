//! `mail send`: from the outbox to the server, drawn ahead by a second thread.
//!
//! For each mail there is one commit before it is sent, which claims it and stores its finished bytes,
//! and one after, which says what came of it; the second is the first of the next mail, so that a run
//! of a thousand makes a thousand and one. A copy can arise only where the process dies, or the
//! connection is lost, between the server's acknowledgement and that commit.

mod writer;

use std::panic::resume_unwind;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use anyhow::Result;
use chrono::{DateTime, Duration, SecondsFormat, Utc};

use crate::app::{App, ChangeArgs};
use crate::commands::mail::{SendArgs, kind, open_mailer};
use crate::commands::password::answer_forgotten;
use crate::domain::mail::{Content, Mail, MailStatus, wait_minutes};
use crate::domain::token::Token;
use crate::effects::mailer::settings::Transport;
use crate::effects::mailer::{Cause, Mailer, Outlook, Receipt, Scope, SendError};
use crate::effects::random;
use crate::error::{Failure, Status};
use crate::render::sheet::{Cell, Sheet, column};
use crate::store::{Operation, StoreError, Tx};

pub use self::writer::Writer;
use self::writer::{Loaded, Written};

/// How many mails are read from the outbox at a time.
const PAGE: i64 = 200;

/// How many finished mails may wait for the server.
const AHEAD: usize = 8;

/// From this many attempts on a waiting mail counts as a failure of the outside world.
const ATTEMPTS_PATIENT: i64 = 3;

/// What is said where another sender holds the lock.
pub const ANOTHER_SENDS: &str = "another `shopctl mail send` is at work; this one did nothing";

/// What came of one run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    pub sent: i64,
    pub deferred: i64,
    pub failed: i64,
    /// Another sender was at work, so this one did nothing.
    pub another_sends: bool,
    /// The server would not have any mail, in its words.
    pub outage: Option<String>,
    /// A mail has waited through more attempts than is usual.
    pub is_overdue: bool,
    pub to_folder: bool,
}

impl Outcome {
    /// Returns the failure that the outcome makes of a finished run.
    pub fn verdict(&self) -> Result<()> {
        if self.failed > 0 {
            let words = match self.failed {
                1 => "1 mail was refused for good".to_owned(),
                failed => format!("{failed} mails were refused for good"),
            };
            return Err(Failure::new(Status::Partial, "some_failed", words)
                .hint("`shopctl mail list --status failed` shows them")
                .into());
        }
        match &self.outage {
            Some(words) if self.is_overdue => {
                Err(Failure::new(Status::Outside, "mail_outage", words.clone())
                    .hint("the mails are kept; `shopctl mail test ADDRESS` tries the way out")
                    .into())
            }
            _ if self.is_overdue => {
                let words = "some mails could not be delivered after several attempts";
                Err(Failure::new(Status::Outside, "mail_deferred", words)
                    .hint("they are kept and tried again; `shopctl mail list --status waiting`")
                    .into())
            }
            _ => Ok(()),
        }
    }

    /// Returns the server's words when it was out and that is no failure yet.
    pub fn passing_outage(&self) -> Option<String> {
        self.outage.clone().filter(|_| self.failed > 0 || !self.is_overdue)
    }

    pub fn sheet(&self) -> Sheet {
        Sheet::default()
            .fact("sent", "Sent", self.sent)
            .fact("deferred", "Deferred", self.deferred)
            .fact("failed", "Failed", self.failed)
            .fact("to_folder", "To a folder", self.to_folder)
            .fact("outage", "Outage", Cell::maybe(self.outage.clone()))
    }
}

pub fn send(app: &mut App, args: &SendArgs) -> Result<()> {
    if args.dry_run {
        return foretell(app, args);
    }
    let operation = begin(app, &ChangeArgs::default())?;
    let outcome = run(app, args, &operation)?;
    if outcome.another_sends {
        app.say(ANOTHER_SENDS);
    } else {
        warn_of_folder(app, &outcome)?;
        app.say(&format!(
            "{} sent, {} to be tried again, {} failed",
            outcome.sent, outcome.deferred, outcome.failed
        ));
        if let Some(words) = outcome.passing_outage() {
            app.warn(words);
        }
    }
    if app.wants_json()? {
        app.show_work(&[&operation], &[outcome.sheet()])?;
    }
    outcome.verdict()
}

/// Begins an operation in a store that may not yet be open.
pub fn begin(app: &mut App, args: &ChangeArgs) -> Result<Operation> {
    app.read(|_| Ok(()))?;
    app.operation_for(args)
}

/// Returns the folder that mail goes to, if it does not go to a server.
pub fn mail_folder(app: &mut App) -> Result<Option<PathBuf>> {
    let is_practice = app.read(|tx| Ok(tx.is_practice()?))?;
    Ok(match app.settings.mail(is_practice)?.transport {
        Transport::Folder(folder) => Some(folder),
        Transport::Smtp(_) => None,
    })
}

/// Says that mail goes to a folder, where it reaches nobody; under -q too when some went there, unless
/// the shop is for practice.
pub fn warn_of_folder(app: &mut App, outcome: &Outcome) -> Result<()> {
    let Some(folder) = mail_folder(app)? else { return Ok(()) };
    let words =
        format!("mail goes to the folder `{}`, and nothing reached a customer", folder.display());
    if outcome.sent > 0 && !app.is_practice {
        app.warn_always(words);
    } else {
        app.warn(words);
    }
    Ok(())
}

/// Refuses to send what a folder took while mail still goes there.
fn refuse_folder(app: &mut App, args: &SendArgs) -> Result<()> {
    let folder = if args.from_folder { mail_folder(app)? } else { None };
    let Some(folder) = folder else { return Ok(()) };
    let words = format!("mail still goes to the folder `{}`", folder.display());
    Err(Failure::refused("mail_folder", words)
        .hint(
            "set `url` under [mail] in `shopctl.toml`, and try it with `shopctl mail test ADDRESS`",
        )
        .into())
}

/// Answers who forgot a password, and returns the mails that a run takes, once it is known that they are
/// no more than expected.
///
/// Those answers are not counted: anybody may ask for them, and shall not stop the shop's mail by it.
fn planned(tx: &Tx<'_>, args: &SendArgs) -> Result<Vec<Mail>> {
    let count = tx.count_mails_to_send(args.from_folder)?;
    args.batch.refuse_unusual(count, "mails wait")?;
    answer_forgotten(tx)?;
    Ok(tx.mails_to_send(args.from_folder, args.batch.limit.unwrap_or(i64::MAX))?)
}

/// Makes ready what a run takes: answers who forgot a password, frees what a dead sender claimed, and
/// queues again what a folder took.
fn make_ready(tx: &Tx<'_>, args: &SendArgs) -> Result<()> {
    tx.remove_expired_tokens()?;
    for mail in planned(tx, args)?.iter().filter(|mail| mail.status == MailStatus::Sent) {
        tx.requeue_mail(mail)?;
    }
    tx.release_void_claims()?;
    Ok(())
}

/// Lists what would be sent.
pub fn foretell(app: &mut App, args: &SendArgs) -> Result<()> {
    let mails = plan(app, args)?;
    if app.wants_json()? {
        return app.show_plan(&mails.iter().map(plan_sheet).collect::<Vec<_>>());
    }
    let mut list = app.list(&[
        column("number", "Mail"),
        column("kind", "Kind"),
        column("recipient", "To"),
        column("attempts", "Tries"),
    ])?;
    for mail in mails {
        list.row(vec![
            Cell::Integer(mail.id.0),
            kind(&mail),
            Cell::text(mail.recipient.as_str()),
            Cell::Integer(mail.attempts),
        ])?;
    }
    list.finish("nothing would be sent")
}

/// Returns the mails that a run would take.
pub fn plan(app: &mut App, args: &SendArgs) -> Result<Vec<Mail>> {
    refuse_folder(app, args)?;
    app.rehearse(|tx| planned(tx, args))
}

/// Returns a mail as a program is told that it would be sent.
pub fn plan_sheet(mail: &Mail) -> Sheet {
    Sheet::default()
        .fact("number", "Mail", mail.id.0)
        .fact("kind", "Kind", kind(mail))
        .fact("recipient", "To", mail.recipient.as_str())
        .fact("attempts", "Tries", mail.attempts)
}

/// Sends what is due, until there is no more, the limit is reached, or the server is out.
pub fn run(app: &mut App, args: &SendArgs, operation: &Operation) -> Result<Outcome> {
    refuse_folder(app, args)?;
    app.refuse_copy()?;
    let mut writer = Writer::new(app)?;
    let lock = app.lock("send")?;
    if !lock.take()? {
        return Ok(Outcome { another_sends: true, ..Outcome::default() });
    }
    let mut mailer = open_mailer(&writer)?;
    let to_folder = matches!(writer.settings.transport, Transport::Folder(_));
    app.record_as(operation, |tx| make_ready(tx, args))?;
    let mut run = Run {
        app,
        operation,
        outcome: Outcome { to_folder, ..Outcome::default() },
        pending: None,
        left: args.batch.limit.unwrap_or(i64::MAX),
    };
    let result = run.pages(&mut writer, &mut mailer);
    let settled = run.settle();
    run.tell_unrecorded();
    let outcome = run.outcome;
    result.and(settled)?;
    Ok(outcome)
}

/// What came of a mail and is not yet recorded.
enum Delivery {
    Sent { transport: &'static str, reply: String },
    Later(String),
    Never(String),
}

struct Run<'a> {
    app: &'a mut App,
    operation: &'a Operation,
    outcome: Outcome,
    pending: Option<(Mail, Delivery)>,
    left: i64,
}

impl Run<'_> {
    fn pages(&mut self, writer: &mut Writer, mailer: &mut Mailer) -> Result<()> {
        let mut last_id = 0;
        while self.left > 0 && self.outcome.outage.is_none() {
            let limit = PAGE.min(self.left);
            let page: Vec<Loaded> = self.app.read(|tx| {
                let due = tx.mails_due(last_id, limit)?;
                due.into_iter().map(|mail| writer.load(tx, mail)).collect()
            })?;
            let Some(last) = page.last() else { return Ok(()) };
            last_id = last.mail.id.0;
            self.left -= page.len() as i64;
            self.page(page, writer, mailer)?;
        }
        Ok(())
    }

    /// Sends a page, its mails written ahead by another thread.
    fn page(&mut self, page: Vec<Loaded>, writer: &mut Writer, mailer: &mut Mailer) -> Result<()> {
        thread::scope(|scope| {
            let (written, ready) = sync_channel(AHEAD);
            let drawing = scope.spawn(move || {
                for loaded in page {
                    let mail = loaded.mail.clone();
                    let carries = mail.content.carries_token();
                    let token = carries.then(|| Token::new(random::key()));
                    if written.send((mail, writer.write(loaded, token))).is_err() {
                        return;
                    }
                }
            });
            let sent = self.send_ready(&ready, mailer);
            drop(ready);
            if let Err(panic) = drawing.join() {
                // What the server took must be known before the program falls.
                let settled = self.settle();
                self.tell_unrecorded();
                drop(settled);
                resume_unwind(panic);
            }
            sent
        })
    }

    fn send_ready(
        &mut self,
        ready: &Receiver<(Mail, Result<Written>)>,
        mailer: &mut Mailer,
    ) -> Result<()> {
        while let Ok((mail, written)) = ready.recv() {
            match written {
                Err(error) => {
                    self.settle()?;
                    let words = format!("{error:#}");
                    self.give_up(&mail, &words)?;
                }
                Ok(written) => {
                    if self.claim(&written)? {
                        self.hand_over(written, mailer);
                    }
                }
            }
            if self.outcome.outage.is_some() {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Records what came of the mail before, and claims this one, in one transaction; says whether
    /// this one may be sent, or was changed since it was read.
    ///
    /// What came of the mail before is forgotten only when it is recorded: a mail that was sent and is
    /// not known to be would be sent again. A claim that fails therefore takes no delivery with it.
    fn claim(&mut self, written: &Written) -> Result<bool> {
        let retry_at = self.retry_time();
        let now = self.app.clock.now();
        let pending = &self.pending;
        let claimed = self.app.record_as(self.operation, |tx| {
            record_delivery(tx, pending, &retry_at)?;
            let mail = tx.mail(written.mail.id)?;
            if mail.status != MailStatus::Waiting || mail.recipient != written.mail.recipient {
                return Ok(false);
            }
            if let Some(token) = &written.token
                && let Err(unsent) = tx.make_token(&mail, token, &lives_until(&mail, now))?
            {
                tx.hold_mail(&mail, Some(&unsent.to_string()))?;
                return Ok(false);
            }
            written.keep_document(tx)?;
            tx.claim_mail(&mail, &written.message)?;
            Ok(true)
        });
        match claimed {
            Ok(is_claimed) => {
                self.pending = None;
                Ok(is_claimed)
            }
            Err(error) => {
                let settled = self.settle();
                match error.downcast_ref::<StoreError>() {
                    Some(StoreError::Changed { .. }) => settled.map(|()| false),
                    _ => Err(error),
                }
            }
        }
    }

    /// Marks a mail failed that cannot be written, unless it was changed since it was read.
    fn give_up(&mut self, mail: &Mail, reason: &str) -> Result<()> {
        let is_marked = self.app.record_as(self.operation, |tx| {
            let mail = tx.mail(mail.id)?;
            let is_waiting = mail.status == MailStatus::Waiting;
            if is_waiting {
                tx.mark_failed(&mail, reason)?;
            }
            Ok(is_waiting)
        })?;
        self.outcome.failed += i64::from(is_marked);
        Ok(())
    }

    /// Records what came of the last mail.
    fn settle(&mut self) -> Result<()> {
        if self.pending.is_none() {
            return Ok(());
        }
        let retry_at = self.retry_time();
        let pending = &self.pending;
        self.app.record_as(self.operation, |tx| record_delivery(tx, pending, &retry_at))?;
        self.pending = None;
        Ok(())
    }

    /// Warns of a mail that the server took and the store does not know to be sent.
    fn tell_unrecorded(&mut self) {
        if let Some((mail, Delivery::Sent { .. })) = &self.pending {
            let number = mail.id.0;
            self.app.warn_always(format!(
                "mail {number} was sent, and that could not be recorded; the next `shopctl mail send` \
                 sends it again under the same Message-ID"
            ));
        }
    }

    /// Returns when the last mail is tried next if it could not be sent now, `None` to give up.
    fn retry_time(&self) -> Option<String> {
        let (mail, _) = self.pending.as_ref()?;
        let minutes = wait_minutes(mail.attempts + 1)?;
        let at = self.app.clock.now() + Duration::minutes(minutes);
        Some(at.to_rfc3339_opts(SecondsFormat::Secs, true))
    }

    fn hand_over(&mut self, written: Written, mailer: &mut Mailer) {
        let Written { mail, from, message, .. } = written;
        let mut result = mailer.send(&from, &mail.recipient, &mail.message_id, &message);
        if mail.content.carries_token() {
            result = result.map(Receipt::without_words).map_err(SendError::without_words);
        }
        let delivery = match result {
            Ok(Receipt::Accepted { reply }) => Delivery::Sent { transport: "smtp", reply },
            Ok(Receipt::Written { path }) => {
                Delivery::Sent { transport: "folder", reply: path.display().to_string() }
            }
            Err(error) => self.judge(&mail, &error),
        };
        match &delivery {
            Delivery::Sent { .. } => self.outcome.sent += 1,
            Delivery::Later(_) if wait_minutes(mail.attempts + 1).is_some() => {
                self.outcome.deferred += 1;
                self.outcome.is_overdue |= mail.attempts + 1 >= ATTEMPTS_PATIENT;
            }
            Delivery::Later(_) | Delivery::Never(_) => self.outcome.failed += 1,
        }
        self.pending = Some((mail, delivery));
    }

    /// Tells a refusal for good from one that may pass, and both from a server that is out.
    fn judge(&mut self, mail: &Mail, error: &SendError) -> Delivery {
        let words = error.to_string();
        match (error.scope, error.outlook) {
            (Scope::Session, outlook) => {
                self.outcome.outage = Some(words.clone());
                // A server may be back in a minute; a disk of this machine is for somebody to see to.
                self.outcome.is_overdue |= outlook == Outlook::Permanent
                    || matches!(error.cause, Cause::NotWritten { .. })
                    || mail.attempts + 1 >= ATTEMPTS_PATIENT;
                Delivery::Later(words)
            }
            (Scope::Message, Outlook::Temporary) => Delivery::Later(words),
            (Scope::Message, Outlook::Permanent) => Delivery::Never(words),
        }
    }
}

/// Returns when a token made now is no longer good, which is when its letter says.
fn lives_until(mail: &Mail, now: DateTime<Utc>) -> String {
    let minutes = match &mail.content {
        Content::Letter { letter, .. } => letter.link_minutes().unwrap_or_default(),
        Content::Invoice(_) => 0,
    };
    (now + Duration::minutes(minutes)).to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn record_delivery(
    tx: &Tx<'_>,
    pending: &Option<(Mail, Delivery)>,
    retry_at: &Option<String>,
) -> Result<()> {
    let Some((mail, delivery)) = pending else { return Ok(()) };
    let mail = tx.mail(mail.id)?;
    match (delivery, retry_at) {
        (Delivery::Sent { transport, reply }, _) => tx.mark_sent(&mail, transport, reply)?,
        (Delivery::Later(words), Some(at)) => tx.defer_mail(&mail, at, words)?,
        (Delivery::Later(words) | Delivery::Never(words), _) => {
            tx.mark_failed(&mail, words)?;
            tx.void_tokens(mail.id)?;
        }
    }
    Ok(())
}
