//! `payment import`: a bank's file is read and checked whole, and each of its payments booked once.

use std::io::{self, Read};
use std::path::PathBuf;

use anyhow::{Context, Result};
use chrono::NaiveDate;
use clap::Args;
use sha2::{Digest, Sha256};

use crate::app::{App, ChangeArgs, Done};
use crate::commands::open_file;
use crate::domain::bank::Part;
use crate::domain::invoice::{Invoice, InvoiceKind, InvoiceNumber};
use crate::domain::matching::Verdict;
use crate::domain::money::Money;
use crate::domain::ocr::Ocr;
use crate::domain::payment::{Payment, PaymentFileId, Source};
use crate::effects::terminal::Progress;
use crate::error::{Failure, Status};
use crate::render::bank::{Expected, Format, Item, PassedOver, Problem, Reader};
use crate::render::sheet::{Cell, Sheet};
use crate::store::{BankFile, StagedPayment, StoreError, Tx};

/// How many refusals of a file are told one by one.
const PROBLEMS_SHOWN: usize = 50;

/// How many staged payments are read back at once.
const PAGE: i64 = 1000;

/// Import a file of payments from the bank: BgMax or camt.054
///
/// The format is told by what stands in the file; camt.054 is read in versions 02 and 08. The whole file
/// is checked first: counts and control sums, the account paid to, the currency, the day. A deposit (a
/// section of BgMax, an entry of camt.054) that fails is refused whole, naming its line, and the others
/// are booked; a file that is cut off or damaged is refused whole.
///
/// A payment is booked once, in whichever file it stands: it is known by the bank's own reference, its day
/// and its amount, and without a reference by all that is told of it. So a file can be imported twice.
///
/// Each payment then settles the invoices it names. What cannot be matched waits for a person. Money that
/// went out is passed over, as is what the bank has announced and not booked; what the bank takes back is
/// booked as a deduction.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl payment import bgmax.txt -n
  shopctl payment import camt054.xml
  gpg -d payments.gpg | shopctl payment import -")]
pub struct ImportArgs {
    /// The file; - is stdin
    file: PathBuf,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn import(app: &mut App, args: &ImportArgs) -> Result<()> {
    let name = match args.file.to_str() {
        Some("-") => "stdin".to_owned(),
        _ => args.file.display().to_string(),
    };
    let input = open_file(&args.file)?;
    let mut progress = app.terminal.progress("payments read");
    let read = app
        .stage(|tx| {
            let today = tx.today();
            Staging::of(tx, Expected { payees: tx.payees()?, today }, input, &mut progress)
        })
        .with_context(|| format!("`{name}`"))?;
    drop(progress);

    let is_refused = read.deposits == 0 && read.refused > 0;
    if !is_refused || read.refused > 1 {
        warn_of_problems(app, &name, &read);
    }
    tell_passed_over(app, &name, read.passed_over);
    if is_refused {
        return Err(all_refused(&name, &read));
    }
    let file = BankFile {
        id: PaymentFileId(0),
        name,
        format: read.format.to_string(),
        source: match read.format {
            Format::BgMax => Source::BgMax,
            Format::Camt02 | Format::Camt08 => Source::Camt,
        },
        sha256: read.sha256,
        latest_on: read.latest_on,
        booked: 0,
        known: 0,
        refused: read.refused,
    };
    let mut progress = app.terminal.progress("payments booked");
    app.change(&args.change, |tx| book(tx, file.clone(), &mut progress))?;
    drop(progress);
    if read.refused > 0 {
        let others = if args.change.dry_run { "would be" } else { "are" };
        let words = format!("{} refused, the others {others} booked", deposits_were(read.refused));
        let failure = Failure::new(Status::Partial, "some_refused", words);
        return Err(failure.hint(advice(&read.problems)).into());
    }
    Ok(())
}

/// Returns what to do about what was refused.
fn advice(problems: &[Problem]) -> String {
    let seller = match problems.iter().any(Problem::is_of_payee) {
        true => "`shopctl seller show` names the seller's accounts; ",
        false => "",
    };
    format!("{seller}ask the bank for a right file, and import it: what is booked is booked once")
}

fn deposits_were(count: i64) -> String {
    if count == 1 { "1 deposit was".to_owned() } else { format!("{count} deposits were") }
}

fn all_refused(name: &str, read: &Staging) -> anyhow::Error {
    let words = match read.problems.as_slice() {
        [only] if read.refused == 1 => format!("{name}, {only}; nothing was booked"),
        _ => format!("{name}: {} refused, and nothing was booked", deposits_were(read.refused)),
    };
    Failure::refused("file_refused", words).hint(advice(&read.problems)).into()
}

fn warn_of_problems(app: &mut App, name: &str, read: &Staging) {
    for problem in &read.problems {
        app.warn_always(format!("{name}, {problem}"));
    }
    let shown = read.problems.len() as i64;
    if read.refused > shown {
        app.warn_always(format!("… and {} more", read.refused - shown));
    }
}

fn tell_passed_over(app: &App, name: &str, passed_over: PassedOver) {
    let kinds = [
        (passed_over.pending, "announced and not booked"),
        (passed_over.outgoing, "money that went out"),
        (passed_over.empty, "payments of nothing"),
    ];
    let told = kinds.iter().filter(|(count, _)| *count > 0);
    let told: Vec<String> = told.map(|(count, what)| format!("{count} × {what}")).collect();
    if !told.is_empty() {
        app.say(&format!("{name}: passed over: {}", told.join(", ")));
    }
}

/// What a file holds, once its payments are staged.
struct Staging {
    format: Format,
    sha256: String,
    latest_on: Option<NaiveDate>,
    /// Deposits that are right, and those that are refused.
    deposits: i64,
    refused: i64,
    /// The first refusals.
    problems: Vec<Problem>,
    passed_over: PassedOver,
}

impl Staging {
    /// Reads a file to its end and stages the payments of those deposits that are right.
    fn of(
        tx: &Tx<'_>,
        expected: Expected,
        input: impl Read,
        progress: &mut Progress,
    ) -> Result<Staging> {
        tx.begin_payment_staging()?;
        let mut digest = Digesting { input, digest: Sha256::new() };
        let mut reader = Reader::open(&mut digest, expected)?;
        let (mut deposits, mut refused, mut problems) = (0, 0, Vec::new());
        // The first places of the deposit and of the section at hand, and the section's deposits.
        let (mut position, mut of_deposit, mut of_section, mut in_section) = (0, 1, 1, 0);
        let mut lacks_day = false;
        let mut refuse = |problem: Problem| {
            refused += 1;
            if problems.len() < PROBLEMS_SHOWN {
                problems.push(problem);
            }
        };
        while let Some(item) = reader.next_item()? {
            match item {
                Item::Payment(payment) => {
                    progress.tick();
                    position += 1;
                    lacks_day |= payment.day.is_none();
                    tx.stage_payment(position, &payment)?;
                    continue;
                }
                Item::Deposit(Ok(day)) => {
                    if std::mem::take(&mut lacks_day) {
                        tx.date_staged_payments(of_deposit, day)?;
                    }
                    deposits += 1;
                    in_section += 1;
                }
                Item::Deposit(Err(problem)) => {
                    if position >= of_deposit {
                        tx.unstage_payments(of_deposit)?;
                    }
                    refuse(problem);
                }
                Item::Section(outcome) => {
                    if let Err(problem) = outcome {
                        tx.unstage_payments(of_section)?;
                        deposits -= in_section;
                        refuse(problem);
                    }
                    of_section = position + 1;
                    in_section = 0;
                }
            }
            of_deposit = position + 1;
        }
        let (format, passed_over, made_on) =
            (reader.format(), reader.passed_over(), reader.made_on());
        drop(reader);
        io::copy(&mut digest, &mut io::sink())?;
        let latest_on = tx.number_staged_payments()?.or(made_on);
        let sha256 = digest.digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Staging { format, sha256, latest_on, deposits, refused, problems, passed_over })
    }
}

/// An input whose bytes are digested as they are read.
struct Digesting<R> {
    input: R,
    digest: Sha256,
}

impl<R: Read> Read for Digesting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.input.read(buffer)?;
        self.digest.update(&buffer[..length]);
        Ok(length)
    }
}

/// What came of the payments that are new.
#[derive(Default)]
struct Outcome {
    booked: Money,
    matched: i64,
    settled: Money,
    waiting: i64,
    left: Money,
    /// What is left of payments that name whose they are: more than was owed.
    surplus: Money,
    /// The first payments that settle nothing of what they name.
    idle: Vec<String>,
}

/// Books what is staged and new, and matches it.
fn book(tx: &Tx<'_>, mut file: BankFile, progress: &mut Progress) -> Result<Done> {
    let before = tx.find_payment_file(&file.sha256)?;
    let mut outcome = Outcome::default();
    let mut after = 0;
    loop {
        let page = tx.staged_payments(after, PAGE)?;
        let Some(last) = page.last() else { break };
        after = last.position;
        for staged in &page {
            if let Some(payment) = tx.book_staged(&mut file, staged)? {
                outcome.booked += payment.told.amount;
                outcome.count(tx, &payment, staged)?;
            }
        }
        progress.add(page.len() as u64);
    }
    tx.finish_payment_file(&mut file)?;
    Ok(Done {
        summary: Some(summary(&file, &outcome, before)),
        warnings: std::mem::take(&mut outcome.idle),
        ..Done::with(sheet(&file, &outcome))
    })
}

impl Outcome {
    /// Matches a payment and counts what came of it.
    fn count(&mut self, tx: &Tx<'_>, payment: &Payment, staged: &StagedPayment) -> Result<()> {
        let is_settled =
            !staged.incoming.is_unclear && settle(tx, payment, &staged.incoming.parts)?;
        tx.round_off_rests(payment)?;
        let left = tx.payment_left(payment)?;
        self.settled += payment.told.amount - left;
        if !is_settled {
            self.waiting += 1;
            self.left += left;
            return Ok(());
        }
        let is_surplus = left > Money::ZERO;
        if is_surplus {
            self.surplus += left;
        }
        if !is_surplus || left != payment.told.amount {
            self.matched += 1;
        } else if self.idle.len() < PROBLEMS_SHOWN {
            let told = &payment.told;
            let named = told.reference.as_deref().or(told.message.as_deref()).unwrap_or_default();
            self.idle.push(format!(
                "payment {} of {left} kronor settles nothing, since nothing is left to pay of what it \
                 names, `{named}`",
                payment.number
            ));
        }
        Ok(())
    }
}

/// Settles what the payment names; says whether nothing of it waits for a person.
fn settle(tx: &Tx<'_>, payment: &Payment, parts: &[Part]) -> Result<bool> {
    if settle_parts(tx, payment, parts)? {
        return Ok(true);
    }
    Ok(!matches!(tx.match_payment(payment)?.verdict, Verdict::Open(_)))
}

/// Settles the invoices that the bank names with their parts of the payment; says whether it could.
///
/// A part below zero is a credit note's, by which its invoice was lowered already: what is too much then
/// stays on the payment. Where the parts do not make the payment, or name anything but open invoices,
/// nothing is settled by them.
fn settle_parts(tx: &Tx<'_>, payment: &Payment, parts: &[Part]) -> Result<bool> {
    let whole: Money = parts.iter().map(|part| part.amount).sum();
    if parts.is_empty() || whole != payment.told.amount {
        return Ok(false);
    }
    let mut settled: Vec<(Invoice, Money)> = Vec::new();
    for part in parts.iter().filter(|part| part.amount > Money::ZERO) {
        let Some(invoice) = named(tx, &part.reference)? else { return Ok(false) };
        let amount = tx.standing(&invoice)?.left().min(part.amount);
        let is_again = settled.iter().any(|(other, _)| other.id == invoice.id);
        if is_again || amount <= Money::ZERO {
            return Ok(false);
        }
        settled.push((invoice, amount));
    }
    if settled.iter().map(|(_, amount)| *amount).sum::<Money>() > whole {
        return Ok(false);
    }
    for (invoice, amount) in &settled {
        tx.settle(payment, invoice, *amount, None)?;
    }
    Ok(true)
}

/// Returns the invoice whose payment reference or number this is; a credit note is none, since nothing is
/// paid on it.
fn named(tx: &Tx<'_>, reference: &str) -> Result<Option<Invoice>> {
    let digits = reference.replace(' ', "");
    let digits = digits.trim_start_matches('0');
    let of_ocr = |digits: &str| {
        let number = digits.get(..digits.len().checked_sub(2)?)?.parse().ok()?;
        (Ocr::of_invoice(number).as_str() == digits).then_some(number)
    };
    let Some(number) = of_ocr(digits).or_else(|| digits.parse().ok()) else { return Ok(None) };
    match tx.invoice(InvoiceNumber(number)) {
        Ok(invoice) if invoice.draft.kind() == InvoiceKind::Invoice => Ok(Some(invoice)),
        Ok(_) => Ok(None),
        Err(StoreError::Unknown { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn summary(file: &BankFile, outcome: &Outcome, before: Option<String>) -> String {
    let name = &file.name;
    if file.booked == 0 {
        let seen = before.map_or_else(String::new, |at| format!("this file was imported {at}; "));
        return match file.known {
            0 => format!("{name}: {seen}there is no payment in it"),
            1 => format!("{name}: {seen}its payment is in the books already, and nothing is new"),
            count => {
                format!(
                    "{name}: {seen}all {count} payments are in the books already, and nothing is new"
                )
            }
        };
    }
    let mut words = format!("{name}: {} booked, {} kronor", payments(file.booked), outcome.booked);
    if file.known > 0 {
        words.push_str(&format!("; {} in the books already", file.known));
    }
    words.push_str(&format!("; {} matched, {} kronor", outcome.matched, outcome.settled));
    if outcome.surplus > Money::ZERO {
        let surplus = outcome.surplus;
        words.push_str(&format!(
            "; {surplus} kronor more than was owed: `shopctl payment list --balance`"
        ));
    }
    if outcome.waiting > 0 {
        let (count, left) = (outcome.waiting, outcome.left);
        words.push_str(&format!(
            "; {count} left to a person, {left} kronor: `shopctl payment list --unmatched`"
        ));
    }
    words
}

fn payments(count: i64) -> String {
    if count == 1 { "1 payment".to_owned() } else { format!("{count} payments") }
}

fn sheet(file: &BankFile, outcome: &Outcome) -> Sheet {
    Sheet::default()
        .fact("file", "File", file.name.as_str())
        .fact("format", "Format", file.format.as_str())
        .fact("sha256", "SHA-256", file.sha256.as_str())
        .fact("latest_on", "Up to", Cell::maybe(file.latest_on))
        .fact("booked", "Booked", file.booked)
        .fact("amount", "Amount", outcome.booked)
        .fact("known", "Known", file.known)
        .fact("matched", "Matched", outcome.matched)
        .fact("settled", "Settled", outcome.settled)
        .fact("surplus", "Surplus", outcome.surplus)
        .fact("waiting", "Waiting", outcome.waiting)
        .fact("left", "Left", outcome.left)
        .fact("refused", "Refused", file.refused)
}
