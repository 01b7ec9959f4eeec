//! `licence revoke`: from today on no copy of a licence holds.

use anyhow::Result;
use clap::Args;

use crate::app::{App, ChangeArgs, Done, Question, parse_number, parse_reason};
use crate::error::Failure;

use super::sheet_of;

/// Revoke a licence: no copy of it holds any more, and none is made
///
/// Its seats hold no longer, and its subscription ends where it is billed to. What is billed stays to be
/// paid; `invoice credit` gives it back. A revoked licence does not come back: a new order is another one.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl licence revoke 1001 --reason 'copies given to others' -n
  shopctl licence revoke 1001 --reason 'copies given to others' --yes --note 'case 4711'")]
pub struct RevokeArgs {
    /// The number of the licence
    #[arg(value_parser = parse_number)]
    number: i64,
    /// Why
    #[arg(long, value_name = "TEXT", value_parser = parse_reason)]
    reason: String,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn revoke(app: &mut App, args: &RevokeArgs) -> Result<()> {
    app.change(&args.change, |tx| {
        let licence = tx.licence(args.number)?;
        if let Some(revoked) = &licence.revoked {
            let words = format!("licence {} was revoked on {}", args.number, revoked.on);
            return Err(Failure::refused("revoked", words)
                .hint(format!("`shopctl licence show {}` tells why", args.number))
                .into());
        }
        let subscription = tx.subscription(args.number)?;
        if subscription.ends_on.is_none_or(|ends_on| ends_on > subscription.billed_through) {
            tx.end_subscription(&subscription, subscription.billed_through, &args.reason)?;
        }
        tx.revoke_licence(&tx.subscription(args.number)?, &args.reason)?;
        let mut done = Done::with(sheet_of(tx, args.number)?);
        let because = format!(
            "No copy for {} holds from today on, and it cannot be taken back.",
            licence.holder
        );
        done.questions.push(Question { because, ask: "Revoke the licence?" });
        done.summary = Some(
            "`shopctl licence revocations -o FILE` makes the list by which others see it"
                .to_owned(),
        );
        Ok(done)
    })
}
