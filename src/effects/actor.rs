//! Who runs the program: the person behind `sudo`, else the user of the operating system.

use nix::unistd::{Uid, User};

/// Returns the name that events record, `uid:65534` for a user without one.
pub fn actor() -> String {
    match std::env::var("SUDO_USER") {
        Ok(name) if !name.is_empty() => name,
        _ => user_name(Uid::current()),
    }
}

fn user_name(uid: Uid) -> String {
    User::from_uid(uid).ok().flatten().map_or_else(|| format!("uid:{uid}"), |user| user.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_without_a_name_is_told_by_number() {
        assert_eq!(user_name(Uid::from_raw(3_999_999_999)), "uid:3999999999");
    }
}
