//! Genuine or not: the seal and the claim of a licence copy, and the verdict on a copy that turns up.
//!
//! The **seal** is a PDF signature over every byte of a file, as any reader of PDFs shows it. The
//! **claim** is a short signed statement, in the file and as a QR code on its first page: it covers
//! facts, not pages. Both are made with one key, whose certificate is all that another machine needs;
//! the **list of revocations** tells it what happened since. What is signed begins with its kind
//! (an attribute set, `shopctl licence claim`, `shopctl revocations`), so that none passes for another.
//!
//! Absent on purpose: time stamps and the issuers' certificates (PAdES B-T and above, which need the
//! network), and signatures of several people.

mod asn1;
mod base45;
pub mod certificate;
pub mod claim;
mod cms;
mod hex;
pub mod key;
mod layout;
pub mod revocations;
pub mod search;
mod self_signed;
mod signet;
pub mod verdict;
mod verify;

#[cfg(test)]
pub mod sample;
#[cfg(test)]
mod tests;

pub use signet::{SealError, Signet};
pub use verify::{FILE_LENGTH_MAX, verify, verify_claim};
