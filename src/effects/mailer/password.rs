//! The password for the mail server: read from a guarded file, printed by a command, or handed over by
//! systemd.

use std::env;
use std::fmt;
use std::io::{self, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use zeroize::Zeroizing;

use super::settings::PasswordSource;
use crate::domain::secret::Secret;
use crate::effects::secret::{self, BYTES_MAX, Kind, SecretError};
use crate::effects::terminal::spawned;

/// How often a command that has printed its line is asked whether it has ended.
const POLL: Duration = Duration::from_millis(5);

/// Where systemd says in which folder it put the credentials of a unit.
const CREDENTIALS: &str = "CREDENTIALS_DIRECTORY";

/// Why there is no password.
#[derive(Debug)]
pub enum PasswordError {
    Secret(SecretError),
    NotStarted(io::Error),
    Failed(ExitStatus),
    TooSlow(Duration),
    Form(&'static str),
    /// Nobody handed over credentials, and so not this one.
    NoCredentials(String),
}

impl fmt::Display for PasswordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PasswordError::Secret(error) => write!(f, "the password for the mail server: {error}"),
            PasswordError::NotStarted(error) => {
                write!(f, "`password_command` could not be started: {error}")
            }
            PasswordError::Failed(status) => write!(f, "`password_command` failed: {status}"),
            PasswordError::TooSlow(limit) => {
                write!(f, "`password_command` did not end within {} seconds", limit.as_secs())
            }
            PasswordError::Form(reason) => write!(f, "the password was refused: {reason}"),
            PasswordError::NoCredentials(name) => write!(
                f,
                "the password for the mail server is the credential `{name}`, and the command was \
                 not started by systemd, which hands it over"
            ),
        }
    }
}

impl std::error::Error for PasswordError {}

impl PasswordError {
    /// Returns what to do about it, where that is known.
    pub fn hint(&self) -> Option<String> {
        match self {
            PasswordError::Secret(error) => error.hint(),
            PasswordError::NoCredentials(_) => Some(
                "start the unit, as in `systemctl start shopctl-mail`, whose file has the line \
                 `LoadCredential=`"
                    .to_owned(),
            ),
            _ => None,
        }
    }
}

/// Reads the password from where `source` says; a command gets `limit` to print it and end.
pub fn read(source: &PasswordSource, limit: Duration) -> Result<Secret, PasswordError> {
    match source {
        PasswordSource::File(file) => {
            usable(secret::from_file(file, Kind::Password).map_err(PasswordError::Secret)?)
        }
        PasswordSource::Command(command) => from_command(command, limit),
        PasswordSource::Credential(name) => {
            let folder = env::var_os(CREDENTIALS).filter(|folder| !folder.is_empty());
            from_credential(folder.as_deref().map(Path::new), name)
        }
    }
}

/// Reads a credential. Who may open it is not asked: systemd lays it where this unit alone can look, and
/// its mode shows the group what a list of access takes away again.
fn from_credential(folder: Option<&Path>, name: &str) -> Result<Secret, PasswordError> {
    let folder = folder.ok_or_else(|| PasswordError::NoCredentials(name.to_owned()))?;
    let password = secret::from_credential(&folder.join(name), Kind::Password);
    usable(password.map_err(PasswordError::Secret)?)
}

/// Takes the first line that `sh -c` prints. What the command says on stderr reaches the operator.
fn from_command(command: &str, limit: Duration) -> Result<Secret, PasswordError> {
    let deadline = Instant::now() + limit;
    let mut shell = Command::new("sh");
    shell.args(["-c", command]).stdin(Stdio::null()).stdout(Stdio::piped());
    let mut child = spawned(&mut shell).map_err(PasswordError::NotStarted)?;
    let stdout = child.stdout.take().expect("stdout is piped");

    // A thread reads, because a pipe cannot be read with a time limit. It is left behind when the
    // limit passes, and ends with whatever holds the pipe.
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Zeroizing::new(Vec::with_capacity(BYTES_MAX as usize + 1));
        let result = stdout.take(BYTES_MAX + 1).read_to_end(&mut bytes).map(|_| bytes);
        let _ = sender.send(result);
    });
    let Ok(printed) = receiver.recv_timeout(limit) else {
        return Err(stop(&mut child, limit));
    };
    let status = loop {
        match child.try_wait().map_err(PasswordError::NotStarted)? {
            Some(status) => break status,
            None if Instant::now() >= deadline => return Err(stop(&mut child, limit)),
            None => thread::sleep(POLL),
        }
    };
    if !status.success() {
        return Err(PasswordError::Failed(status));
    }
    let mut bytes = printed.map_err(PasswordError::NotStarted)?;
    if let Some(end) = bytes.iter().position(|byte| *byte == b'\n') {
        bytes.truncate(end);
    }
    usable(secret::checked(bytes, Kind::Password).map_err(PasswordError::Secret)?)
}

fn stop(child: &mut Child, limit: Duration) -> PasswordError {
    let _ = child.kill();
    let _ = child.wait();
    PasswordError::TooSlow(limit)
}

/// Refuses what no server takes for a password, such as a file of several lines, of which nobody could
/// say which was meant.
fn usable(password: Secret) -> Result<Secret, PasswordError> {
    if password.reveal().is_empty() {
        return Err(PasswordError::Form("it is empty"));
    }
    if password.reveal().chars().any(char::is_control) {
        return Err(PasswordError::Form("it holds a line end or another control character"));
    }
    Ok(password)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn file_with(content: &str, mode: u32) -> (tempfile::TempDir, PasswordSource) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("secret");
        fs::write(&path, content).expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("allowed");
        (folder, PasswordSource::File(path))
    }

    fn printed_by(command: &str) -> Result<Secret, PasswordError> {
        read(&PasswordSource::Command(command.to_owned()), Duration::from_millis(500))
    }

    #[test]
    fn the_line_end_of_a_password_file_is_no_part_of_the_password() {
        for (content, password) in [("påsk 1\n", "påsk 1"), ("x\r\n", "x"), (" y ", " y ")] {
            let (_folder, source) = file_with(content, 0o600);
            let secret = read(&source, Duration::ZERO).expect("readable");
            assert_eq!(secret.reveal(), password);
            assert_eq!(format!("{secret:?}"), "Secret");
        }
        for content in ["", "\n", "a\nb\n", "a\0b"] {
            let (_folder, source) = file_with(content, 0o400);
            assert!(matches!(read(&source, Duration::ZERO), Err(PasswordError::Form(_))));
        }
    }

    #[test]
    fn a_password_file_that_others_may_open_is_refused_with_the_remedy() {
        for mode in [0o640, 0o604, 0o620, 0o777] {
            let (_folder, source) = file_with("x", mode);
            let error = read(&source, Duration::ZERO).expect_err("open to others");
            assert!(error.hint().is_some_and(|hint| hint.starts_with("chmod 600 /")), "{error}");
        }
    }

    #[test]
    fn a_credential_is_read_from_the_folder_that_systemd_names() {
        let (folder, _) = file_with("påsk 1\n", 0o440);
        let secret = from_credential(Some(folder.path()), "secret").expect("readable");
        assert_eq!(secret.reveal(), "påsk 1");
        let error = from_credential(Some(folder.path()), "other").expect_err("there is none");
        assert!(error.to_string().contains("other"), "{error}");
        let error = from_credential(None, "secret").expect_err("nobody handed it over");
        assert!(error.hint().is_some_and(|hint| hint.contains("LoadCredential=")), "{error}");
    }

    #[test]
    fn a_command_prints_the_password_on_its_first_line() {
        let secret = printed_by("printf 'first\\nsecond\\n'").expect("printed");
        assert_eq!(secret.reveal(), "first");
        assert!(matches!(printed_by("echo x; exit 3"), Err(PasswordError::Failed(_))));
        assert!(matches!(printed_by("true"), Err(PasswordError::Form(_))));
        assert!(matches!(printed_by("sleep 2"), Err(PasswordError::TooSlow(_))));
        assert!(matches!(printed_by("echo x; exec >&-; sleep 2"), Err(PasswordError::TooSlow(_))));
    }
}
