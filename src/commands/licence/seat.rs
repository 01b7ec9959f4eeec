//! `licence seat`: the logins that a licence has room for (R2).

use anyhow::Result;
use clap::Args;

use crate::app::{App, ChangeArgs, Done, parse_number, parse_reason};
use crate::domain::account::AccountKey;
use crate::domain::email::Email;
use crate::domain::licence::enlargement::{Enlargement, EnlargementError};
use crate::domain::licence::{Licence, LicenceEdition};
use crate::domain::login::Login;
use crate::domain::money::Money;
use crate::domain::seat::{LoginStanding, free};
use crate::domain::subscription::Subscription;
use crate::error::{Failure, Status};
use crate::render::sheet::{Cell, Sheet};
use crate::store::{StoreError, Tx};

use super::edit::{refuse_revoked, refused};
use super::seat_grid;

/// List the logins that a licence has seats for
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl licence seat list 1001
  shopctl licence seat list 1001 --json")]
pub struct ListArgs {
    /// The number of the licence
    #[arg(value_parser = parse_number)]
    number: i64,
}

/// Give a login a seat of a licence
///
/// An address that is no login yet becomes one, of the licence's account or of one that it covers; it has
/// no password until it has chosen one, and `account login invite` mails it how. Where no seat is free, what
/// a bigger licence costs is told.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl licence seat add 1001 anna@saab.example
  shopctl licence seat add 1001 bo@saabbofors.example --account 556016-0680 -n")]
pub struct AddArgs {
    /// The number of the licence
    #[arg(value_parser = parse_number)]
    number: i64,
    /// The login's address
    email: Email,
    /// The account that a new login is made for; the licence's unless given
    #[arg(long, value_name = "ORG")]
    account: Option<AccountKey>,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Take a seat of a licence back
///
/// The login stays, and is suspended where it has no other seat; the first one of an account never is.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl licence seat remove 1001 anna@saab.example --reason 'left the company'
  shopctl licence seat remove 1001 anna@saab.example --reason 'left the company' -n")]
pub struct RemoveArgs {
    /// The number of the licence
    #[arg(value_parser = parse_number)]
    number: i64,
    /// The login's address
    email: Email,
    /// Why
    #[arg(long, value_name = "TEXT", value_parser = parse_reason)]
    reason: String,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn list(app: &mut App, args: &ListArgs) -> Result<()> {
    let grid = app.read(|tx| {
        let subscription = tx.subscription(args.number)?;
        seat_grid(tx, &tx.licence(args.number)?, &subscription)
    })?;
    let mut list = app.list(&grid.columns)?;
    for row in grid.rows {
        list.row(row)?;
    }
    list.finish("nobody has a seat; `shopctl licence seat add` gives one")
}

pub fn add(app: &mut App, args: &AddArgs) -> Result<()> {
    app.change(&args.change, |tx| {
        let licence = tx.licence(args.number)?;
        refuse_revoked(&licence)?;
        let subscription = tx.subscription(args.number)?;
        let seats = tx.seats(&subscription)?;
        if seats.iter().any(|seat| seat.login.email.key() == args.email.key()) {
            return done(tx, args.number, None);
        }
        let edition = in_force(tx, &licence, &subscription)?;
        let known = tx.find_login(&args.email)?;
        if let Some(login) = &known {
            refuse_uncovered(tx, &licence, &subscription, login)?;
        }
        if free(seats.len(), edition.seats) == 0 {
            return Err(full(tx, &licence, edition, &subscription)?.into());
        }
        let is_new = known.is_none();
        let login = match known {
            Some(login) => login,
            None => new_login(tx, &licence, &subscription, args)?,
        };
        tx.take_seat(&subscription, &login)?;
        let next = is_new.then(|| {
            "`shopctl account login invite ORG` mails the login how to choose a password".to_owned()
        });
        done(tx, args.number, next)
    })
}

pub fn remove(app: &mut App, args: &RemoveArgs) -> Result<()> {
    app.change(&args.change, |tx| {
        let subscription = tx.subscription(args.number)?;
        tx.licence(args.number)?;
        let seats = tx.seats(&subscription)?;
        let seat = seats.iter().find(|seat| seat.login.email.key() == args.email.key());
        let seat = seat.ok_or_else(|| {
            let words = format!("`{}` has no seat of licence {}", args.email, args.number);
            Failure::new(Status::NotFound, "unknown_seat", words)
                .hint(format!("`shopctl licence seat list {}` shows who has one", args.number))
        })?;
        tx.give_up_seat(&subscription, seat, &args.reason)?;
        done(tx, args.number, None)
    })
}

/// Returns which licence a login has a seat of, or that it is suspended; empty for one that needs none.
pub fn of(tx: &Tx<'_>, login: &Login) -> Result<Cell, StoreError> {
    let seats = tx.licences_seating(login.id)?;
    let numbers: Vec<String> = seats.iter().map(ToString::to_string).collect();
    Ok(match tx.login_standing(login)? {
        LoginStanding::Suspended { .. } => Cell::text("suspended"),
        LoginStanding::Stands if numbers.is_empty() => Cell::Empty,
        LoginStanding::Stands => Cell::Text(numbers.join(" ")),
    })
}

/// Returns the edition whose seats can be given away: the one in force, or the one to come.
fn in_force<'l>(
    tx: &Tx<'_>,
    licence: &'l Licence,
    subscription: &Subscription,
) -> Result<&'l LicenceEdition> {
    licence
        .rendered(tx.today())
        .ok_or_else(|| refused(EnlargementError::without_edition(subscription, tx.today())).into())
}

/// Refuses a login that needs no seat, and one of an account that the licence does not cover.
fn refuse_uncovered(
    tx: &Tx<'_>,
    licence: &Licence,
    subscription: &Subscription,
    login: &Login,
) -> Result<()> {
    let account = tx.account_by_id(login.account_id)?;
    if account.id == subscription.account_id && account.logins.first() == Some(&login.email) {
        let words = format!("`{}` is the account's first login, which needs no seat", login.email);
        return Err(Failure::refused("first_login", words)
            .hint("it reads what the licence gives as it is")
            .into());
    }
    if account.id != subscription.account_id && !licence.covers.contains(&account.org_number) {
        let words = format!(
            "`{}` is a login of {}, which licence {} does not cover",
            login.email,
            account.org_number.masked(),
            licence.number
        );
        return Err(Failure::refused("not_covered", words)
            .hint(format!("`shopctl licence edit {} --covers ORG` covers it", licence.number))
            .into());
    }
    Ok(())
}

/// Makes a login of the licence's account, or of one that it covers.
fn new_login(
    tx: &Tx<'_>,
    licence: &Licence,
    subscription: &Subscription,
    args: &AddArgs,
) -> Result<Login> {
    let account = match &args.account {
        Some(key) => tx.account(key)?,
        None => tx.account_by_id(subscription.account_id)?,
    };
    if account.id != subscription.account_id && !licence.covers.contains(&account.org_number) {
        let words =
            format!("licence {} does not cover {}", licence.number, account.org_number.masked());
        return Err(Failure::refused("not_covered", words)
            .hint(format!("`shopctl licence edit {} --covers ORG` covers it", licence.number))
            .into());
    }
    if account.logins.is_empty() {
        let words = format!("account {} has no login yet", account.org_number.masked());
        return Err(Failure::refused("no_first_login", words)
            .hint("`shopctl account login add ORG EMAIL` gives it its first, which needs no seat")
            .into());
    }
    Ok(tx.add_login(&account, &args.email)?)
}

/// Returns the refusal of a seat that the licence has no room for, with what more would cost (R2).
fn full(
    tx: &Tx<'_>,
    licence: &Licence,
    edition: &LicenceEdition,
    subscription: &Subscription,
) -> Result<Failure> {
    let words =
        format!("licence {} is for {} logins, and all have one", licence.number, edition.seats);
    let sold = tx.product(&edition.sku)?;
    let account = tx.account_by_id(subscription.account_id)?;
    let gives = tx.agreements_of(sold.id)?;
    let (from, today) = (&sold, tx.today());
    let mut offers = Vec::new();
    for to in tx.products()? {
        let account = &account;
        let enlargement = Enlargement { subscription, account, from, to: &to, edition, today };
        let given = tx.agreements_of(to.id)?;
        let is_offer = enlargement.is_at_once()
            && enlargement.check().is_ok()
            && gives.iter().all(|code| given.contains(code));
        if is_offer && let Ok(line) = enlargement.line() {
            offers.push((to.seats, to.sku.clone(), line.map_or(Money::ZERO, |line| line.net)));
        }
    }
    offers.sort();
    if let Some((seats, sku, price)) = offers.first() {
        let hint = format!(
            "`shopctl licence edit {} --item {sku}` makes it {seats} seats, for {price} kronor excluding \
             VAT up to and including {}",
            licence.number,
            edition.face.period.last_day()
        );
        return Ok(Failure::refused("seats_taken", words).hint(hint));
    }
    if subscription.agreed_price.is_some() {
        let hint = "it has an agreed price: `shopctl subscription price` goes back to the list, and a bigger \
                    one can be chosen then";
        return Ok(Failure::refused("seats_taken", words).hint(hint));
    }
    let hint = format!(
        "no bigger licence is on sale; `shopctl licence seat remove {} EMAIL --reason TEXT` frees a seat",
        licence.number
    );
    Ok(Failure::refused("seats_taken", words).hint(hint))
}

fn done(tx: &Tx<'_>, number: i64, next: Option<String>) -> Result<Done> {
    let (licence, subscription) = (tx.licence(number)?, tx.subscription(number)?);
    let seats = licence.rendered(tx.today()).map_or(0, |edition| edition.seats);
    let taken = tx.seats(&subscription)?.len();
    let sheet = Sheet::default()
        .fact("number", "Licence", number)
        .fact("seats", "Seats", seats)
        .fact("seats_free", "Of them free", free(taken, seats))
        .list("logins", "Seats", seat_grid(tx, &licence, &subscription)?);
    Ok(Done { summary: next, ..Done::with(sheet) })
}
