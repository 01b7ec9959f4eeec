//! The words of a packing slip, in both languages.

use crate::domain::language::Language;

/// The fixed words of a packing slip in one language.
pub struct SlipWords {
    pub order_number: &'static str,
    pub ordered_on: &'static str,
    pub posted_on: &'static str,
    pub parcel: &'static str,
    pub tracking: &'static str,
    pub ordered_by: &'static str,
    pub reference: &'static str,
    pub copies: &'static str,
    pub all_copies: &'static str,
    pub lines_summary: &'static str,
    pub invoiced_apart: &'static str,
}

static SWEDISH: SlipWords = SlipWords {
    order_number: "Ordernummer",
    ordered_on: "Orderdatum",
    posted_on: "Avsänt",
    parcel: "Försändelse",
    tracking: "Kollinummer",
    ordered_by: "Beställare",
    reference: "Er referens",
    copies: "Antal exemplar",
    all_copies: "Exemplar i försändelsen",
    lines_summary: "Innehållet i försändelsen: benämning, artikelnummer och antal exemplar",
    invoiced_apart: "Fakturan skickas separat. Hör av er till oss om något inte stämmer.",
};

static ENGLISH: SlipWords = SlipWords {
    order_number: "Order number",
    ordered_on: "Order date",
    posted_on: "Posted",
    parcel: "Parcel",
    tracking: "Tracking no.",
    ordered_by: "Ordered by",
    reference: "Your reference",
    copies: "Copies",
    all_copies: "Copies in this parcel",
    lines_summary: "What is in the parcel: description, item number and number of copies",
    invoiced_apart: "The invoice is sent separately. Please let us know if anything is not right.",
};

impl SlipWords {
    /// Returns the words of a language.
    pub fn of(language: Language) -> &'static SlipWords {
        match language {
            Language::Swedish => &SWEDISH,
            Language::English => &ENGLISH,
        }
    }
}
