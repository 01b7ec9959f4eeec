//! The clock: the machine's, or one set by `SHOPCTL_NOW`.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Europe::Stockholm;

/// The environment variable that sets the clock: for reading anywhere, for changing in practice only.
pub const NOW_VARIABLE: &str = "SHOPCTL_NOW";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    System,
    Fixed(DateTime<Utc>),
}

impl Clock {
    /// Returns the clock that the environment asks for.
    ///
    /// Errors when the variable holds no RFC 3339 time.
    pub fn from_environment() -> Result<Clock, String> {
        match std::env::var(NOW_VARIABLE) {
            Err(_) => Ok(Clock::System),
            Ok(text) => DateTime::parse_from_rfc3339(&text)
                .map(|instant| Clock::Fixed(instant.to_utc()))
                .map_err(|_| {
                    format!(
                        "{NOW_VARIABLE} holds `{text}`, which is no time like 2027-03-01T06:00:00Z"
                    )
                }),
        }
    }

    pub fn is_fixed(self) -> bool {
        self != Clock::System
    }

    /// Returns the shop's time.
    pub fn now(self) -> DateTime<Utc> {
        match self {
            Clock::System => Utc::now(),
            Clock::Fixed(instant) => instant,
        }
    }

    /// Returns the machine's own time, whatever the shop's is.
    pub fn machine(self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// Returns the day of an instant in the shop's time zone.
pub fn day_of(instant: DateTime<Utc>) -> NaiveDate {
    instant.with_timezone(&Stockholm).date_naive()
}

/// Returns an instant as people read it, in the shop's time zone and to the minute.
pub fn minute_of(instant: DateTime<Utc>) -> String {
    instant.with_timezone(&Stockholm).format("%Y-%m-%d %H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_told_by_the_clock_on_the_wall_of_the_shop() {
        let instant = |text| DateTime::parse_from_rfc3339(text).expect("a time").to_utc();
        assert_eq!(minute_of(instant("2026-03-01T08:05:59Z")), "2026-03-01 09:05");
        assert_eq!(minute_of(instant("2026-06-30T22:00:00Z")), "2026-07-01 00:00");
    }

    #[test]
    fn the_shops_day_begins_at_midnight_in_stockholm() {
        let instant = |text| DateTime::parse_from_rfc3339(text).expect("a time").to_utc();
        assert_eq!(day_of(instant("2026-12-31T22:59:59Z")).to_string(), "2026-12-31");
        assert_eq!(day_of(instant("2026-12-31T23:00:00Z")).to_string(), "2027-01-01");
        assert_eq!(day_of(instant("2026-06-30T22:00:00Z")).to_string(), "2026-07-01");
    }
}
