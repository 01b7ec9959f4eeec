//! Lists of payments, and what of them waits for somebody.

use chrono::NaiveDate;

use super::super::driver::values;
use super::super::ledger::left_of_payment;
use super::super::lists::Wanted;
use super::super::{DriverError, StoreError, Tx};
use super::{payment_columns, read_payment};
use crate::domain::account::AccountId;
use crate::domain::money::Money;
use crate::domain::org_number::OrgNumber;
use crate::domain::payment::{Payment, PaymentFileId, PaymentId};

/// How many columns [`payment_columns`] has.
const PAYMENT_COLUMNS: usize = 16;

/// Which payments to list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum What {
    /// All of them, newest first.
    #[default]
    All,
    /// Those that are nobody's and not used up, oldest first.
    Unmatched,
    /// Those of which something stands on an account's balance, oldest first.
    Balance,
}

/// Which payments to list; `None` lets all through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PaymentFilter {
    pub what: What,
    pub account: Option<AccountId>,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub file: Option<PaymentFileId>,
}

/// A payment as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentListing {
    pub payment: Payment,
    pub left: Money,
    /// Whose it is.
    pub account: Option<(OrgNumber, String)>,
    /// The numbers of the invoices that it settles.
    pub invoices: Vec<i64>,
}

/// What of the payments waits for somebody: how many, and how much it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unsettled {
    pub unmatched: (i64, Money),
    /// Counted by payment, as the balances of accounts.
    pub balances: (i64, Money),
}

impl Tx<'_> {
    /// Hands over the payments that match every filter given.
    pub fn each_payment(
        &self,
        filter: &PaymentFilter,
        each: &mut dyn FnMut(PaymentListing) -> Result<(), DriverError>,
    ) -> Result<(), StoreError> {
        let (condition, order) = match filter.what {
            What::All => (None, "p.number DESC"),
            What::Unmatched => {
                (Some(concat!("p.account_id IS NULL AND ", left_of_payment!(), " <>")), "p.number")
            }
            What::Balance => (
                Some(concat!("p.account_id IS NOT NULL AND ", left_of_payment!(), " <>")),
                "p.number",
            ),
        };
        let wanted = Wanted::default()
            .and(condition.unwrap_or_default(), condition.map(|_| 0_i64))
            .and("p.account_id =", filter.account.map(|id| id.0))
            .and("p.received_on >=", filter.from)
            .and("p.received_on <=", filter.to)
            .and("p.file_id =", filter.file.map(|id| id.0));
        self.each(
            &format!(
                "SELECT {columns}, {left}, a.org_number, a.name
                 FROM payment p LEFT JOIN account a ON a.id = p.account_id
                 {wanted}
                 ORDER BY {order}",
                columns = payment_columns!(),
                left = left_of_payment!(),
            ),
            &wanted.values,
            &mut |row| {
                let payment = read_payment(row)?;
                let number: Option<OrgNumber> = row.parse_optional(PAYMENT_COLUMNS + 1)?;
                let name: Option<String> = row.get(PAYMENT_COLUMNS + 2)?;
                each(PaymentListing {
                    left: row.get(PAYMENT_COLUMNS)?,
                    account: number.zip(name),
                    invoices: self.invoices_settled_by(payment.id)?,
                    payment,
                })
            },
        )
    }

    /// Returns the numbers of the invoices that a payment settles, in full or in part.
    fn invoices_settled_by(&self, payment: PaymentId) -> Result<Vec<i64>, DriverError> {
        let mut numbers = Vec::new();
        self.driver.query(
            "SELECT i.number FROM ledger_entry e JOIN invoice i ON i.id = e.invoice_id
             WHERE e.payment_id = $1
             GROUP BY i.number HAVING sum(e.amount_ore) <> 0 ORDER BY i.number",
            values![payment.0],
            &mut |row| {
                numbers.push(row.get(0)?);
                Ok(())
            },
        )?;
        Ok(numbers)
    }

    /// Returns what of the payments waits for somebody.
    pub fn unsettled_payments(&self) -> Result<Unsettled, StoreError> {
        let mut unsettled = Unsettled::default();
        for (is_nobodys, found) in
            [(true, &mut unsettled.unmatched), (false, &mut unsettled.balances)]
        {
            let condition = if is_nobodys { "IS NULL" } else { "IS NOT NULL" };
            let sql = format!(
                "SELECT count(*), coalesce(sum({left}), 0) FROM payment p
                 WHERE p.account_id {condition} AND {left} <> 0",
                left = left_of_payment!(),
            );
            let counted = self.find(&sql, &[], |row| Ok((row.get(0)?, row.get(1)?)))?;
            *found = counted.unwrap_or_default();
        }
        Ok(unsettled)
    }
}
