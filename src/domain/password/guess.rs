//! Guessing: how long a login must be left alone after failed attempts.

/// How many failed attempts in a row cost nothing: people mistype.
const FREE_GUESSES: i64 = 4;

const WAIT_FIRST: i64 = 30;
const WAIT_MAX: i64 = 3600;

/// Returns the seconds until the next attempt after so many failed ones in a row, if it must wait:
/// thirty, then twice as many each time, at most an hour.
pub fn wait_seconds(failures: i64) -> Option<i64> {
    let doublings = failures.checked_sub(FREE_GUESSES + 1).filter(|doublings| *doublings >= 0)?;
    let seconds = WAIT_FIRST.checked_shl(u32::try_from(doublings.min(16)).ok()?)?;
    Some(seconds.min(WAIT_MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_begin_at_half_a_minute_and_double_to_an_hour() {
        let waits: Vec<Option<i64>> = (0..=14).map(wait_seconds).collect();
        assert_eq!(waits[..5], [None; 5]);
        let grown = [30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600];
        assert_eq!(waits[5..], grown.map(Some));
        assert_eq!(wait_seconds(i64::MAX), Some(3600));
        assert_eq!(wait_seconds(-1), None);
    }
}
