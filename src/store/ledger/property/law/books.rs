//! What holds between the shop and the files that bookkeeping was given.

use std::collections::BTreeMap;

use chrono::Months;

use super::{advances, bank, entered, sum};
use crate::domain::book_account::BookAccount;
use crate::domain::books::BookPeriod;
use crate::domain::invoice::{Invoice, InvoiceNumber};
use crate::domain::ledger::EntryKind;
use crate::domain::money::{Money, VatRate};
use crate::domain::vat_report::{Taxed, VatReport};
use crate::store::books::BookedVoucher;
use crate::store::ledger::property::play::all_days;
use crate::store::{InvoiceFilter, StoreError, Tx};

/// What was charged, less what was given back, by rate.
pub fn charged(report: &VatReport) -> BTreeMap<VatRate, Taxed> {
    let sums = report.by_rate().map(|(rate, sums)| (rate, sums.invoiced + sums.credited));
    sums.filter(|(_, taxed)| *taxed != Taxed::default()).collect()
}

/// The vouchers that bookkeeping was given, once it was given all, are the shop to the öre.
pub fn the_files_are_the_ledger(
    tx: &Tx<'_>,
    booked: &[BookedVoucher],
    has_spread: bool,
) -> Result<(), StoreError> {
    vouchers_are_numbered_and_balance(tx, booked)?;
    let written_off_vat = sum(tx, "SELECT coalesce(sum(vat_ore), 0) FROM ledger_vat");
    for (account, amount) in [
        (BookAccount::Receivable, tx.receivables(tx.today())?.total().sum()),
        (BookAccount::Advances, -advances(tx)?),
        (BookAccount::Bank, bank(tx)),
        (BookAccount::ReminderFees, -entered(tx, &[EntryKind::ReminderFee])),
        (BookAccount::Compensation, -entered(tx, &[EntryKind::Compensation])),
        (BookAccount::Interest, -entered(tx, &[EntryKind::LateInterest])),
        (BookAccount::Rounding, -entered(tx, &[EntryKind::Rounding])),
        (BookAccount::Losses, written_off_vat - entered(tx, &[EntryKind::WriteOff])),
        (BookAccount::Prepaid, Money::ZERO),
    ] {
        assert_eq!(balance(booked, account, all_days()), amount, "{account:?}");
    }

    let reported = charged(&tx.vat_report(all_days())?);
    assert_eq!(reported, on_paper(tx)?, "the VAT report is what invoices and credit notes say");
    vat_is_reported_as_it_is_booked(tx, booked, has_spread)
}

/// Each voucher balances, none is missing, and the log holds what went out.
fn vouchers_are_numbered_and_balance(
    tx: &Tx<'_>,
    booked: &[BookedVoucher],
) -> Result<(), StoreError> {
    assert!(booked.iter().map(|voucher| voucher.number).eq(1..=booked.len() as i64), "{booked:#?}");
    for voucher in booked {
        let sum: Money = voucher.rows.iter().map(|(_, amount)| *amount).sum();
        assert_eq!(sum, Money::ZERO, "{voucher:?} balances");
        assert!(!voucher.rows.is_empty(), "{voucher:?} tells of something");
    }
    let (mut logged, mut counted) = (Vec::new(), 0);
    for export in tx.book_exports()? {
        counted += export.vouchers;
        tx.each_booked_voucher(export.id, &mut |voucher| logged.push(voucher.clone()))?;
    }
    assert_eq!((logged.as_slice(), counted), (booked, booked.len() as i64), "the log");
    assert_eq!(tx.count_unexported(all_days().to)?, 0);
    Ok(())
}

/// Returns the balance of an account over the vouchers of some days.
fn balance(booked: &[BookedVoucher], account: BookAccount, days: BookPeriod) -> Money {
    let dated = booked.iter().filter(|voucher| (days.from..=days.to).contains(&voucher.dated_on));
    let rows = dated.flat_map(|voucher| &voucher.rows);
    rows.filter(|row| row.0 == account.bas_number()).map(|(_, amount)| *amount).sum()
}

/// Returns what stands on invoices and credit notes together, by rate.
fn on_paper(tx: &Tx<'_>) -> Result<BTreeMap<VatRate, Taxed>, StoreError> {
    let mut numbers = Vec::new();
    tx.each_invoice(&InvoiceFilter::default(), &mut |listing| {
        numbers.push(InvoiceNumber(listing.number));
        Ok(())
    })?;
    let mut on_paper: BTreeMap<VatRate, Taxed> = BTreeMap::new();
    for number in numbers {
        let Invoice { draft, .. } = tx.invoice(number)?;
        let owed = |amount| draft.kind().owed(amount);
        for sum in draft.totals().by_rate {
            let taxed = Taxed { net: owed(sum.net), vat: owed(sum.vat) };
            *on_paper.entry(sum.rate).or_default() += taxed;
        }
    }
    on_paper.retain(|_, taxed| *taxed != Taxed::default());
    Ok(on_paper)
}

/// The VAT report of every month, and of all of them, is what stands on the accounts of VAT; and so are
/// the sales, except those that were spread over other months.
fn vat_is_reported_as_it_is_booked(
    tx: &Tx<'_>,
    booked: &[BookedVoucher],
    has_spread: bool,
) -> Result<(), StoreError> {
    let mut periods = vec![all_days()];
    let mut month = all_days().from;
    while month <= tx.today() {
        let next = month + Months::new(1);
        periods.push(BookPeriod { from: month, to: next.pred_opt().expect("a last day") });
        month = next;
    }
    for days in periods {
        let report = tx.vat_report(days)?;
        assert_eq!(report.unexported, 0);
        for percent in [25, 12, 6, 0] {
            let rate = VatRate::new(percent).expect("a rate");
            let of_rate = report.by_rate().find(|(other, _)| *other == rate);
            let sums = of_rate.map(|(_, sums)| *sums).unwrap_or_default();
            let vat = BookAccount::of_vat(rate).map(|account| balance(booked, account, days));
            let what = format!("{percent} %, {} – {}", days.from, days.to);
            assert_eq!(vat.unwrap_or_default(), -sums.all().vat, "VAT, {what}");
            if !has_spread || days == all_days() {
                let sold = balance(booked, BookAccount::of_sales(rate), days);
                assert_eq!(sold, -(sums.invoiced.net + sums.credited.net), "sales, {what}");
            }
        }
    }
    Ok(())
}
