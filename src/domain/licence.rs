//! Licences: the document side of a subscription to a licence product.
//!
//! A licence's face is what stands on every page of its copies: the holder, the period, and the number
//! of the organisation where it is wanted (R3). Each face that copies may bear is an edition, which is
//! numbered and never altered; one that no longer holds is voided.

pub mod enlargement;
pub mod growth;
pub mod look;

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

use super::language::Language;
use super::org_number::OrgNumber;
use super::product::{ProductId, Sku};
use super::subscription::Subscription;
use super::term::Term;
use super::text::required_line;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LicenceEditionId(pub i64);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SealKeyId(pub i64);

/// The most bytes of a holder's name: what there is room for in the signed statement on a copy.
pub const HOLDER_BYTES_MAX: usize = 200;

/// The most organisation numbers that a licence covers besides its account's own.
pub const COVERED_MAX: usize = 500;

/// Whom a licence is for, as it shall stand on every page: one line, a company's name or a group's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder(String);

impl Holder {
    /// Takes a name as it was kept, also one of a time when its length did not matter.
    pub fn kept(name: String) -> Holder {
        Holder(name)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl FromStr for Holder {
    type Err = String;

    fn from_str(text: &str) -> Result<Holder, String> {
        let name = required_line(text).map_err(|error| format!("the holder's name: {error}"))?;
        match name.len() {
            0..=HOLDER_BYTES_MAX => Ok(Holder(name)),
            length => Err(format!(
                "the holder's name takes {length} bytes, and a page has room for {HOLDER_BYTES_MAX}"
            )),
        }
    }
}

/// Whose licence an invoice's line is for, and for how many logins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Licensee {
    pub holder: Holder,
    pub seats: i64,
}

impl Licensee {
    /// Returns it as what the customer reads says it: `Licensinnehavare: Saab AB · 5 platser`.
    pub fn told(&self, language: Language) -> String {
        let Licensee { holder, seats } = self;
        let (holder_word, seat_word) = match (language, seats) {
            (Language::Swedish, 1) => ("Licensinnehavare", "plats"),
            (Language::Swedish, _) => ("Licensinnehavare", "platser"),
            (Language::English, 1) => ("Licence holder", "seat"),
            (Language::English, _) => ("Licence holder", "seats"),
        };
        format!("{holder_word}: {holder} · {seats} {seat_word}")
    }
}

/// What stands on every page of a copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Face {
    pub holder: Holder,
    pub org_number: Option<OrgNumber>,
    pub period: Term,
}

impl Face {
    /// Returns the footer of every page.
    pub fn footer(&self, language: Language) -> String {
        match (&self.org_number, language) {
            (None, _) => self.holder.to_string(),
            (Some(number), Language::Swedish) => format!("{} · org.nr {number}", self.holder),
            (Some(number), Language::English) => format!("{} · reg. no. {number}", self.holder),
        }
    }
}

/// An edition of a licence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LicenceEdition {
    pub id: LicenceEditionId,
    /// Counted from 1 within the licence.
    pub number: i64,
    pub face: Face,
    /// What was sold for the period, whose agreements it gives.
    pub product_id: ProductId,
    pub sku: Sku,
    /// How many logins may use it, the first of its account among them.
    pub seats: i64,
    /// UTC, as it is stored; copies bear it as the time of their seal.
    pub made_at: String,
    /// The key that seals its copies, once one was rendered.
    pub key: Option<SealKeyId>,
    pub voided: Option<Voided>,
}

/// When and why an edition ceased to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Voided {
    pub on: NaiveDate,
    pub cause: VoidCause,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VoidCause {
    /// Another edition stands in its place.
    Superseded,
    Revoked,
}

impl VoidCause {
    pub const fn as_str(self) -> &'static str {
        match self {
            VoidCause::Superseded => "superseded",
            VoidCause::Revoked => "revoked",
        }
    }
}

impl FromStr for VoidCause {
    type Err = String;

    fn from_str(text: &str) -> Result<VoidCause, String> {
        [VoidCause::Superseded, VoidCause::Revoked]
            .into_iter()
            .find(|cause| cause.as_str() == text)
            .ok_or_else(|| format!("`{text}` voids no edition of a licence"))
    }
}

/// How a licence edition stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditionStatus {
    Coming,
    Valid,
    Expired,
    Superseded,
    Revoked,
}

impl EditionStatus {
    pub const fn as_str(self) -> &'static str {
        match self {
            EditionStatus::Coming => "coming",
            EditionStatus::Valid => "valid",
            EditionStatus::Expired => "expired",
            EditionStatus::Superseded => "superseded",
            EditionStatus::Revoked => "revoked",
        }
    }
}

impl LicenceEdition {
    pub fn status(&self, today: NaiveDate) -> EditionStatus {
        match self.voided.map(|voided| voided.cause) {
            Some(VoidCause::Superseded) => EditionStatus::Superseded,
            Some(VoidCause::Revoked) => EditionStatus::Revoked,
            None if self.face.period.end <= today => EditionStatus::Expired,
            None if self.face.period.start > today => EditionStatus::Coming,
            None => EditionStatus::Valid,
        }
    }
}

/// The document side of a subscription, whose number is the licence's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Licence {
    pub number: i64,
    pub holder: Holder,
    pub shows_org_number: bool,
    /// The organisation numbers it covers besides its account's own, in order.
    pub covers: Vec<OrgNumber>,
    pub revoked: Option<Revoked>,
    /// The first one first.
    pub editions: Vec<LicenceEdition>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revoked {
    pub on: NaiveDate,
    pub reason: String,
}

/// What brings the editions of a licence up to what it says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EditionChanges {
    pub voided: Vec<(LicenceEditionId, VoidCause)>,
    pub made: Vec<Face>,
}

impl Licence {
    /// Returns the edition in force on a day; there is one at most.
    pub fn current(&self, today: NaiveDate) -> Option<&LicenceEdition> {
        self.editions.iter().find(|edition| edition.status(today) == EditionStatus::Valid)
    }

    /// Returns the editions in force and to come.
    pub fn standing(&self, today: NaiveDate) -> impl Iterator<Item = &LicenceEdition> {
        self.editions.iter().filter(move |edition| {
            matches!(edition.status(today), EditionStatus::Valid | EditionStatus::Coming)
        })
    }

    /// Returns for how many logins it is today; `None` where it is for none. One that runs and is due for
    /// renewal keeps its seats until that is billed.
    pub fn seats_today(&self, subscription: &Subscription, today: NaiveDate) -> Option<i64> {
        if self.revoked.is_some() {
            return None;
        }
        let overdue = || {
            let is_due = subscription.runs_on(today) && subscription.billed_through <= today;
            self.editions.iter().rev().find(|edition| edition.voided.is_none()).filter(|_| is_due)
        };
        self.current(today).or_else(overdue).map(|edition| edition.seats)
    }

    /// Returns the edition that copies are made of: the one in force, or the first that is to come.
    pub fn rendered(&self, today: NaiveDate) -> Option<&LicenceEdition> {
        let coming = || {
            let of = |edition: &&LicenceEdition| edition.status(today) == EditionStatus::Coming;
            self.editions.iter().filter(of).min_by_key(|edition| edition.face.period.start)
        };
        self.current(today).or_else(coming)
    }

    /// Returns the organisations it is to cover besides its `own`, when it covers some more and some no more.
    pub fn covering(
        &self,
        more: &[OrgNumber],
        no_more: &[OrgNumber],
        own: &OrgNumber,
    ) -> Vec<OrgNumber> {
        let is_kept = |number: &&OrgNumber| !no_more.contains(number) && *number != own;
        let mut covers: Vec<OrgNumber> =
            self.covers.iter().chain(more).filter(is_kept).cloned().collect();
        covers.sort();
        covers.dedup();
        covers
    }

    /// Returns the editions that a face takes the place of: those whose period began on the same day.
    pub fn former(&self, face: &Face) -> impl Iterator<Item = &LicenceEdition> {
        let start = face.period.start;
        self.editions.iter().filter(move |edition| edition.face.period.start == start)
    }

    /// Returns the edition whose product and seats go on with a face, since they were paid for: one that
    /// is voided by the same changes.
    pub fn goes_on(&self, face: &Face, changes: &EditionChanges) -> Option<&LicenceEdition> {
        let is_voided =
            |edition: &&LicenceEdition| changes.voided.iter().any(|(id, _)| *id == edition.id);
        self.former(face).find(is_voided)
    }

    /// Returns what has to change for the editions to be those of the periods that are billed and not
    /// over, with today's holder.
    pub fn changes(
        &self,
        subscription: &Subscription,
        org_number: &OrgNumber,
        today: NaiveDate,
    ) -> EditionChanges {
        let periods = match self.revoked {
            Some(_) => Vec::new(),
            None => periods(subscription, today),
        };
        let org_number = self.shows_org_number.then(|| org_number.clone());
        let face =
            |period| Face { holder: self.holder.clone(), org_number: org_number.clone(), period };
        let wanted: Vec<Face> = periods.into_iter().map(face).collect();
        let standing: Vec<&LicenceEdition> = self
            .editions
            .iter()
            .filter(|edition| edition.voided.is_none() && edition.face.period.end > today)
            .collect();
        let is_kept = |face: &Face| standing.iter().any(|edition| edition.face == *face);
        let made: Vec<Face> = wanted.iter().filter(|face| !is_kept(face)).cloned().collect();
        let voided = standing
            .iter()
            .filter(|edition| !wanted.contains(&edition.face))
            .map(|edition| {
                let replaced = made.iter().any(|face| overlap(face.period, edition.face.period));
                let cause = if replaced { VoidCause::Superseded } else { VoidCause::Revoked };
                (edition.id, cause)
            })
            .collect();
        EditionChanges { voided, made }
    }
}

fn overlap(one: Term, other: Term) -> bool {
    one.start < other.end && other.start < one.end
}

/// Returns the terms that are billed and not over, each cut off where the subscription ends.
fn periods(subscription: &Subscription, today: NaiveDate) -> Vec<Term> {
    let begun = subscription.rhythm.terms_begun(subscription.billed_through);
    let first = subscription.rhythm.terms_begun(today).saturating_sub(1);
    (first..begun)
        .map_while(|n| subscription.rhythm.term(n).ok())
        .filter(|term| term.start < subscription.billed_through)
        .map(|term| match subscription.ends_on {
            Some(ends_on) => Term { end: term.end.min(ends_on), ..term },
            None => term,
        })
        .filter(|term| term.start < term.end && term.end > today)
        .collect()
}

#[cfg(test)]
mod tests;
