//! Orders: placed, invoiced and started in one transaction.

use chrono::NaiveDate;
use serde_json::{Value as Json, json};

use super::driver::values;
use super::invoice::InvoiceLinks;
use super::{StoreError, Tx};
use crate::domain::account::{Account, AccountId};
use crate::domain::event::{EventKind, Noun, Subject};
use crate::domain::invoice::{Invoice, InvoiceNumber};
use crate::domain::order::{OrderId, Plan};
use crate::domain::product::ProductKind;

/// An order as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    pub id: OrderId,
    pub number: i64,
    pub account_id: AccountId,
    pub ordered_on: NaiveDate,
    pub conditions_version: i64,
    /// The one in force: the last, where it was issued anew.
    pub invoice: InvoiceNumber,
    pub cancelled_on: Option<NaiveDate>,
    pub cancel_reason: Option<String>,
}

impl Tx<'_> {
    /// Places the order, starts what it starts and issues its invoice.
    pub fn place_order(
        &self,
        account: &Account,
        plan: &Plan,
    ) -> Result<(Order, Invoice), StoreError> {
        let number = self.next_number("order")?;
        let (seller_version, _) = self.seller()?;
        let id = OrderId(self.next_id()?);
        self.execute(
            "INSERT INTO orders (id, number, account_id, ordered_on, conditions_version)
             VALUES ($1, $2, $3, $4, $5)",
            values![
                id.0,
                number,
                account.id.0,
                plan.draft.issued_on,
                plan.draft.conditions.version
            ],
        )?;
        if let Some(ship_to) = &plan.ship_to {
            self.insert_ship_to(id, ship_to)?;
        }
        let items: Vec<String> =
            plan.draft.lines.iter().map(|line| format!("{}={}", line.sku, line.quantity)).collect();
        self.record(
            EventKind::OrderPlaced,
            Subject { noun: Noun::Order, id: id.0 },
            &number.to_string(),
            Json::Null,
            json!({
                "org_number": account.org_number.masked(),
                "items": items,
                "reference": plan.draft.reference,
                "conditions": plan.draft.conditions.version,
                "ship_to": plan.ship_to.as_ref().map(ToString::to_string),
            }),
        )?;
        let mut draft = plan.draft.clone();
        draft.order_number = Some(number);
        let mut links = Vec::with_capacity(plan.lines.len());
        for (line, planned) in draft.lines.iter_mut().zip(&plan.lines) {
            let started = match &planned.starts {
                Some(start) => Some(self.start_subscription(account, planned, start, plan)?),
                None => None,
            };
            line.subscription_number = started.map(|(_, number)| number);
            links.push((planned.product_id, started.map(|(id, _)| id)));
        }
        let invoice = self.issue_invoice(
            &draft,
            &InvoiceLinks {
                account_id: account.id,
                order_id: Some(id),
                credits_id: None,
                reissues_id: None,
                seller_version,
                lines: &links,
            },
        )?;
        for ((_, subscription), line) in links.iter().zip(&draft.lines) {
            if let (Some(subscription), Some(term)) = (subscription, line.period) {
                self.insert_term(*subscription, term, invoice.id)?;
            }
        }
        for ((_, subscription), line) in links.iter().zip(&draft.lines) {
            if line.kind == ProductKind::Licence
                && let (Some(id), Some(number)) = (subscription, line.subscription_number)
            {
                let holder = plan.holder.as_ref().expect("an order of a licence has a holder");
                self.start_licence((*id, number), holder)?;
            }
        }
        let order = Order {
            id,
            number,
            account_id: account.id,
            ordered_on: draft.issued_on,
            conditions_version: draft.conditions.version,
            invoice: invoice.number,
            cancelled_on: None,
            cancel_reason: None,
        };
        Ok((order, invoice))
    }

    /// Writes that an order was cancelled today; what it brought is credited and ended beside it.
    ///
    /// Errors when it was cancelled in the meantime.
    pub fn cancel_order(&self, order: &Order, reason: &str) -> Result<(), StoreError> {
        self.change(
            "order",
            order.number,
            "UPDATE orders SET cancelled_on = $2, cancel_reason = $3
             WHERE id = $1 AND cancelled_on IS NULL",
            values![order.id.0, self.today(), *reason],
        )?;
        self.record(
            EventKind::OrderCancelled,
            Subject { noun: Noun::Order, id: order.id.0 },
            &order.number.to_string(),
            Json::Null,
            json!({ "cancelled_on": self.today().to_string(), "reason": reason }),
        )
    }

    /// Returns an order by the number people see.
    pub fn order(&self, number: i64) -> Result<Order, StoreError> {
        self.find(
            "SELECT o.id, o.number, o.account_id, o.ordered_on, o.conditions_version, i.number,
                 o.cancelled_on, o.cancel_reason
             FROM orders o JOIN invoice i ON i.order_id = o.id AND i.kind = 'invoice'
             WHERE o.number = $1 ORDER BY i.number DESC LIMIT 1",
            values![number],
            |row| {
                Ok(Order {
                    id: OrderId(row.get(0)?),
                    number: row.get(1)?,
                    account_id: AccountId(row.get(2)?),
                    ordered_on: row.get(3)?,
                    conditions_version: row.get(4)?,
                    invoice: InvoiceNumber(row.get(5)?),
                    cancelled_on: row.get(6)?,
                    cancel_reason: row.get(7)?,
                })
            },
        )?
        .ok_or_else(|| StoreError::Unknown { noun: "order", key: number.to_string() })
    }
}
