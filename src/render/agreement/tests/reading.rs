//! What is taken, and what is refused in which words.

use super::super::Refusal;
use super::super::limits::FILE_BYTES_MAX;
use super::samples::{
    A4, document, every_kind, file, file_with, objects, packed, page, stream, text,
};
use super::{Agreement, page_size, refusal};

fn plain() -> Vec<Vec<u8>> {
    objects(&[page(A4, &text(72.0, 720.0, "text"))], "")
}

#[test]
fn a_file_is_known_by_its_pages_and_their_sizes_as_shown() {
    let pages = every_kind();
    for bytes in [document(&pages), packed(&objects(&pages, ""))] {
        let agreement = Agreement::read(&bytes).expect("an agreement");
        assert_eq!(agreement.pages(), pages.len());
        assert_eq!(agreement.bytes, bytes.len());
        assert_eq!(page_size(&agreement, 0), Some((595.276, 841.89)));
        assert_eq!(page_size(&agreement, 2), Some((841.89, 595.276)), "turned");
        assert_eq!(page_size(&agreement, 5), Some((600.0, 850.0)), "cropped");
        assert_eq!(page_size(&agreement, 6), Some((595.276, 841.89)), "of a double unit");
        assert_eq!(page_size(&agreement, pages.len()), None);
        assert!(!agreement.has_scripts());
    }
}

#[test]
fn bytes_before_the_head_and_after_the_end_do_not_matter() {
    let bytes = [b"\xef\xbb\xbf".as_slice(), &document(&every_kind()), b"\r\n\0\0"].concat();
    assert!(Agreement::read(&bytes).is_ok());
}

#[test]
fn what_is_no_whole_pdf_is_refused() {
    assert_eq!(refusal(b""), Refusal::Empty);
    assert_eq!(refusal(b"PK\x03\x04 a letter of another kind"), Refusal::NotPdf);
    assert_eq!(
        refusal(&vec![0; FILE_BYTES_MAX + 1]),
        Refusal::TooLarge { bytes: FILE_BYTES_MAX + 1 }
    );
    let whole = document(&every_kind());
    assert_eq!(refusal(&whole[..whole.len() / 2]), Refusal::CutOff);
    let without_table = [&whole[..whole.len() - 200], b"%%EOF"].concat();
    assert_eq!(refusal(&without_table), Refusal::CutOff);
}

#[test]
fn an_encrypted_file_is_refused() {
    let bytes = file_with(&plain(), "/Encrypt <</Filter /Standard /V 2 /R 3>>");
    assert_eq!(refusal(&bytes), Refusal::Encrypted);
}

#[test]
fn a_signed_file_is_refused_and_an_empty_place_for_a_signature_is_not() {
    let form = "/AcroForm <</Fields [6 0 R]>>";
    let field = |value: &str| format!("<</FT /Sig /T (Underskrift) {value}>>").into_bytes();
    let with = |field: Vec<u8>| {
        let mut objects = objects(&[page(A4, "")], form);
        objects.push(field);
        file(&objects)
    };
    assert!(Agreement::read(&with(field(""))).is_ok());
    let signed = field("/V <</Type /Sig /By#74eRange [0 1 2 3] /Contents <00>>>");
    assert_eq!(refusal(&with(signed)), Refusal::Signed);
}

#[test]
fn a_form_whose_pages_are_elsewhere_is_refused() {
    let bytes = file(&objects(&[page(A4, "")], "/AcroForm <</Fields [] /XFA [(template) 6 0 R]>>"));
    assert_eq!(refusal(&bytes), Refusal::Xfa);
}

#[test]
fn what_runs_by_itself_is_told() {
    let action = "/OpenAction <</S /JavaScript /JS (app.alert\\(1\\))>>";
    let bytes = file(&objects(&[page(A4, "")], action));
    assert!(Agreement::read(&bytes).expect("an agreement").has_scripts());
}

#[test]
fn a_file_without_pages_is_refused() {
    assert_eq!(refusal(&document(&[])), Refusal::NoPages);
    let none = [b"<</Type /Catalog>>".to_vec()];
    assert_eq!(refusal(&file(&none)), Refusal::NoPages);
    let no_list = [b"<</Type /Catalog /Pages 2 0 R>>".to_vec(), b"<</Type /Pages>>".to_vec()];
    assert_eq!(refusal(&file(&no_list)), Refusal::NoPages);
}

#[test]
fn a_page_without_a_proper_size_is_refused_by_its_number() {
    for size in ["", "/MediaBox [0 0 0 0]", "/MediaBox [0 0 1e9 1]", "/MediaBox [0 0 99999999 100]"]
    {
        let pages = [page(A4, ""), page(size, "")];
        let refusal = refusal(&document(&pages));
        let is_known = matches!(refusal, Refusal::PageSize { page: 2 } | Refusal::Damaged { .. });
        assert!(is_known, "{size}: {refusal:?}");
    }
}

#[test]
fn a_wrong_list_of_objects_or_length_of_a_stream_is_refused_and_not_mended() {
    let bytes = document(&[page(A4, "q Q")]);
    let moved = super::replaced(&bytes, "4 0 obj", "9 0 obj");
    assert!(matches!(refusal(&moved), Refusal::Damaged { .. }));
    let mut objects = plain();
    objects[4] = b"<</Length 999>>\nstream\nq Q\nendstream".to_vec();
    assert_eq!(refusal(&file(&objects)), Refusal::damaged("the length of a stream is wrong"));
}

#[test]
fn the_length_of_a_stream_may_stand_elsewhere() {
    let mut objects = plain();
    objects[4] = stream("", b"q Q");
    let direct = String::from_utf8(objects[4].clone()).expect("ASCII");
    objects[4] = direct.replace("/Length 3", "/Length 6 0 R").into_bytes();
    objects.push(b"3".to_vec());
    assert!(Agreement::read(&file(&objects)).is_ok());
}

#[test]
fn a_later_revision_counts_and_an_earlier_one_does_not() {
    let first = document(&[page(A4, ""), page(A4, "")]);
    let older = first.windows(9).rposition(|window| window == b"startxref").expect("a list");
    let table: String = first[older + 9..]
        .iter()
        .map(|byte| char::from(*byte))
        .filter(char::is_ascii_digit)
        .collect();
    let at = first.len();
    let kids = "2 0 obj\n<</Type /Pages /Kids [4 0 R] /Count 1>>\nendobj\n";
    let list = at + kids.len();
    let rest = format!(
        "{kids}xref\n2 1\n{at:010} 00000 n \ntrailer\n<</Size 8 /Root 1 0 R /Prev {table}>>\n\
         startxref\n{list}\n%%EOF\n"
    );
    let bytes = [&first[..], rest.as_bytes()].concat();
    assert_eq!(Agreement::read(&bytes).expect("an agreement").pages(), 1);
}

#[test]
fn every_refusal_says_what_and_what_to_do() {
    for refusal in
        [Refusal::Empty, Refusal::Signed, Refusal::Bomb, Refusal::damaged("a page is missing")]
    {
        let words = refusal.to_string();
        assert!(words.starts_with(char::is_lowercase) && !words.ends_with('.'), "{words}");
        assert!(!refusal.hint().is_empty());
    }
}
