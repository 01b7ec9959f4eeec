//! How failure reads: what happened, why, what to do next, and the exit status.

mod undo;

use std::fmt;
use std::io;

use serde_json::json;

use crate::domain::account::AccountError;
use crate::domain::credit::CreditError;
use crate::domain::e_invoice::NotValid;
use crate::domain::email::EmailError;
use crate::domain::import::ImportKind;
use crate::domain::interest::InterestError;
use crate::domain::ledger::LedgerError;
use crate::domain::money::MoneyError;
use crate::domain::order::OrderError;
use crate::domain::org_number::OrgNumberError;
use crate::domain::product::ProductError;
use crate::domain::report::SpanError;
use crate::domain::seller::SellerError;
use crate::domain::subscription::RenewalError;
use crate::domain::succession::MergeError;
use crate::domain::term::TermError;
use crate::domain::text::{TextError, visible, visible_json};
use crate::effects::secret::SecretError;
use crate::effects::terminal::Interrupted;
use crate::render::bank::BankError;
use crate::render::csv::error::CsvError;
use crate::render::csv::headings::HeadingError;
use crate::render::pdf::PdfError;
use crate::store::driver::DriverError;
use crate::store::{Issued, OpenError, StoreError, UndoRefusal};

/// The exit statuses: part of the interface, never renumbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Unexpected = 1,
    Usage = 2,
    RoleMissing = 3,
    NotFound = 4,
    Refused = 5,
    Conflict = 6,
    Partial = 7,
    Outside = 8,
    Busy = 9,
    Interrupted = 130,
}

/// A failure that a command tells of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub status: Status,
    /// One word for programs.
    pub code: &'static str,
    pub message: String,
    pub hint: Option<String>,
    /// A further fact for programs.
    pub fact: Option<(&'static str, i64)>,
}

impl Failure {
    pub fn new(status: Status, code: &'static str, message: impl Into<String>) -> Failure {
        Failure { status, code, message: message.into(), hint: None, fact: None }
    }

    /// Returns a refusal: a rule of the shop, or a value of the wrong form.
    pub fn refused(code: &'static str, message: impl Into<String>) -> Failure {
        Failure::new(Status::Refused, code, message)
    }

    /// Adds a fact that programs are told with the failure.
    pub fn fact(mut self, key: &'static str, value: i64) -> Failure {
        self.fact = Some((key, value));
        self
    }

    /// Adds what to do next.
    pub fn hint(mut self, hint: impl Into<String>) -> Failure {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

/// A failure told: the words, the hint and the status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub status: Status,
    pub code: &'static str,
    pub message: String,
    pub hint: Option<String>,
    pub fact: Option<(&'static str, i64)>,
}

/// Makes words and a status of an error, or `None` where the reader of a pipe has simply gone.
pub fn tell(error: &anyhow::Error) -> Option<Told> {
    if error.chain().any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
    }) {
        return None;
    }
    let words: Vec<String> = error.chain().map(ToString::to_string).collect();
    let mut told = Told {
        status: Status::Unexpected,
        code: "unexpected",
        message: visible(&words.join(": ")),
        hint: None,
        fact: error.downcast_ref::<Failure>().and_then(|failure| failure.fact),
    };
    let known = error.chain().find_map(classify);
    if let Some((status, code, hint)) = known {
        (told.status, told.code, told.hint) = (status, code, hint.map(|hint| visible(&hint)));
    }
    Some(told)
}

type Classified = (Status, &'static str, Option<String>);

fn classify(cause: &(dyn std::error::Error + 'static)) -> Option<Classified> {
    if let Some(failure) = cause.downcast_ref::<Failure>() {
        return Some((failure.status, failure.code, failure.hint.clone()));
    }
    if let Some(error) = cause.downcast_ref::<StoreError>() {
        return Some(classify_store(error));
    }
    if let Some(error) = cause.downcast_ref::<OpenError>() {
        return Some(classify_open(error));
    }
    if let Some(error) = cause.downcast_ref::<SecretError>() {
        return Some(match error {
            SecretError::Unreadable { .. } => (Status::Outside, "file_unreadable", error.hint()),
            _ => (Status::Refused, "secret_refused", error.hint()),
        });
    }
    if cause.is::<Interrupted>() {
        return Some((Status::Interrupted, "interrupted", None));
    }
    if let Some(error) = cause.downcast_ref::<CsvError>() {
        let hint = error.hint().map(str::to_owned);
        return Some(match error {
            CsvError::Io(_) => (Status::Outside, "file_unreadable", hint),
            _ => (Status::Refused, "file_malformed", hint),
        });
    }
    if let Some(error) = cause.downcast_ref::<BankError>() {
        let hint = Some(error.hint().to_owned());
        return Some(match error {
            BankError::Io(_) => (Status::Outside, "file_unreadable", hint),
            _ => (Status::Refused, "file_malformed", hint),
        });
    }
    if let Some(error) = cause.downcast_ref::<HeadingError>() {
        return Some((Status::Refused, "headings", Some(error.hint())));
    }
    if let Some(error) = cause.downcast_ref::<MergeError>() {
        return Some(classify_merger(error));
    }
    if let Some(error) = cause.downcast_ref::<CreditError>() {
        return Some(classify_credit(error));
    }
    if let Some(error) = cause.downcast_ref::<SpanError>() {
        let hint = match error {
            SpanError::Backwards { from, to } => format!("give `--from {to} --to {from}`"),
            SpanError::TooLong => "bring `--from` and `--to` closer together".to_owned(),
        };
        return Some((Status::Refused, "value", Some(hint)));
    }
    if let Some(error) = cause.downcast_ref::<InterestError>() {
        return Some(classify_interest(error));
    }
    if let Some(error) = cause.downcast_ref::<NotValid>() {
        return Some(classify_e_invoice(error));
    }
    if let Some(error) = cause.downcast_ref::<PdfError>() {
        return Some(match error {
            PdfError::Standard(_) => (Status::Unexpected, "document", None),
            _ => (Status::Refused, "document", None),
        });
    }
    let is_rule = cause.is::<AccountError>()
        || cause.is::<OrderError>()
        || cause.is::<ProductError>()
        || cause.is::<RenewalError>()
        || cause.is::<SellerError>();
    if is_rule {
        return Some((Status::Refused, "refused", rule_hint(cause)));
    }
    let is_value = cause.is::<OrgNumberError>()
        || cause.is::<EmailError>()
        || cause.is::<MoneyError>()
        || cause.is::<TermError>()
        || cause.is::<TextError>();
    if is_value {
        return Some((Status::Refused, "value", None));
    }
    cause.downcast_ref::<io::Error>().map(classify_io)
}

fn classify_io(error: &io::Error) -> Classified {
    let hint = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "make room on the disk and run the command again"
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "the file and its folder must be open to you"
        }
        io::ErrorKind::NotFound
        | io::ErrorKind::AlreadyExists
        | io::ErrorKind::NotADirectory
        | io::ErrorKind::IsADirectory
        | io::ErrorKind::InvalidFilename => "see that the path is right",
        _ => "what was finished is kept; run the command again",
    };
    (Status::Outside, "input_output", Some(hint.to_owned()))
}

fn classify_interest(error: &InterestError) -> Classified {
    match error {
        InterestError::MissingRate(half_year) => {
            let from = half_year.first_day();
            let hint = format!("`shopctl seller rate add {from} --rate P --source TEXT` enters it");
            (Status::Refused, "rate_missing", Some(hint))
        }
        InterestError::TooLarge => (Status::Refused, "value", None),
    }
}

fn classify_merger(error: &MergeError) -> Classified {
    let (code, hint) = match error {
        MergeError::Itself => ("same_account", "give the account that goes on as INTO".to_owned()),
        MergeError::Closed(number, _) => {
            ("closed", format!("`shopctl account reopen {number}` opens it again"))
        }
        MergeError::Incomplete(number, _) => (
            "incomplete",
            format!(
                "`shopctl account edit {number} --street … --postal-code … --city …` completes the \
                 address"
            ),
        ),
        MergeError::LoginsOpen(_) | MergeError::ForeignLogin(..) => {
            ("login_open", "`--keep-login ADDRESS` says which one remains".to_owned())
        }
    };
    (Status::Refused, code, Some(hint))
}

fn rule_hint(cause: &(dyn std::error::Error + 'static)) -> Option<String> {
    let account = |error: &AccountError| match error {
        AccountError::Incomplete(_) => Some(
            "`shopctl account edit ORG --street … --postal-code … --city …` completes the address"
                .to_owned(),
        ),
        AccountError::Closed(_) => Some("`shopctl account reopen ORG` opens it again".to_owned()),
        _ => None,
    };
    let product = |error: &ProductError| match error {
        ProductError::NoPrice { sku, day } => Some(format!(
            "`shopctl product price {sku} --price P --member-price P --from {day}` sets one"
        )),
        ProductError::NoVat { sku, day } => {
            Some(format!("`shopctl product vat {sku} --vat 25 --from {day}` sets one"))
        }
        ProductError::ExemptionMissing => Some("give it with `--vat-exemption TEXT`".to_owned()),
        _ => None,
    };
    if let Some(error) = cause.downcast_ref::<AccountError>() {
        return account(error);
    }
    if let Some(error) = cause.downcast_ref::<ProductError>() {
        return product(error);
    }
    match cause.downcast_ref::<OrderError>()? {
        OrderError::Account(error) => account(error),
        OrderError::Product(error) => product(error),
        OrderError::InvoiceEmailMissing => Some(
            "give `--invoice-email`, or set it for all orders with `shopctl account edit ORG \
             --invoice-email ADDRESS`"
                .to_owned(),
        ),
        OrderError::ShipTo(_) => Some(
            "give `--ship-to-street`, `--ship-to-postal-code` and `--ship-to-city` together"
                .to_owned(),
        ),
        OrderError::ShipToWithoutPrinted => {
            Some("`shopctl product list` shows which products are printed".to_owned())
        }
        OrderError::NoItems => Some("give `--item SKU`, see `shopctl product list`".to_owned()),
        _ => None,
    }
}

fn classify_store(error: &StoreError) -> Classified {
    let hint = |text: &str| Some(text.to_owned());
    match error {
        StoreError::Unknown { noun, .. } => match *noun {
            "account" => (
                Status::NotFound,
                "unknown_account",
                hint("`shopctl account list --search NAME` finds it by name"),
            ),
            "product" => {
                (Status::NotFound, "unknown_product", hint("`shopctl product list` lists them"))
            }
            "order" => (Status::NotFound, "unknown_order", hint("`shopctl order list` lists them")),
            "subscription" => (
                Status::NotFound,
                "unknown_subscription",
                hint("`shopctl subscription list` lists them"),
            ),
            "agreement" => {
                (Status::NotFound, "unknown_agreement", hint("`shopctl agreement list` lists them"))
            }
            "invoice" => {
                (Status::NotFound, "unknown_invoice", hint("`shopctl invoice list` lists them"))
            }
            "payment" => {
                (Status::NotFound, "unknown_payment", hint("`shopctl payment list` lists them"))
            }
            "announcement" => (
                Status::NotFound,
                "unknown_announcement",
                hint("`shopctl status` shows those that are held"),
            ),
            "mail" => (Status::NotFound, "unknown_mail", hint("`shopctl mail list` lists them")),
            "staff" => (
                Status::NotFound,
                "unknown_staff",
                hint("`shopctl staff list` shows who works here"),
            ),
            "import" => (
                Status::NotFound,
                "unknown_import",
                hint(
                    "`shopctl account imports list` and `shopctl subscription imports list` list them",
                ),
            ),
            "operation" => {
                (Status::NotFound, "unknown_operation", hint("`shopctl audit list` lists them"))
            }
            _ => (Status::NotFound, "unknown", None),
        },
        StoreError::OnStaff { name, .. } => {
            let hint = format!("`shopctl staff edit {name} --role ROLE` changes the role");
            (Status::Refused, "taken", Some(hint))
        }
        StoreError::Taken { what: "the agreement's code", key, .. } => {
            (Status::Refused, "taken", Some(format!("`shopctl agreement show {key}` shows it")))
        }
        StoreError::Taken { key, .. } => {
            (Status::Refused, "taken", Some(format!("`shopctl find {key}` shows it")))
        }
        StoreError::Superseded(succession) => {
            let words = format!(
                "use {0} instead; `shopctl account show {0}` shows it",
                succession.successor
            );
            (Status::Refused, "superseded", Some(words))
        }
        StoreError::Changed { .. } => {
            (Status::Conflict, "conflict", hint("look at it again, then run the command again"))
        }
        StoreError::Credit(error) => classify_credit(error),
        StoreError::Ledger(error) => classify_ledger(error),
        StoreError::Interest(error) => classify_interest(error),
        StoreError::EInvoice(error) => classify_e_invoice(error),
        StoreError::InUse(_) => (Status::Refused, "in_use", None),
        StoreError::BuiltOn { kind: ImportKind::Subscriptions, .. } => (
            Status::Refused,
            "in_use",
            hint(
                "the import stays; `shopctl subscription end N --on DATE --credit none --reason TEXT` ends one that is wrong",
            ),
        ),
        StoreError::BuiltOn { .. } => (
            Status::Refused,
            "in_use",
            hint(
                "it stays; `shopctl account close ORG` closes an account that is not to be used, `account edit ORG` corrects it",
            ),
        ),
        StoreError::LastAdmin(_) => (
            Status::Refused,
            "in_use",
            hint("`shopctl staff edit NAME --role admin` gives the shop another one first"),
        ),
        StoreError::HandedOver { .. } => (
            Status::Refused,
            "handed_over",
            hint(
                "work in the store that was made of it; `shopctl store adopt --take-back` is for when that one will never be used",
            ),
        ),
        StoreError::Undo(refusal) => classify_undo(refusal),
        StoreError::ClockBehind { .. } => (
            Status::Refused,
            "clock_behind",
            hint(
                "a practice shop that was run at a later date goes on from there: set SHOPCTL_NOW",
            ),
        ),
        StoreError::Driver(error) => classify_driver(error),
    }
}

fn classify_e_invoice(error: &NotValid) -> Classified {
    let hint = error.command().map(|command| format!("`{command}`"));
    (Status::Refused, "e_invoice", hint)
}

fn classify_undo(refusal: &UndoRefusal) -> Classified {
    let (code, hint) = match refusal {
        UndoRefusal::Already { by, .. } => {
            ("undone_before", Some(format!("`shopctl audit show {by}` shows it")))
        }
        UndoRefusal::Issued { issued, .. } => ("invoice_issued", Some(right_credit(issued))),
        UndoRefusal::BuiltUpon(_) => (
            "built_upon",
            Some("undo first what was done since; `shopctl audit list` shows it".to_owned()),
        ),
        UndoRefusal::Billed { priced, .. } => ("built_upon", Some(undo::another(priced))),
        UndoRefusal::NoReverse { event, count } => {
            ("no_reverse", Some(undo::remedy(event, *count)))
        }
        UndoRefusal::Erased { operation } => {
            ("erased", Some(format!("`shopctl audit show {operation}` shows what is left of it")))
        }
    };
    (Status::Refused, code, hint)
}

/// Returns what would be right where something was issued.
fn right_credit(issued: &Issued) -> String {
    let number = issued.number;
    match *issued {
        Issued { subscription: Some(subscription), can_reinstate: true, .. } => format!(
            "`shopctl subscription reinstate {subscription}` takes the notice back, and the next \
             renewal bills the term again"
        ),
        Issued { anew: Some(anew), .. } => {
            format!("`shopctl invoice reissue {anew} --reason TEXT` issues it anew once more")
        }
        Issued { order: Some(order), .. } => format!(
            "`shopctl order cancel {order} --reason TEXT` credits the invoice and ends what the order \
             started"
        ),
        Issued { is_credit_note: true, frees_term: true, subscription: Some(number), .. } => {
            format!("the next renewal of subscription {number} bills the term again by itself")
        }
        Issued { is_credit_note: true, .. } => {
            "what was credited is billed anew by an order: `shopctl order create`".to_owned()
        }
        Issued { subscription: Some(_), .. } => format!(
            "`shopctl invoice credit {number} --bill-again --reason TEXT` credits it, and the next \
             renewal bills the term anew"
        ),
        Issued { subscription: None, .. } => {
            format!("`shopctl invoice credit {number} --reason TEXT` credits it")
        }
    }
}

fn classify_ledger(error: &LedgerError) -> Classified {
    let (code, hint) = match error {
        LedgerError::MoreThanOwed { invoice, .. } => {
            ("more_than_owed", format!("`shopctl invoice show {invoice}` shows what is left"))
        }
        LedgerError::MoreThanPaid { payment, .. } => {
            ("more_than_paid", format!("`shopctl payment show {payment}` shows what is left"))
        }
        LedgerError::MoreThanEntered { .. } => {
            ("more_than_entered", "give a smaller amount, or none for all of it".to_owned())
        }
        LedgerError::Locked { .. } => {
            ("books_locked", "`shopctl seller show` shows it; give a later day".to_owned())
        }
        LedgerError::CreditNote(number) => (
            "credit_note",
            format!("`shopctl invoice show {number}` names the invoice that it credits"),
        ),
        LedgerError::Nothing => ("bad_value", "give an amount above 0".to_owned()),
    };
    (Status::Refused, code, Some(hint))
}

fn classify_credit(error: &CreditError) -> Classified {
    let number = match error {
        CreditError::CreditNote(number)
        | CreditError::Closed(number)
        | CreditError::NoLines(number)
        | CreditError::NoLine { number, .. }
        | CreditError::NotPositive { number, .. }
        | CreditError::NoQuantity { number, .. }
        | CreditError::LineTwice { number, .. }
        | CreditError::LineClosed { number, .. }
        | CreditError::AmountOfNothing(number)
        | CreditError::AmountMoreThanLeft { number, .. }
        | CreditError::AmountOdd { number, .. }
        | CreditError::NoTerm(number)
        | CreditError::MoreThanLeft { number, .. }
        | CreditError::TermStands { number, .. } => Some(number),
        CreditError::CreditedInPart(number) => {
            let hint = format!(
                "`shopctl invoice credit {number} --reason TEXT` credits the rest, which an order or, \
                 with `--bill-again`, the next renewal bills anew"
            );
            return (Status::Refused, "not_creditable", Some(hint));
        }
        CreditError::AmountOfQuantity => {
            let hint = "give `--amount` with `--line L`, or `--line L=QTY` alone".to_owned();
            return (Status::Refused, "not_creditable", Some(hint));
        }
        CreditError::NoReason => None,
    };
    let hint =
        number.map(|number| format!("`shopctl invoice show {number}` says what is left of it"));
    (Status::Refused, "not_creditable", hint)
}

fn classify_driver(error: &DriverError) -> Classified {
    let hint = |text: &str| Some(text.to_owned());
    match error {
        DriverError::Busy => (
            Status::Busy,
            "busy",
            hint("another command is writing; try again, or wait longer with `--wait SECONDS`"),
        ),
        DriverError::DiskFull => (
            Status::Outside,
            "disk_full",
            hint("what was finished is kept; make room and run the command again"),
        ),
        DriverError::ReadOnly => {
            (Status::Outside, "read_only", hint("the file and its folder must be writable by you"))
        }
        DriverError::Disk(_) => {
            (Status::Outside, "disk", hint("what was finished is kept; run the command again"))
        }
        DriverError::Corrupt(_) => {
            let words = "take a copy of the file before you do anything; `shopctl store restore FILE` \
                         puts a backup in its place";
            (Status::Outside, "corrupt", hint(words))
        }
        DriverError::Replaced => (
            Status::Conflict,
            "conflict",
            hint("nothing was done; look at the store, then run the command again"),
        ),
        DriverError::Duplicate(_) | DriverError::Guarded(_) | DriverError::Unexpected(_) => (
            Status::Unexpected,
            "unexpected",
            hint("this is a defect of shopctl; what was not finished is as before"),
        ),
    }
}

fn classify_open(error: &OpenError) -> Classified {
    let hint = |text: &str| Some(text.to_owned());
    match error {
        OpenError::Missing => (
            Status::NotFound,
            "no_store",
            hint("`shopctl init` creates one, `--store PATH` names another"),
        ),
        OpenError::Exists => {
            (Status::Refused, "store_exists", hint("`--store PATH` puts the store elsewhere"))
        }
        OpenError::NotAFile | OpenError::Foreign => {
            (Status::Refused, "foreign_store", hint("`--store PATH` names the shop's file"))
        }
        OpenError::Unfinished => (
            Status::Refused,
            "unfinished_store",
            hint("remove the file, and make the store with `shopctl init`"),
        ),
        OpenError::Newer { .. } => (
            Status::Refused,
            "newer_store",
            hint("use the version of shopctl that wrote it, or a newer one"),
        ),
        OpenError::Network(_) => (
            Status::Refused,
            "network_store",
            hint("keep the store on a disk of this machine and run shopctl there"),
        ),
        OpenError::OldEngine(_) => (Status::Refused, "old_engine", None),
        OpenError::Corrupt(_) => classify_driver(&DriverError::Corrupt(String::new())),
        OpenError::Disk(_) => (
            Status::Outside,
            "store_unreadable",
            hint("see that the disk works and its folder is open to you, then run it again"),
        ),
        OpenError::Store(error) => classify_store(error),
    }
}

impl Told {
    /// Returns the lines for a person: `error:` and `hint:`.
    pub fn lines(&self, has_colour: bool) -> String {
        let mut text = format!("{} {}\n", label("error:", RED, has_colour), self.message);
        if let Some(hint) = &self.hint {
            text.push_str(&format!("{} {hint}\n", label("hint:", CYAN, has_colour)));
        }
        text
    }

    /// Returns the object for a program.
    pub fn json(&self) -> String {
        let mut details = json!({ "hint": self.hint, "status": self.status as i32 });
        if let Some((key, value)) = self.fact {
            details[key] = value.into();
        }
        let json = json!({ "code": self.code, "message": self.message, "details": details });
        visible_json(&json.to_string())
    }
}

const RED: &str = "\u{1b}[1;31m";
const CYAN: &str = "\u{1b}[1;36m";
const YELLOW: &str = "\u{1b}[1;33m";

fn label(word: &str, colour: &str, has_colour: bool) -> String {
    if has_colour { format!("{colour}{word}\u{1b}[0m") } else { word.to_owned() }
}

/// Returns a line that warns.
pub fn warning(words: &str, has_colour: bool) -> String {
    format!("{} {}", label("warning:", YELLOW, has_colour), visible(words))
}
