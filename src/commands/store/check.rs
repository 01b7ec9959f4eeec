//! `store check`: is everything in the store as it should be?

use anyhow::Result;
use clap::Args;

use super::archive::check_archive;
use crate::app::App;
use crate::app::restore::Former;
use crate::domain::check::{Area, Finding};
use crate::effects::host::is_own;
use crate::error::{Failure, Status};
use crate::render::sheet::{Cell, column};

/// Look through the whole store: the file, and every promise of the shop's
///
/// The file's structure and references; series without gaps; each term billed once; sums and VAT worked
/// out anew from the lines; the chain of events; the hash of every document and edition; no mail without
/// a cause; no invoice or payment used beyond its amount; vouchers that balance. Says nothing and ends
/// with 0 when all is well; otherwise each finding is a line, and the exit status 5. Others go on working
/// meanwhile.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  shopctl store check\n  shopctl store check --json")]
pub struct CheckArgs {}

pub fn check(app: &mut App, _args: &CheckArgs) -> Result<()> {
    let mut list = app.list(&[
        column("area", "Area"),
        column("about", "Of"),
        column("finding", "Finding"),
        column("remedy", "What to do"),
    ])?;
    let mut count = 0_u64;
    let mut unwritten = None;
    let mut each = |finding: Finding| {
        count += 1;
        let cells = vec![
            Cell::text(finding.area.as_str()),
            Cell::text(finding.about),
            Cell::text(finding.what),
            Cell::text(finding.area.remedy()),
        ];
        if unwritten.is_none() {
            unwritten = list.row(cells).err();
        }
    };
    look_through(app, &mut each)?;
    if let Some(error) = unwritten {
        return Err(error.into());
    }
    list.finish("")?;
    let words = match count {
        0 => return Ok(()),
        1 => "1 thing is not as it should be".to_owned(),
        count => format!("{count} things are not as they should be"),
    };
    let hint = "change nothing until it is understood, and keep the backups that you have";
    Err(Failure::refused("store_unsound", words).hint(hint).into())
}

fn look_through(app: &mut App, each: &mut dyn FnMut(Finding)) -> Result<()> {
    let path = app.settings.store.display().to_string();
    let words = match app.open_any()? {
        Former::Whole { .. } => {
            app.each_damage(&mut |words| each(Finding::new(Area::File, path.clone(), words)))?;
            app.read(|tx| Ok(tx.check(each)?))?;
            return check_archive(app, each);
        }
        Former::Missing => {
            let words = format!("there is no store at `{path}`");
            return Err(Failure::new(Status::NotFound, "no_store", words)
                .hint("`shopctl store restore FILE` puts a backup there, `--store PATH` names another")
                .into());
        }
        Former::Unreadable(words) => words,
    };
    let owns = std::fs::metadata(&app.settings.store).is_ok_and(|file| is_own(&file));
    if !owns {
        return Err(Failure::new(
            Status::RoleMissing,
            "role_missing",
            "the store cannot be read, and is not yours",
        )
        .hint("whoever owns the file can check it, and restore a backup")
        .into());
    }
    each(Finding::new(Area::File, path, words));
    Ok(())
}
