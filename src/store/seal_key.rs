//! The keys that seal licence copies. No event holds a private key.

use serde_json::{Value as Json, json};

use super::driver::{Row, values};
use super::{DriverError, StoreError, Tx};
use crate::domain::event::{EventKind, Noun, Subject};
use crate::domain::licence::SealKeyId;
use crate::domain::secret::Secret;

/// Where a key comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyOrigin {
    /// Made by the shop, with a certificate signed by itself.
    Made,
    /// The association's own.
    Imported,
}

impl KeyOrigin {
    pub const fn as_str(self) -> &'static str {
        match self {
            KeyOrigin::Made => "made",
            KeyOrigin::Imported => "imported",
        }
    }
}

/// A key as it may be shown: its secret lies elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredKey {
    pub id: SealKeyId,
    /// What claims name it by.
    pub name: String,
    /// In PEM.
    pub certificate: String,
    pub origin: String,
    /// UTC, as it is stored.
    pub made_at: String,
}

impl Tx<'_> {
    /// Adds a key, which seals what is rendered from now on.
    ///
    /// Errors when it is there already.
    pub fn add_seal_key(
        &self,
        name: &str,
        certificate: &str,
        origin: KeyOrigin,
        pem: &Secret,
    ) -> Result<SealKeyId, StoreError> {
        if self.seal_keys()?.iter().any(|known| known.name == name) {
            return Err(StoreError::Taken {
                what: "the key",
                key: name.to_owned(),
                holder: "this shop".to_owned(),
            });
        }
        let id = SealKeyId(self.next_id()?);
        self.execute(
            "INSERT INTO seal_key (id, name, certificate, origin, made_at)
             VALUES ($1, $2, $3, $4, $5)",
            values![id.0, *name, *certificate, *origin.as_str(), self.now()],
        )?;
        self.execute(
            "INSERT INTO seal_secret (seal_key_id, pem) VALUES ($1, $2)",
            values![id.0, *pem.reveal()],
        )?;
        self.record(
            EventKind::SealKeyAdded,
            Subject { noun: Noun::Shop, id: 0 },
            name,
            Json::Null,
            json!({ "origin": origin.as_str() }),
        )?;
        Ok(id)
    }

    /// Returns all keys, the last one first: that seals what is new.
    pub fn seal_keys(&self) -> Result<Vec<StoredKey>, StoreError> {
        self.rows(
            "SELECT id, name, certificate, origin, made_at FROM seal_key ORDER BY id DESC",
            &[],
            read_key,
        )
    }

    pub fn seal_key(&self, id: SealKeyId) -> Result<StoredKey, StoreError> {
        self.find(
            "SELECT id, name, certificate, origin, made_at FROM seal_key WHERE id = $1",
            values![id.0],
            read_key,
        )?
        .ok_or_else(|| StoreError::Unknown { noun: "key", key: id.0.to_string() })
    }

    /// Returns the private part of a key, in PEM.
    pub fn seal_secret(&self, id: SealKeyId) -> Result<Secret, StoreError> {
        self.find("SELECT pem FROM seal_secret WHERE seal_key_id = $1", values![id.0], |row| {
            Ok(Secret::new(row.get::<String>(0)?))
        })?
        .ok_or_else(|| StoreError::Unknown { noun: "key", key: id.0.to_string() })
    }
}

fn read_key(row: &Row<'_>) -> Result<StoredKey, DriverError> {
    Ok(StoredKey {
        id: SealKeyId(row.get(0)?),
        name: row.get(1)?,
        certificate: row.get(2)?,
        origin: row.get(3)?,
        made_at: row.get(4)?,
    })
}
