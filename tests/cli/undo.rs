use crate::support::{Outcome, Shop};
use insta::assert_snapshot;
use serde_json::Value as Json;

/// Returns the number of the operation that the shop did last.
fn last(shop: &Shop) -> i64 {
    shop.json("audit list --limit 1")[0]["op"].as_i64().expect("an operation")
}

fn undo(shop: &Shop) -> Outcome {
    shop.run(&format!("undo {} -y", last(shop)))
}

#[test]
fn an_edit_is_undone_and_that_is_told_in_the_trail() {
    let shop = Shop::open();
    shop.ok("account edit 556036-0793 --city Malmö --contact 'Anna Berg'");
    assert_snapshot!(undo(&shop), @"
    account edited         556036-0793  city: Malmö → Linköping, contact: Anna Berg → nothing
    operation undone       6
    ");
    let account = shop.json("account show 556036-0793");
    assert_eq!((account["city"].as_str(), account["contact"].as_str()), (Some("Linköping"), None));
    assert_snapshot!(undo(&shop), @"
    --- stderr
    error: operation 7 cannot be undone: nothing reverses `operation undone`
    hint: `shopctl audit show 7` shows all it did
    --- status 5
    ");
    shop.ok("audit verify");
}

#[test]
fn what_was_changed_since_is_not_undone() {
    let shop = Shop::open();
    shop.ok("account edit 556036-0793 --city Malmö");
    let first = last(&shop);
    shop.ok("account edit 556036-0793 --contact 'Anna Berg'");
    shop.ok("account edit 556036-0793 --city Lund");
    let head = shop.head();
    assert_snapshot!(shop.run(&format!("undo {first} -y")), @"
    --- stderr
    error: the city of account 556036-0793 was edited since
    hint: undo first what was done since; `shopctl audit list` shows it
    --- status 5
    ");
    assert_eq!(shop.head(), head);
    undo(&shop);
    assert_eq!(shop.run(&format!("undo {first} -y")).status, 0);
    let account = shop.json("account show 556036-0793");
    assert_eq!(account["city"], "Linköping");
    assert_eq!(account["contact"], "Anna Berg");
}

#[test]
fn an_operation_is_undone_once() {
    let shop = Shop::open();
    shop.ok("account close 212000-0142");
    let closed = last(&shop);
    assert_eq!(undo(&shop).status, 0);
    assert_snapshot!(shop.run(&format!("undo {closed} -y")), @"
    --- stderr
    error: operation 6 was undone by operation 7
    hint: `shopctl audit show 7` shows it
    --- status 5
    ");
    assert_snapshot!(shop.run("undo 999 -y"), @"
    --- stderr
    error: there is no operation `999`
    hint: `shopctl audit list` lists them
    --- status 4
    ");
}

#[test]
fn a_masked_vat_number_is_not_put_back_under_another_number() {
    let shop = Shop::open();
    shop.ok("account create 850709-9805 --name 'Anna Berg' --email a@berg.example \
         --vat-number SE850709980501");
    shop.ok("account edit 850709-9805 --vat-number ''");
    let edit = last(&shop);
    shop.ok("account renumber 850709-9805 802005-1952 --reason 'became an association' -y");
    assert_snapshot!(shop.run(&format!("undo {edit} -y")), @"
    --- stderr
    error: the VAT number was kept masked, and the account has another organisation number since
    hint: undo first what was done since; `shopctl audit list` shows it
    --- status 5
    ");
}

#[test]
fn a_price_is_undone_until_it_is_billed() {
    let shop = Shop::open();
    shop.ok("product price AB04 --price 4100 --member-price 3100 --from 2026-03-01");
    assert_snapshot!(undo(&shop), @"
    price set              AB04  price: 4 100,00 → 3 900,00, member price: 3 100,00 → 2 900,00
    operation undone       6
    ");
    assert_eq!(shop.json("product show AB04")["prices"][0]["price_ore"], 390_000);
    shop.ok("product price AB04 --price 4100 --member-price 3100 --from 2026-03-01");
    let price = last(&shop);
    shop.ok("order create --account 556036-0793 --item AB04");
    assert_snapshot!(shop.run(&format!("undo {price} -y")), @"
    --- stderr
    error: the price of AB04 from 2026-03-01 was billed by invoice 1001
    hint: `shopctl product price AB04 --price P --member-price P --from DATE` sets another from a later day
    --- status 5
    ");
    shop.ok("product vat AB04 --vat 12 --from 2027-01-01");
    assert_snapshot!(undo(&shop), @"
    VAT set                AB04  from: 2027-01-01 → 2026-03-01, vat: 12 → 25
    operation undone       10
    ");
}

#[test]
fn names_settings_and_the_seller_go_back_to_what_they_were() {
    let shop = Shop::open();
    shop.ok("product edit AB04 --name-sv 'AB 04'");
    assert_snapshot!(undo(&shop), @"
    product edited         AB04  name sv: AB 04 → AB 04 digitalt
    operation undone       6
    ");
    shop.ok("product retire AB04");
    assert_snapshot!(undo(&shop), @"
    product edited         AB04  retired on: 2026-03-01 → nothing
    operation undone       8
    ");
    shop.ok("order create --account 556036-0793 --item AB04");
    shop.ok("setting set renewal_reminders on");
    assert_snapshot!(undo(&shop), @"
    setting changed        renewal_reminders  value: on → off
    operation undone       11
    ");
    shop.ok("seller edit --phone '08-765 43 21'");
    assert_snapshot!(undo(&shop), @"
    seller changed         Avtalsbutiken  phone: 08-765 43 21 → 08-123 45 67
    operation undone       13
    ");
    shop.ok("account edit 212000-0142 --member yes --from 2026-06-01");
    assert_snapshot!(undo(&shop), @"
    membership changed     212000-0142  member: yes → no, from 2026-06-01
    operation undone       15
    ");
}

#[test]
fn what_was_issued_is_credited_and_not_undone() {
    let shop = Shop::open();
    shop.ok("order create --account 556036-0793 --item AB04");
    let head = shop.head();
    assert_snapshot!(undo(&shop), @"
    --- stderr
    error: operation 6 issued invoice 1001, and what is issued is never taken back
    hint: `shopctl order cancel 1001 --reason TEXT` credits the invoice and ends what the order started
    --- status 5
    ");
    assert_eq!(shop.head(), head);
}

#[test]
fn undoing_asks_and_a_dry_run_only_shows() {
    let shop = Shop::open();
    shop.ok("account edit 556036-0793 --city Malmö");
    let (operation, head) = (last(&shop), shop.head());
    assert_snapshot!(shop.run(&format!("undo {operation}")), @"
    --- stderr
    error: this needs your agreement: Operation 6 by anna at 2026-03-01 09:00: shopctl account edit 556036-0793 --city Malmö
    hint: add `--yes` to agree, or `--dry-run` to see what it would do
    --- status 5
    ");
    assert_snapshot!(shop.run(&format!("undo {operation} -n")), @"
    account edited         556036-0793  city: Malmö → Linköping
    operation undone       6
    --- stderr
    this is what would happen; nothing was changed
    ");
    assert_eq!(shop.head(), head);
}

#[test]
fn staff_undo_their_own_work_of_the_day_and_no_more() {
    let shop = Shop::open();
    let as_bertil = |line: &str| shop.finish(shop.command(line).env("SUDO_USER", "bertil"));
    shop.ok("account edit 556036-0793 --city Malmö");
    let of_anna = last(&shop);
    shop.ok("staff add bertil --role staff");
    assert_snapshot!(as_bertil(&format!("undo {of_anna} -y")), @"
    --- stderr
    error: staff undo only what they did themselves, and only on the same day: this needs the role admin, and `bertil` is staff
    hint: ask an administrator to run it; `shopctl staff edit bertil --role admin` would let you
    --- status 3
    ");
    assert_eq!(as_bertil("account edit 212000-0142 --city Solna").status, 0);
    let of_bertil = last(&shop);
    shop.at("2026-03-02T08:00:00Z");
    assert_snapshot!(as_bertil(&format!("undo {of_bertil} -y")), @"
    --- stderr
    error: staff undo only what they did themselves, and only on the same day: this needs the role admin, and `bertil` is staff
    hint: ask an administrator to run it; `shopctl staff edit bertil --role admin` would let you
    --- status 3
    ");
    shop.at("2026-03-01T20:00:00Z");
    assert_eq!(as_bertil(&format!("undo {of_bertil} -y")).status, 0);
}

#[test]
fn a_notice_is_undone_and_its_confirmation_held() {
    let shop = Shop::with_an_order();
    shop.ok("subscription cancel 1001 --received 2026-03-01 -y");
    assert_snapshot!(undo(&shop), @"
    mail held              2  status: waiting → held, reason what called for it was undone
    notice withdrawn       1001  ends on: 2027-03-01 → nothing, received on 2026-03-01, notice 1
    operation undone       7
    ");
    let shown = shop.json("subscription show 1001");
    assert_eq!((&shown["status"], &shown["ends"]), (&"running".into(), &Json::Null));
    // Entered anew it is a notice of its own.
    shop.ok("subscription cancel 1001 --received 2026-03-01 --by 'Eva Ek' -y");
    let cancelled = last(&shop);
    shop.ok("mail send");
    assert_snapshot!(shop.run(&format!("undo {cancelled} -y")), @"
    notice withdrawn       1001  ends on: 2027-03-01 → nothing, received on 2026-03-01, notice 2
    operation undone       9
    --- stderr
    warning: mail 3 to avtal@saab.example is beyond recall
    ");
    assert_eq!(shop.json("subscription show 1001")["status"], "running");
}

#[test]
fn a_confirmation_of_what_was_undone_never_goes_and_waits_for_nobody() {
    let shop = Shop::with_an_order();
    shop.ok("mail send");
    shop.ok("subscription cancel 1001 --received 2026-03-01 --channel letter --by 'Anna Berg' -y");
    undo(&shop);
    let number = shop.json("mail list --status held")[0]["number"].to_string();
    assert!(!shop.ok("status --columns what").contains("mails held"));
    assert_snapshot!(shop.run(&format!("mail retry {number}")), @"
    --- stderr
    error: mail 2 will not go: operation 8, which called for it, was undone
    --- status 5
    ");
    assert_eq!(shop.json("mail list --status held").as_array().map(Vec::len), Some(1));

    // What a person holds is waited for.
    shop.ok("invoice send 1001 --again --reason 'asked for'");
    shop.ok("mail hold 3");
    assert!(shop.ok("status --columns what,count").contains("mails held\t1\n"));
}

#[test]
fn a_notice_taken_back_by_mistake_is_in_force_again() {
    let shop = Shop::with_an_order();
    shop.ok("subscription cancel 1001 --received 2026-03-01 -y");
    shop.ok("subscription reinstate 1001");
    assert_snapshot!(undo(&shop), @"
    mail held              3  status: waiting → held, reason what called for it was undone
    notice given           1001  received on 2026-03-01, ends on: nothing → 2027-03-01, notice 1
    operation undone       8
    ");
    assert_eq!(shop.json("subscription show 1001")["ends"], "2027-03-01");
}

#[test]
fn a_notice_whose_subscription_has_ended_stays() {
    let shop = Shop::with_an_order();
    shop.ok("subscription cancel 1001 --received 2026-03-01 -y");
    let cancelled = last(&shop);
    shop.at("2027-03-01T08:00:00Z");
    assert_snapshot!(shop.run(&format!("undo {cancelled} -y")), @"
    --- stderr
    error: subscription 1001 ended on 2027-03-01
    hint: undo first what was done since; `shopctl audit list` shows it
    --- status 5
    ");
}

#[test]
fn a_notice_that_credited_an_invoice_is_reinstated_and_not_undone() {
    let shop = Shop::with_an_order();
    shop.at("2027-03-01T08:00:00Z");
    shop.ok("subscription renew");
    shop.ok("subscription cancel 1001 --received 2026-11-30 -y");
    assert_snapshot!(undo(&shop), @"
    --- stderr
    error: operation 8 issued credit note 1003, and what is issued is never taken back
    hint: what was credited is billed anew by an order: `shopctl order create`
    --- status 5
    ");
}

#[test]
fn an_end_by_the_office_is_undone_unless_it_credited_something() {
    let shop = Shop::with_an_order();
    shop.ok("subscription end 1001 --on 2026-06-01 --credit none --reason konkurs -y");
    assert_snapshot!(undo(&shop), @"
    subscription ended     1001  ends on: 2026-06-01 → nothing, reason: konkurs → nothing
    operation undone       7
    ");
    assert_eq!(shop.json("subscription show 1001")["status"], "running");
    shop.ok("subscription end 1001 --on 2026-06-01 --credit rest --reason konkurs -y");
    assert_snapshot!(undo(&shop), @"
    --- stderr
    error: operation 9 issued credit note 1002, and what is issued is never taken back
    hint: what was credited is billed anew by an order: `shopctl order create`
    --- status 5
    ");
}

#[test]
fn what_nothing_reverses_names_the_command_that_puts_it_right() {
    let shop = Shop::with_an_order();
    let hint = |line: &str| {
        shop.ok(line);
        let (status, error) = shop.error(&format!("undo {} -y", last(&shop)));
        assert_eq!((status, &error["code"]), (5, &"no_reverse".into()), "{line}");
        error["details"]["hint"].as_str().expect("a hint").to_owned()
    };
    let hints = [
        "subscription transfer 1001 --to 212000-0142",
        "account renumber 556036-0793 556016-0680 --reason omregistrerat -y",
        "account note 556016-0680 'ringde i dag'",
        "product create LEGO --kind subscription --name-sv A --name-en B --price 1 --member-price 1 \
         --vat 25",
        "staff add bertil --role staff --grant billing",
        "staff edit bertil --role reader --withdraw billing",
        "staff remove bertil",
        "account merge 556016-0680 212000-0142 --keep-login inkop@stockholm.example -y",
    ]
    .map(hint);
    assert_snapshot!(hints.join("\n"), @"
    `shopctl subscription transfer 1001 --to 556036-0793` transfers it back
    `shopctl account renumber 556016-0680 556036-0793 --reason TEXT` gives it its former number
    `shopctl account note 556016-0680 TEXT` adds a note that puts it right
    `shopctl product retire LEGO` takes it out of sale
    `shopctl staff remove bertil` takes it back
    `shopctl staff edit bertil --role staff --grant billing` takes it back
    `shopctl staff add bertil --role reader` takes it back
    `shopctl audit show 14` shows all it did
    ");
}

#[test]
fn an_account_that_was_opened_again_is_not_closed_over_what_is_open() {
    let shop = Shop::open();
    shop.ok("account close 212000-0142");
    shop.ok("account reopen 212000-0142");
    let reopened = last(&shop);
    shop.ok("order create --account 212000-0142 --item AB04");
    assert_snapshot!(shop.run(&format!("undo {reopened} -y")), @"
    --- stderr
    error: account 212000-0142 cannot be closed again: subscription 1001 to AB04 is running; invoice 1001, due 2026-03-31, is not paid
    hint: undo first what was done since; `shopctl audit list` shows it
    --- status 5
    ");
}

#[test]
fn an_account_that_customers_must_not_pay_to_is_not_put_back() {
    let shop = Shop::open();
    let former = shop.json("seller show")["bankgiro"].as_str().expect("a bankgiro").to_owned();
    shop.ok("seller edit --bankgiro 160-9908");
    let edited = last(&shop);
    shop.ok(&format!("seller edit --replaces {former}"));
    assert_snapshot!(shop.run(&format!("undo {edited} -y")), @"
    --- stderr
    error: bankgiro 991-2346 was withdrawn since, and customers are told not to pay to it
    hint: undo first what was done since; `shopctl audit list` shows it
    --- status 5
    ");
}

#[test]
fn an_end_stays_when_the_order_was_cancelled() {
    let shop = Shop::with_an_order();
    shop.ok("subscription end 1001 --on 2026-09-01 --credit none --reason avtal -y");
    let ended = last(&shop);
    shop.at("2026-09-02T08:00:00Z");
    shop.ok("order cancel 1001 --reason misstag -y");
    assert_snapshot!(shop.run(&format!("undo {ended} -y")), @"
    --- stderr
    error: order 1001, which subscription 1001 began with, was cancelled since
    hint: undo first what was done since; `shopctl audit list` shows it
    --- status 5
    ");
}

#[test]
fn what_followed_from_a_cancelled_order_names_it() {
    let shop = Shop::with_an_order();
    shop.ok("invoice credit 1001 --reason misstag -y");
    shop.ok("order cancel 1001 --reason misstag -y");
    assert_snapshot!(undo(&shop), @"
    --- stderr
    error: operation 8 cannot be undone: nothing reverses `order cancelled`
    hint: `shopctl order create` places it anew, with an invoice of its own
    --- status 5
    ");
}

#[test]
fn money_is_put_right_by_the_command_that_takes_back_no_more_than_the_operation_did() {
    let shop = Shop::with_an_order();
    shop.ok("order create --account 212000-0142 --item AB04");
    let hint = |line: &str| {
        shop.ok(line);
        let (status, error) = shop.error(&format!("undo {} -y", last(&shop)));
        assert_eq!((status, &error["code"]), (5, &"no_reverse".into()), "{line}");
        error["details"]["hint"].as_str().expect("a hint").to_owned()
    };
    let hints = [
        "payment record 1001 --amount 4000 --date 2026-03-01",
        "payment match 1 1002 --amount 100 --yes",
        "payment unmatch 1 1002 --reason fel",
        "payment refund 1 --amount 50 --date 2026-03-01 --reason fel",
        "payment refund 1 --take-back --reason fel",
        "payment match 1 1002 --yes",
        "payment unmatch 1 --reason fel",
        "payment reverse 1 --reason fel",
        "invoice hold 1001 --reason a --disputed",
        "invoice hold 1001 --reason b",
        "invoice hold 1001 --reason c --disputed",
        "invoice release 1001 --reason klart",
        "seller level set 2 --days 12",
        "seller level set 4 --days 10 --text-sv Sv --text-en En",
        "seller level remove 4",
    ]
    .map(hint);
    assert_snapshot!(hints.join("\n"), @"
    `shopctl payment reverse 1 --reason TEXT` takes it back
    `shopctl payment unmatch 1 1002 --reason TEXT` takes it back
    `shopctl payment match 1 1002 --amount 100.00` settles it again
    `shopctl payment refund 1 --take-back --reason TEXT` takes it back
    `shopctl payment refund 1 --date DATE --reason TEXT` enters it again
    `shopctl payment unmatch 1 1002 --reason TEXT` takes it back
    `shopctl payment match 1 INVOICE --amount KRONOR` settles one of them again, and `shopctl audit show 14` shows them
    `shopctl payment record INVOICE --amount 4000.00 --date DATE` records it anew
    `shopctl invoice release 1001 --reason TEXT` takes it back
    `shopctl invoice hold 1001 --disputed --reason a` gives the hold its former reason
    `shopctl invoice hold 1001 --reason b` gives the hold its former reason
    `shopctl invoice hold 1001 --disputed --reason TEXT` holds it again
    `shopctl seller level set 2 --days 10` sets it as it was
    `shopctl seller level remove 4` takes it back
    `shopctl seller level set 4 --days 10 --fee 0.00 --text-sv Sv --text-en En` sets it as it was
    ");
}
