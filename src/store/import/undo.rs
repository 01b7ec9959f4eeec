//! Imports taken back: what was made goes, what was changed is as before, all or nothing.

use serde_json::{Map, Value as Json, json};

use super::super::account::{subject as account_subject, use_of_account};
use super::super::driver::values;
use super::super::event::{Event, Payload, read_event};
use super::super::undo::unreadable;
use super::super::{StoreError, Tx};
use super::STAGED_COLUMNS;
use super::record::{self, ImportRecord};
use crate::domain::account::{Account, AccountId, Field, Profile};
use crate::domain::event::{EventKind, Noun};
use crate::domain::import::ImportKind;
use crate::domain::org_number::OrgNumber;
use crate::domain::participant::Participant;
use crate::domain::vat_number::VatNumber;

impl Tx<'_> {
    /// Takes back what an import wrote: what it made goes, edits it made are reversed.
    ///
    /// Errors, naming some, when what it wrote was changed or used since; then nothing is taken back.
    pub fn undo_import(&self, record: &ImportRecord) -> Result<(), StoreError> {
        if let Some(at) = &record.undone_at {
            return Err(StoreError::InUse(format!("import {} was undone at {at}", record.id)));
        }
        match record.kind {
            ImportKind::Accounts | ImportKind::Members => self.refuse_changed_accounts(record)?,
            ImportKind::Subscriptions => self.refuse_changed_subscriptions(record)?,
        }
        let last = self.head()?.seq;
        let mut before = last + 1;
        loop {
            let page = self.import_events(record, before)?;
            let Some(oldest) = page.last() else { break };
            before = oldest.seq;
            for event in &page {
                self.reverse(event)?;
            }
        }
        self.change(
            "import",
            record.id,
            "UPDATE import SET undone_at = $2 WHERE id = $1 AND undone_at IS NULL",
            values![record.id, self.now()],
        )?;
        let about = record.id.to_string();
        let after = json!({ "file": record.file_name });
        self.record(EventKind::ImportUndone, record::subject(record.id), &about, Json::Null, after)
    }

    /// Errors when accounts of the import were changed or used since; what another import changed and
    /// was undone does not count.
    fn refuse_changed_accounts(&self, record: &ImportRecord) -> Result<(), StoreError> {
        let used: Vec<String> = self.rows(
            concat!(
                "SELECT DISTINCT u.org_number, u.used FROM (
                 SELECT a.org_number AS org_number, CASE
                     WHEN EXISTS (SELECT 1 FROM event later WHERE later.noun = 'account'
                         AND later.subject_id = e.subject_id AND later.operation_id <> $1
                         AND later.seq > e.seq
                         AND later.operation_id NOT IN (
                             SELECT operation_id FROM import WHERE undone_at IS NOT NULL
                             UNION SELECT operation_id FROM event
                             WHERE noun = 'import' AND kind = 'import_undone')) THEN 'was changed'
                     WHEN e.kind = 'account_created' THEN ",
                use_of_account!("e.subject_id"),
                " END AS used
                 FROM event e JOIN account a ON a.id = e.subject_id
                 WHERE e.operation_id = $1 AND e.noun = 'account') u
             WHERE u.used IS NOT NULL ORDER BY u.org_number LIMIT 11"
            ),
            values![record.operation],
            |row| Ok(format!("{} {}", row.parse::<OrgNumber>(0)?.masked(), row.get::<String>(1)?)),
        )?;
        refuse_built_upon(record, "account", &used)
    }

    /// Errors when subscriptions of the import were renewed, cancelled, changed or fetched from since; a
    /// renewal that was only refused does not count.
    fn refuse_changed_subscriptions(&self, record: &ImportRecord) -> Result<(), StoreError> {
        let used: Vec<String> = self.rows(
            "SELECT DISTINCT u.number, u.used FROM (
                 SELECT s.number AS number, CASE
                     WHEN EXISTS (SELECT 1 FROM event later WHERE later.noun = 'subscription'
                         AND later.subject_id = e.subject_id AND later.operation_id <> $1
                         AND later.seq > e.seq AND later.kind <> 'renewal_failed')
                         THEN 'was renewed, cancelled or changed'
                     WHEN EXISTS (SELECT 1 FROM fetch f WHERE f.subscription_id = s.id)
                         THEN 'was fetched from'
                     WHEN EXISTS (SELECT 1 FROM licence_edition d
                         JOIN fetch f ON f.licence_edition_id = d.id
                         WHERE d.subscription_id = s.id) THEN 'has copies that were fetched'
                 END AS used
                 FROM event e JOIN subscription s ON s.id = e.subject_id
                 WHERE e.operation_id = $1 AND e.noun = 'subscription') u
             WHERE u.used IS NOT NULL ORDER BY u.number LIMIT 11",
            values![record.operation],
            |row| Ok(format!("{} {}", row.get::<i64>(0)?, row.get::<String>(1)?)),
        )?;
        refuse_built_upon(record, "subscription", &used)
    }

    fn import_events(&self, record: &ImportRecord, before: i64) -> Result<Vec<Event>, StoreError> {
        let mut page = Vec::new();
        self.each(
            "SELECT e.seq, e.operation_id, e.kind, e.noun, e.subject_id, p.payload
             FROM event e JOIN event_payload p ON p.seq = e.seq
             WHERE e.operation_id = $1 AND e.seq < $2 AND e.noun = $3
             ORDER BY e.seq DESC LIMIT 1000",
            values![record.operation, before, *record.kind.noun()],
            &mut |row| {
                page.push(read_event(row)?);
                Ok(())
            },
        )?;
        Ok(page)
    }

    fn reverse(&self, event: &Event) -> Result<(), StoreError> {
        if event.kind == EventKind::SubscriptionImported {
            return self.remove_taken_over(event.subject.id);
        }
        // A licence's document side goes with its subscription.
        if event.subject.noun == Noun::Subscription {
            return Ok(());
        }
        let account = self.account_by_id(AccountId(event.subject.id))?;
        let erased = || {
            let words =
                format!("what the import changed in {} was erased", account.org_number.masked());
            StoreError::InUse(words)
        };
        let payload = event.payload.as_ref().ok_or_else(erased)?;
        match event.kind {
            EventKind::AccountCreated => self.remove_account(&account),
            EventKind::AccountEdited => {
                let profile = former_profile(&account, &payload.before, &payload.after)?;
                self.refuse_rebilling(&account, &profile)?;
                self.edit_account(&account, &profile).map(|_| ())
            }
            EventKind::MembershipChanged => self.reverse_membership(&account, payload),
            _ => Ok(()),
        }
    }

    /// Takes back a change of membership, as its event tells it.
    pub(in crate::store) fn reverse_membership(
        &self,
        account: &Account,
        payload: &Payload,
    ) -> Result<(), StoreError> {
        let became_member = payload.after.get("member") == Some(&Json::Bool(true));
        let from = payload.after.get("from").and_then(Json::as_str).unwrap_or_default();
        let until = payload.before.get("until").and_then(Json::as_str);
        self.take_back_membership(account, became_member, from, until)
    }

    fn take_back_membership(
        &self,
        account: &Account,
        became_member: bool,
        from: &str,
        until: Option<&str>,
    ) -> Result<(), StoreError> {
        let (id, number) = (account.id.0, &account.org_number);
        if let Some(until) = until.filter(|_| became_member) {
            // It had been going to end, and that end was taken away.
            let sql = "UPDATE membership SET to_on = $2 WHERE account_id = $1 AND to_on IS NULL";
            self.change("account", number.masked(), sql, values![id, *until])?;
        } else if became_member {
            let sql = "DELETE FROM membership
                       WHERE account_id = $1 AND from_on = $2 AND to_on IS NULL";
            self.change("account", number.masked(), sql, values![id, *from])?;
        } else {
            let reopened = self.execute(
                "UPDATE membership SET to_on = $3 WHERE account_id = $1 AND to_on = $2",
                values![id, *from, until],
            )?;
            // One that had begun that very day was dropped.
            if reopened == 0 {
                self.execute(
                    "INSERT INTO membership (account_id, from_on, to_on) VALUES ($1, $2, $3)",
                    values![id, *from, until],
                )?;
            }
        }
        self.record(
            EventKind::MembershipChanged,
            account_subject(account.id),
            &account.org_number.masked(),
            json!({ "member": became_member }),
            json!({ "member": !became_member, "from": from }),
        )
    }
}

/// Errors when there is something that was built on, naming the first ten, each with what that is.
fn refuse_built_upon(record: &ImportRecord, noun: &str, used: &[String]) -> Result<(), StoreError> {
    if used.is_empty() {
        return Ok(());
    }
    let more = if used.len() > 10 { "; and others" } else { "" };
    let shown = used.iter().take(10).cloned().collect::<Vec<String>>().join("; ");
    let words = format!("something was built on import {} since: {noun} {shown}{more}", record.id);
    Err(StoreError::BuiltOn { kind: record.kind, words })
}

/// Returns an account's profile before an edit that changed it from `before` to `after`.
pub(in crate::store) fn former_profile(
    account: &Account,
    before: &Map<String, Json>,
    after: &Map<String, Json>,
) -> Result<Profile, StoreError> {
    let mut former = account.profile.clone();
    for field in STAGED_COLUMNS.into_iter().chain(Field::DELIVERY) {
        let key = field.as_str();
        if before.contains_key(key) || after.contains_key(key) {
            let text = before.get(key).and_then(Json::as_str).unwrap_or_default();
            let text = match field {
                Field::VatNumber if !text.is_empty() => {
                    let number = VatNumber::unmasked(text, &account.org_number);
                    number.map_err(|error| unreadable(error.into()))?.to_string()
                }
                Field::Participant if !text.is_empty() => {
                    let participant = Participant::unmasked(text, &account.org_number);
                    participant.map_err(|error| unreadable(error.into()))?.to_string()
                }
                _ => text.to_owned(),
            };
            former.set(field, &text).map_err(unreadable)?;
        }
    }
    Ok(former)
}
