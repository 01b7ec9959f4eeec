//! The fonts, and text set in them.
//!
//! Two cuts of one family lie in the program: the whole of Source Sans 3, and a Latin cut made of it
//! beforehand (`fonts/README.md` says how). A document is set in the Latin cut when that has all its
//! characters: it costs a tenth less to draw, and amounts stay whole for programs that read them,
//! since its no-break space is told from a space. The figures of the family are tabular as they
//! stand.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use krilla::color::rgb;
use krilla::geom::Point;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use parley::fontique::{
    Blob, Charmap, Collection, CollectionOptions, FontInfoOverride, SourceCache,
};
use parley::style::{
    FontFamily, FontFamilyName, FontWeight, LineHeight, OverflowWrap, StyleProperty,
};
use parley::{BaseDirection, FontContext, Layout, LayoutContext};

const LATIN_REGULAR: &[u8] = include_bytes!("fonts/InvoiceLatin-Regular.ttf");
const LATIN_SEMIBOLD: &[u8] = include_bytes!("fonts/InvoiceLatin-SemiBold.ttf");
const WHOLE_REGULAR: &[u8] = include_bytes!("fonts/SourceSans3-Regular.ttf");
const WHOLE_SEMIBOLD: &[u8] = include_bytes!("fonts/SourceSans3-SemiBold.ttf");

/// How much of the family a document is set in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cut {
    Latin,
    Whole,
}

/// How heavy the letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Weight {
    Regular,
    SemiBold,
}

/// How a text looks. Sizes are in points; `leading` is the distance between baselines.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    pub size: f32,
    pub leading: f32,
    pub weight: Weight,
    pub ink: rgb::Color,
}

/// How wide a text may be, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Measure {
    /// One line, as long as it needs to be.
    Line,
    /// Lines of at most this width.
    Column(f32),
}

/// A text broken into lines, ready to be placed. Lengths are in points.
pub struct Text {
    text: String,
    layout: Layout<rgb::Color>,
    style: Style,
    /// The width of its longest line.
    pub width: f32,
    /// All lines together.
    pub height: f32,
}

/// Sets text in the cut chosen by [`Typesetter::begin`].
pub struct Typesetter {
    fonts: FontContext,
    layouts: LayoutContext<rgb::Color>,
    latin: Faces,
    whole: Faces,
    cut: Cut,
    missing: Option<(char, String)>,
    /// What has been set before: from one invoice of a batch to the next, most texts are the same.
    kept: HashMap<Request, Arc<Text>>,
}

/// How many texts are kept before a document begins with none.
const KEPT_MAX: usize = 1_000;

/// All that decides how a text comes out. Lengths are by their bits, which can be compared.
#[derive(PartialEq, Eq, Hash)]
struct Request {
    text: String,
    cut: Cut,
    size: u32,
    leading: u32,
    weight: Weight,
    ink: rgb::Color,
    width: Option<u32>,
}

struct Faces {
    family: &'static str,
    regular: Font,
    semibold: Font,
    /// Which characters there are; the same in both weights.
    characters: Charmap<'static>,
}

impl Typesetter {
    /// Returns a typesetter with both cuts loaded.
    pub fn new() -> Typesetter {
        let options = CollectionOptions { shared: false, system_fonts: false };
        let mut fonts = FontContext {
            collection: Collection::new(options),
            source_cache: SourceCache::default(),
        };
        let latin = Faces::load(&mut fonts, "Latin", LATIN_REGULAR, LATIN_SEMIBOLD);
        let whole = Faces::load(&mut fonts, "Whole", WHOLE_REGULAR, WHOLE_SEMIBOLD);
        let layouts = LayoutContext::new();
        let kept = HashMap::new();
        Typesetter { fonts, layouts, latin, whole, cut: Cut::Latin, missing: None, kept }
    }

    /// Begins a document in `cut`, with nothing missing so far.
    pub fn begin(&mut self, cut: Cut) {
        self.cut = cut;
        self.missing = None;
        if self.kept.len() > KEPT_MAX {
            self.kept.clear();
        }
    }

    /// Returns the first character since [`Typesetter::begin`] that the cut lacks, and its text.
    pub fn missing(&self) -> Option<&(char, String)> {
        self.missing.as_ref()
    }

    /// Breaks a text into lines. A word longer than a line is broken where the line ends.
    ///
    /// Characters without shape, such as soft hyphens and zero-width spaces, are left out.
    pub fn set(&mut self, text: &str, style: Style, measure: Measure) -> Arc<Text> {
        let text: String = text.chars().filter(|character| !is_shapeless(*character)).collect();
        let request = Request {
            text,
            cut: self.cut,
            size: style.size.to_bits(),
            leading: style.leading.to_bits(),
            weight: style.weight,
            ink: style.ink,
            width: match measure {
                Measure::Line => None,
                Measure::Column(width) => Some(width.to_bits()),
            },
        };
        if let Some(text) = self.kept.get(&request) {
            return Arc::clone(text);
        }
        let faces = self.faces();
        let lacking = request.text.chars().find(|character| !faces.has(*character));
        let Some(lacking) = lacking else {
            let text = Arc::new(self.shape(&request.text, style, measure));
            self.kept.insert(request, Arc::clone(&text));
            return text;
        };
        // What the cut lacks is not shaped: the document is drawn no further than here, and for scripts
        // that break lines by a dictionary there is none.
        let shown: String = request.text.chars().filter(|it| faces.has(*it)).collect();
        let text = Arc::new(self.shape(&shown, style, measure));
        self.missing.get_or_insert((lacking, request.text));
        text
    }

    fn faces(&self) -> &Faces {
        match self.cut {
            Cut::Latin => &self.latin,
            Cut::Whole => &self.whole,
        }
    }

    fn shape(&mut self, text: &str, style: Style, measure: Measure) -> Text {
        let weight = match style.weight {
            Weight::Regular => FontWeight::NORMAL,
            Weight::SemiBold => FontWeight::SEMI_BOLD,
        };
        // Right-to-left letters are in neither cut, so the direction need not be guessed.
        let family = FontFamily::from(FontFamilyName::named(self.faces().family));
        let mut builder = self.layouts.ranged_builder(&mut self.fonts, text, 1.0, false);
        builder.set_base_direction(BaseDirection::Ltr);
        builder.push_default(StyleProperty::FontFamily(family));
        builder.push_default(StyleProperty::FontSize(style.size));
        builder.push_default(StyleProperty::FontWeight(weight));
        builder.push_default(StyleProperty::LineHeight(LineHeight::Absolute(style.leading)));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        builder.push_default(StyleProperty::Brush(style.ink));
        let mut layout = builder.build(text);
        layout.break_all_lines(match measure {
            Measure::Line => None,
            Measure::Column(width) => Some(width),
        });
        let (width, height) = (layout.width(), layout.len() as f32 * style.leading);
        Text { text: text.to_owned(), layout, style, width, height }
    }

    /// Draws some of a text's lines, the first at the top of `place`.
    pub fn draw(&self, surface: &mut Surface, text: &Text, lines: Range<usize>, place: Point) {
        let font = match text.style.weight {
            Weight::Regular => &self.faces().regular,
            Weight::SemiBold => &self.faces().semibold,
        };
        surface.set_fill(Some(Fill { paint: text.style.ink.into(), ..Fill::default() }));
        let size = text.style.size;
        let above = lines.start as f32 * text.style.leading;
        let mut glyphs = Vec::new();
        for line in text.layout.lines().skip(lines.start).take(lines.len()) {
            glyphs.clear();
            for run in line.runs() {
                for cluster in run.visual_clusters() {
                    if cluster.is_ligature_continuation() {
                        let begun: Option<&mut KrillaGlyph> = glyphs.last_mut();
                        if let Some(ligature) = begun {
                            ligature.text_range.end = cluster.text_range().end;
                        }
                        continue;
                    }
                    glyphs.extend(cluster.glyphs().map(|glyph| {
                        KrillaGlyph::new(
                            GlyphId::new(glyph.id),
                            glyph.advance / size,
                            glyph.x / size,
                            glyph.y / size,
                            0.0,
                            cluster.text_range(),
                            None,
                        )
                    }));
                }
            }
            if !glyphs.is_empty() {
                let metrics = line.metrics();
                let start =
                    Point::from_xy(place.x + metrics.offset, place.y + metrics.baseline - above);
                surface.draw_glyphs(start, &glyphs, font.clone(), &text.text, size, false);
            }
        }
    }
}

impl Text {
    /// Returns the number of its lines.
    pub fn lines(&self) -> usize {
        self.layout.len()
    }

    /// Returns what it says.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    #[cfg(test)]
    pub fn ink(&self) -> rgb::Color {
        self.style.ink
    }
}

impl Faces {
    fn load(
        fonts: &mut FontContext,
        family: &'static str,
        regular: &'static [u8],
        semibold: &'static [u8],
    ) -> Faces {
        let name = FontInfoOverride { family_name: Some(family), ..FontInfoOverride::default() };
        let mut characters = None;
        for bytes in [semibold, regular] {
            let blob = Blob::new(Arc::new(bytes));
            let added = fonts.collection.register_fonts(blob, Some(name));
            let (_, faces) = added.first().expect("the font carried in the program is whole");
            characters = faces[0].charmap_index().charmap(bytes);
        }
        let font = |bytes: &'static [u8]| {
            Font::new(bytes.into(), 0).expect("the font carried in the program is whole")
        };
        Faces {
            family,
            regular: font(regular),
            semibold: font(semibold),
            characters: characters.expect("the font carried in the program maps characters"),
        }
    }

    fn has(&self, character: char) -> bool {
        !is_private(character) && self.characters.map(character).is_some_and(|glyph| glyph != 0)
    }
}

/// Says whether a character is only a hint to whoever breaks or shapes the text.
fn is_shapeless(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
    )
}

/// Says whether a character means what two parties have agreed on, which an archive may not hold.
fn is_private(character: char) -> bool {
    matches!(character, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
}
