use proptest::prelude::*;

use super::*;
use crate::domain::address::Country;
use crate::domain::conditions::Conditions;
use crate::domain::invoice::{Buyer, InvoiceId, PriceBasis, PriceRule};
use crate::domain::language::Language;
use crate::domain::participant::Deliver;
use crate::domain::product::{PriceGroup, ProductKind};
use crate::domain::seller::SellerField;
use crate::domain::term::parse_date;

pub(super) fn date(text: &str) -> NaiveDate {
    parse_date(text).expect("a date")
}

fn year() -> Term {
    Term { start: date("2026-03-01"), end: date("2027-03-01") }
}

fn line((quantity, ore, percent): &(i64, i64, i64)) -> Line {
    let day = date("2026-03-01");
    let unit_price = Money::from_ore(*ore);
    Line {
        sku: "AB04".into(),
        kind: ProductKind::Subscription,
        description: "AB 04".into(),
        quantity: *quantity,
        unit_price,
        net: unit_price.times(*quantity).expect("in range"),
        vat_rate: VatRate::new(*percent).expect("a Swedish rate"),
        vat_exemption: None,
        period: Some(year()),
        subscription_number: Some(1001),
        licensee: None,
        basis: PriceBasis {
            decided_on: day,
            price_from: day,
            vat_from: day,
            group: PriceGroup::Regular,
            rule: PriceRule::List,
        },
    }
}

pub(super) fn seller() -> Arc<Seller> {
    let example = |field: SellerField| field.example().to_owned();
    Arc::new(Seller::from_fields(example, None).expect("a seller"))
}

/// Returns an invoice with lines of these quantities, prices in öre and rates.
pub(super) fn invoice(lines: &[(i64, i64, i64)]) -> Invoice {
    let buyer = Buyer {
        vat_number: None,
        name: "Saab AB".into(),
        org_number: "556036-0793".parse().expect("a number"),
        care_of: None,
        street: "Storgatan 1".into(),
        postal_code: "111 22".into(),
        city: "Stockholm".into(),
        country: Country::default(),
        invoice_email: "faktura@saab.example".parse().expect("an address"),
        deliver: Deliver::Email,
        participant: None,
    };
    let draft = Draft {
        issued_on: date("2026-03-01"),
        due_on: date("2026-03-31"),
        language: Language::Swedish,
        seller: seller(),
        buyer,
        reference: None,
        order_number: Some(1001),
        conditions: Arc::new(Conditions::first()),
        lines: lines.iter().map(line).collect(),
        credits: None,
        replaces: None,
    };
    Invoice { id: InvoiceId(1), number: InvoiceNumber(1001), draft }
}

fn ore(money: Money) -> i64 {
    money.ore()
}

#[test]
fn an_invoice_over_nothing_is_credited_once() {
    let original = invoice(&[(1, 0, 25)]);
    let none = Credited::of(&original, &[]);
    let note = in_full(&original, &none, "fel", &seller(), date("2026-03-02")).expect("a note");
    assert_eq!((note.lines.len(), ore(note.totals().total)), (1, 0));
    let credited = Credited::of(&original, &[(1, Money::ZERO)]);
    assert!(credited.is_closed() && credited.is_line_closed(1) && !none.is_line_closed(1));
    let again = in_full(&original, &credited, "fel", &seller(), date("2026-03-02"));
    assert_eq!(again, Err(CreditError::Closed(original.number)));
}

#[test]
fn a_reason_is_asked_for_and_a_line_is_credited_no_twice() {
    let original = invoice(&[(2, 100, 25), (1, 100, 6)]);
    let none = Credited::of(&original, &[]);
    let try_parts = |parts: &[(usize, i64)], reason: &str| {
        let part = |(position, ore): &(usize, i64)| Part {
            position: *position,
            net: Money::from_ore(*ore),
            period: None,
            quantity: None,
        };
        let parts: Vec<Part> = parts.iter().map(part).collect();
        of_parts(&original, &none, &parts, reason, &seller(), date("2026-03-02"))
    };
    assert_eq!(try_parts(&[(1, 200)], " "), Err(CreditError::NoReason));
    assert_eq!(try_parts(&[], "fel"), Err(CreditError::NoLines(original.number)));
    let twice = try_parts(&[(1, 150), (1, 51)], "fel");
    assert!(matches!(twice, Err(CreditError::MoreThanLeft { position: 1, .. })), "{twice:?}");
    let part = try_parts(&[(1, 150)], "fel").expect("a note");
    assert_eq!((part.lines[0].quantity, ore(part.lines[0].unit_price)), (1, 150));
    let line = try_parts(&[(1, 200)], "fel").expect("a note");
    assert_eq!((line.lines[0].quantity, ore(line.lines[0].unit_price)), (2, 100));
}

#[test]
fn the_rest_of_a_term_is_counted_by_days() {
    let cases = [
        // The whole, a day, half of a common year, the last day, and past it.
        ("2026-03-01", Some(365_000)),
        ("2026-02-01", Some(365_000)),
        ("2026-03-02", Some(364_000)),
        ("2026-08-31", Some(182_000)),
        ("2027-02-28", Some(1_000)),
        ("2027-03-01", None),
    ];
    for (from, expected) in cases {
        let rest = rest(Money::from_ore(365_000), year(), date(from));
        assert_eq!(rest.map(|(_, net)| ore(net)), expected, "{from}");
    }
    let (days, _) = rest(Money::from_ore(1), year(), date("2026-08-31")).expect("a rest");
    assert_eq!(days.to_string(), "2026-08-31 – 2027-02-28");
}

#[test]
fn the_rest_of_a_line_is_no_more_than_is_left_of_it() {
    let original = invoice(&[(1, 365_000, 25)]);
    let rest_after = |taken: &[(usize, Money)]| {
        let credited = Credited::of(&original, taken);
        rest_of_line(&original, &credited, 1, date("2026-08-31")).map(|part| ore(part.net))
    };
    assert_eq!(rest_after(&[]), Some(182_000));
    assert_eq!(rest_after(&[(1, Money::from_ore(200_000))]), Some(165_000));
    assert_eq!(rest_after(&[(1, Money::from_ore(365_000))]), None);
    assert_eq!(position_of_term(&original, 1001, year()), Some(1));
    assert_eq!(position_of_term(&original, 1002, year()), None);
}

proptest! {
    #[test]
    fn what_is_used_and_the_rest_are_the_whole(
        net in 0_i64..10_000_000_000,
        start in 0_u64..20_000,
        length in 1_u64..1200,
        used in 0_u64..1200,
    ) {
        let start = date("2000-01-01") + chrono::Days::new(start);
        let term = Term { start, end: start + chrono::Days::new(length) };
        let used = used.min(length - 1);
        let (days, given_back) =
            rest(Money::from_ore(net), term, start + chrono::Days::new(used)).expect("a rest");
        prop_assert_eq!(days.end, term.end);
        prop_assert!((0..=net).contains(&ore(given_back)));
        // What is kept is the share of the days used, to within half an öre.
        let kept = i128::from(net - ore(given_back)) * i128::from(length);
        let share = i128::from(net) * i128::from(used);
        prop_assert!((kept - share).abs() * 2 <= i128::from(length));
        let later = rest(Money::from_ore(net), term, start + chrono::Days::new(used + 1));
        prop_assert!(later.is_none_or(|(_, less)| less <= given_back));
    }

    #[test]
    fn however_it_is_divided_all_that_was_charged_is_given_back(
        lines in proptest::collection::vec((1_i64..9, 0_i64..5_000, 0_usize..4), 1..5),
        cuts in proptest::collection::vec((0_usize..5, 0_i64..20_000), 0..8),
    ) {
        let rates = VatRate::ALL.map(i64::from);
        let lines: Vec<(i64, i64, i64)> =
            lines.iter().map(|(quantity, ore, rate)| (*quantity, *ore, rates[*rate])).collect();
        let original = invoice(&lines);
        let charged = original.draft.totals();
        let day = date("2026-03-02");
        let (mut taken, mut given_back): (Vec<(usize, Money)>, _) = (Vec::new(), Money::ZERO);
        for (index, amount) in cuts {
            let credited = Credited::of(&original, &taken);
            let position = index % lines.len() + 1;
            let net = Money::from_ore(amount);
            let part = Part { position, net, period: None, quantity: None };
            let note = of_parts(&original, &credited, &[part], "x", &seller(), day);
            let Ok(note) = note else { continue };
            given_back += note.totals().total;
            prop_assert!(note.totals().vat >= Money::ZERO);
            let credits = note.credits.as_ref().expect("it credits");
            prop_assert_eq!(credits.left(note.totals().total), charged.total - given_back);
            taken.push((position, net));
        }
        let credited = Credited::of(&original, &taken);
        if !credited.is_closed() {
            let note = in_full(&original, &credited, "x", &seller(), day).expect("the rest");
            if taken.is_empty() {
                prop_assert_eq!(note.totals(), charged.clone());
            }
            given_back += note.totals().total;
        }
        prop_assert_eq!(given_back, charged.total);
    }
}
