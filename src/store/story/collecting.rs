//! What is late is held, given up and taken back; where it is paid and by which rate it bears interest.

use super::Story;
use crate::domain::event::EventKind as Kind;
use crate::domain::ledger::EntryKind;
use crate::domain::money::Money;
use crate::domain::payee::{Payee, PayeeKind};
use crate::domain::reference_rate::{HalfYear, Origin, Rate};
use crate::domain::seller::Seller;
use crate::domain::setting::Setting;
use crate::store::{InvoiceFilter, Tx};

pub(super) fn what_is_late_is_pursued(story: &Story) {
    let account = story.shop.account(78);
    let product = story.read(|tx| tx.product(&"PRINT".parse().expect("a SKU")));
    let (_, invoice) = story.shop.order(&account, &[&product]);

    let hold = |tx: &Tx<'_>| tx.hold_invoice(&invoice, "pays on the 20th", false);
    assert!(story.tells(&[Kind::InvoiceHeld], hold));
    assert!(!story.tells(&[], hold));
    story.tells(&[Kind::InvoiceHeld], |tx| tx.hold_invoice(&invoice, "never ordered", true));
    let hold = |tx: &Tx<'_>| tx.hold_account(&account, "in reconstruction");
    assert!(story.tells(&[Kind::AccountHeld], hold));
    assert!(!story.tells(&[], hold));
    story.tells(&[Kind::AccountHeld], |tx| tx.hold_account(&account, "by instalments"));
    let (own, all) = story.read(|tx| {
        assert_eq!(tx.count_held_invoices()?, (1, 1));
        assert_eq!(tx.held_accounts()?.len(), 1);
        let filter = InvoiceFilter { is_held: true, ..InvoiceFilter::default() };
        let mut numbers = Vec::new();
        tx.each_invoice(&filter, &mut |listing| {
            numbers.push(listing.number);
            Ok(())
        })?;
        assert_eq!(numbers, [invoice.number.0]);
        assert_eq!(tx.hold_of(invoice.id)?, tx.invoice_hold(invoice.id)?);
        Ok((tx.invoice_hold(invoice.id)?, tx.account_hold(account.id)?))
    });
    let (own, all) = (own.expect("a hold"), all.expect("a hold"));
    assert!(own.is_disputed && all.is_of_account);
    story.tells(&[Kind::InvoiceReleased], |tx| tx.release_invoice(&invoice, &own, "agreed"));
    assert_eq!(story.read(|tx| tx.hold_of(invoice.id)), Some(all.clone()));
    story.tells(&[Kind::AccountReleased], |tx| tx.release_account(&account, &all, "paid"));
    assert_eq!(story.read(|tx| tx.hold_of(invoice.id)), None);

    let total = invoice.draft.totals().total;
    let takes_vat = Setting::WriteOffTakesVat;
    story.tells(&[Kind::SettingChanged], |tx| tx.choose(takes_vat, "yes"));
    let written = |tx: &Tx<'_>| tx.write_off(&invoice, "bankrupt");
    let written = story.tells(&[Kind::InvoiceWrittenOff], written);
    assert_eq!(written.left.sum(), total);
    let back = |tx: &Tx<'_>| tx.reverse_write_offs(&invoice, "paid after all");
    assert_eq!(story.tells(&[Kind::WriteOffReversed], back), total);
    let paid = |tx: &Tx<'_>| {
        let told = super::payments::told("nearly all");
        let payment = tx.record_payment(&told)?;
        tx.settle(&payment, &invoice, total - Money::from_ore(100), None)?;
        tx.round_off_rests(&payment)?;
        Ok(tx.entries_of_invoice(invoice.id)?.pop())
    };
    let kinds = [Kind::PaymentRecorded, Kind::PaymentMatched, Kind::RestRoundedOff];
    let rounded = story.tells(&kinds, paid).expect("a rest");
    assert_eq!((rounded.kind, rounded.amount), (EntryKind::Rounding, Money::from_ore(-100)));

    let half_year: HalfYear = "2027-01-01".parse().expect("a half-year");
    let (rate, source) = (Rate::from_hundredths(200), "SFS 2026:1402");
    story.tells(&[Kind::RateAdded], |tx| tx.add_rate(half_year, rate, source, None));
    story.read(|tx| {
        let rates = tx.rates()?;
        let known = rates.find(half_year).expect("it is known");
        assert_eq!((known.rate, known.origin), (rate, Origin::Added));
        assert_eq!(tx.interest_charged_in(half_year)?, None);
        let settings = tx.shop_settings()?;
        let subscription = tx.subscription(1001)?;
        assert_eq!(tx.fetch_stopped_by(&subscription, &settings)?, None);
        Ok(())
    });

    let (_, seller) = story.read(|tx| tx.seller());
    let old = Payee::of_seller(&seller).remove(0);
    let moved = Payee::parse(PayeeKind::Bankgiro, "160-9908").expect("a bankgiro");
    let bankgiro = crate::domain::seller::Bankgiro::parse(moved.number()).ok();
    let seller = Seller { bankgiro, ..seller };
    story.tells(&[Kind::SellerChanged], |tx| tx.change_seller(&seller));
    assert!(story.tells(&[Kind::PayeeWithdrawn], |tx| tx.withdraw_payee(&old)));
    assert!(!story.tells(&[], |tx| tx.withdraw_payee(&old)));
    story.read(|tx| {
        assert_eq!(tx.withdrawn_payees()?, std::slice::from_ref(&old));
        let ever = tx.payees_ever()?;
        assert!(ever.contains(&old) && ever.contains(&moved));
        assert!(tx.count_unpaid_with(&old)? > 0);
        let pay_to = tx.pay_to(&invoice.draft.seller)?;
        assert_eq!((&pay_to.bankgiro, &pay_to.withdrawn), (&seller.bankgiro, &vec![old.clone()]));
        Ok(())
    });
}
