//! `account`: the organisations that buy.

mod billing;
mod hold;
pub mod login;
mod merge;
pub mod personal_data;
mod renumber;

use std::io::{self, BufWriter, Seek, Write};
use std::path::PathBuf;

use anyhow::{Context, Result};
use chrono::NaiveDate;
use clap::Args;

use crate::app::{App, ChangeArgs, Done, Format, events, parse_line};
use crate::commands::invoice::invoice_state;
use crate::commands::{agreement, licence, subscription, time, write_from};
use crate::domain::account::{Account, AccountError, AccountKey, Field, NewAccount, Profile};
use crate::domain::address::Country;
use crate::domain::email::Email;
use crate::domain::language::Language;
use crate::domain::money::Money;
use crate::domain::org_number::OrgNumber;
use crate::domain::participant::Deliver;
use crate::domain::succession::{Cause, Succession};
use crate::domain::term::parse_date;
use crate::domain::text::parse_yes_no;
use crate::error::Failure;
use crate::render::csv::Delimiter;
use crate::render::csv::writer::{Cell as CsvCell, Writer};
use crate::render::sheet::{Cell, Grid, Sheet, column};
use crate::store::{InvoiceFilter, Search, Tx};

pub use self::billing::{BillingArgs, billing};
use self::billing::{check_vat_number, vat_number_doubt};
pub use self::hold::{HoldArgs, ReleaseArgs, hold, release};
pub use self::merge::{MergeArgs, merge};
pub use self::renumber::{RenumberArgs, renumber};

/// List accounts by name
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl account list --search åkeri
  shopctl account list --search 'Bygg*' --member yes --format csv")]
pub struct ListArgs {
    /// Part of the name; with * at its end, the beginning of the name
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,

    /// Only members, or only others
    #[arg(long, value_name = "yes|no", value_parser = parse_yes_no, num_args = 0..=1, default_missing_value = "yes")]
    member: Option<bool>,
}

/// Show an account with its subscriptions and notes
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  shopctl account show 556036-0793\n  shopctl account show SE556036079301 --json"
)]
pub struct ShowArgs {
    /// The organisation number in any usual spelling, or the e-mail address of a login
    #[arg(value_name = "ORG")]
    org: AccountKey,
}

/// Fields of an account that are given by flags.
#[derive(Clone, Debug, Default, Args)]
pub struct ProfileArgs {
    /// A person to talk to
    #[arg(long, value_name = "NAME", value_parser = parse_line)]
    contact: Option<String>,
    /// Where invoices go
    #[arg(long, value_name = "ADDRESS", value_parser = optional_email)]
    invoice_email: Option<String>,
    /// The c/o line of the address
    #[arg(long, value_name = "NAME", value_parser = parse_line)]
    care_of: Option<String>,
    /// The street of the address
    #[arg(long, value_name = "TEXT", value_parser = parse_line)]
    street: Option<String>,
    /// Its postal code
    #[arg(long, value_name = "CODE", value_parser = parse_line)]
    postal_code: Option<String>,
    /// Its town
    #[arg(long, value_name = "TOWN", value_parser = parse_line)]
    city: Option<String>,
    /// The country of the address, two letters
    #[arg(long, value_name = "CODE")]
    country: Option<Country>,
    /// The language of documents and mails
    #[arg(long, value_name = "sv|en")]
    language: Option<Language>,
    /// "Er referens" on invoices
    #[arg(long, value_name = "TEXT", value_parser = parse_line)]
    reference: Option<String>,
    /// The buyer's VAT number, which stands on invoices
    #[arg(long, value_name = "NUMBER", value_parser = parse_line)]
    vat_number: Option<String>,
}

impl ProfileArgs {
    /// Returns the fields given, each with its text.
    fn given(&self) -> Vec<(Field, String)> {
        let country = self.country.as_ref().map(ToString::to_string);
        let language = self.language.map(|language| language.to_string());
        [
            (Field::Contact, self.contact.clone()),
            (Field::InvoiceEmail, self.invoice_email.clone()),
            (Field::CareOf, self.care_of.clone()),
            (Field::Street, self.street.clone()),
            (Field::PostalCode, self.postal_code.clone()),
            (Field::City, self.city.clone()),
            (Field::Country, country),
            (Field::Language, language),
            (Field::Reference, self.reference.clone()),
            (Field::VatNumber, self.vat_number.clone()),
        ]
        .into_iter()
        .filter_map(|(field, text)| Some((field, text?)))
        .collect()
    }

    fn write_to(&self, profile: &mut Profile) -> Result<(), AccountError> {
        for (field, text) in self.given() {
            profile.set(field, &text)?;
        }
        Ok(())
    }
}

/// Create an account
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl account create 556036-0793 --name 'Saab AB' --email avtal@saab.example
  shopctl account create 212000-0142 --name 'Stockholms stad' --email inkop@stockholm.example \\
      --invoice-email faktura@stockholm.example --street 'Hantverkargatan 1' \\
      --postal-code '105 35' --city Stockholm --member")]
pub struct CreateArgs {
    /// The organisation number
    #[arg(value_name = "ORG")]
    org: OrgNumber,
    /// The organisation's name
    #[arg(long, value_name = "NAME", value_parser = parse_line)]
    name: String,
    /// The e-mail address that logs in
    #[arg(long, value_name = "ADDRESS")]
    email: Email,
    #[command(flatten)]
    profile: ProfileArgs,
    /// A member from today
    #[arg(long)]
    member: bool,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Change an account
///
/// An empty text, as in --reference '', empties a field. What was invoiced stays as it was. While a
/// subscription runs, `account billing` changes the invoice details.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl account edit 556036-0793 --street 'Bröderna Ugglas gata' --postal-code 58254 --city Linköping
  shopctl account edit 556036-0793 --member yes --from 2027-01-01")]
pub struct EditArgs {
    /// The organisation number, or the e-mail address of a login
    #[arg(value_name = "ORG")]
    org: AccountKey,
    /// The organisation's name
    #[arg(long, value_name = "NAME", value_parser = parse_line)]
    name: Option<String>,
    #[command(flatten)]
    profile: ProfileArgs,
    /// Whether it is a member
    #[arg(long, value_name = "yes|no", value_parser = parse_yes_no, num_args = 0..=1, default_missing_value = "yes")]
    member: Option<bool>,
    /// The day from which the membership changes; today unless given
    #[arg(long, value_name = "DATE", value_parser = parse_date, requires = "member")]
    from: Option<NaiveDate>,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Close an account on which nothing runs and nothing is unpaid
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  shopctl account close 556036-0793\n  shopctl account close 556036-0793 --note 'wound up in May'"
)]
pub struct CloseArgs {
    /// The organisation number, or the e-mail address of a login
    #[arg(value_name = "ORG")]
    org: AccountKey,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Open a closed account again
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  shopctl account reopen 556036-0793\n  shopctl account reopen 556036-0793 -n"
)]
pub struct ReopenArgs {
    /// The organisation number, or the e-mail address of a login
    #[arg(value_name = "ORG")]
    org: AccountKey,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Show what happened to an account, newest first
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  shopctl account history 556036-0793\n  shopctl account history 556036-0793 --json"
)]
pub struct HistoryArgs {
    /// The organisation number, or the e-mail address of a login
    #[arg(value_name = "ORG")]
    org: AccountKey,
}

/// Keep a note on an account
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  shopctl account note 556036-0793 'Called about the reference; will write'\n  shopctl account note avtal@saab.example 'Moves to Malmö in May'"
)]
pub struct NoteArgs {
    /// The organisation number, or the e-mail address of a login
    #[arg(value_name = "ORG")]
    org: AccountKey,
    /// What the note says; `shopctl account show` shows it
    #[arg(value_name = "TEXT", value_parser = parse_line)]
    text: String,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Write every account to a file that `account import` reads
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  shopctl account export -o accounts.csv\n  shopctl account export -o - --format tsv"
)]
pub struct ExportArgs {
    /// Where to; - is stdout
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
}

pub fn list(app: &mut App, args: &ListArgs) -> Result<()> {
    let search = args.search.as_deref().map(Search::new);
    let mut list = app.list(&[
        column("org_number", "Number"),
        column("name", "Name"),
        column("city", "Town"),
        column("login", "Login"),
        column("invoice_email", "Invoice e-mail"),
        column("member", "Member"),
        column("closed_on", "Closed"),
    ])?;
    let mut failed = None;
    app.read(|tx| {
        tx.each_account(search.as_ref(), args.member, &mut |listing| {
            if failed.is_some() {
                return Ok(());
            }
            let row = vec![
                Cell::Text(listing.org_number.masked()),
                Cell::Text(listing.name),
                Cell::maybe(listing.city),
                Cell::maybe(listing.login),
                Cell::maybe(listing.invoice_email),
                Cell::Truth(listing.is_member),
                Cell::maybe(listing.closed_on),
            ];
            failed = list.row(row).err();
            Ok(())
        })?;
        Ok(())
    })?;
    match failed {
        Some(error) => Err(error.into()),
        None if args.search.is_some() || args.member.is_some() => {
            list.finish("no account is like that")
        }
        None => list.finish("no accounts; `shopctl account import FILE` brings them in"),
    }
}

pub fn show(app: &mut App, args: &ShowArgs) -> Result<()> {
    let sheet = app.read(|tx| {
        let (account, succession) = tx.account_or_former(&args.org)?;
        let mut notes = Grid::new(&[
            column("written_at", "When"),
            column("author", "Who"),
            column("text", "Note"),
        ]);
        for (at, author, body) in tx.notes(account.id)? {
            notes.rows.push(vec![time(at), Cell::Text(author), Cell::Text(body)]);
        }
        let subscriptions = subscription::grid_of(tx, &account)?;
        let details = billing::details_grid(tx, &account)?;
        let fetches = agreement::fetches_of(tx, &account)?;
        let (owes, unpaid) = unpaid(tx, &account)?;
        let sheet = sheet_with(&account, tx.today(), logins_with_passwords(tx, &account)?);
        let sheet = hold::with_hold(tx, sheet, &account)?
            .fact("owes", "Owes", owes)
            .fact("balance", "Balance", tx.balance(account.id)?)
            .list("unpaid_invoices", "Unpaid invoices", unpaid)
            .list("subscriptions", "Subscriptions", subscriptions)
            .list("invoice_details", "Invoice details of what runs", details)
            .list("fetches", "Last fetches", fetches)
            .list("notes", "Notes", notes);
        with_succession(tx, sheet, &account, succession)
    })?;
    app.show(&sheet)
}

/// Returns the logins of an account, each with whether it has chosen a password, and its seat.
fn logins_with_passwords(tx: &Tx<'_>, account: &Account) -> Result<Grid> {
    let mut logins = Grid::new(&[
        column("email", "E-mail"),
        column("password", "Password"),
        column("seat", "Seat"),
    ]);
    for login in tx.logins_of(account.id)? {
        let password = tx.password_standing(login.id)?.state();
        logins.rows.push(vec![
            Cell::text(login.email.as_str()),
            Cell::text(password),
            licence::seat::of(tx, &login)?,
        ]);
    }
    Ok(logins)
}

/// Returns what an account owes, fees and interest included, and the invoices it owes it on.
fn unpaid(tx: &Tx<'_>, account: &Account) -> Result<(Money, Grid)> {
    let mut grid = Grid::new(&[
        column("number", "Invoice"),
        column("issued_on", "Date"),
        column("due_on", "Due"),
        column("total", "Total"),
        column("left", "Left"),
        column("state", "State"),
    ]);
    let mut owes = Money::ZERO;
    let filter =
        InvoiceFilter { account: Some(account.id), is_unpaid: true, ..InvoiceFilter::default() };
    tx.each_invoice(&filter, &mut |invoice| {
        owes += invoice.left;
        grid.rows.push(vec![
            Cell::Integer(invoice.number),
            Cell::Date(invoice.issued_on),
            Cell::Date(invoice.due_on),
            Cell::Money(invoice.total),
            Cell::Money(invoice.left),
            invoice_state(invoice.state),
        ]);
        Ok(())
    })?;
    Ok((owes, grid))
}

/// Adds which account a merged one leads to, and which numbers and accounts lead to this one.
fn with_succession(
    tx: &Tx<'_>,
    mut sheet: Sheet,
    account: &Account,
    succession: Option<Succession>,
) -> Result<Sheet> {
    let merger = succession.as_ref().filter(|succession| succession.cause == Cause::Merged);
    let successor = merger.map(|merger| merger.successor.to_string());
    sheet = sheet.fact("successor", "Merged into", Cell::maybe(successor));
    let number = column("org_number", "Number");
    let mut former = Grid::new(&[number, column("left_on", "Until")]);
    for one in tx.former_numbers(account.id)? {
        former.rows.push(vec![Cell::Text(one.org_number.to_string()), Cell::Date(one.left_on)]);
    }
    let mut merged = Grid::new(&[number, column("name", "Name"), column("merged_on", "When")]);
    for (org_number, name, day) in tx.merged_into(account.id)? {
        merged.rows.push(vec![
            Cell::Text(org_number.to_string()),
            Cell::Text(name),
            Cell::Date(day),
        ]);
    }
    sheet = sheet.list("former_numbers", "Former numbers", former).list(
        "merged_accounts",
        "Accounts merged into it",
        merged,
    );
    Ok(match succession {
        Some(succession) => sheet.sentence(told(&succession)),
        None => sheet,
    })
}

/// Returns what support says on the telephone of a number that leads elsewhere.
fn told(succession: &Succession) -> String {
    let rest = match succession.cause {
        Cause::Merged => "; its subscriptions are there, and its orders and invoices stayed here.",
        Cause::Renumbered => ".",
    };
    let mut words = format!("{succession}{rest}");
    words[..1].make_ascii_uppercase();
    words
}

/// Returns the account that is looked at, saying so where its number is one of former days.
pub fn known_account(app: &mut App, org: &AccountKey) -> Result<Account> {
    let (account, succession) = app.read(|tx| Ok(tx.account_or_former(org)?))?;
    if let Some(succession) = succession {
        app.warn(succession.to_string());
    }
    Ok(account)
}

/// Returns the account that a list is narrowed to, as [`known_account`] does.
pub fn account_looked_at(app: &mut App, org: Option<&AccountKey>) -> Result<Option<Account>> {
    org.map(|org| known_account(app, org)).transpose()
}

/// Returns an account as sentences name it, which logs keep: a person's number is masked.
pub fn called(account: &Account) -> String {
    format!("{} ({})", account.profile.name, account.org_number.masked())
}

pub fn create(app: &mut App, args: &CreateArgs) -> Result<()> {
    let mut profile = Profile::default();
    profile.set(Field::Name, &args.name)?;
    args.profile.write_to(&mut profile)?;
    let new = NewAccount {
        org_number: args.org.clone(),
        login: args.email.clone(),
        profile,
        is_member: args.member,
    };

    app.change(&args.change, |tx| {
        let account = tx.create_account(&new)?;
        check_vat_number(&account, account.profile.vat_number.as_ref())?;
        let mut done = Done::with(sheet(&account, tx.today()));
        done.warnings.extend(personal_warning(account.profile.invoice_email.as_ref()));
        done.warnings.extend(vat_number_doubt(&account, account.profile.vat_number.as_ref()));
        done.warnings.extend(postal_code_warning(account.profile.odd_postal_code()));
        Ok(done)
    })
}

pub fn edit(app: &mut App, args: &EditArgs) -> Result<()> {
    app.change(&args.change, |tx| {
        let account = tx.account(&args.org)?;
        let mut given = args.profile.given();
        given.retain(|(field, _)| Field::BILLING.contains(field));
        billing::refuse_while_running(tx, &account, &given)?;
        let mut profile = account.profile.clone();
        if let Some(name) = &args.name {
            profile.set(Field::Name, name)?;
        }
        args.profile.write_to(&mut profile)?;
        check_vat_number(&account, profile.vat_number.as_ref())?;

        tx.edit_account(&account, &profile)?;
        if let Some(is_member) = args.member {
            tx.set_membership(&account, is_member, args.from.unwrap_or(tx.today()))?;
        }
        let edited = tx.account_by_id(account.id)?;
        let mut done = Done::with(sheet(&edited, tx.today()));
        if args.profile.invoice_email.is_some() {
            done.warnings.extend(personal_warning(edited.profile.invoice_email.as_ref()));
        }
        if args.profile.postal_code.is_some() || args.profile.country.is_some() {
            done.warnings.extend(postal_code_warning(edited.profile.odd_postal_code()));
        }
        done.warnings.extend(billing::e_invoice_warnings(&account, &edited.profile));
        if args.profile.vat_number.is_some() {
            done.warnings.extend(vat_number_doubt(&edited, edited.profile.vat_number.as_ref()));
        }
        if edited.profile.name != account.profile.name {
            done.warnings.extend(licence::named_otherwise(tx, &edited)?);
        }
        Ok(done)
    })
}

pub fn close(app: &mut App, args: &CloseArgs) -> Result<()> {
    app.change(&args.change, |tx| {
        let account = tx.account(&args.org)?;
        if account.closed_on.is_some() {
            return Ok(Done::with(sheet(&account, tx.today())));
        }
        let business = tx.open_business(&account)?;
        if !business.is_empty() {
            let words = format!("account {} cannot be closed: {}", args.org, business.join("; "));
            let refused = Failure::refused("open_business", words);
            return Err(match tx.balance(account.id)? > Money::ZERO {
                false => refused,
                true => refused.hint(format!(
                    "`shopctl payment list --balance --account {}` lists what is left of its \
                     payments, and `shopctl payment refund PAYMENT --date DATE --reason TEXT` enters \
                     that one was paid back",
                    args.org
                )),
            }
            .into());
        }

        tx.close_account(&account)?;
        Ok(Done::with(sheet(&tx.account_by_id(account.id)?, tx.today())))
    })
}

pub fn reopen(app: &mut App, args: &ReopenArgs) -> Result<()> {
    app.change(&args.change, |tx| {
        let account = tx.account(&args.org)?;
        if account.closed_on.is_some() {
            tx.reopen_account(&account)?;
        }
        Ok(Done::with(sheet(&tx.account_by_id(account.id)?, tx.today())))
    })
}

pub fn note(app: &mut App, args: &NoteArgs) -> Result<()> {
    if args.text.is_empty() {
        return Err(Failure::refused("value", "the note is empty").into());
    }
    let author = app.actor.clone();
    app.change(&args.change, |tx| {
        let account = tx.account(&args.org)?;
        tx.add_note(&account, &author, &args.text)?;
        Ok(Done::with(sheet(&account, tx.today())))
    })
}

pub fn history(app: &mut App, args: &HistoryArgs) -> Result<()> {
    let mut list = app.list(&[
        column("at", "When"),
        column("actor", "Who"),
        column("kind", "What"),
        column("number", "Of"),
        column("change", "Change"),
        column("op", "Operation"),
    ])?;
    let account = known_account(app, &args.org)?;
    let found = app.read(|tx| Ok(tx.events_of(&tx.subjects_of(account.id)?)?))?;
    for (event, head) in found {
        let payload = event.payload.as_ref();
        list.row(vec![
            time(head.shop_time),
            Cell::Text(head.actor),
            events::kind(&event),
            Cell::maybe(payload.map(|payload| payload.about.clone())),
            events::told(&event),
            Cell::Integer(event.operation),
        ])?;
    }
    list.finish("nothing has happened to this account")
}

pub fn export(app: &mut App, args: &ExportArgs) -> Result<()> {
    let delimiter = match app.format()? {
        Format::Tsv => Delimiter::Tab,
        Format::Json | Format::Ndjson => {
            let words = "an export is a table, CSV or TSV";
            return Err(Failure::refused("format", words)
                .hint("`shopctl account list --json` gives JSON")
                .into());
        }
        _ => Delimiter::Comma,
    };
    let mut file = tempfile::tempfile().context("a temporary file cannot be made")?;
    let mut writer = Writer::new(BufWriter::new(&mut file), delimiter);
    writer.heading(&Field::ALL.map(Field::as_str))?;
    let (mut failed, mut count) = (None, 0);
    app.read(|tx| {
        tx.each_whole_account(&mut |account| {
            count += 1;
            failed = failed.take().or_else(|| export_row(&mut writer, &account, tx).err());
            Ok(())
        })?;
        Ok(())
    })?;
    if let Some(error) = failed {
        return Err(error.into());
    }
    writer.finish()?.flush()?;
    file.rewind()?;
    write_from(&args.output, &mut file)?;
    if args.output.as_os_str() != "-" {
        let accounts = if count == 1 { "1 account" } else { &format!("{count} accounts") };
        app.say(&format!("{accounts} written to `{}`", args.output.display()));
    }
    Ok(())
}

fn export_row<W: Write>(writer: &mut Writer<W>, account: &Account, tx: &Tx<'_>) -> io::Result<()> {
    let number = account.org_number.to_string();
    let login = account.logins.first().map(ToString::to_string).unwrap_or_default();
    let member = if account.is_member_on(tx.today()) { "yes" } else { "no" };
    writer.row(Field::ALL.map(|field| {
        CsvCell::Text(match field {
            Field::OrgNumber => &number,
            Field::Email => &login,
            Field::Member => member,
            other => account.profile.get(other),
        })
    }))
}

/// Returns what is shown of an account.
pub fn sheet(account: &Account, today: NaiveDate) -> Sheet {
    let mut logins = Grid::new(&[column("email", "E-mail")]);
    logins.rows = account.logins.iter().map(|login| vec![Cell::text(login.as_str())]).collect();
    sheet_with(account, today, logins)
}

fn sheet_with(account: &Account, today: NaiveDate, logins: Grid) -> Sheet {
    let mut sheet = Sheet::default()
        .fact("org_number", "Organisation number", account.org_number.to_string())
        .fact("name", "Name", account.profile.name.as_str());
    for (field, title) in [
        (Field::Contact, "Contact"),
        (Field::InvoiceEmail, "Invoice e-mail"),
        (Field::CareOf, "c/o"),
        (Field::Street, "Street"),
        (Field::PostalCode, "Postal code"),
        (Field::City, "Town"),
        (Field::Country, "Country"),
        (Field::Language, "Language"),
        (Field::Reference, "Reference"),
        (Field::VatNumber, "VAT number"),
    ] {
        let text = account.profile.get(field);
        let cell = if text.is_empty() { Cell::Empty } else { Cell::text(text) };
        sheet = sheet.fact(field.as_str(), title, cell);
    }
    let participant = account.profile.participant.as_ref().map(ToString::to_string);
    sheet = sheet.fact("deliver", "Delivery", deliver(account.profile.deliver)).fact(
        "participant",
        "Peppol ID",
        Cell::maybe(participant),
    );
    let mut memberships = Grid::new(&[column("from", "From"), column("to", "Until")]);
    memberships.rows = account
        .memberships
        .iter()
        .map(|membership| vec![Cell::Date(membership.from), Cell::maybe(membership.to)])
        .collect();
    sheet
        .fact("member", "Member", account.is_member_on(today))
        .fact("closed_on", "Closed", Cell::maybe(account.closed_on))
        .list("logins", "Logins", logins)
        .list("memberships", "Memberships", memberships)
}

/// Returns how invoices come to a buyer as a cell; people are shown nothing where it is by mail.
pub fn deliver(deliver: Deliver) -> Cell {
    let shown = if deliver == Deliver::Email { String::new() } else { deliver.to_string() };
    Cell::Word { stored: deliver.as_str(), shown }
}

/// R9: warns of an invoice address that looks like a person's.
pub fn personal_warning(email: Option<&Email>) -> Option<String> {
    let email = email.filter(|email| email.looks_personal())?;
    Some(format!(
        "`{email}` looks like a person's address, and invoices to persons are often missed; an \
         address such as faktura@ or ekonomi@ is safer"
    ))
}

/// Warns of a postal code that no place in Sweden has.
pub fn postal_code_warning(odd_code: Option<&str>) -> Option<String> {
    let odd_code = odd_code?;
    Some(format!(
        "`{odd_code}` is not a Swedish postal code of five digits, such as 111 22; --country says where \
         an address abroad lies"
    ))
}

/// Reads an address, or nothing for an empty text.
fn optional_email(text: &str) -> Result<String, String> {
    if text.trim().is_empty() {
        return Ok(String::new());
    }
    text.parse::<Email>().map(|email| email.to_string()).map_err(|error| error.to_string())
}
