//! Pages as marks with places, the tree of what the marks mean, and both drawn as a PDF.
//!
//! Composing and drawing are apart, so that a page can be counted and measured before a byte is
//! written: page numbers need the number of pages, and tests look at places rather than at bytes.

use std::num::NonZeroU16;
use std::ops::Range;
use std::sync::Arc;

use krilla::Document;
use krilla::SerializeSettings;
use krilla::color::rgb;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::embed::EmbeddedFile;
use krilla::error::KrillaError;
use krilla::geom::{PathBuilder, Point, Rect, Size, Transform};
use krilla::image::Image;
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, Tag, TagGroup, TagKind, TagTree,
};

use super::super::code::Code;
use super::fonts::{Text, Typesetter};

/// A4, in points.
pub const PAGE_WIDTH: f32 = 595.276;
pub const PAGE_HEIGHT: f32 = 841.89;

/// Returns millimetres as points.
pub const fn mm(length: f32) -> f32 {
    length * 72.0 / 25.4
}

/// What can be seen: a text, a filled rectangle, a picture. Lengths are in points.
pub enum Mark {
    Text {
        text: Arc<Text>,
        lines: Range<usize>,
    },
    /// A text across the page, from the lower left to the upper right, centred on its place.
    Diagonal {
        text: Arc<Text>,
    },
    Band {
        width: f32,
        height: f32,
        ink: rgb::Color,
    },
    Picture {
        image: Image,
        width: f32,
        height: f32,
    },
    /// A square code, its light frame included in `side`.
    Code {
        code: Code,
        side: f32,
        ink: rgb::Color,
    },
}

impl Mark {
    /// Returns the mark of all lines of a text.
    pub fn whole(text: Arc<Text>) -> Mark {
        let lines = 0..text.lines();
        Mark::Text { text, lines }
    }
}

/// What a mark is to somebody who hears the document: a leaf of its tree, or nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Role {
    Leaf(usize),
    Artifact(ArtifactType),
}

/// A mark with the place of its upper left corner, in points from that of the page.
pub struct Placed {
    pub x: f32,
    pub y: f32,
    pub mark: Mark,
    pub role: Role,
}

/// A document that is composed but not drawn.
#[derive(Default)]
pub struct Composition {
    pub pages: Vec<Vec<Placed>>,
    /// The finished branches of each open group, the document itself first.
    open: Vec<Vec<Branch>>,
    leaves: usize,
    headings: Vec<Heading>,
}

enum Branch {
    Group(TagKind, Vec<Branch>),
    Leaf(usize),
}

struct Heading {
    title: String,
    page: usize,
    y: f32,
}

impl Composition {
    /// Returns a document with its first page begun.
    pub fn new() -> Composition {
        Composition { pages: vec![Vec::new()], open: vec![Vec::new()], ..Composition::default() }
    }

    /// Begins the next page.
    pub fn begin_page(&mut self) {
        self.pages.push(Vec::new());
    }

    /// Puts all that `body` places under one group of the tree.
    pub fn within<R>(
        &mut self,
        tag: impl Into<TagKind>,
        body: impl FnOnce(&mut Composition) -> R,
    ) -> R {
        self.begin_group();
        let result = body(self);
        self.end_group(tag);
        result
    }

    /// Begins a group that outlives a closure: a table over several pages.
    pub fn begin_group(&mut self) {
        self.open.push(Vec::new());
    }

    /// Ends the group begun last. A group of nothing leaves no trace.
    pub fn end_group(&mut self, tag: impl Into<TagKind>) {
        let branches = self.open.pop().expect("a group was begun");
        if !branches.is_empty() {
            self.branches().push(Branch::Group(tag.into(), branches));
        }
    }

    /// Returns a new leaf of the group begun last.
    pub fn leaf(&mut self) -> Role {
        let leaf = self.leaves;
        self.leaves += 1;
        self.branches().push(Branch::Leaf(leaf));
        Role::Leaf(leaf)
    }

    /// Places a mark on the last page.
    pub fn place(&mut self, x: f32, y: f32, mark: Mark, role: Role) {
        self.place_on(self.pages.len() - 1, x, y, mark, role);
    }

    /// Places a mark on one of the pages begun, the first being 0.
    pub fn place_on(&mut self, page: usize, x: f32, y: f32, mark: Mark, role: Role) {
        self.pages[page].push(Placed { x, y, mark, role });
    }

    /// Places a whole text as an artifact: drawn, but no part of what is read aloud.
    pub fn artifact(&mut self, kind: ArtifactType, x: f32, y: f32, text: Arc<Text>) {
        self.place(x, y, Mark::whole(text), Role::Artifact(kind));
    }

    /// Places a filled rectangle as an artifact.
    pub fn band(&mut self, x: f32, y: f32, width: f32, height: f32, ink: rgb::Color) {
        let role = Role::Artifact(ArtifactType::Layout);
        self.place(x, y, Mark::Band { width, height, ink }, role);
    }

    /// Places a whole text as a leaf, and returns the height it takes.
    pub fn text(&mut self, x: f32, y: f32, text: Arc<Text>) -> f32 {
        let height = text.height;
        let role = self.leaf();
        self.place(x, y, Mark::whole(text), role);
        height
    }

    /// Places a heading, which the outline lists too, and returns its height.
    pub fn heading(&mut self, level: u16, x: f32, y: f32, text: Arc<Text>) -> f32 {
        let title = text.as_str().to_owned();
        self.headings.push(Heading { title: title.clone(), page: self.pages.len() - 1, y });
        let level = NonZeroU16::new(level).expect("headings are counted from 1");
        self.within(Tag::Hn(level, Some(title)), |group| group.text(x, y, text))
    }

    fn branches(&mut self) -> &mut Vec<Branch> {
        self.open.last_mut().expect("the document itself is always open")
    }
}

/// Draws a composition whose groups are all ended. Errors when it breaks PDF/A-3a or PDF/UA-1.
pub fn draw(
    composition: &Composition,
    typesetter: &Typesetter,
    metadata: Metadata,
    attached: Option<EmbeddedFile>,
) -> Result<Vec<u8>, KrillaError> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A3_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .expect("PDF/A-3a and PDF/UA-1 have PDF 1.7 in common");
    let mut document =
        Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    document.set_metadata(metadata);
    if let Some(attached) = attached {
        document.embed_file(attached).expect("the only file of its name");
    }

    let mut leaves: Vec<Vec<Identifier>> = vec![Vec::new(); composition.leaves];
    let size = Size::from_wh(PAGE_WIDTH, PAGE_HEIGHT).expect("A4 has a size");
    for marks in &composition.pages {
        let mut page = document.start_page_with(PageSettings::new(size));
        let mut surface = page.surface();
        for placed in marks {
            match placed.role {
                Role::Leaf(leaf) => leaves[leaf].push(surface.start_tagged(ContentTag::Other)),
                Role::Artifact(kind) => {
                    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(kind)));
                }
            }
            draw_mark(&mut surface, typesetter, placed);
            surface.end_tagged();
        }
        surface.finish();
        page.finish();
    }

    let mut tree = TagTree::new();
    for branch in &composition.open[0] {
        match branch {
            Branch::Group(tag, branches) => tree.push(group(tag, branches, &leaves)),
            Branch::Leaf(leaf) => leaves[*leaf].iter().for_each(|id| tree.push(*id)),
        }
    }
    document.set_tag_tree(tree);

    let mut outline = Outline::new();
    for heading in &composition.headings {
        let place = XyzDestination::new(heading.page, Point::from_xy(0.0, heading.y));
        outline.push_child(OutlineNode::new(heading.title.clone(), place));
    }
    document.set_outline(outline);
    document.finish()
}

fn group(tag: &TagKind, branches: &[Branch], leaves: &[Vec<Identifier>]) -> TagGroup {
    let mut made = TagGroup::new(tag.clone());
    for branch in branches {
        match branch {
            Branch::Group(tag, branches) => made.push(group(tag, branches, leaves)),
            Branch::Leaf(leaf) => leaves[*leaf].iter().for_each(|id| made.push(*id)),
        }
    }
    made
}

fn draw_mark(surface: &mut Surface, typesetter: &Typesetter, placed: &Placed) {
    let place = Point::from_xy(placed.x, placed.y);
    match &placed.mark {
        Mark::Text { text, lines } => typesetter.draw(surface, text, lines.clone(), place),
        Mark::Diagonal { text } => {
            let centre = Point::from_xy(-text.width / 2.0, -text.height / 2.0);
            surface.push_transform(&Transform::from_translate(place.x, place.y));
            surface.push_transform(&Transform::from_rotate(-55.0));
            typesetter.draw(surface, text, 0..text.lines(), centre);
            surface.pop();
            surface.pop();
        }
        Mark::Band { width, height, ink } => {
            let mut path = PathBuilder::new();
            if let Some(rect) = Rect::from_xywh(place.x, place.y, *width, *height) {
                path.push_rect(rect);
            }
            if let Some(path) = path.finish() {
                surface.set_fill(Some(Fill { paint: (*ink).into(), ..Fill::default() }));
                surface.draw_path(&path);
            }
        }
        Mark::Code { code, side, ink } => {
            let module = side / code.side() as f32;
            surface.push_transform(&Transform::from_translate(place.x, place.y));
            surface.push_transform(&Transform::from_scale(module, module));
            if let Some(path) = code.path() {
                let paint = (*ink).into();
                surface.set_fill(None);
                surface.set_stroke(Some(Stroke { paint, width: 1.0, ..Stroke::default() }));
                surface.draw_path(&path);
                surface.set_stroke(None);
            }
            surface.pop();
            surface.pop();
        }
        Mark::Picture { image, width, height } => {
            if let Some(size) = Size::from_wh(*width, *height) {
                surface.push_transform(&Transform::from_translate(place.x, place.y));
                surface.draw_image(image.clone(), size);
                surface.pop();
            }
        }
    }
}
