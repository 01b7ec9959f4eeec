//! `password forgot`: a mail to the address, if it is a login (R12).

use anyhow::Result;
use chrono::Duration;
use clap::Args;

use crate::app::{self, App};
use crate::domain::email::Email;
use crate::domain::login::{Login, Origin};
use crate::render::sheet::Sheet;
use crate::store::{Tx, timestamp};

use super::letters::ask;

/// How many such mails a login is sent within an hour.
pub const MAILS_AN_HOUR: i64 = 5;

/// What is answered, whatever the address.
const ANSWER: &str =
    "if this address is a login here, a mail to it tells how to choose a new password";

/// Mail a login how to choose a new password
///
/// The answer is the same for every address, known or not; the audit trail has what came of it. The mail
/// goes out with the next `shopctl mail send`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl password forgot inkop@saab.example
  shopctl password forgot inkop@saab.example --json")]
pub struct ForgotArgs {
    /// The address that was typed as user name
    email: Email,
    #[command(flatten)]
    change: app::ChangeArgs,
}

pub fn forgot(app: &mut App, args: &ForgotArgs) -> Result<()> {
    if !args.change.dry_run {
        app.record(|tx| answer(tx, &args.email))?;
    }
    app.show(&Sheet::default().sentence(ANSWER.to_owned()))
}

/// Says whether a login has been sent all the mails that an hour allows.
pub fn is_asked_too_often(tx: &Tx<'_>, login: &Login) -> Result<bool> {
    let hour_ago = timestamp(tx.moment().now - Duration::hours(1));
    Ok(tx.count_password_requests(login.id, &hour_ago)? >= MAILS_AN_HOUR)
}

/// Queues the mail, or records why there is none.
fn answer(tx: &Tx<'_>, email: &Email) -> Result<()> {
    let Some(login) = tx.find_login(email)? else {
        return Ok(tx.record_vain_request(email, "unknown")?);
    };
    let account = tx.account_by_id(login.account_id)?;
    if account.closed_on.is_some() {
        return Ok(tx.record_vain_request(email, "closed")?);
    }
    if is_asked_too_often(tx, &login)? {
        return Ok(tx.record_vain_request(email, "too_many")?);
    }
    ask(tx, &account, &login, Origin::Forgotten, None)
}
