//! What is sold, and the VAT on it.

use crate::domain::invoice::{Draft, Line, Totals};
use crate::domain::licence::Licensee;
use crate::domain::money::VatRate;

use super::super::pdf::words::Words;
use super::xml::Xml;
use super::{Names, amount, period};

/// Writes the VAT of a document: once per rate, as the invoice itself counts it.
///
/// The VAT of a credit note is the difference it makes to what is credited of its invoice, and so may
/// be an öre beside rate times amount; the rules allow less than a krona (BR-CO-17, BR-S-09).
pub fn vat(xml: &mut Xml, draft: &Draft, totals: &Totals) {
    let reasons = reasons(draft);
    xml.within("cac:TaxTotal", |xml| {
        amount(xml, "cbc:TaxAmount", totals.vat);
        for sum in &totals.by_rate {
            xml.within("cac:TaxSubtotal", |xml| {
                amount(xml, "cbc:TaxableAmount", sum.net);
                amount(xml, "cbc:TaxAmount", sum.vat);
                let reason = reasons.as_deref().filter(|_| sum.rate.is_zero());
                category(xml, "cac:TaxCategory", sum.rate, reason);
            });
        }
    });
}

/// Returns the reasons why some lines bear no VAT, each once: a rate has one entry (BR-E-01).
fn reasons(draft: &Draft) -> Option<String> {
    let mut reasons: Vec<&str> = Vec::new();
    for reason in draft.lines.iter().filter_map(|line| line.vat_exemption.as_deref()) {
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    (!reasons.is_empty()).then(|| reasons.join("; "))
}

/// Writes a VAT category: S for a rate that is charged, E for an exemption.
fn category(xml: &mut Xml, name: &str, rate: VatRate, reason: Option<&str>) {
    xml.within(name, |xml| {
        xml.text("cbc:ID", if rate.is_zero() { "E" } else { "S" });
        xml.text("cbc:Percent", &rate.percent().to_string());
        xml.maybe("cbc:TaxExemptionReason", reason);
        xml.within("cac:TaxScheme", |xml| xml.text("cbc:ID", "VAT"));
    });
}

/// Writes what there is to say of an item besides.
fn property(xml: &mut Xml, name: &str, value: &str) {
    xml.within("cac:AdditionalItemProperty", |xml| {
        xml.text("cbc:Name", name);
        xml.text("cbc:Value", value);
    });
}

/// Writes a line, counted from 1.
pub fn line(xml: &mut Xml, (position, line): (usize, &Line), names: &Names, words: &Words) {
    xml.within(names.line, |xml| {
        xml.text("cbc:ID", &position.to_string());
        // C62 is "one": a term or a copy. Source: UNECE Recommendation 20.
        xml.attributed(names.quantity, &[("unitCode", "C62")], &line.quantity.to_string());
        amount(xml, "cbc:LineExtensionAmount", line.net);
        if let Some(term) = line.period {
            period(xml, term);
        }
        xml.within("cac:Item", |xml| {
            xml.text("cbc:Name", &line.description);
            xml.within("cac:SellersItemIdentification", |xml| xml.text("cbc:ID", &line.sku));
            category(xml, "cac:ClassifiedTaxCategory", line.vat_rate, None);
            if let Some(number) = line.subscription_number {
                property(xml, words.subscription, &number.to_string());
            }
            if let Some(Licensee { holder, seats }) = &line.licensee {
                property(xml, words.licence_holder, holder.as_str());
                property(xml, words.seats, &seats.to_string());
            }
        });
        xml.within("cac:Price", |xml| amount(xml, "cbc:PriceAmount", line.unit_price));
    });
}
