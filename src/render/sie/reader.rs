//! Reads SIE files as strictly as they can be read, to try what is written here and by others.

use std::str::FromStr;

use super::cp437;

/// What a file says, as far as vouchers go.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// Labels in the order of the file, with the fields of each record outside vouchers.
    pub records: Vec<Vec<String>>,
    pub vouchers: Vec<Voucher>,
    /// The sum as it is stated, where it is right.
    pub sum: Option<u32>,
}

#[derive(Debug, Default, PartialEq, Eq)]
pub struct Voucher {
    pub series: String,
    pub number: String,
    pub date: String,
    pub text: String,
    /// Account and öre.
    pub rows: Vec<(u32, i64)>,
}

impl Read {
    /// Returns the fields of the first record with this label.
    pub fn record(&self, label: &str) -> Option<&[String]> {
        let found = self.records.iter().find(|fields| fields[0] == label);
        found.map(|fields| &fields[1..])
    }

    /// Returns the balance of an account over all vouchers, in öre.
    pub fn balance(&self, account: u32) -> i64 {
        let rows = self.vouchers.iter().flat_map(|voucher| &voucher.rows);
        rows.filter(|(number, _)| *number == account).map(|(_, ore)| ore).sum()
    }
}

/// Reads a file; errors with the number of the line and what is wrong with it.
pub fn read(bytes: &[u8]) -> Result<Read, String> {
    let mut read = Read::default();
    let mut open: Option<Voucher> = None;
    let mut summed: Option<crc32fast::Hasher> = None;
    let mut is_inside = false;
    for (index, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let wrong = |what: &str| Err(format!("line {}: {what}", index + 1));
        let fields = match fields(line) {
            Ok(fields) => fields,
            Err(what) => return wrong(what),
        };
        let texts: Vec<String> = fields.iter().map(text).collect();
        let Some(label) = texts.first().map(String::as_str) else {
            continue;
        };
        match (label, &mut open) {
            ("#KSUMMA", None) if texts.len() == 1 => {
                summed = Some(crc32fast::Hasher::new());
                continue;
            }
            ("#KSUMMA", None) => {
                let sum = summed.take().map(crc32fast::Hasher::finalize);
                if sum.is_none() || texts.get(1).and_then(|sum| sum.parse().ok()) != sum {
                    return wrong("the sum is not that of the records");
                }
                read.sum = sum;
                continue;
            }
            ("{", Some(_)) if !is_inside => is_inside = true,
            ("}", Some(voucher)) if is_inside => {
                if voucher.rows.iter().map(|(_, ore)| ore).sum::<i64>() != 0 {
                    return wrong("the voucher does not balance");
                }
                read.vouchers.extend(open.take());
                is_inside = false;
            }
            ("#TRANS", Some(voucher)) if is_inside => {
                let Some(row) = row(&texts) else { return wrong("a row lacks account or amount") };
                voucher.rows.push(row);
            }
            // Rows that were struck out or added later; they stand beside the rows that count.
            ("#RTRANS" | "#BTRANS", Some(_)) if is_inside => {}
            ("#VER", None) => {
                let field = |index: usize| texts.get(index).cloned().unwrap_or_default();
                let voucher = Voucher {
                    series: field(1),
                    number: field(2),
                    date: field(3),
                    text: field(4),
                    rows: Vec::new(),
                };
                if voucher.date.len() != 8
                    || !voucher.date.bytes().all(|byte| byte.is_ascii_digit())
                {
                    return wrong("a voucher has no date");
                }
                open = Some(voucher);
            }
            (label, None) if label.starts_with('#') => {}
            _ => return wrong("this record has no place here"),
        }
        if let Some(sum) = &mut summed {
            // Braces enclose, and are no fields.
            fields
                .iter()
                .filter(|field| !field.is_brace)
                .for_each(|field| sum.update(&field.bytes));
        }
        if open.is_none() && label != "}" {
            read.records.push(texts);
        }
    }
    match (open, summed) {
        (None, None) => Ok(read),
        _ => Err("the file ends in the middle".to_owned()),
    }
}

fn row(texts: &[String]) -> Option<(u32, i64)> {
    let braces = texts.iter().position(|text| text == "}")?;
    Some((texts.get(1)?.parse().ok()?, ore(texts.get(braces + 1)?)?))
}

/// Reads an amount with at most two decimals and a minus before it.
fn ore(text: &str) -> Option<i64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || fraction.len() > 2 || !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    Some(sign * i64::from_str(&format!("{whole}{fraction:0<2}")).ok()?)
}

struct Field {
    bytes: Vec<u8>,
    is_brace: bool,
}

fn text(field: &Field) -> String {
    field.bytes.iter().map(|byte| cp437::character(*byte)).collect()
}

/// Cuts a line into its fields, quotes and the marks before inner ones taken off.
fn fields(line: &[u8]) -> Result<Vec<Field>, &'static str> {
    let mut fields = Vec::new();
    let mut bytes = line.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        let mut field = Vec::new();
        match byte {
            b' ' | b'\t' => continue,
            b'{' | b'}' => {
                fields.push(Field { bytes: vec![byte], is_brace: true });
                continue;
            }
            b'"' => loop {
                match bytes.next() {
                    Some(b'"') => break,
                    Some(b'\\') if bytes.peek() == Some(&b'"') => field.extend(bytes.next()),
                    Some(byte) => field.push(byte),
                    None => return Err("a quote is not closed"),
                }
            },
            _ => {
                field.push(byte);
                while let Some(byte) = bytes.next_if(|byte| !b" \t{}".contains(byte)) {
                    field.push(byte);
                }
            }
        }
        if field.iter().any(|byte| *byte < 32 || *byte == 127) {
            return Err("it holds a control character");
        }
        fields.push(Field { bytes: field, is_brace: false });
    }
    Ok(fields)
}
