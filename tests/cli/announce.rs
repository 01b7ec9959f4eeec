//! How many customers are told one thing, and nobody is told it twice.

use insta::assert_snapshot;

use crate::support::{Shop, header, text_of};

const TEMPLATE: &str = r#"
[sv]
subject = "Nytt om {{ product }}"
text = """
Hej {{ name }}!

Det här är nytt:
- bilagan
- priserna

Med vänlig hälsning
{{ shop_name }}
"""

[en]
subject = "News about {{ product }}"
text = "Hello {{ name }}!"
"#;

/// Returns a shop in which Saab and Stockholm subscribe to AB04, and a template of the office's.
fn shop_with_subscribers() -> Shop {
    let shop = Shop::open();
    shop.ok("order create --account 556036-0793 --item AB04");
    shop.ok("order create --account 212000-0142 --item AB04");
    shop.ok("mail send");
    shop.file("news.toml", TEMPLATE);
    shop
}

#[test]
fn subscribers_are_told_by_a_mail_each_that_is_held_until_it_is_released() {
    let shop = shop_with_subscribers();
    let line = "mail announce --to subscribers:AB04 --template news.toml";
    shop.rehearse_and_run(line);
    assert_snapshot!(shop.ok("mail list --kind announcement --columns number,recipient,status"), @"
    4	inkop@stockholm.example	held
    3	avtal@saab.example	held
    ");
    let sent = shop.letters().len();
    shop.ok("mail send");
    assert_eq!(shop.letters().len(), sent);
    assert!(shop.ok("status").contains("shopctl mail release --announcement 1"));
    shop.ok("mail preview 3 -o 3.eml");
    let preview = shop.read("3.eml");
    assert_snapshot!(text_of(&preview), @"
    Hej Saab AB!

    Det här är nytt:
    - bilagan
    - priserna

    Med vänlig hälsning
    Avtalsbutiken
    ");
    assert_eq!(header(&preview, "To"), "avtal@saab.example");

    assert_snapshot!(shop.run("mail release --announcement 1 --max 1"), @"
    --- stderr
    error: 2 mails are to be let go, and at most 1 were expected
    hint: look with `-n`; `--max 2` lets them through
    --- status 5
    ");
    assert_snapshot!(shop.run("mail release --announcement 1"), @"
    mail released          3  status: held → waiting
    mail released          4  status: held → waiting
    ");
    shop.ok("mail send");
    assert_eq!(shop.letters().len(), sent + 2);
    assert!(!shop.ok("status").contains("--announcement"));
}

#[test]
fn an_announcement_run_again_tells_nobody_twice() {
    let shop = shop_with_subscribers();
    let line = "mail announce --to subscribers:AB04 --template news.toml";
    shop.ok(&format!("{line} --limit 1"));
    shop.ok(line);
    assert_snapshot!(shop.run(line), @"
    --- stderr
    nothing needed doing
    announcement 1: all who are to be told have it, 2
    ");
    assert_eq!(shop.count("SELECT count(*) FROM announcement"), 1);
    assert_eq!(shop.count("SELECT count(*) FROM outbox WHERE kind = 'announcement'"), 2);
    shop.file("news.toml", TEMPLATE.replace("priserna", "villkoren"));
    shop.ok(line);
    assert_eq!(shop.count("SELECT count(*) FROM outbox WHERE kind = 'announcement'"), 4);
}

#[test]
fn a_template_is_tried_before_anything_is_queued() {
    let shop = shop_with_subscribers();
    let head = shop.head();
    let line = "mail announce --to licensees --template news.toml";
    assert_snapshot!(shop.run(line), @"
    --- stderr
    error: the template cannot be used: `[sv] subject`, line 1: there is no fact of a name that is used in `Nytt om {{ product }}`
    hint: `shopctl mail announce --help` shows what a template may name
    --- status 5
    ");
    shop.file("news.toml", "[sv]\nsubject = 'x'\ntext = 'x'\n");
    assert_snapshot!(shop.run(line), @"
    --- stderr
    error: `news.toml` is no template: missing field `en`
    hint: `shopctl mail announce --help` shows what a template holds
    --- status 5
    ");
    shop.file("news.toml", [0xff, 0xfe]);
    assert_snapshot!(shop.run(line), @"
    --- stderr
    error: `news.toml` is not written in UTF-8
    hint: `shopctl mail announce --help` shows what a template holds
    --- status 5
    ");
    assert_snapshot!(shop.run("mail announce --to everybody --template news.toml"), @"
    --- stderr
    error: --to <WHOM>: `everybody` is nobody that can be told; there are subscribers:SKU, readers:CODE, licensees and unpaid
    --- status 5
    ");
    assert_snapshot!(shop.run("mail announce --to unpaid"), @"
    --- stderr
    error: what is to be said is missing
    hint: give `--template FILE`
    --- status 2
    ");
    shop.file("news.toml", TEMPLATE);
    let missing = "mail announce --to subscribers:NONE --template news.toml";
    assert_eq!(shop.run(missing).status, 4);
    assert_eq!(shop.head(), head);
}

#[test]
fn nobody_is_told_at_a_closed_account_or_where_mail_came_back() {
    let shop = shop_with_subscribers();
    let line = "mail announce --to unpaid --template unpaid.toml";
    let text = "{% for invoice in invoices %}{{ invoice.number }} {{ invoice.left }}\n{% endfor %}";
    let part = format!("subject = 'Nytt bankgiro'\ntext = '''{text}'''\n");
    shop.file("unpaid.toml", format!("[sv]\n{part}\n[en]\n{part}"));
    shop.ok("mail bounced 1 --reason 'no such user'");
    assert_snapshot!(shop.run(line), @"
    announcement made      1  audience unpaid
    mail queued            3  kind announcement, recipient ekonomi@stockholm.example, cause announcement 1, held yes
    announcement 1: mails held: 1; `shopctl mail preview 3 -o FILE` shows the first, `shopctl mail release --announcement 1` lets them go
    --- stderr
    warning: account 556036-0793 is not told: the last mail to its address came back
    ");
    shop.ok("mail preview 3 -o 3.eml");
    assert_snapshot!(text_of(&shop.read("3.eml")), @"1002 4 875,00 kr");
    shop.ok("payment record 1002 --amount 4875 --date 2026-03-01");
    shop.file("unpaid.toml", format!("[sv]\n{part}\n[en]\n{part}").replace("Nytt", "Annat"));
    assert_snapshot!(shop.run(line), @"
    --- stderr
    warning: account 556036-0793 is not told: the last mail to its address came back
    nothing needed doing
    ");
}

#[test]
fn r4_a_new_edition_is_told_of_by_a_mail_without_the_agreement() {
    let shop = shop_with_subscribers();
    shop.ok("agreement create AB04 --name-sv 'AB 04' --name-en 'AB 04 in English'");
    shop.ok("product edit AB04 --agreement AB04");
    let pdf = shop.file("ab04.pdf", crate::support::pdf(&["forsta"]));
    let publish = format!("agreement publish AB04 {pdf} --edition 2026:1 --language sv");
    shop.rehearse_and_run(&format!("{publish} --from 2026-07-01 --announce"));
    assert_eq!(shop.count("SELECT count(*) FROM edition"), 1);
    let kinds = "mail list --kind announcement --status held --columns recipient";
    assert_snapshot!(shop.ok(kinds), @"
    inkop@stockholm.example
    avtal@saab.example
    ");
    shop.ok("mail preview 3 -o 3.eml");
    let preview = shop.read("3.eml");
    assert_snapshot!(text_of(&preview), @"
    Hej!

    AB 04 kommer i en ny utgåva på svenska, 2026:1. Den gäller från och med 1 juli
    2026.

    Ert abonnemang eller er licens ger tillgång till gällande utgåva. Logga in på
    https://butik.forening.example som avtal@saab.example och hämta den där. Vi
    skickar aldrig avtal med e-post.

    Har ni frågor är ni välkomna att svara på det här mejlet.

    Med vänlig hälsning
    Avtalsbutiken
    ");
    assert!(!preview.contains("application/pdf"));
    // The same is finished, not begun anew, by the announcement alone.
    let known = shop.change("mail announce --to readers:AB04");
    assert_eq!(known["objects"][0]["known"], 2);
    assert_snapshot!(shop.run("mail announce --to readers:AB04 --edition 2027:1"), @"
    --- stderr
    error: agreement AB04 has no such edition to tell of
    hint: `shopctl agreement show AB04` lists them
    --- status 5
    ");
}

#[test]
fn an_erased_person_is_told_nothing() {
    let shop = shop_with_subscribers();
    shop.ok("mail announce --to subscribers:AB04 --template news.toml");
    shop.ok("account personal-data erase avtal@saab.example --successor ny@saab.example --yes");
    shop.ok("mail release --announcement 1");
    assert_snapshot!(shop.ok("mail list --kind announcement --columns recipient,status"), @"
    inkop@stockholm.example	waiting
    erased-3@erased.invalid	failed
    ");
}
