//! The machine the program runs on, and the place of a file there.

use std::fs::{self, Metadata};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use nix::fcntl::OFlag;
use nix::unistd::geteuid;
use sha2::{Digest, Sha256};

use crate::domain::home::Home;

/// Where a machine's id stands. Source: machine-id(5), which asks that it be hashed with something of the
/// application's own before it is kept anywhere.
const MACHINE_IDS: [&str; 2] = ["/etc/machine-id", "/var/lib/dbus/machine-id"];

/// What a file is opened with that must not be a link to another.
pub const NO_FOLLOW: i32 = OFlag::O_NOFOLLOW.bits();

/// Says whether a file belongs to the user who runs the program.
pub fn is_own(file: &Metadata) -> bool {
    file.uid() == geteuid().as_raw()
}

/// Returns the place of a file on this machine, its links followed.
pub fn home_of(file: &Path) -> Home {
    let path = fs::canonicalize(file)
        .or_else(|_| of_its_folder(file))
        .or_else(|_| std::path::absolute(file))
        .unwrap_or_else(|_| file.to_owned());
    let host = MACHINE_IDS.iter().find_map(|file| machine(&fs::read_to_string(file).ok()?));
    let name = nix::unistd::gethostname().ok().and_then(|name| name.into_string().ok());
    Home {
        path: path.to_string_lossy().into_owned(),
        host,
        host_name: name.unwrap_or_else(|| "a machine without a name".to_owned()),
    }
}

/// Returns where a file that is still to be made will be: its name in its folder.
fn of_its_folder(file: &Path) -> io::Result<PathBuf> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let name = file.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    Ok(fs::canonicalize(folder.unwrap_or(Path::new(".")))?.join(name))
}

/// Returns the hash by which a machine of this id is known; `None` of what is no id, as the empty file
/// of a container or of an image that was never started.
fn machine(id: &str) -> Option<String> {
    let id = id.trim();
    let is_id = id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    let digest = || Sha256::new().chain_update("shopctl home ").chain_update(id).finalize();
    is_id.then(|| digest().iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_without_an_id_is_not_taken_for_another() {
        for id in ["", "\n", "uninitialized\n", "3d1219c7c4c5404aaa1f6d2a48adfda"] {
            assert_eq!(machine(id), None, "{id:?}");
        }
        let known = machine("3d1219c7c4c5404aaa1f6d2a48adfda4\n");
        assert_eq!(known.as_ref().map(String::len), Some(64));
        assert_ne!(known, machine("3d1219c7c4c5404aaa1f6d2a48adfda5"));
    }
}
