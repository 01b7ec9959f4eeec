//! The likeliest invoices of a payment that names none, each with what speaks for it.

use std::fmt;

use chrono::NaiveDate;

use super::super::account::AccountId;
use super::super::invoice::InvoiceNumber;
use super::super::money::Money;
use super::super::org_number::OrgNumber;
use super::super::text::name_key;

/// What is known of a payment for which an invoice is sought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts<'p> {
    /// What is left of it.
    pub left: Money,
    pub payer_name: Option<&'p str>,
    pub payer_org_number: Option<OrgNumber>,
    /// The numbers that stand in its texts, surely or not.
    pub named: Vec<InvoiceNumber>,
    /// The accounts that earlier payments from the payer's bank account were for.
    pub seen: Vec<AccountId>,
}

/// An invoice with something left to pay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    pub number: InvoiceNumber,
    pub account: AccountId,
    pub org_number: OrgNumber,
    pub name: String,
    pub due_on: NaiveDate,
    pub left: Money,
}

/// What speaks for an invoice; the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    Named,
    Amount,
    /// The open invoices of its account, all together.
    Together,
    OrgNumber,
    PayerSeen,
    NameAlike,
}

impl Reason {
    /// Returns how much it weighs: the amount with any sign of the payer more than a number in a text,
    /// and two signs of the payer more than the amount alone.
    const fn weight(self) -> u32 {
        match self {
            Reason::Named => 8,
            Reason::Amount => 6,
            Reason::Together => 4,
            Reason::OrgNumber | Reason::PayerSeen => 4,
            Reason::NameAlike => 3,
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Short: they stand side by side in the narrow column of a list.
        f.write_str(match self {
            Reason::Named => "number",
            Reason::Amount => "amount",
            Reason::Together => "sum of all open",
            Reason::OrgNumber => "org number",
            Reason::PayerSeen => "payer's account",
            Reason::NameAlike => "name",
        })
    }
}

/// An invoice that a payment may be for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Likely {
    pub open: Open,
    pub reasons: Vec<Reason>,
}

/// How many invoices may be of the payment's amount before that alone speaks for none.
const SAME_AMOUNT_MAX: usize = 3;

/// Returns the likeliest of `open` for a payment, at most `max`, the likeliest first and the one that
/// is due first among equals; none for which nothing speaks.
pub fn likeliest(facts: &Facts<'_>, open: Vec<Open>, max: usize) -> Vec<Likely> {
    let is_together = |account: AccountId| {
        let lefts: Vec<Money> =
            open.iter().filter(|one| one.account == account).map(|one| one.left).collect();
        lefts.len() > 1 && lefts.iter().copied().sum::<Money>() == facts.left
    };
    let reasons = |one: &Open| {
        let speaks = [
            (Reason::Named, facts.named.contains(&one.number)),
            (Reason::Amount, one.left == facts.left),
            (Reason::Together, is_together(one.account)),
            (Reason::OrgNumber, facts.payer_org_number.as_ref() == Some(&one.org_number)),
            (Reason::PayerSeen, facts.seen.contains(&one.account)),
            (Reason::NameAlike, facts.payer_name.is_some_and(|name| is_alike(name, &one.name))),
        ];
        speaks.into_iter().filter(|(_, speaks)| *speaks).map(|(reason, _)| reason).collect()
    };
    let mut likely: Vec<Likely> = open
        .iter()
        .map(|one| Likely { open: one.clone(), reasons: reasons(one) })
        .filter(|likely| !likely.reasons.is_empty())
        .collect();
    // What many invoices share, as the price that all subscribers pay, speaks for none of them.
    let same_amount = open.iter().filter(|one| one.left == facts.left).count();
    likely.retain(|it| same_amount <= SAME_AMOUNT_MAX || it.reasons != [Reason::Amount]);
    let weight = |likely: &Likely| likely.reasons.iter().map(|it| it.weight()).sum::<u32>();
    likely.sort_by_key(|it| (u32::MAX - weight(it), it.open.due_on, it.open.number));
    // Beside one for which much speaks, another of its account would only be in the way.
    let heaviest = likely.first().map(weight).unwrap_or_default();
    likely.retain(|it| weight(it) * 2 > heaviest);
    likely.dedup_by_key(|it| it.open.number);
    likely.truncate(max);
    likely
}

/// The fewest characters that a name which another begins with must have.
const BEGINNING_MIN: usize = 4;

/// Says whether two names can be those of one organisation: alike but for case, punctuation and the
/// form of company, or one the beginning of the other, as where a bank has cut it.
pub fn is_alike(one: &str, other: &str) -> bool {
    let (one, other) = (core_of(one), core_of(other));
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    !short.is_empty()
        && (short == long || (short.chars().count() >= BEGINNING_MIN && long.starts_with(&short)))
}

/// Returns what a name is told by: its words without punctuation and without the form of company.
pub fn core_of(name: &str) -> String {
    let key = name_key(name);
    // A letter å, ä or ö is one of the three marks in a key.
    let is_letter = |c: char| c.is_alphanumeric() || matches!(c, '{' | '|' | '}');
    let words: Vec<&str> = key
        .split(|c: char| !is_letter(c))
        .filter(|word| !word.is_empty() && !FORMS.contains(word))
        .collect();
    words.join(" ")
}

/// The forms of company as they stand in names, by the key that names are compared by.
const FORMS: [&str; 10] = [
    "ab",
    "aktiebolag",
    "aktiebolaget",
    "publ",
    "hb",
    "handelsbolag",
    "kb",
    "kommanditbolag",
    "ek",
    "f}r",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn open(number: i64, org_number: &str, name: &str, ore: i64) -> Open {
        Open {
            number: InvoiceNumber(number),
            account: AccountId(i64::from(org_number.as_bytes()[5])),
            org_number: org_number.parse().expect("a number"),
            name: name.to_owned(),
            due_on: NaiveDate::from_ymd_opt(2026, 3, 31).expect("a day"),
            left: Money::from_ore(ore),
        }
    }

    fn facts(ore: i64, payer_name: Option<&str>) -> Facts<'_> {
        Facts {
            left: Money::from_ore(ore),
            payer_name,
            payer_org_number: None,
            named: Vec::new(),
            seen: Vec::new(),
        }
    }

    #[test]
    fn the_likeliest_invoice_comes_first_with_what_speaks_for_it() {
        let saab = "556036-0793";
        let stockholm = "212000-0142";
        let all = || {
            vec![
                open(1001, saab, "Saab AB", 362_500),
                open(1002, stockholm, "Stockholms stad", 362_500),
                open(1003, saab, "Saab AB", 9_000),
            ]
        };
        let told = |facts: &Facts<'_>| -> Vec<(i64, Vec<Reason>)> {
            let likely = likeliest(facts, all(), 5);
            likely.into_iter().map(|it| (it.open.number.0, it.reasons)).collect()
        };
        assert_eq!(told(&facts(1, None)), []);
        assert_eq!(
            told(&facts(362_500, Some("STOCKHOLMS STAD STADSLEDNINGSKONT"))),
            [(1002, vec![Reason::Amount, Reason::NameAlike]), (1001, vec![Reason::Amount])]
        );
        let by_number = Facts { payer_org_number: saab.parse().ok(), ..facts(9_000, None) };
        assert_eq!(told(&by_number), [(1003, vec![Reason::Amount, Reason::OrgNumber])]);
        let together = Facts { seen: vec![all()[0].account], ..facts(371_500, None) };
        let reasons = vec![Reason::Together, Reason::PayerSeen];
        assert_eq!(told(&together), [(1001, reasons.clone()), (1003, reasons)]);
        let named = Facts { named: vec![InvoiceNumber(1003)], ..facts(362_500, None) };
        assert_eq!(told(&named)[0], (1003, vec![Reason::Named]));
        assert_eq!(likeliest(&facts(362_500, None), all(), 1).len(), 1);
    }

    #[test]
    fn names_are_alike_whatever_their_case_and_their_form_of_company() {
        for (one, other) in [
            ("SAAB AB", "Saab AB (publ)"),
            ("AB Volvo", "Volvo"),
            ("BYGG & ANLÄGGNING I ÖSTERSUND AB", "Bygg & Anläggning i Östersund Aktiebolag"),
            (
                "KALLES PLÅT OCH SMIDE I NORRKÖPING",
                "Kalles Plåt och Smide i Norrköping Handelsbolag",
            ),
            ("Bostadsföreningen Åsen", "BOSTADSFÖRENINGEN ÅSEN EK. FÖR."),
        ] {
            assert!(is_alike(one, other) && is_alike(other, one), "{one} {other}");
        }
        for (one, other) in [
            ("Saab AB", "Scania AB"),
            ("AB", "Aktiebolag"),
            ("ABC", "Abcdef"),
            ("", "Saab AB"),
            ("Åre kommun", "Are kommun"),
        ] {
            assert!(!is_alike(one, other) && !is_alike(other, one), "{one} {other}");
        }
    }
}
