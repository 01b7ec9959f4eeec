//! Telling whether a copy is genuine: offline, with nothing but the certificates of the shop.
//!
//! A file is not parsed as a PDF. The seal is looked for in the one form in which [`super::layout`]
//! writes it, made again from the digest of the file and the certificate, and compared byte for byte:
//! what is not exactly what [`super::Signet`] wrote is altered.

use chrono::{DateTime, NaiveDate, Utc};
use sha2::{Digest, Sha256};

use super::certificate::Certificate;
use super::claim::{Claim, ClaimError, SignedClaim};
use super::layout::{Found, Place};
use super::revocations::{Cause, Revocations};
use super::verdict::{Alteration, Finding, Proof, Verdict};
use super::{cms, layout, search};

/// The bytes of a file that is looked at.
pub const FILE_LENGTH_MAX: usize = 1 << 30;

/// Returns what there is to say of a licence copy on `day`.
///
/// `certificates` are those of the shop's keys, today's and former ones, from a source that is
/// trusted; `revocations` is the newest list at hand.
pub fn verify(
    file: &[u8],
    certificates: &[Certificate],
    revocations: Option<&Revocations>,
    day: NaiveDate,
) -> Verdict {
    let mut verdict = unread(Proof::File, revocations);
    verdict.finding = match examine(file, certificates) {
        Examined::NoPdf => Finding::Unreadable,
        Examined::Sealed(seal) => {
            verdict.key = Some(seal.certificate.key().id());
            verdict.sealed_at = Some(seal.moment);
            // The certificate may be an earlier one of the same key: it is signed along with the file.
            let key = seal.certificate.key();
            if !certificates.iter().any(|known| known.key() == key) {
                verdict.finding = Finding::UnknownKey;
                return verdict;
            }
            let finding = standing(seal.claim.claim(), revocations, day);
            verdict.claim = Some(seal.claim.into_claim());
            finding
        }
        broken => {
            let claim = search::claim(file, certificates);
            let finding = match broken {
                Examined::Altered(alteration) => Finding::Altered(alteration),
                _ if claim.is_some() => Finding::Altered(Alteration::Rewritten),
                _ => Finding::NoSeal,
            };
            if let Some(Ok(claim)) = claim {
                verdict.key = Some(claim.key());
                verdict.claim = Some(claim.into_claim());
            }
            finding
        }
    };
    verdict
}

/// Returns what the text of a QR code says: the claim, and nothing of the file.
pub fn verify_claim(
    text: &str,
    certificates: &[Certificate],
    revocations: Option<&Revocations>,
    day: NaiveDate,
) -> Verdict {
    let mut verdict = unread(Proof::ClaimOnly, revocations);
    match SignedClaim::read(text, certificates) {
        Ok(claim) => {
            verdict.finding = standing(claim.claim(), revocations, day);
            verdict.key = Some(claim.key());
            verdict.claim = Some(claim.into_claim());
        }
        Err(ClaimError::UnknownKey(key)) => {
            verdict.finding = Finding::UnknownKey;
            verdict.key = Some(key);
        }
        Err(ClaimError::Altered) => verdict.finding = Finding::Altered(Alteration::Claim),
        Err(_) => {}
    }
    verdict
}

/// Returns the verdict on what cannot be read.
fn unread(proof: Proof, revocations: Option<&Revocations>) -> Verdict {
    Verdict {
        finding: Finding::Unreadable,
        proof,
        claim: None,
        key: None,
        sealed_at: None,
        list_made: revocations.map(Revocations::made),
    }
}

/// What became of the seal of a file.
pub(super) enum Examined {
    /// The file is no PDF, or too long.
    NoPdf,
    /// There is no seal; whether there ever was one, a claim may tell.
    Unsealed,
    Altered(Alteration),
    /// Unbroken, which says nothing of whose the certificate is.
    Sealed(Box<Seal>),
}

/// A seal that is unbroken.
pub(super) struct Seal {
    moment: DateTime<Utc>,
    certificate: Certificate,
    claim: SignedClaim,
}

/// Looks at the seal of a file. `certificates` only save reading the one in it.
pub(super) fn examine(file: &[u8], certificates: &[Certificate]) -> Examined {
    if file.len() > FILE_LENGTH_MAX || !file.starts_with(b"%PDF-") {
        return Examined::NoPdf;
    }
    match layout::find(file) {
        Found::Nothing => Examined::Unsealed,
        Found::Broken => Examined::Altered(Alteration::Seal),
        Found::Seal(place) => match check(file, &place, certificates) {
            Ok(seal) => Examined::Sealed(Box::new(seal)),
            Err(alteration) => Examined::Altered(alteration),
        },
    }
}

/// Says whether the seal in this place covers all of the file and is one that its key made.
fn check(file: &[u8], place: &Place, certificates: &[Certificate]) -> Result<Seal, Alteration> {
    if file.len() < place.length {
        return Err(Alteration::Truncated);
    }
    if file.len() > place.length {
        let is_signed = layout::last(&file[place.length..], b"/ByteRange").is_some();
        return Err(if is_signed { Alteration::SignedAgain } else { Alteration::Appended });
    }
    let (before, after) = (&file[..place.gap.start], &file[place.gap.end..]);
    let gap = &file[place.gap.clone()];
    let content = layout::gap_content(gap).ok_or(Alteration::Seal)?;
    let found = cms::find(&content).ok_or(Alteration::Seal)?;
    let known = certificates.iter().find(|known| known.der() == found.certificate);
    let certificate = match known {
        Some(certificate) => certificate.clone(),
        None => Certificate::from_der(&found.certificate).map_err(|_| Alteration::Seal)?,
    };
    let digest: [u8; 32] = Sha256::new().chain_update(before).chain_update(after).finalize().into();
    let expected = cms::signed_data(&digest, &certificate, &found.signature);
    if layout::gap(&expected, gap.len()) != gap {
        let is_same_content = content.windows(digest.len()).any(|part| part == digest);
        return Err(if is_same_content { Alteration::Seal } else { Alteration::Content });
    }
    if gap.len() != layout::gap_length(cms::length_max(&certificate))
        || !cms::is_signed(&digest, &certificate, &found.signature)
    {
        return Err(Alteration::Seal);
    }
    let claim = search::written_claim(before, std::slice::from_ref(&certificate));
    let claim = claim.and_then(Result::ok).ok_or(Alteration::Claim)?;
    Ok(Seal { moment: place.moment, certificate, claim })
}

/// Returns how a genuine claim stands on `day`. A withdrawal outweighs the period.
fn standing(claim: &Claim, revocations: Option<&Revocations>, day: NaiveDate) -> Finding {
    let withdrawal = revocations.and_then(|list| list.withdrawal(claim.licence, claim.edition));
    match withdrawal.filter(|withdrawal| withdrawal.since <= day) {
        Some(withdrawal) => match withdrawal.cause {
            Cause::Revoked => Finding::Revoked { since: withdrawal.since },
            Cause::Superseded => Finding::Superseded { since: withdrawal.since },
        },
        None if day < claim.period.start => Finding::NotBegun,
        None if day >= claim.period.end => Finding::Expired,
        None => Finding::Valid,
    }
}
