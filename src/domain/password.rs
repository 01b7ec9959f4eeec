//! Passwords: their form, what makes one too easy to guess, how they are kept, and how long whoever
//! guesses must wait.
//!
//! Length decides, and there are no rules of composition. Sources: NIST SP 800-63B-4 section 3.1.1.2
//! (fifteen characters, normalised, checked against common and context-specific words), OWASP Password
//! Storage Cheat Sheet (argon2id, 46 MiB, one pass, one lane).

mod common;
mod guess;
mod hash;
mod run;

use std::fmt;

use icu_normalizer::ComposingNormalizerBorrowed;
use zeroize::Zeroizing;

use self::common::{is_common, is_common_with_more, plain};
pub use self::guess::wait_seconds;
pub use self::hash::{HashCost, PasswordHash};
use self::run::characters_without_runs;

use super::secret::Secret;

/// The fewest characters that a password can be allowed to have.
pub const CHARACTERS_MIN: u32 = 15;
/// The most characters that are taken: longer ones cost time and protect no better.
pub const CHARACTERS_MAX: usize = 256;

/// How many characters must be left of a password without what a guesser tries first: the words that
/// everybody knows of its owner, letters and digits in a row, and what only repeats.
const OWN_CHARACTERS_MIN: usize = 8;
/// How many bytes NFKC can make of one. Source: Unicode Standard Annex 15, section 9.
const NFKC_GROWTH: usize = 11;
/// How many bytes a lower case can make of one.
const LOWER_GROWTH: usize = 3;
/// The shortest word of the owner's that is looked for.
const WORD_MIN: usize = 4;

/// A password in the one form that is hashed: NFKC, so that it is the same from every keyboard.
#[derive(Clone)]
pub struct Password {
    text: Secret,
    /// How many characters it was typed with, which can be fewer or more.
    typed: usize,
}

impl Password {
    /// Reads a password as it was typed; spaces count, also the first and the last.
    ///
    /// Errors when no login can have it: it is empty, longer than [`CHARACTERS_MAX`] characters, or
    /// holds a control character.
    pub fn read(typed: &Secret) -> Result<Password, PasswordError> {
        // As large as it can become: a text that grows leaves copies behind that nobody wipes.
        let mut text = Zeroizing::new(String::with_capacity(NFKC_GROWTH * typed.reveal().len()));
        let normalizer = ComposingNormalizerBorrowed::new_nfkc();
        normalizer.normalize_to(typed.reveal(), &mut *text).expect("a string takes every text");
        if text.is_empty() {
            return Err(PasswordError::Empty);
        }
        if text.chars().any(char::is_control) {
            return Err(PasswordError::ControlCharacter);
        }
        match text.chars().count() {
            length if length > CHARACTERS_MAX => Err(PasswordError::TooLong { length }),
            _ => Ok(Password {
                text: Secret::new(text.as_str().to_owned()),
                typed: typed.reveal().chars().count(),
            }),
        }
    }

    /// Returns the number of characters, as typed or as hashed, whichever is less: one ligature may
    /// stand for eighteen letters, and is one guess.
    pub fn length(&self) -> usize {
        self.typed.min(self.reveal().chars().count())
    }

    /// Returns the text itself, to be hashed and nothing else.
    pub fn reveal(&self) -> &str {
        self.text.reveal()
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
        let folded = folded(self.reveal());
        if is_common(&folded) {
            return Err(PasswordError::Common);
        }
        if is_common_with_more(&folded) {
            return Err(PasswordError::CommonWithMore);
        }
        if let Some(unit) = repeated(&folded) {
            return Err(PasswordError::Repeated { characters: unit.chars().count() });
        }
        if characters_without_runs(&folded) < OWN_CHARACTERS_MIN {
            return Err(PasswordError::Runs);
        }
        match own_word(&folded, words) {
            Some(word) => Err(PasswordError::OwnWord { word }),
            None => Ok(()),
        }
    }
}

impl PartialEq for Password {
    fn eq(&self, other: &Password) -> bool {
        self.text == other.text
    }
}

impl Eq for Password {}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password")
    }
}

/// Returns a password as it is compared: in lower case, and without the dots and accents of its letters.
fn folded(text: &str) -> Zeroizing<String> {
    let mut folded = Zeroizing::new(String::with_capacity(LOWER_GROWTH * text.len()));
    folded.extend(text.chars().flat_map(char::to_lowercase).map(plain));
    folded
}

/// Returns the few characters that a password only repeats, but for a little at its end.
fn repeated(text: &str) -> Option<&str> {
    let ends = text.char_indices().skip(1).map(|(end, _)| end).take(CHARACTERS_MIN as usize / 2);
    ends.map(|end| &text[..end]).find(|unit| {
        let same = text.as_bytes().chunks(unit.len()).take_while(|part| *part == unit.as_bytes());
        let times = same.count();
        let rest = &text[times * unit.len()..];
        times > 1 && rest.chars().count() < OWN_CHARACTERS_MIN.min(times * unit.chars().count())
    })
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
    let mut known = Vec::new();
    let mut is_known = vec![false; folded.len()];
    for part in parts.into_iter().filter(|part| part.chars().count() >= WORD_MIN) {
        let plain: String = part.chars().map(plain).collect();
        for (start, found) in folded.match_indices(plain.as_str()) {
            is_known[start..start + found.len()].fill(true);
            known.push(part.clone());
        }
    }
    let is_left = |(at, letter): &(usize, char)| letter.is_alphanumeric() && !is_known[*at];
    let left = folded.char_indices().filter(is_left).count();
    known.sort_by_key(|part| std::cmp::Reverse(part.len()));
    if left < OWN_CHARACTERS_MIN { known.into_iter().next() } else { None }
}

/// Why a password was refused. No case holds any of it, but words that everybody knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PasswordError {
    Empty,
    TooShort { length: usize, least: u32 },
    TooLong { length: usize },
    ControlCharacter,
    Common,
    CommonWithMore,
    Repeated { characters: usize },
    Runs,
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
            PasswordError::CommonWithMore => f.write_str(
                "the password is little more than common ones, which are tried first, with digits too",
            ),
            PasswordError::Runs => f.write_str(
                "the password is little more than letters or digits in a row, such as abcd or 1234",
            ),
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
            "vi ses 14:30 vid bryggan",
            "73018 26495 18273 6",
            "sommarstugan vid havet",
            "property trees were here",
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
        for text in [
            "Password12345678",
            "lösenord12345678",
            "LOSENORD-2026-12!",
            "sommarsommar2026",
            "SommarVinter2026!",
            "2026 p@ssw0rd 2026",
            "lösenordlösenord",
            "1q2w3e4r 2026-11-23",
        ] {
            assert_eq!(judged(text), Err(PasswordError::CommonWithMore), "{text}");
        }
        for text in [
            "123456789012345678",
            "1234512345123456",
            "aaaaaaaabbbbbbbb",
            "abcdefghijklmnopqrst",
            "9876543210987654",
            "zyxwvutsrqponmlk",
            "qwertyuiopåasdfgh",
            "qwer1234asdf5678",
            "               x",
        ] {
            let refused = judged(text).expect_err(text);
            let is_guessed = matches!(
                refused,
                PasswordError::Runs
                    | PasswordError::Repeated { .. }
                    | PasswordError::Common
                    | PasswordError::CommonWithMore
            );
            assert!(is_guessed, "{text}: {refused}");
        }
        assert_eq!(judged("hejhejhejhejhej1"), Err(PasswordError::Repeated { characters: 3 }));
        assert_eq!(judged("hejhejhejhejhej"), Err(PasswordError::Repeated { characters: 3 }));
        assert_eq!(judged("ыыыыыыыыыыыыыыыы"), Err(PasswordError::Repeated { characters: 1 }));
    }

    #[test]
    fn a_password_of_little_more_than_what_everybody_knows_is_refused() {
        for text in [
            "inkop@akersberga-mark.example",
            "Åkersberga Mark AB 1",
            "556012-5790-2026",
            "5560125790 mark!!",
            "AkersbergaMark2026",
            "akersbergamark-2026",
        ] {
            assert!(matches!(judged(text), Err(PasswordError::OwnWord { .. })), "{text}");
        }
        assert_eq!(judged("Åkersberga är vackrast i maj"), Ok(()));
        let volvo = password("volvoforsaljning2026").judge(15, &["Volvo Försäljning AB"]);
        assert_eq!(volvo, Err(PasswordError::OwnWord { word: "försäljning".to_owned() }));
    }

    #[test]
    fn a_ligature_is_one_character_however_many_letters_it_stands_for() {
        assert_eq!(judged("\u{fdfa}"), Err(PasswordError::TooShort { length: 1, least: 15 }));
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
