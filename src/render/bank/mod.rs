//! Payments as banks tell them: BgMax, and camt.054 in versions 02 and 08.
//!
//! A file is recognised by what stands in it and read as a stream, in bounded memory, so that a million
//! payments will do and a pipe too. What is checked stands here, in one place: control sums and counts,
//! the account paid to, the currency, the day. A deposit (a section of BgMax, an entry of camt.054) that
//! fails is refused whole and the others stand; a file that is cut off or of the wrong shape is refused
//! whole. Nothing here knows which payments are in the books already.

mod bgmax;
mod camt;
mod decode;
mod error;
#[cfg(test)]
mod tests;
mod xml;

use std::fmt;
use std::io::{BufRead, BufReader, Cursor, ErrorKind, Read};

use chrono::NaiveDate;

use self::bgmax::BgMax;
use self::camt::Camt;
use crate::domain::bank::{Incoming, Payees};

pub use self::error::{BankError, Problem};

/// How much of a file is looked at to tell what it is.
const HEAD: u64 = 4096;

/// The longest text that is kept of one field, in characters.
const TEXT_MAX: usize = 1000;

/// The formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    BgMax,
    Camt02,
    Camt08,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Format::BgMax => "BgMax",
            Format::Camt02 => "camt.054.001.02",
            Format::Camt08 => "camt.054.001.08",
        })
    }
}

/// What a payment must be like to be the seller's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    pub payees: Payees,
    /// No payment is of a later day.
    pub today: NaiveDate,
}

/// What a file tells, one after another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// A payment of the deposit at hand.
    Payment(Incoming),
    /// The end of the deposit at hand: the day of its payments, or why none of them counts.
    Deposit(Result<NaiveDate, Problem>),
    /// The end of the deposits since the last of these, or why none of them counts.
    Section(Result<(), Problem>),
}

/// What stands in a file and is no payment to the seller.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PassedOver {
    /// Entries that are announced and not booked.
    pub pending: u64,
    /// Money that went out.
    pub outgoing: u64,
    /// Payments of nothing.
    pub empty: u64,
}

/// A bank's file being read.
pub struct Reader<R: Read> {
    kind: Kind<R>,
}

enum Kind<R: Read> {
    BgMax(Box<BgMax<Whole<R>>>),
    Camt(Box<Camt<Whole<R>>>),
}

/// The whole input: what was looked at, and the rest.
type Whole<R> = BufReader<std::io::Chain<Cursor<Vec<u8>>, R>>;

impl<R: Read> Reader<R> {
    /// Recognises the file by its beginning.
    ///
    /// Errors where it is none that is read here, saying what it seems to be.
    pub fn open(input: R, expected: Expected) -> Result<Reader<R>, BankError> {
        let (head, whole) = look(input)?;
        let kind = match recognise(&head)? {
            Kin::BgMax => Kind::BgMax(Box::new(BgMax::new(whole, expected))),
            Kin::Xml => Kind::Camt(Box::new(Camt::open(whole, &head, expected)?)),
        };
        Ok(Reader { kind })
    }

    pub fn format(&self) -> Format {
        match &self.kind {
            Kind::BgMax(_) => Format::BgMax,
            Kind::Camt(camt) => camt.format(),
        }
    }

    /// Returns what comes next, and nothing after the end of a file that is whole.
    pub fn next_item(&mut self) -> Result<Option<Item>, BankError> {
        match &mut self.kind {
            Kind::BgMax(bgmax) => bgmax.next_item(),
            Kind::Camt(camt) => camt.next_item(),
        }
    }

    /// Returns what was passed over so far.
    pub fn passed_over(&self) -> PassedOver {
        match &self.kind {
            Kind::BgMax(bgmax) => bgmax.passed_over(),
            Kind::Camt(camt) => camt.passed_over(),
        }
    }

    /// Returns the day on which the bank made the file, as far as it is read and says so.
    pub fn made_on(&self) -> Option<NaiveDate> {
        match &self.kind {
            Kind::BgMax(bgmax) => bgmax.made_on(),
            Kind::Camt(camt) => camt.made_on(),
        }
    }
}

/// Reads the first bytes; returns them, and the input as if they had not been read.
fn look<R: Read>(mut input: R) -> Result<(Vec<u8>, Whole<R>), BankError> {
    let mut head = Vec::new();
    input.by_ref().take(HEAD).read_to_end(&mut head).map_err(BankError::Io)?;
    let chained = Cursor::new(head.clone()).chain(input);
    Ok((head, BufReader::with_capacity(64 * 1024, chained)))
}

enum Kin {
    BgMax,
    Xml,
}

/// Tells the format by the first bytes that say something.
fn recognise(head: &[u8]) -> Result<Kin, BankError> {
    let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    if start.is_empty() {
        return Err(BankError::Empty);
    }
    if start.starts_with(b"01BGMAX") {
        return Ok(Kin::BgMax);
    }
    if start.starts_with(b"<") || matches!(start, [0, b'<', ..] | [b'<', 0, ..]) {
        return Ok(Kin::Xml);
    }
    if let Some(text) = head.strip_prefix(b"\xff\xfe").or(head.strip_prefix(b"\xfe\xff")) {
        let mut signs =
            text.iter().filter(|byte| !matches!(byte, 0 | b' ' | b'\r' | b'\n' | b'\t'));
        return match signs.next() {
            Some(b'<') | None => Ok(Kin::Xml),
            Some(_) => Err(BankError::Unknown { kind: Some("a text in UTF-16") }),
        };
    }
    let kind =
        OTHER_FILES.iter().find(|(begin, _)| start.starts_with(begin)).map(|(_, kind)| *kind);
    Err(BankError::Unknown { kind })
}

/// How other files begin that people take for the bank's.
const OTHER_FILES: [(&[u8], &str); 6] = [
    (b"PK\x03\x04", "a workbook or another zip file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"%PDF", "a PDF"),
    (b"#FLAGGA", "a file for bookkeeping (SIE)"),
    (b"00", "another of the Bankgirot's files"),
    (b"05", "a BgMax file without its start record (01)"),
];

/// Reads a line without its end into `line`, at most `max` bytes; returns how many bytes it takes up,
/// 0 at the end of the input, and `None` for a longer one.
fn read_line(
    input: &mut impl BufRead,
    line: &mut Vec<u8>,
    max: usize,
) -> std::io::Result<Option<usize>> {
    line.clear();
    let mut taken = 0;
    loop {
        let available = match input.fill_buf() {
            Ok(available) => available,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let end = available.iter().position(|byte| *byte == b'\n');
        let part = end.unwrap_or(available.len());
        if line.len() + part > max {
            return Ok(None);
        }
        line.extend_from_slice(&available[..part]);
        let used = part + usize::from(end.is_some());
        let is_last = available.is_empty() || end.is_some();
        input.consume(used);
        taken += used;
        if is_last {
            if line.last() == Some(&b'\r') {
                line.pop();
            }
            return Ok(Some(taken));
        }
    }
}

/// Returns text with every run of blanks and control characters as one blank, cut to what is kept;
/// nothing if nothing remains.
fn tidy(text: &str) -> Option<String> {
    let is_gap = |c: char| c.is_whitespace() || c.is_control();
    let is_tidy = !text.is_empty()
        && text.len() <= TEXT_MAX
        && text.bytes().all(|byte| byte.is_ascii_graphic());
    if is_tidy {
        return Some(text.to_owned());
    }
    let mut kept = String::with_capacity(text.len().min(TEXT_MAX));
    for word in text.split(is_gap).filter(|word| !word.is_empty()) {
        if !kept.is_empty() {
            kept.push(' ');
        }
        kept.push_str(word);
        if kept.len() > 4 * TEXT_MAX {
            break;
        }
    }
    if let Some((cut, _)) = kept.char_indices().nth(TEXT_MAX) {
        kept.truncate(cut);
    }
    (!kept.is_empty()).then_some(kept)
}

/// Puts words after those that are there, unless they stand there already.
fn add_words(text: &mut Option<String>, words: Option<String>) {
    match (text, words) {
        (_, None) => {}
        (text @ None, words) => *text = words,
        (Some(text), Some(words)) => {
            if text.len() < TEXT_MAX && *text != words {
                text.push(' ');
                text.push_str(&words);
            }
        }
    }
}
