//! Characters in a row: as in the alphabet, among the digits, on the keyboard, or over and over.

/// How many characters in a row are taken for one; words have as many as three.
const RUN_MIN: usize = 4;

/// The rows of the keyboard, without dots and accents.
const ROWS: [&str; 3] = ["qwertyuiopa", "asdfghjkloa", "zxcvbnm"];

/// Returns how many characters a password has when those in a row count as one.
pub fn characters_without_runs(folded: &str) -> usize {
    let mut rest = folded;
    let mut count = 0;
    while !rest.is_empty() {
        let run = STEPS.iter().map(|follows| run(rest, follows)).max().unwrap_or(1);
        let taken = if run >= RUN_MIN { run } else { 1 };
        rest = rest.char_indices().nth(taken).map_or("", |(at, _)| &rest[at..]);
        count += 1;
    }
    count
}

/// Says whether a character follows another in one way.
type Follows = fn(char, char) -> bool;

const STEPS: [Follows; 4] = [
    |before, after| before == after || is_next(before, after),
    |before, after| before == after || is_next(after, before),
    is_right_of,
    |before, after| is_right_of(after, before),
];

/// Returns how many characters at the beginning of a text each follow the one before.
fn run(text: &str, follows: &Follows) -> usize {
    let pairs = text.chars().zip(text.chars().skip(1));
    1 + pairs.take_while(|(before, after)| follows(*before, *after)).count()
}

/// Says whether a character comes next in its script or among the digits, where 0 follows 9.
fn is_next(before: char, after: char) -> bool {
    let is_of_a_row = before.is_alphanumeric() && after.is_alphanumeric();
    is_of_a_row && (before as u32 + 1 == after as u32 || (before, after) == ('9', '0'))
}

fn is_right_of(before: char, after: char) -> bool {
    ROWS.iter().any(|row| row.chars().zip(row.chars().skip(1)).any(|pair| pair == (before, after)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_in_a_row_count_as_one() {
        for (text, count) in [
            ("", 0),
            ("abc", 3),
            ("abcd", 1),
            ("dcba1234", 2),
            ("1234567890123", 1),
            ("112233445566", 1),
            ("aaaabbbb", 1),
            ("qwertyuiop", 1),
            ("poiuytrewq", 1),
            ("katt", 4),
            ("123x456", 7),
            ("\u{1f989}\u{1f989}\u{1f989}\u{1f989}x", 2),
        ] {
            assert_eq!(characters_without_runs(text), count, "{text}");
        }
    }
}
