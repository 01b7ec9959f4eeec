//! What of an invoice is to be credited: all that is left, lines, quantities of them, or an amount.
//!
//! An amount is meant including VAT, as the customer sees it, and is spread over its lines in
//! proportion to what is left of each. VAT is rounded once per rate, so not every amount can be had to
//! the öre: at 25 % no note comes to 0,02 kronor. Such an amount is refused, and the nearest are named.

use std::collections::BTreeMap;
use std::str::FromStr;

use crate::domain::invoice::{Invoice, InvoiceKind};
use crate::domain::money::{Money, VatRate};

use super::{CreditError, Credited, Part};

/// A line as it is named on the command line: `2`, or `2=1` for one piece of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AskedLine {
    /// Counted from 1.
    pub position: usize,
    pub quantity: Option<i64>,
}

impl FromStr for AskedLine {
    type Err = String;

    fn from_str(text: &str) -> Result<AskedLine, String> {
        let (position, quantity) = match text.split_once('=') {
            Some((position, quantity)) => (position, Some(quantity.trim())),
            None => (text, None),
        };
        let position = position.trim();
        let place = position.parse().ok().filter(|place| *place > 0);
        let place = place.ok_or_else(|| format!("`{position}` is not a line such as 1"))?;
        let quantity = match quantity {
            None => None,
            Some(text) => {
                let pieces = text.parse().ok().filter(|pieces| *pieces > 0);
                Some(pieces.ok_or_else(|| format!("`{text}` is not a quantity such as 1"))?)
            }
        };
        Ok(AskedLine { position: place, quantity })
    }
}

/// What is asked to be credited of an invoice; all that is left of it where nothing is named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub lines: Vec<AskedLine>,
    /// Including VAT; of the lines named, or of all.
    pub amount: Option<Money>,
}

impl Asked {
    /// Returns the parts of `original` that are asked for, in the order of its lines.
    ///
    /// Errors when it cannot be credited, when a line or a quantity is none of its own, when more is
    /// asked for than is left, and when no credit note comes to the amount.
    pub fn parts(&self, original: &Invoice, credited: &Credited) -> Result<Vec<Part>, CreditError> {
        let number = original.number;
        if original.draft.kind() == InvoiceKind::CreditNote {
            return Err(CreditError::CreditNote(number));
        }
        if credited.is_closed() {
            return Err(CreditError::Closed(number));
        }
        let mut lines = self.lines.clone();
        lines.sort_by_key(|line| line.position);
        if let Some(twice) = lines.windows(2).find(|pair| pair[0].position == pair[1].position) {
            return Err(CreditError::LineTwice { number, position: twice[0].position });
        }
        let mut parts = Vec::new();
        for line in &lines {
            parts.push(part_of_line(*line, original, credited)?);
        }
        if lines.is_empty() {
            parts = whole(original, credited);
        }
        match self.amount {
            None => Ok(parts),
            Some(_) if lines.iter().any(|line| line.quantity.is_some()) => {
                Err(CreditError::AmountOfQuantity)
            }
            Some(amount) => spread(amount, &parts, original, credited),
        }
    }
}

/// Returns all that is left of an invoice.
pub fn whole(original: &Invoice, credited: &Credited) -> Vec<Part> {
    (1..=original.draft.lines.len())
        .filter(|position| !credited.is_line_closed(*position))
        .filter_map(|position| rest_of(position, original, credited))
        .collect()
}

fn part_of_line(
    asked: AskedLine,
    original: &Invoice,
    credited: &Credited,
) -> Result<Part, CreditError> {
    let AskedLine { position, quantity } = asked;
    let number = original.number;
    let rest = rest_of(position, original, credited);
    let rest = rest.ok_or(CreditError::NoLine { number, position })?;
    if credited.is_line_closed(position) {
        return Err(CreditError::LineClosed { number, position });
    }
    let Some(pieces) = quantity else { return Ok(rest) };
    let line = &original.draft.lines[position - 1];
    let net = line.unit_price.times(pieces).filter(|_| pieces <= line.quantity);
    let net =
        net.ok_or(CreditError::NoQuantity { number, position, asked: pieces, of: line.quantity })?;
    let left = rest.net;
    match net > left {
        true => Err(CreditError::MoreThanLeft { number, position, asked: net, left }),
        false => Ok(Part { net, quantity, ..rest }),
    }
}

/// Returns what is left of a line, in pieces where it comes to whole ones.
fn rest_of(position: usize, original: &Invoice, credited: &Credited) -> Option<Part> {
    let net = credited.left(position)?;
    let line = &original.draft.lines[position - 1];
    let (whole, price) = (net.ore(), line.unit_price.ore());
    let quantity = (price > 0 && whole % price == 0).then(|| whole / price);
    Some(Part { position, net, period: line.period, quantity: quantity.filter(|it| *it > 0) })
}

/// What an amount is spread over at one rate of VAT.
struct Share {
    rate: VatRate,
    /// What earlier notes have credited at the rate, excluding VAT.
    before: Money,
    /// What can be credited at it, excluding VAT.
    room: Money,
}

impl Share {
    /// Returns what `net` comes to with the VAT that goes back with it.
    fn gross(&self, net: Money) -> Money {
        net + self.rate.of(self.before + net) - self.rate.of(self.before)
    }

    /// Returns the most that can be credited, excluding VAT, for no more than `gross`.
    fn net_within(&self, gross: Money) -> Money {
        let (mut low, mut high) = (0, self.room.ore());
        while low < high {
            let middle = low + (high - low + 1) / 2;
            match self.gross(Money::from_ore(middle)) <= gross {
                true => low = middle,
                false => high = middle - 1,
            }
        }
        Money::from_ore(low)
    }
}

/// How far the share of a rate may be moved from its proportion, in öre, to make the sum exact.
const MOVED_MAX: i64 = 2;

/// Spreads `amount`, including VAT, over `parts` in proportion to what is left of each.
fn spread(
    amount: Money,
    parts: &[Part],
    original: &Invoice,
    credited: &Credited,
) -> Result<Vec<Part>, CreditError> {
    let number = original.number;
    let by_rate = credited.by_rate();
    let rate_of = |part: &Part| original.draft.lines[part.position - 1].vat_rate;
    let mut rooms: BTreeMap<VatRate, Money> = BTreeMap::new();
    for part in parts {
        *rooms.entry(rate_of(part)).or_default() += part.net;
    }
    let shares: Vec<Share> = rooms
        .into_iter()
        .map(|(rate, room)| Share {
            rate,
            before: by_rate.get(&rate).copied().unwrap_or_default(),
            room,
        })
        .collect();
    let left: Money = shares.iter().map(|share| share.gross(share.room)).sum();
    if amount <= Money::ZERO {
        return Err(CreditError::AmountOfNothing(number));
    }
    if amount > left {
        return Err(CreditError::AmountMoreThanLeft { number, asked: amount, left });
    }
    if amount == left {
        return Ok(parts.to_vec());
    }
    let nets = nets(amount, left, &shares).ok_or_else(|| {
        let can = |ore: &i64| nets(Money::from_ore(*ore), left, &shares).is_some();
        let below = (1..amount.ore()).rev().take(5).find(can).map(Money::from_ore);
        let above = (amount.ore() + 1..=left.ore()).take(5).find(can).map(Money::from_ore);
        CreditError::AmountOdd { number, asked: amount, below, above }
    })?;
    let mut spread = Vec::new();
    for (share, net) in shares.iter().zip(nets) {
        let of_rate: Vec<&Part> = parts.iter().filter(|part| rate_of(part) == share.rate).collect();
        let rooms: Vec<Money> = of_rate.iter().map(|part| part.net).collect();
        for (part, net) in of_rate.into_iter().zip(in_proportion(net, &rooms)) {
            if net == part.net {
                spread.push(*part);
            } else if net > Money::ZERO {
                spread.push(Part { net, quantity: None, ..*part });
            }
        }
    }
    spread.retain(|part| part.net > Money::ZERO);
    spread.sort_by_key(|part| part.position);
    Ok(spread)
}

/// Returns what to credit at each rate, excluding VAT, so that it comes to `amount` with VAT: as near
/// to the proportions of what is left as can be. `None` where no division comes to it.
fn nets(amount: Money, left: Money, shares: &[Share]) -> Option<Vec<Money>> {
    let rooms: Vec<Money> = shares.iter().map(|share| share.gross(share.room)).collect();
    debug_assert_eq!(rooms.iter().copied().sum::<Money>(), left);
    let near: Vec<Money> = shares
        .iter()
        .zip(in_proportion(amount, &rooms))
        .map(|(share, gross)| share.net_within(gross))
        .collect();
    let mut best: Option<(i64, Vec<Money>)> = None;
    let width = 2 * MOVED_MAX + 1;
    for combination in 0..width.pow(shares.len() as u32) {
        let (mut digits, mut moved, mut nets) = (combination, 0, Vec::new());
        for net in &near {
            let by = digits % width - MOVED_MAX;
            digits /= width;
            moved += by.abs();
            nets.push(*net + Money::from_ore(by));
        }
        let fits = |(share, net): (&Share, &Money)| *net >= Money::ZERO && *net <= share.room;
        let is_nearer = best.as_ref().is_none_or(|(least, _)| moved < *least);
        if !is_nearer || !shares.iter().zip(&nets).all(fits) {
            continue;
        }
        let comes_to: Money = shares.iter().zip(&nets).map(|(share, net)| share.gross(*net)).sum();
        if comes_to == amount {
            best = Some((moved, nets));
        }
    }
    best.map(|(_, nets)| nets)
}

/// Divides `amount` in proportion to `rooms`, of which it is no more than the sum, into whole öre: what
/// the proportions leave over goes to the largest remainders, and no share is more than its room.
fn in_proportion(amount: Money, rooms: &[Money]) -> Vec<Money> {
    let sum: i128 = rooms.iter().map(|room| i128::from(room.ore())).sum();
    if sum == 0 {
        return vec![Money::ZERO; rooms.len()];
    }
    let exact = |room: &Money| i128::from(amount.ore()) * i128::from(room.ore());
    let mut shares: Vec<i128> = rooms.iter().map(|room| exact(room) / sum).collect();
    let left_over = i128::from(amount.ore()) - shares.iter().sum::<i128>();
    let mut order: Vec<usize> = (0..rooms.len()).collect();
    order.sort_by_key(|index| std::cmp::Reverse(exact(&rooms[*index]) % sum));
    for index in order.into_iter().take(usize::try_from(left_over).unwrap_or(0)) {
        shares[index] += 1;
    }
    let ore = |share: i128| i64::try_from(share).expect("a part of an amount is no larger");
    shares.into_iter().map(|share| Money::from_ore(ore(share))).collect()
}

#[cfg(test)]
mod tests;
