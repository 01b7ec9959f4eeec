//! The shop itself: its seller and conditions in versions, its settings, its first number series.

use serde_json::{Map, Value as Json, json};
use sha2::{Digest, Sha256};

use super::driver::{Row, values};
use super::invoice::hexadecimal;
use super::{DriverError, StoreError, Tx};
use crate::domain::conditions::{Conditions, Wording};
use crate::domain::event::{EventKind, Noun, Subject};
use crate::domain::home::Home;
use crate::domain::seller::{Logo, Seller, SellerField};

pub(super) const SHOP: Subject = Subject { noun: Noun::Shop, id: 0 };

/// The series that keys and people's numbers come from, with the number before their first.
const SERIES: [(&str, i64); 3] =
    [("order", 1000), ("subscription", 1000), ("invoice", FIRST_INVOICE - 1)];

/// The number of a shop's first invoice, unless it is set before.
pub const FIRST_INVOICE: i64 = 1001;

/// The setting that marks a practice shop.
const PRACTICE: &str = "practice";

/// The setting that holds when the nightly run last came to its end.
const DAILY_FINISHED: &str = "daily_finished";

impl Tx<'_> {
    /// Writes everything a new shop begins with.
    pub fn create_shop(
        &self,
        seller: &Seller,
        practice: bool,
        home: &Home,
    ) -> Result<(), StoreError> {
        for (name, before_first) in SERIES {
            self.execute(
                "INSERT INTO counters (name, value) VALUES ($1, $2)",
                values![name, before_first],
            )?;
        }
        self.first_home(home)?;
        let after = json!({ "practice": practice });
        self.record(EventKind::ShopCreated, SHOP, &seller.shop_name, Json::Null, after)?;
        if practice {
            self.set_setting(PRACTICE, "1")?;
        }
        self.insert_seller(seller)?;
        self.record(
            EventKind::SellerChanged,
            SHOP,
            &seller.shop_name,
            Json::Null,
            Json::Object(seller_fields(seller)),
        )?;
        let first = Conditions::first();
        let after = json!({ "version": first.version });
        self.adopt_conditions(&first, Json::Null, after)
    }

    /// Makes `seller` the next version, for documents issued from now on.
    pub fn change_seller(&self, seller: &Seller) -> Result<bool, StoreError> {
        let (_, current) = self.seller()?;
        if current == *seller {
            return Ok(false);
        }
        self.insert_seller(seller)?;
        let (before, after) = difference(seller_fields(&current), seller_fields(seller));
        self.record(EventKind::SellerChanged, SHOP, &seller.shop_name, before, after)?;
        Ok(true)
    }

    fn insert_seller(&self, seller: &Seller) -> Result<i64, StoreError> {
        self.integer(
            "INSERT INTO seller (legal_name, shop_name, org_number, vat_number, f_tax,
                 registered_office, street, postal_code, city, office_email, phone, web, bankgiro,
                 plusgiro, iban, bic, payment_terms_days, accent_colour, logo)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
                 $18, $19)
             RETURNING version",
            values![
                seller.legal_name,
                seller.shop_name,
                *seller.org_number.digits(),
                seller.vat_number,
                seller.f_tax,
                seller.registered_office,
                seller.street,
                seller.postal_code,
                seller.city,
                *seller.office_email.as_str(),
                seller.phone,
                seller.web,
                seller.bankgiro.as_ref().map(|number| number.digits().to_owned()),
                seller.plusgiro.as_ref().map(|number| number.digits().to_owned()),
                seller.iban.as_ref().map(|number| number.compact().to_owned()),
                seller.bic,
                seller.payment_terms_days,
                seller.accent_colour.to_string(),
                seller.logo.as_ref().map(|logo| &logo.bytes[..]),
            ],
        )
    }

    /// Returns the newest version of the seller, with its number.
    pub fn seller(&self) -> Result<(i64, Seller), StoreError> {
        let found = self.find(
            "SELECT version, legal_name, shop_name, org_number, vat_number, f_tax,
                 registered_office, street, postal_code, city, office_email, phone, web, bankgiro,
                 plusgiro, iban, bic, payment_terms_days, accent_colour, logo
             FROM seller ORDER BY version DESC LIMIT 1",
            &[],
            read_seller,
        )?;
        found.ok_or_else(no_seller)
    }

    /// Returns one version of the seller.
    pub fn seller_version(&self, version: i64) -> Result<Seller, StoreError> {
        let found = self.find(
            "SELECT version, legal_name, shop_name, org_number, vat_number, f_tax,
                 registered_office, street, postal_code, city, office_email, phone, web, bankgiro,
                 plusgiro, iban, bic, payment_terms_days, accent_colour, logo
             FROM seller WHERE version = $1",
            values![version],
            read_seller,
        )?;
        found.map(|(_, seller)| seller).ok_or_else(no_seller)
    }

    /// Makes texts the next version of the conditions, for what is ordered and billed from now on.
    ///
    /// Returns the version in force, which is the former one where nothing was changed.
    pub fn change_conditions(
        &self,
        subscription: Wording,
        printed: Wording,
    ) -> Result<Conditions, StoreError> {
        let current = self.conditions()?;
        if current.subscription == subscription && current.printed == printed {
            return Ok(current);
        }
        let next = Conditions { version: current.version + 1, subscription, printed };
        let (before, after) = difference(conditions_fields(&current), conditions_fields(&next));
        self.adopt_conditions(&next, before, after)?;
        Ok(next)
    }

    fn adopt_conditions(
        &self,
        conditions: &Conditions,
        before: Json,
        after: Json,
    ) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO conditions
                 (version, subscription_sv, subscription_en, printed_sv, printed_en)
             VALUES ($1, $2, $3, $4, $5)",
            values![
                conditions.version,
                conditions.subscription.sv,
                conditions.subscription.en,
                conditions.printed.sv,
                conditions.printed.en
            ],
        )?;
        let about = format!("version {}", conditions.version);
        self.record(EventKind::ConditionsAdopted, SHOP, &about, before, after)
    }

    /// Returns the conditions in force: the newest version.
    pub fn conditions(&self) -> Result<Conditions, StoreError> {
        let found = self.find(
            "SELECT version, subscription_sv, subscription_en, printed_sv, printed_en
             FROM conditions ORDER BY version DESC LIMIT 1",
            &[],
            read_conditions,
        )?;
        found.ok_or_else(no_seller)
    }

    /// Returns one version of the conditions.
    pub fn conditions_version(&self, version: i64) -> Result<Conditions, StoreError> {
        let found = self.find(
            "SELECT version, subscription_sv, subscription_en, printed_sv, printed_en
             FROM conditions WHERE version = $1",
            values![version],
            read_conditions,
        )?;
        found.ok_or_else(no_seller)
    }

    /// Says whether the store was made for practice.
    pub fn is_practice(&self) -> Result<bool, StoreError> {
        Ok(self.setting(PRACTICE)?.is_some())
    }

    /// Makes `number` the number of the next invoice; refused once an invoice is issued (R13).
    pub fn set_next_invoice(&self, number: i64) -> Result<(), StoreError> {
        let issued: Option<i64> =
            self.find("SELECT number FROM invoice ORDER BY number DESC LIMIT 1", &[], |row| {
                row.get(0)
            })?;
        if let Some(issued) = issued {
            let words = format!(
                "invoice {issued} is issued, and its series goes on from there without a gap"
            );
            return Err(StoreError::InUse(words));
        }
        self.execute("UPDATE counters SET value = $1 WHERE name = 'invoice'", values![number - 1])?;
        let after = json!({ "next_invoice": number });
        self.record(EventKind::SeriesSet, SHOP, "invoice", Json::Null, after)
    }

    /// Returns the number that the next invoice gets.
    pub fn next_invoice(&self) -> Result<i64, StoreError> {
        self.find("SELECT value FROM counters WHERE name = 'invoice'", &[], |row| row.get(0))?
            .map(|last: i64| last + 1)
            .ok_or_else(no_seller)
    }

    /// Records that the nightly run came to its end.
    pub fn finish_daily(&self) -> Result<(), StoreError> {
        self.put_setting(DAILY_FINISHED, &self.now())?;
        let after = json!({ "at": self.now() });
        self.record(EventKind::DailyFinished, SHOP, "daily", Json::Null, after)
    }

    /// Returns when the nightly run last came to its end, if it ever did.
    pub fn daily_finished(&self) -> Result<Option<String>, StoreError> {
        self.setting(DAILY_FINISHED)
    }
}

fn no_seller() -> StoreError {
    DriverError::Corrupt("the store was never finished by `init`".to_owned()).into()
}

fn read_seller(row: &Row<'_>) -> Result<(i64, Seller), DriverError> {
    fn damaged(words: String) -> DriverError {
        DriverError::Corrupt(words)
    }
    fn account<T>(
        row: &Row<'_>,
        index: usize,
        parse: fn(&str) -> Result<T, String>,
    ) -> Result<Option<T>, DriverError> {
        let text: Option<String> = row.get(index)?;
        text.map(|text| parse(&text)).transpose().map_err(damaged)
    }
    let colour: String = row.get(18)?;
    let logo: Option<Vec<u8>> = row.get(19)?;
    let seller = Seller {
        legal_name: row.get(1)?,
        shop_name: row.get(2)?,
        org_number: row.parse(3)?,
        vat_number: row.get(4)?,
        f_tax: row.get(5)?,
        registered_office: row.get(6)?,
        street: row.get(7)?,
        postal_code: row.get(8)?,
        city: row.get(9)?,
        office_email: row.parse(10)?,
        phone: row.get(11)?,
        web: row.get(12)?,
        bankgiro: account(row, 13, crate::domain::seller::Bankgiro::parse)?,
        plusgiro: account(row, 14, crate::domain::seller::Plusgiro::parse)?,
        iban: account(row, 15, crate::domain::seller::Iban::parse)?,
        bic: row.get(16)?,
        payment_terms_days: row.get(17)?,
        accent_colour: crate::domain::seller::Colour::parse(&colour).map_err(damaged)?,
        logo: logo.map(Logo::new).transpose().map_err(damaged)?,
    };
    Ok((row.get(0)?, seller))
}

fn read_conditions(row: &Row<'_>) -> Result<Conditions, DriverError> {
    Ok(Conditions {
        version: row.get(0)?,
        subscription: Wording { sv: row.get(1)?, en: row.get(2)? },
        printed: Wording { sv: row.get(3)?, en: row.get(4)? },
    })
}

fn conditions_fields(conditions: &Conditions) -> Map<String, Json> {
    let Conditions { version, subscription, printed } = conditions;
    let texts = [
        ("subscription_sv", &subscription.sv),
        ("subscription_en", &subscription.en),
        ("printed_sv", &printed.sv),
        ("printed_en", &printed.en),
    ];
    [("version".to_owned(), Json::from(*version))]
        .into_iter()
        .chain(texts.map(|(name, text)| (name.to_owned(), Json::from(text.as_str()))))
        .collect()
}

fn seller_fields(seller: &Seller) -> Map<String, Json> {
    let mut fields: Map<String, Json> = SellerField::ALL
        .into_iter()
        .map(|field| (field, seller.field(field)))
        .filter(|(_, text)| !text.is_empty())
        .map(|(field, text)| (field.as_str().to_owned(), Json::from(text)))
        .collect();
    if let Some(logo) = &seller.logo {
        let digest = hexadecimal(&Sha256::digest(&logo.bytes));
        fields.insert("logo_sha256".to_owned(), Json::from(digest));
    }
    fields
}

/// Returns the entries of two objects that differ, as they were and as they are.
pub(super) fn difference(before: Map<String, Json>, after: Map<String, Json>) -> (Json, Json) {
    let keep = |map: &Map<String, Json>, other: &Map<String, Json>| {
        map.iter()
            .filter(|(key, value)| other.get(*key) != Some(value))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect::<Map<String, Json>>()
    };
    (Json::Object(keep(&before, &after)), Json::Object(keep(&after, &before)))
}
