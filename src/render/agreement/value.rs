//! The values a PDF is made of, as they stand in the file and as they are written again.

use std::borrow::Cow;

/// An object's number and generation.
pub type Id = (u32, u16);

/// A value. Numbers and texts keep their spelling, so that what is written again is what was read.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    Null,
    Bool(bool),
    Number(Cow<'a, [u8]>),
    /// Without its slash, its escapes resolved.
    Name(Cow<'a, [u8]>),
    /// With its brackets.
    Text(Cow<'a, [u8]>),
    Array(Vec<Value<'a>>),
    Dict(Dict<'a>),
    Ref(Id),
}

/// Pairs of names and values. Of a name that stands twice, the last counts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dict<'a> {
    pub pairs: Vec<(Cow<'a, [u8]>, Value<'a>)>,
}

impl<'a> Value<'a> {
    pub fn integer(number: i64) -> Value<'a> {
        Value::Number(Cow::Owned(number.to_string().into_bytes()))
    }

    /// Returns a number, rounded to five decimals.
    pub fn real(number: f64) -> Value<'a> {
        Value::Number(Cow::Owned(decimal(number).into_bytes()))
    }

    pub fn name(name: &'static str) -> Value<'a> {
        Value::Name(Cow::Borrowed(name.as_bytes()))
    }

    /// Returns the same value, borrowing nothing.
    pub fn into_owned(self) -> Value<'static> {
        let own = |bytes: Cow<[u8]>| Cow::Owned(bytes.into_owned());
        match self {
            Value::Null => Value::Null,
            Value::Bool(truth) => Value::Bool(truth),
            Value::Number(spelling) => Value::Number(own(spelling)),
            Value::Name(name) => Value::Name(own(name)),
            Value::Text(spelling) => Value::Text(own(spelling)),
            Value::Array(values) => {
                Value::Array(values.into_iter().map(Value::into_owned).collect())
            }
            Value::Dict(dict) => Value::Dict(dict.into_owned()),
            Value::Ref(id) => Value::Ref(id),
        }
    }

    pub fn as_f64(&self) -> Option<f64> {
        let Value::Number(spelling) = self else { return None };
        let text = std::str::from_utf8(spelling).ok()?;
        text.parse().ok().filter(|number: &f64| number.is_finite())
    }

    pub fn as_integer(&self) -> Option<i64> {
        let Value::Number(spelling) = self else { return None };
        std::str::from_utf8(spelling).ok()?.parse().ok()
    }

    pub fn as_name(&self) -> Option<&[u8]> {
        match self {
            Value::Name(name) => Some(name),
            _ => None,
        }
    }

    /// Returns the bytes of a text, its spelling resolved. Source: ISO 32000-2, 7.3.4.
    pub fn as_bytes(&self) -> Option<Vec<u8>> {
        let Value::Text(spelling) = self else { return None };
        match &**spelling {
            [b'<', digits @ .., b'>'] => Some(from_digits(digits)),
            [b'(', literal @ .., b')'] => Some(unescaped(literal)),
            _ => None,
        }
    }

    pub fn as_array(&self) -> Option<&[Value<'a>]> {
        match self {
            Value::Array(values) => Some(values),
            _ => None,
        }
    }

    pub fn as_dict(&self) -> Option<&Dict<'a>> {
        match self {
            Value::Dict(dict) => Some(dict),
            _ => None,
        }
    }

    pub fn as_ref(&self) -> Option<Id> {
        match self {
            Value::Ref(id) => Some(*id),
            _ => None,
        }
    }

    /// Calls `visit` with this value and all within it. Values are at most `DEPTH_MAX` deep.
    pub fn each(&self, visit: &mut impl FnMut(&Value<'a>)) {
        visit(self);
        match self {
            Value::Array(values) => values.iter().for_each(|value| value.each(visit)),
            Value::Dict(dict) => dict.pairs.iter().for_each(|(_, value)| value.each(visit)),
            _ => {}
        }
    }

    /// Calls `change` with all values within this one, and last with this value.
    pub fn each_mut(&mut self, change: &mut impl FnMut(&mut Value<'a>)) {
        match self {
            Value::Array(values) => values.iter_mut().for_each(|value| value.each_mut(change)),
            Value::Dict(dict) => {
                dict.pairs.iter_mut().for_each(|(_, value)| value.each_mut(change))
            }
            _ => {}
        }
        change(self);
    }

    /// Writes the value as a PDF has it.
    pub fn write(&self, out: &mut Vec<u8>) {
        match self {
            Value::Null => out.extend(b"null"),
            Value::Bool(true) => out.extend(b"true"),
            Value::Bool(false) => out.extend(b"false"),
            Value::Number(spelling) | Value::Text(spelling) => out.extend(&**spelling),
            Value::Name(name) => write_name(name, out),
            Value::Array(values) => {
                out.push(b'[');
                for (position, value) in values.iter().enumerate() {
                    if position > 0 {
                        out.push(b' ');
                    }
                    value.write(out);
                }
                out.push(b']');
            }
            Value::Dict(dict) => dict.write(out),
            Value::Ref((number, generation)) => {
                out.extend(format!("{number} {generation} R").bytes());
            }
        }
    }
}

impl<'a> Dict<'a> {
    /// Returns the value of a name; one that is null is as good as absent.
    pub fn get(&self, name: &str) -> Option<&Value<'a>> {
        let pair = self.pairs.iter().rev().find(|(known, _)| **known == *name.as_bytes());
        pair.map(|(_, value)| value).filter(|value| **value != Value::Null)
    }

    pub fn get_mut(&mut self, name: &str) -> Option<&mut Value<'a>> {
        let pair = self.pairs.iter_mut().rev().find(|(known, _)| **known == *name.as_bytes());
        pair.map(|(_, value)| value)
    }

    pub fn set(&mut self, name: &'static str, value: Value<'a>) {
        self.remove(name);
        self.pairs.push((Cow::Borrowed(name.as_bytes()), value));
    }

    pub fn with(mut self, name: &'static str, value: Value<'a>) -> Dict<'a> {
        self.set(name, value);
        self
    }

    pub fn remove(&mut self, name: &str) {
        self.pairs.retain(|(known, _)| **known != *name.as_bytes());
    }

    /// Returns the same dictionary, borrowing nothing.
    pub fn into_owned(self) -> Dict<'static> {
        let own =
            |(name, value): (Cow<[u8]>, Value)| (Cow::Owned(name.into_owned()), value.into_owned());
        Dict { pairs: self.pairs.into_iter().map(own).collect() }
    }

    pub fn has_name(&self, key: &str, name: &str) -> bool {
        self.get(key).and_then(Value::as_name) == Some(name.as_bytes())
    }

    pub fn write(&self, out: &mut Vec<u8>) {
        out.extend(b"<<");
        for (name, value) in &self.pairs {
            write_name(name, out);
            out.push(b' ');
            value.write(out);
        }
        out.extend(b">>");
    }
}

fn write_name(name: &[u8], out: &mut Vec<u8>) {
    out.push(b'/');
    for &byte in name {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(&byte) {
            out.push(byte);
        } else {
            out.extend(format!("#{byte:02X}").bytes());
        }
    }
}

/// Reads digits in pairs; the second of the last pair may be missing, and is nought.
fn from_digits(digits: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = digits
        .iter()
        .filter_map(|b| char::from(*b).to_digit(16))
        .map(|digit| digit as u8)
        .collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).unwrap_or(&0)).collect()
}

fn unescaped(literal: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(literal.len());
    let mut rest = literal;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'\\' {
            out.push(byte);
            continue;
        }
        let octal = rest.iter().take(3).take_while(|b| (b'0'..=b'7').contains(*b)).count();
        if octal > 0 {
            let number = rest[..octal].iter().fold(0_u16, |sum, b| sum * 8 + u16::from(b - b'0'));
            // What does not fit into a byte is cut off, as the source has it.
            out.push((number & 0xff) as u8);
            rest = &rest[octal..];
            continue;
        }
        let Some((&escaped, after)) = rest.split_first() else { break };
        rest = after;
        match escaped {
            b'n' => out.push(b'\n'),
            b'r' => out.push(b'\r'),
            b't' => out.push(b'\t'),
            b'b' => out.push(8),
            b'f' => out.push(12),
            b'\r' => rest = rest.strip_prefix(b"\n").unwrap_or(rest),
            b'\n' => {}
            other => out.push(other),
        }
    }
    out
}

/// Returns a number as a PDF has it: no exponent, at most five decimals, none for nothing.
pub fn decimal(number: f64) -> String {
    let text = format!("{number:.5}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}
