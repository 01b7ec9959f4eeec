//! `init`: a new shop, from a file or by asking.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;

use crate::app::{App, ChangeArgs, Done};
use crate::commands::licence;
use crate::commands::seller::{self, SellerFile};
use crate::config::{read_text, toml_words};
use crate::domain::seller::{Seller, SellerField};
use crate::domain::staff::Role;
use crate::error::Failure;
use crate::store::FIRST_INVOICE;

const EXAMPLES: &str = "\
Examples:
  shopctl init --seller examples/seller.toml
  shopctl init --practice --store /tmp/practice.db";

/// Create the store of a new shop
///
/// Asks for the seller on a terminal; elsewhere takes it from a file. A shop for practice may be run
/// at any date by SHOPCTL_NOW, and its mail never leaves this machine.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct InitArgs {
    /// The seller, as examples/seller.toml shows it
    #[arg(long, value_name = "FILE.toml")]
    seller: Option<PathBuf>,

    /// Make a shop for practice
    #[arg(long)]
    practice: bool,

    /// Show the seller that the shop would be made for, and make nothing
    #[arg(short = 'n', long)]
    dry_run: bool,
}

pub fn init(app: &mut App, args: &InitArgs) -> Result<()> {
    if app.settings.store.exists() {
        let words = format!("there is a file at `{}` already", app.settings.store.display());
        return Err(Failure::refused("store_exists", words)
            .hint("`--store PATH` puts the store elsewhere")
            .into());
    }
    let seller = match &args.seller {
        Some(path) => read(path)?,
        None if app.terminal.is_interactive => ask(app)?,
        None => {
            return Err(Failure::refused(
                "seller_missing",
                "there is no seller to make a shop for",
            )
            .hint("`--seller FILE.toml` names one; examples/seller.toml shows the form")
            .into());
        }
    };

    if args.dry_run {
        app.say(&format!("the store would be `{}`", app.settings.store.display()));
        return app.show(&seller::sheet(&seller, FIRST_INVOICE));
    }

    let administrator = app.actor.clone();
    let key = licence::key::draw();
    app.create_store(args.practice, |app| {
        let home = app.here();
        app.change(&ChangeArgs::default(), |tx| {
            tx.create_shop(&seller, args.practice, &home)?;
            licence::key::add_drawn(tx, &key)?;
            tx.add_staff(&administrator, Role::Admin, true)?;
            Ok(Done::with(seller::sheet(&seller, tx.next_invoice()?)))
        })
    })?;
    app.say(&format!("the store is `{}`", app.settings.store.display()));
    Ok(())
}

fn read(path: &Path) -> Result<Seller> {
    let words = || format!("the seller's file `{}`", path.display());
    let text = read_text(path).with_context(words)?;
    let file: SellerFile = toml::from_str(&text)
        .map_err(|error| Failure::refused("seller_file", toml_words(&error, &text)))
        .with_context(words)?;
    let base = path.parent().map(Path::to_owned).unwrap_or_default();
    file.into_seller(&base).with_context(words)
}

fn ask(app: &App) -> Result<Seller> {
    app.say("A new shop. Who sells? (Each answer can be changed later by `shopctl seller edit`.)");
    let mut answers: Vec<(SellerField, String)> = Vec::new();
    for field in SellerField::ALL {
        let example = field.example();
        let default = match field {
            SellerField::FTax | SellerField::PaymentTermsDays | SellerField::AccentColour => {
                Some(example.to_owned())
            }
            SellerField::VatNumber => vat_number_of(&answers),
            _ => None,
        };
        let is_optional = field.is_optional() && !is_last_way_to_pay(field, &answers);
        let optional = if is_optional { ", may be empty" } else { "" };
        let question = format!("{} (for instance {example}{optional})", seller::title(field));
        let answer = app
            .terminal
            .ask(&question, default.as_deref(), is_optional, |text| seller::check(field, text))?;
        answers.push((field, answer));
    }
    let given = |field: SellerField| {
        let answer = answers.iter().find(|(of, _)| *of == field);
        answer.map(|(_, answer)| answer.clone()).unwrap_or_default()
    };
    Ok(Seller::from_fields(given, None)?)
}

/// Says whether nobody could pay the seller if this account number were left out too.
fn is_last_way_to_pay(field: SellerField, answers: &[(SellerField, String)]) -> bool {
    let accounts = [SellerField::Bankgiro, SellerField::Plusgiro];
    let is_given =
        |(of, answer): &(SellerField, String)| accounts.contains(of) && !answer.is_empty();
    field == SellerField::Iban && !answers.iter().any(is_given)
}

fn vat_number_of(answers: &[(SellerField, String)]) -> Option<String> {
    let (_, answer) = answers.iter().find(|(field, _)| *field == SellerField::OrgNumber)?;
    let org_number: crate::domain::org_number::OrgNumber = answer.parse().ok()?;
    Some(org_number.vat_number())
}
