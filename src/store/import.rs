//! Imports of accounts: rows staged in a temporary table, judged, written, and undone.
//!
//! A whole file is read and checked before the write lock is taken. Staged rows are read back in the
//! order of the file: in the order of their numbers each would be fetched from another page.

use serde_json::{Map, Value as Json, json};

use super::account::subject;
use super::driver::{Row, Value, values};
use super::event::{Event, Payload};
use super::{DriverError, StoreError, Tx};
use crate::domain::account::{Account, AccountError, AccountId, Field, Profile};
use crate::domain::event::{EventKind, Noun, Subject};
use crate::domain::import;
use crate::domain::org_number::OrgNumber;

/// What becomes of rows whose organisation number has an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Equal rows count as unchanged; others are refused.
    CreateOnly,
    /// Accounts are updated from the row.
    Update,
}

/// Why a row of a file cannot be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowProblem {
    /// The physical line on which the row begins.
    pub line: i64,
    /// The field at fault, or `None` where it is the row as a whole.
    pub field: Option<Field>,
    pub value: String,
    pub reason: String,
}

/// A staged row with what the store holds about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountRow {
    pub line: i64,
    pub row: import::Row,
    pub existing: Option<Account>,
    /// The account that has the row's login.
    login_account: Option<AccountId>,
    /// The account that the row's number leads to: it was merged into that one, or is its former number.
    successor: Option<Account>,
}

/// How a written row counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    Created,
    Updated,
}

/// A finished import as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRecord {
    pub id: i64,
    pub operation: i64,
    pub file_name: String,
    pub imported_at: String,
    pub created: i64,
    pub updated: i64,
    pub unchanged: i64,
    pub refused: i64,
    pub undone_at: Option<String>,
}

const STAGED_COLUMNS: [Field; 10] = [
    Field::Name,
    Field::Contact,
    Field::InvoiceEmail,
    Field::CareOf,
    Field::Street,
    Field::PostalCode,
    Field::City,
    Field::Country,
    Field::Language,
    Field::Reference,
];

/// The query for those staged rows of which something holds, with what the store knows about them.
macro_rules! staged {
    ($condition:literal) => {
        concat!(
            "SELECT r.line, r.org_number, r.email, r.member, r.name, r.contact, r.invoice_email,
                 r.care_of, r.street, r.postal_code, r.city, r.country, r.language, r.reference,
                 l.account_id, a.id, coalesce(a.successor_id, f.account_id)
             FROM import_row r
             LEFT JOIN account a ON a.org_number = r.org_number
             LEFT JOIN login l ON l.email_key = r.email_key
             LEFT JOIN former_org_number f ON f.org_number = r.org_number
             WHERE ",
            $condition,
            " ORDER BY r.line LIMIT $2"
        )
    };
}

impl Tx<'_> {
    /// Makes the temporary table ready for a file.
    pub fn begin_staging(&self) -> Result<(), StoreError> {
        self.execute("DROP TABLE IF EXISTS import_row", &[])?;
        self.execute("DROP TABLE IF EXISTS import_problem", &[])?;
        self.execute(
            "CREATE TEMPORARY TABLE import_problem (
                 line INTEGER NOT NULL, field TEXT, value TEXT NOT NULL, reason TEXT NOT NULL)",
            &[],
        )?;
        self.execute(
            "CREATE TEMPORARY TABLE import_row (
                 line INTEGER PRIMARY KEY, org_number TEXT NOT NULL, email TEXT, email_key TEXT,
                 member INTEGER, name TEXT, contact TEXT, invoice_email TEXT, care_of TEXT,
                 street TEXT, postal_code TEXT, city TEXT, country TEXT, language TEXT,
                 reference TEXT)",
            &[],
        )?;
        Ok(())
    }

    /// Stages one checked row.
    pub fn stage_row(&self, line: i64, row: &import::Row) -> Result<(), StoreError> {
        let cell = |field: Field| row.given.contains(&field).then(|| row.profile.get(field));
        let [
            name,
            contact,
            invoice_email,
            care_of,
            street,
            postal_code,
            city,
            country,
            language,
            reference,
        ] = STAGED_COLUMNS.map(cell);
        self.execute(
            "INSERT INTO import_row (line, org_number, email, email_key, member, name, contact,
                 invoice_email, care_of, street, postal_code, city, country, language, reference)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
            values![
                line,
                *row.org_number.digits(),
                row.login.as_ref().map(|email| email.as_str().to_owned()),
                row.login.as_ref().map(|email| email.key()),
                row.is_member,
                name,
                contact,
                invoice_email,
                care_of,
                street,
                postal_code,
                city,
                country,
                language,
                reference,
            ],
        )?;
        Ok(())
    }

    /// Keeps a problem with a row of the file, however many there are.
    pub fn stage_problem(&self, problem: &RowProblem) -> Result<(), DriverError> {
        self.driver.execute(
            "INSERT INTO import_problem (line, field, value, reason) VALUES ($1, $2, $3, $4)",
            values![
                problem.line,
                problem.field.map(|field| field.as_str().to_owned()),
                problem.value,
                problem.reason
            ],
        )?;
        Ok(())
    }

    /// Hands the problems over by line, at most `limit`.
    pub fn each_problem(
        &self,
        limit: i64,
        each: &mut dyn FnMut(RowProblem) -> Result<(), DriverError>,
    ) -> Result<(), StoreError> {
        self.each(
            "SELECT line, field, value, reason FROM import_problem ORDER BY line, reason LIMIT $1",
            values![limit],
            &mut |row| {
                let field: Option<String> = row.get(1)?;
                let field = Field::ALL.into_iter().find(|of| field.as_deref() == Some(of.as_str()));
                each(RowProblem {
                    line: row.get(0)?,
                    field,
                    value: row.get(2)?,
                    reason: row.get(3)?,
                })
            },
        )
    }

    /// Returns how many rows of the file have a problem.
    pub fn count_problems(&self) -> Result<i64, StoreError> {
        self.integer("SELECT count(DISTINCT line) FROM import_problem", &[])
    }

    /// Returns how many problems there are, of which a row may have several.
    pub fn count_all_problems(&self) -> Result<i64, StoreError> {
        self.integer("SELECT count(*) FROM import_problem", &[])
    }

    /// Drops the staged rows that were found bad.
    pub fn unstage_problems(&self) -> Result<(), StoreError> {
        self.execute(
            "DELETE FROM import_row WHERE line IN (SELECT line FROM import_problem)",
            &[],
        )?;
        Ok(())
    }

    /// Finds every problem that staged rows have with one another or with the store.
    ///
    /// Of rows that share a number or a login the first is good, the later ones are not.
    pub fn judge_staged(&self, mode: Mode) -> Result<(), StoreError> {
        self.each(
            "SELECT r.line, r.org_number, f.line FROM import_row r
             JOIN (SELECT org_number, min(line) AS line FROM import_row
                 GROUP BY org_number HAVING count(*) > 1) f ON f.org_number = r.org_number
             WHERE r.line > f.line ORDER BY r.line",
            &[],
            &mut |row| {
                self.stage_problem(&RowProblem {
                    line: row.get(0)?,
                    field: Some(Field::OrgNumber),
                    value: row.parse::<OrgNumber>(1)?.to_string(),
                    reason: format!("it stands on line {} already", row.get::<i64>(2)?),
                })
            },
        )?;
        self.each(
            "SELECT r.line, r.email, f.line FROM import_row r
             JOIN (SELECT email_key, min(line) AS line FROM import_row WHERE email_key IS NOT NULL
                 GROUP BY email_key HAVING count(*) > 1) f ON f.email_key = r.email_key
             WHERE r.line > f.line ORDER BY r.line",
            &[],
            &mut |row| {
                self.stage_problem(&RowProblem {
                    line: row.get(0)?,
                    field: Some(Field::Email),
                    value: row.get(1)?,
                    reason: format!(
                        "it stands on line {} already; each account has a login of its own",
                        row.get::<i64>(2)?
                    ),
                })
            },
        )?;
        let mut after = 0;
        loop {
            let page = self.doubtful_rows(after, 1000)?;
            let Some(last) = page.last() else { return Ok(()) };
            after = last.line;
            for row in &page {
                if let Err(problem) = judge(row, mode, self.today()) {
                    self.stage_problem(&problem)?;
                }
            }
        }
    }

    /// Returns staged rows in the order of the file, those after line `after`, at most `limit`.
    pub fn staged_rows(&self, after: i64, limit: i64) -> Result<Vec<AccountRow>, StoreError> {
        self.staged(staged!("r.line > $1"), after, limit)
    }

    /// Returns those of the staged rows that the store knows something about, or that say too little to
    /// make an account: any other row is good.
    fn doubtful_rows(&self, after: i64, limit: i64) -> Result<Vec<AccountRow>, StoreError> {
        let sql = staged!(
            "r.line > $1 AND (a.id IS NOT NULL OR l.account_id IS NOT NULL
                 OR f.account_id IS NOT NULL OR r.name IS NULL OR r.email IS NULL)"
        );
        self.staged(sql, after, limit)
    }

    fn staged(&self, sql: &str, after: i64, limit: i64) -> Result<Vec<AccountRow>, StoreError> {
        let page = self.rows(sql, values![after, limit], |row| {
            Ok((read_staged_row(row)?, row.get::<Option<i64>>(15)?, row.get::<Option<i64>>(16)?))
        })?;
        let account = |id: Option<i64>| id.map(|id| self.account_by_id(AccountId(id))).transpose();
        page.into_iter()
            .map(|(row, existing, successor)| {
                Ok(AccountRow {
                    existing: account(existing)?,
                    successor: account(successor)?,
                    ..row
                })
            })
            .collect()
    }

    /// Begins an import: from here on its accounts can be taken back together.
    pub fn begin_import(&self, file_name: &str) -> Result<i64, StoreError> {
        let operation_id = self.begun_operation()?;
        let id = self.integer(
            "INSERT INTO import (operation_id, file_name, imported_at, created, updated, unchanged,
                 refused)
             VALUES ($1, $2, $3, 0, 0, 0, 0) RETURNING id",
            values![operation_id, *file_name, self.now()],
        )?;
        let after = json!({ "file": file_name });
        self.record(
            EventKind::ImportBegun,
            import_subject(id),
            &id.to_string(),
            Json::Null,
            after,
        )?;
        Ok(id)
    }

    /// Says whether writing a staged row would change anything.
    pub fn row_changes(&self, row: &AccountRow) -> bool {
        let existing = row.existing.as_ref();
        existing.is_none_or(|account| row.row.differs_in(account, self.today()).is_some())
    }

    /// Writes one staged row: creates its account, or updates it.
    ///
    /// Errors when the row is no longer good: the store has changed since it was checked.
    pub fn write_row(&self, row: AccountRow, mode: Mode) -> Result<Counted, StoreError> {
        if let Err(problem) = judge(&row, mode, self.today()) {
            return Err(StoreError::Changed {
                noun: "account",
                key: format!("{} (line {}: {})", row.row.org_number, row.line, problem.reason),
            });
        }
        let Some(existing) = row.existing else {
            let new = row.row.into_new_account().map_err(|(_, error)| {
                DriverError::Unexpected(format!("a checked row was refused: {error}"))
            })?;
            self.insert_account(&new)?;
            return Ok(Counted::Created);
        };
        let mut profile = existing.profile.clone();
        row.row.write_to(&mut profile);
        self.edit_account(&existing, &profile)?;
        let is_member = existing.is_member_on(self.today());
        if let Some(wanted) = row.row.is_member.filter(|wanted| *wanted != is_member) {
            self.set_membership(&existing, wanted, self.today())?;
        }
        Ok(Counted::Updated)
    }

    /// Writes how far an import has come, beside the events of the rows it wrote: one that is broken off
    /// is listed with what it did.
    pub fn count_import(&self, record: &ImportRecord) -> Result<(), StoreError> {
        self.execute(
            "UPDATE import SET created = $2, updated = $3, unchanged = $4, refused = $5
             WHERE id = $1",
            values![record.id, record.created, record.updated, record.unchanged, record.refused],
        )?;
        Ok(())
    }

    /// Records how an import ended.
    pub fn finish_import(&self, record: &ImportRecord) -> Result<(), StoreError> {
        self.count_import(record)?;
        let after = json!({
            "file": record.file_name,
            "created": record.created,
            "updated": record.updated,
            "unchanged": record.unchanged,
            "refused": record.refused,
        });
        let about = record.id.to_string();
        self.record(EventKind::ImportFinished, import_subject(record.id), &about, Json::Null, after)
    }

    /// Returns the imports, newest first.
    pub fn imports(&self) -> Result<Vec<ImportRecord>, StoreError> {
        self.rows(
            "SELECT id, operation_id, file_name, imported_at, created, updated, unchanged, refused,
                 undone_at
             FROM import ORDER BY id DESC",
            &[],
            read_import,
        )
    }

    pub fn import(&self, id: i64) -> Result<ImportRecord, StoreError> {
        self.find(
            "SELECT id, operation_id, file_name, imported_at, created, updated, unchanged, refused,
                 undone_at
             FROM import WHERE id = $1",
            values![id],
            read_import,
        )?
        .ok_or_else(|| StoreError::Unknown { noun: "import", key: id.to_string() })
    }

    /// Returns the import that an operation was, if it was one.
    pub(super) fn import_of(&self, operation: i64) -> Result<Option<ImportRecord>, StoreError> {
        let id = self.find(
            "SELECT id FROM import WHERE operation_id = $1",
            values![operation],
            |row| row.get(0),
        )?;
        id.map(|id| self.import(id)).transpose()
    }

    /// Takes back what an import wrote: accounts it made go, edits it made are reversed.
    ///
    /// Errors, naming some, when accounts were changed or used since; then nothing is taken back.
    pub fn undo_import(&self, record: &ImportRecord) -> Result<(), StoreError> {
        if let Some(at) = &record.undone_at {
            return Err(StoreError::InUse(format!("import {} was undone at {at}", record.id)));
        }
        self.refuse_if_built_upon(record)?;
        let last = self.head()?.seq;
        let mut before = last + 1;
        loop {
            let page = self.import_events(record.operation, before)?;
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
        self.record(EventKind::ImportUndone, import_subject(record.id), &about, Json::Null, after)
    }

    /// Errors when accounts of the import were changed or used since; what another import changed and
    /// was undone does not count.
    fn refuse_if_built_upon(&self, record: &ImportRecord) -> Result<(), StoreError> {
        let used: Vec<String> = self.rows(
            "SELECT DISTINCT a.org_number FROM event e JOIN account a ON a.id = e.subject_id
             WHERE e.operation_id = $1 AND e.noun = 'account' AND (
                 EXISTS (SELECT 1 FROM event later WHERE later.noun = 'account'
                     AND later.subject_id = e.subject_id AND later.operation_id <> $1
                     AND later.seq > e.seq
                     AND later.operation_id NOT IN (
                         SELECT operation_id FROM import WHERE undone_at IS NOT NULL
                         UNION SELECT operation_id FROM event
                         WHERE noun = 'import' AND kind = 'import_undone'))
                 OR (e.kind = 'account_created'
                     AND EXISTS (SELECT 1 FROM orders o WHERE o.account_id = e.subject_id)))
             ORDER BY a.org_number LIMIT 11",
            values![record.operation],
            |row| Ok(row.parse::<OrgNumber>(0)?.masked()),
        )?;
        if used.is_empty() {
            return Ok(());
        }
        let more = if used.len() > 10 { " and others" } else { "" };
        let shown = used.iter().take(10).cloned().collect::<Vec<String>>().join(", ");
        Err(StoreError::InUse(format!(
            "something was built on import {}: accounts {shown}{more} were changed or have orders since",
            record.id
        )))
    }

    fn import_events(&self, operation: i64, before: i64) -> Result<Vec<Event>, StoreError> {
        let mut page = Vec::new();
        self.each(
            "SELECT e.seq, e.operation_id, e.kind, e.noun, e.subject_id, p.payload
             FROM event e JOIN event_payload p ON p.seq = e.seq
             WHERE e.operation_id = $1 AND e.seq < $2 AND e.noun = 'account'
             ORDER BY e.seq DESC LIMIT 1000",
            values![operation, before],
            &mut |row| {
                page.push(super::event::read_event(row)?);
                Ok(())
            },
        )?;
        Ok(page)
    }

    fn reverse(&self, event: &Event) -> Result<(), StoreError> {
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
                let profile = former_profile(&account.profile, &payload.before, &payload.after)?;
                self.edit_account(&account, &profile).map(|_| ())
            }
            EventKind::MembershipChanged => self.reverse_membership(&account, payload),
            _ => Ok(()),
        }
    }

    /// Takes back a change of membership, as its event tells it.
    pub(super) fn reverse_membership(
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
        if became_member {
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
            subject(account.id),
            &account.org_number.masked(),
            json!({ "member": became_member }),
            json!({ "member": !became_member, "from": from }),
        )
    }
}

/// Returns an account as the reason of a refusal names it.
fn called(account: &Account) -> String {
    format!("{}, {}", account.org_number, account.profile.name)
}

/// Says whether a row can be written, as the store now stands.
fn judge(row: &AccountRow, mode: Mode, today: chrono::NaiveDate) -> Result<(), RowProblem> {
    let problem = |field: Field, value: String, reason: String| {
        Err(RowProblem { line: row.line, field: Some(field), value, reason })
    };
    let login = || row.row.login.as_ref().map(|email| email.to_string()).unwrap_or_default();
    let Some(existing) = &row.existing else {
        if let Some(account) = &row.successor {
            let reason = format!("it is the former number of {}", called(account));
            return problem(Field::OrgNumber, row.row.org_number.to_string(), reason);
        }
        if let Err((field, error)) = row.row.check_new() {
            return problem(field, String::new(), error.to_string());
        }
        if row.login_account.is_some() {
            return problem(Field::Email, login(), "it is the login of another account".to_owned());
        }
        return Ok(());
    };
    let differs_in = row.row.differs_in(existing, today);
    if let Some(day) = existing.closed_on.filter(|_| differs_in.is_some()) {
        let reason = match &row.successor {
            Some(account) => format!("the account was merged into {}", called(account)),
            None => AccountError::Closed(day).to_string(),
        };
        return problem(Field::OrgNumber, existing.org_number.to_string(), reason);
    }
    if row.row.other_login(existing) {
        let reason = "the account has another login, and an import changes no login".to_owned();
        return problem(Field::Email, login(), reason);
    }
    match differs_in {
        Some(field) if mode == Mode::CreateOnly => {
            let reason = format!("the account exists and differs in {field}; use --update");
            problem(Field::OrgNumber, existing.org_number.to_string(), reason)
        }
        _ => Ok(()),
    }
}

/// Returns the profile before an edit that changed it from `before` to `after`.
pub(super) fn former_profile(
    profile: &Profile,
    before: &Map<String, Json>,
    after: &Map<String, Json>,
) -> Result<Profile, StoreError> {
    let mut former = profile.clone();
    for field in STAGED_COLUMNS {
        let key = field.as_str();
        if before.contains_key(key) || after.contains_key(key) {
            let text = before.get(key).and_then(Json::as_str).unwrap_or_default();
            former.set(field, text).map_err(|error| DriverError::Corrupt(error.to_string()))?;
        }
    }
    Ok(former)
}

fn import_subject(id: i64) -> Subject {
    Subject { noun: Noun::Import, id }
}

/// Reads a staged row; what the store holds about it is left out.
fn read_staged_row(row: &Row<'_>) -> Result<AccountRow, DriverError> {
    let mut given = Vec::with_capacity(STAGED_COLUMNS.len());
    for (position, field) in STAGED_COLUMNS.into_iter().enumerate() {
        if row.column(4 + position) != Value::Null {
            given.push(field);
        }
    }
    let profile = Profile {
        name: row.get::<Option<String>>(4)?.unwrap_or_default(),
        contact: row.get(5)?,
        invoice_email: row.parse_optional(6)?,
        care_of: row.get(7)?,
        street: row.get(8)?,
        postal_code: row.get(9)?,
        city: row.get(10)?,
        country: row.parse_optional(11)?.unwrap_or_default(),
        language: row.parse_optional(12)?.unwrap_or_default(),
        reference: row.get(13)?,
    };
    Ok(AccountRow {
        line: row.get(0)?,
        row: import::Row {
            org_number: row.parse(1)?,
            login: row.parse_optional(2)?,
            is_member: row.get(3)?,
            profile,
            given,
        },
        existing: None,
        login_account: row.get::<Option<i64>>(14)?.map(AccountId),
        successor: None,
    })
}

fn read_import(row: &Row<'_>) -> Result<ImportRecord, DriverError> {
    Ok(ImportRecord {
        id: row.get(0)?,
        operation: row.get(1)?,
        file_name: row.get(2)?,
        imported_at: row.get(3)?,
        created: row.get(4)?,
        updated: row.get(5)?,
        unchanged: row.get(6)?,
        refused: row.get(7)?,
        undone_at: row.get(8)?,
    })
}

#[cfg(test)]
mod tests;
