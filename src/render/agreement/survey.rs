//! All objects of a file, reached from its catalogue, and what speaks against it.

use std::collections::BTreeSet;

use super::refusal::Refusal;
use super::source::Source;
use super::value::{Id, Value};

/// What a walk through a file found.
#[derive(Debug, Default)]
pub struct Survey {
    /// The objects that are used. Others are left behind when the file is written again: earlier
    /// revisions, remains of editing, lists.
    pub used: BTreeSet<Id>,
    /// Those that hold a place on a page, given by its coordinates.
    pub pointing: BTreeSet<Id>,
    /// Whether something in it runs when it is opened or clicked.
    pub has_scripts: bool,
}

/// Reads every object once. Errors where the file is signed, XFA, or damaged.
pub fn survey(source: &Source) -> Result<Survey, Refusal> {
    let mut survey = Survey::default();
    let (root, _) = source.catalogue()?;
    let mut waiting = vec![root];
    waiting.extend(source.trailer.get("Info").and_then(Value::as_ref));
    let mut known: BTreeSet<Id> = waiting.iter().copied().collect();
    while let Some(id) = waiting.pop() {
        let Some(object) = source.object(id)? else { continue };
        survey.used.insert(id);
        let (mut is_signed, mut is_xfa) = (false, false);
        object.value.each(&mut |value| match value {
            Value::Ref(id) if source.has(*id) && known.insert(*id) => waiting.push(*id),
            Value::Array(values) if is_place(values) => {
                survey.pointing.insert(id);
            }
            Value::Dict(dict) => {
                is_signed |= dict.get("ByteRange").is_some() && dict.get("Contents").is_some();
                is_xfa |= dict.get("XFA").is_some() && dict.get("Fields").is_some();
                survey.has_scripts |=
                    dict.has_name("S", "JavaScript") || dict.has_name("S", "Launch");
            }
            _ => {}
        });
        if is_signed {
            return Err(Refusal::Signed);
        }
        if is_xfa {
            return Err(Refusal::Xfa);
        }
    }
    Ok(survey)
}

/// Says whether an array is a place on a page: the page, a name beginning `Fit` or `XYZ`, numbers.
/// Source: ISO 32000-2, 12.3.2.2.
pub fn is_place(values: &[Value]) -> bool {
    match values {
        [Value::Ref(_), Value::Name(name), _, ..] => {
            matches!(&**name, b"XYZ" | b"FitH" | b"FitV" | b"FitR" | b"FitBH" | b"FitBV")
        }
        _ => false,
    }
}
