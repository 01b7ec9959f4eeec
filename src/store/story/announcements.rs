//! The conditions are edited, and customers are told of it.

use super::Story;
use crate::domain::announcement::{Audience, NewAnnouncement, Part, Words};
use crate::domain::conditions::Wording;
use crate::domain::event::EventKind as Kind;
use crate::domain::letter::{Announcement, Letter, Office};
use crate::domain::mail::{MailStatus, NewMail};
use crate::store::fixture::{account_key, seller};
use crate::store::{StoreError, Tx};

pub(super) fn readers_are_told(story: &Story) {
    conditions_are_edited(story);
    let part = Part { subject: "Nytt".to_owned(), text: "Hej!".to_owned() };
    let audience = |text: &str| text.parse::<Audience>().expect("an audience");
    let new = NewAnnouncement {
        audience: audience("unpaid"),
        words: Words { sv: part.clone(), en: part },
        edition: None,
    };
    let made = story.tells(&[Kind::AnnouncementMade], |tx| tx.make_announcement(&new));
    let same = story.tells(&[], |tx| tx.make_announcement(&new));
    assert_eq!((made.number, &same), (1, &made));
    story.read(|tx| {
        assert_eq!(tx.announcement(1)?, made);
        assert!(matches!(tx.announcement(2), Err(StoreError::Unknown { .. })));
        for text in ["unpaid", "licensees", "subscribers:ABK09", "readers:ABK09"] {
            let all = tx.audience(&audience(text), 0, 1000)?;
            assert_eq!(all.len() as i64, tx.count_audience(&audience(text))?, "{text}");
        }
        assert!(matches!(
            tx.audience(&audience("readers:NO"), 0, 1),
            Err(StoreError::Unknown { .. })
        ));
        assert!(!tx.bounced_recipients()?.contains("inkop@bolaget97.example"));
        Ok(())
    });

    let account = story.read(|tx| tx.account(&account_key(97)));
    assert_eq!(story.read(|tx| tx.unpaid_of(account.id)).len(), 1);
    let letter = Letter::Announcement(Announcement {
        office: Office::of(&seller()),
        announcement: made.id,
        subject: "Nytt".to_owned(),
        text: vec!["Hej!".to_owned()],
    });
    let cause = "announcement 1".to_owned();
    let mail = NewMail::of_letter(letter, cause, &account, account.logins[0].clone());
    let tell = |tx: &Tx<'_>| tx.announce(&mail, "forening.example");
    let id = story.tells(&[Kind::MailQueued], tell).expect("a mail");
    assert_eq!(story.tells(&[], tell), None);
    story.read(|tx| {
        let queued = tx.mail(id)?;
        assert_eq!((queued.status, queued.due_at), (MailStatus::Held, None));
        assert_eq!(tx.held_of_announcement(made.id, 0, 10)?.len(), 1);
        assert_eq!(tx.held_of_announcement(made.id, id.0, 10)?, []);
        assert_eq!(tx.held_announcements()?, [(made.clone(), 1)]);
        Ok(())
    });
}

fn conditions_are_edited(story: &Story) {
    let before = story.read(|tx| tx.conditions());
    let printed =
        Wording { sv: "Får inte kopieras.".to_owned(), en: "Not to be copied.".to_owned() };
    let edit = |tx: &Tx<'_>| tx.change_conditions(before.subscription.clone(), printed.clone());
    let next = story.tells(&[Kind::ConditionsAdopted], edit);
    assert_eq!(next.version, before.version + 1);
    assert_eq!(story.tells(&[], edit), next);
    story.read(|tx| {
        assert_eq!(tx.conditions_version(before.version)?, before);
        assert_eq!(tx.conditions()?, next);
        Ok(())
    });
}
