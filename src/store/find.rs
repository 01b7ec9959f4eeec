//! Finding: what a number, a name, an address or an amount could mean.

use super::driver::{Row, Value, values};
use super::lists::AccountListing;
use super::{DriverError, StoreError, Tx};
use crate::domain::account::AccountKey;
use crate::domain::email::Email;
use crate::domain::invoice::InvoiceKind;
use crate::domain::money::Money;
use crate::domain::org_number::OrgNumber;
use crate::domain::text::name_key;

/// Something that `find` found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub noun: &'static str,
    pub key: String,
    pub text: String,
}

impl Tx<'_> {
    /// Returns everything that `text` could mean, at most `limit` of each noun.
    pub fn find_anything(&self, text: &str, limit: usize) -> Result<Vec<Found>, StoreError> {
        let mut found = Vec::new();
        let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '-')).collect();
        if let Ok(org_number) = text.parse::<OrgNumber>() {
            found.extend(self.find_account_of(org_number)?);
        }
        if let Ok(number) = digits.parse::<i64>() {
            self.find_by_number(number, &digits, &mut found)?;
        }
        if let Ok(amount) = text.parse::<Money>() {
            self.find_by_amount(amount, limit, &mut found)?;
        }
        self.find_by_name(text, limit, &mut found)?;
        self.find_by_holder(text, limit, &mut found)?;
        self.find_by_email(text, limit, &mut found)?;
        self.find_by_reference(text, limit, &mut found)?;
        self.find_payments(text, &digits, limit, &mut found)?;
        Ok(found)
    }

    /// Returns the account of a number, and says where one leads that it has no longer.
    fn find_account_of(&self, org_number: OrgNumber) -> Result<Option<Found>, StoreError> {
        let (account, succession) = match self.account_or_former(&AccountKey::OrgNumber(org_number))
        {
            Err(StoreError::Unknown { .. }) => return Ok(None),
            found => found?,
        };
        let login = account.logins.first().map(ToString::to_string);
        let name = account.profile.name;
        Ok(Some(Found {
            noun: "account",
            key: callable(&account.org_number, login),
            text: succession.map_or(name.clone(), |succession| format!("{name}: {succession}")),
        }))
    }

    fn find_by_number(
        &self,
        number: i64,
        digits: &str,
        found: &mut Vec<Found>,
    ) -> Result<(), StoreError> {
        let named = |noun: &'static str| {
            move |row: &Row<'_>| {
                Ok(Found { noun, key: row.get::<i64>(0)?.to_string(), text: row.get(1)? })
            }
        };
        found.extend(self.rows(
            "SELECT i.number, i.buyer_name, c.number
             FROM invoice i LEFT JOIN invoice c ON c.id = i.credits_id
             WHERE i.number = $1 OR i.ocr = $2 ORDER BY i.number",
            values![number, *digits],
            |row| {
                Ok(Found {
                    noun: "invoice",
                    key: row.get::<i64>(0)?.to_string(),
                    text: invoice_text(row.get(1)?, row.get(2)?),
                })
            },
        )?);
        found.extend(self.rows(
            "SELECT o.number, a.name FROM orders o JOIN account a ON a.id = o.account_id
             WHERE o.number = $1",
            values![number],
            named("order"),
        )?);
        found.extend(self.rows(
            "SELECT s.number, a.name FROM subscription s JOIN account a ON a.id = s.account_id
             WHERE s.number = $1",
            values![number],
            named("subscription"),
        )?);
        found.extend(self.rows(
            "SELECT s.number, l.holder FROM licence l
             JOIN subscription s ON s.id = l.subscription_id WHERE s.number = $1",
            values![number],
            named("licence"),
        )?);
        Ok(())
    }

    /// Finds licences by their holders, each of which a shop has few of.
    fn find_by_holder(
        &self,
        text: &str,
        limit: usize,
        found: &mut Vec<Found>,
    ) -> Result<(), StoreError> {
        let words = name_words(text);
        if words.is_empty() {
            return Ok(());
        }
        let mut hits = Vec::new();
        self.each(
            "SELECT s.number, l.holder FROM licence l
             JOIN subscription s ON s.id = l.subscription_id ORDER BY s.number",
            &[],
            &mut |row| {
                let holder: String = row.get(1)?;
                let key = name_key(&holder);
                if hits.len() < limit && words.iter().all(|word| key.contains(word)) {
                    let number = row.get::<i64>(0)?.to_string();
                    hits.push(Found { noun: "licence", key: number, text: holder });
                }
                Ok(())
            },
        )?;
        found.extend(hits);
        Ok(())
    }

    fn find_by_amount(
        &self,
        amount: Money,
        limit: usize,
        found: &mut Vec<Found>,
    ) -> Result<(), StoreError> {
        let hits = self.rows(
            "SELECT i.number, i.buyer_name, i.total_ore, i.kind, c.number
             FROM invoice i LEFT JOIN invoice c ON c.id = i.credits_id
             WHERE i.total_ore = $1 OR i.net_ore = $1 ORDER BY i.number DESC LIMIT $2",
            values![amount, limit as i64],
            |row| {
                let total = row.parse::<InvoiceKind>(3)?.owed(row.get(2)?);
                Ok(Found {
                    noun: "invoice",
                    key: row.get::<i64>(0)?.to_string(),
                    text: format!("{} ({total})", invoice_text(row.get(1)?, row.get(4)?)),
                })
            },
        )?;
        found.extend(hits.into_iter().filter(|hit| !found.contains(hit)).collect::<Vec<Found>>());
        Ok(())
    }

    /// Finds payments by number, amount, the bank's reference, and whose they were: the payer's bank
    /// account or the whole name, each by its index.
    fn find_payments(
        &self,
        text: &str,
        digits: &str,
        limit: usize,
        found: &mut Vec<Found>,
    ) -> Result<(), StoreError> {
        let account: String = text.chars().filter(|letter| letter.is_alphanumeric()).collect();
        let (text, account) = (text.trim(), account.to_uppercase());
        let mut payments: Vec<Found> = Vec::new();
        let mut search = |condition: &str, value: Value<'_>| -> Result<(), StoreError> {
            let sql = format!(
                "SELECT p.number, p.received_on, p.amount_ore, coalesce(p.payer_name, p.payer_account)
                 FROM payment p WHERE {condition} ORDER BY p.id DESC LIMIT $2"
            );
            for hit in self.rows(&sql, &[value, Value::Integer(limit as i64)], read_payment)? {
                if payments.len() < limit && !payments.contains(&hit) {
                    payments.push(hit);
                }
            }
            Ok(())
        };
        if let Ok(number) = digits.parse::<i64>() {
            search("p.number = $1", Value::Integer(number))?;
        }
        if let Ok(amount) = text.parse::<Money>() {
            search("p.amount_ore = $1", Value::Integer(amount.ore()))?;
        }
        search("p.bank_reference = $1", Value::from(text))?;
        if !account.is_empty() {
            search("p.payer_account = $1", Value::from(account.as_str()))?;
        }
        let payer = name_key(text);
        if !payer.is_empty() {
            search("p.payer_key = $1", Value::from(payer.as_str()))?;
        }
        found.extend(payments);
        Ok(())
    }

    fn find_by_name(
        &self,
        text: &str,
        limit: usize,
        found: &mut Vec<Found>,
    ) -> Result<(), StoreError> {
        let words = name_words(text);
        if words.is_empty() {
            return Ok(());
        }
        let mut hits = Vec::new();
        self.each_name(&mut |id, key| {
            if hits.len() < limit && words.iter().all(|word| key.contains(word)) {
                hits.push(id);
            }
            Ok(())
        })?;
        for id in hits {
            let AccountListing { org_number, login, name, .. } = self.account_listing(id)?;
            found.push(Found { noun: "account", key: callable(&org_number, login), text: name });
        }
        Ok(())
    }

    fn find_by_email(
        &self,
        text: &str,
        limit: usize,
        found: &mut Vec<Found>,
    ) -> Result<(), StoreError> {
        let part = text.trim().to_lowercase();
        if !part.contains('@') {
            return Ok(());
        }
        let login = part.parse().map_or_else(|_| part.clone(), |email: Email| email.key());
        let hits = self.rows(
            "SELECT a.org_number, a.name, l.email, l.email
             FROM login l JOIN account a ON a.id = l.account_id
             WHERE l.email_key = $3
             UNION
             SELECT a.org_number, a.name, a.invoice_email,
                 (SELECT l.email FROM login l WHERE l.account_id = a.id ORDER BY EXISTS (SELECT 1 FROM seat t WHERE t.login_id = l.id), l.id
                     LIMIT 1)
             FROM account a
             WHERE lower(a.invoice_email) = $1 ORDER BY 2 LIMIT $2",
            values![part, limit as i64, login],
            |row| {
                Ok(Found {
                    noun: "account",
                    key: callable(&row.parse(0)?, row.get(3)?),
                    text: format!("{} ({})", row.get::<String>(1)?, row.get::<String>(2)?),
                })
            },
        )?;
        found.extend(hits);
        Ok(())
    }

    /// Finds what bears a reference: accounts and subscriptions, and invoices where none of these does.
    fn find_by_reference(
        &self,
        text: &str,
        limit: usize,
        found: &mut Vec<Found>,
    ) -> Result<(), StoreError> {
        let wanted = text.trim().to_ascii_lowercase();
        if wanted.is_empty() {
            return Ok(());
        }
        let mut hits = self.rows(
            "SELECT a.org_number, a.name, a.reference,
                 (SELECT l.email FROM login l WHERE l.account_id = a.id ORDER BY EXISTS (SELECT 1 FROM seat t WHERE t.login_id = l.id), l.id
                     LIMIT 1)
             FROM account a WHERE lower(a.reference) = $1 ORDER BY a.name_key LIMIT $2",
            values![wanted, limit as i64],
            |row| {
                Ok(Found {
                    noun: "account",
                    key: callable(&row.parse(0)?, row.get(3)?),
                    text: with_reference(row.get(1)?, row.get(2)?),
                })
            },
        )?;
        let numbered = |noun: &'static str| {
            move |row: &Row<'_>| {
                let key = row.get::<i64>(0)?.to_string();
                Ok(Found { noun, key, text: with_reference(row.get(1)?, row.get(2)?) })
            }
        };
        hits.extend(self.rows(
            "SELECT s.number, a.name, s.reference
             FROM subscription s JOIN account a ON a.id = s.account_id
             WHERE lower(s.reference) = $1 ORDER BY s.number LIMIT $2",
            values![wanted, limit as i64],
            numbered("subscription"),
        )?);
        if hits.is_empty() {
            hits = self.rows(
                "SELECT i.number, i.buyer_name, i.reference FROM invoice i
                 WHERE lower(i.reference) = $1 ORDER BY i.id DESC LIMIT $2",
                values![wanted, limit as i64],
                numbered("invoice"),
            )?;
        }
        let is_new = |hit: &Found| {
            !found.iter().any(|known| (known.noun, &known.key) == (hit.noun, &hit.key))
        };
        let hits: Vec<Found> = hits.into_iter().filter(is_new).collect();
        found.extend(hits);
        Ok(())
    }
}

/// Returns what something found by its reference is told by.
fn with_reference(name: String, reference: String) -> String {
    format!("{name}, reference {reference}")
}

fn read_payment(row: &Row<'_>) -> Result<Found, DriverError> {
    let (number, day): (i64, String) = (row.get(0)?, row.get(1)?);
    let (amount, payer): (Money, Option<String>) = (row.get(2)?, row.get(3)?);
    let payer = payer.map(|payer| format!(", {payer}")).unwrap_or_default();
    let text = format!("{amount} on {day}{payer}");
    Ok(Found { noun: "payment", key: number.to_string(), text })
}

/// Returns the words that a name is searched by.
fn name_words(text: &str) -> Vec<String> {
    text.split_whitespace().map(name_key).filter(|word| !word.is_empty()).collect()
}

/// Returns what the next command can call an account by, without showing a person's number.
fn callable(org_number: &OrgNumber, login: Option<String>) -> String {
    match login {
        Some(login) if org_number.is_personal() => login,
        _ => org_number.to_string(),
    }
}

/// Returns what a found invoice is told by: its buyer, and what it credits if it is a credit note.
fn invoice_text(buyer: String, credits: Option<i64>) -> String {
    match credits {
        None => buyer,
        Some(number) => format!("{buyer}, credit note for invoice {number}"),
    }
}
