//! A look through the whole store, promise by promise.
//!
//! Each part reads its rows once, in an order that the store has anyway or that the engine sorts on disk,
//! and remembers no more than the row before: a store of a million accounts is looked through in the
//! memory that a small one takes. What was stored is never believed where it can be worked out again.

mod documents;
mod ledger;
mod mails;
mod seats;
mod sums;
mod terms;

use super::driver::DriverError;
use super::{StoreError, Tx};
use crate::domain::check::{Area, Finding};

/// Takes a finding.
type Found<'f> = &'f mut dyn FnMut(Finding);

/// What is looked after, in this order.
const PARTS: [Area; 10] = [
    Area::Chain,
    Area::Series,
    Area::Term,
    Area::Sum,
    Area::Document,
    Area::Edition,
    Area::Mail,
    Area::Ledger,
    Area::Books,
    Area::Seat,
];

impl Tx<'_> {
    /// Hands everything that breaks a promise of the shop's to `each`.
    pub fn check(&self, each: &mut dyn FnMut(Finding)) -> Result<(), StoreError> {
        for area in PARTS {
            match self.check_area(area, each) {
                // A part that cannot read its rows is a finding itself, and the others go on.
                Err(StoreError::Driver(
                    error @ (DriverError::Corrupt(_)
                    | DriverError::Disk(_)
                    | DriverError::Unexpected(_)),
                )) => {
                    each(Finding::new(
                        area,
                        "store",
                        format!("it cannot be looked through: {error}"),
                    ));
                }
                checked => checked?,
            }
        }
        Ok(())
    }

    fn check_area(&self, area: Area, each: Found<'_>) -> Result<(), StoreError> {
        match area {
            Area::Chain => self.check_chain(each),
            Area::Series => self.check_series(each),
            Area::Term => self.check_terms(each),
            Area::Sum => self.check_sums(each),
            Area::Document => self.check_documents(each),
            Area::Edition => self.check_editions(each),
            Area::Mail => self.check_mails(each),
            Area::Ledger => self.check_ledger(each),
            Area::Books => self.check_books(each),
            Area::Seat => self.check_seats(each),
            // Not the store's to look after: the engine's, and that of whoever knows the folder.
            Area::File | Area::Archive => Ok(()),
        }
    }

    fn check_chain(&self, each: Found<'_>) -> Result<(), StoreError> {
        for finding in self.verify_chain()?.1 {
            each(Finding::new(Area::Chain, format!("event {}", finding.seq), finding.what));
        }
        Ok(())
    }

    fn check_series(&self, each: Found<'_>) -> Result<(), StoreError> {
        for (name, series) in self.series()? {
            for (from, to) in &series.gaps {
                let what = match from == to {
                    true => format!("number {from} is missing"),
                    false => format!("numbers {from} to {to} are missing"),
                };
                each(Finding::new(Area::Series, name, what));
            }
            if let Some(last) = series.last.filter(|last| *last > series.last_given) {
                let given = series.last_given;
                let what = format!("{last} is used, and the series stands at {given}");
                each(Finding::new(Area::Series, name, what));
            }
        }
        Ok(())
    }
}
