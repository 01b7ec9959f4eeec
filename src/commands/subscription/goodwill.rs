//! A late notice that is entered and in force, taken after all as if it had come in time.

use anyhow::Result;

use crate::domain::notice::{self, NewNotice, Notice};
use crate::domain::subscription::Subscription;
use crate::store::Tx;

use super::confirmation;
use super::notice::refusal;

/// Withdraws a notice, and returns it as it is to be entered anew: its own facts, and why the office
/// makes the exception.
///
/// The customer is told once: a confirmation that still waits is held, and the new one says it all.
pub fn anew(
    tx: &Tx<'_>,
    subscription: &Subscription,
    notice: &Notice,
    reason: Option<&str>,
) -> Result<NewNotice> {
    let counted = notice::as_if_in_time(subscription, notice, tx.today())
        .map_err(|error| refusal(subscription.number, "cancelled", error))?;
    let bytes = tx.evidence(notice.id)?;
    let evidence = notice.evidence.as_ref().map(|evidence| evidence.name.clone()).zip(bytes);

    tx.withdraw_notice(subscription, notice)?;
    confirmation::hold_waiting(tx, subscription, notice)?;
    Ok(NewNotice {
        sent_on: notice.sent_on,
        received_on: notice.received_on,
        channel: notice.channel,
        login: notice.login.clone(),
        given_by: notice.given_by.clone(),
        reason: reason.map(str::to_owned),
        counted,
        evidence,
    })
}
