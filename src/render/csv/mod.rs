//! Tables of text, as spreadsheets export and open them.
//!
//! The reader takes what people have: any of the usual encodings, separators and line ends, found
//! out in one pass, so that a pipe will do, and in bounded memory, so that a million rows will. The
//! writer writes one form only, and the reader reads it back unchanged. Absent on purpose are
//! workbooks (xlsx, ods): they are refused with advice, not guessed at.

pub mod error;
pub mod fields;
pub mod headings;
pub mod reader;
pub mod writer;

mod decode;
mod scan;

use std::fmt;

/// What stands between two cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delimiter {
    Comma,
    Semicolon,
    Tab,
}

impl Delimiter {
    /// Every delimiter, the one least likely to stand inside a cell first.
    pub const ALL: [Delimiter; 3] = [Delimiter::Tab, Delimiter::Semicolon, Delimiter::Comma];

    /// Returns the character itself, which is ASCII.
    pub const fn byte(self) -> u8 {
        match self {
            Delimiter::Comma => b',',
            Delimiter::Semicolon => b';',
            Delimiter::Tab => b'\t',
        }
    }
}

impl fmt::Display for Delimiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Delimiter::Comma => "comma",
            Delimiter::Semicolon => "semicolon",
            Delimiter::Tab => "tab",
        })
    }
}

/// How the characters of a file were written as bytes.
///
/// Latin-1 is read as Windows-1252, which adds characters where Latin-1 has none that print. A file
/// of ASCII alone counts as UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    Windows1252,
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf16Le => "UTF-16LE",
            Encoding::Utf16Be => "UTF-16BE",
            Encoding::Windows1252 => "Windows-1252",
        })
    }
}

/// The characters with which a spreadsheet begins a formula, or drops to find one behind.
///
/// Source: OWASP, "CSV Injection"; the wide forms are what Japanese keyboards type.
const FORMULA_STARTS: [char; 11] =
    ['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// Says whether the writer puts an apostrophe before `text`.
///
/// Text that already has apostrophes before such a character gets one more, so that taking one away
/// again restores every text.
fn needs_apostrophe(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(FORMULA_STARTS)
}

/// Returns `text` without the apostrophe that the writer put before it, if it did.
fn without_apostrophe(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if needs_apostrophe(rest) => rest,
        _ => text,
    }
}
