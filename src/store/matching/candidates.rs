//! The invoices that a payment may be for: those it names, of its amount, and of accounts that the
//! payer may be. Each search is by index and bounded, so that a list of many payments stays quick.

use std::collections::BTreeSet;

use super::super::driver::{Row, Value, values};
use super::super::ledger::left_of_invoice;
use super::super::{DriverError, StoreError, Tx};
use crate::domain::account::AccountId;
use crate::domain::invoice::InvoiceNumber;
use crate::domain::matching::{
    Facts, Likely, Open, core_of, is_alike, likeliest, mentions, numbers_to_look_up,
};
use crate::domain::money::Money;
use crate::domain::payment::Payment;
use crate::domain::text::name_key;

/// How many accounts one payer's bank account may lead to.
const SEEN_MAX: usize = 5;

/// How many accounts are compared with a payer's name, and how many of them are taken.
const NAMES_MAX: i64 = 500;
const ALIKE_MAX: usize = 10;

impl Tx<'_> {
    /// Returns the invoices that what is left of a payment is likeliest for, at most `max`.
    pub fn likely_invoices(
        &self,
        payment: &Payment,
        left: Money,
        max: usize,
    ) -> Result<Vec<Likely>, StoreError> {
        if left <= Money::ZERO {
            return Ok(Vec::new());
        }
        let told = &payment.told;
        let named = mentions(told.reference.as_deref(), told.message.as_deref());
        let facts = Facts {
            left,
            payer_name: told.payer.name.as_deref(),
            payer_org_number: told.payer.organisation(),
            named: numbers_to_look_up(&named).into_iter().collect(),
            seen: self.accounts_seen(told.payer.account.as_deref())?,
        };
        let mut accounts: BTreeSet<i64> = facts.seen.iter().map(|account| account.0).collect();
        accounts.extend(payment.account.map(|account| account.0));
        if let Some(number) = &facts.payer_org_number {
            accounts.extend(self.account_of_number(number.digits())?.map(|account| account.0));
        }
        if let Some(name) = facts.payer_name {
            accounts.extend(self.accounts_called(name)?.into_iter().map(|account| account.0));
        }
        let mut open = Vec::new();
        for number in &facts.named {
            open.extend(self.open_invoices("i.number = $1", values![number.0])?);
        }
        open.extend(self.open_invoices("i.total_ore = $1", values![left])?);
        for account in accounts.into_iter().map(AccountId) {
            for account in self.with_merged(account)? {
                open.extend(self.open_invoices("i.account_id = $1", values![account.0])?);
            }
        }
        open.sort_by_key(|one| one.number);
        open.dedup_by_key(|one| one.number);
        for one in &mut open {
            one.account = self.heir(one.account)?;
        }
        Ok(likeliest(&facts, open, max))
    }

    /// Returns the accounts that a payment points to, with what points to each, the surest first.
    pub fn accounts_pointed_to(
        &self,
        payment: &Payment,
    ) -> Result<Vec<(AccountId, &'static str)>, StoreError> {
        let told = &payment.told;
        let mut pointed: Vec<(AccountId, &'static str)> = payment
            .account
            .map(|account| (account, "the account it was matched to before"))
            .into_iter()
            .collect();
        let named = mentions(told.reference.as_deref(), told.message.as_deref());
        let mentioned = named.iter().flat_map(|text| text.whole.iter().chain(&text.parts));
        let sure = mentioned.filter(|mention| mention.is_sure);
        for number in sure.flat_map(|mention| [mention.as_ocr, mention.as_number]).flatten() {
            let known = self.document_named(number)?;
            pointed.extend(known.map(|(_, known)| (known.account, "the invoice it names")));
        }
        if let Some(number) = told.payer.organisation() {
            let account = self.account_of_number(number.digits())?;
            pointed.extend(account.map(|account| (account, "the payer's organisation number")));
        }
        let seen = self.accounts_seen(told.payer.account.as_deref())?;
        pointed.extend(seen.into_iter().map(|account| (account, "the payer's bank account")));
        if let Some(name) = &told.payer.name {
            let called = self.accounts_called(name)?;
            pointed.extend(called.into_iter().map(|account| (account, "the payer's name")));
        }
        for (account, _) in &mut pointed {
            *account = self.heir(*account)?;
        }
        Ok(pointed)
    }

    /// Returns the newest invoices like this of which something is left to pay.
    fn open_invoices(&self, like: &str, values: &[Value<'_>]) -> Result<Vec<Open>, StoreError> {
        let sql = format!(
            "SELECT i.number, i.account_id, a.org_number, i.buyer_name, i.due_on, {left}
             FROM invoice i JOIN account a ON a.id = i.account_id
             WHERE i.id IN (SELECT i.id FROM invoice i WHERE {like} AND i.kind = 'invoice'
                     ORDER BY i.id DESC LIMIT 500)
                 AND {left} > 0
             ORDER BY i.due_on, i.number",
            left = left_of_invoice!(),
        );
        self.rows(&sql, values, read_open)
    }

    /// Returns the accounts that earlier payments from a bank account were for.
    fn accounts_seen(&self, payer_account: Option<&str>) -> Result<Vec<AccountId>, StoreError> {
        let Some(payer_account) = payer_account else { return Ok(Vec::new()) };
        let mut seen: Vec<AccountId> = Vec::new();
        while seen.len() < SEEN_MAX {
            // One step of the index for each account, however many payments there were.
            let next: Option<i64> = self
                .find(
                    "SELECT min(p.account_id) FROM payment p
                     WHERE p.payer_account = $1 AND p.account_id > $2",
                    values![*payer_account, seen.last().map_or(0, |last| last.0)],
                    |row| row.get(0),
                )?
                .flatten();
            match next {
                Some(account) => seen.push(AccountId(account)),
                None => break,
            }
        }
        Ok(seen)
    }

    /// Returns accounts whose name is like a payer's.
    fn accounts_called(&self, payer: &str) -> Result<Vec<AccountId>, StoreError> {
        let core = core_of(payer);
        let Some(first) = core.split(' ').next().filter(|word| word.chars().count() > 1) else {
            return Ok(Vec::new());
        };
        let mut alike = Vec::new();
        for beginning in [first.to_owned(), format!("{} {first}", name_key("AB"))] {
            let found: Vec<(i64, String)> = self.rows(
                "SELECT id, name FROM account WHERE name_key >= $1 AND name_key <= $2
                 ORDER BY name_key, id LIMIT $3",
                values![beginning, format!("{beginning}{}", char::MAX), NAMES_MAX],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?;
            let like = found.into_iter().filter(|(_, name)| is_alike(payer, name));
            alike.extend(like.map(|(id, _)| AccountId(id)));
        }
        alike.truncate(ALIKE_MAX);
        Ok(alike)
    }
}

fn read_open(row: &Row<'_>) -> Result<Open, DriverError> {
    Ok(Open {
        number: InvoiceNumber(row.get(0)?),
        account: AccountId(row.get(1)?),
        org_number: row.parse(2)?,
        name: row.get(3)?,
        due_on: row.get(4)?,
        left: row.get(5)?,
    })
}
