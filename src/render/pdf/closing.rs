//! The field at the end, which says how to pay, and the conditions that concern the lines.

use std::sync::Arc;

use krilla::color::rgb;
use krilla::geom::Rect;
use krilla::tagging::{ArtifactType, BBox, ListNumbering, Tag};

use crate::domain::money::Money;
use crate::domain::ocr::payment_line;

use super::super::code::Code;
use super::fonts::{Measure, Style, Text, Weight};
use super::invoice::{LEFT, Sheet, WIDTH, body, grey, ink, small};
use super::page::{Mark, mm};
use super::qr::Payment;
use super::words::Words;

const PADDING: f32 = mm(4.5);
/// The field has this many columns; what is too wide for one takes two.
const COLUMNS: usize = 4;
/// Each side of the code for a bank's app, its light frame included.
const CODE: f32 = mm(26.0);
const PARAGRAPH_GAP: f32 = 2.0;
/// Conditions higher than this may begin on one page and end on the next.
const SECTION_WHOLE_MAX: f32 = mm(60.0);

/// Places the one field that says what to pay, when, and how.
pub fn payment(sheet: &mut Sheet) {
    let (draft, words) = (sheet.paper.draft, sheet.words);
    let seller = &draft.seller;
    let total = words.money(draft.to_pay());
    let ocr = sheet.paper.number.map(|number| number.ocr().to_string());
    let ways = [
        (words.to_pay, Some(total)),
        (words.due_date, Some(draft.due_on.to_string())),
        (words.ocr, ocr),
        ("Bankgiro", seller.bankgiro.as_ref().map(ToString::to_string)),
        ("Plusgiro", seller.plusgiro.as_ref().map(ToString::to_string)),
        ("IBAN", seller.iban.as_ref().map(|iban| iban.to_string().replace(' ', "\u{a0}"))),
        ("BIC", seller.bic.clone()),
    ];
    let ways: Vec<(&str, String)> =
        ways.into_iter().filter_map(|(label, text)| Some((label, text?))).collect();
    let is_paid = draft.replaces.is_some_and(|former| former.paid > Money::ZERO);
    if is_paid && draft.to_pay() == Money::ZERO {
        let amount = ways.into_iter().take(1).collect();
        let nothing = ForMachines::default();
        return field(sheet, words.payment, amount, &[words.paid_already], nothing);
    }
    let payee = seller.legal_name.trim().trim_end_matches('.');
    let mut notes = format!("{} {payee}.", words.payee);
    if sheet.paper.number.is_some() {
        notes = format!("{} {notes}", words.state_the_ocr);
    }
    let machine = sheet.paper.number.map(|number| {
        let payment = Payment {
            payee: seller,
            reference: number.ocr(),
            issued_on: draft.issued_on,
            due_on: draft.due_on,
            amount: draft.to_pay(),
        };
        ForMachines::of(&payment, words)
    });
    let machine = machine.unwrap_or_default();
    field(sheet, words.payment, ways, &[&notes, words.late_interest], machine);
}

/// What a field holds for machines to read.
#[derive(Default)]
pub struct ForMachines {
    /// A code for a bank's app, and what it says.
    scan: Option<(Code, String)>,
    /// The line that bankgiro slips end with.
    line: Option<String>,
}

impl ForMachines {
    /// Returns what machines read of a payment.
    pub fn of(payment: &Payment, words: &Words) -> ForMachines {
        let bankgiro = payment.payee.bankgiro.as_ref();
        let line = bankgiro
            .and_then(|bankgiro| payment_line(&payment.reference, payment.amount, bankgiro));
        ForMachines { scan: payment.code().map(|code| (code, words.code_says(payment))), line }
    }
}

/// Places a coloured field: a heading, facts under their labels, notes, and what machines read. Kept
/// on one page.
pub fn field(
    sheet: &mut Sheet,
    heading: &str,
    facts: Vec<(&str, String)>,
    notes: &[&str],
    machine: ForMachines,
) {
    let value = Style { size: 12.5, leading: 16.0, weight: Weight::SemiBold, ink: ink() };
    let aside = if machine.scan.is_some() { CODE + PADDING } else { 0.0 };
    let whole = WIDTH - 2.0 * PADDING;
    let inner = whole - aside;
    let cells: Vec<(Arc<Text>, Arc<Text>)> = facts
        .into_iter()
        .map(|(label, text)| {
            let label = sheet.set(label, small(grey()), Measure::Line);
            (label, sheet.set(&text, value, Measure::Column(inner)))
        })
        .collect();
    let notes: Vec<Arc<Text>> =
        notes.iter().map(|text| sheet.set(text, small(ink()), Measure::Column(whole))).collect();
    let bold = Style { size: 10.5, leading: 14.0, ink: sheet.accent_ink, ..value };
    let heading = sheet.set(heading, bold, Measure::Line);

    let places = grid(&cells, inner / COLUMNS as f32);
    let rows = places.last().map_or(0, |(row, _)| row + 1);
    let row_heights: Vec<f32> = (0..rows)
        .map(|row| {
            let in_row = cells.iter().zip(&places).filter(|(_, place)| place.0 == row);
            in_row.map(|((label, text), _)| label.height + text.height).fold(0.0, f32::max) + 6.0
        })
        .collect();
    let notes_height: f32 = notes.iter().map(|text| text.height).sum();
    let caption = sheet.set(sheet.words.scan, small(ink()), Measure::Line);
    let scanned = if machine.scan.is_some() { CODE + caption.height } else { 0.0 };
    let facts_height = heading.height + 3.0 + row_heights.iter().sum::<f32>();
    let above = facts_height.max(scanned);
    let line = machine.line.map(|line| sheet.set(&line, body(ink()), Measure::Line));
    let line_height = line.as_ref().map_or(0.0, |line| line.height);
    let height = 2.0 * PADDING + above + notes_height + line_height;

    sheet.make_room(height);
    let top = sheet.y;
    sheet.out.band(LEFT, top, WIDTH, height, tint(sheet.accent));
    sheet.out.band(LEFT, top, 3.0, height, sheet.accent);
    let left = LEFT + PADDING;
    let mut y = top + PADDING - 2.0;
    y += sheet.out.heading(2, left, y, heading) + 3.0;
    sheet.out.within(Tag::L(ListNumbering::None), |list| {
        for ((label, text), (row, column)) in cells.into_iter().zip(places) {
            let x = left + column as f32 * inner / COLUMNS as f32;
            let y = y + row_heights[..row].iter().sum::<f32>();
            list.within(Tag::LI, |item| {
                let below = y + item.within(Tag::Lbl, |part| part.text(x, y, label));
                item.within(Tag::LBody, |part| part.text(x, below, text));
            });
        }
    });
    if let Some(scan) = machine.scan {
        place_code(sheet, top + PADDING - 2.0, scan, caption);
    }
    y = top + PADDING + above;
    for text in notes {
        y += sheet.out.within(Tag::P, |group| group.text(left, y, text));
    }
    // It repeats in signs what the facts say in words, so nobody needs to hear it.
    if let Some(line) = line {
        sheet.out.artifact(ArtifactType::Layout, left, y + 1.0, line);
    }
    sheet.y = top + height + mm(5.0);
}

/// Places the code at the right of the field, on white, and what it is for below it.
fn place_code(sheet: &mut Sheet, y: f32, (code, says): (Code, String), caption: Arc<Text>) {
    let x = LEFT + WIDTH - PADDING - CODE;
    let page = sheet.out.pages.len() - 1;
    sheet.out.band(x, y, CODE, CODE, rgb::Color::white());
    let bounds = Rect::from_xywh(x, y, CODE, CODE).map(|bounds| BBox::new(page, bounds));
    sheet.out.within(Tag::Figure(Some(says)).with_bbox(bounds), |figure| {
        let role = figure.leaf();
        figure.place(x, y, Mark::Code { code, side: CODE, ink: rgb::Color::black() }, role);
    });
    let middle = x + (CODE - caption.width) / 2.0;
    sheet.out.within(Tag::P, |group| group.text(middle, y + CODE, caption));
}

/// Returns the row and the first column of each cell, filled from left to right.
fn grid(cells: &[(Arc<Text>, Arc<Text>)], column_width: f32) -> Vec<(usize, usize)> {
    let (mut row, mut column) = (0, 0);
    let place = |(label, text): &(Arc<Text>, Arc<Text>)| {
        let width = label.width.max(text.width) + mm(3.0);
        let span = ((width / column_width).ceil() as usize).clamp(1, COLUMNS);
        if column + span > COLUMNS {
            row += 1;
            column = 0;
        }
        let place = (row, column);
        column += span;
        place
    };
    cells.iter().map(place).collect()
}

/// Returns a colour as a wash of it looks on white paper.
pub fn tint(colour: rgb::Color) -> rgb::Color {
    let wash = |part: u8| 255 - (255 - part) / 14;
    rgb::Color::new(wash(colour.red()), wash(colour.green()), wash(colour.blue()))
}

/// Places the conditions of what is sold here: for subscriptions, for printed copies (R5, R6).
pub fn conditions(sheet: &mut Sheet) {
    let (draft, words) = (sheet.paper.draft, sheet.words);
    let conditions = &draft.conditions;
    if draft.has_subscriptions() {
        let text = conditions.subscription.in_language(draft.language);
        section(sheet, words.subscription_conditions, text);
    }
    if draft.has_printed_copies() {
        let text = conditions.printed.in_language(draft.language);
        section(sheet, words.printed_conditions, text);
    }
}

/// Places a heading and its paragraphs: on one page where that can be, or running on line by line.
fn section(sheet: &mut Sheet, heading: &str, text: &str) {
    let bold = Style { size: 8.5, leading: 11.5, weight: Weight::SemiBold, ink: ink() };
    let heading = sheet.set(heading, bold, Measure::Line);
    let style = Style { size: 7.8, leading: 10.2, ..small(ink()) };
    let paragraphs: Vec<Arc<Text>> = text
        .split('\n')
        .map(str::trim)
        .filter(|paragraph| !paragraph.is_empty())
        .map(|paragraph| sheet.set(paragraph, style, Measure::Column(WIDTH)))
        .collect();
    let said: f32 = paragraphs.iter().map(|text| text.height + PARAGRAPH_GAP).sum();
    let together = if said < SECTION_WHOLE_MAX { said } else { 3.0 * style.leading };
    sheet.make_room(heading.height + together);

    let y = sheet.y;
    sheet.y += sheet.out.heading(2, LEFT, y, heading);
    for text in paragraphs {
        sheet.out.begin_group();
        let role = sheet.out.leaf();
        let mut next = 0;
        while next < text.lines() {
            sheet.make_room(style.leading);
            let fitting = ((sheet.bottom - sheet.y) / style.leading).floor().max(1.0) as usize;
            let lines = next..(next + fitting).min(text.lines());
            next = lines.end;
            let (y, height) = (sheet.y, lines.len() as f32 * style.leading);
            sheet.out.place(LEFT, y, Mark::Text { text: Arc::clone(&text), lines }, role);
            sheet.y += height;
        }
        sheet.out.end_group(Tag::P);
        sheet.y += PARAGRAPH_GAP;
    }
    sheet.y += mm(1.5);
}
