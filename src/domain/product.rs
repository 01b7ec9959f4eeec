//! The catalogue: what the shop sells, at which price, with which VAT, from which day.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

use super::conditions::NOTICE_MONTHS;
use super::language::Language;
use super::money::{Money, VatRate};
use super::text::{TextError, required_line};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ProductId(pub i64);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProductKind {
    /// Access to the current editions, by the term.
    Subscription,
    /// Company-adapted documents: a subscription with a holder's name on every page.
    Licence,
    /// A copy on paper, sent by post.
    Printed,
}

impl ProductKind {
    pub const ALL: [ProductKind; 3] =
        [ProductKind::Subscription, ProductKind::Licence, ProductKind::Printed];

    pub const fn as_str(self) -> &'static str {
        match self {
            ProductKind::Subscription => "subscription",
            ProductKind::Licence => "licence",
            ProductKind::Printed => "printed",
        }
    }

    /// Says whether what is sold runs by terms that renew themselves.
    pub const fn renews(self) -> bool {
        matches!(self, ProductKind::Subscription | ProductKind::Licence)
    }
}

impl fmt::Display for ProductKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for ProductKind {
    type Err = String;

    fn from_str(text: &str) -> Result<ProductKind, String> {
        ProductKind::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or_else(|| {
            format!("`{text}` is not a kind; kinds are subscription, licence, printed")
        })
    }
}

/// What follows the first term of a licence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProductRenewal {
    /// The next one, unless notice is given.
    Automatic,
    /// Nothing: it is sold for one term.
    None,
}

impl ProductRenewal {
    pub const fn as_str(self) -> &'static str {
        match self {
            ProductRenewal::Automatic => "automatic",
            ProductRenewal::None => "none",
        }
    }
}

impl fmt::Display for ProductRenewal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for ProductRenewal {
    type Err = String;

    fn from_str(text: &str) -> Result<ProductRenewal, String> {
        [ProductRenewal::Automatic, ProductRenewal::None]
            .into_iter()
            .find(|renewal| renewal.as_str() == text)
            .ok_or_else(|| format!("`{text}` is not a way to renew; it is automatic or none"))
    }
}

/// The most logins that a licence can be for.
pub const SEATS_MAX: u32 = 10_000;

/// Which of a product's two prices applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PriceGroup {
    Regular,
    Member,
}

impl PriceGroup {
    pub const fn as_str(self) -> &'static str {
        match self {
            PriceGroup::Regular => "regular",
            PriceGroup::Member => "member",
        }
    }

    pub const fn of(is_member: bool) -> PriceGroup {
        if is_member { PriceGroup::Member } else { PriceGroup::Regular }
    }
}

/// What a product is called in commands: `AB04-DIGITAL`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Sku(String);

impl Sku {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Sku {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Reads 1 to 40 letters A–Z, digits, hyphens, points or underscores; small letters become capitals.
impl FromStr for Sku {
    type Err = String;

    fn from_str(text: &str) -> Result<Sku, String> {
        let sku = text.trim().to_ascii_uppercase();
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
        let begins_well = sku.bytes().next().is_some_and(|byte| byte.is_ascii_alphanumeric());
        if begins_well && sku.len() <= 40 && sku.bytes().all(allowed) {
            Ok(Sku(sku))
        } else {
            Err(format!("`{text}` is not a SKU: at most 40 letters a–z, digits, - . or _"))
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    pub id: ProductId,
    pub sku: Sku,
    pub kind: ProductKind,
    pub name_sv: String,
    pub name_en: String,
    /// Length of a term; 0 for a printed copy.
    pub term_months: u32,
    pub notice_months: u32,
    /// How many logins a licence is for, the first of its account among them; 1 for what is no licence.
    pub seats: u32,
    pub renewal: ProductRenewal,
    /// Retired products take no new orders; running subscriptions go on.
    pub retired_on: Option<NaiveDate>,
    pub prices: Vec<Price>,
    pub vat_rules: Vec<VatRule>,
}

/// A version of the price list for one product, in force from a day until the next version's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Price {
    pub from: NaiveDate,
    /// Excluding VAT.
    pub regular: Money,
    /// Excluding VAT.
    pub member: Money,
    /// The day on which it was entered, which decides whom a rise reaches.
    pub entered_on: NaiveDate,
}

/// The VAT rate of one product, in force from a day until the next rule's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VatRule {
    pub from: NaiveDate,
    pub rate: VatRate,
    /// Why no VAT is charged; there if and only if the rate is 0.
    pub exemption: Option<String>,
}

/// A product as it is entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewProduct {
    pub sku: Sku,
    pub kind: ProductKind,
    pub name_sv: String,
    pub name_en: String,
    pub term_months: u32,
    pub notice_months: u32,
    pub seats: u32,
    pub renewal: ProductRenewal,
    pub price: Price,
    pub vat_rule: VatRule,
}

/// Why something about a product was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProductError {
    Name(TextError),
    ExemptionMissing,
    ExemptionWithVat(VatRate),
    Exemption(TextError),
    TermMonths(u32),
    NoticeMonths(u32),
    /// A subscription with another notice than the conditions promise.
    NoticePromised(u32),
    Seats(u32),
    /// Seats, or a renewal, for what is no licence.
    LicencesOnly(ProductKind),
    NoPrice {
        sku: Sku,
        day: NaiveDate,
    },
    NoVat {
        sku: Sku,
        day: NaiveDate,
    },
}

impl fmt::Display for ProductError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ProductError::Name(error) => write!(f, "the product's name was refused: {error}"),
            ProductError::ExemptionMissing => {
                f.write_str("a VAT rate of 0 needs the reason that goes on the invoice")
            }
            ProductError::ExemptionWithVat(rate) => {
                write!(f, "an exemption from VAT does not go with a rate of {rate}")
            }
            ProductError::Exemption(error) => write!(f, "the exemption was refused: {error}"),
            ProductError::TermMonths(months) => {
                write!(f, "a term of {months} months is not possible; it is 1 to 120 months")
            }
            ProductError::NoticeMonths(months) => {
                write!(
                    f,
                    "a notice of {months} months is not possible; it is shorter than the term"
                )
            }
            ProductError::NoticePromised(months) => {
                write!(
                    f,
                    "a subscription with {months} months' notice is not possible; the conditions \
                     promise {NOTICE_MONTHS}"
                )
            }
            ProductError::Seats(seats) => {
                write!(f, "a licence for {seats} logins is not possible; it is 1 to {SEATS_MAX}")
            }
            ProductError::LicencesOnly(kind) => {
                write!(
                    f,
                    "seats and terms that are not renewed are for licences, not for kind `{kind}`"
                )
            }
            ProductError::NoPrice { sku, day } => write!(f, "`{sku}` has no price on {day}"),
            ProductError::NoVat { sku, day } => write!(f, "`{sku}` has no VAT rate on {day}"),
        }
    }
}

impl std::error::Error for ProductError {}

impl NewProduct {
    /// Returns the product if its parts agree: names there, term and notice sensible for its kind.
    pub fn checked(mut self) -> Result<NewProduct, ProductError> {
        self.name_sv = required_line(&self.name_sv).map_err(ProductError::Name)?;
        self.name_en = required_line(&self.name_en).map_err(ProductError::Name)?;
        check_seats(self.kind, self.seats)?;
        if self.kind != ProductKind::Licence && self.renewal != ProductRenewal::Automatic {
            return Err(ProductError::LicencesOnly(self.kind));
        }
        if !self.kind.renews() {
            self.term_months = 0;
            self.notice_months = 0;
            return Ok(self);
        }
        if !(1..=120).contains(&self.term_months) {
            return Err(ProductError::TermMonths(self.term_months));
        }
        if self.notice_months >= self.term_months {
            return Err(ProductError::NoticeMonths(self.notice_months));
        }
        if self.kind == ProductKind::Subscription && self.notice_months != NOTICE_MONTHS {
            return Err(ProductError::NoticePromised(self.notice_months));
        }
        Ok(self)
    }
}

fn check_seats(kind: ProductKind, seats: u32) -> Result<(), ProductError> {
    if kind != ProductKind::Licence && seats != 1 {
        return Err(ProductError::LicencesOnly(kind));
    }
    if (1..=SEATS_MAX).contains(&seats) { Ok(()) } else { Err(ProductError::Seats(seats)) }
}

impl VatRule {
    /// Returns the rule if it gives a reason exactly when it charges nothing.
    pub fn new(
        from: NaiveDate,
        rate: VatRate,
        exemption: Option<&str>,
    ) -> Result<VatRule, ProductError> {
        let exemption = match exemption {
            None if rate.is_zero() => return Err(ProductError::ExemptionMissing),
            Some(_) if !rate.is_zero() => return Err(ProductError::ExemptionWithVat(rate)),
            Some(text) => Some(required_line(text).map_err(ProductError::Exemption)?),
            None => None,
        };
        Ok(VatRule { from, rate, exemption })
    }
}

impl Product {
    /// Errors when the product cannot be for so many logins.
    pub fn check_seats(&self, seats: u32) -> Result<(), ProductError> {
        check_seats(self.kind, seats)
    }

    pub fn name(&self, language: Language) -> &str {
        match language {
            Language::Swedish => &self.name_sv,
            Language::English => &self.name_en,
        }
    }

    /// Returns the version of the price list in force on `day`.
    pub fn price_on(&self, day: NaiveDate) -> Result<Price, ProductError> {
        latest(&self.prices, day, |price| price.from)
            .copied()
            .ok_or_else(|| ProductError::NoPrice { sku: self.sku.clone(), day })
    }

    /// Returns the version of the price list in force on `day`, as far as it was entered by then.
    pub fn price_known_on(&self, day: NaiveDate, entered_by: NaiveDate) -> Option<Price> {
        let known: Vec<Price> =
            self.prices.iter().filter(|price| price.entered_on <= entered_by).copied().collect();
        latest(&known, day, |price| price.from).copied()
    }

    /// Returns the VAT rule in force on `day`.
    pub fn vat_on(&self, day: NaiveDate) -> Result<&VatRule, ProductError> {
        latest(&self.vat_rules, day, |rule| rule.from)
            .ok_or_else(|| ProductError::NoVat { sku: self.sku.clone(), day })
    }
}

impl Price {
    /// Says whether both ask the same from the same day, whenever they were entered.
    pub fn says_the_same_as(&self, other: &Price) -> bool {
        (self.from, self.regular, self.member) == (other.from, other.regular, other.member)
    }

    pub fn of(&self, group: PriceGroup) -> Money {
        match group {
            PriceGroup::Regular => self.regular,
            PriceGroup::Member => self.member,
        }
    }
}

/// Returns the last of `versions`, ordered by entry, whose first day is the latest up to `day`.
fn latest<T>(versions: &[T], day: NaiveDate, from: impl Fn(&T) -> NaiveDate) -> Option<&T> {
    versions.iter().filter(|version| from(version) <= day).max_by_key(|version| from(version))
}
