//! Packed bytes unpacked, to a limit.

use super::super::deflate::{InflateError, inflated};
use super::refusal::Refusal;
use super::source::Source;
use super::value::{Dict, Value};

/// How bytes could not be unpacked.
#[derive(Debug, PartialEq)]
pub enum Packed {
    /// They unpack to more than asked for.
    Beyond,
    /// By a filter not known here.
    Unknown,
    Damaged,
}

impl Packed {
    pub fn refusal(&self) -> Refusal {
        match self {
            Packed::Beyond => Refusal::Bomb,
            Packed::Unknown => Refusal::damaged("its lists are packed in an unusual way"),
            Packed::Damaged => Refusal::damaged("something packed cannot be unpacked"),
        }
    }
}

impl From<InflateError> for Packed {
    fn from(error: InflateError) -> Packed {
        match error {
            InflateError::Beyond => Packed::Beyond,
            InflateError::Damaged => Packed::Damaged,
        }
    }
}

/// Returns the bytes of a stream, at most `limit` of them.
///
/// Known are no filter, and one of the Flate kind with or without the predictors of PNG: lists and
/// drawings are hardly ever packed otherwise. `source` resolves what stands elsewhere, where the
/// file's lists have been read.
pub fn unpack(
    dict: &Dict,
    data: &[u8],
    limit: usize,
    source: Option<&Source>,
) -> Result<Vec<u8>, Packed> {
    let resolve = |value: Option<&Value>| -> Option<Value<'static>> {
        let value = match (value?, source) {
            (Value::Ref(_), None) => return None,
            (value, Some(source)) => source.resolve(value).ok()?,
            (value, None) => value.clone(),
        };
        Some(value.into_owned())
    };
    let filter = match resolve(dict.get("Filter").or_else(|| dict.get("F"))) {
        None => return if data.len() > limit { Err(Packed::Beyond) } else { Ok(data.to_vec()) },
        Some(Value::Array(filters)) if filters.is_empty() => return Ok(data.to_vec()),
        Some(Value::Array(filters)) if filters.len() == 1 => filters[0].clone(),
        Some(filter) => filter,
    };
    if !matches!(filter.as_name(), Some(b"FlateDecode" | b"Fl")) {
        return Err(Packed::Unknown);
    }
    let parameters = match resolve(dict.get("DecodeParms").or_else(|| dict.get("DP"))) {
        Some(Value::Array(parameters)) => resolve(parameters.first()),
        parameters => parameters,
    };
    let bytes = inflated(data, limit)?;
    match parameters.as_ref().and_then(Value::as_dict) {
        Some(parameters) => unpredict(bytes, parameters),
        None => Ok(bytes),
    }
}

fn unpredict(bytes: Vec<u8>, parameters: &Dict) -> Result<Vec<u8>, Packed> {
    let number = |name, otherwise| {
        let value = parameters.get(name).and_then(Value::as_integer).unwrap_or(otherwise);
        usize::try_from(value).ok().filter(|n| (1..=1 << 16).contains(n)).ok_or(Packed::Damaged)
    };
    let predictor = number("Predictor", 1)?;
    if predictor == 1 {
        return Ok(bytes);
    }
    if predictor < 10 {
        return Err(Packed::Unknown);
    }
    let bits = number("Colors", 1)? * number("BitsPerComponent", 8)?;
    let width = (number("Columns", 1)? * bits).div_ceil(8);
    let left = bits.div_ceil(8);
    let mut out: Vec<u8> = Vec::with_capacity(bytes.len());
    let mut above = vec![0_u8; width];
    for row in bytes.chunks(width + 1) {
        let (kind, row) = (row[0], &row[1..]);
        let start = out.len();
        for (at, &byte) in row.iter().enumerate() {
            let before = if at >= left { out[start + at - left] } else { 0 };
            let corner = if at >= left { above[at - left] } else { 0 };
            let guess = match kind {
                0 => 0,
                1 => before,
                2 => above[at],
                3 => ((u16::from(before) + u16::from(above[at])) / 2) as u8,
                4 => paeth(before, above[at], corner),
                _ => return Err(Packed::Damaged),
            };
            out.push(byte.wrapping_add(guess));
        }
        above[..row.len()].copy_from_slice(&out[start..]);
    }
    Ok(out)
}

fn paeth(left: u8, above: u8, corner: u8) -> u8 {
    let (a, b, c) = (i16::from(left), i16::from(above), i16::from(corner));
    let guess = a + b - c;
    let (da, db, dc) = ((guess - a).abs(), (guess - b).abs(), (guess - c).abs());
    if da <= db && da <= dc {
        left
    } else if db <= dc {
        above
    } else {
        corner
    }
}
