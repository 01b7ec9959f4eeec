//! The state of drawing on a page, step by step, as far as it decides where there is ink.
//!
//! Source: ISO 32000-2, 8.4 (state), 8.5 (paths), 9.3 and 9.4 (text).

use super::geometry::{Matrix, Rect};
use super::value::Value;

/// How wide a letter is taken to be, in its size: wide enough for what is set along the edge.
const LETTER_WIDTH: f64 = 0.6;

#[derive(Clone, Debug)]
pub struct State {
    /// From what is drawn to the page as shown.
    pub ctm: Matrix,
    /// Where drawing is seen; `None` is nowhere.
    pub clip: Option<Rect>,
    pub fill: Colour,
    pub stroke: Colour,
    pub text: Text,
    line_width: f64,
    /// Around the path begun, as shown.
    path: Option<Rect>,
    /// Whether the path will clip what follows.
    clips: bool,
}

#[derive(Clone, Copy, Debug)]
pub struct Colour {
    /// Whether it is white where all its parts are whole.
    pub adds: bool,
    pub is_white: bool,
}

#[derive(Clone, Debug)]
pub struct Text {
    pub size: f64,
    pub ascent: f64,
    pub descent: f64,
    leading: f64,
    rise: f64,
    is_hidden: bool,
    line: Matrix,
    at: Matrix,
}

impl State {
    /// Returns the state in which a page begins.
    pub fn new(ctm: Matrix, clip: Rect) -> State {
        let black = Colour { adds: true, is_white: false };
        let text = Text {
            size: 0.0,
            ascent: 0.95,
            descent: -0.25,
            leading: 0.0,
            rise: 0.0,
            is_hidden: false,
            line: Matrix::SAME,
            at: Matrix::SAME,
        };
        State {
            ctm,
            clip: Some(clip),
            fill: black,
            stroke: black,
            text,
            line_width: 1.0,
            path: None,
            clips: false,
        }
    }

    /// Returns what is seen of a rectangle drawn now, as shown.
    pub fn seen(&self, rect: &Rect) -> Option<Rect> {
        self.clip.and_then(|clip| self.ctm.rect(rect).within(&clip))
    }

    /// Takes one step, and returns the ink it leaves.
    pub fn step(&mut self, operator: &[u8], operands: &[Value]) -> Option<Rect> {
        let number = |at: usize| operands.get(at).and_then(Value::as_f64).unwrap_or(0.0);
        match operator {
            b"cm" => self.ctm = Matrix::of(operands).unwrap_or(Matrix::SAME).then(&self.ctm),
            b"w" => self.line_width = number(0).abs(),

            b"m" | b"l" => self.reach(&[(number(0), number(1))]),
            b"c" => self.reach(&[
                (number(0), number(1)),
                (number(2), number(3)),
                (number(4), number(5)),
            ]),
            b"v" | b"y" => self.reach(&[(number(0), number(1)), (number(2), number(3))]),
            b"re" => {
                let (x, y) = (number(0), number(1));
                let (x1, y1) = (x + number(2), y + number(3));
                self.reach(&[(x, y), (x1, y), (x, y1), (x1, y1)]);
            }
            b"W" | b"W*" => self.clips = true,
            b"n" => return self.paint(false, false),
            b"S" | b"s" => return self.paint(false, true),
            b"f" | b"F" | b"f*" => return self.paint(true, false),
            b"B" | b"B*" | b"b" | b"b*" => return self.paint(true, true),
            b"sh" => return self.clip,

            b"g" | b"rg" => self.fill = Colour { adds: true, is_white: whole(operands) },
            b"G" | b"RG" => self.stroke = Colour { adds: true, is_white: whole(operands) },
            b"k" => self.fill = Colour { adds: false, is_white: nought(operands) },
            b"K" => self.stroke = Colour { adds: false, is_white: nought(operands) },
            b"sc" | b"scn" => self.fill.is_white = self.fill.adds && whole(operands),
            b"SC" | b"SCN" => self.stroke.is_white = self.stroke.adds && whole(operands),

            b"BT" => (self.text.line, self.text.at) = (Matrix::SAME, Matrix::SAME),
            b"Tr" => self.text.is_hidden = matches!(number(0) as i64, 3 | 7),
            b"TL" => self.text.leading = number(0),
            b"Ts" => self.text.rise = number(0),
            b"Tm" => {
                self.text.line = Matrix::of(operands).unwrap_or(Matrix::SAME);
                self.text.at = self.text.line;
            }
            b"Td" => self.next_line(number(0), number(1)),
            b"TD" => {
                self.text.leading = -number(1);
                self.next_line(number(0), number(1));
            }
            b"T*" => self.next_line(0.0, -self.text.leading),
            b"Tj" | b"TJ" => return self.show(operands.last()?),
            b"'" | b"\"" => {
                self.next_line(0.0, -self.text.leading);
                return self.show(operands.last()?);
            }
            _ => {}
        }
        None
    }

    fn reach(&mut self, points: &[(f64, f64)]) {
        for (x, y) in points {
            let (x, y) = self.ctm.point(*x, *y);
            let point = Rect::around(x, y);
            self.path = Some(self.path.map_or(point, |path| path.with(&point)));
        }
    }

    fn paint(&mut self, fills: bool, strokes: bool) -> Option<Rect> {
        let path = self.path.take();
        let leaves_ink = (fills && !self.fill.is_white) || (strokes && !self.stroke.is_white);
        let around = path.map(|path| if strokes { self.widened(path) } else { path });
        let clip = self.clip;
        if std::mem::take(&mut self.clips) {
            self.clip = clip.and_then(|clip| path.and_then(|path| path.within(&clip)));
        }
        around.filter(|_| leaves_ink).and_then(|path| path.within(&clip?))
    }

    /// Returns a path with half its line's width around it.
    fn widened(&self, path: Rect) -> Rect {
        let [a, b, c, d, ..] = self.ctm.0;
        let scale = a.abs().max(b.abs()).max(c.abs()).max(d.abs());
        let half = self.line_width * scale / 2.0;
        Rect { x0: path.x0 - half, y0: path.y0 - half, x1: path.x1 + half, y1: path.y1 + half }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.text.line = Matrix::shift(x, y).then(&self.text.line);
        self.text.at = self.text.line;
    }

    fn show(&mut self, shown: &Value) -> Option<Rect> {
        let (mut letters, mut is_blank) = (0_usize, true);
        let mut gap = 0.0;
        let parts = shown.as_array().unwrap_or(std::slice::from_ref(shown));
        for part in parts {
            match part {
                Value::Text(spelling) => {
                    let inner = &spelling[1..spelling.len() - 1];
                    letters +=
                        if spelling[0] == b'<' { inner.len().div_ceil(2) } else { inner.len() };
                    is_blank &= match spelling[0] {
                        b'(' => inner.iter().all(|byte| *byte == b' '),
                        _ => inner.is_empty(),
                    };
                }
                part => gap -= part.as_f64().unwrap_or(0.0) / 1_000.0,
            }
        }
        let Text { size, ascent, descent, rise, .. } = self.text;
        let length = (letters as f64 * LETTER_WIDTH + gap) * size;
        let (y0, y1) = (descent * size + rise, ascent * size + rise);
        let rect =
            Rect { x0: length.min(0.0), y0: y0.min(y1), x1: length.max(0.0), y1: y0.max(y1) };
        let to_shown = self.text.at.then(&self.ctm);
        self.text.at = Matrix::shift(length, 0.0).then(&self.text.at);
        if is_blank || self.text.is_hidden || (self.fill.is_white && self.stroke.is_white) {
            return None;
        }
        to_shown.rect(&rect).within(&self.clip?)
    }
}

fn whole(parts: &[Value]) -> bool {
    !parts.is_empty() && parts.iter().all(|part| part.as_f64().is_some_and(|part| part >= 1.0))
}

fn nought(parts: &[Value]) -> bool {
    !parts.is_empty() && parts.iter().all(|part| part.as_f64().is_some_and(|part| part <= 0.0))
}
