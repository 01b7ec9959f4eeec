//! The signature in the seal: `SignedData` of RFC 5652 as PAdES baseline B-B has it.
//!
//! All of it follows from the digest, the certificate and the two numbers of the signature. So a
//! seal is checked by making it again and comparing every byte; what is read from a file are the
//! certificate and the signature only. The time of signing is no attribute here: it stands in the
//! PDF's signature dictionary. Sources: RFC 5652, RFC 5035, EN 319 122-1, EN 319 142-1 (6.3).

use p256::ecdsa::Signature;
use sha2::{Digest, Sha256};
use x509_cert::der::asn1::AnyRef;
use x509_cert::der::{Decode, Encode, Reader, SliceReader};

use super::asn1::{self, oid};
use super::certificate::Certificate;
use super::key::SealKey;

/// The bytes of a signature in DER, at most: two numbers of 33 bytes.
const SIGNATURE_LENGTH_MAX: usize = 72;

/// The bytes of all but the certificate and what names it, at most.
const FRAME_LENGTH_MAX: usize = 400;

/// Returns the bytes that a seal by this certificate takes at most.
pub fn length_max(certificate: &Certificate) -> usize {
    certificate.der().len()
        + certificate.issuer_and_serial().len()
        + SIGNATURE_LENGTH_MAX
        + FRAME_LENGTH_MAX
}

/// Signs the digest of what the seal covers.
pub fn sign(digest: &[u8; 32], key: &SealKey, certificate: &Certificate) -> Vec<u8> {
    let signature =
        key.sign(&asn1::set(&attributes(digest, certificate).each_ref().map(|a| &a[..])));
    signed_data(digest, certificate, &signature)
}

/// Says whether the certificate's key has signed the digest so.
pub fn is_signed(digest: &[u8; 32], certificate: &Certificate, signature: &Signature) -> bool {
    let attributes = attributes(digest, certificate);
    let message = asn1::set(&attributes.each_ref().map(|a| &a[..]));
    certificate.key().has_signed(&message, signature)
}

/// Returns what the signature of the certificate's key over the digest looks like.
pub fn signed_data(digest: &[u8; 32], certificate: &Certificate, signature: &Signature) -> Vec<u8> {
    const VERSION_1: [u8; 1] = [1];
    let version = asn1::integer(&VERSION_1);
    let sha256 = asn1::sequence(&[&asn1::object(oid::SHA256)]);
    let mut attributes = attributes(digest, certificate);
    attributes.sort();
    let signer = asn1::sequence(&[
        &version,
        certificate.issuer_and_serial(),
        &sha256,
        &asn1::context(0, &attributes.concat()),
        &asn1::sequence(&[&asn1::object(oid::ECDSA_WITH_SHA256)]),
        &asn1::octets(signature.to_der().as_bytes()),
    ]);
    let signed = asn1::sequence(&[
        &version,
        &asn1::set(&[&sha256]),
        &asn1::sequence(&[&asn1::object(oid::DATA)]),
        &asn1::context(0, certificate.der()),
        &asn1::set(&[&signer]),
    ]);
    asn1::sequence(&[&asn1::object(oid::SIGNED_DATA), &asn1::context(0, &signed)])
}

/// Returns the signed attributes: content-type, message-digest, signing-certificate-v2.
fn attributes(digest: &[u8; 32], certificate: &Certificate) -> [Vec<u8>; 3] {
    let attribute =
        |kind, value: &[u8]| asn1::sequence(&[&asn1::object(kind), &asn1::set(&[value])]);
    // The digest of the certificate is SHA-256 where nothing else is said (RFC 5035, 4).
    let certificate = asn1::octets(&Sha256::digest(certificate.der()));
    let certificates = asn1::sequence(&[&asn1::sequence(&[&certificate])]);
    [
        attribute(oid::CONTENT_TYPE, &asn1::object(oid::DATA)),
        attribute(oid::MESSAGE_DIGEST, &asn1::octets(digest)),
        attribute(oid::SIGNING_CERTIFICATE_V2, &asn1::sequence(&[&certificates])),
    ]
}

/// What is read from a seal: enough to make it again.
pub struct Found {
    pub certificate: Vec<u8>,
    pub signature: Signature,
}

/// Finds the certificate and the signature in what [`signed_data`] made, followed by anything.
pub fn find(bytes: &[u8]) -> Option<Found> {
    find_parts(bytes).ok().flatten()
}

fn find_parts(bytes: &[u8]) -> x509_cert::der::Result<Option<Found>> {
    let content = AnyRef::decode(&mut SliceReader::new(bytes)?)?;
    let [_, signed] = parts::<2>(content.value())?;
    let [_, _, _, certificates, signers] = parts::<5>(first(signed.value())?.value())?;
    let [_, _, _, _, _, signature] = parts::<6>(first(signers.value())?.value())?;
    let certificate = first(certificates.value())?.to_der()?;
    let signature = Signature::from_der(signature.value()).ok();
    Ok(signature.map(|signature| Found { certificate, signature }))
}

fn first(bytes: &[u8]) -> x509_cert::der::Result<AnyRef<'_>> {
    AnyRef::decode(&mut SliceReader::new(bytes)?)
}

fn parts<const COUNT: usize>(bytes: &[u8]) -> x509_cert::der::Result<[AnyRef<'_>; COUNT]> {
    let mut reader = SliceReader::new(bytes)?;
    let mut parts = [AnyRef::NULL; COUNT];
    for part in &mut parts {
        *part = AnyRef::decode(&mut reader)?;
    }
    reader.finish()?;
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn a_seal_is_made_again_from_what_is_found_in_it() {
        let (key, certificate) = (sample::key(), sample::certificate());
        let made = sign(&[7; 32], &key, &certificate);
        assert!(made.len() <= length_max(&certificate), "{}", made.len());
        let found = find(&[made.as_slice(), &[0; 40]].concat()).expect("its parts");
        assert_eq!(found.certificate, certificate.der());
        assert_eq!(signed_data(&[7; 32], &certificate, &found.signature), made);
        assert!(is_signed(&[7; 32], &certificate, &found.signature));
        assert!(!is_signed(&[8; 32], &certificate, &found.signature));
    }
}
