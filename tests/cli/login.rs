//! The logins of an account: who may have how many, invitations, and another address.

use insta::assert_snapshot;

use crate::support::{LOGIN, PASSWORD, Shop, header, text_of, token_of};

const RENAME: &str = "account login rename 556036-0793 avtal@saab.example inkop@saab.example \
     --ticket 4711 --proof 'called back on the number of the register'";

#[test]
fn r2_an_account_without_a_licence_has_one_login() {
    let shop = Shop::open();
    assert_snapshot!(shop.table("account login list 556036-0793"), @"
    Login                Password       Seat   Last login
    ─────────────────────────────────────────────────────
    avtal@saab.example   never chosen
    ");
    assert_snapshot!(shop.run("account login add 556036-0793 andra@saab.example"), @"
    --- stderr
    error: account 556036-0793 has the login avtal@saab.example, and one login is what it may have
    hint: a login may be shared; `shopctl account login rename` changes its address
    --- status 5
    ");
    assert_snapshot!(shop.run("account login remove 556036-0793 avtal@saab.example --reason slut"), @"
    --- stderr
    error: avtal@saab.example is the only login of the account
    hint: `shopctl account login rename` gives it another address
    --- status 5
    ");
    assert_eq!(shop.count("SELECT count(*) FROM login"), 2);
}

#[test]
fn r2_the_address_of_a_login_is_one_accounts_in_any_case_and_spelling() {
    let shop = Shop::open();
    shop.ok("account login rename 556036-0793 avtal@saab.example avtal@räksmörgås.example \
         --ticket 1 --proof 'called back'");
    for taken in [
        "INKOP@STOCKHOLM.EXAMPLE",
        "Inkop@Stockholm.Example",
        "AVTAL@RÄKSMÖRGÅS.EXAMPLE",
        "avtal@xn--rksmrgs-5wao1o.example",
    ] {
        let line = format!("account create 556016-0680 --name 'Ericsson AB' --email {taken}");
        let refused = shop.run(&line);
        assert_eq!(refused.status, 5, "{taken}\n{refused}");
        assert!(refused.stderr.contains("is taken by"), "{taken}\n{refused}");
    }
    assert_snapshot!(shop.run("account login rename 556036-0793 avtal@räksmörgås.example \
         INKOP@stockholm.example --ticket 1 --proof 'called back'"), @"
    --- stderr
    error: the login `INKOP@stockholm.example` is taken by 212000-0142
    hint: `shopctl find INKOP@stockholm.example` shows it
    --- status 5
    ");
    let found = shop.json("password status AVTAL@xn--rksmrgs-5wao1o.example");
    assert_eq!(found["org_number"], "556036-0793");
}

#[test]
fn a_login_is_named_by_an_address_of_this_account() {
    let shop = Shop::open();
    assert_snapshot!(shop.run("account login rename 556036-0793 inkop@stockholm.example \
         ny@saab.example --ticket 1 --proof 'called back'"), @"
    --- stderr
    error: `inkop@stockholm.example` is no login of account 556036-0793
    hint: `shopctl account login list ORG` shows them
    --- status 4
    ");
    assert_snapshot!(shop.run("account login invite 556036-0793 ingen@saab.example"), @"
    --- stderr
    error: `ingen@saab.example` is no login of account 556036-0793
    hint: `shopctl account login list ORG` shows them
    --- status 4
    ");
    assert_snapshot!(shop.run("account login list 556016-0680"), @"
    --- stderr
    error: there is no account `556016-0680`
    hint: `shopctl account list --search NAME` finds it by name
    --- status 4
    ");
    assert_snapshot!(shop.run("account login rename 556036-0793 avtal@saab.example ny@saab.example"), @"
    --- stderr
    error: missing: --ticket <TEXT>, --proof <TEXT>
    hint: `shopctl account login rename --ticket <TEXT> --proof <TEXT> <ORG> <EMAIL> <NEW>`
    --- status 2
    ");
    assert_snapshot!(shop.run("account login rename 556036-0793 avtal@saab.example ny \
         --ticket 1 --proof 'called back'"), @"
    --- stderr
    error: <NEW>: `ny` is not an e-mail address: it has no @
    --- status 5
    ");
}

#[test]
fn an_invitation_lets_a_login_choose_its_first_password() {
    let shop = Shop::open();
    assert_snapshot!(shop.run("account login invite 556036-0793"), @"
    password asked for     avtal@saab.example  origin invitation
    mail queued            1  kind login_invitation, recipient avtal@saab.example, cause operation 6
    1 mail goes out with the next `shopctl mail send`
    ");
    shop.ok("mail send");
    let letter = shop.letters().pop().expect("an invitation");
    assert_eq!(header(&letter, "To"), LOGIN);
    assert_snapshot!(text_of(&letter).replace(&token_of(&letter), "<token>"), @"
    Hej!

    Saab AB har en inloggning hos Avtalsbutiken. Användarnamnet är
    avtal@saab.example.

    Välj ett lösenord här:

    https://butik.forening.example/password?token=<token>

    Länken kan användas en gång och gäller i 14 dagar från det att mejlet
    skickades. Har länken slutat gälla ber ni om en ny på inloggningssidan eller
    skriver till kontoret@forening.example.

    Vi frågar aldrig efter ert lösenord, vare sig per telefon eller e-post.

    Med vänlig hälsning

    Avtalsbutiken
    https://butik.forening.example
    ");
    assert_eq!(shop.redeem(&shop.token(LOGIN), PASSWORD).status, 0);
    assert_eq!(shop.check(LOGIN, PASSWORD).status, 0);
    assert_snapshot!(shop.table("account login list 556036-0793"), @"
    Login                Password   Seat   Last login
    ───────────────────────────────────────────────────────
    avtal@saab.example   chosen            2026-03-01 09:00
    ");
    assert_snapshot!(shop.run("account login invite 556036-0793"), @"
    --- stderr
    error: the login has a password already
    hint: `shopctl password forgot EMAIL` mails it how to choose another
    --- status 5
    ");
}

#[test]
fn all_that_were_never_invited_are_invited_once() {
    let shop = Shop::with_a_password();
    shop.ok("account create 556016-0680 --name 'Ericsson AB' --email avtal@ericsson.example");
    shop.ok("account create 556012-5790 --name 'Volvo AB' --email avtal@volvo.example");
    shop.ok("account close 556012-5790");
    shop.rehearse_and_run("account login invite --all-new");
    assert_snapshot!(shop.run("mail list --status waiting --columns kind,recipient"), @"
    login_invitation	avtal@ericsson.example
    login_invitation	inkop@stockholm.example
    ");
    assert_snapshot!(shop.run("account login invite --all-new"), @"
    every login has a password, or was sent a mail about one
    --- stderr
    nothing needed doing
    ");
    assert_snapshot!(shop.run("account login invite"), @"
    --- stderr
    error: missing: <ORG>
    hint: `shopctl account login invite <ORG> [EMAIL]`
    --- status 2
    ");
    assert_snapshot!(shop.run("account login invite 556012-5790"), @"
    --- stderr
    error: account 556012-5790 is closed
    hint: `shopctl account reopen ORG` opens it
    --- status 5
    ");
}

#[test]
fn a_login_that_moves_loses_its_password_and_both_addresses_are_told() {
    let shop = Shop::with_a_password();
    let token = shop.forgotten(LOGIN);
    shop.rehearse_and_run(RENAME);
    for login in [LOGIN, "inkop@saab.example"] {
        assert_eq!(shop.check(login, PASSWORD).status, 3, "{login}");
    }
    assert_eq!(shop.redeem(&token, "lyktstolpe hallon sextant").status, 3);
    assert_snapshot!(shop.run("mail list --status waiting --columns kind,recipient"), @"
    password_reset	inkop@saab.example
    login_rename	faktura@saab.example
    login_rename	avtal@saab.example
    ");
    shop.ok("mail send");
    let told = |to: &str| {
        let mut letters = shop.letters().into_iter();
        let letter = letters.find(|letter| {
            header(letter, "To") == to && text_of(letter).contains("inkop@saab.example")
        });
        text_of(&letter.expect(to))
    };
    assert_eq!(told("avtal@saab.example"), told("faktura@saab.example"));
    assert_snapshot!(told("faktura@saab.example"), @"
    Hej!

    Saab AB loggar från och med den 1 mars 2026 in hos Avtalsbutiken med en ny
    e-postadress.

      Tidigare:  avtal@saab.example
      Nu:        inkop@saab.example

    Det gamla lösenordet gäller inte längre. Ett nytt lösenord väljer ni via ett
    mejl till den nya adressen.

    Om det inte stämmer, svara på det här mejlet eller skriv till
    kontoret@forening.example, så rättar vi det.

    Med vänlig hälsning

    Avtalsbutiken
    https://butik.forening.example
    ");

    let mut letters = shop.letters().into_iter();
    let to_new = letters.find(|letter| header(letter, "To") == "inkop@saab.example");
    let to_new = to_new.expect("the new address is mailed how to choose a password");
    assert_snapshot!(text_of(&to_new).replace(&token_of(&to_new), "<token>"), @"
    Hej!

    Kansliet har på begäran gett inloggningen avtal@saab.example en ny
    e-postadress. Användarnamnet är nu inkop@saab.example.

    Välj ett nytt lösenord här:

    https://butik.forening.example/password?token=<token>

    Länken kan användas en gång och gäller i 60 minuter från det att mejlet
    skickades. Har den slutat gälla ber ni om en ny på inloggningssidan.

    Om ni inte har bett om detta, svara på det här mejlet eller skriv till
    kontoret@forening.example.

    Vi frågar aldrig efter ert lösenord, vare sig per telefon eller e-post.

    Med vänlig hälsning

    Avtalsbutiken
    https://butik.forening.example
    ");
    let token = token_of(&to_new);
    shop.at("2026-03-01T08:59:59Z");
    assert_eq!(shop.redeem(&token, "lyktstolpe hallon sextant").status, 0);
    assert_eq!(shop.check("INKOP@saab.example", "lyktstolpe hallon sextant").status, 0);
    let trail = shop.ok("account history 556036-0793 --columns kind,change");
    let renamed = trail.lines().find(|line| line.starts_with("login_renamed"));
    assert_snapshot!(renamed.expect("it is told"), @"login_renamed	login: avtal@saab.example → inkop@saab.example, ticket 4711, proof called back on the number of the register");
}

#[test]
fn a_login_whose_password_was_locked_is_mailed_what_a_reset_sends() {
    let shop = Shop::with_a_password();
    shop.ok(&format!("password reset {LOGIN} --ticket 4711"));
    assert_snapshot!(shop.run("account login invite 556036-0793"), @"
    password asked for     avtal@saab.example  origin support
    mail queued            4  kind password_reset, recipient avtal@saab.example, cause operation 11
    1 mail goes out with the next `shopctl mail send`
    ");
    shop.ok("mail send");
    assert_snapshot!(shop.ok("mail list --status held --columns number,detail"), @"3	a newer mail was asked for");
    let token = shop.token(LOGIN);
    shop.at("2026-03-01T09:00:00Z");
    assert_eq!(shop.redeem(&token, "lyktstolpe hallon sextant").status, 3, "its hour has passed");
}

#[test]
fn a_mistyped_case_is_mended_like_any_other_address() {
    let shop = Shop::open();
    assert_snapshot!(shop.run("account login rename 556036-0793 avtal@saab.example \
         Avtal@saab.example --ticket 1 --proof 'called back'"), @"
    login renamed          556036-0793  login: avtal@saab.example → Avtal@saab.example, ticket 1, proof called back
    password voided        Avtal@saab.example  reason the login has another address
    mail queued            1  kind login_rename, recipient avtal@saab.example, cause operation 6
    mail queued            2  kind login_rename, recipient faktura@saab.example, cause operation 6
    password asked for     Avtal@saab.example  origin support, ticket 1
    mail queued            3  kind password_reset, recipient Avtal@saab.example, cause operation 6
    the mails go out with the next `shopctl mail send`
    ");
    let again = shop.run(
        "account login rename 556036-0793 avtal@saab.example \
         Avtal@saab.example --ticket 1 --proof 'called back'",
    );
    assert_eq!(again.status, 0, "{again}");
    assert!(again.stderr.contains("nothing needed doing"), "{again}");
}
