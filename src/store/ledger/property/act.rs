//! What is done to what is owed, as the commands do it.

use std::sync::Arc;

use chrono::Days;

use super::chase::{hold_or_release, remind_of_all};
use super::deed::{Amount, Deed, Told};
use super::law;
use crate::domain::credit::{Asked, AskedLine, of_parts};
use crate::domain::invoice::{Invoice, InvoiceNumber};
use crate::domain::ledger::LedgerError;
use crate::domain::money::Money;
use crate::domain::payment::{NewPayment, Payer, Payment, PaymentNumber, Source};
use crate::store::fixture::date;
use crate::store::{PaymentFilter, StoreError, Tx, history};

/// Does a deed that needs nothing but the store.
pub fn act(tx: &Tx<'_>, deed: &Deed) -> Result<(), StoreError> {
    match deed {
        Deed::CancelOrder { order } => cancel_order(tx, *order),
        Deed::Renew { limit } => history::renew(tx, *limit).map(drop),
        Deed::CreditInFull { invoice: choice } => {
            credit(tx, &invoice(tx, *choice)?, &Asked::default()).map(drop)
        }
        Deed::CreditLine { invoice: choice, line, part } => {
            let invoice = invoice(tx, *choice)?;
            let position = 1 + line % invoice.draft.lines.len();
            let net = invoice.draft.lines[position - 1].net;
            let lines = vec![AskedLine { position, quantity: None }];
            let asked = Asked { lines, amount: part.map(|part| share(net, part)) };
            credit(tx, &invoice, &asked).map(drop)
        }
        Deed::CreditAmount { invoice: choice, part } => {
            let invoice = invoice(tx, *choice)?;
            let amount = Some(share(invoice.draft.totals().total, *part));
            credit(tx, &invoice, &Asked { lines: Vec::new(), amount }).map(drop)
        }
        Deed::Reissue { invoice: choice } => {
            let original = invoice(tx, *choice)?;
            law::nothing_is_lost_or_added(tx, &original, || history::reissue(tx, original.number))
        }
        Deed::Pay(told) => {
            let (named, amount) = meant(tx, told)?;
            receive(tx, named, amount, told.days_ago)
        }
        Deed::Deduct { invoice: choice, ore, days_ago } => {
            let named = Some(invoice(tx, *choice)?.number);
            receive(tx, named, Money::from_ore(-ore), *days_ago)
        }
        Deed::Match { payment: from, invoice: choice } => {
            let (payment, invoice) = (unused(tx, *from)?, owed(tx, *choice)?);
            let left = tx.payment_left(&payment)?;
            if left < Money::ZERO {
                tx.match_payment(&payment)?;
            } else {
                let amount = left.min(tx.standing(&invoice)?.left());
                tx.settle(&payment, &invoice, amount, None)?;
            }
            tx.round_off_rests(&payment)
        }
        Deed::Unmatch { payment: from, is_of_one } => {
            let payment = payment(tx, *from)?;
            let entries = tx.entries_of_payment(payment.id)?;
            let only = entries.iter().find_map(|entry| entry.invoice).filter(|_| *is_of_one);
            tx.unmatch_payment(&payment, only, "not theirs").map(drop)
        }
        Deed::Refund { payment: from, part } => {
            let payment = unused(tx, *from)?;
            let amount = share(tx.payment_left(&payment)?, *part);
            tx.refund_payment(&payment, amount, tx.today(), "too much").map(drop)
        }
        Deed::TakeRefundsBack { payment: from } => {
            tx.take_back_refunds(&payment(tx, *from)?, "it came back").map(drop)
        }
        Deed::Reverse { payment: from } => tx.reverse_payment(&payment(tx, *from)?, "never came"),
        Deed::Remind => remind_of_all(tx),
        Deed::Hold { invoice: choice, is_account } => {
            hold_or_release(tx, &invoice(tx, *choice)?, *is_account)
        }
        Deed::WriteOff { invoice: choice } => {
            tx.write_off(&owed(tx, *choice)?, "it will not be paid").map(drop)
        }
        Deed::TakeWriteOffBack { invoice: choice } => {
            tx.reverse_write_offs(&invoice(tx, *choice)?, "it is paid after all").map(drop)
        }
        Deed::Choose { setting, value } => tx.choose(*setting, value).map(drop),
        Deed::Lock { days_ago } => {
            tx.lock_books(tx.today() - Days::new(*days_ago), Some("so be it")).map(drop)
        }
        Deed::Order { .. } | Deed::Import { .. } | Deed::Export { .. } => Ok(()),
    }
}

pub fn nothing() -> StoreError {
    LedgerError::Nothing.into()
}

/// Returns a part of an amount, at least an öre.
fn share(whole: Money, part: i64) -> Money {
    Money::from_ore((whole.ore() * part / 1000).max(1))
}

/// Returns all invoices.
pub fn invoices(tx: &Tx<'_>) -> Result<Vec<Invoice>, StoreError> {
    let numbers = tx.invoice_numbers(InvoiceNumber(0), InvoiceNumber(i64::MAX))?;
    numbers.into_iter().map(|number| tx.invoice(number)).collect()
}

/// Returns one of the invoices; errors while there is none.
fn invoice(tx: &Tx<'_>, choice: usize) -> Result<Invoice, StoreError> {
    let numbers = tx.invoice_numbers(InvoiceNumber(0), InvoiceNumber(i64::MAX))?;
    match numbers.len() {
        0 => Err(nothing()),
        count => tx.invoice(numbers[choice % count]),
    }
}

/// Returns one of the invoices of which something is left, or of all where nothing is.
fn owed(tx: &Tx<'_>, choice: usize) -> Result<Invoice, StoreError> {
    let mut owed = Vec::new();
    for invoice in invoices(tx)? {
        if tx.standing(&invoice)?.left() > Money::ZERO {
            owed.push(invoice);
        }
    }
    match owed.len() {
        0 => invoice(tx, choice),
        count => Ok(owed.swap_remove(choice % count)),
    }
}

/// Returns one of the payments of which something is left, or of all where nothing is.
fn unused(tx: &Tx<'_>, choice: usize) -> Result<Payment, StoreError> {
    let mut unused = Vec::new();
    tx.each_payment(&PaymentFilter::default(), &mut |listing| {
        if listing.left != Money::ZERO {
            unused.push(listing.payment);
        }
        Ok(())
    })?;
    match unused.len() {
        0 => payment(tx, choice),
        count => Ok(unused.swap_remove(choice % count)),
    }
}

/// Returns one of the payments; errors while there is none.
fn payment(tx: &Tx<'_>, choice: usize) -> Result<Payment, StoreError> {
    match tx.integer("SELECT count(*) FROM payment", &[])? {
        0 => Err(nothing()),
        count => tx.payment(PaymentNumber(1 + choice as i64 % count)),
    }
}

fn credit(tx: &Tx<'_>, invoice: &Invoice, asked: &Asked) -> Result<Invoice, StoreError> {
    let (credited, seller) = (tx.credited(invoice)?, Arc::new(tx.seller()?.1));
    let parts = asked.parts(invoice, &credited)?;
    let draft = of_parts(invoice, &credited, &parts, "as agreed", &seller, tx.today())?;
    tx.credit_invoice(invoice, &draft)
}

/// Credits what is left of an order and ends what it started, if nothing else bills that.
fn cancel_order(tx: &Tx<'_>, choice: usize) -> Result<(), StoreError> {
    let count = tx.integer("SELECT count(*) FROM orders", &[])?;
    let first = tx.integer("SELECT coalesce(min(number), 0) FROM orders", &[])?;
    if count == 0 {
        return Err(nothing());
    }
    let order = tx.order(first + choice as i64 % count)?;
    let invoice = tx.invoice(order.invoice)?;
    let mut started = Vec::new();
    for number in invoice.draft.lines.iter().filter_map(|line| line.subscription_number) {
        let subscription = tx.subscription(number)?;
        let terms = tx.terms(subscription.id)?;
        match terms.as_slice() {
            [(term, billing)] if *billing == invoice.number.0 => {
                started.push((subscription, *term))
            }
            _ => return Err(nothing()),
        }
    }
    if order.cancelled_on.is_some() || tx.credited(&invoice)?.is_closed() {
        return Err(nothing());
    }
    tx.cancel_order(&order, "not wanted")?;
    let note = credit(tx, &invoice, &Asked::default())?;
    for (subscription, term) in started {
        tx.end_subscription(&subscription, subscription.rhythm.anchor, "not wanted")?;
        let ended = tx.subscription(subscription.number)?;
        tx.withdraw_term(&ended, term, &invoice, &note)?;
    }
    assert_eq!(tx.standing(&invoice)?.left(), Money::ZERO, "a cancelled order is not owed");
    Ok(())
}

/// Returns the invoice that a payment names, if it names one, and how much it is.
pub fn meant(tx: &Tx<'_>, told: &Told) -> Result<(Option<InvoiceNumber>, Money), StoreError> {
    let invoice = owed(tx, told.invoice)?;
    let amount = match &told.amount {
        Amount::Part(part) => share(invoice.draft.totals().total, *part),
        Amount::AllBut(ore) => tx.standing(&invoice)?.left() - Money::from_ore(*ore),
    };
    Ok((told.is_named.then_some(invoice.number), amount.max(Money::from_ore(1))))
}

/// Takes in a payment or a deduction that somebody enters.
fn receive(
    tx: &Tx<'_>,
    named: Option<InvoiceNumber>,
    amount: Money,
    days_ago: u64,
) -> Result<(), StoreError> {
    let payment = tx.record_payment(&NewPayment {
        source: Source::Manual,
        file: None,
        identity: tx.manual_identity()?,
        received_on: (tx.today() - Days::new(days_ago)).max(date("2026-03-01")),
        amount,
        bank_reference: None,
        payer: Payer::default(),
        reference: named.map(|number| number.ocr().to_string()),
        message: None,
    })?;
    tx.match_payment(&payment)?;
    tx.round_off_rests(&payment)
}
