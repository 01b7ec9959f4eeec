//! Staff: who may do what.
//!
//! Roles guard against mistakes, not against people: whoever can open the store's file can read all of
//! it. Each role may do what the ones before it may.

use std::fmt;
use std::str::FromStr;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Looks at all but the mail, changes nothing.
    Reader,
    /// Also helps customers with their logins and their mail.
    Support,
    /// Also accounts, orders, subscriptions, invoices and sending.
    Staff,
    /// Everything.
    Admin,
}

impl Role {
    pub const ALL: [Role; 4] = [Role::Reader, Role::Support, Role::Staff, Role::Admin];

    pub const fn as_str(self) -> &'static str {
        match self {
            Role::Reader => "reader",
            Role::Support => "support",
            Role::Staff => "staff",
            Role::Admin => "admin",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Role {
    type Err = String;

    fn from_str(text: &str) -> Result<Role, String> {
        Role::ALL.into_iter().find(|role| role.as_str() == text).ok_or_else(|| {
            format!("`{text}` is not a role; roles are reader, support, staff, admin")
        })
    }
}

/// Somebody who works in the shop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffMember {
    pub id: i64,
    /// The user's name on the machine, `uid:65534` for one without.
    pub name: String,
    pub role: Role,
    /// May change the invoice details of running subscriptions (R10).
    pub has_billing: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_may_do_what_the_ones_before_may() {
        assert!(Role::ALL.is_sorted());
        assert!(Role::Admin > Role::Staff && Role::Support > Role::Reader);
        assert!("chief".parse::<Role>().is_err());
    }
}
