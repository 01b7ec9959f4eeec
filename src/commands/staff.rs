//! `staff`: who works in the shop, and what each may do.

use anyhow::Result;
use clap::Args;

use crate::app::{App, ChangeArgs, Done, parse_line};
use crate::domain::staff::{Role, StaffMember};
use crate::render::sheet::{Cell, Sheet, column};

/// List who works in the shop
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  shopctl staff list\n  shopctl staff list --json")]
pub struct ListArgs {}

/// Give somebody a role
///
/// The name is the user's on this machine; behind sudo it is the person's own. Each role may do what
/// the ones before it may: reader, support, staff, admin.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl staff add anna --role staff
  shopctl staff add bertil --role staff --grant billing")]
pub struct AddArgs {
    /// The name of the user on this machine
    #[arg(value_parser = parse_line)]
    name: String,
    /// reader, support, staff or admin
    #[arg(long)]
    role: Role,
    /// A further right: billing, to change invoice details of running subscriptions
    #[arg(long, value_name = "GRANT", value_parser = ["billing"])]
    grant: Option<String>,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Change somebody's role or grants
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl staff edit anna --role admin
  shopctl staff edit bertil --withdraw billing")]
pub struct EditArgs {
    /// The name of the user on this machine
    #[arg(value_parser = parse_line)]
    name: String,
    /// reader, support, staff or admin
    #[arg(long)]
    role: Option<Role>,
    /// A further right: billing
    #[arg(long, value_name = "GRANT", value_parser = ["billing"])]
    grant: Option<String>,
    /// A right taken back: billing
    #[arg(long, value_name = "GRANT", value_parser = ["billing"], conflicts_with = "grant")]
    withdraw: Option<String>,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Take somebody out of the shop
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  shopctl staff remove anna\n  shopctl staff remove anna --note 'left in May'"
)]
pub struct RemoveArgs {
    /// The name of the user on this machine
    #[arg(value_parser = parse_line)]
    name: String,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn list(app: &mut App, _args: &ListArgs) -> Result<()> {
    let mut list =
        app.list(&[column("name", "Name"), column("role", "Role"), column("billing", "Billing")])?;
    for member in app.read(|tx| Ok(tx.staff()?))? {
        list.row(vec![
            Cell::Text(member.name),
            Cell::text(member.role.as_str()),
            Cell::Truth(member.has_billing),
        ])?;
    }
    list.finish("nobody")
}

pub fn add(app: &mut App, args: &AddArgs) -> Result<()> {
    app.change(&args.change, |tx| {
        tx.add_staff(&args.name, args.role, args.grant.is_some())?;
        Ok(Done::with(sheet(&tx.staff_member(&args.name)?)))
    })
}

pub fn edit(app: &mut App, args: &EditArgs) -> Result<()> {
    app.change(&args.change, |tx| {
        let member = tx.staff_member(&args.name)?;
        let has_billing = args.grant.is_some() || (member.has_billing && args.withdraw.is_none());

        tx.edit_staff(&member, args.role.unwrap_or(member.role), has_billing)?;
        Ok(Done::with(sheet(&tx.staff_member(&args.name)?)))
    })
}

pub fn remove(app: &mut App, args: &RemoveArgs) -> Result<()> {
    app.change(&args.change, |tx| {
        let member = tx.staff_member(&args.name)?;
        tx.remove_staff(&member)?;
        Ok(Done::with(sheet(&member)))
    })
}

fn sheet(member: &StaffMember) -> Sheet {
    Sheet::default()
        .fact("name", "Name", member.name.as_str())
        .fact("role", "Role", member.role.as_str())
        .fact("billing", "Billing", member.has_billing)
}
