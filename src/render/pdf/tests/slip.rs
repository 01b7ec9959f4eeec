//! Packing slips: where the address stands, what is said, and that they run on to further pages.

use super::*;
use crate::domain::shipment::{Copies, ShipTo, Shipment, ShipmentId};
use crate::render::pdf::slip::{self, PackingSlip};

fn shipment(products: i64) -> Shipment {
    Shipment {
        id: ShipmentId(1),
        sequence: 2,
        shipped_at: "2026-03-02T08:00:00Z".into(),
        shipped_on: date("2026-03-02"),
        shipped_by: "anna".into(),
        ship_to: ShipTo {
            name: "Lagret i Norrköping".into(),
            care_of: Some("Anna Berg".into()),
            street: "Lagervägen 4".into(),
            postal_code: "602 23".into(),
            city: "Norrköping".into(),
            country: Country::default(),
        },
        copies: (1..=products)
            .map(|n| Copies {
                sku: format!("AB{n}-TRYCK"),
                description: format!("AB {n} Allmänna bestämmelser, tryckt"),
                quantity: n,
            })
            .collect(),
        tracking: Some("0037-12".into()),
        reason: None,
        seller_version: 1,
        taken_back_at: None,
    }
}

fn composed_slip(shipment: &Shipment, language: Language) -> Composition {
    let invoice = example();
    let slip = PackingSlip {
        order_number: 1001,
        ordered_on: date("2026-03-01"),
        shipment,
        buyer: &invoice.draft.buyer.name,
        reference: Some("PO 4711"),
        conditions: &invoice.draft.conditions,
        seller: Arc::clone(&invoice.draft.seller),
        language,
    };
    let draft = slip.addressed(&invoice.draft);
    let composition = Press::new()
        .compose(None, |logo, setter| slip::compose(&slip, &draft, logo, setter))
        .expect("composes");
    assert_tidy(&composition);
    let draw = || Press::new().packing_slip(&slip, &invoice.draft);
    let pdf = draw().expect("PDF/A-3a and PDF/UA-1");
    assert_eq!(draw(), Ok(pdf));
    composition
}

#[test]
fn r5_a_packing_slip_says_what_may_not_be_done_with_the_copies() {
    for (language, title, prohibition) in [
        (Language::Swedish, "Följesedel", "Tryckta exemplar får inte kopieras"),
        (Language::English, "Packing slip", "Printed copies may not be copied"),
    ] {
        let composition = composed_slip(&shipment(2), language);
        assert_eq!(composition.pages.len(), 1);
        let said = read_aloud(&composition);
        assert!(said.contains(title) && said.contains(prohibition), "{said}");
        assert!(said.contains("0037-12") && said.contains("PO 4711"), "{said}");
        // It tells no price, and nobody where to pay.
        for unsaid in ["kr", "SEK", "OCR", "Bankgiro"] {
            assert!(!said.split_whitespace().any(|word| word == unsaid), "{unsaid}: {said}");
        }
    }
}

#[test]
fn a_parcel_is_addressed_in_the_window_of_the_envelope() {
    let composition = composed_slip(&shipment(1), Language::Swedish);
    let window: Vec<&str> = composition.pages[0]
        .iter()
        .filter(|placed| placed.x > mm(110.0) && (mm(44.0)..mm(79.0)).contains(&placed.y))
        .filter_map(text_of)
        .collect();
    assert_eq!(
        window,
        ["Lagret i Norrköping", "c/o Anna Berg", "Lagervägen 4", "602 23 Norrköping"]
    );
}

#[test]
fn a_long_packing_slip_goes_on_under_its_name() {
    let composition = composed_slip(&shipment(60), Language::Swedish);
    assert!(composition.pages.len() > 2);
    for page in &composition.pages[1..] {
        assert!(texts(page).contains(&"Följesedel 1001-2"), "{:?}", texts(page));
    }
    let said = read_aloud(&composition);
    assert_eq!(said.matches("Antal exemplar").count(), 1, "its head is read once");
    assert!(said.contains("Exemplar i försändelsen: 1830"));
}
