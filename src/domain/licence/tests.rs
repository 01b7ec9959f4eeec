use super::*;
use crate::domain::product::ProductId;
use crate::domain::subscription::example;
use crate::domain::term::parse_date;

fn date(text: &str) -> NaiveDate {
    parse_date(text).expect("a date")
}

fn period(start: &str, end: &str) -> Term {
    Term { start: date(start), end: date(end) }
}

fn org_number() -> OrgNumber {
    "556036-0793".parse().expect("a number")
}

fn licence() -> Licence {
    Licence {
        number: 1001,
        holder: "Koncernen".parse().expect("a holder"),
        shows_org_number: false,
        covers: Vec::new(),
        revoked: None,
        editions: Vec::new(),
    }
}

/// Carries out what has to change.
fn refresh(licence: &mut Licence, subscription: &Subscription, today: &str) -> EditionChanges {
    let today = date(today);
    let changes = licence.changes(subscription, &org_number(), today);
    for (id, cause) in &changes.voided {
        let edition = licence.editions.iter_mut().find(|edition| edition.id == *id);
        edition.expect("an edition").voided = Some(Voided { on: today, cause: *cause });
    }
    for face in &changes.made {
        let number = licence.editions.len() as i64 + 1;
        licence.editions.push(LicenceEdition {
            id: LicenceEditionId(number),
            number,
            face: face.clone(),
            product_id: ProductId(1),
            sku: "LIC".parse().expect("a SKU"),
            seats: 5,
            made_at: String::new(),
            key: None,
            voided: None,
        });
    }
    changes
}

fn statuses(licence: &Licence, today: &str) -> Vec<&'static str> {
    licence.editions.iter().map(|edition| edition.status(date(today)).as_str()).collect()
}

#[test]
fn r3_the_footer_tells_the_holder_and_the_number_where_it_is_wanted() {
    let mut licence = licence();
    licence.shows_org_number = true;
    refresh(&mut licence, &example("2027-01-01", 12, "2028-01-01"), "2027-01-01");
    let edition = &licence.editions[0];
    assert_eq!(edition.face.footer(Language::Swedish), "Koncernen · org.nr 556036-0793");
    assert_eq!(edition.face.footer(Language::English), "Koncernen · reg. no. 556036-0793");
}

#[test]
fn each_billed_term_that_is_not_over_has_an_edition() {
    let mut licence = licence();
    let mut subscription = example("2026-01-01", 12, "2027-01-01");
    refresh(&mut licence, &subscription, "2026-02-01");
    assert_eq!(refresh(&mut licence, &subscription, "2026-03-01"), EditionChanges::default());
    subscription.billed_through = date("2028-01-01");
    refresh(&mut licence, &subscription, "2026-12-01");
    assert_eq!(statuses(&licence, "2026-12-01"), ["valid", "coming"]);
    assert_eq!(statuses(&licence, "2027-01-01"), ["expired", "valid"]);
    let of = |day| licence.rendered(date(day)).map(|edition| edition.number);
    assert_eq!(
        [of("2025-12-01"), of("2026-12-31"), of("2027-01-01"), of("2028-01-01")],
        [Some(1), Some(1), Some(2), None]
    );
    assert_eq!(licence.editions[1].face.period, period("2027-01-01", "2028-01-01"));
}

#[test]
fn another_holder_makes_a_new_edition_and_supersedes_the_old_one() {
    let mut licence = licence();
    let subscription = example("2026-01-01", 12, "2027-01-01");
    refresh(&mut licence, &subscription, "2026-02-01");
    licence.holder = "Koncernen AB".parse().expect("a holder");
    refresh(&mut licence, &subscription, "2026-03-01");
    assert_eq!(statuses(&licence, "2026-03-01"), ["superseded", "valid"]);
    licence.shows_org_number = true;
    refresh(&mut licence, &subscription, "2026-04-01");
    assert_eq!(statuses(&licence, "2026-04-01"), ["superseded", "superseded", "valid"]);
}

#[test]
fn a_shorter_period_makes_a_new_edition() {
    let mut licence = licence();
    let mut subscription = example("2026-01-01", 12, "2027-01-01");
    refresh(&mut licence, &subscription, "2026-02-01");
    subscription.ends_on = Some(date("2026-07-01"));
    refresh(&mut licence, &subscription, "2026-03-01");
    assert_eq!(statuses(&licence, "2026-03-01"), ["superseded", "valid"]);
    assert_eq!(licence.editions[1].face.period, period("2026-01-01", "2026-07-01"));
}

#[test]
fn a_term_taken_back_and_a_revoked_licence_leave_no_copy_in_force() {
    let mut licence = licence();
    let mut subscription = example("2026-01-01", 12, "2028-01-01");
    refresh(&mut licence, &subscription, "2026-12-01");
    subscription.billed_through = date("2027-01-01");
    refresh(&mut licence, &subscription, "2026-12-02");
    assert_eq!(statuses(&licence, "2026-12-02"), ["valid", "revoked"]);
    licence.revoked = Some(Revoked { on: date("2026-12-03"), reason: "a breach".to_owned() });
    refresh(&mut licence, &subscription, "2026-12-03");
    assert_eq!(statuses(&licence, "2026-12-03"), ["revoked", "revoked"]);
    assert_eq!(licence.rendered(date("2026-12-03")), None);
}

#[test]
fn a_holder_is_one_line_that_a_page_has_room_for() {
    for text in ["", "  ", "Koncernen\nAB", &"å".repeat(101), "Kon\u{202e}cernen"] {
        assert!(text.parse::<Holder>().is_err(), "{text}");
    }
    assert_eq!(" Åhléns Ω ".parse::<Holder>().expect("a holder").as_str(), "Åhléns Ω");
}
