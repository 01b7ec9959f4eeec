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
    let mut facts = vec![
        (words.amount_credited, words.money(total)),
        (words.credited_invoice, credits.number.to_string()),
        (words.left, words.money(credits.asked_for(total))),
    ];
    let released = credits.settled.released;
    if released > Money::ZERO && credits.replaced_by.is_none() {
        facts.push((words.released, words.money(released)));
    }
    let settled = words.settled(credits, total, sheet.paper.draft.issued_on);
    field(
        sheet,
        words.settlement,
        facts,
        &[words.nothing_to_pay, &settled],
        ForMachines::default(),
    );
}
