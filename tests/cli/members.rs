use crate::support::{Shop, org_number};
use insta::assert_snapshot;

/// Returns a shop of forty accounts, of which the first `members` are members.
fn shop_with(members: u32) -> Shop {
    let shop = Shop::new();
    let row = |serial: u32| {
        let member = if serial <= members { "ja" } else { "nej" };
        format!("{};Kund {serial};k{serial}@kund.example;{member}\n", org_number(serial))
    };
    let rows: String = (1..=40).map(row).collect();
    shop.file("all.csv", format!("orgnr;namn;e-post;medlem\n{rows}"));
    shop.ok("account import all.csv -q");
    shop.at("2026-04-01T08:00:00Z");
    shop
}

/// Writes a list of the members with these serial numbers.
fn list(shop: &Shop, serials: impl Iterator<Item = u32>) {
    let rows: String = serials.map(|n| format!("{}\n", org_number(n))).collect();
    shop.file("members.csv", format!("Organisationsnummer\n{rows}"));
}

fn members(shop: &Shop) -> i64 {
    shop.count("SELECT count(*) FROM membership WHERE to_on IS NULL")
}

#[test]
fn a_register_of_members_updates_who_is_one() {
    let shop = shop_with(2);
    shop.file(
        "register.csv",
        format!(
            "Medlemsnummer;Företagsnamn;Org.nr;Medlemsstatus;Inträdesdatum;Postort\n\
             1;Kund 1;{};Aktiv;2015-04-01;Växjö\n\
             2;Kund 2;{};Utträdd;;Ås\n\
             3;Kund 3;{};Medlem;;Örebro\n\
             4;Kund 4;{};aktiv;2026-01-01;Örebro\n\
             6;Kund 6;{};aktiv;2015-01-01;Örebro\n\
             5;Ingen kund;202100-3625;aktiv;;Örebro\n",
            org_number(1),
            org_number(2),
            org_number(3),
            org_number(4),
            org_number(6)
        ),
    );
    shop.ok(&format!("account edit {} --member yes --from 2025-01-01", org_number(6)));
    shop.ok(&format!("account edit {} --member no --from 2026-01-01", org_number(6)));
    assert_snapshot!(shop.run("account import --members register.csv"), @"
    --- stderr
    error: `register.csv`: unknown heading `Medlemsnummer` in column 1 (A)
    hint: say `--column ignore=Medlemsnummer` to pass it over; or `--column FIELD=HEADER`
    --- status 5
    ");
    let line = "account import --members register.csv --column ignore=Medlemsnummer";
    shop.ok(&format!("{line} --rejects unknown.csv -n"));
    assert!(!shop.home().join("unknown.csv").exists(), "a dry run writes no file");
    assert_snapshot!(shop.run(&format!("{line} --rejects unknown.csv")), @"
    import begun           2  file register.csv, kind members
    membership changed     556000-0027  member: yes → no, from 2026-04-01
    membership changed     556000-0035  member: no → yes, from 2026-04-01
    membership changed     556000-0043  member: no → yes, from 2026-01-01
    membership changed     556000-0068  member: no → yes, from 2026-01-01
    import finished        2  file register.csv, created 3, updated 1, unchanged 1, refused 0
    register.csv: 3 became members, 1 are members no longer, 1 unchanged, 1 passed over, 0 missing, 0 refused
    --- stderr
    register.csv: UTF-8, semicolon; `Org.nr` is org_number, `Medlemsstatus` is member, `Inträdesdatum` is member_from; passed over: `Medlemsnummer`, `Företagsnamn`, `Postort`
    warning: register.csv, line 7, column `Org.nr`, value `202100-3625`: there is no account with this number; the row is passed over
    ");
    assert_snapshot!(shop.read("unknown.csv"), @"
    rejected_line;rejected_reason;Medlemsnummer;Företagsnamn;Org.nr;Medlemsstatus;Inträdesdatum;Postort
    7;Org.nr: there is no account with this number;5;Ingen kund;202100-3625;aktiv;;Örebro
    ");
    assert_snapshot!(shop.run(line), @"
    register.csv: 0 became members, 0 are members no longer, 5 unchanged, 1 passed over, 0 missing, 0 refused
    --- stderr
    register.csv: UTF-8, semicolon; `Org.nr` is org_number, `Medlemsstatus` is member, `Inträdesdatum` is member_from; passed over: `Medlemsnummer`, `Företagsnamn`, `Postort`
    warning: register.csv, line 7, column `Org.nr`, value `202100-3625`: there is no account with this number; the row is passed over
    nothing needed doing
    ");
    assert_eq!(members(&shop), 4);
    assert_snapshot!(shop.run("account imports list"), @"
    2	2026-04-01T08:00:00Z	members	register.csv	3	1	1	0	
    1	2026-03-01T08:00:00Z	accounts	all.csv	40	0	0	0
    ");
    shop.rehearse_and_run("account imports undo 2 --yes");
    assert_eq!(members(&shop), 2);
    shop.ok("audit verify");
}

#[test]
fn members_who_are_missing_are_told_and_ended_only_when_asked() {
    let shop = shop_with(4);
    list(&shop, 3..=5);
    assert_snapshot!(shop.run("account import --members members.csv"), @"
    import begun           2  file members.csv, kind members
    membership changed     556000-0050  member: no → yes, from 2026-04-01
    import finished        2  file members.csv, created 1, updated 0, unchanged 2, refused 0
    members.csv: 1 became members, 0 are members no longer, 2 unchanged, 0 passed over, 2 missing, 0 refused
    --- stderr
    members.csv: UTF-8, one column; `Organisationsnummer` is org_number
    warning: 556000-0019 Kund 1 is a member and does not stand in the list
    warning: 556000-0027 Kund 2 is a member and does not stand in the list
    warning: `--end-missing` ends the membership of those missing
    ");
    assert_eq!(members(&shop), 5);
    let change = shop
        .rehearse_and_run("account import --members members.csv --end-missing --from 2026-05-01");
    assert_eq!(change["objects"][0]["updated"], 2);
    assert_eq!(change["objects"][0]["missing"].as_array().map(Vec::len), Some(2));
    assert_eq!(members(&shop), 3);
    shop.ok("account imports undo 3 --yes");
    assert_eq!(members(&shop), 5);
}

#[test]
fn half_a_list_does_not_end_the_other_half() {
    let shop = shop_with(40);
    list(&shop, 1..=20);
    let head = shop.head();
    assert_snapshot!(shop.run("account import --members members.csv --end-missing -q"), @"
    --- stderr
    error: 20 of 40 memberships would end, and at most 10 were expected
    hint: is the list whole? `--max 20` lets them end
    --- status 5
    ");
    let few = shop.run("account import --members members.csv --end-missing --max 19 -q");
    assert_eq!(few.status, 5, "{few}");
    assert_eq!(shop.head(), head);
    assert_eq!(members(&shop), 40);
    shop.ok("account import --members members.csv --end-missing --max 20 -q");
    assert_eq!(members(&shop), 20);
    list(&shop, 1..=10);
    shop.ok("account import --members members.csv --end-missing -q");
    assert_eq!(members(&shop), 10);
}

#[test]
fn a_list_with_a_bad_row_ends_nobody() {
    let shop = shop_with(3);
    let number = org_number(1);
    shop.file(
        "members.csv",
        format!("orgnr;medlem\n{number};ja\n{number};nej\n556016-0681;ja\n;ja\n"),
    );
    assert_snapshot!(shop.run("account import --members members.csv"), @"
    --- stderr
    members.csv: UTF-8, semicolon; `orgnr` is org_number, `medlem` is member
    warning: 556000-0027 Kund 2 is a member and does not stand in the list
    warning: 556000-0035 Kund 3 is a member and does not stand in the list
    warning: `--end-missing` ends the membership of those missing
    members.csv, line 3, column `orgnr`, value `556000-0019`: line 2 says otherwise of it
    members.csv, line 4, column `orgnr`: `556016-0681` is not an organisation number: its check digit is wrong
    members.csv, line 5, column `orgnr`: the organisation number is empty
    error: 3 rows were refused, and nothing was imported
    hint: correct the file, or take the good rows with `--partial --rejects bad.csv`
    --- status 5
    ");
    assert_snapshot!(shop.run("account import --members members.csv --end-missing --partial"), @"
    --- stderr
    error: the argument '--end-missing' cannot be used with '--partial'
    hint: `shopctl account import --members --end-missing <FILE>`
    --- status 2
    ");
    assert_snapshot!(shop.run("account import members.csv --end-missing"), @"
    --- stderr
    error: missing: --members
    hint: `shopctl account import --members --end-missing <FILE>`
    --- status 2
    ");
    assert_snapshot!(shop.run("account import members.csv --members --update"), @"
    --- stderr
    error: the argument '--members' cannot be used with '--update'
    hint: `shopctl account import --members <FILE>`
    --- status 2
    ");
    assert_eq!(members(&shop), 3);
}

#[test]
fn a_closed_account_is_passed_over_and_a_later_membership_is_in_the_way() {
    let shop = shop_with(0);
    shop.ok(&format!("account close {}", org_number(1)));
    shop.ok(&format!("account edit {} --member yes --from 2026-09-01", org_number(2)));
    list(&shop, 1..=2);
    assert_snapshot!(shop.run("account import --members members.csv"), @"
    --- stderr
    members.csv: UTF-8, one column; `Organisationsnummer` is org_number
    warning: members.csv, line 2, column `Organisationsnummer`, value `556000-0019`: the account was closed on 2026-04-01; the row is passed over
    members.csv, line 3, column `Organisationsnummer`, value `556000-0027`: a membership from 2026-09-01 is recorded, and a change from 2026-04-01 would overlap it
    error: 1 row was refused, and nothing was imported
    hint: correct the file, or take the good rows with `--partial --rejects bad.csv`
    --- status 5
    ");
}

#[test]
fn an_end_that_was_set_is_as_before_when_the_list_is_taken_back() {
    let shop = shop_with(1);
    let number = org_number(1);
    shop.ok(&format!("account edit {number} --member no --from 2026-06-01"));
    list(&shop, 1..=1);
    assert_eq!(shop.change("account import --members members.csv")["changed"], false);
    shop.change("account import --members members.csv --from 2026-06-01");
    assert_eq!(members(&shop), 1);
    shop.ok("account imports undo 2 --yes");
    assert_eq!(members(&shop), 0);
    assert_eq!(shop.count("SELECT count(*) FROM membership WHERE to_on = '2026-06-01'"), 1);
}

#[test]
fn a_former_number_in_the_list_keeps_its_successor_a_member() {
    let shop = shop_with(2);
    let number = org_number(1);
    shop.ok(&format!("account renumber {number} 202100-3625 --reason Ombildning --yes"));
    list(&shop, 1..=2);
    let change = shop.change("account import --members members.csv --end-missing");
    assert_eq!(change["changed"], false);
    shop.file("members.csv", format!("orgnr;medlem\n{number};nej\n"));
    let outcome = shop.run("account import --members members.csv");
    assert!(outcome.stderr.contains("; the row is passed over"), "{outcome}");
    assert_eq!(members(&shop), 2);
}
