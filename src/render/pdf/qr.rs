//! The square code by which a bank's app fills in a payment.
//!
//! Its content is UsingQR (format version 1, Visma; free to use): one JSON object. Its specification
//! could not be opened; the keys and their forms are those on which programs that print it agree:
//! `pt` BG, PG or IBAN, `acc` as the number is shown (an IBAN without blanks), days without hyphens,
//! the amount with a point and no idle zeros. A bank's app reads one way to pay, so the first that the
//! seller has is given. Letters beyond ASCII are written as JSON's escapes, since readers differ in
//! which character set they take a code to be in.

use chrono::NaiveDate;
use serde_json::json;

use super::super::code::Code;
use crate::domain::money::Money;
use crate::domain::ocr::Ocr;
use crate::domain::seller::Seller;

/// A payment as a bank's app is told of it.
pub struct Payment<'a> {
    pub payee: &'a Seller,
    pub reference: Ocr,
    pub issued_on: NaiveDate,
    pub due_on: NaiveDate,
    pub amount: Money,
}

impl Payment<'_> {
    /// Returns what the code says; `None` where there is nothing to pay.
    pub fn content(&self) -> Option<String> {
        if self.amount <= Money::ZERO {
            return None;
        }
        let Seller { bankgiro, plusgiro, iban, bic, .. } = self.payee;
        let (kind, account) = match (bankgiro, plusgiro, iban) {
            (Some(bankgiro), _, _) => ("BG", bankgiro.to_string()),
            (None, Some(plusgiro), _) => ("PG", plusgiro.to_string()),
            (None, None, Some(iban)) => ("IBAN", iban.compact().to_owned()),
            (None, None, None) => return None,
        };
        let day = |day: NaiveDate| day.format("%Y%m%d").to_string();
        let fields = [
            ("uqr", "1".to_owned()),
            ("tp", "1".to_owned()),
            ("nme", quoted(&self.payee.legal_name)),
            ("cid", quoted(&self.payee.org_number.to_string())),
            ("iref", quoted(self.reference.as_str())),
            ("idt", quoted(&day(self.issued_on))),
            ("ddt", quoted(&day(self.due_on))),
            ("due", shortest(self.amount)),
            ("pt", quoted(kind)),
            ("acc", quoted(&account)),
        ];
        let bank = bic.as_ref().filter(|_| kind == "IBAN").map(|bic| ("bc", quoted(bic)));
        let pairs: Vec<String> = fields
            .into_iter()
            .chain(bank)
            .map(|(key, value)| format!("\"{key}\":{value}"))
            .collect();
        Some(format!("{{{}}}", pairs.join(",")))
    }

    /// Returns the code; `None` where there is nothing to pay, or the payee's name is too long for it.
    pub fn code(&self) -> Option<Code> {
        Code::of_bytes(&self.content()?)
    }
}

/// Returns an amount as a JSON number: `4875`, `4875.5`, `0.05`.
fn shortest(amount: Money) -> String {
    let plain = amount.plain();
    plain.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Returns a text as JSON writes it, in ASCII alone.
fn quoted(text: &str) -> String {
    let mut ascii = String::new();
    for character in json!(text).to_string().chars() {
        match character {
            ' '..='~' => ascii.push(character),
            _ => {
                let mut units = [0; 2];
                for unit in character.encode_utf16(&mut units) {
                    ascii.push_str(&format!("\\u{unit:04x}"));
                }
            }
        }
    }
    ascii
}

#[cfg(test)]
mod tests {
    use serde_json::Value as Json;

    use super::super::tests::example;
    use super::*;
    use crate::domain::seller::{Iban, Plusgiro};

    fn payment(payee: &Seller, ore: i64) -> Payment<'_> {
        let draft = example().draft;
        Payment {
            payee,
            reference: Ocr::of_invoice(1001),
            issued_on: draft.issued_on,
            due_on: draft.due_on,
            amount: Money::from_ore(ore),
        }
    }

    #[test]
    fn a_code_says_who_is_paid_how_much_when_and_by_which_reference() {
        let seller = example().draft.seller;
        assert_eq!(
            payment(&seller, 487_500).content().as_deref(),
            Some(
                r#"{"uqr":1,"tp":1,"nme":"Byggavtal Service i Sverige AB","cid":"556677-8899","iref":"100164","idt":"20260216","ddt":"20260318","due":4875,"pt":"BG","acc":"991-2346"}"#
            )
        );
    }

    #[test]
    fn a_code_gives_the_first_way_to_pay_that_the_seller_has() {
        let mut seller = (*example().draft.seller).clone();
        let told = |seller: &Seller| -> Json {
            let content = payment(seller, 1).content().expect("a way to pay");
            serde_json::from_str(&content).expect("JSON")
        };
        seller.bankgiro = None;
        seller.plusgiro = Some(Plusgiro::parse("2865434").expect("valid"));
        let plusgiro = told(&seller);
        assert_eq!((&plusgiro["pt"], &plusgiro["acc"]), (&json!("PG"), &json!("28 65 43-4")));
        seller.plusgiro = None;
        seller.iban = Some(Iban::parse("SE35 5000 0000 0549 1000 0003").expect("valid"));
        let iban = told(&seller);
        assert_eq!(iban["pt"], "IBAN");
        assert_eq!(
            (&iban["acc"], &iban["bc"]),
            (&json!("SE3550000000054910000003"), &json!("ESSESESS"))
        );
        seller.iban = None;
        assert_eq!(payment(&seller, 1).content(), None);
    }

    #[test]
    fn amounts_have_a_point_and_no_idle_zeros() {
        for (ore, text) in
            [(5, "0.05"), (50, "0.5"), (100, "1"), (10_010, "100.1"), (1_000_000, "10000")]
        {
            assert_eq!(shortest(Money::from_ore(ore)), text);
        }
        assert!(payment(&example().draft.seller, 0).code().is_none(), "nothing to pay");
    }

    #[test]
    fn names_come_back_whole_from_the_ascii_they_are_written_in() {
        for name in ["Föreningen \"Åtta\" & co\\", "Łukasz 😀", "\u{7f}\u{1}"] {
            let text = quoted(name);
            assert!(text.is_ascii(), "{text}");
            assert_eq!(serde_json::from_str::<String>(&text).expect("JSON"), name);
        }
    }

    #[test]
    fn a_name_too_long_for_a_code_that_can_be_read_gets_none() {
        let mut seller = (*example().draft.seller).clone();
        seller.legal_name = "Å".repeat(100);
        assert!(payment(&seller, 100).code().is_none());
    }
}
