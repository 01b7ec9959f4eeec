//! The certificate that goes with a key: self-signed, or the association's own.
//!
//! It is what another machine needs to tell a genuine copy, and what a PDF reader shows of the seal.

use std::fmt;

use chrono::{DateTime, Utc};
use x509_cert::Certificate as Parsed;
use x509_cert::der::oid::ObjectIdentifier;
use x509_cert::der::pem::{LineEnding, encode_string};
use x509_cert::der::{Decode, Encode};
use x509_cert::ext::pkix::{KeyUsage, KeyUsages};
use x509_cert::time::Time;

use super::asn1::{self, oid};
use super::key::{KeyError, PublicKey, SealKey};
use super::self_signed;

/// The bytes of the serial number of a certificate, drawn at random.
pub const SERIAL_LENGTH: usize = 16;

/// The characters that a name may have in a certificate (RFC 5280, `ub-common-name`).
pub const NAME_LENGTH_MAX: usize = 64;

/// The bytes of a file of certificates.
pub const FILE_LENGTH_MAX: usize = 1_000_000;

/// The bytes of one certificate. The gap that a seal fills grows with it.
const CERTIFICATE_LENGTH_MAX: usize = 16_000;

/// A certificate of a key on the curve P-256.
#[derive(Clone, PartialEq, Eq)]
pub struct Certificate {
    der: Vec<u8>,
    /// `IssuerAndSerialNumber` of RFC 5652, in DER.
    issuer_and_serial: Vec<u8>,
    subject: String,
    key: PublicKey,
    validity: Validity,
}

/// The first and the last moment of a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Validity {
    pub from: DateTime<Utc>,
    pub until: DateTime<Utc>,
}

/// Why a certificate could not be made or read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CertificateError {
    /// The name is empty, or longer than [`NAME_LENGTH_MAX`].
    Name,
    /// The certificate would end before it begins.
    Validity,
    /// The file holds no certificate in PEM that can be read, or is too long.
    NotACertificate,
    /// The certificates in the file are not for keys on the curve P-256.
    OtherCurve,
    /// The certificate is for other uses than signing.
    NotForSigning,
    /// None of the certificates in the file goes with the key.
    OtherKey,
    Key(KeyError),
}

impl fmt::Display for CertificateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            CertificateError::Name => "a certificate's name has 1 to 64 characters",
            CertificateError::Validity => "the certificate would end before it begins",
            CertificateError::NotACertificate => {
                "the file holds no certificate in PEM (`BEGIN CERTIFICATE`) that can be read"
            }
            CertificateError::OtherCurve => {
                "the file holds no certificate of a key on the curve P-256"
            }
            CertificateError::NotForSigning => "the certificate is not for signing",
            CertificateError::OtherKey => "the certificate does not go with the key",
            CertificateError::Key(error) => return error.fmt(f),
        })
    }
}

impl std::error::Error for CertificateError {}

impl From<KeyError> for CertificateError {
    fn from(error: KeyError) -> CertificateError {
        CertificateError::Key(error)
    }
}

impl Certificate {
    /// Makes a certificate of the key for the association `name`, signed by the key itself.
    ///
    /// The same arguments give the same bytes. `serial` is drawn at random.
    pub fn self_signed(
        key: &SealKey,
        name: &str,
        serial: [u8; SERIAL_LENGTH],
        validity: Validity,
    ) -> Result<Certificate, CertificateError> {
        if name.trim().is_empty() || name.chars().count() > NAME_LENGTH_MAX {
            return Err(CertificateError::Name);
        }
        if validity.until < validity.from {
            return Err(CertificateError::Validity);
        }
        Certificate::from_der(&self_signed::der(key, name.trim(), serial, validity))
    }

    /// Reads a certificate in DER.
    pub(super) fn from_der(der: &[u8]) -> Result<Certificate, CertificateError> {
        if der.len() > CERTIFICATE_LENGTH_MAX {
            return Err(CertificateError::NotACertificate);
        }
        let parsed = Parsed::from_der(der).map_err(|_| CertificateError::NotACertificate)?;
        Certificate::of(&parsed)
    }

    fn of(parsed: &Parsed) -> Result<Certificate, CertificateError> {
        let content = parsed.tbs_certificate();
        let encode = |part: &dyn Fn() -> x509_cert::der::Result<Vec<u8>>| {
            part().map_err(|_| CertificateError::NotACertificate)
        };
        let issuer = encode(&|| content.issuer().to_der())?;
        let serial = encode(&|| content.serial_number().to_der())?;
        let key = content.subject_public_key_info();
        let curve = key.algorithm.parameters.as_ref();
        let is_p256 = curve
            .and_then(|curve| curve.decode_as::<ObjectIdentifier>().ok())
            .is_some_and(|curve| asn1::object(oid::PRIME256V1)[2..] == *curve.as_bytes());
        let key = key.subject_public_key.as_bytes().filter(|_| is_p256);
        let key = key.and_then(PublicKey::from_point).ok_or(CertificateError::OtherCurve)?;
        let usage = content.get_extension::<KeyUsage>();
        let usage = usage.map_err(|_| CertificateError::NotACertificate)?;
        let signs = KeyUsages::DigitalSignature | KeyUsages::NonRepudiation;
        if usage.is_some_and(|(_, usage)| (usage.0 & signs).is_empty()) {
            return Err(CertificateError::NotForSigning);
        }
        Ok(Certificate {
            der: encode(&|| parsed.to_der())?,
            issuer_and_serial: asn1::sequence(&[&issuer, &serial]),
            subject: common_name(&content.subject().to_string()),
            key,
            validity: Validity {
                from: moment(content.validity().not_before)?,
                until: moment(content.validity().not_after)?,
            },
        })
    }

    /// Reads the certificates of keys on P-256 from a file in PEM; those of other keys, such as an
    /// issuer's, are passed over.
    pub fn read_all(file: &[u8]) -> Result<Vec<Certificate>, CertificateError> {
        if file.len() > FILE_LENGTH_MAX {
            return Err(CertificateError::NotACertificate);
        }
        let parsed = Parsed::load_pem_chain(file).map_err(|_| CertificateError::NotACertificate)?;
        if parsed.is_empty() {
            return Err(CertificateError::NotACertificate);
        }
        let mut certificates = Vec::new();
        let mut refused = CertificateError::OtherCurve;
        for parsed in &parsed {
            match Certificate::of(parsed) {
                Ok(certificate) => certificates.push(certificate),
                Err(error) => refused = error,
            }
        }
        match certificates.is_empty() {
            true => Err(refused),
            false => Ok(certificates),
        }
    }

    /// Reads the association's own key, and from a file of certificates the one that goes with it.
    pub fn read_own(
        certificates: &[u8],
        key: &str,
    ) -> Result<(SealKey, Certificate), CertificateError> {
        let key = SealKey::from_pem(key)?;
        let certificate = Certificate::read_all(certificates)?
            .into_iter()
            .find(|certificate| certificate.key == key.public())
            .ok_or(CertificateError::OtherKey)?;
        Ok((key, certificate))
    }

    pub fn to_pem(&self) -> String {
        encode_string("CERTIFICATE", LineEnding::LF, &self.der).expect("bytes have an encoding")
    }

    pub fn der(&self) -> &[u8] {
        &self.der
    }

    pub(super) fn issuer_and_serial(&self) -> &[u8] {
        &self.issuer_and_serial
    }

    /// Returns whose certificate it is: the common name, or the whole name where there is none.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    pub fn key(&self) -> &PublicKey {
        &self.key
    }

    pub fn validity(&self) -> Validity {
        self.validity
    }
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Certificate({}, {})", self.key.id(), self.subject)
    }
}

/// Returns the first `CN=` of a name as RFC 4514 writes it, or the whole name.
fn common_name(name: &str) -> String {
    let found = name.split(['+', ',']).find_map(|part| part.trim().strip_prefix("CN="));
    found.unwrap_or(name).to_owned()
}

fn moment(time: Time) -> Result<DateTime<Utc>, CertificateError> {
    let seconds = i64::try_from(time.to_unix_duration().as_secs()).ok();
    seconds
        .and_then(|seconds| DateTime::from_timestamp(seconds, 0))
        .ok_or(CertificateError::NotACertificate)
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn a_certificate_is_read_as_it_was_made() {
        let made = sample::certificate();
        assert_eq!(made.subject(), "Föreningen Standardavtal");
        assert_eq!(made.key(), &sample::key().public());
        assert_eq!(made.validity(), sample::validity());
        let read = Certificate::read_all(made.to_pem().as_bytes());
        assert_eq!(read, Ok(vec![made]));
    }

    #[test]
    fn the_same_arguments_give_the_same_certificate() {
        assert_eq!(sample::certificate().der(), sample::certificate().der());
    }

    #[test]
    fn a_certificate_is_signed_by_its_own_key() {
        let certificate = sample::certificate();
        let parsed = Parsed::from_der(certificate.der()).expect("a certificate");
        let signature = parsed.signature().as_bytes().expect("whole bytes");
        let signature = p256::ecdsa::Signature::from_der(signature).expect("a signature");
        let content = parsed.tbs_certificate().to_der().expect("an encoding");
        assert!(certificate.key().has_signed(&content, &signature));
    }

    #[test]
    fn the_association_imports_its_own_key_and_the_certificate_that_goes_with_it() {
        let file = [sample::other_certificate().to_pem(), sample::certificate().to_pem()].concat();
        let (key, certificate) =
            Certificate::read_own(file.as_bytes(), &sample::key().to_pem()).expect("a pair");
        assert_eq!(key.public(), sample::key().public());
        assert_eq!(certificate, sample::certificate());
        let other = sample::other_certificate().to_pem();
        let refused = Certificate::read_own(other.as_bytes(), &sample::key().to_pem());
        assert_eq!(refused.err(), Some(CertificateError::OtherKey));
    }

    #[test]
    fn a_name_too_long_and_an_end_before_the_beginning_are_refused() {
        let make = |name: &str, validity| {
            Certificate::self_signed(&sample::key(), name, [1; SERIAL_LENGTH], validity).err()
        };
        let (name, validity) = ("Ö".repeat(65), sample::validity());
        assert_eq!(make(&name, validity), Some(CertificateError::Name));
        assert_eq!(make(" ", validity), Some(CertificateError::Name));
        let backward = Validity { from: validity.until, until: validity.from };
        assert_eq!(make("A", backward), Some(CertificateError::Validity));
    }

    #[test]
    fn what_is_no_certificate_is_refused() {
        let pem = sample::certificate().to_pem();
        let cut = &pem.as_bytes()[..pem.len() / 2];
        let key = sample::key().to_pem();
        for file in [b"".as_slice(), b"\n \n", b"certificate", cut, key.as_bytes()] {
            assert_eq!(Certificate::read_all(file), Err(CertificateError::NotACertificate));
        }
    }
}
