//! Where the store lives, when it was last copied, and whether it was handed over.

use serde_json::{Value as Json, json};

use super::driver::values;
use super::seller::SHOP;
use super::{StoreError, Tx};
use crate::domain::event::EventKind;
use crate::domain::home::Home;

/// The settings that hold when the last backup was made, and when and where to the store was handed
/// over.
const BACKUP_MADE: &str = "backup_made";
const HANDED_OVER: &str = "handed_over";

/// The file that the copy was given, which alone may be made once more.
const HANDED_OVER_TO: &str = "handed_over_to";

/// What is counted, by indexes small enough to be read in passing.
const COUNTED: [(&str, &str); 9] = [
    ("account", "SELECT count(*) FROM account"),
    ("login", "SELECT count(*) FROM login"),
    ("order", "SELECT count(*) FROM orders"),
    ("subscription", "SELECT count(*) FROM subscription"),
    ("term", "SELECT count(*) FROM term"),
    ("invoice", "SELECT count(*) FROM invoice"),
    ("payment", "SELECT count(*) FROM payment"),
    ("mail", "SELECT count(*) FROM outbox"),
    ("event", "SELECT count(*) FROM event"),
];

/// A copy of the store, as its event tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyFacts {
    /// The end of the chain in the copy: how many events it holds, and the hash of the last.
    pub events: i64,
    pub head: Vec<u8>,
    pub bytes: u64,
}

impl Tx<'_> {
    /// Returns where the store lives, and since when.
    pub fn home(&self) -> Result<Option<(Home, String)>, StoreError> {
        self.find("SELECT path, host, host_name, since FROM home", &[], |row| {
            let home = Home { path: row.get(0)?, host: row.get(1)?, host_name: row.get(2)? };
            Ok((home, row.get(3)?))
        })
    }

    /// Writes the home of a new shop, of which the shop's own event tells.
    pub(super) fn first_home(&self, home: &Home) -> Result<(), StoreError> {
        self.put_home(home)
    }

    fn put_home(&self, home: &Home) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO home (id, path, host, host_name, since) VALUES (1, $1, $2, $3, $4)
             ON CONFLICT (id) DO UPDATE SET path = excluded.path, host = excluded.host,
                 host_name = excluded.host_name, since = excluded.since",
            values![home.path, home.host, home.host_name, self.now()],
        )?;
        Ok(())
    }

    /// Makes a place the store's home, and takes back that it was handed over; says whether that changed
    /// anything.
    pub fn adopt(&self, home: &Home) -> Result<bool, StoreError> {
        let former = self.home()?.map(|(former, _)| former);
        let was_handed_over = self.handed_over()?.is_some();
        if former.as_ref() == Some(home) && !was_handed_over {
            return Ok(false);
        }
        self.put_home(home)?;
        self.execute("DELETE FROM setting WHERE name = $1", values![HANDED_OVER])?;
        let mut before = former.map_or(
            json!({}),
            |former| json!({ "path": former.path, "machine": former.host_name }),
        );
        if was_handed_over {
            before["handed_over"] = json!(true);
        }
        let after = json!({ "path": home.path, "machine": home.host_name });
        self.record(EventKind::StoreAdopted, SHOP, "store", before, after)?;
        Ok(true)
    }

    /// Returns when the last backup was made, if there ever was one.
    pub fn backup_made(&self) -> Result<Option<String>, StoreError> {
        self.setting(BACKUP_MADE)
    }

    /// Records that a backup was made, which does not hold this itself.
    pub fn record_backup(&self, file: &str, facts: &CopyFacts) -> Result<(), StoreError> {
        self.put_setting(BACKUP_MADE, &self.now())?;
        self.record(EventKind::BackupMade, SHOP, file, Json::Null, copy_json(facts))
    }

    /// Returns when the store was handed over, if it was: it is read and no longer changed.
    pub fn handed_over(&self) -> Result<Option<String>, StoreError> {
        self.setting(HANDED_OVER)
    }

    /// Locks the store, of which the copy at `file` goes on elsewhere.
    pub fn hand_over(&self, file: &str, facts: &CopyFacts) -> Result<(), StoreError> {
        let before = self.setting(HANDED_OVER_TO)?.filter(|before| before != file);
        if let Some(before) = before
            && self.handed_over()?.is_some()
        {
            let words = format!("it was handed over to `{before}`, and two shops must not live");
            return Err(StoreError::InUse(words));
        }
        self.put_setting(HANDED_OVER, &self.now())?;
        self.put_setting(HANDED_OVER_TO, file)?;
        self.record(EventKind::StoreHandedOver, SHOP, file, Json::Null, copy_json(facts))
    }

    /// Counts the rows of the tables that tell how large a shop is.
    pub fn row_counts(&self) -> Result<Vec<(&'static str, i64)>, StoreError> {
        COUNTED.iter().map(|(name, sql)| Ok((*name, self.integer(sql, &[])?))).collect()
    }

    /// Refuses to change a store that was handed over.
    pub(super) fn refuse_handed_over(&self) -> Result<(), StoreError> {
        match self.handed_over()? {
            Some(at) => Err(StoreError::HandedOver { at }),
            None => Ok(()),
        }
    }
}

fn copy_json(facts: &CopyFacts) -> Json {
    json!({
        "events": facts.events,
        "head": super::invoice::hexadecimal(&facts.head),
        "size": facts.bytes,
    })
}
