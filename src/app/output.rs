//! Answers on stdout: lists, sheets and changes, each in the format that was asked for.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, IntoInnerError, Read, Seek, Write};

use anyhow::{Context, Result};
use serde_json::{Value as Json, json};

use super::ColorChoice;
use super::{App, Done, Review, events, review};
use crate::domain::text::{visible, visible_json};
use crate::effects::outlet::Outlet;
use crate::effects::terminal::tell;
use crate::error::Failure;
use crate::render::csv::Delimiter;
use crate::render::csv::writer::{Cell as CsvCell, Writer};
use crate::render::sheet::{Cell, Column, Grid, Sheet, row_json};
use crate::render::table;
use crate::store::{Operation, Tx, Written};

/// How an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// A table for a person
    Table,
    /// Tab-separated, with a heading
    Tsv,
    /// Comma-separated, with a heading
    Csv,
    /// One JSON document
    Json,
    /// One JSON object a line
    Ndjson,
    /// Tab-separated without heading: what a pipe gets
    #[value(skip)]
    Bare,
}

/// Events as JSON in an unnamed file, for a change with too many to hold.
#[derive(Debug)]
pub struct Spill(File);

/// Writes every event of some operations to an unnamed file, as the elements of a JSON array.
pub fn spill(tx: &Tx<'_>, operations: &[i64]) -> Result<Spill> {
    let file = tempfile::tempfile().context("a temporary file cannot be made")?;
    let mut writer = BufWriter::new(&file);
    let mut failed = None;
    let mut separator = "";
    for operation in operations {
        tx.each_event_of(*operation, &mut |event| {
            if failed.is_none() {
                failed = write!(
                    writer,
                    "{separator}{}",
                    visible_json(&events::json(&event).to_string())
                )
                .err();
                separator = ",";
            }
            Ok(())
        })?;
    }
    if let Some(error) = failed.or_else(|| writer.flush().err()) {
        return Err(error).context("a temporary file cannot be written");
    }
    drop(writer);
    Ok(Spill(file))
}

/// Decides about colour: the flag, then `NO_COLOR`, then the setting, then whether stderr shows it.
pub fn chosen_colour(flag: Option<ColorChoice>, setting: Option<&str>) -> Result<bool> {
    let setting = match setting {
        None => None,
        Some("auto") => Some(ColorChoice::Auto),
        Some("always") => Some(ColorChoice::Always),
        Some("never") => Some(ColorChoice::Never),
        Some(other) => {
            let words = format!("`{other}` is no setting of `color`; it is auto, always or never");
            return Err(Failure::refused("configuration", words).into());
        }
    };
    let no_color = (!allows_colour()).then_some(ColorChoice::Never);
    Ok(match flag.or(no_color).or(setting) {
        Some(ColorChoice::Always) => true,
        Some(ColorChoice::Never) => false,
        Some(ColorChoice::Auto) | None => has_colour(),
    })
}

/// Says whether errors are coloured before any setting is known.
pub fn has_colour() -> bool {
    allows_colour() && io::IsTerminal::is_terminal(&io::stderr())
}

/// Says whether `NO_COLOR` lets colours through. Source: no-color.org.
fn allows_colour() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

impl App {
    /// Returns the format asked for; else a table on a terminal and bare lines in a pipe.
    pub fn format(&self) -> Result<Format> {
        match (self.global.json, self.global.format) {
            (true, Some(format)) if format != Format::Json => {
                let words = "`--json` and another `--format` were both given";
                Err(Failure::refused("format", words).into())
            }
            (true, _) => Ok(Format::Json),
            (false, Some(format)) => Ok(format),
            (false, None) if self.terminal.shows_tables => Ok(Format::Table),
            (false, None) => Ok(Format::Bare),
        }
    }

    /// Says whether a program reads the answer, and what is otherwise only said must be an object.
    pub fn wants_json(&self) -> Result<bool> {
        Ok(matches!(self.format()?, Format::Json | Format::Ndjson))
    }

    /// Begins a list with these columns, of which `--columns` may choose some.
    pub fn list(&self, columns: &[Column]) -> Result<Listing> {
        let chosen: Vec<usize> = match &self.global.columns {
            None => (0..columns.len()).collect(),
            Some(keys) => keys.iter().map(|key| position(columns, key)).collect::<Result<_>>()?,
        };
        // Columns that were asked for are shown, however narrow the screen is.
        let shown = chosen.iter().map(|index| match &self.global.columns {
            None => columns[*index],
            Some(_) => Column { is_spare: false, ..columns[*index] },
        });
        let shown: Vec<Column> = shown.collect();
        Listing::begin(self.format()?, shown, chosen, self.terminal.width)
    }

    /// Shows one thing.
    pub fn show(&self, sheet: &Sheet) -> Result<()> {
        let mut out = BufWriter::new(io::stdout().lock());
        match self.format()? {
            Format::Json | Format::Ndjson => writeln!(out, "{}", self.pretty(&sheet.to_json())?)?,
            Format::Table => write!(out, "{}", table::sheet(sheet, self.terminal.width))?,
            Format::Bare | Format::Tsv => {
                let mut writer = Writer::new(&mut out, Delimiter::Tab);
                write_facts(&mut writer, sheet)?;
            }
            Format::Csv => {
                let mut writer = Writer::new(&mut out, Delimiter::Comma);
                write_facts(&mut writer, sheet)?;
            }
        }
        out.flush()?;
        Ok(())
    }

    fn pretty(&self, json: &Json) -> Result<String> {
        Ok(visible_json(&match self.format()? {
            Format::Json => serde_json::to_string_pretty(json)?,
            _ => json.to_string(),
        }))
    }

    /// Shows a change that was made, or would be.
    pub(super) fn show_change(
        &mut self,
        operation: Option<i64>,
        dry_run: bool,
        done: Done,
        review: Review,
    ) -> Result<()> {
        for words in &done.warnings {
            if !self.warnings.contains(words) {
                self.warn(words.clone());
            }
        }
        if self.wants_json()? {
            let changed = !review.written.by_kind.is_empty();
            return self.write_change_json(operation, (dry_run, changed), &done.objects, review);
        }
        if self.global.quiet {
            return Ok(());
        }
        let lines = self.change_lines(&done, &review);
        let mut out = BufWriter::new(io::stdout().lock());
        if review.written.by_kind.is_empty() {
            self.say("nothing needed doing");
        } else if dry_run {
            self.say("this is what would happen; nothing was changed");
        }
        out.write_all(lines.as_bytes())?;
        out.flush()?;
        Ok(())
    }

    /// Shows what a change would do, on stderr, before it is asked about.
    ///
    /// Its warnings are told here, and not again when the change is made.
    pub(super) fn show_rehearsal(&mut self, done: &Done, review: &Review) -> Result<()> {
        if self.terminal.is_interactive {
            let words = format!("This would happen:\n{}", self.change_lines(done, review));
            io::stderr().write_all(words.as_bytes())?;
            for words in &done.warnings {
                self.warn(words.clone());
            }
        }
        Ok(())
    }

    fn change_lines(&self, done: &Done, review: &Review) -> String {
        let width = self.terminal.width;
        let wraps = self.terminal.shows_tables.then_some(usize::from(width));
        let mut text = if review.events.is_empty() {
            events::summary(&review.written)
        } else {
            review.events.iter().map(|event| events::line(event, wraps)).collect()
        };
        if let Some(summary) = &done.summary {
            text.push_str(&format!("{}\n", visible(summary)));
        }
        text
    }

    /// Shows to a program what was done in `operations` and told to a person in other words.
    ///
    /// The first that wrote anything is the change's number; each event names its own.
    pub fn show_work(&mut self, operations: &[&Operation], objects: &[Sheet]) -> Result<()> {
        let ids: Vec<i64> = operations.iter().filter_map(|operation| operation.id()).collect();
        let review = self.read(|tx| {
            let mut written = Written::default();
            for id in &ids {
                written.by_kind.extend(tx.written_by(*id)?.by_kind);
            }
            review(tx, ids.iter().copied(), &written, true)
        })?;
        let changed = !review.written.by_kind.is_empty();
        self.write_change_json(ids.first().copied(), (false, changed), objects, review)
    }

    /// Shows to a program what would be done by work that cannot be rehearsed.
    pub fn show_plan(&self, objects: &[Sheet]) -> Result<()> {
        self.write_change_json(None, (true, !objects.is_empty()), objects, Review::default())
    }

    fn write_change_json(
        &self,
        operation: Option<i64>,
        (dry_run, changed): (bool, bool),
        objects: &[Sheet],
        review: Review,
    ) -> Result<()> {
        let objects: Vec<Json> = objects.iter().map(Sheet::to_json).collect();
        let head = json!({
            "op": operation.filter(|_| !dry_run),
            "dry_run": dry_run,
            "changed": changed,
            "objects": objects,
            "warnings": self.warnings,
        });
        let head = visible_json(&head.to_string());
        let mut out = BufWriter::new(io::stdout().lock());
        write!(out, "{},\"events\":[", &head[..head.len() - 1])?;
        match review.spilled {
            Some(Spill(mut file)) => {
                file.rewind()?;
                io::copy(&mut BufReader::new(file).by_ref(), &mut out)?;
            }
            None => {
                let events: Vec<String> =
                    review.events.iter().map(|event| events::json(event).to_string()).collect();
                write!(out, "{}", visible_json(&events.join(",")))?;
            }
        }
        writeln!(out, "]}}")?;
        out.flush()?;
        Ok(())
    }
}

/// Hands over what a list has written; the store is no longer held by it.
fn hand_over(out: BufWriter<Outlet>) -> io::Result<()> {
    out.into_inner().map_err(IntoInnerError::into_error)?.finish()
}

fn position(columns: &[Column], key: &str) -> Result<usize> {
    let name = key.strip_suffix("_ore").unwrap_or(key);
    columns.iter().position(|column| column.key == name).ok_or_else(|| {
        let known: Vec<&str> = columns.iter().map(|column| column.key).collect();
        Failure::refused("unknown_column", format!("`{key}` is not a column of this list"))
            .hint(format!("its columns are {}", known.join(", ")))
            .into()
    })
}

/// Writes a sheet as lines: a fact is its key and value, a row of a list the list's key and its cells.
fn write_facts<W: Write>(writer: &mut Writer<W>, sheet: &Sheet) -> Result<()> {
    for (column, cell) in &sheet.facts {
        let value = cell.plain();
        writer.row([CsvCell::Text(column.key), csv_cell(cell, &value)])?;
    }
    for (column, list) in &sheet.lists {
        for row in &list.rows {
            let texts: Vec<String> = row.iter().map(Cell::plain).collect();
            let cells = row.iter().zip(&texts).map(|(cell, text)| csv_cell(cell, text));
            writer.row([CsvCell::Text(column.key)].into_iter().chain(cells))?;
        }
    }
    for sentence in &sheet.sentences {
        writer.row([CsvCell::Text("explanation"), CsvCell::Text(&visible(sentence))])?;
    }
    Ok(())
}

fn csv_cell<'a>(cell: &Cell, text: &'a str) -> CsvCell<'a> {
    if cell.is_number() { CsvCell::Number(text) } else { CsvCell::Text(text) }
}

/// A list being written: rows go out as they come, except where the whole must be known first.
pub struct Listing {
    format: Format,
    columns: Vec<Column>,
    /// Which of the given cells are shown, in order.
    chosen: Vec<usize>,
    width: u16,
    out: Out,
    count: u64,
}

/// Where rows go.
enum Out {
    Lines(Box<Writer<BufWriter<Outlet>>>),
    Json(BufWriter<Outlet>),
    Table(Grid),
}

impl Listing {
    fn begin(
        format: Format,
        columns: Vec<Column>,
        chosen: Vec<usize>,
        width: u16,
    ) -> Result<Listing> {
        let stdout = BufWriter::new(Outlet::stdout()?);
        let out = match format {
            Format::Csv => Out::Lines(Box::new(Writer::new(stdout, Delimiter::Comma))),
            Format::Tsv | Format::Bare => Out::Lines(Box::new(Writer::new(stdout, Delimiter::Tab))),
            Format::Json | Format::Ndjson => Out::Json(stdout),
            Format::Table => Out::Table(Grid::new(&columns)),
        };
        Ok(Listing { format, columns, chosen, width, out, count: 0 })
    }

    /// Writes what stands before the first row; not sooner, so that a failure before it shows nothing.
    fn head(&mut self) -> io::Result<()> {
        match &mut self.out {
            Out::Lines(writer) if self.format != Format::Bare => {
                let keys: Vec<&str> = self.columns.iter().map(|column| column.key).collect();
                writer.heading(&keys)
            }
            Out::Json(out) if self.format == Format::Json => write!(out, "["),
            _ => Ok(()),
        }
    }

    /// Adds a row, with a cell for each of the list's columns.
    pub fn row(&mut self, cells: Vec<Cell>) -> io::Result<()> {
        if self.count == 0 {
            self.head()?;
        }
        let cells: Vec<Cell> = self.chosen.iter().map(|index| cells[*index].clone()).collect();
        match &mut self.out {
            Out::Lines(writer) => {
                let texts: Vec<String> = cells.iter().map(Cell::plain).collect();
                writer.row(cells.iter().zip(&texts).map(|(cell, text)| csv_cell(cell, text)))?;
            }
            Out::Json(out) => {
                let object = visible_json(&row_json(&self.columns, &cells).to_string());
                match self.format {
                    Format::Ndjson => writeln!(out, "{object}")?,
                    _ if self.count == 0 => write!(out, "{object}")?,
                    _ => write!(out, ",\n{object}")?,
                }
            }
            Out::Table(grid) => grid.rows.push(cells),
        }
        self.count += 1;
        Ok(())
    }

    /// Ends the list; `none` is said on a terminal when it has no rows.
    pub fn finish(mut self, none: &str) -> Result<()> {
        if self.count == 0 {
            self.head()?;
        }
        match self.out {
            Out::Lines(writer) => hand_over(writer.finish()?)?,
            Out::Json(mut out) => {
                if self.format == Format::Json {
                    writeln!(out, "]")?;
                }
                hand_over(out)?;
            }
            Out::Table(grid) if grid.rows.is_empty() && !none.is_empty() => tell(none),
            Out::Table(grid) if grid.rows.is_empty() => {}
            Out::Table(grid) => {
                io::stdout().write_all(table::grid(&grid, self.width).as_bytes())?;
            }
        }
        Ok(())
    }
}
