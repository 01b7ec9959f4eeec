//! `password reset`: support locks a password and has a new one chosen, without ever seeing either.

use anyhow::Result;
use clap::Args;

use crate::app::{App, ChangeArgs, Done, parse_reason};
use crate::domain::email::Email;
use crate::error::Failure;

use super::letters::send_reset;
use super::status;

/// Lock the password of a login and mail it how to choose a new one
///
/// For a password that others may know. Whoever only forgot it is helped by `password forgot`, which
/// locks nothing.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl password reset inkop@saab.example --ticket 4711
  shopctl password reset inkop@saab.example --ticket 'call at 10:20' -n")]
pub struct ResetArgs {
    /// The login's e-mail address
    email: Email,
    /// Where it was asked for: a number of a case, or a word about the call
    #[arg(long, value_name = "TEXT", value_parser = parse_reason)]
    ticket: String,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn reset(app: &mut App, args: &ResetArgs) -> Result<()> {
    app.change(&args.change, |tx| {
        let login = tx.login(&args.email)?;
        let account = tx.account_by_id(login.account_id)?;
        if account.closed_on.is_some() {
            let words = format!("account {} is closed", account.org_number.masked());
            return Err(Failure::refused("account_closed", words)
                .hint("`shopctl account reopen ORG` opens it")
                .into());
        }
        tx.void_password(&login, &format!("ticket {}", args.ticket))?;
        // Whoever asks for mail after mail shall neither keep a password from being locked nor its
        // owner from choosing another: this mail goes out whatever went before.
        send_reset(tx, &account, &login, Some(&args.ticket))?;
        Ok(Done {
            summary: Some("the mail goes out with the next `shopctl mail send`".to_owned()),
            ..Done::with(status::sheet(tx, &login)?)
        })
    })
}
