use super::super::fixture::{Shop, email, password_hash, password_mail};
use super::*;
use crate::domain::login::{Chosen, Origin, PasswordStanding};

#[test]
fn a_login_is_the_same_in_any_case_and_in_punycode() {
    let shop = Shop::new();
    let account = shop.account(1);
    let login = shop.change(|tx| tx.add_login(&account, &email("Inkop@Räksmörgås.example")));
    let login = login.expect("a login");
    for spelling in ["inkop@RÄKSMÖRGÅS.example", "INKOP@xn--rksmrgs-5wao1o.example"] {
        let found = shop.read(|tx| tx.find_login(&email(spelling)));
        assert_eq!(found, Ok(Some(login.clone())), "{spelling}");
        let again = shop.change(|tx| tx.add_login(&account, &email(spelling)));
        assert!(matches!(again, Err(StoreError::Taken { .. })), "{again:?}");
    }
}

#[test]
fn a_login_never_inherits_what_was_recorded_of_one_that_was_removed() {
    let shop = Shop::new();
    let removed = shop.account(1);
    let gone = shop.read(|tx| tx.login(&removed.logins[0])).expect("a login");
    shop.change(|tx| tx.record_failed_login(&gone)).expect("a failure");
    shop.change(|tx| tx.remove_account(&removed)).expect("a removal");
    let account = shop.account(2);
    let login = shop.read(|tx| tx.login(&account.logins[0])).expect("a login");
    assert_ne!(login.id, gone.id);
    let standing = shop.read(|tx| tx.password_standing(login.id));
    assert_eq!(standing, Ok(PasswordStanding::default()));
}

#[test]
fn a_removed_login_takes_its_password_its_mails_and_their_tokens_along() {
    let shop = Shop::new();
    let account = shop.account(1);
    let login = shop.read(|tx| tx.login(&account.logins[0])).expect("a login");
    let mail = password_mail(&account, &login, "a");
    shop.change(|tx| {
        let standing = tx.password_standing(login.id)?;
        tx.choose_password(&login, &standing, &password_hash(1), Chosen::Token)?;
        tx.ask_for_password(&login, Origin::Forgotten, &mail, "shop.example", None)?;
        let request = tx.last_password_request(login.id)?.expect("a request");
        let token = crate::domain::token::Token::new([1; 32]);
        tx.make_token(&tx.mail(request.mail)?, &token, "2099-01-01T00:00:00Z")
    })
    .expect("no conflict")
    .expect("a login with a password, a mail and a token");
    shop.change(|tx| tx.remove_login(&account, &login, "left")).expect("a removal");
    for table in ["login", "password", "password_request", "token"] {
        let sql = format!("SELECT count(*) FROM {table}");
        assert_eq!(shop.read(|tx| tx.integer(&sql, &[])), Ok(0), "{table}");
    }
}

#[test]
fn logins_of_open_accounts_that_never_had_a_mail_or_a_password_are_to_be_invited() {
    let shop = Shop::new();
    let accounts = [1, 2, 3, 4, 5].map(|n| shop.account(n));
    let logins =
        accounts.each_ref().map(|it| shop.read(|tx| tx.login(&it.logins[0])).expect("a login"));
    shop.change(|tx| tx.close_account(&accounts[0])).expect("closed");
    shop.change(|tx| {
        let standing = tx.password_standing(logins[1].id)?;
        tx.choose_password(&logins[1], &standing, &password_hash(1), Chosen::Change)
    })
    .expect("a password");
    shop.change(|tx| {
        let mail = password_mail(&accounts[2], &logins[2], "a");
        tx.ask_for_password(&logins[2], Origin::Invitation, &mail, "shop.example", None)
    })
    .expect("an invitation");
    // Somebody guessed at it; that gives it no password.
    shop.change(|tx| tx.record_failed_login(&logins[3])).expect("a failure");
    let asked = shop.read(|tx| tx.logins_never_asked()).expect("logins");
    assert_eq!(asked, logins[3..]);
}
