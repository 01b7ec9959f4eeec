//! `account import --members`: memberships begin and end by the association's own list.
//!
//! An organisation that stands in the list and has no account is passed over, since most members buy
//! nothing here. What a list must not do by mistake, such as half a file, is end many memberships.

use anyhow::Result;
use chrono::NaiveDate;

use super::file::{Cells, Table};
use crate::domain::import::ImportKind;
use crate::domain::import::member::{Field, Row};
use crate::error::Failure;
use crate::render::csv::fields::{ACCOUNT_FIELDS, FieldSpec, MEMBER_FIELDS};
use crate::render::sheet::{Cell, Grid, Sheet, column};
use crate::store::{Counted, ImportRecord, MemberRow, MissingMember, RowProblem, Tx};

/// How many that are missing are told one by one.
const MISSING_SHOWN: usize = 50;

/// So many may always end without being foreseen, and beyond them this share in per cent.
const UNFORESEEN_MAX: i64 = 10;
const UNFORESEEN_PERCENT: i64 = 5;

#[derive(Clone)]
pub struct MemberTable {
    from: NaiveDate,
    ends_missing: bool,
    max: Option<i64>,
    /// The last line that was read.
    last_line: i64,
    /// How many were members before the list was read.
    members: i64,
    passed_over: i64,
    ending: i64,
    missing: Vec<MissingMember>,
}

impl MemberTable {
    pub fn new(from: NaiveDate, ends_missing: bool, max: Option<i64>) -> MemberTable {
        MemberTable {
            from,
            ends_missing,
            max,
            last_line: 0,
            members: 0,
            passed_over: 0,
            ending: 0,
            missing: Vec::new(),
        }
    }
}

impl Table for MemberTable {
    type Row = MemberRow;
    const KIND: ImportKind = ImportKind::Members;
    const FIELDS: &'static [FieldSpec] = &MEMBER_FIELDS;
    const PASSED_OVER: &'static [FieldSpec] = &ACCOUNT_FIELDS;

    fn required(&self) -> &'static [&'static str] {
        &["org_number"]
    }

    fn stage(&mut self, tx: &Tx<'_>, line: i64, cells: &Cells<'_>) -> Result<Vec<RowProblem>> {
        self.last_line = line;
        let given = Field::ALL
            .into_iter()
            .filter_map(|field| cells.get(field.as_str()).map(|cell| (field, cell)));
        match Row::read(given) {
            Ok(row) => {
                let problem = tx.stage_member(line, &row, self.from)?;
                let is_passed_over = problem.as_ref().is_some_and(|problem| !problem.is_refused);
                self.passed_over += i64::from(is_passed_over);
                Ok(problem.into_iter().collect())
            }
            Err(errors) => Ok(errors
                .into_iter()
                .map(|(field, reason)| cells.problem(line, field.as_str(), reason))
                .collect()),
        }
    }

    fn judge(&mut self, tx: &Tx<'_>) -> Result<()> {
        tx.judge_members()?;
        self.members = tx.count_members(self.from)?;
        self.missing = tx.missing_members(self.from)?;
        self.ending = tx.count_ending()?;
        if self.ends_missing {
            for (member, line) in self.missing.iter().zip(self.last_line + 1..) {
                tx.stage_missing(line, member, self.from)?;
            }
            self.ending += self.missing.len() as i64;
        }
        Ok(())
    }

    fn warnings(&self) -> Vec<String> {
        if self.ends_missing || self.missing.is_empty() {
            return Vec::new();
        }
        let mut warnings: Vec<String> = self
            .missing
            .iter()
            .take(MISSING_SHOWN)
            .map(|member| {
                format!(
                    "{} {} is a member and does not stand in the list",
                    member.org_number.masked(),
                    member.name
                )
            })
            .collect();
        if self.missing.len() > MISSING_SHOWN {
            let more = self.missing.len() - MISSING_SHOWN;
            warnings.push(format!("{more} more are members and do not stand in the list"));
        }
        warnings.push("`--end-missing` ends the membership of those missing".to_owned());
        warnings
    }

    /// Ending more than a few of the members is a sign of half a list.
    fn refuse_unusual(&self) -> Result<()> {
        let foreseen =
            self.max.unwrap_or_else(|| UNFORESEEN_MAX.max(self.members * UNFORESEEN_PERCENT / 100));
        if self.ending <= foreseen {
            return Ok(());
        }
        let (ending, members) = (self.ending, self.members);
        let words = format!(
            "{ending} of {members} memberships would end, and at most {foreseen} were expected"
        );
        Err(Failure::refused("too_many", words)
            .hint(format!("is the list whole? `--max {ending}` lets them end"))
            .into())
    }

    fn page(&self, tx: &Tx<'_>, after: i64, limit: i64) -> Result<Vec<(i64, MemberRow)>> {
        let page = tx.staged_members(after, limit)?;
        Ok(page.into_iter().map(|row| (row.line, row)).collect())
    }

    fn write(
        &self,
        tx: &Tx<'_>,
        row: MemberRow,
        begin: &mut dyn FnMut() -> Result<()>,
    ) -> Result<Counted> {
        if !tx.membership_changes(&row)? {
            return Ok(Counted::Unchanged);
        }
        begin()?;
        Ok(tx.write_member(&row)?)
    }

    fn summary(&self, record: &ImportRecord) -> String {
        format!(
            "{} became members, {} are members no longer, {} unchanged, {} passed over, {} missing, \
             {} refused",
            record.created,
            record.updated,
            record.unchanged,
            self.passed_over,
            self.missing.len(),
            record.refused
        )
    }

    fn complete(&self, sheet: Sheet) -> Sheet {
        let mut missing = Grid::new(&[column("org_number", "Account"), column("name", "Name")]);
        for member in &self.missing {
            let number = Cell::Text(member.org_number.masked());
            missing.rows.push(vec![number, Cell::text(member.name.as_str())]);
        }
        sheet.fact("passed_over", "Passed over", self.passed_over).list(
            "missing",
            "Members who do not stand in the list",
            missing,
        )
    }
}
