//! Which subscriptions nothing is fetched under, because an invoice for them is long overdue.

use chrono::Days;

use super::driver::values;
use super::hold::is_held;
use super::{DriverError, StoreError, Tx};
use crate::domain::invoice::InvoiceNumber;
use crate::domain::setting::ShopSettings;
use crate::domain::subscription::Subscription;

impl Tx<'_> {
    /// Returns the oldest invoice that stops documents from being fetched under a subscription, if one
    /// does and the shop has chosen so.
    ///
    /// It bills a term of the subscription to its holder, was due as many days ago as chosen, and is not
    /// paid in full; fees and interest stop nothing, nor does an invoice on hold. Nothing is stored, so
    /// that a payment opens the subscription at once.
    pub fn fetch_stopped_by(
        &self,
        subscription: &Subscription,
        settings: &ShopSettings,
    ) -> Result<Option<InvoiceNumber>, StoreError> {
        Ok(self.overdue_invoice(subscription, settings)?)
    }

    /// As [`Tx::fetch_stopped_by`], from within another query.
    pub(super) fn overdue_invoice(
        &self,
        subscription: &Subscription,
        settings: &ShopSettings,
    ) -> Result<Option<InvoiceNumber>, DriverError> {
        let Some(days) = settings.fetch_stops_days else { return Ok(None) };
        // On its due date an invoice is still paid in time.
        let Some(due_on) = self.today().checked_sub_days(Days::new(days.max(1).into())) else {
            return Ok(None);
        };
        let mut found = None;
        self.driver.query(
            concat!(
                "SELECT i.number FROM term t JOIN invoice i ON i.id = t.invoice_id
                 WHERE t.subscription_id = $1 AND i.due_on <= $2
                     AND (i.account_id = $3
                         OR (SELECT a.successor_id FROM account a WHERE a.id = i.account_id) = $3)
                     AND i.total_ore
                         - (SELECT coalesce(sum(n.total_ore), 0) FROM invoice n
                             WHERE n.credits_id = i.id)
                         + (SELECT coalesce(sum(e.amount_ore), 0) FROM ledger_entry e
                             WHERE e.invoice_id = i.id AND e.kind IN ('payment', 'write_off',
                                 'rounding')) > 0
                     AND NOT ",
                is_held!(),
                " ORDER BY i.number LIMIT 1"
            ),
            values![subscription.id.0, due_on, subscription.account_id.0],
            &mut |row| {
                found = Some(InvoiceNumber(row.get(0)?));
                Ok(())
            },
        )?;
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Shop, date};
    use super::*;
    use crate::domain::ledger::{EntryKind, NewEntry};
    use crate::domain::money::Money;
    use crate::domain::payment::{NewPayment, Payer, Source};
    use crate::domain::product::ProductKind;
    use crate::domain::setting::Setting;

    #[test]
    fn a_payment_of_the_invoice_itself_opens_the_subscription() {
        let shop = Shop::new();
        let account = shop.account(1);
        let product = shop.product("AB04", ProductKind::Subscription);
        let (_, invoice) = shop.order(&account, &[&product]);
        shop.change(|tx| tx.choose(Setting::FetchStopsDays, "30")).expect("a choice");
        shop.set_today(date("2026-05-30"));
        let stopped_by = || {
            shop.read(|tx| {
                let subscription = tx.subscription(1001)?;
                tx.fetch_stopped_by(&subscription, &tx.shop_settings()?)
            })
        };
        assert_eq!(stopped_by(), Ok(Some(invoice.number)));

        let total = invoice.draft.totals().total;
        let told = |identity: &str, amount: Money| NewPayment {
            source: Source::Manual,
            file: None,
            identity: identity.to_owned(),
            received_on: shop.today(),
            amount,
            bank_reference: None,
            payer: Payer::default(),
            reference: None,
            message: None,
        };
        let fee = NewEntry {
            kind: EntryKind::ReminderFee,
            invoice: Some(invoice.id),
            payment: None,
            reminder: None,
            reverses: None,
            value_on: shop.today(),
            amount: Money::from_ore(6_000),
            reason: None,
        };
        shop.change(|tx| tx.enter(&fee)).expect("a fee");
        let pay = |identity: &str, amount| {
            let change = |tx: &Tx<'_>| {
                let payment = tx.record_payment(&told(identity, amount))?;
                tx.settle(&payment, &invoice, amount, None)
            };
            shop.change(change).expect("a payment")
        };
        pay("a part", Money::from_ore(100_000));
        assert_eq!(stopped_by(), Ok(Some(invoice.number)));
        let rest = pay("the rest", total - Money::from_ore(100_000));
        assert_eq!(stopped_by(), Ok(None), "the fee alone stops nothing");
        let back = |tx: &Tx<'_>| tx.unsettle(&invoice, &rest, -rest.amount, "meant for another");
        shop.change(back).expect("taken back");
        assert_eq!(stopped_by(), Ok(Some(invoice.number)));
    }
}
