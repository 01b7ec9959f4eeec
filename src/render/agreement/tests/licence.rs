//! A licence's copy: sealed, with its claim as a code, and the original's own parts alive.

use std::fs;
use std::process::Command;

use chrono::NaiveDate;

use super::super::super::pdf::Press;
use super::super::super::seal::claim::{Claim, SignedClaim};
use super::super::super::seal::sample;
use super::super::super::seal::verdict::{Alteration, Finding, Verdict};
use super::super::super::seal::{SealError, verify};
use super::super::error::StampError;
use super::super::{Agreement, Copy, Look};
use super::samples::{A4, SamplePage, document, every_kind, file, objects, packed, page, text};
use super::tools::told;
use super::{FOOTER, HEADER, holds, made};

fn copy_of(file: &[u8], claim: &SignedClaim, look: Look) -> Result<Vec<u8>, StampError> {
    let (key, certificate) = (sample::key(), sample::certificate());
    let agreement = Agreement::read(file).expect("an agreement");
    let copy = Copy { claim, footer: FOOTER, look };
    agreement.licence_copy(&mut Press::new(), &copy, &sample::signet(&key, &certificate))
}

pub fn licence_copy(file: &[u8]) -> Vec<u8> {
    copy_of(file, &sample::signed_claim(), Look::default()).expect("a copy")
}

fn look_at(file: &[u8]) -> Verdict {
    let spring = NaiveDate::from_ymd_opt(2027, 4, 1).expect("a day");
    verify(file, &[sample::certificate()], None, spring)
}

/// Returns a program's output, which the test cannot do without once the program is there.
pub fn remade(program: &str, arguments: &[&str], file: &[u8]) -> Option<Vec<u8>> {
    let folder = tempfile::tempdir().expect("a folder");
    let (from, to) = (folder.path().join("from.pdf"), folder.path().join("to.pdf"));
    fs::write(&from, file).expect("a file");
    let arguments = arguments.iter().map(|word| match *word {
        "FILE" => from.as_os_str().to_owned(),
        "TO" => to.as_os_str().to_owned(),
        word => word.into(),
    });
    Command::new(program).args(arguments).output().ok()?;
    Some(fs::read(to).expect("a file"))
}

/// Returns originals of every kind: each page first in its document, lists of both kinds, tagged,
/// linearized, with a form.
fn originals() -> Vec<Vec<u8>> {
    let kinds = every_kind();
    let mut all: Vec<Vec<u8>> =
        kinds.iter().map(|page| document(&[page.clone(), kinds[0].clone()])).collect();
    all.extend([packed(&objects(&kinds, "")), made::made(), with_form()]);
    all.extend(remade("qpdf", &["--linearize", "FILE", "TO"], &made::made()));
    all
}

fn plain() -> SamplePage {
    page(A4, &text(72.0, 700.0, "text"))
}

/// Returns a document with a form, a note and private data of its own, each in an object.
fn with_form() -> Vec<u8> {
    let catalogue = "/AcroForm 6 0 R /PieceInfo 9 0 R";
    let mut all = objects(&[page(&format!("{A4} /Annots 7 0 R"), &plain().content)], catalogue);
    let field = "/Type /Annot /Subtype /Widget /FT /Tx /T (name) /P 4 0 R /Rect [72 600 200 620]";
    let own = [
        "<</Fields 7 0 R /DA (/Helv 0 Tf 0 g)>>".to_owned(),
        "[8 0 R]".to_owned(),
        format!("<<{field}>>"),
        "<</Other <</LastModified (D:2026)>>>>".to_owned(),
    ];
    all.extend(own.map(String::into_bytes));
    file(&all)
}

#[test]
fn a_licence_copy_is_genuine_and_says_whose_it_is() {
    for original in originals() {
        let copy = licence_copy(&original);
        let verdict = look_at(&copy);
        assert_eq!(verdict.finding, Finding::Valid);
        assert_eq!(verdict.claim, Some(sample::claim()));
    }
    let copy = licence_copy(&document(&every_kind()));
    assert!(!holds(&copy, "/Prev"), "nothing can be cut off to get an unsealed copy");
}

#[test]
fn the_same_licence_and_agreement_give_the_same_bytes() {
    let original = document(&every_kind());
    let copy = licence_copy(&original);
    assert_eq!(licence_copy(&original), copy);
    let (key, certificate, claim) = (sample::key(), sample::certificate(), sample::signed_claim());
    let agreement = Agreement::read(&original).expect("an agreement");
    let order = Copy { claim: &claim, footer: FOOTER, look: Look::default() };
    let mut press = Press::new();
    for _ in 0..2 {
        let again = agreement.licence_copy(&mut press, &order, &sample::signet(&key, &certificate));
        assert!(again.expect("a copy") == copy, "with a press used before");
    }
}

#[test]
fn a_claim_of_another_key_is_not_sealed() {
    let claim = sample::claim().sign(&sample::other_key()).expect("a claim");
    let refused = copy_of(&document(&[plain()]), &claim, Look::default());
    assert_eq!(refused.err(), Some(StampError::Seal(SealError::OtherKey)));
}

#[test]
fn a_measure_out_of_its_bounds_is_refused() {
    let look = Look { size: 0.0, ..Look::default() };
    let refused = copy_of(&document(&[plain()]), &sample::signed_claim(), look);
    assert!(matches!(refused, Err(StampError::Look(_))));
}

#[test]
fn flipping_any_byte_of_a_licence_copy_makes_it_altered_or_unreadable() {
    let mut copy = licence_copy(&document(&[plain()]));
    for position in 0..copy.len() {
        let bits = [0x01, 0x20, 0x80, 0xff][position % 4];
        copy[position] ^= bits;
        let finding = look_at(&copy).finding;
        copy[position] ^= bits;
        let is_seen = matches!(finding, Finding::Altered(_) | Finding::Unreadable);
        assert!(is_seen, "byte {position} flipped by {bits:#x}: {finding:?}");
    }
    assert_eq!(look_at(&copy).finding, Finding::Valid);
}

#[test]
fn a_copy_with_a_good_claim_and_a_broken_seal_is_altered() {
    let copy = licence_copy(&document(&[plain()]));
    let at = copy.windows(4).position(|window| window == b"text").expect("the page's text");
    let mut altered = copy.clone();
    altered[at] = b'n';
    let verdict = look_at(&altered);
    assert_eq!(verdict.finding, Finding::Altered(Alteration::Content));
    assert_eq!(verdict.claim, Some(sample::claim()), "whose it was is known all the same");
    let qdf = ["--qdf", "--object-streams=disable", "FILE", "TO"];
    for (program, arguments) in [
        ("qpdf", &qdf as &[&str]),
        ("qpdf", &["--object-streams=generate", "FILE", "TO"]),
        ("mutool", &["clean", "-gggz", "FILE", "TO"]),
    ] {
        let Some(anew) = remade(program, arguments, &copy) else { continue };
        let verdict = look_at(&anew);
        assert!(matches!(verdict.finding, Finding::Altered(_)), "{arguments:?}");
        assert_eq!(verdict.claim, Some(sample::claim()), "{arguments:?}");
    }
}

#[test]
fn a_form_and_private_data_of_the_agreement_stay() {
    let copy = licence_copy(&with_form());
    let agreement = super::super::source::Source::open(&copy).expect("a file");
    let (_, catalogue) = agreement.catalogue().expect("a catalogue");
    let form = agreement.dict(&catalogue, "AcroForm").expect("a form");
    let count = |value: super::super::value::Value| value.as_array().map(<[_]>::len);
    assert_eq!(count(agreement.get(&form, "Fields").expect("fields")), Some(2));
    assert_eq!(form.get("SigFlags").and_then(super::super::value::Value::as_integer), Some(3));
    assert!(form.get("DA").is_some());
    let pieces = agreement.dict(&catalogue, "PieceInfo").expect("private data");
    assert!(pieces.get("Other").is_some() && pieces.get("shopctl").is_some());
    let first = super::super::pages::pages(&agreement).expect("pages")[0].id;
    let first = agreement.object(first).expect("a page").expect("a page").value;
    let first = first.as_dict().expect("a page");
    assert_eq!(count(agreement.get(first, "Annots").expect("notes")), Some(2));
}

#[test]
fn qpdf_and_mupdf_find_nothing_wrong_in_a_licence_copy() {
    for original in originals() {
        let copy = licence_copy(&original);
        if let Some((words, is_content)) = told("qpdf", &["--check", "FILE"], &copy) {
            assert!(is_content && !words.contains("WARNING"), "{words}");
        }
        let arguments = ["draw", "-q", "-F", "txt", "-o", "/dev/null", "FILE"];
        let Some((words, is_content)) = told("mutool", &arguments, &copy) else { continue };
        let words: Vec<&str> = words.lines().filter(|line| !line.contains("ICC")).collect();
        assert!(is_content && words.is_empty(), "{words:?}");
    }
}

#[test]
fn poppler_confirms_the_seal() {
    for original in originals() {
        let copy = licence_copy(&original);
        let Some((words, _)) = told("pdfsig", &["-nocert", "FILE"], &copy) else { return };
        for sentence in [
            "Signature Validation: Signature is Valid.",
            "Total document signed",
            "ETSI.CAdES.detached",
            "Föreningen Standardavtal",
        ] {
            assert!(words.contains(sentence), "{words}");
        }
    }
}

#[test]
fn pyhanko_confirms_the_seal() {
    let folder = tempfile::tempdir().expect("a folder");
    let trusted = folder.path().join("certificate.pem");
    fs::write(&trusted, sample::certificate().to_pem()).expect("a file");
    let trusted = trusted.to_str().expect("a path of text");
    let arguments = ["sign", "validate", "--pretty-print", "--trust", trusted, "FILE"];
    let kinds = [document(&every_kind()), packed(&objects(&every_kind(), ""))];
    for original in kinds.into_iter().chain([made::made(), with_form()]) {
        let copy = licence_copy(&original);
        let Some((words, is_good)) = told("pyhanko", &arguments, &copy) else { return };
        assert!(is_good && words.contains("The signature is judged VALID."), "{words}");
        assert!(words.contains("The signature covers the entire file."), "{words}");
    }
}

#[test]
fn the_first_page_has_its_text_in_order_and_the_note_and_all_pages_header_and_footer() {
    for original in originals() {
        let copy = licence_copy(&original);
        let arguments = ["-raw", "FILE", "-"];
        let Some((before, _)) = told("pdftotext", &arguments, &original) else { return };
        let (after, _) = told("pdftotext", &arguments, &copy).expect("it was there before");
        let pages = before.split('\u{c}').zip(after.split('\u{c}'));
        for (number, (before, after)) in pages.enumerate().filter(|(_, (_, text))| !text.is_empty())
        {
            let joined = after.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(joined.contains(HEADER) && joined.contains(FOOTER), "{number}: {after}");
            assert!(number > 0 || joined.contains("Kontrollera äktheten: koden"), "{after}");
            let own: Vec<&str> = before.split_whitespace().collect();
            // Poppler loses the text of a page that restores states it never saved; a copy has it back.
            assert!(joined.contains(&own.join(" ")) || before.is_empty(), "{number}: {after}");
        }
    }
}

#[test]
fn the_code_on_the_first_page_is_the_claim() {
    let long = Claim { holder: "Ö".repeat(120), ..sample::claim() };
    let long = long.sign(&sample::key()).expect("a claim");
    let upside_down = every_kind()[3].clone();
    for (page, claim) in [
        (plain(), &sample::signed_claim()),
        (page("/MediaBox [0 0 841.89 595.276]", ""), &sample::signed_claim()),
        (upside_down, &sample::signed_claim()),
        (page("/MediaBox [0 0 297.638 419.528]", ""), &sample::signed_claim()),
        (plain(), &long),
    ] {
        let copy = copy_of(&document(&[page]), claim, Look::default()).expect("a copy");
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("copy.pdf");
        fs::write(&path, &copy).expect("a file");
        let picture = folder.path().join("page");
        let arguments = ["-png", "-r", "300", "-singlefile"];
        let drawn = Command::new("pdftoppm").args(arguments).arg(&path).arg(&picture).output();
        let png = picture.with_extension("png");
        let read = Command::new("zbarimg").args(["-q", "--raw"]).arg(&png).output();
        let (Ok(_), Ok(read)) = (drawn, read) else { return super::tools::skipped("zbarimg") };
        assert_eq!(String::from_utf8_lossy(&read.stdout).trim_end(), claim.text());
    }
}

#[test]
fn a_page_too_small_for_the_code_is_named() {
    let narrow = document(&[page("/MediaBox [0 0 180 800]", "")]);
    let refused = copy_of(&narrow, &sample::signed_claim(), Look::default());
    assert_eq!(refused.err(), Some(StampError::NoRoom { page: 1 }));
}

#[test]
fn the_pages_on_which_a_copy_would_be_refused_are_known_before() {
    let (narrow, low) = (page("/MediaBox [0 0 100 800]", ""), page("/MediaBox [0 0 800 50]", ""));
    let first_too_small_for_the_code = page("/MediaBox [0 0 180 800]", "");
    for (pages, expected) in [
        (vec![plain(), plain()], vec![]),
        (vec![plain(), narrow.clone(), plain(), low], vec![2, 4]),
        (vec![first_too_small_for_the_code, plain(), narrow], vec![1, 3]),
        (every_kind(), vec![]),
    ] {
        let file = document(&pages);
        let agreement = Agreement::read(&file).expect("an agreement");
        let look = (FOOTER, Look::default());
        let found = agreement.pages_without_room(&mut Press::new(), &sample::claim(), look);
        assert_eq!(found.as_deref(), Ok(&expected[..]));
        let copy = copy_of(&file, &sample::signed_claim(), Look::default());
        assert_eq!(copy.err(), expected.first().map(|page| StampError::NoRoom { page: *page }));
    }
}
