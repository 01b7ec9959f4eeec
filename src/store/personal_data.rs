//! What the shop holds on a person: found by an e-mail address wherever texts stand, handed over, and
//! erased where the law allows.
//!
//! An address is looked for in the whole store. A name is looked for only in the accounts that the
//! address is connected with, since a name alone is borne by many. Tables are read a page at a time, so
//! that a search of a million rows needs little memory.

mod books;
mod erase;
mod export;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde_json::Value as Json;

use super::driver::{Row, values};
use super::subscription::is_invoiced_yet;
use super::{DriverError, StoreError, Tx};
use crate::domain::account::AccountId;
use crate::domain::email::Email;
use crate::domain::event::{EventKind, Noun, Subject};
use crate::domain::org_number::OrgNumber;
use crate::domain::personal_data::Person;

pub use self::erase::Erased;

/// How many rows are looked through at a time.
const PAGE: i64 = 1000;

/// Stands for the account of a row that belongs to none.
const NO_ACCOUNT: i64 = 0;

/// A person, and where the shop knows the person from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    pub person: Person,
    /// The accounts that the address is connected with.
    accounts: BTreeSet<i64>,
    /// Contacts of those accounts that may be somebody else: the account's number and the name.
    pub other_contacts: Vec<(String, String)>,
}

/// A row and its texts.
struct Texts {
    id: i64,
    account: i64,
    texts: Vec<Option<String>>,
}

impl Texts {
    /// Returns the account that the row belongs to, if it is one's.
    fn owner(&self) -> Option<i64> {
        Some(self.account).filter(|id| *id != NO_ACCOUNT)
    }

    fn get(&self, index: usize) -> Option<&str> {
        self.texts.get(index)?.as_deref()
    }
}

/// The texts in which a person may stand: how many each row has, and the statement that reads a page of
/// them after its key and its account.
struct Place {
    count: usize,
    sql: &'static str,
}

const LOGINS: Place = Place {
    count: 1,
    sql: "SELECT id, account_id, email FROM login WHERE id > $1 ORDER BY id LIMIT $2",
};
/// Addresses typed at "forgotten password" that nobody has answered yet.
const FORGOTTEN: Place = Place {
    count: 1,
    sql: "SELECT id, 0, email FROM forgotten WHERE id > $1 ORDER BY id LIMIT $2",
};
const FETCHES: Place = Place {
    count: 2,
    sql: "SELECT id, account_id, login, reason FROM fetch WHERE id > $1 ORDER BY id LIMIT $2",
};
const ACCOUNTS: Place = Place {
    count: 5,
    sql: "SELECT id, id, contact, invoice_email, care_of, reference, name FROM account
          WHERE id > $1 ORDER BY id LIMIT $2",
};
const SUBSCRIPTIONS: Place = Place {
    count: 6,
    sql: "SELECT id, account_id, invoice_email, reference, care_of, agreed_reason, end_reason, failure
          FROM subscription WHERE id > $1 ORDER BY id LIMIT $2",
};
const NOTICES: Place = Place {
    count: 4,
    sql: "SELECT n.id, s.account_id, n.login, n.given_by, n.reason, n.evidence_name
          FROM notice n JOIN subscription s ON s.id = n.subscription_id
          WHERE n.id > $1 ORDER BY n.id LIMIT $2",
};
const ORDERS: Place = Place {
    count: 1,
    sql: "SELECT id, account_id, cancel_reason FROM orders WHERE id > $1 ORDER BY id LIMIT $2",
};
/// Why licences were revoked, and whom they are for.
const LICENCES: Place = Place {
    count: 2,
    sql: "SELECT l.subscription_id, s.account_id, l.revoke_reason, l.holder
          FROM licence l JOIN subscription s ON s.id = l.subscription_id
          WHERE l.subscription_id > $1 ORDER BY l.subscription_id LIMIT $2",
};
/// Where printed copies go.
const SHIP_TOS: Place = Place {
    count: 2,
    sql: "SELECT t.order_id, o.account_id, t.name, t.care_of
          FROM ship_to t JOIN orders o ON o.id = t.order_id
          WHERE t.order_id > $1 ORDER BY t.order_id LIMIT $2",
};
const SHIPMENTS: Place = Place {
    count: 4,
    sql: "SELECT s.id, o.account_id, s.name, s.care_of, s.tracking, s.reason
          FROM shipment s JOIN orders o ON o.id = s.order_id
          WHERE s.id > $1 ORDER BY s.id LIMIT $2",
};
const NOTES: Place = Place {
    count: 1,
    sql: "SELECT id, account_id, body FROM note WHERE id > $1 ORDER BY id LIMIT $2",
};
const HOLDS: Place = Place {
    count: 1,
    sql: "SELECT h.id, coalesce(h.account_id, i.account_id), h.reason
          FROM hold h LEFT JOIN invoice i ON i.id = h.invoice_id
          WHERE h.id > $1 ORDER BY h.id LIMIT $2",
};
/// The licences of an invoice are all of one holder.
const INVOICES: Place = Place {
    count: 6,
    sql:
        "SELECT i.id, i.account_id, i.invoice_email, i.reference, i.buyer_care_of, i.credit_reason,
              i.buyer_name,
              (SELECT max(l.holder) FROM invoice_line l WHERE l.invoice_id = i.id)
          FROM invoice i WHERE i.id > $1 ORDER BY i.id LIMIT $2",
};
const DELIVERIES: Place = Place {
    count: 1,
    sql: "SELECT d.invoice_id, i.account_id, d.how
          FROM delivery d JOIN invoice i ON i.id = d.invoice_id
          WHERE d.invoice_id > $1 ORDER BY d.invoice_id LIMIT $2",
};
/// What a reminder said; its invoice is the person's or not by other texts.
const REMINDERS: Place = Place {
    count: 6,
    sql: "SELECT r.id, i.account_id, r.text, i.invoice_email, i.reference, i.buyer_care_of,
              i.credit_reason, i.buyer_name
          FROM payment_reminder r JOIN invoice i ON i.id = r.invoice_id
          WHERE r.id > $1 ORDER BY r.id LIMIT $2",
};
const PAYMENTS: Place = Place {
    count: 3,
    sql: "SELECT id, coalesce(account_id, 0), payer_name, reference, message FROM payment
          WHERE id > $1 ORDER BY id LIMIT $2",
};
const ENTRIES: Place = Place {
    count: 1,
    sql: "SELECT e.id, coalesce(p.account_id, i.account_id, 0), e.reason
          FROM ledger_entry e LEFT JOIN payment p ON p.id = e.payment_id
          LEFT JOIN invoice i ON i.id = e.invoice_id
          WHERE e.id > $1 ORDER BY e.id LIMIT $2",
};
/// The parts of a spread income say the same of whom they are for.
const VOUCHERS: Place = Place {
    count: 1,
    sql:
        "SELECT b.subject_id, coalesce(i.account_id, p.account_id, ep.account_id, ei.account_id, 0),
              b.text
          FROM booked_voucher b LEFT JOIN invoice i ON i.id = b.subject_id
          LEFT JOIN payment p ON p.id = b.subject_id
          LEFT JOIN ledger_entry e ON e.id = b.subject_id
          LEFT JOIN payment ep ON ep.id = e.payment_id
          LEFT JOIN invoice ei ON ei.id = e.invoice_id
          WHERE b.subject_id > $1 AND b.part = (SELECT min(f.part) FROM booked_voucher f
              WHERE f.subject_id = b.subject_id)
          ORDER BY b.subject_id LIMIT $2",
};
const PAYMENT_FILES: Place = Place {
    count: 1,
    sql: "SELECT id, 0, name FROM payment_file WHERE id > $1 ORDER BY id LIMIT $2",
};
const MAILS: Place = Place {
    count: 4,
    sql:
        "SELECT m.id, coalesce(m.account_id, i.account_id), m.recipient, m.facts, m.detail, m.cause
          FROM outbox m LEFT JOIN invoice i ON i.id = m.invoice_id
          WHERE m.id > $1 ORDER BY m.id LIMIT $2",
};
const IMPORTS: Place = Place {
    count: 1,
    sql: "SELECT id, 0, file_name FROM import WHERE id > $1 ORDER BY id LIMIT $2",
};
const STAFF: Place =
    Place { count: 1, sql: "SELECT id, 0, name FROM staff WHERE id > $1 ORDER BY id LIMIT $2" };

impl Trace {
    fn is_connected(&self, account: i64) -> bool {
        self.accounts.contains(&account)
    }

    /// Says whether a text of an account speaks of the person.
    fn is_in(&self, account: i64, text: Option<&str>) -> bool {
        text.is_some_and(|text| {
            self.person.has_address_in(text)
                || (self.is_connected(account) && self.person.is_named_in(text))
        })
    }

    fn is_in_any(&self, row: &Texts) -> bool {
        row.texts.iter().any(|text| self.is_in(row.account, text.as_deref()))
    }
}

impl Tx<'_> {
    /// Finds where the shop knows a person from, who may also be called by `name`.
    ///
    /// A contact whose name the address is made of is taken for the person.
    pub fn personal_trace(&self, email: &Email, name: Option<&str>) -> Result<Trace, StoreError> {
        let mut trace = Trace {
            person: Person::new(email.clone()),
            accounts: BTreeSet::new(),
            other_contacts: Vec::new(),
        };
        let places = [
            &LOGINS,
            &FETCHES,
            &ACCOUNTS,
            &ORDERS,
            &SHIP_TOS,
            &SHIPMENTS,
            &SUBSCRIPTIONS,
            &LICENCES,
            &NOTICES,
            &NOTES,
            &HOLDS,
            &INVOICES,
            &DELIVERIES,
            &PAYMENTS,
            &ENTRIES,
            &MAILS,
        ];
        for place in places {
            let mut found = Vec::new();
            self.each_text(place, &mut |row| {
                if trace.is_in_any(row) {
                    found.extend(row.owner());
                }
                Ok(())
            })?;
            trace.accounts.extend(found);
        }
        if let Some(name) = name {
            trace.person.called(name);
        }
        let mut contacts = Vec::new();
        for id in &trace.accounts {
            let account = self.account_by_id(AccountId(*id))?;
            contacts.extend(account.profile.contact.map(|name| (account.org_number, name)));
        }
        for (_, contact) in &contacts {
            if trace.person.may_be(contact) {
                trace.person.called(contact);
            }
        }
        trace.other_contacts = contacts
            .into_iter()
            .filter(|(_, contact)| {
                !trace.person.is_named_in(contact) && !trace.person.has_address_in(contact)
            })
            .map(|(org_number, contact)| (org_number.masked(), contact))
            .collect();
        Ok(trace)
    }

    /// Returns for what somebody else's address is needed before this one can go, in words.
    pub fn needs_successor(&self, trace: &Trace) -> Result<Vec<String>, StoreError> {
        let email = trace.person.email.key();
        let mut needs = self.rows(
            "SELECT a.org_number FROM login l JOIN account a ON a.id = l.account_id
             WHERE l.email_key = $1 AND a.closed_on IS NULL
                 AND (SELECT count(*) FROM login o WHERE o.account_id = l.account_id) = 1",
            values![email],
            |row| Ok(format!("the only login of account {}", masked(row)?)),
        )?;
        for account in &trace.accounts {
            needs.extend(self.invoiced_to_person(*account, trace)?);
        }
        self.each_text(&MAILS, &mut |row| {
            if row.get(0).is_some_and(|recipient| trace.person.is_address(recipient))
                && row.get(1).is_none()
            {
                needs.extend(self.rows(
                    "SELECT i.number FROM outbox m JOIN invoice i ON i.id = m.invoice_id
                     WHERE m.id = $1 AND m.status IN ('waiting', 'held')",
                    values![row.id],
                    |row| Ok(format!("invoice {}, which is not sent yet", row.get::<i64>(0)?)),
                )?);
            }
            Ok(())
        })?;
        Ok(needs)
    }

    /// Returns what an account is invoiced for yet, to the person, in words.
    fn invoiced_to_person(&self, account: i64, trace: &Trace) -> Result<Vec<String>, StoreError> {
        let running = self.rows(
            concat!(
                "SELECT s.number, s.invoice_email, a.invoice_email, a.org_number
             FROM subscription s JOIN account a ON a.id = s.account_id
             WHERE s.account_id = $1 AND ",
                is_invoiced_yet!(),
                " ORDER BY s.number"
            ),
            values![account, self.today()],
            |row| {
                let own = trace.person.is_address(&row.get::<String>(1)?);
                let default: Option<String> = row.get(2)?;
                let default = default.is_some_and(|email| trace.person.is_address(&email));
                let number: i64 = row.get(0)?;
                let needs = [
                    own.then(|| format!("the invoice e-mail of subscription {number}")),
                    default.then_some(masked_at(row, 3)).transpose()?.map(|number| {
                        format!(
                            "the invoice e-mail of account {number}, on which subscriptions run"
                        )
                    }),
                ];
                Ok(needs)
            },
        )?;
        let mut needs: Vec<String> = Vec::new();
        for words in running.into_iter().flatten().flatten() {
            if !needs.contains(&words) {
                needs.push(words);
            }
        }
        Ok(needs)
    }

    /// Records that what is held on a person was handed over, and how much of each part.
    pub fn record_personal_export(
        &self,
        trace: &Trace,
        counts: &[(&'static str, i64)],
    ) -> Result<(), StoreError> {
        let after: Json = counts
            .iter()
            .filter(|(_, count)| *count > 0)
            .map(|(part, count)| ((*part).to_owned(), Json::from(*count)))
            .collect::<serde_json::Map<String, Json>>()
            .into();
        let kind = EventKind::PersonalDataExported;
        let whole_shop = Subject { noun: Noun::Shop, id: 0 };
        self.record(kind, whole_shop, "shop", Json::Null, after)?;
        for id in &trace.accounts {
            let account = self.account_by_id(AccountId(*id))?;
            let subject = super::account::subject(account.id);
            self.record(kind, subject, &account.org_number.masked(), Json::Null, Json::Null)?;
        }
        Ok(())
    }

    /// Hands over the texts of a table, row by row; `visit` may write to the row at hand.
    fn each_text(
        &self,
        place: &Place,
        visit: &mut dyn FnMut(&Texts) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut after = i64::MIN;
        loop {
            let page = self.rows(place.sql, values![after, PAGE], |row| {
                let texts = (2..2 + place.count).map(|index| row.get(index));
                Ok(Texts {
                    id: row.get(0)?,
                    account: row.get(1)?,
                    texts: texts.collect::<Result<_, _>>()?,
                })
            })?;
            let Some(last) = page.last() else { return Ok(()) };
            after = last.id;
            for row in &page {
                visit(row)?;
            }
        }
    }

    /// Hands over the number of each event that speaks of the person and is not erased.
    ///
    /// A name counts in the events of the accounts that the address is connected with, and in the
    /// command lines of the operations that wrote them.
    fn each_event_about(
        &self,
        trace: &Trace,
        visit: &mut dyn FnMut(i64) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let subjects = self.subjects_connected(trace)?;
        let mut after = 0;
        loop {
            let page = self.rows(
                "SELECT p.seq, e.noun, e.subject_id, e.operation_id, p.payload
                 FROM event_payload p JOIN event e ON e.seq = p.seq
                 WHERE p.seq > $1 AND p.payload IS NOT NULL ORDER BY p.seq LIMIT $2",
                values![after, PAGE],
                |row| {
                    let subject: (String, i64) = (row.get(1)?, row.get(2)?);
                    Ok((row.get::<i64>(0)?, subject, row.get::<i64>(3)?, row.get::<String>(4)?))
                },
            )?;
            let Some((last, ..)) = page.last() else { return Ok(()) };
            after = *last;
            for (seq, subject, operation, payload) in &page {
                let is_about = any_text(payload, &|text| trace.person.has_address_in(text))
                    || (any_text(payload, &|text| trace.person.is_named_in(text))
                        && (subjects.contains(subject)
                            || self.operation_touches(*operation, subject, &subjects)?));
                if is_about {
                    visit(*seq)?;
                }
            }
        }
    }

    fn subjects_connected(&self, trace: &Trace) -> Result<HashSet<(String, i64)>, StoreError> {
        let mut subjects = HashSet::new();
        if trace.person.has_name() {
            for account in &trace.accounts {
                let owned = self.subjects_of(AccountId(*account))?;
                subjects
                    .extend(owned.iter().map(|owned| (owned.noun.as_str().to_owned(), owned.id)));
            }
        }
        Ok(subjects)
    }

    /// Says whether what an operation began with belongs to one of the subjects.
    fn operation_touches(
        &self,
        operation: i64,
        subject: &(String, i64),
        subjects: &HashSet<(String, i64)>,
    ) -> Result<bool, StoreError> {
        if subject.0 != Noun::Shop.as_str() {
            return Ok(false);
        }
        let mut touches = false;
        self.each(
            "SELECT noun, subject_id FROM event WHERE operation_id = $1",
            values![operation],
            &mut |row| {
                touches |= subjects.contains(&(row.get(0)?, row.get(1)?));
                Ok(())
            },
        )?;
        Ok(touches)
    }
}

/// How many things of each kind, by account; `None` for what belongs to none.
type Tally = BTreeMap<Option<i64>, BTreeMap<&'static str, i64>>;

fn masked(row: &Row<'_>) -> Result<String, DriverError> {
    masked_at(row, 0)
}

fn masked_at(row: &Row<'_>, index: usize) -> Result<String, DriverError> {
    Ok(row.parse::<OrgNumber>(index)?.masked())
}

/// Says whether `is_wanted` of any text in a JSON document.
fn any_text(json: &str, is_wanted: &dyn Fn(&str) -> bool) -> bool {
    match serde_json::from_str(json) {
        Ok(value) => any_text_of(&value, is_wanted),
        Err(_) => is_wanted(json),
    }
}

fn any_text_of(value: &Json, is_wanted: &dyn Fn(&str) -> bool) -> bool {
    match value {
        Json::String(text) => is_wanted(text),
        Json::Array(values) => values.iter().any(|value| any_text_of(value, is_wanted)),
        Json::Object(map) => map.values().any(|value| any_text_of(value, is_wanted)),
        _ => false,
    }
}
