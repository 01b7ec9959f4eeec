//! The schema's versions, carried in the binary and applied in order.

use super::driver::{Access, Driver, DriverError};
use super::sqlite::Sqlite;

/// The schema files; the first makes version 1. A released one is never edited.
pub(super) const STEPS: [&str; 4] = [
    include_str!("schema/sqlite/0001_shop.sql"),
    include_str!("schema/sqlite/0002_subscription_life.sql"),
    include_str!("schema/sqlite/0003_invoice_life.sql"),
    include_str!("schema/sqlite/0004_passwords.sql"),
];

/// The version this program writes.
pub const NEWEST: i64 = STEPS.len() as i64;

/// Brings the schema to the newest version, all in one transaction.
///
/// Reads the version it starts from under the lock: another process may have been first.
pub fn run(sqlite: &Sqlite) -> Result<(), DriverError> {
    sqlite.begin(Access::Write)?;
    let done = (|| {
        let from = sqlite.version()?;
        for step in &STEPS[usize::try_from(from).unwrap_or(STEPS.len())..] {
            sqlite.execute_schema(step)?;
        }
        sqlite.set_version(NEWEST)?;
        sqlite.execute("COMMIT", &[])
    })();
    if done.is_err() {
        // The first failure is the one to tell of; a rollback that fails too changes nothing.
        let _ = sqlite.execute("ROLLBACK", &[]);
    }
    done.map(|_| ())
}
