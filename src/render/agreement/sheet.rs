//! The pages of a copy: what they show put between a beginning and an end of ours.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::error::Part;
use super::geometry::Matrix;
use super::ink::Drawn;
use super::pages::{Page, Resources, contents, resources};
use super::places::{Moves, move_note, move_pattern, move_places};
use super::refusal::Refusal;
use super::source::Source;
use super::value::{Dict, Id, Value};
use super::writer::{Body, Numbers};

/// Where things go on a page, in its own units.
#[derive(Clone, Copy, Debug)]
pub struct Laid {
    pub forms: Forms,
    /// How what the page shows is moved.
    pub moved: Option<Matrix>,
    /// A field that the page gets, of no size.
    pub widget: Option<Id>,
}

/// The forms drawn on a page, in the order of [`Part`], and where they stand.
#[derive(Clone, Copy, Debug, Default)]
pub struct Forms([Option<(Id, Matrix)>; Part::COUNT]);

impl Forms {
    pub fn put(&mut self, part: Part, form: Id, matrix: Matrix) {
        self.0[part as usize] = Some((form, matrix));
    }

    /// Moves all forms by a matrix more.
    pub fn turn(&mut self, matrix: &Matrix) {
        for (_, own) in self.0.iter_mut().flatten() {
            *own = own.then(matrix);
        }
    }
}

/// What the forms are called among a page's resources; of a name that is taken, more of it.
const NAMES: [&str; Part::COUNT] = ["LicenceHeader", "LicenceCode", "LicenceNote", "LicenceFooter"];

type Names = [Vec<u8>; Part::COUNT];

/// Resources with the forms among them, and what these are called there.
type Shared = (Id, Names);

/// The pages made so far, and what they have in common.
pub struct Sheets<'s, 'n> {
    source: &'s Source<'s>,
    numbers: &'n mut Numbers,
    made: BTreeMap<Id, Body<'s>>,
    /// Beginnings and ends; pages of one size share theirs.
    drawings: BTreeMap<Vec<u8>, Id>,
    /// Resources by whose they were, and what decides how they changed.
    resources: BTreeMap<(Option<Resources>, String), Shared>,
    /// Which resources have patterns, and so are another's on every page moved in another way.
    patterned: BTreeMap<Option<Resources>, bool>,
    /// Notes, links and fields on moved pages.
    notes: BTreeMap<Id, Matrix>,
}

impl<'s, 'n> Sheets<'s, 'n> {
    /// Returns no sheets yet.
    pub fn new(source: &'s Source<'s>, numbers: &'n mut Numbers) -> Sheets<'s, 'n> {
        Sheets {
            source,
            numbers,
            made: BTreeMap::new(),
            drawings: BTreeMap::new(),
            resources: BTreeMap::new(),
            patterned: BTreeMap::new(),
            notes: BTreeMap::new(),
        }
    }

    /// Returns the objects made, and the notes that are still to be moved.
    pub fn finish(self) -> (BTreeMap<Id, Body<'s>>, BTreeMap<Id, Matrix>) {
        (self.made, self.notes)
    }

    /// Lays out a page.
    pub fn lay(
        &mut self,
        page: &Page,
        drawn: &Drawn,
        laid: &Laid,
        moves: Moves,
    ) -> Result<(), Refusal> {
        let missing = || Refusal::damaged("a page is missing");
        let node = self.source.object(page.id)?.map(|object| object.value);
        let Some(Value::Dict(mut node)) = node else { return Err(missing()) };

        let (resources, names) = self.resources(page, laid)?;
        let begin = self.drawing(begin(page, drawn, laid));
        let end = self.drawing(end(drawn, laid, &names));
        let mut drawings = vec![Value::Ref(begin)];
        drawings.extend(contents(self.source, &node)?.into_iter().map(Value::Ref));
        drawings.push(Value::Ref(end));
        node.set("Contents", Value::Array(drawings));
        node.set("Resources", Value::Ref(resources));

        if let Some(matrix) = laid.moved
            && let Value::Array(mut notes) = self.source.get(&node, "Annots")?
        {
            for note in &mut notes {
                match note {
                    Value::Ref(id) => {
                        self.notes.entry(*id).or_insert(matrix);
                    }
                    Value::Dict(note) => move_note(note, &matrix),
                    _ => {}
                }
            }
            node.set("Annots", Value::Array(notes));
        }
        if let Some(widget) = laid.widget {
            let mut notes = match self.source.get(&node, "Annots")? {
                Value::Array(notes) => notes,
                _ => Vec::new(),
            };
            notes.push(Value::Ref(widget));
            node.set("Annots", Value::Array(notes));
        }
        let mut node = Value::Dict(node);
        move_places(&mut node, moves);
        self.made.insert(page.id, Body::of(&node, None));
        Ok(())
    }

    fn drawing(&mut self, content: Vec<u8>) -> Id {
        if let Some(id) = self.drawings.get(&content) {
            return *id;
        }
        let id = self.numbers.take();
        self.made.insert(id, Body::stream(Dict::default(), &content));
        self.drawings.insert(content, id);
        id
    }

    /// Returns a page's resources with the forms drawn on it among them, and what these are called there.
    /// Pages that shared theirs share these.
    fn resources(&mut self, page: &Page, laid: &Laid) -> Result<Shared, Refusal> {
        let forms = laid.forms.0.map(|form| form.map(|(id, _)| id));
        let moved = laid.moved.map_or(String::new(), |matrix| matrix.write());
        let key = |has_patterns: bool| {
            let moved = if has_patterns { moved.as_str() } else { "" };
            (page.resources, format!("{forms:?} {moved}"))
        };
        if let Some(has_patterns) = self.patterned.get(&page.resources)
            && let Some(known) = self.resources.get(&key(*has_patterns))
        {
            return Ok(known.clone());
        }
        let mut dict = resources(self.source, page)?;
        let has_patterns = dict.get("Pattern").is_some();
        self.patterned.insert(page.resources, has_patterns);
        let mut objects = self.source.dict(&dict, "XObject")?;
        let names = NAMES.map(|name| unused(name, &objects));
        for (name, form) in names.iter().zip(forms) {
            if let Some(form) = form {
                objects.pairs.push((Cow::Owned(name.clone()), Value::Ref(form)));
            }
        }
        dict.set("XObject", Value::Dict(objects));
        if let Some(matrix) = laid.moved {
            self.move_patterns(&mut dict, &matrix)?;
        }
        let id = self.numbers.take();
        self.made.insert(id, Body::of(&Value::Dict(dict), None));
        self.resources.insert(key(has_patterns), (id, names.clone()));
        Ok((id, names))
    }

    fn move_patterns(&mut self, resources: &mut Dict<'s>, matrix: &Matrix) -> Result<(), Refusal> {
        let mut patterns = self.source.dict(resources, "Pattern")?;
        for (_, pattern) in &mut patterns.pairs {
            match pattern {
                Value::Dict(dict) => move_pattern(dict, matrix),
                Value::Ref(id) => {
                    let Some(object) = self.source.object(*id)? else { continue };
                    let Value::Dict(mut dict) = object.value else { continue };
                    move_pattern(&mut dict, matrix);
                    let copy = self.numbers.take();
                    self.made.insert(copy, Body::of(&Value::Dict(dict), object.data));
                    *pattern = Value::Ref(copy);
                }
                _ => {}
            }
        }
        if !patterns.pairs.is_empty() {
            resources.set("Pattern", Value::Dict(patterns));
        }
        Ok(())
    }
}

fn unused(name: &str, objects: &Dict) -> Vec<u8> {
    let mut name = name.to_owned();
    while objects.pairs.iter().any(|(known, _)| **known == *name.as_bytes()) {
        name.push('x');
    }
    name.into_bytes()
}

/// Returns what stands before a page's own drawing. A moved page is clipped to what was shown of it, so
/// that nothing beyond its edges comes into sight, and states that it restores without having saved them
/// are saved beforehand.
fn begin(page: &Page, drawn: &Drawn, laid: &Laid) -> Vec<u8> {
    let mut content = "q\n".to_owned();
    if let Some(matrix) = laid.moved {
        content += &format!("{} cm\n{} re W n\n", matrix.write(), page.shown_corner_and_size());
    }
    content += &"q ".repeat(drawn.unsaved);
    content.into_bytes()
}

/// Returns what stands after a page's own drawing.
///
/// Source for the artifacts: ISO 32000-2, 14.8.2.2.
fn end(drawn: &Drawn, laid: &Laid, names: &Names) -> Vec<u8> {
    let mut content = Vec::new();
    content.extend("\nQ".repeat(1 + drawn.unrestored).bytes());
    content.push(b'\n');
    for ((part, form), name) in Part::ALL.into_iter().zip(laid.forms.0).zip(names) {
        let Some((_, matrix)) = form else { continue };
        let (kind, side) = match part {
            Part::Header => ("Header", "Top"),
            Part::Code | Part::Note | Part::Footer => ("Footer", "Bottom"),
        };
        let artifact =
            format!("/Artifact <</Type /Pagination /Subtype /{kind} /Attached [/{side}]>> BDC");
        content.extend(format!("{artifact}\nq {} cm /", matrix.write()).bytes());
        content.extend(name);
        content.extend(b" Do Q\nEMC\n");
    }
    content
}
