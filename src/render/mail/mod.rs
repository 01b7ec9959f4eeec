//! The words of the shop's mails, in text and in HTML.
//!
//! A kind of mail is two templates a language, carried in the binary; a folder may put others in
//! their place. A template is given facts and nothing else: it cannot ask for what it is not given,
//! and a word it misspells is an error and not a gap. The first line of a text template is the
//! subject. Attachments are deliberately absent: they are the business of whoever sends.

mod facts;
mod layout;

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{Datelike, NaiveDate};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, ErrorKind, UndefinedBehavior};
use serde::Serialize;

use crate::domain::language::Language;
use crate::domain::letter::Letter;
use crate::domain::secret::Secret;
use crate::domain::text::visible;

use facts::letter_samples;
pub use facts::{CreditNoteFacts, InvoiceFacts, TestFacts, amount};

/// The templates carried in the binary, by the file name that overrides each.
const CARRIED: [(&str, &str); 52] = [
    ("billing_change.en.html", include_str!("templates/billing_change.en.html")),
    ("billing_change.en.txt", include_str!("templates/billing_change.en.txt")),
    ("billing_change.sv.html", include_str!("templates/billing_change.sv.html")),
    ("billing_change.sv.txt", include_str!("templates/billing_change.sv.txt")),
    ("credit_note.en.html", include_str!("templates/credit_note.en.html")),
    ("credit_note.en.txt", include_str!("templates/credit_note.en.txt")),
    ("credit_note.sv.html", include_str!("templates/credit_note.sv.html")),
    ("credit_note.sv.txt", include_str!("templates/credit_note.sv.txt")),
    ("invoice.en.html", include_str!("templates/invoice.en.html")),
    ("invoice.en.txt", include_str!("templates/invoice.en.txt")),
    ("invoice.sv.html", include_str!("templates/invoice.sv.html")),
    ("invoice.sv.txt", include_str!("templates/invoice.sv.txt")),
    ("login_invitation.en.html", include_str!("templates/login_invitation.en.html")),
    ("login_invitation.en.txt", include_str!("templates/login_invitation.en.txt")),
    ("login_invitation.sv.html", include_str!("templates/login_invitation.sv.html")),
    ("login_invitation.sv.txt", include_str!("templates/login_invitation.sv.txt")),
    ("login_rename.en.html", include_str!("templates/login_rename.en.html")),
    ("login_rename.en.txt", include_str!("templates/login_rename.en.txt")),
    ("login_rename.sv.html", include_str!("templates/login_rename.sv.html")),
    ("login_rename.sv.txt", include_str!("templates/login_rename.sv.txt")),
    ("notice_confirmation.en.html", include_str!("templates/notice_confirmation.en.html")),
    ("notice_confirmation.en.txt", include_str!("templates/notice_confirmation.en.txt")),
    ("notice_confirmation.sv.html", include_str!("templates/notice_confirmation.sv.html")),
    ("notice_confirmation.sv.txt", include_str!("templates/notice_confirmation.sv.txt")),
    ("notice_withdrawal.en.html", include_str!("templates/notice_withdrawal.en.html")),
    ("notice_withdrawal.en.txt", include_str!("templates/notice_withdrawal.en.txt")),
    ("notice_withdrawal.sv.html", include_str!("templates/notice_withdrawal.sv.html")),
    ("notice_withdrawal.sv.txt", include_str!("templates/notice_withdrawal.sv.txt")),
    ("password_change.en.html", include_str!("templates/password_change.en.html")),
    ("password_change.en.txt", include_str!("templates/password_change.en.txt")),
    ("password_change.sv.html", include_str!("templates/password_change.sv.html")),
    ("password_change.sv.txt", include_str!("templates/password_change.sv.txt")),
    ("password_reset.en.html", include_str!("templates/password_reset.en.html")),
    ("password_reset.en.txt", include_str!("templates/password_reset.en.txt")),
    ("password_reset.sv.html", include_str!("templates/password_reset.sv.html")),
    ("password_reset.sv.txt", include_str!("templates/password_reset.sv.txt")),
    ("payment_reminder.en.html", include_str!("templates/payment_reminder.en.html")),
    ("payment_reminder.en.txt", include_str!("templates/payment_reminder.en.txt")),
    ("payment_reminder.sv.html", include_str!("templates/payment_reminder.sv.html")),
    ("payment_reminder.sv.txt", include_str!("templates/payment_reminder.sv.txt")),
    ("renewal_reminder.en.html", include_str!("templates/renewal_reminder.en.html")),
    ("renewal_reminder.en.txt", include_str!("templates/renewal_reminder.en.txt")),
    ("renewal_reminder.sv.html", include_str!("templates/renewal_reminder.sv.html")),
    ("renewal_reminder.sv.txt", include_str!("templates/renewal_reminder.sv.txt")),
    ("subscription_transfer.en.html", include_str!("templates/subscription_transfer.en.html")),
    ("subscription_transfer.en.txt", include_str!("templates/subscription_transfer.en.txt")),
    ("subscription_transfer.sv.html", include_str!("templates/subscription_transfer.sv.html")),
    ("subscription_transfer.sv.txt", include_str!("templates/subscription_transfer.sv.txt")),
    ("test.en.html", include_str!("templates/test.en.html")),
    ("test.en.txt", include_str!("templates/test.en.txt")),
    ("test.sv.html", include_str!("templates/test.sv.html")),
    ("test.sv.txt", include_str!("templates/test.sv.txt")),
];

/// What the first line of a text template begins with.
const SUBJECT: &str = "Subject:";

/// A mail in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// One line.
    pub subject: String,
    /// Lines of at most 78 characters, save for a word that is longer by itself.
    pub text: String,
    pub html: String,
}

/// Facts with the link that is made for one message.
#[derive(Serialize)]
struct Linked<'a, T> {
    #[serde(flatten)]
    facts: &'a T,
    link: &'a str,
}

/// Returns what stands in place of a link that is not made yet.
fn placeholder(language: Language) -> &'static str {
    match language {
        Language::Swedish => "[länken skrivs in när mejlet skickas]",
        Language::English => "[the link is put in when the mail is sent]",
    }
}

/// Returns a day as people write it in a sentence, `1 mars 2026`; what is no day stays as it is.
fn in_words(day: &str, language: Language) -> String {
    let Ok(date) = day.parse::<NaiveDate>() else { return day.to_owned() };
    let months = match language {
        Language::Swedish => [
            "januari",
            "februari",
            "mars",
            "april",
            "maj",
            "juni",
            "juli",
            "augusti",
            "september",
            "oktober",
            "november",
            "december",
        ],
        Language::English => [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
    };
    format!("{} {} {}", date.day(), months[date.month0() as usize], date.year())
}

/// The templates in force.
pub struct Templates {
    environment: Environment<'static>,
    folder: Option<PathBuf>,
    overriding: Vec<&'static str>,
}

/// Why a template cannot be used.
#[derive(Debug)]
pub enum TemplateError {
    Folder {
        folder: PathBuf,
        error: io::Error,
    },
    Unreadable {
        file: PathBuf,
        error: io::Error,
    },
    /// A template that would override nothing, which is likely a misspelt name.
    UnknownName {
        file: PathBuf,
    },
    /// `file` is a path, or the bare name of a template carried in the binary.
    Wrong {
        file: PathBuf,
        line: Option<usize>,
        reason: String,
    },
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TemplateError::Folder { folder, error } => {
                write!(f, "the folder of templates `{}` cannot be read: {error}", folder.display())
            }
            TemplateError::Unreadable { file, error } => {
                write!(f, "the template `{}` cannot be read: {error}", file.display())
            }
            TemplateError::UnknownName { file } => {
                let names: Vec<&str> = CARRIED.iter().map(|(name, _)| *name).collect();
                write!(
                    f,
                    "`{}` overrides no template; there are {}",
                    file.display(),
                    names.join(", ")
                )
            }
            TemplateError::Wrong { file, line: Some(line), reason } => {
                write!(f, "`{}`, line {line}: {reason}", file.display())
            }
            TemplateError::Wrong { file, line: None, reason } => {
                write!(f, "`{}`: {reason}", file.display())
            }
        }
    }
}

impl std::error::Error for TemplateError {}

impl Templates {
    /// Returns the templates that the binary carries.
    pub fn carried() -> Templates {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_syntax(
            SyntaxConfig::builder()
                .trim_blocks(true)
                .lstrip_blocks(true)
                .build()
                .expect("the usual delimiters"),
        );
        environment.add_filter("swedish_day", |day: &str| in_words(day, Language::Swedish));
        environment.add_filter("english_day", |day: &str| in_words(day, Language::English));
        for (name, source) in CARRIED {
            environment.add_template(name, source).expect("carried templates are tested");
        }
        Templates { environment, folder: None, overriding: Vec::new() }
    }

    /// Returns the carried templates with those in `folder` in place of the ones of the same name.
    ///
    /// Each of those is tried on sample facts of every kind there is, so that a mistake is found now
    /// and not in the middle of a night's mail. Files not ending in `.txt` or `.html` are left alone.
    pub fn with_folder(folder: &Path) -> Result<Templates, TemplateError> {
        let mut templates = Templates::carried();
        templates.folder = Some(folder.to_owned());
        let failed = |error| TemplateError::Folder { folder: folder.to_owned(), error };
        let mut files = fs::read_dir(folder)
            .and_then(|entries| {
                entries.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<PathBuf>>>()
            })
            .map_err(failed)?;
        files.sort();
        for file in files {
            if file.extension().is_some_and(|extension| extension == "txt" || extension == "html") {
                templates.replace(file)?;
            }
        }
        templates.try_on_samples()?;
        Ok(templates)
    }

    /// Returns the mail that brings an invoice.
    pub fn invoice(
        &self,
        language: Language,
        facts: &InvoiceFacts,
    ) -> Result<Rendered, TemplateError> {
        self.rendered("invoice", language, facts)
    }

    /// Returns the mail that brings a credit note.
    pub fn credit_note(
        &self,
        language: Language,
        facts: &CreditNoteFacts,
    ) -> Result<Rendered, TemplateError> {
        self.rendered("credit_note", language, facts)
    }

    /// Returns a letter in words. One that holds a link shows, without one, where it will stand.
    pub fn letter(
        &self,
        language: Language,
        letter: &Letter,
        link: Option<&Secret>,
    ) -> Result<Rendered, TemplateError> {
        let link = link.map_or_else(|| placeholder(language), Secret::reveal);
        match letter {
            Letter::RenewalReminder(facts) => self.rendered("renewal_reminder", language, facts),
            Letter::NoticeConfirmation(facts) => {
                self.rendered("notice_confirmation", language, facts)
            }
            Letter::NoticeWithdrawal(facts) => self.rendered("notice_withdrawal", language, facts),
            Letter::BillingChange(facts) => self.rendered("billing_change", language, facts),
            Letter::SubscriptionTransfer(facts) => {
                self.rendered("subscription_transfer", language, facts)
            }
            Letter::PaymentReminder(facts) => self.rendered("payment_reminder", language, facts),
            Letter::LoginInvitation(facts) => {
                self.rendered("login_invitation", language, &Linked { facts, link })
            }
            Letter::PasswordReset(facts) => {
                self.rendered("password_reset", language, &Linked { facts, link })
            }
            Letter::PasswordChange(facts) => self.rendered("password_change", language, facts),
            Letter::LoginRename(facts) => self.rendered("login_rename", language, facts),
        }
    }

    /// Returns the mail by which the way to a mailbox is tried.
    pub fn test(&self, language: Language, facts: &TestFacts) -> Result<Rendered, TemplateError> {
        self.rendered("test", language, facts)
    }

    fn replace(&mut self, file: PathBuf) -> Result<(), TemplateError> {
        let known = CARRIED
            .iter()
            .map(|(name, _)| *name)
            .find(|name| file.file_name().is_some_and(|file_name| file_name == *name));
        let Some(name) = known else { return Err(TemplateError::UnknownName { file }) };
        let source = match fs::read_to_string(&file) {
            Ok(source) => source,
            Err(error) => return Err(TemplateError::Unreadable { file, error }),
        };
        self.overriding.push(name);
        self.environment.add_template_owned(name, source).map_err(|error| self.wrong(name, &error))
    }

    fn try_on_samples(&self) -> Result<(), TemplateError> {
        for language in [Language::Swedish, Language::English] {
            for facts in InvoiceFacts::samples() {
                self.invoice(language, &facts)?;
            }
            for facts in CreditNoteFacts::samples() {
                self.credit_note(language, &facts)?;
            }
            for letter in letter_samples() {
                self.letter(language, &letter, None)?;
            }
            self.test(language, &TestFacts::sample())?;
        }
        Ok(())
    }

    fn rendered(
        &self,
        kind: &str,
        language: Language,
        facts: &impl Serialize,
    ) -> Result<Rendered, TemplateError> {
        let text_name = format!("{kind}.{language}.txt");
        let text = self.filled(&text_name, facts)?;
        let html = self.filled(&format!("{kind}.{language}.html"), facts)?;
        let (first, body) = text.split_once('\n').unwrap_or((&text, ""));
        let subject = first.strip_prefix(SUBJECT).map(str::trim).unwrap_or_default();
        if subject.is_empty() || visible(subject) != subject {
            return Err(TemplateError::Wrong {
                file: self.file(&text_name),
                line: Some(1),
                reason: format!("the first line does not make a subject, as in `{SUBJECT} Hello`"),
            });
        }
        Ok(Rendered { subject: subject.to_owned(), text: layout::wrapped(body), html })
    }

    fn filled(&self, name: &str, facts: &impl Serialize) -> Result<String, TemplateError> {
        self.environment
            .get_template(name)
            .and_then(|template| template.render(Serde(facts)))
            .map_err(|error| self.wrong(name, &error))
    }

    fn wrong(&self, name: &str, error: &minijinja::Error) -> TemplateError {
        let reason = match error.detail() {
            Some(detail) => format!("{}: {detail}", error.kind()),
            None if error.kind() == ErrorKind::UndefinedError => {
                let place = self.source_line(name, error.line()).unwrap_or_default();
                format!("there is no fact of a name that is used in `{place}`")
            }
            None => error.kind().to_string(),
        };
        TemplateError::Wrong { file: self.file(name), line: error.line(), reason }
    }

    fn source_line(&self, name: &str, line: Option<usize>) -> Option<String> {
        let template = self.environment.get_template(name).ok()?;
        let text = template.source().lines().nth(line?.checked_sub(1)?)?;
        Some(text.trim().to_owned())
    }

    fn file(&self, name: &str) -> PathBuf {
        match &self.folder {
            Some(folder) if self.overriding.contains(&name) => folder.join(name),
            _ => PathBuf::from(name),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use chrono::NaiveDate;

    use super::*;
    use crate::domain::address::Country;
    use crate::domain::conditions::Conditions;
    use crate::domain::credit::{Credited, Part, of_parts};
    use crate::domain::invoice::{
        Buyer, Draft, Invoice, InvoiceId, InvoiceNumber, Line, PriceBasis, PriceRule,
    };
    use crate::domain::money::{Money, VatRate};
    use crate::domain::participant::Deliver;
    use crate::domain::product::{PriceGroup, ProductKind};
    use crate::domain::seller::{Bankgiro, Colour, Iban, Plusgiro, Seller};
    use crate::domain::term::Term;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn line(kind: ProductKind, description: &str, quantity: i64, ore: i64) -> Line {
        let unit_price = Money::from_ore(ore);
        let period = Term { start: date("2026-03-01"), end: date("2027-03-01") };
        Line {
            sku: "AVTAL".to_owned(),
            kind,
            description: description.to_owned(),
            quantity,
            unit_price,
            net: unit_price.times(quantity).expect("in range"),
            vat_rate: VatRate::new(25).expect("a rate"),
            vat_exemption: None,
            period: kind.renews().then_some(period),
            subscription_number: None,
            basis: PriceBasis {
                decided_on: date("2026-03-01"),
                price_from: date("2026-01-01"),
                vat_from: date("2026-01-01"),
                group: PriceGroup::Regular,
                rule: PriceRule::List,
            },
        }
    }

    fn invoice(language: Language, buyer: &str, lines: Vec<Line>) -> Invoice {
        let seller = Seller {
            legal_name: "Föreningen Byggavtal".to_owned(),
            shop_name: "Avtalsbutiken".to_owned(),
            org_number: "556036-0793".parse().expect("a number"),
            vat_number: "SE556036079301".to_owned(),
            f_tax: true,
            registered_office: "Stockholm".to_owned(),
            street: "Storgatan 1".to_owned(),
            postal_code: "111 22".to_owned(),
            city: "Stockholm".to_owned(),
            office_email: "kansli@example.se".parse().expect("an address"),
            phone: None,
            web: "https://butik.example.se".to_owned(),
            bankgiro: Some(Bankgiro::parse("991-2346").expect("a number")),
            plusgiro: Some(Plusgiro::parse("28 65 43-4").expect("a number")),
            iban: Some(Iban::parse("SE3550000000054910000003").expect("a number")),
            bic: Some("ESSESESS".to_owned()),
            payment_terms_days: 30,
            accent_colour: Colour::parse("#005a8c").expect("a colour"),
            logo: None,
        };
        Invoice {
            id: InvoiceId(1),
            number: InvoiceNumber(1001),
            draft: Draft {
                issued_on: date("2026-03-01"),
                due_on: date("2026-03-31"),
                language,
                seller: Arc::new(seller),
                buyer: Buyer {
                    name: buyer.to_owned(),
                    org_number: "556016-0680".parse().expect("a number"),
                    vat_number: None,
                    care_of: None,
                    street: "Hamngatan 2".to_owned(),
                    postal_code: "222 33".to_owned(),
                    city: "Lund".to_owned(),
                    country: Country::default(),
                    invoice_email: "faktura@example.se".parse().expect("an address"),
                    deliver: Deliver::Email,
                    participant: None,
                },
                reference: Some("Inköp 12".to_owned()),
                order_number: Some(2001),
                conditions: Arc::new(Conditions::first()),
                lines,
                credits: None,
                replaces: None,
            },
        }
    }

    fn both_lines(language: Language) -> Invoice {
        let lines = vec![
            line(ProductKind::Subscription, "AB-avtalen, abonnemang", 1, 390_000),
            line(ProductKind::Printed, "AB 04, tryckt exemplar", 2, 9_500),
        ];
        invoice(language, "Åkesson & Söner <Bygg> AB", lines)
    }

    fn rendered(invoice: &Invoice, renewal: bool, copy: bool) -> Rendered {
        let facts = InvoiceFacts::new(invoice, renewal, copy);
        Templates::carried().invoice(invoice.draft.language, &facts).expect("rendered")
    }

    #[test]
    fn the_first_invoice_of_an_order_confirms_it() {
        let mail = rendered(&both_lines(Language::Swedish), false, false);
        assert_eq!(mail.subject, "Orderbekräftelse och faktura 1001 från Avtalsbutiken");
        insta::assert_snapshot!(mail.text.replace('\u{a0}', "~"), @r#"
        Hej!

        Tack för er beställning. Det här mejlet är både orderbekräftelse och faktura.

        Fakturan är ställd till Åkesson & Söner <Bygg> AB och bifogas som pdf.

        Fakturanummer:    1001
        Fakturadatum:     2026-03-01
        Ordernummer:      2001
        Er referens:      Inköp 12

        Ni har beställt:

        - AB-avtalen, abonnemang
          2026-03-01 till och med 2027-02-28
        - 2 st AB 04, tryckt exemplar

        Att betala:       5~112,50~kr
        Förfallodag:      2026-03-31
        OCR-nummer:       100164
        Bankgiro:         991-2346
        Plusgiro:         28 65 43-4
        IBAN:             SE35 5000 0000 0549 1000 0003
        BIC:              ESSESESS

        Ange OCR-numret när ni betalar.

        Villkor för abonnemang

        Abonnemanget ger tillgång till gällande utgåva, som hämtas på nytt vid varje
        tillfälle. Elektronisk lagring är inte tillåten annat än tillfälligt, till
        exempel som bilaga till en offert som skickas med e-post. Abonnemanget
        förlängs med en ny period om det inte sägs upp senast tre månader före
        förnyelsedagen, den dagen inräknad. Avgörande är den dag då uppsägningen
        kommer in till oss. Uppsägning görs inloggad eller skriftligen till kontoret.

        Villkor för tryckta exemplar

        Tryckta exemplar får inte kopieras, skannas, skrivas ut, mångfaldigas eller på
        något annat sätt hanteras elektroniskt, till exempel skickas med e-post.

        Har ni frågor är ni välkomna att svara på det här mejlet eller skriva till
        kansli@example.se.

        Med vänlig hälsning

        Avtalsbutiken
        https://butik.example.se
        "#);

        let mail = rendered(&both_lines(Language::English), false, false);
        assert_eq!(mail.subject, "Order confirmation and invoice 1001 from Avtalsbutiken");
        insta::assert_snapshot!(mail.text.replace('\u{a0}', "~"), @r#"
        Hello,

        Thank you for your order. This e-mail is both the order confirmation and the
        invoice.

        The invoice is made out to Åkesson & Söner <Bygg> AB and attached as a PDF.

        Invoice number:   1001
        Invoice date:     2026-03-01
        Order number:     2001
        Your reference:   Inköp 12

        You have ordered:

        - AB-avtalen, abonnemang
          2026-03-01 to 2027-02-28, both days included
        - 2 × AB 04, tryckt exemplar

        Amount to pay:    5~112.50~SEK
        Due date:         2026-03-31
        OCR reference:    100164
        Bankgiro:         991-2346
        Plusgiro:         28 65 43-4
        IBAN:             SE35 5000 0000 0549 1000 0003
        BIC:              ESSESESS

        Please state the OCR reference when you pay.

        Conditions for subscriptions

        The subscription gives access to the current edition, fetched anew each time.
        Electronic storage is not allowed except temporarily, for instance as an
        attachment to an offer sent by e-mail. The subscription is renewed for a new
        term unless notice is given at the latest three months before the renewal
        date, that day included. What counts is the day on which the notice reaches
        us. Notice is given when logged in, or in writing to the office.

        Conditions for printed copies

        Printed copies may not be copied, scanned, printed, duplicated or handled
        electronically in any way, for instance sent by e-mail.

        If you have any questions, please reply to this e-mail or write to
        kansli@example.se.

        Kind regards

        Avtalsbutiken
        https://butik.example.se
        "#);
    }

    #[test]
    fn a_renewal_says_so_and_has_no_word_of_printed_copies() {
        let lines = vec![line(ProductKind::Subscription, "AB-avtalen, abonnemang", 1, 390_000)];
        let mut renewal = invoice(Language::Swedish, "Exempelbolaget AB", lines);
        let draft = &mut renewal.draft;
        draft.order_number = None;
        draft.reference = None;
        let seller = Arc::make_mut(&mut draft.seller);
        (seller.plusgiro, seller.iban, seller.bic) = (None, None, None);
        let mail = rendered(&renewal, true, false);
        assert_eq!(mail.subject, "Faktura 1001 från Avtalsbutiken");
        insta::assert_snapshot!(mail.text.replace('\u{a0}', "~"), @r#"
        Hej!

        Ert abonnemang har förnyats. Här kommer fakturan för den nya perioden.

        Fakturan är ställd till Exempelbolaget AB och bifogas som pdf.

        Fakturanummer:    1001
        Fakturadatum:     2026-03-01

        Fakturan gäller:

        - AB-avtalen, abonnemang
          2026-03-01 till och med 2027-02-28

        Att betala:       4~875,00~kr
        Förfallodag:      2026-03-31
        OCR-nummer:       100164
        Bankgiro:         991-2346

        Ange OCR-numret när ni betalar.

        Villkor för abonnemang

        Abonnemanget ger tillgång till gällande utgåva, som hämtas på nytt vid varje
        tillfälle. Elektronisk lagring är inte tillåten annat än tillfälligt, till
        exempel som bilaga till en offert som skickas med e-post. Abonnemanget
        förlängs med en ny period om det inte sägs upp senast tre månader före
        förnyelsedagen, den dagen inräknad. Avgörande är den dag då uppsägningen
        kommer in till oss. Uppsägning görs inloggad eller skriftligen till kontoret.

        Har ni frågor är ni välkomna att svara på det här mejlet eller skriva till
        kansli@example.se.

        Med vänlig hälsning

        Avtalsbutiken
        https://butik.example.se
        "#);

        renewal.draft.language = Language::English;
        let english = rendered(&renewal, true, false);
        assert_eq!(english.subject, "Invoice 1001 from Avtalsbutiken");
        assert!(english.text.contains("Your subscription has been renewed."));
    }

    #[test]
    fn a_further_copy_does_not_pass_for_a_new_invoice() {
        let mail = rendered(&both_lines(Language::Swedish), false, true);
        assert_eq!(mail.subject, "Kopia av faktura 1001 från Avtalsbutiken");
        assert!(mail.text.contains("Det är ingen ny faktura."));
        assert!(!mail.text.contains("rderbekräftelse"));
        let mail = rendered(&both_lines(Language::English), true, true);
        assert_eq!(mail.subject, "Copy of invoice 1001 from Avtalsbutiken");
        assert!(mail.text.contains("It is\nnot a new invoice."), "{}", mail.text);
    }

    /// Returns the credit note of an invoice: of all, or of a part of its first line.
    fn credit_note(invoice: &Invoice, part: Option<i64>) -> Invoice {
        let net = part.map(Money::from_ore).unwrap_or(invoice.draft.lines[0].net);
        let positions = if part.is_some() { 1 } else { invoice.draft.lines.len() };
        let parts: Vec<Part> = (1..=positions)
            .map(|position| {
                let line = &invoice.draft.lines[position - 1];
                let net = if position == 1 { net } else { line.net };
                Part { position, net, period: line.period, quantity: None }
            })
            .collect();
        let (reason, day) = ("Uppsägningen kom in i tid.", date("2026-03-05"));
        let credited = Credited::of(invoice, &[]);
        let seller = &invoice.draft.seller;
        let draft = of_parts(invoice, &credited, &parts, reason, seller, day).expect("a draft");
        Invoice { id: InvoiceId(2), number: InvoiceNumber(1002), draft }
    }

    fn rendered_note(note: &Invoice, copy: bool) -> Rendered {
        let credits = note.draft.credits.as_ref().expect("it credits");
        let facts = CreditNoteFacts::new(note, credits, copy);
        Templates::carried().credit_note(note.draft.language, &facts).expect("rendered")
    }

    #[test]
    fn a_credit_note_names_its_invoice_and_says_that_it_need_not_be_paid() {
        let mail = rendered_note(&credit_note(&both_lines(Language::Swedish), None), false);
        assert_eq!(mail.subject, "Kreditfaktura 1002 från Avtalsbutiken");
        insta::assert_snapshot!(mail.text.replace('\u{a0}', "~"), @"
        Hej!

        Här kommer kreditfaktura 1002, som avser faktura 1001 av den 2026-03-01.

        Orsak till krediteringen: Uppsägningen kom in i tid.

        Kreditfakturan är ställd till Åkesson & Söner <Bygg> AB och bifogas som pdf.
        Den ska inte betalas.

        Kreditfakturanummer:   1002
        Kreditfakturadatum:    2026-03-05
        Avser faktura:         1001
        Ordernummer:           2001
        Er referens:           Inköp 12
        Krediterat belopp:     5~112,50~kr
        Återstår att betala:   0,00~kr

        Krediteringen gäller:

        - AB-avtalen, abonnemang
          2026-03-01 till och med 2027-02-28
        - 2 st AB 04, tryckt exemplar

        Faktura 1001 är därmed krediterad i sin helhet. Har ni inte betalat den,
        behöver ni inte göra det. Har ni redan betalat den, betalar vi tillbaka det ni
        har betalat eller räknar av det mot en annan faktura. Berätta gärna hur ni
        vill ha det.

        Har ni frågor är ni välkomna att svara på det här mejlet eller skriva till
        kansli@example.se.

        Med vänlig hälsning

        Avtalsbutiken
        https://butik.example.se
        ");
    }

    #[test]
    fn a_credit_note_in_part_says_what_is_left_to_pay() {
        let note = credit_note(&both_lines(Language::English), Some(100_000));
        let mail = rendered_note(&note, true);
        assert_eq!(mail.subject, "Copy of credit note 1002 from Avtalsbutiken");
        insta::assert_snapshot!(mail.text.replace('\u{a0}', "~"), @"
        Hello,

        Here is a further copy of credit note 1002, which we have sent you before. It
        is not a new credit. The credit note refers to invoice 1001 of 2026-03-01.

        Reason for the credit: Uppsägningen kom in i tid.

        The credit note is made out to Åkesson & Söner <Bygg> AB and attached as a
        PDF. It is not to be paid.

        Credit note number:    1002
        Credit note date:      2026-03-05
        Refers to invoice:     1001
        Order number:          2001
        Your reference:        Inköp 12
        Amount credited:       1~250.00~SEK
        Left to pay:           3~862.50~SEK

        The credit is for:

        - AB-avtalen, abonnemang
          2026-03-01 to 2027-02-28, both days included

        Of invoice 1001, 3~862.50~SEK is left. If you have not paid it, please pay
        only what is left, stating its OCR reference 100164. If you have already paid
        more than that, we will repay the difference or set it against another
        invoice. Please let us know which you prefer.

        If you have any questions, please reply to this e-mail or write to
        kansli@example.se.

        Kind regards

        Avtalsbutiken
        https://butik.example.se
        ");
        for fact in
            ["1001", "1002", "3\u{a0}862.50\u{a0}SEK", "100164", "Uppsägningen kom in i tid."]
        {
            assert!(mail.html.contains(fact) && mail.text.contains(fact), "{fact}");
        }
        for loads in ["src=", "href=", "url(", "<link", "<script", "@import"] {
            assert!(!mail.html.contains(loads), "{loads}");
        }
    }

    #[test]
    fn an_invoice_over_nothing_asks_for_no_payment() {
        let lines = vec![line(ProductKind::Subscription, "AB-avtalen", 1, 0)];
        let free = invoice(Language::Swedish, "Exempelbolaget AB", lines);
        let mail = rendered(&free, false, false);
        assert!(mail.text.contains("Fakturan är på 0,00\u{a0}kr. Det finns inget att betala."));
        assert!(!mail.text.contains("OCR") && !mail.html.contains("OCR"));
    }

    #[test]
    fn the_html_says_what_the_text_says_and_loads_nothing() {
        let totals = ["5\u{a0}112,50\u{a0}kr", "5\u{a0}112.50\u{a0}SEK"];
        for (language, total) in [Language::Swedish, Language::English].into_iter().zip(totals) {
            let mail = rendered(&both_lines(language), false, false);
            assert!(mail.html.contains("Åkesson &amp; Söner &lt;Bygg&gt; AB"), "{}", mail.html);
            for fact in ["1001", "2001", "Inköp 12", "2027-02-28", total] {
                assert!(mail.html.contains(fact) && mail.text.contains(fact), "{fact}");
            }
            for fact in ["2026-03-31", "100164", "991-2346", "28 65 43-4", "ESSESESS"] {
                assert!(mail.html.contains(fact) && mail.text.contains(fact), "{fact}");
            }
            for loads in ["src=", "href=", "url(", "<link", "<script", "@import"] {
                assert!(!mail.html.contains(loads), "{loads}");
            }
        }
    }

    #[test]
    fn no_line_of_text_is_longer_than_78_characters() {
        for language in [Language::Swedish, Language::English] {
            let templates = Templates::carried();
            let mut facts = InvoiceFacts::samples();
            facts.push(InvoiceFacts {
                buyer_name: "Mycket långt namn ".repeat(11),
                ..InvoiceFacts::new(&both_lines(language), false, false)
            });
            for facts in facts {
                let mail = templates.invoice(language, &facts).expect("rendered");
                assert!(mail.text.lines().all(|line| line.chars().count() <= 78), "{}", mail.text);
            }
        }
    }

    #[test]
    fn a_test_mail_says_what_it_is_for() {
        let templates = Templates::carried();
        let facts = TestFacts::sample();
        let mail = templates.test(Language::Swedish, &facts).expect("rendered");
        assert_eq!(mail.subject, "Provmejl från Exempelbutiken");
        insta::assert_snapshot!(mail.text, @r#"
        Hej!

        Det här är ett provmejl från Exempelbutiken, skickat 2026-03-01 09.30. Har det
        kommit fram, och ser bokstäverna å, ä och ö rätt ut, så fungerar e-posten. Ni
        behöver inte svara.

        Svarar ni ändå går svaret till kansli@example.se.

        Med vänlig hälsning

        Exempelbutiken
        "#);
        let mail = templates.test(Language::English, &facts).expect("rendered");
        assert!(mail.html.contains("<p>Hello,</p>"));
    }

    fn folder_with(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, content) in files {
            fs::write(folder.path().join(name), content).expect("written");
        }
        folder
    }

    #[test]
    fn a_folder_overrides_the_templates_it_holds() {
        let folder = folder_with(&[
            ("invoice.sv.txt", "Subject: Räkning {{ number }}\n\nBetala {{ total }}.\n"),
            ("README.md", "not a template"),
        ]);
        let templates = Templates::with_folder(folder.path()).expect("good templates");
        let facts = InvoiceFacts::new(&both_lines(Language::Swedish), false, false);
        let mail = templates.invoice(Language::Swedish, &facts).expect("rendered");
        assert_eq!(mail.subject, "Räkning 1001");
        assert_eq!(mail.text, "Betala 5\u{a0}112,50\u{a0}kr.\n");
        assert!(mail.html.contains("Orderbekräftelse"));
        let english = templates.invoice(Language::English, &facts).expect("rendered");
        assert_eq!(english.subject, "Order confirmation and invoice 1001 from Avtalsbutiken");
    }

    #[test]
    fn a_mistake_in_a_template_is_found_when_it_is_loaded() {
        let cases = [
            (
                "invoice.sv.txt",
                "Subject: x\n\n{{ nummber }}\n",
                "invoice.sv.txt`, line 3: there is no fact of a name that is used in `{{ nummber }}`",
            ),
            ("invoice.en.html", "<p>\n{% if %}\n", "invoice.en.html`, line 2: "),
            ("invoice.en.txt", "Subject: x\n{% if copy %}\n{{ oops }}{% endif %}", "line 3: "),
            ("invoice.sv.txt", "Hej!\n", "line 1: the first line does not make a subject"),
            ("invoice.sv.txt", "Subject: \n", "line 1: the first line does not make a subject"),
            ("test.sv.txt", "", "line 1: the first line does not make a subject"),
            ("invoce.sv.txt", "Subject: x\n", "invoce.sv.txt` overrides no template"),
        ];
        for (name, content, expected) in cases {
            let folder = folder_with(&[(name, content)]);
            let error = Templates::with_folder(folder.path()).err().expect(name).to_string();
            assert!(error.contains(expected), "{error}");
            assert!(error.contains(&folder.path().display().to_string()), "{error}");
        }
        assert!(matches!(
            Templates::with_folder(Path::new("/nowhere")),
            Err(TemplateError::Folder { .. })
        ));
        let folder = folder_with(&[]);
        fs::write(folder.path().join("test.sv.txt"), b"Subject: \xe5\n").expect("written");
        let error = Templates::with_folder(folder.path()).err().expect("not UTF-8");
        assert!(matches!(error, TemplateError::Unreadable { .. }), "{error}");
    }
}
