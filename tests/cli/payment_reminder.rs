use insta::assert_snapshot;

use crate::support::{Shop, text_of};

/// Returns a shop whose invoice 1001 of 3 625 kronor was mailed on 1 March 2026 and due on the 31st,
/// and that reminds without files of the bank.
fn shop() -> Shop {
    let shop = Shop::with_an_order();
    shop.ok("daily");
    shop.ok("setting set payment_reminders on");
    shop.ok("setting set bank_file_days off");
    shop
}

fn reminders(shop: &Shop) -> i64 {
    shop.count("SELECT count(*) FROM payment_reminder")
}

fn letters(shop: &Shop) -> Vec<String> {
    let is_reminder = |letter: &String| letter.contains("betalningspaminnelse-");
    shop.letters().into_iter().filter(is_reminder).collect()
}

#[test]
fn an_unpaid_invoice_is_reminded_of_level_by_level_by_the_night() {
    let shop = shop();
    for quiet in ["2026-03-31T03:00:00Z", "2026-04-04T03:00:00Z"] {
        shop.at(quiet);
        shop.ok("daily -q");
        assert_eq!(reminders(&shop), 0);
    }
    shop.at("2026-04-07T03:00:00Z");
    assert_snapshot!(shop.run("daily -n"), @"
    renewals finished      renewals  renewed through: 2026-04-04 → 2026-04-07
    payment reminded       1001  level 1, pay by 2026-04-15, capital 3 625,00, fees 0,00, interest 6,95
    late interest          1001  amount 6,95, booked on 2026-04-07, invoice left: 3 625,00 → 3 631,95, invoice 1001
    mail queued            2  kind payment_reminder, recipient faktura@saab.example, cause reminder 1 of invoice 1001
    --- stderr
    warning: `shopctl daily` last finished at 2026-04-04T03:00:00Z; is cron running it?
    this is what would happen; nothing was changed
    ");
    assert_snapshot!(shop.run("daily"), @"
    renewed	0
    refused	0
    payments_reminded	1
    payment_reminders_kept_back	0
    sent	1
    deferred	0
    failed	0
    to_folder	yes
    outage	
    --- stderr
    warning: `shopctl daily` last finished at 2026-04-04T03:00:00Z; is cron running it?
    warning: mail goes to the folder `~/shop/mail`, and nothing reached a customer
    ");
    let shown = shop.table("invoice show 1001").stdout;
    let listed: Vec<&str> =
        shown.lines().skip_while(|line| *line != "Payment reminders").take(4).collect();
    assert_snapshot!(listed.join("\n"), @"
    Payment reminders
    Level   Date         Pay by        Capital   Fees   Interest   Mail   Status
    ────────────────────────────────────────────────────────────────────────────
        1   2026-04-07   2026-04-15   3 625,00   0,00       6,95      2   sent
    ");
    let letter = letters(&shop).pop().expect("a reminder");
    assert!(letter.contains("betalningspaminnelse-1001-1.pdf"));
    assert_snapshot!(text_of(&letter), @"
    Hej!

    Vi har ännu inte fått betalt för fakturan nedan. En faktura blir lätt
    liggande, så det här är bara en vänlig påminnelse, utan avgift. Är något i
    fakturan oklart är ni välkomna att höra av er.

    Påminnelsen, som bifogas som pdf, gäller faktura 1001, ställd till Saab AB.

    Fakturanummer:         1001
    Fakturadatum:          2026-03-01
    Förfallodag:           2026-03-31

    Kvar av fakturan:      3 625,00 kr
    Dröjsmålsränta:        6,95 kr

    Att betala:            3 631,95 kr
    Betala senast:         2026-04-15
    OCR-nummer:            100164
    Bankgiro:              991-2346
    IBAN:                  SE35 5000 0000 0549 1000 0003
    BIC:                   ESSESESS

    Ange OCR-numret när ni betalar.

    Betalningar som har kommit in till och med 2026-04-07 är avräknade. Har ni
    betalat efter det kan ni bortse från den här påminnelsen.

    Har ni frågor är ni välkomna att svara på det här mejlet eller skriva till
    kontoret@forening.example.

    Med vänlig hälsning

    Avtalsbutiken
    https://butik.forening.example
    ");
    for (night, count) in [("16", 1), ("17", 2), ("27", 2), ("28", 3)] {
        shop.at(&format!("2026-04-{night}T03:00:00Z"));
        shop.ok("daily -q");
        assert_eq!(reminders(&shop), count, "{night}");
    }
    shop.at("2026-12-01T03:00:00Z");
    shop.ok("daily -q");
    assert_eq!((reminders(&shop), letters(&shop).len()), (3, 3));
    assert_eq!(shop.count("SELECT count(*) FROM reminder_document"), 3);
    assert_eq!(shop.run("audit verify").status, 0);
}

#[test]
fn r14_reminding_twice_reminds_once_and_after_an_outage_one_level_is_sent() {
    let shop = shop();
    shop.at("2026-06-15T03:00:00Z");
    shop.rehearse_and_run("invoice remind");
    let head = shop.head();
    shop.ok("invoice remind");
    assert_eq!(shop.head(), head);
    shop.ok("mail send");
    for day in ["15", "16", "23"] {
        shop.at(&format!("2026-06-{day}T09:00:00Z"));
        shop.ok("daily -q");
        assert_eq!(reminders(&shop), 1, "{day}");
    }
    let running: Vec<_> = {
        shop.at("2026-08-01T03:00:00Z");
        (0..4).map(|_| shop.start(&mut shop.command("daily -q"))).collect()
    };
    for child in running {
        let outcome = shop.wait(child);
        assert_eq!(outcome.status, 0, "{outcome}");
    }
    assert_eq!(reminders(&shop), 2);
}

#[test]
fn nobody_is_reminded_before_it_is_switched_on() {
    let shop = Shop::with_an_order();
    shop.ok("daily");
    shop.at("2026-06-15T03:00:00Z");
    assert_snapshot!(shop.run("invoice remind"), @"
    --- stderr
    warning: `shopctl daily` last finished at 2026-03-01T08:00:00Z; is cron running it?
    payment reminders are off; `shopctl setting set payment_reminders on` begins them
    ");
    assert_snapshot!(shop.run("invoice remind 1001"), @"
    --- stderr
    warning: `shopctl daily` last finished at 2026-03-01T08:00:00Z; is cron running it?
    error: invoice 1001 is not reminded of: payment reminders are off
    hint: `shopctl setting set payment_reminders on` begins them
    --- status 5
    ");
    shop.ok("daily -q");
    assert_eq!(reminders(&shop), 0);
    assert!(!shop.ok("status").contains("payment reminder"));
}

#[test]
fn nobody_is_reminded_of_what_is_held_was_not_delivered_or_may_be_paid() {
    let shop = Shop::with_an_order();
    shop.ok("setting set payment_reminders on");
    shop.at("2026-04-07T08:00:00Z");
    let refused = |words: &str| {
        let (status, error) = shop.error("invoice remind 1001");
        assert_eq!((status, &error["code"]), (5, &"not_reminded".into()));
        let message = error["message"].as_str().expect("a message").to_owned();
        assert_eq!(message, format!("invoice 1001 is not reminded of: {words}"));
        shop.ok("daily -q -n");
        assert_eq!(shop.change("invoice remind -n")["objects"][0]["reminded"], 0);
    };
    refused("the invoice waits to be sent");
    shop.ok("mail hold 1");
    refused("the invoice is held");
    shop.ok("mail retry 1");
    shop.ok("mail send");
    shop.ok("mail bounced 1 --reason 'user unknown'");
    refused("the invoice came back");
    shop.ok("mail retry 1");
    shop.ok("mail send");
    refused("no file of the bank has been read");
    assert_snapshot!(shop.table("invoice remind -n"), @"
    --- stderr
    warning: payment reminders kept back: 1, because no file of the bank has been read
    nothing needed doing
    ");
    assert_snapshot!(shop.run("status"), @"
    invoices overdue	1	3 625,00 kronor is left of them	shopctl invoice list --overdue
    payment reminders kept back	1	no file of the bank has been read	shopctl invoice remind -n
    mail goes to a folder		nobody gets it: ~/shop/mail	set `url` under [mail] in shopctl.toml
    PRACTICE		this shop is for practice; SHOPCTL_NOW may set its clock	
    daily		has never run; let cron run it	shopctl daily -q
    ");
    let import = |day: &str| {
        let sql = format!(
            "INSERT INTO payment_file (name, format, sha256, imported_at, latest_on, booked, known,
                 refused) VALUES ('x', 'bgmax', 'x', '2026-04-07T06:00:00Z', {day}, 0, 0, 0)"
        );
        shop.sqlite().execute(&sql, []).expect("a file");
    };
    import("'2026-03-30'");
    refused("the newest file of the bank is of 2026-03-30, more than 3 banking days old");
    let night = shop.run("daily -q");
    assert_snapshot!(night, @"
    --- stderr
    warning: payment reminders kept back: 1, because the newest file of the bank is of 2026-03-30, more than 3 banking days old
    ");
    import("'2026-04-01'");
    shop.ok("invoice hold 1001 --reason 'they deny having ordered it' --disputed");
    refused("it is on hold: they deny having ordered it");
    let hint = || shop.error("invoice remind 1001").1["details"]["hint"].clone();
    assert_eq!(hint(), "`shopctl invoice release 1001 --reason TEXT` ends its hold");
    shop.ok("invoice release 1001 --reason 'they had'");
    shop.ok("account hold 556036-0793 --reason 'in reconstruction'");
    refused("it is on hold: in reconstruction");
    let ends = "`shopctl account release 556036-0793 --reason TEXT` ends the account's hold";
    assert_eq!(hint(), ends);
    shop.ok("account release 556036-0793 --reason 'it was refused'");
    assert_eq!(shop.change("invoice remind -n")["objects"][0]["reminded"], 1);
    assert_eq!(shop.run("invoice remind --max 0").status, 5);
    shop.ok("invoice write-off 1001 --reason bankrupt --yes");
    refused("nothing is left of it");
}

#[test]
fn a_payment_in_time_that_is_entered_late_takes_back_what_reminders_charged_and_ends_them() {
    let shop = shop();
    for day in ["04-07", "04-17"] {
        shop.at(&format!("2026-{day}T03:00:00Z"));
        shop.ok("daily -q");
    }
    shop.at("2026-04-20T08:00:00Z");
    assert_snapshot!(shop.run("payment record 1001 --amount 3700 --date 2026-03-31 -n"), @"
    payment recorded       1  source manual, received on 2026-03-31, booked on 2026-03-31, amount 3 700,00
    claim taken back       1001  amount −6,95, booked on 2026-04-20, invoice left: 3 701,88 → 3 694,93, invoice 1001, value on 2026-04-07, reason not owed by the days of its payments
    claim taken back       1001  amount −60,00, booked on 2026-04-20, invoice left: 3 694,93 → 3 634,93, invoice 1001, value on 2026-04-17, reason not owed by the days of its payments
    claim taken back       1001  amount −9,93, booked on 2026-04-20, invoice left: 3 634,93 → 3 625,00, invoice 1001, value on 2026-04-17, reason not owed by the days of its payments
    payment matched        1  amount −3 625,00, booked on 2026-03-31, left: 3 700,00 → 75,00, invoice left: 3 625,00 → 0,00, invoice 1001
    --- stderr
    warning: `shopctl daily` last finished at 2026-04-17T03:00:00Z; is cron running it?
    warning: 75,00 kronor is more than invoice 1001 had left; 75,00 kronor stands on the balance of Saab AB (556036-0793): `shopctl payment refund 1` pays it back, `shopctl payment match 1 INVOICE` sets it against another invoice
    this is what would happen; nothing was changed
    ");
    shop.ok("payment record 1001 --amount 3625 --date 2026-03-31");
    assert_eq!(shop.table("invoice list --overdue").stdout, "");
    let shown = shop.table("invoice show 1001").stdout;
    let entries = |line: &&str| line.starts_with("2026-0") || line.contains("is left");
    assert_snapshot!(shown.lines().filter(entries).collect::<Vec<_>>().join("\n"), @"
    2026-03-31   payment                          1   −3 625,00
    2026-04-07   late interest                             6,95
    2026-04-17   reminder fee                             60,00
    2026-04-17   late interest                             9,93
    2026-04-20   late interest taken back                 −6,95   not owed by the days of its payments
    2026-04-20   reminder fee taken back                 −60,00   not owed by the days of its payments
    2026-04-20   late interest taken back                 −9,93   not owed by the days of its payments
    3 625,00 kronor, less 3 625,00 kronor paid: 0,00 kronor is left.
    ");
    shop.at("2026-04-28T03:00:00Z");
    shop.ok("daily -q");
    assert_eq!(reminders(&shop), 2, "nothing is left to remind of");
    assert_eq!(
        shop.error("invoice remind 1001").1["message"],
        "invoice 1001 is not reminded of: nothing is left of it"
    );
}

#[test]
fn late_interest_on_a_part_payment_never_is_more_charged_than_it_comes_to() {
    let shop = shop();
    shop.at("2026-04-07T03:00:00Z");
    shop.ok("daily -q");
    shop.at("2026-04-08T08:00:00Z");
    assert_snapshot!(shop.run("payment record 1001 --amount 3625 --date 2026-04-01"), @"
    payment recorded       1  source manual, received on 2026-04-01, booked on 2026-04-01, amount 3 625,00
    claim taken back       1001  amount −5,96, booked on 2026-04-08, invoice left: 3 631,95 → 3 625,99, invoice 1001, value on 2026-04-07, reason not owed by the days of its payments
    payment matched        1  amount −3 625,00, booked on 2026-04-01, left: 3 625,00 → 0,00, invoice left: 3 625,99 → 0,99, invoice 1001
    rest rounded off       1001  amount −0,99, booked on 2026-04-08, invoice left: 0,99 → 0,00, invoice 1001
    ");
    let shown = shop.table("invoice show 1001").stdout;
    let of_interest = |line: &&str| line.starts_with("Late interest through");
    assert_snapshot!(shown.lines().find(of_interest).expect("a sentence"), @"Late interest through 2026-04-08 comes to 0,99 kronor, of which 0,99 kronor is");
}

#[test]
fn an_invoice_is_reminded_of_early_only_once_it_is_late() {
    let shop = shop();
    shop.at("2026-03-31T08:00:00Z");
    assert_snapshot!(shop.run("invoice remind 1001 --early"), @"
    --- stderr
    warning: `shopctl daily` last finished at 2026-03-01T08:00:00Z; is cron running it?
    error: invoice 1001 is not reminded of: it can be paid until 2026-03-31
    hint: `shopctl invoice show 1001` shows what is left and when it is due
    --- status 5
    ");
    shop.at("2026-04-01T08:00:00Z");
    assert_snapshot!(shop.run("invoice remind 1001"), @"
    --- stderr
    warning: `shopctl daily` last finished at 2026-03-01T08:00:00Z; is cron running it?
    error: invoice 1001 is not reminded of: reminder 1 has its day on 2026-04-05
    hint: `shopctl invoice remind 1001 --early` does not wait for it
    --- status 5
    ");
    assert_snapshot!(shop.run("invoice remind 1001 --early"), @"
    payment reminded       1001  level 1, pay by 2026-04-09, capital 3 625,00, fees 0,00, interest 0,99
    late interest          1001  amount 0,99, booked on 2026-04-01, invoice left: 3 625,00 → 3 625,99, invoice 1001
    mail queued            2  kind payment_reminder, recipient faktura@saab.example, cause reminder 1 of invoice 1001
    --- stderr
    warning: `shopctl daily` last finished at 2026-03-01T08:00:00Z; is cron running it?
    ");
    let again = shop.error("invoice remind 1001 --early");
    assert_eq!(
        again.1["message"],
        "invoice 1001 is not reminded of: it can be paid until 2026-04-09"
    );
    assert_eq!(shop.error("invoice remind 1002").0, 4);
}

#[test]
fn a_half_year_without_a_rate_is_refused_and_nobody_is_reminded_of_fees_alone() {
    let shop = shop();
    shop.ok("order create --account 212000-0142 --item AB04");
    for day in ["2026-03-02", "2026-06-15", "2026-06-25"] {
        shop.at(&format!("{day}T03:00:00Z"));
        shop.ok("daily -q");
    }
    assert_eq!(reminders(&shop), 4);
    // Of invoice 1002 only the fee and the interest to this day are left.
    let settle = "INSERT INTO ledger_entry (id, kind, invoice_id, booked_on, value_on, amount_ore)
         SELECT 100000, 'write_off', id, '2026-06-25', '2026-06-25', -total_ore
         FROM invoice WHERE number = 1002";
    shop.sqlite().execute(settle, []).expect("an entry");
    shop.at("2027-01-11T03:00:00Z");
    let outcome = shop.run("invoice remind");
    assert_eq!(outcome.status, 7);
    assert_snapshot!(outcome, @"
    --- stderr
    warning: `shopctl daily` last finished at 2026-06-25T03:00:00Z; is cron running it?
    warning: invoice 1001: there is no reference rate for 2027-01-01 to 2027-06-30, so interest can't be counted; `shopctl seller rate add 2027-01-01 --rate P --source TEXT` enters it
    nothing needed doing
    error: 1 of 1 payment reminders were refused
    hint: each is told above; `shopctl invoice remind` tries them again
    --- status 7
    ");
    assert_snapshot!(shop.run("invoice remind 1001"), @"
    --- stderr
    warning: `shopctl daily` last finished at 2026-06-25T03:00:00Z; is cron running it?
    error: invoice 1001 cannot be reminded of: there is no reference rate for 2027-01-01 to 2027-06-30, so interest can't be counted
    hint: `shopctl seller rate add 2027-01-01 --rate P --source TEXT` enters it
    --- status 5
    ");
    assert_eq!(
        shop.error("invoice remind 1002").1["message"],
        "invoice 1002 is not reminded of: the invoice itself is paid, and only fees and interest are left"
    );
    assert_eq!(reminders(&shop), 4);
    shop.ok("seller rate add 2027-01-01 --rate 2.00 --source 'SFS 2026:1402'");
    shop.ok("invoice remind");
    assert_eq!(reminders(&shop), 5);
    let charged = "SELECT sum(amount_ore) FROM ledger_entry WHERE kind = 'late_interest'
         AND invoice_id = (SELECT id FROM invoice WHERE number = 1001)";
    // 286 days from 1 April 2026 through 11 January 2027 at 10 % on 3 625 kronor.
    assert_eq!(shop.count(charged), 28_404);
}

#[test]
fn fees_and_the_compensation_never_stack() {
    let shop = shop();
    assert_snapshot!(shop.table("seller level list"), @"
    Level   Days     Fee   Compensation   Swedish                          English
    ────────────────────────────────────────────────────────────────────────────────────────────────────
        1      5           no             Vi har ännu inte fått betalt     We have not yet received
                                          för fakturan nedan. En faktura   payment for the invoice
                                          blir lätt liggande, så det här   below. An invoice is easily
                                          är bara en vänlig påminnelse,    overlooked, so this is just a
                                          utan avgift. Är något i          friendly reminder, without a
                                          fakturan oklart är ni välkomna   fee. If anything about the
                                          att höra av er.                  invoice is unclear, please
                                                                           get in touch.
        2     10   60,00   no             Trots vår tidigare påminnelse    Despite our earlier reminder
                                          har vi inte fått betalt för      we have not received payment
                                          fakturan nedan. Betala det som   for the invoice below. Please
                                          återstår senast den dag som      pay what is left by the day
                                          anges här. Anser ni att          stated here. If you think
                                          fakturan är felaktig, eller      that the invoice is wrong, or
                                          kan ni inte betala i tid, så     if you cannot pay in time,
                                          hör av er till oss före den      please contact us before that
                                          dagen.                           day.
        3     10           no             Fakturan nedan är fortfarande    The invoice below is still
                                          inte betald, och det här är      unpaid, and this is our last
                                          vår sista påminnelse. Är den     reminder. If it has not been
                                          inte betald den dag som anges    paid by the day stated here,
                                          här kan vi komma att lämna den   we may pass it on for
                                          vidare till inkasso. Anser ni    collection. If you think that
                                          att fakturan är felaktig,        the invoice is wrong, or if
                                          eller behöver ni dela upp        you need to pay in
                                          betalningen, så hör av er till   instalments, please contact
                                          oss före den dagen.              us before that day.
    ");
    shop.ok("seller level set 3 --compensation");
    shop.ok(
        "seller level set 4 --days 10 --fee 60 --text-sv 'Hör av er.' --text-en 'Please call us.'",
    );
    for day in ["2026-04-07", "2026-04-20", "2026-05-04", "2026-05-18"] {
        shop.at(&format!("{day}T08:00:00Z"));
        shop.ok("daily -q");
    }
    let sum = |kind: &str| {
        let sum = "SELECT coalesce(sum(amount_ore), 0) FROM ledger_entry WHERE kind =";
        shop.count(&format!("{sum} '{kind}'"))
    };
    assert_eq!((reminders(&shop), sum("reminder_fee"), sum("compensation")), (4, 6_000, 39_000));
    shop.at("2026-06-01T08:00:00Z");
    let finished = shop.error("invoice remind 1001");
    let words = "invoice 1001 is not reminded of: reminder 4 was the last that there is";
    assert_eq!(finished.1["message"], words);
}

#[test]
fn levels_are_set_and_removed_within_the_law() {
    let shop = Shop::open();
    for (line, code) in [
        ("seller level set 2 --fee 60.01", "fee_too_high"),
        ("seller level set 2 --days 0", "value"),
        ("seller level set 2 --text-sv ' '", "value"),
        ("seller level set 4 --days 10", "level_incomplete"),
        ("seller level remove 4", "unknown_level"),
    ] {
        let (status, error) = shop.error(line);
        assert_eq!((status, error["code"].as_str()), (5, Some(code)), "{line}");
    }
    assert_eq!(shop.run("seller level set 2 --fee 60 --compensation").status, 2);
    assert_snapshot!(shop.run("seller level set 2 --days 14 --fee 50"), @"
    reminder level set     2  days: 10 → 14, fee: 60,00 → 50,00
    --- stderr
    warning: a reminder fee may be asked for only where it was agreed before the debt arose; the conditions that customers accept should name it
    ");
    shop.rehearse_and_run("seller level set 1 --text-sv 'Ett.\nTvå.'");
    for level in 1..=3 {
        shop.ok(&format!("seller level remove {level}"));
    }
    assert_eq!(shop.ok("seller level list"), "");
    shop.ok("setting set payment_reminders on");
    shop.at("2026-06-15T08:00:00Z");
    assert_eq!(shop.change("invoice remind")["objects"][0]["reminded"], 0);
}

#[test]
fn the_document_of_a_reminder_is_fixed_by_its_first_way_out() {
    let shop = shop();
    shop.at("2026-04-07T08:00:00Z");
    assert_eq!(shop.error("invoice pdf 1001 --reminder 1 -o r.pdf").1["code"], "no_reminder");
    shop.ok("invoice remind");
    shop.ok("seller edit --legal-name 'Ett annat namn'");
    shop.ok("invoice pdf 1001 --reminder 1 -o r.pdf");
    let kept = shop.ok("invoice pdf 1001 --reminder 1 -o - --json");
    assert!(kept.starts_with("%PDF-1.7"));
    let bytes = std::fs::read(shop.path("r.pdf")).expect("the document");
    assert!(!bytes.windows(15).any(|window| window == b"Ett annat namn"));
    let sha256 = "SELECT count(*) FROM reminder_document WHERE length(sha256) = 64";
    assert_eq!(shop.count(sha256), 1);
    shop.ok("mail send");
    assert_eq!(shop.count(sha256), 1);
}

#[test]
fn a_reminder_names_the_account_of_today_where_the_invoices_was_withdrawn() {
    let shop = shop();
    shop.ok("seller edit --bankgiro 5402-9681 --replaces 991-2346 --yes");
    shop.at("2026-04-07T08:00:00Z");
    shop.ok("daily -q");
    let text = text_of(&letters(&shop)[0]);
    assert!(text.contains("Bankgiro:              5402-9681"), "{text}");
    assert!(
        text.contains("Bankgiro 991-2346, som står på fakturan, används inte längre."),
        "{text}"
    );
}
