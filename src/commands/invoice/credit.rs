//! What is shown of credit notes: what each credits and why, and what they leave of an invoice.

use crate::domain::credit::Credits;
use crate::domain::invoice::{Draft, InvoiceKind, Line};
use crate::domain::ledger::Standing;
use crate::domain::money::Money;
use crate::domain::receivable::InvoiceState;
use crate::render::sheet::{Cell, Grid, column};
use crate::store::CreditNote;

/// Returns the kind of a document as a cell.
pub fn kind(kind: InvoiceKind) -> Cell {
    Cell::Word { stored: kind.as_str(), shown: kind.to_string() }
}

/// Returns how far an invoice is settled as a cell; people are shown nothing where it is not at all.
pub fn state(state: InvoiceState) -> Cell {
    let shown = if state == InvoiceState::Issued { String::new() } else { state.to_string() };
    Cell::Word { stored: state.as_str(), shown }
}

/// Returns what one needs to pay a document, such as its due date: nothing for a credit note.
pub fn payable<T>(kind: InvoiceKind, value: T) -> Option<T> {
    (kind == InvoiceKind::Invoice).then_some(value)
}

/// Returns the credit notes of an invoice as rows.
pub fn notes(notes: &[CreditNote]) -> Grid {
    let mut grid = Grid::new(&[
        column("number", "Credit note"),
        column("issued_on", "Date"),
        column("total", "Total"),
        column("reason", "Reason"),
    ]);
    grid.rows = notes
        .iter()
        .map(|note| {
            vec![
                Cell::Integer(note.number.0),
                Cell::Date(note.issued_on),
                Cell::Money(InvoiceKind::CreditNote.owed(note.total)),
                Cell::text(&*note.reason),
            ]
        })
        .collect();
    grid
}

/// Says what a credit note takes back, line by line, and how its VAT is counted.
pub fn explanations(draft: &Draft, credits: &Credits) -> Vec<String> {
    let left = credits.left(draft.totals().total);
    let mut sentences = vec![format!(
        "It credits invoice {} of {}, of which {left} kronor is left after it.",
        credits.number, credits.issued_on
    )];
    sentences.extend(draft.lines.iter().zip(&credits.positions).map(|(line, position)| {
        let days = line.period.map(|period| format!(" for {period}")).unwrap_or_default();
        let Line { sku, net, .. } = line;
        format!("{sku}: takes back {net} kronor{days} of line {position} of that invoice.")
    }));
    sentences.push(
        "Its VAT is the difference it makes to the VAT of all that is credited, so that the credit \
         notes of an invoice together give back exactly the VAT that was charged. Nothing is to be \
         paid on it: the customer is owed the amounts that stand below zero here."
            .to_owned(),
    );
    sentences
}

/// Says what the credit notes of an invoice leave of it, where there are any.
pub fn consequence(standing: &Standing, notes: &[CreditNote]) -> Option<String> {
    let numbers: Vec<String> = notes.iter().map(|note| note.number.to_string()).collect();
    let by = match &numbers[..] {
        [] => return None,
        [number] => format!("credit note {number}"),
        numbers => format!("credit notes {}", numbers.join(", ")),
    };
    Some(match standing.total - standing.credited {
        Money::ZERO => format!("It is credited in full by {by}, and is not to be paid."),
        left if standing.entries.is_empty() => {
            format!("It is credited in part by {by}; {left} kronor of it is left.")
        }
        rest => format!("It is credited in part by {by}, which leaves {rest} kronor of it."),
    })
}
