//! `agreement fetch`: today's edition for who may read it, recorded each time (R4, R6).

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use crate::app::{App, parse_reason};
use crate::commands::licence::{self, Licensed};
use crate::commands::password::{self, Held};
use crate::commands::{check_writable, time, write_file};
use crate::domain::account::{Account, AccountKey};
use crate::domain::agreement::{Agreement, AgreementCode, Edition, EditionName};
use crate::domain::email::Email;
use crate::domain::language::Language;
use crate::domain::login::Login;
use crate::domain::product::ProductKind;
use crate::domain::staff::Role;
use crate::domain::subscription::{NoAccess, Subscription};
use crate::error::Failure;
use crate::render::pdf::Press;
use crate::render::sheet::{Cell, Grid, Sheet, column};
use crate::store::{FetchRight, StoreError, Tx};

use super::edition_named;

/// Fetch an agreement: today's edition, for a login with a subscription to it
///
/// The login proves its password, and each fetch is recorded. Under a subscription an edition is fetched
/// anew each time it is read, and stored nowhere: the conditions are said. Under a licence every page bears
/// its period in the header and its holder's name in the footer. Staff fetch on an account's behalf, or a
/// former edition in a dispute, with --account and --reason.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl agreement fetch AB04 --login inkop@saab.example -o ab04.pdf
  shopctl agreement fetch AB04 --account 556036-0793 --edition 2025:1 \\
      --reason 'dispute, case 4711' -o ab04-2025.pdf")]
pub struct FetchArgs {
    /// What the agreement is called in commands
    code: AgreementCode,
    /// The login that reads it, by its password
    #[arg(long, value_name = "EMAIL", required_unless_present = "account")]
    login: Option<Email>,
    /// The account on whose behalf staff fetch it
    #[arg(long, value_name = "ORG", conflicts_with = "login", requires = "reason")]
    account: Option<AccountKey>,
    /// Why staff fetch it
    #[arg(long, value_name = "TEXT", value_parser = parse_reason, requires = "account")]
    reason: Option<String>,
    /// A former edition, for staff
    #[arg(long, value_name = "TEXT", requires = "account")]
    edition: Option<EditionName>,
    /// The language; the account's unless given
    #[arg(long, value_name = "sv|en")]
    language: Option<Language>,
    /// Where to; - is stdout
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    #[command(flatten)]
    source: password::SourceArgs,
}

pub fn fetch(app: &mut App, args: &FetchArgs) -> Result<()> {
    check_writable(&args.output)?;
    let (account, login) = match &args.login {
        Some(login) => {
            app.require(Role::Reader)?;
            let typed = args.source.read(app, "Password")?;
            let proven = password::prove(app, login, &typed)?;
            (proven.account, Some(proven.login))
        }
        None => {
            app.require(Role::Staff)?;
            let org = args.account.as_ref().expect("clap wants one of the two");
            (app.read(|tx| Ok(tx.account(org)?))?, None)
        }
    };
    let fetched = app.read(|tx| find(tx, args, &account, login.as_ref()))?;
    let edition = app.read(|tx| Ok(tx.edition_file(fetched.edition.id)?))?;
    let key = match &fetched.licensed {
        Some(licensed) => Some(licensed.key(app)?),
        None => None,
    };
    // Made with no lock held; a copy that cannot be made is not recorded, and one that is recorded may
    // still fail to be written.
    let bytes = match (&fetched.licensed, &key) {
        (Some(licensed), Some(key)) => {
            let look = app.read(|tx| licence::look(&tx.shop_settings()?))?;
            let document = licence::document(&edition)?;
            let named = (&args.code, &fetched.edition);
            licensed.copy(&mut Press::new(), &document, named, look, key)?
        }
        _ => edition,
    };
    app.record(|tx| {
        record(tx, args, &account, login.as_ref(), &fetched)?;
        match (&fetched.licensed, &key) {
            (Some(licensed), Some(key)) => licensed.keep_key(tx, key),
            _ => Ok(()),
        }
    })?;
    write_file(&args.output, &bytes)?;
    if args.output.as_os_str() == "-" {
        if let Some(conditions) = &fetched.conditions {
            app.say(conditions);
        }
        return Ok(());
    }
    let subscription = fetched.subscription.as_ref().map(|subscription| subscription.number);
    app.show(
        &Sheet::default()
            .fact("code", "Agreement", args.code.as_str())
            .fact("edition", "Edition", fetched.edition.name.as_str())
            .fact("language", "Language", fetched.edition.language.code())
            .fact("pages", "Pages", fetched.edition.pages)
            .fact("subscription", "Subscription", Cell::maybe(subscription))
            .fact("file", "File", args.output.display().to_string())
            .fact("conditions", "Conditions", Cell::maybe(fetched.conditions)),
    )
}

/// How many fetches an account is shown with.
const SHOWN_MAX: i64 = 5;

/// Returns what was fetched last for an account.
pub fn fetches_of(tx: &Tx<'_>, account: &Account) -> Result<Grid, StoreError> {
    let mut grid = Grid::new(&[
        column("fetched_at", "When"),
        column("agreement", "Agreement"),
        column("edition", "Edition"),
        column("language", "Language"),
        column("login", "Login"),
        column("reason", "Staff, because"),
    ]);
    for fetch in tx.fetches_of(account, SHOWN_MAX)? {
        grid.rows.push(vec![
            time(fetch.fetched_at),
            Cell::text(fetch.code.as_str()),
            Cell::text(fetch.edition.as_str()),
            Cell::text(fetch.language.code()),
            Cell::maybe(fetch.login),
            Cell::maybe(fetch.reason),
        ]);
    }
    Ok(grid)
}

/// What is fetched, and by which right.
struct Fetched {
    agreement: Agreement,
    edition: Edition,
    /// The subscription that gives it, unless it was fetched by staff.
    subscription: Option<Subscription>,
    /// What stands on every page, where the right comes from a licence (R3).
    licensed: Option<Licensed>,
    /// What may be done with it (R6). They forbid storing, and do not go with a licence's copy.
    conditions: Option<String>,
}

impl Fetched {
    fn gives_the_same_as(&self, other: &Fetched) -> bool {
        let right = |fetched: &Fetched| fetched.subscription.as_ref().map(|it| it.id);
        self.edition.id == other.edition.id
            && right(self) == right(other)
            && self.licensed == other.licensed
    }
}

/// Finds the edition that is asked for, as whoever fetches it may have it.
fn find(
    tx: &Tx<'_>,
    args: &FetchArgs,
    account: &Account,
    login: Option<&Login>,
) -> Result<Fetched> {
    let agreement = tx.agreement(&args.code)?;
    let language = args.language.unwrap_or(account.profile.language);
    let edition = match &args.edition {
        Some(name) => edition_named(&agreement, name, args.language)?,
        None => current(tx, &agreement, language)?,
    };
    let mut fetched = Fetched {
        edition: edition.clone(),
        subscription: None,
        licensed: None,
        conditions: None,
        agreement,
    };
    if let Some(login) = login {
        let (subscription, kind) = entitled(tx, Some(login), account, &fetched.agreement)?;
        if kind == ProductKind::Licence {
            fetched.licensed = Some(Licensed::of(tx, subscription.number)?);
        } else {
            let conditions = tx.conditions()?.subscription;
            let language = fetched.edition.language;
            fetched.conditions = Some(conditions.in_language(language).to_owned());
        }
        fetched.subscription = Some(subscription);
    } else if args.edition.is_none() {
        // Never the bare agreement where the right comes from a licence; staff need no right.
        match entitled(tx, None, account, &fetched.agreement) {
            Ok((subscription, ProductKind::Licence)) => {
                fetched.licensed = Some(Licensed::of(tx, subscription.number)?);
            }
            Ok(_) => {}
            Err(error) if is_without_access(&error) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(fetched)
}

fn is_without_access(error: &anyhow::Error) -> bool {
    error.downcast_ref::<Failure>().is_some_and(|failure| failure.code == NO_ACCESS)
}

/// Records the fetch.
///
/// Errors when something else would be given by now than was made ready.
fn record(
    tx: &Tx<'_>,
    args: &FetchArgs,
    account: &Account,
    login: Option<&Login>,
    ready: &Fetched,
) -> Result<()> {
    let fetched = find(tx, args, account, login)?;
    if !fetched.gives_the_same_as(ready) {
        return Err(StoreError::Changed { noun: "agreement", key: args.code.to_string() }.into());
    }
    let right = match (login, &fetched.subscription) {
        (Some(login), Some(subscription)) => FetchRight::Login {
            login: &login.email,
            subscription,
            licence_edition: fetched.licensed.as_ref().map(|licensed| &licensed.edition),
        },
        _ => FetchRight::Staff {
            reason: args.reason.as_deref().expect("clap wants it with an account"),
        },
    };
    Ok(tx.record_fetch(account, &fetched.agreement, &fetched.edition, &right)?)
}

fn current<'a>(tx: &Tx<'_>, agreement: &'a Agreement, language: Language) -> Result<&'a Edition> {
    let code = &agreement.code;
    if agreement.withdrawn_on.is_some() {
        let words = format!("agreement {code} is withdrawn, and given to nobody any more");
        return Err(Failure::refused("agreement_withdrawn", words)
            .hint("`shopctl agreement list` shows what is there")
            .into());
    }
    agreement.current(language, tx.today()).ok_or_else(|| {
        let words = format!("agreement {code} has no edition in the language {language} today");
        let hint = match agreement.languages(tx.today()).first() {
            Some(other) => format!("there is one in {other}: `--language {other}` fetches it"),
            None => format!("`shopctl agreement show {code}` lists what is to come"),
        };
        Failure::refused("no_edition", words).hint(hint).into()
    })
}

/// Returns the subscription that gives a login an agreement today, and the kind of its product; one that
/// is no licence where there are both.
fn entitled(
    tx: &Tx<'_>,
    login: Option<&Login>,
    account: &Account,
    agreement: &Agreement,
) -> Result<(Subscription, ProductKind)> {
    let mut why = format!("{} has no subscription to {}", account.profile.name, agreement.code);
    let mut hint = "an order of a product that gives the agreement opens it".to_owned();
    let mut licensed = None;
    for Held { subscription, stopped_by } in password::held(tx, login, account)? {
        let number = subscription.number;
        let licence = tx.find_licence(number)?;
        let edition = licence.as_ref().and_then(|licence| licence.current(tx.today()));
        // What a licence gives is what its period was sold as.
        let product = edition.map_or(subscription.product_id, |edition| edition.product_id);
        if !tx.agreements_of(product)?.contains(&agreement.code) {
            continue;
        }
        if let Some(licence) = licence.as_ref().filter(|_| edition.is_none())
            && subscription.access(stopped_by, tx.today()).is_ok()
        {
            why = match &licence.revoked {
                Some(revoked) => format!("licence {number} was revoked on {}", revoked.on),
                None => format!("no term of licence {number} is billed for today"),
            };
            hint = "the office can tell what to do".to_owned();
            continue;
        }
        match subscription.access(stopped_by, tx.today()) {
            Err(NoAccess::NotBegun(day)) => {
                why = format!("subscription {number} begins on {day}");
                hint = "it can be fetched from that day on".to_owned();
            }
            Err(NoAccess::Ended) => why = format!("subscription {number} has ended"),
            Err(NoAccess::Stopped(invoice)) => {
                why =
                    format!("subscription {number} is stopped by invoice {invoice}, long overdue");
                hint = format!("it can be fetched when invoice {invoice} is paid");
            }
            Err(NoAccess::Parked) => why = format!("subscription {number} is blocked"),
            Ok(()) => match tx.product(&subscription.sku)?.kind {
                ProductKind::Licence => licensed = Some(subscription),
                kind => return Ok((subscription, kind)),
            },
        }
    }
    if let Some(subscription) = licensed {
        return Ok((subscription, ProductKind::Licence));
    }
    Err(Failure::refused(NO_ACCESS, why).hint(hint).into())
}

/// The word for programs where nothing gives a login the agreement.
const NO_ACCESS: &str = "no_access";
