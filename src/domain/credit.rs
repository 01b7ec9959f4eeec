//! Credit notes: what takes an issued invoice back, in full or in part (R13).
//!
//! A credit note is an invoice of its own, in the same series, whose amounts stand above zero and are
//! owed to the customer. Who buys, in which language, on which conditions, order and reference are
//! those of the credited invoice, so that its bookkeeper finds it; the seller is today's, because
//! today's office issues it and pays it back. Nothing is due on it, so its due date is its own date.

mod asked;
mod error;
mod reissue;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::invoice::{Draft, Invoice, InvoiceKind, InvoiceNumber, Line};
use super::money::{Money, VatRate};
use super::seller::Seller;
use super::term::Term;

pub use self::asked::{Asked, AskedLine, whole};
pub use self::error::CreditError;
pub use self::reissue::{Addressee, check_reissue, reissued};

/// What a credit note says of the invoice that it credits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credits {
    pub number: InvoiceNumber,
    pub issued_on: NaiveDate,
    /// The total of the credited invoice, including VAT.
    pub total: Money,
    /// How far it was settled otherwise when the note was issued.
    pub settled: Settled,
    /// Why, in words for the customer.
    pub reason: String,
    /// For each line of the credit note, the line of the invoice that it takes back, counted from 1.
    pub positions: Vec<usize>,
    /// What earlier credit notes have taken back, excluding VAT, by rate.
    pub before: BTreeMap<VatRate, Money>,
    /// The invoice that was issued anew in its place, in the same operation.
    pub replaced_by: Option<InvoiceNumber>,
}

impl Credits {
    /// Returns the VAT that goes back with `net`.
    ///
    /// It is the difference that this note makes to the VAT of all that is credited, so that the notes
    /// of an invoice together give back exactly the VAT that was charged, however it is divided.
    pub fn vat(&self, rate: VatRate, net: Money) -> Money {
        let before = self.before.get(&rate).copied().unwrap_or_default();
        rate.of(before + net) - rate.of(before)
    }

    /// Returns what is left of the credited invoice, including VAT, after a note of this `total`.
    pub fn left(&self, total: Money) -> Money {
        let before = self.before.iter().map(|(rate, net)| *net + rate.of(*net)).sum();
        self.total - before - total
    }

    /// Returns what there is left to pay of the credited invoice after a note of this `total`, by what was
    /// known when it was issued.
    pub fn asked_for(&self, total: Money) -> Money {
        let Settled { paid, claimed, .. } = self.settled;
        (self.left(total) - paid + claimed).max(Money::ZERO)
    }
}

/// How far a credited invoice is settled by what is no credit note.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// What was paid on it and stays there.
    pub paid: Money,
    /// Fees and interest, less what was given up.
    pub claimed: Money,
    /// What the credit note frees of what was paid, which stands on the customer's balance.
    pub released: Money,
}

/// How much of an invoice its credit notes have taken back, line by line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credited {
    lines: Vec<CreditedLine>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct CreditedLine {
    net: Money,
    vat_rate: VatRate,
    /// `None` while no credit note has a line about it, which tells a line of 0 kronor apart.
    credited: Option<Money>,
}

impl CreditedLine {
    fn left(&self) -> Money {
        self.net - self.credited.unwrap_or_default()
    }
}

impl Credited {
    /// Returns what is credited of `invoice` by notes with lines of these positions and net amounts.
    pub fn of(invoice: &Invoice, taken: &[(usize, Money)]) -> Credited {
        let lines = invoice.draft.lines.iter().map(|line| CreditedLine {
            net: line.net,
            vat_rate: line.vat_rate,
            credited: None,
        });
        let mut credited = Credited { lines: lines.collect() };
        for (position, net) in taken {
            credited.take(*position, *net);
        }
        credited
    }

    fn take(&mut self, position: usize, net: Money) {
        if let Some(line) = position.checked_sub(1).and_then(|index| self.lines.get_mut(index)) {
            line.credited = Some(line.credited.unwrap_or_default() + net);
        }
    }

    fn line(&self, position: usize) -> Option<&CreditedLine> {
        self.lines.get(position.checked_sub(1)?)
    }

    /// Returns what is left of the line at `position`, counted from 1, excluding VAT.
    pub fn left(&self, position: usize) -> Option<Money> {
        self.line(position).map(CreditedLine::left)
    }

    /// Says whether the line at `position` is credited in full.
    pub fn is_line_closed(&self, position: usize) -> bool {
        let is_closed = |line: &CreditedLine| line.credited == Some(line.net);
        self.line(position).is_some_and(is_closed)
    }

    /// Says whether anything was credited.
    pub fn is_touched(&self) -> bool {
        self.lines.iter().any(|line| line.credited.is_some())
    }

    /// Says whether nothing is left of the invoice; one of 0 kronor is credited once.
    pub fn is_closed(&self) -> bool {
        self.is_touched() && self.lines.iter().all(|line| line.left() == Money::ZERO)
    }

    /// Returns what is credited, excluding VAT, by rate.
    pub fn by_rate(&self) -> BTreeMap<VatRate, Money> {
        let mut by_rate: BTreeMap<VatRate, Money> = BTreeMap::new();
        for line in &self.lines {
            if let Some(credited) = line.credited {
                *by_rate.entry(line.vat_rate).or_default() += credited;
            }
        }
        by_rate
    }

    /// Checks that `parts` of `invoice`, by position and net amount, may be credited still.
    pub fn check(
        &self,
        invoice: &Invoice,
        parts: impl IntoIterator<Item = (usize, Money)>,
    ) -> Result<(), CreditError> {
        let number = invoice.number;
        if invoice.draft.kind() == InvoiceKind::CreditNote {
            return Err(CreditError::CreditNote(number));
        }
        if self.is_closed() {
            return Err(CreditError::Closed(number));
        }
        let mut ahead = self.clone();
        let mut is_empty = true;
        for (position, asked) in parts {
            is_empty = false;
            let line = ahead.line(position).ok_or(CreditError::NoLine { number, position })?;
            let left = line.left();
            if asked < Money::ZERO || (asked == Money::ZERO && line.net != Money::ZERO) {
                return Err(CreditError::NotPositive { number, position });
            }
            if asked > left {
                return Err(CreditError::MoreThanLeft { number, position, asked, left });
            }
            ahead.take(position, asked);
        }
        if is_empty { Err(CreditError::NoLines(number)) } else { Ok(()) }
    }
}

/// A part of an invoice that is credited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The line it is taken from, counted from 1.
    pub position: usize,
    /// Excluding VAT.
    pub net: Money,
    /// The days it is given back for.
    pub period: Option<Term>,
    /// How many pieces of the line it is; `None` where it is an amount.
    pub quantity: Option<i64>,
}

/// Returns the credit note of all that is left of `original`, issued on `today` by `seller`.
pub fn in_full(
    original: &Invoice,
    credited: &Credited,
    reason: &str,
    seller: &Arc<Seller>,
    today: NaiveDate,
) -> Result<Draft, CreditError> {
    of_parts(original, credited, &whole(original, credited), reason, seller, today)
}

/// Returns the credit note of `parts` of `original`, issued on `today` by `seller`.
///
/// Errors when more is asked for than earlier credit notes have left.
pub fn of_parts(
    original: &Invoice,
    credited: &Credited,
    parts: &[Part],
    reason: &str,
    seller: &Arc<Seller>,
    today: NaiveDate,
) -> Result<Draft, CreditError> {
    credited.check(original, parts.iter().map(|part| (part.position, part.net)))?;
    if reason.trim().is_empty() {
        return Err(CreditError::NoReason);
    }
    let Draft { language, buyer, reference, order_number, conditions, lines, .. } = &original.draft;
    Ok(Draft {
        issued_on: today,
        due_on: today,
        language: *language,
        seller: Arc::clone(seller),
        buyer: buyer.clone(),
        reference: reference.clone(),
        order_number: *order_number,
        conditions: Arc::clone(conditions),
        lines: parts.iter().map(|part| credit_line(&lines[part.position - 1], part)).collect(),
        credits: Some(Credits {
            number: original.number,
            issued_on: original.draft.issued_on,
            total: original.draft.totals().total,
            settled: Settled {
                paid: original.draft.replaces.map(|former| former.paid).unwrap_or_default(),
                ..Settled::default()
            },
            reason: reason.trim().to_owned(),
            positions: parts.iter().map(|part| part.position).collect(),
            before: credited.by_rate(),
            replaced_by: None,
        }),
        replaces: None,
    })
}

/// Returns the line that takes `part` back: as `line` was if that is all of it, else its pieces, or one
/// at the amount.
fn credit_line(line: &Line, part: &Part) -> Line {
    let mut line = Line { period: part.period, ..line.clone() };
    if part.net != line.net {
        let pieces =
            part.quantity.filter(|pieces| line.unit_price.times(*pieces) == Some(part.net));
        (line.quantity, line.unit_price) =
            pieces.map_or((1, part.net), |pieces| (pieces, line.unit_price));
        line.net = part.net;
    }
    line
}

/// Returns the position of the line of `invoice` that bills `term` of a subscription, counted from 1.
pub fn position_of_term(invoice: &Invoice, subscription_number: i64, term: Term) -> Option<usize> {
    let bills = |line: &Line| {
        line.subscription_number == Some(subscription_number) && line.period == Some(term)
    };
    invoice.draft.lines.iter().position(bills).map(|index| index + 1)
}

/// Returns what is credited of the line at `position` when its period is given up on `from`: the rest
/// by days, and no more than is left. `None` where nothing is to be given back.
pub fn rest_of_line(
    original: &Invoice,
    credited: &Credited,
    position: usize,
    from: NaiveDate,
) -> Option<Part> {
    let line = original.draft.lines.get(position.checked_sub(1)?)?;
    let (period, net) = rest(line.net, line.period?, from)?;
    let net = net.min(credited.left(position)?);
    (net > Money::ZERO).then_some(Part { position, net, period: Some(period), quantity: None })
}

/// Returns the days of `term` from `from` on and their share of `net`, by days, rounded half up to
/// whole öre. `None` when no day is left.
pub fn rest(net: Money, term: Term, from: NaiveDate) -> Option<(Term, Money)> {
    let rest = Term { start: from.max(term.start), end: term.end };
    let (days, days_of_term) = (days(rest), days(term));
    if days <= 0 {
        return None;
    }
    Some((rest, share(net, days, days_of_term)))
}

/// Returns the share of `net` that falls on some days of a term, rounded half up to whole öre.
pub fn share(net: Money, days: i64, days_of_term: i64) -> Money {
    let share = i128::from(net.ore()) * i128::from(days) * 2 + i128::from(days_of_term);
    let ore = share.div_euclid(i128::from(days_of_term) * 2);
    Money::from_ore(i64::try_from(ore).expect("a part of an amount is no larger"))
}

pub fn days(term: Term) -> i64 {
    (term.end - term.start).num_days()
}

#[cfg(test)]
mod tests;
