//! Licences: the document side of subscriptions to licence products, and their editions.

use serde_json::{Value as Json, json};

use super::driver::{Row, values};
use super::invoice::InvoiceLinks;
use super::subscription::subject;
use super::{DriverError, StoreError, Tx};
use crate::domain::account::Account;
use crate::domain::event::EventKind;
use crate::domain::invoice::{Draft, Invoice};
use crate::domain::licence::{
    Face, Holder, Licence, LicenceEdition, LicenceEditionId, Revoked, SealKeyId, VoidCause, Voided,
};
use crate::domain::org_number::OrgNumber;
use crate::domain::product::{Product, ProductId};
use crate::domain::subscription::{Subscription, SubscriptionId};
use crate::domain::term::Term;

/// What of a licence is edited; `None` leaves it as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LicenceEdit {
    pub holder: Option<Holder>,
    pub shows_org_number: Option<bool>,
    pub covers: Option<Vec<OrgNumber>>,
}

impl Tx<'_> {
    /// Starts the document side of a subscription to a licence product.
    pub(super) fn start_licence(
        &self,
        (id, number): (SubscriptionId, i64),
        holder: &Holder,
    ) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO licence (subscription_id, holder) VALUES ($1, $2)",
            values![id.0, *holder.as_str()],
        )?;
        self.record(
            EventKind::LicenceStarted,
            subject(id),
            &number.to_string(),
            Json::Null,
            json!({ "holder": holder.as_str() }),
        )?;
        self.refresh_licence(number)
    }

    /// Removes the document side of a subscription that was taken over and that nothing was built on.
    pub(super) fn remove_licence(&self, id: SubscriptionId, number: i64) -> Result<(), StoreError> {
        let Some(licence) = self.find_licence(number)? else { return Ok(()) };
        self.execute("DELETE FROM seat WHERE subscription_id = $1", values![id.0])?;
        self.execute("DELETE FROM licence_cover WHERE subscription_id = $1", values![id.0])?;
        self.execute("DELETE FROM licence_edition WHERE subscription_id = $1", values![id.0])?;
        self.execute("DELETE FROM licence WHERE subscription_id = $1", values![id.0])?;
        self.record(
            EventKind::LicenceRemoved,
            subject(id),
            &number.to_string(),
            json!({ "holder": licence.holder.as_str() }),
            Json::Null,
        )
    }

    /// Returns a licence by the number people see.
    ///
    /// Errors when there is none, also when that is a subscription of another kind.
    pub fn licence(&self, number: i64) -> Result<Licence, StoreError> {
        self.find_licence(number)?
            .ok_or_else(|| StoreError::Unknown { noun: "licence", key: number.to_string() })
    }

    /// Returns the licence with a subscription's number, if it is one.
    pub fn find_licence(&self, number: i64) -> Result<Option<Licence>, StoreError> {
        let found = self.find(
            "SELECT s.id, l.holder, l.shows_org_number, l.revoked_on, l.revoke_reason
             FROM licence l JOIN subscription s ON s.id = l.subscription_id WHERE s.number = $1",
            values![number],
            |row| {
                let (on, reason): (Option<_>, Option<String>) = (row.get(3)?, row.get(4)?);
                let licence = Licence {
                    number,
                    holder: Holder::kept(row.get(1)?),
                    shows_org_number: row.get(2)?,
                    covers: Vec::new(),
                    revoked: on.zip(reason).map(|(on, reason)| Revoked { on, reason }),
                    editions: Vec::new(),
                };
                Ok((row.get::<i64>(0)?, licence))
            },
        )?;
        let Some((id, mut licence)) = found else { return Ok(None) };
        licence.covers = self.rows(
            "SELECT org_number FROM licence_cover WHERE subscription_id = $1 ORDER BY org_number",
            values![id],
            |row| row.parse(0),
        )?;
        licence.editions = self.rows(
            "SELECT e.id, e.number, e.holder, e.org_number, e.start_on, e.end_on, e.product_id, p.sku,
                 e.seats, e.made_at, e.seal_key_id, e.voided_on, e.void_cause
             FROM licence_edition e JOIN product p ON p.id = e.product_id
             WHERE e.subscription_id = $1 ORDER BY e.number",
            values![id],
            read_edition,
        )?;
        Ok(Some(licence))
    }

    /// Brings the editions of a licence up to what it says and to what is billed: makes those that are
    /// missing, and voids those that no longer hold. Nothing for a subscription of another kind.
    pub fn refresh_licence(&self, number: i64) -> Result<(), StoreError> {
        let Some(licence) = self.find_licence(number)? else { return Ok(()) };
        let subscription = self.subscription(number)?;
        let account = self.account_by_id(subscription.account_id)?;
        let changes = licence.changes(&subscription, &account.org_number, self.today());
        for (id, cause) in &changes.voided {
            self.void_edition(&subscription, *id, *cause)?;
        }
        let mut last = licence.editions.last().map_or(0, |edition| edition.number);
        let product = self.product(&subscription.sku)?;
        for face in &changes.made {
            last += 1;
            let sold = licence
                .goes_on(face, &changes)
                .map_or((product.id, i64::from(product.seats)), |edition| {
                    (edition.product_id, edition.seats)
                });
            self.make_edition(&subscription, last, face, sold)?;
            for edition in licence.former(face) {
                self.supersede_revoked(&subscription, edition)?;
            }
        }
        Ok(())
    }

    fn make_edition(
        &self,
        subscription: &Subscription,
        number: i64,
        face: &Face,
        (product, seats): (ProductId, i64),
    ) -> Result<(), StoreError> {
        let id = self.next_id()?;
        self.execute(
            "INSERT INTO licence_edition (id, subscription_id, number, holder, org_number, start_on,
                 end_on, product_id, seats, made_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            values![
                id,
                subscription.id.0,
                number,
                *face.holder.as_str(),
                face.org_number.as_ref().map(|number| number.digits().to_owned()),
                face.period.start,
                face.period.end,
                product.0,
                seats,
                self.now()
            ],
        )?;
        self.record(
            EventKind::LicenceEditionMade,
            subject(subscription.id),
            &subscription.number.to_string(),
            Json::Null,
            json!({
                "edition": number,
                "holder": face.holder.as_str(),
                "org_number": face.org_number.as_ref().map(OrgNumber::masked),
                "start": face.period.start.to_string(),
                "last_day": face.period.last_day().to_string(),
                "seats": seats,
            }),
        )
    }

    /// Says of an edition that was voided with its term that another stands in its place, once the term is
    /// billed anew.
    fn supersede_revoked(
        &self,
        subscription: &Subscription,
        edition: &LicenceEdition,
    ) -> Result<(), StoreError> {
        if edition.voided.map(|voided| voided.cause) != Some(VoidCause::Revoked) {
            return Ok(());
        }
        self.change(
            "licence",
            subscription.number,
            "UPDATE licence_edition SET void_cause = $2 WHERE id = $1 AND void_cause = $3",
            values![edition.id.0, *VoidCause::Superseded.as_str(), *VoidCause::Revoked.as_str()],
        )?;
        self.record(
            EventKind::LicenceEditionVoided,
            subject(subscription.id),
            &subscription.number.to_string(),
            Json::Null,
            json!({ "edition": edition.number, "cause": VoidCause::Superseded.as_str() }),
        )
    }

    fn void_edition(
        &self,
        subscription: &Subscription,
        id: LicenceEditionId,
        cause: VoidCause,
    ) -> Result<(), StoreError> {
        self.change(
            "licence",
            subscription.number,
            "UPDATE licence_edition SET voided_on = $2, void_cause = $3
             WHERE id = $1 AND voided_on IS NULL",
            values![id.0, self.today(), *cause.as_str()],
        )?;
        let number =
            self.integer("SELECT number FROM licence_edition WHERE id = $1", values![id.0])?;
        self.record(
            EventKind::LicenceEditionVoided,
            subject(subscription.id),
            &subscription.number.to_string(),
            Json::Null,
            json!({ "edition": number, "cause": cause.as_str() }),
        )
    }

    /// Changes what a licence says, and makes the edition that follows; says whether that changed
    /// anything.
    pub fn edit_licence(
        &self,
        subscription: &Subscription,
        licence: &Licence,
        edit: &LicenceEdit,
    ) -> Result<bool, StoreError> {
        let holder = edit.holder.as_ref().unwrap_or(&licence.holder);
        let shows_org_number = edit.shows_org_number.unwrap_or(licence.shows_org_number);
        let mut covers = edit.covers.clone().unwrap_or_else(|| licence.covers.clone());
        covers.sort();
        covers.dedup();
        let is_same = *holder == licence.holder
            && shows_org_number == licence.shows_org_number
            && covers == licence.covers;
        if is_same {
            return Ok(false);
        }
        self.change(
            "licence",
            licence.number,
            "UPDATE licence SET holder = $2, shows_org_number = $3
             WHERE subscription_id = $1 AND holder = $4 AND shows_org_number = $5
                 AND revoked_on IS NULL",
            values![
                subscription.id.0,
                *holder.as_str(),
                shows_org_number,
                *licence.holder.as_str(),
                licence.shows_org_number
            ],
        )?;
        let id = subscription.id.0;
        self.execute("DELETE FROM licence_cover WHERE subscription_id = $1", values![id])?;
        for number in &covers {
            self.execute(
                "INSERT INTO licence_cover (subscription_id, org_number) VALUES ($1, $2)",
                values![id, *number.digits()],
            )?;
        }
        let fields = |holder: &Holder, shows: bool, covers: &[OrgNumber]| {
            let covers: Vec<String> = covers.iter().map(OrgNumber::masked).collect();
            json!({ "holder": holder.as_str(), "shows_org_number": shows, "covers": covers })
        };
        self.record(
            EventKind::LicenceEdited,
            subject(subscription.id),
            &licence.number.to_string(),
            fields(&licence.holder, licence.shows_org_number, &licence.covers),
            fields(holder, shows_org_number, &covers),
        )?;
        self.refresh_licence(licence.number)?;
        Ok(true)
    }

    /// Lets the licences that cover an organisation by one number cover it by another.
    pub(super) fn move_covers(
        &self,
        former: &OrgNumber,
        number: &OrgNumber,
    ) -> Result<(), StoreError> {
        let licences: Vec<i64> = self.rows(
            "SELECT s.number FROM licence_cover c JOIN subscription s ON s.id = c.subscription_id
             WHERE c.org_number = $1 ORDER BY s.number",
            values![*former.digits()],
            |row| row.get(0),
        )?;
        for licence in licences {
            self.replace_cover(licence, former, Some(number))?;
        }
        Ok(())
    }

    /// Brings the licences of an account up to its number and its logins: none covers the account besides,
    /// none seats its first login or whom it does not cover, and their editions are those that follow.
    pub(super) fn settle_licences_of(&self, account: &Account) -> Result<(), StoreError> {
        self.free_seats_of_first(account.id)?;
        for number in self.licences_of(account)? {
            if self.subscription(number)?.account_id == account.id {
                self.replace_cover(number, &account.org_number, None)?;
            }
            self.give_up_uncovered(number)?;
            self.refresh_licence(number)?;
        }
        Ok(())
    }

    fn replace_cover(
        &self,
        number: i64,
        former: &OrgNumber,
        now: Option<&OrgNumber>,
    ) -> Result<(), StoreError> {
        let (subscription, licence) = (self.subscription(number)?, self.licence(number)?);
        if !licence.covers.contains(former) {
            return Ok(());
        }
        self.execute(
            "DELETE FROM licence_cover WHERE subscription_id = $1 AND org_number = $2",
            values![subscription.id.0, *former.digits()],
        )?;
        let account = self.account_by_id(subscription.account_id)?;
        let new = now.filter(|now| **now != account.org_number && !licence.covers.contains(now));
        if let Some(new) = new {
            self.execute(
                "INSERT INTO licence_cover (subscription_id, org_number) VALUES ($1, $2)",
                values![subscription.id.0, *new.digits()],
            )?;
        }
        let covers = |licence: &Licence| {
            let covers: Vec<String> = licence.covers.iter().map(OrgNumber::masked).collect();
            json!({ "covers": covers })
        };
        self.record(
            EventKind::LicenceEdited,
            subject(subscription.id),
            &number.to_string(),
            covers(&licence),
            covers(&self.licence(number)?),
        )
    }

    /// Revokes a licence: none of its copies holds from today on. What is billed stays billed.
    ///
    /// Errors when it was revoked before.
    pub fn revoke_licence(
        &self,
        subscription: &Subscription,
        reason: &str,
    ) -> Result<(), StoreError> {
        self.change(
            "licence",
            subscription.number,
            "UPDATE licence SET revoked_on = $2, revoke_reason = $3
             WHERE subscription_id = $1 AND revoked_on IS NULL",
            values![subscription.id.0, self.today(), *reason],
        )?;
        self.record(
            EventKind::LicenceRevoked,
            subject(subscription.id),
            &subscription.number.to_string(),
            Json::Null,
            json!({ "reason": reason }),
        )?;
        self.refresh_licence(subscription.number)
    }

    /// Puts a licence on a product: the coming terms are its, and so are those of `editions`, which have
    /// more seats by it and whose days that are left are invoiced by `draft`.
    pub fn enlarge_licence(
        &self,
        subscription: &Subscription,
        editions: &[&LicenceEdition],
        product: &Product,
        draft: Option<&Draft>,
    ) -> Result<Option<Invoice>, StoreError> {
        self.change(
            "licence",
            subscription.number,
            "UPDATE subscription SET product_id = $2 WHERE id = $1 AND product_id = $3",
            values![subscription.id.0, product.id.0, subscription.product_id.0],
        )?;
        for edition in editions {
            self.change(
                "licence",
                subscription.number,
                "UPDATE licence_edition SET product_id = $2, seats = $3
                 WHERE id = $1 AND seats = $4 AND voided_on IS NULL",
                values![edition.id.0, product.id.0, product.seats, edition.seats],
            )?;
        }
        self.record(
            EventKind::LicenceResized,
            subject(subscription.id),
            &subscription.number.to_string(),
            json!({ "sku": subscription.sku.as_str() }),
            json!({
                "sku": product.sku.as_str(),
                "seats": product.seats,
                "editions": editions.iter().map(|edition| edition.number).collect::<Vec<i64>>(),
            }),
        )?;
        let Some(draft) = draft else { return Ok(None) };
        let (seller_version, _) = self.seller()?;
        let links = InvoiceLinks {
            account_id: subscription.account_id,
            order_id: None,
            credits_id: None,
            reissues_id: None,
            seller_version,
            lines: &vec![(product.id, Some(subscription.id)); draft.lines.len()],
        };
        let invoice = self.issue_invoice(draft, &links)?;
        for line in &draft.lines {
            let end = line.period.map(|period| period.end);
            let of_line = |edition: &&&LicenceEdition| Some(edition.face.period.end) == end;
            if let Some(edition) = editions.iter().find(of_line) {
                self.keep_growth((subscription, edition), product, (&invoice, line))?;
            }
        }
        Ok(Some(invoice))
    }

    /// Keeps the key by which an edition's copies are sealed; the first one stays.
    pub fn seal_edition(
        &self,
        licence: i64,
        edition: &LicenceEdition,
        key: SealKeyId,
    ) -> Result<(), StoreError> {
        let subscription = self.subscription(licence)?;
        self.change(
            "licence",
            licence,
            "UPDATE licence_edition SET seal_key_id = $2 WHERE id = $1 AND seal_key_id IS NULL",
            values![edition.id.0, key.0],
        )?;
        self.record(
            EventKind::LicenceEditionSealed,
            subject(subscription.id),
            &licence.to_string(),
            Json::Null,
            json!({ "edition": edition.number, "key": self.seal_key(key)?.name }),
        )
    }

    /// Returns every edition that was voided, by licence and edition: what a list of revocations tells.
    pub fn voided_editions(&self) -> Result<Vec<(i64, i64, Voided)>, StoreError> {
        self.rows(
            "SELECT s.number, e.number, e.voided_on, e.void_cause
             FROM licence_edition e JOIN subscription s ON s.id = e.subscription_id
             WHERE e.voided_on IS NOT NULL ORDER BY s.number, e.number",
            &[],
            |row| Ok((row.get(0)?, row.get(1)?, Voided { on: row.get(2)?, cause: row.parse(3)? })),
        )
    }

    /// Returns the numbers of the licences of an account, and of those that cover it, in order.
    pub fn licences_of(&self, account: &Account) -> Result<Vec<i64>, StoreError> {
        self.rows(
            "SELECT s.number FROM licence l JOIN subscription s ON s.id = l.subscription_id
             WHERE s.account_id = $1
                 OR l.subscription_id IN (SELECT c.subscription_id FROM licence_cover c
                     WHERE c.org_number = $2)
             ORDER BY s.number",
            values![account.id.0, *account.org_number.digits()],
            |row| row.get(0),
        )
    }

    /// Tells each licence after number `after`, at most `limit`, in the order of their numbers.
    pub fn licence_numbers(&self, after: i64, limit: i64) -> Result<Vec<i64>, StoreError> {
        self.rows(
            "SELECT s.number FROM licence l JOIN subscription s ON s.id = l.subscription_id
             WHERE s.number > $1 ORDER BY s.number LIMIT $2",
            values![after, limit],
            |row| row.get(0),
        )
    }
}

fn read_edition(row: &Row<'_>) -> Result<LicenceEdition, DriverError> {
    let (on, cause): (Option<_>, Option<VoidCause>) = (row.get(11)?, row.parse_optional(12)?);
    let org_number: Option<OrgNumber> = row.parse_optional(3)?;
    Ok(LicenceEdition {
        id: LicenceEditionId(row.get(0)?),
        number: row.get(1)?,
        face: Face {
            holder: Holder::kept(row.get(2)?),
            org_number,
            period: Term { start: row.get(4)?, end: row.get(5)? },
        },
        product_id: ProductId(row.get(6)?),
        sku: row.parse(7)?,
        seats: row.get(8)?,
        made_at: row.get(9)?,
        key: row.get::<Option<i64>>(10)?.map(SealKeyId),
        voided: on.zip(cause).map(|(on, cause)| Voided { on, cause }),
    })
}
