//! The mails about logins and their passwords, queued with what they tell of.

use anyhow::Result;

use crate::domain::account::Account;
use crate::domain::email::Email;
use crate::domain::letter::{
    Letter, LoginInvitation, LoginRename, Office, PasswordChange, PasswordReset,
};
use crate::domain::login::{Login, Origin, PasswordStanding};
use crate::domain::mail::NewMail;
use crate::store::Tx;

/// Queues the mail to a login whose password was forgotten.
pub fn ask(tx: &Tx<'_>, account: &Account, login: &Login) -> Result<()> {
    let letter = PasswordReset {
        has_password: tx.password_standing(login.id)?.hash.is_some(),
        ..reset_letter(tx, login)?
    };
    queue(tx, account, login, (Origin::Forgotten, None), Letter::PasswordReset(letter))
}

/// Queues the mail to a login whose password the office has locked.
pub fn send_reset(
    tx: &Tx<'_>,
    account: &Account,
    login: &Login,
    ticket: Option<&str>,
) -> Result<()> {
    let letter = PasswordReset { by_office: true, ..reset_letter(tx, login)? };
    queue(tx, account, login, (Origin::Support, ticket), Letter::PasswordReset(letter))
}

/// Queues the mail to a login that has another address: to choose a password there.
///
/// It lives as briefly as that of a reset: whoever mistyped the address has let a stranger in no longer
/// than that.
pub fn send_to_new_address(
    tx: &Tx<'_>,
    account: &Account,
    (before, after): (&Login, &Login),
    ticket: &str,
) -> Result<()> {
    let former_login = Some(before.email.to_string());
    let letter = PasswordReset { by_office: true, former_login, ..reset_letter(tx, after)? };
    queue(tx, account, after, (Origin::Support, Some(ticket)), Letter::PasswordReset(letter))
}

/// Returns the letter to a login that has no password and whose owner asked.
fn reset_letter(tx: &Tx<'_>, login: &Login) -> Result<PasswordReset> {
    let minutes = tx.shop_settings()?.passwords.reset_minutes;
    let (_, seller) = tx.seller()?;
    Ok(PasswordReset {
        office: Office::of(&seller),
        login: login.email.to_string(),
        by_office: false,
        former_login: None,
        has_password: false,
        valid_minutes: minutes.to_string(),
    })
}

/// Queues the mail by which a login without a password chooses one: an invitation to its first, or what
/// a reset sends where the office locked the one it had.
pub fn invite(tx: &Tx<'_>, account: &Account, login: &Login) -> Result<()> {
    if tx.password_standing(login.id)?.chosen_at.is_some() {
        return send_reset(tx, account, login, None);
    }
    let days = tx.shop_settings()?.passwords.invitation_days;
    let (_, seller) = tx.seller()?;
    let letter = Letter::LoginInvitation(LoginInvitation {
        office: Office::of(&seller),
        holder: account.profile.name.clone(),
        login: login.email.to_string(),
        valid_days: days.to_string(),
    });
    queue(tx, account, login, (Origin::Invitation, None), letter)
}

fn queue(
    tx: &Tx<'_>,
    account: &Account,
    login: &Login,
    (origin, ticket): (Origin, Option<&str>),
    letter: Letter,
) -> Result<()> {
    let cause = format!("operation {}", tx.begun_operation()?);
    let domain = office_domain(&letter)?;
    let mail = NewMail::of_letter(letter, cause, account, login.email.clone());
    Ok(tx.ask_for_password(login, origin, &mail, &domain, ticket)?)
}

/// Queues the confirmation of a chosen password, to the login's own address; `before` is how the login
/// stood.
pub fn tell_of_change(
    tx: &Tx<'_>,
    account: &Account,
    login: &Login,
    before: &PasswordStanding,
) -> Result<()> {
    let (_, seller) = tx.seller()?;
    let letter = Letter::PasswordChange(PasswordChange {
        office: Office::of(&seller),
        login: login.email.to_string(),
        changed_on: tx.today().to_string(),
        is_first: before.chosen_at.is_none(),
    });
    tell(tx, account, letter, &login.email)
}

/// Queues the letters that tell of a login's new address: to the one before, and to where invoices go.
pub fn tell_of_rename(tx: &Tx<'_>, account: &Account, before: &Login, after: &Login) -> Result<()> {
    let (_, seller) = tx.seller()?;
    let letter = Letter::LoginRename(LoginRename {
        office: Office::of(&seller),
        holder: account.profile.name.clone(),
        before: before.email.to_string(),
        after: after.email.to_string(),
        renamed_on: tx.today().to_string(),
    });
    let invoices = account.profile.invoice_email.as_ref();
    let others = invoices.filter(|email| email.key() != before.email.key());
    for recipient in [Some(&before.email), others].into_iter().flatten() {
        tell(tx, account, letter.clone(), recipient)?;
    }
    Ok(())
}

fn tell(tx: &Tx<'_>, account: &Account, letter: Letter, recipient: &Email) -> Result<()> {
    let cause = format!("operation {}", tx.begun_operation()?);
    let domain = office_domain(&letter)?;
    let mail = NewMail::of_letter(letter, cause, account, recipient.clone());
    Ok(tx.enqueue_mail(&mail, &domain)?)
}

fn office_domain(letter: &Letter) -> Result<String> {
    let office: Email = letter.office().office_email.parse()?;
    Ok(office.domain().to_owned())
}
