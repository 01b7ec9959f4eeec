//! What an operator can do: one file per noun, its arguments, one function per verb.

pub mod account;
pub mod agreement;
pub mod audit;
pub mod completions;
pub mod daily;
pub mod export;
pub mod find;
pub mod help;
pub mod import;
pub mod init;
pub mod invoice;
pub mod licence;
pub mod mail;
pub mod order;
mod order_dialogue;
pub mod password;
pub mod payment;
pub mod product;
pub mod report;
pub mod seller;
pub mod send;
pub mod setting;
pub mod staff;
pub mod status;
pub mod store;
pub mod subscription;
pub mod undo;

use std::fs::{self, File};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use chrono::DateTime;

use crate::effects::clock::minute_of;
use crate::render::sheet::Cell;

/// Returns an instant, as it is stored, as a cell: people read the shop's own time.
pub fn time(at: String) -> Cell {
    let shown = wall_time(&at);
    Cell::Time { at, shown }
}

/// Returns an instant, as it is stored, as people read it.
pub fn wall_time(at: &str) -> String {
    let instant = DateTime::parse_from_rfc3339(at);
    instant.map_or_else(|_| at.to_owned(), |instant| minute_of(instant.to_utc()))
}

/// Writes bytes to a file, whole or not at all; `-` is stdout.
pub fn write_file(path: &Path, mut bytes: &[u8]) -> Result<()> {
    write_from(path, &mut bytes)
}

/// Fails where `path` could not be written, so that a command learns it before it records anything.
pub fn check_writable(path: &Path) -> Result<()> {
    if path == Path::new("-") {
        return Ok(());
    }
    let words = || cannot_write(path);
    if path.is_dir() {
        let error = io::Error::new(io::ErrorKind::IsADirectory, "it is a folder");
        return Err(error).with_context(words);
    }
    temporary_beside(path).map(drop).with_context(words)
}

/// Copies what can be read to a file by way of a temporary name, so that it is there whole or not at
/// all; `-` is stdout.
pub fn write_from(path: &Path, source: &mut impl Read) -> Result<()> {
    if path == Path::new("-") {
        let mut out = io::stdout().lock();
        io::copy(source, &mut out)?;
        return Ok(out.flush()?);
    }
    let mut file = PendingFile::begin(path)?;
    io::copy(source, file.out()).with_context(|| cannot_write(path))?;
    file.sync()?;
    file.put()
}

/// A file under a temporary name beside its own, readable to nobody else, which it is given when it is
/// whole.
pub struct PendingFile {
    file: tempfile::NamedTempFile,
    path: PathBuf,
}

impl PendingFile {
    pub fn begin(path: &Path) -> Result<PendingFile> {
        let file = match path == Path::new("-") {
            true => tempfile::NamedTempFile::new().context("a temporary file cannot be made")?,
            false => temporary_beside(path).with_context(|| cannot_write(path))?,
        };
        Ok(PendingFile { file, path: path.to_owned() })
    }

    pub fn out(&mut self) -> &mut File {
        self.file.as_file_mut()
    }

    /// Sees to it that what was written is on the disk.
    pub fn sync(&self) -> Result<()> {
        self.file.as_file().sync_all().with_context(|| cannot_write(&self.path))
    }

    /// Gives the file its name; `-` is stdout.
    pub fn put(mut self) -> Result<()> {
        if self.path == Path::new("-") {
            self.file.rewind()?;
            let mut out = io::stdout().lock();
            io::copy(&mut self.file, &mut out)?;
            return Ok(out.flush()?);
        }
        let words = || cannot_write(&self.path);
        let temporary = self.file.into_temp_path();
        fs::rename(&temporary, &self.path).with_context(words)?;
        // It has its name now, and there is nothing left to remove.
        temporary.keep().context("a temporary file cannot be kept")?;
        File::open(folder_of(&self.path)).and_then(|folder| folder.sync_all()).with_context(words)
    }
}

/// Returns the words for a file that cannot be written.
pub fn cannot_write(path: &Path) -> String {
    format!("`{}` cannot be written", path.display())
}

/// Returns the folder that a file is in.
pub fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn temporary_beside(path: &Path) -> io::Result<tempfile::NamedTempFile> {
    let folder = folder_of(path);
    // Asked first, since the error of a temporary file would name a file that nobody asked for.
    fs::metadata(folder)?;
    tempfile::NamedTempFile::new_in(folder).map_err(without_path)
}

/// Returns what the system said, without the path of a temporary file that nobody asked for.
fn without_path(error: io::Error) -> io::Error {
    let cause = error.get_ref().and_then(|wrapped| wrapped.source());
    let number =
        cause.and_then(|cause| cause.downcast_ref::<io::Error>()).and_then(io::Error::raw_os_error);
    number.map_or(error, io::Error::from_raw_os_error)
}

/// Returns what a file holds, `-` being stdin, and no more of it than a byte beyond `max`: whoever asked
/// sees that it is too long.
pub fn read_file(path: &Path, max: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open_file(path)?
        .take(max + 1)
        .read_to_end(&mut bytes)
        .with_context(|| format!("`{}` cannot be read", path.display()))?;
    Ok(bytes)
}

/// Opens a file for reading; `-` is stdin.
pub fn open_file(path: &Path) -> Result<Box<dyn io::Read>> {
    if path == Path::new("-") {
        return Ok(Box::new(io::stdin().lock()));
    }
    let words = || format!("`{}` cannot be read", path.display());
    let is_folder = fs::metadata(path).with_context(words)?.is_dir();
    if is_folder {
        let error = io::Error::new(io::ErrorKind::IsADirectory, "it is a folder");
        return Err(error).with_context(words);
    }
    Ok(Box::new(File::open(path).with_context(words)?))
}
