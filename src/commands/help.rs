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
    if found.is_empty() {
        return Err(Failure::new(Status::NotFound, "unknown_word", format!("no help on `{text}`"))
            .hint("`shopctl --help` lists the commands")
            .into());
    }
    for word in found {
        writeln!(out, "{} · {} · {}", word.english, word.swedish, word.meaning)?;
        for command in word.commands {
            writeln!(out, "    shopctl {command}")?;
        }
    }
    Ok(out.flush()?)
}
