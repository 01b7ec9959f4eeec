//! `subscription cancel`: notice as it was received, and what follows from it (R7, R8).

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use chrono::NaiveDate;
use clap::Args;

use crate::app::{App, ChangeArgs, Done, Question, parse_number, parse_reason};
use crate::commands::{password, read_file};
use crate::domain::account::{Account, AccountId};
use crate::domain::email::Email;
use crate::domain::notice::{self, Channel, NewNotice, Notice, Received};
use crate::domain::staff::Role;
use crate::domain::subscription::Subscription;
use crate::domain::term::parse_date;
use crate::domain::text::visible;
use crate::error::Failure;
use crate::store::Tx;

use super::notice::{derived, given, in_force, refusal, to_be_billed, verdict};
use super::withdraw::{self, Withdrawn};
use super::{confirmation, goodwill, show};

/// The largest letter that is kept.
const EVIDENCE_MAX: u64 = 10 * 1024 * 1024;

/// Give notice for a subscription, which ends it at a renewal
///
/// In time it ends at the next renewal, late at the one after. A letter may be entered after the
/// renewal it was in time for: the renewed term is then withdrawn and its invoice credited in full. A
/// confirmation is queued to the account's first login and to whoever gave notice. A late notice that is
/// entered already is taken as if it were in time by --as-if-in-time and --reason alone.
///
/// A login that proves its password gives notice itself, today; a web shop needs no other role for that
/// than reader.
#[derive(Debug, Args)]
#[command(visible_alias = "notice")]
#[command(after_help = "\
Examples:
  shopctl subscription cancel 1001 -n
  shopctl subscription cancel 1001 --received 2026-11-28 --sent 2026-11-26 --channel letter \\
      --by 'Eva Ek' --evidence letter.pdf
  shopctl subscription cancel 1001 --as-if-in-time --reason 'the post was on strike'
  shopctl subscription cancel 1001 --login inkop@saab.example --password-stdin --yes < password.txt")]
pub struct CancelArgs {
    /// The number of the subscription
    #[arg(value_parser = parse_number)]
    number: i64,
    /// The day on which the notice reached us; today unless given
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    received: Option<NaiveDate>,
    /// The day on which it was sent
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    sent: Option<NaiveDate>,
    /// How it came: login, letter or email; in writing unless given
    #[arg(long, value_name = "CHANNEL")]
    channel: Option<Channel>,
    /// The login that gave it: by its password, or with --channel login on the office's word
    #[arg(long, value_name = "EMAIL", required_if_eq("channel", "login"))]
    login: Option<Email>,
    /// Who gave it, by name or e-mail; with --login that login unless given
    #[arg(long, value_name = "WHO", value_parser = parse_reason)]
    by: Option<String>,
    /// The letter itself, to be kept with the notice; - is stdin
    #[arg(long, value_name = "FILE")]
    evidence: Option<PathBuf>,
    /// Why, as the customer or the office has it
    #[arg(long, value_name = "TEXT", value_parser = parse_reason)]
    reason: Option<String>,
    /// Take a late notice as if it were in time (administrators)
    #[arg(long, requires = "reason")]
    as_if_in_time: bool,
    #[command(flatten)]
    source: password::SourceArgs,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn cancel(app: &mut App, args: &CancelArgs) -> Result<()> {
    let proven = args.source.is_given().then(|| proven_login(app, args)).transpose()?;
    if proven.is_none() {
        app.require(Role::Staff)?;
    }
    if args.as_if_in_time {
        app.require(Role::Admin).context("`--as-if-in-time`")?;
    }
    let evidence = args.evidence.as_deref().map(read_evidence).transpose()?;

    app.change(&args.change, |tx| {
        let mut subscription = tx.subscription(args.number)?;
        let account = tx.account_by_id(subscription.account_id)?;
        let new = match entered_before(tx, args, &subscription)? {
            None => {
                if proven.is_some_and(|holder| holder != account.id) {
                    return Err(password::wrong());
                }
                decide(tx, args, &subscription, &account, evidence.clone())?
            }
            Some(notice) => {
                let new = goodwill::anew(tx, &subscription, &notice, args.reason.as_deref())?;
                subscription = tx.subscription(args.number)?;
                new
            }
        };

        let notice = tx.give_notice(&subscription, &new)?;
        let withdrawn = withdraw::for_notice(tx, &subscription, &notice)?;
        confirmation::enqueue(tx, &account, &subscription, &notice, &withdrawn)?;

        let because = explanation(&subscription, &notice, &withdrawn, tx.today());
        let mut done = Done::with(show::sheet_of(tx, &tx.subscription(args.number)?)?);
        done.warnings.extend(billed_elsewhere(tx, args.number, notice.counted.ends_on)?);
        done.summary = (args.change.yes || args.change.dry_run).then(|| because.clone());
        done.questions.push(Question { because, ask: "Give this notice?" });
        Ok(done)
    })
}

impl CancelArgs {
    fn channel(&self) -> Option<Channel> {
        if self.source.is_given() { Some(Channel::Login) } else { self.channel }
    }

    /// Says whether a notice is described, and not only named by its subscription.
    fn describes_notice(&self) -> bool {
        self.received.is_some()
            || self.sent.is_some()
            || self.channel.is_some()
            || self.by.is_some()
            || self.evidence.is_some()
    }
}

/// Returns the account of the login that gives notice by its password, which it does now and in no other
/// words than these.
fn proven_login(app: &mut App, args: &CancelArgs) -> Result<AccountId> {
    let is_entered = args.received.is_some()
        || args.sent.is_some()
        || args.by.is_some()
        || args.evidence.is_some()
        || args.as_if_in_time
        || args.channel.is_some_and(|channel| channel != Channel::Login);
    let (Some(login), false) = (&args.login, is_entered) else {
        let words = "a password goes with `--login` alone: who gives it, gives notice today";
        return Err(Failure::refused("login", words)
            .hint("what came by letter or e-mail is entered without a password")
            .into());
    };
    let typed = args.source.read(app, "Password")?;
    Ok(password::prove(app, login, &typed)?.account.id)
}

/// Returns the notice in force where that is to be taken as if it were in time.
fn entered_before(
    tx: &Tx<'_>,
    args: &CancelArgs,
    subscription: &Subscription,
) -> Result<Option<Notice>> {
    if !args.as_if_in_time {
        return Ok(None);
    }
    let found = in_force(&tx.notices_of(subscription.id)?).cloned();
    if let Some(notice) = found.as_ref().filter(|_| args.describes_notice()) {
        let (number, received_on) = (subscription.number, notice.received_on);
        let words = format!(
            "the notice received on {received_on} is entered already, and `--as-if-in-time` takes \
             what it says"
        );
        return Err(Failure::refused("notice_given", words)
            .hint(format!(
                "`shopctl subscription cancel {number} --as-if-in-time --reason TEXT` takes it as \
                 it is"
            ))
            .into());
    }
    Ok(found)
}

/// Reads the letter and names it by its file.
fn read_evidence(path: &Path) -> Result<(String, Vec<u8>)> {
    let bytes = read_file(path, EVIDENCE_MAX)?;
    let refused =
        |words: &str| Failure::refused("evidence", format!("`{}` {words}", path.display())).into();
    if bytes.len() as u64 > EVIDENCE_MAX {
        return Err(refused("is larger than 10 MiB, which is the most that is kept"));
    }
    if bytes.is_empty() {
        return Err(refused("is empty"));
    }
    let name = match path.file_name() {
        Some(name) if path != Path::new("-") => visible(&name.to_string_lossy()),
        _ => "stdin".to_owned(),
    };
    Ok((name, bytes))
}

fn decide(
    tx: &Tx<'_>,
    args: &CancelArgs,
    subscription: &Subscription,
    account: &Account,
    evidence: Option<(String, Vec<u8>)>,
) -> Result<NewNotice> {
    let received = Received {
        sent_on: args.sent,
        received_on: args.received.unwrap_or(tx.today()),
        as_if_in_time: args.as_if_in_time,
    };
    let notices = tx.notices_of(subscription.id)?;
    let rule = tx.shop_settings()?.notice;
    let counted = notice::cancel(subscription, in_force(&notices), received, rule, tx.today())
        .map_err(|error| refusal(subscription.number, "cancelled", error))?;
    if let Some(login) = &args.login {
        refuse_stranger(tx, args.channel(), login, account)?;
    }
    Ok(NewNotice {
        sent_on: received.sent_on,
        received_on: received.received_on,
        channel: args.channel(),
        login: args.login.clone(),
        given_by: args.by.clone().or_else(|| args.login.as_ref().map(ToString::to_string)),
        reason: args.reason.clone(),
        counted,
        evidence,
    })
}

/// Refuses a login that does not speak for the account.
fn refuse_stranger(
    tx: &Tx<'_>,
    channel: Option<Channel>,
    login: &Email,
    account: &Account,
) -> Result<()> {
    if channel != Some(Channel::Login) {
        let words = "only a notice of `--channel login` has a login";
        return Err(Failure::refused("login", words)
            .hint("`--by WHO` names whoever wrote the letter or e-mail")
            .into());
    }
    let logins = tx.logins_of(account.id)?;
    if let Some(known) = logins.iter().find(|known| known.email.key() == login.key()) {
        if !tx.is_seated_only(known)? {
            return Ok(());
        }
        let words = format!(
            "`{login}` has its login for a seat of a licence, and notice is given by the first login of \
             the account"
        );
        return Err(Failure::refused("seat", words)
            .hint("a notice that came in writing is entered by `--channel letter` or `--channel email`")
            .into());
    }
    let words = format!("`{login}` is no login of {}", account.profile.name);
    Err(Failure::refused("login", words)
        .hint(format!("`shopctl account show {}` shows its logins", account.org_number))
        .into())
}

/// Warns of terms after the end that another shop invoiced, and that cannot be credited here.
fn billed_elsewhere(tx: &Tx<'_>, number: i64, ends_on: NaiveDate) -> Result<Option<String>> {
    let subscription = tx.subscription(number)?;
    let last_day = subscription.billed_through.pred_opt().filter(|last_day| *last_day >= ends_on);
    Ok(last_day.map(|last_day| {
        format!(
            "it was billed up to and including {last_day} where it was taken over from; what was \
             invoiced there from {ends_on} on is to be credited there"
        )
    }))
}

/// Tells what a notice comes to, as it can be read out to the customer.
fn explanation(
    subscription: &Subscription,
    notice: &Notice,
    withdrawn: &[Withdrawn],
    today: NaiveDate,
) -> String {
    let mut sentences = vec![
        given(notice),
        derived(&notice.counted, subscription.notice_months),
        verdict(&notice.counted, today),
    ];
    sentences.extend(withdrawn.iter().map(Withdrawn::told));
    sentences.extend(to_be_billed(subscription, notice.counted.ends_on));
    if withdrawn.is_empty() && subscription.billed_through == notice.counted.ends_on {
        sentences.push("It is invoiced up to that day; nothing is credited.".to_owned());
    }
    sentences.join(" ")
}
