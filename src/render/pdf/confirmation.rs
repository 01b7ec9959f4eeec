//! The confirmation of a notice, composed: what was given and when, how its dates were counted, and
//! what follows.

use std::sync::Arc;

use krilla::color::rgb;
use krilla::image::Image;
use krilla::metadata::Metadata;
use krilla::tagging::{ListNumbering, Tag};

use crate::domain::invoice::InvoiceKind;
use crate::domain::language::Language;
use crate::domain::letter::NoticeConfirmation;
use crate::domain::seller::Seller;
use crate::domain::term::parse_date;

use super::closing::tint;
use super::confirmation_words::ConfirmationWords;
use super::fonts::{Measure, Style, Text, Typesetter, Weight};
use super::foot::Footer;
use super::head::{HEAD_TOP, emblem};
use super::invoice::{LEFT, RIGHT, WIDTH, body, grey, ink, legible, midnight, small, strong};
use super::page::{Composition, PAGE_HEIGHT, mm};
use super::words::Words;

const TITLE_TOP: f32 = mm(38.0);
const PADDING: f32 = mm(4.5);
/// The left edge of the values of a list.
const VALUES_LEFT: f32 = LEFT + mm(58.0);

/// What is to be drawn: the facts of a notice, and who confirms it.
pub struct Confirmation<'a> {
    pub facts: &'a NoticeConfirmation,
    pub seller: &'a Seller,
    pub language: Language,
}

impl Confirmation<'_> {
    /// Returns what the file says of itself: title, author, language, date and identity.
    pub fn metadata(&self) -> Metadata {
        let words = ConfirmationWords::of(self.language);
        let (facts, seller) = (self.facts, self.seller);
        let metadata = Metadata::new()
            .title(format!("{} – {} {}", words.title, words.subscription, facts.number))
            .authors(vec![seller.legal_name.clone()])
            .creator("shopctl".to_owned())
            .language(self.language.code().to_owned())
            .document_id(format!("{}/notice/{}", seller.vat_number, facts.notice.0));
        match parse_date(&facts.entered_on) {
            Ok(day) => metadata.creation_date(midnight(day)),
            Err(_) => metadata,
        }
    }
}

/// A confirmation while it is composed.
struct Sheet<'a> {
    typesetter: &'a mut Typesetter,
    out: Composition,
    accent: rgb::Color,
    accent_ink: rgb::Color,
    /// The upper edge of what comes next on the last page.
    y: f32,
    /// The lowest that anything but the footer may reach.
    bottom: f32,
}

/// Composes a confirmation in the typesetter's present cut.
pub fn compose(
    paper: &Confirmation,
    logo: Option<Image>,
    typesetter: &mut Typesetter,
) -> Composition {
    let (facts, seller) = (paper.facts, paper.seller);
    let words = ConfirmationWords::of(paper.language);
    let accent = seller.accent_colour;
    let footer = {
        let words = Words::of(paper.language, InvoiceKind::Invoice);
        Footer::set(typesetter, words, seller, false)
    };
    let mut sheet = Sheet {
        typesetter,
        out: Composition::new(),
        accent: rgb::Color::new(accent.red, accent.green, accent.blue),
        accent_ink: legible(accent),
        y: HEAD_TOP,
        bottom: footer.top() - mm(4.0),
    };
    sheet.head(words, facts, seller, logo);
    sheet.outcome(words, facts);
    sheet.list(words.the_subscription, words.subscription_facts(facts));
    sheet.list(words.the_notice, words.notice_facts(facts));
    sheet.list(words.the_dates, words.date_facts(facts));
    if !facts.credits.is_empty() {
        sheet.list(words.credited, words.credit_facts(facts));
    }
    sheet.close(&words.questions(facts));
    footer.place(&mut sheet.out);
    sheet.out
}

impl Sheet<'_> {
    fn set(&mut self, text: &str, style: Style, measure: Measure) -> Arc<Text> {
        self.typesetter.set(text, style, measure)
    }

    /// Turns the page unless `height` more fits on this one.
    fn make_room(&mut self, height: f32) {
        if self.y + height > self.bottom.min(PAGE_HEIGHT) {
            self.out.begin_page();
            self.y = HEAD_TOP;
        }
    }

    /// Places the emblem and the day, and below them the title over the whole column.
    fn head(
        &mut self,
        words: &ConfirmationWords,
        facts: &NoticeConfirmation,
        seller: &Seller,
        logo: Option<Image>,
    ) {
        let width = WIDTH - mm(50.0);
        let ink = self.accent_ink;
        let head = emblem(&mut self.out, self.typesetter, &seller.shop_name, ink, logo, width);
        let day = self.set(&facts.entered_on, body(grey()), Measure::Line);
        let x = RIGHT - day.width;
        self.out.within(Tag::P, |group| group.text(x, HEAD_TOP - 1.0, day));

        let title = Style { size: 24.0, leading: 28.0, weight: Weight::SemiBold, ink };
        let title = self.set(words.title, title, Measure::Column(WIDTH));
        let top = TITLE_TOP.max(head + mm(8.0));
        self.y = top + self.out.heading(1, LEFT, top, title) + mm(5.0);
    }

    /// Places the field that says when the subscription ends, and why then.
    fn outcome(&mut self, words: &ConfirmationWords, facts: &NoticeConfirmation) {
        let value = Style { size: 16.0, leading: 20.0, weight: Weight::SemiBold, ink: ink() };
        let inner = WIDTH - 2.0 * PADDING;
        let cells: Vec<(Arc<Text>, Arc<Text>)> = [
            (words.received, &facts.received_on),
            (words.ends, &facts.ends_on),
            (words.last_day, &facts.last_day),
        ]
        .into_iter()
        .map(|(label, day)| {
            let label = self.set(label, small(grey()), Measure::Line);
            (label, self.set(day, value, Measure::Line))
        })
        .collect();
        let verdict = self.set(&words.verdict(facts), body(ink()), Measure::Column(inner));
        let row = cells.iter().map(|(label, day)| label.height + day.height).fold(0.0, f32::max);
        let height = 2.0 * PADDING + row + 5.0 + verdict.height - 2.0;

        let (top, left) = (self.y, LEFT + PADDING);
        self.out.band(LEFT, top, WIDTH, height, tint(self.accent));
        self.out.band(LEFT, top, 3.0, height, self.accent);
        let y = top + PADDING - 1.0;
        let step = inner / cells.len() as f32;
        self.out.within(Tag::L(ListNumbering::None), |list| {
            for (index, (label, day)) in cells.into_iter().enumerate() {
                let x = left + index as f32 * step;
                list.within(Tag::LI, |item| {
                    let below = y + item.within(Tag::Lbl, |part| part.text(x, y, label));
                    item.within(Tag::LBody, |part| part.text(x, below, day));
                });
            }
        });
        self.out.within(Tag::P, |group| group.text(left, y + row + 5.0, verdict));
        self.y = top + height + mm(7.0);
    }

    /// Places a heading over labels and their values.
    fn list(&mut self, heading: &str, facts: Vec<(String, String)>) {
        let style =
            Style { size: 10.5, leading: 14.0, weight: Weight::SemiBold, ink: self.accent_ink };
        let heading = self.set(heading, style, Measure::Line);
        let rows: Vec<(Arc<Text>, Arc<Text>)> = facts
            .into_iter()
            .map(|(label, value)| {
                let width = VALUES_LEFT - LEFT - mm(4.0);
                let label = self.set(&label, body(grey()), Measure::Column(width));
                (label, self.set(&value, body(ink()), Measure::Column(RIGHT - VALUES_LEFT)))
            })
            .collect();
        let first = rows.first().map_or(0.0, |(_, value)| value.height);
        self.make_room(heading.height + 3.0 + first);
        let y = self.y;
        self.y += self.out.heading(2, LEFT, y, heading) + 3.0;
        self.out.begin_group();
        for (label, value) in rows {
            let height = label.height.max(value.height);
            self.make_room(height);
            let y = self.y;
            self.out.within(Tag::LI, |item| {
                item.within(Tag::Lbl, |part| part.text(LEFT, y, label));
                item.within(Tag::LBody, |part| part.text(VALUES_LEFT, y, value));
            });
            self.y += height + 1.5;
        }
        self.out.end_group(Tag::L(ListNumbering::None));
        self.y += mm(3.5);
    }

    fn close(&mut self, words: &str) {
        let text = self.set(words, strong(), Measure::Column(WIDTH));
        self.make_room(text.height);
        let y = self.y;
        self.y += self.out.within(Tag::P, |group| group.text(LEFT, y, text));
    }
}
