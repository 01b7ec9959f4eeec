//! `licence revocations`: the list by which other machines see what no longer holds.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use crate::app::App;
use crate::commands::write_file;

use super::key::{ReadyKey, ensure};
use super::verify::revocations_of;

/// Write the signed list of licence editions that were superseded or revoked
///
/// It says nothing of what happens after the day it is made, so make it often, such as nightly, and publish
/// it beside the certificates.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl licence revocations -o revocations.txt
  shopctl licence revocations -o - | ssh www 'cat > revocations.txt'")]
pub struct RevocationsArgs {
    /// Where to; - is stdout
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

pub fn revocations(app: &mut App, args: &RevocationsArgs) -> Result<()> {
    ensure(app)?;
    let text = app.read(|tx| {
        let key = ReadyKey::newest(tx)?;
        Ok(revocations_of(tx, key.key())?.sign(key.key()))
    })?;
    write_file(&args.output, text.as_bytes())
}
