//! What the store asks of a database engine: begin, execute, query, and values in and out.
//!
//! Statements are written once, in what SQLite and PostgreSQL share, with parameters `$1`, `$2`, …
//! in the order of the values given. An engine holds no statement of the shop's.

use std::borrow::Cow;
use std::fmt;
use std::path::Path;

use chrono::NaiveDate;

use crate::domain::money::{Money, VatRate};

/// One value of a row or a parameter.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    Null,
    Integer(i64),
    Text(Cow<'a, str>),
    Blob(&'a [u8]),
}

/// How a transaction means to use the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    Read,
    Write,
}

/// A database engine with one connection.
pub trait Driver {
    /// Begins a transaction; one that writes holds the write lock from here on.
    fn begin(&self, access: Access) -> Result<(), DriverError>;

    /// Sees to it that all that was committed lies in the store's own file, which may then be moved.
    fn settle(&self) -> Result<(), DriverError>;

    /// Runs one statement and returns the number of rows it changed.
    fn execute(&self, sql: &str, values: &[Value<'_>]) -> Result<usize, DriverError>;

    /// Runs one query and hands each row to `each`, until there are no more or it errors.
    fn query(
        &self,
        sql: &str,
        values: &[Value<'_>],
        each: &mut dyn FnMut(&Row<'_>) -> Result<(), DriverError>,
    ) -> Result<(), DriverError>;

    /// Copies the store as the transaction at hand sees it into the empty file at `path`; others read and
    /// write meanwhile. `progress` is told how much of how much is done.
    fn copy_to(&self, path: &Path, progress: &mut dyn FnMut(u64, u64)) -> Result<(), DriverError>;

    /// Looks through the whole file for what the engine itself would call damaged.
    fn find_damage(&self, each: &mut dyn FnMut(Damage)) -> Result<(), DriverError>;

    fn about_file(&self) -> Result<FileFacts, DriverError>;
}

/// Something that the engine finds damaged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Damage {
    /// The engine's own words.
    Structure(String),
    /// A row refers to one that is not there.
    Reference { table: String, row: Option<i64>, to: String },
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Damage::Structure(words) => f.write_str(words),
            Damage::Reference { table, row: Some(row), to } => {
                write!(f, "row {row} of {table} refers to a row of {to} that is missing")
            }
            Damage::Reference { table, row: None, to } => {
                write!(f, "a row of {table} refers to a row of {to} that is missing")
            }
        }
    }
}

/// What a store's file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFacts {
    pub bytes: i64,
    pub schema: i64,
    pub application_id: i64,
    pub journal: String,
    pub engine: String,
}

/// Access to the columns of the row at hand.
pub trait Columns {
    fn column(&self, index: usize) -> Value<'_>;
}

/// A row of an answer, read by position.
pub struct Row<'a>(pub &'a dyn Columns);

impl Row<'_> {
    /// Returns the value of column `index` as it lies there.
    pub fn column(&self, index: usize) -> Value<'_> {
        self.0.column(index)
    }

    /// Returns column `index` as a `T`.
    ///
    /// Errors when the column holds something else: the store was altered by another program.
    pub fn get<T: FromValue>(&self, index: usize) -> Result<T, DriverError> {
        T::from_value(self.0.column(index)).ok_or_else(|| {
            DriverError::Corrupt(format!("column {index} holds what no {} is", T::NAME))
        })
    }

    /// Returns column `index` read by `FromStr`, as numbers, addresses and kinds are stored.
    pub fn parse<T: std::str::FromStr>(&self, index: usize) -> Result<T, DriverError> {
        let Value::Text(text) = self.0.column(index) else {
            return Err(DriverError::Corrupt(format!("column {index} holds no text")));
        };
        text.parse().map_err(|_| DriverError::Corrupt(format!("column {index} holds `{text}`")))
    }

    /// Returns column `index` read by `FromStr`, or `None` where it is null.
    pub fn parse_optional<T: std::str::FromStr>(
        &self,
        index: usize,
    ) -> Result<Option<T>, DriverError> {
        match self.0.column(index) {
            Value::Null => Ok(None),
            _ => self.parse(index).map(Some),
        }
    }
}

/// A type that a column can hold.
pub trait FromValue: Sized {
    const NAME: &'static str;
    fn from_value(value: Value<'_>) -> Option<Self>;
}

impl FromValue for i64 {
    const NAME: &'static str = "integer";
    fn from_value(value: Value<'_>) -> Option<i64> {
        match value {
            Value::Integer(integer) => Some(integer),
            _ => None,
        }
    }
}

impl FromValue for u32 {
    const NAME: &'static str = "count";
    fn from_value(value: Value<'_>) -> Option<u32> {
        i64::from_value(value)?.try_into().ok()
    }
}

impl FromValue for bool {
    const NAME: &'static str = "truth";
    fn from_value(value: Value<'_>) -> Option<bool> {
        match value {
            Value::Integer(0) => Some(false),
            Value::Integer(1) => Some(true),
            _ => None,
        }
    }
}

impl FromValue for String {
    const NAME: &'static str = "text";
    fn from_value(value: Value<'_>) -> Option<String> {
        match value {
            Value::Text(text) => Some(text.into_owned()),
            _ => None,
        }
    }
}

impl FromValue for Vec<u8> {
    const NAME: &'static str = "bytes";
    fn from_value(value: Value<'_>) -> Option<Vec<u8>> {
        match value {
            Value::Blob(bytes) => Some(bytes.to_vec()),
            _ => None,
        }
    }
}

impl FromValue for NaiveDate {
    const NAME: &'static str = "date";
    fn from_value(value: Value<'_>) -> Option<NaiveDate> {
        match value {
            Value::Text(text) => NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok(),
            _ => None,
        }
    }
}

impl FromValue for Money {
    const NAME: &'static str = "amount in öre";
    fn from_value(value: Value<'_>) -> Option<Money> {
        i64::from_value(value).map(Money::from_ore)
    }
}

impl FromValue for VatRate {
    const NAME: &'static str = "VAT rate";
    fn from_value(value: Value<'_>) -> Option<VatRate> {
        i64::from_value(value).and_then(VatRate::new)
    }
}

impl<T: FromValue> FromValue for Option<T> {
    const NAME: &'static str = T::NAME;
    fn from_value(value: Value<'_>) -> Option<Option<T>> {
        match value {
            Value::Null => Some(None),
            other => T::from_value(other).map(Some),
        }
    }
}

/// A type that can be given as a parameter.
pub trait ToValue {
    fn to_value(&self) -> Value<'_>;
}

impl ToValue for i64 {
    fn to_value(&self) -> Value<'_> {
        Value::Integer(*self)
    }
}

impl ToValue for u32 {
    fn to_value(&self) -> Value<'_> {
        Value::Integer(i64::from(*self))
    }
}

impl ToValue for bool {
    fn to_value(&self) -> Value<'_> {
        Value::Integer(i64::from(*self))
    }
}

impl ToValue for str {
    fn to_value(&self) -> Value<'_> {
        Value::Text(Cow::Borrowed(self))
    }
}

impl ToValue for String {
    fn to_value(&self) -> Value<'_> {
        Value::Text(Cow::Borrowed(self))
    }
}

impl ToValue for [u8] {
    fn to_value(&self) -> Value<'_> {
        Value::Blob(self)
    }
}

impl ToValue for NaiveDate {
    fn to_value(&self) -> Value<'_> {
        Value::from(*self)
    }
}

impl ToValue for Money {
    fn to_value(&self) -> Value<'_> {
        Value::Integer(self.ore())
    }
}

impl<T: ToValue + ?Sized> ToValue for &T {
    fn to_value(&self) -> Value<'_> {
        (**self).to_value()
    }
}

impl<T: ToValue> ToValue for Option<T> {
    fn to_value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, ToValue::to_value)
    }
}

impl From<i64> for Value<'_> {
    fn from(integer: i64) -> Self {
        Value::Integer(integer)
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Value::Text(Cow::Borrowed(text))
    }
}

impl From<NaiveDate> for Value<'_> {
    fn from(day: NaiveDate) -> Self {
        Value::Text(Cow::Owned(day.to_string()))
    }
}

/// Makes the values of a statement's parameters, in the order of their numbers.
macro_rules! values {
    ($($value:expr),* $(,)?) => {
        &[$($crate::store::driver::ToValue::to_value(&$value)),*]
    };
}
pub(crate) use values;

/// Why an engine refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DriverError {
    /// Somebody else held the lock for longer than the wait.
    Busy,
    /// A row with the same unique key is there; the text names table and columns.
    Duplicate(String),
    /// The disk is full, or a quota is reached.
    DiskFull,
    /// The file, or the folder it lies in, may not be written.
    ReadOnly,
    /// Reading or writing the file failed.
    Disk(String),
    /// What was read is not what this program wrote.
    Corrupt(String),
    /// Another file has taken the store's place since it was opened.
    Replaced,
    /// A guard of the schema refused.
    Guarded(String),
    /// Anything else: a defect of this program.
    Unexpected(String),
}

impl fmt::Display for DriverError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DriverError::Busy => f.write_str("the store is in use by another command"),
            DriverError::Duplicate(what) => write!(f, "it is there already ({what})"),
            DriverError::DiskFull => f.write_str("the disk is full"),
            DriverError::ReadOnly => f.write_str("the store may not be written"),
            DriverError::Disk(words) => write!(f, "reading or writing the store failed: {words}"),
            DriverError::Corrupt(words) => write!(f, "the store is damaged: {words}"),
            DriverError::Replaced => {
                f.write_str("the store was restored or replaced while this command ran")
            }
            DriverError::Guarded(words) => write!(f, "the store refused: {words}"),
            DriverError::Unexpected(words) => write!(f, "the store failed: {words}"),
        }
    }
}

impl std::error::Error for DriverError {}
