//! `licence key`: the keys that seal copies, and the certificates by which others tell them genuine.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use chrono::{DateTime, Months, SubsecRound, Utc};
use clap::Args;

use crate::app::{App, ChangeArgs, Done, Question};
use crate::commands::{read_file, time, write_file};
use crate::domain::licence::{LicenceEdition, SealKeyId};
use crate::domain::secret::Secret;
use crate::effects::{random, secret};
use crate::error::Failure;
use crate::render::seal::Signet;
use crate::render::seal::certificate::{Certificate, FILE_LENGTH_MAX, NAME_LENGTH_MAX, Validity};
use crate::render::seal::key::SealKey;
use crate::render::sheet::{Cell, Grid, Sheet, column};
use crate::store::{KeyOrigin, StoredKey, Tx};

/// Show the keys that seal copies, and write their certificates
///
/// The certificates are all that another machine needs to tell a genuine copy. Publish them where nobody
/// else can put theirs, such as the association's own web site.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl licence key show
  shopctl licence key show -o certificates.pem")]
pub struct ShowArgs {
    /// Where the certificates go, the newest first; - is stdout
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Make a new key, which seals what is rendered from now on
///
/// An edition of a licence keeps the key that sealed its first copy. The certificates change: publish them
/// anew.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl licence key rotate -n
  shopctl licence key rotate -y --note 'yearly'")]
pub struct RotateArgs {
    #[command(flatten)]
    change: ChangeArgs,
}

/// Take the association's own key and certificate, which seal what is rendered from now on
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl licence key import --cert certificate.pem --key-file private-key.pem
  shopctl licence key import --cert chain.pem --key-file private-key.pem -y")]
pub struct ImportArgs {
    /// The certificate in PEM, with or without those of its issuers
    #[arg(long, value_name = "FILE")]
    cert: PathBuf,
    /// The private key on the curve P-256 in PEM, in a file that only its owner may open
    #[arg(long, value_name = "FILE")]
    key_file: PathBuf,
    #[command(flatten)]
    change: ChangeArgs,
}

/// For how many years a key is certified.
const VALID_MONTHS: u32 = 30 * 12;

pub fn show(app: &mut App, args: &ShowArgs) -> Result<()> {
    let keys = app.read(|tx| Ok(tx.seal_keys()?))?;
    if let Some(path) = &args.output {
        let all: String = keys.iter().map(|key| key.certificate.as_str()).collect();
        if all.is_empty() {
            return Err(no_key().into());
        }
        return write_file(path, all.as_bytes());
    }
    app.show(&sheet(&keys)?)
}

pub fn rotate(app: &mut App, args: &RotateArgs) -> Result<()> {
    let key = draw();
    app.change(&args.change, |tx| {
        add_drawn(tx, &key)?;
        let because = "Copies of licences not sealed yet get the new key.".to_owned();
        Ok(changed(sheet(&tx.seal_keys()?)?, Question { because, ask: "Use a new key?" }))
    })
}

pub fn import(app: &mut App, args: &ImportArgs) -> Result<()> {
    let certificates = read_file(&args.cert, FILE_LENGTH_MAX as u64)?;
    let pem = secret::from_file(&args.key_file, secret::Kind::Key)?;
    let (key, certificate) = Certificate::read_own(&certificates, pem.reveal())
        .map_err(|error| refused(&args.cert, &error.to_string()))?;
    let (now, validity) = (app.clock.now(), certificate.validity());
    if now < validity.from || now > validity.until {
        let words = format!(
            "it is valid from {} to {}, and not today",
            validity.from.date_naive(),
            validity.until.date_naive()
        );
        return Err(refused(&args.cert, &words).into());
    }
    app.change(&args.change, |tx| {
        let name = certificate.key().id().to_string();
        let pem = Secret::new(key.to_pem().to_string());
        tx.add_seal_key(&name, &certificate.to_pem(), KeyOrigin::Imported, &pem)?;
        let because = format!("Copies not sealed yet are sealed by {}.", certificate.subject());
        Ok(changed(sheet(&tx.seal_keys()?)?, Question { because, ask: "Use this key?" }))
    })
}

fn changed(sheet: Sheet, question: Question) -> Done {
    let mut done = Done::with(sheet);
    done.questions.push(question);
    done.summary = Some(
        "`shopctl licence key show -o FILE` writes the certificates; publish them anew".to_owned(),
    );
    done
}

fn refused(path: &Path, reason: &str) -> Failure {
    Failure::refused("key", format!("`{}`: {reason}", path.display()))
        .hint("`openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256` makes such a key; have it certified")
}

/// Returns the refusal of what needs a key in a store that has none.
pub fn no_key() -> Failure {
    Failure::refused("no_key", "this shop has no key to seal copies with")
        .hint("`shopctl licence key rotate` makes one")
}

/// Returns a key that nobody can foretell.
pub fn draw() -> SealKey {
    loop {
        // One draw in four thousand million is no key.
        if let Ok(key) = SealKey::from_random(&random::key().into()) {
            return key;
        }
    }
}

/// Adds a key that was drawn, with a certificate that it signs itself in the seller's name.
pub fn add_drawn(tx: &Tx<'_>, key: &SealKey) -> Result<()> {
    let (_, seller) = tx.seller()?;
    let name: String = seller.legal_name.chars().take(NAME_LENGTH_MAX).collect();
    let from = tx.moment().now.trunc_subsecs(0);
    let until = from.checked_add_months(Months::new(VALID_MONTHS)).unwrap_or(from);
    let validity = Validity { from, until };
    let certificate = Certificate::self_signed(key, &name, random::salt(), validity)?;
    let pem = Secret::new(key.to_pem().to_string());
    let name = certificate.key().id().to_string();
    tx.add_seal_key(&name, &certificate.to_pem(), KeyOrigin::Made, &pem)?;
    Ok(())
}

/// Makes the shop's first key, where it has none: a store from the time before there were any.
pub fn ensure(app: &mut App) -> Result<()> {
    if app.read(|tx| Ok(tx.seal_keys()?))?.is_empty() {
        let key = draw();
        app.record(|tx| match tx.seal_keys()?.is_empty() {
            true => add_drawn(tx, &key),
            false => Ok(()),
        })?;
    }
    Ok(())
}

/// A key with its certificate, ready to seal.
pub struct ReadyKey {
    pub id: SealKeyId,
    key: SealKey,
    certificate: Certificate,
}

impl ReadyKey {
    /// Returns the key by which an edition's copies are sealed: the one that sealed its first, or the
    /// newest.
    pub fn of(tx: &Tx<'_>, edition: &LicenceEdition) -> Result<ReadyKey> {
        let id = match edition.key {
            Some(id) => id,
            None => tx.seal_keys()?.first().ok_or_else(no_key)?.id,
        };
        ReadyKey::load(tx, id)
    }

    /// Returns the newest key.
    pub fn newest(tx: &Tx<'_>) -> Result<ReadyKey> {
        let id = tx.seal_keys()?.first().ok_or_else(no_key)?.id;
        ReadyKey::load(tx, id)
    }

    fn load(tx: &Tx<'_>, id: SealKeyId) -> Result<ReadyKey> {
        let key = SealKey::from_pem(tx.seal_secret(id)?.reveal())?;
        let certificates = Certificate::read_all(tx.seal_key(id)?.certificate.as_bytes())?;
        let certificate = certificates.into_iter().next().ok_or_else(no_key)?;
        Ok(ReadyKey { id, key, certificate })
    }

    pub fn key(&self) -> &SealKey {
        &self.key
    }

    /// Returns the signet of an edition's copies. They state the time at which the edition was made, or the
    /// key, if that is younger, so that each time the same bytes come out.
    pub fn signet(&self, edition: &LicenceEdition) -> Result<Signet<'_>> {
        let made: DateTime<Utc> = DateTime::parse_from_rfc3339(&edition.made_at)
            .with_context(|| format!("`{}` is no time", edition.made_at))?
            .to_utc();
        let moment = made.max(self.certificate.validity().from);
        Signet::new(&self.key, &self.certificate, moment)
            .map_err(|error| Failure::refused("seal", error.to_string()).hint(error.hint()).into())
    }
}

/// Returns the certificates of all keys, the newest first.
pub fn certificates(tx: &Tx<'_>) -> Result<Vec<Certificate>> {
    let all: String = tx.seal_keys()?.into_iter().map(|key| key.certificate).collect();
    if all.is_empty() {
        return Ok(Vec::new());
    }
    Ok(Certificate::read_all(all.as_bytes())?)
}

fn sheet(keys: &[StoredKey]) -> Result<Sheet> {
    let mut grid = Grid::new(&[
        column("key", "Key"),
        column("subject", "In the name of"),
        column("origin", "Origin"),
        column("made_at", "Since"),
        column("valid_until", "Certified until"),
        column("state", "State"),
    ]);
    for (place, key) in keys.iter().enumerate() {
        let certificates = Certificate::read_all(key.certificate.as_bytes())?;
        let certificate = certificates.first();
        let until = certificate.map(|certificate| certificate.validity().until.date_naive());
        grid.rows.push(vec![
            Cell::text(&*key.name),
            Cell::maybe(certificate.map(|certificate| certificate.subject().to_owned())),
            Cell::text(&*key.origin),
            time(key.made_at.clone()),
            Cell::maybe(until),
            Cell::text(if place == 0 { "seals" } else { "former" }),
        ]);
    }
    Ok(Sheet::default().list("keys", "Keys", grid))
}
