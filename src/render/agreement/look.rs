//! Where and how a copy's header, footer and code are written.

use std::fmt;
use std::ops::RangeInclusive;

/// Where and how it is written. Lengths are in points, 1/72 inch, on the page as shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// From the left edge to the text, and as much at the right: 0 to 200 points.
    pub side: f64,
    /// From the upper edge to the header, and from the lower edge to the footer: 0 to 200 points.
    pub edge: f64,
    /// Between these and what the page shows: 0 to 100 points.
    pub gap: f64,
    /// The letters' size: 4 to 24 points.
    pub size: f64,
    /// Between the baselines of a text of several lines: 4 to 48 points.
    pub leading: f64,
    /// From 0, black, to 200: beyond that it is read badly, and 255 would be white.
    pub grey: u8,
    /// What a page shows may be scaled down to this part of its size, 0.3 to 1, where it leaves no room;
    /// `None` leaves every page as it is, and header and footer may then cover something.
    pub scale_min: Option<f64>,
    /// How wide the smallest square of the code is: 0.75 to 3 points. A telephone reads a third of a
    /// millimetre, 0.94 points, with ease; small pages get a smaller one, never under 0.75.
    pub module: f64,
}

/// Below this, a code that was printed is not read with certainty: 0.26 mm.
pub const MODULE_MIN: f64 = 0.75;

impl Default for Look {
    fn default() -> Look {
        Look {
            side: 42.5,
            edge: 14.0,
            gap: 3.0,
            size: 7.5,
            leading: 9.5,
            grey: 85,
            scale_min: Some(0.75),
            module: 1.0,
        }
    }
}

/// A measure out of its bounds.
#[derive(Clone, Debug, PartialEq)]
pub struct LookError {
    /// The field of [`Look`].
    pub name: &'static str,
    pub bounds: RangeInclusive<f64>,
}

impl fmt::Display for LookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (min, max) = (self.bounds.start(), self.bounds.end());
        write!(f, "the {} of a copy's look is from {min} to {max}", self.name)
    }
}

impl std::error::Error for LookError {}

impl Look {
    /// Says whether every measure is within its bounds, or which is the first that is not.
    pub fn check(&self) -> Result<(), LookError> {
        let measures = [
            ("side", self.side, 0.0..=200.0),
            ("edge", self.edge, 0.0..=200.0),
            ("gap", self.gap, 0.0..=100.0),
            ("size", self.size, 4.0..=24.0),
            ("leading", self.leading, 4.0..=48.0),
            ("grey", f64::from(self.grey), 0.0..=200.0),
            ("scale_min", self.scale_min.unwrap_or(1.0), 0.3..=1.0),
            ("module", self.module, MODULE_MIN..=3.0),
        ];
        let wrong = measures.into_iter().find(|(_, measure, bounds)| !bounds.contains(measure));
        wrong.map_or(Ok(()), |(name, _, bounds)| Err(LookError { name, bounds }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_is_within_its_bounds_or_says_which_measure_is_not() {
        assert_eq!(Look::default().check(), Ok(()));
        assert_eq!(Look { scale_min: None, ..Look::default() }.check(), Ok(()));
        for (look, name) in [
            (Look { side: -1.0, ..Look::default() }, "side"),
            (Look { edge: f64::NAN, ..Look::default() }, "edge"),
            (Look { gap: f64::INFINITY, ..Look::default() }, "gap"),
            (Look { size: 0.0, ..Look::default() }, "size"),
            (Look { leading: 500.0, ..Look::default() }, "leading"),
            (Look { grey: 255, ..Look::default() }, "grey"),
            (Look { scale_min: Some(0.1), ..Look::default() }, "scale_min"),
            (Look { module: 0.5, ..Look::default() }, "module"),
        ] {
            assert_eq!(look.check().map_err(|error| error.name), Err(name));
        }
        let wrong = Look { size: 3.0, ..Look::default() }.check().expect_err("too small");
        assert_eq!(wrong.to_string(), "the size of a copy's look is from 4 to 24");
    }
}
