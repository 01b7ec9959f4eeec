use std::fs;
use std::os::unix::fs::PermissionsExt;

use insta::assert_snapshot;

use crate::support::{Shop, header, text_of};

const STAD: &str = "212000-0142";

/// Returns a shop in which Stockholm, a public buyer, takes e-invoices.
fn with_a_public_buyer() -> Shop {
    let shop = Shop::open();
    shop.ok(&format!(
        "account billing {STAD} --deliver e-invoice --reference 'ZZ 4711 & Co' \
         --reason 'asked for in the contract'"
    ));
    shop
}

#[test]
fn a_reference_that_is_taken_from_a_buyer_of_e_invoices_is_warned_of() {
    let shop = Shop::open();
    let change = |line: &str| {
        let change = shop.change(&format!("account {line}"));
        change["warnings"].as_array().map(Vec::len)
    };
    let billing = "billing 212000-0142 --reason 'asked for'";
    assert_eq!(change(&format!("{billing} --reference 4711 --deliver e-invoice")), Some(0));
    assert_eq!(change(&format!("{billing} --reference ''")), Some(1));
    assert_eq!(change(&format!("{billing} --city Solna")), Some(0));
    assert_eq!(change("edit 212000-0142 --reference 4712"), Some(0));
    assert_eq!(change("edit 212000-0142 --reference ''"), Some(1));
}

#[test]
fn r10_the_customer_is_told_that_invoices_come_as_e_invoices_from_now_on() {
    let shop = with_a_public_buyer();
    assert_snapshot!(shop.table(&format!("account show {STAD}")), @"
    Organisation number  212000-0142
    Name                 Stockholms stad
    Invoice e-mail       ekonomi@stockholm.example
    Street               Hantverkargatan 1
    Postal code          105 35
    Town                 Stockholm
    Country              SE
    Language             sv
    Reference            ZZ 4711 & Co
    Delivery             e-invoice
    Member               no
    Owes                 0,00
    Balance              0,00

    Logins
    E-mail                    Password       Seat
    ─────────────────────────────────────────────
    inkop@stockholm.example   never chosen
    ");
    shop.ok("mail send");
    let letters = shop.letters();
    assert_eq!(letters.len(), 1);
    assert_eq!(header(&letters[0], "To"), "ekonomi@stockholm.example");
    assert_snapshot!(text_of(&letters[0]), @"
    Hej!

    Vi har ändrat uppgifterna på fakturorna till Stockholms stad.

    Er referens
      Förut:  ingen uppgift
      Nu:     ZZ 4711 & Co

    Så skickas fakturorna
      Förut:  som PDF med e-post
      Nu:     som e-faktura (Peppol)

    Peppol-ID
      Förut:  ingen uppgift
      Nu:     0007:2120000142

    De nya uppgifterna används för nya beställningar.

    Fakturor som redan är utställda behåller sina uppgifter.

    Stämmer något inte? Svara på det här mejlet eller skriv till
    kontoret@forening.example, så rättar vi det.

    Med vänlig hälsning

    Avtalsbutiken
    https://butik.forening.example
    ");
    let back = format!("account billing {STAD} --deliver email --reason 'a misunderstanding'");
    shop.rehearse_and_run(&back);
    assert_eq!(shop.json(&format!("account show {STAD}"))["deliver"], "email");
}

#[test]
fn an_e_invoice_waits_without_being_mailed_until_it_is_delivered() {
    let shop = with_a_public_buyer();
    shop.ok("mail send");
    shop.ok(&format!("order create --account {STAD} --item AB04 --item AB04-PRINT=3"));
    shop.ok("order create --account 556036-0793 --item AB04-PRINT");
    assert_eq!(shop.count("SELECT count(*) FROM outbox WHERE kind = 'order_invoice'"), 1);
    assert_snapshot!(shop.table("invoice list --to-deliver"), @"
    Invoice Kind    Date       Due        Account     Name               Total     Left State Order
    ───────────────────────────────────────────────────────────────────────────────────────────────
       1001 invoice 2026-03-01 2026-03-31 212000-0142 Stockholms stad 5 256,60 5 256,60        1001
    (too narrow for OCR, Mail, Delivery, Delivered)
    ");
    let status = shop.table("status");
    assert!(status.stdout.contains("e-invoices to deliver"), "{status}");

    let out = shop.home().join("out");
    fs::create_dir(&out).expect("a folder");
    let folder = out.display().to_string();
    assert_snapshot!(shop.run(&format!("invoice e-invoice --to-deliver -o {folder} -n")).stderr, @"
    PRACTICE: this shop is for practice, and its mail reaches nobody outside
    nothing is written: it was a dry run
    ");
    assert_eq!(fs::read_dir(&out).expect("the folder").count(), 0);
    shop.ok(&format!("invoice e-invoice --to-deliver -o {folder}"));
    let written = fs::read(out.join("faktura-1001.xml")).expect("an e-invoice");
    shop.ok(&format!("invoice e-invoice --to-deliver -o {folder}"));
    assert_eq!(fs::read_dir(&out).expect("the folder").count(), 1);
    assert_eq!(fs::read(out.join("faktura-1001.xml")).expect("an e-invoice"), written);
    assert_eq!(shop.ok("invoice e-invoice 1001 -o -").into_bytes(), written);
    let mode = fs::metadata(out.join("faktura-1001.xml")).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let text = String::from_utf8(written).expect("UTF-8");
    for part in [
        "<cbc:EndpointID schemeID=\"0007\">2120000142</cbc:EndpointID>",
        "<cbc:BuyerReference>ZZ 4711 &amp; Co</cbc:BuyerReference>",
        "<cbc:PaymentID>100164</cbc:PaymentID>",
    ] {
        assert!(text.contains(part), "{part} in\n{text}");
    }

    shop.rehearse_and_run("invoice delivered 1001 --how 'access point, receipt 77812'");
    assert_snapshot!(shop.run("invoice list --to-deliver"), @"");
    assert_snapshot!(shop.run("invoice delivered 1001 --how again"), @"
    --- stderr
    error: invoice 1001 was delivered on 2026-03-01 already: access point, receipt 77812
    --- status 5
    ");
    let operation = shop.json("audit list --limit 1")[0]["op"].to_string();
    assert_snapshot!(shop.run(&format!("undo {operation} --yes")), @"
    delivery taken back    1001  delivered on: 2026-03-01 → nothing, how: access point, receipt 77812 → nothing
    operation undone       11
    ");
    assert_snapshot!(shop.run("invoice list --to-deliver --columns number"), @"1001");
    shop.ok("invoice delivered 1001 1001 --how 'access point, receipt 77812'");
    let shown = shop.json("invoice show 1001");
    assert_eq!(shown["deliver"], "e-invoice");
    assert_eq!(shown["participant"], "0007:2120000142");
    assert_eq!(shown["delivered_on"], "2026-03-01");

    // What was not issued for it cannot be made one: an invoice is issued anew, a credit note is not.
    let (_, error) = shop.error("invoice e-invoice 1002 -o -");
    let hint = error["details"]["hint"].as_str().expect("a hint");
    assert!(hint.ends_with("then `shopctl invoice reissue 1002 --reason TEXT`"), "{hint}");
    shop.ok("invoice credit 1002 --reason 'ordered twice' --yes");
    let (_, error) = shop.error("invoice e-invoice 1003 -o -");
    assert_eq!(error["details"]["hint"], "`shopctl invoice pdf 1003 -o FILE` gives it as a PDF");

    // Asked for, a copy goes by mail all the same.
    shop.ok("invoice send 1001 --again --reason 'asked for by telephone'");
    assert_eq!(shop.count("SELECT count(*) FROM outbox WHERE kind = 'invoice_copy'"), 1);
}

#[test]
fn what_could_not_be_an_e_invoice_is_refused_before_its_number_is_spent() {
    let shop = with_a_public_buyer();
    shop.ok(&format!("account billing {STAD} --reference '' --reason 'a new one comes'"));
    assert_snapshot!(shop.run(&format!("order create --account {STAD} --item AB04")), @"
    --- stderr
    error: this could not be an e-invoice: the buyer's reference is missing (reference, rule PEPPOL-EN16931-R003)
    hint: give `--reference` for this order, or for all: `shopctl account billing 212000-0142 --reference VALUE --reason TEXT`
    --- status 5
    ");
    assert_eq!(shop.count("SELECT count(*) FROM invoice"), 0);
    shop.ok(&format!("order create --account {STAD} --item AB04 --reference 'ZZ 1'"));
    assert_eq!(shop.json("invoice show 1001")["reference"], "ZZ 1");

    shop.ok(&format!("account billing {STAD} --country XX --reason 'a slip of the hand'"));
    let refused =
        shop.run(&format!("order create --account {STAD} --item AB04 --reference 'ZZ 1'"));
    assert_eq!(refused.status, 5);
    assert!(refused.stderr.contains("rule BR-CL-14"), "{refused}");
}

#[test]
fn a_renewal_that_could_not_be_an_e_invoice_is_refused_and_the_others_go_on() {
    let shop = with_a_public_buyer();
    shop.ok(&format!("order create --account {STAD} --item AB04"));
    shop.ok("order create --account 556036-0793 --item AB04");
    shop.ok(&format!("account billing {STAD} --reference '' --reason 'a new one comes'"));
    shop.at("2027-03-01T09:00:00Z");
    let renewed = shop.run("subscription renew");
    assert_eq!(renewed.status, 7);
    assert_snapshot!(renewed.stderr, @"
    PRACTICE: this shop is for practice, and its mail reaches nobody outside
    warning: subscription 1001: this could not be an e-invoice: the buyer's reference is missing (reference, rule PEPPOL-EN16931-R003); `shopctl account billing 212000-0142 --reference VALUE --reason TEXT`
    error: 1 of 2 renewals were refused
    hint: each is told above; one refused twice is parked and shown by `shopctl status`
    ");
    assert_eq!(shop.count("SELECT count(*) FROM invoice"), 3);

    shop.ok(&format!("account billing {STAD} --reference 'ZZ 2' --reason 'the new one'"));
    shop.ok("subscription renew");
    assert_eq!(shop.json("invoice show 1004")["reference"], "ZZ 2");
}

#[test]
fn a_participant_is_checked_by_the_rules_of_its_scheme() {
    let shop = with_a_public_buyer();
    let billing = format!("account billing {STAD} --reason 'told so' --participant");
    assert_snapshot!(shop.run(&format!("{billing} 0088:7300010000002")), @"
    --- stderr
    error: PEPPOL-COMMON-R040: `0088:7300010000002` is not one of scheme 0088, GLN
    --- status 5
    ");
    assert_snapshot!(shop.run(&format!("{billing} 9999:1")), @"
    --- stderr
    error: `9999` is not a scheme of Swedish buyers: 0007 (the Swedish organisation number), 0088 (GLN), 0184 (the Danish CVR number), 0192 (the Norwegian organisation number), 0216 (the Finnish OVT code)
    --- status 5
    ");
    assert_snapshot!(shop.run(&format!("{billing} 0007:850709-9805")), @"
    --- stderr
    error: the participant is a person's number, and not this account's
    --- status 5
    ");
    shop.ok(&format!("{billing} 0088:7300010000001"));
    shop.ok(&format!("order create --account {STAD} --item AB04"));
    let text = shop.ok("invoice e-invoice 1001 -o -");
    assert!(text.contains("<cbc:EndpointID schemeID=\"0088\">7300010000001<"), "{text}");
    // The organisation number is nothing of its own.
    shop.ok(&format!("{billing} 0007:{STAD}"));
    assert!(shop.json(&format!("account show {STAD}"))["participant"].is_null());
    let one = shop.run(&format!("{billing} 0088:7300010000001 --subscription 1001"));
    assert_snapshot!(one, @"
    --- stderr
    error: --participant is the same for all invoices of an account; leave out --subscription
    --- status 5
    ");
}

#[test]
fn an_invoice_that_is_mailed_can_be_written_as_an_e_invoice_where_it_is_valid() {
    let shop = Shop::with_an_order();
    assert_snapshot!(shop.run("invoice e-invoice 1001 -o -"), @"
    --- stderr
    error: this could not be an e-invoice: the buyer's reference is missing (reference, rule PEPPOL-EN16931-R003)
    hint: `shopctl account billing 556036-0793 --reference VALUE --reason TEXT`, then `shopctl invoice reissue 1001 --reason TEXT`
    --- status 5
    ");
    shop.ok("order create --account 556036-0793 --item AB04-PRINT --reference 'Inköp 12'");
    let text = shop.ok("invoice e-invoice 1002 -o -");
    assert!(text.contains("<cbc:BuyerReference>Inköp 12</cbc:BuyerReference>"), "{text}");
    let missing = shop.path("no/such/folder");
    assert_snapshot!(shop.run("invoice e-invoice --to-deliver -o nowhere"), @"
    --- stderr
    error: `nowhere` is not a folder
    hint: make it, or give another with -o; each e-invoice gets a file of its own there
    --- status 5
    ");
    assert_ne!(shop.run(&format!("invoice e-invoice 1002 -o {missing}")).status, 0);
    assert_snapshot!(shop.run("invoice e-invoice -o -"), @"
    --- stderr
    error: missing: <NUMBER>
    hint: `shopctl invoice e-invoice --output <PATH> <NUMBER>`
    --- status 2
    ");
    assert_snapshot!(shop.run("invoice delivered 1002 --how later --date 2026-03-02"), @"
    --- stderr
    error: 2026-03-02 has not come yet; today is 2026-03-01
    hint: give the day on which it came to the buyer
    --- status 5
    ");
}

#[test]
fn the_document_of_an_e_invoice_carries_it() {
    let shop = with_a_public_buyer();
    shop.ok(&format!("order create --account {STAD} --item AB04"));
    shop.ok("order create --account 556036-0793 --item AB04");
    for (number, carries) in [(1001, true), (1002, false)] {
        let path = shop.path(&format!("{number}.pdf"));
        shop.ok(&format!("invoice pdf {number} -o {path}"));
        let bytes = fs::read(&path).expect("a document");
        let holds = |text: &str| bytes.windows(text.len()).any(|part| part == text.as_bytes());
        assert_eq!(
            holds("/AFRelationship /Alternative") || holds("/AFRelationship/Alternative"),
            carries
        );
        assert_eq!(holds(&format!("faktura-{number}.xml")), carries);
    }
    // The e-invoice that the document carries is the one that goes out.
    assert_eq!(shop.count("SELECT count(*) FROM e_invoice"), 1);
}

#[test]
fn a_credit_note_of_an_e_invoice_waits_as_an_e_invoice_too() {
    let shop = with_a_public_buyer();
    shop.ok(&format!("order create --account {STAD} --item AB04"));
    shop.at("2027-03-01T09:00:00Z");
    shop.ok("subscription renew");
    shop.ok("mail send");
    shop.at("2027-03-05T09:00:00Z");
    shop.ok("subscription cancel 1001 --received 2026-11-01 -y");
    assert_eq!(shop.json("invoice show 1003")["kind"], "credit_note");
    assert_eq!(shop.count("SELECT count(*) FROM outbox WHERE kind = 'credit_note'"), 0);
    let waiting = shop.run("invoice list --to-deliver");
    assert!(waiting.stdout.lines().count() == 3, "{waiting}");
    let text = shop.ok("invoice e-invoice 1003 -o -");
    assert!(text.contains("<cbc:CreditNoteTypeCode>381<"), "{text}");
}

#[test]
fn an_account_with_another_number_keeps_its_balance_hold_and_way_of_delivery() {
    let shop = with_a_public_buyer();
    shop.ok(&format!("account billing {STAD} --participant 0007:2120000142 --reason avtal"));
    shop.ok(&format!("order create --account {STAD} --item AB04"));
    shop.ok("payment record 1001 --amount 5000 --date 2026-03-01");
    shop.ok(&format!("account hold {STAD} --reason omregistreras"));
    assert_snapshot!(shop.run(&format!("account renumber {STAD} 802005-1952 --reason nytt --yes")), @"
    account renumbered     802005-1952  org number: 212000-0142 → 802005-1952, reason nytt
    --- stderr
    warning: invoices issued until now keep 212000-0142; the next ones state 802005-1952
    ");
    shop.ok("order create --account 802005-1952 --item AB04-PRINT");
    assert!(shop.ok("invoice e-invoice 1002 -o -").contains("8020051952</cbc:EndpointID>"));
    let shown = shop.json("account show 802005-1952");
    assert_eq!((&shown["balance_ore"], &shown["hold"]), (&12_500.into(), &"held".into()));
}

#[test]
fn an_account_that_goes_back_to_mail_is_told_so() {
    let shop = Shop::open();
    let billing = "account billing 212000-0142 --reason 'asked for'";
    shop.ok(&format!("{billing} --reference 4711 --deliver e-invoice"));
    let told = shop.ok(&format!("{billing} --deliver email"));
    assert!(told.contains("deliver: e-invoice → email"), "{told}");
}
