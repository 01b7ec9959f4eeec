use super::super::ImportMode;
use super::super::fixture::{Shop, account_key, date, email, new_account, org_number};
use super::*;
use crate::domain::account::Field;
use crate::domain::import::{ImportKind, Row};

fn merge(shop: &Shop, from: u32, into: u32) {
    shop.change(|tx| {
        let (from, into) = (tx.account(&account_key(from))?, tx.account(&account_key(into))?);
        let login = into.logins[0].clone();
        tx.merge_account(&from, &into, &tx.subscriptions_of(from.id)?, Some(&login))
    })
    .expect("a merger");
}

#[test]
fn one_merged_after_another_leads_to_the_last() {
    let shop = Shop::new();
    for n in 1..=3 {
        shop.account(n);
    }
    merge(&shop, 1, 2);
    shop.set_today(date("2026-03-05"));
    merge(&shop, 2, 3);
    let found = shop.read(|tx| tx.account_or_former(&account_key(1))).expect("the account");
    let succession = found.1.expect("a successor");
    assert_eq!((succession.successor, succession.since), (org_number(3), date("2026-03-01")));
    let merged = shop.read(|tx| tx.merged_into(tx.account(&account_key(3))?.id)).expect("accounts");
    assert_eq!(merged.iter().map(|(number, ..)| number).collect::<Vec<_>>(), [&org_number(2)]);
}

#[test]
fn a_merger_ends_every_membership() {
    let shop = Shop::new();
    for n in 1..=2 {
        shop.account(n);
    }
    for (is_member, day) in [(true, "2026-01-01"), (false, "2026-06-01"), (true, "2027-01-01")] {
        shop.change(|tx| {
            tx.set_membership(&tx.account(&account_key(1))?, is_member, date(day)).map(|_| ())
        })
        .expect("a membership");
    }
    merge(&shop, 1, 2);
    let (closed, _) = shop.read(|tx| tx.account_or_former(&account_key(1))).expect("the account");
    let ended: Vec<_> = closed.memberships.iter().map(|one| (one.from, one.to)).collect();
    assert_eq!(ended, [(date("2026-01-01"), Some(date("2026-03-01")))]);
}

#[test]
fn a_number_given_up_while_a_file_was_checked_is_not_imported() {
    let shop = Shop::new();
    shop.account(1);
    let renumber = |from: u32, to: u32| {
        shop.change(|tx| {
            tx.renumber_account(&tx.account(&account_key(from))?, &org_number(to), "mistyped")
        })
        .expect("another number");
    };
    let new = new_account(2);
    let login = email("ny@bolaget2.example");
    let cells = [
        (Field::OrgNumber, new.org_number.digits()),
        (Field::Name, "Bolaget 2 AB"),
        (Field::Email, login.as_str()),
    ];
    let row = Row::read(cells).expect("a row");
    let staged = shop.store.stage(shop.moment(), |tx| {
        tx.begin_staging(ImportKind::Accounts)?;
        tx.stage_row(2, &row)?;
        tx.judge_staged(ImportMode::CreateOnly)?;
        tx.count_refused()
    });
    assert_eq!(staged, Ok(0));
    renumber(1, 2);
    renumber(2, 1);
    let written = shop.change(|tx| {
        let mut rows = tx.staged_rows(0, 10)?;
        tx.write_row(rows.remove(0), ImportMode::CreateOnly).map(|_| ())
    });
    assert!(matches!(written, Err(StoreError::Changed { noun: "account", .. })), "{written:?}");
}
