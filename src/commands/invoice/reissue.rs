//! `invoice reissue`: invoices are credited and issued anew, to today's buyer from today's seller.

use std::collections::{BTreeSet, VecDeque};
use std::ops::RangeInclusive;
use std::sync::Arc;

use anyhow::Result;
use clap::Args;

use crate::app::{
    App, Batch, BatchArgs, ChangeArgs, Done, Question, Step, parse_line, parse_number, parse_reason,
};
use crate::commands::account::personal_warning;
use crate::domain::account::Account;
use crate::domain::credit::{self, Addressee};
use crate::domain::email::Email;
use crate::domain::invoice::{Draft, Invoice, InvoiceNumber};
use crate::domain::ledger::Standing;
use crate::domain::mail::{MailKind, NewMail};
use crate::domain::money::Money;
use crate::domain::seller::Seller;
use crate::domain::subscription::Subscription;
use crate::domain::term::days_after;
use crate::domain::text::shell_word;
use crate::error::{Failure, Status};
use crate::render::sheet::Sheet;
use crate::store::{Hold, StoreError, Tx};

use super::sheet;

/// Credit invoices and issue them anew, with today's buyer and seller
///
/// For a wrong reference, name or address: the lines, their prices and VAT stay as they were. The name
/// is the account's of today, and a licence's holder is that of today; the address, the invoice e-mail and
/// the reference are the subscription's, or the account's where the invoice bills none (such an invoice
/// keeps a reference of its own). Terms are then billed by the new invoice, what was paid and a hold move
/// over to it, and its days to pay count from today; fees and interest fall away, and what was written off
/// is owed again. Change the details first, with `account edit`, `account billing` or `licence edit`, or
/// give --reference here.
///
/// Of a range, credit notes and invoices credited in full are passed over.
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl invoice reissue 1001 --reference 'PO 4711' --reason 'Fel referens.'
  shopctl invoice reissue 1001 1004 --reason 'Företaget har bytt namn.' -n
  shopctl invoice reissue 1001..1010 --reason 'Fel adress.' --yes")]
pub struct ReissueArgs {
    /// The numbers of invoices, or ranges of them
    #[arg(required = true, value_name = "N|N..M", value_parser = parse_range)]
    numbers: Vec<RangeInclusive<i64>>,
    /// "Er referens" on the new invoice
    #[arg(long, value_name = "TEXT", value_parser = parse_line)]
    reference: Option<String>,
    /// Where the new invoice goes
    #[arg(long, value_name = "ADDRESS")]
    invoice_email: Option<Email>,
    /// Why, in words for the customer
    #[arg(long, value_name = "TEXT", value_parser = parse_reason)]
    reason: String,
    #[command(flatten)]
    batch: BatchArgs,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Reads a number, or a first and a last one: `1001..1010`.
fn parse_range(text: &str) -> Result<RangeInclusive<i64>, String> {
    let Some((first, last)) = text.split_once("..") else {
        return parse_number(text).map(|number| number..=number);
    };
    let (first, last) = (parse_number(first)?, parse_number(last)?);
    match first <= last {
        true => Ok(first..=last),
        false => Err(format!("`{text}` ends before it begins")),
    }
}

pub fn reissue(app: &mut App, args: &ReissueArgs) -> Result<()> {
    if let [numbers] = &args.numbers[..]
        && numbers.start() == numbers.end()
    {
        return reissue_one(app, args, InvoiceNumber(*numbers.start()));
    }
    let batch = prepare(app, args)?;
    if !args.change.yes && !args.change.dry_run {
        let because = format!("{} invoices are to be issued anew.", batch.waiting.len());
        app.agree_each(&batch, Question { because, ask: "Credit them and issue them anew?" })?;
    }
    app.change_each(&args.change, batch)?.verdict()
}

fn reissue_one(app: &mut App, args: &ReissueArgs, number: InvoiceNumber) -> Result<()> {
    app.change(&args.change, |tx| {
        let plan = plan(tx, args, number)?;
        let (note, invoice) = perform(tx, &plan)?;

        let because = plan.told(&note, &invoice);
        let sheet = Sheet { sentences: Vec::new(), ..sheet(tx, &invoice)? };
        let mut done = Done { warnings: plan.warnings, ..Done::with(sheet) };
        done.warnings.extend(personal_warning(args.invoice_email.as_ref()));
        done.summary = (args.change.yes || args.change.dry_run).then(|| because.clone());
        done.questions.push(Question { because, ask: "Credit it and issue it anew?" });
        Ok(done)
    })
}

/// An invoice to be issued anew, decided: what credits it, and what takes its place.
struct Plan {
    original: Invoice,
    account: Account,
    note: Draft,
    anew: Draft,
    standing: Standing,
    hold: Option<Hold>,
    differences: Vec<(&'static str, String, String)>,
    warnings: Vec<String>,
}

fn plan(tx: &Tx<'_>, args: &ReissueArgs, number: InvoiceNumber) -> Result<Plan> {
    let original = tx.invoice(number)?;
    let credited = tx.credited(&original)?;
    credit::check_reissue(&original, &credited)?;
    let account = tx.debtor(&original)?;
    let own = own_subscriptions(tx, &original, &account)?;
    let mut to = Addressee::of(&account, own.first(), &original.draft)?;
    if let Some(reference) = &args.reference {
        to.reference = Some(reference.clone()).filter(|reference| !reference.is_empty());
    }
    if let Some(email) = &args.invoice_email {
        to.buyer.invoice_email = email.clone();
    }

    let (mut differences, warnings) =
        (to.differences(&original.draft), warnings(args, &account, &own, &to));
    let (_, seller) = tx.seller()?;
    let seller: Arc<Seller> = Arc::new(seller);
    let today = tx.today();
    let note = credit::in_full(&original, &credited, &args.reason, &seller, today)?;
    let standing = tx.standing(&original)?;
    let paid = standing.paid().min(standing.total);
    let days = (today, days_after(today, seller.payment_terms_days)?);
    let mut anew = credit::reissued(&original, to, &seller, days, paid);
    if anew.language != original.draft.language {
        let growths = tx.growths_on(&original)?;
        for line in &mut anew.lines {
            let sku = line.sku.parse().ok();
            let product = sku.map(|sku| tx.find_product(&sku)).transpose()?.flatten();
            let Some(product) = product else { continue };
            let name = product.name(anew.language);
            let growth = growths.iter().find(|growth| growth.is_billed_by(line));
            line.description = growth
                .map_or_else(|| name.to_owned(), |growth| growth.described(name, anew.language));
        }
    }
    differences.extend(name_holders(tx, &own, &mut anew)?);
    let hold = tx.invoice_hold(original.id)?;
    Ok(Plan { original, account, note, anew, standing, hold, differences, warnings })
}

/// Lets the lines of licences that are the debtor's still name their holder of today; returns what each
/// name was and is where that is another.
fn name_holders(
    tx: &Tx<'_>,
    own: &[Subscription],
    anew: &mut Draft,
) -> Result<Vec<(&'static str, String, String)>> {
    let mut differences = Vec::new();
    for line in &mut anew.lines {
        let is_own = own.iter().any(|one| Some(one.number) == line.subscription_number);
        let Some(licensee) = line.licensee.as_mut().filter(|_| is_own) else { continue };
        let licence = line.subscription_number.map(|number| tx.find_licence(number)).transpose()?;
        if let Some(licence) = licence.flatten().filter(|it| it.holder != licensee.holder) {
            let was = licensee.holder.to_string();
            licensee.holder = licence.holder;
            differences.push(("holder", was, licensee.holder.to_string()));
        }
    }
    Ok(differences)
}

/// Returns the subscriptions that an invoice bills and that are its debtor's still.
fn own_subscriptions(
    tx: &Tx<'_>,
    invoice: &Invoice,
    account: &Account,
) -> Result<Vec<Subscription>> {
    let mut own = Vec::new();
    for line in &invoice.draft.lines {
        let Some(number) = line.subscription_number else { continue };
        let subscription = tx.subscription(number)?;
        if subscription.account_id == account.id {
            own.push(subscription);
        }
    }
    Ok(own)
}

/// Returns what the office should know: details that the subscriptions do not share, or keep.
/// Returns what a command calls an account by, without showing a person's number.
fn typed(account: &Account) -> String {
    match account.logins.first() {
        Some(login) if account.org_number.is_personal() => login.to_string(),
        _ => account.org_number.to_string(),
    }
}

fn warnings(
    args: &ReissueArgs,
    account: &Account,
    own: &[Subscription],
    to: &Addressee,
) -> Vec<String> {
    let Some((first, others)) = own.split_first() else { return Vec::new() };
    let details = |one: &Subscription| {
        (
            one.invoice_email.clone(),
            one.reference.clone(),
            one.address.clone(),
            one.vat_number.clone(),
        )
    };
    let mut warnings = Vec::new();
    if let Some(other) = others.iter().find(|other| details(other) != details(first)) {
        warnings.push(format!(
            "subscriptions {} and {} have different invoice details; those of {0} are used",
            first.number, other.number
        ));
    }
    let given = args.reference.is_some() || args.invoice_email.is_some();
    let keeps = own
        .iter()
        .find(|one| one.reference != to.reference || one.invoice_email != to.buyer.invoice_email);
    if let Some(one) = keeps.filter(|_| given) {
        let reference = args.reference.as_deref().map(shell_word);
        let reference = reference.map(|it| format!(" --reference {it}")).unwrap_or_default();
        let email = args.invoice_email.as_ref();
        let email = email.map(|it| format!(" --invoice-email {it}")).unwrap_or_default();
        warnings.push(format!(
            "subscription {0} keeps its own details for its next invoice; `shopctl account billing {1} \
             --subscription {0}{reference}{email} --reason TEXT` changes them",
            one.number,
            typed(account)
        ));
    }
    warnings
}

/// Carries out a plan and queues the mails of both documents.
fn perform(tx: &Tx<'_>, plan: &Plan) -> Result<(Invoice, Invoice)> {
    let Plan { original, account, note, anew, .. } = plan;
    let (note, invoice) = tx.reissue_invoice(original, note, anew, account.id)?;
    let recipient = invoice.draft.buyer.invoice_email.clone();
    let domain = invoice.draft.seller.office_email.domain();
    let mails = [
        NewMail::of_credit_note(&note, recipient),
        NewMail::first_of_invoice(MailKind::ReissuedInvoice, &invoice),
    ];
    for mail in mails.iter().flatten() {
        tx.enqueue_mail(mail, domain)?;
    }
    Ok((note, invoice))
}

impl Plan {
    /// Says what is done.
    fn told(&self, note: &Invoice, invoice: &Invoice) -> String {
        let Draft { due_on, replaces, .. } = &invoice.draft;
        let mut told = format!(
            "Invoice {} is credited in full by credit note {} and issued anew as invoice {}, due {due_on}.",
            self.original.number, note.number, invoice.number
        );
        let differences: Vec<String> =
            self.differences.iter().map(|(what, was, is)| changed(what, was, is)).collect();
        match differences.is_empty() {
            true => {
                told.push_str(" The buyer, the address and the reference are the same as before.")
            }
            false => told.push_str(&format!(" What differs: {}.", differences.join("; "))),
        }
        let paid = replaces.map(|former| former.paid).unwrap_or_default();
        if paid > Money::ZERO {
            told.push_str(&format!(
                " {paid} kronor that was paid moves over, and {} kronor is left to pay.",
                invoice.draft.to_pay()
            ));
        }
        let over = self.standing.paid() - paid;
        let consequences = [
            (over, "of what was paid is left over and stays on the account's balance"),
            (self.standing.claimed(), "of fees and interest falls away"),
            (self.standing.given_up(), "that was written off is owed again"),
        ];
        for (amount, what) in consequences.into_iter().filter(|(it, _)| *it > Money::ZERO) {
            told.push_str(&format!(" {amount} kronor {what}."));
        }
        if let Some(hold) = &self.hold {
            told.push_str(&format!(" It stays on hold: {}.", hold.reason));
        }
        told
    }
}

fn changed(what: &str, was: &str, is: &str) -> String {
    match (was, is) {
        ("", is) => format!("{what} `{is}`, none before"),
        (was, "") => format!("no {what}, before `{was}`"),
        (was, is) => format!("{what} `{is}`, before `{was}`"),
    }
}

/// Invoices to be issued anew, one after another.
#[derive(Clone)]
struct Reissues {
    args: ReissueArgs,
    waiting: VecDeque<InvoiceNumber>,
    reissued: i64,
    warnings: Vec<String>,
    /// The invoices that were refused, each with its cause.
    failures: Vec<(InvoiceNumber, String)>,
}

/// Looks up what the ranges hold, and returns the batch.
fn prepare(app: &mut App, args: &ReissueArgs) -> Result<Reissues> {
    let numbers = app.read(|tx| {
        let mut numbers = BTreeSet::new();
        for range in &args.numbers {
            let (first, last) = (InvoiceNumber(*range.start()), InvoiceNumber(*range.end()));
            if first == last {
                numbers.insert(first);
                continue;
            }
            for number in tx.invoice_numbers(first, last)? {
                let invoice = tx.invoice(number)?;
                if !tx.credited(&invoice)?.is_closed() {
                    numbers.insert(number);
                }
            }
        }
        Ok(numbers)
    })?;
    let waiting: VecDeque<InvoiceNumber> = numbers.into_iter().collect();
    args.batch.refuse_unusual(waiting.len() as i64, "invoices are to be issued anew")?;
    let limit = args.batch.limit.and_then(|limit| usize::try_from(limit).ok());
    Ok(Reissues {
        args: args.clone(),
        waiting: waiting.into_iter().take(limit.unwrap_or(usize::MAX)).collect(),
        reissued: 0,
        warnings: Vec::new(),
        failures: Vec::new(),
    })
}

impl Reissues {
    fn verdict(&self) -> Result<()> {
        if self.failures.is_empty() {
            return Ok(());
        }
        let refused = self.failures.len() as i64;
        let words =
            format!("{refused} of {} invoices were not issued anew", refused + self.reissued);
        Err(Failure::new(Status::Partial, "some_refused", words)
            .hint("each is told above; the others are done")
            .into())
    }
}

impl Batch for Reissues {
    fn step(&mut self, tx: &Tx<'_>, limit: i64) -> Result<Step> {
        for _ in 0..limit {
            let Some(number) = self.waiting.pop_front() else { return Ok(Step::Finished) };
            match plan(tx, &self.args, number) {
                Ok(plan) => {
                    perform(tx, &plan)?;
                    self.reissued += 1;
                    self.warnings.extend(plan.warnings);
                }
                Err(error) if is_outside(&error) => return Err(error),
                Err(error) => self.failures.push((number, format!("{error:#}"))),
            }
        }
        Ok(if self.waiting.is_empty() { Step::Finished } else { Step::More })
    }

    fn pass_over(&mut self, _: &Tx<'_>, error: &anyhow::Error) -> Result<()> {
        if let Some(number) = self.waiting.pop_front() {
            self.failures.push((number, format!("{error:#}")));
        }
        Ok(())
    }

    fn done(&self) -> Done {
        let sheet = Sheet::default().fact("reissued", "Issued anew", self.reissued).fact(
            "refused",
            "Refused",
            self.failures.len() as i64,
        );
        let told = |(number, reason): &(InvoiceNumber, String)| format!("{number}: {reason}");
        let refused = self.failures.iter().map(told);
        let warnings = self.warnings.iter().cloned().chain(refused).collect();
        Done { warnings, ..Done::with(sheet) }
    }
}

/// Says whether a plan failed for a reason that is not the invoice's own.
fn is_outside(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref::<StoreError>(), Some(StoreError::Driver(_)))
}
