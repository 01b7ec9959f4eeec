//! What a look through the whole store may find.

use std::fmt;

/// Which of the store's promises is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// The file itself, as the engine sees it.
    File,
    /// A series of numbers has a gap that nothing explains.
    Series,
    /// A term is billed twice, or a bill and its term do not know each other (R14).
    Term,
    /// Sums or VAT are not those of the lines.
    Sum,
    /// The chain of events.
    Chain,
    /// A document that left the shop is not the one that left.
    Document,
    /// An edition of an agreement is not the one that was published.
    Edition,
    /// A mail that nothing called for.
    Mail,
    /// More was paid, credited or given up than there was.
    Ledger,
    /// What bookkeeping was given.
    Books,
    /// Somebody has a seat of a licence that does not cover them (R2).
    Seat,
    /// The folder that keeps documents outside the store.
    Archive,
}

impl Area {
    pub const fn as_str(self) -> &'static str {
        match self {
            Area::File => "file",
            Area::Series => "series",
            Area::Term => "term",
            Area::Sum => "sum",
            Area::Chain => "chain",
            Area::Document => "document",
            Area::Edition => "edition",
            Area::Mail => "mail",
            Area::Ledger => "ledger",
            Area::Books => "books",
            Area::Seat => "seat",
            Area::Archive => "archive",
        }
    }

    /// Returns what to do about a finding of this kind, unless it names something better itself.
    pub const fn remedy(self) -> &'static str {
        match self {
            Area::Archive => "`shopctl store archive` writes it again",
            Area::Seat => {
                "`shopctl licence edit N --covers ORG` covers them, and `shopctl licence seat remove` takes \
                 the seat back"
            }
            Area::File => {
                "stop cron, keep a copy of the file with what lies beside it, and run `shopctl store \
                 restore FILE` on the last backup"
            }
            _ => {
                "something else than shopctl altered the store: keep a copy of it, and compare it with a \
                 backup"
            }
        }
    }
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub area: Area,
    /// What it is about, by the number people see: `invoice 1003`.
    pub about: String,
    pub what: String,
}

impl Finding {
    pub fn new(area: Area, about: impl Into<String>, what: impl Into<String>) -> Finding {
        Finding { area, about: about.into(), what: what.into() }
    }
}
