//! The store finds its home, is copied, restored and handed over, and its documents are archived.

use super::{Fate, Story};
use crate::domain::archive::Document;
use crate::domain::event::EventKind as Kind;
use crate::domain::home::Home;
use crate::store::fixture::home;
use crate::store::{CopyFacts, StoreError};

pub(super) fn the_store_is_moved_and_put_back(story: &Story) {
    let moved = Home { path: "/srv/new.db".to_owned(), ..home() };
    story.read(|tx| {
        assert_eq!(tx.home()?.map(|(home, _)| home), Some(home()));
        assert_eq!((tx.backup_made()?, tx.handed_over()?), (None, None));
        Ok(())
    });
    assert!(story.tells(&[Kind::StoreAdopted], |tx| tx.adopt(&moved)));
    assert!(!story.tells(&[], |tx| tx.adopt(&moved)));

    let head = story.read(|tx| tx.head());
    let facts = CopyFacts { events: head.seq, head: head.hash, bytes: 4096 };
    story.tells(&[Kind::BackupMade], |tx| tx.record_backup("b.db", &facts));
    assert!(story.read(|tx| tx.backup_made()).is_some());

    let kept = story.read(|tx| tx.documents_kept_after(tx.archived_through()?, 100));
    assert!(kept.iter().any(|kept| matches!(kept.document, Document::Invoice(_))));
    for kept in &kept {
        assert!(story.read(|tx| tx.kept_bytes(kept)).is_some(), "{kept:?}");
    }
    let last = kept.last().expect("documents left the shop").seq;
    assert_eq!(story.read(|tx| tx.count_unarchived()), kept.len() as i64);
    story.tells(&[Kind::DocumentsArchived], |tx| tx.mark_archived(last, kept.len() as i64));
    assert_eq!(story.read(|tx| tx.count_unarchived()), 0);

    let next = story.read(|tx| tx.next_invoice());
    let taken = story.refused(|tx| tx.restore("b.db", next - 1));
    assert!(matches!(taken, StoreError::InUse(_)), "{taken}");
    let (restored, kinds) = story.change(|tx| tx.restore("b.db", next + 5));
    assert_eq!(restored.left_out, Some((next, next + 4)));
    assert_eq!(kinds[..2], [Kind::StoreRestored, Kind::NumbersLeftOut]);
    story.read(|tx| {
        assert_eq!(tx.mails_held_by_restore()?.len() as i64, restored.held);
        assert_eq!(tx.next_invoice()?, next + 5);
        assert!(tx.last_change()?.is_some());
        assert!(tx.row_counts()?.iter().all(|(_, count)| *count > 0));
        let invoices = tx.series()?.swap_remove(0).1;
        assert_eq!((invoices.missing(), invoices.left_out), (0, vec![(next, next + 4)]));
        let mut findings = Vec::new();
        tx.check(&mut |finding| findings.push(finding))?;
        assert_eq!(findings, []);
        Ok(())
    });

    story.tells(&[Kind::StoreHandedOver], |tx| tx.hand_over("moved.db", &facts));
    assert!(story.read(|tx| tx.handed_over()).is_some());
    let locked = story.refused(|tx| tx.finish_daily());
    assert!(matches!(locked, StoreError::HandedOver { .. }), "{locked}");
    let mut operation = story.shop.operation();
    operation.unlocks = true;
    let keep = |_: &bool, (): &()| Fate::Commit;
    let taken_back = |tx: &crate::store::Tx<'_>| tx.adopt(&moved);
    let store = &story.shop.store;
    let adopted = store.transaction(&operation, keep, taken_back, |_, _| Ok::<_, StoreError>(()));
    assert_eq!(adopted.map(|(adopted, ())| adopted), Ok(true));
}
