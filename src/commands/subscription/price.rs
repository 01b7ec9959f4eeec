//! `subscription price`: a price agreed with the customer, until another is.

use anyhow::Result;
use clap::Args;

use super::show;
use crate::app::{App, ChangeArgs, Done, parse_number, parse_reason};
use crate::domain::money::Money;
use crate::domain::subscription::AgreedPrice;
use crate::error::Failure;

/// Agree on a price for a running subscription, or go back to the price list
///
/// It holds from the next renewal on; terms that are billed keep their price.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl subscription price 1001 --agreed-price 3500 --reason 'agreed by telephone for two years'
  shopctl subscription price 1001 --list-price --reason 'the two years are over'")]
pub struct PriceArgs {
    /// The number of the subscription
    #[arg(value_parser = parse_number)]
    number: i64,
    /// What a whole term costs, in kronor excluding VAT
    #[arg(long, value_name = "P", required_unless_present = "list_price")]
    agreed_price: Option<Money>,
    /// Let the price list decide again
    #[arg(long, conflicts_with = "agreed_price")]
    list_price: bool,
    /// Why
    #[arg(long, value_name = "TEXT", value_parser = parse_reason)]
    reason: String,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn price(app: &mut App, args: &PriceArgs) -> Result<()> {
    app.change(&args.change, |tx| {
        let subscription = tx.subscription(args.number)?;
        if let Some(day) = subscription.ends_on.filter(|_| !subscription.runs_on(tx.today())) {
            let words = format!("subscription {} ended on {day}", args.number);
            return Err(Failure::refused("ended", words)
                .hint("`shopctl order create --agreed-price P --reason TEXT` starts another")
                .into());
        }
        let reason = args.reason.clone();
        let agreed = args.agreed_price.map(|price| AgreedPrice { price, reason });
        tx.agree_price(&subscription, agreed.as_ref(), &args.reason)?;
        Ok(Done::with(show::sheet_of(tx, &tx.subscription(args.number)?)?))
    })
}
