//! One story that calls every method of [`Tx`], on every engine at hand.
//!
//! Each change is a transaction of its own, watched by triggers on every table: what writes a row
//! records an event, and what records an event wrote a row.

mod agreements;
mod announcements;
mod books;
mod chasing;
mod collecting;
mod copies;
mod licences;
mod parcels;
mod passwords;
mod payments;
mod reissue;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::fixture::{
    Shop, account_key, catalogue, date, email, home, invoice_mail, new_account, new_product,
    org_number, plan, price, renewal, seller, vat_rule,
};
use super::*;
use crate::domain::account::{AccountKey, Field, NewAccount, Profile};
use crate::domain::billing::{BillingEdit, Rebilled};
use crate::domain::conditions::Conditions;
use crate::domain::credit::in_full;
use crate::domain::due::DueRule;
use crate::domain::event::EventKind as Kind;
use crate::domain::import::subscription::{Circumstances, Verdict};
use crate::domain::import::{self, ImportKind};
use crate::domain::invoice::{Invoice, InvoiceId, InvoiceNumber};
use crate::domain::mail::{MailId, MailStatus, NewMail};
use crate::domain::money::Money;
use crate::domain::notice::{self, Channel, NewNotice, NoticeId, Timeliness};
use crate::domain::personal_data::Part;
use crate::domain::product::{Price, ProductKind};
use crate::domain::seller::Seller;
use crate::domain::setting::{Setting, ShopSettings};
use crate::domain::staff::Role;
use crate::domain::subscription::{AgreedPrice, Subscription};

/// The tables that are the trail itself.
const TRAIL: [&str; 3] = ["operation", "event", "event_payload"];

/// A shop whose every write is counted.
struct Story {
    shop: Shop,
    tables: BTreeSet<String>,
}

impl Story {
    fn begin(shop: Shop) -> Story {
        let story = Story { tables: tables(&shop), shop };
        let driver = &story.shop.store.driver;
        let run = |sql: &str| driver.execute(sql, &[]).expect("a trigger");
        run("CREATE TEMPORARY TABLE written (name TEXT NOT NULL)");
        for table in &story.tables {
            for action in ["INSERT", "UPDATE", "DELETE"] {
                run(&format!(
                    "CREATE TEMPORARY TRIGGER watch_{table}_{action} AFTER {action} ON main.{table}
                     BEGIN INSERT INTO written (name) VALUES ('{table}'); END"
                ));
            }
        }
        story
    }

    /// Makes a change that is kept, and returns what it returned with the kinds of its events.
    fn change<T>(&self, change: impl FnOnce(&Tx<'_>) -> Result<T, StoreError>) -> (T, Vec<Kind>) {
        let operation = self.shop.operation();
        let writes = |tx: &Tx<'_>| tx.find("SELECT count(*) FROM written", &[], |row| row.get(0));
        let before: i64 = self.read(|tx| writes(tx)).unwrap_or_default();
        let (value, (after, written)) = self
            .shop
            .store
            .transaction(
                &operation,
                |_, _| Fate::Commit,
                change,
                |tx, written| Ok::<_, StoreError>((writes(tx)?, written.clone())),
            )
            .expect("a change that is made");
        let kinds: Vec<Kind> = written.by_kind.iter().map(|(kind, _)| *kind).collect();
        let wrote = after.unwrap_or_default() > before;
        assert_eq!(wrote, written.count() > 0, "rows and events do not match: {kinds:?}");
        (value, kinds)
    }

    /// Makes a change whose events are of these kinds.
    fn tells<T>(
        &self,
        expected: &[Kind],
        change: impl FnOnce(&Tx<'_>) -> Result<T, StoreError>,
    ) -> T {
        let (value, kinds) = self.change(change);
        assert_eq!(kinds, expected);
        value
    }

    /// Tries a change that is refused, and returns why.
    fn refused<T>(&self, change: impl FnOnce(&Tx<'_>) -> Result<T, StoreError>) -> StoreError {
        match self.shop.change(change) {
            Ok(_) => panic!("a change was made that should have been refused"),
            Err(error) => error,
        }
    }

    fn read<T>(&self, read: impl FnOnce(&Tx<'_>) -> Result<T, StoreError>) -> T {
        self.shop.read(read).expect("an answer")
    }

    fn tables_written(&self) -> BTreeSet<String> {
        let sql = "SELECT DISTINCT name FROM written";
        self.read(|tx| tx.rows(sql, &[], |row| row.get(0))).into_iter().collect()
    }
}

fn tables(shop: &Shop) -> BTreeSet<String> {
    let sql = "SELECT name FROM sqlite_master WHERE type = 'table'";
    let names: Vec<String> = shop.read(|tx| tx.rows(sql, &[], |row| row.get(0))).expect("tables");
    names.into_iter().filter(|name| !TRAIL.contains(&name.as_str())).collect()
}

/// Returns a shop not yet made on each engine at hand: so far SQLite.
fn shops() -> Vec<Shop> {
    vec![Shop::unborn()]
}

#[test]
fn every_write_records_its_event() {
    for shop in shops() {
        let story = Story::begin(shop);
        the_shop_opens(&story);
        staff_come_and_go(&story);
        accounts_are_kept(&story);
        a_catalogue_is_made(&story);
        an_order_is_placed(&story);
        invoice_details_are_changed(&story);
        a_year_passes(&story);
        a_renewal_is_reminded_of_and_a_price_agreed(&story);
        mail_goes_out(&story);
        a_term_is_withdrawn(&story);
        a_file_is_imported(&story);
        a_mistake_is_undone(&story);
        notice_is_given(&story);
        all_of_it_is_listed(&story);
        and_the_trail_tells_it(&story);
        accounts_give_way(&story);
        a_person_is_forgotten(&story);
        a_list_of_members_is_imported(&story);
        subscriptions_are_taken_over(&story);
        payments::money_comes_in(&story);
        payments::a_bank_tells_of_money(&story);
        collecting::what_is_late_is_pursued(&story);
        reissue::an_invoice_is_issued_anew(&story);
        chasing::what_is_unpaid_is_reminded_of(&story);
        books::the_books_are_exported_and_locked(&story);
        passwords::a_login_comes_by_a_password(&story);
        agreements::an_agreement_is_given_and_fetched(&story);
        licences::a_licence_has_seats_and_editions(&story);
        parcels::printed_copies_are_posted(&story);
        announcements::readers_are_told(&story);
        copies::the_store_is_moved_and_put_back(&story);
        assert_eq!(story.tables_written(), story.tables, "a table was never written");
    }
}

fn the_shop_opens(story: &Story) {
    let opened = [Kind::ShopCreated, Kind::SettingChanged, Kind::SellerChanged];
    let opened = [&opened[..], &[Kind::ConditionsAdopted]].concat();
    story.tells(&opened, |tx| tx.create_shop(&seller(), true, &home()));
    story.read(|tx| {
        assert_eq!((tx.today(), tx.now().as_str()), (date("2026-03-01"), "2026-03-01T09:00:00Z"));
        assert_eq!(tx.seller()?, (1, seller()));
        assert_eq!(tx.conditions()?, Conditions::first());
        assert_eq!(tx.conditions_version(1)?, Conditions::first());
        assert!(tx.is_practice()?);
        assert_eq!(tx.next_invoice()?, 1001);
        assert_eq!(tx.shop_settings()?, ShopSettings::default());
        assert_eq!(tx.daily_finished()?, None);
        Ok(())
    });

    let days = Setting::RenewalInvoiceDays;
    assert!(story.tells(&[Kind::SettingChanged], |tx| tx.choose(days, "14")));
    assert!(!story.tells(&[], |tx| tx.choose(days, "14")));
    assert!(story.tells(&[Kind::SettingChanged], |tx| tx.choose(days, "0")));
    story.tells(&[Kind::SeriesSet], |tx| tx.set_next_invoice(5001));
    story.tells(&[Kind::DailyFinished], |tx| tx.finish_daily());
    let moved = Seller { city: "Uppsala".to_owned(), ..seller() };
    assert!(story.tells(&[Kind::SellerChanged], |tx| tx.change_seller(&moved)));
    assert!(!story.tells(&[], |tx| tx.change_seller(&moved)));
    story.read(|tx| {
        assert_eq!(tx.shop_settings()?, ShopSettings::default());
        assert_eq!(tx.next_invoice()?, 5001);
        assert_eq!(tx.daily_finished()?.as_deref(), Some("2026-03-01T09:00:00Z"));
        assert_eq!(tx.seller()?, (2, moved));
        assert_eq!(tx.seller_version(1)?, seller());
        Ok(())
    });
}

fn staff_come_and_go(story: &Story) {
    story.tells(&[Kind::StaffAdded], |tx| tx.add_staff("anna", Role::Admin, true));
    story.tells(&[Kind::StaffAdded], |tx| tx.add_staff("bertil", Role::Reader, false));
    let again = story.refused(|tx| tx.add_staff("bertil", Role::Staff, false));
    assert!(matches!(again, StoreError::OnStaff { .. }), "{again}");

    let anna = story.read(|tx| tx.staff_member("anna"));
    let last = story.refused(|tx| tx.edit_staff(&anna, Role::Staff, true));
    assert!(matches!(last, StoreError::LastAdmin(_)), "{last}");
    let last = story.refused(|tx| tx.remove_staff(&anna));
    assert!(matches!(last, StoreError::LastAdmin(_)), "{last}");

    let bertil = story.read(|tx| tx.staff_member("bertil"));
    assert!(story.tells(&[Kind::StaffEdited], |tx| tx.edit_staff(&bertil, Role::Admin, true)));
    let promoted = story.read(|tx| tx.staff_member("bertil"));
    assert_eq!((promoted.role, promoted.has_billing), (Role::Admin, true));
    assert!(!story.tells(&[], |tx| tx.edit_staff(&promoted, Role::Admin, true)));
    story.tells(&[Kind::StaffRemoved], |tx| tx.remove_staff(&anna));
    let gone = story.refused(|tx| tx.remove_staff(&anna));
    assert!(matches!(gone, StoreError::Changed { noun: "staff", .. }), "{gone}");
    story.read(|tx| {
        assert_eq!(tx.staff()?, [promoted]);
        assert_eq!(tx.find_staff("anna")?, None);
        assert!(matches!(tx.staff_member("anna"), Err(StoreError::Unknown { .. })));
        Ok(())
    });
}

fn accounts_are_kept(story: &Story) {
    let account = story.tells(&[Kind::AccountCreated], |tx| tx.create_account(&new_account(1)));
    assert_eq!(account.logins, [email("inkop@bolaget1.example")]);
    let again = story.refused(|tx| tx.create_account(&new_account(1)));
    assert!(matches!(again, StoreError::Taken { what: "the organisation number", .. }), "{again}");
    story.read(|tx| {
        let by_login = AccountKey::Login(email("inkop@bolaget1.example"));
        assert_eq!(tx.account(&account_key(1))?, account);
        assert_eq!(tx.account(&by_login)?, account);
        assert_eq!(tx.account_by_id(account.id)?, account);
        assert_eq!(tx.find_account(&org_number(2))?, None);
        assert!(matches!(tx.account(&account_key(2)), Err(StoreError::Unknown { .. })));
        let holder = tx.login_holder(&email("INKOP@bolaget1.example"))?;
        assert_eq!(holder, Some(account.org_number.clone()));
        assert_eq!(tx.login_holder(&email("annan@bolaget1.example"))?, None);
        Ok(())
    });

    let mut profile = account.profile.clone();
    profile.set(Field::City, "Solna").expect("a city");
    assert!(story.tells(&[Kind::AccountEdited], |tx| tx.edit_account(&account, &profile)));
    let account = story.read(|tx| tx.account_by_id(account.id));
    assert!(!story.tells(&[], |tx| tx.edit_account(&account, &profile)));

    let from = date("2026-02-01");
    let joins = |tx: &Tx<'_>| tx.set_membership(&account, true, from);
    assert!(story.tells(&[Kind::MembershipChanged], joins));
    let member = story.read(|tx| tx.account_by_id(account.id));
    assert!(!story.tells(&[], |tx| tx.set_membership(&member, true, date("2026-02-10"))));
    let leaves = |tx: &Tx<'_>| tx.set_membership(&member, false, date("2027-01-01"));
    assert!(story.tells(&[Kind::MembershipChanged], leaves));

    story.tells(&[Kind::AccountNoted], |tx| tx.add_note(&account, "eva", "ringer på måndag"));
    story.tells(&[Kind::AccountClosed], |tx| tx.close_account(&account));
    let closed = story.read(|tx| tx.account_by_id(account.id));
    assert_eq!(closed.closed_on, Some(date("2026-03-01")));
    story.tells(&[Kind::AccountReopened], |tx| tx.reopen_account(&closed));
    story.read(|tx| {
        let noted = ("2026-03-01T09:00:00Z", "eva", "ringer på måndag");
        let notes = tx.notes(account.id)?;
        let notes: Vec<_> = notes.iter().map(|(at, by, what)| (&**at, &**by, &**what)).collect();
        assert_eq!(notes, [noted]);
        let account = tx.account_by_id(account.id)?;
        assert!(account.is_member_on(date("2026-12-31")));
        assert!(!account.is_member_on(date("2027-01-01")));
        assert_eq!((account.profile, account.closed_on), (profile, None));
        Ok(())
    });
}

fn a_catalogue_is_made(story: &Story) {
    let new = new_product("AB04", ProductKind::Subscription);
    let product = story.tells(&[Kind::ProductCreated], |tx| tx.create_product(&new));
    let again = story.refused(|tx| tx.create_product(&new));
    assert!(matches!(again, StoreError::Taken { what: "the SKU", .. }), "{again}");
    for (sku, kind) in [("PRINT", ProductKind::Printed), ("LIC", ProductKind::Licence)] {
        story.tells(&[Kind::ProductCreated], |tx| tx.create_product(&new_product(sku, kind)));
    }

    let dearer = Price { entered_on: date("2026-03-01"), ..price("2027-01-01", 4500, 3500) };
    assert!(story.tells(&[Kind::PriceSet], |tx| tx.set_price(&product, &dearer)));
    let untaxed = vat_rule("2028-01-01", 0);
    assert!(story.tells(&[Kind::VatSet], |tx| tx.set_vat_rule(&product, &untaxed)));
    let rename = |tx: &Tx<'_>| tx.rename_product(&product, "AB 04", "AB 04 in English");
    assert!(story.tells(&[Kind::ProductEdited], rename));
    let licence = story.read(|tx| tx.product(&"LIC".parse().expect("a SKU")));
    assert!(story.tells(&[Kind::ProductRetired], |tx| tx.retire_product(&licence)));

    let product = story.read(|tx| tx.product(&product.sku));
    assert!(!story.tells(&[], |tx| tx.set_price(&product, &dearer)));
    assert!(!story.tells(&[], |tx| tx.set_vat_rule(&product, &untaxed)));
    assert!(!story.tells(&[], |tx| tx.rename_product(&product, "AB 04", "AB 04 in English")));
    let retired = story.read(|tx| tx.product(&licence.sku));
    assert_eq!(retired.retired_on, Some(date("2026-03-01")));
    assert!(!story.tells(&[], |tx| tx.retire_product(&retired)));
    story.read(|tx| {
        assert_eq!(product.name_sv, "AB 04");
        assert_eq!(product.price_on(date("2026-12-31")), Ok(price("2020-01-01", 3900, 2900)));
        assert_eq!(product.price_on(date("2027-01-01")), Ok(dearer));
        assert_eq!(product.vat_on(date("2028-01-01")), Ok(&untaxed));
        assert_eq!(tx.find_product(&"NONE".parse().expect("a SKU"))?, None);
        let skus: Vec<String> = tx.products()?.iter().map(|p| p.sku.to_string()).collect();
        assert_eq!(skus, ["AB04", "LIC", "PRINT"]);
        Ok(())
    });
}

fn invoice_details_are_changed(story: &Story) {
    let account = story.read(|tx| tx.account(&account_key(1)));
    let subscription = story.read(|tx| tx.subscription(1001));
    assert!(story.read(|tx| tx.has_running_subscriptions(account.id)));

    let mut edit = BillingEdit::default();
    edit.give(Field::Street, "Torget 1").expect("a street");
    edit.give(Field::VatNumber, "SE212000014201").expect("a VAT number");
    let one = edit.for_one(&account, &subscription).expect("a plan").subscriptions.remove(0);
    let kinds = [Kind::BillingChanged];
    let change = |tx: &Tx<'_>| {
        let operation = tx.begun_operation()?;
        let changed = tx.change_subscription_billing(&one.before, &one.after, "a letter")?;
        Ok((operation, changed))
    };
    assert!(story.tells(&kinds, change).1);
    assert_eq!(story.read(|tx| tx.subscription(1001)), one.after);
    let again = |tx: &Tx<'_>| tx.change_subscription_billing(&one.after, &one.after, "a letter");
    assert!(!story.tells(&[], again));

    let all = edit.for_all(&account, std::slice::from_ref(&one.after)).expect("a plan");
    let give_way = |tx: &Tx<'_>| {
        let changed = tx.change_account_billing(&account, &all.profile, "a letter")?;
        let Rebilled { before, after, .. } = &all.subscriptions[0];
        Ok(changed && tx.change_subscription_billing(before, after, "a letter")?)
    };
    assert!(story.tells(&kinds, give_way));
    let (edited, followed) =
        story.read(|tx| Ok((tx.account_by_id(account.id)?, tx.subscription(1001)?)));
    assert_eq!((edited.profile.clone(), followed.address), (all.profile, None));
    let again = |tx: &Tx<'_>| tx.change_account_billing(&edited, &edited.profile, "a letter");
    assert!(!story.tells(&[], again));
}

fn an_order_is_placed(story: &Story) {
    let (account, products) = story.read(|tx| Ok((tx.account(&account_key(1))?, tx.products()?)));
    let (subscription, printed) = (&products[0], &products[2]);
    let kinds = [Kind::OrderPlaced, Kind::SubscriptionStarted, Kind::InvoiceIssued];
    let (order, invoice) = story.tells(&kinds, |tx| {
        tx.place_order(&account, &plan(tx, &account, &[subscription, printed])?)
    });
    assert_eq!((order.number, invoice.number), (1001, InvoiceNumber(5001)));
    // 2900 at 25 % and 2900 at 6 %, both at the members' price.
    assert_eq!(invoice.draft.totals().total, Money::from_ore(669_900));

    story.read(|tx| {
        assert_eq!(tx.order(1001)?, order);
        assert_eq!(tx.invoice(invoice.number)?, invoice);
        assert_eq!(tx.invoice_by_id(invoice.id)?, invoice);
        assert!(matches!(tx.order(1), Err(StoreError::Unknown { .. })));
        assert!(matches!(tx.invoice(InvoiceNumber(1)), Err(StoreError::Unknown { .. })));
        assert!(matches!(tx.invoice_by_id(InvoiceId(99)), Err(StoreError::Unknown { .. })));
        let started = tx.subscription(1001)?;
        assert_eq!(started.billed_through, date("2027-03-01"));
        let terms = tx.terms(started.id)?;
        assert_eq!(terms.len(), 1);
        assert_eq!((terms[0].0.start, terms[0].1), (date("2026-03-01"), 5001));
        assert_eq!(tx.subscriptions_of(account.id)?, [started]);
        assert!(matches!(tx.subscription(1), Err(StoreError::Unknown { .. })));
        assert_eq!(
            tx.open_business(&account)?,
            ["subscription 1001 to AB04 is running", "invoice 5001, due 2026-03-31, is not paid"]
        );
        Ok(())
    });
    let issued = story.refused(|tx| tx.set_next_invoice(1));
    assert!(matches!(issued, StoreError::InUse(_)), "{issued}");

    let keep = |tx: &Tx<'_>| tx.keep_document(&invoice, b"%PDF first".to_vec());
    let (bytes, sha256) = story.tells(&[Kind::DocumentKept], keep);
    assert_eq!((&bytes[..], sha256.len()), (&b"%PDF first"[..], 64));
    let kept = story.tells(&[], |tx| tx.keep_document(&invoice, b"%PDF second".to_vec()));
    assert_eq!(kept, (bytes, sha256));
    assert_eq!(story.read(|tx| tx.document(invoice.id)), Some(kept));
    assert_eq!(story.read(|tx| tx.document(InvoiceId(99))), None);
    an_e_invoice_leaves(story, &invoice);
}

fn an_e_invoice_leaves(story: &Story, invoice: &Invoice) {
    let keep = |tx: &Tx<'_>| tx.keep_e_invoice(invoice, b"<Invoice/>".to_vec());
    let kept = story.tells(&[Kind::EInvoiceKept], keep);
    assert_eq!(story.tells(&[], |tx| tx.keep_e_invoice(invoice, b"<Other/>".to_vec())), kept);
    assert_eq!(story.read(|tx| tx.e_invoice(invoice.id)), Some(kept));

    // It goes by mail, and so does not wait; how it came to the buyer can be told all the same.
    assert_eq!(story.read(|tx| tx.invoices_to_deliver()), []);
    assert_eq!(story.read(|tx| tx.count_to_deliver()), 0);
    assert_eq!(story.read(|tx| tx.delivery(invoice.id)), None);
    let day = invoice.draft.issued_on;
    let delivery = Delivery { delivered_on: day, how: "access point".to_owned() };
    story.tells(&[Kind::InvoiceDelivered], |tx| tx.deliver_invoice(invoice, &delivery));
    let again = story.refused(|tx| tx.deliver_invoice(invoice, &delivery));
    assert!(matches!(again, StoreError::InUse(_)), "{again}");
    assert_eq!(story.read(|tx| tx.delivery(invoice.id)), Some(delivery));
}

fn a_year_passes(story: &Story) {
    let before = story.read(|tx| tx.subscription(1001));
    for failures in 1..=2 {
        story.tells(&[Kind::RenewalFailed], |tx| {
            tx.record_renewal_failure(&tx.subscription(1001)?, "no address")
        });
        let refused = story.read(|tx| tx.refused_renewals());
        let parked: Vec<bool> = refused.iter().map(Subscription::is_parked).collect();
        assert_eq!(parked, [failures == 2], "the second failure parks it");
    }
    story.read(|tx| {
        let catalogue = catalogue(tx)?;
        let renewal_date = date("2027-03-01");
        let settings = tx.shop_settings()?;
        let by = |as_of| DueBy { as_of, settings: &settings, catalogue: &catalogue };
        assert_eq!(tx.count_due(renewal_date, DueRule::default())?, 0);
        assert_eq!(tx.count_terms_due(renewal_date, DueRule::default())?, 0);
        assert!(tx.subscriptions_due(&by(renewal_date), None, 10)?.is_empty());
        assert_eq!(tx.renewals_before(date("2027-04-01"))?, 0);
        let early = date("2027-02-28");
        assert!(tx.subscription_due(1001, &by(early), None)?.is_empty());
        assert_eq!(tx.subscription_due(1001, &by(renewal_date), None)?.len(), 1);
        Ok(())
    });

    story.shop.set_today(date("2027-03-01"));
    let due = story.read(|tx| tx.coming_renewal(&tx.subscription(1001)?));
    let kinds = [Kind::InvoiceIssued, Kind::SubscriptionRenewed];
    let invoice = story.tells(&kinds, |tx| {
        let (seller_version, _) = tx.seller()?;
        tx.renew_subscription(&renewal(tx, &due)?, due.product.id, seller_version)
    });
    // 4500, the price from 2027 for one who is no longer a member, and 25 %.
    assert_eq!(invoice.draft.totals().total, Money::from_ore(562_500));
    story.read(|tx| {
        let renewed = tx.subscription(1001)?;
        assert_eq!(renewed.billed_through, date("2028-03-01"));
        assert_eq!((renewed.failures, &renewed.failure), (0, &None));
        assert_eq!(renewed.rhythm, before.rhythm);
        assert_eq!(tx.count_due(date("2028-03-01"), DueRule::default())?, 1);
        assert_eq!(tx.count_terms_due(date("2030-03-01"), DueRule::default())?, 3);
        let (settings, catalogue) = (tx.shop_settings()?, catalogue(tx)?);
        let as_of = date("2028-03-01");
        let by = DueBy { as_of, settings: &settings, catalogue: &catalogue };
        assert_eq!(tx.subscriptions_due(&by, None, 10)?.len(), 1);
        let cursor = DueCursor { billed_through: as_of, id: renewed.id };
        assert!(tx.subscriptions_due(&by, Some(cursor), 10)?.is_empty());
        assert_eq!(tx.renewals_before(date("2028-03-02"))?, 1);
        Ok(())
    });

    let through = date("2027-03-01");
    story.tells(&[Kind::RenewalsFinished], |tx| tx.finish_renewals(through));
    story.tells(&[], |tx| tx.finish_renewals(date("2027-02-01")));
    assert_eq!(story.read(|tx| tx.renewed_through()), Some(through));

    let product = due.product;
    story.shop.set_today(date("2026-12-01"));
    let behind = story.refused(|tx| {
        let account = tx.account(&account_key(1))?;
        tx.place_order(&account, &plan(tx, &account, &[&product])?)
    });
    let (latest, today) = (date("2027-03-01"), date("2026-12-01"));
    assert_eq!(behind, StoreError::ClockBehind { latest, today });
    story.shop.set_today(date("2027-03-01"));
}

fn a_renewal_is_reminded_of_and_a_price_agreed(story: &Story) {
    assert_eq!(story.read(|tx| tx.reminding_since()), None);
    let reminders = Setting::RenewalReminders;
    assert!(story.tells(&[Kind::SettingChanged], |tx| tx.choose(reminders, "on")));
    let subscription = story.read(|tx| tx.subscription(1001));
    let deadline = date("2027-12-01");
    story.read(|tx| {
        assert_eq!(tx.reminding_since()?, Some(tx.today()));
        let (settings, catalogue) = (tx.shop_settings()?, catalogue(tx)?);
        let windows = tx.reminder_windows((deadline, deadline), settings.notice)?;
        assert_eq!(tx.count_reminders_due(&windows)?, 1);
        let due: Vec<_> = windows
            .iter()
            .map(|window| tx.reminders_due(window, None, 10, (&settings, &catalogue)))
            .collect::<Result<_, _>>()?;
        assert_eq!(due.into_iter().flatten().count(), 1);
        assert_eq!(tx.reminders_missed(&windows, tx.today())?, std::slice::from_ref(&subscription));
        assert_eq!(tx.reminder(subscription.id, subscription.billed_through)?, None);
        Ok(())
    });
    let stated = Money::from_ore(400_000);
    let remind = |tx: &Tx<'_>| tx.remind(&subscription, deadline, stated);
    story.tells(&[Kind::RenewalReminded], remind);
    let twice = story.refused(remind);
    assert!(matches!(twice, StoreError::Driver(DriverError::Duplicate(_))), "{twice}");
    story.read(|tx| {
        let windows = tx.reminder_windows((deadline, deadline), tx.shop_settings()?.notice)?;
        assert_eq!(tx.count_reminders_due(&windows)?, 0);
        let reminder = tx.reminder(subscription.id, subscription.billed_through)?;
        assert_eq!(reminder.map(|it| (it.price, it.deadline)), Some((stated, deadline)));
        assert_eq!(tx.coming_renewal(&subscription)?.promised, Some(stated));
        Ok(())
    });

    let agreed = AgreedPrice { price: Money::from_ore(350_000), reason: "two years".to_owned() };
    let agree = |tx: &Tx<'_>| tx.agree_price(&subscription, Some(&agreed), "two years");
    assert!(story.tells(&[Kind::PriceAgreed], agree));
    let late = story.refused(agree);
    assert!(matches!(late, StoreError::Changed { noun: "subscription", .. }), "{late}");
    let dear = story.read(|tx| tx.subscription(1001));
    assert_eq!(dear.agreed_price.as_ref(), Some(&agreed));
    assert!(!story.tells(&[], |tx| tx.agree_price(&dear, Some(&agreed), "two years")));
    assert!(story.tells(&[Kind::PriceAgreed], |tx| tx.agree_price(&dear, None, "they are over")));
}

fn mail_goes_out(story: &Story) {
    let (first, second) =
        story.read(|tx| Ok((tx.invoice(InvoiceNumber(5001))?, tx.invoice(InvoiceNumber(5002))?)));
    for invoice in [&first, &second] {
        let enqueue = |tx: &Tx<'_>| tx.enqueue_mail(&invoice_mail(invoice), "shop.example");
        story.tells(&[Kind::MailQueued], enqueue);
        story.tells(&[], enqueue);
    }
    let (one, two) = (MailId(1), MailId(2));
    let get = |id: MailId| story.read(|tx| tx.mail(id));
    let status = |id: MailId| get(id).status;
    assert_eq!(story.read(|tx| tx.mails_due(0, 10)), [get(one), get(two)]);
    assert_eq!(story.read(|tx| tx.mails_due(1, 10)), [get(two)]);
    assert_eq!(story.read(|tx| tx.message(one)), None);
    assert!(matches!(story.refused(|tx| tx.mail(MailId(9))), StoreError::Unknown { .. }));

    story.tells(&[Kind::MailClaimed], |tx| tx.claim_mail(&tx.mail(one)?, b"From: shop"));
    assert_eq!(story.read(|tx| tx.message(one)).as_deref(), Some(&b"From: shop"[..]));
    let taken = story.refused(|tx| tx.claim_mail(&tx.mail(one)?, b"From: shop"));
    assert!(matches!(taken, StoreError::Changed { noun: "mail", .. }), "{taken}");
    story.tells(&[Kind::MailDeferred], |tx| {
        tx.defer_mail(&tx.mail(one)?, "2027-03-01T09:01:00Z", "451 later")
    });
    assert_eq!(story.read(|tx| tx.mails_due(0, 10)), [get(two)]);
    assert_eq!((get(one).attempts, get(one).detail.as_deref()), (1, Some("451 later")));

    story.tells(&[Kind::MailHeld], |tx| tx.hold_mail(&tx.mail(one)?, Some("wrong address?")));
    assert_eq!(status(one), MailStatus::Held);
    story.tells(&[Kind::MailReleased], |tx| tx.requeue_mail(&tx.mail(one)?));
    assert_eq!((status(one), get(one).attempts), (MailStatus::Waiting, 0));
    story.tells(&[Kind::MailClaimed], |tx| tx.claim_mail(&tx.mail(one)?, b"From: another"));
    assert_eq!(story.read(|tx| tx.message(one)).as_deref(), Some(&b"From: shop"[..]));
    assert_eq!(story.tells(&[Kind::MailReleased], |tx| tx.release_void_claims()), 1);
    assert_eq!(story.tells(&[], |tx| tx.release_void_claims()), 0);
    story.tells(&[Kind::MailClaimed], |tx| tx.claim_mail(&tx.mail(one)?, b"From: shop"));
    story.tells(&[Kind::MailSent], |tx| tx.mark_sent(&tx.mail(one)?, "folder", "1.eml"));
    assert_eq!(get(one).sent_at.as_deref(), Some("2027-03-01T09:00:00Z"));
    assert_eq!(story.read(|tx| tx.count_mails_in_folder()), 1);
    assert_eq!(story.read(|tx| tx.mails_to_send(true, 10)), [get(one), get(two)]);
    assert_eq!(story.read(|tx| tx.mails_to_send(false, 10)), [get(two)]);
    assert_eq!(story.read(|tx| tx.count_mails_to_send(true)), 2);
    story.tells(&[Kind::MailBounced], |tx| tx.mark_bounced(&tx.mail(one)?, "550 nobody"));
    assert_eq!(status(one), MailStatus::Bounced);
    story.tells(&[Kind::MailClaimed], |tx| tx.claim_mail(&tx.mail(two)?, b"From: shop"));
    story.tells(&[Kind::MailFailed], |tx| tx.mark_failed(&tx.mail(two)?, "554 no"));

    story.read(|tx| {
        let count = tx.outbox_count()?;
        assert_eq!(count, mail::OutboxCount { failed: 1, bounced: 1, ..Default::default() });
        assert_eq!(tx.mails_of_invoice(first.id)?, [tx.mail(one)?]);
        let kind = tx.mail(one)?.kind;
        assert_eq!(tx.mails_called_for(kind, "nothing")?, []);
        let numbers = |status| -> Result<Vec<i64>, StoreError> {
            Ok(tx
                .mails(status, None, 10)?
                .iter()
                .filter_map(|listing| listing.invoice_number)
                .collect())
        };
        assert_eq!(numbers(None)?, [5002, 5001]);
        assert_eq!(numbers(Some(MailStatus::Failed))?, [5002]);
        assert_eq!(tx.mails(None, None, 1)?.len(), 1);
        Ok(())
    });
}

fn a_term_is_withdrawn(story: &Story) {
    let (subscription, invoice) =
        story.read(|tx| Ok((tx.subscription(1001)?, tx.invoice(InvoiceNumber(5002))?)));
    let term = subscription.billed_term().expect("a term");
    let (note, again) = story.tells(
        &[
            Kind::InvoiceIssued,
            Kind::InvoiceCredited,
            Kind::TermWithdrawn,
            Kind::SubscriptionRenewed,
            Kind::MailQueued,
        ],
        |tx| {
            let (seller_version, seller) = tx.seller()?;
            let credited = tx.credited(&invoice)?;
            let draft = in_full(&invoice, &credited, "uppsagt", &Arc::new(seller), tx.today())?;
            let note = tx.credit_invoice(&invoice, &draft)?;
            tx.withdraw_term(&subscription, term, &invoice, &note)?;
            let (settings, catalogue) = (tx.shop_settings()?, catalogue(tx)?);
            let by = DueBy { as_of: tx.today(), settings: &settings, catalogue: &catalogue };
            let due = tx.subscription_due(1001, &by, None)?.remove(0);
            let again =
                tx.renew_subscription(&renewal(tx, &due)?, due.product.id, seller_version)?;
            let recipient = tx.credit_recipient(&invoice, &subscription)?;
            let mail = NewMail::of_credit_note(&note, recipient).expect("it goes by mail");
            tx.enqueue_mail(&mail, "shop.example")?;
            tx.enqueue_mail(&invoice_mail(&again), "shop.example")?;
            Ok((note, again))
        },
    );
    assert_eq!((note.number, again.number), (InvoiceNumber(5003), InvoiceNumber(5004)));
    assert_eq!(note.draft.totals(), invoice.draft.totals());
    story.read(|tx| {
        assert_eq!(tx.invoice_by_id(note.id)?, note);
        assert!(tx.credited(&invoice)?.is_closed());
        assert_eq!(tx.credit_notes(invoice.id)?[0].number, note.number);
        assert_eq!(tx.credit_notes(again.id)?, []);
        let withdrawn = tx.withdrawn_terms(subscription.id)?;
        assert_eq!(withdrawn.len(), 1);
        assert_eq!((withdrawn[0].term, withdrawn[0].credit_note), (term, note.number));
        assert_eq!(tx.terms(subscription.id)?[1..], [(term, again.number.0)]);
        let business = tx.open_business(&tx.account(&account_key(1))?)?;
        assert_eq!(business.len(), 3, "the credited invoice and its credit note are done with");
        Ok(())
    });
}

fn notice_is_given(story: &Story) {
    let subscription = story.read(|tx| tx.subscription(1001));
    let counted = notice::Counted {
        renewal_date: date("2028-03-01"),
        deadline: date("2027-12-01"),
        timeliness: Timeliness::InTime,
        ends_on: date("2028-03-01"),
    };
    let new = NewNotice {
        sent_on: Some(date("2027-02-26")),
        received_on: date("2027-03-01"),
        channel: Some(Channel::Login),
        login: Some(email("inkop@bolaget1.example")),
        given_by: Some("Eva Ek".to_owned()),
        reason: None,
        counted,
        evidence: Some(("letter.txt".to_owned(), b"We leave.".to_vec())),
    };
    let give = |tx: &Tx<'_>| tx.give_notice(&subscription, &new);
    let notice = story.tells(&[Kind::NoticeGiven], give);
    let twice = story.refused(give);
    assert!(matches!(twice, StoreError::Changed { noun: "subscription", .. }), "{twice}");

    let keep = |tx: &Tx<'_>| tx.keep_confirmation(notice.id, b"%PDF first".to_vec());
    let kept = story.tells(&[Kind::DocumentKept], keep);
    let again = |tx: &Tx<'_>| tx.keep_confirmation(notice.id, b"%PDF second".to_vec());
    assert_eq!(story.tells(&[], again), kept);
    let nobody = story.refused(|tx| tx.keep_confirmation(NoticeId(1), b"%PDF".to_vec()));
    assert!(matches!(nobody, StoreError::Driver(_) | StoreError::Unknown { .. }), "{nobody}");

    let noticed = story.read(|tx| tx.subscription(1001));
    story.read(|tx| {
        assert_eq!(noticed.ends_on, Some(date("2028-03-01")));
        assert_eq!(tx.notices_of(subscription.id)?, std::slice::from_ref(&notice));
        assert_eq!(tx.evidence(notice.id)?.as_deref(), Some(&b"We leave."[..]));
        assert_eq!(tx.evidence(NoticeId(1))?, None);
        assert_eq!(tx.confirmation(notice.id)?, Some(kept));
        assert_eq!(tx.confirmation(NoticeId(1))?, None);
        assert_eq!(tx.count_due(date("2028-03-01"), DueRule::default())?, 0);
        Ok(())
    });

    let take_back = |tx: &Tx<'_>| tx.withdraw_notice(&noticed, &notice);
    story.tells(&[Kind::NoticeWithdrawn], take_back);
    assert!(matches!(story.refused(take_back), StoreError::Changed { .. }));
    story.read(|tx| {
        assert_eq!(tx.subscription(1001)?, subscription);
        assert_eq!(tx.notices_of(subscription.id)?[0].withdrawn_on, Some(date("2027-03-01")));
        Ok(())
    });

    let end = |tx: &Tx<'_>| tx.end_subscription(&subscription, date("2028-02-01"), "bankruptcy");
    story.tells(&[Kind::SubscriptionEnded], end);
    assert!(matches!(story.refused(end), StoreError::Changed { .. }));
    let ended = story.read(|tx| tx.subscription(1001));
    assert_eq!(ended.ends_on, Some(date("2028-02-01")));
    assert_eq!(ended.end_reason.as_deref(), Some("bankruptcy"));
}

fn a_file_is_imported(story: &Story) {
    let row = |cells: &[(Field, &str)]| {
        import::Row::read(cells.iter().copied()).expect("a row that can be read")
    };
    let (new, old) = (org_number(3).to_string(), org_number(1).to_string());
    let good = row(&[
        (Field::OrgNumber, &new),
        (Field::Name, "Åkeriet AB"),
        (Field::Email, "info@akeriet.example"),
    ]);
    let edit = row(&[(Field::OrgNumber, &old), (Field::Contact, "Bo"), (Field::Member, "ja")]);
    let nameless = row(&[(Field::OrgNumber, &org_number(4).to_string())]);
    story.stage(|tx| {
        tx.begin_staging(ImportKind::Accounts)?;
        tx.stage_row(2, &good)?;
        tx.stage_row(3, &edit)?;
        tx.stage_row(4, &nameless)?;
        let (field, value) = (Field::City.as_str(), "\u{1}".to_owned());
        tx.stage_problem(&RowProblem::new(5, field, value, "no".to_owned()))?;
        tx.judge_staged(ImportMode::Update)?;
        assert_eq!((tx.count_refused()?, tx.count_all_problems()?), (2, 2));
        let mut lines = Vec::new();
        tx.each_problem(10, &mut |problem| {
            lines.push(problem.line);
            Ok(())
        })?;
        assert_eq!(lines, [4, 5]);
        tx.unstage_problems()
    });

    let page = story.read(|tx| {
        let page = tx.staged_rows(0, 10)?;
        assert!(page.iter().all(|row| tx.row_changes(row)));
        assert_eq!(tx.staged_rows(page[0].line, 10)?.len(), page.len() - 1);
        Ok(page)
    });
    assert_eq!(page.len(), 2);
    let kinds = [
        Kind::ImportBegun,
        Kind::AccountCreated,
        Kind::AccountEdited,
        Kind::MembershipChanged,
        Kind::ImportFinished,
    ];
    let before = story.read(|tx| tx.account(&account_key(1)));
    let record = story.tells(&kinds, |tx| {
        let id = tx.begin_import(ImportKind::Accounts, "register.csv")?;
        let mut counted = Vec::new();
        for row in page {
            counted.push(tx.write_row(row, ImportMode::Update)?);
        }
        assert_eq!(counted, [Counted::Created, Counted::Updated]);
        tx.count_import(&ImportRecord { created: 1, updated: 1, ..tx.import(id)? })?;
        assert_eq!(tx.import(id)?.created, 1);
        tx.finish_import(&ImportRecord { created: 1, updated: 1, refused: 2, ..tx.import(id)? })?;
        tx.import(id)
    });
    assert_eq!(story.read(|tx| tx.imports()), std::slice::from_ref(&record));
    assert_eq!((record.created, record.updated, record.refused), (1, 1, 2));
    assert!(matches!(story.refused(|tx| tx.import(9)), StoreError::Unknown { .. }));

    let kinds =
        [Kind::MembershipChanged, Kind::AccountEdited, Kind::AccountRemoved, Kind::ImportUndone];
    story.tells(&kinds, |tx| tx.undo_import(&record));
    story.read(|tx| {
        assert_eq!(tx.find_account(&org_number(3))?, None);
        assert_eq!(tx.account(&account_key(1))?, before);
        assert_eq!(tx.import(record.id)?.undone_at.as_deref(), Some("2027-03-01T09:00:00Z"));
        Ok(())
    });
    let twice = story.refused(|tx| tx.undo_import(&tx.import(record.id)?));
    assert!(matches!(twice, StoreError::InUse(_)), "{twice}");
}

fn a_list_of_members_is_imported(story: &Story) {
    let today = story.shop.today();
    story.change(|tx| tx.create_account(&new_account(5)));
    story.change(|tx| {
        tx.create_account(&NewAccount { is_member: true, ..new_account(6) })?;
        tx.create_account(&NewAccount { is_member: true, ..new_account(7) })
    });
    let row = |n: u32, is_member| import::member::Row {
        org_number: org_number(n),
        is_member,
        from: None,
    };
    story.stage(|tx| {
        tx.begin_staging(ImportKind::Members)?;
        assert_eq!(tx.stage_member(2, &row(5, true), today)?, None);
        let unknown = tx.stage_member(3, &row(8, true), today)?.expect("an unknown number");
        assert!(!unknown.is_refused);
        assert_eq!(tx.stage_member(4, &row(6, false), today)?, None);
        assert_eq!((tx.count_ending()?, tx.count_members(today)?), (1, 2));
        tx.judge_members()?;
        assert_eq!(tx.count_all_problems()?, 0);
        let missing = tx.missing_members(today)?;
        assert_eq!(missing.len(), 1, "the seventh");
        tx.stage_missing(5, &missing[0], today)
    });
    let kinds = [Kind::ImportBegun, Kind::MembershipChanged];
    let record = story.tells(&kinds, |tx| {
        let id = tx.begin_import(ImportKind::Members, "members.csv")?;
        for row in tx.staged_members(0, 10)? {
            assert!(tx.membership_changes(&row)?);
            tx.write_member(&row)?;
            assert!(!tx.membership_changes(&row)?);
        }
        tx.import(id)
    });
    story.tells(&[Kind::MembershipChanged, Kind::ImportUndone], |tx| tx.undo_import(&record));
    story.read(|tx| {
        assert_eq!(tx.count_members(today)?, 2);
        Ok(())
    });
    let again = story.tells(&kinds, |tx| {
        let id = tx.begin_import(ImportKind::Members, "members.csv")?;
        let account = tx.account(&account_key(5))?;
        tx.set_membership(&account, true, today)?;
        tx.import(id)
    });
    let undone = [Kind::MembershipChanged, Kind::ImportUndone];
    story.tells(&undone, |tx| tx.undo_import(&again));
    let gone = [Kind::MembershipChanged];
    for n in [6, 7] {
        story.tells(&gone, |tx| tx.set_membership(&tx.account(&account_key(n))?, false, today));
    }
}

fn subscriptions_are_taken_over(story: &Story) {
    let today = story.shop.today();
    let row = import::subscription::Row {
        org_number: org_number(5),
        sku: "AB04".parse().expect("a SKU"),
        anchor: date("2020-05-31"),
        last_day: date("2027-05-30"),
        invoice_email: None,
        reference: None,
        agreed_price: Some(Money::from_ore(250_000)),
        notice_received: Some(date("2026-12-24")),
    };
    let circumstances =
        Circumstances { today, rule: ShopSettings::default().due_rule(), is_agreed: false };
    let judged = |tx: &Tx<'_>| {
        let products = tx.products()?.into_iter();
        let catalogue =
            products.map(|product| (product.sku.clone(), std::sync::Arc::new(product))).collect();
        let judged = tx.judge_take_over(&row, &catalogue, circumstances)?;
        Ok::<_, StoreError>(judged.expect("a row that is good"))
    };
    story.stage(|tx| {
        tx.begin_staging(ImportKind::Subscriptions)?;
        tx.stage_take_over(2, &row, &judged(tx)?)?;
        tx.stage_take_over(3, &row, &judged(tx)?)?;
        tx.judge_take_overs(false)?;
        assert_eq!(tx.count_refused()?, 1);
        tx.unstage_problems()?;
        let staged = tx.staged_take_overs(0, 10)?;
        assert_eq!(staged, [TakeOverRow { line: 2, row: row.clone() }]);
        Ok(())
    });
    let record = story.tells(&[Kind::ImportBegun, Kind::SubscriptionImported], |tx| {
        let id = tx.begin_import(ImportKind::Subscriptions, "running.csv")?;
        let Verdict::TakeOver(taken) = judged(tx)? else { panic!("it is here already") };
        let taken = tx.subscription(tx.take_over(&taken)?)?;
        assert_eq!((taken.billed_through, taken.ends_on), (date("2027-05-31"), taken.ends_on));
        assert_eq!(taken.ends_on, Some(date("2027-05-31")));
        assert!(matches!(judged(tx)?, Verdict::Unchanged(_)));
        tx.import(id)
    });
    story.tells(&[Kind::SubscriptionRemoved, Kind::ImportUndone], |tx| tx.undo_import(&record));
}

impl Story {
    fn stage(&self, work: impl FnOnce(&Tx<'_>) -> Result<(), StoreError>) {
        self.shop.store.stage(self.shop.moment(), work).expect("rows that are staged");
    }
}

fn a_mistake_is_undone(story: &Story) {
    let account = story.read(|tx| tx.account(&account_key(1)));
    let mistaken = Profile { contact: Some("Bo".to_owned()), ..account.profile.clone() };
    story.tells(&[Kind::AccountEdited], |tx| tx.edit_account(&account, &mistaken));
    let operation = story.read(|tx| Ok(tx.recent_events(1)?[0].0.operation));
    let undone = [Kind::AccountEdited, Kind::OperationUndone];
    let undone = story.tells(&undone, |tx| tx.undo_operation(operation));
    assert!(undone.beyond_recall.is_empty());
    assert_eq!(story.read(|tx| tx.account(&account_key(1))), account);
    let again = story.refused(|tx| tx.undo_operation(operation));
    let by = operation + 1;
    assert_eq!(again, StoreError::Undo(UndoRefusal::Already { operation, by }));
}

fn all_of_it_is_listed(story: &Story) {
    story.change(|tx| tx.create_account(&new_account(2)));
    story.read(|tx| {
        let id = tx.account(&account_key(1))?.id;
        let names = |search: Option<&str>, member| -> Result<Vec<String>, StoreError> {
            let mut names = Vec::new();
            tx.each_account(search.map(Search::new).as_ref(), member, &mut |listing| {
                names.push(listing.name);
                Ok(())
            })?;
            Ok(names)
        };
        assert_eq!(names(None, None)?, ["Bolaget 1 AB", "Bolaget 2 AB"]);
        assert_eq!(names(Some("bolaget 2*"), None)?, ["Bolaget 2 AB"]);
        assert_eq!(names(Some("GET 1"), None)?, ["Bolaget 1 AB"]);
        assert_eq!(names(None, Some(true))?, [""; 0]);
        assert_eq!(names(Some("bolag"), Some(false))?.len(), 2);

        let mut whole = Vec::new();
        tx.each_whole_account(&mut |account| {
            whole.push(account.org_number);
            Ok(())
        })?;
        assert_eq!(whole, [org_number(1), org_number(2)]);

        for (account, count) in [(None, 1), (Some(id), 1), (Some(id_of(tx, 2)?), 0)] {
            let mut orders = Vec::new();
            tx.each_order(account, false, &mut |order| {
                orders.push((order.number, order.items, order.total));
                Ok(())
            })?;
            assert_eq!(orders.len(), count);
            assert!(orders.iter().all(|(_, items, _)| items == "AB04 PRINT"));
            let mut invoices = Vec::new();
            tx.each_invoice(
                &InvoiceFilter { account, ..InvoiceFilter::default() },
                &mut |invoice| {
                    invoices.push((invoice.number, invoice.mail_status));
                    Ok(())
                },
            )?;
            assert_eq!(invoices.len(), 4 * count);
            assert!(invoices.iter().all(|(_, status)| status.is_some()));
        }

        let renews_before = |day: &str| Some(date(day));
        let sku = |text: &str| Some(text.to_owned());
        for (filter, count) in [
            (SubscriptionFilter::default(), 1),
            (SubscriptionFilter { account: Some(id), ..Default::default() }, 1),
            (SubscriptionFilter { sku: sku("PRINT"), ..Default::default() }, 0),
            (SubscriptionFilter { sku: sku("AB04"), ..Default::default() }, 1),
            (
                SubscriptionFilter {
                    renews_before: renews_before("2028-03-01"),
                    ..Default::default()
                },
                0,
            ),
            (SubscriptionFilter { account: Some(id), sku: sku("AB04"), renews_before: None }, 1),
            // It ends before its next renewal.
            (
                SubscriptionFilter {
                    renews_before: renews_before("2028-03-02"),
                    ..Default::default()
                },
                0,
            ),
        ] {
            let mut numbers = Vec::new();
            tx.each_subscription(&filter, &tx.shop_settings()?, &mut |listing| {
                numbers.push(listing.subscription.number);
                Ok(())
            })?;
            assert_eq!(numbers.len(), count, "{filter:?}");
        }

        let mut renewals = Vec::new();
        let (from, to) = (date("2026-03-02"), date("2027-12-31"));
        tx.each_billed_renewal(from, to, &mut |sku, day, net| {
            renewals.push((sku.to_string(), day, net));
        })?;
        assert_eq!(renewals.len(), 1, "{renewals:?}");
        assert_eq!(tx.endings(from, to)?, []);
        let mut courses = Vec::new();
        tx.each_course(from, &catalogue(tx)?, &mut |course, is_taken_over| {
            courses.push((course.began, course.values.len(), is_taken_over));
        })?;
        assert_eq!(courses, [(date("2026-03-01"), 2, false)]);

        let owed = tx.receivables(tx.today())?;
        let late = owed.total().late();
        assert_eq!(tx.overdue()?.1, late, "nobody owes what is not late: {owed:?}");
        assert_eq!(tx.receivables(date("2020-01-01"))?.accounts().count(), 0);
        let names: Vec<&str> = tx.series()?.into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["invoice", "order", "payment"]);

        let found = |text: &str| -> Result<Vec<(&'static str, String)>, StoreError> {
            let found = tx.find_anything(text, 5)?;
            Ok(found.into_iter().map(|found| (found.noun, found.key)).collect())
        };
        let account = ("account", org_number(1).to_string());
        assert_eq!(found(&account.1)?, std::slice::from_ref(&account));
        assert_eq!(found("bolaget 1")?, std::slice::from_ref(&account));
        assert_eq!(found("INKOP@bolaget1.example")?, std::slice::from_ref(&account));
        assert_eq!(found("faktura@bolaget1.example")?, [account]);
        assert_eq!(found("1001")?, [("order", "1001".into()), ("subscription", "1001".into())]);
        assert_eq!(found("5001")?, [("invoice", "5001".into())]);
        assert_eq!(found("5003")?, [("invoice", "5003".into())]);
        let of_the_amount = ["5004", "5003", "5002"].map(|number| ("invoice", number.to_owned()));
        assert_eq!(found("5 625,00")?, of_the_amount);
        assert_eq!(found("nothing like it")?, []);
        Ok(())
    });
}

fn id_of(tx: &Tx<'_>, n: u32) -> Result<crate::domain::account::AccountId, StoreError> {
    Ok(tx.account(&account_key(n))?.id)
}

fn and_the_trail_tells_it(story: &Story) {
    story.read(|tx| {
        let (count, findings) = tx.verify_chain()?;
        assert_eq!(findings, []);
        assert_eq!(tx.head()?.seq, count);

        let recent = tx.recent_events(2)?;
        assert_eq!(recent.len(), 2);
        let (newest, head) = &recent[0];
        assert_eq!((newest.seq, newest.kind), (count, Kind::AccountCreated));
        assert_eq!((head.actor.as_str(), head.program.as_str()), ("tester", "shopctl 0"));
        let (told, command) = tx.operation_head(newest.operation)?;
        assert_eq!(&told, head);
        assert_eq!(command.expect("not erased").about, "shopctl test");
        assert!(matches!(tx.operation_head(9999), Err(StoreError::Unknown { .. })));

        let written = tx.written_by(newest.operation)?;
        assert_eq!(written.by_kind, [(Kind::AccountCreated, 1)]);
        let mut kinds = Vec::new();
        tx.each_event_of(newest.operation, &mut |event| {
            kinds.push(event.kind);
            Ok(())
        })?;
        assert_eq!(kinds, [Kind::AccountCreated]);

        let subjects = tx.subjects_of(id_of(tx, 1)?)?;
        assert_eq!(
            subjects.len(),
            12,
            "account, login, order, subscription, four invoices, four mails"
        );
        let history = tx.events_of(&subjects)?;
        assert!(history.is_sorted_by(|(newer, _), (older, _)| newer.seq > older.seq));
        assert_eq!(history.last().expect("a history").0.kind, Kind::AccountCreated);
        Ok(())
    });
}

fn accounts_give_way(story: &Story) {
    let [from, into] = [41, 42].map(|n| story.change(|tx| tx.create_account(&new_account(n))).0);
    let product = story.read(|tx| tx.product(&"AB04".parse().expect("a SKU")));
    let place = |tx: &Tx<'_>| tx.place_order(&from, &plan(tx, &from, &[&product])?);
    let ((_, invoice), _) = story.change(place);

    let moving = story.read(|tx| tx.subscriptions_of(from.id));
    let billing =
        Transfer { invoice_email: email("faktura@ny.example"), reference: Some("PO 9".into()) };
    let there = |tx: &Tx<'_>| tx.transfer_subscription(&moving[0], &from, &into, &billing);
    story.tells(&[Kind::SubscriptionTransferred], there);
    let again = story.refused(there);
    assert!(matches!(again, StoreError::Changed { noun: "subscription", .. }), "{again}");
    let moved = story.read(|tx| tx.subscription(moving[0].number));
    assert_eq!((moved.account_id, moved.reference.as_deref()), (into.id, Some("PO 9")));
    let back = |tx: &Tx<'_>| tx.transfer_subscription(&moved, &into, &from, &billing);
    story.tells(&[Kind::SubscriptionTransferred], back);

    let renumber = |tx: &Tx<'_>| tx.renumber_account(&from, &org_number(43), "mistyped");
    story.tells(&[Kind::AccountRenumbered], renumber);
    let taken = story.refused(|tx| tx.renumber_account(&into, &org_number(43), "wrong"));
    assert!(matches!(taken, StoreError::Taken { .. }), "{taken}");
    for refused in [
        story.refused(|tx| tx.renumber_account(&into, &org_number(41), "wrong")),
        story.refused(|tx| tx.create_account(&new_account(41))),
        story.refused(|tx| tx.account(&account_key(41))),
    ] {
        assert!(matches!(refused, StoreError::Superseded(_)), "{refused}");
    }
    story.read(|tx| {
        let (found, succession) = tx.account_or_former(&account_key(41))?;
        assert_eq!((found.id, &found.org_number), (from.id, &org_number(43)));
        assert_eq!(succession.expect("a former number").successor, org_number(43));
        assert_eq!(tx.renumbered_account(&org_number(41))?, Some(found));
        assert_eq!(tx.renumbered_account(&org_number(43))?, None);
        let former = tx.former_numbers(from.id)?;
        assert_eq!((former.len(), &former[0].org_number), (1, &org_number(41)));
        Ok(())
    });
    let renumbered = story.read(|tx| tx.account(&account_key(43)));
    let back = |tx: &Tx<'_>| tx.renumber_account(&renumbered, &org_number(41), "right after all");
    story.tells(&[Kind::AccountRenumbered], back);

    let from = story.read(|tx| tx.account(&account_key(41)));
    let moving = story.read(|tx| tx.subscriptions_of(from.id));
    let login = from.logins[0].clone();
    let merge = |tx: &Tx<'_>| tx.merge_account(&from, &into, &moving, Some(&login));
    let kinds =
        [Kind::SubscriptionTransferred, Kind::LoginRemoved, Kind::LoginAdded, Kind::AccountMerged];
    story.tells(&kinds, merge);
    let again = story.refused(|tx| tx.merge_account(&from, &into, &[], None));
    assert!(matches!(again, StoreError::Changed { .. }), "{again}");
    story.read(|tx| {
        let (closed, succession) = tx.account_or_former(&account_key(41))?;
        assert_eq!((closed.id, closed.closed_on), (from.id, Some(tx.today())));
        assert_eq!(tx.merger_of(&closed)?, succession);
        assert_eq!(succession.expect("a merger").successor, org_number(42));
        assert!(matches!(tx.account(&account_key(41)), Err(StoreError::Superseded(_))));
        let merged = tx.merged_into(into.id)?;
        assert_eq!(merged, [(org_number(41), from.profile.name.clone(), tx.today())]);
        let into = tx.account(&AccountKey::Login(login.clone()))?;
        assert_eq!((into.org_number, &into.logins[..]), (org_number(42), &[login.clone()][..]));
        assert_eq!(tx.unpaid_invoices(from.id)?.len(), 1);
        assert_eq!(tx.invoice(invoice.number)?, invoice);
        Ok(())
    });
    let closed = story.read(|tx| tx.account_by_id(from.id));
    let reopened = story.refused(|tx| tx.reopen_account(&closed));
    assert!(matches!(reopened, StoreError::Changed { .. }), "{reopened}");
}

fn a_person_is_forgotten(story: &Story) {
    let (person, successor) = (email("inkop@bolaget2.example"), email("ny@bolaget2.example"));
    let trace = story.read(|tx| tx.personal_trace(&person, Some("Anna Berg")));
    let held = |part| {
        let mut count = 0;
        story.read(|tx| {
            tx.each_personal_item(&trace, part, &mut |_| {
                count += 1;
                Ok(())
            })
        });
        count
    };
    assert_eq!(Part::ALL.map(held), [1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0]);
    // An export writes no row, and its event is all that is left of it.
    let told = story.shop.change(|tx| tx.record_personal_export(&trace, &[("logins", 1)]));
    assert_eq!(told, Ok(()));

    assert_eq!(story.read(|tx| tx.needs_successor(&trace)).len(), 1);
    let alone = story.refused(|tx| tx.erase_personal_data(&trace, None, None));
    assert!(matches!(alone, StoreError::InUse(_)), "{alone}");
    let erased = story.tells(&[Kind::PersonalDataErased], |tx| {
        tx.erase_personal_data(&trace, Some(&successor), Some("asked for"))
    });
    assert_eq!(erased.erased, [("events", 1), ("logins", 1)]);
    let nothing = story.tells(&[], |tx| tx.erase_personal_data(&trace, Some(&successor), None));
    assert_eq!(nothing.erased, []);
    story.read(|tx| {
        assert_eq!(tx.account(&account_key(2))?.logins, [successor]);
        assert_eq!(tx.verify_chain()?.1, []);
        Ok(())
    });
}

/// Returns the names of the public methods that `source` gives to `Tx`.
fn methods(source: &str) -> Vec<String> {
    let mut names = Vec::new();
    for implementation in source.split("\nimpl Tx<'_> {").skip(1) {
        let body = implementation.split("\n}").next().unwrap_or_default();
        names.extend(body.split("\n    pub fn ").skip(1).map(|rest| {
            rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>()
        }));
    }
    names
}

#[test]
fn the_story_leaves_no_method_out() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
    let mut story = include_str!("story.rs").to_owned();
    for chapter in fs::read_dir(folder.join("story")).expect("the chapters") {
        let path = chapter.expect("a chapter").path();
        story.push_str(&fs::read_to_string(path).expect("its text"));
    }
    let mut told = 0;
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder of the store") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let source = fs::read_to_string(&path).expect("a source file");
                for method in methods(&source) {
                    let call = format!("tx.{method}(");
                    assert!(story.contains(&call), "{} is not in the story", call);
                    told += 1;
                }
            }
        }
    }
    assert!(told > 80, "only {told} methods were found");
}
