//! Why an agreement could not be stamped.

use std::fmt;

use super::super::pdf::PdfError;
use super::super::seal::SealError;
use super::super::seal::claim::ClaimError;
use super::look::LookError;
use super::refusal::Refusal;

/// Why there is no stamped copy. Pages are counted from 1.
#[derive(Clone, Debug, PartialEq)]
pub enum StampError {
    /// The header or the footer cannot be written as it stands.
    Text(PdfError),
    /// It needs more than the lines there are for it.
    TooLong {
        part: Part,
        page: usize,
    },
    /// Header and footer would cover the page, or it would have to be scaled down beyond what the
    /// look allows.
    NoRoom {
        page: usize,
    },
    Look(LookError),
    Claim(ClaimError),
    Seal(SealError),
    /// The agreement itself; one that was read before is refused no more.
    File(Refusal),
}

/// What is drawn on a page, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Header,
    /// The claim as a code, on the first page.
    Code,
    /// What stands beside the code.
    Note,
    Footer,
}

impl Part {
    pub const COUNT: usize = 4;
    pub const ALL: [Part; Part::COUNT] = [Part::Header, Part::Code, Part::Note, Part::Footer];

    const fn word(self) -> &'static str {
        match self {
            Part::Header => "header",
            Part::Code => "code",
            Part::Note => "note",
            Part::Footer => "footer",
        }
    }
}

impl StampError {
    /// Returns what to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            StampError::Text(_) => "write the holder's name in Latin, Greek or Cyrillic letters",
            StampError::TooLong { .. } => {
                "give the holder a shorter name, or make the text smaller"
            }
            StampError::NoRoom { .. } => {
                "make the text or its margins smaller, or let pages be scaled down further"
            }
            StampError::Look(_) => "set it within its bounds",
            StampError::Claim(_) => "give the holder a shorter name",
            StampError::Seal(error) => error.hint(),
            StampError::File(refusal) => refusal.hint(),
        }
    }
}

impl fmt::Display for StampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StampError::Text(error) => error.fmt(f),
            StampError::TooLong { part, page } => {
                write!(f, "the {} is too long for page {page}", part.word())
            }
            StampError::NoRoom { page } => {
                write!(f, "page {page} leaves no room for header and footer")
            }
            StampError::Look(error) => error.fmt(f),
            StampError::Claim(error) => error.fmt(f),
            StampError::Seal(error) => error.fmt(f),
            StampError::File(refusal) => refusal.fmt(f),
        }
    }
}

impl std::error::Error for StampError {}

impl From<Refusal> for StampError {
    fn from(refusal: Refusal) -> StampError {
        StampError::File(refusal)
    }
}

impl From<LookError> for StampError {
    fn from(error: LookError) -> StampError {
        StampError::Look(error)
    }
}

impl From<PdfError> for StampError {
    fn from(error: PdfError) -> StampError {
        StampError::Text(error)
    }
}
