//! A section of BgMax with its checks: the deposit's sum and count, and each payer's deductions.

use std::collections::HashMap;

use super::super::error::Problem;
use super::record::{Record, number};
use crate::domain::money::Money;

/// A section: from its opening record to the deposit's.
pub struct Section {
    pub number: i64,
    pub line: u64,
    pub payee: Option<String>,
    problem: Option<(u64, String)>,
    pub sum: Money,
    pub count: i64,
    /// What each payer has paid, less deductions, by bankgiro and channel.
    payers: HashMap<u64, i64>,
    /// Where each of those payers' first deduction stands.
    deductions: HashMap<u64, u64>,
    pub serial: Option<String>,
}

impl Section {
    pub fn begun(number: i64, line: u64, payee: Option<String>) -> Section {
        Section {
            number,
            line,
            payee,
            problem: None,
            sum: Money::ZERO,
            count: 0,
            payers: HashMap::new(),
            deductions: HashMap::new(),
            serial: None,
        }
    }

    pub fn is_refused(&self) -> bool {
        self.problem.is_some()
    }

    /// Refuses the section for what is found first.
    pub fn refuse_at(&mut self, line: u64, words: impl FnOnce() -> String) {
        if self.problem.is_none() {
            self.problem = Some((line, words()));
        }
    }

    pub fn problem(&self) -> Option<Problem> {
        let (line, reason) = self.problem.clone()?;
        let mut whose = format!("section {}", self.number);
        let serial = self.serial.as_ref().map(|serial| format!("deposit {serial}"));
        let known: Vec<String> = self.payee.iter().cloned().chain(serial).collect();
        if !known.is_empty() {
            whose.push_str(&format!(" ({})", known.join(", ")));
        }
        Some(Problem { line, whose, reason })
    }

    pub fn add(&mut self, line: u64, amount: Money) {
        match self.sum.ore().checked_add(amount.ore()) {
            Some(sum) => self.sum = Money::from_ore(sum),
            None => self.refuse_at(line, || "its sum is too large".to_owned()),
        }
    }

    pub fn check_currency(&mut self, line: u64, currency: &str) {
        // Records of Bankgirot's first years leave it blank.
        if !matches!(currency, "SEK" | "") {
            let words = format!("it is in {currency}, and the shop's money is SEK");
            self.refuse_at(line, || words);
        }
    }

    pub fn check_sums(&mut self, line: u64, record: &Record) {
        let told = match number(record.text(51, 68)) {
            Some(told) => Money::from_ore(told),
            None => {
                return self.refuse_at(line, || "the deposit (15) has no amount".to_owned());
            }
        };
        if told != self.sum {
            let sum = self.sum;
            self.refuse_at(line, || {
                format!(
                    "the deposit (15) is {told} kronor, and its payments less deductions make {sum}"
                )
            });
        }
    }

    /// Keeps what a payer has paid through a channel: a deduction belongs to both, and not to the
    /// payment before it.
    pub fn note_payer(&mut self, line: u64, payer: &str, channel: &str, amount: Money) {
        let payer = number(payer).and_then(|number| u64::try_from(number).ok()).unwrap_or_default();
        let channel = channel.bytes().next().map_or(0, u64::from);
        let key = payer * 256 + channel;
        let paid = self.payers.entry(key).or_default();
        *paid = paid.saturating_add(amount.ore());
        if amount < Money::ZERO {
            self.deductions.entry(key).or_insert(line);
        }
    }

    pub fn check_deductions(&mut self) {
        let is_too_much = |key: &u64| self.payers.get(key).is_some_and(|paid| *paid < 0);
        let lines =
            self.deductions.iter().filter(|(key, _)| is_too_much(key)).map(|(_, line)| *line);
        if let Some(line) = lines.min() {
            self.refuse_at(line, || {
                "the payer's deductions are more than that payer paid".to_owned()
            });
        }
    }
}
