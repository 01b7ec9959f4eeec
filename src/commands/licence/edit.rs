//! `licence edit`: whom a licence is for, whom it covers, and how big it is.

use std::sync::Arc;

use anyhow::Result;
use clap::Args;

use crate::app::{App, ChangeArgs, Done, Question, parse_number};
use crate::domain::e_invoice;
use crate::domain::licence::enlargement::{self, Enlargement, EnlargementError};
use crate::domain::licence::{COVERED_MAX, Holder, Licence, LicenceEdition};
use crate::domain::mail::{MailKind, NewMail};
use crate::domain::org_number::OrgNumber;
use crate::domain::product::{Product, Sku};
use crate::domain::subscription::Subscription;
use crate::domain::text::parse_yes_no;
use crate::error::Failure;
use crate::render::agreement::check_text;
use crate::render::pdf::Press;
use crate::store::{LicenceEdit, Tx};

use super::sheet_of;

/// Change whom a licence is for, whom it covers, or its size
///
/// Another holder makes a new edition: copies of the old one are superseded, and new ones are to be
/// rendered. A bigger product is in force at once, and the rest of the term is invoiced by days; a smaller
/// one comes with the next term.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl licence edit 1001 --holder 'Saab-koncernen' --org-number no
  shopctl licence edit 1001 --covers 556036-0793 --covers 556016-0680
  shopctl licence edit 1001 --covers-no-more 556016-0680
  shopctl licence edit 1001 --item AB04-L10 -n")]
pub struct EditArgs {
    /// The number of the licence
    #[arg(value_parser = parse_number)]
    number: i64,
    /// The holder, as it shall stand on every page
    #[arg(long, value_name = "TEXT")]
    holder: Option<Holder>,
    /// Whether the account's organisation number stands beside the holder
    #[arg(long, value_name = "yes|no", value_parser = parse_yes_no)]
    org_number: Option<bool>,
    /// An organisation that it covers besides; may be repeated
    #[arg(long, value_name = "ORG", conflicts_with = "covers_only_itself")]
    covers: Vec<OrgNumber>,
    /// An organisation that it covers no longer: its seats are given up; may be repeated
    #[arg(long, value_name = "ORG")]
    covers_no_more: Vec<OrgNumber>,
    /// Let it cover its own account only
    #[arg(long)]
    covers_only_itself: bool,
    /// The product that it is to be a licence of
    #[arg(long, value_name = "SKU")]
    item: Option<Sku>,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn edit(app: &mut App, args: &EditArgs) -> Result<()> {
    check_holder(args.holder.as_ref())?;
    app.change(&args.change, |tx| {
        let licence = tx.licence(args.number)?;
        let subscription = tx.subscription(args.number)?;
        refuse_revoked(&licence)?;
        let edit = LicenceEdit {
            holder: args.holder.clone(),
            shows_org_number: args.org_number,
            covers: Some(covered(tx, args, &licence, &subscription)?),
        };
        tx.edit_licence(&subscription, &licence, &edit)?;
        tx.give_up_uncovered(args.number)?;
        let question = match &args.item {
            Some(sku) => enlarge(tx, args.number, sku)?,
            None => None,
        };
        let mut done = Done::with(sheet_of(tx, args.number)?);
        done.questions.extend(question);
        Ok(done)
    })
}

/// Returns the organisations that a licence is to cover besides its own.
fn covered(
    tx: &Tx<'_>,
    args: &EditArgs,
    licence: &Licence,
    subscription: &Subscription,
) -> Result<Vec<OrgNumber>> {
    let own = tx.account_by_id(subscription.account_id)?.org_number;
    let no_more = match args.covers_only_itself {
        true => &licence.covers,
        false => &args.covers_no_more,
    };
    let covers = licence.covering(&args.covers, no_more, &own);
    if covers.len() > COVERED_MAX {
        let words = format!("a licence covers at most {COVERED_MAX} organisations besides its own");
        return Err(Failure::refused("covers", words)
            .hint("another licence covers the rest")
            .into());
    }
    Ok(covers)
}

/// Refuses a holder whose name cannot be written on a page.
pub fn check_holder(holder: Option<&Holder>) -> Result<()> {
    let Some(holder) = holder else { return Ok(()) };
    check_text(&mut Press::new(), holder.as_str()).map_err(|error| {
        Failure::refused("holder", format!("the holder: {error}")).hint(error.hint()).into()
    })
}

/// Refuses what is done with a licence that was revoked.
pub fn refuse_revoked(licence: &Licence) -> Result<()> {
    match &licence.revoked {
        None => Ok(()),
        Some(revoked) => {
            let words = format!("licence {} was revoked on {}", licence.number, revoked.on);
            Err(Failure::refused("revoked", words)
                .hint("`shopctl order create` places an order for another")
                .into())
        }
    }
}

/// Puts a licence on another product; returns what the office must agree to.
fn enlarge(tx: &Tx<'_>, number: i64, sku: &Sku) -> Result<Option<Question>> {
    let (licence, subscription) = (tx.licence(number)?, tx.subscription(number)?);
    let (from, to) = (tx.product(&subscription.sku)?, tx.product(sku)?);
    let account = tx.account_by_id(subscription.account_id)?;
    let today = tx.today();
    let editions: Vec<&LicenceEdition> = licence.standing(today).collect();
    if editions.is_empty() {
        return Err(refused(EnlargementError::without_edition(&subscription, today)).into());
    }
    refuse_lost_agreements(tx, &from, &to)?;
    let (mut grown, mut lines) = (Vec::new(), Vec::new());
    for edition in &editions {
        let sold = tx.product(&edition.sku)?;
        let (subscription, account) = (&subscription, &account);
        let enlargement =
            Enlargement { subscription, account, from: &sold, to: &to, edition, today };
        enlargement.check().map_err(refused)?;
        if enlargement.is_at_once() {
            grown.push(*edition);
            lines.extend(enlargement.line().map_err(refused)?);
        }
    }
    if grown.is_empty() && from.id == to.id {
        return Ok(None);
    }
    if lines.is_empty() {
        tx.enlarge_licence(&subscription, &grown, &to, None)?;
        return Ok(None);
    }
    let (_, seller) = tx.seller()?;
    let (seller, conditions) = (Arc::new(seller), Arc::new(tx.conditions()?));
    let draft = enlargement::draft(&subscription, &account, lines, &seller, &conditions, today)
        .map_err(refused)?;
    e_invoice::check(&draft).map_err(|refusal| {
        let failure = Failure::refused("e_invoice", refusal.to_string());
        match refusal.command() {
            Some(command) => failure.hint(format!("`{command}`")),
            None => failure,
        }
    })?;
    let invoice = tx.enlarge_licence(&subscription, &grown, &to, Some(&draft))?;
    if let Some(invoice) = &invoice
        && let Some(mail) = NewMail::first_of_invoice(MailKind::OrderInvoice, invoice)
    {
        tx.enqueue_mail(&mail, invoice.draft.seller.office_email.domain())?;
    }
    let last_day = grown.iter().map(|edition| edition.face.period.last_day()).max();
    let because = format!(
        "{} pays {} kronor for {} seats up to and including {}.",
        account.profile.name,
        draft.totals().total,
        to.seats,
        last_day.unwrap_or(today)
    );
    Ok(Some(Question { because, ask: "Enlarge the licence?" }))
}

/// Refuses a product that gives less than the licence gives.
fn refuse_lost_agreements(tx: &Tx<'_>, from: &Product, to: &Product) -> Result<()> {
    let gives = tx.agreements_of(to.id)?;
    let lost: Vec<String> = tx
        .agreements_of(from.id)?
        .iter()
        .filter(|code| !gives.contains(code))
        .map(ToString::to_string)
        .collect();
    if lost.is_empty() {
        return Ok(());
    }
    let words = format!("`{}` does not give {}, which the licence gives", to.sku, lost.join(", "));
    Err(Failure::refused("other_agreements", words)
        .hint(format!("`shopctl product show {}` shows what it gives", to.sku))
        .into())
}

/// Returns the refusal of a change of product, with what can be done instead.
pub fn refused(error: EnlargementError) -> Failure {
    let hint = match &error {
        EnlargementError::AgreedPrice => {
            "`shopctl subscription price` goes back to the price list first"
        }
        EnlargementError::Over => "`shopctl order create` places an order for another",
        EnlargementError::NotRenewed => "`shopctl subscription renew` bills it",
        _ => "`shopctl product list` shows the licences on sale",
    };
    Failure::refused("licence_product", error.to_string()).hint(hint)
}
