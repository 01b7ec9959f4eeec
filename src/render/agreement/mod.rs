//! Agreements made by others: taken into the shop, and stamped for a holder.
//!
//! [`Agreement::read`] says what a file holds or why it is refused, under limits of size, depth, number
//! and work (`limits`), whoever made it. [`Agreement::licence_copy`] writes it again with a header and a footer
//! on every page: the original's own objects, copied as they stand, and a few beside them, so that text,
//! links, bookmarks, attachments and tags live on. Where a page leaves no room, what it shows is scaled
//! down a little, and links and bookmarks with it.
//!
//! Absent on purpose: a library for PDF. The one at hand copies streams as often as a hostile file lists
//! them, takes off encryption unasked, rounds numbers on the way, and brings twenty crates; what is needed
//! of it is less than what would have to be put in front of it.

mod claims;
mod code;
mod error;
mod filter;
mod geometry;
mod ink;
mod lexer;
mod licence;
mod limits;
mod listing;
mod look;
mod packs;
mod pages;
mod places;
mod refusal;
mod sheet;
mod source;
mod stamp;
mod state;
mod strips;
mod survey;
#[cfg(test)]
mod tests;
mod text;
mod trace;
mod value;
mod words;
mod writer;

use std::cell::OnceCell;

use self::ink::{Drawn, Follower};
use self::pages::Page;
use self::source::Source;
use self::survey::Survey;

pub use self::licence::Copy;
pub use self::limits::FILE_BYTES_MAX;
pub use self::look::Look;
pub use self::refusal::Refusal;
pub use self::strips::check_text;
pub use self::trace::{By, Proof, Says, trace};

/// An agreement that was read and can be stamped, once or for a thousand holders.
pub struct Agreement<'f> {
    source: Source<'f>,
    survey: Survey,
    pages: Vec<Page>,
    bytes: usize,
    /// Where each page has ink; looked for when the first copy is stamped.
    drawn: OnceCell<Vec<Drawn>>,
}

impl<'f> Agreement<'f> {
    /// Reads an agreement's file: every object that its pages lead to, each once.
    ///
    /// Errors with what speaks against the file. A form that can be filled in and a place for a signature
    /// that is empty are no reason to.
    pub fn read(file: &'f [u8]) -> Result<Agreement<'f>, Refusal> {
        let source = Source::open(file)?;
        let pages = pages::pages(&source)?;
        let survey = survey::survey(&source)?;
        Ok(Agreement { source, survey, pages, bytes: file.len(), drawn: OnceCell::new() })
    }

    /// Returns how many pages it has, at least one.
    pub fn pages(&self) -> usize {
        self.pages.len()
    }

    /// Says whether something in it runs or starts a program when it is opened or clicked. It may be taken
    /// (forms compute so), but whoever publishes it should know.
    pub fn has_scripts(&self) -> bool {
        self.survey.has_scripts
    }

    fn drawn(&self) -> &[Drawn] {
        let mut follower = Follower::new(&self.source);
        self.source.recount(self.pages.len());
        self.drawn.get_or_init(|| self.pages.iter().map(|page| follower.follow(page)).collect())
    }
}
