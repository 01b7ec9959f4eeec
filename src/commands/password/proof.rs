//! Proving a password: the same work and the same answer whatever was wrong.

use anyhow::Result;

use crate::app::App;
use crate::domain::account::Account;
use crate::domain::email::Email;
use crate::domain::login::{Login, PasswordStanding};
use crate::domain::password::{HashCost, Password, PasswordHash};
use crate::domain::seat::LoginStanding;
use crate::domain::secret::Secret;
use crate::domain::setting::PasswordPolicy;
use crate::effects::random;
use crate::error::{Failure, Status};
use crate::store::{StoreError, Tx};

/// A login that has proved its password.
pub struct Proven {
    pub login: Login,
    pub account: Account,
    pub standing: PasswordStanding,
    pub policy: PasswordPolicy,
}

/// A login as it stands at a moment, and the account it would open.
pub struct Candidate {
    pub login: Login,
    pub account: Account,
    standing: PasswordStanding,
}

/// What came of an attempt, as it was recorded.
enum Outcome {
    Proven(Box<Candidate>),
    Wrong,
    Wait(i64),
    /// The password is right, and the seat that the login had in this licence holds no more (R2).
    Suspended(i64),
    /// Nothing was recorded: what the attempt was judged by is no longer so.
    Overtaken,
}

/// What the hashes say of an attempt.
struct Verdict {
    is_right: bool,
    is_former: bool,
}

/// Proves that `typed` is the password of a login, and records the attempt.
///
/// The hashes are computed with no lock held: one where the password is right, two where it is wrong.
/// That is one more than it takes where there is no former password, since the time would tell an
/// address that has one from others. An attempt that others overtook with so many wrong ones that the
/// login must wait is not told whether it was right, nor recorded by it: guessing side by side gains
/// nothing. One during which the password was changed, the login removed or the account closed is made
/// again.
pub fn prove(app: &mut App, email: &Email, typed: &Secret) -> Result<Proven> {
    let password = Password::read(typed).ok();
    loop {
        let (candidate, policy) =
            app.read(|tx| Ok((candidate(tx, email)?, tx.shop_settings()?.passwords)))?;
        let now = app.clock.now();
        let wait = candidate.as_ref().and_then(|candidate| candidate.standing.wait_seconds(now));
        if let (Some(candidate), Some(wait)) = (&candidate, wait) {
            app.record(|tx| Ok(tx.record_refused_login(&candidate.login)?))?;
            return Err(locked_for(wait));
        }
        let verdict = judge(password.as_ref(), candidate.as_ref(), policy.cost);
        let Some(candidate) = candidate else {
            app.record(|tx| Ok(tx.record_hopeless_login(email, "unknown")?))?;
            return Err(wrong());
        };
        match app.record(|tx| Ok(settle(tx, email, &candidate, &verdict)?))? {
            Outcome::Proven(proven) => {
                if let Some(password) = &password {
                    rehash(app, &proven, password, policy.cost)?;
                }
                let Candidate { login, account, standing } = *proven;
                return Ok(Proven { login, account, standing, policy });
            }
            Outcome::Suspended(licence) => return Err(suspended(licence)),
            Outcome::Wait(seconds) => return Err(locked_for(seconds)),
            Outcome::Wrong => return Err(wrong()),
            Outcome::Overtaken => {}
        }
    }
}

/// Returns the login of an address as it stands now.
pub fn candidate(tx: &Tx<'_>, email: &Email) -> Result<Option<Candidate>, StoreError> {
    let Some(login) = tx.find_login(email)? else { return Ok(None) };
    let account = tx.account_by_id(login.account_id)?;
    let standing = tx.password_standing(login.id)?;
    Ok(Some(Candidate { login, account, standing }))
}

impl Candidate {
    /// Says whether it is the login that was proved, and its account is open.
    pub fn is_open_as(&self, proven: &Proven) -> bool {
        self.login.id == proven.login.id
            && self.login.account_id == proven.login.account_id
            && self.account.closed_on.is_none()
    }

    /// Says whether what an attempt is judged by is the same.
    fn is_judged_like(&self, other: &Candidate) -> bool {
        self.login == other.login
            && self.account.closed_on.is_some() == other.account.closed_on.is_some()
            && self.standing.version == other.standing.version
    }
}

/// Compares what was typed with the password of a login, which no closed account has, and with the
/// former one.
fn judge(password: Option<&Password>, candidate: Option<&Candidate>, cost: HashCost) -> Verdict {
    let open = candidate.filter(|candidate| candidate.account.closed_on.is_none());
    let hash = open.and_then(|candidate| candidate.standing.hash.as_ref());
    let former_hash = candidate.and_then(|candidate| candidate.standing.former_hash.as_ref());
    let is_right = hash_and_compare(password, hash, cost);
    let is_former = !is_right && hash_and_compare(password, former_hash, cost);
    Verdict { is_right, is_former }
}

/// Records an attempt as the login stands by now.
fn settle(
    tx: &Tx<'_>,
    email: &Email,
    before: &Candidate,
    verdict: &Verdict,
) -> Result<Outcome, StoreError> {
    let now = candidate(tx, email)?.filter(|now| now.is_judged_like(before));
    let Some(now) = now else { return Ok(Outcome::Overtaken) };
    if let Some(wait) = now.standing.wait_seconds(tx.moment().now) {
        tx.record_refused_login(&now.login)?;
        return Ok(Outcome::Wait(wait));
    }
    if verdict.is_right {
        tx.record_login(&now.login)?;
        if let LoginStanding::Suspended { licence } = tx.login_standing(&now.login)? {
            return Ok(Outcome::Suspended(licence));
        }
        return Ok(Outcome::Proven(Box::new(now)));
    }
    if now.account.closed_on.is_some() {
        tx.record_hopeless_login(&now.login.email, "closed")?;
    } else if verdict.is_former {
        tx.record_former_password(&now.login)?;
    } else {
        tx.record_failed_login(&now.login)?;
    }
    Ok(Outcome::Wrong)
}

/// Keeps the password at today's cost, where the hash in the store is cheaper; whoever else logs in at
/// the same time may have done so first.
fn rehash(app: &mut App, proven: &Candidate, password: &Password, cost: HashCost) -> Result<()> {
    let Some(from) = proven.standing.hash.as_ref().filter(|hash| hash.is_cheaper_than(cost)) else {
        return Ok(());
    };
    let to = cost.hash(password, &random::salt())?;
    app.record(|tx| {
        let is_same = tx.password_standing(proven.login.id)?.hash.as_ref() == Some(from);
        if is_same {
            tx.rehash_password(&proven.login, from, &to)?;
        }
        Ok(())
    })
}

/// Says whether a password is that of `hash`; where there is none, takes as long to say no.
fn hash_and_compare(
    password: Option<&Password>,
    hash: Option<&PasswordHash>,
    cost: HashCost,
) -> bool {
    match (password, hash) {
        (Some(password), Some(hash)) => hash.is_of(password),
        (Some(password), None) => {
            let _ = cost.hash(password, &[0; 16]);
            false
        }
        // What no login can have as a password is told by its form alone.
        (None, _) => false,
    }
}

/// Returns what whoever does not prove to be a login is told.
pub fn wrong() -> anyhow::Error {
    let words = "this is not the login's password";
    Failure::new(Status::RoleMissing, "login_failed", words)
        .hint("`shopctl password forgot EMAIL` mails a way to choose a new one")
        .into()
}

/// Returns what a login is told that proved its password and may not be used.
fn suspended(licence: i64) -> anyhow::Error {
    let words = format!("this login had a seat of licence {licence}, which holds no longer");
    Failure::refused("login_suspended", words)
        .hint(format!(
            "`shopctl licence show {licence}` tells why; a seat that is free opens it again"
        ))
        .into()
}

fn locked_for(seconds: i64) -> anyhow::Error {
    let words = format!("too many wrong passwords; this login is looked at again in {seconds} s");
    Failure::new(Status::RoleMissing, "locked_for", words)
        .hint("choosing a new password by `shopctl password forgot EMAIL` ends the wait")
        .fact("seconds", seconds)
        .into()
}
