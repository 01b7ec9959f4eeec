//! Copies of agreements as a licence gives them (R3): stamped, with the claim, and sealed.

use anyhow::{Context, Result};

use crate::app::App;
use crate::domain::agreement::{AgreementCode, Edition};
use crate::domain::licence::LicenceEdition;
use crate::error::Failure;
use crate::render::agreement::{Agreement as Document, Copy, Look};
use crate::render::pdf::Press;
use crate::render::seal::claim::Claim;
use crate::store::Tx;

use super::edit::refuse_revoked;
use super::key::{ReadyKey, ensure};

/// A licence, and the edition of it that copies bear.
#[derive(Clone, PartialEq)]
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

    /// Keeps the key that the edition is sealed with, where this is its first copy.
    ///
    /// Errors when another key sealed one in the meantime.
    pub fn keep_key(&self, tx: &Tx<'_>, key: &ReadyKey) -> Result<()> {
        let licence = tx.licence(self.number)?;
        let now = licence.editions.iter().find(|edition| edition.id == self.edition.id);
        match now.and_then(|edition| edition.key) {
            Some(kept) if kept == key.id => Ok(()),
            _ => Ok(tx.seal_edition(self.number, &self.edition, key.id)?),
        }
    }

    /// Returns the key that seals the edition's copies; a shop without any gets its first.
    pub fn key(&self, app: &mut App) -> Result<ReadyKey> {
        ensure(app)?;
        app.read(|tx| ReadyKey::of(tx, &self.edition))
    }

    /// Returns an agreement as the licence gives it: the period in the header of every page, the holder in
    /// the footer, the claim on the first page, and the whole of it sealed. The same bytes each time.
    pub fn copy(
        &self,
        press: &mut Press,
        document: &Document,
        (code, edition): (&AgreementCode, &Edition),
        look: Look,
        key: &ReadyKey,
    ) -> Result<Vec<u8>> {
        let face = &self.edition.face;
        let claim = Claim {
            holder: face.holder.to_string(),
            licence: u32::try_from(self.number).context("the licence's number is too long")?,
            edition: u16::try_from(self.edition.number)
                .context("the edition's number is too long")?,
            period: face.period,
            agreement: code.to_string(),
            agreement_edition: edition.name.to_string(),
            language: edition.language,
            agreement_sha256: edition.digest().context("the edition's SHA-256 is damaged")?,
        };
        let claim = claim.sign(key.key())?;
        let footer = face.footer(edition.language);
        let copy = Copy { claim: &claim, footer: &footer, look };
        document.licence_copy(press, &copy, &key.signet(&self.edition)?).map_err(|error| {
            let words = format!("the copy for licence {} cannot be made: {error}", self.number);
            Failure::refused("licence_copy", words).hint(error.hint()).into()
        })
    }
}

/// Returns an edition's file as it is read to be copied.
pub fn document(bytes: &[u8]) -> Result<Document<'_>> {
    Document::read(bytes).map_err(|refusal| {
        Failure::refused("agreement_file", format!("the edition cannot be copied: {refusal}"))
            .hint(refusal.hint())
            .into()
    })
}
