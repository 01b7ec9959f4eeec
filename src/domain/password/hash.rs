//! How a password is kept: as an argon2id hash in a PHC string, from which nobody reads it back.

use std::fmt;
use std::str::FromStr;

use argon2::password_hash::phc;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};

use super::Password;

/// What one hash costs: memory, passes over it, lanes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HashCost {
    pub memory_mib: u32,
    pub passes: u32,
    pub lanes: u32,
}

impl HashCost {
    /// The least that is allowed. Source: OWASP Password Storage Cheat Sheet.
    pub const FLOOR: HashCost = HashCost { memory_mib: 46, passes: 1, lanes: 1 };

    fn argon2(self) -> Result<Argon2<'static>, PasswordHashError> {
        let kibibytes = self.memory_mib.checked_mul(1024).ok_or(PasswordHashError)?;
        let params =
            Params::new(kibibytes, self.passes, self.lanes, None).map_err(|_| PasswordHashError)?;
        Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
    }

    /// Returns the hash of a password under a salt that was never used before.
    pub fn hash(
        self,
        password: &Password,
        salt: &[u8; 16],
    ) -> Result<PasswordHash, PasswordHashError> {
        let hashed = self.argon2()?.hash_password_with_salt(password.reveal().as_bytes(), salt);
        Ok(PasswordHash(hashed.map_err(|_| PasswordHashError)?))
    }
}

/// The hash of a password, with its salt and what it cost.
///
/// It is kept in the store and shown nowhere: whoever has it can try passwords against it at home.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(phc::PasswordHash);

impl PasswordHash {
    /// Says whether it is the hash of `password`, at the cost it was made with.
    pub fn is_of(&self, password: &Password) -> bool {
        Argon2::default().verify_password(password.reveal().as_bytes(), &self.0).is_ok()
    }

    /// Says whether it was made at less than `cost` in any respect.
    pub fn is_cheaper_than(&self, cost: HashCost) -> bool {
        let Ok(made) = Params::try_from(&self.0) else { return true };
        made.m_cost() < cost.memory_mib.saturating_mul(1024)
            || made.t_cost() < cost.passes
            || made.p_cost() < cost.lanes
    }

    /// Returns the PHC string, to be stored.
    pub fn phc(&self) -> String {
        self.0.to_string()
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash")
    }
}

impl FromStr for PasswordHash {
    type Err = PasswordHashError;

    fn from_str(text: &str) -> Result<PasswordHash, PasswordHashError> {
        phc::PasswordHash::new(text).map(PasswordHash).map_err(|_| PasswordHashError)
    }
}

/// There can be no such hash: its cost is out of bounds, or the text is no PHC string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasswordHashError;

impl fmt::Display for PasswordHashError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is no such hash of a password")
    }
}

impl std::error::Error for PasswordHashError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::secret::Secret;

    const CHEAP: HashCost = HashCost { memory_mib: 1, passes: 1, lanes: 1 };

    fn password(text: &str) -> Password {
        Password::read(&Secret::new(text.to_owned())).expect("a password")
    }

    #[test]
    fn a_hash_is_read_back_and_knows_its_password_alone() {
        let made = CHEAP.hash(&password("en kopp kaffe till"), &[7; 16]).expect("a hash");
        let read: PasswordHash = made.phc().parse().expect("a PHC string");
        assert!(made == read && read.is_of(&password("en kopp kaffe till")));
        assert!(!read.is_of(&password("en kopp kaffe till.")));
        assert!(made.phc().starts_with("$argon2id$v=19$m=1024,t=1,p=1$"), "{}", made.phc());
        assert!(!format!("{made:?}").contains("argon2id$"));
    }

    #[test]
    fn a_hash_costs_what_owasp_asks_and_is_renewed_when_the_cost_has_risen() {
        let made = HashCost::FLOOR.hash(&password("en kopp kaffe till"), &[7; 16]).expect("a hash");
        assert!(made.phc().starts_with("$argon2id$v=19$m=47104,t=1,p=1$"), "{}", made.phc());
        assert!(!made.is_cheaper_than(HashCost::FLOOR));
        for risen in [
            HashCost { memory_mib: 64, ..HashCost::FLOOR },
            HashCost { passes: 2, ..HashCost::FLOOR },
            HashCost { lanes: 2, ..HashCost::FLOOR },
        ] {
            assert!(made.is_cheaper_than(risen));
        }
        assert!("no PHC string".parse::<PasswordHash>().is_err());
    }

    /// The example of the reference implementation: <https://github.com/P-H-C/phc-winner-argon2>.
    #[test]
    fn a_hash_of_the_reference_implementation_is_understood() {
        let theirs = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        let read: PasswordHash = theirs.parse().expect("a PHC string");
        assert!(read.is_of(&password("password")));
    }
}
