//! The claim: what a licence copy says of itself, signed, short enough for a QR code.
//!
//! It covers facts, not pages: a claim that holds, on a page that was altered, still holds. Its text
//! is `SHL1:`, the bytes in base 45, and a full stop, so that an end cut off is seen. The bytes, of
//! this first version, numbers with the most significant byte first:
//!
//! | bytes | |
//! | --- | --- |
//! | 8 | name of the key |
//! | 4, 2 | licence, its edition |
//! | 3, 3 | first day of the period and the day after its last, counted from 1 January of year 1 |
//! | 1 | language of the agreement: 0 Swedish, 1 English |
//! | 32 | SHA-256 of the agreement as it was published |
//! | 1 + n | holder, in UTF-8, after its length; so too the agreement's code, and its edition |
//! | 64 | signature by ECDSA (P-256, SHA-256) of [`DOMAIN`] and all of the above: r, s |

use std::fmt;

use chrono::{Datelike, NaiveDate};

use super::base45;
use super::certificate::Certificate;
use super::key::{KeyId, SIGNATURE_LENGTH, SealKey};
use crate::domain::language::Language;
use crate::domain::term::Term;

const PREFIX: &str = "SHL1:";
const SUFFIX: &str = ".";

/// How the text of a claim begins where it stands in a file, as a string of the PDF.
pub(super) const START_IN_FILE: &[u8] = b"(SHL1:";

/// What is signed before the bytes of a claim, so that its signature means nothing elsewhere.
const DOMAIN: &[u8] = b"shopctl licence claim 1\0";

/// The bytes of each of the claim's texts.
const TEXT_LENGTH_MAX: usize = 255;

/// The characters of a claim. The longest there can be has 1,334.
pub const CLAIM_LENGTH_MAX: usize = 2_000;

/// What a licence copy says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    pub holder: String,
    pub licence: u32,
    /// The edition of the licence.
    pub edition: u16,
    pub period: Term,
    /// The agreement's code.
    pub agreement: String,
    pub agreement_edition: String,
    pub language: Language,
    /// The SHA-256 of the agreement's PDF as it was published.
    pub agreement_sha256: [u8; 32],
}

/// A claim whose signature is good: just made, or read and checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedClaim {
    claim: Claim,
    key: KeyId,
    text: String,
}

/// Why a claim could not be made or read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClaimError {
    /// One of the texts is longer than [`TEXT_LENGTH_MAX`], or empty.
    Text(String),
    /// The period ends before it begins.
    Period,
    /// The text is no claim, or not a whole one.
    NotAClaim,
    /// The claim is signed with a key whose certificate is not at hand.
    UnknownKey(KeyId),
    /// The signature is not the key's: something was changed.
    Altered,
}

impl fmt::Display for ClaimError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ClaimError::Text(text) => {
                write!(
                    f,
                    "`{text}` is empty or too long for a claim, which has room for {TEXT_LENGTH_MAX} \
                     bytes"
                )
            }
            ClaimError::Period => f.write_str("the period ends before it begins"),
            ClaimError::NotAClaim => f.write_str("the text is not a licence's claim, or not whole"),
            ClaimError::UnknownKey(key) => {
                write!(f, "the claim is signed with the key {key}, which is not known here")
            }
            ClaimError::Altered => f.write_str("the claim was altered: its signature is not good"),
        }
    }
}

impl std::error::Error for ClaimError {}

impl Claim {
    /// Signs the claim. The same claim and key give the same text.
    pub fn sign(&self, key: &SealKey) -> Result<SignedClaim, ClaimError> {
        let id = key.public().id();
        let mut bytes = self.encode(&id)?;
        let signature = key.sign(&[DOMAIN, &bytes].concat());
        bytes.extend(signature.to_bytes());
        let text = format!("{PREFIX}{}{SUFFIX}", base45::encode(&bytes));
        Ok(SignedClaim { claim: self.clone(), key: id, text })
    }

    /// Returns a text as long as the signed one, with the name of a key that there is not: by it can be
    /// seen what room a claim takes.
    pub fn unsigned(&self) -> Result<(KeyId, String), ClaimError> {
        let id = KeyId::from_bytes([0; KeyId::LENGTH]);
        let mut bytes = self.encode(&id)?;
        bytes.extend([0; SIGNATURE_LENGTH]);
        Ok((id, format!("{PREFIX}{}{SUFFIX}", base45::encode(&bytes))))
    }

    fn encode(&self, key: &KeyId) -> Result<Vec<u8>, ClaimError> {
        if self.period.end <= self.period.start || self.period.start.year() < 1 {
            return Err(ClaimError::Period);
        }
        let mut bytes = key.bytes().to_vec();
        bytes.extend(self.licence.to_be_bytes());
        bytes.extend(self.edition.to_be_bytes());
        for day in [self.period.start, self.period.end] {
            bytes.extend(&day.num_days_from_ce().to_be_bytes()[1..]);
        }
        bytes.push(match self.language {
            Language::Swedish => 0,
            Language::English => 1,
        });
        bytes.extend(self.agreement_sha256);
        for text in [&self.holder, &self.agreement, &self.agreement_edition] {
            let length = u8::try_from(text.len()).ok().filter(|length| *length > 0);
            bytes.push(length.ok_or_else(|| ClaimError::Text(text.clone()))?);
            bytes.extend(text.as_bytes());
        }
        Ok(bytes)
    }

    /// Reads what the text of a claim says, by which key, and whether that is proven: what is not may
    /// still lead to whoever knows more.
    pub fn told(
        text: &str,
        certificates: &[Certificate],
    ) -> Result<(KeyId, Claim, Result<(), ClaimError>), ClaimError> {
        let text = text.trim();
        if text.len() > CLAIM_LENGTH_MAX {
            return Err(ClaimError::NotAClaim);
        }
        let encoded = text.strip_prefix(PREFIX).and_then(|text| text.strip_suffix(SUFFIX));
        let bytes = encoded.and_then(base45::decode).ok_or(ClaimError::NotAClaim)?;
        let split = bytes.len().checked_sub(SIGNATURE_LENGTH).ok_or(ClaimError::NotAClaim)?;
        let (signed, signature) = bytes.split_at(split);
        let (key, claim) = Claim::decode(signed).ok_or(ClaimError::NotAClaim)?;
        let certificate = certificates.iter().find(|known| known.key().id() == key);
        let message = [DOMAIN, signed].concat();
        let proof = match certificate {
            None => Err(ClaimError::UnknownKey(key)),
            Some(known) if known.key().has_signed_plainly(&message, signature) => Ok(()),
            Some(_) => Err(ClaimError::Altered),
        };
        Ok((key, claim, proof))
    }

    fn decode(mut bytes: &[u8]) -> Option<(KeyId, Claim)> {
        let rest = &mut bytes;
        let key = KeyId::from_bytes(take(rest)?);
        let licence = u32::from_be_bytes(take(rest)?);
        let edition = u16::from_be_bytes(take(rest)?);
        let mut day = || {
            let [high, middle, low] = take(rest)?;
            NaiveDate::from_num_days_from_ce_opt(i32::from_be_bytes([0, high, middle, low]))
        };
        let period = Term { start: day()?, end: day()? };
        let language = match take(rest)? {
            [0] => Language::Swedish,
            [1] => Language::English,
            _ => return None,
        };
        let agreement_sha256 = take(rest)?;
        let mut text = || {
            let [length] = take(rest)?;
            let (text, after) = rest.split_at_checked(length.into())?;
            *rest = after;
            String::from_utf8(text.to_vec()).ok().filter(|text| !text.is_empty())
        };
        let (holder, agreement, agreement_edition) = (text()?, text()?, text()?);
        let is_whole = rest.is_empty() && period.start < period.end;
        let claim = Claim {
            holder,
            licence,
            edition,
            period,
            agreement,
            agreement_edition,
            language,
            agreement_sha256,
        };
        is_whole.then_some((key, claim))
    }
}

/// Takes the first bytes off `rest`.
fn take<const COUNT: usize>(rest: &mut &[u8]) -> Option<[u8; COUNT]> {
    let (taken, after) = rest.split_first_chunk()?;
    *rest = after;
    Some(*taken)
}

impl SignedClaim {
    /// Reads the text of a claim, as it comes from a QR code, and checks it by the certificate of its key.
    pub fn read(text: &str, certificates: &[Certificate]) -> Result<SignedClaim, ClaimError> {
        let (key, claim, proof) = Claim::told(text, certificates)?;
        proof.map(|()| SignedClaim { claim, key, text: text.trim().to_owned() })
    }

    pub fn claim(&self) -> &Claim {
        &self.claim
    }

    pub fn into_claim(self) -> Claim {
        self.claim
    }

    pub fn key(&self) -> KeyId {
        self.key
    }

    /// Returns the text for the QR code, in its alphanumeric characters only.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the text as it stands in a file, as a string of the PDF: it has no bracket to escape.
    pub fn in_file(&self) -> String {
        format!("({})", self.text)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use qrcodegen::{QrCode, QrCodeEcc};

    use super::super::sample;
    use super::*;

    #[test]
    fn a_claim_is_read_as_it_was_signed() {
        let signed = sample::claim().sign(&sample::key()).expect("a claim");
        let read = SignedClaim::read(signed.text(), &[sample::certificate()]);
        assert_eq!(read.as_ref(), Ok(&signed));
        assert_eq!(signed.claim(), &sample::claim());
        assert_eq!(
            SignedClaim::read(&format!("{}\r\n", signed.text()), &[sample::certificate()]),
            read
        );
    }

    #[test]
    fn the_room_of_a_claim_is_known_before_it_is_signed() {
        let claim = sample::claim();
        let (_, unsigned) = claim.unsigned().expect("a claim");
        assert_eq!(unsigned.len(), sample::signed_claim().text().len());
        assert!(Claim::told(&unsigned, &[sample::certificate()]).is_ok_and(|it| it.2.is_err()));
    }

    #[test]
    fn a_claim_fits_a_qr_code_of_moderate_size() {
        let signed = sample::claim().sign(&sample::key()).expect("a claim");
        assert_eq!(signed.text().len(), 239);
        let code = QrCode::encode_text(signed.text(), QrCodeEcc::Medium).expect("a code");
        assert_eq!((code.version().value(), code.size()), (9, 53));
        let holder = "Ö".repeat(60);
        let long = Claim { holder, ..sample::claim() }.sign(&sample::key()).expect("a claim");
        let code = QrCode::encode_text(long.text(), QrCodeEcc::Medium).expect("a code");
        assert!(code.version().value() <= 14, "{}", code.version().value());
    }

    #[test]
    fn the_longest_claim_is_within_the_limit() {
        let text = "x".repeat(TEXT_LENGTH_MAX);
        let claim = Claim {
            holder: text.clone(),
            agreement: text.clone(),
            agreement_edition: text,
            ..sample::claim()
        };
        let signed = claim.sign(&sample::key()).expect("a claim");
        assert_eq!(signed.text().len(), 1_334);
        assert_eq!(SignedClaim::read(signed.text(), &[sample::certificate()]), Ok(signed));
    }

    #[test]
    fn texts_without_room_and_a_period_without_days_are_refused() {
        let holder = "x".repeat(TEXT_LENGTH_MAX + 1);
        let long = Claim { holder: holder.clone(), ..sample::claim() };
        assert_eq!(long.sign(&sample::key()), Err(ClaimError::Text(holder)));
        let start = sample::claim().period.start;
        let empty = Claim { period: Term { start, end: start }, ..sample::claim() };
        assert_eq!(empty.sign(&sample::key()), Err(ClaimError::Period));
    }

    #[test]
    fn a_claim_of_another_key_is_not_believed() {
        let signed = sample::claim().sign(&sample::other_key()).expect("a claim");
        let read = SignedClaim::read(signed.text(), &[sample::certificate()]);
        assert_eq!(read, Err(ClaimError::UnknownKey(sample::other_key().public().id())));
    }

    #[test]
    fn a_claim_in_which_any_character_was_changed_is_not_believed() {
        let signed = sample::claim().sign(&sample::key()).expect("a claim");
        for position in 0..signed.text().len() {
            for character in ["0", "7", "A", ".", "é", ""] {
                let mut text = signed.text().to_owned();
                text.replace_range(position..=position, character);
                let read = SignedClaim::read(&text, &[sample::certificate()]);
                assert!(text == signed.text() || read.is_err(), "{position}: {text}");
            }
        }
    }

    proptest! {
        #[test]
        fn a_text_that_is_no_claim_is_refused(text in "(SHL1:)?[0-9A-Z $%*+./:-]{0,400}[.]?") {
            prop_assert!(SignedClaim::read(&text, &[sample::certificate()]).is_err());
        }
    }
}
