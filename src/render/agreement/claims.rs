//! What a file says of itself that may no longer be true: that it is PDF/A.
//!
//! Source: ISO 19005-1 to -4, "Version identification": properties of the namespace below, in the XMP
//! metadata that the catalogue names.

use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use quick_xml::writer::Writer;

use super::filter::unpack;
use super::limits::UNPACKED_MAX;
use super::refusal::Refusal;
use super::source::Source;
use super::value::{Dict, Id, Value};

const NAMESPACE: &str = "http://www.aiim.org/pdfa/ns/id/";

/// What becomes of a file's metadata.
#[derive(Debug, PartialEq)]
pub enum Metadata {
    /// They make no such claim, or there are none.
    Stay,
    /// The claim is taken out: the metadata's object, and their new bytes.
    Without(Id, Vec<u8>),
    /// They make the claim, or may, in a way that cannot be taken out; their object goes as a whole.
    Go(Id),
}

/// Returns what becomes of the metadata that the catalogue names.
pub fn without_archival(source: &Source, catalogue: &Dict) -> Result<Metadata, Refusal> {
    let Some(id) = catalogue.get("Metadata").and_then(Value::as_ref) else {
        return Ok(Metadata::Stay);
    };
    let Some(object) = source.object(id)? else { return Ok(Metadata::Stay) };
    // Metadata are a stream; anything else says nothing, and is something else.
    let (Value::Dict(dict), Some(data)) = (object.value, object.data) else {
        return Ok(Metadata::Stay);
    };
    let Ok(xmp) = unpack(&dict, data, UNPACKED_MAX, Some(source)) else {
        return Ok(Metadata::Go(id));
    };
    // Of an encoding with two or four bytes a letter, the letters of an address remain.
    let letters: Vec<u8> = xmp.iter().copied().filter(|byte| *byte != 0).collect();
    if !letters.windows(NAMESPACE.len()).any(|window| window == NAMESPACE.as_bytes()) {
        return Ok(Metadata::Stay);
    }
    let without = std::str::from_utf8(&xmp).ok().and_then(strip);
    Ok(without.map_or(Metadata::Go(id), |xmp| Metadata::Without(id, xmp)))
}

/// Returns XMP without the properties of the namespace; `None` where it is no proper XML.
fn strip(xmp: &str) -> Option<Vec<u8>> {
    let mut prefixes = vec![];
    let mut reader = Reader::from_str(xmp);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) => prefixes.extend(declared(&tag)),
            Event::DocType(_) => return None,
            Event::Eof => break,
            _ => {}
        }
    }
    let is_claim = |name: &str| prefixes.iter().any(|prefix| name.starts_with(prefix));
    let is_kept =
        |attribute: &Attribute| !is_claim(attribute.key.0) && attribute.value != NAMESPACE;
    let stripped = |tag: &BytesStart| {
        let attributes: Option<Vec<Attribute>> = tag.attributes().map(Result::ok).collect();
        let kept = attributes?.into_iter().filter(is_kept);
        Some(BytesStart::new(tag.name().0.to_owned()).with_attributes(kept).into_owned())
    };

    let mut reader = Reader::from_str(xmp);
    let mut writer = Writer::new(Vec::new());
    // How deep within a claim that is an element.
    let mut within = 0_usize;
    loop {
        let event = reader.read_event().ok()?;
        let written = match event {
            Event::Eof => break,
            Event::Start(tag) if within > 0 || is_claim(tag.name().0) => {
                within += 1;
                continue;
            }
            Event::End(_) if within > 0 => {
                within -= 1;
                continue;
            }
            Event::Empty(tag) if is_claim(tag.name().0) => continue,
            _ if within > 0 => continue,
            Event::Start(tag) => Event::Start(stripped(&tag)?),
            Event::Empty(tag) => Event::Empty(stripped(&tag)?),
            other => other,
        };
        writer.write_event(written).ok()?;
    }
    Some(writer.into_inner())
}

/// Returns the prefixes, with their colon, that a tag gives to the namespace.
fn declared(tag: &BytesStart) -> Vec<String> {
    let attributes = tag.attributes().filter_map(Result::ok);
    attributes
        .filter(|attribute| attribute.value == NAMESPACE)
        .filter_map(|attribute| {
            let prefix = attribute.key.0.strip_prefix("xmlns:")?;
            Some(format!("{prefix}:"))
        })
        .collect()
}
