use insta::assert_snapshot;
use serde_json::Value as Json;

use crate::support::{Shop, header, text_of};

/// Returns a shop whose subscription 1001 was renewed on 2027-03-01, on the day of `now`.
fn renewed(now: &str) -> Shop {
    let shop = Shop::with_an_order();
    shop.at("2027-03-01T08:00:00Z");
    shop.ok("subscription renew");
    shop.at(now);
    shop
}

fn subscription(shop: &Shop) -> Json {
    shop.json("subscription show 1001")
}

#[test]
fn r7_a_notice_keeps_who_gave_it_by_which_way_and_when() {
    let shop = Shop::with_an_order();
    shop.at("2026-11-20T08:00:00Z");
    let letter = shop.file("uppsägning.txt", "Vi säger upp abonnemanget.\n");
    shop.rehearse_and_run(&format!(
        "subscription cancel 1001 --received 2026-11-19 --sent 2026-11-17 --channel letter \
         --by 'Eva Ek' --evidence {letter} --reason 'vi slår igen' --yes"
    ));
    let shown = subscription(&shop);
    assert_eq!(shown["status"], "notice given");
    assert_eq!((&shown["notice"], &shown["ends"]), (&"2026-11-19".into(), &"2027-03-01".into()));
    assert_eq!((&shown["last_day"], &shown["renewal_date"]), (&"2027-02-28".into(), &Json::Null));
    assert_snapshot!(shown["notices"], @r#"[{"received":"2026-11-19","sent":"2026-11-17","channel":"letter","given_by":"Eva Ek","reason":"vi slår igen","evidence":"uppsägning.txt","withdrawn":null}]"#);
    assert_snapshot!(shop.run("subscription evidence 1001 -o -").stdout, @"Vi säger upp abonnemanget.");
    assert_snapshot!(shop.table("subscription show 1001"), @"
    Subscription         1001
    Status               notice given
    Product              AB04
    Name                 AB 04 digitalt
    Account              556036-0793
    Customer             Saab AB
    Since                2026-03-01
    Billed term          2026-03-01 – 2027-02-28
    Notice received      2026-11-19
    Ends                 2027-03-01
    Last day of access   2027-02-28
    Invoice e-mail       faktura@saab.example
    Invoice address      Bröderna Ugglas gata, 582 54 Linköping
    Address of           the account

    Billed terms
    Term                      Invoice
    ─────────────────────────────────
    2026-03-01 – 2027-02-28      1001

    Notices
    Received     Sent         Channel   Given by   Reason         Letter           Withdrawn
    ────────────────────────────────────────────────────────────────────────────────────────
    2026-11-19   2026-11-17   letter    Eva Ek     vi slår igen   uppsägning.txt

    Their dates
    Received     For renewal on   Last day     It came   Ends         Last day of access
    ────────────────────────────────────────────────────────────────────────────────────
    2026-11-19   2027-03-01       2026-12-01   in time   2027-03-01   2027-02-28

    The subscription to AB 04 digitalt (AB04) began on 2026-03-01 and is paid or
    invoiced for the term 2026-03-01 up to and including 2027-02-28.
    Notice was received on 2026-11-19 by letter from Eva Ek, sent on 2026-11-17, and
    entered on 2026-11-20.
    It was given for the renewal on 2027-03-01. The last day for notice was
    2026-12-01: 3 months before 2027-03-01, that day included.
    It came in time, so the subscription ends on 2027-03-01, and the last day of
    access is 2027-02-28.
    ");
    assert_eq!(shop.ok("subscription list --status notice-given --columns number"), "1001\n");
    assert_eq!(shop.ok("subscription list --notice-before 2030-01-01"), "", "nothing to decide");
}

#[test]
fn r7_a_login_gives_notice_and_is_told_so_once() {
    let shop = Shop::with_an_order();
    shop.at("2026-11-20T08:00:00Z");
    let login = "--channel login --login avtal@saab.example";
    assert_snapshot!(shop.run(&format!("subscription notice 1001 {login} -y")), @"
    notice given           1001  received on 2026-11-20, channel login, login avtal@saab.example, given by avtal@saab.example, notice for 2027-03-01, deadline 2026-12-01, in time yes, ends on: nothing → 2027-03-01, notice 1
    mail queued            2  kind notice_confirmation, recipient avtal@saab.example, cause notice 1 of subscription 1001
    Notice was received on 2026-11-20 by the login avtal@saab.example. It was given for the renewal on 2027-03-01. The last day for notice was 2026-12-01: 3 months before 2027-03-01, that day included. It came in time, so the subscription ends on 2027-03-01, and the last day of access is 2027-02-28. It is invoiced up to that day; nothing is credited.
    ");
    shop.ok("mail send");
    let letters = shop.letters();
    let letter = letters.iter().find(|letter| letter.contains("uppsagning-1001.pdf"));
    let letter = letter.expect("a confirmation with its document");
    assert_eq!(header(letter, "To"), "avtal@saab.example");
    assert_snapshot!(text_of(letter), @"
    Hej!

    Vi har tagit emot uppsägningen av ert abonnemang. Bekräftelsen bifogas som
    pdf. Spara den gärna.

    Abonnemang:       1001, AB 04 digitalt
    Kund:             Saab AB
    Kom in till oss:  2026-11-20
    Förnyelsedag:     2027-03-01
    Sista dag för
    uppsägning:       2026-12-01
    Upphör:           2027-03-01
    Sista dag med
    tillgång:         2027-02-28

    Uppsägningen kom in i tid. Abonnemanget upphör på förnyelsedagen 2027-03-01
    och förnyas inte.

    Stämmer något inte, så svara på det här mejlet eller skriv till
    kontoret@forening.example.

    Med vänlig hälsning

    Avtalsbutiken
    https://butik.forening.example
    ");
    assert_eq!(shop.count("SELECT count(*) FROM confirmation"), 1);
    let told = "SELECT json_extract(p.payload, '$.after.notice') FROM event_payload p
        JOIN event e ON e.seq = p.seq WHERE e.kind = 'document_kept' AND e.noun = 'subscription'";
    assert_eq!(shop.count(told), 1, "the notice by its number and not by its row");
    shop.ok("subscription confirmation 1001 -o c.pdf");
    assert_eq!(shop.count("SELECT count(*) FROM confirmation"), 1);
    let kept: Vec<u8> = shop
        .sqlite()
        .query_row("SELECT bytes FROM confirmation", [], |row| row.get(0))
        .expect("a document");
    assert!(kept.starts_with(b"%PDF-"));
    assert_eq!(std::fs::read(shop.path("c.pdf")).expect("a file"), kept);
}

#[test]
fn r8_a_notice_on_the_last_day_is_in_time_and_the_day_after_is_late() {
    for (day, ends, renewals) in [("2026-12-01", "2027-03-01", 0), ("2026-12-02", "2028-03-01", 1)]
    {
        let shop = Shop::with_an_order();
        shop.at(&format!("{day}T08:00:00Z"));
        shop.ok("subscription cancel 1001 --yes");
        assert_eq!(subscription(&shop)["ends"], ends);
        for year in [2027, 2028, 2029] {
            shop.at(&format!("{year}-03-01T08:00:00Z"));
            shop.ok("daily");
        }
        assert_eq!(shop.count("SELECT count(*) FROM term"), 1 + renewals, "{day}");
        assert_eq!(subscription(&shop)["status"], "ended");
    }
}

#[test]
fn r8_the_office_is_shown_what_a_notice_comes_to_before_it_agrees() {
    let shop = Shop::with_an_order();
    shop.at("2026-12-02T08:00:00Z");
    let head = shop.head();
    assert_snapshot!(shop.run("subscription cancel 1001"), @"
    --- stderr
    error: this needs your agreement: Notice was received on 2026-12-02 in writing. It was given for the renewal on 2027-03-01. The last day for notice was 2026-12-01: 3 months before 2027-03-01, that day included. It came too late for that, so the subscription runs on from 2027-03-01 and ends on 2028-03-01, and the last day of access is 2028-02-29. It is still to be invoiced for 2027-03-01 up to and including 2028-02-29.
    hint: add `--yes` to agree, or `--dry-run` to see what it would do
    --- status 5
    ");
    assert_eq!(shop.head(), head);
    assert_snapshot!(shop.run("subscription cancel 1001 -n"), @"
    notice given           1001  received on 2026-12-02, notice for 2027-03-01, deadline 2026-12-01, in time no, ends on: nothing → 2028-03-01, notice 1
    mail queued            2  kind notice_confirmation, recipient avtal@saab.example, cause notice 1 of subscription 1001
    Notice was received on 2026-12-02 in writing. It was given for the renewal on 2027-03-01. The last day for notice was 2026-12-01: 3 months before 2027-03-01, that day included. It came too late for that, so the subscription runs on from 2027-03-01 and ends on 2028-03-01, and the last day of access is 2028-02-29. It is still to be invoiced for 2027-03-01 up to and including 2028-02-29.
    --- stderr
    this is what would happen; nothing was changed
    ");
    shop.ok("setting set notice_counted_from last_day");
    shop.ok("setting set notice_deadline_moves yes");
    let told = shop.run("subscription cancel 1001").stderr;
    assert!(
        told.contains("2026-11-30: 3 months before the term's last day 2027-02-28 is"),
        "{told}"
    );
    assert!(told.contains("2026-11-28, which is no working day"), "{told}");
}

#[test]
fn r8_a_letter_in_time_that_is_entered_late_takes_the_renewal_back() {
    let shop = renewed("2027-03-08T08:00:00Z");
    assert_snapshot!(shop.run("subscription cancel 1001 --received 2026-11-28 -y"), @"
    notice given           1001  received on 2026-11-28, notice for 2027-03-01, deadline 2026-12-01, in time yes, ends on: nothing → 2027-03-01, notice 1
    invoice issued         1003  org number 556036-0793, issued on 2027-03-08, net −2 900,00, vat −725,00, total −3 625,00, invoice email faktura@saab.example, kind credit_note, credits 1002
    invoice credited       1002  left: 3 625,00 → 0,00, credit note 1003, reason Uppsägning mottagen 2026-11-28. Abonnemanget upphör 2027-03-01.
    mail queued            3  kind credit_note, recipient faktura@saab.example, cause invoice 1003
    term withdrawn         1001  renewal date: 2028-03-01 → 2027-03-01, invoice 1002, credit note 1003
    mail queued            4  kind notice_confirmation, recipient avtal@saab.example, cause notice 1 of subscription 1001
    Notice was received on 2026-11-28 in writing, and entered on 2027-03-08. It was given for the renewal on 2027-03-01. The last day for notice was 2026-12-01: 3 months before 2027-03-01, that day included. It came in time, so the subscription ended on 2027-03-01, and the last day of access was 2027-02-28. The term 2027-03-01 up to and including 2028-02-29 was billed already and is withdrawn: invoice 1002 is credited for it in full by credit note 1003, 3 625,00 kronor including VAT.
    ");
    let shown = subscription(&shop);
    assert_eq!((&shown["status"], &shown["ends"]), (&"ended".into(), &"2027-03-01".into()));
    assert_eq!(shown["withdrawn_terms"][0]["credit_note"], 1003);
    shop.at("2028-03-01T08:00:00Z");
    shop.ok("daily");
    assert_eq!(shop.count("SELECT count(*) FROM invoice"), 3);
    let owed: i64 = shop.count(
        "SELECT sum(CASE kind WHEN 'invoice' THEN total_ore ELSE -total_ore END) FROM invoice",
    );
    assert_eq!(owed, 362_500, "the first term and nothing else");
}

#[test]
fn r8_a_withdrawn_term_is_billed_again_where_the_notice_is_taken_back() {
    let shop = Shop::with_an_order();
    shop.at("2026-12-15T08:00:00Z");
    shop.ok("subscription renew --as-of 2027-03-01 --yes");
    shop.ok("subscription cancel 1001 --received 2026-11-28 -y");
    assert_eq!(shop.count("SELECT count(*) FROM withdrawn_term"), 1);
    shop.rehearse_and_run("subscription reinstate 1001 --note 'ringde'");
    let shown = subscription(&shop);
    assert_eq!(
        (&shown["status"], &shown["renewal_date"]),
        (&"running".into(), &"2027-03-01".into())
    );
    assert_eq!((&shown["ends"], &shown["notice"]), (&Json::Null, &Json::Null));
    shop.at("2027-03-01T08:00:00Z");
    shop.ok("daily");
    shop.ok("daily");
    assert_eq!(shop.count("SELECT count(*) FROM term"), 2);
    assert_eq!(shop.count("SELECT count(*) FROM invoice WHERE kind = 'invoice'"), 3);
    let letters = shop.letters();
    let letter = letters.iter().find(|letter| text_of(letter).contains("återtagen"));
    assert_snapshot!(text_of(letter.expect("a letter")), @"
    Hej!

    Uppsägningen av ert abonnemang är återtagen. Abonnemanget löper vidare.

    Abonnemang:       1001, AB 04 digitalt
    Kund:             Saab AB
    Uppsägning inkom: 2026-11-28
    Återtagen:        2026-12-15
    Förnyelsedag:     2027-03-01
    Sista dag för
    uppsägning:       2026-12-01

    Abonnemanget förnyas 2027-03-01. Den sista dagen för uppsägning inför den
    förnyelsen har passerat.

    Har ni inte bett om detta, så svara på det här mejlet eller skriv till
    kontoret@forening.example.

    Med vänlig hälsning

    Avtalsbutiken
    https://butik.forening.example
    ");
}

#[test]
fn r8_goodwill_is_an_administrators_and_is_shown_for_ever() {
    let shop = renewed("2027-03-08T08:00:00Z");
    shop.ok("staff add bertil --role staff");
    let line = "subscription cancel 1001 --received 2026-12-03 --as-if-in-time --yes";
    let reason = "--reason 'posten strejkade'";
    let as_bertil = |line: &str| {
        let mut command = shop.command(line);
        shop.finish(command.env("SUDO_USER", "bertil"))
    };
    assert_snapshot!(as_bertil(&format!("{line} {reason}")), @"
    --- stderr
    error: `--as-if-in-time`: this needs the role admin, and `bertil` is staff
    hint: ask an administrator to run it; `shopctl staff edit bertil --role admin` would let you
    --- status 3
    ");
    assert_snapshot!(as_bertil("subscription end 1001 --on 2027-04-01 --credit none --reason x"), @"
    --- stderr
    error: this needs the role admin, and `bertil` is staff
    hint: ask an administrator to run it; `shopctl staff edit bertil --role admin` would let you
    --- status 3
    ");
    assert_snapshot!(shop.run(line), @"
    --- stderr
    error: missing: --reason <TEXT>
    hint: `shopctl subscription cancel --reason <TEXT> --received <DATE> --as-if-in-time --yes <NUMBER>`
    --- status 2
    ");
    shop.ok(&format!("{line} {reason}"));
    let shown = subscription(&shop);
    assert_eq!(shown["ends"], "2027-03-01");
    assert_eq!(shown["notice_dates"][0]["timeliness"], "as_if_in_time");
    assert!(shown["explanation"].to_string().contains("posten strejkade"));
    let other = Shop::with_an_order();
    other.at("2026-11-20T08:00:00Z");
    let (status, error) = other.error("subscription cancel 1001 --as-if-in-time --reason x");
    assert_eq!((status, &error["code"]), (5, &"in_time".into()));
}

#[test]
fn a_notice_that_cannot_be_is_refused() {
    let shop = Shop::with_an_order();
    shop.at("2026-11-20T08:00:00Z");
    let refused = |line: &str, code: &str| {
        let (status, error) = shop.error(&format!("subscription {line}"));
        assert_eq!((status, &error["code"]), (5, &code.into()), "{line}");
    };
    refused("cancel 1001 --received 2026-11-21", "in_the_future");
    refused("cancel 1001 --received 2026-02-28", "before_start");
    refused("cancel 1001 --received 2026-11-18 --sent 2026-11-19", "sent_later");
    refused("cancel 1001 --channel login --login okand@saab.example", "login");
    refused("cancel 1001 --channel letter --login avtal@saab.example", "login");
    refused("cancel 1001 --channel dove", "value");
    refused("cancel 1001 --by ''", "value");
    refused("reinstate 1001", "no_notice");
    let empty = shop.file("tom.txt", "");
    refused(&format!("cancel 1001 --evidence {empty}"), "evidence");
    let huge = shop.file("stor.bin", vec![b'x'; 10 * 1024 * 1024 + 1]);
    refused(&format!("cancel 1001 --evidence {huge}"), "evidence");
    assert_eq!(shop.run("subscription cancel 1001 --evidence borta.pdf").status, 8);
    assert_eq!(shop.run("subscription cancel 1001 --as-if-in-time").status, 2, "no reason");
    assert_eq!(shop.run("subscription cancel 1001 --channel login").status, 2, "no login");
    assert_eq!(shop.run("subscription end 1001 --on 2026-12-01 --credit none").status, 2);
    assert_eq!(shop.run("subscription cancel 7").status, 4);
    assert_eq!(shop.run("subscription evidence 1001 -o -").status, 4);
    assert_eq!(shop.run("subscription confirmation 1001 -o -").status, 4);

    shop.ok("subscription cancel 1001 --yes");
    assert_snapshot!(shop.run("subscription cancel 1001 --yes"), @"
    --- stderr
    error: subscription 1001 cannot be cancelled: notice was received on 2026-11-20 already, and it ends on 2027-03-01
    hint: `shopctl subscription reinstate 1001` takes that notice back
    --- status 5
    ");
    shop.at("2027-03-01T08:00:00Z");
    assert_snapshot!(shop.run("subscription reinstate 1001"), @"
    --- stderr
    error: subscription 1001 cannot be reinstated: it ended on 2027-03-01
    hint: `shopctl order create --account ORG --item SKU` starts a new one
    --- status 5
    ");
    refused("cancel 1001", "ended");
    refused("end 1001 --on 2027-02-01 --credit none --reason x", "ended");
}

#[test]
fn the_office_ends_a_subscription_and_credits_the_rest_of_its_term() {
    let shop = renewed("2027-04-01T08:00:00Z");
    let end = "subscription end 1001 --reason konkurs";
    assert_snapshot!(shop.run(&format!("{end} --on 2027-09-01 --credit rest")), @"
    --- stderr
    error: this needs your agreement: Subscription 1001 ends on 2027-09-01, and the last day of access is 2027-08-31. Of invoice 1002 the days 2027-09-01 up to and including 2028-02-29 are credited by credit note 1003, 1 802,60 kronor including VAT.
    hint: add `--yes` to agree, or `--dry-run` to see what it would do
    --- status 5
    ");
    let refused = |line: &str, code: &str| {
        let (status, error) = shop.error(&format!("{end} {line}"));
        assert_eq!((status, &error["code"]), (5, &code.into()), "{line}");
    };
    refused("--on 2026-02-28 --credit none", "before_start");
    refused("--on 2028-03-02 --credit none", "not_billed");
    shop.rehearse_and_run(&format!("{end} --on 2027-09-01 --credit rest --yes"));
    let shown = subscription(&shop);
    assert_eq!((&shown["status"], &shown["ends"]), (&"notice given".into(), &"2027-09-01".into()));
    assert_eq!((&shown["last_day"], &shown["notice"]), (&"2027-08-31".into(), &Json::Null));
    // 182 of 366 days of 2900 kronor, and 25 %.
    assert_eq!(shop.json("invoice show 1003")["total_ore"], -180_260);
    refused("--on 2027-10-01 --credit none", "end_settled");
    let (status, error) = shop.error("subscription reinstate 1001");
    assert_eq!((status, &error["code"]), (5, &"end_settled".into()));
    let (status, error) = shop.error("subscription cancel 1001");
    assert_eq!((status, &error["code"]), (5, &"end_settled".into()));
    shop.at("2029-03-01T08:00:00Z");
    shop.ok("daily");
    assert_eq!(shop.count("SELECT count(*) FROM term"), 2);
}

#[test]
fn an_end_before_a_billed_term_takes_that_term_back_or_leaves_it() {
    let shop = renewed("2027-04-01T08:00:00Z");
    let end = "subscription end 1001 --on 2026-09-01 --reason konkurs --yes";
    shop.ok(&format!("{end} --credit rest -n"));
    assert_snapshot!(shop.run(&format!("{end} --credit none -n")), @"
    subscription ended     1001  ends on: nothing → 2026-09-01, reason konkurs
    Subscription 1001 ended on 2026-09-01, and the last day of access was 2026-08-31. Nothing is credited; it stays billed up to and including 2028-02-29.
    --- stderr
    this is what would happen; nothing was changed
    ");
    shop.ok(&format!("{end} --credit rest"));
    let shown = subscription(&shop);
    assert_eq!((&shown["status"], &shown["ends"]), (&"ended".into(), &"2026-09-01".into()));
    assert_eq!(shown["withdrawn_terms"][0]["invoice"], 1002);
    assert_eq!(shop.count("SELECT count(*) FROM invoice WHERE kind = 'credit_note'"), 2);
}

#[test]
fn a_subscription_with_notice_given_can_be_ended_sooner() {
    let shop = Shop::with_an_order();
    shop.at("2026-11-20T08:00:00Z");
    shop.ok("subscription cancel 1001 --yes");
    shop.ok("subscription end 1001 --on 2026-12-01 --credit none --reason konkurs --yes");
    let shown = subscription(&shop);
    assert_eq!((&shown["ends"], &shown["notice"]), (&"2026-12-01".into(), &"2026-11-20".into()));
    let (status, error) = shop.error("subscription reinstate 1001");
    assert_eq!((status, &error["code"]), (5, &"end_settled".into()));
}

#[test]
fn a_letter_can_be_read_from_stdin_and_a_notice_goes_to_whoever_gave_it() {
    let shop = Shop::with_an_order();
    shop.at("2026-11-20T08:00:00Z");
    let line = "subscription cancel 1001 --evidence - --by eva@saab.example --channel email --yes";
    let outcome = shop.feed(line, b"From: eva@saab.example\n\nHej!");
    assert_eq!(outcome.status, 0, "{outcome}");
    assert_eq!(
        shop.ok("mail list --columns kind,recipient"),
        "notice_confirmation\teva@saab.example\nnotice_confirmation\tavtal@saab.example\n\
         order_invoice\tfaktura@saab.example\n"
    );
    shop.ok("subscription evidence 1001 -o brev.eml");
    assert_eq!(shop.read("brev.eml"), "From: eva@saab.example\n\nHej!");
    shop.ok("subscription reinstate 1001");
    shop.ok("subscription cancel 1001 --received 2026-11-18 --yes");
    assert_eq!(shop.ok("subscription evidence 1001 -o -"), "From: eva@saab.example\n\nHej!");
    assert_eq!(shop.run("subscription evidence 1001 --received 2026-11-18 -o -").status, 4);
    shop.ok("subscription confirmation 1001 --received 2026-11-20 -o - -n");
}

#[test]
fn r8_a_late_notice_is_taken_as_if_in_time_afterwards_by_what_it_says() {
    let shop = renewed("2027-03-08T08:00:00Z");
    let letter = shop.file("uppsägning.txt", "Vi säger upp abonnemanget.\n");
    shop.ok(&format!(
        "subscription cancel 1001 --received 2026-12-03 --channel letter --by eva@saab.example \
         --evidence {letter} --reason 'vi slår igen' --yes"
    ));
    assert_eq!(subscription(&shop)["ends"], "2028-03-01");
    let line = "subscription cancel 1001 --as-if-in-time --reason 'posten strejkade'";
    assert_snapshot!(shop.run(&format!("{line} --by Eva -y")), @"
    --- stderr
    error: the notice received on 2026-12-03 is entered already, and `--as-if-in-time` takes what it says
    hint: `shopctl subscription cancel 1001 --as-if-in-time --reason TEXT` takes it as it is
    --- status 5
    ");
    shop.rehearse_and_run(&format!("{line} -y"));
    assert_snapshot!(shop.run("mail list --columns number,kind,recipient,status,detail"), @"
    7	notice_confirmation	eva@saab.example	waiting	
    6	notice_confirmation	avtal@saab.example	waiting	
    5	credit_note	faktura@saab.example	waiting	
    4	notice_confirmation	eva@saab.example	held	a new confirmation takes its place
    3	notice_confirmation	avtal@saab.example	held	a new confirmation takes its place
    2	renewal_invoice	faktura@saab.example	waiting	
    1	order_invoice	faktura@saab.example	waiting
    ");
    assert_eq!(shop.ok("subscription evidence 1001 -o -"), "Vi säger upp abonnemanget.\n");
    assert_snapshot!(shop.table("subscription show 1001"), @"
    Subscription         1001
    Status               ended
    Product              AB04
    Name                 AB 04 digitalt
    Account              556036-0793
    Customer             Saab AB
    Since                2026-03-01
    Billed term          2026-03-01 – 2027-02-28
    Notice received      2026-12-03
    Ends                 2027-03-01
    Last day of access   2027-02-28
    Invoice e-mail       faktura@saab.example
    Invoice address      Bröderna Ugglas gata, 582 54 Linköping
    Address of           the account

    Billed terms
    Term                      Invoice
    ─────────────────────────────────
    2026-03-01 – 2027-02-28      1001

    Withdrawn terms
    Term                      Invoice   Credit note
    ───────────────────────────────────────────────
    2027-03-01 – 2028-02-29      1002          1003

    Notices
    Received     Sent   Channel   Given by           Reason             Letter           Withdrawn
    ───────────────────────────────────────────────────────────────────────────────────────────────
    2026-12-03          letter    eva@saab.example   vi slår igen       uppsägning.txt   2027-03-08
    2026-12-03          letter    eva@saab.example   posten strejkade   uppsägning.txt

    Their dates
    Received     For renewal on   Last day     It came         Ends         Last day of access
    ──────────────────────────────────────────────────────────────────────────────────────────
    2026-12-03   2027-03-01       2026-12-01   late            2028-03-01   2028-02-29
    2026-12-03   2027-03-01       2026-12-01   as if in time   2027-03-01   2027-02-28

    The subscription to AB 04 digitalt (AB04) began on 2026-03-01 and is paid or
    invoiced for the term 2026-03-01 up to and including 2027-02-28.
    The notice received on 2026-12-03 was late for the renewal on 2027-03-01, and on
    2027-03-08 the office entered it anew as an exception.
    Notice was received on 2026-12-03 by letter from eva@saab.example, and entered
    on 2027-03-08.
    It was given for the renewal on 2027-03-01. The last day for notice was
    2026-12-01: 3 months before 2027-03-01, that day included.
    It came too late for that, and as an exception the office takes it as if it had
    come in time: the subscription ended on 2027-03-01, and the last day of access
    was 2027-02-28.
    The exception was made because: posten strejkade.
    ");
    assert_snapshot!(shop.run(&format!("{line} -y")), @"
    --- stderr
    error: subscription 1001 cannot be cancelled: it ended on 2027-03-01
    hint: `shopctl order create --account ORG --item SKU` starts a new one
    --- status 5
    ");
    shop.ok("mail send");
    let confirmed = |letter: &&String| letter.contains("uppsagning-1001.pdf");
    assert_eq!(shop.letters().iter().filter(confirmed).count(), 2, "one to each, and no other");
}

#[test]
fn r8_a_notice_that_came_in_time_needs_no_goodwill() {
    let shop = Shop::with_an_order();
    shop.at("2026-12-10T08:00:00Z");
    let line = "subscription cancel 1001 --as-if-in-time --reason 'posten strejkade' -y";
    shop.ok("subscription cancel 1001 --received 2026-11-28 -y");
    assert_snapshot!(shop.run(line), @"
    --- stderr
    error: subscription 1001 cannot be cancelled: the notice received on 2026-11-28 came in time, the last day being 2026-12-01
    hint: `shopctl subscription show 1001` shows when it ends
    --- status 5
    ");
    shop.ok("subscription reinstate 1001");
    shop.ok("subscription cancel 1001 -y");
    shop.ok("subscription end 1001 --on 2027-01-01 --credit none --reason konkurs -y");
    assert_snapshot!(shop.run(line), @"
    --- stderr
    error: subscription 1001 cannot be cancelled: its end on 2027-01-01 is settled already
    hint: `shopctl subscription show 1001` says why
    --- status 5
    ");
    let other = Shop::with_an_order();
    other.at("2026-12-10T08:00:00Z");
    other.ok("subscription cancel 1001 -y");
    other.ok(line);
    assert_eq!(subscription(&other)["ends"], "2027-03-01");
    let undone =
        other.change(&format!("undo {} -y", other.count("SELECT max(operation_id) FROM event")));
    assert_eq!(undone["changed"], true);
    assert_snapshot!(other.run("mail list --columns number,kind,status,detail"), @"
    3	notice_confirmation	held	what called for it was undone
    2	notice_confirmation	waiting	a new confirmation takes its place
    1	order_invoice	waiting
    ");
    assert_eq!(subscription(&other)["ends"], "2028-03-01", "late again, as it was");
    other.ok("audit verify");
}

#[test]
fn r7_a_notice_by_telephone_is_none() {
    let shop = Shop::with_an_order();
    assert_snapshot!(shop.run("subscription cancel 1001 --channel telephone"), @"
    --- stderr
    error: --channel <CHANNEL>: `telephone` is no channel: notice must be given in writing, by letter or email, or logged in, by login
    --- status 5
    ");
}
