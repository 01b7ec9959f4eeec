//! Accounts of the seller's that are never to be paid to again, and where an invoice is paid instead.

use serde_json::{Value as Json, json};

use super::driver::{Row, values};
use super::ledger::left_of_invoice;
use super::seller::SHOP;
use super::{DriverError, StoreError, Tx};
use crate::domain::event::EventKind;
use crate::domain::payee::{PayTo, Payee, PayeeKind};
use crate::domain::seller::Seller;

/// Says that the version `v` of the seller has the account whose number is `$1`, of whichever kind.
macro_rules! names_payee {
    () => {
        "(v.bankgiro = $1 OR v.plusgiro = $1 OR v.iban = $1)"
    };
}

impl Tx<'_> {
    /// Returns the accounts that are never to be paid to again.
    pub fn withdrawn_payees(&self) -> Result<Vec<Payee>, StoreError> {
        self.rows("SELECT kind, number FROM withdrawn_payee ORDER BY kind, number", &[], read_payee)
    }

    /// Returns every account that a version of the seller has had.
    pub fn payees_ever(&self) -> Result<Vec<Payee>, StoreError> {
        self.rows(
            "SELECT 'bankgiro', bankgiro FROM seller WHERE bankgiro IS NOT NULL
             UNION SELECT 'plusgiro', plusgiro FROM seller WHERE plusgiro IS NOT NULL
             UNION SELECT 'iban', iban FROM seller WHERE iban IS NOT NULL
             ORDER BY 1, 2",
            &[],
            read_payee,
        )
    }

    /// Marks an account as never to be paid to again, and says whether it was not yet.
    pub fn withdraw_payee(&self, payee: &Payee) -> Result<bool, StoreError> {
        let kind = payee.kind.as_str();
        let inserted = self.execute(
            "INSERT INTO withdrawn_payee (kind, number, withdrawn_on) VALUES ($1, $2, $3)
             ON CONFLICT (kind, number) DO NOTHING",
            values![*kind, *payee.number(), self.today()],
        )?;
        if inserted == 0 {
            return Ok(false);
        }
        let after = json!({ "kind": kind, "number": payee.number() });
        self.record(EventKind::PayeeWithdrawn, SHOP, &payee.to_string(), Json::Null, after)?;
        Ok(true)
    }

    /// Counts the unpaid invoices that name an account.
    pub fn count_unpaid_with(&self, payee: &Payee) -> Result<i64, StoreError> {
        self.integer(
            concat!(
                "SELECT count(*) FROM invoice i JOIN seller v ON v.version = i.seller_version
                 WHERE i.kind = 'invoice' AND ",
                names_payee!(),
                " AND ",
                left_of_invoice!(),
                " > 0"
            ),
            values![*payee.number()],
        )
    }

    /// Returns where an invoice that was issued by `seller` is to be paid today.
    pub fn pay_to(&self, seller: &Seller) -> Result<PayTo, StoreError> {
        let withdrawn = self.withdrawn_payees()?;
        if withdrawn.is_empty() {
            return Ok(PayTo::of(seller, seller, &withdrawn));
        }
        let (_, today) = self.seller()?;
        Ok(PayTo::of(seller, &today, &withdrawn))
    }
}

fn read_payee(row: &Row<'_>) -> Result<Payee, DriverError> {
    let (kind, number): (PayeeKind, String) = (row.parse(0)?, row.get(1)?);
    Payee::parse(kind, &number).map_err(DriverError::Corrupt)
}
