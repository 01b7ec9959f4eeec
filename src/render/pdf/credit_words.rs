//! How a credit note is settled, in both languages.

use chrono::NaiveDate;

use crate::domain::credit::{Credits, Settled};
use crate::domain::invoice::InvoiceNumber;
use crate::domain::language::Language;
use crate::domain::money::Money;

use super::words::Words;

impl Words {
    /// Returns how a credit note of this `total`, issued on `day`, is settled.
    pub fn settled(&self, credits: &Credits, total: Money, day: NaiveDate) -> String {
        let (number, released) = (credits.number, credits.settled.released);
        let in_full = credits.left(total) == Money::ZERO;
        match (credits.replaced_by, credits.asked_for(total)) {
            (Some(anew), _) => self.settled_by(number, anew),
            _ if released > Money::ZERO => self.settled_with_money(number, in_full, released),
            _ if in_full => self.settled_in_full(number),
            (None, Money::ZERO) => self.settled_by_payment(number),
            (None, left) => self.settled_in_part(credits, left, day),
        }
    }

    /// Returns how a credit note is settled that credits all that was left of an invoice.
    fn settled_in_full(&self, number: InvoiceNumber) -> String {
        match self.language {
            Language::Swedish => format!(
                "Beloppet räknas av mot faktura {number}, som därmed är krediterad i sin helhet. Är \
                 fakturan inte betald, behöver ni inte betala den. Är den redan betald, betalar vi \
                 tillbaka det ni har betalat eller räknar av det mot en annan faktura; hör gärna av \
                 er om hur ni vill ha det."
            ),
            Language::English => format!(
                "The amount is set against invoice {number}, which is thereby credited in full. If \
                 you have not paid the invoice, you need not pay it. If you have, we will repay what \
                 you have paid or set it against another invoice; please let us know which you prefer."
            ),
        }
    }

    /// Returns how a credit note is settled that frees money which was paid.
    fn settled_with_money(&self, number: InvoiceNumber, in_full: bool, released: Money) -> String {
        let released = self.money(released);
        match self.language {
            Language::Swedish => format!(
                "Beloppet räknas av mot faktura {number}, som därmed är {}. Av det ni har betalat har ni \
                 {released} till godo hos oss, som vi betalar tillbaka eller räknar av mot en annan \
                 faktura; hör gärna av er om hur ni vill ha det.",
                if in_full { "krediterad i sin helhet" } else { "betald" }
            ),
            Language::English => format!(
                "The amount is set against invoice {number}, which is thereby {}. Of what you have paid, \
                 {released} stands to your credit with us, and we will repay it or set it against \
                 another invoice; please let us know which you prefer.",
                if in_full { "credited in full" } else { "paid" }
            ),
        }
    }

    /// Returns how a credit note is settled after which an invoice is paid by what was paid before.
    fn settled_by_payment(&self, number: InvoiceNumber) -> String {
        match self.language {
            Language::Swedish => format!(
                "Beloppet räknas av mot faktura {number}, som därmed är betald: inget återstår av den."
            ),
            Language::English => format!(
                "The amount is set against invoice {number}, which is thereby paid: nothing of it is \
                 left."
            ),
        }
    }

    /// Returns how a credit note is settled for an invoice that was issued anew as another.
    fn settled_by(&self, number: InvoiceNumber, anew: InvoiceNumber) -> String {
        match self.language {
            Language::Swedish => format!(
                "Beloppet räknas av mot faktura {number}, som därmed är krediterad i sin helhet. Den \
                 ersätts av faktura {anew}: betala den i stället. Det ni redan har betalat räknas av \
                 på den nya fakturan."
            ),
            Language::English => format!(
                "The amount is set against invoice {number}, which is thereby credited in full. It is \
                 replaced by invoice {anew}: please pay that one instead. What you have already paid \
                 is set against the new invoice."
            ),
        }
    }

    /// Returns how a credit note is settled that leaves some of an invoice to be paid.
    fn settled_in_part(&self, credits: &Credits, left: Money, day: NaiveDate) -> String {
        let Settled { paid, claimed, .. } = credits.settled;
        let (number, left, ocr) = (credits.number, self.money(left), credits.number.ocr());
        let counted = (paid > Money::ZERO).then_some(day);
        match self.language {
            Language::Swedish => {
                let counted = counted.map_or(String::new(), |day| {
                    format!(" när det som ni har betalat till och med {day} är avräknat")
                });
                let claimed =
                    if claimed > Money::ZERO { ", avgifter och ränta inräknade" } else { "" };
                format!(
                    "Beloppet räknas av mot faktura {number}, av vilken {left} återstår{counted}\
                     {claimed}. Är fakturan inte betald, betalar ni bara det som återstår, med fakturans \
                     OCR-nummer {ocr}. Har ni redan betalat mer än så, betalar vi tillbaka skillnaden \
                     eller räknar av den mot en annan faktura; hör gärna av er om hur ni vill ha det."
                )
            }
            Language::English => {
                let counted = counted.map_or(String::new(), |day| {
                    format!(" once what you have paid through {day} is counted off")
                });
                let claimed =
                    if claimed > Money::ZERO { ", fees and interest included" } else { "" };
                format!(
                    "The amount is set against invoice {number}, of which {left} is left{counted}\
                     {claimed}. If you have not paid the invoice, please pay only what is left, stating \
                     its OCR reference {ocr}. If you have already paid more than that, we will repay the \
                     difference or set it against another invoice; please let us know which you prefer."
                )
            }
        }
    }
}
