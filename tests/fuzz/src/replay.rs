//! The seeds of the fuzzer, and inputs a little beside them, on every parser: the short form of `run`.
//!
//! Not a harness of tests, so that the modules read here bring none of their own along.

#![allow(dead_code, unused_imports)]

#[path = "../../../src/domain/mod.rs"]
mod domain;
#[path = "../../../src/effects/mailer/settings.rs"]
mod mailer_settings;
mod parsers;
mod render;

use std::fs;
use std::panic;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// How long a seed may take in an unoptimised build on a busy machine. The bound that is promised, a
/// second, is the fuzzer's to keep.
const SEED_MAX: Duration = Duration::from_secs(20);

/// How many inputs are made of a seed, and how long that may take for one parser.
const MADE: usize = 60;
const MAKING: Duration = Duration::from_millis(1500);

/// Bytes that mean something in one format or another.
const BYTES: &[u8] = b"\0\n\r\"<>()[]%-0;=\xff";

fn main() -> ExitCode {
    let is_wanted = |name: &str| {
        let words: Vec<String> =
            std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
        words.is_empty() || words.iter().any(|word| name.contains(word.as_str()))
    };
    if std::env::args().any(|word| word == "--list") {
        println!("0 tests, 0 benchmarks");
        return ExitCode::SUCCESS;
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/seeds");
    let folder = if folder.exists() { folder } else { PathBuf::from("seeds") };
    let (mut passed, mut failed) = (0_usize, 0_usize);
    for (name, parser) in parsers::PARSERS.into_iter().filter(|(name, _)| is_wanted(name)) {
        let seeds = seeds(&folder.join(name));
        if seeds.is_empty() {
            println!("{name}: no seeds");
            failed += 1;
        }
        let begun = Instant::now();
        for (path, seed) in seeds {
            let started = Instant::now();
            let is_well = returns(parser, &seed);
            let took = started.elapsed();
            let near = (0..MADE).take_while(|_| begun.elapsed() < MAKING).map(|n| beside(&seed, n));
            let broken = near.into_iter().find(|input| !returns(parser, input));
            match (is_well, broken) {
                (true, None) if took < SEED_MAX => passed += 1,
                (true, None) => {
                    println!("{}: took {took:?}", path.display());
                    failed += 1;
                }
                (is_well, broken) => {
                    let input = if is_well { broken.unwrap_or_default() } else { seed };
                    println!(
                        "{}: panicked on {:?}",
                        path.display(),
                        input.escape_ascii().to_string()
                    );
                    failed += 1;
                }
            }
        }
    }
    let word = if failed == 0 { "ok" } else { "FAILED" };
    println!(
        "test result: {word}. {passed} passed; {failed} failed; 0 ignored; 0 measured; 0 filtered out"
    );
    ExitCode::from(u8::from(failed > 0))
}

fn returns(parser: fn(&[u8]), input: &[u8]) -> bool {
    panic::catch_unwind(|| parser(input)).is_ok()
}

fn seeds(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), fs::read(&path).expect("a seed"))).collect()
}

/// Returns the `n`th input made of a seed: a byte changed, a piece taken out or put in twice, the end cut.
/// The same each time, so that what fails once fails again.
fn beside(seed: &[u8], n: usize) -> Vec<u8> {
    let mut state = (n as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ seed.len() as u64;
    let mut below = |bound: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % bound.max(1) as u64) as usize
    };
    let mut input = seed.to_vec();
    for _ in 0..1 + below(3) {
        let at = below(input.len());
        let to = (at + 1 + below(16)).min(input.len());
        match below(6) {
            0 if !input.is_empty() => input[at] ^= 1 << below(8),
            1 if !input.is_empty() => input[at] = BYTES[below(BYTES.len())],
            2 if at < to => drop(input.drain(at..to)),
            3 if at < to => {
                let piece = input[at..to].to_vec();
                input.splice(at..at, piece);
            }
            4 => input.truncate(at),
            _ => {
                let words: [&[u8]; 4] = [
                    "\u{202e}".as_bytes(),
                    "\u{1b}[2J".as_bytes(),
                    b"99999999999999999999",
                    b"\r\n",
                ];
                let word = words[below(4)].to_vec();
                input.splice(at..at, word);
            }
        }
    }
    input
}
