//! Settings of the business: the few rules that the office may choose.
//!
//! They live in the store with the rest of the shop. What belongs to a machine, such as the way to
//! the mail server, stands in the configuration file.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

use super::book_account::{BookAccount, BookAccounts};
use super::due::DueRule;
use super::licence::look::{LicenceLook, TextSize};
use super::money::Money;
use super::password::{CHARACTERS_MIN, HashCost};
use super::term::{CountedFrom, NoticeRule};
use super::text::nearest;

/// What the office has chosen, each with a default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShopSettings {
    pub notice: NoticeRule,
    /// How many days before the last day for notice a rise must be entered to reach a running
    /// subscription.
    pub price_notice_days: u32,
    /// Whether customers are reminded before the last day for notice.
    pub reminds: bool,
    /// How many days before the last day for notice they are reminded.
    pub renewal_reminder_days: u32,
    /// How many days before the term the renewal invoice goes out, never before the last day for
    /// notice has passed.
    pub renewal_invoice_days: u32,
    /// What that was before it was last changed.
    pub former_invoice_days: Option<FormerInvoiceDays>,
    /// Whether customers are reminded of unpaid invoices.
    pub reminds_of_payment: bool,
    /// How many banking days old the newest of the bank's files may be for customers to be reminded;
    /// `None` if that is no matter.
    pub bank_file_days: Option<u32>,
    /// What is left of an invoice is written off up to this.
    pub rest_written_off: Money,
    /// Whether late interest is charged.
    pub charges_interest: bool,
    /// Whether a write-off takes back the VAT in it.
    pub write_off_takes_vat: bool,
    /// How many days after the due date of an unpaid invoice documents can no longer be fetched; `None`
    /// if they always can.
    pub fetch_stops_days: Option<u32>,
    /// Whether income is booked month by month over the term that is paid for.
    pub spreads_income: bool,
    /// The month in which the financial year begins, counted from 1.
    pub financial_year_starts: u32,
    /// How many days old the last backup may be; `None` if that is no matter.
    pub backup_days: Option<u32>,
    pub accounts: BookAccounts,
    pub passwords: PasswordPolicy,
    pub licences: LicenceLook,
}

/// What the office asks of passwords, and how long the mails about them are good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasswordPolicy {
    pub cost: HashCost,
    /// The fewest characters that a new password has.
    pub characters_min: u32,
    /// How long a token lives that was asked for, counted from when its mail is sent.
    pub reset_minutes: u32,
    /// How long the token of an invitation lives, counted from when its mail is sent.
    pub invitation_days: u32,
}

/// How many days before the term the renewal invoice went out until that was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormerInvoiceDays {
    pub days: u32,
    pub changed_on: NaiveDate,
}

impl Default for ShopSettings {
    fn default() -> ShopSettings {
        ShopSettings {
            notice: NoticeRule::default(),
            price_notice_days: 30,
            reminds: false,
            renewal_reminder_days: 30,
            renewal_invoice_days: 0,
            former_invoice_days: None,
            reminds_of_payment: false,
            bank_file_days: Some(3),
            rest_written_off: Money::from_ore(500),
            charges_interest: true,
            write_off_takes_vat: false,
            fetch_stops_days: None,
            spreads_income: false,
            financial_year_starts: 1,
            backup_days: Some(7),
            accounts: BookAccounts::default(),
            passwords: PasswordPolicy {
                cost: HashCost::FLOOR,
                characters_min: CHARACTERS_MIN,
                reset_minutes: 60,
                invitation_days: 14,
            },
            licences: LicenceLook::default(),
        }
    }
}

/// One setting, by the name it has in commands, JSON and the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    NoticeCountedFrom,
    NoticeDeadlineMoves,
    PriceNoticeDays,
    RenewalReminders,
    RenewalReminderDays,
    RenewalInvoiceDays,
    PaymentReminders,
    BankFileDays,
    RestWrittenOff,
    LateInterest,
    WriteOffTakesVat,
    FetchStopsDays,
    PrepaidIncome,
    FinancialYearStarts,
    BackupDays,
    PasswordMemory,
    PasswordPasses,
    PasswordLanes,
    PasswordCharacters,
    ResetMinutes,
    InvitationDays,
    LicenceMargin,
    LicenceEdge,
    LicenceText,
    LicenceGrey,
    LicenceScale,
    Account(BookAccount),
}

impl Setting {
    /// What is decided of passwords.
    pub const OF_PASSWORDS: [Setting; 6] = [
        Setting::PasswordMemory,
        Setting::PasswordPasses,
        Setting::PasswordLanes,
        Setting::PasswordCharacters,
        Setting::ResetMinutes,
        Setting::InvitationDays,
    ];

    const PLAIN: [Setting; 20] = [
        Setting::NoticeCountedFrom,
        Setting::NoticeDeadlineMoves,
        Setting::PriceNoticeDays,
        Setting::RenewalReminders,
        Setting::RenewalReminderDays,
        Setting::RenewalInvoiceDays,
        Setting::PaymentReminders,
        Setting::BankFileDays,
        Setting::RestWrittenOff,
        Setting::LateInterest,
        Setting::WriteOffTakesVat,
        Setting::FetchStopsDays,
        Setting::PrepaidIncome,
        Setting::FinancialYearStarts,
        Setting::BackupDays,
        Setting::LicenceMargin,
        Setting::LicenceEdge,
        Setting::LicenceText,
        Setting::LicenceGrey,
        Setting::LicenceScale,
    ];

    pub fn all() -> impl Iterator<Item = Setting> {
        let accounts = BookAccount::ALL.map(Setting::Account);
        Setting::PLAIN.into_iter().chain(Setting::OF_PASSWORDS).chain(accounts)
    }

    pub const fn as_str(self) -> &'static str {
        match self {
            Setting::NoticeCountedFrom => "notice_counted_from",
            Setting::NoticeDeadlineMoves => "notice_deadline_moves",
            Setting::PriceNoticeDays => "price_notice_days",
            Setting::RenewalReminders => "renewal_reminders",
            Setting::RenewalReminderDays => "renewal_reminder_days",
            Setting::RenewalInvoiceDays => "renewal_invoice_days",
            Setting::PaymentReminders => "payment_reminders",
            Setting::BankFileDays => "bank_file_days",
            Setting::RestWrittenOff => "rest_written_off",
            Setting::LateInterest => "late_interest",
            Setting::WriteOffTakesVat => "write_off_takes_vat",
            Setting::FetchStopsDays => "fetch_stops_days",
            Setting::PrepaidIncome => "prepaid_income",
            Setting::FinancialYearStarts => "financial_year_starts",
            Setting::BackupDays => "backup_days",
            Setting::PasswordMemory => "password_memory_mib",
            Setting::PasswordPasses => "password_passes",
            Setting::PasswordLanes => "password_lanes",
            Setting::PasswordCharacters => "password_characters_min",
            Setting::ResetMinutes => "reset_minutes",
            Setting::InvitationDays => "invitation_days",
            Setting::LicenceMargin => "licence_margin_mm",
            Setting::LicenceEdge => "licence_edge_mm",
            Setting::LicenceText => "licence_text_points",
            Setting::LicenceGrey => "licence_grey_percent",
            Setting::LicenceScale => "licence_scale_percent",
            Setting::Account(account) => account.setting(),
        }
    }

    /// Returns what the setting decides, in one line.
    pub const fn meaning(self) -> &'static str {
        match self {
            Setting::NoticeCountedFrom => "the months of notice are counted back from this day",
            Setting::NoticeDeadlineMoves => {
                "whether a last day for notice that is no working day moves to the next one"
            }
            Setting::PriceNoticeDays => {
                "days before the last day for notice by which a rise must be entered"
            }
            Setting::RenewalReminders => "customers are reminded before the last day for notice",
            Setting::RenewalReminderDays => "days before the last day for notice of the reminder",
            Setting::RenewalInvoiceDays => "days before the term that its invoice goes out",
            Setting::PaymentReminders => "customers are reminded of unpaid invoices",
            Setting::BankFileDays => {
                "banking days that the newest bank file may be old for customers to be reminded"
            }
            Setting::RestWrittenOff => {
                "what payments leave of an invoice is written off below this"
            }
            Setting::LateInterest => "late interest is charged by payment reminders",
            Setting::WriteOffTakesVat => "a write-off takes back the VAT in it",
            Setting::FetchStopsDays => {
                "days after the due date from which an unpaid invoice stops documents being fetched"
            }
            Setting::PrepaidIncome => "when the income of a term is booked",
            Setting::FinancialYearStarts => "month in which the financial year starts",
            Setting::BackupDays => "days after which `shopctl status` asks for a backup",
            Setting::PasswordMemory => "mebibytes of memory that hashing a password takes",
            Setting::PasswordPasses => "passes over that memory",
            Setting::PasswordLanes => "lanes of that memory",
            Setting::PasswordCharacters => "characters that a new password has at least",
            Setting::ResetMinutes => "minutes that the link to choose a new password is good",
            Setting::InvitationDays => "days that the link in an invitation is good",
            Setting::LicenceMargin => "millimetres beside header and footer of a licence's copies",
            Setting::LicenceEdge => "millimetres above the header and below the footer",
            Setting::LicenceText => "points that their letters are high",
            Setting::LicenceGrey => "how grey they are; 0 is black",
            Setting::LicenceScale => {
                "part of its size that a page may be scaled down to where it leaves them no room"
            }
            Setting::Account(account) => account.meaning(),
        }
    }

    /// Says whether it changes the last day for notice of what is running.
    pub const fn moves_deadlines(self) -> bool {
        matches!(self, Setting::NoticeCountedFrom | Setting::NoticeDeadlineMoves)
    }

    /// Returns the values that the setting can have, as people are told them.
    pub const fn choices(self) -> &'static str {
        match self {
            Setting::NoticeCountedFrom => "renewal_date or last_day",
            Setting::NoticeDeadlineMoves => "yes or no",
            Setting::RenewalReminders | Setting::PaymentReminders | Setting::LateInterest => {
                "on or off"
            }
            Setting::WriteOffTakesVat => "yes or no",
            Setting::BankFileDays => "0 to 30 days, or off",
            Setting::RestWrittenOff => "0 to 100 kronor",
            Setting::FetchStopsDays => "0 to 365 days, or off",
            Setting::PrepaidIncome => "at_once or monthly",
            Setting::FinancialYearStarts => "1 to 12",
            Setting::BackupDays => "1 to 90 days, or off",
            Setting::PasswordMemory => "46 to 1024 MiB",
            Setting::PasswordPasses => "1 to 10",
            Setting::PasswordLanes => "1 to 16",
            Setting::PasswordCharacters => "15 to 64 characters",
            Setting::ResetMinutes => "5 to 1440 minutes",
            Setting::InvitationDays => "1 to 60 days",
            Setting::LicenceMargin | Setting::LicenceEdge => "0 to 70 mm",
            Setting::LicenceText => "4 to 24 points, with one decimal",
            Setting::LicenceGrey => "0 to 78 percent",
            Setting::LicenceScale => "30 to 100 percent, or off",
            Setting::Account(_) => "4 to 6 digits",
            Setting::PriceNoticeDays | Setting::RenewalReminderDays => "0 to 180 days",
            Setting::RenewalInvoiceDays => "0 to 90 days",
        }
    }
}

impl fmt::Display for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Setting {
    type Err = String;

    fn from_str(text: &str) -> Result<Setting, String> {
        let wanted = text.replace('-', "_");
        Setting::all().find(|setting| setting.as_str() == wanted).ok_or_else(|| {
            match nearest(&wanted, Setting::all().map(Setting::as_str)) {
                Some(near) => format!("`{text}` is not a setting; did you mean `{near}`?"),
                None => format!("`{text}` is not a setting; `shopctl setting list` lists them"),
            }
        })
    }
}

impl ShopSettings {
    /// Returns the rule by which terms fall due.
    pub fn due_rule(&self) -> DueRule {
        DueRule { notice: self.notice, invoice_days: self.renewal_invoice_days }
    }

    /// Returns the day on which the term that begins on `start` falls due, or fell due: by the days
    /// chosen formerly if they led there before they were changed, and not before the change otherwise.
    pub fn falls_due_on(&self, start: NaiveDate, notice_months: u32) -> NaiveDate {
        let rule = self.due_rule();
        let due_on = rule.due_on(start, notice_months);
        let Some(FormerInvoiceDays { days, changed_on }) = self.former_invoice_days else {
            return due_on;
        };
        let formerly = DueRule { invoice_days: days, ..rule }.due_on(start, notice_months);
        if formerly <= changed_on { formerly } else { due_on.max(changed_on) }
    }

    /// Returns the value of one setting, as it is typed and stored.
    pub fn value(&self, setting: Setting) -> String {
        let either =
            |is_first, first: &str, second: &str| if is_first { first } else { second }.to_owned();
        match setting {
            Setting::NoticeCountedFrom => self.notice.counted_from.as_str().to_owned(),
            Setting::NoticeDeadlineMoves => either(self.notice.moves, "yes", "no"),
            Setting::RenewalReminders => either(self.reminds, "on", "off"),
            Setting::PriceNoticeDays => self.price_notice_days.to_string(),
            Setting::RenewalReminderDays => self.renewal_reminder_days.to_string(),
            Setting::RenewalInvoiceDays => self.renewal_invoice_days.to_string(),
            Setting::PaymentReminders => either(self.reminds_of_payment, "on", "off"),
            Setting::BankFileDays => number_or_off(self.bank_file_days),
            Setting::RestWrittenOff => self.rest_written_off.plain(),
            Setting::LateInterest => either(self.charges_interest, "on", "off"),
            Setting::WriteOffTakesVat => either(self.write_off_takes_vat, "yes", "no"),
            Setting::FetchStopsDays => number_or_off(self.fetch_stops_days),
            Setting::PrepaidIncome => either(self.spreads_income, "monthly", "at_once"),
            Setting::FinancialYearStarts => self.financial_year_starts.to_string(),
            Setting::BackupDays => number_or_off(self.backup_days),
            Setting::PasswordMemory => self.passwords.cost.memory_mib.to_string(),
            Setting::PasswordPasses => self.passwords.cost.passes.to_string(),
            Setting::PasswordLanes => self.passwords.cost.lanes.to_string(),
            Setting::PasswordCharacters => self.passwords.characters_min.to_string(),
            Setting::ResetMinutes => self.passwords.reset_minutes.to_string(),
            Setting::InvitationDays => self.passwords.invitation_days.to_string(),
            Setting::LicenceMargin => self.licences.margin_mm.to_string(),
            Setting::LicenceEdge => self.licences.edge_mm.to_string(),
            Setting::LicenceText => self.licences.text.to_string(),
            Setting::LicenceGrey => self.licences.grey_percent.to_string(),
            Setting::LicenceScale => number_or_off(self.licences.scale_percent),
            Setting::Account(account) => self.accounts.number(account).to_string(),
        }
    }

    /// Returns the settings with one of them set to what `text` says.
    pub fn with(mut self, setting: Setting, text: &str) -> Result<ShopSettings, String> {
        let refused =
            || format!("`{text}` is no value of `{setting}`, which is {}", setting.choices());
        let either = |first, second| match text {
            _ if text == first => Ok(true),
            _ if text == second => Ok(false),
            _ => Err(refused()),
        };
        let between = |least: u32, most: u32| {
            let number = text.parse().ok().filter(|number| (least..=most).contains(number));
            number.ok_or_else(refused)
        };
        let days =
            |max: u32| text.parse().ok().filter(|days: &u32| *days <= max).ok_or_else(refused);
        let days_or_off = |max| if text == "off" { Ok(None) } else { days(max).map(Some) };
        match setting {
            Setting::NoticeCountedFrom => {
                let wanted = text.replace('-', "_");
                let counted = CountedFrom::ALL.into_iter().find(|day| day.as_str() == wanted);
                self.notice.counted_from = counted.ok_or_else(refused)?;
            }
            Setting::NoticeDeadlineMoves => self.notice.moves = either("yes", "no")?,
            Setting::RenewalReminders => self.reminds = either("on", "off")?,
            Setting::PriceNoticeDays => self.price_notice_days = days(180)?,
            Setting::RenewalReminderDays => self.renewal_reminder_days = days(180)?,
            Setting::RenewalInvoiceDays => self.renewal_invoice_days = days(90)?,
            Setting::PaymentReminders => self.reminds_of_payment = either("on", "off")?,
            Setting::BankFileDays => self.bank_file_days = days_or_off(30)?,
            Setting::RestWrittenOff => {
                let rest = text.parse().ok().filter(|rest| *rest <= Money::from_ore(10000));
                self.rest_written_off = rest.ok_or_else(refused)?;
            }
            Setting::LateInterest => self.charges_interest = either("on", "off")?,
            Setting::WriteOffTakesVat => self.write_off_takes_vat = either("yes", "no")?,
            Setting::FetchStopsDays => self.fetch_stops_days = days_or_off(365)?,
            Setting::PrepaidIncome => {
                self.spreads_income = either("monthly", "at_once")?;
            }
            Setting::FinancialYearStarts => {
                let month = text.parse().ok().filter(|month| (1..=12).contains(month));
                self.financial_year_starts = month.ok_or_else(refused)?;
            }
            Setting::BackupDays => {
                self.backup_days = days_or_off(90)?;
                if self.backup_days == Some(0) {
                    return Err(refused());
                }
            }
            Setting::PasswordMemory => {
                self.passwords.cost.memory_mib = between(HashCost::FLOOR.memory_mib, 1024)?;
            }
            Setting::PasswordPasses => {
                self.passwords.cost.passes = between(HashCost::FLOOR.passes, 10)?;
            }
            Setting::PasswordLanes => {
                self.passwords.cost.lanes = between(HashCost::FLOOR.lanes, 16)?;
            }
            Setting::PasswordCharacters => {
                self.passwords.characters_min = between(CHARACTERS_MIN, 64)?;
            }
            Setting::ResetMinutes => self.passwords.reset_minutes = between(5, 1440)?,
            Setting::InvitationDays => self.passwords.invitation_days = between(1, 60)?,
            Setting::LicenceMargin => self.licences.margin_mm = between(0, 70)?,
            Setting::LicenceEdge => self.licences.edge_mm = between(0, 70)?,
            Setting::LicenceText => {
                self.licences.text = TextSize::read(text).ok_or_else(refused)?;
            }
            Setting::LicenceGrey => self.licences.grey_percent = between(0, 78)?,
            Setting::LicenceScale => {
                self.licences.scale_percent =
                    if text == "off" { None } else { Some(between(30, 100)?) };
            }
            Setting::Account(account) => {
                let number = text.parse().ok().filter(|number| (1000..=999_999).contains(number));
                self.accounts.set(account, number.ok_or_else(refused)?);
            }
        }
        Ok(self)
    }
}

fn number_or_off(days: Option<u32>) -> String {
    days.map_or_else(|| "off".to_owned(), |days| days.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::term::parse_date;

    #[test]
    fn a_change_of_the_days_ahead_moves_no_term_that_was_due() {
        let date = |text| parse_date(text).expect("a date");
        let cases = [
            // More days than before: what they bring forward falls due on the day of the change.
            (0, 14, "2027-03-01", "2027-03-01"),
            (0, 14, "2027-03-04", "2027-03-04"),
            (0, 14, "2027-03-10", "2027-03-04"),
            (0, 14, "2027-03-20", "2027-03-06"),
            // Fewer: what was due stays due.
            (14, 0, "2027-03-10", "2027-02-24"),
            (14, 0, "2027-03-18", "2027-03-04"),
            (14, 0, "2027-03-19", "2027-03-19"),
        ];
        for (days, renewal_invoice_days, start, due_on) in cases {
            let changed_on = date("2027-03-04");
            let former_invoice_days = Some(FormerInvoiceDays { days, changed_on });
            let settings = ShopSettings {
                renewal_invoice_days,
                former_invoice_days,
                ..ShopSettings::default()
            };
            assert_eq!(settings.falls_due_on(date(start), 1), date(due_on), "{days} {start}");
        }
    }

    #[test]
    fn every_setting_reads_back_what_it_shows() {
        let settings = ShopSettings::default();
        for setting in Setting::all() {
            assert_eq!(settings.with(setting, &settings.value(setting)), Ok(settings));
            assert_eq!(setting.as_str().parse(), Ok(setting));
            assert!(settings.with(setting, "maybe").is_err(), "{setting}");
        }
    }

    #[test]
    fn a_value_out_of_bounds_is_refused_with_what_there_is() {
        let refused = ShopSettings::default().with(Setting::RenewalInvoiceDays, "91");
        let words = "`91` is no value of `renewal_invoice_days`, which is 0 to 90 days";
        assert_eq!(refused, Err(words.to_owned()));
    }
}
