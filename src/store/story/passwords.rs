//! A login chooses its password, forgets it, and is renamed and removed.

use super::Story;
use crate::domain::event::EventKind as Kind;
use crate::domain::login::{Chosen, Ended, Origin, PasswordStanding};
use crate::domain::mail::MailStatus;
use crate::domain::password::HashCost;
use crate::domain::token::Token;
use crate::store::fixture::{email, password, password_hash, password_mail};
use crate::store::{GoodToken, StoreError, Tx};

pub(super) fn a_login_comes_by_a_password(story: &Story) {
    let account = story.shop.account(90);
    let login = story.read(|tx| tx.login(&email("INKOP@bolaget90.example")));
    story.read(|tx| {
        assert_eq!(tx.logins_of(account.id)?, std::slice::from_ref(&login));
        assert_eq!(tx.find_login(&email("annan@bolaget90.example"))?, None);
        let unknown = tx.login(&email("annan@bolaget90.example"));
        assert!(matches!(unknown, Err(StoreError::Unknown { noun: "login", .. })), "{unknown:?}");
        assert!(tx.logins_never_asked()?.contains(&login));
        assert_eq!(tx.password_standing(login.id)?, PasswordStanding::default());
        assert_eq!(tx.last_password_request(login.id)?, None);
        Ok(())
    });

    let ask = |origin: Origin, cause: &'static str| {
        let (account, login) = (&account, &login);
        move |tx: &Tx<'_>| {
            let mail = password_mail(account, login, cause);
            tx.ask_for_password(login, origin, &mail, "shop.example", None)
        }
    };
    let asked = [Kind::PasswordAsked, Kind::MailQueued];
    story.tells(&asked, ask(Origin::Invitation, "the first"));
    let note = |tx: &Tx<'_>| tx.note_forgotten(&login.email);
    story.tells(&[Kind::PasswordForgotten], note);
    let forgotten = story.read(|tx| tx.forgotten()).remove(0);
    assert_eq!((&forgotten.email, story.read(|tx| tx.count_forgotten())), (&login.email, 1));
    let answer = |tx: &Tx<'_>| {
        tx.take_forgotten(&forgotten)?;
        ask(Origin::Forgotten, "the second")(tx)
    };
    story.tells(&asked, answer);
    assert!(matches!(story.refused(answer), StoreError::Changed { .. }));
    a_request_is_passed_over(story);
    let request = story.read(|tx| tx.last_password_request(login.id)).expect("a mail");
    let mail = story.read(|tx| tx.mail(request.mail));
    assert_eq!((request.origin, request.mail_status), (Origin::Forgotten, MailStatus::Waiting));
    assert_eq!((request.ended_by, mail.recipient.as_str()), (None, login.email.as_str()));
    story.read(|tx| {
        assert_eq!(tx.moment().today, tx.today());
        assert!(!tx.logins_never_asked()?.contains(&login));
        assert_eq!(tx.count_password_mails(login.id, "2020-01-01T00:00:00Z")?, 0);
        Ok(())
    });

    let token = Token::new([90; 32]);
    let make = |tx: &Tx<'_>| tx.make_token(&mail, &token, "2099-01-01T00:00:00Z");
    assert_eq!(story.tells(&[Kind::TokenMade], make), Ok(()));
    assert_eq!(story.shop.change(|tx| tx.void_tokens(mail.id)), Ok(()));
    assert_eq!(story.read(|tx| tx.find_token(&token)), None);
    assert_eq!(story.tells(&[Kind::TokenMade], make), Ok(()));
    let good = story.read(|tx| tx.find_token(&token)).expect("a token that is good");
    assert_eq!(good.login, login);
    let chosen = [Kind::PasswordChosen];
    let first = password_hash(1);
    story.tells(&chosen, |tx| redeem(tx, &good, 1));
    let used = story.refused(|tx| redeem(tx, &good, 2));
    assert!(matches!(used, StoreError::Changed { .. }), "{used}");
    let ended = story.read(|tx| tx.last_password_request(login.id)).and_then(|it| it.ended_by);
    assert_eq!(ended.as_deref(), Some(Ended::Used.as_str()));

    story.tells(&[Kind::LoginSucceeded], |tx| tx.record_login(&login));
    let costlier = HashCost { memory_mib: 2, passes: 1, lanes: 1 };
    let rehashed = costlier.hash(&password(1), &[2; 16]).expect("a hash");
    let rehash = |tx: &Tx<'_>| tx.rehash_password(&login, &first, &rehashed);
    story.tells(&[Kind::PasswordRehashed], rehash);
    assert!(matches!(story.refused(rehash), StoreError::Changed { .. }));
    for wait in [None, None, None, None, Some(30)] {
        let fail = |tx: &Tx<'_>| tx.record_failed_login(&login);
        assert_eq!(story.tells(&[Kind::LoginFailed], fail), wait);
    }
    story.tells(&[Kind::LoginRefused], |tx| tx.record_refused_login(&login));
    let standing = story.read(|tx| tx.password_standing(login.id));
    assert_eq!((standing.failures, standing.refusals), (5, 1));
    assert_eq!(standing.hash, Some(rehashed));

    // These are told without a row: there is none to write, or nothing of it changes.
    let tell = |told: &dyn Fn(&Tx<'_>) -> Result<(), StoreError>| {
        assert_eq!(story.shop.change(|tx| told(tx)), Ok(()));
    };
    let nobody = email("ingen@bolaget90.example");
    tell(&|tx| tx.record_former_password(&login));
    tell(&|tx| tx.record_hopeless_login(&nobody, "unknown"));

    story.tells(&[Kind::PasswordPassedOver], |tx| tx.record_asked_too_often(&login));
    assert!(story.read(|tx| tx.password_standing(login.id)).passed_over_at.is_some());
    story.change(|tx| tx.remove_expired_tokens());
    story.tells(&[Kind::PasswordVoided], |tx| tx.void_password(&login, "ticket 4711"));
    assert_eq!(story.read(|tx| tx.password_standing(login.id)).state(), "locked");
    a_login_is_renamed_and_removed(story);
}

fn a_request_is_passed_over(story: &Story) {
    let nobody = email("ingen@bolaget90.example");
    story.tells(&[Kind::PasswordForgotten], |tx| tx.note_forgotten(&nobody));
    let forgotten = story.read(|tx| tx.forgotten()).remove(0);
    story.tells(&[Kind::PasswordPassedOver], |tx| {
        tx.take_forgotten(&forgotten)?;
        tx.record_passed_over(&forgotten.email, "unknown")
    });
    assert_eq!(story.read(|tx| tx.forgotten()), []);
}

fn redeem(tx: &Tx<'_>, token: &GoodToken, n: u8) -> Result<(), StoreError> {
    tx.use_token(token)?;
    let standing = tx.password_standing(token.login.id)?;
    tx.choose_password(&token.login, &standing, &password_hash(n), Chosen::Token)
}

fn a_login_is_renamed_and_removed(story: &Story) {
    let (account, other) = (story.shop.account(91), story.shop.account(92));
    let (new, old) = (email("ny@bolaget91.example"), email("inkop@bolaget91.example"));
    let added = story.tells(&[Kind::LoginAdded], |tx| tx.add_login(&account, &new));
    assert_eq!(story.read(|tx| tx.login(&new)), added);
    let taken = story.refused(|tx| tx.add_login(&other, &new));
    assert!(matches!(taken, StoreError::Taken { what: "the login", .. }), "{taken}");

    let proof = ("4711", "called back");
    let before = story.read(|tx| tx.login(&old));
    let taken = story.refused(|tx| tx.rename_login(&account, &before, &new, proof));
    assert!(matches!(taken, StoreError::Taken { .. }), "{taken}");
    let wanted = email("avtal@bolaget91.example");
    let rename = |tx: &Tx<'_>| tx.rename_login(&account, &before, &wanted, proof);
    let renamed = story.tells(&[Kind::LoginRenamed], rename);
    assert_eq!((renamed.id, &renamed.email), (before.id, &wanted));
    assert!(matches!(story.refused(rename), StoreError::Changed { noun: "login", .. }));
    // The same address spelt otherwise is no other login's.
    let louder = email("AVTAL@bolaget91.example");
    story.tells(&[Kind::LoginRenamed], |tx| tx.rename_login(&account, &renamed, &louder, proof));

    story.change(|tx| tx.void_password(&added, "ticket 4711"));
    let remove = |tx: &Tx<'_>| tx.remove_login(&account, &added, "left the company");
    story.tells(&[Kind::LoginRemoved], remove);
    assert!(matches!(story.refused(remove), StoreError::Changed { noun: "login", .. }));
    assert_eq!(story.read(|tx| tx.password_standing(added.id)), PasswordStanding::default());
}
