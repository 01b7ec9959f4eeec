//! `licence render`: a licence's copies as files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use chrono::NaiveDate;
use clap::Args;

use crate::app::{App, parse_number};
use crate::commands::{check_writable, write_file};
use crate::domain::agreement::{Agreement, AgreementCode, Edition, EditionId};
use crate::domain::invoice::InvoiceNumber;
use crate::domain::language::Language;
use crate::domain::licence::{EditionStatus, Licence, LicenceEdition};
use crate::error::{Failure, Status};
use crate::render::agreement::Look;
use crate::render::pdf::Press;
use crate::render::sheet::{Cell, Grid, Sheet, column};
use crate::store::Tx;

use super::copy::{Licensed, document};
use super::edit::refuse_revoked;
use super::key::{ReadyKey, ensure};

/// Write the copies of a licence, sealed
///
/// A copy is the agreement itself, with the licence's period and holder on every page. The same edition of
/// a licence and of an agreement give the same bytes. With --all the copies of every licence in force go to
/// a folder; a licence that cannot be copied, or that an unpaid invoice stops, is told and passed over.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl licence render 1001 --agreement AB04 -o ab04-saab.pdf
  shopctl licence render 1001 -o copies/
  shopctl licence render --all -o copies/")]
pub struct RenderArgs {
    /// The number of the licence
    #[arg(value_parser = parse_number, required_unless_present = "all", conflicts_with = "all")]
    number: Option<i64>,
    /// Every licence in force
    #[arg(long)]
    all: bool,
    /// Only this agreement
    #[arg(long, value_name = "CODE")]
    agreement: Option<AgreementCode>,
    /// Only this edition of the licence; the one in force, or the one to come, unless given
    #[arg(long, value_name = "N", conflicts_with = "all")]
    edition: Option<i64>,
    /// The language; the account's unless given
    #[arg(long, value_name = "sv|en")]
    language: Option<Language>,
    /// A file, or a folder for several copies, named after licence and agreement
    #[arg(short, long, value_name = "FILE|DIR")]
    output: PathBuf,
}

/// A copy that is to be made.
struct Wanted {
    licensed: Licensed,
    code: AgreementCode,
    edition: Edition,
}

impl Wanted {
    /// Returns the name of the copy's file: safe letters only, whatever an edition is called.
    fn file_name(&self) -> String {
        let safe = |character: char| if is_safe(character) { character } else { '_' };
        let edition: String = self.edition.name.as_str().chars().map(safe).collect();
        let Licensed { number, edition: face } = &self.licensed;
        format!(
            "licence-{number}-{}-{}-{edition}-{}.pdf",
            face.number,
            self.code,
            self.edition.language.code()
        )
    }
}

fn is_safe(character: char) -> bool {
    character.is_alphanumeric() || "-_.".contains(character)
}

pub fn render(app: &mut App, args: &RenderArgs) -> Result<()> {
    ensure(app)?;
    match args.number {
        Some(number) => one(app, args, number),
        None => all(app, args),
    }
}

fn one(app: &mut App, args: &RenderArgs, number: i64) -> Result<()> {
    app.record(|tx| Ok(tx.refresh_licence(number)?))?;
    let wanted = app.read(|tx| wanted(tx, args, number))?;
    let is_folder =
        args.output.is_dir() || args.output.as_os_str().to_string_lossy().ends_with('/');
    if !is_folder && wanted.len() > 1 {
        let words =
            format!("licence {number} gives {} agreements, and one file holds one", wanted.len());
        return Err(Failure::refused("several_copies", words)
            .hint("name one by --agreement, or end -o with / for a folder")
            .into());
    }
    if is_folder {
        make_folder(&args.output)?;
    } else {
        check_writable(&args.output)?;
    }
    let look = look(app)?;
    let mut press = Press::new();
    let mut grid = Grid::new(&[
        column("agreement", "Agreement"),
        column("edition", "Edition"),
        column("language", "Language"),
        column("file", "File"),
    ]);
    for copy in &wanted {
        let key = copy.licensed.key(app)?;
        let file = app.read(|tx| Ok(tx.edition_file(copy.edition.id)?))?;
        let named = (&copy.code, &copy.edition);
        let bytes = copy.licensed.copy(&mut press, &document(&file)?, named, look, &key)?;
        app.record(|tx| copy.licensed.keep_key(tx, &key))?;
        let path = match is_folder {
            true => args.output.join(copy.file_name()),
            false => args.output.clone(),
        };
        write_file(&path, &bytes)?;
        grid.rows.push(vec![
            Cell::text(copy.code.as_str()),
            Cell::text(copy.edition.name.as_str()),
            Cell::text(copy.edition.language.code()),
            Cell::Text(path.display().to_string()),
        ]);
    }
    if args.output.as_os_str() == "-" {
        return Ok(());
    }
    let edition = wanted.first().map(|copy| copy.licensed.edition.number);
    app.show(
        &Sheet::default()
            .fact("number", "Licence", number)
            .fact("edition", "Edition", Cell::maybe(edition))
            .list("copies", "Copies", grid),
    )
}

/// How many licences are looked at in one transaction.
const PAGE: i64 = 200;

/// What came of a batch.
#[derive(Default)]
struct Rendered {
    copies: i64,
    /// Why each copy that could not be made was not.
    refused: Vec<String>,
}

/// Renders every licence in force, one agreement edition after the other, so that each is read once.
fn all(app: &mut App, args: &RenderArgs) -> Result<()> {
    make_folder(&args.output)?;
    let look = look(app)?;
    let mut press = Press::new();
    let mut rendered = Rendered::default();
    let mut stopped = BTreeMap::new();
    let mut progress = app.terminal.progress("copies written");
    for id in app.read(|tx| editions_given(tx, args))? {
        let file = app.read(|tx| Ok(tx.edition_file(id)?))?;
        let document = document(&file)?;
        let mut after = 0;
        loop {
            let page = app.read(|tx| Ok(tx.licence_numbers(after, PAGE)?))?;
            let Some(last) = page.last() else { break };
            after = *last;
            let (copies, keys) = app.record(|tx| {
                for number in &page {
                    tx.refresh_licence(*number)?;
                }
                page_of(tx, args, &page, id, &mut stopped)
            })?;
            let mut sealed = Vec::new();
            for copy in &copies {
                let key = keys.get(&copy.licensed.number).expect("a key for each copy");
                let named = (&copy.code, &copy.edition);
                match copy.licensed.copy(&mut press, &document, named, look, key) {
                    Ok(bytes) => {
                        write_file(&args.output.join(copy.file_name()), &bytes)?;
                        rendered.copies += 1;
                        sealed.push((&copy.licensed, key));
                    }
                    Err(error) => {
                        rendered.refused.push(told(&error));
                    }
                }
                progress.tick();
            }
            // A key that could seal nothing binds no edition.
            app.record(|tx| {
                sealed.iter().try_for_each(|(licensed, key)| licensed.keep_key(tx, key))
            })?;
        }
    }
    drop(progress);
    for (number, invoice) in stopped {
        app.warn(format!("licence {number} is stopped by invoice {invoice}, long overdue"));
    }
    for reason in &rendered.refused {
        app.warn(reason.as_str());
    }
    app.show(
        &Sheet::default()
            .fact("copies", "Copies", rendered.copies)
            .fact("refused", "Refused", rendered.refused.len() as i64)
            .fact("folder", "Folder", args.output.display().to_string()),
    )?;
    if rendered.refused.is_empty() {
        return Ok(());
    }
    let (refused, all) = (rendered.refused.len() as i64, rendered.copies);
    let words = format!("{refused} of {} copies could not be made", all + refused);
    Err(Failure::new(Status::Partial, "some_refused", words)
        .hint("each is told above, with what to do; the same command again makes them")
        .into())
}

/// Returns why a copy could not be made, and what to do.
fn told(error: &anyhow::Error) -> String {
    let hint = error.downcast_ref::<Failure>().and_then(|failure| failure.hint.clone());
    match hint {
        Some(hint) => format!("{error:#}; {hint}"),
        None => format!("{error:#}"),
    }
}

/// Returns the agreement editions that are current in any language, of what is asked for.
fn editions_given(tx: &Tx<'_>, args: &RenderArgs) -> Result<Vec<EditionId>> {
    let today = tx.today();
    let mut found = Vec::new();
    for agreement in tx.agreements()? {
        if args.agreement.as_ref().is_some_and(|code| *code != agreement.code) {
            continue;
        }
        for language in agreement.languages(today) {
            found.extend(agreement.current(language, today).map(|edition| edition.id));
        }
    }
    Ok(found)
}

/// Returns the copies of an agreement edition that some licences in force give, and their keys. Licences
/// that an unpaid invoice stops give none, and are added to `stopped`.
fn page_of(
    tx: &Tx<'_>,
    args: &RenderArgs,
    numbers: &[i64],
    id: EditionId,
    stopped: &mut BTreeMap<i64, InvoiceNumber>,
) -> Result<(Vec<Wanted>, BTreeMap<i64, ReadyKey>)> {
    let (mut copies, mut keys) = (Vec::new(), BTreeMap::new());
    for number in numbers {
        let licence = tx.licence(*number)?;
        let Some(edition) = licence.current(tx.today()) else { continue };
        if let Some(invoice) = stopped_by(tx, *number)? {
            stopped.insert(*number, invoice);
            continue;
        }
        let licensed = Licensed { number: *number, edition: edition.clone() };
        let given = copies_of(tx, args, &licensed)?;
        for copy in given.into_iter().filter(|copy| copy.edition.id == id) {
            keys.insert(*number, ReadyKey::of(tx, edition)?);
            copies.push(copy);
        }
    }
    Ok((copies, keys))
}

/// Returns the copies that are asked for of one licence.
fn wanted(tx: &Tx<'_>, args: &RenderArgs, number: i64) -> Result<Vec<Wanted>> {
    let licence = tx.licence(number)?;
    refuse_revoked(&licence)?;
    if let Some(invoice) = stopped_by(tx, number)? {
        let words = format!("licence {number} is stopped by invoice {invoice}, long overdue");
        return Err(Failure::refused("stopped", words)
            .hint(format!("copies are made when invoice {invoice} is paid"))
            .into());
    }
    let edition = edition_of(tx, &licence, args.edition)?;
    let licensed = Licensed { number, edition: edition.clone() };
    let copies = copies_of(tx, args, &licensed)?;
    if !copies.is_empty() {
        return Ok(copies);
    }
    let words = match &args.agreement {
        Some(code) => format!("licence {number} does not give {code} in that language today"),
        None => format!("licence {number} gives no agreement in that language today"),
    };
    Err(Failure::refused("no_edition", words)
        .hint(format!("`shopctl licence show {number}` lists its agreements; `--language` chooses"))
        .into())
}

/// Returns the unpaid invoice that stops what a licence gives, if one does.
fn stopped_by(tx: &Tx<'_>, number: i64) -> Result<Option<InvoiceNumber>> {
    Ok(tx.fetch_stopped_by(&tx.subscription(number)?, &tx.shop_settings()?)?)
}

/// Returns the edition of a licence that is asked for, if copies of it may be made.
fn edition_of<'l>(
    tx: &Tx<'_>,
    licence: &'l Licence,
    asked: Option<i64>,
) -> Result<&'l LicenceEdition> {
    let number = licence.number;
    let found = match asked {
        Some(asked) => licence.editions.iter().find(|edition| edition.number == asked),
        None => licence.rendered(tx.today()),
    };
    let hint = format!("`shopctl licence show {number}` lists its editions");
    let Some(edition) = found else {
        let words = match asked {
            Some(asked) => format!("licence {number} has no edition {asked}"),
            None => format!("the period of licence {number} has ended, and no later one is billed"),
        };
        return Err(Failure::refused("no_licence_edition", words).hint(hint).into());
    };
    match edition.status(tx.today()) {
        EditionStatus::Valid | EditionStatus::Coming => Ok(edition),
        status => {
            let words =
                format!("edition {} of licence {number} is {}", edition.number, status.as_str());
            Err(Failure::refused("licence_edition_void", words).hint(hint).into())
        }
    }
}

/// Returns the copies that an edition of a licence gives: of each of its agreements the current edition,
/// in the language asked for, else the account's, else the only one there is.
fn copies_of(tx: &Tx<'_>, args: &RenderArgs, licensed: &Licensed) -> Result<Vec<Wanted>> {
    let today = tx.today();
    let subscription = tx.subscription(licensed.number)?;
    let own = tx.account_by_id(subscription.account_id)?.profile.language;
    let mut copies = Vec::new();
    for code in tx.agreements_of(licensed.edition.product_id)? {
        if args.agreement.as_ref().is_some_and(|asked| *asked != code) {
            continue;
        }
        let agreement = tx.agreement(&code)?;
        if let Some(edition) = chosen(&agreement, args.language, own, today) {
            copies.push(Wanted { licensed: licensed.clone(), code, edition: edition.clone() });
        }
    }
    Ok(copies)
}

fn chosen(
    agreement: &Agreement,
    asked: Option<Language>,
    own: Language,
    today: NaiveDate,
) -> Option<&Edition> {
    if let Some(language) = asked {
        return agreement.current(language, today);
    }
    let first =
        || agreement.languages(today).into_iter().find_map(|it| agreement.current(it, today));
    agreement.current(own, today).or_else(first)
}

/// Returns where and how header, footer and code are written, as the shop has set it.
fn look(app: &mut App) -> Result<Look> {
    app.read(|tx| super::look(&tx.shop_settings()?))
}

fn make_folder(path: &Path) -> Result<()> {
    fs::create_dir_all(path).with_context(|| format!("the folder `{}`", path.display()))
}
