//! `order ship` and `order slip`: printed copies are posted, with the packing slip that goes with them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use clap::Args;

use crate::app::{App, ChangeArgs, Done, parse_line, parse_number, parse_reason};
use crate::commands::{check_writable, write_file};
use crate::domain::address::Country;
use crate::domain::invoice::Invoice;
use crate::domain::order::Item;
use crate::domain::shipment::{
    Copies, GivenShipTo, NewShipment, PartOfAnAddress, ShipTo, Shipment, last_posted,
};
use crate::error::{Failure, Status};
use crate::render::pdf::{PackingSlip, Press};
use crate::store::{Order, Tx};

use super::{odd_code, sheet};

/// Where printed copies go, part by part.
#[derive(Clone, Debug, Default, Args)]
pub struct ShipToArgs {
    /// Whom the printed copies are posted to; the account unless given
    #[arg(long = "ship-to-name", value_name = "TEXT", value_parser = parse_line)]
    pub name: Option<String>,
    /// The c/o line of that address; empty for none
    #[arg(long = "ship-to-care-of", value_name = "TEXT", value_parser = parse_line)]
    pub care_of: Option<String>,
    /// Its street or box, given with the postal code and the town; the account's address unless given
    #[arg(long = "ship-to-street", value_name = "TEXT", value_parser = parse_line)]
    pub street: Option<String>,
    /// Its postal code
    #[arg(long = "ship-to-postal-code", value_name = "CODE", value_parser = parse_line)]
    pub postal_code: Option<String>,
    /// Its town
    #[arg(long = "ship-to-city", value_name = "TOWN", value_parser = parse_line)]
    pub city: Option<String>,
    /// Its country, two letters, if it is not Sweden
    #[arg(long = "ship-to-country", value_name = "CODE")]
    pub country: Option<Country>,
}

impl ShipToArgs {
    pub fn given(&self) -> GivenShipTo {
        GivenShipTo {
            name: self.name.clone(),
            care_of: self.care_of.clone(),
            street: self.street.clone(),
            postal_code: self.postal_code.clone(),
            city: self.city.clone(),
            country: self.country.clone(),
        }
    }
}

/// Mark the printed copies of an order as posted and make their packing slip
///
/// All that waits goes in one parcel: the printed copies that the order's invoice charges for still. The
/// slip is a document to print and put in the parcel, and is never mailed. What is posted once more, lost
/// in the post or forgotten, takes --again with a reason; --item then says which copies, all of them
/// unless given. `shopctl undo` takes back a parcel that was never posted.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl order ship 1001 -o slip.pdf
  shopctl order ship 1001 --tracking 00373500489530470017 -o slip.pdf
  shopctl order ship 1001 --again --reason 'Försändelsen kom bort.' --item AB04-PRINT=1 -o slip.pdf")]
pub struct ShipArgs {
    /// The number of the order
    #[arg(value_parser = parse_number)]
    number: i64,
    /// By which the carrier knows the parcel; stands on the slip
    #[arg(long, value_name = "TEXT", value_parser = parse_reason)]
    tracking: Option<String>,
    /// Post a further parcel of an order that was posted
    #[arg(long, requires = "reason")]
    again: bool,
    /// Why a further one
    #[arg(long, value_name = "TEXT", value_parser = parse_reason, requires = "again")]
    reason: Option<String>,
    /// What the further parcel holds, if not all of it; may be given several times
    #[arg(long = "item", value_name = "SKU[=QTY]", requires = "again")]
    items: Vec<Item>,
    #[command(flatten)]
    ship_to: ShipToArgs,
    /// Where the packing slip is written
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Write the packing slip of a parcel that was posted
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl order slip 1001 -o slip.pdf
  shopctl order slip 1001 --parcel 2 -o slip.pdf")]
pub struct SlipArgs {
    /// The number of the order
    #[arg(value_parser = parse_number)]
    number: i64,
    /// Which of its parcels; the last unless given
    #[arg(long, value_name = "N", value_parser = parse_number)]
    parcel: Option<i64>,
    /// Where it is written; - is stdout
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

pub fn ship(app: &mut App, args: &ShipArgs) -> Result<()> {
    if let Some(path) = &args.output {
        if path == Path::new("-") {
            let words = "what was done goes to stdout, so the packing slip cannot";
            return Err(Failure::new(Status::Usage, "usage", words)
                .hint(format!("`shopctl order slip {} -o -` writes it afterwards", args.number))
                .into());
        }
        check_writable(path)?;
    }
    let mut slip = None;
    app.change(&args.change, |tx| {
        let order = tx.order(args.number)?;
        let invoice = tx.invoice(order.invoice)?;
        let posted = last_posted(&tx.shipments(&order)?).cloned();
        refuse(&order, posted.as_ref(), args.again)?;
        let charged = copies(tx, &invoice)?;
        let before = tx.ship_to(&order)?;
        let before = before.unwrap_or_else(|| ShipTo::of_buyer(&invoice.draft.buyer));
        let ship_to = args.ship_to.given().over(&before).map_err(part_of_an_address)?;

        let new = NewShipment {
            ship_to,
            copies: wanted(&charged, &args.items)?,
            tracking: args.tracking.clone(),
            reason: args.reason.clone(),
        };
        let shipment = tx.ship_order(&order, &new)?;
        slip = Some(draw(tx, &order, &invoice, &shipment)?);

        let account = tx.account_by_id(order.account_id)?;
        let mut done = Done::with(sheet(tx, &order, &account, &invoice)?);
        done.warnings.extend(odd_code(&shipment.ship_to));
        if args.output.is_none() {
            done.summary = Some(format!(
                "`shopctl order slip {} -o FILE` writes the packing slip",
                order.number
            ));
        }
        Ok(done)
    })?;
    match (&args.output, slip) {
        (Some(path), Some(slip)) if !args.change.dry_run => write_file(path, &slip),
        _ => Ok(()),
    }
}

pub fn slip(app: &mut App, args: &SlipArgs) -> Result<()> {
    let bytes = app.read(|tx| {
        let order = tx.order(args.number)?;
        let shipments = tx.shipments(&order)?;
        let shipment = match args.parcel {
            Some(parcel) => shipments.iter().find(|shipment| shipment.sequence == parcel),
            None => last_posted(&shipments),
        };
        let Some(shipment) = shipment else {
            let words = match args.parcel {
                Some(parcel) => format!("order {} has no parcel {parcel}", order.number),
                None => format!("order {} was not posted", order.number),
            };
            let hint = match last_posted(&shipments) {
                Some(_) => format!("`shopctl order show {}` lists its parcels", order.number),
                None => format!("`shopctl order ship {} -o FILE` posts it", order.number),
            };
            return Err(Failure::refused("no_parcel", words).hint(hint).into());
        };
        draw(tx, &order, &tx.invoice(order.invoice)?, shipment)
    })?;
    write_file(&args.output, &bytes)
}

/// Refuses an order that is cancelled, and one that was posted unless a further parcel is meant.
fn refuse(order: &Order, posted: Option<&Shipment>, again: bool) -> Result<()> {
    let number = order.number;
    if let Some(day) = order.cancelled_on {
        let words = format!("order {number} was cancelled on {day}");
        return Err(Failure::refused("cancelled", words)
            .hint(format!("`shopctl order show {number}` shows why"))
            .into());
    }
    match posted {
        Some(posted) if !again => {
            let words = format!("order {number} was posted on {}", posted.shipped_on);
            Err(Failure::refused("already_posted", words)
                .hint(format!(
                    "`shopctl order ship {number} --again --reason TEXT` posts a further parcel, and \
                     `shopctl order slip {number} -o FILE` writes the slip once more"
                ))
                .into())
        }
        None if again => {
            let words = format!("order {number} was not posted before");
            Err(Failure::refused("not_posted", words)
                .hint(format!("`shopctl order ship {number} -o FILE` posts it"))
                .into())
        }
        _ => Ok(()),
    }
}

/// Returns the printed copies of an order; errors when there are none, or none any more.
fn copies(tx: &Tx<'_>, invoice: &Invoice) -> Result<Vec<Copies>> {
    let charged = tx.copies_charged(invoice)?;
    if !charged.is_empty() {
        return Ok(charged);
    }
    let words = match invoice.draft.has_printed_copies() {
        true => format!("the printed copies of invoice {} are credited", invoice.number),
        false => "nothing of this order is printed".to_owned(),
    };
    Err(Failure::refused("nothing_to_post", words)
        .hint("`shopctl order list --to-post` lists the orders that wait")
        .into())
}

/// Returns those of the copies that are asked for, or all.
fn wanted(charged: &[Copies], items: &[Item]) -> Result<Vec<Copies>> {
    if items.is_empty() {
        return Ok(charged.to_vec());
    }
    let mut wanted: Vec<Copies> = Vec::with_capacity(items.len());
    for item in items {
        let ordered = charged.iter().find(|copies| copies.sku == item.sku.as_str());
        let fits = ordered.filter(|copies| item.quantity <= copies.quantity);
        let is_twice = wanted.iter().any(|copies| copies.sku == item.sku.as_str());
        let Some(ordered) = fits.filter(|_| !is_twice) else {
            let words = format!("`{item}` is not among the order's printed copies");
            let all: Vec<String> = charged
                .iter()
                .map(|copies| format!("{}={}", copies.sku, copies.quantity))
                .collect();
            return Err(Failure::refused("not_ordered", words)
                .hint(format!("it is for {}", all.join(" ")))
                .into());
        };
        wanted.push(Copies { quantity: item.quantity, ..ordered.clone() });
    }
    Ok(wanted)
}

/// Refuses an address of which a part is missing.
fn part_of_an_address(error: PartOfAnAddress) -> Failure {
    Failure::refused("ship_to", error.to_string())
        .hint("give `--ship-to-street`, `--ship-to-postal-code` and `--ship-to-city` together")
}

fn draw(tx: &Tx<'_>, order: &Order, invoice: &Invoice, shipment: &Shipment) -> Result<Vec<u8>> {
    let slip = PackingSlip {
        order_number: order.number,
        ordered_on: order.ordered_on,
        shipment,
        buyer: &invoice.draft.buyer.name,
        reference: invoice.draft.reference.as_deref(),
        conditions: &invoice.draft.conditions,
        seller: Arc::new(tx.seller_version(shipment.seller_version)?),
        language: invoice.draft.language,
    };
    Press::new().packing_slip(&slip, &invoice.draft).context("the packing slip cannot be drawn")
}

/// Says of an order that is cancelled or credited what becomes of its printed copies, if it has any:
/// those that waited wait no more, and those that were posted were.
pub fn told_of_copies(tx: &Tx<'_>, order: &Order, waited: bool) -> Result<Option<String>> {
    if let Some(posted) = last_posted(&tx.shipments(order)?) {
        return Ok(Some(format!("Its printed copies were posted on {}.", posted.shipped_on)));
    }
    Ok(waited.then(|| "Its printed copies wait to be posted no more.".to_owned()))
}
