//! Reports: what was billed, what ends, and the course of every subscription, row by row.
//!
//! Each reads its tables once from end to end, which takes no index that renewals would pay for.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::driver::{Row, values};
use super::ledger::left_of_invoice;
use super::{DriverError, StoreError, Tx};
use crate::domain::money::Money;
use crate::domain::product::{PriceGroup, Product, ProductId, ProductKind, Sku};
use crate::domain::receivable::{Debtor, Receivables, Series};
use crate::domain::report::{Course, Growth, Worth, with_growths, yearly};
use crate::domain::term::Rhythm;

/// A subscription with those of its terms that a report may need, oldest first.
struct Gathered {
    id: i64,
    account_id: i64,
    product_id: ProductId,
    rhythm: Rhythm,
    billed_through: NaiveDate,
    ends_on: Option<NaiveDate>,
    agreed: Option<Money>,
    notice_on: Option<NaiveDate>,
    terms: Vec<(NaiveDate, Money, ProductId)>,
}

impl Tx<'_> {
    /// Hands over the renewals that are billed and whose term began between two days, both included:
    /// the product, the first day and the price. What was withdrawn is not among them.
    pub fn each_billed_renewal(
        &self,
        from: NaiveDate,
        to: NaiveDate,
        each: &mut dyn FnMut(&Sku, NaiveDate, Money),
    ) -> Result<(), StoreError> {
        self.each(
            "SELECT l.sku, t.start_on, l.net_ore
             FROM term t
             JOIN subscription s ON s.id = t.subscription_id
             JOIN invoice_line l ON l.invoice_id = t.invoice_id
                 AND l.subscription_id = t.subscription_id AND l.period_start = t.start_on
             WHERE t.start_on >= $1 AND t.start_on <= $2 AND t.start_on > s.anchor",
            values![from, to],
            &mut |row| {
                each(&row.parse(0)?, row.get(1)?, row.get(2)?);
                Ok(())
            },
        )
    }

    /// Returns how many subscriptions of each product end on which day, between two days, both
    /// included: the day after their last.
    pub fn endings(
        &self,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<(Sku, NaiveDate, i64)>, StoreError> {
        self.rows(
            "SELECT p.sku, s.ends_on, count(*)
             FROM subscription s JOIN product p ON p.id = s.product_id
             WHERE s.ends_on >= $1 AND s.ends_on <= $2
             GROUP BY p.sku, s.ends_on ORDER BY p.sku, s.ends_on",
            values![from, to],
            |row| Ok((row.parse(0)?, row.get(1)?, row.get(2)?)),
        )
    }

    /// Returns what every account owes at the end of a day: of each invoice issued by then what credit
    /// notes issued and entries booked by then leave.
    pub fn receivables(&self, as_of: NaiveDate) -> Result<Receivables, StoreError> {
        let mut receivables = Receivables::new(as_of);
        self.each(
            "SELECT i.due_on, a.name_key, a.org_number, a.name,
                 i.total_ore
                 - (SELECT coalesce(sum(n.total_ore), 0) FROM invoice n
                     WHERE n.credits_id = i.id AND n.issued_on <= $1)
                 + (SELECT coalesce(sum(e.amount_ore), 0) FROM ledger_entry e
                     WHERE e.invoice_id = i.id AND e.booked_on <= $1)
             FROM invoice i JOIN account a ON a.id = i.account_id
             WHERE i.kind = 'invoice' AND i.issued_on <= $1",
            values![as_of],
            &mut |row| {
                let debtor =
                    Debtor { name_key: row.get(1)?, org_number: row.parse(2)?, name: row.get(3)? };
                receivables.add(debtor, row.get(0)?, row.get(4)?);
                Ok(())
            },
        )?;
        Ok(receivables)
    }

    /// Returns how many invoices are late today, and what is left of them.
    pub fn overdue(&self) -> Result<(i64, Money), StoreError> {
        let found = self.find(
            concat!(
                "SELECT count(*), coalesce(sum(late.left_ore), 0)
                 FROM (SELECT ",
                left_of_invoice!(),
                " AS left_ore FROM invoice i WHERE i.kind = 'invoice' AND i.due_on < $1) late
                 WHERE late.left_ore > 0"
            ),
            values![self.today()],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        Ok(found.unwrap_or_default())
    }

    /// Returns the series whose numbers must have no gaps, each by its name: invoices with credit
    /// notes, orders, payments.
    pub fn series(&self) -> Result<Vec<(&'static str, Series)>, StoreError> {
        let mut all = Vec::new();
        for (name, numbers) in [
            ("invoice", "SELECT number FROM invoice ORDER BY number"),
            ("order", "SELECT number FROM orders ORDER BY number"),
            ("payment", "SELECT number FROM payment ORDER BY number"),
        ] {
            let left_out = self.rows(
                "SELECT first_number, last_number FROM series_gap WHERE series = $1
                 ORDER BY first_number",
                values![*name],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?;
            let mut series = Series::leaving_out(left_out);
            self.each(numbers, &[], &mut |row| {
                series.take(row.get(0)?);
                Ok(())
            })?;
            let given =
                self.integer("SELECT value FROM counters WHERE name = $1", values![*name])?;
            all.push((name, series.end(given)));
        }
        Ok(all)
    }

    /// Hands over the course of every subscription that runs after `eve`, as far as it is needed from
    /// that day on, and whether a part of it was billed by another shop.
    ///
    /// That part counts from the anchor, at the agreed price, or else at the list's on the first day of
    /// the last term billed elsewhere, or at the first price there is.
    pub fn each_course(
        &self,
        eve: NaiveDate,
        catalogue: &HashMap<ProductId, Arc<Product>>,
        each: &mut dyn FnMut(&Course, bool),
    ) -> Result<(), StoreError> {
        let mut gathered: Option<Gathered> = None;
        let mut finish = |gathered: Gathered| -> Result<(), DriverError> {
            let (course, is_taken_over) = self.course(gathered, eve, catalogue)?;
            each(&course, is_taken_over);
            Ok(())
        };
        self.each(
            "SELECT s.id, t.start_on, l.net_ore, s.account_id, s.product_id, s.anchor, s.term_months,
                 s.billed_through, s.ends_on, s.agreed_ore, n.received_on, l.product_id
             FROM subscription s
             LEFT JOIN notice n ON n.subscription_id = s.id AND n.withdrawn_on IS NULL
             LEFT JOIN term t ON t.subscription_id = s.id
                 AND (t.end_on > $1 OR t.end_on = s.billed_through)
             LEFT JOIN invoice_line l ON l.invoice_id = t.invoice_id AND l.subscription_id = s.id
                 AND l.period_start = t.start_on
             WHERE s.ends_on IS NULL OR s.ends_on > $1
             ORDER BY s.id, t.start_on",
            values![eve],
            &mut |row| {
                let id: i64 = row.get(0)?;
                if gathered.as_ref().is_none_or(|gathered| gathered.id != id) {
                    let before = gathered.replace(read_gathered(row)?);
                    before.map_or(Ok(()), &mut finish)?;
                }
                let term = (row.get(1)?, row.get(2)?, row.get(11)?);
                if let (Some(gathered), (Some(start), Some(net), Some(product))) =
                    (&mut gathered, term)
                {
                    gathered.terms.push((start, net, ProductId(product)));
                }
                Ok(())
            },
        )?;
        Ok(gathered.map_or(Ok(()), finish)?)
    }

    fn course(
        &self,
        gathered: Gathered,
        eve: NaiveDate,
        catalogue: &HashMap<ProductId, Arc<Product>>,
    ) -> Result<(Course, bool), DriverError> {
        let Rhythm { anchor, term_months } = gathered.rhythm;
        let first = gathered.terms.first().map_or(gathered.billed_through, |(start, ..)| *start);
        let is_taken_over = anchor < first && eve < first;
        let is_licence = catalogue
            .get(&gathered.product_id)
            .is_some_and(|product| product.kind == ProductKind::Licence);
        let growths = match is_licence {
            true => self.growths_in_force(gathered.id, term_months)?,
            false => Vec::new(),
        };
        let elsewhere = match is_taken_over {
            true => {
                let grown = growths.iter().find(|growth| growth.from < first);
                let product = grown.map_or(gathered.product_id, |growth| growth.former);
                let price = self.price_elsewhere(&gathered, product, first, catalogue)?;
                price.map(|price| (anchor, price, product))
            }
            false => None,
        };
        let terms: Vec<Worth> = elsewhere
            .into_iter()
            .chain(gathered.terms)
            .map(|(from, price, product)| Worth {
                from,
                value: yearly(price, term_months),
                product,
            })
            .collect();
        let course = Course {
            began: anchor,
            ends_on: gathered.ends_on,
            values: with_growths(&terms, &growths),
            notice_on: gathered.notice_on,
        };
        Ok((course, is_taken_over))
    }

    /// Returns by how much a licence grew within its terms, in order: what is credited in full is not
    /// among that, so that an invoice issued anew counts once.
    fn growths_in_force(
        &self,
        subscription_id: i64,
        term_months: u32,
    ) -> Result<Vec<Growth>, DriverError> {
        let mut growths = Vec::new();
        self.driver.query(
            "SELECT g.start_on, g.price_ore - g.former_price_ore, g.former_product_id, l.product_id
             FROM licence_enlargement g
             JOIN invoice_line l ON l.invoice_id = g.invoice_id
                 AND l.subscription_id = g.subscription_id AND l.period_start = g.start_on
             WHERE g.subscription_id = $1
                 AND l.net_ore > (SELECT coalesce(sum(c.net_ore), 0)
                     FROM invoice n JOIN invoice_line c ON c.invoice_id = n.id
                     WHERE n.credits_id = l.invoice_id AND c.credited_position = l.position)
             ORDER BY g.start_on, g.invoice_id",
            values![subscription_id],
            &mut |row| {
                growths.push(Growth {
                    from: row.get(0)?,
                    more: yearly(row.get(1)?, term_months),
                    former: ProductId(row.get(2)?),
                    product: ProductId(row.get(3)?),
                });
                Ok(())
            },
        )?;
        Ok(growths)
    }

    /// Returns what the terms before `first`, then to `product`, are taken to have cost, which another shop
    /// billed.
    fn price_elsewhere(
        &self,
        gathered: &Gathered,
        product: ProductId,
        first: NaiveDate,
        catalogue: &HashMap<ProductId, Arc<Product>>,
    ) -> Result<Option<Money>, DriverError> {
        let Some(product) = catalogue.get(&product) else { return Ok(gathered.agreed) };
        let before = gathered.rhythm.terms_begun(first).checked_sub(2);
        let term = before.and_then(|n| gathered.rhythm.term(n).ok());
        let day = term.map_or(gathered.rhythm.anchor, |term| term.start);
        let price = product.price_on(day).ok();
        let price = price.or(product.prices.iter().min_by_key(|price| price.from).copied());
        let group = PriceGroup::of(self.was_member(gathered.account_id, day)?);
        Ok(gathered.agreed.or(price.map(|price| price.of(group))))
    }

    fn was_member(&self, account_id: i64, day: NaiveDate) -> Result<bool, DriverError> {
        let mut is_member = false;
        self.driver.query(
            "SELECT 1 FROM membership
             WHERE account_id = $1 AND from_on <= $2 AND (to_on IS NULL OR to_on > $2)",
            values![account_id, day],
            &mut |_| {
                is_member = true;
                Ok(())
            },
        )?;
        Ok(is_member)
    }
}

fn read_gathered(row: &Row<'_>) -> Result<Gathered, DriverError> {
    Ok(Gathered {
        id: row.get(0)?,
        account_id: row.get(3)?,
        product_id: ProductId(row.get(4)?),
        rhythm: Rhythm { anchor: row.get(5)?, term_months: row.get(6)? },
        billed_through: row.get(7)?,
        ends_on: row.get(8)?,
        agreed: row.get(9)?,
        notice_on: row.get(10)?,
        terms: Vec::new(),
    })
}
