//! Values read from bytes. Never deeper than `DEPTH_MAX`, never more than `VALUES_MAX` at once.

use std::borrow::Cow;

use super::limits::{DEPTH_MAX, VALUES_MAX};
use super::refusal::Refusal;
use super::value::{Dict, Id, Value};

/// Reads along `data` from `at`.
pub struct Lexer<'a> {
    pub data: &'a [u8],
    pub at: usize,
    values: usize,
}

pub fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

fn is_delimiter(byte: u8) -> bool {
    b"()<>[]{}/%".contains(&byte)
}

fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !is_delimiter(byte)
}

impl<'a> Lexer<'a> {
    pub fn new(data: &'a [u8], at: usize) -> Lexer<'a> {
        Lexer { data, at, values: 0 }
    }

    pub fn peek(&self) -> Option<u8> {
        self.data.get(self.at).copied()
    }

    /// Passes white space and comments.
    pub fn space(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                let rest = &self.data[self.at..];
                self.at +=
                    rest.iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(rest.len());
            } else if is_space(byte) {
                self.at += 1;
            } else {
                break;
            }
        }
    }

    /// Passes a word of regular characters, if it is the next thing.
    pub fn word(&mut self, word: &[u8]) -> bool {
        let start = self.at;
        self.space();
        if self.run() == word {
            return true;
        }
        self.at = start;
        false
    }

    /// Returns and passes the regular characters from here.
    pub fn run(&mut self) -> &'a [u8] {
        let rest = &self.data[self.at..];
        let length = rest.iter().position(|&b| !is_regular(b)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    /// Returns and passes a whole number without sign, or passes nothing.
    pub fn count(&mut self) -> Option<u64> {
        let start = self.at;
        self.space();
        let number = count(self.run());
        if number.is_none() {
            self.at = start;
        }
        number
    }

    /// Returns how many values the last one held, itself included.
    pub fn values(&self) -> usize {
        self.values
    }

    /// Returns the next value. Errors with [`Refusal::Damaged`] where none begins.
    pub fn value(&mut self) -> Result<Value<'a>, Refusal> {
        self.values = 0;
        self.nested(0)
    }

    fn nested(&mut self, depth: usize) -> Result<Value<'a>, Refusal> {
        if depth > DEPTH_MAX {
            return Err(Refusal::Nested);
        }
        self.values += 1;
        if self.values > VALUES_MAX {
            return Err(Refusal::TooManyObjects);
        }
        self.space();
        match self.peek() {
            Some(b'/') => Ok(Value::Name(self.name())),
            Some(b'(') => self.literal(),
            Some(b'<') if self.data.get(self.at + 1) == Some(&b'<') => self.dict(depth),
            Some(b'<') => self.hexadecimal(),
            Some(b'[') => self.array(depth),
            Some(b'+' | b'-' | b'.' | b'0'..=b'9') => self.number(),
            Some(byte) if is_regular(byte) => match self.run() {
                b"true" => Ok(Value::Bool(true)),
                b"false" => Ok(Value::Bool(false)),
                b"null" => Ok(Value::Null),
                _ => Err(Refusal::damaged("an unknown word stands where a value belongs")),
            },
            Some(_) => Err(Refusal::damaged("a bracket stands where a value belongs")),
            None => Err(Refusal::damaged("an object has no end")),
        }
    }

    fn name(&mut self) -> Cow<'a, [u8]> {
        self.at += 1;
        let run = self.run();
        if !run.contains(&b'#') {
            return Cow::Borrowed(run);
        }
        let digit = |byte: Option<&u8>| byte.and_then(|b| char::from(*b).to_digit(16));
        let (mut name, mut at) = (Vec::new(), 0);
        while let Some(&byte) = run.get(at) {
            match (byte, digit(run.get(at + 1)), digit(run.get(at + 2))) {
                (b'#', Some(high), Some(low)) => {
                    name.push((high * 16 + low) as u8);
                    at += 3;
                }
                _ => {
                    name.push(byte);
                    at += 1;
                }
            }
        }
        Cow::Owned(name)
    }

    fn literal(&mut self) -> Result<Value<'a>, Refusal> {
        let start = self.at;
        let mut open = 0_usize;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'(' => open += 1,
                b')' => open -= 1,
                _ => {}
            }
            if open == 0 {
                return Ok(Value::Text(Cow::Borrowed(&self.data[start..self.at])));
            }
        }
        Err(Refusal::damaged("a text has no end"))
    }

    fn hexadecimal(&mut self) -> Result<Value<'a>, Refusal> {
        let start = self.at;
        let rest = &self.data[start + 1..];
        let end = rest.iter().position(|b| !b.is_ascii_hexdigit() && !is_space(*b));
        match end {
            Some(end) if rest[end] == b'>' => {
                self.at = start + end + 2;
                Ok(Value::Text(Cow::Borrowed(&self.data[start..self.at])))
            }
            _ => Err(Refusal::damaged("a text in hexadecimal digits is none")),
        }
    }

    fn array(&mut self, depth: usize) -> Result<Value<'a>, Refusal> {
        self.at += 1;
        let mut values = Vec::new();
        loop {
            self.space();
            if self.peek() == Some(b']') {
                self.at += 1;
                return Ok(Value::Array(values));
            }
            values.push(self.nested(depth + 1)?);
        }
    }

    fn dict(&mut self, depth: usize) -> Result<Value<'a>, Refusal> {
        self.at += 2;
        let mut dict = Dict::default();
        loop {
            self.space();
            match self.peek() {
                Some(b'>') if self.data.get(self.at + 1) == Some(&b'>') => {
                    self.at += 2;
                    return Ok(Value::Dict(dict));
                }
                Some(b'/') => {
                    let name = self.name();
                    let value = self.nested(depth + 1)?;
                    dict.pairs.push((name, value));
                }
                _ => return Err(Refusal::damaged("a dictionary has something that is no name")),
            }
        }
    }

    /// Returns a number, or the reference that two numbers and an `R` are.
    fn number(&mut self) -> Result<Value<'a>, Refusal> {
        let run = self.run();
        if let Some(number) = count(run).and_then(|number| u32::try_from(number).ok()) {
            let end = self.at;
            let generation = self.count().and_then(|number| u16::try_from(number).ok());
            if let Some(generation) = generation
                && self.word(b"R")
            {
                return Ok(Value::Ref((number, generation)));
            }
            self.at = end;
        }
        let is_number = run.iter().all(|b| b.is_ascii_digit() || b"+-.".contains(b))
            && run.iter().any(u8::is_ascii_digit);
        // A point without figures (`.`, `-`) is nought to every reader; nothing else is.
        match is_number {
            true => Ok(Value::Number(Cow::Borrowed(run))),
            false if matches!(run, b"." | b"-" | b"-." | b"+") => {
                Ok(Value::Number(Cow::Borrowed(b"0")))
            }
            false => Err(Refusal::damaged("a number is none")),
        }
    }

    /// Passes `N G obj` and returns the two.
    pub fn object_head(&mut self) -> Option<Id> {
        let number = u32::try_from(self.count()?).ok()?;
        let generation = u16::try_from(self.count()?).ok()?;
        self.word(b"obj").then_some((number, generation))
    }
}

fn count(run: &[u8]) -> Option<u64> {
    if run.is_empty() || run.len() > 19 || !run.iter().all(u8::is_ascii_digit) {
        return None;
    }
    run.iter().try_fold(0_u64, |sum, b| sum.checked_mul(10)?.checked_add(u64::from(b - b'0')))
}
