//! Undoing an operation: its events are taken back, newest first, as far as the law lets them be.
//!
//! Each kind of event has its reverse here, or none. A reverse is a change like any other: it goes
//! through the method that makes such changes, which checks that things still are as the operation
//! left them, and it is told by events of its own. An issued invoice has no reverse but a credit
//! note (R13).

mod product;
mod subscription;

use std::fmt;

use serde_json::{Map, Value as Json};

use super::account::profile_fields;
use super::driver::values;
use super::event::read_event;
use super::import::former_profile;
use super::login::has_asked_login;
use super::{DriverError, Event, Payload, StoreError, Tx};
use crate::domain::account::{AccountError, AccountId, Field, Profile};
use crate::domain::conditions::{Conditions, Wording};
use crate::domain::event::{EventKind, Noun, Subject};
use crate::domain::invoice::InvoiceId;
use crate::domain::mail::{Mail, MailId, MailStatus};
use crate::domain::payee::Payee;
use crate::domain::product::Sku;
use crate::domain::seller::{Seller, SellerField};
use crate::domain::setting::Setting;
use crate::domain::vat_number::VatNumberError;

/// How many events are read at a time.
const PAGE: i64 = 1000;

/// The kinds of events that nothing reverses and that tell what an operation was about where others
/// followed from them, the weightiest first.
const CAUSES: [EventKind; 8] = [
    EventKind::PaymentFileImported,
    EventKind::PaymentRecorded,
    EventKind::PaymentReversed,
    EventKind::PaymentUnmatched,
    EventKind::PaymentMatched,
    EventKind::AccountMerged,
    EventKind::OrderCancelled,
    EventKind::InvoiceReminded,
];

/// The kinds that are reversed, but not with what followed from them.
const HALF_CAUSES: [EventKind; 2] = [EventKind::NoticeGiven, EventKind::SubscriptionEnded];

/// What could not be taken back of an operation that was undone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Undone {
    /// Mails that had left the shop.
    pub beyond_recall: Vec<Mail>,
}

/// A document that an operation issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issued {
    pub number: i64,
    pub is_credit_note: bool,
    /// The subscription that a line of it is for.
    pub subscription: Option<i64>,
    /// It was issued because of a notice that can still be taken back.
    pub can_reinstate: bool,
    /// The term that it credits is free to be billed by the next renewal.
    pub frees_term: bool,
    /// The order that the operation placed.
    pub order: Option<i64>,
    /// The invoice that the operation issued anew.
    pub anew: Option<i64>,
}

/// Why an operation is not undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UndoRefusal {
    /// It was undone by another operation.
    Already { operation: i64, by: i64 },
    /// It issued an invoice or a credit note.
    Issued { operation: i64, issued: Issued },
    /// Something was changed since, or built on it.
    BuiltUpon(String),
    /// Something was billed by the price or the rate that it set.
    Billed { words: String, priced: Priced },
    /// Nothing reverses this event.
    NoReverse {
        event: Box<Event>,
        /// How many of its kind the operation has.
        count: i64,
    },
    /// What it changed was erased with somebody's personal data.
    Erased { operation: i64 },
}

/// By what something was billed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Priced {
    Price(Sku),
    Vat(Sku),
    /// The price agreed for the subscription of this number.
    Agreed(i64),
}

impl fmt::Display for UndoRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            UndoRefusal::Already { operation, by } => {
                write!(f, "operation {operation} was undone by operation {by}")
            }
            UndoRefusal::Issued { operation, issued } => write!(
                f,
                "operation {operation} issued {} {}, and what is issued is never taken back",
                if issued.is_credit_note { "credit note" } else { "invoice" },
                issued.number
            ),
            UndoRefusal::BuiltUpon(words) | UndoRefusal::Billed { words, .. } => f.write_str(words),
            UndoRefusal::NoReverse { event, .. } => {
                let (operation, kind) = (event.operation, event.kind);
                write!(f, "operation {operation} cannot be undone: nothing reverses `{kind}`")
            }
            UndoRefusal::Erased { operation } => write!(
                f,
                "operation {operation} cannot be undone: what it changed was erased with personal data"
            ),
        }
    }
}

/// Returns why what an event kept cannot be put back.
pub(super) fn unreadable(error: AccountError) -> StoreError {
    match error {
        AccountError::VatNumber(VatNumberError::Masked) => built_upon(error.to_string()),
        error => DriverError::Corrupt(error.to_string()).into(),
    }
}

impl From<UndoRefusal> for StoreError {
    fn from(refusal: UndoRefusal) -> StoreError {
        StoreError::Undo(refusal)
    }
}

impl Tx<'_> {
    /// Takes back what an operation did; all of it or nothing.
    ///
    /// Mails it queued and that still wait are held. Errors when it issued an invoice, when it was
    /// undone before, when something was changed since or built on it.
    pub fn undo_operation(&self, operation: i64) -> Result<Undone, StoreError> {
        self.operation_head(operation)?;
        self.refuse_undone(operation)?;
        self.refuse_issued(operation)?;
        let mut undone = Undone::default();
        if let Some(import) = self.import_of(operation)? {
            self.undo_import(&import)?;
        } else if let Some(cause) = self.first_of(&CAUSES, operation)? {
            return Err(self.no_reverse(cause)?);
        } else {
            self.reverse_events(operation, &mut undone)?;
        }
        self.record(
            EventKind::OperationUndone,
            subject(operation),
            &operation.to_string(),
            Json::Null,
            Json::Null,
        )?;
        Ok(undone)
    }

    fn refuse_undone(&self, operation: i64) -> Result<(), StoreError> {
        let by = self.find(
            "SELECT operation_id FROM event
             WHERE noun = 'operation' AND subject_id = $1 AND kind = 'operation_undone'",
            values![operation],
            |row| row.get(0),
        )?;
        match by {
            Some(by) => Err(UndoRefusal::Already { operation, by }.into()),
            None => Ok(()),
        }
    }

    fn refuse_issued(&self, operation: i64) -> Result<(), StoreError> {
        let issued = self.find(
            "SELECT i.number, i.kind, s.number,
                 CASE WHEN s.ends_on > $2 AND EXISTS (SELECT 1 FROM event n
                     WHERE n.operation_id = $1 AND n.kind = 'notice_given') THEN 1 ELSE 0 END,
                 CASE WHEN coalesce(s.ends_on > $2, 1 = 1) AND EXISTS (SELECT 1 FROM event w
                     WHERE w.operation_id = $1 AND w.kind = 'term_withdrawn') THEN 1 ELSE 0 END,
                 (SELECT min(o.number) FROM event p JOIN orders o ON o.id = p.subject_id
                     WHERE p.operation_id = $1 AND p.kind = 'order_placed'),
                 (SELECT min(r.number) FROM event p JOIN invoice r ON r.id = p.subject_id
                     WHERE p.operation_id = $1 AND p.kind = 'invoice_issued'
                         AND r.reissues_id IS NOT NULL)
             FROM event e
             JOIN invoice i ON i.id = e.subject_id
             LEFT JOIN invoice_line l ON l.invoice_id = i.id
             LEFT JOIN subscription s ON s.id = l.subscription_id
             WHERE e.operation_id = $1 AND e.noun = 'invoice' AND e.kind = 'invoice_issued'
             ORDER BY e.seq, s.number LIMIT 1",
            values![operation, self.today()],
            |row| {
                Ok(Issued {
                    number: row.get(0)?,
                    is_credit_note: row.get::<String>(1)? == "credit_note",
                    subscription: row.get(2)?,
                    can_reinstate: row.get(3)?,
                    frees_term: row.get(4)?,
                    order: row.get(5)?,
                    anew: row.get(6)?,
                })
            },
        )?;
        match issued {
            Some(issued) => Err(UndoRefusal::Issued { operation, issued }.into()),
            None => Ok(()),
        }
    }

    fn reverse_events(&self, operation: i64, undone: &mut Undone) -> Result<(), StoreError> {
        let mut before = i64::MAX;
        loop {
            let page = self.rows(
                "SELECT e.seq, e.operation_id, e.kind, e.noun, e.subject_id, p.payload
                 FROM event e JOIN event_payload p ON p.seq = e.seq
                 WHERE e.operation_id = $1 AND e.seq < $2 AND e.kind <> 'operation_begun'
                 ORDER BY e.seq DESC LIMIT $3",
                values![operation, before, PAGE],
                read_event,
            )?;
            let Some(oldest) = page.last() else { return Ok(()) };
            before = oldest.seq;
            for event in &page {
                let Some(payload) = &event.payload else {
                    return Err(UndoRefusal::Erased { operation }.into());
                };
                undone.beyond_recall.extend(self.take_back(event, payload)?);
            }
        }
    }

    /// Takes back one event; returns the mail that is beyond recall, if it is one.
    fn take_back(&self, event: &Event, payload: &Payload) -> Result<Option<Mail>, StoreError> {
        match event.kind {
            EventKind::MailQueued => return self.recall_mail(MailId(event.subject.id)),
            EventKind::MailHeld => self.let_mail_go(MailId(event.subject.id))?,
            EventKind::AccountCreated
            | EventKind::AccountEdited
            | EventKind::AccountClosed
            | EventKind::AccountReopened
            | EventKind::MembershipChanged => self.reverse_account(event, payload)?,
            EventKind::ProductEdited
            | EventKind::ProductRetired
            | EventKind::PriceSet
            | EventKind::VatSet => self.reverse_product(event, payload)?,
            EventKind::BillingChanged => self.reverse_billing(event, payload)?,
            EventKind::InvoiceDelivered => {
                let invoice = self.invoice_by_id(InvoiceId(event.subject.id))?;
                self.take_back_delivery(&invoice)?;
            }
            // Its mails are recalled one by one; that it was made stays, and the same again is the same.
            EventKind::AnnouncementMade => {}
            EventKind::OrderShipped => self.reverse_shipment(payload)?,
            EventKind::SettingChanged => self.reverse_setting(payload)?,
            EventKind::SellerChanged => self.reverse_seller(payload)?,
            EventKind::ConditionsAdopted => self.reverse_conditions(event, payload)?,
            EventKind::PriceAgreed
            | EventKind::NoticeGiven
            | EventKind::NoticeWithdrawn
            | EventKind::SubscriptionEnded => self.reverse_subscription(event, payload)?,
            // They follow from what is reversed, and are brought up to it again.
            EventKind::LicenceEditionMade | EventKind::LicenceEditionVoided => {}
            _ => {
                let cause = self.first_of(&HALF_CAUSES, event.operation)?;
                return Err(self.no_reverse(cause.unwrap_or_else(|| event.clone()))?);
            }
        }
        Ok(None)
    }

    /// Returns the first event of the first of some kinds that an operation has, if it is not erased.
    fn first_of(&self, kinds: &[EventKind], operation: i64) -> Result<Option<Event>, StoreError> {
        for kind in kinds {
            let cause = self.find(
                "SELECT e.seq, e.operation_id, e.kind, e.noun, e.subject_id, p.payload
                 FROM event e JOIN event_payload p ON p.seq = e.seq
                 WHERE e.operation_id = $1 AND e.kind = $2 AND p.payload IS NOT NULL
                 ORDER BY e.seq LIMIT 1",
                values![operation, *kind.as_str()],
                read_event,
            )?;
            if cause.is_some() {
                return Ok(cause);
            }
        }
        Ok(None)
    }

    /// Returns the refusal of an operation for an event that nothing reverses.
    fn no_reverse(&self, event: Event) -> Result<StoreError, StoreError> {
        let count = self.integer(
            "SELECT count(*) FROM event WHERE operation_id = $1 AND kind = $2",
            values![event.operation, *event.kind.as_str()],
        )?;
        Ok(UndoRefusal::NoReverse { event: Box::new(event), count }.into())
    }

    fn recall_mail(&self, id: MailId) -> Result<Option<Mail>, StoreError> {
        let mail = self.mail(id)?;
        match mail.status {
            MailStatus::Waiting => {
                self.hold_mail(&mail, Some("what called for it was undone"))?;
                Ok(None)
            }
            MailStatus::Claimed | MailStatus::Sent | MailStatus::Bounced => Ok(Some(mail)),
            MailStatus::Failed | MailStatus::Held => Ok(None),
        }
    }

    /// Puts a mail back in the queue that the operation held, if it is held still.
    fn let_mail_go(&self, id: MailId) -> Result<(), StoreError> {
        let mail = self.mail(id)?;
        match mail.status {
            MailStatus::Held => self.requeue_mail(&mail),
            _ => Ok(()),
        }
    }

    fn reverse_account(&self, event: &Event, payload: &Payload) -> Result<(), StoreError> {
        let account = self.account_by_id(AccountId(event.subject.id))?;
        let number = account.org_number.masked();
        match event.kind {
            EventKind::AccountCreated => {
                self.refuse_used_since(event, &number)?;
                self.remove_account(&account)
            }
            EventKind::AccountEdited => {
                refuse_edited_since(&account.profile, payload, &number)?;
                let former = former_profile(&account, &payload.before, &payload.after)?;
                self.refuse_rebilling(&account, &former)?;
                self.edit_account(&account, &former).map(|_| ())
            }
            EventKind::AccountClosed => self.reopen_account(&account),
            EventKind::AccountReopened => match self.open_business(&account)?.as_slice() {
                [] => self.close_account(&account),
                business => Err(built_upon(format!(
                    "account {number} cannot be closed again: {}",
                    business.join("; ")
                ))),
            },
            _ => self.reverse_membership(&account, payload),
        }
    }

    /// Errors when an account made by `event` has been used or changed by another operation.
    fn refuse_used_since(&self, event: &Event, number: &str) -> Result<(), StoreError> {
        let used = self.integer(
            "SELECT count(*) FROM event
             WHERE noun = 'account' AND subject_id = $1 AND seq > $2 AND operation_id <> $3",
            values![event.subject.id, event.seq, event.operation],
        )? + self.integer(
            "SELECT count(*) FROM orders WHERE account_id = $1",
            values![event.subject.id],
        )? + self.integer(
            concat!(
                "SELECT count(*) FROM account WHERE id = $1 AND ",
                has_asked_login!("account.id")
            ),
            values![event.subject.id],
        )?;
        match used {
            0 => Ok(()),
            _ => Err(built_upon(format!(
                "account {number} was changed, has orders or was asked to choose a password since"
            ))),
        }
    }

    /// Takes back that a parcel was posted, which its slip may have been printed for.
    fn reverse_shipment(&self, payload: &Payload) -> Result<(), StoreError> {
        let (Ok(number), Some(parcel)) = (payload.about.parse(), integer(&payload.after, "parcel"))
        else {
            return Err(DriverError::Corrupt("a parcel of no order".to_owned()).into());
        };
        self.take_back_shipment(&self.order(number)?, parcel)
    }

    fn reverse_setting(&self, payload: &Payload) -> Result<(), StoreError> {
        let setting: Setting = payload.about.parse().map_err(DriverError::Corrupt)?;
        let settings = self.shop_settings()?;
        if settings.value(setting) != text(&payload.after, "value") {
            return Err(built_upon(format!("`{setting}` was set since")));
        }
        self.choose(setting, text(&payload.before, "value")).map(|_| ())
    }

    /// Makes the former texts a version of their own: what was ordered meanwhile keeps the one it had.
    fn reverse_conditions(&self, event: &Event, payload: &Payload) -> Result<(), StoreError> {
        let (Some(_), Some(version)) =
            (integer(&payload.before, "version"), integer(&payload.after, "version"))
        else {
            return Err(self.no_reverse(event.clone())?);
        };
        let current = self.conditions()?;
        if current.version != version {
            return Err(built_upon("the conditions were edited since".to_owned()));
        }
        let former = |key: &str, now: String| match payload.before.get(key).and_then(Json::as_str) {
            Some(text) => text.to_owned(),
            None => now,
        };
        let Conditions { subscription, printed, .. } = current;
        self.change_conditions(
            Wording {
                sv: former("subscription_sv", subscription.sv),
                en: former("subscription_en", subscription.en),
            },
            Wording { sv: former("printed_sv", printed.sv), en: former("printed_en", printed.en) },
        )
        .map(drop)
    }

    fn reverse_seller(&self, payload: &Payload) -> Result<(), StoreError> {
        let (_, seller) = self.seller()?;
        let as_left = |field: &SellerField| {
            let key = field.as_str();
            !payload.before.contains_key(key) && !payload.after.contains_key(key)
                || seller.field(*field) == text(&payload.after, key)
        };
        let touches_logo =
            payload.after.contains_key("logo_sha256") || payload.before.contains_key("logo_sha256");
        if touches_logo || !SellerField::ALL.iter().all(as_left) {
            return Err(built_upon(
                "the seller's details were edited since, or its logo was".to_owned(),
            ));
        }
        let former = Seller::from_fields(
            |field| {
                let key = field.as_str();
                let is_touched =
                    payload.before.contains_key(key) || payload.after.contains_key(key);
                if is_touched { text(&payload.before, key).to_owned() } else { seller.field(field) }
            },
            seller.logo.clone(),
        );
        let former = former.map_err(|error| built_upon(error.to_string()))?;
        let withdrawn = self.withdrawn_payees()?;
        if let Some(payee) =
            Payee::of_seller(&former).into_iter().find(|payee| withdrawn.contains(payee))
        {
            return Err(built_upon(format!(
                "{payee} was withdrawn since, and customers are told not to pay to it"
            )));
        }
        self.change_seller(&former).map(|_| ())
    }
}

fn subject(operation: i64) -> Subject {
    Subject { noun: Noun::Operation, id: operation }
}

pub(super) fn built_upon(words: String) -> StoreError {
    UndoRefusal::BuiltUpon(words).into()
}

fn refuse_billed(invoices: &[i64], what: &str, priced: Priced) -> Result<(), StoreError> {
    match invoices.first() {
        Some(number) => {
            let words = format!("{what} was billed by invoice {number}");
            Err(UndoRefusal::Billed { words, priced }.into())
        }
        None => Ok(()),
    }
}

/// Errors when a field that the event changed is no longer as it left it.
pub(super) fn refuse_edited_since(
    profile: &Profile,
    payload: &Payload,
    number: &str,
) -> Result<(), StoreError> {
    let is_touched = |field: &Field| {
        payload.before.contains_key(field.as_str()) || payload.after.contains_key(field.as_str())
    };
    let fields = profile_fields(profile);
    let edited = Field::ALL
        .into_iter()
        .chain(Field::DELIVERY)
        .filter(is_touched)
        .find(|field| text(&fields, field.as_str()) != text(&payload.after, field.as_str()));
    match edited {
        Some(field) => {
            Err(built_upon(format!("the {} of account {number} was edited since", field.as_str())))
        }
        None => Ok(()),
    }
}

pub(super) fn text<'a>(map: &'a Map<String, Json>, key: &str) -> &'a str {
    map.get(key).and_then(Json::as_str).unwrap_or_default()
}

fn integer(map: &Map<String, Json>, key: &str) -> Option<i64> {
    map.get(key).and_then(Json::as_i64)
}
