use proptest::prelude::*;

use super::*;
use crate::domain::term::{NoticeRule, parse_date};

fn date(text: &str) -> NaiveDate {
    parse_date(text).expect("a date")
}

/// A version of the list: its first day, its price for everybody, and the day of its entry.
fn version((from, kronor, entered_on): (&str, i64, &str)) -> Price {
    let price = Money::from_ore(kronor * 100);
    let half = Money::from_ore(kronor * 50);
    Price { from: date(from), regular: price, member: half, entered_on: date(entered_on) }
}

/// The renewal on 2027-03-01, whose last day for notice is 2026-12-01: a rise is in time on 1 November.
fn case(prices: &[Price]) -> PriceCase<'_> {
    PriceCase {
        prices,
        group: PriceGroup::Regular,
        start: date("2027-03-01"),
        former_start: date("2026-03-01"),
        deadline: date("2026-12-01"),
        due_on: date("2027-03-01"),
        notice_days: 30,
    }
}

fn billed(price_from: &str, kronor: i64) -> LastBilled {
    LastBilled {
        issued_on: date("2026-03-01"),
        price_from: date(price_from),
        group: PriceGroup::Regular,
        unit_price: Money::from_ore(kronor * 100),
        rule: PriceRule::List,
    }
}

const FIRST: (&str, i64, &str) = ("2026-01-01", 3900, "2025-10-01");

#[test]
fn a_rise_reaches_a_running_subscription_only_if_the_customer_could_still_leave() {
    let held = PriceRule::Held;
    let list = PriceRule::List;
    let cases = [
        // In time to the day, and a day late.
        (vec![FIRST, ("2027-01-01", 4500, "2026-11-01")], 4500, list, "2027-01-01"),
        (vec![FIRST, ("2027-01-01", 4500, "2026-11-02")], 3900, held, "2026-01-01"),
        (vec![FIRST, ("2027-03-01", 4500, "2026-12-20")], 3900, held, "2026-01-01"),
        // Not yet in force on the first day.
        (vec![FIRST, ("2027-03-02", 4500, "2026-10-01")], 3900, list, "2026-01-01"),
        // Less reaches everybody, however late, until the term is due.
        (vec![FIRST, ("2027-01-01", 3500, "2027-02-28")], 3500, list, "2027-01-01"),
        (vec![FIRST, ("2027-01-01", 3500, "2027-03-01")], 3900, list, "2026-01-01"),
        (vec![FIRST, ("2027-01-01", 3900, "2027-02-28")], 3900, list, "2027-01-01"),
        // A late rise is passed over, and what was entered in time around it is not.
        (
            vec![FIRST, ("2026-06-01", 5000, "2026-11-20"), ("2027-01-01", 4500, "2026-10-01")],
            4500,
            list,
            "2027-01-01",
        ),
        (
            vec![FIRST, ("2026-06-01", 4200, "2026-05-01"), ("2027-01-01", 4500, "2026-11-20")],
            4200,
            held,
            "2026-06-01",
        ),
        (
            vec![FIRST, ("2026-06-01", 5000, "2026-05-01"), ("2027-01-01", 4500, "2026-11-20")],
            4500,
            list,
            "2027-01-01",
        ),
        // The list fell and rose again, late.
        (
            vec![FIRST, ("2026-06-01", 3000, "2026-05-01"), ("2027-01-01", 3900, "2026-11-20")],
            3000,
            held,
            "2026-06-01",
        ),
    ];
    for (versions, kronor, rule, from) in cases {
        let prices: Vec<Price> = versions.iter().copied().map(version).collect();
        let found = case(&prices).listed(Some(&billed("2026-01-01", 3900))).expect("a price");
        let wanted = (Money::from_ore(kronor * 100), rule, date(from));
        assert_eq!((found.price, found.rule, found.price_from), wanted, "{versions:?}");
        assert_eq!(found.passed_over.is_some(), rule == held, "{versions:?}");
    }
}

#[test]
fn a_version_entered_again_for_the_same_day_neither_brings_a_late_rise_nor_loses_the_timely_one() {
    let cases = [
        // The late, higher one gives way to the timely one of the same day.
        (vec![("2027-01-01", 4200, "2026-10-01"), ("2027-01-01", 4500, "2026-11-20")], 4200),
        // Late, but less than the timely one: the last word counts.
        (vec![("2027-01-01", 4200, "2026-10-01"), ("2027-01-01", 4000, "2026-11-20")], 4000),
        (vec![("2027-01-01", 4200, "2026-10-01"), ("2027-01-01", 3000, "2026-11-20")], 3000),
        // Both in time.
        (vec![("2027-01-01", 4200, "2026-10-01"), ("2027-01-01", 4500, "2026-10-20")], 4500),
        // A slip of the finger that was put right binds nobody.
        (vec![("2027-01-01", 390, "2026-11-20"), ("2027-01-01", 3900, "2026-11-21")], 3900),
        (vec![("2027-01-01", 390, "2026-11-20"), ("2027-01-01", 4500, "2026-11-21")], 3900),
        // Entered again for the very day by which the last term was billed.
        (vec![("2026-01-01", 4500, "2026-11-20")], 3900),
        (vec![("2026-01-01", 4500, "2026-10-20")], 4500),
        (vec![("2026-01-01", 3500, "2026-11-20")], 3500),
    ];
    for (versions, kronor) in cases {
        let prices: Vec<Price> = [FIRST].iter().chain(&versions).copied().map(version).collect();
        let found = case(&prices).listed(Some(&billed("2026-01-01", 3900))).expect("a price");
        assert_eq!(found.price, Money::from_ore(kronor * 100), "{versions:?}");
    }
}

#[test]
fn losing_membership_is_no_rise_of_the_list() {
    let prices = [version(FIRST), version(("2027-01-01", 4500, "2026-11-20"))];
    let last = LastBilled {
        group: PriceGroup::Member,
        unit_price: Money::from_ore(195_000),
        ..billed("2026-01-01", 0)
    };
    let found = case(&prices).listed(Some(&last)).expect("a price");
    assert_eq!((found.price, found.rule), (Money::from_ore(390_000), PriceRule::Held));
}

#[test]
fn without_a_billed_line_the_version_of_the_last_term_is_the_former_price() {
    let prices = [
        version(("2025-01-01", 3000, "2024-10-01")),
        version(FIRST),
        version(("2026-01-01", 4100, "2026-11-20")),
        version(("2027-01-01", 4500, "2026-11-20")),
    ];
    let found = case(&prices).listed(None).expect("a price");
    assert_eq!((found.price, found.price_from), (Money::from_ore(390_000), date("2026-01-01")));
    let young = [version(("2027-01-15", 4500, "2027-01-10"))];
    let found = case(&young).listed(None).expect("the only price there is");
    assert_eq!((found.price, found.rule), (Money::from_ore(450_000), PriceRule::List));
    assert_eq!(case(&[version(("2027-03-02", 4500, "2026-01-01"))]).listed(None), None);
}

/// Versions around a renewal: day from, price and day of entry, in days and tens of kronor.
fn versions() -> impl Strategy<Value = Vec<Price>> {
    let version = (0_u64..500, 1_i64..9, 0_u64..520);
    proptest::collection::vec(version, 0..7).prop_map(|versions| {
        let mut prices: Vec<Price> = versions
            .into_iter()
            .map(|(from, tens, entered)| Price {
                from: date("2026-01-01") + Days::new(from / 50 * 50),
                regular: Money::from_ore(tens * 1000),
                member: Money::from_ore(tens * 700),
                entered_on: date("2025-12-01") + Days::new(entered),
            })
            .collect();
        prices.sort_by_key(|price| price.entered_on);
        prices
    })
}

proptest! {
    #[test]
    fn more_than_the_former_price_was_always_entered_in_time(later in versions(), member: bool) {
        let mut prices = vec![version(FIRST)];
        prices.extend(later);
        let group = PriceGroup::of(member);
        let case = PriceCase { group, ..case(&prices) };
        let found = case.listed(Some(&billed("2026-01-01", 3900))).expect("a price");
        let is_timely =
            |price: &&Price| case.is_timely(price) && price.from <= case.start;
        let highest = prices.iter().filter(is_timely).map(|price| price.of(group)).max();
        prop_assert!(found.price <= highest.expect("the first").max(prices[0].of(group)));
        prop_assert!(prices.iter().any(|price| price.of(group) == found.price));
        if !case.needs_last_billed() {
            prop_assert_eq!(case.listed(None), Some(found));
        }
    }

    #[test]
    fn r14_what_is_entered_once_the_term_is_due_changes_nothing(
        early in versions(),
        late in versions(),
        was_billed: bool,
    ) {
        let due_on = date("2027-03-01");
        let mut prices = vec![version(FIRST)];
        prices.extend(early.into_iter().filter(|price| price.entered_on < due_on));
        let last = billed("2026-01-01", 3900);
        let last = was_billed.then_some(&last);
        let punctual = case(&prices).listed(last).expect("a price");
        let mut more = prices.clone();
        more.extend(late.into_iter().map(|price| Price { entered_on: due_on, ..price }));
        let behind = case(&more).listed(last).expect("a price");
        prop_assert_eq!(punctual, behind);
    }

    #[test]
    fn a_rise_on_the_day_it_is_still_in_time_is_taken_and_on_the_next_it_is_not(
        start in 0_u64..20_000,
        months in 1_u32..7,
        notice_days in 0_u32..180,
        late: bool,
    ) {
        let start = date("1990-01-01") + Days::new(start);
        let deadline = NoticeRule::default().deadline(start, months);
        let former = deadline - Days::new(400);
        let entered_on = deadline - Days::new(u64::from(notice_days)) + Days::new(u64::from(late));
        let price = |from, ore, entered_on| Price {
            from,
            regular: Money::from_ore(ore),
            member: Money::from_ore(ore),
            entered_on,
        };
        let prices = [price(former, 100, former), price(start, 200, entered_on)];
        let case = PriceCase {
            prices: &prices,
            group: PriceGroup::Regular,
            start,
            former_start: former,
            deadline,
            due_on: start,
            notice_days,
        };
        let found = case.listed(None).expect("a price");
        prop_assert_eq!(found.price.ore(), if late { 100 } else { 200 });
    }
}
