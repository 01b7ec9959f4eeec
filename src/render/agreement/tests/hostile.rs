//! Files made to bring the reader down.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::super::lexer::Lexer;
use super::super::limits::UNPACKED_MAX;
use super::samples::{
    A4, deflated, document, file, file_with, objects, packed, page, stream, text,
};
use super::{Agreement, Look, Press, Refusal, Stamp, refusal};

#[test]
fn nesting_is_refused_before_the_stack_ends() {
    for (open, close) in [("[", "]"), ("<</A ", ">>")] {
        let deep = format!("{}1{}", open.repeat(1_000_000), close.repeat(1_000_000));
        let bytes = file(&objects(&[page(&format!("{A4} /Deep {deep}"), "")], ""));
        assert_eq!(refusal(&bytes), Refusal::Nested);
    }
    let brackets = format!("/Text {}{}", "(".repeat(100_000), ")".repeat(100_000));
    assert!(
        Agreement::read(&file(&objects(&[page(A4, "")], &brackets))).is_ok(),
        "one text, no nesting"
    );
}

#[test]
fn lists_of_pages_that_loop_or_have_no_end_are_refused() {
    let with_kids = |kids: &str| {
        let mut objects = objects(&[page(A4, "")], "");
        objects[1] = format!("<</Type /Pages /Kids [{kids}] /Count 1>>").into_bytes();
        objects
    };
    let looping = Refusal::Looping { what: "the list of its pages" };
    assert_eq!(refusal(&file(&with_kids("2 0 R"))), looping);
    assert_eq!(refusal(&file(&with_kids("4 0 R 4 0 R"))), looping);

    let mut deep = with_kids("6 0 R");
    deep.extend((7..200).map(|next| format!("<</Kids [{next} 0 R]>>").into_bytes()));
    assert_eq!(refusal(&file(&deep)), Refusal::Nested);

    let many = "4 0 R ".repeat(30_000);
    assert_eq!(refusal(&file(&with_kids(&many))), Refusal::TooManyPages);
}

#[test]
fn references_and_lists_that_lead_back_to_themselves_are_refused() {
    let mut round = objects(&[page("/MediaBox 6 0 R", "")], "");
    round.push(b"7 0 R".to_vec());
    round.push(b"6 0 R".to_vec());
    assert_eq!(refusal(&file(&round)), Refusal::Looping { what: "a reference" });

    let plain = objects(&[page(A4, "")], "");
    let table = file(&plain).windows(4).rposition(|window| window == b"xref").expect("a list");
    let table = table - "start".len();
    let table =
        file(&plain)[..table].windows(5).rposition(|window| window == b"xref\n").expect("a table");
    let bytes = file_with(&plain, &format!("/Prev {table}"));
    assert_eq!(refusal(&bytes), Refusal::Looping { what: "its list of objects" });
}

#[test]
fn a_pack_that_unpacks_without_end_is_refused() {
    let bomb = deflated(&vec![b' '; UNPACKED_MAX + 1]);
    let mut objects = objects(&[page(A4, "")], "");
    objects.push(stream("/Type /ObjStm /N 1 /First 10 /Filter /FlateDecode", &bomb));
    let listing = packed(&objects);
    // The pack that `packed` makes is the honest one; the list is made to name the other.
    let row = stream("/Type /XRef /Size 9 /W [1 2 1] /Index [8 1] /Root 1 0 R", &[2, 0, 6, 0]);
    let at = listing.len();
    let older = String::from_utf8_lossy(&listing[listing.len() - 30..]).into_owned();
    let older: String = older
        .split("startxref")
        .nth(1)
        .expect("a list")
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    let row = String::from_utf8_lossy(&row).replace("/Root", &format!("/Prev {older} /Root"));
    let bytes =
        [&listing[..], format!("9 0 obj\n{row}\nendobj\nstartxref\n{at}\n%%EOF\n").as_bytes()]
            .concat();
    assert_eq!(refusal(&bytes), Refusal::Bomb);
}

#[test]
fn objects_laid_over_one_another_are_refused() {
    // A thousand arrays, each beginning a little after the other, all ending where the last one does:
    // strings hide the heads of those within.
    let count = 3_000;
    let mut bytes = b"%PDF-1.7\n1 0 obj <</Type /Catalog /Pages 2 0 R /All [".to_vec();
    let refs: String = (5..5 + count).fold(String::new(), |mut all, number| {
        let _ = write!(all, "{number} 0 R ");
        all
    });
    bytes.extend(refs.bytes());
    bytes.extend(b"]>> endobj\n");
    let mut offsets = vec![9];
    for object in
        ["2 0 obj <</Kids [3 0 R]>> endobj\n", "3 0 obj <</MediaBox [0 0 100 100]>> endobj\n"]
    {
        offsets.push(bytes.len());
        bytes.extend(object.bytes());
    }
    offsets.push(bytes.len());
    bytes.extend(b"4 0 obj null endobj\n");
    for number in 5..5 + count {
        offsets.push(bytes.len());
        bytes.extend(format!("{number} 0 obj % \n").bytes());
        // The next head is no value, so it stands in a comment that begins here and there only.
        bytes.pop();
        bytes.extend(b"\r(");
    }
    bytes.extend(b")".repeat(count));
    let table = bytes.len();
    let lines: String = offsets.iter().fold(String::new(), |mut all, offset| {
        let _ = writeln!(all, "{offset:010} 00000 n ");
        all
    });
    let size = offsets.len() + 1;
    let end = format!(
        "xref\n0 {size}\n0000000000 65535 f \n{lines}trailer\n<</Size {size} /Root 1 0 R>>\n\
         startxref\n{table}\n%%EOF\n"
    );
    bytes.extend(end.bytes());
    assert_eq!(refusal(&bytes), Refusal::Bomb);
}

#[test]
fn too_many_objects_are_refused_whether_there_or_only_numbered() {
    let sparse = file(&objects(&[page(A4, "")], ""));
    let sparse =
        String::from_utf8(sparse).expect("ASCII").replace("xref\n0 6", "xref\n4000000000 6");
    assert_eq!(refusal(sparse.as_bytes()), Refusal::TooManyObjects);
}

#[test]
fn drawings_that_never_end_make_a_full_page_and_no_refusal() {
    // Each form draws the next one twenty times.
    let mut all =
        objects(&[page(&format!("{A4} /Resources <</XObject <</X 6 0 R>>>>"), "/X Do")], "");
    for next in 7..30 {
        let attributes =
            format!("/Subtype /Form /BBox [0 0 9 9] /Resources <</XObject <</X {next} 0 R>>>>");
        all.push(stream(&attributes, "/X Do ".repeat(20).as_bytes()));
    }
    let file = file(&all);
    let copy = super::stamp(&file, "Holder").expect("a copy");
    assert!(super::holds(&copy, "re W n"), "what cannot be followed is moved aside");
}

#[test]
fn a_small_file_whose_drawing_unpacks_to_millions_of_steps_is_followed_no_further() {
    let drawn = |steps: &[u8], count: usize, names: &str| {
        let attributes = format!("{A4} /Resources <</XObject <<{names}>>>>");
        let mut all = objects(&[page(&attributes, "")], "");
        all[4] = stream("/Filter /FlateDecode", &deflated(&steps.repeat(count)));
        let file = file(&all);
        let agreement = Agreement::read(&file).expect("an agreement");
        agreement.drawn()[0].ink.is_some_and(|ink| ink.y1 - ink.y0 > 800.0)
    };
    assert!(!drawn(b"q Q ", 10_000, ""), "nothing is drawn, and it is found");
    assert!(drawn(b"q Q ", 1_000_000, ""), "too many steps");
    assert!(drawn(b"[[[[1 2 3 4]]]] d ", 400_000, ""), "too many values");
    let names: String = (0..20_000).fold(String::new(), |mut names, number| {
        let _ = write!(names, "/N{number} 9 0 R ");
        names
    });
    assert!(
        !drawn(b"/N7 Do ", 10, &names) && drawn(b"/N7 Do ", 10_000, &names),
        "looked up too often"
    );
}

#[test]
fn a_drawing_that_cannot_be_unpacked_is_not_unpacked_anew_for_each_of_a_thousand_pages() {
    let endless = deflated(&vec![b' '; 33 << 20]);
    let count = 1_000;
    let pages: Vec<_> = (0..count).map(|_| page(A4, "")).collect();
    let mut all = objects(&pages, "");
    all[4] = stream("/Filter /FlateDecode", &endless);
    for position in 1..count {
        let dict = String::from_utf8(all[3 + 2 * position].clone()).expect("a page");
        let own = format!("/Contents {} 0 R", 5 + 2 * position);
        all[3 + 2 * position] = dict.replace(&own, "/Contents 5 0 R").into_bytes();
    }
    let file = file(&all);
    let agreement = Agreement::read(&file).expect("an agreement");
    let began = std::time::Instant::now();
    assert!(agreement.drawn().iter().all(|drawn| drawn.ink.is_some()), "full pages");
    assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
}

#[test]
fn a_small_file_with_any_byte_changed_or_missing_is_read_or_refused() {
    let pages = [page(A4, &text(72.0, 720.0, "text"))];
    let mut press = Press::new();
    for whole in [document(&pages), packed(&objects(&pages, ""))] {
        for at in 0..whole.len() {
            let _ = Agreement::read(&whole[..at]);
            for byte in [whole[at] ^ 1, b'0', b'('] {
                let mut bytes = whole.clone();
                bytes[at] = byte;
                let Ok(agreement) = Agreement::read(&bytes) else { continue };
                let stamp = Stamp { header: "Header", footer: "", look: Look::default() };
                let _ = agreement.stamp(&mut press, &stamp);
            }
        }
    }
}

proptest! {
    #[test]
    fn any_bytes_are_a_value_or_none(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Lexer::new(&bytes, 0).value();
    }

    #[test]
    fn any_drawing_is_followed_or_left(
        words in prop::collection::vec(
            prop::sample::select(vec![
                "q", "Q", "cm", "re", "f", "W n", "BT", "ET", "Tf", "Tj", "Td", "TJ", "Do", "BI", "ID", "EI",
                "1", "-7.5", "/F1", "(text)", "<20>", "[(a) 3]", "<<", ">>", "[", "]", "(", ")", "%", "\n", "'", "\"",
            ]),
            0..60,
        ),
    ) {
        let file = document(&[page(A4, &words.join(" "))]);
        let agreement = Agreement::read(&file).expect("an agreement");
        prop_assert_eq!(agreement.drawn().len(), 1);
    }
}
