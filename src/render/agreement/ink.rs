//! Where a page has ink, found by following how it is drawn.
//!
//! What is found is a rectangle around all ink, never smaller than the ink: pictures, lines and fills
//! by their corners, text by its baseline and the height of its letters, all within what is clipped.
//! White is no ink, since many programs begin a page by painting it white. A drawing that cannot be
//! followed (an unusual packing, one longer than the limits) counts as a page full of ink.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::filter::{Packed, unpack};
use super::geometry::{Matrix, Rect};
use super::lexer::{Lexer, is_space};
use super::limits::{
    DEFLATE_MAX, DRAWING_MAX, FORMS_DEPTH_MAX, VALUES_A_STEP, drawings_max, steps_max,
};
use super::pages::{Page, Resources, contents, resources};
use super::refusal::Refusal;
use super::source::Source;
use super::state::{Colour, State};
use super::value::{Dict, Id, Value};

/// What following a page's drawing found.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// Around all ink, in points from the lower left corner of the page as shown; `None` on a page
    /// that is blank.
    pub ink: Option<Rect>,
    /// States of drawing that it saves and never restores.
    pub unrestored: usize,
    /// States of drawing that it restores and never saved.
    pub unsaved: usize,
}

/// Follows pages, one after another, within the limits for all of them.
pub struct Follower<'s> {
    source: &'s Source<'s>,
    bytes_left: usize,
    steps_left: usize,
    /// How far the letters of fonts reach, for those seen so far.
    fonts: BTreeMap<Id, (f64, f64)>,
    /// What the last page drew with; the next often draws with the same.
    resources: Option<(Resources, Rc<Dict<'s>>)>,
}

/// The drawing is followed no further.
struct Lost;

impl From<Packed> for Lost {
    fn from(_: Packed) -> Lost {
        Lost
    }
}

impl From<Refusal> for Lost {
    fn from(_: Refusal) -> Lost {
        Lost
    }
}

/// One page, or a drawing used on it.
struct Sheet<'s> {
    ink: Option<Rect>,
    bytes_left: usize,
    resources: Rc<Dict<'s>>,
}

impl<'s> Follower<'s> {
    pub fn new(source: &'s Source<'s>) -> Follower<'s> {
        Follower {
            source,
            bytes_left: drawings_max(source.bytes()),
            steps_left: steps_max(source.bytes()),
            fonts: BTreeMap::new(),
            resources: None,
        }
    }

    /// Returns what a page's drawing and its notes and fields cover.
    pub fn follow(&mut self, page: &Page) -> Drawn {
        let (width, height) = page.size();
        let whole = Rect { x0: 0.0, y0: 0.0, x1: width, y1: height };
        let full = Drawn { ink: Some(whole), unrestored: 0, unsaved: 0 };
        self.try_follow(page, whole).unwrap_or(full)
    }

    fn try_follow(&mut self, page: &Page, whole: Rect) -> Result<Drawn, Lost> {
        let node = self.source.object(page.id)?.map(|object| object.value);
        let Some(Value::Dict(dict)) = node else { return Err(Lost) };
        let resources = self.resources(page)?;
        let mut content = Vec::new();
        for id in contents(self.source, &dict)? {
            let Some(object) = self.source.object(id)? else { continue };
            let (Value::Dict(dict), Some(data)) = (object.value, object.data) else { continue };
            let left = DRAWING_MAX.saturating_sub(content.len()).min(self.bytes_left);
            content.extend(self.unpacked(&dict, data, left)?);
            content.push(b'\n');
        }
        let state = State::new(page.to_shown(), whole);
        let bytes_left = DRAWING_MAX.min(self.bytes_left);
        let mut sheet = Sheet { ink: None, bytes_left, resources };
        let (unrestored, unsaved) = self.run(&content, &mut sheet, state, 0)?;
        for note in notes(self.source, &dict)? {
            let to_shown = page.to_shown();
            sheet.mark(to_shown.rect(&note).within(&whole));
        }
        Ok(Drawn { ink: sheet.ink, unrestored, unsaved })
    }

    /// Returns a drawing's bytes, and counts them; those of one that cannot be unpacked too.
    fn unpacked(&mut self, dict: &Dict, data: &[u8], left: usize) -> Result<Vec<u8>, Lost> {
        let unpacked = unpack(dict, data, left, Some(self.source));
        self.bytes_left -= match &unpacked {
            Ok(bytes) => bytes.len(),
            Err(Packed::Unknown) => 0,
            Err(Packed::Beyond | Packed::Damaged) => left.min(DEFLATE_MAX * data.len()),
        };
        Ok(unpacked?)
    }

    /// Counts what was read as steps.
    fn charge(&mut self, values: usize) -> Result<(), Lost> {
        let steps = values / VALUES_A_STEP;
        self.steps_left = self.steps_left.checked_sub(steps).ok_or(Lost)?;
        Ok(())
    }

    /// Follows a drawing, and returns how many states it saves without restoring them, and how many
    /// it restores without having saved them.
    fn run(
        &mut self,
        content: &[u8],
        sheet: &mut Sheet<'s>,
        state: State,
        depth: usize,
    ) -> Result<(usize, usize), Lost> {
        let mut state = state;
        let (mut saved, mut unsaved): (Vec<State>, usize) = (Vec::new(), 0);
        let mut operands: Vec<Value> = Vec::new();
        let mut lexer = Lexer::new(content, 0);
        loop {
            lexer.space();
            let Some(byte) = lexer.peek() else { return Ok((saved.len(), unsaved)) };
            if b"/([<+-.0123456789".contains(&byte) {
                operands.push(lexer.value()?);
                self.charge(lexer.values())?;
                if operands.len() > 1_000 {
                    return Err(Lost);
                }
                continue;
            }
            let operator = lexer.run();
            self.steps_left = self.steps_left.checked_sub(1).ok_or(Lost)?;
            match operator {
                b"" => lexer.at += 1,
                b"true" | b"false" | b"null" => {
                    operands.push(Value::Null);
                    continue;
                }
                b"q" if saved.len() < 10_000 => saved.push(state.clone()),
                b"q" => return Err(Lost),
                b"Q" => match saved.pop() {
                    Some(restored) => state = restored,
                    None if unsaved < 10_000 => unsaved += 1,
                    None => return Err(Lost),
                },
                b"BI" => {
                    skip_picture(&mut lexer).ok_or(Lost)?;
                    sheet.mark(state.seen(&UNIT));
                }
                b"Do" => {
                    let name = operands.last().and_then(Value::as_name).ok_or(Lost)?;
                    self.use_object(name, sheet, &state, depth)?;
                }
                b"Tf" => {
                    let [Value::Name(name), size] = &operands[..] else { return Err(Lost) };
                    state.text.size = size.as_f64().ok_or(Lost)?;
                    (state.text.descent, state.text.ascent) = self.heights(name, sheet)?;
                }
                b"cs" | b"CS" => {
                    let name = operands.last().and_then(Value::as_name).ok_or(Lost)?;
                    let adds = self.adds(name, &sheet.resources)?;
                    let colour =
                        if operator == b"cs" { &mut state.fill } else { &mut state.stroke };
                    *colour = Colour { adds, is_white: false };
                }
                _ => {
                    if let Some(seen) = state.step(operator, &operands) {
                        sheet.mark(Some(seen));
                    }
                }
            }
            operands.clear();
        }
    }

    fn use_object(
        &mut self,
        name: &[u8],
        sheet: &mut Sheet<'s>,
        state: &State,
        depth: usize,
    ) -> Result<(), Lost> {
        let source = self.source;
        let objects = source.dict(&sheet.resources, "XObject")?;
        self.charge(objects.pairs.len())?;
        let known = objects.pairs.iter().rev().find(|(known, _)| **known == *name);
        let Some((_, Value::Ref(id))) = known else { return Ok(()) };
        let Some(object) = source.object(*id)? else { return Ok(()) };
        let (Value::Dict(dict), Some(data)) = (object.value, object.data) else { return Ok(()) };
        if !dict.has_name("Subtype", "Form") {
            sheet.mark(state.seen(&UNIT));
            return Ok(());
        }
        if depth >= FORMS_DEPTH_MAX {
            return Err(Lost);
        }
        let bytes = self.unpacked(&dict, data, sheet.bytes_left.min(self.bytes_left))?;
        sheet.bytes_left -= bytes.len();
        let mut inner = state.clone();
        if let Value::Array(values) = source.get(&dict, "Matrix")? {
            inner.ctm = Matrix::of(&values).ok_or(Lost)?.then(&state.ctm);
        }
        if let Value::Array(values) = source.get(&dict, "BBox")? {
            let clip = inner.ctm.rect(&Rect::of(&values).ok_or(Lost)?);
            inner.clip = inner.clip.and_then(|known| known.within(&clip));
        }
        let resources = match source.get(&dict, "Resources")? {
            Value::Dict(resources) => Rc::new(resources),
            _ => sheet.resources.clone(),
        };
        let mut form = Sheet { ink: None, bytes_left: sheet.bytes_left, resources };
        self.run(&bytes, &mut form, inner, depth + 1)?;
        sheet.bytes_left = form.bytes_left;
        sheet.mark(form.ink);
        Ok(())
    }

    /// Returns how far the letters of a font reach below and above the baseline, in its size.
    fn heights(&mut self, name: &[u8], sheet: &Sheet<'s>) -> Result<(f64, f64), Lost> {
        let fonts = self.source.dict(&sheet.resources, "Font")?;
        self.charge(fonts.pairs.len())?;
        let mut heights = (-0.25, 0.95);
        let known = fonts.pairs.iter().rev().find(|(known, _)| **known == *name);
        let id = known.and_then(|(_, font)| font.as_ref());
        if let Some(heights) = id.and_then(|id| self.fonts.get(&id)) {
            return Ok(*heights);
        }
        if let Some((_, font)) = known
            && let Value::Dict(font) = self.source.resolve(font)?
            && font.has_name("Subtype", "Type3")
        {
            // Such a font draws its letters in whatever space it likes.
            let numbers = |name| match self.source.get(&font, name) {
                Ok(Value::Array(values)) => values,
                _ => Vec::new(),
            };
            let space = Matrix::of(&numbers("FontMatrix")).ok_or(Lost)?;
            let letters = Rect::of(&numbers("FontBBox")).filter(|r| r.y1 > r.y0).ok_or(Lost)?;
            let letters = space.rect(&letters);
            heights = (letters.y0, letters.y1);
        }
        if let Some(id) = id {
            self.fonts.insert(id, heights);
        }
        Ok(heights)
    }

    fn resources(&mut self, page: &Page) -> Result<Rc<Dict<'s>>, Refusal> {
        if let (Some(wanted), Some((known, dict))) = (page.resources, &self.resources)
            && wanted == *known
        {
            return Ok(Rc::clone(dict));
        }
        let dict = Rc::new(resources(self.source, page)?);
        self.resources = page.resources.map(|resources| (resources, Rc::clone(&dict)));
        Ok(dict)
    }

    /// Says whether a space of colours is white where all its parts are whole.
    fn adds(&mut self, name: &[u8], resources: &Dict<'s>) -> Result<bool, Lost> {
        let is_adding = |name: &[u8]| {
            matches!(name, b"DeviceGray" | b"DeviceRGB" | b"CalGray" | b"CalRGB" | b"ICCBased")
        };
        let spaces = self.source.dict(resources, "ColorSpace")?;
        self.charge(spaces.pairs.len())?;
        let known = spaces.pairs.iter().rev().find(|(known, _)| **known == *name);
        Ok(match known.map(|(_, space)| self.source.resolve(space)).transpose()? {
            Some(Value::Array(parts)) => {
                parts.first().and_then(Value::as_name).is_some_and(is_adding)
            }
            Some(Value::Name(name)) => is_adding(&name),
            _ => is_adding(name),
        })
    }
}

const UNIT: Rect = Rect { x0: 0.0, y0: 0.0, x1: 1.0, y1: 1.0 };

impl Sheet<'_> {
    fn mark(&mut self, seen: Option<Rect>) {
        if let Some(seen) = seen {
            self.ink = Some(self.ink.map_or(seen, |ink| ink.with(&seen)));
        }
    }
}

/// Passes a picture that stands within a drawing, whose bytes may look like anything.
pub fn skip_picture(lexer: &mut Lexer) -> Option<()> {
    loop {
        lexer.space();
        match lexer.peek()? {
            b'/' | b'(' | b'[' | b'<' | b'+' | b'-' | b'.' | b'0'..=b'9' => {
                lexer.value().ok()?;
            }
            _ => match lexer.run() {
                b"ID" => break,
                b"true" | b"false" | b"null" => {}
                _ => return None,
            },
        }
    }
    let rest = lexer.data.get(lexer.at + 1..)?;
    let end = rest
        .windows(4)
        .position(|window| is_space(window[0]) && &window[1..3] == b"EI" && is_space(window[3]))?;
    lexer.at += end + 4;
    Some(())
}

/// Returns the places of notes and fields that can be seen. A link or a note's window cannot.
fn notes<'s>(source: &'s Source, page: &Dict<'s>) -> Result<Vec<Rect>, Refusal> {
    let Value::Array(notes) = source.get(page, "Annots")? else { return Ok(Vec::new()) };
    let mut places = Vec::new();
    for note in &notes {
        let Value::Dict(note) = source.resolve(note)? else { continue };
        let flags = source.get(&note, "F")?.as_integer().unwrap_or(0);
        let is_seen = !note.has_name("Subtype", "Link")
            && !note.has_name("Subtype", "Popup")
            && flags & 0b10 == 0;
        if let Value::Array(values) = source.get(&note, "Rect")?
            && is_seen
        {
            places.extend(Rect::of(&values));
        }
    }
    Ok(places)
}
