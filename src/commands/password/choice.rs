//! Choosing a password: read, judged, measured and hashed, before any lock is taken.

use anyhow::Result;

use crate::app::App;
use crate::domain::account::Account;
use crate::domain::login::Login;
use crate::domain::password::{Password, PasswordError, PasswordHash};
use crate::domain::secret::Secret;
use crate::domain::seller::Seller;
use crate::domain::setting::PasswordPolicy;
use crate::effects::random;
use crate::effects::terminal::tell;
use crate::error::Failure;

use super::{SourceArgs, meter};

const ADVICE: &str = "a few words that nobody would put together make a good one";

/// What a new password is judged by.
pub struct Judge {
    login: String,
    policy: PasswordPolicy,
    /// What everybody knows of the login.
    words: Vec<String>,
    /// The hash of the password that it must not be again.
    old: Option<PasswordHash>,
}

impl Judge {
    pub fn new(policy: PasswordPolicy, login: &Login, account: &Account, seller: &Seller) -> Judge {
        let words = vec![
            login.email.to_string(),
            account.profile.name.clone(),
            account.org_number.to_string(),
            account.org_number.digits().to_string(),
            seller.shop_name.clone(),
        ];
        Judge { login: login.email.to_string(), policy, words, old: None }
    }

    /// Refuses also the password of a hash.
    pub fn but_not(self, old: Option<PasswordHash>) -> Judge {
        Judge { old, ..self }
    }

    fn words(&self) -> Vec<&str> {
        self.words.iter().map(String::as_str).collect()
    }

    fn judge(&self, typed: &Secret) -> Result<Password, PasswordError> {
        let password = Password::read(typed)?;
        password.judge(self.policy.characters_min, &self.words())?;
        match &self.old {
            Some(old) if old.is_of(&password) => Err(PasswordError::Old),
            _ => Ok(password),
        }
    }

    /// Reads a new password; on a terminal asks for it twice, until it is a good one, and tells how
    /// strong it is.
    pub fn read(&self, app: &App, source: &SourceArgs) -> Result<PasswordHash> {
        if !source.asks() || !app.terminal.is_interactive {
            return self.accept(&source.read(app, "New password")?);
        }
        let (login, least) = (&self.login, self.policy.characters_min);
        tell(&format!(
            "a new password for {login}: at least {least} characters, not shown as you type\n{ADVICE}"
        ));
        loop {
            let typed = source.read(app, "New password")?;
            match self.judge(&typed) {
                Err(error) => tell(&format!("{error}; please choose another")),
                Ok(password) => {
                    tell(&meter::line(&password, &self.words()));
                    if source.read(app, "The same again")? == typed {
                        return self.hash(&password);
                    }
                    tell("the two differ; please type both again");
                }
            }
        }
    }

    /// Returns the hash of a password that passes.
    pub fn accept(&self, typed: &Secret) -> Result<PasswordHash> {
        let password = self.judge(typed).map_err(|error| {
            Failure::refused("password_refused", error.to_string()).hint(ADVICE)
        })?;
        self.hash(&password)
    }

    fn hash(&self, password: &Password) -> Result<PasswordHash> {
        Ok(self.policy.cost.hash(password, &random::salt())?)
    }
}
