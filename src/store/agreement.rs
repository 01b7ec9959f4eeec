//! Agreements, their editions with the files themselves, and the products that give them.

use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use super::driver::{Row, values};
use super::invoice::hexadecimal;
use super::{DriverError, StoreError, Tx};
use crate::domain::agreement::{
    Agreement, AgreementCode, AgreementId, Edition, EditionId, NewEdition,
};
use crate::domain::event::{EventKind, Noun, Subject};
use crate::domain::product::{Product, ProductId};

impl Tx<'_> {
    /// Creates an agreement, which has no edition yet. Errors when the code is taken.
    pub fn create_agreement(
        &self,
        code: &AgreementCode,
        name_sv: &str,
        name_en: &str,
    ) -> Result<Agreement, StoreError> {
        if let Some(holder) = self.find_agreement(code)? {
            return Err(StoreError::Taken {
                what: "the agreement's code",
                key: code.to_string(),
                holder: format!("`{}`", holder.name_sv),
            });
        }
        let id = AgreementId(self.next_id()?);
        self.execute(
            "INSERT INTO agreement (id, code, name_sv, name_en) VALUES ($1, $2, $3, $4)",
            values![id.0, *code.as_str(), *name_sv, *name_en],
        )?;
        self.record(
            EventKind::AgreementCreated,
            subject(id),
            code.as_str(),
            Json::Null,
            json!({ "name_sv": name_sv, "name_en": name_en }),
        )?;
        self.agreement(code)
    }

    pub fn agreement(&self, code: &AgreementCode) -> Result<Agreement, StoreError> {
        self.find_agreement(code)?
            .ok_or_else(|| StoreError::Unknown { noun: "agreement", key: code.to_string() })
    }

    pub fn find_agreement(&self, code: &AgreementCode) -> Result<Option<Agreement>, StoreError> {
        Ok(self.agreements()?.into_iter().find(|agreement| agreement.code == *code))
    }

    /// Returns all agreements by code: some dozens, never thousands.
    pub fn agreements(&self) -> Result<Vec<Agreement>, StoreError> {
        let mut agreements = self.rows(
            "SELECT id, code, name_sv, name_en, withdrawn_on FROM agreement ORDER BY code",
            &[],
            read_agreement,
        )?;
        for agreement in &mut agreements {
            agreement.editions = self.rows(
                "SELECT id, name, language, from_on, published_at, withdrawn_on, sha256, size, pages
                 FROM edition WHERE agreement_id = $1 ORDER BY from_on, language, id",
                values![agreement.id.0],
                read_edition,
            )?;
        }
        Ok(agreements)
    }

    /// Publishes an edition: from its day on it is the current one in its language.
    ///
    /// Errors when its name is taken in that language, or another edition begins on that day.
    pub fn publish_edition(
        &self,
        agreement: &Agreement,
        new: &NewEdition,
        bytes: &[u8],
    ) -> Result<Edition, StoreError> {
        if let Some(known) = agreement.rival(new) {
            return Err(StoreError::Taken {
                what: "the edition",
                key: format!("{} from {}", new.name, new.from),
                holder: format!("edition {} from {}", known.name, known.from),
            });
        }
        let id = EditionId(self.next_id()?);
        let sha256 = hexadecimal(&Sha256::digest(bytes));
        self.execute(
            "INSERT INTO edition (id, agreement_id, name, language, from_on, published_at, sha256,
                 size, pages)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            values![
                id.0,
                agreement.id.0,
                *new.name.as_str(),
                *new.language.code(),
                new.from,
                self.now(),
                sha256,
                bytes.len() as i64,
                new.pages
            ],
        )?;
        self.execute(
            "INSERT INTO edition_file (edition_id, bytes) VALUES ($1, $2)",
            values![id.0, *bytes],
        )?;
        self.record(
            EventKind::EditionPublished,
            subject(agreement.id),
            agreement.code.as_str(),
            Json::Null,
            json!({
                "edition": new.name.as_str(),
                "language": new.language.code(),
                "from": new.from.to_string(),
                "pages": new.pages,
                "size": bytes.len(),
                "sha256": sha256,
            }),
        )?;
        let found = self.find(
            "SELECT id, name, language, from_on, published_at, withdrawn_on, sha256, size, pages
             FROM edition WHERE id = $1",
            values![id.0],
            read_edition,
        )?;
        found.ok_or_else(|| DriverError::Unexpected("the edition is gone".to_owned()).into())
    }

    /// Returns the file of an edition.
    pub fn edition_file(&self, id: EditionId) -> Result<Vec<u8>, StoreError> {
        self.find("SELECT bytes FROM edition_file WHERE edition_id = $1", values![id.0], |row| {
            row.get(0)
        })?
        .ok_or_else(|| StoreError::Unknown { noun: "edition", key: id.0.to_string() })
    }

    /// Withdraws an agreement: from today on it is given to nobody.
    ///
    /// Errors when it was withdrawn before.
    pub fn withdraw_agreement(
        &self,
        agreement: &Agreement,
        reason: &str,
    ) -> Result<(), StoreError> {
        self.change(
            "agreement",
            &agreement.code,
            "UPDATE agreement SET withdrawn_on = $2 WHERE id = $1 AND withdrawn_on IS NULL",
            values![agreement.id.0, self.today()],
        )?;
        self.record(
            EventKind::AgreementWithdrawn,
            subject(agreement.id),
            agreement.code.as_str(),
            Json::Null,
            json!({ "reason": reason }),
        )
    }

    /// Withdraws one edition: the one before it is the current one again.
    ///
    /// Errors when it was withdrawn before.
    pub fn withdraw_edition(
        &self,
        agreement: &Agreement,
        edition: &Edition,
        reason: &str,
    ) -> Result<(), StoreError> {
        self.change(
            "edition",
            &edition.name,
            "UPDATE edition SET withdrawn_on = $2 WHERE id = $1 AND withdrawn_on IS NULL",
            values![edition.id.0, self.today()],
        )?;
        self.record(
            EventKind::EditionWithdrawn,
            subject(agreement.id),
            agreement.code.as_str(),
            Json::Null,
            json!({
                "edition": edition.name.as_str(),
                "language": edition.language.code(),
                "reason": reason,
            }),
        )
    }

    /// Returns the codes of the agreements that a product gives.
    pub fn agreements_of(&self, product: ProductId) -> Result<Vec<AgreementCode>, StoreError> {
        self.rows(
            "SELECT a.code FROM product_agreement p JOIN agreement a ON a.id = p.agreement_id
             WHERE p.product_id = $1 ORDER BY a.code",
            values![product.0],
            |row| row.parse(0),
        )
    }

    /// Sets which agreements a product gives; says whether that changed anything.
    pub fn give_agreements(
        &self,
        product: &Product,
        agreements: &[Agreement],
    ) -> Result<bool, StoreError> {
        let before = self.agreements_of(product.id)?;
        let mut after: Vec<AgreementCode> =
            agreements.iter().map(|agreement| agreement.code.clone()).collect();
        after.sort();
        after.dedup();
        if before == after {
            return Ok(false);
        }
        self.execute("DELETE FROM product_agreement WHERE product_id = $1", values![product.id.0])?;
        for agreement in agreements.iter().filter(|agreement| after.contains(&agreement.code)) {
            self.execute(
                "INSERT INTO product_agreement (product_id, agreement_id) VALUES ($1, $2)
                 ON CONFLICT (product_id, agreement_id) DO NOTHING",
                values![product.id.0, agreement.id.0],
            )?;
        }
        let codes = |codes: &[AgreementCode]| {
            codes.iter().map(AgreementCode::as_str).collect::<Vec<_>>().join(" ")
        };
        self.record(
            EventKind::AgreementsGiven,
            Subject { noun: Noun::Product, id: product.id.0 },
            product.sku.as_str(),
            json!({ "agreements": codes(&before) }),
            json!({ "agreements": codes(&after) }),
        )?;
        Ok(true)
    }
}

pub(super) fn subject(id: AgreementId) -> Subject {
    Subject { noun: Noun::Agreement, id: id.0 }
}

fn read_agreement(row: &Row<'_>) -> Result<Agreement, DriverError> {
    Ok(Agreement {
        id: AgreementId(row.get(0)?),
        code: row.parse(1)?,
        name_sv: row.get(2)?,
        name_en: row.get(3)?,
        withdrawn_on: row.get(4)?,
        editions: Vec::new(),
    })
}

fn read_edition(row: &Row<'_>) -> Result<Edition, DriverError> {
    Ok(Edition {
        id: EditionId(row.get(0)?),
        name: row.parse(1)?,
        language: row.parse(2)?,
        from: row.get(3)?,
        published_at: row.get(4)?,
        withdrawn_on: row.get(5)?,
        sha256: row.get(6)?,
        size: row.get(7)?,
        pages: row.get(8)?,
    })
}
