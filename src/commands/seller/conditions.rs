//! `seller conditions`: what customers accept with an order, in versions that are never altered.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use chrono::NaiveDate;
use clap::Args;

use crate::app::{App, ChangeArgs, Done, parse_number};
use crate::commands::write_file;
use crate::domain::address::Country;
use crate::domain::conditions::{Conditions, Wording, parse_printed, parse_subscription};
use crate::domain::invoice::{Buyer, Draft, Line, PriceBasis, PriceRule};
use crate::domain::language::Language;
use crate::domain::money::{Money, VatRate};
use crate::domain::participant::Deliver;
use crate::domain::product::{PriceGroup, ProductKind};
use crate::domain::seller::Seller;
use crate::domain::term::{Rhythm, days_after};
use crate::error::Failure;
use crate::render::pdf::Press;
use crate::render::sheet::Sheet;

/// Show the conditions that customers accept with an order
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl seller conditions show
  shopctl seller conditions show --version 1 --preview conditions.pdf --language en")]
pub struct ShowArgs {
    /// One version of them; the one in force unless given
    #[arg(long, value_name = "N", value_parser = parse_number)]
    version: Option<i64>,
    /// Draw an invoice of a made-up customer that they stand on
    #[arg(long, value_name = "FILE")]
    preview: Option<PathBuf>,
    /// The language of that invoice
    #[arg(long, value_name = "sv|en", requires = "preview", default_value = "sv")]
    language: Language,
}

/// Change the conditions, for what is ordered and billed from now on
///
/// The texts become a new version. Orders and invoices keep the version that they were made under; a
/// running subscription comes under the new one with its next invoice. What is not given stays as it is; a
/// text is changed in both languages at once. A line is a paragraph. Nobody reads the text for you: the
/// notice of three months, who may give it and where, what may be stored and what may not be copied are
/// what shopctl goes by, and the text must not say otherwise.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl seller conditions edit --printed-sv \"$(cat tryckt.txt)\" --printed-en \"$(cat printed.txt)\"
  shopctl seller conditions edit --subscription-sv \"$(cat sv.txt)\" --subscription-en \"$(cat en.txt)\" \\
      -n --preview conditions.pdf")]
pub struct EditArgs {
    /// What a subscription allows and how notice is given, in Swedish
    #[arg(long, value_name = "T", value_parser = parse_subscription, requires = "subscription_en")]
    subscription_sv: Option<String>,
    /// The same in English
    #[arg(long, value_name = "T", value_parser = parse_subscription, requires = "subscription_sv")]
    subscription_en: Option<String>,
    /// What may not be done with a printed copy, in Swedish
    #[arg(long, value_name = "T", value_parser = parse_printed, requires = "printed_en")]
    printed_sv: Option<String>,
    /// The same in English
    #[arg(long, value_name = "T", value_parser = parse_printed, requires = "printed_sv")]
    printed_en: Option<String>,
    /// Draw an invoice of a made-up customer that they stand on; with --dry-run
    #[arg(long, value_name = "FILE", requires = "dry_run")]
    preview: Option<PathBuf>,
    /// The language of that invoice
    #[arg(long, value_name = "sv|en", requires = "preview", default_value = "sv")]
    language: Language,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn show(app: &mut App, args: &ShowArgs) -> Result<()> {
    let (conditions, seller) = app.read(|tx| {
        let newest = tx.conditions()?;
        let version = args.version.unwrap_or(newest.version);
        if !(1..=newest.version).contains(&version) {
            let words = format!("there is no version {version} of the conditions");
            return Err(Failure::refused("unknown_version", words)
                .hint(format!("the newest is version {}", newest.version))
                .into());
        }
        Ok((tx.conditions_version(version)?, tx.seller()?.1))
    })?;
    if let Some(path) = &args.preview {
        preview(app, path, &seller, &conditions, args.language)?;
    }
    app.show(&sheet(&conditions))
}

pub fn edit(app: &mut App, args: &EditArgs) -> Result<()> {
    let given = |sv: &Option<String>, en: &Option<String>| {
        sv.clone().zip(en.clone()).map(|(sv, en)| Wording { sv, en })
    };
    let subscription = given(&args.subscription_sv, &args.subscription_en);
    let printed = given(&args.printed_sv, &args.printed_en);
    if subscription.is_none() && printed.is_none() {
        return Err(Failure::refused("nothing_given", "neither text was given")
            .hint("give `--subscription-sv` and `--subscription-en`, or `--printed-sv` and `--printed-en`")
            .into());
    }
    let mut drawn = None;
    app.change(&args.change, |tx| {
        let current = tx.conditions()?;
        let next = tx.change_conditions(
            subscription.clone().unwrap_or(current.subscription),
            printed.clone().unwrap_or(current.printed),
        )?;
        let done = Done::with(sheet(&next));
        drawn = Some((tx.seller()?.1, next));
        Ok(done)
    })?;
    match (&args.preview, drawn) {
        (Some(path), Some((seller, next))) => preview(app, path, &seller, &next, args.language),
        _ => Ok(()),
    }
}

fn sheet(conditions: &Conditions) -> Sheet {
    let Conditions { version, subscription, printed } = conditions;
    Sheet::default()
        .fact("version", "Version", *version)
        .fact("subscription_sv", "Subscriptions, Swedish", subscription.sv.as_str())
        .fact("subscription_en", "Subscriptions, English", subscription.en.as_str())
        .fact("printed_sv", "Printed copies, Swedish", printed.sv.as_str())
        .fact("printed_en", "Printed copies, English", printed.en.as_str())
}

fn preview(
    app: &mut App,
    path: &Path,
    seller: &Seller,
    conditions: &Conditions,
    language: Language,
) -> Result<()> {
    let draft = sample(seller, conditions, language, app.today())?;
    let bytes = Press::new().preview(&draft).context("the invoice cannot be drawn")?;
    write_file(path, &bytes)?;
    app.say(&format!("an invoice with these conditions is `{}`", path.display()));
    Ok(())
}

/// Returns the invoice of a customer that does not exist, for a subscription and two printed copies.
fn sample(
    seller: &Seller,
    conditions: &Conditions,
    language: Language,
    today: NaiveDate,
) -> Result<Draft> {
    let (digital, printed) = match language {
        Language::Swedish => ("Ett avtal, digitalt", "Ett avtal, tryckt"),
        Language::English => ("An agreement, digital", "An agreement, printed"),
    };
    let line = |sku: &str, kind, description: &str, quantity, ore, percent| -> Result<Line> {
        let unit_price = Money::from_ore(ore);
        Ok(Line {
            sku: sku.to_owned(),
            kind,
            description: description.to_owned(),
            quantity,
            unit_price,
            net: unit_price.times(quantity).context("a small sum")?,
            vat_rate: VatRate::new(percent).context("a Swedish rate")?,
            vat_exemption: None,
            period: None,
            subscription_number: None,
            licensee: None,
            basis: PriceBasis {
                decided_on: today,
                price_from: today,
                vat_from: today,
                group: PriceGroup::Regular,
                rule: PriceRule::List,
            },
        })
    };
    let term = Rhythm { anchor: today, term_months: 12 }.term(0)?;
    let subscription = Line {
        period: Some(term),
        ..line("AVTAL", ProductKind::Subscription, digital, 1, 390_000, 25)?
    };
    let copies = line("AVTAL-TRYCK", ProductKind::Printed, printed, 2, 12_000, 6)?;
    Ok(Draft {
        issued_on: today,
        due_on: days_after(today, seller.payment_terms_days)?,
        language,
        seller: Arc::new(seller.clone()),
        buyer: Buyer {
            name: "Exempelbolaget AB".to_owned(),
            org_number: "556677-8899".parse()?,
            vat_number: None,
            care_of: None,
            street: "Storgatan 1".to_owned(),
            postal_code: "111 22".to_owned(),
            city: "Stockholm".to_owned(),
            country: Country::default(),
            invoice_email: "faktura@bolaget.example".parse()?,
            deliver: Deliver::Email,
            participant: None,
        },
        reference: None,
        order_number: None,
        conditions: Arc::new(conditions.clone()),
        lines: vec![subscription, copies],
        credits: None,
        replaces: None,
    })
}
