//! The schema's versions, carried in the binary and applied in order.

use super::driver::{Access, Driver, DriverError, values};
use super::sqlite::Sqlite;
use crate::domain::email::Email;

/// The schema files; the first makes version 1. A released one is never edited.
pub(super) const STEPS: [&str; 8] = [
    include_str!("schema/sqlite/0001_shop.sql"),
    include_str!("schema/sqlite/0002_subscription_life.sql"),
    include_str!("schema/sqlite/0003_invoice_life.sql"),
    include_str!("schema/sqlite/0004_passwords.sql"),
    include_str!("schema/sqlite/0005_agreements.sql"),
    include_str!("schema/sqlite/0006_licences.sql"),
    include_str!("schema/sqlite/0007_copies.sql"),
    include_str!("schema/sqlite/0008_licensees.sql"),
];

/// The version this program writes.
pub const NEWEST: i64 = STEPS.len() as i64;

/// The first version in which the key of a login is the same whether its domain is written in letters or
/// in Punycode.
const DOMAINS_IN_LETTERS: i64 = 4;

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
        if from < DOMAINS_IN_LETTERS {
            renew_login_keys(sqlite)?;
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

/// Gives each login the key that its address has today.
///
/// Where that is another login's, both stay as they are: only people can tell which of two customers the
/// address belongs to, and a store that cannot be opened helps neither.
fn renew_login_keys(sqlite: &Sqlite) -> Result<(), DriverError> {
    let mut renewed: Vec<(i64, String)> = Vec::new();
    sqlite.query("SELECT id, email, email_key FROM login ORDER BY id", &[], &mut |row| {
        let (email, key): (String, String) = (row.get(1)?, row.get(2)?);
        if let Some(today) = email.parse().ok().map(|email: Email| email.key())
            && today != key
        {
            renewed.push((row.get(0)?, today));
        }
        Ok(())
    })?;
    for (id, key) in renewed {
        sqlite.execute(
            "UPDATE login SET email_key = $2
             WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM login o WHERE o.email_key = $2)",
            values![id, key],
        )?;
    }
    Ok(())
}
