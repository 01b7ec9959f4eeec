//! The words of a payment reminder, in both languages.

use crate::domain::language::Language;
use crate::domain::letter::PaymentReminder;

/// The fixed words of a payment reminder in one language.
pub struct ReminderWords {
    language: Language,
    pub reminded_on: &'static str,
    pub claim: &'static str,
    pub claim_summary: &'static str,
    pub total: &'static str,
    pub credited: &'static str,
    pub paid: &'static str,
    pub written_off: &'static str,
    pub capital: &'static str,
    interest: &'static str,
    pub fees: &'static str,
    pub compensation: &'static str,
    pub claims_paid: &'static str,
    pub to_pay: &'static str,
    pub interest_heading: &'static str,
    pub interest_summary: &'static str,
    pub period: &'static str,
    pub days: &'static str,
    pub rate: &'static str,
    pub on_capital: &'static str,
    pub amount: &'static str,
    pub in_kronor: &'static str,
    pub interest_rule: &'static str,
    pub pay_by: &'static str,
    pub interest_runs_on: &'static str,
}

static SWEDISH: ReminderWords = ReminderWords {
    language: Language::Swedish,
    reminded_on: "Påminnelsedatum",
    claim: "Det här är obetalt",
    claim_summary: "Fakturans belopp, det som är krediterat och betalt, tillägg och summa att betala",
    total: "Fakturans belopp inklusive moms",
    credited: "Krediterat",
    paid: "Betalt",
    written_off: "Avskrivet",
    capital: "Kvar att betala av fakturan",
    interest: "Dröjsmålsränta till och med",
    fees: "Påminnelseavgift",
    compensation: "Förseningsersättning",
    claims_paid: "Betalt av avgifter och ränta",
    to_pay: "Summa att betala (SEK)",
    interest_heading: "Så är dröjsmålsräntan räknad",
    interest_summary: "Dröjsmålsräntan: period, dagar, årsränta, obetalt belopp och ränta",
    period: "Period",
    days: "Dagar",
    rate: "Årsränta",
    on_capital: "Obetalt av fakturan",
    amount: "Ränta",
    in_kronor: "kr",
    interest_rule: "Räntelagen: Riksbankens referensränta plus åtta procentenheter, efter faktiska \
                    dagar och 365 dagar på året.",
    pay_by: "Betala senast",
    interest_runs_on: "På det som återstår av fakturan löper dröjsmålsränta vidare tills det är \
                       betalt.",
};

static ENGLISH: ReminderWords = ReminderWords {
    language: Language::English,
    reminded_on: "Reminder date",
    claim: "What is unpaid",
    claim_summary: "The amount of the invoice, what is credited and paid, additions and amount due",
    total: "Amount of the invoice including VAT",
    credited: "Credited",
    paid: "Paid",
    written_off: "Written off",
    capital: "Left to pay of the invoice",
    interest: "Late interest up to and including",
    fees: "Reminder fee",
    compensation: "Compensation for late payment",
    claims_paid: "Paid of fees and interest",
    to_pay: "Amount due (SEK)",
    interest_heading: "How the late interest was calculated",
    interest_summary: "The late interest: period, days, yearly rate, amount unpaid and interest",
    period: "Period",
    days: "Days",
    rate: "Yearly rate",
    on_capital: "Unpaid of the invoice",
    amount: "Interest",
    in_kronor: "SEK",
    interest_rule: "Swedish Interest Act: the reference rate of the Riksbank plus eight percentage \
                    points, by actual days and 365 days a year.",
    pay_by: "Please pay by",
    interest_runs_on: "Late interest continues to run on what is left of the invoice until it is \
                       paid.",
};

impl ReminderWords {
    /// Returns the words of a language.
    pub fn of(language: Language) -> &'static ReminderWords {
        match language {
            Language::Swedish => &SWEDISH,
            Language::English => &ENGLISH,
        }
    }

    /// Returns the label of the interest, which says through which day it is counted.
    pub fn interest_through(&self, facts: &PaymentReminder) -> String {
        format!("{} {}", self.interest, facts.reminded_on)
    }

    /// Says up to which day payments are counted, and what to do about later ones.
    pub fn payments_through(&self, facts: &PaymentReminder) -> String {
        let day = &facts.payments_through;
        match self.language {
            Language::Swedish => format!(
                "Betalningar som har kommit in till och med {day} är avräknade. Har ni betalat efter \
                 det kan ni bortse från den här påminnelsen."
            ),
            Language::English => format!(
                "Payments received up to and including {day} have been taken into account. If you \
                 have paid since then, please disregard this reminder."
            ),
        }
    }
}
