//! `mail announce`: one text to many customers, a mail each, held until somebody releases them.

mod batch;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;

use crate::app::{App, BatchArgs, ChangeArgs};
use crate::commands::read_file;
use crate::domain::agreement::{Edition, EditionName};
use crate::domain::announcement::{Audience, NewAnnouncement, ToldEdition, Words};
use crate::domain::language::Language;
use crate::error::{Failure, Status};
use crate::render::mail::announcement::NEW_EDITION;
use crate::store::Tx;

pub use self::batch::{AnnounceBatch, Publication};

/// Queue a text to many customers, one mail an account, held until it is released
///
/// Told are the open accounts with a subscription to a product (subscribers:SKU), with one that gives an
/// agreement (readers:CODE), with a licence (licensees), or with an unpaid invoice (unpaid). The mail goes
/// to the login that the account was registered with, about unpaid invoices to the invoice e-mail; nobody
/// is told at an address from which the last mail came back. It carries nothing. The template is a TOML
/// file with `subject` and `text` under [sv] and [en]; it may name {{ shop_name }}, {{ office_email }},
/// {{ web }}, {{ name }} and {{ recipient }}, for subscribers {{ product }}, for readers {{ agreement }},
/// {{ code }}, {{ edition }}, {{ edition_language }} and {{ from }}, and for unpaid a list {{ invoices }},
/// each with `number`, `due_on` and `left`. It is tried before anything is queued. The same text to the
/// same audience is one announcement: run again, it goes to those who do not have it yet.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl mail announce --to subscribers:AB04 --template news.toml -n
  shopctl mail announce --to readers:AB04
  shopctl mail announce --to unpaid --template bankgiro.toml --max 200")]
pub struct AnnounceArgs {
    /// Who is told: subscribers:SKU, readers:CODE, licensees or unpaid
    #[arg(long, value_name = "WHOM")]
    to: Audience,
    /// What is said; readers are told of the newest edition unless given; - is stdin
    #[arg(long, value_name = "FILE")]
    template: Option<PathBuf>,
    /// The edition that readers are told of; the one published last unless given
    #[arg(long, value_name = "TEXT")]
    edition: Option<EditionName>,
    /// The language of that edition
    #[arg(long, value_name = "sv|en", requires = "edition")]
    language: Option<Language>,
    #[command(flatten)]
    batch: BatchArgs,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn announce(app: &mut App, args: &AnnounceArgs) -> Result<()> {
    let words = match &args.template {
        Some(path) => read_words(path)?,
        None if matches!(args.to, Audience::Readers(_)) => carried_words()?,
        None => {
            return Err(Failure::new(Status::Usage, "usage", "what is to be said is missing")
                .hint("give `--template FILE`")
                .into());
        }
    };
    let told = app.read(|tx| told_edition(tx, args))?;
    let new = NewAnnouncement { audience: args.to.clone(), words, edition: told };
    let batch = AnnounceBatch::new(app, new, args.batch.limit)?;
    let count = app.read(|tx| Ok(tx.count_audience(&args.to)?))?;
    let count = args.batch.limit.map_or(count, |limit| count.min(limit));
    args.batch.refuse_unusual(count, "accounts are to be told")?;
    let batch = app.change_each(&args.change, batch)?;
    if let Some(words) = batch.nobody_left() {
        app.say(&words);
    }
    if count == 0 {
        app.say(&format!("there is nobody to tell among {}", args.to));
    }
    batch.verdict()
}

/// Returns the words that tell of a new edition.
pub fn carried_words() -> Result<Words> {
    toml::from_str(NEW_EDITION).context("the carried template is damaged")
}

/// The most that a template's file may be, in bytes.
const FILE_MAX: u64 = 200_000;

fn read_words(path: &Path) -> Result<Words> {
    let shown = path.display();
    let source = read_file(path, FILE_MAX)?;
    let refused = |words: String| {
        Failure::refused("template", words)
            .hint("`shopctl mail announce --help` shows what a template holds")
    };
    if source.len() as u64 > FILE_MAX {
        return Err(refused(format!("`{shown}` is longer than {FILE_MAX} bytes")).into());
    }
    let source = String::from_utf8(source)
        .map_err(|_| refused(format!("`{shown}` is not written in UTF-8")))?;
    toml::from_str(&source)
        .map_err(|error| refused(format!("`{shown}` is no template: {}", one_line(&error))).into())
}

/// Returns what is wrong with a file, without the lines of it.
fn one_line(error: &toml::de::Error) -> String {
    error.message().lines().collect::<Vec<&str>>().join(" ")
}

/// Returns the edition that readers are told of.
fn told_edition(tx: &Tx<'_>, args: &AnnounceArgs) -> Result<Option<ToldEdition>> {
    let Audience::Readers(code) = &args.to else {
        return match args.edition {
            None => Ok(None),
            Some(_) => Err(Failure::refused("usage", "only readers are told of an edition")
                .hint("give `--to readers:CODE`")
                .into()),
        };
    };
    let agreement = tx.agreement(code)?;
    let is_meant = |edition: &&Edition| {
        edition.withdrawn_on.is_none()
            && args.edition.as_ref().is_none_or(|name| *name == edition.name)
            && args.language.is_none_or(|language| language == edition.language)
    };
    let meant = agreement.editions.iter().filter(is_meant);
    let Some(edition) = meant.max_by_key(|edition| edition.id.0) else {
        let words = format!("agreement {code} has no such edition to tell of");
        return Err(Failure::refused("no_edition", words)
            .hint(format!("`shopctl agreement show {code}` lists them"))
            .into());
    };
    Ok(Some(ToldEdition {
        code: code.to_string(),
        edition: edition.name.to_string(),
        edition_language: edition.language.code().to_owned(),
        from: edition.from.to_string(),
    }))
}
