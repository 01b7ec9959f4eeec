//! The confirmation of a notice and the letter kept with it: queued, and written to a file.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use chrono::NaiveDate;
use clap::Args;

use crate::app::{App, parse_number};
use crate::commands::{check_writable, write_file};
use crate::domain::account::Account;
use crate::domain::email::Email;
use crate::domain::letter::{Letter, NoticeConfirmation, NoticeCredit, NoticeWithdrawal, Office};
use crate::domain::mail::{MailKind, MailStatus, NewMail};
use crate::domain::notice::{Notice, Timeliness};
use crate::domain::seller::Seller;
use crate::domain::subscription::Subscription;
use crate::domain::term::{CountedFrom, parse_date};
use crate::error::{Failure, Status};
use crate::render::mail::amount;
use crate::render::pdf::Press;
use crate::render::sheet::Sheet;
use crate::store::Tx;

use super::withdraw::{Given, Withdrawn};

/// Write the confirmation of a notice to a file, as a PDF
///
/// The first time fixes its bytes; later calls, and the mail, give the same.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl subscription confirmation 1001 -o confirmation.pdf
  shopctl subscription confirmation 1001 --received 2026-11-28 -o -")]
pub struct ConfirmationArgs {
    #[command(flatten)]
    file: FileArgs,
}

/// Write the letter that was kept with a notice to a file
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl subscription evidence 1001 -o letter.pdf
  shopctl subscription evidence 1001 --received 2026-11-28 -o -")]
pub struct EvidenceArgs {
    #[command(flatten)]
    file: FileArgs,
}

#[derive(Debug, Args)]
struct FileArgs {
    /// The number of the subscription
    #[arg(value_parser = parse_number)]
    number: i64,
    /// The notice received that day; the last one unless given
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    received: Option<NaiveDate>,
    /// Where to; - is stdout
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Say what would be written and write nothing
    #[arg(short = 'n', long)]
    dry_run: bool,
}

pub fn confirmation(app: &mut App, args: &ConfirmationArgs) -> Result<()> {
    let args = &args.file;
    let (notice, kept, drawn) = app.read(|tx| {
        let subscription = tx.subscription(args.number)?;
        let notice = chosen(tx, &subscription, args.received, "notice", |_| true)?;
        let kept = tx.confirmation(notice.id)?.map(|(bytes, _)| bytes);
        let drawn = match kept {
            Some(_) => None,
            None => Some(facts_again(tx, &subscription, &notice)?),
        };
        Ok((notice, kept, drawn))
    })?;
    let bytes = match (kept, drawn) {
        (Some(bytes), _) => bytes,
        (None, Some((account, seller, facts))) => Press::new()
            .confirmation(&facts, &seller, account.profile.language)
            .context("the confirmation cannot be drawn")?,
        (None, None) => unreachable!("a confirmation is kept or drawn"),
    };
    if args.dry_run {
        return foretell(app, args, bytes.len());
    }

    check_writable(&args.output)?;
    let (bytes, sha256) = app.record(|tx| Ok(tx.keep_confirmation(notice.id, bytes.clone())?))?;

    write_file(&args.output, &bytes)?;
    written(app, args, &bytes, &sha256)
}

pub fn evidence(app: &mut App, args: &EvidenceArgs) -> Result<()> {
    let args = &args.file;
    let (bytes, sha256) = app.read(|tx| {
        let subscription = tx.subscription(args.number)?;
        let notice =
            chosen(tx, &subscription, args.received, LETTER, |notice| notice.evidence.is_some())?;
        let sha256 = notice.evidence.map(|evidence| evidence.sha256).unwrap_or_default();
        let bytes = tx.evidence(notice.id)?.ok_or_else(|| missing(args.number, LETTER))?;
        Ok((bytes, sha256))
    })?;
    if args.dry_run {
        return foretell(app, args, bytes.len());
    }
    write_file(&args.output, &bytes)?;
    written(app, args, &bytes, &sha256)
}

/// What is kept of a notice that came in writing.
const LETTER: &str = "letter of notice";

/// Returns the last notice of a subscription that is `wanted`, or the one received on that day.
fn chosen(
    tx: &Tx<'_>,
    subscription: &Subscription,
    received_on: Option<NaiveDate>,
    what: &str,
    wanted: impl Fn(&Notice) -> bool,
) -> Result<Notice> {
    let notices = tx.notices_of(subscription.id)?.into_iter().rev();
    let mut known =
        notices.filter(|notice| received_on.is_none_or(|day| day == notice.received_on));
    known.find(wanted).ok_or_else(|| missing(subscription.number, what).into())
}

fn missing(number: i64, what: &str) -> Failure {
    let words = format!("no such {what} is kept for subscription {number}");
    Failure::new(Status::NotFound, "unknown_notice", words)
        .hint(format!("`shopctl subscription show {number}` lists its notices"))
}

fn foretell(app: &App, args: &FileArgs, size: usize) -> Result<()> {
    app.say(&format!("`{}` would be written, {size} bytes", args.output.display()));
    Ok(())
}

fn written(app: &App, args: &FileArgs, bytes: &[u8], sha256: &str) -> Result<()> {
    app.say(&format!("subscription {}, SHA-256 {sha256}", args.number));
    if app.wants_json()? && args.output != Path::new("-") {
        let sheet = Sheet::default()
            .fact("number", "Subscription", args.number)
            .fact("file", "File", args.output.display().to_string())
            .fact("size", "Bytes", bytes.len() as i64)
            .fact("sha256", "SHA-256", sha256);
        app.show(&sheet)?;
    }
    Ok(())
}

/// Queues the confirmation of a notice, once to each of those it goes to.
pub fn enqueue(
    tx: &Tx<'_>,
    account: &Account,
    subscription: &Subscription,
    notice: &Notice,
    withdrawn: &[Withdrawn],
) -> Result<()> {
    let (_, seller) = tx.seller()?;
    let facts = facts(tx, account, subscription, notice, &seller, withdrawn)?;
    let cause = cause(subscription, notice);
    send_all(
        tx,
        account,
        subscription,
        notice,
        &seller,
        &cause,
        Letter::NoticeConfirmation(Box::new(facts)),
    )
}

/// Holds the confirmations of a notice that have not left yet, since another one takes their place.
pub fn hold_waiting(tx: &Tx<'_>, subscription: &Subscription, notice: &Notice) -> Result<()> {
    let cause = cause(subscription, notice);
    for mail in tx.mails_called_for(MailKind::NoticeConfirmation, &cause)? {
        if mail.status == MailStatus::Waiting {
            tx.hold_mail(&mail, Some("a new confirmation takes its place"))?;
        }
    }
    Ok(())
}

/// Returns what calls for the confirmation of a notice.
fn cause(subscription: &Subscription, notice: &Notice) -> String {
    format!("notice {} of subscription {}", notice.ordinal, subscription.number)
}

/// Queues the letter that a notice was taken back.
pub fn enqueue_withdrawal(
    tx: &Tx<'_>,
    account: &Account,
    subscription: &Subscription,
    notice: &Notice,
) -> Result<()> {
    let (_, seller) = tx.seller()?;
    let deadline = subscription.notice_deadline(tx.shop_settings()?.notice);
    let facts = NoticeWithdrawal {
        office: Office::of(&seller),
        number: subscription.number.to_string(),
        product: product_name(tx, account, subscription)?,
        holder: account.profile.name.clone(),
        received_on: notice.received_on.to_string(),
        withdrawn_on: tx.today().to_string(),
        renewal_date: subscription.renewal_date().to_string(),
        deadline: deadline.to_string(),
        deadline_passed: deadline < tx.today(),
    };
    let (ordinal, number) = (notice.ordinal, subscription.number);
    let cause = format!("withdrawal of notice {ordinal} of subscription {number}");
    send_all(tx, account, subscription, notice, &seller, &cause, Letter::NoticeWithdrawal(facts))
}

fn send_all(
    tx: &Tx<'_>,
    account: &Account,
    subscription: &Subscription,
    notice: &Notice,
    seller: &Seller,
    cause: &str,
    letter: Letter,
) -> Result<()> {
    for recipient in recipients(account, subscription, notice) {
        let mail = NewMail::of_letter(letter.clone(), cause.to_owned(), account, recipient);
        tx.enqueue_mail(&mail, seller.office_email.domain())?;
    }
    Ok(())
}

/// Returns the first login, or the invoice e-mail where there is none, and whoever gave notice (R7).
fn recipients(account: &Account, subscription: &Subscription, notice: &Notice) -> Vec<Email> {
    let first = account.logins.first().unwrap_or(&subscription.invoice_email);
    let giver = notice.given_by.as_ref().and_then(|by| by.parse::<Email>().ok());
    let others = giver.into_iter().chain(notice.login.clone());
    let mut recipients = vec![first.clone()];
    for email in others {
        if recipients.iter().all(|known| known.key() != email.key()) {
            recipients.push(email);
        }
    }
    recipients
}

fn product_name(tx: &Tx<'_>, account: &Account, subscription: &Subscription) -> Result<String> {
    let product = tx.product(&subscription.sku)?;
    Ok(product.name(account.profile.language).to_owned())
}

/// Returns what a confirmation says of a notice.
fn facts(
    tx: &Tx<'_>,
    account: &Account,
    subscription: &Subscription,
    notice: &Notice,
    seller: &Seller,
    withdrawn: &[Withdrawn],
) -> Result<NoticeConfirmation> {
    let counted = &notice.counted;
    let derivation = counted.derivation(subscription.notice_months);
    let term_end =
        counted.renewal_date.pred_opt().filter(|_| derivation.counted_from == CountedFrom::LastDay);
    let language = account.profile.language;
    Ok(NoticeConfirmation {
        office: Office::of(seller),
        notice: notice.id,
        number: subscription.number.to_string(),
        product: product_name(tx, account, subscription)?,
        holder: account.profile.name.clone(),
        org_number: account.org_number.to_string(),
        entered_on: notice.entered_on.to_string(),
        received_on: notice.received_on.to_string(),
        sent_on: notice.sent_on.map(|day| day.to_string()),
        given_by: notice.given_by.clone(),
        channel: notice.channel.map(|channel| channel.to_string()),
        login: notice.login.as_ref().map(ToString::to_string),
        renewal_date: counted.renewal_date.to_string(),
        deadline: counted.deadline.to_string(),
        notice_months: subscription.notice_months,
        counted_from_last_day: term_end.map(|day| day.to_string()),
        moved_from: derivation.moved_from.map(|day| day.to_string()),
        in_time: counted.timeliness == Timeliness::InTime,
        exception: counted.timeliness == Timeliness::AsIfInTime,
        ends_on: counted.ends_on.to_string(),
        last_day: counted.last_day().to_string(),
        credits: withdrawn
            .iter()
            .map(|withdrawn| NoticeCredit {
                invoice: withdrawn.invoice.to_string(),
                credit_note: withdrawn.credit_note.to_string(),
                total: amount(withdrawn.total, language),
                period_start: withdrawn.period.start.to_string(),
                period_last_day: withdrawn.period.last_day().to_string(),
            })
            .collect(),
    })
}

/// Returns the facts of a confirmation that has not left the shop, from what is kept of the notice.
fn facts_again(
    tx: &Tx<'_>,
    subscription: &Subscription,
    notice: &Notice,
) -> Result<(Account, Seller, NoticeConfirmation)> {
    let account = tx.account_by_id(subscription.account_id)?;
    let (_, seller) = tx.seller()?;
    let mut withdrawn = Vec::new();
    for taken in tx.withdrawn_terms(subscription.id)? {
        let note = tx.invoice(taken.credit_note)?;
        if note.draft.issued_on == notice.entered_on && taken.term.start >= notice.counted.ends_on {
            withdrawn.push(Withdrawn {
                period: taken.term,
                given: Given::Term,
                invoice: taken.invoice,
                credit_note: taken.credit_note,
                total: note.draft.totals().total,
            });
        }
    }
    let facts = facts(tx, &account, subscription, notice, &seller, &withdrawn)?;
    Ok((account, seller, facts))
}
