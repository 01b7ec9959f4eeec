//! Secrets from outside: a guarded file, or a line of stdin. Never the command line, which everybody on
//! the machine can read, and never the environment, which every child inherits.

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::os::fd::AsFd;
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
    Missing(Kind),
    /// What the text is instead.
    Form(Kind, &'static str),
}

/// What a secret is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Password,
    Token,
    Key,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Kind::Password => "password",
            Kind::Token => "token",
            Kind::Key => "key",
        })
    }
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
            SecretError::Missing(kind) => write!(f, "stdin ended where a {kind} was to come"),
            SecretError::Form(kind, reason) => write!(f, "the {kind} is {reason}"),
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

/// Reads a whole file that only its owner may open, less the line ends after it.
pub fn from_file(path: &Path, kind: Kind) -> Result<Secret, SecretError> {
    let file = opened(path)?;
    let metadata = file.metadata().map_err(|error| unreadable(path, error))?;
    if metadata.permissions().mode() & 0o077 != 0 {
        return Err(SecretError::ReadableByOthers { file: path.to_owned() });
    }
    whole(path, file, kind)
}

/// Reads a whole file that systemd guards, less the line ends after it.
pub fn from_credential(path: &Path, kind: Kind) -> Result<Secret, SecretError> {
    whole(path, opened(path)?, kind)
}

fn unreadable(path: &Path, error: io::Error) -> SecretError {
    SecretError::Unreadable { file: path.to_owned(), error }
}

fn opened(path: &Path) -> Result<File, SecretError> {
    let file = File::open(path).map_err(|error| unreadable(path, error))?;
    let metadata = file.metadata().map_err(|error| unreadable(path, error))?;
    if metadata.is_dir() {
        // Before the mode is looked at: nobody should be told to close a folder to others.
        return Err(unreadable(path, io::ErrorKind::IsADirectory.into()));
    }
    Ok(file)
}

fn whole(path: &Path, file: File, kind: Kind) -> Result<Secret, SecretError> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(BYTES_MAX as usize + 1));
    let read = file.take(BYTES_MAX + 1).read_to_end(&mut bytes);
    read.map_err(|error| unreadable(path, error))?;
    checked(bytes, kind)
}

/// Reads the next line of stdin.
///
/// Byte by byte and past the buffer of the standard library, which would keep what it read, unwiped, as
/// long as the program runs.
pub fn from_stdin(kind: Kind) -> Result<Secret, SecretError> {
    let unreadable = |error| SecretError::Unreadable { file: PathBuf::from("-"), error };
    let mut stdin = File::from(io::stdin().as_fd().try_clone_to_owned().map_err(unreadable)?);
    let mut bytes = Zeroizing::new(Vec::with_capacity(BYTES_MAX as usize + 1));
    let mut byte = Zeroizing::new([0]);
    while bytes.last() != Some(&b'\n') && bytes.len() as u64 <= BYTES_MAX {
        match stdin.read(&mut *byte) {
            Ok(0) => break,
            Ok(_) => bytes.push(byte[0]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(unreadable(error)),
        }
    }
    if bytes.is_empty() {
        return Err(SecretError::Missing(kind));
    }
    checked(bytes, kind)
}

/// What some editors write before a text, and no keyboard types.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Returns the text of a secret less the line ends after it and a byte order mark before it.
pub fn checked(mut bytes: Zeroizing<Vec<u8>>, kind: Kind) -> Result<Secret, SecretError> {
    while bytes.last().is_some_and(|byte| [b'\n', b'\r'].contains(byte)) {
        bytes.pop();
    }
    if bytes.len() as u64 > BYTES_MAX {
        return Err(SecretError::Form(kind, "longer than 4096 bytes"));
    }
    let text = std::str::from_utf8(&bytes).map_err(|_| SecretError::Form(kind, "not UTF-8"))?;
    Ok(Secret::new(text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text).to_owned()))
}
