//! The archive: a folder outside the store that keeps every document that left the shop.
//!
//! Files are written after the change that fixed their bytes, so that a full or missing disk there stops
//! no mail; how far the archive has come is kept in the store, and the next change goes on from there.

use std::fs::{self, DirBuilder, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use chrono::{DateTime, Datelike};

use super::{App, ChangeArgs};
use crate::commands::PendingFile;
use crate::error::{Failure, Status};
use crate::store::KeptDocument;

/// How many documents are archived between two notes of it.
const PAGE: i64 = 100;

impl App {
    /// Archives what the command at hand fixed, and what earlier ones could not.
    ///
    /// Errors where it could not be written: the documents lie in the store all the same.
    pub fn archive_new(&mut self) -> Result<()> {
        if !self.kept_document.get() || self.store.is_none() {
            return Ok(());
        }
        self.archive_rest().map(drop)
    }

    /// Archives the documents after the last that is; returns how many.
    pub fn archive_rest(&mut self) -> Result<i64> {
        let Some(folder) = self.settings.archive_dir.clone() else { return Ok(0) };
        // A copy's documents are the copy's business.
        if self.elsewhere()?.is_some() {
            return Ok(0);
        }
        let operation = self.operation_for(&ChangeArgs::default())?;
        let mut count = 0;
        loop {
            let page =
                self.read(|tx| Ok(tx.documents_kept_after(tx.archived_through()?, PAGE)?))?;
            let Some(last) = page.last() else { return Ok(count) };
            for kept in &page {
                self.write_missing(&folder, kept).map_err(not_archived)?;
            }
            let (through, more) = (last.seq, page.len() as i64);
            self.record_as(&operation, |tx| Ok(tx.mark_archived(through, more)?))?;
            count += more;
        }
    }

    /// Writes a document to the archive unless it is there; says whether it was missing.
    pub fn write_missing(&mut self, folder: &Path, kept: &KeptDocument) -> Result<bool> {
        let path = archived_at(folder, kept);
        let Some((bytes, _)) = self.read(|tx| Ok(tx.kept_bytes(kept)?))? else { return Ok(false) };
        let words = || format!("`{}` cannot be archived", path.display());
        match fs::read(&path) {
            Ok(there) if there == bytes => return Ok(false),
            Ok(_) => {
                let error = io::Error::new(io::ErrorKind::AlreadyExists, "another file is there");
                return Err(error).with_context(words);
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error).with_context(words),
        }
        let year = path.parent().unwrap_or(folder);
        DirBuilder::new().recursive(true).mode(0o700).create(year).with_context(words)?;
        let mut file = PendingFile::begin(&path)?;
        file.out().set_permissions(Permissions::from_mode(0o600)).with_context(words)?;
        file.out().write_all(&bytes).with_context(words)?;
        file.sync()?;
        file.put()?;
        Ok(true)
    }
}

/// Returns where a document stands in the archive.
pub fn archived_at(folder: &Path, kept: &KeptDocument) -> PathBuf {
    let year = DateTime::parse_from_rfc3339(&kept.at).map_or(0, |at| at.year());
    folder.join(kept.document.file_name(year))
}

fn not_archived(error: anyhow::Error) -> anyhow::Error {
    let words = format!("the change is made, and its documents are kept in the store; {error:#}");
    let hint = "put the archive right; `shopctl store archive` writes what is missing, and so does the \
                next mail that is sent";
    Failure::new(Status::Outside, "archive_failed", words).hint(hint).into()
}
