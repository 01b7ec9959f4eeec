//! `subscription reinstate`: a notice taken back while the subscription still runs.

use anyhow::Result;
use clap::Args;

use crate::app::{App, ChangeArgs, Done, parse_number};
use crate::domain::notice;

use super::notice::{in_force, refusal};
use super::{confirmation, show};

/// Take a notice back while the subscription still runs
///
/// It then renews itself as before. Terms that were withdrawn are billed again at their renewal. The
/// customer is told by letter. Why it was taken back belongs into --note.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl subscription reinstate 1001 -n
  shopctl subscription reinstate 1001 --note 'Eva Ek has changed her mind, by telephone'")]
pub struct ReinstateArgs {
    /// The number of the subscription
    #[arg(value_parser = parse_number)]
    number: i64,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn reinstate(app: &mut App, args: &ReinstateArgs) -> Result<()> {
    app.change(&args.change, |tx| {
        let subscription = tx.subscription(args.number)?;
        let account = tx.account_by_id(subscription.account_id)?;
        let notices = tx.notices_of(subscription.id)?;
        let notice = notice::reinstate(&subscription, in_force(&notices), tx.today())
            .map_err(|error| refusal(args.number, "reinstated", error))?;

        tx.withdraw_notice(&subscription, notice)?;
        confirmation::enqueue_withdrawal(tx, &account, &subscription, notice)?;
        Ok(Done::with(show::sheet_of(tx, &tx.subscription(args.number)?)?))
    })
}
