//! What an e-invoice must hold, looked at before a number of the series is spent.
//!
//! The rules are those of EN 16931 and of Peppol BIS Billing 3, by their names there. Here stand those
//! that a draft of this shop can break. What its types promise is not asked again: endpoints and
//! organisation numbers with right check digits (PEPPOL-EN16931-R010, -R020, PEPPOL-COMMON-R049,
//! SE-R-003, -004, -013), a seller with a Swedish VAT number and an account to be paid to (SE-R-001,
//! -002, BR-61), Swedish rates (SE-R-006), amounts in whole öre and lines that are quantity times price
//! (BR-DEC, PEPPOL-EN16931-R120), names and addresses that are there (BR-06 to BR-11).

use std::fmt;

use super::account::Field;
use super::invoice::Draft;
use super::org_number::OrgNumber;
use super::participant::{Deliver, Participant};
use super::seller::SellerField;

/// Errors when a draft that goes out as an e-invoice could not be one.
pub fn check(draft: &Draft) -> Result<(), NotValid> {
    match draft.buyer.deliver {
        Deliver::Email => Ok(()),
        Deliver::EInvoice => check_as_e_invoice(draft),
    }
}

/// Errors when a draft could not be an e-invoice, however it goes out.
pub fn check_as_e_invoice(draft: &Draft) -> Result<(), NotValid> {
    let faults = faults(draft);
    if faults.is_empty() {
        return Ok(());
    }
    Err(NotValid { buyer: draft.buyer.org_number.clone(), faults })
}

/// Returns the name under which the buyer of a draft is found in Peppol.
pub fn participant(draft: &Draft) -> Participant {
    let buyer = &draft.buyer;
    buyer.participant.clone().unwrap_or_else(|| Participant::of(&buyer.org_number))
}

/// Why a draft cannot be an e-invoice: at least one fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotValid {
    buyer: OrgNumber,
    pub faults: Vec<Fault>,
}

/// A rule that a draft breaks, and where that is mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// As the rule is called where it is written down.
    pub rule: &'static str,
    pub mend: Mend,
    pub words: String,
}

/// The detail to mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mend {
    /// A detail of the buyer's account.
    Buyer(Field),
    Seller(SellerField),
    /// The name of a product.
    ProductName(String),
    /// The holder of a licence.
    Holder(i64),
    /// The reason why a product bears no VAT.
    Exemption(String),
    /// The reason of a credit note.
    CreditReason,
}

impl Mend {
    /// Returns the name of the field.
    pub fn field(&self) -> &'static str {
        match self {
            Mend::Buyer(field) => field.as_str(),
            Mend::Seller(field) => field.as_str(),
            Mend::ProductName(_) => "name",
            Mend::Holder(_) => "holder",
            Mend::Exemption(_) => "vat_exemption",
            Mend::CreditReason => "reason",
        }
    }

    /// Returns the command that mends it.
    fn command(&self, buyer: &OrgNumber) -> Option<String> {
        let buyer = buyer.masked();
        Some(match self {
            Mend::Buyer(Field::Name) => format!("shopctl account edit {buyer} --name TEXT"),
            Mend::Buyer(field) => {
                format!("shopctl account billing {buyer} {} VALUE --reason TEXT", field.flag())
            }
            Mend::Seller(field) => {
                format!("shopctl seller edit --{} VALUE", field.as_str().replace('_', "-"))
            }
            Mend::ProductName(sku) => format!("shopctl product edit {sku} --name-sv TEXT"),
            Mend::Holder(licence) => format!("shopctl licence edit {licence} --holder TEXT"),
            Mend::Exemption(sku) => {
                format!("shopctl product vat {sku} --vat 0 --vat-exemption TEXT --from DATE")
            }
            Mend::CreditReason => return None,
        })
    }
}

impl NotValid {
    /// Returns the command that mends the first fault that a command mends.
    pub fn command(&self) -> Option<String> {
        self.faults.iter().find_map(|fault| fault.mend.command(&self.buyer))
    }
}

impl fmt::Display for NotValid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this could not be an e-invoice: ")?;
        for (index, fault) in self.faults.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{} ({}, rule {})", fault.words, fault.mend.field(), fault.rule)?;
        }
        Ok(())
    }
}

impl std::error::Error for NotValid {}

/// The codes of countries in ISO 3166-1 as the rule BR-CL-14 lists them.
const COUNTRIES: &str = "1A AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM \
     BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ \
     EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN \
     HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS \
     LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO \
     NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK \
     SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC \
     VE VG VI VN VU WF WS XI YE YT ZA ZM ZW";

fn is_country(code: &str) -> bool {
    COUNTRIES.split_ascii_whitespace().any(|known| known == code)
}

fn faults(draft: &Draft) -> Vec<Fault> {
    let buyer = &draft.buyer;
    let mut faults = Vec::new();
    let mut refuse = |rule, mend, words: String| faults.push(Fault { rule, mend, words });
    if is_blank(draft.reference.as_deref().unwrap_or_default()) {
        let words = "the buyer's reference is missing".to_owned();
        refuse("PEPPOL-EN16931-R003", Mend::Buyer(Field::Reference), words);
    }
    let country = buyer.country.code();
    if !is_country(country) {
        let words = format!("`{country}` is not the code of a country");
        refuse("BR-CL-14", Mend::Buyer(Field::Country), words);
    }
    if let Some(number) = &buyer.vat_number {
        let text = number.as_str();
        let prefix = text.get(..2).unwrap_or_default();
        if !is_country(prefix) && prefix != "EL" {
            let words = format!("`{prefix}` is not the code of a country");
            refuse("BR-CO-09", Mend::Buyer(Field::VatNumber), words);
        } else if prefix == "NL" && !is_dutch(text) {
            let words = format!("`{text}` is not of the form NL123456789B12");
            refuse("PEPPOL-COMMON-R056-2", Mend::Buyer(Field::VatNumber), words);
        }
    }
    let unexplained = |reason: &Option<String>| is_blank(reason.as_deref().unwrap_or_default());
    for line in draft.lines.iter().filter(|line| line.vat_rate.is_zero()) {
        if unexplained(&line.vat_exemption) {
            let words = format!("{} bears no VAT, and it is not said why", line.sku);
            refuse("BR-E-10", Mend::Exemption(line.sku.clone()), words);
        }
    }
    for (mend, text) in texts(draft) {
        if let Some(character) = text.chars().find(|character| !is_xml(*character)) {
            let words = format!("it holds the character U+{:04X}", u32::from(character));
            refuse("XML 1.0, section 2.2", mend, words);
        } else if is_blank(text) {
            refuse("PEPPOL-EN16931-R008", mend, "it is empty".to_owned());
        }
    }
    faults
}

/// Returns the texts of a draft that people wrote, each with where it is mended.
fn texts(draft: &Draft) -> Vec<(Mend, &str)> {
    let (buyer, seller) = (&draft.buyer, &draft.seller);
    let mut texts = vec![
        (Mend::Buyer(Field::Name), buyer.name.as_str()),
        (Mend::Buyer(Field::Street), &buyer.street),
        (Mend::Buyer(Field::PostalCode), &buyer.postal_code),
        (Mend::Buyer(Field::City), &buyer.city),
        (Mend::Seller(SellerField::LegalName), &seller.legal_name),
        (Mend::Seller(SellerField::ShopName), &seller.shop_name),
        (Mend::Seller(SellerField::RegisteredOffice), &seller.registered_office),
        (Mend::Seller(SellerField::Street), &seller.street),
        (Mend::Seller(SellerField::City), &seller.city),
    ];
    let maybe = [
        (Mend::Buyer(Field::CareOf), &buyer.care_of),
        (Mend::Seller(SellerField::Phone), &seller.phone),
        (Mend::Seller(SellerField::Bic), &seller.bic),
    ];
    texts.extend(maybe.into_iter().filter_map(|(mend, text)| Some((mend, text.as_deref()?))));
    if let Some(reference) = draft.reference.as_deref().filter(|text| !is_blank(text)) {
        texts.push((Mend::Buyer(Field::Reference), reference));
    }
    for line in &draft.lines {
        texts.push((Mend::ProductName(line.sku.clone()), &line.description));
        // That of an order, which has no number yet, was tried on a page.
        if let (Some(licensee), Some(number)) = (&line.licensee, line.subscription_number) {
            texts.push((Mend::Holder(number), licensee.holder.as_str()));
        }
        if let Some(reason) = line.vat_exemption.as_deref().filter(|text| !is_blank(text)) {
            texts.push((Mend::Exemption(line.sku.clone()), reason));
        }
    }
    if let Some(credits) = &draft.credits {
        texts.push((Mend::CreditReason, &credits.reason));
    }
    texts
}

/// Says whether nothing is left of a text as the rules read it.
fn is_blank(text: &str) -> bool {
    text.chars().all(|character| matches!(character, ' ' | '\t' | '\r' | '\n'))
}

/// Says whether a character may stand in a document. Source: XML 1.0, section 2.2.
pub fn is_xml(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        other => other >= ' ',
    }
}

fn is_dutch(text: &str) -> bool {
    let all_digits = |part: Option<&str>| {
        part.is_some_and(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    text.len() == 14
        && all_digits(text.get(2..11))
        && text.get(11..12) == Some("B")
        && all_digits(text.get(12..14))
}
