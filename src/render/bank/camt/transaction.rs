//! A transaction of an entry: who paid, for what, and to whom.

use chrono::NaiveDate;

use super::super::{add_words, tidy};
use super::amount;
use super::notification::payee_number;
use super::tag::Tag;
use crate::domain::bank::{AMOUNT_MAX, Incoming, Part, PayeeNumber, Payees, compact, significant};
use crate::domain::money::Money;

/// The most references that are kept of one payment.
const PARTS_MAX: usize = 500;

/// Whether money came in or went out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    In,
    Out,
}

/// An amount as it is told: whether it is in kronor, and how much.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    Kronor(Money),
    Foreign(String),
    Wrong(String),
}

/// One transaction.
#[derive(Debug, Default)]
pub struct Transaction {
    pub line: u64,
    amount: Option<Told>,
    /// The amount among the details, for want of one beside the references: the transaction's, else the one
    /// that was ordered.
    detailed: Option<Told>,
    direction: Option<Direction>,
    reference: Option<String>,
    id: Option<String>,
    payer_name: Option<String>,
    payer_account: Option<String>,
    payer_org_number: Option<String>,
    payee: Option<String>,
    payee_iban: Option<String>,
    payee_scheme: Option<String>,
    message: Option<String>,
    notes: Option<String>,
    references: Vec<String>,
    parts: Vec<Part>,
    /// The structured reference at hand: which, its part of the amount, whether it is a credit note.
    at_hand: Option<(Option<String>, Option<Told>, bool)>,
}

impl Transaction {
    pub fn begun(line: u64) -> Transaction {
        Transaction { line, ..Transaction::default() }
    }

    /// Returns the references that it gives, or else its message.
    pub fn named(self) -> Option<String> {
        tidy(&self.references.join(" ")).or(self.message)
    }

    pub fn open_structured(&mut self) {
        self.at_hand = Some((None, None, false));
    }

    pub fn told(&mut self, path: &[Tag], text: &str, currency: Option<&str>) {
        let slot = match path {
            [Tag::Amt] => {
                self.amount.get_or_insert_with(|| told_amount(text, currency));
                return;
            }
            [Tag::AmtDtls, Tag::TxAmt, Tag::Amt] => {
                self.detailed = Some(told_amount(text, currency));
                return;
            }
            [Tag::AmtDtls, Tag::InstdAmt, Tag::Amt] => {
                self.detailed.get_or_insert_with(|| told_amount(text, currency));
                return;
            }
            [Tag::CdtDbtInd] => {
                self.direction = direction(text);
                return;
            }
            [Tag::RmtInf, Tag::Strd, below @ ..] => {
                return self.told_structured(below, text, currency);
            }
            [Tag::RmtInf, Tag::Ustrd] => return add_words(&mut self.message, tidy(text)),
            [Tag::AddtlTxInf] => &mut self.notes,
            [Tag::Refs, Tag::AcctSvcrRef] => &mut self.reference,
            [Tag::Refs, Tag::TxId] => &mut self.id,
            [Tag::RltdPties, Tag::Dbtr, Tag::Nm]
            | [Tag::RltdPties, Tag::Dbtr, Tag::Pty, Tag::Nm] => &mut self.payer_name,
            [Tag::RltdPties, Tag::Dbtr, .., Tag::OrgId | Tag::PrvtId, Tag::Othr, Tag::Id] => {
                &mut self.payer_org_number
            }
            [Tag::RltdPties, Tag::DbtrAcct, Tag::Id, Tag::IBAN]
            | [Tag::RltdPties, Tag::DbtrAcct, Tag::Id, Tag::Othr, Tag::Id] => {
                &mut self.payer_account
            }
            [Tag::RltdPties, Tag::CdtrAcct, Tag::Id, Tag::IBAN] => &mut self.payee_iban,
            [Tag::RltdPties, Tag::CdtrAcct, Tag::Id, Tag::Othr, Tag::Id] => &mut self.payee,
            [
                Tag::RltdPties,
                Tag::CdtrAcct,
                Tag::Id,
                Tag::Othr,
                Tag::SchmeNm,
                Tag::Cd | Tag::Prtry,
            ] => &mut self.payee_scheme,
            _ => return,
        };
        if slot.is_none() {
            *slot = tidy(text);
        }
    }

    fn told_structured(&mut self, path: &[Tag], text: &str, currency: Option<&str>) {
        let Some((reference, part, is_credit)) = &mut self.at_hand else { return };
        match path {
            [Tag::CdtrRefInf, Tag::Ref] | [Tag::RfrdDocInf, Tag::Nb] => {
                let Some(told) = tidy(text) else { return };
                if self.references.len() < PARTS_MAX && !self.references.contains(&told) {
                    self.references.push(told.clone());
                }
                reference.get_or_insert(told);
            }
            [Tag::RfrdDocInf, Tag::Tp, Tag::CdOrPrtry, Tag::Cd] => *is_credit |= text == "CREN",
            [Tag::RfrdDocAmt, tag @ (Tag::RmtdAmt | Tag::CdtNoteAmt)] => {
                *part = Some(told_amount(text, currency));
                *is_credit |= *tag == Tag::CdtNoteAmt;
            }
            _ => {}
        }
    }

    /// Ends a structured reference, which may tell its part of the amount.
    pub fn close_structured(&mut self) {
        if let Some((Some(reference), Some(Told::Kronor(amount)), is_credit)) = self.at_hand.take()
            && self.parts.len() < PARTS_MAX
            && amount <= AMOUNT_MAX
        {
            let amount = if is_credit { -amount } else { amount };
            self.parts.push(Part { reference, amount });
        }
    }

    /// Returns the amount with its sign, if it is told in kronor.
    pub fn signed(&self, entry: Option<Direction>) -> Result<Option<Money>, String> {
        let amount = match self.amount.as_ref().or(self.detailed.as_ref()) {
            None | Some(Told::Foreign(_)) => return Ok(None),
            Some(told) => told.kronor()?,
        };
        if amount > AMOUNT_MAX {
            return Err(too_much(amount));
        }
        let words = || "it does not say whether money came in or went out".to_owned();
        let direction = self.direction.or(entry).ok_or_else(words)?;
        Ok(Some(direction.signed(amount)))
    }

    /// Checks to whom the money was paid: the account's owner has it in any case where the account is the
    /// seller's, but not by another's bankgiro.
    pub fn check_payee(
        &self,
        entry: Option<Direction>,
        is_own: bool,
        payees: &Payees,
    ) -> Result<(), String> {
        if self.direction.or(entry) == Some(Direction::Out) && is_own {
            return Ok(());
        }
        let told = match (&self.payee_iban, &self.payee) {
            (Some(iban), _) => Some(PayeeNumber::Iban(iban.clone())),
            (None, Some(number)) => {
                Some(payee_number(number.clone(), self.payee_scheme.as_deref()))
            }
            (None, None) => None,
        };
        let Some(told) = told else {
            let words = || "it does not say to whom it was paid".to_owned();
            return if is_own { Ok(()) } else { Err(words()) };
        };
        let (what, number, is_comparable) = match &told {
            PayeeNumber::Bankgiro(number) => ("bankgiro", number, !payees.bankgiros.is_empty()),
            PayeeNumber::Plusgiro(number) => ("plusgiro", number, !payees.plusgiros.is_empty()),
            PayeeNumber::Iban(number) => ("account", number, !payees.ibans.is_empty()),
            PayeeNumber::Other(number) => ("account", number, false),
        };
        if payees.include(&told) || (is_own && !is_comparable) {
            return Ok(());
        }
        Err(format!("it is paid to {what} {number}, which is not the seller's"))
    }

    /// Returns the payment that the transaction is.
    pub fn incoming(self, amount: Money, day: NaiveDate) -> Incoming {
        let mut message = self.message;
        add_words(&mut message, self.notes);
        let is_told = |reference: &String| !significant(reference).is_empty();
        Incoming {
            line: self.line,
            amount,
            day: Some(day),
            bank_reference: self.reference.or(self.id).filter(is_told),
            payer_name: self.payer_name,
            payer_account: self.payer_account.map(|account| account_number(&account)),
            payer_org_number: self.payer_org_number,
            reference: tidy(&self.references.join(" ")),
            message,
            parts: self.parts,
            is_unclear: false,
            tally: None,
        }
    }
}

impl Told {
    pub fn kronor(&self) -> Result<Money, String> {
        match self {
            Told::Kronor(amount) => Ok(*amount),
            Told::Foreign(currency) => {
                Err(format!("it is in {currency}, and the shop's money is SEK"))
            }
            Told::Wrong(words) => Err(words.clone()),
        }
    }
}

impl Direction {
    pub fn signed(self, amount: Money) -> Money {
        match self {
            Direction::In => amount,
            Direction::Out => -amount,
        }
    }
}

pub fn told_amount(text: &str, currency: Option<&str>) -> Told {
    match currency {
        Some("SEK") => amount(text).map_or_else(Told::Wrong, Told::Kronor),
        Some(other) => Told::Foreign(tidy(other).unwrap_or_default()),
        None => Told::Wrong(format!("`{text}` has no currency")),
    }
}

pub fn too_much(amount: Money) -> String {
    format!("{amount} kronor is more than the most an amount can be")
}

pub fn direction(text: &str) -> Option<Direction> {
    match text {
        "CRDT" => Some(Direction::In),
        "DBIT" => Some(Direction::Out),
        _ => None,
    }
}

/// Returns an account's number as it is kept: without separators, a bankgiro's without leading zeros.
fn account_number(number: &str) -> String {
    let number = compact(number);
    match number.bytes().all(|byte| byte.is_ascii_digit()) {
        true => significant(&number),
        false => number,
    }
}
