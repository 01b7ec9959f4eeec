use rusqlite::Connection;

use crate::support::{Shop, text_of};
use insta::assert_snapshot;

/// Records that an invoice was paid on the day it was issued.
fn pay(shop: &Shop, invoice: i64, kronor: &str) {
    shop.ok(&format!("payment record {invoice} --amount {kronor} --date 2026-03-01 -q"));
}

/// Returns a shop in which Saab has ordered AB04 and three printed copies.
fn shop() -> Shop {
    let shop = Shop::open();
    shop.ok(
        "order create --account 556036-0793 --item AB04 --item AB04-PRINT=3 --reference 'PO 1'",
    );
    shop.at("2026-03-10T08:00:00Z");
    shop
}

#[test]
fn an_invoice_is_credited_in_full_and_closed() {
    let shop = shop();
    assert_snapshot!(shop.run("invoice credit 1001 --reason 'Beställningen återtogs.'"), @"
    --- stderr
    error: this needs your agreement: Invoice 1001 is credited in full by credit note 1002, 3 911,20 kronor including VAT. The term 2026-03-01 – 2027-02-28 of subscription 1001 stays billed: it is not invoiced again, and the subscription runs on.
    hint: add `--yes` to agree, or `--dry-run` to see what it would do
    --- status 5
    ");
    assert_snapshot!(shop.run("invoice credit 1001 --reason 'Beställningen återtogs.' --yes"), @"
    invoice issued         1002  org number 556036-0793, issued on 2026-03-10, net −3 170,00, vat −741,20, total −3 911,20, invoice email faktura@saab.example, kind credit_note, credits 1001
    invoice credited       1001  left: 3 911,20 → 0,00, credit note 1002, reason Beställningen återtogs.
    mail queued            2  kind credit_note, recipient faktura@saab.example, cause invoice 1002
    Invoice 1001 is credited in full by credit note 1002, 3 911,20 kronor including VAT. The term 2026-03-01 – 2027-02-28 of subscription 1001 stays billed: it is not invoiced again, and the subscription runs on.
    ");
    assert_snapshot!(shop.table("invoice list"), @"
    Invoice Kind        Date       Due        Account     Name        Total Left State    Order OCR
    ──────────────────────────────────────────────────────────────────────────────────────────────────
       1002 credit note 2026-03-10            556036-0793 Saab AB −3 911,20                1001
       1001 invoice     2026-03-01 2026-03-31 556036-0793 Saab AB  3 911,20 0,00 credited  1001 100164
    (too narrow for Mail, Delivery, Delivered)
    ");
    assert_snapshot!(shop.run("invoice credit 1001 --reason 'En gång till.' --yes"), @"
    --- stderr
    error: invoice 1001 is credited in full already
    hint: `shopctl invoice show 1001` says what is left of it
    --- status 5
    ");
    assert_snapshot!(shop.run("invoice credit 1002 --reason 'En gång till.' --yes"), @"
    --- stderr
    error: 1002 is a credit note, which cannot be credited itself
    hint: `shopctl invoice show 1002` says what is left of it
    --- status 5
    ");
    let operation = shop.json("audit list --limit 1")[0]["op"].clone();
    assert_snapshot!(shop.run(&format!("undo {operation} --yes")), @"
    --- stderr
    error: operation 7 issued credit note 1002, and what is issued is never taken back
    hint: what was credited is billed anew by an order: `shopctl order create`
    --- status 5
    ");
    // The term stays billed, and nothing is invoiced again.
    assert_snapshot!(shop.run("subscription renew --as-of 2026-04-01"), @"
    --- stderr
    nothing needed doing
    ");
}

#[test]
fn every_verb_of_an_invoice_takes_a_credit_note() {
    let shop = shop();
    shop.ok("invoice credit 1001 --line 2=1 --reason 'Ett exemplar kom tillbaka.' --yes");
    assert_snapshot!(shop.table("invoice show 1002"), @"
    Invoice             1002
    Kind                credit note
    Date                2026-03-10
    Credits invoice     1001
    Reason              Ett exemplar kom tillbaka.
    Buyer's number      556036-0793
    Buyer               Saab AB
    Address             Bröderna Ugglas gata, 582 54 Linköping
    Invoice e-mail      faktura@saab.example
    Reference           PO 1
    Order               1001
    Seller              Branschföreningen Exempel
    Net                 −90,00
    VAT                 −5,40
    Total               −95,40
    State               issued

    Lines
    SKU          Description    Period   Subscription   Quantity    Price   VAT %      Net
    ──────────────────────────────────────────────────────────────────────────────────────
    AB04-PRINT   AB 04 tryckt                                  1   −90,00       6   −90,00

    VAT
    VAT %       On     VAT
    ──────────────────────
        6   −90,00   −5,40

    Mails
    Mail   Kind          To                     Status    Sent
    ──────────────────────────────────────────────────────────
       2   credit note   faktura@saab.example   waiting

    It credits invoice 1001 of 2026-03-01, of which 3 815,80 kronor is left after
    it.
    AB04-PRINT: takes back 90,00 kronor of line 2 of that invoice.
    Its VAT is the difference it makes to the VAT of all that is credited, so that
    the credit notes of an invoice together give back exactly the VAT that was
    charged. Nothing is to be paid on it: the customer is owed the amounts that
    stand below zero here.
    ");
    assert_snapshot!(shop.table("invoice show 1001"), @"
    Invoice             1001
    Kind                invoice
    Date                2026-03-01
    Due                 2026-03-31
    OCR                 100164
    Buyer's number      556036-0793
    Buyer               Saab AB
    Address             Bröderna Ugglas gata, 582 54 Linköping
    Invoice e-mail      faktura@saab.example
    Reference           PO 1
    Order               1001
    Seller              Branschföreningen Exempel
    Net                 3 170,00
    VAT                 741,20
    Total               3 911,20
    State               partly credited
    Paid                0,00
    Left                3 815,80

    Lines
    SKU        Description    Period                  Subscription Quantity    Price VAT %      Net
    ───────────────────────────────────────────────────────────────────────────────────────────────
    AB04       AB 04 digitalt 2026-03-01 – 2027-02-28         1001        1 2 900,00    25 2 900,00
    AB04-PRINT AB 04 tryckt                                               3    90,00     6   270,00

    VAT
    VAT %         On      VAT
    ─────────────────────────
       25   2 900,00   725,00
        6     270,00    16,20

    Credit notes
    Credit note   Date          Total   Reason
    ──────────────────────────────────────────────────────────────
           1002   2026-03-10   −95,40   Ett exemplar kom tillbaka.

    Mails
    Mail   Kind            To                     Status    Sent
    ────────────────────────────────────────────────────────────
       1   order invoice   faktura@saab.example   waiting

    AB04: the first day of the period decides, 2026-03-01; the members' price, the
    buyer being a member that day, 2 900,00 kronor, in force from 2026-03-01; VAT 25
    %, in force from 2026-03-01.
    AB04-PRINT: the day of the order decides, 2026-03-01; the members' price, the
    buyer being a member that day, 90,00 kronor, in force from 2026-03-01; VAT 6 %,
    in force from 2026-03-01.
    VAT is taken once per rate on the sum of its lines and rounded half up to whole
    öre; nothing else is rounded.
    It is credited in part by credit note 1002; 3 815,80 kronor of it is left.
    ");
    shop.ok("invoice pdf 1002 -o 1002.pdf");
    shop.ok("mail send");
    assert_snapshot!(shop.run("invoice send 1002 --again --reason 'bad om den'"), @"mail queued            3  kind invoice_copy, recipient faktura@saab.example, cause copy 1 of invoice 1002: bad om den");
}

#[test]
fn lines_quantities_and_amounts_are_credited_to_the_ore() {
    let shop = shop();
    let credit =
        |what: &str| shop.rehearse_and_run(&format!("invoice credit 1001 {what} --reason X --yes"));
    credit("--line 2=1");
    credit("--amount 100");
    credit("--line 1 --amount 12,50");
    credit("--line 2");
    credit("");
    assert_snapshot!(shop.run("invoice list --columns number,kind,total,state"), @"
    1006	credit_note	-3517.50	issued
    1005	credit_note	-185.80	issued
    1004	credit_note	-12.50	issued
    1003	credit_note	-100.00	issued
    1002	credit_note	-95.40	issued
    1001	invoice	3911.20	credited
    ");
    assert_snapshot!(shop.table("invoice show 1003"), @"
    Invoice             1003
    Kind                credit note
    Date                2026-03-10
    Credits invoice     1001
    Reason              X
    Buyer's number      556036-0793
    Buyer               Saab AB
    Address             Bröderna Ugglas gata, 582 54 Linköping
    Invoice e-mail      faktura@saab.example
    Reference           PO 1
    Order               1001
    Seller              Branschföreningen Exempel
    Net                 −80,72
    VAT                 −19,28
    Total               −100,00
    State               issued

    Lines
    SKU         Description     Period                   Subscription  Quantity   Price  VAT %     Net
    ──────────────────────────────────────────────────────────────────────────────────────────────────
    AB04        AB 04 digitalt  2026-03-01 – 2027-02-28          1001         1  −76,00     25  −76,00
    AB04-PRINT  AB 04 tryckt                                                  1   −4,72      6   −4,72

    VAT
    VAT %       On      VAT
    ───────────────────────
       25   −76,00   −19,00
        6    −4,72    −0,28

    Mails
    Mail   Kind          To                     Status    Sent
    ──────────────────────────────────────────────────────────
       3   credit note   faktura@saab.example   waiting

    It credits invoice 1001 of 2026-03-01, of which 3 715,80 kronor is left after
    it.
    AB04: takes back 76,00 kronor for 2026-03-01 – 2027-02-28 of line 1 of that
    invoice.
    AB04-PRINT: takes back 4,72 kronor of line 2 of that invoice.
    Its VAT is the difference it makes to the VAT of all that is credited, so that
    the credit notes of an invoice together give back exactly the VAT that was
    charged. Nothing is to be paid on it: the customer is owed the amounts that
    stand below zero here.
    ");
}

#[test]
fn what_cannot_be_credited_is_refused() {
    let shop = shop();
    let mut refused = String::new();
    for what in [
        "1001 --amount 0",
        "1001 --amount -5",
        "1001 --amount 3911,21",
        "1001 --line 1 --amount 3625,01",
        "1001 --line 1 --amount 100,02",
        "1001 --line 3",
        "1001 --line 0",
        "1001 --line 2=4",
        "1001 --line 2=0",
        "1001 --line 1 --line 1",
        "1001 --line 2=1 --amount 10",
        "1001 --line 2 --bill-again",
        "7",
    ] {
        let outcome = shop.run(&format!("invoice credit {what} --reason X --yes"));
        refused.push_str(&format!("{what}\n{outcome}\n"));
    }
    assert_snapshot!(refused, @"
    1001 --amount 0
    --- stderr
    error: the amount to be credited of invoice 1001 is not above 0
    hint: `shopctl invoice show 1001` says what is left of it
    --- status 5

    1001 --amount -5
    --- stderr
    error: --amount <A>: `-5` is negative; amounts are zero or more
    --- status 5

    1001 --amount 3911,21
    --- stderr
    error: 3 911,21 kronor cannot be credited of invoice 1001: 3 911,20 kronor including VAT is left of what is to be credited
    hint: `shopctl invoice show 1001` says what is left of it
    --- status 5

    1001 --line 1 --amount 3625,01
    --- stderr
    error: 3 625,01 kronor cannot be credited of invoice 1001: 3 625,00 kronor including VAT is left of what is to be credited
    hint: `shopctl invoice show 1001` says what is left of it
    --- status 5

    1001 --line 1 --amount 100,02
    --- stderr
    error: no credit note comes to 100,02 kronor including VAT, because VAT is rounded to whole öre; one can come to 100,01 or 100,03
    hint: `shopctl invoice show 1001` says what is left of it
    --- status 5

    1001 --line 3
    --- stderr
    error: invoice 1001 has no line 3
    hint: `shopctl invoice show 1001` says what is left of it
    --- status 5

    1001 --line 0
    --- stderr
    error: --line <L[=QTY]>: `0` is not a line such as 1
    --- status 5

    1001 --line 2=4
    --- stderr
    error: 4 pieces cannot be credited of line 2 of invoice 1001, which is for 3
    hint: `shopctl invoice show 1001` says what is left of it
    --- status 5

    1001 --line 2=0
    --- stderr
    error: --line <L[=QTY]>: `0` is not a quantity such as 1
    --- status 5

    1001 --line 1 --line 1
    --- stderr
    error: line 1 of invoice 1001 is named twice
    hint: `shopctl invoice show 1001` says what is left of it
    --- status 5

    1001 --line 2=1 --amount 10
    --- stderr
    error: an amount is credited of whole lines, not of a quantity of one
    hint: give `--amount` with `--line L`, or `--line L=QTY` alone
    --- status 5

    1001 --line 2 --bill-again
    --- stderr
    error: what is credited of invoice 1001 closes no line that bills a term
    hint: `shopctl invoice show 1001` says what is left of it
    --- status 5

    7
    --- stderr
    error: there is no invoice `7`
    hint: `shopctl invoice list` lists them
    --- status 4
    ");
    assert_snapshot!(shop.run("invoice credit 1001 --reason ' '"), @"
    --- stderr
    error: --reason <TEXT>: it is empty
    --- status 5
    ");
    assert_snapshot!(shop.run("invoice credit 1001"), @"
    --- stderr
    error: missing: --reason <TEXT>
    hint: `shopctl invoice credit --reason <TEXT> <NUMBER>`
    --- status 2
    ");
}

#[test]
fn money_beyond_what_is_left_stays_on_the_balance() {
    let shop = shop();
    pay(&shop, 1001, "3911.20");
    assert_snapshot!(shop.run("invoice credit 1001 --amount 500 --reason 'Prisavdrag.' --yes"), @"
    payment unmatched      1  amount 500,00, booked on 2026-03-10, left: 0,00 → 500,00, invoice left: 0,00 → 500,00, invoice 1001, value on 2026-03-01, reason credited by credit note 1002
    invoice issued         1002  org number 556036-0793, issued on 2026-03-10, net −405,25, vat −94,75, total −500,00, invoice email faktura@saab.example, kind credit_note, credits 1001
    invoice credited       1001  left: 3 911,20 → 3 411,20, credit note 1002, reason Prisavdrag.
    mail queued            2  kind credit_note, recipient faktura@saab.example, cause invoice 1002
    Invoice 1001 is credited in part by credit note 1002, 500,00 kronor including VAT; 0,00 kronor of it is left to pay. Of what was paid, 500,00 kronor is left over and stays on the account's balance, to be paid back or set against another invoice.
    ");
    assert_snapshot!(shop.run("invoice credit 1001 --reason 'Resten.' --yes"), @"
    payment unmatched      1  amount 3 411,20, booked on 2026-03-10, left: 500,00 → 3 911,20, invoice left: 0,00 → 3 411,20, invoice 1001, value on 2026-03-01, reason credited by credit note 1003
    invoice issued         1003  org number 556036-0793, issued on 2026-03-10, net −2 764,75, vat −646,45, total −3 411,20, invoice email faktura@saab.example, kind credit_note, credits 1001
    invoice credited       1001  left: 3 411,20 → 0,00, credit note 1003, reason Resten.
    mail queued            3  kind credit_note, recipient faktura@saab.example, cause invoice 1003
    Invoice 1001 is credited in full by credit note 1003, 3 411,20 kronor including VAT. Of what was paid, 3 411,20 kronor is left over and stays on the account's balance, to be paid back or set against another invoice. The term 2026-03-01 – 2027-02-28 of subscription 1001 stays billed: it is not invoiced again, and the subscription runs on.
    ");
    shop.ok("subscription end 1001 --on 2026-03-10 --credit none --reason X --yes");
    assert_snapshot!(shop.run("account close 556036-0793"), @"
    --- stderr
    error: account 556036-0793 cannot be closed: 3 911,20 kronor of what it paid stands on its balance
    hint: `shopctl payment list --balance --account 556036-0793` lists what is left of its payments, and `shopctl payment refund PAYMENT --date DATE --reason TEXT` enters that one was paid back
    --- status 5
    ");
}

#[test]
fn a_credit_note_tells_what_is_left_with_payments_counted_off() {
    let shop = shop();
    let told = |told: &str| {
        let letter = text_of(shop.letters().last().expect("a credit note"));
        let said = letter.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains(told), "{told:?} is not in {said}");
    };
    // 3 911,20 kronor, of which 2 000 are paid; then 625 are credited, and 1 500 more.
    pay(&shop, 1001, "2000");
    shop.ok("invoice credit 1001 --amount 625 --reason 'Rabatt som avtalat' --yes");
    shop.ok("mail send");
    told(
        "Av faktura 1001 återstår 1 286,20 kr när det som ni har betalat till och med 2026-03-10 är \
         avräknat. Har ni inte betalat den, betalar ni bara det som återstår",
    );
    told("Återstår att betala: 1 286,20 kr");
    shop.ok("invoice credit 1001 --amount 1500 --reason 'Rabatt som avtalat' --yes");
    // What is entered later is no matter of the credit note's.
    shop.ok("payment unmatch 1 --reason 'meant for another'");
    shop.ok("mail send");
    told("Faktura 1001 är därmed betald. Av det ni har betalat har ni 213,80 kr till godo hos oss");
    told("Ni har till godo: 213,80 kr");
    for (number, told) in [
        (1002, "av vilken 1 286,20 kr återstår när det som ni har betalat till och med 2026-03-10"),
        (1003, "som därmed är betald. Av det ni har betalat har ni 213,80 kr till godo hos oss"),
    ] {
        let xml = shop.path(&format!("{number}.xml"));
        shop.ok(&format!("invoice e-invoice {number} -o {xml}"));
        let note = std::fs::read_to_string(&xml).expect("the note").replace('\u{a0}', " ");
        assert!(note.contains(told), "{told:?} is not in {note}");
    }
}

#[test]
fn r14_a_term_is_billed_again_only_where_that_is_asked_for() {
    let shop = shop();
    assert_snapshot!(shop.run("invoice credit 1001 --line 1 --bill-again --reason 'Fel pris.' --yes"), @"
    invoice issued         1002  org number 556036-0793, issued on 2026-03-10, net −2 900,00, vat −725,00, total −3 625,00, invoice email faktura@saab.example, kind credit_note, credits 1001
    invoice credited       1001  left: 3 911,20 → 286,20, credit note 1002, reason Fel pris.
    mail queued            2  kind credit_note, recipient faktura@saab.example, cause invoice 1002
    term withdrawn         1001  renewal date: 2027-03-01 → 2026-03-01, invoice 1001, credit note 1002
    Invoice 1001 is credited in part by credit note 1002, 3 625,00 kronor including VAT; 286,20 kronor of it is left to pay. The term 2026-03-01 – 2027-02-28 of subscription 1001 is taken back, and the next renewal bills it anew.
    ");
    let credited = shop.json("audit list --limit 1")[0]["op"].clone();
    assert_snapshot!(shop.run(&format!("undo {credited} --yes")), @"
    --- stderr
    error: operation 7 issued credit note 1002, and what is issued is never taken back
    hint: the next renewal of subscription 1001 bills the term again by itself
    --- status 5
    ");
    assert_snapshot!(shop.table("subscription show 1001"), @"
    Subscription         1001
    Status               running
    Product              AB04
    Name                 AB 04 digitalt
    Account              556036-0793
    Customer             Saab AB
    Since                2026-03-01
    Renewal date         2026-03-01
    Last day for notice  2025-12-01
    Next price           2 900,00
    Price rule           list
    Invoice e-mail       faktura@saab.example
    Reference            PO 1
    Invoice address      Bröderna Ugglas gata, 582 54 Linköping
    Address of           the account

    Withdrawn terms
    Term                      Invoice   Credit note
    ───────────────────────────────────────────────
    2026-03-01 – 2027-02-28      1001          1002

    It should have been renewed on 2026-03-01 and is not billed yet.
    A notice that reaches us today ends it on 2027-03-01.
    The next term costs 2 900,00 kronor excluding VAT: the members' price in force
    from 2026-03-01, as the price list stands today.
    ");
    assert_snapshot!(shop.run("subscription renew"), @"
    invoice issued         1003  org number 556036-0793, issued on 2026-03-10, due on 2026-04-09, net 2 900,00, vat 725,00, total 3 625,00, invoice email faktura@saab.example
    subscription renewed   1001  start 2026-03-01, renewal date: 2026-03-01 → 2027-03-01, invoice 1003
    mail queued            3  kind renewal_invoice, recipient faktura@saab.example, cause invoice 1003
    renewals finished      renewals  renewed through 2026-03-10
    ");
    assert_snapshot!(shop.run("subscription renew"), @"
    --- stderr
    nothing needed doing
    ");
    // A later term is billed, so the first one cannot be.
    shop.at("2027-03-01T08:00:00Z");
    shop.ok("subscription renew");
    assert_snapshot!(shop.run("invoice credit 1003 --bill-again --reason 'Fel pris.' --yes"), @"
    --- stderr
    error: the term 2026-03-01 – 2027-02-28 of subscription 1001 cannot be billed anew, because a later one is billed
    hint: `shopctl subscription show 1001` lists its terms; take back the last first
    --- status 5
    ");
}

#[test]
fn an_invoice_is_issued_anew_to_todays_buyer() {
    let shop = shop();
    shop.ok("account edit 556036-0793 --name 'Saab Aktiebolag'");
    shop.ok("account billing 556036-0793 --street 'Storgatan 1' --reason 'flyttat' --yes");
    let line = "invoice reissue 1001 --reference 'PO 4711' --reason 'Fel referens.'";
    assert_snapshot!(shop.run(line), @"
    --- stderr
    error: this needs your agreement: Invoice 1001 is credited in full by credit note 1002 and issued anew as invoice 1003, due 2026-04-09. What differs: buyer `Saab Aktiebolag`, before `Saab AB`; address `Storgatan 1, 582 54 Linköping`, before `Bröderna Ugglas gata, 582 54 Linköping`; reference `PO 4711`, before `PO 1`.
    hint: add `--yes` to agree, or `--dry-run` to see what it would do
    --- status 5
    ");
    assert_snapshot!(shop.run(&format!("{line} --yes")), @"
    invoice issued         1002  org number 556036-0793, issued on 2026-03-10, net −3 170,00, vat −741,20, total −3 911,20, invoice email faktura@saab.example, kind credit_note, credits 1001
    invoice credited       1001  left: 3 911,20 → 0,00, credit note 1002, reason Fel referens.
    invoice issued         1003  org number 556036-0793, issued on 2026-03-10, due on 2026-04-09, net 3 170,00, vat 741,20, total 3 911,20, invoice email faktura@saab.example, replaces 1001
    invoice reissued       1001  invoice: 1001 → 1003, credit note 1002
    mail queued            3  kind credit_note, recipient faktura@saab.example, cause invoice 1002
    mail queued            4  kind reissued_invoice, recipient faktura@saab.example, cause invoice 1003
    Invoice 1001 is credited in full by credit note 1002 and issued anew as invoice 1003, due 2026-04-09. What differs: buyer `Saab Aktiebolag`, before `Saab AB`; address `Storgatan 1, 582 54 Linköping`, before `Bröderna Ugglas gata, 582 54 Linköping`; reference `PO 4711`, before `PO 1`.
    --- stderr
    warning: subscription 1001 keeps its own details for its next invoice; `shopctl account billing 556036-0793 --subscription 1001 --reference 'PO 4711' --reason TEXT` changes them
    ");
    assert_snapshot!(shop.table("invoice show 1003"), @"
    Invoice             1003
    Kind                invoice
    Date                2026-03-10
    Due                 2026-04-09
    OCR                 100362
    Replaces invoice    1001
    Buyer's number      556036-0793
    Buyer               Saab Aktiebolag
    Address             Storgatan 1, 582 54 Linköping
    Invoice e-mail      faktura@saab.example
    Reference           PO 4711
    Order               1001
    Seller              Branschföreningen Exempel
    Net                 3 170,00
    VAT                 741,20
    Total               3 911,20
    State               issued
    Paid                0,00
    Left                3 911,20

    Lines
    SKU        Description    Period                  Subscription Quantity    Price VAT %      Net
    ───────────────────────────────────────────────────────────────────────────────────────────────
    AB04       AB 04 digitalt 2026-03-01 – 2027-02-28         1001        1 2 900,00    25 2 900,00
    AB04-PRINT AB 04 tryckt                                               3    90,00     6   270,00

    VAT
    VAT %         On      VAT
    ─────────────────────────
       25   2 900,00   725,00
        6     270,00    16,20

    Mails
    Mail   Kind               To                     Status    Sent
    ───────────────────────────────────────────────────────────────
       4   reissued invoice   faktura@saab.example   waiting

    AB04: the first day of the period decides, 2026-03-01; the members' price, the
    buyer being a member that day, 2 900,00 kronor, in force from 2026-03-01; VAT 25
    %, in force from 2026-03-01.
    AB04-PRINT: the day of the order decides, 2026-03-01; the members' price, the
    buyer being a member that day, 90,00 kronor, in force from 2026-03-01; VAT 6 %,
    in force from 2026-03-01.
    VAT is taken once per rate on the sum of its lines and rounded half up to whole
    öre; nothing else is rounded.
    ");
    assert_snapshot!(shop.table("subscription show 1001"), @"
    Subscription         1001
    Status               running
    Product              AB04
    Name                 AB 04 digitalt
    Account              556036-0793
    Customer             Saab Aktiebolag
    Since                2026-03-01
    Billed term          2026-03-01 – 2027-02-28
    Renewal date         2027-03-01
    Last day for notice  2026-12-01
    Next price           2 900,00
    Price rule           list
    Invoice e-mail       faktura@saab.example
    Reference            PO 1
    Invoice address      Storgatan 1, 582 54 Linköping
    Address of           the account

    Billed terms
    Term                      Invoice
    ─────────────────────────────────
    2026-03-01 – 2027-02-28      1003

    Withdrawn terms
    Term                      Invoice   Credit note
    ───────────────────────────────────────────────
    2026-03-01 – 2027-02-28      1001          1002

    The subscription to AB 04 digitalt (AB04) began on 2026-03-01 and is paid or
    invoiced for the term 2026-03-01 up to and including 2027-02-28.
    It renews itself on 2027-03-01 unless notice reaches us on 2026-12-01 at the
    latest, which is 3 months before, that day included.
    The next term costs 2 900,00 kronor excluding VAT: the members' price in force
    from 2026-03-01, as the price list stands today.
    ");
    assert_snapshot!(shop.run("order list"), @"1001	2026-03-01	556036-0793	Saab Aktiebolag	AB04 AB04-PRINT=3	1003	3911.20");
    assert_snapshot!(shop.run("order show 1001 --json"), @r#"
    {
      "number": 1001,
      "ordered_on": "2026-03-01",
      "org_number": "556036-0793",
      "name": "Saab Aktiebolag",
      "reference": "PO 4711",
      "conditions_version": 1,
      "invoice": 1003,
      "invoice_email": "faktura@saab.example",
      "total_ore": 391120,
      "currency": "SEK",
      "cancelled_on": null,
      "cancel_reason": null,
      "ship_to": "Saab AB, Bröderna Ugglas gata, 582 54 Linköping",
      "to_post": true,
      "shipped_at": null,
      "tracking": null,
      "lines": [
        {
          "sku": "AB04",
          "description": "AB 04 digitalt",
          "period": {
            "start": "2026-03-01",
            "end": "2027-03-01",
            "last_day": "2027-02-28"
          },
          "subscription": 1001,
          "quantity": 1,
          "unit_price_ore": 290000,
          "currency": "SEK",
          "vat_rate": 25,
          "net_ore": 290000
        },
        {
          "sku": "AB04-PRINT",
          "description": "AB 04 tryckt",
          "period": null,
          "subscription": null,
          "quantity": 3,
          "unit_price_ore": 9000,
          "currency": "SEK",
          "vat_rate": 6,
          "net_ore": 27000
        }
      ],
      "licences": [],
      "parcels": []
    }
    "#);
    assert_snapshot!(shop.run(&format!("{line} --yes")), @"
    --- stderr
    error: invoice 1001 is credited in full already
    hint: `shopctl invoice show 1001` says what is left of it
    --- status 5
    ");
    assert_snapshot!(shop.run("subscription renew"), @"
    --- stderr
    nothing needed doing
    ");
    let operation = shop.json("audit list --limit 1")[0]["op"].clone();
    assert_snapshot!(shop.run(&format!("undo {operation} --yes")), @"
    --- stderr
    error: operation 9 issued credit note 1002, and what is issued is never taken back
    hint: `shopctl invoice reissue 1003 --reason TEXT` issues it anew once more
    --- status 5
    ");
}

#[test]
fn what_was_paid_moves_over_to_the_new_invoice() {
    let shop = shop();
    pay(&shop, 1001, "1000");
    assert_snapshot!(shop.run("invoice reissue 1001 --reason 'Fel referens.' --reference 'PO 2' --yes"), @"
    payment unmatched      1  amount 1 000,00, booked on 2026-03-10, left: 0,00 → 1 000,00, invoice left: 2 911,20 → 3 911,20, invoice 1001, value on 2026-03-01, reason credited by credit note 1002
    invoice issued         1002  org number 556036-0793, issued on 2026-03-10, net −3 170,00, vat −741,20, total −3 911,20, invoice email faktura@saab.example, kind credit_note, credits 1001
    invoice credited       1001  left: 3 911,20 → 0,00, credit note 1002, reason Fel referens.
    invoice issued         1003  org number 556036-0793, issued on 2026-03-10, due on 2026-04-09, net 3 170,00, vat 741,20, total 3 911,20, invoice email faktura@saab.example, replaces 1001
    invoice reissued       1001  invoice: 1001 → 1003, credit note 1002
    payment matched        1  amount −1 000,00, booked on 2026-03-10, left: 1 000,00 → 0,00, invoice left: 3 911,20 → 2 911,20, invoice 1003, reason moved from invoice 1001
    mail queued            2  kind credit_note, recipient faktura@saab.example, cause invoice 1002
    mail queued            3  kind reissued_invoice, recipient faktura@saab.example, cause invoice 1003
    Invoice 1001 is credited in full by credit note 1002 and issued anew as invoice 1003, due 2026-04-09. What differs: reference `PO 2`, before `PO 1`. 1 000,00 kronor that was paid moves over, and 2 911,20 kronor is left to pay.
    --- stderr
    warning: subscription 1001 keeps its own details for its next invoice; `shopctl account billing 556036-0793 --subscription 1001 --reference 'PO 2' --reason TEXT` changes them
    ");
    shop.ok("invoice reissue 1003 --reason 'Fel igen.' --reference 'PO 3' --yes");
    assert_snapshot!(shop.run("invoice list --columns number,kind,total,state"), @"
    1005	invoice	3911.20	partly_paid
    1004	credit_note	-3911.20	issued
    1003	invoice	3911.20	credited
    1002	credit_note	-3911.20	issued
    1001	invoice	3911.20	credited
    ");
    let store = Connection::open(shop.store()).expect("the store");
    let sql = "SELECT i.number, sum(e.amount_ore) FROM ledger_entry e
         JOIN invoice i ON i.id = e.invoice_id GROUP BY i.number ORDER BY i.number";
    let mut statement = store.prepare(sql).expect("a statement");
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("rows");
    let settled: Vec<(i64, i64)> = rows.collect::<Result<_, _>>().expect("numbers");
    assert_eq!(settled, [(1001, 0), (1003, 0), (1005, -100_000)]);
}

#[test]
fn a_hold_moves_to_the_new_invoice_and_what_was_written_off_is_owed_again() {
    let shop = shop();
    pay(&shop, 1001, "1000");
    shop.ok("invoice hold 1001 --disputed --reason 'never ordered'");
    shop.ok("invoice write-off 1001 --reason 'bankruptcy' --yes");
    let line = "invoice reissue 1001 --reason 'Fel referens.' --reference 'PO 2' --yes";
    assert_snapshot!(shop.ok(line).lines().last().unwrap_or_default(), @"Invoice 1001 is credited in full by credit note 1002 and issued anew as invoice 1003, due 2026-04-09. What differs: reference `PO 2`, before `PO 1`. 1 000,00 kronor that was paid moves over, and 2 911,20 kronor is left to pay. 2 911,20 kronor that was written off is owed again. It stays on hold: never ordered.");
    assert_snapshot!(shop.run("invoice list --columns number,left,state"), @"
    1003	2911.20	partly_paid
    1002		issued
    1001	0.00	credited
    ");
    let held = |number: i64| {
        let shown = shop.ok(&format!("invoice show {number}"));
        shown.lines().filter(|line| line.starts_with("hold")).collect::<Vec<_>>().join(" ")
    };
    assert_snapshot!([1001, 1003].map(held).join("\n"), @"
    hold	 hold_reason	 hold_since	
    hold	disputed hold_reason	never ordered hold_since	2026-03-10
    ");
}

#[test]
fn several_invoices_are_issued_anew_and_each_refusal_is_told() {
    let shop = shop();
    shop.ok("order create --account 212000-0142 --item AB04-PRINT=2");
    shop.ok("order create --account 212000-0142 --item AB04-PRINT=5");
    shop.ok("invoice credit 1003 --amount 10,60 --reason 'Prisavdrag.' --yes");
    let line = "invoice reissue 1001..1010 1004 7 --reason 'Ny adress.'";
    assert_snapshot!(shop.run(line), @"
    --- stderr
    error: this needs your agreement: 5 invoices are to be issued anew.
    hint: add `--yes` to agree, or `--dry-run` to see what it would do
    --- status 5
    ");
    assert_snapshot!(shop.run(&format!("{line} -n --max 2")), @"
    --- stderr
    error: 5 invoices are to be issued anew, and at most 2 were expected
    hint: look with `-n`; `--max 5` lets them through
    --- status 5
    ");
    assert_snapshot!(shop.run(&format!("{line} -n")), @"
    invoice issued         1005  org number 556036-0793, issued on 2026-03-10, net −3 170,00, vat −741,20, total −3 911,20, invoice email faktura@saab.example, kind credit_note, credits 1001
    invoice credited       1001  left: 3 911,20 → 0,00, credit note 1005, reason Ny adress.
    invoice issued         1006  org number 556036-0793, issued on 2026-03-10, due on 2026-04-09, net 3 170,00, vat 741,20, total 3 911,20, invoice email faktura@saab.example, replaces 1001
    invoice reissued       1001  invoice: 1001 → 1006, credit note 1005
    mail queued            5  kind credit_note, recipient faktura@saab.example, cause invoice 1005
    mail queued            6  kind reissued_invoice, recipient faktura@saab.example, cause invoice 1006
    invoice issued         1007  org number 212000-0142, issued on 2026-03-10, net −240,00, vat −14,40, total −254,40, invoice email ekonomi@stockholm.example, kind credit_note, credits 1002
    invoice credited       1002  left: 254,40 → 0,00, credit note 1007, reason Ny adress.
    invoice issued         1008  org number 212000-0142, issued on 2026-03-10, due on 2026-04-09, net 240,00, vat 14,40, total 254,40, invoice email ekonomi@stockholm.example, replaces 1002
    invoice reissued       1002  invoice: 1002 → 1008, credit note 1007
    mail queued            7  kind credit_note, recipient ekonomi@stockholm.example, cause invoice 1007
    mail queued            8  kind reissued_invoice, recipient ekonomi@stockholm.example, cause invoice 1008
    --- stderr
    warning: 7: there is no invoice `7`
    warning: 1003: invoice 1003 is credited in part, so the same lines cannot be issued anew
    warning: 1004: 1004 is a credit note, which cannot be credited itself
    this is what would happen; nothing was changed
    error: 3 of 5 invoices were not issued anew
    hint: each is told above; the others are done
    --- status 7
    ");
    assert_snapshot!(shop.run(&format!("{line} --yes")), @"
    invoice issued         1005  org number 556036-0793, issued on 2026-03-10, net −3 170,00, vat −741,20, total −3 911,20, invoice email faktura@saab.example, kind credit_note, credits 1001
    invoice credited       1001  left: 3 911,20 → 0,00, credit note 1005, reason Ny adress.
    invoice issued         1006  org number 556036-0793, issued on 2026-03-10, due on 2026-04-09, net 3 170,00, vat 741,20, total 3 911,20, invoice email faktura@saab.example, replaces 1001
    invoice reissued       1001  invoice: 1001 → 1006, credit note 1005
    mail queued            5  kind credit_note, recipient faktura@saab.example, cause invoice 1005
    mail queued            6  kind reissued_invoice, recipient faktura@saab.example, cause invoice 1006
    invoice issued         1007  org number 212000-0142, issued on 2026-03-10, net −240,00, vat −14,40, total −254,40, invoice email ekonomi@stockholm.example, kind credit_note, credits 1002
    invoice credited       1002  left: 254,40 → 0,00, credit note 1007, reason Ny adress.
    invoice issued         1008  org number 212000-0142, issued on 2026-03-10, due on 2026-04-09, net 240,00, vat 14,40, total 254,40, invoice email ekonomi@stockholm.example, replaces 1002
    invoice reissued       1002  invoice: 1002 → 1008, credit note 1007
    mail queued            7  kind credit_note, recipient ekonomi@stockholm.example, cause invoice 1007
    mail queued            8  kind reissued_invoice, recipient ekonomi@stockholm.example, cause invoice 1008
    --- stderr
    warning: 7: there is no invoice `7`
    warning: 1003: invoice 1003 is credited in part, so the same lines cannot be issued anew
    warning: 1004: 1004 is a credit note, which cannot be credited itself
    error: 3 of 5 invoices were not issued anew
    hint: each is told above; the others are done
    --- status 7
    ");
    assert_snapshot!(shop.run("invoice reissue 1001..1002 --reason 'Ny adress.' --yes"), @"
    --- stderr
    nothing needed doing
    ");
    assert_snapshot!(shop.run("invoice reissue 1010..1001 --reason X"), @"
    --- stderr
    error: <N|N..M>...: `1010..1001` ends before it begins
    --- status 5
    ");
}

#[test]
fn an_order_is_cancelled_with_all_that_it_started() {
    let shop = shop();
    let line = "order cancel 1001 --reason 'Beställningen återtogs.'";
    assert_snapshot!(shop.run(line), @"
    --- stderr
    error: this needs your agreement: Order 1001 is cancelled. Invoice 1001 is credited in full by credit note 1002, 3 911,20 kronor including VAT. Subscription 1001 to AB04 ends on 2026-03-01, its first day, and nothing stays billed of it. Its printed copies wait to be posted no more.
    hint: add `--yes` to agree, or `--dry-run` to see what it would do
    --- status 5
    ");
    assert_snapshot!(shop.run(&format!("{line} --yes")), @"
    order cancelled        1001  cancelled on 2026-03-10, reason Beställningen återtogs.
    invoice issued         1002  org number 556036-0793, issued on 2026-03-10, net −3 170,00, vat −741,20, total −3 911,20, invoice email faktura@saab.example, kind credit_note, credits 1001
    invoice credited       1001  left: 3 911,20 → 0,00, credit note 1002, reason Beställningen återtogs.
    mail queued            2  kind credit_note, recipient faktura@saab.example, cause invoice 1002
    subscription ended     1001  ends on: nothing → 2026-03-01, reason Beställningen återtogs.
    term withdrawn         1001  renewal date: 2027-03-01 → 2026-03-01, invoice 1001, credit note 1002
    Order 1001 is cancelled. Invoice 1001 is credited in full by credit note 1002, 3 911,20 kronor including VAT. Subscription 1001 to AB04 ends on 2026-03-01, its first day, and nothing stays billed of it. Its printed copies wait to be posted no more.
    ");
    assert_snapshot!(shop.table("order show 1001"), @"
    Order                1001
    Date                 2026-03-01
    Account              556036-0793
    Name                 Saab AB
    Reference            PO 1
    Conditions, version  1
    Invoice              1001
    Invoice e-mail       faktura@saab.example
    Total                3 911,20
    Cancelled            2026-03-10
    Reason               Beställningen återtogs.
    Ship to              Saab AB, Bröderna Ugglas gata, 582 54 Linköping
    Waits for post       no

    Lines
    SKU        Description    Period                  Subscription Quantity    Price VAT %      Net
    ───────────────────────────────────────────────────────────────────────────────────────────────
    AB04       AB 04 digitalt 2026-03-01 – 2027-02-28         1001        1 2 900,00    25 2 900,00
    AB04-PRINT AB 04 tryckt                                               3    90,00     6   270,00
    ");
    assert_snapshot!(shop.table("order list"), @"
    Order  Date        Account      Name     Items              Invoice     Total  Cancelled   Posted
    ─────────────────────────────────────────────────────────────────────────────────────────────────
     1001  2026-03-01  556036-0793  Saab AB  AB04 AB04-PRINT=3     1001  3 911,20  2026-03-10
    ");
    assert_snapshot!(shop.run("subscription list"), @"1001	AB04	556036-0793	Saab AB	2026-03-01			2026-03-01	ended");
    assert_snapshot!(shop.run("subscription renew"), @"
    --- stderr
    nothing needed doing
    ");
    assert_snapshot!(shop.run(&format!("{line} --yes")), @"
    --- stderr
    error: order 1001 was cancelled on 2026-03-10
    hint: `shopctl order show 1001` shows why
    --- status 5
    ");
    assert_snapshot!(shop.run("account close 556036-0793"), @"account closed         556036-0793  closed on 2026-03-10");
}

#[test]
fn a_term_billed_ahead_is_credited_with_its_order_and_one_that_has_begun_is_not() {
    let shop = Shop::open();
    shop.ok("setting set renewal_invoice_days 30");
    shop.ok("order create --account 556036-0793 --item AB04");
    shop.at("2027-02-20T08:00:00Z");
    shop.ok("subscription renew");
    let line = "order cancel 1001 --reason 'Beställningen återtogs.'";
    assert_snapshot!(shop.run(&format!("{line} -n")), @"
    order cancelled        1001  cancelled on 2027-02-20, reason Beställningen återtogs.
    invoice issued         1003  org number 556036-0793, issued on 2027-02-20, net −2 900,00, vat −725,00, total −3 625,00, invoice email faktura@saab.example, kind credit_note, credits 1001
    invoice credited       1001  left: 3 625,00 → 0,00, credit note 1003, reason Beställningen återtogs.
    mail queued            3  kind credit_note, recipient faktura@saab.example, cause invoice 1003
    subscription ended     1001  ends on: nothing → 2026-03-01, reason Beställningen återtogs.
    invoice issued         1004  org number 556036-0793, issued on 2027-02-20, net −2 900,00, vat −725,00, total −3 625,00, invoice email faktura@saab.example, kind credit_note, credits 1002
    invoice credited       1002  left: 3 625,00 → 0,00, credit note 1004, reason Beställningen återtogs.
    mail queued            4  kind credit_note, recipient faktura@saab.example, cause invoice 1004
    term withdrawn         1001  renewal date: 2028-03-01 → 2027-03-01, invoice 1002, credit note 1004
    term withdrawn         1001  renewal date: 2027-03-01 → 2026-03-01, invoice 1001, credit note 1003
    Order 1001 is cancelled. Invoice 1001 is credited in full by credit note 1003, 3 625,00 kronor including VAT. Subscription 1001 to AB04 ends on 2026-03-01, its first day, and nothing stays billed of it. The term 2027-03-01 up to and including 2028-02-29 was billed already and is withdrawn: invoice 1002 is credited for it in full by credit note 1004, 3 625,00 kronor including VAT.
    --- stderr
    this is what would happen; nothing was changed
    ");
    shop.at("2027-03-01T08:00:00Z");
    assert_snapshot!(shop.run(&format!("{line} --yes")), @"
    --- stderr
    error: the term 2027-03-01 – 2028-02-29 of subscription 1001 has begun, and is billed by invoice 1002 and not by the order's
    hint: `shopctl subscription end 1001 --on DATE --credit rest --reason TEXT` ends it
    --- status 5
    ");
    assert_snapshot!(shop.run("order cancel 7 --reason X"), @"
    --- stderr
    error: there is no order `7`
    hint: `shopctl order list` lists them
    --- status 4
    ");
}
