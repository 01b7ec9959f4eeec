use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use crate::support::{Shop, Sink, header, text_of};
use insta::assert_snapshot;

#[test]
fn a_folder_takes_mail_for_the_first_days() {
    let shop = Shop::with_an_order();
    assert_snapshot!(shop.run("mail send -n"), @"1	order_invoice	faktura@saab.example	0");
    assert!(shop.letters().is_empty());
    assert_snapshot!(shop.run("mail send"), @r"
    --- stderr
    warning: mail goes to the folder `~/shop/mail`, and nothing reached a customer
    1 sent, 0 to be tried again, 0 failed
    ");
    assert_snapshot!(shop.run("mail send"), @"
    --- stderr
    warning: mail goes to the folder `~/shop/mail`, and nothing reached a customer
    0 sent, 0 to be tried again, 0 failed
    ");
    let folder = shop.home().join("shop/mail");
    let mode = |path: &std::path::Path| {
        fs::metadata(path).expect("it is there").permissions().mode() & 0o777
    };
    assert_eq!(mode(&folder), 0o700);
    for entry in fs::read_dir(&folder).expect("the folder") {
        let path = entry.expect("an entry").path();
        assert_eq!((mode(&path), path.extension().and_then(|e| e.to_str())), (0o600, Some("eml")));
    }
    let letter = &shop.letters()[0];
    assert_eq!(header(letter, "From"), "Avtalsbutiken <kontoret@forening.example>");
    assert_eq!(header(letter, "Reply-To"), "kontoret@forening.example");
    assert_eq!(header(letter, "To"), "faktura@saab.example");
    assert_eq!(header(letter, "Date"), "Sun, 01 Mar 2026 08:00:00 +0000");
    assert!(letter.contains("filename=\"faktura-1001.pdf\""));
    assert_snapshot!(text_of(letter), @r"
    Hej!

    Tack för er beställning. Det här mejlet är både orderbekräftelse och faktura.

    Fakturan är ställd till Saab AB och bifogas som pdf.

    Fakturanummer:    1001
    Fakturadatum:     2026-03-01
    Ordernummer:      1001

    Ni har beställt:

    - AB 04 digitalt
      2026-03-01 till och med 2027-02-28

    Att betala:       3 625,00 kr
    Förfallodag:      2026-03-31
    OCR-nummer:       100164
    Bankgiro:         991-2346
    IBAN:             SE35 5000 0000 0549 1000 0003
    BIC:              ESSESESS

    Ange OCR-numret när ni betalar.

    Villkor för abonnemang

    Abonnemanget ger tillgång till gällande utgåva, som hämtas på nytt vid varje
    tillfälle. Elektronisk lagring är inte tillåten annat än tillfälligt, till
    exempel som bilaga till en offert som skickas med e-post. Abonnemanget
    förlängs med en ny period om det inte sägs upp senast tre månader före
    förnyelsedagen, den dagen inräknad. Avgörande är den dag då uppsägningen
    kommer in till oss. Uppsägning görs inloggad eller skriftligen till kontoret.

    Har ni frågor är ni välkomna att svara på det här mejlet eller skriva till
    kontoret@forening.example.

    Med vänlig hälsning

    Avtalsbutiken
    https://butik.forening.example
    ");
}

#[test]
fn a_mail_is_shown_and_previewed_as_it_will_be_sent() {
    let shop = Shop::with_an_order();
    assert_snapshot!(shop.table("mail list"), @"
    Mail  Kind           To                    Invoice  Status   Tries  Queued            Sent  Detail
    ──────────────────────────────────────────────────────────────────────────────────────────────────
       1  order invoice  faktura@saab.example     1001  waiting      0  2026-03-01 09:00
    ");
    assert_snapshot!(shop.run("mail show 1 --json"), @r#"
    {
      "number": 1,
      "kind": "order_invoice",
      "recipient": "faktura@saab.example",
      "language": "sv",
      "status": "waiting",
      "attempts": 0,
      "queued_at": "2026-03-01T08:00:00Z",
      "due_at": "2026-03-01T08:00:00Z",
      "sent_at": null,
      "transport": null,
      "detail": null,
      "message_id": "<<key>@forening.example>"
    }
    "#);
    shop.ok("mail preview 1 -o preview.eml");
    let head = shop.head();
    assert_eq!(shop.ok("mail preview 1 -o -"), shop.read("preview.eml"));
    assert_eq!(shop.head(), head, "a look changes nothing");
    shop.ok("mail send");
    assert_eq!(shop.letters(), [shop.read("preview.eml")]);
    assert_eq!(shop.ok("mail preview 1 -o -"), shop.letters()[0]);
    assert_snapshot!(shop.run("mail show 9"), @r"
    --- stderr
    error: there is no mail `9`
    hint: `shopctl mail list` lists them
    --- status 4
    ");
    assert_snapshot!(shop.run("mail list --status lost"), @"
    --- stderr
    error: --status <STATUS>: `lost` is not a status; a mail is waiting, claimed, sent, failed, held, bounced
    --- status 5
    ");
}

#[test]
fn a_mail_is_held_tried_again_and_marked_as_bounced() {
    let shop = Shop::with_an_order();
    assert_snapshot!(shop.run("mail bounced 1 --reason 'mailbox full'"), @r"
    --- stderr
    error: mail 1 is waiting; only one that was sent can bounce
    --- status 5
    ");
    shop.rehearse_and_run("mail hold 1 --reason 'the address is being checked'");
    assert_snapshot!(shop.run("mail hold 1"), @r"
    --- stderr
    nothing needed doing
    ");
    shop.ok("mail send");
    assert!(shop.letters().is_empty(), "a held mail stays");
    assert!(shop.ok("status").contains("mails held"));
    shop.rehearse_and_run("mail retry 1");
    shop.ok("mail send");
    assert_snapshot!(shop.run("mail hold 1"), @r"
    --- stderr
    error: mail 1 is sent; only one that waits can be held
    --- status 5
    ");
    assert_snapshot!(shop.run("mail retry 1"), @"
    --- stderr
    error: mail 1 was sent at 2026-03-01 09:00
    hint: `shopctl invoice send N --again --reason TEXT` sends a further copy
    --- status 5
    ");
    shop.rehearse_and_run("mail bounced 1 --reason '550 no such user'");
    assert_snapshot!(shop.run("mail list --status bounced --columns number,status,detail"), @"1	bounced	550 no such user");
    shop.rehearse_and_run("invoice send 1001");
    assert_eq!(shop.json("mail show 1")["status"], "waiting");
    assert_snapshot!(shop.run("mail bounced 1"), @"
    --- stderr
    error: missing: --reason <TEXT>
    hint: `shopctl mail bounced --reason <TEXT> <NUMBER>`
    --- status 2
    ");
}

#[test]
fn a_temporary_refusal_is_tried_again_later_and_a_lasting_one_stops_nobody() {
    let shop = Shop::with_an_order();
    shop.ok("order create --account 212000-0142 --item AB04");
    let third =
        "order create --account 556036-0793 --item AB04-PRINT --invoice-email nobody@saab.example";
    shop.ok(third);
    let sink = Sink::start();
    shop.configure(&sink.settings());
    sink.rule("RCPT TO:<faktura@saab.example>", "451 4.7.1 greylisted, come back");
    sink.rule("RCPT TO:<nobody@saab.example>", "550 5.1.1 no such user \u{1b}[31m");
    assert_snapshot!(shop.run("mail send"), @r"
    --- stderr
    1 sent, 1 to be tried again, 1 failed
    error: 1 mail was refused for good
    hint: `shopctl mail list --status failed` shows them
    --- status 7
    ");
    assert_eq!(sink.connections(), 1, "one conversation for all");
    let to: Vec<String> = sink.taken().into_iter().map(|taken| taken.recipient).collect();
    assert_eq!(to, ["ekonomi@stockholm.example"]);
    assert_snapshot!(shop.run("mail list --columns number,recipient,status,attempts,detail"), @r"
    3	nobody@saab.example	failed	1	the server's answer to the recipient was `550 5.1.1 no such user \u{1b}[31m`
    2	ekonomi@stockholm.example	sent	1	250 taken
    1	faktura@saab.example	waiting	1	the server's answer to the recipient was `451 4.7.1 greylisted, come back`
    ");
    assert_eq!(
        shop.run("mail send").status,
        0,
        "it is too early for the one, too late for the other"
    );
    assert_eq!(sink.connections(), 1);
    sink.relent();
    shop.at("2026-03-01T10:00:00Z");
    assert_snapshot!(shop.run("mail send"), @r"
    --- stderr
    1 sent, 0 to be tried again, 0 failed
    ");
    shop.ok("mail retry 3");
    shop.ok("mail send");
    assert_eq!(sink.taken().len(), 3);
    assert_eq!(shop.ok("mail list --status sent --columns number").lines().count(), 3);
}

#[test]
fn what_the_server_takes_is_what_was_stored() {
    let shop = Shop::with_an_order();
    let sink = Sink::start();
    shop.configure(&sink.settings());
    shop.ok("mail send");
    let taken = &sink.taken()[0];
    assert_eq!(taken.recipient, "faktura@saab.example");
    assert_eq!(taken.message.trim(), shop.ok("mail preview 1 -o -").replace("\r\n", "\n").trim());
    let shown = shop.json("mail show 1");
    assert_eq!((&shown["transport"], &shown["detail"]), (&"smtp".into(), &"250 taken".into()));
}

#[test]
fn a_conversation_that_breaks_off_keeps_the_mail_for_later() {
    for moment in ["EHLO", "MAIL FROM", "RCPT TO", "DATA", "."] {
        let shop = Shop::with_an_order();
        let sink = Sink::start();
        shop.configure(&sink.settings());
        sink.rule(moment, "DROP");
        let outcome = shop.run("mail send");
        assert_eq!(outcome.status, 0, "{moment}\n{outcome}");
        assert_eq!(shop.json("mail show 1")["status"], "waiting", "{moment}\n{outcome}");
        assert!(sink.taken().is_empty());
        sink.relent();
        shop.at("2026-03-02T08:00:00Z");
        shop.ok("mail send");
        assert_eq!(sink.taken().len(), 1, "{moment}");
    }
}

#[test]
fn a_server_that_is_down_is_told_and_nothing_is_lost() {
    let shop = Shop::with_an_order();
    shop.configure("[mail]\nurl = \"smtp+plain://127.0.0.1:1\"\n");
    assert_snapshot!(shop.run("mail send"), @r"
    --- stderr
    0 sent, 1 to be tried again, 0 failed
    warning: the mail server 127.0.0.1:1 cannot be reached: Connection refused (os error 111)
    ");
    assert_snapshot!(shop.run("mail test a@b.example"), @r"
    --- stderr
    error: the mail server 127.0.0.1:1 cannot be reached: Connection refused (os error 111)
    --- status 8
    ");
    shop.at("2026-03-02T08:00:00Z");
    shop.ok("mail send");
    shop.at("2026-03-04T08:00:00Z");
    assert_snapshot!(shop.run("mail send"), @r"
    --- stderr
    0 sent, 1 to be tried again, 0 failed
    error: the mail server 127.0.0.1:1 cannot be reached: Connection refused (os error 111)
    hint: the mails are kept; `shopctl mail test ADDRESS` tries the way out
    --- status 8
    ");
    let sink = Sink::start();
    shop.configure(&sink.settings());
    shop.at("2026-03-06T08:00:00Z");
    assert_snapshot!(shop.run("mail send"), @r"
    --- stderr
    1 sent, 0 to be tried again, 0 failed
    ");
    assert_eq!(sink.taken().len(), 1);
}

#[test]
fn the_way_out_is_tried_with_one_message() {
    let shop = Shop::new();
    assert_snapshot!(shop.run("mail test anna@forening.example"), @r"
    --- stderr
    written to `~/shop/mail/<key>_forening.example-<key>.eml`; nothing reached anna@forening.example
    ");
    let sink = Sink::start();
    shop.configure(&sink.settings());
    let head = shop.head();
    assert_snapshot!(shop.run("mail test anna@forening.example"), @r"
    --- stderr
    the server took it for anna@forening.example: 250 taken
    ");
    assert_eq!(sink.taken()[0].recipient, "anna@forening.example");
    assert_eq!(shop.json("mail test anna@forening.example")["detail"], "250 taken");
    assert_snapshot!(text_of(&sink.taken()[0].message), @r"
    Hej!

    Det här är ett provmejl från Avtalsbutiken, skickat 2026-03-01 08.00 UTC. Har
    det kommit fram, och ser bokstäverna å, ä och ö rätt ut, så fungerar e-posten.
    Ni behöver inte svara.

    Svarar ni ändå går svaret till kontoret@forening.example.

    Med vänlig hälsning

    Avtalsbutiken
    ");
    sink.rule("MAIL FROM", "530 5.7.0 authentication required");
    assert_snapshot!(shop.run("mail test anna@forening.example"), @r"
    --- stderr
    error: the server's answer to the sender was `530 5.7.0 authentication required`
    hint: set `user` and `password_file`; the server wants a login
    --- status 8
    ");
    assert_snapshot!(shop.run("mail test anna"), @"
    --- stderr
    error: <ADDRESS>: `anna` is not an e-mail address: it has no @
    --- status 5
    ");
    assert_eq!(shop.head(), head);
}

#[test]
fn two_senders_at_once_never_send_the_same_mail() {
    let shop = Shop::open();
    for _ in 0..12 {
        shop.ok("order create --account 556036-0793 --item AB04-PRINT");
    }
    let sink = Sink::start();
    shop.configure(&sink.settings());
    let running: Vec<_> = (0..6).map(|_| shop.start(&mut shop.command("mail send"))).collect();
    let mut stood_back = 0;
    for child in running {
        let outcome = shop.wait(child);
        assert_eq!(outcome.status, 0, "{outcome}");
        stood_back += usize::from(outcome.stderr.contains("this one did nothing"));
    }
    shop.ok("mail send");
    let mut ids: Vec<String> =
        sink.taken().iter().map(|taken| header(&taken.message, "Message-ID").to_owned()).collect();
    ids.sort();
    ids.dedup();
    assert_eq!((ids.len(), sink.taken().len()), (12, 12), "{stood_back} senders stood back");
}

#[test]
fn a_link_to_the_store_shares_its_lock_and_a_neighbour_does_not() {
    let shop = Shop::with_an_order();
    let folder = shop.home().join("shop");
    fs::copy(shop.store(), folder.join("shop.old")).expect("a second store");
    std::os::unix::fs::symlink(shop.store(), shop.home().join("link.db")).expect("a link");
    let lock = fs::File::create(folder.join("shop.db.send.lock")).expect("the lock");
    lock.lock().expect("it is free");
    let stood_back = |line: &str| shop.run(line).stderr.contains("this one did nothing");
    assert!(stood_back("mail send"));
    assert!(stood_back("mail send --store link.db"));
    shop.ok("store adopt --store shop/shop.old");
    assert!(!stood_back("mail send --store shop/shop.old"));
}

#[test]
fn a_claim_whose_holder_died_is_void_at_once() {
    let shop = Shop::with_an_order();
    shop.sqlite().execute("UPDATE outbox SET status = 'claimed'", []).expect("a claim");
    shop.ok("mail send");
    assert_eq!(shop.letters().len(), 1);
}

#[test]
fn a_sender_that_is_killed_leaves_its_mail_to_the_next() {
    let shop = Shop::with_an_order();
    let sink = Sink::start();
    shop.configure(&sink.settings());
    sink.rule("RCPT TO", "HANG");
    let mut killed = shop.start(&mut shop.command("mail send"));
    let started = std::time::Instant::now();
    while shop.json("mail show 1")["status"] != "claimed" {
        assert!(started.elapsed().as_secs() < 20, "it never claims the mail");
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    let second = shop.run("mail send");
    assert!(second.stderr.contains("another `shopctl mail send` is at work"), "{second}");
    assert_eq!(shop.change("mail send")["changed"], false);
    killed.kill().expect("it runs");
    shop.wait(killed);
    sink.relent();
    shop.ok("mail send");
    assert_eq!(sink.taken().len(), 1);
    assert_eq!(shop.run("audit verify").status, 0);
}

#[test]
fn what_a_folder_took_is_sent_for_real_when_asked_for() {
    let shop = Shop::with_an_order();
    shop.ok("mail send");
    let sink = Sink::start();
    shop.configure(&sink.settings());
    shop.ok("mail send");
    assert!(sink.taken().is_empty());
    assert_snapshot!(shop.run("mail send --from-folder -n"), @"1	order_invoice	faktura@saab.example	1");
    assert_snapshot!(shop.run("mail send --from-folder"), @r"
    --- stderr
    1 sent, 0 to be tried again, 0 failed
    ");
    assert_eq!(sink.taken().len(), 1);
    let id = header(&sink.taken()[0].message, "Message-ID").to_owned();
    assert_eq!(id, header(&shop.letters()[0], "Message-ID"));
    shop.ok("mail send --from-folder");
    assert_eq!(sink.taken().len(), 1);
}

#[test]
fn what_a_folder_took_is_counted_and_limited_like_any_other_mail() {
    let shop = Shop::with_an_order();
    shop.ok("order create --account 212000-0142 --item AB04");
    assert_snapshot!(shop.run("mail send --from-folder"), @"
    --- stderr
    error: mail still goes to the folder `~/shop/mail`
    hint: set `url` under [mail] in `shopctl.toml`, and try it with `shopctl mail test ADDRESS`
    --- status 5
    ");
    assert_eq!(shop.run("mail send --from-folder -n").status, 5);
    shop.ok("mail send");
    shop.ok("order create --account 556036-0793 --item AB04-PRINT");
    let sink = Sink::start();
    shop.configure(&sink.settings());
    let head = shop.head();
    assert_snapshot!(shop.run("mail send --from-folder --max 2"), @"
    --- stderr
    error: 3 mails wait, and at most 2 were expected
    hint: look with `-n`; `--max 3` lets them through
    --- status 5
    ");
    assert_eq!(shop.run("mail send --from-folder --max 2 -n").status, 5);
    assert_snapshot!(shop.run("mail send --from-folder --limit 1 -n"), @"1	order_invoice	faktura@saab.example	1");
    assert_eq!(shop.head(), head, "nothing was queued again");
    shop.ok("mail send --from-folder --limit 1");
    assert_eq!(sink.taken().len(), 1);
    assert_eq!(shop.json("mail show 2")["transport"], "folder");
    assert_eq!(shop.json("mail show 3")["status"], "waiting");
    shop.ok("mail send --from-folder --max 2");
    assert_eq!(sink.taken().len(), 3);
}

#[test]
fn a_mail_held_while_the_one_before_is_sent_is_left_and_the_rest_go_out() {
    let shop = Shop::with_an_order();
    shop.ok("order create --account 212000-0142 --item AB04");
    shop.ok("order create --account 556036-0793 --item AB04-PRINT");
    let sink = Sink::start();
    let door = Door::before(&sink);
    shop.configure(&door.settings());
    let sender = shop.start(&mut shop.command("mail send"));
    door.wait_for_data();
    shop.ok("mail hold 2");
    door.open();
    assert_snapshot!(shop.wait(sender), @"
    --- stderr
    2 sent, 0 to be tried again, 0 failed
    ");
    assert_snapshot!(shop.run("mail list --columns number,status,attempts"), @"
    3	sent	1
    2	held	0
    1	sent	1
    ");
    let to: Vec<String> = sink.taken().into_iter().map(|taken| taken.recipient).collect();
    assert_eq!(to, ["faktura@saab.example", "faktura@saab.example"]);
}

#[test]
fn a_mail_that_was_taken_is_recorded_though_the_next_claim_fails() {
    let shop = Shop::with_an_order();
    shop.ok("order create --account 212000-0142 --item AB04");
    let sink = Sink::start();
    shop.configure(&sink.settings());
    let fail = "CREATE TRIGGER fault BEFORE UPDATE ON outbox
        WHEN new.id = 2 AND new.status = 'claimed' BEGIN SELECT RAISE(ABORT, 'no room'); END";
    shop.sqlite().execute_batch(fail).expect("a trigger");
    let outcome = shop.run("mail send");
    assert_ne!(outcome.status, 0, "{outcome}");
    assert_snapshot!(shop.run("mail list --columns number,status,attempts"), @"
    2	waiting	0
    1	sent	1
    ");
    shop.sqlite().execute_batch("DROP TRIGGER fault").expect("it is there");
    shop.ok("mail send");
    let to: Vec<String> = sink.taken().into_iter().map(|taken| taken.recipient).collect();
    assert_eq!(to, ["faktura@saab.example", "ekonomi@stockholm.example"]);
}

#[test]
fn a_practice_shop_sends_nowhere_but_to_this_machine() {
    let shop = Shop::with_an_order();
    shop.configure("[mail]\nurl = \"smtp://mail.saab.example:587\"\n");
    assert_snapshot!(shop.run("mail send"), @r"
    --- stderr
    error: the [mail] settings were refused: a practice shop sends to a folder or a server on this machine, and `mail.saab.example` is elsewhere
    --- status 5
    ");
    assert_eq!(shop.json("mail list")[0]["status"], "waiting");
}

#[test]
fn a_limit_leaves_the_rest_for_later() {
    let shop = Shop::with_an_order();
    shop.ok("order create --account 212000-0142 --item AB04");
    assert_eq!(shop.change("mail send -n --limit 1")["objects"].as_array().map(Vec::len), Some(1));
    let change = shop.change("mail send --limit 1");
    assert_eq!((&change["changed"], &change["objects"][0]["sent"]), (&true.into(), &1.into()));
    let kinds: Vec<&str> = change["events"]
        .as_array()
        .expect("events")
        .iter()
        .filter_map(|e| e["kind"].as_str())
        .collect();
    assert_eq!(kinds, ["document_kept", "mail_claimed", "mail_sent"]);
    assert!(change["events"][0]["op"].is_number() && change["events"][0]["op"] == change["op"]);
    assert_eq!(shop.change("mail send")["objects"][0]["sent"], 1);
    let nothing = shop.change("mail send");
    assert_eq!((&nothing["changed"], &nothing["op"]), (&false.into(), &serde_json::Value::Null));
}

/// A door before a mail server: it stops the first mail at DATA until it is opened.
struct Door {
    port: u16,
    reached: Receiver<()>,
    opened: Sender<()>,
}

impl Door {
    fn before(sink: &Sink) -> Door {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port on this machine");
        let port = listener.local_addr().expect("an address").port();
        let (reach, reached) = channel();
        let (opened, open) = channel();
        let inside = sink.port;
        thread::spawn(move || -> io::Result<()> {
            let (client, _) = listener.accept()?;
            let mut server = TcpStream::connect(("127.0.0.1", inside))?;
            let (mut answers, mut back) = (server.try_clone()?, client.try_clone()?);
            thread::spawn(move || io::copy(&mut answers, &mut back));
            let mut is_open = false;
            let mut reader = BufReader::new(client);
            let mut line = Vec::new();
            while reader.read_until(b'\n', &mut line)? > 0 {
                if !is_open && line.starts_with(b"DATA") {
                    is_open = reach.send(()).is_ok() && open.recv().is_ok();
                }
                server.write_all(&line)?;
                line.clear();
            }
            Ok(())
        });
        Door { port, reached, opened }
    }

    fn settings(&self) -> String {
        format!("[mail]\nurl = \"smtp+plain://127.0.0.1:{}\"\n", self.port)
    }

    fn wait_for_data(&self) {
        self.reached.recv_timeout(std::time::Duration::from_secs(20)).expect("a mail comes");
    }

    fn open(&self) {
        self.opened.send(()).expect("somebody waits");
    }
}

#[test]
fn a_table_tells_the_time_of_the_shop_and_a_program_is_told_utc() {
    let shop = Shop::with_an_order();
    shop.at("2026-06-30T22:30:45Z");
    shop.ok("mail send");
    let shown = shop.table("mail list").stdout;
    assert!(shown.contains("2026-07-01 00:30"), "{shown}");
    assert!(shop.table("audit list --limit 1").stdout.contains("2026-07-01 00:30"));
    assert_eq!(shop.json("mail list")[0]["sent_at"], "2026-06-30T22:30:45Z");
    assert_eq!(shop.ok("mail list --columns sent_at"), "2026-06-30T22:30:45Z\n");
}

#[test]
fn a_reminder_is_listed_with_its_invoice_and_shown_there() {
    let shop = Shop::with_an_order();
    shop.ok("daily");
    shop.ok("setting set payment_reminders on");
    shop.ok("setting set bank_file_days off");
    shop.at("2026-04-07T03:00:00Z");
    shop.ok("daily");
    let mails = shop.json("mail list --kind payment-reminder");
    assert_eq!(mails.as_array().map(Vec::len), Some(1));
    assert_eq!(mails[0]["invoice"], 1001);
    let shown = shop.json("invoice show 1001")["mails"].clone();
    assert_eq!(
        (&shown[0]["kind"], &shown[1]["kind"]),
        (&"order_invoice".into(), &"payment_reminder".into())
    );
    // What failed of the invoice is sent again, and no reminder with it.
    assert_eq!(shop.run("invoice send 1001").status, 5);
    assert_eq!(shop.run("mail list --kind postcard").status, 5);
}

#[test]
fn a_mail_folder_that_cannot_be_used_keeps_the_mail_and_says_what_to_do() {
    let shop = Shop::with_an_order();
    std::fs::write(shop.home().join("shop/mail"), "a file").expect("in its place");
    assert_snapshot!(shop.run("mail send"), @"
    --- stderr
    error: the mail folder `~/shop/mail` cannot be used: File exists (os error 17)
    hint: see that it is a folder and that its disk works, then run the command again
    --- status 8
    ");
    assert_eq!(shop.json("mail list")[0]["status"], "waiting");
}
