use super::super::ImportMode;
use super::super::fixture::{
    Shop, account_key, date, email, new_account, org_number, password_hash, password_mail,
};
use super::*;
use crate::domain::account::Field;
use crate::domain::import::{ImportKind, Row};
use crate::domain::login::{Chosen, Origin, PasswordStanding};
use crate::domain::payment::{NewPayment, Payer, Source};
use crate::domain::product::ProductKind;

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

#[test]
fn money_and_holds_go_along_with_a_merger() {
    let shop = Shop::new();
    let [one, two, three] = [1, 2, 3].map(|n| shop.account(n));
    let product = shop.product("PRINT", ProductKind::Printed);
    let (_, paid) = shop.order(&one, &[&product]);
    let (_, open) = shop.order(&one, &[&product]);
    let total = paid.draft.totals().total;
    let rest = Money::from_ore(50_000);
    let told = |identity: &str, amount: Money, reference: Option<String>| NewPayment {
        source: Source::Manual,
        file: None,
        identity: identity.to_owned(),
        received_on: date("2026-03-01"),
        amount,
        bank_reference: None,
        payer: Payer { org_number: Some(org_number(1).to_string()), ..Payer::default() },
        reference,
        message: None,
    };
    let pay = |told: NewPayment| {
        shop.change(|tx| {
            let payment = tx.record_payment(&told)?;
            tx.match_payment(&payment)?;
            tx.payment(payment.number)
        })
        .expect("a payment")
    };
    pay(told("too much", total + rest, Some(paid.number.to_string())));
    shop.change(|tx| tx.hold_account(&one, "the contract is in court")).expect("a hold");

    merge(&shop, 1, 2);
    shop.read(|tx| {
        assert_eq!((tx.balance(one.id)?, tx.balance(two.id)?), (Money::ZERO, rest));
        assert_eq!(tx.account_hold(one.id)?, None);
        assert_eq!(tx.invoice_hold(paid.id)?, None);
        let hold = tx.invoice_hold(open.id)?.expect("a hold of its own");
        assert_eq!(hold.reason, "the contract is in court");
        Ok(())
    })
    .expect("a look");

    // By its former organisation number the payer is known all the same, and after two mergers.
    merge(&shop, 2, 3);
    let lost = pay(told("lost", rest, None));
    shop.read(|tx| {
        let likely = tx.likely_invoices(&lost, rest, 5)?;
        assert_eq!(likely.iter().map(|one| one.open.number).collect::<Vec<_>>(), [open.number]);
        Ok(())
    })
    .expect("a look");
    let late = pay(told("late", total + rest, Some(open.number.to_string())));
    assert_eq!(late.account, Some(three.id));
    assert_eq!(shop.read(|tx| tx.balance(three.id)), Ok(rest + rest));
}

/// Gives an account's login the `n`th password, and asks for a mail by which to choose another.
fn with_password(shop: &Shop, n: u8) -> Login {
    let account = shop.account(u32::from(n));
    let given = shop.change(|tx| {
        let login = tx.login(&account.logins[0])?;
        let standing = tx.password_standing(login.id)?;
        tx.choose_password(&login, &standing, &password_hash(n), Chosen::Token)?;
        let mail = password_mail(&account, &login, "a");
        tx.ask_for_password(&login, Origin::Forgotten, &mail, "shop.example", None)?;
        Ok(login)
    });
    given.expect("a login with a password")
}

#[test]
fn r2_the_login_that_remains_of_a_merger_keeps_its_password_and_the_other_loses_it() {
    for kept in [0, 1] {
        let shop = Shop::new();
        let logins = [1, 2].map(|n| with_password(&shop, n));
        let merged = shop.change(|tx| {
            let [from, into] = [tx.account(&account_key(1))?, tx.account(&account_key(2))?];
            tx.merge_account(&from, &into, &[], Some(&logins[kept].email))?;
            Ok(into)
        });
        let into = merged.expect("a merger");
        let (remains, gone) = (&logins[kept], &logins[1 - kept]);
        shop.read(|tx| {
            let login = Login { account_id: into.id, ..remains.clone() };
            assert_eq!(tx.logins_of(into.id)?, [login]);
            let hash = tx.password_standing(remains.id)?.hash;
            assert_eq!(hash, Some(password_hash(kept as u8 + 1)));
            assert_eq!(tx.last_password_request(remains.id)?.and_then(|it| it.ended_by), None);
            assert_eq!(tx.find_login(&gone.email)?, None);
            assert_eq!(tx.password_standing(gone.id)?, PasswordStanding::default());
            assert_eq!(tx.last_password_request(gone.id)?, None);
            Ok(())
        })
        .expect("a look");
    }
}

#[test]
fn accounts_with_one_address_in_two_spellings_are_merged_and_the_chosen_login_remains() {
    let shop = Shop::new();
    let [from, into] = [1, 2].map(|n| shop.account(n));
    // As a store of an earlier version may hold them.
    shop.intruder()
        .execute_batch(
            "UPDATE login SET email = 'a@xn--blbr-noae.example',
                 email_key = 'a@xn--blbr-noae.example' WHERE email_key = 'inkop@bolaget1.example';
             UPDATE login SET email = 'a@blåbär.example', email_key = 'a@blåbär.example'
                 WHERE email_key = 'inkop@bolaget2.example'",
        )
        .expect("two spellings");
    let merged = shop.change(|tx| {
        let chosen = email("a@blåbär.example");
        tx.merge_account(&from, &into, &[], Some(&chosen))?;
        tx.logins_of(into.id)
    });
    let remaining: Vec<String> =
        merged.expect("a merger").iter().map(|login| login.email.to_string()).collect();
    assert_eq!(remaining, ["a@blåbär.example"]);
}
