//! Letters: mails about no invoice, with facts of their own that are frozen when they are queued.
//!
//! Everything in them is text as people read it, so that a template has nothing to compute and the
//! same letter can be written again years later: amounts in kronor, dates as ISO 8601.

use serde::{Deserialize, Serialize};

use super::mail::MailKind;
use super::seller::Seller;

/// A letter and its facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "letter", rename_all = "snake_case")]
pub enum Letter {
    RenewalReminder(RenewalReminder),
}

/// Who writes, as the letter names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Office {
    pub shop_name: String,
    pub office_email: String,
    pub web: String,
}

/// That a subscription renews itself unless notice is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenewalReminder {
    #[serde(flatten)]
    pub office: Office,
    /// The subscription's number.
    pub number: String,
    pub product: String,
    pub holder: String,
    pub renewal_date: String,
    /// The last day of the coming term.
    pub last_day: String,
    /// The last day on which notice is in time.
    pub deadline: String,
    /// For the whole term, excluding VAT, with its currency.
    pub price: String,
    pub invoice_email: String,
    pub reference: Option<String>,
}

impl Letter {
    pub fn kind(&self) -> MailKind {
        match self {
            Letter::RenewalReminder(_) => MailKind::RenewalReminder,
        }
    }

    pub fn office(&self) -> &Office {
        match self {
            Letter::RenewalReminder(facts) => &facts.office,
        }
    }
}

impl Office {
    pub fn of(seller: &Seller) -> Office {
        Office {
            shop_name: seller.shop_name.clone(),
            office_email: seller.office_email.to_string(),
            web: seller.web.clone(),
        }
    }
}
