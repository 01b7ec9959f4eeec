//! Copies as other programs see them: qpdf and MuPDF find nothing wrong, and Poppler finds the text.
//!
//! Where a program is not installed, its part of a test is left out, and the test says so.

#![expect(clippy::print_stdout, reason = "a test says what it skipped")]

use std::fs;
use std::process::Command;

use super::samples::{A4, document, every_kind, objects, packed, page, text};
use super::{FOOTER, HEADER, stamp};

/// Runs a program on a file, which stands for `FILE` among the arguments, and returns what it says and
/// whether it was content; `None` where it is not installed.
pub fn told(program: &str, arguments: &[&str], file: &[u8]) -> Option<(String, bool)> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("copy.pdf");
    fs::write(&path, file).expect("a file");
    let path = path.to_str().expect("a plain path");
    let arguments = arguments.iter().map(|word| if *word == "FILE" { path } else { word });
    let Ok(output) = Command::new(program).args(arguments).output() else {
        skipped(program);
        return None;
    };
    let words = [output.stdout, output.stderr].concat();
    Some((String::from_utf8_lossy(&words).into_owned(), output.status.success()))
}

pub fn skipped(program: &str) {
    println!("skipped: {program} is not installed");
}

fn copies() -> Vec<(Vec<u8>, Vec<u8>)> {
    let many: Vec<_> =
        (1..=500).map(|n| page(A4, &text(72.0, 700.0, &format!("page {n}")))).collect();
    let originals = [document(&every_kind()), packed(&objects(&every_kind(), "")), document(&many)];
    let stamped = |file: Vec<u8>| {
        let copy = stamp(&file, FOOTER).expect("a copy");
        (file, copy)
    };
    originals.into_iter().map(stamped).collect()
}

#[test]
fn qpdf_and_mupdf_find_nothing_wrong() {
    for (_, copy) in copies() {
        if let Some((words, is_content)) = told("qpdf", &["--check", "FILE"], &copy) {
            assert!(is_content && !words.contains("WARNING"), "{words}");
        }
        let arguments = ["draw", "-q", "-F", "txt", "-o", "/dev/null", "FILE"];
        if let Some((words, is_content)) = told("mutool", &arguments, &copy) {
            let words: Vec<&str> = words.lines().filter(|line| !line.contains("ICC")).collect();
            assert!(is_content && words.is_empty(), "{words:?}");
        }
    }
}

#[test]
fn every_page_has_its_own_text_in_order_and_header_and_footer() {
    for (original, copy) in copies() {
        let arguments = ["-raw", "FILE", "-"];
        let Some((before, _)) = told("pdftotext", &arguments, &original) else { return };
        let (after, _) = told("pdftotext", &arguments, &copy).expect("it was there before");
        let pages = before.split('\u{c}').zip(after.split('\u{c}'));
        for (page, (before, after)) in pages.enumerate().filter(|(_, (_, after))| !after.is_empty())
        {
            let marks = [HEADER, "Byggföretaget Åkesson & Söner AB,", "556677-8899"];
            let footer = after.replace('\n', " ");
            assert!(marks.iter().all(|mark| footer.contains(mark)), "page {}: {after}", page + 1);
            let own =
                |line: &&str| !line.is_empty() && marks.iter().all(|mark| !line.contains(mark));
            let (before, after): (Vec<&str>, Vec<&str>) =
                (before.lines().filter(own).collect(), after.lines().filter(own).collect());
            // Poppler loses the text of a page that restores states it never saved; a copy has it back.
            if page != 12 {
                assert_eq!(after, before, "page {}", page + 1);
            }
        }
    }
}

#[test]
fn poppler_sees_pages_of_the_same_size_turned_the_same_way() {
    for (original, copy) in copies() {
        let arguments = ["-l", "600", "-box", "FILE"];
        let Some((before, _)) = told("pdfinfo", &arguments, &original) else { return };
        let (after, _) = told("pdfinfo", &arguments, &copy).expect("it was there before");
        let pages = |words: &str| -> Vec<String> {
            words.lines().filter(|line| line.starts_with("Page")).map(str::to_owned).collect()
        };
        assert_eq!(pages(&after), pages(&before));
    }
}
