//! Why something cannot be credited or issued anew.

use std::fmt;

use crate::domain::invoice::InvoiceNumber;
use crate::domain::money::Money;
use crate::domain::term::Term;

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
    /// More pieces than the line has.
    NoQuantity {
        number: InvoiceNumber,
        position: usize,
        asked: i64,
        of: i64,
    },
    LineTwice {
        number: InvoiceNumber,
        position: usize,
    },
    LineClosed {
        number: InvoiceNumber,
        position: usize,
    },
    /// An amount was named beside a quantity.
    AmountOfQuantity,
    AmountOfNothing(InvoiceNumber),
    AmountMoreThanLeft {
        number: InvoiceNumber,
        asked: Money,
        left: Money,
    },
    /// No credit note comes to the amount, as VAT is rounded; the nearest that one comes to.
    AmountOdd {
        number: InvoiceNumber,
        asked: Money,
        below: Option<Money>,
        above: Option<Money>,
    },
    /// It cannot be issued anew with the same lines.
    CreditedInPart(InvoiceNumber),
    /// A line credited in full bills no term.
    NoTerm(InvoiceNumber),
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
            CreditError::NoQuantity { number, position, asked, of } => write!(
                f,
                "{asked} pieces cannot be credited of line {position} of invoice {number}, which is for \
                 {of}"
            ),
            CreditError::LineTwice { number, position } => {
                write!(f, "line {position} of invoice {number} is named twice")
            }
            CreditError::LineClosed { number, position } => {
                write!(f, "line {position} of invoice {number} is credited in full already")
            }
            CreditError::AmountOfQuantity => {
                f.write_str("an amount is credited of whole lines, not of a quantity of one")
            }
            CreditError::AmountOfNothing(number) => {
                write!(f, "the amount to be credited of invoice {number} is not above 0")
            }
            CreditError::AmountMoreThanLeft { number, asked, left } => write!(
                f,
                "{asked} kronor cannot be credited of invoice {number}: {left} kronor including VAT \
                 is left of what is to be credited"
            ),
            CreditError::AmountOdd { asked, below, above, .. } => {
                let near: Vec<String> =
                    [below, above].into_iter().flatten().map(ToString::to_string).collect();
                write!(
                    f,
                    "no credit note comes to {asked} kronor including VAT, because VAT is rounded to \
                     whole öre; one can come to {}",
                    near.join(" or ")
                )
            }
            CreditError::CreditedInPart(number) => write!(
                f,
                "invoice {number} is credited in part, so the same lines cannot be issued anew"
            ),
            CreditError::NoTerm(number) => {
                write!(f, "what is credited of invoice {number} closes no line that bills a term")
            }
            CreditError::TermStands { number, term } => {
                write!(f, "the term {term} is not credited in full on invoice {number}")
            }
            CreditError::NoReason => f.write_str("a credit note needs a reason"),
        }
    }
}

impl std::error::Error for CreditError {}
