//! The passwords that are tried first.

/// The common passwords of fifteen characters and more, one a line in the order of their bytes, in
/// lower case. Origin: SecLists; its licence lies beside.
const COMMON: &str = include_str!("common.txt");

/// The commonest passwords of any length, Swedish ones too, one a line in the order of their bytes,
/// folded. What is made longer by repeating one, or by digits and signs, is tried next.
const COMMONEST: &str = include_str!("commonest.txt");

/// Returns a letter in lower case without its dots and accents, as it is typed where those are missing.
pub fn plain(letter: char) -> char {
    match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'æ' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'ý' | 'ÿ' => 'y',
        letter => letter,
    }
}

/// Says whether a folded password is one that many have chosen.
pub fn is_common(folded: &str) -> bool {
    COMMON.lines().any(|line| line.chars().map(plain).eq(folded.chars()))
}

/// Says whether a folded password is a common one between digits and signs, or if all its letters are
/// those of one or two of the commonest.
pub fn is_common_with_more(folded: &str) -> bool {
    let middle = folded.trim_matches(|character: char| !character.is_alphabetic());
    if !middle.is_empty() && is_common(middle) {
        return true;
    }
    let found: Vec<&str> = COMMONEST.lines().filter(|word| folded.contains(word)).collect();
    found.iter().any(|one| found.iter().any(|other| are_all_letters(&[one, other], folded)))
}

/// Says whether all letters of a text are part of these words.
fn are_all_letters(words: &[&str], text: &str) -> bool {
    let mut is_covered = vec![false; text.len()];
    for word in words {
        for (start, _) in text.match_indices(word) {
            is_covered[start..start + word.len()].fill(true);
        }
    }
    text.char_indices().all(|(at, character)| !character.is_alphabetic() || is_covered[at])
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

    #[test]
    fn the_commonest_are_folded_words_with_letters() {
        let words: Vec<&str> = COMMONEST.lines().collect();
        assert!(words.is_sorted() && words.len() > 200);
        for word in words {
            assert!(word.len() >= 4 && word.contains(char::is_alphabetic), "{word}");
            assert_eq!(word, word.to_lowercase().chars().map(plain).collect::<String>());
        }
    }
}
