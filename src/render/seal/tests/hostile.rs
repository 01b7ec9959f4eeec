//! Bytes that nobody wrote: whatever they are, they are refused or read, and nothing panics.

use proptest::prelude::*;

use super::super::certificate::Certificate;
use super::super::{cms, layout, sample};
use super::finding;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_copy_with_bytes_changed_put_in_or_taken_out_is_never_valid(
        position: prop::sample::Index,
        taken in 0..40_usize,
        put in prop::collection::vec(any::<u8>(), 0..40),
    ) {
        let original = sample::sealed("words");
        let start = position.index(original.len());
        let end = (start + taken).min(original.len());
        let mut changed = original.clone();
        changed.splice(start..end, put);
        prop_assert_eq!(finding(&changed).is_valid(), changed == original);
    }

    #[test]
    fn a_range_of_any_numbers_is_never_valid(range in "([0-9 ]{34}|0 [0-9]{1,20} [0-9]{1,4} [0-9]{1,6} {4})") {
        let original = sample::sealed("words");
        let start = layout::last(&original, b"/ByteRange[").expect("a range") + 11;
        let mut changed = original.clone();
        changed.splice(start..start + 34, range.into_bytes());
        prop_assert_eq!(finding(&changed).is_valid(), changed == original);
    }

    #[test]
    fn certificates_and_keys_of_any_bytes_are_read_or_refused(
        position: prop::sample::Index,
        put in prop::collection::vec(any::<u8>(), 0..20),
    ) {
        let mut file = sample::certificate().to_pem().into_bytes();
        let start = position.index(file.len());
        let end = (start + put.len()).min(file.len());
        file.splice(start..end, put);
        let read = Certificate::read_all(&file);
        let _ = Certificate::read_own(&file, &String::from_utf8_lossy(&file));
        // A name or a date may have become another: whose certificate is trusted is not asked here.
        prop_assert!(read.is_err() || read.is_ok_and(|read| !read.is_empty()));
    }

    #[test]
    fn any_bytes_in_place_of_the_signature_are_refused(
        position: prop::sample::Index,
        put in prop::collection::vec(any::<u8>(), 1..20),
    ) {
        let content = cms::sign(&[7; 32], &sample::key(), &sample::certificate());
        let mut changed = content.clone();
        let start = position.index(changed.len());
        let end = (start + put.len()).min(changed.len());
        changed.splice(start..end, put);
        let is_signed = cms::find(&changed).is_some_and(|found| {
            Certificate::from_der(&found.certificate).is_ok_and(|certificate| {
                cms::signed_data(&[7; 32], &certificate, &found.signature) == changed
                    && cms::is_signed(&[7; 32], &certificate, &found.signature)
            })
        });
        prop_assert_eq!(is_signed, changed == content);
    }
}
