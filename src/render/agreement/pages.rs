//! The pages of a file in their order, each with what it inherits.

use std::collections::BTreeSet;

use super::geometry::{Matrix, Rect};
use super::limits::{DEPTH_MAX, PAGES_MAX};
use super::refusal::Refusal;
use super::source::Source;
use super::value::{Dict, Id, Value, decimal};

/// A page as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    pub id: Id,
    /// What is shown of it, in its own units.
    shown: Rect,
    /// By how much it is turned clockwise when shown: 0, 90, 180 or 270 degrees.
    turn: u16,
    /// How long a unit is, in points.
    unit: f64,
    /// What it draws with.
    pub resources: Option<Resources>,
}

/// Where that which a page draws with stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Resources {
    /// An object of its own.
    Object(Id),
    /// Within a page, or a list of pages above it.
    Within(Id),
}

#[derive(Clone, Copy, Default)]
struct Inherited {
    media: Option<Rect>,
    crop: Option<Rect>,
    turn: Option<i64>,
    resources: Option<Resources>,
}

impl Page {
    /// Returns width and height as shown, in points.
    pub fn size(&self) -> (f64, f64) {
        let (width, height) = (self.shown.x1 - self.shown.x0, self.shown.y1 - self.shown.y0);
        let (width, height) = (width * self.unit, height * self.unit);
        if self.turn.is_multiple_of(180) { (width, height) } else { (height, width) }
    }

    /// Returns what is shown of it as a PDF writes a rectangle: corner, width and height.
    pub fn shown_corner_and_size(&self) -> String {
        let Rect { x0, y0, x1, y1 } = self.shown;
        [x0, y0, x1 - x0, y1 - y0].map(decimal).join(" ")
    }

    /// Returns the matrix from the page's own units to points from the lower left corner as shown.
    pub fn to_shown(&self) -> Matrix {
        let Rect { x0, y0, x1, y1 } = self.shown;
        let u = self.unit;
        Matrix(match self.turn {
            90 => [0.0, -u, u, 0.0, -y0 * u, x1 * u],
            180 => [-u, 0.0, 0.0, -u, x1 * u, y1 * u],
            270 => [0.0, u, -u, 0.0, y1 * u, -x0 * u],
            _ => [u, 0.0, 0.0, u, -x0 * u, -y0 * u],
        })
    }

    /// Returns the matrix that undoes [`Page::to_shown`].
    pub fn shown_to_own(&self) -> Matrix {
        let Rect { x0, y0, x1, y1 } = self.shown;
        let u = 1.0 / self.unit;
        Matrix(match self.turn {
            90 => [0.0, u, -u, 0.0, x1, y0],
            180 => [-u, 0.0, 0.0, -u, x1, y1],
            270 => [0.0, -u, u, 0.0, x0, y1],
            _ => [u, 0.0, 0.0, u, x0, y0],
        })
    }
}

/// Returns a file's pages. Errors with [`Refusal::NoPages`] where there are none.
pub fn pages(source: &Source) -> Result<Vec<Page>, Refusal> {
    let (_, catalogue) = source.catalogue()?;
    let root = catalogue.get("Pages").and_then(Value::as_ref).ok_or(Refusal::NoPages)?;
    let mut pages = Vec::new();
    let mut seen = BTreeSet::new();
    let mut waiting = vec![(root, 0, Inherited::default())];
    while let Some((id, depth, mut inherited)) = waiting.pop() {
        if !seen.insert(id) {
            return Err(Refusal::Looping { what: "the list of its pages" });
        }
        if depth > DEPTH_MAX {
            return Err(Refusal::Nested);
        }
        let node = source.object(id)?.map(|object| object.value);
        let Some(Value::Dict(node)) = node else {
            return Err(Refusal::damaged("a page is missing"));
        };
        let rect = |name| -> Result<Option<Rect>, Refusal> {
            let Value::Array(mut values) = source.get(&node, name)? else { return Ok(None) };
            for value in &mut values {
                *value = source.resolve(value)?;
            }
            Ok(Rect::of(&values))
        };
        inherited.media = rect("MediaBox")?.or(inherited.media);
        inherited.crop = rect("CropBox")?.or(inherited.crop);
        inherited.turn = source.get(&node, "Rotate")?.as_integer().or(inherited.turn);
        match node.get("Resources") {
            Some(Value::Ref(own)) => inherited.resources = Some(Resources::Object(*own)),
            Some(_) => inherited.resources = Some(Resources::Within(id)),
            None => {}
        }
        match source.get(&node, "Kids")? {
            Value::Array(kids) => {
                if seen.len() + waiting.len() + kids.len() > 2 * PAGES_MAX + DEPTH_MAX {
                    return Err(Refusal::TooManyPages);
                }
                for kid in kids.iter().rev() {
                    let kid = kid.as_ref().ok_or(Refusal::damaged("a page is missing"))?;
                    waiting.push((kid, depth + 1, inherited));
                }
            }
            _ if id == root => return Err(Refusal::NoPages),
            _ => {
                let number = pages.len() + 1;
                let unit = source.get(&node, "UserUnit")?.as_f64().unwrap_or(1.0);
                pages.push(page(id, &inherited, unit).ok_or(Refusal::PageSize { page: number })?);
                if pages.len() > PAGES_MAX {
                    return Err(Refusal::TooManyPages);
                }
            }
        }
    }
    if pages.is_empty() { Err(Refusal::NoPages) } else { Ok(pages) }
}

fn page(id: Id, inherited: &Inherited, unit: f64) -> Option<Page> {
    let media = inherited.media.filter(Rect::is_page)?;
    let crop = inherited.crop.and_then(|crop| crop.within(&media)).filter(Rect::is_page);
    // A turn that is no quarter is none to every reader.
    let turn = inherited.turn.unwrap_or(0).rem_euclid(360);
    let turn = if turn % 90 == 0 { turn as u16 } else { 0 };
    let unit = if (0.01..=1_000.0).contains(&unit) { unit } else { 1.0 };
    let shown = crop.unwrap_or(media);
    Some(Page { id, shown, turn, unit, resources: inherited.resources })
}

/// Returns the streams a page is drawn by.
pub fn contents<'s>(source: &'s Source, page: &Dict<'s>) -> Result<Vec<Id>, Refusal> {
    let ids = |values: &[Value]| values.iter().filter_map(Value::as_ref).collect();
    Ok(match page.get("Contents") {
        Some(Value::Array(values)) => ids(values),
        Some(Value::Ref(id)) => match source.object(*id)?.map(|object| object.value) {
            Some(Value::Array(values)) => ids(&values),
            Some(Value::Dict(_)) => vec![*id],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    })
}

/// Returns what a page draws with, its own or inherited.
pub fn resources<'s>(source: &'s Source, page: &Page) -> Result<Dict<'s>, Refusal> {
    let (id, is_within) = match page.resources {
        Some(Resources::Object(id)) => (id, false),
        Some(Resources::Within(id)) => (id, true),
        None => return Ok(Dict::default()),
    };
    match source.object(id)?.map(|object| object.value) {
        Some(Value::Dict(node)) if is_within => source.dict(&node, "Resources"),
        Some(Value::Dict(dict)) => Ok(dict),
        _ => Ok(Dict::default()),
    }
}
