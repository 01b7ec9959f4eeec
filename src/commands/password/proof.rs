//! Proving a password: the same work and the same answer whatever was wrong.

use anyhow::Result;

use crate::app::App;
use crate::domain::account::Account;
use crate::domain::email::Email;
use crate::domain::login::{Login, PasswordStanding};
use crate::domain::password::{HashCost, Password, PasswordHash};
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

/// A login as it stood before the attempt.
struct Candidate {
    login: Login,
    account: Account,
    standing: PasswordStanding,
}

/// What came of an attempt, as it was recorded.
enum Outcome {
    Proven,
    Wrong,
    Wait(i64),
}

/// Proves that `typed` is the password of a login, and records the attempt.
///
/// The hash is computed with no lock held. An attempt that others overtook with so many wrong ones that
/// the login must wait is not told whether it was right: guessing side by side gains nothing.
pub fn prove(app: &mut App, email: &Email, typed: &Secret) -> Result<Proven> {
    let (candidate, policy) =
        app.read(|tx| Ok((candidate(tx, email)?, tx.shop_settings()?.passwords)))?;
    let now = app.clock.now();
    let wait = candidate.as_ref().and_then(|it| it.standing.wait_seconds(now));
    if let (Some(candidate), Some(wait)) = (&candidate, wait) {
        app.record(|tx| Ok(tx.record_refused_login(&candidate.login)?))?;
        return Err(locked_for(wait));
    }
    let password = Password::read(typed).ok();
    let standing = candidate.as_ref().map(|candidate| &candidate.standing);
    let usable = candidate.as_ref().filter(|candidate| candidate.account.closed_on.is_none());
    let is_right =
        matches(password.as_ref(), usable.and_then(|it| it.standing.hash.as_ref()), policy.cost);
    let is_former = !is_right
        && matches(password.as_ref(), standing.and_then(|it| it.former_hash.as_ref()), policy.cost);
    let Some(candidate) = candidate else {
        app.record(|tx| Ok(tx.record_hopeless_login(email, "unknown")?))?;
        return Err(wrong());
    };
    let costlier = match (is_right, &password, &candidate.standing.hash) {
        (true, Some(password), Some(hash)) if hash.is_cheaper_than(policy.cost) => {
            Some(policy.cost.hash(password, &random::salt())?)
        }
        _ => None,
    };
    let verdict = Verdict { is_right, is_former, costlier: costlier.as_ref() };
    match app.record(|tx| Ok(settle(tx, &candidate, &verdict)?))? {
        Outcome::Proven => {
            let Candidate { login, account, mut standing } = candidate;
            standing.hash = costlier.or(standing.hash);
            Ok(Proven { login, account, standing, policy })
        }
        Outcome::Wait(seconds) => Err(locked_for(seconds)),
        Outcome::Wrong => Err(wrong()),
    }
}

fn candidate(tx: &Tx<'_>, email: &Email) -> Result<Option<Candidate>, StoreError> {
    let Some(login) = tx.find_login(email)? else { return Ok(None) };
    let account = tx.account_by_id(login.account_id)?;
    let standing = tx.password_standing(login.id)?;
    Ok(Some(Candidate { login, account, standing }))
}

/// What the hashes say of an attempt.
struct Verdict<'a> {
    is_right: bool,
    is_former: bool,
    /// The hash at today's cost, where the one in the store is cheaper.
    costlier: Option<&'a PasswordHash>,
}

/// Records an attempt as the login stands by now.
fn settle(tx: &Tx<'_>, before: &Candidate, verdict: &Verdict<'_>) -> Result<Outcome, StoreError> {
    let login = &before.login;
    let now = tx.password_standing(login.id)?;
    let is_right = verdict.is_right && now.hash == before.standing.hash;
    match now.wait_seconds(tx.moment().now) {
        Some(wait) if is_right => {
            tx.record_refused_login(login)?;
            return Ok(Outcome::Wait(wait));
        }
        _ => {}
    }
    if is_right {
        tx.record_login(login)?;
        if let (Some(from), Some(to)) = (&now.hash, verdict.costlier) {
            tx.rehash_password(login, from, to)?;
        }
        return Ok(Outcome::Proven);
    }
    if before.account.closed_on.is_some() {
        tx.record_hopeless_login(&login.email, "closed")?;
    } else if verdict.is_former {
        tx.record_former_password(login)?;
    } else {
        tx.record_failed_login(login)?;
    }
    Ok(Outcome::Wrong)
}

/// Says whether a password is that of `hash`; where there is none, takes as long to say no.
fn matches(password: Option<&Password>, hash: Option<&PasswordHash>, cost: HashCost) -> bool {
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

fn locked_for(seconds: i64) -> anyhow::Error {
    let words = format!("too many wrong passwords; this login is looked at again in {seconds} s");
    Failure::new(Status::RoleMissing, "locked_for", words)
        .hint("choosing a new password by `shopctl password forgot EMAIL` ends the wait")
        .fact("seconds", seconds)
        .into()
}
