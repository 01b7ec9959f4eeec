//! Announcements: one text of the office's to many customers, each in their own language.
//!
//! What is said and to whom makes an announcement: the same again is the same one, so that a run that was
//! interrupted is finished by running it once more, and nobody gets it twice.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::agreement::AgreementCode;
use super::language::Language;
use super::letter::Office;
use super::product::Sku;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AnnouncementId(pub i64);

/// To whom it goes, one mail an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Those with a subscription to a product that runs or is to begin.
    Subscribers(Sku),
    /// Those whose subscription or licence gives an agreement.
    Readers(AgreementCode),
    /// Those with a licence that runs or is to begin.
    Licensees,
    /// Those with an invoice that is not paid, due or not.
    Unpaid,
}

impl FromStr for Audience {
    type Err = String;

    fn from_str(text: &str) -> Result<Audience, String> {
        match text.trim().split_once(':') {
            Some(("subscribers", sku)) => Ok(Audience::Subscribers(sku.parse()?)),
            Some(("readers", code)) => Ok(Audience::Readers(code.parse()?)),
            None if text.trim() == "licensees" => Ok(Audience::Licensees),
            None if text.trim() == "unpaid" => Ok(Audience::Unpaid),
            _ => Err(format!(
                "`{text}` is nobody that can be told; there are subscribers:SKU, readers:CODE, \
                 licensees and unpaid"
            )),
        }
    }
}

impl fmt::Display for Audience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Audience::Subscribers(sku) => write!(f, "subscribers:{sku}"),
            Audience::Readers(code) => write!(f, "readers:{code}"),
            Audience::Licensees => f.write_str("licensees"),
            Audience::Unpaid => f.write_str("unpaid"),
        }
    }
}

/// The words of a template in one language, before anything is put in.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    pub subject: String,
    /// Paragraphs, with blank lines between them.
    pub text: String,
}

/// A template as a file gives it: its words in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    pub sv: Part,
    pub en: Part,
}

impl Words {
    pub fn in_language(&self, language: Language) -> &Part {
        match language {
            Language::Swedish => &self.sv,
            Language::English => &self.en,
        }
    }
}

/// An announcement as it is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAnnouncement {
    pub audience: Audience,
    pub words: Words,
    /// The edition that it tells of, if it tells of one.
    pub edition: Option<ToldEdition>,
}

/// An edition as an announcement tells of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ToldEdition {
    pub code: String,
    pub edition: String,
    /// `sv` or `en`.
    pub edition_language: String,
    /// The first day on which it is the current one.
    pub from: String,
}

/// An announcement that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement {
    pub id: AnnouncementId,
    /// What people see.
    pub number: i64,
    pub audience: String,
    pub queued_at: String,
}

/// An unpaid invoice as an announcement names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnpaidInvoice {
    pub number: String,
    pub due_on: String,
    /// With its currency.
    pub left: String,
}

/// What a template is told of one recipient. What an audience does not have is absent, so that a template
/// that asks for it is found out before anything is queued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Facts {
    #[serde(flatten)]
    pub office: Office,
    /// The account's name.
    pub name: String,
    /// The address that the mail goes to.
    pub recipient: String,
    /// What is subscribed to, in the recipient's language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// What the agreement is called in the recipient's language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agreement: Option<String>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub edition: Option<ToldEdition>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invoices: Option<Vec<UnpaidInvoice>>,
}

impl Facts {
    /// Returns made-up facts of an audience, of which `edition` is told if one is.
    pub fn sample(audience: &Audience, edition: Option<&ToldEdition>) -> Facts {
        let text = |text: &str| Some(text.to_owned());
        Facts {
            office: Office {
                shop_name: "Avtalsbutiken".to_owned(),
                office_email: "kontoret@forening.example".to_owned(),
                web: "https://butik.forening.example".to_owned(),
            },
            name: "Exempelbolaget AB".to_owned(),
            recipient: "inkop@bolaget.example".to_owned(),
            product: match audience {
                Audience::Subscribers(_) => text("Ett avtal, digitalt"),
                _ => None,
            },
            agreement: match audience {
                Audience::Readers(_) => text("Ett avtal"),
                _ => None,
            },
            edition: edition.cloned(),
            invoices: match audience {
                Audience::Unpaid => Some(vec![UnpaidInvoice {
                    number: "1001".to_owned(),
                    due_on: "2026-03-31".to_owned(),
                    left: "4\u{a0}875,00\u{a0}kr".to_owned(),
                }]),
                _ => None,
            },
        }
    }
}

/// Returns the paragraphs of a text: what stands between blank lines.
pub fn paragraphs(text: &str) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut is_open = false;
    for line in text.lines().map(str::trim_end) {
        match paragraphs.last_mut() {
            _ if line.is_empty() => is_open = false,
            Some(paragraph) if is_open => {
                paragraph.push('\n');
                paragraph.push_str(line);
            }
            _ => {
                paragraphs.push(line.to_owned());
                is_open = true;
            }
        }
    }
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_audience_is_read_as_it_is_written() {
        for text in ["subscribers:AB04", "readers:AB04", "licensees", "unpaid"] {
            assert_eq!(text.parse::<Audience>().expect(text).to_string(), text);
        }
        for text in ["", "subscribers", "subscribers:", "everybody", "unpaid:AB04", "licensees:"] {
            assert!(text.parse::<Audience>().is_err(), "{text}");
        }
    }

    #[test]
    fn blank_lines_part_paragraphs() {
        assert_eq!(paragraphs("\n\nEtt.\n- a\n- b\r\n\n \nTvå.\n\n"), ["Ett.\n- a\n- b", "Två."]);
        assert!(paragraphs(" \n\n").is_empty());
    }
}
