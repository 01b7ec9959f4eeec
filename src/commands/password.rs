//! `password`: how logins come by their passwords, prove them, and are helped when they forget.
//!
//! A password and a token come by a hidden prompt, by stdin or in a guarded file. They are never shown,
//! and nobody who works in the shop sees, sets or sends one.

mod access;
mod change;
mod check;
mod choice;
mod forgot;
mod letters;
mod meter;
mod policy;
mod proof;
mod redeem;
mod reset;
mod status;

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;

use crate::app::App;
use crate::domain::secret::Secret;
use crate::domain::staff::Role;
use crate::effects::secret::{self, Kind};
use crate::effects::terminal::read_unseen;
use crate::error::{Failure, Status};

pub use self::access::{Held, held};
pub use self::change::{ChangeArgs, change};
pub use self::check::{CheckArgs, check};
pub use self::forgot::{ForgotArgs, answer_forgotten, forgot};
pub use self::letters::{invite, send_to_new_address, tell_of_rename};
pub use self::policy::{PolicySetArgs, PolicyShowArgs, policy_set, policy_show};
pub use self::proof::{prove, wrong};
pub use self::redeem::{RedeemArgs, redeem};
pub use self::reset::{ResetArgs, reset};
pub use self::status::{StatusArgs, status};

/// Where a password comes from, if not from a prompt.
#[derive(Debug, Args)]
pub struct SourceArgs {
    /// Read the password from stdin, one line
    #[arg(long, conflicts_with = "password_file")]
    password_stdin: bool,
    /// Read the password from a file that only its owner may open; - is stdin
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
}

impl SourceArgs {
    /// Returns the choice of a prompt.
    fn prompt() -> SourceArgs {
        SourceArgs { password_stdin: false, password_file: None }
    }

    /// Says whether a way to read the password was chosen.
    pub fn is_given(&self) -> bool {
        !self.asks()
    }

    /// Says whether the password is asked for.
    fn asks(&self) -> bool {
        !self.password_stdin && self.password_file.is_none()
    }

    /// Reads the password, asking for it where no other way was chosen.
    pub fn read(&self, app: &App, question: &str) -> Result<Secret> {
        match &self.password_file {
            Some(file) => read_file(file, Kind::Password),
            None if self.password_stdin => Ok(read_unseen(Kind::Password)?),
            None => ask(app, question, "`--password-stdin`"),
        }
    }
}

/// Refuses whoever may not run the command, before they type a secret in vain.
fn refuse_before_asking(app: &mut App) -> Result<()> {
    app.require(Role::Reader)
}

/// Reads a secret from a file; `-` is the next line of stdin.
fn read_file(file: &Path, kind: Kind) -> Result<Secret> {
    match file == Path::new("-") {
        true => Ok(read_unseen(kind)?),
        false => Ok(secret::from_file(file, kind)?),
    }
}

/// Asks for a secret; without a terminal names the flag to use.
fn ask(app: &App, question: &str, flag: &str) -> Result<Secret> {
    if !app.terminal.is_interactive {
        let words = format!("there is no terminal to ask on: {}", question.to_lowercase());
        let hint = format!("{flag} reads it without one");
        return Err(Failure::new(Status::Usage, "no_terminal", words).hint(hint).into());
    }
    Ok(app.terminal.ask_secret(question)?)
}
