//! Where and how header and footer are written on copies, as the office chooses it.

use std::fmt;

/// Lengths and sizes of what is written on every page of a copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LicenceLook {
    /// From the left edge to the text, and as much at the right.
    pub margin_mm: u32,
    /// From the upper edge to the header, and from the lower edge to the footer.
    pub edge_mm: u32,
    pub text: TextSize,
    /// From 0, black, to 78: beyond that it is read badly.
    pub grey_percent: u32,
    /// What a page shows may be scaled down to this part of its size where it leaves no room; `None` leaves
    /// every page as it is.
    pub scale_percent: Option<u32>,
}

/// The size of letters, in tenths of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextSize(u32);

impl TextSize {
    const MIN: u32 = 40;
    const MAX: u32 = 240;

    /// Reads points with at most one decimal, 4 to 24.
    pub fn read(text: &str) -> Option<TextSize> {
        let (whole, tenth) = text.split_once('.').unwrap_or((text, "0"));
        let tenths = whole.parse::<u32>().ok()?.checked_mul(10)?;
        let tenth = tenth.parse().ok().filter(|tenth: &u32| *tenth < 10)?;
        let size = tenths.checked_add(tenth)?;
        (TextSize::MIN..=TextSize::MAX).contains(&size).then_some(TextSize(size))
    }

    pub fn points(self) -> f64 {
        f64::from(self.0) / 10.0
    }
}

impl fmt::Display for TextSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.points().fmt(f)
    }
}

impl Default for LicenceLook {
    fn default() -> LicenceLook {
        LicenceLook {
            margin_mm: 15,
            edge_mm: 5,
            text: TextSize(75),
            grey_percent: 33,
            scale_percent: Some(75),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_has_one_decimal_and_its_bounds() {
        for (text, size) in [("4", Some(40)), ("7.5", Some(75)), ("24.0", Some(240))] {
            assert_eq!(TextSize::read(text).map(|size| size.0), size, "{text}");
        }
        for text in ["", "3.9", "24.1", "7.55", "7,5", "-7", "7.", "99999999999"] {
            assert_eq!(TextSize::read(text), None, "{text}");
        }
        assert_eq!(TextSize(75).to_string(), "7.5");
        assert_eq!(TextSize(80).to_string(), "8");
    }
}
