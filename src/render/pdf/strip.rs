//! Texts set on strips of paper just their size, to be laid on other documents.

use std::sync::Arc;

use krilla::color::rgb;
use krilla::geom::{Point, Size};
use krilla::page::PageSettings;
use krilla::{Document, SerializeSettings};

use super::fonts::{Cut, Measure, Style, Text, Weight};
use super::{PdfError, Press};

/// How texts on strips look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StripLook {
    /// In points.
    pub size: f32,
    /// The distance between baselines, in points.
    pub leading: f32,
    /// From 0, black, to 255, white.
    pub grey: u8,
}

/// Texts drawn, each a page of one PDF.
pub struct Strips {
    pub pdf: Vec<u8>,
    pub sizes: Vec<StripSize>,
}

/// How large a text came out, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StripSize {
    pub width: f32,
    pub height: f32,
    pub lines: usize,
}

impl Press {
    /// Returns texts drawn on strips, each broken into lines of at most its width: the same bytes for
    /// the same texts.
    ///
    /// Errors with [`PdfError::Character`] when a text holds a character that the font lacks.
    pub fn strips(&mut self, texts: &[(&str, f32)], look: StripLook) -> Result<Strips, PdfError> {
        let texts = self.set_strips(texts, look)?;
        let settings = SerializeSettings {
            enable_tagging: false,
            xmp_metadata: false,
            ..SerializeSettings::default()
        };
        let mut document = Document::new_with(settings);
        let mut sizes = Vec::new();
        for text in &texts {
            let (width, height) = (text.width.ceil().max(1.0), text.height);
            sizes.push(StripSize { width, height, lines: text.lines() });
            let size = Size::from_wh(width, height).expect("a text has a size");
            let mut page = document.start_page_with(PageSettings::new(size));
            let mut surface = page.surface();
            self.typesetter.draw(&mut surface, text, 0..text.lines(), Point::from_xy(0.0, 0.0));
            surface.finish();
            page.finish();
        }
        let pdf = document.finish().map_err(|error| PdfError::Standard(error.to_string()))?;
        Ok(Strips { pdf, sizes })
    }

    /// Returns how wide a text is in one line, in points. Errors as [`Press::strips`] does.
    pub fn line_width(&mut self, text: &str, look: StripLook) -> Result<f32, PdfError> {
        let texts = self.set_strips(&[(text, f32::INFINITY)], look)?;
        Ok(texts[0].width.ceil())
    }

    /// Sets texts in the small Latin font, and once more in the whole font where that is not enough.
    fn set_strips(
        &mut self,
        texts: &[(&str, f32)],
        look: StripLook,
    ) -> Result<Vec<Arc<Text>>, PdfError> {
        let StripLook { size, leading, grey } = look;
        let ink = rgb::Color::new(grey, grey, grey);
        let style = Style { size, leading, weight: Weight::Regular, ink };
        for cut in [Cut::Latin, Cut::Whole] {
            self.typesetter.begin(cut);
            let set = texts.iter().map(|(text, width)| {
                let measure =
                    if width.is_finite() { Measure::Column(*width) } else { Measure::Line };
                self.typesetter.set(text, style, measure)
            });
            let set: Vec<_> = set.collect();
            if self.typesetter.missing().is_none() {
                return Ok(set);
            }
        }
        let (character, text) = self.typesetter.missing().expect("a character is missing").clone();
        Err(PdfError::Character { character, text })
    }
}
