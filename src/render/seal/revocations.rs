//! The list of licence editions that no longer hold: made by the shop, carried to other machines.
//!
//! A text file, signed with the shop's key, one line per edition in the order of their numbers:
//!
//!     shopctl revocations 1
//!     key 0123456789abcdef
//!     made 2027-03-01
//!     1042 1 superseded 2027-02-10
//!     1042 2 revoked 2027-02-28
//!     signature …128 hexadecimal digits…
//!
//! A list says nothing of what happened after the day it was made, which is why a verdict names it.

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;

use super::certificate::Certificate;
use super::hex;
use super::key::{KeyId, SealKey};

const FIRST_LINE: &str = "shopctl revocations 1";
const SIGNATURE: &str = "signature ";

/// The bytes of a list: some 300,000 editions.
pub const LIST_LENGTH_MAX: usize = 16_000_000;

/// Why an edition of a licence no longer holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A newer edition took its place: a changed name or period.
    Superseded,
    /// The licence was withdrawn.
    Revoked,
}

impl Cause {
    const fn word(self) -> &'static str {
        match self {
            Cause::Superseded => "superseded",
            Cause::Revoked => "revoked",
        }
    }
}

/// Since when an edition no longer holds, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Withdrawal {
    pub cause: Cause,
    pub since: NaiveDate,
}

/// A list whose signature is good: just made, or read and checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revocations {
    made: NaiveDate,
    key: KeyId,
    /// By the licence's number and its edition.
    editions: BTreeMap<(u32, u16), Withdrawal>,
}

/// Why a list could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RevocationsError {
    /// The file is longer than [`LIST_LENGTH_MAX`].
    TooLong,
    /// The file is no such list. The line, counted from 1, is the first that is not as it should be.
    NotAList { line: usize },
    /// The list is signed with a key whose certificate is not at hand.
    UnknownKey(KeyId),
    /// The signature is not the key's: something was changed.
    Altered,
}

impl fmt::Display for RevocationsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RevocationsError::TooLong => f.write_str("the list of revocations is too long"),
            RevocationsError::NotAList { line } => {
                write!(f, "the file is not a list of revocations: line {line} is no line of one")
            }
            RevocationsError::UnknownKey(key) => {
                write!(f, "the list is signed with the key {key}, which is not known here")
            }
            RevocationsError::Altered => f.write_str("the list was altered: its signature is bad"),
        }
    }
}

impl std::error::Error for RevocationsError {}

impl Revocations {
    /// Makes the list of `made`, the day up to which it is complete, for the given key to sign.
    pub fn new(
        made: NaiveDate,
        key: &SealKey,
        editions: BTreeMap<(u32, u16), Withdrawal>,
    ) -> Revocations {
        Revocations { made, key: key.public().id(), editions }
    }

    /// Returns the file. The same list and key give the same bytes.
    pub fn sign(&self, key: &SealKey) -> String {
        let content = self.content();
        let signature = hex::encode(&key.sign(content.as_bytes()).to_bytes());
        format!("{content}{SIGNATURE}{signature}\n")
    }

    /// Returns what is signed: all lines but the last.
    fn content(&self) -> String {
        let mut text = format!("{FIRST_LINE}\nkey {}\nmade {}\n", self.key, self.made);
        for ((licence, edition), Withdrawal { cause, since }) in &self.editions {
            text.push_str(&format!("{licence} {edition} {} {since}\n", cause.word()));
        }
        text
    }

    /// Reads a file and checks it by the certificate of its key. Ends of lines may have become CR LF.
    pub fn read(
        file: &[u8],
        certificates: &[Certificate],
    ) -> Result<Revocations, RevocationsError> {
        if file.len() > LIST_LENGTH_MAX {
            return Err(RevocationsError::TooLong);
        }
        let not_a_list = |line| RevocationsError::NotAList { line };
        let text = str::from_utf8(file).map_err(|_| not_a_list(1))?.replace("\r\n", "\n");
        let mut list = Revocations {
            made: NaiveDate::default(),
            key: KeyId::from_bytes([0; KeyId::LENGTH]),
            editions: BTreeMap::new(),
        };
        let mut signature = None;
        for (index, line) in text.lines().enumerate() {
            let is_read =
                signature.is_none() && list.read_line(index, line, &mut signature).is_some();
            is_read.then_some(()).ok_or(not_a_list(index + 1))?;
        }
        let signature = signature.ok_or(not_a_list(text.lines().count() + 1))?;
        let certificate = certificates
            .iter()
            .find(|certificate| certificate.key().id() == list.key)
            .ok_or(RevocationsError::UnknownKey(list.key))?;
        // A list has one form: what is not written as this one writes itself was changed.
        let content = list.content();
        let written = format!("{content}{SIGNATURE}{}", hex::encode(&signature));
        let is_good = text.trim_end_matches('\n') == written
            && certificate.key().has_signed_plainly(content.as_bytes(), &signature);
        match is_good {
            true => Ok(list),
            false => Err(RevocationsError::Altered),
        }
    }

    fn read_line(
        &mut self,
        index: usize,
        line: &str,
        signature: &mut Option<Vec<u8>>,
    ) -> Option<()> {
        match index {
            0 => return (line == FIRST_LINE).then_some(()),
            1 => self.key = line.strip_prefix("key ")?.parse().ok()?,
            2 => self.made = day(line.strip_prefix("made ")?)?,
            _ => match line.strip_prefix(SIGNATURE) {
                Some(digits) => *signature = Some(hex::decode(digits.as_bytes())?),
                None => self.read_edition(line)?,
            },
        }
        Some(())
    }

    fn read_edition(&mut self, line: &str) -> Option<()> {
        let words: Vec<&str> = line.splitn(5, ' ').collect();
        let [licence, edition, cause, since] = words[..] else { return None };
        let causes = [Cause::Superseded, Cause::Revoked];
        let cause = causes.into_iter().find(|known| known.word() == cause)?;
        let withdrawal = Withdrawal { cause, since: day(since)? };
        let number = (licence.parse().ok()?, edition.parse().ok()?);
        self.editions.insert(number, withdrawal).is_none().then_some(())
    }

    /// Returns how this edition of the licence was withdrawn, if it was.
    pub fn withdrawal(&self, licence: u32, edition: u16) -> Option<Withdrawal> {
        self.editions.get(&(licence, edition)).copied()
    }

    /// Returns the day up to which the list is complete.
    pub fn made(&self) -> NaiveDate {
        self.made
    }
}

fn day(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::sample;
    use super::*;

    fn read(text: &str) -> Result<Revocations, RevocationsError> {
        Revocations::read(text.as_bytes(), &[sample::certificate()])
    }

    #[test]
    fn a_list_is_read_as_it_was_made() {
        let list = sample::revocations();
        let file = list.sign(&sample::key());
        assert_eq!(read(&file), Ok(list.clone()));
        assert_eq!(read(&file.replace('\n', "\r\n")), Ok(list.clone()));
        assert_eq!(list.withdrawal(1042, 1).map(|found| found.cause), Some(Cause::Superseded));
        assert_eq!(list.withdrawal(1043, 1).map(|found| found.cause), Some(Cause::Revoked));
        assert_eq!(list.withdrawal(1042, 2), None);
    }

    #[test]
    fn a_list_with_a_line_taken_out_added_or_changed_is_refused() {
        let file = sample::revocations().sign(&sample::key());
        let lines: Vec<&str> = file.lines().collect();
        let without = |line: usize| {
            let kept = lines.iter().enumerate().filter(|(index, _)| *index != line);
            kept.map(|(_, line)| format!("{line}\n")).collect::<String>()
        };
        for line in 0..lines.len() {
            assert!(read(&without(line)).is_err(), "without line {line}");
        }
        assert_eq!(read(&without(3)), Err(RevocationsError::Altered));
        assert_eq!(read(&file.replace("revoked", "superseded")), Err(RevocationsError::Altered));
        let more = format!("{file}1044 1 revoked 2027-02-01\n");
        assert_eq!(read(&more), Err(RevocationsError::NotAList { line: lines.len() + 1 }));
    }

    #[test]
    fn a_list_of_another_key_is_refused() {
        let key = sample::other_key();
        let list = Revocations::new(sample::revocations().made(), &key, BTreeMap::new());
        let refused = RevocationsError::UnknownKey(key.public().id());
        assert_eq!(read(&list.sign(&key)), Err(refused));
    }

    proptest! {
        #[test]
        fn a_list_in_which_a_byte_was_changed_is_refused(position: prop::sample::Index, bits in 1..=255_u8) {
            let mut file = sample::revocations().sign(&sample::key()).into_bytes();
            let position = position.index(file.len());
            file[position] ^= bits;
            let refused = Revocations::read(&file, &[sample::certificate()]).is_err();
            prop_assert!(refused || position == file.len() - 1);
        }

        #[test]
        fn a_file_that_is_no_list_is_refused(text in "(shopctl revocations 1\n)?(key [0-9a-f]{16}\n)?(.|\n){0,200}") {
            prop_assert!(read(&text).is_err());
        }
    }
}
