use super::super::fixture::{Shop, date, email, password_hash};
use super::*;

fn login(shop: &Shop, n: u32) -> Login {
    shop.account(n);
    let address = email(&format!("inkop@bolaget{n}.example"));
    shop.read(|tx| tx.login(&address)).expect("a login")
}

fn standing(shop: &Shop, login: &Login) -> PasswordStanding {
    shop.read(|tx| tx.password_standing(login.id)).expect("an answer")
}

/// Gives the login the `n`th password in the place of the one that `before` tells of.
fn choose(shop: &Shop, login: &Login, before: &PasswordStanding, n: u8) -> Result<(), StoreError> {
    shop.change(|tx| tx.choose_password(login, before, &password_hash(n), Chosen::Change))
}

#[test]
fn a_password_that_was_changed_meanwhile_is_not_changed_again() {
    let shop = Shop::new();
    let login = login(&shop, 1);
    let never = standing(&shop, &login);
    assert_eq!(choose(&shop, &login, &never, 1), Ok(()));
    let first = standing(&shop, &login);
    let late = choose(&shop, &login, &never, 2);
    assert!(matches!(late, Err(StoreError::Changed { .. })), "{late:?}");
    assert_eq!(choose(&shop, &login, &first, 2), Ok(()));
    let late = choose(&shop, &login, &first, 3);
    assert!(matches!(late, Err(StoreError::Changed { .. })), "{late:?}");

    let second = standing(&shop, &login);
    shop.change(|tx| tx.void_password(&login, "ticket 4711")).expect("voided");
    let late = choose(&shop, &login, &second, 3);
    assert!(matches!(late, Err(StoreError::Changed { .. })), "{late:?}");
    assert_eq!(standing(&shop, &login).hash, None);
}

#[test]
fn the_former_password_is_the_last_one_that_was_good() {
    let shop = Shop::new();
    let login = login(&shop, 1);
    let former = || standing(&shop, &login).former_hash;
    choose(&shop, &login, &standing(&shop, &login), 1).expect("the first");
    assert_eq!(former(), None);
    choose(&shop, &login, &standing(&shop, &login), 2).expect("the second");
    assert_eq!(former(), Some(password_hash(1)));

    shop.change(|tx| tx.void_password(&login, "ticket 4711")).expect("voided");
    assert_eq!((standing(&shop, &login).hash, former()), (None, Some(password_hash(2))));
    shop.change(|tx| tx.void_password(&login, "ticket 4712")).expect("voided again");
    assert_eq!(former(), Some(password_hash(2)));
    choose(&shop, &login, &standing(&shop, &login), 3).expect("the third");
    assert_eq!(former(), Some(password_hash(2)));
}

#[test]
fn a_rehashed_password_is_the_same_one_and_the_former_stays() {
    let shop = Shop::new();
    let login = login(&shop, 1);
    choose(&shop, &login, &standing(&shop, &login), 1).expect("the first");
    choose(&shop, &login, &standing(&shop, &login), 2).expect("the second");
    let before = standing(&shop, &login);
    let (from, to) = (password_hash(2), password_hash(3));
    shop.change(|tx| tx.rehash_password(&login, &from, &to)).expect("rehashed");
    let rehashed = PasswordStanding { hash: Some(to.clone()), ..before };
    assert_eq!(standing(&shop, &login), rehashed);
    let late = shop.change(|tx| tx.rehash_password(&login, &from, &to));
    assert!(matches!(late, Err(StoreError::Changed { .. })), "{late:?}");
}

#[test]
fn waits_grow_with_every_failure_and_end_with_a_good_login_or_a_new_password() {
    let shop = Shop::new();
    let login = login(&shop, 1);
    choose(&shop, &login, &standing(&shop, &login), 1).expect("a password");
    let fail = || shop.change(|tx| tx.record_failed_login(&login)).expect("a failure");
    let waits: Vec<_> = (0..14).map(|_| fail()).collect();
    assert_eq!(waits[..6], [None, None, None, None, Some(30), Some(60)]);
    assert_eq!(waits[13], Some(3600));
    shop.change(|tx| tx.record_refused_login(&login)).expect("a refusal");
    let failed = standing(&shop, &login);
    assert_eq!((failed.failures, failed.refusals), (14, 1));
    assert_eq!(failed.failed_at.as_deref(), Some("2026-03-01T09:00:00Z"));
    assert_eq!(failed.retry_at.as_deref(), Some("2026-03-01T10:00:00Z"));
    assert_eq!(failed.wait_seconds(shop.moment().now), Some(3600));

    let forgiven = |standing: PasswordStanding| {
        let PasswordStanding { failures, refusals, failed_at, retry_at, .. } = standing;
        (failures, refusals, failed_at, retry_at) == (0, 0, None, None)
    };
    shop.change(|tx| tx.record_login(&login)).expect("a good login");
    let logged_in = standing(&shop, &login);
    assert_eq!(logged_in.logged_in_at.as_deref(), Some("2026-03-01T09:00:00Z"));
    assert!(forgiven(logged_in));
    for _ in 0..5 {
        fail();
    }
    choose(&shop, &login, &standing(&shop, &login), 2).expect("a new password");
    assert!(forgiven(standing(&shop, &login)));
}

#[test]
fn a_voided_password_opens_nothing_and_leaves_the_wait_as_it_is() {
    let shop = Shop::new();
    let login = login(&shop, 1);
    choose(&shop, &login, &standing(&shop, &login), 1).expect("a password");
    for _ in 0..5 {
        shop.change(|tx| tx.record_failed_login(&login)).expect("a failure");
    }
    shop.set_today(date("2026-03-02"));
    shop.change(|tx| tx.void_password(&login, "ticket 4711")).expect("voided");
    let voided = standing(&shop, &login);
    assert_eq!((voided.state(), voided.failures), ("locked", 5));
    assert_eq!(voided.chosen_at.as_deref(), Some("2026-03-01T09:00:00Z"));
    assert_eq!(voided.voided_at.as_deref(), Some("2026-03-02T09:00:00Z"));
    let entered = shop.change(|tx| tx.record_login(&login));
    assert!(matches!(entered, Err(StoreError::Changed { .. })), "{entered:?}");
}

#[test]
fn what_is_known_of_one_login_is_not_said_of_another() {
    let shop = Shop::new();
    let (one, two) = (login(&shop, 1), login(&shop, 2));
    choose(&shop, &one, &standing(&shop, &one), 1).expect("a password");
    shop.change(|tx| tx.record_failed_login(&one)).expect("a failure");
    assert_eq!(standing(&shop, &two), PasswordStanding::default());
    choose(&shop, &two, &standing(&shop, &two), 2).expect("a password");
    shop.change(|tx| tx.void_password(&two, "ticket 4711")).expect("voided");
    let kept = standing(&shop, &one);
    assert_eq!((kept.state(), kept.failures), ("chosen", 1));
    shop.change(|tx| tx.forget_password(two.id)).expect("forgotten");
    assert_eq!(standing(&shop, &one), kept);
}
