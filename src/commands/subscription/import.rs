//! `subscription import`: running subscriptions of another shop are taken over, with no invoice and
//! no mail.

use std::collections::HashMap;
use std::sync::Arc;

use anyhow::Result;
use clap::Args;

use crate::app::{App, ChangeArgs};
use crate::commands::import::Noticed;
use crate::commands::import::file::{self, Cells, FileArgs, Table};
use crate::commands::licence;
use crate::domain::import::ImportKind;
use crate::domain::import::subscription::{
    Circumstances, Fault, Field, Row, Verdict, unlike_a_holder,
};
use crate::domain::licence::Holder;
use crate::domain::product::{Product, ProductKind, Sku};
use crate::render::csv::fields::{FieldSpec, SUBSCRIPTION_FIELDS};
use crate::store::{Counted, ImportRecord, RowProblem, StoreError, TakeOverRow, Tx};

/// Take running subscriptions over from another shop
///
/// A row says the account's organisation number, the product (SKU), the anchor, which is the first day
/// ever, and the last day billed, that day included. Invoice e-mail and reference are the account's
/// unless given; an agreed price holds at renewals; a notice received there counts here by the rules of
/// notice. No invoice is issued and no mail is queued: the first renewal bills the term after the last
/// day billed. Rows that are here already are left as they are.
///
/// A second subscription of an account to a product, one with several terms due and one billed far ahead
/// are refused unless --yes agrees to them.
///
/// The fields for --column are org_number, sku, anchor, billed_through, invoice_email, reference,
/// agreed_price and notice_received.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl subscription import running.csv -n
  shopctl subscription import running.csv --partial --rejects bad.csv \\
      --column sku=Avtal --column ignore=Belopp")]
pub struct ImportArgs {
    #[command(flatten)]
    file: FileArgs,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn import(app: &mut App, args: &ImportArgs) -> Result<()> {
    let today = app.today();
    let (catalogue, rule) = app.read(|tx| {
        let products = tx.products()?.into_iter();
        let catalogue: HashMap<Sku, Arc<Product>> =
            products.map(|product| (product.sku.clone(), Arc::new(product))).collect();
        Ok((Arc::new(catalogue), tx.shop_settings()?.due_rule()))
    })?;
    let table = SubscriptionTable {
        catalogue,
        circumstances: Circumstances { today, rule, is_agreed: args.change.yes },
        personal: Noticed::default(),
        without_address: 0,
    };
    file::import(app, &args.file, &args.change, table)
}

#[derive(Clone)]
struct SubscriptionTable {
    catalogue: Arc<HashMap<Sku, Arc<Product>>>,
    circumstances: Circumstances,
    personal: Noticed,
    /// How many are of accounts that cannot be invoiced as they stand.
    without_address: i64,
}

impl SubscriptionTable {
    fn judge_row(&self, tx: &Tx<'_>, row: &Row) -> Result<Result<Verdict, Vec<Fault>>> {
        let verdict = tx.judge_take_over(row, &self.catalogue, self.circumstances)?;
        if let Ok(Verdict::TakeOver(taken)) = &verdict
            && self.catalogue.get(&row.sku).is_some_and(|one| one.kind == ProductKind::Licence)
        {
            let account = tx.account_by_id(taken.subscription.account_id)?;
            let holder = account.profile.name.parse::<Holder>().ok();
            if let Err(error) = licence::check_holder(holder.as_ref()) {
                return Ok(Err(vec![(Field::Sku, unlike_a_holder(&error.to_string()))]));
            }
        }
        Ok(verdict)
    }
}

impl Table for SubscriptionTable {
    type Row = TakeOverRow;
    const KIND: ImportKind = ImportKind::Subscriptions;
    const FIELDS: &'static [FieldSpec] = &SUBSCRIPTION_FIELDS;

    fn required(&self) -> &'static [&'static str] {
        &["org_number", "sku", "anchor", "billed_through"]
    }

    fn stage(&mut self, tx: &Tx<'_>, line: i64, cells: &Cells<'_>) -> Result<Vec<RowProblem>> {
        let given = Field::ALL
            .into_iter()
            .filter_map(|field| cells.get(field.as_str()).map(|cell| (field, cell)));
        let faults = match Row::read(given) {
            Ok(row) => match self.judge_row(tx, &row)? {
                Ok(verdict) => {
                    if let Verdict::TakeOver(taken) = &verdict {
                        if taken.subscription.invoice_email.looks_personal() {
                            self.personal.notice(line);
                        }
                        self.without_address += i64::from(taken.lacks_address);
                    }
                    tx.stage_take_over(line, &row, &verdict)?;
                    Vec::new()
                }
                Err(faults) => faults,
            },
            Err(faults) => faults,
        };
        let told = |(field, reason): Fault| cells.problem(line, field.as_str(), reason);
        Ok(faults.into_iter().map(told).collect())
    }

    fn judge(&mut self, tx: &Tx<'_>) -> Result<()> {
        Ok(tx.judge_take_overs(self.circumstances.is_agreed)?)
    }

    fn warnings(&self) -> Vec<String> {
        let lacking = (self.without_address > 0).then(|| {
            format!(
                "{} of these subscriptions cannot be renewed until their accounts have an address",
                self.without_address
            )
        });
        self.personal.personal_warning().into_iter().chain(lacking).collect()
    }

    fn page(&self, tx: &Tx<'_>, after: i64, limit: i64) -> Result<Vec<(i64, TakeOverRow)>> {
        let page = tx.staged_take_overs(after, limit)?;
        Ok(page.into_iter().map(|row| (row.line, row)).collect())
    }

    /// The row is judged once more, since the shop may have changed while the file was read.
    fn write(
        &self,
        tx: &Tx<'_>,
        row: TakeOverRow,
        begin: &mut dyn FnMut() -> Result<()>,
    ) -> Result<Counted> {
        match self.judge_row(tx, &row.row)? {
            Ok(Verdict::Unchanged(_)) => Ok(Counted::Unchanged),
            Ok(Verdict::TakeOver(taken)) => {
                begin()?;
                tx.take_over(&taken)?;
                Ok(Counted::Created)
            }
            Err(faults) => {
                let reasons: Vec<String> = faults.into_iter().map(|(_, reason)| reason).collect();
                let number = row.row.org_number.masked();
                let key = format!("{number} (line {}: {})", row.line, reasons.join("; "));
                Err(StoreError::Changed { noun: "account", key }.into())
            }
        }
    }

    fn summary(&self, record: &ImportRecord) -> String {
        format!(
            "{} taken over, {} unchanged, {} refused",
            record.created, record.unchanged, record.refused
        )
    }
}
