//! `licence verify` and `licence trace`: whether a copy is genuine, and whose it is.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;

use crate::app::App;
use crate::commands::read_file;
use crate::domain::licence::VoidCause;
use crate::domain::staff::Role;
use crate::error::{Failure, Status};
use crate::render::agreement::{By, Proof as TraceProof, Says, trace as traces_of};
use crate::render::seal::certificate::{self, Certificate};
use crate::render::seal::claim::Claim;
use crate::render::seal::key::SealKey;
use crate::render::seal::revocations::{Cause, LIST_LENGTH_MAX, Revocations, Withdrawal};
use crate::render::seal::verdict::{Finding, Verdict};
use crate::render::seal::{FILE_LENGTH_MAX, verify as examine, verify_claim};
use crate::render::sheet::{Cell, Sheet, column};
use crate::store::Tx;

use super::key::{certificates, draw};

/// Tell whether a copy is genuine
///
/// Ends with 0 where it is and its period runs, and with 5 where it is altered, expired, superseded or
/// revoked. With --cert no store is needed: the certificates and the newest list of revocations are enough on
/// any machine. A file with the text of a copy's code instead of a PDF proves the claim only, and nothing of
/// the pages.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl licence verify copy.pdf
  shopctl licence verify copy.pdf --cert certificates.pem --revocations revocations.txt")]
pub struct VerifyArgs {
    /// The copy, or a text file with what its code says; - is stdin
    file: PathBuf,
    /// The certificates of the shop, on a machine without its store
    #[arg(long, value_name = "FILE")]
    cert: Option<PathBuf>,
    /// The newest list of revocations
    #[arg(long, value_name = "FILE", requires = "cert")]
    revocations: Option<PathBuf>,
}

/// Tell whose copy a file is, or a page torn out of one, as far as it still bears it
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl licence trace page.pdf
  shopctl licence trace page.pdf --cert certificates.pem")]
pub struct TraceArgs {
    /// The file; - is stdin
    file: PathBuf,
    /// The certificates of the shop, on a machine without its store
    #[arg(long, value_name = "FILE")]
    cert: Option<PathBuf>,
}

pub fn verify(app: &mut App, args: &VerifyArgs) -> Result<()> {
    let file = read_file(&args.file, FILE_LENGTH_MAX as u64)?;
    let (certificates, revocations) = match &args.cert {
        Some(path) => {
            let certificates = read_certificates(path)?;
            let list = args.revocations.as_ref();
            let list = list.map(|path| read_revocations(path, &certificates)).transpose()?;
            (certificates, list)
        }
        None => {
            app.require(Role::Reader)?;
            // The list is the store's own and nobody reads it, so that any key names it.
            app.read(|tx| Ok((certificates(tx)?, Some(revocations_of(tx, &draw())?))))?
        }
    };
    let today = app.today();
    let text = str::from_utf8(&file).ok().filter(|text| text.trim_start().starts_with("SHL1:"));
    let verdict = match text {
        Some(text) => verify_claim(text, &certificates, revocations.as_ref(), today),
        None => examine(&file, &certificates, revocations.as_ref(), today),
    };
    app.show(&sheet(&verdict))?;
    if verdict.list_made.is_none() {
        app.warn("revocations were not looked at: give the newest list by `--revocations`");
    }
    if verdict.finding.is_valid() {
        return Ok(());
    }
    let words = format!("`{}` is {}", args.file.display(), verdict.finding);
    Err(Failure::refused(verdict.finding.word(), words).hint(hint(&verdict.finding)).into())
}

fn hint(finding: &Finding) -> &'static str {
    match finding {
        Finding::Valid => "",
        Finding::NotBegun => "it may be used from the first day of its period on",
        Finding::Expired | Finding::Superseded { .. } => "ask its holder for today's copy",
        Finding::Revoked { .. } => "nobody may use it any more; ask whoever gave it to you",
        Finding::Altered(_) | Finding::NoSeal => {
            "`shopctl licence trace FILE` tells whose copy it was, as far as it still bears it"
        }
        Finding::UnknownKey => {
            "`shopctl licence key show -o FILE` writes the certificates there are"
        }
        Finding::Unreadable => "give the PDF as it was received",
    }
}

fn sheet(verdict: &Verdict) -> Sheet {
    let mut sheet = Sheet::default()
        .fact("finding", "Finding", verdict.finding.word())
        .fact("reason", "In words", verdict.finding.to_string())
        .fact("proof", "Proof", verdict.proof.to_string());
    if let Some(claim) = &verdict.claim {
        sheet = facts(sheet, claim);
    }
    sheet
        .fact("key", "Key", Cell::maybe(verdict.key.map(|key| key.to_string())))
        .fact("sealed_on", "Sealed on", Cell::maybe(verdict.sealed_at.map(|at| at.date_naive())))
        .fact("list_made", "Revocations as of", Cell::maybe(verdict.list_made))
}

fn facts(sheet: Sheet, claim: &Claim) -> Sheet {
    sheet
        .fact("licence", "Licence", i64::from(claim.licence))
        .fact("licence_edition", "Its edition", i64::from(claim.edition))
        .fact("holder", "Holder", claim.holder.as_str())
        .fact("period", "Period", Cell::Term(claim.period))
        .fact("agreement", "Agreement", claim.agreement.as_str())
        .fact("edition", "Edition", claim.agreement_edition.as_str())
        .fact("language", "Language", claim.language.code())
}

pub fn trace(app: &mut App, args: &TraceArgs) -> Result<()> {
    let file = read_file(&args.file, FILE_LENGTH_MAX as u64)?;
    let certificates = match &args.cert {
        Some(path) => read_certificates(path)?,
        None => {
            app.require(Role::Reader)?;
            app.read(certificates)?
        }
    };
    let traced = traces_of(&file, &certificates);
    let mut list = app.list(&[
        column("licence", "Licence"),
        column("edition", "Edition"),
        column("holder", "Holder"),
        column("period", "Period"),
        column("by", "Found"),
        column("pages", "Pages"),
        column("proof", "Proof"),
    ])?;
    for found in &traced.traces {
        let (licence, edition, holder, period, proof) = match &found.says {
            Says::Claim { claim, proof } => {
                let holder = Cell::text(claim.holder.as_str());
                (claim.licence, claim.edition, holder, Cell::Term(claim.period), proven(*proof))
            }
            Says::Words { licence, edition } => (
                *licence,
                *edition,
                Cell::Empty,
                Cell::Empty,
                "none: anybody can write it".to_owned(),
            ),
        };
        let pages = found.pages.iter().map(|page| Cell::Integer(*page as i64)).collect();
        list.row(vec![
            Cell::Integer(i64::from(licence)),
            Cell::Integer(i64::from(edition)),
            holder,
            period,
            Cell::text(by(found.by)),
            Cell::List(pages),
            Cell::Text(proof),
        ])?;
    }
    list.finish("nothing in it says whose copy it is")?;
    if let Some(refusal) = &traced.unread {
        app.warn(format!("not all of it could be read: {refusal}"));
    }
    if traced.traces.is_empty() {
        let words = format!("`{}` bears no trace of a licence", args.file.display());
        return Err(Failure::new(Status::NotFound, "no_trace", words)
            .hint("a scan or a photograph bears none; read its header")
            .into());
    }
    Ok(())
}

fn proven(proof: TraceProof) -> String {
    match proof {
        TraceProof::Proven => "the claim is signed by this shop".to_owned(),
        TraceProof::UnknownKey(key) => format!("signed with the key {key}, not known here"),
        TraceProof::Altered => "the claim was altered".to_owned(),
    }
}

const fn by(by: By) -> &'static str {
    match by {
        By::Catalogue => "in the file",
        By::Drawing => "in its pages",
        By::Text => "in its text",
        By::Bytes => "in its bytes",
    }
}

fn read_certificates(path: &Path) -> Result<Vec<Certificate>> {
    let file = read_file(path, certificate::FILE_LENGTH_MAX as u64)?;
    Certificate::read_all(&file).map_err(|error| {
        Failure::refused("certificate", format!("`{}`: {error}", path.display()))
            .hint("`shopctl licence key show -o FILE`, in the shop, writes the certificates")
            .into()
    })
}

fn read_revocations(path: &Path, certificates: &[Certificate]) -> Result<Revocations> {
    let file = read_file(path, LIST_LENGTH_MAX as u64)?;
    Revocations::read(&file, certificates).map_err(|error| {
        Failure::refused("revocations", format!("`{}`: {error}", path.display()))
            .hint("`shopctl licence revocations -o FILE`, in the shop, makes the list")
            .into()
    })
}

/// Returns what the store knows of editions that no longer hold, as a list for `key` to sign.
pub fn revocations_of(tx: &Tx<'_>, key: &SealKey) -> Result<Revocations> {
    let editions = tx
        .voided_editions()?
        .into_iter()
        .filter_map(|(licence, edition, voided)| {
            let cause = match voided.cause {
                VoidCause::Superseded => Cause::Superseded,
                VoidCause::Revoked => Cause::Revoked,
            };
            let number = (u32::try_from(licence).ok()?, u16::try_from(edition).ok()?);
            Some((number, Withdrawal { cause, since: voided.on }))
        })
        .collect();
    Ok(Revocations::new(tx.today(), key, editions))
}
