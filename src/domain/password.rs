//! Passwords: their form, what makes one too easy to guess, how they are kept, and how long whoever
//! guesses must wait.
//!
//! Length decides, and there are no rules of composition. Sources: NIST SP 800-63B-4 section 3.1.1.2
//! (fifteen characters, normalised, checked against common and context-specific words), OWASP Password
//! Storage Cheat Sheet (argon2id, 46 MiB, one pass, one lane).

mod common;
mod guess;
mod hash;

use std::fmt;

use icu_normalizer::ComposingNormalizerBorrowed;
use zeroize::Zeroizing;

use self::common::is_common;
pub use self::guess::wait_seconds;
pub use self::hash::{HashCost, PasswordHash};

use super::secret::Secret;

/// The fewest characters that a password can be allowed to have.
pub const CHARACTERS_MIN: u32 = 15;
/// The most characters that are taken: longer ones cost time and protect no better.
pub const CHARACTERS_MAX: usize = 256;

/// How many characters must be left of a password without the words that everybody knows of its owner.
const OWN_CHARACTERS_MIN: usize = 8;
/// The shortest word of the owner's that is looked for.
const WORD_MIN: usize = 4;

/// A password in the one form that is hashed: NFKC, so that it is the same from every keyboard.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(Secret);

impl Password {
    /// Reads a password as it was typed; spaces count, also the first and the last.
    ///
    /// Errors when no login can have it: it is empty, longer than [`CHARACTERS_MAX`] characters, or
    /// holds a control character.
    pub fn read(typed: &Secret) -> Result<Password, PasswordError> {
        let normalizer = ComposingNormalizerBorrowed::new_nfkc();
        let text = Secret::new(normalizer.normalize(typed.reveal()).into_owned());
        if text.reveal().is_empty() {
            return Err(PasswordError::Empty);
        }
        if text.reveal().chars().any(char::is_control) {
            return Err(PasswordError::ControlCharacter);
        }
        match Password(text) {
            password if password.length() > CHARACTERS_MAX => {
                Err(PasswordError::TooLong { length: password.length() })
            }
            password => Ok(password),
        }
    }

    /// Returns the number of characters.
    pub fn length(&self) -> usize {
        self.reveal().chars().count()
    }

    /// Returns the text itself, to be hashed and nothing else.
    pub fn reveal(&self) -> &str {
        self.0.reveal()
    }

    /// Errors when the password is too easy to guess for the login that is to have it.
    ///
    /// `words` are what everybody knows of the login: its address, its account's name and number, and
    /// the shop's name.
    pub fn judge(&self, characters_min: u32, words: &[&str]) -> Result<(), PasswordError> {
        let length = self.length();
        if length < characters_min as usize {
            return Err(PasswordError::TooShort { length, least: characters_min });
        }
        let folded = Zeroizing::new(self.reveal().to_lowercase());
        if is_common(&folded) {
            return Err(PasswordError::Common);
        }
        if let Some(unit) = repeated(&folded) {
            return Err(PasswordError::Repeated { characters: unit.chars().count() });
        }
        match own_word(&folded, words) {
            Some(word) => Err(PasswordError::OwnWord { word }),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password")
    }
}

/// Returns the few characters that a password only repeats.
fn repeated(text: &str) -> Option<&str> {
    let ends = text.char_indices().skip(1).map(|(end, _)| end).take(CHARACTERS_MIN as usize / 2);
    ends.map(|end| &text[..end])
        .find(|unit| text.len().is_multiple_of(unit.len()) && text.replace(unit, "").is_empty())
}

/// Returns the word of the owner's that makes up too much of a password.
fn own_word(folded: &str, words: &[&str]) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    for word in words {
        let word = word.to_lowercase();
        parts.extend(word.split(|letter: char| !letter.is_alphanumeric()).map(str::to_owned));
        parts.push(word.chars().filter(|letter| letter.is_alphanumeric()).collect());
        parts.push(word);
    }
    parts.retain(|part| part.chars().count() >= WORD_MIN && folded.contains(part.as_str()));
    parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
    let mut rest = Zeroizing::new(folded.to_owned());
    for part in &parts {
        rest = Zeroizing::new(rest.replace(part.as_str(), ""));
    }
    let left = rest.chars().filter(|letter| letter.is_alphanumeric()).count();
    if left < OWN_CHARACTERS_MIN { parts.into_iter().next() } else { None }
}

/// Why a password was refused. No case holds any of it, but words that everybody knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PasswordError {
    Empty,
    TooShort { length: usize, least: u32 },
    TooLong { length: usize },
    ControlCharacter,
    Common,
    Repeated { characters: usize },
    OwnWord { word: String },
    Old,
}

impl fmt::Display for PasswordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PasswordError::Empty => f.write_str("the password is empty"),
            PasswordError::TooShort { length, least } => {
                write!(f, "the password has {length} characters; it needs at least {least}")
            }
            PasswordError::TooLong { length } => {
                write!(
                    f,
                    "the password has {length} characters; at most {CHARACTERS_MAX} are taken"
                )
            }
            PasswordError::ControlCharacter => {
                f.write_str("the password holds a control character, which no keyboard types")
            }
            PasswordError::Common => {
                f.write_str("the password is one of the common ones, which are tried first")
            }
            PasswordError::Repeated { characters: 1 } => {
                f.write_str("the password is one character over and over")
            }
            PasswordError::Repeated { characters } => {
                write!(f, "the password is the same {characters} characters over and over")
            }
            PasswordError::OwnWord { word } => {
                write!(f, "the password is little more than `{word}`, which everybody knows of you")
            }
            PasswordError::Old => f.write_str("the new password is the old one"),
        }
    }
}

impl std::error::Error for PasswordError {}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: [&str; 3] = ["inkop@akersberga-mark.example", "Åkersberga Mark AB", "556012-5790"];

    fn password(text: &str) -> Password {
        Password::read(&Secret::new(text.to_owned())).expect("a password")
    }

    fn judged(text: &str) -> Result<(), PasswordError> {
        password(text).judge(CHARACTERS_MIN, &WORDS)
    }

    #[test]
    fn a_password_is_the_same_composed_and_decomposed() {
        let composed = password("r\u{e4}ksm\u{f6}rg\u{e5}sar \u{e5}t alla");
        let decomposed = password("ra\u{308}ksmo\u{308}rga\u{30a}sar a\u{30a}t alla");
        assert!(composed == decomposed);
        assert_eq!(composed.length(), 20);
        assert!(password("\u{fb01}n va\u{308}g") == password("fin v\u{e4}g"));
    }

    #[test]
    fn long_passwords_of_every_script_are_taken_without_rules_of_composition() {
        for text in [
            "en kopp kaffe till tack",
            "🦉🦉🐝🌲🏔🦉🐝🌲🏔🦉🌊🐝🌲🏔🦉",
            "пятнадцать букв тут",
            "               x",
        ] {
            assert_eq!(judged(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn what_no_login_can_have_is_no_password() {
        let read = |text: &str| Password::read(&Secret::new(text.to_owned())).map(drop);
        assert_eq!(read(""), Err(PasswordError::Empty));
        assert_eq!(read("before\0after, and more"), Err(PasswordError::ControlCharacter));
        assert_eq!(read("two lines\nof a password"), Err(PasswordError::ControlCharacter));
        assert_eq!(read(&"å".repeat(257)), Err(PasswordError::TooLong { length: 257 }));
        assert_eq!(read(&"å".repeat(256)), Ok(()));
    }

    #[test]
    fn short_common_and_repeated_passwords_are_refused_with_the_reason() {
        assert_eq!(
            judged("fjorton tecken"),
            Err(PasswordError::TooShort { length: 14, least: 15 })
        );
        assert_eq!(judged("QwertyUiop12345"), Err(PasswordError::Common));
        assert_eq!(judged("hejhejhejhejhej"), Err(PasswordError::Repeated { characters: 3 }));
        assert_eq!(judged("åååååååååååååååå"), Err(PasswordError::Repeated { characters: 1 }));
    }

    #[test]
    fn a_password_of_little_more_than_what_everybody_knows_is_refused() {
        for text in [
            "inkop@akersberga-mark.example",
            "Åkersberga Mark AB 1",
            "556012-5790-2026",
            "5560125790 mark!!",
            "AkersbergaMark2026",
        ] {
            assert!(matches!(judged(text), Err(PasswordError::OwnWord { .. })), "{text}");
        }
        assert_eq!(judged("Åkersberga är vackrast i maj"), Ok(()));
    }

    #[test]
    fn neither_a_password_nor_its_refusal_shows_it() {
        let text = "Marsvin bakom skranket";
        assert!(
            !format!("{:?} {:?}", password(text), Password::read(&Secret::new(text.into())))
                .contains("Marsvin")
        );
        let short = judged("Marsvin").expect_err("too short");
        assert!(!format!("{short} {short:?}").contains("Marsvin"));
    }
}
