//! Whose copy it is: told from a copy, from a page torn out, from what other programs made of it.

use proptest::prelude::*;

use super::super::super::seal::sample;
use super::super::trace::Trace;
use super::super::{By, Proof, Says, trace};
use super::licence::{licence_copy, remade};
use super::samples::{document, every_kind, objects, packed};
use super::{FOOTER, stamp};

fn traces(file: &[u8]) -> Vec<Trace> {
    trace(file, &[sample::certificate()]).traces
}

fn claim(by: By, pages: &[usize]) -> Trace {
    let says = Says::Claim { claim: Box::new(sample::claim()), proof: Proof::Proven };
    Trace { says, by, pages: pages.to_vec() }
}

fn words(pages: &[usize]) -> Trace {
    let says = Says::Words { licence: 1042, edition: 2 };
    Trace { says, by: By::Text, pages: pages.to_vec() }
}

#[test]
fn a_copy_tells_whose_it_is_at_its_head_on_every_page_and_in_words() {
    let copy = licence_copy(&packed(&objects(&every_kind(), "")));
    let all: Vec<usize> = (1..=every_kind().len()).collect();
    let expected = [claim(By::Catalogue, &[]), claim(By::Drawing, &all), words(&all)];
    assert_eq!(traces(&copy), expected);
    assert_eq!(trace(&copy, &[sample::certificate()]).unread, None);
}

#[test]
fn a_page_torn_out_tells_whose_it_was() {
    let copy = licence_copy(&document(&every_kind()));
    let tear =
        |page: &str| remade("qpdf", &["--empty", "--pages", "FILE", page, "--", "TO"], &copy);
    for page in ["1", "3", "7"] {
        let Some(torn) = tear(page) else { return };
        assert_eq!(traces(&torn), [claim(By::Drawing, &[1]), words(&[1])], "page {page}");
    }
}

#[test]
fn a_copy_that_other_programs_wrote_anew_tells_whose_it_was() {
    let copy = licence_copy(&document(&every_kind()[..2]));
    let printer = ["-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pdfwrite", "-o", "TO", "FILE"];
    for (program, arguments, is_claimed) in [
        (
            "qpdf",
            &["--object-streams=generate", "--recompress-flate", "FILE", "TO"] as &[&str],
            true,
        ),
        ("qpdf", &["--qdf", "FILE", "TO"], true),
        ("mutool", &["clean", "-gggz", "FILE", "TO"], true),
        ("qpdf", &["--encrypt", "", "x", "256", "--", "FILE", "TO"], false),
        // These draw the pages anew, and only their letters are left.
        ("pdftocairo", &["-pdf", "FILE", "TO"], false),
        ("gs", &printer, false),
    ] {
        let Some(anew) = remade(program, arguments, &copy) else { continue };
        let found = traces(&anew);
        if arguments[0] == "--encrypt" {
            assert!(trace(&anew, &[]).unread.is_some(), "it says why there is nothing");
            continue;
        }
        assert_eq!(
            found.contains(&claim(By::Drawing, &[1, 2])),
            is_claimed,
            "{program}: {found:?}"
        );
        assert!(found.contains(&words(&[1, 2])), "{program} {arguments:?}: {found:?}");
    }
}

#[test]
fn a_broken_file_is_searched_for_the_claim_as_it_was_written() {
    let copy = licence_copy(&document(&every_kind()[..2]));
    let cut = trace(&copy[..copy.len() - 400], &[sample::certificate()]);
    assert_eq!(cut.traces, [claim(By::Bytes, &[])]);
    assert!(cut.unread.is_some());
}

#[test]
fn a_claim_that_is_not_proven_is_told_as_such() {
    let copy = licence_copy(&document(&every_kind()[..1]));
    let found = trace(&copy, &[]).traces;
    let key = sample::key().public().id();
    let Says::Claim { claim, proof } = &found[0].says else { panic!("{found:?}") };
    assert_eq!((&**claim, *proof), (&sample::claim(), Proof::UnknownKey(key)));
}

#[test]
fn a_bare_agreement_tells_nothing_and_a_stamped_one_its_words() {
    let bare = document(&every_kind());
    assert_eq!(traces(&bare), []);
    let stamped = stamp(&bare, FOOTER).expect("a copy");
    let all: Vec<usize> = (1..=every_kind().len()).collect();
    assert_eq!(traces(&stamped), [words(&all)]);
    for nothing in [b"" as &[u8], b"PK\x03\x04", b"%PDF-1.7\n%%EOF"] {
        let traced = trace(nothing, &[]);
        assert!(traced.traces.is_empty() && traced.unread.is_some());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_copy_with_anything_changed_is_traced_without_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..30),
    ) {
        static COPY: std::sync::LazyLock<Vec<u8>> =
            std::sync::LazyLock::new(|| licence_copy(&document(&every_kind()[..3])));
        let mut copy = COPY.clone();
        for (position, byte) in changes {
            let position = position.index(copy.len());
            copy[position] = byte;
        }
        let _ = trace(&copy, &[]);
    }
}
