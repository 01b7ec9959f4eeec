//! The catalogue put back: names, prices and VAT rates, as long as nothing was billed by them.

use serde_json::{Value as Json, json};

use super::{Priced, built_upon, integer, refuse_billed, text};
use crate::domain::event::{EventKind, Noun, Subject};
use crate::domain::product::{Product, Sku};
use crate::store::driver::values;
use crate::store::{DriverError, Event, Payload, StoreError, Tx};

impl Tx<'_> {
    pub(super) fn reverse_product(
        &self,
        event: &Event,
        payload: &Payload,
    ) -> Result<(), StoreError> {
        let sku: Sku = payload.about.parse().map_err(DriverError::Corrupt)?;
        let product = self.product(&sku)?;
        match event.kind {
            EventKind::ProductEdited => {
                let is_as_left = text(&payload.after, "name_sv") == product.name_sv
                    && text(&payload.after, "name_en") == product.name_en;
                if !is_as_left {
                    return Err(built_upon(format!("product {sku} was edited since")));
                }
                let (sv, en) = (text(&payload.before, "name_sv"), text(&payload.before, "name_en"));
                self.rename_product(&product, sv, en).map(|_| ())
            }
            EventKind::ProductRetired => self.revive_product(&product),
            EventKind::PriceSet => self.take_back_price(&product, event, payload),
            _ => self.take_back_vat_rule(&product, event, payload),
        }
    }

    fn take_back_price(
        &self,
        product: &Product,
        event: &Event,
        payload: &Payload,
    ) -> Result<(), StoreError> {
        let from = text(&payload.after, "from");
        let used = self.rows(
            "SELECT i.number FROM invoice_line l JOIN invoice i ON i.id = l.invoice_id
             WHERE l.product_id = $1 AND l.price_from = $2 AND i.id > $3
             ORDER BY i.number LIMIT 1",
            values![product.id.0, *from, event.seq],
            |row| row.get::<i64>(0),
        )?;
        let what = format!("the price of {} from {from}", product.sku);
        refuse_billed(&used, &what, Priced::Price(product.sku.clone()))?;
        let entered: Vec<(i64, i64, i64)> = self.rows(
            "SELECT id, regular_ore, member_ore FROM price
             WHERE product_id = $1 AND from_on = $2 ORDER BY id DESC LIMIT 1",
            values![product.id.0, *from],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )?;
        let as_left =
            (integer(&payload.after, "price_ore"), integer(&payload.after, "member_price_ore"));
        let Some((id, ..)) = entered
            .first()
            .filter(|(_, regular, member)| as_left == (Some(*regular), Some(*member)))
        else {
            return Err(entered_since(product, from));
        };
        self.change("product", &product.sku, "DELETE FROM price WHERE id = $1", values![*id])?;
        self.record_taken_back(EventKind::PriceSet, product, payload)
    }

    fn take_back_vat_rule(
        &self,
        product: &Product,
        event: &Event,
        payload: &Payload,
    ) -> Result<(), StoreError> {
        let from = text(&payload.after, "from");
        let used = self.rows(
            "SELECT i.number FROM invoice_line l JOIN invoice i ON i.id = l.invoice_id
             WHERE l.product_id = $1 AND l.vat_from = $2 AND i.id > $3
             ORDER BY i.number LIMIT 1",
            values![product.id.0, *from, event.seq],
            |row| row.get::<i64>(0),
        )?;
        let what = format!("the VAT rate of {} from {from}", product.sku);
        refuse_billed(&used, &what, Priced::Vat(product.sku.clone()))?;
        let entered: Vec<(i64, i64)> = self.rows(
            "SELECT id, rate FROM vat_rule
             WHERE product_id = $1 AND from_on = $2 ORDER BY id DESC LIMIT 1",
            values![product.id.0, *from],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let as_left = integer(&payload.after, "vat");
        let Some((id, _)) = entered.first().filter(|(_, rate)| as_left == Some(*rate)) else {
            return Err(entered_since(product, from));
        };
        self.change("product", &product.sku, "DELETE FROM vat_rule WHERE id = $1", values![*id])?;
        self.record_taken_back(EventKind::VatSet, product, payload)
    }

    /// Records that what an event set is as it was before.
    fn record_taken_back(
        &self,
        kind: EventKind,
        product: &Product,
        payload: &Payload,
    ) -> Result<(), StoreError> {
        self.record(
            kind,
            Subject { noun: Noun::Product, id: product.id.0 },
            product.sku.as_str(),
            Json::Object(payload.after.clone()),
            Json::Object(payload.before.clone()),
        )
    }

    fn revive_product(&self, product: &Product) -> Result<(), StoreError> {
        let retired_on = product.retired_on.map(|day| day.to_string());
        self.change(
            "product",
            &product.sku,
            "UPDATE product SET retired_on = NULL WHERE id = $1 AND retired_on IS NOT NULL",
            values![product.id.0],
        )?;
        self.record(
            EventKind::ProductEdited,
            Subject { noun: Noun::Product, id: product.id.0 },
            product.sku.as_str(),
            json!({ "retired_on": retired_on }),
            json!({ "retired_on": null }),
        )
    }
}

fn entered_since(product: &Product, from: &str) -> StoreError {
    built_upon(format!("another entry for {} from {from} was made since", product.sku))
}
