//! A licence is sold, seated, enlarged, edited, sealed and revoked.

use std::sync::Arc;

use super::Story;
use crate::domain::account::Account;
use crate::domain::event::EventKind as Kind;
use crate::domain::licence::enlargement::{Enlargement, draft};
use crate::domain::licence::{EditionStatus, Licence};
use crate::domain::product::{NewProduct, Product, ProductKind};
use crate::domain::seat::LoginStanding;
use crate::domain::secret::Secret;
use crate::domain::subscription::Subscription;
use crate::store::fixture::{email, new_product, org_number, price};
use crate::store::{KeyOrigin, LicenceEdit, StoreError, Tx};

pub(super) fn a_licence_has_seats_and_editions(story: &Story) {
    let product = licence_product(story, "LIC-2", 2);
    let account = story.shop.account(101);
    let subscription = sold(story, &account, &product);
    let licence = standing(story, &subscription);
    assert_eq!(
        (licence.holder.as_str(), licence.editions.len()),
        (account.profile.name.as_str(), 1)
    );
    a_login_is_seated(story, &account, &subscription);
    it_is_enlarged(story, &subscription);
    its_face_changes(story, &account, &subscription);
    it_is_sealed(story, &subscription);
    it_is_revoked(story, &subscription);
}

fn licence_product(story: &Story, sku: &str, seats: u32) -> Product {
    let price = price("2020-01-01", 1000 * i64::from(seats), 900 * i64::from(seats));
    let new = NewProduct { seats, price, ..new_product(sku, ProductKind::Licence) };
    story.tells(&[Kind::ProductCreated], |tx| tx.create_product(&new))
}

fn sold(story: &Story, account: &Account, product: &Product) -> Subscription {
    story.shop.order(account, &[product]);
    story.read(|tx| tx.subscriptions_of(account.id)).remove(0)
}

fn standing(story: &Story, subscription: &Subscription) -> Licence {
    story.read(|tx| tx.licence(subscription.number))
}

fn a_login_is_seated(story: &Story, account: &Account, subscription: &Subscription) {
    let address = email("anna@bolaget101.example");
    let login = story.tells(&[Kind::LoginAdded], |tx| tx.add_login(account, &address));
    assert!(!story.read(|tx| tx.is_seated_only(&login)));
    story.tells(&[Kind::SeatTaken], |tx| tx.take_seat(subscription, &login));
    assert!(story.read(|tx| tx.is_seated_only(&login)));
    assert_eq!(story.read(|tx| tx.login_standing(&login)), LoginStanding::Stands);
    assert_eq!(story.read(|tx| tx.licences_seating(login.id)), [subscription.number]);
    let seat = story.read(|tx| tx.seats(subscription)).remove(0);
    let leave = |tx: &Tx<'_>| tx.give_up_seat(subscription, &seat, "left");
    story.tells(&[Kind::SeatGivenUp], leave);
    let suspended = LoginStanding::Suspended { licence: subscription.number };
    assert_eq!(story.read(|tx| tx.login_standing(&login)), suspended);
    assert!(matches!(story.refused(leave), StoreError::Changed { .. }));
    story.tells(&[Kind::SeatTaken], |tx| tx.take_seat(subscription, &login));
}

fn it_is_enlarged(story: &Story, subscription: &Subscription) {
    let bigger = licence_product(story, "LIC-9", 5);
    assert!(story.tells(&[Kind::SeatsSet], |tx| tx.set_seats(&bigger, 9)));
    let bigger = story.read(|tx| tx.product(&bigger.sku));
    assert!(!story.tells(&[], |tx| tx.set_seats(&bigger, 9)));
    let edition = standing(story, subscription).editions.remove(0);
    let made = story.read(|tx| {
        let account = tx.account_by_id(subscription.account_id)?;
        let (from, to) = (&tx.product(&subscription.sku)?, &bigger);
        let (edition, today) = (&edition, tx.today());
        let grown = Enlargement { subscription, account: &account, from, to, edition, today };
        let line = grown.line().expect("a price").expect("a line");
        let (_, seller) = tx.seller()?;
        let (seller, conditions) = (Arc::new(seller), Arc::new(tx.conditions()?));
        let made = draft(subscription, &account, vec![line], &seller, &conditions, today);
        Ok(made.expect("a draft"))
    });
    let enlarge = |tx: &Tx<'_>| tx.enlarge_licence(subscription, &[&edition], &bigger, Some(&made));
    let told = [Kind::LicenceResized, Kind::InvoiceIssued];
    let invoice = story.tells(&told, enlarge).expect("its invoice");
    let growths = story.read(|tx| tx.growths_of(subscription));
    assert_eq!(growths, story.read(|tx| tx.growths_on(&invoice)));
    assert_eq!(growths.iter().map(|it| (it.former_seats, it.seats)).collect::<Vec<_>>(), [(2, 9)]);
    assert!(growths[0].told(&invoice.draft.lines[0]).is_some());
    assert!(matches!(story.refused(enlarge), StoreError::Changed { noun: "licence", .. }));
    assert_eq!(standing(story, subscription).editions[0].seats, 9);
}

fn its_face_changes(story: &Story, account: &Account, before: &Subscription) {
    let subscription = story.read(|tx| tx.subscription(before.number));
    let licence = standing(story, &subscription);
    let edit = LicenceEdit {
        holder: Some("Koncernen".parse().expect("a holder")),
        shows_org_number: Some(true),
        covers: Some(vec![org_number(102), org_number(102)]),
    };
    let change = |tx: &Tx<'_>| tx.edit_licence(&subscription, &licence, &edit);
    let told = [Kind::LicenceEdited, Kind::LicenceEditionVoided, Kind::LicenceEditionMade];
    assert!(story.tells(&told, change));
    let edited = standing(story, &subscription);
    assert_eq!(edited.covers, [org_number(102)]);
    let again = |tx: &Tx<'_>| tx.edit_licence(&subscription, &edited, &edit);
    assert!(!story.tells(&[], again));
    story.tells(&[], |tx| tx.refresh_licence(subscription.number));
    let covered = story.shop.account(102);
    for account in [account, &covered] {
        assert_eq!(story.read(|tx| tx.licences_of(account)), [subscription.number]);
    }
    assert!(story.read(|tx| tx.licence_numbers(0, 9)).contains(&subscription.number));
    it_covers_no_more(story, &covered, &subscription);
}

fn it_covers_no_more(story: &Story, covered: &Account, subscription: &Subscription) {
    let address = email("bo@bolaget102.example");
    let login = story.tells(&[Kind::LoginAdded], |tx| tx.add_login(covered, &address));
    story.tells(&[Kind::SeatTaken], |tx| tx.take_seat(subscription, &login));
    story.tells(&[], |tx| tx.give_up_uncovered(subscription.number));
    let licence = standing(story, subscription);
    let edit = LicenceEdit { holder: None, shows_org_number: None, covers: Some(Vec::new()) };
    story.tells(&[Kind::LicenceEdited], |tx| tx.edit_licence(subscription, &licence, &edit));
    story.tells(&[Kind::SeatGivenUp], |tx| tx.give_up_uncovered(subscription.number));
}

fn it_is_sealed(story: &Story, subscription: &Subscription) {
    let pem = Secret::new("a private key".to_owned());
    let add = |tx: &Tx<'_>| tx.add_seal_key("00112233", "a certificate", KeyOrigin::Made, &pem);
    let key = story.tells(&[Kind::SealKeyAdded], add);
    assert!(matches!(story.refused(add), StoreError::Taken { what: "the key", .. }));
    assert_eq!(story.read(|tx| tx.seal_secret(key)).reveal(), "a private key");
    let first = story.read(|tx| tx.seal_keys()).into_iter().next();
    assert_eq!(first.map(|first| first.id), Some(key));
    assert_eq!(story.read(|tx| tx.seal_key(key)).origin, "made");
    let edition = standing(story, subscription).editions.remove(1);
    let seal = |tx: &Tx<'_>| tx.seal_edition(subscription.number, &edition, key);
    story.tells(&[Kind::LicenceEditionSealed], seal);
    assert!(matches!(story.refused(seal), StoreError::Changed { .. }));
}

fn it_is_revoked(story: &Story, before: &Subscription) {
    let subscription = story.read(|tx| tx.subscription(before.number));
    let revoke = |tx: &Tx<'_>| tx.revoke_licence(&subscription, "given to others");
    story.tells(&[Kind::LicenceRevoked, Kind::LicenceEditionVoided], revoke);
    assert!(matches!(story.refused(revoke), StoreError::Changed { noun: "licence", .. }));
    let licence = standing(story, &subscription);
    let statuses = story
        .read(|tx| Ok(licence.editions.iter().map(|it| it.status(tx.today())).collect::<Vec<_>>()));
    assert_eq!(statuses, [EditionStatus::Superseded, EditionStatus::Revoked]);
    assert_eq!(story.read(|tx| tx.voided_editions()).len(), 2);
    assert_eq!(story.read(|tx| tx.find_licence(0)), None);
}
