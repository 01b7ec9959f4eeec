//! The command tree: every noun and verb on one screen, and the options all of them share.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::app::Format;
use crate::commands::{
    account, audit, completions, daily, find, help, import, init, invoice, mail, order, product,
    seller, status, subscription,
};
use crate::error::Failure;

/// Run the shop of an organisation that sells standard agreements to companies
#[derive(Debug, Parser)]
#[command(name = "shopctl", version, disable_help_subcommand = true, arg_required_else_help = true)]
#[command(after_help = "`shopctl help WORD` finds commands by English or Swedish words.")]
pub struct Cli {
    #[command(flatten)]
    pub global: GlobalArgs,

    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Init(init::InitArgs),
    Status(status::StatusArgs),
    Find(find::FindArgs),
    /// The seller, as invoices and mails name it
    #[command(subcommand)]
    Seller(SellerVerb),
    /// Accounts, one for each organisation number
    #[command(subcommand)]
    Account(AccountVerb),
    /// What the shop sells
    #[command(subcommand)]
    Product(ProductVerb),
    /// Orders, which start subscriptions and are invoiced at once
    #[command(subcommand)]
    Order(OrderVerb),
    /// Subscriptions and their yearly renewal
    #[command(subcommand)]
    Subscription(SubscriptionVerb),
    /// Invoices and their documents
    #[command(subcommand)]
    Invoice(InvoiceVerb),
    /// The outbox
    #[command(subcommand)]
    Mail(MailVerb),
    Daily(daily::DailyArgs),
    /// The audit trail: every change, in a chain that shows tampering
    #[command(subcommand)]
    Audit(AuditVerb),
    Completions(completions::CompletionsArgs),
    Man(completions::ManArgs),
    Help(help::HelpArgs),
}

#[derive(Debug, Subcommand)]
pub enum SellerVerb {
    Show(seller::ShowArgs),
    Edit(Box<seller::EditArgs>),
}

#[derive(Debug, Subcommand)]
pub enum AccountVerb {
    List(account::ListArgs),
    Show(account::ShowArgs),
    Create(account::CreateArgs),
    Edit(account::EditArgs),
    Close(account::CloseArgs),
    Reopen(account::ReopenArgs),
    History(account::HistoryArgs),
    Note(account::NoteArgs),
    Import(import::ImportArgs),
    /// Imports of the past
    #[command(subcommand)]
    Imports(ImportsVerb),
    Export(account::ExportArgs),
}

#[derive(Debug, Subcommand)]
pub enum ImportsVerb {
    List(import::ListArgs),
    Show(import::ShowArgs),
    Undo(import::UndoArgs),
}

#[derive(Debug, Subcommand)]
pub enum ProductVerb {
    List(product::ListArgs),
    Show(product::ShowArgs),
    Create(product::CreateArgs),
    Edit(product::EditArgs),
    Retire(product::RetireArgs),
    Price(product::PriceArgs),
    Vat(product::VatArgs),
}

#[derive(Debug, Subcommand)]
pub enum OrderVerb {
    List(order::ListArgs),
    Show(order::ShowArgs),
    Create(order::CreateArgs),
}

#[derive(Debug, Subcommand)]
pub enum SubscriptionVerb {
    List(subscription::ListArgs),
    Show(subscription::ShowArgs),
    Renew(subscription::RenewArgs),
}

#[derive(Debug, Subcommand)]
pub enum InvoiceVerb {
    List(invoice::ListArgs),
    Show(invoice::ShowArgs),
    Pdf(invoice::PdfArgs),
    Send(invoice::SendArgs),
}

#[derive(Debug, Subcommand)]
pub enum MailVerb {
    List(mail::ListArgs),
    Show(mail::ShowArgs),
    Preview(mail::PreviewArgs),
    Send(mail::SendArgs),
    Retry(mail::RetryArgs),
    Hold(mail::HoldArgs),
    Bounced(mail::BouncedArgs),
    Test(mail::TestArgs),
}

#[derive(Debug, Subcommand)]
pub enum AuditVerb {
    List(audit::ListArgs),
    Show(audit::ShowArgs),
    Verify(audit::VerifyArgs),
    Head(audit::HeadArgs),
}

/// Options of every command.
#[derive(Clone, Debug, Args)]
pub struct GlobalArgs {
    /// The shop's file
    #[arg(long, global = true, value_name = "PATH", help_heading = "Global options")]
    pub store: Option<PathBuf>,

    /// The configuration file
    #[arg(long, global = true, value_name = "PATH", help_heading = "Global options")]
    pub config: Option<PathBuf>,

    /// How answers are written; in a pipe tab-separated without heading unless given
    #[arg(long, global = true, value_name = "FORMAT", help_heading = "Global options")]
    pub format: Option<Format>,

    /// Short for --format json
    #[arg(long, global = true, help_heading = "Global options")]
    pub json: bool,

    /// Which columns a list shows, by their names in JSON
    #[arg(
        long,
        global = true,
        value_name = "A,B",
        value_delimiter = ',',
        help_heading = "Global options"
    )]
    pub columns: Option<Vec<String>>,

    /// Say only what went wrong
    #[arg(short, long, global = true, help_heading = "Global options")]
    pub quiet: bool,

    /// Say which store was used and how long it took
    #[arg(short, long, global = true, help_heading = "Global options")]
    pub verbose: bool,

    /// Whether messages are coloured
    #[arg(long, global = true, value_name = "WHEN", help_heading = "Global options")]
    pub color: Option<ColorChoice>,

    /// Never ask, fail instead
    #[arg(long, global = true, help_heading = "Global options")]
    pub no_input: bool,

    /// How long to wait while another command writes
    #[arg(long, global = true, value_name = "SECONDS", help_heading = "Global options")]
    pub wait: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    Auto,
    Always,
    Never,
}

/// Options of every command that works through many items.
#[derive(Clone, Debug, Default, Args)]
pub struct BatchArgs {
    /// Take at most this many
    #[arg(long, value_name = "N", value_parser = crate::commands::parse_number, help_heading = "Options for changes")]
    pub limit: Option<i64>,

    /// Do nothing if there are more than this many
    #[arg(long, value_name = "N", value_parser = crate::commands::parse_number, help_heading = "Options for changes")]
    pub max: Option<i64>,
}

impl BatchArgs {
    /// Refuses more items than were expected.
    pub fn refuse_unusual(&self, count: i64, what: &str) -> anyhow::Result<()> {
        match self.max {
            Some(max) if count > max => {
                let words = format!("{count} {what}, and at most {max} were expected");
                Err(Failure::refused("too_many", words)
                    .hint(format!("look with `-n`; `--max {count}` lets them through"))
                    .into())
            }
            _ => Ok(()),
        }
    }
}

/// Options of every command that changes something.
#[derive(Clone, Debug, Default, Args)]
pub struct ChangeArgs {
    /// Show what would happen and change nothing
    #[arg(short = 'n', long, help_heading = "Options for changes")]
    pub dry_run: bool,

    /// Agree beforehand to what would be asked
    #[arg(short, long, help_heading = "Options for changes")]
    pub yes: bool,

    /// A remark for the audit trail
    #[arg(long, value_name = "TEXT", value_parser = crate::commands::parse_line, help_heading = "Options for changes")]
    pub note: Option<String>,
}
