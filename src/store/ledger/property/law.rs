//! What holds whatever was done.

mod books;
mod ledger;
mod locked;
mod reissue;

pub use self::books::the_files_are_the_ledger;
pub use self::ledger::{
    lists_and_reports_say_the_same, nothing_is_charged_that_is_not_owed, nothing_is_found,
    nothing_was_ever_below_zero, reminders_ask_for_no_more_than_they_may, the_ledger_balances,
    vat_is_taken_back_once,
};
pub use self::locked::Locked;
pub use self::reissue::nothing_is_lost_or_added;

use crate::domain::ledger::EntryKind;
use crate::domain::money::Money;
use crate::store::{PaymentFilter, StoreError, Tx};

/// Sums one column, whole öre.
fn sum(tx: &Tx<'_>, sql: &str) -> Money {
    Money::from_ore(tx.integer(sql, &[]).expect("a sum"))
}

/// Returns the sum of all entries of some kinds.
fn entered(tx: &Tx<'_>, kinds: &[EntryKind]) -> Money {
    let of_kind = |kind: &EntryKind| {
        let sql = "SELECT coalesce(sum(amount_ore), 0) FROM ledger_entry WHERE kind =";
        sum(tx, &format!("{sql} '{}'", kind.as_str()))
    };
    kinds.iter().map(of_kind).sum()
}

/// Returns what is left of all payments together.
fn advances(tx: &Tx<'_>) -> Result<Money, StoreError> {
    let mut sum = Money::ZERO;
    tx.each_payment(&PaymentFilter::default(), &mut |listing| {
        sum += listing.left;
        Ok(())
    })?;
    Ok(sum)
}

/// Returns what has come to the bank and stayed there.
fn bank(tx: &Tx<'_>) -> Money {
    sum(tx, "SELECT coalesce(sum(amount_ore), 0) FROM payment")
        + entered(tx, &[EntryKind::Refund, EntryKind::Reversal])
}
