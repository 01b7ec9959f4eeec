//! A large file in the making, beside the name that it gets when it is whole.

use std::fs::{self, File, Metadata, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::commands::{cannot_write, folder_of};
use crate::effects::host::{NO_FOLLOW, is_own};
use crate::error::{Failure, Status};
use crate::store::companions;

/// A file under a name of its own, `FILE.partial`, that only this process writes and nobody else can
/// read. Whatever is not given its final name is removed; what a killed process left is begun anew.
pub struct Partial {
    file: File,
    path: PathBuf,
    is_done: bool,
}

impl Partial {
    /// Begins `target` with `suffix` added to its name, empty.
    ///
    /// Errors when another process makes the same file, or somebody else owns it.
    pub fn begin(target: &Path, suffix: &str) -> Result<Partial> {
        let mut path = target.as_os_str().to_owned();
        path.push(suffix);
        let path = PathBuf::from(path);
        let words = || cannot_write(target);
        fs::metadata(folder_of(target)).with_context(words)?;
        let mut options = OpenOptions::new();
        // A link left there by somebody else would lead the shop's data to a place of theirs.
        let options = options.read(true).write(true).create(true).truncate(false);
        let options = options.mode(0o600).custom_flags(NO_FOLLOW);
        let file = options.open(&path).with_context(words)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let words = format!("`{}` is being written by another command", path.display());
                let hint = "wait for that one to end, or name another file";
                return Err(Failure::new(Status::Busy, "busy", words).hint(hint).into());
            }
            Err(TryLockError::Error(error)) => return Err(error).with_context(words),
        }
        let metadata = file.metadata().with_context(words)?;
        if !is_own(&metadata) {
            let words = format!("`{}` belongs to somebody else", path.display());
            let hint = "remove it, or name a file in a folder of your own";
            return Err(Failure::refused("foreign_file", words).hint(hint).into());
        }
        file.set_len(0).with_context(words)?;
        for companion in companions(&path) {
            // Of a killed process: its log would be taken for this file's.
            match fs::remove_file(&companion) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(error).with_context(words);
                }
                _ => {}
            }
        }
        file.set_permissions(fs::Permissions::from_mode(0o600)).with_context(words)?;
        Ok(Partial { file, path, is_done: false })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn file(&mut self) -> &mut File {
        &mut self.file
    }

    pub fn handle(&self) -> &File {
        &self.file
    }

    pub fn metadata(&self) -> io::Result<Metadata> {
        self.file.metadata()
    }

    /// Forces what was written to the disk.
    pub fn sync(&self) -> io::Result<()> {
        self.file.sync_all()
    }

    /// Gives the file its name; what had it is replaced in the same step.
    pub fn put(mut self, target: &Path) -> io::Result<()> {
        self.sync()?;
        fs::rename(&self.path, target)?;
        self.is_done = true;
        File::open(folder_of(target))?.sync_all()
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        if !self.is_done {
            for path in companions(&self.path).iter().chain([&self.path]) {
                let _ = fs::remove_file(path);
            }
        }
    }
}
