//! Secrets from outside: a guarded file, or a line of stdin. Never the command line, which everybody on
//! the machine can read, and never the environment, which every child inherits.

use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::domain::secret::Secret;

/// The longest secret that is read.
pub const BYTES_MAX: u64 = 4096;

/// Why there is no secret.
#[derive(Debug)]
pub enum SecretError {
    Unreadable {
        file: PathBuf,
        error: io::Error,
    },
    ReadableByOthers {
        file: PathBuf,
    },
    /// Stdin ended before it.
    Missing,
    /// What the text is instead.
    Form(&'static str),
}

impl fmt::Display for SecretError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SecretError::Unreadable { file, error } => {
                write!(f, "the file `{}` cannot be read: {error}", file.display())
            }
            SecretError::ReadableByOthers { file } => {
                write!(f, "others than its owner may open the file `{}`", file.display())
            }
            SecretError::Missing => {
                f.write_str("stdin ended where a password or a token was to come")
            }
            SecretError::Form(reason) => write!(f, "the password or token is {reason}"),
        }
    }
}

impl std::error::Error for SecretError {}

impl SecretError {
    /// Returns what to do about it, where that is known.
    pub fn hint(&self) -> Option<String> {
        match self {
            SecretError::ReadableByOthers { file } => Some(format!("chmod 600 {}", file.display())),
            _ => None,
        }
    }
}

/// Reads a whole file that only its owner may open, less one line end.
pub fn from_file(path: &Path) -> Result<Secret, SecretError> {
    let unreadable = |error| SecretError::Unreadable { file: path.to_owned(), error };
    let file = File::open(path).map_err(unreadable)?;
    let metadata = file.metadata().map_err(unreadable)?;
    if metadata.is_dir() {
        // Before the mode is looked at: nobody should be told to close a folder to others.
        return Err(unreadable(io::ErrorKind::IsADirectory.into()));
    }
    if metadata.permissions().mode() & 0o077 != 0 {
        return Err(SecretError::ReadableByOthers { file: path.to_owned() });
    }
    let mut bytes = Zeroizing::new(Vec::with_capacity(BYTES_MAX as usize + 1));
    file.take(BYTES_MAX + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    checked(bytes)
}

/// Reads the next line of stdin.
pub fn from_stdin() -> Result<Secret, SecretError> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(BYTES_MAX as usize + 1));
    let unreadable = |error| SecretError::Unreadable { file: PathBuf::from("-"), error };
    let read = io::stdin().lock().take(BYTES_MAX + 1).read_until(b'\n', &mut bytes);
    if read.map_err(unreadable)? == 0 {
        return Err(SecretError::Missing);
    }
    checked(bytes)
}

/// Returns the text of a secret less one line end.
pub fn checked(mut bytes: Zeroizing<Vec<u8>>) -> Result<Secret, SecretError> {
    for end in [b'\n', b'\r'] {
        if bytes.last() == Some(&end) {
            bytes.pop();
        }
    }
    if bytes.len() as u64 > BYTES_MAX {
        return Err(SecretError::Form("longer than 4096 bytes"));
    }
    let text = std::str::from_utf8(&bytes).map_err(|_| SecretError::Form("not UTF-8"))?;
    Ok(Secret::new(text.to_owned()))
}
