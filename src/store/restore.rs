//! What is done to a backup before it takes the store's place.

use serde_json::{Value as Json, json};

use super::driver::values;
use super::mail::{mail_columns, read_mail};
use super::seller::SHOP;
use super::{StoreError, Tx};
use crate::domain::event::EventKind;
use crate::domain::mail::{HELD_BY_RESTORE, Mail};

/// How many mails are read at a time.
const PAGE: i64 = 500;

/// What a restore did besides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Restored {
    /// The first and the last of the invoice numbers that nothing will bear.
    pub left_out: Option<(i64, i64)>,
    pub held: i64,
}

impl Tx<'_> {
    /// Makes this copy fit to be the store again: invoices go on at `next_invoice`, and what waits in the
    /// outbox waits for a person. `file` names the backup.
    ///
    /// Errors when a number before `next_invoice` would be given out twice.
    pub fn restore(&self, file: &str, next_invoice: i64) -> Result<Restored, StoreError> {
        let head = self.head()?;
        let coming = self.coming_number("invoice")?;
        if next_invoice < coming {
            let words = format!("invoice {} is in the backup already", coming - 1);
            return Err(StoreError::InUse(words));
        }
        let mut after = json!({ "events": head.seq, "next_invoice": next_invoice });
        if let Some(made) = self.last_change()? {
            after["as_of"] = json!(made);
        }
        self.record(EventKind::StoreRestored, SHOP, file, Json::Null, after)?;
        let left_out = (coming < next_invoice).then(|| (coming, next_invoice - 1));
        if let Some((first, last)) = left_out {
            self.leave_out("invoice", first, last)?;
        }
        Ok(Restored { left_out, held: self.hold_queued()? })
    }

    /// Passes over some numbers of a series for good.
    fn leave_out(&self, series: &str, first: i64, last: i64) -> Result<(), StoreError> {
        let id = self.next_id()?;
        self.execute(
            "INSERT INTO series_gap (id, series, first_number, last_number) VALUES ($1, $2, $3, $4)",
            values![id, *series, first, last],
        )?;
        self.change(
            "series",
            series,
            "UPDATE counters SET value = $2 WHERE name = $1 AND value = $3",
            values![*series, last, first - 1],
        )?;
        let after = json!({ "first": first, "last": last });
        self.record(EventKind::NumbersLeftOut, SHOP, series, Json::Null, after)
    }

    /// Holds every mail that waits or was being sent.
    fn hold_queued(&self) -> Result<i64, StoreError> {
        let mut held = 0;
        loop {
            let queued: Vec<Mail> = self.rows(
                concat!(
                    "SELECT ",
                    mail_columns!(),
                    " FROM outbox m WHERE status IN ('waiting', 'claimed') ORDER BY id LIMIT $1"
                ),
                values![PAGE],
                read_mail,
            )?;
            if queued.is_empty() {
                return Ok(held);
            }
            for mail in &queued {
                self.hold_mail(mail, Some(HELD_BY_RESTORE))?;
            }
            held += queued.len() as i64;
        }
    }

    /// Returns the mails that a restore holds, oldest first.
    pub fn mails_held_by_restore(&self) -> Result<Vec<Mail>, StoreError> {
        self.rows(
            concat!(
                "SELECT ",
                mail_columns!(),
                " FROM outbox m WHERE status = 'held' AND detail = $1 ORDER BY id"
            ),
            values![*HELD_BY_RESTORE],
            read_mail,
        )
    }

    /// Returns when the store was last changed.
    pub fn last_change(&self) -> Result<Option<String>, StoreError> {
        self.find("SELECT shop_time FROM operation ORDER BY id DESC LIMIT 1", &[], |row| row.get(0))
    }
}
