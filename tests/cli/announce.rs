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
    assert_snapshot!(shop.ok("mail list --kind announcement --columns number,recipient,status"), @"");
    let sent = shop.letters().len();
    shop.ok("mail send");
    assert_eq!(shop.letters().len(), sent);
    assert!(shop.ok("status").contains("shopctl mail release --announcement 1"));
    shop.ok("mail preview 3 -o 3.eml");
    let preview = shop.read("3.eml");
    assert_snapshot!(text_of(&preview), @"");
    assert_eq!(header(&preview, "To"), "avtal@saab.example");

    assert_snapshot!(shop.run("mail release --announcement 1 --max 1"), @"");
    assert_snapshot!(shop.run("mail release --announcement 1"), @"");
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
    assert_snapshot!(shop.run(line), @"");
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
    assert_snapshot!(shop.run(line), @"");
    shop.file("news.toml", "[sv]\nsubject = 'x'\ntext = 'x'\n");
    assert_snapshot!(shop.run(line), @"");
    shop.file("news.toml", [0xff, 0xfe]);
    assert_snapshot!(shop.run(line), @"");
    assert_snapshot!(shop.run("mail announce --to everybody --template news.toml"), @"");
    assert_snapshot!(shop.run("mail announce --to unpaid"), @"");
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
    assert_snapshot!(shop.run(line), @"");
    shop.ok("mail preview 3 -o 3.eml");
    assert_snapshot!(text_of(&shop.read("3.eml")), @"");
    shop.ok("payment record 1002 --amount 4875 --date 2026-03-01");
    shop.file("unpaid.toml", format!("[sv]\n{part}\n[en]\n{part}").replace("Nytt", "Annat"));
    assert_snapshot!(shop.run(line), @"");
}

#[test]
fn r4_a_new_edition_is_told_of_by_a_mail_without_the_agreement() {
    let shop = shop_with_subscribers();
    shop.ok("agreement create AB04 --name-sv 'AB 04' --name-en 'AB 04 in English'");
    shop.ok("product edit AB04 --agreement AB04");
    let pdf = shop.file("ab04.pdf", crate::agreement::pdf(&["forsta"]));
    let publish = format!("agreement publish AB04 {pdf} --edition 2026:1 --language sv");
    shop.rehearse_and_run(&format!("{publish} --from 2026-07-01 --announce"));
    assert_eq!(shop.count("SELECT count(*) FROM edition"), 1);
    let kinds = "mail list --kind announcement --status held --columns recipient";
    assert_snapshot!(shop.ok(kinds), @"");
    shop.ok("mail preview 3 -o 3.eml");
    let preview = shop.read("3.eml");
    assert_snapshot!(text_of(&preview), @"");
    assert!(!preview.contains("application/pdf"));
    // The same is finished, not begun anew, by the announcement alone.
    let known = shop.change("mail announce --to readers:AB04");
    assert_eq!(known["objects"][0]["known"], 2);
    assert_snapshot!(shop.run("mail announce --to readers:AB04 --edition 2027:1"), @"");
}

#[test]
fn an_erased_person_is_told_nothing() {
    let shop = shop_with_subscribers();
    shop.ok("mail announce --to subscribers:AB04 --template news.toml");
    shop.ok("account personal-data erase avtal@saab.example --successor ny@saab.example --yes");
    shop.ok("mail release --announcement 1");
    assert_snapshot!(shop.ok("mail list --kind announcement --columns recipient,status"), @"");
}
