use std::path::PathBuf;

use super::reader::read;
use super::*;
use crate::domain::term::parse_date;

fn day(text: &str) -> NaiveDate {
    parse_date(text).expect("a date")
}

fn ore(ore: i64) -> Money {
    Money::from_ore(ore)
}

/// Returns a file's text as its bytes again, line ends and all.
fn bytes_of(text: &str) -> Vec<u8> {
    let lines: Vec<Vec<u8>> = text.split("\r\n").map(|line| cp437::encode(line).0).collect();
    lines.join(&b"\r\n"[..])
}

/// Writes a file of two vouchers, and returns it with the characters that another stands for.
fn written() -> (Vec<u8>, Vec<char>) {
    let years = [(day("2026-01-01"), day("2026-12-31")), (day("2025-01-01"), day("2025-12-31"))];
    let head = Head {
        version: "0.1.0",
        generated_on: day("2026-04-01"),
        org_number: "802005-1952",
        company: "Branschföreningen \"Exempel\"",
        years: &years,
        accounts: &[(1510, "Kundfordringar"), (1930, "Företagskonto")],
    };
    let (mut file, _) = Writer::begin(Vec::new(), &head).expect("a file in memory");
    let rows = [(1510, ore(487_500)), (2611, ore(-97_500)), (3001, ore(-390_000))];
    let first = Record {
        series: "F",
        number: 1,
        dated_on: day("2026-03-01"),
        text: "Faktura 1001 Åkeri Łódź AB",
        rows: &rows,
    };
    let mut lacking = file.voucher(&first).expect("a voucher");
    let rows = [(1930, ore(50)), (1510, ore(-50))];
    let second =
        Record { series: "F", number: 2, dated_on: day("2026-03-31"), text: "C:\\", rows: &rows };
    lacking.extend(file.voucher(&second).expect("a voucher"));
    (file.finish().expect("the end"), lacking)
}

#[test]
fn a_file_is_written_as_the_format_demands() {
    let (bytes, lacking) = written();
    let text: String = bytes.iter().map(|byte| cp437::character(*byte)).collect();
    let expected = r##"#FLAGGA 0
#KSUMMA
#PROGRAM "shopctl" "0.1.0"
#FORMAT PC8
#GEN 20260401
#SIETYP 4
#ORGNR 802005-1952
#FNAMN "Branschföreningen \"Exempel\""
#RAR 0 20260101 20261231
#RAR -1 20250101 20251231
#KPTYP EUBAS97
#KONTO 1510 "Kundfordringar"
#KONTO 1930 "Företagskonto"
#VER "F" 1 20260301 "Faktura 1001 Åkeri Lódz AB"
{
#TRANS 1510 {} 4875.00
#TRANS 2611 {} -975.00
#TRANS 3001 {} -3900.00
}
#VER "F" 2 20260331 "C:/"
{
#TRANS 1930 {} 0.50
#TRANS 1510 {} -0.50
}
"##;
    assert!(text.starts_with(&expected.replace('\n', "\r\n")), "{text}");
    assert_eq!(lacking, ['Ł', 'ź', '\\']);
}

#[test]
fn a_file_is_read_back_as_it_was_written_and_its_sum_is_right() {
    let (bytes, _) = written();
    let read = read(&bytes).expect("a file of ours");
    assert!(read.sum.is_some());
    assert_eq!(read.record("#FNAMN"), Some(&["Branschföreningen \"Exempel\"".to_owned()][..]));
    assert_eq!(read.vouchers.len(), 2);
    assert_eq!(read.vouchers[0].rows, [(1510, 487_500), (2611, -97_500), (3001, -390_000)]);
    assert_eq!((read.balance(1510), read.balance(1930)), (487_450, 50));
}

#[test]
fn a_file_that_was_altered_is_told_from_one_that_was_not() {
    let (bytes, _) = written();
    let text: String = bytes.iter().map(|byte| cp437::character(*byte)).collect();
    let altered = |from: &str, to: &str| {
        let altered = text.replacen(from, to, 1);
        assert_ne!(altered, text, "{from}");
        read(&bytes_of(&altered)).expect_err(from)
    };
    assert_eq!(altered("4875.00", "4875.01"), "line 19: the voucher does not balance");
    assert!(altered("Kundfordringar", "kundfordringar").contains("the sum"));
    assert!(altered("#KONTO 1930", "#KONTO 1931").contains("the sum"));
    assert!(altered("}\r\n#KSUMMA", "#KSUMMA").contains("no place"));
    assert!(altered("AB\"", "AB").contains("quote"));
}

/// Reads files of the bookkeeping programs of others, where they are at hand.
#[test]
fn the_reader_takes_the_files_of_others() {
    let Some(data) = std::env::var_os("SHOPCTL_TEST_DATA") else { return };
    let open = |name: &str| std::fs::read(PathBuf::from(&data).join("sie").join(name));
    let sums = [("Norstedts_Bokslut_SIE_4I.si", 1_573_150_874), ("Sie1.se", 909_685_525)];
    for (name, sum) in sums {
        let read = read(&open(name).expect(name)).expect(name);
        assert_eq!(read.sum, Some(sum), "{name}");
    }
    let vouchers = [
        ("FAKT.SI", 1),
        ("Exempelbolaget_SIE_110322_B_33.si", 13),
        ("MAMUT_SIE4_EXPORT.SE", 168),
        ("Norstedts_Bokslut_SIE_4I.si", 2),
        ("SIE_exempelfil.se", 26),
        ("Sie4.si", 165),
        ("magenta_bokforing_SIE4I.se", 19),
        ("transaktioner_ovnbolag.se", 163),
        ("urval_ovnbolag.si", 16),
    ];
    let counted = vouchers.map(|(name, _)| {
        let read = read(&open(name).expect(name)).unwrap_or_else(|words| panic!("{name}: {words}"));
        (name, read.vouchers.len())
    });
    assert_eq!(counted, vouchers);
    let faulty = [
        ("Sie4.se", "a row lacks account or amount"),
        ("BLBLOV_SIE4_UTF_8_with_faulty_transaction.SI", "line 10: a row lacks account or amount"),
        ("BLBLOV_SIE4_UTF_8_with_missing_voucher_date.SI", "no date"),
    ];
    for (name, words) in faulty {
        let refused = read(&open(name).expect(name)).expect_err(name);
        assert!(refused.contains(words), "{name}: {refused}");
    }
}
