//! SIE 4I: vouchers for a bookkeeping program to read. Source: SIE filformat 4B, sections 5, 6 and 11.
//!
//! Flag, identification, accounts and vouchers stand in this order, and everything between the two
//! records `#KSUMMA` is summed up in the second.

mod cp437;
#[cfg(test)]
mod reader;

use std::io::{self, Write};

use chrono::NaiveDate;
use crc32fast::Hasher;

use crate::domain::money::Money;

/// Who made the file, for which years, and the accounts used in it.
pub struct Head<'a> {
    pub version: &'a str,
    pub generated_on: NaiveDate,
    /// With its hyphen.
    pub org_number: &'a str,
    pub company: &'a str,
    /// The financial years with their first and last day, this one first, then the one before it.
    pub years: &'a [(NaiveDate, NaiveDate)],
    pub accounts: &'a [(u32, &'a str)],
}

/// A voucher as it is written.
pub struct Record<'a> {
    pub series: &'a str,
    pub number: i64,
    pub dated_on: NaiveDate,
    pub text: &'a str,
    /// The account and the amount of each row, debit above zero.
    pub rows: &'a [(u32, Money)],
}

/// A file being written, one voucher after another.
pub struct Writer<W: Write> {
    out: W,
    sum: Hasher,
}

/// A field: as it is where it holds digits only, else in quotes.
enum Field<'a> {
    Digits(String),
    Text(&'a str),
}

impl<W: Write> Writer<W> {
    /// Writes all that stands before the vouchers; returns with it the characters of the company's name
    /// that another stands for.
    pub fn begin(out: W, head: &Head<'_>) -> io::Result<(Writer<W>, Vec<char>)> {
        use Field::{Digits, Text};
        let mut file = Writer { out, sum: Hasher::new() };
        file.out.write_all(b"#FLAGGA 0\r\n#KSUMMA\r\n")?;
        file.record("#PROGRAM", &[Text("shopctl"), Text(head.version)])?;
        file.record("#FORMAT", &[Digits("PC8".to_owned())])?;
        file.record("#GEN", &[date(head.generated_on)])?;
        file.record("#SIETYP", &[Digits("4".to_owned())])?;
        file.record("#ORGNR", &[Digits(head.org_number.to_owned())])?;
        let lacking = file.record("#FNAMN", &[Text(head.company)])?;
        for (before, (first, last)) in head.years.iter().enumerate() {
            let index = if before == 0 { "0".to_owned() } else { format!("-{before}") };
            file.record("#RAR", &[Digits(index), date(*first), date(*last)])?;
        }
        file.record("#KPTYP", &[Digits("EUBAS97".to_owned())])?;
        for (number, name) in head.accounts {
            file.record("#KONTO", &[Digits(number.to_string()), Text(name)])?;
        }
        Ok((file, lacking))
    }

    /// Writes one voucher; returns the characters of its text that another stands for.
    pub fn voucher(&mut self, voucher: &Record<'_>) -> io::Result<Vec<char>> {
        use Field::{Digits, Text};
        let fields = [
            Text(voucher.series),
            Digits(voucher.number.to_string()),
            date(voucher.dated_on),
            Text(voucher.text),
        ];
        let lacking = self.record("#VER", &fields)?;
        self.out.write_all(b"{\r\n")?;
        for (account, amount) in voucher.rows {
            let (account, amount) = (account.to_string(), amount.plain());
            for summed in ["#TRANS", &account, &amount] {
                self.sum.update(summed.as_bytes());
            }
            write!(self.out, "#TRANS {account} {{}} {amount}\r\n")?;
        }
        self.out.write_all(b"}\r\n")?;
        Ok(lacking)
    }

    /// Writes the sum, and returns the output.
    pub fn finish(mut self) -> io::Result<W> {
        write!(self.out, "#KSUMMA {}\r\n", self.sum.finalize())?;
        self.out.flush()?;
        Ok(self.out)
    }

    /// Writes a record whose fields hold no objects, and adds it to the sum.
    fn record(&mut self, label: &str, fields: &[Field<'_>]) -> io::Result<Vec<char>> {
        let mut all_lacking = Vec::new();
        self.out.write_all(label.as_bytes())?;
        self.sum.update(label.as_bytes());
        for field in fields {
            let (bytes, written) = match field {
                Field::Digits(digits) => (digits.clone().into_bytes(), digits.clone().into_bytes()),
                Field::Text(text) => {
                    let (bytes, lacking) = cp437::encode(text);
                    all_lacking.extend(lacking);
                    let written = quoted(&bytes);
                    (bytes, written)
                }
            };
            self.sum.update(&bytes);
            self.out.write_all(b" ")?;
            self.out.write_all(&written)?;
        }
        self.out.write_all(b"\r\n")?;
        Ok(all_lacking)
    }
}

/// Returns a text as a file shows it, with other characters for those that its code page lacks.
pub fn as_written(text: &str) -> String {
    cp437::encode(text).0.into_iter().map(cp437::character).collect()
}

fn date(day: NaiveDate) -> Field<'static> {
    Field::Digits(day.format("%Y%m%d").to_string())
}

/// Returns a field in quotes, with those inside it marked.
fn quoted(bytes: &[u8]) -> Vec<u8> {
    let mut written = vec![b'"'];
    for byte in bytes {
        if *byte == b'"' {
            written.push(b'\\');
        }
        written.push(*byte);
    }
    written.push(b'"');
    written
}

#[cfg(test)]
mod tests;
