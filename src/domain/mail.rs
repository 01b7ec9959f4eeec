//! Mails: what the outbox holds, and when it is tried again.

use std::fmt;
use std::str::FromStr;

use super::account::{Account, AccountId};
use super::email::Email;
use super::invoice::{Invoice, InvoiceId};
use super::language::Language;
use super::letter::Letter;
use super::notice::NoticeId;
use super::participant::Deliver;
use super::payment_reminder::ReminderId;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MailId(pub i64);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MailKind {
    /// The invoice of an order, which is the order's confirmation too.
    OrderInvoice,
    /// The invoice of a renewed term.
    RenewalInvoice,
    /// An invoice that was issued anew in the place of another.
    ReissuedInvoice,
    /// The credit note of an invoice.
    CreditNote,
    /// An invoice or a credit note sent once more.
    InvoiceCopy,
    /// The reminder that a subscription renews itself unless notice is given.
    RenewalReminder,
    /// The confirmation of a notice, with its document.
    NoticeConfirmation,
    /// The confirmation that a notice was taken back.
    NoticeWithdrawal,
    /// That the invoice details of an account or a subscription were changed.
    BillingChange,
    /// That a subscription went over to another holder.
    SubscriptionTransfer,
    /// The reminder of an unpaid invoice, with its document.
    PaymentReminder,
    /// The first invitation of a login to choose its password.
    LoginInvitation,
    /// How to choose a new password in the place of a forgotten one.
    PasswordReset,
    /// That the password of a login was changed.
    PasswordChange,
    /// That a login has another address now.
    LoginRename,
    /// Words of the office's own to many, such as that an agreement has a new edition.
    Announcement,
}

impl MailKind {
    const ALL: [MailKind; 16] = [
        MailKind::OrderInvoice,
        MailKind::RenewalInvoice,
        MailKind::ReissuedInvoice,
        MailKind::CreditNote,
        MailKind::InvoiceCopy,
        MailKind::RenewalReminder,
        MailKind::NoticeConfirmation,
        MailKind::NoticeWithdrawal,
        MailKind::BillingChange,
        MailKind::SubscriptionTransfer,
        MailKind::PaymentReminder,
        MailKind::LoginInvitation,
        MailKind::PasswordReset,
        MailKind::PasswordChange,
        MailKind::LoginRename,
        MailKind::Announcement,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            MailKind::OrderInvoice => "order_invoice",
            MailKind::RenewalInvoice => "renewal_invoice",
            MailKind::ReissuedInvoice => "reissued_invoice",
            MailKind::CreditNote => "credit_note",
            MailKind::InvoiceCopy => "invoice_copy",
            MailKind::RenewalReminder => "renewal_reminder",
            MailKind::NoticeConfirmation => "notice_confirmation",
            MailKind::NoticeWithdrawal => "notice_withdrawal",
            MailKind::BillingChange => "billing_change",
            MailKind::SubscriptionTransfer => "subscription_transfer",
            MailKind::PaymentReminder => "payment_reminder",
            MailKind::LoginInvitation => "login_invitation",
            MailKind::PasswordReset => "password_reset",
            MailKind::PasswordChange => "password_change",
            MailKind::LoginRename => "login_rename",
            MailKind::Announcement => "announcement",
        }
    }
}

impl fmt::Display for MailKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.as_str().replace('_', " "))
    }
}

impl FromStr for MailKind {
    type Err = String;

    fn from_str(text: &str) -> Result<MailKind, String> {
        let wanted = text.replace(['-', ' '], "_");
        MailKind::ALL.into_iter().find(|kind| kind.as_str() == wanted).ok_or_else(|| {
            let words: Vec<&str> = MailKind::ALL.iter().map(|kind| kind.as_str()).collect();
            format!("`{text}` is not a kind of mail; there are {}", words.join(", "))
        })
    }
}

/// Why a restore holds a mail, as the mail says it.
pub const HELD_BY_RESTORE: &str = "held by a restore: it may have been sent since the backup";

/// What a mail is about: all that its text and its attachment depend on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// An issued invoice or credit note, which is frozen by itself.
    Invoice(InvoiceId),
    /// A letter to an account, its facts frozen when it was queued.
    Letter { account_id: AccountId, letter: Box<Letter> },
}

/// What a mail can carry. R4: there is no case for an agreement, and there shall be none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attachment {
    /// The document of an invoice or of a credit note.
    Invoice(InvoiceId),
    Confirmation(NoticeId),
    Reminder(ReminderId),
}

impl Content {
    pub fn attachment(&self) -> Option<Attachment> {
        match self {
            Content::Invoice(id) => Some(Attachment::Invoice(*id)),
            Content::Letter { letter, .. } => letter.attachment(),
        }
    }

    /// Says whether the message carries a token, which is made when it is claimed and never kept.
    pub fn carries_token(&self) -> bool {
        matches!(self, Content::Letter { letter, .. } if letter.carries_token())
    }
}

/// A mail to be queued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMail {
    pub kind: MailKind,
    /// What called for it: at most one mail goes out per kind, cause and recipient.
    pub cause: String,
    pub recipient: Email,
    pub language: Language,
    pub content: Content,
}

impl NewMail {
    /// Returns the mail that brings an invoice, in the invoice's language.
    pub fn of_invoice(
        kind: MailKind,
        cause: String,
        invoice: &Invoice,
        recipient: Email,
    ) -> NewMail {
        NewMail {
            kind,
            cause,
            recipient,
            language: invoice.draft.language,
            content: Content::Invoice(invoice.id),
        }
    }

    /// Returns the first mail about an invoice, to the address the invoice itself names; none of one
    /// that goes out as an e-invoice.
    pub fn first_of_invoice(kind: MailKind, invoice: &Invoice) -> Option<NewMail> {
        let recipient = invoice.draft.buyer.invoice_email.clone();
        let cause = format!("invoice {}", invoice.number);
        let is_mailed = invoice.draft.buyer.deliver == Deliver::Email;
        is_mailed.then(|| NewMail::of_invoice(kind, cause, invoice, recipient))
    }

    /// Returns the mail that brings a credit note, to `recipient`: where the customer's invoices go
    /// now, which may have changed since the credited one was issued; none of one that goes out as an
    /// e-invoice, as the credited one did.
    pub fn of_credit_note(note: &Invoice, recipient: Email) -> Option<NewMail> {
        let cause = format!("invoice {}", note.number);
        let is_mailed = note.draft.buyer.deliver == Deliver::Email;
        is_mailed.then(|| NewMail::of_invoice(MailKind::CreditNote, cause, note, recipient))
    }

    /// Returns a letter to `recipient`, in the account's language.
    pub fn of_letter(
        letter: Letter,
        cause: String,
        account: &Account,
        recipient: Email,
    ) -> NewMail {
        NewMail {
            kind: letter.kind(),
            cause,
            recipient,
            language: account.profile.language,
            content: Content::Letter { account_id: account.id, letter: Box::new(letter) },
        }
    }
}

/// A row of the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    pub id: MailId,
    pub kind: MailKind,
    pub recipient: Email,
    pub language: Language,
    pub content: Content,
    pub message_id: String,
    pub status: MailStatus,
    pub attempts: i64,
    pub queued_at: String,
    /// When it is tried next; there while it waits.
    pub due_at: Option<String>,
    pub sent_at: Option<String>,
    /// Where it went: `smtp`, or `folder`, which reaches nobody.
    pub transport: Option<String>,
    /// The last words of the server, or the operator's reason.
    pub detail: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailStatus {
    Waiting,
    Claimed,
    Sent,
    Failed,
    Held,
    Bounced,
}

impl MailStatus {
    pub const ALL: [MailStatus; 6] = [
        MailStatus::Waiting,
        MailStatus::Claimed,
        MailStatus::Sent,
        MailStatus::Failed,
        MailStatus::Held,
        MailStatus::Bounced,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            MailStatus::Waiting => "waiting",
            MailStatus::Claimed => "claimed",
            MailStatus::Sent => "sent",
            MailStatus::Failed => "failed",
            MailStatus::Held => "held",
            MailStatus::Bounced => "bounced",
        }
    }
}

impl fmt::Display for MailStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for MailStatus {
    type Err = String;

    fn from_str(text: &str) -> Result<MailStatus, String> {
        MailStatus::ALL.into_iter().find(|status| status.as_str() == text).ok_or_else(|| {
            let words: Vec<&str> = MailStatus::ALL.iter().map(|status| status.as_str()).collect();
            format!("`{text}` is not a status; a mail is {}", words.join(", "))
        })
    }
}

/// Minutes from a temporary failure to the next attempt; after the last of them the mail has failed.
///
/// Together five days, as long as mail servers themselves usually go on trying.
const WAITS_MINUTES: [i64; 10] = [1, 5, 15, 60, 180, 360, 720, 1440, 1440, 2880];

/// Returns the minutes to wait after the given number of failed attempts, or `None` to give up.
pub fn wait_minutes(attempts: i64) -> Option<i64> {
    usize::try_from(attempts - 1).ok().and_then(|index| WAITS_MINUTES.get(index)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Without a wildcard on purpose: whoever gives mails another attachment reads R4 here first.
    #[test]
    fn r4_a_mail_carries_an_invoice_a_confirmation_or_a_reminder_and_never_an_agreement() {
        let name = |attachment| match attachment {
            Attachment::Invoice(InvoiceId(_)) => "an invoice or a credit note",
            Attachment::Confirmation(NoticeId(_)) => "a confirmation of notice",
            Attachment::Reminder(ReminderId(_)) => "a payment reminder",
        };
        assert_eq!(name(Attachment::Invoice(InvoiceId(1))), "an invoice or a credit note");
        assert_eq!(name(Attachment::Confirmation(NoticeId(1))), "a confirmation of notice");
        assert_eq!(name(Attachment::Reminder(ReminderId(1))), "a payment reminder");
    }

    #[test]
    fn waits_grow_and_come_to_an_end() {
        let waits: Vec<i64> = (1..).map_while(wait_minutes).collect();
        assert!(waits.is_sorted());
        assert_eq!(waits.len(), 10);
        assert_eq!(wait_minutes(0), None);
    }
}
