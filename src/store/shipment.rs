//! Printed copies: where an order's go, which orders wait to be posted, and the parcels that were.

use serde_json::{Value as Json, json};

use super::driver::{Row, values};
use super::{DriverError, Order, StoreError, Tx};
use crate::domain::event::{EventKind, Noun, Subject};
use crate::domain::invoice::Invoice;
use crate::domain::order::OrderId;
use crate::domain::shipment::{
    Copies, CreditedCopies, NewShipment, ShipTo, Shipment, ShipmentId, copies_charged,
};

/// Says in SQL that an order `o`, of which `i` is the invoice in force, has printed copies that wait to be
/// posted.
///
/// One from before there were addresses to post to does not wait: nobody knows whether it was posted.
macro_rules! waits_for_post {
    () => {
        "o.cancelled_on IS NULL
                 AND EXISTS (SELECT 1 FROM ship_to t WHERE t.order_id = o.id)
                 AND NOT EXISTS (SELECT 1 FROM shipment s
                     WHERE s.order_id = o.id AND s.taken_back_at IS NULL)
                 AND EXISTS (SELECT 1 FROM invoice_line l
                     WHERE l.invoice_id = i.id AND l.kind = 'printed'
                         AND (SELECT CASE WHEN count(*) = 0 THEN 1
                                  WHEN sum(c.net_ore) < l.net_ore THEN 1 ELSE 0 END
                              FROM invoice n JOIN invoice_line c ON c.invoice_id = n.id
                              WHERE n.credits_id = i.id AND c.credited_position = l.position) = 1)"
    };
}
pub(super) use waits_for_post;

impl Tx<'_> {
    /// Writes where an order's printed copies go; the order's own event tells it.
    pub(super) fn insert_ship_to(&self, order: OrderId, to: &ShipTo) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO ship_to (order_id, name, care_of, street, postal_code, city, country)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            values![
                order.0,
                to.name,
                to.care_of,
                to.street,
                to.postal_code,
                to.city,
                *to.country.code()
            ],
        )
        .map(drop)
    }

    /// Returns where an order's printed copies go, if it says so.
    pub fn ship_to(&self, order: &Order) -> Result<Option<ShipTo>, StoreError> {
        self.find(
            "SELECT name, care_of, street, postal_code, city, country FROM ship_to
             WHERE order_id = $1",
            values![order.id.0],
            |row| read_ship_to(row, 0),
        )
    }

    /// Returns the printed copies that an invoice charges for still.
    pub fn copies_charged(&self, invoice: &Invoice) -> Result<Vec<Copies>, StoreError> {
        let credited = self.rows(
            "SELECT l.credited_position, l.quantity, l.unit_price_ore, l.net_ore
             FROM invoice i JOIN invoice_line l ON l.invoice_id = i.id
             WHERE i.credits_id = $1 ORDER BY i.number, l.position",
            values![invoice.id.0],
            |row| {
                let position: i64 = row.get(0)?;
                Ok(CreditedCopies {
                    position: usize::try_from(position).map_err(|_| {
                        DriverError::Corrupt(format!("a credit note credits line {position}"))
                    })?,
                    quantity: row.get(1)?,
                    unit_price: row.get(2)?,
                    net: row.get(3)?,
                })
            },
        )?;
        Ok(copies_charged(invoice, &credited))
    }

    /// Says whether an order has printed copies that wait to be posted.
    pub fn waits_for_post(&self, order: &Order) -> Result<bool, StoreError> {
        let sql = concat!(
            "SELECT count(*) FROM orders o JOIN invoice i ON i.order_id = o.id
             WHERE o.id = $1 AND i.number = $2 AND ",
            waits_for_post!()
        );
        Ok(self.integer(sql, values![order.id.0, order.invoice.0])? > 0)
    }

    /// Counts the orders whose printed copies wait to be posted.
    pub fn count_orders_to_post(&self) -> Result<i64, StoreError> {
        self.integer(
            concat!(
                "SELECT count(*) FROM ship_to w JOIN orders o ON o.id = w.order_id
                 JOIN invoice i ON i.order_id = o.id AND i.kind = 'invoice'
                     AND NOT EXISTS (SELECT 1 FROM invoice r WHERE r.reissues_id = i.id)
                 WHERE ",
                waits_for_post!()
            ),
            &[],
        )
    }

    /// Records that a parcel of an order was posted, by whoever carries out the operation.
    pub fn ship_order(&self, order: &Order, new: &NewShipment) -> Result<Shipment, StoreError> {
        let operation = self
            .operation
            .ok_or_else(|| DriverError::Unexpected("a write outside an operation".to_owned()))?;
        let sequence = self.integer(
            "SELECT count(*) + 1 FROM shipment WHERE order_id = $1",
            values![order.id.0],
        )?;
        let (seller_version, _) = self.seller()?;
        let id = ShipmentId(self.next_id()?);
        let to = &new.ship_to;
        self.execute(
            "INSERT INTO shipment (id, order_id, sequence, shipped_at, shipped_on, shipped_by, name,
                 care_of, street, postal_code, city, country, tracking, reason, seller_version)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
            values![
                id.0,
                order.id.0,
                sequence,
                self.now(),
                self.today(),
                operation.actor,
                to.name,
                to.care_of,
                to.street,
                to.postal_code,
                to.city,
                *to.country.code(),
                new.tracking,
                new.reason,
                seller_version,
            ],
        )?;
        for (position, copies) in (1_i64..).zip(&new.copies) {
            self.execute(
                "INSERT INTO shipment_line (shipment_id, position, sku, description, quantity)
                 VALUES ($1, $2, $3, $4, $5)",
                values![id.0, position, copies.sku, copies.description, copies.quantity],
            )?;
        }
        let items: Vec<String> =
            new.copies.iter().map(|copies| format!("{}={}", copies.sku, copies.quantity)).collect();
        self.record(
            EventKind::OrderShipped,
            subject(order),
            &order.number.to_string(),
            Json::Null,
            json!({
                "parcel": sequence,
                "items": items,
                "ship_to": to.to_string(),
                "tracking": new.tracking,
                "reason": new.reason,
            }),
        )?;
        Ok(Shipment {
            id,
            sequence,
            shipped_at: self.now(),
            shipped_on: self.today(),
            shipped_by: operation.actor.clone(),
            ship_to: to.clone(),
            copies: new.copies.clone(),
            tracking: new.tracking.clone(),
            reason: new.reason.clone(),
            seller_version,
            taken_back_at: None,
        })
    }

    /// Returns the parcels of an order, oldest first, those taken back included.
    pub fn shipments(&self, order: &Order) -> Result<Vec<Shipment>, StoreError> {
        let mut shipments = self.rows(
            "SELECT id, sequence, shipped_at, shipped_on, shipped_by, tracking, reason,
                 seller_version, taken_back_at, name, care_of, street, postal_code, city, country
             FROM shipment WHERE order_id = $1 ORDER BY sequence",
            values![order.id.0],
            |row| {
                Ok(Shipment {
                    id: ShipmentId(row.get(0)?),
                    sequence: row.get(1)?,
                    shipped_at: row.get(2)?,
                    shipped_on: row.get(3)?,
                    shipped_by: row.get(4)?,
                    ship_to: read_ship_to(row, 9)?,
                    copies: Vec::new(),
                    tracking: row.get(5)?,
                    reason: row.get(6)?,
                    seller_version: row.get(7)?,
                    taken_back_at: row.get(8)?,
                })
            },
        )?;
        for shipment in &mut shipments {
            shipment.copies = self.rows(
                "SELECT sku, description, quantity FROM shipment_line
                 WHERE shipment_id = $1 ORDER BY position",
                values![shipment.id.0],
                |row| {
                    Ok(Copies { sku: row.get(0)?, description: row.get(1)?, quantity: row.get(2)? })
                },
            )?;
        }
        Ok(shipments)
    }

    /// Takes back that a parcel was posted: it never was.
    pub fn take_back_shipment(&self, order: &Order, sequence: i64) -> Result<(), StoreError> {
        self.change(
            "order",
            order.number,
            "UPDATE shipment SET taken_back_at = $3
             WHERE order_id = $1 AND sequence = $2 AND taken_back_at IS NULL",
            values![order.id.0, sequence, self.now()],
        )?;
        self.record(
            EventKind::ShipmentTakenBack,
            subject(order),
            &order.number.to_string(),
            Json::Null,
            json!({ "parcel": sequence }),
        )
    }
}

fn subject(order: &Order) -> Subject {
    Subject { noun: Noun::Order, id: order.id.0 }
}

/// Reads an address whose first column is `first`.
fn read_ship_to(row: &Row<'_>, first: usize) -> Result<ShipTo, DriverError> {
    Ok(ShipTo {
        name: row.get(first)?,
        care_of: row.get(first + 1)?,
        street: row.get(first + 2)?,
        postal_code: row.get(first + 3)?,
        city: row.get(first + 4)?,
        country: row.parse(first + 5)?,
    })
}
