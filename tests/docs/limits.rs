//! The limits that the README states are those of the program.

use crate::text_of;

/// Where a limit stands in the source, how, and what the README says of it.
const LIMITS: [(&str, &str, &str); 45] = [
    ("domain/text.rs", "LINE_MAX: usize = 200;", "200 characters"),
    ("domain/email.rs", "ADDRESS_MAX: usize = 254;", "254 characters"),
    ("domain/email.rs", "LOCAL_PART_MAX: usize = 64;", "64 before the @"),
    ("domain/product.rs", "sku.len() <= 40", "40 characters"),
    ("domain/password.rs", "CHARACTERS_MAX: usize = 256;", "256 characters"),
    ("effects/secret.rs", "BYTES_MAX: u64 = 4096;", "4096 bytes"),
    ("domain/money.rs", "1 000 000 000 kronor", "1 000 000 000 kronor"),
    (
        "domain/bank.rs",
        "AMOUNT_MAX: Money = Money::from_ore(100_000_000_000);",
        "refused with its deposit",
    ),
    (
        "domain/bank.rs",
        "FIRST_DAY: NaiveDate = NaiveDate::from_ymd_opt(2000, 1, 1)",
        "from 2000 on",
    ),
    ("domain/order.rs", "QUANTITY_MAX: i64 = 10_000;", "10,000"),
    ("domain/term.rs", "in the years 1900 to 9999", "the years 1900 to 9999"),
    ("domain/payment_reminder.rs", "TEXT_MAX: usize = 1_200;", "1,200 characters"),
    ("config.rs", "BYTES_MAX: u64 = 1 << 20;", "| 1 MiB |"),
    ("domain/seller.rs", "BYTES_MAX: usize = 1 << 20;", "1 MiB, a PNG"),
    ("domain/seller.rs", "POINTS_MAX: u64 = 16_000_000;", "16 million points"),
    ("commands/subscription/cancel.rs", "EVIDENCE_MAX: u64 = 10 * 1024 * 1024;", "10 MiB"),
    ("render/csv/reader.rs", "COLUMNS_MAX: usize = 16_384;", "16,384 columns"),
    ("render/csv/scan.rs", "FIELD_MAX: usize = 1 << 20;", "a cell of 1 MiB"),
    ("render/csv/scan.rs", "RECORD_MAX: usize = 4 << 20;", "a row of 4 MiB"),
    ("commands/import/file.rs", "PROBLEMS_SHOWN: usize = 50;", "the first 50 are told"),
    ("render/bank/bgmax.rs", "LINE_MAX: usize = 400;", "a line of BgMax 400 bytes"),
    ("render/bank/xml.rs", "PIECE_MAX: usize = 256 * 1024;", "a text of 256 kB"),
    ("render/bank/xml.rs", "DEPTH_MAX: usize = 100;", "elements 100 deep"),
    ("render/bank/camt/transaction.rs", "PARTS_MAX: usize = 500;", "500 parts of a payment"),
    ("render/bank/mod.rs", "TEXT_MAX: usize = 1000;", "up to 1,000 characters"),
    ("render/agreement/limits.rs", "FILE_BYTES_MAX: usize = 64 << 20;", "64 MiB, 10,000 pages"),
    ("render/agreement/limits.rs", "PAGES_MAX: usize = 10_000;", "10,000 pages"),
    ("render/agreement/limits.rs", "OBJECTS_MAX: usize = 500_000;", "500,000 objects"),
    ("render/agreement/limits.rs", "REVISIONS_MAX: usize = 500;", "500 revisions"),
    ("render/agreement/limits.rs", "UNPACKED_MAX: usize = 128 << 20;", "128 MiB unpacked"),
    ("render/agreement/limits.rs", "DEPTH_MAX: usize = 64;", "64 levels within one another"),
    ("render/agreement/strips.rs", "LINES_MAX: usize = 4;", "4 lines each"),
    ("domain/licence.rs", "HOLDER_BYTES_MAX: usize = 200;", "200 bytes, one line"),
    ("domain/product.rs", "SEATS_MAX: u32 = 10_000;", "| The seats of a licence | 10,000 |"),
    ("domain/licence.rs", "COVERED_MAX: usize = 500;", "500 besides its own"),
    ("commands/mail/announce.rs", "FILE_MAX: u64 = 200_000;", "200,000 bytes"),
    ("domain/conditions.rs", "SUBSCRIPTION_MAX: usize = 6000;", "6,000 characters of subscr"),
    ("domain/conditions.rs", "PRINTED_MAX: usize = 2000;", "2,000 of printed copies"),
    ("domain/conditions.rs", "PARAGRAPHS_MAX: usize = 20;", "20 paragraphs"),
    ("render/seal/revocations.rs", "LIST_LENGTH_MAX: usize = 16_000_000;", "16,000,000 bytes"),
    ("render/seal/verify.rs", "FILE_LENGTH_MAX: usize = 1 << 30;", "| 1 GiB |"),
    ("domain/login.rs", "MAILS_AN_HOUR: i64 = 5;", "5 an hour and login"),
    ("app.rs", "EVENTS_SHOWN_MAX: i64 = 1000;", "1,000 events"),
    ("commands/find.rs", "FOUND_MAX: usize = 50;", "| 50 |"),
    ("domain/report.rs", "MONTHS_MAX: usize = 240;", "240 months"),
];

/// How much of a page's drawing is followed.
const DRAWING: [(&str, &str); 3] = [
    ("STEPS_MAX: usize = ", " steps"),
    ("DRAWINGS_MAX: usize = ", " MiB unpacked,"),
    ("DRAWING_MAX: usize = ", " MiB a page"),
];

#[test]
fn the_limits_of_the_readme_are_those_of_the_program() {
    let readme = text_of("README.md");
    let (_, limits) = readme.split_once("\n## Limits\n").expect("the limits");
    let limits = limits.split("\n## ").next().expect("their end");
    for (file, constant, words) in LIMITS {
        let source = text_of(&format!("src/{file}"));
        assert!(
            source.contains(constant),
            "src/{file} no longer says `{constant}`; see Limits in README"
        );
        assert!(limits.contains(words), "README, Limits: `{words}` is missing for `{constant}`");
    }
    let source = text_of("src/render/agreement/limits.rs");
    for (constant, words) in DRAWING {
        let (_, value) = source.split_once(constant).expect(constant);
        let value = value.split(';').next().expect("a value");
        let told = value.split(' ').next().expect("a number").replace('_', ",");
        assert!(limits.contains(&format!("{told}{words}")), "README, Limits: {told}{words}");
    }
}
