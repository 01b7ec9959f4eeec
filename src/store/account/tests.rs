use super::super::fixture::{Shop, date, email, new_account};
use super::*;

#[test]
fn r1_an_organisation_number_has_one_account() {
    let shop = Shop::new();
    let first = shop.account(1);
    let mut second = new_account(1);
    second.profile.name = "Någon annan AB".to_owned();
    second.login = email("annan@bolaget1.example");
    let refused = shop.change(|tx| tx.create_account(&second)).expect_err("a second account");
    assert_eq!(
        refused.to_string(),
        format!("the organisation number `{}` is taken by Bolaget 1 AB", first.org_number)
    );
    let unchecked = shop.change(|tx| tx.insert_account(&second)).expect_err("a second row");
    assert!(matches!(unchecked, StoreError::Driver(DriverError::Duplicate(_))), "{unchecked}");

    let mut third = new_account(2);
    third.login = email("INKOP@bolaget1.example");
    let refused = shop.change(|tx| tx.create_account(&third)).expect_err("a login that is taken");
    assert!(matches!(refused, StoreError::Taken { what: "the login", .. }), "{refused}");
}

#[test]
fn an_account_never_inherits_the_history_of_one_that_was_removed() {
    let shop = Shop::new();
    let removed = shop.account(1);
    shop.change(|tx| tx.remove_account(&removed)).expect("a removal");
    let account = shop.account(2);
    assert_ne!(account.id, removed.id);
    let history = shop.read(|tx| tx.events_of(&tx.subjects_of(account.id)?)).expect("a history");
    assert_eq!(history.len(), 1);
}

/// From which day, and whether a member from then on.
type Change = (&'static str, bool);

/// Makes changes of membership one after another, and returns the days they leave.
fn memberships(changes: &[Change]) -> Vec<(String, Option<String>)> {
    let shop = Shop::new();
    let id = shop.account(1).id;
    for (day, is_member) in changes {
        shop.change(|tx| tx.set_membership(&tx.account_by_id(id)?, *is_member, date(day)))
            .unwrap_or_else(|error| panic!("{day}: {error}"));
        let account = shop.read(|tx| tx.account_by_id(id)).expect("the account");
        for later in [date(day), date("2099-01-01")] {
            assert_eq!(account.is_member_on(later), *is_member, "{day} {later}");
        }
    }
    let account = shop.read(|tx| tx.account_by_id(id)).expect("the account");
    let text = |day: NaiveDate| day.to_string();
    account.memberships.iter().map(|row| (text(row.from), row.to.map(text))).collect()
}

#[test]
fn a_change_of_membership_holds_from_its_day_on() {
    let row =
        |from: &str, to: &str| (from.to_owned(), Some(to.to_owned()).filter(|to| !to.is_empty()));
    let (january, march, june) = ("2026-01-01", "2026-03-01", "2026-06-01");
    let cases = [
        (&[(january, true)][..], vec![row(january, "")]),
        (&[(january, true), (june, false)], vec![row(january, june)]),
        (&[(january, true), (june, false), (march, true)], vec![row(january, "")]),
        (&[(january, true), (june, false), (march, false)], vec![row(january, march)]),
        (&[(january, true), (june, false), (june, true)], vec![row(january, june), row(june, "")]),
        (&[(january, true), (january, false)], vec![]),
        (&[(january, false), (january, true)], vec![row(january, "")]),
    ];
    for (changes, rows) in cases {
        assert_eq!(memberships(changes), rows, "{changes:?}");
    }
}

#[test]
fn a_change_of_membership_before_a_later_one_is_refused() {
    let shop = Shop::new();
    let id = shop.account(1).id;
    let set = |is_member, day: &str| {
        shop.change(|tx| tx.set_membership(&tx.account_by_id(id)?, is_member, date(day)))
    };
    assert_eq!(set(true, "2026-06-01"), Ok(true));
    assert!(matches!(set(true, "2026-01-01"), Err(StoreError::InUse(_))));
}

#[test]
fn what_was_changed_in_the_meantime_is_not_changed_again() {
    let shop = Shop::new();
    let open = shop.account(1);
    shop.change(|tx| tx.close_account(&open)).expect("closed");
    let again = shop.change(|tx| tx.close_account(&open));
    assert!(matches!(again, Err(StoreError::Changed { noun: "account", .. })), "{again:?}");
    shop.change(|tx| tx.reopen_account(&open)).expect("reopened");
    let again = shop.change(|tx| tx.reopen_account(&open));
    assert!(matches!(again, Err(StoreError::Changed { noun: "account", .. })), "{again:?}");

    shop.change(|tx| tx.remove_account(&open)).expect("removed");
    let mut profile = open.profile.clone();
    profile.name = "Borta AB".to_owned();
    let edited = shop.change(|tx| tx.edit_account(&open, &profile));
    assert!(matches!(edited, Err(StoreError::Changed { noun: "account", .. })), "{edited:?}");
}
