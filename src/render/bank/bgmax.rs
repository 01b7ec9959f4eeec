//! BgMax: Bankgirot's file of payments, records of 80 characters.
//!
//! Source: Bankgirot, "Bankgiro Inbetalningar, teknisk manual", chapter 3 (`domain.md` section d).
//! Survived are copies in UTF-8, tabs in place of blanks, records cut at their last character that
//! says something, blank lines, and types of record that came later.

mod record;
mod section;

use std::collections::VecDeque;
use std::io::BufRead;

use chrono::NaiveDate;

use self::record::{Record, amount, day, hyphened, named, number, org_number};
use self::section::Section;
use super::error::BankError;
use super::{Expected, Item, PassedOver, add_words, read_line, tidy};
use crate::domain::bank::{FIRST_DAY, Incoming, Part, PayeeNumber, significant};
use crate::domain::money::Money;

/// The longest line, in bytes: a record of 80 characters, in UTF-8, with what an editor may add.
const LINE_MAX: usize = 400;

/// The most extra references that are kept of one payment.
const PARTS_MAX: usize = 500;

/// A file being read.
pub(super) struct BgMax<I> {
    input: I,
    expected: Expected,
    line: u64,
    raw: Vec<u8>,
    made_on: Option<NaiveDate>,
    state: State,
    section: Option<Section>,
    /// The payment whose further records may follow.
    payment: Option<Pending>,
    queue: VecDeque<Item>,
    /// The records of each type so far.
    seen: Counts,
    /// What the sections said about themselves, for where one of them is wrong.
    told: Told,
    passed_over: PassedOver,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    Within,
    Ended,
}

#[derive(Default)]
struct Counts {
    payments: i64,
    deductions: i64,
    extras: i64,
    deposits: i64,
}

#[derive(Default)]
struct Told {
    /// Payments and deductions by the deposit records.
    payments: i64,
    /// The sections that lacked one.
    without_deposit: i64,
    is_any_refused: bool,
}

/// A payment with what its further records told.
struct Pending {
    incoming: Incoming,
    /// Payer and serial, which its extra references repeat.
    key: (String, String),
    field: Option<String>,
    references: Vec<String>,
    is_split: bool,
}

impl<I: BufRead> BgMax<I> {
    pub(super) fn new(input: I, expected: Expected) -> BgMax<I> {
        BgMax {
            input,
            expected,
            line: 0,
            raw: Vec::with_capacity(LINE_MAX),
            made_on: None,
            state: State::Start,
            section: None,
            payment: None,
            queue: VecDeque::new(),
            seen: Counts::default(),
            told: Told::default(),
            passed_over: PassedOver::default(),
        }
    }

    pub(super) fn passed_over(&self) -> PassedOver {
        self.passed_over
    }

    pub(super) fn made_on(&self) -> Option<NaiveDate> {
        self.made_on
    }

    pub(super) fn next_item(&mut self) -> Result<Option<Item>, BankError> {
        loop {
            if let Some(item) = self.queue.pop_front() {
                return Ok(Some(item));
            }
            let Some(record) = self.next_record()? else {
                return match self.state {
                    State::Ended => Ok(None),
                    _ => Err(BankError::CutOff {
                        line: self.line,
                        missing: "its end record (70) is missing".to_owned(),
                    }),
                };
            };
            self.take(&record)?;
        }
    }

    /// Returns the next line that is not blank.
    fn next_record(&mut self) -> Result<Option<Record>, BankError> {
        loop {
            let read =
                read_line(&mut self.input, &mut self.raw, LINE_MAX).map_err(BankError::Io)?;
            match read {
                Some(0) => return Ok(None),
                Some(_) => self.line += 1,
                None => {
                    let words = format!(
                        "the line is longer than {LINE_MAX} bytes, and a record of \
                         BgMax has 80 characters"
                    );
                    return Err(BankError::malformed(self.line + 1, words));
                }
            }
            let raw = self.raw.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&self.raw);
            if !raw.iter().all(|byte| byte.is_ascii_whitespace()) {
                return Ok(Some(Record::new(raw)));
            }
        }
    }

    fn take(&mut self, record: &Record) -> Result<(), BankError> {
        let kind = record.text(1, 2);
        match (self.state, kind) {
            (State::Start, "01") => return self.start(record),
            (State::Start, _) => {
                let words = format!(
                    "the file begins with {}, and not with a start record (01)",
                    named(kind)
                );
                return Err(BankError::malformed(self.line, words));
            }
            (State::Ended, _) => {
                let words = format!("{} stands after the end record (70)", named(kind));
                return Err(BankError::malformed(self.line, words));
            }
            (State::Within, "01") => {
                return Err(BankError::malformed(self.line, "a second start record (01)"));
            }
            (State::Within, _) => {}
        }
        match kind {
            "05" => self.open_section(record),
            "20" | "21" => self.open_payment(record, kind == "21"),
            "22" | "23" => self.extra(record, kind == "23"),
            "25" => self.detail(record, |pending, record| {
                add_words(&mut pending.incoming.message, tidy(record.text(3, 52)));
            }),
            "26" => self.detail(record, |pending, record| {
                let name = &mut pending.incoming.payer_name;
                add_words(name, tidy(record.text(3, 37)));
                add_words(name, tidy(record.text(38, 72)));
            }),
            "29" => self.detail(record, |pending, record| {
                pending.incoming.payer_org_number = org_number(record.text(3, 14));
            }),
            "15" => self.close_section(record),
            "70" => return self.end(record),
            _ if kind.len() == 2 && kind.bytes().all(|byte| byte.is_ascii_digit()) => {}
            _ => {
                let words = format!("{} is no record of BgMax", named(kind));
                return Err(BankError::malformed(self.line, words));
            }
        }
        Ok(())
    }

    fn start(&mut self, record: &Record) -> Result<(), BankError> {
        if record.text(23, 24) != "01" {
            let words = format!("version `{}` of BgMax; only 01 is known", record.text(23, 24));
            return Err(BankError::malformed(self.line, words));
        }
        if record.text(45, 45) == "T" {
            return Err(BankError::Test { line: self.line });
        }
        self.made_on = day(record.text(25, 32));
        self.state = State::Within;
        Ok(())
    }

    fn open_section(&mut self, record: &Record) {
        self.abandon_section();
        let bankgiro = significant(record.text(3, 12));
        let plusgiro = significant(record.text(13, 22));
        let (payee, name) = if bankgiro.is_empty() && !plusgiro.is_empty() {
            (PayeeNumber::Plusgiro(plusgiro.clone()), format!("plusgiro {plusgiro}"))
        } else {
            (PayeeNumber::Bankgiro(bankgiro.clone()), format!("bankgiro {}", hyphened(&bankgiro)))
        };
        let is_foreign = !self.expected.payees.include(&payee);
        let section = self.begin_section(Some(name));
        if is_foreign {
            section.refuse_at(section.line, || "it is not paid to the seller".to_owned());
        }
        let line = section.line;
        section.check_currency(line, record.text(23, 25));
    }

    fn begin_section(&mut self, payee: Option<String>) -> &mut Section {
        let number = self.seen.deposits + self.told.without_deposit + 1;
        self.section.insert(Section::begun(number, self.line, payee))
    }

    /// Returns the section at hand, or one that never was opened.
    fn section(&mut self, record: &str) -> &mut Section {
        if self.section.is_none() {
            let line = self.line;
            let words = format!("{} stands outside a section (05 to 15)", named(record));
            self.begin_section(None).refuse_at(line, || words);
        }
        self.section.as_mut().expect("a section was begun")
    }

    fn open_payment(&mut self, record: &Record, is_deduction: bool) {
        self.close_payment();
        let kind = record.text(1, 2);
        if is_deduction {
            self.seen.deductions += 1
        } else {
            self.seen.payments += 1
        }
        let line = self.line;
        let section = self.section(kind);
        section.count += 1;
        let amount = match amount(record.text(38, 55)) {
            Ok(amount) if is_deduction => -amount,
            Ok(amount) => amount,
            Err(words) => {
                section.refuse_at(line, || words);
                Money::ZERO
            }
        };
        section.add(line, amount);
        let payer = record.text(3, 12);
        let serial = record.text(58, 69);
        section.note_payer(line, payer, record.text(57, 57), amount);
        let incoming = Incoming {
            line,
            amount,
            bank_reference: tidy(serial).filter(|text| !significant(text).is_empty()),
            payer_account: Some(significant(payer)).filter(|number| !number.is_empty()),
            // What a checked sum holds twice is two payments; a section that is told twice is one.
            tally: Some(section.number),
            ..Incoming::default()
        };
        self.payment = Some(Pending {
            incoming,
            key: (payer.to_owned(), serial.to_owned()),
            field: tidy(record.text(13, 37)),
            references: Vec::new(),
            is_split: false,
        });
    }

    fn extra(&mut self, record: &Record, is_negative: bool) {
        self.seen.extras += 1;
        let line = self.line;
        let kind = record.text(1, 2);
        let amount = amount(record.text(38, 55));
        let Some(pending) = self.payment.as_mut() else {
            let words = format!("{} follows no payment", named(kind));
            return self.section(kind).refuse_at(line, || words);
        };
        let (payer, serial) = &pending.key;
        let is_its = payer == record.text(3, 12) && serial == record.text(58, 69);
        let refused = match &amount {
            _ if !is_its => Some(format!(
                "{} has another payer or serial number than the payment before it",
                named(kind)
            )),
            Err(words) => Some(words.clone()),
            Ok(_) => None,
        };
        if let (Some(reference), Ok(amount)) = (tidy(record.text(13, 37)), amount) {
            let amount = if is_negative { -amount } else { amount };
            pending.is_split |= amount != Money::ZERO;
            if pending.references.len() < PARTS_MAX && !pending.references.contains(&reference) {
                pending.references.push(reference.clone());
                pending.incoming.parts.push(Part { reference, amount });
            }
        }
        if let Some(words) = refused {
            self.section(kind).refuse_at(line, || words);
        }
    }

    fn detail(&mut self, record: &Record, tell: fn(&mut Pending, &Record)) {
        match self.payment.as_mut() {
            Some(pending) => tell(pending, record),
            None => {
                let (line, words) =
                    (self.line, format!("{} follows no payment", named(record.text(1, 2))));
                self.section(record.text(1, 2)).refuse_at(line, || words);
            }
        }
    }

    /// Hands the payment at hand over, with what its records told.
    fn close_payment(&mut self) {
        let Some(mut pending) = self.payment.take() else { return };
        if pending.incoming.amount == Money::ZERO {
            self.passed_over.empty += 1;
            return;
        }
        if self.section.as_ref().is_some_and(|section| section.is_refused()) {
            return;
        }
        let incoming = &mut pending.incoming;
        // The field holds what was typed, and the bank found references in it or beside it.
        incoming.reference = pending.field.take();
        for reference in &pending.references {
            let told = incoming.reference.as_deref().unwrap_or_default();
            if !told.split(' ').any(|word| word == reference) {
                add_words(&mut incoming.reference, Some(reference.clone()));
            }
        }
        if !pending.is_split {
            incoming.parts.clear();
        }
        self.queue.push_back(Item::Payment(pending.incoming));
    }

    fn close_section(&mut self, record: &Record) {
        self.close_payment();
        self.seen.deposits += 1;
        let (line, today) = (self.line, self.expected.today);
        let is_headless = self.section.is_none();
        let section = self.section("15");
        if is_headless {
            // It was begun by this very record, which is counted already.
            section.number -= 1;
        }
        section.serial = tidy(record.text(46, 50));
        section.check_currency(line, record.text(69, 71));
        section.check_sums(line, record);
        let declared = number(record.text(72, 79));
        let (sum, count) = (section.sum, section.count);
        if declared != Some(count) {
            section.refuse_at(line, || {
                let told = declared.map_or_else(|| "none".to_owned(), |told| told.to_string());
                format!("the deposit (15) tells of {told} payments and deductions, and {count} stand here")
            });
        }
        if sum < Money::ZERO {
            section.refuse_at(line, || format!("its sum is below zero: {sum}"));
        }
        section.check_deductions();
        let told = record.text(38, 45);
        let paid_on = match day(told) {
            None => Err(format!("`{told}` is no day of payment")),
            Some(day) if day < FIRST_DAY => {
                Err(format!("the day of payment, {day}, cannot be right"))
            }
            Some(day) if day > today => {
                Err(format!("the day of payment, {day}, is later than today, {today}"))
            }
            Some(day) => Ok(day),
        };
        let paid_on = paid_on.unwrap_or_else(|words| {
            section.refuse_at(line, || words);
            today
        });
        self.told.payments += declared.unwrap_or(count);
        let section = self.section.take().expect("a section was closed");
        self.finish(section, paid_on);
    }

    /// Refuses a section that the next one, or the end of the file, cut off.
    fn abandon_section(&mut self) {
        self.close_payment();
        let Some(mut section) = self.section.take() else { return };
        self.told.without_deposit += 1;
        section.refuse_at(section.line, || {
            "it has no deposit record (15), against which it is checked".to_owned()
        });
        let today = self.expected.today;
        self.finish(section, today);
    }

    fn finish(&mut self, section: Section, paid_on: NaiveDate) {
        let outcome = match section.problem() {
            Some(problem) => {
                self.told.is_any_refused = true;
                Err(problem)
            }
            None => Ok(paid_on),
        };
        self.queue.push_back(Item::Deposit(outcome));
    }

    /// Checks the counts of the whole file.
    ///
    /// Where a section is refused, the file's counts may also be what the sections say of themselves: then
    /// nothing but that section's records is missing, and the others stand.
    fn end(&mut self, record: &Record) -> Result<(), BankError> {
        self.abandon_section();
        self.state = State::Ended;
        let count = |from, to, what: &str| {
            number(record.text(from, to)).ok_or_else(|| {
                let words = format!("the end record (70) has no count of {what}");
                BankError::malformed(self.line, words)
            })
        };
        let told = Counts {
            payments: count(3, 10, "payments")?,
            deductions: count(11, 18, "deductions")?,
            extras: count(19, 26, "extra references")?,
            deposits: count(27, 34, "deposits")?,
        };
        let seen = &self.seen;
        let sections = seen.deposits + self.told.without_deposit;
        let mut pairs = vec![(told.deposits, sections, "deposits (15)")];
        if !self.told.is_any_refused {
            pairs.push((told.payments, seen.payments, "payments (20)"));
            pairs.push((told.deductions, seen.deductions, "deductions (21)"));
            pairs.push((told.extras, seen.extras, "extra references (22, 23)"));
        } else if self.told.without_deposit == 0 {
            let payments = told.payments + told.deductions;
            if payments != seen.payments + seen.deductions {
                let by_sections = self.told.payments;
                pairs.push((payments, by_sections, "payments and deductions (20, 21)"));
            }
        }
        match pairs.into_iter().find(|(told, seen, _)| told != seen) {
            None => Ok(()),
            Some((told, seen, what)) => {
                let words = format!(
                    "the end record (70) tells of {told} {what}, and the file holds {seen}"
                );
                Err(BankError::malformed(self.line, words))
            }
        }
    }
}
