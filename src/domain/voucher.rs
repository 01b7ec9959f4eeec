//! Vouchers: what the books are told of each event, balanced to the öre.
//!
//! An invoice, a credit note, a payment and each entry of the ledger make one voucher; an offset of one
//! payment against another makes none, since both stand under the same account. Texts are Swedish, as
//! the books of a Swedish association are.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};

use super::book_account::BookAccount;
use super::invoice::{InvoiceKind, InvoiceNumber, RateSum};
use super::ledger::EntryKind;
use super::money::{Money, VatRate};
use super::payment::PaymentNumber;
use super::term::Term;

/// The series that all vouchers are numbered in.
pub const SERIES: &str = "F";

/// One event in the books.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voucher {
    pub dated_on: NaiveDate,
    pub text: String,
    /// One an account, in the order in which they are first used; none is of 0 kronor.
    pub rows: Vec<VoucherRow>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VoucherRow {
    pub account: BookAccount,
    /// Debit above zero.
    pub amount: Money,
}

impl Voucher {
    fn new(dated_on: NaiveDate, text: String) -> Voucher {
        Voucher { dated_on, text, rows: Vec::new() }
    }

    fn add(&mut self, account: BookAccount, amount: Money) {
        match self.rows.iter_mut().find(|row| row.account == account) {
            Some(row) => row.amount += amount,
            None => self.rows.push(VoucherRow { account, amount }),
        }
    }

    /// Moves `amount` from the account credited to the account debited.
    fn post(&mut self, debit: BookAccount, credit: BookAccount, amount: Money) {
        self.add(debit, amount);
        self.add(credit, -amount);
    }

    fn finished(mut self) -> Voucher {
        self.rows.retain(|row| row.amount != Money::ZERO);
        self
    }

    /// Dates it on a later day, and says when it happened.
    pub fn moved_to(mut self, day: NaiveDate) -> Voucher {
        if day != self.dated_on {
            self.text = format!("{}, hände {}", self.text, self.dated_on);
            self.dated_on = day;
        }
        self
    }
}

/// What the books need of an invoice or a credit note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    pub kind: InvoiceKind,
    pub number: InvoiceNumber,
    pub issued_on: NaiveDate,
    pub buyer: String,
    /// The invoice that it credits.
    pub credits: Option<InvoiceNumber>,
    /// What earlier credit notes of that invoice have taken back, excluding VAT, by rate.
    pub credited_before: BTreeMap<VatRate, Money>,
    pub lines: Vec<Income>,
}

/// A line of a document: what it brings in, or gives back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Income {
    pub rate: VatRate,
    /// Excluding VAT, above zero.
    pub net: Money,
    pub period: Option<Term>,
    /// The day that the months of the period are counted from: the first of the term that was billed.
    pub months_from: Option<NaiveDate>,
}

impl Document {
    /// Returns the sums by rate, highest first, above zero. VAT is rounded once a rate; that of a credit
    /// note is the difference it makes to all that is credited, as on the note itself.
    pub fn sums(&self) -> Vec<RateSum> {
        let mut nets: BTreeMap<VatRate, Money> = BTreeMap::new();
        for line in &self.lines {
            *nets.entry(line.rate).or_default() += line.net;
        }
        let sum = |(rate, net): (VatRate, Money)| {
            let before = self.credited_before.get(&rate).copied().unwrap_or_default();
            RateSum { rate, net, vat: rate.of(before + net) - rate.of(before) }
        };
        nets.into_iter().rev().map(sum).collect()
    }

    fn called(&self) -> String {
        match self.credits {
            None => format!("Faktura {}, {}", self.number, self.buyer),
            Some(credits) => {
                format!("Kreditfaktura {} till faktura {credits}, {}", self.number, self.buyer)
            }
        }
    }

    /// Returns the voucher of its issue. Where income is spread, that of lines with a period is prepaid.
    pub fn voucher(&self, is_spread: bool) -> Voucher {
        let mut voucher = Voucher::new(self.issued_on, self.called());
        let sums = self.sums();
        let owed = |amount| self.kind.owed(amount);
        let total = sums.iter().map(|sum| sum.net + sum.vat).sum();
        voucher.add(BookAccount::Receivable, owed(total));
        for line in &self.lines {
            let account = match line.period {
                Some(_) if is_spread => BookAccount::Prepaid,
                _ => BookAccount::of_sales(line.rate),
            };
            voucher.add(account, -owed(line.net));
        }
        for sum in sums {
            if let Some(account) = BookAccount::of_vat(sum.rate) {
                voucher.add(account, -owed(sum.vat));
            }
        }
        voucher.finished()
    }

    /// Returns the vouchers that take prepaid income to sales month by month, by the first day of the
    /// month that each tells of, oldest first. Those of months that had begun when the document was
    /// issued are dated as it is.
    ///
    /// Each month of a term brings as much, a month that is covered in part less by its days, and all of
    /// them together bring the whole to the öre; a month on which nothing falls has none. Those of a
    /// credit note take back what it credits in the same months.
    pub fn portions(&self) -> Vec<(NaiveDate, Voucher)> {
        let mut months: BTreeMap<NaiveDate, Voucher> = BTreeMap::new();
        for line in &self.lines {
            let Some(period) = line.period else { continue };
            for (first_day, portion) in portions(line.net, period, line.months_from) {
                let voucher = months.entry(first_day).or_insert_with(|| {
                    let text =
                        format!("Periodisering {}: {}", first_day.format("%Y-%m"), self.called());
                    Voucher::new(first_day.max(self.issued_on), text)
                });
                let sales = BookAccount::of_sales(line.rate);
                voucher.post(BookAccount::Prepaid, sales, self.kind.owed(portion));
            }
        }
        let finished = months.into_iter().map(|(day, voucher)| (day, voucher.finished()));
        finished.filter(|(_, voucher)| !voucher.rows.is_empty()).collect()
    }
}

/// What a month that is covered as a whole weighs.
const WHOLE_MONTH: i128 = 1_000_000;

/// Divides `net` over the months of a period: the first day of each, and what falls on it.
fn portions(net: Money, period: Term, months_from: Option<NaiveDate>) -> Vec<(NaiveDate, Money)> {
    let from = months_from.filter(|day| *day <= period.start).unwrap_or(period.start);
    let boundary = |n: u32| from.checked_add_months(Months::new(n)).unwrap_or(period.end);
    let mut weighed = Vec::new();
    for n in 0.. {
        let (start, end) = (boundary(n), boundary(n + 1));
        if start >= period.end || start >= end {
            break;
        }
        let (first_day, past_last) = (start.max(period.start), end.min(period.end));
        let days = i128::from((past_last - first_day).num_days());
        if days > 0 {
            weighed.push((first_day, days * WHOLE_MONTH / i128::from((end - start).num_days())));
        }
    }
    let whole: i128 = weighed.iter().map(|(_, weight)| weight).sum();
    let (mut so_far, mut given) = (0, Money::ZERO);
    let mut portion = |(first_day, weight): (NaiveDate, i128)| {
        so_far += weight;
        let upto = i128::from(net.ore()) * so_far / whole;
        let upto = Money::from_ore(i64::try_from(upto).expect("a part of an amount"));
        let portion = upto - given;
        given = upto;
        (first_day, portion)
    };
    weighed.into_iter().map(&mut portion).collect()
}

/// What the books need of a payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    pub number: PaymentNumber,
    pub booked_on: NaiveDate,
    /// Below zero for a deduction.
    pub amount: Money,
    pub payer: Option<String>,
}

impl Received {
    /// Returns the voucher of a payment that settles these invoices at once; the rest is an advance.
    pub fn voucher(&self, settled: &[(InvoiceNumber, Money)]) -> Voucher {
        let what = if self.amount < Money::ZERO { "Avdrag" } else { "Inbetalning" };
        let mut text = format!("{what} {}", self.number);
        for (index, (invoice, _)) in settled.iter().enumerate() {
            text.push_str(if index == 0 { ", faktura " } else { ", " });
            text.push_str(&invoice.to_string());
        }
        if let Some(payer) = &self.payer {
            text.push_str(&format!(", {payer}"));
        }
        let mut voucher = Voucher::new(self.booked_on, text);
        let sum: Money = settled.iter().map(|(_, amount)| *amount).sum();
        voucher.add(BookAccount::Bank, self.amount);
        voucher.add(BookAccount::Receivable, -sum);
        voucher.add(BookAccount::Advances, sum - self.amount);
        voucher.finished()
    }
}

/// What the books need of an entry of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booked {
    pub kind: EntryKind,
    pub invoice: Option<InvoiceNumber>,
    pub payment: Option<PaymentNumber>,
    /// Whom it concerns: the buyer of the invoice, or who paid.
    pub party: Option<String>,
    pub takes_back: bool,
    pub booked_on: NaiveDate,
    /// As it is added to what is left.
    pub amount: Money,
    /// The VAT that it takes back, by rate, with the sign of the amount.
    pub vat: Vec<(VatRate, Money)>,
}

impl Booked {
    /// Returns its voucher; `None` for an offset.
    pub fn voucher(&self) -> Option<Voucher> {
        use BookAccount::{Advances, Bank, Receivable};
        let mut voucher = Voucher::new(self.booked_on, self.text());
        match self.kind {
            EntryKind::Offset => return None,
            EntryKind::Payment => voucher.post(Receivable, Advances, self.amount),
            EntryKind::Refund | EntryKind::Reversal => {
                voucher.post(Bank, Advances, self.amount);
            }
            EntryKind::ReminderFee => {
                voucher.post(Receivable, BookAccount::ReminderFees, self.amount);
            }
            EntryKind::Compensation => {
                voucher.post(Receivable, BookAccount::Compensation, self.amount);
            }
            EntryKind::LateInterest => voucher.post(Receivable, BookAccount::Interest, self.amount),
            EntryKind::Rounding => voucher.post(Receivable, BookAccount::Rounding, self.amount),
            EntryKind::WriteOff => {
                voucher.post(Receivable, BookAccount::Losses, self.amount);
                for (rate, vat) in &self.vat {
                    if let Some(account) = BookAccount::of_vat(*rate) {
                        voucher.post(BookAccount::Losses, account, *vat);
                    }
                }
            }
        }
        Some(voucher.finished())
    }

    fn text(&self) -> String {
        let what = match (self.kind, self.takes_back) {
            (EntryKind::Payment, false) => "Avräkning",
            (EntryKind::Payment, true) => "Återtagen avräkning",
            (EntryKind::Refund, false) => "Återbetalning",
            (EntryKind::Refund, true) => "Återtagen återbetalning",
            (EntryKind::Reversal, false) => "Återtagen inbetalning",
            (EntryKind::Reversal, true) => "Inbetalning, som ej längre är återtagen",
            (EntryKind::Offset, _) => "Kvittning",
            (EntryKind::ReminderFee, false) => "Påminnelseavgift",
            (EntryKind::ReminderFee, true) => "Återtagen påminnelseavgift",
            (EntryKind::Compensation, false) => "Förseningsersättning",
            (EntryKind::Compensation, true) => "Återtagen förseningsersättning",
            (EntryKind::LateInterest, false) => "Dröjsmålsränta",
            (EntryKind::LateInterest, true) => "Återtagen dröjsmålsränta",
            (EntryKind::WriteOff, false) => "Kundförlust",
            (EntryKind::WriteOff, true) => "Återtagen kundförlust",
            (EntryKind::Rounding, false) => "Öresutjämning",
            (EntryKind::Rounding, true) => "Återtagen öresutjämning",
        };
        let mut parts = vec![what.to_owned()];
        parts.extend(self.payment.map(|number| format!("betalning {number}")));
        parts.extend(self.invoice.map(|number| format!("faktura {number}")));
        parts.extend(self.party.clone());
        parts.join(", ")
    }
}

#[cfg(test)]
mod tests;
