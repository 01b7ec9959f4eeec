//! Licence copies: rendered, sealed, and told from others.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use insta::assert_snapshot;

use crate::support::{LOGIN, Outcome, PASSWORD, Shop, example, pdf, text_of_pages};

/// Returns a shop in which Saab holds licence 1001 to AB04, which has a Swedish and an English edition.
fn shop_with_a_licence() -> Shop {
    let shop = Shop::with_a_password();
    shop.ok("agreement create AB04 --name-sv 'AB 04' --name-en 'AB 04'");
    for (language, words) in [("sv", ["forsta", "andra"]), ("en", ["first", "second"])] {
        let file = shop.file(&format!("{language}.pdf"), pdf(&words));
        shop.ok(&format!("agreement publish AB04 {file} --edition 2026:1 --language {language}"));
    }
    shop.ok(
        "product create L2 --kind licence --seats 2 --name-sv 'AB 04, licens' --name-en 'AB 04, \
         licence' --price 9000 --member-price 9000 --vat 25 --agreement AB04",
    );
    shop.ok("order create --account 556036-0793 --item L2");
    shop
}

fn render(shop: &Shop, more: &str, name: &str) -> Outcome {
    shop.run(&format!("licence render 1001 {more} -o {}", shop.path(name)))
}

/// Returns the finding of a verification, and its status.
fn finding(shop: &Shop, name: &str) -> (String, i32) {
    let verified = shop.run(&format!("licence verify {} --json", shop.path(name)));
    let said: serde_json::Value = serde_json::from_str(&verified.stdout).expect("a verdict");
    (said["finding"].as_str().expect("a finding").to_owned(), verified.status)
}

#[test]
fn r3_a_rendered_copy_bears_period_and_holder_on_every_page_and_is_genuine() {
    let shop = shop_with_a_licence();
    assert_snapshot!(render(&shop, "--format table", "copy.pdf"), @"
    Licence  1001
    Edition  1

    Copies
    Agreement   Edition   Language   File
    ─────────────────────────────────────────────────────────
    AB04        2026:1    sv         ~/copy.pdf
    ");
    if let Some(pages) = text_of_pages(&shop.path("copy.pdf")) {
        for (page, own) in pages.iter().zip(["forsta", "andra"]) {
            let header = "Licensen gäller 2026-03-01 – 2027-02-28 · Licens 1001 utgåva 1";
            assert!(
                page.contains(header) && page.contains(own) && page.contains("Saab AB"),
                "{page}"
            );
        }
    }
    assert_snapshot!(shop.run(&format!("licence verify {} --format table", shop.path("copy.pdf"))), @"
    Finding            valid
    In words           genuine, and its period runs
    Proof              the whole file was checked
    Licence            1001
    Its edition        1
    Holder             Saab AB
    Period             2026-03-01 – 2027-02-28
    Agreement          AB04
    Edition            2026:1
    Language           sv
    Key                <name of key>
    Sealed on          2026-03-01
    Revocations as of  2026-03-01
    ");
    assert_eq!(render(&shop, "", "again.pdf").status, 0);
    let bytes = |name: &str| fs::read(shop.path(name)).expect("a copy");
    assert_eq!(bytes("again.pdf"), bytes("copy.pdf"), "the same bytes for the same copy");
    // Whoever fetches it by the login gets the same.
    let line = format!(
        "agreement fetch AB04 --login {LOGIN} --password-stdin -o {}",
        shop.path("own.pdf")
    );
    assert_eq!(shop.feed(&line, format!("{PASSWORD}\n").as_bytes()).status, 0);
    assert_eq!(bytes("own.pdf"), bytes("copy.pdf"));
    assert_eq!(render(&shop, "--language en", "english.pdf").status, 0);
    assert_eq!(finding(&shop, "english.pdf"), ("valid".to_owned(), 0));
}

#[test]
fn another_machine_needs_nothing_but_the_certificates_and_the_list() {
    let shop = shop_with_a_licence();
    assert_eq!(render(&shop, "", "copy.pdf").status, 0);
    shop.ok(&format!("licence key show -o {}", shop.path("certificates.pem")));
    shop.ok("licence edit 1001 --holder 'Saab-koncernen'");
    shop.ok(&format!("licence revocations -o {}", shop.path("list.txt")));
    let elsewhere = Shop::empty();
    elsewhere.at("2026-06-01T08:00:00Z");
    let [copy, cert, list] = ["copy.pdf", "certificates.pem", "list.txt"]
        .map(|name| elsewhere.file(name, fs::read(shop.path(name)).expect("a file")));
    let verify = |more: &str| elsewhere.run(&format!("licence verify {copy} --cert {cert} {more}"));
    assert_snapshot!(verify("--format table"), @"
    Finding            valid
    In words           genuine, and its period runs
    Proof              the whole file was checked
    Licence            1001
    Its edition        1
    Holder             Saab AB
    Period             2026-03-01 – 2027-02-28
    Agreement          AB04
    Edition            2026:1
    Language           sv
    Key                <name of key>
    Sealed on          2026-03-01
    --- stderr
    warning: revocations were not looked at: give the newest list by `--revocations`
    ");
    assert_snapshot!(verify(&format!("--revocations {list} --format table")), @"
    Finding            superseded
    In words           genuine, but superseded by a newer edition of the licence since 2026-03-01
    Proof              the whole file was checked
    Licence            1001
    Its edition        1
    Holder             Saab AB
    Period             2026-03-01 – 2027-02-28
    Agreement          AB04
    Edition            2026:1
    Language           sv
    Key                <name of key>
    Sealed on          2026-03-01
    Revocations as of  2026-03-01
    --- stderr
    error: `~/copy.pdf` is genuine, but superseded by a newer edition of the licence since 2026-03-01
    hint: ask its holder for today's copy
    --- status 5
    ");
    let missing = elsewhere.run(&format!("licence verify {copy}"));
    assert_eq!(missing.status, 4, "{missing}");
    let broken = elsewhere.file("broken.pem", "no certificate");
    assert_snapshot!(elsewhere.run(&format!("licence verify {copy} --cert {broken}")), @"
    --- stderr
    error: `~/broken.pem`: the file holds no certificate in PEM (`BEGIN CERTIFICATE`) that can be read
    hint: `shopctl licence key show -o FILE`, in the shop, writes the certificates
    --- status 5
    ");
}

#[test]
fn a_copy_is_valid_expired_superseded_revoked_or_altered() {
    let shop = shop_with_a_licence();
    assert_eq!(render(&shop, "", "first.pdf").status, 0);
    shop.ok("licence edit 1001 --holder 'Saab-koncernen'");
    assert_eq!(finding(&shop, "first.pdf"), ("superseded".to_owned(), 5));
    assert_eq!(render(&shop, "", "second.pdf").status, 0);
    assert_eq!(finding(&shop, "second.pdf"), ("valid".to_owned(), 0));
    let mut bytes = fs::read(shop.path("second.pdf")).expect("a copy");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    shop.file("altered.pdf", &bytes);
    assert_eq!(finding(&shop, "altered.pdf"), ("altered".to_owned(), 5));
    shop.at("2027-03-01T08:00:00Z");
    assert_eq!(finding(&shop, "second.pdf"), ("expired".to_owned(), 5));
    shop.at("2026-06-01T08:00:00Z");
    shop.ok("licence revoke 1001 --reason 'given to others' -y");
    assert_eq!(finding(&shop, "second.pdf"), ("revoked".to_owned(), 5));
    assert_snapshot!(render(&shop, "", "none.pdf"), @"
    --- stderr
    error: licence 1001 was revoked on 2026-06-01
    hint: `shopctl order create` places an order for another
    --- status 5
    ");
    shop.file("none.pdf", b"no PDF");
    assert_snapshot!(shop.run(&format!("licence verify {}", shop.path("none.pdf"))), @"
    finding	unreadable
    reason	not a PDF that can be read
    proof	the whole file was checked
    key	
    sealed_on	
    list_made	2026-06-01
    --- stderr
    error: `~/none.pdf` is not a PDF that can be read
    hint: give the PDF as it was received
    --- status 5
    ");
    shop.file("bare.pdf", pdf(&["bare"]));
    assert_eq!(finding(&shop, "bare.pdf"), ("no_seal".to_owned(), 5));
}

#[test]
fn an_edition_keeps_its_key_when_the_shop_takes_another() {
    let shop = shop_with_a_licence();
    assert_eq!(render(&shop, "", "before.pdf").status, 0);
    assert_snapshot!(shop.run("licence key rotate"), @"
    --- stderr
    error: this needs your agreement: Copies of licences not sealed yet get the new key.
    hint: add `--yes` to agree, or `--dry-run` to see what it would do
    --- status 5
    ");
    shop.ok("licence key rotate -y");
    assert_eq!(render(&shop, "", "after.pdf").status, 0);
    let bytes = |name: &str| fs::read(shop.path(name)).expect("a copy");
    assert_eq!(bytes("after.pdf"), bytes("before.pdf"));
    assert_eq!(finding(&shop, "before.pdf"), ("valid".to_owned(), 0));
    let keys = shop.json("licence key show")["keys"].clone();
    let states: Vec<&str> =
        keys.as_array().expect("keys").iter().filter_map(|key| key["state"].as_str()).collect();
    assert_eq!(states, ["seals", "former"]);
    // Another edition is sealed with the new one.
    shop.ok("licence edit 1001 --holder 'Saab-koncernen'");
    assert_eq!(render(&shop, "", "new.pdf").status, 0);
    let key = |name: &str| shop.run(&format!("licence verify {} --json", shop.path(name))).stdout;
    assert!(key("new.pdf").contains(keys[0]["key"].as_str().expect("a name")));
    assert_eq!(
        shop.count("SELECT count(*) FROM event_payload WHERE payload LIKE '%PRIVATE KEY%'"),
        0
    );
}

#[test]
fn the_association_takes_its_own_key() {
    let shop = shop_with_a_licence();
    // Another shop's key stands for one that was certified elsewhere.
    let other = Shop::empty();
    other.ok(&format!("init --practice --seller {}", example("seller.toml")));
    let sql =
        "SELECT s.pem, k.certificate FROM seal_key k JOIN seal_secret s ON s.seal_key_id = k.id";
    let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
    let (pem, certificate): (String, String) =
        other.sqlite().query_row(sql, [], read).expect("a key");
    let [key, cert] =
        [("key.pem", pem), ("cert.pem", certificate)].map(|(name, text)| shop.file(name, text));
    let import = format!("licence key import --cert {cert} --key-file {key}");
    assert_snapshot!(shop.run(&format!("{import} -y")), @"
    --- stderr
    error: others than its owner may open the file `~/key.pem`
    hint: chmod 600 ~/key.pem
    --- status 5
    ");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).expect("a private file");
    let imported = shop.run(&format!("{import} -y --json"));
    assert_eq!(imported.status, 0, "{imported}");
    assert_eq!(render(&shop, "", "copy.pdf").status, 0);
    assert_eq!(finding(&shop, "copy.pdf"), ("valid".to_owned(), 0));
    assert_snapshot!(shop.run(&format!("licence key import --cert {key} --key-file {key} -y")), @"
    --- stderr
    error: `~/key.pem`: the file holds no certificate in PEM (`BEGIN CERTIFICATE`) that can be read
    hint: `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256` makes such a key; have it certified
    --- status 5
    ");
}

#[test]
fn a_code_proves_the_claim_and_nothing_of_the_pages() {
    let shop = shop_with_a_licence();
    assert_eq!(render(&shop, "", "copy.pdf").status, 0);
    let bytes = fs::read(shop.path("copy.pdf")).expect("a copy");
    let start = bytes.windows(5).position(|window| window == b"SHL1:").expect("a claim");
    let end = bytes[start..].iter().position(|byte| *byte == b')').expect("its end") + start;
    shop.file("code.txt", &bytes[start..end]);
    assert_snapshot!(shop.run(&format!("licence verify {} --format table", shop.path("code.txt"))), @"
    Finding            valid
    In words           genuine, and its period runs
    Proof              the claim only was checked: it says nothing of the pages that its code stands on
    Licence            1001
    Its edition        1
    Holder             Saab AB
    Period             2026-03-01 – 2027-02-28
    Agreement          AB04
    Edition            2026:1
    Language           sv
    Key                <name of key>
    Revocations as of  2026-03-01
    ");
}

#[test]
fn a_page_torn_out_tells_whose_it_is() {
    let shop = shop_with_a_licence();
    assert_eq!(render(&shop, "", "copy.pdf").status, 0);
    assert_snapshot!(shop.run(&format!("licence trace {} --format table", shop.path("copy.pdf"))), @"
    Licence Edition Holder  Period                  Found        Pages Proof
    ───────────────────────────────────────────────────────────────────────────────────────────────────
       1001       1 Saab AB 2026-03-01 – 2027-02-28 in the file        the claim is signed by this shop
       1001       1 Saab AB 2026-03-01 – 2027-02-28 in its pages 1, 2  the claim is signed by this shop
       1001       1                                 in its text  1, 2  none: anybody can write it
    ");
    shop.file("bare.pdf", pdf(&["bare"]));
    assert_snapshot!(shop.run(&format!("licence trace {}", shop.path("bare.pdf"))), @"
    --- stderr
    error: `~/bare.pdf` bears no trace of a licence
    hint: a scan or a photograph bears none; read its header
    --- status 4
    ");
}

#[test]
fn every_licence_in_force_is_rendered_into_a_folder() {
    let shop = shop_with_a_licence();
    shop.ok("account create 556016-0680 --name 'Ericsson AB' --language en --email a@ericsson.example \
         --invoice-email faktura@ericsson.example --street 'Torshamnsgatan 23' --postal-code '164 83' \
         --city Stockholm");
    shop.ok("order create --account 556016-0680 --item L2");
    assert_snapshot!(shop.run(&format!("licence render --all -o {} --format table", shop.path("copies"))), @"
    Copies   2
    Refused  0
    Folder   ~/copies
    ");
    let mut names: Vec<String> = fs::read_dir(shop.path("copies"))
        .expect("a folder")
        .map(|entry| entry.expect("a file").file_name().into_string().expect("a name"))
        .collect();
    names.sort();
    assert_eq!(names, ["licence-1001-1-AB04-2026_1-sv.pdf", "licence-1002-1-AB04-2026_1-en.pdf"]);
    shop.sqlite()
        .execute_batch(
            "DROP TRIGGER licence_edition_is_frozen; \
             UPDATE licence SET holder = 'صعب' WHERE holder = 'Ericsson AB'; \
             UPDATE licence_edition SET holder = 'صعب' WHERE holder = 'Ericsson AB'",
        )
        .expect("a holder of before");
    assert_snapshot!(shop.run(&format!("licence render --all -o {}", shop.path("copies"))), @"
    copies	1
    refused	1
    folder	~/copies
    --- stderr
    warning: the copy for licence 1002 cannot be made: the font has no `ص` (U+0635), which stands in `صعب`; write it in Latin, Greek or Cyrillic letters; write the holder's name in Latin, Greek or Cyrillic letters
    error: 1 of 2 copies could not be made
    hint: each is told above, with what to do; the same command again makes them
    --- status 7
    ");
}

#[test]
fn where_the_marks_stand_is_a_setting() {
    let shop = shop_with_a_licence();
    assert_eq!(render(&shop, "", "before.pdf").status, 0);
    shop.ok("setting set licence_text_points 9.5");
    shop.ok("setting set licence_edge_mm 8");
    assert_eq!(render(&shop, "", "after.pdf").status, 0);
    let bytes = |name: &str| fs::read(shop.path(name)).expect("a copy");
    assert_ne!(bytes("after.pdf"), bytes("before.pdf"));
    assert_eq!(finding(&shop, "after.pdf"), ("valid".to_owned(), 0));
    assert_snapshot!(shop.run("setting set licence_text_points 3"), @"
    --- stderr
    error: `3` is no value of `licence_text_points`, which is 4 to 24 points, with one decimal
    hint: `shopctl setting list` shows the choices of each
    --- status 5
    ");
}
