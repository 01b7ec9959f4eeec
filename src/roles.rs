//! Which role each command needs: one line a command, and a test that none is missing.

use crate::domain::staff::Role;

/// The commands that anybody may run: they open no store, or make a new one.
const OPEN_TO_ALL: [&str; 4] = ["init", "completions", "man", "help"];

/// The role that each other command needs, by the words it is typed as.
const NEEDED: [(&str, Role); 150] = [
    ("status", Role::Reader),
    ("find", Role::Reader),
    ("seller show", Role::Reader),
    ("seller edit", Role::Admin),
    ("seller lock-books", Role::Admin),
    ("seller rate list", Role::Reader),
    ("seller rate add", Role::Admin),
    ("seller level list", Role::Reader),
    ("seller level set", Role::Admin),
    ("seller level remove", Role::Admin),
    ("seller conditions show", Role::Reader),
    ("seller conditions edit", Role::Admin),
    ("setting list", Role::Reader),
    ("setting set", Role::Admin),
    ("staff list", Role::Reader),
    ("staff add", Role::Admin),
    ("staff edit", Role::Admin),
    ("staff remove", Role::Admin),
    ("account list", Role::Reader),
    ("account show", Role::Reader),
    ("account create", Role::Staff),
    ("account edit", Role::Staff),
    ("account billing", Role::Staff),
    ("account close", Role::Staff),
    ("account reopen", Role::Staff),
    ("account history", Role::Reader),
    ("account note", Role::Support),
    ("account hold", Role::Staff),
    ("account release", Role::Staff),
    ("account login list", Role::Reader),
    ("account login add", Role::Support),
    ("account login remove", Role::Support),
    ("account login rename", Role::Support),
    ("account login invite", Role::Support),
    ("account import", Role::Staff),
    ("account imports list", Role::Reader),
    ("account imports show", Role::Reader),
    ("account imports undo", Role::Staff),
    ("account export", Role::Reader),
    ("account merge", Role::Staff),
    ("account renumber", Role::Staff),
    ("account personal-data export", Role::Staff),
    ("account personal-data erase", Role::Admin),
    ("product list", Role::Reader),
    ("product show", Role::Reader),
    ("product create", Role::Admin),
    ("product edit", Role::Admin),
    ("product retire", Role::Admin),
    ("product price", Role::Admin),
    ("product vat", Role::Admin),
    ("agreement list", Role::Reader),
    ("agreement show", Role::Reader),
    ("agreement create", Role::Admin),
    ("agreement publish", Role::Admin),
    ("agreement withdraw", Role::Admin),
    ("agreement fetch", Role::Reader),
    ("licence list", Role::Reader),
    ("licence show", Role::Reader),
    ("licence edit", Role::Staff),
    ("licence render", Role::Staff),
    ("licence verify", Role::Reader),
    ("licence trace", Role::Reader),
    ("licence revoke", Role::Admin),
    ("licence revocations", Role::Staff),
    ("licence key show", Role::Reader),
    ("licence key rotate", Role::Admin),
    ("licence key import", Role::Admin),
    ("licence seat list", Role::Reader),
    ("licence seat add", Role::Support),
    ("licence seat remove", Role::Support),
    ("order list", Role::Reader),
    ("order show", Role::Reader),
    ("order create", Role::Staff),
    ("order cancel", Role::Staff),
    ("order ship", Role::Staff),
    ("order slip", Role::Staff),
    ("subscription list", Role::Reader),
    ("subscription show", Role::Reader),
    ("subscription cancel", Role::Reader),
    ("subscription reinstate", Role::Staff),
    ("subscription end", Role::Admin),
    ("subscription confirmation", Role::Staff),
    ("subscription evidence", Role::Staff),
    ("subscription renew", Role::Staff),
    ("subscription remind", Role::Staff),
    ("subscription price", Role::Staff),
    ("subscription transfer", Role::Staff),
    ("subscription import", Role::Staff),
    ("subscription imports list", Role::Reader),
    ("subscription imports show", Role::Reader),
    ("subscription imports undo", Role::Staff),
    ("invoice list", Role::Reader),
    ("invoice show", Role::Reader),
    ("invoice pdf", Role::Staff),
    ("invoice send", Role::Staff),
    ("invoice remind", Role::Staff),
    ("invoice hold", Role::Staff),
    ("invoice release", Role::Staff),
    ("invoice write-off", Role::Staff),
    ("invoice credit", Role::Staff),
    ("invoice reissue", Role::Staff),
    ("payment list", Role::Reader),
    ("payment show", Role::Reader),
    ("payment record", Role::Staff),
    ("payment match", Role::Staff),
    ("payment unmatch", Role::Staff),
    ("payment refund", Role::Staff),
    ("payment reverse", Role::Staff),
    ("payment import", Role::Staff),
    ("invoice e-invoice", Role::Staff),
    ("invoice delivered", Role::Staff),
    ("password check", Role::Reader),
    ("password change", Role::Reader),
    ("password forgot", Role::Reader),
    ("password redeem", Role::Reader),
    ("password reset", Role::Support),
    ("password status", Role::Support),
    ("password policy show", Role::Reader),
    ("password policy set", Role::Admin),
    ("mail list", Role::Support),
    ("mail show", Role::Support),
    ("mail preview", Role::Support),
    ("mail send", Role::Staff),
    ("mail retry", Role::Staff),
    ("mail hold", Role::Staff),
    ("mail release", Role::Staff),
    ("mail announce", Role::Staff),
    ("mail bounced", Role::Staff),
    ("mail test", Role::Staff),
    ("daily", Role::Staff),
    ("export sie", Role::Staff),
    ("export list", Role::Reader),
    ("report renewals", Role::Reader),
    ("report recurring", Role::Reader),
    ("report receivables", Role::Reader),
    ("report series", Role::Reader),
    ("report fetches", Role::Reader),
    ("report vat", Role::Reader),
    ("audit list", Role::Reader),
    ("audit show", Role::Reader),
    ("audit verify", Role::Reader),
    ("audit head", Role::Reader),
    ("undo", Role::Staff),
    ("store check", Role::Reader),
    ("store info", Role::Reader),
    ("store archive", Role::Staff),
    ("store handover", Role::Admin),
    ("store backup", Role::Staff),
    ("store adopt", Role::Admin),
    ("store restore", Role::Admin),
];

/// The commands that need the grant `billing` beside their role, unless an administrator runs them.
const NEED_BILLING: [&str; 1] = ["account billing"];

/// Returns the role that a command needs; `None` for one that anybody may run.
pub fn needed(command: &str) -> Option<Role> {
    if OPEN_TO_ALL.contains(&command) {
        return None;
    }
    let found = NEEDED.iter().find(|(name, _)| *name == command);
    Some(found.map_or(Role::Admin, |(_, role)| *role))
}

/// Says whether a command needs the grant `billing` too (R10).
pub fn needs_billing(command: &str) -> bool {
    NEED_BILLING.contains(&command)
}

#[cfg(test)]
mod tests {
    use clap::Command;

    use super::*;
    use crate::cli::whole_tree;

    fn leaves(command: &Command, path: &str, found: &mut Vec<String>) {
        for child in command.get_subcommands() {
            let path = format!("{path} {}", child.get_name()).trim().to_owned();
            if child.has_subcommands() {
                leaves(child, &path, found);
            } else {
                found.push(path);
            }
        }
    }

    #[test]
    fn every_command_has_its_role_and_every_role_its_command() {
        let mut commands = Vec::new();
        leaves(&whole_tree(), "", &mut commands);
        let known = |command: &&str| commands.iter().any(|leaf| leaf == command);
        for command in &commands {
            let is_listed = NEEDED.iter().any(|(name, _)| name == command);
            assert!(is_listed || OPEN_TO_ALL.contains(&command.as_str()), "{command}");
        }
        assert!(NEEDED.iter().map(|(name, _)| *name).all(|name| known(&name)));
        assert!(NEED_BILLING.iter().all(known));
    }
}
