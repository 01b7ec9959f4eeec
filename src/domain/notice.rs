//! Notice: for which renewal it was given, whether it was in time, and the day it therefore ends (R8).
//!
//! What is counted here is counted once, on the day the notice is entered, and kept. A setting that is
//! chosen later alters nothing that was promised to a customer.

use std::fmt;
use std::str::FromStr;

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::calendar::next_working_day;
use super::email::Email;
use super::subscription::{Subscription, SubscriptionId};
use super::term::{CountedFrom, NoticeRule, Rhythm, TermError};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct NoticeId(pub i64);

/// The way a notice took to the office; without one it is known to be in writing and no more (R7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    Login,
    Letter,
    Email,
}

impl Channel {
    pub const ALL: [Channel; 3] = [Channel::Login, Channel::Letter, Channel::Email];

    pub const fn as_str(self) -> &'static str {
        match self {
            Channel::Login => "login",
            Channel::Letter => "letter",
            Channel::Email => "email",
        }
    }
}

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Channel {
    type Err = String;

    fn from_str(text: &str) -> Result<Channel, String> {
        Channel::ALL.into_iter().find(|channel| channel.as_str() == text).ok_or_else(|| {
            format!(
                "`{text}` is no channel: notice must be given in writing, by letter or email, or \
                 logged in, by login"
            )
        })
    }
}

/// Whether a notice came in time for the renewal it was given for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timeliness {
    InTime,
    Late,
    /// Late, and by the office's goodwill taken as if it were in time.
    AsIfInTime,
}

impl Timeliness {
    /// Returns the word that JSON and letters have for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Timeliness::InTime => "in_time",
            Timeliness::Late => "late",
            Timeliness::AsIfInTime => "as_if_in_time",
        }
    }
}

/// What follows from a notice by the rules of the day it was entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The renewal it was given for.
    pub renewal_date: NaiveDate,
    /// The last day on which notice was in time for that renewal.
    pub deadline: NaiveDate,
    pub timeliness: Timeliness,
    /// The first day on which the subscription no longer runs.
    pub ends_on: NaiveDate,
}

/// Counts a notice that was received on `received_on` (R8).
///
/// It is given for the next renewal. In time for that, it ends the subscription there; late, it ends
/// it at the first later renewal that it is in time for. Errors past the year 9999.
pub fn count(
    rhythm: Rhythm,
    notice_months: u32,
    rule: NoticeRule,
    received_on: NaiveDate,
) -> Result<Counted, TermError> {
    let deadline = |renewal_date| rule.deadline(renewal_date, notice_months);
    let mut term = rhythm.term(0)?;
    let mut next = 1;
    // Without months of notice the renewal date itself is still in time.
    while term.end <= received_on && deadline(term.end) < received_on {
        term = rhythm.term(next)?;
        next += 1;
    }
    let renewal_date = term.end;
    while deadline(term.end) < received_on {
        term = rhythm.term(next)?;
        next += 1;
    }
    let is_in_time = term.end == renewal_date;
    Ok(Counted {
        renewal_date,
        deadline: deadline(renewal_date),
        timeliness: if is_in_time { Timeliness::InTime } else { Timeliness::Late },
        ends_on: term.end,
    })
}

impl Counted {
    /// Returns what follows where the office takes a late notice as if it were in time; `None` for one
    /// that is in time anyway.
    pub fn as_if_in_time(self) -> Option<Counted> {
        (self.timeliness == Timeliness::Late).then_some(Counted {
            timeliness: Timeliness::AsIfInTime,
            ends_on: self.renewal_date,
            ..self
        })
    }

    /// Returns the last day on which the subscription gives access.
    pub fn last_day(&self) -> NaiveDate {
        self.ends_on.pred_opt().expect("a subscription ends after it begins")
    }

    /// Returns how its last day for notice was found.
    pub fn derivation(&self, notice_months: u32) -> Derivation {
        Derivation::of(self.renewal_date, self.deadline, notice_months)
    }
}

/// How a last day for notice was found: counted back from which day, and moved from which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Derivation {
    pub counted_from: CountedFrom,
    /// The day that counting gave, where it was no working day.
    pub moved_from: Option<NaiveDate>,
}

impl Derivation {
    /// Returns the simplest way in which `deadline` follows from `renewal_date`.
    ///
    /// The way is found again from the days alone, so that it can be told of a notice that is kept
    /// whatever the settings are by then.
    fn of(renewal_date: NaiveDate, deadline: NaiveDate, notice_months: u32) -> Derivation {
        let days = [
            (CountedFrom::RenewalDate, Some(renewal_date)),
            (CountedFrom::LastDay, renewal_date.pred_opt()),
        ];
        let counted = days.into_iter().filter_map(|(counted_from, day)| {
            Some((counted_from, day?.checked_sub_months(Months::new(notice_months))?))
        });
        let plain = counted.clone().find(|(_, day)| *day == deadline);
        let moved = counted
            .clone()
            .find(|(_, day)| next_working_day(*day).min(renewal_date) == deadline)
            .map(|(counted_from, day)| Derivation { counted_from, moved_from: Some(day) });
        match plain {
            Some((counted_from, _)) => Derivation { counted_from, moved_from: None },
            None => moved
                .unwrap_or(Derivation { counted_from: CountedFrom::RenewalDate, moved_from: None }),
        }
    }
}

/// A notice as it was received, and what followed from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub id: NoticeId,
    pub subscription_id: SubscriptionId,
    /// Which of the subscription's notices it is, counted from 1.
    pub ordinal: i64,
    pub sent_on: Option<NaiveDate>,
    pub received_on: NaiveDate,
    pub entered_on: NaiveDate,
    pub channel: Option<Channel>,
    /// The login that gave it; there if it came that way.
    pub login: Option<Email>,
    pub given_by: Option<String>,
    pub reason: Option<String>,
    pub counted: Counted,
    pub evidence: Option<Evidence>,
    pub withdrawn_on: Option<NaiveDate>,
}

/// The letter that was kept with a notice, save its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    pub name: String,
    pub sha256: String,
}

/// A notice as it is entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewNotice {
    pub sent_on: Option<NaiveDate>,
    pub received_on: NaiveDate,
    pub channel: Option<Channel>,
    pub login: Option<Email>,
    pub given_by: Option<String>,
    pub reason: Option<String>,
    pub counted: Counted,
    /// The name and the bytes of the letter.
    pub evidence: Option<(String, Vec<u8>)>,
}

/// Why a notice, its withdrawal or an end was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoticeError {
    Future(NaiveDate),
    BeforeStart {
        day: NaiveDate,
        anchor: NaiveDate,
    },
    SentLater {
        sent_on: NaiveDate,
        received_on: NaiveDate,
    },
    Given {
        received_on: NaiveDate,
        ends_on: NaiveDate,
    },
    Ended(NaiveDate),
    /// Its end is settled, and no later than what was asked for.
    EndSettled(NaiveDate),
    InTimeAnyway {
        deadline: NaiveDate,
    },
    /// A notice that was entered before needs no goodwill.
    CameInTime {
        received_on: NaiveDate,
        deadline: NaiveDate,
    },
    NotGiven,
    /// It would end after the terms that are billed.
    NotBilled {
        day: NaiveDate,
        billed_through: NaiveDate,
    },
    Term(TermError),
}

impl fmt::Display for NoticeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoticeError::Future(day) => write!(f, "{day} has not come yet"),
            NoticeError::BeforeStart { day, anchor } => {
                write!(f, "{day} lies before {anchor}, the first day of the subscription")
            }
            NoticeError::SentLater { sent_on, received_on } => {
                write!(f, "a notice received on {received_on} was not sent on {sent_on}")
            }
            NoticeError::Given { received_on, ends_on } => {
                write!(f, "notice was received on {received_on} already, and it ends on {ends_on}")
            }
            NoticeError::Ended(day) => write!(f, "it ended on {day}"),
            NoticeError::EndSettled(day) => write!(f, "its end on {day} is settled already"),
            NoticeError::InTimeAnyway { deadline } => {
                write!(f, "the notice is in time anyway, the last day being {deadline}")
            }
            NoticeError::CameInTime { received_on, deadline } => write!(
                f,
                "the notice received on {received_on} came in time, the last day being {deadline}"
            ),
            NoticeError::NotGiven => f.write_str("no notice has been given"),
            NoticeError::NotBilled { day, billed_through } => {
                write!(f, "{day} lies after {billed_through}, up to which it is billed")
            }
            NoticeError::Term(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for NoticeError {}

impl From<TermError> for NoticeError {
    fn from(error: TermError) -> NoticeError {
        NoticeError::Term(error)
    }
}

/// The days of a notice, and whether the office takes it as if it were in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Received {
    pub sent_on: Option<NaiveDate>,
    pub received_on: NaiveDate,
    pub as_if_in_time: bool,
}

/// Decides what follows from a notice for a subscription, or why it is refused.
///
/// `in_force` is the notice that was given and not withdrawn, if there is one.
pub fn cancel(
    subscription: &Subscription,
    in_force: Option<&Notice>,
    given: Received,
    rule: NoticeRule,
    today: NaiveDate,
) -> Result<Counted, NoticeError> {
    let Received { sent_on, received_on, as_if_in_time } = given;
    refuse_ended(subscription, today)?;
    if let Some(notice) = in_force {
        let (received_on, ends_on) = (notice.received_on, notice.counted.ends_on);
        return Err(NoticeError::Given { received_on, ends_on });
    }
    if let Some(day) = subscription.ends_on {
        return Err(NoticeError::EndSettled(day));
    }
    if received_on > today {
        return Err(NoticeError::Future(received_on));
    }
    refuse_before_start(subscription, received_on)?;
    if let Some(sent_on) = sent_on.filter(|sent_on| *sent_on > received_on) {
        return Err(NoticeError::SentLater { sent_on, received_on });
    }
    let counted = count(subscription.rhythm, subscription.notice_months, rule, received_on)?;
    match as_if_in_time {
        false => Ok(counted),
        true => {
            let deadline = counted.deadline;
            counted.as_if_in_time().ok_or(NoticeError::InTimeAnyway { deadline })
        }
    }
}

/// Decides what follows where the office takes the late notice in force as if it had come in time.
pub fn as_if_in_time(
    subscription: &Subscription,
    in_force: &Notice,
    today: NaiveDate,
) -> Result<Counted, NoticeError> {
    refuse_ended(subscription, today)?;
    if let Some(day) = subscription.ends_on.filter(|_| subscription.end_reason.is_some()) {
        return Err(NoticeError::EndSettled(day));
    }
    let (received_on, counted) = (in_force.received_on, in_force.counted);
    let Counted { deadline, ends_on, timeliness, .. } = counted;
    counted.as_if_in_time().ok_or(match timeliness {
        Timeliness::InTime => NoticeError::CameInTime { received_on, deadline },
        _ => NoticeError::Given { received_on, ends_on },
    })
}

/// Refuses to take back a notice that is not there or can no longer be taken back.
pub fn reinstate<'a>(
    subscription: &Subscription,
    in_force: Option<&'a Notice>,
    today: NaiveDate,
) -> Result<&'a Notice, NoticeError> {
    refuse_ended(subscription, today)?;
    match (in_force, subscription.ends_on) {
        (_, Some(day)) if subscription.end_reason.is_some() => Err(NoticeError::EndSettled(day)),
        (Some(notice), _) => Ok(notice),
        (None, _) => Err(NoticeError::NotGiven),
    }
}

/// Refuses a day on which the office cannot end a subscription.
///
/// It may have passed, but not lie before the first day; nor after what is billed, since the term it
/// would fall into could not be billed in part.
pub fn end(
    subscription: &Subscription,
    day: NaiveDate,
    today: NaiveDate,
) -> Result<(), NoticeError> {
    refuse_ended(subscription, today)?;
    if let Some(settled) = subscription.ends_on.filter(|settled| *settled <= day) {
        return Err(NoticeError::EndSettled(settled));
    }
    refuse_before_start(subscription, day)?;
    let billed_through = subscription.billed_through;
    match day > billed_through {
        true => Err(NoticeError::NotBilled { day, billed_through }),
        false => Ok(()),
    }
}

fn refuse_ended(subscription: &Subscription, today: NaiveDate) -> Result<(), NoticeError> {
    match subscription.ends_on.filter(|_| !subscription.runs_on(today)) {
        Some(day) => Err(NoticeError::Ended(day)),
        None => Ok(()),
    }
}

fn refuse_before_start(subscription: &Subscription, day: NaiveDate) -> Result<(), NoticeError> {
    let anchor = subscription.rhythm.anchor;
    if day < anchor { Err(NoticeError::BeforeStart { day, anchor }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::*;
    use crate::domain::subscription::{Status, example};
    use crate::domain::term::parse_date;

    fn date(text: &str) -> NaiveDate {
        parse_date(text).expect("a date")
    }

    fn yearly(anchor: &str) -> Rhythm {
        Rhythm { anchor: date(anchor), term_months: 12 }
    }

    fn counted(anchor: &str, rule: NoticeRule, received_on: &str) -> Counted {
        count(yearly(anchor), 3, rule, date(received_on)).expect("in range")
    }

    /// The table that office people read is what the program does.
    #[test]
    fn r8_the_worked_examples_of_dates_are_what_is_counted() {
        let table = include_str!("../../examples/dates.md");
        let mut rows = 0;
        for line in table.lines().filter(|line| line.starts_with("| 20")) {
            let cells: Vec<&str> =
                line.split('|').map(str::trim).filter(|c| !c.is_empty()).collect();
            let [anchor, received, renewal_date, deadline, came, ends_on, last_day, _] = cells[..]
            else {
                panic!("{line}");
            };
            let rule = match came.split_once(", ") {
                None => NoticeRule::default(),
                Some((_, "last_day")) => {
                    NoticeRule { counted_from: CountedFrom::LastDay, moves: false }
                }
                Some((_, "moves")) => NoticeRule { moves: true, ..NoticeRule::default() },
                Some(_) => panic!("{line}"),
            };
            let counted = counted(anchor, rule, received);
            assert_eq!(counted.renewal_date, date(renewal_date), "{line}");
            assert_eq!(counted.deadline, date(deadline), "{line}");
            let word = counted.timeliness.as_str().replace('_', " ");
            assert_eq!(word, came.split(", ").next().unwrap_or_default(), "{line}");
            assert_eq!(counted.ends_on, date(ends_on), "{line}");
            assert_eq!(counted.last_day(), date(last_day), "{line}");
            rows += 1;
        }
        assert!(rows >= 20, "only {rows} examples were found");
    }

    #[test]
    fn a_last_day_for_notice_tells_how_it_was_found() {
        let rule = |counted_from, moves| NoticeRule { counted_from, moves };
        let cases = [
            ("2025-11-30", rule(CountedFrom::RenewalDate, false), None),
            // 2026-08-30 is a Sunday.
            ("2025-11-30", rule(CountedFrom::RenewalDate, true), Some("2026-08-30")),
            ("2026-03-01", rule(CountedFrom::LastDay, false), None),
            // 2026-11-28 is a Saturday.
            ("2026-03-01", rule(CountedFrom::LastDay, true), Some("2026-11-28")),
        ];
        for (anchor, rule, moved_from) in cases {
            let counted = counted(anchor, rule, anchor);
            let derivation =
                Derivation { counted_from: rule.counted_from, moved_from: moved_from.map(date) };
            assert_eq!(counted.derivation(3), derivation, "{anchor} {rule:?}");
        }
    }

    #[test]
    fn r8_goodwill_is_for_the_late_only() {
        let late = counted("2026-03-01", NoticeRule::default(), "2026-12-02");
        let taken = late.as_if_in_time().expect("late");
        assert_eq!((taken.timeliness, taken.ends_on), (Timeliness::AsIfInTime, date("2027-03-01")));
        let in_time = counted("2026-03-01", NoticeRule::default(), "2026-12-01");
        assert_eq!((in_time.timeliness, in_time.as_if_in_time()), (Timeliness::InTime, None));
    }

    #[test]
    fn a_subscription_ends_on_a_day_that_its_bills_allow() {
        let subscription = example("2026-03-01", 12, "2027-03-01");
        let ended = Subscription { ends_on: Some(date("2026-10-01")), ..subscription.clone() };
        let today = date("2026-11-01");
        let cases = [
            (&subscription, "2026-03-01", Ok(())),
            (&subscription, "2027-03-01", Ok(())),
            (
                &subscription,
                "2026-02-28",
                Err(NoticeError::BeforeStart {
                    day: date("2026-02-28"),
                    anchor: date("2026-03-01"),
                }),
            ),
            (
                &subscription,
                "2027-03-02",
                Err(NoticeError::NotBilled {
                    day: date("2027-03-02"),
                    billed_through: date("2027-03-01"),
                }),
            ),
            (&ended, "2026-09-01", Err(NoticeError::Ended(date("2026-10-01")))),
        ];
        for (subscription, day, expected) in cases {
            assert_eq!(end(subscription, date(day), today), expected, "{day}");
        }
        assert_eq!(ended.status(today), Status::Ended);
    }

    proptest! {
        /// Whatever the anchor, the setting and the day, for a century.
        #[test]
        fn r8_a_notice_ends_at_a_renewal_it_is_in_time_for_and_never_later_than_the_next(
            anchor in 0_u64..36_525,
            after in 0_u64..4_000,
            term_months in 1_u32..25,
            notice_months in 0_u32..7,
            from_last_day: bool,
            moves: bool,
        ) {
            let anchor = date("1990-01-01") + Days::new(anchor);
            let rhythm = Rhythm { anchor, term_months };
            let counted_from =
                if from_last_day { CountedFrom::LastDay } else { CountedFrom::RenewalDate };
            let rule = NoticeRule { counted_from, moves };
            let received = anchor + Days::new(after);
            let counted = count(rhythm, notice_months, rule, received).expect("in range");
            let Counted { renewal_date, deadline, timeliness, ends_on } = counted;

            prop_assert!(rhythm.term_from(ends_on).is_ok() && rhythm.term_from(renewal_date).is_ok());
            prop_assert!(renewal_date > anchor && renewal_date >= received);
            prop_assert!(deadline <= renewal_date && renewal_date <= ends_on);
            prop_assert_eq!(timeliness == Timeliness::InTime, received <= deadline);
            prop_assert_eq!(timeliness == Timeliness::InTime, ends_on == renewal_date);
            prop_assert!(received <= rule.deadline(ends_on, notice_months));
            // The boundary before the end was missed: nobody is kept a term longer than the rule says.
            let before = rhythm.terms_begun(ends_on) - 2;
            let earlier = rhythm.term(before).expect("in range").start;
            if earlier > anchor {
                prop_assert!(rule.deadline(earlier, notice_months) < received);
            }
            // On the last day it still ends at that renewal, the day after no more.
            if deadline >= anchor {
                let on = count(rhythm, notice_months, rule, deadline).expect("in range");
                prop_assert!(on.ends_on <= renewal_date);
                // A notice longer than a term is late for the renewal that comes first.
                if notice_months < term_months {
                    prop_assert_eq!(on.timeliness, Timeliness::InTime);
                }
                let after = deadline + Days::new(1);
                let after = count(rhythm, notice_months, rule, after).expect("in range");
                prop_assert!(after.ends_on > renewal_date);
            }
            let rebuilt = counted.derivation(notice_months);
            prop_assert!(rebuilt.moved_from.is_none() || moves);
        }
    }
}
