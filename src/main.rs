//! `shopctl` runs the shop of an organisation that sells standard agreements to companies.
//!
//! The map: `cli` is the tree of commands; `commands` holds one file per noun, each verb in four
//! paragraphs, load, decide, record, show; `app` is what a command is handed, and the one way a change
//! is made; `domain` is what is true of the shop; `store` is all SQL; `render` makes text and bytes;
//! `effects` touches the world. Arrows point one way:
//! main → cli → commands → store, render, effects → domain.

mod app;
mod cli;
mod commands;
mod config;
mod domain;
mod effects;
mod error;
mod render;
mod store;

use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use clap::error::ErrorKind;

use crate::app::App;
use crate::cli::Cli;
use crate::error::{Failure, Status, tell};

fn main() -> ExitCode {
    let arguments: Vec<String> =
        std::env::args_os().map(|argument| argument.to_string_lossy().into_owned()).collect();
    let wants_json = asks_for_json(&arguments);
    let started = Instant::now();
    let outcome = match Cli::try_parse() {
        Ok(cli) => run(cli, &arguments, started),
        Err(error) => return refuse_usage(&error, wants_json),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => report(&error, wants_json),
    }
}

/// Says whether errors too are wanted as JSON; asked of the bare words, since they may not parse.
fn asks_for_json(arguments: &[String]) -> bool {
    arguments.iter().any(|word| word == "--json" || word == "--format=json")
        || arguments.windows(2).any(|pair| pair == ["--format", "json"])
}

fn run(cli: Cli, arguments: &[String], started: Instant) -> anyhow::Result<()> {
    let is_verbose = cli.global.verbose;
    let mut app = App::new(cli.global, arguments.join(" "))?;
    let outcome = commands::run(&mut app, cli.command);
    if is_verbose {
        eprintln!(
            "store {}, {:.3} s",
            app.settings.store.display(),
            started.elapsed().as_secs_f64()
        );
    }
    outcome
}

/// Tells what was wrong with the command line: a value of the wrong form is refused like any other,
/// anything else is a matter of usage.
fn refuse_usage(error: &clap::Error, wants_json: bool) -> ExitCode {
    let status = match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            return match error.print() {
                Ok(()) => ExitCode::SUCCESS,
                Err(_) => ExitCode::from(Status::Unexpected as u8),
            };
        }
        ErrorKind::ValueValidation | ErrorKind::InvalidValue => Status::Refused,
        _ => Status::Usage,
    };
    if wants_json {
        let words = error.render().to_string();
        let words = words.trim_start_matches("error: ").lines().next().unwrap_or_default();
        let code = if status == Status::Refused { "value" } else { "usage" };
        return report(&Failure::new(status, code, words).into(), true);
    }
    // Nothing better can be done where stderr is closed.
    let _ = error.print();
    ExitCode::from(status as u8)
}

fn report(error: &anyhow::Error, wants_json: bool) -> ExitCode {
    let Some(told) = tell(error) else { return ExitCode::SUCCESS };
    let lines =
        if wants_json { format!("{}\n", told.json()) } else { told.lines(app::has_colour()) };
    // Nothing better can be done where stderr is closed.
    let _ = io::stderr().write_all(lines.as_bytes());
    ExitCode::from(told.status as u8)
}
