//! Options that many commands share, and the values they are read as.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Format;
use crate::domain::text;
use crate::error::Failure;

/// Options of every command.
#[derive(Clone, Debug, Args)]
pub struct GlobalArgs {
    /// The shop's file
    #[arg(long, global = true, value_name = "PATH", help_heading = "Global options")]
    pub store: Option<PathBuf>,

    /// The configuration file
    #[arg(long, global = true, value_name = "PATH", help_heading = "Global options")]
    pub config: Option<PathBuf>,

    /// How answers are written; in a pipe tab-separated without heading unless given
    #[arg(long, global = true, value_name = "FORMAT", help_heading = "Global options")]
    pub format: Option<Format>,

    /// Short for --format json
    #[arg(long, global = true, help_heading = "Global options")]
    pub json: bool,

    /// Which columns a list shows, by their names in JSON
    #[arg(
        long,
        global = true,
        value_name = "A,B",
        value_delimiter = ',',
        help_heading = "Global options"
    )]
    pub columns: Option<Vec<String>>,

    /// Say only what went wrong
    #[arg(short, long, global = true, help_heading = "Global options")]
    pub quiet: bool,

    /// Say which store was used and how long it took
    #[arg(short, long, global = true, help_heading = "Global options")]
    pub verbose: bool,

    /// Whether messages are coloured
    #[arg(long, global = true, value_name = "WHEN", help_heading = "Global options")]
    pub color: Option<ColorChoice>,

    /// Never ask, fail instead
    #[arg(long, global = true, help_heading = "Global options")]
    pub no_input: bool,

    /// How long to wait while another command writes
    #[arg(long, global = true, value_name = "SECONDS", help_heading = "Global options")]
    pub wait: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    Auto,
    Always,
    Never,
}

/// Options of every command that works through many items.
#[derive(Clone, Debug, Default, Args)]
pub struct BatchArgs {
    /// Take at most this many
    #[arg(long, value_name = "N", value_parser = parse_count, help_heading = "Options for changes")]
    pub limit: Option<i64>,

    /// Do nothing if there are more than this many
    #[arg(long, value_name = "N", value_parser = parse_count, help_heading = "Options for changes")]
    pub max: Option<i64>,
}

impl BatchArgs {
    /// Refuses more items than were expected.
    pub fn refuse_unusual(&self, count: i64, what: &str) -> anyhow::Result<()> {
        match self.max {
            Some(max) if count > max => {
                let words = format!("{count} {what}, and at most {max} were expected");
                Err(Failure::refused("too_many", words)
                    .hint(format!("look with `-n`; `--max {count}` lets them through"))
                    .into())
            }
            _ => Ok(()),
        }
    }
}

/// Options of every command that changes something.
#[derive(Clone, Debug, Default, Args)]
pub struct ChangeArgs {
    /// Show what would happen and change nothing
    #[arg(short = 'n', long, help_heading = "Options for changes")]
    pub dry_run: bool,

    /// Agree beforehand to what would be asked
    #[arg(short, long, help_heading = "Options for changes")]
    pub yes: bool,

    /// A remark for the audit trail
    #[arg(long, value_name = "TEXT", value_parser = parse_line, help_heading = "Options for changes")]
    pub note: Option<String>,
}

/// Reads one line of text given on the command line.
pub fn parse_line(text: &str) -> Result<String, String> {
    text::line(text).map_err(|error| error.to_string())
}

/// Reads the reason for something, which is one line and not empty.
pub fn parse_reason(text: &str) -> Result<String, String> {
    text::required_line(text).map_err(|error| error.to_string())
}

/// Reads how many of something, none included.
pub fn parse_count(text: &str) -> Result<i64, String> {
    let count = text.trim().parse().ok().filter(|count: &i64| *count >= 0);
    count.ok_or_else(|| format!("`{text}` is not a count such as 0 or 20"))
}

/// Reads a number people see, written with or without a leading `#`.
pub fn parse_number(text: &str) -> Result<i64, String> {
    let digits = text.trim().trim_start_matches('#');
    digits
        .parse()
        .ok()
        .filter(|number| *number > 0)
        .ok_or_else(|| format!("`{text}` is not a number such as 1001"))
}
