//! Seats: the logins that a licence lets use what it gives, beside the first of its account (R2).

use serde_json::{Value as Json, json};

use super::driver::values;
use super::login::read_login;
use super::subscription::subject;
use super::{StoreError, Tx};
use crate::domain::event::EventKind;
use crate::domain::login::{Login, LoginId};
use crate::domain::seat::{LoginStanding, Seat, holds};
use crate::domain::subscription::Subscription;

impl Tx<'_> {
    /// Returns the seats in use of a licence, the first taken first.
    pub fn seats(&self, subscription: &Subscription) -> Result<Vec<Seat>, StoreError> {
        self.rows(
            "SELECT l.id, l.account_id, l.email, s.id,
                 (SELECT min(f.id) FROM login f WHERE f.account_id = l.account_id)
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
