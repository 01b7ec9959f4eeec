//! Lists of members: whose membership begins or ends by them.

use chrono::NaiveDate;

use super::super::driver::values;
use super::super::{StoreError, Tx};
use super::Counted;
use super::staging::RowProblem;
use crate::domain::account::{AccountError, AccountId, AccountKey};
use crate::domain::import::member::{Field, Row};
use crate::domain::org_number::OrgNumber;

/// A staged row: whether an account shall be a member from a day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemberRow {
    pub line: i64,
    account: AccountId,
    is_member: bool,
    from: NaiveDate,
}

/// An account that is a member and does not stand in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingMember {
    pub account: AccountId,
    pub org_number: OrgNumber,
    pub name: String,
}

impl Tx<'_> {
    /// Stages a row of the list, or returns why it is refused or passed over.
    ///
    /// One who is no member on `from` becomes one on the row's own day, or else on `from`; membership
    /// ends on `from`.
    pub fn stage_member(
        &self,
        line: i64,
        row: &Row,
        from: NaiveDate,
    ) -> Result<Option<RowProblem>, StoreError> {
        let field = Field::OrgNumber.as_str();
        let value = row.org_number.to_string();
        let account = match self.account_led_to(&row.org_number)? {
            None => {
                let reason = "there is no account with this number".to_owned();
                return Ok(Some(RowProblem::passed_over(line, field, value, reason)));
            }
            // That the former organisation is no member says nothing of the one it became.
            Some((_, Some(succession))) if !row.is_member => {
                let reason = succession.to_string();
                return Ok(Some(RowProblem::passed_over(line, field, value, reason)));
            }
            Some((_, Some(succession))) => {
                let key = AccountKey::OrgNumber(succession.successor);
                self.account(&key)?
            }
            Some((account, None)) => account,
        };
        if let Some(day) = account.closed_on {
            let reason = AccountError::Closed(day).to_string();
            return Ok(Some(RowProblem::passed_over(line, field, value, reason)));
        }
        let begins = row.is_member && !account.is_member_on(from);
        let from = match row.from.filter(|_| begins) {
            // What is recorded of former memberships stands.
            Some(day) => account
                .memberships
                .iter()
                .filter_map(|membership| membership.to.filter(|to| *to <= from))
                .fold(day, NaiveDate::max),
            None => from,
        };
        let is_changed = account.is_member_on(from) != row.is_member;
        let later = account.memberships.iter().find(|membership| membership.from > from);
        if let Some(later) = later.filter(|_| is_changed) {
            let reason = format!(
                "a membership from {} is recorded, and a change from {from} would overlap it",
                later.from
            );
            return Ok(Some(RowProblem::new(line, field, value, reason)));
        }
        self.stage_membership(line, account.id, row.is_member, from)?;
        Ok(None)
    }

    /// Stages, on a line after those of the file, that a member which does not stand in it is one no
    /// longer.
    pub fn stage_missing(
        &self,
        line: i64,
        member: &MissingMember,
        from: NaiveDate,
    ) -> Result<(), StoreError> {
        self.stage_membership(line, member.account, false, from)
    }

    fn stage_membership(
        &self,
        line: i64,
        account: AccountId,
        is_member: bool,
        from: NaiveDate,
    ) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO import_row (line, account_id, member, from_on) VALUES ($1, $2, $3, $4)",
            values![line, account.0, is_member, from],
        )?;
        Ok(())
    }

    /// Finds the rows that contradict an earlier one about the same account.
    pub fn judge_members(&self) -> Result<(), StoreError> {
        self.each(
            "SELECT r.line, a.org_number, min(f.line) FROM import_row r
             JOIN import_row f ON f.account_id = r.account_id
                 AND f.line < r.line AND f.member <> r.member
             JOIN account a ON a.id = r.account_id
             GROUP BY r.line, a.org_number ORDER BY r.line",
            &[],
            &mut |row| {
                let value = row.parse::<OrgNumber>(1)?.to_string();
                let reason = format!("line {} says otherwise of it", row.get::<i64>(2)?);
                let field = Field::OrgNumber.as_str();
                self.stage_problem(&RowProblem::new(row.get(0)?, field, value, reason))
            },
        )
    }

    /// Returns the open accounts that are members on `day` and that no row of the file is about, by
    /// name.
    pub fn missing_members(&self, day: NaiveDate) -> Result<Vec<MissingMember>, StoreError> {
        self.rows(
            "SELECT a.id, a.org_number, a.name FROM account a
             WHERE a.closed_on IS NULL
                 AND EXISTS (SELECT 1 FROM membership m WHERE m.account_id = a.id
                     AND m.from_on <= $1 AND (m.to_on IS NULL OR m.to_on > $1))
                 AND a.id NOT IN (SELECT account_id FROM import_row)
             ORDER BY a.name_key, a.id",
            values![day],
            |row| {
                Ok(MissingMember {
                    account: AccountId(row.get(0)?),
                    org_number: row.parse(1)?,
                    name: row.get(2)?,
                })
            },
        )
    }

    /// Returns how many memberships the staged rows would end.
    pub fn count_ending(&self) -> Result<i64, StoreError> {
        self.integer(
            "SELECT count(DISTINCT r.account_id) FROM import_row r
             JOIN membership m ON m.account_id = r.account_id
             WHERE r.member = 0 AND m.from_on <= r.from_on
                 AND (m.to_on IS NULL OR m.to_on > r.from_on)",
            &[],
        )
    }

    /// Returns how many open accounts are members on `day`.
    pub fn count_members(&self, day: NaiveDate) -> Result<i64, StoreError> {
        self.integer(
            "SELECT count(DISTINCT m.account_id) FROM membership m
             JOIN account a ON a.id = m.account_id
             WHERE a.closed_on IS NULL AND m.from_on <= $1 AND (m.to_on IS NULL OR m.to_on > $1)",
            values![day],
        )
    }

    /// Returns staged rows in the order of the file, those after line `after`, at most `limit`.
    pub fn staged_members(&self, after: i64, limit: i64) -> Result<Vec<MemberRow>, StoreError> {
        self.rows(
            "SELECT line, account_id, member, from_on FROM import_row
             WHERE line > $1 ORDER BY line LIMIT $2",
            values![after, limit],
            |row| {
                Ok(MemberRow {
                    line: row.get(0)?,
                    account: AccountId(row.get(1)?),
                    is_member: row.get(2)?,
                    from: row.get(3)?,
                })
            },
        )
    }

    /// Says whether writing a staged row would change anything.
    pub fn membership_changes(&self, row: &MemberRow) -> Result<bool, StoreError> {
        Ok(self.account_by_id(row.account)?.is_member_on(row.from) != row.is_member)
    }

    /// Writes one staged row that changes something.
    pub fn write_member(&self, row: &MemberRow) -> Result<Counted, StoreError> {
        let account = self.account_by_id(row.account)?;
        if let Some(day) = account.closed_on {
            return Err(StoreError::InUse(AccountError::Closed(day).to_string()));
        }
        self.set_membership(&account, row.is_member, row.from)?;
        Ok(if row.is_member { Counted::Created } else { Counted::Updated })
    }
}
