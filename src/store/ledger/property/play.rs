//! The shop in which all that happens, and what is watched while it does.

use chrono::{Days, NaiveDate};

use super::act::act;
use super::deed::{ACCOUNTS, Deed};
use super::law::{self, Locked};
use crate::domain::account::Account;
use crate::domain::bank::Incoming;
use crate::domain::books::BookPeriod;
use crate::domain::conditions::Wording;
use crate::domain::money::Money;
use crate::domain::payment_reminder::{Charge, Level};
use crate::domain::product::{NewProduct, Price, Product, ProductKind};
use crate::domain::reference_rate::{HalfYear, Rate};
use crate::store::books::BookedVoucher;
use crate::store::fixture::{Shop, date, new_product, plan, vat_rule};
use crate::store::{StoreError, Tx};

/// A shop, and what there is in it to choose from.
pub struct Play {
    pub shop: Shop,
    accounts: Vec<Account>,
    products: Vec<Product>,
    /// What stood in the bank's files.
    pub files: Vec<Vec<Incoming>>,
    /// What bookkeeping was given, file by file.
    pub booked: Vec<BookedVoucher>,
    /// The days of those files.
    exported: Vec<BookPeriod>,
    /// What stood in the books when they were locked.
    locked: Option<Locked>,
    /// Whether income was ever spread over the months.
    pub has_spread: bool,
}

impl Play {
    /// Returns a shop that sells at every rate of VAT, at prices that make öre, and reminds four times.
    pub fn new() -> Play {
        let shop = Shop::new();
        let accounts = (1..=ACCOUNTS as u32).map(|n| shop.account(n)).collect();
        let products = products(&shop);
        let last = Level {
            number: 4,
            days: 10,
            charge: Charge::Compensation,
            text: Wording { sv: "Hör av er.".into(), en: "Please call.".into() },
        };
        shop.change(|tx| tx.set_reminder_level(&last)).expect("a level");
        shop.change(add_rates).expect("rates");
        Play {
            shop,
            accounts,
            products,
            files: Vec::new(),
            booked: Vec::new(),
            exported: Vec::new(),
            locked: None,
            has_spread: false,
        }
    }

    /// Does a deed some days after the one before; what the shop refuses leaves no trace.
    pub fn act(&mut self, days: u64, deed: &Deed) {
        self.shop.set_today(self.shop.today() + Days::new(days));
        let done = match deed {
            Deed::Order { account, products } => {
                let chosen = self.products.iter().enumerate();
                let chosen: Vec<&Product> =
                    chosen.filter(|(at, _)| products >> at & 1 == 1).map(|(_, it)| it).collect();
                let account = &self.accounts[*account];
                let order = |tx: &Tx<'_>| tx.place_order(account, &plan(tx, account, &chosen)?);
                self.shop.change(order).map(drop)
            }
            Deed::Import { payments, with } => self.import(payments, *with),
            Deed::Export { days, days_ago } => {
                let to = self.shop.today() - Days::new(*days_ago);
                self.export(BookPeriod { from: to - Days::new(*days), to });
                Ok(())
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
        self.watch();
    }

    /// Checks what holds at any time, and that the days that were locked are as they were.
    fn watch(&mut self) {
        let (shop, locked) = (&self.shop, &mut self.locked);
        let look = |tx: &Tx<'_>| {
            law::nothing_is_found(tx)?;
            law::the_ledger_balances(tx)?;
            law::lists_and_reports_say_the_same(tx)?;
            law::vat_is_taken_back_once(tx)?;
            law::nothing_was_ever_below_zero(tx)?;
            law::reminders_ask_for_no_more_than_they_may(tx)?;
            law::nothing_is_charged_that_is_not_owed(tx)?;
            self.has_spread |= tx.shop_settings()?.spreads_income;
            let now = Locked::of(tx)?;
            if let (Some(before), Some(now)) = (&*locked, &now)
                && before.through == now.through
            {
                assert_eq!(before, now, "the locked days are as they were");
            }
            *locked = now;
            Ok(())
        };
        shop.read(look).expect("a store that can be read");
    }

    /// Exports what is due; the VAT of those days is the same before and after, nothing is left to be
    /// exported, and no day that was exported and locked gets another voucher.
    pub fn export(&mut self, period: BookPeriod) {
        let vat = |tx: &Tx<'_>| tx.vat_report(period);
        let before = self.shop.read(vat).expect("a report");
        let exported = self.shop.change(|tx| {
            let Some((export, _)) = tx.export_books(period)? else { return Ok(None) };
            tx.finish_export(&export, "f00d")?;
            Ok(Some(export))
        });
        let Some(export) = exported.expect("an export") else { return };
        let mut vouchers = Vec::new();
        let read = |tx: &Tx<'_>| {
            tx.each_booked_voucher(export.id, &mut |voucher| vouchers.push(voucher.clone()))?;
            tx.books_locked_through()
        };
        let through = self.shop.read(read).expect("its vouchers");
        for voucher in &vouchers {
            let day = voucher.dated_on;
            let is_exported = self.exported.iter().any(|it| it.from <= day && day <= it.to);
            let is_locked = through.is_some_and(|through| day <= through);
            assert!(!(is_exported && is_locked), "{voucher:?} is of a locked day");
            assert!(day <= period.to, "{voucher:?} is of a day after the export's last");
        }
        self.booked.extend(vouchers);
        self.exported.push(period);
        let after = self.shop.read(vat).expect("a report");
        assert!(before.by_rate().eq(after.by_rate()), "{before:?} is exported as {after:?}");
        let again = self.shop.rehearse(|tx| tx.export_books(period)).expect("an export");
        assert_eq!(again, None, "nothing is exported twice");
    }
}

fn products(shop: &Shop) -> Vec<Product> {
    let goods = [
        ("YEAR", ProductKind::Subscription, 25, 390_000),
        ("MONTH", ProductKind::Licence, 12, 19_937),
        ("PRINT", ProductKind::Printed, 6, 9_999),
        ("FREE", ProductKind::Printed, 0, 45_005),
    ];
    let made = goods.map(|(sku, kind, percent, ore)| {
        let (new, price) = (new_product(sku, kind), Money::from_ore(ore));
        let is_monthly = kind == ProductKind::Licence;
        let new = NewProduct {
            price: Price { regular: price, member: price, ..new.price },
            vat_rule: vat_rule("2020-01-01", percent),
            term_months: if is_monthly { 1 } else { new.term_months },
            notice_months: if is_monthly { 0 } else { new.notice_months },
            ..new
        };
        shop.change(|tx| tx.create_product(&new)).expect("a product")
    });
    made.to_vec()
}

/// Adds the reference rates that no day of a history lacks.
fn add_rates(tx: &Tx<'_>) -> Result<(), StoreError> {
    let known = tx.rates()?;
    for (year, month) in (2026..2040).flat_map(|year| [(year, 1), (year, 7)]) {
        let first = NaiveDate::from_ymd_opt(year, month, 1).expect("a day");
        if known.find(HalfYear::of(first)).is_none() {
            let rate = Rate::from_hundredths(225);
            tx.add_rate(HalfYear::of(first), rate, "the bank", None)?;
        }
    }
    Ok(())
}

/// The days of the books of any history, from before the first to when all months have come.
pub fn all_days() -> BookPeriod {
    BookPeriod { from: date("2026-01-01"), to: date("2045-01-01") }
}
