//! Printed copies on their way: where they go, which of them wait, and what goes in a parcel.

use std::fmt;

use super::address::{Country, grouped_code};
use super::invoice::{Buyer, Invoice};
use super::money::Money;
use super::product::ProductKind;

/// Where printed copies are posted to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShipTo {
    pub name: String,
    pub care_of: Option<String>,
    pub street: String,
    pub postal_code: String,
    pub city: String,
    pub country: Country,
}

/// The parts of an address that somebody gave; the others are those of the address that stood before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GivenShipTo {
    pub name: Option<String>,
    pub care_of: Option<String>,
    pub street: Option<String>,
    pub postal_code: Option<String>,
    pub city: Option<String>,
    pub country: Option<Country>,
}

/// A street, a postal code or a town was given without the other two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartOfAnAddress;

impl fmt::Display for PartOfAnAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("another address has a street, a postal code and a town of its own")
    }
}

impl std::error::Error for PartOfAnAddress {}

impl ShipTo {
    /// Returns where the buyer of an invoice has its address.
    pub fn of_buyer(buyer: &Buyer) -> ShipTo {
        ShipTo {
            name: buyer.name.clone(),
            care_of: buyer.care_of.clone(),
            street: buyer.street.clone(),
            postal_code: buyer.postal_code.clone(),
            city: buyer.city.clone(),
            country: buyer.country.clone(),
        }
    }

    /// Returns the postal code if it is none of Sweden's and the parcel goes there.
    pub fn odd_postal_code(&self) -> Option<&str> {
        self.country.has_not(&self.postal_code).then_some(self.postal_code.as_str())
    }
}

/// The address on one line.
impl fmt::Display for ShipTo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, ", self.name)?;
        if let Some(care_of) = &self.care_of {
            write!(f, "c/o {care_of}, ")?;
        }
        write!(f, "{}, {} {}", self.street, self.postal_code, self.city)?;
        match self.country == Country::default() {
            true => Ok(()),
            false => write!(f, ", {}", self.country),
        }
    }
}

impl GivenShipTo {
    pub fn is_empty(&self) -> bool {
        *self == GivenShipTo::default()
    }

    /// Returns the address given, what was not given being that of `before`.
    ///
    /// A street, a postal code and a town come together, and with them no c/o but a given one: parts of
    /// two addresses make none. An empty name or c/o is none given.
    pub fn over(&self, before: &ShipTo) -> Result<ShipTo, PartOfAnAddress> {
        let given = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        let name = given(&self.name).unwrap_or_else(|| before.name.clone());
        let country = self.country.clone();
        match (given(&self.street), given(&self.postal_code), given(&self.city)) {
            (Some(street), Some(code), Some(city)) => Ok(ShipTo {
                name,
                care_of: given(&self.care_of),
                street,
                postal_code: grouped_code(&code),
                city,
                country: country.unwrap_or_default(),
            }),
            (None, None, None) if country.is_none() => Ok(ShipTo {
                name,
                care_of: match &self.care_of {
                    Some(_) => given(&self.care_of),
                    None => before.care_of.clone(),
                },
                ..before.clone()
            }),
            _ => Err(PartOfAnAddress),
        }
    }
}

/// Copies of one printed product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copies {
    pub sku: String,
    /// As the invoice has it, in its language.
    pub description: String,
    pub quantity: i64,
}

/// What a credit note took of a line of an invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CreditedCopies {
    /// The line's place on the invoice, counted from 1.
    pub position: usize,
    pub quantity: i64,
    pub unit_price: Money,
    pub net: Money,
}

/// Returns the printed copies that an invoice charges for still.
///
/// A line credited in full is for none, and one of which pieces were credited is for as many less; an
/// amount taken off the price takes no copy.
pub fn copies_charged(invoice: &Invoice, credited: &[CreditedCopies]) -> Vec<Copies> {
    let lines = invoice.draft.lines.iter().enumerate();
    lines
        .filter(|(_, line)| line.kind == ProductKind::Printed)
        .filter_map(|(index, line)| {
            let taken = || credited.iter().filter(move |taken| taken.position == index + 1);
            let net: Money = taken().map(|taken| taken.net).sum();
            let pieces: i64 = taken()
                .filter(|taken| taken.unit_price == line.unit_price)
                .map(|taken| taken.quantity)
                .sum();
            let is_closed = taken().next().is_some() && net >= line.net;
            let quantity = if is_closed { 0 } else { line.quantity - pieces };
            (quantity > 0).then(|| Copies {
                sku: line.sku.clone(),
                description: line.description.clone(),
                quantity,
            })
        })
        .collect()
}

/// A parcel as it is entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewShipment {
    pub ship_to: ShipTo,
    pub copies: Vec<Copies>,
    /// By which the carrier knows it.
    pub tracking: Option<String>,
    /// Why a further one is sent.
    pub reason: Option<String>,
}

/// A parcel that was posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shipment {
    pub id: ShipmentId,
    /// Its place among those of the order, counted from 1.
    pub sequence: i64,
    pub shipped_at: String,
    pub shipped_on: chrono::NaiveDate,
    pub shipped_by: String,
    pub ship_to: ShipTo,
    pub copies: Vec<Copies>,
    pub tracking: Option<String>,
    pub reason: Option<String>,
    /// The seller of that day, who is at the head of its packing slip.
    pub seller_version: i64,
    /// When it was found never to have been posted.
    pub taken_back_at: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ShipmentId(pub i64);

/// Returns the parcel that was posted last, if one was.
pub fn last_posted(shipments: &[Shipment]) -> Option<&Shipment> {
    shipments.iter().rev().find(|shipment| shipment.taken_back_at.is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saab() -> ShipTo {
        ShipTo {
            name: "Saab AB".to_owned(),
            care_of: Some("Inköp".to_owned()),
            street: "Bröderna Ugglas gata".to_owned(),
            postal_code: "581 88".to_owned(),
            city: "Linköping".to_owned(),
            country: Country::default(),
        }
    }

    fn text(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn another_name_stands_over_the_same_address() {
        let given = GivenShipTo { name: text("Anna Berg"), ..GivenShipTo::default() };
        let told = "Anna Berg, c/o Inköp, Bröderna Ugglas gata, 581 88 Linköping";
        assert_eq!(given.over(&saab()).expect("an address").to_string(), told);
        let given = GivenShipTo { care_of: text(""), ..GivenShipTo::default() };
        let told = "Saab AB, Bröderna Ugglas gata, 581 88 Linköping";
        assert_eq!(given.over(&saab()).expect("an address").to_string(), told);
        assert_eq!(GivenShipTo::default().over(&saab()), Ok(saab()));
    }

    #[test]
    fn parts_of_two_addresses_make_none() {
        let street = GivenShipTo { street: text("Lagervägen 4"), ..GivenShipTo::default() };
        assert_eq!(street.over(&saab()), Err(PartOfAnAddress));
        let abroad = GivenShipTo { country: "NO".parse().ok(), ..GivenShipTo::default() };
        assert_eq!(abroad.over(&saab()), Err(PartOfAnAddress));
        let whole = GivenShipTo { postal_code: text("60223"), city: text("Norrköping"), ..street };
        let told = "Saab AB, Lagervägen 4, 602 23 Norrköping";
        assert_eq!(whole.over(&saab()).expect("an address").to_string(), told);
        let abroad = GivenShipTo { country: "NO".parse().ok(), ..whole };
        let told = "Saab AB, Lagervägen 4, 602 23 Norrköping, NO";
        assert_eq!(abroad.over(&saab()).expect("an address").to_string(), told);
    }
}
