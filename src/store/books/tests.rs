use std::sync::Arc;

use super::super::fixture::{Shop, date};
use super::*;
use crate::domain::account::Account;
use crate::domain::book_account::BookAccount;
use crate::domain::credit::{Part, of_parts};
use crate::domain::invoice::Invoice;
use crate::domain::payment::{NewPayment, Payer, Payment, Source};
use crate::domain::product::{Product, ProductKind};
use crate::domain::setting::Setting;

/// A shop that sells by the year and in print, on 2026-03-01.
struct Trade {
    shop: Shop,
    account: Account,
    yearly: Product,
    printed: Product,
}

impl Trade {
    fn begin() -> Trade {
        let shop = Shop::new();
        let account = shop.account(1);
        let yearly = shop.product("AB04", ProductKind::Subscription);
        let printed = shop.product("PRINT", ProductKind::Printed);
        Trade { shop, account, yearly, printed }
    }

    fn invoice(&self) -> Invoice {
        self.shop.order(&self.account, &[&self.yearly, &self.printed]).1
    }

    fn pay(&self, identity: &str, ore: i64) -> Payment {
        let told = NewPayment {
            source: Source::Manual,
            file: None,
            identity: identity.to_owned(),
            received_on: self.shop.today(),
            amount: Money::from_ore(ore),
            bank_reference: None,
            payer: Payer { name: Some("BOLAGET".to_owned()), ..Payer::default() },
            reference: None,
            message: None,
        };
        self.shop.change(|tx| tx.record_payment(&told)).expect("a payment")
    }

    fn settle(&self, payment: &Payment, invoice: &Invoice, ore: i64) -> Result<(), StoreError> {
        let settle = |tx: &Tx<'_>| {
            let payment = tx.payment(payment.number)?;
            tx.settle(&payment, invoice, Money::from_ore(ore), None)
        };
        self.shop.change(settle).map(drop)
    }

    /// Credits `ore` of the first line, excluding VAT.
    fn credit(&self, invoice: &Invoice, ore: i64) -> Result<(), StoreError> {
        self.shop.change(|tx| {
            let period = invoice.draft.lines[0].period;
            let part = Part { position: 1, net: Money::from_ore(ore), period, quantity: None };
            let (credited, seller) = (tx.credited(invoice)?, Arc::new(tx.seller()?.1));
            let draft = of_parts(invoice, &credited, &[part], "less", &seller, tx.today())?;
            tx.credit_invoice(invoice, &draft).map(drop)
        })
    }

    fn export(&self, from: &str, to: &str) -> Vec<BookedVoucher> {
        let period = BookPeriod { from: date(from), to: date(to) };
        let export = self.shop.change(|tx| {
            let Some((export, _)) = tx.export_books(period)? else { return Ok(None) };
            tx.finish_export(&export, "f00d")?;
            Ok(Some(export))
        });
        let mut vouchers = Vec::new();
        if let Some(export) = export.expect("an export") {
            let read = |tx: &Tx<'_>| {
                tx.each_booked_voucher(export.id, &mut |voucher| vouchers.push(voucher.clone()))
            };
            self.shop.read(read).expect("its vouchers");
            assert_eq!(vouchers.len() as i64, export.vouchers);
        }
        vouchers
    }

    fn go_to(&self, day: &str) {
        self.shop.set_today(date(day));
    }
}

fn told(vouchers: &[BookedVoucher]) -> Vec<String> {
    let line = |voucher: &BookedVoucher| {
        let rows = voucher.rows.iter();
        let rows: Vec<String> =
            rows.map(|(account, amount)| format!("{account} {}", amount.plain())).collect();
        let BookedVoucher { number, dated_on, text, .. } = voucher;
        format!("{number} {dated_on} {text}: {}", rows.join(" "))
    };
    vouchers.iter().map(line).collect()
}

fn assert_told(vouchers: &[BookedVoucher], expected: &[&str]) {
    let told = told(vouchers);
    assert_eq!(told.len(), expected.len(), "{told:#?}");
    for (told, expected) in told.iter().zip(expected) {
        assert!(told.starts_with(expected), "{told}\nis not\n{expected}");
    }
}

#[test]
fn what_a_payment_settles_on_its_day_is_one_voucher_with_it() {
    let trade = Trade::begin();
    let (first, second) = (trade.invoice(), trade.invoice());
    trade.go_to("2026-03-10");
    let payment = trade.pay("a", 1_000_000);
    trade.settle(&payment, &first, 500_000).expect("a part");
    let booked = trade.export("2026-03-01", "2026-03-31");
    assert_told(
        &booked[2..],
        &["3 2026-03-10 Inbetalning 1, faktura 1001, BOLAGET: \
           1930 10000.00 1510 -5000.00 2420 -5000.00"],
    );
    // The payment is out, and what it settles later stands for itself, on its own day still.
    trade.settle(&payment, &second, 100_000).expect("a part");
    let late = trade.export("2026-04-01", "2026-04-30");
    assert_told(
        &late,
        &["4 2026-03-10 Avräkning, betalning 1, faktura 1002, Bolaget 1 AB: \
           1510 -1000.00 2420 1000.00"],
    );
}

#[test]
fn nothing_is_exported_twice_and_what_comes_late_is_taken_up_once() {
    let trade = Trade::begin();
    trade.invoice();
    assert_eq!(trade.export("2026-03-01", "2026-03-01").len(), 1);
    assert_eq!(trade.export("2026-03-01", "2026-03-01"), []);
    trade.invoice();
    trade.go_to("2026-04-02");
    trade.invoice();
    let late = trade.export("2026-04-01", "2026-04-30");
    assert_told(&late, &["2 2026-03-01 Faktura 1002", "3 2026-04-02 Faktura 1003"]);
    assert_eq!(trade.export("2026-01-01", "2026-04-30"), []);
}

#[test]
fn what_comes_after_the_lock_is_dated_after_it_in_the_books_and_in_the_vat() {
    let trade = Trade::begin();
    trade.invoice();
    trade.export("2026-03-01", "2026-03-31");
    trade.invoice();
    trade.go_to("2026-04-02");
    let count = |day| trade.shop.read(|tx| tx.count_unexported(date(day))).expect("a count");
    assert_eq!(count("2026-03-31"), 1);
    let lock = |day| trade.shop.change(|tx| tx.lock_books(date(day), None)).expect("a lock");
    assert!(lock("2026-03-31"));
    assert!(!lock("2026-03-31"));
    let vat = |from, to| {
        let period = BookPeriod { from: date(from), to: date(to) };
        trade.shop.read(|tx| tx.vat_report(period)).expect("a report")
    };
    let moved = |report: &crate::domain::vat_report::VatReport| (report.counted, report.unexported);
    assert_eq!(moved(&vat("2026-03-01", "2026-03-31")), (1, 0));
    assert_eq!(moved(&vat("2026-04-01", "2026-04-30")), (1, 1));
    let late = trade.export("2026-04-01", "2026-04-30");
    assert_told(&late, &["2 2026-04-01 Faktura 1002, Bolaget 1 AB, hände 2026-03-01"]);
    assert_eq!(moved(&vat("2026-04-01", "2026-04-30")), (1, 0));
}

#[test]
fn days_that_were_locked_before_they_were_exported_keep_their_vouchers() {
    let trade = Trade::begin();
    trade.invoice();
    trade.go_to("2026-04-02");
    trade.shop.change(|tx| tx.lock_books(date("2026-03-31"), None)).expect("a lock");
    assert_told(&trade.export("2026-03-01", "2026-03-31"), &["1 2026-03-01 Faktura 1001"]);
}

#[test]
fn days_before_the_first_export_are_left_to_other_books() {
    let trade = Trade::begin();
    trade.invoice();
    trade.go_to("2026-04-02");
    trade.invoice();
    let before = |tx: &Tx<'_>| tx.count_before_books(date("2026-04-01"));
    assert_eq!(trade.shop.read(before).expect("a count"), 1);
    assert_told(&trade.export("2026-04-01", "2026-04-30"), &["1 2026-04-02 Faktura 1002"]);
    assert_eq!(trade.shop.read(before).expect("a count"), 0);
    assert_told(&trade.export("2026-03-01", "2026-03-31"), &["2 2026-03-01 Faktura 1001"]);
}

#[test]
fn prepaid_income_goes_out_month_by_month_and_a_credit_note_follows_its_invoice() {
    let trade = Trade::begin();
    trade.shop.change(|tx| tx.choose(Setting::PrepaidIncome, "monthly")).expect("a setting");
    let invoice = trade.shop.order(&trade.account, &[&trade.yearly]).1;
    let booked = trade.export("2026-03-01", "2026-03-31");
    assert_told(
        &booked,
        &[
            "1 2026-03-01 Faktura 1001, Bolaget 1 AB: 1510 4875.00 2970 -3900.00 2611 -975.00",
            "2 2026-03-01 Periodisering 2026-03: Faktura 1001, Bolaget 1 AB: 2970 325.00 3001 -325.00",
        ],
    );
    // What is in the books stays as it was booked, whatever is chosen since.
    trade.shop.change(|tx| tx.choose(Setting::PrepaidIncome, "at_once")).expect("a setting");
    trade.go_to("2026-05-15");
    assert_eq!(trade.export("2026-04-01", "2026-05-15").len(), 2);
    trade.credit(&invoice, 390_000).expect("a credit note");
    trade.go_to("2027-03-31");
    let rest = trade.export("2026-05-16", "2027-03-31");
    // The note, nine months that are left, and what was booked of all twelve.
    assert_eq!(rest.len(), 1 + 9 + 12, "{:#?}", told(&rest));
    let all: Vec<BookedVoucher> = [booked, rest].concat();
    let sum = |account| -> Money {
        let rows = all.iter().flat_map(|voucher| &voucher.rows);
        rows.filter(|(number, _)| *number == account).map(|(_, amount)| *amount).sum()
    };
    let (april, may) = (Money::from_ore(32_500), Money::from_ore(32_500));
    assert_eq!(
        (sum(2970), sum(3001)),
        (-april - may, april + may),
        "two months are not counted here"
    );
    assert_eq!(trade.export("2026-03-01", "2027-03-31"), []);
}

#[test]
fn an_export_that_is_made_again_holds_the_same_under_the_same_numbers() {
    let trade = Trade::begin();
    trade.invoice();
    let booked = trade.export("2026-03-01", "2026-03-31");
    let account = Setting::Account(BookAccount::Sales25);
    trade.shop.change(|tx| tx.choose(account, "3010")).expect("a setting");
    let march = BookPeriod { from: date("2026-01-01"), to: date("2026-12-31") };
    let (export, held) = trade
        .shop
        .change(|tx| {
            let again = tx.export_again(march)?.expect("an export to make again");
            tx.finish_export(&again.0, "beef")?;
            Ok(again)
        })
        .expect("the same again");
    assert_eq!((export.vouchers, export.first_number, held.len()), (1, Some(1), 1));
    let mut again = Vec::new();
    let read = |tx: &Tx<'_>| tx.each_booked_voucher(held[0], &mut |it| again.push(it.clone()));
    trade.shop.read(read).expect("its vouchers");
    assert_eq!(again, booked);
    let exports = trade.shop.read(|tx| tx.book_exports()).expect("exports");
    assert_eq!(exports.iter().map(|export| export.is_again).collect::<Vec<_>>(), [false, true]);
}
