//! `order`: what is bought, invoiced at once.

mod cancel;
mod ship;

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result};
use chrono::NaiveDate;
use clap::Args;

use crate::app::{App, ChangeArgs, Done, Question, parse_line, parse_number, parse_reason};
use crate::commands::account::{account_looked_at, personal_warning};
use crate::commands::{invoice, licence, order_dialogue, time, write_file};
use crate::domain::account::{Account, AccountKey, Field};
use crate::domain::e_invoice::{self, Mend, NotValid};
use crate::domain::email::Email;
use crate::domain::invoice::Invoice;
use crate::domain::licence::Holder;
use crate::domain::mail::{MailKind, NewMail};
use crate::domain::money::Money;
use crate::domain::order::{self, Item, Plan, Request};
use crate::domain::product::Product;
use crate::domain::shipment::{ShipTo, Shipment, last_posted};
use crate::domain::subscription::AgreedPrice;
use crate::domain::term::parse_date;
use crate::error::Failure;
use crate::render::pdf::Press;
use crate::render::sheet::{Cell, Grid, Sheet, column, spare};
use crate::store::{Order, Tx};

pub use self::cancel::{CancelArgs, cancel};
pub use self::ship::{ShipArgs, ShipToArgs, SlipArgs, ship, slip};

/// List orders, newest first
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  shopctl order list --to-post\n  shopctl order list --account 556036-0793 --json"
)]
pub struct ListArgs {
    /// Only those of this account
    #[arg(long, value_name = "ORG")]
    account: Option<AccountKey>,
    /// Only those whose printed copies wait to be posted
    #[arg(long)]
    to_post: bool,
}

/// Show an order
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  shopctl order show 1001\n  shopctl order show 1001 --json")]
pub struct ShowArgs {
    /// The number of the order
    #[arg(value_parser = parse_number)]
    number: i64,
}

/// Place an order: starts its subscriptions, issues its invoice and queues the mail
///
/// On a terminal without --account or --item it asks, step by step, for what is not given.
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl order create --account 556036-0793 --item AB04 --invoice-email faktura@saab.example
  shopctl order create --account 556036-0793 --item AB04 --item AB04-PRINT=3 \\
      --start 2027-01-01 --reference 'PO 4711' -n --preview draft.pdf
  shopctl order create --account 556036-0793 --item AB04-PRINT=2 --ship-to-name 'Anna Berg' \\
      --ship-to-street 'Lagervägen 4' --ship-to-postal-code 60223 --ship-to-city Norrköping
  shopctl order create --account 556036-0793 --item AB04 --agreed-price 3500 --reason 'two years'")]
pub struct CreateArgs {
    /// The buyer's organisation number
    #[arg(long, value_name = "ORG")]
    pub account: Option<AccountKey>,
    /// A product, with its quantity if more than one; may be given several times
    #[arg(long = "item", value_name = "SKU[=QTY]")]
    pub items: Vec<Item>,
    /// Where the invoices go; the account's invoice e-mail unless given
    #[arg(long, value_name = "ADDRESS")]
    pub invoice_email: Option<Email>,
    /// "Er referens"; the account's unless given
    #[arg(long, value_name = "TEXT", value_parser = parse_line)]
    pub reference: Option<String>,
    /// The first day of the subscriptions; today unless given
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub start: Option<NaiveDate>,
    /// What the order's subscription costs a term, excluding VAT, until another price is agreed
    #[arg(long, value_name = "P", allow_negative_numbers = true, requires = "reason")]
    pub agreed_price: Option<Money>,
    /// Why that price was agreed
    #[arg(long, value_name = "TEXT", value_parser = parse_reason, requires = "agreed_price")]
    pub reason: Option<String>,
    /// Whom the order's licence is for, as it shall stand on every page; the account's name unless given
    #[arg(long, value_name = "TEXT")]
    pub holder: Option<Holder>,
    #[command(flatten)]
    pub ship_to: ShipToArgs,
    /// Draw the invoice without a number; with --dry-run
    #[arg(long, value_name = "FILE", requires = "dry_run")]
    pub preview: Option<PathBuf>,
    /// The order was put together by asking, and is agreed to once it is whole.
    #[arg(skip)]
    pub was_asked: bool,
    #[command(flatten)]
    pub change: ChangeArgs,
}

pub fn list(app: &mut App, args: &ListArgs) -> Result<()> {
    let mut list = app.list(&[
        column("number", "Order"),
        column("ordered_on", "Date"),
        column("org_number", "Account"),
        column("name", "Name"),
        column("items", "Items"),
        column("invoice_number", "Invoice"),
        column("total", "Total"),
        column("cancelled_on", "Cancelled"),
        column("shipped_on", "Posted"),
    ])?;
    let account = account_looked_at(app, args.account.as_ref())?;
    let mut failed = None;
    app.read(|tx| {
        tx.each_order(account.as_ref().map(|account| account.id), args.to_post, &mut |order| {
            let row = vec![
                Cell::Integer(order.number),
                Cell::Date(order.ordered_on),
                Cell::Text(order.org_number.masked()),
                Cell::Text(order.name),
                Cell::Text(order.items),
                Cell::Integer(order.invoice_number),
                Cell::Money(order.total),
                Cell::maybe(order.cancelled_on),
                Cell::maybe(order.shipped_on),
            ];
            failed = failed.take().or_else(|| list.row(row).err());
            Ok(())
        })?;
        Ok(())
    })?;
    match failed {
        Some(error) => Err(error.into()),
        None if args.to_post => list.finish("no order waits to be posted"),
        None if account.is_some() => list.finish("this account has no orders"),
        None => list.finish("no orders; `shopctl order create` places one"),
    }
}

pub fn show(app: &mut App, args: &ShowArgs) -> Result<()> {
    let sheet = app.read(|tx| {
        let order = tx.order(args.number)?;
        let account = tx.account_by_id(order.account_id)?;
        sheet(tx, &order, &account, &tx.invoice(order.invoice)?)
    })?;
    app.show(&sheet)
}

pub fn create(app: &mut App, args: CreateArgs) -> Result<()> {
    let asks = args.account.is_none() || args.items.is_empty();
    let args = match asks && app.terminal.is_interactive {
        true => order_dialogue::ask(app, args)?,
        false => args,
    };
    let Some(org) = &args.account else {
        return Err(Failure::new(crate::error::Status::Usage, "usage", "the buyer is missing")
            .hint("give `--account ORG` and `--item SKU`")
            .into());
    };
    if let Some(path) = &args.preview {
        preview(app, org, &args, path)?;
    }

    app.change(&args.change, |tx| {
        let account = tx.account(org)?;
        let plan = plan(tx, &account, &args)?;
        licence::check_holder(plan.holder.as_ref())?;
        let mut questions = questions(tx, &account, &plan)?;
        if args.was_asked {
            let because = format!("{} pays {} kronor.", account.profile.name, total(&plan));
            questions.push(Question { because, ask: "Place this order?" });
        }

        let (order, invoice) = tx.place_order(&account, &plan)?;
        if let Some(mail) = NewMail::first_of_invoice(MailKind::OrderInvoice, &invoice) {
            tx.enqueue_mail(&mail, invoice.draft.seller.office_email.domain())?;
        }
        Ok(Done {
            objects: vec![sheet(tx, &order, &account, &invoice)?],
            questions,
            summary: None,
            warnings: personal_warning(Some(&invoice.draft.buyer.invoice_email))
                .into_iter()
                .chain(plan.ship_to.as_ref().and_then(odd_code))
                .chain(unreadable(tx, &account, &plan)?)
                .collect(),
        })
    })
}

/// Decides the order from what the store holds today.
pub fn plan(tx: &Tx<'_>, account: &Account, args: &CreateArgs) -> Result<Plan> {
    let items = args
        .items
        .iter()
        .map(|item| Ok((Arc::new(tx.product(&item.sku)?), item.quantity)))
        .collect::<Result<Vec<(Arc<Product>, i64)>>>()?;
    let (_, seller) = tx.seller()?;
    let request = Request {
        ordered_on: tx.today(),
        start: args.start,
        invoice_email: args.invoice_email.clone(),
        reference: args.reference.clone().filter(|reference| !reference.is_empty()),
        agreed_price: args
            .agreed_price
            .zip(args.reason.clone())
            .map(|(price, reason)| AgreedPrice { price, reason }),
        holder: args.holder.clone(),
        ship_to: args.ship_to.given(),
    };
    let conditions = Arc::new(tx.conditions()?);
    let plan = order::plan(account, &items, &request, &Arc::new(seller), &conditions)?;
    e_invoice::check(&plan.draft).map_err(|refusal| unlike_an_e_invoice(&refusal))?;
    Ok(plan)
}

/// Refuses an order whose invoice could not be the e-invoice that its buyer wants.
fn unlike_an_e_invoice(refusal: &NotValid) -> Failure {
    let here = match refusal.faults.first().map(|fault| &fault.mend) {
        Some(Mend::Buyer(Field::Reference)) => "give `--reference` for this order, or for all: ",
        _ => "",
    };
    let failure = Failure::refused("e_invoice", refusal.to_string());
    match refusal.command() {
        Some(command) => failure.hint(format!("{here}`{command}`")),
        None => failure,
    }
}

/// Returns what the office must agree to: a start that makes several terms due, a doubled
/// subscription.
fn questions(tx: &Tx<'_>, account: &Account, plan: &Plan) -> Result<Vec<Question>> {
    let mut questions = Vec::new();
    let running = tx.subscriptions_of(account.id)?;
    let due_rule = tx.shop_settings()?.due_rule();
    for (line, planned) in plan.draft.lines.iter().zip(&plan.lines) {
        let Some(start) = planned.starts else { continue };
        let latest = due_rule.latest_start(tx.today(), start.notice_months);
        let terms_due = start.rhythm.terms_begun(latest);
        if terms_due > 1 {
            let because = format!(
                "{} from {} has {} terms due already; this order bills the first, and the next \
                 renewal bills {} more.",
                line.sku,
                start.rhythm.anchor,
                terms_due,
                terms_due - 1
            );
            questions.push(Question { because, ask: "Start it then?" });
        }
        let doubled = running.iter().find(|subscription| {
            subscription.product_id == planned.product_id && subscription.runs_on(tx.today())
        });
        if let Some(subscription) = doubled {
            let because = format!(
                "{} has subscription {} to {} already.",
                account.profile.name, subscription.number, line.sku
            );
            questions.push(Question { because, ask: "Start a second one?" });
        }
    }
    Ok(questions)
}

fn total(plan: &Plan) -> Money {
    plan.draft.totals().total
}

fn preview(
    app: &mut App,
    org: &AccountKey,
    args: &CreateArgs,
    path: &std::path::Path,
) -> Result<()> {
    let plan = app.read(|tx| plan(tx, &tx.account(org)?, args))?;
    let bytes = Press::new().preview(&plan.draft).context("the invoice cannot be drawn")?;
    write_file(path, &bytes)?;
    app.say(&format!("the draft is `{}`", path.display()));
    Ok(())
}

/// Warns of agreements that the order gives and the buyer cannot read in its language once it begins.
fn unreadable(tx: &Tx<'_>, account: &Account, plan: &Plan) -> Result<Vec<String>> {
    let own = account.profile.language;
    let mut warnings = Vec::new();
    for (line, planned) in plan.draft.lines.iter().zip(&plan.lines) {
        let Some(start) = planned.starts else { continue };
        let day = start.first_term.start.max(tx.today());
        for code in tx.agreements_of(planned.product_id)? {
            let languages = tx.agreement(&code)?.languages(day);
            if languages.contains(&own) {
                continue;
            }
            let other = match languages.first() {
                Some(other) => format!("only in {other}"),
                None => "nor in any other".to_owned(),
            };
            warnings.push(format!(
                "{} gives the agreement {code}, which has no edition in the buyer's language {own} on \
                 {day}, {other}; `shopctl agreement publish {code} FILE --language {own}` publishes one",
                line.sku,
            ));
        }
    }
    Ok(warnings)
}

/// Warns of an address to post to whose postal code is none of Sweden's.
fn odd_code(ship_to: &ShipTo) -> Option<String> {
    let code = ship_to.odd_postal_code()?;
    Some(format!(
        "`{code}` is not a Swedish postal code of five digits, such as 111 22; --ship-to-country says \
         where an address abroad lies"
    ))
}

fn sheet(tx: &Tx<'_>, order: &Order, account: &Account, invoice: &Invoice) -> Result<Sheet> {
    let totals = invoice.draft.totals();
    let shipments = tx.shipments(order)?;
    let ship_to = match last_posted(&shipments) {
        Some(posted) => Some(posted.ship_to.clone()),
        None => tx.ship_to(order)?,
    };
    let posted = last_posted(&shipments);
    let waits = match invoice.draft.has_printed_copies() {
        true => Cell::Truth(tx.waits_for_post(order)?),
        false => Cell::Empty,
    };
    Ok(Sheet::default()
        .fact("number", "Order", order.number)
        .fact("ordered_on", "Date", order.ordered_on)
        .fact("org_number", "Account", account.org_number.to_string())
        .fact("name", "Name", account.profile.name.as_str())
        .fact("reference", "Reference", Cell::maybe(invoice.draft.reference.clone()))
        .fact("conditions_version", "Conditions, version", order.conditions_version)
        .fact("invoice", "Invoice", invoice.number.0)
        .fact("invoice_email", "Invoice e-mail", invoice.draft.buyer.invoice_email.as_str())
        .fact("total", "Total", totals.total)
        .fact("cancelled_on", "Cancelled", Cell::maybe(order.cancelled_on))
        .fact("cancel_reason", "Reason", Cell::maybe(order.cancel_reason.clone()))
        .fact("ship_to", "Ship to", Cell::maybe(ship_to.map(|ship_to| ship_to.to_string())))
        .fact("to_post", "Waits for post", waits)
        .fact("shipped_at", "Posted", Cell::maybe(posted.map(|it| time(it.shipped_at.clone()))))
        .fact("tracking", "Tracking", Cell::maybe(posted.and_then(|it| it.tracking.clone())))
        .list("lines", "Lines", invoice::lines(&invoice.draft))
        .list("licences", "Licences", invoice::licences(&invoice.draft))
        .list("parcels", "Parcels", parcels(&shipments)))
}

fn parcels(shipments: &[Shipment]) -> Grid {
    let mut grid = Grid::new(&[
        column("parcel", "Parcel"),
        column("shipped_at", "Posted"),
        spare("shipped_by", "By"),
        column("items", "Items"),
        spare("ship_to", "To"),
        column("tracking", "Tracking"),
        column("reason", "Reason"),
        column("taken_back_at", "Taken back"),
    ]);
    for shipment in shipments {
        let items =
            shipment.copies.iter().map(|copies| format!("{}={}", copies.sku, copies.quantity));
        grid.rows.push(vec![
            Cell::Integer(shipment.sequence),
            time(shipment.shipped_at.clone()),
            Cell::text(&shipment.shipped_by),
            Cell::list(items),
            Cell::Text(shipment.ship_to.to_string()),
            Cell::maybe(shipment.tracking.clone()),
            Cell::maybe(shipment.reason.clone()),
            Cell::maybe(shipment.taken_back_at.clone().map(time)),
        ]);
    }
    grid
}
