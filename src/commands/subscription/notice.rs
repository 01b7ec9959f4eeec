//! Notices in words: how one was given, how its dates were counted, and what follows.

use chrono::NaiveDate;

use crate::domain::notice::{Channel, Counted, Notice, NoticeError, Timeliness};
use crate::domain::subscription::Subscription;
use crate::domain::term::{CountedFrom, Term};
use crate::error::Failure;
use crate::render::sheet::{Cell, Grid, column};

/// Returns the notice that was given and not withdrawn, if there is one.
pub fn in_force(notices: &[Notice]) -> Option<&Notice> {
    notices.iter().find(|notice| notice.withdrawn_on.is_none())
}

/// Says when, how and by whom a notice was given.
pub fn given(notice: &Notice) -> String {
    let channel = match (notice.channel, &notice.login) {
        (Some(Channel::Login), Some(login)) => format!("by the login {login}"),
        (Some(Channel::Login), None) => "by a login".to_owned(),
        (Some(Channel::Letter), _) => "by letter".to_owned(),
        (Some(Channel::Email), _) => "by e-mail".to_owned(),
        (None, _) => "in writing".to_owned(),
    };
    let login = notice.login.as_ref().map(|login| login.as_str());
    let by = notice.given_by.as_deref().filter(|by| Some(*by) != login);
    let by = by.map(|by| format!(" from {by}")).unwrap_or_default();
    let sent = notice.sent_on.map(|day| format!(", sent on {day}")).unwrap_or_default();
    let entered = match notice.entered_on == notice.received_on {
        true => String::new(),
        false => format!(", and entered on {}", notice.entered_on),
    };
    format!("Notice was received on {} {channel}{by}{sent}{entered}.", notice.received_on)
}

/// Says which renewal a notice was given for, and how the last day for it was counted.
pub fn derived(counted: &Counted, notice_months: u32) -> String {
    let (renewal_date, deadline) = (counted.renewal_date, counted.deadline);
    let derivation = counted.derivation(notice_months);
    let from = match derivation.counted_from {
        CountedFrom::RenewalDate => renewal_date.to_string(),
        CountedFrom::LastDay => {
            let last_day = renewal_date.pred_opt().unwrap_or(renewal_date);
            format!("the term's last day {last_day}")
        }
    };
    let how = match (notice_months, derivation.moved_from) {
        (0, None) => "that day included".to_owned(),
        (_, None) => format!("{} before {from}, that day included", months(notice_months)),
        (_, Some(day)) => format!(
            "{} before {from} is {day}, which is no working day, and the next that is counts, that \
             day included",
            months(notice_months)
        ),
    };
    format!(
        "It was given for the renewal on {renewal_date}. The last day for notice was {deadline}: \
         {how}."
    )
}

/// Says whether a notice was in time, and when the subscription therefore ends.
pub fn verdict(counted: &Counted, today: NaiveDate) -> String {
    let (ends_on, last_day) = (counted.ends_on, counted.last_day());
    let (ends, is) = tense(ends_on, today);
    let end = format!("{ends} on {ends_on}, and the last day of access {is} {last_day}");
    match counted.timeliness {
        Timeliness::InTime => format!("It came in time, so the subscription {end}."),
        Timeliness::Late => format!(
            "It came too late for that, so the subscription runs on from {} and {end}.",
            counted.renewal_date
        ),
        Timeliness::AsIfInTime => format!(
            "It came too late for that, and as an exception the office takes it as if it had come \
             in time: the subscription {end}."
        ),
    }
}

/// Returns how notices were given as rows.
pub fn grid(notices: &[Notice]) -> Grid {
    let mut grid = Grid::new(&[
        column("received", "Received"),
        column("sent", "Sent"),
        column("channel", "Channel"),
        column("given_by", "Given by"),
        column("reason", "Reason"),
        column("evidence", "Letter"),
        column("withdrawn", "Withdrawn"),
    ]);
    let row = |notice: &Notice| {
        vec![
            Cell::Date(notice.received_on),
            Cell::maybe(notice.sent_on),
            Cell::maybe(notice.channel.map(|channel| channel.as_str())),
            Cell::maybe(notice.given_by.clone()),
            Cell::maybe(notice.reason.clone()),
            Cell::maybe(notice.evidence.as_ref().map(|evidence| evidence.name.clone())),
            Cell::maybe(notice.withdrawn_on),
        ]
    };
    grid.rows = notices.iter().map(row).collect();
    grid
}

/// Returns what followed from notices as rows.
pub fn dates_grid(notices: &[Notice]) -> Grid {
    let mut grid = Grid::new(&[
        column("received", "Received"),
        column("renewal_date", "For renewal on"),
        column("notice_deadline", "Last day"),
        column("timeliness", "It came"),
        column("ends", "Ends"),
        column("last_day", "Last day of access"),
    ]);
    let row = |notice: &Notice| {
        let counted = &notice.counted;
        let timeliness = counted.timeliness.as_str();
        vec![
            Cell::Date(notice.received_on),
            Cell::Date(counted.renewal_date),
            Cell::Date(counted.deadline),
            Cell::Word { stored: timeliness, shown: timeliness.replace('_', " ") },
            Cell::Date(counted.ends_on),
            Cell::Date(counted.last_day()),
        ]
    };
    grid.rows = notices.iter().map(row).collect();
    grid
}

/// Explains the notices of a subscription, and its end.
pub fn told(subscription: &Subscription, notices: &[Notice], today: NaiveDate) -> Vec<String> {
    let mut sentences = Vec::new();
    for notice in notices {
        if let Some(day) = notice.withdrawn_on {
            let received_on = notice.received_on;
            sentences.push(match notices.iter().any(|other| is_anew(other, notice)) {
                true => format!(
                    "The notice received on {received_on} was late for the renewal on {}, and on \
                     {day} the office entered it anew as an exception.",
                    notice.counted.renewal_date
                ),
                false => format!("A notice received on {received_on} was taken back on {day}."),
            });
            continue;
        }
        sentences.push(given(notice));
        sentences.push(derived(&notice.counted, subscription.notice_months));
        sentences.push(verdict(&notice.counted, today));
        let reason = notice.reason.as_ref();
        if let Some(reason) = reason.filter(|_| notice.counted.timeliness == Timeliness::AsIfInTime)
        {
            sentences.push(format!("The exception was made because: {reason}."));
        }
    }
    let Some(day) = subscription.ends_on else { return sentences };
    if let Some(reason) = &subscription.end_reason {
        let (ends, is) = tense(day, today);
        let last_day = day.pred_opt().unwrap_or(day);
        sentences.push(format!(
            "By the office's decision it {ends} on {day}, and the last day of access {is} \
             {last_day}. The reason: {reason}."
        ));
    }
    sentences.extend(to_be_billed(subscription, day));
    sentences
}

/// Says whether a notice is another one entered anew by goodwill.
fn is_anew(notice: &Notice, former: &Notice) -> bool {
    notice.ordinal == former.ordinal + 1
        && notice.counted.timeliness == Timeliness::AsIfInTime
        && notice.received_on == former.received_on
        && Some(notice.entered_on) == former.withdrawn_on
}

/// Returns how an end on `day` is spoken of: the subscription ends, the last day of access is.
pub fn tense(day: NaiveDate, today: NaiveDate) -> (&'static str, &'static str) {
    if day <= today { ("ended", "was") } else { ("ends", "is") }
}

/// Says which term will still be invoiced before `ends_on`, if any will.
pub fn to_be_billed(subscription: &Subscription, ends_on: NaiveDate) -> Option<String> {
    let next = subscription.billed_through;
    (next < ends_on).then(|| {
        let rest = Term { start: next, end: ends_on };
        format!("It is still to be invoiced for {}.", days(rest))
    })
}

/// Says of a term which days belong to it.
pub fn days(term: Term) -> String {
    format!("{} up to and including {}", term.start, term.last_day())
}

pub fn months(count: u32) -> String {
    match count {
        1 => "1 month".to_owned(),
        _ => format!("{count} months"),
    }
}

/// Tells why something cannot be done with a subscription, and what can be done instead.
pub fn refusal(number: i64, verb: &str, error: NoticeError) -> anyhow::Error {
    let (code, hint) = match &error {
        NoticeError::Future(_) => (
            "in_the_future",
            Some(
                "`--received` is the day on which the notice reached us, today at the latest"
                    .to_owned(),
            ),
        ),
        NoticeError::BeforeStart { .. } => {
            ("before_start", Some(format!("`shopctl subscription show {number}` shows its dates")))
        }
        NoticeError::SentLater { .. } => (
            "sent_later",
            Some(
                "`--sent` is the day of the letter, that of `--received` at the latest".to_owned(),
            ),
        ),
        NoticeError::Given { .. } => (
            "notice_given",
            Some(format!("`shopctl subscription reinstate {number}` takes that notice back")),
        ),
        NoticeError::Ended(_) => (
            "ended",
            Some("`shopctl order create --account ORG --item SKU` starts a new one".to_owned()),
        ),
        NoticeError::EndSettled(_) => {
            ("end_settled", Some(format!("`shopctl subscription show {number}` says why")))
        }
        NoticeError::InTimeAnyway { .. } => {
            ("in_time", Some("run it without `--as-if-in-time`".to_owned()))
        }
        NoticeError::CameInTime { .. } => {
            ("in_time", Some(format!("`shopctl subscription show {number}` shows when it ends")))
        }
        NoticeError::NotGiven => {
            ("no_notice", Some(format!("`shopctl subscription show {number}` shows its dates")))
        }
        NoticeError::NotBilled { .. } => (
            "not_billed",
            Some(format!(
                "`shopctl subscription renew --only {number}` bills what is due; `shopctl \
                 subscription cancel {number}` ends it at a renewal"
            )),
        ),
        NoticeError::Term(_) => ("value", None),
    };
    let words = format!("subscription {number} cannot be {verb}: {error}");
    let failure = Failure::refused(code, words);
    match hint {
        Some(hint) => failure.hint(hint).into(),
        None => failure.into(),
    }
}
