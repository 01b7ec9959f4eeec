//! `account login`: the user names of an account (R2).

use anyhow::Result;
use clap::Args;

use crate::app::{App, ChangeArgs, Done, parse_reason};
use crate::commands::{licence, password, time};
use crate::domain::account::{Account, AccountKey};
use crate::domain::email::Email;
use crate::domain::login::Login;
use crate::error::{Failure, Status};
use crate::render::sheet::{Cell, Grid, Sheet, column};
use crate::store::{StoreError, Tx};

/// List the logins of an account
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl account login list 556036-0793
  shopctl account login list 556036-0793 --json")]
pub struct ListArgs {
    /// The organisation number, or the e-mail address of a login
    #[arg(value_name = "ORG")]
    org: AccountKey,
}

/// Add a login to an account that has none
///
/// An account has one login, which its holder may share with co-workers. The new login has no password
/// until it has chosen one: `account login invite` mails it how.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl account login add 556036-0793 inkop@saab.example
  shopctl account login add 556036-0793 inkop@saab.example -n")]
pub struct AddArgs {
    /// The organisation number
    #[arg(value_name = "ORG")]
    org: AccountKey,
    /// The address that is to be the user name
    email: Email,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Remove a login, with its password
///
/// The last login of an account stays, since nobody could log in any more; rename it instead.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl account login remove 556036-0793 gammal@saab.example --reason 'left the company'
  shopctl account login remove 556036-0793 gammal@saab.example --reason 'left the company' -n")]
pub struct RemoveArgs {
    /// The organisation number
    #[arg(value_name = "ORG")]
    org: AccountKey,
    /// The login's address
    email: Email,
    /// Why
    #[arg(long, value_name = "TEXT", value_parser = parse_reason)]
    reason: String,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Give a login another address
///
/// Its password and every mail about it become void. The address before and the invoice e-mail are told,
/// and the new one is mailed how to choose a password.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl account login rename 556036-0793 anna@saab.example inkop@saab.example \\
      --ticket 4711 --proof 'called back on the number of the register'
  shopctl account login rename 556036-0793 anna@saab.example inkop@saab.example \\
      --ticket 4711 --proof 'letter signed by the board' -n")]
pub struct RenameArgs {
    /// The organisation number
    #[arg(value_name = "ORG")]
    org: AccountKey,
    /// The login's address now
    email: Email,
    /// The address it is to have
    #[arg(value_name = "NEW")]
    to: Email,
    /// Where it was asked for: a number of a case, or a word about the call
    #[arg(long, value_name = "TEXT", value_parser = parse_reason)]
    ticket: String,
    /// How whoever asked showed that they act for the account
    #[arg(long, value_name = "TEXT", value_parser = parse_reason)]
    proof: String,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Mail logins without a password how to choose one
///
/// An invitation to a first password lives for days. Where the office locked the password that a login
/// had, what goes out is what `password reset` sends, and lives as briefly.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl account login invite 556036-0793
  shopctl account login invite --all-new -n")]
pub struct InviteArgs {
    /// The organisation number: each of its logins without a password
    #[arg(value_name = "ORG", required_unless_present = "all_new", conflicts_with = "all_new")]
    org: Option<AccountKey>,
    /// Only this login
    #[arg(requires = "org")]
    email: Option<Email>,
    /// Every login that has no password and was sent no mail about one
    #[arg(long)]
    all_new: bool,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn list(app: &mut App, args: &ListArgs) -> Result<()> {
    let mut list = app.list(&[
        column("login", "Login"),
        column("password", "Password"),
        column("seat", "Seat"),
        column("logged_in_at", "Last login"),
    ])?;
    let rows = app.read(|tx| {
        let account = tx.account(&args.org)?;
        Ok(logins(tx, &account)?.rows)
    })?;
    for row in rows {
        list.row(row)?;
    }
    list.finish("the account has no login")
}

pub fn add(app: &mut App, args: &AddArgs) -> Result<()> {
    app.change(&args.change, |tx| {
        let account = tx.account(&args.org)?;
        if let Some(login) = account.logins.first() {
            let words = format!(
                "account {} has the login {login}, and one login is what it may have",
                account.org_number.masked()
            );
            return Err(Failure::refused("one_login", words)
                .hint("a login may be shared; `shopctl account login rename` changes its address")
                .into());
        }
        tx.add_login(&account, &args.email)?;
        done(tx, &account, "`shopctl account login invite ORG` mails it how to choose a password")
    })
}

pub fn remove(app: &mut App, args: &RemoveArgs) -> Result<()> {
    app.change(&args.change, |tx| {
        let account = tx.account(&args.org)?;
        let login = login_of(tx, &account, &args.email)?;
        if account.logins.len() == 1 && account.closed_on.is_none() {
            let words = format!("{} is the only login of the account", login.email);
            return Err(Failure::refused("last_login", words)
                .hint("`shopctl account login rename` gives it another address")
                .into());
        }
        tx.remove_login(&account, &login, &args.reason)?;
        done(tx, &account, "")
    })
}

pub fn rename(app: &mut App, args: &RenameArgs) -> Result<()> {
    app.change(&args.change, |tx| {
        let account = tx.account(&args.org)?;
        let before = login_of(tx, &account, &args.email)?;
        if before.email == args.to {
            return done(tx, &account, "");
        }
        let after = tx.rename_login(&account, &before, &args.to, (&args.ticket, &args.proof))?;
        tx.void_password(&after, "the login has another address")?;
        password::tell_of_rename(tx, &account, &before, &after)?;
        password::send_to_new_address(tx, &account, (&before, &after), &args.ticket)?;
        done(tx, &account, "the mails go out with the next `shopctl mail send`")
    })
}

pub fn invite(app: &mut App, args: &InviteArgs) -> Result<()> {
    app.change(&args.change, |tx| {
        let logins = match &args.org {
            None => tx.logins_never_asked()?,
            Some(org) => invited(tx, &tx.account(org)?, args.email.as_ref())?,
        };
        for login in &logins {
            password::invite(tx, &tx.account_by_id(login.account_id)?, login)?;
        }
        let summary = match logins.len() {
            0 => "every login has a password, or was sent a mail about one".to_owned(),
            1 => "1 mail goes out with the next `shopctl mail send`".to_owned(),
            count => format!("{count} mails go out with the next `shopctl mail send`"),
        };
        let sheet = Sheet::default().fact("invited", "Invited", logins.len() as i64);
        Ok(Done { summary: Some(summary), ..Done::with(sheet) })
    })
}

/// Returns the logins of an account to be invited; one that has a password needs no invitation.
fn invited(tx: &Tx<'_>, account: &Account, only: Option<&Email>) -> Result<Vec<Login>> {
    if account.closed_on.is_some() {
        let words = format!("account {} is closed", account.org_number.masked());
        return Err(Failure::refused("account_closed", words)
            .hint("`shopctl account reopen ORG` opens it")
            .into());
    }
    let logins = match only {
        Some(email) => vec![login_of(tx, account, email)?],
        None => tx.logins_of(account.id)?,
    };
    let mut invited = Vec::new();
    for login in &logins {
        if tx.password_standing(login.id)?.hash.is_none() {
            invited.push(login.clone());
        }
    }
    if invited.is_empty() && !logins.is_empty() {
        let words = "the login has a password already";
        return Err(Failure::refused("has_password", words)
            .hint("`shopctl password forgot EMAIL` mails it how to choose another")
            .into());
    }
    Ok(invited)
}

/// Returns a login of this very account.
///
/// It is looked for among the account's own: an address kept in two spellings from the time when they
/// were told apart is two accounts' login.
fn login_of(tx: &Tx<'_>, account: &Account, email: &Email) -> Result<Login> {
    let logins = tx.logins_of(account.id)?;
    match logins.into_iter().find(|login| login.email.key() == email.key()) {
        Some(login) => Ok(login),
        None => {
            let words = format!("`{email}` is no login of account {}", account.org_number.masked());
            Err(Failure::new(Status::NotFound, "unknown_login", words)
                .hint("`shopctl account login list ORG` shows them")
                .into())
        }
    }
}

fn done(tx: &Tx<'_>, account: &Account, next: &str) -> Result<Done> {
    let account = tx.account_by_id(account.id)?;
    let sheet = Sheet::default()
        .fact("org_number", "Account", account.org_number.to_string())
        .fact("name", "Name", account.profile.name.clone())
        .list("logins", "Logins", logins(tx, &account)?);
    let summary = (!next.is_empty()).then(|| next.to_owned());
    Ok(Done { summary, ..Done::with(sheet) })
}

fn logins(tx: &Tx<'_>, account: &Account) -> Result<Grid, StoreError> {
    let mut grid = Grid::new(&[
        column("login", "Login"),
        column("password", "Password"),
        column("seat", "Seat"),
        column("logged_in_at", "Last login"),
    ]);
    for login in tx.logins_of(account.id)? {
        let standing = tx.password_standing(login.id)?;
        grid.rows.push(vec![
            Cell::text(login.email.as_str()),
            Cell::text(standing.state()),
            licence::seat::of(tx, &login)?,
            Cell::maybe(standing.logged_in_at.map(time)),
        ]);
    }
    Ok(grid)
}
