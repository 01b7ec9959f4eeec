//! The text of an XML document, in whatever encoding it says it is, piece by piece as UTF-8.

use std::cell::Cell;
use std::io::{self, BufRead, ErrorKind, Read};

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::error::BankError;

/// How much text is decoded at once.
const CHUNK: usize = 64 * 1024;

/// An input as UTF-8, which counts lines and bounds how much is read of one thing.
pub(super) struct Decoded<I> {
    input: I,
    decoder: Decoder,
    encoding: &'static Encoding,
    text: Vec<u8>,
    taken: usize,
    /// What was decoded is all that is right: the bytes after it are not in the encoding.
    is_broken: bool,
    is_ended: bool,
    /// Up to where in the text lines were counted, and the line there.
    counted: Cell<(usize, u64)>,
    /// How much may still be read before [`Decoded::allow`].
    allowance: usize,
}

impl<I: BufRead> Decoded<I> {
    /// Decides on the encoding by a mark, by the declaration, or as UTF-8.
    pub(super) fn open(input: I, head: &[u8]) -> Result<Decoded<I>, BankError> {
        let encoding = encoding_of(head)?;
        Ok(Decoded {
            input,
            decoder: encoding.new_decoder_with_bom_removal(),
            encoding,
            text: Vec::new(),
            taken: 0,
            is_broken: false,
            is_ended: false,
            counted: Cell::new((0, 1)),
            allowance: 0,
        })
    }

    /// Returns the line up to which text was taken.
    pub(super) fn line(&self) -> u64 {
        let (at, line) = self.counted.get();
        let fresh = &self.text[at.min(self.taken)..self.taken];
        let line = line + fresh.iter().filter(|byte| **byte == b'\n').count() as u64;
        self.counted.set((self.taken, line));
        line
    }

    /// Forgets the text, which is taken.
    fn forget(&mut self) {
        self.counted.set((0, self.line()));
        self.text.clear();
        self.taken = 0;
    }

    pub(super) fn encoding(&self) -> &'static str {
        self.encoding.name()
    }

    /// Lets so many bytes more be read, and not many more.
    pub(super) fn allow(&mut self, bytes: usize) {
        self.allowance = bytes;
    }

    fn refill(&mut self) -> io::Result<()> {
        self.forget();
        self.text.resize(CHUNK, 0);
        let mut filled = 0;
        while filled == 0 && !self.is_ended && !self.is_broken {
            let raw = match self.input.fill_buf() {
                Ok(raw) => raw,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let is_last = raw.is_empty();
            let (result, read, written) = self.decoder.decode_to_utf8_without_replacement(
                raw,
                &mut self.text[filled..],
                is_last,
            );
            self.input.consume(read);
            filled += written;
            match result {
                DecoderResult::InputEmpty => self.is_ended = is_last,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => self.is_broken = true,
            }
        }
        self.text.truncate(filled);
        Ok(())
    }
}

impl<I: BufRead> Read for Decoded<I> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let length = available.len().min(buffer.len());
        buffer[..length].copy_from_slice(&available[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl<I: BufRead> BufRead for Decoded<I> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.taken >= self.text.len() {
            if self.allowance == 0 {
                return Err(io::Error::from(ErrorKind::FileTooLarge));
            }
            if !self.is_ended && !self.is_broken {
                self.refill()?;
            } else {
                self.forget();
            }
            if self.text.is_empty() && self.is_broken {
                return Err(io::Error::from(ErrorKind::InvalidData));
            }
        }
        Ok(&self.text[self.taken..])
    }

    fn consume(&mut self, amount: usize) {
        let end = (self.taken + amount).min(self.text.len());
        self.taken = end;
        self.allowance = self.allowance.saturating_sub(amount);
    }
}

/// Returns the encoding of a document by its first bytes.
fn encoding_of(head: &[u8]) -> Result<&'static Encoding, BankError> {
    match head {
        [0xff, 0xfe, ..] | [b'<', 0, ..] => return Ok(UTF_16LE),
        [0xfe, 0xff, ..] | [0, b'<', ..] => return Ok(UTF_16BE),
        [0xef, 0xbb, 0xbf, ..] => return Ok(UTF_8),
        _ => {}
    }
    let Some(label) = declared(head) else { return Ok(UTF_8) };
    match Encoding::for_label(label) {
        // A declaration that can be read byte by byte is not in UTF-16.
        Some(encoding) if encoding == UTF_16LE || encoding == UTF_16BE => Ok(UTF_8),
        Some(encoding) => Ok(encoding),
        None => {
            let words = format!("the encoding `{}` is not known", String::from_utf8_lossy(label));
            Err(BankError::malformed(1, words))
        }
    }
}

/// Returns the encoding that the XML declaration names.
fn declared(head: &[u8]) -> Option<&[u8]> {
    let head = head.trim_ascii_start().strip_prefix(b"<?xml")?;
    let end = head.windows(2).position(|pair| pair == b"?>")?;
    let declaration = &head[..end];
    let name = b"encoding";
    let at = declaration.windows(name.len()).position(|window| window == name)?;
    let value = declaration[at + name.len()..].trim_ascii_start().strip_prefix(b"=")?;
    let value = value.trim_ascii_start();
    let quote = *value.first().filter(|quote| matches!(quote, b'"' | b'\''))?;
    let value = &value[1..];
    value.split(|byte| *byte == quote).next()
}
