//! What licences were billed for growing in the middle of a term.

use super::driver::{Row, values};
use super::{DriverError, StoreError, Tx};
use crate::domain::invoice::{Invoice, InvoiceNumber, Line};
use crate::domain::licence::LicenceEdition;
use crate::domain::licence::growth::Growth;
use crate::domain::product::Product;
use crate::domain::subscription::Subscription;
use crate::domain::term::Term;

macro_rules! growth_columns {
    () => {
        "SELECT i.number, s.number, p.sku, g.former_seats, g.seats, g.former_price_ore, g.price_ore,
             g.start_on, g.end_on, g.term_start_on, g.term_end_on
         FROM licence_enlargement g
         JOIN invoice i ON i.id = g.invoice_id
         JOIN subscription s ON s.id = g.subscription_id
         JOIN product p ON p.id = g.former_product_id "
    };
}

impl Tx<'_> {
    /// Returns what a licence was billed for growing, the first days first; also what is credited since.
    pub fn growths_of(&self, subscription: &Subscription) -> Result<Vec<Growth>, StoreError> {
        self.rows(
            concat!(
                growth_columns!(),
                "WHERE g.subscription_id = $1 ORDER BY g.start_on, i.number"
            ),
            values![subscription.id.0],
            read_growth,
        )
    }

    /// Returns what an invoice bills licences for growing, the first days first.
    pub fn growths_on(&self, invoice: &Invoice) -> Result<Vec<Growth>, StoreError> {
        self.rows(
            concat!(growth_columns!(), "WHERE g.invoice_id = $1 ORDER BY g.start_on"),
            values![invoice.id.0],
            read_growth,
        )
    }

    /// Keeps how a line came by its price that bills a licence for growing from what `edition` gave to
    /// `product`.
    pub(super) fn keep_growth(
        &self,
        (subscription, edition): (&Subscription, &LicenceEdition),
        product: &Product,
        (invoice, line): (&Invoice, &Line),
    ) -> Result<(), StoreError> {
        let Some(period) = line.period else { return Ok(()) };
        let former = self.product(&edition.sku)?;
        let price = |product: &Product| -> Result<_, StoreError> {
            // The line was priced by the same lists.
            let price = product.price_on(line.basis.decided_on);
            Ok(price.map_err(|error| DriverError::Corrupt(error.to_string()))?.of(line.basis.group))
        };
        let contains = |term: &Term| term.start <= period.start && period.end <= term.end;
        let term = self.terms(subscription.id)?.into_iter().map(|(term, _)| term).find(contains);
        let term = term.unwrap_or(edition.face.period);
        self.execute(
            "INSERT INTO licence_enlargement (invoice_id, subscription_id, start_on, end_on, seats,
                 former_product_id, former_seats, former_price_ore, price_ore, term_start_on,
                 term_end_on)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            values![
                invoice.id.0,
                subscription.id.0,
                period.start,
                period.end,
                product.seats,
                former.id.0,
                edition.seats,
                price(&former)?,
                price(product)?,
                term.start,
                term.end
            ],
        )?;
        Ok(())
    }

    /// Writes that what `original` billed licences for growing is billed by `anew`.
    pub(super) fn bill_growths_anew(
        &self,
        original: &Invoice,
        anew: &Invoice,
    ) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO licence_enlargement (invoice_id, subscription_id, start_on, end_on, seats,
                 former_product_id, former_seats, former_price_ore, price_ore, term_start_on,
                 term_end_on)
             SELECT $2, g.subscription_id, g.start_on, g.end_on, g.seats,
                 g.former_product_id, g.former_seats, g.former_price_ore, g.price_ore,
                 g.term_start_on, g.term_end_on
             FROM licence_enlargement g WHERE g.invoice_id = $1",
            values![original.id.0, anew.id.0],
        )
        .map(drop)
    }
}

fn read_growth(row: &Row<'_>) -> Result<Growth, DriverError> {
    Ok(Growth {
        invoice: InvoiceNumber(row.get(0)?),
        subscription_number: row.get(1)?,
        former: row.parse(2)?,
        former_seats: row.get(3)?,
        seats: row.get(4)?,
        former_price: row.get(5)?,
        price: row.get(6)?,
        period: Term { start: row.get(7)?, end: row.get(8)? },
        term: Term { start: row.get(9)?, end: row.get(10)? },
    })
}
