use super::super::fixture::{Shop, email};
use super::*;
use crate::domain::mail::MailKind;

fn assert_changed<T: std::fmt::Debug>(outcome: Result<T, StoreError>) {
    assert!(matches!(outcome, Err(StoreError::Changed { noun: "mail", .. })), "{outcome:?}");
}

#[test]
fn a_mail_is_claimed_once() {
    let shop = Shop::new();
    let mail = shop.mail();
    shop.change(|tx| tx.claim_mail(&mail, b"first")).expect("a claim");
    assert_changed(shop.change(|tx| tx.claim_mail(&mail, b"second")));
    let bytes = shop.read(|tx| tx.message(mail.id)).expect("the message");
    assert_eq!(bytes.as_deref(), Some(&b"first"[..]));
}

#[test]
fn a_mail_held_in_the_meantime_is_not_claimed() {
    let shop = Shop::new();
    let mail = shop.mail();
    shop.change(|tx| tx.hold_mail(&mail, None)).expect("held");
    assert_changed(shop.change(|tx| tx.claim_mail(&mail, b"bytes")));
    assert_eq!(shop.read(|tx| tx.message(mail.id)), Ok(None));
}

#[test]
fn only_a_claimed_mail_is_sent_or_deferred() {
    let shop = Shop::new();
    let mail = shop.mail();
    assert_changed(shop.change(|tx| tx.mark_sent(&mail, "smtp", "250 ok")));
    assert_changed(shop.change(|tx| tx.defer_mail(&mail, "2026-03-01T10:00:00Z", "451")));
    let now = shop.read(|tx| tx.mail(mail.id)).expect("the mail");
    assert_eq!(now, mail);
}

#[test]
fn a_mail_is_put_back_from_the_state_it_was_seen_in() {
    let shop = Shop::new();
    let mail = shop.mail();
    shop.change(|tx| tx.claim_mail(&mail, b"bytes")).expect("a claim");
    assert_changed(shop.change(|tx| tx.requeue_mail(&mail)));
    assert_changed(shop.change(|tx| tx.mark_failed(&mail, "no")));
}

#[test]
fn a_void_claim_is_freed_and_keeps_its_bytes_and_its_count() {
    let shop = Shop::new();
    let mail = shop.mail();
    shop.change(|tx| tx.claim_mail(&mail, b"bytes")).expect("a claim");
    assert_eq!(shop.change(|tx| tx.release_void_claims()), Ok(1));
    let freed = shop.read(|tx| tx.mails_due(0, 10)).expect("what is due").remove(0);
    assert_eq!((freed.status, freed.attempts), (MailStatus::Waiting, 1));
    shop.change(|tx| tx.claim_mail(&freed, b"other bytes")).expect("a second claim");
    let bytes = shop.read(|tx| tx.message(mail.id)).expect("the message");
    assert_eq!(bytes.as_deref(), Some(&b"bytes"[..]));
}

#[test]
fn what_waits_is_found_without_reading_what_was_sent() {
    let shop = Shop::new();
    let plan: Vec<String> = shop
        .read(|tx| {
            tx.rows(
                "EXPLAIN QUERY PLAN SELECT recipient FROM outbox
                 WHERE status = 'waiting' AND due_at <= 'now' AND id > 0 ORDER BY id LIMIT 9",
                &[],
                |row| row.get(3),
            )
        })
        .expect("a plan");
    assert_eq!(plan, ["SEARCH outbox USING INDEX outbox_by_status (status=? AND id>?)"]);
}

#[test]
fn no_two_mails_of_an_operation_share_a_message_id() {
    let shop = Shop::new();
    let first = shop.mail();
    let new = |cause: &str, recipient: &str| NewMail {
        kind: MailKind::InvoiceCopy,
        cause: cause.to_owned(),
        recipient: email(recipient),
        language: first.language,
        content: first.content.clone(),
    };
    let queued = shop.change(|tx| {
        tx.enqueue_mail(&new("invoice 1", "1faktura@bolaget.example"), "shop.example")?;
        tx.enqueue_mail(&new("invoice 11", "faktura@bolaget.example"), "shop.example")
    });
    assert_eq!(queued, Ok(()));
}
