//! What can be said of a licence copy, and by what.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};

use super::claim::Claim;
use super::key::KeyId;

/// What was found of a copy, and the facts that are certain whatever was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub finding: Finding,
    pub proof: Proof,
    /// What the copy says of itself, where the claim's own signature is good by a known key. Of an
    /// altered copy it says for which licence the original was made, and nothing of the pages.
    pub claim: Option<Claim>,
    /// The key of the seal or, without one, of the claim.
    pub key: Option<KeyId>,
    /// When the file was sealed, by its maker's clock; known of an unbroken seal only.
    pub sealed_at: Option<DateTime<Utc>>,
    /// The day up to which the list of revocations was complete; `None` without a list.
    pub list_made: Option<NaiveDate>,
}

/// What a verdict rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// The file: every byte was looked at.
    File,
    /// The text of a QR code: it covers the facts and says nothing of the pages it was printed on.
    ClaimOnly,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Genuine, and its period runs.
    Valid,
    /// Genuine, but its period has not begun.
    NotBegun,
    /// Genuine, but its period has ended.
    Expired,
    /// Genuine, but a newer edition of the licence took its place.
    Superseded { since: NaiveDate },
    /// Genuine, but the licence was withdrawn.
    Revoked { since: NaiveDate },
    /// Not as it was sealed.
    Altered(Alteration),
    /// Sealed, unbroken, with a key whose certificate is not at hand. Anybody can make such a file.
    UnknownKey,
    /// Neither seal nor claim.
    NoSeal,
    /// Not a PDF, not a claim, or longer than is read.
    Unreadable,
}

/// How a copy differs from what was sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alteration {
    /// The bytes under the seal are others.
    Content,
    /// Bytes were added after the seal.
    Appended,
    /// Somebody else's signature was added after the seal.
    SignedAgain,
    /// The end is missing.
    Truncated,
    /// The seal itself was changed, or is not the key's.
    Seal,
    /// The claim is missing, or not that of the seal's key.
    Claim,
    /// There is a claim, or a trace of a seal, and no seal: the file was written anew.
    Rewritten,
}

impl Finding {
    /// Says whether the copy may be relied upon today.
    pub fn is_valid(&self) -> bool {
        *self == Finding::Valid
    }

    /// Returns one word for scripts.
    pub const fn word(&self) -> &'static str {
        match self {
            Finding::Valid => "valid",
            Finding::NotBegun => "not_begun",
            Finding::Expired => "expired",
            Finding::Superseded { .. } => "superseded",
            Finding::Revoked { .. } => "revoked",
            Finding::Altered(_) => "altered",
            Finding::UnknownKey => "unknown_key",
            Finding::NoSeal => "no_seal",
            Finding::Unreadable => "unreadable",
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Finding::Valid => f.write_str("genuine, and its period runs"),
            Finding::NotBegun => f.write_str("genuine, but its period has not begun"),
            Finding::Expired => f.write_str("genuine, but its period has ended"),
            Finding::Superseded { since } => {
                write!(f, "genuine, but superseded by a newer edition of the licence since {since}")
            }
            Finding::Revoked { since } => write!(f, "genuine, but revoked since {since}"),
            Finding::Altered(alteration) => write!(f, "altered: {alteration}"),
            Finding::UnknownKey => f.write_str(
                "sealed with a key that is not known here, as anybody can; get the certificate \
                 from the association itself",
            ),
            Finding::NoSeal => f.write_str("without a seal: not a licence copy as it was rendered"),
            Finding::Unreadable => f.write_str("not a PDF that can be read"),
        }
    }
}

impl fmt::Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Proof::File => "the whole file was checked",
            Proof::ClaimOnly => {
                "the claim only was checked: it says nothing of the pages that its code stands on"
            }
        })
    }
}

impl fmt::Display for Alteration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Alteration::Content => "its content is not what was sealed",
            Alteration::Appended => "something was added after it was sealed",
            Alteration::SignedAgain => "another signature was added after it was sealed",
            Alteration::Truncated => "its end is missing",
            Alteration::Seal => "the seal is broken",
            Alteration::Claim => "the claim is missing or not the seal's",
            Alteration::Rewritten => "the file was written anew, and its seal is gone",
        })
    }
}
