//! Seats: who besides an account's first login may use what the account bought (R2).
//!
//! The first login of a licence's account takes the first seat of itself. Those after it hold while the
//! licence runs, as many as it has seats for, the first seated first; the others are suspended, and hold
//! again when there is room.

use super::login::Login;

/// A login that a licence has, or had, a seat for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    pub id: i64,
    pub login: Login,
    /// Whether the login is the first one of its own account, which is never suspended.
    pub is_first: bool,
}

/// Whether a login may be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoginStanding {
    Stands,
    /// It was a seat's of this licence, which has ended or has no room for it any more.
    Suspended {
        licence: i64,
    },
}

/// Says whether the seat in this place, counted from 0, holds where a licence has `seats` in all.
pub fn holds(place: usize, seats: i64) -> bool {
    i64::try_from(place).is_ok_and(|place| place + 1 < seats)
}

/// Returns how many seats are free, beside the first login's and `taken` others.
pub fn free(taken: usize, seats: i64) -> i64 {
    let taken = i64::try_from(taken).unwrap_or(i64::MAX);
    (seats - 1).saturating_sub(taken).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r2_the_first_login_takes_one_of_the_seats() {
        assert!(!holds(0, 1));
        assert!(holds(0, 2));
        assert!(!holds(1, 2));
        assert_eq!([free(0, 1), free(0, 5), free(4, 5), free(9, 5)], [0, 4, 0, 0]);
    }
}
