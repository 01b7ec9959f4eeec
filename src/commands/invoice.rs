//! `invoice`: what was issued, explained, drawn and sent once more.
//!
//! An amount of a credit note is shown below zero, so that what is listed adds up; on the document
//! itself it stands above zero, as owed to the customer.

mod credit;
mod crediting;
pub mod e_invoice;
mod explain;
mod hold;
mod reissue;
mod remind;
mod write_off;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use chrono::NaiveDate;
use clap::Args;

use crate::app::{App, ChangeArgs, Done, parse_line, parse_number};
use crate::commands::account::{account_looked_at, deliver, personal_warning};
use crate::commands::mail::kind;
use crate::commands::{check_writable, time, write_file};
use crate::domain::account::AccountKey;
use crate::domain::email::Email;
use crate::domain::invoice::{Draft, Invoice, InvoiceKind, InvoiceNumber, PriceRule};
use crate::domain::licence::Licensee;
use crate::domain::licence::growth::Growth;
use crate::domain::mail::{Mail, MailKind, MailStatus, NewMail};
use crate::domain::payee::Payee;
use crate::domain::payment_reminder::ReminderId;
use crate::domain::product::PriceGroup;
use crate::domain::receivable::{InvoiceState, Sums};
use crate::domain::term::parse_date;
use crate::error::Failure;
use crate::render::pdf::Press;
use crate::render::sheet::{Cell, Grid, Sheet, column, spare};
use crate::store::{InvoiceFilter, Tx};

pub use self::credit::state as invoice_state;
pub use self::crediting::{CreditArgs, credit, issue as issue_credit_note, released};
pub use self::hold::{HoldArgs, ReleaseArgs, hold, release};
pub use self::reissue::{ReissueArgs, reissue};
pub use self::remind::{
    PaymentReminderBatch, RemindArgs, Reminded, count as count_payment_reminders, document_name,
    prepare as prepare_payment_reminders, remind, reminded,
};
pub use self::write_off::{WriteOffArgs, write_off};

/// List invoices and credit notes, newest first
///
/// The total of a credit note is negative, in every format, so that the column adds up to what
/// customers were charged. The state says whether an invoice is paid, credited, written off or overdue,
/// and what is left counts fees and interest that were charged.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  shopctl invoice list\n  shopctl invoice list --account 556036-0793 --format csv\n  shopctl invoice list --overdue\n  shopctl invoice list --with-account 991-2346\n  shopctl invoice list --to-deliver"
)]
pub struct ListArgs {
    /// Only those of this account
    #[arg(long, value_name = "ORG")]
    account: Option<AccountKey>,
    /// Only those of which something is left to pay
    #[arg(long)]
    unpaid: bool,
    /// Only unpaid ones whose due date has passed
    #[arg(long)]
    overdue: bool,
    /// Only unpaid ones due before this day
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    due_before: Option<NaiveDate>,
    /// Only unpaid ones that name this bankgiro, plusgiro or IBAN
    #[arg(long, value_name = "NUMBER", value_parser = parse_payee)]
    with_account: Option<String>,
    /// Only unpaid ones that nobody is reminded of
    #[arg(long)]
    held: bool,
    /// Only those that wait to go out as e-invoices
    #[arg(long)]
    to_deliver: bool,
    /// At most this many, the newest
    #[arg(long, value_name = "N", value_parser = parse_number)]
    limit: Option<i64>,
}

/// Reads an account to pay to, of whichever kind, as its number is compared.
fn parse_payee(text: &str) -> Result<String, String> {
    let reading = Payee::readings(text).into_iter().next();
    reading
        .map(|payee| payee.number().to_owned())
        .ok_or_else(|| format!("`{text}` is no bankgiro, plusgiro or IBAN"))
}

/// Show an invoice or a credit note and explain each of its lines
///
/// An invoice names its credit notes and what they leave of it. The amounts of a credit note are
/// negative here, as in the list; its document states them without a sign, as credited.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  shopctl invoice show 1001\n  shopctl invoice show 1001 --json"
)]
pub struct ShowArgs {
    /// The number of the invoice
    #[arg(value_parser = parse_number)]
    number: i64,
}

/// Write the PDF of an invoice, a credit note or a payment reminder to a file
///
/// The first time fixes its bytes; later calls give the same.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl invoice pdf 1001 -o 1001.pdf
  shopctl invoice pdf 1001 -o - > 1001.pdf
  shopctl invoice pdf 1001 --reminder 2 -o reminder.pdf")]
pub struct PdfArgs {
    /// The number of the invoice
    #[arg(value_parser = parse_number)]
    number: i64,
    /// The payment reminder of this level in place of the invoice
    #[arg(long, value_name = "LEVEL", value_parser = parse_number)]
    reminder: Option<i64>,
    /// Where to; - is stdout
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Say what would be written and write nothing
    #[arg(short = 'n', long)]
    dry_run: bool,
}

/// Queue the mail of an invoice or a credit note again
///
/// Without --again only a mail that was held, failed or bounced goes back into the queue. With it the
/// same document is sent as a further copy.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl invoice send 1001
  shopctl invoice send 1001 --again --to ekonomi@saab.example --reason 'asked for by telephone'")]
pub struct SendArgs {
    /// The number of the invoice
    #[arg(value_parser = parse_number)]
    number: i64,
    /// Send a further copy
    #[arg(long, requires = "reason")]
    again: bool,
    /// To another address than the invoice's own
    #[arg(long, value_name = "ADDRESS", requires = "again")]
    to: Option<Email>,
    /// Why a copy is sent
    #[arg(long, value_name = "TEXT", value_parser = parse_line)]
    reason: Option<String>,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn list(app: &mut App, args: &ListArgs) -> Result<()> {
    let mut list = app.list(&[
        column("number", "Invoice"),
        spare("kind", "Kind"),
        spare("issued_on", "Date"),
        column("due_on", "Due"),
        column("org_number", "Account"),
        column("name", "Name"),
        column("total", "Total"),
        column("left", "Left"),
        column("state", "State"),
        spare("order_number", "Order"),
        spare("ocr", "OCR"),
        spare("mail", "Mail"),
        spare("deliver", "Delivery"),
        spare("delivered_on", "Delivered"),
    ])?;
    let account = account_looked_at(app, args.account.as_ref())?;
    let mut failed = None;
    app.read(|tx| {
        let filter = InvoiceFilter {
            account: account.as_ref().map(|account| account.id),
            is_unpaid: args.unpaid || args.overdue || args.due_before.is_some(),
            due_before: match args.due_before {
                Some(day) if args.overdue => Some(day.min(tx.today())),
                None if args.overdue => Some(tx.today()),
                day => day,
            },
            unpaid_with: args.with_account.clone(),
            is_held: args.held,
            to_deliver: args.to_deliver,
            limit: args.limit,
        };
        tx.each_invoice(&filter, &mut |invoice| {
            let row = vec![
                Cell::Integer(invoice.number),
                credit::kind(invoice.kind),
                Cell::Date(invoice.issued_on),
                Cell::maybe(credit::payable(invoice.kind, invoice.due_on)),
                Cell::Text(invoice.org_number.masked()),
                Cell::Text(invoice.name),
                Cell::Money(invoice.total),
                Cell::maybe(credit::payable(invoice.kind, invoice.left)),
                credit::state(invoice.state),
                Cell::maybe(invoice.order_number),
                Cell::maybe(credit::payable(invoice.kind, invoice.ocr)),
                Cell::maybe(invoice.mail_status),
                deliver(invoice.deliver),
                Cell::maybe(invoice.delivered_on),
            ];
            failed = failed.take().or_else(|| list.row(row).err());
            Ok(())
        })?;
        Ok(())
    })?;
    match failed {
        Some(error) => Err(error.into()),
        None if args.held || args.with_account.is_some() => {
            list.finish("no unpaid invoice is like that")
        }
        None if args.to_deliver => list.finish("no e-invoice waits to be delivered"),
        None if account.is_some() => list.finish("this account has no invoices"),
        None => list.finish("no invoices; `shopctl order create` issues one"),
    }
}

pub fn show(app: &mut App, args: &ShowArgs) -> Result<()> {
    let sheet = app.read(|tx| {
        let invoice = tx.invoice(InvoiceNumber(args.number))?;
        let mut mails = Grid::new(&[
            column("number", "Mail"),
            column("kind", "Kind"),
            column("recipient", "To"),
            column("status", "Status"),
            column("sent_at", "Sent"),
        ]);
        for mail in mails_about(tx, &invoice)? {
            mails.rows.push(vec![
                Cell::Integer(mail.id.0),
                kind(&mail),
                Cell::text(mail.recipient.as_str()),
                Cell::text(mail.status.as_str()),
                Cell::maybe(mail.sent_at.map(time)),
            ]);
        }
        let mut sheet = sheet(tx, &invoice)?.list("mails", "Mails", mails);
        for sentence in prices_passed_over(tx, &invoice.draft)? {
            sheet = sheet.sentence(sentence);
        }
        Ok(sheet)
    })?;
    app.show(&sheet)
}

/// Returns the mails that carried an invoice or a reminder of it, oldest first.
fn mails_about(tx: &Tx<'_>, invoice: &Invoice) -> Result<Vec<Mail>> {
    let mut mails = tx.mails_of_invoice(invoice.id)?;
    for reminder in tx.reminders_of(invoice.id)? {
        mails.extend(tx.mail_of_reminder(reminder.id)?);
    }
    mails.sort_by_key(|mail| mail.id.0);
    Ok(mails)
}

/// Returns what is shown of an invoice.
fn sheet(tx: &Tx<'_>, invoice: &Invoice) -> Result<Sheet> {
    let draft = &invoice.draft;
    let kind = draft.kind();
    let buyer = &draft.buyer;
    let totals = draft.totals();
    let sha256 = tx.document(invoice.id)?.map(|(_, sha256)| sha256);
    let notes = tx.credit_notes(invoice.id)?;
    let credits = draft.credits.as_ref();
    let standing = tx.standing(invoice)?;
    let state = match kind {
        InvoiceKind::Invoice => {
            InvoiceState::of(Sums::of(&standing, !notes.is_empty()), draft.due_on, tx.today())
        }
        InvoiceKind::CreditNote => InvoiceState::Issued,
    };
    let replaces = draft.replaces.map(|former| former.number.0);
    let replaced_by = tx.reissued_as(invoice.id)?.map(|number| number.0);
    let mut rates =
        Grid::new(&[column("vat_rate", "VAT %"), column("net", "On"), column("vat", "VAT")]);
    rates.rows = totals
        .by_rate
        .iter()
        .map(|sum| {
            vec![
                Cell::Integer(i64::from(sum.rate.percent())),
                Cell::Money(kind.owed(sum.net)),
                Cell::Money(kind.owed(sum.vat)),
            ]
        })
        .collect();
    let sheet = Sheet::default()
        .fact("number", "Invoice", invoice.number.0)
        .fact("kind", "Kind", credit::kind(kind))
        .fact("issued_on", "Date", draft.issued_on)
        .fact("due_on", "Due", Cell::maybe(credit::payable(kind, draft.due_on)))
        .fact("ocr", "OCR", Cell::maybe(credit::payable(kind, invoice.number.ocr().to_string())))
        .fact("credits", "Credits invoice", Cell::maybe(credits.map(|credits| credits.number.0)))
        .fact("credit_reason", "Reason", Cell::maybe(credits.map(|c| c.reason.clone())))
        .fact("replaces", "Replaces invoice", Cell::maybe(replaces))
        .fact("replaced_by", "Replaced by", Cell::maybe(replaced_by))
        .fact("org_number", "Buyer's number", buyer.org_number.to_string())
        .fact(
            "vat_number",
            "Buyer's VAT number",
            Cell::maybe(buyer.vat_number.as_ref().map(ToString::to_string)),
        )
        .fact("name", "Buyer", buyer.name.as_str())
        .fact(
            "address",
            "Address",
            format!("{}, {} {}", buyer.street, buyer.postal_code, buyer.city),
        )
        .fact("invoice_email", "Invoice e-mail", buyer.invoice_email.as_str())
        .fact("reference", "Reference", Cell::maybe(draft.reference.clone()))
        .fact("order_number", "Order", Cell::maybe(draft.order_number))
        .fact("seller", "Seller", draft.seller.legal_name.as_str())
        .fact("net", "Net", kind.owed(totals.net))
        .fact("vat", "VAT", kind.owed(totals.vat))
        .fact("total", "Total", kind.owed(totals.total))
        .fact("state", "State", explain::state(state))
        .fact("paid", "Paid", Cell::maybe(credit::payable(kind, standing.paid())))
        .fact("left", "Left", Cell::maybe(credit::payable(kind, standing.left())))
        .fact("sha256", "SHA-256 of the PDF", Cell::maybe(sha256));
    let mut sheet = e_invoice::with_delivery(sheet, invoice, tx.delivery(invoice.id)?.as_ref())
        .list("lines", "Lines", lines(draft))
        .list("licences", "Licences", licences(draft))
        .list("vat_by_rate", "VAT", rates)
        .list("credit_notes", "Credit notes", credit::notes(&notes));
    let sentences = match credits {
        Some(credits) => credit::explanations(draft, credits),
        None => {
            let growths = tx.growths_on(invoice)?;
            let told = draft.lines.iter().map(|line| explanation(line, &growths));
            told.chain([VAT_EXPLAINED.to_owned()]).collect()
        }
    };
    if kind == InvoiceKind::Invoice {
        sheet = hold::with_hold(sheet, tx.hold_of(invoice.id)?.as_ref());
    }
    for sentence in sentences.into_iter().chain(credit::consequence(&standing, &notes)) {
        sheet = sheet.sentence(sentence);
    }
    match kind {
        InvoiceKind::Invoice => explain::settlement(tx, invoice, &standing, sheet),
        InvoiceKind::CreditNote => Ok(sheet),
    }
}

/// Names the versions of the price list that came too late for lines at a former price.
fn prices_passed_over(tx: &Tx<'_>, draft: &Draft) -> Result<Vec<String>> {
    let mut sentences = Vec::new();
    let held = draft.lines.iter().filter(|line| line.basis.rule == PriceRule::Held);
    for line in held {
        let product = line.sku.parse().ok().map(|sku| tx.find_product(&sku)).transpose()?.flatten();
        let passed =
            product.and_then(|it| it.price_known_on(line.basis.decided_on, draft.issued_on));
        if let Some(passed) = passed {
            sentences.push(format!(
                "{}: the price from {}, {} kronor, was entered on {}, too late for the buyer to leave \
                 before this period.",
                line.sku,
                passed.from,
                passed.of(line.basis.group),
                passed.entered_on
            ));
        }
    }
    Ok(sentences)
}
const VAT_EXPLAINED: &str = "VAT is taken once per rate on the sum of its lines and rounded half up to \
                             whole öre; nothing else is rounded.";

/// Says how a line came by its price and its VAT.
fn explanation(line: &crate::domain::invoice::Line, growths: &[Growth]) -> String {
    let basis = &line.basis;
    let group = match basis.group {
        PriceGroup::Member => "the members' price, the buyer being a member that day",
        PriceGroup::Regular => "the regular price, the buyer not being a member that day",
    };
    let day =
        if line.period.is_some() { "the first day of the period" } else { "the day of the order" };
    let exemption =
        line.vat_exemption.as_ref().map(|exemption| format!(" ({exemption})")).unwrap_or_default();
    let (amount, from) = (line.unit_price, basis.price_from);
    let growth = growths.iter().find(|growth| growth.is_billed_by(line));
    if let Some(growth) = growth.and_then(|growth| growth.told(line)) {
        return format!(
            "{}: {day} decides, {}; {group}; {growth}; VAT {}{exemption}, in force from {}.",
            line.sku, basis.decided_on, line.vat_rate, basis.vat_from
        );
    }
    let price = match basis.rule {
        PriceRule::List => format!("{group}, {amount} kronor, in force from {from}"),
        PriceRule::Held => {
            format!("{group}, {amount} kronor, in force from {from}, which holds once more")
        }
        PriceRule::Agreed => format!("the price agreed with the buyer, {amount} kronor"),
        PriceRule::Promised => {
            format!("the price that the renewal reminder stated for it, {amount} kronor")
        }
    };
    format!(
        "{}: {} decides, {}; {price}; VAT {}{exemption}, in force from {}.",
        line.sku, day, basis.decided_on, line.vat_rate, basis.vat_from
    )
}

/// Returns an invoice's lines as rows.
pub fn lines(draft: &Draft) -> Grid {
    let mut grid = Grid::new(&[
        column("sku", "SKU"),
        column("description", "Description"),
        column("period", "Period"),
        column("subscription", "Subscription"),
        column("quantity", "Quantity"),
        column("unit_price", "Price"),
        column("vat_rate", "VAT %"),
        column("net", "Net"),
    ]);
    let kind = draft.kind();
    grid.rows = draft
        .lines
        .iter()
        .map(|line| {
            vec![
                Cell::text(&*line.sku),
                Cell::text(&*line.description),
                Cell::maybe(line.period),
                Cell::maybe(line.subscription_number),
                Cell::Integer(line.quantity),
                Cell::Money(kind.owed(line.unit_price)),
                Cell::Integer(i64::from(line.vat_rate.percent())),
                Cell::Money(kind.owed(line.net)),
            ]
        })
        .collect();
    grid
}

/// Returns the licences that an invoice's lines are for as rows.
pub fn licences(draft: &Draft) -> Grid {
    let mut grid = Grid::new(&[
        column("licence", "Licence"),
        column("sku", "SKU"),
        column("holder", "Holder"),
        column("seats", "Seats"),
    ]);
    for line in &draft.lines {
        let Some(Licensee { holder, seats }) = &line.licensee else { continue };
        grid.rows.push(vec![
            Cell::maybe(line.subscription_number),
            Cell::text(&*line.sku),
            Cell::text(holder.as_str()),
            Cell::Integer(*seats),
        ]);
    }
    grid
}

pub fn pdf(app: &mut App, args: &PdfArgs) -> Result<()> {
    let number = InvoiceNumber(args.number);
    let (bytes, document, name) = app.read(|tx| match args.reminder {
        Some(level) => {
            let (id, bytes) = remind::document(tx, number, level)?;
            Ok((bytes, Document::Reminder(id), format!("reminder {level} of invoice")))
        }
        None => {
            let invoice = tx.invoice(number)?;
            let attached = e_invoice::attached(tx, &invoice)?;
            let bytes = match tx.document(invoice.id)? {
                Some((bytes, _)) => bytes,
                None => draw(&invoice, attached.as_deref())?,
            };
            let name = invoice.draft.kind().to_string();
            Ok((bytes, Document::Invoice { invoice: Box::new(invoice), attached }, name))
        }
    })?;
    if args.dry_run {
        app.say(&format!("`{}` would be written, {} bytes", args.output.display(), bytes.len()));
        return Ok(());
    }

    check_writable(&args.output)?;
    let (bytes, sha256) = app.record(|tx| {
        Ok(match &document {
            Document::Invoice { invoice, attached } => {
                if let Some(attached) = attached {
                    tx.keep_e_invoice(invoice, attached.clone())?;
                }
                tx.keep_document(invoice, bytes.clone())?
            }
            Document::Reminder(id) => tx.keep_reminder_document(*id, bytes.clone())?,
        })
    })?;

    write_file(&args.output, &bytes)?;
    app.say(&format!("{name} {number}, SHA-256 {sha256}"));
    if app.wants_json()? && args.output != Path::new("-") {
        let sheet = Sheet::default()
            .fact("number", "Invoice", number.0)
            .fact("file", "File", args.output.display().to_string())
            .fact("size", "Bytes", bytes.len() as i64)
            .fact("sha256", "SHA-256", sha256);
        app.show(&sheet)?;
    }
    Ok(())
}

/// What is written to a file, and fixed by that.
enum Document {
    /// With the e-invoice that it carries.
    Invoice {
        invoice: Box<Invoice>,
        attached: Option<Vec<u8>>,
    },
    Reminder(ReminderId),
}

/// Draws the document of an invoice, with the e-invoice that it carries.
fn draw(invoice: &Invoice, attached: Option<&[u8]>) -> Result<Vec<u8>> {
    Press::new()
        .invoice_with(invoice, attached)
        .with_context(|| format!("{} {} cannot be drawn", invoice.draft.kind(), invoice.number))
}

pub fn send(app: &mut App, args: &SendArgs) -> Result<()> {
    app.change(&args.change, |tx| {
        let invoice = tx.invoice(InvoiceNumber(args.number))?;
        if args.again {
            queue_copy(tx, &invoice, args)?;
        } else {
            requeue(tx, &invoice)?;
        }
        let sheet = sheet(tx, &invoice)?;
        let mut done = Done::with(Sheet { sentences: Vec::new(), ..sheet });
        done.warnings.extend(personal_warning(args.to.as_ref()));
        Ok(done)
    })
}

fn queue_copy(tx: &Tx<'_>, invoice: &Invoice, args: &SendArgs) -> Result<()> {
    let recipient = args.to.clone().unwrap_or_else(|| invoice.draft.buyer.invoice_email.clone());
    let is_copy = |mail: &&Mail| mail.kind == MailKind::InvoiceCopy;
    let number = tx.mails_of_invoice(invoice.id)?.iter().filter(is_copy).count() + 1;
    let reason = args.reason.as_deref().unwrap_or_default();
    let cause = format!("copy {number} of invoice {}: {reason}", invoice.number);
    let copy = NewMail::of_invoice(MailKind::InvoiceCopy, cause, invoice, recipient);
    Ok(tx.enqueue_mail(&copy, invoice.draft.seller.office_email.domain())?)
}

fn requeue(tx: &Tx<'_>, invoice: &Invoice) -> Result<()> {
    let mails = tx.mails_of_invoice(invoice.id)?;
    let stuck = mails.iter().rev().find(|mail| {
        matches!(mail.status, MailStatus::Held | MailStatus::Failed | MailStatus::Bounced)
    });
    if let Some(mail) = stuck {
        return Ok(tx.requeue_mail(mail)?);
    }
    if mails.iter().any(|mail| mail.status == MailStatus::Sent) {
        let words = format!("{} {} was sent already", invoice.draft.kind(), invoice.number);
        return Err(Failure::refused("already_sent", words)
            .hint("`--again --reason TEXT` sends a further copy")
            .into());
    }
    Ok(())
}
