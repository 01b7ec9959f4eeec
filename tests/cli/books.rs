use std::fs;
use std::os::unix::fs::PermissionsExt;

use insta::assert_snapshot;

use crate::support::Shop;

#[allow(dead_code)]
#[path = "../../src/render/sie/cp437.rs"]
mod cp437;
#[allow(dead_code)]
#[path = "../../src/render/sie/reader.rs"]
mod reader;

const MARCH: &str = "export sie --from 2026-03-01 --to 2026-03-31";

/// Returns a shop in April after two invoices of March, to Saab and to Stockholm.
fn shop() -> Shop {
    let shop = Shop::with_an_order();
    shop.at("2026-03-15T09:00:00Z");
    shop.ok("order create --account 212000-0142 --item AB04 --item AB04-PRINT=3");
    shop.at("2026-04-01T09:00:00Z");
    shop
}

fn read(shop: &Shop, name: &str) -> reader::Read {
    let bytes = fs::read(shop.path(name)).expect(name);
    reader::read(&bytes).expect("a file that a strict reader takes")
}

fn text(shop: &Shop, name: &str) -> String {
    let bytes = fs::read(shop.path(name)).expect(name);
    let text: String = bytes.iter().map(|byte| cp437::character(*byte)).collect();
    text.replace("\r\n", "\n")
}

#[test]
fn a_month_goes_to_bookkeeping_in_a_file_of_balanced_vouchers() {
    let shop = shop();
    assert_snapshot!(shop.run(&format!("{MARCH} -o mars.si")), @"
    books exported         2026-03-01 – 2026-03-31  vouchers 2, first number 1, last number 2, sha256 <hash>
    2 vouchers, F 1 to F 2: 8 881,60 kronor debit and credit
    ");
    assert_snapshot!(text(&shop, "mars.si"), @r#"
    #FLAGGA 0
    #KSUMMA
    #PROGRAM "shopctl" "0.1.0"
    #FORMAT PC8
    #GEN 20260401
    #SIETYP 4
    #ORGNR 802005-1952
    #FNAMN "Branschföreningen Exempel"
    #RAR 0 20260101 20261231
    #KPTYP EUBAS97
    #KONTO 1510 "Kundfordringar"
    #KONTO 2611 "Utgående moms, 25 %"
    #KONTO 2631 "Utgående moms, 6 %"
    #KONTO 3001 "Försäljning inom Sverige, 25 % moms"
    #KONTO 3003 "Försäljning inom Sverige, 6 % moms"
    #VER "F" 1 20260301 "Faktura 1001, Saab AB"
    {
    #TRANS 1510 {} 3625.00
    #TRANS 3001 {} -2900.00
    #TRANS 2611 {} -725.00
    }
    #VER "F" 2 20260315 "Faktura 1002, Stockholms stad"
    {
    #TRANS 1510 {} 5256.60
    #TRANS 3001 {} -3900.00
    #TRANS 3003 {} -360.00
    #TRANS 2611 {} -975.00
    #TRANS 2631 {} -21.60
    }
    #KSUMMA 3057966862
    "#);
    assert_eq!(read(&shop, "mars.si").vouchers.len(), 2);
    let mode = fs::metadata(shop.path("mars.si")).expect("the file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn the_vat_report_agrees_with_the_file_to_the_ore() {
    let shop = shop();
    shop.ok(&format!("{MARCH} -o mars.si"));
    let file = read(&shop, "mars.si");
    assert_snapshot!(shop.table("report vat"), @"
    VAT %   Invoiced   VAT of it   Credited   VAT of it   Written off   VAT of it        Net        VAT
    ───────────────────────────────────────────────────────────────────────────────────────────────────
       25   6 800,00    1 700,00       0,00        0,00          0,00        0,00   6 800,00   1 700,00
        6     360,00       21,60       0,00        0,00          0,00        0,00     360,00      21,60
    --- stderr
    from 2026-03-01 to 2026-03-31: VAT 1 721,60 kronor, on 7 160,00 kronor net
    ");
    let report = shop.json("report vat --from 2026-03-01 --to 2026-03-31");
    for (row, account) in [(0, 2611), (1, 2631)] {
        assert_eq!(report[row]["vat_ore"], -file.balance(account));
    }
    for (row, account) in [(0, 3001), (1, 3003)] {
        assert_eq!(report[row]["net_ore"], -file.balance(account));
    }
    assert_eq!(shop.ok("report vat --from 2026-04-01"), "");
}

#[test]
fn nothing_goes_out_twice_without_being_asked_for() {
    let shop = shop();
    shop.ok(&format!("{MARCH} -o first.si"));
    assert_snapshot!(shop.run(&format!("{MARCH} -o second.si")), @"
    --- stderr
    warning: all there is to book from 2026-03-01 to 2026-03-31 was exported before, with 2 vouchers; no file was written, and `--again` writes it anew
    nothing needed doing
    ");
    let part = shop.run("export sie --from 2026-03-02 --to 2026-03-31 -o second.si");
    assert!(part.stderr.contains("in files of further days"), "{part}");
    assert!(!shop.home().join("second.si").exists());
    shop.ok(&format!("{MARCH} -o second.si --again"));
    assert_eq!(text(&shop, "first.si"), text(&shop, "second.si"));
    assert_snapshot!(shop.table("export list"), @"
    From         To           Exported           Vouchers   First   Last   Again
    ────────────────────────────────────────────────────────────────────────────
    2026-03-01   2026-03-31   2026-04-01 11:00          2       1      2   no
    2026-03-01   2026-03-31   2026-04-01 11:00          2                  yes
    ");
    // The printed copy of the file is the file.
    let printed = shop.ok(&format!("{MARCH} -o - --again"));
    assert!(printed.starts_with("#FLAGGA 0\r\n#KSUMMA\r\n"), "{printed}");
}

#[test]
fn what_came_in_later_goes_out_with_the_next_file() {
    let shop = shop();
    shop.at("2026-03-31T09:00:00Z");
    shop.ok(&format!("{MARCH} -o mars.si"));
    shop.at("2026-03-31T15:00:00Z");
    shop.ok("order create --account 556036-0793 --item AB04-PRINT");
    shop.at("2026-04-15T09:00:00Z");
    shop.ok("order create --account 556036-0793 --item AB04-PRINT");
    let april = "export sie --from 2026-04-01 --to 2026-04-15 -o april.si";
    let dates = |shop: &Shop| -> Vec<(String, String)> {
        let vouchers = read(shop, "april.si").vouchers.into_iter();
        vouchers.map(|voucher| (voucher.number, voucher.date)).collect()
    };
    let outcome = shop.run(&format!("{april} -n"));
    assert!(
        outcome.stderr.contains("also taken up: 1 voucher dated before 2026-04-01"),
        "{outcome}"
    );
    assert!(!shop.home().join("april.si").exists());
    shop.ok("seller lock-books 2026-03-31 --yes");
    let outcome = shop.run(april);
    assert!(outcome.stderr.contains("dated after the lock: 1 voucher"), "{outcome}");
    let expected = [("3", "20260401"), ("4", "20260415")];
    assert_eq!(dates(&shop), expected.map(|(number, day)| (number.to_owned(), day.to_owned())));
    assert!(text(&shop, "april.si").contains("hände 2026-03-31\""));
}

#[test]
fn the_lock_moves_forward_when_agreed_to_and_back_for_a_reason() {
    let shop = shop();
    assert_snapshot!(shop.run("seller lock-books 2026-03-31"), @"
    --- stderr
    error: this needs your agreement: nothing can be dated on or before 2026-03-31 after this
    hint: add `--yes` to agree, or `--dry-run` to see what it would do
    --- status 5
    ");
    assert_snapshot!(shop.run("seller lock-books 2026-04-01"), @"
    --- stderr
    error: 2026-04-01 is not over, and what happens on it must be dated some day
    hint: the books can be locked through 2026-03-31 at the latest
    --- status 5
    ");
    shop.ok("seller lock-books 2026-03-31 --yes");
    assert_eq!(shop.json("seller show")["books_locked_through"], "2026-03-31");
    assert_snapshot!(shop.run("seller lock-books 2026-02-28 --yes"), @"
    --- stderr
    error: the books are locked through 2026-03-31, and 2026-02-28 is before that
    hint: `--reason TEXT` says why days are opened again
    --- status 5
    ");
    assert_snapshot!(shop.run("seller lock-books 2026-02-28 --yes --reason 'March is corrected'"), @"books locked           2026-02-28  locked through: 2026-03-31 → 2026-02-28, reason March is corrected");
    // Locked by mistake far ahead of the clock: nothing can be issued on a locked day.
    shop.ok("seller lock-books 2026-03-31 --yes");
    shop.at("2026-03-31T20:00:00Z");
    let late = shop.run("order create --account 556036-0793 --item AB04-PRINT");
    assert_eq!(late.status, 5, "{late}");
    assert!(late.stderr.contains("the books are locked through 2026-03-31"), "{late}");
}

#[test]
fn days_that_cannot_be_exported_are_refused_and_nothing_is_logged() {
    let shop = shop();
    assert_snapshot!(shop.run("export sie --from 2026-04-01 --to 2026-03-01 -o x.si"), @"
    --- stderr
    error: the export would begin on 2026-04-01 and end before that, on 2026-03-01
    hint: give `--from 2026-03-01 --to 2026-04-01`
    --- status 5
    ");
    assert_snapshot!(shop.run("export sie --from 2026-04-01 --to 2026-04-30 -o x.si"), @"
    --- stderr
    error: 2026-04-30 lies ahead, and what will be booked until then is not known
    hint: `--to 2026-04-01` takes up what there is
    --- status 5
    ");
    assert_snapshot!(shop.run("export sie --from 2020-01-01 --to 2020-12-31 -o x.si"), @"
    --- stderr
    warning: there is nothing to book from 2020-01-01 to 2020-12-31; no file was written
    nothing needed doing
    ");
    assert_snapshot!(shop.run(&format!("{MARCH} -o x.si --again")), @"
    --- stderr
    error: no export lies within the days from 2026-03-01 to 2026-03-31
    hint: `shopctl export list` lists them; without `--again` the first one is made
    --- status 4
    ");
    let unwritable = shop.run(&format!("{MARCH} -o /nowhere/x.si"));
    assert_eq!(unwritable.status, 8, "{unwritable}");
    assert_eq!(shop.run("setting set account_bank bank").status, 5);
    assert_eq!(shop.run("report vat --from 2026-04-01 --to 2026-03-01").status, 5);
    assert_eq!(shop.ok("export list"), "");
}

#[test]
fn characters_that_the_code_page_lacks_are_written_otherwise_with_a_warning() {
    let shop = shop();
    shop.ok("account edit 212000-0142 --name 'Łódź – Åkeri AB'");
    shop.ok("order create --account 212000-0142 --item AB04-PRINT");
    let outcome = shop.run("export sie --from 2026-04-01 --to 2026-04-01 -o april.si");
    assert_snapshot!(outcome, @"
    books exported         2026-04-01 – 2026-04-01  vouchers 1, first number 1, last number 1, sha256 <hash>
    1 voucher, F 1 to F 1: 127,20 kronor debit and credit
    --- stderr
    warning: left to other books: 2 vouchers of days before 2026-04-01, the first day of the first export; one that begins earlier takes them up
    warning: `Faktura 1003, Łódź – Åkeri AB` is written as `Faktura 1003, Lódz - Åkeri AB`: the code page of SIE files lacks `Ł`, `ź`, `–`
    ");
    assert_eq!(read(&shop, "april.si").vouchers[0].text, "Faktura 1003, Lódz - Åkeri AB");
}

#[test]
fn prepaid_income_is_booked_by_the_month_where_that_is_chosen() {
    let shop = shop();
    shop.ok("setting set prepaid_income monthly");
    shop.ok("setting set account_prepaid 2972");
    shop.ok(&format!("{MARCH} -o mars.si"));
    let march = read(&shop, "mars.si");
    assert_eq!((march.balance(2972), march.balance(3001)), (-623_334, -56_666));
    assert_eq!(
        march.record("#KONTO").map(<[String]>::to_vec),
        Some(vec!["1510".to_owned(), "Kundfordringar".to_owned()])
    );
    shop.at("2027-03-31T09:00:00Z");
    shop.ok("export sie --from 2026-04-01 --to 2027-02-28 -o aret.si");
    let year = read(&shop, "aret.si");
    assert_eq!(year.vouchers.len(), 22);
    assert_eq!(march.balance(2972) + year.balance(2972), 0);
}
