//! `store archive`: the documents outside the store, made complete.

use std::fs;

use anyhow::Result;
use clap::Args;

use crate::app::App;
use crate::app::archive::archived_at;
use crate::domain::check::{Area, Finding};
use crate::error::Failure;
use crate::render::sheet::Sheet;

/// How many documents are looked at at a time.
const PAGE: i64 = 500;

/// Write every document that is missing in the archive
///
/// The archive is the folder `archive_dir` of shopctl.toml. Documents are written there as they leave the
/// shop; this writes those that were lost there, or could not be written. A file that differs from its
/// document is never replaced.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  shopctl store archive -n\n  shopctl store archive")]
pub struct ArchiveArgs {
    /// Count what is missing and write nothing
    #[arg(short = 'n', long)]
    dry_run: bool,
}

pub fn archive(app: &mut App, args: &ArchiveArgs) -> Result<()> {
    let Some(folder) = app.settings.archive_dir.clone() else {
        return Err(Failure::refused("no_archive", "no archive is configured")
            .hint("`archive_dir` in shopctl.toml names its folder; examples/shopctl.toml shows it")
            .into());
    };
    app.refuse_copy()?;
    let (mut after, mut written) = (0, 0_i64);
    loop {
        let page = app.read(|tx| Ok(tx.documents_kept_after(after, PAGE)?))?;
        let Some(last) = page.last() else { break };
        after = last.seq;
        for kept in &page {
            let is_missing = match args.dry_run {
                true => !archived_at(&folder, kept).exists(),
                false => app.write_missing(&folder, kept)?,
            };
            written += i64::from(is_missing);
        }
    }
    if !args.dry_run {
        app.archive_rest()?;
    }
    let title = if args.dry_run { "Missing" } else { "Written" };
    let key = if args.dry_run { "missing" } else { "written" };
    app.show(&Sheet::default().fact(key, title, written))
}

/// Hands every archived document that is missing or differs to `each`; those that are not archived yet
/// are not among them.
pub fn check_archive(app: &mut App, each: &mut dyn FnMut(Finding)) -> Result<()> {
    let Some(folder) = app.settings.archive_dir.clone() else { return Ok(()) };
    if app.elsewhere()?.is_some() {
        return Ok(());
    }
    let mut after = 0;
    loop {
        let page = app.read(|tx| Ok(tx.documents_kept_after(after, PAGE)?))?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.seq;
        for kept in &page {
            let path = archived_at(&folder, kept);
            let bytes = app.read(|tx| Ok(tx.kept_bytes(kept)?))?.map(|(bytes, _)| bytes);
            let what = match (fs::read(&path), bytes) {
                (Ok(there), Some(bytes)) if there == bytes => continue,
                (_, None) => continue,
                (Ok(_), Some(_)) => "it is not the document that left the shop".to_owned(),
                (Err(error), Some(_)) => format!("it cannot be read: {error}"),
            };
            each(Finding::new(Area::Archive, path.display().to_string(), what));
        }
    }
}
