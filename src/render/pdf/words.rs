//! The words of documents in both languages, and how amounts and counts are written in each.

use crate::domain::language::Language;
use crate::domain::money::{Money, VatRate};

/// The fixed words of an invoice in one language.
pub struct Words {
    language: Language,
    pub invoice: &'static str,
    pub not_an_invoice: &'static str,
    pub invoice_number: &'static str,
    pub invoice_date: &'static str,
    pub due_date: &'static str,
    pub order_number: &'static str,
    pub your_reference: &'static str,
    pub your_org_number: &'static str,
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
    pub net: &'static str,
    pub total: &'static str,
    pub no_vat_because: &'static str,
    pub payment: &'static str,
    pub to_pay: &'static str,
    pub ocr: &'static str,
    pub payee: &'static str,
    pub state_the_ocr: &'static str,
    pub late_interest: &'static str,
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
}

static SWEDISH: Words = Words {
    language: Language::Swedish,
    invoice: "Faktura",
    not_an_invoice: "UTKAST – INTE EN FAKTURA",
    invoice_number: "Fakturanummer",
    invoice_date: "Fakturadatum",
    due_date: "Förfallodag",
    order_number: "Ordernummer",
    your_reference: "Er referens",
    your_org_number: "Ert organisationsnummer",
    description: "Benämning",
    quantity: "Antal",
    unit_price: "À-pris",
    vat: "Moms",
    amount: "Belopp",
    excluding_vat: "kr exkl. moms",
    sku: "Art.nr",
    period: "Avser perioden",
    subscription: "Abonnemang",
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
};

static ENGLISH: Words = Words {
    language: Language::English,
    invoice: "Invoice",
    not_an_invoice: "DRAFT – NOT AN INVOICE",
    invoice_number: "Invoice number",
    invoice_date: "Invoice date",
    due_date: "Due date",
    order_number: "Order number",
    your_reference: "Your reference",
    your_org_number: "Your organisation number",
    description: "Description",
    quantity: "Quantity",
    unit_price: "Unit price",
    vat: "VAT",
    amount: "Amount",
    excluding_vat: "SEK excl. VAT",
    sku: "Item no.",
    period: "For the period",
    subscription: "Subscription",
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
};

impl Words {
    /// Returns the words of a language.
    pub fn of(language: Language) -> &'static Words {
        match language {
            Language::Swedish => &SWEDISH,
            Language::English => &ENGLISH,
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
