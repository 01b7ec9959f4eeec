//! `password policy`: what is asked of passwords, and how long the mails about them are good.

use anyhow::Result;
use clap::Args;

use crate::app::App;
use crate::commands::setting;
use crate::domain::setting::Setting;
use crate::error::Failure;

/// Show what is asked of passwords
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  shopctl password policy show\n  shopctl password policy show --json"
)]
pub struct PolicyShowArgs {}

/// Change what is asked of passwords
///
/// Hashing may be made costlier than the least that OWASP advises, and not cheaper; a password is hashed
/// anew at its next good login.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl password policy set password_memory_mib 64
  shopctl password policy set reset_minutes 30")]
pub struct PolicySetArgs {
    #[command(flatten)]
    set: setting::SetArgs,
}

pub fn policy_show(app: &mut App, _args: &PolicyShowArgs) -> Result<()> {
    setting::list_of(app, Setting::OF_PASSWORDS)
}

pub fn policy_set(app: &mut App, args: &PolicySetArgs) -> Result<()> {
    if !Setting::OF_PASSWORDS.contains(&args.set.setting) {
        let words = format!("`{}` has nothing to do with passwords", args.set.setting);
        return Err(Failure::refused("bad_value", words)
            .hint("`shopctl password policy show` lists what has; `shopctl setting set` sets the rest")
            .into());
    }
    setting::set(app, &args.set)
}
