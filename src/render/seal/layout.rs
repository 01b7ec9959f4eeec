//! How the seal lies in a file: the bytes of its dictionary, up to the gap and after it.
//!
//! One form, written here and found here. A seal in any other form is not one of ours, or was
//! altered; so no PDF from outside needs to be parsed to check one.

use std::ops::Range;

use chrono::{DateTime, NaiveDateTime, Utc};

use super::hex;

/// How the dictionary of a seal begins. Readers show the application's name.
const HEAD: &[u8] = b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached\
    /Prop_Build<</App<</Name/shopctl>>>>/M(D:";
const AFTER_MOMENT: &[u8] = b"Z)/ByteRange[";
const BEFORE_GAP: &[u8] = b"]/Contents";

const MOMENT_LENGTH: usize = 14;
const MOMENT_FORMAT: &str = "%Y%m%d%H%M%S";

/// The bytes of the four numbers in a range: files up to 9,999,999,999 bytes.
const RANGE_LENGTH: usize = 34;

/// The bytes from the start of the dictionary to the gap.
pub const HEAD_LENGTH: usize =
    HEAD.len() + MOMENT_LENGTH + AFTER_MOMENT.len() + RANGE_LENGTH + BEFORE_GAP.len();

/// Returns the dictionary up to the gap. `gap` lies in a file of `length` bytes.
pub fn head(moment: DateTime<Utc>, gap: &Range<usize>, length: usize) -> Vec<u8> {
    let moment = moment.format(MOMENT_FORMAT).to_string();
    let range = format!("0 {} {} {}", gap.start, gap.end, length - gap.end);
    let range = format!("{range:RANGE_LENGTH$}");
    [HEAD, moment.as_bytes(), AFTER_MOMENT, range.as_bytes(), BEFORE_GAP].concat()
}

/// Returns the bytes of a gap with room for `length` bytes.
pub const fn gap_length(length: usize) -> usize {
    2 * length + 2
}

/// Returns a gap of the given bytes, filled with the digits of `content` and zeros after them.
pub fn gap(content: &[u8], length: usize) -> Vec<u8> {
    let digits = length.saturating_sub(2);
    format!("<{:0<digits$}>", hex::encode(content)).into_bytes()
}

/// Reads the bytes in a gap, the zeros after them included.
pub fn gap_content(gap: &[u8]) -> Option<Vec<u8>> {
    hex::decode(gap.strip_prefix(b"<")?.strip_suffix(b">")?)
}

/// Where a seal says it lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub moment: DateTime<Utc>,
    /// The bytes that the seal does not cover.
    pub gap: Range<usize>,
    /// The bytes of the file that was sealed.
    pub length: usize,
}

/// What stands in a file where a seal should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// No dictionary begins as a seal's does.
    Nothing,
    /// One begins so, but does not go on so.
    Broken,
    Seal(Place),
}

/// Finds the last seal in a file.
pub fn find(file: &[u8]) -> Found {
    match last(file, HEAD) {
        None => Found::Nothing,
        Some(start) => read(file, start).map_or(Found::Broken, Found::Seal),
    }
}

fn read(file: &[u8], start: usize) -> Option<Place> {
    let (head, _) = file.get(start..)?.split_at_checked(HEAD_LENGTH)?;
    let moment = str::from_utf8(&head[HEAD.len()..][..MOMENT_LENGTH]).ok()?;
    let moment = NaiveDateTime::parse_from_str(moment, MOMENT_FORMAT).ok()?.and_utc();
    let range = &head[HEAD_LENGTH - BEFORE_GAP.len() - RANGE_LENGTH..][..RANGE_LENGTH];
    let numbers: Option<Vec<usize>> = str::from_utf8(range)
        .ok()?
        .split_ascii_whitespace()
        .map(|number| number.parse().ok())
        .collect();
    let [_, gap_start, gap_end, after] = numbers?[..] else { return None };
    let length = gap_end.checked_add(after)?;
    let gap = gap_start..gap_end;
    // Whatever else the numbers may be, this is what they are in a seal.
    let is_canonical = gap_start == start + HEAD_LENGTH
        && gap_start < gap_end
        && self::head(moment, &gap, length) == head;
    is_canonical.then_some(Place { moment, gap, length })
}

/// Returns where `needle` begins for the last time.
pub fn last(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).rposition(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn a_seal_is_found_where_it_was_put() {
        let start = 1_000;
        let gap = start + HEAD_LENGTH..start + HEAD_LENGTH + gap_length(20);
        let head = head(sample::moment(), &gap, 2_000);
        assert_eq!(head.len(), HEAD_LENGTH);
        let file = [vec![b' '; start], head].concat();
        let place = Place { moment: sample::moment(), gap, length: 2_000 };
        assert_eq!(find(&file), Found::Seal(place));
        assert_eq!(find(&file[..file.len() - 1]), Found::Broken);
        assert_eq!(find(&file[..start + HEAD.len() - 1]), Found::Nothing);
        assert_eq!(find(&[b" ", file.as_slice()].concat()), Found::Broken);
    }

    #[test]
    fn a_gap_is_filled_with_digits_and_zeros() {
        assert_eq!(gap(&[0xab, 1], gap_length(4)), b"<ab010000>");
        assert_eq!(gap_content(b"<ab010000>"), Some(vec![0xab, 1, 0, 0]));
        assert_eq!(gap_content(b"<ab010000"), None);
    }
}
