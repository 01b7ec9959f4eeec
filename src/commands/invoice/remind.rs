//! `invoice remind`: the next payment reminder of each invoice whose day for one has come.

mod claim;
mod document;

use anyhow::{Context, Result};
use chrono::NaiveDate;
use clap::Args;

use self::claim::Claim;
pub use self::document::{Reminded, document, document_name, reminded};
use crate::app::{App, Batch, BatchArgs, ChangeArgs, Done, Question, Step, parse_number};
use crate::commands::daily::day_of_instant;
use crate::commands::subscription::far_ahead;
use crate::domain::account::AccountId;
use crate::domain::invoice::{Invoice, InvoiceNumber};
use crate::domain::mail::Mail;
use crate::domain::payment_reminder::{
    Arrival, BankFiles, Day, Earlier, Level, NotReminded, Reminding, Unpaid,
};
use crate::domain::reference_rate::Rates;
use crate::domain::seller::Seller;
use crate::domain::setting::ShopSettings;
use crate::domain::term::parse_date;
use crate::error::{Failure, Status, tell};
use crate::render::sheet::{Cell, Grid, Sheet, column};
use crate::store::{Overdue, OverdueCursor, StoreError, Tx};

/// Remind customers of unpaid invoices
///
/// Each level of `shopctl seller level list` is sent once, one at a time, with late interest to the day
/// and the level's fee. Nobody is reminded of an invoice on hold, or whose mail did not arrive, or while
/// the newest file of the bank is old. Off until `shopctl setting set payment_reminders on`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl invoice remind -n
  shopctl invoice remind --limit 50
  shopctl invoice remind 1001
  shopctl invoice remind 1001 --early")]
pub struct RemindArgs {
    /// Only this invoice; says why not, where it is not to be reminded of
    #[arg(value_parser = parse_number, conflicts_with_all = ["as_of", "limit", "max"])]
    number: Option<i64>,
    /// Remind before the level's day, though not before the last day to pay has passed
    #[arg(long, requires = "number")]
    early: bool,
    /// Take those to be reminded of by this day; today unless given
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    as_of: Option<NaiveDate>,
    #[command(flatten)]
    batch: BatchArgs,
    #[command(flatten)]
    change: ChangeArgs,
}

impl RemindArgs {
    /// Returns the arguments of the nightly reminders.
    pub fn nightly(change: ChangeArgs) -> RemindArgs {
        let batch = BatchArgs::default();
        RemindArgs { number: None, early: false, as_of: None, batch, change }
    }
}

/// What is said where reminders were never switched on.
const OFF: &str =
    "payment reminders are off; `shopctl setting set payment_reminders on` begins them";

pub fn remind(app: &mut App, args: &RemindArgs) -> Result<()> {
    if let Some(number) = args.number {
        return remind_one(app, args, InvoiceNumber(number));
    }
    let Some(batch) = prepare(app, args)? else {
        app.say(OFF);
        return if app.wants_json()? { app.show_work(&[], &[]) } else { Ok(()) };
    };
    if let Some(because) = far_ahead(app, args.as_of, &args.change) {
        app.agree_each(&batch, Question { because, ask: "Remind of all this?" })?;
    }
    let batch = app.change_each(&args.change, batch)?;
    batch.verdict()
}

fn remind_one(app: &mut App, args: &RemindArgs, number: InvoiceNumber) -> Result<()> {
    app.change(&args.change, |tx| {
        let office = Office::load(tx)?;
        let invoice = super::hold::owed(tx, number.0)?;
        tx.set_claims_right(&invoice)?;
        let overdue = tx.invoice_to_chase(&invoice)?;
        let day = Day { today: tx.today(), as_of: tx.today(), is_early: args.early };
        let level = match office.reminding.due(&office.unpaid(tx, &overdue)?, day) {
            Ok(level) => level,
            Err(reason) => return Err(refusal(tx, &invoice, overdue.account, &reason)?.into()),
        };
        let claim = Claim::of(tx, &office, invoice)
            .with_context(|| format!("invoice {number} cannot be reminded of"))?;
        let reminder = claim.make(tx, &office, level, overdue.account)?;
        let sheet = Sheet::default()
            .fact("number", "Invoice", number.0)
            .fact("level", "Reminder", level.number)
            .fact("pay_by", "Pay by", reminder.pay_by)
            .fact("left", "To pay", Cell::Money(reminder.left));
        Ok(Done::with(sheet))
    })
}

/// Returns the refusal to remind of an invoice, with what would let it.
fn refusal(
    tx: &Tx<'_>,
    invoice: &Invoice,
    account: AccountId,
    reason: &NotReminded,
) -> Result<Failure> {
    let number = invoice.number;
    let words = format!("invoice {number} is not reminded of: {reason}");
    let hint = match reason {
        NotReminded::Off => "`shopctl setting set payment_reminders on` begins them".to_owned(),
        NotReminded::NotYet { .. } => {
            format!("`shopctl invoice remind {number} --early` does not wait for it")
        }
        NotReminded::OnHold(_) if tx.invoice_hold(invoice.id)?.is_none() => {
            let org_number = tx.account_by_id(account)?.org_number;
            format!("`shopctl account release {org_number} --reason TEXT` ends the account's hold")
        }
        NotReminded::OnHold(_) => {
            format!("`shopctl invoice release {number} --reason TEXT` ends its hold")
        }
        NotReminded::NoLevels | NotReminded::Finished(_) => {
            "`shopctl seller level list` shows the levels there are".to_owned()
        }
        NotReminded::BankFiles(_) => {
            "`shopctl payment import FILE` reads a newer one; `shopctl setting set bank_file_days \
             off` reminds without"
                .to_owned()
        }
        NotReminded::Invoice(_) | NotReminded::Earlier { .. } => {
            "`shopctl mail list` shows the mail".to_owned()
        }
        NotReminded::ClaimsOnly(_) => {
            format!(
                "`shopctl invoice show {number}` shows what is left; `shopctl invoice write-off \
                 {number} --reason TEXT` gives it up"
            )
        }
        NotReminded::NothingLeft | NotReminded::Rest(_) | NotReminded::InTime(_) => {
            format!("`shopctl invoice show {number}` shows what is left and when it is due")
        }
    };
    Ok(Failure::refused("not_reminded", words).hint(hint))
}

/// Looks at how the shop reminds; `None` while it does not.
pub fn prepare(app: &mut App, args: &RemindArgs) -> Result<Option<PaymentReminderBatch>> {
    let as_of = args.as_of.unwrap_or(app.today());
    if !app.read(|tx| Ok(tx.shop_settings()?.reminds_of_payment))? {
        return Ok(None);
    }
    let batch = PaymentReminderBatch::new(as_of, args.batch.limit);
    if args.batch.max.is_some() {
        let due = app.read(|tx| Ok(batch.clone().foretell(tx)?.0))?;
        let due = args.batch.limit.map_or(due, |limit| due.min(limit));
        args.batch.refuse_unusual(due, "invoices are to be reminded of")?;
    }
    Ok(Some(batch))
}

/// How many invoices are to be reminded of, and those that something keeps back.
pub type Foretold = (i64, Vec<(InvoiceNumber, NotReminded)>);

/// Returns how many invoices are to be reminded of, and those that something keeps back; `None` while
/// reminders are off.
pub fn count(tx: &Tx<'_>) -> Result<Option<Foretold>> {
    match tx.shop_settings()?.reminds_of_payment {
        true => PaymentReminderBatch::new(tx.today(), None).foretell(tx).map(Some),
        false => Ok(None),
    }
}

/// What every reminder of a page depends on, as it stands under the page's lock.
struct Office {
    seller_version: i64,
    seller: Seller,
    settings: ShopSettings,
    reminding: Reminding,
    rates: Rates,
    is_practice: bool,
}

impl Office {
    fn load(tx: &Tx<'_>) -> Result<Office> {
        let (seller_version, seller) = tx.seller()?;
        let settings = tx.shop_settings()?;
        let newest = tx.newest_bank_day()?;
        let reminding = Reminding {
            is_on: settings.reminds_of_payment,
            levels: tx.reminder_levels()?,
            rest: settings.rest_written_off,
            bank_files: BankFiles { days_max: settings.bank_file_days, newest },
        };
        let (rates, is_practice) = (tx.rates()?, tx.is_practice()?);
        Ok(Office { seller_version, seller, settings, reminding, rates, is_practice })
    }

    /// Reads what decides whether an invoice is reminded of.
    fn unpaid(&self, tx: &Tx<'_>, overdue: &Overdue) -> Result<Unpaid> {
        let earlier = match tx.reminders_of(overdue.id)?.pop() {
            Some(last) => Some(Earlier {
                level: last.level,
                pay_by: last.pay_by,
                arrival: self.arrival(tx.mail_of_reminder(last.id)?.as_ref()),
            }),
            None => None,
        };
        let arrival = match overdue.e_invoice.map(|it| it.delivered_on) {
            Some(Some(day)) => Arrival::Sent(day),
            of_e_invoice => match tx.mails_of_invoice(overdue.id)?.last() {
                None if of_e_invoice.is_some() => Arrival::NotDelivered,
                newest => self.arrival(newest),
            },
        };
        let hold = tx.hold_of(overdue.id)?.map(|hold| hold.reason);
        let Overdue { due_on, left, capital, .. } = *overdue;
        Ok(Unpaid { due_on, left, capital, arrival, earlier, hold })
    }

    fn arrival(&self, mail: Option<&Mail>) -> Arrival {
        let sent_on = mail.and_then(|mail| day_of_instant(mail.sent_at.as_deref()?));
        Arrival::of(mail, sent_on, self.is_practice)
    }
}

/// The next reminders of all invoices whose day for one has come, the longest due first.
#[derive(Clone)]
pub struct PaymentReminderBatch {
    as_of: NaiveDate,
    cursor: Option<OverdueCursor>,
    left: Option<i64>,
    pub reminded: i64,
    /// The invoices whose day has come and that something keeps back.
    pub kept_back: Vec<(InvoiceNumber, NotReminded)>,
    /// The invoices that were refused, each with the cause.
    pub failures: Vec<(InvoiceNumber, String)>,
}

impl PaymentReminderBatch {
    fn new(as_of: NaiveDate, limit: Option<i64>) -> PaymentReminderBatch {
        PaymentReminderBatch {
            as_of,
            cursor: None,
            left: limit,
            reminded: 0,
            kept_back: Vec::new(),
            failures: Vec::new(),
        }
    }

    /// Returns the failure that some refusals make of a finished batch.
    pub fn verdict(&self) -> Result<()> {
        if self.failures.is_empty() {
            return Ok(());
        }
        let count = self.failures.len() as i64;
        let words = format!("{count} of {} payment reminders were refused", count + self.reminded);
        Err(Failure::new(Status::Partial, "some_refused", words)
            .hint("each is told above; `shopctl invoice remind` tries them again")
            .into())
    }

    /// Returns why no reminder went out for want of newer files of the bank, and how many wait for it.
    pub fn waiting_for_bank(&self) -> Option<String> {
        let mut waiting = self.kept_back.iter().filter(|(_, reason)| is_of_bank(reason));
        let (_, reason) = waiting.next()?;
        let count = waiting.count() + 1;
        Some(format!("payment reminders kept back: {count}, because {reason}"))
    }

    /// Counts what a run would remind of, and names what it would keep back.
    fn foretell(mut self, tx: &Tx<'_>) -> Result<Foretold> {
        let office = Office::load(tx)?;
        let mut due = 0;
        loop {
            let page = self.page(tx, &office, PAGE)?;
            if page.is_empty() {
                return Ok((due, self.kept_back));
            }
            for overdue in &page {
                due += i64::from(self.level(tx, &office, overdue)?.is_some());
                self.pass(overdue);
            }
        }
    }

    fn page(&self, tx: &Tx<'_>, office: &Office, limit: i64) -> Result<Vec<Overdue>> {
        let Some(last) = office.reminding.levels.last() else { return Ok(Vec::new()) };
        let owed = (tx.today(), office.settings.rest_written_off);
        Ok(tx.invoices_to_chase(owed, last.number, self.cursor, limit)?)
    }

    /// Returns the level that an invoice is to be reminded at, and keeps it in mind if something keeps
    /// it back.
    fn level<'o>(
        &mut self,
        tx: &Tx<'_>,
        office: &'o Office,
        overdue: &Overdue,
    ) -> Result<Option<&'o Level>> {
        let day = Day { today: tx.today(), as_of: self.as_of, is_early: false };
        match office.reminding.due(&office.unpaid(tx, overdue)?, day) {
            Ok(level) => return Ok(Some(level)),
            Err(reason) if reason.keeps_back() => self.kept_back.push((overdue.number, reason)),
            Err(_) => {}
        }
        Ok(None)
    }

    fn remind(&mut self, tx: &Tx<'_>, office: &Office, overdue: &Overdue) -> Result<()> {
        let Some(mut level) = self.level(tx, office, overdue)? else { return Ok(()) };
        let invoice = tx.invoice_by_id(overdue.id)?;
        if tx.set_claims_right(&invoice)? {
            let overdue = tx.invoice_to_chase(&invoice)?;
            level = match self.level(tx, office, &overdue)? {
                Some(level) => level,
                None => return Ok(()),
            };
        }
        match Claim::of(tx, office, invoice) {
            Ok(claim) => {
                claim.make(tx, office, level, overdue.account)?;
                self.reminded += 1;
                self.left = self.left.map(|left| left - 1);
            }
            Err(error) if error.downcast_ref::<StoreError>().is_some() => return Err(error),
            Err(refusal) => self.failures.push((overdue.number, words(&refusal))),
        }
        Ok(())
    }

    fn pass(&mut self, overdue: &Overdue) {
        self.cursor = Some(OverdueCursor { due_on: overdue.due_on, id: overdue.id });
    }
}

/// Returns a refusal and what to do about it, on one line.
fn words(refusal: &anyhow::Error) -> String {
    match tell(refusal).and_then(|told| Some((told.message, told.hint?))) {
        Some((message, hint)) => format!("{message}; {hint}"),
        None => format!("{refusal:#}"),
    }
}

/// Says whether it is for want of newer files of the bank, which concerns all invoices alike.
fn is_of_bank(reason: &NotReminded) -> bool {
    matches!(reason, NotReminded::BankFiles(_))
}

/// How many invoices are looked at together where nothing is changed.
const PAGE: i64 = 1000;

impl PaymentReminderBatch {
    /// Returns the invoices whose day has come and that are kept back, each with the reason.
    pub fn kept_back_grid(&self) -> Grid {
        let mut grid =
            Grid::new(&[column("number", "Invoice"), column("reason", "Not reminded, because")]);
        let rows = self.kept_back.iter();
        grid.rows = rows
            .map(|(number, reason)| vec![Cell::Integer(number.0), Cell::Text(reason.to_string())])
            .collect();
        grid
    }
}

impl Batch for PaymentReminderBatch {
    fn step(&mut self, tx: &Tx<'_>, limit: i64) -> Result<Step> {
        let office = Office::load(tx)?;
        let page = self.page(tx, &office, limit)?;
        if page.is_empty() {
            return Ok(Step::Finished);
        }
        for overdue in &page {
            self.remind(tx, &office, overdue)?;
            self.pass(overdue);
            if self.left == Some(0) {
                return Ok(Step::Finished);
            }
        }
        Ok(Step::More)
    }

    fn pass_over(&mut self, tx: &Tx<'_>, error: &anyhow::Error) -> Result<()> {
        if let Some(overdue) = self.page(tx, &Office::load(tx)?, 1)?.first() {
            self.failures.push((overdue.number, format!("{error:#}")));
            self.pass(overdue);
        }
        Ok(())
    }

    fn done(&self) -> Done {
        let sheet = Sheet::default()
            .fact("as_of", "As of", self.as_of)
            .fact("reminded", "Reminded", self.reminded)
            .fact("refused", "Refused", self.failures.len() as i64)
            .list("kept_back", "Kept back", self.kept_back_grid());
        let refused =
            self.failures.iter().map(|(number, reason)| format!("invoice {number}: {reason}"));
        let waiting = self.kept_back.iter().filter(|(_, reason)| !is_of_bank(reason));
        let waiting = waiting
            .map(|(number, reason)| format!("invoice {number} is not reminded of: {reason}"));
        let warnings = refused.chain(waiting).chain(self.waiting_for_bank()).collect();
        Done { warnings, ..Done::with(sheet) }
    }
}
