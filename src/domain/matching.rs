//! Which invoices a payment is for.
//!
//! In this order: an OCR reference, exact but for blanks and leading zeros; an invoice number in the
//! text; else a person decides, who is shown the likeliest invoices and why. What leaves a choice is
//! never decided here: several invoices are settled by one payment only where their open amounts add
//! up to it exactly, and a number that merely stands in a text counts only if the amount or the payer
//! speaks for it too.

mod likely;
mod mention;

use std::collections::BTreeSet;
use std::fmt;

pub use self::likely::{Facts, Likely, Open, core_of, is_alike, likeliest};
pub use self::mention::{Mention, Mentions, mentions};

use super::account::AccountId;
use super::invoice::{InvoiceKind, InvoiceNumber};
use super::money::Money;

/// A document of the shop that a payment names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// As it is named, though it may have been issued anew by another since.
    pub number: InvoiceNumber,
    pub kind: InvoiceKind,
    pub account: AccountId,
    /// What is left to pay of it.
    pub left: Money,
    /// Whether the payer's organisation number, or an earlier payment from the payer's bank account,
    /// leads to the same account.
    pub is_payers: bool,
}

/// What is to be done with a payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Settles these invoices; what is left of it then stands on the account's balance.
    Settles { account: AccountId, parts: Vec<(InvoiceNumber, Money)>, by: By },
    /// Stands on the account's balance: nothing is left to pay of what it names, or it is a deduction,
    /// which is set against that balance.
    Balance { account: AccountId, by: By },
    /// A person decides.
    Open(Doubt),
}

/// How the payment says what it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    Ocr,
    Number,
    /// Several documents are named.
    Several,
}

impl fmt::Display for By {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            By::Ocr => "by its OCR reference",
            By::Number => "by the number in its text",
            By::Several => "by the numbers in its text",
        })
    }
}

/// Why a person must decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// It names nothing that this shop has issued.
    Unknown,
    /// It names a number that neither the amount nor the payer speaks for.
    Unconfirmed,
    /// It names several invoices whose open amounts do not add up to it.
    Several,
    /// It names a credit note, on which nothing is paid.
    CreditNote,
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Doubt::Unknown => "it names no invoice of this shop",
            Doubt::Unconfirmed => "neither the amount nor the payer confirms the number it names",
            Doubt::Several => "the open amounts of what it names do not add up to it",
            Doubt::CreditNote => "it names a credit note, on which nothing is paid",
        })
    }
}

/// Returns the numbers that must be looked up before it can be decided what `named` stands for.
pub fn numbers_to_look_up(named: &[Mentions]) -> BTreeSet<InvoiceNumber> {
    let all = named.iter().flat_map(|text| text.whole.iter().chain(&text.parts));
    all.flat_map(|mention| [mention.as_ocr, mention.as_number]).flatten().collect()
}

/// A document that is named, and how.
#[derive(Clone, Copy, Debug)]
struct Named<'k> {
    known: &'k Known,
    is_ocr: bool,
    is_sure: bool,
}

/// Decides what a payment of `amount` that names `named` is for; `known` are those of the numbers that
/// the shop has issued.
pub fn decide(amount: Money, named: &[Mentions], known: &[Known]) -> Verdict {
    let named = resolved(named, known);
    let is_confirmed = |one: &&Named<'_>| one.known.is_payers || one.known.left == amount;
    let (firm, loose): (Vec<Named<'_>>, Vec<Named<'_>>) =
        named.iter().partition(|one| one.is_sure || is_confirmed(one));
    let by = match &firm[..] {
        [] if loose.is_empty() => return Verdict::Open(Doubt::Unknown),
        [] => return Verdict::Open(Doubt::Unconfirmed),
        [one] if one.is_ocr => By::Ocr,
        [_] => By::Number,
        _ => By::Several,
    };
    let account = firm[0].known.account;
    let is_one_accounts = firm.iter().all(|one| one.known.account == account);
    if amount < Money::ZERO {
        return match is_one_accounts {
            true => Verdict::Balance { account, by },
            false => Verdict::Open(Doubt::Several),
        };
    }

    let is_open = |one: &&Named<'_>| one.known.left > Money::ZERO;
    let open: Vec<&Known> = firm.iter().filter(is_open).map(|one| one.known).collect();
    let sum: Money = open.iter().map(|known| known.left).sum();
    if !open.is_empty() && sum == amount {
        let parts = open.iter().map(|known| (known.number, known.left)).collect();
        return Verdict::Settles { account: open[0].account, parts, by };
    }
    if firm.iter().any(|one| one.known.kind == InvoiceKind::CreditNote) {
        let is_mixed = firm.iter().any(|one| one.known.kind == InvoiceKind::Invoice);
        return Verdict::Open(if is_mixed { Doubt::Several } else { Doubt::CreditNote });
    }
    match open[..] {
        _ if !is_one_accounts => Verdict::Open(Doubt::Several),
        [] => Verdict::Balance { account, by },
        // Another open invoice stands in the text, and the amount does not say which is meant.
        [_] if loose.iter().any(|one| is_open(&one)) => Verdict::Open(Doubt::Unconfirmed),
        [one] => {
            let parts = vec![(one.number, amount.min(one.left))];
            Verdict::Settles { account, parts, by }
        }
        _ => Verdict::Open(Doubt::Several),
    }
}

/// Returns the documents that are named, each once, in the order of their numbers.
fn resolved<'k>(named: &[Mentions], known: &'k [Known]) -> Vec<Named<'k>> {
    let find = |number: Option<InvoiceNumber>| {
        number.and_then(|number| known.iter().find(|known| known.number == number))
    };
    let read = |mention: &Mention| {
        let is_sure = mention.is_sure;
        let ocr = find(mention.as_ocr).map(|known| Named { known, is_ocr: true, is_sure });
        let number = find(mention.as_number).map(|known| Named { known, is_ocr: false, is_sure });
        if mention.is_invoice { number.or(ocr) } else { ocr.or(number) }
    };
    let mut found: Vec<Named<'k>> = Vec::new();
    for text in named {
        // A reference that is written with blanks in it is not the numbers between them as well.
        let whole = text.whole.as_ref().and_then(read);
        let parts = text.parts.iter().filter(|_| whole.is_none()).filter_map(read);
        found.extend(whole.into_iter().chain(parts));
    }
    // An OCR reference is exact; a bare number in another text is then no second invoice.
    if found.iter().any(|one| one.is_ocr && one.is_sure) {
        let numbers = named.iter().flat_map(|text| &text.parts).filter(|part| part.is_invoice);
        let called: BTreeSet<_> = numbers.filter_map(|part| part.as_number).collect();
        found.retain(|one| one.is_ocr || called.contains(&one.known.number));
    }
    found.sort_by_key(|one| (one.known.number, !one.is_ocr, !one.is_sure));
    found.dedup_by(|later, first| {
        let is_same = later.known.number == first.known.number;
        first.is_sure |= is_same && later.is_sure;
        is_same
    });
    found
}

#[cfg(test)]
mod tests;
