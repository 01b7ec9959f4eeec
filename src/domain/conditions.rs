//! The conditions a customer accepts with an order, in versions that are never altered.

use super::language::Language;

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
