//! `store restore`: a backup takes the store's place, in one step.

use std::fs;
use std::io;
use std::os::unix::fs::{MetadataExt, fchown};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;

use super::partial::Partial;
use crate::app::restore::{Former, keep_former, kept_name};
use crate::app::{App, ChangeArgs, Done, Question, parse_number};
use crate::commands::{cannot_write, folder_of, open_file, wall_time};
use crate::error::{Failure, Status};
use crate::render::sheet::{Cell, Sheet};
use crate::store::{
    CopyFault, OpenError, Restored, Store, StoreError, Tx, check_structure, companions,
};

/// Put a backup in the place of the store
///
/// The backup is looked through before anything is replaced, and the former store is kept beside it under
/// a dated name. Customers may hold invoices from after the backup, so you are asked for the first number
/// that nobody can hold; the ones before it are left out for good, and the series says why. Mails that
/// waited are held, since they may have been sent since: `shopctl mail list --status held` shows them,
/// and `shopctl mail retry` sends them. Works also when there is no store, or none that can be read.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl store restore /backup/shop-2026-03-01.db -n --next-invoice 1205
  shopctl store restore /backup/shop-2026-03-01.db --next-invoice 1205 --yes
  age -d shop.db.age | shopctl store restore - --next-invoice 1205 --yes")]
pub struct RestoreArgs {
    /// The backup; - is stdin
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The first invoice number that no customer can hold
    #[arg(long, value_name = "N", value_parser = parse_number)]
    next_invoice: Option<i64>,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn restore(app: &mut App, args: &RestoreArgs) -> Result<()> {
    let former = app.open_former()?;
    let store = place_of(&app.settings.store)?;
    app.settings.store.clone_from(&store);
    let mut partial = Partial::begin(&store, ".restoring")?;
    fetch(&args.file, &store, &mut partial)?;
    let name = args.file.display().to_string();
    let as_of =
        look_through(app, partial.path()).with_context(|| format!("the backup `{name}`"))?;
    let owned = if store.exists() { &store } else { &args.file };
    app.open_instead(partial.path(), &former, owned)?;
    refuse_mixture(app, &former)?;
    let next_invoice = next_invoice(app, args, &former)?;

    let elsewhere = app.elsewhere()?;
    let kept = store.exists().then(|| kept_name(&store, app.clock.machine()));
    let mut partial = Some(partial);
    let copy = partial.as_ref().map(|partial| partial.path().to_owned()).unwrap_or_default();
    let restored = |tx: &Tx<'_>| {
        let restored = tx.restore(&name, next_invoice)?;
        let kept = kept.as_deref();
        let mut done = Done::with(sheet(&name, &store, kept, &as_of, next_invoice, &restored));
        done.questions.push(question(&former, &as_of, &restored, next_invoice));
        done.warnings = warnings(&as_of, &restored);
        Ok(done)
    };
    app.change_then(&args.change, restored, |app| {
        app.close_instead(&copy)?;
        let partial = partial.take().expect("it is put in its place once");
        take_owner(&partial, &store)?;
        partial.sync().with_context(|| cannot_write(&store))?;
        // Held until the names are changed: whoever waits for it finds the restored store.
        let _seized = app.seize_former(&former)?;
        let beside = kept.clone().unwrap_or_else(|| kept_name(&store, app.clock.machine()));
        keep_former(&store, &beside)?;
        partial.put(&store).with_context(|| cannot_write(&store))
    })?;
    if args.change.dry_run {
        return Ok(());
    }
    if let Some(kept) = &kept {
        app.say(&format!("the former store is `{}`", kept.display()));
    }
    if let Some(elsewhere) = elsewhere {
        app.say(&format!("{elsewhere}; `shopctl store adopt` lets this one send mail"));
    }
    Ok(())
}

/// Returns the file that the store's name stands for, its links followed.
fn place_of(store: &Path) -> Result<PathBuf> {
    let words = || cannot_write(store);
    if let Ok(path) = fs::canonicalize(store) {
        return Ok(path);
    }
    let folder = fs::canonicalize(folder_of(store)).with_context(words)?;
    let name = store.file_name().with_context(words)?;
    Ok(folder.join(name))
}

/// Brings the backup beside the store, where it is looked through and used: what is checked is what is
/// restored, whatever becomes of the file meanwhile.
fn fetch(file: &Path, store: &Path, partial: &mut Partial) -> Result<()> {
    if file != Path::new("-") {
        let identity = |path: &Path| fs::metadata(path).ok().map(|file| (file.dev(), file.ino()));
        if identity(file).is_some() && identity(file) == identity(store) {
            let words = format!("`{}` is the store itself", file.display());
            let hint = "name the backup that shall take its place";
            return Err(Failure::refused("store_itself", words).hint(hint).into());
        }
        let [log, _, journal] = companions(file);
        let is_filled = |path: &Path| fs::metadata(path).is_ok_and(|file| file.len() > 0);
        if let Some(beside) = [log, journal].iter().find(|path| is_filled(path)) {
            let words = format!(
                "`{}` lies beside it, so `{}` is a store and no backup, and not whole by itself",
                beside.display(),
                file.display()
            );
            let hint = format!(
                "`shopctl --store {} store backup -o FILE` makes a backup of it",
                file.display()
            );
            return Err(Failure::refused("not_a_backup", words).hint(hint).into());
        }
    }
    let mut source = open_file(file)?;
    io::copy(&mut source, partial.file()).with_context(|| cannot_write(store))?;
    Ok(())
}

/// Looks through a backup: whether it is one, its structure, its chain; returns when it was last changed.
fn look_through(app: &App, path: &Path) -> Result<String> {
    let backup = Store::open_still(path).map_err(|error| match error {
        OpenError::Newer { .. } => anyhow::Error::new(error),
        other => no_backup(&other.to_string()),
    })?;
    check_structure(&backup).map_err(|fault| match fault {
        CopyFault::Damaged(words) => no_backup(&format!("it is damaged: {words}")),
        fault => no_backup(&fault.to_string()),
    })?;
    let (findings, changed) = backup
        .read(app.moment(), |tx| Ok::<_, StoreError>((tx.verify_chain()?.1, tx.last_change()?)))?;
    match (findings.first(), changed) {
        (None, Some(changed)) => Ok(changed),
        (Some(finding), _) => Err(no_backup(&format!(
            "its chain is broken at event {}: {}",
            finding.seq, finding.what
        ))),
        (None, None) => Err(no_backup("nothing ever happened in it")),
    }
}

fn no_backup(words: &str) -> anyhow::Error {
    Failure::new(Status::Refused, "backup_unusable", words)
        .hint("nothing was replaced; try an older backup")
        .into()
}

/// Refuses to put a practice shop in the place of a real one, and the other way round.
fn refuse_mixture(app: &App, former: &Former) -> Result<()> {
    let Former::Whole { is_practice, .. } = former else { return Ok(()) };
    let words = match (*is_practice, app.is_practice) {
        (true, false) => "the store is for practice, and the backup is of a real shop",
        (false, true) => "the backup is of a shop for practice, and the store is real",
        _ => return Ok(()),
    };
    let hint = "`--store PATH` restores it to a place of its own";
    Err(Failure::refused("practice", words).hint(hint).into())
}

/// Returns the first invoice number that nobody can hold, asked for where it is not given.
fn next_invoice(app: &mut App, args: &RestoreArgs, former: &Former) -> Result<i64> {
    let coming = app.read(|tx| Ok(tx.next_invoice()?))?;
    let known = match former {
        Former::Whole { next_invoice, .. } => coming.max(*next_invoice),
        Former::Unreadable(_) | Former::Missing => coming,
    };
    let check = move |number: i64| match number >= known {
        true => Ok(number),
        false => Err(format!("number {} is given out already", known - 1)),
    };
    if let Some(number) = args.next_invoice {
        return check(number).map_err(|words| {
            let hint = format!("`--next-invoice {known}` is the least that can be right");
            Failure::refused("number_taken", words).hint(hint).into()
        });
    }
    if !app.terminal.is_interactive {
        let words = "customers may hold invoices with numbers that the backup does not know";
        let hint = format!(
            "`--next-invoice N` says which is the first that nobody can hold, {known} at the least; \
             the mail server's log and the bank's files show the last ones"
        );
        return Err(Failure::refused("next_invoice_missing", words).hint(hint).into());
    }
    let question = "The first invoice number that no customer can hold";
    let answer = app.terminal.ask(question, Some(&known.to_string()), false, |text| {
        parse_number(text).and_then(check).map(|_| ())
    })?;
    Ok(parse_number(&answer).map_err(|words| Failure::refused("value", words))?)
}

/// Leaves the file to the user who owned the former one: a restore may be run by root.
fn take_owner(partial: &Partial, store: &Path) -> Result<()> {
    let words = || cannot_write(store);
    let like =
        fs::metadata(store).or_else(|_| fs::metadata(folder_of(store))).with_context(words)?;
    let own = partial.metadata().with_context(words)?;
    if own.uid() == 0 && like.uid() != 0 {
        fchown(partial.handle(), Some(like.uid()), Some(like.gid())).with_context(words)?;
    }
    Ok(())
}

fn question(former: &Former, as_of: &str, restored: &Restored, next_invoice: i64) -> Question {
    let as_of = wall_time(as_of);
    let mut because = match former {
        Former::Whole { .. } => {
            format!(
                "what was done since {as_of} will not be in the store, and stays in the former one"
            )
        }
        Former::Unreadable(words) => {
            format!("the store cannot be read ({words}), and goes back to how it was at {as_of}")
        }
        Former::Missing => format!("there is no store, and one of {as_of} takes its place"),
    };
    if let Some((first, last)) = restored.left_out {
        because.push_str(&format!("; invoice numbers {first} to {last} are left out for good"));
    } else {
        because.push_str(&format!("; the next invoice is {next_invoice}"));
    }
    Question { because, ask: "Restore the backup?" }
}

fn warnings(as_of: &str, restored: &Restored) -> Vec<String> {
    let as_of = wall_time(as_of);
    let mut warnings = vec![format!(
        "payments, notices and changes of after {as_of} must be entered again, and terms invoiced since \
         would be invoiced again by `shopctl daily`: stop cron until they are"
    )];
    let (mails, they, them) = match restored.held {
        0 => return warnings,
        1 => ("1 mail is".to_owned(), "it", "it"),
        held => (format!("{held} mails are"), "they", "them"),
    };
    warnings.push(format!(
        "{mails} held, since {they} may have been sent after the backup was made; `shopctl mail list \
         --status held` shows {them}, `shopctl mail retry --restored` queues {them} again"
    ));
    warnings
}

fn sheet(
    name: &str,
    store: &Path,
    kept: Option<&Path>,
    as_of: &str,
    next_invoice: i64,
    restored: &Restored,
) -> Sheet {
    let path = |path: &Path| path.display().to_string();
    Sheet::default()
        .fact("file", "Backup", Cell::text(name))
        .fact("store", "Store", Cell::text(path(store)))
        .fact("former", "Former store", Cell::maybe(kept.map(path)))
        .fact("as_of", "Last change", crate::commands::time(as_of.to_owned()))
        .fact("next_invoice", "Next invoice", next_invoice)
        .fact("left_out_from", "Left out from", Cell::maybe(restored.left_out.map(|run| run.0)))
        .fact("left_out_to", "Left out to", Cell::maybe(restored.left_out.map(|run| run.1)))
        .fact("held", "Mails held", restored.held)
}
