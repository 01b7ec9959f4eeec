//! Agreements: the documents that the shop sells, in editions, each in a language from a day on.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

use super::language::Language;
use super::product::Sku;
use super::text::required_line;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AgreementId(pub i64);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EditionId(pub i64);

/// What an agreement is called in commands: `AB04`. It is spelled like a product's SKU.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AgreementCode(Sku);

impl AgreementCode {
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Display for AgreementCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for AgreementCode {
    type Err = String;

    fn from_str(text: &str) -> Result<AgreementCode, String> {
        let code = text.parse().map(AgreementCode);
        code.map_err(|_: String| {
            format!("`{text}` is not an agreement's code: at most 40 letters a–z, digits, - . or _")
        })
    }
}

/// What an edition is called, such as `2026:1`: one line of at most 40 characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EditionName(String);

impl EditionName {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EditionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl FromStr for EditionName {
    type Err = String;

    fn from_str(text: &str) -> Result<EditionName, String> {
        let name = required_line(text).map_err(|error| error.to_string())?;
        match name.chars().count() {
            0..=40 => Ok(EditionName(name)),
            length => {
                Err(format!("an edition's name has {length} characters; at most 40 are taken"))
            }
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    pub id: AgreementId,
    pub code: AgreementCode,
    pub name_sv: String,
    pub name_en: String,
    /// From that day on it is given to nobody.
    pub withdrawn_on: Option<NaiveDate>,
    /// By the day from which they are in force.
    pub editions: Vec<Edition>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    pub id: EditionId,
    pub name: EditionName,
    pub language: Language,
    /// The first day on which it is the current one.
    pub from: NaiveDate,
    /// UTC, as it is stored.
    pub published_at: String,
    pub withdrawn_on: Option<NaiveDate>,
    /// In hexadecimal digits.
    pub sha256: String,
    /// In bytes.
    pub size: i64,
    pub pages: i64,
}

impl Edition {
    /// Returns the SHA-256 as bytes, unless what is stored is none.
    pub fn digest(&self) -> Option<[u8; 32]> {
        let pair = |at: usize| u8::from_str_radix(self.sha256.get(at..at + 2)?, 16).ok();
        let bytes: Option<Vec<u8>> = (0..self.sha256.len()).step_by(2).map(pair).collect();
        bytes?.try_into().ok()
    }
}

impl Agreement {
    /// Returns the edition that is the current one in a language on a day; there is one at most.
    pub fn current(&self, language: Language, day: NaiveDate) -> Option<&Edition> {
        if self.withdrawn_on.is_some_and(|withdrawn_on| withdrawn_on <= day) {
            return None;
        }
        self.editions
            .iter()
            .filter(|edition| edition.language == language && edition.withdrawn_on.is_none())
            .filter(|edition| edition.from <= day)
            .max_by_key(|edition| edition.from)
    }

    /// Returns the edition that a new one cannot stand beside: of its language, and of its name or of
    /// its day. A name stays taken when its edition is withdrawn, since what was fetched is told by it.
    pub fn rival(&self, new: &NewEdition) -> Option<&Edition> {
        self.editions.iter().filter(|known| known.language == new.language).find(|known| {
            known.name == new.name || (known.from == new.from && known.withdrawn_on.is_none())
        })
    }

    /// Returns the languages that have a current edition on a day.
    pub fn languages(&self, day: NaiveDate) -> Vec<Language> {
        [Language::Swedish, Language::English]
            .into_iter()
            .filter(|language| self.current(*language, day).is_some())
            .collect()
    }
}

/// An edition to be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEdition {
    pub name: EditionName,
    pub language: Language,
    pub from: NaiveDate,
    pub pages: i64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::term::parse_date;

    fn edition(id: i64, language: Language, from: &str) -> Edition {
        Edition {
            id: EditionId(id),
            name: format!("{id}").parse().expect("a name"),
            language,
            from: parse_date(from).expect("a date"),
            published_at: String::new(),
            withdrawn_on: None,
            sha256: String::new(),
            size: 1,
            pages: 1,
        }
    }

    fn agreement(editions: Vec<Edition>) -> Agreement {
        Agreement {
            id: AgreementId(1),
            code: "AB04".parse().expect("a code"),
            name_sv: "AB 04".to_owned(),
            name_en: "AB 04".to_owned(),
            withdrawn_on: None,
            editions,
        }
    }

    #[test]
    fn r6_the_current_edition_is_the_latest_whose_day_has_come() {
        let mut agreement = agreement(vec![
            edition(1, Language::Swedish, "2026-01-01"),
            edition(2, Language::Swedish, "2026-07-01"),
            edition(3, Language::English, "2026-03-01"),
        ]);
        let on = |agreement: &Agreement, language, day: &str| {
            let day = parse_date(day).expect("a date");
            agreement.current(language, day).map(|edition| edition.id.0)
        };
        assert_eq!(on(&agreement, Language::Swedish, "2025-12-31"), None);
        assert_eq!(on(&agreement, Language::Swedish, "2026-06-30"), Some(1));
        assert_eq!(on(&agreement, Language::Swedish, "2026-07-01"), Some(2));
        assert_eq!(on(&agreement, Language::English, "2026-07-01"), Some(3));
        agreement.editions[1].withdrawn_on = parse_date("2026-08-01").ok();
        assert_eq!(on(&agreement, Language::Swedish, "2026-08-01"), Some(1));
        agreement.withdrawn_on = parse_date("2026-09-01").ok();
        assert_eq!(on(&agreement, Language::Swedish, "2026-08-31"), Some(1));
        assert_eq!(on(&agreement, Language::Swedish, "2026-09-01"), None);
    }

    #[test]
    fn an_edition_has_its_name_and_its_day_for_itself_in_its_language() {
        let mut agreement = agreement(vec![edition(1, Language::Swedish, "2026-01-01")]);
        let rival = |agreement: &Agreement, name: &str, language, from: &str| {
            let (name, from) = (name.parse().expect("a name"), parse_date(from).expect("a date"));
            agreement.rival(&NewEdition { name, language, from, pages: 1 }).is_some()
        };
        assert!(rival(&agreement, "1", Language::Swedish, "2026-02-01"));
        assert!(rival(&agreement, "2", Language::Swedish, "2026-01-01"));
        assert!(!rival(&agreement, "2", Language::Swedish, "2026-02-01"));
        assert!(!rival(&agreement, "1", Language::English, "2026-01-01"));
        agreement.editions[0].withdrawn_on = parse_date("2026-01-02").ok();
        assert!(rival(&agreement, "1", Language::Swedish, "2026-02-01"));
        assert!(!rival(&agreement, "2", Language::Swedish, "2026-01-01"));
    }

    #[test]
    fn the_names_of_agreements_and_editions_are_one_short_line() {
        assert_eq!("ab04".parse::<AgreementCode>().expect("a code").as_str(), "AB04");
        for text in ["", "AB 04", "å", &"A".repeat(41)] {
            assert!(text.parse::<AgreementCode>().is_err(), "{text}");
        }
        for text in ["", "  ", "2026\n1", &"å".repeat(41)] {
            assert!(text.parse::<EditionName>().is_err(), "{text}");
        }
        assert_eq!(" 2026:1 ".parse::<EditionName>().expect("a name").as_str(), "2026:1");
    }
}
