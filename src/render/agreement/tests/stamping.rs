//! What a stamped copy holds, and what it leaves as it was.

use super::super::super::pdf::PdfError;
use super::super::error::Part;
use super::samples::{
    A4, SamplePage, document, every_kind, file, file_with, objects, packed, page, stream, text,
};
use super::{
    Agreement, FOOTER, HEADER, Look, Press, Stamp, StampError, holds, page_size, replaced, stamp,
};

fn room(edges: bool) -> SamplePage {
    page(A4, &text(72.0, if edges { 831.0 } else { 700.0 }, "text"))
}

#[test]
fn the_same_agreement_and_stamp_give_the_same_bytes() {
    let file = document(&every_kind());
    let copy = stamp(&file, FOOTER).expect("a copy");
    assert_eq!(stamp(&file, FOOTER).expect("a copy"), copy);
    let agreement = Agreement::read(&file).expect("an agreement");
    let mut press = Press::new();
    for _ in 0..2 {
        let stamp = Stamp { header: HEADER, footer: FOOTER, look: Look::default() };
        assert!(
            agreement.stamp(&mut press, &stamp).expect("a copy") == copy,
            "with a press used before"
        );
    }
    assert_ne!(stamp(&file, "Another AB").expect("a copy"), copy);
}

#[test]
fn a_copy_is_a_pdf_of_the_same_pages_that_can_be_stamped_again() {
    for file in [document(&every_kind()), packed(&objects(&every_kind(), ""))] {
        let before = Agreement::read(&file).expect("an agreement");
        let copy = stamp(&file, FOOTER).expect("a copy");
        let after = Agreement::read(&copy).expect("an agreement");
        for page in 0..before.pages() {
            assert_eq!(page_size(&after, page), page_size(&before, page));
        }
        assert_eq!(after.pages(), before.pages());
        assert!(stamp(&copy, FOOTER).is_ok());
    }
}

#[test]
fn a_page_is_moved_only_where_it_leaves_no_room() {
    let roomy = stamp(&document(&[room(false)]), FOOTER).expect("a copy");
    assert!(!holds(&roomy, "re W n"));
    let full = stamp(&document(&[room(true)]), FOOTER).expect("a copy");
    assert!(holds(&full, "1 0 0 1 0 -"), "moved down, not scaled");

    let agreement = document(&[room(true)]);
    let agreement = Agreement::read(&agreement).expect("an agreement");
    let look = Look { scale_min: None, ..Look::default() };
    let stamp = Stamp { header: HEADER, footer: FOOTER, look };
    let covered = agreement.stamp(&mut Press::new(), &stamp).expect("a copy");
    assert!(!holds(&covered, "re W n"), "the setting leaves it where it is");
}

#[test]
fn nothing_that_is_shown_lies_under_header_or_footer() {
    // What a stamped page shows is followed as the original was: its ink without the stamp's forms.
    let file = document(&every_kind());
    let copy = stamp(&file, FOOTER).expect("a copy");
    let copy = replaced(&copy, "/LicenceHeader Do", "/LicenceHeadex Do");
    let look = Look::default();
    let taken = look.edge + look.leading + look.gap - 0.01;
    let mut copy = copy;
    while holds(&copy, "/LicenceHeader Do") {
        copy = replaced(&copy, "/LicenceHeader Do", "/LicenceHeadex Do");
    }
    while holds(&copy, "/LicenceFooter Do") {
        copy = replaced(&copy, "/LicenceFooter Do", "/LicenceFootex Do");
    }
    let agreement = Agreement::read(&copy).expect("an agreement");
    for (page, drawn) in agreement.drawn().iter().enumerate() {
        let (_, height) = page_size(&agreement, page).expect("a page");
        let Some(ink) = drawn.ink else { continue };
        assert!(ink.y0 >= taken && ink.y1 <= height - taken, "page {}: {ink:?}", page + 1);
    }
}

#[test]
fn bookmarks_links_and_notes_move_with_what_they_point_at() {
    let annots = "/Annots [<</Type /Annot /Subtype /Link /Rect [10 800 60 841] /QuadPoints [10 800 60 800 10 841 60 841]>>]";
    let place = "/OpenAction [4 0 R /XYZ 10 841 null]";
    let pages = |y: f64| [page(&format!("{A4} {annots}"), &text(10.0, y, "text"))];
    let still = stamp(&file(&objects(&pages(700.0), place)), FOOTER).expect("a copy");
    assert!(holds(&still, place) && holds(&still, "/Rect [10 800 60 841]"));

    let moved = stamp(&file(&objects(&pages(836.0), place)), FOOTER).expect("a copy");
    assert!(!holds(&moved, place) && !holds(&moved, "/Rect [10 800 60 841]"));
    let down = Agreement::read(&moved).expect("an agreement");
    assert_eq!(down.pages(), 1);
    let text = String::from_utf8_lossy(&moved);
    let number = |before: &str, at: usize| -> f64 {
        let rest = text.split(before).nth(1).expect("it stands there");
        let word = rest.split([' ', ']']).nth(at).expect("a number");
        word.parse().expect("a number")
    };
    let (place, rect) = (841.0 - number("/XYZ ", 1), 841.0 - number("/Rect [", 3));
    assert!(place > 10.0 && (place - rect).abs() < 0.001, "{place} {rect}");
    assert!((841.0 - number("/QuadPoints [", 5) - rect).abs() < 0.001);
    assert!(number("/XYZ ", 0) == 10.0 && number("/Rect [", 0) == 10.0);
}

#[test]
fn patterns_move_with_what_is_drawn_with_them() {
    let attributes = format!(
        "{A4} /Resources <</Pattern <</P 6 0 R /Q <</PatternType 2 /Shading 7 0 R /Matrix [2 0 0 2 0 0]>>>>>>"
    );
    let drawing = "/Pattern cs /P scn 0 0 595 841 re f";
    let mut all = objects(&[page(&attributes, drawing)], "");
    all.push(stream("/PatternType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9", b"0 0 4 4 re f"));
    all.push(b"null".to_vec());
    let copy = String::from_utf8_lossy(&stamp(&file(&all), FOOTER).expect("a copy")).into_owned();
    let scale = copy.split("q\n0.").nth(1).expect("scaled").split(' ').next().expect("a number");
    let scale: f64 = format!("0.{scale}").parse().expect("a number");
    for (pattern, own) in [("/PatternType 1", 1.0), ("/PatternType 2", 2.0)] {
        let rest = copy.rsplit(pattern).next().expect("a pattern");
        let matrix = rest.split("/Matrix [").nth(1).expect("a matrix").split(' ').next();
        let matrix: f64 = matrix.expect("a number").parse().expect("a number");
        assert!((matrix - own * scale).abs() < 0.000_1, "{pattern}: {matrix}");
    }
}

#[test]
fn objects_that_need_no_change_are_copied_as_they_stand() {
    let odd = "<< /Names [ (a\\)b) 12 0 R<00ff>] % a word\n /W 0.123456789012 /E#20x +.5 >>";
    let mut all = objects(&[room(true)], "/PieceInfo 6 0 R");
    all.push(odd.as_bytes().to_vec());
    let copy = stamp(&file(&all), FOOTER).expect("a copy");
    assert!(holds(&copy, odd));
}

#[test]
fn what_no_page_leads_to_is_left_behind() {
    let mut all = objects(&[room(false)], "");
    all.push(b"(an earlier draft)".to_vec());
    let copy = stamp(&file(&all), FOOTER).expect("a copy");
    assert!(!holds(&copy, "an earlier draft"));
    assert!(!holds(&copy, "/Prev"), "nothing can be cut off to get the bare agreement");
}

#[test]
fn names_already_taken_are_not_taken_again() {
    let attributes =
        format!("{A4} /Resources <</XObject <</LicenceHeader 6 0 R>> /Font <</F1 3 0 R>>>>");
    let mut all = objects(&[page(&attributes, "/LicenceHeader Do")], "");
    all.push(stream("/Subtype /Form /BBox [100 100 200 200]", b"100 100 50 50 re f"));
    let copy = stamp(&file(&all), FOOTER).expect("a copy");
    assert!(holds(&copy, "/LicenceHeader 6 0 R/LicenceHeaderx "));
    assert!(holds(&copy, "/LicenceHeaderx Do"));
}

#[test]
fn a_claim_to_be_an_archive_is_taken_out_and_the_rest_stays() {
    let xmp = |claim: &str| {
        format!(
            "<?xpacket begin=\"\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?><x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\
             <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">{claim}\
             <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\
             <dc:title>AB 04 &amp; villkor</dc:title></rdf:Description></rdf:RDF></x:xmpmeta>\
             <?xpacket end=\"w\"?>"
        )
    };
    let namespace = "http://www.aiim.org/pdfa/ns/id/";
    let elements = format!(
        "<rdf:Description rdf:about=\"\" xmlns:a=\"{namespace}\"><a:part>3</a:part>\
         <a:conformance>A</a:conformance></rdf:Description>"
    );
    let attributes = format!(
        "<rdf:Description rdf:about=\"\" xmlns:pdfaid=\"{namespace}\" pdfaid:part=\"2\" \
         pdfaid:conformance='B'/>"
    );
    let copy_of = |metadata: &[u8]| {
        let mut all = objects(&[room(false)], "/Metadata 6 0 R");
        all.push(stream("/Type /Metadata /Subtype /XML", metadata));
        stamp(&file(&all), FOOTER).expect("a copy")
    };
    for claim in [elements, attributes] {
        let copy = copy_of(xmp(&claim).as_bytes());
        assert!(!holds(&copy, namespace) && !holds(&copy, "conformance") && !holds(&copy, "part"));
        assert!(
            holds(&copy, "<dc:title>AB 04 &amp; villkor</dc:title>")
                && holds(&copy, "/Metadata 6 0 R")
        );
    }
    let silent = xmp("");
    assert!(holds(&copy_of(silent.as_bytes()), &silent), "without a claim, to the byte");
    let broken = xmp(&format!("<a:part xmlns:a=\"{namespace}\">"));
    assert!(!holds(&copy_of(broken.as_bytes()), "/Metadata"), "as a whole where it cannot be read");
    let wide: Vec<u8> = xmp(namespace).bytes().flat_map(|byte| [0, byte]).collect();
    assert!(!holds(&copy_of(&wide), "/Metadata"));
}

#[test]
fn an_object_that_is_no_stream_holds_no_claim_and_stays_whatever_the_catalogue_calls_it() {
    // The list of pages: taken out as metadata, it would leave a copy without pages.
    let copy = stamp(&file(&objects(&[room(false)], "/Metadata 2 0 R")), FOOTER).expect("a copy");
    assert_eq!(Agreement::read(&copy).map(|copy| copy.pages()).ok(), Some(1));
}

#[test]
fn the_files_first_identity_stays_and_the_second_is_its_own() {
    let original = file_with(&objects(&[room(false)], ""), "/ID [<aa> <bb>] /Info 3 0 R");
    let copy = stamp(&original, FOOTER).expect("a copy");
    assert!(holds(&copy, "/ID [<aa> <") && !holds(&copy, "<bb>") && holds(&copy, "/Info 3 0 R"));
}

#[test]
fn a_name_of_greek_letters_is_written_and_one_of_arabic_letters_refused() {
    let file = document(&[room(false)]);
    assert!(stamp(&file, "Ελληνική Εταιρεία Α.Ε. · Łódź").is_ok());
    for name in ["شركة المقاولات", "建設会社", "a\u{202e}b", "a\u{7}b"] {
        let refused = stamp(&file, name).expect_err("no boxes");
        assert!(
            matches!(refused, StampError::Text(PdfError::Character { .. })),
            "{name}: {refused}"
        );
    }
}

#[test]
fn a_long_name_takes_more_lines_and_one_too_long_is_refused() {
    let file = document(&[room(false), page("/MediaBox [0 0 200 300]", "")]);
    let one_page = document(&[room(false)]);
    let long = "Byggföretaget ".repeat(22);
    assert!(stamp(&one_page, &long).is_ok());
    let refused = StampError::TooLong { part: Part::Footer, page: 2 };
    assert_eq!(stamp(&file, &long).expect_err("too narrow"), refused);
    let unbroken = "x".repeat(300);
    assert!(stamp(&one_page, &unbroken).is_ok(), "a word is broken where the line ends");
}

#[test]
fn line_breaks_in_a_name_are_spaces() {
    let file = document(&[room(false)]);
    assert_eq!(stamp(&file, " Ett\r\n\tAB "), stamp(&file, "Ett AB"));
}

#[test]
fn a_page_too_small_to_be_stamped_is_named() {
    let narrow = document(&[room(false), page("/MediaBox [0 0 100 800]", "")]);
    assert_eq!(stamp(&narrow, FOOTER).expect_err("narrow"), StampError::NoRoom { page: 2 });
    let low = document(&[page("/MediaBox [0 0 800 100]", "0 0 800 100 re f")]);
    assert_eq!(stamp(&low, FOOTER).expect_err("low"), StampError::NoRoom { page: 1 });
}

#[test]
fn an_empty_footer_takes_no_room() {
    let file = document(&[page(A4, &text(72.0, 4.0, "at the lower edge"))]);
    let copy = stamp(&file, " ").expect("a copy");
    assert!(
        !holds(&copy, "re W n")
            && holds(&copy, "/Subtype /Header")
            && !holds(&copy, "/Subtype /Footer")
    );
}
