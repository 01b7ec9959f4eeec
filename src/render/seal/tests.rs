//! The life of a licence copy: sealed, looked at, tampered with, withdrawn.

mod hostile;
mod openssl;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::super::deflate::deflated;
use super::certificate::Certificate;
use super::revocations::{Cause, Revocations, Withdrawal};
use super::sample::{self, day};
use super::verdict::{Alteration, Finding, Proof, Verdict};
use super::verify::{Examined, examine};
use super::{SealError, Signet, verify, verify_claim};

fn spring() -> NaiveDate {
    day(2027, 4, 1)
}

/// Returns what the sample's certificate tells of a file in the middle of its period.
fn look(file: &[u8]) -> Verdict {
    verify(file, &[sample::certificate()], None, spring())
}

fn finding(file: &[u8]) -> Finding {
    look(file).finding
}

#[test]
fn a_sealed_copy_is_valid_and_says_whose_it_is() {
    let verdict = look(&sample::sealed("words"));
    assert_eq!(verdict.finding, Finding::Valid);
    assert_eq!(verdict.proof, Proof::File);
    assert_eq!(verdict.claim, Some(sample::claim()));
    assert_eq!(verdict.key, Some(sample::key().public().id()));
    assert_eq!(verdict.sealed_at, Some(sample::moment()));
}

#[test]
fn sealing_twice_gives_the_same_bytes() {
    assert_eq!(sample::sealed("words"), sample::sealed("words"));
}

#[test]
fn a_copy_is_valid_from_the_first_day_of_its_period_to_the_last() {
    let sealed = sample::sealed("words");
    let on = |day| verify(&sealed, &[sample::certificate()], None, day).finding;
    assert_eq!(on(day(2026, 12, 31)), Finding::NotBegun);
    assert_eq!(on(day(2027, 1, 1)), Finding::Valid);
    assert_eq!(on(day(2027, 12, 31)), Finding::Valid);
    assert_eq!(on(day(2028, 1, 1)), Finding::Expired);
}

#[test]
fn a_withdrawn_copy_is_so_from_the_day_of_its_withdrawal() {
    let sealed = sample::sealed("words");
    for cause in [Cause::Revoked, Cause::Superseded] {
        let since = day(2027, 3, 1);
        let editions = BTreeMap::from([((1042, 2), Withdrawal { cause, since })]);
        let list = Revocations::new(day(2027, 3, 15), &sample::key(), editions);
        let on = |day| verify(&sealed, &[sample::certificate()], Some(&list), day);
        let expected = match cause {
            Cause::Revoked => Finding::Revoked { since },
            Cause::Superseded => Finding::Superseded { since },
        };
        assert_eq!(on(since).finding, expected);
        assert_eq!(on(since).list_made, Some(day(2027, 3, 15)));
        assert_eq!(on(day(2027, 2, 28)).finding, Finding::Valid);
        assert_eq!(on(day(2030, 1, 1)).finding, expected, "withdrawal outweighs the period");
    }
    let verdict = verify(&sealed, &[sample::certificate()], Some(&sample::revocations()), spring());
    assert_eq!(verdict.finding, Finding::Valid, "another edition was withdrawn");
}

#[test]
fn a_copy_sealed_with_a_key_that_is_not_known_is_not_believed() {
    let (key, certificate) = (sample::other_key(), sample::other_certificate());
    let claim = sample::claim().sign(&key).expect("a claim");
    let sealed = sample::sealed_by("words", &claim, &sample::signet(&key, &certificate));
    let verdict = look(&sealed);
    assert_eq!(verdict.finding, Finding::UnknownKey);
    assert_eq!(verdict.claim, None, "what a stranger claims is no fact");
    assert_eq!(verdict.key, Some(key.public().id()));
    let both = [sample::certificate(), certificate];
    assert_eq!(verify(&sealed, &both, None, spring()).finding, Finding::Valid);
    assert_eq!(verify(&sealed, &[], None, spring()).finding, Finding::UnknownKey);
}

#[test]
fn a_copy_is_valid_by_a_later_certificate_of_the_same_key() {
    let sealed = sample::sealed("words");
    let later = Certificate::self_signed(&sample::key(), "Renamed", [5; 16], sample::validity());
    let verdict = verify(&sealed, &[later.expect("a certificate")], None, spring());
    assert_eq!(verdict.finding, Finding::Valid);
}

#[test]
fn flipping_any_byte_of_a_sealed_copy_makes_it_altered_or_unreadable() {
    let mut sealed = sample::sealed("words");
    let certificates = [sample::certificate()];
    for position in 0..sealed.len() {
        for bits in [0x01, 0x20, 0x80, 0xff] {
            sealed[position] ^= bits;
            let found = examine(&sealed, &certificates);
            sealed[position] ^= bits;
            match found {
                Examined::NoPdf => assert!(position < 5, "byte {position} flipped by {bits:#x}"),
                Examined::Altered(_) => {}
                Examined::Unsealed => {
                    // The head of the seal is gone; the claim tells that there was one.
                    sealed[position] ^= bits;
                    let finding = finding(&sealed);
                    sealed[position] ^= bits;
                    assert_eq!(finding, Finding::Altered(Alteration::Rewritten), "byte {position}");
                }
                Examined::Sealed(_) => panic!("byte {position} flipped by {bits:#x} is not seen"),
            }
        }
    }
    assert_eq!(finding(&sealed), Finding::Valid);
}

#[test]
fn a_copy_cut_anywhere_is_not_valid() {
    let sealed = sample::sealed("words");
    for length in 0..sealed.len() {
        let examined = examine(&sealed[..length], &[sample::certificate()]);
        assert!(!matches!(examined, Examined::Sealed(_)), "cut to {length} bytes");
    }
    let cut = look(&sealed[..sealed.len() - 1]);
    assert_eq!(cut.finding, Finding::Altered(Alteration::Truncated));
    assert_eq!(cut.claim, Some(sample::claim()));
}

#[test]
fn an_altered_copy_still_tells_whose_it_was_when_its_claim_is_good() {
    let mut sealed = sample::sealed("words");
    sealed[30] ^= 1;
    let verdict = look(&sealed);
    assert_eq!(verdict.finding, Finding::Altered(Alteration::Content));
    assert_eq!(verdict.claim, Some(sample::claim()));
    assert_eq!(verdict.sealed_at, None);
}

#[test]
fn what_is_added_after_the_seal_alters_the_copy() {
    let sealed = sample::sealed("words");
    let with = |more: &[u8]| look(&[sealed.as_slice(), more].concat());
    assert_eq!(with(b"\n").finding, Finding::Altered(Alteration::Appended));
    assert_eq!(with(b"\n").claim, Some(sample::claim()));
    let signed = with(b"9 0 obj\n<</Type/Sig/ByteRange[0 1 2 3]>>\nendobj\n");
    assert_eq!(signed.finding, Finding::Altered(Alteration::SignedAgain));
    // A second seal of the same form, over the first: the last one is looked at, and it is a stranger's.
    let again = [sealed.as_slice(), sealed.as_slice()].concat();
    assert!(matches!(finding(&again), Finding::Altered(_)));
}

#[test]
fn a_gap_filled_with_anything_else_alters_the_copy() {
    let sealed = sample::sealed("words");
    let start = super::layout::last(&sealed, b"/Contents<").expect("a gap") + 10;
    let end = start + sealed[start..].iter().position(|byte| *byte == b'>').expect("its end");
    let digits = sealed[start..end].to_vec();
    let filled = |filling: &[u8]| {
        let mut file = sealed.clone();
        file[start..end].copy_from_slice(filling);
        finding(&file)
    };
    assert_eq!(filled(&digits), Finding::Valid);
    assert_eq!(filled(&digits.to_ascii_uppercase()), Finding::Altered(Alteration::Seal));
    assert_eq!(filled(&vec![b'0'; digits.len()]), Finding::Altered(Alteration::Seal));
    assert_eq!(filled(&vec![b' '; digits.len()]), Finding::Altered(Alteration::Seal));
    let mut hidden = digits.clone();
    hidden[digits.len() - 8..].copy_from_slice(b"deadbeef");
    assert_eq!(filled(&hidden), Finding::Altered(Alteration::Seal));
}

#[test]
fn a_seal_moved_to_another_file_alters_it() {
    let (mine, other) = (sample::sealed("words"), sample::sealed("other words"));
    let start = |file: &[u8]| super::layout::last(file, b"2 0 obj").expect("an object");
    let moved = [&other[..start(&other)], &mine[start(&mine)..]].concat();
    let verdict = look(&moved);
    assert_eq!(verdict.finding, Finding::Altered(Alteration::Seal));
    assert_eq!(verdict.claim, Some(sample::claim()));
    let changed = [&sample::sealed("swords")[..start(&mine)], &mine[start(&mine)..]].concat();
    assert_ne!(changed, mine);
    assert!(matches!(finding(&changed), Finding::Altered(_)));
}

#[test]
fn a_copy_written_anew_is_altered_even_where_its_claim_is_packed() {
    let catalogue = format!("<</Private {}>>", sample::signed_claim().in_file());
    let pack = deflated(catalogue.as_bytes());
    let anew = [b"%PDF-1.7\n1 0 obj\n<<>>\nstream\r\n", &pack[..], b"\nendstream\n"].concat();
    let verdict = look(&anew);
    assert_eq!(verdict.finding, Finding::Altered(Alteration::Rewritten));
    assert_eq!(verdict.claim, Some(sample::claim()));
}

#[test]
fn a_file_without_a_seal_is_told_from_one_that_is_no_pdf() {
    assert_eq!(finding(&sample::pdf("words")), Finding::NoSeal);
    assert_eq!(finding(b""), Finding::Unreadable);
    assert_eq!(finding(b"PK\x03\x04"), Finding::Unreadable);
    assert_eq!(finding(b"%PDF-1.7"), Finding::NoSeal);
}

#[test]
fn a_photographed_code_gives_the_claim_and_says_that_it_is_no_more() {
    let text = sample::signed_claim().text().to_owned();
    let read = |text: &str| verify_claim(text, &[sample::certificate()], None, spring());
    let verdict = read(&text);
    assert_eq!((verdict.finding, verdict.proof), (Finding::Valid, Proof::ClaimOnly));
    assert_eq!(verdict.claim, Some(sample::claim()));
    assert_eq!(read(&text.replace('7', "8")).claim, None);
    assert_eq!(read("https://example.org").finding, Finding::Unreadable);
    assert_eq!(verify_claim(&text, &[], None, spring()).finding, Finding::UnknownKey);
}

#[test]
fn a_key_seals_only_with_its_own_certificate_and_while_that_is_valid() {
    let (key, certificate) = (sample::key(), sample::certificate());
    let refused = |certificate, moment| Signet::new(&key, certificate, moment).err();
    assert_eq!(refused(&certificate, sample::moment()), None);
    let other = sample::other_certificate();
    assert_eq!(refused(&other, sample::moment()), Some(SealError::OtherKey));
    let late = sample::validity().until + chrono::Duration::seconds(1);
    assert_eq!(refused(&certificate, late), Some(SealError::CertificateNotValid));
    let foreign = sample::claim().sign(&sample::other_key()).expect("a claim");
    let signet = sample::signet(&key, &certificate);
    assert!(!signet.goes_with(&foreign) && signet.goes_with(&sample::signed_claim()));
}
