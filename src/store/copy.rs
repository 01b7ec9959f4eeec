//! Copies of the whole store: made while others write, and looked at before they are trusted.

use std::path::Path;

use super::driver::{Access, Damage, FileFacts};
use super::home::CopyFacts;
use super::sqlite::Sqlite;
use super::{DriverError, Moment, OpenError, Store, StoreError, Tx};

/// Why a copy is not to be trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CopyFault {
    Unopened(OpenError),
    /// The first thing that the engine finds wrong with it.
    Damaged(String),
    /// It ends elsewhere than the store it was made of.
    Differs,
}

impl std::fmt::Display for CopyFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            CopyFault::Unopened(error) => error.fmt(f),
            CopyFault::Damaged(words) => write!(f, "it is damaged: {words}"),
            CopyFault::Differs => f.write_str("it does not hold what the store held"),
        }
    }
}

impl std::error::Error for CopyFault {}

impl From<StoreError> for CopyFault {
    fn from(error: StoreError) -> CopyFault {
        CopyFault::Unopened(OpenError::Store(error))
    }
}

impl From<DriverError> for CopyFault {
    fn from(error: DriverError) -> CopyFault {
        CopyFault::Unopened(error.into())
    }
}

impl Store {
    /// Opens a file that nobody writes, to read it and leave no trace.
    pub fn open_still(path: &Path) -> Result<Store, OpenError> {
        Ok(Store { driver: Box::new(Sqlite::open_still(path)?) })
    }

    /// Copies the store as it is at one moment into the empty file at `path`, others going on with
    /// their work; `progress` is told how many pages of how many are done.
    pub fn copy_to(
        &self,
        path: &Path,
        moment: Moment,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<CopyFacts, StoreError> {
        self.driver.begin(Access::Read)?;
        let copied = self.copy_at_hand(path, moment, progress);
        self.roll_back();
        copied
    }

    /// As [`Store::copy_to`], of the state that the transaction at hand sees.
    fn copy_at_hand(
        &self,
        path: &Path,
        moment: Moment,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<CopyFacts, StoreError> {
        let tx = Tx { driver: &*self.driver, moment, operation: None };
        let head = tx.head()?;
        self.driver.copy_to(path, progress)?;
        let bytes = std::fs::metadata(path).map(|metadata| metadata.len());
        let bytes = bytes.map_err(|error| DriverError::Disk(error.to_string()))?;
        Ok(CopyFacts { events: head.seq, head: head.hash, bytes })
    }

    /// Hands everything that the engine finds damaged to `each`.
    pub fn find_damage(&self, each: &mut dyn FnMut(Damage)) -> Result<(), StoreError> {
        Ok(self.driver.find_damage(each)?)
    }

    pub fn about_file(&self) -> Result<FileFacts, StoreError> {
        Ok(self.driver.about_file()?)
    }
}

/// Looks through a copy that nobody has open: its structure, its references, and whether it ends where
/// the store ended.
pub fn check_copy(path: &Path, facts: &CopyFacts, moment: Moment) -> Result<(), CopyFault> {
    let copy = Store::open_still(path).map_err(CopyFault::Unopened)?;
    check_structure(&copy)?;
    let head = copy.read(moment, |tx| tx.head())?;
    if (head.seq, head.hash) == (facts.events, facts.head.clone()) {
        Ok(())
    } else {
        Err(CopyFault::Differs)
    }
}

/// Refuses a store in which the engine finds anything damaged.
pub fn check_structure(store: &Store) -> Result<(), CopyFault> {
    let mut first = None;
    store.find_damage(&mut |damage| {
        first.get_or_insert(damage);
    })?;
    match first {
        None => Ok(()),
        Some(damage) => Err(CopyFault::Damaged(damage.to_string())),
    }
}
