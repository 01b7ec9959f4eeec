use insta::assert_snapshot;
use serde_json::json;

use crate::support::{Outcome, Shop, header, text_of};

const SAAB: &str = "556036-0793";

fn run_as(shop: &Shop, user: &str, line: &str) -> Outcome {
    shop.finish(shop.command(line).env("SUDO_USER", user))
}

/// Returns a shop in which Saab has two subscriptions, invoiced to two addresses.
fn with_two_subscriptions() -> Shop {
    let shop = Shop::with_an_order();
    shop.ok("product create ABT06 --kind subscription --name-sv 'ABT 06 digitalt' \
         --name-en 'ABT 06 digital' --price 3900 --member-price 2900 --vat 25");
    shop.ok("order create --account 556036-0793 --item ABT06 --invoice-email abt@saab.example");
    shop.ok("mail send");
    shop
}

#[test]
fn r10_the_invoice_details_of_a_running_subscription_are_changed_by_the_office_with_a_reason() {
    let shop = with_two_subscriptions();
    assert_snapshot!(shop.run(&format!("account billing {SAAB} --reference 12")), @"
    --- stderr
    error: missing: --reason <TEXT>
    hint: `shopctl account billing --reason <TEXT> --reference <TEXT> <ORG>`
    --- status 2
    ");
    assert_snapshot!(shop.run(&format!("account billing {SAAB} --reference 12 --reason ' '")), @"
    --- stderr
    error: --reason <TEXT>: it is empty
    --- status 5
    ");
    assert_snapshot!(shop.run(&format!("account billing {SAAB} --reason 'a letter'")), @"
    --- stderr
    error: there is nothing to change
    hint: give one or more of --invoice-email, --care-of, --street, --postal-code, --city, --country, --reference, --vat-number, --deliver, --participant
    --- status 2
    ");
    let line = format!(
        "account billing {SAAB} --invoice-email ekonomi@saab.example --care-of Ekonomi \
         --reference 'Inköp 12' --vat-number 'SE 556036-0793 01' --reason 'letter of 1 March'"
    );
    shop.rehearse_and_run(&line);
    assert_snapshot!(shop.run(&line), @"
    --- stderr
    nothing needed doing
    ");
    assert_snapshot!(shop.table(&format!("account show {SAAB}")), @"
    Organisation number  556036-0793
    Name                 Saab AB
    Invoice e-mail       ekonomi@saab.example
    c/o                  Ekonomi
    Street               Bröderna Ugglas gata
    Postal code          582 54
    Town                 Linköping
    Country              SE
    Language             sv
    Reference            Inköp 12
    VAT number           SE556036079301
    Member               yes
    Owes                 7 250,00
    Balance              0,00

    Logins
    E-mail               Password       Seat
    ────────────────────────────────────────
    avtal@saab.example   never chosen

    Memberships
    From         Until
    ──────────────────
    2026-03-01

    Unpaid invoices
    Invoice   Date         Due             Total       Left   State
    ───────────────────────────────────────────────────────────────
       1002   2026-03-01   2026-03-31   3 625,00   3 625,00
       1001   2026-03-01   2026-03-31   3 625,00   3 625,00

    Subscriptions
    Number   Product   Account       Name      Since        Renews       Notice by    Ends   Status
    ────────────────────────────────────────────────────────────────────────────────────────────────
      1001   AB04      556036-0793   Saab AB   2026-03-01   2027-03-01   2026-12-01          running
      1002   ABT06     556036-0793   Saab AB   2026-03-01   2027-03-01   2026-12-01          running

    Invoice details of what runs
    Subscription Invoice e-mail       Address                Reference VAT number     Unlike the account
    ────────────────────────────────────────────────────────────────────────────────────────────────────
            1001 ekonomi@saab.example c/o Ekonomi, Bröderna  Inköp 12  SE556036079301
                                      Ugglas gata, 582 54
                                      Linköping
            1002 ekonomi@saab.example c/o Ekonomi, Bröderna  Inköp 12  SE556036079301
                                      Ugglas gata, 582 54
                                      Linköping
    ");
    assert_snapshot!(shop.table("subscription show 1002"), @"
    Subscription         1002
    Status               running
    Product              ABT06
    Name                 ABT 06 digitalt
    Account              556036-0793
    Customer             Saab AB
    Since                2026-03-01
    Billed term          2026-03-01 – 2027-02-28
    Renewal date         2027-03-01
    Last day for notice  2026-12-01
    Next price           2 900,00
    Price rule           list
    Invoice e-mail       ekonomi@saab.example
    Reference            Inköp 12
    Invoice address      c/o Ekonomi, Bröderna Ugglas gata, 582 54 Linköping
    Address of           the account
    VAT number           SE556036079301
    VAT number of        the account

    Billed terms
    Term                      Invoice
    ─────────────────────────────────
    2026-03-01 – 2027-02-28      1002

    The subscription to ABT 06 digitalt (ABT06) began on 2026-03-01 and is paid or
    invoiced for the term 2026-03-01 up to and including 2027-02-28.
    It renews itself on 2027-03-01 unless notice reaches us on 2026-12-01 at the
    latest, which is 3 months before, that day included.
    The next term costs 2 900,00 kronor excluding VAT: the members' price in force
    from 2026-03-01, as the price list stands today.
    ");

    // Issued invoices keep their copy; the next ones use the new details.
    shop.at("2027-03-01T08:00:00Z");
    shop.ok("subscription renew");
    for (number, email, vat_number, reference) in [
        (1001, "faktura@saab.example", None, None),
        (1002, "abt@saab.example", None, None),
        (1003, "ekonomi@saab.example", Some("SE556036079301"), Some("Inköp 12")),
        (1004, "ekonomi@saab.example", Some("SE556036079301"), Some("Inköp 12")),
    ] {
        let invoice = shop.json(&format!("invoice show {number}"));
        assert_eq!(invoice["invoice_email"], email, "{number}");
        assert_eq!(invoice["vat_number"].as_str(), vat_number, "{number}");
        assert_eq!(invoice["reference"].as_str(), reference, "{number}");
    }
    let copies = "SELECT count(*) FROM invoice WHERE buyer_care_of = 'Ekonomi'
                      AND buyer_vat_number = 'SE556036079301' AND number >= 1003";
    assert_eq!(shop.count(copies), 2);
}

#[test]
fn r10_the_customer_is_told_at_the_old_and_the_new_address_each_time() {
    let shop = with_two_subscriptions();
    let change = |email: &str| {
        shop.ok(&format!("account billing {SAAB} --invoice-email {email} --reason 'a secret'"));
    };
    let before = shop.letters().len();
    change("ekonomi@saab.example");
    shop.ok("mail send");
    let letters = shop.letters().split_off(before);
    let mut told: Vec<&str> = letters.iter().map(|letter| header(letter, "To")).collect();
    told.sort_unstable();
    assert_eq!(told, ["abt@saab.example", "ekonomi@saab.example", "faktura@saab.example"]);
    assert!(letters.iter().all(|letter| !letter.contains("secret")));
    assert_snapshot!(text_of(&letters[0]), @"
    Hej!

    Vi har ändrat uppgifterna på fakturorna till Saab AB.

    E-post för fakturor
      Förut:  faktura@saab.example
      Nu:     ekonomi@saab.example

      Förut:  abt@saab.example
      Nu:     ekonomi@saab.example

    De nya uppgifterna används för:

    - abonnemang 1001, AB 04 digitalt, från och med förnyelsen 2027-03-01
    - abonnemang 1002, ABT 06 digitalt, från och med förnyelsen 2027-03-01
    - nya beställningar

    Fakturor som redan är utställda behåller sina uppgifter.

    Stämmer något inte? Svara på det här mejlet eller skriv till
    kontoret@forening.example, så rättar vi det.

    Med vänlig hälsning

    Avtalsbutiken
    https://butik.forening.example
    ");

    change("faktura@saab.example");
    change("ekonomi@saab.example");
    let queued = "SELECT count(*) FROM outbox WHERE kind = 'billing_change'";
    assert_eq!(shop.count(queued), 3 + 2 + 2);

    shop.ok(&format!("account edit {SAAB} --language en"));
    shop.ok(&format!(
        "account billing {SAAB} --subscription 1001 --street 'Torget 1' --postal-code 11122 \
         --city Stockholm --reason 'moved'"
    ));
    let before = shop.letters().len();
    shop.ok("mail send");
    let letters = shop.letters().split_off(before);
    assert_snapshot!(text_of(letters.last().expect("a letter")), @"
    Hello,

    We have changed the details on the invoices to Saab AB.

    Invoice address
      Before:  Bröderna Ugglas gata, 582 54 Linköping
      Now:     Torget 1, 111 22 Stockholm

    The new details are used for:

    - subscription 1001, AB 04 digital, from its renewal on 2027-03-01

    Invoices that have already been issued keep their details.

    Is something wrong? Reply to this e-mail or write to
    kontoret@forening.example, and we will put it right.

    Kind regards

    Avtalsbutiken
    https://butik.forening.example
    ");
}

#[test]
fn r10_one_subscription_gets_details_of_its_own() {
    let shop = with_two_subscriptions();
    let line = format!(
        "account billing {SAAB} --subscription 1002 --street 'Torget 1' --postal-code 11122 \
         --city Stockholm --vat-number SE212000014201 --reason 'its own department'"
    );
    assert_snapshot!(shop.run(&line), @"
    billing changed        1002  street: nothing → Torget 1, postal code: nothing → 111 22, city: nothing → Stockholm, country: nothing → SE, vat number: nothing → SE212000014201, reason its own department
    mail queued            3  kind billing_change, recipient abt@saab.example, cause billing change 10
    the new details are used by 1002 (ABT06) from 2027-03-01, 2 900,00 kronor
    --- stderr
    warning: `SE212000014201` does not hold the account's own number 556036-0793; that is right only in a VAT group
    ");
    let details = &shop.json(&format!("account show {SAAB}"))["invoice_details"];
    assert_eq!(details[0]["own"], json!([]));
    assert_eq!(details[1]["own"], json!(["invoice e-mail", "address", "VAT number"]));

    assert_snapshot!(shop.run(
        "account billing 212000-0142 --subscription 1002 --reference 12 --reason 'a letter'"
    ), @"
    --- stderr
    error: subscription 1002 is not one of account 212000-0142
    hint: `shopctl subscription list --account 212000-0142`
    --- status 5
    ");
    assert_snapshot!(shop.run(&format!(
        "account billing {SAAB} --subscription 1002 --street '' --reason 'a letter'"
    )), @"
    --- stderr
    error: --street cannot be emptied: an invoice needs it
    --- status 5
    ");

    shop.at("2027-03-01T08:00:00Z");
    shop.ok("subscription renew");
    let address = |number: i64| shop.json(&format!("invoice show {number}"))["address"].clone();
    assert_eq!(address(1003), "Bröderna Ugglas gata, 582 54 Linköping");
    assert_eq!(address(1004), "Torget 1, 111 22 Stockholm");
}

#[test]
fn what_has_ended_with_a_term_still_to_bill_is_rebilled_too() {
    let shop = Shop::with_an_order();
    shop.at("2026-12-15T08:00:00Z");
    shop.ok("subscription cancel 1001 -y");
    // No run has billed its last term, which ends on 1 March 2028.
    shop.at("2028-04-01T08:00:00Z");
    let details = "--invoice-email ny@saab.example";
    assert_eq!(shop.run(&format!("account edit {SAAB} {details}")).status, 5);
    shop.ok(&format!("account billing {SAAB} {details} --reason 'a letter'"));
    shop.ok("subscription renew");
    assert_eq!(shop.json("invoice show 1002")["invoice_email"], "ny@saab.example");
    assert_snapshot!(shop.run(&format!(
        "account billing {SAAB} --subscription 1001 {details} --reason 'a letter'"
    )), @"
    --- stderr
    error: subscription 1001 ended on 2028-03-01 and is not invoiced again
    hint: without `--subscription`, `shopctl account billing 556036-0793` changes the details of new orders
    --- status 5
    ");
}

#[test]
fn r10_account_edit_leaves_the_invoice_details_of_what_runs_alone() {
    let shop = with_two_subscriptions();
    let head = shop.head();
    assert_snapshot!(shop.run(&format!(
        "account edit {SAAB} --contact Bo --invoice-email ny@saab.example --care-of 'Ekonomi A'"
    )), @"
    --- stderr
    error: account 556036-0793 has subscriptions running, so `account edit` does not change its invoice details: --invoice-email, --care-of
    hint: `shopctl account billing 556036-0793 --invoice-email ny@saab.example --care-of 'Ekonomi A' --reason TEXT`
    --- status 5
    ");
    assert_eq!(shop.head(), head);
    shop.ok(&format!("account edit {SAAB} --contact Bo"));
    shop.ok("account edit 212000-0142 --invoice-email ny@stockholm.example --reference 12");
    shop.ok("account billing 212000-0142 --reference 13 --reason 'nothing runs here'");
}

#[test]
fn r10_a_file_does_not_change_the_invoice_details_of_what_runs() {
    let shop = with_two_subscriptions();
    let head = shop.head();
    let file = shop.file(
        "update.csv",
        "Orgnr;Namn;E-post faktura;Momsnr\n556036-0793;Saab Aktiebolag;ny@saab.example;\n\
         212000-0142;Stockholm;ny@stockholm.example;SE212000014201\n",
    );
    assert_snapshot!(shop.run(&format!("account import {file} --update")), @"
    --- stderr
    ~/update.csv: UTF-8, semicolon; `Orgnr` is org_number, `Namn` is name, `E-post faktura` is invoice_email, `Momsnr` is vat_number
    ~/update.csv, line 2, column `E-post faktura`: the account has a subscription running, whose invoice details the office changes: `shopctl account billing 556036-0793 --invoice-email ny@saab.example --reason TEXT`
    error: 1 row was refused, and nothing was imported
    hint: correct the file, or take the good rows with `--partial --rejects bad.csv`
    --- status 5
    ");
    assert_eq!(shop.head(), head);
    let partial = format!("account import {file} --update --partial");
    assert_eq!(shop.run(&partial).status, 7);
    let stockholm = shop.json("account show 212000-0142");
    assert_eq!(stockholm["vat_number"], "SE212000014201");
    assert_eq!(shop.json(&format!("account show {SAAB}"))["name"], "Saab AB");
}

#[test]
fn r10_an_import_is_not_undone_past_an_order() {
    let shop = Shop::open();
    let file = shop.file("update.csv", "Orgnr;Er referens\n556036-0793;12\n");
    shop.ok(&format!("account import {file} --update"));
    shop.ok("order create --account 556036-0793 --item AB04");
    assert_snapshot!(shop.run("account imports undo 1 --yes"), @"
    --- stderr
    error: reference of 556036-0793 was changed, and a subscription runs there since; `shopctl account billing` changes it back
    --- status 5
    ");
}

#[test]
fn r10_staff_need_the_billing_grant() {
    let shop = with_two_subscriptions();
    shop.ok("staff add bertil --role reader");
    let line = format!("account billing {SAAB} --reference 12 --reason 'a letter'");
    assert_snapshot!(run_as(&shop, "bertil", &line), @"
    --- stderr
    error: this needs the role staff, and `bertil` is reader
    hint: an administrator can run `shopctl staff edit bertil --role staff --grant billing`
    --- status 3
    ");
    shop.ok("staff edit bertil --role staff");
    assert_snapshot!(run_as(&shop, "bertil", &line), @"
    --- stderr
    error: this needs the grant billing, which `bertil` does not have
    hint: ask an administrator to run it; `shopctl staff edit bertil --grant billing` would let you
    --- status 3
    ");
    assert_snapshot!(run_as(&shop, "bertil", &format!("{line} -n")).status, @"3");
    shop.ok("staff edit bertil --grant billing");
    assert_eq!(run_as(&shop, "bertil", &line).status, 0);
    // An administrator needs no grant.
    shop.ok("staff add cecilia --role admin");
    assert_eq!(run_as(&shop, "cecilia", &line.replace("12", "13")).status, 0);
}

#[test]
fn a_buyers_vat_number_is_checked() {
    let shop = Shop::open();
    assert_snapshot!(shop.run(&format!("account edit {SAAB} --vat-number 5560360793")), @"
    --- stderr
    error: `5560360793` is not a VAT number: two letters and up to twelve digits or letters, such as SE556036079301
    --- status 5
    ");
    assert_snapshot!(shop.run(&format!("account edit {SAAB} --vat-number SE850709980501")), @"
    --- stderr
    error: the VAT number holds a person's number, and not this account's
    --- status 5
    ");
    assert_snapshot!(shop.run(&format!("account edit {SAAB} --vat-number DK12345678")), @"
    account edited         556036-0793  vat number DK12345678
    --- stderr
    warning: `DK12345678` is not a Swedish VAT number, and the shop charges Swedish VAT
    ");
    shop.ok("account create 850709-9805 --name 'Anna Berg' --email a@berg.example \
         --invoice-email faktura@berg.example --street Gatan --postal-code 11122 --city Stockholm");
    let edit = "account edit 850709-9805 --vat-number SE850709980501";
    assert_snapshot!(shop.run(edit), @"account edited         850709-****  vat number SE850709-****01");
    assert_eq!(shop.json("account show 850709-9805")["vat_number"], "SE850709980501");
    let exported = shop.ok("account export");
    assert!(exported.contains(",SE850709980501,"), "{exported}");
}

#[test]
fn an_import_that_gave_a_person_a_vat_number_is_undone() {
    let shop = Shop::open();
    shop.ok("account create 850709-9805 --name 'Anna Berg' --email a@berg.example \
         --vat-number SE850709980501");
    let file = shop.file("update.csv", "Orgnr;Momsnr\n850709-9805;SE212000014201\n");
    shop.ok(&format!("account import {file} --update"));
    shop.ok("account imports undo 1 --yes");
    assert_eq!(shop.json("account show 850709-9805")["vat_number"], "SE850709980501");
}

#[test]
fn r10_a_change_of_invoice_details_is_undone_until_an_invoice_used_them() {
    let shop = with_two_subscriptions();
    shop.ok(&format!(
        "account billing {SAAB} --subscription 1002 --street 'Torget 1' --postal-code 11122 \
         --city Stockholm --vat-number SE212000014201 --reason 'a letter'"
    ));
    let shown = || {
        let (account, second) = (format!("account show {SAAB}"), "subscription show 1002");
        (shop.json(&account), shop.json(second))
    };
    let before = shown();
    let change = format!(
        "account billing {SAAB} --invoice-email ekonomi@saab.example --city Solna \
         --vat-number SE556036079301 --reason 'a mistake'"
    );
    let done = shop.change(&change);
    let undo = format!("undo {} --yes", done["op"]);
    assert_ne!(shown(), before);
    assert_snapshot!(shop.run(&undo), @"
    mail held              6  status: waiting → held, reason what called for it was undone
    mail held              5  status: waiting → held, reason what called for it was undone
    mail held              4  status: waiting → held, reason what called for it was undone
    billing changed        1002  invoice email: ekonomi@saab.example → abt@saab.example, city: Solna → Stockholm, vat number: nothing → SE212000014201, reason operation 11 was undone
    billing changed        1001  invoice email: ekonomi@saab.example → faktura@saab.example, reason operation 11 was undone
    billing changed        556036-0793  invoice email: ekonomi@saab.example → faktura@saab.example, city: Solna → Linköping, vat number: SE556036079301 → nothing, reason operation 11 was undone
    operation undone       11
    ");
    assert_eq!(shown(), before);

    let done = shop.change(&change);
    shop.at("2027-03-01T08:00:00Z");
    shop.ok("subscription renew");
    assert_snapshot!(shop.run(&format!("undo {} --yes", done["op"])), @"
    --- stderr
    error: invoice 1004 has used the new invoice details of subscription 1002
    hint: undo first what was done since; `shopctl audit list` shows it
    --- status 5
    ");
}

#[test]
fn r10_an_edit_is_not_undone_past_an_order() {
    let shop = Shop::open();
    let done = shop.change(&format!("account edit {SAAB} --reference 12"));
    shop.ok("order create --account 556036-0793 --item AB04");
    assert_snapshot!(shop.run(&format!("undo {} --yes", done["op"])), @"
    --- stderr
    error: reference of 556036-0793 was changed, and a subscription runs there since; `shopctl account billing` changes it back
    --- status 5
    ");
}
