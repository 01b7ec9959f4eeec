//! Copies of a store: made page by page from one state of it, looked at without touching them, and put
//! in its place.
//!
//! SQLite's backup API is used rather than `VACUUM INTO`: it reads each page once and in order, keeps the
//! file as it is, and can tell how far it has come. It begins again whenever another connection
//! writes, unless the connection that it reads by holds a transaction open; that one it does hold.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::{
    APPLICATION_ID, Damage, DriverError, FileFacts, OpenError, OpenFile, Sqlite, classify, migrate,
    refuse_foreign,
};

/// How many pages are copied between two reports of progress: 4 MiB.
const PAGES_A_STEP: i32 = 1024;

/// How many findings SQLite lists before it gives up.
const DAMAGE_MAX: u32 = 1000;

/// How often a lock is asked for that SQLite does not wait for by itself.
const PAUSE: Duration = Duration::from_millis(50);

impl Sqlite {
    /// Opens a file that nobody writes, to read it without locks and without a file beside it.
    ///
    /// A write-ahead log beside it would be passed over: the caller sees to it that there is none.
    pub fn open_still(path: &Path) -> Result<Sqlite, OpenError> {
        if !path.is_file() {
            return Err(if path.exists() { OpenError::NotAFile } else { OpenError::Missing });
        }
        refuse_foreign(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
            | OpenFlags::SQLITE_OPEN_URI
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(still_uri(path), flags).map_err(classify)?;
        let sqlite = Sqlite { connection, file: OpenFile::at(path) };
        sqlite.pragma("trusted_schema", "OFF")?;
        if sqlite.read_pragma("application_id")? != APPLICATION_ID {
            return Err(OpenError::Foreign);
        }
        match sqlite.read_pragma("user_version")? {
            0 => Err(OpenError::Unfinished),
            version if version > migrate::NEWEST => {
                Err(OpenError::Newer { version, newest: migrate::NEWEST })
            }
            _ => Ok(sqlite),
        }
    }

    /// Copies every page as the open transaction sees it.
    ///
    /// What is written is forced to the disk by the caller, who alone knows when the file is finished.
    pub(super) fn copy_pages(
        &self,
        path: &Path,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<(), DriverError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let target = Connection::open_with_flags(path, flags).map_err(classify)?;
        let mut target = Sqlite { connection: target, file: OpenFile::at(path) };
        target.pragma("journal_mode", "OFF")?;
        target.pragma("synchronous", "OFF")?;
        let backup = Backup::new(&self.connection, &mut target.connection).map_err(classify)?;
        loop {
            match backup.step(PAGES_A_STEP).map_err(classify)? {
                StepResult::Done => return Ok(()),
                StepResult::More => {
                    let state = backup.progress();
                    let total = u64::try_from(state.pagecount).unwrap_or_default();
                    let left = u64::try_from(state.remaining).unwrap_or_default();
                    progress(total.saturating_sub(left), total);
                }
                _ => thread::sleep(PAUSE),
            }
        }
    }

    pub(super) fn each_damage(&self, each: &mut dyn FnMut(Damage)) -> Result<(), DriverError> {
        let connection = &self.connection;
        let found = connection.pragma(None, "integrity_check", DAMAGE_MAX, |row| {
            let words: String = row.get(0)?;
            if words != "ok" {
                each(Damage::Structure(words));
            }
            Ok(())
        });
        found.map_err(classify)?;
        let found = connection.pragma_query(None, "foreign_key_check", |row| {
            each(Damage::Reference { table: row.get(0)?, row: row.get(1)?, to: row.get(2)? });
            Ok(())
        });
        found.map_err(classify)
    }

    pub(super) fn file_facts(&self) -> Result<FileFacts, DriverError> {
        let text = |name: &str| {
            self.connection.pragma_query_value(None, name, |row| row.get(0)).map_err(classify)
        };
        Ok(FileFacts {
            bytes: self.read_pragma("page_count")? * self.read_pragma("page_size")?,
            schema: self.version()?,
            application_id: self.read_pragma("application_id")?,
            journal: text("journal_mode")?,
            engine: rusqlite::version().to_owned(),
        })
    }
}

/// A store that nobody else has open, nor can open until this is dropped.
///
/// Its file may not be opened by other means while this lives, since closing that would drop the lock.
pub struct Seized {
    connection: Connection,
}

impl Seized {
    /// Waits until nobody has the store open. If `takes_log`, all that was committed stands in the file
    /// itself afterwards, and what lies beside it is empty; a damaged file is better left as it is.
    ///
    /// Errors with [`DriverError::Busy`] when that takes longer than `wait`, and with
    /// [`DriverError::Corrupt`] when the file is no store that can be locked.
    pub fn take(path: &Path, wait: Duration, takes_log: bool) -> Result<Seized, DriverError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let since = Instant::now();
        loop {
            let connection = Connection::open_with_flags(path, flags).map_err(classify)?;
            match seize(&connection, takes_log) {
                Ok(()) => return Ok(Seized { connection }),
                Err(DriverError::Busy) if since.elapsed() < wait => thread::sleep(PAUSE),
                Err(error) => return Err(error),
            }
        }
    }
}

impl Seized {
    /// Returns the number of the last event.
    pub fn last_event(&self) -> Result<i64, DriverError> {
        let sql = "SELECT coalesce(max(seq), 0) FROM event";
        self.connection.query_row(sql, [], |row| row.get(0)).map_err(classify)
    }
}

/// Takes the lock that even readers wait for, and brings the write-ahead log into the file if that is
/// wanted.
fn seize(connection: &Connection, takes_log: bool) -> Result<(), DriverError> {
    connection.busy_timeout(Duration::ZERO).map_err(classify)?;
    // By the time the connection is closed, what has the name may be another store's.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).map_err(classify)?;
    connection
        .pragma_update_and_check(None, "locking_mode", "EXCLUSIVE", |_| Ok(()))
        .map_err(classify)?;
    // In this mode the lock outlives the transaction.
    connection.execute_batch("BEGIN EXCLUSIVE; COMMIT").map_err(classify)?;
    if !takes_log {
        return Ok(());
    }
    let mut is_busy = false;
    let checkpointed = connection.pragma(None, "wal_checkpoint", "TRUNCATE", |row| {
        is_busy = row.get::<_, i64>(0)? != 0;
        Ok(())
    });
    checkpointed.map_err(classify)?;
    if is_busy { Err(DriverError::Busy) } else { Ok(()) }
}

/// Returns the files that SQLite may keep beside a store.
pub fn companions(path: &Path) -> [PathBuf; 3] {
    ["-wal", "-shm", "-journal"].map(|suffix| {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    })
}

/// Says whether a file says of itself that it is a store of this program.
pub fn is_store(path: &Path) -> bool {
    named_application(path) == Some(APPLICATION_ID)
}

/// Says whether a file belongs to another program that keeps its data by SQLite too.
pub fn is_anothers(path: &Path) -> bool {
    named_application(path).is_some_and(|id| id != 0 && id != APPLICATION_ID)
}

/// Returns the application that a file of SQLite's says it belongs to.
fn named_application(path: &Path) -> Option<i64> {
    let mut head = Vec::with_capacity(100);
    File::open(path).ok()?.take(100).read_to_end(&mut head).ok()?;
    let id: [u8; 4] = head.get(68..72)?.try_into().ok()?;
    head.starts_with(b"SQLite format 3\0").then(|| i64::from(u32::from_be_bytes(id)))
}

/// Returns the name by which SQLite opens a file as one that does not change.
fn still_uri(path: &Path) -> String {
    use std::os::unix::ffi::OsStrExt;
    let mut uri = "file:".to_owned();
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for byte in absolute.as_os_str().as_bytes() {
        match byte {
            b'/' | b'-' | b'_' | b'.' => uri.push(char::from(*byte)),
            byte if byte.is_ascii_alphanumeric() => uri.push(char::from(*byte)),
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri.push_str("?immutable=1");
    uri
}
