//! `store`: the shop's file as a whole: checked, copied, put back, moved.

pub mod adopt;
pub mod archive;
pub mod backup;
pub mod check;
pub mod handover;
pub mod info;
mod partial;
pub mod restore;

pub use self::adopt::{AdoptArgs, adopt};
pub use self::archive::{ArchiveArgs, archive};
pub use self::backup::{BackupArgs, backup};
pub use self::check::{CheckArgs, check};
pub use self::handover::{HandoverArgs, handover};
pub use self::info::{InfoArgs, info};
pub use self::restore::{RestoreArgs, restore};
