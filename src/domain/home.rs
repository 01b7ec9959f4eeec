//! Where a store lives. One that is opened elsewhere is a copy, and no customer hears from a copy.

use std::fmt;

/// A place: a file's whole path, and the machine it is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    pub path: String,
    /// What tells the machine from every other; `None` where nothing does, as in many containers, whose
    /// names change with each start. There the path alone counts.
    pub host: Option<String>,
    /// The machine's name, for people.
    pub host_name: String,
}

/// How the place of a store differs from its home.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Elsewhere {
    Path { home: String },
    Host { home: String },
}

impl Home {
    /// Says how `here` differs from this home, if it does.
    pub fn elsewhere(&self, here: &Home) -> Option<Elsewhere> {
        let is_other_host = self.host.is_some() && here.host.is_some() && self.host != here.host;
        if is_other_host {
            return Some(Elsewhere::Host { home: self.host_name.clone() });
        }
        (self.path != here.path).then(|| Elsewhere::Path { home: self.path.clone() })
    }
}

impl fmt::Display for Home {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} on {}", self.path, self.host_name)
    }
}

impl fmt::Display for Elsewhere {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Elsewhere::Path { home } => {
                write!(f, "this is a copy of the store whose place is `{home}`")
            }
            Elsewhere::Host { home } => {
                write!(f, "this is a copy of the store whose place is the machine `{home}`")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn home(path: &str, host: Option<&str>) -> Home {
        let host = host.map(str::to_owned);
        Home { path: path.to_owned(), host, host_name: "kontoret".to_owned() }
    }

    #[test]
    fn a_store_is_at_home_in_one_place_on_one_machine() {
        let at_home = home("/srv/shop.db", Some("a"));
        assert_eq!(at_home.elsewhere(&home("/srv/shop.db", Some("a"))), None);
        let path = at_home.elsewhere(&home("/tmp/shop.db", Some("a")));
        assert_eq!(path, Some(Elsewhere::Path { home: "/srv/shop.db".to_owned() }));
        let host = at_home.elsewhere(&home("/srv/shop.db", Some("b")));
        assert_eq!(host, Some(Elsewhere::Host { home: "kontoret".to_owned() }));
    }

    #[test]
    fn where_machines_cannot_be_told_apart_the_path_alone_counts() {
        for (then, now) in [(None, Some("b")), (Some("a"), None), (None, None)] {
            let at_home = home("/srv/shop.db", then);
            assert_eq!(at_home.elsewhere(&home("/srv/shop.db", now)), None);
            assert!(at_home.elsewhere(&home("/tmp/shop.db", now)).is_some());
        }
    }
}
