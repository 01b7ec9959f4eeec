//! The passwords that are tried first.

/// The common passwords of fifteen characters and more, one a line in the order of their bytes, in
/// lower case. Origin: SecLists; its licence lies beside.
const COMMON: &str = include_str!("common.txt");

/// Says whether a password, in lower case, is one that many have chosen.
pub fn is_common(folded: &str) -> bool {
    COMMON.lines().any(|line| line == folded)
}

#[cfg(test)]
mod tests {
    use super::super::CHARACTERS_MIN;
    use super::*;

    #[test]
    fn the_list_holds_what_length_alone_would_let_through() {
        let lines: Vec<&str> = COMMON.lines().collect();
        assert!(lines.len() > 3000 && lines.is_sorted());
        for line in lines {
            assert!(line.len() >= CHARACTERS_MIN as usize && line == line.to_lowercase(), "{line}");
        }
        assert!(is_common("1qaz2wsx3edc4rfv") && !is_common("1QAZ2wsx3edc4rfv"));
    }
}
