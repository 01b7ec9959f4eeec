//! camt.054: the ISO 20022 message by which a bank tells of entries on an account.
//!
//! Source: the schemas of camt.054.001.02 and .08; `domain.md` section d says what Swedish banks put
//! where. An entry (`Ntry`) is a deposit: one transaction, or the sum of many. What goes out, and what is
//! not booked yet, is passed over. A credit that the bank takes back (`DBIT` marked as a reversal) is a
//! deduction; a debit that comes back is money in, left to a person.

mod entry;
mod notification;
mod tag;
mod transaction;

use std::collections::VecDeque;
use std::io::BufRead;

use chrono::NaiveDate;

use self::entry::Entry;
use self::notification::Notification;
use self::tag::Tag;
use super::error::BankError;
use super::xml::{Step, Xml};
use super::{Expected, Format, Item, PassedOver};
use crate::domain::money::Money;

/// The name of the schema, up to its version.
const NAMESPACE: &str = "urn:iso:std:iso:20022:tech:xsd:";

/// A file being read.
pub(super) struct Camt<I> {
    xml: Xml<I>,
    expected: Expected,
    format: Format,
    made_on: Option<NaiveDate>,
    /// The elements around where was read up to, from the notification on.
    path: Vec<Tag>,
    /// How many elements are open that say nothing here, below the innermost of the path.
    skipped: usize,
    /// How many elements are open around the notifications.
    outside: usize,
    notification: Option<Notification>,
    entry: Option<Entry>,
    entries: u64,
    queue: VecDeque<Item>,
    passed_over: PassedOver,
    /// The currency of the amount whose element is open.
    currency: Option<String>,
    is_ended: bool,
}

impl<I: BufRead> Camt<I> {
    /// Reads up to the element that says which message it is, and in which version.
    pub(super) fn open(input: I, head: &[u8], expected: Expected) -> Result<Camt<I>, BankError> {
        let mut xml = Xml::open(input, head)?;
        let (format, outside) = find_document(&mut xml)?;
        Ok(Camt {
            xml,
            expected,
            format,
            made_on: None,
            path: Vec::new(),
            skipped: 0,
            outside,
            notification: None,
            entry: None,
            entries: 0,
            queue: VecDeque::new(),
            passed_over: PassedOver::default(),
            currency: None,
            is_ended: false,
        })
    }

    pub(super) fn format(&self) -> Format {
        self.format
    }

    pub(super) fn passed_over(&self) -> PassedOver {
        self.passed_over
    }

    pub(super) fn made_on(&self) -> Option<NaiveDate> {
        self.made_on
    }

    pub(super) fn next_item(&mut self) -> Result<Option<Item>, BankError> {
        loop {
            if let Some(item) = self.queue.pop_front() {
                return Ok(Some(item));
            }
            if self.is_ended {
                return Ok(None);
            }
            match self.xml.step()? {
                Step::Open => self.opened()?,
                Step::Close => self.closed(),
                Step::End => self.is_ended = true,
            }
        }
    }

    fn opened(&mut self) -> Result<(), BankError> {
        if self.skipped > 0 {
            self.skipped += 1;
            return Ok(());
        }
        let tag = Tag::of(self.xml.name());
        if self.path.is_empty() {
            match tag {
                Tag::Ntfctn => self.notification = Some(Notification::begun(self.xml.line())),
                Tag::GrpHdr => {}
                Tag::Document => {
                    // Another message in the same envelope.
                    version(&self.xml, &[])?;
                    self.outside += 1;
                    return Ok(());
                }
                _ => {
                    self.outside += 1;
                    return Ok(());
                }
            }
        }
        if tag == Tag::Other {
            self.skipped = 1;
            return Ok(());
        }
        let is_amount = matches!(tag, Tag::Amt | Tag::TtlAmt | Tag::RmtdAmt | Tag::CdtNoteAmt);
        if is_amount {
            self.currency = self.xml.attribute("Ccy");
        }
        self.path.push(tag);
        let line = match tag {
            Tag::Ntry | Tag::TxDtls | Tag::TxsSummry => self.xml.line(),
            _ => 0,
        };
        match (self.path.as_slice(), &mut self.entry, &mut self.notification) {
            ([Tag::Ntfctn, Tag::Ntry], entry, Some(notification)) => {
                self.entries += 1;
                if notification.is_refused(&self.expected.payees) {
                    // Nothing in it counts, so that there is nothing to look at.
                    self.path.pop();
                    self.skipped = 1;
                } else {
                    *entry = Some(Entry::begun(line, self.entries));
                }
            }
            ([Tag::Ntfctn, Tag::TxsSummry], _, Some(notification)) => {
                notification.summary_at = line
            }
            ([Tag::Ntfctn, Tag::Ntry, below @ ..], Some(entry), _) => entry.opened(below, line),
            _ => {}
        }
        Ok(())
    }

    fn closed(&mut self) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        let Some(tag) = self.path.last().copied() else {
            self.outside = self.outside.saturating_sub(1);
            return;
        };
        let text = self.xml.text();
        match (self.path.as_slice(), &mut self.entry, &mut self.notification) {
            ([Tag::GrpHdr, Tag::CreDtTm], ..) => self.made_on = day(text),
            ([Tag::Ntfctn, Tag::Ntry], _, Some(notification)) => {
                if let Some(entry) = self.entry.take() {
                    notification.count(&entry);
                    let is_own = notification.is_own(&self.expected.payees);
                    entry.finish(&self.expected, is_own, &mut self.queue, &mut self.passed_over);
                }
            }
            (
                [Tag::Ntfctn, Tag::Ntry, Tag::NtryDtls, Tag::TxDtls],
                Some(entry),
                Some(notification),
            ) => {
                let is_own = notification.is_own(&self.expected.payees);
                entry.finish_transaction(&self.expected, is_own, &mut self.queue);
            }
            ([Tag::Ntfctn, Tag::Ntry, below @ ..], Some(entry), _) => {
                if tag.has_text() && !text.is_empty() {
                    entry.told(below, text, self.currency.as_deref());
                }
                entry.closed(below);
            }
            ([Tag::Ntfctn], _, notification) => {
                if let Some(notification) = notification.take() {
                    let outcome = notification.outcome(&self.expected.payees);
                    self.queue.push_back(Item::Section(outcome));
                }
            }
            ([Tag::Ntfctn, below @ ..], _, Some(notification)) => notification.told(below, text),
            _ => {}
        }
        self.path.pop();
    }
}

/// Reads up to the element `Document` in a namespace that is known; returns how many elements are open.
fn find_document<I: BufRead>(xml: &mut Xml<I>) -> Result<(Format, usize), BankError> {
    let mut declared: Vec<(String, String)> = Vec::new();
    let mut first = None;
    for depth in 1..=4 {
        loop {
            match xml.step()? {
                Step::Open => break,
                Step::Close => {}
                Step::End => return Err(other_document(xml, first)),
            }
        }
        if xml.name() == "Document" {
            return Ok((version(xml, &declared)?, depth));
        }
        first.get_or_insert_with(|| xml.name().to_owned());
        let prefix = xml.prefix();
        let name = if prefix.is_empty() { "xmlns".to_owned() } else { format!("xmlns:{prefix}") };
        if let Some(namespace) = xml.attribute(&name) {
            declared.push((name, namespace));
        }
    }
    Err(other_document(xml, first))
}

fn other_document<I: BufRead>(xml: &Xml<I>, first: Option<String>) -> BankError {
    let found = match first {
        Some(name) => format!("an XML document that begins with `{name}`"),
        None => "an XML document of another kind".to_owned(),
    };
    BankError::Document { line: xml.line(), found }
}

/// Returns the version of the message whose `Document` begins, by its namespace.
fn version<I: BufRead>(xml: &Xml<I>, around: &[(String, String)]) -> Result<Format, BankError> {
    let name = match xml.prefix() {
        "" => "xmlns".to_owned(),
        prefix => format!("xmlns:{prefix}"),
    };
    let namespace = xml.attribute(&name).or_else(|| {
        let outer = around.iter().rev().find(|(declared, _)| *declared == name);
        outer.map(|(_, namespace)| namespace.clone())
    });
    match namespace.as_deref().map(|namespace| namespace.trim_start_matches(NAMESPACE)) {
        Some("camt.054.001.02") => Ok(Format::Camt02),
        Some("camt.054.001.08") => Ok(Format::Camt08),
        Some(other) => {
            let found = format!("`{}`", other.chars().take(60).collect::<String>());
            Err(BankError::Document { line: xml.line(), found })
        }
        None => {
            let found = "a document that does not say which message it is".to_owned();
            Err(BankError::Document { line: xml.line(), found })
        }
    }
}

/// Reads a day, or the day of a time as it is written, in the bank's own zone.
fn day(text: &str) -> Option<NaiveDate> {
    let (date, rest) = text.split_at_checked(10)?;
    let is_whole = rest.is_empty() || rest.starts_with(['T', 'Z', '+', '-']);
    let number = |from: usize, to: usize| -> Option<u32> {
        let digits = &date.as_bytes()[from..to];
        let add = |number: u32, byte: &u8| {
            byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0'))
        };
        digits.iter().try_fold(0, add)
    };
    let has_hyphens = date.as_bytes()[4] == b'-' && date.as_bytes()[7] == b'-';
    let year = i32::try_from(number(0, 4)?).ok()?;
    let day = NaiveDate::from_ymd_opt(year, number(5, 7)?, number(8, 10)?)?;
    (is_whole && has_hyphens).then_some(day)
}

/// Reads an amount of kronor: digits, and at most two decimals after a point. It may be larger than one
/// payment can be.
fn amount(text: &str) -> Result<Money, String> {
    let words = || format!("`{text}` is no amount");
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let is_number = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() + decimals.len() == 0 || !is_number(whole) || !is_number(decimals) {
        return Err(words());
    }
    if decimals.len() > 2 {
        return Err(format!("`{text}` has more than two decimals"));
    }
    let digits = format!("{whole}{decimals:0<2}");
    digits.parse().map(Money::from_ore).map_err(|_| words())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_decimal_text_of_at_most_two_decimals() {
        let cases = [("0", 0), ("3900", 390_000), ("3900.5", 390_050), (".05", 5), ("12.", 1_200)];
        for (text, ore) in cases {
            assert_eq!(amount(text), Ok(Money::from_ore(ore)), "{text}");
        }
        for text in ["", ".", "-1", "+1", "1,50", "1e3", "1.000", "92233720368547758.08", "٣"] {
            assert!(amount(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_time_counts_as_its_day() {
        let told =
            ["2026-03-02", "2026-03-02T23:30:00+01:00", "2026-03-02Z", "2026-03-02T01:00:00.000"];
        for text in told {
            assert_eq!(day(text), NaiveDate::from_ymd_opt(2026, 3, 2), "{text}");
        }
        for text in ["2026-02-30", "20260302", "2026-03-021", "å026-03-02"] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
