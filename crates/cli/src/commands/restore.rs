//! `milieu restore`: a data folder from a backup.

use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::Args;
use milieu_engine::journeys::restore::{check_backup, restore};
use milieu_engine::shipped_knowledge;
use serde_json::json;

use super::backup::told;
use super::serve::runtime;
use crate::output::{Format, FormatArgs, count, print, print_json, say};

/// The options of `milieu restore`.
#[derive(Debug, Args)]
#[group(id = "what", required = true, args = ["data", "check"])]
pub(crate) struct RestoreArgs {
    /// The backup.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The data folder to make; it must not be there, or be empty.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Only read the backup to its end, and tell what is in it.
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    output: FormatArgs,
}

#[allow(
    clippy::disallowed_methods,
    reason = "reading the file is this command's job"
)]
pub(crate) fn run(args: &RestoreArgs) -> Result<ExitCode> {
    let failed = || format!("cannot read {}", args.file.display());
    let file = BufReader::new(File::open(&args.file).with_context(failed)?);
    let is_json = args.output.format == Format::Json;
    let Some(folder) = &args.data else {
        let manifest = check_backup(file).with_context(failed)?;
        if is_json {
            print_json(&json!({"backup": manifest}))?;
        } else {
            print(&format!("{}\n", told(&manifest)))?;
        }
        return Ok(ExitCode::SUCCESS);
    };
    let restoring = restore(file, folder, shipped_knowledge()?);
    let restored = runtime()?.block_on(restoring)?;
    let shown = folder.display().to_string();
    if is_json {
        print_json(&json!({
            "data": shown, "trail": restored.trail, "backup": restored.manifest,
        }))?;
        return Ok(ExitCode::SUCCESS);
    }
    let entries = count(restored.trail, "entry", "entries");
    print(&format!(
        "{}\n{shown} is restored; its trail is whole: {entries}\n",
        told(&restored.manifest)
    ))?;
    say(&format!(
        "next: milieu serve --data {shown}; everybody logs in again"
    ));
    Ok(ExitCode::SUCCESS)
}
