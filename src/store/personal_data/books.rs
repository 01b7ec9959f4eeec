//! Erasing in what the books rest on: kept as long as the law says, and emptied after that.

use chrono::NaiveDate;

use super::erase::{Eraser, left};
use super::{ENTRIES, PAYMENTS, Place, VOUCHERS};
use crate::domain::personal_data::{ERASED, Kept, kept_until};
use crate::store::driver::values;
use crate::store::{StoreError, Tx};

/// A text of the books that goes when it need be kept no longer.
struct Shelf {
    place: Place,
    what: Kept,
    dated: &'static str,
    erase: &'static str,
}

const SHELVES: [Shelf; 2] = [
    Shelf {
        place: ENTRIES,
        what: Kept::Entries,
        dated: "SELECT booked_on FROM ledger_entry WHERE id = $1",
        erase: "UPDATE ledger_entry SET reason = $2 WHERE id = $1",
    },
    Shelf {
        place: VOUCHERS,
        what: Kept::Vouchers,
        dated: "SELECT max(dated_on) FROM booked_voucher WHERE subject_id = $1",
        erase: "UPDATE booked_voucher SET text = $2 WHERE subject_id = $1",
    },
];

impl Tx<'_> {
    pub(super) fn erase_in_books(&self, eraser: &mut Eraser<'_>) -> Result<(), StoreError> {
        self.erase_in_payments(eraser)?;
        for shelf in &SHELVES {
            self.each_text(&shelf.place, &mut |row| {
                if !eraser.trace.is_in_any(row) {
                    return Ok(());
                }
                if !self.keeps(eraser, shelf.what, shelf.dated, row.id)? {
                    self.execute(shelf.erase, values![row.id, ERASED])?;
                    eraser.count(row.owner(), shelf.what.as_str());
                }
                Ok(())
            })?;
        }
        Ok(())
    }

    fn erase_in_payments(&self, eraser: &mut Eraser<'_>) -> Result<(), StoreError> {
        let trace = eraser.trace;
        self.each_text(&PAYMENTS, &mut |row| {
            let day = "SELECT booked_on FROM payment WHERE id = $1";
            if !trace.is_in_any(row) || self.keeps(eraser, Kept::Payments, day, row.id)? {
                return Ok(());
            }
            let [payer, reference, message] = [0, 1, 2].map(|index| left(trace, row, index));
            let is_payer = payer.as_deref() != row.get(0);
            self.change(
                "payment",
                row.id,
                "UPDATE payment SET payer_name = $2, reference = $3, message = $4,
                     payer_key = CASE WHEN $5 = 1 THEN NULL ELSE payer_key END,
                     payer_account = CASE WHEN $5 = 1 THEN NULL ELSE payer_account END,
                     payer_org_number = CASE WHEN $5 = 1 THEN NULL ELSE payer_org_number END
                 WHERE id = $1",
                values![row.id, payer, reference, message, is_payer],
            )?;
            eraser.count(row.owner(), "payments");
            Ok(())
        })
    }

    /// Says whether what is dated by `dated` must be kept yet, and reports it then.
    fn keeps(
        &self,
        eraser: &mut Eraser<'_>,
        what: Kept,
        dated: &str,
        id: i64,
    ) -> Result<bool, StoreError> {
        let day = self.find(dated, values![id], |row| row.get::<NaiveDate>(0))?;
        let until = day.map(kept_until);
        let is_kept = until.is_none_or(|until| until >= self.today());
        if is_kept {
            eraser.report.keep(what, until);
        }
        Ok(is_kept)
    }
}
