//! Reminding of what is late, charging what the levels ask for and the interest to the day.

use super::act::{invoices, nothing};
use crate::domain::interest;
use crate::domain::invoice::Invoice;
use crate::domain::ledger::EntryKind;
use crate::domain::money::Money;
use crate::domain::payment_reminder::{
    Arrival, BankFiles, Charge, Charged, Day, Earlier, Level, Reminding, Unpaid,
};
use crate::store::{NewPaymentReminder, StoreError, Tx};

/// Reminds of every invoice whose day for it has come; errors when there is none.
pub fn remind_of_all(tx: &Tx<'_>) -> Result<(), StoreError> {
    let reminding = Reminding {
        is_on: true,
        levels: tx.reminder_levels()?,
        rest: tx.shop_settings()?.rest_written_off,
        bank_files: BankFiles { days_max: None, newest: None },
    };
    let mut is_any = false;
    for invoice in invoices(tx)? {
        let unpaid = unpaid(tx, &invoice)?;
        let day = Day { today: tx.today(), as_of: tx.today(), is_early: false };
        if let Ok(level) = reminding.due(&unpaid, day) {
            assert_eq!(tx.hold_of(invoice.id)?, None, "what is on hold is not reminded of");
            remind(tx, &invoice, &reminding, level)?;
            is_any = true;
        }
    }
    if is_any { Ok(()) } else { Err(nothing()) }
}

fn unpaid(tx: &Tx<'_>, invoice: &Invoice) -> Result<Unpaid, StoreError> {
    let earlier = tx.reminders_of(invoice.id)?.pop().map(|last| Earlier {
        level: last.level,
        pay_by: last.pay_by,
        arrival: Arrival::Sent(last.reminded_on),
    });
    let overdue = tx.invoice_to_chase(invoice)?;
    assert_eq!(overdue.capital, tx.standing(invoice)?.capital_left());
    Ok(Unpaid {
        due_on: invoice.draft.due_on,
        left: overdue.left,
        capital: overdue.capital,
        arrival: Arrival::Sent(invoice.draft.issued_on),
        earlier,
        hold: tx.hold_of(invoice.id)?.map(|hold| hold.reason),
    })
}

fn remind(
    tx: &Tx<'_>,
    invoice: &Invoice,
    reminding: &Reminding,
    level: &Level,
) -> Result<(), StoreError> {
    let (today, due_on) = (tx.today(), invoice.draft.due_on);
    let accrued = interest::on_invoice(&tx.standing(invoice)?, due_on, today, &tx.rates()?);
    let accrued = accrued.expect("every rate").sum;
    assert!(!tx.set_claims_right(invoice)?, "what was charged was set right before");

    let before = tx.standing(invoice)?;
    let charged = Charged {
        fees: before.sum_of(EntryKind::ReminderFee),
        compensation: before.sum_of(EntryKind::Compensation),
    };
    let fee = level.charge.amount(before.capital_left(), charged);
    let interest_before = before.sum_of(EntryKind::LateInterest);
    let interest = (accrued - interest_before).max(Money::ZERO);
    let new = NewPaymentReminder {
        level: level.number,
        pay_by: reminding.pay_by(level, today),
        seller_version: tx.seller()?.0,
        text: level.text.sv.clone(),
        capital: before.capital_left(),
        fees: charged.fees + charged.compensation + fee,
        interest: interest_before + interest,
    };
    let id = tx.remind_of_payment(invoice, &new)?;
    let kind = match level.charge {
        Charge::Compensation => EntryKind::Compensation,
        Charge::Fee(_) | Charge::Nothing => EntryKind::ReminderFee,
    };
    for (kind, amount) in [(kind, fee), (EntryKind::LateInterest, interest)] {
        if amount > Money::ZERO {
            tx.charge_by_reminder(invoice, id, kind, amount)?;
        }
    }
    assert!(new.capital > Money::ZERO, "no reminder goes out once the invoice itself is paid");
    let asked = new.capital + new.fees + new.interest;
    assert_eq!(asked, tx.standing(invoice)?.left(), "a reminder asks for what is left");
    Ok(())
}

/// Puts an invoice on hold, or its account; releases what was.
pub fn hold_or_release(tx: &Tx<'_>, invoice: &Invoice, is_account: bool) -> Result<(), StoreError> {
    if is_account {
        let account = tx.account_by_id(tx.invoice_account(invoice)?)?;
        return match tx.account_hold(account.id)? {
            Some(hold) => tx.release_account(&account, &hold, "they agree"),
            None => tx.hold_account(&account, "they disagree").map(drop),
        };
    }
    match tx.invoice_hold(invoice.id)? {
        Some(hold) => tx.release_invoice(invoice, &hold, "they agree"),
        None => tx.hold_invoice(invoice, "they disagree", true).map(drop),
    }
}
