//! `password change`: a new password for whoever gives the old one (R11).

use anyhow::Result;
use clap::Args;

use crate::app::{self, App, Done};
use crate::domain::email::Email;
use crate::domain::login::Chosen;
use crate::effects::secret::Kind;
use crate::effects::terminal::read_unseen;
use crate::render::sheet::Sheet;

use super::choice::Judge;
use super::letters::tell_of_change;
use super::proof::{Candidate, candidate, prove, wrong};
use super::{SourceArgs, ask, refuse_before_asking};

/// Change the password of a login by giving the old one
///
/// A mail to the login tells that it was changed.
#[derive(Debug, Args)]
// What every change takes is a group by that name already.
#[group(id = "PasswordChangeArgs")]
#[command(after_help = "\
Examples:
  shopctl password change inkop@saab.example
  printf '%s\\n%s\\n' \"$OLD\" \"$NEW\" | shopctl password change inkop@saab.example --password-stdin")]
pub struct ChangeArgs {
    /// The login's e-mail address
    email: Email,
    /// Read both from stdin: the old password, and the new one on the next line
    #[arg(long)]
    password_stdin: bool,
    #[command(flatten)]
    change: app::ChangeArgs,
}

pub fn change(app: &mut App, args: &ChangeArgs) -> Result<()> {
    refuse_before_asking(app)?;
    let (old, new) = if args.password_stdin {
        (read_unseen(Kind::Password)?, Some(read_unseen(Kind::Password)?))
    } else {
        (ask(app, "Old password", "`--password-stdin`")?, None)
    };
    let proven = prove(app, &args.email, &old)?;
    let seller = app.read(|tx| Ok(tx.seller()?.1))?;
    let judge = Judge::new(proven.policy, &proven.login, &proven.account, &seller)
        .but_not(proven.standing.hash.clone());
    let hash = match &new {
        Some(new) => judge.accept(new)?,
        None => judge.read(app, &SourceArgs::prompt())?,
    };
    app.change(&args.change, |tx| {
        // The login may have been removed, or its account closed, while the new one was typed.
        let now = candidate(tx, &args.email)?.filter(|now| now.is_open_as(&proven));
        let Some(Candidate { login, account, .. }) = now else { return Err(wrong()) };
        tx.choose_password(&login, &proven.standing, &hash, Chosen::Change)?;
        tell_of_change(tx, &account, &login, &proven.standing)?;
        let login = login.email.to_string();
        Ok(Done {
            summary: Some(format!("the password of {login} is changed")),
            ..Done::with(Sheet::default().fact("login", "Login", login))
        })
    })
}
