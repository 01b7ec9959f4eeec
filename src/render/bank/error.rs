//! Why a bank's file, or a part of it, was refused.

use std::fmt;
use std::io;

/// Why a file was refused whole. Lines are counted from 1.
#[derive(Debug)]
pub enum BankError {
    Io(io::Error),
    Empty,
    /// None of the formats that are read; `kind` is what it seems to be, with its article.
    Unknown {
        kind: Option<&'static str>,
    },
    /// An XML document that is no camt.054 of a version that is read.
    Document {
        line: u64,
        found: String,
    },
    /// It ends before it is complete; `missing` is what should have come.
    CutOff {
        line: u64,
        missing: String,
    },
    /// Something that has no place there.
    Malformed {
        line: u64,
        words: String,
    },
    /// Made to try things out, and no money stands behind it.
    Test {
        line: u64,
    },
}

impl BankError {
    pub(super) fn malformed(line: u64, words: impl Into<String>) -> BankError {
        BankError::Malformed { line, words: words.into() }
    }

    /// Returns what to do about it, where something can be done.
    pub fn hint(&self) -> &'static str {
        match self {
            BankError::Io(_) => "look whether the file is there and can be read",
            BankError::CutOff { .. } | BankError::Malformed { .. } => {
                "fetch the file anew from the bank, and import it as it came"
            }
            BankError::Test { .. } => "fetch the file of the same day for production",
            _ => "the bank's files that can be read are BgMax and camt.054 (versions 02 and 08)",
        }
    }
}

impl fmt::Display for BankError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BankError::Io(error) => error.fmt(f),
            BankError::Empty => f.write_str("the file is empty"),
            BankError::Unknown { kind: Some(kind) } => {
                write!(f, "this is neither BgMax nor camt.054, but {kind}")
            }
            BankError::Unknown { kind: None } => f.write_str("this is neither BgMax nor camt.054"),
            BankError::Document { line, found } => {
                write!(f, "line {line}: this is no camt.054 of version 02 or 08, but {found}")
            }
            BankError::CutOff { line, missing } => {
                write!(f, "the file is cut off after line {line}: {missing}")
            }
            BankError::Malformed { line, words } => write!(f, "line {line}: {words}"),
            BankError::Test { line } => {
                write!(f, "line {line}: this is a test file, and no money stands behind it")
            }
        }
    }
}

impl std::error::Error for BankError {}

/// Why a deposit, or a section of them, was refused while the rest of the file stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line of the record or element at fault.
    pub line: u64,
    /// Which deposit or section it is, as the file calls it.
    pub whose: String,
    pub reason: String,
}

impl Problem {
    /// Says whether the money went to an account that is none of the seller's.
    pub fn is_of_payee(&self) -> bool {
        self.reason.contains("the seller")
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, {}: {}", self.line, self.whose, self.reason)
    }
}
