//! `completions` and `man`: what shells and manuals know of the commands, from the one definition.

use std::fs;
use std::io;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Args, Command};
use clap_complete::Shell;

/// Write the completions of a shell to stdout
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl completions bash > ~/.local/share/bash-completion/completions/shopctl
  shopctl completions fish > ~/.config/fish/completions/shopctl.fish")]
pub struct CompletionsArgs {
    #[arg(value_parser = ["bash", "zsh", "fish"])]
    shell: String,
}

/// Write the manual pages into a folder
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  shopctl man ~/.local/share/man/man1\n  shopctl man ./man && man ./man/shopctl-order-create.1"
)]
pub struct ManArgs {
    /// The folder; it is made if it is not there
    folder: PathBuf,
}

pub fn completions(args: &CompletionsArgs, command: &mut Command) -> Result<()> {
    let shell = match args.shell.as_str() {
        "bash" => Shell::Bash,
        "zsh" => Shell::Zsh,
        _ => Shell::Fish,
    };
    clap_complete::generate(shell, command, "shopctl", &mut io::stdout().lock());
    Ok(())
}

pub fn man(args: &ManArgs, command: Command) -> Result<()> {
    let words = || format!("the folder `{}`", args.folder.display());
    fs::create_dir_all(&args.folder).with_context(words)?;
    clap_mangen::generate_to(command, &args.folder).with_context(words)
}
