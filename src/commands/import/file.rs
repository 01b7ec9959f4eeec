//! A file of rows, whatever they are: read and checked whole, told what is wrong, and written.

use std::fs::File;
use std::io::{BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;

use crate::app::{App, Batch, ChangeArgs, Done, Step};
use crate::commands::{open_file, write_from};
use crate::domain::import::ImportKind;
use crate::domain::text::visible;
use crate::effects::terminal::{Progress, tell};
use crate::error::{Failure, Status};
use crate::render::csv::error::RowError;
use crate::render::csv::fields::FieldSpec;
use crate::render::csv::headings::{Columns, Detected, resolve};
use crate::render::csv::reader::{Reader, Record, Row};
use crate::render::csv::writer::Rejects;
use crate::render::sheet::{Cell, Sheet};
use crate::store::{Counted, ImportRecord, RowProblem, StoreError, Tx};

/// How many errors of a file are told one by one.
const PROBLEMS_SHOWN: usize = 50;

/// The arguments of every command that imports a file.
#[derive(Clone, Debug, Args)]
pub struct FileArgs {
    /// The file; - is stdin
    file: PathBuf,
    /// Import the good rows and leave the bad ones
    #[arg(long)]
    pub partial: bool,
    /// Write bad rows here, each with its line and reason
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// Which heading holds a field; `ignore=HEADER` passes a column over
    #[arg(long = "column", value_name = "FIELD=HEADER", value_parser = parse_column)]
    column: Vec<(String, String)>,
}

fn parse_column(text: &str) -> Result<(String, String), String> {
    text.split_once('=')
        .filter(|(field, header)| !field.is_empty() && !header.is_empty())
        .map(|(field, header)| (field.to_owned(), header.to_owned()))
        .ok_or_else(|| format!("`{text}` is not of the form FIELD=HEADER"))
}

/// What the rows of a file are: how they are checked, and how they are written.
pub trait Table: Clone {
    /// A row as it is read back from the temporary table.
    type Row;
    const KIND: ImportKind;
    /// The fields that a column can hold.
    const FIELDS: &'static [FieldSpec];
    /// The headings that such files often have and that say nothing here.
    const PASSED_OVER: &'static [FieldSpec] = &[];

    /// Returns the fields that a file must have a column for.
    fn required(&self) -> &'static [&'static str];

    /// Stages one row, or returns what is wrong with it.
    fn stage(&mut self, tx: &Tx<'_>, line: i64, cells: &Cells<'_>) -> Result<Vec<RowProblem>>;

    /// Stages what is wrong between rows.
    fn judge(&mut self, tx: &Tx<'_>) -> Result<()>;

    /// Returns what the operator is warned of, once the file is read.
    fn warnings(&self) -> Vec<String>;

    /// Refuses what the good rows would do together, before anything is written.
    fn refuse_unusual(&self) -> Result<()> {
        Ok(())
    }

    /// Returns staged rows with their lines, those after line `after`, at most `limit`.
    fn page(&self, tx: &Tx<'_>, after: i64, limit: i64) -> Result<Vec<(i64, Self::Row)>>;

    /// Writes a staged row; calls `begin` first where that changes anything.
    fn write(
        &self,
        tx: &Tx<'_>,
        row: Self::Row,
        begin: &mut dyn FnMut() -> Result<()>,
    ) -> Result<Counted>;

    /// Sums up what was done, on one line.
    fn summary(&self, record: &ImportRecord) -> String;

    /// Adds to the counts what programs are told besides.
    fn complete(&self, sheet: Sheet) -> Sheet {
        sheet
    }
}

/// The cells of one row by the fields they hold.
pub struct Cells<'a> {
    columns: &'a [(&'static str, usize)],
    row: Row<'a>,
}

impl<'a> Cells<'a> {
    /// Returns the cell of a field, if the file has a column for it.
    pub fn get(&self, field: &str) -> Option<&'a str> {
        let column = self.columns.iter().find(|(name, _)| *name == field);
        column.map(|(_, position)| self.row.get(*position))
    }

    /// Returns a problem with the cell of a field, its value as an error shows it.
    pub fn problem(&self, line: i64, field: &str, reason: String) -> RowProblem {
        let value = self.get(field).unwrap_or_default().trim().chars().take(40).collect();
        RowProblem::new(line, field, value, reason)
    }
}

/// Imports a file: reads and checks it whole, then writes its rows.
pub fn import<T: Table>(
    app: &mut App,
    args: &FileArgs,
    change: &ChangeArgs,
    mut table: T,
) -> Result<()> {
    let mut source = Source::open(&args.file, args.rejects.is_some())?;
    let mut progress = app.terminal.progress("rows read");
    let name = match args.file.to_str() {
        Some("-") => "stdin".to_owned(),
        _ => args.file.display().to_string(),
    };

    let (detected, problems, refused) = app
        .stage(|tx| {
            tx.begin_staging(T::KIND)?;
            let detected = stage(tx, source.reader()?, args, &mut table, &mut progress)?;
            table.judge(tx)?;
            Ok((detected, tx.count_all_problems()?, tx.count_refused()?))
        })
        .with_context(|| format!("`{name}`"))?;
    drop(progress);
    app.say(&format!("{name}: {detected}"));
    for warning in table.warnings() {
        app.warn(warning);
    }
    if problems > 0 {
        tell_problems(app, &detected.columns, &name, problems)?;
        if let Some(rejects) = args.rejects.as_ref().filter(|_| !change.dry_run) {
            write_rejects(app, &detected.columns, &mut source, rejects)?;
        }
        if refused > 0 && !args.partial {
            return Err(refusal(refused, args));
        }
        app.stage(|tx| Ok(tx.unstage_problems()?))?;
    }
    table.refuse_unusual()?;

    let batch = ImportBatch {
        table,
        after: 0,
        record: ImportRecord::new(T::KIND, name, refused),
        passed_over: Vec::new(),
    };
    let mut refused = refused;
    if args.partial {
        refused = app.change_each(change, batch)?.record.refused;
    } else {
        let mut progress = app.terminal.progress("rows written");
        app.change(change, |tx| {
            let mut batch = batch.clone();
            while batch.step(tx, 1000)? == Step::More {
                progress.add(1000);
            }
            Ok(batch.done())
        })?;
    }
    if refused > 0 {
        let others = if change.dry_run { "would be" } else { "are" };
        let words = format!("{} refused, the others {others} imported", rows_were(refused));
        return Err(Failure::new(Status::Partial, "some_refused", words).into());
    }
    Ok(())
}

fn rows_were(count: i64) -> String {
    if count == 1 { "1 row was".to_owned() } else { format!("{count} rows were") }
}

fn refusal(problems: i64, args: &FileArgs) -> anyhow::Error {
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
fn stage<T: Table>(
    tx: &Tx<'_>,
    source: Box<dyn Read>,
    args: &FileArgs,
    table: &mut T,
    progress: &mut Progress,
) -> Result<Detected> {
    let mut reader = Reader::open(source)?;
    let overrides: Vec<(&str, &str)> =
        args.column.iter().map(|(field, header)| (field.as_str(), header.as_str())).collect();
    let columns =
        resolve(reader.header(), (T::FIELDS, T::PASSED_OVER), table.required(), &overrides)?;
    let positions: Vec<(&'static str, usize)> =
        columns.mapped().iter().map(|mapped| (mapped.field, mapped.column)).collect();
    while let Some(record) = reader.next_record()? {
        progress.tick();
        let problems = match record {
            Record::Faulty(row, error) => vec![whole_row(row.line() as i64, &error)],
            Record::Row(row) => {
                table.stage(tx, row.line() as i64, &Cells { columns: &positions, row })?
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
    RowProblem {
        line,
        field: None,
        value: String::new(),
        reason: format!("{words}{hint}"),
        is_refused: true,
    }
}

/// Tells the first problems: those for which a row is refused as errors, the others as warnings.
fn tell_problems(app: &mut App, columns: &Columns, name: &str, count: i64) -> Result<()> {
    let problems = app.stage(|tx| {
        let mut problems = Vec::new();
        tx.each_problem(PROBLEMS_SHOWN as i64, &mut |problem| {
            problems.push(problem);
            Ok(())
        })?;
        Ok(problems)
    })?;
    let shown = problems.len() as i64;
    for problem in problems {
        let line = problem_line(name, columns, &problem);
        if problem.is_refused {
            tell(&visible(&line));
        } else {
            app.warn(format!("{line}; the row is passed over"));
        }
    }
    if count > shown {
        tell(&format!("… and {} more", count - shown));
    }
    Ok(())
}

fn problem_line(name: &str, columns: &Columns, problem: &RowProblem) -> String {
    let mut line = format!("{name}, line {}", problem.line);
    if let Some(heading) = heading_of(columns, problem) {
        line.push_str(&format!(", column `{heading}`"));
        if !problem.value.is_empty() && !problem.reason.contains(&problem.value) {
            line.push_str(&format!(", value `{}`", problem.value));
        }
    }
    format!("{line}: {}", problem.reason)
}

/// Returns the heading of the column that a problem is with, if it is with one.
fn heading_of<'a>(columns: &'a Columns, problem: &'a RowProblem) -> Option<&'a str> {
    let field = problem.field.as_ref()?;
    let mapped = columns.mapped().iter().find(|mapped| mapped.field == field);
    Some(mapped.map_or(field.as_str(), |mapped| mapped.heading.as_str()))
}

fn write_rejects(app: &mut App, columns: &Columns, source: &mut Source, path: &Path) -> Result<()> {
    let mut problems: Vec<(i64, String)> = Vec::new();
    app.stage(|tx| {
        tx.each_problem(i64::MAX, &mut |problem| {
            let reason = match heading_of(columns, &problem) {
                Some(heading) => format!("{heading}: {}", problem.reason),
                None => problem.reason,
            };
            match problems.last_mut() {
                Some((line, reasons)) if *line == problem.line => {
                    reasons.push_str(&format!("; {reason}"));
                }
                _ => problems.push((problem.line, reason)),
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
struct ImportBatch<T> {
    table: T,
    /// The line on which the last row written begins.
    after: i64,
    record: ImportRecord,
    /// The rows that turned out bad while they were written, each with its cause.
    passed_over: Vec<String>,
}

impl<T: Table> Batch for ImportBatch<T> {
    fn step(&mut self, tx: &Tx<'_>, limit: i64) -> Result<Step> {
        let page = self.table.page(tx, self.after, limit)?;
        let Some((last, _)) = page.last() else {
            if self.record.id != 0 {
                tx.finish_import(&self.record)?;
            }
            return Ok(Step::Finished);
        };
        self.after = *last;
        let ImportBatch { table, record, .. } = self;
        for (_, row) in page {
            let mut begin = || {
                if record.id == 0 {
                    record.id = tx.begin_import(record.kind, &record.file_name)?;
                }
                Ok(())
            };
            match table.write(tx, row, &mut begin)? {
                Counted::Created => record.created += 1,
                Counted::Updated => record.updated += 1,
                Counted::Unchanged => record.unchanged += 1,
            }
        }
        if record.id != 0 {
            tx.count_import(record)?;
        }
        Ok(Step::More)
    }

    fn pass_over(&mut self, tx: &Tx<'_>, error: &anyhow::Error) -> Result<()> {
        if let Some((line, _)) = self.table.page(tx, self.after, 1)?.first() {
            self.after = *line;
            self.record.refused += 1;
            self.passed_over.push(format!("line {line}: {error:#}"));
        }
        Ok(())
    }

    fn done(&self) -> Done {
        let sheet = self.table.complete(sheet(&self.record));
        Done {
            summary: Some(format!(
                "{}: {}",
                self.record.file_name,
                self.table.summary(&self.record)
            )),
            warnings: self.passed_over.clone(),
            ..Done::with(sheet)
        }
    }
}

/// Shows an import with what it did.
pub fn sheet(record: &ImportRecord) -> Sheet {
    let number = if record.id == 0 { Cell::Empty } else { Cell::Integer(record.id) };
    Sheet::default()
        .fact("number", "Import", number)
        .fact("file", "File", record.file_name.as_str())
        .fact("created", "Created", record.created)
        .fact("updated", "Updated", record.updated)
        .fact("unchanged", "Unchanged", record.unchanged)
        .fact("refused", "Refused", record.refused)
}
