//! A record of BgMax: its text by position, and the forms that fields have.

use chrono::NaiveDate;
use encoding_rs::WINDOWS_1252;

use super::super::tidy;
use crate::domain::bank::{AMOUNT_MAX, significant};
use crate::domain::money::Money;

/// A record's text, and where its characters begin if some are longer than a byte.
pub struct Record {
    text: String,
    is_ascii: bool,
}

impl Record {
    /// Decodes a line: as UTF-8 if it is, else as ISO 8859-1, in which BgMax is written; a tab stands
    /// for blanks up to the next multiple of eight.
    pub fn new(raw: &[u8]) -> Record {
        let mut text = match str::from_utf8(raw) {
            Ok(text) => text.to_owned(),
            Err(_) => WINDOWS_1252.decode_without_bom_handling(raw).0.into_owned(),
        };
        if text.contains('\t') {
            let mut wide = String::with_capacity(text.len() + 64);
            let mut column = 0;
            for character in text.chars() {
                let width = if character == '\t' { 8 - column % 8 } else { 1 };
                column += width;
                match character {
                    '\t' => wide.extend(std::iter::repeat_n(' ', width)),
                    other => wide.push(other),
                }
            }
            text = wide;
        }
        let is_ascii = text.is_ascii();
        Record { text, is_ascii }
    }

    /// Returns the characters from one position to another, from 1 and both included, without the
    /// blanks around them; fewer where the record is shorter.
    pub fn text(&self, from: usize, to: usize) -> &str {
        let place = |characters: usize| match self.is_ascii {
            true => characters.min(self.text.len()),
            false => self.text.char_indices().nth(characters).map_or(self.text.len(), |(at, _)| at),
        };
        self.text[place(from - 1)..place(to)].trim_matches(' ')
    }
}

pub fn named(kind: &str) -> String {
    if kind.len() == 2 && kind.bytes().all(|byte| byte.is_ascii_digit()) {
        format!("a record {kind}")
    } else {
        format!("a line that begins with `{kind}`")
    }
}

/// Writes a bankgiro number as people know it.
pub fn hyphened(digits: &str) -> String {
    match digits.len() {
        7 | 8 => format!("{}-{}", &digits[..digits.len() - 4], &digits[digits.len() - 4..]),
        _ => digits.to_owned(),
    }
}

pub fn number(text: &str) -> Option<i64> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

/// Reads an amount in öre; blanks are nothing.
pub fn amount(text: &str) -> Result<Money, String> {
    let amount = match text {
        "" => Some(0),
        text => number(text),
    };
    match amount.map(Money::from_ore) {
        None => Err(format!("`{text}` is no amount in öre")),
        Some(amount) if amount > AMOUNT_MAX => {
            Err(format!("{amount} kronor is more than the most an amount can be"))
        }
        Some(amount) => Ok(amount),
    }
}

pub fn day(text: &str) -> Option<NaiveDate> {
    let is_day = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_day { NaiveDate::parse_from_str(text, "%Y%m%d").ok() } else { None }
}

/// Returns an organisation number of 10 digits from one padded to 12; others as they stand.
pub fn org_number(text: &str) -> Option<String> {
    let number = match text.len() {
        12 => text.strip_prefix("00").unwrap_or(text),
        _ => text,
    };
    tidy(number).filter(|number| !significant(number).is_empty())
}
