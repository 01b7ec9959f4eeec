//! A shop to test the store with: its clock, its goods, and changes that are kept or rehearsed.

use std::cell::Cell;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDate;
use tempfile::TempDir;

use super::{Event, Fate, Moment, Operation, Order, Store, StoreError, Tx};
use crate::domain::account::{Account, AccountKey, Field, NewAccount, Profile};
use crate::domain::email::Email;
use crate::domain::home::Home;
use crate::domain::invoice::Invoice;
use crate::domain::letter::{Letter, Office, PasswordReset};
use crate::domain::login::Login;
use crate::domain::mail::{Content, Mail, MailKind, NewMail};
use crate::domain::money::{Money, VatRate};
use crate::domain::ocr::check_digit;
use crate::domain::order::{self, Plan, Request};
use crate::domain::org_number::OrgNumber;
use crate::domain::password::{HashCost, Password, PasswordHash};
use crate::domain::product::{
    NewProduct, Price, Product, ProductError, ProductId, ProductKind, ProductRenewal, VatRule,
};
use crate::domain::secret::Secret;
use crate::domain::seller::{Seller, SellerField};
use crate::domain::shipment::GivenShipTo;
use crate::domain::subscription::{Due, Renewal, plan_renewal};
use crate::domain::term::parse_date;

/// A shop in a temporary folder, on a day that the test sets.
pub struct Shop {
    pub store: Store,
    pub path: PathBuf,
    today: Cell<NaiveDate>,
    _folder: TempDir,
}

/// Returns the place where a test's shop lives.
pub fn home() -> Home {
    let path = "/srv/shop.db".to_owned();
    Home { path, host: Some("host".to_owned()), host_name: "kontoret".to_owned() }
}

impl Shop {
    /// Returns a shop that has a seller and nothing else, on 2026-03-01.
    pub fn new() -> Shop {
        let shop = Shop::unborn();
        shop.change(|tx| tx.create_shop(&seller(), true, &home())).expect("a new shop");
        shop
    }

    /// Returns a store in which `create_shop` has not been called.
    pub fn unborn() -> Shop {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("shop.db");
        let store = Store::create(&path, Duration::from_secs(5)).expect("a new store");
        // What a test writes need not outlive a power cut.
        store.driver.execute("PRAGMA synchronous = OFF", &[]).expect("a setting");
        Shop { store, path, today: Cell::new(date("2026-03-01")), _folder: folder }
    }

    pub fn today(&self) -> NaiveDate {
        self.today.get()
    }

    pub fn set_today(&self, day: NaiveDate) {
        self.today.set(day);
    }

    pub fn moment(&self) -> Moment {
        let now = self.today().and_hms_opt(9, 0, 0).expect("nine o'clock").and_utc();
        Moment { now, today: self.today(), machine: now }
    }

    pub fn operation(&self) -> Operation {
        let command = "shopctl test".to_owned();
        Operation::new(self.moment(), "tester".to_owned(), "shopctl 0", command, None, [7; 32])
    }

    /// Makes a change that is kept, as an operation of its own.
    pub fn change<T>(
        &self,
        change: impl FnOnce(&Tx<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.run(Fate::Commit, change).map(|(value, _)| value)
    }

    /// Makes a change and rolls it back.
    pub fn rehearse<T>(
        &self,
        change: impl FnOnce(&Tx<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.run(Fate::RollBack, change).map(|(value, _)| value)
    }

    /// Makes a change and returns its events with what it returned.
    pub fn run<T>(
        &self,
        fate: Fate,
        change: impl FnOnce(&Tx<'_>) -> Result<T, StoreError>,
    ) -> Result<(T, Vec<Event>), StoreError> {
        let operation = self.operation();
        self.store.transaction(
            &operation,
            |_, _| fate,
            change,
            |tx, _| {
                let mut events = Vec::new();
                if let Some(id) = operation.id() {
                    tx.each_event_of(id, &mut |event| {
                        events.push(event);
                        Ok(())
                    })?;
                }
                Ok(events)
            },
        )
    }

    pub fn read<T>(
        &self,
        read: impl FnOnce(&Tx<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.store.read(self.moment(), read)
    }

    /// Returns a connection of its own, for tests that do what the store would never do.
    pub fn intruder(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(&self.path).expect("a second connection")
    }

    /// Creates the `n`th account, with an address and an invoice e-mail.
    pub fn account(&self, n: u32) -> Account {
        self.change(|tx| tx.create_account(&new_account(n))).expect("a new account")
    }

    /// Creates a product that costs 3900 kronor, or 2900 for members.
    pub fn product(&self, sku: &str, kind: ProductKind) -> Product {
        self.change(|tx| tx.create_product(&new_product(sku, kind))).expect("a new product")
    }

    /// Places an order of one of each product.
    pub fn order(&self, account: &Account, products: &[&Product]) -> (Order, Invoice) {
        self.change(|tx| tx.place_order(account, &plan(tx, account, products)?))
            .expect("an order that is placed")
    }

    /// Queues the invoice of an order that the account places for a printed copy.
    pub fn mail(&self) -> Mail {
        let account = self.account(1);
        let product = self.product("PRINT", ProductKind::Printed);
        let (_, invoice) = self.order(&account, &[&product]);
        self.change(|tx| {
            tx.enqueue_mail(&invoice_mail(&invoice), "shop.example")?;
            Ok(tx.mails_of_invoice(invoice.id)?.remove(0))
        })
        .expect("a queued mail")
    }
}

pub fn date(text: &str) -> NaiveDate {
    parse_date(text).expect("a date")
}

pub fn email(text: &str) -> Email {
    text.parse().expect("an address")
}

pub fn seller() -> Seller {
    Seller::from_fields(|field: SellerField| field.example().to_owned(), None).expect("a seller")
}

/// Returns the `n`th of a series of well-formed organisation numbers.
pub fn org_number(n: u32) -> OrgNumber {
    let body = format!("5561{n:05}");
    format!("{body}{}", check_digit(&body)).parse().expect("an organisation number")
}

/// Returns what the operator calls the `n`th account by.
pub fn account_key(n: u32) -> AccountKey {
    AccountKey::OrgNumber(org_number(n))
}

pub fn new_account(n: u32) -> NewAccount {
    let mut profile = Profile::default();
    for (field, text) in [
        (Field::Name, format!("Bolaget {n} AB").as_str()),
        (Field::InvoiceEmail, format!("faktura@bolaget{n}.example").as_str()),
        (Field::Street, "Storgatan 1"),
        (Field::PostalCode, "111 22"),
        (Field::City, "Stockholm"),
    ] {
        profile.set(field, text).expect("a value of its field");
    }
    NewAccount {
        org_number: org_number(n),
        login: email(&format!("inkop@bolaget{n}.example")),
        profile,
        is_member: false,
    }
}

pub fn price(from: &str, kronor: i64, member_kronor: i64) -> Price {
    let ore = |kronor: i64| Money::from_ore(kronor * 100);
    let from = date(from);
    Price { from, regular: ore(kronor), member: ore(member_kronor), entered_on: from }
}

pub fn vat_rule(from: &str, percent: i64) -> VatRule {
    let rate = VatRate::new(percent).expect("a Swedish rate");
    VatRule::new(date(from), rate, rate.is_zero().then_some("undantaget")).expect("a rule")
}

pub fn new_product(sku: &str, kind: ProductKind) -> NewProduct {
    let product = NewProduct {
        sku: sku.parse().expect("a SKU"),
        kind,
        name_sv: format!("{sku} på svenska"),
        name_en: format!("{sku} in English"),
        term_months: 12,
        notice_months: 3,
        seats: 1,
        renewal: ProductRenewal::Automatic,
        price: price("2020-01-01", 3900, 2900),
        vat_rule: vat_rule("2020-01-01", if kind == ProductKind::Printed { 6 } else { 25 }),
    };
    let checked: Result<NewProduct, ProductError> = product.checked();
    checked.expect("a product whose parts agree")
}

/// Decides an order of one of each product, placed and started today.
pub fn plan(tx: &Tx<'_>, account: &Account, products: &[&Product]) -> Result<Plan, StoreError> {
    let (_, seller) = tx.seller()?;
    let items: Vec<(Arc<Product>, i64)> =
        products.iter().map(|product| (Arc::new((*product).clone()), 1)).collect();
    let request = Request {
        ordered_on: tx.today(),
        start: None,
        invoice_email: None,
        reference: None,
        agreed_price: None,
        holder: None,
        ship_to: GivenShipTo::default(),
    };
    let conditions = Arc::new(tx.conditions()?);
    Ok(order::plan(account, &items, &request, &Arc::new(seller), &conditions)
        .expect("an order that can be placed"))
}

pub fn invoice_mail(invoice: &Invoice) -> NewMail {
    NewMail {
        kind: MailKind::OrderInvoice,
        cause: format!("invoice {}", invoice.number),
        recipient: invoice.draft.buyer.invoice_email.clone(),
        language: invoice.draft.language,
        content: Content::Invoice(invoice.id),
    }
}

/// Returns the `n`th of a series of passwords.
pub fn password(n: u8) -> Password {
    Password::read(&Secret::new(format!("en kopp kaffe till {n}"))).expect("a password")
}

/// Returns the hash of the `n`th password, at a cost that tests can afford.
pub fn password_hash(n: u8) -> PasswordHash {
    let cheap = HashCost { memory_mib: 1, passes: 1, lanes: 1 };
    cheap.hash(&password(n), &[n; 16]).expect("a hash")
}

/// Returns the mail by which a login may choose a password.
pub fn password_mail(account: &Account, login: &Login, cause: &str) -> NewMail {
    let letter = Letter::PasswordReset(PasswordReset {
        office: Office::of(&seller()),
        login: login.email.to_string(),
        by_office: false,
        former_login: None,
        has_password: false,
        valid_minutes: "60".to_owned(),
    });
    NewMail::of_letter(letter, cause.to_owned(), account, login.email.clone())
}

pub fn catalogue(tx: &Tx<'_>) -> Result<HashMap<ProductId, Arc<Product>>, StoreError> {
    Ok(tx.products()?.into_iter().map(|product| (product.id, Arc::new(product))).collect())
}

/// Decides the renewal of what is due, invoiced today.
pub fn renewal(tx: &Tx<'_>, due: &Due) -> Result<Renewal, StoreError> {
    let (_, seller) = tx.seller()?;
    let conditions = Arc::new(tx.conditions()?);
    Ok(plan_renewal(due, &Arc::new(seller), &conditions, &tx.shop_settings()?, tx.today())
        .expect("a renewal that can be made"))
}
