//! `account renumber`: an account gets another organisation number.

use anyhow::Result;
use clap::Args;

use super::billing::vat_number_doubt;
use super::{called, sheet};
use crate::app::{App, ChangeArgs, Done, Question, parse_reason};
use crate::domain::account::{AccountError, AccountKey};
use crate::domain::org_number::OrgNumber;
use crate::error::Failure;

/// Give an account another organisation number, because it was wrong or has changed
///
/// The former number goes on leading to the account, and nobody can register it anew. Issued invoices
/// keep it; a number that the account had before may be taken back.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl account renumber 556036-0793 802005-1952 --reason 'became an association' -n
  shopctl account renumber 556036-0793 802005-1952 --reason 'mistyped in the import' --yes")]
pub struct RenumberArgs {
    /// The account: its organisation number until now, or the e-mail address of a login
    #[arg(value_name = "OLD")]
    old: AccountKey,
    /// Its organisation number from now on
    #[arg(value_name = "NEW")]
    new: OrgNumber,
    /// Why
    #[arg(long, value_name = "TEXT", value_parser = parse_reason)]
    reason: String,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn renumber(app: &mut App, args: &RenumberArgs) -> Result<()> {
    app.change(&args.change, |tx| {
        let account = tx.account(&args.old)?;
        if let Some(day) = account.closed_on {
            return Err(AccountError::Closed(day).into());
        }
        if account.org_number == args.new {
            return Ok(Done::with(sheet(&account, tx.today())));
        }
        if let Some(holder) = tx.find_account(&args.new)? {
            let words = format!("the organisation number {} is taken by {}", args.new, holder.profile.name);
            return Err(Failure::refused("taken", words)
                .hint(format!(
                    "if it is the same organisation, `shopctl account merge {} {}` makes one account \
                     of the two",
                    account.org_number, args.new
                ))
                .into());
        }

        tx.renumber_account(&account, &args.new, &args.reason)?;
        let renumbered = tx.account_by_id(account.id)?;
        let mut warnings = vec![format!(
            "invoices issued until now keep {}; the next ones state {}",
            account.org_number.masked(),
            args.new.masked()
        )];
        warnings.extend(vat_number_doubt(&renumbered, renumbered.profile.vat_number.as_ref()));
        let because = format!("{} gets the organisation number {}.", called(&account), args.new.masked());
        Ok(Done {
            questions: vec![Question { because, ask: "Renumber it?" }],
            warnings,
            ..Done::with(sheet(&renumbered, tx.today()))
        })
    })
}
