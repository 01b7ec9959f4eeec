//! An unpaid invoice is reminded of: the levels, what is charged, and the document that is kept.

use super::Story;
use crate::domain::conditions::Wording;
use crate::domain::event::EventKind as Kind;
use crate::domain::ledger::EntryKind;
use crate::domain::money::Money;
use crate::domain::payment_reminder::{Charge, Level};
use crate::store::fixture::date;
use crate::store::{NewPaymentReminder, OverdueCursor, StoreError, Tx};

pub(super) fn what_is_unpaid_is_reminded_of(story: &Story) {
    let levels = story.read(|tx| tx.reminder_levels());
    assert_eq!(levels.iter().map(|level| level.number).collect::<Vec<_>>(), [1, 2, 3]);
    let fourth = Level {
        number: 4,
        days: 30,
        charge: Charge::Compensation,
        text: Wording { sv: "Hör av er.".into(), en: "Please call.".into() },
    };
    assert!(story.tells(&[Kind::ReminderLevelSet], |tx| tx.set_reminder_level(&fourth)));
    assert!(!story.tells(&[], |tx| tx.set_reminder_level(&fourth)));
    let dearer = Level { charge: Charge::Fee(Money::from_ore(6_000)), ..fourth };
    story.tells(&[Kind::ReminderLevelSet], |tx| tx.set_reminder_level(&dearer));
    assert_eq!(story.read(|tx| tx.reminder_levels()).pop(), Some(dearer.clone()));
    story.tells(&[Kind::ReminderLevelSet], |tx| tx.remove_reminder_level(&dearer));
    let gone = story.refused(|tx| tx.remove_reminder_level(&dearer));
    assert!(matches!(gone, StoreError::Changed { .. }), "{gone}");

    let account = story.shop.account(79);
    let product = story.read(|tx| tx.product(&"PRINT".parse().expect("a SKU")));
    let (_, invoice) = story.shop.order(&account, &[&product]);
    let total = invoice.draft.totals().total;
    let new = NewPaymentReminder {
        level: 2,
        pay_by: date("2030-01-01"),
        seller_version: 1,
        text: "Betala.".to_owned(),
        capital: total,
        fees: Money::from_ore(6_000),
        interest: Money::from_ore(1_000),
    };
    let remind = |tx: &Tx<'_>| tx.remind_of_payment(&invoice, &new);
    let id = story.tells(&[Kind::InvoiceReminded], remind);
    story.refused(remind);
    for (kind, ore, event) in [
        (EntryKind::ReminderFee, 6_000, Kind::ReminderFeeCharged),
        (EntryKind::Compensation, 39_000, Kind::CompensationCharged),
        (EntryKind::LateInterest, 1_000, Kind::InterestCharged),
    ] {
        let amount = Money::from_ore(ore);
        story.tells(&[event], |tx| tx.charge_by_reminder(&invoice, id, kind, amount));
    }
    // It is not due, so that it bears no interest.
    let set_right = |tx: &Tx<'_>| tx.set_claims_right(&invoice);
    assert!(story.tells(&[Kind::ClaimReversed], set_right));
    assert!(!story.tells(&[], set_right));
    let keep = |tx: &Tx<'_>| tx.keep_reminder_document(id, b"%PDF first".to_vec());
    let kept = story.tells(&[Kind::DocumentKept], keep);
    assert_eq!(story.tells(&[], keep), kept);

    story.read(|tx| {
        let standing = tx.standing(&invoice)?;
        assert_eq!(standing.sum_of(EntryKind::LateInterest), Money::ZERO);
        let made = tx.reminders_of(invoice.id)?;
        assert_eq!(made, [tx.payment_reminder(id)?]);
        assert_eq!((made[0].level, made[0].reminded_on), (2, tx.today()));
        assert_eq!(tx.reminder_document(id)?, Some(kept.clone()));
        assert_eq!(tx.mail_of_reminder(id)?, None);
        assert_eq!(tx.newest_bank_day()?, Some(date("2026-03-01")));
        let recipient = tx.reminder_recipient(&invoice)?;
        assert_eq!(recipient, invoice.draft.buyer.invoice_email);
        let overdue = tx.invoice_to_chase(&invoice)?;
        assert_eq!((overdue.left, overdue.account), (standing.left(), account.id));
        assert_eq!(overdue.capital, standing.capital_left());
        assert_eq!(overdue.e_invoice, None);

        let day = date("2099-01-01");
        let listed = |last, cursor| tx.invoices_to_chase((day, Money::ZERO), last, cursor, 1_000);
        assert!(listed(3, None)?.contains(&overdue));
        assert!(!listed(2, None)?.contains(&overdue));
        let cursor = Some(OverdueCursor { due_on: overdue.due_on, id: overdue.id });
        assert!(!listed(3, cursor)?.contains(&overdue));
        let rest = Money::from_ore(overdue.left.ore() + 1);
        assert!(!tx.invoices_to_chase((day, rest), 3, None, 1_000)?.contains(&overdue));
        assert!(!tx.invoices_to_chase((overdue.due_on, rest), 3, None, 9)?.contains(&overdue));
        Ok(())
    });
}
