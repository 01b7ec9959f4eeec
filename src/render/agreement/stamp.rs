//! A copy for a holder: a header and a footer on every page, and what makes a copy a licence's.

use std::collections::{BTreeMap, BTreeSet};

use super::super::pdf::Press;
use super::Agreement;
use super::claims::{Metadata, without_archival};
use super::code::CodeForm;
use super::error::{Part, StampError};
use super::geometry::Matrix;
use super::ink::Drawn;
use super::licence::Licence;
use super::look::Look;
use super::pages::Page;
use super::places::{move_note, move_places};
use super::sheet::{Forms, Laid, Sheets};
use super::strips::{LINES_MAX, Set, Strips};
use super::value::{Dict, Id, Value};
use super::writer::{Body, Numbers, write};

/// What is written on every page. Line breaks within a text count as spaces; an empty text is left out.
#[derive(Clone, Copy, Debug)]
pub struct Stamp<'t> {
    pub header: &'t str,
    pub footer: &'t str,
    pub look: Look,
}

/// A page narrower than this between its margins is no sheet to be read, in points.
const WIDTH_MIN: f64 = 72.0;

/// The note beside the code is no wider than this, in points: two short lines rather than a long one.
const NOTE_WIDTH_MAX: f64 = 280.0;

/// Between the code and the text beside it, and between the note and the footer, in points.
const CODE_GAP: f64 = 8.0;
const NOTE_GAP: f64 = 4.0;

impl Agreement<'_> {
    /// Returns a copy that is nobody's: header and footer on every page, and no seal.
    #[cfg(test)]
    pub fn stamp(&self, press: &mut Press, stamp: &Stamp) -> Result<Vec<u8>, StampError> {
        self.made(press, stamp, None)
    }

    /// Returns the agreement as a PDF with header and footer on every page, sealed where it is a licence's:
    /// the same bytes for the same agreement, stamp and licence.
    ///
    /// Both are text, marked as artifacts for who reads by ear. What a page shows is moved and scaled no
    /// more than needed, and not at all where it leaves room. What the original says about being PDF/A is
    /// taken out. Errors when the text cannot be set, or a page has no room for it.
    pub(super) fn made(
        &self,
        press: &mut Press,
        stamp: &Stamp,
        licence: Option<&Licence>,
    ) -> Result<Vec<u8>, StampError> {
        stamp.look.check()?;
        let drawn = self.drawn();
        self.source.recount(self.pages.len());
        let mut numbers = Numbers::after(self.source.number_max);
        let mut made = BTreeMap::new();
        let piece = licence.map(|licence| numbers.next(&mut made, licence.piece()));
        let marks = licence.map(Licence::marks);
        let mut plan = Plan::draw(self, press, stamp, marks.as_ref(), &mut numbers)?;
        if let Some((piece, licence)) = piece.zip(licence) {
            plan.mark(licence, piece);
        }
        let widget = licence.map(|_| numbers.take());

        let mut laid = Vec::with_capacity(self.pages.len());
        for (position, page) in self.pages.iter().enumerate() {
            laid.push(plan.lay(position, page, &drawn[position])?);
        }
        if let Some(first) = laid.first_mut() {
            first.widget = widget;
        }
        let moved: BTreeMap<Id, Matrix> = self
            .pages
            .iter()
            .zip(&laid)
            .filter_map(|(page, laid)| Some((page.id, laid.moved?)))
            .collect();
        let moves = |id: Id| moved.get(&id).copied();

        let mut sheets = Sheets::new(&self.source, &mut numbers);
        for ((page, drawn), laid) in self.pages.iter().zip(drawn).zip(&laid) {
            sheets.lay(page, drawn, laid, &moves)?;
        }
        let (sheets, notes) = sheets.finish();
        made.extend(sheets);
        for (id, body) in plan.objects() {
            made.insert(id, body);
        }

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

        let (root, mut catalogue) = self.source.catalogue()?;
        self.withdraw_claims(&mut catalogue, &mut made)?;
        if let (Some(piece), Some(widget)) = (piece, widget) {
            self.add_piece(&mut catalogue, piece, &mut made)?;
            self.add_field(&mut catalogue, widget, &mut made)?;
        }
        let mut catalogue = Value::Dict(catalogue);
        move_places(&mut catalogue, &moves);
        made.insert(root, Body::of(&catalogue, None));

        let Some((licence, widget)) = licence.zip(widget) else {
            return Ok(self.written(made)?.0);
        };
        // Of all objects the seal's has the highest number, and so stands last.
        let seal = numbers.next(&mut made, Body::Made(licence.signet.room()));
        made.insert(widget, licence.widget(self.pages[0].id, seal));
        let (mut file, start) = self.written(made)?;
        licence.signet.seal(&mut file, start);
        Ok(file)
    }

    /// Returns the pages, counted from 1, that have no room for a text and marks such as these.
    ///
    /// Errors when the text cannot be set at all.
    pub(super) fn without_room(
        &self,
        press: &mut Press,
        stamp: &Stamp,
        marks: &Marks,
    ) -> Result<Vec<usize>, StampError> {
        stamp.look.check()?;
        let mut numbers = Numbers::after(self.source.number_max);
        let plan = Plan::draw(self, press, stamp, Some(marks), &mut numbers)?;
        let mut found = Vec::new();
        for (position, (page, drawn)) in self.pages.iter().zip(self.drawn()).enumerate() {
            match plan.lay(position, page, drawn) {
                Ok(_) => {}
                Err(StampError::NoRoom { page } | StampError::TooLong { page, .. }) => {
                    found.push(page);
                }
                Err(error) => return Err(error),
            }
        }
        Ok(found)
    }

    fn withdraw_claims<'s>(
        &'s self,
        catalogue: &mut Dict<'s>,
        made: &mut BTreeMap<Id, Body<'s>>,
    ) -> Result<(), StampError> {
        match without_archival(&self.source, catalogue)? {
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
            }
        }
        Ok(())
    }

    /// Returns the file, and where the body of its last object begins.
    fn written<'s>(&'s self, made: BTreeMap<Id, Body<'s>>) -> Result<(Vec<u8>, usize), StampError> {
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

/// What stands on the first page besides.
pub(super) struct Marks {
    /// The claim, as its code says it.
    pub claim: String,
    pub note: String,
}

/// What is drawn on the pages of a copy, and by which rules it is placed.
struct Plan {
    strips: Strips,
    code: Option<CodeForm>,
    look: Look,
    /// How much room each page has from margin to margin, in points.
    rooms: Vec<f64>,
    /// How much of it the footer of the first page has, beside the code.
    beside: f64,
}

impl Plan {
    fn draw(
        agreement: &Agreement,
        press: &mut Press,
        stamp: &Stamp,
        marks: Option<&Marks>,
        numbers: &mut Numbers,
    ) -> Result<Plan, StampError> {
        let look = stamp.look;
        let rooms: Vec<f64> =
            agreement.pages.iter().map(|page| page.size().0 - 2.0 * look.side).collect();
        let mut beside = rooms[0];
        let mut code = None;
        if let Some(marks) = marks {
            code = CodeForm::of(&marks.claim, agreement.pages[0].size(), &look, numbers);
            // Without a code for a claim so long there is no copy.
            beside -= code.as_ref().map_or(f64::INFINITY, |code| code.dark() + CODE_GAP);
        }
        let is_sheet = |room: &f64| *room >= WIDTH_MIN;
        let wide: Vec<f64> = rooms.iter().copied().filter(is_sheet).collect();
        let footers: Vec<f64> =
            [beside].iter().chain(&rooms[1..]).copied().filter(is_sheet).collect();
        let notes: Vec<f64> = [beside.min(NOTE_WIDTH_MAX)].into_iter().filter(is_sheet).collect();
        let note = marks.map_or("", |marks| &marks.note);
        let texts = [
            Set { part: Part::Header, text: stamp.header, rooms: &wide },
            Set { part: Part::Note, text: note, rooms: &notes },
            Set { part: Part::Footer, text: stamp.footer, rooms: &footers },
        ];
        let strips = Strips::draw(press, &texts, &look, numbers)?;
        Ok(Plan { strips, code, look, rooms, beside })
    }

    /// Marks every drawing as the licence's, wherever its page may go.
    fn mark(&mut self, licence: &Licence, piece: Id) {
        let code = self.code.iter_mut().map(|code| &mut code.dict);
        for dict in self.strips.forms_made().chain(code) {
            licence.mark(dict, piece);
        }
    }

    fn objects(self) -> impl Iterator<Item = (Id, Body<'static>)> {
        self.strips.objects().chain(self.code.map(CodeForm::object))
    }

    /// Decides where header, footer and code go on a page, and what moves for them.
    fn lay(&self, position: usize, page: &Page, drawn: &Drawn) -> Result<Laid, StampError> {
        let look = &self.look;
        let number = position + 1;
        let (width, height) = page.size();
        let room = self.rooms[position];
        let code = self.code.as_ref().filter(|_| position == 0);
        let beside = if position == 0 { self.beside } else { room };
        if beside.min(room) < WIDTH_MIN {
            return Err(StampError::NoRoom { page: number });
        }
        let strip = |part, room| match self.strips.form(part, room) {
            Some((_, size)) if size.lines > LINES_MAX => {
                Err(StampError::TooLong { part, page: number })
            }
            strip => Ok(strip),
        };
        let mut forms = Forms::default();
        let (mut above, mut below) = (0.0_f64, 0.0_f64);
        if let Some((form, size)) = strip(Part::Header, room)? {
            above = look.edge + f64::from(size.height) + look.gap;
            forms.put(Part::Header, form, Matrix::shift(look.side, height + look.gap - above));
        }
        if let Some((form, size)) = strip(Part::Footer, beside)? {
            below = look.edge + f64::from(size.height) + look.gap;
            forms.put(Part::Footer, form, Matrix::shift(look.side, look.edge));
        }
        if let Some(code) = code {
            let (x, y) = code.place(width, look);
            forms.put(Part::Code, code.id, code.scale().then(&Matrix::shift(x, y)));
            // Where the page is so narrow that the note would take many lines, the code speaks for itself.
            if let Some((form, size)) = self.strips.form(Part::Note, beside.min(NOTE_WIDTH_MAX))
                && size.lines <= LINES_MAX
            {
                let y = if below > 0.0 { below - look.gap + NOTE_GAP } else { look.edge };
                below = y + f64::from(size.height) + look.gap;
                forms.put(Part::Note, form, Matrix::shift(look.side, y));
            }
            below = below.max(y + code.side());
        }
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
        forms.turn(&page.shown_to_own());
        Ok(Laid { forms, moved, widget: None })
    }
}
