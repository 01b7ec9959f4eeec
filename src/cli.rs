//! The command tree: every noun and verb on one screen.

#[cfg(test)]
mod hostile;

use anyhow::Result;
use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::app::{App, GlobalArgs};
use crate::commands::account::{login, personal_data};
use crate::commands::import::past;
use crate::commands::report::{fetches, receivables, series};
use crate::commands::{
    account, agreement, audit, completions, daily, export, find, help, import, init, invoice,
    licence, mail, order, password, payment, product, report, seller, send, setting, staff, status,
    store, subscription, undo,
};

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
    Seller(Verbs<SellerVerb>),
    /// The rules of the shop that the office may choose
    #[command(subcommand)]
    Setting(Verbs<SettingVerb>),
    /// Who works in the shop
    #[command(subcommand)]
    Staff(Verbs<StaffVerb>),
    /// Accounts, one for each organisation number
    #[command(subcommand)]
    Account(Verbs<AccountVerb>),
    /// What the shop sells
    #[command(subcommand)]
    Product(Verbs<ProductVerb>),
    /// Agreements, their editions, and the way to read one
    #[command(subcommand)]
    Agreement(Verbs<AgreementVerb>),
    /// Licences: documents that bear their holder's name and period
    #[command(subcommand)]
    Licence(Verbs<LicenceVerb>),
    /// Orders, which start subscriptions and are invoiced at once
    #[command(subcommand)]
    Order(Verbs<OrderVerb>),
    /// Subscriptions and their yearly renewal
    #[command(subcommand)]
    Subscription(Verbs<SubscriptionVerb>),
    /// Invoices and their documents
    #[command(subcommand)]
    Invoice(Verbs<InvoiceVerb>),
    /// Money that came in, and the invoices it settles
    #[command(subcommand)]
    Payment(Verbs<PaymentVerb>),
    /// The passwords of logins
    #[command(subcommand)]
    Password(Verbs<PasswordVerb>),
    /// The outbox
    #[command(subcommand)]
    Mail(Verbs<MailVerb>),
    Daily(daily::DailyArgs),
    /// Files for bookkeeping
    #[command(subcommand)]
    Export(Verbs<ExportVerb>),
    /// Sums over months
    #[command(subcommand)]
    Report(Verbs<ReportVerb>),
    /// The audit trail: every change, in a chain that shows tampering
    #[command(subcommand)]
    Audit(Verbs<AuditVerb>),
    Undo(undo::UndoArgs),
    /// The shop's file: checked, copied, put back, moved
    #[command(subcommand)]
    Store(Verbs<StoreVerb>),
    Completions(completions::CompletionsArgs),
    Man(completions::ManArgs),
    Help(help::HelpArgs),
}

/// The verbs of a noun, put together only where the noun is typed: the whole tree, of which a command
/// uses one leaf, would cost each more than all else it does before it opens the store.
#[derive(Debug)]
pub struct Verbs<T>(pub T);

impl<T: FromArgMatches> FromArgMatches for Verbs<T> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Verbs<T>, clap::Error> {
        T::from_arg_matches(matches).map(Verbs)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        self.0.update_from_arg_matches(matches)
    }
}

impl<T: Subcommand> Subcommand for Verbs<T> {
    fn augment_subcommands(command: clap::Command) -> clap::Command {
        command.defer(T::augment_subcommands)
    }

    fn augment_subcommands_for_update(command: clap::Command) -> clap::Command {
        command.defer(T::augment_subcommands_for_update)
    }

    fn has_subcommand(name: &str) -> bool {
        T::has_subcommand(name)
    }
}

/// Returns the command tree with every leaf in place.
pub fn whole_tree() -> clap::Command {
    let mut tree = Cli::command();
    tree.build();
    tree
}

#[derive(Debug, Subcommand)]
pub enum SellerVerb {
    Show(seller::ShowArgs),
    Edit(Box<seller::EditArgs>),
    LockBooks(seller::lock::LockArgs),
    /// The reference rates that late interest is counted by
    #[command(subcommand)]
    Rate(RateVerb),
    /// The steps by which customers are reminded of unpaid invoices
    #[command(subcommand)]
    Level(LevelVerb),
    /// The conditions that customers accept with an order
    #[command(subcommand)]
    Conditions(ConditionsVerb),
}

#[derive(Debug, Subcommand)]
pub enum ConditionsVerb {
    Show(seller::conditions::ShowArgs),
    Edit(Box<seller::conditions::EditArgs>),
}

#[derive(Debug, Subcommand)]
pub enum LevelVerb {
    List(seller::level::ListArgs),
    Set(seller::level::SetArgs),
    Remove(seller::level::RemoveArgs),
}

#[derive(Debug, Subcommand)]
pub enum RateVerb {
    List(seller::rate::ListArgs),
    Add(seller::rate::AddArgs),
}

#[derive(Debug, Subcommand)]
pub enum SettingVerb {
    List(setting::ListArgs),
    Set(setting::SetArgs),
}

#[derive(Debug, Subcommand)]
pub enum StaffVerb {
    List(staff::ListArgs),
    Add(staff::AddArgs),
    Edit(staff::EditArgs),
    Remove(staff::RemoveArgs),
}

#[derive(Debug, Subcommand)]
pub enum AccountVerb {
    List(account::ListArgs),
    Show(account::ShowArgs),
    Create(account::CreateArgs),
    Edit(account::EditArgs),
    Billing(account::BillingArgs),
    Close(account::CloseArgs),
    Reopen(account::ReopenArgs),
    History(account::HistoryArgs),
    Note(account::NoteArgs),
    Hold(account::HoldArgs),
    Release(account::ReleaseArgs),
    Import(import::ImportArgs),
    /// The user names of an account
    #[command(subcommand)]
    Login(LoginVerb),
    /// Imports of the past
    #[command(subcommand)]
    Imports(ImportsVerb),
    Export(account::ExportArgs),
    Merge(account::MergeArgs),
    Renumber(account::RenumberArgs),
    /// What is held on a person
    #[command(subcommand)]
    PersonalData(PersonalDataVerb),
}

#[derive(Debug, Subcommand)]
pub enum LoginVerb {
    List(login::ListArgs),
    Add(login::AddArgs),
    Remove(login::RemoveArgs),
    Rename(login::RenameArgs),
    Invite(login::InviteArgs),
}

#[derive(Debug, Subcommand)]
pub enum PersonalDataVerb {
    Export(personal_data::ExportArgs),
    Erase(personal_data::EraseArgs),
}

#[derive(Debug, Subcommand)]
pub enum ImportsVerb {
    #[command(after_help = "\
Examples:
  shopctl account imports list
  shopctl account imports list --json")]
    List(past::ListArgs),
    #[command(after_help = "\
Examples:
  shopctl account imports show 1
  shopctl account imports show 1 --json")]
    Show(past::ShowArgs),
    #[command(after_help = "\
Examples:
  shopctl account imports undo 1 -n
  shopctl account imports undo 1 --yes")]
    Undo(past::UndoArgs),
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
pub enum AgreementVerb {
    List(agreement::ListArgs),
    Show(agreement::ShowArgs),
    Create(agreement::CreateArgs),
    Publish(agreement::PublishArgs),
    Withdraw(agreement::WithdrawArgs),
    Fetch(agreement::FetchArgs),
}

#[derive(Debug, Subcommand)]
pub enum LicenceVerb {
    List(licence::ListArgs),
    Show(licence::ShowArgs),
    Edit(licence::EditArgs),
    Render(licence::RenderArgs),
    Verify(licence::VerifyArgs),
    Trace(licence::TraceArgs),
    Revoke(licence::RevokeArgs),
    Revocations(licence::RevocationsArgs),
    /// The logins that a licence has room for
    #[command(subcommand)]
    Seat(Verbs<SeatVerb>),
    /// The keys that seal copies
    #[command(subcommand)]
    Key(Verbs<KeyVerb>),
}

#[derive(Debug, Subcommand)]
pub enum KeyVerb {
    Show(licence::key::ShowArgs),
    Rotate(licence::key::RotateArgs),
    Import(licence::key::ImportArgs),
}

#[derive(Debug, Subcommand)]
pub enum SeatVerb {
    List(licence::seat::ListArgs),
    Add(licence::seat::AddArgs),
    Remove(licence::seat::RemoveArgs),
}

#[derive(Debug, Subcommand)]
pub enum OrderVerb {
    List(order::ListArgs),
    Show(order::ShowArgs),
    Create(Box<order::CreateArgs>),
    Cancel(order::CancelArgs),
    Ship(Box<order::ShipArgs>),
    Slip(order::SlipArgs),
}

#[derive(Debug, Subcommand)]
pub enum SubscriptionVerb {
    List(subscription::ListArgs),
    Show(subscription::ShowArgs),
    Cancel(Box<subscription::CancelArgs>),
    Reinstate(subscription::ReinstateArgs),
    End(subscription::EndArgs),
    Confirmation(subscription::ConfirmationArgs),
    Evidence(subscription::EvidenceArgs),
    Renew(subscription::RenewArgs),
    Remind(subscription::RemindArgs),
    Price(subscription::PriceArgs),
    Transfer(subscription::TransferArgs),
    Import(subscription::ImportArgs),
    /// Imports of the past
    #[command(subcommand)]
    Imports(TakeOversVerb),
}

#[derive(Debug, Subcommand)]
pub enum TakeOversVerb {
    #[command(after_help = "\
Examples:
  shopctl subscription imports list
  shopctl subscription imports list --json")]
    List(past::ListArgs),
    #[command(after_help = "\
Examples:
  shopctl subscription imports show 1
  shopctl subscription imports show 1 --json")]
    Show(past::ShowArgs),
    #[command(after_help = "\
Examples:
  shopctl subscription imports undo 1 -n
  shopctl subscription imports undo 1 --yes")]
    Undo(past::UndoArgs),
}

#[derive(Debug, Subcommand)]
pub enum InvoiceVerb {
    List(invoice::ListArgs),
    Show(invoice::ShowArgs),
    Pdf(invoice::PdfArgs),
    Send(invoice::SendArgs),
    Remind(invoice::RemindArgs),
    Hold(invoice::HoldArgs),
    Release(invoice::ReleaseArgs),
    WriteOff(invoice::WriteOffArgs),
    Credit(invoice::CreditArgs),
    Reissue(invoice::ReissueArgs),
    EInvoice(invoice::e_invoice::EInvoiceArgs),
    Delivered(invoice::e_invoice::DeliveredArgs),
}

#[derive(Debug, Subcommand)]
pub enum PaymentVerb {
    List(payment::ListArgs),
    Show(payment::ShowArgs),
    Record(payment::RecordArgs),
    Match(payment::MatchArgs),
    Unmatch(payment::UnmatchArgs),
    Refund(payment::RefundArgs),
    Reverse(payment::ReverseArgs),
    Import(payment::ImportArgs),
}

#[derive(Debug, Subcommand)]
pub enum PasswordVerb {
    Check(password::CheckArgs),
    Change(password::ChangeArgs),
    Forgot(password::ForgotArgs),
    Redeem(password::RedeemArgs),
    Reset(password::ResetArgs),
    Status(password::StatusArgs),
    /// What is asked of passwords
    #[command(subcommand)]
    Policy(PolicyVerb),
}

#[derive(Debug, Subcommand)]
pub enum PolicyVerb {
    Show(password::PolicyShowArgs),
    Set(password::PolicySetArgs),
}

#[derive(Debug, Subcommand)]
pub enum MailVerb {
    List(mail::ListArgs),
    Show(mail::ShowArgs),
    Preview(mail::PreviewArgs),
    Send(mail::SendArgs),
    Retry(mail::RetryArgs),
    Hold(mail::HoldArgs),
    Release(mail::release::ReleaseArgs),
    Announce(mail::announce::AnnounceArgs),
    Bounced(mail::BouncedArgs),
    Test(mail::TestArgs),
}

#[derive(Debug, Subcommand)]
pub enum ExportVerb {
    Sie(export::SieArgs),
    List(export::ListArgs),
}

#[derive(Debug, Subcommand)]
pub enum ReportVerb {
    Renewals(report::RenewalsArgs),
    Recurring(report::RecurringArgs),
    Receivables(receivables::ReceivablesArgs),
    Series(series::SeriesArgs),
    Vat(report::vat::VatArgs),
    Fetches(fetches::FetchesArgs),
}

#[derive(Debug, Subcommand)]
pub enum AuditVerb {
    List(audit::ListArgs),
    Show(audit::ShowArgs),
    Verify(audit::VerifyArgs),
    Head(audit::HeadArgs),
}

#[derive(Debug, Subcommand)]
pub enum StoreVerb {
    Adopt(store::AdoptArgs),
    Archive(store::ArchiveArgs),
    Handover(store::HandoverArgs),
    Info(store::InfoArgs),
    Check(store::CheckArgs),
    Backup(store::BackupArgs),
    Restore(store::RestoreArgs),
}

/// Runs a command that needs neither settings nor a store; `None` for any other.
pub fn run_without_shop(command: &Command) -> Option<Result<()>> {
    match command {
        Command::Completions(args) => Some(completions::completions(args, &mut whole_tree())),
        Command::Man(args) => Some(completions::man(args, whole_tree())),
        Command::Help(args) => Some(help::help(args, whole_tree())),
        _ => None,
    }
}

/// Runs one command of the shop.
pub fn run(app: &mut App, command: Command) -> Result<()> {
    match command {
        Command::Init(args) => init::init(app, &args),
        Command::Status(args) => status::status(app, &args),
        Command::Find(args) => find::find(app, &args),
        Command::Seller(Verbs(verb)) => match verb {
            SellerVerb::Show(args) => seller::show(app, &args),
            SellerVerb::Edit(args) => seller::edit(app, &args),
            SellerVerb::Rate(verb) => match verb {
                RateVerb::List(args) => seller::rate::list(app, &args),
                RateVerb::Add(args) => seller::rate::add(app, &args),
            },
            SellerVerb::Level(verb) => match verb {
                LevelVerb::List(args) => seller::level::list(app, &args),
                LevelVerb::Set(args) => seller::level::set(app, &args),
                LevelVerb::Remove(args) => seller::level::remove(app, &args),
            },
            SellerVerb::Conditions(verb) => match verb {
                ConditionsVerb::Show(args) => seller::conditions::show(app, &args),
                ConditionsVerb::Edit(args) => seller::conditions::edit(app, &args),
            },
            SellerVerb::LockBooks(args) => seller::lock::lock(app, &args),
        },
        Command::Setting(Verbs(verb)) => match verb {
            SettingVerb::List(args) => setting::list(app, &args),
            SettingVerb::Set(args) => setting::set(app, &args),
        },
        Command::Staff(Verbs(verb)) => match verb {
            StaffVerb::List(args) => staff::list(app, &args),
            StaffVerb::Add(args) => staff::add(app, &args),
            StaffVerb::Edit(args) => staff::edit(app, &args),
            StaffVerb::Remove(args) => staff::remove(app, &args),
        },
        Command::Account(Verbs(verb)) => match verb {
            AccountVerb::List(args) => account::list(app, &args),
            AccountVerb::Show(args) => account::show(app, &args),
            AccountVerb::Create(args) => account::create(app, &args),
            AccountVerb::Edit(args) => account::edit(app, &args),
            AccountVerb::Billing(args) => account::billing(app, &args),
            AccountVerb::Close(args) => account::close(app, &args),
            AccountVerb::Reopen(args) => account::reopen(app, &args),
            AccountVerb::History(args) => account::history(app, &args),
            AccountVerb::Note(args) => account::note(app, &args),
            AccountVerb::Hold(args) => account::hold(app, &args),
            AccountVerb::Release(args) => account::release(app, &args),
            AccountVerb::Import(args) => import::import(app, &args),
            AccountVerb::Login(verb) => match verb {
                LoginVerb::List(args) => login::list(app, &args),
                LoginVerb::Add(args) => login::add(app, &args),
                LoginVerb::Remove(args) => login::remove(app, &args),
                LoginVerb::Rename(args) => login::rename(app, &args),
                LoginVerb::Invite(args) => login::invite(app, &args),
            },
            AccountVerb::Imports(verb) => match verb {
                ImportsVerb::List(args) => past::list(app, "account", &args),
                ImportsVerb::Show(args) => past::show(app, "account", &args),
                ImportsVerb::Undo(args) => past::undo(app, "account", &args),
            },
            AccountVerb::Export(args) => account::export(app, &args),
            AccountVerb::Merge(args) => account::merge(app, &args),
            AccountVerb::Renumber(args) => account::renumber(app, &args),
            AccountVerb::PersonalData(verb) => match verb {
                PersonalDataVerb::Export(args) => personal_data::export(app, &args),
                PersonalDataVerb::Erase(args) => personal_data::erase(app, &args),
            },
        },
        Command::Product(Verbs(verb)) => match verb {
            ProductVerb::List(args) => product::list(app, &args),
            ProductVerb::Show(args) => product::show(app, &args),
            ProductVerb::Create(args) => product::create(app, &args),
            ProductVerb::Edit(args) => product::edit(app, &args),
            ProductVerb::Retire(args) => product::retire(app, &args),
            ProductVerb::Price(args) => product::price(app, &args),
            ProductVerb::Vat(args) => product::vat(app, &args),
        },
        Command::Agreement(Verbs(verb)) => match verb {
            AgreementVerb::List(args) => agreement::list(app, &args),
            AgreementVerb::Show(args) => agreement::show(app, &args),
            AgreementVerb::Create(args) => agreement::create(app, &args),
            AgreementVerb::Publish(args) => agreement::publish(app, &args),
            AgreementVerb::Withdraw(args) => agreement::withdraw(app, &args),
            AgreementVerb::Fetch(args) => agreement::fetch(app, &args),
        },
        Command::Licence(Verbs(verb)) => match verb {
            LicenceVerb::List(args) => licence::list(app, &args),
            LicenceVerb::Show(args) => licence::show(app, &args),
            LicenceVerb::Edit(args) => licence::edit(app, &args),
            LicenceVerb::Render(args) => licence::render(app, &args),
            LicenceVerb::Verify(args) => licence::verify(app, &args),
            LicenceVerb::Trace(args) => licence::trace(app, &args),
            LicenceVerb::Revoke(args) => licence::revoke(app, &args),
            LicenceVerb::Revocations(args) => licence::revocations(app, &args),
            LicenceVerb::Key(Verbs(verb)) => match verb {
                KeyVerb::Show(args) => licence::key::show(app, &args),
                KeyVerb::Rotate(args) => licence::key::rotate(app, &args),
                KeyVerb::Import(args) => licence::key::import(app, &args),
            },
            LicenceVerb::Seat(Verbs(verb)) => match verb {
                SeatVerb::List(args) => licence::seat::list(app, &args),
                SeatVerb::Add(args) => licence::seat::add(app, &args),
                SeatVerb::Remove(args) => licence::seat::remove(app, &args),
            },
        },
        Command::Order(Verbs(verb)) => match verb {
            OrderVerb::List(args) => order::list(app, &args),
            OrderVerb::Show(args) => order::show(app, &args),
            OrderVerb::Create(args) => order::create(app, *args),
            OrderVerb::Cancel(args) => order::cancel(app, &args),
            OrderVerb::Ship(args) => order::ship(app, &args),
            OrderVerb::Slip(args) => order::slip(app, &args),
        },
        Command::Subscription(Verbs(verb)) => match verb {
            SubscriptionVerb::List(args) => subscription::list(app, &args),
            SubscriptionVerb::Show(args) => subscription::show(app, &args),
            SubscriptionVerb::Cancel(args) => subscription::cancel(app, &args),
            SubscriptionVerb::Reinstate(args) => subscription::reinstate(app, &args),
            SubscriptionVerb::End(args) => subscription::end(app, &args),
            SubscriptionVerb::Confirmation(args) => subscription::confirmation(app, &args),
            SubscriptionVerb::Evidence(args) => subscription::evidence(app, &args),
            SubscriptionVerb::Renew(args) => subscription::renew(app, &args),
            SubscriptionVerb::Remind(args) => subscription::remind(app, &args),
            SubscriptionVerb::Price(args) => subscription::price(app, &args),
            SubscriptionVerb::Transfer(args) => subscription::transfer(app, &args),
            SubscriptionVerb::Import(args) => subscription::import(app, &args),
            SubscriptionVerb::Imports(verb) => match verb {
                TakeOversVerb::List(args) => past::list(app, "subscription", &args),
                TakeOversVerb::Show(args) => past::show(app, "subscription", &args),
                TakeOversVerb::Undo(args) => past::undo(app, "subscription", &args),
            },
        },
        Command::Invoice(Verbs(verb)) => match verb {
            InvoiceVerb::List(args) => invoice::list(app, &args),
            InvoiceVerb::Show(args) => invoice::show(app, &args),
            InvoiceVerb::Pdf(args) => invoice::pdf(app, &args),
            InvoiceVerb::Send(args) => invoice::send(app, &args),
            InvoiceVerb::Remind(args) => invoice::remind(app, &args),
            InvoiceVerb::Hold(args) => invoice::hold(app, &args),
            InvoiceVerb::Release(args) => invoice::release(app, &args),
            InvoiceVerb::WriteOff(args) => invoice::write_off(app, &args),
            InvoiceVerb::Credit(args) => invoice::credit(app, &args),
            InvoiceVerb::Reissue(args) => invoice::reissue(app, &args),
            InvoiceVerb::EInvoice(args) => invoice::e_invoice::e_invoice(app, &args),
            InvoiceVerb::Delivered(args) => invoice::e_invoice::delivered(app, &args),
        },
        Command::Payment(Verbs(verb)) => match verb {
            PaymentVerb::List(args) => payment::list(app, &args),
            PaymentVerb::Show(args) => payment::show(app, &args),
            PaymentVerb::Record(args) => payment::record(app, &args),
            PaymentVerb::Match(args) => payment::match_payment(app, &args),
            PaymentVerb::Unmatch(args) => payment::unmatch(app, &args),
            PaymentVerb::Refund(args) => payment::refund(app, &args),
            PaymentVerb::Reverse(args) => payment::reverse(app, &args),
            PaymentVerb::Import(args) => payment::import(app, &args),
        },
        Command::Password(Verbs(verb)) => match verb {
            PasswordVerb::Check(args) => password::check(app, &args),
            PasswordVerb::Change(args) => password::change(app, &args),
            PasswordVerb::Forgot(args) => password::forgot(app, &args),
            PasswordVerb::Redeem(args) => password::redeem(app, &args),
            PasswordVerb::Reset(args) => password::reset(app, &args),
            PasswordVerb::Status(args) => password::status(app, &args),
            PasswordVerb::Policy(verb) => match verb {
                PolicyVerb::Show(args) => password::policy_show(app, &args),
                PolicyVerb::Set(args) => password::policy_set(app, &args),
            },
        },
        Command::Mail(Verbs(verb)) => match verb {
            MailVerb::List(args) => mail::list(app, &args),
            MailVerb::Show(args) => mail::show(app, &args),
            MailVerb::Preview(args) => mail::preview(app, &args),
            MailVerb::Send(args) => send::send(app, &args),
            MailVerb::Retry(args) => mail::retry(app, &args),
            MailVerb::Hold(args) => mail::hold(app, &args),
            MailVerb::Release(args) => mail::release::release(app, &args),
            MailVerb::Announce(args) => mail::announce::announce(app, &args),
            MailVerb::Bounced(args) => mail::bounced(app, &args),
            MailVerb::Test(args) => mail::test(app, &args),
        },
        Command::Daily(args) => daily::daily(app, &args),
        Command::Export(Verbs(verb)) => match verb {
            ExportVerb::Sie(args) => export::sie(app, &args),
            ExportVerb::List(args) => export::list(app, &args),
        },
        Command::Report(Verbs(verb)) => match verb {
            ReportVerb::Renewals(args) => report::renewals(app, &args),
            ReportVerb::Recurring(args) => report::recurring(app, &args),
            ReportVerb::Receivables(args) => receivables::receivables(app, &args),
            ReportVerb::Series(args) => series::series(app, &args),
            ReportVerb::Fetches(args) => fetches::fetches(app, &args),
            ReportVerb::Vat(args) => report::vat::vat(app, &args),
        },
        Command::Audit(Verbs(verb)) => match verb {
            AuditVerb::List(args) => audit::list(app, &args),
            AuditVerb::Show(args) => audit::show(app, &args),
            AuditVerb::Verify(args) => audit::verify(app, &args),
            AuditVerb::Head(args) => audit::head(app, &args),
        },
        Command::Store(Verbs(verb)) => match verb {
            StoreVerb::Adopt(args) => store::adopt(app, &args),
            StoreVerb::Archive(args) => store::archive(app, &args),
            StoreVerb::Handover(args) => store::handover(app, &args),
            StoreVerb::Info(args) => store::info(app, &args),
            StoreVerb::Check(args) => store::check(app, &args),
            StoreVerb::Backup(args) => store::backup(app, &args),
            StoreVerb::Restore(args) => store::restore(app, &args),
        },
        Command::Undo(args) => undo::undo(app, &args),
        Command::Completions(_) | Command::Man(_) | Command::Help(_) => Ok(()),
    }
}
