//! `milieu backup`: a workspace in one file, whole or not there.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, IsTerminal as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use clap::Args;
use milieu_engine::Manifest;
use milieu_engine::journeys::restore::check_backup;
use serde_json::json;

use crate::client::{Client, Folder, WhereArgs, ask};
use crate::output::{Format, FormatArgs, count, print, print_json, say, shown};

const ROUTE: &str = "/api/v1/backup";

/// The options of `milieu backup`.
#[derive(Debug, Args)]
pub(crate) struct BackupArgs {
    /// The file to write, which must not be there yet; - for stdout, unchecked.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    place: WhereArgs,
    #[command(flatten)]
    output: FormatArgs,
}

pub(crate) fn run(args: &BackupArgs) -> Result<ExitCode> {
    if args.file == Path::new("-") {
        if io::stdout().is_terminal() {
            bail!("a backup is not for a terminal: pipe it on, or name a file");
        }
        ask(&args.place, Folder::Existing, |client| {
            client.download(ROUTE, &mut io::stdout().lock())
        })?;
        return Ok(ExitCode::SUCCESS);
    }
    let shown_file = args.file.display().to_string();
    if args.file.exists() {
        bail!("{shown_file} is there already: choose another name");
    }
    let manifest = ask(&args.place, Folder::Existing, |client| {
        write(client, &args.file)
    })?;
    if args.output.format == Format::Json {
        print_json(&json!({"file": shown_file, "backup": manifest}))?;
    } else {
        print(&format!("{}\n", told(&manifest)))?;
        say(&format!(
            "{shown_file} holds the secret that signs decisions: keep it as you keep passwords"
        ));
    }
    Ok(ExitCode::SUCCESS)
}

/// Says what is in a backup.
pub(super) fn told(manifest: &Manifest) -> String {
    let bytes: u64 = manifest.parts.iter().map(|part| part.bytes).sum();
    let events = usize::try_from(manifest.events).unwrap_or(usize::MAX);
    format!(
        "{}: {} and {bytes} bytes, made {} by milieu {}",
        shown(&manifest.workspace),
        count(events, "event", "events"),
        shown(&manifest.made_at),
        shown(&manifest.program)
    )
}

/// Writes aside, checks, makes durable and renames: nobody ever sees half a backup.
fn write(client: &Client, file: &Path) -> Result<Manifest> {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let aside = file.with_file_name(name);
    let written = write_aside(client, &aside).and_then(|manifest| {
        // A link is refused where the name has been taken meanwhile; a rename is not.
        fs::hard_link(&aside, file)
            .with_context(|| format!("cannot name the backup {}", file.display()))?;
        sync_folder(file)?;
        Ok(manifest)
    });
    // After a success it is a second name, after a failure it is worth nothing.
    drop(fs::remove_file(&aside));
    written
}

#[allow(
    clippy::disallowed_methods,
    reason = "the program is a door: it checks the file that it wrote"
)]
fn write_aside(client: &Client, aside: &Path) -> Result<Manifest> {
    let failed = || format!("cannot write {}", aside.display());
    let mut out = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(aside)
        .with_context(failed)?;
    client.download(ROUTE, &mut out)?;
    out.sync_all().with_context(failed)?;
    let read = File::open(aside).with_context(failed)?;
    check_backup(BufReader::new(read)).context("what came is no whole backup")
}

#[allow(
    clippy::disallowed_methods,
    reason = "a folder is opened to make its names durable"
)]
fn sync_folder(file: &Path) -> Result<()> {
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let synced = File::open(folder).and_then(|folder| folder.sync_all());
    synced.with_context(|| format!("cannot sync {}", folder.display()))
}
