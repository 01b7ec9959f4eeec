//! The lists of a file that say where its objects stand: tables, streams, and both at once.
//!
//! Source: ISO 32000-2, 7.5.4 (tables), 7.5.8 (streams, and 7.5.8.4 for files that have both).

use std::collections::{BTreeMap, BTreeSet};

use super::filter::unpack;
use super::lexer::Lexer;
use super::limits::{OBJECTS_MAX, REVISIONS_MAX, UNPACKED_MAX};
use super::refusal::Refusal;
use super::source::stream;
use super::value::{Dict, Value};

/// Where an object stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Place {
    Free,
    /// At so many bytes from the file's head.
    At {
        offset: usize,
        generation: u16,
    },
    /// Packed with others.
    Packed {
        pack: u32,
        index: usize,
    },
}

type Places = BTreeMap<u32, Place>;

/// All lists of a file, the newest word about each object counting.
pub struct Listing {
    pub places: Places,
    pub trailer: Dict<'static>,
    pub is_encrypted: bool,
}

impl Listing {
    /// Reads the list at `newest` and those it follows.
    pub fn read(bytes: &[u8], newest: usize) -> Result<Listing, Refusal> {
        let mut places = Places::new();
        let mut trailer = None;
        let mut is_encrypted = false;
        let mut seen = BTreeSet::new();
        let mut left = UNPACKED_MAX;
        let mut next = Some(newest);
        while let Some(offset) = next {
            if !seen.insert(offset) || seen.len() > REVISIONS_MAX {
                return Err(Refusal::Looping { what: "its list of objects" });
            }
            let (mut section, dict) = section(bytes, offset, &mut left)?;
            if let Some(offset) = offset_of(&dict, "XRefStm")? {
                // What the table calls free, for readers that know tables only, may be listed here.
                if !seen.insert(offset) {
                    return Err(Refusal::Looping { what: "its list of objects" });
                }
                let (hidden, _) = stream_section(bytes, offset, &mut left)?;
                for (number, place) in hidden {
                    if matches!(section.get(&number), None | Some(Place::Free)) {
                        section.insert(number, place);
                    }
                }
            }
            for (number, place) in section {
                places.entry(number).or_insert(place);
            }
            if places.len() > 2 * OBJECTS_MAX {
                return Err(Refusal::TooManyObjects);
            }
            is_encrypted |= dict.get("Encrypt").is_some();
            next = offset_of(&dict, "Prev")?;
            trailer.get_or_insert(dict);
        }
        places.retain(|_, place| *place != Place::Free);
        let trailer = trailer.ok_or(Refusal::CutOff)?;
        Ok(Listing { places, trailer, is_encrypted })
    }
}

fn wrong() -> Refusal {
    Refusal::damaged("its list of objects is wrong")
}

fn offset_of(dict: &Dict, name: &str) -> Result<Option<usize>, Refusal> {
    let Some(value) = dict.get(name) else { return Ok(None) };
    let offset = value.as_f64().filter(|offset| *offset >= 0.0 && offset.fract() == 0.0);
    offset.map(|offset| Some(offset as usize)).ok_or_else(wrong)
}

fn section(
    bytes: &[u8],
    offset: usize,
    left: &mut usize,
) -> Result<(Places, Dict<'static>), Refusal> {
    let mut lexer = Lexer::new(bytes, offset.min(bytes.len()));
    if !lexer.word(b"xref") {
        return stream_section(bytes, offset, left);
    }
    let mut places = Places::new();
    while let Some(first) = lexer.count() {
        let count = lexer.count().ok_or_else(wrong)?;
        for position in 0..count {
            let offset = lexer.count().ok_or_else(wrong)?;
            let generation = lexer.count().ok_or_else(wrong)?;
            lexer.space();
            let place = match lexer.run() {
                b"n" if offset > 0 => Place::At {
                    offset: usize::try_from(offset).map_err(|_| wrong())?,
                    generation: u16::try_from(generation).map_err(|_| wrong())?,
                },
                b"n" | b"f" => Place::Free,
                _ => return Err(wrong()),
            };
            insert(&mut places, first.saturating_add(position), place)?;
        }
    }
    if !lexer.word(b"trailer") {
        return Err(wrong());
    }
    match lexer.value()? {
        Value::Dict(dict) => Ok((places, dict.into_owned())),
        _ => Err(wrong()),
    }
}

fn insert(places: &mut Places, number: u64, place: Place) -> Result<(), Refusal> {
    // Not the highest number counts but how many there are; yet the list that is written again has a
    // line for every number below the highest.
    if number >= 2 * OBJECTS_MAX as u64 {
        return if place == Place::Free { Ok(()) } else { Err(Refusal::TooManyObjects) };
    }
    places.insert(number as u32, place);
    Ok(())
}

fn stream_section(
    bytes: &[u8],
    offset: usize,
    left: &mut usize,
) -> Result<(Places, Dict<'static>), Refusal> {
    let mut lexer = Lexer::new(bytes, offset.min(bytes.len()));
    lexer.object_head().ok_or_else(wrong)?;
    let Value::Dict(dict) = lexer.value()? else { return Err(wrong()) };
    if !dict.has_name("Type", "XRef") || !lexer.word(b"stream") {
        return Err(wrong());
    }
    let data = stream(&lexer, dict.get("Length").and_then(Value::as_integer))?;
    let rows = unpack(&dict, data, *left, None).map_err(|packed| packed.refusal())?;
    *left -= rows.len();

    let numbers = |name| -> Option<Vec<usize>> {
        let values = dict.get(name)?.as_array()?.iter();
        values.map(|value| usize::try_from(value.as_integer()?).ok()).collect()
    };
    let widths = numbers("W").filter(|w| w.len() >= 3 && w.iter().all(|w| *w <= 8));
    let widths = widths.ok_or_else(wrong)?;
    let size = dict.get("Size").and_then(Value::as_integer);
    let size = size.and_then(|size| usize::try_from(size).ok()).ok_or_else(wrong)?;
    let ranges = numbers("Index").unwrap_or_else(|| vec![0, size]);
    let width: usize = widths.iter().sum();
    if width == 0 {
        return Err(wrong());
    }

    let mut places = Places::new();
    let mut rows = rows.chunks_exact(width);
    for range in ranges.chunks_exact(2) {
        for position in 0..range[1] {
            // A list may be shorter than it says; what it does not have is free.
            let Some(row) = rows.next() else { break };
            let (kind, rest) = row.split_at(widths[0]);
            let (second, rest) = rest.split_at(widths[1]);
            let kind = if kind.is_empty() { 1 } else { big_endian(kind) };
            let (second, third) = (big_endian(second), big_endian(&rest[..widths[2]]));
            let place = match kind {
                1 => Place::At {
                    offset: usize::try_from(second).map_err(|_| wrong())?,
                    generation: u16::try_from(third).map_err(|_| wrong())?,
                },
                2 => Place::Packed {
                    pack: u32::try_from(second).map_err(|_| wrong())?,
                    index: usize::try_from(third).map_err(|_| wrong())?,
                },
                _ => Place::Free,
            };
            let number = (range[0] as u64).saturating_add(position as u64);
            insert(&mut places, number, place)?;
        }
    }
    Ok((places, dict.into_owned()))
}

fn big_endian(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |sum, byte| (sum << 8) | u64::from(*byte))
}
