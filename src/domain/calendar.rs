//! The working days of Sweden, computed for any year.
//!
//! Source: lag (1989:253) om allmänna helgdagar; lag (1930:173) 2 § puts Saturdays and the eves of
//! Midsummer, Christmas and the New Year beside them.

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// Says whether an act that falls on `day` may wait until the next working day.
pub fn is_working_day(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !is_holiday(day)
}

/// Returns `day`, or the first working day after it.
pub fn next_working_day(mut day: NaiveDate) -> NaiveDate {
    while !is_working_day(day) {
        let Some(next) = day.succ_opt() else { return day };
        day = next;
    }
    day
}

/// Counts the working days after `day`, through `last`: banks are open on these.
pub fn working_days_after(day: NaiveDate, last: NaiveDate) -> u32 {
    let days = day.iter_days().skip(1).take_while(|day| *day <= last);
    days.fold(0, |count, day| count + u32::from(is_working_day(day)))
}

fn is_holiday(day: NaiveDate) -> bool {
    const FIXED: [(u32, u32); 8] =
        [(1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31)];
    if FIXED.contains(&(day.month(), day.day())) {
        return true;
    }
    let easter = easter_sunday(day.year());
    // Good Friday, Easter Monday and Ascension Day; the other feasts of Easter are Sundays.
    let from_easter = day.signed_duration_since(easter).num_days();
    if matches!(from_easter, -2 | 1 | 39) {
        return true;
    }
    // Midsummer's eve is the Friday from the 19th to the 25th; its day and All Saints' are Saturdays.
    day.weekday() == Weekday::Fri && day.month() == 6 && (19..=25).contains(&day.day())
}

/// Returns Easter Sunday of the Gregorian calendar, by the anonymous algorithm of 1876.
fn easter_sunday(year: i32) -> NaiveDate {
    let golden = year % 19;
    let (century, of_century) = (year / 100, year % 100);
    let moon_shift = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - moon_shift + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let days_from_march = epact + weekday - 7 * late + 21;
    let march = NaiveDate::from_ymd_opt(year, 3, 1).expect("every year has a first of March");
    march + Days::new(days_from_march as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn easter_falls_where_the_almanac_has_it() {
        for day in ["1961-04-02", "2000-04-23", "2008-03-23", "2011-04-24", "2026-04-05"] {
            assert_eq!(easter_sunday(date(day).year()), date(day));
        }
        assert_eq!(easter_sunday(2038), date("2038-04-25"));
        assert_eq!(easter_sunday(2285), date("2285-03-22"));
    }

    #[test]
    fn the_holidays_of_2026_are_no_working_days() {
        let holidays = [
            "2026-01-01",
            "2026-01-06",
            "2026-04-03",
            "2026-04-06",
            "2026-05-01",
            "2026-05-14",
            "2026-06-06",
            "2026-06-19",
            "2026-06-20",
            "2026-10-31",
            "2026-12-24",
            "2026-12-25",
            "2026-12-26",
            "2026-12-31",
        ];
        for day in holidays {
            assert!(!is_working_day(date(day)), "{day}");
        }
        let working = ["2026-01-02", "2026-01-05", "2026-04-02", "2026-04-07", "2026-04-30"];
        for day in working.into_iter().chain(["2026-05-15", "2026-06-18", "2026-12-23"]) {
            assert!(is_working_day(date(day)), "{day}");
        }
    }

    #[test]
    fn working_days_are_counted_over_weekends_and_feasts() {
        let cases = [
            ("2026-03-02", "2026-03-02", 0),
            ("2026-03-02", "2026-03-05", 3),
            ("2026-03-05", "2026-03-10", 3),
            ("2026-04-02", "2026-04-07", 1),
            ("2026-03-05", "2026-03-02", 0),
        ];
        for (day, last, count) in cases {
            assert_eq!(working_days_after(date(day), date(last)), count, "{day} {last}");
        }
    }

    #[test]
    fn a_day_that_is_none_moves_to_the_next_that_is() {
        let cases = [
            ("2026-12-24", "2026-12-28"),
            ("2026-12-31", "2027-01-04"),
            ("2026-04-03", "2026-04-07"),
            ("2026-06-19", "2026-06-22"),
            ("2026-06-18", "2026-06-18"),
        ];
        for (day, moved) in cases {
            assert_eq!(next_working_day(date(day)), date(moved), "{day}");
        }
    }
}
