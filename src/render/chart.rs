//! Bars in the terminal: one a row, as long as its value.

/// One bar: what it is of, its two parts one after the other, and its value in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    pub label: String,
    pub solid: i64,
    /// What is only expected, drawn lighter.
    pub light: i64,
    pub shown: String,
}

/// No bar is shorter than this at its longest, however narrow the screen.
const LENGTH_MIN: usize = 10;

const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/// Returns the bars, the longest as long as `width` columns allow beside labels and values.
pub fn bars(bars: &[Bar], width: u16, has_colour: bool) -> String {
    let longest = |text: fn(&Bar) -> &str| bars.iter().map(|bar| text(bar).chars().count()).max();
    let label_width = longest(|bar| &bar.label).unwrap_or_default();
    let shown_width = longest(|bar| &bar.shown).unwrap_or_default();
    let room = usize::from(width).saturating_sub(label_width + shown_width + 3).max(LENGTH_MIN);
    let most = bars.iter().map(|bar| bar.solid + bar.light).max().unwrap_or_default();
    bars.iter()
        .map(|bar| {
            let drawn = drawn(bar, most, room);
            let (colour, end) = if has_colour { ("\u{1b}[36m", "\u{1b}[0m") } else { ("", "") };
            let gap = if drawn.is_empty() { "" } else { " " };
            let painted = if drawn.is_empty() { drawn } else { format!("{colour}{drawn}{end}") };
            format!("{:label_width$}  {painted}{gap}{}\n", bar.label, bar.shown)
        })
        .collect()
}

/// Returns the blocks of one bar; the least value that is not nothing is still to be seen.
fn drawn(bar: &Bar, most: i64, room: usize) -> String {
    if bar.solid + bar.light <= 0 {
        return String::new();
    }
    let eighths = |value: i64| {
        let eighths = i128::from(value) * room as i128 * 8 / i128::from(most);
        usize::try_from(eighths).unwrap_or_default()
    };
    if bar.light == 0 {
        let length = eighths(bar.solid).max(1);
        return format!("{}{}", "█".repeat(length / 8), EIGHTHS[length % 8]);
    }
    let whole = (eighths(bar.solid + bar.light) / 8).max(1);
    let solid = ((eighths(bar.solid) + 4) / 8).min(whole);
    format!("{}{}", "█".repeat(solid), "░".repeat(whole - solid))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(label: &str, solid: i64, light: i64) -> Bar {
        Bar { label: label.to_owned(), solid, light, shown: (solid + light).to_string() }
    }

    #[test]
    fn the_longest_bar_fills_the_screen_and_the_others_are_in_proportion() {
        let chart =
            bars(&[bar("a", 100, 0), bar("bb", 50, 0), bar("c", 1, 0), bar("d", 0, 0)], 24, false);
        let lines: Vec<&str> = chart.lines().collect();
        assert_eq!(lines[0], "a   ████████████████ 100");
        assert_eq!(lines[0].chars().count(), 24);
        assert_eq!(lines[1], "bb  ████████ 50");
        assert_eq!(lines[2], "c   ▏ 1");
        assert_eq!(lines[3], "d   0");
    }

    #[test]
    fn what_is_expected_is_drawn_lighter_than_what_is_there() {
        let chart = bars(&[bar("a", 50, 50), bar("b", 0, 25), bar("c", 100, 0)], 23, false);
        assert_eq!(chart, "a  ████████░░░░░░░░ 100\nb  ░░░░ 25\nc  ████████████████ 100\n");
    }

    #[test]
    fn a_narrow_screen_still_shows_bars_and_colour_is_only_put_on_them() {
        assert_eq!(bars(&[bar("a", 7, 0)], 3, true), "a  \u{1b}[36m██████████\u{1b}[0m 7\n");
        assert_eq!(bars(&[], 80, true), "");
        let most = bar("a", i64::MAX, 0);
        assert_eq!(bars(&[most], 3, false).chars().filter(|c| *c == '█').count(), 10);
    }
}
