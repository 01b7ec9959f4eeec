//! The bytes of a certificate that a key signs for itself. Source: RFC 5280, 4.1.

use super::asn1::{self, oid};
use super::certificate::{SERIAL_LENGTH, Validity};
use super::key::{PublicKey, SealKey};

/// Returns the certificate in DER: of a leaf, which is trusted by itself.
pub fn der(key: &SealKey, name: &str, serial: [u8; SERIAL_LENGTH], validity: Validity) -> Vec<u8> {
    let content = to_be_signed(&key.public(), name, serial, validity);
    let signature = key.sign(&content).to_der();
    asn1::sequence(&[&content, &algorithm(), &asn1::bits(signature.as_bytes(), 0)])
}

fn algorithm() -> Vec<u8> {
    asn1::sequence(&[&asn1::object(oid::ECDSA_WITH_SHA256)])
}

/// Returns `TBSCertificate`.
fn to_be_signed(
    key: &PublicKey,
    name: &str,
    mut serial: [u8; SERIAL_LENGTH],
    validity: Validity,
) -> Vec<u8> {
    const VERSION_3: [u8; 1] = [2];
    // A serial number is positive, and always as long as it was drawn.
    serial[0] = serial[0] & 0x3f | 0x40;
    let attribute = |kind| asn1::set(&[&asn1::sequence(&[&asn1::object(kind), &asn1::text(name)])]);
    let name = asn1::sequence(&[&attribute(oid::ORGANIZATION_NAME), &attribute(oid::COMMON_NAME)]);
    let curve = [asn1::object(oid::EC_PUBLIC_KEY), asn1::object(oid::PRIME256V1)].concat();
    let key_info = asn1::sequence(&[&asn1::sequence(&[&curve]), &asn1::bits(&key.point(), 0)]);
    let extension = |kind, is_critical: bool, value: &[u8]| {
        let critical = if is_critical { asn1::boolean(true) } else { Vec::new() };
        asn1::sequence(&[&asn1::object(kind), &critical, &asn1::octets(value)])
    };
    // digitalSignature and nonRepudiation are the first two bits.
    let extensions = asn1::sequence(&[
        &extension(oid::BASIC_CONSTRAINTS, true, &asn1::sequence(&[])),
        &extension(oid::KEY_USAGE, true, &asn1::bits(&[0b1100_0000], 6)),
        &extension(oid::SUBJECT_KEY_IDENTIFIER, false, &asn1::octets(&key.identifier())),
    ]);
    asn1::sequence(&[
        &asn1::context(0, &asn1::integer(&VERSION_3)),
        &asn1::integer(&serial),
        &algorithm(),
        &name,
        &asn1::sequence(&[&asn1::time(validity.from), &asn1::time(validity.until)]),
        &name,
        &key_info,
        &asn1::context(3, &extensions),
    ])
}
