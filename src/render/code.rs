//! The square codes on what is printed (QR, ISO/IEC 18004), as dark stretches ready to be drawn.

use krilla::geom::{Path, PathBuilder};
use qrcodegen::{Mask, QrCode, QrCodeEcc, QrSegment, Version};

/// The light frame that readers need around a code, in modules.
pub const QUIET: usize = 4;

/// A code of more modules would be too fine to be read off a screen at the size it is drawn.
const BYTES_VERSION_MAX: u8 = 15;

/// Every reader undoes any mask. To weigh all eight against each other costs twenty times what the
/// rest of a code does, and content like this comes out mottled by the first best.
const MASK: u8 = 3;

/// A code as rows of dark modules, ready to be drawn.
pub struct Code {
    /// How many modules each side has, without the frame.
    modules: usize,
    /// The dark stretches: column, row and length, in modules.
    stretches: Vec<(usize, usize, usize)>,
}

impl Code {
    /// Returns the code of any text, to be read off a screen or fresh paper; `None` where it is too long.
    pub fn of_bytes(content: &str) -> Option<Code> {
        let segment = QrSegment::make_bytes(content.as_bytes());
        Code::of(segment, QrCodeEcc::Low, Version::new(BYTES_VERSION_MAX))
    }

    /// Returns the code of a text of digits, capitals and ` $%*+-./:`, to be read off paper that has lain
    /// about: fifteen hundredths of it may be lost. `None` where it is too long. Panics on other characters.
    pub fn of_capitals(content: &str) -> Option<Code> {
        let segment = QrSegment::make_alphanumeric(content);
        Code::of(segment, QrCodeEcc::Medium, Version::MAX)
    }

    fn of(segment: QrSegment, level: QrCodeEcc, max: Version) -> Option<Code> {
        let mask = Some(Mask::new(MASK));
        let segments = [segment];
        let made =
            QrCode::encode_segments_advanced(&segments, level, Version::MIN, max, mask, true);
        let made = made.ok()?;
        let modules = usize::try_from(made.size()).expect("a code has a size");
        let is_dark = |x: usize, y: usize| made.get_module(x as i32, y as i32);
        let mut stretches = Vec::new();
        for y in 0..modules {
            let mut x = 0;
            while x < modules {
                let length = (x..modules).take_while(|x| is_dark(*x, y)).count();
                if length > 0 {
                    stretches.push((x, y, length));
                }
                x += length + 1;
            }
        }
        Some(Code { modules, stretches })
    }

    /// Returns how many modules each side has, its light frame included.
    pub fn side(&self) -> usize {
        self.modules + 2 * QUIET
    }

    /// Returns the dark modules as one path of strokes a module wide: one path has no seams between
    /// its rows, whatever draws it, and a stroke takes half the words of a rectangle.
    ///
    /// It is measured in modules, since whole numbers are the shorter to write.
    pub fn path(&self) -> Option<Path> {
        let mut path = PathBuilder::new();
        for (x, y, length) in &self.stretches {
            let middle = (y + QUIET) as f32 + 0.5;
            path.move_to((x + QUIET) as f32, middle);
            path.line_to((x + QUIET + length) as f32, middle);
        }
        path.finish()
    }

    /// Returns the same path as a PDF draws it, black on a white square, measured in modules from the
    /// lower left corner.
    pub fn drawing(&self) -> String {
        let side = self.side();
        let mut drawing = format!("1 g 0 0 {side} {side} re f\n0 G 1 w\n");
        for (x, y, length) in &self.stretches {
            let (start, middle) = (x + QUIET, side - QUIET - y - 1);
            drawing += &format!("{start} {middle}.5 m {} {middle}.5 l\n", start + length);
        }
        drawing + "S\n"
    }
}
