//! Payment reminders: which level an unpaid invoice has come to, what it costs, and why none is sent.
//!
//! A level is sent once, one at a time and in their order, however late the shop is; the days to the
//! next are counted from the day on which the one before was really sent. Nobody is reminded whom the
//! invoice may not have reached, nor while payments may have come in that the shop does not know of; nor
//! of fees and interest alone, since a reminder asks for the invoice.

use std::fmt;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::calendar::{next_working_day, working_days_after};
use super::conditions::Wording;
use super::mail::{Mail, MailStatus};
use super::money::Money;
use super::text::{TextError, line};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ReminderId(pub i64);

/// The most that a written reminder may cost, where that was agreed when the debt arose. Source: lag
/// (1981:739) 2 and 4 §§.
pub const FEE_MAX: Money = Money::from_ore(6_000);

/// What a trader who pays late owes for the lateness, once a claim; reminder fees are counted off it.
/// Source: lag (1981:739) 4 a §.
pub const COMPENSATION: Money = Money::from_ore(45_000);

/// How many days there are to pay from a reminder, unless the next level comes before.
const DAYS_TO_PAY: u32 = 8;

/// The longest text of a level, in characters: with it a reminder still is one page.
const TEXT_MAX: usize = 1_200;

/// What a level asks for besides what is owed and its interest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charge {
    Nothing,
    Fee(Money),
    Compensation,
}

/// One step of reminding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    pub number: i64,
    /// From the due date of the invoice, or from the sending of the level before.
    pub days: u32,
    pub charge: Charge,
    /// What it says, a paragraph a line.
    pub text: Wording,
}

/// Reads the text of a level as it is typed: lines that are paragraphs, not all of them empty.
pub fn parse_text(text: &str) -> Result<String, String> {
    let lines: Result<Vec<String>, TextError> = text.lines().map(line).collect();
    let lines = lines.map_err(|error| error.to_string())?;
    let text = paragraphs(&lines.join("\n")).join("\n");
    match text.chars().count() {
        0 => Err("the text is empty".to_owned()),
        count if count > TEXT_MAX => {
            Err(format!("the text is {count} characters long, and at most {TEXT_MAX} fit the page"))
        }
        _ => Ok(text),
    }
}

/// Returns the paragraphs of a text.
pub fn paragraphs(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(str::to_owned).collect()
}

/// What reminders of an invoice have charged already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Charged {
    pub fees: Money,
    pub compensation: Money,
}

impl Charge {
    /// Returns what to charge now for an invoice of which `capital` is left.
    ///
    /// The compensation stands in for the costs of reminding: fees asked for before are counted off it,
    /// and after it there are none. Once the invoice itself is paid nothing is added to its rest.
    pub fn amount(self, capital: Money, before: Charged) -> Money {
        let is_closed = capital <= Money::ZERO || before.compensation > Money::ZERO;
        match self {
            _ if is_closed => Money::ZERO,
            Charge::Nothing => Money::ZERO,
            Charge::Fee(fee) => fee.min(FEE_MAX),
            Charge::Compensation => (COMPENSATION - before.fees).max(Money::ZERO),
        }
    }
}

/// How far a mail about an invoice has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// Sent on that day, or delivered as an e-invoice.
    Sent(NaiveDate),
    Waiting,
    Failed,
    Bounced,
    Held,
    /// A folder took it, which reaches nobody.
    InFolder,
    /// It goes as an e-invoice and has not been delivered.
    NotDelivered,
    NeverMailed,
}

impl Arrival {
    /// Returns how far the newest mail has come; `sent_on` is the day it was sent, and `counts_folder`
    /// says that a folder's mail is as good as sent, as in a shop for practice.
    pub fn of(mail: Option<&Mail>, sent_on: Option<NaiveDate>, counts_folder: bool) -> Arrival {
        let Some(mail) = mail else { return Arrival::NeverMailed };
        match (mail.status, sent_on) {
            (MailStatus::Sent, _)
                if mail.transport.as_deref() == Some("folder") && !counts_folder =>
            {
                Arrival::InFolder
            }
            (MailStatus::Sent, Some(day)) => Arrival::Sent(day),
            (MailStatus::Waiting | MailStatus::Claimed | MailStatus::Sent, _) => Arrival::Waiting,
            (MailStatus::Failed, _) => Arrival::Failed,
            (MailStatus::Bounced, _) => Arrival::Bounced,
            (MailStatus::Held, _) => Arrival::Held,
        }
    }
}

impl fmt::Display for Arrival {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Arrival::Sent(day) => write!(f, "was sent on {day}"),
            Arrival::Waiting => f.write_str("waits to be sent"),
            Arrival::Failed => f.write_str("was refused by the server"),
            Arrival::Bounced => f.write_str("came back"),
            Arrival::Held => f.write_str("is held"),
            Arrival::InFolder => f.write_str("went to a folder, which reaches nobody"),
            Arrival::NotDelivered => f.write_str("has not been delivered as an e-invoice"),
            Arrival::NeverMailed => f.write_str("was never mailed"),
        }
    }
}

/// A reminder that was made before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Earlier {
    pub level: i64,
    /// The last day to pay that it named.
    pub pay_by: NaiveDate,
    pub arrival: Arrival,
}

/// An invoice as far as reminding is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unpaid {
    pub due_on: NaiveDate,
    /// All that is left of it, with fees and interest.
    pub left: Money,
    /// Of that, what is left of the invoice itself.
    pub capital: Money,
    /// The newest mail that brought the invoice.
    pub arrival: Arrival,
    /// The reminder made last.
    pub earlier: Option<Earlier>,
    /// Why nobody is reminded of it for now.
    pub hold: Option<String>,
}

/// The days of which the shop knows all payments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BankFiles {
    /// How many banking days old the newest file may be; `None` where that is no matter.
    pub days_max: Option<u32>,
    pub newest: Option<NaiveDate>,
}

/// By what the shop reminds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminding {
    pub is_on: bool,
    /// In the order of their numbers.
    pub levels: Vec<Level>,
    /// What is less is too little to be reminded of.
    pub rest: Money,
    pub bank_files: BankFiles,
}

/// The days that decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    pub today: NaiveDate,
    /// Levels whose day comes by then are taken.
    pub as_of: NaiveDate,
    /// Whether a level is taken before its day, though never before the last day to pay has passed.
    pub is_early: bool,
}

/// Why nobody is reminded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotReminded {
    Off,
    NothingLeft,
    Rest(Money),
    /// How much of the invoice itself is left, so little that the rest of it is fees and interest.
    ClaimsOnly(Money),
    NoLevels,
    /// The number of the last level, which has been sent.
    Finished(i64),
    /// The day up to which payment is in time.
    InTime(NaiveDate),
    NotYet {
        level: i64,
        on: NaiveDate,
    },
    OnHold(String),
    Invoice(Arrival),
    Earlier {
        level: i64,
        arrival: Arrival,
    },
    BankFiles(BankFiles),
}

impl NotReminded {
    /// Says whether a level's day has come and something keeps it back.
    pub fn keeps_back(&self) -> bool {
        matches!(
            self,
            NotReminded::OnHold(_)
                | NotReminded::Invoice(_)
                | NotReminded::Earlier { .. }
                | NotReminded::BankFiles(_)
        )
    }
}

impl fmt::Display for NotReminded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotReminded::Off => f.write_str("payment reminders are off"),
            NotReminded::NothingLeft => f.write_str("nothing is left of it"),
            NotReminded::Rest(left) => {
                write!(f, "only {left} kronor are left, too little to be reminded of")
            }
            NotReminded::ClaimsOnly(Money::ZERO) => {
                f.write_str("the invoice itself is paid, and only fees and interest are left")
            }
            NotReminded::ClaimsOnly(capital) => write!(
                f,
                "only {capital} kronor of the invoice itself are left, too little to be reminded of"
            ),
            NotReminded::NoLevels => f.write_str("there is no reminder level"),
            NotReminded::Finished(level) => {
                write!(f, "reminder {level} was the last that there is")
            }
            NotReminded::InTime(day) => write!(f, "it can be paid until {day}"),
            NotReminded::NotYet { level, on } => write!(f, "reminder {level} has its day on {on}"),
            NotReminded::OnHold(reason) => write!(f, "it is on hold: {reason}"),
            NotReminded::Invoice(arrival) => write!(f, "the invoice {arrival}"),
            NotReminded::Earlier { level, arrival } => write!(f, "reminder {level} {arrival}"),
            NotReminded::BankFiles(files) => files.fmt(f),
        }
    }
}

impl fmt::Display for BankFiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let days = match self.days_max {
            Some(1) => "1 banking day".to_owned(),
            days => format!("{} banking days", days.unwrap_or_default()),
        };
        match self.newest {
            Some(day) => write!(f, "the newest file of the bank is of {day}, more than {days} old"),
            None => f.write_str("no file of the bank has been read"),
        }
    }
}

impl BankFiles {
    /// Says whether payments may have come in that the shop does not know of.
    pub fn are_too_old(&self, today: NaiveDate) -> bool {
        match (self.days_max, self.newest) {
            (None, _) => false,
            (Some(_), None) => true,
            (Some(days), Some(newest)) => working_days_after(newest, today) > days,
        }
    }
}

impl Reminding {
    /// Returns the level that an invoice is to be reminded at, or why at none.
    pub fn due(&self, unpaid: &Unpaid, day: Day) -> Result<&Level, NotReminded> {
        if !self.is_on {
            return Err(NotReminded::Off);
        }
        if unpaid.left <= Money::ZERO {
            return Err(NotReminded::NothingLeft);
        }
        if unpaid.left < self.rest {
            return Err(NotReminded::Rest(unpaid.left));
        }
        if unpaid.capital <= Money::ZERO || unpaid.capital < self.rest {
            return Err(NotReminded::ClaimsOnly(unpaid.capital));
        }
        let level = self.after(unpaid.earlier.map_or(0, |earlier| earlier.level))?;
        let in_time = match unpaid.earlier {
            None => next_working_day(unpaid.due_on),
            Some(earlier) => earlier.pay_by,
        };
        if day.today <= in_time {
            return Err(NotReminded::InTime(in_time));
        }
        if let Some(reason) = &unpaid.hold {
            return Err(NotReminded::OnHold(reason.clone()));
        }
        let counted_from = match (unpaid.earlier, unpaid.arrival) {
            (None, Arrival::Sent(_)) => unpaid.due_on,
            (Some(Earlier { arrival: Arrival::Sent(sent_on), .. }), Arrival::Sent(_)) => sent_on,
            (_, arrival) if !matches!(arrival, Arrival::Sent(_)) => {
                return Err(NotReminded::Invoice(arrival));
            }
            (earlier, arrival) => {
                let (level, arrival) = earlier.map_or((0, arrival), |it| (it.level, it.arrival));
                return Err(NotReminded::Earlier { level, arrival });
            }
        };
        let on = later(counted_from, level.days);
        if on > day.as_of && !day.is_early {
            return Err(NotReminded::NotYet { level: level.number, on });
        }
        if self.bank_files.are_too_old(day.today) {
            return Err(NotReminded::BankFiles(self.bank_files));
        }
        Ok(level)
    }

    /// Returns the level that follows the one of this number, 0 standing before the first.
    fn after(&self, number: i64) -> Result<&Level, NotReminded> {
        match self.levels.iter().find(|level| level.number > number) {
            Some(level) => Ok(level),
            None if number == 0 => Err(NotReminded::NoLevels),
            None => Err(NotReminded::Finished(number)),
        }
    }

    /// Returns the last day to pay what a reminder asks for that is made today: a working day, before
    /// the next level has its own.
    pub fn pay_by(&self, level: &Level, today: NaiveDate) -> NaiveDate {
        let days = match self.after(level.number) {
            Ok(next) => (next.days - 1).clamp(1, DAYS_TO_PAY),
            Err(_) => DAYS_TO_PAY,
        };
        next_working_day(later(today, days))
    }
}

fn later(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_add_days(Days::new(u64::from(days))).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests;
