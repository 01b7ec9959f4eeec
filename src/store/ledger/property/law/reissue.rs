//! What holds where an invoice is issued anew.

use super::books::charged;
use super::{advances, bank};
use crate::domain::invoice::Invoice;
use crate::store::ledger::property::play::all_days;
use crate::store::{StoreError, Tx, history};

/// An invoice issued anew asks for what the former one asked for, with all that was paid on it. Only
/// fees and interest of the former one are given up, and what was given up of it is owed again.
pub fn nothing_is_lost_or_added(
    tx: &Tx<'_>,
    original: &Invoice,
    reissue: impl FnOnce() -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let owed = || Ok::<_, StoreError>(tx.receivables(tx.today())?.total().sum() - advances(tx)?);
    let terms = || {
        let mut terms = Vec::new();
        for subscription in history::subscriptions(tx)? {
            let billed = tx.terms(subscription.id)?.into_iter();
            terms.push((subscription.number, billed.map(|(term, _)| term).collect::<Vec<_>>()));
        }
        Ok::<_, StoreError>(terms)
    };
    let (owed_before, terms_before, vat_before) =
        (owed()?, terms()?, charged(&tx.vat_report(all_days())?));
    let (former, money) = (tx.standing(original)?, bank(tx));
    let was_reissued = tx.reissued_as(original.id)?.is_some();

    reissue()?;
    let Some(anew) = tx.reissued_as(original.id)?.filter(|_| !was_reissued) else { return Ok(()) };
    let standing = tx.standing(&tx.invoice(anew)?)?;
    assert_eq!(standing.total, former.total, "the same is asked for");
    assert_eq!(standing.paid(), former.paid().min(former.total), "what was paid moves along");
    let given_up = former.given_up() - former.claimed() - standing.given_up();
    assert_eq!(owed()?, owed_before + given_up, "a reissue loses and adds nothing");
    assert_eq!((terms()?, charged(&tx.vat_report(all_days())?)), (terms_before, vat_before));
    let emptied = tx.standing(original)?;
    let rest = (emptied.left(), emptied.paid(), emptied.given_up(), emptied.claimed());
    assert_eq!(rest, Default::default(), "nothing stands on the former one");
    assert_eq!(bank(tx), money);
    Ok(())
}
