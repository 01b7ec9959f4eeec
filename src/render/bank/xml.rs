//! An XML document, element by element, in bounded memory.
//!
//! A DTD is refused, and with it every entity but the five of XML itself: nothing is fetched, nothing
//! grows. Elements lie at most so deep and texts are at most so long; names of elements are taken without
//! their prefix. quick-xml reads; what is allowed is decided here.

use std::io::{BufRead, ErrorKind};

use quick_xml::XmlVersion;
use quick_xml::errors::{Error, IllFormedError, SyntaxError};
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::attributes::Attributes;
use quick_xml::events::{BytesRef, Event};
use quick_xml::reader::Reader;

use super::decode::Decoded;
use super::error::BankError;

/// How deep elements may lie; those of camt.054 lie at most 20 deep.
const DEPTH_MAX: usize = 100;

/// How long one text, tag or comment may be, in bytes, give or take what is read at once.
const PIECE_MAX: usize = 256 * 1024;

/// What comes next in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// An element begins: its name and attributes can be asked for.
    Open,
    /// The innermost element ends: its text can be asked for.
    Close,
    End,
}

/// A document being read.
pub(super) struct Xml<I> {
    reader: Reader<Decoded<I>>,
    piece: Vec<u8>,
    /// The name of the element that began last, with its prefix.
    name: String,
    attributes: String,
    text: String,
    /// Whether what was told last is the end of an element, whose text is done with.
    is_closed: bool,
    depth: usize,
    has_root: bool,
}

impl<I: BufRead> Xml<I> {
    pub(super) fn open(input: I, head: &[u8]) -> Result<Xml<I>, BankError> {
        let mut reader = Reader::from_reader(Decoded::open(input, head)?);
        reader.config_mut().expand_empty_elements = true;
        Ok(Xml {
            reader,
            piece: Vec::new(),
            name: String::new(),
            attributes: String::new(),
            text: String::new(),
            is_closed: false,
            depth: 0,
            has_root: false,
        })
    }

    /// Returns the line up to which was read.
    pub(super) fn line(&self) -> u64 {
        self.reader.get_ref().line()
    }

    /// Returns the name of the element that begins, without its prefix.
    pub(super) fn name(&self) -> &str {
        self.name.split_once(':').map_or(&self.name, |(_, name)| name)
    }

    pub(super) fn prefix(&self) -> &str {
        self.name.split_once(':').map_or("", |(prefix, _)| prefix)
    }

    /// Returns an attribute of the element that begins, by its whole name.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = Attributes::new(&self.attributes, 0);
        let found = attributes.find_map(|attribute| {
            attribute.ok().filter(|attribute| attribute.key.as_ref() == name)
        })?;
        found.normalized_value(XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
    }

    /// Returns the text of the element that ends, that after its last child, without white space around.
    pub(super) fn text(&self) -> &str {
        self.text.trim_matches([' ', '\t', '\r', '\n'])
    }

    /// Reads on to where an element begins or ends.
    pub(super) fn step(&mut self) -> Result<Step, BankError> {
        if self.is_closed {
            self.text.clear();
            self.is_closed = false;
        }
        loop {
            self.piece.clear();
            self.reader.get_mut().allow(PIECE_MAX);
            let event = match self.reader.read_event_into(&mut self.piece) {
                Ok(event) => event,
                Err(error) => {
                    let decoded = self.reader.get_ref();
                    return Err(told(&error, decoded.line(), decoded.encoding()));
                }
            };
            let reader = &self.reader;
            let line = || reader.get_ref().line();
            match event {
                Event::Start(start) => {
                    self.name.clear();
                    self.name.push_str(start.name().as_ref());
                    self.attributes.clear();
                    self.attributes.push_str(start.attributes_raw());
                    self.text.clear();
                    if self.depth == 0 && self.has_root {
                        return Err(BankError::malformed(line(), "a second document begins"));
                    }
                    self.has_root = true;
                    self.depth += 1;
                    if self.depth > DEPTH_MAX {
                        let words = format!("elements lie more than {DEPTH_MAX} deep");
                        return Err(BankError::malformed(line(), words));
                    }
                    return Ok(Step::Open);
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    self.is_closed = true;
                    return Ok(Step::Close);
                }
                Event::Text(text) => self.text.push_str(&text),
                Event::CData(text) => self.text.push_str(&text),
                Event::GeneralRef(reference) => match referred(&reference) {
                    Some(character) => self.text.push_str(&character),
                    None => {
                        let words = format!("the entity `{}` is not one of XML's own", &*reference);
                        return Err(BankError::malformed(line(), words));
                    }
                },
                Event::DocType(_) => {
                    let words = "it declares a document type (DTD), which no bank's file does";
                    return Err(BankError::malformed(line(), words));
                }
                Event::Eof if self.depth > 0 || !self.has_root => {
                    let missing = "elements are not closed".to_owned();
                    return Err(BankError::CutOff { line: line(), missing });
                }
                Event::Eof => return Ok(Step::End),
                Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::Empty(_) => {}
            }
            if self.text.len() > PIECE_MAX {
                return Err(BankError::malformed(line(), too_long()));
            }
            if self.depth == 0 && !self.text().is_empty() {
                return Err(BankError::malformed(line(), "text stands outside the document"));
            }
        }
    }
}

fn too_long() -> String {
    format!("a text or tag is longer than {} kB", PIECE_MAX / 1024)
}

/// Returns what one of XML's own references stands for.
fn referred(reference: &BytesRef<'_>) -> Option<String> {
    if reference.is_char_ref() {
        return reference.resolve_char_ref().ok().flatten().map(String::from);
    }
    resolve_predefined_entity(reference).map(str::to_owned)
}

/// Tells an error of quick-xml's in the words of a file that was sent.
fn told(error: &Error, line: u64, encoding: &str) -> BankError {
    let misencoded = || {
        let words = format!("bytes that are not {encoding}, in which the file says it is written");
        BankError::malformed(line, words)
    };
    match error {
        Error::Io(cause) => match cause.kind() {
            ErrorKind::InvalidData => misencoded(),
            ErrorKind::FileTooLarge => BankError::malformed(line, too_long()),
            kind => BankError::Io(std::io::Error::new(kind, cause.to_string())),
        },
        Error::Encoding(_) => misencoded(),
        Error::Syntax(SyntaxError::InvalidBangMarkup) => {
            BankError::malformed(line, "markup that is not XML")
        }
        Error::Syntax(_) => BankError::CutOff { line, missing: "a tag is not closed".to_owned() },
        Error::IllFormed(IllFormedError::MismatchedEndTag { expected, found }) => {
            let words = format!("`{found}` is closed where `{expected}` is open");
            BankError::malformed(line, words)
        }
        error => BankError::malformed(line, error.to_string()),
    }
}
