//! The key that seals, and the name it goes by.

use std::fmt;
use std::str::FromStr;

use p256::ecdsa::signature::{Signer, Verifier};
use p256::ecdsa::{Signature, SigningKey, VerifyingKey};
use p256::pkcs8::{DecodePrivateKey, EncodePrivateKey, LineEnding};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// The bytes of a private key, and of what is drawn to make one.
pub const KEY_LENGTH: usize = 32;

/// The bytes of a signature outside a certificate and a seal: r and s.
pub const SIGNATURE_LENGTH: usize = 64;

/// A private key on the curve P-256. It is wiped when dropped, and `Debug` shows its public name only.
#[derive(Clone)]
pub struct SealKey(SigningKey);

/// Why a key could not be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyError {
    /// The bytes are no number of the curve; draw others. One draw in four thousand million is such.
    Unusable,
    /// The text is not a private key in PEM on the curve P-256, unencrypted, as PKCS #8.
    NotAKey,
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            KeyError::Unusable => "the bytes drawn are no key; draw again",
            KeyError::NotAKey => {
                "the file is not a private key on the curve P-256 in PEM, unencrypted (PKCS #8, \
                 `BEGIN PRIVATE KEY`)"
            }
        })
    }
}

impl std::error::Error for KeyError {}

impl SealKey {
    /// Returns the key that `bytes`, from a good source of randomness, make.
    pub fn from_random(bytes: &Zeroizing<[u8; KEY_LENGTH]>) -> Result<SealKey, KeyError> {
        SigningKey::from_slice(bytes.as_slice()).map(SealKey).map_err(|_| KeyError::Unusable)
    }

    /// Reads an unencrypted key, `-----BEGIN PRIVATE KEY-----`.
    pub fn from_pem(text: &str) -> Result<SealKey, KeyError> {
        SigningKey::from_pkcs8_pem(text.trim()).map(SealKey).map_err(|_| KeyError::NotAKey)
    }

    /// Returns the key as [`SealKey::from_pem`] reads it.
    pub fn to_pem(&self) -> Zeroizing<String> {
        self.0.to_pkcs8_pem(LineEnding::LF).expect("a key of this curve has an encoding")
    }

    pub fn public(&self) -> PublicKey {
        PublicKey(*self.0.verifying_key())
    }

    /// Signs the SHA-256 of `message`, the same way each time (RFC 6979), with the lesser s of the two.
    pub(super) fn sign(&self, message: &[u8]) -> Signature {
        let signature: Signature = self.0.sign(message);
        signature.normalize_s()
    }
}

impl fmt::Debug for SealKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SealKey({})", self.public().id())
    }
}

/// The public half of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// Reads a point of the curve, uncompressed or compressed (SEC 1).
    pub(super) fn from_point(bytes: &[u8]) -> Option<PublicKey> {
        VerifyingKey::from_sec1_bytes(bytes).ok().map(PublicKey)
    }

    /// Returns the point of the curve, uncompressed.
    pub(super) fn point(&self) -> Vec<u8> {
        self.0.to_sec1_point(false).as_bytes().to_vec()
    }

    /// Says whether `signature` is the key's over `message`, in the one form that [`SealKey`] makes.
    pub(super) fn has_signed(&self, message: &[u8], signature: &Signature) -> bool {
        signature.normalize_s() == *signature && self.0.verify(message, signature).is_ok()
    }

    /// As [`PublicKey::has_signed`], for r and s one after the other.
    pub(super) fn has_signed_plainly(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature).is_ok_and(|signature| self.has_signed(message, &signature))
    }

    /// Returns the first 160 bits of the SHA-256 of the point. Source: RFC 7093, section 2, method 1.
    pub(super) fn identifier(&self) -> [u8; 20] {
        let digest = Sha256::digest(self.point());
        let mut identifier = [0; 20];
        identifier.copy_from_slice(&digest[..20]);
        identifier
    }

    pub fn id(&self) -> KeyId {
        let mut id = [0; KeyId::LENGTH];
        id.copy_from_slice(&self.identifier()[..KeyId::LENGTH]);
        KeyId(id)
    }
}

/// The name of a key: the beginning of its public half's identifier, as in its certificate.
///
/// It finds a key among those at hand. It proves nothing by itself.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId([u8; KeyId::LENGTH]);

impl KeyId {
    pub const LENGTH: usize = 8;

    pub(super) fn from_bytes(bytes: [u8; KeyId::LENGTH]) -> KeyId {
        KeyId(bytes)
    }

    pub(super) fn bytes(&self) -> &[u8; KeyId::LENGTH] {
        &self.0
    }
}

/// Shows sixteen hexadecimal digits, `8f04…`.
impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyId({self})")
    }
}

impl FromStr for KeyId {
    type Err = String;

    fn from_str(text: &str) -> Result<KeyId, String> {
        super::hex::decode(text.as_bytes())
            .and_then(|bytes| bytes.try_into().ok())
            .map(KeyId)
            .ok_or_else(|| format!("`{text}` is not the name of a key: sixteen hexadecimal digits"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> SealKey {
        SealKey::from_random(&Zeroizing::new([7; KEY_LENGTH])).expect("a key")
    }

    #[test]
    fn a_key_is_read_as_it_was_written() {
        let pem = key().to_pem();
        let read = SealKey::from_pem(&pem).expect("a key");
        assert_eq!(read.public(), key().public());
        assert!(pem.starts_with("-----BEGIN PRIVATE KEY-----\n"));
    }

    #[test]
    fn a_key_is_not_shown_where_values_are_printed() {
        let shown = format!("{:?}", key());
        assert_eq!(shown, format!("SealKey({})", key().public().id()));
    }

    #[test]
    fn bytes_that_are_no_number_of_the_curve_are_refused() {
        for byte in [0, 0xff] {
            let drawn = SealKey::from_random(&Zeroizing::new([byte; KEY_LENGTH]));
            assert_eq!(drawn.map(|key| key.public()), Err(KeyError::Unusable));
        }
    }

    #[test]
    fn what_is_no_key_is_refused() {
        let rsa = "-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----\n";
        for text in ["", "key", rsa, &key().to_pem()[..100]] {
            assert_eq!(SealKey::from_pem(text).map(|key| key.public()), Err(KeyError::NotAKey));
        }
    }

    #[test]
    fn signatures_are_those_of_the_standards_example() {
        // RFC 6979, A.2.5, SHA-256 of "sample". Its s is the greater of the two.
        let number = |digits: &str| super::super::hex::decode(digits.as_bytes()).expect("digits");
        let x = number("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721");
        let x = Zeroizing::new(x.try_into().expect("32 bytes"));
        let signature = SealKey::from_random(&x).expect("a key").sign(b"sample");
        let r = "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716";
        assert_eq!(signature.to_bytes()[..32], number(r));
    }

    #[test]
    fn signing_twice_gives_the_same_signature() {
        assert_eq!(key().sign(b"an agreement"), key().sign(b"an agreement"));
        assert!(key().public().has_signed(b"an agreement", &key().sign(b"an agreement")));
        assert!(!key().public().has_signed(b"another", &key().sign(b"an agreement")));
    }
}
