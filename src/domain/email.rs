//! E-mail addresses: their form, the key they are compared by, and whose they look like.

use std::fmt;
use std::str::FromStr;

/// The longest address. Source: RFC 5321 4.5.3.1.3, less the angle brackets.
const ADDRESS_MAX: usize = 254;
const LOCAL_PART_MAX: usize = 64;

/// An address of the form `local@domain.tld`, as its owner writes it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Email(String);

impl Email {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the form by which addresses are told apart: lower case throughout, the domain in letters
    /// and not in Punycode. Source: UTS 46.
    pub fn key(&self) -> String {
        let lower = self.0.to_lowercase();
        match lower.rsplit_once('@') {
            Some((local, domain)) if !domain.is_ascii() || domain.contains("xn--") => {
                match idna::domain_to_unicode(domain) {
                    (domain, Ok(())) => format!("{local}@{domain}"),
                    (_, Err(_)) => lower,
                }
            }
            _ => lower,
        }
    }

    /// Returns the ways to write the address, in lower case: as its owner does, with the domain in
    /// letters, and with the domain in Punycode.
    pub fn spellings(&self) -> Vec<String> {
        let key = self.key();
        let mut spellings = vec![key.clone(), self.0.to_lowercase()];
        if let Some((local, domain)) = key.rsplit_once('@')
            && let Ok(domain) = idna::domain_to_ascii(domain)
        {
            spellings.push(format!("{local}@{domain}"));
        }
        spellings.sort();
        spellings.dedup();
        spellings
    }

    /// Returns what stands after the @.
    pub fn domain(&self) -> &str {
        self.0.rsplit('@').next().unwrap_or_default()
    }

    /// Says whether the address looks like a person's (`anna.berg@`) and not like a function's.
    ///
    /// R9: an invoice sent to a person is often missed. Looks like a person's: two words of letters
    /// joined by a point, hyphen or underscore, neither of them a word of the office; or a first
    /// name alone that many Swedes bear.
    pub fn looks_personal(&self) -> bool {
        let local = self.0.split('@').next().unwrap_or_default().to_lowercase();
        let local = local.split('+').next().unwrap_or_default();
        let words: Vec<&str> =
            local.split(['.', '_', '-']).filter(|word| !word.is_empty()).collect();
        let named = |word: &&str| word.chars().all(char::is_alphabetic);
        if words.iter().any(|word| FUNCTION_WORDS.iter().any(|function| word.contains(function))) {
            return false;
        }
        match words.as_slice() {
            [only] => FIRST_NAMES.contains(only),
            [_, ..] => words.iter().all(named),
            [] => false,
        }
    }
}

/// Parts of words that name a function of an office, in Swedish and English.
const FUNCTION_WORDS: [&str; 34] = [
    "faktur",
    "ekonomi",
    "redovisning",
    "reskontra",
    "bokforing",
    "bokföring",
    "invoice",
    "account",
    "billing",
    "finance",
    "payable",
    "info",
    "kontakt",
    "contact",
    "kontor",
    "office",
    "reception",
    "registrator",
    "kansli",
    "inkop",
    "inköp",
    "order",
    "admin",
    "support",
    "service",
    "post",
    "mail",
    "avtal",
    "scan",
    "leverantor",
    "leverantör",
    "kund",
    "styrelse",
    "hr",
];

/// First names common enough in Sweden to stand alone in an address.
const FIRST_NAMES: [&str; 48] = [
    "anders",
    "andreas",
    "anna",
    "anneli",
    "birgitta",
    "bo",
    "britt",
    "carina",
    "carl",
    "christer",
    "daniel",
    "elin",
    "elisabeth",
    "emma",
    "erik",
    "eva",
    "fredrik",
    "gunilla",
    "gunnar",
    "hans",
    "helena",
    "ingrid",
    "jan",
    "jenny",
    "johan",
    "johanna",
    "jonas",
    "karin",
    "karl",
    "kristina",
    "lars",
    "lena",
    "linda",
    "magnus",
    "malin",
    "maria",
    "marie",
    "mats",
    "mikael",
    "nils",
    "olof",
    "per",
    "peter",
    "sara",
    "sofia",
    "stefan",
    "thomas",
    "ulf",
];

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Why an address was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmailError {
    pub text: String,
    pub reason: &'static str,
}

impl fmt::Display for EmailError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not an e-mail address: {}", self.text, self.reason)
    }
}

impl std::error::Error for EmailError {}

impl EmailError {
    /// Returns the reason in words that do not repeat the text, which may be a secret in the wrong place.
    pub fn without_text(&self) -> String {
        format!("this is not an e-mail address: {}", self.reason)
    }
}

/// Reads one bare address. Quoted local parts, comments, display names and address literals are
/// refused: no shop's customer uses them, and each is a way to smuggle a second recipient.
impl FromStr for Email {
    type Err = EmailError;

    fn from_str(text: &str) -> Result<Email, EmailError> {
        let trimmed = text.trim_matches([' ', '\u{a0}', '\t']);
        let refuse = |reason| Err(EmailError { text: trimmed.to_owned(), reason });
        let Some((local, domain)) = trimmed.rsplit_once('@') else {
            return refuse("it has no @");
        };
        if trimmed.chars().any(|c| c.is_control() || c.is_whitespace()) {
            return refuse("it holds a space or a control character");
        }
        if trimmed.len() > ADDRESS_MAX || local.len() > LOCAL_PART_MAX {
            return refuse("it is too long");
        }
        if local.is_empty() || !local.bytes().all(is_local_byte) {
            return refuse("the part before @ holds a character that mail servers do not take");
        }
        if local.starts_with('.') || local.ends_with('.') || local.contains("..") {
            return refuse("a point stands where none may stand");
        }
        if !domain.contains('.') || !domain.split('.').all(is_label) {
            return refuse("the part after @ is not a domain such as example.se");
        }
        if domain.rsplit('.').next().is_some_and(|tld| tld.bytes().all(|b| b.is_ascii_digit())) {
            return refuse("the part after @ is not a domain such as example.se");
        }
        Ok(Email(trimmed.to_owned()))
    }
}

/// Says whether a byte may stand before the @. Letters outside a–z would need SMTPUTF8, which too few
/// servers take for invoices to rely on it.
fn is_local_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&byte)
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label.chars().all(|c| c.is_alphanumeric() || c == '-' || is_accent(c))
        && !label.starts_with(|c| c == '-' || is_accent(c))
        && !label.ends_with('-')
}

/// Says whether a character is an accent of the letter before it, as some systems write ä.
fn is_accent(character: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn malformed_addresses_are_refused() {
        let bad = [
            "",
            "anna",
            "@example.se",
            "anna@",
            "anna@example",
            "a b@example.se",
            "a@b@",
            "anna@exa mple.se",
            "anna@-example.se",
            "anna@example..se",
            ".anna@example.se",
            "anna@example.se\r\nBcc: eve@example.com",
            "anna,eva@example.se",
            "<anna@example.se>",
            "\"a b\"@example.se",
            "åsa@example.se",
            "anna@192.168.0.1",
            "anna@[127.0.0.1]",
            "an\0na@example.se",
        ];
        for text in bad {
            assert!(text.parse::<Email>().is_err(), "{text:?}");
        }
        let long = format!("{}@example.se", "a".repeat(65));
        assert!(long.parse::<Email>().is_err());
    }

    #[test]
    fn good_addresses_keep_their_spelling_and_compare_without_case() {
        for text in ["anna@example.se", "Anna.Berg+shop@sub.example.se", "asa@räksmörgås.example"]
        {
            assert_eq!(text.parse::<Email>().expect("good").as_str(), text);
        }
        let email: Email = " Faktura@Example.SE ".parse().expect("good");
        assert_eq!(
            (email.as_str(), email.key().as_str()),
            ("Faktura@Example.SE", "faktura@example.se")
        );
    }

    #[test]
    fn an_address_is_the_same_in_punycode_and_in_letters() {
        let key = |text: &str| text.parse::<Email>().expect(text).key();
        let keys = [
            "asa@räksmörgås.example",
            "Asa@RÄKSMÖRGÅS.example",
            "asa@ra\u{308}ksmo\u{308}rga\u{30a}s.example",
            "asa@xn--rksmrgs-5wao1o.example",
            "asa@XN--RKSMRGS-5WAO1O.example",
        ];
        for text in keys {
            assert_eq!(key(text), "asa@räksmörgås.example", "{text}");
        }
    }

    #[test]
    fn r9_an_invoice_address_that_looks_like_a_persons_is_noticed() {
        for personal in
            ["anna.berg@", "anna_berg@", "per-olof@", "anna@", "Lars.Akesson@", "a.berg@"]
        {
            assert!(
                format!("{personal}example.se").parse::<Email>().expect(personal).looks_personal()
            );
        }
        for function in [
            "faktura@",
            "ekonomi@",
            "invoice.se@",
            "leverantorsfaktura.stockholm@",
            "info@",
            "f1023@",
        ] {
            assert!(
                !format!("{function}example.se").parse::<Email>().expect(function).looks_personal()
            );
        }
    }
}
