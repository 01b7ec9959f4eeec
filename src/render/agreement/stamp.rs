//! A copy for a holder: a header and a footer on every page.

use std::collections::{BTreeMap, BTreeSet};

use super::super::pdf::Press;
use super::Agreement;
use super::claims::{Metadata, without_archival};
use super::error::{Part, StampError};
use super::geometry::Matrix;
use super::ink::Drawn;
use super::pages::Page;
use super::places::{move_note, move_places};
use super::sheet::{Laid, Sheets};
use super::strips::{LINES_MAX, Strips};
use super::value::{Dict, Id, Value};
use super::writer::{Body, write};

/// What is written on every page. Line breaks within a text count as spaces; an empty text is left out.
#[derive(Clone, Copy, Debug)]
pub struct Stamp<'t> {
    pub header: &'t str,
    pub footer: &'t str,
    pub look: Look,
}

/// Where and how it is written. Lengths are in points, on the page as shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// From the left edge to the text, and as much at the right.
    pub side: f64,
    /// From the upper edge to the header, and from the lower edge to the footer.
    pub edge: f64,
    /// Between these and what the page shows.
    pub gap: f64,
    /// The letters' size.
    pub size: f64,
    /// Between the baselines of a text of several lines.
    pub leading: f64,
    /// From 0, black, to 255, white.
    pub grey: u8,
    /// What a page shows may be scaled down to this part of its size where it leaves no room; `None` leaves
    /// every page as it is, and header and footer may then cover something.
    pub scale_min: Option<f64>,
}

impl Default for Look {
    fn default() -> Look {
        Look {
            side: 42.5,
            edge: 14.0,
            gap: 3.0,
            size: 7.5,
            leading: 9.5,
            grey: 85,
            scale_min: Some(0.75),
        }
    }
}

/// A page narrower than this between its margins is no sheet to be read, in points.
const WIDTH_MIN: f64 = 72.0;

impl Agreement<'_> {
    /// Returns the agreement as a PDF with header and footer on every page: the same bytes for the same
    /// agreement and stamp.
    ///
    /// Both are text, marked as artifacts for who reads by ear. What a page shows is moved and scaled no
    /// more than needed, and not at all where it leaves room. What the original says about being PDF/A is
    /// taken out. Errors when the text cannot be set, or a page has no room for it.
    pub fn stamp(&self, press: &mut Press, stamp: &Stamp) -> Result<Vec<u8>, StampError> {
        let drawn = self.drawn();
        self.source.recount(self.pages.len());
        let rooms: Vec<f64> =
            self.pages.iter().map(|page| page.size().0 - 2.0 * stamp.look.side).collect();
        if let Some(narrow) = rooms.iter().position(|room| *room < WIDTH_MIN) {
            return Err(StampError::NoRoom { page: narrow + 1 });
        }
        let strips = Strips::draw(press, stamp, &rooms, self.source.number_max + 1)?;

        let mut laid = Vec::with_capacity(self.pages.len());
        for (position, page) in self.pages.iter().enumerate() {
            laid.push(lay(position, (page, &drawn[position]), &strips, &stamp.look)?);
        }
        let moved: BTreeMap<Id, Matrix> = self
            .pages
            .iter()
            .zip(&laid)
            .filter_map(|(page, laid)| Some((page.id, laid.moved?)))
            .collect();
        let moves = |id: Id| moved.get(&id).copied();

        let next = self.source.number_max + 1 + strips.objects.len() as u32;
        let mut sheets = Sheets::new(&self.source, next);
        for ((page, drawn), laid) in self.pages.iter().zip(drawn).zip(&laid) {
            sheets.lay(page, drawn, laid, &moves)?;
        }
        let (mut made, notes) = sheets.finish();
        made.extend(strips.objects);

        let pages: BTreeSet<Id> = self.pages.iter().map(|page| page.id).collect();
        let pointing = if moved.is_empty() { None } else { Some(&self.survey.pointing) };
        let touched: BTreeSet<Id> =
            notes.keys().chain(pointing.into_iter().flatten()).copied().collect();
        for id in touched.difference(&pages) {
            let Some(mut object) = self.source.object(*id)? else { continue };
            move_places(&mut object.value, &moves);
            if let (Some(matrix), Value::Dict(note)) = (notes.get(id), &mut object.value) {
                move_note(note, matrix);
            }
            made.insert(*id, Body::of(&object.value, object.data));
        }
        self.withdraw_claims(&mut made)?;
        self.write(made)
    }

    fn withdraw_claims(&self, made: &mut BTreeMap<Id, Body>) -> Result<(), StampError> {
        let (id, mut catalogue) = self.source.catalogue()?;
        match without_archival(&self.source, &catalogue)? {
            Metadata::Stay => {}
            Metadata::Without(id, xmp) => {
                let dict = Dict::default()
                    .with("Type", Value::name("Metadata"))
                    .with("Subtype", Value::name("XML"));
                made.insert(id, Body::stream(dict, &xmp));
            }
            Metadata::Go(metadata) => {
                catalogue.remove("Metadata");
                made.insert(metadata, Body::of(&Value::Null, None));
                made.insert(id, Body::of(&Value::Dict(catalogue), None));
            }
        }
        Ok(())
    }

    fn write(&self, made: BTreeMap<Id, Body>) -> Result<Vec<u8>, StampError> {
        let mut objects = made;
        for id in &self.survey.used {
            if !objects.contains_key(id)
                && let Some(object) = self.source.object(*id)?
            {
                objects.insert(*id, Body::Copied(object.raw, object.data));
            }
        }
        let mut trailer = Dict::default();
        for name in ["Root", "Info", "ID"] {
            if let Some(value) = self.source.trailer.get(name) {
                trailer.set(name, value.clone());
            }
        }
        let version = match self.source.version() {
            version @ [b'1', b'.', b'4'..=b'9'] | version @ [b'2', b'.', b'0'..=b'9'] => version,
            _ => b"1.4",
        };
        let capacity = self.bytes + (self.bytes >> 2) + (1 << 16);
        Ok(write(version, objects.into_iter(), &trailer, capacity))
    }
}

/// Decides where header and footer go on a page, and what moves for them.
fn lay(
    position: usize,
    (page, drawn): (&Page, &Drawn),
    strips: &Strips,
    look: &Look,
) -> Result<Laid, StampError> {
    let number = position + 1;
    let (width, height) = page.size();
    let room = width - 2.0 * look.side;
    let place = |part| {
        let Some((form, size)) = strips.form(part, room) else { return Ok(None) };
        if size.lines > LINES_MAX {
            return Err(StampError::TooLong { part, page: number });
        }
        let y = match part {
            Part::Header => height - look.edge - f64::from(size.height),
            Part::Footer => look.edge,
        };
        Ok(Some((form, Matrix::shift(look.side, y), look.edge + f64::from(size.height) + look.gap)))
    };
    let (header, footer) = (place(Part::Header)?, place(Part::Footer)?);
    let above = header.map_or(0.0, |(_, _, taken)| taken);
    let below = footer.map_or(0.0, |(_, _, taken)| taken);
    if above + below >= height {
        return Err(StampError::NoRoom { page: number });
    }

    let moved = match (drawn.ink, look.scale_min) {
        (Some(ink), Some(scale_min)) if ink.y0 < below || ink.y1 > height - above => {
            let scale = ((height - above - below) / (ink.y1 - ink.y0)).min(1.0);
            if scale < scale_min {
                return Err(StampError::NoRoom { page: number });
            }
            let (lowest, highest) = (below - scale * ink.y0, height - above - scale * ink.y1);
            let y = ((1.0 - scale) * height / 2.0).min(highest).max(lowest);
            let x = (1.0 - scale) * width / 2.0;
            let shown = Matrix([scale, 0.0, 0.0, scale, x, y]);
            Some(page.to_shown().then(&shown).then(&page.shown_to_own()))
        }
        _ => None,
    };
    let shown_to_own = page.shown_to_own();
    let upright = |(form, shift, _): (Id, Matrix, f64)| (form, shift.then(&shown_to_own));
    Ok(Laid { header: header.map(upright), footer: footer.map(upright), moved })
}
