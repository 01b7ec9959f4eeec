//! `seller`: who the shop is on invoices and in mails.

pub mod conditions;
pub mod level;
pub mod lock;
pub mod rate;

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use serde::Deserialize;

use crate::app::{App, ChangeArgs, Done, parse_number};
use crate::domain::payee::Payee;
use crate::domain::seller::{Logo, Seller, SellerError, SellerField};
use crate::error::Failure;
use crate::render::sheet::{Cell, Sheet};
use crate::store::Tx;

/// Show the seller, the number of the next invoice and the lock of the books
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  shopctl seller show\n  shopctl seller show --json")]
pub struct ShowArgs {}

const EDIT_EXAMPLES: &str = "\
Examples:
  shopctl seller edit --bankgiro 991-2346 --payment-terms-days 30
  shopctl seller edit --bankgiro 160-9908 --replaces 991-2346
  shopctl seller edit --logo logo.png --accent-colour '#005a8c'";

/// Change the seller, for documents issued from now on
///
/// Invoices already issued keep the seller they were issued by. Where --replaces withdraws an account
/// that they name, reminders and the mails of copies say where to pay instead; this cannot be taken
/// back.
#[derive(Debug, Args)]
#[command(after_help = EDIT_EXAMPLES)]
pub struct EditArgs {
    /// The name in the register of companies
    #[arg(long, value_name = "TEXT")]
    legal_name: Option<String>,
    /// The name of the shop in mails
    #[arg(long, value_name = "TEXT")]
    shop_name: Option<String>,
    /// The organisation number
    #[arg(long, value_name = "NUMBER")]
    org_number: Option<String>,
    /// The VAT number, SE and 12 digits
    #[arg(long, value_name = "NUMBER")]
    vat_number: Option<String>,
    /// Whether the seller is approved for F-tax
    #[arg(long, value_name = "yes|no")]
    f_tax: Option<String>,
    /// The registered office (säte)
    #[arg(long, value_name = "TOWN")]
    registered_office: Option<String>,
    /// The street of the seller's address
    #[arg(long, value_name = "TEXT")]
    street: Option<String>,
    /// Its postal code
    #[arg(long, value_name = "CODE")]
    postal_code: Option<String>,
    /// Its town
    #[arg(long, value_name = "TOWN")]
    city: Option<String>,
    /// Where notice is given and replies to mails go
    #[arg(long, value_name = "ADDRESS")]
    office_email: Option<String>,
    /// The telephone; empty to leave it out
    #[arg(long, value_name = "NUMBER")]
    phone: Option<String>,
    /// The base address of the web shop
    #[arg(long, value_name = "URL")]
    web: Option<String>,
    /// The bankgiro; empty to leave it out
    #[arg(long, value_name = "NUMBER")]
    bankgiro: Option<String>,
    /// The plusgiro; empty to leave it out
    #[arg(long, value_name = "NUMBER")]
    plusgiro: Option<String>,
    /// The IBAN; empty to leave it out
    #[arg(long, value_name = "NUMBER")]
    iban: Option<String>,
    /// The BIC of the IBAN's bank
    #[arg(long, value_name = "CODE")]
    bic: Option<String>,
    /// A bankgiro, plusgiro or IBAN of the seller's that is never to be paid to again
    #[arg(long, value_name = "NUMBER")]
    replaces: Vec<String>,
    /// Days from the date of an invoice to its due date
    #[arg(long, value_name = "DAYS", allow_negative_numbers = true)]
    payment_terms_days: Option<String>,
    /// The colour of headings, #rrggbb
    #[arg(long, value_name = "COLOUR")]
    accent_colour: Option<String>,
    /// A picture for the head of documents, PNG or JPEG
    #[arg(long, value_name = "FILE")]
    logo: Option<PathBuf>,
    /// Use no logo any more
    #[arg(long, conflicts_with = "logo")]
    no_logo: bool,
    /// The number of the first invoice; until one is issued
    #[arg(long, value_name = "N", value_parser = parse_number)]
    next_invoice: Option<i64>,
    #[command(flatten)]
    change: ChangeArgs,
}

/// The seller as a TOML file gives it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SellerFile {
    legal_name: String,
    shop_name: String,
    org_number: String,
    vat_number: String,
    f_tax: bool,
    registered_office: String,
    street: String,
    postal_code: String,
    city: String,
    office_email: String,
    phone: Option<String>,
    web: String,
    bankgiro: Option<String>,
    plusgiro: Option<String>,
    iban: Option<String>,
    bic: Option<String>,
    payment_terms_days: u32,
    accent_colour: String,
    logo: Option<PathBuf>,
}

impl SellerFile {
    /// Returns the seller; a relative logo is taken from `base`, the file's folder.
    pub fn into_seller(self, base: &Path) -> Result<Seller> {
        let logo = self.logo.as_ref().map(|path| read_logo(&base.join(path))).transpose()?;
        let value = |field: SellerField| match field {
            SellerField::LegalName => self.legal_name.clone(),
            SellerField::ShopName => self.shop_name.clone(),
            SellerField::OrgNumber => self.org_number.clone(),
            SellerField::VatNumber => self.vat_number.clone(),
            SellerField::FTax => if self.f_tax { "yes" } else { "no" }.to_owned(),
            SellerField::RegisteredOffice => self.registered_office.clone(),
            SellerField::Street => self.street.clone(),
            SellerField::PostalCode => self.postal_code.clone(),
            SellerField::City => self.city.clone(),
            SellerField::OfficeEmail => self.office_email.clone(),
            SellerField::Phone => self.phone.clone().unwrap_or_default(),
            SellerField::Web => self.web.clone(),
            SellerField::Bankgiro => self.bankgiro.clone().unwrap_or_default(),
            SellerField::Plusgiro => self.plusgiro.clone().unwrap_or_default(),
            SellerField::Iban => self.iban.clone().unwrap_or_default(),
            SellerField::Bic => self.bic.clone().unwrap_or_default(),
            SellerField::PaymentTermsDays => self.payment_terms_days.to_string(),
            SellerField::AccentColour => self.accent_colour.clone(),
        };
        Ok(Seller::from_fields(value, logo)?)
    }
}

impl EditArgs {
    fn given(&self, field: SellerField) -> Option<&String> {
        match field {
            SellerField::LegalName => self.legal_name.as_ref(),
            SellerField::ShopName => self.shop_name.as_ref(),
            SellerField::OrgNumber => self.org_number.as_ref(),
            SellerField::VatNumber => self.vat_number.as_ref(),
            SellerField::FTax => self.f_tax.as_ref(),
            SellerField::RegisteredOffice => self.registered_office.as_ref(),
            SellerField::Street => self.street.as_ref(),
            SellerField::PostalCode => self.postal_code.as_ref(),
            SellerField::City => self.city.as_ref(),
            SellerField::OfficeEmail => self.office_email.as_ref(),
            SellerField::Phone => self.phone.as_ref(),
            SellerField::Web => self.web.as_ref(),
            SellerField::Bankgiro => self.bankgiro.as_ref(),
            SellerField::Plusgiro => self.plusgiro.as_ref(),
            SellerField::Iban => self.iban.as_ref(),
            SellerField::Bic => self.bic.as_ref(),
            SellerField::PaymentTermsDays => self.payment_terms_days.as_ref(),
            SellerField::AccentColour => self.accent_colour.as_ref(),
        }
    }
}

pub fn show(app: &mut App, _args: &ShowArgs) -> Result<()> {
    let (seller, next_invoice, locked) =
        app.read(|tx| Ok((tx.seller()?.1, tx.next_invoice()?, tx.books_locked_through()?)))?;
    let sheet = sheet(&seller, next_invoice);
    app.show(&sheet.fact("books_locked_through", "Books locked through", Cell::maybe(locked)))
}

pub fn edit(app: &mut App, args: &EditArgs) -> Result<()> {
    let new_logo = args.logo.as_deref().map(read_logo).transpose()?;
    app.change(&args.change, |tx| {
        let (_, current) = tx.seller()?;
        let logo = match (&new_logo, args.no_logo) {
            (Some(logo), _) => Some(logo.clone()),
            (None, true) => None,
            (None, false) => current.logo.clone(),
        };
        let seller = Seller::from_fields(
            |field| args.given(field).cloned().unwrap_or_else(|| current.field(field)),
            logo,
        )?;

        refuse_withdrawn(tx, &seller)?;
        tx.change_seller(&seller)?;
        let mut done = Done::default();
        for number in &args.replaces {
            for payee in replaced(tx, &seller, number)? {
                tx.withdraw_payee(&payee)?;
                let unpaid = tx.count_unpaid_with(&payee)?;
                if unpaid > 0 {
                    done.warnings.push(unpaid_words(unpaid, &payee));
                }
            }
        }
        if let Some(number) = args.next_invoice {
            tx.set_next_invoice(number)?;
        }
        done.objects.push(sheet(&seller, tx.next_invoice()?));
        Ok(done)
    })
}

/// Returns the accounts that a number to be withdrawn is, of those that the seller has ever had.
fn replaced(tx: &Tx<'_>, seller: &Seller, number: &str) -> Result<Vec<Payee>> {
    let mut payees = Payee::readings(number);
    if payees.is_empty() {
        let words = format!("`{number}` is no bankgiro, plusgiro or IBAN");
        return Err(Failure::refused("bad_value", words).into());
    }
    let ever = tx.payees_ever()?;
    payees.retain(|payee| ever.contains(payee));
    if payees.is_empty() {
        let words = format!("`{number}` has never been an account of the seller's");
        return Err(Failure::refused("unknown_payee", words)
            .hint("`shopctl seller show` shows those of today")
            .into());
    }
    let today = Payee::of_seller(seller);
    payees.retain(|payee| !today.contains(payee));
    if payees.is_empty() {
        let words = format!("the seller is still paid to `{number}`");
        return Err(Failure::refused("payee_in_use", words)
            .hint("give the new account in the same command, or empty, as in `--bankgiro ''`")
            .into());
    }
    Ok(payees)
}

/// Refuses a seller with an account that is never to be paid to again.
fn refuse_withdrawn(tx: &Tx<'_>, seller: &Seller) -> Result<()> {
    let withdrawn = tx.withdrawn_payees()?;
    match Payee::of_seller(seller).into_iter().find(|payee| withdrawn.contains(payee)) {
        None => Ok(()),
        Some(payee) => {
            let words = format!("{payee} was withdrawn, and customers are told not to pay to it");
            Err(Failure::refused("payee_withdrawn", words).hint("give another account").into())
        }
    }
}

fn unpaid_words(unpaid: i64, payee: &Payee) -> String {
    let number = payee.number();
    let command = format!("`shopctl invoice list --with-account {number}`");
    match unpaid {
        1 => format!("1 unpaid invoice names {payee}; {command} shows it"),
        _ => format!("{unpaid} unpaid invoices name {payee}; {command} lists them"),
    }
}

/// Returns what is shown of the seller.
pub fn sheet(seller: &Seller, next_invoice: i64) -> Sheet {
    let mut sheet = Sheet::default();
    for field in SellerField::ALL {
        let text = seller.field(field);
        let cell = match field {
            SellerField::FTax => Cell::Truth(seller.f_tax),
            SellerField::PaymentTermsDays => Cell::Integer(i64::from(seller.payment_terms_days)),
            _ if text.is_empty() => Cell::Empty,
            _ => Cell::Text(text),
        };
        sheet = sheet.fact(field.as_str(), title(field), cell);
    }
    sheet.fact("logo", "Logo", seller.logo.is_some()).fact(
        "next_invoice",
        "Next invoice",
        next_invoice,
    )
}

/// Returns what people call a field.
pub fn title(field: SellerField) -> &'static str {
    match field {
        SellerField::LegalName => "Legal name",
        SellerField::ShopName => "Shop name",
        SellerField::OrgNumber => "Organisation number",
        SellerField::VatNumber => "VAT number",
        SellerField::FTax => "Approved for F-tax",
        SellerField::RegisteredOffice => "Registered office",
        SellerField::Street => "Street",
        SellerField::PostalCode => "Postal code",
        SellerField::City => "Town",
        SellerField::OfficeEmail => "Office e-mail",
        SellerField::Phone => "Telephone",
        SellerField::Web => "Web address",
        SellerField::Bankgiro => "Bankgiro",
        SellerField::Plusgiro => "Plusgiro",
        SellerField::Iban => "IBAN",
        SellerField::Bic => "BIC",
        SellerField::PaymentTermsDays => "Days to pay",
        SellerField::AccentColour => "Accent colour",
    }
}

/// Checks one answer by itself, for a dialogue that asks field by field.
pub fn check(field: SellerField, text: &str) -> Result<(), String> {
    let value =
        |of: SellerField| if of == field { text.to_owned() } else { of.example().to_owned() };
    match Seller::from_fields(value, None) {
        Err(SellerError::Missing(of) | SellerError::Value(of, _)) if of != field => Ok(()),
        Err(SellerError::Value(_, reason)) => Err(reason),
        Err(error) => Err(error.to_string()),
        Ok(_) => Ok(()),
    }
}

fn read_logo(path: &Path) -> Result<Logo> {
    let words = || format!("the logo `{}`", path.display());
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(Logo::BYTES_MAX as u64 + 1).read_to_end(&mut bytes))
        .with_context(words)?;
    Logo::new(bytes).map_err(|reason| Failure::refused("logo", reason)).with_context(words)
}
