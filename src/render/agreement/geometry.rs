//! Rectangles and matrices. Lengths are in the units of whichever space they are in.

use super::value::Value;

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    pub x0: f64,
    pub y0: f64,
    pub x1: f64,
    pub y1: f64,
}

/// `x' = a x + c y + e`, `y' = b x + d y + f`, as a PDF writes it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Matrix(pub [f64; 6]);

/// A longer side is no page: 200 inches were the limit of the format, and twice that is generous.
const LENGTH_MAX: f64 = 28_800.0;

impl Rect {
    /// Reads four numbers, in whichever order the corners stand.
    pub fn of(values: &[Value]) -> Option<Rect> {
        let [a, b, c, d] = values else { return None };
        let (a, b, c, d) = (a.as_f64()?, b.as_f64()?, c.as_f64()?, d.as_f64()?);
        Some(Rect { x0: a.min(c), y0: b.min(d), x1: a.max(c), y1: b.max(d) })
    }

    /// Says whether it could be a page's.
    pub fn is_page(&self) -> bool {
        let is_side = |length: f64| (1.0..=LENGTH_MAX).contains(&length);
        is_side(self.x1 - self.x0) && is_side(self.y1 - self.y0)
    }

    /// Returns what both have in common, if it has an area.
    pub fn within(&self, other: &Rect) -> Option<Rect> {
        let both = Rect {
            x0: self.x0.max(other.x0),
            y0: self.y0.max(other.y0),
            x1: self.x1.min(other.x1),
            y1: self.y1.min(other.y1),
        };
        (both.x0 <= both.x1 && both.y0 <= both.y1).then_some(both)
    }

    /// Returns the smallest that holds both.
    pub fn with(&self, other: &Rect) -> Rect {
        Rect {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }

    pub fn around(x: f64, y: f64) -> Rect {
        Rect { x0: x, y0: y, x1: x, y1: y }
    }
}

impl Matrix {
    pub const SAME: Matrix = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    pub fn shift(x: f64, y: f64) -> Matrix {
        Matrix([1.0, 0.0, 0.0, 1.0, x, y])
    }

    pub fn of(values: &[Value]) -> Option<Matrix> {
        let numbers: Option<Vec<f64>> = values.iter().map(Value::as_f64).collect();
        numbers?.try_into().ok().map(Matrix)
    }

    /// Returns the matrix that does this first and `next` after it.
    pub fn then(&self, next: &Matrix) -> Matrix {
        let ([a, b, c, d, e, f], n) = (self.0, next.0);
        Matrix([
            a * n[0] + b * n[2],
            a * n[1] + b * n[3],
            c * n[0] + d * n[2],
            c * n[1] + d * n[3],
            e * n[0] + f * n[2] + n[4],
            e * n[1] + f * n[3] + n[5],
        ])
    }

    pub fn point(&self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// Returns the smallest rectangle that holds `rect` when it has been moved.
    pub fn rect(&self, rect: &Rect) -> Rect {
        let corners =
            [(rect.x0, rect.y0), (rect.x1, rect.y0), (rect.x0, rect.y1), (rect.x1, rect.y1)];
        let mut points = corners.into_iter().map(|(x, y)| self.point(x, y));
        let (x, y) = points.next().expect("four corners");
        points.fold(Rect::around(x, y), |rect, (x, y)| rect.with(&Rect::around(x, y)))
    }

    /// Returns the numbers as a PDF has them.
    pub fn write(&self) -> String {
        self.0.map(super::value::decimal).join(" ")
    }
}
