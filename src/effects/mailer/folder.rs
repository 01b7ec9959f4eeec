//! A folder of `.eml` files in place of a server: for the first day, for practice and for tests.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::process;

use super::message::{bare_message_id, short_hash};
use super::{Cause, MailerError, Outlook, Scope, SendError};

/// How much of a Message-ID is kept readable in a file name.
const READABLE_MAX: usize = 80;

/// A folder that only its owner can look into.
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Makes the folder if it is not there; one that is keeps its permissions.
    pub fn open(path: &Path) -> Result<Folder, MailerError> {
        let failed = |error| MailerError::Folder { folder: path.to_owned(), error };
        let is_new = !path.exists();
        DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(failed)?;
        if let Some(above) = path.parent().filter(|above| is_new && !above.as_os_str().is_empty()) {
            // Or a cut of the power takes the folder, and every mail in it that was on the disk.
            File::open(above).and_then(|above| above.sync_all()).map_err(failed)?;
        }
        Ok(Folder { path: path.to_owned() })
    }

    /// Writes the message and returns its path, the same for the same Message-ID.
    ///
    /// The file appears whole or not at all, and is on the disk before this returns.
    pub fn write(&self, message_id: &str, bytes: &[u8]) -> Result<PathBuf, SendError> {
        let id = bare_message_id(message_id)
            .map_err(|_| SendError::of_message(Cause::MessageId(message_id.to_owned())))?;
        let name = file_name(id);
        let path = self.path.join(&name);
        let temporary = self.path.join(format!(".{name}.{}", process::id()));
        let written = write_whole(&temporary, bytes)
            .and_then(|()| fs::rename(&temporary, &path))
            .and_then(|()| File::open(&self.path)?.sync_all());
        match written {
            Ok(()) => Ok(path),
            Err(error) => {
                let _ = fs::remove_file(&temporary);
                Err(SendError {
                    outlook: Outlook::Temporary,
                    scope: Scope::Session,
                    acknowledgement_lost: false,
                    cause: Cause::NotWritten { path, error },
                })
            }
        }
    }
}

fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Returns a name made of letters, digits, `-`, `_` and `.`, never beginning with a point.
///
/// What cannot stand in it becomes `_`; the hash keeps ids apart that differ in such characters only,
/// or on a file system that does not tell case.
fn file_name(id: &str) -> String {
    let readable: String = id
        .chars()
        .take(READABLE_MAX)
        .map(|character| {
            if character.is_ascii_alphanumeric() || "-.".contains(character) {
                character
            } else {
                '_'
            }
        })
        .collect();
    format!("{}-{}.eml", readable.trim_start_matches('.'), short_hash(id))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::super::settings::MailSettings;
    use super::super::{Mailer, Receipt};
    use super::*;

    const MESSAGE: &[u8] =
        b"From: a@example.se\r\nTo: b@example.se\r\nSubject: x\r\nDate: today\r\n\
                             Message-ID: <1@example.se>\r\n\r\nbody\r\n";

    fn send(mailer: &mut Mailer, id: &str, bytes: &[u8]) -> Result<PathBuf, SendError> {
        let from = "a@example.se".parse().expect("an address");
        let to = "b@example.se".parse().expect("an address");
        mailer.send(&from, &to, id, bytes).map(|receipt| match receipt {
            Receipt::Written { path } => path,
            Receipt::Accepted { .. } => panic!("no server is involved"),
        })
    }

    #[test]
    fn sending_twice_writes_one_file_that_only_its_owner_can_read() {
        let home = tempfile::tempdir().expect("a folder");
        let folder = home.path().join("shop/mail");
        let mut mailer = Mailer::open(&MailSettings::folder(folder.clone())).expect("opened");
        let first = send(&mut mailer, "<1@example.se>", MESSAGE).expect("written");
        let second = send(&mut mailer, "1@example.se", MESSAGE).expect("written");
        let other = send(&mut mailer, "2@example.se", MESSAGE).expect("written");
        assert_eq!(first, second);
        assert_ne!(first, other);
        assert_eq!(fs::read(&first).expect("readable"), MESSAGE);
        assert_eq!(fs::read_dir(&folder).expect("a folder").count(), 2);
        let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
        assert_eq!((mode(&folder), mode(&first)), (0o700, 0o600));
    }

    #[test]
    fn no_message_id_leads_out_of_the_folder() {
        let home = tempfile::tempdir().expect("a folder");
        let folder = home.path().join("mail");
        let mut mailer = Mailer::open(&MailSettings::folder(folder.clone())).expect("opened");
        for id in ["../../x@example.se", "/etc/x@example.se", ".@.", "..@..", "a@b"] {
            let path = send(&mut mailer, id, MESSAGE).expect("written");
            assert_eq!(path.parent(), Some(folder.as_path()), "{id}");
            assert!(!path.file_name().expect("a name").to_string_lossy().starts_with('.'), "{id}");
        }
        for id in ["", "@", "a", "a@", "a b@c", "a@b\n", "a\0@b", "å@b", "a@b@c"] {
            let error = send(&mut mailer, id, MESSAGE).expect_err(id);
            assert!(matches!(error.cause, Cause::MessageId(_)), "{id}");
        }
    }

    #[test]
    fn bytes_that_may_not_go_onto_a_wire_are_not_written_either() {
        let home = tempfile::tempdir().expect("a folder");
        let mut mailer = Mailer::open(&MailSettings::folder(home.path().to_owned())).expect("open");
        let error = send(&mut mailer, "1@b", b"From: a\n\nx").expect_err("bare line ends");
        assert_eq!((error.outlook, error.scope), (Outlook::Permanent, Scope::Message));
        assert_eq!(fs::read_dir(home.path()).expect("a folder").count(), 0);
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_named() {
        let home = tempfile::tempdir().expect("a folder");
        let file = home.path().join("file");
        fs::write(&file, "").expect("written");
        let error =
            Mailer::open(&MailSettings::folder(file.join("mail"))).err().expect("no folder");
        assert!(error.to_string().contains("file/mail"), "{error}");
    }
}
