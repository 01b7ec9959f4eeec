//! The lines of an invoice as a table, and its sums.

use std::sync::Arc;

use krilla::tagging::{ArtifactType, TableHeaderScope, Tag};

use crate::domain::invoice::Line;
use crate::domain::money::Money;

use super::fonts::{Measure, Style, Text, Weight};
use super::invoice::{LEFT, RIGHT, Sheet, WIDTH, body, grey, ink, pale, small, strong};
use super::page::mm;
use super::words::percent;

/// Between two columns.
const GAP: f32 = mm(5.0);
/// Above and below what a row says.
const ROW_PADDING: f32 = 4.8;
/// The least width of each column of numbers, so that ordinary invoices look alike.
const WIDTHS_MIN: [f32; 4] = [mm(12.0), mm(24.0), mm(12.0), mm(26.0)];
/// The sums stand at the right, this wide.
const SUMS_WIDTH: f32 = mm(88.0);
const SUM_GAP: f32 = 3.0;
/// More room at the rule above the total.
const RULE_GAP: f32 = 7.0;

/// A line of the invoice, set and ready to be placed.
struct Row {
    description: Arc<Text>,
    details: Vec<Arc<Text>>,
    /// Quantity, unit price, VAT rate and amount.
    numbers: [Arc<Text>; 4],
    height: f32,
}

/// Places the table of lines, over as many pages as it takes.
///
/// Its head is repeated on each page, but read aloud only on the first.
pub fn table(sheet: &mut Sheet) {
    let draft = sheet.paper.draft;
    let numbers: Vec<[Arc<Text>; 4]> =
        draft.lines.iter().map(|line| numbers(sheet, line)).collect();
    let head = head(sheet);
    let mut widths = WIDTHS_MIN;
    for row in numbers.iter().chain([&head.headings]) {
        for (width, text) in widths.iter_mut().zip(row) {
            *width = width.max(text.width);
        }
    }
    let description_width = WIDTH - widths.iter().sum::<f32>() - 4.0 * GAP;
    let rows: Vec<Row> = draft
        .lines
        .iter()
        .zip(numbers)
        .map(|(line, numbers)| row(sheet, line, numbers, description_width))
        .collect();
    let rights = right_edges(&widths);

    let first = rows.first().map_or(0.0, |row| row.height);
    sheet.make_room(head.height + first);
    sheet.out.begin_group();
    sheet.out.begin_group();
    place_head(sheet, head, &rights, true);
    sheet.out.end_group(Tag::THead);
    sheet.out.begin_group();
    for row in rows {
        if sheet.make_room(row.height) {
            let again = self::head(sheet);
            place_head(sheet, again, &rights, false);
        }
        place_row(sheet, row, &rights);
    }
    sheet.out.end_group(Tag::TBody);
    let summary = sheet.words.lines_summary.to_owned();
    sheet.out.end_group(Tag::Table.with_summary(Some(summary)));
    sheet.y += mm(2.5);
}

/// The head of the table, set and ready to be placed.
struct Head {
    description: Arc<Text>,
    headings: [Arc<Text>; 4],
    /// Under each heading: what its numbers are counted in.
    units: [Option<Arc<Text>>; 4],
    height: f32,
}

fn head(sheet: &mut Sheet) -> Head {
    let words = sheet.words;
    let bold = Style { size: 8.5, weight: Weight::SemiBold, ..small(ink()) };
    let mut set = |text: &str, style| sheet.set(text, style, Measure::Line);
    let description = set(words.description, bold);
    let headings = [words.quantity, words.unit_price, words.vat, words.amount];
    let headings = headings.map(|text| set(text, bold));
    let mut unit = || Some(set(words.excluding_vat, small(grey())));
    let units = [None, unit(), None, unit()];
    let height = headings[0].height + small(grey()).leading + 5.0;
    Head { description, headings, units, height }
}

/// Returns the right edges of the columns of numbers.
fn right_edges(widths: &[f32; 4]) -> [f32; 4] {
    let mut rights = [RIGHT; 4];
    for column in (0..3).rev() {
        rights[column] = rights[column + 1] - widths[column + 1] - GAP;
    }
    rights
}

fn place_head(sheet: &mut Sheet, head: Head, rights: &[f32; 4], is_first: bool) {
    let (y, height) = (sheet.y, head.height);
    let out = &mut sheet.out;
    let columns = head.headings.into_iter().zip(head.units).zip(rights);
    if is_first {
        let column = || Tag::TH(TableHeaderScope::Column);
        out.begin_group();
        out.within(column(), |cell| cell.text(LEFT, y, head.description));
        for ((heading, unit), right) in columns {
            out.within(column(), |cell| {
                let below = y + cell.text(right - heading.width, y, heading);
                if let Some(unit) = unit {
                    cell.text(right - unit.width, below, unit);
                }
            });
        }
        out.end_group(Tag::TR);
    } else {
        let kind = ArtifactType::PaginationOther;
        out.artifact(kind, LEFT, y, head.description);
        for ((heading, unit), right) in columns {
            let below = y + heading.height;
            out.artifact(kind, right - heading.width, y, heading);
            if let Some(unit) = unit {
                out.artifact(kind, right - unit.width, below, unit);
            }
        }
    }
    out.band(LEFT, y + height - 1.0, WIDTH, 1.0, sheet.accent);
    sheet.y += height;
}

fn numbers(sheet: &mut Sheet, line: &Line) -> [Arc<Text>; 4] {
    let words = sheet.words;
    [
        line.quantity.to_string(),
        words.figures(line.unit_price),
        percent(line.vat_rate),
        words.figures(line.net),
    ]
    .map(|text| sheet.set(&text, body(ink()), Measure::Line))
}

fn row(sheet: &mut Sheet, line: &Line, numbers: [Arc<Text>; 4], width: f32) -> Row {
    let words = sheet.words;
    let description = sheet.set(&line.description, strong(), Measure::Column(width));
    let mut details: Vec<String> =
        line.licensee.iter().map(|licensee| licensee.told(words.language)).collect();
    let number = line.subscription_number;
    let number = number.map(|number| format!("  ·  {} {number}", words.subscription));
    details.push(format!("{} {}{}", words.sku, line.sku, number.unwrap_or_default()));
    if let Some(period) = line.period {
        details.push(format!("{} {period}", words.period));
    }
    let details: Vec<Arc<Text>> =
        details.iter().map(|text| sheet.set(text, small(grey()), Measure::Column(width))).collect();
    let said = description.height + details.iter().map(|text| text.height).sum::<f32>();
    Row { description, details, numbers, height: said + 2.0 * ROW_PADDING }
}

fn place_row(sheet: &mut Sheet, row: Row, rights: &[f32; 4]) {
    let top = sheet.y + ROW_PADDING;
    sheet.out.within(Tag::TR, |cells| {
        cells.within(Tag::TD, |cell| {
            let mut y = top + cell.within(Tag::P, |part| part.text(LEFT, top, row.description));
            for text in row.details {
                y += cell.within(Tag::P, |part| part.text(LEFT, y, text));
            }
        });
        for (text, right) in row.numbers.into_iter().zip(rights) {
            cells.within(Tag::TD, |cell| cell.text(right - text.width, top, text));
        }
    });
    sheet.y += row.height;
    sheet.out.band(LEFT, sheet.y - 0.5, WIDTH, 0.5, pale());
}

/// Places the sums: excluding VAT, the VAT of each rate with what it is taken on, and the total.
///
/// Kept on one page, with the reasons why no VAT is charged on some lines beside them.
pub fn sums(sheet: &mut Sheet) {
    let (draft, words) = (sheet.paper.draft, sheet.words);
    let totals = draft.totals();
    let mut sums = vec![(words.net.to_owned(), totals.net)];
    for sum in &totals.by_rate {
        sums.push((words.vat_on(sum.rate, sum.net), sum.vat));
    }
    if let Some(former) = draft.replaces.filter(|former| former.paid > Money::ZERO) {
        sums.push((words.total_including_vat.to_owned(), totals.total));
        sums.push((words.paid_on(former.number), -former.paid));
    }
    let large = Style { size: 13.0, leading: 17.0, weight: Weight::SemiBold, ink: ink() };
    let rows: Vec<(Arc<Text>, Arc<Text>)> = sums
        .into_iter()
        .map(|(label, amount)| (label, amount, body(ink())))
        .chain([(words.total.to_owned(), draft.to_pay(), large)])
        .map(|(label, amount, style)| {
            let amount = sheet.set(&words.money(amount), style, Measure::Line);
            let width = SUMS_WIDTH - amount.width - GAP;
            (sheet.set(&label, style, Measure::Column(width)), amount)
        })
        .collect();
    let reasons = reasons(sheet);

    let height = rows.iter().map(|(label, _)| label.height + SUM_GAP).sum::<f32>() + RULE_GAP;
    sheet.make_room(height);
    let left = RIGHT - SUMS_WIDTH;
    let last = rows.len() - 1;
    let mut y = sheet.y;
    sheet.out.begin_group();
    for (index, (label, amount)) in rows.into_iter().enumerate() {
        if index == last {
            sheet.out.band(left, y + 4.0, SUMS_WIDTH, 1.0, sheet.accent);
            y += RULE_GAP;
        }
        y += SUM_GAP;
        sheet.out.within(Tag::TR, |cells| {
            let row = Tag::TH(TableHeaderScope::Row);
            let height = cells.within(row, |cell| cell.text(left, y, label));
            cells.within(Tag::TD, |cell| cell.text(RIGHT - amount.width, y, amount));
            y += height;
        });
    }
    let summary = words.sums_summary.to_owned();
    sheet.out.end_group(Tag::Table.with_summary(Some(summary)));

    let mut sums_bottom = y;
    for text in reasons {
        sheet.y += SUM_GAP;
        if sheet.make_room(text.height) {
            sums_bottom = sheet.y;
        }
        let y = sheet.y;
        sheet.y += sheet.out.within(Tag::P, |group| group.text(LEFT, y, text));
    }
    sheet.y = sheet.y.max(sums_bottom) + mm(6.0);
}

/// Returns each reason why no VAT is charged, once.
fn reasons(sheet: &mut Sheet) -> Vec<Arc<Text>> {
    let mut reasons: Vec<&str> = Vec::new();
    for reason in sheet.paper.draft.lines.iter().filter_map(|line| line.vat_exemption.as_deref()) {
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    let width = WIDTH - SUMS_WIDTH - mm(8.0);
    reasons
        .into_iter()
        .map(|reason| {
            let text = format!("{} {reason}", sheet.words.no_vat_because);
            sheet.set(&text, small(ink()), Measure::Column(width))
        })
        .collect()
}
