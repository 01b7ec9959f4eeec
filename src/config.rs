//! Settings, from flags, environment and file into one plain struct, checked once.
//!
//! A flag wins over the environment, that over `shopctl.toml`, that over the default. What belongs to
//! the business (seller, prices, conditions) lies in the store and not here.

use std::env;
use std::fs::File as OpenFile;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::effects::mailer::settings::{MailSettings, RawMailSettings};
use crate::error::Failure;

/// The environment variable that names the store.
pub const STORE_VARIABLE: &str = "SHOPCTL_STORE";

/// `shopctl.toml` as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    store: Option<PathBuf>,
    #[serde(default)]
    mail: RawMailSettings,
    #[serde(default)]
    output: Output,
    templates: Option<PathBuf>,
    archive_dir: Option<PathBuf>,
}

/// The `[output]` table: how answers look.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Output {
    pub color: Option<String>,
}

/// Where the store is, how mail goes out, how answers look.
#[derive(Clone, Debug)]
pub struct Settings {
    pub store: PathBuf,
    pub output: Output,
    /// A folder whose mail templates override those carried in the binary.
    pub templates: Option<PathBuf>,
    /// A folder outside the store that keeps every document that left the shop.
    pub archive_dir: Option<PathBuf>,
    /// The file that was read, if there is one.
    pub file: Option<PathBuf>,
    mail: RawMailSettings,
    base: PathBuf,
}

impl Settings {
    /// Reads the settings; `store` and `config` are the flags of those names.
    ///
    /// Errors when the configuration file named does not exist, or any is malformed. Without the flag
    /// a file that is not there is no error.
    pub fn load(store: Option<&Path>, config: Option<&Path>) -> Result<Settings> {
        let path = match config {
            Some(path) => Some(path.to_owned()),
            None => folder("XDG_CONFIG_HOME", ".config").map(|base| base.join("shopctl.toml")),
        };
        let (file, base) = match &path {
            Some(path) if config.is_some() || path.exists() => (read(path)?, parent(path)),
            _ => (File::default(), PathBuf::new()),
        };
        let read_from = path.filter(|path| path.exists());
        let store = store
            .map(Path::to_owned)
            .or_else(|| env::var_os(STORE_VARIABLE).filter(|v| !v.is_empty()).map(PathBuf::from))
            .or_else(|| file.store.as_ref().map(|store| base.join(store)))
            .or_else(|| folder("XDG_DATA_HOME", ".local/share").map(|base| base.join("shop.db")))
            .ok_or_else(|| {
                Failure::refused("no_store", "there is no home folder to look for the store in")
                    .hint("`--store PATH` names the store")
            })?;
        let templates = file.templates.as_ref().map(|templates| base.join(templates));
        let archive_dir = file.archive_dir.as_ref().map(|archive| base.join(archive));
        let (output, mail) = (file.output, file.mail);
        Ok(Settings { store, output, templates, archive_dir, file: read_from, mail, base })
    }

    /// Returns the file in which the mail server's password stands, if one does.
    pub fn password_file(&self) -> Option<PathBuf> {
        self.mail.password_file.as_ref().map(|file| self.base.join(file))
    }

    /// Returns how mail goes out; a practice shop's only to a folder or a server on this machine.
    pub fn mail(&self, is_practice: bool) -> Result<MailSettings> {
        let default_folder = parent(&self.store).join("mail");
        self.mail
            .clone()
            .checked(&self.base, &default_folder, is_practice)
            .map_err(|error| Failure::refused("mail_settings", error.to_string()))
            .context("the [mail] settings were refused")
    }
}

fn read(path: &Path) -> Result<File> {
    let text = read_text(path)
        .with_context(|| format!("the configuration `{}` cannot be read", path.display()))?;
    toml::from_str(&text).map_err(|error| {
        let message =
            format!("the configuration `{}`, {}", path.display(), toml_words(&error, &text));
        Failure::refused("configuration", message)
            .hint("examples/shopctl.toml shows every setting")
            .into()
    })
}

/// The largest file of settings, the seller's too, in bytes.
const BYTES_MAX: u64 = 1 << 20;

/// Reads a file of settings, which ends before it fills the memory, whatever the path leads to.
pub fn read_text(path: &Path) -> io::Result<String> {
    let mut bytes = Vec::new();
    OpenFile::open(path)?.take(BYTES_MAX + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > BYTES_MAX {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "it is larger than 1 MiB"));
    }
    String::from_utf8(bytes)
        .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "it is not UTF-8"))
}

/// Says on one line what is wrong with a TOML file, and on which line of it.
pub fn toml_words(error: &toml::de::Error, text: &str) -> String {
    let line = error.span().and_then(|span| text.get(..span.start));
    let line = line.map_or(1, |before| before.matches('\n').count() + 1);
    let message = error.message().replace('\n', ", ");
    if message.starts_with("missing field") { message } else { format!("line {line}: {message}") }
}

fn parent(path: &Path) -> PathBuf {
    path.parent().map(Path::to_owned).unwrap_or_default()
}

/// Returns `shopctl` in the folder that the variable names, or in `fallback` under the home folder.
fn folder(variable: &str, fallback: &str) -> Option<PathBuf> {
    let named = env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from);
    let base = named.or_else(|| {
        env::var_os("HOME")
            .filter(|home| !home.is_empty())
            .map(|home| Path::new(&home).join(fallback))
    })?;
    Some(base.join("shopctl"))
}
