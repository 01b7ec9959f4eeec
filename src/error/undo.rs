//! What puts right what no undoing reverses.

use serde_json::{Map, Value as Json};

use crate::domain::event::EventKind;
use crate::domain::money::Money;
use crate::domain::org_number::OrgNumber;
use crate::domain::text::shell_word;
use crate::store::{Event, Priced};

/// Returns the hint for an event that nothing reverses, of which its operation has `count`: the command
/// that puts it right, if one does.
pub fn remedy(event: &Event, count: i64) -> String {
    command(event, count > 1).unwrap_or_else(|| {
        let operation = event.operation;
        format!("`shopctl audit show {operation}` shows all it did")
    })
}

fn command(event: &Event, is_one_of_many: bool) -> Option<String> {
    let payload = event.payload.as_ref()?;
    let (about, before, after) = (&payload.about, &payload.before, &payload.after);
    let operation = event.operation;
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
        EventKind::LoginAdded => {
            let (org, login) = (org_number(about), shell_word(text(after, "login")));
            Some(format!("`shopctl account login remove {org} {login} --reason TEXT` takes it back"))
        }
        EventKind::LoginRemoved => {
            let (org, login) = (org_number(about), shell_word(text(before, "login")));
            Some(format!("`shopctl account login add {org} {login}` adds it without a password"))
        }
        EventKind::LoginRenamed => {
            let (now, former) = (text(after, "login"), text(before, "login"));
            Some(format!(
                "`shopctl account login rename {} {} {} --ticket TEXT --proof TEXT` renames it back",
                org_number(about),
                shell_word(now),
                shell_word(former)
            ))
        }
        EventKind::PasswordAsked | EventKind::PasswordChosen | EventKind::PasswordVoided => {
            Some(format!(
                "`shopctl password forgot {}` mails the login a way to choose another",
                shell_word(about)
            ))
        }
        EventKind::EditionPublished => {
            let edition = shell_word(text(after, "edition"));
            let language = shell_word(text(after, "language"));
            Some(format!(
                "`shopctl agreement withdraw {about} --edition {edition} --language {language} --reason \
                 TEXT` withdraws it"
            ))
        }
        EventKind::AgreementCreated => {
            Some(format!("`shopctl agreement withdraw {about} --reason TEXT` withdraws it"))
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
        EventKind::PaymentReversed => {
            let amount = kronor(after, -1)?;
            Some(format!(
                "`shopctl payment record INVOICE --amount {amount} --date DATE` records it anew"
            ))
        }
        EventKind::PaymentRefunded if kronor(after, 1).is_some() => Some(format!(
            "`shopctl payment refund {about} --date DATE --reason TEXT` enters it again"
        )),
        EventKind::PaymentRefunded => Some(format!(
            "`shopctl payment refund {about} --take-back --reason TEXT` takes it back"
        )),
        EventKind::PaymentMatched => {
            let invoice = after.get("invoice").filter(|_| !is_one_of_many);
            let invoice = invoice.map(|number| format!(" {number}")).unwrap_or_default();
            Some(format!("`shopctl payment unmatch {about}{invoice} --reason TEXT` takes it back"))
        }
        EventKind::PaymentOffset if has_grown(before, after) => {
            Some(format!("`shopctl payment match {about} INVOICE` sets it off again"))
        }
        EventKind::PaymentOffset => {
            Some(format!("`shopctl payment unmatch {about} --reason TEXT` takes it back"))
        }
        EventKind::PaymentUnmatched => {
            let Some(invoice) = after.get("invoice") else {
                return Some(format!(
                    "`shopctl payment match {about} INVOICE` settles an invoice with it, and \
                     `shopctl payment show {about}` shows the likeliest"
                ));
            };
            match (is_one_of_many, kronor(after, 1)) {
                (false, Some(amount)) => Some(format!(
                    "`shopctl payment match {about} {invoice} --amount {amount}` settles it again"
                )),
                _ => Some(format!(
                    "`shopctl payment match {about} INVOICE --amount KRONOR` settles one of them \
                     again, and `shopctl audit show {operation}` shows them"
                )),
            }
        }
        EventKind::ReminderLevelSet => Some(level(about, before, after)),
        EventKind::InvoiceHeld => Some(match before.get("reason").and_then(Json::as_str) {
            None => format!("`shopctl invoice release {about} --reason TEXT` takes it back"),
            Some(reason) => format!(
                "`shopctl invoice hold {about}{} --reason {}` gives the hold its former reason",
                disputed(before),
                shell_word(reason)
            ),
        }),
        EventKind::AccountHeld => {
            let org = org_number(about);
            Some(match before.get("reason").and_then(Json::as_str) {
                None => format!("`shopctl account release {org} --reason TEXT` takes it back"),
                Some(reason) => format!(
                    "`shopctl account hold {org} --reason {}` gives the hold its former reason",
                    shell_word(reason)
                ),
            })
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
            let disputed = disputed(before);
            Some(format!("`shopctl invoice hold {about}{disputed} --reason TEXT` holds it again"))
        }
        EventKind::InvoiceReminded if is_one_of_many => Some(format!(
            "`shopctl audit show {operation}` shows the invoices; `shopctl mail hold MAIL` stops a \
             letter that waits, and `shopctl invoice hold INVOICE --reason TEXT` further ones"
        )),
        EventKind::InvoiceReminded => Some(format!(
            "`shopctl mail hold MAIL` stops the letter while it waits, and `shopctl invoice hold \
             {about} --reason TEXT` further ones"
        )),
        EventKind::RenewalReminded => Some(
            "`shopctl mail list` shows the letters, and `shopctl mail hold MAIL` stops one that waits"
                .to_owned(),
        ),
        EventKind::MailReleased => {
            Some(format!("`shopctl mail hold {about}` holds it again while it waits"))
        }
        EventKind::MailBounced => Some(format!("`shopctl mail retry {about}` sends it again")),
        EventKind::NoticeGiven => {
            Some(format!("`shopctl subscription reinstate {about}` takes the notice back"))
        }
        EventKind::BooksLocked => {
            let former = before.get("locked_through").and_then(Json::as_str);
            Some(match former {
                Some(day) if day > about.as_str() => {
                    format!("`shopctl seller lock-books {day}` locks the days again")
                }
                former => format!(
                    "`shopctl seller lock-books {} --reason TEXT` opens the days again",
                    former.unwrap_or("DATE")
                ),
            })
        }
        EventKind::SeatsSet => {
            let seats = before.get("seats").and_then(Json::as_i64)?;
            Some(format!("`shopctl product edit {about} --seats {seats}` sets them back"))
        }
        EventKind::LicenceEdited => Some(format!(
            "`shopctl licence edit {about}{}` gives it its former holder, as a new edition",
            holder(before)
        )),
        EventKind::LicenceResized => {
            let sku = shell_word(before.get("sku")?.as_str()?);
            Some(format!("`shopctl licence edit {about} --item {sku}` goes back for coming terms"))
        }
        EventKind::SeatTaken => {
            let login = shell_word(text(after, "login"));
            Some(format!("`shopctl licence seat remove {about} {login} --reason TEXT` takes it back"))
        }
        EventKind::SeatGivenUp => {
            let login = shell_word(text(before, "login"));
            Some(format!("`shopctl licence seat add {about} {login}` gives it a seat again"))
        }
        EventKind::LicenceRevoked => {
            Some("`shopctl order create` places an order for another licence".to_owned())
        }
        EventKind::BooksExported => {
            Some("`shopctl export list` shows it; what it held stays exported".to_owned())
        }
        EventKind::StoreHandedOver => Some(
            "`shopctl store adopt --take-back` takes it back, if the other store was never used"
                .to_owned(),
        ),
        // What an operation does besides, what comes of itself, and what issues a document, which is
        // refused before: `audit show` tells more than any one command.
        EventKind::OperationBegun
        | EventKind::ShopCreated
        | EventKind::SeriesSet
        | EventKind::AccountRemoved
        | EventKind::AccountMerged
        | EventKind::LoginSucceeded
        | EventKind::LoginFailed
        | EventKind::LoginRefused
        | EventKind::FormerPasswordTried
        | EventKind::PasswordRehashed
        | EventKind::TokenMade
        | EventKind::AgreementWithdrawn
        | EventKind::AgreementsGiven
        | EventKind::AgreementFetched
        | EventKind::EditionWithdrawn
        | EventKind::PasswordForgotten
        | EventKind::PasswordPassedOver
        | EventKind::ImportBegun
        | EventKind::ImportFinished
        | EventKind::ImportUndone
        | EventKind::LicenceStarted
        | EventKind::LicenceRemoved
        | EventKind::LicenceEditionMade
        | EventKind::LicenceEditionVoided
        | EventKind::LicenceEditionSealed
        | EventKind::SealKeyAdded
        | EventKind::OrderPlaced
        | EventKind::ShipmentTakenBack
        | EventKind::SubscriptionStarted
        | EventKind::SubscriptionRenewed
        | EventKind::SubscriptionImported
        | EventKind::SubscriptionRemoved
        | EventKind::TermWithdrawn
        | EventKind::RenewalFailed
        | EventKind::RenewalsFinished
        | EventKind::InvoiceIssued
        | EventKind::InvoiceCredited
        | EventKind::InvoiceReissued
        | EventKind::ReminderFeeCharged
        | EventKind::CompensationCharged
        | EventKind::InterestCharged
        | EventKind::ClaimReversed
        | EventKind::EInvoiceKept
        | EventKind::DeliveryTakenBack
        | EventKind::PayeeWithdrawn
        | EventKind::DocumentKept
        | EventKind::MailClaimed
        | EventKind::MailSent
        | EventKind::MailDeferred
        | EventKind::MailFailed
        | EventKind::PersonalDataExported
        | EventKind::PersonalDataErased
        | EventKind::OperationUndone
        | EventKind::DailyFinished
        | EventKind::BackupMade
        | EventKind::StoreRestored
        | EventKind::NumbersLeftOut
        | EventKind::StoreAdopted
        | EventKind::DocumentsArchived => None,
        // These are taken back.
        EventKind::SellerChanged
        | EventKind::ConditionsAdopted
        | EventKind::OrderShipped
        | EventKind::AnnouncementMade
        | EventKind::InvoiceDelivered
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
        | EventKind::NoticeWithdrawn
        | EventKind::PriceAgreed
        | EventKind::MailQueued
        | EventKind::MailHeld => None,
    }
}

/// Returns the flag that gives a licence its holder.
fn holder(before: &Map<String, Json>) -> String {
    match before.get("holder").and_then(Json::as_str) {
        Some(holder) => format!(" --holder {}", shell_word(holder)),
        None => String::new(),
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

/// Returns the amount of an event for a command, if it is on the side of `sign`.
fn kronor(fields: &Map<String, Json>, sign: i64) -> Option<String> {
    let ore = fields.get("amount_ore").and_then(Json::as_i64)?.checked_mul(sign)?;
    (ore > 0).then(|| Money::from_ore(ore).plain())
}

/// Says whether more is left of a payment after an event than before it.
fn has_grown(before: &Map<String, Json>, after: &Map<String, Json>) -> bool {
    let left = |fields: &Map<String, Json>| {
        fields.get("left_ore").and_then(Json::as_i64).unwrap_or_default().unsigned_abs()
    };
    left(after) > left(before)
}

fn disputed(fields: &Map<String, Json>) -> &'static str {
    let is_disputed = fields.get("disputed").and_then(Json::as_bool).unwrap_or_default();
    if is_disputed { " --disputed" } else { "" }
}

/// Returns the hint for a level of reminding that was added, changed or removed.
fn level(number: &str, before: &Map<String, Json>, after: &Map<String, Json>) -> String {
    if before.is_empty() {
        return format!("`shopctl seller level remove {number}` takes it back");
    }
    let set = format!("`shopctl seller level set {number}");
    let mut given = String::new();
    let differs = |key: &str| before.get(key) != after.get(key);
    let integer = |key: &str| before.get(key).and_then(Json::as_i64).unwrap_or_default();
    if differs("days") {
        given.push_str(&format!(" --days {}", integer("days")));
    }
    if before.get("compensation").and_then(Json::as_bool).unwrap_or_default() {
        given.push_str(" --compensation");
    } else if differs("fee_ore") || differs("compensation") {
        given.push_str(&format!(" --fee {}", Money::from_ore(integer("fee_ore")).plain()));
    }
    for (key, flag) in [("text_sv", "--text-sv"), ("text_en", "--text-en")] {
        if differs(key) {
            given.push_str(&format!(" {flag} {}", shell_word(text(before, key))));
        }
    }
    format!("{set}{given}` sets it as it was")
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
    use clap::error::ErrorKind;
    use serde_json::json;

    use super::*;
    use crate::cli::whole_tree;
    use crate::domain::event::{Noun, Subject};
    use crate::store::Payload;

    /// Says what is wrong with a command that a hint names; what it leaves out is the reader's to give.
    fn mistake(line: &str) -> Option<String> {
        let given = |word: &str| match word {
            "TEXT" => "x".to_owned(),
            "DATE" => "2026-03-01".to_owned(),
            "INVOICE" | "MAIL" | "PAYMENT" | "KRONOR" | "P" => "1".to_owned(),
            "ORG" => "556036-0793".to_owned(),
            word => word.trim_matches('\'').to_owned(),
        };
        let error = whole_tree().try_get_matches_from(line.split(' ').map(given)).err()?;
        let is_open = matches!(
            error.kind(),
            ErrorKind::MissingRequiredArgument
                | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
        );
        (!is_open).then(|| error.to_string())
    }

    const ADDRESS: &str = "avtal@saab.example";

    fn payload(about: &str, before: Json, after: Json) -> Payload {
        let fields = |fields: Json| fields.as_object().cloned().unwrap_or_default();
        Payload { about: about.to_owned(), before: fields(before), after: fields(after) }
    }

    /// The compiler sees to it that each kind is thought of; this, that what it names is there.
    #[test]
    fn what_puts_a_kind_of_event_right_is_a_command_of_this_program() {
        let payloads = [
            payload("1001", json!({}), json!({})),
            payload(
                "1001",
                json!({ "role": "staff", "billing": true, "reason": "a", "disputed": true,
                        "locked_through": "2026-03-31", "left_ore": 0, "days": 5, "fee_ore": 6000 }),
                json!({ "subscription": 1001, "invoice": 1001, "amount_ore": 150, "left_ore": 5 }),
            ),
            payload("1001", json!({ "left_ore": 5 }), json!({ "amount_ore": -150, "left_ore": 0 })),
        ];
        let login = json!({ "login": ADDRESS });
        let of_login = payload("1001", login.clone(), login);
        for kind in EventKind::ALL {
            for (told, count) in payloads.iter().flat_map(|told| [(told, 1), (told, 2)]) {
                let subject = Subject { noun: Noun::Invoice, id: 7 };
                // A rate and a lock are about a day, a password is about a login, and what happens to an
                // account's logins tells of their addresses.
                let payload = match kind {
                    EventKind::LoginAdded | EventKind::LoginRemoved | EventKind::LoginRenamed => {
                        of_login.clone()
                    }
                    EventKind::SeatTaken | EventKind::SeatGivenUp => {
                        Payload { about: "1001".to_owned(), ..of_login.clone() }
                    }
                    EventKind::PasswordAsked
                    | EventKind::PasswordChosen
                    | EventKind::PasswordVoided => {
                        Payload { about: ADDRESS.to_owned(), ..told.clone() }
                    }
                    EventKind::RateAdded | EventKind::BooksLocked => {
                        Payload { about: "2026-07-01".to_owned(), ..told.clone() }
                    }
                    EventKind::EditionPublished => {
                        let edition = json!({ "edition": "2026:1", "language": "sv" });
                        payload("AB04", json!({}), edition)
                    }
                    _ => told.clone(),
                };
                let payload = Some(payload);
                let event = Event { seq: 9, operation: 5, kind: *kind, subject, payload };
                let hint = remedy(&event, count);
                let mut commands = hint.split('`').skip(1).step_by(2).peekable();
                assert!(commands.peek().is_some(), "{kind}: {hint}");
                for line in commands {
                    assert_eq!(mistake(line), None, "{kind}: {line}");
                }
            }
        }
    }
}
