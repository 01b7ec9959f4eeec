//! `store info`: what the file is, where it lives, and what a backup of it lacks.

use std::path::Path;

use anyhow::Result;
use clap::Args;

use crate::app::App;
use crate::commands::time;
use crate::effects::mailer::settings::Transport;
use crate::render::sheet::{Cell, Grid, Sheet, column};

/// Show the shop's file: its size, its home, its last backup, and what a backup lacks
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  shopctl store info\n  shopctl store info --json")]
pub struct InfoArgs {}

pub fn info(app: &mut App, _args: &InfoArgs) -> Result<()> {
    let file = app.file_facts()?;
    let elsewhere = app.elsewhere()?;
    let (home, head, backup, handed_over, counts) = app.read(|tx| {
        Ok((tx.home()?, tx.head()?, tx.backup_made()?, tx.handed_over()?, tx.row_counts()?))
    })?;
    let mut rows = Grid::new(&[column("table", "Table"), column("rows", "Rows")]);
    rows.rows =
        counts.into_iter().map(|(name, count)| vec![Cell::text(name), count.into()]).collect();
    let lacking = lacking(app)?;
    let (home, since) = home.unzip();
    let log = crate::store::companions(&app.settings.store);
    let log_bytes = std::fs::metadata(&log[0]).map_or(0, |log| log.len() as i64);
    let sheet = Sheet::default()
        .fact("path", "Path", Cell::text(app.here().path))
        .fact("size", "Bytes", file.bytes)
        .fact("schema", "Schema version", file.schema)
        .fact(
            "application_id",
            "Application id",
            Cell::text(format!("{:#010x}", file.application_id)),
        )
        .fact("journal", "Journal", Cell::text(file.journal))
        .fact("journal_size", "Journal's bytes", log_bytes)
        .fact("engine", "SQLite", Cell::text(file.engine))
        .fact("events", "Events", head.seq)
        .fact("home", "Home", Cell::maybe(home.as_ref().map(|home| home.path.clone())))
        .fact("machine", "Machine", Cell::maybe(home.map(|home| home.host_name)))
        .fact("home_since", "Home since", Cell::maybe(since.map(time)))
        .fact("is_copy", "A copy", elsewhere.is_some())
        .fact("handed_over", "Handed over", Cell::maybe(handed_over.map(time)))
        .fact("backup", "Last backup", Cell::maybe(backup.map(time)))
        .list("rows", "Rows", rows)
        .list("lacking", "Not in a backup", lacking);
    app.show(&sheet)
}

/// Returns what the shop needs beside its store, each with the place where it is.
fn lacking(app: &App) -> Result<Grid> {
    let mut grid = Grid::new(&[column("what", "What"), column("path", "Where")]);
    let mut add = |what: &str, path: String| {
        grid.rows.push(vec![Cell::text(what), Cell::text(path)]);
    };
    let settings = &app.settings;
    let shown = |path: &Path| path.display().to_string();
    if let Some(file) = &settings.file {
        add("the configuration", shown(file));
    }
    if let Some(file) = settings.password_file() {
        add("the password of the mail server", shown(&file));
    }
    if let Some(folder) = &settings.templates {
        add("mail templates", shown(folder));
    }
    if let Ok(Transport::Folder(folder)) = settings.mail(app.is_practice).map(|mail| mail.transport)
    {
        add("mails that a folder took", shown(&folder));
    }
    if let Some(folder) = &settings.archive_dir {
        add("the archive of documents", shown(folder));
    }
    add("what runs `shopctl daily` and the backups", "crontab -l, or the systemd units".to_owned());
    add("who may run shopctl as whom", "/etc/sudoers.d".to_owned());
    add("the program", app.program_file());
    Ok(grid)
}
