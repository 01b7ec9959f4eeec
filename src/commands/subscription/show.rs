//! `subscription show`: one subscription, its dates explained.

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;

use crate::app::{App, parse_number};
use crate::domain::billing::Details;
use crate::domain::invoice::{InvoiceNumber, PriceRule};
use crate::domain::licence::Holder;
use crate::domain::notice::Notice;
use crate::domain::product::PriceGroup;
use crate::domain::renewal_price::RenewalPrice;
use crate::domain::setting::ShopSettings;
use crate::domain::subscription::{Due, Subscription};
use crate::render::sheet::{Cell, Grid, Sheet, column};
use crate::store::{Reminder, Tx};

use super::notice;

/// Show a subscription and explain its dates
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  shopctl subscription show 1001\n  shopctl subscription show 1001 --json"
)]
pub struct ShowArgs {
    /// The number of the subscription
    #[arg(value_parser = parse_number)]
    number: i64,
}

pub fn show(app: &mut App, args: &ShowArgs) -> Result<()> {
    let sheet = app.read(|tx| sheet_of(tx, &tx.subscription(args.number)?))?;
    app.show(&sheet)
}

/// Returns all that is shown of a subscription.
pub fn sheet_of(tx: &Tx<'_>, subscription: &Subscription) -> Result<Sheet> {
    let mut terms = Grid::new(&[column("term", "Term"), column("invoice", "Invoice")]);
    for (term, invoice) in tx.terms(subscription.id)? {
        terms.rows.push(vec![Cell::Term(term), Cell::Integer(invoice)]);
    }
    let mut withdrawn = Grid::new(&[
        column("term", "Term"),
        column("invoice", "Invoice"),
        column("credit_note", "Credit note"),
    ]);
    for taken in tx.withdrawn_terms(subscription.id)? {
        let (invoice, note) = (taken.invoice.0, taken.credit_note.0);
        withdrawn.rows.push(vec![
            Cell::Term(taken.term),
            Cell::Integer(invoice),
            Cell::Integer(note),
        ]);
    }
    let due = tx.coming_renewal(subscription)?;
    let reminder = tx.reminder(subscription.id, subscription.renewal_date())?;
    let notices = tx.notices_of(subscription.id)?;
    let settings = tx.shop_settings()?;
    let stopped_by = tx.fetch_stopped_by(subscription, &settings)?;
    let mut sheet = sheet(&due, reminder, &notices, &settings, stopped_by, tx.today());
    if let Some(number) = stopped_by {
        let due_on = tx.invoice(number)?.draft.due_on;
        sheet = sheet.sentence(format!(
            "Nothing can be fetched under it, since invoice {number} was due on {due_on} and is not \
             paid. Paying it opens the subscription again."
        ));
    }
    Ok(sheet
        .list("terms", "Billed terms", terms)
        .list("withdrawn_terms", "Withdrawn terms", withdrawn)
        .list("notices", "Notices", notice::grid(&notices))
        .list("notice_dates", "Their dates", notice::dates_grid(&notices)))
}

fn sheet(
    due: &Due,
    reminder: Option<Reminder>,
    notices: &[Notice],
    settings: &ShopSettings,
    stopped_by: Option<InvoiceNumber>,
    today: NaiveDate,
) -> Sheet {
    let Due { subscription, account, product, .. } = due;
    let rule = settings.notice;
    let status = subscription.status_with(stopped_by, today);
    let agreed = subscription.agreed_price.as_ref();
    let renews = subscription.next_renewal();
    let deadline = renews.map(|_| subscription.notice_deadline(rule));
    let received = notice::in_force(notices).map(|notice| notice.received_on);
    let next_price = renews.and_then(|_| due.price(settings).ok());
    let details = Details::of_subscription(subscription, &account.profile);
    let own_number = details.vat_number.as_ref().map(|_| subscription.vat_number.is_some());
    let vat_number_of = own_number.map_or(Cell::Empty, source);
    let mut sheet = Sheet::default()
        .fact("number", "Subscription", subscription.number)
        .fact("status", "Status", status.as_str())
        .fact(
            "fetch_stopped_by",
            "Stopped by invoice",
            Cell::maybe(stopped_by.map(|invoice| invoice.0)),
        )
        .fact("sku", "Product", subscription.sku.as_str())
        .fact("product_name", "Name", product.name_sv.as_str())
        .fact("org_number", "Account", account.org_number.to_string())
        .fact("name", "Customer", account.profile.name.as_str())
        .fact("holder", "Licence holder", Cell::maybe(due.holder.as_ref().map(Holder::as_str)))
        .fact("start", "Since", subscription.rhythm.anchor)
        .fact("term", "Billed term", Cell::maybe(subscription.billed_term()))
        .fact("renewal_date", "Renewal date", Cell::maybe(renews))
        .fact("notice_deadline", "Last day for notice", Cell::maybe(deadline))
        .fact("notice", "Notice received", Cell::maybe(received))
        .fact("ends", "Ends", Cell::maybe(subscription.ends_on))
        .fact("last_day", "Last day of access", Cell::maybe(subscription.last_day()))
        .fact("next_price", "Next price", Cell::maybe(next_price.map(|price| price.price)))
        .fact("price_rule", "Price rule", Cell::maybe(next_price.map(|price| price.rule.as_str())))
        .fact("agreed_price", "Agreed price", Cell::maybe(agreed.map(|agreed| agreed.price)))
        .fact("reminded_on", "Reminded", Cell::maybe(reminder.map(|it| it.reminded_on)))
        .fact("invoice_email", "Invoice e-mail", subscription.invoice_email.as_str())
        .fact("reference", "Reference", Cell::maybe(subscription.reference.clone()))
        .fact("address", "Invoice address", Cell::maybe(details.address.map(|own| own.to_string())))
        .fact("address_of", "Address of", source(subscription.address.is_some()))
        .fact(
            "vat_number",
            "VAT number",
            Cell::maybe(details.vat_number.map(|own| own.to_string())),
        )
        .fact("vat_number_of", "VAT number of", vat_number_of)
        .fact("failure", "Renewal refused", Cell::maybe(subscription.failure.clone()));
    let price = next_price.map(|price| explain_price(due, &price, reminder, settings));
    for sentence in explanation(due, notices, price, settings, today) {
        sheet = sheet.sentence(sentence);
    }
    sheet
}

/// Says where an invoice detail comes from.
fn source(is_own: bool) -> Cell {
    match is_own {
        true => Cell::Word { stored: "subscription", shown: "the subscription".to_owned() },
        false => Cell::Word { stored: "account", shown: "the account".to_owned() },
    }
}

/// Explains the dates in sentences that one can read out on the telephone.
fn explanation(
    due: &Due,
    notices: &[Notice],
    price: Option<String>,
    settings: &ShopSettings,
    today: NaiveDate,
) -> Vec<String> {
    let Due { subscription, product, .. } = due;
    let rule = settings.notice;
    let mut sentences = Vec::new();
    let anchor = subscription.rhythm.anchor;
    let began = if anchor <= today { "began" } else { "begins" };
    if let Some(term) = subscription.billed_term() {
        sentences.push(format!(
            "The subscription to {} ({}) {began} on {anchor} and is paid or invoiced for the term {} \
             up to and including {}.",
            product.name_sv,
            product.sku,
            term.start,
            term.last_day()
        ));
    }
    sentences.extend(notice::told(subscription, notices, today));
    if subscription.ends_on.is_some() {
        sentences.extend(price);
        return sentences;
    }
    let (renewal, deadline) = (subscription.renewal_date(), subscription.notice_deadline(rule));
    if renewal == today {
        sentences.push(format!("It is to be renewed today, {renewal}, and is not billed yet."));
    } else if renewal < today {
        sentences.push(format!("It should have been renewed on {renewal} and is not billed yet."));
    } else if today <= deadline {
        sentences.push(format!(
            "It renews itself on {renewal} unless notice reaches us on {deadline} at the latest, \
             which is {} before, that day included.",
            notice::months(subscription.notice_months)
        ));
    } else {
        sentences.push(format!(
            "It renews itself on {renewal}, because the last day for notice was {deadline}."
        ));
    }
    if let Some(end) = subscription.end_on_notice(today, rule).ok().filter(|_| deadline < today) {
        sentences.push(format!("A notice that reaches us today ends it on {end}."));
    }
    if settings.renewal_invoice_days > 0 && today < renewal {
        let due_on = settings.due_rule().due_on(renewal, subscription.notice_months);
        sentences.push(format!("Its invoice goes out from {due_on} on."));
    }
    sentences.extend(price);
    if let Some(failure) = subscription.failure.as_ref().filter(|_| subscription.is_parked()) {
        sentences.push(format!(
            "Its renewal was refused {} times and is parked: {failure}. When that is mended, \
             `shopctl subscription renew --only {}` renews it.",
            subscription.failures, subscription.number
        ));
    }
    sentences
}

/// Says what the next term costs, and why that.
fn explain_price(
    due: &Due,
    price: &RenewalPrice,
    reminder: Option<Reminder>,
    settings: &ShopSettings,
) -> String {
    let case = due.price_case(settings);
    let costs = format!("The next term costs {} kronor excluding VAT", price.price);
    let kind = if case.group == PriceGroup::Member { "the members' price" } else { "the price" };
    let from = price.price_from;
    match price.rule {
        PriceRule::Agreed => {
            let reason = due.subscription.agreed_price.as_ref().map(|agreed| &*agreed.reason);
            format!("{costs}: the agreed price ({}).", reason.unwrap_or_default())
        }
        PriceRule::Promised => {
            let day = reminder.map(|it| format!(" of {}", it.reminded_on)).unwrap_or_default();
            format!("{costs}: the price that the renewal reminder{day} stated, which binds.")
        }
        PriceRule::List => {
            format!("{costs}: {kind} in force from {from}, as the price list stands today.")
        }
        PriceRule::Held => {
            let why = price.passed_over.map(|passed| {
                let when = if passed.entered_on > case.deadline {
                    "after".to_owned()
                } else {
                    format!("less than {} days before", settings.price_notice_days)
                };
                format!(
                    " The price from {} was entered on {}, {when} the last day for notice, {}: the \
                     former price holds once more.",
                    passed.from, passed.entered_on, case.deadline
                )
            });
            format!("{costs}: {kind} in force from {from}.{}", why.unwrap_or_default())
        }
    }
}
