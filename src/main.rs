//! `shopctl` runs the shop of an organisation that sells standard agreements to companies.
//!
//! The map: `cli` is the tree of commands; `commands` holds one file per noun, each verb in four
//! paragraphs, load, decide, record, show; `app` is what a command is handed, and the one way a change
//! is made; `domain` is what is true of the shop; `store` is all SQL; `render` makes text and bytes;
//! `effects` touches the world. Arrows point one way:
//! main → cli → commands → store, render, effects → domain.

#![deny(clippy::print_stderr, clippy::print_stdout)]

mod app;
mod cli;
mod commands;
mod config;
mod domain;
mod effects;
mod error;
mod render;
mod roles;
mod store;

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Instant;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, FromArgMatches};

use crate::app::{App, Format};
use crate::cli::Cli;
use crate::domain::email::EmailError;
use crate::domain::text::{is_near, shell_word};
use crate::effects::terminal;
use crate::error::{Failure, Status, tell};

fn main() -> ExitCode {
    let arguments: Vec<String> =
        std::env::args_os().map(|argument| argument.to_string_lossy().into_owned()).collect();
    let started = Instant::now();
    match parse() {
        Ok((cli, command)) => run(cli, &command, &arguments, started),
        Err(error) => refuse_usage(&error, &arguments),
    }
}

/// Reads the command line; gives the command too as it was typed, `account imports undo`.
fn parse() -> Result<(Cli, String), clap::Error> {
    let matches = Cli::command().try_get_matches()?;
    let mut words = Vec::new();
    let mut level = &matches;
    while let Some((word, below)) = level.subcommand() {
        words.push(word);
        level = below;
    }
    let command = words.join(" ");
    Ok((Cli::from_arg_matches(&matches)?, command))
}

fn run(cli: Cli, command: &str, arguments: &[String], started: Instant) -> ExitCode {
    let is_verbose = cli.global.verbose;
    let wants_json =
        cli.global.json || matches!(cli.global.format, Some(Format::Json | Format::Ndjson));
    if let Some(outcome) = cli::run_without_shop(&cli.command) {
        return match outcome {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => report(&error, wants_json, app::has_colour()),
        };
    }
    let needed = (roles::needed(command), roles::needs_billing(command));
    let mut app = match App::new(cli.global, command_line(arguments, command), needed) {
        Ok(app) => app,
        Err(error) => return report(&error, wants_json, app::has_colour()),
    };
    let outcome = cli::run(&mut app, cli.command);
    let outcome = with_archive(&mut app, outcome);
    if is_verbose {
        let seconds = started.elapsed().as_secs_f64();
        terminal::tell(&format!("store {}, {seconds:.3} s", app.settings.store.display()));
    }
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => report(&error, wants_json, app.terminal.has_colour),
    }
}

/// Archives the documents that a command fixed, also one that failed afterwards; the command's own
/// failure is the one to end with.
fn with_archive(app: &mut App, outcome: anyhow::Result<()>) -> anyhow::Result<()> {
    match (outcome, app.archive_new()) {
        (Err(error), Err(archive)) => {
            app.warn_always(format!("{archive:#}"));
            Err(error)
        }
        (Ok(()), archived) => archived,
        (failed, Ok(())) => failed,
    }
}

/// Says whether a command line that could not be understood asks for JSON.
fn asks_for_json(arguments: &[String]) -> bool {
    let formats = ["json", "ndjson"];
    arguments.iter().any(|argument| {
        argument == "--json"
            || argument.strip_prefix("--format=").is_some_and(|format| formats.contains(&format))
    }) || arguments
        .windows(2)
        .any(|pair| pair[0] == "--format" && formats.contains(&pair[1].as_str()))
}

/// Returns the command as it is typed in a shell, wherever the program lies.
fn command_line(arguments: &[String], command: &str) -> String {
    let mut line = String::from("shopctl");
    let arguments = arguments.get(1..).unwrap_or_default();
    // Whose data was asked for is itself personal data, and an erased person would stand here again.
    let kept = match command.starts_with("account personal-data ") {
        true => without_values(arguments, command),
        false => arguments.to_vec(),
    };
    for argument in kept {
        line.push(' ');
        line.push_str(&shell_word(&argument));
    }
    line
}

/// Returns the words of the command and the names of its flags, `…` in place of each value.
fn without_values(arguments: &[String], command: &str) -> Vec<String> {
    let mut words = command.split(' ').peekable();
    let shown = |argument: &String| {
        if words.next_if_eq(&argument.as_str()).is_some() {
            return argument.clone();
        }
        match argument.split_once('=') {
            Some((flag, _)) if flag.starts_with("--") => format!("{flag}=…"),
            None if argument.starts_with("--") => argument.clone(),
            _ if argument.starts_with('-') && argument.chars().count() == 2 => argument.clone(),
            _ => "…".to_owned(),
        }
    };
    arguments.iter().map(shown).collect()
}

/// Tells what was wrong with the command line: a value of the wrong form is refused like any other,
/// anything else is a matter of usage.
fn refuse_usage(error: &clap::Error, arguments: &[String]) -> ExitCode {
    let status = match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => ExitCode::SUCCESS,
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => ExitCode::from(Status::Usage as u8),
        _ => {
            let failure = usage_failure(error, may_hold_secret(arguments));
            return report(&failure.into(), asks_for_json(arguments), app::has_colour());
        }
    };
    // A reader who has gone away wants no help either.
    let _ = error.print();
    status
}

/// Says whether a word of the command line may be a password or token in the wrong place.
fn may_hold_secret(arguments: &[String]) -> bool {
    arguments.iter().any(|argument| {
        argument == "password"
            || ["--password", "--token"].iter().any(|flag| argument.starts_with(flag))
    })
}

/// Says whether a word was found where none belongs; a flag or a command misspelt is none.
fn is_stray_word(error: &clap::Error) -> bool {
    match error.kind() {
        ErrorKind::TooManyValues => true,
        ErrorKind::InvalidSubcommand => error.get(ContextKind::SuggestedSubcommand).is_none(),
        ErrorKind::UnknownArgument => {
            !error.get(ContextKind::InvalidArg).is_some_and(|it| it.to_string().starts_with('-'))
        }
        _ => false,
    }
}

fn usage_failure(error: &clap::Error, may_hold_secret: bool) -> Failure {
    let context = |kind| error.get(kind).map(ToString::to_string);
    let argument = context(ContextKind::InvalidArg).unwrap_or_default();
    let usage = context(ContextKind::Usage).map(|usage| usage.trim().replace("Usage: ", ""));
    let usage = usage.map_or_else(|| "`shopctl --help`".to_owned(), |usage| format!("`{usage}`"));
    let is_value = matches!(error.kind(), ErrorKind::ValueValidation | ErrorKind::InvalidValue);
    if may_hold_secret && is_stray_word(error) {
        let words = "a word too many, or a wrong one; it is not repeated here, as it may be secret";
        return Failure::new(Status::Usage, "usage", words)
            .hint(format!("passwords and tokens are not taken from the command line: {usage}"));
    }
    if is_value && let Some(reason) = error.source() {
        let reason = match reason.downcast_ref::<EmailError>() {
            Some(error) if may_hold_secret => error.without_text(),
            _ => reason.to_string(),
        };
        return Failure::refused("value", format!("{argument}: {reason}"));
    }
    let is_value = is_value && !lacks_its_value(error);
    if error.kind() == ErrorKind::MissingRequiredArgument {
        return Failure::new(Status::Usage, "usage", format!("missing: {argument}")).hint(usage);
    }
    let text = error.render().to_string();
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default().trim_start_matches("error: ").to_owned();
    // That an unknown flag could be meant as a value is seldom so, and hides the usage.
    let is_advice = |line: &&str| {
        (line.starts_with("tip:") && !line.starts_with("tip: to pass")) || line.starts_with('[')
    };
    let unmeant = context(ContextKind::SuggestedArg).filter(|suggested| {
        !is_near(argument.trim_start_matches('-'), suggested.trim_start_matches('-'))
    });
    if let Some(unmeant) = unmeant {
        let usage = usage.split(&format!(" {unmeant}")).next().unwrap_or_default();
        return Failure::new(Status::Usage, "usage", first)
            .hint(format!("`{}`", usage.trim_matches('`')));
    }
    let advice = lines.find(is_advice);
    let advice = advice.map(|line| line.trim_start_matches("tip: ").trim_matches(['[', ']']));
    let status = if is_value { Status::Refused } else { Status::Usage };
    let code = if is_value { "value" } else { "usage" };
    Failure::new(status, code, first).hint(advice.map_or(usage, str::to_owned))
}

/// Says whether a flag stands there without the value it needs.
fn lacks_its_value(error: &clap::Error) -> bool {
    matches!(error.get(ContextKind::InvalidValue), None | Some(ContextValue::None))
        || matches!(error.get(ContextKind::InvalidValue),
            Some(ContextValue::String(value)) if value.is_empty())
}

fn report(error: &anyhow::Error, wants_json: bool, has_colour: bool) -> ExitCode {
    let Some(told) = tell(error) else { return ExitCode::SUCCESS };
    let lines = if wants_json { format!("{}\n", told.json()) } else { told.lines(has_colour) };
    // Nothing better can be done where stderr is closed.
    let _ = io::stderr().write_all(lines.as_bytes());
    ExitCode::from(told.status as u8)
}
