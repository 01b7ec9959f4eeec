//! SQLite as an engine: opening with care, binding by name, telling failures apart.
//!
//! Here, and nowhere else, stand pragmas and what SQLite's own files look like. No statement of the
//! shop's does.

mod copy;

use std::fs::{self, File, OpenOptions};
use std::io::Read;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use nix::sys::statfs::{
    AFS_SUPER_MAGIC, CODA_SUPER_MAGIC, FsType, NCP_SUPER_MAGIC, NFS_SUPER_MAGIC, SMB_SUPER_MAGIC,
    statfs,
};
use rusqlite::config::DbConfig;
use rusqlite::types::ValueRef;
use rusqlite::{CachedStatement, Connection, ErrorCode, OpenFlags};

use super::driver::{Access, Columns, Damage, Driver, DriverError, FileFacts, Row, Value};
use super::migrate;
use super::{OpenError, StoreError};

pub use self::copy::{Seized, companions, is_anothers, is_store};

/// `SHOP` in ASCII: says whose file this is.
const APPLICATION_ID: i64 = 0x5348_4f50;

/// The first SQLite without the WAL-reset bug that loses a commit of two processes in a race.
const SQLITE_MIN: i32 = 3_051_003;

/// Kibibytes of page cache: enough for the three indexes into which an import of a million accounts
/// scatters its rows.
const CACHE_KIB: i64 = 128 * 1024;

/// Pages of 4 KiB that the write-ahead log may hold before they are copied into the file: a batch
/// writes the same pages with each of its commits, and they are copied once.
const LOG_PAGES: i64 = 8192;

/// Bytes of write-ahead log at which whoever closes the store sees to it that it begins anew.
const LOG_BYTES_MAX: u64 = 2 * 4096 * LOG_PAGES as u64;

/// How long that may wait for readers, with everybody who wants to write waiting as well.
const LOG_PATIENCE: Duration = Duration::from_millis(250);

pub struct Sqlite {
    connection: Connection,
    file: OpenFile,
}

/// The file that is open, told from another that has its name now.
struct OpenFile {
    path: PathBuf,
    /// Its device and number there; read before it was opened.
    identity: Option<(u64, u64)>,
}

impl OpenFile {
    fn at(path: &Path) -> OpenFile {
        OpenFile { path: path.to_owned(), identity: identity(path) }
    }

    /// Says whether another file has taken its place: what is written to this one would be lost.
    fn is_replaced(&self) -> bool {
        identity(&self.path) != self.identity
    }
}

fn identity(path: &Path) -> Option<(u64, u64)> {
    fs::metadata(path).ok().map(|metadata| (metadata.dev(), metadata.ino()))
}

impl Sqlite {
    /// Creates the store's file, mode 0600 before its first byte, with the newest schema.
    ///
    /// Errors when anything is there already.
    pub fn create(path: &Path, wait: Duration) -> Result<Sqlite, OpenError> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        refuse_network(folder.unwrap_or(Path::new(".")))?;
        let created = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
        if let Err(error) = created {
            return Err(match error.kind() {
                std::io::ErrorKind::AlreadyExists => OpenError::Exists,
                _ => OpenError::Disk(error.to_string()),
            });
        }
        let sqlite = Sqlite::connect(path, wait)?;
        let made = (|| {
            sqlite.pragma("journal_mode", "WAL")?;
            sqlite.pragma("application_id", &APPLICATION_ID.to_string())?;
            migrate::run(&sqlite)
        })();
        if let Err(error) = made {
            drop(sqlite);
            for suffix in ["", "-wal", "-shm"] {
                let _ = fs::remove_file(format!("{}{suffix}", path.display()));
            }
            return Err(error.into());
        }
        Ok(sqlite)
    }

    /// Opens a store that is there, and brings its schema up to date.
    pub fn open(path: &Path, wait: Duration) -> Result<Sqlite, OpenError> {
        let metadata = match fs::metadata(path) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(OpenError::Missing);
            }
            Err(error) => return Err(OpenError::Disk(error.to_string())),
        };
        if !metadata.is_file() {
            return Err(OpenError::NotAFile);
        }
        refuse_network(path)?;
        refuse_foreign(path)?;
        let (sqlite, application_id) = loop {
            let sqlite = Sqlite::connect(path, wait)?;
            let application_id = sqlite.read_pragma("application_id");
            // From that first reading on nobody can put another file in this one's place. Until then
            // a restore can, and what lies beside it now is the other's.
            if !sqlite.file.is_replaced() {
                break (sqlite, application_id?);
            }
        };
        if application_id != APPLICATION_ID {
            return Err(OpenError::Foreign);
        }
        let version = sqlite.read_pragma("user_version")?;
        match version {
            0 => Err(OpenError::Unfinished),
            _ if version > migrate::NEWEST => {
                Err(OpenError::Newer { version, newest: migrate::NEWEST })
            }
            _ if version < migrate::NEWEST => {
                migrate::run(&sqlite)?;
                Ok(sqlite)
            }
            _ => Ok(sqlite),
        }
    }

    fn connect(path: &Path, wait: Duration) -> Result<Sqlite, OpenError> {
        if rusqlite::version_number() < SQLITE_MIN {
            return Err(OpenError::OldEngine(rusqlite::version().to_owned()));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let file = OpenFile::at(path);
        let connection = Connection::open_with_flags(path, flags).map_err(classify)?;
        connection.set_prepared_statement_cache_capacity(64);
        let sqlite = Sqlite { connection, file };
        sqlite.connection.busy_timeout(wait).map_err(classify)?;
        // Without this SQLite looks at the values bound and, where one may matter, plans the statement
        // anew for each: half the cost of reading an account's memberships.
        let config = DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG;
        sqlite.connection.set_db_config(config, true).map_err(classify)?;
        sqlite.pragma("synchronous", "FULL")?;
        sqlite.pragma("foreign_keys", "ON")?;
        sqlite.pragma("trusted_schema", "OFF")?;
        sqlite.pragma("secure_delete", "ON")?;
        sqlite.pragma("cache_size", &format!("-{CACHE_KIB}"))?;
        sqlite.pragma("wal_autocheckpoint", &LOG_PAGES.to_string())?;
        Ok(sqlite)
    }

    /// Sets the schema's version, inside the transaction that brought it there.
    pub fn set_version(&self, version: i64) -> Result<(), DriverError> {
        self.pragma("user_version", &version.to_string())
    }

    /// Runs several statements of a schema file.
    pub fn execute_schema(&self, sql: &str) -> Result<(), DriverError> {
        self.connection.execute_batch(sql).map_err(classify)
    }

    /// Reads the schema's version.
    pub fn version(&self) -> Result<i64, DriverError> {
        self.read_pragma("user_version")
    }

    fn pragma(&self, name: &str, value: &str) -> Result<(), DriverError> {
        self.connection.execute_batch(&format!("PRAGMA {name} = {value}")).map_err(classify)
    }

    fn read_pragma(&self, name: &str) -> Result<i64, DriverError> {
        self.connection.query_row(&format!("PRAGMA {name}"), [], |row| row.get(0)).map_err(classify)
    }

    fn prepare(&self, sql: &str, values: &[Value<'_>]) -> Result<CachedStatement<'_>, DriverError> {
        let mut statement = self.connection.prepare_cached(sql).map_err(classify)?;
        for index in 1..=statement.parameter_count() {
            let value = statement
                .parameter_name(index)
                .and_then(|name| name.strip_prefix('$'))
                .and_then(|number| number.parse::<usize>().ok())
                .and_then(|number| values.get(number - 1))
                .ok_or_else(|| DriverError::Unexpected(format!("unbound parameter in {sql}")))?;
            let bound = match value {
                Value::Null => statement.raw_bind_parameter(index, rusqlite::types::Null),
                Value::Integer(integer) => statement.raw_bind_parameter(index, integer),
                Value::Text(text) => statement.raw_bind_parameter(index, text.as_ref()),
                Value::Blob(bytes) => statement.raw_bind_parameter(index, *bytes),
            };
            bound.map_err(classify)?;
        }
        Ok(statement)
    }
}

impl Driver for Sqlite {
    fn begin(&self, access: Access) -> Result<(), DriverError> {
        let sql = match access {
            Access::Read => "BEGIN",
            Access::Write => "BEGIN IMMEDIATE",
        };
        self.execute(sql, &[])?;
        if access == Access::Write && self.file.is_replaced() {
            // Nothing was written yet, and the connection ends with the command.
            let _ = self.execute("ROLLBACK", &[]);
            return Err(DriverError::Replaced);
        }
        Ok(())
    }

    fn settle(&self) -> Result<(), DriverError> {
        for mode in ["delete", "wal"] {
            let sql = format!("PRAGMA journal_mode = {mode}");
            let now: String =
                self.connection.query_row(&sql, [], |row| row.get(0)).map_err(classify)?;
            if now != mode {
                return Err(DriverError::Busy);
            }
        }
        Ok(())
    }

    fn execute(&self, sql: &str, values: &[Value<'_>]) -> Result<usize, DriverError> {
        self.prepare(sql, values)?.raw_execute().map_err(classify)
    }

    fn query(
        &self,
        sql: &str,
        values: &[Value<'_>],
        each: &mut dyn FnMut(&Row<'_>) -> Result<(), DriverError>,
    ) -> Result<(), DriverError> {
        let mut statement = self.prepare(sql, values)?;
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next().map_err(classify)? {
            each(&Row(&SqliteRow(row)))?;
        }
        Ok(())
    }

    fn copy_to(&self, path: &Path, progress: &mut dyn FnMut(u64, u64)) -> Result<(), DriverError> {
        self.copy_pages(path, progress)
    }

    fn find_damage(&self, each: &mut dyn FnMut(Damage)) -> Result<(), DriverError> {
        self.each_damage(each)
    }

    fn about_file(&self) -> Result<FileFacts, DriverError> {
        self.file_facts()
    }
}

impl Drop for Sqlite {
    /// Copies a write-ahead log that has grown long into the file, and begins it anew.
    ///
    /// The engine copies after each commit as far as no reader is behind, and begins anew when nobody
    /// reads: in a shop where somebody always does, neither comes to its end, and the log would grow for
    /// as long as they go on. Here new readers need the log no more, and the others are waited for.
    fn drop(&mut self) {
        let log = self.connection.path().map(|path| fs::metadata(format!("{path}-wal")));
        let is_long = log.is_some_and(|log| log.is_ok_and(|log| log.len() > LOG_BYTES_MAX));
        if is_long && self.connection.busy_timeout(LOG_PATIENCE).is_ok() {
            // A reader who takes longer leaves it to the next one who closes.
            let _ = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        }
    }
}

struct SqliteRow<'a>(&'a rusqlite::Row<'a>);

impl Columns for SqliteRow<'_> {
    fn column(&self, index: usize) -> Value<'_> {
        match self.0.get_ref(index) {
            Ok(ValueRef::Integer(integer)) => Value::Integer(integer),
            // Text that is none was written by another program: whoever wants text will say so.
            Ok(ValueRef::Text(bytes)) => match str::from_utf8(bytes) {
                Ok(text) => Value::Text(text.into()),
                Err(_) => Value::Blob(bytes),
            },
            Ok(ValueRef::Blob(bytes)) => Value::Blob(bytes),
            Ok(ValueRef::Null | ValueRef::Real(_)) | Err(_) => Value::Null,
        }
    }
}

/// Refuses a file on a network file system.
///
/// SQLite's write-ahead log is shared memory between processes of one machine; over a network two
/// machines would each see their own, and commits would be lost without a word.
fn refuse_network(path: &Path) -> Result<(), OpenError> {
    let kind = statfs(path).map_err(|error| OpenError::Disk(error.to_string()))?.filesystem_type();
    match network_name(kind) {
        Some(name) => Err(OpenError::Network(name)),
        None => Ok(()),
    }
}

fn network_name(kind: FsType) -> Option<&'static str> {
    const CIFS: i64 = 0xff53_4d42;
    const SMB2: i64 = 0xfe53_4d42;
    const CEPH: i64 = 0x00c3_6400;
    match kind {
        NFS_SUPER_MAGIC => Some("NFS"),
        SMB_SUPER_MAGIC => Some("SMB"),
        AFS_SUPER_MAGIC => Some("AFS"),
        CODA_SUPER_MAGIC => Some("Coda"),
        NCP_SUPER_MAGIC => Some("NCP"),
        FsType(CIFS | SMB2) => Some("SMB"),
        FsType(CEPH) => Some("Ceph"),
        _ => None,
    }
}

/// Refuses a file that does not begin as SQLite's do, before SQLite itself touches it.
fn refuse_foreign(path: &Path) -> Result<(), OpenError> {
    let mut head = Vec::with_capacity(16);
    File::open(path)
        .and_then(|file| file.take(16).read_to_end(&mut head))
        .map_err(|error| OpenError::Disk(error.to_string()))?;
    if head == b"SQLite format 3\0" { Ok(()) } else { Err(OpenError::Foreign) }
}

/// Returns the permission bits of the store's file if group or others may use it.
pub fn loose_mode(path: &Path) -> Option<u32> {
    fs::metadata(path).ok().map(|metadata| metadata.mode() & 0o777).filter(|mode| mode & 0o077 != 0)
}

fn classify(error: rusqlite::Error) -> DriverError {
    let rusqlite::Error::SqliteFailure(code, message) = &error else {
        return DriverError::Unexpected(error.to_string());
    };
    let words = message.clone().unwrap_or_else(|| code.to_string());
    match (code.code, code.extended_code) {
        (ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _) => DriverError::Busy,
        (
            _,
            rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE | rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY,
        ) => DriverError::Duplicate(
            words.trim_start_matches("UNIQUE constraint failed: ").to_owned(),
        ),
        (ErrorCode::ConstraintViolation, _) => DriverError::Guarded(words),
        (ErrorCode::DiskFull, _) => DriverError::DiskFull,
        (ErrorCode::ReadOnly | ErrorCode::PermissionDenied, _) => DriverError::ReadOnly,
        (ErrorCode::CannotOpen, _) => DriverError::ReadOnly,
        (ErrorCode::SystemIoFailure, _) => DriverError::Disk(words),
        (ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase, _) => DriverError::Corrupt(words),
        _ => DriverError::Unexpected(words),
    }
}

impl From<DriverError> for OpenError {
    fn from(error: DriverError) -> OpenError {
        match error {
            DriverError::Corrupt(words) => OpenError::Corrupt(words),
            other => OpenError::Store(StoreError::Driver(other)),
        }
    }
}

#[cfg(test)]
mod tests;
