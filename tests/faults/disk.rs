//! What the program asks of the disk, seen from outside: `shim.c`, built once, and its log.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::support::Shop;

/// How a request fares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// This one fails, with this number.
    Once(i32),
    /// This one and all that follow fail.
    ForGood(i32),
    /// The process dies.
    Kill,
}

/// No space left on the device; input/output error.
pub const ENOSPC: i32 = 28;
pub const EIO: i32 = 5;

impl Fault {
    pub const ALL: [Fault; 5] = [
        Fault::Once(ENOSPC),
        Fault::Once(EIO),
        Fault::ForGood(ENOSPC),
        Fault::ForGood(EIO),
        Fault::Kill,
    ];
}

/// Returns the library that stands before the C library, built by the first test that wants it.
fn library() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let library = folder.join(format!("faults-{}.so", std::process::id()));
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/faults/shim.c");
        let compiler = std::env::var_os("CC").unwrap_or_else(|| "cc".into());
        let built = Command::new(compiler)
            .args(["-shared", "-fPIC", "-O2", "-Wall", "-Wextra", "-o"])
            .arg(&library)
            .args([source, "-ldl", "-lpthread"])
            .output()
            .expect("there is a C compiler, as SQLite needs one too");
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        library
    })
}

/// Puts the library before the program.
pub fn watch<'a>(command: &'a mut Command, shop: &Shop) -> &'a mut Command {
    command.env("LD_PRELOAD", library()).env("FAULT_ROOT", shop.home())
}

/// Lets the `n`th request fare badly.
pub fn fail<'a>(command: &'a mut Command, shop: &Shop, n: usize, fault: Fault) -> &'a mut Command {
    let (mode, number) = match fault {
        Fault::Once(number) => ("once", number),
        Fault::ForGood(number) => ("from", number),
        Fault::Kill => ("kill", 0),
    };
    watch(command, shop)
        .env("FAULT_AT", n.to_string())
        .env("FAULT_MODE", mode)
        .env("FAULT_ERRNO", number.to_string())
}

/// One request that was granted.
#[derive(Clone, Debug)]
pub struct Request {
    pub kind: Kind,
    pub inode: u64,
    pub path: PathBuf,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Write {
        offset: u64,
        bytes: Vec<u8>,
    },
    Truncate(u64),
    Sync,
    Create,
    Folder,
    Rename(PathBuf),
    Link(PathBuf),
    Unlink,
    /// A file without a name, gone with the process.
    Nameless,
}

/// Reads a log; the bytes of writes are there if they were asked for.
pub fn requests(log: &[u8], with_data: bool) -> Vec<Request> {
    let mut requests = Vec::new();
    let mut rest = log;
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        let line = String::from_utf8_lossy(&rest[..end]).into_owned();
        rest = &rest[end + 1..];
        let fields: Vec<&str> = line.split('\t').collect();
        let [name, inode, offset, length, path, second] = fields[..] else { panic!("{line}") };
        let number = |text: &str| text.parse::<i64>().expect("a number");
        let offset = number(offset).try_into().expect("an offset");
        let length = usize::try_from(number(length)).unwrap_or(0);
        let mut bytes = Vec::new();
        if name == "write" && with_data {
            bytes = rest[..length].to_vec();
            rest = &rest[length..];
        }
        let kind = match name {
            "write" => Kind::Write { offset, bytes },
            "truncate" => Kind::Truncate(offset),
            "sync" => Kind::Sync,
            "create" => Kind::Create,
            "mkdir" => Kind::Folder,
            "rename" => Kind::Rename(second.into()),
            "link" => Kind::Link(second.into()),
            "unlink" => Kind::Unlink,
            "nameless" => Kind::Nameless,
            other => panic!("{other} is no request"),
        };
        requests.push(Request { kind, inode: inode.parse().expect("an inode"), path: path.into() });
    }
    requests
}
