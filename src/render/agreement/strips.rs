//! The texts of a copy, drawn once for each width they are needed in, as forms of the new file.

use std::collections::{BTreeMap, BTreeSet};

use super::super::pdf::Press;
use super::super::pdf::strip::{StripLook, StripSize};
use super::error::{Part, StampError};
use super::look::Look;
use super::pages::{contents, pages, resources};
use super::refusal::Refusal;
use super::source::Source;
use super::value::{Dict, Id, Value};
use super::writer::{Body, Numbers};

/// A text may take so many lines.
pub const LINES_MAX: usize = 4;

/// Widths that a text must be broken for are rounded down to multiples of this, in points, so that
/// pages of many sizes need few drawings.
const WIDTH_STEP: f64 = 6.0;

/// How far letters may reach beyond the strip they are set on, in points.
const BLEED: f64 = 2.0;

/// A text to be set in the widths that pages have for it, in points.
pub struct Set<'t> {
    pub part: Part,
    pub text: &'t str,
    pub rooms: &'t [f64],
}

/// Texts as they will be drawn: of each part, in each width, the form and its size.
pub struct Strips {
    natural: BTreeMap<Part, f64>,
    forms: BTreeMap<(Part, u64), (Id, StripSize)>,
    drawings: Vec<Drawing>,
    /// The other objects that they are made of.
    objects: Vec<(Id, Body<'static>)>,
}

/// A form: its dictionary, and the bytes it is drawn by, packed as that says.
struct Drawing {
    id: Id,
    dict: Dict<'static>,
    data: Vec<u8>,
}

/// Errors when a text cannot be set on a page: the font lacks one of its letters.
pub fn check_text(press: &mut Press, text: &str) -> Result<(), StampError> {
    press.line_width(&plain(text), strip_look(&Look::default()))?;
    Ok(())
}

fn strip_look(look: &Look) -> StripLook {
    StripLook { size: look.size as f32, leading: look.leading as f32, grey: look.grey }
}

impl Strips {
    /// Draws texts. An empty one is left out.
    pub fn draw(
        press: &mut Press,
        texts: &[Set],
        look: &Look,
        numbers: &mut Numbers,
    ) -> Result<Strips, StampError> {
        let look = strip_look(look);
        let texts: BTreeMap<Part, (String, &[f64])> = texts
            .iter()
            .map(|set| (set.part, (plain(set.text), set.rooms)))
            .filter(|(_, (text, _))| !text.is_empty())
            .collect();
        let mut strips = Strips {
            natural: BTreeMap::new(),
            forms: BTreeMap::new(),
            drawings: Vec::new(),
            objects: Vec::new(),
        };
        let mut wanted = BTreeSet::new();
        for (part, (text, rooms)) in &texts {
            let width = f64::from(press.line_width(text, look)?);
            strips.natural.insert(*part, width);
            wanted.extend(rooms.iter().map(|room| (*part, fitting(width, *room).to_bits())));
        }
        let wanted: Vec<(Part, u64)> = wanted.into_iter().collect();
        let set: Vec<(&str, f32)> = wanted
            .iter()
            .map(|(part, width)| (texts[part].0.as_str(), f64::from_bits(*width) as f32))
            .collect();
        if set.is_empty() {
            return Ok(strips);
        }
        let drawn = press.strips(&set, look)?;
        let source = Source::open(&drawn.pdf)?;
        let mut import = Import::new(&source, numbers);
        for ((key, size), page) in wanted.into_iter().zip(drawn.sizes).zip(pages(&source)?) {
            let drawing = import.form(&page, size)?;
            strips.forms.insert(key, (drawing.id, size));
            strips.drawings.push(drawing);
        }
        strips.objects = import.finish()?;
        Ok(strips)
    }

    /// Returns the dictionaries of all forms.
    pub fn forms_made(&mut self) -> impl Iterator<Item = &mut Dict<'static>> {
        self.drawings.iter_mut().map(|drawing| &mut drawing.dict)
    }

    /// Returns all objects that the forms are made of.
    pub fn objects(self) -> impl Iterator<Item = (Id, Body<'static>)> {
        let stream = |Drawing { id, dict, data }| (id, Body::stream(dict, &data));
        self.drawings.into_iter().map(stream).chain(self.objects)
    }

    /// Returns the form of a part on a page with so much room from side to side, and its size.
    pub fn form(&self, part: Part, room: f64) -> Option<(Id, StripSize)> {
        let natural = self.natural.get(&part)?;
        self.forms.get(&(part, fitting(*natural, room).to_bits())).copied()
    }
}

/// Returns a text in one line, however it was broken.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the width a text is set in.
fn fitting(natural: f64, room: f64) -> f64 {
    if natural + 1.0 <= room { natural + 1.0 } else { (room / WIDTH_STEP).floor() * WIDTH_STEP }
}

/// Takes pages of one file over as forms of another.
struct Import<'s, 'n> {
    source: &'s Source<'s>,
    known: BTreeMap<Id, Id>,
    waiting: Vec<Id>,
    numbers: &'n mut Numbers,
}

impl<'s, 'n> Import<'s, 'n> {
    fn new(source: &'s Source<'s>, numbers: &'n mut Numbers) -> Import<'s, 'n> {
        Import { source, known: BTreeMap::new(), waiting: Vec::new(), numbers }
    }

    fn form(&mut self, page: &super::pages::Page, size: StripSize) -> Result<Drawing, Refusal> {
        let lost = || Refusal::damaged("a strip has no drawing");
        let node = self.source.object(page.id)?.map(|object| object.value);
        let Some(Value::Dict(node)) = node else { return Err(lost()) };
        let ids = contents(self.source, &node)?;
        let drawing = self.source.object(*ids.first().ok_or_else(lost)?)?.ok_or_else(lost)?;
        let (Value::Dict(drawing), Some(data)) = (drawing.value, drawing.data) else {
            return Err(lost());
        };
        let mut resources = Value::Dict(resources(self.source, page)?);
        self.renumber(&mut resources);
        let corners =
            [-BLEED, -BLEED, f64::from(size.width) + BLEED, f64::from(size.height) + BLEED];
        let mut dict = Dict::default()
            .with("Type", Value::name("XObject"))
            .with("Subtype", Value::name("Form"))
            .with("BBox", Value::Array(corners.map(Value::real).to_vec()))
            .with("Resources", resources);
        if let Some(filter) = drawing.get("Filter") {
            dict.set("Filter", filter.clone());
        }
        Ok(Drawing { id: self.numbers.take(), dict: dict.into_owned(), data: data.to_vec() })
    }

    /// Returns all objects taken over, with those they refer to, but the forms themselves.
    fn finish(mut self) -> Result<Vec<(Id, Body<'static>)>, Refusal> {
        let mut objects = Vec::new();
        while let Some(old) = self.waiting.pop() {
            let Some(mut object) = self.source.object(old)? else { continue };
            self.renumber(&mut object.value);
            objects.push((self.known[&old], Body::of(&object.value, object.data)));
        }
        Ok(objects)
    }

    fn renumber(&mut self, value: &mut Value) {
        value.each_mut(&mut |value| {
            if let Value::Ref(id) = value {
                let known = self.known.get(id).copied();
                *id = known.unwrap_or_else(|| {
                    let new = self.numbers.take();
                    self.known.insert(*id, new);
                    self.waiting.push(*id);
                    new
                });
            }
        });
    }
}
