//! What a licence copy says of itself on its pages, and how that is read off a page again.

use super::super::seal::claim::Claim;
use super::super::seal::key::KeyId;
use crate::domain::language::Language;

/// Returns the header of every page: the licence's period, its number and edition.
pub fn header(claim: &Claim) -> String {
    let (start, last_day) = (claim.period.start, claim.period.last_day());
    let valid = match claim.language {
        Language::Swedish => "Licensen gäller",
        Language::English => "Licence valid",
    };
    let [licence, edition] = licence_words(claim.language);
    let (number, made) = (claim.licence, claim.edition);
    format!("{valid} {start} – {last_day} · {licence} {number} {edition} {made}")
}

/// Returns what stands beside the code on the first page.
pub fn note(language: Language, key: KeyId) -> String {
    match language {
        Language::Swedish => format!(
            "Kontrollera äktheten: koden intygar vem licensen gäller för och hur länge, och filens \
             elektroniska sigill att sidorna är oförändrade. Nyckel {key}."
        ),
        Language::English => format!(
            "Check that this copy is genuine: the code certifies whose licence it is and for how long, and \
             the file's electronic seal that its pages are unaltered. Key {key}."
        ),
    }
}

const fn licence_words(language: Language) -> [&'static str; 2] {
    match language {
        Language::Swedish => ["Licens", "utgåva"],
        Language::English => ["Licence", "edition"],
    }
}

/// Returns the licences, with their editions, that headers among the text of a page name. Spaces are
/// not looked at, since programs that set a page anew have their own way with them.
pub fn read_headers(text: &str) -> Vec<(u32, u16)> {
    let text: String = text.split_whitespace().collect();
    let mut found = Vec::new();
    for language in [Language::Swedish, Language::English] {
        let [licence, edition] = licence_words(language);
        for (at, _) in text.match_indices(licence) {
            let named = number(&text[at + licence.len()..]).and_then(|(number, rest)| {
                let (made, _) = self::number(rest.strip_prefix(edition)?)?;
                Some((u32::try_from(number).ok()?, u16::try_from(made).ok()?))
            });
            found.extend(named);
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Takes a whole number off the beginning of a text.
fn number(text: &str) -> Option<(u64, &str)> {
    let end = text.find(|character: char| !character.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    digits.parse().ok().map(|number| (number, rest))
}

#[cfg(test)]
mod tests {
    use super::super::super::seal::sample;
    use super::*;

    #[test]
    fn a_header_names_the_period_and_the_licence_in_the_agreements_language() {
        let swedish = sample::claim();
        let words = "Licensen gäller 2027-01-01 – 2027-12-31 · Licens 1042 utgåva 2";
        assert_eq!(header(&swedish), words);
        let english = Claim { language: Language::English, ..swedish };
        let words = "Licence valid 2027-01-01 – 2027-12-31 · Licence 1042 edition 2";
        assert_eq!(header(&english), words);
        assert_eq!(read_headers(&header(&english)), [(1042, 2)]);
    }

    #[test]
    fn a_header_is_read_whatever_became_of_its_spaces() {
        for text in ["…Licens1042utgåva2…", "Licens 10\n42 ut gåva 2 Licens 1042 utgåva 2"] {
            assert_eq!(read_headers(text), [(1042, 2)], "{text}");
        }
        for text in
            ["", "Licens", "Licens 1042", "Licens x utgåva 2", "Licens 99999999999 utgåva 2"]
        {
            assert_eq!(read_headers(text), [], "{text}");
        }
    }
}
