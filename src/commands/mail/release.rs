//! `mail release`: held mails go, one of them or those of an announcement.

use anyhow::Result;
use clap::Args;

use crate::app::{App, Batch, BatchArgs, ChangeArgs, Done, Step, parse_number};
use crate::domain::announcement::Announcement;
use crate::domain::mail::{MailId, MailStatus};
use crate::error::{Failure, Status};
use crate::render::sheet::Sheet;
use crate::store::Tx;

use super::sheet;

/// Let a mail go that is held, or all that an announcement holds
///
/// They go with the next `mail send`. What an announcement holds for an account that was closed since, or
/// for somebody whose data was erased, stays.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl mail release 871
  shopctl mail release --announcement 3 --limit 10
  shopctl mail release --announcement 3 --max 500")]
pub struct ReleaseArgs {
    /// The number of the mail
    #[arg(value_parser = parse_number, required_unless_present = "announcement",
        conflicts_with = "announcement")]
    number: Option<i64>,
    /// All that this announcement holds
    #[arg(long, value_name = "N", value_parser = parse_number)]
    announcement: Option<i64>,
    #[command(flatten)]
    batch: BatchArgs,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn release(app: &mut App, args: &ReleaseArgs) -> Result<()> {
    match (args.announcement, args.number) {
        (Some(number), _) => release_all(app, args, number),
        (None, Some(number)) => release_one(app, args, MailId(number)),
        (None, None) => Err(Failure::new(Status::Usage, "usage", "the mail is missing")
            .hint("give its number, or `--announcement N`")
            .into()),
    }
}

fn release_one(app: &mut App, args: &ReleaseArgs, id: MailId) -> Result<()> {
    app.change(&args.change, |tx| {
        let mail = tx.mail(id)?;
        match mail.status {
            MailStatus::Waiting => {}
            MailStatus::Held => tx.requeue_mail(&mail)?,
            status => {
                let words =
                    format!("mail {} is {status}; only one that is held can be let go", id.0);
                return Err(Failure::refused("not_held", words)
                    .hint(format!("`shopctl mail show {}` tells what became of it", id.0))
                    .into());
            }
        }
        Ok(Done::with(sheet(&tx.mail(id)?)))
    })
}

fn release_all(app: &mut App, args: &ReleaseArgs, number: i64) -> Result<()> {
    let (announcement, held) = app.read(|tx| {
        let announcement = tx.announcement(number)?;
        let held = tx.held_announcements()?.into_iter().find(|(held, _)| held.number == number);
        Ok((announcement, held.map_or(0, |(_, count)| count)))
    })?;
    let count = args.batch.limit.map_or(held, |limit| held.min(limit));
    args.batch.refuse_unusual(count, "mails are to be let go")?;
    let batch = ReleaseBatch {
        announcement,
        after: 0,
        left: args.batch.limit,
        released: 0,
        failures: Vec::new(),
    };
    let batch = app.change_each(&args.change, batch)?;
    if batch.failures.is_empty() {
        return Ok(());
    }
    let words = format!("{} mails were not let go", batch.failures.len());
    Err(Failure::new(Status::Partial, "some_refused", words)
        .hint("each is told above; the same command again tries them again")
        .into())
}

/// The mails that an announcement holds, oldest first.
#[derive(Clone)]
struct ReleaseBatch {
    announcement: Announcement,
    after: i64,
    left: Option<i64>,
    released: i64,
    failures: Vec<String>,
}

impl Batch for ReleaseBatch {
    fn step(&mut self, tx: &Tx<'_>, limit: i64) -> Result<Step> {
        let limit = self.left.map_or(limit, |left| left.min(limit));
        let page = tx.held_of_announcement(self.announcement.id, self.after, limit)?;
        for mail in &page {
            tx.requeue_mail(mail)?;
            self.after = mail.id.0;
            self.released += 1;
            self.left = self.left.map(|left| left - 1);
        }
        Ok(if (page.len() as i64) < limit || limit == 0 { Step::Finished } else { Step::More })
    }

    fn pass_over(&mut self, tx: &Tx<'_>, error: &anyhow::Error) -> Result<()> {
        for mail in tx.held_of_announcement(self.announcement.id, self.after, 1)? {
            self.failures.push(format!("mail {}: {error:#}", mail.id.0));
            self.after = mail.id.0;
        }
        Ok(())
    }

    fn done(&self) -> Done {
        let sheet = Sheet::default()
            .fact("announcement", "Announcement", self.announcement.number)
            .fact("released", "Let go", self.released)
            .fact("refused", "Refused", self.failures.len() as i64);
        Done { warnings: self.failures.clone(), ..Done::with(sheet) }
    }
}
