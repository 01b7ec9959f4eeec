use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use super::super::fixture::{Shop, account_key, date, email, org_number};
use super::super::{Search, Store};
use super::*;
use crate::domain::invoice::InvoiceNumber;
use crate::domain::licence::LicenceEdition;
use crate::domain::money::Money;
use crate::domain::product::ProductRenewal;
use crate::domain::setting::ShopSettings;

const WAIT: Duration = Duration::from_millis(100);

/// Opens the store, which must be refused.
fn refusal(path: &Path) -> OpenError {
    match Store::open(path, WAIT) {
        Ok(_) => panic!("{} was opened", path.display()),
        Err(error) => error,
    }
}

/// Returns the path of a whole store's only file, with accounts in it.
fn store(shop: &Shop) -> PathBuf {
    for n in 0..50 {
        shop.account(n);
    }
    let path = shop.path.with_extension("whole");
    shop.intruder()
        .execute("VACUUM INTO ?1", [path.to_str().expect("a path in UTF-8")])
        .expect("a copy");
    path
}

#[test]
fn a_file_on_a_network_is_known_by_its_file_system() {
    assert_eq!(network_name(NFS_SUPER_MAGIC), Some("NFS"));
    assert_eq!(network_name(FsType(0xff53_4d42)), Some("SMB"));
    assert_eq!(network_name(FsType(0xef53)), None);
}

#[test]
fn a_store_of_this_version_is_opened_and_only_its_owner_can_use_it() {
    let shop = Shop::new();
    let path = store(&shop);
    let opened = Store::open(&path, WAIT).expect("a store");
    let account = opened.read(shop.moment(), |tx| tx.find_account(&org_number(7)));
    assert!(account.expect("an answer").is_some());
    let mode = |path: &Path| fs::metadata(path).expect("a file").permissions().mode() & 0o777;
    assert_eq!(mode(&shop.path), 0o600);
    assert_eq!(mode(&shop.path.with_extension("db-wal")), 0o600);
}

#[test]
fn what_is_no_store_of_this_program_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    assert_eq!(refusal(&at("missing.db")), OpenError::Missing);
    assert_eq!(refusal(folder.path()), OpenError::NotAFile);
    for (name, bytes) in [("empty.db", &b""[..]), ("text.db", b"a letter"), ("short.db", b"SQLite")]
    {
        fs::write(at(name), bytes).expect("a file");
        assert_eq!(refusal(&at(name)), OpenError::Foreign, "{name}");
    }
    let other = Connection::open(at("other.db")).expect("another program's file");
    other.execute_batch("CREATE TABLE t (x); PRAGMA application_id = 1").expect("its table");
    drop(other);
    assert_eq!(refusal(&at("other.db")), OpenError::Foreign);
    assert!(matches!(Store::create(&at("other.db"), WAIT), Err(OpenError::Exists)));
}

#[test]
fn a_store_of_a_newer_version_is_refused() {
    let shop = Shop::new();
    let newest = migrate::NEWEST;
    shop.intruder().pragma_update(None, "user_version", newest + 1).expect("a newer version");
    assert_eq!(refusal(&shop.path), OpenError::Newer { version: newest + 1, newest });
}

#[test]
fn a_store_that_was_never_finished_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("shop.db");
    let half_made = Connection::open(&path).expect("a file");
    half_made.pragma_update(None, "application_id", APPLICATION_ID).expect("its mark");
    drop(half_made);
    assert_eq!(refusal(&path), OpenError::Unfinished);
}

#[test]
fn a_store_of_the_first_version_is_brought_up_to_date_with_all_it_holds() {
    let shop = Shop::unborn();
    let path = store_of_version(&shop, 1, include_str!("version_1.sql"));
    let store = Store::open(&path, WAIT).expect("a store brought up to date");
    let read = store.read(shop.moment(), |tx| {
        assert_eq!(tx.verify_chain()?, (27, Vec::new()));
        let product = tx.product(&"AB04".parse().expect("a SKU"))?;
        let entered: Vec<String> =
            product.prices.iter().map(|price| price.entered_on.to_string()).collect();
        assert_eq!(entered, ["2026-03-01", "2026-06-15"]);
        let invoices: Vec<Option<i64>> =
            tx.mails(None, None, 10)?.iter().map(|listing| listing.invoice_number).collect();
        assert_eq!(invoices, [Some(1002), Some(1001)]);
        let sent = tx.message(crate::domain::mail::MailId(1))?;
        assert_eq!(sent.as_deref(), Some(&b"From: "[..]));
        let subscription = tx.subscription(1001)?;
        assert_eq!(tx.terms(subscription.id)?.len(), 2);
        Ok::<_, StoreError>(())
    });
    assert_eq!(read, Ok(()));
    assert_eq!(orphans(&path), 0);
}

#[test]
fn a_store_of_the_second_version_is_brought_up_to_date_and_its_invoices_are_unpaid() {
    let shop = Shop::unborn();
    let path = store_of_version(&shop, 2, include_str!("version_2.sql"));
    let store = Store::open(&path, WAIT).expect("a store brought up to date");
    let read = store.read(shop.moment(), |tx| {
        assert_eq!(tx.verify_chain()?.1, Vec::new());
        for (number, left) in [(1001, 1_538_400), (1002, 565_574)] {
            let standing = tx.standing(&tx.invoice(InvoiceNumber(number))?)?;
            assert_eq!(standing.left(), Money::from_ore(left), "{number}");
        }
        assert_eq!(tx.subscription(1001)?.ends_on, Some(date("2027-03-01")));
        assert_eq!(tx.mails(None, None, 10)?.len(), 5);
        Ok::<_, StoreError>(())
    });
    assert_eq!(read, Ok(()));
    assert_eq!(orphans(&path), 0);
}

#[test]
fn a_store_of_the_third_version_is_brought_up_to_date_and_its_logins_have_no_passwords() {
    let shop = Shop::unborn();
    let path = store_of_version(&shop, 3, include_str!("version_3.sql"));
    let store = Store::open(&path, WAIT).expect("a store brought up to date");
    let read = store.read(shop.moment(), |tx| {
        assert_eq!(tx.verify_chain()?.1, Vec::new());
        let invoice = tx.invoice(InvoiceNumber(1001))?;
        assert_eq!(tx.standing(&invoice)?.left(), Money::ZERO);
        assert_eq!(tx.reminders_of(invoice.id)?.len(), 1);
        let asked: Vec<String> =
            tx.logins_never_asked()?.iter().map(|login| login.email.to_string()).collect();
        assert_eq!(
            asked,
            [
                "anna@saab.example",
                "Asa@xn--RKSMRGS-5WAO1O.example",
                "asa@RÄKSMÖRGÅS.example",
                "info@xn--blbr-noae.example"
            ]
        );
        assert_eq!(tx.shop_settings()?.passwords, ShopSettings::default().passwords);
        assert_eq!(tx.agreements()?, []);
        for product in tx.products()? {
            assert_eq!(tx.agreements_of(product.id)?, []);
        }
        Ok::<_, StoreError>(())
    });
    assert_eq!(read, Ok(()));
    assert_eq!(orphans(&path), 0);
}

#[test]
fn logins_of_the_third_version_are_found_in_letters_and_in_punycode() {
    let shop = Shop::unborn();
    let path = store_of_version(&shop, 3, include_str!("version_3.sql"));
    let earlier = Connection::open(&path).expect("the file");
    // Full-width letters were told from plain ones; what comes later is what keeps its key.
    let later = "INSERT INTO login VALUES (5, 14, 'info@ｂlåbär.example', 'info@ｂlåbär.example')";
    earlier.execute_batch(later).expect("a login of its time");
    drop(earlier);
    let store = Store::open(&path, WAIT).expect("a store brought up to date");
    let read = store.read(shop.moment(), |tx| {
        let found =
            |text: &str| Ok::<_, StoreError>(tx.find_login(&email(text))?.map(|it| it.id.0));
        for spelling in ["info@blåbär.example", "INFO@XN--BLBR-NOAE.example"] {
            assert_eq!(found(spelling)?, Some(4), "{spelling}");
        }
        // The address had two logins: both are kept, and the one written in letters is found.
        for spelling in ["asa@räksmörgås.example", "asa@xn--rksmrgs-5wao1o.example"] {
            assert_eq!(found(spelling)?, Some(3), "{spelling}");
        }
        tx.rows("SELECT email_key FROM login ORDER BY id", &[], |row| row.get::<String>(0))
    });
    assert_eq!(
        read.expect("the keys"),
        [
            "anna@saab.example",
            "asa@xn--rksmrgs-5wao1o.example",
            "asa@räksmörgås.example",
            "info@blåbär.example",
            "info@ｂlåbär.example"
        ]
    );
}

#[test]
fn licences_of_the_fifth_version_have_an_edition_for_each_billed_term() {
    let shop = Shop::unborn();
    let path = store_of_version(&shop, 5, include_str!("version_5.sql"));
    let store = Store::open(&path, WAIT).expect("a store brought up to date");
    let read = store.read(shop.moment(), |tx| {
        assert_eq!(tx.verify_chain()?.1, Vec::new());
        let told = |number| {
            let licence = tx.licence(number)?;
            let told = |edition: &LicenceEdition| {
                (edition.number, edition.face.holder.to_string(), edition.face.period.to_string())
            };
            Ok::<_, StoreError>(licence.editions.iter().map(told).collect::<Vec<_>>())
        };
        let saab = |number, period: &str| (number, "Saab AB".to_owned(), period.to_owned());
        let renewed = [saab(1, "2026-03-01 – 2027-02-28"), saab(2, "2027-03-01 – 2028-02-29")];
        assert_eq!(told(1002)?, renewed);
        assert_eq!(told(1003)?, [saab(1, "2026-06-01 – 2026-11-30")]);
        assert_eq!(tx.find_licence(1001)?, None);
        let product = tx.product(&"AB04-LIC".parse().expect("a SKU"))?;
        assert_eq!((product.seats, product.renewal), (1, ProductRenewal::Automatic));
        Ok::<_, StoreError>(())
    });
    assert_eq!(read, Ok(()));
    assert_eq!(orphans(&path), 0);
}

#[test]
fn invoices_of_the_seventh_version_name_no_holder_and_are_read_as_they_were() {
    let shop = Shop::unborn();
    let path = store_of_version(&shop, 7, include_str!("version_7.sql"));
    let store = Store::open(&path, WAIT).expect("a store brought up to date");
    let read = store.read(shop.moment(), |tx| {
        assert_eq!(tx.verify_chain()?.1, Vec::new());
        let subscription = tx.subscription(1001)?;
        let licence = tx.licence(subscription.number)?;
        let edition = &licence.editions[0];
        assert_eq!((edition.face.holder.as_str(), edition.seats), ("Saab-koncernen", 5));
        assert_eq!(tx.seats(&subscription)?.len(), 1);
        assert_eq!(tx.growths_of(&subscription)?.len(), 1);
        for number in [1001, 1002, 1003] {
            let lines = tx.invoice(InvoiceNumber(number))?.draft.lines;
            assert_eq!(lines.into_iter().map(|line| line.licensee).collect::<Vec<_>>(), [None]);
        }
        Ok::<_, StoreError>(())
    });
    assert_eq!(read, Ok(()));
    assert_eq!(orphans(&path), 0);
}

/// Writes a store of an earlier version of the schema beside `shop`'s, with what `held` inserts.
fn store_of_version(shop: &Shop, version: u8, held: &str) -> PathBuf {
    let path = shop.path.with_extension("earlier");
    let earlier = Connection::open(&path).expect("a file");
    for step in &migrate::STEPS[..usize::from(version)] {
        earlier.execute_batch(step).expect("that version of the schema");
    }
    earlier.execute_batch(held).expect("what a shop of its time held");
    earlier.pragma_update(None, "application_id", APPLICATION_ID).expect("its mark");
    earlier.pragma_update(None, "user_version", version).expect("its version");
    path
}

fn orphans(path: &Path) -> i64 {
    let reopened = Connection::open(path).expect("the file");
    reopened
        .query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0))
        .expect("a count")
}

/// Reads all that there is, and returns the first failure.
fn read_all(shop: &Shop, path: &Path) -> Result<(), String> {
    let store = Store::open(path, WAIT).map_err(|error| format!("{error:?}"))?;
    let read = store.read(shop.moment(), |tx| {
        tx.verify_chain()?;
        tx.each_account(None, None, &mut |_| Ok(()))?;
        tx.each_account(Some(&Search::new("b")), None, &mut |_| Ok(()))?;
        tx.each_whole_account(&mut |_| Ok(()))?;
        tx.products()?;
        tx.seller().map(|_| ())
    });
    read.map_err(|error: StoreError| format!("{error:?}"))
}

#[test]
fn a_damaged_store_is_told_from_a_whole_one_and_makes_nothing_panic() {
    let shop = Shop::new();
    let path = store(&shop);
    assert_eq!(read_all(&shop, &path), Ok(()));
    let whole = fs::read(&path).expect("the bytes");
    let damaged = path.with_extension("damaged");
    let mut wiped = whole.clone();
    wiped[whole.len() / 4..whole.len() * 3 / 4].fill(0);
    let cut = whole[..whole.len() / 2].to_vec();
    for bytes in [wiped, cut] {
        fs::write(&damaged, bytes).expect("a damaged copy");
        let told = read_all(&shop, &damaged).expect_err("the damage");
        assert!(told.contains("Corrupt"), "{told}");
    }
    for start in (100..whole.len() - 512).step_by(4096) {
        let mut bytes = whole.clone();
        bytes[start..start + 512].fill(0xa5);
        fs::write(&damaged, bytes).expect("a damaged copy");
        // Some damage lies in pages that nothing reads; the rest is told.
        let _ = read_all(&shop, &damaged);
    }
}

#[test]
fn a_store_that_may_not_be_written_is_read_all_the_same() {
    let shop = Shop::new();
    let path = store(&shop);
    let opened = Store::open(&path, WAIT).expect("a store");
    opened.driver.execute("PRAGMA query_only = ON", &[]).expect("a setting");
    let account = opened.read(shop.moment(), |tx| tx.account(&account_key(1)));
    assert!(account.is_ok());
    let written = opened.transaction(
        &shop.operation(),
        |(), ()| super::super::Fate::Commit,
        |tx| tx.set_setting("greeting", "hej"),
        |_, _| Ok::<_, StoreError>(()),
    );
    assert_eq!(written, Err(StoreError::Driver(DriverError::ReadOnly)));
}

#[test]
fn a_log_that_grew_long_beside_a_reader_begins_anew_when_somebody_closes_the_store() {
    let shop = Shop::new();
    let log = shop.path.with_extension("db-wal");
    let length = || fs::metadata(&log).expect("the log").len();
    let (reader, writer) = (shop.intruder(), shop.intruder());
    reader.execute_batch("BEGIN; SELECT count(*) FROM setting").expect("an earlier state");
    writer
        .execute_batch("PRAGMA synchronous = OFF; CREATE TABLE big (bytes BLOB)")
        .expect("a table");
    while length() <= LOG_BYTES_MAX {
        writer.execute_batch("INSERT INTO big VALUES (zeroblob(4000000))").expect("a row");
    }
    drop(Store::open(&shop.path, WAIT).expect("a store"));
    assert!(length() > LOG_BYTES_MAX, "somebody reads what is in it");
    reader.execute_batch("ROLLBACK").expect("the reader is done");
    drop(Store::open(&shop.path, WAIT).expect("a store"));
    assert_eq!(length(), 0);
}

#[test]
fn a_second_writer_waits_and_then_says_so() {
    let shop = Shop::new();
    let other = shop.intruder();
    other.execute_batch("BEGIN IMMEDIATE").expect("the lock");
    let impatient = Store::open(&shop.path, WAIT).expect("a store");
    let written = impatient.transaction(
        &shop.operation(),
        |(), ()| super::super::Fate::Commit,
        |tx| tx.set_setting("greeting", "hej"),
        |_, _| Ok::<_, StoreError>(()),
    );
    assert_eq!(written, Err(StoreError::Driver(DriverError::Busy)));
    assert!(impatient.read(shop.moment(), |tx| tx.seller()).is_ok());
}
