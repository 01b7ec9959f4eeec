//! What a template is told. Everything is text as people read it, so that a template has nothing to
//! compute: amounts in kronor, dates as ISO 8601, numbers as they are printed on the invoice.

use serde::Serialize;

use crate::domain::announcement::AnnouncementId;
use crate::domain::credit::{Credits, Settled};
use crate::domain::invoice::{Draft, Invoice, Line};
use crate::domain::language::Language;
use crate::domain::letter::{
    Announcement, BillingChange, ChangedDetail, InterestSegment, Letter, LoginInvitation,
    LoginRename, NoticeConfirmation, NoticeCredit, NoticeWithdrawal, Office, PasswordChange,
    PasswordReset, PaymentReminder, RebilledSubscription, RenewalReminder, SubscriptionTransfer,
};
use crate::domain::money::Money;
use crate::domain::notice::NoticeId;
use crate::domain::payee::PayTo;
use crate::domain::payment_reminder::ReminderId;

/// What the mail that brings an invoice can say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InvoiceFacts {
    pub number: String,
    pub issued_on: String,
    pub due_on: String,
    pub order_number: Option<String>,
    pub buyer_name: String,
    /// "Er referens", never the payment reference.
    pub reference: Option<String>,
    pub shop_name: String,
    pub legal_name: String,
    pub office_email: String,
    pub web: String,
    pub lines: Vec<LineFacts>,
    /// Including VAT, as the invoice writes it: `4 875,00 kr`, `4 875.00 SEK`.
    pub total: String,
    /// What is left to pay of it after what was paid on the invoice that it replaces.
    pub amount_due: String,
    /// Whether that is more than nothing.
    pub to_pay: bool,
    /// The invoice that it was issued anew for.
    pub replaces: Option<String>,
    pub replaces_issued_on: Option<String>,
    /// What was paid on that one and moved over, if anything was.
    pub paid: Option<String>,
    pub ocr: String,
    pub bankgiro: Option<String>,
    pub plusgiro: Option<String>,
    pub iban: Option<String>,
    pub bic: Option<String>,
    /// That the invoice names an account no longer paid to, and which is; those above are then the
    /// ones of today.
    pub account_change: Option<String>,
    /// What may not be done with a printed copy; there if a line is for one (R5).
    pub printed_prohibition: Option<String>,
    /// There if a line is for a subscription (R6).
    pub subscription_conditions: Option<String>,
    /// The invoice bills a further term of a running subscription.
    pub renewal: bool,
    /// The mail brings an invoice that has been sent before.
    pub copy: bool,
    /// The mail is the first about an order, and so confirms it.
    pub order_confirmation: bool,
}

/// What a mail says of one line of an invoice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LineFacts {
    pub description: String,
    /// Whose licence it is and for how many, where it is one.
    pub licensee: Option<String>,
    pub quantity: i64,
    pub period_start: Option<String>,
    /// The last day that belongs to the period.
    pub period_last_day: Option<String>,
}

/// What the mail that brings a credit note can say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CreditNoteFacts {
    pub number: String,
    pub issued_on: String,
    /// The invoice that it credits.
    pub credited_number: String,
    pub credited_issued_on: String,
    /// By which what is left of that invoice is paid.
    pub credited_ocr: String,
    pub reason: String,
    pub order_number: Option<String>,
    pub buyer_name: String,
    /// "Er referens", never the payment reference.
    pub reference: Option<String>,
    pub shop_name: String,
    pub legal_name: String,
    pub office_email: String,
    pub web: String,
    pub lines: Vec<LineFacts>,
    /// What is credited, including VAT.
    pub total: String,
    /// What is left to pay of the credited invoice, payments counted off.
    pub left: String,
    /// Whether all of it is credited.
    pub in_full: bool,
    /// Whether nothing is left to pay of it.
    pub is_paid: bool,
    /// Whether something had been paid that is counted off.
    pub is_paid_in_part: bool,
    /// Whether fees and interest are left to pay too.
    pub has_claims: bool,
    /// What was paid and is owed back, if anything is.
    pub released: Option<String>,
    /// The invoice that was issued anew in its place.
    pub replaced_by: Option<String>,
    /// The mail brings a credit note that has been sent before.
    pub copy: bool,
}

/// What a test mail can say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TestFacts {
    pub shop_name: String,
    pub office_email: String,
    /// As the shop's clock shows it, such as `2026-03-01 09.30`.
    pub sent_at: String,
}

/// Returns an amount with its currency, as the document of the invoice has it.
pub fn amount(money: Money, language: Language) -> String {
    match language {
        Language::Swedish => format!("{money}\u{a0}kr"),
        Language::English => format!("{}\u{a0}SEK", money.to_string().replace(',', ".")),
    }
}

impl InvoiceFacts {
    /// Returns what a mail says of an issued invoice, in the invoice's language.
    ///
    /// `renewal` says that it bills a further term of a subscription, `copy` that it has been sent
    /// before. The first mail with the invoice of an order is that order's confirmation.
    pub fn new(invoice: &Invoice, renewal: bool, copy: bool) -> InvoiceFacts {
        let draft = &invoice.draft;
        let seller = &draft.seller;
        let total = draft.totals().total;
        let printed = draft.conditions.printed.in_language(draft.language);
        let subscription = draft.conditions.subscription.in_language(draft.language);
        InvoiceFacts {
            number: invoice.number.to_string(),
            issued_on: draft.issued_on.to_string(),
            due_on: draft.due_on.to_string(),
            order_number: draft.order_number.map(|number| number.to_string()),
            buyer_name: draft.buyer.name.clone(),
            reference: draft.reference.clone(),
            shop_name: seller.shop_name.clone(),
            legal_name: seller.legal_name.clone(),
            office_email: seller.office_email.to_string(),
            web: seller.web.clone(),
            lines: LineFacts::of(draft),
            total: amount(total, draft.language),
            amount_due: amount(draft.to_pay(), draft.language),
            to_pay: draft.to_pay() > Money::ZERO,
            replaces: draft.replaces.map(|former| former.number.to_string()),
            replaces_issued_on: draft.replaces.map(|former| former.issued_on.to_string()),
            paid: draft
                .replaces
                .filter(|former| former.paid > Money::ZERO)
                .map(|former| amount(former.paid, draft.language)),
            ocr: invoice.number.ocr().to_string(),
            bankgiro: seller.bankgiro.as_ref().map(ToString::to_string),
            plusgiro: seller.plusgiro.as_ref().map(ToString::to_string),
            iban: seller.iban.as_ref().map(ToString::to_string),
            bic: seller.bic.clone(),
            account_change: None,
            printed_prohibition: draft.has_printed_copies().then(|| printed.to_owned()),
            subscription_conditions: draft.has_subscriptions().then(|| subscription.to_owned()),
            renewal,
            copy,
            order_confirmation: draft.order_number.is_some()
                && draft.replaces.is_none()
                && !renewal
                && !copy,
        }
    }

    /// Returns the facts with where the invoice is to be paid now.
    pub fn paid_to(self, pay_to: &PayTo, language: Language) -> InvoiceFacts {
        InvoiceFacts {
            bankgiro: pay_to.bankgiro.as_ref().map(ToString::to_string),
            plusgiro: pay_to.plusgiro.as_ref().map(ToString::to_string),
            iban: pay_to.iban.as_ref().map(ToString::to_string),
            bic: pay_to.bic.clone(),
            account_change: pay_to.change(language),
            ..self
        }
    }

    /// Returns facts on which a template of another's making is tried: all there can be, and the
    /// least, in every role an invoice's mail can have.
    pub fn samples() -> Vec<InvoiceFacts> {
        let some = |text: &str| Some(text.to_owned());
        let full = InvoiceFacts {
            number: "1001".to_owned(),
            issued_on: "2026-03-01".to_owned(),
            due_on: "2026-03-31".to_owned(),
            order_number: some("2001"),
            buyer_name: "Exempelbolaget AB".to_owned(),
            reference: some("Inköp 12"),
            shop_name: "Exempelbutiken".to_owned(),
            legal_name: "Exempelföreningen".to_owned(),
            office_email: "kansli@example.se".to_owned(),
            web: "https://www.example.se".to_owned(),
            lines: LineFacts::samples(),
            total: "4\u{a0}875,00\u{a0}kr".to_owned(),
            amount_due: "4\u{a0}875,00\u{a0}kr".to_owned(),
            to_pay: true,
            replaces: None,
            replaces_issued_on: None,
            paid: None,
            ocr: "100164".to_owned(),
            bankgiro: some("991-2346"),
            plusgiro: some("28 65 43-4"),
            iban: some("SE35 5000 0000 0549 1000 0003"),
            bic: some("ESSESESS"),
            account_change: None,
            printed_prohibition: some("Tryckta exemplar får inte kopieras."),
            subscription_conditions: some("Abonnemanget ger tillgång till gällande utgåva."),
            renewal: false,
            copy: false,
            order_confirmation: true,
        };
        let renewal = InvoiceFacts { renewal: true, order_confirmation: false, ..full.clone() };
        let change = "Bankgiro 160-9908, som står på fakturan, används inte längre. Betala i stället \
                      till bankgiro 991-2346.";
        let copy = InvoiceFacts {
            copy: true,
            order_confirmation: false,
            account_change: some(change),
            ..full.clone()
        };
        let reissued = InvoiceFacts {
            replaces: some("1000"),
            replaces_issued_on: some("2026-02-25"),
            paid: some("1\u{a0}000,00\u{a0}kr"),
            amount_due: "3\u{a0}875,00\u{a0}kr".to_owned(),
            order_confirmation: false,
            ..full.clone()
        };
        let least = InvoiceFacts {
            order_number: None,
            reference: None,
            web: String::new(),
            total: "0,00\u{a0}kr".to_owned(),
            amount_due: "0,00\u{a0}kr".to_owned(),
            to_pay: false,
            bankgiro: None,
            plusgiro: None,
            iban: None,
            bic: None,
            printed_prohibition: None,
            subscription_conditions: None,
            order_confirmation: false,
            ..full.clone()
        };
        vec![full, renewal, copy, reissued, least]
    }
}

impl CreditNoteFacts {
    /// Returns what a mail says of a credit note of what `credits` names, in its language; `copy` says
    /// that it has been sent before.
    pub fn new(note: &Invoice, credits: &Credits, copy: bool) -> CreditNoteFacts {
        let draft = &note.draft;
        let seller = &draft.seller;
        let total = draft.totals().total;
        let asked_for = credits.asked_for(total);
        let Settled { paid, claimed, released } = credits.settled;
        let is_owed_back = released > Money::ZERO && credits.replaced_by.is_none();
        CreditNoteFacts {
            number: note.number.to_string(),
            issued_on: draft.issued_on.to_string(),
            credited_number: credits.number.to_string(),
            credited_issued_on: credits.issued_on.to_string(),
            credited_ocr: credits.number.ocr().to_string(),
            reason: credits.reason.clone(),
            order_number: draft.order_number.map(|number| number.to_string()),
            buyer_name: draft.buyer.name.clone(),
            reference: draft.reference.clone(),
            shop_name: seller.shop_name.clone(),
            legal_name: seller.legal_name.clone(),
            office_email: seller.office_email.to_string(),
            web: seller.web.clone(),
            lines: LineFacts::of(draft),
            total: amount(total, draft.language),
            left: amount(asked_for, draft.language),
            in_full: credits.left(total) == Money::ZERO,
            is_paid: asked_for == Money::ZERO,
            is_paid_in_part: paid > Money::ZERO,
            has_claims: claimed > Money::ZERO,
            released: is_owed_back.then(|| amount(released, draft.language)),
            replaced_by: credits.replaced_by.map(|number| number.to_string()),
            copy,
        }
    }

    /// Returns facts on which a template of another's making is tried: all there can be, and the least.
    pub fn samples() -> Vec<CreditNoteFacts> {
        let some = |text: &str| Some(text.to_owned());
        let full = CreditNoteFacts {
            number: "1002".to_owned(),
            issued_on: "2026-03-05".to_owned(),
            credited_number: "1001".to_owned(),
            credited_issued_on: "2026-03-01".to_owned(),
            credited_ocr: "100164".to_owned(),
            reason: "Uppsägningen kom in i tid.".to_owned(),
            order_number: some("2001"),
            buyer_name: "Exempelbolaget AB".to_owned(),
            reference: some("Inköp 12"),
            shop_name: "Exempelbutiken".to_owned(),
            legal_name: "Exempelföreningen".to_owned(),
            office_email: "kansli@example.se".to_owned(),
            web: "https://www.example.se".to_owned(),
            lines: LineFacts::samples(),
            total: "4\u{a0}875,00\u{a0}kr".to_owned(),
            left: "0,00\u{a0}kr".to_owned(),
            in_full: true,
            is_paid: true,
            is_paid_in_part: false,
            has_claims: false,
            released: None,
            replaced_by: None,
            copy: false,
        };
        let owed_back = CreditNoteFacts { released: some("250,00\u{a0}kr"), ..full.clone() };
        let paid = CreditNoteFacts { in_full: false, ..owed_back.clone() };
        let replaced = CreditNoteFacts { replaced_by: some("1003"), ..full.clone() };
        let copy = CreditNoteFacts { copy: true, ..full.clone() };
        let least = CreditNoteFacts {
            order_number: None,
            reference: None,
            web: String::new(),
            left: "1\u{a0}000,00\u{a0}kr".to_owned(),
            in_full: false,
            is_paid: false,
            ..full.clone()
        };
        let part = CreditNoteFacts { is_paid_in_part: true, has_claims: true, ..least.clone() };
        let settled = CreditNoteFacts { is_paid: true, ..least.clone() };
        vec![full, owed_back, paid, replaced, copy, least, part, settled]
    }
}

impl LineFacts {
    fn of(draft: &Draft) -> Vec<LineFacts> {
        draft.lines.iter().map(|line| LineFacts::new(line, draft.language)).collect()
    }

    fn new(line: &Line, language: Language) -> LineFacts {
        LineFacts {
            description: line.description.clone(),
            licensee: line.licensee.as_ref().map(|licensee| licensee.told(language)),
            quantity: line.quantity,
            period_start: line.period.map(|period| period.start.to_string()),
            period_last_day: line.period.map(|period| period.last_day().to_string()),
        }
    }

    /// Returns a licence's line, one with a period and one without.
    fn samples() -> Vec<LineFacts> {
        vec![
            LineFacts {
                description: "Standardavtal, licens".to_owned(),
                licensee: Some("Licensinnehavare: Exempelkoncernen · 5 platser".to_owned()),
                quantity: 1,
                period_start: Some("2026-03-01".to_owned()),
                period_last_day: Some("2027-02-28".to_owned()),
            },
            LineFacts {
                description: "Standardavtal, abonnemang".to_owned(),
                licensee: None,
                quantity: 1,
                period_start: Some("2026-03-01".to_owned()),
                period_last_day: Some("2027-02-28".to_owned()),
            },
            LineFacts {
                description: "Standardavtal, tryckt exemplar".to_owned(),
                licensee: None,
                quantity: 2,
                period_start: None,
                period_last_day: None,
            },
        ]
    }
}

impl TestFacts {
    /// Returns facts on which a template of another's making is tried.
    pub fn sample() -> TestFacts {
        TestFacts {
            shop_name: "Exempelbutiken".to_owned(),
            office_email: "kansli@example.se".to_owned(),
            sent_at: "2026-03-01 09.30".to_owned(),
        }
    }
}

/// Returns letters on which a template of another's making is tried: all there can be, and the least.
pub fn letter_samples() -> Vec<Letter> {
    let some = |text: &str| Some(text.to_owned());
    let office = Office {
        shop_name: "Exempelbutiken".to_owned(),
        office_email: "kansli@example.se".to_owned(),
        web: "https://www.example.se".to_owned(),
    };
    let reminder = RenewalReminder {
        office: office.clone(),
        number: "1001".to_owned(),
        product: "Standardavtal, abonnemang".to_owned(),
        holder: "Exempelbolaget AB".to_owned(),
        renewal_date: "2027-03-01".to_owned(),
        last_day: "2028-02-29".to_owned(),
        deadline: "2026-12-01".to_owned(),
        price: "3\u{a0}900,00\u{a0}kr".to_owned(),
        invoice_email: "faktura@example.se".to_owned(),
        reference: some("Inköp 12"),
    };
    let notice = NoticeConfirmation {
        office: office.clone(),
        notice: NoticeId(1),
        number: "1001".to_owned(),
        product: "Standardavtal, abonnemang".to_owned(),
        holder: "Exempelbolaget AB".to_owned(),
        org_number: "556016-0680".to_owned(),
        entered_on: "2027-03-08".to_owned(),
        received_on: "2026-11-30".to_owned(),
        sent_on: some("2026-11-27"),
        given_by: some("Eva Ek"),
        channel: some("letter"),
        login: None,
        renewal_date: "2027-03-01".to_owned(),
        deadline: "2026-12-01".to_owned(),
        notice_months: 3,
        counted_from_last_day: None,
        moved_from: None,
        in_time: true,
        exception: false,
        ends_on: "2027-03-01".to_owned(),
        last_day: "2027-02-28".to_owned(),
        credits: vec![NoticeCredit {
            invoice: "1002".to_owned(),
            credit_note: "1017".to_owned(),
            total: "4\u{a0}875,00\u{a0}kr".to_owned(),
            period_start: "2027-03-01".to_owned(),
            period_last_day: "2028-02-29".to_owned(),
        }],
    };
    let withdrawal = NoticeWithdrawal {
        office: office.clone(),
        number: "1001".to_owned(),
        product: "Standardavtal, abonnemang".to_owned(),
        holder: "Exempelbolaget AB".to_owned(),
        received_on: "2026-11-30".to_owned(),
        withdrawn_on: "2026-12-08".to_owned(),
        renewal_date: "2027-03-01".to_owned(),
        deadline: "2026-12-01".to_owned(),
        deadline_passed: true,
    };
    let changed = |detail: &str, before: Option<String>, after: Option<String>| ChangedDetail {
        detail: detail.to_owned(),
        before,
        after,
    };
    let rebilled = |number: &str, renewal_date: Option<String>| RebilledSubscription {
        number: number.to_owned(),
        product: "Standardavtal, abonnemang".to_owned(),
        renewal_date,
    };
    let billing = BillingChange {
        office: office.clone(),
        holder: "Exempelbolaget AB".to_owned(),
        changes: vec![
            changed("invoice_email", some("faktura@example.se"), some("ekonomi@example.se")),
            changed("address", None, some("c/o Ekonomi, Storgatan 1, 111 22 Stockholm")),
            changed("reference", some("Inköp 12"), None),
            changed("vat_number", None, some("SE556036079301")),
            changed("deliver", some("email"), some("e-invoice")),
            changed("participant", None, some("0007:5560360793")),
        ],
        subscriptions: vec![rebilled("1001", some("2027-03-01")), rebilled("1002", None)],
        new_orders: true,
    };
    let transfer = SubscriptionTransfer {
        office: office.clone(),
        number: "1001".to_owned(),
        product: "Standardavtal, abonnemang".to_owned(),
        from: "Exempelbolaget AB".to_owned(),
        to: "Exempelkommun".to_owned(),
        invoice_email_before: "faktura@example.se".to_owned(),
        invoice_email_now: "ekonomi@example.se".to_owned(),
        reference_before: some("Inköp 12"),
        reference_now: None,
        renewal_date: some("2027-03-01"),
    };
    let unpaid = payment_reminder_sample(office.clone());
    let login = "inkop@example.se".to_owned();
    let reset = PasswordReset {
        office: office.clone(),
        login: login.clone(),
        by_office: true,
        former_login: None,
        has_password: false,
        valid_minutes: "60".to_owned(),
    };
    let invitation = LoginInvitation {
        office: office.clone(),
        holder: "Exempelbolaget AB".to_owned(),
        login: login.clone(),
        valid_days: "14".to_owned(),
    };
    let change = PasswordChange {
        office: office.clone(),
        login: login.clone(),
        changed_on: "2026-12-08".to_owned(),
        is_first: false,
    };
    let rename = LoginRename {
        office: office.clone(),
        holder: "Exempelbolaget AB".to_owned(),
        before: login,
        after: "avtal@example.se".to_owned(),
        renamed_on: "2026-12-08".to_owned(),
    };
    let least = Office { web: String::new(), ..office };
    vec![
        Letter::PasswordReset(reset.clone()),
        Letter::PasswordReset(PasswordReset {
            former_login: some("avtal@example.se"),
            ..reset.clone()
        }),
        Letter::PasswordReset(PasswordReset {
            office: least.clone(),
            by_office: false,
            has_password: true,
            ..reset.clone()
        }),
        Letter::PasswordReset(PasswordReset { by_office: false, ..reset }),
        Letter::LoginInvitation(invitation.clone()),
        Letter::LoginInvitation(LoginInvitation { office: least.clone(), ..invitation }),
        Letter::PasswordChange(change.clone()),
        Letter::PasswordChange(PasswordChange { office: least.clone(), is_first: true, ..change }),
        Letter::Announcement(Announcement {
            office: least.clone(),
            announcement: AnnouncementId(1),
            subject: "Standardavtal: ny utgåva 2026:1".to_owned(),
            text: vec!["Hej!".to_owned(), "Det här är nytt:\n- bilagan\n- priserna".to_owned()],
        }),
        Letter::LoginRename(rename.clone()),
        Letter::LoginRename(LoginRename { office: least.clone(), ..rename }),
        Letter::PaymentReminder(Box::new(unpaid.clone())),
        Letter::PaymentReminder(Box::new(PaymentReminder {
            office: least.clone(),
            reference: None,
            text: Vec::new(),
            credited: None,
            paid: None,
            written_off: None,
            fees: None,
            compensation: None,
            interest: None,
            interest_segments: Vec::new(),
            claims_paid: None,
            bankgiro: None,
            plusgiro: None,
            iban: None,
            bic: None,
            account_change: None,
            ..unpaid
        })),
        Letter::SubscriptionTransfer(transfer.clone()),
        Letter::SubscriptionTransfer(SubscriptionTransfer {
            office: least.clone(),
            reference_before: None,
            renewal_date: None,
            ..transfer
        }),
        Letter::BillingChange(billing.clone()),
        Letter::BillingChange(BillingChange {
            office: least.clone(),
            changes: vec![changed("reference", None, some("Inköp 12"))],
            subscriptions: vec![rebilled("1001", some("2027-03-01"))],
            new_orders: false,
            ..billing.clone()
        }),
        Letter::BillingChange(BillingChange { subscriptions: Vec::new(), ..billing }),
        Letter::RenewalReminder(reminder.clone()),
        Letter::RenewalReminder(RenewalReminder {
            office: least.clone(),
            reference: None,
            ..reminder
        }),
        Letter::NoticeConfirmation(Box::new(notice.clone())),
        Letter::NoticeConfirmation(Box::new(NoticeConfirmation {
            in_time: false,
            exception: true,
            credits: Vec::new(),
            ..notice.clone()
        })),
        Letter::NoticeConfirmation(Box::new(NoticeConfirmation {
            office: least.clone(),
            sent_on: None,
            given_by: None,
            channel: None,
            in_time: false,
            ends_on: "2028-03-01".to_owned(),
            last_day: "2028-02-29".to_owned(),
            credits: Vec::new(),
            ..notice
        })),
        Letter::NoticeWithdrawal(withdrawal.clone()),
        Letter::NoticeWithdrawal(NoticeWithdrawal {
            office: least,
            deadline_passed: false,
            ..withdrawal
        }),
    ]
}

/// Returns a payment reminder that says all there can be.
fn payment_reminder_sample(office: Office) -> PaymentReminder {
    let some = |text: &str| Some(text.to_owned());
    PaymentReminder {
        office,
        reminder: ReminderId(1),
        level: 2,
        number: "1001".to_owned(),
        buyer: "Exempelbolaget AB".to_owned(),
        reference: some("Inköp 12"),
        issued_on: "2026-05-21".to_owned(),
        due_on: "2026-06-20".to_owned(),
        reminded_on: "2026-07-10".to_owned(),
        pay_by: "2026-07-20".to_owned(),
        text: vec!["Vi har inte fått betalt.".to_owned(), "Hör gärna av er.".to_owned()],
        total: "4\u{a0}875,00\u{a0}kr".to_owned(),
        credited: some("−875,00\u{a0}kr"),
        paid: some("−2\u{a0}000,00\u{a0}kr"),
        written_off: some("−100,00\u{a0}kr"),
        capital: "1\u{a0}900,00\u{a0}kr".to_owned(),
        fees: some("60,00\u{a0}kr"),
        compensation: some("390,00\u{a0}kr"),
        interest: some("10,41\u{a0}kr"),
        interest_segments: vec![
            InterestSegment {
                from: "2026-06-21".to_owned(),
                to: "2026-06-30".to_owned(),
                days: 10,
                rate: "10,00\u{a0}%".to_owned(),
                capital: "1\u{a0}900,00".to_owned(),
                amount: "5,21".to_owned(),
            },
            InterestSegment {
                from: "2026-07-01".to_owned(),
                to: "2026-07-10".to_owned(),
                days: 10,
                rate: "10,00\u{a0}%".to_owned(),
                capital: "1\u{a0}900,00".to_owned(),
                amount: "5,20".to_owned(),
            },
        ],
        claims_paid: some("−50,00\u{a0}kr"),
        to_pay: "2\u{a0}310,41\u{a0}kr".to_owned(),
        to_pay_ore: 231_041,
        payments_through: "2026-07-09".to_owned(),
        payee: "Exempelföreningen".to_owned(),
        ocr: "100164".to_owned(),
        bankgiro: some("991-2346"),
        plusgiro: some("28 65 43-4"),
        iban: some("SE35 5000 0000 0549 1000 0003"),
        bic: some("ESSESESS"),
        account_change: some(
            "Bankgiro 160-9908, som står på fakturan, används inte längre. Betala i stället till \
             bankgiro 991-2346.",
        ),
    }
}
