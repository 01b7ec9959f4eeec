//! `account import`: thousands of organisations from a spreadsheet, all or nothing.

pub mod file;
mod members;
pub mod past;

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;

use self::file::{Cells, FileArgs, Table};
use self::members::MemberTable;
use crate::app::{App, ChangeArgs, parse_count};
use crate::domain::account::Field;
use crate::domain::email::Email;
use crate::domain::import::{ImportKind, Row};
use crate::domain::term::parse_date;
use crate::render::csv::fields::{ACCOUNT_FIELDS, FieldSpec};
use crate::store::{AccountRow, Counted, ImportMode, ImportRecord, RowProblem, Tx};

/// Import accounts from a CSV file
///
/// Encoding, delimiter and columns are detected, in English and Swedish. The whole file is checked
/// first; when a row is bad nothing is imported, unless --partial takes the good ones.
///
/// With --members the file is the list of members: memberships begin by it, and end where it says so.
/// Accounts that are members and do not stand in it are told, and ended with --end-missing.
///
/// The fields for --column are org_number, name, email, invoice_email, contact, care_of, street,
/// postal_code, city, country, language, reference, vat_number and member; with --members they are
/// org_number, member and member_from.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl account import organisations.csv -n
  shopctl account import register.csv --update --partial --rejects bad.csv \\
      --column org_number='Kund-ID (org)'
  shopctl account import --members members.csv --end-missing --max 20")]
pub struct ImportArgs {
    #[command(flatten)]
    file: FileArgs,
    /// Also update accounts that exist; an empty cell changes nothing
    #[arg(long)]
    update: bool,
    /// The file lists the members: update memberships and nothing else
    #[arg(long, conflicts_with = "update")]
    members: bool,
    /// End the membership of those who do not stand in the list
    #[arg(long, requires = "members", conflicts_with = "partial")]
    end_missing: bool,
    /// End at most this many memberships; needed for more than 10 that are more than 5 % of all
    #[arg(long, value_name = "N", requires = "members", value_parser = parse_count)]
    max: Option<i64>,
    /// The day on which memberships begin and end; today unless given
    #[arg(long, value_name = "DATE", requires = "members", value_parser = parse_date)]
    from: Option<NaiveDate>,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn import(app: &mut App, args: &ImportArgs) -> Result<()> {
    if args.members {
        let from = args.from.unwrap_or(app.today());
        let table = MemberTable::new(from, args.end_missing, args.max);
        return file::import(app, &args.file, &args.change, table);
    }
    let mode = if args.update { ImportMode::Update } else { ImportMode::CreateOnly };
    let table = AccountTable { mode, personal: Noticed::default(), odd_codes: Noticed::default() };
    file::import(app, &args.file, &args.change, table)
}

#[derive(Clone)]
struct AccountTable {
    mode: ImportMode,
    personal: Noticed,
    odd_codes: Noticed,
}

impl Table for AccountTable {
    type Row = AccountRow;
    const KIND: ImportKind = ImportKind::Accounts;
    const FIELDS: &'static [FieldSpec] = &ACCOUNT_FIELDS;

    /// An update may leave out all but the key.
    fn required(&self) -> &'static [&'static str] {
        match self.mode {
            ImportMode::CreateOnly => &["org_number", "name", "email"],
            ImportMode::Update => &["org_number"],
        }
    }

    fn stage(&mut self, tx: &Tx<'_>, line: i64, cells: &Cells<'_>) -> Result<Vec<RowProblem>> {
        let given = Field::ALL
            .into_iter()
            .filter_map(|field| cells.get(field.as_str()).map(|cell| (field, cell)));
        match Row::read(given) {
            Ok(row) => {
                if row.profile.invoice_email.as_ref().is_some_and(Email::looks_personal) {
                    self.personal.notice(line);
                }
                if row.profile.odd_postal_code().is_some() {
                    self.odd_codes.notice(line);
                }
                tx.stage_row(line, &row)?;
                Ok(Vec::new())
            }
            Err(errors) => Ok(errors
                .into_iter()
                .map(|(field, error)| cells.problem(line, field.as_str(), error.to_string()))
                .collect()),
        }
    }

    fn judge(&mut self, tx: &Tx<'_>) -> Result<()> {
        Ok(tx.judge_staged(self.mode)?)
    }

    fn warnings(&self) -> Vec<String> {
        let warnings = [self.personal.personal_warning(), self.odd_codes.postal_code_warning()];
        warnings.into_iter().flatten().collect()
    }

    fn page(&self, tx: &Tx<'_>, after: i64, limit: i64) -> Result<Vec<(i64, AccountRow)>> {
        let page = tx.staged_rows(after, limit)?;
        Ok(page.into_iter().map(|row| (row.line, row)).collect())
    }

    fn write(
        &self,
        tx: &Tx<'_>,
        row: AccountRow,
        begin: &mut dyn FnMut() -> Result<()>,
    ) -> Result<Counted> {
        if !tx.row_changes(&row) {
            return Ok(Counted::Unchanged);
        }
        begin()?;
        Ok(tx.write_row(row, self.mode)?)
    }

    fn summary(&self, record: &ImportRecord) -> String {
        format!(
            "{} created, {} updated, {} unchanged, {} refused",
            record.created, record.updated, record.unchanged, record.refused
        )
    }
}

/// The lines of a file that something was noticed on: the first of them, and how many.
#[derive(Clone, Default)]
pub struct Noticed {
    count: i64,
    lines: Vec<String>,
}

impl Noticed {
    pub fn notice(&mut self, line: i64) {
        self.count += 1;
        if self.lines.len() < 5 {
            self.lines.push(line.to_string());
        }
    }

    /// Returns the sentence about one line or about several; none where nothing was noticed.
    fn told(&self, one: &str, several: &str) -> Option<String> {
        let more = if self.count > self.lines.len() as i64 { " and others" } else { "" };
        let lines = self.lines.join(", ");
        match self.count {
            0 => None,
            1 => Some(one.replace("{lines}", &lines)),
            count => Some(format!("{count} {several} (lines {lines}{more})")),
        }
    }

    /// R9: warns of the invoice addresses that look like a person's.
    pub fn personal_warning(&self) -> Option<String> {
        let one = "the invoice e-mail on line {lines} looks like a person's";
        let words = self.told(one, "invoice e-mails look like persons'")?;
        Some(format!("{words}, and invoices to persons are often missed"))
    }

    fn postal_code_warning(&self) -> Option<String> {
        let one = "the postal code on line {lines} is none of Sweden";
        let words = self.told(one, "postal codes are none of Sweden")?;
        Some(format!("{words}, and its address is not said to lie abroad"))
    }
}

#[cfg(test)]
mod tests {
    use clap::Command;

    use super::*;
    use crate::commands::subscription;
    use crate::render::csv::fields::{MEMBER_FIELDS, SUBSCRIPTION_FIELDS};

    #[test]
    fn the_help_of_an_import_names_every_field() {
        let accounts = ImportArgs::augment_args(Command::new("import"));
        let subscriptions = subscription::ImportArgs::augment_args(Command::new("import"));
        let cases: [(Command, &[FieldSpec]); 3] = [
            (accounts.clone(), &ACCOUNT_FIELDS),
            (accounts, &MEMBER_FIELDS),
            (subscriptions, &SUBSCRIPTION_FIELDS),
        ];
        for (mut command, fields) in cases {
            let help = command.render_long_help().to_string();
            for field in fields {
                let is_named = help
                    .split(|c: char| !c.is_alphanumeric() && c != '_')
                    .any(|word| word == field.name);
                assert!(is_named, "{}", field.name);
            }
        }
    }
}
