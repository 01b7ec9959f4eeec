//! Copies of agreements as a licence gives them (R3).

use anyhow::Result;

use crate::domain::language::Language;
use crate::domain::licence::LicenceEdition;
use crate::error::Failure;
use crate::render::agreement::{Agreement as Document, Look, Stamp};
use crate::render::pdf::Press;
use crate::store::Tx;

use super::edit::refuse_revoked;

/// A licence in force, and the edition that its copies bear today.
#[derive(PartialEq)]
pub struct Licensed {
    pub number: i64,
    pub edition: LicenceEdition,
}

impl Licensed {
    /// Returns what the copies of a licence bear today. Errors when it is revoked, or no term is billed
    /// for today.
    pub fn of(tx: &Tx<'_>, number: i64) -> Result<Licensed> {
        let licence = tx.licence(number)?;
        refuse_revoked(&licence)?;
        match licence.current(tx.today()) {
            Some(edition) => Ok(Licensed { number, edition: edition.clone() }),
            None => {
                let words = format!("no term of licence {number} is billed for today");
                Err(Failure::refused("no_access", words)
                    .hint("`shopctl subscription renew` bills it")
                    .into())
            }
        }
    }

    /// Returns an agreement as the licence gives it: the period in the header of every page, the holder in
    /// the footer.
    pub fn copy(&self, edition: &[u8], language: Language) -> Result<Vec<u8>> {
        let document = Document::read(edition).map_err(|refusal| {
            Failure::refused("agreement_file", format!("the edition cannot be copied: {refusal}"))
                .hint(refusal.hint())
        })?;
        let stamp = Stamp {
            header: &self.edition.header(self.number, language),
            footer: &self.edition.face.footer(language),
            look: Look::default(),
        };
        let stamped = document.stamp(&mut Press::new(), &stamp).map_err(|error| {
            Failure::refused("licence_copy", format!("the copy cannot be made: {error}"))
                .hint(error.hint())
        });
        Ok(stamped?)
    }
}
