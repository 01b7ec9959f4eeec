//! Seats: the logins that a licence lets use what it gives, beside the first of its account (R2).

use serde_json::{Value as Json, json};

use super::driver::values;
use super::login::read_login;
use super::subscription::subject;
use super::{StoreError, Tx};
use crate::domain::account::AccountId;
use crate::domain::event::EventKind;
use crate::domain::login::{Login, LoginId};
use crate::domain::seat::{LoginStanding, Seat, holds};
use crate::domain::subscription::Subscription;

impl Tx<'_> {
    /// Returns the seats in use of a licence, the first taken first.
    pub fn seats(&self, subscription: &Subscription) -> Result<Vec<Seat>, StoreError> {
        self.rows(
            "SELECT l.id, l.account_id, l.email, s.id,
                 (SELECT f.id FROM login f WHERE f.account_id = l.account_id
                     ORDER BY EXISTS (SELECT 1 FROM seat t WHERE t.login_id = f.id), f.id LIMIT 1)
             FROM seat s JOIN login l ON l.id = s.login_id
             WHERE s.subscription_id = $1 AND s.given_up_on IS NULL ORDER BY s.id",
            values![subscription.id.0],
            |row| {
                let login = read_login(row)?;
                let first: i64 = row.get(4)?;
                Ok(Seat { id: row.get(3)?, is_first: login.id.0 == first, login })
            },
        )
    }

    /// Gives a login a seat of a licence. That there is room is the caller's business.
    pub fn take_seat(&self, subscription: &Subscription, login: &Login) -> Result<(), StoreError> {
        let id = self.next_id()?;
        self.execute(
            "INSERT INTO seat (id, subscription_id, login_id) VALUES ($1, $2, $3)",
            values![id, subscription.id.0, login.id.0],
        )?;
        self.record(
            EventKind::SeatTaken,
            subject(subscription.id),
            &subscription.number.to_string(),
            Json::Null,
            json!({ "login": login.email.as_str() }),
        )
    }

    /// Takes a seat back; its login stays, and is suspended unless it is the first of its account or has
    /// another seat.
    pub fn give_up_seat(
        &self,
        subscription: &Subscription,
        seat: &Seat,
        reason: &str,
    ) -> Result<(), StoreError> {
        self.change(
            "the seat of",
            &seat.login.email,
            "UPDATE seat SET given_up_on = $2 WHERE id = $1 AND given_up_on IS NULL",
            values![seat.id, self.today()],
        )?;
        self.record(
            EventKind::SeatGivenUp,
            subject(subscription.id),
            &subscription.number.to_string(),
            json!({ "login": seat.login.email.as_str() }),
            json!({ "reason": reason }),
        )
    }

    /// Takes back the seats of an account's licences that its first login has, which needs none (R2).
    pub(super) fn free_seats_of_first(&self, account: AccountId) -> Result<(), StoreError> {
        let Some(first) = self.logins_of(account)?.into_iter().next() else { return Ok(()) };
        self.free_own_seats(&first, account)
    }

    /// Takes back the seats that a login has of the licences of an account whose first one it is from now
    /// on: no trace of them is left, by which it would come after others.
    pub(super) fn free_own_seats(
        &self,
        login: &Login,
        account: AccountId,
    ) -> Result<(), StoreError> {
        let licences: Vec<i64> = self.rows(
            "SELECT DISTINCT s.number FROM seat t JOIN subscription s ON s.id = t.subscription_id
             WHERE t.login_id = $1 AND s.account_id = $2 ORDER BY s.number",
            values![login.id.0, account.0],
            |row| row.get(0),
        )?;
        for number in licences {
            let subscription = self.subscription(number)?;
            let seats = self.seats(&subscription)?;
            if let Some(seat) = seats.iter().find(|seat| seat.login.id == login.id) {
                let reason = "it is the first login of the account, which needs none";
                self.give_up_seat(&subscription, seat, reason)?;
            }
            self.execute(
                "DELETE FROM seat WHERE login_id = $1 AND subscription_id = $2",
                values![login.id.0, subscription.id.0],
            )?;
        }
        Ok(())
    }

    /// Takes back the seats of a licence whose logins are of an organisation that it does not cover.
    pub fn give_up_uncovered(&self, number: i64) -> Result<(), StoreError> {
        let (licence, subscription) = (self.licence(number)?, self.subscription(number)?);
        for seat in self.seats(&subscription)? {
            let account = self.account_by_id(seat.login.account_id)?;
            let is_covered = account.id == subscription.account_id
                || licence.covers.contains(&account.org_number);
            if !is_covered {
                let reason = "the licence does not cover its organisation";
                self.give_up_seat(&subscription, &seat, reason)?;
            }
        }
        Ok(())
    }

    /// Says whether a login may be used today (R2).
    pub fn login_standing(&self, login: &Login) -> Result<LoginStanding, StoreError> {
        if !self.is_seated_only(login)? {
            return Ok(LoginStanding::Stands);
        }
        let licences = self.rows(
            "SELECT DISTINCT s.number FROM seat t JOIN subscription s ON s.id = t.subscription_id
             WHERE t.login_id = $1 ORDER BY s.number",
            values![login.id.0],
            |row| row.get(0),
        )?;
        for number in &licences {
            if self.holds_seat(*number, login.id)? {
                return Ok(LoginStanding::Stands);
            }
        }
        Ok(match licences.last() {
            Some(licence) => LoginStanding::Suspended { licence: *licence },
            None => LoginStanding::Stands,
        })
    }

    /// Says whether a login reads only under the licences that seat it: one beside the first of its
    /// account, made for a seat.
    pub fn is_seated_only(&self, login: &Login) -> Result<bool, StoreError> {
        let first = self.logins_of(login.account_id)?.first().map(|first| first.id);
        let seats =
            self.integer("SELECT count(*) FROM seat WHERE login_id = $1", values![login.id.0])?;
        Ok(seats > 0 && first.is_some_and(|first| first != login.id))
    }

    /// Returns the numbers of the licences in which a login has a seat that holds today.
    pub fn licences_seating(&self, login: LoginId) -> Result<Vec<i64>, StoreError> {
        let licences: Vec<i64> = self.rows(
            "SELECT s.number FROM seat t JOIN subscription s ON s.id = t.subscription_id
             WHERE t.login_id = $1 AND t.given_up_on IS NULL ORDER BY s.number",
            values![login.0],
            |row| row.get(0),
        )?;
        let mut seating = Vec::new();
        for number in licences {
            if self.holds_seat(number, login)? {
                seating.push(number);
            }
        }
        Ok(seating)
    }

    fn holds_seat(&self, licence: i64, login: LoginId) -> Result<bool, StoreError> {
        let subscription = self.subscription(licence)?;
        let seats = self.licence(licence)?.seats_today(&subscription, self.today());
        let place = self.seats(&subscription)?.iter().position(|seat| seat.login.id == login);
        Ok(place.zip(seats).is_some_and(|(place, seats)| holds(place, seats)))
    }
}
