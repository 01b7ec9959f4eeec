//! Objects written as a whole new file.
//!
//! Nothing is appended to the original: whoever cuts off what was appended would hold the bare
//! agreement. Every object keeps its number, so that those which are not changed are copied as they
//! are, and there is one table of them, which any reader knows.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::value::{Dict, Id, Value};

/// The numbers of objects that are made, above those of the original.
pub struct Numbers(u32);

impl Numbers {
    pub fn after(number: u32) -> Numbers {
        Numbers(number)
    }

    pub fn take(&mut self) -> Id {
        self.0 += 1;
        (self.0, 0)
    }

    /// Adds an object to those made, and returns its number.
    pub fn next<'s>(&mut self, made: &mut BTreeMap<Id, Body<'s>>, body: Body<'s>) -> Id {
        let id = self.take();
        made.insert(id, body);
        id
    }
}

/// An object to be written.
pub enum Body<'s> {
    /// As it stood: the spelling of its value, and the bytes of a stream.
    Copied(&'s [u8], Option<&'s [u8]>),
    /// What stands between `obj` and `endobj`.
    Made(Vec<u8>),
}

impl Body<'_> {
    /// Returns the body of a value, a stream where there are data.
    pub fn of(value: &Value, data: Option<&[u8]>) -> Body<'static> {
        let mut body = Vec::with_capacity(256 + data.map_or(0, <[u8]>::len));
        value.write(&mut body);
        if let Some(data) = data {
            write_data(data, &mut body);
        }
        Body::Made(body)
    }

    /// Returns the body of a stream; its length is added to the dictionary.
    pub fn stream(dict: Dict, data: &[u8]) -> Body<'static> {
        Body::of(&Value::Dict(dict.with("Length", Value::integer(data.len() as i64))), Some(data))
    }

    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Body::Made(body) => out.extend(body),
            Body::Copied(raw, data) => {
                out.extend(*raw);
                if let Some(data) = data {
                    write_data(data, out);
                }
            }
        }
    }
}

fn write_data(data: &[u8], out: &mut Vec<u8>) {
    out.extend(b"\nstream\n");
    out.extend(data);
    out.extend(b"\nendstream");
}

/// Returns a file of objects in the order of their numbers, and where the body of the last one begins;
/// `trailer` tells the catalogue and what else is kept of the original's trailer.
///
/// The file's identity is a digest of its bytes, its first half the original's where it has one.
pub fn write<'s>(
    version: &[u8],
    objects: impl Iterator<Item = (Id, Body<'s>)>,
    trailer: &Dict,
    capacity: usize,
) -> (Vec<u8>, usize) {
    let mut out = Vec::with_capacity(capacity);
    out.extend(b"%PDF-");
    out.extend(version);
    // Bytes beyond ASCII tell whoever moves the file that it is no text.
    out.extend(b"\n%\xE2\xE3\xCF\xD3\n");

    let mut last = out.len();
    let mut lines: Vec<Option<(usize, u16)>> = vec![None];
    for ((number, generation), body) in objects {
        lines.resize(number as usize, None);
        lines.push(Some((out.len(), generation)));
        out.extend(format!("{number} {generation} obj\n").bytes());
        last = out.len();
        body.write(&mut out);
        out.extend(b"\nendobj\n");
    }

    let table = out.len();
    out.extend(format!("xref\n0 {}\n", lines.len()).bytes());
    for line in &lines {
        let line = match line {
            Some((offset, generation)) => format!("{offset:010} {generation:05} n \n"),
            None => "0000000000 65535 f \n".to_owned(),
        };
        out.extend(line.bytes());
    }

    let mut trailer = trailer.clone();
    trailer.set("Size", Value::integer(lines.len() as i64));
    let digest = Sha256::digest(&out);
    let mine = hexadecimal(&digest[..16]);
    let first = match trailer.get("ID").and_then(Value::as_array) {
        Some([first @ Value::Text(_), ..]) => first.clone(),
        _ => mine.clone(),
    };
    trailer.set("ID", Value::Array(vec![first, mine]));
    out.extend(b"trailer\n");
    trailer.write(&mut out);
    out.extend(format!("\nstartxref\n{table}\n%%EOF\n").bytes());
    (out, last)
}

fn hexadecimal(bytes: &[u8]) -> Value<'static> {
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    Value::Text(format!("<{digits}>").into_bytes().into())
}
