//! The two languages that documents and mails are written in.

use std::fmt;
use std::str::FromStr;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    #[default]
    Swedish,
    English,
}

impl Language {
    /// Returns the ISO 639-1 code, `sv` or `en`.
    pub const fn code(self) -> &'static str {
        match self {
            Language::Swedish => "sv",
            Language::English => "en",
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Language {
    type Err = String;

    fn from_str(text: &str) -> Result<Language, String> {
        match text.trim().to_lowercase().as_str() {
            "sv" | "swedish" | "svenska" => Ok(Language::Swedish),
            "en" | "english" | "engelska" => Ok(Language::English),
            _ => Err(format!("`{text}` is not a language of the shop; it is sv or en")),
        }
    }
}
