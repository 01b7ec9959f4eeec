//! Bytes of unknown encoding become text, a piece at a time.
//!
//! The encoding is decided in one pass. A byte order mark or a pattern of NULs tells UTF-16. Anything
//! else is UTF-8 until a byte sequence is not: if all before it was ASCII, the file is Windows-1252
//! from its beginning, and nothing already given out was wrong. So the first å may stand in the
//! last row, and the input may be a pipe. If there was UTF-8 before it, the file is broken there.
//! A statistical guess (chardetng) was not taken: it needs the whole file first.

use std::io::{ErrorKind, Read};

use encoding_rs::{Decoder, DecoderResult, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::Encoding;
use super::error::CsvError;

/// How much is read at once, and looked at to tell what kind of file it is.
const CHUNK: usize = 64 * 1024;

const WORKBOOK: &str = "a workbook (xlsx, ods) or another zip file";

/// How files begin that are no tables of text.
const OTHER_FILES: [(&[u8], &str); 9] = [
    (b"PK\x03\x04", WORKBOOK),
    (b"PK\x05\x06", WORKBOOK),
    (b"\xd0\xcf\x11\xe0", "an old workbook (xls)"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a gzip file"),
    (b"{\\rtf", "a text document (rtf)"),
    (b"<?xml", "an XML file"),
    (b"<html", "a web page"),
    (b"<!DOCTYPE", "a web page"),
];

/// A window of text over an input: what is decoded and not yet taken.
pub(super) struct Source<R> {
    input: R,
    /// Bytes read and not yet decoded: at most the beginning of one UTF-8 character between calls.
    raw: Vec<u8>,
    exhausted: bool,
    encoding: Encoding,
    /// Absent while the text is UTF-8, which the standard library checks.
    decoder: Option<Decoder>,
    /// All ASCII so far and no byte order mark, so that it may still turn out to be Windows-1252.
    undecided: bool,
    previous: u8,
    text: String,
    taken: usize,
    line: u64,
}

impl<R: Read> Source<R> {
    /// Reads the first piece and decides what can be decided from it.
    pub fn open(input: R) -> Result<Source<R>, CsvError> {
        let mut source = Source {
            input,
            raw: Vec::new(),
            exhausted: false,
            encoding: Encoding::Utf8,
            decoder: None,
            undecided: true,
            previous: 0,
            text: String::new(),
            taken: 0,
            line: 1,
        };
        source.read(CHUNK)?;
        if let Some((_, kind)) =
            OTHER_FILES.iter().find(|(start, _)| begins_with(&source.raw, start))
        {
            return Err(CsvError::NotText { kind });
        }
        let (encoding, mark) = encoding_of(&source.raw);
        source.encoding = encoding;
        source.undecided = encoding == Encoding::Utf8 && mark == 0;
        source.decoder = match encoding {
            Encoding::Utf16Le => Some(UTF_16LE.new_decoder_without_bom_handling()),
            Encoding::Utf16Be => Some(UTF_16BE.new_decoder_without_bom_handling()),
            Encoding::Utf8 | Encoding::Windows1252 => None,
        };
        source.raw.drain(..mark);
        source.decode()?;
        Ok(source)
    }

    /// Returns the encoding found, which is final once the text is exhausted.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Returns the decoded text, of which what lies before [`Source::taken`] is spent.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the place in the text up to which it has been taken; a line begins there.
    pub fn taken(&self) -> usize {
        self.taken
    }

    /// Returns the number, from 1, of the line that begins there.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// Says whether the text decoded is all there will be.
    pub fn is_exhausted(&self) -> bool {
        self.exhausted
    }

    /// Takes the text up to `end`, which holds so many line ends.
    pub fn take(&mut self, end: usize, lines: u64) {
        self.taken = end;
        self.line += lines;
    }

    /// Drops what is taken and decodes more: at least as much again as is waiting.
    ///
    /// Doubling keeps the work linear when a row is longer than a piece and is looked at again.
    pub fn grow(&mut self) -> Result<(), CsvError> {
        self.text.drain(..self.taken);
        self.taken = 0;
        self.read(CHUNK.max(self.text.len()))?;
        self.decode()
    }

    fn read(&mut self, amount: usize) -> Result<(), CsvError> {
        let mut filled = self.raw.len();
        let wanted = filled + amount;
        self.raw.resize(wanted, 0);
        while filled < wanted {
            match self.input.read(&mut self.raw[filled..]) {
                Ok(0) => {
                    self.exhausted = true;
                    break;
                }
                Ok(count) => filled += count,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(CsvError::Io(error)),
            }
        }
        self.raw.truncate(filled);
        Ok(())
    }

    fn decode(&mut self) -> Result<(), CsvError> {
        let before = self.text.len();
        let decoded = self.decode_utf8().and_then(|()| self.decode_other());
        let fresh = &self.text[before..];
        if fresh.as_bytes().contains(&0) {
            let nul = fresh.find('\0').unwrap_or_default();
            let (line, column) = self.position(before + nul);
            return Err(CsvError::Nul { line, column });
        }
        decoded
    }

    /// Decodes UTF-8 up to the end of the last whole character, or turns to Windows-1252.
    fn decode_utf8(&mut self) -> Result<(), CsvError> {
        if self.encoding != Encoding::Utf8 {
            return Ok(());
        }
        let mut invalid = false;
        let valid = match str::from_utf8(&self.raw) {
            Ok(valid) => valid,
            Err(error) => {
                invalid = error.error_len().is_some() || self.exhausted;
                str::from_utf8(&self.raw[..error.valid_up_to()]).unwrap_or_default()
            }
        };
        self.text.push_str(valid);
        self.undecided = self.undecided && valid.is_ascii();
        self.previous = valid.bytes().next_back().unwrap_or(self.previous);
        let length = valid.len();
        self.raw.drain(..length);
        match (invalid, self.undecided) {
            (false, _) => Ok(()),
            (true, true) => {
                self.encoding = Encoding::Windows1252;
                self.decoder = Some(WINDOWS_1252.new_decoder_without_bom_handling());
                Ok(())
            }
            (true, false) => Err(self.misencoded()),
        }
    }

    /// Decodes everything else; without a decoder, the text is UTF-8 and there is nothing to do.
    fn decode_other(&mut self) -> Result<(), CsvError> {
        if self.decoder.is_none() {
            return Ok(());
        }
        let mut end = self.raw.len();
        if self.encoding == Encoding::Windows1252 {
            for (index, byte) in self.raw.iter().enumerate() {
                if is_foreign(self.previous, *byte) {
                    end = index;
                    break;
                }
                self.previous = *byte;
            }
        }
        let mut done = 0;
        while let Some(decoder) = self.decoder.as_mut() {
            let rest = &self.raw[done..end];
            // A byte of Windows-1252 becomes at most three, two bytes of UTF-16 likewise.
            self.text.reserve(3 * rest.len() + 16);
            let (result, read) =
                decoder.decode_to_string_without_replacement(rest, &mut self.text, self.exhausted);
            done += read;
            match result {
                DecoderResult::InputEmpty => break,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => return Err(self.misencoded()),
            }
        }
        if end < self.raw.len() {
            return Err(self.misencoded());
        }
        self.raw.clear();
        Ok(())
    }

    fn misencoded(&self) -> CsvError {
        let (line, column) = self.position(self.text.len());
        CsvError::Encoding { line, column, encoding: self.encoding }
    }

    /// Returns the line and column, from 1, of a place in the text that is not taken yet.
    fn position(&self, at: usize) -> (u64, u64) {
        let mut line = self.line;
        let mut column = 1;
        let mut previous = '\0';
        for character in self.text[self.taken..at].chars() {
            match character {
                '\n' if previous == '\r' => {}
                '\n' | '\r' => {
                    line += 1;
                    column = 1;
                }
                _ => column += 1,
            }
            previous = character;
        }
        (line, column)
    }
}

fn begins_with(raw: &[u8], start: &[u8]) -> bool {
    raw.get(..start.len()).is_some_and(|raw| raw.eq_ignore_ascii_case(start))
}

/// Returns the encoding that the first bytes show, and the length of the byte order mark.
///
/// Without a mark, UTF-16 is told by every other byte being NUL, as in Latin letters and digits.
fn encoding_of(raw: &[u8]) -> (Encoding, usize) {
    match raw {
        [0xef, 0xbb, 0xbf, ..] => return (Encoding::Utf8, 3),
        [0xff, 0xfe, ..] => return (Encoding::Utf16Le, 2),
        [0xfe, 0xff, ..] => return (Encoding::Utf16Be, 2),
        _ => {}
    }
    let nuls = |offset| raw.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (first, second, pairs) = (nuls(0), nuls(1), raw.len() / 2);
    if second > 0 && second * 2 > pairs && first * 10 < second {
        (Encoding::Utf16Le, 0)
    } else if first > 0 && first * 2 > pairs && second * 10 < first {
        (Encoding::Utf16Be, 0)
    } else {
        (Encoding::Utf8, 0)
    }
}

/// Says whether a byte shows that the text is not Windows-1252 after all.
///
/// Five bytes have no character there. Of the rest, what DOS (code page 850) and the Macintosh write
/// for ä and å would be „ straight after a letter and Š or Œ after a small one; and Ã before the
/// second byte of å, ä or ö is UTF-8 in the middle of it. A name is better refused than misspelt.
fn is_foreign(previous: u8, byte: u8) -> bool {
    match byte {
        0x81 | 0x8d | 0x8f | 0x90 | 0x9d => true,
        0x84 if previous.is_ascii_alphabetic() => true,
        0x8a | 0x8c => previous.is_ascii_lowercase(),
        0x84 | 0x85 | 0x96 | 0xa4 | 0xa5 | 0xb6 => previous == 0xc3,
        _ => false,
    }
}
