//! Nothing lost: the program is killed, its disk filled and broken, its power cut, its server made to
//! misbehave, its shop crowded, and each time the books must be whole and the work run again end as if
//! nothing had happened.
//!
//! As it stands this takes a minute and tries a few faults of each kind, by a seed that it prints.
//! `tests/faults/long 1000` tries every one, and a thousand of those that are random.

mod chance;
mod content;
mod crowd;
mod disk;
mod found;
mod kills;
mod letters;
mod power;
mod requests;
mod scenario;
mod server;
#[allow(dead_code, reason = "shared with the tests of the commands, which use all of it")]
#[path = "../cli/support.rs"]
mod support;

/// Returns how many rounds the long form takes, `None` in the short form.
fn rounds() -> Option<usize> {
    std::env::var("SHOPCTL_FAULTS").ok().map(|text| text.parse().expect("a number of rounds"))
}

/// Fails when something was amiss, with the first of it; all of it goes to the file that
/// `SHOPCTL_FAULTS_TOLD` names.
fn nothing_amiss(told: &[String]) {
    if let Some(file) = std::env::var_os("SHOPCTL_FAULTS_TOLD") {
        std::fs::write(file, told.join("\n\n")).expect("a file to tell it in");
    }
    let first: Vec<&str> = told.iter().take(8).map(String::as_str).collect();
    assert!(told.is_empty(), "{} amiss\n{}", told.len(), first.join("\n\n"));
}

/// Tells a figure, for the summary at the end of the long form.
fn figure(words: &str) {
    println!("figure: {words}");
}
