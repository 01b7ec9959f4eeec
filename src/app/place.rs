//! Where the store lives: a copy of it, opened elsewhere, writes to no customer.

use std::path::Path;

use anyhow::Result;

use super::App;
use crate::domain::home::{Elsewhere, Home};
use crate::effects::host::home_of;
use crate::error::Failure;
use crate::store::driver::{DriverError, FileFacts};
use crate::store::{CopyFacts, Fate, Store, StoreError, Tx};

impl App {
    /// Returns the place at which the store is opened.
    pub fn here(&self) -> Home {
        home_of(&self.settings.store)
    }

    /// Says how this place differs from the store's home, if it does.
    pub fn elsewhere(&mut self) -> Result<Option<Elsewhere>> {
        let home = self.read(|tx| Ok(tx.home()?))?;
        Ok(home.and_then(|(home, _)| home.elsewhere(&self.here())))
    }

    /// Lets the command change a store that was handed over.
    pub fn unlocking(&mut self, unlocks: bool) {
        self.unlocks = unlocks;
    }

    /// Refuses to send mail from a copy.
    pub fn refuse_copy(&mut self) -> Result<()> {
        let Some(elsewhere) = self.elsewhere()? else { return Ok(()) };
        let words = format!("{elsewhere}; no mail is sent from here");
        let hint = "everything else works; if this is the shop's store from now on, an administrator \
                    runs `shopctl store adopt`";
        Err(Failure::refused("copy", words).hint(hint).into())
    }

    /// Gives a store that was made before stores had homes the place where it is first changed, and says
    /// of a copy that it is one.
    pub(super) fn settle(&mut self) -> Result<()> {
        if let Some(home) = &self.home {
            // What unlocks a store makes it the shop's.
            if let Some(elsewhere) = home.elsewhere(&self.here()).filter(|_| !self.unlocks) {
                self.warn(format!("{elsewhere}; what is changed here is not changed there"));
            }
            return Ok(());
        }
        let keep = |_: &(), _: &()| Fate::Commit;
        let here = self.here();
        let settle = |tx: &Tx<'_>| match tx.home()? {
            None => Ok(tx.adopt(&here).map(drop)?),
            Some(_) => Ok(()),
        };
        let operation = self.new_operation(None);
        self.store().transaction(&operation, keep, settle, |_, _| anyhow::Ok(()))?;
        Ok(())
    }

    /// Opens the store a second time, to be read while this process changes it.
    pub fn second_store(&self) -> Result<Store> {
        Ok(Store::open(&self.settings.store, self.wait())?)
    }

    /// Returns where the program itself lies, as far as the system tells.
    pub fn program_file(&self) -> String {
        let program = std::env::current_exe();
        program.map_or_else(|_| "shopctl".to_owned(), |path| path.display().to_string())
    }

    pub fn file_facts(&mut self) -> Result<FileFacts> {
        self.open_store()?;
        Ok(self.store().about_file()?)
    }

    /// Hands what the engine finds damaged to `each`, in its words.
    pub fn each_damage(&mut self, each: &mut dyn FnMut(String)) -> Result<()> {
        let found = self.store().find_damage(&mut |damage| each(damage.to_string()));
        match found {
            // What keeps it from being looked through is the finding.
            Err(StoreError::Driver(error @ (DriverError::Corrupt(_) | DriverError::Disk(_)))) => {
                each(error.to_string());
                Ok(())
            }
            found => Ok(found?),
        }
    }

    /// Copies the store as it is now into the empty file at `path`.
    pub fn copy_store(&mut self, path: &Path) -> Result<CopyFacts> {
        self.open_store()?;
        let mut progress = self.terminal.progress("pages copied");
        let mut shown = 0;
        let mut tick = |done: u64, _: u64| {
            progress.add(done.saturating_sub(shown));
            shown = done;
        };
        Ok(self.store().copy_to(path, self.moment(), &mut tick)?)
    }
}
