//! What is claimed of an unpaid invoice by a reminder: charged, written down, and put in a letter.

use anyhow::Result;
use chrono::NaiveDate;

use super::Office;
use crate::domain::account::{Account, AccountId};
use crate::domain::interest::{self, Accrued, Segment};
use crate::domain::invoice::Invoice;
use crate::domain::language::Language;
use crate::domain::ledger::{EntryKind, Standing};
use crate::domain::letter::{InterestSegment, Letter, Office as Sender, PaymentReminder};
use crate::domain::mail::NewMail;
use crate::domain::money::Money;
use crate::domain::payment_reminder::{Charge, Charged, Level, ReminderId, paragraphs};
use crate::render::mail::amount;
use crate::store::{NewPaymentReminder, Tx};

/// An invoice and the interest on it to the day.
pub(super) struct Claim {
    invoice: Invoice,
    accrued: Accrued,
}

/// A reminder that was made.
pub(super) struct Made {
    pub(super) pay_by: NaiveDate,
    /// All that is left to pay.
    pub(super) left: Money,
}

impl Claim {
    /// Counts the interest on an invoice; errors where a reference rate is missing.
    pub(super) fn of(tx: &Tx<'_>, office: &Office, invoice: Invoice) -> Result<Claim> {
        let mut accrued = Accrued::default();
        if office.settings.charges_interest {
            let standing = tx.standing(&invoice)?;
            let due_on = invoice.draft.due_on;
            accrued = interest::on_invoice(&standing, due_on, tx.today(), &office.rates)?;
        }
        Ok(Claim { invoice, accrued })
    }

    /// Charges what the level asks for and the interest not yet charged, and queues the letter.
    pub(super) fn make(
        &self,
        tx: &Tx<'_>,
        office: &Office,
        level: &Level,
        account: AccountId,
    ) -> Result<Made> {
        let invoice = &self.invoice;
        let before = tx.standing(invoice)?;
        let charged = Charged {
            fees: before.sum_of(EntryKind::ReminderFee),
            compensation: before.sum_of(EntryKind::Compensation),
        };
        let fee = level.charge.amount(before.capital_left(), charged);
        let interest_before = before.sum_of(EntryKind::LateInterest);
        let interest = (self.accrued.sum - interest_before).max(Money::ZERO);

        let account = tx.account_by_id(account)?;
        let language = account.profile.language;
        let new = NewPaymentReminder {
            level: level.number,
            pay_by: office.reminding.pay_by(level, tx.today()),
            seller_version: office.seller_version,
            text: level.text.in_language(language).to_owned(),
            capital: before.capital_left(),
            fees: charged.fees + charged.compensation + fee,
            interest: interest_before + interest,
        };
        let id = tx.remind_of_payment(invoice, &new)?;
        let kind = match level.charge {
            Charge::Compensation => EntryKind::Compensation,
            Charge::Fee(_) | Charge::Nothing => EntryKind::ReminderFee,
        };
        for (kind, amount) in [(kind, fee), (EntryKind::LateInterest, interest)] {
            if amount > Money::ZERO {
                tx.charge_by_reminder(invoice, id, kind, amount)?;
            }
        }
        let standing = tx.standing(invoice)?;
        let letter = self.letter(tx, office, (id, &new), &standing, language)?;
        self.queue(tx, office, &account, level, letter)?;
        Ok(Made { pay_by: new.pay_by, left: standing.left() })
    }

    fn queue(
        &self,
        tx: &Tx<'_>,
        office: &Office,
        account: &Account,
        level: &Level,
        letter: PaymentReminder,
    ) -> Result<()> {
        let cause = format!("reminder {} of invoice {}", level.number, self.invoice.number);
        let recipient = tx.reminder_recipient(&self.invoice)?;
        let letter = Letter::PaymentReminder(Box::new(letter));
        let mail = NewMail::of_letter(letter, cause, account, recipient);
        Ok(tx.enqueue_mail(&mail, office.seller.office_email.domain())?)
    }

    /// Returns what the reminder says, as it stands after its own charges.
    fn letter(
        &self,
        tx: &Tx<'_>,
        office: &Office,
        (id, new): (ReminderId, &NewPaymentReminder),
        standing: &Standing,
        language: Language,
    ) -> Result<PaymentReminder> {
        let (invoice, seller) = (&self.invoice, &office.seller);
        let draft = &invoice.draft;
        let pay_to = tx.pay_to(&draft.seller)?;
        let parts = Parts::of(standing);
        let plain = |money: Money| amount(money, language);
        let above = |money: Money| (money > Money::ZERO).then(|| plain(money));
        let below = |money: Money| (money > Money::ZERO).then(|| plain(-money));
        let interest = standing.sum_of(EntryKind::LateInterest);
        let bank_files = office.reminding.bank_files;
        let known_through = bank_files.days_max.and(bank_files.newest).unwrap_or(tx.today());
        // Interest that was charged before the shop ceased to charge any has no account of the days.
        let adds_up = self.accrued.sum == interest;
        let segments = self.accrued.segments.iter().filter(|_| adds_up);
        Ok(PaymentReminder {
            office: Sender::of(seller),
            reminder: id,
            level: new.level,
            number: invoice.number.to_string(),
            buyer: draft.buyer.name.clone(),
            reference: draft.reference.clone(),
            issued_on: draft.issued_on.to_string(),
            due_on: draft.due_on.to_string(),
            reminded_on: tx.today().to_string(),
            pay_by: new.pay_by.to_string(),
            text: paragraphs(&new.text),
            total: plain(standing.total),
            credited: below(standing.credited),
            paid: below(parts.paid),
            written_off: below(parts.written_off),
            capital: plain(standing.capital_left()),
            fees: above(standing.sum_of(EntryKind::ReminderFee)),
            compensation: above(standing.sum_of(EntryKind::Compensation)),
            interest: above(interest),
            interest_segments: segments.map(|part| segment(part, language)).collect(),
            claims_paid: below(parts.claims_settled),
            to_pay: plain(standing.left()),
            to_pay_ore: standing.left().ore(),
            payments_through: known_through.min(tx.today()).to_string(),
            payee: seller.legal_name.clone(),
            ocr: invoice.number.ocr().to_string(),
            bankgiro: pay_to.bankgiro.as_ref().map(ToString::to_string),
            plusgiro: pay_to.plusgiro.as_ref().map(ToString::to_string),
            iban: pay_to.iban.as_ref().map(ToString::to_string),
            bic: pay_to.bic.clone(),
            account_change: pay_to.change(language),
        })
    }
}

/// What was settled, of the invoice itself first and then of what is claimed beyond it.
struct Parts {
    paid: Money,
    written_off: Money,
    claims_settled: Money,
}

impl Parts {
    fn of(standing: &Standing) -> Parts {
        let owed = standing.total - standing.credited;
        let written_off = standing.given_up().min(owed);
        let paid = standing.paid().min(owed - written_off);
        let claims_settled = standing.paid() + standing.given_up() - paid - written_off;
        Parts { paid, written_off, claims_settled }
    }
}

/// Returns a part of the interest in words; its amounts stand in columns that name the currency.
fn segment(part: &Segment, language: Language) -> InterestSegment {
    let figures = |text: String| match language {
        Language::Swedish => text,
        Language::English => text.replace(',', "."),
    };
    InterestSegment {
        from: part.from.to_string(),
        to: part.to.to_string(),
        days: part.days,
        rate: figures(part.rate.to_string()).replace(' ', "\u{a0}"),
        capital: figures(part.capital.to_string()),
        amount: figures(part.amount.to_string()),
    }
}
