//! `milieu man`: pages for `man`, one for each command.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::{Args, Command, CommandFactory as _};
use clap_mangen::Man;

use crate::output::{print, say};

/// The options of `milieu man`.
#[derive(Debug, Args)]
pub(crate) struct ManArgs {
    /// Write the pages of all commands into this folder.
    #[arg(long, value_name = "DIR")]
    into: Option<PathBuf>,
}

pub(crate) fn run(args: &ManArgs) -> Result<ExitCode> {
    let mut command = crate::args::Args::command();
    command.build();
    match &args.into {
        None => print(&page(&command)?)?,
        Some(folder) => {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("cannot make {}", folder.display()))?;
            let pages = write(&command, folder)?;
            say(&format!("{pages} pages are in {}", folder.display()));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn page(command: &Command) -> Result<String> {
    let mut page = Vec::new();
    Man::new(command.clone()).render(&mut page)?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}

/// Writes a command's page and those below it; returns how many.
#[allow(
    clippy::disallowed_methods,
    reason = "writing files is this command's job"
)]
fn write(command: &Command, folder: &Path) -> Result<usize> {
    let name = command
        .get_display_name()
        .unwrap_or_else(|| command.get_name());
    let file = folder.join(format!("{name}.1"));
    std::fs::write(&file, page(command)?)
        .with_context(|| format!("cannot write {}", file.display()))?;
    let mut pages = 1;
    for below in command.get_subcommands() {
        if below.get_name() != "help" && !below.is_hide_set() {
            pages += write(below, folder)?;
        }
    }
    Ok(pages)
}
