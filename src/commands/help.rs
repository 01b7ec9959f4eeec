//! `help`: the help of a command, or the commands for a word of the trade.

use std::io::{self, Write};

use anyhow::Result;
use clap::{Args, Command};

use crate::domain::glossary::look_up;
use crate::error::{Failure, Status};

/// Show the help of a command, or find commands by an English or Swedish word
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  shopctl help order create\n  shopctl help uppsägning")]
pub struct HelpArgs {
    words: Vec<String>,
}

pub fn help(args: &HelpArgs, mut root: Command) -> Result<()> {
    let mut out = io::stdout().lock();
    root.build();
    let mut command = &mut root;
    let mut depth = 0;
    for word in &args.words {
        if command.find_subcommand(word).is_none() {
            break;
        }
        command = command.find_subcommand_mut(word).expect("it was found");
        depth += 1;
    }
    if depth == args.words.len() {
        write!(out, "{}", command.render_long_help())?;
        return Ok(out.flush()?);
    }
    let text = args.words.join(" ");
    let found = look_up(&text);
    let named = commands_named(&root, &text);
    if found.is_empty() && named.is_empty() {
        return Err(Failure::new(Status::NotFound, "unknown_word", format!("no help on `{text}`"))
            .hint("`shopctl --help` lists the commands")
            .into());
    }
    for word in &found {
        writeln!(out, "{} · {} · {}", word.english, word.swedish, word.meaning)?;
        for command in word.commands {
            writeln!(out, "    shopctl {command}")?;
        }
    }
    let known = |path: &String| found.iter().any(|word| word.commands.contains(&path.as_str()));
    for (path, about) in named.iter().filter(|(path, _)| !known(path)) {
        writeln!(out, "shopctl {path} · {about}")?;
    }
    Ok(out.flush()?)
}

/// Returns the commands of which a word is `text`, or begins with it, and what they do.
fn commands_named(root: &Command, text: &str) -> Vec<(String, String)> {
    fn gather(command: &Command, path: &str, wanted: &str, found: &mut Vec<(String, String)>) {
        for child in command.get_subcommands().filter(|child| child.get_name() != "help") {
            let path = format!("{path} {}", child.get_name()).trim().to_owned();
            if child.has_subcommands() {
                gather(child, &path, wanted, found);
            } else if path.split([' ', '-']).any(|word| word.starts_with(wanted)) {
                found.push((path, child.get_about().map(ToString::to_string).unwrap_or_default()));
            }
        }
    }
    let mut found = Vec::new();
    gather(root, "", &text.to_lowercase(), &mut found);
    found
}
