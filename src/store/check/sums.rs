//! Sums and VAT, worked out from the lines.

use super::Found;
use crate::domain::check::{Area, Finding};
use crate::domain::invoice::{InvoiceId, InvoiceKind, InvoiceNumber, Totals};
use crate::domain::money::{Money, VatRate};
use crate::store::driver::Row;
use crate::store::{DriverError, StoreError, Tx};

/// An invoice as its row tells of it, with as much of its lines as was read.
struct Gathered {
    id: InvoiceId,
    number: InvoiceNumber,
    kind: InvoiceKind,
    ocr: String,
    net: Money,
    vat: Money,
    total: Money,
    lines: Vec<(VatRate, Money)>,
}

impl Tx<'_> {
    pub(super) fn check_sums(&self, each: Found<'_>) -> Result<(), StoreError> {
        let mut gathered: Option<Gathered> = None;
        self.each(
            "SELECT i.id, i.number, i.kind, i.ocr, i.net_ore, i.vat_ore, i.total_ore,
                 l.position, l.quantity, l.unit_price_ore, l.net_ore, l.vat_rate
             FROM invoice i LEFT JOIN invoice_line l ON l.invoice_id = i.id
             ORDER BY i.id, l.position",
            &[],
            &mut |row| {
                let id = InvoiceId(row.get(0)?);
                if gathered.as_ref().is_none_or(|gathered| gathered.id != id)
                    && let Some(whole) = gathered.replace(read_head(row)?)
                {
                    self.check_invoice(&whole, each)?;
                }
                let Some(position) = row.get::<Option<i64>>(7)? else { return Ok(()) };
                let (quantity, price, net): (i64, Money, Money) =
                    (row.get(8)?, row.get(9)?, row.get(10)?);
                if let Some(gathered) = &mut gathered {
                    if price.times(quantity) != Some(net) {
                        let what = format!("line {position} is not {quantity} times {price}");
                        each(Finding::new(Area::Sum, gathered.about(), what));
                    }
                    gathered.lines.push((row.get(11)?, net));
                }
                Ok(())
            },
        )?;
        Ok(gathered.map_or(Ok(()), |last| self.check_invoice(&last, each))?)
    }

    fn check_invoice(&self, invoice: &Gathered, each: Found<'_>) -> Result<(), DriverError> {
        let mut found = |what: String| each(Finding::new(Area::Sum, invoice.about(), what));
        if invoice.lines.is_empty() {
            found("it has no lines".to_owned());
            return Ok(());
        }
        if invoice.number.ocr().as_str() != invoice.ocr {
            found(format!("its payment reference is {} and should not be", invoice.ocr));
        }
        let totals = match invoice.kind {
            InvoiceKind::Invoice => Totals::of_invoice(invoice.lines.iter().copied()),
            // Its VAT depends on what was credited before, and there are few.
            InvoiceKind::CreditNote => match self.invoice_by_id(invoice.id) {
                Ok(note) => note.draft.totals(),
                Err(StoreError::Driver(DriverError::Corrupt(words))) => {
                    found(words);
                    return Ok(());
                }
                Err(StoreError::Driver(error)) => return Err(error),
                Err(error) => return Err(DriverError::Corrupt(error.to_string())),
            },
        };
        for (what, stored, worked_out) in [
            ("net", invoice.net, totals.net),
            ("VAT", invoice.vat, totals.vat),
            ("total", invoice.total, totals.total),
        ] {
            if stored != worked_out {
                found(format!("its {what} is {stored}, and its lines make {worked_out}"));
            }
        }
        Ok(())
    }
}

impl Gathered {
    fn about(&self) -> String {
        format!("invoice {}", self.number)
    }
}

fn read_head(row: &Row<'_>) -> Result<Gathered, DriverError> {
    Ok(Gathered {
        id: InvoiceId(row.get(0)?),
        number: InvoiceNumber(row.get(1)?),
        kind: row.parse(2)?,
        ocr: row.get(3)?,
        net: row.get(4)?,
        vat: row.get(5)?,
        total: row.get(6)?,
        lines: Vec::new(),
    })
}
