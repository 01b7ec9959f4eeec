//! A writer of DER, as far as a certificate and a signature need it. Every form has one encoding.
//!
//! Source: ITU-T X.690. Reading is left to `x509_cert`, which also reads what others wrote.

use chrono::{DateTime, Datelike, Utc};

const BOOLEAN: u8 = 0x01;
const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const OCTET_STRING: u8 = 0x04;
const OBJECT_IDENTIFIER: u8 = 0x06;
const UTF8_STRING: u8 = 0x0c;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;
const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;

/// The object identifiers in use, by the name their standard gives them.
pub mod oid {
    pub const COMMON_NAME: &[u64] = &[2, 5, 4, 3];
    pub const ORGANIZATION_NAME: &[u64] = &[2, 5, 4, 10];
    pub const SUBJECT_KEY_IDENTIFIER: &[u64] = &[2, 5, 29, 14];
    pub const KEY_USAGE: &[u64] = &[2, 5, 29, 15];
    pub const BASIC_CONSTRAINTS: &[u64] = &[2, 5, 29, 19];
    pub const EC_PUBLIC_KEY: &[u64] = &[1, 2, 840, 10045, 2, 1];
    pub const PRIME256V1: &[u64] = &[1, 2, 840, 10045, 3, 1, 7];
    pub const ECDSA_WITH_SHA256: &[u64] = &[1, 2, 840, 10045, 4, 3, 2];
    pub const SHA256: &[u64] = &[2, 16, 840, 1, 101, 3, 4, 2, 1];
    pub const DATA: &[u64] = &[1, 2, 840, 113549, 1, 7, 1];
    pub const SIGNED_DATA: &[u64] = &[1, 2, 840, 113549, 1, 7, 2];
    pub const CONTENT_TYPE: &[u64] = &[1, 2, 840, 113549, 1, 9, 3];
    pub const MESSAGE_DIGEST: &[u64] = &[1, 2, 840, 113549, 1, 9, 4];
    pub const SIGNING_CERTIFICATE_V2: &[u64] = &[1, 2, 840, 113549, 1, 9, 16, 2, 47];
}

/// Returns a value with its tag and length before it.
fn tagged(tag: u8, value: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    match u8::try_from(value.len()) {
        Ok(short) if short < 0x80 => out.push(short),
        _ => {
            let length: Vec<u8> =
                value.len().to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
            out.push(0x80 | length.len() as u8);
            out.extend(length);
        }
    }
    out.extend(value);
    out
}

pub fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    tagged(SEQUENCE, &parts.concat())
}

/// Returns a set, whose members stand in the order of their bytes (X.690, 11.6).
pub fn set(parts: &[&[u8]]) -> Vec<u8> {
    let mut sorted = parts.to_vec();
    sorted.sort_unstable();
    tagged(SET, &sorted.concat())
}

/// Returns a constructed value of the context, `[number]`.
pub fn context(number: u8, value: &[u8]) -> Vec<u8> {
    tagged(0xa0 | number, value)
}

pub fn boolean(is_true: bool) -> Vec<u8> {
    tagged(BOOLEAN, &[if is_true { 0xff } else { 0 }])
}

/// Returns a positive integer of the given bytes, the most significant first.
pub fn integer(bytes: &[u8]) -> Vec<u8> {
    let significant: Vec<u8> = bytes.iter().copied().skip_while(|byte| *byte == 0).collect();
    match significant.first() {
        Some(first) if *first < 0x80 => tagged(INTEGER, &significant),
        _ => tagged(INTEGER, &[&[0], significant.as_slice()].concat()),
    }
}

pub fn octets(bytes: &[u8]) -> Vec<u8> {
    tagged(OCTET_STRING, bytes)
}

/// Returns a bit string, of whose last byte the lowest `unused` bits do not count.
pub fn bits(bytes: &[u8], unused: u8) -> Vec<u8> {
    tagged(BIT_STRING, &[&[unused], bytes].concat())
}

pub fn text(text: &str) -> Vec<u8> {
    tagged(UTF8_STRING, text.as_bytes())
}

/// Returns a time as RFC 5280 has it (4.1.2.5): with two digits of the year through 2049.
pub fn time(time: DateTime<Utc>) -> Vec<u8> {
    match (1950..2050).contains(&time.year()) {
        true => tagged(UTC_TIME, time.format("%y%m%d%H%M%SZ").to_string().as_bytes()),
        false => tagged(GENERALIZED_TIME, time.format("%Y%m%d%H%M%SZ").to_string().as_bytes()),
    }
}

/// Returns an object identifier of at least two numbers.
pub fn object(numbers: &[u64]) -> Vec<u8> {
    let (first, rest) = numbers.split_at(2);
    let mut value = Vec::new();
    for number in std::iter::once(first[0] * 40 + first[1]).chain(rest.iter().copied()) {
        let groups = (64 - number.leading_zeros()).div_ceil(7).max(1);
        for group in (0..groups).rev() {
            let seven = (number >> (7 * group)) as u8 & 0x7f;
            value.push(if group > 0 { seven | 0x80 } else { seven });
        }
    }
    tagged(OBJECT_IDENTIFIER, &value)
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    #[test]
    fn values_are_encoded_as_the_standard_has_them() {
        assert_eq!(object(oid::SHA256), [6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1]);
        assert_eq!(object(oid::EC_PUBLIC_KEY), [6, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1]);
        assert_eq!(integer(&[0, 0x80]), [2, 2, 0, 0x80]);
        assert_eq!(integer(&[0]), [2, 1, 0]);
        assert_eq!(octets(&[7; 300])[..4], [4, 0x82, 1, 44]);
        assert_eq!(octets(&[7; 200])[..3], [4, 0x81, 200]);
        assert_eq!(set(&[&[2, 1, 9], &[2, 1, 3]]), [0x31, 6, 2, 1, 3, 2, 1, 9]);
    }

    #[test]
    fn a_time_has_four_digits_of_its_year_from_2050() {
        let new_year = |year| Utc.with_ymd_and_hms(year, 1, 1, 0, 0, 0).single().expect("a time");
        assert_eq!(time(new_year(2049))[2..], *b"490101000000Z");
        assert_eq!(time(new_year(2050))[2..], *b"20500101000000Z");
    }
}
