//! Personal data: whom a text speaks of, on which legal ground the shop holds what, and until when.
//!
//! Source: Regulation (EU) 2016/679 (GDPR) articles 6, 15, 17 and 20; the Swedish Bookkeeping Act,
//! bokföringslag (1999:1078), chapters 1, 5 and 7.

use chrono::{Datelike, NaiveDate};

use super::email::Email;

/// The domain of the addresses that stand where one was erased; nobody can ever have it (RFC 2606).
const ERASED_DOMAIN: &str = "erased.invalid";

/// What stands where a text was erased that cannot be empty.
pub const ERASED: &str = "(erased)";

/// A person, as the shop knows one: an e-mail address, and names that go with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub email: Email,
    key: String,
    /// How the address may be written, in lower case: its domain in letters, and in Punycode.
    spellings: Vec<String>,
    names: Vec<String>,
}

impl Person {
    pub fn new(email: Email) -> Person {
        let spellings = email.spellings();
        Person { key: email.key(), email, spellings, names: Vec::new() }
    }

    /// Adds a name that the person is called by.
    pub fn called(&mut self, name: &str) {
        let name = folded(name);
        if !name.is_empty() && !self.names.contains(&name) {
            self.names.push(name);
        }
    }

    pub fn has_name(&self) -> bool {
        !self.names.is_empty()
    }

    /// Says whether a text is the person's address and nothing else.
    pub fn is_address(&self, text: &str) -> bool {
        self.spellings.contains(&text.to_lowercase())
    }

    /// Says whether the person's address stands in a text, and not as part of a longer one.
    pub fn has_address_in(&self, text: &str) -> bool {
        if !text.contains('@') {
            return false;
        }
        let text = unquoted(text).to_lowercase();
        self.spellings.iter().any(|spelling| stands_in(&text, spelling, is_of_address))
    }

    /// Says whether one of the person's names stands in a text, as words of their own.
    pub fn is_named_in(&self, text: &str) -> bool {
        if self.names.is_empty() {
            return false;
        }
        let text = folded(&unquoted(text));
        self.names.iter().any(|name| stands_in(&text, name, char::is_alphanumeric))
    }

    /// Says whether a contact's name goes with the address: `Anna Berg` with `anna.berg@`, `a.berg@`
    /// and `annaberg@`.
    pub fn may_be(&self, contact: &str) -> bool {
        let local = self.key.split('@').next().unwrap_or_default();
        let local: Vec<&str> =
            local.split(['.', '_', '-', '+']).filter(|part| !part.is_empty()).collect();
        let contact = ascii(&folded(contact));
        let words: Vec<&str> = contact.split([' ', '-']).filter(|word| !word.is_empty()).collect();
        if words.len() < 2 {
            return false;
        }
        let is_initial =
            |part: &str| part.len() == 1 && words.iter().any(|word| word.starts_with(part));
        match local.as_slice() {
            [joined] => *joined == words.concat(),
            parts => {
                parts.iter().any(|part| words.contains(part))
                    && parts.iter().all(|part| words.contains(part) || is_initial(part))
            }
        }
    }
}

/// Returns the address that stands where the one of row `id` was erased.
pub fn marker(id: i64) -> String {
    format!("erased-{id}@{ERASED_DOMAIN}")
}

/// Says whether an address stands where one was erased.
pub fn is_marker(email: &Email) -> bool {
    email.domain() == ERASED_DOMAIN
}

/// Returns a text in lower case with single spaces.
fn folded(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect::<Vec<&str>>().join(" ")
}

/// Writes Swedish letters as they are written in addresses.
fn ascii(text: &str) -> String {
    let plain = |letter| match letter {
        'å' | 'ä' | 'à' | 'á' => 'a',
        'ö' | 'ø' => 'o',
        'é' | 'è' | 'ë' => 'e',
        'ü' => 'u',
        other => other,
    };
    text.chars().map(plain).collect()
}

/// Undoes how an apostrophe is written in a command line that is kept.
fn unquoted(text: &str) -> String {
    text.replace("'\\''", "'")
}

fn is_of_address(character: char) -> bool {
    character.is_alphanumeric() || "._%+-".contains(character)
}

/// Says whether `part` stands in `text` with nothing joined to it that belongs to the same word.
fn stands_in(text: &str, part: &str, is_joined: impl Fn(char) -> bool) -> bool {
    text.match_indices(part).any(|(start, _)| {
        let before = text[..start].chars().next_back();
        let mut after = text[start + part.len()..].chars();
        let joined_after = match after.next() {
            // A full stop ends a sentence more often than it goes on with a domain.
            Some('.') => is_joined('.') && after.next().is_some_and(char::is_alphanumeric),
            Some(next) => is_joined(next),
            None => false,
        };
        !before.is_some_and(&is_joined) && !joined_after
    })
}

/// A kind of thing that the shop holds on a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Logins,
    Accounts,
    Orders,
    Subscriptions,
    Notices,
    Notes,
    Invoices,
    Payments,
    Mails,
    Events,
    Staff,
}

impl Part {
    pub const ALL: [Part; 11] = [
        Part::Logins,
        Part::Accounts,
        Part::Orders,
        Part::Subscriptions,
        Part::Notices,
        Part::Notes,
        Part::Invoices,
        Part::Payments,
        Part::Mails,
        Part::Events,
        Part::Staff,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Part::Logins => "logins",
            Part::Accounts => "accounts",
            Part::Orders => "orders",
            Part::Subscriptions => "subscriptions",
            Part::Notices => "notices",
            Part::Notes => "notes",
            Part::Invoices => "invoices",
            Part::Payments => "payments",
            Part::Mails => "mails",
            Part::Events => "events",
            Part::Staff => "staff",
        }
    }

    /// Returns the ground on which the shop holds it.
    pub const fn ground(self) -> &'static str {
        match self {
            Part::Logins | Part::Accounts | Part::Orders | Part::Subscriptions => {
                "the agreement with the organisation that the person acts for: GDPR art. 6.1 f, and \
                 6.1 b where the person is the customer"
            }
            Part::Notices => NOTICE_GROUND,
            Part::Notes => "the office's work with the customer: GDPR art. 6.1 f",
            Part::Invoices | Part::Payments => BOOKKEEPING_GROUND,
            Part::Mails => {
                "mails that carried an invoice: Bookkeeping Act ch. 7 s. 2, GDPR art. 6.1 c; any \
                 other: the agreement, GDPR art. 6.1 f"
            }
            Part::Events => {
                "how each entry was processed: Bookkeeping Act ch. 5 s. 11, GDPR art. 6.1 c and f"
            }
            Part::Staff => STAFF_GROUND,
        }
    }
}

const BOOKKEEPING_GROUND: &str =
    "bookkeeping material: Bookkeeping Act ch. 7 s. 2, GDPR art. 6.1 c and 17.3 b";
const NOTICE_GROUND: &str = "record of an agreement: Bookkeeping Act ch. 1 s. 2 and ch. 7 s. 2, GDPR \
                             art. 6.1 c and 17.3 b and e";
const STAFF_GROUND: &str =
    "who made which entry: Bookkeeping Act ch. 5 s. 11, GDPR art. 6.1 c and 17.3 b";

/// Something that is kept although the person asked for it to be erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kept {
    Invoices,
    CreditNotes,
    Documents,
    EInvoices,
    /// Reminders of unpaid invoices, with their documents.
    Reminders,
    Payments,
    /// Why something was entered in the ledger of what is owed.
    Entries,
    Vouchers,
    InvoiceMails,
    Notices,
    NoticeMails,
    /// Whom licences are for, as their copies say it.
    Licences,
    /// The account of a sole trader, whose number and name are a person's.
    SoleTraders,
    Staff,
}

impl Kept {
    pub const fn as_str(self) -> &'static str {
        match self {
            Kept::Invoices => "invoices",
            Kept::CreditNotes => "credit notes",
            Kept::Documents => "documents of invoices",
            Kept::EInvoices => "e-invoices",
            Kept::Reminders => "payment reminders and their documents",
            Kept::Payments => "payments",
            Kept::Entries => "reasons of entries in the ledger",
            Kept::Vouchers => "vouchers in the books",
            Kept::InvoiceMails => "mails that carried an invoice",
            Kept::Notices => "notices and their confirmations",
            Kept::NoticeMails => "mails that carried a confirmation of notice",
            Kept::Licences => "holders of licences",
            Kept::SoleTraders => "name and number of a sole trader",
            Kept::Staff => "names of staff, by which operations are known",
        }
    }

    pub const fn ground(self) -> &'static str {
        match self {
            Kept::Invoices
            | Kept::CreditNotes
            | Kept::Documents
            | Kept::EInvoices
            | Kept::Reminders
            | Kept::Payments
            | Kept::Entries
            | Kept::Vouchers
            | Kept::InvoiceMails => BOOKKEEPING_GROUND,
            Kept::Notices | Kept::NoticeMails | Kept::Licences => NOTICE_GROUND,
            Kept::SoleTraders => {
                "the account is not closed, or was invoiced: GDPR art. 6.1 b and c; Bookkeeping Act \
                 ch. 7 s. 2"
            }
            Kept::Staff => STAFF_GROUND,
        }
    }
}

/// Returns the last day on which bookkeeping material of a day must be kept: the seventh year after
/// the calendar year in which the financial year closed, which is taken to be the calendar year.
pub fn kept_until(day: NaiveDate) -> NaiveDate {
    NaiveDate::from_ymd_opt(day.year() + 7, 12, 31).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(email: &str) -> Person {
        Person::new(email.parse().expect("an address"))
    }

    #[test]
    fn an_address_is_found_whatever_stands_around_it() {
        let anna = person("Anna.Berg@saab.example");
        for text in [
            "anna.berg@saab.example",
            "Anna Berg <ANNA.BERG@SAAB.EXAMPLE>",
            "call anna.berg@saab.example. Then write",
            "shopctl account edit X --invoice-email=anna.berg@saab.example",
            "mailto:anna.berg@saab.example",
        ] {
            assert!(anna.has_address_in(text), "{text}");
        }
        for text in [
            "johanna.berg@saab.example",
            "x-anna.berg@saab.example",
            "anna.berg@saab.example.org",
            "anna.berg@saab.examples",
            "anna.berg at saab.example",
        ] {
            assert!(!anna.has_address_in(text), "{text}");
        }
        let irish = person("o'brien@saab.example");
        assert!(irish.has_address_in("shopctl account show 'o'\\''brien@saab.example'"));
    }

    #[test]
    fn an_address_is_found_in_letters_and_in_punycode() {
        for email in ["asa@räksmörgås.example", "Asa@XN--RKSMRGS-5WAO1O.example"] {
            let asa = person(email);
            for text in ["asa@RÄKSMÖRGÅS.example", "asa@xn--rksmrgs-5wao1o.example"] {
                assert!(asa.is_address(text), "{text}");
                assert!(asa.has_address_in(&format!("call <{text}>")), "{text}");
            }
            assert!(!asa.is_address("asa@smörgås.example"));
        }
    }

    #[test]
    fn a_name_is_found_as_words_of_its_own() {
        let mut anna = person("anna.berg@saab.example");
        assert!(!anna.is_named_in("Anna Berg"));
        anna.called(" Anna  Berg ");
        for text in ["Ref: anna berg", "Anna\u{a0}Berg, 3 tr", "(Anna Berg)"] {
            assert!(anna.is_named_in(text), "{text}");
        }
        for text in ["Johanna Berg", "Anna Bergman", "Anna, Berg"] {
            assert!(!anna.is_named_in(text), "{text}");
        }
    }

    #[test]
    fn a_contact_goes_with_an_address_that_is_made_of_the_name() {
        for (email, contact) in [
            ("anna.berg@x.example", "Anna Berg"),
            ("a.berg@x.example", "Anna Berg"),
            ("annaberg@x.example", "Anna Berg"),
            ("asa.ohman@x.example", "Åsa Öhman"),
            ("anna.berg@x.example", "Anna Maria Berg"),
        ] {
            assert!(person(email).may_be(contact), "{email} {contact}");
        }
        for (email, contact) in [
            ("anna@x.example", "Anna Berg"),
            ("anna.berg@x.example", "Bo Berg"),
            ("faktura@x.example", "Anna Berg"),
            ("anna.berg@x.example", "Anna"),
            ("a.b@x.example", "Anna Berg"),
        ] {
            assert!(!person(email).may_be(contact), "{email} {contact}");
        }
    }

    #[test]
    fn bookkeeping_is_kept_through_the_seventh_year() {
        for (day, last) in [("2026-01-01", "2033-12-31"), ("2026-12-31", "2033-12-31")] {
            let day: NaiveDate = day.parse().expect("a day");
            assert_eq!(kept_until(day).to_string(), last);
        }
    }

    #[test]
    fn what_stands_for_an_erased_address_is_an_address() {
        let email: Email = marker(7).parse().expect("an address");
        assert!(is_marker(&email));
        assert!(!is_marker(&"anna@saab.example".parse().expect("an address")));
    }
}
