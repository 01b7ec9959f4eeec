//! `find`, `status` and `help`: what one asks first.

use crate::support::Shop;
use insta::assert_snapshot;

#[test]
fn whatever_the_caller_says_is_found() {
    let shop = Shop::with_an_order();
    assert_snapshot!(shop.run("find saab"), @"account	556036-0793	Saab AB	shopctl account show 556036-0793");
    assert_snapshot!(shop.run("find stockholms stad"), @"account	212000-0142	Stockholms stad	shopctl account show 212000-0142");
    assert_snapshot!(shop.run("find 1001"), @r"
    invoice	1001	Saab AB	shopctl invoice show 1001
    order	1001	Saab AB	shopctl order show 1001
    subscription	1001	Saab AB	shopctl subscription show 1001
    ");
    for words in
        ["5560360793", "avtal@saab.example", "faktura@saab.example", "100164", "'3 625,00'", "3625"]
    {
        let found = shop.run(&format!("find {words}"));
        assert_eq!(found.status, 0, "{words}\n{found}");
    }
    assert_snapshot!(shop.run("find 100164 --json"), @r#"[{"kind":"invoice","key":"1001","text":"Saab AB","command":"shopctl invoice show 1001"}]"#);
    assert_snapshot!(shop.run("find nobody"), @r"
    --- stderr
    error: nothing is called `nobody`
    hint: try part of the name, the number alone, or the whole e-mail address
    --- status 4
    ");
    assert_snapshot!(shop.run("find nobody --json"), @r#"
    []
    --- stderr
    {"code":"not_found","message":"nothing is called `nobody`","details":{"hint":"try part of the name, the number alone, or the whole e-mail address","status":4}}
    --- status 4
    "#);
    assert_snapshot!(shop.run("find"), @"
    --- stderr
    error: missing: <WORDS>...
    hint: `shopctl find <WORDS>...`
    --- status 2
    ");
}

#[test]
fn a_payment_is_found_by_its_number_amount_and_payer() {
    let shop = Shop::with_an_order();
    shop.ok("payment record 1001 --amount 900 --date 2026-03-01 --payer 'ÅSA ÖBERG'");
    shop.sqlite()
        .execute_batch(
            "INSERT INTO payment (id, number, source, identity, received_on, entered_on, booked_on,
                 amount_ore, bank_reference, payer_account)
             VALUES (9001, 9001, 'camt.054', 'b', '2026-03-01', '2026-03-01', '2026-03-01', 70000,
                 'BANK77', 'SE4550000000058398257466')",
        )
        .expect("a payment of the bank's");
    assert_snapshot!(shop.run("find åsa öberg"), @"payment	1	900,00 on 2026-03-01, ÅSA ÖBERG	shopctl payment show 1");
    for words in ["1", "900", "'900,00'"] {
        let found = shop.run(&format!("find {words}"));
        assert!(found.stdout.contains("payment\t1\t"), "{words}\n{found}");
    }
    for words in ["9001", "700", "BANK77", "'SE45 5000 0000 0583 9825 7466'"] {
        let found = shop.run(&format!("find {words}"));
        assert!(found.stdout.contains("shopctl payment show 9001"), "{words}\n{found}");
    }
}

#[test]
fn the_morning_list_names_the_command_for_each_line() {
    let shop = Shop::with_an_order();
    assert_snapshot!(shop.run("status"), @"
    mails waiting	1		shopctl mail send
    mail goes to a folder		nobody gets it: ~/shop/mail	set `url` under [mail] in shopctl.toml
    PRACTICE		this shop is for practice; SHOPCTL_NOW may set its clock	
    daily		has never run; let cron run it	shopctl daily -q
    ");
    assert_snapshot!(shop.run("status --json --columns what,count"), @r#"
    [{"what":"mails waiting","count":1},
    {"what":"mail goes to a folder","count":null},
    {"what":"PRACTICE","count":null},
    {"what":"daily","count":null}]
    "#);
}

#[test]
fn a_morning_without_work_says_so() {
    let shop = Shop::with_an_order();
    shop.ok("daily");
    assert_snapshot!(shop.table("status"), @"
    What                    Count   Detail                              Command
    ────────────────────────────────────────────────────────────────────────────────────────────────────
    mail goes to a folder           nobody gets it:                     set `url` under [mail] in
                                    ~/shop/mail           shopctl.toml
    PRACTICE                        this shop is for practice;
                                    SHOPCTL_NOW may set its clock
    daily                           last finished at 2026-03-01 09:00
    --- stderr
    nothing to do
    ");
    shop.configure("[mail]\nurl = \"smtp+plain://127.0.0.1:1\"\n");
    assert_snapshot!(shop.run("status --columns what,count,command"), @"
    mails that a folder took	1	shopctl mail send --from-folder
    PRACTICE		
    daily
    ");
}

#[test]
fn what_bears_a_reference_is_found_by_it() {
    let shop = Shop::open();
    shop.ok("order create --account 556036-0793 --item AB04 --reference 'PO 7'");
    shop.ok("order create --account 556036-0793 --item AB04-PRINT --reference 'Anna Berg'");
    shop.ok("account edit 212000-0142 --reference 'PO 7'");
    assert_snapshot!(shop.run("find po 7"), @"
    account	212000-0142	Stockholms stad, reference PO 7	shopctl account show 212000-0142
    subscription	1001	Saab AB, reference PO 7	shopctl subscription show 1001
    ");
    assert_snapshot!(shop.run("find anna berg"), @"invoice	1002	Saab AB, reference Anna Berg	shopctl invoice show 1002");
}

#[test]
fn help_finds_commands_by_english_and_swedish_words() {
    let shop = Shop::empty();
    assert_snapshot!(shop.run("help förnyelse"), @"
    renewal · förnyelse · the beginning of a further term, with its invoice
        shopctl subscription renew
        shopctl daily
        shopctl report renewals
    ");
    assert_snapshot!(shop.run("help invoice"), @"
    Invoices and their documents

    Usage: shopctl invoice [OPTIONS] <COMMAND>

    Commands:
      list       List invoices and credit notes, newest first
      show       Show an invoice or a credit note and explain each of its lines
      pdf        Write the PDF of an invoice, a credit note or a payment reminder to a file
      send       Queue the mail of an invoice or a credit note again
      remind     Remind customers of unpaid invoices
      hold       Put an invoice on hold, so that nobody is reminded of it
      release    End the hold of an invoice
      write-off  Write off what is left of an invoice as a loss
      credit     Credit an invoice, in full or in part
      reissue    Credit invoices and issue them anew, with today's buyer and seller
      e-invoice  Write the e-invoice of an invoice or a credit note, Peppol BIS Billing 3
      delivered  Record that invoices have come to their buyers

    Options:
      -h, --help
              Print help (see a summary with '-h')

    Global options:
          --store <PATH>
              The shop's file

          --config <PATH>
              The configuration file

          --format <FORMAT>
              How answers are written; in a pipe tab-separated without heading unless given

              Possible values:
              - table:  A table for a person
              - tsv:    Tab-separated, with a heading
              - csv:    Comma-separated, with a heading
              - json:   One JSON document
              - ndjson: One JSON object a line

          --json
              Short for --format json

          --columns <A,B>
              Which columns a list shows, by their names in JSON

      -q, --quiet
              Say only what went wrong

      -v, --verbose
              Say which store was used and how long it took

          --color <WHEN>
              Whether messages are coloured
              
              [possible values: auto, always, never]

          --no-input
              Never ask, fail instead

          --wait <SECONDS>
              How long to wait while another command writes
    ");
    assert_snapshot!(shop.run("help faktura"), @r"
    invoice · faktura · a numbered demand for payment, never altered
        shopctl invoice show
        shopctl invoice list
        shopctl invoice pdf
    ");
    assert_snapshot!(shop.run("help xyzzy"), @r"
    --- stderr
    error: no help on `xyzzy`
    hint: `shopctl --help` lists the commands
    --- status 4
    ");
    assert!(shop.ok("help order create").contains("shopctl order create --account"));
}
