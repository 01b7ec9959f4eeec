//! Every parser of what comes from outside, as a function of bytes that must return.
//!
//! What a parser took is also written again and read once more where the program can do that: text that
//! comes back another than it was is a finding too.

use std::cell::RefCell;
use std::fmt::Display;
use std::slice;
use std::str::FromStr;
use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate};

use crate::domain::account::{self, AccountKey};
use crate::domain::agreement::{AgreementCode, EditionName};
use crate::domain::bank::Payees;
use crate::domain::credit::AskedLine;
use crate::domain::email::Email;
use crate::domain::import::subscription::{self, Row as SubscriptionRow};
use crate::domain::import::{Row as AccountRow, member, parse_day};
use crate::domain::language::Language;
use crate::domain::matching::mentions;
use crate::domain::money::{Money, VatRate};
use crate::domain::ocr::Ocr;
use crate::domain::order::Item;
use crate::domain::org_number::OrgNumber;
use crate::domain::participant::Participant;
use crate::domain::payee::Payee;
use crate::domain::product::Sku;
use crate::domain::reference_rate::{HalfYear, Rate};
use crate::domain::seller::{Logo, Seller, SellerField};
use crate::domain::term::{Term, parse_date};
use crate::domain::text;
use crate::domain::token::Token;
use crate::domain::vat_number::VatNumber;
use crate::mailer_settings::{RawMailSettings, Server};
use crate::render::agreement::{Agreement, Copy, Look, Refusal, trace};
use crate::render::bank::{Expected, Reader as BankReader};
use crate::render::csv::fields::{ACCOUNT_FIELDS, FieldSpec, MEMBER_FIELDS, SUBSCRIPTION_FIELDS};
use crate::render::csv::headings::{Columns, resolve};
use crate::render::csv::reader::{Reader as TableReader, Record};
use crate::render::csv::writer::{Cell, Writer};
use crate::render::pdf::Press;
use crate::render::seal::certificate::{Certificate, Validity};
use crate::render::seal::claim::{Claim, SignedClaim};
use crate::render::seal::key::SealKey;
use crate::render::seal::revocations::Revocations;
use crate::render::seal::{Signet, verify, verify_claim};
use crate::render::sie::reader as sie;

/// A parser of bytes; all that is asked of it is that it returns.
pub type Parser = fn(&[u8]);

/// The parsers by the names that `run` and the folders of seeds have for them.
pub const PARSERS: [(&str, Parser); 14] = [
    ("csv", csv),
    ("bgmax", bank),
    ("camt", bank),
    ("pdf", pdf),
    ("seal", seal),
    ("toml", toml),
    ("amount", amount),
    ("date", date),
    ("org_number", org_number),
    ("email", email),
    ("payee", payee),
    ("code", code),
    ("mention", mention),
    ("sie", sie),
];

/// A table, read with its headings as one of the three kinds of list, its rows as what that holds; one of
/// four is then written, and read back the same. Which, its length says: all would take several times as
/// long.
fn csv(bytes: &[u8]) {
    let Ok(mut reader) = TableReader::open(bytes) else { return };
    let header = reader.header().clone();
    let kinds: [&[FieldSpec]; 3] = [&ACCOUNT_FIELDS, &SUBSCRIPTION_FIELDS, &MEMBER_FIELDS];
    let columns: [Option<Columns>; 3] = std::array::from_fn(|index| {
        if index != bytes.len() % 3 {
            return None;
        }
        let columns = resolve(&header, (kinds[index], &[]), &["org_number"], &[]);
        columns.map_err(|error| drop((error.to_string(), error.hint()))).ok()
    });
    let mut rows: Vec<Vec<String>> = Vec::new();
    while let Ok(Some(record)) = reader.next_record() {
        let (Record::Row(row) | Record::Faulty(row, _)) = record;
        let cell = |name: &str, columns: &Option<Columns>| {
            columns.as_ref()?.position(name).map(|position| row.get(position))
        };
        let account = account::Field::ALL
            .into_iter()
            .filter_map(|field| Some((field, cell(field.as_str(), &columns[0])?)));
        let _ = AccountRow::read(account);
        let taken = subscription::Field::ALL
            .into_iter()
            .filter_map(|field| Some((field, cell(field.as_str(), &columns[1])?)));
        let _ = SubscriptionRow::read(taken);
        let members = member::Field::ALL
            .into_iter()
            .filter_map(|field| Some((field, cell(field.as_str(), &columns[2])?)));
        let _ = member::Row::read(members);
        if rows.len() < 50 {
            rows.push(row.cells().map(str::to_owned).collect());
        }
    }
    if bytes.len().is_multiple_of(4) {
        written_and_read_back(&rows);
    }
}

fn written_and_read_back(rows: &[Vec<String>]) {
    let delimiter = crate::render::csv::Delimiter::Semicolon;
    let width = rows.iter().map(Vec::len).max().unwrap_or_default();
    if width == 0 {
        return;
    }
    let names: Vec<String> = (0..width).map(|column| format!("c{column}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut writer = Writer::new(Vec::new(), delimiter);
    writer.heading(&names).expect("memory takes all");
    for row in rows {
        let cells = (0..width).map(|column| Cell::Text(row.get(column).map_or("", String::as_str)));
        writer.row(cells).expect("memory takes all");
    }
    let written = writer.finish().expect("memory takes all");
    let mut reader = TableReader::open(&written[..]).expect("what was written is read");
    let is_blank = |row: &&Vec<String>| row.iter().all(|cell| cell.trim().is_empty());
    for row in rows.iter().filter(|row| !is_blank(row)) {
        let Some(Record::Row(read)) = reader.next_record().expect("whole") else {
            panic!("a row written was not read as a row: {row:?}");
        };
        for (column, cell) in row.iter().enumerate() {
            assert_eq!(read.get(column), cell, "a cell written was read as another");
        }
    }
}

/// A bank's file of any format, as it is recognised.
fn bank(bytes: &[u8]) {
    let payees = Payees {
        bankgiros: vec!["9912346".to_owned()],
        plusgiros: vec!["9020033".to_owned()],
        ibans: vec!["SE3550000000054910000003".to_owned()],
    };
    let today = NaiveDate::from_ymd_opt(2026, 12, 31).expect("a day");
    let mut reader = match BankReader::open(bytes, Expected { payees, today }) {
        Ok(reader) => reader,
        Err(error) => return drop(error.to_string()),
    };
    loop {
        match reader.next_item() {
            Ok(Some(_)) => {}
            Ok(None) => break,
            Err(error) => return drop(error.to_string()),
        }
    }
    let _ = (reader.passed_over(), reader.made_on());
}

thread_local! {
    /// Fonts are loaded once, as in a batch.
    static PRESS: RefCell<Press> = RefCell::new(Press::new());
}

/// What copies are sealed with here.
struct Association {
    key: SealKey,
    certificate: Certificate,
    claim: SignedClaim,
}

static SHOP: LazyLock<Association> = LazyLock::new(|| {
    let key = SealKey::from_random(&[7; 32].into()).expect("a key");
    let from = DateTime::from_timestamp(1_772_323_200, 0).expect("a time");
    let validity = Validity { from, until: from + chrono::Days::new(10_000) };
    let certificate = Certificate::self_signed(&key, "Föreningen", [1; 16], validity);
    let day = |year| NaiveDate::from_ymd_opt(year, 3, 1).expect("a day");
    let claim = Claim {
        holder: "Aktiebolaget Å".to_owned(),
        licence: 1001,
        edition: 1,
        period: Term { start: day(2026), end: day(2027) },
        agreement: "AB04".to_owned(),
        agreement_edition: "2026:1".to_owned(),
        language: Language::Swedish,
        agreement_sha256: [0; 32],
    };
    let claim = claim.sign(&key).expect("a claim");
    Association { key, certificate: certificate.expect("a certificate"), claim }
});

/// What others send to be verified: a copy, the text of its code, a list of revocations, certificates.
fn seal(bytes: &[u8]) {
    let shop = &*SHOP;
    let certificates = slice::from_ref(&shop.certificate);
    let day = shop.claim.claim().period.start;
    let _ = verify(bytes, certificates, None, day).finding.to_string();
    let _ = trace(bytes, certificates);
    let _ = Certificate::read_all(bytes).map_err(|error| error.to_string());
    let _ = Revocations::read(bytes, certificates).map_err(|error| error.to_string());
    let text = String::from_utf8_lossy(bytes);
    let _ = verify_claim(&text, certificates, None, day).finding.to_string();
    let _ = Claim::told(&text, certificates);
}

/// An agreement, read and copied for a holder; the copy is genuine.
fn pdf(bytes: &[u8]) {
    let agreement = match Agreement::read(bytes) {
        Ok(agreement) => agreement,
        Err(refusal) => return drop(refusal.to_string()),
    };
    let _ = agreement.has_scripts();
    let shop = &*SHOP;
    let signet = Signet::new(&shop.key, &shop.certificate, shop.certificate.validity().from);
    let copy = Copy { claim: &shop.claim, footer: "Aktiebolaget Å", look: Look::default() };
    let signet = signet.expect("a signet");
    match PRESS.with_borrow_mut(|press| agreement.licence_copy(press, &copy, &signet)) {
        Ok(copy) => {
            let certificates = slice::from_ref(&shop.certificate);
            let verdict = verify(&copy, certificates, None, shop.claim.claim().period.start);
            assert!(verdict.finding.is_valid(), "a copy that is not genuine: {}", verdict.finding);
            // It is read to the end, and then refused for its seal.
            let again = Agreement::read(&copy).map(|again| again.pages());
            assert_eq!(again, Err(Refusal::Signed), "a copy that cannot be read again");
        }
        Err(error) => drop(error.to_string()),
    }
}

/// A file of settings: the seller's fields, the `[mail]` table, the logo's bytes beside it.
fn toml(bytes: &[u8]) {
    let _ = Logo::new(bytes.to_vec());
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(table) = toml::from_str::<toml::Table>(text) {
        let value = |field: SellerField| match table.get(field.as_str()) {
            Some(toml::Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
            None => field.example().to_owned(),
        };
        if let Err(error) = Seller::from_fields(value, None) {
            let _ = error.to_string();
        }
    }
    if let Ok(mail) = toml::from_str::<RawMailSettings>(text) {
        let _ = mail.checked("/base".as_ref(), "/mail".as_ref(), true);
    }
    let _ = Server::parse(text);
}

/// Returns what a text is read as; what is shown of it must be read as the same.
fn read<T: FromStr + Display + PartialEq>(text: &str) -> Option<T>
where
    T::Err: Display,
{
    match text.parse::<T>() {
        Ok(value) => {
            let again = value.to_string().parse::<T>().ok();
            assert!(again.as_ref() == Some(&value), "shown as `{value}`, which is read as another");
            Some(value)
        }
        Err(error) => {
            let _ = error.to_string();
            None
        }
    }
}

fn each_text(bytes: &[u8], mut visit: impl FnMut(&str)) {
    let text = String::from_utf8_lossy(bytes);
    visit(&text);
    if text.contains('\n') {
        text.lines().for_each(visit);
    }
}

fn amount(bytes: &[u8]) {
    each_text(bytes, |text| {
        let _ = read::<Money>(text);
        let _ = read::<VatRate>(text);
        let _ = text.parse::<Rate>();
    });
}

fn date(bytes: &[u8]) {
    each_text(bytes, |text| {
        if let Ok(day) = parse_day(text) {
            assert_eq!(parse_date(&day.to_string()), Ok(day));
        }
        if let Ok(day) = parse_date(text) {
            assert_eq!(parse_day(text), Ok(day), "a date that a file may not hold");
        }
        let _ = text.parse::<HalfYear>();
    });
}

fn org_number(bytes: &[u8]) {
    each_text(bytes, |text| {
        if let Some(number) = read::<OrgNumber>(text) {
            let _ = (number.masked(), number.is_personal());
            let vat: VatNumber = number.vat_number().parse().expect("a VAT number");
            assert_eq!(vat.check_for(&number), Ok(()));
        }
        if let Some(number) = read::<VatNumber>(text) {
            let _ = number.masked();
        }
        let _ = text.parse::<AccountKey>();
        let _ = text.parse::<Participant>();
    });
}

fn email(bytes: &[u8]) {
    each_text(bytes, |text| {
        if let Some(address) = read::<Email>(text) {
            let unsafe_in_a_header = |c: char| c.is_control() || c == '<' || c == '>';
            assert!(
                !address.as_str().contains(unsafe_in_a_header) && !text::steers(address.as_str())
            );
            let _ = (address.key(), address.spellings(), address.looks_personal());
        }
        if let Ok(line) = text::line(text) {
            assert_eq!(text::visible(&line), line, "a line that cannot be shown as it is");
        }
        let _ = (text::name_key(text), text::shell_word(text), text::parse_yes_no(text));
    });
}

fn payee(bytes: &[u8]) {
    each_text(bytes, |text| {
        for payee in Payee::readings(text) {
            assert!(Payee::readings(payee.number()).contains(&payee));
        }
        if let Some(invoice) = Ocr::read(text) {
            assert_eq!(Ocr::read(Ocr::of_invoice(invoice).as_str()), Some(invoice));
        }
    });
}

/// The short codes of the command line.
fn code(bytes: &[u8]) {
    each_text(bytes, |text| {
        let _ = read::<Sku>(text);
        let _ = text.parse::<Item>();
        let _ = text.parse::<AskedLine>();
        let _ = read::<AgreementCode>(text);
        let _ = read::<EditionName>(text);
        let _ = text.parse::<Token>();
    });
}

/// What a payer wrote, searched for invoices, customers and orders; the first line is the reference.
fn mention(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (reference, message) = text.split_once('\n').unwrap_or((&text, ""));
    let _ = mentions(Some(reference), Some(message));
    let _ = mentions(None, Some(&text));
}

fn sie(bytes: &[u8]) {
    if let Ok(read) = sie::read(bytes) {
        let _ = read.balance(1510);
    }
}
