//! Why a table could not be read: the file as a whole, or one row of it.

use std::fmt;
use std::io;

use super::Encoding;
use super::reader::COLUMNS_MAX;

/// Why reading stopped. Lines are counted from 1, as an editor does; columns in characters, from 1.
#[derive(Debug)]
pub enum CsvError {
    Io(io::Error),
    Empty,
    /// It begins as another kind of file does; `kind` is that kind with its article.
    NotText {
        kind: &'static str,
    },
    Nul {
        line: u64,
        column: u64,
    },
    /// What follows is not in the encoding in which everything before it is.
    Encoding {
        line: u64,
        column: u64,
        encoding: Encoding,
    },
    /// The first line says `sep=` and then something that is no known delimiter.
    Separator {
        text: String,
    },
    /// `line` is where the quote was opened.
    UnclosedQuote {
        line: u64,
        within: Within,
    },
    FieldTooLong {
        line: u64,
    },
    RecordTooLong {
        line: u64,
    },
    /// More columns than any spreadsheet has.
    TooManyColumns {
        columns: usize,
    },
    Header(RowError),
}

/// How far was read in search of a closing quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Within {
    File,
    Field,
    Record,
}

impl CsvError {
    /// Returns what to do about it, where something can be done.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            CsvError::NotText { .. } | CsvError::Nul { .. } => {
                Some("open it in the spreadsheet program and save it as CSV UTF-8")
            }
            CsvError::Encoding { .. } => Some(
                "save it as CSV UTF-8; neither the DOS nor the Macintosh encoding is read, nor a \
                 file put together from several",
            ),
            CsvError::UnclosedQuote { .. } => {
                Some("close the quote, or write it twice if it belongs to the text")
            }
            CsvError::Separator { .. } => Some("separate by comma, semicolon or tab"),
            CsvError::TooManyColumns { .. } => {
                Some("delete the columns that are not needed, empty ones at the end too")
            }
            CsvError::Empty => Some("the first line must name the columns"),
            CsvError::Header(error) => error.hint(),
            CsvError::Io(_) | CsvError::FieldTooLong { .. } | CsvError::RecordTooLong { .. } => {
                None
            }
        }
    }
}

impl fmt::Display for CsvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CsvError::Io(error) => write!(f, "cannot read it: {error}"),
            CsvError::Empty => f.write_str("it is empty"),
            CsvError::NotText { kind } => write!(f, "it is {kind}, not a table of text"),
            CsvError::Nul { line, column } => {
                write!(f, "line {line}, column {column}: a NUL character, which no text has")
            }
            CsvError::Encoding { line, column, encoding } => write!(
                f,
                "line {line}, column {column}: this is not {encoding}, which everything before it \
                 is"
            ),
            CsvError::Separator { text } => {
                write!(f, "line 1: `{}` names no known delimiter", text.escape_debug())
            }
            CsvError::UnclosedQuote { line, within } => write!(
                f,
                "line {line}: the quote opened on this line is not closed {}",
                match within {
                    Within::File => "before the end of the file",
                    Within::Field => "within 1 MiB",
                    Within::Record => "within a row of 4 MiB",
                }
            ),
            CsvError::FieldTooLong { line } => {
                write!(f, "line {line}: a field is longer than 1 MiB")
            }
            CsvError::RecordTooLong { line } => {
                write!(f, "line {line}: the row is longer than 4 MiB")
            }
            CsvError::TooManyColumns { columns } => write!(
                f,
                "line 1: the heading has {columns} columns, and at most {COLUMNS_MAX} are read"
            ),
            CsvError::Header(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for CsvError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            CsvError::Io(error) => Some(error),
            _ => None,
        }
    }
}

/// What is wrong with one row, while those around it can still be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowError {
    FieldCount {
        line: u64,
        found: usize,
        expected: usize,
    },
    /// Text follows a closing quote; `opened` and `closed` are the lines of that pair of quotes.
    StrayQuote {
        line: u64,
        opened: u64,
        closed: u64,
    },
    /// A cell holds something below an empty heading; columns are counted from 1.
    Unnamed {
        line: u64,
        column: usize,
    },
}

impl RowError {
    /// Returns what to do about it.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            RowError::FieldCount { .. } => {
                Some("a cell that holds the delimiter must stand in double quotes")
            }
            RowError::StrayQuote { .. } => {
                Some("close the quote before the delimiter, and write a quote in the text twice")
            }
            RowError::Unnamed { .. } => Some("name the column, or empty it"),
        }
    }
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RowError::FieldCount { line, found, expected } => write!(
                f,
                "line {line}: the row has {found} {}, the heading {expected}",
                if *found == 1 { "field" } else { "fields" }
            ),
            RowError::StrayQuote { line, opened, closed } => write!(
                f,
                "line {line}: text follows the quote closed on line {closed}, which was opened on \
                 line {opened}"
            ),
            RowError::Unnamed { line, column } => {
                write!(f, "line {line}: {} has no heading but is not empty", Place(*column))
            }
        }
    }
}

impl std::error::Error for RowError {}

/// A column as people find it: its number from 1, and the letters a spreadsheet shows above it.
pub(super) struct Place(pub usize);

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut letters = Vec::new();
        let mut rest = self.0;
        while rest > 0 {
            rest -= 1;
            letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or_default()));
            rest /= 26;
        }
        let letters: String = letters.into_iter().rev().collect();
        write!(f, "column {} ({letters})", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_called_as_in_a_spreadsheet() {
        for (number, letters) in [(1, "A"), (26, "Z"), (27, "AA"), (703, "AAA")] {
            assert_eq!(Place(number).to_string(), format!("column {number} ({letters})"));
        }
    }
}
