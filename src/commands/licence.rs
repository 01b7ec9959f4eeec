//! `licence`: the document side of subscriptions to licence products.

mod copy;
mod edit;
pub mod key;
mod render;
mod revocations;
mod revoke;
pub mod seat;
mod verify;

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;

use crate::app::{App, parse_number};
use crate::commands::account::account_looked_at;
use crate::commands::time;
use crate::domain::account::{Account, AccountKey};
use crate::domain::licence::{EditionStatus, Licence};
use crate::domain::seat::{free, holds};
use crate::domain::setting::ShopSettings;
use crate::domain::subscription::Subscription;
use crate::domain::term::parse_date;
use crate::domain::text::shell_word;
use crate::render::agreement::Look;
use crate::render::sheet::{Cell, Column, Grid, Sheet, column, spare};
use crate::store::Tx;

pub use self::copy::{Licensed, document};
pub use self::edit::{EditArgs, check_holder, edit};
pub use self::render::{RenderArgs, render};
pub use self::revocations::{RevocationsArgs, revocations};
pub use self::revoke::{RevokeArgs, revoke};
pub use self::verify::{TraceArgs, VerifyArgs, trace, verify};

/// List licences
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl licence list
  shopctl licence list --expires-before 2027-01-01 --format csv")]
pub struct ListArgs {
    /// Only those whose period in force ends before this day
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    expires_before: Option<NaiveDate>,
    /// Only those of this account, or that cover it
    #[arg(long, value_name = "ORG")]
    account: Option<AccountKey>,
}

/// Show a licence: its editions, seats and what was fetched last
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  shopctl licence show 1001\n  shopctl licence show 1001 --json"
)]
pub struct ShowArgs {
    /// The number of the licence, which is its subscription's
    #[arg(value_parser = parse_number)]
    number: i64,
}

const COLUMNS: [Column; 8] = [
    column("number", "Licence"),
    column("sku", "Product"),
    column("org_number", "Account"),
    column("holder", "Holder"),
    column("edition", "Edition"),
    column("last_day", "Last day"),
    column("seats", "Seats"),
    column("status", "Status"),
];

/// How many licences are read at a time.
const PAGE: i64 = 500;

pub fn list(app: &mut App, args: &ListArgs) -> Result<()> {
    let mut list = app.list(&COLUMNS)?;
    let account = account_looked_at(app, args.account.as_ref())?;
    let mut after = 0;
    loop {
        let (rows, last) = app.read(|tx| {
            let numbers = match &account {
                Some(account) => {
                    tx.licences_of(account)?.into_iter().filter(|number| *number > after).collect()
                }
                None => tx.licence_numbers(after, PAGE)?,
            };
            let mut rows = Vec::with_capacity(numbers.len());
            for number in &numbers {
                rows.push(row(tx, &tx.licence(*number)?)?);
            }
            Ok((rows, numbers.last().copied()))
        })?;
        for (last_day, row) in rows {
            let expires = |day: NaiveDate| last_day.is_some_and(|last_day| last_day < day);
            if args.expires_before.is_none_or(expires) {
                list.row(row)?;
            }
        }
        match last {
            Some(last) => after = last,
            None => break,
        }
    }
    if args.expires_before.is_some() || account.is_some() {
        list.finish("no licence is like that")
    } else {
        list.finish("no licences; an order of a product of kind licence starts one")
    }
}

pub fn show(app: &mut App, args: &ShowArgs) -> Result<()> {
    let sheet = app.read(|tx| sheet_of(tx, args.number))?;
    app.show(&sheet)
}

/// Returns, for each licence of an account that runs under another name than the account's, what would give
/// it that one.
pub fn named_otherwise(tx: &Tx<'_>, account: &Account) -> Result<Vec<String>> {
    let mut warnings = Vec::new();
    for number in tx.licences_of(account)? {
        let licence = tx.licence(number)?;
        let is_own = tx.subscription(number)?.account_id == account.id;
        let name = &account.profile.name;
        if is_own && licence.rendered(tx.today()).is_some() && licence.holder.as_str() != name {
            warnings.push(format!(
                "licence {number} is held by {}; `shopctl licence edit {number} --holder {}` makes a new \
                 edition",
                licence.holder,
                shell_word(name)
            ));
        }
    }
    Ok(warnings)
}

/// Returns a licence as it is listed, and the last day of its period in force, or of its last one.
fn row(tx: &Tx<'_>, licence: &Licence) -> Result<(Option<NaiveDate>, Vec<Cell>)> {
    let subscription = tx.subscription(licence.number)?;
    let account = tx.account_by_id(subscription.account_id)?;
    let edition = licence.rendered(tx.today()).or(licence.editions.last());
    let last_day = edition.map(|edition| edition.face.period.last_day());
    let row = vec![
        Cell::Integer(licence.number),
        Cell::text(subscription.sku.as_str()),
        Cell::Text(account.org_number.masked()),
        Cell::text(licence.holder.as_str()),
        Cell::maybe(edition.map(|edition| edition.number)),
        Cell::maybe(last_day),
        Cell::maybe(edition.map(|edition| edition.seats)),
        Cell::text(status(licence, &subscription, tx.today())),
    ];
    Ok((last_day, row))
}

/// Returns how a licence stands, by its edition in force, or by its last one.
fn status(licence: &Licence, subscription: &Subscription, today: NaiveDate) -> &'static str {
    match licence.rendered(today) {
        _ if licence.revoked.is_some() => EditionStatus::Revoked.as_str(),
        Some(edition) => edition.status(today).as_str(),
        None if licence.seats_today(subscription, today).is_some() => "not renewed yet",
        None => licence
            .editions
            .last()
            .map_or(EditionStatus::Expired, |edition| edition.status(today))
            .as_str(),
    }
}

/// Returns all that is shown of a licence.
fn sheet_of(tx: &Tx<'_>, number: i64) -> Result<Sheet> {
    let licence = tx.licence(number)?;
    let subscription = tx.subscription(number)?;
    let account = tx.account_by_id(subscription.account_id)?;
    let today = tx.today();
    let edition = licence.rendered(today);
    let agreements = tx.agreements_of(subscription.product_id)?;
    let agreements: Vec<&str> = agreements.iter().map(|code| code.as_str()).collect();
    let seats = edition.map(|edition| edition.seats);
    let taken = tx.seats(&subscription)?.len();
    let revoked = licence.revoked.as_ref();
    Ok(Sheet::default()
        .fact("number", "Licence", number)
        .fact("status", "Status", status(&licence, &subscription, today))
        .fact("sku", "Product", subscription.sku.as_str())
        .fact("org_number", "Account", account.org_number.to_string())
        .fact("name", "Name", account.profile.name.as_str())
        .fact("holder", "Holder", licence.holder.as_str())
        .fact("shows_org_number", "Shows the number", licence.shows_org_number)
        .fact("covers", "Covers besides", Cell::list(&licence.covers))
        .fact("period", "Period", Cell::maybe(edition.map(|edition| edition.face.period)))
        .fact("renewal_date", "Renewal date", Cell::maybe(subscription.next_renewal()))
        .fact("ends", "Ends", Cell::maybe(subscription.ends_on))
        .fact("agreements", "Agreements", Cell::list(agreements))
        .fact("seats", "Seats", Cell::maybe(seats))
        .fact("seats_free", "Of them free", Cell::maybe(seats.map(|seats| free(taken, seats))))
        .fact("revoked_on", "Revoked", Cell::maybe(revoked.map(|revoked| revoked.on)))
        .fact("revoke_reason", "Reason", Cell::maybe(revoked.map(|revoked| revoked.reason.clone())))
        .list("editions", "Editions", editions(tx, &licence)?)
        .list("logins", "Seats", seat_grid(tx, &licence, &subscription)?)
        .list("fetches", "Last fetched", fetches(tx, &subscription)?))
}

/// Returns where and how header, footer and code are written, as the office has chosen it.
pub fn look(settings: &ShopSettings) -> Result<Look> {
    const POINTS_OF_MM: f64 = 72.0 / 25.4;
    let chosen = settings.licences;
    let size = chosen.text.points();
    let look = Look {
        side: f64::from(chosen.margin_mm) * POINTS_OF_MM,
        edge: f64::from(chosen.edge_mm) * POINTS_OF_MM,
        size,
        leading: size * LEADING,
        grey: u8::try_from(chosen.grey_percent * 255 / 100)?,
        scale_min: chosen.scale_percent.map(|percent| f64::from(percent) / 100.0),
        ..Look::default()
    };
    look.check()?;
    Ok(look)
}

/// The distance between lines, in sizes of the letters.
const LEADING: f64 = 1.25;

fn editions(tx: &Tx<'_>, licence: &Licence) -> Result<Grid> {
    let mut grid = Grid::new(&[
        column("edition", "Edition"),
        column("period", "Period"),
        column("holder", "Holder"),
        spare("org_number", "Number shown"),
        column("seats", "Seats"),
        column("status", "Status"),
        spare("voided_on", "Voided"),
        spare("key", "Key"),
    ]);
    for edition in &licence.editions {
        let key = edition.key.map(|key| tx.seal_key(key)).transpose()?;
        grid.rows.push(vec![
            Cell::Integer(edition.number),
            Cell::Term(edition.face.period),
            Cell::text(edition.face.holder.as_str()),
            Cell::maybe(edition.face.org_number.as_ref().map(ToString::to_string)),
            Cell::Integer(edition.seats),
            Cell::text(edition.status(tx.today()).as_str()),
            Cell::maybe(edition.voided.map(|voided| voided.on)),
            Cell::maybe(key.map(|key| key.name)),
        ]);
    }
    Ok(grid)
}

/// Returns the logins that may use a licence: the first of its account, and those that have a seat.
fn seat_grid(tx: &Tx<'_>, licence: &Licence, subscription: &Subscription) -> Result<Grid> {
    let mut grid = Grid::new(&[
        column("login", "Login"),
        column("org_number", "Account"),
        column("state", "State"),
    ]);
    let account = tx.account_by_id(subscription.account_id)?;
    if let Some(first) = account.logins.first() {
        grid.rows.push(vec![
            Cell::text(first.as_str()),
            Cell::Text(account.org_number.to_string()),
            Cell::text("first"),
        ]);
    }
    let seats = licence.seats_today(subscription, tx.today()).unwrap_or(0);
    for (place, seat) in tx.seats(subscription)?.into_iter().enumerate() {
        let account = tx.account_by_id(seat.login.account_id)?;
        let state = match (holds(place, seats), seat.is_first) {
            _ if subscription.rhythm.anchor > tx.today() => "to come",
            (true, _) => "seated",
            (false, true) => "waiting",
            (false, false) => "suspended",
        };
        grid.rows.push(vec![
            Cell::text(seat.login.email.as_str()),
            Cell::Text(account.org_number.to_string()),
            Cell::text(state),
        ]);
    }
    Ok(grid)
}

/// How many fetches a licence is shown with.
const FETCHES_MAX: usize = 5;

fn fetches(tx: &Tx<'_>, subscription: &Subscription) -> Result<Grid> {
    let mut grid = Grid::new(&[
        column("fetched_at", "When"),
        column("agreement", "Agreement"),
        column("edition", "Edition"),
        column("login", "Login"),
    ]);
    for fetch in tx.fetches_under(subscription.id)?.into_iter().take(FETCHES_MAX) {
        grid.rows.push(vec![
            time(fetch.fetched_at),
            Cell::text(fetch.code.as_str()),
            Cell::text(fetch.edition.as_str()),
            Cell::maybe(fetch.login),
        ]);
    }
    Ok(grid)
}
