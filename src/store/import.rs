//! Imports of accounts: rows staged in a temporary table, judged, written, and undone.
//!
//! A whole file is read and checked before the write lock is taken. Staged rows are read back in the
//! order of the file: in the order of their numbers each would be fetched from another page.

mod member;
mod record;
mod staging;
mod subscription;
mod undo;

use super::driver::{Row, Value, values};
use super::{DriverError, StoreError, Tx};
use crate::domain::account::{Account, AccountError, AccountId, Field, Profile};
use crate::domain::import;
use crate::domain::org_number::OrgNumber;
use crate::domain::text::shell_word;

pub use self::member::{MemberRow, MissingMember};
pub use self::record::ImportRecord;
pub use self::staging::RowProblem;
pub use self::subscription::TakeOverRow;
pub(super) use self::undo::former_profile;

/// What becomes of rows whose organisation number has an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Equal rows count as unchanged; others are refused.
    CreateOnly,
    /// Accounts are updated from the row.
    Update,
}

/// A staged row with what the store holds about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountRow {
    pub line: i64,
    pub row: import::Row,
    pub existing: Option<Account>,
    /// The account that has the row's login.
    login_account: Option<AccountId>,
    /// The account that the row's number leads to: it was merged into that one, or is its former number.
    successor: Option<Account>,
}

/// How a written row counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    Created,
    Updated,
    Unchanged,
}

const STAGED_COLUMNS: [Field; 11] = [
    Field::Name,
    Field::Contact,
    Field::InvoiceEmail,
    Field::CareOf,
    Field::Street,
    Field::PostalCode,
    Field::City,
    Field::Country,
    Field::Language,
    Field::Reference,
    Field::VatNumber,
];

/// The query for those staged rows of which something holds, with what the store knows about them.
macro_rules! staged {
    ($condition:literal) => {
        concat!(
            "SELECT r.line, r.org_number, r.email, r.member, r.name, r.contact, r.invoice_email,
                 r.care_of, r.street, r.postal_code, r.city, r.country, r.language, r.reference,
                 r.vat_number, l.account_id, a.id, coalesce(a.successor_id, f.account_id)
             FROM import_row r
             LEFT JOIN account a ON a.org_number = r.org_number
             LEFT JOIN login l ON l.email_key = r.email_key
             LEFT JOIN former_org_number f ON f.org_number = r.org_number
             WHERE ",
            $condition,
            " ORDER BY r.line LIMIT $2"
        )
    };
}

impl Tx<'_> {
    /// Stages one checked row.
    pub fn stage_row(&self, line: i64, row: &import::Row) -> Result<(), StoreError> {
        let cell = |field: Field| row.given.contains(&field).then(|| row.profile.get(field));
        let [
            name,
            contact,
            invoice_email,
            care_of,
            street,
            postal_code,
            city,
            country,
            language,
            reference,
            vat_number,
        ] = STAGED_COLUMNS.map(cell);
        self.execute(
            "INSERT INTO import_row (line, org_number, email, email_key, member, name, contact,
                 invoice_email, care_of, street, postal_code, city, country, language, reference,
                 vat_number)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
            values![
                line,
                *row.org_number.digits(),
                row.login.as_ref().map(|email| email.as_str().to_owned()),
                row.login.as_ref().map(|email| email.key()),
                row.is_member,
                name,
                contact,
                invoice_email,
                care_of,
                street,
                postal_code,
                city,
                country,
                language,
                reference,
                vat_number,
            ],
        )?;
        Ok(())
    }

    /// Finds every problem that staged rows have with one another or with the store.
    ///
    /// Of rows that share a number or a login the first is good, the later ones are not.
    pub fn judge_staged(&self, mode: Mode) -> Result<(), StoreError> {
        self.each(
            "SELECT r.line, r.org_number, f.line FROM import_row r
             JOIN (SELECT org_number, min(line) AS line FROM import_row
                 GROUP BY org_number HAVING count(*) > 1) f ON f.org_number = r.org_number
             WHERE r.line > f.line ORDER BY r.line",
            &[],
            &mut |row| {
                let value = row.parse::<OrgNumber>(1)?.to_string();
                let reason = format!("it stands on line {} already", row.get::<i64>(2)?);
                let field = Field::OrgNumber.as_str();
                self.stage_problem(&RowProblem::new(row.get(0)?, field, value, reason))
            },
        )?;
        self.each(
            "SELECT r.line, r.email, f.line FROM import_row r
             JOIN (SELECT email_key, min(line) AS line FROM import_row WHERE email_key IS NOT NULL
                 GROUP BY email_key HAVING count(*) > 1) f ON f.email_key = r.email_key
             WHERE r.line > f.line ORDER BY r.line",
            &[],
            &mut |row| {
                let reason = format!(
                    "it stands on line {} already; each account has a login of its own",
                    row.get::<i64>(2)?
                );
                let field = Field::Email.as_str();
                self.stage_problem(&RowProblem::new(row.get(0)?, field, row.get(1)?, reason))
            },
        )?;
        let mut after = 0;
        loop {
            let page = self.doubtful_rows(after, 1000)?;
            let Some(last) = page.last() else { return Ok(()) };
            after = last.line;
            for row in &page {
                if let Err(problem) = self.judge(row, mode)? {
                    self.stage_problem(&problem)?;
                }
            }
        }
    }

    /// Returns staged rows in the order of the file, those after line `after`, at most `limit`.
    pub fn staged_rows(&self, after: i64, limit: i64) -> Result<Vec<AccountRow>, StoreError> {
        self.staged(staged!("r.line > $1"), after, limit)
    }

    /// Returns those of the staged rows that the store knows something about, or that say too little to
    /// make an account: any other row is good.
    fn doubtful_rows(&self, after: i64, limit: i64) -> Result<Vec<AccountRow>, StoreError> {
        let sql = staged!(
            "r.line > $1 AND (a.id IS NOT NULL OR l.account_id IS NOT NULL
                 OR f.account_id IS NOT NULL OR r.name IS NULL OR r.email IS NULL)"
        );
        self.staged(sql, after, limit)
    }

    fn staged(&self, sql: &str, after: i64, limit: i64) -> Result<Vec<AccountRow>, StoreError> {
        let page = self.rows(sql, values![after, limit], |row| {
            Ok((read_staged_row(row)?, row.get::<Option<i64>>(16)?, row.get::<Option<i64>>(17)?))
        })?;
        let account = |id: Option<i64>| id.map(|id| self.account_by_id(AccountId(id))).transpose();
        page.into_iter()
            .map(|(row, existing, successor)| {
                Ok(AccountRow {
                    existing: account(existing)?,
                    successor: account(successor)?,
                    ..row
                })
            })
            .collect()
    }

    /// Says whether writing a staged row would change anything.
    pub fn row_changes(&self, row: &AccountRow) -> bool {
        let existing = row.existing.as_ref();
        existing.is_none_or(|account| row.row.differs_in(account, self.today()).is_some())
    }

    /// Says whether a row can be written, as the store now stands.
    ///
    /// R10: the invoice details of an account with anything running are not changed by a file.
    fn judge(&self, row: &AccountRow, mode: Mode) -> Result<Result<(), RowProblem>, StoreError> {
        if let Err(problem) = judge(row, mode, self.today()) {
            return Ok(Err(problem));
        }
        let Some(existing) = &row.existing else { return Ok(Ok(())) };
        let Some(field) = row.row.rebills(existing) else { return Ok(Ok(())) };
        if !self.has_running_subscriptions(existing.id)? {
            return Ok(Ok(()));
        }
        let value = row.row.profile.get(field).to_owned();
        let reason = format!(
            "the account has a subscription running, whose invoice details the office changes: \
             `shopctl account billing {} {} {} --reason TEXT`",
            existing.org_number,
            field.flag(),
            shell_word(&value)
        );
        Ok(Err(RowProblem::new(row.line, field.as_str(), value, reason)))
    }

    /// Writes one staged row: creates its account, or updates it.
    ///
    /// Errors when the row is no longer good: the store has changed since it was checked.
    pub fn write_row(&self, row: AccountRow, mode: Mode) -> Result<Counted, StoreError> {
        if let Err(problem) = self.judge(&row, mode)? {
            return Err(StoreError::Changed {
                noun: "account",
                key: format!("{} (line {}: {})", row.row.org_number, row.line, problem.reason),
            });
        }
        let Some(existing) = row.existing else {
            let new = row.row.into_new_account().map_err(|(_, error)| {
                DriverError::Unexpected(format!("a checked row was refused: {error}"))
            })?;
            self.insert_account(&new)?;
            return Ok(Counted::Created);
        };
        let mut profile = existing.profile.clone();
        row.row.write_to(&mut profile);
        self.edit_account(&existing, &profile)?;
        let is_member = existing.is_member_on(self.today());
        if let Some(wanted) = row.row.is_member.filter(|wanted| *wanted != is_member) {
            self.set_membership(&existing, wanted, self.today())?;
        }
        Ok(Counted::Updated)
    }
}

/// Returns an account as the reason of a refusal names it.
fn called(account: &Account) -> String {
    format!("{}, {}", account.org_number, account.profile.name)
}

/// Says whether a row can be written to the account it found.
fn judge(row: &AccountRow, mode: Mode, today: chrono::NaiveDate) -> Result<(), RowProblem> {
    let problem = |field: Field, value: String, reason: String| {
        Err(RowProblem::new(row.line, field.as_str(), value, reason))
    };
    let login = || row.row.login.as_ref().map(|email| email.to_string()).unwrap_or_default();
    let Some(existing) = &row.existing else {
        if let Some(account) = &row.successor {
            let reason = format!("it is the former number of {}", called(account));
            return problem(Field::OrgNumber, row.row.org_number.to_string(), reason);
        }
        if let Err((field, error)) = row.row.check_new() {
            return problem(field, String::new(), error.to_string());
        }
        if row.login_account.is_some() {
            return problem(Field::Email, login(), "it is the login of another account".to_owned());
        }
        return Ok(());
    };
    let differs_in = row.row.differs_in(existing, today);
    if let Some(day) = existing.closed_on.filter(|_| differs_in.is_some()) {
        let reason = match &row.successor {
            Some(account) => format!("the account was merged into {}", called(account)),
            None => AccountError::Closed(day).to_string(),
        };
        return problem(Field::OrgNumber, existing.org_number.to_string(), reason);
    }
    if row.row.other_login(existing) {
        let reason = "the account has another login, and an import changes no login".to_owned();
        return problem(Field::Email, login(), reason);
    }
    match differs_in {
        Some(field) if mode == Mode::CreateOnly => {
            let reason = format!("the account exists and differs in {field}; use --update");
            problem(Field::OrgNumber, existing.org_number.to_string(), reason)
        }
        _ => Ok(()),
    }
}

/// Reads a staged row; what the store holds about it is left out.
fn read_staged_row(row: &Row<'_>) -> Result<AccountRow, DriverError> {
    let mut given = Vec::with_capacity(STAGED_COLUMNS.len());
    for (position, field) in STAGED_COLUMNS.into_iter().enumerate() {
        if row.column(4 + position) != Value::Null {
            given.push(field);
        }
    }
    let profile = Profile {
        name: row.get::<Option<String>>(4)?.unwrap_or_default(),
        contact: row.get(5)?,
        invoice_email: row.parse_optional(6)?,
        care_of: row.get(7)?,
        street: row.get(8)?,
        postal_code: row.get(9)?,
        city: row.get(10)?,
        country: row.parse_optional(11)?.unwrap_or_default(),
        language: row.parse_optional(12)?.unwrap_or_default(),
        reference: row.get(13)?,
        vat_number: row.parse_optional(14)?,
        ..Profile::default()
    };
    Ok(AccountRow {
        line: row.get(0)?,
        row: import::Row {
            org_number: row.parse(1)?,
            login: row.parse_optional(2)?,
            is_member: row.get(3)?,
            profile,
            given,
        },
        existing: None,
        successor: None,
        login_account: row.get::<Option<i64>>(15)?.map(AccountId),
    })
}

#[cfg(test)]
mod tests;
