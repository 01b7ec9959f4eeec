//! `agreement publish`: a new edition, checked before it is kept.

use std::path::PathBuf;

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;

use crate::app::{App, ChangeArgs, Done};
use crate::commands::mail::announce::{AnnounceBatch, Publication, carried_words};
use crate::commands::{licence, read_file};
use crate::domain::agreement::{Agreement, AgreementCode, EditionName, NewEdition};
use crate::domain::announcement::{Audience, NewAnnouncement, ToldEdition};
use crate::domain::language::Language;
use crate::domain::licence::Face;
use crate::domain::product::ProductKind;
use crate::domain::term::{Rhythm, parse_date};
use crate::error::Failure;
use crate::render::agreement::{self, FILE_BYTES_MAX};
use crate::render::pdf::Press;
use crate::render::seal::claim::Claim;
use crate::store::Tx;

use super::sheet;

/// Publish an edition of an agreement
///
/// From its day on it is what subscribers fetch in that language; the editions before it stay for the
/// record. The file must be a PDF that opens without a password and is not signed. --announce tells its
/// readers by mail, never with the agreement; `mail announce --to readers:CODE` does so later, in words of
/// your own if wanted, or finishes what was interrupted.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl agreement publish AB04 ab04.pdf --edition 2026:1 --language sv
  shopctl agreement publish AB04 ab04.pdf --edition 2027:1 --language sv --announce -n
  shopctl agreement publish AB04 ab04-en.pdf --edition 2026:1 --language en --from 2026-07-01")]
pub struct PublishArgs {
    /// What the agreement is called in commands
    code: AgreementCode,
    /// The PDF; - is stdin
    #[arg(value_name = "FILE.pdf")]
    file: PathBuf,
    /// What the edition is called, such as 2026:1
    #[arg(long, value_name = "TEXT")]
    edition: EditionName,
    /// The language of the text
    #[arg(long, value_name = "sv|en")]
    language: Language,
    /// The first day on which it is the current one; today unless given
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    from: Option<NaiveDate>,
    /// Queue a mail to each customer whose subscription or licence gives it, held until it is released
    #[arg(long)]
    announce: bool,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn publish(app: &mut App, args: &PublishArgs) -> Result<()> {
    let bytes = read_file(&args.file, FILE_BYTES_MAX as u64)?;
    let document = agreement::Agreement::read(&bytes).map_err(|refusal| {
        let words = format!("`{}` cannot be published: {refusal}", args.file.display());
        Failure::refused("agreement_file", words).hint(refusal.hint())
    })?;
    let from = args.from.unwrap_or(app.today());
    if from < app.today() {
        let words = format!("{from} has passed, and what was read since then was another edition");
        return Err(Failure::refused("date", words).hint("give today or a later day").into());
    }
    let new = NewEdition {
        name: args.edition.clone(),
        language: args.language,
        from,
        pages: document.pages() as i64,
    };
    let warnings = app.read(|tx| warnings(tx, args, &document))?;
    if args.announce {
        return publish_and_announce(app, args, new, bytes, warnings);
    }
    app.change(&args.change, |tx| {
        let agreement = publishable(tx, args, &new)?;
        tx.publish_edition(&agreement, &new, &bytes)?;
        let sheet = sheet(&tx.agreement(&args.code)?, tx.today());
        Ok(Done { warnings: warnings.clone(), ..Done::with(sheet) })
    })
}

/// Returns what whoever publishes a file should know of it.
fn warnings(
    tx: &Tx<'_>,
    args: &PublishArgs,
    document: &agreement::Agreement,
) -> Result<Vec<String>> {
    let mut warnings = Vec::new();
    if document.has_scripts() {
        warnings.push(SCRIPTS.to_owned());
    }
    warnings.extend(no_room(tx, args, document)?);
    Ok(warnings)
}

/// Says which pages have no room for what stands on a licence's copy, by today's settings; it is tried
/// with a holder of a long name, with its number.
fn no_room(
    tx: &Tx<'_>,
    args: &PublishArgs,
    document: &agreement::Agreement,
) -> Result<Option<String>> {
    let face = Face {
        holder: "Exempelkoncernens bygg- och anläggningsföretag i norra Sverige AB"
            .parse()
            .map_err(anyhow::Error::msg)?,
        org_number: Some("556677-8899".parse()?),
        period: Rhythm { anchor: tx.today(), term_months: 12 }.term(0)?,
    };
    let claim = Claim {
        holder: face.holder.to_string(),
        licence: 10_000,
        edition: 1,
        period: face.period,
        agreement: args.code.to_string(),
        agreement_edition: args.edition.to_string(),
        language: args.language,
        agreement_sha256: [0; 32],
    };
    let look = licence::look(&tx.shop_settings()?)?;
    let footer = face.footer(args.language);
    let pages = document.pages_without_room(&mut Press::new(), &claim, (&footer, look))?;
    if pages.is_empty() {
        return Ok(None);
    }
    let have = if pages.len() == 1 { "has" } else { "have" };
    let skus = licences_giving(tx, &args.code)?;
    let who = match skus.is_empty() {
        true => "no licence could give this agreement".to_owned(),
        false => format!("no copy of this agreement can be made for {}", skus.join(", ")),
    };
    Ok(Some(format!(
        "{} {have} no room for the header and footer of a licence's copy, and {who}; \
         `shopctl setting list` shows the margins and sizes",
        told(&pages)
    )))
}

/// Returns the products of licences that give an agreement.
fn licences_giving(tx: &Tx<'_>, code: &AgreementCode) -> Result<Vec<String>> {
    let mut skus = Vec::new();
    for product in tx.products()?.into_iter().filter(|it| it.kind == ProductKind::Licence) {
        if tx.agreements_of(product.id)?.contains(code) {
            skus.push(product.sku.to_string());
        }
    }
    Ok(skus)
}

/// Names pages, those that follow one another by the first and the last: `pages 1, 3-7`.
fn told(pages: &[usize]) -> String {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for page in pages {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *page => *last = *page,
            _ => runs.push((*page, *page)),
        }
    }
    let run = |(first, last): &(usize, usize)| match first == last {
        true => first.to_string(),
        false => format!("{first}-{last}"),
    };
    let named: Vec<String> = runs.iter().take(RUNS_MAX).map(run).collect();
    let word = if pages.len() == 1 { "page" } else { "pages" };
    let more = if runs.len() > RUNS_MAX { " and more" } else { "" };
    format!("{word} {}{more}", named.join(", "))
}

/// So many runs of pages are named.
const RUNS_MAX: usize = 20;

/// Publishes the edition and queues a mail to each of its readers, as one piece of work.
fn publish_and_announce(
    app: &mut App,
    args: &PublishArgs,
    new: NewEdition,
    bytes: Vec<u8>,
    warnings: Vec<String>,
) -> Result<()> {
    let agreement = app.read(|tx| publishable(tx, args, &new))?;
    let announcement = NewAnnouncement {
        audience: Audience::Readers(args.code.clone()),
        words: carried_words()?,
        edition: Some(ToldEdition {
            code: args.code.to_string(),
            edition: new.name.to_string(),
            edition_language: new.language.code().to_owned(),
            from: new.from.to_string(),
        }),
    };
    let batch = AnnounceBatch::new(app, announcement, None)?;
    let batch = batch.after_publishing(Publication { agreement, edition: new, bytes });
    let batch = app.change_each(&args.change, batch)?;
    for warning in warnings {
        app.warn(warning);
    }
    batch.verdict()
}

/// Returns the agreement; errors when it is withdrawn, or has an edition that the new one cannot stand
/// beside.
fn publishable(tx: &Tx<'_>, args: &PublishArgs, new: &NewEdition) -> Result<Agreement> {
    let agreement = tx.agreement(&args.code)?;
    if agreement.withdrawn_on.is_some() {
        let words = format!("agreement {} is withdrawn", agreement.code);
        return Err(Failure::refused("agreement_withdrawn", words)
            .hint("`shopctl agreement create CODE …` makes a new one")
            .into());
    }
    if let Some(known) = agreement.rival(new) {
        let (code, language) = (&agreement.code, new.language);
        let words = format!(
            "edition {} of {code} in the language {language} is there, from {}",
            known.name, known.from
        );
        return Err(Failure::refused("edition_taken", words)
            .hint("give the new one another name, and another day by --from")
            .into());
    }
    Ok(agreement)
}

/// What is said of a file in which something runs.
const SCRIPTS: &str = "something in this file runs when it is opened or clicked; is that meant?";
