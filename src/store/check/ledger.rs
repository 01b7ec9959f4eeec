//! What customers owe and paid, and what bookkeeping was given of it.

use super::Found;
use crate::domain::check::{Area, Finding};
use crate::domain::money::Money;
use crate::store::ledger::{left_of_invoice, left_of_payment};
use crate::store::{StoreError, Tx};

impl Tx<'_> {
    pub(super) fn check_ledger(&self, each: Found<'_>) -> Result<(), StoreError> {
        self.each(
            concat!(
                "SELECT i.number, ",
                left_of_invoice!(),
                ", i.total_ore - (SELECT coalesce(sum(n.total_ore), 0) FROM invoice n
                     WHERE n.credits_id = i.id)
                 FROM invoice i WHERE i.kind = 'invoice' ORDER BY i.id"
            ),
            &[],
            &mut |row| {
                let (left, uncredited): (Money, Money) = (row.get(1)?, row.get(2)?);
                let what = match () {
                    () if uncredited < Money::ZERO => {
                        format!("{} kronor more are credited than it asked for", -uncredited)
                    }
                    () if left < Money::ZERO => {
                        format!("{} kronor more have settled it than it asked for", -left)
                    }
                    () => return Ok(()),
                };
                each(Finding::new(Area::Ledger, format!("invoice {}", row.get::<i64>(0)?), what));
                Ok(())
            },
        )?;
        self.each(
            concat!(
                "SELECT p.number, p.amount_ore, ",
                left_of_payment!(),
                " FROM payment p ORDER BY p.id"
            ),
            &[],
            &mut |row| {
                let (whole, left): (Money, Money) = (row.get(1)?, row.get(2)?);
                if !(whole.min(Money::ZERO)..=whole.max(Money::ZERO)).contains(&left) {
                    let what = format!("{left} kronor are left of its {whole}");
                    let about = format!("payment {}", row.get::<i64>(0)?);
                    each(Finding::new(Area::Ledger, about, what));
                }
                Ok(())
            },
        )?;
        let offsets = self.integer(
            "SELECT coalesce(sum(amount_ore), 0) FROM ledger_entry WHERE kind = 'offset'",
            &[],
        )?;
        if offsets != 0 {
            let what =
                format!("what covers differs from what is covered by {}", Money::from_ore(offsets));
            each(Finding::new(Area::Ledger, "offsets", what));
        }
        Ok(())
    }

    pub(super) fn check_books(&self, each: Found<'_>) -> Result<(), StoreError> {
        let mut expected = 1;
        self.each(
            "SELECT v.number, coalesce(sum(r.amount_ore), 0), count(r.position)
             FROM booked_voucher v
             LEFT JOIN booked_row r ON r.subject_id = v.subject_id AND r.part = v.part
             GROUP BY v.number ORDER BY v.number",
            &[],
            &mut |row| {
                let (number, sum, rows): (i64, Money, i64) =
                    (row.get(0)?, row.get(1)?, row.get(2)?);
                let mut found = |what: String| {
                    each(Finding::new(Area::Books, format!("voucher {number}"), what))
                };
                if number > 0 && number != expected {
                    found(format!("vouchers {expected} to {} are missing", number - 1));
                }
                if sum != Money::ZERO {
                    found(format!("debit and credit differ by {sum}"));
                }
                if number > 0 && rows == 0 {
                    found("it has no rows".to_owned());
                }
                expected = number + 1;
                Ok(())
            },
        )
    }
}
