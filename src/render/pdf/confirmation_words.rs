//! The words of a confirmation of notice, in both languages.

use crate::domain::language::Language;
use crate::domain::letter::NoticeConfirmation;

/// The fixed words of a confirmation in one language.
pub struct ConfirmationWords {
    language: Language,
    pub title: &'static str,
    pub subscription: &'static str,
    pub received: &'static str,
    arrived: &'static str,
    pub ends: &'static str,
    pub last_day: &'static str,
    pub the_subscription: &'static str,
    pub the_notice: &'static str,
    pub the_dates: &'static str,
    pub credited: &'static str,
    product: &'static str,
    holder: &'static str,
    org_number: &'static str,
    sent: &'static str,
    entered: &'static str,
    by: &'static str,
    how: &'static str,
    renewal_date: &'static str,
    deadline: &'static str,
    counted: &'static str,
    outcome: &'static str,
    in_time: &'static str,
    late: &'static str,
    exception: &'static str,
    by_letter: &'static str,
    by_email: &'static str,
    by_login: &'static str,
    in_writing: &'static str,
}

static SWEDISH: ConfirmationWords = ConfirmationWords {
    language: Language::Swedish,
    title: "Bekräftelse på uppsägning",
    subscription: "Abonnemang",
    received: "Uppsägningen kom in till oss",
    arrived: "Kom in till oss",
    ends: "Abonnemanget upphör",
    last_day: "Sista dag med tillgång",
    the_subscription: "Abonnemanget",
    the_notice: "Uppsägningen",
    the_dates: "Så har dagarna räknats",
    credited: "Det här krediteras",
    product: "Avser",
    holder: "Kund",
    org_number: "Organisationsnummer",
    sent: "Skickad",
    entered: "Registrerad hos oss",
    by: "Lämnad av",
    how: "Form",
    renewal_date: "Förnyelsedag",
    deadline: "Sista dag för uppsägning",
    counted: "Beräkning",
    outcome: "Bedömning",
    in_time: "I tid",
    late: "För sent",
    exception: "För sent, godtagen som ett undantag",
    by_letter: "Brev",
    by_email: "E-post",
    by_login: "Inloggad",
    in_writing: "Skriftligen",
};

static ENGLISH: ConfirmationWords = ConfirmationWords {
    language: Language::English,
    title: "Confirmation of notice",
    subscription: "Subscription",
    received: "Notice received by us",
    arrived: "Received by us",
    ends: "The subscription ends on",
    last_day: "Last day of access",
    the_subscription: "The subscription",
    the_notice: "The notice",
    the_dates: "How the days were counted",
    credited: "What is credited",
    product: "For",
    holder: "Customer",
    org_number: "Organisation number",
    sent: "Sent",
    entered: "Entered by us",
    by: "Given by",
    how: "Form",
    renewal_date: "Renewal date",
    deadline: "Last day for notice",
    counted: "Calculation",
    outcome: "Assessment",
    in_time: "In time",
    late: "Late",
    exception: "Late, accepted as an exception",
    by_letter: "Letter",
    by_email: "E-mail",
    by_login: "Logged in",
    in_writing: "In writing",
};

type Facts = Vec<(String, String)>;

impl ConfirmationWords {
    /// Returns the words of a language.
    pub fn of(language: Language) -> &'static ConfirmationWords {
        match language {
            Language::Swedish => &SWEDISH,
            Language::English => &ENGLISH,
        }
    }

    /// Says whether the notice was in time, and when the subscription therefore ends.
    pub fn verdict(&self, facts: &NoticeConfirmation) -> String {
        let NoticeConfirmation { deadline, renewal_date, ends_on, .. } = facts;
        match (self.language, facts.in_time, facts.exception) {
            (Language::Swedish, true, _) => format!(
                "Uppsägningen kom in i tid. Abonnemanget upphör på förnyelsedagen {ends_on} och \
                 förnyas inte."
            ),
            (Language::Swedish, _, true) => format!(
                "Uppsägningen kom in efter den sista dagen, som var {deadline}. Vi godtar den som \
                 ett undantag, som om den hade kommit in i tid, och abonnemanget upphör på \
                 förnyelsedagen {ends_on}."
            ),
            (Language::Swedish, _, _) => format!(
                "Uppsägningen kom in efter den sista dagen, som var {deadline}. Abonnemanget löper \
                 därför vidare från {renewal_date} och upphör {ends_on}."
            ),
            (Language::English, true, _) => format!(
                "The notice reached us in time. The subscription ends on the renewal date, \
                 {ends_on}, and will not be renewed."
            ),
            (Language::English, _, true) => format!(
                "The notice reached us after the last day, which was {deadline}. As an exception we \
                 accept it as if it had reached us in time, and the subscription ends on the \
                 renewal date, {ends_on}."
            ),
            (Language::English, _, _) => format!(
                "The notice reached us after the last day, which was {deadline}. The subscription \
                 therefore runs on from {renewal_date} and ends on {ends_on}."
            ),
        }
    }

    pub fn subscription_facts(&self, facts: &NoticeConfirmation) -> Facts {
        present([
            (self.subscription, Some(facts.number.clone())),
            (self.product, Some(facts.product.clone())),
            (self.holder, Some(facts.holder.clone())),
            (self.org_number, Some(facts.org_number.clone())),
        ])
    }

    pub fn notice_facts(&self, facts: &NoticeConfirmation) -> Facts {
        let channel = match (facts.channel.as_deref(), &facts.login) {
            (Some("login"), Some(login)) => format!("{}, {login}", self.by_login),
            (Some("login"), None) => self.by_login.to_owned(),
            (Some("letter"), _) => self.by_letter.to_owned(),
            (Some("email"), _) => self.by_email.to_owned(),
            _ => self.in_writing.to_owned(),
        };
        present([
            (self.sent, facts.sent_on.clone()),
            (self.arrived, Some(facts.received_on.clone())),
            (self.entered, Some(facts.entered_on.clone())),
            (self.how, Some(channel)),
            (self.by, facts.given_by.clone()),
        ])
    }

    pub fn date_facts(&self, facts: &NoticeConfirmation) -> Facts {
        let outcome = match (facts.in_time, facts.exception) {
            (true, _) => self.in_time,
            (_, true) => self.exception,
            (false, false) => self.late,
        };
        present([
            (self.renewal_date, Some(facts.renewal_date.clone())),
            (self.deadline, Some(facts.deadline.clone())),
            (self.counted, Some(self.calculation(facts))),
            (self.outcome, Some(outcome.to_owned())),
        ])
    }

    /// Says how the last day for notice was counted.
    fn calculation(&self, facts: &NoticeConfirmation) -> String {
        let (renewal_date, count) = (&facts.renewal_date, facts.notice_months);
        let (from, months, included) = match (self.language, &facts.counted_from_last_day) {
            (Language::Swedish, None) => {
                (format!("förnyelsedagen {renewal_date}"), "månader", "den dagen inräknad")
            }
            (Language::Swedish, Some(day)) => {
                (format!("periodens sista dag {day}"), "månader", "den dagen inräknad")
            }
            (Language::English, None) => {
                (format!("the renewal date {renewal_date}"), "months", "that day included")
            }
            (Language::English, Some(day)) => {
                (format!("the term's last day {day}"), "months", "that day included")
            }
        };
        let months = match (self.language, count) {
            (Language::Swedish, 1) => "månad",
            (Language::English, 1) => "month",
            _ => months,
        };
        match (self.language, &facts.moved_from) {
            (Language::Swedish, None) if count == 0 => format!("Till och med {from}"),
            (Language::English, None) if count == 0 => format!("Up to and including {from}"),
            (Language::Swedish, None) => format!("{count} {months} före {from}, {included}"),
            (Language::English, None) => format!("{count} {months} before {from}, {included}"),
            (Language::Swedish, Some(day)) => format!(
                "{count} {months} före {from} är {day}, som inte är en arbetsdag. I stället gäller \
                 nästa arbetsdag, {included}"
            ),
            (Language::English, Some(day)) => format!(
                "{count} {months} before {from} is {day}, which is not a working day. The next \
                 working day counts instead, {included}"
            ),
        }
    }

    /// Returns each invoice that is credited, with what is credited of it.
    pub fn credit_facts(&self, facts: &NoticeConfirmation) -> Facts {
        let credits = facts.credits.iter();
        let told = credits.map(|credit| {
            let (invoice, note, total) = (&credit.invoice, &credit.credit_note, &credit.total);
            let (start, end) = (&credit.period_start, &credit.period_last_day);
            match self.language {
                Language::Swedish => (
                    format!("Faktura {invoice}"),
                    format!(
                        "{total} inklusive moms, kreditfaktura {note}, för {start} till och med \
                         {end}"
                    ),
                ),
                Language::English => (
                    format!("Invoice {invoice}"),
                    format!(
                        "{total} including VAT, credit note {note}, for {start} to {end}, both days \
                         included"
                    ),
                ),
            }
        });
        told.collect()
    }

    pub fn questions(&self, facts: &NoticeConfirmation) -> String {
        let email = &facts.office.office_email;
        match self.language {
            Language::Swedish => format!("Stämmer något inte? Skriv till {email}."),
            Language::English => format!("Is anything not right? Please write to {email}."),
        }
    }
}

fn present<const N: usize>(facts: [(&str, Option<String>); N]) -> Facts {
    facts.into_iter().filter_map(|(label, value)| Some((label.to_owned(), value?))).collect()
}
