//! The conditions a customer accepts with an order, in versions that are never altered.

use super::language::Language;
use super::text;

/// One text in both languages of the shop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    pub sv: String,
    pub en: String,
}

impl Wording {
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Swedish => &self.sv,
            Language::English => &self.en,
        }
    }
}

/// How many months before the renewal date notice must be given: what the text promises in words.
///
/// The text is one for the whole shop, so no subscription may be sold with another notice.
pub const NOTICE_MONTHS: u32 = 3;

/// The longest that the conditions of subscriptions may be, in characters: together with those of printed
/// copies they leave an ordinary invoice at two pages.
const SUBSCRIPTION_MAX: usize = 6000;
/// The longest that those of printed copies may be: a packing slip keeps them on one page.
const PRINTED_MAX: usize = 2000;
/// The most paragraphs of either.
const PARAGRAPHS_MAX: usize = 20;

/// Reads conditions of subscriptions as they are typed: a paragraph a line, none empty.
pub fn parse_subscription(text: &str) -> Result<String, String> {
    parse(text, SUBSCRIPTION_MAX)
}

/// Reads conditions of printed copies as they are typed: a paragraph a line, none empty.
pub fn parse_printed(text: &str) -> Result<String, String> {
    parse(text, PRINTED_MAX)
}

fn parse(text: &str, max: usize) -> Result<String, String> {
    let text = text::paragraphs(text, max).map_err(|error| error.to_string())?;
    match text.lines().count() {
        count if count > PARAGRAPHS_MAX => {
            Err(format!("it has {count} paragraphs; at most {PARAGRAPHS_MAX} are allowed"))
        }
        _ => Ok(text),
    }
}

/// One version of the conditions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conditions {
    pub version: i64,
    /// What a subscription allows, how it renews and how notice is given (R6, R7, R8). It forbids
    /// storing, and so must not stand on the invoice of a licence alone.
    pub subscription: Wording,
    /// What may not be done with a printed copy (R5).
    pub printed: Wording,
}

impl Conditions {
    /// Returns the conditions that a new shop begins with.
    pub fn first() -> Conditions {
        let wording = |sv: &str, en: &str| Wording { sv: sv.to_owned(), en: en.to_owned() };
        Conditions {
            version: 1,
            subscription: wording(
                "Abonnemanget ger tillgång till gällande utgåva, som hämtas på nytt vid varje \
                 tillfälle. Elektronisk lagring är inte tillåten annat än tillfälligt, till exempel \
                 som bilaga till en offert som skickas med e-post. Abonnemanget förlängs med en ny \
                 period om det inte sägs upp senast tre månader före förnyelsedagen, den dagen \
                 inräknad. Avgörande är den dag då uppsägningen kommer in till oss. Uppsägning görs \
                 inloggad eller skriftligen till kontoret.",
                "The subscription gives access to the current edition, fetched anew each time. \
                 Electronic storage is not allowed except temporarily, for instance as an attachment \
                 to an offer sent by e-mail. The subscription is renewed for a new term unless notice \
                 is given at the latest three months before the renewal date, that day included. What \
                 counts is the day on which the notice reaches us. Notice is given when logged in, or \
                 in writing to the office.",
            ),
            printed: wording(
                "Tryckta exemplar får inte kopieras, skannas, skrivas ut, mångfaldigas eller på något \
                 annat sätt hanteras elektroniskt, till exempel skickas med e-post.",
                "Printed copies may not be copied, scanned, printed, duplicated or handled \
                 electronically in any way, for instance sent by e-mail.",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_paragraphs_of_bounded_length() {
        assert_eq!(parse_printed(" Ett.\r\n\n Två. \n").as_deref(), Ok("Ett.\nTvå."));
        for text in ["", " \n\t\n", "a\u{1b}[2J", "a\u{202e}b"] {
            assert!(parse_printed(text).is_err(), "{text:?}");
        }
        assert!(parse_printed(&"x".repeat(PRINTED_MAX)).is_ok());
        assert!(parse_printed(&"x".repeat(PRINTED_MAX + 1)).is_err());
        assert!(parse_subscription(&"x\n".repeat(PARAGRAPHS_MAX)).is_ok());
        assert!(parse_subscription(&"x\n".repeat(PARAGRAPHS_MAX + 1)).is_err());
        let first = Conditions::first();
        for text in [first.subscription.sv, first.subscription.en] {
            assert_eq!(parse_subscription(&text).as_ref(), Ok(&text));
        }
        for text in [first.printed.sv, first.printed.en] {
            assert_eq!(parse_printed(&text).as_ref(), Ok(&text));
        }
    }
}
