//! Credit notes: what takes an issued invoice back, in full or in part (R13).
//!
//! A credit note is an invoice of its own, in the same series, whose amounts stand above zero and are
//! owed to the customer. Who buys, in which language, on which conditions, order and reference are
//! those of the credited invoice, so that its bookkeeper finds it; the seller is today's, because
//! today's office issues it and pays it back. Nothing is due on it, so its due date is its own date.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;

use super::invoice::{Draft, Invoice, InvoiceKind, InvoiceNumber, Line};
use super::money::{Money, VatRate};
use super::seller::Seller;
use super::term::Term;

/// What a credit note says of the invoice that it credits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credits {
    pub number: InvoiceNumber,
    pub issued_on: NaiveDate,
    /// The total of the credited invoice, including VAT.
    pub total: Money,
    /// Why, in words for the customer.
    pub reason: String,
    /// For each line of the credit note, the line of the invoice that it takes back, counted from 1.
    pub positions: Vec<usize>,
    /// What earlier credit notes have taken back, excluding VAT, by rate.
    pub before: BTreeMap<VatRate, Money>,
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

    /// Says whether nothing is left of the invoice; one of 0 kronor is credited once.
    pub fn is_closed(&self) -> bool {
        let is_touched = self.lines.iter().any(|line| line.credited.is_some());
        is_touched && self.lines.iter().all(|line| line.left() == Money::ZERO)
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
}

/// Why something cannot be credited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CreditError {
    CreditNote(InvoiceNumber),
    /// Nothing is left of it.
    Closed(InvoiceNumber),
    NoLines(InvoiceNumber),
    NoLine {
        number: InvoiceNumber,
        position: usize,
    },
    NotPositive {
        number: InvoiceNumber,
        position: usize,
    },
    MoreThanLeft {
        number: InvoiceNumber,
        position: usize,
        asked: Money,
        left: Money,
    },
    /// The line that bills a term is to be credited in full before the term can be withdrawn.
    TermStands {
        number: InvoiceNumber,
        term: Term,
    },
    NoReason,
}

impl fmt::Display for CreditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CreditError::CreditNote(number) => {
                write!(f, "{number} is a credit note, which cannot be credited itself")
            }
            CreditError::Closed(number) => {
                write!(f, "invoice {number} is credited in full already")
            }
            CreditError::NoLines(number) => {
                write!(f, "no line of invoice {number} is named that is to be credited")
            }
            CreditError::NoLine { number, position } => {
                write!(f, "invoice {number} has no line {position}")
            }
            CreditError::NotPositive { number, position } => {
                write!(f, "what is credited of line {position} of invoice {number} is not above 0")
            }
            CreditError::MoreThanLeft { number, position, asked, left } => write!(
                f,
                "{asked} kronor cannot be credited of line {position} of invoice {number}, of which \
                 {left} kronor is left"
            ),
            CreditError::TermStands { number, term } => {
                write!(f, "the term {term} is not credited in full on invoice {number}")
            }
            CreditError::NoReason => f.write_str("a credit note needs a reason"),
        }
    }
}

impl std::error::Error for CreditError {}

/// Returns the credit note of all that is left of `original`, issued on `today` by `seller`.
#[cfg(test)]
pub fn in_full(
    original: &Invoice,
    credited: &Credited,
    reason: &str,
    seller: &Arc<Seller>,
    today: NaiveDate,
) -> Result<Draft, CreditError> {
    let lines = original.draft.lines.iter().enumerate();
    let parts: Vec<Part> = lines
        .map(|(index, line)| (index + 1, line.period))
        .filter(|(position, _)| !credited.is_line_closed(*position))
        .filter_map(|(position, period)| {
            credited.left(position).map(|net| Part { position, net, period })
        })
        .collect();
    of_parts(original, credited, &parts, reason, seller, today)
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
            reason: reason.trim().to_owned(),
            positions: parts.iter().map(|part| part.position).collect(),
            before: credited.by_rate(),
        }),
    })
}

/// Returns the line that takes `part` back: as `line` was if that is all of it, else one at the amount.
fn credit_line(line: &Line, part: &Part) -> Line {
    let mut line = Line { period: part.period, ..line.clone() };
    if part.net != line.net {
        line.quantity = 1;
        line.unit_price = part.net;
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
    (net > Money::ZERO).then_some(Part { position, net, period: Some(period) })
}

/// Returns the days of `term` from `from` on and their share of `net`, by days, rounded half up to
/// whole öre. `None` when no day is left.
pub fn rest(net: Money, term: Term, from: NaiveDate) -> Option<(Term, Money)> {
    let rest = Term { start: from.max(term.start), end: term.end };
    let (days, days_of_term) = (days(rest), days(term));
    if days <= 0 {
        return None;
    }
    let share = i128::from(net.ore()) * i128::from(days) * 2 + i128::from(days_of_term);
    let ore = share.div_euclid(i128::from(days_of_term) * 2);
    Some((rest, Money::from_ore(i64::try_from(ore).expect("a part of an amount is no larger"))))
}

fn days(term: Term) -> i64 {
    (term.end - term.start).num_days()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::address::Country;
    use crate::domain::conditions::Conditions;
    use crate::domain::invoice::{Buyer, InvoiceId, PriceBasis, PriceRule};
    use crate::domain::language::Language;
    use crate::domain::product::{PriceGroup, ProductKind};
    use crate::domain::seller::SellerField;
    use crate::domain::term::parse_date;

    fn date(text: &str) -> NaiveDate {
        parse_date(text).expect("a date")
    }

    fn year() -> Term {
        Term { start: date("2026-03-01"), end: date("2027-03-01") }
    }

    fn line((quantity, ore, percent): &(i64, i64, i64)) -> Line {
        let day = date("2026-03-01");
        let unit_price = Money::from_ore(*ore);
        Line {
            sku: "AB04".into(),
            kind: ProductKind::Subscription,
            description: "AB 04".into(),
            quantity: *quantity,
            unit_price,
            net: unit_price.times(*quantity).expect("in range"),
            vat_rate: VatRate::new(*percent).expect("a Swedish rate"),
            vat_exemption: None,
            period: Some(year()),
            subscription_number: Some(1001),
            basis: PriceBasis {
                decided_on: day,
                price_from: day,
                vat_from: day,
                group: PriceGroup::Regular,
                rule: PriceRule::List,
            },
        }
    }

    fn seller() -> Arc<Seller> {
        let example = |field: SellerField| field.example().to_owned();
        Arc::new(Seller::from_fields(example, None).expect("a seller"))
    }

    /// Returns an invoice with lines of these quantities, prices in öre and rates.
    fn invoice(lines: &[(i64, i64, i64)]) -> Invoice {
        let buyer = Buyer {
            vat_number: None,
            name: "Saab AB".into(),
            org_number: "556036-0793".parse().expect("a number"),
            care_of: None,
            street: "Storgatan 1".into(),
            postal_code: "111 22".into(),
            city: "Stockholm".into(),
            country: Country::default(),
            invoice_email: "faktura@saab.example".parse().expect("an address"),
        };
        let draft = Draft {
            issued_on: date("2026-03-01"),
            due_on: date("2026-03-31"),
            language: Language::Swedish,
            seller: seller(),
            buyer,
            reference: None,
            order_number: Some(1001),
            conditions: Arc::new(Conditions::first()),
            lines: lines.iter().map(line).collect(),
            credits: None,
        };
        Invoice { id: InvoiceId(1), number: InvoiceNumber(1001), draft }
    }

    fn ore(money: Money) -> i64 {
        money.ore()
    }

    #[test]
    fn an_invoice_over_nothing_is_credited_once() {
        let original = invoice(&[(1, 0, 25)]);
        let none = Credited::of(&original, &[]);
        let note = in_full(&original, &none, "fel", &seller(), date("2026-03-02")).expect("a note");
        assert_eq!((note.lines.len(), ore(note.totals().total)), (1, 0));
        let credited = Credited::of(&original, &[(1, Money::ZERO)]);
        assert!(credited.is_closed() && credited.is_line_closed(1) && !none.is_line_closed(1));
        let again = in_full(&original, &credited, "fel", &seller(), date("2026-03-02"));
        assert_eq!(again, Err(CreditError::Closed(original.number)));
    }

    #[test]
    fn a_reason_is_asked_for_and_a_line_is_credited_no_twice() {
        let original = invoice(&[(2, 100, 25), (1, 100, 6)]);
        let none = Credited::of(&original, &[]);
        let try_parts = |parts: &[(usize, i64)], reason: &str| {
            let part = |(position, ore): &(usize, i64)| Part {
                position: *position,
                net: Money::from_ore(*ore),
                period: None,
            };
            let parts: Vec<Part> = parts.iter().map(part).collect();
            of_parts(&original, &none, &parts, reason, &seller(), date("2026-03-02"))
        };
        assert_eq!(try_parts(&[(1, 200)], " "), Err(CreditError::NoReason));
        assert_eq!(try_parts(&[], "fel"), Err(CreditError::NoLines(original.number)));
        let twice = try_parts(&[(1, 150), (1, 51)], "fel");
        assert!(matches!(twice, Err(CreditError::MoreThanLeft { position: 1, .. })), "{twice:?}");
        let part = try_parts(&[(1, 150)], "fel").expect("a note");
        assert_eq!((part.lines[0].quantity, ore(part.lines[0].unit_price)), (1, 150));
        let line = try_parts(&[(1, 200)], "fel").expect("a note");
        assert_eq!((line.lines[0].quantity, ore(line.lines[0].unit_price)), (2, 100));
    }

    #[test]
    fn the_rest_of_a_term_is_counted_by_days() {
        let cases = [
            // The whole, a day, half of a common year, the last day, and past it.
            ("2026-03-01", Some(365_000)),
            ("2026-02-01", Some(365_000)),
            ("2026-03-02", Some(364_000)),
            ("2026-08-31", Some(182_000)),
            ("2027-02-28", Some(1_000)),
            ("2027-03-01", None),
        ];
        for (from, expected) in cases {
            let rest = rest(Money::from_ore(365_000), year(), date(from));
            assert_eq!(rest.map(|(_, net)| ore(net)), expected, "{from}");
        }
        let (days, _) = rest(Money::from_ore(1), year(), date("2026-08-31")).expect("a rest");
        assert_eq!(days.to_string(), "2026-08-31 – 2027-02-28");
    }

    #[test]
    fn the_rest_of_a_line_is_no_more_than_is_left_of_it() {
        let original = invoice(&[(1, 365_000, 25)]);
        let rest_after = |taken: &[(usize, Money)]| {
            let credited = Credited::of(&original, taken);
            rest_of_line(&original, &credited, 1, date("2026-08-31")).map(|part| ore(part.net))
        };
        assert_eq!(rest_after(&[]), Some(182_000));
        assert_eq!(rest_after(&[(1, Money::from_ore(200_000))]), Some(165_000));
        assert_eq!(rest_after(&[(1, Money::from_ore(365_000))]), None);
        assert_eq!(position_of_term(&original, 1001, year()), Some(1));
        assert_eq!(position_of_term(&original, 1002, year()), None);
    }

    proptest! {
        #[test]
        fn what_is_used_and_the_rest_are_the_whole(
            net in 0_i64..10_000_000_000,
            start in 0_u64..20_000,
            length in 1_u64..1200,
            used in 0_u64..1200,
        ) {
            let start = date("2000-01-01") + chrono::Days::new(start);
            let term = Term { start, end: start + chrono::Days::new(length) };
            let used = used.min(length - 1);
            let (days, given_back) =
                rest(Money::from_ore(net), term, start + chrono::Days::new(used)).expect("a rest");
            prop_assert_eq!(days.end, term.end);
            prop_assert!((0..=net).contains(&ore(given_back)));
            // What is kept is the share of the days used, to within half an öre.
            let kept = i128::from(net - ore(given_back)) * i128::from(length);
            let share = i128::from(net) * i128::from(used);
            prop_assert!((kept - share).abs() * 2 <= i128::from(length));
            let later = rest(Money::from_ore(net), term, start + chrono::Days::new(used + 1));
            prop_assert!(later.is_none_or(|(_, less)| less <= given_back));
        }

        #[test]
        fn however_it_is_divided_all_that_was_charged_is_given_back(
            lines in proptest::collection::vec((1_i64..9, 0_i64..5_000, 0_usize..4), 1..5),
            cuts in proptest::collection::vec((0_usize..5, 0_i64..20_000), 0..8),
        ) {
            let rates = VatRate::ALL.map(i64::from);
            let lines: Vec<(i64, i64, i64)> =
                lines.iter().map(|(quantity, ore, rate)| (*quantity, *ore, rates[*rate])).collect();
            let original = invoice(&lines);
            let charged = original.draft.totals();
            let day = date("2026-03-02");
            let (mut taken, mut given_back): (Vec<(usize, Money)>, _) = (Vec::new(), Money::ZERO);
            for (index, amount) in cuts {
                let credited = Credited::of(&original, &taken);
                let position = index % lines.len() + 1;
                let net = Money::from_ore(amount);
                let part = Part { position, net, period: None };
                let note = of_parts(&original, &credited, &[part], "x", &seller(), day);
                let Ok(note) = note else { continue };
                given_back += note.totals().total;
                prop_assert!(note.totals().vat >= Money::ZERO);
                let credits = note.credits.as_ref().expect("it credits");
                prop_assert_eq!(credits.left(note.totals().total), charged.total - given_back);
                taken.push((position, net));
            }
            let credited = Credited::of(&original, &taken);
            if !credited.is_closed() {
                let note = in_full(&original, &credited, "x", &seller(), day).expect("the rest");
                if taken.is_empty() {
                    prop_assert_eq!(note.totals(), charged.clone());
                }
                given_back += note.totals().total;
            }
            prop_assert_eq!(given_back, charged.total);
        }
    }
}
