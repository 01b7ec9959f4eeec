//! The words of documents in both languages, and how amounts and counts are written in each.

use chrono::NaiveDate;

use crate::domain::invoice::{InvoiceKind, InvoiceNumber};
use crate::domain::language::Language;
use crate::domain::money::{Money, VatRate};

use super::qr::Payment;

/// The fixed words of an invoice or a credit note in one language.
pub struct Words {
    pub(super) language: Language,
    /// What the document is called.
    pub title: &'static str,
    pub not_an_invoice: &'static str,
    pub invoice_number: &'static str,
    pub invoice_date: &'static str,
    pub due_date: &'static str,
    pub order_number: &'static str,
    pub your_reference: &'static str,
    pub your_org_number: &'static str,
    pub your_vat_number: &'static str,
    pub description: &'static str,
    pub quantity: &'static str,
    pub unit_price: &'static str,
    pub vat: &'static str,
    pub amount: &'static str,
    /// Under the headings of the columns of amounts.
    pub excluding_vat: &'static str,
    pub sku: &'static str,
    pub period: &'static str,
    pub subscription: &'static str,
    pub licence_holder: &'static str,
    pub seats: &'static str,
    pub net: &'static str,
    pub total: &'static str,
    pub no_vat_because: &'static str,
    pub payment: &'static str,
    pub to_pay: &'static str,
    pub ocr: &'static str,
    pub payee: &'static str,
    pub state_the_ocr: &'static str,
    pub late_interest: &'static str,
    /// Under the code that a bank's app reads.
    pub scan: &'static str,
    pub subscription_conditions: &'static str,
    pub printed_conditions: &'static str,
    pub registered_office: &'static str,
    pub org_number: &'static str,
    pub vat_number: &'static str,
    pub f_tax: &'static str,
    pub phone: &'static str,
    pub email: &'static str,
    pub web: &'static str,
    /// What a screen reader says before it reads the lines.
    pub lines_summary: &'static str,
    pub sums_summary: &'static str,
    /// On a credit note: the invoice it credits, why, and how it is settled.
    pub credited_invoice: &'static str,
    pub reason: &'static str,
    pub settlement: &'static str,
    pub amount_credited: &'static str,
    pub left: &'static str,
    pub released: &'static str,
    pub nothing_to_pay: &'static str,
    /// On an invoice issued anew: the one it replaces, and what was paid on that one.
    pub replaced_invoice: &'static str,
    pub total_including_vat: &'static str,
    pub paid_already: &'static str,
}

const SWEDISH: Words = Words {
    language: Language::Swedish,
    title: "Faktura",
    not_an_invoice: "UTKAST – INTE EN FAKTURA",
    invoice_number: "Fakturanummer",
    invoice_date: "Fakturadatum",
    due_date: "Förfallodag",
    order_number: "Ordernummer",
    your_reference: "Er referens",
    your_org_number: "Ert organisationsnummer",
    your_vat_number: "Ert momsregistreringsnummer",
    description: "Benämning",
    quantity: "Antal",
    unit_price: "À-pris",
    vat: "Moms",
    amount: "Belopp",
    excluding_vat: "kr exkl. moms",
    sku: "Art.nr",
    period: "Avser perioden",
    subscription: "Abonnemang",
    licence_holder: "Licensinnehavare",
    seats: "Platser",
    net: "Summa exkl. moms",
    total: "Att betala (SEK)",
    no_vat_because: "Grund för 0\u{a0}% moms:",
    payment: "Betalning",
    to_pay: "Att betala",
    ocr: "OCR-nummer",
    payee: "Betalningsmottagare:",
    state_the_ocr: "Ange OCR-numret vid betalning.",
    late_interest: "Efter förfallodagen debiteras dröjsmålsränta enligt räntelagen (referensräntan \
                    plus åtta procentenheter).",
    scan: "Betala med bankens app",
    subscription_conditions: "Villkor för abonnemang",
    printed_conditions: "Villkor för tryckta exemplar",
    registered_office: "Säte:",
    org_number: "Organisationsnummer",
    vat_number: "Momsregistreringsnummer",
    f_tax: "Godkänd för F-skatt",
    phone: "Telefon",
    email: "E-post",
    web: "Webbplats",
    lines_summary: "Fakturans rader: benämning, antal, à-pris, momssats och belopp",
    sums_summary: "Summa, moms per momssats och belopp att betala",
    credited_invoice: "Avser faktura",
    reason: "Orsak till krediteringen:",
    settlement: "Så regleras krediteringen",
    amount_credited: "Krediterat belopp",
    left: "Återstår att betala",
    released: "Ni har till godo",
    nothing_to_pay: "Det här är en kreditfaktura och ska inte betalas.",
    replaced_invoice: "Ersätter faktura",
    total_including_vat: "Summa inkl. moms",
    paid_already: "Fakturan är betald. Det finns inget att betala.",
};

const SWEDISH_CREDIT_NOTE: Words = Words {
    title: "Kreditfaktura",
    not_an_invoice: "UTKAST – INTE EN KREDITFAKTURA",
    invoice_number: "Kreditfakturanummer",
    invoice_date: "Kreditfakturadatum",
    total: "Krediterat belopp (SEK)",
    lines_summary: "Kreditfakturans rader: benämning, antal, à-pris, momssats och belopp",
    sums_summary: "Summa, moms per momssats och krediterat belopp",
    ..SWEDISH
};

const SWEDISH_REMINDER: Words = Words { title: "Betalningspåminnelse", ..SWEDISH };

const SWEDISH_SLIP: Words = Words { title: "Följesedel", ..SWEDISH };

const ENGLISH: Words = Words {
    language: Language::English,
    title: "Invoice",
    not_an_invoice: "DRAFT – NOT AN INVOICE",
    invoice_number: "Invoice number",
    invoice_date: "Invoice date",
    due_date: "Due date",
    order_number: "Order number",
    your_reference: "Your reference",
    your_org_number: "Your organisation number",
    your_vat_number: "Your VAT number",
    description: "Description",
    quantity: "Quantity",
    unit_price: "Unit price",
    vat: "VAT",
    amount: "Amount",
    excluding_vat: "SEK excl. VAT",
    sku: "Item no.",
    period: "For the period",
    subscription: "Subscription",
    licence_holder: "Licence holder",
    seats: "Seats",
    net: "Total excl. VAT",
    total: "Amount due (SEK)",
    no_vat_because: "Reason for 0\u{a0}% VAT:",
    payment: "Payment",
    to_pay: "Amount due",
    ocr: "OCR reference",
    payee: "Payee:",
    state_the_ocr: "Please state the OCR reference when paying.",
    late_interest: "After the due date, interest is charged in accordance with the Swedish Interest \
                    Act (the reference rate plus eight percentage points).",
    scan: "Pay with your bank’s app",
    subscription_conditions: "Conditions for subscriptions",
    printed_conditions: "Conditions for printed copies",
    registered_office: "Registered office:",
    org_number: "Organisation number",
    vat_number: "VAT number",
    f_tax: "Approved for F-tax",
    phone: "Phone",
    email: "E-mail",
    web: "Website",
    lines_summary: "The lines of the invoice: description, quantity, unit price, VAT rate and amount",
    sums_summary: "Total, VAT for each rate and amount due",
    credited_invoice: "Refers to invoice",
    reason: "Reason for the credit:",
    settlement: "How the credit is settled",
    amount_credited: "Amount credited",
    left: "Left to pay",
    released: "To your credit",
    nothing_to_pay: "This is a credit note and is not to be paid.",
    replaced_invoice: "Replaces invoice",
    total_including_vat: "Total incl. VAT",
    paid_already: "The invoice is paid. There is nothing to pay.",
};

const ENGLISH_CREDIT_NOTE: Words = Words {
    title: "Credit note",
    not_an_invoice: "DRAFT – NOT A CREDIT NOTE",
    invoice_number: "Credit note number",
    invoice_date: "Credit note date",
    total: "Amount credited (SEK)",
    lines_summary: "The lines of the credit note: description, quantity, unit price, VAT rate and amount",
    sums_summary: "Total, VAT for each rate and amount credited",
    ..ENGLISH
};

const ENGLISH_REMINDER: Words = Words { title: "Payment reminder", ..ENGLISH };

const ENGLISH_SLIP: Words = Words { title: "Packing slip", ..ENGLISH };

impl Words {
    /// Returns the words of a kind of document in a language.
    pub fn of(language: Language, kind: InvoiceKind) -> &'static Words {
        match (language, kind) {
            (Language::Swedish, InvoiceKind::Invoice) => &SWEDISH,
            (Language::Swedish, InvoiceKind::CreditNote) => &SWEDISH_CREDIT_NOTE,
            (Language::English, InvoiceKind::Invoice) => &ENGLISH,
            (Language::English, InvoiceKind::CreditNote) => &ENGLISH_CREDIT_NOTE,
        }
    }

    /// Returns the words that a reminder has in common with the invoice it is about.
    pub fn of_reminder(language: Language) -> &'static Words {
        match language {
            Language::Swedish => &SWEDISH_REMINDER,
            Language::English => &ENGLISH_REMINDER,
        }
    }

    /// Returns the words that a packing slip has in common with the invoice of its order.
    pub fn of_slip(language: Language) -> &'static Words {
        match language {
            Language::Swedish => &SWEDISH_SLIP,
            Language::English => &ENGLISH_SLIP,
        }
    }

    /// Returns an invoice as another document refers to it: by its number and its date.
    pub fn invoice_of(&self, number: InvoiceNumber, issued_on: NaiveDate) -> String {
        match self.language {
            Language::Swedish => format!("{number} av den {issued_on}"),
            Language::English => format!("{number} of {issued_on}"),
        }
    }

    /// Returns what the code for a bank's app says, for those who cannot see it.
    pub fn code_says(&self, payment: &Payment) -> String {
        let Payment { reference, due_on, .. } = payment;
        let (name, amount) = (&payment.payee.legal_name, self.money(payment.amount));
        match self.language {
            Language::Swedish => format!(
                "QR-kod för betalning i bankens app: {amount} till {name}, OCR-nummer {reference}, \
                 senast {due_on}"
            ),
            Language::English => format!(
                "QR code for payment in the bank’s app: {amount} to {name}, OCR reference \
                 {reference}, by {due_on}"
            ),
        }
    }

    /// Returns the label of what was paid on an invoice before it was issued anew.
    pub fn paid_on(&self, number: InvoiceNumber) -> String {
        match self.language {
            Language::Swedish => format!("Avgår: betalt på faktura {number}"),
            Language::English => format!("Less: paid on invoice {number}"),
        }
    }

    /// Returns an amount with its currency: `3 900,00 kr`, `3 900.00 SEK`, with no-break spaces.
    pub fn money(&self, money: Money) -> String {
        match self.language {
            Language::Swedish => format!("{}\u{a0}kr", self.figures(money)),
            Language::English => format!("{}\u{a0}SEK", self.figures(money)),
        }
    }

    /// Returns an amount for a column whose heading names the currency: `3 900,00`, `3 900.00`.
    pub fn figures(&self, money: Money) -> String {
        match self.language {
            Language::Swedish => money.to_string(),
            Language::English => money.to_string().replace(',', "."),
        }
    }

    /// Returns the label of the VAT on what one rate applies to.
    pub fn vat_on(&self, rate: VatRate, net: Money) -> String {
        let (rate, net) = (percent(rate), self.money(net));
        match self.language {
            Language::Swedish => format!("Moms {rate} på {net}"),
            Language::English => format!("VAT {rate} on {net}"),
        }
    }

    /// Returns which page of how many this is.
    pub fn page(&self, page: usize, pages: usize) -> String {
        match self.language {
            Language::Swedish => format!("Sida {page} ({pages})"),
            Language::English => format!("Page {page} of {pages}"),
        }
    }
}

/// Returns a rate as both languages write it, with a no-break space.
pub fn percent(rate: VatRate) -> String {
    format!("{}\u{a0}%", rate.percent())
}
