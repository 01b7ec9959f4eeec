//! Reads a table row by row: finds the delimiter and the heading, then lends out one row at a time.
//!
//! A fault of one row is that row's, and reading goes on behind it; a fault that leaves the rest
//! unreadable ends it. Nothing is trimmed: what a cell means is the caller's to say.

use std::collections::BTreeSet;
use std::io::Read;

use super::decode::Source;
use super::error::{CsvError, RowError};
use super::scan::{Cell, Scan, Scanned};
use super::{Delimiter, Encoding, without_apostrophe};

/// How many rows the delimiter is chosen by.
const SAMPLE_ROWS: usize = 100;

/// How many columns a heading may have, empty ones at its end included: as many as a spreadsheet.
pub const COLUMNS_MAX: usize = 16_384;

/// The names of the columns, as the file has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    names: Vec<String>,
    /// The columns, from 0, that have no name but hold something in one of the first rows.
    unnamed: Vec<usize>,
}

impl Header {
    /// Returns a header of these names, for a table that does not come from a file.
    pub fn new(names: &[&str]) -> Header {
        Header { names: names.iter().map(|name| (*name).to_owned()).collect(), unnamed: Vec::new() }
    }

    /// Returns the names from left to right; empty cells at the end are left out.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Returns the columns, from 0, that have no name but hold something in one of the first rows.
    pub fn unnamed(&self) -> &[usize] {
        &self.unnamed
    }
}

/// A row as it stands in the file, lent until the next is read.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    line: u64,
    text: &'a str,
    unescaped: &'a str,
    cells: &'a [Cell],
}

impl<'a> Row<'a> {
    /// Returns the number, from 1, of the line on which the row begins.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// Returns how many cells there are.
    pub fn width(&self) -> usize {
        self.cells.len()
    }

    /// Returns the cell in this column, counted from 0, or empty text beyond the last.
    ///
    /// The apostrophe with which the writer disarms formulas is taken away again.
    pub fn get(&self, column: usize) -> &'a str {
        self.cells.get(column).map_or("", |cell| without_apostrophe(self.raw(*cell)))
    }

    /// Returns every cell, from left to right, as [`Row::get`] does.
    pub fn cells(&self) -> impl DoubleEndedIterator<Item = &'a str> + use<'a> {
        let row = *self;
        self.cells.iter().map(move |cell| without_apostrophe(row.raw(*cell)))
    }

    fn raw(&self, cell: Cell) -> &'a str {
        let source = if cell.unescaped { self.unescaped } else { self.text };
        &source[cell.start..cell.end]
    }

    fn is_blank(&self) -> bool {
        self.cells().all(is_blank)
    }
}

/// What the reader found on a line: a row as wide as the header, or one with a fault.
///
/// A faulty row is lent as well, so that it can be written back with the reason.
#[derive(Clone, Copy, Debug)]
pub enum Record<'a> {
    Row(Row<'a>),
    Faulty(Row<'a>, RowError),
}

/// Reads rows from bytes in any of the usual encodings, in memory that does not grow with the file.
pub struct Reader<R> {
    source: Source<R>,
    delimiter: Delimiter,
    header: Header,
    /// How many cells the heading had, empty ones at the end included.
    header_cells: usize,
    /// The empty cells among the named ones.
    gaps: Vec<usize>,
    scan: Scan,
    failed: bool,
}

impl<R: Read> Reader<R> {
    /// Reads the beginning and finds out encoding, delimiter and header.
    pub fn open(input: R) -> Result<Reader<R>, CsvError> {
        let source = Source::open(input)?;
        let mut reader = Reader {
            source,
            delimiter: Delimiter::Comma,
            header: Header::new(&[]),
            header_cells: 0,
            gaps: Vec::new(),
            scan: Scan::default(),
            failed: false,
        };
        reader.delimiter = match reader.take_separator()? {
            Some(delimiter) => delimiter,
            None => reader.detect_delimiter(),
        };
        reader.read_header()?;
        Ok(reader)
    }

    /// Returns the names of the columns.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Returns what stands between two cells.
    pub fn delimiter(&self) -> Delimiter {
        self.delimiter
    }

    /// Returns the encoding, as far as it is known: a file that begins in ASCII counts as UTF-8, and
    /// turns out to be Windows-1252 at its first letter of another kind.
    pub fn encoding(&self) -> Encoding {
        self.source.encoding()
    }

    /// Returns the next row that is not blank, or none after the last or after an error.
    pub fn next_record(&mut self) -> Result<Option<Record<'_>>, CsvError> {
        if self.failed {
            return Ok(None);
        }
        let line = match self.scan_row() {
            Ok(Some(line)) => line,
            Ok(None) => return Ok(None),
            Err(error) => {
                self.failed = true;
                return Err(error);
            }
        };
        let fault = self.fault(line);
        let row = self.row(line);
        Ok(Some(match fault {
            None => Record::Row(row),
            Some(error) => Record::Faulty(row, error),
        }))
    }

    /// Takes the line `sep=;` with which Excel lets a file name its delimiter.
    fn take_separator(&mut self) -> Result<Option<Delimiter>, CsvError> {
        let text = self.source.text();
        let end = text.find(['\n', '\r']).unwrap_or(text.len());
        let line = text[..end].trim_matches('"');
        let Some((key, separator)) = line.split_at_checked(4) else { return Ok(None) };
        if !key.eq_ignore_ascii_case("sep=") || separator.len() > 4 {
            return Ok(None);
        }
        let found = Delimiter::ALL.into_iter().find(|known| separator.as_bytes() == [known.byte()]);
        let Some(delimiter) = found else {
            return Err(CsvError::Separator { text: line.to_owned() });
        };
        let line_end = match &text.as_bytes()[end..] {
            [b'\r', b'\n', ..] => 2,
            [] => 0,
            _ => 1,
        };
        self.source.take(end + line_end, 1);
        Ok(Some(delimiter))
    }

    /// Chooses the delimiter that cuts the heading into most cells and the first rows alike.
    ///
    /// If none cuts the heading there is one column, and the choice is the one that leaves its cells
    /// whole.
    fn detect_delimiter(&mut self) -> Delimiter {
        let mut best = (0, Delimiter::Comma);
        for delimiter in Delimiter::ALL {
            let mut at = self.source.taken();
            // How many cells the heading has, and how many of them up to the last with a name.
            let (mut cells, mut named) = (0, 0);
            let (mut rows, mut alike) = (0, 0);
            while rows <= SAMPLE_ROWS {
                let (text, last) = (self.source.text(), self.source.is_exhausted());
                let Scanned::Row { end, .. } = self.scan.row(text, at, delimiter.byte(), last)
                else {
                    // A heading with an unclosed quote still shows the cells before it.
                    if rows == 0 && at < text.len() {
                        cells = self.scan.cells.len() + 1;
                    }
                    break;
                };
                at = end;
                let row = self.row(0);
                if row.is_blank() {
                    continue;
                }
                rows += 1;
                if cells == 0 {
                    cells = row.width();
                    named = cells - row.cells().rev().take_while(|cell| is_blank(cell)).count();
                }
                let is_alike = match cells {
                    1 => row.width() == 1,
                    _ => row.width() >= named && row.cells().skip(named).all(is_blank),
                };
                alike += usize::from(is_alike);
            }
            // Cells of the heading times the share of rows that are alike, in thousandths.
            let cut = if cells > 1 { 1_000_000 } else { 0 };
            let score = cut + cells * 1000 * (alike + 1) / (rows + 1);
            if score > best.0 {
                best = (score, delimiter);
            }
        }
        best.1
    }

    fn read_header(&mut self) -> Result<(), CsvError> {
        let Some(line) = self.scan_row()? else { return Err(CsvError::Empty) };
        if let Some(fault) = self.scan.stray_quote(line) {
            return Err(CsvError::Header(fault));
        }
        let row = self.row(line);
        if row.width() > COLUMNS_MAX {
            return Err(CsvError::TooManyColumns { columns: row.width() });
        }
        let mut names: Vec<String> = row.cells().map(|name| name.trim().to_owned()).collect();
        self.header_cells = names.len();
        while names.last().is_some_and(String::is_empty) {
            names.pop();
        }
        self.gaps = (0..names.len()).filter(|column| names[*column].is_empty()).collect();
        self.header = Header { names, unnamed: Vec::new() };
        self.header.unnamed = self.unnamed_in_sample();
        Ok(())
    }

    /// Returns the columns without a name that hold something in the rows already decoded.
    fn unnamed_in_sample(&mut self) -> Vec<usize> {
        let mut at = self.source.taken();
        let mut unnamed = BTreeSet::new();
        for _ in 0..SAMPLE_ROWS {
            let (text, last) = (self.source.text(), self.source.is_exhausted());
            let Scanned::Row { end, .. } = self.scan.row(text, at, self.delimiter.byte(), last)
            else {
                break;
            };
            at = end;
            if self.scan.cells.len() > self.header_cells || self.scan.stray.is_some() {
                continue;
            }
            let row = self.row(0);
            let trailing = self.header.names.len()..self.header_cells;
            for column in self.gaps.iter().copied().chain(trailing) {
                if !is_blank(row.get(column)) {
                    unnamed.insert(column);
                }
            }
        }
        unnamed.into_iter().collect()
    }

    /// Scans up to the end of the next row that is not blank and returns the line it begins on.
    fn scan_row(&mut self) -> Result<Option<u64>, CsvError> {
        loop {
            let (text, last) = (self.source.text(), self.source.is_exhausted());
            let from = self.source.taken();
            let line = self.source.line();
            match self.scan.row(text, from, self.delimiter.byte(), last) {
                Scanned::Row { end, lines } => {
                    self.source.take(end, lines);
                    if !self.row(line).is_blank() {
                        return Ok(Some(line));
                    }
                }
                Scanned::More => self.source.grow()?,
                Scanned::End => return Ok(None),
                Scanned::Unclosed { lines, within } => {
                    return Err(CsvError::UnclosedQuote { line: line + lines, within });
                }
                Scanned::FieldTooLong { lines } => {
                    return Err(CsvError::FieldTooLong { line: line + lines });
                }
                Scanned::RecordTooLong => return Err(CsvError::RecordTooLong { line }),
            }
        }
    }

    /// Says what is wrong with the row just scanned, and drops empty cells beyond the header.
    fn fault(&mut self, line: u64) -> Option<RowError> {
        if let Some(fault) = self.scan.stray_quote(line) {
            return Some(fault);
        }
        let row = self.row(line);
        let (found, expected) = (row.width(), self.header.names.len());
        if found < expected {
            return Some(RowError::FieldCount { line, found, expected });
        }
        if found > expected {
            let surplus = (expected..found).find(|column| !is_blank(row.get(*column)));
            match surplus {
                Some(column) if column < self.header_cells => {
                    return Some(RowError::Unnamed { line, column: column + 1 });
                }
                Some(_) => return Some(RowError::FieldCount { line, found, expected }),
                None => self.scan.cells.truncate(expected),
            }
        }
        let row = self.row(line);
        let gap = self.gaps.iter().find(|column| !is_blank(row.get(**column)))?;
        Some(RowError::Unnamed { line, column: gap + 1 })
    }

    fn row(&self, line: u64) -> Row<'_> {
        Row {
            line,
            text: self.source.text(),
            unescaped: &self.scan.unescaped,
            cells: &self.scan.cells,
        }
    }
}

fn is_blank(cell: &str) -> bool {
    cell.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use std::io::{self, Read};

    use encoding_rs::WINDOWS_1252;
    use proptest::prelude::*;

    use super::super::scan::FIELD_MAX;
    use super::*;

    /// Lines on which rows begin, with the cells, or with what is wrong.
    type Rows = Vec<(u64, Result<Vec<String>, RowError>)>;

    fn read_all(input: impl Read) -> Result<(Vec<String>, Rows, Encoding, Delimiter), CsvError> {
        let mut reader = Reader::open(input)?;
        let header = reader.header().names().to_vec();
        let mut rows = Vec::new();
        while let Some(record) = reader.next_record()? {
            rows.push(match record {
                Record::Row(row) => (row.line(), Ok(row.cells().map(str::to_owned).collect())),
                Record::Faulty(row, error) => (row.line(), Err(error)),
            });
        }
        Ok((header, rows, reader.encoding(), reader.delimiter()))
    }

    fn rows(text: &str) -> Rows {
        read_all(text.as_bytes()).expect(text).1
    }

    fn error(bytes: &[u8]) -> String {
        read_all(bytes).expect_err("refused").to_string()
    }

    fn good(line: u64, cells: &[&str]) -> (u64, Result<Vec<String>, RowError>) {
        (line, Ok(cells.iter().map(|cell| (*cell).to_owned()).collect()))
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    /// Gives out its bytes one at a time, as a slow pipe may.
    struct Dripping<'a>(&'a [u8]);

    impl Read for Dripping<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = 1.min(self.0.len()).min(buffer.len());
            buffer[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    #[test]
    fn every_encoding_delimiter_and_line_end_is_found_out() {
        let table = "Orgnr|Företag|Ort\n1|\"Åre | \"\"Ä\"\"\n AB\"|Malmö\n\n2|Öster €|\n";
        let marked = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
        for delimiter in Delimiter::ALL {
            for line_end in ["\n", "\r\n", "\r"] {
                let text = table
                    .replace('|', &char::from(delimiter.byte()).to_string())
                    .replace('\n', line_end);
                let expected = vec![
                    good(
                        2,
                        &[
                            "1",
                            &format!("Åre {} \"Ä\"{line_end} AB", char::from(delimiter.byte())),
                            "Malmö",
                        ],
                    ),
                    good(5, &["2", "Öster €", ""]),
                ];
                let files = [
                    (Encoding::Utf8, text.clone().into_bytes()),
                    (Encoding::Utf8, marked(b"\xef\xbb\xbf", text.clone().into_bytes())),
                    (Encoding::Windows1252, WINDOWS_1252.encode(&text).0.into_owned()),
                    (Encoding::Utf16Le, utf16(&text, u16::to_le_bytes)),
                    (Encoding::Utf16Be, utf16(&text, u16::to_be_bytes)),
                    (Encoding::Utf16Le, marked(b"\xff\xfe", utf16(&text, u16::to_le_bytes))),
                    (Encoding::Utf16Be, marked(b"\xfe\xff", utf16(&text, u16::to_be_bytes))),
                ];
                for (encoding, bytes) in files {
                    let context = format!("{encoding} {delimiter} {line_end:?}");
                    let found = read_all(bytes.as_slice()).expect(&context);
                    assert_eq!(found.0, ["Orgnr", "Företag", "Ort"], "{context}");
                    assert_eq!(found.1, expected, "{context}");
                    assert_eq!((found.2, found.3), (encoding, delimiter), "{context}");
                    let dripped = read_all(Dripping(&bytes)).expect(&context);
                    assert_eq!(dripped, found, "{context}");
                }
            }
        }
    }

    #[test]
    fn the_first_letter_outside_ascii_may_come_late() {
        let mut file = b"orgnr;namn\n".to_vec();
        for _ in 0..50_000 {
            file.extend_from_slice(b"1;Bolaget AB\n");
        }
        let ascii = file.clone();
        file.extend_from_slice(b"2;\xc5kesson & Fr\xf6 AB\n");
        let (_, rows, encoding, _) = read_all(file.as_slice()).expect("Windows-1252");
        assert_eq!(encoding, Encoding::Windows1252);
        assert_eq!(rows.last(), Some(&good(50_002, &["2", "Åkesson & Frö AB"])));

        let mut file = ascii;
        file.extend_from_slice("2;Åkesson".as_bytes());
        file.extend_from_slice(b"\r\n3;Fr\xf6\n");
        assert_eq!(
            error(&file),
            "line 50003, column 5: this is not UTF-8, which everything before it is"
        );
    }

    #[test]
    fn a_character_cut_by_the_end_of_a_piece_is_whole() {
        for letter in ["å", "€", "🏦"] {
            for padding in 0..4 {
                let mut text = "a;b\n1;".to_owned();
                text.extend(std::iter::repeat_n('x', 64 * 1024 - text.len() - padding));
                text.push_str(letter);
                text.push_str(";\n");
                let cell = text[6..text.len() - 2].to_owned();
                assert_eq!(rows(&text), [good(2, &["1", &cell])]);
                let western = WINDOWS_1252.encode(&text).0;
                let found = read_all(western.as_ref()).expect("Windows-1252").1;
                assert!(found[0].1.as_ref().is_ok_and(|cells| cells[1].contains("xxx")));
            }
        }
        let (_, cut, encoding, _) = read_all(b"a;b\n1;\xc3".as_slice()).expect("Windows-1252");
        assert_eq!((cut, encoding), (vec![good(2, &["1", "Ã"])], Encoding::Windows1252));
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_place() {
        let cases: [(&[u8], &str); 16] = [
            (b"", "it is empty"),
            (b"\xef\xbb\xbf", "it is empty"),
            (b"\n\r\n \n", "it is empty"),
            (
                b"PK\x03\x04\x14\0",
                "it is a workbook (xlsx, ods) or another zip file, not a table of text",
            ),
            (b"%PDF-1.7", "it is a PDF, not a table of text"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1", "it is an old workbook (xls), not a table of text"),
            (b"<HTML><body>", "it is a web page, not a table of text"),
            (b"a;b\n1;x\0y\n", "line 2, column 4: a NUL character, which no text has"),
            (b"\x89PNG\r\n\x1a\n\0\0", "line 3, column 1: a NUL character, which no text has"),
            (b"\xff\xfea\0;\0b\0\n\0\0\0", "line 2, column 1: a NUL character, which no text has"),
            (
                b"\xff\xfea\0;\0\x00\xd8b\0",
                "line 1, column 3: this is not UTF-16LE, which everything before it is",
            ),
            (
                b"\xff\xfea\0;",
                "line 1, column 2: this is not UTF-16LE, which everything before it is",
            ),
            (
                b"\xef\xbb\xbfa;\xe5",
                "line 1, column 3: this is not UTF-8, which everything before it is",
            ),
            // The same å, ä and Å as DOS and the Macintosh write them.
            (
                b"a;b\n1;\x8fre",
                "line 2, column 3: this is not Windows-1252, which everything before it is",
            ),
            (
                b"a;b\n1;V\x84stra",
                "line 2, column 4: this is not Windows-1252, which everything before it is",
            ),
            (
                b"a;b\n1;Gr\x8cs",
                "line 2, column 5: this is not Windows-1252, which everything before it is",
            ),
        ];
        for (bytes, message) in cases {
            assert_eq!(error(bytes), message);
        }
        let mixed = b"a;b\n1;\xe5\n2;\xc3\xa5\n";
        assert!(error(mixed).starts_with("line 3, column 4: this is not Windows-1252"));
        assert_eq!(rows("a;b\n").len(), 0);
        assert_eq!(rows("a;b").len(), 0);
    }

    #[test]
    fn an_unclosed_quote_is_found_where_it_was_opened() {
        assert_eq!(
            error(b"a;b\n1;2\n3;\"x\r\n4;5\r6;7\n"),
            "line 3: the quote opened on this line is not closed before the end of the file"
        );
        assert_eq!(
            error(b"a;b\n\"x\ny\";\"z\n"),
            "line 3: the quote opened on this line is not closed before the end of the file"
        );
        assert_eq!(
            error(b"a;\"b\n1;2\n"),
            "line 1: the quote opened on this line is not closed before the end of the file"
        );
        let mut file = b"a;b\n1;\"x\n".to_vec();
        file.extend(b"2;y\n".repeat(600_000));
        assert_eq!(
            error(&file),
            "line 2: the quote opened on this line is not closed within 1 MiB"
        );
    }

    #[test]
    fn a_heading_wider_than_any_spreadsheet_is_refused_at_once() {
        let wide = |columns: usize| {
            format!("a{}\n1{}\n", ",".repeat(columns - 1), ",1".repeat(columns - 1))
        };
        assert_eq!(
            error(wide(COLUMNS_MAX + 1).as_bytes()),
            "line 1: the heading has 16385 columns, and at most 16384 are read"
        );
        let widest = wide(COLUMNS_MAX);
        let reader = Reader::open(widest.as_bytes()).expect("read");
        assert_eq!(reader.header().unnamed().len(), COLUMNS_MAX - 1);
    }

    #[test]
    fn fields_and_rows_have_a_longest() {
        let long = "å".repeat(500_000);
        assert_eq!(
            rows(&format!("a,b\n1,{long}\n2,\n")),
            [good(2, &["1", &long]), good(3, &["2", ""])]
        );
        let quoted = format!("a,b\n1,\"{}\"\n2,\n", "\n\"\"".repeat(300_000));
        assert_eq!(rows(&quoted)[1], good(300_003, &["2", ""]));
        let longer = "x".repeat(FIELD_MAX + 1);
        assert_eq!(
            error(format!("a,b\n1,{longer}").as_bytes()),
            "line 2: a field is longer than 1 MiB"
        );
        assert_eq!(
            error(format!("a,b\n1,\"{longer}\"").as_bytes()),
            "line 2: the quote opened on this line is not closed within 1 MiB"
        );
        let wide = format!("{long},").repeat(5);
        assert_eq!(
            error(format!("a,b\n{wide}\n").as_bytes()),
            "line 2: the row is longer than 4 MiB"
        );
        assert!(error(format!("a,b\n{}", "x,".repeat(3 << 20)).as_bytes()).ends_with("4 MiB"));
    }

    #[test]
    fn a_row_of_another_width_is_that_rows_error() {
        let text = "a;b;c\n1;2\n1;2;3\n1;2;3;;\n1;2;3;;5\n;;\n\n1;;\n";
        assert_eq!(
            rows(text),
            [
                (2, Err(RowError::FieldCount { line: 2, found: 2, expected: 3 })),
                good(3, &["1", "2", "3"]),
                good(4, &["1", "2", "3"]),
                (5, Err(RowError::FieldCount { line: 5, found: 5, expected: 3 })),
                good(8, &["1", "", ""]),
            ]
        );
    }

    #[test]
    fn text_after_a_closing_quote_is_that_rows_error() {
        assert_eq!(
            rows("a,b,c\n1,\"B \"x\" AB\",2\n1,\"x\n2,\"y\",3\n4,\"5\"  ,6\n"),
            [
                (2, Err(RowError::StrayQuote { line: 2, opened: 2, closed: 2 })),
                (3, Err(RowError::StrayQuote { line: 3, opened: 3, closed: 4 })),
                good(5, &["4", "5", "6"]),
            ]
        );
        assert_eq!(rows("a,b\n12\" rör,2\n"), [good(2, &["12\" rör", "2"])]);
        assert!(error(b"\"a\"x,b\n").starts_with("line 1: text follows the quote"));
    }

    #[test]
    fn a_faulty_row_can_be_written_back() {
        let mut reader = Reader::open("a;b\n1;\"x \"y\" \"\"z\n".as_bytes()).expect("opens");
        let record = reader.next_record().expect("reads").expect("a row");
        let Record::Faulty(row, _) = record else { panic!("{record:?}") };
        assert_eq!(row.cells().collect::<Vec<_>>(), ["1", "x y\" \"\"z"]);
        assert_eq!((row.get(1), row.get(2)), ("x y\" \"\"z", ""));
    }

    #[test]
    fn cells_without_a_heading_must_be_empty() {
        assert_eq!(
            rows("a;;b;;\n1;;2;;\n1;x;2\n1;;2;;y\n1;;2;;;\n1;;2;;;z\n"),
            [
                good(2, &["1", "", "2"]),
                (3, Err(RowError::Unnamed { line: 3, column: 2 })),
                (4, Err(RowError::Unnamed { line: 4, column: 5 })),
                good(5, &["1", "", "2"]),
                (6, Err(RowError::FieldCount { line: 6, found: 6, expected: 3 })),
            ]
        );
        let reader = Reader::open("a;;b;;\n1;x;2\n1;;2;;y\n".as_bytes()).expect("opens");
        assert_eq!(reader.header().names(), ["a", "", "b"]);
        assert_eq!(reader.header().unnamed(), [1, 4]);
    }

    #[test]
    fn the_delimiter_is_told_by_heading_and_rows() {
        let cases = [
            ("a;b\n1;2\n", Delimiter::Semicolon),
            ("a,b\n1,2\n", Delimiter::Comma),
            ("a\tb\n1\t2\n", Delimiter::Tab),
            ("\"a;x\",b\n\"1;2;3\",4\n", Delimiter::Comma),
            ("namn;adress, ort;summa\nA, B;C, D;1,5\nE;F;2,5\n", Delimiter::Semicolon),
            ("namn;adress, ort;summa\n", Delimiter::Semicolon),
            ("namn,\"kort;lång\",x\n1;2,3;4,5;6\n", Delimiter::Comma),
            ("a;;;\n1;;;\n", Delimiter::Semicolon),
            ("a;b;c\n1;2\n1;2\n1\n", Delimiter::Semicolon),
            ("sep=,\r\na;b,c\n1,2\n", Delimiter::Comma),
            ("\u{feff}SEP=\t\na\tb,c,d\n", Delimiter::Tab),
        ];
        for (text, delimiter) in cases {
            let found = read_all(text.as_bytes()).expect(text);
            assert_eq!(found.3, delimiter, "{text:?}");
        }
        assert_eq!(rows("namn\nBolag, AB\nX\n"), [good(2, &["Bolag, AB"]), good(3, &["X"])]);
        assert_eq!(rows("sep=;\r\n\r\na;b\r\n1;2\r\n"), [good(4, &["1", "2"])]);
        assert_eq!(error(b"sep=|\na|b\n"), "line 1: `sep=|` names no known delimiter");
        assert_eq!(error(b"sep=;"), "it is empty");
    }

    #[test]
    fn a_heading_in_capitals_after_a_mark_is_plain() {
        let (header, rows, ..) =
            read_all("\u{feff}\"ORGNR\";NAMN \r\n1;2\r\n".as_bytes()).expect("reads");
        assert_eq!(
            (header, rows),
            (vec!["ORGNR".into(), "NAMN".into()], vec![good(2, &["1", "2"])])
        );
    }

    #[test]
    fn a_broken_pipe_in_the_middle_is_an_error_and_then_the_end() {
        struct Failing;
        impl Read for Failing {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("gone"))
            }
        }
        let long = format!("a;b\n{}", "1;2\n".repeat(40_000));
        let mut reader =
            Reader::open(long.as_bytes().chain(Failing)).expect("the first piece is there");
        let failure = loop {
            match reader.next_record() {
                Ok(Some(_)) => {}
                Ok(None) => panic!("no error"),
                Err(error) => break error,
            }
        };
        assert_eq!(failure.to_string(), "cannot read it: gone");
        assert!(matches!(reader.next_record(), Ok(None)));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = read_all(bytes.as_slice());
        }

        #[test]
        fn no_table_makes_it_panic_and_lines_only_grow(text in "[a\";,\\t\r\n å\u{feff}=']{0,60}") {
            if let Ok((_, rows, ..)) = read_all(text.as_bytes()) {
                prop_assert!(rows.windows(2).all(|pair| pair[0].0 < pair[1].0));
            }
        }

        #[test]
        fn it_agrees_with_the_csv_crate(body in prop::collection::vec(
            prop::collection::vec("[a1å ]{0,3}|\"[a,;\r\n å]{0,4}\"|\"a\"\"b\"", 3), 0..8,
        )) {
            let mut text = "a,b,c\n".to_owned();
            for row in &body {
                text.push_str(&row.join(","));
                text.push('\n');
            }
            let oracle: Vec<Vec<String>> = csv::Reader::from_reader(text.as_bytes())
                .into_records()
                .map(|record| record.expect("reads").iter().map(str::to_owned).collect())
                .filter(|row: &Vec<String>| !row.iter().all(|cell| cell.trim().is_empty()))
                .collect();
            let found: Vec<Vec<String>> =
                rows(&text).into_iter().map(|(_, row)| row.expect("even")).collect();
            prop_assert_eq!(found, oracle);
        }
    }
}
