//! Keys, certificates, claims and files that the tests share.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use zeroize::Zeroizing;

use super::certificate::{Certificate, SERIAL_LENGTH, Validity};
use super::claim::{Claim, SignedClaim};
use super::key::{KEY_LENGTH, SealKey};
use super::revocations::{Cause, Revocations, Withdrawal};
use super::signet::Signet;
use crate::domain::language::Language;
use crate::domain::term::Term;

pub fn key() -> SealKey {
    SealKey::from_random(&Zeroizing::new([7; KEY_LENGTH])).expect("a key")
}

pub fn other_key() -> SealKey {
    SealKey::from_random(&Zeroizing::new([8; KEY_LENGTH])).expect("a key")
}

pub fn validity() -> Validity {
    let new_year = |year| Utc.with_ymd_and_hms(year, 1, 1, 0, 0, 0).single().expect("a time");
    Validity { from: new_year(2026), until: new_year(2056) }
}

/// What takes a while to make in a build for tests is made once.
static CERTIFICATE: LazyLock<Certificate> = LazyLock::new(|| {
    Certificate::self_signed(&key(), "Föreningen Standardavtal", [0xc3; SERIAL_LENGTH], validity())
        .expect("a certificate")
});
static SIGNED_CLAIM: LazyLock<SignedClaim> =
    LazyLock::new(|| claim().sign(&key()).expect("a claim"));

pub fn certificate() -> Certificate {
    CERTIFICATE.clone()
}

pub fn other_certificate() -> Certificate {
    Certificate::self_signed(&other_key(), "Somebody else", [1; SERIAL_LENGTH], validity())
        .expect("a certificate")
}

pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day")
}

pub fn moment() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 12, 15, 9, 30, 0).single().expect("a time")
}

pub fn claim() -> Claim {
    Claim {
        holder: "Bergslagens Måleri AB".to_owned(),
        licence: 1042,
        edition: 2,
        period: Term { start: day(2027, 1, 1), end: day(2028, 1, 1) },
        agreement: "KONSULT".to_owned(),
        agreement_edition: "2026:1".to_owned(),
        language: Language::Swedish,
        agreement_sha256: [0x5a; 32],
    }
}

pub fn signed_claim() -> SignedClaim {
    SIGNED_CLAIM.clone()
}

pub fn revocations() -> Revocations {
    let withdrawal = |cause, day| Withdrawal { cause, since: day };
    let editions = BTreeMap::from([
        ((1042, 1), withdrawal(Cause::Superseded, day(2027, 2, 10))),
        ((1043, 1), withdrawal(Cause::Revoked, day(2027, 2, 28))),
    ]);
    Revocations::new(day(2027, 3, 1), &key(), editions)
}

/// Returns a file whose first object says `content`: enough for the verdict, which parses no file.
pub fn pdf(content: &str) -> Vec<u8> {
    format!("%PDF-1.7\n1 0 obj\n<</Content ({content})>>\nendobj\n%%EOF\n").into_bytes()
}

pub fn signet<'k>(key: &'k SealKey, certificate: &'k Certificate) -> Signet<'k> {
    Signet::new(key, certificate, moment()).expect("a signet")
}

/// Returns such a file with a claim in it, and sealed.
pub fn sealed_by(content: &str, claim: &SignedClaim, signet: &Signet) -> Vec<u8> {
    let head = format!("%PDF-1.7\n1 0 obj\n<</Content ({content})/Claim {}>>\n", claim.in_file());
    let mut file = [head.as_bytes(), b"endobj\n2 0 obj\n"].concat();
    let start = file.len();
    file.extend(signet.room());
    file.extend(b"\nendobj\n%%EOF\n");
    signet.seal(&mut file, start);
    file
}

pub fn sealed(content: &str) -> Vec<u8> {
    sealed_by(content, &signed_claim(), &signet(&key(), &certificate()))
}
