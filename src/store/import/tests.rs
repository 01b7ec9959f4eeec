use super::super::fixture::{
    Shop, account_key, date, email, new_account, new_product, org_number, password_hash,
    password_mail, plan,
};
use super::*;
use crate::domain::account::NewAccount;
use crate::domain::import::ImportKind;
use crate::domain::login::{Chosen, Login, Origin};
use crate::domain::product::ProductKind;

/// A row as a file gives it: number, name, e-mail, member, city; an empty cell is no cell.
type Cells<'a> = [&'a str; 5];

fn stage(shop: &Shop, mode: Mode, rows: &[Cells<'_>]) -> Vec<(i64, String)> {
    let work = |tx: &Tx<'_>| {
        tx.begin_staging(ImportKind::Accounts)?;
        for (position, cells) in rows.iter().enumerate() {
            let fields = [Field::OrgNumber, Field::Name, Field::Email, Field::Member, Field::City];
            let row = import::Row::read(fields.into_iter().zip(cells.iter().copied()));
            tx.stage_row(position as i64 + 2, &row.expect("a row that can be read"))?;
        }
        tx.judge_staged(mode)?;
        let mut problems = Vec::new();
        tx.each_problem(i64::MAX, &mut |problem| {
            problems.push((problem.line, problem.reason));
            Ok(())
        })?;
        Ok::<_, StoreError>(problems)
    };
    shop.store.stage(shop.moment(), work).expect("a staged file")
}

/// Writes what is staged, as one import.
fn write(shop: &Shop, mode: Mode) -> Result<ImportRecord, StoreError> {
    shop.change(|tx| {
        let id = tx.begin_import(ImportKind::Accounts, "register.csv")?;
        let mut record = tx.import(id)?;
        for row in tx.staged_rows(0, i64::MAX)? {
            if !tx.row_changes(&row) {
                record.unchanged += 1;
                continue;
            }
            match tx.write_row(row, mode)? {
                Counted::Created => record.created += 1,
                Counted::Updated => record.updated += 1,
                Counted::Unchanged => record.unchanged += 1,
            }
        }
        tx.finish_import(&record)?;
        tx.import(id)
    })
}

fn import(shop: &Shop, mode: Mode, rows: &[Cells<'_>]) -> ImportRecord {
    assert_eq!(stage(shop, mode, rows), []);
    write(shop, mode).expect("an import")
}

fn undo(shop: &Shop, record: &ImportRecord) -> Result<(), StoreError> {
    shop.change(|tx| tx.undo_import(&tx.import(record.id)?))
}

fn accounts(shop: &Shop) -> Vec<Account> {
    let mut accounts = Vec::new();
    shop.read(|tx| {
        tx.each_whole_account(&mut |account| {
            accounts.push(account);
            Ok(())
        })
    })
    .expect("the accounts");
    accounts
}

fn number(n: u32) -> String {
    org_number(n).to_string()
}

fn login(n: u32) -> String {
    new_account(n).login.to_string()
}

#[test]
fn a_row_is_judged_by_the_store_and_by_the_rows_before_it() {
    let shop = Shop::new();
    shop.account(1);
    let closed = shop.account(2);
    shop.change(|tx| tx.close_account(&closed)).expect("closed");
    let (known, closed, new, newer) = (number(1), number(2), number(3), number(4));
    let (known_login, new_login, newer_login) = (login(1), login(3), login(4));
    let name = "Bolaget 1 AB";
    type Case<'a> = (Mode, &'a [Cells<'a>], &'a [(i64, &'a str)]);
    let cases: [Case<'_>; 14] = [
        (Mode::CreateOnly, &[[&new, "Nytt AB", &new_login, "", ""]], &[]),
        (Mode::CreateOnly, &[[&new, "", &new_login, "", ""]], &[(2, "the name is missing")]),
        (Mode::CreateOnly, &[[&new, "Nytt AB", "", "", ""]], &[(2, "login's e-mail")]),
        (Mode::CreateOnly, &[[&new, "Nytt AB", &known_login, "", ""]], &[(2, "another account")]),
        (Mode::CreateOnly, &[[&known, name, &known_login, "nej", "Stockholm"]], &[]),
        (Mode::CreateOnly, &[[&known, "", "", "", "Solna"]], &[(2, "differs in city")]),
        (Mode::CreateOnly, &[[&known, "", "", "ja", ""]], &[(2, "differs in member")]),
        (Mode::CreateOnly, &[[&known, "", &new_login, "", ""]], &[(2, "changes no login")]),
        (Mode::Update, &[[&known, "", &known_login, "ja", "Solna"]], &[]),
        (Mode::Update, &[[&known, "", &new_login, "", ""]], &[(2, "changes no login")]),
        (Mode::Update, &[[&closed, "", "", "", "Solna"]], &[(2, "was closed on 2026-03-01")]),
        (
            Mode::CreateOnly,
            &[
                [&new, "Nytt AB", &new_login, "", ""],
                [&newer, "Nyare AB", &newer_login, "", ""],
                [&new, "Nyast AB", &known_login, "", ""],
            ],
            &[(4, "another account"), (4, "it stands on line 2 already")],
        ),
        (
            Mode::CreateOnly,
            &[[&new, "Nytt AB", &new_login, "", ""], [&newer, "Nyare AB", &new_login, "", ""]],
            &[(3, "each account has a login of its own")],
        ),
        (
            Mode::Update,
            &[[&known, "", "", "", "Solna"], [&known, "", "", "", "Täby"]],
            &[(3, "it stands on line 2 already")],
        ),
    ];
    for (mode, rows, expected) in cases {
        let problems = stage(&shop, mode, rows);
        let fits = |((line, reason), (at, words)): (&(i64, String), &(i64, &str))| {
            line == at && reason.contains(words)
        };
        let is_as_expected =
            problems.len() == expected.len() && problems.iter().zip(expected).all(fits);
        assert!(is_as_expected, "{rows:?}: {problems:?}");
    }
}

#[test]
fn the_first_of_two_rows_is_judged_also_where_a_page_ends_between_them() {
    let shop = Shop::new();
    let (numbers, logins): (Vec<String>, Vec<String>) =
        (0..1000).map(|n| (number(n), login(n))).unzip();
    let mut rows: Vec<Cells<'_>> = vec![[&numbers[999], "", "utan@namn.example", "", ""]];
    rows.extend(numbers.iter().zip(&logins).map(|(org, login)| [org, "AB", login, "", ""]));
    let problems = stage(&shop, Mode::CreateOnly, &rows);
    let nameless =
        |(line, reason): &(i64, String)| *line == 2 && reason.contains("name is missing");
    assert!(problems.iter().any(nameless), "{problems:?}");
}

#[test]
fn a_row_that_the_store_has_overtaken_is_refused() {
    let shop = Shop::new();
    let problems =
        stage(&shop, Mode::CreateOnly, &[[&number(1), "Nytt AB", &login(1), "", "Täby"]]);
    assert_eq!(problems, []);
    shop.account(1);
    let overtaken = write(&shop, Mode::CreateOnly);
    assert!(matches!(overtaken, Err(StoreError::Changed { .. })), "{overtaken:?}");
    assert_eq!(shop.read(|tx| tx.imports()), Ok(Vec::new()));
}

#[test]
fn an_import_is_taken_back_whole() {
    let shop = Shop::new();
    shop.account(1);
    shop.change(|tx| tx.create_account(&NewAccount { is_member: true, ..new_account(2) }))
        .expect("a member");
    let ending = shop.account(3);
    shop.change(|tx| tx.set_membership(&ending, true, date("2026-01-01"))).expect("a member");
    let ending = shop.read(|tx| tx.account_by_id(ending.id)).expect("the member");
    shop.change(|tx| tx.set_membership(&ending, false, date("2026-12-01"))).expect("an end");
    let before = accounts(&shop);
    let record = import(
        &shop,
        Mode::Update,
        &[
            [&number(1), "Nytt namn AB", "", "ja", "Täby"],
            [&number(2), "", "", "nej", ""],
            [&number(3), "", "", "nej", ""],
            [&number(4), "Nytt AB", &login(4), "ja", ""],
        ],
    );
    assert_eq!((record.created, record.updated), (1, 3));
    let members = |shop: &Shop| -> Vec<bool> {
        accounts(shop).iter().map(|account| account.is_member_on(shop.today())).collect()
    };
    assert_eq!(members(&shop), [true, false, false, true]);
    undo(&shop, &record).expect("an undone import");
    assert_eq!(accounts(&shop), before);
    assert_eq!(shop.read(|tx| tx.verify_chain()).expect("the chain").1, []);
}

#[test]
fn an_import_that_something_was_built_on_stays() {
    let change_city = |tx: &Tx<'_>| {
        let account = tx.account(&account_key(1))?;
        let mut profile = account.profile.clone();
        profile.city = Some("Täby".to_owned());
        tx.edit_account(&account, &profile).map(|_| ())
    };
    let place_order = |tx: &Tx<'_>| {
        let account = tx.account(&account_key(1))?;
        let mut profile = account.profile.clone();
        profile.street = Some("Gatan 1".to_owned());
        profile.postal_code = Some("111 22".to_owned());
        profile.city = Some("Täby".to_owned());
        profile.invoice_email = Some(email("faktura@bolaget.example"));
        let buyer = Account { profile, ..account };
        let product = tx.create_product(&new_product("PRINT", ProductKind::Printed))?;
        tx.place_order(&buyer, &plan(tx, &buyer, &[&product])?).map(|_| ())
    };
    type Build<'a> = &'a dyn Fn(&Tx<'_>) -> Result<(), StoreError>;
    let builds: [Build<'_>; 4] = [
        &change_city,
        &place_order,
        &|tx| tx.add_note(&tx.account(&account_key(1))?, "eva", "ringde"),
        &|tx| tx.close_account(&tx.account(&account_key(1))?),
    ];
    for build in builds {
        let shop = Shop::new();
        let record = import(&shop, Mode::CreateOnly, &[[&number(1), "Nytt AB", &login(1), "", ""]]);
        shop.change(build).expect("something built on it");
        let before = accounts(&shop);
        let refused = undo(&shop, &record).expect_err("a refusal");
        assert!(refused.to_string().contains("something was built"), "{refused}");
        assert_eq!(accounts(&shop), before);
    }
}

#[test]
fn imports_are_taken_back_one_after_another() {
    let shop = Shop::new();
    let first = import(&shop, Mode::CreateOnly, &[[&number(1), "Ett AB", &login(1), "", ""]]);
    let second = import(&shop, Mode::Update, &[[&number(1), "Två AB", "", "", ""]]);
    let early = undo(&shop, &first);
    assert!(matches!(early, Err(StoreError::BuiltOn { .. })), "{early:?}");
    undo(&shop, &second).expect("the second");
    assert_eq!(accounts(&shop)[0].profile.name, "Ett AB");
    undo(&shop, &first).expect("the first");
    assert_eq!(accounts(&shop), []);
}

#[test]
fn an_import_whose_events_were_erased_stays() {
    let shop = Shop::new();
    let record = import(&shop, Mode::CreateOnly, &[[&number(1), "Ett AB", &login(1), "", ""]]);
    shop.intruder()
        .execute_batch("UPDATE event_payload SET salt = NULL, payload = NULL")
        .expect("erased");
    let refused = undo(&shop, &record).expect_err("a refusal");
    assert!(refused.to_string().contains("erased"), "{refused}");
}

#[test]
fn an_import_is_not_taken_back_once_a_login_of_it_was_invited_or_has_a_password() {
    type Use = fn(&Tx<'_>, &Account, &Login) -> Result<(), StoreError>;
    let uses: [(bool, Use); 4] = [
        (false, |tx, account, login| {
            let mail = password_mail(account, login, "a");
            tx.ask_for_password(login, Origin::Invitation, &mail, "shop.example", None)
        }),
        (false, |tx, _, login| {
            let standing = tx.password_standing(login.id)?;
            tx.choose_password(login, &standing, &password_hash(1), Chosen::Token)
        }),
        (false, |tx, _, login| tx.void_password(login, "ticket 4711")),
        // Somebody guessed at an address; nobody of the customer's need know.
        (true, |tx, _, login| tx.record_failed_login(login).map(drop)),
    ];
    for (is_undone, login_is_used) in uses {
        let shop = Shop::new();
        let (org, login) = (number(1), login(1));
        let record = import(&shop, Mode::CreateOnly, &[[&org, "Bolaget 1 AB", &login, "", ""]]);
        shop.change(|tx| {
            let login = tx.login(&email(&login))?;
            login_is_used(tx, &tx.account_by_id(login.account_id)?, &login)
        })
        .expect("a use");
        match undo(&shop, &record) {
            Ok(()) => assert!(is_undone && accounts(&shop).is_empty()),
            Err(StoreError::BuiltOn { words, .. }) => assert!(!is_undone, "{words}"),
            Err(error) => panic!("{error}"),
        }
    }
}
