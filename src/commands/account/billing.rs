//! `account billing`: the invoice details of what runs, changed by the office with a reason (R10).

use anyhow::Result;
use clap::Args;

use super::{personal_warning, postal_code_warning, sheet};
use crate::app::{App, ChangeArgs, Done, parse_line, parse_number, parse_reason};
use crate::domain::account::{Account, AccountKey, Field, Profile};
use crate::domain::billing::{BillingEdit, BillingPlan, Details, Rebilled};
use crate::domain::email::Email;
use crate::domain::letter::{BillingChange, ChangedDetail, Letter, Office, RebilledSubscription};
use crate::domain::mail::NewMail;
use crate::domain::money::Money;
use crate::domain::participant::{Deliver, Participant};
use crate::domain::subscription::{BillingAddress, Subscription};
use crate::domain::text::shell_word;
use crate::domain::vat_number::VatNumber;
use crate::error::{Failure, Status as Exit};
use crate::render::sheet::{Cell, Grid, Sheet, column};
use crate::store::Tx;

/// Change the invoice details of an account and of what runs there
///
/// Without --subscription the account's own details change and those of every running subscription; a
/// detail that a subscription had of its own gives way. With it one subscription gets details of its
/// own. An empty text empties --care-of, --reference and --vat-number. The customer is told at the old
/// and the new address, without the reason; issued invoices keep their details.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl account billing 556036-0793 --invoice-email ekonomi@saab.example \\
      --reason 'letter from the buyer, 2 March'
  shopctl account billing 556036-0793 --subscription 1001 --reference 'Inköp 12' \\
      --reason 'asked for by telephone' -n")]
pub struct BillingArgs {
    /// The organisation number, or the e-mail address of a login
    #[arg(value_name = "ORG")]
    org: AccountKey,
    /// Only this subscription
    #[arg(long, value_name = "N", value_parser = parse_number)]
    subscription: Option<i64>,
    #[command(flatten)]
    details: BillingFlags,
    /// Why, for the audit trail; the customer is not shown it
    #[arg(long, value_name = "TEXT", value_parser = parse_reason)]
    reason: String,
    #[command(flatten)]
    change: ChangeArgs,
}

/// The invoice details, by flags.
#[derive(Clone, Debug, Default, Args)]
pub struct BillingFlags {
    /// Where invoices go
    #[arg(long, value_name = "ADDRESS", value_parser = parse_line)]
    invoice_email: Option<String>,
    /// The c/o line of the address
    #[arg(long, value_name = "NAME", value_parser = parse_line)]
    care_of: Option<String>,
    /// The street of the address
    #[arg(long, value_name = "TEXT", value_parser = parse_line)]
    street: Option<String>,
    /// Its postal code
    #[arg(long, value_name = "CODE", value_parser = parse_line)]
    postal_code: Option<String>,
    /// Its town
    #[arg(long, value_name = "TOWN", value_parser = parse_line)]
    city: Option<String>,
    /// The country of the address, two letters
    #[arg(long, value_name = "CODE", value_parser = parse_line)]
    country: Option<String>,
    /// "Er referens" on invoices
    #[arg(long, value_name = "TEXT", value_parser = parse_line)]
    reference: Option<String>,
    /// The buyer's VAT number
    #[arg(long, value_name = "NUMBER", value_parser = parse_line)]
    vat_number: Option<String>,
    /// How all its invoices come to it: email or e-invoice
    #[arg(long, value_name = "WAY", value_parser = parse_line)]
    deliver: Option<String>,
    /// Its name in Peppol, such as 0088:7300010000001; empty for the organisation number
    #[arg(long, value_name = "SCHEME:ID", value_parser = parse_line)]
    participant: Option<String>,
}

impl BillingFlags {
    fn edit(&self) -> Result<BillingEdit> {
        let mut edit = BillingEdit::default();
        let given = [
            (Field::InvoiceEmail, &self.invoice_email),
            (Field::CareOf, &self.care_of),
            (Field::Street, &self.street),
            (Field::PostalCode, &self.postal_code),
            (Field::City, &self.city),
            (Field::Country, &self.country),
            (Field::Reference, &self.reference),
            (Field::VatNumber, &self.vat_number),
            (Field::Deliver, &self.deliver),
            (Field::Participant, &self.participant),
        ];
        for (field, text) in given {
            if let Some(text) = text {
                edit.give(field, text)
                    .map_err(|error| Failure::refused("value", error.to_string()))?;
            }
        }
        if edit.is_empty() {
            let flags = Field::BILLING.map(Field::flag).join(", ");
            return Err(Failure::new(Exit::Usage, "usage", "there is nothing to change")
                .hint(format!("give one or more of {flags}"))
                .into());
        }
        Ok(edit)
    }
}

pub fn billing(app: &mut App, args: &BillingArgs) -> Result<()> {
    let edit = args.details.edit()?;
    app.change(&args.change, |tx| {
        let account = tx.account(&args.org)?;
        check_vat_number(&account, edit.vat_number())?;
        if let Some(participant) = edit.participant() {
            let checked = participant.check_for(&account.org_number);
            checked.map_err(|error| Failure::refused("value", error.to_string()))?;
        }
        let plan = match args.subscription {
            Some(number) => edit.for_one(&account, &running_one(tx, &account, number)?),
            None => edit.for_all(&account, &running(tx, &account)?),
        };
        let plan = plan.map_err(|error| Failure::refused("billing", error.to_string()))?;

        let mut is_changed = tx.change_account_billing(&account, &plan.profile, &args.reason)?;
        for rebilled in &plan.subscriptions {
            let (before, after) = (&rebilled.before, &rebilled.after);
            is_changed |= tx.change_subscription_billing(before, after, &args.reason)?;
        }
        if is_changed {
            tell_customer(tx, &account, &plan)?;
        }

        let edited = tx.account_by_id(account.id)?;
        let mut done = Done::with(sheet(&edited, tx.today()));
        let mut renewals = Vec::new();
        for rebilled in &plan.subscriptions {
            let price = next_price(tx, &rebilled.after)?;
            renewals.push(renewal_words(&rebilled.after, price));
            done.objects.push(rebilled_sheet(rebilled, price));
        }
        done.summary = (!renewals.is_empty())
            .then(|| format!("the new details are used by {}", renewals.join("; ")));
        done.warnings.extend(personal_warning(edit.invoice_email()));
        done.warnings.extend(vat_number_doubt(&account, edit.vat_number()));
        if args.details.postal_code.is_some() || args.details.country.is_some() {
            let own = plan.subscriptions.iter().filter_map(|one| one.after.address.as_ref());
            let odd = own.filter(|address| address.country.has_not(&address.postal_code));
            let odd = odd.map(|address| address.postal_code.as_str()).next();
            done.warnings.extend(postal_code_warning(odd.or(plan.profile.odd_postal_code())));
        }
        done.warnings.extend(e_invoice_warnings(&account, &plan.profile));
        Ok(done)
    })
}

/// Refuses a VAT number that cannot be the account's.
pub fn check_vat_number(account: &Account, number: Option<&VatNumber>) -> Result<()> {
    if let Some(number) = number {
        let checked = number.check_for(&account.org_number);
        checked.map_err(|error| Failure::refused("value", error.to_string()))?;
    }
    Ok(())
}

/// Warns of a VAT number that need not be the account's.
pub fn vat_number_doubt(account: &Account, number: Option<&VatNumber>) -> Option<String> {
    number.and_then(|number| number.doubt_for(&account.org_number))
}

/// Warns of what comes to stand in the way of e-invoices to an account that gets such.
pub fn e_invoice_warnings(before: &Account, profile: &Profile) -> Vec<String> {
    let number = &before.org_number;
    if profile.deliver == Deliver::Email {
        return Vec::new();
    }
    let is_new = before.profile.deliver == Deliver::Email;
    let mut warnings = Vec::new();
    if profile.reference.is_none() && (is_new || before.profile.reference.is_some()) {
        warnings.push(format!(
            "{} has no reference, and an e-invoice needs one: orders without --reference are refused",
            number.masked()
        ));
    }
    let had_name = is_new || before.profile.participant.is_some();
    if number.is_personal() && profile.participant.is_none() && had_name {
        warnings.push(
            "its Peppol ID is its owner's personal number; --participant gives another".to_owned(),
        );
    }
    warnings
}

/// Refuses to edit invoice details of an account with anything running (R10).
pub fn refuse_while_running(
    tx: &Tx<'_>,
    account: &Account,
    given: &[(Field, String)],
) -> Result<()> {
    if given.is_empty() || !tx.has_running_subscriptions(account.id)? {
        return Ok(());
    }
    let names: Vec<String> = given.iter().map(|(field, _)| field.flag()).collect();
    let flags: Vec<String> = given
        .iter()
        .map(|(field, text)| format!("{} {}", field.flag(), shell_word(text)))
        .collect();
    let number = &account.org_number;
    let words = format!(
        "account {number} has subscriptions running, so `account edit` does not change its invoice \
         details: {}",
        names.join(", ")
    );
    let hint = format!("`shopctl account billing {number} {} --reason TEXT`", flags.join(" "));
    Err(Failure::refused("billing", words).hint(hint).into())
}

/// Returns the invoice details of what runs, and which of them are a subscription's own.
pub fn details_grid(tx: &Tx<'_>, account: &Account) -> Result<Grid> {
    let mut grid = Grid::new(&[
        column("number", "Subscription"),
        column("invoice_email", "Invoice e-mail"),
        column("address", "Address"),
        column("reference", "Reference"),
        column("vat_number", "VAT number"),
        column("own", "Unlike the account"),
    ]);
    let accounts = Details::of_account(&account.profile);
    for subscription in running(tx, account)? {
        let details = Details::of_subscription(&subscription, &account.profile);
        let own: Vec<&str> = changed_details(account, &accounts, &details)
            .into_iter()
            .map(|(_, title, _, _)| title)
            .collect();
        grid.rows.push(vec![
            Cell::Integer(subscription.number),
            Cell::maybe(details.invoice_email.map(|email| email.to_string())),
            Cell::maybe(details.address.as_ref().map(BillingAddress::to_string)),
            Cell::maybe(details.reference),
            Cell::maybe(details.vat_number.map(|number| number.to_string())),
            Cell::list(own),
        ]);
    }
    Ok(grid)
}

/// Returns the subscriptions of an account whose invoices are still to come.
fn running(tx: &Tx<'_>, account: &Account) -> Result<Vec<Subscription>> {
    let mut running = tx.subscriptions_of(account.id)?;
    running.retain(|subscription| subscription.is_invoiced_yet(tx.today()));
    Ok(running)
}

fn running_one(tx: &Tx<'_>, account: &Account, number: i64) -> Result<Subscription> {
    let subscription = tx.subscription(number)?;
    if subscription.account_id != account.id {
        let words = format!("subscription {number} is not one of account {}", account.org_number);
        let hint = format!("`shopctl subscription list --account {}`", account.org_number);
        return Err(Failure::refused("billing", words).hint(hint).into());
    }
    match subscription.ends_on.filter(|_| !subscription.is_invoiced_yet(tx.today())) {
        Some(day) => {
            let words = format!("subscription {number} ended on {day} and is not invoiced again");
            let hint = format!(
                "without `--subscription`, `shopctl account billing {}` changes the details of new orders",
                account.org_number
            );
            Err(Failure::refused("billing", words).hint(hint).into())
        }
        None => Ok(subscription),
    }
}

/// Returns what the next renewal costs as the shop stands today, if one comes and has a price.
fn next_price(tx: &Tx<'_>, subscription: &Subscription) -> Result<Option<Money>> {
    if subscription.next_renewal().is_none() {
        return Ok(None);
    }
    let due = tx.coming_renewal(subscription)?;
    Ok(due.price(&tx.shop_settings()?).ok().map(|price| price.price))
}

fn renewal_words(subscription: &Subscription, price: Option<Money>) -> String {
    let (number, sku) = (subscription.number, &subscription.sku);
    match (subscription.next_renewal(), price, subscription.ends_on) {
        (Some(day), Some(price), _) => format!("{number} ({sku}) from {day}, {price} kronor"),
        (Some(day), None, _) => format!("{number} ({sku}) from {day}"),
        (None, _, Some(end)) => format!("{number} ({sku}), which ends on {end} unrenewed"),
        (None, _, None) => format!("{number} ({sku})"),
    }
}

fn rebilled_sheet(rebilled: &Rebilled, price: Option<Money>) -> Sheet {
    let (subscription, details) = (&rebilled.after, &rebilled.is);
    Sheet::default()
        .fact("number", "Subscription", subscription.number)
        .fact("sku", "Product", subscription.sku.as_str())
        .fact("next_renewal", "Next renewal", Cell::maybe(subscription.next_renewal()))
        .fact("next_price", "Next price", Cell::maybe(price))
        .fact("ends", "Ends", Cell::maybe(subscription.ends_on))
        .fact("invoice_email", "Invoice e-mail", subscription.invoice_email.as_str())
        .fact(
            "address",
            "Address",
            Cell::maybe(details.address.as_ref().map(BillingAddress::to_string)),
        )
        .fact("reference", "Reference", Cell::maybe(details.reference.clone()))
        .fact(
            "vat_number",
            "VAT number",
            Cell::maybe(details.vat_number.as_ref().map(VatNumber::to_string)),
        )
}

/// The details, as letters know them and as the office reads them.
const DETAILS: [(&str, &str); 6] = [
    ("invoice_email", "invoice e-mail"),
    ("address", "address"),
    ("reference", "reference"),
    ("vat_number", "VAT number"),
    ("deliver", "delivery"),
    ("participant", "Peppol ID"),
];

/// A detail that differs: as the letter knows it, as the office reads it, before, and after.
type Changed = (&'static str, &'static str, Option<String>, Option<String>);

fn changed_details(account: &Account, was: &Details, is: &Details) -> Vec<Changed> {
    let texts = |details: &Details| {
        [
            details.invoice_email.as_ref().map(Email::to_string),
            details.address.as_ref().map(BillingAddress::to_string),
            details.reference.clone(),
            details.vat_number.as_ref().map(VatNumber::masked),
            Some(details.deliver.to_string()),
            participant_in_force(account, details).map(|name| name.masked()),
        ]
    };
    let pairs = DETAILS.into_iter().zip(texts(was).into_iter().zip(texts(is)));
    pairs
        .filter(|(_, (before, after))| before != after)
        .map(|((name, title), (before, after))| (name, title, before, after))
        .collect()
}

/// Returns the name under which e-invoices find the account, where it is sent such.
fn participant_in_force(account: &Account, details: &Details) -> Option<Participant> {
    let told = details.participant.clone();
    (details.deliver == Deliver::EInvoice)
        .then(|| told.unwrap_or_else(|| Participant::of(&account.org_number)))
}

/// Queues the letter that tells the customer, to each address before and after.
fn tell_customer(tx: &Tx<'_>, account: &Account, plan: &BillingPlan) -> Result<()> {
    let (was, is) = (Details::of_account(&account.profile), Details::of_account(&plan.profile));
    let new_orders = was != is;
    let pairs = new_orders.then_some((&was, &is)).into_iter();
    let pairs: Vec<(&Details, &Details)> =
        pairs.chain(plan.subscriptions.iter().map(|one| (&one.was, &one.is))).collect();
    let mut changes: Vec<ChangedDetail> = Vec::new();
    let mut recipients: Vec<&Email> = Vec::new();
    for (was, is) in &pairs {
        for (name, _, before, after) in changed_details(account, was, is) {
            let change = ChangedDetail { detail: name.to_owned(), before, after };
            if !changes.contains(&change) {
                changes.push(change);
            }
        }
        for email in [&was.invoice_email, &is.invoice_email].into_iter().flatten() {
            if !recipients.iter().any(|known| known.key() == email.key()) {
                recipients.push(email);
            }
        }
    }
    changes.sort_by_key(|change| DETAILS.iter().position(|(name, _)| *name == change.detail));
    if recipients.is_empty() {
        recipients.extend(account.logins.first());
    }

    let language = account.profile.language;
    let mut subscriptions = Vec::new();
    for one in &plan.subscriptions {
        subscriptions.push(RebilledSubscription {
            number: one.after.number.to_string(),
            product: tx.product(&one.after.sku)?.name(language).to_owned(),
            renewal_date: one.after.next_renewal().map(|day| day.to_string()),
        });
    }
    let (_, seller) = tx.seller()?;
    let letter = Letter::BillingChange(BillingChange {
        office: Office::of(&seller),
        holder: account.profile.name.clone(),
        changes,
        subscriptions,
        new_orders,
    });
    let cause = format!("billing change {}", tx.begun_operation()?);
    for recipient in recipients {
        let mail = NewMail::of_letter(letter.clone(), cause.clone(), account, recipient.clone());
        tx.enqueue_mail(&mail, seller.office_email.domain())?;
    }
    Ok(())
}
