//! What holds between invoices, payments and the entries of the ledger, at any time.

use std::collections::BTreeMap;

use super::{advances, bank, entered, sum};
use crate::domain::account::AccountId;
use crate::domain::interest;
use crate::domain::invoice::{Invoice, InvoiceKind};
use crate::domain::ledger::{EntryKind, Standing};
use crate::domain::money::Money;
use crate::domain::payment_reminder::{COMPENSATION, FEE_MAX};
use crate::store::ledger::property::act::invoices;
use crate::store::{InvoiceFilter, PaymentFilter, StoreError, Tx};

const CLAIMS: [EntryKind; 3] =
    [EntryKind::ReminderFee, EntryKind::Compensation, EntryKind::LateInterest];
const GIVEN_UP: [EntryKind; 2] = [EntryKind::WriteOff, EntryKind::Rounding];

/// A look through the whole store finds nothing that is not as it should be.
pub fn nothing_is_found(tx: &Tx<'_>) -> Result<(), StoreError> {
    let mut findings = Vec::new();
    tx.check(&mut |finding| findings.push(finding))?;
    assert_eq!(findings, [], "the store is well");
    Ok(())
}

/// Receivables are what was invoiced, less what was credited, paid and given up, with what was claimed;
/// debit is credit; nothing is below zero, and no number is missing.
pub fn the_ledger_balances(tx: &Tx<'_>) -> Result<(), StoreError> {
    let issued = |kind: InvoiceKind| {
        let sql = "SELECT coalesce(sum(total_ore), 0) FROM invoice WHERE kind =";
        sum(tx, &format!("{sql} '{}'", kind.as_str()))
    };
    let sales = issued(InvoiceKind::Invoice) - issued(InvoiceKind::CreditNote);
    let (paid, given_up) = (entered(tx, &[EntryKind::Payment]), entered(tx, &GIVEN_UP));
    let claimed = entered(tx, &CLAIMS);
    let receivable = tx.receivables(tx.today())?.total().sum();
    assert_eq!(receivable, sales + paid + given_up + claimed, "receivables");

    let (debit, credit) = (receivable + bank(tx) - given_up, advances(tx)? + sales + claimed);
    assert_eq!(debit, credit, "the ledger balances");
    assert_eq!(entered(tx, &[EntryKind::Offset]), Money::ZERO, "what covers is what is covered");

    for invoice in invoices(tx)? {
        let (number, standing) = (invoice.number, tx.standing(&invoice)?);
        let left = tx.invoice_to_chase(&invoice)?.left;
        assert!(left >= Money::ZERO, "invoice {number} is below zero: {left}");
        let explained = standing.total - standing.credited - standing.paid() - standing.given_up()
            + standing.claimed();
        assert_eq!((explained, standing.left()), (left, left), "invoice {number}");
        assert!(
            standing.credited <= standing.total,
            "invoice {number} is credited as far as it goes"
        );
        for part in [standing.paid(), standing.given_up(), standing.claimed()] {
            assert!(part >= Money::ZERO, "more of invoice {number} is taken back than there was");
        }
        let is_rounded = standing.sum_of(EntryKind::Rounding) != Money::ZERO;
        if is_rounded || standing.credited == standing.total {
            assert_eq!(left, Money::ZERO, "invoice {number} is rounded off or credited in full");
        }
    }
    for (name, series) in tx.series()? {
        assert_eq!(series.missing_words(), None, "{name}");
    }
    Ok(())
}

/// On the evening of every day of the books no invoice was below zero, and no payment either.
pub fn nothing_was_ever_below_zero(tx: &Tx<'_>) -> Result<(), StoreError> {
    for (what, sql) in [
        (
            "an invoice",
            "SELECT count(*) FROM ledger_entry d JOIN invoice i ON i.id = d.invoice_id
             WHERE i.total_ore
                 - (SELECT coalesce(sum(n.total_ore), 0) FROM invoice n
                     WHERE n.credits_id = i.id AND n.issued_on <= d.booked_on)
                 + (SELECT coalesce(sum(e.amount_ore), 0) FROM ledger_entry e
                     WHERE e.invoice_id = i.id AND e.booked_on <= d.booked_on) < 0",
        ),
        (
            "a payment",
            "SELECT count(*) FROM ledger_entry d JOIN payment p ON p.id = d.payment_id
             WHERE p.amount_ore > 0
                 AND p.amount_ore + (SELECT coalesce(sum(e.amount_ore), 0) FROM ledger_entry e
                     WHERE e.payment_id = p.id AND e.booked_on <= d.booked_on) < 0",
        ),
    ] {
        assert_eq!(tx.integer(sql, &[])?, 0, "{what} was below zero once");
    }
    Ok(())
}

/// Lists, reports and balances are the sums of the entries they stand for, account by account.
pub fn lists_and_reports_say_the_same(tx: &Tx<'_>) -> Result<(), StoreError> {
    let (mut owed, mut late) = (BTreeMap::<String, Money>::new(), (0, Money::ZERO));
    let mut lefts = BTreeMap::new();
    for invoice in invoices(tx)? {
        let left = tx.standing(&invoice)?.left();
        if left > Money::ZERO {
            let account = tx.account_by_id(tx.invoice_account(&invoice)?)?;
            *owed.entry(account.org_number.to_string()).or_default() += left;
            if invoice.draft.due_on < tx.today() {
                late = (late.0 + 1, late.1 + left);
            }
        }
        lefts.insert(invoice.number.0, left);
    }
    let receivables = tx.receivables(tx.today())?;
    let reported = receivables.accounts();
    let reported: BTreeMap<String, Money> =
        reported.map(|(debtor, aged)| (debtor.org_number.to_string(), aged.sum())).collect();
    assert_eq!(reported, owed, "receivables are what is left of each invoice");
    assert_eq!(tx.overdue()?, late);

    tx.each_invoice(&InvoiceFilter::default(), &mut |listing| {
        let left = lefts.get(&listing.number).copied().unwrap_or_default();
        assert_eq!(listing.left, left, "{listing:?}");
        Ok(())
    })?;

    let (mut balances, mut nobodys) = (BTreeMap::<i64, Money>::new(), Money::ZERO);
    let mut listings = Vec::new();
    tx.each_payment(&PaymentFilter::default(), &mut |listing| {
        listings.push(listing);
        Ok(())
    })?;
    for listing in listings {
        let (payment, left) = (listing.payment, listing.left);
        let (number, whole) = (payment.number, payment.told.amount);
        let entries = tx.entries_of_payment(payment.id)?;
        let explained = whole + entries.iter().map(|entry| entry.amount).sum();
        assert_eq!((left, tx.payment_left(&payment)?), (explained, explained), "payment {number}");
        let bounds = whole.min(Money::ZERO)..=whole.max(Money::ZERO);
        assert!(bounds.contains(&left), "payment {number} has {left} left");
        match payment.account {
            Some(account) => *balances.entry(account.0).or_default() += left,
            None => {
                assert!(listing.invoices.is_empty(), "payment {number} is nobody's");
                nobodys += left;
            }
        }
    }
    for (account, balance) in &balances {
        assert_eq!(tx.balance(AccountId(*account))?, *balance, "balance of {account}");
    }
    let unsettled = tx.unsettled_payments()?;
    let balances = balances.values().copied().sum::<Money>();
    assert_eq!((unsettled.unmatched.1, unsettled.balances.1), (nobodys, balances));
    Ok(())
}

/// No more VAT is taken back of an invoice than it charges at any rate, by its credit notes and by
/// write-offs together; and none by what is not written off any more.
pub fn vat_is_taken_back_once(tx: &Tx<'_>) -> Result<(), StoreError> {
    for invoice in invoices(tx)? {
        let credited = tx.credited(&invoice)?.by_rate();
        let standing = tx.standing(&invoice)?;
        for charged in invoice.draft.totals().by_rate {
            let (id, rate) = (invoice.id.0, charged.rate);
            let written_off = sum(
                tx,
                &format!(
                    "SELECT coalesce(sum(v.vat_ore), 0) FROM ledger_vat v
                     JOIN ledger_entry e ON e.id = v.entry_id
                     WHERE e.invoice_id = {id} AND v.vat_rate = {}",
                    rate.percent()
                ),
            );
            let credited = rate.of(credited.get(&rate).copied().unwrap_or_default());
            let bounds = Money::ZERO..=charged.vat - credited;
            let what = format!("{written_off} at {rate} on invoice {}", invoice.number);
            assert!(bounds.contains(&-written_off), "{what}, of {bounds:?}");
            if standing.sum_of(EntryKind::WriteOff) == Money::ZERO {
                assert_eq!(written_off, Money::ZERO, "{what}");
            }
        }
    }
    Ok(())
}

/// Each level reminds once, in turn; fees are sixty kronor each at the most, the compensation stands for
/// all of them, and interest is no more than the whole invoice bears at the highest rate.
pub fn reminders_ask_for_no_more_than_they_may(tx: &Tx<'_>) -> Result<(), StoreError> {
    for invoice in invoices(tx)? {
        let (number, reminders) = (invoice.number, tx.reminders_of(invoice.id)?);
        assert!((1..).zip(&reminders).all(|(level, it)| it.level == level), "{reminders:?}");
        let standing = tx.standing(&invoice)?;
        let fees = standing.sum_of(EntryKind::ReminderFee);
        let charges: Money = fees + standing.sum_of(EntryKind::Compensation);
        assert!(
            fees <= Money::from_ore(FEE_MAX.ore() * reminders.len() as i64),
            "{number}: {fees}"
        );
        assert!(charges <= COMPENSATION, "invoice {number} is charged {charges}");
        let (interest, most) =
            (standing.sum_of(EntryKind::LateInterest), most(tx, &invoice, &standing));
        assert!(interest <= most, "invoice {number} bears {interest}");
    }
    Ok(())
}

/// No more interest stands charged than the Interest Act gives by the days of the payments that are known,
/// and no reminder's fee or compensation where money had paid the invoice itself before the reminder.
pub fn nothing_is_charged_that_is_not_owed(tx: &Tx<'_>) -> Result<(), StoreError> {
    let rates = tx.rates()?;
    for invoice in invoices(tx)? {
        let (number, standing) = (invoice.number, tx.standing(&invoice)?);
        let charged = standing.sum_of(EntryKind::LateInterest);
        let owed = interest::on_invoice(&standing, invoice.draft.due_on, tx.today(), &rates)?.sum;
        assert!(charged <= owed, "invoice {number} bears {owed} and is charged {charged}");
        for entry in &standing.entries {
            let is_charge = matches!(entry.kind, EntryKind::ReminderFee | EntryKind::Compensation);
            if is_charge && standing.left_of_entry(entry) > Money::ZERO {
                let was_paid = standing.was_paid_before(entry.value_on, Money::ZERO);
                assert!(!was_paid, "invoice {number} was paid before the reminder of {entry:?}");
            }
        }
    }
    Ok(())
}

/// Returns what an invoice bears from its due date to today, if nothing was ever paid.
fn most(tx: &Tx<'_>, invoice: &Invoice, standing: &Standing) -> Money {
    let days = (tx.today() - invoice.draft.due_on).num_days().max(0);
    // No reference rate of these years is above three per cent, to which eight points are added.
    Money::from_ore(standing.total.ore() * days * 11 / 36_500 + 1)
}
