//! Places on a page that move when what the page shows is scaled: bookmarks, links, notes and fields,
//! patterns.

use super::geometry::{Matrix, Rect};
use super::survey::is_place;
use super::value::{Dict, Id, Value};

/// Returns a page's matrix by its id, if what it shows is moved. All such matrices scale both ways alike
/// and turn nothing.
pub type Moves<'m> = &'m dyn Fn(Id) -> Option<Matrix>;

/// Moves every place on a moved page that stands within a value.
pub fn move_places(value: &mut Value, moves: Moves) {
    value.each_mut(&mut |value| {
        let Value::Array(values) = value else { return };
        if !is_place(values) {
            return;
        }
        let Some(matrix) = values[0].as_ref().and_then(moves) else { return };
        let name = values[1].as_name().unwrap_or_default().to_vec();
        let across: &[bool] = match &name[..] {
            b"XYZ" => &[true, false],
            b"FitH" | b"FitBH" => &[false],
            b"FitV" | b"FitBV" => &[true],
            _ => &[true, false, true, false],
        };
        for (value, is_across) in values[2..].iter_mut().zip(across) {
            move_number(value, &matrix, *is_across);
        }
    });
}

/// Moves a note, link or field: its own place, and the points it is drawn by.
pub fn move_note(note: &mut Dict, matrix: &Matrix) {
    if let Some(Value::Array(values)) = note.get_mut("Rect")
        && let Some(rect) = Rect::of(values)
    {
        let moved = matrix.rect(&rect);
        *values = [moved.x0, moved.y0, moved.x1, moved.y1].map(Value::real).to_vec();
    }
    for name in ["QuadPoints", "Vertices", "L", "CL", "InkList", "Path"] {
        if let Some(Value::Array(values)) = note.get_mut(name) {
            move_points(values, matrix);
        }
    }
}

/// Moves points that stand in pairs of numbers, or in lists of such.
fn move_points(values: &mut [Value], matrix: &Matrix) {
    for (position, value) in values.iter_mut().enumerate() {
        match value {
            Value::Array(points) => move_points(points, matrix),
            value => move_number(value, matrix, position % 2 == 0),
        }
    }
}

fn move_number(value: &mut Value, matrix: &Matrix, is_across: bool) {
    if let Some(number) = value.as_f64() {
        let (x, y) = matrix.point(number, number);
        *value = Value::real(if is_across { x } else { y });
    }
}

/// Moves a pattern, which lies on the page and not on what is drawn with it. Source: ISO 32000-2, 8.7.2.
pub fn move_pattern(pattern: &mut Dict, matrix: &Matrix) {
    let own = pattern.get("Matrix").and_then(Value::as_array).and_then(Matrix::of);
    let moved = own.unwrap_or(Matrix::SAME).then(matrix);
    // Of a pattern with small steps, five decimals are too few.
    let numbers = moved.0.map(|number| format!("{number:.10}").into_bytes());
    let numbers = numbers.map(|spelling| Value::Number(spelling.into()));
    pattern.set("Matrix", Value::Array(numbers.to_vec()));
}
