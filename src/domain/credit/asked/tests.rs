use proptest::prelude::*;

use super::*;
use crate::domain::credit::tests::{date, invoice, seller};
use crate::domain::credit::{in_full, of_parts};
use crate::domain::invoice::Draft;

fn asked(lines: &str, amount: Option<i64>) -> Asked {
    let lines = lines.split_whitespace().map(|line| line.parse().expect("a line")).collect();
    Asked { lines, amount: amount.map(Money::from_ore) }
}

fn note(original: &Invoice, credited: &Credited, asked: &Asked) -> Result<Draft, CreditError> {
    let parts = asked.parts(original, credited)?;
    of_parts(original, credited, &parts, "fel", &seller(), date("2026-03-02"))
}

/// Returns the lines of a note as position, quantity and net in öre, and its total.
fn told(note: &Draft) -> (Vec<(usize, i64, i64)>, i64) {
    let positions = &note.credits.as_ref().expect("it credits").positions;
    let lines = positions.iter().zip(&note.lines);
    let lines = lines.map(|(position, line)| (*position, line.quantity, line.net.ore()));
    (lines.collect(), note.totals().total.ore())
}

#[test]
fn a_line_is_named_by_its_place_and_a_quantity() {
    let line = |position, quantity| Ok(AskedLine { position, quantity });
    assert_eq!("2".parse(), line(2, None));
    assert_eq!(" 2 = 10 ".parse(), line(2, Some(10)));
    for wrong in
        ["", "0", "-1", "x", "1=", "1=0", "1=-1", "1=x", "1=1=1", "=1", "99999999999999999999"]
    {
        assert!(wrong.parse::<AskedLine>().is_err(), "{wrong}");
    }
}

#[test]
fn whole_lines_and_quantities_are_credited_as_they_were_charged() {
    // Two at 100,00 with 25 %, three at 90,00 and one at 0,00 with 6 %.
    let original = invoice(&[(2, 10_000, 25), (3, 9_000, 6), (1, 0, 6)]);
    let none = Credited::of(&original, &[]);
    let cases = [
        ("", vec![(1, 2, 20_000), (2, 3, 27_000), (3, 1, 0)], 25_000 + 28_620),
        ("1", vec![(1, 2, 20_000)], 25_000),
        ("2=1", vec![(2, 1, 9_000)], 9_540),
        ("2=3 1=1", vec![(1, 1, 10_000), (2, 3, 27_000)], 12_500 + 28_620),
        ("3", vec![(3, 1, 0)], 0),
    ];
    for (lines, expected, total) in cases {
        let note = note(&original, &none, &asked(lines, None)).expect(lines);
        assert_eq!(told(&note), (expected, total), "{lines}");
    }
    let two_left = Credited::of(&original, &[(2, Money::from_ore(9_000))]);
    let rest = note(&original, &two_left, &asked("2", None)).expect("the rest");
    assert_eq!(told(&rest).0, [(2, 2, 18_000)]);
    let odd_left = Credited::of(&original, &[(2, Money::from_ore(9_001))]);
    let rest = note(&original, &odd_left, &asked("2", None)).expect("the rest");
    assert_eq!(told(&rest).0, [(2, 1, 17_999)]);
}

#[test]
fn what_cannot_be_credited_is_refused() {
    let original = invoice(&[(2, 10_000, 25), (3, 9_000, 6)]);
    let number = original.number;
    let kronor = |kronor: i64| Money::from_ore(kronor * 100);
    let first_closed = [(1, kronor(200)), (2, kronor(180))];
    let closed = [(1, kronor(200)), (2, kronor(270))];
    let (asked_for, left) = (kronor(537), Money::from_ore(53_620));
    type Case<'a> = (&'a [(usize, Money)], &'a str, Option<i64>, CreditError);
    let cases: [Case<'_>; 12] = [
        (&[], "3", None, CreditError::NoLine { number, position: 3 }),
        (&[], "1 1=1", None, CreditError::LineTwice { number, position: 1 }),
        (&[], "2=4", None, CreditError::NoQuantity { number, position: 2, asked: 4, of: 3 }),
        (
            &first_closed,
            "2=2",
            None,
            CreditError::MoreThanLeft { number, position: 2, asked: kronor(180), left: kronor(90) },
        ),
        (&first_closed, "1", None, CreditError::LineClosed { number, position: 1 }),
        (&closed, "", None, CreditError::Closed(number)),
        (&closed, "1", None, CreditError::Closed(number)),
        (&[], "1=1", Some(100), CreditError::AmountOfQuantity),
        (&[], "", Some(0), CreditError::AmountOfNothing(number)),
        (&[], "", Some(53_700), CreditError::AmountMoreThanLeft { number, asked: asked_for, left }),
        (
            &[],
            "1",
            Some(25_001),
            CreditError::AmountMoreThanLeft {
                number,
                asked: Money::from_ore(25_001),
                left: kronor(250),
            },
        ),
        (
            &[],
            "1",
            Some(10_002),
            CreditError::AmountOdd {
                number,
                asked: Money::from_ore(10_002),
                below: Some(Money::from_ore(10_001)),
                above: Some(Money::from_ore(10_003)),
            },
        ),
    ];
    for (taken, lines, amount, expected) in cases {
        let credited = Credited::of(&original, taken);
        let found = note(&original, &credited, &asked(lines, amount));
        assert_eq!(found.map(|note| told(&note)), Err(expected), "{lines} {amount:?}");
    }
    let none = Credited::of(&original, &[]);
    let mut credit_note = original.clone();
    credit_note.draft = note(&original, &none, &Asked::default()).expect("a note");
    let again = Asked::default().parts(&credit_note, &none);
    assert_eq!(again, Err(CreditError::CreditNote(number)));
}

#[test]
fn an_amount_is_including_vat_and_spread_in_proportion() {
    let original = invoice(&[(2, 10_000, 25), (3, 9_000, 6)]);
    let none = Credited::of(&original, &[]);
    let cases = [
        // A tenth of each rate: 20,00 + 25 %, 27,00 + 6 %.
        ("", 5_362, vec![(1, 1, 2_000), (2, 1, 2_700)]),
        ("1", 5_000, vec![(1, 1, 4_000)]),
        ("2", 1, vec![(2, 1, 1)]),
        ("", 53_620, vec![(1, 2, 20_000), (2, 3, 27_000)]),
        // One öre too few for 25 % alone is made up for at 6 %.
        ("", 10_002, vec![(1, 1, 3_730), (2, 1, 5_037)]),
    ];
    for (lines, amount, expected) in cases {
        let note = note(&original, &none, &asked(lines, Some(amount))).expect("a note");
        assert_eq!(told(&note), (expected, amount), "{lines} {amount}");
    }
    let same_rate = invoice(&[(1, 100, 25), (1, 100, 25), (1, 100, 25)]);
    let none = Credited::of(&same_rate, &[]);
    let note = note(&same_rate, &none, &asked("", Some(125))).expect("a note");
    assert_eq!(told(&note).0, [(1, 1, 34), (2, 1, 33), (3, 1, 33)]);
}

proptest! {
    #[test]
    fn amounts_in_any_order_give_back_to_the_ore_what_was_charged_and_never_more(
        lines in proptest::collection::vec((1_i64..9, 0_i64..40_000, 0_usize..4), 1..6),
        cuts in proptest::collection::vec((1_i64..60_000, 0_usize..6), 0..8),
    ) {
        let rates = VatRate::ALL.map(i64::from);
        let lines: Vec<(i64, i64, i64)> =
            lines.iter().map(|(quantity, ore, rate)| (*quantity, *ore, rates[*rate])).collect();
        let original = invoice(&lines);
        let charged = original.draft.totals();
        let (mut taken, mut given_back): (Vec<(usize, Money)>, _) = (Vec::new(), Money::ZERO);
        for (ore, line) in cuts {
            let credited = Credited::of(&original, &taken);
            let named = if line == 0 { String::new() } else { (line % lines.len() + 1).to_string() };
            let asked = asked(&named, Some(ore));
            let left = charged.total - given_back;
            match note(&original, &credited, &asked) {
                Ok(note) => {
                    prop_assert_eq!(note.totals().total, Money::from_ore(ore));
                    given_back += note.totals().total;
                    prop_assert!(given_back <= charged.total);
                    let positions = &note.credits.as_ref().expect("it credits").positions;
                    taken.extend(positions.iter().copied().zip(note.lines.iter().map(|l| l.net)));
                }
                Err(CreditError::AmountOdd { below, above, .. }) => {
                    // What is named instead can be had.
                    for near in [below, above].into_iter().flatten() {
                        let instead = Asked { amount: Some(near), ..asked.clone() };
                        let note = note(&original, &credited, &instead).expect("it can be had");
                        prop_assert_eq!(note.totals().total, near);
                    }
                    prop_assert!(below.is_some() || above.is_some() || left.ore() < 10);
                }
                Err(CreditError::AmountMoreThanLeft { asked, left, .. }) => {
                    prop_assert!(asked > left);
                }
                Err(CreditError::Closed(_) | CreditError::LineClosed { .. }) => {}
                Err(error) => prop_assert!(false, "{}", error),
            }
        }
        let credited = Credited::of(&original, &taken);
        if !credited.is_closed() {
            let rest = in_full(&original, &credited, "fel", &seller(), date("2026-03-02"));
            given_back += rest.expect("the rest").totals().total;
        }
        prop_assert_eq!(given_back, charged.total);
    }

    #[test]
    fn what_is_divided_in_proportion_is_the_whole_and_fits(
        rooms in proptest::collection::vec(0_i64..1_000_000, 1..6),
        thousandths in 0_i64..=1000,
    ) {
        let sum: i64 = rooms.iter().sum();
        let amount = Money::from_ore(sum * thousandths / 1000);
        let rooms: Vec<Money> = rooms.into_iter().map(Money::from_ore).collect();
        let shares = in_proportion(amount, &rooms);
        prop_assert_eq!(shares.iter().copied().sum::<Money>(), amount);
        prop_assert!(shares.iter().zip(&rooms).all(|(share, room)| share <= room));
    }
}
