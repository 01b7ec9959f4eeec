//! `subscription show`: one subscription, its dates explained.

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;

use crate::app::{App, parse_number};
use crate::domain::account::Account;
use crate::domain::product::{PriceGroup, Product};
use crate::domain::subscription::{Subscription, term_line};
use crate::domain::term::NoticeRule;
use crate::render::sheet::{Cell, Grid, Sheet, column};

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
    let sheet = app.read(|tx| {
        let subscription = tx.subscription(args.number)?;
        let account = tx.account_by_id(subscription.account_id)?;
        let product = tx.product(&subscription.sku)?;
        let mut terms = Grid::new(&[column("term", "Term"), column("invoice", "Invoice")]);
        for (term, invoice) in tx.terms(subscription.id)? {
            terms.rows.push(vec![Cell::Term(term), Cell::Integer(invoice)]);
        }
        let rule = tx.shop_settings()?.notice;
        Ok(sheet(&subscription, &account, &product, rule, tx.today()).list(
            "terms",
            "Billed terms",
            terms,
        ))
    })?;
    app.show(&sheet)
}

fn sheet(
    subscription: &Subscription,
    account: &Account,
    product: &Product,
    rule: NoticeRule,
    today: NaiveDate,
) -> Sheet {
    let status = subscription.status(today);
    let next_term = subscription.next_term().ok();
    let next_line = next_term.and_then(|term| term_line(product, account, term, None).ok());
    let mut sheet = Sheet::default()
        .fact("number", "Subscription", subscription.number)
        .fact("status", "Status", status.as_str())
        .fact("sku", "Product", subscription.sku.as_str())
        .fact("product_name", "Name", product.name_sv.as_str())
        .fact("org_number", "Account", account.org_number.to_string())
        .fact("name", "Holder", account.profile.name.as_str())
        .fact("start", "Since", subscription.rhythm.anchor)
        .fact("term", "Billed term", Cell::maybe(subscription.billed_term()))
        .fact("renewal_date", "Renewal date", subscription.renewal_date())
        .fact("notice_deadline", "Last day for notice", subscription.notice_deadline(rule))
        .fact("ends", "Ends", Cell::maybe(subscription.ends_on))
        .fact("next_price", "Next price", Cell::maybe(next_line.as_ref().map(|line| line.net)))
        .fact("invoice_email", "Invoice e-mail", subscription.invoice_email.as_str())
        .fact("reference", "Reference", Cell::maybe(subscription.reference.clone()))
        .fact("failure", "Renewal refused", Cell::maybe(subscription.failure.clone()));
    for sentence in
        explanation(subscription, product, next_line.map(|line| line.basis.group), rule, today)
    {
        sheet = sheet.sentence(sentence);
    }
    sheet
}

/// Explains the dates in sentences that one can read out on the telephone.
fn explanation(
    subscription: &Subscription,
    product: &Product,
    group: Option<PriceGroup>,
    rule: NoticeRule,
    today: NaiveDate,
) -> Vec<String> {
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
    if let Some(day) = subscription.ends_on {
        let verb = if day <= today { "ended" } else { "ends" };
        sentences.push(format!("It {verb} on {day} and will not be renewed."));
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
            months(subscription.notice_months)
        ));
    } else {
        sentences.push(format!(
            "It renews itself on {renewal}, because the last day for notice was {deadline}."
        ));
    }
    if let Some(end) = subscription.end_on_notice(today, rule).ok().filter(|_| deadline < today) {
        sentences.push(format!("A notice that reaches us today ends it on {end}."));
    }
    let price = product.price_on(renewal).ok().zip(group);
    if let Some((price, group)) = price {
        let kind = if group == PriceGroup::Member { "the members' price" } else { "the price" };
        sentences.push(format!(
            "The next term costs {} kronor excluding VAT: {kind} in force from {}, as the price list \
             stands today.",
            price.of(group),
            price.from
        ));
    }
    if let Some(failure) = subscription.failure.as_ref().filter(|_| subscription.is_parked()) {
        sentences.push(format!(
            "Its renewal was refused {} times and is parked: {failure}. When that is mended, \
             `shopctl subscription renew --only {}` renews it.",
            subscription.failures, subscription.number
        ));
    }
    sentences
}

fn months(count: u32) -> String {
    match count {
        1 => "1 month".to_owned(),
        _ => format!("{count} months"),
    }
}
