//! What is remembered: every statement of SQL, and the transaction that is the only way to one.
//!
//! A change is a list of events. [`Store::transaction`] alone begins, commits and rolls back, and a
//! method of [`Tx`] that writes a row records its event; a rehearsal is the same run, rolled back.

mod account;
mod agreement;
mod announcement;
mod archive;
mod billing;
mod books;
mod check;
mod claims;
mod copy;
mod credit;
mod document;
pub mod driver;
mod due;
mod e_invoice;
mod event;
mod fetch;
mod fetch_stop;
mod find;
#[cfg(test)]
mod fixture;
mod growth;
#[cfg(test)]
mod history;
mod hold;
mod home;
mod import;
mod invoice;
mod ledger;
mod licence;
mod lists;
mod login;
mod mail;
mod matching;
mod migrate;
mod notice;
mod order;
mod password;
mod password_request;
mod payee;
mod payment;
mod payment_file;
mod payment_reminder;
mod personal_data;
mod product;
mod rate;
mod reissue;
mod reminder;
mod report;
mod restore;
mod seal_key;
mod seat;
mod seller;
mod setting;
mod shipment;
mod sqlite;
mod staff;
#[cfg(test)]
mod story;
mod subscription;
mod succession;
mod undo;
mod write_off;

use std::cell::Cell;
use std::fmt;
use std::fs;
use std::io;
use std::path::Path;
use std::rc::Rc;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};

pub use self::archive::KeptDocument;
pub use self::books::{BookExport, BookedAccount, TakenUp};
pub use self::copy::{CopyFault, check_copy, check_structure};
pub use self::credit::CreditNote;
pub use self::due::{DueBy, DueCursor};
pub use self::e_invoice::Delivery;
pub use self::event::{Event, Payload, Written};
pub use self::fetch::{FetchListing, FetchRight};
pub use self::hold::Hold;
pub use self::home::CopyFacts;
pub use self::import::{
    AccountRow, Counted, ImportRecord, MemberRow, MissingMember, Mode as ImportMode, RowProblem,
    TakeOverRow,
};
pub use self::licence::LicenceEdit;
pub use self::lists::{InvoiceFilter, Search, SubscriptionFilter};
pub use self::matching::Matched;
pub use self::order::Order;
pub use self::password_request::{Forgotten, GoodToken};
pub use self::payment::{PaymentFilter, PaymentListing, What};
pub use self::payment_file::{BankFile, StagedPayment};
pub use self::payment_reminder::{NewPaymentReminder, Overdue, OverdueCursor};
pub use self::personal_data::{Erased, Trace};
pub use self::reminder::{Reminder, ReminderWindow};
pub use self::restore::Restored;
pub use self::seal_key::{KeyOrigin, StoredKey};
pub use self::seller::FIRST_INVOICE;
pub use self::sqlite::{Seized, companions, is_anothers, is_store, loose_mode};
pub use self::succession::Transfer;
pub use self::undo::{Issued, Priced, UndoRefusal};
pub use self::write_off::WrittenOff;

use self::driver::{Access, Driver, DriverError, Row, Value};
use self::sqlite::Sqlite;
use crate::domain::credit::CreditError;
use crate::domain::e_invoice::NotValid;
use crate::domain::import::ImportKind;
use crate::domain::interest::InterestError;
use crate::domain::ledger::LedgerError;
use crate::domain::staff::Role;
use crate::domain::succession::Succession;

/// Why the store refused an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    Driver(DriverError),
    /// There is no such thing.
    Unknown {
        noun: &'static str,
        key: String,
    },
    /// A rule of the shop that only the store can check.
    Taken {
        what: &'static str,
        key: String,
        holder: String,
    },
    /// The account goes by another number now.
    Superseded(Box<Succession>),
    /// Somebody of that name works in the shop already.
    OnStaff {
        name: String,
        role: Role,
    },
    /// The row is no longer as it was when it was read.
    Changed {
        noun: &'static str,
        key: String,
    },
    /// An invoice cannot be credited so.
    Credit(CreditError),
    /// The ledger cannot be entered so.
    Ledger(LedgerError),
    /// Late interest cannot be counted.
    Interest(InterestError),
    /// A draft that goes out as an e-invoice could not be one.
    EInvoice(NotValid),
    /// Something was built on it.
    InUse(String),
    /// What would be removed stays: the words say what hangs on it.
    BuiltOn {
        kind: ImportKind,
        words: String,
    },
    /// The store goes on elsewhere, and is only read here.
    HandedOver {
        at: String,
    },
    /// Nobody else administers the shop.
    LastAdmin(String),
    /// An operation cannot be undone.
    Undo(UndoRefusal),
    /// Today is before the last invoice's date: a series runs forward in time.
    ClockBehind {
        latest: NaiveDate,
        today: NaiveDate,
    },
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoreError::Driver(error) => error.fmt(f),
            StoreError::Unknown { noun, key } => write!(f, "there is no {noun} `{key}`"),
            StoreError::Taken { what, key, holder } => {
                write!(f, "{what} `{key}` is taken by {holder}")
            }
            StoreError::Superseded(succession) => succession.fmt(f),
            StoreError::OnStaff { name, role } => {
                write!(f, "the name `{name}` is taken by somebody with the role {role}")
            }
            StoreError::Changed { noun, key } => {
                write!(f, "{noun} `{key}` was changed by somebody else in the meantime")
            }
            StoreError::Credit(error) => error.fmt(f),
            StoreError::Ledger(error) => error.fmt(f),
            StoreError::Interest(error) => error.fmt(f),
            StoreError::EInvoice(error) => error.fmt(f),
            StoreError::InUse(what) | StoreError::BuiltOn { words: what, .. } => f.write_str(what),
            StoreError::HandedOver { at } => {
                write!(f, "this store was handed over at {at}, and goes on elsewhere")
            }
            StoreError::LastAdmin(name) => write!(f, "`{name}` is the last administrator"),
            StoreError::Undo(refusal) => refusal.fmt(f),
            StoreError::ClockBehind { latest, today } => {
                write!(
                    f,
                    "the last invoice is dated {latest}, and today is {today}: is the clock right?"
                )
            }
        }
    }
}

impl std::error::Error for StoreError {}

impl From<CreditError> for StoreError {
    fn from(error: CreditError) -> StoreError {
        StoreError::Credit(error)
    }
}

impl From<LedgerError> for StoreError {
    fn from(error: LedgerError) -> StoreError {
        StoreError::Ledger(error)
    }
}

impl From<InterestError> for StoreError {
    fn from(error: InterestError) -> StoreError {
        StoreError::Interest(error)
    }
}

impl From<NotValid> for StoreError {
    fn from(error: NotValid) -> StoreError {
        StoreError::EInvoice(error)
    }
}

impl From<DriverError> for StoreError {
    fn from(error: DriverError) -> StoreError {
        StoreError::Driver(error)
    }
}

/// Why a store could not be opened or created.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenError {
    Missing,
    Exists,
    NotAFile,
    /// Not a file of this program.
    Foreign,
    /// The making of it was interrupted before it held anything.
    Unfinished,
    Newer {
        version: i64,
        newest: i64,
    },
    Network(&'static str),
    OldEngine(String),
    Corrupt(String),
    Disk(String),
    Store(StoreError),
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OpenError::Missing => f.write_str("there is no store here"),
            OpenError::Exists => f.write_str("there is a file here already"),
            OpenError::NotAFile => f.write_str("this is not a file"),
            OpenError::Foreign => f.write_str("this file was not made by shopctl"),
            OpenError::Unfinished => {
                f.write_str("this store was never finished, and holds nothing")
            }
            OpenError::Newer { version, newest } => write!(
                f,
                "this store has schema version {version}; this program knows versions up to {newest}"
            ),
            OpenError::Network(kind) => write!(
                f,
                "this file lies on a network file system ({kind}), where two machines writing at once \
                 lose each other's work without a word"
            ),
            OpenError::OldEngine(version) => {
                write!(f, "SQLite {version} can lose a commit; 3.51.3 or newer is needed")
            }
            OpenError::Corrupt(words) => write!(f, "this file is damaged: {words}"),
            OpenError::Disk(words) => write!(f, "this file cannot be used: {words}"),
            OpenError::Store(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for OpenError {}

/// The moment an operation happens at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The shop's time: the clock's, which a practice shop may set.
    pub now: DateTime<Utc>,
    /// The day of `now` in the shop's time zone.
    pub today: NaiveDate,
    /// The machine's own time.
    pub machine: DateTime<Utc>,
}

/// Who does what, when: the head of every event.
pub struct Operation {
    pub moment: Moment,
    pub actor: String,
    pub program: &'static str,
    /// The command line and the operator's note; personal data may stand in both.
    pub command: String,
    pub note: Option<String>,
    /// Random bytes from which the salts of payloads are drawn; never stored.
    pub salt_key: [u8; 32],
    /// Whether it may change a store that was handed over.
    pub unlocks: bool,
    /// Set once the bytes of a document are fixed.
    pub keeps_document: Rc<Cell<bool>>,
    /// The operation's number, once its first event is written; shared by the transactions of a batch.
    id: Cell<Option<i64>>,
}

impl Operation {
    pub fn new(
        moment: Moment,
        actor: String,
        program: &'static str,
        command: String,
        note: Option<String>,
        salt_key: [u8; 32],
    ) -> Operation {
        let (unlocks, id) = (false, Cell::new(None));
        let keeps_document = Rc::default();
        Operation { moment, actor, program, command, note, salt_key, unlocks, keeps_document, id }
    }

    /// Returns the operation's number, if it has written anything.
    pub fn id(&self) -> Option<i64> {
        self.id.get()
    }
}

/// Whether a transaction is kept or only rehearsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Commit,
    RollBack,
}

/// The shop's memory.
pub struct Store {
    driver: Box<dyn Driver>,
}

impl Store {
    pub fn create(path: &Path, wait: Duration) -> Result<Store, OpenError> {
        let driver = Sqlite::create(path, wait)?;
        Ok(Store { driver: Box::new(driver) })
    }

    pub fn open(path: &Path, wait: Duration) -> Result<Store, OpenError> {
        let driver = Sqlite::open(path, wait)?;
        Ok(Store { driver: Box::new(driver) })
    }

    /// Closes a store that was created as `from` and gives it its own name, now that it is whole: it is
    /// on the disk under that name when this returns.
    ///
    /// Errors when there is anything at `to` by now.
    pub fn put(self, from: &Path, to: &Path) -> Result<(), OpenError> {
        self.driver.settle()?;
        drop(self);
        let linked = fs::hard_link(from, to).or_else(|error| match error.kind() {
            // A file system without second names: what is there would be lost by a rename.
            io::ErrorKind::PermissionDenied | io::ErrorKind::Unsupported if !to.exists() => {
                fs::rename(from, to)
            }
            _ => Err(error),
        });
        linked.map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => OpenError::Exists,
            _ => OpenError::Disk(error.to_string()),
        })?;
        if let Err(error) = sync_folder(to) {
            remove(to);
            return Err(OpenError::Disk(error.to_string()));
        }
        remove(from);
        Ok(())
    }

    /// Runs `read` on one consistent state of the store; nothing it does is kept.
    pub fn read<T, E: From<StoreError>>(
        &self,
        moment: Moment,
        read: impl FnOnce(&Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.driver.begin(Access::Read).map_err(StoreError::from)?;
        let answer = read(&Tx { driver: &*self.driver, moment, operation: None });
        self.roll_back();
        answer
    }

    /// Runs `work` without the write lock: it reads the store, and writes temporary tables only.
    pub fn stage<T, E: From<StoreError>>(
        &self,
        moment: Moment,
        work: impl FnOnce(&Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.driver.begin(Access::Read).map_err(StoreError::from)?;
        let answer = work(&Tx { driver: &*self.driver, moment, operation: None });
        match answer {
            Ok(answer) => {
                self.driver.execute("COMMIT", &[]).map_err(StoreError::from)?;
                Ok(answer)
            }
            Err(error) => {
                self.roll_back();
                Err(error)
            }
        }
    }

    /// Runs `change` under the write lock, then `review` on what it wrote; `fate` decides by both
    /// whether it is kept.
    ///
    /// `review` sees the events as they stand in the store, whether they are kept or not. Nothing is
    /// kept when either errors.
    pub fn transaction<T, R, E: From<StoreError>>(
        &self,
        operation: &Operation,
        fate: impl FnOnce(&T, &R) -> Fate,
        change: impl FnOnce(&Tx<'_>) -> Result<T, E>,
        review: impl FnOnce(&Tx<'_>, &Written) -> Result<R, E>,
    ) -> Result<(T, R), E> {
        self.driver.begin(Access::Write).map_err(StoreError::from)?;
        let (id_before, kept_before) = (operation.id.get(), operation.keeps_document.get());
        let tx = Tx { driver: &*self.driver, moment: operation.moment, operation: Some(operation) };
        let outcome = (|| {
            if !operation.unlocks {
                tx.refuse_handed_over()?;
            }
            let head = tx.head()?;
            let value = change(&tx)?;
            let written = tx.written_since(head.seq)?;
            let reviewed = review(&tx, &written)?;
            let fate = fate(&value, &reviewed);
            if fate == Fate::Commit {
                self.driver.execute("COMMIT", &[]).map_err(StoreError::from)?;
            }
            Ok((value, reviewed, fate))
        })();
        if !matches!(outcome, Ok((_, _, Fate::Commit))) {
            self.roll_back();
            operation.id.set(id_before);
            operation.keeps_document.set(kept_before);
        }
        outcome.map(|(value, reviewed, _)| (value, reviewed))
    }

    /// Ends the transaction without keeping it. A failure here leaves nothing to undo by hand: the
    /// engine drops an unfinished transaction with its connection.
    fn roll_back(&self) {
        let _ = self.driver.execute("ROLLBACK", &[]);
    }
}

/// One transaction: queries for all, and writes for one that has an operation to record.
pub struct Tx<'s> {
    driver: &'s dyn Driver,
    moment: Moment,
    operation: Option<&'s Operation>,
}

impl Tx<'_> {
    pub fn moment(&self) -> Moment {
        self.moment
    }

    pub fn today(&self) -> NaiveDate {
        self.moment.today
    }

    /// Returns the shop's time as it is stored.
    pub fn now(&self) -> String {
        timestamp(self.moment.now)
    }

    fn execute(&self, sql: &str, values: &[Value<'_>]) -> Result<usize, StoreError> {
        Ok(self.driver.execute(sql, values)?)
    }

    fn each(
        &self,
        sql: &str,
        values: &[Value<'_>],
        each: &mut dyn FnMut(&Row<'_>) -> Result<(), DriverError>,
    ) -> Result<(), StoreError> {
        Ok(self.driver.query(sql, values, each)?)
    }

    fn rows<T>(
        &self,
        sql: &str,
        values: &[Value<'_>],
        read: impl Fn(&Row<'_>) -> Result<T, DriverError>,
    ) -> Result<Vec<T>, StoreError> {
        let mut rows = Vec::new();
        self.driver.query(sql, values, &mut |row| {
            rows.push(read(row)?);
            Ok(())
        })?;
        Ok(rows)
    }

    fn find<T>(
        &self,
        sql: &str,
        values: &[Value<'_>],
        read: impl Fn(&Row<'_>) -> Result<T, DriverError>,
    ) -> Result<Option<T>, StoreError> {
        Ok(self.rows(sql, values, read)?.into_iter().next())
    }

    /// Runs a statement that gives one integer: a new row's key, a count.
    fn integer(&self, sql: &str, values: &[Value<'_>]) -> Result<i64, StoreError> {
        self.find(sql, values, |row| row.get(0))?
            .ok_or_else(|| DriverError::Unexpected(format!("nothing came back from {sql}")).into())
    }

    /// Runs a statement that changes the one row it expects.
    ///
    /// Errors when no row is as expected: `noun` `key` was changed since it was read.
    fn change(
        &self,
        noun: &'static str,
        key: impl fmt::Display,
        sql: &str,
        values: &[Value<'_>],
    ) -> Result<(), StoreError> {
        match self.execute(sql, values)? {
            0 => Err(StoreError::Changed { noun, key: key.to_string() }),
            _ => Ok(()),
        }
    }

    /// Takes the next number of a series; a rehearsal gives it back.
    fn next_number(&self, series: &str) -> Result<i64, StoreError> {
        self.integer(
            "UPDATE counters SET value = value + 1 WHERE name = $1 RETURNING value",
            driver::values![series],
        )
    }

    /// Returns the number that a series gives next.
    fn coming_number(&self, series: &str) -> Result<i64, StoreError> {
        self.integer("SELECT value + 1 FROM counters WHERE name = $1", driver::values![series])
    }
}

/// Removes a store with what belongs to it, as far as it is there.
pub fn remove(path: &Path) {
    for suffix in ["", "-journal", "-wal", "-shm"] {
        // What stays behind is in nobody's way.
        let _ = fs::remove_file(format!("{}{suffix}", path.display()));
    }
}

/// Sees to it that the names in the folder of `path` are on the disk.
fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    fs::File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

/// Writes an instant as it is stored: UTC, to the second.
pub fn timestamp(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Secs, true)
}
