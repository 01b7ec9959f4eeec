//! Where the seller is paid: its accounts, and those that are never to be paid to again.

use std::fmt;
use std::str::FromStr;

use super::language::Language;
use super::seller::{Bankgiro, Iban, Plusgiro, Seller};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PayeeKind {
    Bankgiro,
    Plusgiro,
    Iban,
}

impl PayeeKind {
    pub const ALL: [PayeeKind; 3] = [PayeeKind::Bankgiro, PayeeKind::Plusgiro, PayeeKind::Iban];

    pub const fn as_str(self) -> &'static str {
        match self {
            PayeeKind::Bankgiro => "bankgiro",
            PayeeKind::Plusgiro => "plusgiro",
            PayeeKind::Iban => "iban",
        }
    }
}

impl FromStr for PayeeKind {
    type Err = String;

    fn from_str(text: &str) -> Result<PayeeKind, String> {
        PayeeKind::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| format!("`{text}` is not a kind of account to pay to"))
    }
}

/// An account that is paid to. The kind belongs to it: a bankgiro and a plusgiro can be the same
/// digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Payee {
    pub kind: PayeeKind,
    /// Without blanks and hyphens.
    number: String,
    shown: String,
}

impl Payee {
    /// Reads a number as one of a kind; errors where it is none of that kind.
    pub fn parse(kind: PayeeKind, text: &str) -> Result<Payee, String> {
        Ok(match kind {
            PayeeKind::Bankgiro => Payee::of_bankgiro(&Bankgiro::parse(text)?),
            PayeeKind::Plusgiro => Payee::of_plusgiro(&Plusgiro::parse(text)?),
            PayeeKind::Iban => Payee::of_iban(&Iban::parse(text)?),
        })
    }

    /// Returns every account that a number without its kind may be.
    pub fn readings(text: &str) -> Vec<Payee> {
        PayeeKind::ALL.into_iter().filter_map(|kind| Payee::parse(kind, text).ok()).collect()
    }

    /// Returns the accounts of a seller.
    pub fn of_seller(seller: &Seller) -> Vec<Payee> {
        let (bankgiro, plusgiro) = (seller.bankgiro.as_ref(), seller.plusgiro.as_ref());
        let giros = bankgiro.map(Payee::of_bankgiro).into_iter();
        giros
            .chain(plusgiro.map(Payee::of_plusgiro))
            .chain(seller.iban.as_ref().map(Payee::of_iban))
            .collect()
    }

    fn of_bankgiro(giro: &Bankgiro) -> Payee {
        let (number, shown) = (giro.digits().to_owned(), giro.to_string());
        Payee { kind: PayeeKind::Bankgiro, number, shown }
    }

    fn of_plusgiro(giro: &Plusgiro) -> Payee {
        let (number, shown) = (giro.digits().to_owned(), giro.to_string());
        Payee { kind: PayeeKind::Plusgiro, number, shown }
    }

    fn of_iban(iban: &Iban) -> Payee {
        let (number, shown) = (iban.compact().to_owned(), iban.to_string());
        Payee { kind: PayeeKind::Iban, number, shown }
    }

    /// Returns the number without blanks and hyphens, as it is stored and compared.
    pub fn number(&self) -> &str {
        &self.number
    }
}

/// Names the account with its kind, `bankgiro 991-2346`.
impl fmt::Display for Payee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            PayeeKind::Iban => write!(f, "IBAN {}", self.shown),
            kind => write!(f, "{} {}", kind.as_str(), self.shown),
        }
    }
}

/// Where an invoice is to be paid now, which may not be where it says itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayTo {
    pub bankgiro: Option<Bankgiro>,
    pub plusgiro: Option<Plusgiro>,
    pub iban: Option<Iban>,
    pub bic: Option<String>,
    /// The accounts that the invoice names and that are never to be paid to again.
    pub withdrawn: Vec<Payee>,
}

impl PayTo {
    /// Returns where an invoice of the seller `issued_by` is paid: where it says, unless an account of
    /// those is `withdrawn`; then to those that the seller has `today`.
    pub fn of(issued_by: &Seller, today: &Seller, withdrawn: &[Payee]) -> PayTo {
        let mut named = Payee::of_seller(issued_by);
        named.retain(|payee| withdrawn.contains(payee));
        let seller = if named.is_empty() { issued_by } else { today };
        PayTo {
            bankgiro: seller.bankgiro.clone(),
            plusgiro: seller.plusgiro.clone(),
            iban: seller.iban.clone(),
            bic: seller.bic.clone(),
            withdrawn: named,
        }
    }

    /// Says plainly that the invoice names an account no longer paid to, and which is; `None` where the
    /// invoice is paid as it says.
    pub fn change(&self, language: Language) -> Option<String> {
        if self.withdrawn.is_empty() {
            return None;
        }
        let giros = self.bankgiro.as_ref().map(Payee::of_bankgiro).into_iter();
        let now: Vec<Payee> = giros
            .chain(self.plusgiro.as_ref().map(Payee::of_plusgiro))
            .chain(self.iban.as_ref().map(Payee::of_iban))
            .collect();
        let mut sentences = match language {
            Language::Swedish => format!(
                "{}, som står på fakturan, används inte längre. Betala i stället till {}.",
                joined(&self.withdrawn, "och"),
                joined(&now, "eller")
            ),
            Language::English => format!(
                "{}, which the invoice names, {} no longer in use. Please pay to {} instead.",
                joined(&self.withdrawn, "and"),
                if self.withdrawn.len() == 1 { "is" } else { "are" },
                joined(&now, "or")
            ),
        };
        sentences[..1].make_ascii_uppercase();
        Some(sentences)
    }
}

fn joined(payees: &[Payee], word: &str) -> String {
    let mut names: Vec<String> = payees.iter().map(ToString::to_string).collect();
    let last = names.pop().unwrap_or_default();
    if names.is_empty() { last } else { format!("{} {word} {last}", names.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::seller::SellerField;

    fn seller(bankgiro: &str, plusgiro: &str, iban: &str) -> Seller {
        let value = |field: SellerField| match field {
            SellerField::Bankgiro => bankgiro.to_owned(),
            SellerField::Plusgiro => plusgiro.to_owned(),
            SellerField::Iban => iban.to_owned(),
            other => other.example().to_owned(),
        };
        Seller::from_fields(value, None).expect("a seller")
    }

    fn names(payees: &[Payee]) -> Vec<String> {
        payees.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_number_may_be_of_more_than_one_kind() {
        let both = Payee::readings("9912346");
        assert_eq!(names(&both), ["bankgiro 991-2346", "plusgiro 99 12 34-6"]);
        let iban = Payee::readings("se35 5000 0000 0549 1000 0003");
        assert_eq!(names(&iban), ["IBAN SE35 5000 0000 0549 1000 0003"]);
        assert_eq!(Payee::readings("991-2345"), []);
    }

    #[test]
    fn an_invoice_is_paid_as_it_says_until_its_account_is_withdrawn() {
        let then = seller("991-2346", "", "SE3550000000054910000003");
        let now = seller("160-9908", "28 65 43-4", "");
        let other = Payee::readings("5402-9681");
        let pay_to = PayTo::of(&then, &now, &other);
        assert_eq!(
            (pay_to.bankgiro.as_ref(), pay_to.change(Language::Swedish)),
            (then.bankgiro.as_ref(), None)
        );

        let pay_to = PayTo::of(&then, &now, &Payee::readings("991-2346"));
        assert_eq!(pay_to.bankgiro, now.bankgiro);
        assert_eq!(pay_to.iban, None);
        assert_eq!(
            pay_to.change(Language::Swedish).expect("a change"),
            "Bankgiro 991-2346, som står på fakturan, används inte längre. Betala i stället till \
             bankgiro 160-9908 eller plusgiro 28 65 43-4."
        );
        let all = [Payee::of_seller(&then), Payee::readings("9912346")].concat();
        assert_eq!(
            PayTo::of(&then, &now, &all).change(Language::English).expect("a change"),
            "Bankgiro 991-2346 and IBAN SE35 5000 0000 0549 1000 0003, which the invoice names, are \
             no longer in use. Please pay to bankgiro 160-9908 or plusgiro 28 65 43-4 instead."
        );
    }

    #[test]
    fn the_same_digits_of_another_kind_are_not_withdrawn() {
        let then = seller("991-2346", "", "");
        let plusgiro = Payee::parse(PayeeKind::Plusgiro, "9912346").expect("a plusgiro");
        let pay_to = PayTo::of(&then, &seller("160-9908", "", ""), &[plusgiro]);
        assert_eq!(pay_to.withdrawn, []);
    }
}
