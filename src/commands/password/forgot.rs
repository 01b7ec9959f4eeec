//! `password forgot`: a mail to the address, if it is a login (R12).

use anyhow::Result;
use chrono::Duration;
use clap::Args;

use crate::app::{self, App};
use crate::domain::email::Email;
use crate::domain::login::MAILS_AN_HOUR;
use crate::domain::staff::Role;
use crate::render::sheet::Sheet;
use crate::store::{Forgotten, Tx, timestamp};

use super::letters::ask;

/// What is answered, whatever the address.
const ANSWER: &str =
    "if this address is a login here, a mail to it tells how to choose a new password";

/// Mail a login how to choose a new password
///
/// The answer is the same for every address, a login or not, and so is the time it takes: addresses are
/// looked up by the next `shopctl mail send`, which mails those that are logins. The audit trail has what
/// came of each.
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
    app.require(Role::Reader)?;
    if !args.change.dry_run {
        let operation = app.operation_for(&args.change)?;
        app.record_as(&operation, |tx| Ok(tx.note_forgotten(&args.email)?))?;
    }
    app.show(&Sheet::default().sentence(ANSWER.to_owned()))
}

/// Queues the mails that were asked for, or records why there is none.
///
/// A login is answered once, however often it was asked for since the last run.
pub fn answer_forgotten(tx: &Tx<'_>) -> Result<()> {
    for forgotten in tx.forgotten()? {
        tx.take_forgotten(&forgotten)?;
        answer(tx, &forgotten)?;
    }
    Ok(())
}

/// Queues the mail to a login, or records why it gets none.
fn answer(tx: &Tx<'_>, forgotten: &Forgotten) -> Result<()> {
    let Some(login) = tx.find_login(&forgotten.email)? else {
        return Ok(tx.record_passed_over(&forgotten.email, "unknown")?);
    };
    let account = tx.account_by_id(login.account_id)?;
    if account.closed_on.is_some() {
        return Ok(tx.record_passed_over(&forgotten.email, "closed")?);
    }
    let hour_ago = timestamp(tx.moment().now - Duration::hours(1));
    if tx.count_password_mails(login.id, &hour_ago)? >= MAILS_AN_HOUR {
        return Ok(tx.record_asked_too_often(&login)?);
    }
    ask(tx, &account, &login)
}
