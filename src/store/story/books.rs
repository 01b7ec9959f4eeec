//! The books are exported, locked and exported again.

use super::Story;
use crate::domain::books::BookPeriod;
use crate::domain::event::EventKind as Kind;
use crate::store::fixture::date;
use crate::store::{BookExport, Tx};

pub(super) fn the_books_are_exported_and_locked(story: &Story) {
    let (first, today) = story.read(|tx| Ok((date("2026-01-01"), tx.today())));
    let period = BookPeriod { from: first, to: today };
    story.read(|tx| {
        assert_eq!(tx.books()?.exported, []);
        assert!(tx.count_before_books(today)? > 0);
        assert_eq!(tx.count_unexported(today)?, 0);
        assert_eq!(tx.export_again(period)?, None);
        Ok(())
    });
    let export = |tx: &Tx<'_>| {
        let (export, taken_up) = tx.export_books(period)?.expect("vouchers");
        assert_eq!((taken_up.earlier, taken_up.moved), (0, 0));
        tx.finish_export(&export, "f00d")?;
        Ok(export)
    };
    let made: BookExport = story.tells(&[Kind::BooksExported], export);
    let nothing = story.tells(&[], |tx| tx.export_books(period));
    assert_eq!(nothing, None);
    let again = |tx: &Tx<'_>| {
        let (export, held) = tx.export_again(period)?.expect("the same again");
        assert_eq!(held, [made.id]);
        tx.finish_export(&export, "f00d")
    };
    story.tells(&[Kind::BooksExported], again);
    story.read(|tx| {
        assert_eq!(tx.book_exports()?.len(), 2);
        assert_eq!(tx.book_exports()?[0], made);
        let mut vouchers = 0;
        tx.each_booked_voucher(made.id, &mut |_| vouchers += 1)?;
        assert_eq!(vouchers, made.vouchers);
        let (first_day, last_day) = tx.booked_days(&[made.id])?.expect("days");
        assert!(first <= first_day && last_day <= today);
        let accounts = tx.booked_accounts(&[made.id])?;
        let debit: i64 = accounts.iter().map(|account| account.debit.ore()).sum();
        let credit: i64 = accounts.iter().map(|account| account.credit.ore()).sum();
        assert_eq!(debit, credit);
        let report = tx.vat_report(period)?;
        assert!(report.counted > 0 && report.unexported == 0, "{report:?}");
        Ok(())
    });

    let eve = today.pred_opt().expect("a day before it");
    assert!(story.tells(&[Kind::BooksLocked], |tx| tx.lock_books(eve, None)));
    assert!(!story.tells(&[], |tx| tx.lock_books(eve, None)));
    assert!(story.tells(&[Kind::BooksLocked], |tx| tx.lock_books(first, Some("corrected"))));
}
