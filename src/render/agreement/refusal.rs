//! Why a PDF was not taken, in words for whoever wants to publish it.

use std::fmt;

use super::limits::{FILE_BYTES_MAX, OBJECTS_MAX, PAGES_MAX};

/// Why a file is refused. Pages are counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    Empty,
    TooLarge {
        bytes: usize,
    },
    NotPdf,
    /// It does not end as a PDF does.
    CutOff,
    Encrypted,
    Signed,
    /// A form drawn by one maker's programs only; its pages are not in the file.
    Xfa,
    NoPages,
    TooManyPages,
    TooManyObjects,
    /// Arrays in arrays, or page lists in page lists, deeper than any program writes them.
    Nested,
    /// Something leads back to itself; `what` says what.
    Looping {
        what: &'static str,
    },
    /// It unpacks to far more than it weighs, or must be read many times over.
    Bomb,
    /// Something is not as the format has it; `what` says what.
    Damaged {
        what: &'static str,
    },
    /// A page without a size, or with one that is no size.
    PageSize {
        page: usize,
    },
}

impl Refusal {
    pub(super) fn damaged(what: &'static str) -> Refusal {
        Refusal::Damaged { what }
    }

    /// Returns what to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Refusal::Empty | Refusal::CutOff => "fetch or export the file anew, and publish that",
            Refusal::NotPdf => "export the agreement as PDF, and publish that",
            Refusal::TooLarge { .. } => {
                "export it with smaller pictures; an agreement seldom needs more than a few MB"
            }
            Refusal::Encrypted => "save it without password and without restrictions",
            Refusal::Signed => "publish the file as it was before it was signed",
            Refusal::Xfa => "print the form to a PDF, and publish that",
            Refusal::NoPages => "export the agreement anew, with its pages",
            Refusal::TooManyPages => "publish it in parts",
            Refusal::TooManyObjects
            | Refusal::Nested
            | Refusal::Looping { .. }
            | Refusal::Bomb
            | Refusal::Damaged { .. }
            | Refusal::PageSize { .. } => {
                "open it in a PDF reader, print it to a new PDF, and publish that"
            }
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Empty => f.write_str("the file is empty"),
            Refusal::TooLarge { bytes } => write!(
                f,
                "the file is {} MiB, and at most {} MiB are taken",
                bytes.div_ceil(1 << 20),
                FILE_BYTES_MAX >> 20
            ),
            Refusal::NotPdf => f.write_str("this is no PDF"),
            Refusal::CutOff => f.write_str("the file is cut off: it does not end as a PDF does"),
            Refusal::Encrypted => f.write_str("the PDF is encrypted"),
            Refusal::Signed => {
                f.write_str("the PDF is signed, and a header and footer would break the signature")
            }
            Refusal::Xfa => {
                f.write_str("the PDF is a form of the XFA kind, whose pages are not in the file")
            }
            Refusal::NoPages => f.write_str("the PDF has no pages"),
            Refusal::TooManyPages => write!(f, "the PDF has more than {PAGES_MAX} pages"),
            Refusal::TooManyObjects => write!(f, "the PDF has more than {OBJECTS_MAX} objects"),
            Refusal::Nested => f.write_str("the PDF is nested deeper than any program writes it"),
            Refusal::Looping { what } => {
                write!(f, "the PDF is damaged: {what} leads back to itself")
            }
            Refusal::Bomb => f.write_str("the PDF unpacks to far more than it weighs"),
            Refusal::Damaged { what } => write!(f, "the PDF is damaged: {what}"),
            Refusal::PageSize { page } => write!(f, "page {page} of the PDF has no proper size"),
        }
    }
}

impl std::error::Error for Refusal {}
