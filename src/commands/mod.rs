//! What an operator can do: one file per noun, its arguments, one function per verb.

pub mod account;
pub mod audit;
pub mod completions;
pub mod daily;
pub mod find;
pub mod help;
pub mod import;
pub mod init;
pub mod invoice;
pub mod mail;
pub mod order;
mod order_dialogue;
pub mod product;
pub mod seller;
mod send;
pub mod status;
pub mod subscription;

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, Result};

use crate::app::App;
use crate::cli::{
    AccountVerb, AuditVerb, Command, ImportsVerb, InvoiceVerb, MailVerb, OrderVerb, ProductVerb,
    SellerVerb, SubscriptionVerb,
};
use crate::domain::text;

/// Runs one command.
pub fn run(app: &mut App, command: Command) -> Result<()> {
    match command {
        Command::Init(args) => init::init(app, &args),
        Command::Status(args) => status::status(app, &args),
        Command::Find(args) => find::find(app, &args),
        Command::Seller(verb) => match verb {
            SellerVerb::Show(args) => seller::show(app, &args),
            SellerVerb::Edit(args) => seller::edit(app, &args),
        },
        Command::Account(verb) => match verb {
            AccountVerb::List(args) => account::list(app, &args),
            AccountVerb::Show(args) => account::show(app, &args),
            AccountVerb::Create(args) => account::create(app, &args),
            AccountVerb::Edit(args) => account::edit(app, &args),
            AccountVerb::Close(args) => account::close(app, &args),
            AccountVerb::Reopen(args) => account::reopen(app, &args),
            AccountVerb::History(args) => account::history(app, &args),
            AccountVerb::Note(args) => account::note(app, &args),
            AccountVerb::Import(args) => import::import(app, &args),
            AccountVerb::Imports(ImportsVerb::List(args)) => import::list(app, &args),
            AccountVerb::Imports(ImportsVerb::Show(args)) => import::show(app, &args),
            AccountVerb::Imports(ImportsVerb::Undo(args)) => import::undo(app, &args),
            AccountVerb::Export(args) => account::export(app, &args),
        },
        Command::Product(verb) => match verb {
            ProductVerb::List(args) => product::list(app, &args),
            ProductVerb::Show(args) => product::show(app, &args),
            ProductVerb::Create(args) => product::create(app, &args),
            ProductVerb::Edit(args) => product::edit(app, &args),
            ProductVerb::Retire(args) => product::retire(app, &args),
            ProductVerb::Price(args) => product::price(app, &args),
            ProductVerb::Vat(args) => product::vat(app, &args),
        },
        Command::Order(verb) => match verb {
            OrderVerb::List(args) => order::list(app, &args),
            OrderVerb::Show(args) => order::show(app, &args),
            OrderVerb::Create(args) => order::create(app, args),
        },
        Command::Subscription(verb) => match verb {
            SubscriptionVerb::List(args) => subscription::list(app, &args),
            SubscriptionVerb::Show(args) => subscription::show(app, &args),
            SubscriptionVerb::Renew(args) => subscription::renew(app, &args),
        },
        Command::Invoice(verb) => match verb {
            InvoiceVerb::List(args) => invoice::list(app, &args),
            InvoiceVerb::Show(args) => invoice::show(app, &args),
            InvoiceVerb::Pdf(args) => invoice::pdf(app, &args),
            InvoiceVerb::Send(args) => invoice::send(app, &args),
        },
        Command::Mail(verb) => match verb {
            MailVerb::List(args) => mail::list(app, &args),
            MailVerb::Show(args) => mail::show(app, &args),
            MailVerb::Preview(args) => mail::preview(app, &args),
            MailVerb::Send(args) => send::send(app, &args),
            MailVerb::Retry(args) => mail::retry(app, &args),
            MailVerb::Hold(args) => mail::hold(app, &args),
            MailVerb::Bounced(args) => mail::bounced(app, &args),
            MailVerb::Test(args) => mail::test(app, &args),
        },
        Command::Daily(args) => daily::daily(app, &args),
        Command::Audit(verb) => match verb {
            AuditVerb::List(args) => audit::list(app, &args),
            AuditVerb::Show(args) => audit::show(app, &args),
            AuditVerb::Verify(args) => audit::verify(app, &args),
            AuditVerb::Head(args) => audit::head(app, &args),
        },
        Command::Completions(args) => completions::completions(&args),
        Command::Man(args) => completions::man(&args),
        Command::Help(args) => help::help(app, &args),
    }
}

/// Reads one line of text given on the command line.
pub fn parse_line(text: &str) -> Result<String, String> {
    text::line(text).map_err(|error| error.to_string())
}

/// Reads a number people see, written with or without a leading `#`.
pub fn parse_number(text: &str) -> Result<i64, String> {
    let digits = text.trim().trim_start_matches('#');
    digits
        .parse()
        .ok()
        .filter(|number| *number > 0)
        .ok_or_else(|| format!("`{text}` is not a number such as 1001"))
}

/// Writes bytes to a file by way of a temporary name, so that it is there whole or not at all; `-` is
/// stdout.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    if path == Path::new("-") {
        let mut out = io::stdout().lock();
        out.write_all(bytes)?;
        return Ok(out.flush()?);
    }
    let words = || format!("`{}` cannot be written", path.display());
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut file = tempfile::NamedTempFile::new_in(folder).with_context(words)?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).with_context(words)?;
    file.persist(path).map_err(|error| error.error).with_context(words)?;
    File::open(folder).and_then(|folder| folder.sync_all()).with_context(words)
}

/// Opens a file for reading; `-` is stdin.
pub fn open_file(path: &Path) -> Result<Box<dyn io::Read>> {
    if path == Path::new("-") {
        return Ok(Box::new(io::stdin().lock()));
    }
    let words = || format!("`{}` cannot be read", path.display());
    let is_folder = fs::metadata(path).with_context(words)?.is_dir();
    if is_folder {
        let error = io::Error::new(io::ErrorKind::IsADirectory, "it is a folder");
        return Err(error).with_context(words);
    }
    Ok(Box::new(File::open(path).with_context(words)?))
}
