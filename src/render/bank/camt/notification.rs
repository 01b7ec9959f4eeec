//! A notification: one account's entries, with the sums the bank makes of them.

use super::super::error::Problem;
use super::amount;
use super::entry::Entry;
use super::tag::Tag;
use super::transaction::Direction;
use crate::domain::bank::{PayeeNumber, Payees};
use crate::domain::money::Money;

/// What is told of an account, up to where was read.
#[derive(Debug, Default)]
pub struct Notification {
    line: u64,
    pub summary_at: u64,
    id: Option<String>,
    iban: Option<String>,
    other: Option<String>,
    scheme: Option<String>,
    currency: Option<String>,
    standing: Option<(bool, bool)>,
    told: [Told; 3],
    /// All entries, and those that are booked: banks sum up either.
    all: [Tally; 3],
    booked: [Tally; 3],
}

/// Which entries a sum is of.
const SUMS: [(Tag, &str); 3] = [
    (Tag::TtlNtries, "entries"),
    (Tag::TtlCdtNtries, "credit entries"),
    (Tag::TtlDbtNtries, "debit entries"),
];

/// What the bank sums up, as it is written.
#[derive(Debug, Default)]
struct Told {
    count: Option<String>,
    sum: Option<String>,
}

#[derive(Clone, Copy, Debug)]
struct Tally {
    count: i64,
    /// The sum, unless an amount was not in kronor.
    ore: Option<i64>,
}

impl Default for Tally {
    fn default() -> Tally {
        Tally { count: 0, ore: Some(0) }
    }
}

impl Notification {
    pub fn begun(line: u64) -> Notification {
        Notification { line, ..Notification::default() }
    }

    /// Takes the text of an element, by its path below the notification.
    pub fn told(&mut self, path: &[Tag], text: &str) {
        let slot = match path {
            [Tag::Id] => &mut self.id,
            [Tag::Acct, Tag::Id, Tag::IBAN] => &mut self.iban,
            [Tag::Acct, Tag::Id, Tag::Othr, Tag::Id] => &mut self.other,
            [Tag::Acct, Tag::Id, Tag::Othr, Tag::SchmeNm, Tag::Cd | Tag::Prtry] => &mut self.scheme,
            [Tag::Acct, Tag::Ccy] => &mut self.currency,
            [Tag::TxsSummry, of, what] => {
                let Some(at) = SUMS.iter().position(|(tag, _)| tag == of) else { return };
                match what {
                    Tag::NbOfNtries => &mut self.told[at].count,
                    Tag::Sum => &mut self.told[at].sum,
                    _ => return,
                }
            }
            _ => return,
        };
        slot.get_or_insert_with(|| text.to_owned());
    }

    fn number(&self) -> Option<PayeeNumber> {
        let other = || {
            let number = self.other.clone()?;
            Some(payee_number(number, self.scheme.as_deref()))
        };
        self.iban.clone().map(PayeeNumber::Iban).or_else(other)
    }

    /// Says whether the account is the seller's beyond doubt.
    pub fn is_own(&mut self, payees: &Payees) -> bool {
        self.standing(payees).0
    }

    /// Says whether no entry can count: the account is another's, or not kept in kronor.
    pub fn is_refused(&mut self, payees: &Payees) -> bool {
        self.standing(payees).1
    }

    /// Decides on both by what stands before the first entry.
    fn standing(&mut self, payees: &Payees) -> (bool, bool) {
        if let Some(standing) = self.standing {
            return standing;
        }
        let is_own = self.number().is_some_and(|number| payees.include(&number));
        let standing = (is_own, self.problem(payees).is_some());
        self.standing = Some(standing);
        standing
    }

    fn problem(&self, payees: &Payees) -> Option<String> {
        if let Some(currency) = self.currency.as_ref().filter(|currency| *currency != "SEK") {
            return Some(format!("it is in {currency}, and the shop's money is SEK"));
        }
        let number = self.number()?;
        // An account of a kind that the seller's papers do not name is told by its transactions.
        let is_known = match &number {
            PayeeNumber::Iban(_) => !payees.ibans.is_empty(),
            PayeeNumber::Bankgiro(_) | PayeeNumber::Plusgiro(_) => true,
            PayeeNumber::Other(_) => false,
        };
        (is_known && !payees.include(&number)).then(|| "it is not the seller's account".to_owned())
    }

    /// Counts an entry among those that the bank sums up.
    pub fn count(&mut self, entry: &Entry) {
        let kinds = match entry.direction() {
            Some(Direction::In) => [true, true, false],
            Some(Direction::Out) => [true, false, true],
            None => [true, false, false],
        };
        let amount = entry.told_amount();
        for (at, _) in kinds.into_iter().enumerate().filter(|(_, counts)| *counts) {
            self.all[at].add(amount);
            if entry.is_booked() {
                self.booked[at].add(amount);
            }
        }
    }

    /// Returns whether its entries count, once all are read.
    pub fn outcome(&self, payees: &Payees) -> Result<(), Problem> {
        let problem = |line: u64, reason: String| {
            let account = self.iban.as_ref().or(self.other.as_ref());
            let account =
                account.map_or_else(String::new, |account| format!(" (account {account})"));
            let id = self.id.as_ref().map_or_else(String::new, |id| format!(" `{id}`"));
            Problem { line, whose: format!("notification{id}{account}"), reason }
        };
        if let Some(reason) = self.problem(payees) {
            return Err(problem(self.line, reason));
        }
        let all = self.against(&self.all);
        match all.is_err() && self.against(&self.booked).is_err() {
            true => all.map_err(|reason| problem(self.summary_at, reason)),
            false => Ok(()),
        }
    }

    /// Holds what the bank sums up against the entries.
    fn against(&self, tallies: &[Tally; 3]) -> Result<(), String> {
        for (at, (_, what)) in SUMS.into_iter().enumerate() {
            let (told, seen) = (&self.told[at], tallies[at]);
            if let Some(count) = &told.count
                && count.parse() != Ok(seen.count)
            {
                return Err(format!(
                    "its summary tells of {count} {what}, and {} stand here",
                    seen.count
                ));
            }
            if let (Some(sum), Some(ore)) = (&told.sum, seen.ore) {
                let seen = Money::from_ore(ore);
                let sum = amount(sum)?;
                if sum != seen {
                    return Err(format!(
                        "its summary says that {what} make {sum}, and they make {seen}"
                    ));
                }
            }
        }
        Ok(())
    }
}

impl Tally {
    fn add(&mut self, amount: Option<Money>) {
        self.count += 1;
        let ore = amount.and_then(|amount| self.ore?.checked_add(amount.ore()));
        self.ore = ore;
    }
}

/// Returns a number by the name of its scheme, as Swedish banks write it.
pub fn payee_number(number: String, scheme: Option<&str>) -> PayeeNumber {
    match scheme {
        Some("BGNR") => PayeeNumber::Bankgiro(number),
        Some("PGNR") => PayeeNumber::Plusgiro(number),
        _ => PayeeNumber::Other(number),
    }
}
