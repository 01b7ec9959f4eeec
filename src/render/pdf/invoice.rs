//! An invoice or a credit note composed: the order of its parts, its head, and how it runs on to further pages.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use krilla::color::rgb;
use krilla::image::Image;
use krilla::metadata::{DateTime, Metadata};
use krilla::tagging::{ArtifactType, ListNumbering, Tag};

use crate::domain::address::Country;
use crate::domain::invoice::{Draft, InvoiceNumber};
use crate::domain::seller::Colour;

use super::fonts::{Measure, Style, Text, Typesetter, Weight};
use super::foot::Footer;
use super::head::{HEAD_TOP, emblem};
use super::page::{Composition, Mark, PAGE_HEIGHT, PAGE_WIDTH, Role, mm};
use super::words::Words;
use super::{closing, credit, lines};

/// The left edge of the column that everything stands in.
pub const LEFT: f32 = mm(20.0);
/// The right edge of the column that everything stands in.
pub const RIGHT: f32 = PAGE_WIDTH - mm(20.0);
/// The width of that column.
pub const WIDTH: f32 = RIGHT - LEFT;

/// The left edge of the title and of the buyer's address.
///
/// The window of a Swedish C5 envelope with its window to the right shows 44 to 79 mm from the top
/// of a folded A4, from about 110 mm to 15 mm from the right.
const WINDOW_LEFT: f32 = mm(112.0);
const WINDOW_TOP: f32 = mm(47.0);
const WINDOW_BOTTOM: f32 = mm(79.0);
/// What the number of a page takes at the right of the title.
const PAGE_NUMBER_WIDTH: f32 = mm(19.0);

/// What is to be drawn: an invoice or a credit note, or a draft while there is no number.
pub struct Paper<'a> {
    pub draft: &'a Draft,
    pub number: Option<InvoiceNumber>,
}

impl Paper<'_> {
    /// Returns what the file says of itself: title, author, language, date and identity.
    pub fn metadata(&self) -> Metadata {
        let draft = self.draft;
        let words = Words::of(draft.language, draft.kind());
        let seller = &draft.seller;
        let (title, identity) = match self.number {
            Some(number) => (
                format!("{} {number} – {}", words.title, seller.shop_name),
                format!("{}/{number}", seller.vat_number),
            ),
            None => (
                format!("{} – {}", words.not_an_invoice, seller.shop_name),
                format!(
                    "{}/draft/{}/{}",
                    seller.vat_number, draft.buyer.org_number, draft.issued_on
                ),
            ),
        };
        Metadata::new()
            .title(title)
            .authors(vec![seller.legal_name.clone()])
            .creator("shopctl".to_owned())
            .language(draft.language.code().to_owned())
            .creation_date(midnight(draft.issued_on))
            .document_id(identity)
    }
}

/// Returns the beginning of a day.
pub fn midnight(date: NaiveDate) -> DateTime {
    let year = u16::try_from(date.year()).expect("invoices are dated in the years 1900 to 9999");
    let part = |part: u32| u8::try_from(part).expect("months and days are small");
    DateTime::new(year)
        .month(part(date.month()))
        .day(part(date.day()))
        .hour(0)
        .minute(0)
        .second(0)
        .utc_offset_hour(0)
        .utc_offset_minute(0)
}

/// A document while it is composed: where the next part goes, and what its parts have in common.
pub struct Sheet<'a> {
    pub paper: &'a Paper<'a>,
    pub words: &'static Words,
    /// What the document is called where it is no invoice and bears no invoice's number.
    pub name: Option<String>,
    pub typesetter: &'a mut Typesetter,
    pub out: Composition,
    /// The seller's colour, for rules and fields.
    pub accent: rgb::Color,
    /// The seller's colour where letters can be read in it, or black where they cannot.
    pub accent_ink: rgb::Color,
    /// The upper edge of what comes next on the last page.
    pub y: f32,
    /// The lowest that anything but the footer may reach.
    pub bottom: f32,
}

/// Composes a document in the typesetter's present cut.
pub fn compose(paper: &Paper, logo: Option<Image>, typesetter: &mut Typesetter) -> Composition {
    let accent = paper.draft.seller.accent_colour;
    let mut sheet = Sheet {
        paper,
        words: Words::of(paper.draft.language, paper.draft.kind()),
        name: None,
        typesetter,
        out: Composition::new(),
        accent: rgb::Color::new(accent.red, accent.green, accent.blue),
        accent_ink: legible(accent),
        y: HEAD_TOP,
        bottom: PAGE_HEIGHT,
    };
    let footer = Footer::set(
        sheet.typesetter,
        sheet.words,
        &paper.draft.seller,
        paper.draft.credits.is_none(),
    );
    sheet.bottom = footer.top() - mm(4.0);

    sheet.mark_as_draft();
    let head_bottom = sheet.head(logo);
    sheet.identify(sheet.identity(), head_bottom);
    match &paper.draft.credits {
        None => {
            lines::table(&mut sheet);
            lines::sums(&mut sheet);
            closing::payment(&mut sheet);
            closing::conditions(&mut sheet);
        }
        Some(credits) => {
            credit::reason(&mut sheet, credits);
            lines::table(&mut sheet);
            lines::sums(&mut sheet);
            credit::settlement(&mut sheet, credits);
        }
    }
    footer.place(&mut sheet.out);
    sheet.number_pages();
    sheet.out
}

impl Sheet<'_> {
    /// Returns a text set in the document's cut.
    pub fn set(&mut self, text: &str, style: Style, measure: Measure) -> Arc<Text> {
        self.typesetter.set(text, style, measure)
    }

    /// Turns the page unless `height` more fits on this one. Says whether it turned.
    pub fn make_room(&mut self, height: f32) -> bool {
        let turns = self.y + height > self.bottom;
        if turns {
            self.turn_page();
        }
        turns
    }

    /// Begins a page with the name of the document at its head.
    pub fn turn_page(&mut self) {
        self.out.begin_page();
        self.mark_as_draft();
        let name = match (&self.name, self.paper.number) {
            (Some(name), _) => name.clone(),
            (None, Some(number)) => format!("{} {number}", self.words.title),
            (None, None) => self.words.not_an_invoice.to_owned(),
        };
        let seller = &self.paper.draft.seller.shop_name;
        let name = self.set(&name, strong(), Measure::Line);
        let width = WIDTH - name.width - mm(30.0);
        let seller = self.set(seller, small(grey()), Measure::Column(width.max(mm(40.0))));
        let (name_width, height) = (name.width, name.height.max(seller.height));
        self.out.artifact(ArtifactType::Header, LEFT, HEAD_TOP, name);
        self.out.artifact(ArtifactType::Header, LEFT + name_width + 10.0, HEAD_TOP + 1.2, seller);
        let rule = HEAD_TOP + height + 5.0;
        self.out.band(LEFT, rule, WIDTH, 0.6, self.accent);
        self.y = rule + mm(7.0);
    }

    /// Marks the page begun last as no invoice, while there is no number.
    fn mark_as_draft(&mut self) {
        if self.name.is_some() || self.paper.number.is_some() {
            return;
        }
        let words = self.words;
        let wide = Style {
            size: 44.0,
            leading: 52.0,
            weight: Weight::SemiBold,
            ink: rgb::Color::new(0xf5, 0xe6, 0xe5),
        };
        let text = self.set(words.not_an_invoice, wide, Measure::Line);
        let watermark = Role::Artifact(ArtifactType::Watermark);
        let (x, y) = (PAGE_WIDTH / 2.0, PAGE_HEIGHT / 2.0);
        self.out.place(x, y, Mark::Diagonal { text }, watermark);

        let white = rgb::Color::white();
        let bold = Style { size: 10.5, leading: 14.0, weight: Weight::SemiBold, ink: white };
        let text = self.set(words.not_an_invoice, bold, Measure::Line);
        self.out.band(0.0, 0.0, PAGE_WIDTH, mm(9.0), rgb::Color::new(0xb3, 0x26, 0x1e));
        let (x, y) = ((PAGE_WIDTH - text.width) / 2.0, (mm(9.0) - text.height) / 2.0);
        if self.out.pages.len() == 1 {
            self.out.within(Tag::P, |group| group.text(x, y, text));
        } else {
            self.out.artifact(ArtifactType::Header, x, y, text);
        }
    }

    /// Places the title and the logo, or the shop's name in its stead; returns their lower edge.
    pub fn head(&mut self, logo: Option<Image>) -> f32 {
        let ink = self.accent_ink;
        let large = Style { size: 27.0, leading: 30.0, weight: Weight::SemiBold, ink };
        let mut title = self.set(self.words.title, large, Measure::Line);
        let room = RIGHT - WINDOW_LEFT - PAGE_NUMBER_WIDTH;
        if title.width > room {
            let size = large.size * room / title.width;
            title = self.set(self.words.title, Style { size, ..large }, Measure::Line);
        }
        // The capitals of the title reach as high as the logo does.
        let title_bottom = HEAD_TOP + self.out.heading(1, WINDOW_LEFT, HEAD_TOP - 7.0, title) - 7.0;

        let shop_name = &self.paper.draft.seller.shop_name;
        let width = WINDOW_LEFT - LEFT - mm(6.0);
        let bottom = emblem(&mut self.out, self.typesetter, shop_name, ink, logo, width);
        bottom.max(title_bottom)
    }

    /// Places what identifies the document at the left, and the buyer in the envelope's window.
    pub fn identify(&mut self, facts: Vec<(&str, String)>, head_bottom: f32) {
        let top = WINDOW_TOP.max(head_bottom + mm(5.0));
        let facts_bottom = self.facts(facts, top);
        let address_bottom = self.address(top);
        self.y = facts_bottom.max(address_bottom).max(WINDOW_BOTTOM) + mm(7.0);
    }

    /// Returns what identifies an invoice.
    fn identity(&self) -> Vec<(&'static str, String)> {
        let (draft, words) = (self.paper.draft, self.words);
        let number = self.paper.number.map(|number| number.to_string());
        let order = draft.order_number.map(|number| number.to_string());
        let credited = draft
            .credits
            .as_ref()
            .map(|credits| words.invoice_of(credits.number, credits.issued_on));
        let replaced =
            draft.replaces.map(|former| words.invoice_of(former.number, former.issued_on));
        let due_on = draft.credits.is_none().then(|| draft.due_on.to_string());
        let facts = [
            (words.invoice_number, number),
            (words.invoice_date, Some(draft.issued_on.to_string())),
            (words.credited_invoice, credited),
            (words.replaced_invoice, replaced),
            (words.due_date, due_on),
            (words.order_number, order),
            (words.your_reference, draft.reference.clone()),
            (words.your_org_number, Some(draft.buyer.org_number.to_string())),
            (words.your_vat_number, draft.buyer.vat_number.as_ref().map(ToString::to_string)),
        ];
        facts.into_iter().filter_map(|(label, value)| Some((label, value?))).collect()
    }

    fn facts(&mut self, facts: Vec<(&str, String)>, top: f32) -> f32 {
        let facts: Vec<(Arc<Text>, String)> = facts
            .into_iter()
            .map(|(label, value)| (self.set(label, body(grey()), Measure::Line), value))
            .collect();
        let labels = facts.iter().map(|(label, _)| label.width).fold(0.0, f32::max);
        let values_left = LEFT + labels + mm(5.0);
        let values_width = WINDOW_LEFT - mm(6.0) - values_left;

        let mut y = top;
        self.out.begin_group();
        for (label, value) in facts {
            let value = self.set(&value, body(ink()), Measure::Column(values_width));
            y += self.out.within(Tag::LI, |item| {
                item.within(Tag::Lbl, |part| part.text(LEFT, y, label));
                item.within(Tag::LBody, |part| part.text(values_left, y, value))
            }) + 1.5;
        }
        self.out.end_group(Tag::L(ListNumbering::None));
        y
    }

    fn address(&mut self, top: f32) -> f32 {
        let buyer = &self.paper.draft.buyer;
        let place = format!("{} {}", buyer.postal_code, buyer.city);
        let style = Style { size: 11.0, leading: 14.5, ..body(ink()) };
        let mut y = top;
        self.out.begin_group();
        let care_of = buyer.care_of.as_ref().map(|name| format!("c/o {name}")).unwrap_or_default();
        let country = match &buyer.country {
            country if *country == Country::default() => String::new(),
            abroad => abroad.to_string(),
        };
        for line in [&buyer.name, &care_of, &buyer.street, &place, &country] {
            if !line.trim().is_empty() {
                let text = self.set(line.trim(), style, Measure::Column(RIGHT - WINDOW_LEFT));
                y += self.out.text(WINDOW_LEFT, y, text);
            }
        }
        self.out.end_group(Tag::P);
        y
    }

    /// Writes on each page which one it is, now that their number is known.
    pub fn number_pages(&mut self) {
        let pages = self.out.pages.len();
        for page in 0..pages {
            let text = self.set(&self.words.page(page + 1, pages), small(grey()), Measure::Line);
            let x = RIGHT - text.width;
            let role = Role::Artifact(ArtifactType::PageNumber);
            self.out.place_on(page, x, HEAD_TOP + 1.2, Mark::whole(text), role);
        }
    }
}

/// Running text, 9.5 points.
pub fn body(ink: rgb::Color) -> Style {
    Style { size: 9.5, leading: 13.0, weight: Weight::Regular, ink }
}

/// What stands out from running text.
pub fn strong() -> Style {
    Style { weight: Weight::SemiBold, ..body(ink()) }
}

/// What explains or comes second, 8 points.
pub fn small(ink: rgb::Color) -> Style {
    Style { size: 8.0, leading: 10.6, weight: Weight::Regular, ink }
}

/// The colour of what is read first.
pub fn ink() -> rgb::Color {
    rgb::Color::new(0x1d, 0x1f, 0x22)
}

/// The colour of labels and of what comes second; seven to one against white paper.
pub fn grey() -> rgb::Color {
    rgb::Color::new(0x55, 0x5a, 0x60)
}

/// The colour of thin rules.
pub fn pale() -> rgb::Color {
    rgb::Color::new(0xd2, 0xd6, 0xda)
}

/// Returns the colour if letters in it can be read on white paper, or black.
pub fn legible(colour: Colour) -> rgb::Color {
    let (red, green, blue) =
        (u32::from(colour.red), u32::from(colour.green), u32::from(colour.blue));
    // Brightness as in W3C's "Techniques for accessibility evaluation": 0 is black, 255 white.
    let brightness = (red * 299 + green * 587 + blue * 114) / 1000;
    if brightness > 140 { ink() } else { rgb::Color::new(colour.red, colour.green, colour.blue) }
}
