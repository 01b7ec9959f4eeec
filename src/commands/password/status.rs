//! `password status`: what support may know of a login.

use anyhow::Result;
use clap::Args;

use crate::app::App;
use crate::commands::time;
use crate::domain::email::Email;
use crate::domain::login::Login;
use crate::render::sheet::{Cell, Sheet};
use crate::store::{Forgotten, Tx};

/// Show how a login stands: its last change, its last mail, failed attempts
///
/// Nothing secret is known, so nothing secret is shown.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl password status inkop@saab.example
  shopctl password status inkop@saab.example --json")]
pub struct StatusArgs {
    /// The login's e-mail address
    email: Email,
}

pub fn status(app: &mut App, args: &StatusArgs) -> Result<()> {
    let sheet = app.read(|tx| sheet(tx, &tx.login(&args.email)?))?;
    app.show(&sheet)
}

pub fn sheet(tx: &Tx<'_>, login: &Login) -> Result<Sheet> {
    let account = tx.account_by_id(login.account_id)?;
    let standing = tx.password_standing(login.id)?;
    let request = tx.last_password_request(login.id)?;
    let sheet = Sheet::default()
        .fact("login", "Login", login.email.as_str())
        .fact("org_number", "Account", account.org_number.to_string())
        .fact("name", "Name", account.profile.name)
        .fact("password", "Password", standing.state())
        .fact("chosen_at", "Chosen", Cell::maybe(standing.chosen_at.clone().map(time)))
        .fact("locked_at", "Locked", Cell::maybe(standing.voided_at.clone().map(time)))
        .fact("logged_in_at", "Last login", Cell::maybe(standing.logged_in_at.clone().map(time)))
        .fact("failed_attempts", "Failed attempts", standing.failures + standing.refusals)
        .fact("refused_attempts", "Refused while waiting", standing.refusals)
        .fact("failed_at", "Last failed", Cell::maybe(standing.failed_at.clone().map(time)))
        .fact("wait_seconds", "Must wait (s)", Cell::maybe(standing.wait_seconds(tx.moment().now)));
    let is_same = |forgotten: &Forgotten| forgotten.email.key() == login.email.key();
    let waiting = tx.forgotten()?.into_iter().find(is_same).map(|forgotten| forgotten.asked_at);
    let passed_over = standing.passed_over_at.map(time);
    let sheet = sheet
        .fact("forgotten_at", "Forgotten, unanswered", Cell::maybe(waiting.map(time)))
        .fact("passed_over_at", "Too often, no mail", Cell::maybe(passed_over));
    Ok(match request {
        None => sheet,
        Some(request) => sheet
            .fact("mail", "Last mail about it", request.mail.0)
            .fact("mail_reason", "Its reason", request.origin.as_str())
            .fact("mail_asked_at", "Asked for at", time(request.asked_at))
            .fact("mail_status", "Its fate", request.mail_status.as_str())
            .fact("mail_ended", "No longer good", Cell::maybe(request.ended_by)),
    })
}
