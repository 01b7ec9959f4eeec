//! Handing over what is held on a person, item by item as JSON.

use serde_json::{Value as Json, json};

use super::{
    ACCOUNTS, DELIVERIES, ENTRIES, FETCHES, FORGOTTEN, HOLDS, INVOICES, LICENCES, LOGINS, MAILS,
    NOTES, NOTICES, ORDERS, PAYMENTS, Place, REMINDERS, SHIP_TOS, SHIPMENTS, STAFF, SUBSCRIPTIONS,
    Trace,
};
use crate::domain::org_number::OrgNumber;
use crate::domain::personal_data::{Part, kept_until};
use crate::store::driver::{Row, Value, values};
use crate::store::{DriverError, StoreError, Tx};

impl Tx<'_> {
    /// Hands over everything of one part that is held on a person, oldest first.
    pub fn each_personal_item(
        &self,
        trace: &Trace,
        part: Part,
        each: &mut dyn FnMut(Json) -> Result<(), DriverError>,
    ) -> Result<(), StoreError> {
        match part {
            Part::Logins => {
                self.items_of(trace, &LOGINS, LOGIN, read_login, each)?;
                self.items_of(trace, &FORGOTTEN, REQUEST, read_request, each)?;
                self.items_of(trace, &FETCHES, FETCH, read_fetch, each)
            }
            Part::Accounts => self.items_of(trace, &ACCOUNTS, ACCOUNT, read_account, each),
            Part::Subscriptions => {
                self.items_of(trace, &SUBSCRIPTIONS, SUBSCRIPTION, read_subscription, each)?;
                self.items_of(trace, &LICENCES, LICENCE, read_licence, each)
            }
            Part::Notices => self.items_of(trace, &NOTICES, NOTICE, read_notice, each),
            Part::Notes => {
                self.items_of(trace, &NOTES, NOTE, read_note, each)?;
                self.items_of(trace, &HOLDS, HOLD, read_hold, each)
            }
            Part::Orders => {
                self.items_of(trace, &ORDERS, ORDER, read_order, each)?;
                self.items_of(trace, &SHIP_TOS, SHIP_TO, read_ship_to, each)?;
                self.items_of(trace, &SHIPMENTS, SHIPMENT, read_shipment, each)
            }
            Part::Invoices => {
                self.items_of(trace, &INVOICES, INVOICE, read_invoice, each)?;
                self.items_of(trace, &DELIVERIES, DELIVERY, read_delivery, each)?;
                self.items_of(trace, &REMINDERS, REMINDER, read_reminder, each)
            }
            Part::Payments => {
                self.items_of(trace, &PAYMENTS, PAYMENT, read_payment, each)?;
                self.items_of(trace, &ENTRIES, ENTRY, read_entry, each)
            }
            Part::Mails => self.items_of(trace, &MAILS, MAIL, read_mail, each),
            Part::Events => self
                .each_event_about(trace, &mut |seq| self.each_item(EVENT, seq, read_event, each)),
            Part::Staff => self.items_of(trace, &STAFF, MEMBER, read_member, each),
        }
    }

    /// Hands over the rows of a place that speak of the person, each read by its key.
    fn items_of(
        &self,
        trace: &Trace,
        place: &Place,
        sql: &str,
        read: fn(&Row<'_>) -> Result<Json, DriverError>,
        each: &mut dyn FnMut(Json) -> Result<(), DriverError>,
    ) -> Result<(), StoreError> {
        self.each_text(place, &mut |row| match trace.is_in_any(row) {
            true => self.each_item(sql, row.id, read, each),
            false => Ok(()),
        })
    }

    fn each_item(
        &self,
        sql: &str,
        id: i64,
        read: fn(&Row<'_>) -> Result<Json, DriverError>,
        each: &mut dyn FnMut(Json) -> Result<(), DriverError>,
    ) -> Result<(), StoreError> {
        self.each(sql, values![id], &mut |row| each(read(row)?))
    }
}

/// A password is told of by when it was chosen and tried: its hash is no more the person's to read than
/// anybody's.
const LOGIN: &str =
    "SELECT l.email, a.org_number, a.name, p.chosen_at, p.voided_at, p.logged_in_at,
         coalesce(p.failures, 0) + coalesce(p.refusals, 0), p.failed_at
     FROM login l JOIN account a ON a.id = l.account_id
     LEFT JOIN password p ON p.login_id = l.id WHERE l.id = $1";

fn read_login(row: &Row<'_>) -> Result<Json, DriverError> {
    Ok(json!({
        "email": text(row, 0)?,
        "org_number": number(row, 1)?,
        "name": text(row, 2)?,
        "password_chosen_at": text(row, 3)?,
        "password_locked_at": text(row, 4)?,
        "logged_in_at": text(row, 5)?,
        "failed_attempts": row.get::<i64>(6)?,
        "failed_at": text(row, 7)?,
    }))
}

const REQUEST: &str = "SELECT email, asked_at FROM forgotten WHERE id = $1";

fn read_request(row: &Row<'_>) -> Result<Json, DriverError> {
    Ok(json!({ "password_forgotten": text(row, 0)?, "asked_at": text(row, 1)? }))
}

const FETCH: &str = "SELECT f.fetched_at, a.code, e.name, e.language, f.login, f.reason
     FROM fetch f JOIN edition e ON e.id = f.edition_id
     JOIN agreement a ON a.id = e.agreement_id WHERE f.id = $1";

fn read_fetch(row: &Row<'_>) -> Result<Json, DriverError> {
    Ok(json!({
        "fetched_at": text(row, 0)?,
        "agreement": text(row, 1)?,
        "edition": text(row, 2)?,
        "language": text(row, 3)?,
        "login": text(row, 4)?,
        "reason": text(row, 5)?,
    }))
}

const ACCOUNT: &str =
    "SELECT org_number, name, contact, invoice_email, care_of, street, postal_code,
         city, country, language, reference, closed_on, vat_number, deliver, participant
     FROM account WHERE id = $1";

fn read_account(row: &Row<'_>) -> Result<Json, DriverError> {
    Ok(json!({
        "org_number": number(row, 0)?,
        "name": text(row, 1)?,
        "contact": text(row, 2)?,
        "invoice_email": text(row, 3)?,
        "care_of": text(row, 4)?,
        "street": text(row, 5)?,
        "postal_code": text(row, 6)?,
        "city": text(row, 7)?,
        "country": text(row, 8)?,
        "language": text(row, 9)?,
        "reference": text(row, 10)?,
        "vat_number": text(row, 12)?,
        "deliver": text(row, 13)?,
        "participant": text(row, 14)?,
        "closed_on": text(row, 11)?,
    }))
}

const SUBSCRIPTION: &str = "SELECT s.number, a.org_number, p.sku, s.anchor, s.billed_through,
         s.ends_on, s.invoice_email, s.reference, s.care_of, s.agreed_reason, s.end_reason,
         s.street, s.postal_code, s.city, s.country, s.vat_number, s.failure
     FROM subscription s JOIN account a ON a.id = s.account_id
     JOIN product p ON p.id = s.product_id WHERE s.id = $1";

fn read_subscription(row: &Row<'_>) -> Result<Json, DriverError> {
    Ok(json!({
        "number": row.get::<i64>(0)?,
        "org_number": number(row, 1)?,
        "sku": text(row, 2)?,
        "start": text(row, 3)?,
        "renewal_date": text(row, 4)?,
        "ends": text(row, 5)?,
        "invoice_email": text(row, 6)?,
        "reference": text(row, 7)?,
        "care_of": text(row, 8)?,
        "street": text(row, 11)?,
        "postal_code": text(row, 12)?,
        "city": text(row, 13)?,
        "country": text(row, 14)?,
        "vat_number": text(row, 15)?,
        "agreed_reason": text(row, 9)?,
        "end_reason": text(row, 10)?,
        "renewal_refused": text(row, 16)?,
    }))
}

const NOTICE: &str = "SELECT s.number, n.sent_on, n.received_on, n.entered_on, n.channel, n.login,
         n.given_by, n.reason, n.ends_on, n.withdrawn_on, n.evidence_name, n.evidence_sha256
     FROM notice n JOIN subscription s ON s.id = n.subscription_id WHERE n.id = $1";

fn read_notice(row: &Row<'_>) -> Result<Json, DriverError> {
    Ok(json!({
        "subscription": row.get::<i64>(0)?,
        "sent_on": text(row, 1)?,
        "received_on": text(row, 2)?,
        "entered_on": text(row, 3)?,
        "channel": text(row, 4)?,
        "login": text(row, 5)?,
        "given_by": text(row, 6)?,
        "reason": text(row, 7)?,
        "ends": text(row, 8)?,
        "withdrawn_on": text(row, 9)?,
        "evidence": text(row, 10)?,
        "evidence_sha256": text(row, 11)?,
    }))
}

const NOTE: &str = "SELECT n.written_at, n.author, n.body, a.org_number
     FROM note n JOIN account a ON a.id = n.account_id WHERE n.id = $1";

fn read_note(row: &Row<'_>) -> Result<Json, DriverError> {
    Ok(json!({
        "written_at": text(row, 0)?,
        "author": text(row, 1)?,
        "text": text(row, 2)?,
        "org_number": number(row, 3)?,
    }))
}

const HOLD: &str = "SELECT h.since, h.reason, i.number, a.org_number
     FROM hold h LEFT JOIN invoice i ON i.id = h.invoice_id
     JOIN account a ON a.id = coalesce(h.account_id, i.account_id) WHERE h.id = $1";

fn read_hold(row: &Row<'_>) -> Result<Json, DriverError> {
    let invoice: Option<i64> = row.get(2)?;
    Ok(json!({
        "since": text(row, 0)?,
        "hold": text(row, 1)?,
        "invoice": invoice,
        "org_number": number(row, 3)?,
    }))
}

const INVOICE: &str = "SELECT i.number, i.kind, i.issued_on, i.due_on, i.buyer_name,
         i.buyer_org_number, i.invoice_email, i.reference, i.buyer_care_of, i.total_ore, d.sha256,
         i.credit_reason, i.buyer_street, i.buyer_postal_code, i.buyer_city, i.buyer_country,
         i.buyer_vat_number, i.deliver, i.participant, e.sha256,
         (SELECT max(l.holder) FROM invoice_line l WHERE l.invoice_id = i.id)
     FROM invoice i LEFT JOIN document d ON d.invoice_id = i.id
     LEFT JOIN e_invoice e ON e.invoice_id = i.id WHERE i.id = $1";

fn read_invoice(row: &Row<'_>) -> Result<Json, DriverError> {
    Ok(json!({
        "number": row.get::<i64>(0)?,
        "kind": text(row, 1)?,
        "issued_on": text(row, 2)?,
        "due_on": text(row, 3)?,
        "buyer": text(row, 4)?,
        "org_number": number(row, 5)?,
        "invoice_email": text(row, 6)?,
        "reference": text(row, 7)?,
        "care_of": text(row, 8)?,
        "street": text(row, 12)?,
        "postal_code": text(row, 13)?,
        "city": text(row, 14)?,
        "country": text(row, 15)?,
        "vat_number": text(row, 16)?,
        "total_ore": row.get::<i64>(9)?,
        "currency": "SEK",
        "document_sha256": text(row, 10)?,
        "deliver": text(row, 17)?,
        "participant": text(row, 18)?,
        "holder": text(row, 20)?,
        "e_invoice_sha256": text(row, 19)?,
        "credit_reason": text(row, 11)?,
        "kept_until": kept_until(row.get(2)?).to_string(),
    }))
}

const LICENCE: &str = "SELECT s.number, l.holder, l.revoked_on, l.revoke_reason, a.org_number
     FROM licence l JOIN subscription s ON s.id = l.subscription_id
     JOIN account a ON a.id = s.account_id WHERE l.subscription_id = $1";

fn read_licence(row: &Row<'_>) -> Result<Json, DriverError> {
    Ok(json!({
        "licence": row.get::<i64>(0)?,
        "holder": text(row, 1)?,
        "revoked_on": text(row, 2)?,
        "revoke_reason": text(row, 3)?,
        "org_number": number(row, 4)?,
    }))
}

const ORDER: &str = "SELECT o.number, o.ordered_on, o.cancelled_on, o.cancel_reason, a.org_number
     FROM orders o JOIN account a ON a.id = o.account_id WHERE o.id = $1";

fn read_order(row: &Row<'_>) -> Result<Json, DriverError> {
    Ok(json!({
        "number": row.get::<i64>(0)?,
        "ordered_on": text(row, 1)?,
        "cancelled_on": text(row, 2)?,
        "cancel_reason": text(row, 3)?,
        "org_number": number(row, 4)?,
    }))
}

const SHIP_TO: &str =
    "SELECT o.number, t.name, t.care_of, t.street, t.postal_code, t.city, t.country
     FROM ship_to t JOIN orders o ON o.id = t.order_id WHERE t.order_id = $1";

fn read_ship_to(row: &Row<'_>) -> Result<Json, DriverError> {
    Ok(json!({
        "order": row.get::<i64>(0)?,
        "name": text(row, 1)?,
        "care_of": text(row, 2)?,
        "street": text(row, 3)?,
        "postal_code": text(row, 4)?,
        "city": text(row, 5)?,
        "country": text(row, 6)?,
    }))
}

const SHIPMENT: &str =
    "SELECT o.number, s.shipped_at, s.name, s.care_of, s.street, s.postal_code, s.city, s.country,
         s.tracking, s.reason
     FROM shipment s JOIN orders o ON o.id = s.order_id WHERE s.id = $1";

fn read_shipment(row: &Row<'_>) -> Result<Json, DriverError> {
    Ok(json!({
        "order": row.get::<i64>(0)?,
        "shipped_at": text(row, 1)?,
        "name": text(row, 2)?,
        "care_of": text(row, 3)?,
        "street": text(row, 4)?,
        "postal_code": text(row, 5)?,
        "city": text(row, 6)?,
        "country": text(row, 7)?,
        "tracking": text(row, 8)?,
        "reason": text(row, 9)?,
    }))
}

const DELIVERY: &str = "SELECT i.number, d.delivered_on, d.how
     FROM delivery d JOIN invoice i ON i.id = d.invoice_id WHERE d.invoice_id = $1";

fn read_delivery(row: &Row<'_>) -> Result<Json, DriverError> {
    Ok(json!({
        "invoice": row.get::<i64>(0)?,
        "delivered_on": text(row, 1)?,
        "how": text(row, 2)?,
    }))
}

const REMINDER: &str = "SELECT i.number, r.level, r.reminded_on, r.pay_by, r.text, r.capital_ore,
         r.fees_ore, r.interest_ore, d.sha256
     FROM payment_reminder r JOIN invoice i ON i.id = r.invoice_id
     LEFT JOIN reminder_document d ON d.reminder_id = r.id WHERE r.id = $1";

fn read_reminder(row: &Row<'_>) -> Result<Json, DriverError> {
    Ok(json!({
        "invoice": row.get::<i64>(0)?,
        "level": row.get::<i64>(1)?,
        "reminded_on": text(row, 2)?,
        "pay_by": text(row, 3)?,
        "text": text(row, 4)?,
        "capital_ore": row.get::<i64>(5)?,
        "fees_ore": row.get::<i64>(6)?,
        "interest_ore": row.get::<i64>(7)?,
        "currency": "SEK",
        "document_sha256": text(row, 8)?,
        "kept_until": kept_until(row.get(2)?).to_string(),
    }))
}

const PAYMENT: &str = "SELECT p.number, p.received_on, p.amount_ore, p.payer_name, p.payer_account,
         p.payer_org_number, p.reference, p.message, p.bank_reference, a.org_number, p.booked_on
     FROM payment p LEFT JOIN account a ON a.id = p.account_id WHERE p.id = $1";

fn read_payment(row: &Row<'_>) -> Result<Json, DriverError> {
    let account: Option<OrgNumber> = row.parse_optional(9)?;
    Ok(json!({
        "number": row.get::<i64>(0)?,
        "received_on": text(row, 1)?,
        "amount_ore": row.get::<i64>(2)?,
        "currency": "SEK",
        "payer": text(row, 3)?,
        "payer_account": text(row, 4)?,
        "payer_org_number": text(row, 5)?,
        "reference": text(row, 6)?,
        "message": text(row, 7)?,
        "bank_reference": text(row, 8)?,
        "org_number": account.map(|number| number.to_string()),
        "kept_until": kept_until(row.get(10)?).to_string(),
    }))
}

const ENTRY: &str = "SELECT e.kind, i.number, p.number, e.booked_on, e.amount_ore, e.reason
     FROM ledger_entry e LEFT JOIN invoice i ON i.id = e.invoice_id
     LEFT JOIN payment p ON p.id = e.payment_id WHERE e.id = $1";

fn read_entry(row: &Row<'_>) -> Result<Json, DriverError> {
    Ok(json!({
        "entry": text(row, 0)?,
        "invoice": row.get::<Option<i64>>(1)?,
        "payment": row.get::<Option<i64>>(2)?,
        "booked_on": text(row, 3)?,
        "amount_ore": row.get::<i64>(4)?,
        "currency": "SEK",
        "reason": text(row, 5)?,
        "kept_until": kept_until(row.get(3)?).to_string(),
    }))
}

const MAIL: &str = "SELECT m.id, m.kind, m.recipient, m.status, m.queued_at, m.sent_at, i.number,
         m.facts, m.detail, w.bytes
     FROM outbox m LEFT JOIN invoice i ON i.id = m.invoice_id
     LEFT JOIN message w ON w.outbox_id = m.id WHERE m.id = $1";

fn read_mail(row: &Row<'_>) -> Result<Json, DriverError> {
    let facts: Option<Json> = text(row, 7)?.and_then(|facts| serde_json::from_str(&facts).ok());
    let message = match row.column(9) {
        Value::Blob(bytes) => Some(words_of(bytes)),
        _ => None,
    };
    Ok(json!({
        "number": row.get::<i64>(0)?,
        "kind": text(row, 1)?,
        "recipient": text(row, 2)?,
        "status": text(row, 3)?,
        "queued_at": text(row, 4)?,
        "sent_at": text(row, 5)?,
        "invoice": row.get::<Option<i64>>(6)?,
        "facts": facts,
        "detail": text(row, 8)?,
        "message": message,
    }))
}

/// Returns a message without the document it carries, which the invoice names.
fn words_of(message: &[u8]) -> String {
    let text = String::from_utf8_lossy(message);
    match text.split_once("Content-Type: application/pdf") {
        Some((words, _)) => words.to_owned(),
        None => text.into_owned(),
    }
}

const EVENT: &str = "SELECT e.seq, e.operation_id, e.kind, e.noun, o.actor, o.shop_time, p.payload
     FROM event e JOIN operation o ON o.id = e.operation_id
     JOIN event_payload p ON p.seq = e.seq WHERE e.seq = $1";

fn read_event(row: &Row<'_>) -> Result<Json, DriverError> {
    let payload: Option<Json> =
        text(row, 6)?.and_then(|payload| serde_json::from_str(&payload).ok());
    Ok(json!({
        "seq": row.get::<i64>(0)?,
        "op": row.get::<i64>(1)?,
        "kind": text(row, 2)?,
        "subject": text(row, 3)?,
        "actor": text(row, 4)?,
        "at": text(row, 5)?,
        "payload": payload,
    }))
}

const MEMBER: &str = "SELECT name, role FROM staff WHERE id = $1";

fn read_member(row: &Row<'_>) -> Result<Json, DriverError> {
    Ok(json!({ "name": text(row, 0)?, "role": text(row, 1)? }))
}

fn text(row: &Row<'_>, index: usize) -> Result<Option<String>, DriverError> {
    row.get(index)
}

fn number(row: &Row<'_>, index: usize) -> Result<String, DriverError> {
    Ok(row.parse::<OrgNumber>(index)?.to_string())
}
