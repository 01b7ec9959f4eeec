//! Whatever is ordered, credited, paid, taken back, charged and given up, the books agree.

use std::sync::Arc;

use chrono::Days;
use proptest::prelude::*;

use super::super::fixture::Shop;
use super::*;
use crate::domain::account::Account;
use crate::domain::credit::{CreditError, Part, in_full, of_parts};
use crate::domain::payment::{NewPayment, Payer, Source};
use crate::domain::product::{Product, ProductKind};

/// What somebody does. Invoices and payments are chosen among those there are; parts are in thousandths.
#[derive(Clone, Debug)]
enum Deed {
    Order { account: usize, products: usize },
    CreditInFull { invoice: usize },
    CreditPart { invoice: usize, part: i64 },
    Pay { invoice: usize, part: i64, days_ago: u64 },
    Settle { payment: usize, invoice: usize },
    Unsettle { payment: usize, part: i64 },
    Refund { payment: usize },
    Reverse { payment: usize },
    Charge { invoice: usize, kind: EntryKind, ore: i64 },
    WriteOff { invoice: usize },
    TakeWriteOffBack { invoice: usize },
    RoundOff { invoice: usize },
    Wait { days: u64 },
}

fn deed() -> impl Strategy<Value = Deed> {
    let any = || 0..100_usize;
    let claim = prop_oneof![
        Just(EntryKind::ReminderFee),
        Just(EntryKind::Compensation),
        Just(EntryKind::LateInterest)
    ];
    prop_oneof![
        3 => (0..3_usize, 1..4_usize).prop_map(|(account, products)| Deed::Order { account, products }),
        1 => any().prop_map(|invoice| Deed::CreditInFull { invoice }),
        2 => (any(), 1..1200_i64).prop_map(|(invoice, part)| Deed::CreditPart { invoice, part }),
        5 => (any(), 1..1500_i64, 0..40_u64)
            .prop_map(|(invoice, part, days_ago)| Deed::Pay { invoice, part, days_ago }),
        2 => (any(), any()).prop_map(|(payment, invoice)| Deed::Settle { payment, invoice }),
        2 => (any(), 1..1200_i64).prop_map(|(payment, part)| Deed::Unsettle { payment, part }),
        1 => any().prop_map(|payment| Deed::Refund { payment }),
        1 => any().prop_map(|payment| Deed::Reverse { payment }),
        2 => (any(), claim, 1..60_000_i64)
            .prop_map(|(invoice, kind, ore)| Deed::Charge { invoice, kind, ore }),
        1 => any().prop_map(|invoice| Deed::WriteOff { invoice }),
        1 => any().prop_map(|invoice| Deed::TakeWriteOffBack { invoice }),
        1 => any().prop_map(|invoice| Deed::RoundOff { invoice }),
        1 => (1..60_u64).prop_map(|days| Deed::Wait { days }),
    ]
}

/// A shop, and what there is in it to choose from.
struct Play {
    shop: Shop,
    accounts: Vec<Account>,
    products: Vec<Product>,
    payments: usize,
}

impl Play {
    fn new() -> Play {
        let shop = Shop::new();
        let accounts = (1..=3).map(|n| shop.account(n)).collect();
        let kinds = [("AB04", ProductKind::Subscription), ("PRINT", ProductKind::Printed)];
        let products = kinds.map(|(sku, kind)| shop.product(sku, kind)).to_vec();
        Play { shop, accounts, products, payments: 0 }
    }

    /// Does a deed; what the shop refuses leaves no trace.
    fn act(&mut self, deed: &Deed) {
        let done = match deed {
            Deed::Order { account, products } => {
                let chosen = self.products.iter().enumerate();
                let chosen: Vec<&Product> =
                    chosen.filter(|(at, _)| products >> at & 1 == 1).map(|(_, it)| it).collect();
                self.shop.order(&self.accounts[*account], &chosen);
                Ok(())
            }
            Deed::Wait { days } => {
                self.shop.set_today(self.shop.today() + Days::new(*days));
                Ok(())
            }
            Deed::Pay { invoice, part, days_ago } => {
                self.payments += 1;
                let identity = format!("payment {}", self.payments);
                self.shop.change(|tx| pay(tx, *invoice, *part, *days_ago, identity))
            }
            deed => self.shop.change(|tx| act(tx, deed)),
        };
        let is_refusal = |error: &StoreError| {
            use StoreError::{Credit, Interest, Ledger};
            matches!(error, Ledger(_) | Credit(_) | Interest(_))
        };
        if let Err(error) = done {
            assert!(is_refusal(&error), "{deed:?}: {error}");
        }
    }
}

fn nothing() -> StoreError {
    LedgerError::Nothing.into()
}

fn share(whole: Money, part: i64) -> Money {
    Money::from_ore((whole.ore() * part / 1000).max(1))
}

/// Returns one of the invoices; errors while there is none.
fn invoice(tx: &Tx<'_>, choice: usize) -> Result<Invoice, StoreError> {
    let numbers: Vec<i64> =
        tx.rows("SELECT number FROM invoice WHERE kind = 'invoice' ORDER BY number", &[], |row| {
            row.get(0)
        })?;
    match numbers.len() {
        0 => Err(nothing()),
        count => tx.invoice(InvoiceNumber(numbers[choice % count])),
    }
}

fn payment(tx: &Tx<'_>, choice: usize) -> Result<Payment, StoreError> {
    let count = tx.integer("SELECT count(*) FROM payment", &[])? as usize;
    match count {
        0 => Err(nothing()),
        _ => tx.payment(PaymentNumber(1 + (choice % count) as i64)),
    }
}

fn pay(
    tx: &Tx<'_>,
    choice: usize,
    part: i64,
    days_ago: u64,
    identity: String,
) -> Result<(), StoreError> {
    let invoice = invoice(tx, choice)?;
    let left = tx.standing(&invoice)?.left();
    let told = NewPayment {
        source: Source::Manual,
        file: None,
        identity,
        received_on: tx.today() - Days::new(days_ago),
        amount: share(invoice.draft.totals().total, part),
        bank_reference: None,
        payer: Payer::default(),
        reference: None,
        message: None,
    };
    let payment = tx.record_payment(&told)?;
    let settled = left.min(told.amount);
    if settled > Money::ZERO {
        tx.settle(&payment, &invoice, settled, None)?;
    }
    Ok(())
}

fn act(tx: &Tx<'_>, deed: &Deed) -> Result<(), StoreError> {
    match deed {
        Deed::CreditInFull { invoice: choice } => {
            let invoice = invoice(tx, *choice)?;
            let (credited, seller) = (tx.credited(&invoice)?, Arc::new(tx.seller()?.1));
            if credited.is_closed() {
                return Err(CreditError::Closed(invoice.number).into());
            }
            let draft = in_full(&invoice, &credited, "all of it", &seller, tx.today())?;
            tx.credit_invoice(&invoice, &draft).map(drop)
        }
        Deed::CreditPart { invoice: choice, part } => {
            let invoice = invoice(tx, *choice)?;
            let (credited, seller) = (tx.credited(&invoice)?, Arc::new(tx.seller()?.1));
            let net = share(invoice.draft.lines[0].net, *part);
            let part = Part { position: 1, net, period: None, quantity: None };
            let draft = of_parts(&invoice, &credited, &[part], "a part", &seller, tx.today())?;
            tx.credit_invoice(&invoice, &draft).map(drop)
        }
        Deed::Settle { payment: from, invoice: choice } => {
            let (payment, invoice) = (payment(tx, *from)?, invoice(tx, *choice)?);
            let amount = tx.payment_left(&payment)?.min(tx.standing(&invoice)?.left());
            tx.settle(&payment, &invoice, amount, None).map(drop)
        }
        Deed::Unsettle { payment: from, part } => {
            let payment = payment(tx, *from)?;
            let entries = tx.entries_of_payment(payment.id)?;
            let is_settling = |entry: &&Entry| entry.kind == EntryKind::Payment;
            let entry = entries.iter().find(is_settling).ok_or_else(nothing)?;
            let invoice = tx.invoice(entry.invoice.expect("it settles an invoice"))?;
            tx.unsettle(&invoice, entry, share(-entry.amount, *part), "wrong").map(drop)
        }
        Deed::Refund { payment: from } => give_back(tx, *from, EntryKind::Refund),
        Deed::Reverse { payment: from } => {
            let payment = payment(tx, *from)?;
            for entry in tx.entries_of_payment(payment.id)? {
                let Some(number) = entry.invoice.filter(|_| entry.reverses.is_none()) else {
                    continue;
                };
                let invoice = tx.invoice(number)?;
                let settles = tx.standing(&invoice)?.left_of_entry(&entry);
                if settles < Money::ZERO {
                    tx.unsettle(&invoice, &entry, -settles, "it never came")?;
                }
            }
            give_back(tx, *from, EntryKind::Reversal)
        }
        Deed::Charge { invoice: choice, kind, ore } => {
            let invoice = invoice(tx, *choice)?;
            if tx.standing(&invoice)?.left() == Money::ZERO {
                return Err(nothing());
            }
            tx.enter(&NewEntry {
                kind: *kind,
                invoice: Some(invoice.id),
                payment: None,
                reminder: None,
                reverses: None,
                value_on: tx.today(),
                amount: Money::from_ore(*ore),
                reason: None,
            })
            .map(drop)
        }
        Deed::WriteOff { invoice: choice } => {
            tx.write_off(&invoice(tx, *choice)?, "it will not be paid").map(drop)
        }
        Deed::TakeWriteOffBack { invoice: choice } => {
            tx.reverse_write_offs(&invoice(tx, *choice)?, "it is paid after all").map(drop)
        }
        Deed::RoundOff { invoice: choice } => tx.round_off_rest(&invoice(tx, *choice)?).map(drop),
        Deed::Order { .. } | Deed::Pay { .. } | Deed::Wait { .. } => Ok(()),
    }
}

fn give_back(tx: &Tx<'_>, from: usize, kind: EntryKind) -> Result<(), StoreError> {
    let payment = payment(tx, from)?;
    let amount = -tx.payment_left(&payment)?;
    let payment = Some(payment.id);
    let (value_on, invoice, reminder, reverses) = (tx.today(), None, None, None);
    tx.enter(&NewEntry {
        kind,
        invoice,
        payment,
        reminder,
        reverses,
        value_on,
        amount,
        reason: None,
    })
    .map(drop)
}

/// Sums one column, whole öre.
fn sum(tx: &Tx<'_>, sql: &str) -> Money {
    Money::from_ore(tx.integer(sql, &[]).expect("a sum"))
}

/// On the evening of every day of the books no invoice was below zero, and no payment either.
fn check_every_day(tx: &Tx<'_>) -> Result<(), StoreError> {
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
             WHERE p.amount_ore + (SELECT coalesce(sum(e.amount_ore), 0) FROM ledger_entry e
                 WHERE e.payment_id = p.id AND e.booked_on <= d.booked_on) < 0",
        ),
    ] {
        assert_eq!(tx.integer(sql, &[])?, 0, "{what} was below zero once");
    }
    Ok(())
}

fn check(tx: &Tx<'_>) -> Result<(), StoreError> {
    let entered = |kinds: &str| {
        let sql = "SELECT coalesce(sum(amount_ore), 0) FROM ledger_entry WHERE kind IN";
        sum(tx, &format!("{sql} ({kinds})"))
    };
    let issued = |kind: &str| {
        let sql = "SELECT coalesce(sum(total_ore), 0) FROM invoice WHERE kind =";
        sum(tx, &format!("{sql} '{kind}'"))
    };
    let (invoiced, credited) = (issued("invoice"), issued("credit_note"));
    let (paid, given_up) = (entered("'payment'"), entered("'write_off', 'rounding'"));
    let claimed = entered("'reminder_fee', 'compensation', 'late_interest'");
    let receivable = tx.receivables(tx.today())?;
    assert_eq!(receivable.total().sum(), invoiced - credited + paid + given_up + claimed);

    // Debit and credit, each account by its own rows.
    let bank = sum(tx, "SELECT coalesce(sum(amount_ore), 0) FROM payment")
        + entered("'refund', 'reversal'");
    let advances =
        sum(tx, concat!("SELECT coalesce(sum(", left_of_payment!(), "), 0) FROM payment p"));
    let sales = invoiced - credited;
    let debit = receivable.total().sum() + bank - given_up;
    assert_eq!(debit, advances + sales + claimed, "the ledger balances");

    let rows = concat!(
        "SELECT i.number, ",
        left_of_invoice!(),
        " FROM invoice i WHERE i.kind = 'invoice'"
    );
    let lefts = tx.rows(rows, &[], |row| Ok((row.get::<i64>(0)?, row.get::<Money>(1)?)))?;
    for (number, left) in &lefts {
        let standing = tx.standing(&tx.invoice(InvoiceNumber(*number))?)?;
        assert!(*left >= Money::ZERO, "invoice {number} is below zero: {left}");
        assert_eq!(standing.left(), *left);
        let explained = standing.total - standing.credited - standing.paid() - standing.given_up()
            + standing.claimed();
        assert_eq!(explained, *left);
    }
    let below = concat!(
        "SELECT count(*) FROM payment p WHERE ",
        left_of_payment!(),
        " NOT BETWEEN 0 AND p.amount_ore"
    );
    assert_eq!(tx.integer(below, &[])?, 0, "a payment has no more left than there was");
    check_every_day(tx)?;
    for (name, series) in tx.series()? {
        assert_eq!(series.missing_words(), None, "{name}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_books_agree_whatever_is_done(deeds in proptest::collection::vec(deed(), 1..60)) {
        let mut play = Play::new();
        for deed in &deeds {
            play.act(deed);
            play.shop.read(check).expect("a store that can be read");
        }
    }
}
