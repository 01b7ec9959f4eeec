//! Whoever has a seat of a licence is covered by it (R2).

use super::Found;
use crate::domain::check::{Area, Finding};
use crate::store::{StoreError, Tx};

impl Tx<'_> {
    pub(super) fn check_seats(&self, each: Found<'_>) -> Result<(), StoreError> {
        self.each(
            "SELECT s.number, l.email
             FROM seat t
             JOIN subscription s ON s.id = t.subscription_id
             JOIN login l ON l.id = t.login_id
             JOIN account a ON a.id = l.account_id
             WHERE t.given_up_on IS NULL AND l.account_id <> s.account_id
                 AND a.org_number NOT IN (SELECT c.org_number FROM licence_cover c
                     WHERE c.subscription_id = t.subscription_id)
             ORDER BY s.number, t.id",
            &[],
            &mut |row| {
                let (licence, login): (i64, String) = (row.get(0)?, row.get(1)?);
                let what = format!("{login} has a seat, and its organisation is not covered");
                each(Finding::new(Area::Seat, format!("licence {licence}"), what));
                Ok(())
            },
        )
    }
}
