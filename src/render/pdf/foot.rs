//! The foot of every page: who the seller is, by law and by telephone.

use std::sync::Arc;

use krilla::tagging::{ArtifactType, Tag};

use crate::domain::seller::Seller;

use super::fonts::{Measure, Style, Text, Typesetter, Weight};
use super::invoice::{LEFT, WIDTH, grey, ink, pale, small};
use super::page::{Composition, Mark, PAGE_HEIGHT, Role, mm};
use super::words::Words;

/// From the foot to the edge of the paper.
const BELOW: f32 = mm(11.0);
const COLUMNS: usize = 4;
const GAP: f32 = mm(4.0);

/// The foot, set once and placed on every page.
pub struct Footer {
    /// Each text with its place from the foot's upper left corner.
    texts: Vec<(f32, f32, Arc<Text>)>,
    height: f32,
}

impl Footer {
    /// Sets the foot of a document; one that asks for no payment gives nobody a number to pay to.
    pub fn set(
        typesetter: &mut Typesetter,
        words: &'static Words,
        seller: &Seller,
        asks_for_payment: bool,
    ) -> Footer {
        let bold = Style { weight: Weight::SemiBold, ..small(ink()) };
        let (label, value) = (small(grey()), small(ink()));
        let pair =
            |name: &'static str, text: &str| [(name.to_owned(), label), (text.to_owned(), value)];

        let mut who = vec![(seller.legal_name.clone(), bold), (seller.street.clone(), value)];
        who.push((format!("{} {}", seller.postal_code, seller.city), value));
        who.push((format!("{} {}", words.registered_office, seller.registered_office), value));

        let mut numbers = pair(words.org_number, &seller.org_number.to_string()).to_vec();
        numbers.extend(pair(words.vat_number, &seller.vat_number));
        if seller.f_tax {
            numbers.push((words.f_tax.to_owned(), value));
        }

        let mut contact = Vec::new();
        if let Some(phone) = &seller.phone {
            contact.extend(pair(words.phone, phone));
        }
        contact.extend(pair(words.email, seller.office_email.as_str()));

        let mut elsewhere = pair(words.web, &seller.web).to_vec();
        if let Some(bankgiro) = seller.bankgiro.as_ref().filter(|_| asks_for_payment) {
            elsewhere.extend(pair("Bankgiro", &bankgiro.to_string()));
        }

        let width = (WIDTH - GAP * (COLUMNS - 1) as f32) / COLUMNS as f32;
        let mut footer = Footer { texts: Vec::new(), height: 0.0 };
        for (column, lines) in [who, numbers, contact, elsewhere].into_iter().enumerate() {
            let x = column as f32 * (width + GAP);
            let mut y = mm(3.0);
            for (text, style) in lines {
                if text.trim().is_empty() {
                    continue;
                }
                let text = typesetter.set(text.trim(), style, Measure::Column(width));
                let height = text.height;
                footer.texts.push((x, y, text));
                y += height;
            }
            footer.height = footer.height.max(y);
        }
        footer
    }

    /// Returns the upper edge of the foot on the page.
    pub fn top(&self) -> f32 {
        PAGE_HEIGHT - BELOW - self.height
    }

    /// Places the foot on all pages.
    ///
    /// On the first page it is read aloud after everything else, since it alone says what the law
    /// asks of an invoice about the seller; on the others it is a repetition and an artifact.
    pub fn place(&self, out: &mut Composition) {
        let top = self.top();
        for page in 0..out.pages.len() {
            let layout = Role::Artifact(ArtifactType::Layout);
            let rule = Mark::Band { width: WIDTH, height: 0.6, ink: pale() };
            out.place_on(page, LEFT, top, rule, layout);
            out.begin_group();
            for (x, y, text) in &self.texts {
                out.begin_group();
                let role = match page {
                    0 => out.leaf(),
                    _ => Role::Artifact(ArtifactType::Footer),
                };
                let mark = Mark::whole(Arc::clone(text));
                out.place_on(page, LEFT + x, top + y, mark, role);
                out.end_group(Tag::P);
            }
            out.end_group(Tag::Div);
        }
    }
}
