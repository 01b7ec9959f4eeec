//! The event trail: recording, reading back, and the hash chain that ties it together.
//!
//! A link hashes the one before, the operation's head, the event's kind and subject, and the hash of
//! its payload, which is that of a random salt and the payload's bytes as stored. Emptying a payload
//! therefore leaves the chain whole; altering or dropping anything breaks it.

use serde::Serialize;
use serde_json::{Map, Value as Json, json};
use sha2::{Digest, Sha256};

use super::driver::{Row, Value, values};
use super::{DriverError, StoreError, Tx, timestamp};
use crate::domain::account::AccountId;
use crate::domain::event::{EventKind, Noun, Subject};

/// One event, read back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub seq: i64,
    pub operation: i64,
    pub kind: EventKind,
    pub subject: Subject,
    /// What people call the subject, its values before and after; `None` once erased.
    pub payload: Option<Payload>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payload {
    pub about: String,
    pub before: Map<String, Json>,
    pub after: Map<String, Json>,
}

/// The end of the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    pub seq: i64,
    pub hash: Vec<u8>,
}

impl Head {
    fn before_the_first() -> Head {
        Head { seq: 0, hash: vec![0; 32] }
    }
}

/// The length of a payload's salt.
const SALT_BYTES: usize = 32;

/// How many events were written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// How many of each kind, by kind; what begins an operation is not counted.
    pub by_kind: Vec<(EventKind, i64)>,
}

impl Written {
    pub fn count(&self) -> i64 {
        self.by_kind.iter().map(|(_, count)| count).sum()
    }
}

/// Something wrong with the chain, and the number of the event or operation it is wrong with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub seq: i64,
    pub what: &'static str,
}

impl Tx<'_> {
    /// Records what happened to `subject`: the only way a change reaches the trail.
    ///
    /// `before` and `after` are JSON objects or null.
    pub(super) fn record(
        &self,
        kind: EventKind,
        subject: Subject,
        about: &str,
        before: Json,
        after: Json,
    ) -> Result<(), StoreError> {
        let operation = self.begun_operation()?;
        self.append(operation, kind, subject, &StoredPayload { about, after, before })
    }

    /// Returns the operation's number, writing its row and first event if this is its first.
    pub fn begun_operation(&self) -> Result<i64, StoreError> {
        let Some(operation) = self.operation else {
            return Err(DriverError::Unexpected("a write outside an operation".to_owned()).into());
        };
        if let Some(id) = operation.id.get() {
            return Ok(id);
        }
        let id = self.integer(
            "INSERT INTO operation (actor, program, shop_time, machine_time)
             VALUES ($1, $2, $3, $4) RETURNING id",
            values![
                operation.actor,
                operation.program,
                timestamp(operation.moment.now),
                timestamp(operation.moment.machine)
            ],
        )?;
        operation.id.set(Some(id));
        let note = operation.note.as_ref();
        let payload = StoredPayload {
            about: &operation.command,
            after: note.map_or(Json::Null, |note| json!({ "note": note })),
            before: Json::Null,
        };
        let subject = Subject { noun: Noun::Shop, id: 0 };
        self.append(id, EventKind::OperationBegun, subject, &payload)?;
        Ok(id)
    }

    /// Returns the number of the event to be recorded next, as the key of the row it will tell of.
    ///
    /// Such a key is never used again, not even when the row is taken back: whatever was recorded of
    /// it stays its own.
    pub(super) fn next_id(&self) -> Result<i64, StoreError> {
        self.begun_operation()?;
        Ok(self.head()?.seq + 1)
    }

    fn append(
        &self,
        operation_id: i64,
        kind: EventKind,
        subject: Subject,
        payload: &StoredPayload<'_>,
    ) -> Result<(), StoreError> {
        let operation = self.operation.expect("an operation has begun");
        let payload = serde_json::to_string(payload)
            .map_err(|error| DriverError::Unexpected(format!("a payload is no JSON: {error}")))?;
        let head = self.head()?;
        let seq = head.seq + 1;
        let salt = Sha256::new()
            .chain_update(operation.salt_key)
            .chain_update(seq.to_be_bytes())
            .finalize();
        let payload_hash = Sha256::new().chain_update(salt).chain_update(&payload).finalize();
        let link = Link {
            seq,
            operation_id,
            actor: &operation.actor,
            program: operation.program,
            shop_time: &timestamp(operation.moment.now),
            machine_time: &timestamp(operation.moment.machine),
            kind: kind.as_str(),
            noun: subject.noun.as_str(),
            subject_id: subject.id,
            payload_hash: &payload_hash,
        };
        self.execute(
            "INSERT INTO event (seq, operation_id, kind, noun, subject_id, payload_hash, hash)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            values![
                seq,
                operation_id,
                kind.as_str(),
                subject.noun.as_str(),
                subject.id,
                payload_hash[..],
                link.hash(&head.hash)[..]
            ],
        )?;
        self.execute(
            "INSERT INTO event_payload (seq, salt, payload) VALUES ($1, $2, $3)",
            values![seq, salt[..], payload],
        )?;
        Ok(())
    }

    /// Returns the end of the chain; before the first event, sequence 0 and 32 zero bytes.
    pub fn head(&self) -> Result<Head, StoreError> {
        let head =
            self.find("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1", &[], |row| {
                Ok(Head { seq: row.get(0)?, hash: row.get(1)? })
            })?;
        Ok(head.unwrap_or_else(Head::before_the_first))
    }

    pub(super) fn written_since(&self, after: i64) -> Result<Written, StoreError> {
        let by_kind = self.count_kinds(
            "SELECT kind FROM event WHERE seq > $1 AND kind <> 'operation_begun' ORDER BY seq",
            values![after],
        )?;
        Ok(Written { by_kind })
    }

    /// Returns what a whole operation wrote, over all its transactions.
    pub fn written_by(&self, operation: i64) -> Result<Written, StoreError> {
        let by_kind = self.count_kinds(
            "SELECT kind FROM event WHERE operation_id = $1 AND kind <> 'operation_begun'
             ORDER BY seq",
            values![operation],
        )?;
        Ok(Written { by_kind })
    }

    /// Counts events by kind, in the order in which the kinds appear.
    ///
    /// Counted here, since GROUP BY would sort a million events first, in as much memory as the cache.
    fn count_kinds(
        &self,
        sql: &str,
        values: &[Value<'_>],
    ) -> Result<Vec<(EventKind, i64)>, StoreError> {
        let mut by_kind: Vec<(EventKind, i64)> = Vec::new();
        self.each(sql, values, &mut |row| {
            let kind = row.parse(0)?;
            match by_kind.iter_mut().find(|(counted, _)| *counted == kind) {
                Some((_, count)) => *count += 1,
                None => by_kind.push((kind, 1)),
            }
            Ok(())
        })?;
        Ok(by_kind)
    }

    /// Hands each event of one operation to `each`, oldest first, without what began it.
    pub fn each_event_of(
        &self,
        operation: i64,
        each: &mut dyn FnMut(Event) -> Result<(), DriverError>,
    ) -> Result<(), StoreError> {
        self.each(
            "SELECT e.seq, e.operation_id, e.kind, e.noun, e.subject_id, p.payload
             FROM event e JOIN event_payload p ON p.seq = e.seq
             WHERE e.operation_id = $1 AND e.kind <> 'operation_begun' ORDER BY e.seq",
            values![operation],
            &mut |row| each(read_event(row)?),
        )
    }

    /// Returns the newest events, newest first, at most `limit`.
    pub fn recent_events(&self, limit: i64) -> Result<Vec<(Event, OperationHead)>, StoreError> {
        self.rows(
            "SELECT e.seq, e.operation_id, e.kind, e.noun, e.subject_id, p.payload,
                 o.actor, o.program, o.shop_time, o.machine_time
             FROM event e JOIN event_payload p ON p.seq = e.seq
             JOIN operation o ON o.id = e.operation_id
             WHERE e.kind <> 'operation_begun'
             ORDER BY e.seq DESC LIMIT $1",
            values![limit],
            |row| Ok((read_event(row)?, read_operation_head(row, 6)?)),
        )
    }

    /// Returns everything that happened to any of `subjects`, newest first.
    pub fn events_of(
        &self,
        subjects: &[Subject],
    ) -> Result<Vec<(Event, OperationHead)>, StoreError> {
        let mut events = Vec::new();
        for subject in subjects {
            events.extend(self.rows(
                "SELECT e.seq, e.operation_id, e.kind, e.noun, e.subject_id, p.payload,
                     o.actor, o.program, o.shop_time, o.machine_time
                 FROM event e JOIN event_payload p ON p.seq = e.seq
                 JOIN operation o ON o.id = e.operation_id
                 WHERE e.noun = $1 AND e.subject_id = $2",
                values![*subject.noun.as_str(), subject.id],
                |row| Ok((read_event(row)?, read_operation_head(row, 6)?)),
            )?);
        }
        events.sort_by_key(|(event, _)| std::cmp::Reverse(event.seq));
        Ok(events)
    }

    /// Returns an account and all that belongs to it, as events are about them.
    pub fn subjects_of(&self, account: AccountId) -> Result<Vec<Subject>, StoreError> {
        let mut subjects = vec![Subject { noun: Noun::Account, id: account.0 }];
        let owned = [
            (Noun::Login, "SELECT id FROM login WHERE account_id = $1 ORDER BY id"),
            (Noun::Order, "SELECT id FROM orders WHERE account_id = $1 ORDER BY id"),
            (Noun::Subscription, "SELECT id FROM subscription WHERE account_id = $1 ORDER BY id"),
            (Noun::Invoice, "SELECT id FROM invoice WHERE account_id = $1 ORDER BY id"),
            (Noun::Payment, "SELECT id FROM payment WHERE account_id = $1 ORDER BY id"),
            (
                Noun::Mail,
                "SELECT m.id FROM outbox m JOIN invoice i ON i.id = m.invoice_id
                 WHERE i.account_id = $1
                 UNION ALL
                 SELECT m.id FROM outbox m WHERE m.account_id = $1",
            ),
        ];
        for (noun, sql) in owned {
            subjects.extend(
                self.rows(sql, values![account.0], |row| Ok(Subject { noun, id: row.get(0)? }))?,
            );
        }
        Ok(subjects)
    }

    /// Returns the head of an operation and the command that began it.
    pub fn operation_head(
        &self,
        operation: i64,
    ) -> Result<(OperationHead, Option<Payload>), StoreError> {
        let found = self.find(
            "SELECT o.actor, o.program, o.shop_time, o.machine_time, p.payload
             FROM operation o
             JOIN event e ON e.operation_id = o.id AND e.kind = 'operation_begun'
             JOIN event_payload p ON p.seq = e.seq
             WHERE o.id = $1",
            values![operation],
            |row| Ok((read_operation_head(row, 0)?, read_payload(row, 4)?)),
        )?;
        found.ok_or_else(|| StoreError::Unknown { noun: "operation", key: operation.to_string() })
    }

    /// Walks the whole chain and returns what is wrong with it, and how many events there are.
    ///
    /// Hashes stored bytes and serialises nothing anew.
    pub fn verify_chain(&self) -> Result<(i64, Vec<Finding>), StoreError> {
        let mut findings = Vec::new();
        let mut previous = Head::before_the_first();
        self.each(
            "SELECT e.seq, e.operation_id, o.actor, o.program, o.shop_time, o.machine_time,
                 e.kind, e.noun, e.subject_id, e.payload_hash, e.hash, p.seq, p.salt, p.payload
             FROM event e
             LEFT JOIN operation o ON o.id = e.operation_id
             LEFT JOIN event_payload p ON p.seq = e.seq
             ORDER BY e.seq",
            &[],
            &mut |row| {
                let seq = row.get(0)?;
                let mut found = |what| findings.push(Finding { seq, what });
                if seq != previous.seq + 1 {
                    found("events are missing before this one");
                }
                let hash: Vec<u8> = row.get(10)?;
                match follows(row, &previous.hash)? {
                    None => found("the operation's row is missing"),
                    Some(expected) if expected != hash => {
                        found("the event does not follow from the one before");
                    }
                    Some(_) => {}
                }
                if let Some(what) = payload_fault(row)? {
                    found(what);
                }
                previous = Head { seq, hash };
                Ok(())
            },
        )?;
        self.find_left_behind(&mut findings)?;
        Ok((previous.seq, findings))
    }

    /// Finds what the events that it belonged to have left behind.
    fn find_left_behind(&self, findings: &mut Vec<Finding>) -> Result<(), StoreError> {
        let left_behind = [
            (
                "the event of this payload is missing",
                "SELECT p.seq FROM event_payload p LEFT JOIN event e ON e.seq = p.seq
                 WHERE e.seq IS NULL ORDER BY p.seq",
            ),
            (
                "the events of the operation of this number are missing",
                "SELECT o.id FROM operation o LEFT JOIN event e ON e.operation_id = o.id
                 WHERE e.seq IS NULL ORDER BY o.id",
            ),
        ];
        for (what, sql) in left_behind {
            findings.extend(self.rows(sql, &[], |row| Ok(Finding { seq: row.get(0)?, what }))?);
        }
        Ok(())
    }
}

/// Returns the hash that the event of `row` has if it follows `previous`; `None` without its
/// operation.
fn follows(row: &Row<'_>, previous: &[u8]) -> Result<Option<Vec<u8>>, DriverError> {
    let Some(actor) = row.get::<Option<String>>(2)? else { return Ok(None) };
    let link = Link {
        seq: row.get(0)?,
        operation_id: row.get(1)?,
        actor: &actor,
        program: &row.get::<String>(3)?,
        shop_time: &row.get::<String>(4)?,
        machine_time: &row.get::<String>(5)?,
        kind: &row.get::<String>(6)?,
        noun: &row.get::<String>(7)?,
        subject_id: row.get(8)?,
        payload_hash: &row.get::<Vec<u8>>(9)?,
    };
    Ok(Some(link.hash(previous).to_vec()))
}

/// Returns what is wrong with the payload of an event, which may be emptied and nothing else.
fn payload_fault(row: &Row<'_>) -> Result<Option<&'static str>, DriverError> {
    let salt: Option<Vec<u8>> = row.get(12)?;
    let (salt, payload) = match (row.get::<Option<i64>>(11)?, salt, row.column(13)) {
        (None, ..) => return Ok(Some("the payload's row is missing")),
        (_, None, Value::Null) => return Ok(None),
        (_, Some(salt), Value::Text(payload)) => (salt, payload),
        (_, Some(_), Value::Blob(_)) => return Ok(Some("the payload was altered")),
        _ => return Ok(Some("the payload was emptied in part")),
    };
    let hash = Sha256::new().chain_update(&salt).chain_update(payload.as_bytes()).finalize();
    // A salt of another length could have lent bytes to the payload, or borrowed some from it.
    let is_whole = salt.len() == SALT_BYTES && hash[..] == row.get::<Vec<u8>>(9)?[..];
    Ok((!is_whole).then_some("the payload was altered"))
}

/// Who did it, when, with which version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationHead {
    pub actor: String,
    pub program: String,
    pub shop_time: String,
    pub machine_time: String,
}

fn read_operation_head(row: &Row<'_>, from: usize) -> Result<OperationHead, DriverError> {
    Ok(OperationHead {
        actor: row.get(from)?,
        program: row.get(from + 1)?,
        shop_time: row.get(from + 2)?,
        machine_time: row.get(from + 3)?,
    })
}

pub(super) fn read_event(row: &Row<'_>) -> Result<Event, DriverError> {
    Ok(Event {
        seq: row.get(0)?,
        operation: row.get(1)?,
        kind: row.parse(2)?,
        subject: Subject { noun: row.parse(3)?, id: row.get(4)? },
        payload: read_payload(row, 5)?,
    })
}

fn read_payload(row: &Row<'_>, index: usize) -> Result<Option<Payload>, DriverError> {
    let Some(text) = row.get::<Option<String>>(index)? else {
        return Ok(None);
    };
    let damaged = || DriverError::Corrupt("an event's payload is not what was written".to_owned());
    let Ok(Json::Object(mut payload)) = serde_json::from_str(&text) else {
        return Err(damaged());
    };
    let mut object = |key: &str| match payload.remove(key) {
        Some(Json::Object(map)) => map,
        _ => Map::new(),
    };
    let (before, after) = (object("before"), object("after"));
    let about = payload.get("about").and_then(Json::as_str).ok_or_else(damaged)?.to_owned();
    Ok(Some(Payload { about, before, after }))
}

/// A payload as it is written: its keys are in alphabetical order, as in every JSON object here.
#[derive(Serialize)]
struct StoredPayload<'a> {
    about: &'a str,
    after: Json,
    before: Json,
}

/// What a link of the chain ties together.
struct Link<'a> {
    seq: i64,
    operation_id: i64,
    actor: &'a str,
    program: &'a str,
    shop_time: &'a str,
    machine_time: &'a str,
    kind: &'a str,
    noun: &'a str,
    subject_id: i64,
    payload_hash: &'a [u8],
}

impl Link<'_> {
    /// Returns the hash of the link after `previous`. Texts are preceded by their length, so that no
    /// two links have the same bytes.
    fn hash(&self, previous: &[u8]) -> sha2::digest::Output<Sha256> {
        let mut hasher = Sha256::new();
        hasher.update(previous);
        hasher.update(self.seq.to_be_bytes());
        hasher.update(self.operation_id.to_be_bytes());
        hasher.update(self.subject_id.to_be_bytes());
        for text in
            [self.actor, self.program, self.shop_time, self.machine_time, self.kind, self.noun]
        {
            hasher.update((text.len() as u64).to_be_bytes());
            hasher.update(text);
        }
        hasher.update(self.payload_hash);
        hasher.finalize()
    }
}

#[cfg(test)]
mod tests;
