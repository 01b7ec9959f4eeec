//! Sealing: the last thing that is done to a rendered file.
//!
//! Whoever writes the file leaves room for the seal, and has it filled when all else is in place.

use std::fmt;

use chrono::{DateTime, SubsecRound, Utc};
use sha2::{Digest, Sha256};

use super::certificate::Certificate;
use super::claim::SignedClaim;
use super::key::SealKey;
use super::{cms, layout};

/// Why a file could not be sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SealError {
    /// The key, the certificate and the claim's key are not the same.
    OtherKey,
    /// The moment lies outside the validity of the certificate.
    CertificateNotValid,
}

impl SealError {
    /// Returns what to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            SealError::OtherKey => {
                "use the key that the licence's edition was made with, and its certificate"
            }
            SealError::CertificateNotValid => {
                "look at the clock of this machine, or get a certificate that is valid now"
            }
        }
    }
}

impl fmt::Display for SealError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            SealError::OtherKey => "the key does not go with the certificate or the claim",
            SealError::CertificateNotValid => {
                "the certificate of the key is not valid at that time"
            }
        })
    }
}

impl std::error::Error for SealError {}

/// What files are sealed with: a key, its certificate, and the time that the seal states.
///
/// A seal is a PDF signature, PAdES baseline B-B, over every byte of a file but its own gap. The same
/// file and signet give the same seal.
#[derive(Clone, Copy, Debug)]
pub struct Signet<'k> {
    key: &'k SealKey,
    certificate: &'k Certificate,
    moment: DateTime<Utc>,
}

impl<'k> Signet<'k> {
    /// Returns a signet; `moment` counts to the second. Errors when the certificate is another key's or
    /// not valid then.
    pub fn new(
        key: &'k SealKey,
        certificate: &'k Certificate,
        moment: DateTime<Utc>,
    ) -> Result<Signet<'k>, SealError> {
        let moment = moment.trunc_subsecs(0);
        if key.public() != *certificate.key() {
            return Err(SealError::OtherKey);
        }
        let validity = certificate.validity();
        if moment < validity.from || moment > validity.until {
            return Err(SealError::CertificateNotValid);
        }
        Ok(Signet { key, certificate, moment })
    }

    /// Returns the time that the seal states.
    pub fn moment(&self) -> DateTime<Utc> {
        self.moment
    }

    /// Says whether the claim is signed with the same key, as it must be in a file that this seals.
    pub fn goes_with(&self, claim: &SignedClaim) -> bool {
        claim.key() == self.key.public().id()
    }

    /// Returns room for a seal: the body of an object of the file, to be filled by [`Signet::seal`].
    pub fn room(&self) -> Vec<u8> {
        vec![b' '; layout::HEAD_LENGTH + self.gap_length() + self.tail().len()]
    }

    /// Seals a file. Nothing may be changed in it afterwards.
    ///
    /// `start` is where the room for it begins. Panics when the file does not reach so far.
    pub fn seal(&self, file: &mut [u8], start: usize) {
        let (gap_length, tail) = (self.gap_length(), self.tail());
        let gap = start + layout::HEAD_LENGTH..start + layout::HEAD_LENGTH + gap_length;
        let head = layout::head(self.moment, &gap, file.len());
        file[start..gap.start].copy_from_slice(&head);
        file[gap.end..gap.end + tail.len()].copy_from_slice(&tail);
        let mut digest = Sha256::new();
        digest.update(&file[..gap.start]);
        digest.update(&file[gap.end..]);
        let signature = cms::sign(&digest.finalize().into(), self.key, self.certificate);
        file[gap].copy_from_slice(&layout::gap(&signature, gap_length));
    }

    fn gap_length(&self) -> usize {
        layout::gap_length(cms::length_max(self.certificate))
    }

    /// Returns the dictionary of the signature after the gap: who signed, in UTF-16 (ISO 32000-2, 7.9.2.2).
    fn tail(&self) -> Vec<u8> {
        let units = self.certificate.subject().encode_utf16().flat_map(u16::to_be_bytes);
        let units: Vec<u8> = units.collect();
        format!("/Name<feff{}>>>", super::hex::encode(&units)).into_bytes()
    }
}
