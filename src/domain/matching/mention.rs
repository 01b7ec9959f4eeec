//! The numbers that a payer names, read from what came with the payment.
//!
//! A number counts only where it stands alone: never as part of a longer number, an amount, a date, a
//! telephone or an organisation number. What stands before it says how far it is to be trusted.

use crate::domain::invoice::InvoiceNumber;
use crate::domain::ocr::Ocr;
use crate::domain::org_number::OrgNumber;

/// The most numbers that are taken from one payment; a text that holds more says nothing.
const MENTIONS_MAX: usize = 50;

/// The widths at which banks cut a reference: BgMax, a structured one of camt.054, and a free text.
const CUT_AT: [usize; 3] = [25, 35, 140];

/// A number in the text of a payment, and the invoices that it can stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The invoice whose OCR reference it is.
    pub as_ocr: Option<InvoiceNumber>,
    /// The invoice whose number it is.
    pub as_number: Option<InvoiceNumber>,
    /// Whether it is called an invoice's number, which comes before its reading as a reference.
    pub is_invoice: bool,
    /// Whether it can stand without the amount or the payer speaking for it too.
    pub is_sure: bool,
}

/// What one text of a payment names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mentions {
    /// The text as one reference, its blanks left out.
    pub whole: Option<Mention>,
    /// Its numbers one by one.
    pub parts: Vec<Mention>,
}

/// Returns what a payment names, by the texts that came with it.
pub fn mentions(reference: Option<&str>, message: Option<&str>) -> Vec<Mentions> {
    let (reference, message) = (reference.unwrap_or_default(), message.unwrap_or_default());
    let mut first = read(reference);
    let mut second = read(message);
    let tail = digits_at_end(reference);
    if is_cut(reference) && !tail.is_empty() {
        if let Some(last) = first.parts.last_mut() {
            last.is_sure = false;
        }
        let head = digits_at_start(message);
        if !head.is_empty() {
            if let Some(next) = second.parts.first_mut() {
                next.is_sure = false;
            }
            first.parts.extend(mention(&format!("{tail}{head}"), Label::None, false));
        }
    }
    first.parts.truncate(MENTIONS_MAX);
    second.parts.truncate(MENTIONS_MAX);
    vec![first, second]
}

/// Says whether a reference may have been cut in the middle of its last number.
fn is_cut(text: &str) -> bool {
    CUT_AT.contains(&text.chars().count()) && !text.bytes().all(|byte| byte.is_ascii_digit())
}

fn digits_at_end(text: &str) -> &str {
    &text[text.trim_end_matches(|c: char| c.is_ascii_digit()).len()..]
}

fn digits_at_start(text: &str) -> &str {
    &text[..text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len()]
}

/// What the words before a number say of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Label {
    None,
    Invoice,
    Ocr,
    /// Something else has that number, such as a customer, an order or a year.
    Other,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token<'t> {
    Blank,
    Word(String),
    Number(&'t str),
    Mark(char),
}

/// Reads one text.
fn read(text: &str) -> Mentions {
    let joined: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let is_only_digits = !joined.is_empty() && joined.bytes().all(|byte| byte.is_ascii_digit());
    let whole = is_only_digits.then(|| Ocr::read(&joined)).flatten().map(|number| Mention {
        as_ocr: Some(InvoiceNumber(number)),
        as_number: None,
        is_invoice: false,
        is_sure: true,
    });
    let tokens = tokens(text);
    let has_words = tokens.iter().any(|token| matches!(token, Token::Word(_)));
    let mut parts = Vec::new();
    let mut label = Label::None;
    let mut at = 0;
    while at < tokens.len() && parts.len() < MENTIONS_MAX {
        match &tokens[at] {
            Token::Word(word) => {
                label = label_of(word, label);
                at += 1;
            }
            Token::Number(_) => {
                let end = end_of_chain(&tokens, at);
                let is_glued = at > 0 && matches!(tokens[at - 1], Token::Word(_));
                let is_known = matches!(label, Label::Invoice | Label::Ocr);
                if label != Label::Other && (is_known || !is_glued) && !is_measure(&tokens, end) {
                    let numbers = standing_alone(&tokens[at..end]);
                    parts.extend(
                        numbers.into_iter().flat_map(|digits| mention(digits, label, !has_words)),
                    );
                }
                at = end;
            }
            Token::Blank | Token::Mark(_) => at += 1,
        }
    }
    Mentions { whole, parts }
}

/// Splits a text into words, numbers and what stands between them.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let same: fn(char) -> bool = match first {
            _ if first.is_ascii_digit() => |c| c.is_ascii_digit(),
            _ if first.is_alphabetic() => char::is_alphabetic,
            _ if first.is_whitespace() => char::is_whitespace,
            _ => |_| false,
        };
        let end = match rest.find(|c| !same(c)) {
            Some(0) => first.len_utf8(),
            Some(end) => end,
            None => rest.len(),
        };
        let (run, after) = rest.split_at(end);
        tokens.push(match first {
            _ if first.is_ascii_digit() => Token::Number(run),
            _ if first.is_alphabetic() => Token::Word(run.to_lowercase()),
            _ if first.is_whitespace() => Token::Blank,
            other => Token::Mark(other),
        });
        rest = after;
    }
    tokens
}

/// Returns what a word says of the numbers after it.
fn label_of(word: &str, before: Label) -> Label {
    match word {
        "faktura" | "fakturor" | "fakturan" | "fakturorna" | "fakturanr" | "fakturanummer"
        | "fakturanumren" | "fakt" | "faktnr" | "faktnummer" | "fak" | "faknr" | "fnr" | "f"
        | "fa" | "inv" | "invno" | "invnr" | "invoice" | "invoices" | "räkning" | "rakning" => {
            Label::Invoice
        }
        "ocr" | "ocrnr" | "ocrnummer" | "ocrref" => Label::Ocr,
        "nr" | "nummer" | "numren" | "no" | "number" | "num" | "och" | "o" | "samt" | "and"
        | "resp" => before,
        "v" | "kl" => Label::Other,
        _ if OTHERS.iter().any(|beginning| word.starts_with(beginning)) => Label::Other,
        _ => Label::None,
    }
}

/// How words begin whose numbers are no invoice's.
const OTHERS: [&str; 46] = [
    "kund",
    "order",
    "ordernr",
    "beställ",
    "bestall",
    "avtal",
    "medlem",
    "prenum",
    "tel",
    "mob",
    "org",
    "vat",
    "moms",
    "projekt",
    "proj",
    "kst",
    "konto",
    "kto",
    "bankgiro",
    "plusgiro",
    "bg",
    "pg",
    "post",
    "box",
    "dat",
    "fakturadat",
    "sid",
    "period",
    "vecka",
    "kvartal",
    "år",
    "belopp",
    "summa",
    "kr",
    "sek",
    "jan",
    "feb",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "aug",
    "sep",
    "okt",
    "nov",
];

/// Months and measures, after which the number before them is no invoice's.
const MEASURES: [&str; 18] = [
    "kr",
    "sek",
    "kronor",
    "st",
    "jan",
    "januari",
    "feb",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
];

/// Says whether what ends at `end` is an amount, a day or part of a word.
fn is_measure(tokens: &[Token<'_>], end: usize) -> bool {
    match (tokens.get(end), tokens.get(end + 1)) {
        (Some(Token::Word(_)), _) => true,
        (Some(Token::Blank), Some(Token::Word(word))) => MEASURES.contains(&word.as_str()),
        (Some(Token::Mark(':')), Some(Token::Mark('-'))) => true,
        (Some(Token::Mark('%')), _) => true,
        (Some(Token::Blank), Some(Token::Mark('%'))) => true,
        _ => false,
    }
}

/// Returns where the numbers end that begin at `start` and hang together: by one mark without blanks,
/// or by one blank where they are groups of one number.
fn end_of_chain(tokens: &[Token<'_>], start: usize) -> usize {
    let mut end = start + 1;
    while let (Some(Token::Mark(_)), Some(Token::Number(_))) =
        (tokens.get(end), tokens.get(end + 1))
    {
        end += 2;
    }
    if end > start + 1 {
        return end;
    }
    let number = |at: usize| match tokens.get(at) {
        Some(Token::Number(digits)) => *digits,
        _ => "",
    };
    let next = |at: usize| match tokens.get(at) {
        Some(Token::Blank) => number(at + 1),
        _ => "",
    };
    let (first, second, third) = (number(start), next(start + 1), next(start + 3));
    if is_date(&[first, second, third]) {
        return start + 5;
    }
    let pair = format!("{first}{second}");
    let is_org_number =
        second.len() == 4 && matches!(first.len(), 6 | 8) && pair.parse::<OrgNumber>().is_ok();
    let is_grouped = first.len() <= 2 && second.len() == 3;
    if is_org_number || is_grouped { start + 3 } else { end }
}

/// Returns the numbers of a chain that stand for themselves.
fn standing_alone<'t>(chain: &[Token<'t>]) -> Vec<&'t str> {
    let mut numbers = Vec::new();
    let mut marks = Vec::new();
    for token in chain {
        match token {
            Token::Number(digits) => numbers.push(*digits),
            Token::Mark(mark) => marks.push(*mark),
            Token::Blank => marks.push(' '),
            Token::Word(_) => {}
        }
    }
    // A comma stands between kronor and öre too, a slash between the parts of a date.
    let shortest = numbers.iter().map(|digits| digits.len()).min().unwrap_or_default();
    let is_list = marks.iter().all(|mark| match mark {
        '/' | '+' | '&' | ';' => shortest >= 3,
        ',' => shortest >= 4,
        _ => false,
    });
    if is_list { numbers } else { Vec::new() }
}

/// Returns what `digits` can stand for, if anything.
fn mention(digits: &str, label: Label, is_alone: bool) -> Option<Mention> {
    let as_ocr = Ocr::read(digits).map(InvoiceNumber);
    let is_named = matches!(label, Label::Invoice | Label::Ocr);
    let is_another = !is_named && digits.parse::<OrgNumber>().is_ok();
    let value = digits.trim_start_matches('0').parse::<i64>().ok();
    let as_number = value.filter(|number| *number > 0 && !is_another).map(InvoiceNumber);
    if as_ocr.is_none() && as_number.is_none() {
        return None;
    }
    let is_day = is_date(&[digits]);
    Some(Mention {
        as_ocr,
        as_number,
        is_invoice: label == Label::Invoice,
        is_sure: is_named || (is_alone && !is_day),
    })
}

/// Says whether numbers read as a year, or as a date in an order that people use.
fn is_date(parts: &[&str]) -> bool {
    let number = |text: &str| text.parse::<u32>().unwrap_or_default();
    let is_year = |text: &str| text.len() == 4 && (1990..=2099).contains(&number(text));
    let is_month = |text: &str| text.len() == 2 && (1..=12).contains(&number(text));
    let is_day = |text: &str| text.len() == 2 && (1..=31).contains(&number(text));
    match parts {
        [one] if !one.is_ascii() => false,
        [one] => match one.len() {
            4 => is_year(one),
            6 => is_month(&one[2..4]) && is_day(&one[4..]),
            8 => is_year(&one[..4]) && is_month(&one[4..6]) && is_day(&one[6..]),
            _ => false,
        },
        [year, month, day] => {
            let short = |text: &str| text.len() == 2;
            (is_year(year) || short(year)) && is_month(month) && is_day(day)
        }
        _ => false,
    }
}
