//! Who sells, who buys, and where to pay.

use crate::domain::e_invoice::participant;
use crate::domain::invoice::{Draft, Invoice};
use crate::domain::participant::Participant;
use crate::domain::seller::Seller;

use super::super::pdf::words::Words;
use super::xml::Xml;

/// The scheme of Swedish organisation numbers.
const ORG_NUMBER: &str = "0007";

pub fn seller(xml: &mut Xml, seller: &Seller, words: &Words) {
    party(xml, "cac:AccountingSupplierParty", |xml| {
        endpoint(xml, &Participant::of(&seller.org_number));
        xml.within("cac:PartyName", |xml| xml.text("cbc:Name", &seller.shop_name));
        address(xml, [&seller.street, &seller.city, &seller.postal_code], None, "SE");
        tax_scheme(xml, &seller.vat_number, "VAT");
        if seller.f_tax {
            // In these words in either language. Source: SE-R-005.
            tax_scheme(xml, "Godkänd för F-skatt", "TAX");
        }
        let office = format!("{} {}", words.registered_office, seller.registered_office);
        legal_entity(xml, &seller.legal_name, seller.org_number.digits(), Some(&office));
        xml.within("cac:Contact", |xml| {
            xml.text("cbc:Name", &seller.shop_name);
            xml.maybe("cbc:Telephone", seller.phone.as_deref());
            xml.text("cbc:ElectronicMail", seller.office_email.as_str());
        });
    });
}

pub fn buyer(xml: &mut Xml, draft: &Draft) {
    let buyer = &draft.buyer;
    let care_of = buyer.care_of.as_ref().map(|name| format!("c/o {name}"));
    let lines: [&str; 3] = [&buyer.street, &buyer.city, &buyer.postal_code];
    party(xml, "cac:AccountingCustomerParty", |xml| {
        endpoint(xml, &participant(draft));
        address(xml, lines, care_of.as_deref(), buyer.country.code());
        if let Some(number) = &buyer.vat_number {
            tax_scheme(xml, number.as_str(), "VAT");
        }
        legal_entity(xml, &buyer.name, buyer.org_number.digits(), None);
    });
}

fn party(xml: &mut Xml, role: &str, fill: impl FnOnce(&mut Xml)) {
    xml.within(role, |xml| xml.within("cac:Party", fill));
}

fn endpoint(xml: &mut Xml, participant: &Participant) {
    let scheme = [("schemeID", participant.scheme())];
    xml.attributed("cbc:EndpointID", &scheme, participant.identifier());
}

fn address(
    xml: &mut Xml,
    [street, city, postal_code]: [&str; 3],
    additional: Option<&str>,
    country: &str,
) {
    xml.within("cac:PostalAddress", |xml| {
        xml.text("cbc:StreetName", street);
        xml.maybe("cbc:AdditionalStreetName", additional);
        xml.text("cbc:CityName", city);
        xml.text("cbc:PostalZone", postal_code);
        xml.within("cac:Country", |xml| xml.text("cbc:IdentificationCode", country));
    });
}

fn tax_scheme(xml: &mut Xml, number: &str, scheme: &str) {
    xml.within("cac:PartyTaxScheme", |xml| {
        xml.text("cbc:CompanyID", number);
        xml.within("cac:TaxScheme", |xml| xml.text("cbc:ID", scheme));
    });
}

fn legal_entity(xml: &mut Xml, name: &str, org_number: &str, more: Option<&str>) {
    xml.within("cac:PartyLegalEntity", |xml| {
        xml.text("cbc:RegistrationName", name);
        xml.attributed("cbc:CompanyID", &[("schemeID", ORG_NUMBER)], org_number);
        xml.maybe("cbc:CompanyLegalForm", more);
    });
}

/// Writes each account the seller has, all to be paid with the same reference.
///
/// Source: the Peppol BIS Billing guide, payment means 30 with the Swedish codes of giro numbers.
pub fn payment(xml: &mut Xml, invoice: &Invoice) {
    let seller = &invoice.draft.seller;
    let ocr = invoice.number.ocr();
    let accounts = [
        seller.bankgiro.as_ref().map(|giro| (giro.digits(), Some("SE:BANKGIRO"))),
        seller.plusgiro.as_ref().map(|giro| (giro.digits(), Some("SE:PLUSGIRO"))),
        seller.iban.as_ref().map(|iban| (iban.compact(), seller.bic.as_deref())),
    ];
    for (account, branch) in accounts.into_iter().flatten() {
        xml.within("cac:PaymentMeans", |xml| {
            xml.text("cbc:PaymentMeansCode", "30");
            xml.text("cbc:PaymentID", ocr.as_str());
            xml.within("cac:PayeeFinancialAccount", |xml| {
                xml.text("cbc:ID", account);
                if let Some(branch) = branch {
                    let name = "cac:FinancialInstitutionBranch";
                    xml.within(name, |xml| xml.text("cbc:ID", branch));
                }
            });
        });
    }
}
