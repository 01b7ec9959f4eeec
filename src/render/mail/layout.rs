//! How the text of a mail is laid out, so that a template may hold a paragraph on one line.

/// The longest line. Source: RFC 5322 2.1.1, "should".
const LINE_MAX: usize = 78;

/// Returns the text with long lines broken at spaces, no blank line twice and none at either end.
///
/// A broken line goes on under its own beginning, behind the `- ` of an item. No-break spaces hold,
/// and so does a word that is longer than a line.
pub fn wrapped(text: &str) -> String {
    let mut result = String::with_capacity(text.len() + text.len() / 8);
    let mut gap = false;
    for line in text.lines().map(|line| line.trim_end_matches([' ', '\t', '\r'])) {
        if line.is_empty() {
            gap = !result.is_empty();
            continue;
        }
        if gap {
            result.push('\n');
            gap = false;
        }
        break_line(line, &mut result);
    }
    result
}

fn break_line(line: &str, result: &mut String) {
    let unindented = line.trim_start_matches(' ');
    let item = if unindented.starts_with("- ") { 2 } else { 0 };
    let indent = " ".repeat(line.len() - unindented.len() + item);
    let mut rest = line.to_owned();
    loop {
        let Some(end) = break_at(&rest, indent.len()) else {
            result.push_str(&rest);
            result.push('\n');
            return;
        };
        result.push_str(rest[..end].trim_end_matches(' '));
        result.push('\n');
        rest = format!("{indent}{}", rest[end..].trim_start_matches(' '));
    }
}

/// Returns where a line that is too long breaks: at its last space that fits, or the first after it.
fn break_at(line: &str, indent: usize) -> Option<usize> {
    if line.chars().count() <= LINE_MAX {
        return None;
    }
    let spaces = || line.char_indices().enumerate().filter(|(_, (_, character))| *character == ' ');
    let fits = spaces()
        .filter(|(column, (byte, _))| *column <= LINE_MAX && *byte >= indent)
        .filter(|(_, (byte, _))| !line[..*byte].trim().is_empty())
        .last();
    let next = || spaces().find(|(column, (byte, _))| *column > LINE_MAX && *byte >= indent);
    fits.or_else(next).map(|(_, (byte, _))| byte)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn long_lines_go_on_under_their_beginning() {
        let words = "nio bokst ".repeat(9);
        assert_eq!(
            wrapped(&format!("{words}\n- {words}\n  {words}")),
            "nio bokst nio bokst nio bokst nio bokst nio bokst nio bokst nio bokst nio\n\
             bokst nio bokst\n\
             - nio bokst nio bokst nio bokst nio bokst nio bokst nio bokst nio bokst nio\n  \
             bokst nio bokst\n  \
             nio bokst nio bokst nio bokst nio bokst nio bokst nio bokst nio bokst nio\n  \
             bokst nio bokst\n"
        );
    }

    #[test]
    fn blank_lines_never_stand_in_twos_or_at_an_end() {
        assert_eq!(wrapped("\n\n a\n \n\n\nb  \n\n"), " a\n\nb\n");
        assert_eq!(wrapped(""), "");
    }

    #[test]
    fn what_must_not_be_broken_is_not() {
        let long = "x".repeat(100);
        assert_eq!(wrapped(&format!("- {long} y\n")), format!("- {long}\n  y\n"));
        let amount = format!("{} 4\u{a0}875,00\u{a0}kr", "y".repeat(75));
        assert_eq!(wrapped(&amount), format!("{}\n4\u{a0}875,00\u{a0}kr\n", "y".repeat(75)));
    }

    proptest! {
        #[test]
        fn no_word_is_lost_and_no_line_is_long(text in "[a-zå \n-]{0,400}") {
            let result = wrapped(&text);
            let words: Vec<&str> = text.split_whitespace().collect();
            prop_assert_eq!(result.split_whitespace().collect::<Vec<&str>>(), words);
            for line in result.lines() {
                let breakable = line.trim_start_matches([' ', '-']).contains(' ');
                prop_assert!(line.chars().count() <= LINE_MAX || !breakable, "{}", line);
            }
            prop_assert_eq!(wrapped(&result), result);
        }
    }
}
