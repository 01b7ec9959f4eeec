//! A payment reminder composed: the invoice it is about, what is left of it and why, and how to pay.

use std::sync::Arc;

use krilla::color::rgb;
use krilla::image::Image;
use krilla::metadata::Metadata;
use krilla::tagging::{TableHeaderScope, Tag, TagKind};

use crate::domain::invoice::{Draft, InvoiceNumber};
use crate::domain::letter::PaymentReminder;
use crate::domain::money::Money;
use crate::domain::seller::{Bankgiro, Iban, Plusgiro, Seller};
use crate::domain::term::parse_date;

use super::closing::{ForMachines, field};
use super::fonts::{Measure, Style, Text, Typesetter, Weight};
use super::foot::Footer;
use super::head::HEAD_TOP;
use super::invoice::{
    LEFT, Paper, RIGHT, Sheet, WIDTH, body, grey, ink, legible, midnight, pale, small, strong,
};
use super::page::{Composition, PAGE_HEIGHT, mm};
use super::qr::Payment;
use super::reminder_words::ReminderWords;
use super::words::Words;

/// Above and below what a row says.
const ROW_PADDING: f32 = 3.2;
/// Between two columns.
const GAP: f32 = mm(5.0);
const PARAGRAPH_GAP: f32 = 5.0;

/// What is to be drawn: the facts of a reminder, and the invoice it is about as it stood when it was
/// issued, with the seller of the day of the reminder.
pub struct Reminder<'a> {
    pub facts: &'a PaymentReminder,
    pub draft: &'a Draft,
    pub number: InvoiceNumber,
}

impl Reminder<'_> {
    /// Returns what the file says of itself: title, author, language, date and identity.
    pub fn metadata(&self) -> Metadata {
        let Reminder { facts, draft, number } = self;
        let (words, seller) = (Words::of_reminder(draft.language), &draft.seller);
        let metadata = Metadata::new()
            .title(format!("{} {} – {}", words.title, facts.number, seller.shop_name))
            .authors(vec![seller.legal_name.clone()])
            .creator("shopctl".to_owned())
            .language(draft.language.code().to_owned())
            .document_id(format!("{}/reminder/{number}/{}", seller.vat_number, facts.level));
        match parse_date(&facts.reminded_on) {
            Ok(day) => metadata.creation_date(midnight(day)),
            Err(_) => metadata,
        }
    }
}

/// Composes a reminder in the typesetter's present cut.
pub fn compose(paper: &Reminder, logo: Option<Image>, typesetter: &mut Typesetter) -> Composition {
    let Reminder { facts, draft, number } = *paper;
    let words = ReminderWords::of(draft.language);
    let accent = draft.seller.accent_colour;
    let mut sheet = Sheet {
        paper: &Paper { draft, number: Some(number) },
        words: Words::of_reminder(draft.language),
        name: None,
        typesetter,
        out: Composition::new(),
        accent: rgb::Color::new(accent.red, accent.green, accent.blue),
        accent_ink: legible(accent),
        y: HEAD_TOP,
        bottom: PAGE_HEIGHT,
    };
    // The field says where to pay, which may not be where today's invoices are paid to.
    let footer = Footer::set(sheet.typesetter, sheet.words, &draft.seller, false);
    sheet.bottom = footer.top() - mm(4.0);

    let head_bottom = sheet.head(logo);
    sheet.identify(identity(&sheet, words, facts), head_bottom);
    text(&mut sheet, facts);
    claim(&mut sheet, words, facts);
    if !facts.interest_segments.is_empty() {
        interest(&mut sheet, words, facts);
    }
    payment(&mut sheet, words, facts);
    footer.place(&mut sheet.out);
    sheet.number_pages();
    sheet.out
}

/// Returns the facts beside the address: of the invoice, but for the day of the reminder.
fn identity(
    sheet: &Sheet,
    words: &ReminderWords,
    facts: &PaymentReminder,
) -> Vec<(&'static str, String)> {
    let of_invoice = sheet.words;
    let mut identity = vec![
        (of_invoice.invoice_number, facts.number.clone()),
        (of_invoice.invoice_date, facts.issued_on.clone()),
        (of_invoice.due_date, facts.due_on.clone()),
        (words.reminded_on, facts.reminded_on.clone()),
    ];
    identity.extend(facts.reference.clone().map(|text| (of_invoice.your_reference, text)));
    let org_number = sheet.paper.draft.buyer.org_number.to_string();
    identity.push((of_invoice.your_org_number, org_number));
    identity
}

/// Places what the office says at this level.
fn text(sheet: &mut Sheet, facts: &PaymentReminder) {
    for paragraph in &facts.text {
        let text = sheet.set(paragraph, body(ink()), Measure::Column(WIDTH));
        sheet.make_room(text.height);
        let y = sheet.y;
        let height = sheet.out.within(Tag::P, |group| group.text(LEFT, y, text));
        sheet.y += height + PARAGRAPH_GAP;
    }
    sheet.y += mm(2.5);
}

/// Places what the claim is made of: the invoice, what lowered it, and what has come to it.
fn claim(sheet: &mut Sheet, words: &ReminderWords, facts: &PaymentReminder) {
    let through = words.interest_through(facts);
    let large = Style { size: 13.0, leading: 17.0, weight: Weight::SemiBold, ink: ink() };
    let plain = body(ink());
    let rows = [
        (words.total, Some(&facts.total), plain),
        (words.credited, facts.credited.as_ref(), plain),
        (words.paid, facts.paid.as_ref(), plain),
        (words.written_off, facts.written_off.as_ref(), plain),
        (words.capital, Some(&facts.capital), strong()),
        (&through, facts.interest.as_ref(), plain),
        (words.fees, facts.fees.as_ref(), plain),
        (words.compensation, facts.compensation.as_ref(), plain),
        (words.claims_paid, facts.claims_paid.as_ref(), plain),
        (words.to_pay, Some(&facts.to_pay), large),
    ];
    let rows: Vec<(Arc<Text>, Arc<Text>)> = rows
        .into_iter()
        .filter_map(|(label, amount, style)| Some((label, amount?, style)))
        .map(|(label, amount, style)| {
            let amount = sheet.set(amount, style, Measure::Line);
            let width = Measure::Column(WIDTH - amount.width - GAP);
            (sheet.set(label, style, width), amount)
        })
        .collect();
    let said: f32 = rows.iter().map(|(label, _)| label.height + 2.0 * ROW_PADDING).sum();
    heading(sheet, words.claim, said);

    let last = rows.len() - 1;
    sheet.out.begin_group();
    for (index, (label, amount)) in rows.into_iter().enumerate() {
        let height = label.height + 2.0 * ROW_PADDING;
        sheet.make_room(height);
        let (top, y) = (sheet.y, sheet.y + ROW_PADDING);
        match index == last {
            true => sheet.out.band(LEFT, top, WIDTH, 1.0, sheet.accent),
            false => sheet.out.band(LEFT, top, WIDTH, 0.5, pale()),
        }
        sheet.out.within(Tag::TR, |cells| {
            let row = Tag::TH(TableHeaderScope::Row);
            cells.within(row, |cell| cell.text(LEFT, y, label));
            cells.within(Tag::TD, |cell| cell.text(RIGHT - amount.width, y, amount));
        });
        sheet.y += height;
    }
    let summary = words.claim_summary.to_owned();
    sheet.out.end_group(Tag::Table.with_summary(Some(summary)));
    sheet.y += mm(4.0);
}

/// Places how the late interest came about, a row for each change of rate or capital.
fn interest(sheet: &mut Sheet, words: &ReminderWords, facts: &PaymentReminder) {
    let bold = Style { size: 8.5, leading: 11.5, weight: Weight::SemiBold, ink: ink() };
    let kronor = words.in_kronor;
    let headings = [
        words.period.to_owned(),
        words.days.to_owned(),
        words.rate.to_owned(),
        format!("{}, {kronor}", words.on_capital),
        format!("{}, {kronor}", words.amount),
    ];
    let mut grid = vec![headings.map(|text| sheet.set(&text, bold, Measure::Line))];
    let style = Style { size: 8.5, leading: 11.5, ..body(ink()) };
    for segment in &facts.interest_segments {
        let days = segment.days.to_string();
        let period = format!("{} – {}", segment.from, segment.to);
        let cells = [&period, &days, &segment.rate, &segment.capital, &segment.amount];
        grid.push(cells.map(|text| sheet.set(text, style, Measure::Line)));
    }
    let widths: [f32; 5] =
        std::array::from_fn(|column| grid.iter().map(|row| row[column].width).fold(0.0, f32::max));
    // The period stands at the left, the rest at the right, with what room there is between them.
    let gap = ((WIDTH - widths.iter().sum::<f32>()) / 4.0).max(GAP);
    let mut rights = [RIGHT; 5];
    for column in (1..4).rev() {
        rights[column] = rights[column + 1] - widths[column + 1] - gap;
    }

    let row_height = bold.leading + 4.0;
    heading(sheet, words.interest_heading, 2.0 * row_height);
    sheet.out.begin_group();
    for (index, row) in grid.into_iter().enumerate() {
        sheet.make_room(row_height);
        let y = sheet.y + 2.0;
        let tag = || match index {
            0 => Tag::TH(TableHeaderScope::Column).into(),
            _ => TagKind::from(Tag::TD),
        };
        sheet.out.within(Tag::TR, |cells| {
            for (column, text) in row.into_iter().enumerate() {
                let x = if column == 0 { LEFT } else { rights[column] - text.width };
                cells.within(tag(), |cell| cell.text(x, y, text));
            }
        });
        sheet.y += row_height;
        sheet.out.band(LEFT, sheet.y, WIDTH, 0.5, pale());
    }
    let summary = words.interest_summary.to_owned();
    sheet.out.end_group(Tag::Table.with_summary(Some(summary)));
    let rule = sheet.set(words.interest_rule, small(grey()), Measure::Column(WIDTH));
    sheet.y += 4.0;
    sheet.make_room(rule.height);
    let y = sheet.y;
    sheet.y += sheet.out.within(Tag::P, |group| group.text(LEFT, y, rule)) + mm(5.0);
}

/// Places the field that says what to pay, by when, and where to.
fn payment(sheet: &mut Sheet, words: &ReminderWords, facts: &PaymentReminder) {
    let of_invoice = sheet.words;
    let spaced = facts.iban.clone().unwrap_or_default();
    let iban = facts.iban.as_ref().map(|iban| iban.replace(' ', "\u{a0}"));
    let ways = [
        (of_invoice.to_pay, Some(facts.to_pay.clone())),
        (words.pay_by, Some(facts.pay_by.clone())),
        (of_invoice.ocr, Some(facts.ocr.clone())),
        ("Bankgiro", facts.bankgiro.clone()),
        ("Plusgiro", facts.plusgiro.clone()),
        ("IBAN", iban.clone()),
        ("BIC", facts.bic.clone()),
    ];
    let ways = ways.into_iter().filter_map(|(label, text)| Some((label, text?))).collect();
    let payee = facts.payee.trim().trim_end_matches('.');
    let reference = format!("{} {} {payee}.", of_invoice.state_the_ocr, of_invoice.payee);
    let through = words.payments_through(facts);
    let runs_on = facts.interest.as_ref().map(|_| words.interest_runs_on);
    let notes = [Some(&*reference), Some(&*through), runs_on];
    let notes: Vec<&str> = notes.into_iter().flatten().collect();
    if let Some(change) = &facts.account_change {
        let change = change.replace(&spaced, &iban.unwrap_or_default());
        let change = sheet.set(&change, strong(), Measure::Column(WIDTH));
        sheet.make_room(change.height);
        let y = sheet.y;
        sheet.y += sheet.out.within(Tag::P, |group| group.text(LEFT, y, change)) + mm(3.5);
    }
    let machine = for_machines(sheet, facts);
    field(sheet, of_invoice.payment, ways, &notes, machine);
}

/// Returns what machines read: what is left, on the day to pay it, to the accounts that the field names.
fn for_machines(sheet: &Sheet, facts: &PaymentReminder) -> ForMachines {
    let (draft, number) = (sheet.paper.draft, sheet.paper.number);
    let (Some(number), Ok(due_on)) = (number, parse_date(&facts.pay_by)) else {
        return ForMachines::default();
    };
    let payee = Seller {
        bankgiro: facts.bankgiro.as_deref().and_then(|text| Bankgiro::parse(text).ok()),
        plusgiro: facts.plusgiro.as_deref().and_then(|text| Plusgiro::parse(text).ok()),
        iban: facts.iban.as_deref().and_then(|text| Iban::parse(text).ok()),
        bic: facts.bic.clone(),
        ..Seller::clone(&draft.seller)
    };
    let payment = Payment {
        payee: &payee,
        reference: number.ocr(),
        issued_on: draft.issued_on,
        due_on,
        amount: Money::from_ore(facts.to_pay_ore),
    };
    ForMachines::of(&payment, sheet.words)
}

/// Places a heading, on a page with at least `following` more.
fn heading(sheet: &mut Sheet, text: &str, following: f32) {
    let style =
        Style { size: 10.5, leading: 14.0, weight: Weight::SemiBold, ink: sheet.accent_ink };
    let text = sheet.set(text, style, Measure::Line);
    sheet.make_room(text.height + 3.0 + following);
    let y = sheet.y;
    sheet.y += sheet.out.heading(2, LEFT, y, text) + 3.0;
}
