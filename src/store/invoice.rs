//! Invoices: issued with the next number of their series, frozen, read back as they were (R13).

use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::document::{self, About, Kept};
use super::driver::{Row, values};
use super::{DriverError, StoreError, Tx};
use crate::domain::account::AccountId;
use crate::domain::e_invoice;
use crate::domain::event::{EventKind, Noun, Subject};
use crate::domain::invoice::{
    Buyer, Draft, Invoice, InvoiceId, InvoiceNumber, Line, PriceBasis, Replaces,
};
use crate::domain::ledger::LedgerError;
use crate::domain::licence::{Holder, Licensee};
use crate::domain::money::{Money, VatRate};
use crate::domain::order::OrderId;
use crate::domain::participant::{Deliver, Participant};
use crate::domain::product::{PriceGroup, ProductId, ProductKind};
use crate::domain::subscription::SubscriptionId;
use crate::domain::term::Term;

/// What the rows of an invoice refer to and its text does not say.
pub struct InvoiceLinks<'a> {
    pub account_id: AccountId,
    pub order_id: Option<OrderId>,
    /// The invoice that it credits.
    pub credits_id: Option<InvoiceId>,
    /// The invoice that it takes the place of.
    pub reissues_id: Option<InvoiceId>,
    pub seller_version: i64,
    /// The product and subscription of each line, in the lines' order.
    pub lines: &'a [(ProductId, Option<SubscriptionId>)],
}

impl Tx<'_> {
    /// Gives `draft` the next number of the series and freezes it.
    ///
    /// Errors when the draft is dated before the last invoice: a series runs forward in time; and when
    /// it goes out as an e-invoice and could not be one.
    pub(super) fn issue_invoice(
        &self,
        draft: &Draft,
        links: &InvoiceLinks<'_>,
    ) -> Result<Invoice, StoreError> {
        e_invoice::check(draft)?;
        let number = InvoiceNumber(self.next_number("invoice")?);
        let latest: Option<chrono::NaiveDate> = self.find(
            "SELECT issued_on FROM invoice WHERE number = $1",
            values![number.0 - 1],
            |row| row.get(0),
        )?;
        if let Some(latest) = latest.filter(|latest| draft.issued_on < *latest) {
            return Err(StoreError::ClockBehind { latest, today: draft.issued_on });
        }
        if self.booking_day(draft.issued_on)? != draft.issued_on {
            let through = self.books_locked_through()?.unwrap_or(draft.issued_on);
            return Err(LedgerError::Locked { day: draft.issued_on, through }.into());
        }
        let totals = draft.totals();
        let (kind, credits) = (draft.kind(), draft.credits.as_ref());
        let buyer = &draft.buyer;
        let ocr = number.ocr();
        let id = InvoiceId(self.next_id()?);
        self.execute(
            "INSERT INTO invoice (id, number, ocr, account_id, order_id, seller_version,
                 conditions_version, issued_on, due_on, language, buyer_name, buyer_org_number,
                 buyer_care_of, buyer_street, buyer_postal_code, buyer_city, buyer_country,
                 invoice_email, reference, net_ore, vat_ore, total_ore, kind, credits_id,
                 credit_reason, buyer_vat_number, reissues_id, prepaid_ore,
                 deliver, participant)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
                 $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30)",
            values![
                id.0,
                number.0,
                *ocr.as_str(),
                links.account_id.0,
                links.order_id.map(|id| id.0),
                links.seller_version,
                draft.conditions.version,
                draft.issued_on,
                draft.due_on,
                *draft.language.code(),
                buyer.name,
                *buyer.org_number.digits(),
                buyer.care_of,
                buyer.street,
                buyer.postal_code,
                buyer.city,
                buyer.country.to_string(),
                *buyer.invoice_email.as_str(),
                draft.reference,
                totals.net,
                totals.vat,
                totals.total,
                *kind.as_str(),
                links.credits_id.map(|id| id.0),
                credits.map(|credits| credits.reason.as_str()),
                buyer.vat_number.as_ref().map(|number| number.as_str().to_owned()),
                links.reissues_id.map(|id| id.0),
                draft.replaces.map(|former| former.paid).unwrap_or_default(),
                *buyer.deliver.as_str(),
                buyer.participant.as_ref().map(Participant::to_string),
            ],
        )?;
        for (index, (line, link)) in draft.lines.iter().zip(links.lines).enumerate() {
            let credited = credits.map(|credits| credits.positions[index]);
            self.insert_line(id, index, line, link, credited)?;
        }
        let mut after = json!({
            "org_number": buyer.org_number.masked(),
            "issued_on": draft.issued_on.to_string(),
            "due_on": draft.due_on.to_string(),
            "net_ore": kind.owed(totals.net).ore(),
            "vat_ore": kind.owed(totals.vat).ore(),
            "total_ore": kind.owed(totals.total).ore(),
            "invoice_email": buyer.invoice_email.as_str(),
        });
        if buyer.deliver == Deliver::EInvoice {
            after["deliver"] = json!(buyer.deliver.as_str());
            after["participant"] = json!(e_invoice::participant(draft).masked());
        }
        if let Some(credits) = credits {
            after["kind"] = json!(kind.as_str());
            after["credits"] = json!(credits.number.0);
            after["due_on"] = Json::Null;
        }
        if let Some(former) = draft.replaces {
            after["replaces"] = json!(former.number.0);
        }
        let about = number.to_string();
        self.record(EventKind::InvoiceIssued, subject(id), &about, Json::Null, after)?;
        Ok(Invoice { id, number, draft: draft.clone() })
    }

    fn insert_line(
        &self,
        id: InvoiceId,
        position: usize,
        line: &Line,
        (product_id, subscription_id): &(ProductId, Option<SubscriptionId>),
        credited_position: Option<usize>,
    ) -> Result<(), StoreError> {
        let licensee = line.licensee.as_ref();
        self.execute(
            "INSERT INTO invoice_line (invoice_id, position, product_id, subscription_id, sku, kind,
                 description, quantity, unit_price_ore, net_ore, vat_rate, vat_exemption,
                 period_start, period_end, decided_on, price_from, vat_from, price_group,
                 price_rule, credited_position, holder, seats)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
                 $18, $19, $20, $21, $22)",
            values![
                id.0,
                position as i64 + 1,
                product_id.0,
                subscription_id.map(|id| id.0),
                line.sku,
                *line.kind.as_str(),
                line.description,
                line.quantity,
                line.unit_price,
                line.net,
                i64::from(line.vat_rate.percent()),
                line.vat_exemption,
                line.period.map(|period| period.start),
                line.period.map(|period| period.end),
                line.basis.decided_on,
                line.basis.price_from,
                line.basis.vat_from,
                *line.basis.group.as_str(),
                *line.basis.rule.as_str(),
                credited_position.map(|position| position as i64),
                licensee.map(|it| it.holder.as_str()),
                licensee.map(|it| it.seats),
            ],
        )?;
        Ok(())
    }

    /// Returns an invoice by the number people see.
    pub fn invoice(&self, number: InvoiceNumber) -> Result<Invoice, StoreError> {
        let id =
            self.find("SELECT id FROM invoice WHERE number = $1", values![number.0], |row| {
                row.get(0).map(InvoiceId)
            })?;
        match id {
            Some(id) => self.invoice_by_id(id),
            None => Err(StoreError::Unknown { noun: "invoice", key: number.to_string() }),
        }
    }

    pub fn invoice_by_id(&self, id: InvoiceId) -> Result<Invoice, StoreError> {
        let found = self.find(
            "SELECT i.id, i.number, i.issued_on, i.due_on, i.language, i.buyer_name,
                 i.buyer_org_number, i.buyer_care_of, i.buyer_street, i.buyer_postal_code,
                 i.buyer_city, i.buyer_country, i.invoice_email, i.reference, o.number,
                 i.seller_version, i.conditions_version, i.total_ore, i.credits_id,
                 i.buyer_vat_number, f.number, f.issued_on, i.prepaid_ore, i.deliver, i.participant
             FROM invoice i
             LEFT JOIN orders o ON o.id = i.order_id
             LEFT JOIN invoice f ON f.id = i.reissues_id
             WHERE i.id = $1",
            values![id.0],
            |row| {
                let versions: (i64, i64) = (row.get(15)?, row.get(16)?);
                let credits_id: Option<i64> = row.get(18)?;
                Ok((read_head(row)?, versions, row.get::<Money>(17)?, credits_id))
            },
        )?;
        let (head, (seller_version, conditions_version), total, credits_id) = found
            .ok_or_else(|| StoreError::Unknown { noun: "invoice", key: format!("row {}", id.0) })?;
        let credits = match credits_id {
            Some(_) => Some(self.credits(id)?),
            None => None,
        };
        let draft = Draft {
            issued_on: head.issued_on,
            due_on: head.due_on,
            language: head.language,
            seller: Arc::new(self.seller_version(seller_version)?),
            buyer: head.buyer,
            reference: head.reference,
            order_number: head.order_number,
            conditions: Arc::new(self.conditions_version(conditions_version)?),
            lines: self.invoice_lines(id)?,
            credits,
            replaces: head.replaces,
        };
        if draft.totals().total != total {
            let words = format!("the lines of invoice {} do not add up to its sum", head.number);
            return Err(DriverError::Corrupt(words).into());
        }
        Ok(Invoice { id, number: head.number, draft })
    }

    fn invoice_lines(&self, id: InvoiceId) -> Result<Vec<Line>, StoreError> {
        self.rows(
            "SELECT l.sku, l.kind, l.description, l.quantity, l.unit_price_ore, l.net_ore,
                 l.vat_rate, l.vat_exemption, l.period_start, l.period_end, s.number, l.decided_on,
                 l.price_from, l.vat_from, l.price_group, l.price_rule, l.holder, l.seats
             FROM invoice_line l LEFT JOIN subscription s ON s.id = l.subscription_id
             WHERE l.invoice_id = $1 ORDER BY l.position",
            values![id.0],
            read_line,
        )
    }

    /// Returns the fixed bytes of an invoice's document and their SHA-256, if it ever left the shop.
    pub fn document(&self, id: InvoiceId) -> Result<Option<Kept>, StoreError> {
        self.kept(&document::INVOICES, id.0)
    }

    /// Fixes the bytes of an invoice's document, unless they are fixed already; returns the fixed ones.
    pub fn keep_document(&self, invoice: &Invoice, bytes: Vec<u8>) -> Result<Kept, StoreError> {
        self.keep(&document::INVOICES, invoice.id.0, bytes, || Ok(about(invoice)))
    }
}

/// Returns what a document of an invoice is about.
pub(super) fn about(invoice: &Invoice) -> About {
    About { subject: subject(invoice.id), name: invoice.number.to_string(), facts: json!({}) }
}

pub(super) fn subject(id: InvoiceId) -> Subject {
    Subject { noun: Noun::Invoice, id: id.0 }
}

/// Writes bytes as lower-case hexadecimal digits.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

struct InvoiceHead {
    number: InvoiceNumber,
    issued_on: chrono::NaiveDate,
    due_on: chrono::NaiveDate,
    language: crate::domain::language::Language,
    buyer: Buyer,
    reference: Option<String>,
    order_number: Option<i64>,
    replaces: Option<Replaces>,
}

fn read_head(row: &Row<'_>) -> Result<InvoiceHead, DriverError> {
    Ok(InvoiceHead {
        number: InvoiceNumber(row.get(1)?),
        issued_on: row.get(2)?,
        due_on: row.get(3)?,
        language: row.parse(4)?,
        buyer: Buyer {
            name: row.get(5)?,
            org_number: row.parse(6)?,
            care_of: row.get(7)?,
            street: row.get(8)?,
            postal_code: row.get(9)?,
            city: row.get(10)?,
            country: row.parse(11)?,
            invoice_email: row.parse(12)?,
            vat_number: row.parse_optional(19)?,
            deliver: row.parse(23)?,
            participant: row.parse_optional(24)?,
        },
        reference: row.get(13)?,
        order_number: row.get(14)?,
        replaces: read_replaces(row)?,
    })
}

fn read_replaces(row: &Row<'_>) -> Result<Option<Replaces>, DriverError> {
    let number: Option<i64> = row.get(20)?;
    let Some(number) = number.map(InvoiceNumber) else { return Ok(None) };
    Ok(Some(Replaces { number, issued_on: row.get(21)?, paid: row.get(22)? }))
}

fn read_line(row: &Row<'_>) -> Result<Line, DriverError> {
    let period = match (row.get(8)?, row.get(9)?) {
        (Some(start), Some(end)) => Some(Term { start, end }),
        _ => None,
    };
    let group: String = row.get(14)?;
    let licensee = match (row.get::<Option<String>>(16)?, row.get::<Option<i64>>(17)?) {
        (Some(holder), Some(seats)) => Some(Licensee { holder: Holder::kept(holder), seats }),
        _ => None,
    };
    Ok(Line {
        sku: row.get(0)?,
        kind: row.parse::<ProductKind>(1)?,
        description: row.get(2)?,
        quantity: row.get(3)?,
        unit_price: row.get(4)?,
        net: row.get(5)?,
        vat_rate: row.get::<VatRate>(6)?,
        vat_exemption: row.get(7)?,
        period,
        subscription_number: row.get(10)?,
        licensee,
        basis: PriceBasis {
            decided_on: row.get(11)?,
            price_from: row.get(12)?,
            vat_from: row.get(13)?,
            group: PriceGroup::of(group == PriceGroup::Member.as_str()),
            rule: row.parse(15)?,
        },
    })
}

#[cfg(test)]
mod tests;
