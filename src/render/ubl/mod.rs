//! E-invoices: Peppol BIS Billing 3 in UBL 2.1, for invoices and credit notes.
//!
//! An e-invoice says what the document of the same invoice says, in fields that a buyer's system reads.
//! Everything in it comes from the invoice, so that the same invoice gives the same bytes; whether it
//! keeps the rules is looked at before its number is spent (`domain::e_invoice`). Sources: EN 16931-1,
//! the Peppol BIS Billing guide, and for the order of elements the schemas of UBL 2.1.

mod lines;
mod party;
#[cfg(test)]
mod tests;
mod xml;

use crate::domain::invoice::{Invoice, InvoiceKind, Totals};
use crate::domain::money::Money;
use crate::domain::term::Term;

use self::xml::Xml;
use super::pdf::words::Words;

const CUSTOMIZATION: &str =
    "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0";
const PROFILE: &str = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0";

/// What invoices and credit notes are called in UBL.
struct Names {
    root: &'static str,
    namespace: &'static str,
    type_element: &'static str,
    type_code: &'static str,
    line: &'static str,
    quantity: &'static str,
}

const INVOICE: Names = Names {
    root: "Invoice",
    namespace: "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2",
    type_element: "cbc:InvoiceTypeCode",
    type_code: "380",
    line: "cac:InvoiceLine",
    quantity: "cbc:InvoicedQuantity",
};

const CREDIT_NOTE: Names = Names {
    root: "CreditNote",
    namespace: "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2",
    type_element: "cbc:CreditNoteTypeCode",
    type_code: "381",
    line: "cac:CreditNoteLine",
    quantity: "cbc:CreditedQuantity",
};

/// Returns the e-invoice of an invoice or a credit note: the same bytes for the same one.
pub fn e_invoice(invoice: &Invoice) -> Vec<u8> {
    let names = match invoice.draft.kind() {
        InvoiceKind::Invoice => &INVOICE,
        InvoiceKind::CreditNote => &CREDIT_NOTE,
    };
    let attributes = [
        ("xmlns", names.namespace),
        ("xmlns:cac", "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"),
        ("xmlns:cbc", "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"),
    ];
    Xml::document(names.root, &attributes, |xml| fill(xml, invoice, names)).into_bytes()
}

fn fill(xml: &mut Xml, invoice: &Invoice, names: &Names) {
    let draft = &invoice.draft;
    let words = Words::of(draft.language, draft.kind());
    let totals = draft.totals();
    xml.text("cbc:CustomizationID", CUSTOMIZATION);
    xml.text("cbc:ProfileID", PROFILE);
    xml.text("cbc:ID", &invoice.number.to_string());
    xml.text("cbc:IssueDate", &draft.issued_on.to_string());
    if draft.credits.is_none() {
        xml.text("cbc:DueDate", &draft.due_on.to_string());
    }
    xml.text(names.type_element, names.type_code);
    xml.maybe("cbc:Note", note(invoice, words).as_deref());
    xml.text("cbc:DocumentCurrencyCode", "SEK");
    xml.maybe("cbc:BuyerReference", draft.reference.as_deref());
    if let Some(span) = span(invoice) {
        period(xml, span);
    }
    let credited = draft.credits.as_ref().map(|credits| (credits.number, credits.issued_on));
    let replaced = draft.replaces.map(|former| (former.number, former.issued_on));
    if let Some((number, issued_on)) = credited.or(replaced) {
        xml.within("cac:BillingReference", |xml| {
            xml.within("cac:InvoiceDocumentReference", |xml| {
                xml.text("cbc:ID", &number.to_string());
                xml.text("cbc:IssueDate", &issued_on.to_string());
            });
        });
    }
    party::seller(xml, &draft.seller, words);
    party::buyer(xml, draft);
    match &draft.credits {
        None => {
            party::payment(xml, invoice);
            terms(xml, words.late_interest);
        }
        // A document with an amount above zero has terms or a due date (BR-CO-25 before 2026).
        Some(credits) => {
            let settled = words.settled(credits, totals.total, draft.issued_on);
            terms(xml, &format!("{} {settled}", words.nothing_to_pay));
        }
    }
    lines::vat(xml, draft, &totals);
    sums(xml, &totals, draft.to_pay());
    for (index, line) in draft.lines.iter().enumerate() {
        lines::line(xml, (index + 1, line), names, words);
    }
}

/// Returns the one note: why something is credited, or the conditions of what is sold (R5, R6).
fn note(invoice: &Invoice, words: &Words) -> Option<String> {
    let draft = &invoice.draft;
    if let Some(credits) = &draft.credits {
        return Some(format!("{} {}", words.reason, credits.reason));
    }
    let conditions = &draft.conditions;
    let parts = [
        (draft.has_subscriptions(), words.subscription_conditions, &conditions.subscription),
        (draft.has_printed_copies(), words.printed_conditions, &conditions.printed),
    ];
    let said: Vec<String> = parts
        .into_iter()
        .filter(|(is_sold, _, _)| *is_sold)
        .map(|(_, heading, wording)| {
            format!("{heading}: {}", wording.in_language(draft.language).trim())
        })
        .collect();
    (!said.is_empty()).then(|| said.join("\n"))
}

fn terms(xml: &mut Xml, note: &str) {
    xml.within("cac:PaymentTerms", |xml| xml.text("cbc:Note", note));
}

/// Returns the days from the first to the last that the lines are for.
fn span(invoice: &Invoice) -> Option<Term> {
    let periods = || invoice.draft.lines.iter().filter_map(|line| line.period);
    let start = periods().map(|period| period.start).min()?;
    let end = periods().map(|period| period.end).max()?;
    Some(Term { start, end })
}

/// Writes a period, whose last day is its own in UBL.
fn period(xml: &mut Xml, term: Term) {
    xml.within("cac:InvoicePeriod", |xml| {
        xml.text("cbc:StartDate", &term.start.to_string());
        xml.text("cbc:EndDate", &term.last_day().to_string());
    });
}

fn sums(xml: &mut Xml, totals: &Totals, to_pay: Money) {
    xml.within("cac:LegalMonetaryTotal", |xml| {
        amount(xml, "cbc:LineExtensionAmount", totals.net);
        amount(xml, "cbc:TaxExclusiveAmount", totals.net);
        amount(xml, "cbc:TaxInclusiveAmount", totals.total);
        if to_pay != totals.total {
            amount(xml, "cbc:PrepaidAmount", totals.total - to_pay);
        }
        amount(xml, "cbc:PayableAmount", to_pay);
    });
}

fn amount(xml: &mut Xml, name: &str, money: Money) {
    xml.attributed(name, &[("currencyID", "SEK")], &money.plain());
}
