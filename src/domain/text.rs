//! Text from outside: one line, nothing that cannot be seen, a bounded length.

use std::fmt;

/// The longest a name, address line or reference can be, in characters.
pub const LINE_MAX: usize = 200;

/// Why a piece of text was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextError {
    Empty,
    Control(char),
    TooLong { length: usize, max: usize },
}

impl fmt::Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TextError::Empty => f.write_str("it is empty"),
            TextError::Control(character) => {
                write!(f, "it holds the control character U+{:04X}", u32::from(*character))
            }
            TextError::TooLong { length, max } => {
                write!(f, "it is {length} characters long; at most {max} are allowed")
            }
        }
    }
}

impl std::error::Error for TextError {}

/// Returns `text` without surrounding white space, if it is one line that may be empty.
///
/// Refused are control characters, line and paragraph separators, the marks that turn the direction of
/// writing, and others that nobody sees: they have no place in a name and can make one look like another.
/// What copying from web pages and spreadsheets leaves behind unseen is taken away.
pub fn line(text: &str) -> Result<String, TextError> {
    let seen: String = text.chars().filter(|character| !is_left_behind(*character)).collect();
    let trimmed = seen.trim_matches([' ', '\u{a0}', '\t']);
    if let Some(character) = trimmed.chars().find(|character| is_refused(*character)) {
        return Err(TextError::Control(character));
    }
    let length = trimmed.chars().count();
    if length > LINE_MAX {
        return Err(TextError::TooLong { length, max: LINE_MAX });
    }
    Ok(trimmed.to_owned())
}

/// Returns `text` as [`line`] does, refusing an empty one.
pub fn required_line(text: &str) -> Result<String, TextError> {
    let line = line(text)?;
    if line.is_empty() { Err(TextError::Empty) } else { Ok(line) }
}

/// Returns `text` as paragraphs, one a line, none empty; refused as by [`line`], but for its length, which
/// is at most `max` in all.
pub fn paragraphs(text: &str, max: usize) -> Result<String, TextError> {
    let seen: String = text.chars().filter(|character| !is_left_behind(*character)).collect();
    let lines = seen.lines().map(|line| line.trim_matches([' ', '\u{a0}', '\t']));
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    let text = lines.join("\n");
    let refused = text.chars().find(|character| *character != '\n' && is_refused(*character));
    if let Some(character) = refused {
        return Err(TextError::Control(character));
    }
    match text.chars().count() {
        0 => Err(TextError::Empty),
        length if length > max => Err(TextError::TooLong { length, max }),
        _ => Ok(text),
    }
}

/// Soft hyphens, spaces and joiners without width, marks that say which way to write by themselves.
fn is_left_behind(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// The two that join and part letters are none of these: Persian names and pictures of people need them.
fn is_refused(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{61c}'
                | '\u{180e}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2061}'..='\u{206f}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// Returns the key by which names are sorted and searched.
///
/// Letters are compared without case and without accents, except that å, ä and ö are letters of
/// their own after z, as in a Swedish telephone book: they become the three characters that follow
/// `z` in ASCII, so that comparing bytes sorts them.
pub fn name_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    let mut gap = false;
    for character in name.chars().flat_map(char::to_lowercase) {
        if character.is_whitespace() {
            gap = !key.is_empty();
            continue;
        }
        if gap {
            key.push(' ');
            gap = false;
        }
        match character {
            'å' => key.push('{'),
            'ä' | 'æ' => key.push('|'),
            'ö' | 'ø' => key.push('}'),
            '\u{30a}' if key.ends_with('a') => replace_last(&mut key, '{'),
            '\u{308}' if key.ends_with('a') => replace_last(&mut key, '|'),
            '\u{308}' if key.ends_with('o') => replace_last(&mut key, '}'),
            '\u{300}'..='\u{36f}' => {}
            'à' | 'á' | 'â' | 'ã' => key.push('a'),
            'ç' => key.push('c'),
            'è' | 'é' | 'ê' | 'ë' => key.push('e'),
            'ì' | 'í' | 'î' | 'ï' => key.push('i'),
            'ñ' => key.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' => key.push('o'),
            'ù' | 'ú' | 'û' => key.push('u'),
            'ü' | 'ý' | 'ÿ' => key.push('y'),
            'ß' => key.push_str("ss"),
            'ł' => key.push('l'),
            other => key.push(other),
        }
    }
    key
}

fn replace_last(key: &mut String, with: char) {
    key.pop();
    key.push(with);
}

/// Returns how many characters must be put in, left out, changed or exchanged with their neighbour to
/// make one word the other.
pub fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let (mut former, mut before): (Vec<usize>, char) = (Vec::new(), '\0');
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (index, from) in left.chars().enumerate() {
        let mut next = vec![index + 1];
        for (column, to) in right.iter().enumerate() {
            let changed = row[column] + usize::from(from != *to);
            let mut steps = changed.min(row[column + 1] + 1).min(next[column] + 1);
            if index > 0 && column > 0 && before == *to && from == right[column - 1] {
                steps = steps.min(former[column - 1] + 1);
            }
            next.push(steps);
        }
        (former, row, before) = (row, next, from);
    }
    row[right.len()]
}

/// Returns the distance of two words where it is no more than `most`.
pub fn distance_within(most: usize, left: &str, right: &str) -> Option<usize> {
    // Most words differ in length by more, and need no closer look.
    let lengths = left.chars().count().abs_diff(right.chars().count());
    let is_close = lengths <= most;
    is_close.then(|| distance(left, right)).filter(|steps| *steps <= most)
}

/// Says whether `typed` may well be a slip for `known`: the beginning of it, or a few characters off.
pub fn is_near(typed: &str, known: &str) -> bool {
    let length = typed.chars().count();
    let allowed = match length {
        0..=3 => 0,
        4 => 1,
        5..=8 => 2,
        _ => 3,
    };
    known.starts_with(typed) && length > 2 || distance_within(allowed, typed, known).is_some()
}

/// Returns what of the words known is nearest to one that is none of them, if any is near.
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let near = known.into_iter().filter(|known| is_near(typed, known));
    near.min_by_key(|known| distance(typed, known))
}

/// Returns `text` as one word of a command typed in a shell.
pub fn shell_word(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_=./:@,+%#…".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// Returns `text` with every character that could steer a terminal written visibly.
///
/// Control characters, line separators, direction marks and characters that nobody sees become `\u{1b}`; everything else stands.
pub fn visible(text: &str) -> String {
    replaced(text, |character| format!("\\u{{{:x}}}", u32::from(character)))
}

/// Returns JSON with the same characters written as JSON writes them: another spelling of the same values.
///
/// Line ends and tabs, which JSON has between its values, stand.
pub fn visible_json(json: &str) -> String {
    let mut units = [0; 2];
    replaced(json, |character| match character {
        '\n' | '\t' => character.to_string(),
        _ => {
            let units = character.encode_utf16(&mut units).iter();
            units.map(|unit| format!("\\u{unit:04x}")).collect()
        }
    })
}

fn replaced(text: &str, mut with: impl FnMut(char) -> String) -> String {
    let is_unseen = |character: char| is_refused(character) || is_left_behind(character);
    if !text.chars().any(is_unseen) {
        return text.to_owned();
    }
    let mut seen = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match is_unseen(character) {
            true => seen.push_str(&with(character)),
            false => seen.push(character),
        }
    }
    seen
}

/// Says whether `text` holds a character that could steer a terminal or split a header.
pub fn steers(text: &str) -> bool {
    text.chars().any(is_refused)
}

/// Reads yes and no as spreadsheets write them, in Swedish and English.
pub fn parse_yes_no(text: &str) -> Result<bool, String> {
    match text.trim().to_lowercase().as_str() {
        "ja" | "j" | "yes" | "y" | "1" | "true" | "sant" | "x" => Ok(true),
        "nej" | "n" | "no" | "0" | "false" | "falskt" | "" => Ok(false),
        _ => Err(format!("`{text}` is neither yes nor no")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_keyboard_is_near_and_another_word_is_not() {
        assert_eq!(distance("faktura", "fakutra"), 1);
        assert_eq!(distance("", "ocr"), 3);
        for (typed, known) in
            [("payment_reminder", "payment_reminders"), ("invoces", "invoices"), ("acc", "account")]
        {
            assert!(is_near(typed, known), "{typed}");
        }
        for (typed, known) in [("from", "format"), ("reason", "json"), ("ort", "ocr")] {
            assert!(!is_near(typed, known), "{typed}");
        }
        assert_eq!(nearest("colour", ["columns", "color"]), Some("color"));
    }

    #[test]
    fn text_that_could_split_a_header_or_steer_a_terminal_is_refused() {
        for bad in [
            "a\r\nBcc: b",
            "\u{1b}[2J",
            "a\0b",
            "a\u{9b}31mb",
            "a\u{202e}b",
            "a\u{2028}b",
            "a\u{2066}b",
            "a\u{e0041}b",
        ] {
            assert!(matches!(line(bad), Err(TextError::Control(_))), "{bad:?}");
        }
        assert_eq!(line("\u{feff}Åke\u{ad}ri\u{200b} AB\u{200e}"), Ok("Åkeri AB".to_owned()));
        assert_eq!(line("می\u{200c}خواهم"), Ok("می\u{200c}خواهم".to_owned()));
        assert_eq!(line("  Åre kommun\u{a0}"), Ok("Åre kommun".to_owned()));
        assert_eq!(required_line("  "), Err(TextError::Empty));
        assert_eq!(line(&"å".repeat(201)), Err(TextError::TooLong { length: 201, max: 200 }));
    }

    #[test]
    fn names_sort_as_in_a_swedish_telephone_book() {
        let mut names = ["Östersund", "Zeta", "Ängelholm", "Åre", "anna", "Édith", "Bo"];
        names.sort_by_key(|name| name_key(name));
        assert_eq!(names, ["anna", "Bo", "Édith", "Zeta", "Åre", "Ängelholm", "Östersund"]);
    }

    #[test]
    fn composed_and_decomposed_letters_have_the_same_key() {
        assert_eq!(name_key("Åkeri  AB"), name_key("A\u{30a}keri AB"));
        assert_eq!(name_key("Östra"), name_key("O\u{308}stra"));
        assert_eq!(name_key("André"), "andre");
    }

    #[test]
    fn control_characters_are_shown_and_not_obeyed() {
        assert_eq!(visible("a\u{1b}[31mb\n"), "a\\u{1b}[31mb\\u{a}");
        assert_eq!(visible("a\u{200b}\u{202e}b"), "a\\u{200b}\\u{202e}b");
        assert_eq!(visible("Åre"), "Åre");
        let json = "{\n  \"name\": \"a\u{202e}b\u{9b}\u{e0041}\"\n}";
        assert_eq!(visible_json(json), "{\n  \"name\": \"a\\u202eb\\u009b\\udb40\\udc41\"\n}");
    }
}
