//! An entry with its transactions: one payment, or the sum of many.

use std::collections::VecDeque;

use chrono::NaiveDate;

use super::super::error::Problem;
use super::super::{Expected, Item, PassedOver, add_words, tidy};
use super::day;
use super::tag::Tag;
use super::transaction::{Direction, Told, Transaction, direction, told_amount, too_much};
use crate::domain::bank::{AMOUNT_MAX, FIRST_DAY, Incoming, significant};
use crate::domain::money::Money;

/// What payments without a reference of the bank's share: they are counted in the whole file.
const OF_FILE: i64 = 0;

/// An entry, up to where was read.
#[derive(Debug, Default)]
pub struct Entry {
    line: u64,
    number: u64,
    amount: Option<Told>,
    direction: Option<Direction>,
    is_reversal: bool,
    status: Option<String>,
    booked_on: Option<NaiveDate>,
    valued_on: Option<NaiveDate>,
    reference: Option<String>,
    problem: Option<(u64, String)>,
    transaction: Option<Transaction>,
    /// The first transaction, until it is known whether it is the only one.
    first: Option<Transaction>,
    transactions: i64,
    /// What the transactions handed over make.
    sum: Money,
    has_amounts: bool,
    /// Whether it has several transactions without amounts, so that it is one payment.
    is_lump: bool,
    /// The references of transactions without amounts.
    references: Option<String>,
    batch: Option<Batch>,
}

/// What an entry's details say of themselves, as it is written.
#[derive(Debug, Default)]
struct Batch {
    count: Option<String>,
    total: Option<Told>,
    /// How many transactions, and which sum, were before them.
    before: (i64, Money),
}

impl Entry {
    pub fn begun(line: u64, number: u64) -> Entry {
        Entry { line, number, ..Entry::default() }
    }

    pub fn direction(&self) -> Option<Direction> {
        self.direction
    }

    /// Returns the amount without its sign, if it is in kronor.
    pub fn told_amount(&self) -> Option<Money> {
        match self.amount {
            Some(Told::Kronor(amount)) => Some(amount),
            _ => None,
        }
    }

    pub fn is_booked(&self) -> bool {
        self.status.as_deref() == Some("BOOK")
    }

    /// Says whether it is no payment to the seller: announced only, or money that went out.
    fn is_passed_over(&self) -> bool {
        let is_pending = self.status.is_some() && !self.is_booked();
        is_pending || (self.direction == Some(Direction::Out) && !self.is_reversal)
    }

    pub fn opened(&mut self, path: &[Tag], line: u64) {
        match path {
            [Tag::NtryDtls] => {
                self.batch =
                    Some(Batch { before: (self.transactions, self.sum), ..Batch::default() });
            }
            [Tag::NtryDtls, Tag::TxDtls] => {
                self.transaction = Some(Transaction::begun(line));
            }
            [Tag::NtryDtls, Tag::TxDtls, Tag::RmtInf, Tag::Strd] => {
                if let Some(transaction) = &mut self.transaction {
                    transaction.open_structured();
                }
            }
            _ => {}
        }
    }

    /// Takes the text of an element, by its path below the entry.
    pub fn told(&mut self, path: &[Tag], text: &str, currency: Option<&str>) {
        match path {
            [Tag::Amt] => {
                self.amount.get_or_insert_with(|| told_amount(text, currency));
            }
            [Tag::CdtDbtInd] => self.direction = direction(text),
            [Tag::RvslInd] => self.is_reversal = matches!(text, "true" | "1"),
            [Tag::Sts] | [Tag::Sts, Tag::Cd | Tag::Prtry] => self.status = Some(text.to_owned()),
            [Tag::BookgDt, Tag::Dt | Tag::DtTm] => self.booked_on = self.read_day(text),
            [Tag::ValDt, Tag::Dt | Tag::DtTm] => self.valued_on = self.read_day(text),
            [Tag::AcctSvcrRef] => self.reference = tidy(text),
            [Tag::NtryDtls, Tag::Btch, tag] => {
                if let Some(batch) = &mut self.batch {
                    match tag {
                        Tag::NbOfTxs => batch.count = Some(text.to_owned()),
                        Tag::TtlAmt => batch.total = Some(told_amount(text, currency)),
                        _ => {}
                    }
                }
            }
            [Tag::NtryDtls, Tag::TxDtls, below @ ..] => {
                if let Some(transaction) = &mut self.transaction {
                    transaction.told(below, text, currency);
                }
            }
            _ => {}
        }
    }

    /// Says whether it is money that went out once and comes back.
    fn comes_back(&self) -> bool {
        self.is_reversal && self.direction == Some(Direction::In)
    }

    fn read_day(&mut self, text: &str) -> Option<NaiveDate> {
        let read = day(text);
        if read.is_none() {
            self.refuse_at(self.line, || format!("`{text}` is no day"));
        }
        read
    }

    pub fn closed(&mut self, path: &[Tag]) {
        match path {
            [Tag::NtryDtls, Tag::TxDtls, Tag::RmtInf, Tag::Strd] => {
                if let Some(transaction) = &mut self.transaction {
                    transaction.close_structured();
                }
            }
            [Tag::NtryDtls] => self.check_batch(),
            _ => {}
        }
    }

    fn refuse_at(&mut self, line: u64, words: impl FnOnce() -> String) {
        if self.problem.is_none() {
            self.problem = Some((line, words()));
        }
    }

    /// Returns the amount of the whole entry, below zero where the bank takes money back.
    fn signed(&self) -> Result<Money, String> {
        let sign = match self.direction {
            Some(direction) => direction,
            None => return Err("it does not say whether money came in or went out".to_owned()),
        };
        match &self.amount {
            None => Err("it has no amount".to_owned()),
            Some(told) => told.kronor().map(|amount| sign.signed(amount)),
        }
    }

    fn received_on(&self, today: NaiveDate) -> Result<NaiveDate, String> {
        match self.booked_on.or(self.valued_on) {
            None => Err("it has no day of booking".to_owned()),
            Some(day) if day < FIRST_DAY => Err(format!("its day, {day}, cannot be right")),
            Some(day) if day > today => {
                Err(format!("its day, {day}, is later than today, {today}"))
            }
            Some(day) => Ok(day),
        }
    }

    /// Ends the transaction at hand, and hands it over if it is one of several.
    pub fn finish_transaction(
        &mut self,
        expected: &Expected,
        is_own: bool,
        queue: &mut VecDeque<Item>,
    ) {
        let Some(transaction) = self.transaction.take() else { return };
        if self.is_passed_over() {
            return;
        }
        if let Err(words) = transaction.check_payee(self.direction, is_own, &expected.payees) {
            self.refuse_at(transaction.line, || words);
        }
        self.transactions += 1;
        if self.transactions == 1 {
            self.first = Some(transaction);
            return;
        }
        let first = self.first.take();
        for transaction in first.into_iter().chain([transaction]) {
            let payment = self.one_of_many(transaction, expected.today);
            queue.extend(payment.map(Item::Payment));
        }
    }

    /// Returns one of several transactions as a payment, or keeps its references where none has an amount.
    fn one_of_many(&mut self, transaction: Transaction, today: NaiveDate) -> Option<Incoming> {
        let line = transaction.line;
        let amount = match transaction.signed(self.direction) {
            Ok(amount) => amount,
            Err(words) => {
                self.refuse_at(line, || words);
                return None;
            }
        };
        let Some(amount) = amount else {
            if self.has_amounts {
                self.refuse_at(line, || "a transaction has no amount, and others have".to_owned());
            }
            add_words(&mut self.references, transaction.named());
            self.is_lump = true;
            return None;
        };
        if self.is_lump {
            self.refuse_at(line, || "a transaction has an amount, and others have none".to_owned());
        }
        self.has_amounts = true;
        match self.sum.ore().checked_add(amount.ore()) {
            Some(sum) => self.sum = Money::from_ore(sum),
            None => self.refuse_at(line, || "its transactions make too much".to_owned()),
        }
        if self.problem.is_some() {
            return None;
        }
        let day = match self.received_on(today) {
            Ok(day) => day,
            Err(words) => {
                self.refuse_at(self.line, || words);
                return None;
            }
        };
        let incoming = transaction.incoming(amount, day);
        // A bank may give all transactions of an entry the same reference.
        let number = i64::try_from(self.number).unwrap_or(i64::MAX);
        let tally = if incoming.bank_reference.is_some() { number } else { OF_FILE };
        Some(Incoming { is_unclear: self.comes_back(), tally: Some(tally), ..incoming })
    }

    fn check_batch(&mut self) {
        let Some(batch) = self.batch.take() else { return };
        let (transactions, sum) = batch.before;
        let count = self.transactions - transactions;
        if count == 0 || self.is_passed_over() {
            return;
        }
        let line = self.line;
        if let Some(told) = &batch.count
            && told.parse() != Ok(count)
        {
            self.refuse_at(line, || {
                format!("its batch tells of {told} transactions, and {count} stand here")
            });
        }
        let sum = self.sum.ore().saturating_sub(sum.ore()).saturating_abs();
        let sum = Money::from_ore(sum);
        match batch.total {
            Some(Told::Kronor(told)) if self.has_amounts && told != sum => self
                .refuse_at(line, || {
                    format!("its batch is of {told} kronor, and its transactions make {sum}")
                }),
            Some(Told::Wrong(words)) => self.refuse_at(line, || words),
            _ => {}
        }
    }

    /// Ends the entry: what is left of it to hand over, and whether it counts.
    pub fn finish(
        mut self,
        expected: &Expected,
        is_own: bool,
        queue: &mut VecDeque<Item>,
        passed_over: &mut PassedOver,
    ) {
        if self.is_passed_over() {
            let what =
                if self.is_booked() { &mut passed_over.outgoing } else { &mut passed_over.pending };
            *what += 1;
            return;
        }
        if self.transactions == 0 && !is_own {
            self.refuse_at(self.line, || "it does not say to whom it was paid".to_owned());
        }
        let outcome = self.complete(expected.today).map(|(day, payment)| {
            match payment {
                Some(payment) if payment.amount == Money::ZERO => passed_over.empty += 1,
                payment => queue.extend(payment.map(Item::Payment)),
            }
            day
        });
        let outcome = outcome.map_err(|words| self.problem_of(words));
        queue.push_back(Item::Deposit(outcome));
    }

    /// Checks the whole entry; returns its day, and its payment where it is one.
    fn complete(&mut self, today: NaiveDate) -> Result<(NaiveDate, Option<Incoming>), String> {
        if self.problem.is_some() {
            return Err(String::new());
        }
        if self.status.is_none() {
            return Err("it does not say whether it is booked".to_owned());
        }
        let amount = self.signed()?;
        if !self.has_amounts && amount.ore().abs() > AMOUNT_MAX.ore() {
            return Err(too_much(amount));
        }
        let day = self.received_on(today)?;
        if self.has_amounts {
            if self.sum == amount {
                return Ok((day, None));
            }
            let sum = self.sum;
            return Err(format!("it is of {amount} kronor, and its transactions make {sum}"));
        }
        let mut payment = match self.first.take() {
            Some(only) => {
                // Told in another currency it was changed by the bank, and the entry says into what.
                if let Some(own) = only.signed(self.direction)?
                    && own != amount
                {
                    return Err(format!(
                        "it is of {amount} kronor, and its transaction makes {own}"
                    ));
                }
                Incoming { is_unclear: self.comes_back(), ..only.incoming(amount, day) }
            }
            None => Incoming {
                line: self.line,
                amount,
                day: Some(day),
                reference: self.references.take(),
                is_unclear: true,
                ..Incoming::default()
            },
        };
        if payment.bank_reference.is_none() {
            payment.bank_reference =
                self.reference.clone().filter(|it| !significant(it).is_empty());
        }
        if payment.bank_reference.is_none() {
            payment.tally = Some(OF_FILE);
        }
        Ok((day, Some(payment)))
    }

    fn problem_of(&self, words: String) -> Problem {
        let (line, reason) = self.problem.clone().unwrap_or((self.line, words));
        let reference = self.reference.as_ref().map(|reference| format!(" (`{reference}`)"));
        let whose = format!("entry {}{}", self.number, reference.unwrap_or_default());
        Problem { line, whose, reason }
    }
}
