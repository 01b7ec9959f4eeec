//! Matching: the documents that a payment names, and what is settled without asking anybody.
//!
//! Only lookups by index, however many invoices and payments there are: a bank's file of a million
//! payments is matched as it is read.

mod candidates;

use std::collections::BTreeSet;

use serde_json::json;

use super::driver::values;
use super::ledger::{left_of_invoice, left_of_payment};
use super::payment::subject;
use super::{StoreError, Tx};
use crate::domain::account::AccountId;
use crate::domain::event::EventKind;
use crate::domain::invoice::{InvoiceId, InvoiceNumber};
use crate::domain::ledger::{EntryKind, NewEntry};
use crate::domain::matching::{Known, Mentions, Verdict, decide, mentions, numbers_to_look_up};
use crate::domain::money::Money;
use crate::domain::payment::{Payment, PaymentId, PaymentNumber};

/// What became of a payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matched {
    pub verdict: Verdict,
    /// What is left of the payment after it, below zero of a deduction.
    pub left: Money,
}

impl Tx<'_> {
    /// Settles what a payment names, as far as that leaves no choice.
    ///
    /// What it does not settle stands on the balance of the account whose invoices it names. A
    /// deduction is covered by that balance, and a balance covers deductions that wait for it.
    pub fn match_payment(&self, payment: &Payment) -> Result<Matched, StoreError> {
        let told = &payment.told;
        let named = mentions(told.reference.as_deref(), told.message.as_deref());
        let documents = self.named_documents(payment, &named)?;
        let known: Vec<Known> = documents.iter().map(|(_, known)| *known).collect();
        let left = self.payment_left(payment)?;
        let verdict = decide(left, &named, &known);
        let account = match &verdict {
            Verdict::Open(_) => return Ok(Matched { verdict, left }),
            Verdict::Settles { account, parts, by } => {
                let id_of = |number| documents.iter().find(|(_, known)| known.number == number);
                for (number, part) in parts {
                    if let Some((id, _)) = id_of(*number) {
                        self.settle_by_id(payment, *id, *part, Some(&by.to_string()))?;
                    }
                }
                *account
            }
            Verdict::Balance { account, by } => {
                self.put_on_balance(payment, *account, &by.to_string())?;
                *account
            }
        };
        let mut left = self.payment_left(payment)?;
        if left != Money::ZERO {
            self.cover_deductions(account, None)?;
            left = self.payment_left(payment)?;
        }
        Ok(Matched { verdict, left })
    }

    /// Makes a payment that settles nothing an account's, on whose balance it then stands.
    pub fn put_on_balance(
        &self,
        payment: &Payment,
        account: AccountId,
        reason: &str,
    ) -> Result<(), StoreError> {
        if payment.account.is_some() {
            return Ok(());
        }
        self.attribute(payment.id, account)?;
        let holder = self.account_by_id(account)?;
        self.record(
            EventKind::PaymentMatched,
            subject(payment.id),
            &payment.number.to_string(),
            json!({ "account": null }),
            json!({ "account": holder.org_number.masked(), "reason": reason }),
        )
    }

    /// Covers the deductions of an account by what is left of its payments, oldest first, at most
    /// `limit`; returns how much was covered.
    pub fn cover_deductions(
        &self,
        account: AccountId,
        limit: Option<(PaymentId, Money)>,
    ) -> Result<Money, StoreError> {
        let deductions = self.unsettled(account, "p.amount_ore < 0")?;
        if deductions.is_empty() {
            return Ok(Money::ZERO);
        }
        let mut payments = self.unsettled(account, "p.amount_ore > 0")?;
        let mut covered = Money::ZERO;
        for (id, number, owed) in deductions {
            let mut owed = match limit {
                Some((only, most)) if only == id => (-owed).min(most),
                Some(_) => continue,
                None => -owed,
            };
            for (payment, payment_number, left) in &mut payments {
                let part = owed.min(*left);
                if part > Money::ZERO {
                    self.offset((*payment, *payment_number), (id, number), part)?;
                    *left = *left - part;
                    owed = owed - part;
                    covered += part;
                }
            }
        }
        Ok(covered)
    }

    /// Covers a part of a deduction by a payment: an entry of each, that of the payment first.
    fn offset(
        &self,
        (payment, payment_number): (PaymentId, PaymentNumber),
        (deduction, deduction_number): (PaymentId, PaymentNumber),
        amount: Money,
    ) -> Result<(), StoreError> {
        for (id, amount, reason) in [
            (payment, -amount, format!("covers deduction {deduction_number}")),
            (deduction, amount, format!("covered by payment {payment_number}")),
        ] {
            self.enter(&NewEntry {
                kind: EntryKind::Offset,
                invoice: None,
                payment: Some(id),
                reminder: None,
                reverses: None,
                value_on: self.today(),
                amount,
                reason: Some(reason),
            })?;
        }
        Ok(())
    }

    /// Returns the payments of an account that are of this kind and not used up, oldest first.
    fn unsettled(
        &self,
        account: AccountId,
        kind: &str,
    ) -> Result<Vec<(PaymentId, PaymentNumber, Money)>, StoreError> {
        let sql = format!(
            "SELECT p.id, p.number, {left} FROM payment p
             WHERE p.account_id = $1 AND {kind} AND {left} <> 0
             ORDER BY p.received_on, p.id",
            left = left_of_payment!(),
        );
        self.rows(&sql, values![account.0], |row| {
            Ok((PaymentId(row.get(0)?), PaymentNumber(row.get(1)?), row.get(2)?))
        })
    }

    /// Returns those of the documents a payment names that the shop has issued.
    fn named_documents(
        &self,
        payment: &Payment,
        named: &[Mentions],
    ) -> Result<Vec<(InvoiceId, Known)>, StoreError> {
        let mut documents = Vec::new();
        for number in numbers_to_look_up(named) {
            documents.extend(self.document_named(number)?);
        }
        self.follow_reissues(&mut documents)?;
        let is_unsure = named.iter().flat_map(|text| &text.parts).any(|part| !part.is_sure);
        if !documents.is_empty() && is_unsure {
            let accounts: BTreeSet<i64> =
                documents.iter().map(|(_, known)| known.account.0).collect();
            for account in accounts.into_iter().map(AccountId) {
                let is_payers = self.is_payers(payment, account)?;
                let of_account = documents.iter_mut().filter(|(_, it)| it.account == account);
                of_account.for_each(|(_, known)| known.is_payers = is_payers);
            }
        }
        Ok(documents)
    }

    /// Puts what an invoice was issued anew as in its place: a payer may still have the former one. Not
    /// where both are named.
    fn follow_reissues(&self, documents: &mut [(InvoiceId, Known)]) -> Result<(), StoreError> {
        let named: BTreeSet<InvoiceNumber> =
            documents.iter().map(|(_, known)| known.number).collect();
        for (id, known) in documents {
            while let Some(anew) = self.reissued_as(*id)?.filter(|anew| !named.contains(anew)) {
                let Some((replacement, of_anew)) = self.document_named(anew)? else { break };
                (*id, *known) = (replacement, Known { number: known.number, ..of_anew });
            }
        }
        Ok(())
    }

    fn document_named(
        &self,
        number: InvoiceNumber,
    ) -> Result<Option<(InvoiceId, Known)>, StoreError> {
        let found = self.find(
            concat!(
                "SELECT i.id, i.kind, i.account_id, CASE WHEN i.kind = 'invoice' THEN ",
                left_of_invoice!(),
                " ELSE 0 END FROM invoice i WHERE i.number = $1"
            ),
            values![number.0],
            |row| {
                let known = Known {
                    number,
                    kind: row.parse(1)?,
                    account: AccountId(row.get(2)?),
                    left: row.get(3)?,
                    is_payers: false,
                };
                Ok((InvoiceId(row.get(0)?), known))
            },
        )?;
        let Some((id, mut known)) = found else { return Ok(None) };
        known.account = self.heir(known.account)?;
        Ok(Some((id, known)))
    }

    /// Says whether the payer's organisation number or bank account leads to an account.
    fn is_payers(&self, payment: &Payment, account: AccountId) -> Result<bool, StoreError> {
        let payer = &payment.told.payer;
        if let Some(number) = payer.organisation()
            && self.account_of_number(number.digits())? == Some(account)
        {
            return Ok(true);
        }
        let Some(payer_account) = &payer.account else { return Ok(false) };
        let seen: Option<i64> = self.find(
            "SELECT p.id FROM payment p WHERE p.payer_account = $1 AND p.account_id = $2 LIMIT 1",
            values![payer_account, account.0],
            |row| row.get(0),
        )?;
        Ok(seen.is_some())
    }

    /// Returns the account that an organisation number leads to: the one that has it or had it, or the
    /// one that was merged into.
    fn account_of_number(&self, digits: &str) -> Result<Option<AccountId>, StoreError> {
        let found = self.find(
            "SELECT id FROM account WHERE org_number = $1
             UNION ALL
             SELECT account_id FROM former_org_number WHERE org_number = $1",
            values![*digits],
            |row| row.get(0).map(AccountId),
        )?;
        found.map(|account| self.heir(account)).transpose()
    }
}

#[cfg(test)]
mod tests;
