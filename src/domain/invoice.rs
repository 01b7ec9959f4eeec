//! Invoices: drafts, their sums, and what an issued one keeps.
//!
//! A draft holds everything an invoice says but its number. Issuing gives it the next number of the
//! series and freezes it: seller, buyer, lines and sums stay as they were that day (R13).

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use chrono::NaiveDate;

use super::address::Country;
use super::conditions::Conditions;
use super::credit::Credits;
use super::email::Email;
use super::language::Language;
use super::licence::Licensee;
use super::money::{Money, VatRate};
use super::ocr::Ocr;
use super::org_number::OrgNumber;
use super::participant::{Deliver, Participant};
use super::product::{PriceGroup, ProductKind};
use super::seller::Seller;
use super::term::Term;
use super::vat_number::VatNumber;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct InvoiceId(pub i64);

/// The number people see, from a series without gaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InvoiceNumber(pub i64);

impl InvoiceNumber {
    /// Returns the reference by which the invoice is paid.
    pub fn ocr(self) -> Ocr {
        Ocr::of_invoice(self.0)
    }
}

impl fmt::Display for InvoiceNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What an issued document is. Both kinds share one series of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvoiceKind {
    Invoice,
    /// Takes an invoice back, in full or in part: its amounts are owed to the customer.
    CreditNote,
}

impl InvoiceKind {
    const ALL: [InvoiceKind; 2] = [InvoiceKind::Invoice, InvoiceKind::CreditNote];

    pub const fn as_str(self) -> &'static str {
        match self {
            InvoiceKind::Invoice => "invoice",
            InvoiceKind::CreditNote => "credit_note",
        }
    }

    /// Returns an amount of such a document as it weighs on what the customer owes: a credit note's
    /// stands below zero, so that amounts of both kinds add up.
    pub fn owed(self, amount: Money) -> Money {
        match self {
            InvoiceKind::Invoice => amount,
            InvoiceKind::CreditNote => -amount,
        }
    }
}

impl fmt::Display for InvoiceKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.as_str().replace('_', " "))
    }
}

impl FromStr for InvoiceKind {
    type Err = String;

    fn from_str(text: &str) -> Result<InvoiceKind, String> {
        InvoiceKind::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| format!("`{text}` is not a kind of invoice"))
    }
}

/// An invoice that has its number and will never change.
#[derive(Clone, Debug, PartialEq)]
pub struct Invoice {
    pub id: InvoiceId,
    pub number: InvoiceNumber,
    pub draft: Draft,
}

/// All that an invoice says, save its number.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    pub issued_on: NaiveDate,
    pub due_on: NaiveDate,
    pub language: Language,
    pub seller: Arc<Seller>,
    pub buyer: Buyer,
    /// "Er referens": what the buyer asked to see, never the payment reference.
    pub reference: Option<String>,
    pub order_number: Option<i64>,
    /// What the buyer accepted; the parts that concern the lines stand on the invoice.
    pub conditions: Arc<Conditions>,
    pub lines: Vec<Line>,
    /// What it credits; only a credit note does.
    pub credits: Option<Credits>,
    /// What it takes the place of; only an invoice that was issued anew does.
    pub replaces: Option<Replaces>,
}

/// The invoice that was credited and issued anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Replaces {
    pub number: InvoiceNumber,
    pub issued_on: NaiveDate,
    /// What was paid on it by then, and settles the new one.
    pub paid: Money,
}

/// The buyer as the invoice names it. Source: mervärdesskattelagen 17:24, full name and address.
///
/// Every buyer is registered in Sweden, as its organisation number shows, and is charged Swedish VAT;
/// its postal address may lie abroad.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Buyer {
    pub name: String,
    pub org_number: OrgNumber,
    pub vat_number: Option<VatNumber>,
    pub care_of: Option<String>,
    pub street: String,
    pub postal_code: String,
    pub city: String,
    pub country: Country,
    pub invoice_email: Email,
    pub deliver: Deliver,
    /// Its name in Peppol, where that is not its organisation number.
    pub participant: Option<Participant>,
}

/// One line: what, how many, at what price, for which period, and why at that price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub sku: String,
    pub kind: ProductKind,
    pub description: String,
    pub quantity: i64,
    /// Excluding VAT.
    pub unit_price: Money,
    /// Quantity times unit price, excluding VAT.
    pub net: Money,
    pub vat_rate: VatRate,
    /// Why no VAT is charged, in the words of the product; only at 0 %.
    pub vat_exemption: Option<String>,
    /// The term a subscription line pays for.
    pub period: Option<Term>,
    pub subscription_number: Option<i64>,
    /// There where the line is for a licence; older invoices do without.
    pub licensee: Option<Licensee>,
    pub basis: PriceBasis,
}

/// How a line came by its price: kept so that every öre can be explained years later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PriceBasis {
    /// The day whose price list, membership and VAT rate decide: the first day of the line's period,
    /// or the day of the order where there is none.
    pub decided_on: NaiveDate,
    /// The first day of the price list's version that held for the buyer then.
    pub price_from: NaiveDate,
    /// The first day of the VAT rate that was in force then.
    pub vat_from: NaiveDate,
    pub group: PriceGroup,
    pub rule: PriceRule,
}

/// Which rule made the price of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PriceRule {
    /// The price list.
    List,
    /// A price agreed with the customer.
    Agreed,
    /// The price that a renewal reminder stated for this term.
    Promised,
    /// The former price once more, because a later version of the list came too late.
    Held,
}

impl PriceRule {
    const ALL: [PriceRule; 4] =
        [PriceRule::List, PriceRule::Agreed, PriceRule::Promised, PriceRule::Held];

    pub const fn as_str(self) -> &'static str {
        match self {
            PriceRule::List => "list",
            PriceRule::Agreed => "agreed",
            PriceRule::Promised => "promised",
            PriceRule::Held => "held",
        }
    }
}

impl FromStr for PriceRule {
    type Err = String;

    fn from_str(text: &str) -> Result<PriceRule, String> {
        PriceRule::ALL
            .into_iter()
            .find(|rule| rule.as_str() == text)
            .ok_or_else(|| format!("`{text}` is not a rule of prices"))
    }
}

/// The sums of an invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Totals {
    /// One entry a VAT rate, highest first.
    pub by_rate: Vec<RateSum>,
    pub net: Money,
    pub vat: Money,
    pub total: Money,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateSum {
    pub rate: VatRate,
    pub net: Money,
    pub vat: Money,
}

impl Totals {
    /// Returns the sums of an invoice's lines, each with its rate and its net amount.
    pub fn of_invoice(lines: impl IntoIterator<Item = (VatRate, Money)>) -> Totals {
        Totals::of(lines, VatRate::of)
    }

    fn of(
        lines: impl IntoIterator<Item = (VatRate, Money)>,
        vat: impl Fn(VatRate, Money) -> Money,
    ) -> Totals {
        let mut net_by_rate: BTreeMap<VatRate, Money> = BTreeMap::new();
        for (rate, net) in lines {
            *net_by_rate.entry(rate).or_default() += net;
        }
        let by_rate: Vec<RateSum> = net_by_rate
            .into_iter()
            .rev()
            .map(|(rate, net)| RateSum { rate, net, vat: vat(rate, net) })
            .collect();
        let net = by_rate.iter().map(|sum| sum.net).sum();
        let vat = by_rate.iter().map(|sum| sum.vat).sum();
        Totals { by_rate, net, vat, total: net + vat }
    }
}

impl Draft {
    pub fn kind(&self) -> InvoiceKind {
        match self.credits {
            None => InvoiceKind::Invoice,
            Some(_) => InvoiceKind::CreditNote,
        }
    }

    /// Returns the sums: VAT once per rate on the sum of its lines, to the öre, nothing rounded off.
    /// Those of a credit note stand above zero too, and give back what was charged.
    pub fn totals(&self) -> Totals {
        let lines = self.lines.iter().map(|line| (line.vat_rate, line.net));
        Totals::of(lines, |rate, net| self.vat(rate, net))
    }

    /// Returns what an invoice asks to be paid: its total less what was paid on the one it replaces.
    pub fn to_pay(&self) -> Money {
        self.totals().total - self.replaces.map(|former| former.paid).unwrap_or_default()
    }

    fn vat(&self, rate: VatRate, net: Money) -> Money {
        match &self.credits {
            None => rate.of(net),
            Some(credits) => credits.vat(rate, net),
        }
    }

    /// Says whether a line is for a printed copy, which brings the prohibition of R5 with it.
    pub fn has_printed_copies(&self) -> bool {
        self.lines.iter().any(|line| line.kind == ProductKind::Printed)
    }

    /// Says whether a line is for a subscription, which brings the conditions of R6 with it; a
    /// licence runs by terms too, and may be stored.
    pub fn has_subscriptions(&self) -> bool {
        self.lines.iter().any(|line| line.kind == ProductKind::Subscription)
    }
}
