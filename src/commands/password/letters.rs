//! The mails about logins and their passwords, queued with what they tell of.

use anyhow::Result;

use crate::domain::account::Account;
use crate::domain::email::Email;
use crate::domain::letter::{
    Letter, LoginInvitation, LoginRename, Office, PasswordChange, PasswordReset,
};
use crate::domain::login::{Login, Origin};
use crate::domain::mail::NewMail;
use crate::store::Tx;

/// Queues the mail by which a forgotten or locked password is replaced.
pub fn ask(
    tx: &Tx<'_>,
    account: &Account,
    login: &Login,
    origin: Origin,
    ticket: Option<&str>,
) -> Result<()> {
    let minutes = tx.shop_settings()?.passwords.reset_minutes;
    let (_, seller) = tx.seller()?;
    let letter = Letter::PasswordReset(PasswordReset {
        office: Office::of(&seller),
        login: login.email.to_string(),
        by_office: origin == Origin::Support,
        valid_minutes: minutes.to_string(),
    });
    queue(tx, account, login, (origin, ticket), letter)
}

/// Queues the mail that invites a login to choose its first password.
pub fn invite(tx: &Tx<'_>, account: &Account, login: &Login) -> Result<()> {
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

/// Queues the confirmation of a changed password, to the login's own address.
pub fn tell_of_change(tx: &Tx<'_>, account: &Account, login: &Login) -> Result<()> {
    let (_, seller) = tx.seller()?;
    let letter = Letter::PasswordChange(PasswordChange {
        office: Office::of(&seller),
        login: login.email.to_string(),
        changed_on: tx.today().to_string(),
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
