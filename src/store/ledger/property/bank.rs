//! The bank's files, in which the same payment may stand more than once.

use chrono::Days;

use super::act::meant;
use super::deed::Told;
use super::play::Play;
use crate::domain::bank::Incoming;
use crate::domain::payment::{PaymentFileId, Source};
use crate::store::fixture::date;
use crate::store::{BankFile, StoreError, Tx};

impl Play {
    /// Imports a file of new payments and of those of an earlier file, as the other format tells them.
    /// Only what is new is booked, and the second time nothing is.
    pub fn import(&mut self, payments: &[Told], with: Option<usize>) -> Result<(), StoreError> {
        let mut position = self.files.iter().map(Vec::len).sum::<usize>();
        let tell = |tx: &Tx<'_>| {
            let mut file = Vec::new();
            for told in payments {
                position += 1;
                file.push(incoming(tx, told, position)?);
            }
            Ok(file)
        };
        let new = self.shop.read(tell)?;
        let earlier = with.filter(|_| !self.files.is_empty());
        let earlier = earlier.map(|choice| self.files[choice % self.files.len()].clone());
        let mut all: Vec<Incoming> = earlier.unwrap_or_default();
        for payment in &mut all {
            payment.bank_reference = payment.bank_reference.as_ref().map(|it| format!("00{it}"));
        }
        let known = all.len();
        all.extend(new.iter().cloned());

        let counted = self.book(&all)?;
        self.files.push(new.clone());
        assert_eq!(counted, (new.len() as i64, known as i64), "{all:?}");
        let counted = self.book(&all)?;
        assert_eq!(counted, (0, all.len() as i64), "a file is booked once: {all:?}");
        Ok(())
    }

    /// Returns how many payments of a file were booked, and how many were in the books already.
    fn book(&self, payments: &[Incoming]) -> Result<(i64, i64), StoreError> {
        let stage = |tx: &Tx<'_>| -> Result<(), StoreError> {
            tx.begin_payment_staging()?;
            for (position, payment) in (1..).zip(payments) {
                tx.stage_payment(position, payment)?;
            }
            tx.number_staged_payments().map(drop)
        };
        self.shop.store.stage(self.shop.moment(), stage)?;
        self.shop.change(|tx| {
            let mut file = BankFile {
                id: PaymentFileId(0),
                name: "bgmax.txt".to_owned(),
                format: "BgMax".to_owned(),
                source: Source::BgMax,
                sha256: tx.manual_identity()?,
                latest_on: Some(tx.today()),
                booked: 0,
                known: 0,
                refused: 0,
            };
            for staged in tx.staged_payments(0, i64::MAX)? {
                if let Some(payment) = tx.book_staged(&mut file, &staged)? {
                    tx.match_payment(&payment)?;
                    tx.round_off_rests(&payment)?;
                }
            }
            tx.finish_payment_file(&mut file)?;
            Ok((file.booked, file.known))
        })
    }
}

/// Returns the `n`th payment that the bank tells of.
fn incoming(tx: &Tx<'_>, told: &Told, n: usize) -> Result<Incoming, StoreError> {
    let (named, amount) = meant(tx, told)?;
    let day = (tx.today() - Days::new(told.days_ago)).max(date("2026-03-01"));
    Ok(Incoming {
        amount,
        day: Some(day),
        bank_reference: told.has_reference.then(|| format!("77{n:04}")),
        reference: named.map(|number| number.ocr().to_string()),
        message: Some(format!("betalning nr {n}")),
        tally: Some(0),
        ..Incoming::default()
    })
}
