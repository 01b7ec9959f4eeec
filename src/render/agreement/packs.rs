//! Objects packed together in one stream. Source: ISO 32000-2, 7.5.7.

use std::collections::{BTreeMap, BTreeSet};

use super::filter::unpack;
use super::lexer::Lexer;
use super::limits::{OBJECTS_MAX, UNPACKED_MAX};
use super::listing::Place;
use super::refusal::Refusal;
use super::source::Source;
use super::value::Value;

/// Objects that were packed together.
pub struct Pack {
    pub bytes: Vec<u8>,
    /// The number of each object, and where it begins.
    heads: Vec<(u32, usize)>,
}

impl Pack {
    /// Returns where an object begins. The place in the row is a hint that some programs get wrong.
    pub fn place(&self, number: u32, index: usize) -> Option<usize> {
        let hinted = self.heads.get(index).filter(|(known, _)| *known == number);
        let head = hinted.or_else(|| self.heads.iter().find(|(known, _)| *known == number));
        head.map(|(_, at)| *at)
    }
}

/// Unpacks all packs that a place names, to `UNPACKED_MAX` bytes together.
pub fn unpack_all(
    source: &Source,
    places: &BTreeMap<u32, Place>,
) -> Result<BTreeMap<u32, Pack>, Refusal> {
    let wanted: BTreeSet<u32> = places
        .values()
        .filter_map(|place| match place {
            Place::Packed { pack, .. } => Some(*pack),
            _ => None,
        })
        .collect();
    let mut left = UNPACKED_MAX;
    let mut packs = BTreeMap::new();
    for number in wanted {
        let pack = unpack_one(source, number, left)?;
        left -= pack.bytes.len();
        packs.insert(number, pack);
    }
    Ok(packs)
}

fn unpack_one(source: &Source, number: u32, left: usize) -> Result<Pack, Refusal> {
    let wrong = || Refusal::damaged("objects packed together cannot be read");
    // No pack is packed itself: none is known yet, so a pack in a pack is not found.
    let object = source.object((number, 0))?.ok_or_else(wrong)?;
    let (Value::Dict(dict), Some(data)) = (object.value, object.data) else { return Err(wrong()) };
    if !dict.has_name("Type", "ObjStm") {
        return Err(wrong());
    }
    let bytes = unpack(&dict, data, left, None).map_err(|packed| packed.refusal())?;
    let number = |name| {
        let value = dict.get(name).and_then(Value::as_integer);
        value.and_then(|value| usize::try_from(value).ok()).ok_or_else(wrong)
    };
    let (count, first) = (number("N")?, number("First")?);
    if count > OBJECTS_MAX {
        return Err(Refusal::TooManyObjects);
    }
    let mut heads = Vec::with_capacity(count.min(bytes.len() / 4));
    let mut lexer = Lexer::new(&bytes, 0);
    for _ in 0..count {
        let number = lexer.count().and_then(|number| u32::try_from(number).ok());
        let at = lexer.count().and_then(|at| first.checked_add(usize::try_from(at).ok()?));
        let at = at.filter(|at| *at < bytes.len());
        heads.push((number.ok_or_else(wrong)?, at.ok_or_else(wrong)?));
    }
    Ok(Pack { bytes, heads })
}
