//! Letters: mails with facts of their own, which are frozen when they are queued.
//!
//! Everything in them is text as people read it, so that a template has nothing to compute and the
//! same letter can be written again years later: amounts in kronor, dates as ISO 8601.

use serde::{Deserialize, Serialize};

use super::announcement::AnnouncementId;
use super::mail::{Attachment, MailKind};
use super::notice::NoticeId;
use super::payment_reminder::ReminderId;
use super::seller::Seller;

/// A letter and its facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "letter", rename_all = "snake_case")]
pub enum Letter {
    RenewalReminder(RenewalReminder),
    NoticeConfirmation(Box<NoticeConfirmation>),
    NoticeWithdrawal(NoticeWithdrawal),
    BillingChange(BillingChange),
    SubscriptionTransfer(SubscriptionTransfer),
    PaymentReminder(Box<PaymentReminder>),
    LoginInvitation(LoginInvitation),
    PasswordReset(PasswordReset),
    PasswordChange(PasswordChange),
    LoginRename(LoginRename),
    Announcement(Announcement),
}

/// Who writes, as the letter names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Office {
    pub shop_name: String,
    pub office_email: String,
    pub web: String,
}

/// That a subscription renews itself unless notice is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenewalReminder {
    #[serde(flatten)]
    pub office: Office,
    /// The subscription's number.
    pub number: String,
    pub product: String,
    pub holder: String,
    pub renewal_date: String,
    /// The last day of the coming term.
    pub last_day: String,
    /// The last day on which notice is in time.
    pub deadline: String,
    /// For the whole term, excluding VAT, with its currency.
    pub price: String,
    pub invoice_email: String,
    pub reference: Option<String>,
}

/// That notice was received, and what follows from it; the document it carries says the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeConfirmation {
    #[serde(flatten)]
    pub office: Office,
    pub notice: NoticeId,
    /// The subscription's number.
    pub number: String,
    pub product: String,
    pub holder: String,
    pub org_number: String,
    pub entered_on: String,
    pub received_on: String,
    pub sent_on: Option<String>,
    pub given_by: Option<String>,
    /// `login`, `letter` or `email`; in writing where it is not known.
    pub channel: Option<String>,
    pub login: Option<String>,
    pub renewal_date: String,
    /// The last day on which notice was in time.
    pub deadline: String,
    pub notice_months: u32,
    /// The last day of the term, where the months are counted from that and not from the renewal date.
    pub counted_from_last_day: Option<String>,
    /// The day that counting gave, where it was no working day.
    pub moved_from: Option<String>,
    pub in_time: bool,
    /// Late, and taken as if it were in time.
    pub exception: bool,
    pub ends_on: String,
    /// The last day of access.
    pub last_day: String,
    /// The invoices of withdrawn terms.
    pub credits: Vec<NoticeCredit>,
}

/// An invoice that was credited because notice had been given for its term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeCredit {
    pub invoice: String,
    pub credit_note: String,
    /// Including VAT, with its currency.
    pub total: String,
    pub period_start: String,
    pub period_last_day: String,
}

/// That a notice was taken back and the subscription goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeWithdrawal {
    #[serde(flatten)]
    pub office: Office,
    /// The subscription's number.
    pub number: String,
    pub product: String,
    pub holder: String,
    /// When the notice was received that is no longer in force.
    pub received_on: String,
    pub withdrawn_on: String,
    pub renewal_date: String,
    /// The last day on which notice is in time for that renewal.
    pub deadline: String,
    /// The last day for notice has passed.
    pub deadline_passed: bool,
}

/// That invoice details were changed, to the address before and the address after (R10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillingChange {
    #[serde(flatten)]
    pub office: Office,
    pub holder: String,
    pub changes: Vec<ChangedDetail>,
    pub subscriptions: Vec<RebilledSubscription>,
    /// Whether orders to come use the new details too.
    pub new_orders: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedDetail {
    /// `invoice_email`, `address`, `reference`, `vat_number`, `deliver` or `participant`.
    pub detail: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RebilledSubscription {
    pub number: String,
    pub product: String,
    /// The renewal from which the new details are used, if one is coming.
    pub renewal_date: Option<String>,
}

/// That a subscription went over to another holder, to the address before and the address after (R10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubscriptionTransfer {
    #[serde(flatten)]
    pub office: Office,
    /// The subscription's number.
    pub number: String,
    pub product: String,
    /// The holder before.
    pub from: String,
    /// The holder now.
    pub to: String,
    pub invoice_email_before: String,
    pub invoice_email_now: String,
    pub reference_before: Option<String>,
    pub reference_now: Option<String>,
    /// The renewal that the new holder is invoiced for first, if one is coming.
    pub renewal_date: Option<String>,
}

/// That an invoice is not paid; the document it carries says the same.
///
/// What lowers the claim stands below zero, and what is nothing is absent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentReminder {
    #[serde(flatten)]
    pub office: Office,
    pub reminder: ReminderId,
    pub level: i64,
    /// The invoice's number.
    pub number: String,
    pub buyer: String,
    pub reference: Option<String>,
    pub issued_on: String,
    pub due_on: String,
    pub reminded_on: String,
    /// The last day to pay what is left.
    pub pay_by: String,
    /// What the office says at this level, in paragraphs.
    pub text: Vec<String>,
    /// What the invoice asked for, including VAT, with its currency.
    pub total: String,
    pub credited: Option<String>,
    /// What was paid of the invoice itself.
    pub paid: Option<String>,
    pub written_off: Option<String>,
    /// What is left of the invoice itself.
    pub capital: String,
    pub fees: Option<String>,
    pub compensation: Option<String>,
    /// Late interest through the day of the reminder.
    pub interest: Option<String>,
    /// How it came about, oldest first.
    pub interest_segments: Vec<InterestSegment>,
    /// What was paid of fees, compensation and interest.
    pub claims_paid: Option<String>,
    /// All that is left, with its currency.
    pub to_pay: String,
    /// The same for machines.
    pub to_pay_ore: i64,
    /// The day through which payments have been taken into account.
    pub payments_through: String,
    pub payee: String,
    pub ocr: String,
    pub bankgiro: Option<String>,
    pub plusgiro: Option<String>,
    pub iban: Option<String>,
    pub bic: Option<String>,
    /// That the invoice names an account no longer paid to, and which is; those above are then the
    /// ones of today.
    pub account_change: Option<String>,
}

/// Days on which the same capital bore interest at the same rate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InterestSegment {
    pub from: String,
    /// The last day, itself counted.
    pub to: String,
    pub days: i64,
    pub rate: String,
    pub capital: String,
    pub amount: String,
}

/// The invitation of a login to choose its password. The link is no fact: it is made with the message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoginInvitation {
    #[serde(flatten)]
    pub office: Office,
    pub holder: String,
    pub login: String,
    /// How long the link is good, counted from when the mail is sent.
    pub valid_days: String,
}

/// How to choose a new password. The link is no fact: it is made with the message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordReset {
    #[serde(flatten)]
    pub office: Office,
    pub login: String,
    /// Whether the office asked, and locked the old password.
    pub by_office: bool,
    /// The address before, where the office gave the login this one.
    pub former_login: Option<String>,
    /// Whether a password is good until another is chosen.
    pub has_password: bool,
    /// How long the link is good, counted from when the mail is sent.
    pub valid_minutes: String,
}

/// That a login chose its first password, or changed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordChange {
    #[serde(flatten)]
    pub office: Office,
    pub login: String,
    pub changed_on: String,
    pub is_first: bool,
}

/// That a login has another address now, to the address before and to the invoice e-mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoginRename {
    #[serde(flatten)]
    pub office: Office,
    pub holder: String,
    pub before: String,
    pub after: String,
    pub renamed_on: String,
}

/// Words of the office's own to many, as they read for one of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announcement {
    #[serde(flatten)]
    pub office: Office,
    pub announcement: AnnouncementId,
    pub subject: String,
    /// In paragraphs, which may be of several lines.
    pub text: Vec<String>,
}

impl Letter {
    pub fn kind(&self) -> MailKind {
        match self {
            Letter::RenewalReminder(_) => MailKind::RenewalReminder,
            Letter::NoticeConfirmation(_) => MailKind::NoticeConfirmation,
            Letter::NoticeWithdrawal(_) => MailKind::NoticeWithdrawal,
            Letter::BillingChange(_) => MailKind::BillingChange,
            Letter::SubscriptionTransfer(_) => MailKind::SubscriptionTransfer,
            Letter::PaymentReminder(_) => MailKind::PaymentReminder,
            Letter::LoginInvitation(_) => MailKind::LoginInvitation,
            Letter::PasswordReset(_) => MailKind::PasswordReset,
            Letter::PasswordChange(_) => MailKind::PasswordChange,
            Letter::LoginRename(_) => MailKind::LoginRename,
            Letter::Announcement(_) => MailKind::Announcement,
        }
    }

    pub fn office(&self) -> &Office {
        match self {
            Letter::RenewalReminder(facts) => &facts.office,
            Letter::NoticeConfirmation(facts) => &facts.office,
            Letter::NoticeWithdrawal(facts) => &facts.office,
            Letter::BillingChange(facts) => &facts.office,
            Letter::SubscriptionTransfer(facts) => &facts.office,
            Letter::PaymentReminder(facts) => &facts.office,
            Letter::LoginInvitation(facts) => &facts.office,
            Letter::PasswordReset(facts) => &facts.office,
            Letter::PasswordChange(facts) => &facts.office,
            Letter::LoginRename(facts) => &facts.office,
            Letter::Announcement(facts) => &facts.office,
        }
    }

    /// Returns the document that the letter carries, if it carries one.
    pub fn attachment(&self) -> Option<Attachment> {
        match self {
            Letter::NoticeConfirmation(facts) => Some(Attachment::Confirmation(facts.notice)),
            Letter::PaymentReminder(facts) => Some(Attachment::Reminder(facts.reminder)),
            Letter::RenewalReminder(_)
            | Letter::NoticeWithdrawal(_)
            | Letter::BillingChange(_)
            | Letter::SubscriptionTransfer(_)
            | Letter::LoginInvitation(_)
            | Letter::PasswordReset(_)
            | Letter::PasswordChange(_)
            | Letter::LoginRename(_)
            | Letter::Announcement(_) => None,
        }
    }

    /// Returns the announcement that the letter is one of.
    pub fn announcement(&self) -> Option<AnnouncementId> {
        match self {
            Letter::Announcement(facts) => Some(facts.announcement),
            _ => None,
        }
    }

    /// Returns how long the letter says that its link is good, in minutes.
    pub fn link_minutes(&self) -> Option<i64> {
        match self {
            Letter::LoginInvitation(facts) => {
                facts.valid_days.parse::<i64>().ok().map(|days| days * 24 * 60)
            }
            Letter::PasswordReset(facts) => facts.valid_minutes.parse().ok(),
            _ => None,
        }
    }

    /// Says whether the letter holds a link with a token, which is made with each message anew.
    pub fn carries_token(&self) -> bool {
        matches!(self, Letter::LoginInvitation(_) | Letter::PasswordReset(_))
    }
}

impl Office {
    pub fn of(seller: &Seller) -> Office {
        Office {
            shop_name: seller.shop_name.clone(),
            office_email: seller.office_email.to_string(),
            web: seller.web.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r4_an_announcement_carries_nothing() {
        let letter = Letter::Announcement(Announcement {
            office: Office {
                shop_name: "Avtalsbutiken".to_owned(),
                office_email: "kontoret@forening.example".to_owned(),
                web: "https://butik.forening.example".to_owned(),
            },
            announcement: AnnouncementId(1),
            subject: "AB 04: ny utgåva".to_owned(),
            text: vec!["Hej!".to_owned()],
        });
        assert_eq!(letter.attachment(), None);
        assert!(!letter.carries_token());
    }
}
