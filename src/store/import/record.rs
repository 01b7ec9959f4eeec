//! The imports of the past: what each wrote, and when it was taken back.

use serde_json::{Value as Json, json};

use super::super::driver::{Row, values};
use super::super::{DriverError, StoreError, Tx};
use crate::domain::event::{EventKind, Noun, Subject};
use crate::domain::import::ImportKind;

/// A finished import as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRecord {
    pub id: i64,
    pub operation: i64,
    pub kind: ImportKind,
    pub file_name: String,
    pub imported_at: String,
    /// Accounts or subscriptions made, memberships begun.
    pub created: i64,
    /// Accounts changed, memberships ended.
    pub updated: i64,
    pub unchanged: i64,
    pub refused: i64,
    pub undone_at: Option<String>,
}

impl ImportRecord {
    /// Returns the record of an import that has written nothing yet.
    pub fn new(kind: ImportKind, file_name: String, refused: i64) -> ImportRecord {
        ImportRecord {
            id: 0,
            operation: 0,
            kind,
            file_name,
            imported_at: String::new(),
            created: 0,
            updated: 0,
            unchanged: 0,
            refused,
            undone_at: None,
        }
    }
}

/// The columns that [`read_import`] reads.
macro_rules! import_columns {
    () => {
        "id, operation_id, file_name, imported_at, created, updated, unchanged, refused, undone_at,
             kind"
    };
}

impl Tx<'_> {
    /// Begins an import: from here on what it writes can be taken back together.
    pub fn begin_import(&self, kind: ImportKind, file_name: &str) -> Result<i64, StoreError> {
        let operation_id = self.begun_operation()?;
        let id = self.integer(
            "INSERT INTO import (operation_id, file_name, imported_at, created, updated, unchanged,
                 refused, kind)
             VALUES ($1, $2, $3, 0, 0, 0, 0, $4) RETURNING id",
            values![operation_id, *file_name, self.now(), *kind.as_str()],
        )?;
        let after = json!({ "file": file_name, "kind": kind.as_str() });
        self.record(EventKind::ImportBegun, subject(id), &id.to_string(), Json::Null, after)?;
        Ok(id)
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
        self.record(EventKind::ImportFinished, subject(record.id), &about, Json::Null, after)
    }

    /// Returns the imports, newest first.
    pub fn imports(&self) -> Result<Vec<ImportRecord>, StoreError> {
        self.rows(
            concat!("SELECT ", import_columns!(), " FROM import ORDER BY id DESC"),
            &[],
            read_import,
        )
    }

    pub fn import(&self, id: i64) -> Result<ImportRecord, StoreError> {
        self.find(
            concat!("SELECT ", import_columns!(), " FROM import WHERE id = $1"),
            values![id],
            read_import,
        )?
        .ok_or_else(|| StoreError::Unknown { noun: "import", key: id.to_string() })
    }

    /// Returns the import that an operation was, if it was one.
    pub(in crate::store) fn import_of(
        &self,
        operation: i64,
    ) -> Result<Option<ImportRecord>, StoreError> {
        let id = self.find(
            "SELECT id FROM import WHERE operation_id = $1",
            values![operation],
            |row| row.get(0),
        )?;
        id.map(|id| self.import(id)).transpose()
    }
}

pub(super) fn subject(id: i64) -> Subject {
    Subject { noun: Noun::Import, id }
}

fn read_import(row: &Row<'_>) -> Result<ImportRecord, DriverError> {
    Ok(ImportRecord {
        id: row.get(0)?,
        operation: row.get(1)?,
        kind: row.parse(9)?,
        file_name: row.get(2)?,
        imported_at: row.get(3)?,
        created: row.get(4)?,
        updated: row.get(5)?,
        unchanged: row.get(6)?,
        refused: row.get(7)?,
        undone_at: row.get(8)?,
    })
}
