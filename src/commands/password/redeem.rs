//! `password redeem`: choosing a password by the token of a mail (R12).

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;

use crate::app;
use crate::app::{App, Done};
use crate::domain::login::Chosen;
use crate::domain::secret::Secret;
use crate::domain::token::Token;
use crate::effects::secret::Kind;
use crate::error::{Failure, Status};
use crate::render::sheet::Sheet;
use crate::store::{GoodToken, StoreError, Tx};

use super::choice::Judge;
use super::letters::tell_of_change;
use super::{SourceArgs, ask, read_file, refuse_before_asking};

/// Choose a password by the token of a mail
///
/// Takes the token or the whole link that holds it. A token works once and for a limited time; the others
/// of the login are void then. Where the token and the password both come by stdin, the token is the
/// first line.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl password redeem
  shopctl password redeem --token-file token.txt --password-stdin < password.txt")]
pub struct RedeemArgs {
    /// Read the token from a file that only its owner may open; - is stdin
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    #[command(flatten)]
    source: SourceArgs,
    #[command(flatten)]
    change: app::ChangeArgs,
}

pub fn redeem(app: &mut App, args: &RedeemArgs) -> Result<()> {
    refuse_before_asking(app)?;
    let token: Token = read_token(app, args)?.reveal().parse().map_err(|_| refused())?;
    let judge = app.read(|tx| {
        let good = good_token(tx, &token)?;
        let account = tx.account_by_id(good.login.account_id)?;
        let (_, seller) = tx.seller()?;
        let judge = Judge::new(tx.shop_settings()?.passwords, &good.login, &account, &seller);
        // A password that was locked is known to others, or was another address's.
        let standing = tx.password_standing(good.login.id)?;
        let locked = standing.former_hash.filter(|_| standing.hash.is_none());
        Ok(judge.but_not(locked))
    })?;
    let hash = judge.read(app, &args.source)?;
    app.change(&args.change, |tx| {
        let good = good_token(tx, &token)?;
        let account = tx.account_by_id(good.login.account_id)?;
        tx.use_token(&good).map_err(|error| match error {
            StoreError::Changed { .. } => refused(),
            error => error.into(),
        })?;
        let standing = tx.password_standing(good.login.id)?;
        tx.choose_password(&good.login, &standing, &hash, Chosen::Token)?;
        tell_of_change(tx, &account, &good.login, &standing)?;
        let login = good.login.email.to_string();
        Ok(Done {
            summary: Some(format!("the password of {login} is chosen")),
            ..Done::with(Sheet::default().fact("login", "Login", login))
        })
    })
}

fn read_token(app: &App, args: &RedeemArgs) -> Result<Secret> {
    match &args.token_file {
        Some(file) if is_token(file) => {
            let words = "`--token-file` takes the name of a file, and this is a token";
            Err(Failure::new(Status::Usage, "usage", words)
                .hint("tokens are not taken from the command line: `--token-file -` reads stdin")
                .into())
        }
        Some(file) => read_file(file, Kind::Token),
        None => ask(app, "Token or link of the mail", "`--token-file`"),
    }
}

/// Says whether somebody gave a token where the name of a file was to be: it must not be repeated.
fn is_token(file: &Path) -> bool {
    file.to_str().is_some_and(|name| name.parse::<Token>().is_ok())
}

/// Returns what a token opens; an account that was closed meanwhile is opened by none.
fn good_token(tx: &Tx<'_>, token: &Token) -> Result<GoodToken> {
    let good = tx.find_token(token)?.ok_or_else(refused)?;
    match tx.account_by_id(good.login.account_id)?.closed_on {
        None => Ok(good),
        Some(_) => Err(refused()),
    }
}

fn refused() -> anyhow::Error {
    let words = "the token is not good: it was used, is too old, or is not whole";
    Failure::new(Status::RoleMissing, "token_refused", words)
        .hint("`shopctl password forgot EMAIL` mails a new one")
        .into()
}
