//! What puts right what no undoing reverses.

use serde_json::{Map, Value as Json};

use crate::domain::event::EventKind;
use crate::domain::org_number::OrgNumber;
use crate::domain::text::shell_word;
use crate::store::{Event, Priced};

/// Returns the hint for an event that nothing reverses: the command that puts it right, if one does.
pub fn remedy(event: &Event) -> String {
    command(event).unwrap_or_else(|| {
        let operation = event.operation;
        format!("`shopctl audit show {operation}` shows all it did")
    })
}

fn command(event: &Event) -> Option<String> {
    let payload = event.payload.as_ref()?;
    let (about, before) = (&payload.about, &payload.before);
    match event.kind {
        EventKind::SubscriptionTransferred => {
            let number = payload.after.get("subscription")?;
            let to = org_number(about);
            Some(format!("`shopctl subscription transfer {number} --to {to}` transfers it back"))
        }
        EventKind::AccountRenumbered => {
            let (new, old) = (org_number(about), org_number(text(before, "org_number")));
            Some(format!(
                "`shopctl account renumber {new} {old} --reason TEXT` gives it its former number"
            ))
        }
        EventKind::AccountNoted => {
            let org = org_number(about);
            Some(format!("`shopctl account note {org} TEXT` adds a note that puts it right"))
        }
        EventKind::ProductCreated => {
            Some(format!("`shopctl product retire {about}` takes it out of sale"))
        }
        EventKind::StaffAdded => {
            Some(format!("`shopctl staff remove {}` takes it back", shell_word(about)))
        }
        EventKind::StaffEdited => {
            let given = format!("{}{}", role(before), billing(before, " --withdraw billing"));
            Some(format!("`shopctl staff edit {}{given}` takes it back", shell_word(about)))
        }
        EventKind::StaffRemoved => {
            let given = format!("{}{}", role(before), billing(before, ""));
            Some(format!("`shopctl staff add {}{given}` takes it back", shell_word(about)))
        }
        EventKind::OrderCancelled => {
            Some("`shopctl order create` places it anew, with an invoice of its own".to_owned())
        }
        EventKind::PaymentRecorded => {
            Some(format!("`shopctl payment reverse {about} --reason TEXT` takes it back"))
        }
        EventKind::PaymentFileImported => {
            let file = event.subject.id;
            Some(format!(
                "`shopctl payment list --file {file}` shows its payments, and `shopctl payment reverse \
                 PAYMENT --reason TEXT` takes one back"
            ))
        }
        EventKind::PaymentReversed => Some("`shopctl payment record` records it anew".to_owned()),
        EventKind::PaymentRefunded => Some(format!(
            "`shopctl payment refund {about} --take-back --reason TEXT` takes it back"
        )),
        EventKind::PaymentMatched | EventKind::PaymentOffset => {
            Some(format!("`shopctl payment unmatch {about} --reason TEXT` takes it back"))
        }
        EventKind::PaymentUnmatched => {
            let Some(invoice) = payload.after.get("invoice") else {
                return Some(format!("`shopctl payment match {about}` matches it anew"));
            };
            Some(format!("`shopctl payment match {about} {invoice}` settles it again"))
        }
        EventKind::ReminderLevelSet => {
            Some(format!("`shopctl seller level set {about}` sets it as it was"))
        }
        EventKind::InvoiceHeld => {
            Some(format!("`shopctl invoice release {about} --reason TEXT` takes it back"))
        }
        EventKind::AccountHeld => {
            let org = org_number(about);
            Some(format!("`shopctl account release {org} --reason TEXT` takes it back"))
        }
        EventKind::AccountReleased => {
            let org = org_number(about);
            Some(format!("`shopctl account hold {org} --reason TEXT` holds it again"))
        }
        EventKind::InvoiceWrittenOff | EventKind::RestRoundedOff => {
            Some(format!("`shopctl invoice write-off {about} --undo --reason TEXT` takes it back"))
        }
        EventKind::WriteOffReversed => {
            Some(format!("`shopctl invoice write-off {about} --reason TEXT` writes it off again"))
        }
        EventKind::RateAdded => {
            Some(format!("`shopctl seller rate add {about} --rate P --source TEXT` enters another"))
        }
        EventKind::InvoiceReleased => {
            Some(format!("`shopctl invoice hold {about} --reason TEXT` holds it again"))
        }
        EventKind::InvoiceReminded => Some(format!(
            "`shopctl invoice hold {about} --reason TEXT` keeps further reminders back, and \
             `shopctl invoice credit {about} --reason TEXT` takes back what was wrong"
        )),
        EventKind::ReminderFeeCharged
        | EventKind::CompensationCharged
        | EventKind::InterestCharged => Some(format!(
            "`shopctl invoice write-off {about} --reason TEXT` gives up what is left of the invoice"
        )),
        EventKind::BooksLocked => {
            let day = before.get("locked_through").and_then(Json::as_str).unwrap_or("DATE");
            Some(format!("`shopctl seller lock-books {day} --reason TEXT` opens the days again"))
        }
        EventKind::BooksExported => {
            Some("`shopctl export list` shows it; what it held stays exported".to_owned())
        }
        EventKind::AccountMerged => Some(
            "`shopctl subscription transfer NUMBER --to ORG` moves a subscription on to another account".to_owned(),
        ),
        // What an operation does besides, what comes of itself, and what issues a document, which is
        // refused before: `audit show` tells more than any one command.
        EventKind::OperationBegun
        | EventKind::ShopCreated
        | EventKind::SeriesSet
        | EventKind::ConditionsAdopted
        | EventKind::AccountRemoved
        | EventKind::LoginAdded
        | EventKind::LoginRemoved
        | EventKind::ImportBegun
        | EventKind::ImportFinished
        | EventKind::ImportUndone
        | EventKind::OrderPlaced
        | EventKind::SubscriptionStarted
        | EventKind::SubscriptionRenewed
        | EventKind::SubscriptionImported
        | EventKind::SubscriptionRemoved
        | EventKind::TermWithdrawn
        | EventKind::RenewalReminded
        | EventKind::RenewalFailed
        | EventKind::RenewalsFinished
        | EventKind::InvoiceIssued
        | EventKind::InvoiceCredited
        | EventKind::InvoiceReissued
        | EventKind::ClaimReversed
        | EventKind::EInvoiceKept
        | EventKind::InvoiceDelivered
        | EventKind::PayeeWithdrawn
        | EventKind::DocumentKept
        | EventKind::MailClaimed
        | EventKind::MailSent
        | EventKind::MailDeferred
        | EventKind::MailFailed
        | EventKind::MailReleased
        | EventKind::MailBounced
        | EventKind::PersonalDataExported
        | EventKind::PersonalDataErased
        | EventKind::OperationUndone
        | EventKind::DailyFinished => None,
        // These are taken back.
        EventKind::SellerChanged
        | EventKind::SettingChanged
        | EventKind::AccountCreated
        | EventKind::AccountEdited
        | EventKind::AccountClosed
        | EventKind::AccountReopened
        | EventKind::BillingChanged
        | EventKind::MembershipChanged
        | EventKind::ProductEdited
        | EventKind::ProductRetired
        | EventKind::PriceSet
        | EventKind::VatSet
        | EventKind::SubscriptionEnded
        | EventKind::NoticeGiven
        | EventKind::NoticeWithdrawn
        | EventKind::PriceAgreed
        | EventKind::MailQueued
        | EventKind::MailHeld => None,
    }
}

/// Returns the hint for a price or a rate by which something was billed.
pub fn another(priced: &Priced) -> String {
    match priced {
        Priced::Price(sku) => format!(
            "`shopctl product price {sku} --price P --member-price P --from DATE` sets another from \
             a later day"
        ),
        Priced::Vat(sku) => {
            format!("`shopctl product vat {sku} --vat R --from DATE` sets another from a later day")
        }
        Priced::Agreed(number) => format!(
            "`shopctl subscription price {number}` agrees on another, or on the price list again, \
             from the next renewal on"
        ),
    }
}

/// Returns an organisation number for a command; one that is a person's is masked in the trail.
fn org_number(text: &str) -> &str {
    if text.parse::<OrgNumber>().is_ok() { text } else { "ORG" }
}

fn role(fields: &Map<String, Json>) -> String {
    match text(fields, "role") {
        "" => String::new(),
        role => format!(" --role {role}"),
    }
}

/// Returns the flag that gives the grant as it was; `without` where it was not given.
fn billing(fields: &Map<String, Json>, without: &'static str) -> &'static str {
    match fields.get("billing").and_then(Json::as_bool) {
        Some(true) => " --grant billing",
        Some(false) => without,
        None => "",
    }
}

fn text<'a>(fields: &'a Map<String, Json>, key: &str) -> &'a str {
    fields.get(key).and_then(Json::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use clap::Command;
    use serde_json::json;

    use super::*;
    use crate::cli::whole_tree;
    use crate::domain::event::{Noun, Subject};
    use crate::store::Payload;

    fn leads_somewhere(line: &str) -> bool {
        let root = whole_tree();
        let mut at: &Command = &root;
        for word in line.split(' ').skip(1) {
            match at.find_subcommand(word) {
                Some(child) => at = child,
                None => break,
            }
        }
        !at.has_subcommands()
    }

    /// The compiler sees to it that each kind is thought of; this, that what it names is there.
    #[test]
    fn what_puts_a_kind_of_event_right_is_a_command_of_this_program() {
        let fields = |fields: Json| fields.as_object().cloned().unwrap_or_default();
        for kind in EventKind::ALL {
            let payload = Payload {
                about: "1001".to_owned(),
                before: fields(json!({ "role": "staff", "billing": true })),
                after: fields(json!({ "subscription": 1001, "invoice": 1001 })),
            };
            let subject = Subject { noun: Noun::Invoice, id: 7 };
            let event =
                Event { seq: 9, operation: 5, kind: *kind, subject, payload: Some(payload) };
            let hint = remedy(&event);
            let mut commands = hint.split('`').skip(1).step_by(2).peekable();
            assert!(commands.peek().is_some(), "{kind}: {hint}");
            for line in commands {
                assert!(line.starts_with("shopctl ") && leads_somewhere(line), "{kind}: {line}");
            }
        }
    }
}
