//! The documents and the examples: what they say is what the program does.

mod examples;
mod limits;
mod readme;

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// The day on which the README and the examples are played.
const NOW: &str = "2027-01-11T09:00:00+01:00";

/// The folder of the source, where README.md and `examples/` are.
fn source() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns the text of a file of the source.
fn text_of(name: &str) -> String {
    fs::read_to_string(source().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A home of its own, in which `shopctl` is on the path and `examples/` at hand.
struct Home(TempDir);

impl Home {
    fn new() -> Home {
        let home = TempDir::new().expect("a temporary folder");
        let bin = home.path().join("bin");
        fs::create_dir(&bin).expect("a folder");
        symlink(source().join("examples"), home.path().join("examples")).expect("a link");
        // On a terminal a person sees tables; here stdout is a pipe, so tables are asked for.
        let script = format!(
            "#!/bin/sh\ncase \" $* \" in\n*' --json '* | *' --format '*) exec '{0}' \"$@\" ;;\n\
             *) exec '{0}' --format table \"$@\" ;;\nesac\n",
            env!("CARGO_BIN_EXE_shopctl")
        );
        let path = bin.join("shopctl");
        fs::write(&path, script).expect("a script");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("a script");
        Home(home)
    }

    /// A home with a practice shop made from the example's seller.
    fn with_shop() -> Home {
        let home = Home::new();
        home.done("shopctl init --practice --seller examples/seller.toml");
        home
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Runs a line of shell, stderr and stdout together as a person sees them.
    fn run(&self, line: &str) -> Output {
        Command::new("sh")
            .args(["-c", &format!("exec 2>&1\n{line}")])
            .current_dir(self.0.path())
            .env_clear()
            .env("HOME", self.0.path())
            .env("PATH", format!("{}:/usr/local/bin:/usr/bin:/bin", self.path("bin").display()))
            .env("LANG", "C.UTF-8")
            .env("SHOPCTL_NOW", NOW)
            .output()
            .expect("there is a shell")
    }

    /// Runs a line of shell that must succeed, and returns what it said.
    fn done(&self, line: &str) -> String {
        let output = self.run(line);
        let said = said(&output);
        assert!(output.status.success(), "`{line}` failed:\n{said}");
        said
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}
