//! Printed copies wait, are posted, and posted once more.

use super::Story;
use crate::domain::event::EventKind as Kind;
use crate::domain::product::ProductKind;
use crate::domain::shipment::{NewShipment, last_posted};
use crate::store::Tx;
use crate::store::fixture::{new_product, plan};

pub(super) fn printed_copies_are_posted(story: &Story) {
    let account = story.shop.account(97);
    let product = new_product("ABK09-T", ProductKind::Printed);
    let product = story.tells(&[Kind::ProductCreated], |tx| tx.create_product(&product));
    let before = story.read(|tx| tx.count_orders_to_post());
    let place = |tx: &Tx<'_>| tx.place_order(&account, &plan(tx, &account, &[&product])?);
    let (order, invoice) = story.tells(&[Kind::OrderPlaced, Kind::InvoiceIssued], place);

    let (new, to_post) = story.read(|tx| {
        assert!(tx.waits_for_post(&order)?);
        let ship_to = tx.ship_to(&order)?.expect("an address");
        assert_eq!(ship_to.to_string(), "Bolaget 97 AB, Storgatan 1, 111 22 Stockholm");
        let copies = tx.copies_charged(&invoice)?;
        assert_eq!((copies.len(), copies[0].quantity), (1, 1));
        let new = NewShipment { ship_to, copies, tracking: None, reason: None };
        Ok((new, tx.count_orders_to_post()?))
    });
    assert_eq!(to_post, before + 1);
    let shipment = story.tells(&[Kind::OrderShipped], |tx| tx.ship_order(&order, &new));
    story.read(|tx| {
        assert_eq!(tx.shipments(&order)?, std::slice::from_ref(&shipment));
        assert!(!tx.waits_for_post(&order)?);
        assert_eq!(tx.count_orders_to_post()?, before);
        Ok(())
    });

    let take_back = |tx: &Tx<'_>| tx.take_back_shipment(&order, shipment.sequence);
    story.tells(&[Kind::ShipmentTakenBack], take_back);
    story.refused(take_back);
    story.read(|tx| {
        assert!(tx.waits_for_post(&order)?);
        assert_eq!(last_posted(&tx.shipments(&order)?), None);
        Ok(())
    });
    let again = story.tells(&[Kind::OrderShipped], |tx| tx.ship_order(&order, &new));
    assert_eq!(again.sequence, 2);
}
