//! `password check`: is this the login's password? What a web shop asks.

use anyhow::Result;
use clap::Args;

use crate::app::App;
use crate::domain::email::Email;
use crate::render::sheet::Sheet;

use super::access::access;
use super::proof::prove;
use super::{SourceArgs, refuse_before_asking};

/// Check the password of a login, and show what it gives access to
///
/// Ends with 0 where it is right and with 3 where it is not; an unknown address, a closed account and a
/// wrong password are answered alike. After some wrong ones the login must wait, longer each time.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl password check inkop@saab.example
  shopctl password check inkop@saab.example --password-stdin --json < password.txt")]
pub struct CheckArgs {
    /// The login's e-mail address
    email: Email,
    #[command(flatten)]
    source: SourceArgs,
}

pub fn check(app: &mut App, args: &CheckArgs) -> Result<()> {
    refuse_before_asking(app)?;
    let typed = args.source.read(app, "Password")?;
    let proven = prove(app, &args.email, &typed)?;
    let account = &proven.account;
    let access = app.read(|tx| access(tx, &proven.login, account))?;
    let sheet = Sheet::default()
        .fact("login", "Login", proven.login.email.as_str())
        .fact("org_number", "Account", account.org_number.to_string())
        .fact("name", "Name", account.profile.name.clone())
        .list("access", "Access", access);
    app.show(&sheet)
}
