//! A packing slip composed: where the parcel goes, what is in it, and what may not be done with it (R5).
//!
//! It says no price: whoever opens the parcel need not be who pays.

use std::sync::Arc;

use chrono::NaiveDate;
use krilla::color::rgb;
use krilla::image::Image;
use krilla::metadata::Metadata;
use krilla::tagging::{ArtifactType, TableHeaderScope, Tag};

use crate::domain::conditions::Conditions;
use crate::domain::invoice::{Buyer, Draft};
use crate::domain::language::Language;
use crate::domain::seller::Seller;
use crate::domain::shipment::{Copies, Shipment};

use super::closing::tint;
use super::fonts::{Measure, Style, Text, Typesetter, Weight};
use super::foot::Footer;
use super::head::HEAD_TOP;
use super::invoice::{
    LEFT, Paper, RIGHT, Sheet, WIDTH, body, grey, ink, legible, midnight, pale, small, strong,
};
use super::page::{Composition, PAGE_HEIGHT, mm};
use super::slip_words::SlipWords;
use super::words::Words;

const ROW_PADDING: f32 = 4.8;
const PADDING: f32 = mm(4.5);
/// The left edge of the column of item numbers.
const SKU_LEFT: f32 = mm(125.0);

/// What is to be drawn: a parcel, and the order that it is of.
pub struct PackingSlip<'a> {
    pub order_number: i64,
    pub ordered_on: NaiveDate,
    pub shipment: &'a Shipment,
    /// Who ordered, who may be another than the parcel goes to.
    pub buyer: &'a str,
    /// "Er referens" of the order.
    pub reference: Option<&'a str>,
    /// Those that the order was made under.
    pub conditions: &'a Conditions,
    /// As it was on the day of the parcel.
    pub seller: Arc<Seller>,
    pub language: Language,
}

impl PackingSlip<'_> {
    /// Returns what the slip is called by: the order's number, and the parcel's from the second on.
    fn number(&self) -> String {
        match self.shipment.sequence {
            1 => self.order_number.to_string(),
            parcel => format!("{}-{parcel}", self.order_number),
        }
    }

    /// Returns the slip's name, `Följesedel 1001`.
    pub fn name(&self) -> String {
        format!("{} {}", Words::of_slip(self.language).title, self.number())
    }

    /// Returns the order's draft as the slip needs it: by the seller of the day, with the address that
    /// the parcel goes to in the window.
    pub fn addressed(&self, draft: &Draft) -> Draft {
        let to = self.shipment.ship_to.clone();
        let buyer = Buyer {
            name: to.name,
            care_of: to.care_of,
            street: to.street,
            postal_code: to.postal_code,
            city: to.city,
            country: to.country,
            ..draft.buyer.clone()
        };
        Draft { buyer, seller: Arc::clone(&self.seller), language: self.language, ..draft.clone() }
    }

    /// Returns what the file says of itself: title, author, language, date and identity.
    pub fn metadata(&self) -> Metadata {
        let seller = &self.seller;
        let (order, parcel) = (self.order_number, self.shipment.sequence);
        Metadata::new()
            .title(format!("{} – {}", self.name(), seller.shop_name))
            .authors(vec![seller.legal_name.clone()])
            .creator("shopctl".to_owned())
            .language(self.language.code().to_owned())
            .creation_date(midnight(self.shipment.shipped_on))
            .document_id(format!("{}/packing-slip/{order}/{parcel}", seller.vat_number))
    }
}

/// Composes a slip in the typesetter's present cut; `draft` is [`PackingSlip::addressed`].
pub fn compose(
    slip: &PackingSlip,
    draft: &Draft,
    logo: Option<Image>,
    typesetter: &mut Typesetter,
) -> Composition {
    let words = SlipWords::of(slip.language);
    let accent = slip.seller.accent_colour;
    let mut sheet = Sheet {
        paper: &Paper { draft, number: None },
        words: Words::of_slip(slip.language),
        name: Some(slip.name()),
        typesetter,
        out: Composition::new(),
        accent: rgb::Color::new(accent.red, accent.green, accent.blue),
        accent_ink: legible(accent),
        y: HEAD_TOP,
        bottom: PAGE_HEIGHT,
    };
    let footer = Footer::set(sheet.typesetter, sheet.words, &slip.seller, false);
    sheet.bottom = footer.top() - mm(4.0);

    let head_bottom = sheet.head(logo);
    sheet.identify(identity(words, slip), head_bottom);
    table(&mut sheet, words, &slip.shipment.copies);
    let heading = sheet.words.printed_conditions;
    prohibition(&mut sheet, heading, slip.conditions.printed.in_language(slip.language));
    let note = sheet.set(words.invoiced_apart, small(grey()), Measure::Column(WIDTH));
    sheet.make_room(note.height);
    let y = sheet.y;
    sheet.y += sheet.out.within(Tag::P, |group| group.text(LEFT, y, note));
    footer.place(&mut sheet.out);
    sheet.number_pages();
    sheet.out
}

fn identity(words: &SlipWords, slip: &PackingSlip) -> Vec<(&'static str, String)> {
    let shipment = slip.shipment;
    let buyer = (slip.buyer != shipment.ship_to.name).then(|| slip.buyer.to_owned());
    let parcel = (shipment.sequence > 1).then(|| shipment.sequence.to_string());
    let facts = [
        (words.order_number, Some(slip.order_number.to_string())),
        (words.ordered_on, Some(slip.ordered_on.to_string())),
        (words.posted_on, Some(shipment.shipped_on.to_string())),
        (words.parcel, parcel),
        (words.tracking, shipment.tracking.clone()),
        (words.ordered_by, buyer),
        (words.reference, slip.reference.map(str::to_owned)),
    ];
    facts.into_iter().filter_map(|(label, value)| Some((label, value?))).collect()
}

/// A row of the table, set: what it is, its item number, and how many.
type Row = [Arc<Text>; 3];

/// Places what is in the parcel, over as many pages as it takes, and how many copies that makes.
fn table(sheet: &mut Sheet, words: &SlipWords, copies: &[Copies]) {
    let description_width = SKU_LEFT - LEFT - mm(5.0);
    let rows: Vec<Row> = copies
        .iter()
        .map(|copies| {
            let description =
                sheet.set(&copies.description, strong(), Measure::Column(description_width));
            let quantity = copies.quantity.to_string();
            let sku_width = RIGHT - SKU_LEFT - mm(30.0);
            [
                description,
                sheet.set(&copies.sku, body(ink()), Measure::Column(sku_width)),
                sheet.set(&quantity, strong(), Measure::Line),
            ]
        })
        .collect();
    let head_height = head(sheet, words)[0].height + 5.0;
    let first = rows.first().map_or(0.0, height);
    sheet.make_room(head_height + first);
    sheet.out.begin_group();
    place_head(sheet, words, true);
    for row in rows {
        let height = height(&row);
        if sheet.make_room(height) {
            place_head(sheet, words, false);
        }
        let y = sheet.y + ROW_PADDING;
        let [description, sku, quantity] = row;
        sheet.out.within(Tag::TR, |cells| {
            cells.within(Tag::TD, |cell| cell.text(LEFT, y, description));
            cells.within(Tag::TD, |cell| cell.text(SKU_LEFT, y, sku));
            cells.within(Tag::TD, |cell| cell.text(RIGHT - quantity.width, y, quantity));
        });
        sheet.y += height;
        sheet.out.band(LEFT, sheet.y - 0.5, WIDTH, 0.5, pale());
    }
    let summary = words.lines_summary.to_owned();
    sheet.out.end_group(Tag::Table.with_summary(Some(summary)));
    if copies.len() > 1 {
        sum(sheet, words, copies);
    }
    sheet.y += mm(8.0);
}

fn height(row: &Row) -> f32 {
    row.iter().map(|text| text.height).fold(0.0, f32::max) + 2.0 * ROW_PADDING
}

fn head(sheet: &mut Sheet, words: &SlipWords) -> Row {
    let bold = Style { size: 8.5, weight: Weight::SemiBold, ..small(ink()) };
    let of_invoice = sheet.words;
    [of_invoice.description, of_invoice.sku, words.copies]
        .map(|text| sheet.set(text, bold, Measure::Line))
}

/// Places the head of the table, which is read aloud only the first time.
fn place_head(sheet: &mut Sheet, words: &SlipWords, is_first: bool) {
    let headings = head(sheet, words);
    let (y, height) = (sheet.y, headings[0].height + 5.0);
    let lefts = [LEFT, SKU_LEFT, RIGHT - headings[2].width];
    let out = &mut sheet.out;
    if is_first {
        out.within(Tag::TR, |cells| {
            for (heading, x) in headings.into_iter().zip(lefts) {
                cells.within(Tag::TH(TableHeaderScope::Column), |cell| cell.text(x, y, heading));
            }
        });
    } else {
        for (heading, x) in headings.into_iter().zip(lefts) {
            out.artifact(ArtifactType::PaginationOther, x, y, heading);
        }
    }
    out.band(LEFT, y + height - 1.0, WIDTH, 1.0, sheet.accent);
    sheet.y += height;
}

fn sum(sheet: &mut Sheet, words: &SlipWords, copies: &[Copies]) {
    let all: i64 = copies.iter().map(|copies| copies.quantity).sum();
    let text = sheet.set(&format!("{}: {all}", words.all_copies), strong(), Measure::Line);
    sheet.make_room(text.height + ROW_PADDING);
    let (x, y) = (RIGHT - text.width, sheet.y + ROW_PADDING);
    sheet.y += sheet.out.within(Tag::P, |group| group.text(x, y, text)) + ROW_PADDING;
}

/// Places what may not be done with the copies, in a field that is not overlooked. Kept on one page.
fn prohibition(sheet: &mut Sheet, heading: &str, text: &str) {
    let inner = WIDTH - 2.0 * PADDING;
    let bold = Style { size: 10.5, leading: 14.0, weight: Weight::SemiBold, ink: sheet.accent_ink };
    let heading = sheet.set(heading, bold, Measure::Line);
    let paragraphs: Vec<Arc<Text>> = text
        .split('\n')
        .map(str::trim)
        .filter(|paragraph| !paragraph.is_empty())
        .map(|paragraph| sheet.set(paragraph, body(ink()), Measure::Column(inner)))
        .collect();
    let said: f32 = paragraphs.iter().map(|text| text.height + 3.0).sum();
    let height = heading.height + 2.0 + said + 2.0 * PADDING - 3.0;
    sheet.make_room(height);
    let top = sheet.y;
    sheet.out.band(LEFT, top, WIDTH, height, tint(sheet.accent));
    sheet.out.band(LEFT, top, 2.5, height, sheet.accent);
    let mut y = top + PADDING;
    y += sheet.out.heading(2, LEFT + PADDING, y, heading) + 2.0;
    for text in paragraphs {
        y += sheet.out.within(Tag::P, |group| group.text(LEFT + PADDING, y, text)) + 3.0;
    }
    sheet.y = top + height + mm(5.0);
}
