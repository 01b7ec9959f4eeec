//! `store`: the shop's file as a whole: checked, copied, put back, moved.

pub mod adopt;
pub mod backup;
pub mod check;
mod partial;
pub mod restore;

pub use self::adopt::{AdoptArgs, adopt};
pub use self::backup::{BackupArgs, backup};
pub use self::check::{CheckArgs, check};
pub use self::restore::{RestoreArgs, restore};
