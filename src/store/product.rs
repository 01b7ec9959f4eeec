//! The catalogue: products with their price lists and VAT rules.

use chrono::NaiveDate;
use serde_json::{Value as Json, json};

use super::driver::{Row, values};
use super::{DriverError, StoreError, Tx};
use crate::domain::event::{EventKind, Noun, Subject};
use crate::domain::product::{NewProduct, Price, Product, ProductId, ProductKind, Sku, VatRule};

impl Tx<'_> {
    pub fn create_product(&self, new: &NewProduct) -> Result<Product, StoreError> {
        if let Some(holder) = self.find_product(&new.sku)? {
            return Err(StoreError::Taken {
                what: "the SKU",
                key: new.sku.to_string(),
                holder: format!("`{}`", holder.name_sv),
            });
        }
        let id = ProductId(self.next_id()?);
        self.execute(
            "INSERT INTO product (id, sku, kind, name_sv, name_en, term_months, notice_months, seats,
                 renewal)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            values![
                id.0,
                *new.sku.as_str(),
                *new.kind.as_str(),
                new.name_sv,
                new.name_en,
                new.term_months,
                new.notice_months,
                new.seats,
                *new.renewal.as_str()
            ],
        )?;
        self.insert_price(id, &new.price)?;
        self.insert_vat_rule(id, &new.vat_rule)?;
        let mut after = json!({
            "kind": new.kind.as_str(),
            "name_sv": new.name_sv,
            "name_en": new.name_en,
            "term_months": new.term_months,
            "notice_months": new.notice_months,
            "from": new.price.from.to_string(),
            "price_ore": new.price.regular.ore(),
            "member_price_ore": new.price.member.ore(),
            "vat": new.vat_rule.rate.percent(),
            "vat_exemption": new.vat_rule.exemption,
        });
        if new.kind == ProductKind::Licence {
            after["seats"] = new.seats.into();
            after["renewal"] = new.renewal.as_str().into();
        }
        let about = new.sku.as_str();
        self.record(EventKind::ProductCreated, subject(id), about, Json::Null, after)?;
        self.product(&new.sku)
    }

    fn insert_price(&self, id: ProductId, price: &Price) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO price (product_id, from_on, regular_ore, member_ore, entered_on)
             VALUES ($1, $2, $3, $4, $5)",
            values![id.0, price.from, price.regular, price.member, price.entered_on],
        )?;
        Ok(())
    }

    fn insert_vat_rule(&self, id: ProductId, rule: &VatRule) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO vat_rule (product_id, from_on, rate, exemption) VALUES ($1, $2, $3, $4)",
            values![id.0, rule.from, i64::from(rule.rate.percent()), rule.exemption],
        )?;
        Ok(())
    }

    pub fn product(&self, sku: &Sku) -> Result<Product, StoreError> {
        self.find_product(sku)?
            .ok_or_else(|| StoreError::Unknown { noun: "product", key: sku.to_string() })
    }

    pub fn find_product(&self, sku: &Sku) -> Result<Option<Product>, StoreError> {
        Ok(self.products()?.into_iter().find(|product| product.sku == *sku))
    }

    /// Returns the whole catalogue by SKU: some dozens of products, never thousands.
    pub fn products(&self) -> Result<Vec<Product>, StoreError> {
        let mut products = self.rows(
            "SELECT id, sku, kind, name_sv, name_en, term_months, notice_months, seats, renewal,
                 retired_on
             FROM product ORDER BY sku",
            &[],
            read_product,
        )?;
        for product in &mut products {
            product.prices = self.rows(
                "SELECT from_on, regular_ore, member_ore, entered_on FROM price
                 WHERE product_id = $1 ORDER BY id",
                values![product.id.0],
                read_price,
            )?;
            product.vat_rules = self.rows(
                "SELECT from_on, rate, exemption FROM vat_rule WHERE product_id = $1 ORDER BY id",
                values![product.id.0],
                read_vat_rule,
            )?;
        }
        Ok(products)
    }

    /// Adds a version of the price list; says whether it differs from what was in force that day.
    pub fn set_price(&self, product: &Product, price: &Price) -> Result<bool, StoreError> {
        let before = product.price_on(price.from).ok();
        if before.is_some_and(|before| before.says_the_same_as(price)) {
            return Ok(false);
        }
        self.insert_price(product.id, price)?;
        let fields = |price: &Price| {
            json!({
                "from": price.from.to_string(),
                "price_ore": price.regular.ore(),
                "member_price_ore": price.member.ore(),
            })
        };
        self.record(
            EventKind::PriceSet,
            subject(product.id),
            product.sku.as_str(),
            before.as_ref().map_or(Json::Null, fields),
            fields(price),
        )?;
        Ok(true)
    }

    /// Adds a VAT rule; says whether it differs from what was in force that day.
    pub fn set_vat_rule(&self, product: &Product, rule: &VatRule) -> Result<bool, StoreError> {
        let before = product.vat_on(rule.from).ok();
        if before.is_some_and(|before| before == rule) {
            return Ok(false);
        }
        self.insert_vat_rule(product.id, rule)?;
        let fields = |rule: &VatRule| {
            json!({
                "from": rule.from.to_string(),
                "vat": rule.rate.percent(),
                "vat_exemption": rule.exemption,
            })
        };
        self.record(
            EventKind::VatSet,
            subject(product.id),
            product.sku.as_str(),
            before.map_or(Json::Null, fields),
            fields(rule),
        )?;
        Ok(true)
    }

    /// Gives a product new names; says whether that changed anything.
    pub fn rename_product(
        &self,
        product: &Product,
        name_sv: &str,
        name_en: &str,
    ) -> Result<bool, StoreError> {
        if product.name_sv == name_sv && product.name_en == name_en {
            return Ok(false);
        }
        self.change(
            "product",
            &product.sku,
            "UPDATE product SET name_sv = $2, name_en = $3
             WHERE id = $1 AND name_sv = $4 AND name_en = $5",
            values![product.id.0, *name_sv, *name_en, product.name_sv, product.name_en],
        )?;
        self.record(
            EventKind::ProductEdited,
            subject(product.id),
            product.sku.as_str(),
            json!({ "name_sv": product.name_sv, "name_en": product.name_en }),
            json!({ "name_sv": name_sv, "name_en": name_en }),
        )?;
        Ok(true)
    }

    /// Sets for how many logins licences are from their next edition on; says whether that changed
    /// anything.
    pub fn set_seats(&self, product: &Product, seats: u32) -> Result<bool, StoreError> {
        if product.seats == seats {
            return Ok(false);
        }
        self.change(
            "product",
            &product.sku,
            "UPDATE product SET seats = $2 WHERE id = $1 AND seats = $3",
            values![product.id.0, seats, product.seats],
        )?;
        self.record(
            EventKind::SeatsSet,
            subject(product.id),
            product.sku.as_str(),
            json!({ "seats": product.seats }),
            json!({ "seats": seats }),
        )?;
        Ok(true)
    }

    /// Stops new orders of a product from today on; says whether that changed anything.
    pub fn retire_product(&self, product: &Product) -> Result<bool, StoreError> {
        if product.retired_on.is_some() {
            return Ok(false);
        }
        let today: NaiveDate = self.today();
        self.change(
            "product",
            &product.sku,
            "UPDATE product SET retired_on = $2 WHERE id = $1 AND retired_on IS NULL",
            values![product.id.0, today],
        )?;
        self.record(
            EventKind::ProductRetired,
            subject(product.id),
            product.sku.as_str(),
            Json::Null,
            json!({ "retired_on": today.to_string() }),
        )?;
        Ok(true)
    }
}

fn subject(id: ProductId) -> Subject {
    Subject { noun: Noun::Product, id: id.0 }
}

fn read_product(row: &Row<'_>) -> Result<Product, DriverError> {
    Ok(Product {
        id: ProductId(row.get(0)?),
        sku: row.parse(1)?,
        kind: row.parse(2)?,
        name_sv: row.get(3)?,
        name_en: row.get(4)?,
        term_months: row.get(5)?,
        notice_months: row.get(6)?,
        seats: row.get(7)?,
        renewal: row.parse(8)?,
        retired_on: row.get(9)?,
        prices: Vec::new(),
        vat_rules: Vec::new(),
    })
}

fn read_price(row: &Row<'_>) -> Result<Price, DriverError> {
    Ok(Price {
        from: row.get(0)?,
        regular: row.get(1)?,
        member: row.get(2)?,
        entered_on: row.get(3)?,
    })
}

fn read_vat_rule(row: &Row<'_>) -> Result<VatRule, DriverError> {
    Ok(VatRule { from: row.get(0)?, rate: row.get(1)?, exemption: row.get(2)? })
}
