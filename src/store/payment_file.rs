//! The bank's files: their payments staged and checked without the write lock, then booked once.

use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use chrono::NaiveDate;

use super::driver::{Row, values};
use super::invoice::hexadecimal;
use super::{DriverError, StoreError, Tx};
use crate::domain::bank::{Identity, Incoming, Part, Payees};
use crate::domain::event::{EventKind, Noun, Subject};
use crate::domain::money::Money;
use crate::domain::payee::PayeeKind;
use crate::domain::payment::{NewPayment, Payer, Payment, PaymentFileId, Source};

/// A file of the bank's, and what was done with its payments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankFile {
    /// 0 until something of it is written.
    pub id: PaymentFileId,
    pub name: String,
    pub format: String,
    pub source: Source,
    pub sha256: String,
    /// The newest day of payment in it, or the day it was made.
    pub latest_on: Option<NaiveDate>,
    pub booked: i64,
    /// Payments that were in the books already.
    pub known: i64,
    /// Deposits that were refused.
    pub refused: i64,
}

/// A payment as it waits in the temporary table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StagedPayment {
    /// Its place in the file.
    pub position: i64,
    pub day: NaiveDate,
    /// Which of several that are told alike it is, from 1.
    pub occurrence: i64,
    pub incoming: Incoming,
}

impl Tx<'_> {
    /// Returns the accounts on which the seller is paid: today's, and those withdrawn.
    pub fn payees(&self) -> Result<Payees, StoreError> {
        let (_, seller) = self.seller()?;
        let mut payees = Payees {
            bankgiros: seller.bankgiro.iter().map(|number| number.digits().to_owned()).collect(),
            plusgiros: seller.plusgiro.iter().map(|number| number.digits().to_owned()).collect(),
            ibans: seller.iban.iter().map(|number| number.compact().to_owned()).collect(),
        };
        for payee in self.withdrawn_payees()? {
            let numbers = match payee.kind {
                PayeeKind::Bankgiro => &mut payees.bankgiros,
                PayeeKind::Plusgiro => &mut payees.plusgiros,
                PayeeKind::Iban => &mut payees.ibans,
            };
            numbers.push(payee.number().to_owned());
        }
        Ok(payees)
    }

    /// Makes the temporary tables ready for a bank's file.
    pub fn begin_payment_staging(&self) -> Result<(), StoreError> {
        self.execute("DROP TABLE IF EXISTS incoming", &[])?;
        self.execute("DROP TABLE IF EXISTS incoming_again", &[])?;
        self.execute(
            "CREATE TEMPORARY TABLE incoming (
                 position INTEGER PRIMARY KEY, line INTEGER NOT NULL, alike TEXT,
                 tally INTEGER, received_on TEXT, amount_ore INTEGER NOT NULL,
                 bank_reference TEXT, payer_name TEXT, payer_account TEXT, payer_org_number TEXT,
                 reference TEXT, message TEXT, parts TEXT, is_unclear INTEGER NOT NULL)",
            &[],
        )?;
        self.execute(
            "CREATE TEMPORARY TABLE incoming_again (
                 position INTEGER PRIMARY KEY, occurrence INTEGER NOT NULL)",
            &[],
        )?;
        Ok(())
    }

    /// Stages a payment as the `position`th of its file, from 1.
    pub fn stage_payment(&self, position: i64, incoming: &Incoming) -> Result<(), StoreError> {
        let line = i64::try_from(incoming.line).unwrap_or(i64::MAX);
        self.execute(
            "INSERT INTO incoming (position, line, alike, tally, received_on, amount_ore,
                 bank_reference, payer_name, payer_account, payer_org_number, reference, message,
                 parts, is_unclear)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
            values![
                position,
                line,
                incoming.tally.map(|_| incoming.told_alike()),
                incoming.tally,
                incoming.day,
                incoming.amount,
                incoming.bank_reference,
                incoming.payer_name,
                incoming.payer_account,
                incoming.payer_org_number,
                incoming.reference,
                incoming.message,
                written_parts(&incoming.parts),
                incoming.is_unclear,
            ],
        )?;
        Ok(())
    }

    /// Gives the staged payments from `position` on their day, where it was told after them.
    pub fn date_staged_payments(&self, position: i64, day: NaiveDate) -> Result<(), StoreError> {
        self.execute(
            "UPDATE incoming SET received_on = $2 WHERE position >= $1 AND received_on IS NULL",
            values![position, day],
        )?;
        Ok(())
    }

    /// Drops the staged payments from `position` on, whose deposit was refused.
    pub fn unstage_payments(&self, position: i64) -> Result<(), StoreError> {
        self.execute("DELETE FROM incoming WHERE position >= $1", values![position])?;
        Ok(())
    }

    /// Numbers the staged payments that are told alike; returns the newest day of all.
    pub fn number_staged_payments(&self) -> Result<Option<NaiveDate>, StoreError> {
        self.execute(
            "INSERT INTO incoming_again (position, occurrence)
             SELECT position, occurrence FROM (
                 SELECT position, row_number() OVER (
                     PARTITION BY alike, received_on, tally ORDER BY position) AS occurrence
                 FROM incoming WHERE tally IS NOT NULL) AS numbered
             WHERE occurrence > 1",
            &[],
        )?;
        let latest = self.find("SELECT max(received_on) FROM incoming", &[], |row| row.get(0))?;
        Ok(latest.flatten())
    }

    /// Returns staged payments in the order of the file, those after `position`, at most `limit`.
    pub fn staged_payments(
        &self,
        position: i64,
        limit: i64,
    ) -> Result<Vec<StagedPayment>, StoreError> {
        self.rows(
            "SELECT i.position, i.line, i.tally, i.received_on, i.amount_ore, i.bank_reference,
                 i.payer_name, i.payer_account, i.payer_org_number, i.reference, i.message, i.parts,
                 i.is_unclear, coalesce(a.occurrence, 1)
             FROM incoming i LEFT JOIN incoming_again a ON a.position = i.position
             WHERE i.position > $1 ORDER BY i.position LIMIT $2",
            values![position, limit],
            read_staged,
        )
    }

    /// Returns when a file of these bytes was first imported, if it was.
    pub fn find_payment_file(&self, sha256: &str) -> Result<Option<String>, StoreError> {
        self.find(
            "SELECT imported_at FROM payment_file WHERE sha256 = $1 ORDER BY id LIMIT 1",
            values![*sha256],
            |row| row.get(0),
        )
    }

    /// Returns what a file was called when it was imported.
    pub fn payment_file_name(&self, id: PaymentFileId) -> Result<String, StoreError> {
        let name =
            self.find("SELECT name FROM payment_file WHERE id = $1", values![id.0], |row| {
                row.get(0)
            })?;
        name.ok_or_else(|| StoreError::Unknown { noun: "bank file", key: id.0.to_string() })
    }

    /// Books a payment of a bank's file, unless it is in the books already.
    ///
    /// The first one writes the file; [`Tx::finish_payment_file`] tells what became of all.
    pub fn book_staged(
        &self,
        file: &mut BankFile,
        staged: &StagedPayment,
    ) -> Result<Option<Payment>, StoreError> {
        let told = new_payment(file.source, staged);
        if self.find_payment_by_identity(&told.identity)?.is_some() {
            file.known += 1;
            return Ok(None);
        }
        if file.id.0 == 0 {
            self.insert_payment_file(file)?;
        }
        let payment = self.insert_payment(&NewPayment { file: Some(file.id), ..told })?;
        file.booked += 1;
        Ok(Some(payment))
    }

    fn insert_payment_file(&self, file: &mut BankFile) -> Result<(), StoreError> {
        file.id = PaymentFileId(self.next_id()?);
        self.execute(
            "INSERT INTO payment_file (id, name, format, sha256, imported_at, latest_on, booked, known,
                 refused)
             VALUES ($1, $2, $3, $4, $5, $6, 0, 0, 0)",
            values![file.id.0, file.name, file.format, file.sha256, self.now(), file.latest_on],
        )?;
        Ok(())
    }

    /// Records what became of a file: of one that was never seen in any case, for it says up to which
    /// day is known what was paid.
    pub fn finish_payment_file(&self, file: &mut BankFile) -> Result<(), StoreError> {
        if file.id.0 == 0 {
            if self.find_payment_file(&file.sha256)?.is_some() {
                return Ok(());
            }
            self.insert_payment_file(file)?;
        }
        self.change(
            "payment file",
            &file.name,
            "UPDATE payment_file SET booked = $2, known = $3, refused = $4
             WHERE id = $1 AND booked = 0 AND known = 0 AND refused = 0",
            values![file.id.0, file.booked, file.known, file.refused],
        )?;
        let after = json!({
            "format": file.format,
            "sha256": file.sha256,
            "latest_on": file.latest_on.map(|day| day.to_string()),
            "booked": file.booked,
            "known": file.known,
            "refused": file.refused,
        });
        let subject = Subject { noun: Noun::PaymentFile, id: file.id.0 };
        self.record(EventKind::PaymentFileImported, subject, &file.name, Json::Null, after)
    }
}

/// Returns a staged payment as it is written into the books.
///
/// What was told without a reference of the bank's is kept as a digest: an identity is never altered,
/// and names and messages must be, when personal data are erased.
fn new_payment(source: Source, staged: &StagedPayment) -> NewPayment {
    let incoming = &staged.incoming;
    let identity = match incoming.identity(staged.day, staged.occurrence) {
        Identity::Reference(text) => text,
        Identity::Told(text) => hexadecimal(&Sha256::digest(text.as_bytes())),
    };
    NewPayment {
        source,
        file: None,
        identity,
        received_on: staged.day,
        amount: incoming.amount,
        bank_reference: incoming.bank_reference.clone(),
        payer: Payer {
            name: incoming.payer_name.clone(),
            account: incoming.payer_account.clone(),
            org_number: incoming.payer_org_number.clone(),
        },
        reference: incoming.reference.clone(),
        message: incoming.message.clone(),
    }
}

/// Writes parts as lines of öre and reference, which holds no line ends.
fn written_parts(parts: &[Part]) -> Option<String> {
    let lines = parts.iter().map(|part| format!("{} {}", part.amount.ore(), part.reference));
    let text: Vec<String> = lines.collect();
    (!text.is_empty()).then(|| text.join("\n"))
}

fn read_parts(text: &str) -> Result<Vec<Part>, DriverError> {
    let read = |line: &str| {
        let (ore, reference) = line.split_once(' ')?;
        let amount = Money::from_ore(ore.parse().ok()?);
        Some(Part { reference: reference.to_owned(), amount })
    };
    let damaged = || DriverError::Corrupt("parts of a payment".to_owned());
    text.lines().map(|line| read(line).ok_or_else(damaged)).collect()
}

fn read_staged(row: &Row<'_>) -> Result<StagedPayment, DriverError> {
    let day: NaiveDate = row.get(3)?;
    let line: i64 = row.get(1)?;
    let parts: Option<String> = row.get(11)?;
    Ok(StagedPayment {
        position: row.get(0)?,
        day,
        occurrence: row.get(13)?,
        incoming: Incoming {
            line: u64::try_from(line).unwrap_or_default(),
            amount: row.get(4)?,
            day: Some(day),
            bank_reference: row.get(5)?,
            payer_name: row.get(6)?,
            payer_account: row.get(7)?,
            payer_org_number: row.get(8)?,
            reference: row.get(9)?,
            message: row.get(10)?,
            parts: read_parts(parts.as_deref().unwrap_or_default())?,
            is_unclear: row.get(12)?,
            tally: row.get(2)?,
        },
    })
}
