//! `account import`: thousands of organisations from a spreadsheet, all or nothing.

use std::fs::File;
use std::io::{BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;

use crate::app::{App, Batch, ChangeArgs, Done, Question, Step, events, parse_number};
use crate::commands::{open_file, write_from};
use crate::domain::account::Field;
use crate::domain::email::Email;
use crate::domain::import::Row;
use crate::domain::text::visible;
use crate::effects::terminal::{Progress, tell};
use crate::error::{Failure, Status};
use crate::render::csv::error::RowError;
use crate::render::csv::headings::{ACCOUNT_FIELDS, Columns, Detected, resolve};
use crate::render::csv::reader::{Reader, Record};
use crate::render::csv::writer::Rejects;
use crate::render::sheet::{Cell, Sheet, column};
use crate::store::{Counted, ImportMode, ImportRecord, RowProblem, StoreError, Tx};

/// How many errors of a file are told one by one.
const PROBLEMS_SHOWN: usize = 50;

/// Import accounts from a CSV file
///
/// Encoding, delimiter and columns are detected, in English and Swedish. The whole file is checked
/// first; when a row is bad nothing is imported, unless --partial takes the good ones.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl account import organisations.csv -n
  shopctl account import register.csv --update --partial --rejects bad.csv \\
      --column org_number='Kund-ID (org)'")]
pub struct ImportArgs {
    /// The file; - is stdin
    file: PathBuf,
    /// Also update accounts that exist; an empty cell changes nothing
    #[arg(long)]
    update: bool,
    /// Import the good rows and leave the bad ones
    #[arg(long)]
    partial: bool,
    /// Write bad rows here, each with its line and reason
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// Which heading holds a field; `ignore=HEADER` passes a column over
    #[arg(long = "column", value_name = "FIELD=HEADER", value_parser = parse_column)]
    column: Vec<(String, String)>,
    #[command(flatten)]
    change: ChangeArgs,
}

/// List the imports
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  shopctl account imports list\n  shopctl account imports list --json"
)]
pub struct ListArgs {}

/// Show an import and how to take it back
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  shopctl account imports show 1\n  shopctl account imports show 1 --json"
)]
pub struct ShowArgs {
    /// The number of the import
    #[arg(value_parser = parse_number)]
    number: i64,
}

/// Take an import back, unless something was built on it
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  shopctl account imports undo 1 -n\n  shopctl account imports undo 1 --yes"
)]
pub struct UndoArgs {
    /// The number of the import
    #[arg(value_parser = parse_number)]
    number: i64,
    #[command(flatten)]
    change: ChangeArgs,
}

fn parse_column(text: &str) -> Result<(String, String), String> {
    text.split_once('=')
        .filter(|(field, header)| !field.is_empty() && !header.is_empty())
        .map(|(field, header)| (field.to_owned(), header.to_owned()))
        .ok_or_else(|| format!("`{text}` is not of the form FIELD=HEADER"))
}

pub fn import(app: &mut App, args: &ImportArgs) -> Result<()> {
    let mode = if args.update { ImportMode::Update } else { ImportMode::CreateOnly };
    let mut source = Source::open(&args.file, args.rejects.is_some())?;
    let mut progress = app.terminal.progress("rows read");
    let name = match args.file.to_str() {
        Some("-") => "stdin".to_owned(),
        _ => args.file.display().to_string(),
    };

    let mut personal = PersonalAddresses::default();
    let (detected, problems) = app
        .stage(|tx| {
            tx.begin_staging()?;
            let source = source.reader()?;
            let detected = stage(tx, source, args, mode, &mut progress, &mut personal)?;
            tx.judge_staged(mode)?;
            Ok((detected, tx.count_problems()?))
        })
        .with_context(|| format!("`{name}`"))?;
    drop(progress);
    app.say(&format!("{name}: {detected}"));
    if let Some(warning) = personal.warning() {
        app.warn(warning);
    }
    if problems > 0 {
        tell_problems(app, &detected.columns, &name)?;
        if let Some(rejects) = args.rejects.as_ref().filter(|_| !args.change.dry_run) {
            write_rejects(app, &mut source, rejects)?;
        }
        if !args.partial {
            return Err(refusal(problems, args));
        }
        app.stage(|tx| Ok(tx.unstage_problems()?))?;
    }

    let batch = ImportBatch::new(mode, name, problems);
    let mut refused = problems;
    if args.partial {
        refused = app.change_each(&args.change, batch)?.record.refused;
    } else {
        let mut progress = app.terminal.progress("rows written");
        app.change(&args.change, |tx| {
            let mut batch = batch.clone();
            while batch.step(tx, 1000)? == Step::More {
                progress.add(1000);
            }
            Ok(batch.done())
        })?;
    }
    if refused > 0 {
        let others = if args.change.dry_run { "would be" } else { "are" };
        let words = format!("{} refused, the others {others} imported", rows_were(refused));
        return Err(Failure::new(Status::Partial, "some_refused", words).into());
    }
    Ok(())
}

fn rows_were(count: i64) -> String {
    if count == 1 { "1 row was".to_owned() } else { format!("{count} rows were") }
}

fn refusal(problems: i64, args: &ImportArgs) -> anyhow::Error {
    let rows = rows_were(problems);
    let hint = match &args.rejects {
        Some(path) => {
            format!("correct them; they stand in `{}`, each with its reason", path.display())
        }
        None => {
            "correct the file, or take the good rows with `--partial --rejects bad.csv`".to_owned()
        }
    };
    Failure::refused("rows_refused", format!("{rows} refused, and nothing was imported"))
        .hint(hint)
        .into()
}

/// The file being imported, kept so that it can be read twice when bad rows are wanted back.
struct Source {
    reader: Option<Box<dyn Read>>,
    kept: Option<File>,
}

impl Source {
    fn open(path: &Path, twice: bool) -> Result<Source> {
        let mut reader = open_file(path)?;
        if !twice {
            return Ok(Source { reader: Some(reader), kept: None });
        }
        let mut kept = tempfile::tempfile().context("a temporary file cannot be made")?;
        std::io::copy(&mut reader, &mut kept)
            .with_context(|| format!("`{}` cannot be read", path.display()))?;
        Ok(Source { reader: None, kept: Some(kept) })
    }

    fn reader(&mut self) -> Result<Box<dyn Read>> {
        if let Some(kept) = &mut self.kept {
            kept.rewind()?;
            return Ok(Box::new(kept.try_clone()?));
        }
        Ok(self.reader.take().expect("a source that is read once is read once"))
    }
}

/// Reads the file into the temporary table, keeping what is wrong with its rows.
fn stage(
    tx: &Tx<'_>,
    source: Box<dyn Read>,
    args: &ImportArgs,
    mode: ImportMode,
    progress: &mut Progress,
    personal: &mut PersonalAddresses,
) -> Result<Detected> {
    let mut reader = Reader::open(source)?;
    let overrides: Vec<(&str, &str)> =
        args.column.iter().map(|(field, header)| (field.as_str(), header.as_str())).collect();
    let columns = resolve(reader.header(), &ACCOUNT_FIELDS, required(mode), &overrides)?;
    let fields: Vec<(Field, usize)> = Field::ALL
        .into_iter()
        .filter_map(|field| columns.position(field.as_str()).map(|position| (field, position)))
        .collect();
    while let Some(record) = reader.next_record()? {
        progress.tick();
        let problems = match &record {
            Record::Faulty(row, error) => vec![whole_row(row.line() as i64, error)],
            Record::Row(row) => {
                let line = row.line() as i64;
                let cells = fields.iter().map(|(field, position)| (*field, row.get(*position)));
                match Row::read(cells) {
                    Ok(account) => {
                        personal.notice(line, &account);
                        tx.stage_row(line, &account)?;
                        Vec::new()
                    }
                    Err(errors) => errors
                        .into_iter()
                        .map(|(field, error)| RowProblem {
                            line,
                            field: Some(field),
                            value: value_of(&fields, field, |position| row.get(position)),
                            reason: error.to_string(),
                        })
                        .collect(),
                }
            }
        };
        for problem in &problems {
            tx.stage_problem(problem).map_err(StoreError::from)?;
        }
    }
    Ok(Detected { encoding: reader.encoding(), delimiter: reader.delimiter(), columns })
}

/// Returns the problem of a row that is none, such as one with too few fields.
fn whole_row(line: i64, error: &RowError) -> RowProblem {
    let hint = error.hint().map(|hint| format!(" ({hint})")).unwrap_or_default();
    let words = error.to_string();
    let words = words.strip_prefix(&format!("line {line}: ")).unwrap_or(&words);
    RowProblem { line, field: None, value: String::new(), reason: format!("{words}{hint}") }
}

/// The rows whose invoice address looks like a person's (R9): the first lines, and how many.
#[derive(Default)]
struct PersonalAddresses {
    count: i64,
    lines: Vec<String>,
}

impl PersonalAddresses {
    fn notice(&mut self, line: i64, row: &Row) {
        if row.profile.invoice_email.as_ref().is_some_and(Email::looks_personal) {
            self.count += 1;
            if self.lines.len() < 5 {
                self.lines.push(line.to_string());
            }
        }
    }

    fn warning(&self) -> Option<String> {
        let more = if self.count > self.lines.len() as i64 { " and others" } else { "" };
        let lines = self.lines.join(", ");
        let words = match self.count {
            0 => return None,
            1 => format!("the invoice e-mail on line {lines} looks like a person's"),
            count => format!("{count} invoice e-mails look like persons' (lines {lines}{more})"),
        };
        Some(format!("{words}, and invoices to persons are often missed"))
    }
}

/// Returns the fields that a file must have a column for; an update may leave all but the key out.
fn required(mode: ImportMode) -> &'static [&'static str] {
    match mode {
        ImportMode::CreateOnly => &["org_number", "name", "email"],
        ImportMode::Update => &["org_number"],
    }
}

/// Returns the first characters of a cell, as an error shows it.
fn value_of<'a>(
    fields: &[(Field, usize)],
    field: Field,
    cell: impl Fn(usize) -> &'a str,
) -> String {
    let position = fields.iter().find(|(of, _)| *of == field).map(|(_, position)| *position);
    position.map(|position| cell(position).chars().take(40).collect()).unwrap_or_default()
}

fn tell_problems(app: &mut App, columns: &Columns, name: &str) -> Result<()> {
    let (problems, count) = app.stage(|tx| {
        let mut problems = Vec::new();
        tx.each_problem(PROBLEMS_SHOWN as i64, &mut |problem| {
            problems.push(problem);
            Ok(())
        })?;
        Ok((problems, tx.count_all_problems()?))
    })?;
    let shown = problems.len() as i64;
    for problem in problems {
        tell(&visible(&problem_line(name, columns, &problem)));
    }
    if count > shown {
        tell(&format!("… and {} more", count - shown));
    }
    Ok(())
}

fn problem_line(name: &str, columns: &Columns, problem: &RowProblem) -> String {
    let mut line = format!("{name}, line {}", problem.line);
    if let Some(field) = problem.field {
        let mapped = columns.mapped().iter().find(|mapped| mapped.field == field.as_str());
        let heading = mapped.map_or(field.as_str(), |mapped| mapped.heading.as_str());
        line.push_str(&format!(", column `{heading}`"));
        if !problem.value.is_empty() && !problem.reason.contains(&problem.value) {
            line.push_str(&format!(", value `{}`", problem.value));
        }
    }
    format!("{line}: {}", problem.reason)
}

fn write_rejects(app: &mut App, source: &mut Source, path: &Path) -> Result<()> {
    let mut problems: Vec<(i64, String)> = Vec::new();
    app.stage(|tx| {
        tx.each_problem(i64::MAX, &mut |problem| {
            match problems.last_mut() {
                Some((line, reasons)) if *line == problem.line => {
                    reasons.push_str(&format!("; {}", problem.reason));
                }
                _ => problems.push((problem.line, problem.reason)),
            }
            Ok(())
        })?;
        Ok(())
    })?;
    let mut reader = Reader::open(source.reader()?)?;
    let mut file = tempfile::tempfile().context("a temporary file cannot be made")?;
    let mut rejects = Rejects::new(BufWriter::new(&mut file), reader.delimiter(), reader.header())?;
    let mut waiting = problems.into_iter().peekable();
    while let Some(record) = reader.next_record()? {
        let (Record::Row(row) | Record::Faulty(row, _)) = record;
        if let Some((_, reason)) = waiting.next_if(|(line, _)| *line == row.line() as i64) {
            rejects.row(&row, &reason)?;
        }
    }
    rejects.finish()?.flush()?;
    file.rewind()?;
    write_from(path, &mut file)
}

/// The writing of staged rows, page by page in the order of the file.
#[derive(Clone)]
struct ImportBatch {
    mode: ImportMode,
    /// The line on which the last row written begins.
    after: i64,
    record: ImportRecord,
    /// The rows that turned out bad while they were written, each with its cause.
    passed_over: Vec<String>,
}

impl ImportBatch {
    fn new(mode: ImportMode, file_name: String, refused: i64) -> ImportBatch {
        let record = ImportRecord {
            id: 0,
            operation: 0,
            file_name,
            imported_at: String::new(),
            created: 0,
            updated: 0,
            unchanged: 0,
            refused,
            undone_at: None,
        };
        ImportBatch { mode, after: 0, record, passed_over: Vec::new() }
    }
}

impl Batch for ImportBatch {
    fn step(&mut self, tx: &Tx<'_>, limit: i64) -> Result<Step> {
        let page = tx.staged_rows(self.after, limit)?;
        let Some(last) = page.last() else {
            if self.record.id != 0 {
                tx.finish_import(&self.record)?;
            }
            return Ok(Step::Finished);
        };
        self.after = last.line;
        for row in page {
            if !tx.row_changes(&row) {
                self.record.unchanged += 1;
                continue;
            }
            if self.record.id == 0 {
                self.record.id = tx.begin_import(&self.record.file_name)?;
            }
            match tx.write_row(row, self.mode)? {
                Counted::Created => self.record.created += 1,
                Counted::Updated => self.record.updated += 1,
            }
        }
        if self.record.id != 0 {
            tx.count_import(&self.record)?;
        }
        Ok(Step::More)
    }

    fn pass_over(&mut self, tx: &Tx<'_>, error: &anyhow::Error) -> Result<()> {
        if let Some(row) = tx.staged_rows(self.after, 1)?.first() {
            self.after = row.line;
            self.record.refused += 1;
            self.passed_over.push(format!("line {}: {error:#}", row.line));
        }
        Ok(())
    }

    fn done(&self) -> Done {
        Done {
            summary: Some(summary(&self.record)),
            warnings: self.passed_over.clone(),
            ..Done::with(sheet(&self.record))
        }
    }
}

fn sheet(record: &ImportRecord) -> Sheet {
    let number = if record.id == 0 { Cell::Empty } else { Cell::Integer(record.id) };
    Sheet::default()
        .fact("number", "Import", number)
        .fact("file", "File", record.file_name.as_str())
        .fact("created", "Created", record.created)
        .fact("updated", "Updated", record.updated)
        .fact("unchanged", "Unchanged", record.unchanged)
        .fact("refused", "Refused", record.refused)
}

fn summary(record: &ImportRecord) -> String {
    format!(
        "{}: {} created, {} updated, {} unchanged, {} refused",
        record.file_name, record.created, record.updated, record.unchanged, record.refused
    )
}

pub fn list(app: &mut App, _args: &ListArgs) -> Result<()> {
    let mut list = app.list(&[
        column("number", "Import"),
        column("imported_at", "When"),
        column("file", "File"),
        column("created", "Created"),
        column("updated", "Updated"),
        column("unchanged", "Unchanged"),
        column("refused", "Refused"),
        column("undone_at", "Undone"),
    ])?;
    for record in app.read(|tx| Ok(tx.imports()?))? {
        list.row(vec![
            Cell::Integer(record.id),
            Cell::Text(record.imported_at),
            Cell::Text(record.file_name),
            Cell::Integer(record.created),
            Cell::Integer(record.updated),
            Cell::Integer(record.unchanged),
            Cell::Integer(record.refused),
            Cell::maybe(record.undone_at),
        ])?;
    }
    list.finish("no imports")
}

pub fn show(app: &mut App, args: &ShowArgs) -> Result<()> {
    let (record, head, written) = app.read(|tx| {
        let record = tx.import(args.number)?;
        let (head, _) = tx.operation_head(record.operation)?;
        let written = tx.written_by(record.operation)?;
        Ok((record, head, written))
    })?;
    let mut sheet = sheet(&record)
        .fact("imported_at", "When", record.imported_at.as_str())
        .fact("actor", "Who", head.actor)
        .fact("op", "Operation", record.operation)
        .fact("undone_at", "Undone", Cell::maybe(record.undone_at.clone()));
    if record.undone_at.is_none() {
        sheet = sheet.sentence(format!(
            "`shopctl account imports undo {}` takes it back, unless something was built on it.",
            record.id
        ));
    }
    sheet = sheet.sentence(events::summary(&written).replace('\n', "; "));
    app.show(&sheet)
}

pub fn undo(app: &mut App, args: &UndoArgs) -> Result<()> {
    app.change(&args.change, |tx| {
        let record = tx.import(args.number)?;
        tx.undo_import(&record)?;
        let mut done = Done::with(sheet(&tx.import(args.number)?));
        let because = format!(
            "Import {} of {}: accounts made {}, updated {}.",
            record.id, record.file_name, record.created, record.updated
        );
        done.questions.push(Question { because, ask: "Take it back?" });
        Ok(done)
    })
}
