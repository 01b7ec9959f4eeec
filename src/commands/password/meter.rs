//! How strong a password is, told to whoever chooses it.

use zxcvbn::{Score, zxcvbn};

use crate::domain::password::Password;

/// Returns one line: five steps from very weak to strong.
///
/// `words` are what everybody knows of the login, which a guesser would try first.
pub fn line(password: &Password, words: &[&str]) -> String {
    // A name is guessed as a whole and by each of its words.
    let parts = words.iter().flat_map(|word| word.split(|letter: char| !letter.is_alphanumeric()));
    let known: Vec<&str> = words.iter().copied().chain(parts).filter(|it| !it.is_empty()).collect();
    let (steps, word) = match zxcvbn(password.reveal(), &known).score() {
        Score::Zero => (1, "very weak"),
        Score::One => (2, "weak"),
        Score::Two => (3, "fair"),
        Score::Three => (4, "good"),
        _ => (5, "strong"),
    };
    format!("strength  {}{}  {word}", "■".repeat(steps), "□".repeat(5 - steps))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::secret::Secret;

    #[test]
    fn what_is_easily_guessed_is_called_weak_however_long() {
        let line = |text: &str| {
            let password = Password::read(&Secret::new(text.to_owned())).expect("a password");
            line(&password, &["Exempelbolaget AB"])
        };
        assert_eq!(line("aaaaaaaaaaaaaaab"), "strength  ■□□□□  very weak");
        assert_eq!(line("exempelbolaget2"), "strength  ■■□□□  weak");
        assert_eq!(line("lyktstolpe hallon sextant"), "strength  ■■■■■  strong");
    }
}
