//! How the source is laid out: which layer knows what, and in which SQL the store speaks.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What only some files know: the crate, and the folders or files that may use it.
const CONFINED: [(&str, &[&str]); 25] = [
    ("rusqlite", &["store/"]),
    // `nix` also asks SQLite's driver which file system a store lies on.
    ("nix", &["effects/", "store/sqlite.rs"]),
    ("lettre", &["effects/"]),
    ("dialoguer", &["effects/"]),
    ("indicatif", &["effects/"]),
    ("getrandom", &["effects/"]),
    ("terminal_size", &["effects/"]),
    ("idna", &["effects/", "domain/email.rs"]),
    ("argon2", &["domain/password/hash.rs"]),
    ("icu_normalizer", &["domain/password.rs"]),
    ("zeroize", &["domain/", "effects/", "render/seal/"]),
    ("zxcvbn", &["commands/password/"]),
    ("chrono_tz", &["effects/"]),
    ("comfy_table", &["render/"]),
    ("csv", &["render/"]),
    ("encoding_rs", &["render/"]),
    ("flate2", &["render/deflate.rs"]),
    ("krilla", &["render/"]),
    ("minijinja", &["render/"]),
    ("p256", &["render/seal/"]),
    ("parley", &["render/"]),
    ("quick_xml", &["render/"]),
    ("x509_cert", &["render/seal/"]),
    ("clap", ABOVE),
    ("anyhow", ABOVE),
];

/// The files above the layers, which know clap and anyhow.
const ABOVE: &[&str] = &[
    "main.rs",
    "cli.rs",
    "cli/",
    "app.rs",
    "app/",
    "commands/",
    "config.rs",
    "error.rs",
    "effects/actor.rs",
];

/// The layers, each with the parts of this crate that it may use.
const LAYERS: [(&str, &[&str]); 4] = [
    ("domain/", &["domain"]),
    ("store/", &["domain", "store"]),
    ("render/", &["domain", "render"]),
    ("effects/", &["domain", "effects"]),
];

/// The crates that `domain` may use besides the standard library, and its tests besides those.
const DOMAIN_KNOWS: [&str; 7] =
    ["chrono", "serde", "proptest", "argon2", "icu_normalizer", "idna", "zeroize"];

/// What the statements of the store do not contain, so that another engine can run them too.
const REFUSED_IN_SQL: [&str; 11] = [
    "REPLACE",
    "AUTOINCREMENT",
    "DATETIME(",
    "PRAGMA",
    " LIKE ",
    "IFNULL(",
    "GLOB",
    "ROWID",
    "INSTR(",
    "SELECT *",
    "?",
];

/// How statements begin.
const VERBS: [&str; 12] = [
    "SELECT ",
    "INSERT INTO ",
    "UPDATE ",
    "DELETE FROM ",
    "CREATE ",
    "DROP ",
    "ALTER ",
    "WITH ",
    "BEGIN",
    "COMMIT",
    "ROLLBACK",
    "PRAGMA ",
];

struct Source {
    /// The path below `src`.
    name: String,
    text: String,
}

impl Source {
    fn is_in(&self, places: &[&str]) -> bool {
        places.iter().any(|place| match place.ends_with('/') {
            true => self.name.starts_with(place),
            false => self.name == *place,
        })
    }

    /// Says whether the file is compiled for tests only.
    fn is_test(&self) -> bool {
        let of_tests = ["store/story.rs", "store/fixture.rs", "store/history.rs"];
        self.name.ends_with("/tests.rs") || self.is_in(&of_tests)
    }

    /// Returns the text up to the tests beside it.
    fn shipped(&self) -> &str {
        self.text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default()
    }

    /// Returns the code without comments and the contents of its string literals.
    fn parts(&self) -> (String, Vec<String>) {
        let (mut code, mut literals) = (String::new(), Vec::new());
        let mut rest = self.shipped();
        while let Some(character) = rest.chars().next() {
            if rest.starts_with("//") {
                rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
            } else if let Some(open) = rest.strip_prefix("r#\"") {
                let (literal, after) = open.split_once("\"#").expect("a raw string that ends");
                literals.push(literal.to_owned());
                rest = after;
            } else if let Some(open) = rest.strip_prefix('"') {
                let end = end_of_string(open);
                literals.push(open[..end].to_owned());
                rest = &open[end + 1..];
            } else if rest.starts_with("'\"'") || rest.starts_with("'\\\"'") {
                rest = rest[1..].split_once('\'').map_or("", |(_, rest)| rest);
            } else {
                code.push(character);
                rest = &rest[character.len_utf8()..];
            }
        }
        (code, literals)
    }

    fn statements(&self) -> Vec<String> {
        let (_, literals) = self.parts();
        literals.into_iter().filter(|literal| is_statement(literal)).collect()
    }
}

/// Returns where the string that begins before `open` ends.
fn end_of_string(open: &str) -> usize {
    let mut is_escaped = false;
    let end = open.find(|character| {
        let ends = character == '"' && !is_escaped;
        is_escaped = character == '\\' && !is_escaped;
        ends
    });
    end.expect("a string that ends")
}

fn is_statement(literal: &str) -> bool {
    let text = literal.trim_start();
    VERBS.iter().any(|verb| text.starts_with(verb))
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sources = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(folder).expect("a folder of the source");
        for path in entries.map(|entry| entry.expect("an entry").path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                sources.push(read(&root, path));
            }
        }
    }
    assert!(sources.len() > 50, "only {} files were found", sources.len());
    sources
}

fn read(root: &Path, path: PathBuf) -> Source {
    let name = path.strip_prefix(root).expect("a path below it").display().to_string();
    Source { name, text: fs::read_to_string(path).expect("a source file") }
}

/// Returns the names before `::` at which paths begin.
fn roots(code: &str) -> BTreeSet<&str> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut roots = BTreeSet::new();
    for (position, _) in code.match_indices("::") {
        let before = &code[..position];
        let start = before.rfind(|c| !is_word(c)).map_or(0, |at| at + 1);
        if !before[..start].ends_with("::") {
            roots.insert(&before[start..]);
        }
    }
    roots
}

/// Returns the parts of this crate that are named in `crate::part`.
fn parts_used(code: &str) -> BTreeSet<&str> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices("crate::")
        .map(|(position, prefix)| {
            let rest = &code[position + prefix.len()..];
            &rest[..rest.find(|c| !is_word(c)).unwrap_or(rest.len())]
        })
        .collect()
}

#[test]
fn a_layer_knows_only_the_layers_below_it() {
    for source in sources() {
        let (code, _) = source.parts();
        for (layer, allowed) in LAYERS.iter().filter(|(layer, _)| source.is_in(&[layer])) {
            for part in parts_used(&code) {
                assert!(allowed.contains(&part), "{} in {layer} uses crate::{part}", source.name);
            }
        }
    }
}

#[test]
fn a_crate_is_known_where_it_belongs() {
    for source in sources() {
        let (code, _) = source.parts();
        let roots = roots(&code);
        for (name, places) in CONFINED {
            let is_allowed = source.is_in(places) || (name == "rusqlite" && source.is_test());
            assert!(is_allowed || !roots.contains(name), "{} uses {name}", source.name);
        }
    }
}

#[test]
fn the_domain_knows_no_world() {
    let manifest = include_str!("../Cargo.toml");
    let crates: Vec<&str> = manifest
        .lines()
        .filter_map(|line| line.split_once(" = "))
        .map(|(name, _)| name)
        .filter(|name| !DOMAIN_KNOWS.contains(name))
        .collect();
    let worldly = ["std::fs", "std::env", "std::net", "std::process", "std::io", "std::thread"];
    for source in sources().into_iter().filter(|source| source.is_in(&["domain/"])) {
        let (code, _) = source.parts();
        for root in roots(&code) {
            assert!(!crates.contains(&root.replace('_', "-").as_str()), "{} {root}", source.name);
            assert!(!crates.contains(&root), "{} uses {root}", source.name);
        }
        for name in worldly.iter().chain(&["Utc::now", "Local::now", "SystemTime", "Instant"]) {
            assert!(!code.contains(name), "{} uses {name}", source.name);
        }
    }
}

#[test]
fn statements_stand_in_the_store_and_nowhere_else() {
    for source in sources().into_iter().filter(|source| !source.is_in(&["store/"])) {
        assert_eq!(source.statements(), [""; 0], "{}", source.name);
    }
}

#[test]
fn statements_are_what_every_engine_reads() {
    let mut count = 0;
    for source in sources() {
        let is_shared = source.is_in(&["store/"]) && !source.is_in(&["store/sqlite.rs"]);
        if !is_shared || source.is_test() {
            continue;
        }
        for statement in source.statements() {
            let upper = statement.to_uppercase();
            for word in REFUSED_IN_SQL {
                assert!(!upper.contains(word), "{} says {word}: {statement}", source.name);
            }
            assert!(!statement.contains("\\\""), "{}: {statement}", source.name);
            let typeless = (1..10).any(|n| statement.contains(&format!("${n} IS ")));
            assert!(!typeless, "{} asks for the type of nothing: {statement}", source.name);
            count += 1;
        }
    }
    assert!(count > 100, "only {count} statements were found");
}
