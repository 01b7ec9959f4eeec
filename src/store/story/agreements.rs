//! An agreement is published, given by a product, fetched, and withdrawn.

use super::Story;
use crate::domain::agreement::{Agreement, AgreementCode, NewEdition};
use crate::domain::event::EventKind as Kind;
use crate::domain::language::Language;
use crate::domain::product::ProductKind;
use crate::store::fixture::{date, email, new_product};
use crate::store::{FetchRight, StoreError, Tx};

const FILE: &[u8] = b"%PDF-1.7";

pub(super) fn an_agreement_is_given_and_fetched(story: &Story) {
    let code: AgreementCode = "ABK09".parse().expect("a code");
    let create = |tx: &Tx<'_>| tx.create_agreement(&code, "ABK 09", "ABK 09 in English");
    let agreement = story.tells(&[Kind::AgreementCreated], create);
    let taken = story.refused(create);
    assert!(matches!(taken, StoreError::Taken { what: "the agreement's code", .. }), "{taken}");
    story.read(|tx| {
        assert_eq!(tx.agreements()?, std::slice::from_ref(&agreement));
        assert_eq!(tx.find_agreement(&"ABT06".parse().expect("a code"))?, None);
        let unknown = tx.agreement(&"ABT06".parse().expect("a code"));
        assert!(matches!(unknown, Err(StoreError::Unknown { noun: "agreement", .. })));
        Ok(())
    });
    let agreement = editions_are_published(story, &code);
    a_product_gives_it(story, &agreement);
    it_is_fetched(story, &agreement);
    it_is_withdrawn(story, &agreement);
}

fn new(name: &str, from: &str) -> NewEdition {
    let name = name.parse().expect("a name");
    NewEdition { name, language: Language::Swedish, from: date(from), pages: 2 }
}

fn editions_are_published(story: &Story, code: &AgreementCode) -> Agreement {
    let publish = |name: &str, from: &str| {
        let new = new(name, from);
        move |tx: &Tx<'_>| tx.publish_edition(&tx.agreement(code)?, &new, FILE)
    };
    let first = story.tells(&[Kind::EditionPublished], publish("2026:1", "2027-03-01"));
    assert_eq!((first.size, first.pages), (8, 2));
    for (name, from) in [("2026:1", "2027-04-01"), ("2026:2", "2027-03-01")] {
        let taken = story.refused(publish(name, from));
        assert!(matches!(taken, StoreError::Taken { what: "the edition", .. }), "{taken}");
    }
    story.tells(&[Kind::EditionPublished], publish("2026:2", "2027-04-01"));
    story.read(|tx| {
        assert_eq!(tx.edition_file(first.id)?, FILE);
        let agreement = tx.agreement(code)?;
        assert_eq!(agreement.current(Language::Swedish, tx.today()), Some(&first));
        assert_eq!(agreement.editions.len(), 2);
        Ok(agreement)
    })
}

fn a_product_gives_it(story: &Story, agreement: &Agreement) {
    let product = new_product("ABK09", ProductKind::Subscription);
    let product = story.tells(&[Kind::ProductCreated], |tx| tx.create_product(&product));
    assert_eq!(story.read(|tx| tx.agreements_of(product.id)), []);
    let twice = [agreement.clone(), agreement.clone()];
    assert!(story.tells(&[Kind::AgreementsGiven], |tx| tx.give_agreements(&product, &twice)));
    assert!(!story.tells(&[], |tx| tx.give_agreements(&product, &twice)));
    assert_eq!(
        story.read(|tx| tx.agreements_of(product.id)),
        std::slice::from_ref(&agreement.code)
    );
    assert!(story.tells(&[Kind::AgreementsGiven], |tx| tx.give_agreements(&product, &[])));
    assert_eq!(story.read(|tx| tx.agreements_of(product.id)), []);
}

fn it_is_fetched(story: &Story, agreement: &Agreement) {
    let account = story.shop.account(95);
    let product = story.read(|tx| tx.product(&"ABK09".parse().expect("a SKU")));
    story.shop.order(&account, &[&product]);
    let subscription = story.read(|tx| tx.subscriptions_of(account.id)).remove(0);
    let login = email("inkop@bolaget95.example");
    let edition = &agreement.editions[0];
    let rights = [
        FetchRight::Login { login: &login, subscription: &subscription, licence_edition: None },
        FetchRight::Staff { reason: "a dispute" },
    ];
    for right in &rights {
        let fetch = |tx: &Tx<'_>| tx.record_fetch(&account, agreement, edition, right);
        story.tells(&[Kind::AgreementFetched], fetch);
    }
    let told = |limit| {
        let fetches = story.read(|tx| tx.fetches_of(&account, limit));
        let told = |fetch: crate::store::fetch::FetchListing| (fetch.login, fetch.reason);
        fetches.into_iter().map(told).collect::<Vec<_>>()
    };
    let by_staff = (None, Some("a dispute".to_owned()));
    assert_eq!(told(5), [by_staff.clone(), (Some(login.to_string()), None)]);
    assert_eq!(told(1), [by_staff]);
    let under = story.read(|tx| tx.fetches_under(subscription.id));
    assert_eq!(
        under.into_iter().map(|fetch| fetch.login).collect::<Vec<_>>(),
        [Some(login.to_string())]
    );

    story.read(|tx| {
        let mut counted = Vec::new();
        let days = (date("2027-02-28"), date("2027-03-03"));
        tx.each_fetch(days.0, days.1, &mut |fetch| {
            counted.push((fetch.code.to_string(), fetch.by_login, fetch.under_licence));
            Ok(())
        })?;
        assert_eq!(
            counted,
            [("ABK09".to_owned(), true, false), ("ABK09".to_owned(), false, false)]
        );
        Ok(())
    });

    let bystander = story.shop.account(96);
    let fetch = |tx: &Tx<'_>| tx.record_fetch(&bystander, agreement, edition, &rights[1]);
    story.tells(&[Kind::AgreementFetched], fetch);
    let in_use = story.refused(|tx| tx.remove_account(&bystander));
    assert!(matches!(in_use, StoreError::BuiltOn { .. }), "{in_use}");
}

fn it_is_withdrawn(story: &Story, agreement: &Agreement) {
    let edition = &agreement.editions[0];
    let withdraw = |tx: &Tx<'_>| tx.withdraw_edition(agreement, edition, "a page was missing");
    story.tells(&[Kind::EditionWithdrawn], withdraw);
    let again = story.refused(withdraw);
    assert!(matches!(again, StoreError::Changed { noun: "edition", .. }), "{again}");
    let day = |code| story.read(|tx| tx.agreement(code)).editions[0].withdrawn_on;
    assert_eq!(day(&agreement.code), Some(date("2027-03-01")));
    // Its day is free again, its name is not: what was fetched is told by it.
    let instead = new("2026:3", "2027-03-01");
    let publish = |tx: &Tx<'_>| tx.publish_edition(&tx.agreement(&agreement.code)?, &instead, FILE);
    story.tells(&[Kind::EditionPublished], publish);
    let withdraw = |tx: &Tx<'_>| tx.withdraw_agreement(agreement, "replaced");
    story.tells(&[Kind::AgreementWithdrawn], withdraw);
    assert!(matches!(story.refused(withdraw), StoreError::Changed { noun: "agreement", .. }));
    let withdrawn = story.read(|tx| tx.agreement(&agreement.code));
    assert_eq!(withdrawn.withdrawn_on, Some(date("2027-03-01")));
}
