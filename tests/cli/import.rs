use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::Value as Json;

use crate::support::{Shop, org_number};
use insta::assert_snapshot;

const TWO: &str = "\
organisationsnummer;namn;e-post;faktura-e-post;adress;postnummer;ort;medlem
202100-3625;Åklagarmyndigheten;aklagare@myndighet.example;faktura@aklagare.example;Östra gatan 1;11122;Stockholm;ja
2021005489;Södra Övningsverket;ovning@myndighet.example;;;;;nej
";

#[test]
fn a_spreadsheet_becomes_accounts() {
    let shop = Shop::new();
    shop.file("two.csv", TWO);
    assert_snapshot!(shop.run("account import two.csv"), @"
    import begun           1  file two.csv, kind accounts
    account created        202100-3625  name Åklagarmyndigheten, invoice email faktura@aklagare.example, street Östra gatan 1, postal code 111 22, city Stockholm, country SE, language sv, login aklagare@myndighet.example, member from 2026-03-01
    account created        202100-5489  name Södra Övningsverket, country SE, language sv, login ovning@myndighet.example
    import finished        1  file two.csv, created 2, updated 0, unchanged 0, refused 0
    two.csv: 2 created, 0 updated, 0 unchanged, 0 refused
    --- stderr
    two.csv: UTF-8, semicolon; `organisationsnummer` is org_number, `namn` is name, `e-post` is email, `faktura-e-post` is invoice_email, `adress` is street, `postnummer` is postal_code, `ort` is city, `medlem` is member
    ");
    assert_snapshot!(shop.run("account import two.csv --json"), @r#"
    {"op":null,"dry_run":false,"changed":false,"objects":[{"number":null,"file":"two.csv","created":0,"updated":0,"unchanged":2,"refused":0}],"warnings":[],"events":[]}
    --- stderr
    two.csv: UTF-8, semicolon; `organisationsnummer` is org_number, `namn` is name, `e-post` is email, `faktura-e-post` is invoice_email, `adress` is street, `postnummer` is postal_code, `ort` is city, `medlem` is member
    "#);
    assert_snapshot!(shop.run("account imports list"), @"1	2026-03-01T08:00:00Z	accounts	two.csv	2	0	0	0");
    assert_snapshot!(shop.table("account imports show 1"), @"
    Import     1
    File       two.csv
    Created    2
    Updated    0
    Unchanged  0
    Refused    0
    When       2026-03-01 09:00
    Who        anna
    Operation  2

    `shopctl account imports undo 1` takes it back, unless something was built on
    it.
    import begun 1; account created 2; import finished 1
    ");
    assert_snapshot!(shop.run("account list"), @r"
    202100-5489	Södra Övningsverket		ovning@myndighet.example		no	
    202100-3625	Åklagarmyndigheten	Stockholm	aklagare@myndighet.example	faktura@aklagare.example	yes
    ");
    assert_snapshot!(shop.run("account imports show 2"), @"
    --- stderr
    error: there is no import `2`
    hint: `shopctl account imports list` and `shopctl subscription imports list` list them
    --- status 4
    ");
}

#[test]
fn encodings_and_delimiters_are_detected() {
    let utf16 = |text: &str| -> Vec<u8> {
        [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    };
    let latin: Vec<u8> =
        TWO.chars().map(|c| u8::try_from(u32::from(c)).expect("Latin-1")).collect();
    let with_bom = [b"\xef\xbb\xbf", TWO.as_bytes()].concat();
    let crlf = TWO.replace('\n', "\r\n");
    for (bytes, words) in [
        (TWO.as_bytes().to_vec(), "UTF-8, semicolon"),
        (with_bom, "UTF-8, semicolon"),
        (utf16(TWO), "UTF-16"),
        (latin, "Windows-1252, semicolon"),
        (TWO.replace(';', ",").into_bytes(), "UTF-8, comma"),
        (TWO.replace(';', "\t").into_bytes(), "UTF-8, tab"),
        (crlf.into_bytes(), "UTF-8, semicolon"),
    ] {
        let shop = Shop::new();
        shop.file("two.csv", bytes);
        let outcome = shop.run("account import two.csv");
        assert_eq!(outcome.status, 0, "{words}\n{outcome}");
        assert!(outcome.stderr.contains(words), "{words}\n{outcome}");
        assert_eq!(shop.json("account show 202100-3625")["name"], "Åklagarmyndigheten");
    }
}

#[test]
fn a_file_comes_by_stdin_as_well() {
    let shop = Shop::new();
    assert_snapshot!(shop.feed("account import -", TWO.as_bytes()), @"
    import begun           1  file stdin, kind accounts
    account created        202100-3625  name Åklagarmyndigheten, invoice email faktura@aklagare.example, street Östra gatan 1, postal code 111 22, city Stockholm, country SE, language sv, login aklagare@myndighet.example, member from 2026-03-01
    account created        202100-5489  name Södra Övningsverket, country SE, language sv, login ovning@myndighet.example
    import finished        1  file stdin, created 2, updated 0, unchanged 0, refused 0
    stdin: 2 created, 0 updated, 0 unchanged, 0 refused
    --- stderr
    stdin: UTF-8, semicolon; `organisationsnummer` is org_number, `namn` is name, `e-post` is email, `faktura-e-post` is invoice_email, `adress` is street, `postnummer` is postal_code, `ort` is city, `medlem` is member
    ");
    let outcome =
        shop.feed("account import - --partial --rejects bad.csv", b"orgnr,namn,e-post\n1,x,y\n");
    assert_eq!(outcome.status, 7, "{outcome}");
    assert!(shop.read("bad.csv").contains("1,x,y"));
}

#[test]
fn every_error_of_a_file_is_told_at_once_and_nothing_is_imported() {
    let shop = Shop::open();
    shop.file(
        "bad.csv",
        "Orgnr,Namn,E-post,Ort\n\
         202100-3625,God,god@a.example,Solna\n\
         556036-0794,Fel siffra,b@a.example,Solna\n\
         202100-5489,Fel adress,b-at-a.example,Solna\n\
         202100-3625,Samma nummer,c@a.example,Solna\n\
         212000-0142,Stockholms stad,inkop@stockholm.example,Göteborg\n\
         202100-2114,Samma login,AVTAL@saab.example,Solna\n\
         202100-4284,Kort\n\
         202100-6461,Lång,d@a.example,Solna,mer\n\
         ,Utan nummer,e@a.example,Solna\n\
         202100-0829,,f@a.example,Solna\n\
         DE123456789,Utländsk,g@a.example,Berlin\n",
    );
    let head = shop.head();
    assert_snapshot!(shop.run("account import bad.csv"), @r"
    --- stderr
    bad.csv: UTF-8, comma; `Orgnr` is org_number, `Namn` is name, `E-post` is email, `Ort` is city
    bad.csv, line 3, column `Orgnr`: `556036-0794` is not an organisation number: its check digit is wrong
    bad.csv, line 4, column `E-post`: `b-at-a.example` is not an e-mail address: it has no @
    bad.csv, line 5, column `Orgnr`, value `202100-3625`: it stands on line 2 already
    bad.csv, line 6, column `Orgnr`, value `212000-0142`: the account exists and differs in city; use --update
    bad.csv, line 7, column `E-post`, value `AVTAL@saab.example`: it is the login of another account
    bad.csv, line 8: the row has 2 fields, the heading 4 (a cell that holds the delimiter must stand in double quotes)
    bad.csv, line 9: the row has 5 fields, the heading 4 (a cell that holds the delimiter must stand in double quotes)
    bad.csv, line 10, column `Orgnr`: the organisation number is empty
    bad.csv, line 11, column `Namn`: the name is missing
    bad.csv, line 12, column `Orgnr`: `DE123456789` is not a Swedish number; the shop sells to organisations registered in Sweden only
    error: 10 rows were refused, and nothing was imported
    hint: correct the file, or take the good rows with `--partial --rejects bad.csv`
    --- status 5
    ");
    assert_eq!(shop.head(), head);
    let (status, error) = shop.error("account import bad.csv");
    assert_eq!((status, &error["code"]), (5, &"rows_refused".into()));
    assert_snapshot!(shop.run("account import bad.csv --partial --rejects rejected.csv"), @"
    import begun           1  file bad.csv, kind accounts
    account created        202100-3625  name God, city Solna, country SE, language sv, login god@a.example
    import finished        1  file bad.csv, created 1, updated 0, unchanged 0, refused 10
    bad.csv: 1 created, 0 updated, 0 unchanged, 10 refused
    --- stderr
    bad.csv: UTF-8, comma; `Orgnr` is org_number, `Namn` is name, `E-post` is email, `Ort` is city
    bad.csv, line 3, column `Orgnr`: `556036-0794` is not an organisation number: its check digit is wrong
    bad.csv, line 4, column `E-post`: `b-at-a.example` is not an e-mail address: it has no @
    bad.csv, line 5, column `Orgnr`, value `202100-3625`: it stands on line 2 already
    bad.csv, line 6, column `Orgnr`, value `212000-0142`: the account exists and differs in city; use --update
    bad.csv, line 7, column `E-post`, value `AVTAL@saab.example`: it is the login of another account
    bad.csv, line 8: the row has 2 fields, the heading 4 (a cell that holds the delimiter must stand in double quotes)
    bad.csv, line 9: the row has 5 fields, the heading 4 (a cell that holds the delimiter must stand in double quotes)
    bad.csv, line 10, column `Orgnr`: the organisation number is empty
    bad.csv, line 11, column `Namn`: the name is missing
    bad.csv, line 12, column `Orgnr`: `DE123456789` is not a Swedish number; the shop sells to organisations registered in Sweden only
    error: 10 rows were refused, the others are imported
    --- status 7
    ");
    assert_snapshot!(shop.read("rejected.csv"), @r#"
    rejected_line,rejected_reason,Orgnr,Namn,E-post,Ort
    3,Orgnr: `556036-0794` is not an organisation number: its check digit is wrong,556036-0794,Fel siffra,b@a.example,Solna
    4,E-post: `b-at-a.example` is not an e-mail address: it has no @,202100-5489,Fel adress,b-at-a.example,Solna
    5,Orgnr: it stands on line 2 already,202100-3625,Samma nummer,c@a.example,Solna
    6,Orgnr: the account exists and differs in city; use --update,212000-0142,Stockholms stad,inkop@stockholm.example,Göteborg
    7,E-post: it is the login of another account,202100-2114,Samma login,AVTAL@saab.example,Solna
    8,"the row has 2 fields, the heading 4 (a cell that holds the delimiter must stand in double quotes)",202100-4284,Kort
    9,"the row has 5 fields, the heading 4 (a cell that holds the delimiter must stand in double quotes)",202100-6461,Lång,d@a.example,Solna,mer
    10,Orgnr: the organisation number is empty,,Utan nummer,e@a.example,Solna
    11,Namn: the name is missing,202100-0829,,f@a.example,Solna
    12,Orgnr: `DE123456789` is not a Swedish number; the shop sells to organisations registered in Sweden only,DE123456789,Utländsk,g@a.example,Berlin
    "#);
    assert_eq!(shop.json("account show 202100-3625")["name"], "God");
}

#[test]
fn a_corrected_file_of_rejects_is_imported() {
    let shop = Shop::new();
    shop.file("bad.csv", "orgnr;namn;e-post\n556036-0794;Saab;avtal@saab.example\n");
    assert_eq!(shop.run("account import bad.csv --partial --rejects r.csv").status, 7);
    shop.file("r.csv", shop.read("r.csv").replace("556036-0794;", "556036-0793;"));
    assert_snapshot!(shop.run("account import r.csv"), @"
    import begun           1  file r.csv, kind accounts
    account created        556036-0793  name Saab, country SE, language sv, login avtal@saab.example
    import finished        1  file r.csv, created 1, updated 0, unchanged 0, refused 0
    r.csv: 1 created, 0 updated, 0 unchanged, 0 refused
    --- stderr
    r.csv: UTF-8, semicolon; `orgnr` is org_number, `namn` is name, `e-post` is email; passed over: `rejected_line`, `rejected_reason`
    ");
}

#[test]
fn only_the_first_errors_are_told_and_the_rest_are_counted() {
    let shop = Shop::new();
    let rows: String = (0..60).map(|row| format!("5560{row:02}-0000,x,y@z.example\n")).collect();
    shop.file("bad.csv", format!("orgnr,namn,e-post\n{rows}"));
    let outcome = shop.run("account import bad.csv");
    let told = outcome.stderr.lines().filter(|line| line.contains(", line ")).count();
    assert_eq!((outcome.status, told), (5, 50), "{outcome}");
    assert!(outcome.stderr.contains("more"), "{outcome}");
}

#[test]
fn every_bad_cell_of_a_row_is_told() {
    let shop = Shop::new();
    shop.file("bad.csv", "orgnr;namn;e-post;medlem\n556016-0681;;bad;kanske\n");
    assert_snapshot!(shop.run("account import bad.csv"), @"
    --- stderr
    bad.csv: UTF-8, semicolon; `orgnr` is org_number, `namn` is name, `e-post` is email, `medlem` is member
    bad.csv, line 2, column `orgnr`: `556016-0681` is not an organisation number: its check digit is wrong
    bad.csv, line 2, column `e-post`: `bad` is not an e-mail address: it has no @
    bad.csv, line 2, column `medlem`: `kanske` is neither yes nor no
    error: 1 row was refused, and nothing was imported
    hint: correct the file, or take the good rows with `--partial --rejects bad.csv`
    --- status 5
    ");
}

#[test]
fn r9_an_import_counts_the_addresses_that_look_like_persons() {
    let shop = Shop::new();
    let rows = "556016-0680;A;a@a.example;anna.berg@a.example\n212000-1355;G;g@g.example;faktura@g.example\n";
    shop.file("some.csv", format!("orgnr;namn;e-post;faktura-e-post\n{rows}"));
    assert_snapshot!(shop.run("account import some.csv").stderr, @"
    PRACTICE: this shop is for practice, and its mail reaches nobody outside
    some.csv: UTF-8, semicolon; `orgnr` is org_number, `namn` is name, `e-post` is email, `faktura-e-post` is invoice_email
    warning: the invoice e-mail on line 2 looks like a person's, and invoices to persons are often missed
    ");
}

#[test]
fn an_import_counts_the_postal_codes_that_are_none_of_sweden() {
    let shop = Shop::new();
    let rows = "556016-0680,A,a@a.example,S-21143,\n212000-1355,G,g@g.example,0150,NO\n\
         202100-3625,B,b@b.example,12,\n";
    shop.file("some.csv", format!("orgnr,namn,e-post,postnr,land\n{rows}"));
    let warning = "warning: the postal code on line 4 is none of Sweden, and its address is not said \
                   to lie abroad\n";
    assert!(shop.run("account import some.csv").stderr.ends_with(warning));
    assert_eq!(shop.json("account show 556016-0680")["postal_code"], "211 43");
}

#[test]
fn a_rejected_row_tells_each_reason_with_its_column() {
    let shop = Shop::new();
    let rows = "556016-0680,A,a@a.example\n556016-0680,B,a@a.example\n";
    shop.file("some.csv", format!("orgnr,namn,e-post\n{rows}"));
    shop.run("account import some.csv --partial --rejects bad.csv");
    assert_snapshot!(shop.read("bad.csv"), @"
    rejected_line,rejected_reason,orgnr,namn,e-post
    3,orgnr: it stands on line 2 already; e-post: it stands on line 2 already; each account has a login of its own,556016-0680,B,a@a.example
    ");
}

#[test]
fn files_that_are_no_table_are_refused_with_a_reason() {
    let shop = Shop::new();
    let head = shop.head();
    shop.file("empty.csv", "");
    assert_snapshot!(shop.run("account import empty.csv"), @r"
    --- stderr
    error: `empty.csv`: it is empty
    hint: the first line must name the columns
    --- status 5
    ");
    shop.file("heading.csv", "orgnr,namn,e-post\n");
    assert_snapshot!(shop.run("account import heading.csv"), @r"
    heading.csv: 0 created, 0 updated, 0 unchanged, 0 refused
    --- stderr
    heading.csv: UTF-8, comma; `orgnr` is org_number, `namn` is name, `e-post` is email
    nothing needed doing
    ");
    assert_snapshot!(shop.run("account import ."), @"
    --- stderr
    error: `.` cannot be read: it is a folder
    hint: see that the path is right
    --- status 8
    ");
    assert_snapshot!(shop.run("account import missing.csv"), @r"
    --- stderr
    error: `missing.csv` cannot be read: No such file or directory (os error 2)
    hint: see that the path is right
    --- status 8
    ");
    shop.file(
        "unclosed.csv",
        "orgnr,namn,e-post\n556036-0793,\"Saab,a@b.example\n212000-0142,Sthlm,c@d.example\n",
    );
    assert_snapshot!(shop.run("account import unclosed.csv"), @r"
    --- stderr
    error: `unclosed.csv`: line 2: the quote opened on this line is not closed before the end of the file
    hint: close the quote, or write it twice if it belongs to the text
    --- status 5
    ");
    shop.file("unknown.csv", "orgnr,namn,e-post,skonummer\n556036-0793,Saab,a@b.example,43\n");
    assert_snapshot!(shop.run("account import unknown.csv"), @r"
    --- stderr
    error: `unknown.csv`: unknown heading `skonummer` in column 4 (D)
    hint: say `--column ignore=skonummer` to pass it over; or `--column FIELD=HEADER`
    --- status 5
    ");
    shop.file("no-login.csv", "orgnr,namn\n556036-0793,Saab\n");
    assert_snapshot!(shop.run("account import no-login.csv"), @r"
    --- stderr
    error: `no-login.csv`: no column for `email`
    hint: name the column in the file, or say which it is with `--column FIELD=HEADER`
    --- status 5
    ");
    shop.file("no-name.csv", "orgnr,e-post\n556036-0793,a@b.example\n");
    assert_snapshot!(shop.run("account import no-name.csv"), @r"
    --- stderr
    error: `no-name.csv`: no column for `name`
    hint: name the column in the file, or say which it is with `--column FIELD=HEADER`
    --- status 5
    ");
    shop.file("twice.csv", "orgnr,namn,företag,e-post\n556036-0793,Saab,Saab,a@b.example\n");
    assert_snapshot!(shop.run("account import twice.csv"), @r"
    --- stderr
    error: `twice.csv`: column 2 (B) and column 3 (C) are both `name`
    hint: rename one of them, or pass it over with `--column ignore=HEADER`
    --- status 5
    ");
    shop.file("binary.csv", [0x50, 0x4b, 3, 4, 0, 0, 0, 0, 0xff, 0xfe].repeat(50));
    let outcome = shop.run("account import binary.csv");
    assert_eq!(outcome.status, 5, "{outcome}");
    assert!(!outcome.stderr.contains('\0'), "{outcome}");
    assert_eq!(shop.head(), head);
}

#[test]
fn a_field_of_a_megabyte_is_refused_by_its_length() {
    let shop = Shop::new();
    let name = "x".repeat(1 << 20);
    shop.file(
        "huge.csv",
        format!(
            "orgnr,namn,e-post\n556036-0793,{name},a@b.example\n212000-0142,Sthlm,c@d.example\n"
        ),
    );
    let outcome = shop.run("account import huge.csv");
    assert_eq!(outcome.status, 5);
    assert!(outcome.stderr.len() < 2000, "the message is as short as a message");
    assert_snapshot!(outcome, @r"
    --- stderr
    huge.csv: UTF-8, comma; `orgnr` is org_number, `namn` is name, `e-post` is email
    huge.csv, line 2, column `namn`: name `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…` was refused: it is 1048576 characters long; at most 200 are allowed
    error: 1 row was refused, and nothing was imported
    hint: correct the file, or take the good rows with `--partial --rejects bad.csv`
    --- status 5
    ");
}

#[test]
fn control_characters_in_a_file_are_refused_and_shown_harmlessly() {
    let shop = Shop::new();
    shop.file("evil.csv", "orgnr,namn,e-post\n556036-0793,\"Saab\nBcc: x@y.example\",a@b.example\n212000-0142,St\u{1b}[2Jad,c@d.example\n202100-3625,Ok,\"e@f.example\r\nBcc: g@h.example\"\n");
    let outcome = shop.run("account import evil.csv");
    assert!(!outcome.stderr.contains('\u{1b}'));
    assert_snapshot!(outcome, @r"
    --- stderr
    evil.csv: UTF-8, comma; `orgnr` is org_number, `namn` is name, `e-post` is email
    evil.csv, line 2, column `namn`: name `Saab\u{a}Bcc: x@y.example` was refused: it holds the control character U+000A
    evil.csv, line 4, column `namn`: name `St\u{1b}[2Jad` was refused: it holds the control character U+001B
    evil.csv, line 5, column `e-post`: `e@f.example\u{d}\u{a}Bcc: g@h.example` is not an e-mail address: it holds a space or a control character
    error: 3 rows were refused, and nothing was imported
    hint: correct the file, or take the good rows with `--partial --rejects bad.csv`
    --- status 5
    ");
}

#[test]
fn headings_of_ones_own_are_named_by_a_flag() {
    let shop = Shop::new();
    shop.file(
        "own.csv",
        "Kund,Nr,Adress 1,Mejl,Fax\nSaab AB,556036-0793,Gatan 1,a@b.example,08-1\n",
    );
    assert_snapshot!(shop.run("account import own.csv"), @r"
    --- stderr
    error: `own.csv`: unknown headings `Kund` in column 1 (A), `Nr` in column 2 (B), `Adress 1` in column 3 (C), `Fax` in column 5 (E); no column for `org_number` or `name`
    hint: did you mean `--column street='Adress 1'`, `--column ignore=Kund` to pass it over; or `--column FIELD=HEADER`
    --- status 5
    ");
    assert_snapshot!(shop.run("account import own.csv --column org_number=Nr --column name=Kund \
        --column 'street=Adress 1' --column ignore=Fax"), @"
    import begun           1  file own.csv, kind accounts
    account created        556036-0793  name Saab AB, street Gatan 1, country SE, language sv, login a@b.example
    import finished        1  file own.csv, created 1, updated 0, unchanged 0, refused 0
    own.csv: 1 created, 0 updated, 0 unchanged, 0 refused
    --- stderr
    own.csv: UTF-8, comma; `Kund` is name, `Nr` is org_number, `Adress 1` is street, `Mejl` is email; passed over: `Fax`
    ");
    assert_snapshot!(shop.run("account import own.csv --column org_number"), @"
    --- stderr
    error: --column <FIELD=HEADER>: `org_number` is not of the form FIELD=HEADER
    --- status 5
    ");
    assert_snapshot!(shop.run("account import own.csv --column shoe=Nr"), @r"
    --- stderr
    error: `own.csv`: no field is called `shoe`
    hint: write `--column FIELD=HEADER`, the field first: org_number, name, email, invoice_email, contact, care_of, street, postal_code, city, country, language, reference, vat_number, member, or ignore
    --- status 5
    ");
    assert_snapshot!(shop.run("account import own.csv --column name=Nobody"), @r"
    --- stderr
    error: `own.csv`: no heading is `Nobody`
    hint: write the heading as it stands in the file
    --- status 5
    ");
}

#[test]
fn an_update_changes_what_the_file_says_and_nothing_else() {
    let shop = Shop::open();
    shop.file("update.csv", "orgnr,ort,adress,medlem\n556036-0793,Stockholm,,\n212000-0142,,,ja\n");
    assert_eq!(shop.run("account import update.csv").status, 5);
    assert_snapshot!(shop.run("account import update.csv --update"), @"
    import begun           1  file update.csv, kind accounts
    account edited         556036-0793  city: Linköping → Stockholm
    membership changed     212000-0142  member: no → yes, from 2026-03-01
    import finished        1  file update.csv, created 0, updated 2, unchanged 0, refused 0
    update.csv: 0 created, 2 updated, 0 unchanged, 0 refused
    --- stderr
    update.csv: UTF-8, comma; `orgnr` is org_number, `ort` is city, `adress` is street, `medlem` is member
    ");
    let saab = shop.json("account show 556036-0793");
    assert_eq!(
        (&saab["city"], &saab["street"]),
        (&"Stockholm".into(), &"Bröderna Ugglas gata".into())
    );
    assert_eq!(saab["member"], true);
    assert_snapshot!(shop.run("account import update.csv --update"), @r"
    update.csv: 0 created, 0 updated, 2 unchanged, 0 refused
    --- stderr
    update.csv: UTF-8, comma; `orgnr` is org_number, `ort` is city, `adress` is street, `medlem` is member
    nothing needed doing
    ");
    shop.file("login.csv", "orgnr,namn,e-post\n556036-0793,Saab AB,ny@saab.example\n");
    assert_snapshot!(shop.run("account import login.csv --update"), @r"
    --- stderr
    login.csv: UTF-8, comma; `orgnr` is org_number, `namn` is name, `e-post` is email
    login.csv, line 2, column `e-post`, value `ny@saab.example`: the account has another login, and an import changes no login
    error: 1 row was refused, and nothing was imported
    hint: correct the file, or take the good rows with `--partial --rejects bad.csv`
    --- status 5
    ");
}

#[test]
fn an_import_is_taken_back_unless_something_was_built_on_it() {
    let shop = Shop::open();
    shop.file("two.csv", TWO);
    shop.ok("account import two.csv");
    let head = shop.head();
    assert_snapshot!(shop.run("account imports undo 1"), @"
    --- stderr
    error: this needs your agreement: Import 1 of two.csv: accounts made 2, updated 0.
    hint: add `--yes` to agree, or `--dry-run` to see what it would do
    --- status 5
    ");
    assert_eq!(shop.head(), head);
    assert_snapshot!(shop.run("account imports undo 1 --yes"), @"
    account removed        202100-5489  name: Södra Övningsverket → nothing, country: SE → nothing, language: sv → nothing, login: ovning@myndighet.example → nothing
    account removed        202100-3625  name: Åklagarmyndigheten → nothing, invoice email: faktura@aklagare.example → nothing, street: Östra gatan 1 → nothing, postal code: 111 22 → nothing, city: Stockholm → nothing, country: SE → nothing, language: sv → nothing, login: aklagare@myndighet.example → nothing
    import undone          1  file two.csv
    ");
    assert_eq!(shop.run("account show 202100-3625").status, 4);
    assert_snapshot!(shop.run("account imports undo 1 --yes"), @r"
    --- stderr
    error: import 1 was undone at 2026-03-01T08:00:00Z
    --- status 5
    ");
    assert_eq!(shop.run("audit verify").status, 0);

    shop.ok("account import two.csv");
    shop.ok("order create --account 202100-3625 --item AB04");
    let head = shop.head();
    assert_snapshot!(shop.run("account imports undo 2 --yes"), @"
    --- stderr
    error: something was built on import 2 since: account 202100-3625 has orders
    hint: it stays; `shopctl account close ORG` closes an account that is not to be used, `account edit ORG` corrects it
    --- status 5
    ");
    assert_eq!(shop.head(), head);
    assert_snapshot!(shop.run("account imports undo 7 --yes"), @"
    --- stderr
    error: there is no import `7`
    hint: `shopctl account imports list` and `shopctl subscription imports list` list them
    --- status 4
    ");
}

#[test]
fn an_updating_import_is_taken_back_field_by_field() {
    let shop = Shop::open();
    shop.file("update.csv", "orgnr,ort,medlem\n556036-0793,Stockholm,nej\n212000-0142,Solna,ja\n");
    let before: Vec<String> = ["556036-0793", "212000-0142"]
        .map(|org| shop.json(&format!("account show {org}"))["city"].to_string())
        .into();
    shop.ok("account import update.csv --update");
    shop.ok("account imports undo 1 --yes");
    let after: Vec<String> = ["556036-0793", "212000-0142"]
        .map(|org| shop.json(&format!("account show {org}"))["city"].to_string())
        .into();
    assert_eq!(before, after);
    assert_eq!(shop.json("account show 556036-0793")["member"], true);
    assert_eq!(shop.json("account show 212000-0142")["member"], false);
}

#[test]
fn an_import_is_rehearsed_by_a_dry_run() {
    let shop = Shop::new();
    shop.file("two.csv", TWO);
    shop.rehearse_and_run("account import two.csv");
    shop.rehearse_and_run("account imports undo 1 --yes");
    shop.rehearse_and_run("account import two.csv --partial");
}

#[test]
fn what_is_exported_comes_in_again() {
    let shop = Shop::open();
    shop.ok(
        "account create 202100-3625 --name '=1+1; \"AB\", Åäö' --email a@b.example --reference=-5",
    );
    shop.ok("account export -o all.csv");
    assert_snapshot!(shop.read("all.csv"), @r#"
    org_number,name,email,invoice_email,contact,care_of,street,postal_code,city,country,language,reference,vat_number,member
    202100-3625,"'=1+1; ""AB"", Åäö",a@b.example,,,,,,,SE,sv,'-5,,no
    212000-0142,Stockholms stad,inkop@stockholm.example,ekonomi@stockholm.example,,,Hantverkargatan 1,105 35,Stockholm,SE,sv,,,no
    556036-0793,Saab AB,avtal@saab.example,faktura@saab.example,,,Bröderna Ugglas gata,582 54,Linköping,SE,sv,,,yes
    "#);
    assert_eq!(shop.ok("account export"), shop.read("all.csv"));
    let elsewhere = Shop::new();
    elsewhere.file("all.csv", shop.read("all.csv"));
    elsewhere.ok("account import all.csv");
    assert_eq!(elsewhere.ok("account export"), shop.read("all.csv"));
    let head = shop.head();
    assert_snapshot!(shop.run("account import all.csv -q"), @"");
    assert_eq!(shop.head(), head, "what is equal is unchanged");
    let tabs = shop.ok("account export --format tsv");
    elsewhere.file("all.tsv", tabs);
    assert_eq!(elsewhere.change("account import all.tsv")["changed"], false);
}

#[test]
fn many_events_are_shown_as_a_summary_and_streamed_as_json() {
    let shop = Shop::new();
    let rows: String = (1..=1500)
        .map(|serial| format!("{},Kund {serial},k{serial}@kund.example\n", org_number(serial)))
        .collect();
    shop.file("many.csv", format!("orgnr,namn,e-post\n{rows}"));
    assert_snapshot!(shop.run("account import many.csv -n"), @"
    import begun           1
    account created        1500
    import finished        1
    many.csv: 1500 created, 0 updated, 0 unchanged, 0 refused
    --- stderr
    many.csv: UTF-8, comma; `orgnr` is org_number, `namn` is name, `e-post` is email
    this is what would happen; nothing was changed
    ");
    let change = shop.change("account import many.csv");
    assert_eq!(change["events"].as_array().map(Vec::len), Some(1502));
}

#[test]
fn real_authorities_come_in_and_go_out_again() {
    let Some(file) = test_data("orgnr/authorities.csv") else { return };
    let mut reader = csv::Reader::from_path(&file).expect("a table");
    let mut table = String::from("org_number,name,email,street,postal_code,city\n");
    let mut seen = BTreeSet::new();
    for row in reader.records() {
        let row = row.expect("a row");
        if seen.insert(row[1].to_owned()) && !row[1].is_empty() {
            let number = &row[1];
            let cell = |index: usize| format!("\"{}\"", row[index].replace('"', "\"\""));
            table.push_str(&format!(
                "{number},{},registrator@{number}.example,{},{},{}\n",
                cell(0),
                cell(3),
                cell(4),
                cell(5)
            ));
        }
    }
    let shop = Shop::new();
    shop.file("authorities.csv", &table);
    let change = shop.rehearse_and_run("account import authorities.csv");
    assert_eq!(change["objects"][0]["created"], table.lines().count() - 1);
    shop.ok("account export -o out.csv");
    assert_eq!(shop.change("account import out.csv")["changed"], false);
}

#[test]
fn numbers_in_the_lists_of_others_are_judged_as_they_judge_them() {
    let shop = Shop::new();
    let Some(folder) = test_data("orgnr") else { return };
    let judge = |file: &str, is_right: &dyn Fn(&Json) -> bool, spellings: &[&str]| {
        let text = std::fs::read_to_string(folder.join(file)).expect(file);
        let list: Json = serde_json::from_str(&text).expect(file);
        for entry in list.as_array().expect("a list") {
            let status = if is_right(entry) { 4 } else { 5 };
            for spelling in spellings {
                let number = match &entry[*spelling] {
                    Json::String(text) => text.clone(),
                    other => other.to_string(),
                };
                let outcome = shop.run(&format!("account show {number}"));
                assert_eq!(outcome.status, status, "{entry}\n{outcome}");
            }
        }
    };
    let is_valid = |entry: &Json| entry["valid"] == true;
    judge("organisationsnummer-list.json", &is_valid, &["input", "long_format", "short_format"]);
    judge(
        "personnummer-list.json",
        &is_valid,
        &["long_format", "separated_format", "separated_long"],
    );
    judge("personnummer-orgnumber.json", &|_| true, &["short_format", "separated_format"]);
}

/// Returns a file made by others, where it is at hand.
fn test_data(name: &str) -> Option<PathBuf> {
    let data = std::env::var_os("SHOPCTL_TEST_DATA");
    if data.is_none() {
        eprintln!("skipped: SHOPCTL_TEST_DATA does not say where `{name}` is");
    }
    Some(PathBuf::from(data?).join(name))
}
