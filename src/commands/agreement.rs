//! `agreement`: the documents that the shop sells, their editions, and the way to read one.

mod fetch;
mod publish;

use anyhow::Result;
use clap::Args;

use crate::app::{App, ChangeArgs, Done, parse_reason};
use crate::domain::agreement::{Agreement, AgreementCode, Edition, EditionName};
use crate::domain::language::Language;
use crate::error::{Failure, Status};
use crate::render::sheet::{Cell, Grid, Sheet, column, spare};

pub use self::fetch::{FetchArgs, fetch, fetches_of};
pub use self::publish::{PublishArgs, publish};

/// List agreements with today's editions
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  shopctl agreement list\n  shopctl agreement list --json")]
pub struct ListArgs {}

/// Show an agreement with all its editions
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  shopctl agreement show AB04\n  shopctl agreement show AB04 --json"
)]
pub struct ShowArgs {
    /// What the agreement is called in commands
    code: AgreementCode,
}

/// Create an agreement; its editions are published afterwards
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl agreement create AB04 --name-sv 'AB 04' --name-en 'AB 04'
  shopctl agreement create ABK09 --name-sv 'ABK 09' --name-en 'ABK 09' -n")]
pub struct CreateArgs {
    /// What the agreement is called in commands
    code: AgreementCode,
    /// The name in Swedish
    #[arg(long, value_name = "TEXT", value_parser = parse_reason)]
    name_sv: String,
    /// The name in English
    #[arg(long, value_name = "TEXT", value_parser = parse_reason)]
    name_en: String,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Withdraw an agreement, or one edition of it
///
/// A withdrawn agreement is given to nobody any more. Where an edition is withdrawn, the one before it is
/// the current one again. Both stay for the record.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl agreement withdraw AB92 --reason 'replaced by AB 04'
  shopctl agreement withdraw AB04 --edition 2026:2 --reason 'page 12 was missing'")]
pub struct WithdrawArgs {
    /// What the agreement is called in commands
    code: AgreementCode,
    /// Only this edition
    #[arg(long, value_name = "TEXT")]
    edition: Option<EditionName>,
    /// The edition's language, where there are two of that name
    #[arg(long, value_name = "sv|en", requires = "edition")]
    language: Option<Language>,
    /// Why
    #[arg(long, value_name = "TEXT", value_parser = parse_reason)]
    reason: String,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn list(app: &mut App, _args: &ListArgs) -> Result<()> {
    let mut list = app.list(&[
        column("code", "Agreement"),
        column("name_sv", "Name"),
        spare("name_en", "In English"),
        column("edition_sv", "Swedish"),
        column("edition_en", "English"),
        column("withdrawn_on", "Withdrawn"),
    ])?;
    let today = app.today();
    for agreement in app.read(|tx| Ok(tx.agreements()?))? {
        let edition = |language| {
            let current = agreement.current(language, today);
            Cell::maybe(current.map(|edition| edition.name.to_string()))
        };
        list.row(vec![
            Cell::text(agreement.code.as_str()),
            Cell::text(&*agreement.name_sv),
            Cell::text(&*agreement.name_en),
            edition(Language::Swedish),
            edition(Language::English),
            Cell::maybe(agreement.withdrawn_on),
        ])?;
    }
    list.finish("no agreements; `shopctl agreement create CODE …` makes one")
}

pub fn show(app: &mut App, args: &ShowArgs) -> Result<()> {
    let today = app.today();
    let agreement = app.read(|tx| Ok(tx.agreement(&args.code)?))?;
    app.show(&sheet(&agreement, today))
}

pub fn create(app: &mut App, args: &CreateArgs) -> Result<()> {
    app.change(&args.change, |tx| {
        let agreement = tx.create_agreement(&args.code, &args.name_sv, &args.name_en)?;
        Ok(Done::with(sheet(&agreement, tx.today())))
    })
}

pub fn withdraw(app: &mut App, args: &WithdrawArgs) -> Result<()> {
    app.change(&args.change, |tx| {
        let agreement = tx.agreement(&args.code)?;
        match &args.edition {
            None if agreement.withdrawn_on.is_some() => {}
            None => tx.withdraw_agreement(&agreement, &args.reason)?,
            Some(name) => {
                let edition = edition_named(&agreement, name, args.language)?;
                if edition.withdrawn_on.is_none() {
                    tx.withdraw_edition(&agreement, edition, &args.reason)?;
                }
            }
        }
        Ok(Done::with(sheet(&tx.agreement(&args.code)?, tx.today())))
    })
}

/// Returns the edition of a name, in a language where that is given.
fn edition_named<'a>(
    agreement: &'a Agreement,
    name: &EditionName,
    language: Option<Language>,
) -> Result<&'a Edition> {
    let code = &agreement.code;
    let is_named = |edition: &&Edition| {
        edition.name == *name && language.is_none_or(|language| edition.language == language)
    };
    let mut named = agreement.editions.iter().filter(is_named);
    match (named.next(), named.next()) {
        (Some(edition), None) => Ok(edition),
        (None, _) => {
            let words = format!("agreement {code} has no edition {name}");
            let language = language.map(|it| format!(" in the language {it}")).unwrap_or_default();
            Err(Failure::new(Status::NotFound, "unknown_edition", words + &language)
                .hint(format!("`shopctl agreement show {code}` lists them"))
                .into())
        }
        (Some(_), Some(_)) => {
            let words = format!("edition {name} of {code} is there in Swedish and in English");
            Err(Failure::refused("language", words)
                .hint("`--language sv` or `--language en` says which")
                .into())
        }
    }
}

fn sheet(agreement: &Agreement, today: chrono::NaiveDate) -> Sheet {
    let mut editions = Grid::new(&[
        column("edition", "Edition"),
        column("language", "Language"),
        column("from", "From"),
        column("state", "State"),
        column("pages", "Pages"),
        spare("size", "Bytes"),
        spare("sha256", "SHA-256"),
        spare("withdrawn_on", "Withdrawn"),
    ]);
    for edition in &agreement.editions {
        let current = agreement.current(edition.language, today);
        let state = match edition.withdrawn_on {
            Some(_) => "withdrawn",
            None if current.is_some_and(|current| current.id == edition.id) => "current",
            None if edition.from > today => "to come",
            None => "former",
        };
        editions.rows.push(vec![
            Cell::text(edition.name.as_str()),
            Cell::text(edition.language.code()),
            Cell::Date(edition.from),
            Cell::text(state),
            Cell::Integer(edition.pages),
            Cell::Integer(edition.size),
            Cell::text(&*edition.sha256),
            Cell::maybe(edition.withdrawn_on),
        ]);
    }
    Sheet::default()
        .fact("code", "Agreement", agreement.code.as_str())
        .fact("name_sv", "Name, Swedish", &*agreement.name_sv)
        .fact("name_en", "Name, English", &*agreement.name_en)
        .fact("withdrawn_on", "Withdrawn", Cell::maybe(agreement.withdrawn_on))
        .list("editions", "Editions", editions)
}
