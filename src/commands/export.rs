//! `export`: what bookkeeping is given.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use chrono::NaiveDate;
use clap::Args;
use sha2::{Digest, Sha256};

use crate::app::{App, ChangeArgs, Done};
use crate::commands::{PendingFile, check_writable, time};
use crate::domain::book_account::BookAccount;
use crate::domain::books::{BookPeriod, financial_years};
use crate::domain::money::Money;
use crate::domain::term::parse_date;
use crate::domain::voucher::SERIES;
use crate::error::{Failure, Status};
use crate::render::sheet::{Cell, Grid, Sheet, column};
use crate::render::sie::{Head, Record, Writer, as_written};
use crate::store::{BookExport, BookedAccount, TakenUp, Tx};

/// Write the vouchers of some days to a file that bookkeeping programs read, SIE 4I
///
/// Each invoice, credit note, payment, settlement, refund, fee, interest and write-off is one voucher,
/// and goes out once: what came in after its day had been exported is taken up by the next export, as
/// far back as the first day ever exported. Vouchers are numbered as they go out; with --again the
/// same ones are written with the same numbers, for when a file was lost.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl export sie --from 2026-03-01 --to 2026-03-31 -o mars.si
  shopctl export sie --from 2026-03-01 --to 2026-03-31 -o mars.si --again")]
pub struct SieArgs {
    /// The first day
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    from: NaiveDate,
    /// The last day, today at the latest
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    to: NaiveDate,
    /// Where to; - is stdout
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Write anew what exports within these days held, and nothing else
    #[arg(long)]
    again: bool,
    #[command(flatten)]
    change: ChangeArgs,
}

/// List the files that bookkeeping was given
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  shopctl export list\n  shopctl export list --json")]
pub struct ListArgs {}

/// How many vouchers are named whose text the code page lacks characters of.
const NAMED_MAX: usize = 10;

const UNWRITABLE: &str = "the file cannot be written";

pub fn list(app: &mut App, _args: &ListArgs) -> Result<()> {
    let exports = app.read(|tx| Ok(tx.book_exports()?))?;
    let mut list = app.list(&[
        column("from", "From"),
        column("to", "To"),
        column("exported_at", "Exported"),
        column("vouchers", "Vouchers"),
        column("first_number", "First"),
        column("last_number", "Last"),
        column("again", "Again"),
    ])?;
    for export in exports {
        list.row(vec![
            Cell::Date(export.period.from),
            Cell::Date(export.period.to),
            time(export.exported_at),
            Cell::Integer(export.vouchers),
            Cell::maybe(export.first_number),
            Cell::maybe(export.last_number),
            Cell::Truth(export.is_again),
        ])?;
    }
    list.finish("nothing was exported yet")
}

pub fn sie(app: &mut App, args: &SieArgs) -> Result<()> {
    let period = checked_period(args, app.today())?;
    check_writable(&args.output)?;
    let is_stdout = args.output == Path::new("-");
    let mut pending = None;
    let mut perform = |tx: &Tx<'_>| {
        let (done, file) = match args.again {
            false => anew(tx, period, &args.output)?,
            true => again(tx, period, &args.output)?,
        };
        pending = file;
        Ok(done)
    };
    // The answer of a change could not be told from a file on stdout.
    if is_stdout && !args.change.dry_run {
        let done = app.record(&mut perform)?;
        done.warnings.into_iter().for_each(|words| app.warn(words));
        done.summary.into_iter().for_each(|words| app.say(&words));
    } else {
        app.change(&args.change, &mut perform)?;
    }
    match pending.filter(|_| !args.change.dry_run) {
        Some(file) => file.put().map_err(|error| not_put(args, &error).into()),
        None => Ok(()),
    }
}

/// Returns the days to be exported, if they are in order and have come.
fn checked_period(args: &SieArgs, today: NaiveDate) -> Result<BookPeriod> {
    let (from, to) = (args.from, args.to);
    if to < from {
        let words = format!("the export would begin on {from} and end before that, on {to}");
        let hint = format!("give `--from {to} --to {from}`");
        return Err(Failure::refused("value", words).hint(hint).into());
    }
    if to > today {
        let words = format!("{to} lies ahead, and what will be booked until then is not known");
        let hint = format!("`--to {today}` takes up what there is");
        return Err(Failure::refused("not_yet", words).hint(hint).into());
    }
    Ok(BookPeriod { from, to })
}

fn not_put(args: &SieArgs, error: &anyhow::Error) -> Failure {
    let words = format!("the vouchers are in the log, and their file is not there: {error:#}");
    let hint = format!(
        "`shopctl export sie --from {} --to {} --again -o FILE` writes the same vouchers",
        args.from, args.to
    );
    Failure::new(Status::Outside, "file_not_written", words).hint(hint)
}

/// Exports what was not exported yet. The file lies beside its place, whole, before the log is kept, and
/// is given its name after that: whatever is interrupted, nothing goes out twice, and what is in the log
/// can be written again.
fn anew(tx: &Tx<'_>, period: BookPeriod, path: &Path) -> Result<(Done, Option<PendingFile>)> {
    let outside = tx.count_before_books(period.from)?;
    let Some((export, taken_up)) = tx.export_books(period)? else {
        return Ok((nothing(period, &tx.book_exports()?), None));
    };
    let (mut done, file) = write(tx, &export, &[export.id], path)?;
    done.warnings.splice(0..0, late_words(&taken_up, outside, period));
    Ok((done, Some(file)))
}

fn again(tx: &Tx<'_>, period: BookPeriod, path: &Path) -> Result<(Done, Option<PendingFile>)> {
    let Some((export, held)) = tx.export_again(period)? else {
        let words = format!("no export lies within the days from {} to {}", period.from, period.to);
        let hint = "`shopctl export list` lists them; without `--again` the first one is made";
        return Err(Failure::new(Status::NotFound, "no_export", words).hint(hint).into());
    };
    let (done, file) = write(tx, &export, &held, path)?;
    Ok((done, Some(file)))
}

fn nothing(period: BookPeriod, exports: &[BookExport]) -> Done {
    let BookPeriod { from, to } = period;
    let held: Vec<&BookExport> = exports
        .iter()
        .filter(|export| !export.is_again && export.vouchers > 0)
        .filter(|export| export.period.from <= to && from <= export.period.to)
        .collect();
    let is_within = |export: &&BookExport| from <= export.period.from && export.period.to <= to;
    let words = if held.is_empty() {
        format!("there is nothing to book from {from} to {to}; no file was written")
    } else if held.iter().all(is_within) {
        format!(
            "all there is to book from {from} to {to} was exported before, with {}; no file was \
             written, and `--again` writes it anew",
            counted(held.iter().map(|export| export.vouchers).sum())
        )
    } else {
        format!(
            "all there is to book from {from} to {to} was exported before, in files of further days; \
             no file was written, and `shopctl export list` lists them"
        )
    };
    Done { warnings: vec![words], ..Done::default() }
}

fn late_words(taken_up: &TakenUp, outside: i64, period: BookPeriod) -> Vec<String> {
    let first = period.from;
    let mut words = Vec::new();
    if taken_up.earlier > 0 {
        let count = counted(taken_up.earlier);
        words.push(format!("also taken up: {count} dated before {first}, which no file held yet"));
    }
    if taken_up.moved > 0 {
        let count = counted(taken_up.moved);
        words.push(format!(
            "dated after the lock: {count} of days that were exported before, and locked since"
        ));
    }
    if outside > 0 {
        let count = counted(outside);
        words.push(format!(
            "left to other books: {count} of days before {first}, the first day of the first export; \
             one that begins earlier takes them up"
        ));
    }
    words
}

fn counted(vouchers: i64) -> String {
    if vouchers == 1 { "1 voucher".to_owned() } else { format!("{vouchers} vouchers") }
}

/// Writes the vouchers of exports `held` to a file beside `path`, and ends `export` with it.
fn write(
    tx: &Tx<'_>,
    export: &BookExport,
    held: &[i64],
    path: &Path,
) -> Result<(Done, PendingFile)> {
    let accounts = tx.booked_accounts(held)?;
    let mut pending = PendingFile::begin(path)?;
    let mut lacking = Lacking::default();
    let sha256 = write_sie(tx, export, held, &accounts, pending.out(), &mut lacking)?;
    pending.sync()?;
    tx.finish_export(export, &sha256)?;
    let sum: Money = accounts.iter().map(|account| account.debit).sum();
    let mut done = Done::with(sheet(export, &accounts, &sha256));
    let numbers = match (export.first_number, export.last_number) {
        (Some(first), Some(last)) => format!(", {SERIES} {first} to {SERIES} {last}"),
        _ => String::new(),
    };
    done.summary =
        Some(format!("{}{numbers}: {sum} kronor debit and credit", counted(export.vouchers)));
    done.warnings = lacking.words();
    Ok((done, pending))
}

/// Writes the file, and returns its SHA-256.
fn write_sie(
    tx: &Tx<'_>,
    export: &BookExport,
    held: &[i64],
    accounts: &[BookedAccount],
    file: &mut File,
    lacking: &mut Lacking,
) -> Result<String> {
    let (_, seller) = tx.seller()?;
    let settings = tx.shop_settings()?;
    let named: Vec<(u32, &str)> =
        accounts.iter().map(|account| (account.number, account_name(&account.purpose))).collect();
    let BookPeriod { from, to } = export.period;
    let (first_day, last_day) = tx.booked_days(held)?.unwrap_or((from, to));
    let years =
        financial_years(first_day.min(from), last_day.max(to), settings.financial_year_starts);
    let org_number = seller.org_number.to_string();
    let head = Head {
        version: env!("CARGO_PKG_VERSION"),
        generated_on: tx.today(),
        org_number: &org_number,
        company: &seller.legal_name,
        years: &years,
        accounts: &named,
    };
    let out = Hashed { out: BufWriter::new(file), sum: Sha256::new() };
    let (mut sie, lost) = Writer::begin(out, &head).context(UNWRITABLE)?;
    lacking.add(&seller.legal_name, &lost);
    let mut failed = None;
    for held in held {
        tx.each_booked_voucher(*held, &mut |voucher| {
            if failed.is_some() {
                return;
            }
            let record = Record {
                series: SERIES,
                number: voucher.number,
                dated_on: voucher.dated_on,
                text: &voucher.text,
                rows: &voucher.rows,
            };
            match sie.voucher(&record) {
                Ok(lost) => lacking.add(&voucher.text, &lost),
                Err(error) => failed = Some(error),
            }
        })?;
    }
    let finished = match failed {
        Some(error) => Err(error),
        None => sie.finish(),
    };
    let sum = finished.context(UNWRITABLE)?.sum.finalize();
    Ok(sum.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Returns the name of an account by the setting that chose it.
fn account_name(purpose: &str) -> &'static str {
    let known = BookAccount::ALL.into_iter().find(|account| account.setting() == purpose);
    known.map_or("", BookAccount::bas_name)
}

fn sheet(export: &BookExport, accounts: &[BookedAccount], sha256: &str) -> Sheet {
    let mut grid = Grid::new(&[
        column("account", "Account"),
        column("name", "Name"),
        column("debit", "Debit"),
        column("credit", "Credit"),
    ]);
    grid.rows.extend(accounts.iter().map(|account| {
        vec![
            Cell::Integer(i64::from(account.number)),
            Cell::text(account_name(&account.purpose)),
            Cell::Money(account.debit),
            Cell::Money(account.credit),
        ]
    }));
    Sheet::default()
        .fact("from", "From", export.period.from)
        .fact("to", "To", export.period.to)
        .fact("vouchers", "Vouchers", export.vouchers)
        .fact("first_number", "First", Cell::maybe(export.first_number))
        .fact("last_number", "Last", Cell::maybe(export.last_number))
        .fact("sha256", "SHA-256", sha256)
        .list("accounts", "Accounts", grid)
}

/// Texts with characters that the code page lacks.
#[derive(Default)]
struct Lacking {
    named: Vec<String>,
    unnamed: usize,
}

impl Lacking {
    fn add(&mut self, text: &str, lost: &[char]) {
        if lost.is_empty() {
            return;
        }
        if self.named.len() == NAMED_MAX {
            self.unnamed += 1;
            return;
        }
        let characters: Vec<String> = lost.iter().map(|lost| format!("`{lost}`")).collect();
        self.named.push(format!(
            "`{text}` is written as `{}`: the code page of SIE files lacks {}",
            as_written(text),
            characters.join(", ")
        ));
    }

    fn words(mut self) -> Vec<String> {
        if self.unnamed > 0 {
            self.named.push(format!("so it is with {} further texts", self.unnamed));
        }
        self.named
    }
}

/// Hashes what it writes.
struct Hashed<W: Write> {
    out: W,
    sum: Sha256,
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.out.write(bytes)?;
        self.sum.update(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
