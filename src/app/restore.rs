//! The store exchanged for another: opened if it can be, and replaced in one step.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use chrono::{DateTime, Utc};

use super::{App, changed_meanwhile};
use crate::domain::staff::Role;
use crate::effects::host::is_own;
use crate::error::{Failure, Status};
use crate::store::driver::DriverError;
use crate::store::{OpenError, Seized, Store, StoreError, companions, is_anothers, is_store};

/// What stands where the store should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Former {
    /// A store, with its last event and the number of its next invoice.
    Whole {
        events: i64,
        next_invoice: i64,
        is_practice: bool,
    },
    /// Something that cannot be read as one, and why.
    Unreadable(String),
    Missing,
}

impl App {
    /// Opens the store if it can be read, whatever is in it.
    pub fn open_any(&mut self) -> Result<Former> {
        let opened = self.open_store();
        self.tell_apart(opened.map(|()| Former::Whole {
            events: 0,
            next_invoice: 0,
            is_practice: self.is_practice,
        }))
    }

    /// Opens what stands where the store should be; whoever restores must be its administrator, if it can
    /// say who is.
    pub fn open_former(&mut self) -> Result<Former> {
        let opened = self.open_store().and_then(|()| {
            self.read(|tx| {
                let (events, next_invoice) = (tx.head()?.seq, tx.next_invoice()?);
                Ok(Former::Whole { events, next_invoice, is_practice: tx.is_practice()? })
            })
        });
        self.tell_apart(opened)
    }

    fn tell_apart(&mut self, opened: Result<Former>) -> Result<Former> {
        let error = match opened {
            Ok(former) => return Ok(former),
            Err(error) => error,
        };
        self.store = None;
        match error.chain().find_map(unreadable) {
            Some(Former::Unreadable(_)) if is_anothers(&self.settings.store) => Err(error),
            Some(former) => Ok(former),
            None => Err(error),
        }
    }

    /// Works on another file in place of the store: a backup that will take its place.
    ///
    /// Where the store itself could not say so, the backup says who may; to somebody it does not know,
    /// `owned`, the file to be replaced or the backup, must belong.
    pub fn open_instead(&mut self, path: &Path, former: &Former, owned: &Path) -> Result<()> {
        self.store = None;
        let store = Store::open(path, self.wait())?;
        let moment = self.moment();
        let (member, is_practice) = store
            .read(moment, |tx| anyhow::Ok((tx.find_staff(&self.actor)?, tx.is_practice()?)))?;
        if !matches!(former, Former::Whole { .. }) {
            let owns = fs::metadata(owned).is_ok_and(|file| is_own(&file));
            if member.is_some() || !owns {
                self.refuse_role(member.as_ref(), Some(Role::Admin))?;
            }
        }
        self.store = Some(store);
        // The home that the backup knows stays as it is: a restore elsewhere is a copy.
        self.is_settled = true;
        self.is_practice = is_practice;
        Ok(())
    }

    /// Closes the file that is worked on; nothing may be left beside it.
    pub fn close_instead(&mut self, path: &Path) -> Result<()> {
        self.store = None;
        match companions(path).iter().find(|companion| companion.exists()) {
            None => Ok(()),
            Some(companion) => {
                let words = format!("`{}` was not taken up into the store", companion.display());
                Err(Failure::new(Status::Outside, "disk", words)
                    .hint("nothing was replaced; run the command again")
                    .into())
            }
        }
    }

    /// Takes the former store for this process alone, so that nobody is left writing to it.
    pub fn seize_former(&self, former: &Former) -> Result<Option<Seized>> {
        let store = &self.settings.store;
        let is_whole = matches!(former, Former::Whole { .. });
        // What does not even look like a store is not shown to the engine, which might mend it by the log
        // beside it.
        if !store.exists() || !(is_whole || is_store(store)) {
            return Ok(None);
        }
        match (Seized::take(store, self.wait(), is_whole), former) {
            (Ok(seized), Former::Whole { events, .. }) => {
                if seized.last_event()? == *events {
                    Ok(Some(seized))
                } else {
                    Err(changed_meanwhile().into())
                }
            }
            (Ok(seized), _) => Ok(Some(seized)),
            (Err(DriverError::Busy), _) => {
                let words = "another command has the store open";
                Err(Failure::new(Status::Busy, "busy", words)
                    .hint("nothing was replaced; run the command again when it has ended")
                    .into())
            }
            (Err(error), Former::Whole { .. }) => Err(error.into()),
            (Err(_), _) => Ok(None),
        }
    }
}

/// Says what a failure to open the store tells of it; `None` of one that is no reason to replace it.
fn unreadable(cause: &(dyn std::error::Error + 'static)) -> Option<Former> {
    let words = || Some(Former::Unreadable(cause.to_string()));
    let of_driver = |error: &DriverError| match error {
        DriverError::Corrupt(_) | DriverError::Disk(_) | DriverError::Unexpected(_) => words(),
        _ => None,
    };
    if let Some(error) = cause.downcast_ref::<OpenError>() {
        return match error {
            OpenError::Missing => Some(Former::Missing),
            OpenError::Foreign | OpenError::Unfinished | OpenError::Corrupt(_) => words(),
            OpenError::Store(StoreError::Driver(error)) => of_driver(error),
            _ => None,
        };
    }
    match cause.downcast_ref::<StoreError>() {
        Some(StoreError::Driver(error)) => of_driver(error),
        _ => None,
    }
}

/// Returns the name under which a store is kept that another replaces.
///
/// A restore that was killed may have given it one already; a second would only be confusing.
pub fn kept_name(store: &Path, at: DateTime<Utc>) -> PathBuf {
    let named = |suffix: String| {
        let mut name = store.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    };
    if let Some(given) = other_name(store) {
        return given;
    }
    let stamp = at.format("%Y%m%d-%H%M%S");
    let mut kept = named(format!(".before-{stamp}"));
    let mut count = 1;
    while kept.exists() {
        count += 1;
        kept = named(format!(".before-{stamp}-{count}"));
    }
    kept
}

/// Returns the name that a store was given by a restore that went no further.
fn other_name(store: &Path) -> Option<PathBuf> {
    let own = fs::metadata(store).ok().filter(|metadata| metadata.nlink() > 1)?;
    let prefix = format!("{}.before-", store.file_name()?.to_string_lossy());
    let folder = fs::read_dir(crate::commands::folder_of(store)).ok()?;
    let mut entries = folder.flatten().filter(|entry| {
        let is_named = entry.file_name().to_string_lossy().starts_with(&prefix);
        let is_same = |metadata: fs::Metadata| metadata.ino() == own.ino();
        is_named && entry.metadata().is_ok_and(is_same)
    });
    entries.next().map(|entry| entry.path())
}

/// Gives the former store a second name, and clears what lies beside it: what was not written into it
/// goes with it, and nothing is left that would be taken for the log of the store that comes.
///
/// Until then the former store is in its place, and from the next step on the restored one is.
pub fn keep_former(store: &Path, kept: &Path) -> Result<()> {
    let words = || format!("the former store cannot be kept as `{}`", kept.display());
    if store.exists() && !kept.exists() {
        fs::hard_link(store, kept).with_context(words)?;
    }
    for (own, kept) in companions(store).iter().zip(companions(kept)) {
        let is_there = match fs::metadata(own) {
            Ok(metadata) => metadata.len() > 0,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error).with_context(words),
        };
        let is_index = own.extension().is_some_and(|end| end.to_string_lossy().ends_with("-shm"));
        if is_there && !is_index {
            fs::rename(own, kept).with_context(words)?;
        } else {
            fs::remove_file(own).with_context(words)?;
        }
    }
    File::open(crate::commands::folder_of(store))
        .and_then(|folder| folder.sync_all())
        .with_context(words)
}
