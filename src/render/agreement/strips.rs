//! The header and the footer, drawn once for each width they are needed in, as forms of the new file.

use std::collections::{BTreeMap, BTreeSet};

use super::super::pdf::Press;
use super::super::pdf::strip::{StripLook, StripSize};
use super::error::{Part, StampError};
use super::pages::{contents, pages, resources};
use super::refusal::Refusal;
use super::source::Source;
use super::stamp::Stamp;
use super::value::{Dict, Id, Value};
use super::writer::Body;

/// A text may take so many lines.
pub const LINES_MAX: usize = 4;

/// Widths that a text must be broken for are rounded down to multiples of this, in points, so that
/// pages of many sizes need few drawings.
const WIDTH_STEP: f64 = 6.0;

/// How far letters may reach beyond the strip they are set on, in points.
const BLEED: f64 = 2.0;

/// Texts as they will be drawn: of each part, in each width, the form and its size.
pub struct Strips {
    natural: BTreeMap<Part, f64>,
    forms: BTreeMap<(Part, u64), (Id, StripSize)>,
    /// The objects that they are made of.
    pub objects: Vec<(Id, Body<'static>)>,
}

impl Strips {
    /// Draws what pages of these widths need, in objects numbered from `next`.
    pub fn draw(
        press: &mut Press,
        stamp: &Stamp,
        widths: &[f64],
        next: u32,
    ) -> Result<Strips, StampError> {
        let look = StripLook {
            size: stamp.look.size as f32,
            leading: stamp.look.leading as f32,
            grey: stamp.look.grey,
        };
        let texts = [(Part::Header, plain(stamp.header)), (Part::Footer, plain(stamp.footer))];
        let mut natural = BTreeMap::new();
        let mut wanted = BTreeSet::new();
        for (part, text) in texts.iter().filter(|(_, text)| !text.is_empty()) {
            let width = f64::from(press.line_width(text, look)?);
            natural.insert(*part, width);
            wanted.extend(widths.iter().map(|room| (*part, fitting(width, *room).to_bits())));
        }
        let wanted: Vec<(Part, u64)> = wanted.into_iter().collect();
        let set: Vec<(&str, f32)> = wanted
            .iter()
            .map(|(part, width)| {
                let (_, text) = texts.iter().find(|(known, _)| known == part).expect("a part");
                (text.as_str(), f64::from_bits(*width) as f32)
            })
            .collect();
        if set.is_empty() {
            return Ok(Strips { natural, forms: BTreeMap::new(), objects: Vec::new() });
        }
        let drawn = press.strips(&set, look)?;
        let source = Source::open(&drawn.pdf)?;
        let mut import = Import::new(&source, next);
        let mut forms = BTreeMap::new();
        for ((key, size), page) in wanted.into_iter().zip(drawn.sizes).zip(pages(&source)?) {
            let form = import.form(&page, size)?;
            forms.insert(key, (form, size));
        }
        let objects = import.finish()?;
        Ok(Strips { natural, forms, objects })
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
struct Import<'s> {
    source: &'s Source<'s>,
    numbers: BTreeMap<Id, u32>,
    waiting: Vec<Id>,
    next: u32,
    objects: Vec<(Id, Body<'static>)>,
}

impl<'s> Import<'s> {
    fn new(source: &'s Source<'s>, next: u32) -> Import<'s> {
        let (numbers, waiting, objects) = (BTreeMap::new(), Vec::new(), Vec::new());
        Import { source, numbers, waiting, next, objects }
    }

    fn form(&mut self, page: &super::pages::Page, size: StripSize) -> Result<Id, Refusal> {
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
        let id = (self.number(), 0);
        self.objects.push((id, Body::stream(dict, data)));
        Ok(id)
    }

    /// Returns all objects taken over, with those they refer to.
    fn finish(mut self) -> Result<Vec<(Id, Body<'static>)>, Refusal> {
        while let Some(old) = self.waiting.pop() {
            let Some(mut object) = self.source.object(old)? else { continue };
            self.renumber(&mut object.value);
            let id = (self.numbers[&old], 0);
            self.objects.push((id, Body::of(&object.value, object.data)));
        }
        Ok(self.objects)
    }

    fn number(&mut self) -> u32 {
        self.next += 1;
        self.next - 1
    }

    fn renumber(&mut self, value: &mut Value) {
        value.each_mut(&mut |value| {
            if let Value::Ref(id) = value {
                let known = self.numbers.get(id).copied();
                let number = known.unwrap_or_else(|| {
                    let number = self.number();
                    self.numbers.insert(*id, number);
                    self.waiting.push(*id);
                    number
                });
                *id = (number, 0);
            }
        });
    }
}
