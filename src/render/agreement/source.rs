//! A PDF's objects, found by the file's own lists.
//!
//! The lists are taken at their word: a file whose list of objects is wrong is refused, not mended,
//! since what is guessed of a contract may be what it does not say. Objects are read when asked for,
//! and reading is counted: honest objects do not overlap, so whoever reads the file eight times over
//! reads a trap.

use std::cell::Cell;
use std::collections::BTreeMap;

use super::lexer::Lexer;
use super::limits::{FILE_BYTES_MAX, OBJECTS_MAX, PAGE_READING, reading_max};
use super::listing::{Listing, Place};
use super::packs::{Pack, unpack_all};
use super::refusal::Refusal;
use super::value::{Dict, Id, Value};

/// How far from the file's beginning and end its marks are looked for, in bytes.
const NEAR: usize = 1_024;
const NEAR_END: usize = 2_048;

/// A file whose lists have been read.
pub struct Source<'f> {
    bytes: &'f [u8],
    places: BTreeMap<u32, Place>,
    packs: BTreeMap<u32, Pack>,
    /// The newest of the file's trailers.
    pub trailer: Dict<'static>,
    /// The highest object number listed.
    pub number_max: u32,
    /// How many bytes the file has, packed objects unpacked.
    size: usize,
    read: Cell<u64>,
    read_max: Cell<u64>,
}

/// An object as it stands in the file.
pub struct Object<'s> {
    pub value: Value<'s>,
    /// The value's spelling.
    pub raw: &'s [u8],
    /// The bytes of a stream, packed as they are.
    pub data: Option<&'s [u8]>,
}

impl<'f> Source<'f> {
    /// Returns the file's objects. Errors where the file is no PDF that can be taken.
    pub fn open(file: &'f [u8]) -> Result<Source<'f>, Refusal> {
        let bytes = whole(file)?;
        let listing = Listing::read(bytes, last_listing(bytes)?)?;
        if listing.is_encrypted {
            return Err(Refusal::Encrypted);
        }
        if listing.places.len() > OBJECTS_MAX {
            return Err(Refusal::TooManyObjects);
        }
        let mut source = Source {
            bytes,
            number_max: listing.places.keys().next_back().copied().unwrap_or(0),
            places: listing.places,
            packs: BTreeMap::new(),
            trailer: listing.trailer,
            read: Cell::new(0),
            read_max: Cell::new(reading_max(bytes.len())),
            size: bytes.len(),
        };
        let packs = unpack_all(&source, &source.places)?;
        let unpacked: usize = packs.values().map(|pack| pack.bytes.len()).sum();
        source.packs = packs;
        source.size += unpacked;
        source.recount(0);
        Ok(source)
    }

    /// Returns how many bytes the file has.
    pub fn bytes(&self) -> usize {
        self.bytes.len()
    }

    /// Begins to count the reading anew: what has been read once in bounds may be read again, and a
    /// little for each page.
    pub fn recount(&self, pages: usize) {
        self.read.set(0);
        self.read_max.set(reading_max(self.size + pages * PAGE_READING));
    }

    /// Says whether the file lists an object.
    pub fn has(&self, id: Id) -> bool {
        self.places.contains_key(&id.0)
    }

    /// Returns an object; `None` where the file has none of that number, which means null.
    pub fn object(&self, id: Id) -> Result<Option<Object<'_>>, Refusal> {
        match self.places.get(&id.0) {
            Some(Place::At { offset, generation }) if *generation == id.1 => {
                self.object_at(id, *offset).map(Some)
            }
            Some(Place::Packed { pack, index }) if id.1 == 0 => {
                let Some(pack) = self.packs.get(pack) else { return Ok(None) };
                let Some(at) = pack.place(id.0, *index) else {
                    return Err(Refusal::damaged("its list of objects is wrong"));
                };
                let mut lexer = Lexer::new(&pack.bytes, at);
                lexer.space();
                let start = lexer.at;
                let value = lexer.value();
                self.count(lexer.at - start)?;
                Ok(Some(Object { value: value?, raw: &pack.bytes[start..lexer.at], data: None }))
            }
            _ => Ok(None),
        }
    }

    fn object_at(&self, id: Id, offset: usize) -> Result<Object<'_>, Refusal> {
        let mut lexer = Lexer::new(self.bytes, offset);
        if offset >= self.bytes.len() || lexer.object_head() != Some(id) {
            return Err(Refusal::damaged("its list of objects is wrong"));
        }
        lexer.space();
        let start = lexer.at;
        let value = lexer.value();
        self.count(lexer.at - offset)?;
        let value = value?;
        let raw = &self.bytes[start..lexer.at];
        let data = match &value {
            Value::Dict(dict) if lexer.word(b"stream") => {
                let length = match dict.get("Length") {
                    Some(Value::Ref(id)) => self.integer(*id),
                    length => length.and_then(Value::as_integer),
                };
                Some(stream(&lexer, length)?)
            }
            _ => None,
        };
        Ok(Object { value, raw, data })
    }

    /// Returns an object that is a whole number. What else it may be is not looked at, so that no
    /// length can lead to another length.
    fn integer(&self, id: Id) -> Option<i64> {
        let mut lexer = match self.places.get(&id.0)? {
            Place::At { offset, .. } if *offset < self.bytes.len() => {
                let mut lexer = Lexer::new(self.bytes, *offset);
                lexer.object_head().filter(|head| *head == id)?;
                lexer
            }
            Place::Packed { pack, index } => {
                let pack = self.packs.get(pack)?;
                Lexer::new(&pack.bytes, pack.place(id.0, *index)?)
            }
            _ => return None,
        };
        lexer.count().and_then(|number| i64::try_from(number).ok())
    }

    /// Returns a value, or the one it refers to.
    pub fn resolve<'v>(&'v self, value: &Value<'v>) -> Result<Value<'v>, Refusal> {
        let mut value = value.clone();
        for _ in 0..8 {
            let Value::Ref(id) = value else { return Ok(value) };
            value = self.object(id)?.map_or(Value::Null, |object| object.value);
        }
        Err(Refusal::Looping { what: "a reference" })
    }

    /// Returns the value of a name, resolved; null where there is none.
    pub fn get<'v>(&'v self, dict: &Dict<'v>, name: &str) -> Result<Value<'v>, Refusal> {
        dict.get(name).map_or(Ok(Value::Null), |value| self.resolve(value))
    }

    /// Returns the dictionary that a name has, resolved; an empty one where there is none.
    pub fn dict<'v>(&'v self, dict: &Dict<'v>, name: &str) -> Result<Dict<'v>, Refusal> {
        match self.get(dict, name)? {
            Value::Dict(dict) => Ok(dict),
            _ => Ok(Dict::default()),
        }
    }

    /// Returns the catalogue, from which all else is reached.
    pub fn catalogue(&self) -> Result<(Id, Dict<'_>), Refusal> {
        let missing = || Refusal::damaged("its catalogue is missing");
        let id = self.trailer.get("Root").and_then(Value::as_ref).ok_or_else(missing)?;
        match self.object(id)?.map(|object| object.value) {
            Some(Value::Dict(dict)) => Ok((id, dict)),
            _ => Err(missing()),
        }
    }

    /// Returns the version the file says it is of, such as `1.7`.
    pub fn version(&self) -> &[u8] {
        let version = &self.bytes[b"%PDF-".len()..];
        let end = version.iter().position(|b| !b.is_ascii_digit() && *b != b'.');
        &version[..end.unwrap_or(0)]
    }

    fn count(&self, bytes: usize) -> Result<(), Refusal> {
        self.read.set(self.read.get() + bytes as u64);
        if self.read.get() > self.read_max.get() { Err(Refusal::Bomb) } else { Ok(()) }
    }
}

/// Returns the bytes of a stream whose keyword has just been passed.
pub fn stream<'f>(lexer: &Lexer<'f>, length: Option<i64>) -> Result<&'f [u8], Refusal> {
    let rest = &lexer.data[lexer.at..];
    let start: usize = match rest {
        [b'\r', b'\n', ..] => 2,
        [b'\n' | b'\r', ..] => 1,
        _ => 0,
    };
    let end = length.and_then(|length| start.checked_add(usize::try_from(length).ok()?));
    let wrong = || Refusal::damaged("the length of a stream is wrong");
    let data = end.and_then(|end| rest.get(start..end)).ok_or_else(wrong)?;
    let mut after = Lexer::new(lexer.data, lexer.at + start + data.len());
    let is_followed = after.word(b"endstream") || after.data[after.at..].starts_with(b"endstream");
    if is_followed { Ok(data) } else { Err(wrong()) }
}

/// Returns the file from its head on, when it has a head and an end.
fn whole(file: &[u8]) -> Result<&[u8], Refusal> {
    if file.is_empty() {
        return Err(Refusal::Empty);
    }
    if file.len() > FILE_BYTES_MAX {
        return Err(Refusal::TooLarge { bytes: file.len() });
    }
    let head = file[..file.len().min(NEAR)].windows(5).position(|window| window == b"%PDF-");
    let bytes = &file[head.ok_or(Refusal::NotPdf)?..];
    let end = &bytes[bytes.len().saturating_sub(NEAR_END)..];
    match end.windows(5).any(|window| window == b"%%EOF") {
        true => Ok(bytes),
        false => Err(Refusal::CutOff),
    }
}

/// Returns where the newest list of objects stands.
fn last_listing(bytes: &[u8]) -> Result<usize, Refusal> {
    let near = bytes.len().saturating_sub(NEAR_END);
    let word = b"startxref";
    let at = bytes[near..].windows(word.len()).rposition(|window| window == word);
    let at = at.ok_or(Refusal::CutOff)?;
    let mut lexer = Lexer::new(bytes, near + at + word.len());
    let offset = lexer.count().and_then(|offset| usize::try_from(offset).ok());
    offset.filter(|offset| *offset < bytes.len()).ok_or(Refusal::CutOff)
}
