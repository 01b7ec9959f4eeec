use super::*;
use crate::domain::term::parse_date;

fn date(text: &str) -> NaiveDate {
    parse_date(text).expect("a date")
}

fn kronor(kronor: i64) -> Money {
    Money::from_ore(kronor * 100)
}

fn level(number: i64, days: u32, charge: Charge) -> Level {
    let text = Wording { sv: "Betala.".to_owned(), en: "Pay.".to_owned() };
    Level { number, days, charge, text }
}

/// The levels of a new shop, with bank files that are read daily.
fn reminding() -> Reminding {
    Reminding {
        is_on: true,
        levels: vec![
            level(1, 5, Charge::Nothing),
            level(2, 10, Charge::Fee(kronor(60))),
            level(3, 10, Charge::Nothing),
        ],
        rest: kronor(5),
        bank_files: BankFiles { days_max: None, newest: None },
    }
}

/// An invoice that was due on Wednesday 4 March.
fn unpaid() -> Unpaid {
    Unpaid {
        due_on: date("2026-03-04"),
        left: kronor(4_875),
        capital: kronor(4_875),
        arrival: Arrival::Sent(date("2026-02-02")),
        earlier: None,
        hold: None,
    }
}

fn reminded(level: i64, sent_on: &str, pay_by: &str) -> Unpaid {
    let arrival = Arrival::Sent(date(sent_on));
    Unpaid { earlier: Some(Earlier { level, pay_by: date(pay_by), arrival }), ..unpaid() }
}

fn on(day: &str) -> Day {
    Day { today: date(day), as_of: date(day), is_early: false }
}

fn outcome(reminding: &Reminding, unpaid: &Unpaid, day: Day) -> Result<i64, String> {
    reminding.due(unpaid, day).map(|level| level.number).map_err(|reason| reason.to_string())
}

#[test]
fn each_level_has_its_day_counted_from_the_due_date_or_from_the_sending_before() {
    let second = reminded(1, "2026-03-09", "2026-03-17");
    let third = reminded(2, "2026-03-20", "2026-03-30");
    let cases = [
        (unpaid(), "2026-03-04", Err("it can be paid until 2026-03-04")),
        (unpaid(), "2026-03-05", Err("reminder 1 has its day on 2026-03-09")),
        (unpaid(), "2026-03-09", Ok(1)),
        (second.clone(), "2026-03-17", Err("it can be paid until 2026-03-17")),
        (second.clone(), "2026-03-18", Err("reminder 2 has its day on 2026-03-19")),
        (second, "2026-03-19", Ok(2)),
        (third.clone(), "2026-03-30", Err("it can be paid until 2026-03-30")),
        (third, "2026-03-31", Ok(3)),
        (
            reminded(3, "2026-04-01", "2026-04-09"),
            "2026-12-01",
            Err("reminder 3 was the last that there is"),
        ),
    ];
    for (unpaid, day, expected) in cases {
        let expected = expected.map_err(str::to_owned);
        assert_eq!(outcome(&reminding(), &unpaid, on(day)), expected, "{day}");
    }
}

#[test]
fn r14_after_an_outage_only_the_next_level_is_sent() {
    assert_eq!(outcome(&reminding(), &unpaid(), on("2026-06-15")), Ok(1));
    let made = reminded(1, "2026-06-15", "2026-06-23");
    for day in ["2026-06-15", "2026-06-16", "2026-06-24"] {
        assert!(outcome(&reminding(), &made, on(day)).is_err(), "{day}");
    }
    assert_eq!(outcome(&reminding(), &made, on("2026-06-25")), Ok(2));
}

#[test]
fn payment_on_the_first_working_day_after_a_due_date_in_a_weekend_is_in_time() {
    let on_saturday = Unpaid { due_on: date("2026-03-07"), ..unpaid() };
    let eager = Reminding { levels: vec![level(1, 1, Charge::Nothing)], ..reminding() };
    let words = "it can be paid until 2026-03-09";
    assert_eq!(outcome(&eager, &on_saturday, on("2026-03-09")), Err(words.to_owned()));
    assert_eq!(outcome(&eager, &on_saturday, on("2026-03-10")), Ok(1));
}

#[test]
fn a_level_before_its_day_is_taken_early_but_never_while_payment_is_in_time() {
    let early = |day: &str| Day { is_early: true, ..on(day) };
    let in_time = Err("it can be paid until 2026-03-04".to_owned());
    assert_eq!(outcome(&reminding(), &unpaid(), early("2026-03-04")), in_time);
    assert_eq!(outcome(&reminding(), &unpaid(), early("2026-03-05")), Ok(1));
    let ahead = Day { as_of: date("2026-12-31"), ..on("2026-03-04") };
    assert_eq!(outcome(&reminding(), &unpaid(), ahead), in_time);
    let ahead = Day { as_of: date("2026-03-09"), ..on("2026-03-05") };
    assert_eq!(outcome(&reminding(), &unpaid(), ahead), Ok(1));
}

#[test]
fn nobody_is_reminded_whom_the_invoice_or_the_reminder_before_may_not_have_reached() {
    let words = [
        (Arrival::Waiting, "waits to be sent"),
        (Arrival::Failed, "was refused by the server"),
        (Arrival::Bounced, "came back"),
        (Arrival::Held, "is held"),
        (Arrival::InFolder, "went to a folder, which reaches nobody"),
        (Arrival::NotDelivered, "has not been delivered as an e-invoice"),
        (Arrival::NeverMailed, "was never mailed"),
    ];
    for (arrival, words) in words {
        let invoice = Unpaid { arrival, ..unpaid() };
        let expected = Err(format!("the invoice {words}"));
        assert_eq!(outcome(&reminding(), &invoice, on("2026-03-20")), expected);
        let pay_by = date("2026-03-17");
        let earlier = Some(Earlier { level: 1, pay_by, arrival });
        let expected = Err(format!("reminder 1 {words}"));
        let reminded = Unpaid { earlier, ..unpaid() };
        assert_eq!(outcome(&reminding(), &reminded, on("2026-04-20")), expected);
        assert!(NotReminded::Invoice(arrival).keeps_back());
    }
}

#[test]
fn nobody_is_reminded_of_a_rest_of_what_is_held_or_before_it_is_switched_on() {
    let day = on("2026-03-20");
    let cases = [
        (Unpaid { left: Money::ZERO, ..unpaid() }, "nothing is left of it"),
        (
            Unpaid { left: Money::from_ore(499), ..unpaid() },
            "only 4,99 kronor are left, too little to be reminded of",
        ),
        (
            Unpaid { left: kronor(70), capital: Money::ZERO, ..unpaid() },
            "the invoice itself is paid, and only fees and interest are left",
        ),
        (
            Unpaid { left: kronor(64), capital: kronor(4), ..unpaid() },
            "only 4,00 kronor of the invoice itself are left, too little to be reminded of",
        ),
        (
            Unpaid { hold: Some("de hör av sig".to_owned()), ..unpaid() },
            "it is on hold: de hör av sig",
        ),
    ];
    for (unpaid, words) in cases {
        assert_eq!(outcome(&reminding(), &unpaid, day), Err(words.to_owned()));
    }
    let a_little_more = Unpaid { left: kronor(5), ..unpaid() };
    assert_eq!(outcome(&reminding(), &a_little_more, day), Ok(1));
    let off = Reminding { is_on: false, ..reminding() };
    assert_eq!(outcome(&off, &unpaid(), day), Err("payment reminders are off".to_owned()));
    let none = Reminding { levels: Vec::new(), ..reminding() };
    assert_eq!(outcome(&none, &unpaid(), day), Err("there is no reminder level".to_owned()));
}

#[test]
fn nobody_is_reminded_while_the_newest_file_of_the_bank_is_old() {
    let files = |days_max, newest: Option<&str>| Reminding {
        bank_files: BankFiles { days_max, newest: newest.map(date) },
        ..reminding()
    };
    // From Thursday 12 March to Tuesday 17 March there are three banking days.
    let fresh = files(Some(3), Some("2026-03-12"));
    assert_eq!(outcome(&fresh, &unpaid(), on("2026-03-17")), Ok(1));
    let words = "the newest file of the bank is of 2026-03-12, more than 3 banking days old";
    assert_eq!(outcome(&fresh, &unpaid(), on("2026-03-18")), Err(words.to_owned()));
    let none = files(Some(3), None);
    let words = "no file of the bank has been read";
    assert_eq!(outcome(&none, &unpaid(), on("2026-03-17")), Err(words.to_owned()));
    assert_eq!(outcome(&files(None, None), &unpaid(), on("2026-03-17")), Ok(1));
}

#[test]
fn the_last_day_to_pay_is_a_working_day_before_the_next_level() {
    let reminding = reminding();
    let cases = [
        // Eight days on: a Tuesday, and a Saturday that moves to Monday.
        (&reminding.levels[0], "2026-03-09", "2026-03-17"),
        (&reminding.levels[1], "2026-03-20", "2026-03-30"),
        (&reminding.levels[2], "2026-03-09", "2026-03-17"),
    ];
    for (level, today, pay_by) in cases {
        assert_eq!(reminding.pay_by(level, date(today)), date(pay_by), "{today}");
    }
    let hasty = Reminding {
        levels: vec![level(1, 5, Charge::Nothing), level(2, 4, Charge::Nothing)],
        ..reminding
    };
    assert_eq!(hasty.pay_by(&hasty.levels[0], date("2026-03-09")), date("2026-03-12"));
    let daily = Reminding {
        levels: vec![level(1, 5, Charge::Nothing), level(7, 1, Charge::Nothing)],
        ..hasty
    };
    assert_eq!(daily.pay_by(&daily.levels[0], date("2026-03-09")), date("2026-03-10"));
    assert_eq!(outcome(&daily, &reminded(1, "2026-03-09", "2026-03-10"), on("2026-03-11")), Ok(7));
}

#[test]
fn compensation_and_fees_never_stack() {
    let before =
        |fees, compensation| Charged { fees: kronor(fees), compensation: kronor(compensation) };
    let fee = Charge::Fee(kronor(60));
    let cases = [
        (Charge::Nothing, before(0, 0), 0),
        (fee, before(0, 0), 60),
        (fee, before(60, 0), 60),
        (Charge::Compensation, before(0, 0), 450),
        (Charge::Compensation, before(60, 0), 390),
        (Charge::Compensation, before(480, 0), 0),
        (Charge::Compensation, before(60, 390), 0),
        (fee, before(0, 450), 0),
        (Charge::Fee(kronor(90)), before(0, 0), 60),
    ];
    for (charge, before, charged) in cases {
        assert_eq!(charge.amount(kronor(4_875), before), kronor(charged), "{charge:?} {before:?}");
        assert_eq!(charge.amount(Money::ZERO, before), Money::ZERO, "{charge:?} {before:?}");
    }
}
