//! What a credit note says beside its lines: why it was issued, and how it is settled.

use krilla::tagging::Tag;

use crate::domain::credit::Credits;
use crate::domain::money::Money;

use super::closing::{ForMachines, field};
use super::fonts::Measure;
use super::invoice::{LEFT, Sheet, WIDTH, body, ink};
use super::page::mm;

/// Places the reason for the credit, above the lines.
pub fn reason(sheet: &mut Sheet, credits: &Credits) {
    let text = format!("{} {}", sheet.words.reason, credits.reason);
    let text = sheet.set(&text, body(ink()), Measure::Column(WIDTH));
    sheet.make_room(text.height);
    let y = sheet.y;
    sheet.y += sheet.out.within(Tag::P, |group| group.text(LEFT, y, text)) + mm(5.0);
}

/// Places the field that says what is credited and how, in place of the one that says how to pay.
pub fn settlement(sheet: &mut Sheet, credits: &Credits) {
    let words = sheet.words;
    let total = sheet.paper.draft.totals().total;
    let (left, asked_for) = (credits.left(total), credits.asked_for(total));
    let facts = vec![
        (words.amount_credited, words.money(total)),
        (words.credited_invoice, credits.number.to_string()),
        (words.left, words.money(asked_for)),
    ];
    let settled = match (credits.replaced_by, left) {
        (Some(anew), _) => words.settled_by(credits.number, anew),
        (None, Money::ZERO) => words.settled_in_full(credits.number),
        (None, _) => words.settled_in_part(credits.number, asked_for),
    };
    field(
        sheet,
        words.settlement,
        facts,
        &[words.nothing_to_pay, &settled],
        ForMachines::default(),
    );
}
