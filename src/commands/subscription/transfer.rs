//! `subscription transfer`: a subscription goes over to another account.

use anyhow::{Context, Result};
use chrono::NaiveDate;
use clap::Args;

use crate::app::{App, ChangeArgs, Done, Question, parse_line, parse_number};
use crate::commands::account::{called, personal_warning};
use crate::commands::licence::named_otherwise;
use crate::domain::account::{Account, AccountKey};
use crate::domain::email::Email;
use crate::domain::letter::{Letter, Office, SubscriptionTransfer};
use crate::domain::mail::NewMail;
use crate::domain::money::Money;
use crate::domain::subscription::Subscription;
use crate::error::Failure;
use crate::render::sheet::{Cell, Sheet};
use crate::store::{Transfer, Tx};

/// Transfer a running subscription to another account
///
/// Its terms, its number and an agreed price stay; what was invoiced stays with the account that was
/// invoiced. Renewals are billed to the new account at its address, by its membership, to its invoice
/// e-mail and with its reference unless others are given, which takes the grant `billing`. Both holders
/// are told, at the invoice e-mail before and the one after.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl subscription transfer 1001 --to 212000-0142 -n
  shopctl subscription transfer 1001 --to 212000-0142 --invoice-email faktura@stockholm.example \\
      --note 'business sold, see letter of 12 March'")]
pub struct TransferArgs {
    /// The number of the subscription
    #[arg(value_parser = parse_number)]
    number: i64,
    /// The account that takes it over: its organisation number, or the e-mail address of a login
    #[arg(long, value_name = "ORG")]
    to: AccountKey,
    /// Where its invoices go from now on; the new account's invoice e-mail unless given
    #[arg(long, value_name = "ADDRESS")]
    invoice_email: Option<Email>,
    /// "Er referens" from now on; the new account's unless given
    #[arg(long, value_name = "TEXT", value_parser = parse_line)]
    reference: Option<String>,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn transfer(app: &mut App, args: &TransferArgs) -> Result<()> {
    if args.invoice_email.is_some() || args.reference.is_some() {
        app.require_billing().context("`--invoice-email` and `--reference`")?;
    }
    app.change(&args.change, |tx| {
        let subscription = tx.subscription(args.number)?;
        let from = tx.account_by_id(subscription.account_id)?;
        let to = tx.account(&args.to)?;
        refuse_what_cannot_move(tx, &subscription, &from, &to)?;
        let transfer = Transfer {
            invoice_email: invoice_email(args, &to)?,
            reference: match &args.reference {
                Some(reference) => Some(reference.clone()).filter(|text| !text.is_empty()),
                None => to.profile.reference.clone(),
            },
        };
        let questions = doubled(tx, &subscription, &to)?;
        let reminder = tx.reminder(subscription.id, subscription.renewal_date())?;
        let promised = reminder.map(|reminder| reminder.price);
        let mut warnings = warnings(&subscription, &from, &to, &transfer, promised, tx.today());

        tx.transfer_subscription(&subscription, &from, &to, &transfer)?;
        let transferred = tx.subscription(args.number)?;
        if tx.find_licence(args.number)?.is_some() {
            warnings.extend(named_otherwise(tx, &to)?);
        }
        tell_customers(tx, (&from, &subscription), (&to, &transferred))?;
        let object = sheet(&transferred, &to, tx.today());
        Ok(Done { questions, warnings, ..Done::with(object) })
    })
}

fn refuse_what_cannot_move(
    tx: &Tx<'_>,
    subscription: &Subscription,
    from: &Account,
    to: &Account,
) -> Result<()> {
    if let Some(day) = subscription.ends_on.filter(|_| !subscription.runs_on(tx.today())) {
        let words = format!("subscription {} ended on {day}", subscription.number);
        return Err(Failure::refused("ended", words)
            .hint(format!("`shopctl order create --account {}` starts a new one", to.org_number))
            .into());
    }
    if from.id == to.id {
        let words =
            format!("subscription {} is held by {} already", subscription.number, called(to));
        return Err(Failure::refused("same_account", words)
            .hint(format!("`shopctl subscription show {}` shows it", subscription.number))
            .into());
    }
    to.check_buyer().with_context(|| format!("account {}", to.org_number))
}

fn invoice_email(args: &TransferArgs, to: &Account) -> Result<Email> {
    let email = args.invoice_email.clone().or_else(|| to.profile.invoice_email.clone());
    email.ok_or_else(|| {
        Failure::refused("invoice_email_missing", "the new account has no invoice e-mail")
            .hint("give `--invoice-email ADDRESS`")
            .into()
    })
}

/// Asks about a second running subscription to the same product.
fn doubled(tx: &Tx<'_>, subscription: &Subscription, to: &Account) -> Result<Vec<Question>> {
    let theirs = tx.subscriptions_of(to.id)?;
    let running = theirs
        .iter()
        .filter(|other| other.product_id == subscription.product_id && other.runs_on(tx.today()));
    let question = |other: &Subscription| Question {
        because: format!(
            "{} has subscription {} to {} already.",
            called(to),
            other.number,
            other.sku
        ),
        ask: "Give it a second one?",
    };
    Ok(running.map(question).collect())
}

fn warnings(
    subscription: &Subscription,
    from: &Account,
    to: &Account,
    transfer: &Transfer,
    promised: Option<Money>,
    today: NaiveDate,
) -> Vec<String> {
    let mut warnings: Vec<String> =
        personal_warning(Some(&transfer.invoice_email)).into_iter().collect();
    let renewal = subscription.renewal_date();
    if subscription.ends_on.is_none_or(|day| day > renewal) && renewal <= today {
        warnings.push(format!(
            "the term from {renewal} is not billed yet, and will be billed to {}",
            to.profile.name
        ));
    }
    if let Some(day) = subscription.ends_on {
        warnings.push(format!("notice was given for it, and it ends on {day}"));
    }
    if let Some(agreed) = &subscription.agreed_price {
        warnings.push(format!(
            "the price of {} kronor agreed with {} goes along",
            agreed.price, from.profile.name
        ));
    } else if from.is_member_on(renewal) != to.is_member_on(renewal) {
        let group = if to.is_member_on(renewal) { "members'" } else { "regular" };
        warnings.push(match promised {
            None => format!("renewals are at the {group} price from now on"),
            Some(price) => format!(
                "the renewal on {renewal} costs {price} kronor, as its reminder said; those after it \
                 are at the {group} price"
            ),
        });
    }
    if let Some(reference) = &subscription.reference
        && subscription.reference != transfer.reference
    {
        warnings
            .push(format!("the reference `{reference}` was the former holder's and is dropped"));
    }
    warnings
}

/// Queues the letter to the invoice e-mail before and the one after, each in its holder's language.
fn tell_customers(
    tx: &Tx<'_>,
    (from, before): (&Account, &Subscription),
    (to, after): (&Account, &Subscription),
) -> Result<()> {
    let (_, seller) = tx.seller()?;
    let product = tx.product(&after.sku)?;
    let cause = format!("transfer {}", tx.begun_operation()?);
    let mut recipients = vec![(to, &after.invoice_email)];
    if before.invoice_email.key() != after.invoice_email.key() {
        recipients.push((from, &before.invoice_email));
    }
    for (holder, recipient) in recipients {
        let letter = Letter::SubscriptionTransfer(SubscriptionTransfer {
            office: Office::of(&seller),
            number: after.number.to_string(),
            product: product.name(holder.profile.language).to_owned(),
            from: from.profile.name.clone(),
            to: to.profile.name.clone(),
            invoice_email_before: before.invoice_email.to_string(),
            invoice_email_now: after.invoice_email.to_string(),
            reference_before: before.reference.clone(),
            reference_now: after.reference.clone(),
            renewal_date: after.next_renewal().map(|day| day.to_string()),
        });
        let mail = NewMail::of_letter(letter, cause.clone(), holder, recipient.clone());
        tx.enqueue_mail(&mail, seller.office_email.domain())?;
    }
    Ok(())
}

fn sheet(subscription: &Subscription, holder: &Account, today: NaiveDate) -> Sheet {
    Sheet::default()
        .fact("number", "Subscription", subscription.number)
        .fact("status", "Status", subscription.status(today).as_str())
        .fact("sku", "Product", subscription.sku.as_str())
        .fact("org_number", "Account", holder.org_number.to_string())
        .fact("name", "Customer", holder.profile.name.as_str())
        .fact("renewal_date", "Renewal date", subscription.renewal_date())
        .fact("ends", "Ends", Cell::maybe(subscription.ends_on))
        .fact("invoice_email", "Invoice e-mail", subscription.invoice_email.as_str())
        .fact("reference", "Reference", Cell::maybe(subscription.reference.clone()))
}
