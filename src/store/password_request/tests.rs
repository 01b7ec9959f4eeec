use super::super::fixture::{Shop, date, email, password_hash, password_mail};
use super::*;
use crate::domain::account::Account;
use crate::domain::login::Chosen;

const LATER: &str = "2026-03-01T10:00:00Z";

fn account_with_login(shop: &Shop, n: u32) -> (Account, Login) {
    let account = shop.account(n);
    let address = email(&format!("inkop@bolaget{n}.example"));
    let login = shop.read(|tx| tx.login(&address)).expect("a login");
    (account, login)
}

/// Asks for a mail, and returns it.
fn ask(shop: &Shop, (account, login): &(Account, Login), origin: Origin, cause: &str) -> Mail {
    let mail = password_mail(account, login, cause);
    let asked = shop.change(|tx| {
        tx.ask_for_password(login, origin, &mail, "shop.example", None)?;
        let request = tx.last_password_request(login.id)?.expect("a request");
        tx.mail(request.mail)
    });
    asked.expect("a mail that is asked for")
}

fn make(shop: &Shop, mail: &Mail, token: &Token) -> bool {
    shop.change(|tx| tx.make_token(mail, token, LATER)).expect("an answer").is_ok()
}

fn opens(shop: &Shop, token: &Token) -> Option<Login> {
    shop.read(|tx| tx.find_token(token)).expect("an answer").map(|good| good.login)
}

fn redeem(shop: &Shop, token: &GoodToken) -> Result<(), StoreError> {
    shop.change(|tx| {
        tx.use_token(token)?;
        let standing = tx.password_standing(token.login.id)?;
        tx.choose_password(&token.login, &standing, &password_hash(1), Chosen::Token)
    })
}

fn ended_by(shop: &Shop, login: &Login) -> Option<String> {
    let last = shop.read(|tx| tx.last_password_request(login.id)).expect("an answer");
    last.expect("a request").ended_by
}

#[test]
fn a_token_opens_the_login_it_was_made_for_until_its_time_has_passed() {
    let shop = Shop::new();
    let (one, two) = (account_with_login(&shop, 1), account_with_login(&shop, 2));
    let (mine, theirs) = (Token::new([1; 32]), Token::new([2; 32]));
    assert!(make(&shop, &ask(&shop, &one, Origin::Forgotten, "a"), &mine));
    assert!(make(&shop, &ask(&shop, &two, Origin::Forgotten, "b"), &theirs));
    assert_eq!((opens(&shop, &mine), opens(&shop, &theirs)), (Some(one.1), Some(two.1)));
    assert_eq!(opens(&shop, &Token::new([3; 32])), None);

    let soon = |mail: &Mail, token: &Token, at: &str| {
        shop.change(|tx| tx.make_token(mail, token, at)).expect("an answer").is_ok()
    };
    let now = shop.read(|tx| Ok(tx.now())).expect("a time");
    let third = account_with_login(&shop, 3);
    let mail = ask(&shop, &third, Origin::Forgotten, "c");
    let expired = Token::new([4; 32]);
    assert!(soon(&mail, &expired, &now));
    assert_eq!(opens(&shop, &expired), None, "its last moment is past");
    shop.set_today(date("2026-03-02"));
    assert_eq!(opens(&shop, &mine), None);
}

#[test]
fn every_token_of_a_mail_is_good_until_one_of_them_is_used() {
    let shop = Shop::new();
    let one = account_with_login(&shop, 1);
    let mail = ask(&shop, &one, Origin::Forgotten, "a");
    let tokens = [1, 2, 3].map(|n| Token::new([n; 32]));
    assert!(tokens.iter().all(|token| make(&shop, &mail, token)));
    assert!(tokens.iter().all(|token| opens(&shop, token).as_ref() == Some(&one.1)));
    let good = tokens.each_ref().map(|token| shop.read(|tx| tx.find_token(token)));
    let [first, second, _] = good.map(|good| good.expect("an answer").expect("a good token"));
    assert_eq!(redeem(&shop, &second), Ok(()));
    assert!(tokens.iter().all(|token| opens(&shop, token).is_none()));
    // It was found good, and then another of the same mail was used.
    let late = redeem(&shop, &first);
    assert!(matches!(late, Err(StoreError::Changed { .. })), "{late:?}");
    assert_eq!(ended_by(&shop, &one.1).as_deref(), Some("used"));
    assert!(!make(&shop, &mail, &Token::new([4; 32])), "a retry of the mail carries no token");
}

#[test]
fn a_newer_mail_ends_the_ones_before_and_no_others() {
    let shop = Shop::new();
    let (one, two) = (account_with_login(&shop, 1), account_with_login(&shop, 2));
    let (first, other) =
        (ask(&shop, &one, Origin::Invitation, "a"), ask(&shop, &two, Origin::Forgotten, "b"));
    let (old, theirs) = (Token::new([1; 32]), Token::new([2; 32]));
    assert!(make(&shop, &first, &old) && make(&shop, &other, &theirs));
    let second = ask(&shop, &one, Origin::Support, "c");
    assert_eq!(opens(&shop, &old), None);
    assert_eq!(opens(&shop, &theirs), Some(two.1));
    assert!(!make(&shop, &first, &Token::new([3; 32])));
    assert!(make(&shop, &second, &Token::new([4; 32])));
    assert_eq!(ended_by(&shop, &one.1), None);
}

#[test]
fn a_changed_or_voided_password_ends_every_mail_about_it() {
    let shop = Shop::new();
    for (n, ends) in (1_u32..).zip([
        (|tx: &Tx<'_>, login: &Login| {
            let standing = tx.password_standing(login.id)?;
            tx.choose_password(login, &standing, &password_hash(1), Chosen::Change)
        }) as fn(&Tx<'_>, &Login) -> Result<(), StoreError>,
        |tx, login| tx.void_password(login, "ticket 4711"),
    ]) {
        let one = account_with_login(&shop, n);
        let mail = ask(&shop, &one, Origin::Forgotten, "a");
        let token = Token::new([n as u8; 32]);
        assert!(make(&shop, &mail, &token));
        shop.change(|tx| ends(tx, &one.1)).expect("a change");
        assert_eq!(ended_by(&shop, &one.1).as_deref(), Some("changed"));
        assert_eq!(opens(&shop, &token), None);
        assert!(!make(&shop, &mail, &Token::new([n as u8 + 100; 32])));
    }
}

#[test]
fn no_token_is_made_while_the_account_is_closed() {
    let shop = Shop::new();
    let one = account_with_login(&shop, 1);
    let mail = ask(&shop, &one, Origin::Forgotten, "a");
    shop.change(|tx| tx.close_account(&one.0)).expect("closed");
    assert!(!make(&shop, &mail, &Token::new([1; 32])));
    let closed = shop.read(|tx| tx.account_by_id(one.0.id)).expect("the account");
    shop.change(|tx| tx.reopen_account(&closed)).expect("reopened");
    assert!(make(&shop, &mail, &Token::new([2; 32])));
}

#[test]
fn good_logins_and_failed_ones_leave_the_mails_as_they_are() {
    let shop = Shop::new();
    let one = account_with_login(&shop, 1);
    let standing = shop.read(|tx| tx.password_standing(one.1.id)).expect("an answer");
    shop.change(|tx| tx.choose_password(&one.1, &standing, &password_hash(1), Chosen::Change))
        .expect("a password");
    let token = Token::new([1; 32]);
    assert!(make(&shop, &ask(&shop, &one, Origin::Forgotten, "a"), &token));
    shop.change(|tx| tx.record_login(&one.1)).expect("a login");
    shop.change(|tx| tx.record_failed_login(&one.1)).expect("a failure");
    assert_eq!(opens(&shop, &token), Some(one.1));
}

#[test]
fn mails_that_were_sent_are_counted_by_login_and_hour_and_invitations_are_not() {
    let shop = Shop::new();
    let (one, two) = (account_with_login(&shop, 1), account_with_login(&shop, 2));
    let send = |whose: &(Account, Login), origin: Origin, cause: &str| {
        let mail = ask(&shop, whose, origin, cause);
        shop.change(|tx| {
            tx.claim_mail(&mail, b"")?;
            tx.mark_sent(&tx.mail(mail.id)?, "smtp", "250 OK")
        })
        .expect("sent");
    };
    send(&one, Origin::Forgotten, "yesterday");
    shop.set_today(date("2026-03-02"));
    for (n, origin) in [Origin::Forgotten, Origin::Support, Origin::Invitation].iter().enumerate() {
        send(&one, *origin, &format!("today {n}"));
    }
    ask(&shop, &one, Origin::Forgotten, "waits");
    send(&two, Origin::Forgotten, "another's");
    let count = |login: &Login, since: &str| {
        shop.read(|tx| tx.count_password_mails(login.id, since)).expect("a count")
    };
    assert_eq!(count(&one.1, "2026-03-02T08:00:00Z"), 2);
    assert_eq!(count(&one.1, "2026-03-02T09:00:00Z"), 0, "an hour ago is not within the hour");
    assert_eq!(count(&one.1, "2026-01-01T00:00:00Z"), 3);
    assert_eq!(count(&two.1, "2026-03-02T08:00:00Z"), 1);
}

#[test]
fn an_address_that_was_typed_twice_waits_for_one_answer() {
    let shop = Shop::new();
    let one = account_with_login(&shop, 1);
    let typed = ["inkop@bolaget1.example", "annan@bolaget1.example", "INKOP@bolaget1.example"];
    for address in typed {
        shop.change(|tx| tx.note_forgotten(&email(address))).expect("noted");
    }
    let waiting = shop.read(|tx| tx.forgotten()).expect("the list");
    assert_eq!(waiting.iter().map(|it| it.email.as_str()).collect::<Vec<_>>(), typed[..2]);
    assert_eq!(shop.read(|tx| tx.count_forgotten()), Ok(2));
    shop.change(|tx| tx.void_password(&one.1, "ticket 4711")).expect("voided");
    assert_eq!(shop.read(|tx| tx.forgotten()).expect("the list"), waiting[1..]);
}

#[test]
fn a_mail_that_is_queued_already_leaves_the_one_before_as_it_is() {
    let shop = Shop::new();
    let one = account_with_login(&shop, 1);
    let mail = ask(&shop, &one, Origin::Forgotten, "a");
    let token = Token::new([1; 32]);
    assert!(make(&shop, &mail, &token));
    let again = shop.change(|tx| {
        let mail = password_mail(&one.0, &one.1, "a");
        tx.ask_for_password(&one.1, Origin::Forgotten, &mail, "shop.example", None)
    });
    assert!(matches!(again, Err(StoreError::InUse(_))), "{again:?}");
    assert_eq!(opens(&shop, &token), Some(one.1));
}

#[test]
fn tokens_are_removed_once_their_time_has_passed() {
    let shop = Shop::new();
    let one = account_with_login(&shop, 1);
    assert!(make(&shop, &ask(&shop, &one, Origin::Forgotten, "a"), &Token::new([1; 32])));
    let kept = || {
        shop.change(|tx| tx.remove_expired_tokens()).expect("removed");
        let sql = "SELECT count(*) FROM token";
        shop.intruder().query_row(sql, [], |row| row.get::<_, i64>(0)).expect("a count")
    };
    assert_eq!(kept(), 1);
    shop.set_today(date("2026-03-02"));
    assert_eq!(kept(), 0);
}

#[test]
fn a_mail_that_is_no_longer_good_says_why() {
    let shop = Shop::new();
    let one = account_with_login(&shop, 1);
    let first = ask(&shop, &one, Origin::Forgotten, "a");
    let second = ask(&shop, &one, Origin::Forgotten, "b");
    let why = |mail: &Mail| {
        let made = shop.change(|tx| tx.make_token(mail, &Token::new([1; 32]), LATER));
        made.expect("an answer").expect_err("no token").to_string()
    };
    assert_eq!(why(&first), "a newer mail was asked for");
    shop.change(|tx| tx.close_account(&one.0)).expect("closed");
    assert_eq!(why(&second), "its account is closed");
    shop.change(|tx| tx.void_password(&one.1, "ticket 4711")).expect("voided");
    assert_eq!(why(&second), "the password was changed or locked since");
    shop.change(|tx| tx.forget_password(one.1.id)).expect("forgotten");
    assert_eq!(why(&second), "its login was removed");
}

#[test]
fn the_store_keeps_the_hash_of_a_token_and_nothing_else_of_it() {
    let shop = Shop::new();
    let one = account_with_login(&shop, 1);
    let token = Token::new(*b"0123456789abcdefghijklmnopqrstuv");
    assert!(make(&shop, &ask(&shop, &one, Origin::Forgotten, "a"), &token));
    let kept: Vec<u8> =
        shop.intruder().query_row("SELECT hash FROM token", [], |row| row.get(0)).expect("a token");
    assert_eq!(kept, Sha256::digest(token.bytes()).to_vec());
    for suffix in ["", "-wal"] {
        let bytes = std::fs::read(format!("{}{suffix}", shop.path.display())).expect("the bytes");
        for secret in [&token.bytes()[..], token.text().reveal().as_bytes()] {
            assert!(!bytes.windows(secret.len()).any(|window| window == secret), "{suffix}");
        }
    }
}
