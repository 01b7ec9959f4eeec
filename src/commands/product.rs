//! `product`: the catalogue, its prices and VAT rates.

use anyhow::Result;
use chrono::{Days, NaiveDate};
use clap::Args;

use crate::app::{App, ChangeArgs, Done, parse_line};
use crate::domain::agreement::AgreementCode;
use crate::domain::due::first_start;
use crate::domain::money::{Money, VatRate};
use crate::domain::product::{
    NewProduct, Price, Product, ProductError, ProductKind, ProductRenewal, Sku, VatRule,
};
use crate::domain::setting::ShopSettings;
use crate::domain::term::parse_date;
use crate::domain::text::required_line;
use crate::render::sheet::{Cell, Grid, Sheet, column};
use crate::store::{StoreError, Tx};

/// List products with today's prices
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  shopctl product list\n  shopctl product list --format csv")]
pub struct ListArgs {}

/// Show a product with all its prices and VAT rates
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  shopctl product show AB04\n  shopctl product show AB04 --json"
)]
pub struct ShowArgs {
    /// What the product is called in commands
    sku: Sku,
}

/// Create a product
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl product create AB04 --kind subscription --name-sv 'AB 04 digitalt' \\
      --name-en 'AB 04 digital' --price 3900 --member-price 2900 --vat 25
  shopctl product create AB04-L5 --kind licence --seats 5 --agreement AB04 \\
      --name-sv 'AB 04, företagslicens, 5 användare' --name-en 'AB 04, company licence, 5 users' \\
      --price 9500 --member-price 7500 --vat 25
  shopctl product create AB04-PRINT --kind printed --name-sv 'AB 04 tryckt' \\
      --name-en 'AB 04 printed' --price 120 --member-price 90 --vat 6")]
pub struct CreateArgs {
    /// What the product is called in commands
    sku: Sku,
    /// What is sold: subscription, licence or printed
    #[arg(long)]
    kind: ProductKind,
    /// The name in Swedish
    #[arg(long, value_name = "TEXT", value_parser = parse_line)]
    name_sv: String,
    /// The name in English
    #[arg(long, value_name = "TEXT", value_parser = parse_line)]
    name_en: String,
    /// The price in kronor, excluding VAT
    #[arg(long, value_name = "KRONOR", allow_negative_numbers = true)]
    price: Money,
    /// The members' price in kronor, excluding VAT
    #[arg(long, value_name = "KRONOR", allow_negative_numbers = true)]
    member_price: Money,
    /// The VAT rate: 25, 12, 6 or 0
    #[arg(long, value_name = "RATE")]
    vat: VatRate,
    /// Why no VAT is charged, as it stands on the invoice; with --vat 0
    #[arg(long, value_name = "TEXT")]
    vat_exemption: Option<String>,
    /// Months of a term
    #[arg(long, value_name = "MONTHS", default_value_t = 12)]
    term_months: u32,
    /// Months before the renewal date by which notice must have been given
    #[arg(long, value_name = "MONTHS", default_value_t = 3)]
    notice_months: u32,
    /// How many logins a licence is for
    #[arg(long, value_name = "N", default_value_t = 1)]
    seats: u32,
    /// What follows the first term of a licence: automatic for the next one, or none
    #[arg(long, value_name = "HOW", default_value_t = ProductRenewal::Automatic)]
    renewal: ProductRenewal,
    /// An agreement that the product gives; may be repeated
    #[arg(long, value_name = "CODE")]
    agreement: Vec<AgreementCode>,
    /// The first day of price and VAT rate; today unless given
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    from: Option<NaiveDate>,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Change the names of a product, the agreements it gives, or the seats of its licences
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl product edit AB04 --name-sv 'AB 04, digital utgåva'
  shopctl product edit AB-PAKET --agreement AB04 --agreement ABT06 -n")]
pub struct EditArgs {
    /// What the product is called in commands
    sku: Sku,
    /// The name in Swedish
    #[arg(long, value_name = "TEXT", value_parser = parse_line)]
    name_sv: Option<String>,
    /// The name in English
    #[arg(long, value_name = "TEXT", value_parser = parse_line)]
    name_en: Option<String>,
    /// How many logins a licence is for, from its next edition on
    #[arg(long, value_name = "N")]
    seats: Option<u32>,
    /// An agreement that the product gives, in place of those it gave; may be repeated
    #[arg(long, value_name = "CODE", conflicts_with = "no_agreement")]
    agreement: Vec<AgreementCode>,
    /// Let the product give no agreement
    #[arg(long)]
    no_agreement: bool,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Stop new orders of a product; what runs goes on
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  shopctl product retire AB92\n  shopctl product retire AB92 --note 'replaced by AB04'"
)]
pub struct RetireArgs {
    /// What the product is called in commands
    sku: Sku,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Set a product's prices from a day on
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl product price AB04 --price 4100 --member-price 3100 --from 2027-01-01
  shopctl product price AB04-PRINT --price 130 --member-price 95 --from 2027-07-01 -n")]
pub struct PriceArgs {
    /// What the product is called in commands
    sku: Sku,
    /// The price in kronor, excluding VAT
    #[arg(long, value_name = "KRONOR", allow_negative_numbers = true)]
    price: Money,
    /// The members' price in kronor, excluding VAT
    #[arg(long, value_name = "KRONOR", allow_negative_numbers = true)]
    member_price: Money,
    /// The first day on which the prices hold
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    from: NaiveDate,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Set a product's VAT rate from a day on
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl product vat AB04-PRINT --vat 6 --from 2027-01-01
  shopctl product vat KURS --vat 0 --vat-exemption 'Undantag enligt 10 kap. ML' --from 2027-01-01")]
pub struct VatArgs {
    /// What the product is called in commands
    sku: Sku,
    /// The VAT rate: 25, 12, 6 or 0
    #[arg(long, value_name = "RATE")]
    vat: VatRate,
    /// Why no VAT is charged, as it stands on the invoice; with --vat 0
    #[arg(long, value_name = "TEXT")]
    vat_exemption: Option<String>,
    /// The first day on which the rate holds
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    from: NaiveDate,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn list(app: &mut App, _args: &ListArgs) -> Result<()> {
    let mut list = app.list(&[
        column("sku", "SKU"),
        column("kind", "Kind"),
        column("name_sv", "Name"),
        column("price", "Price"),
        column("member_price", "Members"),
        column("vat", "VAT %"),
        column("retired_on", "Retired"),
    ])?;
    let today = app.today();
    for product in app.read(|tx| Ok(tx.products()?))? {
        let price = product.price_on(today).ok();
        let rule = product.vat_on(today).ok();
        list.row(vec![
            Cell::text(product.sku.as_str()),
            Cell::text(product.kind.as_str()),
            Cell::text(&*product.name_sv),
            Cell::maybe(price.map(|price| price.regular)),
            Cell::maybe(price.map(|price| price.member)),
            Cell::maybe(rule.map(|rule| i64::from(rule.rate.percent()))),
            Cell::maybe(product.retired_on),
        ])?;
    }
    list.finish("no products; `shopctl product create SKU …` makes one")
}

pub fn show(app: &mut App, args: &ShowArgs) -> Result<()> {
    let sheet = app.read(|tx| sheet_of(tx, &tx.product(&args.sku)?))?;
    app.show(&sheet)
}

pub fn create(app: &mut App, args: &CreateArgs) -> Result<()> {
    let from = args.from.unwrap_or(app.today());
    let new = NewProduct {
        sku: args.sku.clone(),
        kind: args.kind,
        name_sv: args.name_sv.clone(),
        name_en: args.name_en.clone(),
        term_months: args.term_months,
        notice_months: args.notice_months,
        seats: args.seats,
        renewal: args.renewal,
        price: Price {
            from,
            regular: args.price,
            member: args.member_price,
            entered_on: app.today(),
        },
        vat_rule: VatRule::new(from, args.vat, args.vat_exemption.as_deref())?,
    }
    .checked()?;

    app.change(&args.change, |tx| {
        let product = tx.create_product(&new)?;
        give(tx, &product, &args.agreement)?;
        let mut done = Done::with(sheet_of(tx, &product)?);
        done.warnings.extend(dear_to_members(&new.price));
        Ok(done)
    })
}

pub fn edit(app: &mut App, args: &EditArgs) -> Result<()> {
    app.change(&args.change, |tx| {
        let product = tx.product(&args.sku)?;
        let name_sv = required_name(args.name_sv.as_ref().unwrap_or(&product.name_sv))?;
        let name_en = required_name(args.name_en.as_ref().unwrap_or(&product.name_en))?;

        tx.rename_product(&product, &name_sv, &name_en)?;
        if let Some(seats) = args.seats {
            product.check_seats(seats)?;
            tx.set_seats(&tx.product(&args.sku)?, seats)?;
        }
        if args.no_agreement || !args.agreement.is_empty() {
            give(tx, &product, &args.agreement)?;
        }
        Ok(Done::with(sheet_of(tx, &tx.product(&args.sku)?)?))
    })
}

/// Sets the agreements that a product gives.
fn give(tx: &Tx<'_>, product: &Product, codes: &[AgreementCode]) -> Result<()> {
    let agreements: Vec<_> =
        codes.iter().map(|code| tx.agreement(code)).collect::<Result<_, StoreError>>()?;
    tx.give_agreements(product, &agreements)?;
    Ok(())
}

fn required_name(name: &str) -> Result<String, ProductError> {
    required_line(name).map_err(ProductError::Name)
}

pub fn retire(app: &mut App, args: &RetireArgs) -> Result<()> {
    app.change(&args.change, |tx| {
        tx.retire_product(&tx.product(&args.sku)?)?;
        Ok(Done::with(sheet_of(tx, &tx.product(&args.sku)?)?))
    })
}

pub fn price(app: &mut App, args: &PriceArgs) -> Result<()> {
    let price = Price {
        from: args.from,
        regular: args.price,
        member: args.member_price,
        entered_on: app.today(),
    };
    app.change(&args.change, |tx| {
        let product = tx.product(&args.sku)?;
        let before = product.price_on(price.from).ok();
        let is_set = tx.set_price(&product, &price)?;
        let rises = before.is_some_and(|before| {
            price.regular > before.regular || price.member > before.member
        });
        let mut done = Done::with(sheet_of(tx, &tx.product(&args.sku)?)?);
        done.warnings.extend(dear_to_members(&price));
        if is_set && rises && product.kind.renews() {
            let first = reached_from(&product, &price, &tx.shop_settings()?);
            done.summary = Some(format!(
                "the rise reaches running subscriptions that renew from {first} on, except at a price \
                 that was agreed or that a reminder stated"
            ));
        }
        Ok(done)
    })
}

/// Warns of a price that is higher for members than for others.
fn dear_to_members(price: &Price) -> Option<String> {
    (price.member > price.regular).then(|| {
        format!(
            "members would pay {}, which is more than the {} that others pay",
            price.member, price.regular
        )
    })
}

/// Returns the first renewal date that a rise reaches: whoever renews then could still leave.
fn reached_from(product: &Product, price: &Price, settings: &ShopSettings) -> NaiveDate {
    let days = Days::new(u64::from(settings.price_notice_days));
    let heard = price.entered_on.checked_add_days(days).unwrap_or(price.entered_on);
    first_start(settings.notice, heard, product.notice_months).max(price.from)
}

pub fn vat(app: &mut App, args: &VatArgs) -> Result<()> {
    let rule = VatRule::new(args.from, args.vat, args.vat_exemption.as_deref())?;
    app.change(&args.change, |tx| {
        tx.set_vat_rule(&tx.product(&args.sku)?, &rule)?;
        Ok(Done::with(sheet_of(tx, &tx.product(&args.sku)?)?))
    })
}

/// Returns a product as it is shown, with the agreements that it gives.
fn sheet_of(tx: &Tx<'_>, product: &Product) -> Result<Sheet> {
    let mut agreements = Grid::new(&[column("code", "Agreement")]);
    for code in tx.agreements_of(product.id)? {
        agreements.rows.push(vec![Cell::text(code.as_str())]);
    }
    Ok(sheet(product).list("agreements", "Agreements", agreements))
}

fn sheet(product: &Product) -> Sheet {
    let mut prices = Grid::new(&[
        column("from", "From"),
        column("price", "Price"),
        column("member_price", "Members"),
        column("entered_on", "Entered"),
    ]);
    prices.rows = product
        .prices
        .iter()
        .map(|price| {
            vec![
                Cell::Date(price.from),
                Cell::Money(price.regular),
                Cell::Money(price.member),
                Cell::Date(price.entered_on),
            ]
        })
        .collect();
    let mut rules = Grid::new(&[
        column("from", "From"),
        column("vat", "VAT %"),
        column("vat_exemption", "Exemption"),
    ]);
    rules.rows = product
        .vat_rules
        .iter()
        .map(|rule| {
            vec![
                Cell::Date(rule.from),
                Cell::Integer(i64::from(rule.rate.percent())),
                Cell::maybe(rule.exemption.clone()),
            ]
        })
        .collect();
    let months = |months: u32| {
        if product.kind.renews() { Cell::Integer(i64::from(months)) } else { Cell::Empty }
    };
    let licensed = |cell: fn(&Product) -> Cell| match product.kind {
        ProductKind::Licence => cell(product),
        _ => Cell::Empty,
    };
    Sheet::default()
        .fact("sku", "SKU", product.sku.as_str())
        .fact("kind", "Kind", product.kind.as_str())
        .fact("name_sv", "Name, Swedish", &*product.name_sv)
        .fact("name_en", "Name, English", &*product.name_en)
        .fact("term_months", "Months of a term", months(product.term_months))
        .fact("notice_months", "Months of notice", months(product.notice_months))
        .fact("seats", "Seats", licensed(|product| Cell::Integer(i64::from(product.seats))))
        .fact("renewal", "Renewal", licensed(|product| Cell::text(product.renewal.as_str())))
        .fact("retired_on", "Retired", Cell::maybe(product.retired_on))
        .list("prices", "Prices excluding VAT", prices)
        .list("vat_rules", "VAT", rules)
}
