//! Writes tables that the reader beside it reads back unchanged, and no spreadsheet executes.
//!
//! The form is that of RFC 4180 in UTF-8 without a byte order mark, except that lines end in LF and
//! not CRLF: in a pipe, `cut`, `sort` and `diff` take a CR for part of the last cell, while every
//! spreadsheet reads LF as well.

use std::io::{self, Write};

use csv::{ErrorKind, QuoteStyle, Terminator, WriterBuilder};

use crate::domain::text::visible;

use super::headings::{REJECTED_LINE, REJECTED_REASON};
use super::reader::{Header, Row};
use super::{Delimiter, needs_apostrophe};

/// What a cell is to a spreadsheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell<'a> {
    /// Text that may come from outside: it gets an apostrophe in front if it would be a formula.
    Text(&'a str),
    /// Digits with at most one point among them and a minus before; anything else counts as text.
    Number(&'a str),
}

/// Writes rows of typed cells.
pub struct Writer<W: Write> {
    inner: csv::Writer<W>,
    scratch: String,
}

impl<W: Write> Writer<W> {
    /// Writes a row to `out` in pieces of its own choosing; [`Writer::finish`] writes the last.
    pub fn new(out: W, delimiter: Delimiter) -> Writer<W> {
        let inner = WriterBuilder::new()
            .delimiter(delimiter.byte())
            .terminator(Terminator::Any(b'\n'))
            .quote_style(QuoteStyle::Necessary)
            .flexible(true)
            .from_writer(out);
        Writer { inner, scratch: String::new() }
    }

    /// Writes the names of the columns.
    pub fn heading(&mut self, names: &[&str]) -> io::Result<()> {
        self.row(names.iter().map(|name| Cell::Text(name)))
    }

    /// Writes one row.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = Cell<'a>>) -> io::Result<()> {
        for cell in cells {
            let (Cell::Text(text) | Cell::Number(text)) = cell;
            let written = match cell {
                Cell::Number(number) if is_number(number) => self.inner.write_field(number),
                _ if needs_apostrophe(text) => {
                    self.scratch.clear();
                    self.scratch.push('\'');
                    self.scratch.push_str(text);
                    self.inner.write_field(&self.scratch)
                }
                _ => self.inner.write_field(text),
            };
            written.map_err(io_error)?;
        }
        self.inner.write_record(None::<&[u8]>).map_err(io_error)
    }

    /// Writes what is still held back and returns the output.
    pub fn finish(self) -> io::Result<W> {
        self.inner.into_inner().map_err(|error| error.into_error())
    }
}

/// Returns the error beneath with its kind, by which a closed pipe is told from a full disk.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    [whole, fraction]
        .iter()
        .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Writes rows back that could not be taken, each with its line and the reason before it.
///
/// The two columns stand in front because a faulty row may have any number of cells. The reader
/// passes them over, so that the corrected file can be read as it is.
pub struct Rejects<W: Write> {
    writer: Writer<W>,
}

impl<W: Write> Rejects<W> {
    /// Writes the heading of the file the rows come from, by its own delimiter.
    pub fn new(out: W, delimiter: Delimiter, header: &Header) -> io::Result<Rejects<W>> {
        let mut writer = Writer::new(out, delimiter);
        let names = header.names().iter().map(String::as_str);
        writer.row([REJECTED_LINE, REJECTED_REASON].into_iter().chain(names).map(Cell::Text))?;
        Ok(Rejects { writer })
    }

    /// Writes one row, whatever its length.
    pub fn row(&mut self, row: &Row<'_>, reason: &str) -> io::Result<()> {
        let line = row.line().to_string();
        let reason = visible(reason);
        let before = [Cell::Number(&line), Cell::Text(&reason)];
        self.writer.row(before.into_iter().chain(row.cells().map(Cell::Text)))
    }

    /// Writes what is still held back and returns the output.
    pub fn finish(self) -> io::Result<W> {
        self.writer.finish()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::reader::{Reader, Record};
    use super::*;

    fn written(delimiter: Delimiter, rows: &[Vec<Cell<'_>>]) -> String {
        let mut writer = Writer::new(Vec::new(), delimiter);
        writer.heading(&["a", "b", "c"]).expect("memory");
        for row in rows {
            writer.row(row.iter().copied()).expect("memory");
        }
        String::from_utf8(writer.finish().expect("memory")).expect("UTF-8")
    }

    fn read(text: &str) -> Vec<Vec<String>> {
        let mut reader = Reader::open(text.as_bytes()).expect("opens");
        let mut rows = Vec::new();
        while let Some(record) = reader.next_record().expect("reads") {
            let Record::Row(row) = record else { panic!("{record:?} in {text:?}") };
            rows.push(row.cells().map(str::to_owned).collect());
        }
        rows
    }

    #[test]
    fn text_that_would_be_a_formula_is_disarmed_and_amounts_stay_numbers() {
        let rows = [
            vec![Cell::Text("=1+1"), Cell::Number("-3900.50"), Cell::Number("=1")],
            vec![Cell::Text("+46 8 1"), Cell::Text("@x"), Cell::Text("-")],
            vec![Cell::Text("'=x"), Cell::Text("'70-talet"), Cell::Text("a=b")],
            vec![Cell::Text("a;b"), Cell::Text("å \"ä\""), Cell::Number("1")],
            vec![Cell::Text("\tx"), Cell::Text("\rx"), Cell::Number("1.")],
        ];
        assert_eq!(
            written(Delimiter::Semicolon, &rows),
            "a;b;c\n'=1+1;-3900.50;'=1\n'+46 8 1;'@x;'-\n''=x;'70-talet;a=b\n\
             \"a;b\";\"å \"\"ä\"\"\";1\n'\tx;\"'\rx\";1.\n"
        );
    }

    #[test]
    fn rejected_rows_carry_line_and_reason_in_front() {
        let text = "Org.nr;Namn\n1;=x\n2\n3;\"a;b\";c\n";
        let mut reader = Reader::open(text.as_bytes()).expect("opens");
        let header = reader.header().clone();
        let mut rejects = Rejects::new(Vec::new(), reader.delimiter(), &header).expect("memory");
        while let Some(record) = reader.next_record().expect("reads") {
            let (Record::Row(row) | Record::Faulty(row, _)) = record;
            rejects.row(&row, "it is\nwrong").expect("memory");
        }
        let out = String::from_utf8(rejects.finish().expect("memory")).expect("UTF-8");
        assert_eq!(
            out,
            "rejected_line;rejected_reason;Org.nr;Namn\n\
             2;it is\\u{a}wrong;1;'=x\n\
             3;it is\\u{a}wrong;2\n\
             4;it is\\u{a}wrong;3;\"a;b\";c\n"
        );
        let again = Reader::open(out.as_bytes()).expect("opens");
        assert_eq!(again.header().names()[2..], ["Org.nr", "Namn"]);
    }

    #[test]
    fn a_closed_pipe_is_told_by_its_kind() {
        struct Closed;
        impl Write for Closed {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let mut writer = Writer::new(Closed, Delimiter::Comma);
        let wide = "x".repeat(100_000);
        let error = writer.row([Cell::Text(&wide)]).expect_err("closed");
        assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
    }

    proptest! {
        #[test]
        fn reading_undoes_writing(
            body in prop::collection::vec(
                ("[a=+@'-]{1,4}|x", "[^\0]{0,6}|['=+\\-@\t\r\n\";, ]{0,5}", "[a;,\t\"å]{0,6}"),
                0..12,
            ),
            delimiter in prop::sample::select(Delimiter::ALL.to_vec()),
        ) {
            let rows: Vec<Vec<Cell<'_>>> = body
                .iter()
                .map(|(a, b, c)| vec![Cell::Text(a), Cell::Text(b), Cell::Text(c)])
                .collect();
            let expected: Vec<Vec<String>> =
                body.iter().map(|(a, b, c)| vec![a.clone(), b.clone(), c.clone()]).collect();
            prop_assert_eq!(read(&written(delimiter, &rows)), expected);
        }

        #[test]
        fn a_single_column_is_read_back_too(
            body in prop::collection::vec("x[^\0]{0,4}|x[;,\t\"\n]{0,4}", 0..12),
            delimiter in prop::sample::select(Delimiter::ALL.to_vec()),
        ) {
            let mut writer = Writer::new(Vec::new(), delimiter);
            writer.heading(&["a"]).expect("memory");
            for cell in &body {
                writer.row([Cell::Text(cell)]).expect("memory");
            }
            let text = String::from_utf8(writer.finish().expect("memory")).expect("UTF-8");
            let found: Vec<String> = read(&text).into_iter().flatten().collect();
            prop_assert_eq!(found, body);
        }

        #[test]
        fn what_is_written_as_text_never_begins_a_formula(text in "[=+\\-@\t\r\n'a]{0,4}") {
            let shown = read(&written(Delimiter::Comma, &[vec![
                Cell::Text("x"), Cell::Text(&text), Cell::Text(""),
            ]]));
            prop_assert_eq!(&shown[0][1], &text);
            let raw = written(Delimiter::Comma, &[vec![Cell::Text(&text)]]);
            let cell = raw.trim_start_matches("a,b,c\n").trim_start_matches('"');
            prop_assert!(text.is_empty() || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']));
        }
    }
}
