//! `status`: the morning list, with the command for each of its lines.

use anyhow::Result;
use chrono::{DateTime, Datelike, Duration, Months, NaiveDate, Utc};
use clap::Args;

use crate::app::{App, Format};
use crate::commands::{invoice, send, subscription, wall_time};
use crate::domain::invoice::InvoiceNumber;
use crate::domain::money::Money;
use crate::domain::payment_reminder::NotReminded;
use crate::render::sheet::{Cell, column};

/// Show what is due, waits or failed, with the command for each
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  shopctl status\n  shopctl status --json")]
pub struct StatusArgs {}

const MISSED: &str = "their last day for notice has passed";

pub fn status(app: &mut App, _args: &StatusArgs) -> Result<()> {
    let today = app.today();
    let next_month = first_of_next_month(today);
    let (held, held_accounts) =
        app.read(|tx| Ok((tx.count_held_invoices()?, tx.held_accounts()?)))?;
    let payments = app.read(invoice::count_payment_reminders)?;
    let (
        due,
        reminders,
        ahead,
        outbox,
        in_folder,
        to_deliver,
        refused,
        daily,
        is_practice,
        unsettled,
        forgotten,
        to_post,
    ) = app.read(|tx| {
        Ok((
            tx.count_due(today, tx.shop_settings()?.due_rule())?,
            subscription::count_reminders(tx)?,
            tx.renewals_before(next_month)?,
            tx.outbox_count()?,
            tx.count_mails_in_folder()?,
            tx.count_to_deliver()?,
            tx.refused_renewals()?,
            tx.daily_finished()?,
            tx.is_practice()?,
            tx.unsettled_payments()?,
            tx.count_forgotten()?,
            tx.count_orders_to_post()?,
        ))
    })?;
    let folder = send::mail_folder(app)?;
    let safety = safety(app)?;

    let mut list = app.list(&[
        column("what", "What"),
        column("count", "Count"),
        column("detail", "Detail"),
        column("command", "Command"),
    ])?;
    let mut is_idle = true;
    let mut line = |what: &str, count: Option<i64>, detail: &str, command: &str| {
        let (count, detail) = (Cell::maybe(count), Cell::text(detail));
        list.row(vec![Cell::text(what), count, detail, Cell::text(command)])
    };
    let due_ahead = format!("due, or to come before {next_month}");
    let list_ahead = format!("shopctl subscription list --renews-before {next_month}");
    let retried = tried(outbox.retried);
    let (reminders_due, missed) = reminders.unwrap_or_default();
    let (overdue, left) = app.read(|tx| Ok(tx.overdue()?))?;
    let late = format!("{left} kronor is left of them");
    let disputed = if held.1 == 0 { String::new() } else { format!("{} of them disputed", held.1) };
    let (unmatched, unmatched_sum) = unsettled.unmatched;
    let (balances, balance_sum) = unsettled.balances;
    let (unmatched_sum, balance_sum) = (in_kronor(unmatched_sum), in_kronor(balance_sum));
    let (payments_due, kept_back) = payments.unwrap_or_default();
    let in_folder = if folder.is_none() { in_folder } else { 0 };
    for (what, count, detail, command) in [
        ("renewals due", due, "", "shopctl subscription renew"),
        ("renewal reminders due", reminders_due, "", "shopctl subscription remind"),
        ("renewal reminders missed", missed, MISSED, "shopctl subscription remind -n"),
        ("payment reminders due", payments_due, "", "shopctl invoice remind"),
        ("renewals this month", ahead, due_ahead.as_str(), list_ahead.as_str()),
        ("orders to post", to_post, "", "shopctl order list --to-post"),
        ("invoices overdue", overdue, late.as_str(), "shopctl invoice list --overdue"),
        ("invoices on hold", held.0, disputed.as_str(), "shopctl invoice list --held"),
        (
            "payments unmatched",
            unmatched,
            unmatched_sum.as_str(),
            "shopctl payment list --unmatched",
        ),
        ("payments not used up", balances, balance_sum.as_str(), "shopctl payment list --balance"),
        ("passwords forgotten", forgotten, "", "shopctl mail send"),
        ("mails waiting", outbox.waiting, retried.as_str(), "shopctl mail send"),
        ("mails being sent", outbox.claimed, "", "shopctl mail list --status claimed"),
        ("mails failed", outbox.failed, "", "shopctl mail list --status failed"),
        ("mails bounced", outbox.bounced, "", "shopctl mail list --status bounced"),
        ("mails held", outbox.held, "", "shopctl mail list --status held"),
        ("e-invoices to deliver", to_deliver, "", "shopctl invoice list --to-deliver"),
        (
            "mails that a folder took",
            in_folder,
            "they reached nobody",
            "shopctl mail send --from-folder",
        ),
    ] {
        if count > 0 {
            is_idle = false;
            line(what, Some(count), detail, command)?;
        }
    }
    for (announcement, count) in app.read(|tx| Ok(tx.held_announcements()?))? {
        is_idle = false;
        let detail = format!("announcement {} to {}", announcement.number, announcement.audience);
        let command = format!("shopctl mail release --announcement {}", announcement.number);
        line("mails held for a look", Some(count), &detail, &command)?;
    }
    for (why, count) in reasons(&kept_back) {
        is_idle = false;
        let command = "shopctl invoice remind -n";
        line("payment reminders kept back", Some(count), &why, command)?;
    }
    for subscription in refused {
        let what = if subscription.is_parked() { "renewal parked" } else { "renewal refused" };
        let number = subscription.number;
        // What it was refused for may be mended since.
        let detail = match app.read(|tx| subscription::refusal_today(tx, &subscription))? {
            Some(reason) => format!("subscription {number}: {reason}"),
            None => format!("subscription {number}: nothing stands in its way any more"),
        };
        let command = format!("shopctl subscription renew --only {number}");
        is_idle = false;
        line(what, None, &detail, &command)?;
    }
    for held in held_accounts {
        let detail = format!("{} {}: {}", held.org_number.masked(), held.name, held.hold.reason);
        is_idle = false;
        let number = &held.org_number;
        // A person's number stands nowhere in full.
        let org = if number.is_personal() { "ORG".to_owned() } else { number.to_string() };
        let command = format!("shopctl account release {org} --reason TEXT");
        line("account on hold", None, &detail, &command)?;
    }
    for (what, count, detail, command) in safety {
        is_idle = false;
        line(what, count, &detail, command)?;
    }
    if let Some(folder) = folder {
        let detail = format!("nobody gets it: {}", folder.display());
        line("mail goes to a folder", None, &detail, "set `url` under [mail] in shopctl.toml")?;
    }
    if is_practice {
        line("PRACTICE", None, "this shop is for practice; SHOPCTL_NOW may set its clock", "")?;
    }
    match daily {
        Some(at) => {
            let at = if app.format()? == Format::Table { wall_time(&at) } else { at };
            line("daily", None, &format!("last finished at {at}"), "")?;
        }
        None => {
            is_idle = false;
            line("daily", None, "has never run; let cron run it", "shopctl daily -q")?;
        }
    }
    list.finish("")?;
    if is_idle && app.format()? == Format::Table {
        app.say("nothing to do");
    }
    Ok(())
}

/// A line about the store's own safety: what, how many, why, and the command.
type SafetyLine = (&'static str, Option<i64>, String, &'static str);

/// Tells what the store itself needs: a backup, a home, a complete archive.
fn safety(app: &mut App) -> Result<Vec<SafetyLine>> {
    let mut lines = Vec::new();
    let now = app.clock.now();
    let (made, days, unarchived, handed_over) = app.read(|tx| {
        let days = tx.shop_settings()?.backup_days;
        Ok((tx.backup_made()?, days, tx.count_unarchived()?, tx.handed_over()?))
    })?;
    if let Some(at) = handed_over {
        let detail = format!("at {}; it is read here, and changed elsewhere", wall_time(&at));
        lines.push(("store handed over", None, detail, "shopctl store info"));
    } else if let Some(elsewhere) = app.elsewhere()? {
        lines.push((
            "a copy",
            None,
            format!("{elsewhere}; it sends no mail"),
            "shopctl store adopt",
        ));
    }
    // Nothing of a practice shop is worth keeping.
    if let Some(days) = days.filter(|_| !app.is_practice)
        && let Some(detail) = backup_missing(made.as_deref(), days, now)
    {
        lines.push(("backup", None, detail, "shopctl store backup -o FILE"));
    }
    if app.settings.archive_dir.is_some() && unarchived > 0 {
        let detail = "they lie in the store alone".to_owned();
        lines.push(("documents not archived", Some(unarchived), detail, "shopctl store archive"));
    }
    Ok(lines)
}

/// Says what is wrong with the last backup, if it is too old or there never was one.
fn backup_missing(made: Option<&str>, days: u32, now: DateTime<Utc>) -> Option<String> {
    let Some(at) = made else { return Some("none was ever made".to_owned()) };
    let age = now - DateTime::parse_from_rfc3339(at).ok()?.to_utc();
    let is_old = age > Duration::days(i64::from(days));
    is_old.then(|| format!("the last one is of {}, {} days ago", wall_time(at), age.num_days()))
}

fn in_kronor(sum: Money) -> String {
    format!("{sum} kronor")
}

/// Counts the invoices that each reason keeps from being reminded of, in the order they came.
fn reasons(kept_back: &[(InvoiceNumber, NotReminded)]) -> Vec<(String, i64)> {
    let mut reasons: Vec<(String, i64)> = Vec::new();
    for (_, reason) in kept_back {
        let why = match reason {
            // Told apart already, with the invoices whose day has not come.
            NotReminded::OnHold(_) => continue,
            other => other.to_string(),
        };
        match reasons.iter_mut().find(|(known, _)| *known == why) {
            Some((_, count)) => *count += 1,
            None => reasons.push((why, 1)),
        }
    }
    reasons
}

fn tried(retried: i64) -> String {
    if retried == 0 { String::new() } else { format!("{retried} of them tried before") }
}

fn first_of_next_month(today: NaiveDate) -> NaiveDate {
    today.with_day(1).and_then(|first| first.checked_add_months(Months::new(1))).unwrap_or(today)
}
